//! Proof that the outputs in a folder are as they were written, agree with each other, and with their source.

use super::manifest::{Entry, Output};
use super::plain;
use super::{Archives, Folder};
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::options::{Chosen, Format};
use crate::recognize::{self, Hints};
use crate::verify::{Facts, LineEnds, docx_facts, epub_facts, html_facts, pdf_facts};
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
pub fn prove(
    folder: &Folder,
    target: &str,
    entry: &Entry,
    chosen: &Chosen,
    archives: &mut Archives,
) -> Result<Proof, Error> {
    let shown = folder.shown(target);
    let proved = catch_unwind(AssertUnwindSafe(|| proof(folder, &shown, entry, chosen, archives)));
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

fn proof(
    folder: &Folder,
    shown: &str,
    entry: &Entry,
    chosen: &Chosen,
    archives: &mut Archives,
) -> Result<Proof, Error> {
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
    let from_source = source_facts(folder, shown, entry, (chosen, source), archives)?;
    let with_source = from_source.is_some();
    let as_it_came = from_source.as_ref().and_then(|(_, text)| text.clone());
    let from_source = from_source.map(|(facts, _)| facts);
    // Without the source, an output with an outline is the measure of the others.
    let measure = from_source.or_else(|| {
        let sound = || found.iter().rev().filter(|found| found.intact);
        let whole = [Format::Docx, Format::Epub, Format::Html, Format::Markdown];
        let outlined = sound().find(|found| whole.contains(&found.format));
        outlined.or(sound().next_back())?.facts.clone().ok()
    });
    for Found { format, path, intact, facts } in &found {
        let measure = as_it_came.as_ref().filter(|_| *format == Format::Text).or(measure.as_ref());
        let difference = match (measure, facts) {
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

/// The source of `entry`, as it was: at hand, perhaps in one of the `archives`, or attached to a PDF.
pub fn source_bytes(folder: &Folder, entry: &Entry, archives: &mut Archives) -> Option<Vec<u8>> {
    let recorded = |bytes: &Vec<u8>| entry.record.sha256.as_deref() == Some(&*digest::sha256(bytes));
    let attached = || {
        let pdf = entry.outputs.iter().find(|output| output.facts.format == Format::Pdf)?;
        pdf_facts(plain::read(&folder.path(&pdf.facts.path)).ok()?).ok()?.source
    };
    at_hand(folder, entry, archives).filter(recorded).or_else(|| attached().filter(recorded))
}

/// The file that the source of `entry` is or was.
fn at_hand(folder: &Folder, entry: &Entry, archives: &mut Archives) -> Option<Vec<u8>> {
    let path = match &entry.source {
        Some(origin) if origin.member().is_some() => {
            return archives.read(folder, origin, entry.record.bytes.unwrap_or(u64::MAX));
        }
        Some(origin) => folder.source(origin)?,
        None => Path::new(&entry.record.input).to_owned(),
    };
    plain::read(&path.canonicalize().ok()?).ok()
}

/// What the source says, read as it was read then, and what it says as text where that is written as it came; `None` when it is not at hand, or `chosen` reads otherwise.
fn source_facts(
    folder: &Folder,
    shown: &str,
    entry: &Entry,
    (chosen, attached): (&Chosen, Option<Vec<u8>>),
    archives: &mut Archives,
) -> Result<Option<(Facts, Option<Facts>)>, Error> {
    let recorded = |bytes: &Vec<u8>| entry.record.sha256.as_deref() == Some(&*digest::sha256(bytes));
    if attached.as_ref().is_some_and(|bytes| !recorded(bytes)) {
        return Err(Error::new(Stage::Verify, Kind::Disagrees, shown, Cause::AttachedOther));
    }
    let bytes = attached.or_else(|| at_hand(folder, entry, archives).filter(recorded));
    match bytes {
        Some(bytes) if entry.reading == chosen.reading() => {
            let name = entry.record.input.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or_default();
            let source = Source::new(&entry.record.input, name, bytes);
            let reading = read(&source, &chosen.settings)?;
            let text = reading.as_it_came.then(|| Facts::of_text(&reading.normalized.text));
            Ok(Some((Facts::of_document(&reading.document), text)))
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
        Format::Epub => epub_facts(&bytes),
        Format::Html => html_facts(&text()),
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
        Format::Docx | Format::Epub | Format::Html | Format::Markdown => measure.compare(facts, LineEnds::Same),
        Format::Text => measure.compare_text(facts, LineEnds::Same),
    }
}
