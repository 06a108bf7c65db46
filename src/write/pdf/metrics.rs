//! What the layout asks about fonts and pictures, answered by the library and by the pictures of the document.

use crate::fonts::{Glyph, Library, Number};
use crate::layout::{FontId, GlyphMetrics, Marked, Metrics};
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

    fn kerning(&self, font: FontId, left: u16, right: u16) -> i32 {
        self.library.kerning(font, left, right)
    }

    fn marked(&self, face: Face, shown: char, mark: char) -> Option<Marked> {
        Metrics::marked(self.library, face, shown, mark)
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

    fn kerning(&self, font: FontId, left: u16, right: u16) -> i32 {
        self.font(font.0).map_or(0, |f| f.kerning(left, right))
    }

    fn marked(&self, face: Face, shown: char, mark: char) -> Option<Marked> {
        let found = Library::marked(self, face, shown, mark)?;
        Some(Marked { shown: found.shown, letter: seen(found.letter), mark: seen(found.mark), offset: found.offset })
    }
}

/// A glyph of the library as the layout sees it.
#[inline]
fn seen((font, glyph): (Number, Glyph)) -> GlyphMetrics {
    GlyphMetrics { font: FontId(font), glyph: glyph.id, advance: glyph.advance.into() }
}
