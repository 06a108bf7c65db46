//! `shanben desk`.

use super::args::DeskArgs;
use super::configurations::{Configurations, told_fault};
use super::layers::Asking;
use super::resolve::{self, DEFAULT_INPUT, DEFAULT_OUTPUT, Resolved};
use super::{Exit, Refused, Voice, keys, search};
use crate::batch::{self, Choose, Folder};
use crate::desk::{Bench, Desk, Tools};
use crate::discover::{Found, Input};
use crate::error::{Cause, Error};
use crate::options::Chosen;
use std::num::ParseIntError;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs the command.
///
/// # Errors
/// What keeps it from starting.
pub fn run(args: &DeskArgs, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    let input = args.path.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_INPUT));
    let Resolved { mut configurations, inputs, max_size, voice } = resolve::run(asking, &[input], voice)?;
    let refuse = |what: &Path, why: Cause| Refused(format!("{}: {}", what.display(), why.told(voice.lang)));
    let asked = configurations.asked();
    let jobs = asked
        .read(&keys::JOBS, |number| number.parse().map_err(|error: ParseIntError| Cause::text(error.to_string())))
        .map_err(|fault| Refused(told_fault(&fault, voice)))?;
    let options = batch::Options {
        jobs: jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get())),
        force: false,
        strict: false,
        max_size,
        changes: None,
    };
    let library = resolve::library(&asked, voice)?;
    let output = asked.path(&keys::OUTPUT).unwrap_or_else(|| PathBuf::from(DEFAULT_OUTPUT));
    configurations.begin(&library.digest());
    // What is dropped on the page needs a place: the folder that was named, or that of the file.
    let named = inputs.first().cloned().unwrap_or_default();
    let folder = match named.is_file() {
        true => named.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned(),
        false => named,
    };
    std::fs::create_dir_all(&folder).map_err(|error| refuse(&folder, (&error).into()))?;
    let table = Table {
        configurations,
        inputs,
        found: vec![],
        folder: folder.clone(),
        output: output.clone(),
        fonts: library.digest(),
        voice: Voice { quiet: true, ..voice },
    };
    let closed = Arc::new(AtomicBool::new(false));
    let tools = Tools { library, options, output, input: folder, lang: voice.lang };
    let port = args.port.unwrap_or(0);
    let desk = Desk::open(Box::new(table), tools, port, Arc::clone(&closed));
    let desk = desk.map_err(|error| refuse(Path::new("127.0.0.1"), (&error).into()))?;
    let stop = Arc::clone(&closed);
    if let Err(error) = ctrlc::set_handler(move || stop.store(true, Ordering::Relaxed)) {
        voice.say(format_args!("{}: {error}", voice.pick("interrupts cannot be heeded", "无法处理中断信号")));
    }
    let address = desk.address();
    voice.say(
        voice.pick("the desk is open; Ctrl-C or its button closes it:", "书桌已打开；按 Ctrl-C 或页面上的按钮结束："),
    );
    super::lists::print(&format!("{address}\n"))?;
    if !args.no_browser {
        desk.invitation().map_or_else(|error| voice.say(format_args!("{error}")), |address| open_browser(&address));
    }
    desk.serve();
    Ok(Exit::Done)
}

/// Opens the page in the user's browser, where there is one: the address was told anyway.
fn open_browser(address: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let quiet =
        Command::new(program).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    drop(quiet);
}

/// What the desk works with.
#[derive(Debug)]
struct Table {
    configurations: Configurations,
    /// What was named, and what was found there.
    inputs: Vec<PathBuf>,
    found: Vec<Input>,
    /// The folder of the sources, where decisions are kept unless there are some nearer.
    folder: PathBuf,
    output: PathBuf,
    fonts: String,
    voice: Voice,
}

impl Bench for Table {
    fn look(&mut self) -> Found {
        let manifest = Folder::look(&self.output).ok().and_then(|folder| folder.manifest().ok()).unwrap_or_default();
        let found = search::find(&self.inputs, Some((&self.output, &manifest)), &[], false);
        self.found.clone_from(&found.inputs);
        self.reread();
        found
    }

    fn add(&mut self, path: PathBuf) {
        // All that is in the folder is found anyway, where it is the folder that was named.
        if self.inputs.first() != Some(&self.folder) {
            self.inputs.push(path);
        }
    }

    fn reread(&mut self) {
        self.configurations.begin(&self.fonts);
        self.configurations.assign(&self.found, self.voice);
    }

    fn choose(&self, input: &Input) -> Result<&Chosen, Error> {
        self.configurations.choose(input)
    }

    fn decisions(&mut self, input: &Input) -> Result<(PathBuf, String), Cause> {
        // Somebody may have written to them meanwhile.
        self.configurations.begin(&self.fonts);
        let member = input.member_name(crate::name_of_bytes);
        let decisions = self.configurations.decisions_about(&input.path, member.as_deref(), Some(&self.folder));
        decisions.map_err(|fault| fault.cause())
    }
}
