//! `shanben merge`.

use super::args::MergeArgs;
use super::progress::failure;
use super::{Exit, Refused, Voice};
use crate::batch::merging::{Part, check, merge};
use crate::batch::{Folder, MANIFEST, Refusal};
use crate::error::{Cause, Error};
use crate::lang::{Lang, counted};
use crate::report::Record;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Runs the command.
///
/// # Errors
/// What keeps it from starting: folders that are no shares of one run, or the folder of all.
pub fn run(args: &MergeArgs, voice: Voice) -> Result<Exit, Refused> {
    let mut parts = vec![];
    for path in folders(&args.shares, voice)? {
        let folder = hold(&path, voice)?;
        let manifest = folder.manifest().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => refused(&path, &Cause::NoRecordHere, voice),
            io::ErrorKind::InvalidData => refused(&path, &Cause::Changed, voice),
            _ => refused(&path, &(&error).into(), voice),
        })?;
        parts.push(Part { folder, manifest });
    }
    check(&parts, args.partial).map_err(|error| refused(&error.path, &error.cause, voice))?;
    let all = Folder::look(&args.into).map_err(|refusal| refused(&args.into, &refusal.cause(), voice))?;
    if let Some(part) = parts.iter().find(|part| all.would_hold(&part.folder.path(""))) {
        let cause = Cause::AllWithinShares { share: part.folder.shown("") };
        return Err(refused(&args.into, &cause, voice));
    }
    let all = hold(&args.into, voice)?;
    let mut manifest = match all.manifest() {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
            return Err(refused(&args.into, &(&error).into(), voice));
        }
        manifest => manifest.unwrap_or_default(),
    };
    let merged = merge(&parts, &all, &mut manifest).map_err(|refusal| refused(&args.into, &refusal.cause(), voice))?;
    for error in &merged.errors {
        tell(error, voice);
    }
    if !voice.quiet {
        let (inputs, placed, failed) = (merged.inputs, merged.placed, merged.errors.len());
        voice.say(match voice.lang {
            Lang::En => format!(
                "{} of {} merged, {} placed, {failed} failed",
                counted(inputs, "input"),
                counted(parts.len(), "share"),
                counted(placed, "file")
            ),
            Lang::Zh => format!("合并 {} 份，共 {inputs} 个输入，写入 {placed} 个文件，失败 {failed}", parts.len()),
        });
    }
    Ok(if merged.errors.is_empty() { Exit::Done } else { Exit::Failed })
}

/// The folders of shares that `paths` name: a folder with a record, or one that holds such.
fn folders(paths: &[PathBuf], voice: Voice) -> Result<Vec<PathBuf>, Refused> {
    let has_record = |folder: &Path| folder.join(MANIFEST).symlink_metadata().is_ok();
    let mut found = vec![];
    for path in paths {
        if has_record(path) {
            found.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).map_err(|error| refused(path, &(&error).into(), voice))?;
        let mut below: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| has_record(path)).collect();
        if below.is_empty() {
            return Err(refused(path, &Cause::NoRecordHere, voice));
        }
        below.sort();
        found.append(&mut below);
    }
    Ok(found)
}

fn hold(path: &Path, voice: Voice) -> Result<Folder, Refused> {
    Folder::hold(path).map_err(|refusal: Refusal| refused(path, &refusal.cause(), voice))
}

/// It as what keeps the program from starting.
pub fn refused(path: &Path, cause: &Cause, voice: Voice) -> Refused {
    Refused(format!("{}{}{}", path.display(), voice.pick(": ", "："), cause.told(voice.lang)))
}

/// Tells of what went wrong with a file.
pub fn tell(error: &Error, voice: Voice) {
    let mut record = Record::new(crate::unicode::printable(&error.path.to_string_lossy()));
    record.fail(error);
    voice.say(failure(&record, voice).trim_end());
}
