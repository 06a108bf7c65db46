//! Proof that the outputs in a folder are as they were written, agree with each other, and with their source.

use super::Folder;
use super::manifest::{Entry, Output};
use super::plain;
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::options::{Chosen, Format};
use crate::recognize::{self, Hints};
use crate::verify::{Facts, LineEnds, docx_facts, pdf_facts};
use crate::{Source, digest, read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What was proved of the outputs of one input.
#[derive(Debug)]
pub struct Proof {
    /// The path of the outputs, as it may be shown, without extension.
    pub shown: String,
    /// The formats that were read.
    pub formats: Vec<Format>,
    /// Whether they were compared with the source; else only with each other.
    pub with_source: bool,
}

/// Proves what `entry` says of the outputs at `target`. The source is read again where `chosen` reads it as it was read then.
///
/// # Errors
/// [`Kind::Disagrees`] with the first difference, and [`Kind::Missing`].
pub fn prove(folder: &Folder, target: &str, entry: &Entry, chosen: &Chosen) -> Result<Proof, Error> {
    let shown = folder.shown(target);
    let proved = catch_unwind(AssertUnwindSafe(|| proof(folder, &shown, entry, chosen)));
    proved
        .unwrap_or_else(|panic| Err(Error::new(Stage::Verify, Kind::Bug, &*shown, Cause::text(panic_message(&*panic)))))
}

/// An output that was read.
struct Found {
    format: Format,
    path: String,
    /// Whether its bytes are those that were written.
    intact: bool,
    /// What it says, or why that cannot be read.
    facts: Result<Facts, Cause>,
}

fn proof(folder: &Folder, shown: &str, entry: &Entry, chosen: &Chosen) -> Result<Proof, Error> {
    let disagrees = |path: &str, cause: Cause| Err(Error::new(Stage::Verify, Kind::Disagrees, path, cause));
    let mut found: Vec<Found> = vec![];
    let mut source = None;
    for Output { facts: output, stale, .. } in &entry.outputs {
        let (path, format) = (folder.shown(&output.path), output.format);
        let bytes = plain::read(&folder.path(&output.path))
            .map_err(|error| Error::new(Stage::Verify, Kind::Missing, &*path, (&error).into()))?;
        if *stale {
            return disagrees(&path, Cause::IsStale);
        }
        let intact = digest::sha256(&bytes) == output.sha256;
        let facts = match format {
            Format::Pdf => pdf_facts(bytes).map(|pdf| {
                source = source.take().or(pdf.source);
                pdf.facts
            }),
            _ => said(format, bytes),
        };
        found.push(Found { format, path, intact, facts });
    }
    let from_source = source_facts(folder, shown, entry, chosen, source)?;
    let with_source = from_source.is_some();
    // Without the source, an output with an outline is the measure of the others.
    let measure = from_source.or_else(|| {
        let sound = || found.iter().rev().filter(|found| found.intact);
        let outlined = sound().find(|found| matches!(found.format, Format::Markdown | Format::Docx));
        outlined.or(sound().next_back())?.facts.clone().ok()
    });
    for Found { format, path, intact, facts } in &found {
        let difference = match (&measure, facts) {
            (_, Err(cause)) => Some(cause.clone()),
            (Some(measure), Ok(facts)) => agree(measure, facts, *format).err(),
            (None, Ok(_)) => None,
        };
        match difference {
            Some(difference) if !intact => {
                return disagrees(path, Cause::ChangedSo { difference: Box::new(difference) });
            }
            Some(difference) => return disagrees(path, difference),
            None if !intact => return disagrees(path, Cause::Changed),
            None => {}
        }
    }
    Ok(Proof { shown: shown.to_owned(), formats: found.iter().map(|found| found.format).collect(), with_source })
}

/// What the source says, read as it was read then; `None` when it is not at hand, or `chosen` reads otherwise.
fn source_facts(
    folder: &Folder,
    shown: &str,
    entry: &Entry,
    chosen: &Chosen,
    attached: Option<Vec<u8>>,
) -> Result<Option<Facts>, Error> {
    let recorded = |bytes: &Vec<u8>| entry.record.sha256.as_deref() == Some(&*digest::sha256(bytes));
    if attached.as_ref().is_some_and(|bytes| !recorded(bytes)) {
        return Err(Error::new(Stage::Verify, Kind::Disagrees, shown, Cause::AttachedOther));
    }
    let at_hand = || {
        let path = match &entry.source {
            Some(origin) => folder.source(origin).filter(|_| origin.member().is_none())?,
            None => Path::new(&entry.record.input).to_owned(),
        };
        plain::read(&path.canonicalize().ok()?).ok()
    };
    let bytes = attached.or_else(|| at_hand().filter(recorded));
    match bytes {
        Some(bytes) if entry.reading == chosen.reading() => {
            let name = entry.record.input.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or_default();
            let source = Source::new(&entry.record.input, name, bytes);
            Ok(Some(Facts::of_document(&read(&source, &chosen.settings)?.document)))
        }
        _ => Ok(None),
    }
}

/// What a file of `format` says, read as a stranger would.
///
/// # Errors
/// Why it cannot be read.
pub fn said(format: Format, bytes: Vec<u8>) -> Result<Facts, Cause> {
    let text = || String::from_utf8_lossy(&bytes);
    match format {
        Format::Pdf => pdf_facts(bytes).map(|pdf| pdf.facts),
        Format::Docx => docx_facts(&bytes),
        Format::Markdown => Ok(Facts::of_document(&recognize::markdown(&text(), &Hints::default()).0)),
        Format::Text => Ok(Facts::of_text(&text())),
    }
}

/// Proves that `facts`, which a file of `format` [says](said), are those of `measure`.
///
/// # Errors
/// The first difference.
pub fn agree(measure: &Facts, facts: &Facts, format: Format) -> Result<(), Cause> {
    match format {
        Format::Pdf => measure.compare(facts, LineEnds::Joined),
        Format::Docx | Format::Markdown => measure.compare(facts, LineEnds::Same),
        Format::Text => measure.compare_text(facts, LineEnds::Same),
    }
}
