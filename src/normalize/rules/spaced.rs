//! Sentences with a space between all characters: `spaced-text`.

use crate::normalize::line::is_wide;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use std::ops::Range;

/// A space between all characters of a sentence, as pages were once set and converters leave them. Titles, verse and columns have spaces that
/// mean something: only lines of at least ten characters with a stop among them are closed up, in which hardly two characters touch.
pub const SPACED_TEXT: Rule = Rule {
    id: "spaced-text",
    concern: Concern::Spaces,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "close up sentences with a space between all characters",
    zh: "合并逐字加空的句子",
    why_en: "Converters leave a space between all characters of justified lines; no word can be found in them.",
    why_zh: "转换程序在两端对齐的行里逐字留空，词便搜索不到。",
    standard: "—",
    example: ("渡 口 在 城 东 ， 重 修 已 久 。", "渡口在城东，重修已久。"),
};

/// Closes the gap at `range` of the text, if it is one space between two characters.
pub fn close_up(pass: &mut Pass<'_>, range: Range<usize>) {
    let single = pass.text.get(range.clone()).is_some_and(|gap| gap.chars().nth(1).is_none());
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    if single && wide(pass.before(range.start)) && wide(pass.after(range.end)) {
        pass.change(&SPACED_TEXT, range, "");
    }
}

/// Whether `body` is a sentence whose characters are all set apart by single spaces: at least ten, of which hardly two touch.
pub fn is_spaced_text(body: &str) -> bool {
    // Every other character is a space.
    let bytes = body.as_bytes();
    if bytes.get(3) != Some(&b' ') && bytes.get(7) != Some(&b' ') {
        return false;
    }
    let (mut wide, mut apart, mut touching, mut stops) = (0usize, 0usize, 0usize, 0usize);
    let mut before: Option<char> = None;
    for c in body.chars() {
        let space = matches!(c, ' ' | '\u{3000}');
        if !space {
            wide += usize::from(is_wide(c));
            stops += usize::from(matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！'));
            match before {
                Some(' ' | '\u{3000}') => apart += 1,
                Some(_) => touching += 1,
                None => {}
            }
        } else if matches!(before, Some(' ' | '\u{3000}')) {
            // Columns stand wider apart.
            return false;
        }
        before = Some(c);
    }
    wide >= SPACED && stops > 0 && touching * 10 <= apart && wide * 10 >= (apart + touching) * 8
}

/// The shortest sentence that is closed up, in characters.
const SPACED: usize = 10;
