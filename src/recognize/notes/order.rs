//! The texts of blocks, wherever they stand, and the order of notes by their first reference.

use crate::document::{Block, Footnote, Inline, InlineKind, each_content};

/// The notes in order of first reference, those never referred to last; the references in `blocks` and in the notes are renumbered.
pub fn by_reference(blocks: &mut [Block], mut notes: Vec<Footnote>) -> Vec<Footnote> {
    let mut order: Vec<usize> = vec![];
    let mut place: Vec<Option<usize>> = vec![None; notes.len()];
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
            each_reference(&mut notes[note].blocks, &mut visit);
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
    let mut notes: Vec<Option<Footnote>> = notes.into_iter().map(Some).collect();
    order.into_iter().filter_map(|i| notes[i].take()).collect()
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
                | InlineKind::Gloss(content)
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
    each_content(blocks, &mut |content| inlines(content, visit));
}
