//! The output folder: one batch at a time, every file placed whole, and nothing outside it.

use super::manifest::{Manifest, Stamp};
use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Name of the manifest in an output folder.
pub const MANIFEST: &str = ".shanben.json";
const LOCK: &str = ".shanben.lock";
const TEMPORARY: (&str, &str) = (".shanben-", ".tmp");

/// An output folder held by this process.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    real: PathBuf,
    lock: Option<File>,
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
        let mut folder = Folder::look(root)?;
        // In a folder that may not be written to, each file fails on its own account.
        if let Ok(mut lock) = File::options().create(true).truncate(false).read(true).write(true).open(root.join(LOCK))
        {
            match lock.try_lock() {
                Err(TryLockError::WouldBlock) => return Err(Refusal::Locked),
                // File systems without locks: go on without.
                Err(TryLockError::Error(_)) | Ok(()) => {}
            }
            // The lock's file says whether a run is under way; when it does so at the start, that run was killed.
            let mut state = String::new();
            lock.read_to_string(&mut state)?;
            if !state.is_empty() {
                folder.sweep();
            }
            lock.set_len(0)?;
            lock.write_all(b"running\n")?;
            folder.lock = Some(lock);
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
        Ok(Folder { root: root.to_owned(), real, lock: None, known: Mutex::default() })
    }

    /// The path of `relative` for the system.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The path of `relative` without links.
    pub fn real_path(&self, relative: &str) -> PathBuf {
        self.real.join(relative)
    }

    /// The path of `relative` for people.
    pub fn shown(&self, relative: &str) -> String {
        crate::unicode::printable(&self.path(relative).to_string_lossy()).into_owned()
    }

    /// Its manifest; an empty one when it is lost.
    pub fn manifest(&self) -> Manifest {
        fs::read(self.root.join(MANIFEST)).map(|json| Manifest::parse(&json)).unwrap_or_default()
    }

    /// Saves `manifest`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self, manifest: &mut Manifest) -> io::Result<()> {
        let begun = Instant::now();
        put(&self.root, &self.root.join(MANIFEST), manifest.to_json().as_bytes())?;
        manifest.saved(begun.elapsed());
        Ok(())
    }

    /// Places a file at `relative`, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written, or would lie outside the folder.
    pub fn place(&self, relative: &str, bytes: &[u8]) -> Result<Stamp, Refusal> {
        let path = self.path(relative);
        let parent = path.parent().unwrap_or(&self.root);
        self.enter(parent)?;
        put(parent, &path, bytes)?;
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
        if let Some(lock) = &self.lock {
            // At worst the next run looks for leftovers that are not there.
            let _ = lock.set_len(0);
        }
    }
}

/// Writes a file beside its place, syncs it, and renames it into its place.
fn put(parent: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the process's mask takes away from this.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(parent)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
