//! Fonts that a document carries or names in place of those that every reader has, for DOCX, EPUB and HTML.

use super::docx::Side;
use crate::chinese::contents::HEADINGS;
use crate::chinese::numeral::COUNTING;
use crate::digest::sha256;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, Role, display_label, inline_text, shown_marker};
use crate::style::{Face, Style};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A font of the document's own, in place of those that every office has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFont {
    /// What it is for.
    pub face: Face,
    /// For which characters of that face.
    pub side: Side,
    /// The family that the font names itself.
    pub family: String,
    /// Other names of the family.
    pub others: Vec<String>,
    /// The font file, to be carried along; without it, the font is only named.
    pub program: Option<Vec<u8>>,
}

/// A font that a document could do with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What it is for.
    pub face: Face,
    /// For which characters of that face; those of the West have the forms that marks take among Western letters.
    pub side: Side,
    /// What it is to be called: by its characters, for programs take fonts of one name in two documents for the same.
    pub family: String,
    /// The characters that it sets.
    pub characters: BTreeSet<char>,
}

fn name(face: Face) -> Cow<'static, str> {
    let name = match face {
        Face::Song => "Shanben Song",
        Face::SongBold => "Shanben Biaosong",
        Face::Title => "Shanben Title",
        Face::Hei => "Shanben Heiti",
        Face::HeiBold => "Shanben Hei",
        Face::Kai => "Shanben Kai",
        Face::Fangsong => "Shanben Fangsong",
        Face::Mono => "Shanben Mono",
        Face::Western => "Shanben Western",
        Face::Added(number) => return format!("Shanben Face {number}").into(),
    };
    name.into()
}

/// The face whose font sets the Chinese characters of `face`: code has none of its own.
pub const fn chinese(face: Face) -> Face {
    match face {
        Face::Mono => Face::Song,
        Face::Song | Face::SongBold | Face::Title | Face::Hei | Face::HeiBold | Face::Kai | Face::Fangsong => face,
        Face::Western | Face::Added(_) => face,
    }
}

/// The fonts that a DOCX, an EPUB or a page of `document` could do with: two for each face that it uses.
pub fn wanted(document: &Document, style: &Style) -> Vec<Wanted> {
    let mut sets: BTreeMap<(Face, bool), BTreeSet<char>> = BTreeMap::new();
    for (face, characters) in characters(document, style) {
        for c in characters {
            // Marks that both worlds share are in both.
            if !c.is_ascii() {
                sets.entry((chinese(face), false)).or_default().insert(c);
            }
            if c < '\u{2E80}' {
                sets.entry((face, true)).or_default().insert(c);
            }
        }
    }
    let font = |((face, western), characters): ((Face, bool), BTreeSet<char>)| {
        let (side, word) = if western { (Side::Western, " Latin") } else { (Side::EastAsian, "") };
        let digest = sha256(characters.iter().collect::<String>().as_bytes()).to_uppercase();
        let family = format!("{}{word} {}", name(face), digest.get(..6).unwrap_or_default());
        Wanted { face, side, family, characters }
    };
    sets.into_iter().map(font).collect()
}

/// The characters that each face sets of `document`.
fn characters(document: &Document, style: &Style) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used = Used { document, style, faces: BTreeMap::new() };
    // Running heads, contents, comments and numbers are set in the body face, and so is what a reader adds.
    used.add(style.body.face, &document.text());
    used.add(style.body.face, "0123456789 （）、.");
    used.add(style.body.face, COUNTING);
    // Page numbers, in any form.
    used.add(Face::Song, "0123456789ivxlc— ·");
    used.blocks(&document.blocks, style.body.face);
    for note in &document.footnotes {
        used.add(style.note.face, &display_label(&note.label));
        used.blocks(&note.blocks, style.note.face);
    }
    let heading = style.headings.first().map_or(style.body.face, |look| look.face);
    for (_, contents) in HEADINGS {
        used.add(style.body.face, contents);
        used.add(heading, contents);
    }
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
                        self.add(face, &shown_marker(list.marker, i));
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
                        let face = if i < table.head_rows { Face::HeiBold } else { style.table.face };
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
                InlineKind::Strong(content) => self.inlines(content, Face::HeiBold),
                InlineKind::Emphasis(content) => self.inlines(content, Face::Kai),
                InlineKind::Code(text) => self.add(Face::Mono, text),
                InlineKind::Link { content, .. }
                | InlineKind::Underline { content, .. }
                | InlineKind::Gloss(content) => {
                    self.inlines(content, face);
                }
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
    fn code_takes_its_chinese_characters_from_song_and_no_two_sets_have_one_name() {
        let document = |text: &str| {
            let code = BlockKind::Code { language: None, text: text.into() };
            Document { blocks: vec![Block::new(code, 0..0)], ..Document::default() }
        };
        let style = Style::builtin("official").unwrap();
        let [one, other] = ["x“甲”", "x“乙”"].map(|text| wanted(&document(text), &style));
        let of = |face, side, fonts: &[Wanted]| fonts.iter().find(|f| f.face == face && f.side == side).cloned();
        let latin = of(Face::Mono, Side::Western, &one).unwrap();
        assert_eq!(latin.characters, BTreeSet::from(['x', '“', '”']));
        assert_eq!(of(Face::Mono, Side::EastAsian, &one), None);
        let (song, other_song) = (of(Face::Song, Side::EastAsian, &one), of(Face::Song, Side::EastAsian, &other));
        assert_eq!(song.as_ref().map(|f| f.characters.contains(&'甲')), Some(true));
        assert_ne!(song.unwrap().family, other_song.unwrap().family);
        assert!(one.iter().all(|f| f.family.len() <= 31), "longer than Word takes");
    }
}
