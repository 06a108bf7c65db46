//! What the layout asks about fonts, answered by the library.

use crate::fonts::{Glyph, Library, Number};
use crate::layout::{FontId, GlyphMetrics, Metrics};
use crate::style::Face;

impl Metrics for Library {
    #[inline]
    fn glyph(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.find(face, c).map(seen)
    }

    fn western(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.find_western(face, c).map(seen)
    }

    fn kerning(&self, font: FontId, left: u16, right: u16) -> i32 {
        self.font(font.0).map_or(0, |f| f.kerning(left, right))
    }
}

/// A glyph of the library as the layout sees it.
#[inline]
fn seen((font, glyph): (Number, Glyph)) -> GlyphMetrics {
    GlyphMetrics { font: FontId(font), glyph: glyph.id, advance: glyph.advance.into() }
}
