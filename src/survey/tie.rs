//! How the two Han at a break belong together: as often as chance would have it, or as a word does.

use super::line::Line;
use crate::unicode::is_han;
use rustc_hash::FxHashMap;

/// Pairs of Han that belong together in any text.
const TABLE: &str = include_str!("ties.txt");

/// So many characters of a text are counted at most; they tell its words.
const COUNTED: usize = 200_000;

/// The pairs of Han that stand at the breaks of a text, and their Han: how often each stands in it.
#[derive(Default)]
pub(super) struct Ties {
    pairs: FxHashMap<(char, char), u32>,
    single: FxHashMap<char, u32>,
    all: f32,
}

impl Ties {
    pub(super) fn of(lines: &[Line<'_>]) -> Ties {
        let mut ties = Ties::default();
        // What is asked for, one bit for each character of the basic plane: hardly any other is.
        let mut asked = [0_u64; 1 << 10];
        for (above, below) in lines.iter().zip(lines.iter().skip(1)).filter(|(_, below)| !below.blank) {
            let (a, b) = (above.ends.1, below.ends.0);
            if is_han(a) && is_han(b) {
                ties.pairs.insert((a, b), 0);
                for c in [a, b] {
                    ties.single.insert(c, 0);
                    let (place, bit) = place(c);
                    asked[place] |= bit;
                }
            }
        }
        let mut left = COUNTED;
        for line in lines {
            let mut before = None;
            for c in line.text.chars().take(left) {
                left -= 1;
                let (place, bit) = place(c);
                let single = if asked[place] & bit != 0 { ties.single.get_mut(&c) } else { None };
                let Some(count) = single else {
                    before = None;
                    continue;
                };
                *count += 1;
                if let Some(count) = before.and_then(|before| ties.pairs.get_mut(&(before, c))) {
                    *count += 1;
                }
                before = Some(c);
            }
        }
        ties.all = (COUNTED - left).max(1) as f32;
        ties
    }

    /// The step of the group `Tie` for `a` at the end of a line and `b` at the beginning of the next.
    pub(super) fn step(&self, a: char, b: char) -> usize {
        if let Some(step) = bound(a, b) {
            return usize::from(step) + 2;
        }
        let count = |c: char| self.single.get(&c).copied().unwrap_or(1) as f32;
        match self.pairs.get(&(a, b)) {
            None | Some(0) => 0,
            Some(&n) if n > 1 && (n as f32 * self.all / (count(a) * count(b))).log2() > 4.0 => 2,
            Some(_) => 1,
        }
    }
}

/// The place of `c` among bits of characters, and its bit; two characters of other planes may share one.
fn place(c: char) -> (usize, u64) {
    let code = c as usize & 0xFFFF;
    (code >> 6, 1 << (code & 63))
}

/// Whether `a` and `b` belong together in any text, as within words.
pub fn are_bound(a: char, b: char) -> bool {
    bound(a, b).is_some()
}

/// By which step they do.
fn bound(a: char, b: char) -> Option<u8> {
    rows(TABLE.get(first_row(a)..)?)
        .take_while(|row| row.first == a)
        .find(|row| row.seconds.contains(b))
        .map(|row| row.step)
}

/// A row of the table: a character, and those behind it with which it belongs together by one step, from 1.
struct Row {
    first: char,
    step: u8,
    seconds: &'static str,
}

/// Where the first row of `a` begins in the table, or that of the next character. Rows are in the order of their characters and are read when
/// they are asked for: a short text asks for few.
fn first_row(a: char) -> usize {
    let bytes = TABLE.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        // The line in which the middle is.
        let middle = low + (high - low) / 2;
        let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |end| low + end + 1);
        let end = memchr::memchr(b'\n', &bytes[middle..]).map_or(bytes.len(), |end| middle + end + 1);
        // What is said above the rows is before all of them.
        if TABLE.get(start..end).and_then(row).is_none_or(|row| row.first < a) { low = end } else { high = start }
    }
    low
}

/// The rows of `table`, a part of the table from the beginning of a line on.
fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    table.lines().filter_map(row)
}

/// The row that is `line`, if it is one.
fn row(line: &'static str) -> Option<Row> {
    let (step, pairs) = line.trim_end_matches('\n').split_once('\t')?;
    let first = pairs.chars().next()?;
    Some(Row { first, step: step.parse().ok()?, seconds: pairs.get(first.len_utf8()..)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bound_and_strangers_are_not() {
        let ties = Ties::default();
        assert_eq!(ties.step('如', '果'), 4);
        assert_eq!(ties.step('也', '命'), 0);
        assert!(are_bound('如', '果') && !are_bound('也', '命'));
        let stated = TABLE.split_whitespace().nth(1).and_then(|n| n.parse().ok());
        let pairs: usize = rows(TABLE).map(|row| row.seconds.chars().count()).sum();
        assert_eq!(Some(pairs), stated, "the head states how many pairs there are");
        assert!(rows(TABLE).map(|row| row.first).is_sorted());
    }
}
