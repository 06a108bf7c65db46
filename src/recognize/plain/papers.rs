//! What stands around the text of papers of an office, of courts and of business, where other readers left it: whom it is for on several
//! lines, further lines of what is attached, who signs side by side, seals, notes in brackets, the record.

use super::ending;
use super::headings::{LONGEST, POST, TITLE_OF_ATTACHMENT};
use super::lines::Line;
use super::office::{self, DOCUMENT, is_of_name, tight};
use super::opening::could_be_title;
use super::{Part, Reading, imprint, patterns};
use crate::chinese::words::Word;
use crate::chinese::{date, numbering};
use crate::document::Role;

/// No addressees take more lines, and none has more characters.
const ADDRESSEES: (usize, usize) = (3, 160);
/// The longest line of a block of signatures, and the longest name in it, in characters.
const SIGNED: (usize, usize) = (64, 24);
/// The head of a document has no more lines.
const HEAD: usize = 24;
/// So many lines before the end of a paper its signatures begin.
const LAST: usize = 12;
/// So many bytes of a document are looked at for the name of what it promulgates.
const TOLD: usize = 64 * 1024;
/// No entry of what is attached has longer lines, in characters.
const ENTRY: usize = 60;

/// Claims what it knows.
pub fn claim(reading: &mut Reading<'_>) {
    fields(reading);
    addressees(reading);
    attachments(reading);
    side_by_side(reading);
    signing(reading);
    annotations(reading);
    records(reading);
    attached_by_name(reading);
    tools(reading);
}

/// The head of a letter of an office as Taiwan writes them: each fact after its key on a line of its own.
fn fields(reading: &mut Reading<'_>) {
    let keyed = |line: &Line<'_>, sense: Word| sense.strip(line.text).is_some_and(|rest| rest.starts_with(['：', ':']));
    let Some(number) = (0..reading.parts.len().min(HEAD))
        .find(|&i| is_free(reading, i) && keyed(&reading.page.lines[i], Word::NumberKey))
    else {
        return;
    };
    reading.parts[number] = Part::Role(Role::DocumentNumber);
    for i in 0..number {
        if is_free(reading, i) && keyed(&reading.page.lines[i], Word::RecipientKey) {
            reading.parts[i] = Part::Role(Role::Salutation);
        }
    }
    if reading.parts[0] == Part::Title && office::ends_with_kind(&tight(reading.page.lines[0].text)) {
        reading.parts[0] = Part::Role(Role::Issuer);
    }
}

/// Whether the text is a document of an office, or of a court: it has a number, or a title as they have.
fn is_official(reading: &Reading<'_>) -> bool {
    let numbered = reading.parts.contains(&Part::Role(Role::DocumentNumber));
    let titled = || {
        let mut lines = reading.parts.iter().zip(&reading.page.lines);
        lines.any(|(part, line)| *part == Part::Title && office::ends_with_kind(&tight(line.text)))
    };
    numbered || titled()
}

/// Whether line `i` is nobody's, or a head by nothing but its looks.
fn is_free(reading: &Reading<'_>, i: usize) -> bool {
    let looks = |reason: &str| ![TITLE_OF_ATTACHMENT, DOCUMENT, patterns::REASON].contains(&reason);
    match reading.parts[i] {
        Part::Open => true,
        Part::Heading { reason, .. } => looks(reason),
        _ => false,
    }
}

/// Whom a document is for, right below its title or number: `××委员：`, also on several lines.
fn addressees(reading: &mut Reading<'_>) {
    if !is_official(reading) {
        return;
    }
    for i in 1..reading.parts.len() {
        if !is_free(reading, i) {
            continue;
        }
        let above = reading.parts[..i].iter().rev().find(|part| **part != Part::Divider);
        let below = matches!(
            above,
            Some(Part::Title | Part::Heading { rank: 0 | POST, .. } | Part::Role(Role::DocumentNumber | Role::Imprint))
        );
        let lines = &reading.page.lines;
        if !below || imprint::key(lines[i].text).is_some() {
            continue;
        }
        let run =
            (i..lines.len()).take(ADDRESSEES.0).take_while(|&k| is_free(reading, k) && (k == i || lines[k].gap == 0));
        let Some(end) = { run }.find(|&k| lines[k].text.ends_with(['：', ':'])) else { continue };
        let chars: usize = lines[i..=end].iter().map(|line| line.chars).sum();
        let names = |line: &Line<'_>| {
            line.text.chars().all(|c| {
                is_of_name(c)
                    || c.is_whitespace()
                    || matches!(c, '、' | '，' | ',' | '；' | '（' | '）' | '(' | ')' | '：' | ':')
            })
        };
        let spoken = Word::Saying.is_in(lines[end].text.trim_end_matches(['：', ':']));
        let alone = end == i || lines[i..end].iter().all(|line| line.text.contains(['，', '、', '；']));
        if chars <= ADDRESSEES.1 && lines[i..=end].iter().all(names) && alone && !spoken && lines[i].chars > 2 {
            reading.parts[i] = Part::Role(Role::Salutation);
            reading.parts[i + 1..=end].fill(Part::More);
        }
    }
}

/// Further entries of what is attached, and their further lines: short ones right below, that stand in or count on.
fn attachments(reading: &mut Reading<'_>) {
    let mut first = None;
    for i in 1..reading.parts.len() {
        first = Some(i - 1).filter(|&k| reading.parts[k] != Part::More).or(first);
        let attached = first.is_some_and(|k| reading.parts[k] == Part::Role(Role::Attachment));
        let (above, line) = (&reading.page.lines[i - 1], &reading.page.lines[i]);
        if !attached || !is_free(reading, i) || line.gap > 0 || line.chars > ENTRY || line.ends_sentence() {
            continue;
        }
        let numbered = numbering::label(line.text).is_some_and(|l| l.family >= numbering::Family::Arabic);
        let deeper = first.is_some_and(|k| line.indent >= reading.page.lines[k].indent + 2);
        let dated = date::whole_line(line.text).is_some();
        if numbered {
            reading.parts[i] = Part::Role(Role::Attachment);
        } else if deeper && !dated && above.chars > 8 && !above.ends_sentence() && line.indent < above.indent + 16 {
            reading.parts[i] = Part::More;
        }
    }
}

/// Several who sign on one line, above the date: `甲局　　　　乙局`.
fn side_by_side(reading: &mut Reading<'_>) {
    let mut below = false;
    for i in (1..reading.parts.len()).rev() {
        let line = &reading.page.lines[i];
        if reading.parts[i] == Part::Role(Role::Signature) {
            below = true;
        } else if below && reading.open(i) && line.chars <= SIGNED.0 && several(line.text) {
            reading.parts[i] = Part::Role(Role::Signature);
        } else {
            below = false;
        }
    }
}

/// The pieces of a line that wide gaps part.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\u{3000}', '\t']).flat_map(|piece| piece.split("  ")).map(str::trim).filter(|piece| !piece.is_empty())
}

/// Whether a line names two or more that sign.
fn several(text: &str) -> bool {
    let name = |piece: &str| piece.chars().count() <= SIGNED.1 && piece.chars().all(|c| is_of_name(c) || c == '·');
    pieces(text).count() >= 2 && pieces(text).all(name)
}

/// The lines where a paper is signed: seals, the blocks of a contract, officers of a court, who wrote it, and dates that other readers do
/// not know, with the name above them.
fn signing(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let signed = |part: &Part| *part == Part::Role(Role::Signature);
    let first = reading.parts.iter().position(signed).unwrap_or(n);
    for i in 1..n {
        if !reading.open(i) {
            continue;
        }
        let (above, line) = (&reading.page.lines[i - 1], &reading.page.lines[i]);
        let near = i + LAST >= n || i > first && i <= first + LAST;
        let late = is_late(line) && (line.indent >= ending::RIGHT || signed(&reading.parts[i - 1]));
        let last = i + 1 == n && is_officer(line);
        if late || last || near && (is_seal(line.text) || is_block(line) || is_signatory(line)) {
            let named = late && above.indent >= ending::RIGHT && above.chars <= SIGNED.1 && !above.ends_sentence();
            if named && reading.open(i - 1) {
                reading.parts[i - 1] = Part::Role(Role::Signature);
            }
            reading.parts[i] = Part::Role(Role::Signature);
        }
    }
}

/// `（印章）` alone.
fn is_seal(text: &str) -> bool {
    let inside = text.strip_prefix(['（', '(', '〔']).and_then(|text| text.strip_suffix(['）', ')', '〕']));
    inside.is_some_and(|words| Word::Seal.is(words.trim()))
}

/// `甲方（签字）：　　乙方（盖章）：`, `签订日期：`.
fn is_block(line: &Line<'_>) -> bool {
    let bracketed = line.text.split(['（', '(']).skip(1).any(|rest| {
        rest.split_once(['）', ')'])
            .is_some_and(|(within, _)| within.chars().count() <= 6 && Word::SignBlock.is_in(within))
    });
    let asks = line.text.contains(['：', ':']);
    line.chars <= SIGNED.0
        && !line.ends_sentence()
        && (bracketed && asks && !line.text.contains(['，', '。']) || Word::SigningDate.is_in(line.text) && asks)
}

/// `书　记　员　　孙××`, `启事人：某某`, `散会`.
fn is_signatory(line: &Line<'_>) -> bool {
    let words = tight(line.text);
    let named = Word::Signatory.strip(&words).map(|rest| rest.trim_start_matches(['：', ':']));
    let name = named.is_some_and(|name| {
        (1..=8).contains(&name.chars().count()) && name.chars().all(|c| is_of_name(c) || matches!(c, '（' | '）' | '·'))
    });
    let closed = Word::Closed.strip(&words).is_some_and(|rest| rest.chars().count() <= 12 && !rest.contains('，'));
    line.chars <= SIGNED.0 && (name || closed) && !line.ends_sentence()
}

/// `市長　×××` at the end: an office and a name apart.
fn is_officer(line: &Line<'_>) -> bool {
    let mut pieces = pieces(line.text);
    let (office, name) = (pieces.next(), pieces.next());
    let short = |piece: Option<&str>, most: usize| {
        piece.is_some_and(|piece| (2..=most).contains(&piece.chars().count()) && piece.chars().all(is_of_name))
    };
    short(office, 10) && short(name, 4) && pieces.next().is_none()
}

/// Whether a line is a date with a part of the day, or one whose zeros are written with other signs.
fn is_late(line: &Line<'_>) -> bool {
    let zeros: String = line.text.chars().map(|c| if matches!(c, 'О' | 'O' | 'Ｏ' | '0') { '〇' } else { c }).collect();
    let written = zeros != line.text && !line.text.contains(|c: char| c.is_ascii_digit());
    let text = if written { &zeros } else { line.text };
    let without = Word::DayPart.find(text).map(|part| &text[..part.start]);
    line.chars <= 20
        && (written && date::whole_line(text).is_some() || without.is_some_and(|text| date::whole_line(text).is_some()))
}

/// `（此件公开发布）` below the date of a document.
fn annotations(reading: &mut Reading<'_>) {
    if !is_official(reading) {
        return;
    }
    for (part, line) in reading.parts.iter_mut().zip(&reading.page.lines) {
        if *part == Part::Open && office::is_annotation(line.text) {
            *part = Part::Role(Role::Annotation);
        }
    }
}

/// The record where other readers left it: words set apart, further lines, how many were printed. It stands below the signature.
fn records(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let mut below = false;
    let mut first = None;
    for i in 1..n {
        first = Some(i - 1).filter(|&k| !matches!(reading.parts[k], Part::More | Part::Divider)).or(first);
        below |= reading.parts[i] == Part::Role(Role::Signature);
        let line = &reading.page.lines[i];
        if !reading.open(i) || line.chars > 2 * ENTRY {
            continue;
        }
        let words = tight(line.text);
        let inside = words.trim_matches(['（', '）', '(', ')']);
        let copies = Word::Copies.is_in(inside) && inside.ends_with('份') && line.chars <= 16;
        let late = below || i + LAST >= n && is_official(reading);
        let within = first.is_some_and(|k| reading.parts[k] == Part::Role(Role::PrintRecord));
        let above = &reading.page.lines[i - 1];
        let turned = within
            && line.gap == 0
            && above.chars > 16
            && !above.ends_sentence()
            && numbering::label(line.text).is_none();
        let copied =
            office::is_record(line.text) || Word::CopyFor.strip(&words).is_some_and(|rest| rest.starts_with('：'));
        if late && (copied || copies && within) {
            reading.parts[i] = Part::Role(Role::PrintRecord);
        } else if turned && !Word::Printed.is_in(line.text) {
            reading.parts[i] = Part::More;
        }
    }
}

/// What stands below the signature under a name that the text above has told: `现予公布《某规定》` … `某规定`.
fn attached_by_name(reading: &mut Reading<'_>) {
    if !is_official(reading) {
        return;
    }
    let lines = &reading.page.lines;
    let mut told = String::new();
    let mut signed = false;
    for (i, line) in lines.iter().enumerate() {
        let ended = i > 0 && reading.parts[i - 1] == Part::Role(Role::Signature);
        let name = tight(line.text);
        let fits = line.chars <= LONGEST && line.chars >= 4 && could_be_title(line);
        let titled = reading.open(i) || matches!(reading.parts[i], Part::Heading { .. });
        if signed && ended && titled && fits && told.contains(&name) {
            reading.parts[i] = Part::Heading { rank: 0, label: 0, reason: TITLE_OF_ATTACHMENT };
        }
        signed |= reading.parts[i] == Part::Role(Role::Signature);
        if !signed && told.len() < TOLD {
            told.push_str(&name);
        }
    }
    // The second line of such a title, in brackets.
    for i in 1..reading.parts.len() {
        let below = matches!(reading.parts[i - 1], Part::Heading { reason: TITLE_OF_ATTACHMENT, .. });
        let line = &reading.page.lines[i];
        let bracketed = line.text.starts_with(['（', '(']) && line.text.ends_with(['）', ')']);
        if below && reading.open(i) && line.gap == 0 && bracketed && line.chars <= ENTRY {
            reading.parts[i] = Part::More;
        }
    }
}

/// What a page of the web offers around a text, where data of such a page stand above it.
fn tools(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let data = |part: &Part| *part == Part::Role(Role::Imprint);
    if reading.parts.iter().take_while(|part| data(part)).count() < 3 {
        return;
    }
    for i in (n.saturating_sub(LAST)..n).rev() {
        let line = &reading.page.lines[i];
        let credit = Word::Credit.strip(line.text).is_some_and(|rest| rest.starts_with(['：', ':']));
        let offered = credit || Word::WebTool.is_in(line.text.trim_start_matches(['【', '[', '［']));
        match reading.parts[i] {
            Part::Role(Role::Credit) => reading.parts[i] = Part::Role(Role::Imprint),
            Part::Open if offered && line.chars <= 30 => reading.parts[i] = Part::Role(Role::Imprint),
            _ => return,
        }
    }
}
