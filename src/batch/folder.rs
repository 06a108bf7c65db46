//! The output folder: one batch at a time, every file placed whole, and nothing outside it.

use super::draft::Draft;
use super::journal::{self, Journal, LOCK, Lock, Placed};
use super::manifest::{MANIFEST, Manifest, Output, Stamp};
use super::origin::Origin;
use super::plain;
use crate::digest::sha256;
use crate::discover::Input;
use crate::error::Cause;
use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// How often a manifest is merged and written again when other runs write it at the same time.
const MERGES: usize = 50;
/// How long ago a file under way was last touched where no run can be at it any more, on a disk without locks: a week.
const OLD: Duration = Duration::from_secs(7 * 24 * 60 * 60);

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
    /// The real paths of the folders of inputs.
    sources: Mutex<HashMap<PathBuf, PathBuf>>,
}

/// Why the folder, or a file in it, cannot be had.
#[derive(Debug)]
pub enum Refusal {
    /// Another process is writing to it.
    Locked,
    /// What stands there is no folder.
    NotAFolder,
    /// What stands there is a link to what is not there.
    Nowhere,
    /// It was there, and is not any more.
    Gone,
    /// A link leads out of the folder.
    Outside,
    /// A file of our own in it, by its name, cannot be had.
    Ours(&'static str, io::Error),
    /// The system says no.
    Io(io::Error),
}

impl Refusal {
    /// It as a cause.
    pub fn cause(&self) -> Cause {
        match self {
            Refusal::Locked => Cause::AnotherIsWriting,
            Refusal::NotAFolder => Cause::IsNoFolder,
            Refusal::Nowhere => Cause::LinkLeadsNowhere,
            Refusal::Gone => Cause::OutputIsGone,
            Refusal::Outside => Cause::LinkLeavesOutput,
            Refusal::Ours(name, error) => Cause::of(*name, error.into()),
            Refusal::Io(error) => error.into(),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Refusal::Io(error)
    }
}

/// How an output that is on record stands on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Not there.
    Absent,
    /// As it was written.
    Untouched,
    /// Something else stands there.
    Changed,
}

impl Folder {
    /// Makes the folder if need be, and holds it until dropped. What a killed run left half-written is swept away.
    ///
    /// # Errors
    /// When another process holds it, or it cannot be made, or something else stands in the place of our own files.
    pub fn hold(root: &Path) -> Result<Self, Refusal> {
        Folder::hold_by(root, File::try_lock)
    }

    fn hold_by(root: &Path, lock: Lock) -> Result<Self, Refusal> {
        match fs::create_dir_all(root) {
            Err(_) if root.exists() && !root.is_dir() => return Err(Refusal::NotAFolder),
            Err(_) if root.is_symlink() && !root.exists() => return Err(Refusal::Nowhere),
            made => made?,
        }
        check_manifest(root)?;
        let (journal, left) = Journal::begin(root, lock)?;
        let mut folder = Folder::at(root)?;
        if let Some(placed) = left {
            if journal.may_sweep() {
                folder.sweep(&|_| true);
            } else if let Some(now) = journal.time() {
                // Of another run that is under way, none is so old.
                folder.sweep(&|touched| now.duration_since(touched).is_ok_and(|age| age > OLD));
            }
            *folder.unsaved.get_mut() = !placed.is_empty();
            folder.placed = placed;
        }
        folder.journal = Some(journal);
        Ok(folder)
    }

    /// Looks at the folder without holding or making it.
    ///
    /// # Errors
    /// When it is there and cannot be looked at, or something else stands in the place of our own files.
    pub fn look(root: &Path) -> Result<Self, Refusal> {
        check_manifest(root)?;
        let mut folder = Folder::at(root)?;
        folder.placed = journal::read(root)?;
        Ok(folder)
    }

    fn at(root: &Path) -> Result<Self, Refusal> {
        let real = match root.canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => std::path::absolute(root)?,
            real => real?,
        };
        let (journal, placed, unsaved, known, sources) = Default::default();
        Ok(Folder { root: root.to_owned(), real, journal, placed, unsaved, known, sources })
    }

    /// Whether other runs may write to it at the same time, for the disk has no locks.
    pub fn is_shared(&self) -> bool {
        self.journal.as_ref().is_some_and(|journal| !journal.is_alone())
    }

    /// The path of `relative` for the system.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The path of `relative` for people.
    pub fn shown(&self, relative: &str) -> String {
        crate::unicode::printable(&self.path(relative).to_string_lossy()).into_owned()
    }

    /// Whether something made at `path` would lie in it.
    pub fn would_hold(&self, path: &Path) -> bool {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        path.ancestors().find_map(|above| above.canonicalize().ok()).is_some_and(|real| real.starts_with(&self.real))
    }

    /// The path below the folder of the file at `path`, by the real path of the folder that it lies in; `None` when it lies elsewhere.
    pub fn below(&self, path: &Path) -> Option<String> {
        let path = self.real_path(path);
        let below = path.strip_prefix(&self.real).ok()?;
        Some(below.to_str()?.replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// Where the source of `input` lies.
    pub fn origin(&self, input: &Input) -> Origin {
        let member = input.member_name(crate::name_of_bytes);
        match input.is_stdin() {
            true => Origin::stdin(member),
            false => Origin::seen_from(&self.real, &self.real_path(&input.path), member),
        }
    }

    /// Where the file or folder at `path` lies.
    pub fn origin_of(&self, path: &Path) -> Origin {
        Origin::seen_from(&self.real, &self.real_path(path), None)
    }

    /// Where a source lies that `origin` tells from the folder `other`.
    pub fn resettled(&self, other: &Folder, origin: &Origin) -> Origin {
        let member = origin.member().map(str::to_owned);
        match other.source(origin) {
            Some(path) => Origin::seen_from(&self.real, &self.real_path(&path), member),
            None => Origin::stdin(member),
        }
    }

    /// The path of a source, or of the archive that it lies in; `None` for standard input.
    pub fn source(&self, origin: &Origin) -> Option<PathBuf> {
        origin.path(&self.real)
    }

    /// Whether a source, or the archive that it lies in, is gone. Where that cannot be seen, it is not.
    pub fn is_gone(&self, origin: &Origin) -> bool {
        let gone = |error: io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
        self.source(origin).is_some_and(|path| path.symlink_metadata().is_err_and(gone))
    }

    /// `path` with the real path of its folder: what a link at its end leads to is another file than the link.
    fn real_path(&self, path: &Path) -> PathBuf {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        };
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(real) = sources.get(parent) {
            return real.join(name);
        }
        let folder = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        let real = folder.canonicalize().or_else(|_| std::path::absolute(folder)).unwrap_or_else(|_| folder.to_owned());
        let path = real.join(name);
        sources.insert(parent.to_owned(), real);
        path
    }

    /// Its manifest, with what a killed run placed and it does not know.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] when it is not as it was written, and what the system says.
    pub fn manifest(&self) -> io::Result<Manifest> {
        let mut manifest = match self.saved() {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.placed.is_empty() => Manifest::default(),
            saved => saved?,
        };
        for placed in &self.placed {
            let known = manifest.output(&placed.path).is_some_and(|output| output.facts.sha256 == placed.sha256);
            let path = self.path(&placed.path);
            if !known
                && let Ok(bytes) = plain::read(&path)
                && sha256(&bytes) == placed.sha256
                && let Ok(meta) = path.symlink_metadata()
            {
                manifest.adopt(placed, bytes.len() as u64, Stamp::of(&meta));
            }
        }
        Ok(manifest)
    }

    /// The manifest as it stands on disk.
    fn saved(&self) -> io::Result<Manifest> {
        let file = plain::open(&self.root.join(MANIFEST), File::options().read(true))?;
        Manifest::read(file)?.ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Saves `manifest` if it was changed. Where other runs may write it at the same time, what they entered is kept.
    ///
    /// # Errors
    /// When it cannot be written, and says more than new stamps.
    pub fn save(&self, manifest: &mut Manifest) -> Result<(), Refusal> {
        let begun = Instant::now();
        if manifest.is_changed() {
            self.unsaved.store(true, Ordering::Relaxed);
            let saved = if self.is_shared() { self.merge(manifest) } else { self.write(manifest, || true).map(drop) };
            match saved {
                Err(_) if self.is_gone_itself() => return Err(Refusal::Gone),
                // A copy that may only be read is none the worse for it.
                Err(_) if !manifest.is_needed() => {}
                saved => saved?,
            }
        }
        self.unsaved.store(false, Ordering::Relaxed);
        manifest.saved(begun.elapsed());
        Ok(())
    }

    /// Writes `manifest` unless, at the last moment, that is not `wanted` any more. Gives whether it was.
    fn write(&self, manifest: &mut Manifest, wanted: impl FnOnce() -> bool) -> io::Result<bool> {
        let mut out = BufWriter::with_capacity(1 << 20, Draft::beside(&self.root.join(MANIFEST))?);
        let places = manifest.write(&mut out)?;
        let written = out.into_inner()?.finish_if(wanted)?;
        let was_wanted = written.is_some();
        written.map(|file| manifest.settle(file, &places)).transpose()?;
        Ok(was_wanted)
    }

    /// Saves `manifest` together with what other runs have entered since. Without locks, two may still take what the other wrote for what was there
    /// before; so it is looked at again after a while, as long as writing it took and more.
    fn merge(&self, manifest: &mut Manifest) -> io::Result<()> {
        let stamp = || self.root.join(MANIFEST).symlink_metadata().ok().map(|meta| Stamp::of(&meta));
        for _ in 0..MERGES {
            let begun = Instant::now();
            let before = stamp();
            if let Ok(saved) = self.saved() {
                manifest.merge(&saved);
            }
            if self.write(manifest, || stamp() == before)? {
                std::thread::sleep(begun.elapsed() * 2 + Duration::from_millis(20));
                if self.saved().is_ok_and(|saved| manifest.is_within(&saved)) {
                    return Ok(());
                }
            }
        }
        Err(Cause::OthersKeepWriting.into())
    }

    /// Places a file made from `source` at `relative`, whole or not at all; `digest` is that of its bytes.
    ///
    /// # Errors
    /// When it cannot be written, or would lie outside the folder.
    pub fn place(&self, relative: &str, bytes: &[u8], digest: &str, source: &Origin) -> Result<Stamp, Refusal> {
        let path = self.enter(relative, digest, Some(source))?;
        let put = || -> io::Result<Stamp> {
            let mut draft = Draft::beside(&path)?;
            draft.write_all(bytes)?;
            draft.finish()?;
            Ok(Stamp::of(&path.symlink_metadata()?))
        };
        put().map_err(|error| self.refusal(error))
    }

    /// Moves an untouched output to `to`, where nothing stands.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub fn shift(&self, output: &Output, to: &str, source: Option<&Origin>) -> Result<Stamp, Refusal> {
        let (from, path) = (&output.facts.path, self.enter(to, &output.facts.sha256, source)?);
        fs::rename(self.path(from), &path).map_err(|error| self.refusal(error))?;
        self.leave(from);
        Ok(Stamp::of(&path.symlink_metadata()?))
    }

    /// Takes an output away, and the folders that it leaves empty.
    ///
    /// # Errors
    /// When it cannot be taken away, or lies outside the folder.
    pub fn remove(&self, relative: &str) -> Result<(), Refusal> {
        let path = self.path(relative);
        let parent = path.parent().unwrap_or(&self.root);
        if !parent.canonicalize()?.starts_with(&self.real) {
            return Err(Refusal::Outside);
        }
        fs::remove_file(&path)?;
        self.leave(relative);
        Ok(())
    }

    /// How `output` stands.
    pub fn state(&self, output: &Output) -> State {
        match plain::read(&self.path(&output.facts.path)) {
            Ok(bytes) if sha256(&bytes) == output.facts.sha256 => State::Untouched,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                State::Absent
            }
            Ok(_) | Err(_) => State::Changed,
        }
    }

    /// Makes ready the place at `relative`: says what is about to stand there, and makes its folder.
    fn enter(&self, relative: &str, digest: &str, source: Option<&Origin>) -> Result<PathBuf, Refusal> {
        let path = self.path(relative);
        let parent = path.parent().unwrap_or(&self.root);
        if self.is_gone_itself() {
            return Err(Refusal::Gone);
        }
        self.make_folder(parent)?;
        if let Some(journal) = &self.journal {
            self.unsaved.store(true, Ordering::Relaxed);
            let placed = Placed { sha256: digest.to_owned(), path: relative.to_owned(), source: source.cloned() };
            journal.announce(&placed).map_err(|error| match journal.is_another_users() {
                true => Refusal::Ours(LOCK, error),
                false => Refusal::Io(error),
            })?;
        }
        Ok(path)
    }

    /// Makes a folder below the root, and makes sure that it lies there.
    fn make_folder(&self, folder: &Path) -> Result<(), Refusal> {
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

    /// Takes away the folders above `relative` that are empty now.
    fn leave(&self, relative: &str) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in Path::new(relative).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
            let folder = self.root.join(folder);
            // One that is not empty, or a link, is not removed.
            if fs::remove_dir(&folder).is_err() {
                break;
            }
            known.remove(&folder);
        }
    }

    fn refusal(&self, error: io::Error) -> Refusal {
        if self.is_gone_itself() { Refusal::Gone } else { Refusal::Io(error) }
    }

    fn is_gone_itself(&self) -> bool {
        self.root.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
    }

    /// Removes the temporary files of killed runs that were last touched when it is `wanted`.
    fn sweep(&self, wanted: &dyn Fn(SystemTime) -> bool) {
        let entries = walkdir::WalkDir::new(&self.root).into_iter().flatten();
        let drafts = entries.filter(|entry| entry.file_type().is_file() && Draft::is_named(entry.path()));
        let touched = |entry: &walkdir::DirEntry| entry.metadata().ok()?.modified().ok();
        for entry in drafts.filter(|entry| touched(entry).is_some_and(wanted)) {
            // What cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
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

/// Whether `relative` is the path of a file in which the folder keeps its record.
pub fn is_record(relative: &str) -> bool {
    [MANIFEST, LOCK].iter().any(|name| relative.eq_ignore_ascii_case(name))
}

fn check_manifest(root: &Path) -> Result<(), Refusal> {
    match plain::check(&root.join(MANIFEST)) {
        // What the root is, others tell.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Err(Refusal::Ours(MANIFEST, error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::manifest::Entry;
    use std::fs::TryLockError;

    fn without_locks(root: &Path) -> Folder {
        Folder::hold_by(root, |_| Err(TryLockError::Error(io::ErrorKind::Unsupported.into()))).unwrap()
    }

    fn entry(name: &str) -> Entry {
        Entry::of(Some(Origin::seen_from(Path::new("/out"), &Path::new("/in").join(name), None)))
    }

    #[test]
    fn without_locks_only_drafts_that_no_run_is_at_any_more_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        let now = File::create(path(".shanben-new.tmp")).unwrap().metadata().unwrap().modified().unwrap();
        File::create(path(".shanben-old.tmp")).unwrap().set_modified(now - OLD * 2).unwrap();
        File::create(path("old.tmp")).unwrap().set_modified(now - OLD * 2).unwrap();
        // Nothing says that a run was killed.
        drop(without_locks(dir.path()));
        assert!(path(".shanben-old.tmp").exists());
        fs::write(path(LOCK), "running\n").unwrap();
        drop(without_locks(dir.path()));
        assert!(path(".shanben-new.tmp").exists() && path("old.tmp").exists() && !path(".shanben-old.tmp").exists());
        fs::write(path(LOCK), "running\n").unwrap();
        drop(Folder::hold(dir.path()).unwrap());
        assert!(path("old.tmp").exists() && !path(".shanben-new.tmp").exists());
    }

    #[test]
    fn without_locks_no_entry_of_another_run_is_lost() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (without_locks(dir.path()), without_locks(dir.path()));
        assert!(first.is_shared() && !Folder::look(dir.path()).unwrap().is_shared());
        // Both have read the same manifest, and enter what they make.
        let mut ours = Manifest::default();
        ours.enter("common", entry("old.txt"));
        first.save(&mut ours).unwrap();
        let mut theirs = second.manifest().unwrap();
        ours.enter("a", entry("a.txt"));
        ours.enter("common", entry("new.txt"));
        theirs.enter("b", entry("b.txt"));
        second.save(&mut theirs).unwrap();
        first.save(&mut ours).unwrap();
        theirs.remove("b");
        theirs.enter("c", entry("c.txt"));
        second.save(&mut theirs).unwrap();
        let all: Vec<(String, Entry)> =
            first.saved().unwrap().entries().map(|(target, entry)| (target.to_owned(), entry)).collect();
        let wanted = [("a", "a.txt"), ("c", "c.txt"), ("common", "new.txt")];
        assert_eq!(all, wanted.map(|(target, name)| (target.to_owned(), entry(name))));
    }

    #[test]
    fn what_two_runs_without_locks_make_of_one_input_is_entered_once() {
        let dir = tempfile::tempdir().unwrap();
        let (first, second) = (without_locks(dir.path()), without_locks(dir.path()));
        let (mut ours, mut theirs) = (Manifest::default(), Manifest::default());
        ours.enter("a", entry("a.txt"));
        theirs.enter("a", entry("b.txt"));
        let stands = |manifest: &Manifest| manifest.is_within(&first.saved().unwrap());
        first.save(&mut ours).unwrap();
        second.save(&mut theirs).unwrap();
        assert!(stands(&ours) && stands(&theirs));
        // But what was written over what was there before is made good.
        let before = first.saved().unwrap();
        let mut again = before.clone();
        again.enter("a", entry("c.txt"));
        second.save(&mut again).unwrap();
        first.write(&mut before.clone(), || true).unwrap();
        assert!(!stands(&again));
    }

    #[test]
    fn many_runs_without_locks_keep_the_entries_of_all() {
        let dir = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for run in 0..4 {
                let root = dir.path();
                scope.spawn(move || {
                    let folder = without_locks(root);
                    let mut manifest = folder.manifest().unwrap_or_default();
                    for file in 0..8 {
                        let name = format!("{run}-{file}");
                        manifest.enter(&name, entry(&name));
                        folder.save(&mut manifest).unwrap();
                    }
                });
            }
        });
        assert_eq!(Folder::look(dir.path()).unwrap().saved().unwrap().entries().count(), 32);
    }

    #[test]
    fn what_an_unlocked_run_may_still_be_writing_is_not_swept_away() {
        let dir = tempfile::tempdir().unwrap();
        let _first = without_locks(dir.path());
        let draft = Draft::beside(&dir.path().join("a.md")).unwrap();
        drop(without_locks(dir.path()));
        draft.finish().unwrap();
    }

    #[test]
    fn new_stamps_alone_are_no_reason_to_fail() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::look(&dir.path().join("nowhere/out")).unwrap();
        let mut manifest = Manifest::default();
        manifest.restamp("a", entry("a.txt"));
        assert!(matches!(folder.save(&mut manifest), Err(Refusal::Gone)));
        let folder = Folder::look(dir.path()).unwrap();
        fs::create_dir(dir.path().join(MANIFEST)).unwrap();
        folder.save(&mut manifest).unwrap();
        manifest.enter("a", entry("a.txt"));
        assert!(folder.save(&mut manifest).is_err());
    }
}
