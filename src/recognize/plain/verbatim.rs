//! Code, box drawing and pictures made of characters: kept verbatim.

use super::lines::Line;
use super::{Part, Reading};
use crate::unicode::{is_cjk_mark, is_han};

/// How a line looks to the eye that seeks code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Code,
    Drawing,
    /// Nothing but Western signs, or deeply indented: goes with code around it.
    Neutral,
    Text,
}

/// Claims blocks of lines without blank lines between them that are code or drawing, and joins such blocks that follow each other.
pub fn claim(reading: &mut Reading<'_>) {
    let looks: Vec<Look> =
        reading.page.lines.iter().map(|l| if is_prose(l) { Look::Text } else { look(l.text) }).collect();
    let n = looks.len();
    let code_lines = looks.iter().filter(|l| **l == Look::Code).count();
    // A program with comments: no part of it is better off as running text.
    let neutral_lines = looks.iter().filter(|l| **l == Look::Neutral).count();
    let program = n >= 6 && code_lines * 4 >= n && (code_lines + neutral_lines) * 3 >= n * 2;
    let mut block = 0;
    let mut previous: Option<usize> = None;
    let mut start = 0;
    while start < n {
        let mut end = start + 1;
        while end < n && reading.page.lines[end].gap == 0 {
            end += 1;
        }
        let count = |wanted: Look| looks[start..end].iter().filter(|l| **l == wanted).count();
        let (code, drawing, neutral) = (count(Look::Code), count(Look::Drawing), count(Look::Neutral));
        let text = end - start - code - drawing - neutral;
        let whole = program
            || drawing >= 2 && drawing * 3 >= end - start
            || code >= 1 && code + neutral >= 3 && code * 4 >= end - start && text * 2 <= end - start;
        if whole {
            // Code goes on over a blank line.
            if !(previous == Some(start) && start > 0 && reading.page.lines[start].gap == 1) {
                block += 1;
            }
            reading.parts[start..end].fill(Part::Code(block));
            previous = Some(end);
        } else {
            runs(reading, &looks, start..end, &mut block);
            previous = None;
        }
        start = end;
    }
}

/// Claims runs of code or drawing within a block that also holds text.
fn runs(reading: &mut Reading<'_>, looks: &[Look], range: std::ops::Range<usize>, block: &mut usize) {
    let mut i = range.start;
    while i < range.end {
        if !matches!(looks[i], Look::Code | Look::Drawing) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        let mut strong = 1;
        let mut last = end;
        while end < range.end && looks[end] != Look::Text {
            if looks[end] != Look::Neutral {
                strong += 1;
                last = end + 1;
            }
            end += 1;
        }
        if strong >= 2 {
            *block += 1;
            reading.parts[i..last].fill(Part::Code(*block));
        }
        i = last.max(i + 1);
    }
}

/// Whether a glance is enough: a long line, nearly all of it Chinese, that begins with no drawing.
fn is_prose(line: &Line<'_>) -> bool {
    line.chars > 40
        && line.text.len() * 2 > line.chars * 5
        && line.text.starts_with(|c: char| c.is_alphanumeric() || is_cjk_mark(c))
}

fn look(text: &str) -> Look {
    let (mut signs, mut han, mut drawn, mut total, mut pipes) = (0usize, 0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\u{3000}' => continue,
            '{' | '}' | '[' | ']' | ';' | '=' | '<' | '>' | '(' | ')' | '_' | '$' | '\\' | '"' | '\'' | '|' | '&'
            | '+' | '`' => signs += 1,
            '\u{2500}'..='\u{259F}' | '■' | '◢' | '◣' | '◤' | '◥' | '＿' | '￣' | '／' | '＼' | '︳' => {
                drawn += 1
            }
            c if is_han(c) => han += 1,
            _ => {}
        }
        pipes += usize::from(matches!(c, '|' | '│' | '┃'));
        total += 1;
    }
    let pipe_table = pipes >= 3 && text.starts_with(['|', '│', '┃']);
    if drawn >= 2 && drawn * 5 >= total || pipe_table {
        Look::Drawing
    } else if signs >= 4 && han * 10 < total * 4 && signs * 6 > total {
        Look::Code
    } else if han == 0
        && (total <= 4
            || text.ends_with(['{', '}', ';', ',', ')', '>'])
            || text.starts_with("//")
            || text.starts_with('#')
            || text.starts_with('*'))
        || total <= 2
    {
        Look::Neutral
    } else {
        Look::Text
    }
}
