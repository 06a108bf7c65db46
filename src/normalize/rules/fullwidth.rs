//! Full-width ASCII: `fullwidth-alnum`, `fullwidth-symbol`, `fullwidth-period`.

use crate::normalize::census::Census;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Rule, Safety};
use crate::unicode::is_han;

/// Full-width letters and digits become ASCII.
pub const FULLWIDTH_ALNUM: Rule = Rule {
    id: "fullwidth-alnum",
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "turn full-width letters and digits into ASCII",
    zh: "全角字母和数字改为半角",
    standard: "GB/T 15835-2011, 5",
    example: ("１９９８年ＷＴＯ", "1998年WTO"),
};

/// Full-width signs beside letters or digits on both sides become half-width; `％` needs only a digit before it, and `：` digits
/// on both sides. Between Chinese they stay.
pub const FULLWIDTH_SYMBOL: Rule = Rule {
    id: "fullwidth-symbol",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn full-width signs between letters or digits into half-width ones",
    zh: "字母、数字之间的全角符号改为半角",
    standard: "GB/T 15835-2011, 5",
    example: ("增长34％，16：32开始", "增长34%，16:32开始"),
};

/// `．` between letters or digits becomes `.`; where a file uses it as its full stop, `。`. Elsewhere it stays and is reported.
pub const FULLWIDTH_PERIOD: Rule = Rule {
    id: "fullwidth-period",
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
        if half.is_ascii_alphanumeric() {
            pass.change(&FULLWIDTH_ALNUM, range, String::from(half));
            continue;
        }
        let (before, after) = (pass.before(at).map(narrow), pass.after(range.end).map(narrow));
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        match c {
            '．' if latin(before) && latin(after) => pass.change(&FULLWIDTH_PERIOD, range, "."),
            '．' if stop && before.is_some_and(is_han) && after.is_none_or(|c| is_han(c) || c.is_whitespace()) => {
                pass.change(&FULLWIDTH_PERIOD, range, "。");
            }
            '％' if digit(before) => pass.change(&FULLWIDTH_SYMBOL, range, "%"),
            '：' if digit(before) && digit(after) => pass.change(&FULLWIDTH_SYMBOL, range, ":"),
            '＋' | '－' | '＝' | '＜' | '＞' | '＃' | '＆' | '＠' | '＄' | '＊' | '／' | '＼' | '＾' | '＿' | '｜'
                if latin(before) && latin(after) =>
            {
                pass.change(&FULLWIDTH_SYMBOL, range, String::from(half));
            }
            _ => {}
        }
    }
}

/// A full-width letter or digit as ASCII; the neighbours of a sign may not have been changed yet.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
