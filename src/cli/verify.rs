//! `shanben verify`.

use super::args::{InputArgs, VerifyArgs};
use super::progress::failure;
use super::resolve::{self, DEFAULT_OUTPUT};
use super::{Exit, Refused, Voice};
use crate::batch::proof::{CHANGED, Proof, prove};
use crate::batch::{Folder, MANIFEST};
use crate::error::{Error, Kind, Stage, reason};
use crate::lang::Lang;
use crate::options::Format;
use crate::report::Record;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Runs the command.
///
/// # Errors
/// What keeps it from starting.
pub fn run(args: &VerifyArgs, voice: Voice) -> Result<Exit, Refused> {
    let outputs = if args.outputs.is_empty() { vec![PathBuf::from(DEFAULT_OUTPUT)] } else { args.outputs.clone() };
    let named = InputArgs { inputs: outputs.clone(), files_from: None };
    let resolved = resolve::reading(&named, &args.reading, voice)?;
    let voice = resolved.voice;
    let (mut proved, mut failed) = (0, 0);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut fail = |error: &Error| {
        failed += 1;
        tell_failure(error, voice);
    };
    for output in &outputs {
        let unknown = || Error::new(Stage::Verify, Kind::Missing, output, "there is no record of shanben here");
        let Some((folder, below)) = home(output) else {
            fail(&unknown());
            continue;
        };
        let manifest = match folder.manifest() {
            Ok(manifest) => manifest,
            Err(error) => {
                let (kind, cause) = match error.kind() {
                    io::ErrorKind::InvalidData => (Kind::Disagrees, CHANGED.to_owned()),
                    _ => (Kind::Unreadable, reason(&error)),
                };
                fail(&Error::new(Stage::Verify, kind, folder.path(MANIFEST), cause));
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
            match prove(&folder, target, &entry, &resolved.settings) {
                Ok(proof) => {
                    proved += 1;
                    // A reader that has had enough is no failure.
                    let _ = writeln!(out, "{}", line(&proof, voice));
                }
                Err(error) => fail(&error),
            }
        }
        if !known {
            fail(&unknown());
        }
    }
    let _ = out.flush();
    if !voice.quiet {
        voice.say(match voice.lang {
            Lang::En => format!("{proved} agree, {failed} do not"),
            Lang::Zh => format!("一致 {proved}，不一致 {failed}"),
        });
    }
    Ok(if failed > 0 { Exit::Failed } else { Exit::Done })
}

/// The output folder that `path` is or lies in, and the path below it.
fn home(path: &Path) -> Option<(Folder, String)> {
    let full = std::path::absolute(path).ok()?;
    let root = full.ancestors().find(|folder| folder.join(MANIFEST).is_file())?;
    let below = full.strip_prefix(root).ok()?.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
    // Named as the user named it, where that is the folder itself.
    let folder = Folder::look(if below.is_empty() { path } else { root }).ok()?;
    Some((folder, below))
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

fn tell_failure(error: &Error, voice: Voice) {
    let mut record = Record::new(crate::unicode::printable(&error.path.to_string_lossy()));
    record.fail(error);
    voice.say(failure(&record, voice).trim_end());
}
