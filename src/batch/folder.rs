//! The output folder: one batch at a time, every file placed whole, and nothing outside it.

use super::journal::{self, Journal, Placed};
use super::manifest::{Manifest, Stamp};
use crate::digest::sha256;
use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use tempfile::NamedTempFile;

/// Name of the manifest in an output folder.
pub const MANIFEST: &str = ".shanben.json";
const TEMPORARY: (&str, &str) = (".shanben-", ".tmp");

/// An output folder held by this process.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    real: PathBuf,
    journal: Option<Journal>,
    /// What a killed run placed, or was about to.
    placed: Vec<Placed>,
    /// Whether the manifest on disk lacks something that the journal says.
    unsaved: AtomicBool,
    /// Folders below the root that are known to exist and to lie within it.
    known: Mutex<HashSet<PathBuf>>,
}

/// Why the folder, or a file in it, cannot be had.
#[derive(Debug)]
pub enum Refusal {
    /// Another process is writing to it.
    Locked,
    /// What stands there is no folder.
    NotAFolder,
    /// A link leads out of the folder.
    Outside,
    /// The system says no.
    Io(io::Error),
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Locked => f.write_str("another shanben is writing there"),
            Refusal::NotAFolder => f.write_str("is not a folder"),
            Refusal::Outside => f.write_str("a link leads out of the output folder"),
            Refusal::Io(error) => f.write_str(&crate::error::reason(error)),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Refusal::Io(error)
    }
}

impl Folder {
    /// Makes the folder if need be, and holds it until dropped. What a killed run left half-written is swept away.
    ///
    /// # Errors
    /// When another process holds it, or it cannot be made.
    pub fn hold(root: &Path) -> Result<Self, Refusal> {
        match fs::create_dir_all(root) {
            Err(_) if root.exists() && !root.is_dir() => return Err(Refusal::NotAFolder),
            made => made?,
        }
        let (journal, left) = Journal::begin(root).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => Refusal::Locked,
            _ => Refusal::Io(error),
        })?;
        let mut folder = Folder::look(root)?;
        folder.journal = journal;
        if let Some(placed) = left {
            folder.sweep();
            *folder.unsaved.get_mut() = !placed.is_empty();
            folder.placed = placed;
        }
        Ok(folder)
    }

    /// Looks at the folder without holding or making it.
    ///
    /// # Errors
    /// When it is there and cannot be looked at.
    pub fn look(root: &Path) -> Result<Self, Refusal> {
        let real = match root.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => root.to_owned(),
            real => real?,
        };
        let placed = journal::read(root);
        let (journal, unsaved, known) = Default::default();
        Ok(Folder { root: root.to_owned(), real, journal, placed, unsaved, known })
    }

    /// The path of `relative` for the system.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The path of `relative` for people.
    pub fn shown(&self, relative: &str) -> String {
        crate::unicode::printable(&self.path(relative).to_string_lossy()).into_owned()
    }

    /// Its manifest, with what a killed run placed and it does not know.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] when it is not as it was written, and what the system says.
    pub fn manifest(&self) -> io::Result<Manifest> {
        let mut manifest = match fs::read(self.root.join(MANIFEST)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.placed.is_empty() => Manifest::default(),
            json => Manifest::parse(&json?).ok_or(io::ErrorKind::InvalidData)?,
        };
        for placed in &self.placed {
            let known = manifest.output(&placed.path).is_some_and(|output| output.facts.sha256 == placed.sha256);
            let path = self.path(&placed.path);
            if !known
                && let Ok(bytes) = fs::read(&path)
                && sha256(&bytes) == placed.sha256
                && let Ok(meta) = path.metadata()
            {
                manifest.adopt(placed, bytes.len() as u64, Stamp::of(&meta));
            }
        }
        Ok(manifest)
    }

    /// Saves `manifest` if it was changed.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, manifest: &mut Manifest) -> io::Result<()> {
        let begun = Instant::now();
        if manifest.is_changed() {
            self.unsaved.store(true, Ordering::Relaxed);
            put(&self.root, &self.root.join(MANIFEST), |file| {
                let mut out = BufWriter::new(file);
                manifest.write(&mut out)?;
                out.flush()
            })?;
        }
        self.unsaved.store(false, Ordering::Relaxed);
        manifest.saved(begun.elapsed());
        Ok(())
    }

    /// Places a file at `relative`, whole or not at all; `digest` is that of its bytes.
    ///
    /// # Errors
    /// When it cannot be written, or would lie outside the folder.
    pub fn place(&self, relative: &str, bytes: &[u8], digest: &str) -> Result<Stamp, Refusal> {
        let path = self.path(relative);
        let parent = path.parent().unwrap_or(&self.root);
        self.enter(parent)?;
        if let Some(journal) = &self.journal {
            self.unsaved.store(true, Ordering::Relaxed);
            journal.announce(&Placed { sha256: digest.to_owned(), path: relative.to_owned() });
        }
        put(parent, &path, |file| file.write_all(bytes))?;
        Ok(Stamp::of(&path.metadata()?))
    }

    /// Makes a folder below the root, and makes sure that it lies there.
    fn enter(&self, folder: &Path) -> Result<(), Refusal> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.contains(folder) {
            return Ok(());
        }
        // The nearest folder that exists is looked at first: making folders through a link would already write outside.
        let there = folder.ancestors().find(|path| path.symlink_metadata().is_ok()).unwrap_or(&self.root);
        if !there.canonicalize()?.starts_with(&self.real) {
            return Err(Refusal::Outside);
        }
        fs::create_dir_all(folder)?;
        known.insert(folder.to_owned());
        Ok(())
    }

    /// Removes the temporary files of a killed run.
    fn sweep(&self) {
        let entries = walkdir::WalkDir::new(&self.root).into_iter().flatten();
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            let name = entry.file_name().to_string_lossy();
            if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                // What cannot be removed does no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(journal) = self.journal.as_ref().filter(|_| !*self.unsaved.get_mut()) {
            journal.end();
        }
    }
}

/// Writes a file beside its place, syncs it, and renames it into its place.
fn put(parent: &Path, path: &Path, content: impl FnOnce(&mut NamedTempFile) -> io::Result<()>) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the process's mask takes away from this.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(parent)?;
    content(&mut file)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
