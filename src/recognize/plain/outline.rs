//! Outlines: notes whose lines say by their indent alone to which line above they belong.
//!
//! ```text
//! day 6
//!     吃饭，20
//!     打车，10
//! day 7
//!     在家
//! ```

use super::lines::{Line, PROSE};
use super::{Part, Reading};
use crate::document::Marker;

/// Lists within lists.
const DEEPEST: usize = 6;
/// The farthest that a line stands in from the one that it belongs to, in columns: two tabs.
const STEP: usize = 8;
/// The fewest lines below others by which a text shows that it has outlines.
const LEAST: usize = 3;

/// Claims outlines. They are lists without markers, and have numbers of their own among the lists.
pub fn claim(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let mut found = vec![];
    let mut i = 0;
    while i < n {
        let depths = depths(reading, i);
        let end = i + depths.len();
        if is_outline(&reading.page.lines[i..end], &depths) {
            found.push((i, depths));
        }
        i = end.max(i + 1);
    }
    let below = |depths: &Vec<usize>| depths.iter().filter(|&&depth| depth > 0).count();
    if !found.iter().any(|(_, depths)| below(depths) >= LEAST) {
        return;
    }
    for (start, depths) in found {
        let parts = reading.parts[start..].iter_mut().zip(depths);
        parts.for_each(|(part, depth)| *part = Part::Item { list: n + start, depth, marker: Marker::None, len: 0 });
    }
}

/// How deep the lines from `start` on stand, as far as they may belong together.
fn depths(reading: &Reading<'_>, start: usize) -> Vec<usize> {
    let lines = &reading.page.lines;
    let mut open: Vec<usize> = vec![];
    let mut depths = vec![];
    for (i, line) in lines.iter().enumerate().skip(start) {
        let base = open.first().copied().unwrap_or(line.indent);
        // After a blank line an outline goes on only within what is open.
        let apart = i > start && (line.gap > 1 || line.gap == 1 && line.indent <= base);
        if !reading.open(i) || apart || line.indent < base {
            break;
        }
        while open.last().is_some_and(|&indent| indent > line.indent) {
            open.pop();
        }
        let above = open.last().copied().unwrap_or(line.indent);
        if open.is_empty() || line.indent >= above + 2 {
            if line.indent > above + STEP || open.len() == DEEPEST || is_typed_in_chinese(reading, line) {
                break;
            }
            open.push(line.indent);
        }
        depths.push(open.len() - 1);
    }
    depths
}

/// Whether the indent is that of a paragraph: ideographic spaces.
fn is_typed_in_chinese(reading: &Reading<'_>, line: &Line<'_>) -> bool {
    reading.page.text[line.full.start..line.start].contains('\u{3000}')
}

/// Whether lines that stand at `depths` are an outline: some stand below others, which do not end as sentences do, and few are running
/// text.
fn is_outline(lines: &[Line<'_>], depths: &[usize]) -> bool {
    let stopped = |line: &Line<'_>| line.text.ends_with(['。', '！', '？', '；', '，', '、']);
    let prose = lines.iter().filter(|line| stopped(line) && line.chars >= PROSE).count();
    let ends = lines.iter().filter(|line| stopped(line)).count();
    let heads = depths.windows(2).zip(lines).filter(|(pair, _)| pair[1] > pair[0]).map(|(_, line)| line);
    let (all, broken) = heads.fold((0, 0), |(all, broken), line| (all + 1, broken + usize::from(stopped(line))));
    all > 0 && prose * 5 <= lines.len() && ends * 2 <= lines.len() && broken * 4 <= all
}
