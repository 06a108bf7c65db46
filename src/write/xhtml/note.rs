//! Notes: a reference that leads to the note, and the note that leads back.

use super::inline::attribute;
use super::{Medium, Words, Writer};
use crate::document::display_label;
use crate::write::xml::escape;

/// How far a note has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct State {
    /// The file that refers to it first, and so holds it.
    file: Option<usize>,
    /// Whether it has been written.
    written: bool,
}

impl Writer<'_> {
    /// Writes a reference to the note of this number; as text where it stands in a link.
    pub(super) fn note_reference(&mut self, number: usize, in_link: bool) {
        let (Some(note), Some(state)) = (self.document.footnotes.get(number), self.notes.get_mut(number)) else {
            return;
        };
        let first = state.file.is_none();
        let file = *state.file.get_or_insert(self.file);
        if first {
            self.waiting.push(number);
        }
        // The note leads back to the first.
        let id = if first { format!(" id=\"r{}\"", number + 1) } else { String::new() };
        let label = display_label(&note.label);
        let label = escape(&label);
        let reference = match in_link {
            true => format!("<span class=\"noteref\"{id}>{label}</span>"),
            false => {
                let (kind, address) = (self.kind("noteref"), self.address_of(file, &note_id(number)));
                format!("<a class=\"noteref\"{kind} role=\"doc-noteref\"{id} href=\"{address}\">{label}</a>")
            }
        };
        self.out.push_str(&reference);
    }

    /// Writes the notes that the file in hand is the first to refer to.
    pub fn notes_of_file(&mut self) {
        // A note may refer to another.
        while !self.waiting.is_empty() {
            std::mem::take(&mut self.waiting).into_iter().for_each(|number| self.note(number));
        }
    }

    /// Writes the notes that have not been written, in their order.
    pub fn all_notes(&mut self) {
        if self.notes.iter().all(|state| state.written) {
            return;
        }
        if self.medium == Medium::Html {
            let name = Words::of(self.document.meta.language).notes;
            self.out.push_str(&format!(
                "<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"{}\">\n",
                attribute(name)
            ));
        }
        (0..self.notes.len()).for_each(|number| self.note(number));
        if self.medium == Medium::Html {
            self.out.push_str("</section>\n");
        }
        self.notes_of_file();
    }

    fn note(&mut self, number: usize) {
        let (Some(note), Some(state)) = (self.document.footnotes.get(number), self.notes.get_mut(number)) else {
            return;
        };
        if std::mem::replace(&mut state.written, true) {
            return;
        }
        let referred = state.file.is_some();
        // Where it stands is known to those that refer to it from now on.
        state.file.get_or_insert(self.file);
        let (open, close) = match self.medium {
            Medium::Html => ("<div class=\"note\"", "</div>\n"),
            Medium::Epub => ("<aside class=\"note\" epub:type=\"footnote\" role=\"doc-footnote\"", "</aside>\n"),
        };
        self.out.push_str(&format!("{open} id=\"{}\">\n", note_id(number)));
        let label = display_label(&note.label);
        let label = escape(&label);
        let mut marker = Some(match referred {
            true => format!("<a class=\"backlink\" role=\"doc-backlink\" href=\"#r{}\">{label}</a>", number + 1),
            false => format!("<span class=\"backlink\">{label}</span>"),
        });
        for block in &note.blocks {
            self.block(block, &mut marker, false);
        }
        self.flush(&mut marker);
        self.out.push_str(close);
    }
}

/// The id of the note of this number, by which a reader finds its place among all.
fn note_id(number: usize) -> String {
    format!("n{}", number + 1)
}
