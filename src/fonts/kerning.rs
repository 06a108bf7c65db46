//! Kerning between Western letters, from `GPOS`.

use super::cmap::Characters;
use std::collections::HashMap;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// The pairs of a font that are kerned, with their corrections in thousandths of an em.
#[derive(Debug, Default)]
pub struct Kerning(HashMap<(u16, u16), i16>);

impl Kerning {
    /// Reads the pairs of the letters, digits and marks of Latin-1; pairs outside it are not kerned.
    pub fn read(face: &Face<'_>, characters: &Characters) -> Self {
        let subtables = pair_subtables(face);
        let units = i32::from(face.units_per_em());
        let letters: Vec<GlyphId> =
            ('!'..='ÿ').filter_map(|c| characters.get(c)).map(|g| GlyphId(g.id)).filter(|g| g.0 != 0).collect();
        let mut pairs = HashMap::new();
        for &left in &letters {
            // The first subtable that covers the left glyph and has the pair decides (OpenType, GPOS lookup type 2).
            let covering: Vec<_> = subtables.iter().filter(|s| s.coverage().contains(left)).collect();
            for &right in &letters {
                let Some(units_off) = covering.iter().find_map(|s| advance(s, left, right)) else { continue };
                let thousandths = i32::from(units_off) * 1000 / units;
                if let (Ok(off), true) = (i16::try_from(thousandths), thousandths != 0) {
                    pairs.insert((left.0, right.0), off);
                }
            }
        }
        Kerning(pairs)
    }

    /// The correction between two glyphs, in thousandths of an em.
    pub fn get(&self, left: u16, right: u16) -> i32 {
        self.0.get(&(left, right)).copied().unwrap_or(0).into()
    }
}

/// The pair subtables of feature `kern` of script `latn`, or of the default script.
fn pair_subtables<'a>(face: &Face<'a>) -> Vec<PairAdjustment<'a>> {
    let Some(table) = face.tables().gpos else { return vec![] };
    let script = table
        .scripts
        .find(Tag::from_bytes(b"latn"))
        .or_else(|| table.scripts.find(Tag::from_bytes(b"DFLT")))
        .and_then(|s| s.default_language);
    let Some(language) = script else { return vec![] };
    language
        .feature_indices
        .into_iter()
        .filter_map(|i| table.features.get(i))
        .filter(|feature| feature.tag == Tag::from_bytes(b"kern"))
        .flat_map(|feature| feature.lookup_indices)
        .filter_map(|i| table.lookups.get(i))
        .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>())
        .filter_map(|subtable| match subtable {
            PositioningSubtable::Pair(pair) => Some(pair),
            _ => None,
        })
        .collect()
}

/// What a subtable adds to the advance of `left` before `right`; `None` when it does not have the pair.
fn advance(subtable: &PairAdjustment<'_>, left: GlyphId, right: GlyphId) -> Option<i16> {
    match subtable {
        PairAdjustment::Format1 { coverage, sets } => Some(sets.get(coverage.get(left)?)?.get(right)?.0.x_advance),
        PairAdjustment::Format2 { classes, matrix, .. } => {
            Some(matrix.get((classes.0.get(left), classes.1.get(right)))?.0.x_advance)
        }
    }
}
