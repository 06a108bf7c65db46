//! Text to document: what a reader sees at a glance.
//!
//! [`plain()`] reads plain text by its shape and words, [`markdown()`] by its syntax. Both keep every visible character of the text in
//! the document, in order; spaces and line ends are the page's business, except in code. Tags of HTML and comments are not visible: what
//! they mean is kept, and what is left out is told. A title that only the front matter says is set at the head.

mod enactment;
mod html;
mod language;
mod levels;
mod markdown;
mod patterns;
mod plain;
mod title;

use crate::document::{Document, front_matter};
use crate::note::Note;
pub use patterns::HeadingPattern;
use std::sync::Arc;

/// What the caller may say beforehand about a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    /// Patterns of headings, from the configuration; they override the guesses.
    pub heading_patterns: Arc<[HeadingPattern]>,
    /// Name of the file without extension, the title of last resort.
    pub stem: Option<String>,
}

/// Reads plain text. Never fails, never loses text.
pub fn plain(text: &str, hints: &Hints) -> (Document, Vec<Note>) {
    plain::read(text, hints)
}

/// Reads Markdown. Never fails, never loses text.
pub fn markdown(text: &str, hints: &Hints) -> (Document, Vec<Note>) {
    markdown::read(text, hints)
}
