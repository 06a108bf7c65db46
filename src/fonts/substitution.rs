//! Glyphs that a font has in place of others, one for one (`GSUB`).

use ttf_parser::gsub::{SingleSubstitution, SubstitutionSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// The substitutions of `feature`.
pub fn substitutions<'a>(face: &Face<'a>, feature: [u8; 4]) -> Vec<SingleSubstitution<'a>> {
    let Some(table) = face.tables().gsub else { return vec![] };
    let Some(feature) = table.features.find(Tag::from_bytes(&feature)) else { return vec![] };
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

/// What `substitution` puts in place of `glyph`.
pub fn substitute(substitution: &SingleSubstitution<'_>, glyph: GlyphId) -> Option<GlyphId> {
    match substitution {
        SingleSubstitution::Format1 { coverage, delta } => {
            coverage.contains(glyph).then(|| GlyphId(glyph.0.wrapping_add_signed(*delta)))
        }
        SingleSubstitution::Format2 { coverage, substitutes } => substitutes.get(coverage.get(glyph)?),
    }
}
