//! Ranges of numbers: `range-tilde`, `range-hyphen`.

use crate::normalize::line::Line;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;

/// `~`, `〜`, `∼` between numbers (a unit may stand before it) become `～`.
///
/// Left alone: `~5`, `~/path`, `~~struck~~`, code.
pub const RANGE_TILDE: Rule = Rule {
    id: "range-tilde",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn ~ between numbers into ～",
    zh: "数值范围的波浪号统一为 ～",
    why_en: "Between numbers the mark of a range is ～, as wide as a character.",
    why_zh: "数值之间的范围号是～，占一字。",
    standard: "GB/T 15834-2011, 4.13",
    example: ("10~20人，约~5人", "10～20人，约~5人"),
};

/// A full-width hyphen or bar between numbers becomes `—`. Dates, codes and scores look the same, so only by wish.
pub const RANGE_HYPHEN: Rule = Rule {
    id: "range-hyphen",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Off,
    warns: false,
    en: "turn full-width hyphens between numbers into —",
    zh: "数值之间的全角连字符改为一字线",
    why_en: "Years and scores, codes and dates look alike, so a range is made of them only by wish.",
    why_zh: "年份、比分、编号、日期形状相同，只在要求时改。",
    standard: "GB/T 15834-2011, 4.13",
    example: ("1990－1998年", "1990—1998年"),
};

pub fn judge(pass: &mut Pass<'_>, line: &Line) {
    for &i in &line.signs {
        let c = line.chars[i];
        if line.is_kept(i) || !matches!(c, '~' | '〜' | '∼' | '－' | '―') {
            continue;
        }
        let (before, after) = (line.prev(i), line.get(i + 1));
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let unit = before.is_some_and(|c| is_han(c) || c == '%' || c == '℃' || c.is_ascii_alphabetic())
            && i >= 2
            && digit(line.get(i - 2));
        if !digit(after) || !(digit(before) || unit) {
            continue;
        }
        match c {
            '~' | '〜' | '∼' => pass.change(&RANGE_TILDE, line.range(i, i + 1), "～"),
            _ if digit(before) => pass.change(&RANGE_HYPHEN, line.range(i, i + 1), "—"),
            _ => {}
        }
    }
}
