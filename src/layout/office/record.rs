//! The record of printing (版记): at the foot of the last page, its entries between rules (7.4).

use super::super::page::Rule;
use super::super::paginate::Column;
use super::super::slug::Slug;
use super::super::text::Text;
use crate::chinese::class::Class;
use crate::unit::Unit;

/// The rule above and below all entries, and the one between two of them (7.4.1).
const THICK: Unit = Unit::micrometres(350);
const THIN: Unit = Unit::micrometres(250);

/// What a slug is in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The first of an entry.
    Entry,
    /// A further line of one, or a rule that is typed.
    Line,
    /// Below the last rule: how many copies there are.
    Below,
}

/// How a record stands at the foot of its page.
#[derive(Debug, Clone, Copy)]
pub struct Foot {
    /// Height of the type area.
    pub height: Unit,
    /// Width of a line.
    pub measure: Unit,
    /// Whether its entries stand between rules; those of a letter do not (10.1).
    pub ruled: bool,
    /// Whether its page is the back of a sheet, if need be one that has nothing else.
    pub even: bool,
}

impl Foot {
    /// Moves the record that ends the last of `columns` to the foot of its page and draws its rules.
    pub fn put(&self, columns: &mut Vec<Column>, slugs: &mut [Slug]) {
        let Some(column) = columns.last_mut().filter(|column| column.notes.is_empty()) else { return };
        let held = slugs.get_mut(column.slugs.clone()).unwrap_or_default();
        let first = held.iter().rposition(|slug| slug.record.is_none()).map_or(0, |before| before + 1);
        let Some(record) = held.get_mut(first..).filter(|record| !record.is_empty()) else { return };
        let Some(tops) = column.tops.get_mut(first..) else { return };
        let bottom = record.last().zip(tops.last()).map_or(self.height, |(slug, &top)| top + slug.height);
        for top in tops {
            *top += self.height - bottom;
        }
        if self.ruled {
            self.rules(record);
        }
        // Pages are counted from 0, so that the back of a sheet has an odd index.
        if self.even && column.page % 2 == 0 {
            let moved = column.slugs.start + first..column.slugs.end;
            let tops = column.tops.split_off(first);
            column.slugs.end = moved.start;
            let page = column.page + 1;
            if first == 0 {
                // It stands alone on its page, and leaves that one blank.
                (column.page, column.slugs, column.tops) = (page, moved, tops);
            } else {
                columns.push(Column::alone(page, moved, tops));
            }
        }
    }

    fn rules(&self, record: &mut [Slug]) {
        let mut thickness = THICK;
        for slug in record.iter_mut().filter(|slug| slug.record == Some(Part::Entry)) {
            slug.rules.push(Rule::bar(Unit::ZERO, -thickness / 2, self.measure, thickness));
            thickness = THIN;
        }
        let last = record.iter_mut().rfind(|slug| slug.record != Some(Part::Below));
        if let Some(last) = last {
            last.rules.push(Rule::bar(Unit::ZERO, last.height - THICK / 2, self.measure, THICK));
        }
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
