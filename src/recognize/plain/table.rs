//! Tables by tabs or aligned columns, only where every row agrees.

use super::{Part, Reading};
use std::ops::Range;

/// Fewest rows.
const ROWS: usize = 3;

/// Characters beyond which a line with two full stops is running text.
const SENTENCES: usize = 60;

/// Claims tables. Lines with columns that do not agree are kept verbatim, so that what stood below each other still does.
pub fn claim(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let mut tables = 0;
    let mut blocks =
        reading.parts.iter().filter_map(|p| if let Part::Code(b) = p { Some(*b) } else { None }).max().unwrap_or(0);
    let mut i = 0;
    while i < n {
        let count = |i: usize| {
            let text = reading.page.lines[i].text;
            let parted = reading.open(i) && (text.contains("   ") || text.contains(['\t', '\u{3000}']));
            if parted && !is_prose(text) { cells(text).len() } else { 0 }
        };
        if count(i) < 2 {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < n && reading.page.lines[end].gap == 0 && count(end) >= 2 {
            end += 1;
        }
        let columns = count(i);
        let agree = (i..end).all(|k| count(k) == columns);
        if agree && end - i >= ROWS && columns <= 12 && aligned(reading, i..end) {
            reading.parts[i..end].fill(Part::Row(tables));
            tables += 1;
        } else if end - i >= 2 {
            blocks += 1;
            reading.parts[i..end].fill(Part::Code(blocks));
        }
        i = end;
    }
}

/// Whether the line is running text with a gap in it, where a character was lost or a new thought begins: a table holds no sentences
/// one after another.
fn is_prose(text: &str) -> bool {
    text.chars().count() > SENTENCES && text.matches('。').count() >= 2
}

/// The cells of a line: parted by tabs or by three spaces or more.
pub fn cells(text: &str) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut start = 0;
    let mut gap: Option<Range<usize>> = None;
    let mut width = 0;
    let mut close = |start: &mut usize, gap: &Range<usize>| {
        found.push(*start..gap.start);
        *start = gap.end;
    };
    for (i, c) in text.char_indices() {
        let space = match c {
            '\t' => 4,
            ' ' => 1,
            '\u{3000}' => 2,
            _ => 0,
        };
        if space > 0 {
            width += space;
            gap.get_or_insert(i..i).end = i + c.len_utf8();
        } else {
            if let Some(gap) = gap.take().filter(|_| width >= 3) {
                close(&mut start, &gap);
            }
            width = 0;
        }
    }
    found.push(start..text.len());
    found
}

/// Whether columns begin at the same place in every row, or are parted by tabs.
fn aligned(reading: &Reading<'_>, rows: Range<usize>) -> bool {
    let lines = &reading.page.lines[rows];
    if lines.iter().all(|l| l.text.contains('\t')) {
        return true;
    }
    let starts = |i: usize| -> Vec<usize> {
        let line = &lines[i];
        cells(line.text).iter().map(|cell| line.indent + width(&line.text[..cell.start])).collect()
    };
    let first = starts(0);
    (1..lines.len()).all(|i| starts(i).iter().zip(&first).all(|(a, b)| a == b))
}

/// Width in columns, Han counted as two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_parted_by_tabs_and_wide_spaces() {
        let text = "甲 乙\t丙   丁";
        let seen: Vec<&str> = cells(text).into_iter().map(|c| &text[c]).collect();
        assert_eq!(seen, ["甲 乙", "丙", "丁"]);
    }
}
