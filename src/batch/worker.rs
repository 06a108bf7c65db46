//! One input: the edition, where it is not up to date, and its files in their places.

use super::fresh::{Known, Standing, stamp_beside};
use super::identity::Identity;
use super::manifest::{Entry, Manifest, Output, Stamp};
use super::origin::Origin;
use super::{Batch, Options, bug, changes_of, hold_strict, length, load, plain};
use crate::discover::Input;
use crate::error::{Cause, Error, Kind, Stage};
use crate::fonts::Library;
use crate::memory::{self, Budget, Share, TooMuch};
use crate::options::{Chosen, Format, Settings};
use crate::report::{Changes, OutputFacts, Places, Record, Status, Warning};
use crate::{Deflate, Edition, Source, Written, convert_sharing, read};
use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

/// Warning: the name of the input is not UTF-8.
const NAME_NOT_UTF8: &str = "name-not-utf8";
/// Warning: an output was changed since it was written, and is left alone.
const OUTPUT_EDITED: &str = "output-edited";
/// Warning: an output under an earlier name was changed since it was written, and did not move along.
const OUTPUT_LEFT: &str = "output-left";
/// Warnings about the run rather than the text, which are found anew each time.
const PASSING: [&str; 3] = [NAME_NOT_UTF8, OUTPUT_EDITED, OUTPUT_LEFT];

/// Works on the inputs of a batch, one at a time.
pub struct Worker<'w> {
    pub(super) batch: &'w Batch<'w>,
    pub(super) manifest: &'w Manifest,
    /// Outputs of each target under earlier names that were edited and stay.
    left: &'w BTreeMap<String, Vec<String>>,
    /// The inputs, which no output may overwrite; found when first needed.
    own_inputs: OnceLock<HashSet<Identity>>,
    /// The memory of all workers.
    budget: Budget,
    convert: Convert,
}

/// What makes an edition.
type Convert = fn(&Source, &Settings, &Library, &mut Deflate, &mut Share<'_>) -> Result<Edition, Error>;

impl<'w> Worker<'w> {
    /// A worker for `batch`, in a folder with this manifest, where the outputs `left` of each target stay under earlier names.
    pub fn new(batch: &'w Batch<'w>, manifest: &'w Manifest, left: &'w BTreeMap<String, Vec<String>>) -> Self {
        let (own_inputs, budget) = Default::default();
        Worker { batch, manifest, left, own_inputs, budget, convert: convert_sharing }
    }

    /// Does what is to be done with `input`; `deflate` is kept from one to the next. Gives its new entry in the manifest where there is one.
    pub fn work(&self, input: &Input, deflate: &mut Deflate) -> (Record, Option<Changes>, Option<Entry>) {
        let begun = Instant::now();
        let mut record = Record::new(crate::unicode::printable(&input.shown));
        let mut changes = None;
        let edition = catch_unwind(AssertUnwindSafe(|| {
            let chosen = self.batch.settings.choose(input)?;
            let mut share = self.budget.share();
            let length = length(input).min(self.batch.options.max_size);
            let needs = |much: TooMuch| much.error(Stage::Discover, Path::new(&input.shown));
            share.grow(memory::decoding(length)).map_err(needs)?;
            let mut known = self.look(input, chosen)?;
            let wanted = known.standings.iter().any(|&(_, standing)| known.wants(standing, self.batch.options.force));
            match known.entry.take_if(|_| known.fresh && !wanted) {
                Some(entry) => self.skip(input, chosen, entry, known, &mut record, &mut changes),
                None => self.make(input, chosen, known, (deflate, &mut share), &mut record, &mut changes),
            }
        }));
        let entry = edition.unwrap_or_else(|panic| Err(bug(input, &*panic))).unwrap_or_else(|error| {
            record.fail(&error);
            None
        });
        record.millis = begun.elapsed().as_millis() as u64;
        (record, changes, entry)
    }

    /// The outputs that [`Worker::work`] would write.
    ///
    /// # Errors
    /// When `input` has to be read to know, and cannot be.
    pub fn plan(&self, input: &Input) -> Result<Vec<PathBuf>, Error> {
        let known = self.look(input, self.batch.settings.choose(input)?)?;
        let wanted = known.standings.iter().filter(|(_, standing)| known.wants(*standing, self.batch.options.force));
        Ok(wanted.map(|&(format, _)| self.batch.folder.path(&relative(input, format))).collect())
    }

    /// Tells of an input that is up to date. Gives its entry where that has new stamps.
    fn skip(
        &self,
        input: &Input,
        chosen: &Chosen,
        mut entry: Entry,
        known: Known,
        record: &mut Record,
        changes: &mut Option<Changes>,
    ) -> Result<Option<Entry>, Error> {
        let kept = match known.restamped {
            true => entry.record.clone(),
            false => std::mem::replace(&mut entry.record, Record::new("")),
        };
        let shown = std::mem::take(&mut record.input);
        *record = Record { input: shown, outputs: self.outputs(&entry, chosen), status: Status::Skipped, ..kept };
        let edited = known.standings.iter().filter(|(_, standing)| *standing == Standing::Edited);
        let passing = self.about_name(input).chain(edited.map(|&(format, _)| self.about_edited(input, format)));
        let passing = passing.chain(self.about_left(input));
        record.warnings.splice(0..0, passing);
        if self.batch.options.changes.is_some() {
            // They are not kept from run to run.
            let source = known.source.map_or_else(|| load(input, self.batch.options.max_size), Ok)?;
            *changes = changes_of(&read(&source, &chosen.settings)?, self.batch.options);
        }
        hold_strict(input, record, self.batch.options.strict)?;
        Ok(known.restamped.then_some(entry))
    }

    /// Makes the edition and places its files. Where some cannot be made or placed, the others still are.
    fn make(
        &self,
        input: &Input,
        chosen: &Chosen,
        known: Known,
        (deflate, share): (&mut Deflate, &mut Share<'_>),
        record: &mut Record,
        changes: &mut Option<Changes>,
    ) -> Result<Option<Entry>, Error> {
        let Options { force, strict, max_size, .. } = *self.batch.options;
        let wanted = known.standings.iter().filter(|(_, standing)| known.wants(*standing, force));
        let formats = wanted.map(|&(format, _)| format).collect();
        let settings = Settings { formats, ..chosen.settings.clone() };
        let Known { origin, entry, fresh, stamp, source, standings, .. } = known;
        let source = source.map_or_else(|| load(input, max_size), Ok)?;
        record.sha256 = Some(source.sha256.clone());
        record.bytes = Some(source.bytes.len() as u64);
        record.warnings.extend(self.about_name(input).chain(self.about_left(input)));

        let edition = (self.convert)(&source, &settings, self.batch.library, deflate, share)?;
        let reading = &edition.reading;
        let places = Places::new(&source.bytes, &reading.decoded, &reading.normalized);
        record.describe(reading, &places);
        record.enter_notes(&places, &edition.notes);
        record.fonts.clone_from(&edition.fonts);
        *changes = changes_of(reading, self.batch.options);
        if let Some(entry) = entry.as_ref().filter(|_| fresh) {
            // What only the writers of the other formats notice.
            record.keep_noted(&entry.record);
        }
        hold_strict(input, record, strict)?;

        let before = entry.as_ref().map_or(&[][..], |entry| &entry.outputs);
        let ours: Vec<Format> = before.iter().map(|output| output.facts.format).collect();
        let settled = |name: &String| (name.clone(), stamp_beside(input, name).filter(Stamp::is_settled));
        let beside = edition.beside.iter().map(settled).collect();
        let mut entry = self.entry(chosen, origin.clone(), entry, stamp, beside, record);
        let mut errors: Vec<Error> = edition.failures.into_iter().map(|failure| failure.error).collect();
        let (mut edited, mut unplaced) = (vec![], vec![]);
        let mut any_placed = false;
        for (format, standing) in standings {
            match edition.files.iter().find(|written| written.format == format) {
                Some(written) => match self.place(input, &origin, written, ours.contains(&format)) {
                    Ok(output) => {
                        entry.enter(output);
                        any_placed = true;
                    }
                    Err(error) => {
                        errors.push(error);
                        unplaced.push(format);
                    }
                },
                None if standing == Standing::Edited => edited.push(self.about_edited(input, format)),
                None => {}
            }
        }
        record.outputs = self.outputs(&entry, chosen);
        // What could not be placed now may be on record from an earlier run.
        record.outputs.retain(|output| !unplaced.contains(&output.format));
        record.warnings.splice(0..0, edited);
        errors.extend(hold_strict(input, record, strict).err());
        let Some(error) = Error::joined(errors) else { return Ok(Some(entry)) };
        record.fail(&error);
        Ok(any_placed.then_some(entry))
    }

    /// The entry of an input whose outputs are yet to be placed, in the place of the entry `before`.
    fn entry(
        &self,
        chosen: &Chosen,
        origin: Origin,
        before: Option<Entry>,
        stamp: Option<Stamp>,
        beside: Vec<(String, Option<Stamp>)>,
        record: &Record,
    ) -> Entry {
        let same = before.as_ref().is_some_and(|before| {
            before.settings == chosen.digest() && before.record.sha256 == record.sha256 && before.beside == beside
        });
        let mut outputs = before.map(|before| before.outputs).unwrap_or_default();
        outputs.iter_mut().for_each(|output| output.stale |= !same);
        let mut entry = Entry {
            source: Some(origin),
            stamp: stamp.filter(Stamp::is_settled),
            settings: chosen.digest().to_owned(),
            reading: chosen.reading().to_owned(),
            beside,
            record: record.clone(),
            outputs,
            collected: None,
        };
        entry.record.warnings.retain(|warning| !PASSING.contains(&warning.kind.as_str()));
        entry
    }

    /// The outputs of `entry` that are asked for and up to date, with their paths as the user sees them.
    fn outputs(&self, entry: &Entry, chosen: &Chosen) -> Vec<OutputFacts> {
        let wanted = |output: &&Output| !output.stale && chosen.settings.formats.contains(&output.facts.format);
        let shown = |facts: &OutputFacts| OutputFacts { path: self.batch.folder.shown(&facts.path), ..facts.clone() };
        entry.outputs.iter().filter(wanted).map(|output| shown(&output.facts)).collect()
    }

    /// Whether the file on disk is already as `written`.
    fn stands(&self, input: &Input, written: &Written) -> bool {
        let path = self.batch.folder.path(&relative(input, written.format));
        plain::read(&path).is_ok_and(|bytes| bytes == written.bytes)
    }

    /// Places a file, in the way of which stands nothing or one of `ours`.
    fn place(&self, input: &Input, origin: &Origin, written: &Written, ours: bool) -> Result<Output, Error> {
        let path = relative(input, written.format);
        self.clear_way(input, written, &path, ours)?;
        let sha256 = crate::digest::sha256(&written.bytes);
        let stamp = self.batch.folder.place(&path, &written.bytes, &sha256, origin).map_err(|refusal| {
            let cause = Cause::of(self.batch.folder.shown(&path), refusal.cause());
            Error::new(Stage::Write, Kind::Unwritable, &*input.shown, cause)
        })?;
        let bytes = written.bytes.len() as u64;
        let facts = OutputFacts { format: written.format, path, sha256, bytes, pages: written.pages };
        Ok(Output { facts, stamp, stale: false })
    }

    /// Makes sure that `written` overwrites no input, whatever was an output once, and nothing that is not ours.
    fn clear_way(&self, input: &Input, written: &Written, path: &str, ours: bool) -> Result<(), Error> {
        let folder = self.batch.folder;
        let full = folder.path(path);
        let in_the_way =
            |kind, cause| Err(Error::new(Stage::Write, kind, &*input.shown, Cause::at(folder.shown(path), cause)));
        let Ok(meta) = full.symlink_metadata() else { return Ok(()) };
        if meta.is_dir() {
            return in_the_way(Kind::InTheWay, Cause::IsFolder);
        }
        let inputs = self
            .own_inputs
            .get_or_init(|| self.batch.inputs.iter().filter_map(|input| Identity::of(&input.path)).collect());
        if Identity::of(&full).is_some_and(|file| inputs.contains(&file)) {
            return in_the_way(Kind::Taken, Cause::IsInput);
        }
        if ours || meta.is_file() && meta.len() == 0 {
            return Ok(());
        }
        // On a disk that folds case it may be the output of another target.
        let known = full.canonicalize().ok().and_then(|full| folder.below(&full));
        if known.is_some_and(|known| known != path && self.manifest.output(&known).is_some()) {
            return in_the_way(Kind::Taken, Cause::IsAnothers);
        }
        if self.batch.options.force || self.stands(input, written) {
            return Ok(());
        }
        in_the_way(Kind::InTheWay, Cause::IsNotOurs)
    }

    /// The warning about a name that is not UTF-8.
    fn about_name(&self, input: &Input) -> impl Iterator<Item = Warning> {
        input.name_decoded.then(|| warning(NAME_NOT_UTF8, &input.shown)).into_iter()
    }

    /// The warnings about outputs under earlier names.
    fn about_left(&self, input: &Input) -> impl Iterator<Item = Warning> {
        self.left
            .get(&input.target)
            .into_iter()
            .flatten()
            .map(|path| warning(OUTPUT_LEFT, &self.batch.folder.shown(path)))
    }

    /// The warning about an output that was changed by hand.
    fn about_edited(&self, input: &Input, format: Format) -> Warning {
        warning(OUTPUT_EDITED, &self.batch.folder.shown(&relative(input, format)))
    }
}

fn warning(kind: &str, excerpt: &str) -> Warning {
    Warning {
        kind: kind.to_owned(),
        line: None,
        column: None,
        excerpt: crate::unicode::printable(excerpt).into_owned(),
        excerpt_zh: None,
    }
}

/// The path of an output below the output folder.
pub(super) fn relative(input: &Input, format: Format) -> String {
    format!("{}.{}", input.target, format.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Folder;
    use crate::style::Style;
    use std::fs;
    use std::sync::atomic::AtomicBool;

    /// A batch of one text, whose conversion is `convert`.
    fn worked(convert: Convert) -> (Record, bool) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        fs::write(&path, "山雨欲来风满楼。").unwrap();
        let inputs = crate::discover::Search::new(crate::name_of_bytes).find(&[path]).inputs;
        let settings = Settings { formats: vec![Format::Text], ..Settings::new(Style::builtin("plain").unwrap()) };
        let settings = Chosen::new(settings, "");
        let options = Options { jobs: 1, force: false, strict: false, max_size: 1 << 20, changes: None };
        let folder = Folder::hold(&dir.path().join("out")).unwrap();
        let (library, stop) = (Library::default(), AtomicBool::new(false));
        let batch = Batch {
            inputs: &inputs,
            settings: &settings,
            options: &options,
            folder: &folder,
            library: &library,
            stop: &stop,
        };
        let manifest = Manifest::default();
        let (record, _, entry) = Worker { convert, ..Worker::new(&batch, &manifest, &BTreeMap::new()) }
            .work(&inputs[0], &mut Deflate::default());
        (record, entry.is_some())
    }

    #[test]
    fn a_panic_fails_its_input_and_is_told_with_what_to_send() {
        let (record, entered) = worked(|source, _, _, _, _| panic!("no such chapter in {} bytes", source.bytes.len()));
        let error = record.error.unwrap();
        assert_eq!((record.status, error.kind.as_str(), entered), (Status::Failed, "bug", false));
        assert!(error.message.to_string().starts_with("no such chapter in 24 bytes (shanben "), "{}", error.message);
        assert!(Kind::Bug.remedy(crate::lang::Lang::En).contains("report it with this line"));
    }

    #[test]
    fn an_input_that_converts_is_entered() {
        let (record, entered) = worked(convert_sharing);
        assert_eq!((record.status, record.outputs.len(), entered), (Status::Done, 1, true));
    }
}
