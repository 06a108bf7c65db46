//! What lies on the desk: the files, what is known of each, what was decided last, and what is under way.

use super::step::{Step, Steps};
use super::text::{Opened, version};
use super::view::{Facts, Missed};
use super::{Bench, Tools, outputs};
use crate::batch::{self, Batch, Choose, Draft, Event, Folder, Manifest, Output, plain};
use crate::decide::Ledger;
use crate::discover::Input;
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::options::Chosen;
use crate::report::Record;
use crate::unicode::printable;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The desk and what lies on it.
pub struct Room {
    bench: Mutex<Box<dyn Bench>>,
    tools: Tools,
    /// Where the texts lie, and where editions go, as they are shown.
    folders: [String; 2],
    state: Mutex<State>,
    /// The record of the output folder, as it was when it was looked at last.
    record: Mutex<Arc<Manifest>>,
    /// The text that was opened last: it is asked for in pieces.
    opened: Mutex<Option<(usize, u64, Arc<Opened>)>>,
}

#[derive(Default)]
struct State {
    files: Vec<Entry>,
    /// Counts what has changed.
    now: u64,
    steps: Steps,
    work: Work,
    /// What is to be converted next.
    asked: Option<Vec<usize>>,
    /// What was found and is not on the desk, and when that was looked for.
    missed: (u64, Vec<Missed>),
}

/// A file on the desk. Its number is that of no other, also when it is gone.
struct Entry {
    input: Input,
    gone: bool,
    facts: Option<Facts>,
    /// Why it was not converted when that was asked for last.
    unmade: Option<[String; 2]>,
    /// Whether it is to be read again.
    stale: bool,
    /// When what is told of it has changed last.
    changed: u64,
    /// When what decides how it is read has changed last.
    version: u64,
}

/// Why nothing was decided.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The text, or what decides how it is read, is not what was looked at.
    Stale,
    /// Something else.
    Fault(Cause),
}

impl From<Cause> for Refusal {
    fn from(cause: Cause) -> Self {
        Refusal::Fault(cause)
    }
}

/// What is being converted.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Work {
    /// Whether something is.
    pub running: bool,
    /// How many files are finished.
    pub done: usize,
    /// How many files there are.
    pub all: usize,
    /// How many of them failed.
    pub failed: usize,
    /// What kept it from starting or ending in order.
    pub error: Option<String>,
}

/// What has changed on the desk.
#[derive(Debug, Serialize)]
pub struct News<'s> {
    /// What to ask for next.
    pub now: u64,
    /// How many files there are.
    pub all: usize,
    /// How many of them have been read.
    pub read: usize,
    /// Whether something can be undone.
    pub undo: bool,
    /// Where the texts lie, and where editions go.
    pub folders: &'s [String; 2],
    /// What is being converted.
    pub work: &'s Work,
    /// The files that have changed.
    pub files: Vec<Row<'s>>,
    /// What was found and is not on the desk, where that was looked for since.
    pub missed: Option<&'s [Missed]>,
}

/// A file as it is listed.
#[derive(Debug, Serialize)]
pub struct Row<'s> {
    /// Its number.
    pub id: usize,
    /// Its path.
    pub name: Cow<'s, str>,
    /// What is known of it.
    pub facts: Option<&'s Facts>,
    /// Whether it is there no more.
    pub gone: bool,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Room {
    /// A desk on which lies what `bench` finds.
    pub fn new(bench: Box<dyn Bench>, tools: Tools) -> Self {
        let (state, record, opened) = Default::default();
        let shown = |path: &Path| {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            printable(&path.to_string_lossy()).into_owned()
        };
        let folders = [&tools.input, &tools.output].map(|path| shown(path));
        let room = Room { bench: Mutex::new(bench), tools, folders, state, record, opened };
        room.look();
        room
    }

    /// What is the same for all.
    pub fn tools(&self) -> &Tools {
        &self.tools
    }

    /// Looks what there is now; what was known of a file is read again.
    pub fn look(&self) {
        let mut bench = locked(&self.bench);
        let found = bench.look();
        self.read_record();
        let mut state = locked(&self.state);
        state.now += 1;
        let now = state.now;
        state.missed = (now, Missed::of(&found));
        // Names that are not text may be shown alike: those are told apart by their order.
        let mut known: HashMap<String, Vec<usize>> = HashMap::new();
        for (id, entry) in state.files.iter().enumerate().rev() {
            known.entry(entry.input.shown.clone()).or_default().push(id);
        }
        for input in found.inputs {
            let id = known.get_mut(&input.shown).and_then(Vec::pop);
            let entry =
                Entry { input, gone: false, facts: None, unmade: None, stale: true, changed: now, version: now };
            match id.and_then(|id| state.files.get_mut(id)) {
                Some(file) => *file = Entry { facts: file.facts.take(), ..entry },
                None => state.files.push(entry),
            }
        }
        for id in known.into_values().flatten() {
            let Entry { input, gone, facts, stale, changed, version, .. } = &mut state.files[id];
            if !std::mem::replace(gone, true) {
                (*facts, *stale, *changed, *version, input.head) = (None, false, now, now, vec![]);
            }
        }
    }

    /// Has the file at `path`, which was dropped on the page, be found when it is looked again.
    pub fn add(&self, path: PathBuf) {
        locked(&self.bench).add(path);
    }

    /// Reads the record of the output folder; one that cannot be read says nothing.
    fn read_record(&self) {
        let record = outputs(&self.tools.output).and_then(|folder| folder.manifest().ok()).unwrap_or_default();
        *locked(&self.record) = Arc::new(record);
    }

    /// What has changed since `since`, as `tell` makes of it.
    pub fn news<T>(&self, since: u64, tell: impl FnOnce(&News<'_>) -> T) -> T {
        let state = locked(&self.state);
        let changed = state.files.iter().enumerate().filter(|(_, entry)| entry.changed > since);
        let files = changed.map(|(id, entry)| {
            let Entry { input, facts, gone, .. } = entry;
            Row { id, name: printable(&input.shown), facts: facts.as_ref(), gone: *gone }
        });
        let there = || state.files.iter().filter(|entry| !entry.gone);
        let (all, read) = (there().count(), there().filter(|entry| !entry.stale).count());
        let State { now, work, steps, missed, .. } = &*state;
        let missed = (missed.0 > since).then_some(missed.1.as_slice());
        let (undo, folders) = (!steps.is_empty(), &self.folders);
        tell(&News { now: *now, all, read, undo, folders, work, files: files.collect(), missed })
    }

    /// File number `id`, if it is there.
    pub fn input(&self, id: usize) -> Option<Input> {
        locked(&self.state).files.get(id).filter(|entry| !entry.gone).map(|entry| entry.input.clone())
    }

    /// The settings that hold for `input`.
    ///
    /// # Errors
    /// Why there are none.
    pub fn chosen(&self, input: &Input) -> Result<Chosen, Error> {
        let bench = locked(&self.bench);
        let chosen = bench.choose(input)?;
        // Worked out once for all that share it.
        chosen.reading();
        Ok(chosen.clone())
    }

    /// File number `id`, read.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn open(&self, id: usize) -> Result<Arc<Opened>, Error> {
        let (input, version) = {
            let state = locked(&self.state);
            let entry = state.files.get(id).filter(|entry| !entry.gone);
            let entry = entry.ok_or_else(|| Error::new(Stage::Discover, Kind::Missing, "", Cause::NoSuchFile))?;
            (entry.input.clone(), entry.version)
        };
        if let Some((known, of, opened)) = &*locked(&self.opened)
            && (*known, *of) == (id, version)
        {
            return Ok(Arc::clone(opened));
        }
        let chosen = self.chosen(&input)?;
        let opened = guarded(&input, || Opened::read(&input, &chosen, self.tools.options.max_size)).map(Arc::new)?;
        *locked(&self.opened) = Some((id, version, Arc::clone(&opened)));
        Ok(opened)
    }

    /// Lets `decide` change what was decided about file `id`, which it names so; `shared` says whether that is about others as well, `of` which version of the
    /// text was looked at, where that matters.
    ///
    /// # Errors
    /// When that is not what there is now, or decisions cannot be read or written.
    pub fn decide(
        &self,
        id: usize,
        shared: bool,
        of: Option<&str>,
        decide: impl FnOnce(&mut Ledger, &str),
    ) -> Result<(), Refusal> {
        // Decisions are made one by one, and while none is, nobody looks for files.
        let mut bench = locked(&self.bench);
        let input = self.input(id).ok_or(Cause::NoSuchFile)?;
        if let Some(of) = of {
            let now = batch::load(&input, self.tools.options.max_size)
                .and_then(|source| Ok(version(bench.choose(&input)?.reading(), &source.sha256)));
            if now.ok().is_none_or(|now| now != of) {
                locked(&self.state).touch(Some(id));
                return Err(Refusal::Stale);
            }
        }
        let decided = bench.decisions(&input).map_err(Refusal::from).and_then(|(place, name)| {
            let revised = || -> io::Result<Step> {
                let before = plain::there(&place)?;
                let after = Ledger::revised(&place, before.as_deref(), |ledger| decide(ledger, &name))?;
                Draft::replace(&place, before.as_deref(), after.as_bytes())?;
                Ok(Step::new(place.clone(), (!shared).then_some(id), before.as_deref(), after.as_bytes()))
            };
            revised().map_err(|error| match Cause::from(&error) {
                // Somebody else has decided a moment ago.
                Cause::Changed => Refusal::Stale,
                why => Cause::of(place.display().to_string(), why).into(),
            })
        });
        bench.reread();
        let mut state = locked(&self.state);
        let step = decided.inspect_err(|refusal| {
            if *refusal == Refusal::Stale {
                state.touch(None);
            }
        })?;
        state.touch(step.of);
        state.steps.push(step);
        Ok(())
    }

    /// Takes back the last decision; gives whether there was one.
    ///
    /// # Errors
    /// When the decisions cannot be written.
    pub fn undo(&self) -> Result<bool, Cause> {
        let mut bench = locked(&self.bench);
        let Some(step) = locked(&self.state).steps.pop() else { return Ok(false) };
        let place = &step.place;
        let undone = || -> io::Result<bool> {
            let now = plain::there(place)?;
            match step.taken_back(now.clone()) {
                Some(Some(earlier)) => Draft::replace(place, now.as_deref(), &earlier)?,
                Some(None) => fs::remove_file(place)?,
                // What somebody else has written there since is not taken back.
                None => return Ok(false),
            }
            Ok(true)
        };
        match undone() {
            Ok(true) => {}
            Ok(false) => return Err(Cause::at(place.display().to_string(), Cause::Changed)),
            Err(error) => {
                let cause = Cause::of(place.display().to_string(), (&error).into());
                locked(&self.state).steps.push(step);
                return Err(cause);
            }
        }
        bench.reread();
        locked(&self.state).touch(step.of);
        Ok(true)
    }

    /// Asks for files to be converted: those with these numbers, or all.
    pub fn convert(&self, ids: Option<Vec<usize>>) {
        let mut state = locked(&self.state);
        let is_there = |id: &usize| state.files.get(*id).is_some_and(|entry| !entry.gone);
        let ids = ids.unwrap_or_else(|| (0..state.files.len()).collect());
        let ids: Vec<usize> = ids.into_iter().filter(is_there).collect();
        state.work = Work { running: true, all: Vec::len(&ids), ..Work::default() };
        state.asked = Some(ids);
    }

    /// Reads the files that have not been read, one by one, and converts what is asked for, until it is `closed`.
    pub fn survey(&self, closed: &AtomicBool) {
        while !closed.load(Ordering::Relaxed) {
            let asked = locked(&self.state).asked.take();
            if let Some(ids) = asked {
                let run = catch_unwind(AssertUnwindSafe(|| self.run(&ids, closed)));
                let ran = run.unwrap_or_else(|panic| Err(Cause::text(panic_message(&*panic))));
                let error = ran.err().map(|cause| cause.told(self.tools.lang));
                self.read_record();
                let mut state = locked(&self.state);
                // More may have been asked for meanwhile.
                (state.work.running, state.work.error) = (state.asked.is_some(), error);
                state.now += 1;
                continue;
            }
            let next = {
                let state = locked(&self.state);
                let next = state.files.iter().enumerate().find(|(_, entry)| entry.stale);
                next.map(|(id, entry)| (id, entry.input.clone(), entry.version))
            };
            let Some((id, input, version)) = next else {
                std::thread::sleep(super::REST);
                continue;
            };
            let facts = self.facts(&input);
            let mut state = locked(&self.state);
            state.now += 1;
            let now = state.now;
            // It may have been decided about meanwhile, or be gone.
            if let Some(entry) =
                state.files.get_mut(id).filter(|entry| entry.version == version && entry.input == input)
            {
                let facts = facts.unless_failed(entry.unmade.as_ref());
                (entry.facts, entry.stale, entry.changed) = (Some(facts), false, now);
            }
        }
    }

    fn facts(&self, input: &Input) -> Facts {
        let record = Arc::clone(&locked(&self.record));
        let facts = || {
            let chosen = self.chosen(input)?;
            let opened = Opened::read(input, &chosen, self.tools.options.max_size)?;
            Ok(Facts::of(&opened, record.get(&input.target)))
        };
        guarded(input, facts).unwrap_or_else(|error| Facts::failed(&error))
    }

    /// Converts files.
    fn run(&self, ids: &[usize], closed: &AtomicBool) -> Result<(), Cause> {
        let (ids, inputs): (Vec<usize>, Vec<Input>) = ids.iter().filter_map(|&id| Some((id, self.input(id)?))).unzip();
        let settings = Settled::of(&**locked(&self.bench), &inputs);
        let folder = Folder::hold(&self.tools.output).map_err(|refusal| refusal.cause())?;
        let manifest = match folder.manifest() {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
                return Err((&error).into());
            }
            manifest => manifest.unwrap_or_default(),
        };
        let batch = Batch {
            inputs: &inputs,
            settings: &settings,
            options: &self.tools.options,
            folder: &folder,
            library: &self.tools.library,
            stop: closed,
        };
        let by_name: HashMap<&str, usize> =
            inputs.iter().zip(ids).map(|(input, id)| (input.shown.as_str(), id)).collect();
        let told = |record: Record| {
            let mut state = locked(&self.state);
            state.work.done += 1;
            state.work.failed += usize::from(record.error.is_some());
            state.now += 1;
            let now = state.now;
            let entry = by_name.get(record.input.as_str()).and_then(|&id| state.files.get_mut(id));
            if let Some(entry) = entry {
                entry.changed = now;
                let facts = entry.facts.get_or_insert_default();
                facts.written(&record);
                entry.unmade.clone_from(&facts.error);
            }
        };
        let ran = batch.run(manifest, &mut |event| match event {
            Event::Told(record, _) => told(*record),
            Event::Finished(_) | Event::Overdue(_) => {}
        });
        ran.map(|_| ()).map_err(|fault| match fault {
            batch::Fault::Workers(error) => (&error).into(),
            batch::Fault::Manifest(refusal) => refusal.cause(),
        })
    }

    /// The bytes of the edition of file `id` in the format called `format`.
    pub fn edition(&self, id: usize, format: &str) -> Option<(String, Vec<u8>)> {
        let input = self.input(id)?;
        let path = format!("{}.{format}", input.target);
        let folder = outputs(&self.tools.output)?;
        // Only what the record knows is one of ours.
        folder.manifest().ok()?.output(&path)?;
        Some((path.clone(), plain::read(&folder.path(&path)).ok()?))
    }

    /// All editions of all files on the desk: their paths, and where they lie.
    ///
    /// # Errors
    /// When one of them is not there.
    pub fn editions(&self) -> Result<Vec<(String, PathBuf)>, Cause> {
        let Some(folder) = outputs(&self.tools.output) else { return Ok(vec![]) };
        let manifest = Arc::clone(&locked(&self.record));
        let targets: Vec<String> = locked(&self.state).files.iter().map(|entry| entry.input.target.clone()).collect();
        let of = |target: &String| manifest.get(target).map(|entry| entry.outputs).unwrap_or_default();
        let outputs = targets.iter().flat_map(of).filter(|output| !output.stale);
        let place = |output: Output| {
            let (name, place) = (output.facts.path.clone(), folder.path(&output.facts.path));
            match plain::open(&place, File::options().read(true)) {
                Ok(_) => Ok((name, place)),
                Err(error) => Err(Cause::of(name, (&error).into())),
            }
        };
        outputs.map(place).collect()
    }
}

impl State {
    /// Has file `id` read again, or all.
    fn touch(&mut self, id: Option<usize>) {
        self.now += 1;
        let now = self.now;
        let touched = self.files.iter_mut().enumerate().filter(|(at, _)| id.is_none_or(|id| id == *at));
        touched.for_each(|(_, entry)| (entry.stale, entry.changed, entry.version) = (true, now, now));
    }
}

/// What `work` gives, with a panic as the error of `input`.
fn guarded<T>(input: &Input, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        Err(Error::new(Stage::Recognize, Kind::Bug, &*input.shown, Cause::text(panic_message(&*panic))))
    })
}

/// The settings of some inputs, found beforehand so that decisions can go on meanwhile.
#[derive(Debug, Default)]
struct Settled {
    kinds: Vec<Result<Chosen, Error>>,
    of: HashMap<String, usize>,
}

impl Settled {
    fn of(bench: &dyn Bench, inputs: &[Input]) -> Self {
        let mut settled = Settled::default();
        // Most inputs share what holds for them.
        let mut known: HashMap<*const Chosen, usize> = HashMap::new();
        for input in inputs {
            let chosen = bench.choose(input);
            let kinds = &mut settled.kinds;
            let mut add = |chosen: Result<Chosen, Error>| {
                kinds.push(chosen);
                kinds.len() - 1
            };
            let kind = match chosen {
                Ok(chosen) => *known.entry(std::ptr::from_ref(chosen)).or_insert_with(|| add(Ok(chosen.clone()))),
                Err(error) => add(Err(error)),
            };
            settled.of.insert(input.target.clone(), kind);
        }
        settled
    }
}

impl Choose for Settled {
    fn choose(&self, input: &Input) -> Result<&Chosen, Error> {
        let kind = self.of.get(&input.target).and_then(|&kind| self.kinds.get(kind));
        let none = || Err(Error::new(Stage::Discover, Kind::Missing, &*input.shown, Cause::NoSuchFile));
        kind.map_or_else(none, |chosen| chosen.as_ref().map_err(Clone::clone))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::Found;
    use crate::fonts::Library;
    use crate::lang::Lang;
    use std::time::Duration;

    /// Inputs of which nothing can be known without a panic.
    #[derive(Debug)]
    struct Broken;

    impl Bench for Broken {
        fn look(&mut self) -> Found {
            let input = |name: &str| Input {
                path: name.into(),
                member: None,
                shown: name.to_owned(),
                target: name.to_owned(),
                name_decoded: false,
                head: vec![],
            };
            Found { inputs: vec![input("a"), input("b")], ..Found::default() }
        }

        fn add(&mut self, _: PathBuf) {}

        fn reread(&mut self) {}

        fn choose(&self, input: &Input) -> Result<&Chosen, Error> {
            panic!("of {}", input.shown)
        }

        fn decisions(&mut self, _: &Input) -> Result<(PathBuf, String), Cause> {
            Err(Cause::NoSuchFile)
        }
    }

    #[test]
    fn a_fault_of_the_program_is_told_of_a_file_and_ends_nothing() {
        let output = tempfile::tempdir().unwrap();
        let options = batch::Options { jobs: 1, force: false, strict: false, max_size: 1, changes: None };
        let library = Library::embedded().unwrap();
        let (output, input) = (output.path().join("out"), PathBuf::new());
        let tools = Tools { library, options, output, input, lang: Lang::En };
        let (room, closed) = (Room::new(Box::new(Broken), tools), AtomicBool::new(false));
        let wait = |wanted: &dyn Fn(&News<'_>) -> bool| {
            let begun = std::time::Instant::now();
            while !room.news(0, wanted) {
                assert!(begun.elapsed() < Duration::from_secs(60), "{}", room.news(0, |news| format!("{news:?}")));
                std::thread::sleep(Duration::from_millis(5));
            }
        };
        std::thread::scope(|scope| {
            scope.spawn(|| room.survey(&closed));
            wait(&|news| {
                news.read == 2 && news.files.iter().all(|file| file.facts.is_some_and(|facts| facts.needs == "failed"))
            });
            room.convert(None);
            wait(&|news| !news.work.running && news.work.error.is_some());
            closed.store(true, Ordering::Relaxed);
        });
    }
}
