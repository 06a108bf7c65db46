//! The faces that ship with the program, read when first asked and shared by all documents and threads.

mod cmap;
mod compact;
mod extension;
mod font;
mod kerning;
mod marks;
mod outlines;
mod own;
mod program;
mod proportional;
mod sfnt;
mod subset;
mod table;

use crate::digest::sha256;
use crate::error::Cause;
use crate::style::Face;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use cmap::{Characters, Glyph};
pub use compact::Program;
pub use font::{Font, Measures};
pub use marks::Marked;
pub use own::Own;

/// Number of a font in its [`Library`].
pub type Number = u8;

/// All fonts; by default none, which is enough for formats without pages.
#[derive(Debug, Default)]
pub struct Library {
    fonts: Vec<Font>,
    /// Fonts of the user, asked after all others.
    fallback: Vec<Number>,
    /// Fonts of the user by the faces that they serve.
    own: BTreeMap<Face, Number>,
    serving: Serving,
}

/// The font that is first asked for each face, by its number among the faces: for Chinese and for Western letters.
#[derive(Debug)]
struct Serving {
    chinese: [Number; Face::NAMED.len()],
    western: [Number; Face::NAMED.len()],
}

impl Default for Serving {
    fn default() -> Self {
        let faces = Face::NAMED.map(|(_, face)| face);
        Serving { chinese: faces.map(table::role_font), western: faces.map(table::western_font) }
    }
}

impl Library {
    /// The fonts that are compiled into the program; `None` when it was built without them.
    pub fn embedded() -> Option<Self> {
        let fonts = table::FONTS
            .iter()
            .map(|entry| Some(shipped(entry, Cow::Borrowed(entry.bytes?))))
            .collect::<Option<_>>()?;
        Some(Library { fonts, ..Library::default() })
    }

    /// The same fonts from the files of folder `dir`.
    ///
    /// # Errors
    /// A sentence that names the file that is missing, unreadable or no font.
    pub fn load(dir: &Path) -> Result<Self, Cause> {
        let fonts = table::FONTS
            .iter()
            .map(|entry| Ok(shipped(entry, Cow::Owned(own::read(&dir.join(entry.file), None)?.bytes))))
            .collect::<Result<_, Cause>>()?;
        Ok(Library { fonts, ..Library::default() })
    }

    /// Adds font files of the user, asked in this order for characters that no other font has.
    ///
    /// # Errors
    /// A sentence that names the file that cannot be used, and why.
    pub fn with_fallback(mut self, files: &[PathBuf]) -> Result<Self, Cause> {
        for path in files {
            let number = self.next()?;
            self.fonts.push(Font::of_user(own::read(path, None)?, "fallback, from the user", "后备：用户字体"));
            self.fallback.push(number);
        }
        Ok(self)
    }

    /// Has faces served by fonts of the user; what these lack is set as before. The last that is named for a face counts.
    ///
    /// # Errors
    /// A sentence that names the font that there is not, or that cannot be used, and why.
    pub fn with_own(mut self, own: &[Own]) -> Result<Self, Cause> {
        for own in own {
            let number = self.next()?;
            let role = own.face.name();
            self.fonts.push(Font::of_user(
                own.read()?,
                &format!("{role}, from the user"),
                &format!("{role}：用户字体"),
            ));
            self.own.insert(own.face, number);
        }
        for ((_, face), (chinese, western)) in
            Face::NAMED.iter().zip(self.serving.chinese.iter_mut().zip(&mut self.serving.western))
        {
            let serving = |shipped: Number, like: Face| self.own.get(&like).copied().unwrap_or(shipped);
            *chinese = serving(table::role_font(*face), *face);
            *western = serving(table::western_font(*face), table::western_face(*face));
        }
        Ok(self)
    }

    /// Whether any face is served by a font of the user.
    pub fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// The number of the next font.
    fn next(&self) -> Result<Number, Cause> {
        Number::try_from(self.fonts.len()).map_err(|_| Cause::TooManyFonts)
    }

    /// The font of the user that serves `face`, or its `western` letters.
    pub fn own(&self, face: Face, western: bool) -> Option<&Font> {
        self.font(*self.own.get(&if western { table::western_face(face) } else { face })?)
    }

    /// Digest of the fonts that were read from files, as hex; empty where all are those in the program, which its build tells.
    pub fn digest(&self) -> String {
        let read = self.fonts().filter(|(_, font)| !font.is_compiled_in());
        let mut own: Vec<String> =
            read.map(|(number, font)| format!("{number} {} {}", font.member(), sha256(font.bytes()))).collect();
        own.extend(self.own.iter().map(|(face, number)| format!("{} {number}", face.name())));
        if own.is_empty() { String::new() } else { sha256(own.join("\n").as_bytes()) }
    }

    /// The font of number `number`.
    pub fn font(&self, number: Number) -> Option<&Font> {
        self.fonts.get(usize::from(number))
    }

    /// The font that is first asked for characters of `face`.
    pub fn role(&self, face: Face) -> Option<&Font> {
        self.font(self.serving.chinese[face as usize])
    }

    /// All fonts with their numbers.
    pub fn fonts(&self) -> impl Iterator<Item = (Number, &Font)> {
        (0..).zip(&self.fonts)
    }

    /// The glyph that sets `c` in `face`: from the font of the role, else from the first fallback that has it.
    #[inline]
    pub fn find(&self, face: Face, c: char) -> Option<(Number, Glyph)> {
        let western = c.is_ascii() || c < '\u{250}' && c.is_alphabetic();
        let Serving { chinese, western: letters } = &self.serving;
        let role = if western { letters[face as usize] } else { chinese[face as usize] };
        if let Some(glyph) = self.font(role)?.glyph(c) {
            return Some((role, glyph));
        }
        // What a font of the user lacks, the one that it stands for has, or that of the text.
        let shipped = [table::role_font(face), chinese[Face::Song as usize]];
        let chain = shipped.iter().chain(&table::FALLBACK).chain(&self.fallback);
        chain.copied().find_map(|number| Some((number, self.font(number)?.glyph(c)?)))
    }

    /// The Western form of a mark that Chinese shares with the West (“ ” ‘ ’ — … ·) in `face`: the role font's own, else that of Noto Serif,
    /// else what [`find`](Self::find) gives.
    pub fn find_western(&self, face: Face, mark: char) -> Option<(Number, Glyph)> {
        [self.serving.western[face as usize], table::WESTERN]
            .into_iter()
            .find_map(|number| Some((number, self.font(number)?.proportional(mark)?)))
            .or_else(|| self.find(face, mark))
    }

    /// The font of `face`, cut down to those of `characters` that it has itself, and named `family`; where it is for `western` text, its proportional forms go before.
    pub fn cut(&self, face: Face, western: bool, family: &str, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
        let font = self.own(face, western).or(self.role(face)).filter(|font| font.may_be_edited())?;
        let proportional = |c| font.proportional(c).filter(|_| western);
        let glyph = |&c: &char| Some((c, proportional(c).or_else(|| font.glyph(c))?.id));
        font.program(family, &characters.iter().filter_map(glyph).collect())
    }

    /// Whether any font has `c`.
    pub fn covers(&self, c: char) -> bool {
        self.find(Face::Song, c).is_some()
    }
}

fn shipped(entry: &table::Entry, bytes: Cow<'static, [u8]>) -> Font {
    Font::new(entry.file, entry.role, entry.role_zh, entry.licence, bytes)
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests {
    use super::*;

    fn library() -> Library {
        Library::embedded().expect("fonts are compiled in")
    }

    #[test]
    fn every_font_is_read() {
        for (_, font) in library().fonts() {
            assert!(font.characters().count() > 400, "{}", font.file);
            assert!(font.face().is_some(), "{}", font.file);
            assert_ne!(font.postscript_name(), "Unnamed", "{}", font.file);
        }
    }

    #[test]
    fn a_character_comes_from_its_role_and_else_from_the_chain() {
        let library = library();
        let file = |face, c| library.find(face, c).and_then(|(n, _)| library.font(n)).map(|f| f.file.as_str());
        assert_eq!(file(Face::Kai, '永'), Some("ShanbenKai-Regular.ttf"));
        assert_eq!(file(Face::Kai, 'a'), Some("ShanbenSong-Regular.ttf"));
        assert_eq!(file(Face::Fangsong, '永'), Some("ShanbenSong-Regular.ttf"));
        assert_eq!(file(Face::Kai, '𠮷'), Some("ShanbenSong-Regular.ttf"));
        assert_eq!(file(Face::Mono, '永'), Some("ShanbenSong-Regular.ttf"));
        assert_eq!(file(Face::Song, '\u{2252}'), Some("NotoSansMath-Regular.ttf"));
        assert_eq!(file(Face::Song, '😀'), Some("NotoEmoji-Regular.ttf"));
        assert_eq!(file(Face::Song, '1'), Some("ShanbenSong-Regular.ttf"));
        assert_eq!(file(Face::Song, '\u{10FFFD}'), None);
        assert!(library.covers('一') && !library.covers('\u{31350}'));
    }

    #[test]
    fn advances_are_thousandths_of_an_em_whatever_the_units_of_the_font() {
        let library = library();
        let advance = |face, c| library.find(face, c).map(|(_, g)| g.advance);
        assert_eq!(advance(Face::Song, '一'), Some(1000));
        assert_eq!(advance(Face::Song, '—'), Some(1000));
        assert_eq!(advance(Face::Mono, 'i'), Some(500));
        assert_eq!(advance(Face::Song, '\u{2A6A5}'), Some(1000));
    }

    #[test]
    fn marks_in_a_western_run_are_as_wide_as_their_ink() {
        let library = library();
        for face in [Face::Song, Face::SongBold, Face::Hei, Face::Kai] {
            let wide = library.find(face, '“').expect("in every font").1.advance;
            let (number, narrow) = library.find_western(face, '“').expect("in every font");
            assert!(wide == 1000 && narrow.advance < 600 && narrow.id != 0, "A2: {face:?} {number} {narrow:?}");
        }
        assert_eq!(library.find_western(Face::Song, '永'), library.find(Face::Song, '永'));
    }

    #[test]
    fn latin_pairs_are_kerned() {
        let library = library();
        let song = library.font(0).expect("Song");
        let id = |c| song.glyph(c).expect("in Song").id;
        assert!(song.kerning(id('A'), id('V')) < -20);
        assert!(song.kerning(id('T'), id('o')) < -20);
        assert_eq!(song.kerning(id('n'), id('n')), 0);
    }

    #[test]
    fn marks_stand_on_their_letters() {
        let library = library();
        // One character is both: its glyph shows both.
        for (letter, mark, both) in
            [('a', '\u{304}', 'ā'), ('u', '\u{308}', 'ü'), ('ü', '\u{30C}', 'ǚ'), ('â', '\u{301}', 'ấ')]
        {
            for face in [Face::Song, Face::Hei, Face::Kai] {
                let marked = library.marked(face, letter, mark).unwrap_or_else(|| panic!("{both}"));
                assert_eq!((marked.shown, marked.offset), (both, None));
                assert_eq!(Some(marked.letter), library.find(face, both));
            }
        }
        // No character is both: the ink of the mark is above the middle of that of the letter.
        for (letter, mark) in [('m', '\u{304}'), ('ŋ', '\u{301}'), ('ɔ', '\u{302}')] {
            let marked = library.marked(Face::Song, letter, mark).unwrap_or_else(|| panic!("{letter}"));
            let (x, y) = marked.offset.expect("anchors");
            assert_eq!(marked.letter.0, marked.mark.0, "of one font");
            let face = library.font(marked.letter.0).and_then(Font::face).expect("a font");
            let units = i32::from(face.units_per_em());
            let ink = |glyph: Glyph| {
                let bounds = face.glyph_bounding_box(ttf_parser::GlyphId(glyph.id)).expect("ink");
                [bounds.x_min, bounds.x_max, bounds.y_min, bounds.y_max].map(|v| i32::from(v) * 1000 / units)
            };
            let (below, above) = (ink(marked.letter.1), ink(marked.mark.1));
            let middle = (above[0] + above[1]) / 2 + x - (below[0] + below[1]) / 2;
            assert!(middle.abs() < 100, "{letter}: off the middle by {middle}");
            assert!(above[2] + y > below[3], "{letter}: within the letter");
        }
        assert_eq!(library.marked(Face::Song, '永', '\u{FE00}'), None);
    }

    #[test]
    fn the_table_of_characters_agrees_with_the_font() {
        for (_, font) in library().fonts() {
            let face = font.face().expect("a font");
            for (c, glyph) in font.characters().iter() {
                assert_eq!(face.glyph_index(c).map(|g| g.0), Some(glyph.id), "{} {c:?}", font.file);
            }
        }
    }

    #[test]
    fn a_file_that_is_no_font_is_refused_with_its_name() {
        let refused = library().with_fallback(&[PathBuf::from("Cargo.toml")]).expect_err("no font");
        assert_eq!(refused.to_string(), "font Cargo.toml: is no font; give a .ttf, .otf or .ttc file");
    }
}
