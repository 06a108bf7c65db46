//! Full-width ASCII: `fullwidth-alnum`, `fullwidth-symbol`, `fullwidth-period`.

use super::range::RANGE_HYPHEN;
use crate::chinese::label;
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
    why_en: "Full-width letters and digits are a habit of old input methods; they cannot be searched for, and stretch words and numbers.",
    why_zh: "全角字母、数字是旧输入法的习惯，搜索不到，词与数也被拉长。",
    standard: "GB/T 15835-2011, 5",
    example: ("１９９８年ＷＴＯ", "1998年WTO"),
};

/// Full-width signs, one or several, between letters or digits become half-width; `％` needs only a digit before it, `＋` and `＃` only
/// a letter (`Ｃ＋＋`, `Ｃ＃`), `：` digits on both sides that are a time, a ratio or a score, `，` those of thousands. `－` before a temperature or a
/// percentage is its sign, those of an address (`ｈｔｔｐ：／／`) are part of it, and `＂ ＇` are the straight quotes that they stand for. Between Chinese they stay, and so does `～`, which is the mark of a range
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
    why_en: "A number or an address is one word: its sign has the width of its digits.",
    why_zh: "一个数、一个网址是一个整体，其中的符号应与数字同宽。",
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
    why_en: "GB has ． for the point; texts use it for 。 or for a decimal point, and what stands beside it tells which.",
    why_zh: "GB 的“．”有人当句号，有人当小数点，看上下文可以分辨。",
    standard: "CLReq, 5.1",
    example: ("3．5", "3.5"),
};

/// The signs that are looked at wherever they stand.
const SIGNS: &str = "＂＇．％＋－＝＜＞＃＆＠＄＊／＼＾＿｜";

pub fn fires(census: &Census) -> bool {
    // Most texts hold none of these but `，：；（）`, and of these only `：` between digits is looked at.
    census.within('０'..='９') || census.within('Ａ'..='Ｚ') || census.within('ａ'..='ｚ') || census.any(SIGNS) || {
        census.has('：') && census.within('0'..='9')
    }
}

pub fn run(pass: &mut Pass<'_>) {
    if pass.evidence.is_japanese_or_korean() || pass.evidence.is_word_list() {
        return;
    }
    let stop = pass.evidence.has_full_points();
    let alphanumeric = ('０'..='９').chain('Ａ'..='Ｚ').chain('ａ'..='ｚ');
    // Commas are many, and few files have digits beside them that are as wide.
    let wide = pass.census.within('０'..='９');
    let thousands = pass.places_of(['，'].into_iter().filter(|_| wide));
    for (at, c) in pass.places_of(alphanumeric.chain(SIGNS.chars()).chain(['：'])).chain(thousands) {
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
            '：' | '／' if is_of_address(pass.text, range.clone()) => {
                pass.change(&FULLWIDTH_SYMBOL, range, String::from(half));
            }
            '．' if digit(before) && digit(after) && numbers_a_year(pass.text, range.clone()) => {}
            '．' if latin(before) && latin(after) => pass.change(&FULLWIDTH_PERIOD, range, "."),
            '．' if stop && before.is_some_and(is_han) && after.is_none_or(|c| is_han(c) || c.is_whitespace()) => {
                pass.change(&FULLWIDTH_PERIOD, range, "。");
            }
            '％' if digit(before) => pass.change(&FULLWIDTH_SYMBOL, range, "%"),
            '：' if digit(before) && digit(after) && !follows_label(pass.text, range.clone()) => {
                pass.change(&FULLWIDTH_SYMBOL, range, ":");
            }
            '，' if digit(before) && digit(after) && parts_thousands(pass.text, range.clone()) => {
                pass.change(&FULLWIDTH_SYMBOL, range, ",");
            }
            '＂' => pass.change(&FULLWIDTH_SYMBOL, range, "\""),
            // In a list of signs it is itself.
            '＇' if first().or_else(last).is_none_or(char::is_whitespace) => {}
            '＇' => pass.change(&FULLWIDTH_SYMBOL, range, "'"),
            '－' if digit(after) && is_minus(pass.text, range.clone()) => pass.change(&FULLWIDTH_SYMBOL, range, "-"),
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

/// Whether the sign in `range` is one of those behind the name of a protocol, `ｈｔｔｐ：／／`.
fn is_of_address(text: &str, range: std::ops::Range<usize>) -> bool {
    const SIGNS: &str = "：／／";
    let rest = text.get(range.start..).unwrap_or_default();
    let begins = (0..SIGNS.len()).step_by('：'.len_utf8()).find_map(|at| {
        let begin = range.start.checked_sub(at)?;
        (rest.starts_with(&SIGNS[at..]) && text.get(begin..)?.starts_with(SIGNS)).then_some(begin)
    });
    let before = begins.and_then(|begin| text.get(..begin)?.chars().next_back());
    before.map(narrow).is_some_and(|c| c.is_ascii_alphabetic())
}

/// The digits that `chars` begin with, as ASCII; ten at most.
fn digits(chars: impl Iterator<Item = char>) -> Vec<char> {
    chars.take(MOST_DIGITS).map(narrow).take_while(char::is_ascii_digit).collect()
}

/// Most digits of a number that are looked at.
const MOST_DIGITS: usize = 10;

/// What stands on the sides of `range`, as characters away from it.
fn sides(text: &str, range: std::ops::Range<usize>) -> (std::iter::Rev<std::str::Chars<'_>>, std::str::Chars<'_>) {
    let before = text.get(..range.start).unwrap_or_default();
    (before.chars().rev(), text.get(range.end..).unwrap_or_default().chars())
}

/// Whether the colon in `range` stands between a numbered label and what it heads (`附件1：2019年`) rather than in a time, a ratio or a
/// score: the number before it follows a word that is numbered, or the number behind it is counted or dated.
fn follows_label(text: &str, range: std::ops::Range<usize>) -> bool {
    let (before, behind) = sides(text, range);
    let (digits_before, value) = (digits(before.clone()), digits(behind.clone()).len());
    let number = digits_before.len();
    // `1915：724993`: a year, and what was counted in it.
    let dated = matches!(digits_before.as_slice(), [_, _, '8' | '9', '1'] | [_, _, '0', '2']) && value > 2;
    let label: Vec<char> = before.skip(number).take(MOST_NAMED + 1).take_while(|c| *c != '\n').collect();
    let unit = behind.skip(value).map(narrow).next();
    // `测试输入1：32；`: nothing else stands on its line.
    let alone = unit.is_none_or(|c| matches!(c, '\n' | '；' | ';'));
    let leads = alone && (2..=MOST_NAMED).contains(&label.len()) && label.iter().all(|&c| is_han(c));
    let heads = matches!(label.as_slice(), [first, ..] if label::is_numbered(*first));
    // `阶段3：3/3`: so many of so many are done.
    let heads = heads || unit == Some('/') && label.first().is_some_and(|&c| is_han(c));
    let counted = unit.is_some_and(|c| label::is_unit(c) || c.is_ascii_alphabetic());
    dated || number <= MOST_LABEL && (leads || heads || counted && label.first().is_some_and(|&c| is_han(c)))
}

/// Most digits of the number of a label.
const MOST_LABEL: usize = 3;
/// Most characters of a label that begins its line.
const MOST_NAMED: usize = 8;

/// Whether the comma in `range` parts thousands: one to three digits before the first, three between all and behind the last, and none
/// of Chinese wording.
fn parts_thousands(text: &str, range: std::ops::Range<usize>) -> bool {
    let (before, behind) = sides(text, range.clone());
    let comma = |c: char| matches!(c, '，' | ',');
    let left = digits(before.clone()).len();
    let goes_on = before.clone().nth(left).is_some_and(comma)
        && before.clone().nth(left + 1).is_some_and(|c| narrow(c).is_ascii_digit());
    let right = digits(behind.clone()).len();
    let ends = behind.clone().nth(right);
    let full = text.get(..range.start).is_some_and(|text| text.ends_with(|c| matches!(c, '０'..='９')));
    let counted = ends.is_some_and(label::is_counted)
        || ends.is_some_and(comma) && behind.clone().nth(right + 1).is_some_and(|c| narrow(c).is_ascii_digit());
    (if goes_on { left == 3 } else { (1..=3).contains(&left) }) && right == 3 && (full || goes_on || counted)
}

/// Whether the dash in `range` is the sign of a number: behind nothing that could be a range or a code, before a number with a degree
/// or a percentage.
fn is_minus(text: &str, range: std::ops::Range<usize>) -> bool {
    let (mut before, behind) = sides(text, range);
    let starts = before
        .next()
        .is_none_or(|c| is_han(c) || matches!(c, '，' | '、' | '（' | '(' | '：' | ':' | '～' | '~' | '\n' | ' '));
    let mut behind = behind.map(narrow).skip_while(|c| c.is_ascii_digit() || *c == '.');
    starts && behind.next().is_some_and(|c| matches!(c, '℃' | '°' | '℉' | '%' | '％' | '度' | '‰'))
}

/// Whether the point in `range` ends the number of an item that begins with a year, `１．２０１８年`.
fn numbers_a_year(text: &str, range: std::ops::Range<usize>) -> bool {
    let (before, behind) = sides(text, range);
    let number = digits(before.clone()).len();
    let begins = before.clone().nth(number).is_none_or(|c| c.is_whitespace());
    number <= 2 && begins && digits(behind.clone()).len() == 4 && behind.clone().nth(4) == Some('年')
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
