//! The pass over signs that make a mark together: dots, dashes, repeated marks, ranges.

use super::{angle, dash, dot, pair, range, repeat};
use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::line::Line;
use crate::normalize::pass::Pass;

pub fn fires(census: &Census) -> bool {
    census.any(".-~<`[…⋯—–―─━－。，、；：！？·・‧•∙･．〜∼～ー")
}

pub fn run(pass: &mut Pass<'_>) {
    let evidence = pass.evidence;
    if evidence.is_foreign() || evidence.is_source_code() {
        return;
    }
    let markdown = pass.syntax == Syntax::Markdown;
    let mut line = Line::default();
    for (start, text) in pass.lines() {
        if !calls(text) {
            continue;
        }
        line.open(start, text, markdown);
        if !line.is_chinese(evidence.has_stray_kana()) {
            // A line of dots alone is an omission.
            if line.han == 0 && !line.code {
                dot::alone(pass, &line);
            }
            continue;
        }
        angle::judge(pass, &line);
        dot::judge(pass, &line);
        dash::judge(pass, &line);
        range::judge(pass, &line);
        repeat::judge(pass, &line);
        pair::judge(pass, &line);
    }
}

/// Whether a line holds a sign that these rules look at: two marks in a row, or one of the rarer signs.
fn calls(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut rest = bytes;
    while let Some(at) =
        rest.iter().position(|&b| matches!(b, b'.' | b'-' | b'~' | b'<' | b'`' | b'[' | 0xE2 | 0xC2 | 0xEF | 0xE3))
    {
        let here = &rest[at..];
        let found = match here {
            [b'~' | b'<' | b'[', ..] | [b'.', b'.', ..] | [b'-', b'-', ..] | [b'`', b'`', ..] => true,
            // U+2000–207F but for the quotes, U+22EF, U+2500 and the like.
            [0xE2, 0x80, 0x98..=0x9D, ..] => false,
            [0xE2, ..] | [0xC2, 0xB7, ..] => true,
            // A full-width mark that is followed by another, or is a sign of its own.
            [0xEF, 0xBC, 0x8D | 0x8E, ..] | [0xEF, 0xBD, 0x9E | 0xA5, ..] | [0xE3, 0x80, 0x9C, ..] => true,
            [0xE3, 0x83, 0xBB | 0xBC, ..] => true,
            [0xEF, 0xBC, 0x81 | 0x8C | 0x9A | 0x9B | 0x9F, 0xEF, 0xBC, ..]
            | [0xEF, 0xBC, _, 0xE3, 0x80, 0x81 | 0x82, ..] => true,
            [0xE3, 0x80, 0x81 | 0x82, 0xE3, 0x80, 0x81 | 0x82, ..] | [0xE3, 0x80, 0x81 | 0x82, 0xEF, 0xBC, ..] => true,
            _ => false,
        };
        if found {
            return true;
        }
        rest = &here[1..];
    }
    false
}
