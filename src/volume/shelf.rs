//! Volumes that are made wait here until the last is, for where one text fails none is placed. Their pages wait on the disk, so that memory holds those of one.

use super::Made;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::Path;

/// Volumes that are made.
#[derive(Debug)]
pub struct Shelf<'s> {
    folder: &'s Path,
    made: Vec<(Made, File)>,
}

impl<'s> Shelf<'s> {
    /// An empty one. What waits takes room on the disk of `folder`, in files without a name.
    pub fn new(folder: &'s Path) -> Self {
        Shelf { folder, made: vec![] }
    }

    /// Puts a volume behind the others.
    ///
    /// # Errors
    /// When the disk has no room for it.
    pub fn put(&mut self, mut made: Made) -> io::Result<()> {
        let mut file = tempfile::tempfile_in(self.folder)?;
        file.write_all(&std::mem::take(&mut made.pdf))?;
        self.made.push((made, file));
        Ok(())
    }

    /// The volumes, in order; their pages are not at hand.
    pub fn volumes(&self) -> impl Iterator<Item = &Made> {
        self.made.iter().map(|(made, _)| made)
    }

    /// The volumes with their pages, one after the other.
    ///
    /// # Errors
    /// When one cannot be read back.
    pub fn take(self) -> impl Iterator<Item = io::Result<Made>> {
        self.made.into_iter().map(|(mut made, mut file)| {
            file.rewind()?;
            file.read_to_end(&mut made.pdf)?;
            Ok(made)
        })
    }
}
