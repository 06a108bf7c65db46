//! `shanben verify`.

use super::args::VerifyArgs;
use super::configurations::Configurations;
use super::layers::Asking;
use super::progress::failure;
use super::resolve::{self, DEFAULT_OUTPUT, Resolved};
use super::{Exit, Refused, Voice};
use crate::batch::proof::{Proof, prove};
use crate::batch::{Archives, Entry, Folder, LOCK, MANIFEST, Refusal, strays};
use crate::discover::STDIN;
use crate::error::{Cause, Error, Kind, Stage};
use crate::lang::Lang;
use crate::options::Format;
use crate::report::Record;
use crate::volume;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Proves what was made of an input of `folder`, by the configuration that holds for its source.
///
/// # Errors
/// What does not agree, or cannot be read; a configuration that cannot be.
pub(super) fn prove_entry(
    folder: &Folder,
    target: &str,
    entry: &Entry,
    configurations: &mut Configurations,
    archives: &mut Archives,
) -> Result<Proof, Error> {
    let member = entry.source.as_ref().and_then(|origin| origin.member());
    let source = entry.source.as_ref().and_then(|origin| folder.source(origin));
    let source = source.unwrap_or_else(|| PathBuf::from(&entry.record.input));
    // What is bound comes from a folder, and is configured as the files in it.
    let source = if source.is_dir() { source.join(STDIN) } else { source };
    let chosen = configurations
        .consider(&source, member)
        .map_err(|fault| Error::new(Stage::Verify, Kind::Configuration, &source, fault.cause()))?;
    match &entry.collected {
        Some(collected) => volume::proof::prove(folder, target, entry, collected, chosen),
        None => prove(folder, target, entry, chosen, archives),
    }
}

/// Runs the command.
///
/// # Errors
/// What keeps it from starting.
pub fn run(args: &VerifyArgs, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    let outputs = if args.outputs.is_empty() { vec![PathBuf::from(DEFAULT_OUTPUT)] } else { args.outputs.clone() };
    let Resolved { mut configurations, voice, .. } = resolve::run(asking, &outputs, voice)?;
    let (mut sum, mut archives) = (Sum::default(), Archives::default());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    for output in &outputs {
        let unknown = || Error::new(Stage::Verify, Kind::Missing, output, Cause::NoRecordHere);
        let Some((folder, below)) = home(output, voice)? else {
            sum.fail(&unknown(), voice);
            continue;
        };
        let manifest = match folder.manifest() {
            Ok(manifest) => manifest,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                sum.fail(&unknown(), voice);
                continue;
            }
            Err(error) => {
                let (kind, cause) = match error.kind() {
                    io::ErrorKind::InvalidData => (Kind::Disagrees, Cause::Changed),
                    _ => (Kind::Unreadable, (&error).into()),
                };
                sum.fail(&Error::new(Stage::Verify, kind, folder.path(MANIFEST), cause), voice);
                continue;
            }
        };
        let wanted =
            |target: &str, path: &str| below.is_empty() || path == below || target.starts_with(&format!("{below}/"));
        let mut known = below.is_empty();
        for (target, entry) in manifest.entries() {
            if !entry.outputs.iter().any(|output| wanted(target, &output.facts.path)) {
                continue;
            }
            known = true;
            // A volume carries its sources.
            let needed = entry.source.as_ref().filter(|_| entry.collected.is_none());
            let gone = needed.is_some_and(|source| folder.is_gone(source));
            match prove_entry(&folder, target, &entry, &mut configurations, &mut archives) {
                Ok(proof) => {
                    sum.proved += 1;
                    written = written.and_then(|()| writeln!(out, "{}", line(&proof, voice)));
                }
                Err(error) => sum.fail(&error, voice),
            }
            if gone {
                sum.orphans += 1;
                if !voice.quiet {
                    let why = voice.pick(
                        "its source is gone; `shanben convert --prune` takes away what was made from it",
                        "源文件已不在；可用 `shanben convert --prune` 清除由它生成的文件",
                    );
                    voice.say(format_args!("{}{}{why}", folder.shown(target), voice.pick(": ", "：")));
                }
            }
        }
        if !known {
            sum.fail(&unknown(), voice);
            continue;
        }
        for stray in strays(&folder, &manifest, &below) {
            sum.strays += 1;
            let error = Error::new(Stage::Verify, Kind::Stray, folder.path(&stray), Cause::IsOnNoRecord);
            tell_failure(&error, voice);
        }
    }
    written = written.and_then(|()| out.flush());
    if !voice.quiet {
        voice.say(sum.told(voice.lang));
    }
    let mut failed = sum.failed + sum.strays > 0;
    match written {
        // A reader that has had enough is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let what = voice.pick("standard output: ", "标准输出：");
            voice.say(format_args!("{what}{}", Cause::from(&error).told(voice.lang)));
            failed = true;
        }
        Ok(()) | Err(_) => {}
    }
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

/// What was found, counted.
#[derive(Default)]
struct Sum {
    /// Inputs whose outputs agree.
    proved: usize,
    /// Inputs whose outputs do not, and places without a record.
    failed: usize,
    /// Files that no record knows.
    strays: usize,
    /// Inputs that are gone.
    orphans: usize,
}

impl Sum {
    fn fail(&mut self, error: &Error, voice: Voice) {
        self.failed += 1;
        tell_failure(error, voice);
    }

    fn told(&self, lang: Lang) -> String {
        let Sum { proved, failed, strays, orphans } = *self;
        let one = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
        let mut parts = match lang {
            Lang::En => vec![one(proved, "agrees", "agree"), one(failed, "does not", "do not")],
            Lang::Zh => vec![format!("一致 {proved}"), format!("不一致 {failed}")],
        };
        if strays > 0 {
            parts.push(match lang {
                Lang::En => one(strays, "file is on no record", "files are on no record"),
                Lang::Zh => format!("来历不明的文件 {strays} 个"),
            });
        }
        if orphans > 0 {
            parts.push(match lang {
                Lang::En => one(orphans, "source is gone", "sources are gone"),
                Lang::Zh => format!("源文件已不在 {orphans} 个"),
            });
        }
        parts.join(lang.pick(", ", "，"))
    }
}

/// The output folder that `path` is or lies in, and the path below it.
///
/// # Errors
/// When something else stands in the place of its record.
pub(super) fn home(path: &Path, voice: Voice) -> Result<Option<(Folder, String)>, Refused> {
    let found = || {
        let full = std::path::absolute(path).ok()?;
        let holds = |folder: &&Path| [MANIFEST, LOCK].iter().any(|name| folder.join(name).symlink_metadata().is_ok());
        let root = full.ancestors().find(holds)?;
        let below = full.strip_prefix(root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        // Named as the user named it, where that is the folder itself.
        Some((if below.is_empty() { path } else { root }.to_owned(), below))
    };
    let Some((root, below)) = found() else { return Ok(None) };
    match Folder::look(&root) {
        Ok(folder) => Ok(Some((folder, below))),
        Err(Refusal::Ours(name, error)) => {
            let shown = root.join(name);
            Err(Refused(format!("{}: {}", shown.display(), Cause::from(&error).told(voice.lang))))
        }
        Err(_) => Ok(None),
    }
}

fn line(proof: &Proof, voice: Voice) -> String {
    let formats: Vec<&str> = proof.formats.iter().map(|format: &Format| format.name()).collect();
    let with = match proof.with_source {
        true => voice.pick("agree with their source", "与原文一致"),
        false => voice.pick(
            "agree with each other; their source is not at hand, or was read otherwise",
            "彼此一致；原文不在，或当时的设置不同",
        ),
    };
    format!("{} ({}): {with}", proof.shown, formats.join(", "))
}

/// Tells of something that failed.
pub(super) fn tell_failure(error: &Error, voice: Voice) {
    let mut record = Record::new(crate::unicode::printable(&error.path.to_string_lossy()));
    record.fail(error);
    voice.say(failure(&record, voice).trim_end());
}
