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
mod shaping;
mod subset;
mod substitution;
mod table;
mod vertical;

use crate::chinese::class::Class;
use crate::chinese::posture::Posture;
use crate::digest::sha256;
use crate::error::Cause;
use crate::lang::Language;
use crate::style::{Face, Style};
use outlines::{Outlines, components};
use program::Redrawn;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

pub use cmap::{Characters, Glyph};
pub use compact::Program;
pub use font::{Font, Measures};
pub use marks::Marked;
pub use own::Own;
pub use shaping::{Placed, Shaped};
pub use vertical::{Cut, Descent, LOWER};

/// Number of a font in its [`Library`].
pub type Number = u8;

/// All fonts; by default none, which is enough for formats without pages. A copy shares them.
#[derive(Debug, Clone, Default)]
pub struct Library {
    fonts: Vec<Arc<Font>>,
    /// Fonts of the user, asked after all others.
    fallback: Vec<Number>,
    /// Fonts of the user by the faces that they serve.
    own: BTreeMap<Face, Number>,
    /// Fonts that styles name, as they name them.
    named: BTreeMap<String, Number>,
    serving: Serving,
    /// The forms that the language of the text gives to characters of a font: the font, and the one that has them.
    forms: &'static [(Number, Number)],
}

/// The font that is first asked for each face: for Chinese and for Western letters.
#[derive(Debug, Clone)]
struct Serving {
    chinese: [Number; Face::COUNT],
    western: [Number; Face::COUNT],
}

impl Default for Serving {
    fn default() -> Self {
        Serving::of(&BTreeMap::new())
    }
}

impl Serving {
    /// Where fonts of the user are named, these, else those that ship with the program.
    fn of(own: &BTreeMap<Face, Number>) -> Self {
        let of_user = |face: Face| own.get(&face).or_else(|| own.get(&face.like()?)).copied();
        let font = |face| of_user(face).unwrap_or(table::role_font(face));
        let letters = own.get(&Face::Western).copied();
        Serving {
            chinese: std::array::from_fn(|index| font(Face::at(index))),
            western: std::array::from_fn(|index| {
                let face = Face::at(index);
                letters.filter(|_| face.has_common_letters()).unwrap_or_else(|| font(table::western_face(face)))
            }),
        }
    }
}

impl Library {
    /// The fonts that are compiled into the program; `None` when it was built without them.
    pub fn embedded() -> Option<Self> {
        let fonts = table::FONTS
            .iter()
            .map(|entry| Some(Arc::new(shipped(entry, Cow::Borrowed(table::compiled_in(entry.file)?)))))
            .collect::<Option<_>>()?;
        Some(Library { fonts, ..Library::default() })
    }

    /// The same fonts from the files of folder `dir`, which may stand in folders of it, as they do in that of the sources.
    ///
    /// # Errors
    /// A sentence that names the file that is missing, unreadable or no font.
    pub fn load(dir: &Path) -> Result<Self, Cause> {
        let files = WalkDir::new(dir).max_depth(2).sort_by_file_name().into_iter().flatten();
        let files: HashMap<OsString, PathBuf> =
            files.map(|file| (file.file_name().to_owned(), file.into_path())).collect();
        let path = |name: &str| {
            let beside = dir.join(name);
            files.get(OsStr::new(name)).filter(|_| !beside.is_file()).cloned().unwrap_or(beside)
        };
        let fonts = table::FONTS
            .iter()
            .map(|entry| Ok(Arc::new(shipped(entry, Cow::Owned(own::read(&path(entry.file), None)?.bytes)))))
            .collect::<Result<_, Cause>>()?;
        Ok(Library { fonts, ..Library::default() })
    }

    /// Adds font files of the user, asked in this order for characters that no other font has.
    ///
    /// # Errors
    /// A sentence that names the file that cannot be used, and why.
    pub fn with_fallback(mut self, files: &[PathBuf]) -> Result<Self, Cause> {
        for path in files {
            let number = self.add(own::read_named(path)?, "fallback, from the user", "后备：用户字体")?;
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
            let role = own.face.name();
            let number = self.add(own.read()?, &format!("{role}, from the user"), &format!("{role}：用户字体"))?;
            self.own.insert(own.face, number);
        }
        self.serving = Serving::of(&self.own);
        Ok(self)
    }

    /// Adds the fonts that `style` names; they serve its pages ([`Library::dressed`]).
    ///
    /// # Errors
    /// As [`Library::with_own`].
    pub fn with_style(mut self, style: &Style) -> Result<Self, Cause> {
        for (face, role, font) in style.fonts() {
            if !self.named.contains_key(font) {
                let read = Own::new(face, font).read()?;
                let number = self.add(read, &format!("{role}, from a style"), &format!("{role}：版式所定字体"))?;
                self.named.insert(font.to_owned(), number);
            }
        }
        Ok(self)
    }

    /// The same for a text in `language` on pages in `style`: the fonts that this names serve its faces, but where the user names others, and
    /// characters take the forms of the region.
    pub fn dressed(&self, style: &Style, language: Language) -> Cow<'_, Library> {
        let forms = table::forms(language);
        if (self.named.is_empty() || style.fonts.is_empty()) && forms.is_empty() {
            return Cow::Borrowed(self);
        }
        let named = style.fonts().filter_map(|(face, _, font)| Some((face, *self.named.get(font)?)));
        let mut own: BTreeMap<Face, Number> = named.collect();
        own.extend(&self.own);
        Cow::Owned(Library { serving: Serving::of(&own), own, forms, ..self.clone() })
    }

    /// Adds a font of the user's; gives its number.
    fn add(&mut self, read: own::File, role: &str, role_zh: &str) -> Result<Number, Cause> {
        let number = Number::try_from(self.fonts.len()).map_err(|_| Cause::TooManyFonts)?;
        self.fonts.push(Arc::new(Font::of_user(read, role, role_zh)));
        Ok(number)
    }

    /// Whether any face is served by a font of the user.
    pub fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// The font of the user that serves `face`, or its `western` letters.
    pub fn own(&self, face: Face, western: bool) -> Option<&Font> {
        let Serving { chinese, western: letters } = &self.serving;
        let number = if western { letters[face.index()] } else { chinese[face.index()] };
        self.font(number).filter(|font| font.is_of_user())
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
        self.fonts.get(usize::from(number)).map(Arc::as_ref)
    }

    /// The font that is first asked for characters of `face`.
    pub fn role(&self, face: Face) -> Option<&Font> {
        self.font(self.serving.chinese[face.index()])
    }

    /// All fonts with their numbers.
    pub fn fonts(&self) -> impl Iterator<Item = (Number, &Font)> {
        (0..).zip(self.fonts.iter().map(Arc::as_ref))
    }

    /// The glyph that sets `c` in `face`: from the font of the role, else from the first fallback that has it.
    #[inline]
    pub fn find(&self, face: Face, c: char) -> Option<(Number, Glyph)> {
        let western = c.is_ascii() || c < '\u{250}' && c.is_alphabetic();
        let Serving { chinese, western: letters } = &self.serving;
        let role = if western { letters[face.index()] } else { chinese[face.index()] };
        if !self.forms.is_empty() && !western {
            let mut forms = self.forms.iter().filter(|(of, _)| *of == role);
            let form = forms.find_map(|&(_, number)| Some((number, self.font(number)?.glyph(c)?)));
            if form.is_some() {
                return form;
            }
        }
        if let Some(glyph) = self.font(role)?.glyph(c) {
            return Some((role, glyph));
        }
        // What a font of the user lacks, the one that it stands for has, or that of the text.
        let shipped = [table::role_font(face), chinese[Face::Song.index()]];
        let chain = shipped.iter().chain(&table::FALLBACK).chain(&self.fallback);
        chain.copied().find_map(|number| Some((number, self.font(number)?.glyph(c)?)))
    }

    /// The Western form of a mark that Chinese shares with the West (“ ” ‘ ’ — … ·) in `face`: the role font's own, else that of Noto Serif,
    /// else what [`find`](Self::find) gives.
    pub fn find_western(&self, face: Face, mark: char) -> Option<(Number, Glyph)> {
        [self.serving.western[face.index()], table::WESTERN]
            .into_iter()
            .find_map(|number| Some((number, self.font(number)?.proportional(mark)?)))
            .or_else(|| self.find(face, mark))
    }

    /// The font of `face`, cut down to those of `characters` that it has itself, and named `family`; where it is for `western` text, its proportional forms go before.
    pub fn cut(&self, face: Face, western: bool, family: &str, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
        let font = self.own(face, western).or(self.role(face)).filter(|font| font.may_be_edited())?;
        let proportional = |c| font.proportional(c).filter(|_| western);
        let glyph = |&c: &char| Some((c, proportional(c).or_else(|| font.glyph(c))?.id));
        let glyphs: BTreeMap<char, u16> = characters.iter().filter_map(glyph).collect();
        let redrawn = if western { BTreeMap::new() } else { self.redrawn(font, &glyphs) };
        font.program(family, &glyphs, &redrawn)
    }

    /// What of `glyphs` of `font` is drawn otherwise in the region of the text: characters that have a form of it, and marks that stand in the
    /// middle of their places.
    fn redrawn(&self, font: &Font, glyphs: &BTreeMap<char, u16>) -> BTreeMap<u16, Redrawn<'_>> {
        let Some(face) = font.face().filter(|_| !self.forms.is_empty()) else { return BTreeMap::new() };
        let is_of = |of: Number| self.font(of).is_some_and(|own| std::ptr::eq(own, font));
        let forms = self.forms.iter().filter(|(of, _)| is_of(*of));
        let forms: Vec<_> = forms.filter_map(|(_, number)| self.font(*number)).collect();
        let outline = |c: char| {
            let (form, glyph) = forms.iter().find_map(|form| Some((form, form.glyph(c)?)))?;
            let outline = Outlines::of(&form.face()?)?.get(glyph.id)?;
            // One of parts would name glyphs of another font.
            components(outline).next().is_none().then_some(Redrawn::As(outline))
        };
        let middle = |c: char, glyph: u16| {
            let full = matches!(Class::of(c), Class::Pause | Class::Stop) && Font::advance(&face, glyph) == 1000;
            let cut = Cut { posture: Posture::Middle, glyph };
            Font::made(&face, cut).filter(|_| full).map(Redrawn::Made)
        };
        let how = |(&c, &glyph): (&char, &u16)| Some((glyph, outline(c).or_else(|| middle(c, glyph))?));
        glyphs.iter().filter_map(how).collect()
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
            assert!(font.characters().count() > 50, "{}", font.file);
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
        for face in [Face::Song, Face::SongBold, Face::Hei, Face::HeiBold, Face::Kai] {
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
