//! Proof that the outputs in a folder are as they were written, agree with each other, and with their source.

use super::Folder;
use super::manifest::{Entry, Output};
use crate::error::{Error, Kind, Stage, panic_message, reason};
use crate::options::{Format, Settings};
use crate::verify::{Difference, Facts, LineEnds, docx_facts, pdf_facts};
use crate::{Source, digest, read, recognize};
use std::panic::{AssertUnwindSafe, catch_unwind};

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

/// Proves what `entry` says of the outputs at `target`. The source is read again where `settings` read it as it was read then.
///
/// # Errors
/// [`Kind::Disagrees`] with the first difference, and [`Kind::Missing`].
pub fn prove(folder: &Folder, target: &str, entry: &Entry, settings: &Settings) -> Result<Proof, Error> {
    let shown = folder.shown(target);
    let proved = catch_unwind(AssertUnwindSafe(|| proof(folder, &shown, entry, settings)));
    proved.unwrap_or_else(|panic| Err(Error::new(Stage::Verify, Kind::Bug, &*shown, panic_message(&*panic))))
}

fn proof(folder: &Folder, shown: &str, entry: &Entry, settings: &Settings) -> Result<Proof, Error> {
    let mut found: Vec<(Format, String, Facts)> = vec![];
    let mut source = None;
    for Output { facts: output, stale, .. } in &entry.outputs {
        let path = folder.shown(&output.path);
        let wrong = |cause: String| Error::new(Stage::Verify, Kind::Disagrees, &*path, cause);
        let bytes = std::fs::read(folder.path(&output.path))
            .map_err(|error| Error::new(Stage::Verify, Kind::Missing, &*path, reason(&error)))?;
        if digest::sha256(&bytes) != output.sha256 {
            return Err(wrong("is not as it was written".to_owned()));
        }
        if *stale {
            return Err(wrong("is of an earlier state of its source or of other settings".to_owned()));
        }
        let facts = match output.format {
            Format::Pdf => {
                let pdf = pdf_facts(&bytes).map_err(wrong)?;
                source = source.or(pdf.source);
                pdf.facts
            }
            Format::Docx => docx_facts(&bytes).map_err(wrong)?,
            Format::Markdown => {
                let text = String::from_utf8_lossy(&bytes);
                Facts::of_document(&recognize::markdown(&text, &recognize::Hints::default()).0)
            }
            Format::Text => Facts::of_text(&String::from_utf8_lossy(&bytes)),
        };
        found.push((output.format, path, facts));
    }
    let from_source = source_facts(shown, entry, settings, source)?;
    let with_source = from_source.is_some();
    // Without the source, the first output with an outline is the measure of the others.
    let measure = from_source.or_else(|| {
        let outlined = found.iter().rev().find(|(format, ..)| matches!(format, Format::Markdown | Format::Docx));
        outlined.or(found.first()).map(|(.., facts)| facts.clone())
    });
    for (format, path, facts) in &found {
        let Some(measure) = &measure else { continue };
        agree(measure, facts, *format)
            .map_err(|difference| Error::new(Stage::Verify, Kind::Disagrees, &**path, difference.to_string()))?;
    }
    Ok(Proof { shown: shown.to_owned(), formats: found.iter().map(|(format, ..)| *format).collect(), with_source })
}

/// What the source says, read as it was read then; `None` when it is not at hand, or `settings` read otherwise.
fn source_facts(
    shown: &str,
    entry: &Entry,
    settings: &Settings,
    attached: Option<Vec<u8>>,
) -> Result<Option<Facts>, Error> {
    let recorded = |bytes: &Vec<u8>| entry.record.sha256.as_deref() == Some(&*digest::sha256(bytes));
    if attached.as_ref().is_some_and(|bytes| !recorded(bytes)) {
        let cause = "the source attached to the PDF is not the one that was converted";
        return Err(Error::new(Stage::Verify, Kind::Disagrees, shown, cause));
    }
    let bytes = attached.or_else(|| std::fs::read(&entry.record.input).ok().filter(recorded));
    match bytes {
        Some(bytes) if entry.reading == settings.reading_digest() => {
            let name = entry.record.input.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or_default();
            let source = Source::new(&entry.record.input, name, bytes);
            Ok(Some(Facts::of_document(&read(&source, settings)?.document)))
        }
        _ => Ok(None),
    }
}

/// Proves that `facts`, read from a file of `format`, say what `measure` says.
fn agree(measure: &Facts, facts: &Facts, format: Format) -> Result<(), Difference> {
    match format {
        Format::Pdf => measure.compare(facts, LineEnds::Joined),
        Format::Docx | Format::Markdown => measure.compare(facts, LineEnds::Same),
        Format::Text => measure.compare_text(facts, LineEnds::Same),
    }
}
