//! The Western forms of marks that Chinese shares with the West, from `GSUB` feature `pwid`.

use super::cmap::{Characters, Glyph, thousandths};
use ttf_parser::gsub::{SingleSubstitution, SubstitutionSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// The marks: full width in Chinese, as wide as their ink in a Western run.
const MARKS: [char; 7] = ['“', '”', '‘', '’', '—', '…', '·'];

/// The marks of a font that have a Western form, with that form.
#[derive(Debug, Default)]
pub struct Proportional(Vec<(char, Glyph)>);

impl Proportional {
    /// Reads the forms of `face`. A mark that is narrower than an em as it is, is its own Western form.
    pub fn read(face: &Face<'_>, characters: &Characters) -> Self {
        let substitutions = substitutions(face);
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

fn substitutions<'a>(face: &Face<'a>) -> Vec<SingleSubstitution<'a>> {
    let Some(table) = face.tables().gsub else { return vec![] };
    let Some(feature) = table.features.find(Tag::from_bytes(b"pwid")) else { return vec![] };
    feature
        .lookup_indices
        .into_iter()
        .filter_map(|i| table.lookups.get(i))
        .flat_map(|lookup| lookup.subtables.into_iter::<SubstitutionSubtable<'_>>())
        .filter_map(|subtable| match subtable {
            SubstitutionSubtable::Single(single) => Some(single),
            _ => None,
        })
        .collect()
}

fn substitute(substitution: &SingleSubstitution<'_>, glyph: GlyphId) -> Option<GlyphId> {
    match substitution {
        SingleSubstitution::Format1 { coverage, delta } => {
            coverage.contains(glyph).then(|| GlyphId(glyph.0.wrapping_add_signed(*delta)))
        }
        SingleSubstitution::Format2 { coverage, substitutes } => substitutes.get(coverage.get(glyph)?),
    }
}
