//! Lines as columns: what the gaps of a line part, where its pieces begin, and the places that the lines of a block share.

use super::lines::Line;
use crate::unicode::{is_han, tab_stop};
use std::collections::BTreeSet;
use std::ops::Range;

/// A gap of this many columns, or a tab, parts a line by itself; one of two only where other lines have a piece at the same place.
const GAP: usize = 3;
/// How far a piece may stand from its column: marks made wide by the restoration of a text move what follows.
const SLACK: usize = 2;

/// A piece of a line between gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Display column where it begins.
    pub column: usize,
    /// Whether the gap before it is wide enough to part by itself; true of the first.
    pub parted: bool,
}

/// The column after `c` at `column`: a tab goes to the next stop, what is not ASCII takes two.
fn after(column: usize, c: char) -> usize {
    match c {
        '\t' => tab_stop(column),
        c if c.is_ascii() => column + 1,
        _ => column + 2,
    }
}

/// The fields of `line`, a line of `text`: parted by a tab or by two columns of space or more.
pub fn fields(text: &str, line: &Line<'_>) -> Vec<Field> {
    let mut found: Vec<Field> = vec![];
    let (mut column, mut gap) = (0, Some((0, true)));
    for (i, c) in text[line.full.start..line.span().end].char_indices() {
        let at = line.full.start + i;
        if c.is_whitespace() {
            let (_, tab) = gap.get_or_insert((column, false));
            *tab |= c == '\t';
        } else {
            match (gap.take(), found.last_mut()) {
                (Some((from, tab)), _) if tab || column - from >= 2 => {
                    let parted = tab || column - from >= GAP;
                    found.push(Field { span: at..at, column, parted });
                }
                _ => {}
            }
            if let Some(field) = found.last_mut() {
                field.span.end = at + c.len_utf8();
            }
        }
        column = after(column, c);
    }
    found
}

/// The pieces of `line` between single tabs, empty ones too, those before the text left out unless `all`.
pub fn tabbed(text: &str, line: &Line<'_>, all: bool) -> Vec<Range<usize>> {
    let span = if all { line.full.start..line.span().end } else { line.span() };
    let mut at = span.start;
    let trimmed = |piece: &str, at: usize| {
        let start = at + piece.len() - piece.trim_start().len();
        start..start + piece.trim().len()
    };
    let piece = |piece: &str| {
        let range = trimmed(piece, at);
        at += piece.len() + 1;
        range
    };
    text[span].split('\t').map(piece).collect()
}

/// The places where columns begin, from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<usize>);

impl Columns {
    /// The places where at least a third of `lines`, and two of them, have a field, some after a wide gap; the first is where the
    /// leftmost line begins.
    pub fn shared<'f>(lines: impl Iterator<Item = &'f [Field]> + Clone) -> Self {
        let count = lines.clone().count();
        let mut starts: Vec<(usize, usize, bool)> = vec![];
        for (i, fields) in lines.enumerate() {
            starts.extend(fields.iter().map(|field| (field.column, i, field.parted)));
        }
        starts.sort_unstable();
        starts.dedup();
        let Some(&(left, ..)) = starts.first() else { return Columns(vec![]) };
        let mut columns = vec![left];
        let mut rest = starts.as_slice();
        while let Some(&(from, ..)) = rest.first() {
            let len = rest.partition_point(|&(column, ..)| column <= from + SLACK);
            let (near, others) = rest.split_at(len);
            rest = others;
            let support = near.iter().map(|&(_, line, _)| line).collect::<BTreeSet<_>>().len();
            let parted = near.iter().filter(|&&(.., parted)| parted).count();
            if from > left + SLACK && support >= 2 && support * 3 >= count && parted * 4 >= support {
                columns.push(commonest(near.iter().map(|&(column, ..)| column)));
            }
        }
        Columns(columns)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The column that begins at `place`, or near it.
    fn at(&self, place: usize) -> Option<usize> {
        let k = self.0.iter().enumerate().min_by_key(|&(_, column)| column.abs_diff(place))?.0;
        (self.0[k].abs_diff(place) <= SLACK).then_some(k)
    }

    /// The cells of `line`, one a column; `None` if a field stands apart from all columns. A field after a narrow gap that stands
    /// apart belongs to the field before it.
    pub fn cells(&self, text: &str, line: &Line<'_>, fields: &[Field]) -> Option<Vec<Range<usize>>> {
        let mut cells: Vec<Option<Range<usize>>> = vec![None; self.len()];
        let mut last = 0;
        for (i, field) in fields.iter().enumerate() {
            match self.at(field.column) {
                Some(k) if (i == 0 || k > last) && cells[k].is_none() => {
                    cells[k] = Some(field.span.clone());
                    last = k;
                }
                _ if i == 0 => return None,
                _ if !field.parted => cells[last].as_mut()?.end = field.span.end,
                _ => return None,
            }
        }
        for k in 1..cells.len() {
            if cells[k].is_none()
                && let Some(before) = cells[k - 1].clone()
                && let Some(cut) = self.cut(text, line, k, &before)
            {
                cells[k - 1] = Some(before.start..cut.start);
                cells[k] = Some(cut.end..before.end);
            }
        }
        let mut at = line.start;
        let filled = cells.into_iter().map(|cell| {
            let cell = cell.unwrap_or(at..at);
            at = cell.end;
            cell
        });
        Some(filled.collect())
    }

    /// The gap, maybe none, where column `k` begins in `cell`, the one before: a word fills its column, `(r)(→)/(q)(←)進入看板`.
    fn cut(&self, text: &str, line: &Line<'_>, k: usize, cell: &Range<usize>) -> Option<Range<usize>> {
        let mut column = 0;
        let mut before = ' ';
        for (i, c) in text[line.full.start..cell.end].char_indices() {
            let at = line.full.start + i;
            let word = text[..at].get(cell.start..).map_or("", str::trim_end);
            if column + SLACK >= self.0[k] && !word.is_empty() && !word.contains(char::is_whitespace) {
                let spaced = before.is_whitespace() && !c.is_whitespace();
                let closed = column >= self.0[k] && matches!(before, ')' | '）' | ']') && is_han(c);
                if spaced || closed {
                    return Some(cell.start + word.len()..at);
                }
            }
            if column > self.0[k] + SLACK {
                return None;
            }
            before = c;
            column = after(column, c);
        }
        None
    }

    /// Whether `fields` are one that begins at the last column: the text of the row above goes on.
    pub fn goes_on(&self, fields: &[Field]) -> bool {
        matches!(fields, [only] if self.len() > 1 && self.at(only.column) == Some(self.len() - 1))
    }
}

/// The commonest of `values`, the least where several are.
fn commonest(values: impl Iterator<Item = usize>) -> usize {
    let mut values: Vec<usize> = values.collect();
    values.sort_unstable();
    let run = values.chunk_by(|a, b| a == b).rev().max_by_key(|run| run.len());
    run.and_then(|run| run.first().copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::lines::Page;
    use super::*;

    #[test]
    fn fields_are_parted_by_tabs_and_wide_spaces() {
        let page = Page::new("  甲 乙\t丙  丁   戊\n", 0);
        let seen: Vec<_> =
            fields(page.text, &page.lines[0]).into_iter().map(|f| (&page.text[f.span], f.column, f.parted)).collect();
        assert_eq!(seen, [("甲 乙", 2, true), ("丙", 8, true), ("丁", 12, false), ("戊", 17, true)]);
    }

    #[test]
    fn a_word_that_fills_its_column_is_cut_where_the_next_begins() {
        let page = Page::new("(PgUp)   上一頁\n  (q)(←)下一頁\n(n)-(x)  看板\n(^W)  跳\n甲乙丙丁戊己庚辛\n", 0);
        let all: Vec<_> = page.lines.iter().map(|line| fields(page.text, line)).collect();
        let columns = Columns(vec![0, 9]);
        let cells = |i: usize| -> Option<Vec<&str>> {
            let cells = columns.cells(page.text, &page.lines[i], &all[i])?;
            Some(cells.into_iter().map(|cell| &page.text[cell]).collect())
        };
        assert_eq!(cells(0), Some(vec!["(PgUp)", "上一頁"]));
        assert_eq!(cells(1), Some(vec!["(q)(←)", "下一頁"]));
        assert_eq!(cells(2), Some(vec!["(n)-(x)", "看板"]));
        assert_eq!(cells(4), Some(vec!["甲乙丙丁戊己庚辛", ""]));
    }
}
