//! Outputs whose source is gone are taken away, when that is asked for.

use super::folder::State;
use super::manifest::{Entry, Manifest};
use super::sources::Archives;
use super::{Folder, Refusal, load};
use crate::discover::Input;
use std::collections::HashMap;

/// What became of the outputs whose source is gone.
#[derive(Debug, Default)]
pub struct Pruned {
    /// Taken away, by their paths below the output folder.
    pub removed: Vec<String>,
    /// Changed since they were written; they stay, and no entry knows them any more.
    pub edited: Vec<String>,
    /// Those that cannot be taken away, and why.
    pub kept: Vec<(String, Refusal)>,
}

/// Takes away the outputs in `folder` whose source is gone and which are as they were written; with `pretend`, only says which. An input that stands in the
/// place of one that is gone and says the same is that one, moved; no more than `max_size` bytes of it are read.
pub fn prune(folder: &Folder, inputs: &[Input], manifest: &mut Manifest, max_size: u64, pretend: bool) -> Pruned {
    let by_target: HashMap<&str, &Input> = inputs.iter().map(|input| (input.target.as_str(), input)).collect();
    let moved = |target: &str, entry: &Entry| {
        let source = by_target.get(target).and_then(|input| load(input, max_size).ok());
        source.is_some_and(|source| entry.record.sha256 == Some(source.sha256))
    };
    let mut archives = Archives::default();
    let orphans: Vec<(String, Entry)> = manifest
        .sources()
        .filter(|(_, origin)| archives.is_gone(folder, origin))
        .filter_map(|(target, _)| Some((target.to_owned(), manifest.get(target)?)))
        // A volume carries its sources, and is kept when they are not.
        .filter(|(target, entry)| entry.collected.is_none() && !moved(target, entry))
        .collect();
    let mut pruned = Pruned::default();
    for (target, mut entry) in orphans {
        entry.outputs.retain(|output| {
            let path = output.facts.path.clone();
            match folder.state(output) {
                State::Absent => return false,
                State::Changed => pruned.edited.push(path),
                State::Untouched => match if pretend { Ok(()) } else { folder.remove(&path) } {
                    Ok(()) => pruned.removed.push(path),
                    Err(refusal) => {
                        pruned.kept.push((path, refusal));
                        return true;
                    }
                },
            }
            false
        });
        match entry.outputs.is_empty() {
            true => manifest.remove(&target),
            false => manifest.enter(&target, entry),
        }
    }
    pruned
}
