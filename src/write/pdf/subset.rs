//! Which glyphs a document uses, and under which codes.
//!
//! A code stands for one glyph *and* one character (with the marks that are not seen beside it, in a column that shows none), so that the text can be had back from every reader. Codes are the glyph numbers of the
//! subset; where two characters share a glyph (一 and ⼀), the second gets a further code, which `CIDToGIDMap` leads to the same glyph. In a
//! column a glyph may stand in several postures; each is a glyph of the subset.
//! A volume is written text by text, before all its glyphs are known: there codes are given out as characters come, and all are led so.

use super::told::told;
use crate::fonts::{Cut, Descent, Font, Library};
use crate::layout::{Course, FontId, Glyph, Layout, Line, Means, Posture, Run};
use std::collections::BTreeMap;

/// A code and how far the pen moves over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Code {
    /// Two bytes in a text string, and the character identifier (CID).
    pub code: u16,
    /// Advance in thousandths of an em, as the font's width array says.
    pub width: u16,
    /// Advance down a column, as its array for columns says; nothing where the font sets none.
    pub height: u16,
}

/// What a code says: a character by its code point, or more than one by its place among the texts of a subset.
type Said = u32;

/// The first [`Said`] that is no character.
const TEXTS: Said = 0x11_0000;

/// A glyph that is used, with the first character that it sets.
#[derive(Debug, Clone, Copy)]
struct Used {
    cut: Cut,
    said: Said,
    width: u16,
    height: u16,
}

/// The subset of one font.
pub struct Subset {
    /// By glyph of the font: its place among those used upright, counted from 1 and so its code; 0 for glyphs that are not used.
    codes: Vec<u16>,
    /// The same of those in another posture.
    postures: BTreeMap<Cut, u16>,
    /// The glyphs used, in the end sorted; where codes are given out as they come, in that order, and a glyph once for each of its characters.
    used: Vec<Used>,
    /// Whether codes are given out as characters come.
    open: bool,
    /// Further characters of the same glyphs.
    further: BTreeMap<(Cut, Said), Code>,
    /// What glyphs say that tell the marks beside them, with what stands for it.
    texts: BTreeMap<String, Said>,
    /// Blank glyph that carries the characters that no font has.
    blank: u16,
    /// Whether it sets columns, and whether anything else.
    courses: (bool, bool),
    /// Whether its glyphs can be given another posture.
    poses: bool,
}

/// The subsets of a document's fonts.
#[derive(Default)]
pub struct Subsets(BTreeMap<u8, Subset>);

/// The character that a glyph gives back. Three code points may not stand in a `ToUnicode` map (ISO 19005-3 §6.2.11.7.2).
const fn given_back(c: char) -> char {
    match c {
        '\0' | '\u{FEFF}' | '\u{FFFE}' => '\u{FFFD}',
        _ => c,
    }
}

impl Subsets {
    /// Collects the glyphs of `layout`.
    ///
    /// # Errors
    /// A sentence, when the layout names a font or glyph that the library has not.
    pub fn collect(layout: &Layout, library: &Library) -> Result<Self, String> {
        let mut subsets = Subsets::default();
        subsets.gather(layout, library, false)?;
        for (&number, subset) in &mut subsets.0 {
            if let Some(font) = library.font(number) {
                subset.encode(font)?;
            }
        }
        Ok(subsets)
    }

    /// Adds the glyphs of `layout`, one of several, and gives codes to those that are new.
    ///
    /// # Errors
    /// As [`Subsets::collect`], and when there are more characters than codes.
    pub fn extend(&mut self, layout: &Layout, library: &Library) -> Result<(), String> {
        self.gather(layout, library, true)?;
        for (&number, subset) in &mut self.0 {
            if let Some(font) = library.font(number) {
                subset.measure(font)?;
            }
        }
        Ok(())
    }

    fn gather(&mut self, layout: &Layout, library: &Library, open: bool) -> Result<(), String> {
        let lines = layout.pages.iter().flat_map(|page| &page.lines);
        let runs = lines.flat_map(|line| line.runs.iter().enumerate().map(move |(k, run)| (line, k, run)));
        for (line, k, run) in runs {
            let font = library.font(run.font.0).ok_or_else(|| format!("there is no font {}", run.font.0))?;
            let subset = match self.0.entry(run.font.0) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(Subset::new(font, open)?),
            };
            subset.collect(line, run)?;
            if line.course != Course::Column {
                continue;
            }
            let low = lowered(run, line.runs.get(k + 1..).unwrap_or_default());
            let low = low.or_else(|| alone(line).filter(|_| run.means == Means::Text));
            if let Some(glyph) = low {
                subset.note(subset.cut(&glyph, true), given_back(glyph.text).into())?;
            }
            for (glyph, text) in told(&line.runs, k).into_iter().flatten() {
                let said = TEXTS + subset.texts.len() as Said;
                let said = *subset.texts.entry(text).or_insert(said);
                for glyph in low.into_iter().chain([glyph]) {
                    subset.note(subset.cut(&glyph, true), said)?;
                }
            }
        }
        Ok(())
    }

    /// The subset of a font.
    pub fn get(&self, font: FontId) -> Option<&Subset> {
        self.0.get(&font.0)
    }

    /// The subsets with the numbers of their fonts.
    pub fn iter(&self) -> impl Iterator<Item = (u8, &Subset)> {
        self.0.iter().map(|(&number, subset)| (number, subset))
    }
}

/// The one glyph of `run` in the posture for what the run behind it begins beside: readers that sort by where pens are put down then keep them
/// apart.
pub fn lowered(run: &Run, behind: &[Run]) -> Option<Glyph> {
    let next = behind.iter().find(|run| run.means != Means::Told)?;
    let ([glyph], Some(next)) = (&run.glyphs[..], next.glyphs.first()) else { return None };
    let beside = (next.x - glyph.x).0.abs() * 2 <= run.size.0;
    let seen = matches!(run.means, Means::Text) && glyph.posture == Posture::Upright;
    (beside && seen).then_some(Glyph { posture: Posture::Low, ..*glyph })
}

/// The one glyph of a column of one character in that posture: readers that sort so find it in its turn.
pub fn alone(line: &Line) -> Option<Glyph> {
    let mut shown =
        line.runs.iter().filter(|run| matches!(run.means, Means::Text | Means::Unseen | Means::CodePoint(_)));
    let (run, None) = (shown.next()?, shown.next()) else { return None };
    let [glyph] = &run.glyphs[..] else { return None };
    let seen = run.means == Means::Text && glyph.posture == Posture::Upright && line.course == Course::Column;
    seen.then_some(Glyph { posture: Posture::Low, ..*glyph })
}

/// The name of a font in the resources of a page, for columns or for other lines.
pub fn resource(font: u8, column: bool) -> String {
    format!("{}{font}", if column { 'V' } else { 'S' })
}

const fn upright(glyph: u16) -> Cut {
    Cut { posture: Posture::Upright, glyph }
}

impl Subset {
    fn new(font: &Font, open: bool) -> Result<Self, String> {
        let glyphs = font.face().ok_or_else(|| format!("{} is no font", font.file))?.number_of_glyphs();
        let blank = ['\u{3000}', ' '].into_iter().find_map(|c| font.glyph(c)).map_or(0, |g| g.id);
        Ok(Subset {
            codes: vec![0; usize::from(glyphs)],
            postures: BTreeMap::new(),
            used: vec![],
            open,
            further: BTreeMap::new(),
            texts: BTreeMap::new(),
            blank,
            courses: (false, false),
            poses: !font.has_compact_outlines(),
        })
    }

    fn collect(&mut self, line: &Line, run: &Run) -> Result<(), String> {
        let column = line.course == Course::Column;
        match run.means {
            Means::Text | Means::Unseen | Means::Told | Means::Nothing => {
                for glyph in &run.glyphs {
                    self.note(self.cut(glyph, column), given_back(glyph.text).into())?;
                }
            }
            Means::CodePoint(c) => self.note(upright(self.blank), given_back(c).into())?,
            Means::Drawn => return Ok(()),
        }
        let (columns, others) = &mut self.courses;
        *(if column { columns } else { others }) = true;
        Ok(())
    }

    /// The form of a glyph in a column, or in another line, where only marks have one of their own.
    fn cut(&self, glyph: &Glyph, column: bool) -> Cut {
        let posed = self.poses && (column || glyph.posture == Posture::Middle);
        let posture = if posed { glyph.posture } else { Posture::Upright };
        Cut { posture, glyph: glyph.id }
    }

    #[inline]
    fn note(&mut self, cut: Cut, said: Said) -> Result<(), String> {
        let glyph = cut.glyph;
        let code = match cut.posture {
            Posture::Upright => self.codes.get_mut(usize::from(glyph)),
            _ if usize::from(glyph) < self.codes.len() => Some(self.postures.entry(cut).or_default()),
            _ => None,
        };
        match code {
            Some(code) if glyph != 0 => {
                match usize::from(*code).checked_sub(1).and_then(|place| self.used.get(place)) {
                    None => {
                        self.used.push(Used { cut, said, width: 0, height: 0 });
                        *code = self.used.len() as u16;
                    }
                    Some(used) if used.said == said => {}
                    Some(_) if self.open && self.further.contains_key(&(cut, said)) => {}
                    Some(_) => {
                        if self.open {
                            self.used.push(Used { cut, said, width: 0, height: 0 });
                        }
                        let code = if self.open { self.used.len() as u16 } else { 0 };
                        self.further.insert((cut, said), Code { code, ..Code::default() });
                    }
                }
            }
            _ => {
                return Err(format!("U+{said:04X} is set with glyph {glyph}, which is no glyph of its font"));
            }
        }
        Ok(())
    }

    /// Gives out the codes.
    fn encode(&mut self, font: &Font) -> Result<(), String> {
        self.used.sort_unstable_by_key(|used| used.cut);
        let moves = moves(font, self.courses.0)?;
        let mut code: u16 = 0;
        for used in &mut self.used {
            code = code.checked_add(1).ok_or(TOO_MANY)?;
            (used.width, used.height) = moves(used.cut);
            match used.cut.posture {
                Posture::Upright => self.codes[usize::from(used.cut.glyph)] = code,
                _ => {
                    self.postures.insert(used.cut, code);
                }
            }
        }
        for (&(cut, _), slot) in &mut self.further {
            code = code.checked_add(1).ok_or(TOO_MANY)?;
            let (width, height) = moves(cut);
            *slot = Code { code, width, height };
        }
        Ok(())
    }

    /// Finds the advances of what was given a code as it came.
    fn measure(&mut self, font: &Font) -> Result<(), String> {
        if self.used.len() > usize::from(u16::MAX) {
            return Err(TOO_MANY.into());
        }
        let columns = self.courses.0;
        let moves = moves(font, columns)?;
        for used in self.used.iter_mut().filter(|used| used.width == 0 || columns && used.height == 0) {
            (used.width, used.height) = moves(used.cut);
        }
        for (&(cut, _), code) in &mut self.further {
            (code.width, code.height) = moves(cut);
        }
        Ok(())
    }

    /// Whether it sets columns, and whether any other lines.
    pub fn courses(&self) -> (bool, bool) {
        let (columns, others) = self.courses;
        (columns, others || !columns)
    }

    /// The code of a glyph that was collected, in a column or in another line.
    #[inline]
    pub fn code(&self, glyph: &Glyph, column: bool) -> Code {
        self.lookup(self.cut(glyph, column), given_back(glyph.text).into())
    }

    /// The code of a glyph of a column that tells marks beside it: all of this text.
    pub fn telling(&self, glyph: &Glyph, text: &str) -> Code {
        self.texts.get(text).map_or_else(|| self.code(glyph, true), |&said| self.lookup(self.cut(glyph, true), said))
    }

    /// Whether the pen is put down lower for `glyph`.
    pub fn is_low(&self, glyph: &Glyph) -> bool {
        self.poses && glyph.posture == Posture::Low
    }

    /// The code that carries a character that no font has.
    pub fn carrier(&self, c: char) -> Code {
        self.lookup(upright(self.blank), given_back(c).into())
    }

    #[inline]
    fn lookup(&self, cut: Cut, said: Said) -> Code {
        let code = self.place(cut);
        match self.used.get(usize::from(code).wrapping_sub(1)) {
            Some(used) if used.said == said => used.code(code),
            _ => self.further.get(&(cut, said)).copied().unwrap_or_default(),
        }
    }

    /// The first code of a form of a glyph.
    #[inline]
    fn place(&self, cut: Cut) -> u16 {
        match cut.posture {
            Posture::Upright => self.codes.get(usize::from(cut.glyph)).copied().unwrap_or(0),
            _ => self.postures.get(&cut).copied().unwrap_or(0),
        }
    }

    /// The glyphs used, sorted.
    pub fn glyphs(&self) -> Vec<Cut> {
        let mut glyphs: Vec<Cut> = self.used.iter().map(|used| used.cut).collect();
        glyphs.sort_unstable();
        glyphs.dedup();
        glyphs
    }

    /// All codes with what they say, by code.
    fn sayings(&self) -> impl Iterator<Item = (Code, Said)> + '_ {
        let first = (1..).zip(&self.used).map(|(code, used)| (used.code(code), used.said));
        let further = self.further.iter().filter(|_| !self.open);
        first.chain(further.map(|(&(_, said), &code)| (code, said)))
    }

    /// All codes, by code.
    pub fn codes(&self) -> impl Iterator<Item = Code> + '_ {
        self.sayings().map(|(code, _)| code)
    }

    /// All codes with what they say in UTF-16, by code.
    pub fn texts(&self) -> Vec<(Code, Vec<u16>)> {
        let texts: BTreeMap<Said, &str> = self.texts.iter().map(|(text, &said)| (said, text.as_str())).collect();
        let text = |said: Said| match texts.get(&said) {
            Some(text) => text.encode_utf16().collect(),
            None => char::from_u32(said).unwrap_or('\u{FFFD}').encode_utf16(&mut [0; 2]).to_vec(),
        };
        self.sayings().map(|(code, said)| (code, text(said))).collect()
    }

    /// The form of the glyph of each code, by code.
    fn cuts(&self) -> impl Iterator<Item = Cut> + '_ {
        let further = self.further.keys().filter(|_| !self.open);
        self.used.iter().map(|used| used.cut).chain(further.map(|(cut, _)| *cut))
    }

    /// The way of the pen down a column over each identifier, as [`Subset::moves`] has them.
    pub fn descents(&self, font: &Font, by_code: bool) -> Vec<(Code, Cut, Descent)> {
        let Some(face) = font.face() else { return vec![] };
        let cuts: Vec<Cut> = if by_code { self.cuts().collect() } else { self.glyphs() };
        self.moves(by_code).into_iter().zip(cuts).map(|(code, cut)| (code, cut, Font::descent(&face, cut))).collect()
    }

    /// The place among the [glyphs](Subset::glyphs), from 1, of the glyph of each code, by code; `None` where that is the code itself.
    pub fn shared(&self) -> Option<Vec<u16>> {
        if self.open {
            let glyphs = self.glyphs();
            let place = |used: &Used| glyphs.binary_search(&used.cut).map_or(0, |place| place as u16 + 1);
            return Some(self.used.iter().map(place).collect());
        }
        let further = self.further.keys().map(|&(cut, _)| self.place(cut));
        (!self.further.is_empty()).then(|| (1..).take(self.used.len()).chain(further).collect())
    }

    /// The advances by identifier: by code where codes are led to glyphs from there, else by place among the [glyphs](Subset::glyphs).
    pub fn moves(&self, by_code: bool) -> Vec<Code> {
        if by_code {
            return self.codes().collect();
        }
        let mut used: Vec<&Used> = self.used.iter().collect();
        used.sort_unstable_by_key(|used| used.cut);
        used.dedup_by_key(|used| used.cut);
        (1..).zip(used).map(|(code, used)| used.code(code)).collect()
    }
}

/// How far the pen moves over a form of a glyph of `font` in a line, and down a column where there are `columns`.
fn moves(font: &Font, columns: bool) -> Result<impl Fn(Cut) -> (u16, u16) + '_, String> {
    let face = font.face().ok_or_else(|| format!("{} is no font", font.file))?;
    Ok(move |cut: Cut| {
        let width = if cut.posture == Posture::Upright { Font::advance(&face, cut.glyph) } else { MADE };
        (width, if columns { Font::descent(&face, cut).advance } else { 0 })
    })
}

impl Used {
    fn code(&self, code: u16) -> Code {
        Code { code, width: self.width, height: self.height }
    }
}

/// Advance of a glyph that is made for columns, in thousandths of an em.
const MADE: u16 = 1000;
const TOO_MANY: &str = "more characters than one font can have codes for";
