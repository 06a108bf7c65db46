//! The Western forms of marks that Chinese shares with the West, from `GSUB` feature `pwid`.

use super::cmap::{Characters, Glyph, thousandths};
use super::substitution::{substitute, substitutions};
use ttf_parser::{Face, GlyphId};

/// The marks: full width in Chinese, as wide as their ink in a Western run.
const MARKS: [char; 7] = ['“', '”', '‘', '’', '—', '…', '·'];

/// The marks of a font that have a Western form, with that form.
#[derive(Debug, Default)]
pub struct Proportional(Vec<(char, Glyph)>);

impl Proportional {
    /// Reads the forms of `face`. A mark that is narrower than an em as it is, is its own Western form.
    pub fn read(face: &Face<'_>, characters: &Characters) -> Self {
        let substitutions = substitutions(face, *b"pwid");
        let form = |mark: char| {
            let glyph = characters.get(mark)?;
            if glyph.advance < 1000 {
                return Some((mark, glyph));
            }
            let id = substitutions.iter().find_map(|s| substitute(s, GlyphId(glyph.id)))?;
            Some((mark, Glyph { id: id.0, advance: thousandths(face, id) }))
        };
        Proportional(MARKS.into_iter().filter_map(form).collect())
    }

    /// The Western form of `mark`.
    pub fn get(&self, mark: char) -> Option<Glyph> {
        self.0.iter().find(|(c, _)| *c == mark).map(|&(_, glyph)| glyph)
    }
}
