//! The marks of notes: counted by the program that shows the document where it counts as the text does, so that a note that is added later
//! finds its number; else those that stand in the text.

use crate::document::{
    Block, BlockKind, Document, Inline, InlineKind, Marker, NoteKind, NumberForm, display_label, marker_text,
};

/// The id of the style of paragraphs of a note.
pub const fn style_of_note(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Own => "FootnoteText",
        NoteKind::Target => "LinkNote",
    }
}

/// The id of the style of the mark that refers to a note.
pub const fn style_of_mark(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Own => "FootnoteReference",
        NoteKind::Target => "LinkReference",
    }
}

/// How notes are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Each with its own label.
    Own,
    /// `[1]`, counted.
    Bracketed,
    /// `①`, counted.
    Circled,
}

/// Word has circles up to ten.
const CIRCLES: usize = 10;

impl Marks {
    /// The marks of the notes of `document`.
    pub fn of(document: &Document) -> Self {
        let mut order = vec![];
        references(&document.blocks, &mut order);
        let labels = |mark: &dyn Fn(usize) -> String| {
            order.iter().enumerate().all(|(i, &note)| {
                note == i && document.footnotes.get(note).is_some_and(|note| display_label(&note.label) == mark(i))
            })
        };
        let circle = |i| marker_text(Marker::Number { start: 1, form: NumberForm::CIRCLED }, i);
        if order.is_empty() {
            Marks::Own
        } else if labels(&|i| format!("[{}]", i + 1)) {
            Marks::Bracketed
        } else if order.len() <= CIRCLES && labels(&circle) {
            Marks::Circled
        } else {
            Marks::Own
        }
    }

    /// What stands around the number, which `element` shows; `None` where labels are their own.
    pub fn around(self, element: &str) -> Option<[&str; 3]> {
        match self {
            Marks::Own => None,
            Marks::Bracketed => Some(["[", element, "]"]),
            Marks::Circled => Some(["", element, ""]),
        }
    }

    /// The format of the numbers, as an element of the settings.
    pub const fn format(self) -> &'static str {
        match self {
            Marks::Own | Marks::Bracketed => "",
            Marks::Circled => "<w:numFmt w:val=\"decimalEnclosedCircle\"/>",
        }
    }
}

/// The notes in the order in which `blocks` first refer to them.
fn references(blocks: &[Block], order: &mut Vec<usize>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => references_in(&heading.content, order),
            BlockKind::Paragraph { content, .. } => references_in(content, order),
            BlockKind::List(list) => list.items.iter().for_each(|item| references(&item.blocks, order)),
            BlockKind::Quote(blocks) => references(blocks, order),
            BlockKind::Verse(stanzas) => {
                stanzas.iter().flat_map(|s| &s.lines).for_each(|line| references_in(&line.content, order));
            }
            BlockKind::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| references_in(cell, order));
            }
            BlockKind::Code { .. } | BlockKind::Divider { .. } | BlockKind::Image(_) => {}
        }
    }
}

fn references_in(inlines: &[Inline], order: &mut Vec<usize>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::NoteRef { note } => {
                if !order.contains(note) {
                    order.push(*note);
                }
            }
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content)
            | InlineKind::Link { content, .. } => references_in(content, order),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Ruby { .. }
            | InlineKind::Image(_)
            | InlineKind::Break => {}
        }
    }
}
