//! Accents and other marks on the letters that they belong to.
//!
//! Letters and marks keep a glyph each, for each must give back its own character (F1). So no shaper forms ligatures or composed glyphs
//! here: where Unicode has the letter with its mark, its glyph stands for the letter and the mark has its place unseen; else the mark
//! stands where the anchors of the font (`GPOS` lookup type 4) put it. With the kerning of pairs (type 2) that is all of shaping that
//! Latin, Greek and Cyrillic need.

use super::{Glyph, Library, Number, table};
use crate::style::Face;
use ttf_parser::GlyphId;
use ttf_parser::gpos::PositioningSubtable;
use unicode_normalization::char::compose;

/// A letter with a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// What the glyph of the letter shows: with the mark, where one character is both.
    pub shown: char,
    /// The glyph of the letter.
    pub letter: (Number, Glyph),
    /// The glyph of the mark.
    pub mark: (Number, Glyph),
    /// From the origin of the letter to that of the mark, to the right and up, in thousandths of an em; none where the letter shows it.
    pub offset: Option<(i32, i32)>,
}

impl Library {
    /// Sets `mark` on the glyph that shows `shown` in `face`: by one glyph for both, else from the first font that has both and anchors
    /// for them. `None` where there is neither.
    pub fn marked(&self, face: Face, shown: char, mark: char) -> Option<Marked> {
        if let Some(both) = compose(shown, mark)
            && let (Some(letter), Some(mark)) = (self.find(face, both), self.find(face, mark))
        {
            return Some(Marked { shown: both, letter, mark, offset: None });
        }
        let fonts = [self.serving.western[face.index()]].into_iter().chain(table::FALLBACK);
        fonts.into_iter().find_map(|number| {
            let font = self.font(number)?;
            let (letter, mark) = (font.glyph(shown)?, font.glyph(mark)?);
            let offset = offset(&font.face()?, letter.id, mark.id)?;
            Some(Marked { shown, letter: (number, letter), mark: (number, mark), offset: Some(offset) })
        })
    }
}

/// Where the anchors of a font put a mark on a letter.
fn offset(face: &ttf_parser::Face<'_>, letter: u16, mark: u16) -> Option<(i32, i32)> {
    let (letter, mark) = (GlyphId(letter), GlyphId(mark));
    let lookups = face.tables().gpos?.lookups;
    let units = i32::from(face.units_per_em());
    lookups.into_iter().flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>()).find_map(
        |subtable| {
            let PositioningSubtable::MarkToBase(table) = subtable else { return None };
            let (class, own) = table.marks.get(table.mark_coverage.get(mark)?)?;
            let anchor = table.anchors.get(table.base_coverage.get(letter)?, class)?;
            let thousandths = |to: i16, from: i16| (i32::from(to) - i32::from(from)) * 1000 / units;
            Some((thousandths(anchor.x, own.x), thousandths(anchor.y, own.y)))
        },
    )
}
