//! Text from right to left: word processors find the order of the letters of a word by themselves, that of words and numbers, and where a paragraph
//! begins, only where it is said (ISO/IEC 29500-1 17.3.2.30, 17.3.1.6).

use super::order::leftward_language;
use crate::document::{Document, Inline, inline_text};
use crate::unicode::leftward::{is_leftward, runs_leftward, turned};
use std::cell::Cell;

/// What of a paragraph stands among words from right to left.
#[derive(Debug, Default)]
pub struct Turned {
    /// What the paragraph says, where a letter of it runs so.
    said: String,
    /// Whether each byte of it stands among such words.
    turned: Vec<bool>,
    /// How far it has been written.
    at: Cell<usize>,
}

impl Turned {
    /// That of a paragraph of `inlines`.
    pub fn of(document: &Document, inlines: &[Inline]) -> Self {
        let said = inline_text(document, inlines);
        if !said.contains(is_leftward) {
            return Turned::default();
        }
        Turned { turned: turned(&said, runs_leftward(&said)), said, at: Cell::new(0) }
    }

    /// Parts `piece`, the next that is written of the paragraph, where it begins and ends to run from right to left; each part with the number of its
    /// language where it runs so.
    pub fn parts<'t>(&self, piece: &'t str, mut emit: impl FnMut(&'t str, Option<u32>)) {
        let found = self.said.get(self.at.get()..).and_then(|rest| rest.find(piece)).map(|at| self.at.get() + at);
        let Some(turned) = found.and_then(|at| self.turned.get(at..at + piece.len())) else {
            return emit(piece, None);
        };
        self.at.set(found.unwrap_or_default() + piece.len());
        let mut from = 0;
        for run in turned.chunk_by(|a, b| a == b) {
            let part = &piece[from..from + run.len()];
            emit(part, run.contains(&true).then(|| leftward_language(part)));
            from += run.len();
        }
    }
}

/// Whether a paragraph of `inlines` runs from right to left as a whole.
pub fn is_turned(document: &Document, inlines: &[Inline]) -> bool {
    let said = inline_text(document, inlines);
    said.contains(is_leftward) && runs_leftward(&said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_paragraph_are_found_whatever_is_between_them() {
        let document = Document::default();
        let turned = Turned::of(&document, &[Inline::text("甲אב 12 ياخشىمۇسىز乙", 0..0)]);
        let mut seen = vec![];
        for piece in ["甲אב", " 12 ياخشىمۇسىز乙"] {
            turned.parts(piece, |part, language| seen.push((part.to_owned(), language)));
        }
        let told: Vec<(&str, Option<u32>)> = seen.iter().map(|(part, language)| (part.as_str(), *language)).collect();
        assert_eq!(told, [("甲", None), ("אב", Some(2)), (" 12 ياخشىمۇسىز", Some(1)), ("乙", None)]);
        // What has nothing of the kind stays in one piece.
        let plain = Turned::of(&document, &[Inline::text("甲乙", 0..0)]);
        plain.parts("甲乙", |part, language| assert_eq!((part, language), ("甲乙", None)));
    }
}
