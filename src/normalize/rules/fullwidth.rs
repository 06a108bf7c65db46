//! Full-width ASCII: `fullwidth-alnum`, `fullwidth-symbol`, `fullwidth-period`.

use super::range::RANGE_HYPHEN;
use crate::chinese::numeral::is_digit;
use crate::normalize::census::Census;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;

/// Full-width letters and digits become ASCII. A `０` among Chinese numerals stands for 〇 and stays (`二００一年`).
pub const FULLWIDTH_ALNUM: Rule = Rule {
    id: "fullwidth-alnum",
    concern: Concern::Characters,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "turn full-width letters and digits into ASCII",
    zh: "全角字母和数字改为半角",
    standard: "GB/T 15835-2011, 5",
    example: ("１９９８年ＷＴＯ", "1998年WTO"),
};

/// Full-width signs, one or several, between letters or digits become half-width; `％` needs only a digit before it, `＋` and `＃` only
/// a letter (`Ｃ＋＋`, `Ｃ＃`), and `：` digits on both sides. Between Chinese they stay, and so does `～`, which is the mark of a range
/// (GB/T 15834-2011, 4.13).
///
/// A `－` between digits is a hyphen, unless `range-hyphen` is asked to make a range of it.
pub const FULLWIDTH_SYMBOL: Rule = Rule {
    id: "fullwidth-symbol",
    concern: Concern::Characters,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn full-width signs between letters or digits into half-width ones",
    zh: "字母、数字之间的全角符号改为半角",
    standard: "GB/T 15835-2011, 5",
    example: ("增长34％，16：32开始", "增长34%，16:32开始"),
};

/// `．` between letters or digits becomes `.`; where a file uses it as its full stop, `。`. Elsewhere it stays; between Chinese it is
/// reported as a `middle-dot`.
pub const FULLWIDTH_PERIOD: Rule = Rule {
    id: "fullwidth-period",
    concern: Concern::Stops,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn ． into the full stop or point that it stands for",
    zh: "全角句点改为它所代表的句号或小数点",
    standard: "CLReq, 5.1",
    example: ("3．5", "3.5"),
};

/// The signs that are looked at wherever they stand.
const SIGNS: &str = "．％＋－＝＜＞＃＆＠＄＊／＼＾＿｜";

pub fn fires(census: &Census) -> bool {
    // Most texts hold none of these but `，：；（）`, and of these only `：` between digits is looked at.
    census.within('０'..='９') || census.within('Ａ'..='Ｚ') || census.within('ａ'..='ｚ') || census.any(SIGNS) || {
        census.has('：') && census.within('0'..='9')
    }
}

pub fn run(pass: &mut Pass<'_>) {
    if pass.evidence.is_japanese_or_korean() {
        return;
    }
    let stop = pass.evidence.has_full_points();
    let alphanumeric = ('０'..='９').chain('Ａ'..='Ｚ').chain('ａ'..='ｚ');
    for (at, c) in pass.places_of(alphanumeric.chain(SIGNS.chars()).chain(['：'])) {
        let range = at..at + c.len_utf8();
        let Some(half) = char::from_u32(u32::from(c) - 0xFEE0) else { continue };
        if c == '０' && is_in_numeral(pass.text, range.clone()) {
            continue;
        }
        if half.is_ascii_alphanumeric() {
            pass.change(&FULLWIDTH_ALNUM, range, String::from(half));
            continue;
        }
        let (before, after) = (pass.before(at).map(narrow), pass.after(range.end).map(narrow));
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        // What stands beside a row of signs stands beside each of them.
        let first = || pass.text.get(..at).and_then(|text| beside(c, text.chars().rev()));
        let last = || pass.text.get(at + c.len_utf8()..).and_then(|text| beside(c, text.chars()));
        match c {
            '．' if latin(before) && latin(after) => pass.change(&FULLWIDTH_PERIOD, range, "."),
            '．' if stop && before.is_some_and(is_han) && after.is_none_or(|c| is_han(c) || c.is_whitespace()) => {
                pass.change(&FULLWIDTH_PERIOD, range, "。");
            }
            '％' if digit(before) => pass.change(&FULLWIDTH_SYMBOL, range, "%"),
            '：' if digit(before) && digit(after) => pass.change(&FULLWIDTH_SYMBOL, range, ":"),
            '－' if digit(before) && digit(after) && pass.wants(&RANGE_HYPHEN) => {}
            '＋' | '－' | '＝' | '＜' | '＞' | '＃' | '＆' | '＠' | '＄' | '＊' | '／' | '＼' | '＾' | '＿' | '｜'
                if latin(first())
                    && (latin(last())
                        || matches!(c, '＋' | '＃') && first().is_some_and(|c| c.is_ascii_alphabetic())) =>
            {
                pass.change(&FULLWIDTH_SYMBOL, range, String::from(half));
            }
            _ => {}
        }
    }
}

/// Whether the row of zeros around `range` is part of a Chinese numeral: one on a side of it, and on neither a digit.
fn is_in_numeral(text: &str, range: std::ops::Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|text| beside('０', text.chars().rev()));
    let behind = text.get(range.end..).and_then(|text| beside('０', text.chars()));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let numeral = |c: Option<char>| c.is_some_and(is_digit);
    (numeral(before) || numeral(behind)) && !digit(before) && !digit(behind)
}

/// The first of `chars` that is not `sign`.
fn beside(sign: char, chars: impl Iterator<Item = char>) -> Option<char> {
    chars.take(MOST_SIGNS).find(|&c| c != sign).map(narrow)
}

/// Longest row of signs, in characters.
const MOST_SIGNS: usize = 4;

/// A full-width letter or digit as ASCII; the neighbours of a sign may not have been changed yet.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
