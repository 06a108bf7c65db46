//! Many inputs: workers, skipping what is up to date, and an end that is always in order.

mod folder;
mod manifest;
pub mod proof;

use crate::discover::Input;
use crate::error::{Error, Kind, Stage, reason};
use crate::fonts::Library;
use crate::options::{Format, Settings};
use crate::report::{Changes, OutputFacts, Places, Record, Status, Warning};
use crate::{Reading, Source, Written, convert, read};
use std::any::Any;
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Instant;

pub use folder::{Folder, MANIFEST, Refusal};
pub use manifest::{Entry, Manifest, Stamp};

/// Stack of a worker: documents nest, and a worker that runs out of stack would take the whole batch with it.
const STACK: usize = 64 << 20;

/// Warning: the name of the input is not UTF-8.
const NAME_NOT_UTF8: &str = "name-not-utf8";
/// Warning: an output was changed since it was written, and is left alone.
const OUTPUT_EDITED: &str = "output-edited";
/// Warnings about the run rather than the text, which are found anew each time.
const PASSING: [&str; 2] = [NAME_NOT_UTF8, OUTPUT_EDITED];

/// How a batch is run; nothing here changes the bytes of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Number of workers.
    pub jobs: usize,
    /// Rewrite what is up to date, and what stands in the way.
    pub force: bool,
    /// A warning fails the file.
    pub strict: bool,
    /// Largest input in bytes.
    pub max_size: u64,
    /// Tell what was changed in each text.
    pub changes: bool,
}

/// What a batch tells while it runs.
#[derive(Debug)]
pub enum Event {
    /// An input has been finished, with this many bytes; told at once, in any order.
    Finished(u64),
    /// What became of an input, and what was changed in its text if that was asked for; told in the order of the inputs.
    Told(Box<Record>, Option<Changes>),
}

/// A batch: the inputs, and all that is needed to convert each.
#[derive(Debug)]
pub struct Batch<'b> {
    /// What to convert, targets unique.
    pub inputs: &'b [Input],
    /// What to make.
    pub settings: &'b Settings,
    /// How to go about it.
    pub options: &'b Options,
    /// Where outputs go.
    pub folder: &'b Folder,
    /// The faces.
    pub library: &'b Library,
    /// Set to end the batch after the inputs in hand.
    pub stop: &'b AtomicBool,
}

impl Batch<'_> {
    /// Converts all inputs, and tells of each. Gives the number of inputs that were not begun because of `stop`.
    ///
    /// # Errors
    /// When the manifest cannot be saved at the end, or no worker can be started; outputs that were written stay.
    pub fn run(&self, tell: &mut dyn FnMut(Event)) -> io::Result<usize> {
        let digest = self.settings.digest();
        let mut manifest = self.folder.manifest();
        let before = manifest.clone();
        let own_inputs = OnceLock::new();
        let worker = Worker { batch: self, digest: &digest, manifest: &before, own_inputs: &own_inputs };
        let next = AtomicUsize::new(0);
        let (send, receive) = mpsc::channel();
        let jobs = self.options.jobs.clamp(1, self.inputs.len().max(1));
        let mut told = 0;
        std::thread::scope(|scope| {
            for _ in 0..jobs {
                let (worker, next, send) = (&worker, &next, send.clone());
                std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                    while !self.stop.load(Ordering::Relaxed) {
                        let i = next.fetch_add(1, Ordering::Relaxed);
                        let Some(input) = self.inputs.get(i) else { break };
                        if send.send((i, worker.work(input))).is_err() {
                            break;
                        }
                    }
                })?;
            }
            drop(send);
            let mut waiting = BTreeMap::new();
            let mut saved = Instant::now();
            for (i, (record, changes, entry)) in receive {
                tell(Event::Finished(record.bytes.unwrap_or(0)));
                if let Some(entry) = entry {
                    manifest.enter(&self.inputs[i].target, entry);
                }
                waiting.insert(i, (record, changes));
                while let Some((record, changes)) = waiting.remove(&told) {
                    told += 1;
                    tell(Event::Told(Box::new(record), changes));
                }
                // A manifest saved on the way spares a killed batch most of its work; never more than a twentieth of the time goes there.
                if manifest.is_changed() && saved.elapsed() > manifest.save_interval() {
                    // Where this fails, so will the last time, which tells.
                    let _ = self.folder.save(&mut manifest);
                    saved = Instant::now();
                }
            }
            io::Result::Ok(())
        })?;
        if manifest.is_changed() {
            self.folder.save(&mut manifest)?;
        }
        Ok(self.inputs.len() - told)
    }

    /// What a run would do, without doing it: for each input the outputs that would be written.
    pub fn plan(&self) -> Vec<(&Input, Vec<PathBuf>)> {
        let digest = self.settings.digest();
        let manifest = self.folder.manifest();
        let own_inputs = OnceLock::new();
        let worker = Worker { batch: self, digest: &digest, manifest: &manifest, own_inputs: &own_inputs };
        self.inputs.iter().map(|input| (input, worker.plan(input))).collect()
    }
}

/// Reads `input`, at most `max_size` bytes of it.
///
/// # Errors
/// [`Kind::Missing`], [`Kind::Unreadable`], [`Kind::TooLarge`].
pub fn load(input: &Input, max_size: u64) -> Result<Source, Error> {
    let error = |kind, cause: String| Error::new(Stage::Discover, kind, &*input.shown, cause);
    let broken = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => error(Kind::Missing, reason(&cause)),
        _ => error(Kind::Unreadable, reason(&cause)),
    };
    let mut bytes = vec![];
    let mut take = |from: &mut dyn Read, expected: u64| {
        if expected > max_size {
            return Err(error(Kind::TooLarge, format!("{expected} bytes, more than {max_size}")));
        }
        bytes.reserve_exact(expected as usize + 1);
        from.take(max_size.saturating_add(1)).read_to_end(&mut bytes).map_err(broken)?;
        if bytes.len() as u64 > max_size {
            return Err(error(Kind::TooLarge, format!("more than {max_size} bytes")));
        }
        Ok(())
    };
    if input.is_stdin() {
        take(&mut io::stdin().lock(), 0)?;
    } else {
        let mut file = File::open(&input.path).map_err(broken)?;
        let expected = file.metadata().map(|meta| meta.len()).unwrap_or(0);
        take(&mut file, expected)?;
    }
    Ok(Source::new(&input.shown, input.name(), bytes))
}

/// Converts one input to the first format of `settings`, and gives its bytes instead of writing them.
pub fn convert_one(
    input: &Input,
    settings: &Settings,
    options: &Options,
    library: &Library,
) -> (Record, Option<Vec<u8>>) {
    let mut record = Record::new(crate::unicode::printable(&input.shown));
    let converted = catch_unwind(AssertUnwindSafe(|| {
        let source = load(input, options.max_size)?;
        let edition = convert(&source, settings, library)?;
        let places = Places::new(&edition.reading.decoded, &edition.reading.normalized);
        record.describe(&edition.reading, &places);
        record.enter_notes(&places, &edition.notes);
        hold_strict(input, &record, options.strict)?;
        Ok(edition.files.into_iter().next().map(|file| file.bytes))
    }));
    match converted.unwrap_or_else(|panic| Err(bug(input, &*panic))) {
        Ok(bytes) => (record, bytes),
        Err(error) => {
            record.fail(&error);
            (record, None)
        }
    }
}

/// The error of a panic.
fn bug(input: &Input, panic: &(dyn Any + Send)) -> Error {
    Error::new(Stage::Recognize, Kind::Bug, &*input.shown, panic_message(panic))
}

/// How an output stands on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Not there, or an empty file.
    Absent,
    /// As it was written.
    Intact,
    /// Ours, but changed since.
    Edited,
    /// Not ours.
    Foreign,
}

struct Worker<'w> {
    batch: &'w Batch<'w>,
    digest: &'w str,
    manifest: &'w Manifest,
    /// The inputs by their real paths, which no output may overwrite; found when first needed.
    own_inputs: &'w OnceLock<HashSet<PathBuf>>,
}

impl Worker<'_> {
    fn work(&self, input: &Input) -> (Record, Option<Changes>, Option<Entry>) {
        let begun = Instant::now();
        let mut record = Record::new(crate::unicode::printable(&input.shown));
        let mut changes = None;
        let edition = catch_unwind(AssertUnwindSafe(|| self.edition(input, &mut record, &mut changes)));
        let entry = edition.unwrap_or_else(|panic| Err(bug(input, &*panic))).unwrap_or_else(|error| {
            record.fail(&error);
            None
        });
        record.millis = begun.elapsed().as_millis() as u64;
        (record, changes, entry)
    }

    fn edition(
        &self,
        input: &Input,
        record: &mut Record,
        changes: &mut Option<Changes>,
    ) -> Result<Option<Entry>, Error> {
        let Options { force, strict, max_size, changes: wants_changes, .. } = *self.batch.options;
        let changes_of = |reading: &Reading| Changes::of(&reading.decoded.text, &reading.normalized);
        let formats = &self.batch.settings.formats;
        let entry = self.manifest.get(&input.target).filter(|entry| entry.settings == self.digest);
        let stamp = Stamp::of_input(input);
        let mut source = None;
        let mut fresh = entry.filter(|_| !force);
        if fresh.is_some_and(|entry| stamp.is_none() || entry.stamp != stamp) {
            let loaded = source.insert(load(input, max_size)?);
            fresh = fresh.filter(|entry| entry.record.sha256.as_ref() == Some(&loaded.sha256));
        }
        let standings: Vec<Standing> = formats.iter().map(|&format| self.standing(input, format)).collect();
        let wanted: Vec<Format> = formats
            .iter()
            .zip(&standings)
            .filter(|(_, standing)| fresh.is_none() || matches!(standing, Standing::Absent | Standing::Foreign))
            .map(|(&format, _)| format)
            .collect();
        let mut warnings: Vec<Warning> =
            input.name_decoded.then(|| note(NAME_NOT_UTF8, &input.shown)).into_iter().collect();
        for (&format, standing) in formats.iter().zip(&standings) {
            if *standing == Standing::Edited && !force {
                warnings.push(note(OUTPUT_EDITED, &self.batch.folder.shown(&relative(input, format))));
            }
        }
        if let Some(entry) = fresh
            && wanted.is_empty()
        {
            let shown = std::mem::take(&mut record.input);
            *record = Record {
                input: shown,
                outputs: self.outputs(entry, formats),
                status: Status::Skipped,
                ..entry.record.clone()
            };
            record.warnings.splice(0..0, warnings);
            if wants_changes {
                // They are not kept from run to run.
                let source = source.map_or_else(|| load(input, max_size), Ok)?;
                *changes = Some(changes_of(&read(&source, self.batch.settings)?));
            }
            hold_strict(input, record, strict)?;
            let refreshed = (entry.stamp != stamp).then(|| Entry { stamp, ..entry.clone() });
            return Ok(refreshed);
        }
        let source = match source {
            Some(source) => source,
            None => load(input, max_size)?,
        };
        record.sha256 = Some(source.sha256.clone());
        record.bytes = Some(source.bytes.len() as u64);
        record.warnings = warnings;
        let settings;
        let settings = if wanted == *formats {
            self.batch.settings
        } else {
            settings = Settings { formats: wanted, ..self.batch.settings.clone() };
            &settings
        };
        let edition = convert(&source, settings, self.batch.library)?;
        let reading = &edition.reading;
        let places = Places::new(&reading.decoded, &reading.normalized);
        record.describe(reading, &places);
        record.enter_notes(&places, &edition.notes);
        if wants_changes {
            *changes = Some(changes_of(reading));
        }
        hold_strict(input, record, strict)?;

        let mut entry = Entry {
            stamp: stamp.filter(Stamp::is_settled),
            settings: self.digest.to_owned(),
            reading: self.batch.settings.reading_digest(),
            record: record.clone(),
            outputs: self.manifest.get(&input.target).map(|old| old.outputs.clone()).unwrap_or_default(),
        };
        entry.record.warnings.retain(|warning| !PASSING.contains(&warning.kind.as_str()));
        let kept = |written: &&Written| {
            formats.iter().zip(&standings).any(|(&f, &s)| f == written.format && s == Standing::Edited) && !force
        };
        let files: Vec<&Written> = edition.files.iter().filter(|written| !kept(written)).collect();
        for written in &files {
            self.clear_way(input, written)?;
        }
        for written in files {
            let path = relative(input, written.format);
            let placed = self
                .batch
                .folder
                .place(&path, &written.bytes)
                .map_err(|refusal| self.unwritable(input, &path, refusal))?;
            let facts = OutputFacts {
                format: written.format,
                path,
                sha256: crate::digest::sha256(&written.bytes),
                bytes: written.bytes.len() as u64,
                pages: written.pages,
            };
            entry.enter(facts, placed);
        }
        record.outputs = self.outputs(&entry, formats);
        Ok(Some(entry))
    }

    /// The outputs of `entry` in `formats`, with their paths as the user sees them.
    fn outputs(&self, entry: &Entry, formats: &[Format]) -> Vec<OutputFacts> {
        entry
            .outputs
            .iter()
            .filter(|(facts, _)| formats.contains(&facts.format))
            .map(|(facts, _)| OutputFacts { path: self.batch.folder.shown(&facts.path), ..facts.clone() })
            .collect()
    }

    fn standing(&self, input: &Input, format: Format) -> Standing {
        let path = relative(input, format);
        let full = self.batch.folder.path(&path);
        let Ok(meta) = full.metadata() else { return Standing::Absent };
        let kept = self.manifest.get(&input.target).and_then(|entry| entry.output(&path));
        match kept {
            // An empty file that should not be empty holds no one's work.
            _ if meta.len() == 0 && kept.is_none_or(|(facts, _)| facts.bytes > 0) => Standing::Absent,
            None => Standing::Foreign,
            Some((_, stamp)) if *stamp == Stamp::of(&meta) => Standing::Intact,
            Some((facts, _)) => match std::fs::read(&full) {
                Ok(bytes) if crate::digest::sha256(&bytes) == facts.sha256 => Standing::Intact,
                _ => Standing::Edited,
            },
        }
    }

    /// Makes sure that `written` overwrites nothing that is not ours.
    fn clear_way(&self, input: &Input, written: &Written) -> Result<(), Error> {
        let path = relative(input, written.format);
        let full = self.batch.folder.path(&path);
        let in_the_way = |cause: &str| {
            let cause = format!("{} {cause}", self.batch.folder.shown(&path));
            Err(Error::new(Stage::Write, Kind::InTheWay, &*input.shown, cause))
        };
        let Ok(meta) = full.symlink_metadata() else { return Ok(()) };
        if meta.is_dir() {
            return in_the_way("is a folder");
        }
        let ours = self.manifest.get(&input.target).is_some_and(|entry| entry.output(&path).is_some());
        if ours || meta.len() == 0 {
            return Ok(());
        }
        let inputs = self
            .own_inputs
            .get_or_init(|| self.batch.inputs.iter().filter_map(|input| input.path.canonicalize().ok()).collect());
        if full.canonicalize().is_ok_and(|full| inputs.contains(&full)) {
            return in_the_way("is one of the inputs");
        }
        if self.batch.options.force || std::fs::read(&full).is_ok_and(|bytes| bytes == written.bytes) {
            return Ok(());
        }
        in_the_way("was not written by this program, or its record is lost")
    }

    fn unwritable(&self, input: &Input, path: &str, refusal: Refusal) -> Error {
        let cause = format!("{}: {refusal}", self.batch.folder.shown(path));
        Error::new(Stage::Write, Kind::Unwritable, &*input.shown, cause)
    }

    fn plan(&self, input: &Input) -> Vec<PathBuf> {
        let force = self.batch.options.force;
        let stamp = Stamp::of_input(input);
        let fresh = !force
            && self.manifest.get(&input.target).is_some_and(|entry| {
                entry.settings == self.digest
                    && (stamp.is_some() && entry.stamp == stamp
                        || load(input, self.batch.options.max_size)
                            .is_ok_and(|source| entry.record.sha256 == Some(source.sha256)))
            });
        self.batch
            .settings
            .formats
            .iter()
            .filter(|&&format| match self.standing(input, format) {
                Standing::Absent | Standing::Foreign => true,
                Standing::Intact => !fresh,
                Standing::Edited => force,
            })
            .map(|&format| self.batch.folder.path(&relative(input, format)))
            .collect()
    }
}

fn note(kind: &str, excerpt: &str) -> Warning {
    Warning {
        kind: kind.to_owned(),
        line: None,
        column: None,
        excerpt: crate::unicode::printable(excerpt).into_owned(),
    }
}

/// Under `strict`, fails a record that has warnings.
fn hold_strict(input: &Input, record: &Record, strict: bool) -> Result<(), Error> {
    match record.warnings.first() {
        Some(first) if strict => {
            let cause = format!("{} warning(s), the first: {} {}", record.warnings.len(), first.kind, first.excerpt);
            Err(Error::new(Stage::Verify, Kind::Strict, &*input.shown, cause))
        }
        _ => Ok(()),
    }
}

/// The path of an output below the output folder.
fn relative(input: &Input, format: Format) -> String {
    format!("{}.{}", input.target, format.name())
}

/// What a panic said.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    said.unwrap_or("a fault without a message").to_owned()
}
