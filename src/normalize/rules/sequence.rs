//! The pass over signs that make a mark together: dots, dashes, repeated marks, ranges.

use super::{angle, dash, dot, pair, range, repeat};
use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::line::Line;
use crate::normalize::pass::{Pass, byte_set, next_of};

pub fn fires(census: &Census) -> bool {
    census.any(".-~<>`[…⋯—–―─━－。，、；：！？·・‧•∙●･．〜∼～ー")
}

pub fn run(pass: &mut Pass<'_>) {
    let evidence = pass.evidence;
    if evidence.is_foreign() || evidence.is_source_code() || evidence.is_word_list() {
        return;
    }
    let markdown = pass.syntax == Syntax::Markdown;
    let repeats = repeat::Repeats::default();
    let mut line = Line::default();
    line.settings = evidence.has_settings();
    for (start, text) in pass.lines() {
        if !calls(text) || pass.is_settled(text) {
            continue;
        }
        let found = pass.found();
        line.open(start, text, markdown);
        if !line.is_chinese(evidence.has_stray_kana()) {
            // A line of dots alone is an omission.
            if line.han == 0 && !line.code {
                dot::alone(pass, &line);
            }
        } else if !evidence.is_latin() || line.words == 0 && line.is_dominant() {
            angle::judge(pass, &line);
            dot::judge(pass, &line);
            dash::judge(pass, &line);
            range::judge(pass, &line);
            repeats.judge(pass, &line);
            pair::judge(pass, &line);
        }
        if pass.found() == found {
            pass.settle(text);
        }
    }
}

/// Bytes with which the signs of [`calls`] begin.
const LEADS: [bool; 256] = byte_set(b".-~<>`[\xE2\xC2\xEF\xE3");

/// Whether a line holds a sign that these rules look at: two marks in a row, or one of the rarer signs.
fn calls(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(found) = next_of(bytes, at, &LEADS) {
        at = found;
        match &bytes[at..] {
            // An ellipsis and a dash as they should be are passed over.
            [0xE2, 0x80, 0xA6, 0xE2, 0x80, 0xA6, rest @ ..] if !touches_dots(&line[..at], rest) => at += 6,
            [0xE2, 0x80, 0x94, 0xE2, 0x80, 0x94, rest @ ..] if !rest.starts_with(b"\xE2\x80\x94") => at += 6,
            // Quotes.
            [0xE2, 0x80, 0x98..=0x9D, ..] => at += 3,
            // The end of a title stands behind Chinese; most others are the signs of what is quoted.
            [b'>', ..] if at.checked_sub(1).is_none_or(|at| bytes[at].is_ascii()) => at += 1,
            [b'~' | b'<' | b'>' | b'[', ..] | [b'.', b'.', ..] | [b'-', b'-', ..] | [b'`', b'`', ..] => return true,
            // U+2000–207F but for these, U+22EF, U+2500 and the like.
            [0xE2, ..] | [0xC2, 0xB7, ..] => return true,
            // A full-width mark that is followed by another, or is a sign of its own.
            [0xEF, 0xBC, 0x8D | 0x8E, ..] | [0xEF, 0xBD, 0x9E | 0xA5, ..] | [0xE3, 0x80, 0x9C, ..] => return true,
            [0xE3, 0x83, 0xBB | 0xBC, ..] => return true,
            [0xEF, 0xBC, 0x81 | 0x8C | 0x9A | 0x9B | 0x9F, 0xEF, 0xBC, ..]
            | [0xEF, 0xBC, _, 0xE3, 0x80, 0x81 | 0x82, ..] => return true,
            [0xE3, 0x80, 0x81 | 0x82, 0xE3, 0x80, 0x81 | 0x82, ..] | [0xE3, 0x80, 0x81 | 0x82, 0xEF, 0xBC, ..] => {
                return true;
            }
            _ => at += 1,
        }
    }
    false
}

/// Whether an ellipsis between these two has more dots beside it, or stands behind 等.
fn touches_dots(before: &str, behind: &[u8]) -> bool {
    let dots = ["…", "⋯", ".", "。"];
    before.ends_with(['…', '⋯', '.', '。', '等']) || dots.iter().any(|dot| behind.starts_with(dot.as_bytes()))
}
