//! Dots: `ellipsis`, `middle-dot`.

use crate::chinese::numeral::is_numeral;
use crate::error::Cause;
use crate::normalize::line::{Line, is_latin, is_wide};
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;

/// Three or more dots of any kind, and a single `…`, beside Chinese become `……`. Twelve or more alone in a paragraph stand for
/// a whole passage and become `…………`.
///
/// Left alone: the full stop beside an ellipsis (`。……`, `……。`), dots beside Latin text only, code, leaders of a table of contents, and
/// two full stops (reported by `repeat-punct`).
pub const ELLIPSIS: Rule = Rule {
    id: "ellipsis",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn dots into the Chinese ellipsis ……",
    zh: "省略号统一为六连点",
    why_en: "The ellipsis of Chinese is six dots in the room of two characters, not three dots or full stops.",
    why_zh: "省略号为六个连点，占两字，不是三个点，也不是一串句号。",
    standard: "GB/T 15834-2011, 4.11",
    example: ("真的...吗。。。好…的", "真的……吗……好……的"),
};

/// `• ‧ ・ ∙` between the parts of a foreign name become `·`; `．` there, and a `●` that is the only one of its line, are reported.
/// Bullets, lists of dots and leaders stay.
pub const MIDDLE_DOT: Rule = Rule {
    id: "middle-dot",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "turn other dots in foreign names into ·",
    zh: "外国人名中的间隔号统一为 ·",
    why_en: "Which of the many dots was typed depends on the keyboard; the standard has one.",
    why_zh: "打出哪一种点只取决于输入法，标准规定的只有一种。",
    standard: "GB/T 15834-2011, 4.14",
    example: ("列夫‧托尔斯泰", "列夫·托尔斯泰"),
};

/// How many signs before and behind it a bullet must be the only one.
const AROUND: usize = 64;
/// Longest part of a name, in characters.
const MOST_NAME: usize = 6;

pub fn judge(pass: &mut Pass<'_>, line: &Line) {
    let mut next = 0;
    for &i in &line.signs {
        let c = line.chars[i];
        if i < next || !is_dot(c) || line.is_kept(i) {
            continue;
        }
        // `他走了.……`: the full stop is one, the dots begin behind it.
        let stops = c == '.' && line.get(i + 1) == Some('…') && line.get(i + 2) == Some('…');
        let end = i + line.chars[i..].iter().take_while(|&&other| same_dot(c, other) && !stops).count().max(1);
        let length = end - i;
        if is_ellipsis(c, length) {
            ellipsis(pass, line, i, end);
        } else if length == 1 && c != '.' && c != '。' {
            middle(pass, line, i);
        }
        next = end;
    }
}

/// A line of dots and nothing else.
pub fn alone(pass: &mut Pass<'_>, line: &Line) {
    let begin = line.chars.iter().take_while(|c| c.is_whitespace()).count();
    let Some(&c) = line.chars.get(begin) else { return };
    let end = begin + line.chars[begin..].iter().take_while(|&&other| same_dot(c, other)).count();
    let dots = end - begin;
    let rest = line.chars.get(end..).unwrap_or_default();
    if !rest.iter().all(|c| c.is_whitespace()) || !(is_ellipsis(c, dots) && c != '.' || (c == '.' && dots >= 6)) {
        return;
    }
    let points = if matches!(c, '…' | '⋯') { dots * 3 } else { dots };
    // A row that fills the line is a rule.
    if points <= 24 {
        write(pass, line, begin, end, if points >= 12 { "…………" } else { "……" });
    }
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '·' | '・' | '‧' | '⋯' | '…' | '．' | '•' | '∙' | '･' | '●')
}

fn same_dot(a: char, b: char) -> bool {
    a == b || matches!(a, '…' | '⋯' | '.') && matches!(b, '…' | '⋯') || matches!((a, b), ('…', '.'))
}

fn is_ellipsis(c: char, length: usize) -> bool {
    match c {
        '…' | '⋯' => true,
        '.' | '。' | '·' | '・' | '‧' | '．' => length >= 3,
        _ => false,
    }
}

fn ellipsis(pass: &mut Pass<'_>, line: &Line, i: usize, end: usize) {
    let (before, after) = (line.prev(i), line.get(end));
    let c = line.chars[i];
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    // `。……`: the full stop is one, the dots begin behind it.
    let beside = wide(before) || wide(after);
    let alone = before.is_none_or(|c| c.is_whitespace())
        && after.is_none_or(|c| c.is_whitespace())
        && line.sense_before(i).is_none_or(is_wide);
    if !(beside || (alone && !matches!(c, '.'))) {
        return;
    }
    // `1.前言……………3`: a leader.
    let rest = line.chars.get(end..).unwrap_or_default();
    let to_page = rest.iter().all(|c| c.is_ascii_digit() || c.is_whitespace());
    let to_page = to_page || (end - i >= 4 && rest.iter().all(|&c| c.is_whitespace() || is_page(c)));
    // Only where nothing else follows is all of the rest looked at.
    let leads = to_page && rest.iter().any(|&c| is_page(c));
    let points: usize = line.chars[i..end].iter().map(|c| if matches!(c, '…' | '⋯') { 3 } else { 1 }).sum();
    if (leads && points > 3) || points > 24 {
        return;
    }
    if c == '.' && before.is_some_and(is_latin) && after.is_some_and(is_latin) {
        return;
    }
    // `try...catch...语句`: words of a program with what stands between them left out.
    let word = line.chars[..i].iter().rev().take(AROUND).take_while(|c| is_latin(**c)).count();
    if c == '.' && word > 0 && i > word && line.chars[i - word - 1] == '.' {
        return;
    }
    // `1......横向`: a leader behind a number that begins the line.
    let numbers = line.chars[..i].iter().all(|c| c.is_ascii_digit() || c.is_whitespace());
    if c == '.' && before.is_some_and(|c| c.is_ascii_digit()) && numbers {
        return;
    }
    // `由 ⋯ 按钮`: the sign of a button, by itself among words.
    if c == '⋯' && end == i + 1 && before == Some(' ') && after == Some(' ') {
        return;
    }
    // `f("甲", "乙", ...)`: values that are not written out.
    let listed = line.chars[..i].iter().rev().take(AROUND).find(|c| **c != ' ') == Some(&',');
    if c == '.' && listed && before == Some(' ') {
        return;
    }
    // `… …`: the halves of one, parted by a space.
    let half = |at: Option<usize>| at.and_then(|at| line.get(at)) == Some('…');
    if c == '…' && (before == Some(' ') && half(i.checked_sub(2)) || after == Some(' ') && half(Some(end + 1))) {
        return;
    }
    write(pass, line, i, end, "……");
}

/// A digit of a page number, Chinese ones too.
fn is_page(c: char) -> bool {
    c.is_ascii_digit() || is_numeral(c)
}

fn write(pass: &mut Pass<'_>, line: &Line, from: usize, to: usize, with: &'static str) {
    if !line.chars[from..to].iter().copied().eq(with.chars()) {
        pass.change(&ELLIPSIS, line.range(from, to), with);
    }
}

fn middle(pass: &mut Pass<'_>, line: &Line, i: usize) {
    let part = |chars: &mut dyn Iterator<Item = &char>| chars.take(MOST_NAME + 1).take_while(|c| is_han(**c)).count();
    let before = part(&mut line.chars[..i].iter().rev());
    let after = part(&mut line.chars[i + 1..].iter());
    if before == 0 || after == 0 || line.chars[i] == '·' {
        return;
    }
    match line.chars[i] {
        '．' => pass.report(&MIDDLE_DOT, line.range(i, i + 1), Cause::text("．")),
        '●' => {
            let at = line.signs.partition_point(|&at| at < i);
            let around = line.signs.get(at.saturating_sub(AROUND)..(at + AROUND).min(line.signs.len()));
            let alone = around.is_some_and(|signs| signs.iter().filter(|&&at| line.chars[at] == '●').count() == 1);
            if alone && before <= MOST_NAME && after <= MOST_NAME {
                pass.report(&MIDDLE_DOT, line.range(i, i + 1), Cause::text("●"));
            }
        }
        _ if before <= MOST_NAME || after <= MOST_NAME => pass.change(&MIDDLE_DOT, line.range(i, i + 1), "·"),
        _ => {}
    }
}
