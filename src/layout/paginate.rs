//! Slugs into columns, and columns into pages: as many slugs as fit, none parted from what it must stay with, notes at the foot. What
//! stands across all columns of a page (title, headings of the first level) parts what is above it from what is below; columns that
//! such a heading, a new page or the end follows are of equal length.

use super::slug::Slug;
use crate::unit::Unit;
use std::ops::Range;

/// A column of a page.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// Its page, counted from 0.
    pub page: usize,
    /// Which column of that page it is, counted from 0; what stands across all of them counts as the first.
    pub slot: i32,
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
    /// Whether its page is turned.
    pub turned: bool,
    /// Its own top, from that of the type area.
    pub top: Unit,
    /// Where its last slug ends.
    bottom: Unit,
    /// Notes that go on here from the column before.
    carried: Vec<(usize, usize)>,
    /// Notes that go on in the next column: index, next line.
    rest: Vec<(usize, usize)>,
}

impl Column {
    /// A column that has page `page` for itself: `slugs`, at these `tops`.
    pub fn alone(page: usize, slugs: Range<usize>, tops: Vec<Unit>) -> Self {
        Column { page, slugs, tops, ..Column::default() }
    }
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
    /// The same on a page that is turned.
    pub turned_height: Unit,
    /// Distance of body lines: the grid.
    pub pitch: Unit,
    /// Space between text and notes.
    pub separation: Unit,
    /// Columns on a page.
    pub across: i32,
    /// Whether pages lie as in a bound book, the first on the right.
    pub mirrored: bool,
    /// Whether slugs stand as close as they may.
    pub close: bool,
}

/// The columns so far.
#[derive(Default)]
struct Pages {
    columns: Vec<Column>,
    /// The page at hand.
    page: usize,
    /// How much of it is taken.
    top: Unit,
    /// Notes that go on in the next column.
    carried: Vec<(usize, usize)>,
}

impl Pages {
    /// Goes on to a page with nothing on it.
    fn turn(&mut self) {
        self.page += usize::from(self.columns.last().is_some_and(|column| column.page == self.page));
        self.top = Unit::ZERO;
    }

    fn push(&mut self, column: Column, slot: i32) {
        self.carried.clone_from(&column.rest);
        self.columns.push(Column { page: self.page, slot, ..column });
    }
}

impl Paginator<'_> {
    /// Divides the slugs of `range` into columns.
    pub fn columns(&self, range: Range<usize>) -> Vec<Column> {
        let mut pages = Pages::default();
        let mut start = range.start;
        while start < range.end {
            let end = (start + 1..range.end).find(|&i| self.begins_section(i)).unwrap_or(range.end);
            let turned = self.slugs[start].turned;
            let own = pages.columns.len();
            let height = if turned { self.turned_height } else { self.height };
            Paginator { height, ..*self }.section(start..end, &mut pages);
            pages.columns[own..].iter_mut().for_each(|column| column.turned = turned);
            start = end;
        }
        // Notes that the last column could not hold.
        while !pages.carried.is_empty() {
            let last = pages.columns.last().map_or(0, |column| column.slot + 1);
            let slot = if last < self.across { last } else { 0 };
            if slot == 0 {
                pages.turn();
            }
            let carried = std::mem::take(&mut pages.carried);
            pages.push(self.fill(range.end..range.end, (Unit::ZERO, self.height), carried), slot);
        }
        pages.columns
    }

    /// Whether slug `i` begins a page, or what stands across the columns.
    fn begins_section(&self, i: usize) -> bool {
        let (before, slug) = (&self.slugs[i - 1], &self.slugs[i]);
        slug.begins_page || slug.turned != before.turned || slug.spans && !before.spans
    }

    /// Sets what begins a page or stands across it, and the text up to the next such place.
    fn section(&self, range: Range<usize>, pages: &mut Pages) {
        let text = range.clone().find(|&i| !self.slugs[i].spans).unwrap_or(range.end);
        let first = &self.slugs[range.start];
        if first.begins_page || text == range.start {
            pages.turn();
            pages.page += usize::from(first.begins_recto && self.mirrored && pages.page % 2 == 1);
        }
        self.band(range.start..text, range.end, pages);
        let mut start = text;
        let own = pages.columns.len();
        while start < range.end {
            let had = pages.columns.len();
            for slot in 0..self.across {
                let carried = std::mem::take(&mut pages.carried);
                let mut column = self.column(start..range.end, (pages.top, self.height), carried);
                if column.slugs == (start..range.end) && column.slugs.len() == 1 && pages.columns.len() > own {
                    column = self.avoid_single(pages, column);
                }
                start = column.slugs.end;
                pages.push(column, slot);
                if start == range.end {
                    break;
                }
            }
            if start < range.end {
                pages.turn();
            } else if self.across > 1 {
                self.balance(had, pages);
            }
        }
    }

    /// Sets what stands across all columns, below what is on the page if two lines of the text that ends at `end` fit too.
    fn band(&self, range: Range<usize>, end: usize, pages: &mut Pages) {
        if range.is_empty() {
            return;
        }
        if pages.top > Unit::ZERO {
            let kept = (range.end..end).take_while(|&i| self.slugs[i].kept);
            let below = range.clone().chain(kept).map(|i| self.slugs[i].before + self.slugs[i].height).sum::<Unit>();
            if up_to(pages.top + below, self.pitch) + self.pitch > self.height {
                pages.turn();
            }
        }
        let mut start = range.start;
        while start < range.end {
            let top = if pages.top > Unit::ZERO { pages.top + self.slugs[start].before } else { Unit::ZERO };
            let column = self.fill(start..range.end, (top, self.height), vec![]);
            start = column.slugs.end;
            pages.top = column.bottom;
            pages.columns.push(Column { page: pages.page, ..column });
            if start < range.end {
                pages.turn();
            }
        }
        if range.end < end {
            let text = &self.slugs[range.end];
            pages.top = up_to(pages.top + text.before, self.pitch);
            if pages.top + text.height > self.height {
                pages.turn();
            }
        }
    }

    /// Makes the columns from `had` on, which hold the end of a section, as short as they can be; what comes next may stand below them.
    fn balance(&self, had: usize, pages: &mut Pages) {
        let here = &pages.columns[had..];
        let (Some(first), Some(last)) = (here.first(), here.last()) else { return };
        let (start, end, top) = (first.slugs.start, last.slugs.end, first.top);
        let noted = |column: &Column| !(column.notes.is_empty() && column.rest.is_empty() && column.carried.is_empty());
        if here.iter().any(noted) {
            // Notes stand at the foot of the page, whatever is above them.
            pages.top = self.height;
            return;
        }
        let lines = (self.height - top).0 / self.pitch.0.max(1);
        let balanced = (1..lines).find_map(|count| {
            let bottom = top + self.pitch * count;
            let mut columns = vec![];
            let (mut from, mut lawful) = (start, true);
            while from < end && (columns.len() as i32) < self.across {
                let column = self.column(from..end, (top, bottom), vec![]);
                from = column.slugs.end;
                lawful &= from == start || from == end || !self.slugs[from].kept;
                columns.push(column);
            }
            let fits = lawful && from == end && columns.iter().all(|column| column.bottom <= bottom);
            fits.then_some(columns)
        });
        if let Some(columns) = balanced {
            pages.columns.truncate(had);
            for (slot, column) in (0..).zip(columns) {
                pages.push(column, slot);
            }
        }
        let bottom = pages.columns[had..].iter().map(|column| column.bottom).max();
        pages.top = up_to(bottom.unwrap_or_default(), self.pitch);
    }

    /// Gives a column of one line another one from the column before it (E3), if that can spare one.
    fn avoid_single(&self, pages: &mut Pages, column: Column) -> Column {
        let Some(previous) = pages.columns.last_mut() else { return column };
        let Range { start, end } = previous.slugs;
        let spare = (start + 2..end).rev().find(|&b| !self.slugs[b].kept);
        let Some(spare) = spare.filter(|&b| end - b <= 4) else { return column };
        let shorter = self.fill(start..spare, (previous.top, self.height), previous.carried.clone());
        let longer = self.fill(spare..column.slugs.end, (column.top, self.height), shorter.rest.clone());
        if shorter.slugs.end != spare || longer.slugs.end != column.slugs.end {
            return column;
        }
        *previous = Column { page: previous.page, slot: previous.slot, ..shorter };
        longer
    }

    /// Fills a column with slugs of `range` from `top` to `bottom`, and parts nothing at its end that must stay together.
    fn column(&self, range: Range<usize>, edges: (Unit, Unit), carried: Vec<(usize, usize)>) -> Column {
        let column = self.fill(range.clone(), edges, carried);
        let end = column.slugs.end;
        if end < range.end {
            let parts = |end: usize| end < range.end && self.slugs[end].kept;
            let closer = || Paginator { close: true, ..*self }.fill(range.clone(), edges, column.carried.clone());
            if let Some(closer) = parts(end).then(closer).filter(|closer| !parts(closer.slugs.end)) {
                return closer;
            }
            let shown = (range.start..end).find(|&i| self.slugs[i].first_text);
            let least = shown.unwrap_or(range.start) + 1;
            let back = |begins: fn(&Slug) -> bool| (least..=end).rev().find(|&b| begins(&self.slugs[b]));
            let back = back(|slug| !slug.kept).or(shown.map(|_| least)).or_else(|| back(|slug| slug.yields));
            // Below what stands across the page there may be too little room for what stays together; a whole page has more.
            let back = back.or((edges.0 > Unit::ZERO).then_some(range.start));
            if let Some(back) = back.filter(|&b| b < end) {
                return self.fill(range.start..back, edges, column.carried);
            }
        }
        column
    }

    /// Fills a column from `top` to `bottom` with as many slugs of `range` as fit, one at least.
    fn fill(&self, range: Range<usize>, (top, bottom): (Unit, Unit), carried: Vec<(usize, usize)>) -> Column {
        let Range { start, end: limit } = range;
        let mut column = Column {
            slugs: start..start,
            top,
            bottom: top,
            carried: carried.clone(),
            rest: carried,
            ..Column::default()
        };
        let mut y = top;
        let mut phase = Unit::ZERO;
        if let Some(head) = self.slugs.get(start).and_then(|slug| slug.head)
            && start < limit
        {
            column.head = Some(head);
            y += self.heads.get(head).map_or(Unit::ZERO, |slug| slug.height);
        }
        // What is carried over leaves room for some lines of text, if there is any.
        let room = if start < limit { bottom - top - self.pitch * 3 } else { bottom - top };
        self.take_notes(&mut column, room);
        for (i, slug) in self.slugs.iter().enumerate().take(limit).skip(start) {
            let first = i == start;
            if !first && !column.rest.is_empty() {
                break;
            }
            let before = if self.close { slug.before - slug.spare } else { slug.before };
            let mut top = if first { y } else { y + before };
            if slug.on_grid {
                top = up_to(top - phase, self.pitch) + phase;
            }
            let separation =
                if column.foot == Unit::ZERO && !slug.notes.is_empty() { self.separation } else { Unit::ZERO };
            let first_lines = slug.notes.iter().filter_map(|&n| self.notes.get(n)?.first()).map(|s| s.height);
            let foot = column.foot + separation + first_lines.sum::<Unit>();
            if !first && top + slug.height + foot > bottom {
                break;
            }
            y = top + slug.height;
            if slug.begins_grid {
                phase = Unit(y.0.rem_euclid(self.pitch.0.max(1)));
            }
            column.tops.push(top);
            column.slugs.end = i + 1;
            column.bottom = y;
            if !slug.notes.is_empty() {
                column.rest.extend(slug.notes.iter().map(|&n| (n, 0)));
                self.take_notes(&mut column, bottom - y);
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
