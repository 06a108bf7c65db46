//! What stands around the text of papers of an office, of courts and of business, where other readers left it: whom it is for on several
//! lines, further lines of what is attached, who signs side by side, seals, notes in brackets, the record.

use super::ending;
use super::headings::{LONGEST, POST, TITLE_OF_ATTACHMENT};
use super::lines::Line;
use super::office::{self, DOCUMENT, SIGNED, is_of_name};
use super::opening::could_be_title;
use super::{Part, Reading, imprint, patterns};
use crate::chinese::gaps::pieces;
use crate::chinese::words::Word;
use crate::chinese::{date, numbering};
use crate::document::{Role, asks_to_sign, label_of, numbers_attachment};
use crate::unicode::tight;

/// No addressees take more lines, and none has more characters.
const ADDRESSEES: (usize, usize) = (3, 160);
/// The longest name in a block of signatures, in characters.
const NAME: usize = 24;
/// The longest name of a field in it, in characters, and the most lines of one party.
const FIELD: usize = 12;
const PARTY: usize = 8;
/// How much further in than the word before it a turned line of names stands, in columns.
const TURNED: usize = 4;
/// How far lines of those who sign stand from each other at most, in columns.
const BESIDE: usize = 8;
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
    attending(reading);
    records(reading);
    attached_by_name(reading);
    attached_to_contract(reading);
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
        } else if below && reading.open(i) && line.chars <= SIGNED && several(line.text) {
            reading.parts[i] = Part::Role(Role::Signature);
        } else {
            below = false;
        }
    }
}

/// Whether a line names two or more that sign.
fn several(text: &str) -> bool {
    let name = |piece: &str| piece.chars().count() <= NAME && piece.chars().all(|c| is_of_name(c) || c == '·');
    pieces(text).count() >= 2 && pieces(text).all(name)
}

/// The lines where a paper is signed: seals, the blocks of a contract, officers of a court, who wrote it, and dates that other readers do
/// not know, with the name above them.
fn signing(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let signed = |part: &Part| *part == Part::Role(Role::Signature);
    let first = reading.parts.iter().position(signed).unwrap_or(n);
    // Who takes the minutes is told above them, and signs below.
    let mut told = false;
    for i in 1..n {
        told |= reading.page.lines[i - 1].ends_sentence();
        if !reading.open(i) {
            continue;
        }
        let (above, line) = (&reading.page.lines[i - 1], &reading.page.lines[i]);
        let near = i + LAST >= n || i > first && i <= first + LAST;
        let late = office::is_late(line.text) && (line.indent >= ending::RIGHT || signed(&reading.parts[i - 1]));
        let last = i + 1 == n && office::is_officer(line.text);
        if late
            || last
            || near
                && (office::is_seal(line.text)
                    || office::is_block(line.text)
                    || told && office::is_signatory(line.text))
        {
            let named = late && above.indent >= ending::RIGHT && above.chars <= NAME && !above.ends_sentence();
            if named && reading.open(i - 1) {
                reading.parts[i - 1] = Part::Role(Role::Signature);
            }
            reading.parts[i] = Part::Role(Role::Signature);
        }
    }
    of_parties(reading);
    // What is set as far to the right above them belongs to those who sign: their body, their number.
    for i in (1..n.saturating_sub(1)).rev() {
        let (line, below) = (&reading.page.lines[i], &reading.page.lines[i + 1]);
        let beside = line.indent >= ending::RIGHT && line.indent.abs_diff(below.indent) <= BESIDE && below.gap == 0;
        if signed(&reading.parts[i + 1]) && reading.open(i) && beside && line.chars <= SIGNED && !line.ends_sentence() {
            reading.parts[i] = Part::Role(Role::Signature);
        }
    }
}

/// The other lines of a block in which the parties of a contract sign: fields, one or several beside each other, and dates.
fn of_parties(reading: &mut Reading<'_>) {
    let belongs = |reading: &Reading<'_>, i: usize| {
        let line = &reading.page.lines[i];
        let field = |piece: &str| {
            let name = piece.split_once(['：', ':']).map(|(name, _)| name.chars().count());
            name.is_some_and(|name| (1..=FIELD).contains(&name)) || date::whole_line(piece).is_some()
        };
        reading.open(i)
            && line.chars <= SIGNED
            && !line.ends_sentence()
            && !line.text.contains(['，', '。', '；'])
            && line.gap <= 2
            && pieces(line.text).any(field)
            && !office::is_attachment(line.text)
            && !numbers_attachment(line.text)
            && numbering::label(line.text).is_none()
    };
    let n = reading.parts.len();
    let asking: Vec<usize> = (0..n)
        .filter(|&i| reading.parts[i] == Part::Role(Role::Signature) && asks_to_sign(reading.page.lines[i].text))
        .collect();
    for at in asking {
        let above: Vec<usize> = (at.saturating_sub(PARTY)..at).rev().take_while(|&i| belongs(reading, i)).collect();
        // A party is named in the line right above; what is further above belongs to the text.
        let apart = above.iter().position(|&i| reading.page.lines[i + 1].gap > 0).unwrap_or(above.len());
        let below: Vec<usize> = (at + 1..n.min(at + 1 + PARTY)).take_while(|&i| belongs(reading, i)).collect();
        for i in above.into_iter().take(apart).chain(below) {
            reading.parts[i] = Part::Role(Role::Signature);
        }
    }
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

/// Who was there: lines that are turned stand further in than the word (10.3).
fn attending(reading: &mut Reading<'_>) {
    let mut told: Option<usize> = None;
    for i in 0..reading.parts.len() {
        let line = &reading.page.lines[i];
        let (open, indent) = (reading.open(i), line.indent);
        if open && label_of(Role::Body, line.text, false).is_some() {
            told = Some(indent);
        } else if open && line.gap == 0 && told.is_some_and(|first| indent >= first + TURNED) {
            if reading.open(i - 1) {
                reading.parts[i - 1] = Part::Role(Role::Body);
            }
            reading.parts[i] = Part::More;
        } else {
            told = None;
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
        let ended = i > 0 && matches!(reading.parts[i - 1], Part::Role(Role::Signature | Role::Annotation));
        let name = tight(line.text);
        let fits = line.chars <= LONGEST && line.chars >= 4 && could_be_title(line);
        let titled = reading.open(i) || matches!(reading.parts[i], Part::Heading { .. });
        if signed && ended && titled && fits && told.contains(&*name) {
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

/// What is attached to a contract, below where its parties sign: `附件一：设备清单`, a title where something stands below it.
fn attached_to_contract(reading: &mut Reading<'_>) {
    let signed = |reading: &Reading<'_>, i: usize| {
        reading.parts[i] == Part::Role(Role::Signature) && asks_to_sign(reading.page.lines[i].text)
    };
    let n = reading.parts.len();
    let Some(last) = (0..n).rev().find(|&i| signed(reading, i)) else { return };
    for i in last + 1..n {
        let line = &reading.page.lines[i];
        if !is_free(reading, i) || line.chars > LONGEST || line.ends_sentence() || !numbers_attachment(line.text) {
            continue;
        }
        let titles = reading.open(i + 1) && !numbers_attachment(reading.page.lines[i + 1].text);
        reading.parts[i] = match titles {
            true => Part::Heading { rank: 0, label: 0, reason: TITLE_OF_ATTACHMENT },
            false => Part::Role(Role::Attachment),
        };
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
