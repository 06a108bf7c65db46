//! Text to document: what a reader sees at a glance.
//!
//! [`plain()`] reads plain text by its shape and words, [`markdown()`] by its syntax. Both keep every visible character of the text in
//! the document, in order; spaces and line ends are the page's business, except in code. Tags of HTML and comments are not visible: what
//! they mean is kept, and what is left out is told. A title that only the front matter says is set at the head.

mod by_hand;
mod captions;
mod credits;
mod enactment;
mod gloss;
mod html;
mod language;
mod levels;
mod markdown;
mod notes;
mod office;
mod patterns;
mod plain;
mod reasons;
mod speakers;
mod title;

use crate::document::{Document, front_matter};
use crate::note::Note;
use crate::span::Normal;
use crate::survey;
pub use by_hand::{ByHand, REASON as HAND_REASON};
use families::Weights;
pub use markdown::is_markdown;
pub use patterns::HeadingPattern;
pub use plain::{families, observe};
pub use reasons::told as told_reason;
use std::sync::Arc;

/// What the caller may say beforehand about a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    /// Patterns of headings, from the configuration; they override the guesses.
    pub heading_patterns: Arc<[HeadingPattern]>,
    /// Name of the file without extension, the title of last resort.
    pub stem: Option<String>,
    /// What a person decided, which overrides everything.
    pub by_hand: ByHand,
}

/// What a part of the text that is read is, as the survey saw it.
pub type Region = survey::Region<Normal>;

/// Reads plain text that was divided into `regions`. Never fails, never loses text.
pub fn plain(text: &str, regions: &[Region], hints: &Hints) -> (Document, Vec<Note>) {
    plain_by(text, regions, hints, Weights::built_in())
}

/// As [`plain()`], by other weights.
pub fn plain_by(text: &str, regions: &[Region], hints: &Hints, weights: &Weights) -> (Document, Vec<Note>) {
    finished(plain::read(text, regions, hints, weights), hints, true)
}

/// Reads Markdown. Never fails, never loses text.
pub fn markdown(text: &str, hints: &Hints) -> (Document, Vec<Note>) {
    finished(markdown::read(text, hints), hints, false)
}

/// What was read, as it was decided, with its notes as notes.
fn finished((mut document, mut told): (Document, Vec<Note>), hints: &Hints, stars: bool) -> (Document, Vec<Note>) {
    told.extend(hints.by_hand.settle(&mut document));
    told.extend(notes::link(&mut document, stars));
    told.extend(gloss::mark(&mut document));
    captions::mark(&mut document);
    (document, told)
}
