//! What a PDF embeds of a font: its outlines as TrueType or, of OpenType fonts with PostScript outlines, as a compact program (CFF).

use super::own::Rights;
use super::{Cut, Font};
use subsetter::GlyphRemapper;
use ttf_parser::{RawFace, Tag};

/// The program of an embedded font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// TrueType (ISO 32000-1 §9.9, `FontFile2`).
    TrueType(Vec<u8>),
    /// A bare `CFF ` table whose character identifiers are the numbers of its glyphs (`FontFile3`, `CIDFontType0C`).
    Compact(Vec<u8>),
}

impl Font {
    /// The program with the outlines of `glyphs`, which are sorted: they are its glyphs from 1 on, 0 is the one for what is missing. `None`
    /// when this font is broken. With outlines of PostScript all are as the font has them.
    pub fn embedded(&self, glyphs: &[Cut]) -> Option<Program> {
        if self.has_compact_outlines() {
            let own: Vec<u16> = glyphs.iter().map(|cut| cut.glyph).collect();
            self.compact(&own).map(Program::Compact)
        } else {
            self.subset(glyphs).map(Program::TrueType)
        }
    }

    /// Whether its outlines are those of PostScript and not of TrueType.
    pub fn has_compact_outlines(&self) -> bool {
        self.face().is_some_and(|face| face.tables().glyf.is_none())
    }

    /// Whether it may be embedded where it can be edited.
    pub fn may_be_edited(&self) -> bool {
        self.face().is_some_and(|face| Rights::of(&face) == Ok(Rights::Editing))
    }

    fn compact(&self, glyphs: &[u16]) -> Option<Vec<u8>> {
        let numbers = GlyphRemapper::new_from_glyphs_sorted(glyphs);
        let font = subsetter::subset(self.bytes(), self.member(), &numbers).ok()?;
        Some(RawFace::parse(&font, 0).ok()?.table(Tag::from_bytes(b"CFF "))?.to_vec())
    }
}
