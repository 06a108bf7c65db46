//! One font: its bytes, and what is read from them when it is first asked.

use super::cmap::{Characters, Glyph, thousandths};
use super::kerning::Kerning;
use super::proportional::Proportional;
use std::borrow::Cow;
use std::sync::OnceLock;
use ttf_parser::{Face, GlyphId, name_id};

/// Measures of a font, in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measures {
    /// Height above the baseline.
    pub ascent: i16,
    /// Depth below the baseline, negative.
    pub descent: i16,
    /// The smallest box that holds every glyph: left, bottom, right, top.
    pub bounds: [i16; 4],
    /// Weight, 100 to 900.
    pub weight: u16,
}

/// A font.
#[derive(Debug)]
pub struct Font {
    /// Name of its file.
    pub file: String,
    /// What it is for, in English.
    pub role: String,
    /// What it is for, in Chinese.
    pub role_zh: String,
    /// Its licence.
    pub licence: String,
    bytes: Cow<'static, [u8]>,
    characters: OnceLock<Characters>,
    kerning: OnceLock<Kerning>,
    proportional: OnceLock<Proportional>,
}

impl Font {
    pub(super) fn new(file: &str, role: &str, role_zh: &str, licence: &str, bytes: Cow<'static, [u8]>) -> Self {
        Font {
            file: file.to_owned(),
            role: role.to_owned(),
            role_zh: role_zh.to_owned(),
            licence: licence.to_owned(),
            bytes,
            characters: OnceLock::new(),
            kerning: OnceLock::new(),
            proportional: OnceLock::new(),
        }
    }

    /// The font file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it is part of the program.
    pub(super) fn is_compiled_in(&self) -> bool {
        matches!(self.bytes, Cow::Borrowed(_))
    }

    /// Its face, parsed anew: a reading of the table directory, under a microsecond. `None` when the bytes are no font.
    pub fn face(&self) -> Option<Face<'_>> {
        Face::parse(&self.bytes, 0).ok()
    }

    /// Its characters.
    #[inline]
    pub fn characters(&self) -> &Characters {
        self.characters.get_or_init(|| match self.face() {
            Some(face) => Characters::read(&face),
            None => Characters::default(),
        })
    }

    /// The glyph of `c`, if it has one.
    #[inline]
    pub fn glyph(&self, c: char) -> Option<Glyph> {
        self.characters().get(c)
    }

    /// The correction between two glyphs, in thousandths of an em.
    pub fn kerning(&self, left: u16, right: u16) -> i32 {
        self.kerning.get_or_init(|| Kerning::of(self.characters())).get(left, right, || self.face())
    }

    /// The Western form of a mark that Chinese shares with the West, if it has one.
    pub fn proportional(&self, mark: char) -> Option<Glyph> {
        self.proportional
            .get_or_init(|| self.face().map(|face| Proportional::read(&face, self.characters())).unwrap_or_default())
            .get(mark)
    }

    /// The advance of glyph `glyph` in thousandths of an em; `face` is this font's.
    pub fn advance(face: &Face<'_>, glyph: u16) -> u16 {
        thousandths(face, GlyphId(glyph))
    }

    /// Its measures.
    pub fn measures(&self) -> Measures {
        let Some(face) = self.face() else {
            return Measures { ascent: 880, descent: -120, bounds: [0, -120, 1000, 880], weight: 400 };
        };
        let units = i32::from(face.units_per_em());
        let scale = |v: i16| (i32::from(v) * 1000 / units).clamp(i16::MIN.into(), i16::MAX.into()) as i16;
        let bounds = face.global_bounding_box();
        Measures {
            ascent: scale(face.typographic_ascender().unwrap_or(face.ascender())),
            descent: scale(face.typographic_descender().unwrap_or(face.descender())),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scale),
            weight: face.weight().to_number(),
        }
    }

    /// Its PostScript name, reduced to the characters that such a name may hold.
    pub fn postscript_name(&self) -> String {
        let name = self.face().and_then(|face| named(&face, name_id::POST_SCRIPT_NAME)).unwrap_or_default();
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(63).collect();
        if name.is_empty() { "Unnamed".into() } else { name }
    }

    /// Its family name.
    pub fn family(&self) -> String {
        self.face().and_then(|face| named(&face, name_id::FAMILY)).unwrap_or_else(|| self.file.clone())
    }
}

fn named(face: &Face<'_>, id: u16) -> Option<String> {
    face.names().into_iter().filter(|n| n.name_id == id && n.is_unicode()).find_map(|n| n.to_string())
}
