//! Footnotes while Markdown is read: labels first, their order at the end.

use crate::document::{Block, Footnote, NoteKind};
use crate::recognize::notes::by_reference;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The notes met so far, numbered as they were met.
#[derive(Debug, Default)]
pub struct Footnotes {
    by_label: HashMap<String, usize>,
    notes: Vec<Footnote>,
    defined: Vec<bool>,
}

impl Footnotes {
    /// The number of the note `label`.
    pub fn refer(&mut self, label: &str) -> usize {
        let next = self.notes.len();
        let index = *self.by_label.entry(label.to_lowercase()).or_insert(next);
        if index == next {
            self.add(label.to_owned(), vec![], 0..0, false);
        }
        index
    }

    /// The number of a note that stands where it is called; it gets its label at the end.
    pub fn within(&mut self, blocks: Vec<Block>, span: Range<usize>) -> usize {
        self.add(String::new(), blocks, span, true);
        self.notes.len() - 1
    }

    fn add(&mut self, label: String, blocks: Vec<Block>, span: Range<usize>, defined: bool) {
        self.notes.push(Footnote { label, blocks, span: span.into(), kind: NoteKind::Own });
        self.defined.push(defined);
    }

    /// Gives the note `label` its text; a second text for the same label makes a note of its own.
    pub fn define(&mut self, label: String, blocks: Vec<Block>, span: Range<usize>) {
        let index = self.refer(&label);
        if self.defined[index] {
            self.add(label, blocks, span, true);
        } else {
            self.notes[index] = Footnote { label, blocks, span: span.into(), kind: NoteKind::Own };
            self.defined[index] = true;
        }
    }

    /// The notes in order of first reference, those never referred to last; the references in `blocks` are renumbered.
    pub fn finish(mut self, blocks: &mut [Block]) -> Vec<Footnote> {
        for note in &mut self.notes {
            note.label.truncate(said(&note.label).len());
        }
        // Those that stand where they are called are counted by the numbers that no other has.
        let own: HashSet<String> = self.notes.iter().map(|note| note.label.clone()).collect();
        let mut free = (1..).map(|number: usize| number.to_string()).filter(|number| !own.contains(number));
        let unnamed = self.notes.iter_mut().filter(|note| note.label.is_empty());
        unnamed.zip(&mut free).for_each(|(note, number)| note.label = number);
        by_reference(blocks, self.notes)
    }
}

/// What the label of a note says. Markdown wants labels that differ, so the writer counts equal ones: `1`, `1~2`, `1~3`.
fn said(label: &str) -> &str {
    match label.rsplit_once('~') {
        Some((said, count)) if !said.is_empty() && !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()) => {
            said
        }
        _ => label,
    }
}
