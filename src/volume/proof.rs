//! Proof that a volume is as it was written and says what its texts and its list say.

use crate::batch::proof::{Proof, agree, said};
use crate::batch::{Collected, CollectedText, Entry, Folder, plain};
use crate::digest::sha256;
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::options::{Chosen, Format};
use crate::verify::{Facts, LineEnds, VolumeFacts, volume_facts};
use crate::{Source, read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Proves what `entry` says of the volume at `target`. Its texts are read again from the files attached to it, where `chosen` reads them as they were read then.
///
/// # Errors
/// [`Kind::Disagrees`] with the first difference, and [`Kind::Missing`].
pub fn prove(
    folder: &Folder,
    target: &str,
    entry: &Entry,
    collected: &Collected,
    chosen: &Chosen,
) -> Result<Proof, Error> {
    let shown = folder.shown(target);
    let proved = catch_unwind(AssertUnwindSafe(|| proof(folder, target, entry, collected, chosen)));
    proved
        .unwrap_or_else(|panic| Err(Error::new(Stage::Verify, Kind::Bug, &*shown, Cause::text(panic_message(&*panic)))))
}

fn proof(folder: &Folder, target: &str, entry: &Entry, collected: &Collected, chosen: &Chosen) -> Result<Proof, Error> {
    // Each text is read again where it was read as now; the others are proved by what is attached.
    let alike = |text: &CollectedText| text.reading == chosen.reading();
    let with_source = entry.reading == chosen.reading() && collected.texts.iter().all(alike);
    let mut formats = vec![];
    // What the list says, by the first that was read.
    let mut list: Option<Facts> = None;
    let table = (format!("{target}.csv"), collected.table.clone(), None);
    let outputs = entry.outputs.iter().map(|output| &output.facts);
    let outputs = outputs.map(|facts| (facts.path.clone(), facts.sha256.clone(), Some(facts.format)));
    for (path, digest, format) in outputs.chain([table]) {
        let shown = folder.shown(&path);
        let disagrees = |cause: Cause| Error::new(Stage::Verify, Kind::Disagrees, &*shown, cause);
        let bytes = plain::read(&folder.path(&path))
            .map_err(|error| Error::new(Stage::Verify, Kind::Missing, &*shown, (&error).into()))?;
        if sha256(&bytes) != digest {
            return Err(disagrees(Cause::Changed));
        }
        let Some(format) = format else { continue };
        let facts = match format {
            Format::Pdf => {
                let volume = volume_facts(bytes).map_err(disagrees)?;
                texts(&volume, collected, chosen).map_err(disagrees)?;
                volume.list
            }
            _ => said(format, bytes).map_err(disagrees)?,
        };
        match &list {
            // The structure of a PDF has the list by itself, without what only other formats tell.
            Some(list) => list.compare_text(&facts, LineEnds::Joined).map_err(disagrees)?,
            None => list = Some(facts),
        }
        formats.push(format);
    }
    Ok(Proof { shown: folder.shown(target), formats, with_source })
}

/// Proves that the texts of a volume are those that are on record, begin where the list says, and, read again, say what stands in it.
fn texts(volume: &VolumeFacts, collected: &Collected, chosen: &Chosen) -> Result<(), Cause> {
    let (expected, found) = (collected.texts.len(), volume.parts.len());
    if expected != found || volume.sources.len() != expected {
        return Err(Cause::PartsDiffer { expected, found: found.min(volume.sources.len()) });
    }
    for ((text, part), (name, bytes)) in collected.texts.iter().zip(&volume.parts).zip(&volume.sources) {
        let differs =
            |why: Cause| Cause::PartDiffers { part: crate::unicode::printable(name).into_owned(), why: Box::new(why) };
        if sha256(bytes) != text.sha256 {
            return Err(differs(Cause::AttachedOther));
        }
        if part.label != text.page.to_string() {
            let (expected, found) = (text.page.to_string(), crate::unicode::printable(&part.label).into_owned());
            return Err(differs(Cause::PageDiffers { expected, found }));
        }
        if text.reading != chosen.reading() {
            continue;
        }
        let source = Source::new(name.as_str(), name.as_str(), bytes.clone());
        let reading = read(&source, &chosen.settings).map_err(|error| differs(*error.cause))?;
        let measure = Facts { outline: vec![], ..Facts::of_document(&reading.document) };
        agree(&measure, &part.facts, Format::Pdf).map_err(differs)?;
    }
    Ok(())
}
