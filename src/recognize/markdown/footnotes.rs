//! Footnotes while Markdown is read: labels first, their order at the end.

use crate::document::{Block, BlockKind, Footnote, Inline, InlineKind};
use std::collections::HashMap;
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

    fn add(&mut self, label: String, blocks: Vec<Block>, span: Range<usize>, defined: bool) {
        self.notes.push(Footnote { label, blocks, span: span.into() });
        self.defined.push(defined);
    }

    /// Gives the note `label` its text; a second text for the same label makes a note of its own.
    pub fn define(&mut self, label: String, blocks: Vec<Block>, span: Range<usize>) {
        let index = self.refer(&label);
        if self.defined[index] {
            self.add(label, blocks, span, true);
        } else {
            self.notes[index] = Footnote { label, blocks, span: span.into() };
            self.defined[index] = true;
        }
    }

    /// The notes in order of first reference, those never referred to last; the references in `blocks` are renumbered.
    pub fn finish(mut self, blocks: &mut [Block]) -> Vec<Footnote> {
        let mut order: Vec<usize> = vec![];
        let mut place: Vec<Option<usize>> = vec![None; self.notes.len()];
        let mut visit = |note: &mut usize| {
            let to = *place[*note].get_or_insert_with(|| {
                order.push(*note);
                order.len() - 1
            });
            *note = to;
        };
        each_reference(blocks, &mut visit);
        // Notes may refer to notes; those found on the way are appended and visited in turn.
        let mut next = 0;
        let mut rest = 0;
        loop {
            if let Some(&note) = order.get(next) {
                next += 1;
                let mut visit = |n: &mut usize| {
                    let to = *place[*n].get_or_insert_with(|| {
                        order.push(*n);
                        order.len() - 1
                    });
                    *n = to;
                };
                each_reference(&mut self.notes[note].blocks, &mut visit);
            } else if rest < place.len() {
                if place[rest].is_none() {
                    place[rest] = Some(order.len());
                    order.push(rest);
                }
                rest += 1;
            } else {
                break;
            }
        }
        for note in &mut self.notes {
            note.label.truncate(said(&note.label).len());
        }
        let mut notes: Vec<Option<Footnote>> = self.notes.into_iter().map(Some).collect();
        order.into_iter().filter_map(|i| notes[i].take()).collect()
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

/// Calls `visit` on the number of every reference in `blocks`, in reading order.
fn each_reference(blocks: &mut [Block], visit: &mut dyn FnMut(&mut usize)) {
    fn inlines(content: &mut [Inline], visit: &mut dyn FnMut(&mut usize)) {
        for inline in content {
            match &mut inline.kind {
                InlineKind::NoteRef { note } => visit(note),
                InlineKind::Strong(content)
                | InlineKind::Emphasis(content)
                | InlineKind::Underline { content, .. }
                | InlineKind::Link { content, .. } => {
                    inlines(content, visit);
                }
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::Ruby { .. }
                | InlineKind::Image(_)
                | InlineKind::Break => {}
            }
        }
    }
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => inlines(&mut heading.content, visit),
            BlockKind::Paragraph { content, .. } => inlines(content, visit),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| each_reference(&mut item.blocks, visit)),
            BlockKind::Quote(blocks) => each_reference(blocks, visit),
            BlockKind::Verse(stanzas) => {
                for line in stanzas.iter_mut().flat_map(|s| &mut s.lines) {
                    inlines(&mut line.content, visit);
                }
            }
            BlockKind::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|r| &mut r.cells) {
                    inlines(cell, visit);
                }
            }
            BlockKind::Code { .. } | BlockKind::Divider { .. } | BlockKind::Image(_) => {}
        }
    }
}
