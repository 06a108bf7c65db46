//! The plain-text writer: the text of the document, a group of lines a block, a blank line between groups.
//!
//! List markers are written out, cells of a table parted by tabs; notes stand at the end. Without its blank lines the result is
//! [`Document::text`].

use crate::document::{Block, BlockKind, Document, Stanza, display_label, inline_text, marker_text};

/// Writes `document` as UTF-8 text with LF line ends.
pub fn write(document: &Document) -> String {
    let mut writer = Writer { document, out: String::new(), open: false };
    writer.blocks(&document.blocks, true);
    for note in &document.footnotes {
        writer.group(true);
        writer.push(&display_label(&note.label));
        writer.blocks(&note.blocks, false);
        writer.end_line();
    }
    writer.out
}

struct Writer<'d> {
    document: &'d Document,
    out: String,
    /// Whether the last line has begun with a marker and waits for its text.
    open: bool,
}

impl Writer<'_> {
    /// Begins a group, unless its line has begun already; `apart`: after a blank line.
    fn group(&mut self, apart: bool) {
        if apart && !self.open && !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.open = true;
    }

    fn end_line(&mut self) {
        if self.open {
            self.out.push('\n');
            self.open = false;
        }
    }

    fn line(&mut self, text: &str) {
        self.push(text);
        self.end_line();
    }

    /// Writes blocks, `apart` from each other, or line under line within a list or note.
    fn blocks(&mut self, blocks: &[Block], apart: bool) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => {
                    self.group(apart);
                    self.line(&inline_text(self.document, &heading.content));
                }
                BlockKind::Paragraph { content, .. } => {
                    self.group(apart);
                    self.line(&inline_text(self.document, content));
                }
                BlockKind::List(list) => {
                    self.end_line();
                    self.group(apart);
                    for (i, item) in list.items.iter().enumerate() {
                        self.push(&marker_text(list.marker, i));
                        self.blocks(&item.blocks, false);
                        self.end_line();
                    }
                }
                BlockKind::Quote(blocks) => self.blocks(blocks, apart),
                BlockKind::Verse(stanzas) => stanzas.iter().for_each(|stanza| self.stanza(stanza, apart)),
                BlockKind::Code { text, .. } => {
                    self.group(apart);
                    self.line(text);
                }
                BlockKind::Table(table) => {
                    self.end_line();
                    self.group(apart);
                    for row in &table.rows {
                        let cells: Vec<String> =
                            row.cells.iter().map(|cell| inline_text(self.document, cell)).collect();
                        self.line(&cells.join("\t"));
                    }
                }
                BlockKind::Divider { ornament } if ornament.is_empty() => self.end_line(),
                BlockKind::Divider { ornament } => {
                    self.group(apart);
                    self.line(ornament);
                }
                BlockKind::Image(image) => {
                    self.group(apart);
                    self.line(&image.alt);
                }
            }
        }
    }

    fn stanza(&mut self, stanza: &Stanza, apart: bool) {
        self.group(apart);
        for line in &stanza.lines {
            self.line(&inline_text(self.document, &line.content));
        }
    }
}
