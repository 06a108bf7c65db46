//! Which configuration holds for which input: the nearest `shanben.toml` above it, or the one that was named for all; and what was decided about it.

use super::config::{Config, NAME};
use super::keys;
use super::layers::{Asked, Asking, Fault, Layer};
use super::{Refused, Voice, resolve, shown};
use crate::batch::Choose;
use crate::decide::{self, Decisions, Ledger};
use crate::discover::{self, Input, STDIN};
use crate::error::{Cause, Error, Kind, Stage};
use crate::lang::Lang;
use crate::options::{Chosen, Settings};
use crate::slip::Slip;
use crate::unicode::printable;
use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

/// The settings of all inputs: few in kind, each made once, and found by the folder of the input.
#[derive(Debug)]
pub struct Configurations {
    typed: Layer,
    environment: Layer,
    /// The working directory's own, or that which was named; empty where there is neither.
    own: Config,
    /// Where the own one really stands, if there is one.
    own_path: Option<PathBuf>,
    /// Whether it was named, and so holds for everything.
    alone: bool,
    /// Digest of the fonts.
    fonts: String,
    /// What was made of each configuration, the own one first.
    kinds: Vec<Result<Chosen, Fault>>,
    /// Which of `kinds` holds in a folder.
    folders: HashMap<PathBuf, usize>,
    /// The nearest decisions above a folder, by their number in `ledgers`.
    decided: HashMap<PathBuf, Option<usize>>,
    ledgers: Vec<Decided>,
    /// What was made of a configuration for a file that was decided about, by the number of its own, that of its decisions, and its own number there.
    texts: HashMap<(usize, usize, Option<usize>), usize>,
    /// Which of `kinds` holds for an input that was decided about, by its path and its name in an archive.
    inputs: HashMap<(PathBuf, Option<String>), usize>,
    /// What there is to tell of configurations that were found, and what was told.
    untold: Vec<Remark>,
    told: BTreeSet<String>,
}

/// The decisions of a folder.
#[derive(Debug)]
struct Decided {
    folder: PathBuf,
    /// The file, as it is shown.
    shown: PathBuf,
    ledger: Result<Ledger, Slip>,
    /// The numbers of the files there, by their paths.
    files: HashMap<String, usize>,
}

/// What there is to tell of a configuration that was found.
#[derive(Debug)]
enum Remark {
    /// It cannot be understood.
    Broken(Fault),
    /// It sets keys that it may not.
    NotObeyed(PathBuf, Vec<&'static str>),
    /// Decisions about a file that there is not.
    Gone(PathBuf, String),
}

impl Configurations {
    /// Reads the configuration that was named, or the working directory's own.
    ///
    /// # Errors
    /// When it cannot be read or understood.
    pub fn new(asking: Asking, voice: Voice) -> Result<Self, Refused> {
        let Asking { typed, environment } = asking;
        let named = Asked { typed: &typed, environment: &environment, config: &Config::default() }.path(&keys::CONFIG);
        let here = Path::new(NAME);
        let read = |path: &Path| Config::read(path, path).map_err(|slip| Refused(slip.told(voice.lang)));
        let path = named.as_deref().or_else(|| here.is_file().then_some(here));
        let own = path.map(read).transpose()?.unwrap_or_default();
        Ok(Configurations {
            typed,
            environment,
            own,
            own_path: path.and_then(|path| path.canonicalize().ok()),
            alone: named.is_some(),
            fonts: String::new(),
            kinds: vec![],
            folders: HashMap::new(),
            decided: HashMap::new(),
            ledgers: vec![],
            texts: HashMap::new(),
            inputs: HashMap::new(),
            untold: vec![],
            told: BTreeSet::new(),
        })
    }

    /// What is asked for of the run, which the configurations of inputs have no say in.
    pub fn asked(&self) -> Asked<'_> {
        Asked { typed: &self.typed, environment: &self.environment, config: &self.own }
    }

    /// Begins anew, with fonts of this digest: configurations may have changed.
    pub fn begin(&mut self, fonts: &str) {
        self.fonts = fonts.to_owned();
        self.folders.clear();
        self.decided.clear();
        self.ledgers.clear();
        self.texts.clear();
        self.inputs.clear();
        self.kinds.clear();
        let own = self.make(&self.own);
        self.kinds.push(own);
    }

    fn make(&self, config: &Config) -> Result<Chosen, Fault> {
        let asked = Asked { typed: &self.typed, environment: &self.environment, config };
        resolve::settings(&asked).map(|settings| Chosen::new(settings, &self.fonts))
    }

    /// Finds what holds for the file at `path`, or for the file `member` of the archive there.
    ///
    /// # Errors
    /// Why it cannot be understood.
    pub fn consider(&mut self, path: &Path, member: Option<&str>) -> Result<&Chosen, Fault> {
        let kind = self.folder_of(path).map_or(0, |folder| self.of_folder(folder));
        let kind = self.of_text(kind, path, member);
        self.kinds[kind].as_ref().map_err(Clone::clone)
    }

    /// The number of what holds for a file, where `kind` is that of its folder: with what was decided about it.
    fn of_text(&mut self, kind: usize, path: &Path, member: Option<&str>) -> usize {
        let Some(folder) = path.parent().filter(|_| path.as_os_str() != STDIN) else { return kind };
        let Some(number) = self.ledger_above(folder) else { return kind };
        let Decided { folder: above, ledger, shown, files } = &self.ledgers[number];
        let Some(name) = name_below(above, path, member) else { return kind };
        let file = files.get(&name).copied();
        let key = (kind, number, file);
        if let Some(&known) = self.texts.get(&key) {
            return known;
        }
        let decisions = match ledger {
            Ok(ledger) => match ledger.decisions(file) {
                Some(decisions) => Ok(decisions),
                None => return kind,
            },
            Err(slip) => Err(slip.clone()),
        };
        let made = match (&self.kinds[kind], decisions) {
            (Err(fault), _) => Err(fault.clone()),
            (_, Err(slip)) => Err(Fault::Configured(slip)),
            (Ok(chosen), Ok(decisions)) => self.settings(&chosen.settings, decisions, shown),
        };
        self.kinds.push(made.map(|settings| Chosen::new(settings, &self.fonts)));
        self.texts.insert(key, self.kinds.len() - 1);
        self.kinds.len() - 1
    }

    /// `settings` as it was `decided`, in the file that is told by the name `shown`; what is asked for on the command line or in the environment goes before.
    fn settings(&self, settings: &Settings, mut decided: Decisions, shown: &Path) -> Result<Settings, Fault> {
        let mut settings = settings.clone();
        if self.asked().is_asked(&keys::ENCODING) {
            decided.file.encoding = None;
        }
        if self.asked().is_asked(&keys::ESCAPE_BYTES) {
            decided.file.escape_bytes = None;
        }
        if let (Some(name), Some(own)) = (&decided.file.style, &settings.styles) {
            let refuse = |why: Cause| Fault::Configured(Slip::whole(shown, Cause::of(decided.file.path.as_str(), why)));
            settings.style = resolve::named_style(name, own).map_err(refuse)?;
            (settings.styles, settings.by_kind) = (None, false);
        }
        settings.decisions = Some(Arc::new(decided));
        Ok(settings)
    }

    /// The number of the nearest decisions in `folder` or above it.
    fn ledger_above(&mut self, folder: &Path) -> Option<usize> {
        if let Some(&known) = self.decided.get(folder) {
            return known;
        }
        let mut passed = vec![folder.to_owned()];
        let mut found = None;
        for above in full_folder(folder).iter().flat_map(|full| full.ancestors()) {
            if let Some(&known) = self.decided.get(above) {
                found = known;
                break;
            }
            passed.push(above.to_owned());
            let path = above.join(decide::NAME);
            if path.is_file() {
                found = Some(self.open_ledger(above, &path));
                break;
            }
        }
        self.decided.extend(passed.into_iter().map(|folder| (folder, found)));
        found
    }

    /// Where decisions about the file at `path`, or about `member` of the archive there, belong: the nearest above it, or new ones in the folder `home` above it,
    /// or beside it; and how they name it.
    ///
    /// # Errors
    /// When they cannot be understood.
    pub fn decisions_about(
        &mut self,
        path: &Path,
        member: Option<&str>,
        home: Option<&Path>,
    ) -> Result<(PathBuf, String), Fault> {
        let beside = path.parent().and_then(full_folder).unwrap_or_default();
        let home = home.and_then(full_folder).filter(|home| beside.starts_with(home));
        let number = path.parent().and_then(|folder| self.ledger_above(folder));
        let folder = match number.map(|number| &self.ledgers[number]) {
            Some(Decided { ledger: Err(slip), .. }) => return Err(Fault::Configured(slip.clone())),
            Some(Decided { folder, .. }) => folder.clone(),
            None => home.unwrap_or(beside),
        };
        let name = name_below(&folder, path, member).unwrap_or_default();
        Ok((folder.join(decide::NAME), name))
    }

    /// Reads the decisions at `path`, which hold in `folder`; gives their number.
    fn open_ledger(&mut self, folder: &Path, path: &Path) -> usize {
        let shown = shown_from_here(path);
        let ledger = Ledger::read(path, &shown);
        match &ledger {
            Err(slip) => self.untold.push(Remark::Broken(Fault::Configured(slip.clone()))),
            Ok(ledger) => {
                let gone = ledger.files.iter().filter(|file| is_gone(folder, &file.path));
                self.untold.extend(gone.map(|file| Remark::Gone(shown.clone(), file.path.clone())));
            }
        }
        let named = ledger.iter().flat_map(|ledger| ledger.files.iter().enumerate());
        let files = named.map(|(number, file)| (file.path.clone(), number)).collect();
        self.ledgers.push(Decided { folder: folder.to_owned(), shown, ledger, files });
        self.ledgers.len() - 1
    }

    /// The folder of the file at `path`, where it has a say.
    fn folder_of<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.parent().filter(|_| !self.alone && path.as_os_str() != STDIN)
    }

    /// The number of the configuration that holds in `folder`.
    fn of_folder(&mut self, folder: &Path) -> usize {
        if let Some(&kind) = self.folders.get(folder) {
            return kind;
        }
        let mut passed = vec![folder.to_owned()];
        let mut kind = 0;
        for above in full_folder(folder).iter().flat_map(|full| full.ancestors()) {
            if let Some(&known) = self.folders.get(above) {
                kind = known;
                break;
            }
            passed.push(above.to_owned());
            let path = above.join(NAME);
            if path.is_file() {
                kind = self.enter(&path);
                break;
            }
        }
        self.folders.extend(passed.into_iter().map(|folder| (folder, kind)));
        kind
    }

    /// The number of the configuration at `path`, which is read.
    fn enter(&mut self, path: &Path) -> usize {
        if self.own_path.is_some() && path.canonicalize().ok() == self.own_path {
            return 0;
        }
        let shown = shown_from_here(path);
        let made = match Config::read(path, &shown) {
            Ok(mut config) => {
                let kept_back = config.confine();
                if !kept_back.is_empty() {
                    self.untold.push(Remark::NotObeyed(shown.clone(), kept_back));
                }
                self.make(&config)
            }
            Err(slip) => Err(Fault::Configured(slip)),
        };
        if let Err(fault @ Fault::Configured(_)) = &made {
            self.untold.push(Remark::Broken(fault.clone()));
        }
        self.kinds.push(made);
        self.kinds.len() - 1
    }

    /// Finds what holds for each of `inputs`, and tells of the configurations that were met for the first time.
    pub fn assign(&mut self, inputs: &[Input], voice: Voice) {
        for input in inputs {
            // What is wrong is told of the configuration here, and of the input when its turn comes.
            let kind = self.folder_of(&input.path).map_or(0, |folder| self.of_folder(folder));
            let member = input.member_name(crate::name_of_bytes);
            let own = self.of_text(kind, &input.path, member.as_deref());
            if own != kind {
                self.inputs.insert((input.path.clone(), member), own);
            }
        }
        self.tell(voice);
    }

    /// Tells of the configurations that were met for the first time.
    pub fn tell(&mut self, voice: Voice) {
        for remark in std::mem::take(&mut self.untold) {
            if voice.quiet && !matches!(remark, Remark::Broken(..)) {
                continue;
            }
            let line = match remark {
                Remark::Broken(fault) => {
                    let label = voice.red(voice.pick("error", "错误"));
                    format!("{label}{}{}", voice.pick(": ", "："), shown(&told_fault(&fault, voice)))
                }
                Remark::Gone(path, name) => {
                    let label = voice.yellow(voice.pick("warning", "警告"));
                    let (path, name) = (path.display().to_string(), printable(&name));
                    let path = printable(&path);
                    match voice.lang {
                        Lang::En => format!("{label} {path}: decides about {name}, which is not there"),
                        Lang::Zh => format!("{label} {path}：所定的 {name} 已不在"),
                    }
                }
                Remark::NotObeyed(path, keys) => {
                    let label = voice.yellow(voice.pick("warning", "警告"));
                    let (path, keys) = (path.display().to_string(), keys.join(", "));
                    let path = printable(&path);
                    match voice.lang {
                        Lang::En => {
                            format!("{label} {path}: not obeyed here: {keys}; if you trust this file, name it with -c")
                        }
                        Lang::Zh => format!("{label} {path}：此处不采用：{keys}；如信任此文件，请用 -c 指定"),
                    }
                }
            };
            if self.told.insert(line.clone()) {
                voice.say(line);
            }
        }
    }

    /// Whether something that was considered is made with fonts.
    pub fn needs_fonts(&self) -> bool {
        let needs = |chosen: &Chosen| {
            let embeds = chosen.settings.embed_fonts;
            chosen.settings.formats.iter().any(|format| format.needs_fonts() || embeds && format.may_carry_fonts())
        };
        self.kinds.iter().flatten().any(needs)
    }
}

/// A fault in the language of the user, with the line of the configuration that it is in.
pub fn told_fault(fault: &Fault, voice: Voice) -> String {
    match fault {
        Fault::Asked(why) => why.told(voice.lang),
        Fault::Configured(slip) => slip.told(voice.lang),
    }
}

/// A path from the root, as far as the system is needed for that.
fn full_folder(folder: &Path) -> Option<PathBuf> {
    // A file that is named without a folder lies in the working directory.
    let named = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let dots = folder.components().any(|part| part == Component::ParentDir);
    if dots { folder.canonicalize().ok() } else { std::path::absolute(named).ok() }
}

/// The same of a file.
fn full(path: &Path) -> Option<PathBuf> {
    Some(full_folder(path.parent()?)?.join(path.file_name()?))
}

/// How decisions in `folder` name the file at `path`, or `member` of the archive there.
fn name_below(folder: &Path, path: &Path, member: Option<&str>) -> Option<String> {
    let below = full(path)?.strip_prefix(folder).ok()?.to_owned();
    let name = discover::shown(&below, crate::name_of_bytes).0.replace(MAIN_SEPARATOR, "/");
    Some(member.iter().fold(name, |name, member| format!("{name}/{member}")))
}

/// A path as it is shown: seen from the working directory where it lies there.
fn shown_from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}

/// Whether nothing stands at `path` below `folder`, nor an archive that it may lie in.
fn is_gone(folder: &Path, path: &str) -> bool {
    let mut at = folder.to_owned();
    for part in path.split('/') {
        at.push(part);
        match at.symlink_metadata() {
            Err(error) => {
                return error.kind() == io::ErrorKind::NotFound
                    && at.to_str().is_some_and(|at| !at.contains('\u{fffd}'));
            }
            Ok(meta) if meta.is_file() => return false,
            Ok(_) => {}
        }
    }
    false
}

impl Choose for Configurations {
    fn choose(&self, input: &Input) -> Result<&Chosen, Error> {
        let own = || self.inputs.get(&(input.path.clone(), input.member_name(crate::name_of_bytes)));
        let known = if self.inputs.is_empty() { None } else { own() };
        let known = known.or_else(|| self.folder_of(&input.path).and_then(|folder| self.folders.get(folder)));
        let kind = known.copied().unwrap_or(0);
        self.kinds[kind]
            .as_ref()
            .map_err(|fault| Error::new(Stage::Discover, Kind::Configuration, &*input.shown, fault.cause()))
    }
}
