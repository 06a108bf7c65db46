//! Where a line of text may end so that a reader puts nothing, or the same one space, in place of the line end.

use super::Wrap;
use crate::chinese::class::Class;
use crate::chinese::kinsoku::{Kinsoku, may_begin, may_end};
use crate::chinese::lines::begins_line;
use crate::chinese::marks::{is_full_stop, without_closing};
use crate::unicode::{is_cjk_mark, is_han};
use unicode_width::UnicodeWidthChar;

/// A line end within a text: the bytes `start..end` (nothing, or one space) are left out for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineEnd {
    /// First byte left out.
    pub start: usize,
    /// One past the last byte left out.
    pub end: usize,
}

/// Width of `text` in columns.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The line ends of `text`, whose first character stands at `column`.
pub fn line_ends(text: &str, wrap: Wrap, column: usize) -> Vec<LineEnd> {
    match wrap {
        Wrap::None => vec![],
        Wrap::Columns(limit) => columns(text, limit, column),
        Wrap::Sentence => chances(text).filter(|end| ends_with_stop(&text[..end.start])).collect(),
    }
}

/// Fills lines as far as they go.
fn columns(text: &str, limit: usize, column: usize) -> Vec<LineEnd> {
    let mut ends = vec![];
    let (mut column, mut from) = (column, 0);
    let mut last: Option<LineEnd> = None;
    let end_of_text = LineEnd { start: text.len(), end: text.len() };
    for chance in chances(text).chain([end_of_text]) {
        let piece = width(&text[from..chance.start]);
        if let Some(end) = last
            && column + piece > limit
        {
            ends.push(end);
            column = width(&text[end.end..chance.start]);
        } else {
            column += piece;
        }
        from = chance.start;
        last = Some(chance);
    }
    ends
}

/// Where a line may end: between Han characters and Chinese marks, and at a single space between Western words.
fn chances(text: &str) -> impl Iterator<Item = LineEnd> {
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, c) = chars.next()?;
            let next = chars.peek().map(|&(_, c)| c);
            let previous = before.replace(c);
            let Some(previous) = previous else { continue };
            if c == ' ' {
                if is_western(previous) && next.is_some_and(is_western) && may_begin_a_line(&text[at + 1..]) {
                    return Some(LineEnd { start: at, end: at + 1 });
                }
            } else if is_chinese(previous) && is_chinese(c) && may_part(previous, c) && !begins_line(&text[at..]) {
                return Some(LineEnd { start: at, end: at });
            }
        }
    })
}

/// Whether a line may end between two characters, as strictly as on a page.
fn may_part(before: char, after: char) -> bool {
    may_end(Class::of(before), Kinsoku::Strict) && may_begin(Class::of(after), Kinsoku::Strict)
}

fn is_chinese(c: char) -> bool {
    is_han(c) || is_cjk_mark(c)
}

fn is_western(c: char) -> bool {
    c.is_ascii_graphic()
}

/// Whether the word that `text` begins with can be the first of a line in any dialect: a letter or a digit leads it, which begins no block
/// and goes on no other, and it is no number or letter of a list (`1.`, `a)`, `iv.`).
fn may_begin_a_line(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    let number = word.trim_end_matches(['.', ')']);
    let counts = |number: &str| {
        number.bytes().all(|b| b.is_ascii_digit())
            || number.chars().count() == 1
            || number.bytes().all(|b| b"ivxlcdmIVXLCDM".contains(&b))
    };
    word.starts_with(char::is_alphanumeric) && (number.len() == word.len() || !counts(number))
}

/// Whether `text` ends with a full stop of either kind and the closing marks after it.
fn ends_with_stop(text: &str) -> bool {
    without_closing(text).ends_with(is_full_stop)
}
