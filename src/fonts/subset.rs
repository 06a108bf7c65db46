//! A font cut down to the glyphs of a PDF: numbered anew, without the tables that only other uses of a font need.

use super::Font;
use super::outlines::{Outlines, components};
use super::sfnt::{Table, assemble};
use std::borrow::Cow;
use ttf_parser::Tag;

/// Longest `glyf` table whose places can be told in halves of sixteen bits.
const SHORT: usize = 0xFFFF * 2;

impl Font {
    /// The TrueType program of an embedded font (ISO 32000-1 §9.9) with the outlines of `glyphs`: they are its glyphs from 1
    /// on, 0 is the one for what is missing, and the parts of composite glyphs come last. `None` when this font is broken.
    pub fn subset(&self, glyphs: &[u16]) -> Option<Vec<u8>> {
        let face = self.face()?;
        let table = |tag| face.raw_face().table(Tag::from_bytes(tag));
        let outlines = Outlines::of(&face)?;
        let mut kept = Vec::with_capacity(glyphs.len() + 1);
        kept.push(0);
        kept.extend_from_slice(glyphs);
        let mut places = Vec::with_capacity(kept.len() + 1);
        let mut glyf = Vec::with_capacity(kept.iter().filter_map(|&glyph| outlines.get(glyph)).map(<[u8]>::len).sum());
        while let Some(&glyph) = kept.get(places.len()) {
            let outline = outlines.get(glyph)?;
            let start = glyf.len();
            places.push(start);
            glyf.extend_from_slice(outline);
            for (at, part) in components(outline) {
                let number = kept.iter().position(|&known| known == part).unwrap_or_else(|| {
                    kept.push(part);
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
        let (hmtx, advances) = metrics(&hhea, table(b"hmtx")?, &kept)?;
        head.get_mut(8..12)?.fill(0);
        head.get_mut(50..52)?.copy_from_slice(&[0, long.into()]);
        hhea.get_mut(34..36)?.copy_from_slice(&advances.to_be_bytes());
        maxp.get_mut(4..6)?.copy_from_slice(&u16::try_from(kept.len()).ok()?.to_be_bytes());
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

/// The horizontal metrics of `glyphs`, and how many of them tell their advance: the others have that of the last to do so.
fn metrics(hhea: &[u8], hmtx: &[u8], glyphs: &[u16]) -> Option<(Vec<u8>, u16)> {
    let count = usize::from(u16::from_be_bytes(*hhea.get(34..)?.first_chunk()?));
    let advance = |glyph: u16| hmtx.get(4 * usize::from(glyph).min(count.checked_sub(1)?)..)?.first_chunk::<2>();
    let bearing =
        |glyph: usize| hmtx.get(if glyph < count { 4 * glyph + 2 } else { 2 * (count + glyph) }..)?.first_chunk::<2>();
    let last = advance(*glyphs.last()?)?;
    let told = glyphs.iter().rposition(|&glyph| advance(glyph) != Some(last)).map_or(1, |at| at + 2);
    let mut out = Vec::with_capacity(4 * glyphs.len());
    for (index, &glyph) in glyphs.iter().enumerate() {
        if index < told {
            out.extend_from_slice(advance(glyph)?);
        }
        out.extend_from_slice(bearing(glyph.into())?);
    }
    Some((out, told as u16))
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use super::super::Library;
    use super::super::sfnt::sum;
    use super::*;
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
            let program = font.subset(&wanted).expect("a program");
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
            let program = song.subset(&wanted).expect("a program");
            let (whole, cut) = (song.face().expect("a font"), Face::parse(&program, 0).expect("a font"));
            assert!(program.len() > SHORT / 2 && (program.len() > SHORT) == long, "{}", program.len());
            let last = wanted[count - 1];
            assert_eq!(drawn(&cut, GlyphId(count as u16)), drawn(&whole, GlyphId(last)), "{count}");
        }
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
