//! An edition that a person has corrected, taken as decisions: what differs from the edition as it was made was decided so.
//!
//! The edition is made again in memory, and both are compared [line by line](compare). What differs is led back through the edits to the text as it
//! was read: where that is what stands there now the edit was rejected, else something was put there by hand. Of tracked changes those that are
//! gone, with their text, were accepted; those that are still open were not decided.

mod compare;
mod made;

use crate::decide::{Decision, FileDecisions, HeadingDecision, Verdict};
use crate::document::Meta;
use crate::error::Cause;
use crate::fonts::Library;
use crate::open::LARGEST_PART;
use crate::options::{Format, Settings};
use crate::recognize::{self, Hints};
use crate::verify::{Line, docx_lines, lines_of};
use crate::{Deflate, Source, convert, read};
use made::Made;
use std::collections::HashSet;
use std::sync::Arc;

/// How often the text is read again for its headings: what one decides of others ends soon, or never.
const MOST_READINGS: usize = 4;

/// What a corrected edition says was decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// About edits.
    pub edits: Vec<Decision>,
    /// About headings.
    pub headings: Vec<HeadingDecision>,
    /// The title, the authors and the date, as far as they are others.
    pub title: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The date.
    pub date: Option<String>,
    /// Lines of the edition in which something differs that has no place in the text: markers of lists, marks of notes, paragraphs that were joined.
    pub untaken: Vec<String>,
}

impl Accepted {
    /// How many edits are accepted, rejected and replaced.
    pub fn counts(&self) -> [usize; 3] {
        [Verdict::Accept, Verdict::Reject, Verdict::Replace]
            .map(|verdict| self.edits.iter().filter(|edit| edit.decision == verdict).count())
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        let Accepted { edits, headings, title, authors, date, untaken: _ } = self;
        edits.is_empty() && headings.is_empty() && title.is_none() && authors.is_empty() && date.is_none()
    }

    /// Enters it among the decisions about the file, whose bytes have this digest.
    pub fn enter(self, file: &mut FileDecisions, sha256: &str) {
        file.of_bytes(Some(sha256.to_owned()));
        file.decide(self.edits);
        file.head(self.headings);
        file.title = self.title.or(file.title.take());
        file.date = self.date.or(file.date.take());
        if !self.authors.is_empty() {
            file.author = self.authors;
        }
    }
}

/// What the edition `bytes` of `source` in `format`, which was made with `settings`, says was decided.
///
/// # Errors
/// When it cannot be read, or is of a format that is not taken.
pub fn accept(
    source: &Source,
    asked: &Settings,
    library: &Library,
    format: Format,
    bytes: &[u8],
) -> Result<Accepted, Cause> {
    // A tracked change that is gone is known by comparison with one that is not.
    let settings = Settings { formats: vec![format], track_changes: format == Format::Docx, ..asked.clone() };
    let edition = convert(source, &settings, library, &mut Deflate::default()).map_err(|error| *error.cause)?;
    let made = Made::new(&edition.reading);
    let meta = &edition.reading.document.meta;
    let (ours, theirs, said) = match format {
        Format::Docx => {
            let bytes_of_ours = edition.files.first().map(|written| written.bytes.as_slice()).unwrap_or_default();
            let (mut ours, theirs) = (docx_lines(bytes_of_ours, LARGEST_PART)?, docx_lines(bytes, LARGEST_PART)?);
            if !asked.track_changes && theirs.iter().all(|line| line.tracked.is_empty()) {
                // It was made without them: that none is there says nothing.
                ours.iter_mut().for_each(|line| line.tracked.clear());
            }
            (ours, theirs, None)
        }
        Format::Markdown => {
            let text = std::str::from_utf8(bytes).map_err(|_| Cause::NotUtf8)?;
            let (document, _) = recognize::markdown(&text.replace("\r\n", "\n"), &Hints::default());
            (made.lines.clone(), lines_of(&document.placed()), Some(document.meta))
        }
        Format::Pdf | Format::Epub | Format::Html | Format::Text => return Err(Cause::NotTaken),
    };
    let mut accepted = made.compared(&ours, &theirs);
    // Where no style of headings is known any more, nothing is said of them.
    let has_heads = |lines: &[Line]| lines.iter().any(|line| line.level.is_some());
    if has_heads(&theirs) || !has_heads(&made.lines) {
        heads(source, asked, &theirs, &mut accepted)?;
    }
    if let Some(said) = said {
        differing(meta, said, &mut accepted);
    }
    Ok(accepted)
}

/// Decides as headings the lines whose levels would not be those of `theirs`. A heading is guessed from the text: so the text is read again as it was decided,
/// and once more as long as what is decided of one heading changes what is guessed of others.
fn heads(source: &Source, asked: &Settings, theirs: &[Line], accepted: &mut Accepted) -> Result<(), Cause> {
    for _ in 0..MOST_READINGS {
        let mut decisions = asked.decisions.as_deref().cloned().unwrap_or_default();
        accepted.clone().enter(&mut decisions.file, &source.sha256);
        let settings = Settings { decisions: Some(Arc::new(decisions)), ..asked.clone() };
        let reading = read(source, &settings).map_err(|error| *error.cause)?;
        let known: HashSet<usize> = accepted.headings.iter().map(|head| head.line).collect();
        let heads = Made::new(&reading).heads(theirs);
        let more: Vec<HeadingDecision> = heads.into_iter().filter(|head| !known.contains(&head.line)).collect();
        if more.is_empty() {
            break;
        }
        accepted.headings.extend(more);
    }
    Ok(())
}

/// Enters what the front matter of a corrected edition says otherwise than `meta`.
fn differing(meta: &Meta, said: Meta, accepted: &mut Accepted) {
    accepted.title = said.title.filter(|title| Some(title) != meta.title.as_ref());
    accepted.date = said.date.filter(|date| Some(date) != meta.date.as_ref());
    if said.authors != meta.authors {
        accepted.authors = said.authors;
    }
}

/// Whether two lists of lines say the same.
fn same_text(ours: &[Line], made: &[Line]) -> bool {
    ours.len() == made.len() && ours.iter().zip(made).all(|(ours, made)| ours.text == made.text)
}
