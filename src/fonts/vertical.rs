//! Glyphs as they stand in columns: the forms that a font has for that (`vert`), and those that are made of its others: turned, drawn out,
//! in the middle of their place, or several in one.

use super::cmap::{Glyph, thousandths};
use super::substitution::{substitute, substitutions};
use super::{Font, Library, Number, table};
use crate::chinese::posture::{Posture, stands_upright};
use crate::style::Face;
use ttf_parser::{Face as Parsed, GlyphId, Rect};

/// Height of the upper edge of the em square above the baseline, and depth of the lower one, in thousandths of an em.
pub const TOP: i32 = 880;
const BOTTOM: i32 = -120;
/// How much farther down the pen is put for what is so told, in thousandths of an em.
pub const LOWER: i32 = 600;
/// The middle of the em square.
const MIDDLE: i32 = (TOP + BOTTOM) / 2;
/// How much of the width of their place characters take that stand abreast.
const ABREAST: i32 = 960;
/// By how much a stroke is longer than its place at each end, so that two of them are one.
const OVERLAP: i32 = 8;
/// Origins that are nearer than this to the upper edge of the em square are rounded ones of it.
const ROUNDED: i32 = 20;

/// A glyph as it is drawn in columns: one of the font, in a posture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cut {
    /// How it stands; upright ones are as the font has them, and come first.
    pub posture: Posture,
    /// Its index in the font.
    pub glyph: u16,
}

/// The forms of a font for columns: each glyph with the one in its place, in order.
#[derive(Debug, Default)]
pub struct Columns(Vec<(u16, Glyph)>);

impl Columns {
    /// Reads the forms of `face`.
    pub fn read(face: &Parsed<'_>) -> Self {
        let all = substitutions(face, *b"vert");
        let form = |glyph: u16| {
            let form = all.iter().find_map(|s| substitute(s, GlyphId(glyph)))?;
            Some((glyph, Glyph { id: form.0, advance: thousandths(face, form) }))
        };
        Columns(if all.is_empty() { vec![] } else { (0..face.number_of_glyphs()).filter_map(form).collect() })
    }

    /// The form of `glyph`.
    pub fn get(&self, glyph: u16) -> Option<Glyph> {
        let at = self.0.binary_search_by_key(&glyph, |(own, _)| *own).ok()?;
        Some(self.0[at].1)
    }
}

/// How a glyph is moved over a column, in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Descent {
    /// How far the pen moves down.
    pub advance: u16,
    /// How far the place where the pen is put is above the baseline of the glyph.
    pub origin: i16,
}

/// A glyph made of another one: a matrix, and where the origin of that comes to be, in units of the font.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Made {
    /// Of x and y what is added to x, then to y.
    pub matrix: [f32; 4],
    /// Right and up.
    pub shift: (i32, i32),
}

impl Font {
    /// How the pen moves over `cut`; `face` is this font's.
    pub fn descent(face: &Parsed<'_>, cut: Cut) -> Descent {
        let advance = down(cut.posture, thousandths(face, GlyphId(cut.glyph)));
        let own = || origin_of(face, GlyphId(cut.glyph));
        let origin = match cut.posture {
            Posture::Upright => own(),
            Posture::Low => own() - LOWER as i16,
            Posture::Turned | Posture::Stroke | Posture::Middle | Posture::Abreast(_) => TOP as i16,
        };
        Descent { advance, origin }
    }

    /// How `cut` is made of its glyph; `None` where that is drawn as it is.
    pub(super) fn made(face: &Parsed<'_>, cut: Cut) -> Option<Made> {
        // Nearly all are; their outlines need not be walked.
        if cut.posture == Posture::Upright {
            return None;
        }
        let units = i32::from(face.units_per_em());
        let em = |thousandths: i32| thousandths * units / 1000;
        let nothing = Rect { x_min: 0, y_min: 0, x_max: 0, y_max: 0 };
        let ink = face.glyph_bounding_box(GlyphId(cut.glyph)).unwrap_or(nothing);
        let Rect { x_min, y_min, x_max, y_max } = ink;
        let [left, bottom, right, top] = [x_min, y_min, x_max, y_max].map(i32::from);
        let made = match cut.posture {
            Posture::Upright => return None,
            Posture::Low => Made { matrix: [1.0, 0.0, 0.0, 1.0], shift: (0, 0) },
            Posture::Turned => Made { matrix: [0.0, 1.0, -1.0, 0.0], shift: (em(-BOTTOM), em(TOP)) },
            Posture::Stroke => {
                let length = em(1000 + 2 * OVERLAP);
                let long = (right - left).max(top - bottom).max(1);
                let scale = (length as f32 / long as f32).min(1.99);
                let scaled = |at: i32| (at as f32 * scale).round() as i32;
                if right - left > top - bottom {
                    let shift = (em(500) - i32::midpoint(bottom, top), em(TOP + OVERLAP) + scaled(left));
                    Made { matrix: [0.0, 1.0, -scale, 0.0], shift }
                } else {
                    let shift = (em(500) - i32::midpoint(left, right), em(BOTTOM - OVERLAP) - scaled(bottom));
                    Made { matrix: [1.0, 0.0, 0.0, scale], shift }
                }
            }
            Posture::Middle => {
                let shift = (em(500) - i32::midpoint(left, right), em(MIDDLE) - i32::midpoint(bottom, top));
                Made { matrix: [1.0, 0.0, 0.0, 1.0], shift }
            }
            Posture::Abreast(share) => {
                let (number, count) = share.place();
                let room = ABREAST / count;
                let advance = i32::from(thousandths(face, GlyphId(cut.glyph))).max(1);
                let scale = (room as f32 / advance as f32).min(1.0);
                let x = (1000 - ABREAST) / 2 + room * number + (room - (advance as f32 * scale) as i32) / 2;
                // The pen has moved down over those before it, and all stand beside each other.
                Made { matrix: [scale, 0.0, 0.0, 1.0], shift: (em(x), em(1000 / count * number)) }
            }
        };
        Some(made)
    }

    /// The form of `glyph` for columns, if the font has one.
    fn column_form(&self, glyph: u16) -> Option<Glyph> {
        self.columns.get_or_init(|| self.face().map(|face| Columns::read(&face)).unwrap_or_default()).get(glyph)
    }
}

/// How far the pen moves down over a glyph of this `width`, in thousandths of an em.
fn down(posture: Posture, width: u16) -> u16 {
    match posture {
        Posture::Upright => width.max(1000),
        Posture::Turned => width,
        Posture::Stroke | Posture::Middle | Posture::Low => 1000,
        Posture::Abreast(share) => (1000 / share.place().1) as u16,
    }
}

/// How far the place where the pen is put is above the baseline of an upright glyph: as the font tells (`vmtx`), in thousandths of an em.
fn origin_of(face: &Parsed<'_>, glyph: GlyphId) -> i16 {
    let told = || {
        let bearing = i32::from(face.glyph_ver_side_bearing(glyph)?);
        let top = i32::from(face.glyph_bounding_box(glyph)?.y_max);
        let origin = (bearing + top) * 1000 / i32::from(face.units_per_em().max(1));
        ((origin - TOP).abs() > ROUNDED).then_some(origin as i16)
    };
    told().unwrap_or(TOP as i16)
}

impl Library {
    /// The glyph that sets `c` of `face` in a column in `posture`: its font, the glyph in the posture that it takes there, and how far the
    /// pen moves. What has neither a form for columns nor stands upright by itself is turned, but for letters and digits: whoever wants them
    /// upright has reasons.
    pub fn in_column(&self, face: Face, c: char, posture: Posture) -> Option<(Number, Cut, u16)> {
        let found = match posture {
            Posture::Turned if !c.is_ascii() => self.find_western(face, c),
            _ => self.find(face, c),
        };
        let (mut number, mut glyph) = found?;
        let mut font = self.font(number)?;
        let form = font.column_form(glyph.id);
        let posture = match (posture, form) {
            (Posture::Upright, None) if !stands_upright(c) && !c.is_ascii_alphanumeric() => Posture::Turned,
            _ => posture,
        };
        if posture != Posture::Upright && font.has_compact_outlines() {
            // Nothing is made of outlines of PostScript: the font that this one stands for has others.
            let mut shipped = [table::role_font(face)].into_iter().chain(table::FALLBACK);
            (number, glyph) = shipped.find_map(|number| Some((number, self.font(number)?.glyph(c)?)))?;
            font = self.font(number)?;
        }
        let glyph = match posture {
            Posture::Upright | Posture::Stroke => font.column_form(glyph.id).unwrap_or(glyph),
            Posture::Turned | Posture::Middle | Posture::Abreast(_) | Posture::Low => glyph,
        };
        Some((number, Cut { posture, glyph: glyph.id }, down(posture, glyph.advance)))
    }
}
