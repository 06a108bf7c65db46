//! A font cut down to the glyphs of a PDF: numbered anew, without the tables that only other uses of a font need.

use super::outlines::{Outlines, components, composite};
use super::sfnt::{Table, assemble};
use super::vertical::Made;
use super::{Cut, Font};
use std::borrow::Cow;
use std::collections::BTreeMap;
use ttf_parser::{Face, GlyphId, Tag};

/// Longest `glyf` table whose places can be told in halves of sixteen bits.
const SHORT: usize = 0xFFFF * 2;

/// A glyph of the font that is made.
#[derive(Debug, Clone, Copy)]
enum Kept {
    /// One of the font, as it is.
    Own(u16),
    /// One that is made of it.
    Made(u16, Made),
}

impl Font {
    /// The TrueType program of an embedded font (ISO 32000-1 §9.9) with the outlines of `glyphs`: they are its glyphs from 1
    /// on, 0 is the one for what is missing, and the parts of composite glyphs come last. `None` when this font is broken.
    pub fn subset(&self, glyphs: &[Cut]) -> Option<Vec<u8>> {
        let face = self.face()?;
        let table = |tag| face.raw_face().table(Tag::from_bytes(tag));
        let outlines = Outlines::of(&face)?;
        let cut = |cut: &Cut| Font::made(&face, *cut).map_or(Kept::Own(cut.glyph), |made| Kept::Made(cut.glyph, made));
        let mut kept = Vec::with_capacity(glyphs.len() + 1);
        kept.push(Kept::Own(0));
        kept.extend(glyphs.iter().map(cut));
        // The numbers of those that are as they were, the first where there are several.
        let mut numbers = BTreeMap::new();
        for (number, kept) in kept.iter().enumerate() {
            if let Kept::Own(glyph) = kept {
                numbers.entry(*glyph).or_insert(number);
            }
        }
        let mut places = Vec::with_capacity(kept.len() + 1);
        let own = kept.iter().filter_map(|kept| match kept {
            Kept::Own(glyph) => outlines.get(*glyph),
            Kept::Made(..) => None,
        });
        let mut glyf = Vec::with_capacity(own.map(<[u8]>::len).sum());
        while let Some(&glyph) = kept.get(places.len()) {
            let outline = match glyph {
                Kept::Own(glyph) => Cow::Borrowed(outlines.get(glyph)?),
                Kept::Made(glyph, made) => {
                    let drawn = bounds(&face, glyph, &made).map(|bounds| composite(glyph, &made, bounds));
                    Cow::Owned(drawn.unwrap_or_default())
                }
            };
            let start = glyf.len();
            places.push(start);
            glyf.extend_from_slice(&outline);
            for (at, part) in components(&outline) {
                let number = *numbers.entry(part).or_insert_with(|| {
                    kept.push(Kept::Own(part));
                    kept.len() - 1
                });
                glyf.get_mut(start + at..start + at + 2)?.copy_from_slice(&u16::try_from(number).ok()?.to_be_bytes());
            }
            glyf.resize(glyf.len().next_multiple_of(2), 0);
        }
        places.push(glyf.len());

        let long = glyf.len() > SHORT;
        let loca: Vec<u8> = match long {
            true => places.iter().flat_map(|&place| (place as u32).to_be_bytes()).collect(),
            false => places.iter().flat_map(|&place| ((place / 2) as u16).to_be_bytes()).collect(),
        };
        let (mut head, mut hhea, mut maxp) =
            (table(b"head")?.to_vec(), table(b"hhea")?.to_vec(), table(b"maxp")?.to_vec());
        let (hmtx, advances) = metrics(&hhea, table(b"hmtx")?, &face, &kept)?;
        head.get_mut(8..12)?.fill(0);
        head.get_mut(50..52)?.copy_from_slice(&[0, long.into()]);
        hhea.get_mut(34..36)?.copy_from_slice(&advances.to_be_bytes());
        maxp.get_mut(4..6)?.copy_from_slice(&u16::try_from(kept.len()).ok()?.to_be_bytes());
        if kept.iter().any(|kept| matches!(kept, Kept::Made(..))) {
            allow_composites(&mut maxp)?;
        }
        let made: [Table<'_>; 6] = [
            (*b"glyf", glyf.into()),
            (*b"head", head.into()),
            (*b"hhea", hhea.into()),
            (*b"hmtx", hmtx.into()),
            (*b"loca", loca.into()),
            (*b"maxp", maxp.into()),
        ];
        // The programs of hinted fonts.
        let copied = [b"cvt ", b"fpgm", b"prep"].into_iter().filter_map(|tag| Some((*tag, Cow::from(table(tag)?))));
        let mut tables: Vec<Table<'_>> = made.into_iter().chain(copied).collect();
        tables.sort_unstable_by_key(|(tag, _)| *tag);
        Some(assemble(&tables))
    }
}

/// The box of what is made of `glyph`, in units of the font: left, bottom, right, top; none where nothing is drawn.
pub(super) fn bounds(face: &Face<'_>, glyph: u16, made: &Made) -> Option<[i16; 4]> {
    let ink = face.glyph_bounding_box(GlyphId(glyph))?;
    let [xx, yx, xy, yy] = made.matrix;
    let corner = |x: i16, y: i16| {
        let (x, y) = (f32::from(x), f32::from(y));
        let at = |along: f32, shift: i32| along.round() as i16 + shift as i16;
        (at(x * xx + y * yx, made.shift.0), at(x * xy + y * yy, made.shift.1))
    };
    let (a, b) = (corner(ink.x_min, ink.y_min), corner(ink.x_max, ink.y_max));
    Some([a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)])
}

/// Lets there be glyphs that are made of others, which may be so themselves (OpenType, `maxp`).
pub(super) fn allow_composites(maxp: &mut [u8]) -> Option<()> {
    let word = |maxp: &[u8], at: usize| maxp.get(at..)?.first_chunk().map(|word| u16::from_be_bytes(*word));
    let (points, contours) = (word(maxp, 6)?, word(maxp, 8)?);
    let (composite_points, composite_contours) = (word(maxp, 10)?.max(points), word(maxp, 12)?.max(contours));
    let (elements, depth) = (word(maxp, 28)?.max(1), word(maxp, 30)?.saturating_add(1));
    for (at, value) in [(10, composite_points), (12, composite_contours), (28, elements), (30, depth)] {
        maxp.get_mut(at..at + 2)?.copy_from_slice(&value.to_be_bytes());
    }
    Some(())
}

/// The horizontal metrics of `glyphs`, and how many of them tell their advance: the others have that of the last to do so.
fn metrics(hhea: &[u8], hmtx: &[u8], face: &Face<'_>, glyphs: &[Kept]) -> Option<(Vec<u8>, u16)> {
    let count = usize::from(u16::from_be_bytes(*hhea.get(34..)?.first_chunk()?));
    let em = face.units_per_em().to_be_bytes();
    let advance = |glyph: Kept| match glyph {
        Kept::Own(glyph) => hmtx.get(4 * usize::from(glyph).min(count.checked_sub(1)?)..)?.first_chunk::<2>().copied(),
        // As wide as a column.
        Kept::Made(..) => Some(em),
    };
    let bearing = |glyph: Kept| match glyph {
        Kept::Own(glyph) => {
            let glyph = usize::from(glyph);
            hmtx.get(if glyph < count { 4 * glyph + 2 } else { 2 * (count + glyph) }..)?.first_chunk::<2>().copied()
        }
        Kept::Made(glyph, made) => Some(bounds(face, glyph, &made).map_or(0, |bounds| bounds[0]).to_be_bytes()),
    };
    let last = advance(*glyphs.last()?)?;
    let told = glyphs.iter().rposition(|&glyph| advance(glyph) != Some(last)).map_or(1, |at| at + 2);
    let mut out = Vec::with_capacity(4 * glyphs.len());
    for (index, &glyph) in glyphs.iter().enumerate() {
        if index < told {
            out.extend_from_slice(&advance(glyph)?);
        }
        out.extend_from_slice(&bearing(glyph)?);
    }
    Some((out, told as u16))
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use super::super::Library;
    use super::super::sfnt::sum;
    use super::*;
    use crate::chinese::posture::Posture;
    use std::fmt::Write;
    use ttf_parser::{Face, GlyphId};

    #[test]
    fn another_reader_finds_the_same_glyphs_under_their_new_numbers() {
        let library = Library::embedded().expect("fonts are compiled in");
        for (number, font) in library.fonts() {
            let whole = font.face().expect("a font");
            // Noto Serif makes é of e and its accent.
            let wanted: Vec<u16> =
                "永e，é1Ǻ—國♞∑😀".chars().filter_map(|c| font.glyph(c)).map(|glyph| glyph.id).collect();
            let program = font.subset(&as_they_are(&wanted)).expect("a program");
            assert_eq!(sum(&program), super::super::sfnt::SUM);
            let cut = Face::parse(&program, 0).expect("a font");
            assert!(usize::from(cut.number_of_glyphs()) > wanted.len(), "{number}");
            for (new, old) in (1..).map(GlyphId).zip(wanted.iter().copied().map(GlyphId)) {
                assert_eq!(drawn(&cut, new), drawn(&whole, old), "{number}: {old:?}");
                assert_eq!(cut.glyph_hor_advance(new), whole.glyph_hor_advance(old), "{number}: {old:?}");
                assert_eq!(cut.glyph_hor_side_bearing(new), whole.glyph_hor_side_bearing(old), "{number}: {old:?}");
            }
        }
    }

    #[test]
    fn a_font_of_many_outlines_tells_their_places_in_full() {
        let library = Library::embedded().expect("fonts are compiled in");
        let song = library.font(0).expect("Song");
        // In halves below SHORT, also where the place itself takes more than sixteen bits, and in full above.
        for (count, long) in [(500, false), (2000, true)] {
            let all = song.characters();
            let wanted: Vec<u16> = all.iter().skip(1000).take(count).map(|(_, glyph)| glyph.id).collect();
            let program = song.subset(&as_they_are(&wanted)).expect("a program");
            let (whole, cut) = (song.face().expect("a font"), Face::parse(&program, 0).expect("a font"));
            assert!(program.len() > SHORT / 2 && (program.len() > SHORT) == long, "{}", program.len());
            let last = wanted[count - 1];
            assert_eq!(drawn(&cut, GlyphId(count as u16)), drawn(&whole, GlyphId(last)), "{count}");
        }
    }

    fn as_they_are(glyphs: &[u16]) -> Vec<Cut> {
        glyphs.iter().map(|&glyph| Cut { posture: Posture::Upright, glyph }).collect()
    }

    /// The outline of a glyph, in words.
    fn drawn(face: &Face<'_>, glyph: GlyphId) -> String {
        struct Pen(String);
        impl ttf_parser::OutlineBuilder for Pen {
            fn move_to(&mut self, x: f32, y: f32) {
                let _ = write!(self.0, "M{x} {y}");
            }
            fn line_to(&mut self, x: f32, y: f32) {
                let _ = write!(self.0, "L{x} {y}");
            }
            fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
                let _ = write!(self.0, "Q{x1} {y1} {x} {y}");
            }
            fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
                let _ = write!(self.0, "C{x1} {y1} {x2} {y2} {x} {y}");
            }
            fn close(&mut self) {
                self.0 += "Z";
            }
        }
        let mut pen = Pen(String::new());
        face.outline_glyph(glyph, &mut pen);
        pen.0
    }
}
