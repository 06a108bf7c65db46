//! `shanben accept`.

use super::args::AcceptArgs;
use super::configurations::{Configurations, told_fault};
use super::layers::Asking;
use super::resolve::{self, Resolved};
use super::verify::{home, tell_failure};
use super::{Exit, Refused, Voice, shown};
use crate::Source;
use crate::accept::{Accepted, accept};
use crate::batch::proof::source_bytes;
use crate::batch::{Archives, Draft, plain};
use crate::decide::Ledger;
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::fonts::Library;
use crate::lang::Lang;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Runs the command.
///
/// # Errors
/// What keeps it from starting.
pub fn run(args: &AcceptArgs, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    let Resolved { mut configurations, voice, .. } = resolve::run(asking, &args.editions, voice)?;
    let library = resolve::library(&configurations.asked(), voice)?;
    let mut exit = Exit::Done;
    for edition in &args.editions {
        // What was decided about one edition holds for the next.
        configurations.begin(&library.digest());
        let taken = catch_unwind(AssertUnwindSafe(|| take(edition, &mut configurations, &library, voice)));
        let bug = |panic: Box<dyn std::any::Any + Send>| {
            let cause = Cause::text(panic_message(&*panic));
            Ok(Err(Error::new(Stage::Verify, Kind::Bug, edition, cause)))
        };
        match taken.unwrap_or_else(bug)? {
            Ok(taken) if !voice.quiet => voice.say(shown(&taken)),
            Ok(_) => {}
            Err(error) => {
                tell_failure(&error, voice);
                exit = Exit::Failed;
            }
        }
    }
    Ok(exit)
}

/// Takes what was decided in the edition at `path`; tells what that is.
fn take(
    path: &Path,
    configurations: &mut Configurations,
    library: &Library,
    voice: Voice,
) -> Result<Result<String, Error>, Refused> {
    let refuse = |kind, cause| Ok(Err(Error::new(Stage::Verify, kind, path, cause)));
    let Some((folder, below)) = home(path, voice)? else { return refuse(Kind::Missing, Cause::NoRecordHere) };
    let manifest = match folder.manifest() {
        Ok(manifest) => manifest,
        Err(error) => return refuse(Kind::Unreadable, (&error).into()),
    };
    let found = manifest.entries().find_map(|(_, entry)| {
        let output = entry.outputs.iter().find(|output| output.facts.path == below)?.clone();
        Some((entry, output))
    });
    let Some((entry, output)) = found else { return refuse(Kind::Stray, Cause::IsOnNoRecord) };
    let bytes = match plain::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return refuse(Kind::Unreadable, (&error).into()),
    };
    let origin = entry.source.as_ref();
    let member = origin.and_then(|origin| origin.member()).map(str::to_owned);
    let at = origin.and_then(|origin| folder.source(origin)).unwrap_or_else(|| PathBuf::from(&entry.record.input));
    let Some(source) = source_bytes(&folder, &entry, &mut Archives::default()) else {
        return refuse(Kind::Missing, Cause::SourceNotAtHand);
    };
    let chosen = match configurations.consider(&at, member.as_deref()) {
        Ok(chosen) => chosen,
        Err(fault) => return refuse(Kind::Configuration, fault.cause()),
    };
    if output.stale || chosen.reading() != entry.reading {
        return refuse(Kind::Disagrees, Cause::MadeOtherwise);
    }
    let name = entry.record.input.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or_default().to_owned();
    let source = Source::new(&at, name, source);
    let accepted = match accept(&source, &chosen.settings, library, output.facts.format, &bytes) {
        Ok(accepted) => accepted,
        Err(cause) => return refuse(Kind::Disagrees, cause),
    };
    // Others may have decided while the edition was made again.
    configurations.begin(&library.digest());
    let (place, name) = match configurations.decisions_about(&at, member.as_deref(), None) {
        Ok(decisions) => decisions,
        Err(fault) => return Err(Refused(told_fault(&fault, voice))),
    };
    let told = told(path, &place, &accepted, voice);
    if !accepted.is_empty() {
        let revised = || -> io::Result<()> {
            let before = plain::there(&place)?;
            let enter = |ledger: &mut Ledger| accepted.enter(ledger.file(&name), &source.sha256);
            let after = Ledger::revised(&place, before.as_deref(), enter)?;
            Draft::replace(&place, before.as_deref(), after.as_bytes())
        };
        if let Err(why) = revised() {
            return refuse(Kind::Unwritable, Cause::of(place.display().to_string(), (&why).into()));
        }
    }
    Ok(Ok(told))
}

/// What was taken, in words.
fn told(path: &Path, place: &Path, accepted: &Accepted, voice: Voice) -> String {
    let ([kept, rejected, replaced], headings) = (accepted.counts(), accepted.headings.len());
    let path = path.display();
    let mut told = match voice.lang {
        _ if accepted.is_empty() => format!("{path}: {}", voice.pick("nothing is decided in it", "其中没有作任何决定")),
        Lang::En => format!("{path}: {kept} accepted, {rejected} rejected, {replaced} replaced, headings {headings}"),
        Lang::Zh => format!("{path}：接受 {kept}，拒绝 {rejected}，改写 {replaced}，标题 {headings}"),
    };
    if !accepted.is_empty() {
        let place = place.display();
        told += &match voice.lang {
            Lang::En => {
                format!("\n  written to {place}; `shanben convert --force` makes the editions anew by it, this one too")
            }
            Lang::Zh => format!("\n  已写入 {place}；`shanben convert --force` 会照此重新生成各版本，包括这一份"),
        };
    }
    for line in &accepted.untaken {
        let why = voice.pick("has no place in the source, and is not taken", "在原文中没有对应的位置，未采用");
        told += &format!("\n  “{}” {why}", crate::unicode::printable(line));
    }
    told
}
