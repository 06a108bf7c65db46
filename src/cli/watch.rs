//! `--watch`: waits until the inputs have changed and come to rest.

use super::{Refused, Voice};
use crate::batch::Draft;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};

/// A file that stays as it is for this long is whole: copying programs write more often.
const REST: Duration = Duration::from_millis(500);
/// How often an interrupt is looked for.
const TICK: Duration = Duration::from_millis(100);

/// The inputs, watched.
#[derive(Debug)]
pub struct Watch {
    changed: Receiver<PathBuf>,
    /// Watches until it is dropped.
    watcher: RecommendedWatcher,
    folders: Vec<Watched>,
}

/// A folder that is watched. A watch stays with the folder, not with its path: when that leads to another, it is to be begun anew.
#[derive(Debug)]
struct Watched {
    path: PathBuf,
    mode: RecursiveMode,
    /// The folder that is watched; `None` while there is none.
    armed: Option<Identity>,
}

/// What tells one folder from another that takes its place.
type Identity = (u64, u64, Option<SystemTime>);

fn identity(path: &Path) -> Option<Identity> {
    let meta = path.metadata().ok()?;
    #[cfg(unix)]
    let (device, inode) = {
        use std::os::unix::fs::MetadataExt;
        (meta.dev(), meta.ino())
    };
    #[cfg(not(unix))]
    let (device, inode) = (0, 0);
    Some((device, inode, meta.created().ok()))
}

impl Watch {
    /// Begins to watch `inputs`: folders with all that is below them, files where they are named. What changes at one of `own`, where
    /// this program writes, is passed over.
    ///
    /// # Errors
    /// When something cannot be watched.
    pub fn begin(inputs: &[PathBuf], own: &[&Path], voice: Voice) -> Result<Self, Refused> {
        let refuse = |what: &Path, error: &dyn std::fmt::Display| {
            Refused(format!("{}: {}: {error}", what.display(), voice.pick("cannot be watched", "无法监视")))
        };
        let full = |path: &Path| std::path::absolute(path).map_err(|error| refuse(path, &error));
        let mut places = vec![];
        for input in inputs {
            places.push((full(input)?, input));
        }
        let own: Vec<PathBuf> = own.iter().map(|path| full(path)).collect::<Result<_, _>>()?;
        // An output folder that holds the inputs cannot be passed over; what is written there changes nothing the second time.
        let own: Vec<PathBuf> =
            own.into_iter().filter(|own| !places.iter().any(|(place, _)| place.starts_with(own))).collect();
        let roots: Vec<PathBuf> = places.iter().map(|(place, _)| place.clone()).collect();
        let (send, changed) = channel();
        let heed = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            let written = match event.kind {
                EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
                EventKind::Any
                | EventKind::Create(_)
                | EventKind::Modify(_)
                | EventKind::Remove(_)
                | EventKind::Other => true,
            };
            for path in event.paths.into_iter().filter(|_| written) {
                let below = |roots: &[PathBuf]| roots.iter().any(|root| path.starts_with(root));
                if below(&roots) && !below(&own) && !Draft::is_named(&path) {
                    // Nobody listens any more when the program ends.
                    let _ = send.send(path);
                }
            }
        };
        let mut watcher = notify::recommended_watcher(heed).map_err(|error| refuse(Path::new("."), &error))?;
        let mut folders: Vec<Watched> = vec![];
        for (place, input) in &places {
            // A file is replaced by another of its name as often as it is written to, so its folder is watched.
            let (folder, mode) = match place.is_dir() {
                true => (place.as_path(), RecursiveMode::Recursive),
                false => (place.parent().unwrap_or(place), RecursiveMode::NonRecursive),
            };
            let armed = identity(folder);
            watcher.watch(folder, mode).map_err(|error| refuse(input, &error))?;
            folders.push(Watched { path: folder.to_owned(), mode, armed });
        }
        folders.sort_by(|a, b| a.path.cmp(&b.path));
        folders.dedup_by(|again, first| {
            let same = again.path == first.path;
            if same && again.mode == RecursiveMode::Recursive {
                first.mode = again.mode;
            }
            same
        });
        Ok(Watch { changed, watcher, folders })
    }

    /// Waits until something has changed and all that changed has come to rest. Gives whether it did; else `stop` was set.
    pub fn wait(&mut self, stop: &AtomicBool) -> bool {
        let mut restless: BTreeSet<PathBuf> = BTreeSet::new();
        let mut state = vec![];
        let mut rested = Duration::ZERO;
        while !stop.load(Ordering::Relaxed) {
            for path in self.begin_anew() {
                restless.insert(path);
                rested = Duration::ZERO;
            }
            match self.changed.recv_timeout(TICK) {
                Ok(path) => {
                    restless.insert(path);
                    rested = Duration::ZERO;
                }
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) if restless.is_empty() => {}
                Err(RecvTimeoutError::Timeout) => {
                    // Not every system tells of each write.
                    let now: Vec<_> = restless.iter().map(|path| path.metadata().ok().map(look)).collect();
                    rested = if now == state { rested + TICK } else { Duration::ZERO };
                    state = now;
                    if rested >= REST {
                        return true;
                    }
                }
            }
        }
        false
    }
}

impl Watch {
    /// Begins to watch the folders that have come in the place of others, and gives their paths.
    fn begin_anew(&mut self) -> Vec<PathBuf> {
        let mut replaced = vec![];
        for Watched { path, mode, armed } in &mut self.folders {
            let now = identity(path);
            if now == *armed {
                continue;
            }
            // The watch of a folder that is gone has ended by itself.
            let _ = self.watcher.unwatch(path);
            *armed = now.filter(|_| self.watcher.watch(path, *mode).is_ok());
            if armed.is_some() {
                replaced.push(path.clone());
            }
        }
        replaced
    }
}

/// What tells that a file is still being written.
fn look(meta: Metadata) -> (u64, Option<SystemTime>) {
    (meta.len(), meta.modified().ok())
}
