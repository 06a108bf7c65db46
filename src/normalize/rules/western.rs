//! Chinese marks in Western text: `full-to-half`.

use crate::normalize::census::Census;
use crate::normalize::line::is_latin;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::{is_han, is_hangul, is_kana};

/// `，。：；？！（）` in a line without Chinese that has two words or more become `, . : ; ? ! ( )`. Only by wish: lists of
/// names and numbers look the same.
pub const FULL_TO_HALF: Rule = Rule {
    id: "full-to-half",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Off,
    warns: false,
    en: "make Chinese marks in lines of Western text half-width",
    zh: "纯西文行中的全角标点改为半角",
    why_en: "A Western sentence has Western marks; lists of names and numbers look the same, so only by wish.",
    why_zh: "西文句子用西文标点；名单与数字看来相同，故只在要求时改。",
    standard: "CLReq, 5.2",
    example: ("Come and，join us！", "Come and, join us!"),
};

pub fn fires(census: &Census) -> bool {
    census.any("，。：；？！（）")
}

pub fn run(pass: &mut Pass<'_>) {
    if !pass.wants(&FULL_TO_HALF) {
        return;
    }
    for (start, line) in pass.lines() {
        let foreign = line.chars().any(|c| is_han(c) || is_kana(c) || is_hangul(c));
        let words = line.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1).count();
        if foreign || words < 2 {
            continue;
        }
        let mut chars = line.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().is_some_and(|&(_, c)| is_latin(c));
            let with = match (c, next) {
                ('，', true) => ", ",
                ('，', false) => ",",
                ('。', true) => ". ",
                ('。', false) => ".",
                ('：', true) => ": ",
                ('：', false) => ":",
                ('；', true) => "; ",
                ('；', false) => ";",
                ('？', true) => "? ",
                ('？', false) => "?",
                ('！', true) => "! ",
                ('！', false) => "!",
                ('（', _) => "(",
                ('）', _) => ")",
                _ => continue,
            };
            pass.change(&FULL_TO_HALF, start + at..start + at + c.len_utf8(), with);
        }
    }
}
