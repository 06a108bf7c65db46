//! Numbers at the ends of lines: 其二, 三首, （上）.

use super::pattern::{Found, numeral_sign, side};
use super::{Shape, apart};
use crate::chinese::fold::fold;
use crate::chinese::numeral::{arabic, numeral};
use crate::unicode::is_han;

pub(super) const DECIMAL: u8 = 7;
pub(super) const ZERO: u8 = 17;
/// The kinds of numbers at the end of a line.
pub(super) const TAIL_DI: u8 = 27;
pub(super) const TAIL_PART: u8 = 28;
pub(super) const TAIL_PAREN: u8 = 29;
pub(super) const TAIL_COUNT: u8 = 30;
pub(super) const TAIL_SIDE: u8 = 31;
pub(super) const TAIL_NUMBER: u8 = 32;

/// Looks for a number at the end of `text`, which begins at byte `base` of its line.
pub(super) fn ends(shape: &mut Shape, text: &str, base: usize) {
    // A remark in brackets may follow.
    let whole = text.trim_end();
    let cut = whole.find(['（', '(', '\\']).filter(|&at| at > 0).map_or(whole, |at| whole[..at].trim_end());
    let Some(last) = cut.chars().next_back() else { return };
    let mut tell = |kind: u8, value: Option<u32>, rest: usize| {
        (shape.kind, shape.value) = (kind, value);
        shape.rest = (base, base + text[..rest].trim_end_matches(apart).len());
    };
    let trailing = |text: &str| {
        let start = text.len() - text.trim_end_matches(numeral_sign).len();
        (start > 0).then(|| text.len() - start)
    };
    if let Some(start) = trailing(cut) {
        let (before, digits) = cut.split_at(start);
        let read = numeral(digits).filter(|&(_, len)| len == digits.len());
        let value = read.and_then(|(value, _)| u32::try_from(value).ok());
        let count = digits.chars().count();
        let arabic = digits.starts_with(|c| arabic(c).is_some());
        if read.is_some() && count <= if arabic { 4 } else { 7 } {
            let last = before.chars().next_back();
            match last {
                Some('第') => return tell(TAIL_DI, value, start - '第'.len_utf8()),
                Some(c @ ('其' | '之')) if !arabic && cut.len() == whole.len() => {
                    return tell(TAIL_PART, value, start - c.len_utf8());
                }
                _ => {}
            }
            let before = before.trim_end();
            if cut.len() == whole.len() && before.ends_with(is_han) && (!arabic || count <= 3) {
                return tell(TAIL_NUMBER, value, before.len());
            }
            if cut.len() == whole.len() && before.ends_with('_') && arabic {
                return tell(TAIL_NUMBER, value, before.len() - 1);
            }
        }
    }
    if let Some(inner) = whole.strip_suffix([')', '）'])
        && let Some(open) = inner.rfind(['(', '（']).filter(|&open| open > 0)
    {
        let inside = inner[open..].trim_start_matches(['(', '（']);
        let number = numeral(inside).filter(|&(_, len)| len == inside.len() && len <= 21).map(|(value, _)| value);
        let mut found = Found::default();
        let value = match number {
            Some(value) => u32::try_from(value).ok(),
            None if side(inside, &mut found) == Some("") => found.value,
            None => None,
        };
        if value.is_some() {
            return tell(TAIL_PAREN, value, open);
        }
    }
    let before = &cut[..cut.len() - last.len_utf8()];
    if matches!(fold(last), '首' | '则' | '条')
        && let Some(start) = trailing(before)
        && !before[start..].starts_with(|c| arabic(c).is_some())
    {
        let value = numeral(&before[start..]).and_then(|(value, _)| u32::try_from(value).ok());
        return tell(TAIL_COUNT, value, start);
    }
    let mut found = Found::default();
    let part = before.chars().next_back().is_some_and(|c| matches!(fold(c), '卷' | '篇' | '章' | '集' | '部' | '编'));
    if cut.len() == whole.len() && part && side(&cut[before.len()..], &mut found).is_some() {
        tell(TAIL_SIDE, found.value, before.len());
    }
}
