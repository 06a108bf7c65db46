//! What the layout asks about fonts and pictures, answered by the library and by the pictures of the document.

use crate::fonts::{Glyph, Library, Number, Placed, Shaped};
use crate::layout::{FontId, GlyphMetrics, Marked, Metrics, Posture, ShapedGlyph, ShapedWord};
use crate::pictures::Pictures;
use crate::style::Face;
use crate::unit::Unit;

/// What pages are made of.
#[derive(Debug, Clone, Copy)]
pub struct Materials<'a> {
    /// The fonts.
    pub library: &'a Library,
    /// The pictures of the document.
    pub pictures: &'a Pictures,
}

impl Metrics for Materials<'_> {
    #[inline]
    fn glyph(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.library.glyph(face, c)
    }

    fn western(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.library.western(face, c)
    }

    fn column(&self, face: Face, c: char, posture: Posture) -> Option<(GlyphMetrics, Posture)> {
        self.library.column(face, c, posture)
    }

    fn kerning(&self, font: FontId, left: u16, right: u16) -> i32 {
        self.library.kerning(font, left, right)
    }

    fn marked(&self, face: Face, shown: char, mark: char) -> Option<Marked> {
        Metrics::marked(self.library, face, shown, mark)
    }

    fn shape(&self, face: Face, word: &str) -> Option<ShapedWord> {
        Metrics::shape(self.library, face, word)
    }

    fn picture(&self, target: &str, room: (Unit, Unit)) -> Option<(Unit, Unit)> {
        Some(self.pictures.get(target)?.fit(room))
    }
}

impl Metrics for Library {
    #[inline]
    fn glyph(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.find(face, c).map(seen)
    }

    fn western(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.find_western(face, c).map(seen)
    }

    fn column(&self, face: Face, c: char, posture: Posture) -> Option<(GlyphMetrics, Posture)> {
        let (font, cut, advance) = self.in_column(face, c, posture)?;
        Some((GlyphMetrics { font: FontId(font), glyph: cut.glyph, advance: advance.into() }, cut.posture))
    }

    fn kerning(&self, font: FontId, left: u16, right: u16) -> i32 {
        self.font(font.0).map_or(0, |f| f.kerning(left, right))
    }

    fn marked(&self, face: Face, shown: char, mark: char) -> Option<Marked> {
        let found = Library::marked(self, face, shown, mark)?;
        Some(Marked { shown: found.shown, letter: seen(found.letter), mark: seen(found.mark), offset: found.offset })
    }

    fn shape(&self, face: Face, word: &str) -> Option<ShapedWord> {
        let Shaped { font, glyphs, letters, width, leftward } = Library::shape(self, face, word)?;
        let glyph = |Placed { id, letter, x, y, advance }| ShapedGlyph { id, letter, x, y, advance };
        let glyphs = glyphs.into_iter().map(glyph).collect();
        Some(ShapedWord { font: FontId(font), glyphs, letters, width, leftward })
    }
}

/// A glyph of the library as the layout sees it.
#[inline]
fn seen((font, glyph): (Number, Glyph)) -> GlyphMetrics {
    GlyphMetrics { font: FontId(font), glyph: glyph.id, advance: glyph.advance.into() }
}
