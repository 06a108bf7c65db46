//! Fonts of the user's: from a file (`fangsong=fonts/simfang.ttf`, `song=simsun.ttc#1`), or of the system by the name of their family
//! (`fangsong=仿宋`). Nothing of the system is used that was not named.

use super::extension;
use super::font::families;
use crate::error::Cause;
use crate::style::Face;
use std::path::{Path, PathBuf};
use ttf_parser::Tag;

/// The largest file that is read, in megabytes: the largest collections of Chinese fonts have half of it.
const LARGEST: u64 = 64;

/// What names of font files end in.
const EXTENSIONS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

/// The Fangsongs that systems have: those of Chinese offices, Windows, macOS, and TeX Live on Debian.
const FANGSONGS: [&str; 6] = ["仿宋_GB2312", "方正仿宋_GBK", "仿宋", "FangSong", "STFangsong", "FandolFang"];

/// Which font is to serve a face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The face.
    pub face: Face,
    wanted: Wanted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Wanted {
    /// A file, and what stands behind `#`: a number in a collection, or the name of a family.
    File(PathBuf, Option<String>),
    /// A family of the system.
    Family(String),
}

impl Wanted {
    fn parse(font: &str) -> Self {
        let (path, member) = parted(font);
        match Own::is_file(path) {
            true => Wanted::File(path.into(), member.map(str::to_owned)),
            false => Wanted::Family(font.to_owned()),
        }
    }
}

/// A font file that was read and found fit to be used.
#[derive(Debug)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The number of the font in it.
    pub member: u32,
}

impl Own {
    /// Understands `FACE=FILE`, `FACE=FILE#N` or `FACE=FAMILY`.
    ///
    /// # Errors
    /// How it is to be written.
    pub fn parse(text: &str) -> Result<Self, Cause> {
        let named = text.split_once('=').and_then(|(face, font)| Some((Face::named(face.trim())?, font.trim())));
        let Some((face, font)) = named.filter(|(_, font)| !font.is_empty()) else {
            let names = Face::NAMED.map(|(name, _)| name).join(", ");
            return Err(Cause::NoFace { text: crate::unicode::printable(text).into_owned(), names });
        };
        Ok(Own { face, wanted: Wanted::parse(font) })
    }

    /// That `font`, a file or a family as the option takes it, is to serve `face`.
    pub fn new(face: Face, font: &str) -> Self {
        Own { face, wanted: Wanted::parse(font) }
    }

    /// The name of a Fangsong of the system, if it has one that is well known.
    pub fn fangsong_of_system() -> Option<String> {
        let mut known = fontdb::Database::new();
        known.load_system_fonts();
        let has = |name: &str| known.faces().any(|face| face.families.iter().any(|(family, _)| same(family, name)));
        FANGSONGS.into_iter().find(|name| has(name)).map(str::to_owned)
    }

    /// Reads the font.
    ///
    /// # Errors
    /// That there is none, or why it cannot be used.
    pub fn read(&self) -> Result<File, Cause> {
        match &self.wanted {
            Wanted::File(path, member) => read(path, member.as_deref()),
            Wanted::Family(name) => of_system(name, matches!(self.face, Face::SongBold | Face::HeiBold)),
        }
    }

    /// Whether `font` is a path, with or without a number behind it, and not the name of a family.
    pub fn is_file(font: &str) -> bool {
        let path = Path::new(font.rsplit_once('#').map_or(font, |(path, _)| path));
        let extension = path.extension().and_then(|extension| extension.to_str());
        font.contains(['/', '\\'])
            || extension.is_some_and(|found| EXTENSIONS.iter().any(|one| found.eq_ignore_ascii_case(one)))
    }
}

/// The path in `font`, and what stands behind `#` where it is that of a file: a number in a collection, or the name of a family.
fn parted(font: &str) -> (&str, Option<&str>) {
    match font.rsplit_once('#') {
        Some((path, member)) if Own::is_file(path) => (path, Some(member)),
        _ => (font, None),
    }
}

/// Reads the font of `FILE` or `FILE#N`.
///
/// # Errors
/// As [`read`].
pub fn read_named(font: &Path) -> Result<File, Cause> {
    match font.to_str().map(parted) {
        Some((path, member)) => read(Path::new(path), member),
        None => read(font, None),
    }
}

/// Reads the font `member` of the file at `path`, and makes sure that it can be used.
///
/// # Errors
/// A sentence that names the file, and why not.
pub fn read(path: &Path, member: Option<&str>) -> Result<File, Cause> {
    let refuse = |why: Cause| Cause::InFont { path: path.to_string_lossy().into_owned(), why: Box::new(why) };
    let size = std::fs::metadata(path).map_err(|error| refuse((&error).into()))?.len();
    if size > LARGEST << 20 {
        return Err(refuse(Cause::FontTooLarge { most: LARGEST }));
    }
    let bytes = std::fs::read(path).map_err(|error| refuse((&error).into()))?;
    let member = number(&bytes, member).map_err(refuse)?;
    fit(&bytes, member).map_err(refuse)?;
    Ok(File { name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(), bytes, member })
}

/// The number of the font that is `wanted` among those of a file.
fn number(bytes: &[u8], wanted: Option<&str>) -> Result<u32, Cause> {
    let count = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    let Some(wanted) = wanted else { return Ok(0) };
    let names = |number| ttf_parser::Face::parse(bytes, number).map(|face| families(&face)).unwrap_or_default();
    let by_number = wanted.parse().ok().filter(|number| *number < count);
    let by_name = || (0..count).find(|&number| names(number).iter().any(|name| same(name, wanted)));
    by_number.or_else(by_name).ok_or_else(|| {
        let all = (0..count).map(|number| format!("{number} {}", names(number).first().map_or("", String::as_str)));
        Cause::NoSuchMember { wanted: wanted.to_owned(), names: all.collect::<Vec<_>>().join(", ") }
    })
}

/// Makes sure that a font can be set and embedded: its outlines are of TrueType or CFF, and its licence lets a part of it be embedded.
fn fit(bytes: &[u8], member: u32) -> Result<(), Cause> {
    let face = ttf_parser::Face::parse(bytes, member).map_err(|_| Cause::IsNoFont)?;
    let has = |tag| face.raw_face().table(Tag::from_bytes(tag)).is_some();
    if face.tables().glyf.is_none() && face.tables().cff.is_none() && has(b"CFF2") {
        return Err(Cause::HasCompactVariations);
    }
    if face.tables().glyf.is_none() && face.tables().cff.is_none() || face.number_of_glyphs() == 0 {
        return Err(Cause::HasNoOutlines);
    }
    if extension::leads_to_extension(&face) {
        return Err(Cause::LeadsInCircles);
    }
    Rights::of(&face).map(|_| ())
}

/// What the licence of a font allows by its bits (OpenType, OS/2 `fsType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// To be embedded in what can be edited.
    Editing,
    /// To be embedded for looking and printing: in a PDF, not in a DOCX.
    Printing,
}

/// Bits of `fsType`: no embedding; for looking and printing; for editing; only as a whole; only its bitmaps.
const RESTRICTED: u16 = 1 << 1;
const PRINTING: u16 = 1 << 2;
const EDITING: u16 = 1 << 3;
const WHOLE: u16 = 1 << 8;
const BITMAPS: u16 = 1 << 9;

impl Rights {
    /// Those of `face`. Of several bits, the one that allows most counts.
    ///
    /// # Errors
    /// That it may not be embedded, or not cut down.
    pub fn of(face: &ttf_parser::Face<'_>) -> Result<Self, Cause> {
        let table = face.raw_face().table(Tag::from_bytes(b"OS/2"));
        let bits = table.and_then(|table| table.get(8..10)).map_or(0, |bits| u16::from_be_bytes([bits[0], bits[1]]));
        match bits {
            _ if bits & BITMAPS != 0 => Err(Cause::NotToBeEmbedded),
            _ if bits & WHOLE != 0 => Err(Cause::NotToBeCut),
            _ if bits & EDITING != 0 => Ok(Rights::Editing),
            _ if bits & PRINTING != 0 => Ok(Rights::Printing),
            _ if bits & RESTRICTED != 0 => Err(Cause::NotToBeEmbedded),
            _ => Ok(Rights::Editing),
        }
    }
}

/// Whether two names of families are one, whatever the case.
fn same(a: &str, b: &str) -> bool {
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// The font of the system whose family is `name`: upright, and of the weight that is nearest to that of text, or to a `bold` one.
fn of_system(name: &str, bold: bool) -> Result<File, Cause> {
    let mut known = fontdb::Database::new();
    known.load_system_fonts();
    let weight = if bold { fontdb::Weight::BOLD } else { fontdb::Weight::NORMAL };
    let is_named = |face: &&fontdb::FaceInfo| face.families.iter().any(|(family, _)| same(family, name));
    let strangeness = |face: &&fontdb::FaceInfo| {
        // Of what is alike the first by its path, so that it is the same font each time.
        (
            face.style != fontdb::Style::Normal,
            face.weight.0.abs_diff(weight.0),
            path(face).map(Path::to_owned),
            face.index,
        )
    };
    let Some(found) = known.faces().filter(is_named).min_by_key(strangeness) else {
        let families: Vec<&str> =
            known.faces().flat_map(|face| &face.families).map(|(family, _)| family.as_str()).collect();
        let nearest = families.into_iter().min_by_key(|family| {
            (strsim::levenshtein(&family.to_lowercase(), &name.to_lowercase()), family.len(), *family)
        });
        let name = crate::unicode::printable(name).into_owned();
        return Err(match nearest {
            Some(near) => Cause::NoFamilyBut { name, near: near.to_owned() },
            None => Cause::NoFamily { name },
        });
    };
    match path(found) {
        Some(path) => read(path, Some(&found.index.to_string())),
        None => Err(Cause::NoFamily { name: crate::unicode::printable(name).into_owned() }),
    }
}

/// Where a font of the system stands.
fn path(face: &fontdb::FaceInfo) -> Option<&Path> {
    match &face.source {
        fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => Some(path),
        fontdb::Source::Binary(_) => None,
    }
}
