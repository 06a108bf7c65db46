//! How the two Han at a break belong together: as often as chance would have it, or as a word does.

use super::line::Line;
use crate::unicode::is_han;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Pairs of Han that belong together in any text.
const TABLE: &str = include_str!("ties.txt");

/// So many characters of a text are counted at most; they tell its words.
const COUNTED: usize = 200_000;

/// The pairs of Han in a text, and the Han.
#[derive(Default)]
pub(super) struct Ties {
    pairs: FxHashMap<(char, char), u32>,
    single: FxHashMap<char, u32>,
    all: f32,
}

impl Ties {
    pub(super) fn of(lines: &[Line<'_>]) -> Ties {
        let mut ties = Ties::default();
        let mut left = COUNTED;
        for line in lines {
            let mut before = None;
            for c in line.text.chars().take(left) {
                left -= 1;
                if !is_han(c) {
                    before = None;
                    continue;
                }
                *ties.single.entry(c).or_default() += 1;
                if let Some(before) = before {
                    *ties.pairs.entry((before, c)).or_default() += 1;
                }
                before = Some(c);
            }
        }
        ties.all = (COUNTED - left).max(1) as f32;
        ties
    }

    /// The step of the group `Tie` for `a` at the end of a line and `b` at the beginning of the next.
    pub(super) fn step(&self, a: char, b: char) -> usize {
        static KNOWN: LazyLock<FxHashMap<(char, char), u8>> = LazyLock::new(|| known().collect());
        if let Some(&step) = KNOWN.get(&(a, b)) {
            return usize::from(step) + 2;
        }
        let count = |c: char| self.single.get(&c).copied().unwrap_or(1) as f32;
        match self.pairs.get(&(a, b)) {
            None => 0,
            Some(&n) if n > 1 && (n as f32 * self.all / (count(a) * count(b))).log2() > 4.0 => 2,
            Some(_) => 1,
        }
    }
}

/// The pairs of the table with their steps, from 1.
fn known() -> impl Iterator<Item = ((char, char), u8)> {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (step, pairs) = line.split_once('\t')?;
        let first = pairs.chars().next()?;
        Some((step.parse::<u8>().ok()?, first, pairs))
    });
    rows.flat_map(|(step, first, pairs)| pairs.chars().skip(1).map(move |second| ((first, second), step)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_bound_and_strangers_are_not() {
        let ties = Ties::default();
        assert_eq!(ties.step('如', '果'), 4);
        assert_eq!(ties.step('也', '命'), 0);
        let stated = TABLE.split_whitespace().nth(1).and_then(|n| n.parse().ok());
        assert_eq!(Some(known().count()), stated, "the head states how many pairs there are");
    }
}
