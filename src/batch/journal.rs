//! The file that locks the output folder, and says what the run under way places there. What it says when nobody holds the lock is of a run that was
//! killed: it placed files that the manifest does not know, or knows from before.

use super::folder::Refusal;
use super::origin::Origin;
use super::plain;
use crate::error::Cause;
use std::fs::{File, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Component, Path};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

/// Name of the file in an output folder.
pub const LOCK: &str = ".shanben.lock";
/// What it begins with while a run is under way.
const RUNNING: &str = "running\n";
/// Longest line: a digest, a path, and where the source lies, each byte of which may be written as six; paths have 4,096 bytes at most.
const LONGEST: u64 = 32 << 10;
/// Largest journal, of which no more is read than that: ten million files placed by runs that were killed.
const LARGEST: u64 = 1 << 30;

/// What locks the file: [`File::try_lock`].
pub type Lock = fn(&File) -> Result<(), TryLockError>;

/// The file, open for as long as the run is under way.
#[derive(Debug)]
pub struct Journal {
    /// `None` where it is not there and cannot be made.
    file: Option<File>,
    /// Why nothing can be written to it, and so nothing be placed.
    mute: Option<io::ErrorKind>,
    /// Whether this run alone holds it. Not so where the disk has no locks.
    locked: bool,
    /// Its size as far as this run knows.
    size: AtomicU64,
}

/// A file that was about to be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Digest of its bytes.
    pub sha256: String,
    /// Its path below the output folder.
    pub path: String,
    /// What it was made from.
    pub source: Option<Origin>,
}

impl Journal {
    /// Locks the folder `root`, and begins the journal of a run. Gives what a killed run left there; `None` when none was. In a folder that may not be
    /// written to there may be nothing to write, so that is no error yet.
    ///
    /// # Errors
    /// When another process holds it, or something else stands in its place.
    pub fn begin(root: &Path, lock: Lock) -> Result<(Self, Option<Vec<Placed>>), Refusal> {
        let path = root.join(LOCK);
        let refuse = |error| Refusal::Ours(LOCK, error);
        let read_only = |path| plain::open(path, File::options().read(true));
        let (file, mute) = match plain::open(&path, File::options().create(true).read(true).append(true)) {
            Ok(file) => (file, None),
            Err(error)
                if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem) =>
            {
                match read_only(&path) {
                    // Another user's: locked it can be all the same.
                    Ok(file) => (file, Some(error.kind())),
                    Err(none) if none.kind() == io::ErrorKind::NotFound => {
                        let journal = Journal { file: None, mute: Some(error.kind()), locked: false, size: 0.into() };
                        return Ok((journal, None));
                    }
                    Err(error) => return Err(refuse(error)),
                }
            }
            Err(error) => return Err(refuse(error)),
        };
        let locked = match lock(&file) {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => return Err(Refusal::Locked),
            Err(TryLockError::Error(error)) if is_without_locks(&error) || mute.is_some() => false,
            Err(TryLockError::Error(error)) => return Err(refuse(error)),
        };
        let left = parse(&file).map_err(refuse)?;
        let size = file.metadata().map_err(refuse)?.len().into();
        let journal = Journal { file: Some(file), mute, locked, size };
        if mute.is_none() {
            // The killed run may have been cut off in a line.
            journal.write(if left.is_none() { RUNNING } else { "\nrunning\n" }).map_err(refuse)?;
        }
        Ok((journal, left))
    }

    /// Whether this run alone holds the folder, or can write nothing there. Not so where the disk has no locks.
    pub fn is_alone(&self) -> bool {
        self.locked || self.mute.is_some()
    }

    /// Whether the file is there, and may only be read.
    pub fn is_another_users(&self) -> bool {
        self.mute.is_some() && self.file.is_some()
    }

    /// Whether what a killed run left may be swept away.
    pub fn may_sweep(&self) -> bool {
        self.locked && self.mute.is_none()
    }

    /// When this run began, by the clock of the disk; `None` where it may write nothing.
    pub fn time(&self) -> Option<SystemTime> {
        let file = self.file.as_ref().filter(|_| self.mute.is_none())?;
        file.metadata().ok()?.modified().ok()
    }

    /// Says what is about to be placed.
    ///
    /// # Errors
    /// When it cannot be said; then it must not be placed, or it would be taken for the work of another hand after a kill.
    pub fn announce(&self, placed: &Placed) -> io::Result<()> {
        // In JSON no name ends the line.
        let source = serde_json::to_string(&placed.source)?;
        // One write, so that lines do not mix.
        self.write(&format!("{} {}\t{source}\n", placed.sha256, placed.path))
    }

    fn write(&self, text: &str) -> io::Result<()> {
        let mut file = match (self.mute, &self.file) {
            (None, Some(file)) => file,
            (why, _) => return Err(why.unwrap_or(io::ErrorKind::NotFound).into()),
        };
        file.write_all(text.as_bytes())?;
        self.size.fetch_add(text.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Ends the journal: the manifest knows all of it. Where another run may be under way, what that said stays.
    pub fn end(&self) {
        let Some(file) = self.file.as_ref().filter(|_| self.mute.is_none()) else { return };
        let only_ours = || file.metadata().is_ok_and(|meta| meta.len() == self.size.load(Ordering::Relaxed));
        if self.locked || only_ours() {
            // At worst the next run looks for leftovers that are not there.
            let _ = file.set_len(0);
        }
    }
}

/// What the journal in the folder `root` says, held or not.
///
/// # Errors
/// When something else stands in its place.
pub fn read(root: &Path) -> Result<Vec<Placed>, Refusal> {
    let said = match plain::open(&root.join(LOCK), File::options().read(true)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        file => file.and_then(|file| parse(&file)),
    };
    Ok(said.map_err(|error| Refusal::Ours(LOCK, error))?.unwrap_or_default())
}

/// Whether this is what a file system says that has no locks.
fn is_without_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(libc::ENOLCK) {
        return true;
    }
    error.kind() == io::ErrorKind::Unsupported
}

/// What `file` says; `None` when it is empty.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] when it is no journal.
fn parse(file: &File) -> io::Result<Option<Vec<Placed>>> {
    let foreign = || io::Error::new(io::ErrorKind::InvalidData, Cause::IsForeign);
    let mut from = BufReader::new(file).take(LARGEST);
    let mut placed = vec![];
    let mut line = vec![];
    let mut any = false;
    loop {
        line.clear();
        (&mut from).take(LONGEST).read_until(b'\n', &mut line)?;
        let whole = line.strip_suffix(b"\n");
        // A line that is cut off is the last one.
        if (whole.is_none() && line.len() as u64 == LONGEST) || from.limit() == 0 {
            return Err(foreign());
        }
        let found = whole.and_then(announced);
        if !any && !line.is_empty() && found.is_none() && !RUNNING.as_bytes().starts_with(&line) && line != b"\n" {
            return Err(foreign());
        }
        if line.is_empty() {
            return Ok(any.then_some(placed));
        }
        any = true;
        placed.extend(found);
    }
}

fn announced(line: &[u8]) -> Option<Placed> {
    let (sha256, rest) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let (path, source) = rest.split_once('\t').unwrap_or((rest, "null"));
    let below = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let digest = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
    let source = serde_json::from_str(source).ok()?;
    (digest && below).then(|| Placed { sha256: sha256.to_owned(), path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_journal_is_told_from_what_another_hand_put_there() {
        let dir = tempfile::tempdir().unwrap();
        let announced = format!("{} a/甲.md\t{{\"path\":\"../in/甲\\n.txt\"}}\n", "0a".repeat(32));
        let begun = |text: &[u8]| {
            fs::write(dir.path().join(LOCK), text).unwrap();
            read(dir.path()).map(|placed| placed.len())
        };
        for (ours, count) in [
            (&b""[..], 0),
            (b"run", 0),
            (b"running\n", 0),
            (format!("running\n{announced}").as_bytes(), 1),
            (&[b"running\nab\xe5\n\nrunning\n", announced.as_bytes(), announced.as_bytes(), b"0a"].concat(), 2),
            (announced.as_bytes(), 1),
        ] {
            assert_eq!(begun(ours).unwrap(), count, "{}", String::from_utf8_lossy(ours));
        }
        let endless = [b"running\n".to_vec(), vec![b'x'; 40 << 10]].concat();
        for foreign in ["珍贵".as_bytes(), b"\0\0\0\0", b"walking\n", &endless] {
            assert!(begun(foreign).is_err(), "{}", String::from_utf8_lossy(&foreign[..4]));
            assert_eq!(fs::read(dir.path().join(LOCK)).unwrap(), foreign);
        }
    }

    #[test]
    fn without_locks_the_journal_of_another_run_stays() {
        let dir = tempfile::tempdir().unwrap();
        let unsupported: Lock = |_| Err(TryLockError::Error(io::ErrorKind::Unsupported.into()));
        let placed = |path: &str| Placed { sha256: "0a".repeat(32), path: path.to_owned(), source: None };
        let (first, left) = Journal::begin(dir.path(), unsupported).unwrap();
        assert!(left.is_none() && !first.is_alone() && !first.may_sweep());
        let (second, _) = Journal::begin(dir.path(), unsupported).unwrap();
        second.announce(&placed("b.md")).unwrap();
        first.announce(&placed("a.md")).unwrap();
        first.end();
        assert_eq!(read(dir.path()).unwrap(), [placed("b.md"), placed("a.md")]);
        let (alone, _) = Journal::begin(dir.path(), File::try_lock).unwrap();
        assert!(alone.is_alone() && matches!(Journal::begin(dir.path(), File::try_lock), Err(Refusal::Locked)));
        alone.end();
        assert_eq!(read(dir.path()).unwrap(), []);
    }
}
