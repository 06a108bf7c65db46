//! Tables: lines parted by tabs, or with pieces that stand below each other. A run of lines is judged as a whole.

use super::columns::{Columns, Field, fields, tabbed};
use super::divider::is_ornament;
use super::verbatim::is_program;
use super::{Part, Reading, office};
use crate::chinese::drawing::draws;
use crate::chinese::numbering::{Family, label};
use crate::document::asks_to_sign;
use crate::unicode::is_han;
use std::ops::Range;

/// Characters beyond which a line with two full stops is running text.
const SENTENCES: usize = 60;
/// Longest line without columns that may stand within a table, in characters.
const STRAY: usize = 60;
/// Most columns.
const WIDEST: usize = 12;
/// Lines between two tables that may learn from each other.
const NEAR: usize = 12;

/// A table that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Its first line.
    first: usize,
    /// What each of its lines holds.
    pub lines: Vec<GridLine>,
    /// Where its columns begin, if they stand below each other.
    columns: Option<Columns>,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridLine {
    /// The bytes of its cells, one a column.
    pub cells: Vec<Range<usize>>,
    /// Whether it goes on with the row above.
    pub more: bool,
}

impl GridLine {
    /// How many cells hold something.
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }
}

impl Grid {
    fn end(&self) -> usize {
        self.first + self.lines.len()
    }

    fn width(&self) -> usize {
        self.lines.first().map_or(0, |line| line.cells.len())
    }
}

/// Whether a line gives values to keys, as the head of a résumé does: `姓　　名：某某　　　　性　　别：女`. That is no row.
pub fn is_of_fields(text: &str) -> bool {
    let words: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let colons: Vec<usize> =
        words.iter().enumerate().filter(|(_, c)| matches!(**c, '：' | ':')).map(|(i, _)| i).collect();
    let first = colons.first().is_some_and(|&at| (2..=8).contains(&at));
    let keys = colons.iter().all(|&at| at > 1 && is_han(words[at - 1]) && is_han(words[at - 2]));
    first && keys && colons.len() >= 2 && words.len() <= 60
}

/// Claims tables.
pub fn claim(reading: &mut Reading<'_>) {
    let text = reading.page.text;
    let all: Vec<Vec<Field>> = (0..reading.parts.len())
        .map(|i| {
            let line = &reading.page.lines[i];
            let gaps = line.text.contains("  ") || line.text.contains(['\t', '\u{3000}']);
            if gaps && reading.open(i) && !is_of_fields(line.text) { fields(text, line) } else { vec![] }
        })
        .collect();
    let sight = Sight { reading, fields: &all };
    let runs = sight.runs();
    let mut grids: Vec<Option<Grid>> = vec![];
    // The lines that the table of run `k` may take: no other's.
    let room = |grids: &[Option<Grid>], k: usize| {
        let floor = grids[..k].iter().rev().flatten().next().map_or(0, Grid::end);
        let next = grids.get(k + 1..).and_then(|after| after.iter().flatten().next()).map(|grid| grid.first);
        let ceiling = next.into_iter().chain(runs.get(k + 1).map(|run| run.start)).min();
        floor..ceiling.unwrap_or(all.len())
    };
    for (k, run) in runs.iter().enumerate() {
        grids.push(sight.grid(run, room(&grids, k)));
    }
    for (k, run) in runs.iter().enumerate() {
        if grids[k].is_none() {
            let near = |g: &&Grid| g.first < run.end + NEAR && run.start < g.end() + NEAR;
            let beside = [k.checked_sub(1), Some(k + 1)].into_iter().flatten();
            let model = beside.filter_map(|j| grids.get(j)?.as_ref()).find(near).cloned();
            grids[k] = model.and_then(|model| sight.grid_like(run, &model, room(&grids, k)));
        }
    }
    let grids: Vec<Grid> = grids.into_iter().flatten().collect();
    for (table, grid) in grids.iter().enumerate() {
        reading.parts[grid.first..grid.end()].fill(Part::Row(table));
    }
    reading.grids = grids;
}

/// The lines and their fields; a line without gaps has none.
struct Sight<'s, 't> {
    reading: &'s Reading<'t>,
    fields: &'s [Vec<Field>],
}

impl Sight<'_, '_> {
    /// Whether line `i` has columns.
    fn parted(&self, i: usize) -> bool {
        self.fields[i].iter().filter(|field| field.parted).count() >= 2 && !self.refused(i)
    }

    /// Whether line `i` is something else for sure: a quotation, a numbered heading, a rule, a spaced name (`郭　　純`).
    fn refused(&self, i: usize) -> bool {
        let text = self.reading.page.lines[i].text;
        let spaced = |fields: &[Field]| {
            fields.iter().all(|field| self.reading.page.text[field.span.clone()].chars().count() == 1)
        };
        !self.reading.open(i)
            || text.starts_with([':', '>', '：', '＞', '【'])
            || is_prose(text)
            || is_entry(text)
            || is_signed(text)
            || text.contains(draws)
            || text.chars().all(|c| is_ornament(c) || c.is_whitespace())
            || !self.fields[i].is_empty() && spaced(&self.fields[i])
    }

    /// Runs of lines with columns, with at most two lines without between two of them; what follows the last one on its place is
    /// seen later.
    fn runs(&self) -> Vec<Range<usize>> {
        let lines = &self.reading.page.lines;
        let mut found = vec![];
        let mut i = 0;
        while i < lines.len() {
            if !self.parted(i) {
                i += 1;
                continue;
            }
            let (mut end, mut at) = (i + 1, i + 1);
            while at < lines.len() && lines[at].gap == 0 && at - end <= 2 {
                if self.parted(at) {
                    end = at + 1;
                } else if self.refused(at) || lines[at].chars > STRAY || lines[at].breaks_off() {
                    break;
                }
                at += 1;
            }
            let program = (i..end).filter(|&k| is_program(lines[k].text)).count();
            if program * 4 < end - i {
                if self.grid(&(i..end), i..end).is_none() {
                    // A line without columns may stand between two tables.
                    end = (i..end).find(|&k| self.fields[k].len() < 2).unwrap_or(end);
                }
                found.push(i..end);
            }
            i = end;
        }
        found
    }

    /// The table that `run` is, if it is one.
    fn grid(&self, run: &Range<usize>, room: Range<usize>) -> Option<Grid> {
        let found = self.by_tabs(run).or_else(|| self.by_columns(run, room.clone())).or_else(|| self.by_count(run, 3));
        let grid = self.further(found?, room);
        (grid.width() <= WIDEST && !self.is_verse(run) && !self.is_list(&grid)).then_some(grid)
    }

    /// The table that `run` is if it has the columns of `model`.
    fn grid_like(&self, run: &Range<usize>, model: &Grid, room: Range<usize>) -> Option<Grid> {
        let grid = match &model.columns {
            Some(columns) => self
                .in_columns(run.clone(), columns, room)
                .filter(|grid| grid.lines.iter().all(|line| line.more || line.filled() > 1)),
            None => self.by_count(run, 2).filter(|grid| grid.width() == model.width()),
        }?;
        (!self.is_verse(run) && !self.is_list(&grid)).then_some(grid)
    }

    /// `grid` with the lines right below it that have as many fields, if only after narrow gaps: `etc/account_desc  說明`.
    fn further(&self, mut grid: Grid, room: Range<usize>) -> Grid {
        let lines = &self.reading.page.lines;
        let belongs = |i: usize| lines[i].gap == 0 && lines[i].chars <= STRAY && !self.refused(i);
        while grid.end() < room.end
            && let fields = &self.fields[grid.end()]
            && fields.len() == grid.width()
            && belongs(grid.end())
        {
            grid.lines.push(GridLine { cells: fields.iter().map(|field| field.span.clone()).collect(), more: false });
        }
        grid
    }

    /// Every line has as many single tabs: some cells may be empty.
    fn by_tabs(&self, run: &Range<usize>) -> Option<Grid> {
        let page = &self.reading.page;
        [false, true].into_iter().find_map(|all| {
            let lines: Vec<_> = run.clone().map(|i| tabbed(page.text, &page.lines[i], all)).collect();
            let width = lines.iter().map(Vec::len).max()?;
            let full = lines.iter().filter(|cells| cells.len() == width).count();
            if width < 2 || lines.len() < 2 || full * 10 < lines.len() * 9 {
                return None;
            }
            let used: Vec<usize> = (0..width)
                .filter(|&k| lines.iter().any(|cells| cells.get(k).is_some_and(|cell| !cell.is_empty())))
                .collect();
            let line = |cells: &Vec<Range<usize>>| {
                let end = cells.last().map_or(0, |cell| cell.end);
                let cells = used.iter().map(|&k| cells.get(k).cloned().unwrap_or(end..end)).collect();
                GridLine { cells, more: false }
            };
            let lines = lines.iter().map(line).collect();
            (used.len() >= 2).then_some(Grid { first: run.start, lines, columns: None })
        })
    }

    /// The fields stand below each other.
    fn by_columns(&self, run: &Range<usize>, room: Range<usize>) -> Option<Grid> {
        let columns = Columns::shared(run.clone().filter(|&i| self.parted(i)).map(|i| self.fields[i].as_slice()));
        if columns.len() < 2 {
            return None;
        }
        let grid = self.in_columns(run.clone(), &columns, room)?;
        let rows = grid.lines.iter().filter(|line| line.filled() > 1).count();
        let stray = grid.lines.iter().filter(|line| !line.more).count() - rows;
        (rows >= 2 && stray * 6 <= rows).then_some(grid)
    }

    /// Every line has as many fields, wherever they begin.
    fn by_count(&self, run: &Range<usize>, least: usize) -> Option<Grid> {
        let line = |i: usize| {
            let all: Vec<Range<usize>> = self.fields[i].iter().map(|field| field.span.clone()).collect();
            let mut wide: Vec<Range<usize>> = vec![];
            for field in &self.fields[i] {
                match wide.last_mut() {
                    Some(cell) if !field.parted => cell.end = field.span.end,
                    _ => wide.push(field.span.clone()),
                }
            }
            (wide, all)
        };
        let lines: Vec<_> = run.clone().map(line).collect();
        let width = lines.first()?.0.len();
        // A narrow gap counts where the line has too few columns without it.
        let line = |(wide, all): (Vec<Range<usize>>, Vec<Range<usize>>)| {
            let cells = if wide.len() < width && all.len() == width { all } else { wide };
            GridLine { cells, more: false }
        };
        let lines: Vec<GridLine> = lines.into_iter().map(line).collect();
        let agree = width >= 2 && lines.len() >= least && lines.iter().all(|line| line.cells.len() == width);
        agree.then_some(Grid { first: run.start, lines, columns: None })
    }

    /// The lines of `run` in `columns`, and those around it in `room` that have a place there; `None` if one has a field that stands apart.
    fn in_columns(&self, run: Range<usize>, columns: &Columns, room: Range<usize>) -> Option<Grid> {
        let page = &self.reading.page;
        let line = |i: usize| -> Option<GridLine> {
            let own;
            let fields = match self.fields[i].as_slice() {
                [] => {
                    own = fields(page.text, &page.lines[i]);
                    &own
                }
                fields => fields,
            };
            let more = columns.goes_on(fields);
            Some(GridLine { cells: columns.cells(page.text, &page.lines[i], fields)?, more })
        };
        let belongs = |i: usize| {
            let line = line(i).filter(|_| !self.refused(i) && page.lines[i].chars <= STRAY)?;
            (line.more || line.filled() > 1).then_some(line)
        };
        let mut lines = run.clone().map(line).collect::<Option<Vec<GridLine>>>()?;
        let mut first = run.start;
        while let Some(above) = first.checked_sub(1).filter(|&above| above >= room.start && page.lines[first].gap == 0)
            && let Some(line) = belongs(above).filter(|line| !line.more)
        {
            lines.insert(0, line);
            first = above;
        }
        let mut end = run.end;
        while end < room.end
            && page.lines[end].gap == 0
            && let Some(line) = belongs(end)
        {
            lines.push(line);
            end += 1;
        }
        Some(Grid { first, lines, columns: Some(columns.clone()) })
    }

    /// Whether nearly all fields are clauses of one length: verse.
    fn is_verse(&self, run: &Range<usize>) -> bool {
        const MARKS: [char; 8] = ['，', '。', '；', '！', '？', '、', ',', '.'];
        let text = self.reading.page.text;
        let fields = run.clone().flat_map(|i| &self.fields[i]).map(|field| &text[field.span.clone()]);
        let clauses: Vec<&str> =
            fields.flat_map(|field| field.split(MARKS)).filter(|clause| !clause.is_empty()).collect();
        [5, 7, 4, 6].iter().any(|&length| {
            let fit = |clause: &&&str| clause.chars().count() == length && clause.chars().all(is_han);
            clauses.iter().filter(fit).count() * 10 >= clauses.len() * 8
        })
    }

    /// Whether the first of two columns holds nothing but the markers of a list.
    fn is_list(&self, grid: &Grid) -> bool {
        let text = self.reading.page.text;
        grid.width() == 2
            && grid.lines.iter().all(|line| {
                let cell = &text[line.cells[0].clone()];
                cell.chars().count() <= 4
                    && cell.chars().all(|c| !c.is_alphanumeric() || c.is_ascii_digit())
                    && !cell.ends_with(|c: char| c.is_ascii_digit())
            })
    }
}

/// Whether those sign in the line who stand beside each other in it, or an officer and his name: `甲方(盖章):    乙方(盖章):`, `审  判  长    严某`.
fn is_signed(text: &str) -> bool {
    asks_to_sign(text) && !text.contains(['，', '。']) || office::is_signatory(text)
}

/// Whether the line is an entry of a table of contents, or a heading: `第一回　　甲　乙`.
pub fn is_entry(text: &str) -> bool {
    label(text).is_some_and(|label| label.family <= Family::Named && label.apart)
}

/// Whether the line is running text with a gap in it, where a character was lost or a new thought begins: a table holds no sentences
/// one after another.
fn is_prose(text: &str) -> bool {
    text.chars().count() > SENTENCES && text.matches('。').count() >= 2
}
