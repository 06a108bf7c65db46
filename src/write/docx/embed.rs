//! Fonts that the package carries (ISO/IEC 29500-1 §17.8.1): each an obfuscated part of its own, whose key stands in the font table.

use crate::digest::sha256;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, Role, display_label, inline_text, marker_text};
use crate::style::{Face, Style};
use std::collections::{BTreeMap, BTreeSet};

/// A font of the document's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddedFont {
    /// What it is for. The family that the font names itself is [`family`] of this.
    pub face: Face,
    /// The font file.
    pub program: Vec<u8>,
}

/// The name under which the styles know the embedded font of `face`.
pub const fn family(face: Face) -> &'static str {
    match face {
        Face::Song => "Shanben Song",
        Face::SongBold => "Shanben Biaosong",
        Face::Hei => "Shanben Hei",
        Face::Kai => "Shanben Kai",
        Face::Fangsong => "Shanben Fangsong",
        Face::Mono => "Shanben Mono",
    }
}

/// The obfuscated part of `font` below `word/`, with the key that it was obfuscated by.
pub fn part(font: &EmbeddedFont) -> (String, Vec<u8>, String) {
    // No randomness: the key is made from the font itself.
    let digest = sha256(&font.program).to_uppercase();
    let mut program = font.program.clone();
    let key = |i: usize| digest.get(30 - 2 * i..32 - 2 * i).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    for (i, byte) in program.iter_mut().take(32).enumerate() {
        *byte ^= key(i % 16).unwrap_or_default();
    }
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| digest.get(range).unwrap_or_default());
    (format!("fonts/{}.odttf", family(font.face).replace(' ', "")), program, format!("{{{}}}", groups.join("-")))
}

/// The characters that each face sets in the DOCX of `document`.
pub fn characters(document: &Document, style: &Style) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used = Used { document, style, faces: BTreeMap::new() };
    // Running heads, contents, comments and numbers are set in the body face, and so is what a reader adds.
    used.add(style.body.face, &document.text());
    used.add(style.body.face, "0123456789 目录目錄目次차례一二三四五六七八九十百千零（）、.");
    used.blocks(&document.blocks, style.body.face);
    for note in &document.footnotes {
        used.add(style.note.face, &display_label(&note.label));
        used.blocks(&note.blocks, style.note.face);
    }
    let heading = style.headings.first().map_or(style.body.face, |look| look.face);
    used.add(heading, "目录目錄目次차례");
    used.faces
}

struct Used<'a> {
    document: &'a Document,
    style: &'a Style,
    faces: BTreeMap<Face, BTreeSet<char>>,
}

impl Used<'_> {
    fn add(&mut self, face: Face, text: &str) {
        self.faces.entry(face).or_default().extend(text.chars().filter(|c| !c.is_control()));
    }

    fn blocks(&mut self, blocks: &[Block], face: Face) {
        let style = self.style;
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) if heading.title => self.inlines(&heading.content, style.title.face),
                BlockKind::Heading(heading) => {
                    let level = usize::from(heading.level.clamp(1, 6));
                    let look = style.headings.get(level - 1).unwrap_or(&style.body);
                    self.inlines(&heading.content, look.face);
                }
                BlockKind::Paragraph { role: Role::Body, content } => self.inlines(content, face),
                BlockKind::Paragraph { role, content } => self.inlines(content, style.role(*role).face),
                BlockKind::List(list) => {
                    for (i, item) in list.items.iter().enumerate() {
                        self.add(face, &marker_text(list.marker, i));
                        self.blocks(&item.blocks, face);
                    }
                }
                BlockKind::Quote(blocks) => self.blocks(blocks, style.quote.face),
                BlockKind::Verse(stanzas) => {
                    for line in stanzas.iter().flat_map(|stanza| &stanza.lines) {
                        self.inlines(&line.content, style.verse.face);
                    }
                }
                BlockKind::Code { language: _, text } => self.add(style.code.face, text),
                BlockKind::Table(table) => {
                    for (i, row) in table.rows.iter().enumerate() {
                        let face = if i < table.head_rows { Face::Hei } else { style.table.face };
                        row.cells.iter().for_each(|cell| self.inlines(cell, face));
                    }
                }
                BlockKind::Divider { ornament } => self.add(style.body.face, ornament),
                BlockKind::Image(image) => self.add(style.role(Role::Caption).face, &image.alt),
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline], face: Face) {
        let text = inline_text(self.document, inlines);
        self.add(face, &text);
        for inline in inlines {
            match &inline.kind {
                InlineKind::Strong(content) => self.inlines(content, Face::Hei),
                InlineKind::Emphasis(content) => self.inlines(content, Face::Kai),
                InlineKind::Code(text) => self.add(Face::Mono, text),
                InlineKind::Link { content, .. } | InlineKind::Underline { content, .. } => self.inlines(content, face),
                InlineKind::Text(_)
                | InlineKind::NoteRef { .. }
                | InlineKind::Ruby { .. }
                | InlineKind::Image(_)
                | InlineKind::Break => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_is_hidden_by_its_key_read_backwards() {
        let font = EmbeddedFont { face: Face::Song, program: (0..64).collect() };
        let (name, hidden, key) = part(&font);
        assert_eq!(name, "fonts/ShanbenSong.odttf");
        assert_eq!(key.len(), 38);
        let digits: String = key.chars().filter(char::is_ascii_hexdigit).collect();
        let bytes: Vec<u8> =
            (0..16).rev().map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap()).collect();
        let shown: Vec<u8> =
            hidden.iter().enumerate().map(|(i, byte)| if i < 32 { byte ^ bytes[i % 16] } else { *byte }).collect();
        assert_eq!(shown, font.program);
        assert_ne!(hidden[..32], font.program[..32]);
    }
}
