//! The file that locks the output folder, and says what the run under way places there. What it says when nobody holds the lock is of a run that was
//! killed: it placed files that the manifest does not know, or knows from before.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Component, Path};

/// Name of the file in an output folder.
pub const LOCK: &str = ".shanben.lock";
/// What it begins with while a run is under way.
const RUNNING: &str = "running\n";

/// The file, locked.
#[derive(Debug)]
pub struct Journal(File);

/// A file that was about to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Digest of its bytes.
    pub sha256: String,
    /// Its path below the output folder.
    pub path: String,
}

impl Journal {
    /// Locks the folder `root`, and begins the journal of a run. Gives what a killed run left there; `None` when none was. The journal is `None` in a folder
    /// that may not be written to, where each file fails on its own account.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] when another process holds it.
    pub fn begin(root: &Path) -> io::Result<(Option<Self>, Option<Vec<Placed>>)> {
        let mut options = File::options();
        let Ok(mut file) = options.create(true).truncate(false).read(true).append(true).open(root.join(LOCK)) else {
            return Ok((None, None));
        };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
            // File systems without locks: go on without.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        let mut text = String::new();
        file.read_to_string(&mut text)?;
        // The killed run may have been cut off in a line.
        file.write_all(if text.is_empty() || text.ends_with('\n') { RUNNING } else { "\nrunning\n" }.as_bytes())?;
        let left = (!text.is_empty()).then(|| parse(&text));
        Ok((Some(Journal(file)), left))
    }

    /// Says what is about to be placed.
    pub fn announce(&self, placed: &Placed) {
        // One write, so that lines do not mix. What is not announced is at worst taken for the work of another hand after a kill.
        let _ = (&self.0).write_all(format!("{} {}\n", placed.sha256, placed.path).as_bytes());
    }

    /// Ends the journal: the manifest knows all of it.
    pub fn end(&self) {
        // At worst the next run looks for leftovers that are not there.
        let _ = self.0.set_len(0);
    }
}

/// What the journal in the folder `root` says, held or not.
pub fn read(root: &Path) -> Vec<Placed> {
    std::fs::read_to_string(root.join(LOCK)).map(|text| parse(&text)).unwrap_or_default()
}

fn parse(text: &str) -> Vec<Placed> {
    let whole = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')?.split_once(' '));
    let below = |path: &str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let sound = |&(digest, path): &(&str, &str)| digest.len() == 64 && below(path);
    whole.filter(sound).map(|(digest, path)| Placed { sha256: digest.to_owned(), path: path.to_owned() }).collect()
}
