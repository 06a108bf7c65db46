//! Kerning between Western letters, from `GPOS`.

use super::cmap::Characters;
use std::sync::OnceLock;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// The pairs of a font that are kerned: those of the letters, digits and marks of Latin-1.
#[derive(Debug, Default)]
pub struct Kerning {
    /// The glyphs, in order.
    letters: Box<[u16]>,
    /// For each of them on the left, the corrections before all of them, in thousandths of an em: read when first asked, since a Chinese
    /// text has few of the pairs that a font knows.
    rows: Box<[OnceLock<Box<[i16]>>]>,
}

impl Kerning {
    /// Kerning of a font with these characters.
    pub fn of(characters: &Characters) -> Self {
        let mut letters: Vec<u16> =
            ('!'..='ÿ').filter_map(|c| characters.get(c)).map(|g| g.id).filter(|&id| id != 0).collect();
        letters.sort_unstable();
        letters.dedup();
        Kerning { rows: letters.iter().map(|_| OnceLock::new()).collect(), letters: letters.into() }
    }

    /// The correction between two glyphs, in thousandths of an em; `face` is the font's.
    pub fn get<'a>(&self, left: u16, right: u16, face: impl FnOnce() -> Option<Face<'a>>) -> i32 {
        let place = |glyph| self.letters.binary_search(&glyph).ok();
        let off = || {
            let (row, column) = (self.rows.get(place(left)?)?, place(right)?);
            row.get_or_init(|| face().map(|face| self.row(&face, GlyphId(left))).unwrap_or_default()).get(column)
        };
        off().copied().unwrap_or(0).into()
    }

    fn row(&self, face: &Face<'_>, left: GlyphId) -> Box<[i16]> {
        let mut subtables = pair_subtables(face);
        // The first subtable that covers the left glyph and has the pair decides (OpenType, GPOS lookup type 2).
        subtables.retain(|subtable| subtable.coverage().contains(left));
        let units = i32::from(face.units_per_em());
        let off = |&right: &u16| {
            let units_off = subtables.iter().find_map(|s| advance(s, left, GlyphId(right)))?;
            i16::try_from(i32::from(units_off) * 1000 / units).ok()
        };
        self.letters.iter().map(|right| off(right).unwrap_or(0)).collect()
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
