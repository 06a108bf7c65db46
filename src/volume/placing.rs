//! The files of a volume in their places: all of them, or none where something stands in the way of one.

use crate::batch::{Collected, Entry, Folder, Identity, Manifest, Origin, Output, Stamp, plain};
use crate::digest::sha256;
use crate::error::{Cause, Error, Kind, Stage};
use crate::options::Format;
use crate::report::{OutputFacts, Record};
use std::collections::HashSet;
use std::io;

/// A file that is made.
#[derive(Debug)]
pub struct File {
    /// Its path below the folder.
    pub path: String,
    /// Its format; a table for programs has none that is converted to.
    pub format: Option<Format>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its pages, where it has pages of our own making.
    pub pages: Option<usize>,
}

/// Places `files`, none of which may be one of `inputs`, at `target` in `folder`, and enters them into `manifest`, as files of `origin`. `record` tells of them, `collected` of the texts of a
/// volume. With `force`, what was edited, or is not ours, is replaced. What stands already stays untouched; gives how many files were written.
///
/// # Errors
/// When something stands in the way that is not ours, belongs to another volume, or is an input; nothing is written then. And when a file cannot be written.
pub fn place(
    folder: &Folder,
    manifest: &mut Manifest,
    target: &str,
    files: &[File],
    (origin, record, mut collected): (&Origin, Record, Option<Collected>),
    (settings, reading): (&str, &str),
    (inputs, force): (&HashSet<Identity>, bool),
) -> Result<usize, Error> {
    let known = manifest.get(target);
    let is_anothers = |entry: &&Entry| entry.source.as_ref().is_some_and(|known| known != origin);
    let stands = |output: &Output| folder.path(&output.facts.path).symlink_metadata().is_ok();
    // Of another source, it keeps its name though none of its files is one of these: its entry would be lost.
    if let Some(entry) = known.as_ref().filter(is_anothers).filter(|entry| entry.outputs.iter().any(stands)) {
        let cause = Cause::IsOf { source: entry.record.input.clone() };
        return Err(Error::new(Stage::Write, Kind::Taken, folder.path(target), cause));
    }
    let digests: Vec<String> = files.iter().map(|file| sha256(&file.bytes)).collect();
    let mut wanted = vec![];
    for (file, digest) in files.iter().zip(&digests) {
        let fail = |kind, cause| Err(Error::new(Stage::Write, kind, folder.path(&file.path), cause));
        let place = folder.path(&file.path);
        let stands = match plain::read(&place) {
            Ok(bytes) => sha256(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                wanted.push((file, digest));
                continue;
            }
            Err(error) => return fail(Kind::InTheWay, (&error).into()),
        };
        if Identity::of(&place).is_some_and(|identity| inputs.contains(&identity)) {
            return fail(Kind::Taken, Cause::IsInput);
        }
        let ours = known.as_ref().is_some_and(|entry| entry.wrote(&file.path, &stands));
        match &stands == digest {
            true => {}
            false if ours || force => wanted.push((file, digest)),
            false => return fail(Kind::InTheWay, Cause::IsNotOurs),
        }
    }
    for (file, digest) in &wanted {
        folder
            .place(&file.path, &file.bytes, digest, origin)
            .map_err(|refusal| Error::new(Stage::Write, Kind::Unwritable, folder.path(&file.path), refusal.cause()))?;
    }
    let mut entry =
        Entry { settings: settings.to_owned(), reading: reading.to_owned(), record, ..Entry::of(Some(origin.clone())) };
    for (file, digest) in files.iter().zip(&digests) {
        let Some(format) = file.format else {
            collected.iter_mut().for_each(|collected| collected.table.clone_from(digest));
            continue;
        };
        let path = folder.path(&file.path);
        let meta = path
            .symlink_metadata()
            .map_err(|error| Error::new(Stage::Write, Kind::Unwritable, &path, (&error).into()))?;
        let (bytes, pages) = (file.bytes.len() as u64, file.pages);
        let facts = OutputFacts { format, path: file.path.clone(), sha256: digest.clone(), bytes, pages };
        entry.enter(Output { facts, stamp: Stamp::of(&meta), stale: false });
    }
    entry.collected = collected;
    manifest.enter(target, entry);
    Ok(wanted.len())
}
