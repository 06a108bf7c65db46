//! The half-width full stop in Chinese: `half-period`.

use super::punctuation::put;
use crate::chinese::date;
use crate::chinese::numeral::is_numeral;
use crate::normalize::evidence::Damage;
use crate::normalize::line::{Line, is_latin, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;

/// `.` behind Chinese, or behind `%` or a bracket that follows Chinese, becomes `。` when the line ends there or Chinese
/// follows.
///
/// Left alone: `...`, decimals, versions, file names, abbreviations, and the point of list numbers (`1.`, `A.`, `IV.`), which
/// the standard itself sets half-width (GB/T 15834-2011, B.3). A point between a Latin word and Chinese is only reported: it
/// may belong to the word, as in an abbreviation that is not known.
pub const HALF_PERIOD: Rule = Rule {
    id: "half-period",
    concern: Concern::Stops,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "make a half-width full stop in Chinese full-width",
    zh: "中文里的半角句点改为句号",
    standard: "GB/T 15834-2011, 4.1",
    example: ("召开了会议.会上讨论了3.5版.", "召开了会议。会上讨论了3.5版。"),
};

pub fn judge(pass: &mut Pass<'_>, line: &mut Line) {
    for k in 0..line.signs.len() {
        let i = line.signs[k];
        if line.chars[i] != '.' || line.kept[i] {
            continue;
        }
        let (prev, next) = (line.prev(i), line.get(i + 1));
        if matches!(prev, Some('.' | '。' | '…')) || matches!(next, Some('.' | '。' | '…')) {
            continue;
        }
        let ends = line.ends_at(i);
        // In a file with full-width marks, a point inside a line is part of a name or a number: `三.五`, `卷一.pdf`.
        let inside =
            pass.evidence.damage() != Damage::None && !(prev.is_some_and(is_numeral) && next.is_some_and(is_numeral));
        let follows =
            inside && next.is_some_and(|c| is_han(c) || matches!(c, '“' | '”' | '’' | '）' | '《' | '「' | '」'));
        if !(ends || follows) {
            continue;
        }
        let behind_chinese = prev.is_some_and(|c| is_wide(c) && !matches!(c, '，' | '、' | '；' | '：' | '。'));
        let behind_closer = prev.is_some_and(|c| matches!(c, '%' | ')' | '"' | '\''))
            && line.sense_before(i.saturating_sub(1)).is_some_and(|c| is_wide(c) || (prev == Some('%') && is_latin(c)));
        if (behind_chinese || behind_closer) && !numbers(line, i) && line.han >= 2 {
            put(pass, line, &HALF_PERIOD, i, '。');
        } else if follows && prev.is_some_and(is_latin) && line.han > 10 && !numbers(line, i) && !is_short(line, i) {
            pass.report(&HALF_PERIOD, line.range(i, i + 1), "a point between Latin text and Chinese");
        }
    }
}

/// What is written with a point at its end; words with a point inside and single letters are short as well.
const SHORT: &[&str] = &[
    "al", "cf", "co", "corp", "dr", "ed", "eds", "etc", "fig", "inc", "jr", "ltd", "mr", "mrs", "ms", "no", "op", "pp",
    "prof", "rev", "sr", "st", "vol", "vs",
];

/// Whether the point at `i` ends an abbreviation.
fn is_short(line: &Line, i: usize) -> bool {
    let word: Vec<char> =
        line.chars[..i].iter().rev().take(8).copied().take_while(|&c| c.is_ascii_alphabetic() || c == '.').collect();
    let word: String = word.iter().rev().map(char::to_ascii_lowercase).collect();
    word.len() == 1 || word.contains('.') || SHORT.contains(&&*word)
}

/// Whether the point at `i` ends a list number at the beginning of the line: at most four characters, no more than digits,
/// letters or Chinese numerals.
fn numbers(line: &Line, i: usize) -> bool {
    let begin = line.chars.iter().take_while(|c| c.is_whitespace()).count();
    let Some(label) = line.chars.get(begin..i) else { return true };
    label.len() <= 4
        && label.iter().all(|&c| is_latin(c) || is_numeral(c) || date::STEMS.contains(c) || "（）()".contains(c))
}
