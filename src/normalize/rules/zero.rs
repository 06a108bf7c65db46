//! The circle in Chinese numerals: `circle-zero`.

use crate::chinese::numeral::is_digit;
use crate::normalize::census::Census;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};

/// A circle `○` among the four digits of a year is the numeral 〇, which the keyboard of its time did not have: `二○○五年`. Elsewhere a circle marks
/// an item or a character that is left out, and stays.
pub const CIRCLE_ZERO: Rule = Rule {
    id: "circle-zero",
    concern: Concern::Characters,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn the circle ○ in the digits of a year into 〇",
    zh: "年份中的圆圈 ○ 改为数字〇",
    why_en: "The keyboards of their time had no 〇, so ○ was typed; among the digits of a year it can be nothing else.",
    why_zh: "当年的键盘打不出〇，便打○；在年份的数字之间不会是别的。",
    standard: "GB/T 15835-2011, 5.2",
    example: ("二○○五年", "二〇〇五年"),
};

/// The digits of a year.
const YEAR: usize = 4;

pub fn fires(census: &Census) -> bool {
    census.has('○') && census.has('年')
}

pub fn run(pass: &mut Pass<'_>) {
    let text = pass.text;
    for (end, _) in text.match_indices('年') {
        let digits: Vec<(usize, char)> =
            text[..end].char_indices().rev().take(YEAR + 1).take_while(|&(_, c)| is_digit(c) || c == '○').collect();
        let year = digits.len() == YEAR && digits.last().is_some_and(|&(_, c)| is_digit(c));
        if year {
            for &(at, _) in digits.iter().rev().filter(|(_, c)| *c == '○') {
                pass.change(&CIRCLE_ZERO, at..at + '○'.len_utf8(), "〇");
            }
        }
    }
}
