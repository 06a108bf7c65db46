//! What stands at the ends of news, letters and official documents: salutation, closing words, signature and date, attachments,
//! who printed, who edited.

use super::lines::Line;
use super::{Part, Reading};
use super::{imprint, office};
use crate::chinese::fold::fold;
use crate::chinese::numeral::numeral;
use crate::chinese::words::Word;
use crate::chinese::{date, numbering};
use crate::document::Role;
use crate::unicode::is_han;

/// From how many columns on a line stands at the right.
pub const RIGHT: usize = 16;

/// Claims what it knows.
pub fn claim(reading: &mut Reading<'_>) {
    addresses(reading);
    signatures(reading);
    signed_off(reading);
    preface_signed(reading);
    data_below_headings(reading);
    for i in 0..reading.parts.len() {
        if !reading.open(i) {
            continue;
        }
        let line = &reading.page.lines[i];
        let text = line.text;
        let attached = i > 0 && reading.parts[i - 1] == Part::Role(Role::Attachment);
        let role = if is_editor_note(text) {
            Role::EditorNote
        } else if line.chars <= 60
            && (office::is_attachment(text)
                || attached && numbering::label(text).is_some_and(|l| l.family >= numbering::Family::Arabic))
        {
            Role::Attachment
        } else if line.chars <= 60
            && (Word::CopiedTo.strip(text).is_some_and(|rest| rest.starts_with(['：', ':']))
                || is_keywords(reading, i)
                || Word::Printed.is_in(text))
            && has_date_or_office(text)
        {
            Role::PrintRecord
        } else if line.chars <= 12
            && office::is_closing(text)
            && i > 0
            && office::wishes(reading.page.lines[i - 1].text)
        {
            Role::Closing
        } else {
            continue;
        };
        reading.parts[i] = Part::Role(role);
    }
    addressed(reading);
    captions(reading);
    credits(reading);
}

/// Longest caption, in characters.
const CAPTION: usize = 72;

/// What is left of a picture in news: `图为…`, and who took it, at its end or alone below it (`（新华社记者 某某 摄）`).
fn captions(reading: &mut Reading<'_>) {
    for i in 0..reading.parts.len() {
        let line = &reading.page.lines[i];
        if !reading.open(i) || line.chars > CAPTION {
            continue;
        }
        let shows = Word::Caption.is_in(line.text);
        let taken = is_photographer(line.text);
        if taken && i > 0 && reading.open(i - 1) && reading.page.lines[i - 1].chars <= CAPTION {
            reading.parts[i - 1] = Part::Role(Role::Caption);
        }
        let within = line.text.rfind(['（', '(']).is_some_and(|at| is_photographer(&line.text[at..]));
        if shows && line.ends_sentence() || taken || within {
            reading.parts[i] = Part::Role(Role::Caption);
        }
    }
}

/// Whether `text` says nothing but who took a picture: `（本报记者 某某 摄）`, `新华社记者某某摄`.
fn is_photographer(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    let words = inner.unwrap_or(text).trim();
    words.chars().count() <= 20
        && Word::Photographed.is_in(words)
        && (inner.is_some() || Word::Photographer.is_in(words))
        && words.chars().all(|c| is_han(c) || matches!(c, ' ' | '\u{3000}' | '、' | '/'))
}

/// Whether a line begins as the note of an editor does.
pub fn is_editor_note(text: &str) -> bool {
    Word::EditorNote.is_in(text)
}

/// Whom a letter is for, below 此致: flush left as the closing words are.
fn addressed(reading: &mut Reading<'_>) {
    for i in 1..reading.parts.len() {
        let leads =
            Word::Presenting.is_in(reading.page.lines[i - 1].text) || reading.parts[i - 1] == Part::Role(Role::Closing);
        let line = &reading.page.lines[i];
        if leads && reading.open(i) && line.gap == 0 && line.chars <= 20 && !line.ends_sentence() && line.indent <= 4 {
            reading.parts[i] = Part::Role(Role::Closing);
        }
    }
}

/// `更新时间：…`, `本章字数：…` right below the head of a chapter.
fn data_below_headings(reading: &mut Reading<'_>) {
    for i in 1..reading.parts.len() {
        let below = matches!(reading.parts[i - 1], Part::Heading { .. });
        if below
            && reading.open(i)
            && imprint::key(reading.page.lines[i].text).is_some_and(|(field, _)| field == imprint::Field::Other)
        {
            reading.parts[i] = Part::Role(Role::Imprint);
        }
    }
}

/// `主题词：…` above whom a document is sent to as well, or who printed it (GB/T 9704—1999).
fn is_keywords(reading: &Reading<'_>, i: usize) -> bool {
    let below = |line: &Line<'_>| Word::CopiedTo.is_in(line.text) || Word::Printed.is_in(line.text);
    let lines = &reading.page.lines;
    Word::Keywords.is_in(lines[i].text) && lines.iter().skip(i + 1).take(2).any(below)
}

fn has_date_or_office(text: &str) -> bool {
    Word::Printer.is_in(text)
}

/// Whether a line says whom something is for, as far as its words go: `各位代表：`, `某某派出所全体干警：`, `尊敬的王老师：`.
pub fn reads_like_address(line: &Line<'_>) -> bool {
    let words = !line.text.contains(['。', '；', '“', '》', '，']) && imprint::key(line.text).is_none();
    let names = line.text.trim_end_matches(['：', ':']);
    names.len() < line.text.len() && line.chars <= 40 && words && office::names_addressee(names)
}

/// The line that says whom a letter or document is for: at the opening, or wherever a letter begins.
fn addresses(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let mut body = false;
    for (i, line) in lines.iter().enumerate() {
        if reading.parts[i] != Part::Open || line.chars > 80 || !line.text.ends_with(['：', ':', '，', ',', '！', '!'])
        {
            body |= line.ends_sentence() || i > 8;
            continue;
        }
        let letter = Word::Salutation.is_in(line.text) && line.chars <= 30;
        let colon = line.text.ends_with(['：', ':']);
        let known = !body && office::names_addressee(line.text.trim_end_matches(['：', ':']));
        let official = line.chars <= 80 && line.indent == 0 && line.text.contains("各");
        // Right below the title or the number of a document.
        let bodies = !body && colon && line.indent == 0 && line.chars <= 80 && office::is_addressed(line.text);
        let below_head =
            i > 0 && matches!(reading.parts[i - 1], Part::Title | Part::Role(Role::DocumentNumber | Role::Imprint));
        let words = !line.text.contains(['。', '；', '“', '》']) && imprint::key(line.text).is_none();
        if words
            && (bodies && below_head
                || colon && known && !body && (line.chars <= 40 || official)
                || letter && (colon || line.text.ends_with(['，', ',', '！', '!'])))
        {
            reading.parts[i] = Part::Role(Role::Salutation);
            body = true;
        }
        body |= line.ends_sentence() || i > 8;
    }
}

/// A date alone below the body, and the short lines above it that name who signs.
fn signatures(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    for i in 1..n {
        let line = &reading.page.lines[i];
        if line.chars > 24 || !reading.open(i) || date::whole_line(line.text).is_none() {
            continue;
        }
        let ends = i + 1 == n
            || !reading.open(i + 1)
            || reading.page.lines[i + 1].gap > 0
            || reading.page.lines[i + 1].chars <= 24;
        let mut first = i;
        // Whom a letter addresses may stand above the signature too, but further to the left and apart.
        let apart =
            |above: usize| reading.page.lines[above + 1].gap > 0 && reading.page.lines[above].indent + 8 < line.indent;
        while first > 0 && i - first < 4 && reading.open(first - 1) && signs(reading, first - 1) && !apart(first - 1) {
            first -= 1;
        }
        let set_right = line.indent >= RIGHT;
        if ends && (first < i || set_right || i + 1 == n) {
            reading.parts[first..=i].fill(Part::Role(Role::Signature));
        }
    }
}

/// A line set far to the right that ends with words of one who signs: `某某敬上`.
fn signed_off(reading: &mut Reading<'_>) {
    for i in 1..reading.parts.len() {
        let line = &reading.page.lines[i];
        let signs = Word::Signing.is_in(line.text) && line.chars <= 24;
        let marked = line.text.contains(['，', '。', '：', '；', '“', '”', ',', ':']);
        if reading.open(i) && signs && !marked && line.indent >= RIGHT {
            reading.parts[i] = Part::Role(Role::Signature);
        }
    }
}

/// The last lines of a preface, right above the next heading or at the end: who wrote it, when and where
/// (`一九八五年三月于上海`, `时天启甲子腊月豫章无碍居士题`, `某某谨识`).
fn preface_signed(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    for i in 2..n {
        let last = match reading.parts.get(i + 1) {
            None | Some(Part::Heading { .. }) => true,
            Some(Part::Divider) => matches!(reading.parts.get(i + 2), None | Some(Part::Heading { .. })),
            Some(_) => false,
        };
        let line = &reading.page.lines[i];
        if !last || !reading.open(i) || !(is_dated_at(line) || humbly_signed(line)) {
            continue;
        }
        let above = &reading.page.lines[i - 1];
        // Who signs may stand on a line of its own.
        let name = reading.open(i - 1) && (humbly_signed(above) || above.chars <= 8 && signs(reading, i - 1));
        let before = if name { i - 2 } else { i - 1 };
        if reading.page.lines[before].ends_sentence() {
            reading.parts[before + 1..=i].fill(Part::Role(Role::Signature));
        }
    }
}

/// Longest signature of a preface, in characters.
const SIGNED: usize = 32;

/// Whether a line says when something was written, and where or by whom: `一九八五年三月于上海`.
fn is_dated_at(line: &Line<'_>) -> bool {
    let text = line.text.trim_end_matches('。');
    if line.chars > SIGNED
        || text.contains(['。', '；', '：', '“', '”', '「', '？', '！'])
        || text.matches('，').count() > 1
    {
        return false;
    }
    let cycle = date::names_cycle(text);
    let year = text.match_indices('年').any(|(at, _)| {
        text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '元' || numeral(c.encode_utf8(&mut [0; 4])).is_some())
    });
    let place = text.rfind(|c| fold(c) == '于').is_some_and(|at| {
        let before = &text[..at];
        (1..=12).contains(&text[at..].chars().skip(1).count())
            && (Word::Moment.is_in(before) || before.ends_with(['，', ' ', '\u{3000}']))
    });
    (cycle || year) && (place || Word::Writing.is_in(text))
}

/// Whether a line ends as one signs a preface: `某某谨识`.
fn humbly_signed(line: &Line<'_>) -> bool {
    (4..=16).contains(&line.chars)
        && Word::PrefaceSigning.is_in(line.text)
        && !line.text.contains(['，', '。', '：', '；', '“', '”', ',', ':'])
}

/// Whether a line can be a name: of a person, an office, several of them.
fn signs(reading: &Reading<'_>, i: usize) -> bool {
    let line = &reading.page.lines[i];
    let name = line.text.chars().all(|c| {
        office::is_of_name(c) || matches!(c, ' ' | '\u{3000}' | '·' | '（' | '）' | '、') || c.is_ascii_alphabetic()
    });
    name && line.chars <= 24
        && !line.text.starts_with('（')
        && !line.ends_sentence()
        && !office::is_closing(line.text)
        && !Word::Presenting.is_in(line.text)
}

/// Who edited or wrote, on the last lines.
fn credits(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    for i in (n.saturating_sub(6)..n).rev() {
        let line = &reading.page.lines[i];
        if !reading.open(i) || i < 2 {
            if matches!(reading.parts[i], Part::Divider | Part::Role(_)) {
                continue;
            }
            return;
        }
        let inner = line.text.trim_start_matches(['（', '(', '[', '【']);
        let credit = line.chars <= 40
            && Word::Credit.strip(inner).is_some_and(|rest| rest.starts_with(['：', ':', ' ', '\u{3000}', '/', '／']));
        if !credit {
            return;
        }
        reading.parts[i] = Part::Role(Role::Credit);
    }
}
