//! The outlines of glyphs as a font file holds them (OpenType, `glyf` and `loca`).

use super::vertical::Made;
use ttf_parser::{Face, Tag};

/// Flags of a composite glyph: its arguments are words; they are lengths; a scale, two scales or a matrix follow; more components follow.
const WORDS: u16 = 1;
const LENGTHS: u16 = 1 << 1;
const SCALE: u16 = 1 << 3;
const MORE: u16 = 1 << 5;
const TWO_SCALES: u16 = 1 << 6;
const MATRIX: u16 = 1 << 7;

/// The outlines of a font.
#[derive(Debug, Clone, Copy)]
pub struct Outlines<'f> {
    glyf: &'f [u8],
    loca: &'f [u8],
    long: bool,
}

impl<'f> Outlines<'f> {
    /// The outlines of `face`, if they are of TrueType.
    pub fn of(face: &Face<'f>) -> Option<Self> {
        let table = |tag| face.raw_face().table(Tag::from_bytes(tag));
        Some(Outlines { glyf: table(b"glyf")?, loca: table(b"loca")?, long: *table(b"head")?.get(51)? == 1 })
    }

    /// Number of glyphs.
    pub fn count(&self) -> usize {
        (self.loca.len() / if self.long { 4 } else { 2 }).saturating_sub(1)
    }

    /// The outline of `glyph`, empty for a blank one; `None` when there is no such glyph.
    pub fn get(&self, glyph: u16) -> Option<&'f [u8]> {
        self.glyf.get(self.place(glyph.into())?..self.place(usize::from(glyph) + 1)?)
    }

    fn place(&self, glyph: usize) -> Option<usize> {
        match self.long {
            true => Some(u32::from_be_bytes(*self.loca.get(glyph * 4..)?.first_chunk()?) as usize),
            false => Some(usize::from(u16::from_be_bytes(*self.loca.get(glyph * 2..)?.first_chunk()?)) * 2),
        }
    }
}

/// The glyphs that a composite `outline` is made of, each with the place of its number in the outline.
pub fn components(outline: &[u8]) -> impl Iterator<Item = (usize, u16)> + '_ {
    let word = |at: usize| outline.get(at..)?.first_chunk().map(|word| u16::from_be_bytes(*word));
    let mut next = word(0).filter(|contours| *contours >= 0x8000).map(|_| 10);
    std::iter::from_fn(move || {
        let at = next?;
        let (flags, glyph) = (word(at)?, word(at + 2)?);
        let arguments = if flags & WORDS != 0 { 4 } else { 2 };
        let transform = match () {
            () if flags & SCALE != 0 => 2,
            () if flags & TWO_SCALES != 0 => 4,
            () if flags & MATRIX != 0 => 8,
            () => 0,
        };
        next = (flags & MORE != 0).then_some(at + 4 + arguments + transform);
        Some((at + 2, glyph))
    })
}

/// The outline of a glyph that is `made` of `glyph`, and whose ink is within `bounds`.
pub fn composite(glyph: u16, made: &Made, bounds: [i16; 4]) -> Vec<u8> {
    let mut outline = (-1_i16).to_be_bytes().to_vec();
    outline.extend(bounds.into_iter().flat_map(i16::to_be_bytes));
    outline.extend((WORDS | LENGTHS | MATRIX).to_be_bytes());
    outline.extend(glyph.to_be_bytes());
    for shift in [made.shift.0, made.shift.1] {
        outline.extend((shift as i16).to_be_bytes());
    }
    let [xx, yx, xy, yy] = made.matrix;
    // With fourteen bits behind the point; what x gives before what y gives.
    for part in [xx, xy, yx, yy] {
        outline.extend(((part * 16384.0).round() as i16).to_be_bytes());
    }
    outline
}
