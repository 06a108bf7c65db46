//! `shanben pack`.

use super::args::PackArgs;
use super::layers::Asking;
use super::merge::{refused, tell};
use super::resolve::{self, DEFAULT_OUTPUT, Resolved};
use super::verify::prove_entry;
use super::{Exit, Refused, Voice};
use crate::bag::{Info, Proved, pack};
use crate::batch::{Archives, Folder, strays};
use crate::error::{Cause, Error, Kind, Stage};
use crate::lang::{Lang, counted};
use crate::options::date_of_epoch;
use std::io;
use std::path::PathBuf;

/// Runs the command.
///
/// # Errors
/// What keeps it from starting.
pub fn run(args: &PackArgs, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    let output = args.folder.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_OUTPUT));
    let Resolved { mut configurations, voice, .. } = resolve::run(asking, std::slice::from_ref(&output), voice)?;
    let folder = Folder::look(&output).map_err(|refusal| refused(&output, &refusal.cause(), voice))?;
    let manifest = folder.manifest().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => refused(&output, &Cause::NoRecordHere, voice),
        io::ErrorKind::InvalidData => refused(&output, &Cause::Changed, voice),
        _ => refused(&output, &(&error).into(), voice),
    })?;
    let (mut proved, mut failed, mut archives) = (vec![], 0, Archives::default());
    for (target, entry) in manifest.entries() {
        match prove_entry(&folder, target, &entry, &mut configurations, &mut archives) {
            Ok(proof) => proved.push(Proved { target: target.to_owned(), entry, proof }),
            Err(error) => {
                tell(&error, voice);
                failed += 1;
            }
        }
    }
    for stray in strays(&folder, &manifest, "") {
        tell(&Error::new(Stage::Verify, Kind::Stray, folder.path(&stray), Cause::IsOnNoRecord), voice);
        failed += 1;
    }
    if failed > 0 {
        voice.say(voice.pick("nothing is packed: a bag holds what agrees", "未打包：包里只放彼此一致的文件"));
        return Ok(Exit::Failed);
    }
    let date = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| date_of_epoch(&seconds));
    let info = Info { identifier: args.id.clone(), organization: args.organization.clone(), date };
    match pack(&folder, &proved, &args.bag, &info, &mut archives) {
        Ok(packed) => {
            if !voice.quiet {
                let place = args.bag.display();
                voice.say(match (voice.lang, packed.stood) {
                    (Lang::En, false) => {
                        format!("{place}: {}, {} bytes packed", counted(packed.files, "file"), packed.bytes)
                    }
                    (Lang::En, true) => format!("{place}: the same bag stands there"),
                    (Lang::Zh, false) => format!("{place}：打包 {} 个文件，{} 字节", packed.files, packed.bytes),
                    (Lang::Zh, true) => format!("{place}：已是同样的包"),
                });
            }
            Ok(Exit::Done)
        }
        Err(error) => {
            tell(&error, voice);
            Ok(Exit::Failed)
        }
    }
}
