//! Collections of news: dispatches one after another, each below its headline.

use super::headings::POST;
use super::lines::{Line, PROSE};
use super::{Part, Reading};
use crate::chinese::words::Word;
use crate::chinese::{dispatch, numbering};
use crate::unicode::is_han;

/// Longest headline, in characters.
const LONGEST: usize = 44;
/// Fewest dispatches of a collection.
const DISPATCHES: usize = 3;
/// Why a line is a headline.
pub const REASON: &str = "headline";
/// Whether the text is a collection of dispatches.
pub fn is_collection(reading: &Reading<'_>) -> bool {
    reading.page.lines.iter().filter(|line| is_dispatch(line)).count() >= DISPATCHES
}

/// Claims the headlines of a collection: short lines without a stop, each below the end of what stands before and above a dispatch or a
/// paragraph. Of two on end the upper one is the head.
pub fn claim(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    claim_sayings(reading);
    for i in (0..n.saturating_sub(1)).rev() {
        let line = &reading.page.lines[i];
        // A date or a name in brackets may stand between.
        let dated = reading.page.lines[i + 1].text.starts_with(['（', '(']) && i + 2 < n;
        let below = if dated { i + 2 } else { i + 1 };
        let next = &reading.page.lines[below];
        if !reading.open(i) || !ends_before(reading, i) {
            continue;
        }
        let above_dispatch = is_dispatch(next) && could_head(line);
        // 新世纪到来了！ begins a paragraph, as it were.
        let exclaims =
            next.ends_sentence() && reading.page.lines.get(below + 1).is_some_and(|more| more.chars >= PROSE);
        let text = next.chars >= PROSE && !is_headline(next) || next.text.ends_with('：') || exclaims;
        let above_text = is_plain(line) && reading.open(below) && text;
        // Rows of a table on end are no heads.
        let alone = i == 0 || !reading.open(i - 1) || ends_paragraph(&reading.page.lines[i - 1]);
        let above_head = alone && is_plain(line) && matches!(reading.parts[i + 1], Part::Heading { rank: POST, .. });
        if above_head {
            reading.parts[i + 1] = Part::Heading { rank: POST + 1, label: 0, reason: REASON };
        }
        if above_dispatch || above_text || above_head {
            reading.parts[i] = Part::Heading { rank: POST, label: 0, reason: REASON };
        }
    }
}

/// Claims lines of who says what (`某国总统：和解是新的起点`), each above a paragraph, where several follow each other.
fn claim_sayings(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let says = |i: usize| {
        let line = &lines[i];
        let colons = line.text.matches(['：', ':']).count();
        let text = lines.get(i + 1).is_some_and(|next| next.chars >= PROSE && next.ends_sentence());
        reading.open(i) && could_head(line) && is_headline(line) && colons == 1 && !line.text.contains('，') && text
    };
    let mut found = vec![];
    let mut i = 0;
    while i < lines.len() {
        let run = (i..lines.len()).step_by(2).take_while(|&i| says(i)).count();
        if run >= DISPATCHES {
            found.extend((i..).step_by(2).take(run));
        }
        i += (run * 2).max(1);
    }
    for i in found {
        reading.parts[i] = Part::Heading { rank: POST + 1, label: 0, reason: REASON };
    }
}

/// Who reports, alone on a line: `本报记者 某某`, `□本报通讯员 某某`. The names.
pub fn byline<'t>(line: &Line<'t>) -> Option<&'t str> {
    let text = line.text.trim_start_matches(['□', '■', '◎', '●', '○', ' ']);
    let names = Word::Reporter.strip(text)?;
    let parted = names.starts_with([' ', '\u{3000}', '：']);
    let names = names.trim_start_matches('：').trim();
    let name = |c: char| is_han(c) || matches!(c, ' ' | '\u{3000}' | '、' | '·');
    (parted && (2..=20).contains(&names.chars().count()) && names.chars().all(name)).then_some(names)
}

/// Whether a line begins as a dispatch does: `本报北京12月31日讯 记者…`.
pub fn is_dispatch(line: &Line<'_>) -> bool {
    line.chars >= PROSE && dispatch::begins(line.text)
}

/// Whether what stands before line `i` is at an end.
fn ends_before(reading: &Reading<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return true };
    let line = &reading.page.lines[before];
    reading.page.lines[i].gap > 0
        || ends_paragraph(line)
        || !reading.open(before)
        || line.chars < PROSE && !line.breaks_off()
}

/// Whether a line ends a paragraph, or says who wrote it.
fn ends_paragraph(line: &Line<'_>) -> bool {
    line.ends_sentence() || line.text.ends_with(['）', ')'])
}

/// Whether a line can be the headline of a dispatch.
fn could_head(line: &Line<'_>) -> bool {
    let stopped = line.text.ends_with(['。', '，', '；', '：', '、', ',', ';', ':']);
    (4..=LONGEST).contains(&line.chars)
        && !stopped
        && !line.text.contains(['。', '；', '|', '\t'])
        && !line.text.starts_with(['（', '(', '图', '“'])
        && numbering::label(line.text).is_none()
}

/// Whether a line can be a headline above any paragraph.
fn is_plain(line: &Line<'_>) -> bool {
    could_head(line) && !line.ends_sentence() && !line.text.contains(['，', ',', '：', ':']) && is_headline(line)
}

/// Whether a line is no longer than headlines are, and no sentence.
fn is_headline(line: &Line<'_>) -> bool {
    line.chars <= LONGEST && !line.ends_sentence()
}
