//! Words of scripts whose letters join, stack or change places, shaped by the rules of their font (harfrust).

use super::cmap::Glyph;
use super::{Font, Library, Number, table};
use crate::style::Face;
use crate::unicode::is_ignorable;
use harfrust::{Buffer, Direction, ShapeOptions, ShaperFont, shape};

/// A glyph of a shaped word. Lengths are in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Its index in the font.
    pub id: u16,
    /// The first character that it shows, by its place in the word.
    pub letter: usize,
    /// From where the word begins at the left.
    pub x: i32,
    /// Above the baseline.
    pub y: i32,
    /// How far the pen moves.
    pub advance: i32,
}

/// A shaped word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shaped {
    /// Its font.
    pub font: Number,
    /// Its glyphs, from left to right.
    pub glyphs: Vec<Placed>,
    /// For each character the glyph that the font has for it alone, and its advance; those of the space for what takes no room.
    pub letters: Vec<(u16, i32)>,
    /// Its width.
    pub width: i32,
    /// Whether it runs from right to left.
    pub leftward: bool,
}

impl Library {
    /// Shapes `word` by the first font that has all of its characters; `None` where there is none.
    pub fn shape(&self, face: Face, word: &str) -> Option<Shaped> {
        let role = self.serving.chinese[face.index()];
        let chain = [role].into_iter().chain(table::FALLBACK).chain(self.fallback.iter().copied());
        let has = |font: &Font| word.chars().all(|c| is_ignorable(c) || font.glyph(c).is_some());
        let (number, font) =
            chain.filter_map(|number| Some((number, self.font(number)?))).find(|(_, font)| has(font))?;
        let (glyphs, leftward) = font.shape(word)?;
        let blank = [' ', '\u{3000}'].into_iter().find_map(|c| font.glyph(c));
        // What takes no room by itself would stand at one place with its neighbour.
        let letter = |c: char| {
            font.glyph(c)
                .filter(|glyph| glyph.advance > 0)
                .or(blank)
                .map(|Glyph { id, advance, .. }| (id, i32::from(advance)))
        };
        let letters = word.chars().map(letter).collect::<Option<_>>()?;
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        Some(Shaped { font: number, glyphs, letters, width, leftward })
    }
}

impl Font {
    /// The glyphs of `word`, and whether it runs from right to left.
    fn shape(&self, word: &str) -> Option<(Vec<Placed>, bool)> {
        let font = self.shaper.get_or_init(|| harfrust::Font::new(self.bytes().to_vec(), self.member())).as_ref()?;
        let units = i64::from(font.units_per_em().max(1));
        let mut buffer = Buffer::new();
        buffer.push_str(word);
        buffer.guess_segment_properties();
        let leftward = buffer.direction() == Direction::RightToLeft;
        shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new()).ok()?;
        let em = |length: i32| (i64::from(length) * 1000 / units) as i32;
        let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        let mut pen = 0;
        let placed = buffer.glyph_infos().iter().zip(buffer.glyph_positions()).map(|(info, position)| {
            let at = usize::try_from(info.cluster).unwrap_or_default();
            let letter = starts.partition_point(|start| *start <= at).saturating_sub(1);
            let id = u16::try_from(info.glyph_id).ok()?;
            let advance = em(position.x_advance);
            let glyph = Placed { id, letter, x: pen + em(position.x_offset), y: em(position.y_offset), advance };
            pen += advance;
            Some(glyph)
        });
        Some((placed.collect::<Option<_>>()?, leftward))
    }
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use super::*;

    #[test]
    fn letters_join_stack_and_run_to_the_left() {
        let library = Library::embedded().expect("fonts are compiled in");
        let shape = |word: &str| library.shape(Face::Song, word).unwrap_or_else(|| panic!("{word}"));
        let arabic = shape("سلام");
        assert!(arabic.leftward && arabic.letters.len() == 4);
        // A letter has a form for its place; the last one of the word is the first from the left.
        assert!(arabic.glyphs.iter().any(|glyph| glyph.id != arabic.letters[glyph.letter].0));
        assert_eq!(arabic.glyphs.last().map(|glyph| glyph.letter), Some(0));
        let tibetan = shape("བཀྲ");
        assert!(!tibetan.leftward && tibetan.glyphs.len() < tibetan.letters.len());
        let family = shape("👨\u{200d}👩\u{200d}👧");
        assert!(family.glyphs.len() < 3 || family.width < 3 * 1500, "one picture: {family:?}");
        assert_eq!(library.shape(Face::Song, "\u{10FFFD}"), None);
    }
}
