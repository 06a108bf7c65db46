//! Merging: the folders of all shares of a run become one, with one record, as one run would have made it.

use super::folder::{Folder, Refusal, State};
use super::manifest::{Entry, Manifest, Output, Stamp};
use super::origin::Origin;
use super::plain;
use super::share::Share;
use crate::digest::sha256;
use crate::error::{Cause, Error, Kind, Stage};
use std::collections::BTreeMap;

/// A folder of a share, with its record.
#[derive(Debug)]
pub struct Part {
    /// The folder.
    pub folder: Folder,
    /// Its record.
    pub manifest: Manifest,
}

/// What was merged.
#[derive(Debug, Default)]
pub struct Merged {
    /// Inputs whose outputs stand in the folder of all.
    pub inputs: usize,
    /// Files that were placed; the others stood there already.
    pub placed: usize,
    /// What could not be.
    pub errors: Vec<Error>,
}

/// Proves that `parts` are the shares of one run: each once, all of one number and made in one way; all of them, unless it is `partial`.
///
/// # Errors
/// [`Kind::Disagrees`] with the folder that does not fit, and [`Kind::Missing`] where there are too few.
pub fn check(parts: &[Part], partial: bool) -> Result<(), Error> {
    let mut seen: BTreeMap<Share, &Part> = BTreeMap::new();
    let mut first: Option<(Share, &str)> = None;
    for part in parts {
        let disagrees = |cause| Err(Error::new(Stage::Verify, Kind::Disagrees, part.folder.path(""), cause));
        let Some((share, settings)) = part.manifest.share() else { return disagrees(Cause::IsNoShare) };
        let (known, known_settings) = *first.get_or_insert((share, settings));
        if known.of != share.of {
            return disagrees(Cause::OtherShares { of: share.of, known: known.of });
        }
        if known_settings != settings {
            return disagrees(Cause::SharesMadeOtherwise);
        }
        if let Some(other) = seen.insert(share, part) {
            return disagrees(Cause::ShareTwice { index: share.index, other: other.folder.shown("") });
        }
        if let Some((target, _)) = part.manifest.entries().find(|(target, _)| !share.holds(target)) {
            return disagrees(Cause::OfOtherShare { target: target.to_owned() });
        }
    }
    let Some((share, _)) = first else { return Ok(()) };
    let missing: Vec<String> = (0..share.of)
        .filter(|&index| !seen.contains_key(&Share { index, ..share }))
        .map(|index| index.to_string())
        .collect();
    if partial || missing.is_empty() {
        return Ok(());
    }
    let cause = Cause::SharesMissing { missing: missing.join(", "), of: share.of };
    let place = parts.first().map(|part| part.folder.path("")).unwrap_or_default();
    Err(Error::new(Stage::Verify, Kind::Missing, place, cause))
}

/// Copies all outputs of `parts` into `folder`, and enters them in its `manifest`. What is not as it was written is not taken, and nothing that is not ours is
/// replaced.
///
/// # Errors
/// When the record of `folder` cannot be saved.
pub fn merge(parts: &[Part], folder: &Folder, manifest: &mut Manifest) -> Result<Merged, Refusal> {
    let mut merged = Merged::default();
    for part in parts {
        for (target, entry) in part.manifest.entries() {
            match take(part, folder, manifest, target, &entry) {
                Ok((entry, placed)) => {
                    merged.placed += placed;
                    merged.inputs += 1;
                    manifest.enter(target, entry);
                }
                Err(error) => merged.errors.push(error),
            }
        }
    }
    folder.save(manifest)?;
    Ok(merged)
}

/// Copies the outputs of the input with this `target`; gives its entry as it is in `folder`, and how many files were placed.
fn take(
    part: &Part,
    folder: &Folder,
    manifest: &Manifest,
    target: &str,
    entry: &Entry,
) -> Result<(Entry, usize), Error> {
    let mut entry = entry.clone();
    let origin = entry.source.as_ref().map(|origin| folder.resettled(&part.folder, origin));
    let known =
        manifest.get(target).filter(|known| known.outputs.iter().any(|output| folder.state(output) != State::Absent));
    if known.as_ref().is_some_and(|known| known.source.is_some() && known.source != origin) {
        return Err(Error::new(
            Stage::Write,
            Kind::Taken,
            part.folder.path(target),
            Cause::at(folder.shown(target), Cause::IsAnothers),
        ));
    }
    let mut placed = 0;
    for output in &mut entry.outputs {
        let (path, digest) = (&output.facts.path, &output.facts.sha256);
        let fail = |kind, cause| Err(Error::new(Stage::Verify, kind, part.folder.path(path), cause));
        let bytes = match plain::read(&part.folder.path(path)) {
            Ok(_) if output.stale => return fail(Kind::Disagrees, Cause::IsStale),
            Ok(bytes) if sha256(&bytes) == *digest => bytes,
            Ok(_) => return fail(Kind::Disagrees, Cause::Changed),
            Err(error) => return fail(Kind::Missing, (&error).into()),
        };
        let place = folder.path(path);
        let in_the_way = |kind, cause| {
            Err(Error::new(Stage::Write, kind, part.folder.path(path), Cause::at(folder.shown(path), cause)))
        };
        if let Ok(meta) = place.symlink_metadata() {
            let ours = known.as_ref().and_then(|known| known.output(path));
            match ours.map(|ours| folder.state(ours)) {
                _ if plain::read(&place).is_ok_and(|stands| stands == bytes) => {
                    output.stamp = Stamp::of(&meta);
                    continue;
                }
                Some(State::Untouched | State::Absent) => {}
                Some(State::Changed) | None => return in_the_way(Kind::InTheWay, Cause::IsNotOurs),
            }
        }
        let source = origin.clone().unwrap_or_else(|| Origin::stdin(None));
        let put = folder.place(path, &bytes, digest, &source);
        output.stamp = put.map_err(|refusal| Error::new(Stage::Write, Kind::Unwritable, &*place, refusal.cause()))?;
        placed += 1;
    }
    entry.source = origin;
    // What an earlier merge brought in other formats stands still.
    if let Some(known) = known {
        let same = known.settings == entry.settings && known.record.sha256 == entry.record.sha256;
        let others = known.outputs.into_iter().filter(|old| entry.output(&old.facts.path).is_none());
        for old in others.collect::<Vec<_>>() {
            entry.enter(Output { stale: old.stale || !same, ..old });
        }
    }
    Ok((entry, placed))
}
