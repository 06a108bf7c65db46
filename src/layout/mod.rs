//! Document to pages, as a Chinese compositor sets them (CLReq, GB/T 15834, GB/T 9704).
//!
//! A paragraph becomes a row of items, each character with its class, its glyph and the glue before it (`text`); it is broken into
//! lines at least cost (`breaking`); each line is squeezed or stretched to the measure (`line`). The lines of all blocks form one
//! row of slugs (`flow`), which is divided into pages (`paginate`). Knows no font file: glyphs and widths come through [`Metrics`].

mod accents;
mod appendix;
mod area;
mod assemble;
mod bidi;
mod breaking;
mod column;
mod contents;
mod divider;
mod dump;
mod figure;
mod findings;
mod flow;
mod fold;
mod gloss;
mod inset;
mod judou;
mod ladder;
mod language;
mod ledger;
mod line;
mod margin;
mod office;
mod opportunities;
mod page;
mod paginate;
mod paragraph;
mod pattern;
mod pending;
mod ruby;
mod ruling;
mod sense;
mod shaped;
mod slug;
mod structure;
mod table;
mod text;
mod underline;
mod volume;
mod word;

use crate::document::Document;
use crate::note::Note;
use crate::style::{Face, Style};
use crate::unit::Unit;

pub use crate::style::Colour;
pub use appendix::Appendix;
pub use assemble::roman;
pub use page::*;
pub use text::{MISSING_DIGIT, MISSING_PAD, MISSING_RISE};

/// What the layout must know about fonts and pictures.
pub trait Metrics: Sync {
    /// The glyph that sets `c` in `face` or its fallbacks; `None` when no font has it (F2).
    fn glyph(&self, face: Face, c: char) -> Option<GlyphMetrics>;
    /// The proportional glyph of a mark that Chinese shares with the West (“ ” ‘ ’ — … ·), for use inside a Western run (A2).
    fn western(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.glyph(face, c)
    }
    /// The glyph that sets `c` in a column of vertical text in `posture`, how far the pen moves down over it, and the posture that it takes:
    /// what stands upright in none of the fonts is turned.
    fn column(&self, face: Face, c: char, posture: Posture) -> Option<(GlyphMetrics, Posture)> {
        self.glyph(face, c).map(|glyph| (glyph, posture))
    }
    /// Kerning between two glyphs of one font, in thousandths of an em.
    fn kerning(&self, font: FontId, left: u16, right: u16) -> i32;
    /// How `mark` is set on the glyph that shows `shown` in `face`; `None` where it is set as any other character.
    fn marked(&self, face: Face, shown: char, mark: char) -> Option<Marked> {
        let _ = (face, shown, mark);
        None
    }
    /// `word` as a font sets it whose letters join, stack or change places; `None` where no font has all of it.
    fn shape(&self, face: Face, word: &str) -> Option<ShapedWord> {
        let _ = (face, word);
        None
    }
    /// Width and height of the picture that `target` names, within `room`; `None` when it cannot be had.
    fn picture(&self, target: &str, room: (Unit, Unit)) -> Option<(Unit, Unit)> {
        let _ = (target, room);
        None
    }
}

/// A glyph as the layout sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlyphMetrics {
    /// The font that has it.
    pub font: FontId,
    /// Its index in that font.
    pub glyph: u16,
    /// Its advance in thousandths of an em.
    pub advance: i32,
}

/// A word as a font sets it. Lengths are in thousandths of an em.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShapedWord {
    /// The font.
    pub font: FontId,
    /// Its glyphs, from left to right.
    pub glyphs: Vec<ShapedGlyph>,
    /// For each of its characters the glyph that stands for it alone, and the advance of that.
    pub letters: Vec<(u16, i32)>,
    /// Its width.
    pub width: i32,
    /// Whether it runs from right to left.
    pub leftward: bool,
}

/// A glyph of such a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapedGlyph {
    /// Its index in the font.
    pub id: u16,
    /// The first character that it shows, by its place in the word.
    pub letter: usize,
    /// From the left edge of the word.
    pub x: i32,
    /// Above the baseline.
    pub y: i32,
    /// How far the pen moves.
    pub advance: i32,
}

/// A letter and a mark on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// What the glyph of the letter shows now.
    pub shown: char,
    /// The glyph of the letter.
    pub letter: GlyphMetrics,
    /// The glyph of the mark.
    pub mark: GlyphMetrics,
    /// From the origin of the letter to that of the mark, to the right and up, in thousandths of an em; none where the glyph of the
    /// letter shows the mark too.
    pub offset: Option<(i32, i32)>,
}

/// Sets `document` in `style`. The notes say what could not be set as the text or the rules ask: characters without a glyph, and
/// lines that no lawful break keeps from being too loose.
pub fn lay_out(document: &Document, style: &Style, metrics: &dyn Metrics) -> (Layout, Vec<Note>) {
    let (layout, findings) = assemble::assemble(document, style, metrics, &assemble::Start::default(), true);
    (layout, findings.into_notes())
}

/// The printed page number of each heading of the outline of `document` as [`lay_out`] sets it, with the same notes: for a format that
/// has no pages of its own. Lines are broken and divided into pages, but no glyph is placed.
pub fn heading_pages(document: &Document, style: &Style, metrics: &dyn Metrics) -> (Vec<String>, Vec<Note>) {
    let (layout, findings) = assemble::assemble(document, style, metrics, &assemble::Start::default(), false);
    (layout.heading_pages(), findings.into_notes())
}

#[cfg(test)]
mod tests;
