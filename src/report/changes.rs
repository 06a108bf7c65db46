//! What normalization did to a text, in passages that a person can look through: the whole of a short text, of a long one the
//! surroundings of its edits. Changes of the layout are made in them, and not marked.

use crate::normalize::{Normalized, Told};
use crate::span::Lines;
use std::collections::HashMap;
use std::iter::Peekable;
use std::ops::Range;

/// How much of a longer text is shown from its beginning, whatever was done there, in bytes.
const OPENING: usize = 600;
/// Most places shown of each rule in a longer text.
const PLACES: usize = 100;
/// Most bytes shown around an edit on either side: its line, the one before and the one after, and never more than this.
const CONTEXT: usize = 240;
/// Most bytes shown of what was removed, and of what was put there.
const LONGEST: usize = 600;

/// What was done to a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// The passages, in order; none overlap.
    pub passages: Vec<Passage>,
    /// Whether the passages are the whole text.
    pub whole: bool,
    /// Number of changes that stand in no passage.
    pub left_out: usize,
}

/// A stretch of text with its edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The line of the decoded text that it begins in, from 1.
    pub line: usize,
    /// Its parts.
    pub pieces: Vec<Piece>,
}

/// A part of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that stayed as it was, but for its layout.
    Kept(String),
    /// Text that was changed.
    Changed {
        /// What stood there.
        old: String,
        /// What stands there now.
        new: String,
        /// The rules that changed it, in order.
        rules: Vec<&'static str>,
    },
}

impl Changes {
    /// What `normalized` did to the text `decoded`, which is shown whole when it has at most `most` bytes.
    pub fn of(decoded: &str, normalized: &Normalized, most: usize) -> Self {
        let (layout, told): (Vec<Told<'_>>, Vec<Told<'_>>) = normalized.account().partition(|told| told.layout);
        let whole = decoded.len() <= most;
        let ranges = if whole { std::iter::once(0..decoded.len()).collect() } else { shown(decoded, &told) };
        let lines = Lines::new(decoded);
        let mut layout = layout.into_iter().peekable();
        let mut next = 0;
        let mut left_out = 0;
        let passages = ranges
            .into_iter()
            .map(|range| {
                let before = told[next..].partition_point(|told| told.span.start < range.start);
                left_out += before;
                next += before;
                while layout.next_if(|told| told.span.start < range.start).is_some() {}
                let mut pieces = vec![];
                let mut done = range.start;
                while let Some(told) = told.get(next).filter(|told| told.span.end <= range.end) {
                    keep(decoded, done..told.span.start, &mut layout, &mut pieces);
                    pieces.push(Piece::Changed {
                        old: cut(&decoded[told.span.range()]),
                        new: cut(&told.replacement),
                        rules: told.rules.clone(),
                    });
                    done = told.span.end;
                    next += 1;
                }
                keep(decoded, done..range.end, &mut layout, &mut pieces);
                Passage { line: lines.place(range.start).line, pieces }
            })
            .collect();
        left_out += told.len() - next;
        Changes { passages, whole, left_out }
    }

    /// About how many bytes it takes to show them.
    pub fn size(&self) -> usize {
        let pieces = self.passages.iter().flat_map(|passage| &passage.pieces);
        pieces
            .map(|piece| match piece {
                Piece::Kept(text) => text.len(),
                Piece::Changed { old, new, .. } => old.len() + new.len(),
            })
            .sum()
    }
}

/// The text in `range`, with the changes of `layout` in it.
fn keep<'n>(
    text: &str,
    range: Range<usize>,
    layout: &mut Peekable<impl Iterator<Item = Told<'n>>>,
    pieces: &mut Vec<Piece>,
) {
    let (mut kept, mut done) = (String::new(), range.start);
    while let Some(told) = layout.next_if(|told| told.span.end <= range.end) {
        kept.push_str(&text[done..told.span.start]);
        kept.push_str(&told.replacement);
        done = told.span.end;
    }
    kept.push_str(&text[done..range.end]);
    if !kept.is_empty() {
        pieces.push(Piece::Kept(kept));
    }
}

/// The ranges of a long text that are shown: its opening, and the surroundings of the first edits of each rule; none overlap, and
/// none cuts an edit.
fn shown(text: &str, told: &[Told<'_>]) -> Vec<Range<usize>> {
    let opening = text.floor_char_boundary(OPENING);
    let first = 0..text[..opening].rfind('\n').map_or(opening, |at| at + 1);
    let mut ranges: Vec<Range<usize>> = Vec::from([first]);
    let mut places: HashMap<&str, usize> = HashMap::new();
    for told in told {
        let few = told.rules.iter().fold(false, |few, rule| {
            let places = places.entry(rule).or_default();
            *places += 1;
            few || *places <= PLACES
        });
        if !few {
            continue;
        }
        let around = around(text, told.span.range());
        match ranges.last_mut() {
            Some(last) if around.start <= last.end => last.end = last.end.max(around.end),
            _ => ranges.push(around),
        }
    }
    // A range that would end or begin inside a change takes the whole of it.
    let mut whole: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for mut range in ranges {
        let first = told.partition_point(|told| told.span.end <= range.start);
        let last = told.partition_point(|told| told.span.start < range.end);
        range.start = told.get(first).map_or(range.start, |told| told.span.start.min(range.start));
        range.end = told[..last].last().map_or(range.end, |told| told.span.end.max(range.end));
        match whole.last_mut() {
            Some(before) if range.start <= before.end => before.end = before.end.max(range.end),
            _ => whole.push(range),
        }
    }
    whole
}

/// An edit at `range` with the line before it and the one after it, as far as they are near.
fn around(text: &str, range: Range<usize>) -> Range<usize> {
    let low = text.ceil_char_boundary(range.start.saturating_sub(CONTEXT));
    let high = text.floor_char_boundary((range.end + CONTEXT).min(text.len()));
    let start = text[low..range.start].rmatch_indices('\n').nth(1).map_or(low, |(at, _)| low + at + 1);
    let end = text[range.end..high].match_indices('\n').nth(1).map_or(high, |(at, _)| range.end + at + 1);
    start..end
}

/// `text`, or the beginning of a long one.
fn cut(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(LONGEST)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::{Rules, Syntax, normalize};

    fn changes(text: &str) -> Changes {
        Changes::of(text, &normalize(text, Syntax::Plain, &Rules::default(), None), 24 << 10)
    }

    /// The text before and after, put together from the passages; the layout is that of the text after.
    fn replayed(changes: &Changes) -> (String, String) {
        let (mut before, mut after) = (String::new(), String::new());
        for piece in changes.passages.iter().flat_map(|passage| &passage.pieces) {
            match piece {
                Piece::Kept(text) => {
                    before.push_str(text);
                    after.push_str(text);
                }
                Piece::Changed { old, new, .. } => {
                    before.push_str(old);
                    after.push_str(new);
                }
            }
        }
        (before, after)
    }

    #[test]
    fn a_short_text_is_shown_whole_with_every_edit() {
        let text = "问题多发,已有多人因此被问责处理。\r\n他说:好。\r\n";
        let shown = changes(text);
        assert!(shown.whole && shown.left_out == 0);
        let after = normalize(text, Syntax::Plain, &Rules::default(), None).text;
        assert_eq!(replayed(&shown), (text.replace("\r\n", "\n"), after));
        assert!(shown.passages[0].pieces.iter().any(|piece| matches!(piece,
            Piece::Changed { old, new, rules } if old == "," && new == "，" && rules == &["half-comma"])));
    }

    #[test]
    fn a_long_text_is_folded_to_its_changes() {
        let line = "山雨欲来风满楼，水光潋滟晴方好。\n";
        let text = line.repeat(3000) + "问题多发,已有多人因此被问责处理。\n" + &line.repeat(3000);
        let shown = changes(&text);
        assert!(!shown.whole && shown.left_out == 0);
        assert_eq!(shown.passages.iter().map(|passage| passage.line).collect::<Vec<_>>(), [1, 3000]);
        assert_eq!(replayed(&shown).0.matches(line).count(), 12 + 2);
    }

    #[test]
    fn a_rule_that_applies_everywhere_does_not_fill_the_page() {
        let text = "山雨欲来风满楼,水光潋滟晴方好。\n".repeat(40_000);
        let shown = changes(&text);
        let marked = shown.passages.iter().flat_map(|passage| &passage.pieces);
        let marked = marked.filter(|piece| matches!(piece, Piece::Changed { .. })).count();
        assert!((PLACES..2 * PLACES).contains(&marked), "{marked}");
        assert_eq!(marked + shown.left_out, 40_000);
        assert!(shown.size() < 20_000);
    }

    #[test]
    fn one_endless_line_is_folded_too() {
        let text = "山雨欲来风满楼".repeat(4000) + ",他说。" + &"山雨欲来风满楼".repeat(4000);
        let shown = changes(&text);
        assert_eq!((shown.passages.len(), shown.left_out), (2, 0));
        assert!(shown.size() < OPENING + 2 * CONTEXT + 40);
    }
}
