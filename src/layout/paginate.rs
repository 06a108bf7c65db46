//! Slugs into columns: as many as fit, none parted from what it must stay with, notes at the foot.

use super::slug::Slug;
use crate::unit::Unit;
use std::ops::Range;

/// A column of a page.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its slugs.
    pub slugs: Range<usize>,
    /// The top of each of them, from the top of the type area.
    pub tops: Vec<Unit>,
    /// The table head that it begins with.
    pub head: Option<usize>,
    /// Its notes: index of the note, lines of it.
    pub notes: Vec<(usize, Range<usize>)>,
    /// Height of the notes with what parts them from the text.
    pub foot: Unit,
    /// Notes that go on here from the column before.
    carried: Vec<(usize, usize)>,
    /// Notes that go on in the next column: index, next line.
    rest: Vec<(usize, usize)>,
}

/// What columns are made of.
pub struct Paginator<'a> {
    /// The slugs.
    pub slugs: &'a [Slug],
    /// Repeated table heads.
    pub heads: &'a [Slug],
    /// The lines of each note.
    pub notes: &'a [Vec<Slug>],
    /// Height of the type area.
    pub height: Unit,
    /// Distance of body lines: the grid.
    pub pitch: Unit,
    /// Space between text and notes.
    pub separation: Unit,
}

impl Paginator<'_> {
    /// Divides the slugs of `range` into columns.
    pub fn columns(&self, range: Range<usize>) -> Vec<Column> {
        let mut columns: Vec<Column> = vec![];
        let mut start = range.start;
        let mut carried = vec![];
        while start < range.end {
            let mut column = self.fill(start, range.end, carried);
            let end = column.slugs.end;
            if end < range.end && !self.slugs[end].begins_page {
                let back = (start + 1..=end).rev().find(|&b| !self.slugs[b].kept);
                if let Some(back) = back.filter(|&b| b < end) {
                    column = self.fill(start, back, column.carried);
                }
            }
            let end = column.slugs.end;
            let closes = end == range.end || self.slugs[end].begins_page;
            if closes
                && end - start == 1
                && !self.slugs[start].begins_page
                && let Some(mut previous) = columns.pop()
            {
                (previous, column) = self.avoid_single(previous, column);
                columns.push(previous);
            }
            carried = column.rest.clone();
            start = column.slugs.end;
            columns.push(column);
        }
        // Notes that the last column could not hold.
        while !carried.is_empty() {
            let column = self.fill(range.end, range.end, carried);
            carried = column.rest.clone();
            columns.push(column);
        }
        columns
    }

    /// Gives a column of one line another one from the column before it (E3), if that can spare one.
    fn avoid_single(&self, previous: Column, column: Column) -> (Column, Column) {
        let Range { start, end } = previous.slugs;
        let spare = (start + 2..end).rev().find(|&b| !self.slugs[b].kept);
        let Some(spare) = spare.filter(|&b| end - b <= 4) else { return (previous, column) };
        let shorter = self.fill(start, spare, previous.carried.clone());
        let longer = self.fill(spare, column.slugs.end, shorter.rest.clone());
        if shorter.slugs.end == spare && longer.slugs.end == column.slugs.end {
            (shorter, longer)
        } else {
            (previous, column)
        }
    }

    /// Fills a column with slugs from `start`, at most to `limit`.
    fn fill(&self, start: usize, limit: usize, carried: Vec<(usize, usize)>) -> Column {
        let mut column = Column { slugs: start..start, carried: carried.clone(), rest: carried, ..Column::default() };
        let mut y = Unit::ZERO;
        if let Some(head) = self.slugs.get(start).and_then(|slug| slug.head)
            && start < limit
        {
            column.head = Some(head);
            y = self.heads.get(head).map_or(Unit::ZERO, |slug| slug.height);
        }
        // What is carried over leaves room for some lines of text, if there is any.
        let room = if start < limit { self.height - self.pitch * 3 } else { self.height };
        self.take_notes(&mut column, room);
        for (i, slug) in self.slugs.iter().enumerate().take(limit).skip(start) {
            let first = i == start;
            if !first && (slug.begins_page || !column.rest.is_empty()) {
                break;
            }
            let mut top = if first { y } else { y + slug.before };
            if slug.on_grid {
                top = up_to(top, self.pitch);
            }
            let separation =
                if column.foot == Unit::ZERO && !slug.notes.is_empty() { self.separation } else { Unit::ZERO };
            let first_lines = slug.notes.iter().filter_map(|&n| self.notes.get(n)?.first()).map(|s| s.height);
            let foot = column.foot + separation + first_lines.sum::<Unit>();
            if !first && top + slug.height + foot > self.height {
                break;
            }
            y = top + slug.height;
            column.tops.push(top);
            column.slugs.end = i + 1;
            if !slug.notes.is_empty() {
                column.rest.extend(slug.notes.iter().map(|&n| (n, 0)));
                self.take_notes(&mut column, self.height - y);
            }
        }
        column
    }

    /// Takes as many lines of the notes that wait as fit into `room`.
    fn take_notes(&self, column: &mut Column, room: Unit) {
        let mut rest = std::mem::take(&mut column.rest).into_iter();
        for (note, from) in rest.by_ref() {
            let lines = self.notes.get(note).map_or(&[][..], Vec::as_slice);
            let mut to = from;
            for slug in &lines[from.min(lines.len())..] {
                let separation = if column.foot == Unit::ZERO { self.separation } else { Unit::ZERO };
                let foot = column.foot + separation + slug.height;
                // A column of nothing but notes takes one line at least, however high.
                let must = column.notes.is_empty() && column.slugs.is_empty() && to == from && room == self.height;
                if foot > room && !must {
                    break;
                }
                column.foot = foot;
                to += 1;
            }
            if to > from {
                column.notes.push((note, from..to));
            }
            if to < lines.len() {
                column.rest.push((note, to));
                break;
            }
        }
        column.rest.extend(rest);
    }
}

/// The least multiple of `step` that is not less than `length`.
fn up_to(length: Unit, step: Unit) -> Unit {
    let step = step.0.max(1);
    Unit((length.0 + step - 1).div_euclid(step) * step)
}
