//! Which glyphs a document uses, under which codes, and the fonts cut down to them.
//!
//! A code stands for one glyph *and* one character, so that the text can be had back from every reader. Codes are the glyph numbers of the
//! subset; where two characters share a glyph (一 and ⼀), the second gets a further code, which `CIDToGIDMap` leads to the same glyph.

use super::syntax::{hexadecimal, integer};
use crate::fonts::{Font, Library};
use crate::layout::{FontId, Glyph, Layout, Means, Run};
use printpdf::{Codepoint, FontMetrics, FontType, Op, ParsedFont, PdfFont, PdfFontHandle, Pt, TextItem};
use std::collections::BTreeMap;

/// A code and how far the pen moves over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Code {
    /// Two bytes in a text string, and the character identifier (CID).
    pub code: u16,
    /// Advance in thousandths of an em, as the font's width array says.
    pub width: u16,
}

/// The subset of one font.
pub struct Subset {
    /// By glyph: the first character that it sets, and its code.
    first: Vec<(char, Code)>,
    /// Further characters of the same glyphs.
    further: BTreeMap<(u16, char), Code>,
    /// The glyphs used, sorted.
    glyphs: Vec<u16>,
    /// Blank glyph that carries the characters that no font has.
    blank: Option<u16>,
}

/// The subsets of a document's fonts.
pub struct Subsets(BTreeMap<u8, Subset>);

/// No character: the slot is free.
const NONE: char = '\0';

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
        let blank = ['\u{3000}', ' '].into_iter().find_map(|c| font.glyph(c)).map(|g| g.id);
        Ok(Subset {
            first: vec![(NONE, Code::default()); usize::from(glyphs)],
            further: BTreeMap::new(),
            glyphs: vec![],
            blank,
        })
    }

    fn collect(&mut self, run: &Run) -> Result<(), String> {
        match run.means {
            Means::Text | Means::Unseen | Means::Nothing => {
                for glyph in &run.glyphs {
                    self.note(glyph.id, glyph.text)?;
                }
            }
            Means::CodePoint(c) => self.note(self.blank.unwrap_or(0), c)?,
        }
        Ok(())
    }

    #[inline]
    fn note(&mut self, glyph: u16, c: char) -> Result<(), String> {
        let c = given_back(c);
        match self.first.get_mut(usize::from(glyph)) {
            Some((first, _)) if *first == c => {}
            Some((first, _)) if *first == NONE && glyph != 0 => {
                *first = c;
                self.glyphs.push(glyph);
            }
            Some(_) if glyph != 0 => {
                self.further.insert((glyph, c), Code::default());
            }
            _ => {
                return Err(format!("U+{:04X} is set with glyph {glyph}, which is no glyph of its font", u32::from(c)));
            }
        }
        Ok(())
    }

    /// Gives out the codes.
    fn encode(&mut self, font: &Font) -> Result<(), String> {
        let face = font.face().ok_or_else(|| format!("{} is no font", font.file))?;
        let width = |glyph: u16| Font::advance(&face, glyph);
        self.glyphs.sort_unstable();
        let mut code = 0;
        for &glyph in &self.glyphs {
            code += 1;
            if let Some((_, slot)) = self.first.get_mut(usize::from(glyph)) {
                *slot = Code { code, width: width(glyph) };
            }
        }
        for (&(glyph, _), slot) in &mut self.further {
            code = code.checked_add(1).ok_or("more characters than one font can have codes for")?;
            *slot = Code { code, width: width(glyph) };
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
        self.lookup(self.blank.unwrap_or(0), c)
    }

    #[inline]
    fn lookup(&self, glyph: u16, c: char) -> Code {
        let c = given_back(c);
        match self.first.get(usize::from(glyph)) {
            Some(&(first, code)) if first == c => code,
            _ => self.further.get(&(glyph, c)).copied().unwrap_or_default(),
        }
    }

    /// All codes with their glyphs and characters, by code.
    fn codes(&self) -> impl Iterator<Item = (Code, u16, char)> + '_ {
        let first = self.glyphs.iter().filter_map(|&glyph| {
            let &(c, code) = self.first.get(usize::from(glyph))?;
            Some((code, glyph, c))
        });
        first.chain(self.further.iter().map(|(&(glyph, c), &code)| (code, glyph, c)))
    }

    /// The font cut down to the glyphs used, for printpdf to embed.
    ///
    /// # Errors
    /// A sentence, when the font cannot be cut.
    pub fn embed(&self, font: &Font) -> Result<PdfFont, String> {
        let mut remapper = subsetter::GlyphRemapper::new();
        for &glyph in &self.glyphs {
            remapper.remap(glyph);
        }
        let program = subsetter::subset(font.bytes(), 0, &remapper)
            .map_err(|e| format!("{} cannot be cut down: {e}", font.file))?;
        let program =
            super::program::trim(&program).ok_or_else(|| format!("the subset of {} is no font", font.file))?;
        let measures = font.measures();
        let [x_min, y_min, x_max, y_max] = measures.bounds;
        Ok(PdfFont::new(ParsedFont {
            original_bytes: program,
            font_index: 0,
            font_name: Some(format!("{}+{}", self.tag(), font.postscript_name())),
            codepoint_to_glyph: BTreeMap::new(),
            glyph_widths: self.codes().map(|(code, ..)| (code.code, code.width)).collect(),
            units_per_em: 1000,
            font_metrics: FontMetrics { ascent: measures.ascent, descent: measures.descent },
            font_type: FontType::TrueType,
            pdf_font_metrics: printpdf::font::PdfFontMetricsStub {
                units_per_em: 1000,
                x_min,
                y_min,
                x_max,
                y_max,
                caret_slope_rise: 1,
                caret_slope_run: 0,
                us_weight_class: measures.weight,
            },
        }))
    }

    /// Page operations that show every code once, from which printpdf takes the widths.
    pub fn specimen(&self, font: u8) -> [Op; 2] {
        let codes =
            self.codes().map(|(code, _, c)| Codepoint::with_cid(code.code, 0.0, c.to_string())).collect::<Vec<_>>();
        [
            Op::SetFont { font: PdfFontHandle::External(printpdf::FontId(resource(font))), size: Pt(1.0) },
            Op::ShowText { items: vec![TextItem::GlyphIds(codes)] },
        ]
    }

    /// The `ToUnicode` map (ISO 32000-1 §9.10.3): one range for all codes with the same first byte, which is half the size of a line
    /// for each.
    pub fn to_unicode(&self) -> Vec<u8> {
        let codes: Vec<(Code, u16, char)> = self.codes().collect();
        let ranges: Vec<_> = codes.chunk_by(|a, b| a.0.code >> 8 == b.0.code >> 8).collect();
        let mut out = b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
            /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
            1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
            .to_vec();
        // At most a hundred ranges a block are allowed.
        for block in ranges.chunks(100) {
            integer(&mut out, block.len() as i64);
            out.extend_from_slice(b" beginbfrange\n");
            for range in block {
                for (code, ..) in [range.first(), range.last()].into_iter().flatten() {
                    hexadecimal(&mut out, &[code.code]);
                }
                out.push(b'[');
                for (.., c) in *range {
                    hexadecimal(&mut out, c.encode_utf16(&mut [0; 2]));
                }
                out.extend_from_slice(b"]\n");
            }
            out.extend_from_slice(b"endbfrange\n");
        }
        out.extend_from_slice(b"endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
        out
    }

    /// The data of `CIDToGIDMap`, where codes and glyphs of the subset are not the same (ISO 32000-1 table 117).
    pub fn glyph_map(&self) -> Option<Vec<u8>> {
        if self.further.is_empty() {
            return None;
        }
        let mut map = vec![0; 2];
        for (_, glyph, _) in self.codes() {
            let index = self.first.get(usize::from(glyph)).map_or(0, |(_, code)| code.code);
            map.extend_from_slice(&index.to_be_bytes());
        }
        Some(map)
    }

    /// Six capital letters that tell this subset from others of the same font (§9.6.4): a digest of its glyphs (FNV-1a).
    fn tag(&self) -> String {
        let mut digest =
            self.glyphs.iter().flat_map(|g| g.to_be_bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
                (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
        std::iter::repeat_with(|| {
            let letter = char::from(b'A' + (digest % 26) as u8);
            digest /= 26;
            letter
        })
        .take(6)
        .collect()
    }
}
