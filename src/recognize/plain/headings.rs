//! Headings within a text: numbered parts, bracketed heads, heads without a stop, heads set to the margin.

use super::contents;
use super::decide::NAMED_REASON;
use super::ending::reads_like_address;
use super::lines::{Line, PROSE, Page};
use super::{Part, Reading, marker, numbered, ruled, serial};
use crate::chinese::fold::find;
use crate::chinese::numbering::{Family, Label, label};
use crate::chinese::numeral::is_numeral;
use crate::chinese::words::Word;

/// Longest heading, in characters.
pub const LONGEST: usize = 46;
/// Longest head that is known by nothing but its place.
const SHORT: usize = 30;

/// A line that may head a numbered part.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Its line.
    pub line: usize,
    /// Its numbering; `len` counts from the line's beginning, ornaments before it included.
    pub label: Label,
}

/// Claims the headings. Numbered parts come first: in a text with chapters, a short line without a stop is a line of the story.
pub fn claim(reading: &mut Reading<'_>) {
    let mut chapters = structural(reading);
    let unnumbered = contents::unnumbered(reading);
    let entries = contents::strike(reading, &mut chapters);
    in_sequence(&reading.page, &mut chapters);
    let has_chapters = chapters.iter().any(|c| c.label.family != Family::Named);
    let outermost = chapters.iter().map(|c| c.label.family).filter(|f| *f != Family::Named).min();
    for chapter in &chapters {
        let named = chapter.label.family == Family::Named;
        let family = if named { outermost.unwrap_or(Family::Chapter) } else { chapter.label.family };
        let reason = if named { "name of a part" } else { "numbered part" };
        reading.parts[chapter.line] = Part::Heading { rank: rank(family), label: chapter.label.len, reason };
    }
    for i in entries.into_iter().chain(unnumbered) {
        // Above a chapter it is the name of a part.
        let part = matches!(reading.parts.get(i + 1), Some(Part::Heading { .. }));
        let rank = rank(outermost.unwrap_or(Family::Chapter)) - u8::from(part);
        reading.parts[i] = Part::Heading { rank, label: 0, reason: NAMED_REASON };
    }
    serial::claim(reading);
    attached(reading);
    hashed(reading);
    ruled::claim(reading);
    bracketed(reading);
    numbered::claim(reading);
    marked(reading);
    let has_headlines = reading.parts.iter().any(|part| matches!(part, Part::Heading { rank: POST, .. }));
    if !has_chapters && !has_headlines {
        let margin = at_margin(reading);
        without_stop(reading, if margin { MARGIN } else { WITHOUT_STOP });
    }
}

/// Ranks leave room before them for the levels of patterns and between them for heads without numbers.
pub fn rank(family: Family) -> u8 {
    20 + family as u8 * 10
}

/// The title of one of many posts, or the headline of one of many dispatches: outside all others.
pub const POST: u8 = 18;
/// The title of a document that is attached to another.
const ATTACHED: u8 = POST + 1;
/// Just inside the numbered parts of a book.
const MARGIN: u8 = 20 + Family::Named as u8 * 10;
pub const UNDERLINED: u8 = MARGIN + 1;
/// Inside the numbered parts.
const MARKED: u8 = MARGIN + 3;
const WITHIN: u8 = MARGIN + 4;
/// The title of a poem: inside all others.
pub const VERSE: u8 = 29 + Family::ArabicBrackets as u8 * 10;
/// Level with `一、`.
const WITHOUT_STOP: u8 = 20 + Family::HanComma as u8 * 10;
/// Inside `（一）`.
const BRACKETED: u8 = 25 + Family::HanBrackets as u8 * 10;

/// The lines that read like the head of a numbered part.
fn structural(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found = vec![];
    for (i, line) in reading.page.lines.iter().enumerate() {
        if line.chars > LONGEST || !reading.open(i) {
            continue;
        }
        let ornament = line.text.len() - without_ornament(line.text).len();
        let Some(mut label) = label(&line.text[ornament..]) else { continue };
        let rest = &line.text[ornament + label.len..];
        label.len += ornament;
        if label.family <= Family::Named && reads_like_heading(rest, label) {
            found.push(Candidate { line: i, label });
        }
    }
    found
}

/// A line without the marks and brackets that may stand before its number: `☆、第一章`, `【第一章`.
pub fn without_ornament(text: &str) -> &str {
    const MARKS: &str = "●○◎■□◆◇★☆§▲△【[〖〔《「『=＝*＊#~～-—、 \u{3000}";
    text.trim_start_matches(|c| MARKS.contains(c))
}

/// Whether `rest` can be what follows the numbering of a heading.
fn reads_like_heading(rest: &str, label: Label) -> bool {
    let rest = rest.trim_start();
    let longest = if label.apart { 40 } else { 20 };
    let title = rest.trim_end_matches([
        '！', '？', '!', '?', '】', ']', '…', '=', '＝', '*', '＊', '#', '~', '～', '-', '—', '★', '☆', '◆', '◇', '●',
        '〗', '》',
    ]);
    let sentence = title.contains(['。', '；', '！', '？', '”']) && !title.contains('“');
    let stopped = rest.ends_with(['。', '，', '、', '：', '；', ',', ':', ';']);
    let runs_on = !label.apart
        && (Word::Continuation.is_in(rest)
            || rest.starts_with(['，', '、', '。', '”', '」', '》', '）'])
            || rest.contains(['，', ',']));
    rest.chars().count() <= longest && !sentence && !title.contains(['。', '；']) && !stopped && !runs_on
}

/// Strikes candidates whose numbers fit nowhere: those not set apart from their text must follow the one before or begin anew.
fn in_sequence(page: &Page<'_>, candidates: &mut Vec<Candidate>) {
    let mut last: [Option<u64>; 16] = [None; 16];
    candidates.retain(|c| {
        let family = c.label.family as usize;
        let number = c.label.number;
        let line = &page.lines[c.line];
        let follows = match last[family] {
            None => number <= 1,
            Some(n) => number == n + 1 || number == n || number <= 1,
        };
        let near = last[family].is_some_and(|n| number > n && number <= n + 20);
        let alone =
            line.gap > 0 || page.lines.get(c.line + 1).is_none_or(|next| next.gap > 0 || next.indent != line.indent);
        let kept = c.label.family == Family::Named || follows || c.label.apart || (near && alone);
        if kept {
            last[family] = Some(number);
            // A new part begins its chapters anew.
            last[family + 1..].fill(None);
        }
        kept
    });
}

/// Why the title of what is attached is a head.
pub const TITLE_OF_ATTACHMENT: &str = "title of an attachment";

/// The title below `附件1` alone on its line: of a document that is attached (GB/T 9704 7.3.7).
fn attached(reading: &mut Reading<'_>) {
    for i in 1..reading.parts.len() {
        let number =
            Word::Attachment.strip(reading.page.lines[i - 1].text).map(|rest| rest.trim_end_matches([':', '：']));
        let alone = number.is_some_and(|n| n.chars().all(|c| c.is_ascii_digit() || is_numeral(c)));
        let line = &reading.page.lines[i];
        if alone && reading.open(i) && line.chars <= LONGEST && !line.ends_sentence() && !line.breaks_off() {
            reading.parts[i] = Part::Heading { rank: ATTACHED, label: 0, reason: TITLE_OF_ATTACHMENT };
        }
    }
}

/// `# 定语`, as notes mark their heads, where all such lines have text below them that stands further in.
fn hashed(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let heads: Vec<usize> = (0..lines.len()).filter(|&i| reading.open(i) && lines[i].text.starts_with("# ")).collect();
    let head = |&i: &usize| has_body(reading, i) && lines[i + 1].indent > lines[i].indent && lines[i].chars <= LONGEST;
    if heads.len() >= 2 && heads.iter().all(head) {
        for i in heads {
            reading.parts[i] = Part::Heading { rank: MARGIN, label: 2, reason: "marked with #" };
        }
    }
}

/// `【背景关注】` alone on its line. The first line of a text is its title when more such heads follow.
fn bracketed(reading: &mut Reading<'_>) {
    let is_head = |i: usize| {
        let inner = reading.page.lines[i].text.strip_prefix('【').and_then(|t| t.strip_suffix('】'));
        let plain =
            inner.is_some_and(|t| !t.contains(['【', '】', '。', '：']) && (1..=20).contains(&t.chars().count()));
        plain && reading.open(i) && has_body(reading, i)
    };
    let heads: Vec<usize> = (0..reading.parts.len()).filter(|&i| is_head(i)).collect();
    let titled = matches!(heads[..], [0, 1, _, ..]) && reading.meta.title.is_none();
    for i in heads {
        reading.parts[i] = Part::Heading { rank: BRACKETED, label: 0, reason: "bracketed head" };
    }
    if titled {
        reading.parts[0] = Part::Title;
        reading.meta.title = Some(reading.page.lines[0].text.trim_matches(['【', '】', ' ']).to_owned());
    }
}

/// `○令长`: a mark and a few words before a paragraph.
fn marked(reading: &mut Reading<'_>) {
    const MARKS: [char; 11] = ['○', '◎', '●', '◆', '◇', '■', '□', '▲', '△', '★', '☆'];
    let lines = &reading.page.lines;
    for i in 0..lines.len().saturating_sub(1) {
        let (line, next) = (&lines[i], &lines[i + 1]);
        let Some(mark) = line.text.chars().next().filter(|c| MARKS.contains(c)) else { continue };
        let title = &line.text[mark.len_utf8()..];
        let short =
            (2..=20).contains(&line.chars) && !line.ends_sentence() && !line.breaks_off() && !title.contains(MARKS);
        let body = next.chars >= PROSE && next.ends_sentence() && !next.text.starts_with(MARKS);
        if short && body && !title.contains(['。', '，', '：']) && reading.open(i) && reading.open(i + 1) {
            reading.parts[i] =
                Part::Heading { rank: MARKED, label: mark.len_utf8(), reason: "marked line before a paragraph" };
        }
    }
}

/// Whether text that is not a heading follows line `i`.
pub fn has_body(reading: &Reading<'_>, i: usize) -> bool {
    matches!(reading.parts.get(i + 1), Some(Part::Open | Part::Code(_) | Part::Row(_)))
}

/// Short lines at the margin in a text whose paragraphs are all indented; whether there are any.
fn at_margin(reading: &mut Reading<'_>) -> bool {
    let n = reading.parts.len();
    let lines = &reading.page.lines;
    let long = lines.iter().filter(|l| l.indent >= 2 && l.chars >= PROSE).count();
    if n < 4 || reading.page.indented * 10 < n * 6 || long * 4 < reading.page.indented {
        return false;
    }
    let mut found = vec![];
    for i in 0..n - 1 {
        let (line, next) = (&lines[i], &lines[i + 1]);
        let colon = line.text.ends_with(['：', ':']) && line.gap > 0 && !reads_like_address(line);
        let plain = !line.ends_sentence() || line.text.ends_with(['？', '?']);
        let before = i == 0 || line.gap > 0 || lines[i - 1].ends_sentence() || reading.parts[i - 1] != Part::Open;
        if line.indent == 0
            && line.chars <= SHORT
            && reading.open(i)
            && (colon || plain && !line.breaks_off())
            && before
            && next.indent >= 2
            && next.gap <= 2
            && has_body(reading, i)
            && !line.text.contains(['。', '，', '；', '|'])
            && line.text.chars().any(char::is_alphabetic)
        {
            found.push(i);
        }
    }
    // In verse and lists every other line would be one.
    let some = !found.is_empty() && found.len() * 3 <= n;
    if found.len() > 1 && some {
        let within: Vec<usize> = (1..n - 1).filter(|&i| heads_deeper_text(reading, i)).collect();
        for i in within {
            reading.parts[i] = Part::Heading { rank: WITHIN, label: 0, reason: "apart, at the margin of deeper text" };
        }
    }
    if some {
        for i in found {
            let label = label(lines[i].text).map_or(0, |l| l.len);
            reading.parts[i] = Part::Heading { rank: MARGIN, label, reason: "at the margin of indented text" };
        }
    }
    some
}

/// Whether line `i`, itself further in than the margin, stands alone above text that stands still further in.
fn heads_deeper_text(reading: &Reading<'_>, i: usize) -> bool {
    let (line, next) = (&reading.page.lines[i], &reading.page.lines[i + 1]);
    let alone = line.gap > 0 && next.gap > 0 && line.indent >= 2 && next.indent > line.indent;
    let plain = !line.ends_sentence() && !line.breaks_off() && !line.text.contains(['。', '，', '；', '|']);
    let words = line.text.chars().any(char::is_alphabetic) && marker::read(line.text).is_none();
    alone && plain && words && line.chars <= SHORT && reading.open(i) && has_body(reading, i)
}

/// Short lines without a stop, each before a paragraph, in a text whose paragraphs all end with one.
fn without_stop(reading: &mut Reading<'_>, rank: u8) {
    let page = &reading.page;
    if !page.is_prose() || page.prose < 6 || rank != MARGIN && page.prose * 2 < page.lines.len() {
        return;
    }
    let lines = &reading.page.lines;
    let found: Vec<usize> = (1..lines.len().saturating_sub(1))
        .filter(|&i| {
            let (before, line, next) = (&lines[i - 1], &lines[i], &lines[i + 1]);
            reading.open(i)
                && reads_like_head(line)
                && !before.breaks_off()
                && (before.ends_sentence() || reading.parts[i - 1] != Part::Open || line.gap > 0)
                && reading.open(i + 1)
                && next.chars * 2 >= line.chars * 3
                && (next.chars >= PROSE && next.ends_sentence() || announces_list(reading, i + 1))
        })
        .collect();
    if found.len() * 4 <= lines.len() {
        for i in found {
            reading.parts[i] = Part::Heading { rank, label: 0, reason: "short line without a stop before a paragraph" };
        }
    }
}

/// Whether line `i` ends with a colon and a list begins below it.
fn announces_list(reading: &Reading<'_>, i: usize) -> bool {
    let next = reading.page.lines.get(i + 1);
    reading.page.lines[i].text.ends_with(['：', ':']) && next.is_some_and(|next| marker::read(next.text).is_some())
}

fn reads_like_head(line: &Line<'_>) -> bool {
    let text = line.text;
    // A question may be the story's own; set off, it is a head.
    let question = text.ends_with(['？', '?']) && line.gap > 0;
    let stopped = line.ends_sentence() && !question || line.breaks_off();
    // 诗曰, 正是, 但见
    let told = text.ends_with('了') || find(text, "是个").is_some();
    let announces = line.chars <= 3 && Word::Speech.is_in(text);
    (2..=SHORT).contains(&line.chars)
        && !announces
        && !told
        && !stopped
        && !text.contains(['，', ',', '。', '；', '：', ':', '…', '|', '\t'])
        && !text.starts_with(['“', '「', '"', '（', '(', '《', '-', '*', '•', '—'])
        && !text.contains("://")
        && text.chars().filter(|&c| crate::unicode::is_han(c)).count() * 2 >= line.chars
}
