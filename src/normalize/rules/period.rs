//! The half-width full stop in Chinese: `half-period`.

use super::dot::MIDDLE_DOT;
use super::punctuation::put;
use super::stop;
use crate::chinese::numeral::{self, is_numeral};
use crate::chinese::{date, marks, names, numbering, speech};
use crate::error::Cause;
use crate::normalize::evidence::Damage;
use crate::normalize::line::{Line, is_latin, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::{is_cjk_mark, is_han};
use rustc_hash::FxHashSet;
use std::cell::OnceCell;

/// `.` behind Chinese, or behind `%` or a bracket that follows Chinese, becomes `。` when the line ends there; and where the full stops
/// of the text are damaged also when Chinese, a quotation mark, a bracket or a space follows. There, a point behind a Latin word, a
/// number or the name of a file is one as well where it ends a Chinese sentence.
///
/// Between two parts of a foreign name and inside 《》 it is a `·` (`middle-dot`).
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
    why_en: "The full stop of Chinese is 。; a point on the line is read as a decimal or an abbreviation.",
    why_zh: "中文的句号是“。”；基线上的点会被读作小数点或缩写。",
    standard: "GB/T 15834-2011, 4.1",
    example: ("召开了会议.会上讨论了3.5版.", "召开了会议。会上讨论了3.5版。"),
};

/// The parts of names between which a text has `·`.
#[derive(Default)]
pub struct Parts {
    /// The last characters before each and the first behind it; asked when the first point between Han characters is met.
    ends: OnceCell<[FxHashSet<End>; 2]>,
}

/// So many characters of a part tell it from others.
type End = [char; 3];

impl Parts {
    fn of(text: &str) -> [FxHashSet<End>; 2] {
        let mut ends = [FxHashSet::default(), FxHashSet::default()];
        for at in memchr::memmem::find_iter(text.as_bytes(), "·") {
            let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
            ends[0].extend(end(before.chars().rev()));
            ends[1].extend(end(behind.chars().skip(1)));
        }
        ends
    }

    /// Whether the point at `i` stands where the text has `·` elsewhere, `奥雷连诺.布恩蒂亚` beside `奥雷连诺·霍塞`: behind or before the same part, and
    /// behind and before where points may be full stops.
    fn meet(&self, pass: &Pass<'_>, line: &Line, i: usize) -> bool {
        if !(line.prev(i).is_some_and(is_han) && line.get(i + 1).is_some_and(is_han) && pass.census.has('·')) {
            return false;
        }
        let [lefts, rights] = self.ends.get_or_init(|| Parts::of(pass.text));
        let left = end(line.chars[..i].iter().rev().copied()).is_some_and(|end| lefts.contains(&end));
        let right = end(line.chars[i + 1..].iter().copied()).is_some_and(|end| rights.contains(&end));
        left && right || (left || right) && pass.evidence.stop_damage() == Damage::None
    }
}

/// The first characters, if all of them are Han.
fn end(mut chars: impl Iterator<Item = char>) -> Option<End> {
    let mut next = || chars.next().filter(|&c| is_han(c));
    Some([next()?, next()?, next()?])
}

pub fn judge(pass: &mut Pass<'_>, line: &mut Line, parts: &Parts) {
    for k in 0..line.signs.len() {
        let i = line.signs[k];
        if line.chars[i] != '.' || line.kept[i] {
            continue;
        }
        let (prev, next) = (line.prev(i), line.get(i + 1));
        // `他走了.……`: the full stop before an ellipsis.
        let before_dots = next == Some('…') && line.get(i + 2) == Some('…') && prev.is_some_and(is_han);
        if matches!(prev, Some('.' | '。' | '…')) || matches!(next, Some('.' | '。' | '…')) && !before_dots {
            continue;
        }
        let damage = pass.evidence.stop_damage();
        // What an editor parted from the line above, `头痛⏎. 拟清金平木法`, is its full stop.
        if prev.is_none() && damage == Damage::HalfWidth && next == Some(' ') && is_torn_off(pass, line) {
            put(pass, line, &HALF_PERIOD, i, '。');
            continue;
        }
        if parts.meet(pass, line, i) {
            put(pass, line, &MIDDLE_DOT, i, '·');
            continue;
        }
        match reading(line, i, damage, pass.evidence.half_stops > 0) {
            Reading::Stop => put(pass, line, &HALF_PERIOD, i, '。'),
            Reading::Part if damage.max(pass.evidence.damage()) != Damage::None => {
                put(pass, line, &MIDDLE_DOT, i, '·');
            }
            Reading::Part => pass.report(&MIDDLE_DOT, line.range(i, i + 1), Cause::text(".")),
            Reading::Doubtful => {
                pass.report(&HALF_PERIOD, line.range(i, i + 1), Cause::PointBetween);
            }
            Reading::Point => {}
        }
    }
}

/// Whether the line above breaks off behind a Han character, and nothing stands between.
fn is_torn_off(pass: &Pass<'_>, line: &Line) -> bool {
    let above = pass.text.get(..line.start).and_then(|text| text.strip_suffix('\n'));
    above.is_some_and(|above| above.ends_with(is_han)) && line.get(2).is_some_and(is_han)
}

/// What a point may be.
enum Reading {
    /// The full stop of a Chinese sentence.
    Stop,
    /// The point between the parts of a foreign name, or of a title.
    Part,
    /// Either the full stop of a sentence or part of the Latin word before it.
    Doubtful,
    /// Part of a number, a name, an abbreviation, or the full stop of another language.
    Point,
}

/// What the point at `i` is, in a text whose full stops are damaged as `damage` says; `proved` where it holds some that are.
fn reading(line: &Line, i: usize, damage: Damage, proved: bool) -> Reading {
    let next = line.get(i + 1);
    let Some(prev) = line.prev(i) else { return Reading::Point };
    // `.data和. bss`: the point belongs to the name that is joined.
    let named = || line.chars[i + 1..].iter().take(REACH).find(|c| !c.is_whitespace()).is_some_and(|&c| is_latin(c));
    if speech::joins(prev) && named() || numbers(line, i) || line.han < if damage == Damage::None { 2 } else { 1 } {
        return Reading::Point;
    }
    // `后面的.，`: no pause follows a full stop, the sign is spoken of.
    if matches!(next, Some('，' | '、' | '；' | '：')) {
        return Reading::Point;
    }
    let ends = line.ends_at(i);
    // Behind a blank that stands for a lost character: `鼠 . 头骨尤良`.
    let blank = prev == ' ' && damage == Damage::HalfWidth && next.is_none_or(|c| c == ' ' || marks::opens(c));
    let lost = blank && !stop::names_sign(line, i) && i.checked_sub(2).and_then(|at| line.get(at)).is_some_and(is_han);
    let chinese = lost || is_wide(prev) && !matches!(prev, '，' | '、' | '；' | '：' | '。');
    // Behind the number of a note, `禄儿③.`, as behind what closes.
    let closes = matches!(prev, '%' | ')' | ']' | '"' | '\'' | '>' | '`' | '℃' | '*' | '}' | '①'..='⑳' | '⑴'..='⒇');
    let sense = || line.sense_before(i.saturating_sub(1));
    let behind_closer = closes && sense().is_some_and(|c| is_wide(c) || is_latin(c) && in_chinese(line, i));
    let latin = is_latin(prev) || matches!(prev, '+' | '#' | '°' | '′' | '″') || prev.is_alphabetic() && !chinese;
    if ends {
        // In a text with `。`, a point behind a word is the word's.
        let latin = damage != Damage::None && latin && in_chinese(line, i) && !is_short(line, i);
        let closer = behind_closer && (damage != Damage::None || sense().is_some_and(is_wide) || prev == '%');
        return if chinese || closer || latin { Reading::Stop } else { Reading::Point };
    }
    if chinese && next.is_some_and(is_han) && (in_title(line, i) || is_name(line, i)) {
        return Reading::Part;
    }
    let decimal = numeral::counts_ones(prev) && next.is_some_and(numeral::is_digit);
    if damage == Damage::None || decimal || is_alone(line, i) {
        return Reading::Point;
    }
    match next {
        Some(c) if c.is_whitespace() => {
            let next = line.chars[i + 1..].iter().copied().take(REACH).find(|c| !c.is_whitespace());
            let latin = latin && in_chinese(line, i) && !is_short(line, i) && !is_label(line, i);
            let goes_on = next.is_some_and(|c| !matches!(c, '.' | ',' | ';'));
            if goes_on && (chinese || behind_closer || latin) { Reading::Stop } else { Reading::Point }
        }
        Some(c) if (chinese || behind_closer) && beside(c) => Reading::Stop,
        Some(c) if is_wide(c) => {
            let named = proved && damage == Damage::HalfWidth && is_capital(line, i) && in_chinese(line, i);
            match () {
                () if chinese || behind_closer => Reading::Stop,
                () if !latin || is_short(line, i) => Reading::Point,
                () if named => Reading::Stop,
                () if line.han > 10 && is_latin(prev) => Reading::Doubtful,
                () => Reading::Point,
            }
        }
        _ => Reading::Point,
    }
}

/// Marks that may stand directly behind a full stop.
fn beside(c: char) -> bool {
    marks::opens(c) || marks::closes(c) || matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | '…')
}

/// Whether the point at `i` follows one Han character at the beginning of the line or behind a colon: the dynasty before a name
/// (`明.董说`), no sentence.
fn is_alone(line: &Line, i: usize) -> bool {
    let before = line.chars[..i.saturating_sub(1)].iter().rev().copied().find(|c| !c.is_whitespace());
    let tight = line.get(i + 1).is_some_and(is_han);
    tight && line.prev(i).is_some_and(is_han) && before.is_none_or(|c| matches!(c, ':' | '：'))
}

/// How far a sentence, a title or a word is looked through.
const REACH: usize = 64;

/// Whether the sentence that the point at `i` may end is Chinese: no fewer Han characters than Latin words since the mark before it.
fn in_chinese(line: &Line, i: usize) -> bool {
    let (mut han, mut words, mut in_word) = (0usize, 0usize, false);
    for (at, &c) in line.chars[..i].iter().enumerate().rev().take(REACH) {
        let point = c == '.' && line.get(at + 1).is_some_and(|c| c == ' ' || is_han(c));
        if point || matches!(c, '。' | '！' | '？' | '；' | '!' | '?') {
            break;
        }
        han += usize::from(is_han(c));
        words += usize::from(c.is_ascii_alphabetic() && !in_word);
        in_word = c.is_ascii_alphabetic();
    }
    han >= 2 && han >= words
}

/// Whether the point at `i` stands in the title of a book.
fn in_title(line: &Line, i: usize) -> bool {
    let open = line.chars[..i].iter().rev().take(REACH).find(|c| matches!(c, '《' | '》' | '〈' | '〉'));
    let close = line.chars[i..].iter().take(REACH).find(|c| matches!(c, '《' | '》' | '〈' | '〉'));
    matches!((open, close), (Some('《'), Some('》')) | (Some('〈'), Some('〉')))
}

/// Whether the point at `i` parts a foreign name.
fn is_name(line: &Line, i: usize) -> bool {
    names::meet(&line.chars[..i], line.chars.get(i + 1..).unwrap_or_default())
}

/// Whether the point at `i` follows a capital letter, or a word that begins with one: no name of a file, which are written small.
fn is_capital(line: &Line, i: usize) -> bool {
    let word = line.chars[..i].iter().rev().take(REACH).take_while(|&&c| c.is_ascii_alphabetic());
    word.last().is_some_and(char::is_ascii_uppercase)
}

/// Whether what stands before the point at `i` numbers an item inside the line, `… 2. 第二`: a letter or one or two digits behind a
/// space or a mark.
fn is_label(line: &Line, i: usize) -> bool {
    let label = line.chars[..i].iter().rev().take(4).take_while(|&&c| is_latin(c)).count();
    let digits = line.chars[i - label..i].iter().all(char::is_ascii_digit);
    let short = label == 1 || label == 2 && digits;
    short && line.chars[..i - label].last().is_none_or(|&c| c.is_whitespace() || is_cjk_mark(c) || c == ';')
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
    // Behind a point of its own, `.jpg` is the kind of a file.
    let word = word.trim_start_matches('.');
    let lettered = word.contains('.') && word.split('.').all(|part| part.len() <= 2);
    word.len() == 1 && !line.prev(i.saturating_sub(1)).is_some_and(is_han) || lettered || SHORT.contains(&word)
}

/// Whether the point at `i` ends a list number at the beginning of the line or behind a full stop: at most five characters, no more
/// than digits, letters or Chinese numerals, those with the character of an ordinal before them.
fn numbers(line: &Line, i: usize) -> bool {
    let stops = |c: &char| matches!(c, '。' | '！' | '？' | '；');
    let begin = line.chars[..i].iter().rev().take(MOST_LABEL + 2).position(stops).map_or(0, |length| i - length);
    let begin = begin + line.chars[begin..i].iter().take_while(|c| c.is_whitespace()).count();
    let Some(label) = line.chars.get(begin..i).filter(|label| label.len() <= MOST_LABEL) else { return false };
    let (ordinal, number) = match label {
        [first, number @ ..] if numbering::is_ordinal(*first) => (true, number),
        number => (false, number),
    };
    let first = begin < REACH && line.chars[..begin].iter().all(|c| c.is_whitespace());
    // Inside a line no letter and no cyclical character numbers: they end sentences.
    let counts = |c: &char| {
        c.is_ascii_digit()
            || is_numeral(*c)
            || "（）()<>〈〉[]【】".contains(*c)
            || first && (is_latin(*c) || date::STEMS.contains(*c))
            || c.is_ascii_uppercase() && number.len() == 1
    };
    (!ordinal || !number.is_empty()) && number.iter().all(counts)
}

/// Longest list number, in characters.
const MOST_LABEL: usize = 5;
