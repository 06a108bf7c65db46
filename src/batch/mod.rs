//! Many inputs: workers, skipping what is up to date, and an end that is always in order.

mod draft;
mod folder;
mod fresh;
mod identity;
mod journal;
mod kept;
mod manifest;
pub mod merging;
mod moving;
mod origin;
pub mod plain;
pub mod proof;
pub mod prune;
mod share;
mod sources;
mod strays;
mod worker;

use crate::discover::Input;
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::fonts::Library;
use crate::options::{Chosen, Settings};
use crate::report::{Changes, Places, Record, Status};
use crate::{Deflate, Reading, Source, Written, convert};
use std::any::Any;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use worker::Worker;

pub use draft::Draft;
pub use folder::{Folder, Refusal, is_record};
pub use identity::Identity;
pub use journal::LOCK;
pub use manifest::{Collected, CollectedText, Entry, MANIFEST, Manifest, Output, Stamp};
pub use origin::Origin;
pub use share::Share;
pub use sources::Archives;
pub use strays::strays;

/// Stack of a worker: documents nest, and a worker that runs out of stack would take the whole batch with it.
const STACK: usize = 64 << 20;
/// How often a batch looks whether it is to stop.
const TICK: Duration = Duration::from_millis(50);
/// How long it then waits for the inputs in hand. Whoever stops it expects an end within a second.
const GRACE: Duration = Duration::from_millis(500);

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
    /// Tell what was changed in each text, and show texts of at most so many bytes whole.
    pub changes: Option<usize>,
}

/// What a batch tells while it runs.
#[derive(Debug)]
pub enum Event {
    /// An input has been finished, with this many bytes; told at once, in any order.
    Finished(u64),
    /// What became of an input, and what was changed in its text if that was asked for; told in the order of the inputs.
    Told(Box<Record>, Option<Changes>),
    /// It was to stop, and some inputs take too long; this many are not told. All is saved, so the process may end at once; else they are waited for.
    Overdue(usize),
}

/// What keeps a batch from beginning or from ending in order.
#[derive(Debug)]
pub enum Fault {
    /// No worker can be started.
    Workers(io::Error),
    /// The manifest cannot be saved; outputs that were written stay.
    Manifest(Refusal),
}

/// What is made of each input of a batch.
pub trait Choose: Debug + Sync {
    /// The settings that hold for `input`.
    ///
    /// # Errors
    /// Why there are none: what was configured for it cannot be understood.
    fn choose(&self, input: &Input) -> Result<&Chosen, Error>;
}

/// The same for all inputs.
impl Choose for Chosen {
    fn choose(&self, _: &Input) -> Result<&Chosen, Error> {
        Ok(self)
    }
}

/// A batch: the inputs, and all that is needed to convert each.
#[derive(Debug)]
pub struct Batch<'b> {
    /// What to convert, targets unique.
    pub inputs: &'b [Input],
    /// What to make of each.
    pub settings: &'b dyn Choose,
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
    /// Converts all inputs, and tells of each; `manifest` is that of the folder. Gives the number of inputs that were not begun because of `stop`.
    ///
    /// # Errors
    /// When the manifest cannot be saved at the end, or no worker can be started.
    pub fn run(&self, mut manifest: Manifest, tell: &mut dyn FnMut(Event)) -> Result<usize, Fault> {
        let left = moving::move_along(self.folder, self.inputs, &mut manifest);
        let before = manifest.clone();
        let worker = Worker::new(self, &before, &left);
        let next = AtomicUsize::new(0);
        let (send, receive) = mpsc::channel();
        let jobs = self.options.jobs.clamp(1, self.inputs.len().max(1));
        let mut told = 0;
        std::thread::scope(|scope| {
            for started in 0..jobs {
                let (worker, next, send) = (&worker, &next, send.clone());
                let begun = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                    let mut deflate = Deflate::default();
                    while !self.stop.load(Ordering::Relaxed) {
                        let i = next.fetch_add(1, Ordering::Relaxed);
                        let Some(input) = self.inputs.get(i) else { break };
                        if send.send((i, worker.work(input, &mut deflate))).is_err() {
                            break;
                        }
                    }
                });
                match begun {
                    Err(error) if started == 0 => return Err(Fault::Workers(error)),
                    // Fewer do it as well.
                    Err(_) => break,
                    Ok(_) => {}
                }
            }
            drop(send);
            let mut waiting = BTreeMap::new();
            let mut saved = Instant::now();
            let mut stopped = None;
            let mut overdue = false;
            loop {
                match receive.recv_timeout(TICK) {
                    Ok((i, (record, changes, entry))) => {
                        tell(Event::Finished(record.bytes.unwrap_or(0)));
                        if let Some(entry) = entry {
                            let target = &self.inputs[i].target;
                            match record.status {
                                Status::Skipped => manifest.restamp(target, entry),
                                Status::Done | Status::Failed | Status::LeftOut => manifest.enter(target, entry),
                            }
                        }
                        waiting.insert(i, (record, changes));
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {
                        let waited = |since: Instant| since.elapsed() > GRACE;
                        if overdue
                            || !self.stop.load(Ordering::Relaxed)
                            || !waited(*stopped.get_or_insert_with(Instant::now))
                        {
                            continue;
                        }
                        overdue = true;
                    }
                }
                // Nobody waits for the turn of an input that takes too long.
                while let Some((record, changes)) = match overdue {
                    true => waiting.pop_first().map(|(_, finished)| finished),
                    false => waiting.remove(&told),
                } {
                    told += 1;
                    tell(Event::Told(Box::new(record), changes));
                }
                // A manifest saved on the way spares a killed batch most of its work; never more than a twentieth of the time goes there.
                if manifest.is_changed() && (overdue || saved.elapsed() > manifest.save_interval()) {
                    // Where this fails, so will the last time, which tells.
                    let _ = self.folder.save(&mut manifest);
                    saved = Instant::now();
                }
                if overdue {
                    tell(Event::Overdue(self.inputs.len() - told));
                }
            }
            Ok(())
        })?;
        self.folder.save(&mut manifest).map_err(Fault::Manifest)?;
        Ok(self.inputs.len() - told)
    }

    /// What a run would do, without doing it: for each input the outputs that would be written.
    pub fn plan(&self, manifest: &Manifest) -> Vec<(&Input, Result<Vec<PathBuf>, Error>)> {
        let left = BTreeMap::new();
        let worker = Worker::new(self, manifest, &left);
        self.inputs.iter().map(|input| (input, worker.plan(input))).collect()
    }
}

/// How many bytes `input` has, as far as that is told without reading it.
fn length(input: &Input) -> u64 {
    match &input.member {
        Some(member) => member.size(),
        None => input.path.metadata().map_or(0, |meta| meta.len()),
    }
}

/// Reads `input`, at most `max_size` bytes of it.
///
/// # Errors
/// [`Kind::Missing`], [`Kind::Unreadable`], [`Kind::TooLarge`].
pub fn load(input: &Input, max_size: u64) -> Result<Source, Error> {
    let error = |kind, cause: Cause| Error::new(Stage::Discover, kind, &*input.shown, cause);
    let broken = |cause: io::Error| match cause.kind() {
        io::ErrorKind::NotFound => error(Kind::Missing, (&cause).into()),
        _ => error(Kind::Unreadable, (&cause).into()),
    };
    let mut bytes = vec![];
    let mut take = |from: &mut dyn Read, expected: u64| {
        if expected > max_size {
            return Err(error(Kind::TooLarge, Cause::TooLarge { bytes: expected, most: max_size }));
        }
        bytes.reserve_exact(expected as usize + 1);
        from.take(max_size.saturating_add(1)).read_to_end(&mut bytes).map_err(broken)?;
        if bytes.len() as u64 > max_size {
            return Err(error(Kind::TooLarge, Cause::LargerThan { most: max_size }));
        }
        Ok(())
    };
    if let Some(member) = &input.member {
        let size = member.size();
        if size <= max_size {
            bytes = member.read(max_size.saturating_add(1)).map_err(|cause| error(Kind::Archive, (&cause).into()))?;
        }
        if size.max(bytes.len() as u64) > max_size {
            return Err(error(Kind::TooLarge, Cause::LargerThan { most: max_size }));
        }
    } else if input.is_stdin() {
        take(&mut input.head.chain(io::stdin().lock()), 0)?;
    } else {
        let mut file = File::open(&input.path).map_err(broken)?;
        let expected = file.metadata().map(|meta| meta.len()).unwrap_or(0);
        take(&mut file, expected)?;
    }
    Ok(Source::new(&input.shown, input.name(), bytes))
}

/// Converts one input to the formats of `settings`, and gives the files instead of writing them, and what was changed in its text if that is asked for; `deflate` is
/// kept from one to the next.
pub fn convert_one(
    input: &Input,
    settings: &Settings,
    options: &Options,
    library: &Library,
    deflate: &mut Deflate,
) -> (Record, Option<Changes>, Vec<Written>) {
    let begun = Instant::now();
    let mut record = Record::new(crate::unicode::printable(&input.shown));
    let mut changes = None;
    let converted = catch_unwind(AssertUnwindSafe(|| {
        let source = load(input, options.max_size)?;
        let edition = convert(&source, settings, library, deflate)?;
        record.sha256 = Some(source.sha256.clone());
        record.bytes = Some(source.bytes.len() as u64);
        changes = changes_of(&edition.reading, options);
        let places = Places::new(&source.bytes, &edition.reading.decoded, &edition.reading.normalized);
        record.describe(&edition.reading, &places);
        record.enter_notes(&places, &edition.notes);
        hold_strict(input, &record, options.strict)?;
        let error = Error::joined(edition.failures.into_iter().map(|failure| failure.error).collect());
        Ok((edition.files, error))
    }));
    let converted = converted.unwrap_or_else(|panic| Err(bug(input, &*panic)));
    let (files, error) = converted.unwrap_or_else(|error| (vec![], Some(error)));
    if let Some(error) = error {
        record.fail(&error);
    }
    record.millis = begun.elapsed().as_millis() as u64;
    (record, changes, files)
}

/// What was changed in a text, if that is asked for.
fn changes_of(reading: &Reading, options: &Options) -> Option<Changes> {
    options.changes.map(|most| Changes::of(&reading.decoded.text, &reading.normalized, most))
}

/// The error of a panic.
fn bug(input: &Input, panic: &(dyn Any + Send)) -> Error {
    Error::new(Stage::Recognize, Kind::Bug, &*input.shown, Cause::text(panic_message(panic)))
}

/// Under `strict`, fails a record that has warnings.
fn hold_strict(input: &Input, record: &Record, strict: bool) -> Result<(), Error> {
    match record.warnings.first() {
        Some(first) if strict => {
            let count = record.warnings.len();
            let cause = Cause::HasWarnings { count, kind: first.kind.clone(), first: Box::new(first.cause()) };
            Err(Error::new(Stage::Verify, Kind::Strict, &*input.shown, cause))
        }
        _ => Ok(()),
    }
}
