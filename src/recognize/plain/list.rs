//! Lists: neighbouring lines with bullets, or with numbers that count on.

use super::{Part, Reading};
use crate::document::{Marker, NumberForm, marker_text};
use crate::recognize::numbering::{Family, label};

/// Items longer than this are numbered paragraphs.
const LONGEST: usize = 120;

/// Claims runs of two items or more.
pub fn claim(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let mut list = 0;
    let mut i = 0;
    while i < n {
        let end = run(reading, i, list);
        if end > i {
            list += 1;
        }
        i = end.max(i + 1);
    }
}

/// Claims the list that begins at line `start`; the line after it, or `start` if none begins there.
fn run(reading: &mut Reading<'_>, start: usize, list: usize) -> usize {
    let Some((first, _)) = item(reading, start) else { return start };
    let lines = &reading.page.lines;
    let (indent, gap) = (lines[start].indent, lines.get(start + 1).map_or(0, |l| l.gap));
    let mut found: Vec<(usize, Option<usize>)> = vec![];
    let mut count = 0;
    let mut at = start;
    while let Some(line) = lines.get(at) {
        if at > start && line.gap > gap.max(1) {
            break;
        }
        match item(reading, at) {
            Some((marker, len)) if line.indent == indent && counts_on(first, marker, count) => {
                found.push((at, Some(len)));
                count += 1;
            }
            // Text under an item, deeper than its marker.
            _ if at > start
                && reading.open(at)
                && line.gap == 0
                && line.indent > indent
                && item(reading, at).is_none() =>
            {
                found.push((at, None))
            }
            _ => break,
        }
        at += 1;
    }
    if count < 2 {
        return start;
    }
    for (line, len) in found {
        reading.parts[line] = match len {
            Some(len) => Part::Item { list, marker: first, len },
            None => Part::ItemMore,
        };
    }
    at
}

/// The marker of line `i` if it is an item, and its bytes. Only markers that the document shows exactly as they
/// stand here, space included: `1.统一标准` is a paragraph that begins with a number.
fn item(reading: &Reading<'_>, i: usize) -> Option<(Marker, usize)> {
    let line = reading.page.lines.get(i)?;
    if line.chars > LONGEST || !reading.open(i) {
        return None;
    }
    let first = line.text.chars().next()?;
    if matches!(
        first,
        '•' | '●'
            | '○'
            | '◆'
            | '◇'
            | '■'
            | '□'
            | '▪'
            | '◦'
            | '※'
            | '☆'
            | '★'
            | '·'
            | '‧'
            | '-'
            | '*'
            | '+'
            | '▲'
            | '△'
            | '►'
            | '▶'
            | '➢'
            | '✓'
    ) {
        let rest = &line.text[first.len_utf8()..];
        let text = rest.strip_prefix(' ')?;
        let fits = !text.is_empty() && !text.starts_with(char::is_whitespace);
        return fits.then(|| (Marker::Bullet(first), line.text.len() - text.len()));
    }
    let label = label(line.text)?;
    let mark = line.text[..label.len].chars().next_back()?;
    let form = match (label.family, mark) {
        (Family::Arabic, '.') => NumberForm::ArabicDot,
        (Family::Arabic, '、') => NumberForm::ArabicComma,
        (Family::ArabicBrackets, ')') => NumberForm::ArabicParen,
        (Family::ArabicBrackets, '）') => NumberForm::ArabicBrackets,
        (Family::HanComma, _) => NumberForm::HanComma,
        (Family::HanBrackets, _) => NumberForm::HanBrackets,
        (Family::Circled, _) => NumberForm::Circled,
        _ => return None,
    };
    let marker = Marker::Number { start: u32::try_from(label.number).ok()?, form };
    let shown = marker_text(marker, 0);
    let rest = line.text.strip_prefix(&shown)?;
    (!rest.is_empty() && !rest.starts_with(char::is_whitespace)).then_some((marker, shown.len()))
}

/// Whether `marker` is that of item `count` of a list that begins with `first`.
fn counts_on(first: Marker, marker: Marker, count: usize) -> bool {
    match (first, marker) {
        (Marker::Bullet(a), Marker::Bullet(b)) => a == b,
        (Marker::Number { start, form }, Marker::Number { start: number, form: other }) => {
            form == other && u64::from(number) == u64::from(start) + count as u64
        }
        _ => false,
    }
}
