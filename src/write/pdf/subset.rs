//! Which glyphs a document uses, and under which codes.
//!
//! A code stands for one glyph *and* one character, so that the text can be had back from every reader. Codes are the glyph numbers of the
//! subset; where two characters share a glyph (一 and ⼀), the second gets a further code, which `CIDToGIDMap` leads to the same glyph.

use crate::fonts::{Font, Library};
use crate::layout::{FontId, Glyph, Layout, Means, Run};
use std::collections::BTreeMap;

/// A code and how far the pen moves over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Code {
    /// Two bytes in a text string, and the character identifier (CID).
    pub code: u16,
    /// Advance in thousandths of an em, as the font's width array says.
    pub width: u16,
}

/// A glyph that is used, with the first character that it sets.
#[derive(Debug, Clone, Copy)]
struct Used {
    glyph: u16,
    character: char,
    width: u16,
}

/// The subset of one font.
pub struct Subset {
    /// By glyph of the font: its place among those used, counted from 1 and so its code; 0 for glyphs that are not used.
    codes: Vec<u16>,
    /// The glyphs used, in the end sorted.
    used: Vec<Used>,
    /// Further characters of the same glyphs.
    further: BTreeMap<(u16, char), Code>,
    /// Blank glyph that carries the characters that no font has.
    blank: u16,
}

/// The subsets of a document's fonts.
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
        let mut subsets = BTreeMap::new();
        for run in layout.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.runs) {
            let font = library.font(run.font.0).ok_or_else(|| format!("there is no font {}", run.font.0))?;
            let subset = match subsets.entry(run.font.0) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(Subset::new(font)?),
            };
            subset.collect(run)?;
        }
        for (&number, subset) in &mut subsets {
            if let Some(font) = library.font(number) {
                subset.encode(font)?;
            }
        }
        Ok(Subsets(subsets))
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

/// The name of a font in the resources of a page.
pub fn resource(font: u8) -> String {
    format!("S{font}")
}

impl Subset {
    fn new(font: &Font) -> Result<Self, String> {
        let glyphs = font.face().ok_or_else(|| format!("{} is no font", font.file))?.number_of_glyphs();
        let blank = ['\u{3000}', ' '].into_iter().find_map(|c| font.glyph(c)).map_or(0, |g| g.id);
        Ok(Subset { codes: vec![0; usize::from(glyphs)], used: vec![], further: BTreeMap::new(), blank })
    }

    fn collect(&mut self, run: &Run) -> Result<(), String> {
        match run.means {
            Means::Text | Means::Unseen | Means::Nothing => {
                for glyph in &run.glyphs {
                    self.note(glyph.id, glyph.text)?;
                }
            }
            Means::CodePoint(c) => self.note(self.blank, c)?,
        }
        Ok(())
    }

    #[inline]
    fn note(&mut self, glyph: u16, c: char) -> Result<(), String> {
        let character = given_back(c);
        match self.codes.get_mut(usize::from(glyph)) {
            Some(code) if glyph != 0 => {
                match usize::from(*code).checked_sub(1).and_then(|place| self.used.get(place)) {
                    None => {
                        self.used.push(Used { glyph, character, width: 0 });
                        *code = self.used.len() as u16;
                    }
                    Some(used) if used.character == character => {}
                    Some(_) => {
                        self.further.insert((glyph, character), Code::default());
                    }
                }
            }
            _ => {
                return Err(format!(
                    "U+{:04X} is set with glyph {glyph}, which is no glyph of its font",
                    u32::from(character)
                ));
            }
        }
        Ok(())
    }

    /// Gives out the codes.
    fn encode(&mut self, font: &Font) -> Result<(), String> {
        let face = font.face().ok_or_else(|| format!("{} is no font", font.file))?;
        self.used.sort_unstable_by_key(|used| used.glyph);
        let mut code = 0;
        for used in &mut self.used {
            code += 1;
            used.width = Font::advance(&face, used.glyph);
            self.codes[usize::from(used.glyph)] = code;
        }
        for (&(glyph, _), slot) in &mut self.further {
            code = code.checked_add(1).ok_or("more characters than one font can have codes for")?;
            *slot = Code { code, width: Font::advance(&face, glyph) };
        }
        Ok(())
    }

    /// The code of a glyph that was collected.
    #[inline]
    pub fn code(&self, glyph: &Glyph) -> Code {
        self.lookup(glyph.id, glyph.text)
    }

    /// The code that carries a character that no font has.
    pub fn carrier(&self, c: char) -> Code {
        self.lookup(self.blank, c)
    }

    #[inline]
    fn lookup(&self, glyph: u16, c: char) -> Code {
        let c = given_back(c);
        let code = self.codes.get(usize::from(glyph)).copied().unwrap_or(0);
        match self.used.get(usize::from(code).wrapping_sub(1)) {
            Some(used) if used.character == c => Code { code, width: used.width },
            _ => self.further.get(&(glyph, c)).copied().unwrap_or_default(),
        }
    }

    /// The glyphs used, sorted.
    pub fn glyphs(&self) -> Vec<u16> {
        self.used.iter().map(|used| used.glyph).collect()
    }

    /// All codes with their characters, by code.
    pub fn codes(&self) -> impl Iterator<Item = (Code, char)> + '_ {
        let first = (1..).zip(&self.used).map(|(code, used)| (Code { code, width: used.width }, used.character));
        first.chain(self.further.iter().map(|(&(_, c), &code)| (code, c)))
    }

    /// The code of the glyph of each code, by code; `None` where they are the same everywhere.
    pub fn shared(&self) -> Option<impl Iterator<Item = u16> + '_> {
        let further = self.further.keys().map(|&(glyph, _)| self.codes.get(usize::from(glyph)).copied().unwrap_or(0));
        (!self.further.is_empty()).then(|| (1..).take(self.used.len()).chain(further))
    }
}
