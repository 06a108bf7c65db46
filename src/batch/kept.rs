//! An entry of a manifest as it was written: in memory while it is new, and where it stands in the file once it is saved. A heap of a million files has a
//! record of a gigabyte; of what is up to date, each entry is looked at once.

use std::fs::File;
use std::io;
use std::sync::Arc;

/// An entry, as JSON.
#[derive(Debug, Clone)]
pub enum Kept {
    /// It is in memory.
    Held(Arc<str>),
    /// It stands in this file from this byte on, so many of them. No file of ours is ever written to again: a new one takes its place, and this one stays
    /// as it is as long as somebody reads it.
    #[cfg(unix)]
    Stored(Arc<File>, u64, u32),
}

impl Kept {
    /// The entry that stands in `file` at byte `at`, and is `text`.
    #[cfg(unix)]
    pub fn stored(file: &Arc<File>, at: u64, text: &str) -> Self {
        match u32::try_from(text.len()) {
            Ok(len) => Kept::Stored(Arc::clone(file), at, len),
            Err(_) => Kept::Held(text.into()),
        }
    }

    /// Elsewhere a file cannot be replaced while somebody reads it.
    #[cfg(not(unix))]
    pub fn stored(_: &Arc<File>, _: u64, text: &str) -> Self {
        Kept::Held(text.into())
    }

    /// What it says.
    ///
    /// # Errors
    /// When it cannot be read back.
    pub fn text(&self) -> io::Result<Arc<str>> {
        match self {
            Kept::Held(text) => Ok(Arc::clone(text)),
            #[cfg(unix)]
            Kept::Stored(file, at, len) => {
                use std::os::unix::fs::FileExt;
                let mut bytes = vec![0; *len as usize];
                file.read_exact_at(&mut bytes, *at)?;
                String::from_utf8(bytes).map(Arc::from).map_err(|_| io::ErrorKind::InvalidData.into())
            }
        }
    }
}

/// What says the same is the same, wherever it stands.
impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        match (self.text(), other.text()) {
            (Ok(ours), Ok(theirs)) => ours == theirs,
            _ => false,
        }
    }
}
