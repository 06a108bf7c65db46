//! One font: its bytes, and what is read from them when it is first asked.

use super::cmap::{Characters, Glyph, thousandths};
use super::kerning::Kerning;
use super::own::File;
use super::proportional::Proportional;
use super::vertical::Columns;
use crate::digest::sha256;
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
    /// Its number in a collection.
    member: u32,
    characters: OnceLock<Characters>,
    kerning: OnceLock<Kerning>,
    proportional: OnceLock<Proportional>,
    pub(super) columns: OnceLock<Columns>,
    digest: OnceLock<String>,
    /// The font as the shaper reads it.
    pub(super) shaper: OnceLock<Option<harfrust::Font>>,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Font").field("file", &self.file).field("member", &self.member).finish_non_exhaustive()
    }
}

impl Font {
    pub(super) fn new(file: &str, role: &str, role_zh: &str, licence: &str, bytes: Cow<'static, [u8]>) -> Self {
        Font {
            file: file.to_owned(),
            role: role.to_owned(),
            role_zh: role_zh.to_owned(),
            licence: licence.to_owned(),
            bytes,
            member: 0,
            characters: OnceLock::new(),
            kerning: OnceLock::new(),
            proportional: OnceLock::new(),
            columns: OnceLock::new(),
            digest: OnceLock::new(),
            shaper: OnceLock::new(),
        }
    }

    /// A font of the user's.
    pub(super) fn of_user(read: File, role: &str, role_zh: &str) -> Self {
        Font { member: read.member, ..Font::new(&read.name, role, role_zh, "", Cow::Owned(read.bytes)) }
    }

    /// The font file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether it is one of the user's, and none that ships with the program.
    pub fn is_of_user(&self) -> bool {
        self.licence.is_empty()
    }

    /// Whether it is part of the program.
    pub fn is_compiled_in(&self) -> bool {
        matches!(self.bytes, Cow::Borrowed(_))
    }

    /// Its face, parsed anew: a reading of the table directory, under a microsecond. `None` when the bytes are no font.
    pub fn face(&self) -> Option<Face<'_>> {
        Face::parse(&self.bytes, self.member).ok()
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

    /// Digest of its file, SHA-256 as hex.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| sha256(&self.bytes))
    }

    /// What its variations are by default, in the words of the font: `Thin`; `None` for a font without any.
    pub fn default_instance(&self) -> Option<String> {
        let face = self.face().filter(Face::is_variable)?;
        let style = [name_id::TYPOGRAPHIC_SUBFAMILY, name_id::SUBFAMILY].into_iter().find_map(|id| named(&face, id));
        Some(style.unwrap_or_else(|| "Regular".to_owned()))
    }

    /// Its file, with its number in a collection.
    pub fn source(&self) -> String {
        match self.member {
            0 => self.file.clone(),
            number => format!("{}#{number}", self.file),
        }
    }

    /// Its number in a collection; 0 for all others.
    pub fn member(&self) -> u32 {
        self.member
    }

    /// The names of its family, in Chinese first, then in other languages; without any, the name of its file.
    pub fn families(&self) -> Vec<String> {
        let mut names = self.face().map(|face| families(&face)).unwrap_or_default();
        if names.is_empty() {
            names.push(self.file.clone());
        }
        names
    }
}

/// Primary languages of Windows (MS-LCID): Chinese.
const CHINESE: u16 = 0x04;

/// The names of the family of `face` and, where it has others for the sake of old programs, of its typographic family; in Chinese first.
pub fn families(face: &Face<'_>) -> Vec<String> {
    let mut names: Vec<(bool, String)> = face
        .names()
        .into_iter()
        .filter(|name| matches!(name.name_id, name_id::FAMILY | name_id::TYPOGRAPHIC_FAMILY) && name.is_unicode())
        .filter_map(|name| Some((name.language_id & 0x3FF != CHINESE, name.to_string()?)))
        .filter(|(_, name)| !name.trim().is_empty())
        .collect();
    names.sort_by_key(|(foreign, _)| *foreign);
    let mut known: Vec<String> = vec![];
    for (_, name) in names {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known
}

fn named(face: &Face<'_>, id: u16) -> Option<String> {
    face.names().into_iter().filter(|n| n.name_id == id && n.is_unicode()).find_map(|n| n.to_string())
}
