//! Which configuration holds for which input: the nearest `shanben.toml` above it, or the one that was named for all.

use super::config::{Config, NAME};
use super::keys;
use super::layers::{Asked, Asking, Fault, Layer};
use super::{Refused, Voice, resolve, shown};
use crate::batch::Choose;
use crate::discover::{Input, STDIN};
use crate::error::{Error, Kind, Stage};
use crate::lang::Lang;
use crate::options::{Chosen, Format};
use crate::unicode::printable;
use std::collections::{BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};

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
    /// What there is to tell of configurations that were found, and what was told.
    untold: Vec<Remark>,
    told: BTreeSet<String>,
}

/// What there is to tell of a configuration that was found.
#[derive(Debug)]
enum Remark {
    /// It cannot be understood.
    Broken(Fault),
    /// It sets keys that it may not.
    NotObeyed(PathBuf, Vec<&'static str>),
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
        self.kinds.clear();
        let own = self.make(&self.own);
        self.kinds.push(own);
    }

    fn make(&self, config: &Config) -> Result<Chosen, Fault> {
        let asked = Asked { typed: &self.typed, environment: &self.environment, config };
        resolve::settings(&asked).map(|settings| Chosen::new(settings, &self.fonts))
    }

    /// Finds what holds for the file at `path`.
    ///
    /// # Errors
    /// Why it cannot be understood.
    pub fn consider(&mut self, path: &Path) -> Result<&Chosen, Fault> {
        let kind = self.folder_of(path).map_or(0, |folder| self.of_folder(folder));
        self.kinds[kind].as_ref().map_err(Clone::clone)
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
        // A file that is named without a folder lies in the working directory.
        let named = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let dots = folder.components().any(|part| part == Component::ParentDir);
        let full = if dots { folder.canonicalize() } else { std::path::absolute(named) };
        let mut passed = vec![folder.to_owned()];
        let mut kind = 0;
        for above in full.iter().flat_map(|full| full.ancestors()) {
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
        let here = std::env::current_dir().unwrap_or_default();
        let shown = path.strip_prefix(here).unwrap_or(path).to_owned();
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
            let _ = self.consider(&input.path);
        }
        self.tell(voice);
    }

    /// Tells of the configurations that were met for the first time.
    pub fn tell(&mut self, voice: Voice) {
        for remark in std::mem::take(&mut self.untold) {
            if voice.quiet && matches!(remark, Remark::NotObeyed(..)) {
                continue;
            }
            let line = match remark {
                Remark::Broken(fault) => {
                    let label = voice.red(voice.pick("error", "错误"));
                    format!("{label}{}{}", voice.pick(": ", "："), shown(&told_fault(&fault, voice)))
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
        let formats = self.kinds.iter().flatten().flat_map(|chosen| &chosen.settings.formats);
        formats.into_iter().any(|format| matches!(format, Format::Pdf | Format::Docx))
    }
}

/// A fault in the language of the user, with the line of the configuration that it is in.
pub fn told_fault(fault: &Fault, voice: Voice) -> String {
    match fault {
        Fault::Asked(why) => why.told(voice.lang),
        Fault::Configured(slip) => slip.told(voice.lang),
    }
}

impl Choose for Configurations {
    fn choose(&self, input: &Input) -> Result<&Chosen, Error> {
        let known = self.folder_of(&input.path).and_then(|folder| self.folders.get(folder));
        let kind = known.copied().unwrap_or(0);
        self.kinds[kind]
            .as_ref()
            .map_err(|fault| Error::new(Stage::Discover, Kind::Configuration, &*input.shown, fault.cause()))
    }
}
