//! The record of printing (版记): at the foot of the last page, its entries between rules (GB/T 9704 7.4).

use super::page::Rule;
use super::paginate::Column;
use super::slug::Slug;
use super::text::Text;
use crate::chinese::class::Class;
use crate::document::{Block, BlockKind, Document, Role};
use crate::unit::Unit;

/// The rule above and below all entries, and the one between two of them (7.4.1).
const THICK: Unit = Unit::micrometres(350);
const THIN: Unit = Unit::micrometres(250);

/// The block from which on `doc` is a record of printing, which ends it.
pub fn begins(doc: &Document) -> Option<usize> {
    let is_entry = |block: &Block| matches!(block.kind, BlockKind::Paragraph { role: Role::PrintRecord, .. });
    let first = doc.blocks.iter().rposition(|block| !is_entry(block)).map_or(0, |before| before + 1);
    (first < doc.blocks.len()).then_some(first)
}

/// Moves the record that ends the last of `columns` to its bottom, `height` below the top of the type area, and draws its rules.
pub fn to_foot(columns: &mut [Column], slugs: &mut [Slug], height: Unit, measure: Unit) {
    let Some(column) = columns.last_mut().filter(|column| column.notes.is_empty()) else { return };
    let held = slugs.get_mut(column.slugs.clone()).unwrap_or_default();
    let first = held.iter().rposition(|slug| slug.record.is_none()).map_or(0, |before| before + 1);
    let (Some(record), Some(tops)) = (held.get_mut(first..), column.tops.get_mut(first..)) else { return };
    let bottom = record.last().zip(tops.last()).map_or(height, |(slug, &top)| top + slug.height);
    for top in tops {
        *top += height - bottom;
    }
    for (i, slug) in record.iter_mut().enumerate() {
        if slug.record == Some(true) {
            let thickness = if i == 0 { THICK } else { THIN };
            slug.rules.push(Rule::bar(Unit::ZERO, -thickness / 2, measure, thickness));
        }
    }
    if let Some(last) = record.last_mut() {
        last.rules.push(Rule::bar(Unit::ZERO, last.height - THICK / 2, measure, THICK));
    }
}

/// Puts all the `room` of a line that is left into its widest gap: who printed stands at its left edge, when at the right (7.4.3). Only
/// where the text has more than one space there.
pub fn spread(text: &mut Text, room: Unit) {
    let items = &mut text.items;
    let is_gap = |k: usize| items[k - 1].class.is_space() && !items[k].class.is_space();
    let spaces = |k: usize| items[..k].iter().rev().take_while(|item| item.class.is_space());
    let wide = |k: &usize| spaces(*k).count() > 1 || spaces(*k).any(|item| item.class == Class::IdeographicSpace);
    let Some(gap) = (1..items.len()).rev().find(|&k| is_gap(k)).filter(wide) else { return };
    let bodies = items.iter().map(|item| item.body).sum::<Unit>();
    let glue = items.iter().skip(1).map(|item| item.glue.natural).sum::<Unit>();
    items[gap].glue.natural += (room - bodies - glue).max(Unit::ZERO);
}
