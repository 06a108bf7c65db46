//! Outputs that stand under another name than their source gives them now, as it has a sibling since or is found from another root, move along.

use super::Folder;
use super::folder::State;
use super::manifest::{Entry, Manifest, Output};
use super::origin::Origin;
use crate::discover::Input;
use std::collections::{BTreeMap, HashMap};

/// Moves the outputs of `inputs` that stand under earlier names in `folder`, as far as they are as they were written. Gives those that were edited, which
/// stay, by the targets of their inputs.
///
/// A kill at any moment loses nothing: each move is announced as a placement is, and what was not told is found in its old place or in its new one.
pub fn move_along(folder: &Folder, inputs: &[Input], manifest: &mut Manifest) -> BTreeMap<String, Vec<String>> {
    let mut left = BTreeMap::new();
    if manifest.sources().next().is_none() {
        return left;
    }
    // Most stand where they are to stand; of a heap of files only the others are looked for.
    let targets: HashMap<&str, &Input> = inputs.iter().map(|input| (input.target.as_str(), input)).collect();
    let stays =
        |(from, origin): &(&str, Origin)| targets.get(from).is_some_and(|input| folder.origin(input) == *origin);
    let mut strayed: HashMap<Origin, Vec<&str>> = HashMap::new();
    manifest
        .sources()
        .filter(|known| !stays(known))
        .for_each(|(from, origin)| strayed.entry(origin).or_default().push(from));
    let mut pending = BTreeMap::new();
    if !strayed.is_empty() {
        for input in inputs {
            let from = strayed.get(&folder.origin(input)).into_iter().flatten().filter(|from| **from != input.target);
            pending.extend(from.map(|from| ((*from).to_owned(), input.target.clone())));
        }
    }
    while let Some(first) = pending.pop_first() {
        // Whoever stands where another is to go, and goes away itself, goes first.
        let mut chain = vec![first];
        while let Some(next) = chain.last().and_then(|(_, to)| pending.remove_entry(to)) {
            chain.push(next);
        }
        for (from, to) in chain.into_iter().rev() {
            let edited = shift(folder, manifest, &from, &to);
            if !edited.is_empty() {
                left.entry(to).or_insert_with(Vec::new).extend(edited);
            }
        }
    }
    left
}

/// Moves the outputs at the target `from` to the target `to`. Gives those that were edited.
fn shift(folder: &Folder, manifest: &mut Manifest, from: &str, to: &str) -> Vec<String> {
    let Some(mut entry) = manifest.get(from) else { return vec![] };
    let there = manifest.get(to);
    let stands = |output: &Output| folder.state(output) != State::Absent;
    if there.as_ref().is_some_and(|there| there.source != entry.source && there.outputs.iter().any(stands)) {
        // That is told when the input is converted.
        return vec![];
    }
    let mut there = there.filter(|there| there.source == entry.source);
    let (mut moved, mut blocked, mut edited) = (vec![], vec![], vec![]);
    for output in std::mem::take(&mut entry.outputs) {
        let path = format!("{to}.{}", output.facts.format.name());
        let known = there.as_ref().and_then(|there| there.output(&path));
        match folder.state(&output) {
            State::Absent => {}
            State::Changed => edited.push(output.facts.path),
            // It was made under both names.
            State::Untouched if known.is_some_and(stands) => {
                if folder.remove(&output.facts.path).is_err() {
                    blocked.push(output);
                }
            }
            State::Untouched if folder.path(&path).symlink_metadata().is_ok() => blocked.push(output),
            State::Untouched => match folder.shift(&output, &path, entry.source.as_ref()) {
                Ok(stamp) => {
                    let mut output = Output { stamp, ..output };
                    output.facts.path = path;
                    moved.push(output);
                }
                Err(_) => blocked.push(output),
            },
        }
    }
    match &mut there {
        // What it says of the source need not be what these were made from.
        Some(there) => moved.into_iter().for_each(|output| there.enter(Output { stale: true, ..output })),
        None if moved.is_empty() => {}
        None => there = Some(Entry { outputs: moved, ..entry.clone() }),
    }
    if let Some(there) = there {
        manifest.enter(to, there);
    }
    match blocked.is_empty() {
        true => manifest.remove(from),
        false => manifest.enter(from, Entry { outputs: blocked, ..entry }),
    }
    edited
}
