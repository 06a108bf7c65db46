//! One file under several names: hard links, links, and names on disks that fold case.

use std::path::Path;

/// What tells a file from all others, whatever it is called.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity(
    /// The number of its disk, and its own.
    #[cfg(unix)]
    (u64, u64),
    #[cfg(not(unix))] std::path::PathBuf,
);

impl Identity {
    /// Of the file that `path` leads to; `None` when there is none.
    pub fn of(path: &Path) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let meta = path.metadata().ok()?;
            Some(Identity((meta.dev(), meta.ino())))
        }
        #[cfg(not(unix))]
        Some(Identity(path.canonicalize().ok()?))
    }
}
