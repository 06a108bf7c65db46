//! The head of an official document (GB/T 9704 7.2): copy number, secrecy, urgency, the issuing body, the number of the document.

use super::ending::{RIGHT, reads_like_address};
use super::headings::{POST, TITLE_OF_ATTACHMENT};
use super::lines::Line;
use super::opening::{DOCUMENT_TITLE, TITLE};
use super::{Part, Reading};
use crate::chinese::date;
use crate::chinese::words::Word;
use crate::document::Role;
pub use crate::recognize::office::{
    SIGNED, ends_with_kind, is_addressed, is_annotation, is_attachment, is_block, is_case_number, is_classification,
    is_closing, is_document_number, is_document_title, is_kind, is_late, is_of_name, is_officer, is_record, is_seal,
    is_serial, is_signatory, names_addressee, wishes,
};
use crate::unicode::tight;

/// Why the title of one of several documents is a head.
pub const DOCUMENT: &str = "title of a document";
/// The most bodies that issue a document together.
const BODIES: usize = 10;
/// The longest name of one who has signed, in characters.
const NAME: usize = 8;
/// No title has more lines.
const TITLE_LINES: usize = 4;
/// So many lines at most stand between the title of a document and whom it is for.
const BETWEEN: usize = 2;

/// How many lines from `at` on make the title of a document together: `某市人民政府` above `关于做好防汛工作的通知`. 0 where they make none.
pub fn title_lines(reading: &Reading<'_>, at: usize) -> usize {
    let mut title = String::new();
    for k in 0..TITLE_LINES {
        let Some(line) = reading.page.lines.get(at + k).filter(|_| reading.open(at + k)) else { return 0 };
        let ends = line.text.ends_with(['：', ':', '。']) || is_document_number(line.text);
        let long = line.chars > TITLE && !(line.chars <= DOCUMENT_TITLE && is_document_title(&tight(line.text)));
        if ends || long || k > 0 && line.gap > 0 {
            return 0;
        }
        title.push_str(&tight(line.text));
        if is_document_title(&title) {
            return k + 1;
        }
    }
    0
}

/// Whether `text` says who has made a document and when, on one line: `某办公室　　　　2021年7月9日`.
pub fn is_made_by(text: &str) -> bool {
    let Some((office, day)) = text.rsplit_once(['\u{3000}', ' ', '\t']) else { return false };
    date::whole_line(day).is_some() && office.trim_end().chars().all(is_of_name) && office.trim_end() != office
}

/// Claims the head that begins at line `at`, if there is one; the line after it. The number of the document proves it.
pub fn claim(reading: &mut Reading<'_>, at: usize) -> usize {
    let line = |i: usize| reading.page.lines.get(i).filter(|_| reading.open(i)).map(|line| line.text);
    // An order has a number that counts through (clause 10).
    if line(at).is_some_and(|name| Word::Order.is_in(&tight(name)) && is_issuer(name))
        && line(at + 1).is_some_and(is_serial)
    {
        reading.meta.title.get_or_insert_with(|| tight(reading.page.lines[at].text).into_owned());
        reading.parts[at] = Part::Role(Role::Issuer);
        reading.parts[at + 1] = Part::Role(Role::DocumentNumber);
        return at + 2;
    }
    let mut number = at;
    while line(number).is_some_and(is_classification) {
        number += 1;
    }
    let issuer = number;
    if !line(number).is_some_and(is_document_number) {
        // Each has a line of its own when several issue a document together (7.2.4).
        while number < issuer + BODIES && line(number).is_some_and(is_issuer) {
            number += 1;
        }
        // Below the name of the body stands a rule, as letters have it.
        while number > issuer && reading.parts.get(number) == Some(&Part::Divider) {
            number += 1;
        }
    }
    if !line(number).is_some_and(is_document_number) {
        return at;
    }
    reading.parts[at..issuer].fill(Part::Role(Role::Classification));
    let name = |part: &&mut Part| **part == Part::Open;
    reading.parts[issuer..number].iter_mut().filter(name).for_each(|part| *part = Part::Role(Role::Issuer));
    reading.parts[number] = Part::Role(Role::DocumentNumber);
    let mut next = number + 1;
    // Of several who have signed, the further names stand below the first (7.2.6).
    let signs = |line: &Line<'_>| line.indent >= RIGHT && line.chars <= NAME && line.text.chars().all(is_of_name);
    let signed = Word::Signer.find(reading.page.lines[number].text).is_some();
    while reading.open(next) && signs(&reading.page.lines[next]) && signed {
        reading.parts[next] = Part::Role(Role::DocumentNumber);
        next += 1;
    }
    if reading.open(next) && is_made_by(reading.page.lines[next].text) {
        reading.parts[next] = Part::Role(Role::PrintRecord);
        next += 1;
    }
    while reading.parts.get(next) == Some(&Part::Divider) {
        next += 1;
    }
    next
}

/// Several documents in one text: the title of each, above whom it is for and below the end of the one before. None of them is the title of
/// all; `title` is the one that the front matter has.
pub fn documents(reading: &mut Reading<'_>, title: Option<&str>) {
    let lines = &reading.page.lines;
    let addressee = |i: &usize| match reading.parts[*i] {
        Part::Role(Role::Salutation) => true,
        Part::Open => is_addressed(lines[*i].text) || reads_like_address(&lines[*i]),
        _ => false,
    };
    let addressed = |i: usize| (i + 1..lines.len()).take(BETWEEN + 1).find(addressee);
    let ends = |part: &Part| {
        matches!(
            part,
            Part::Role(Role::Signature | Role::PrintRecord | Role::Attachment | Role::Imprint | Role::DocumentNumber)
        )
    };
    let begins = |i: usize| {
        let above = reading.parts[..i].iter().rev().find(|part| **part != Part::Divider);
        above.is_none_or(ends) || reading.parts[i] == Part::Title
    };
    let numbered = |i: usize| reading.page.lines.get(i + 1).is_some_and(|line| is_document_number(line.text));
    let titled = |i: usize| {
        let open = matches!(reading.parts[i], Part::Title | Part::Open | Part::Heading { .. }) && begins(i);
        let whole = open && is_document_title(&tight(lines[i].text));
        let below = addressed(i);
        (whole && (below.is_some() || numbered(i))).then_some((i, below))
    };
    let found: Vec<(usize, Option<usize>)> = (0..lines.len()).filter_map(titled).collect();
    if found.len() < 2 {
        return;
    }
    // What is passed on stands below the document that passes it on, which names it.
    let name = tight(lines[found[0].0].text);
    let passes = |title: usize| Word::Forwarding.is_in(&name) && name.contains(&*tight(lines[title].text));
    let passed = found[1..].iter().all(|(title, _)| passes(*title));
    if !passed && reading.parts.contains(&Part::Title) {
        reading.meta.title = title.map(str::to_owned);
    }
    for (n, (title, addressee)) in found.into_iter().enumerate() {
        reading.parts[title] = match (passed, n) {
            (true, 0) => Part::Title,
            (true, _) => Part::Heading { rank: 0, label: 0, reason: TITLE_OF_ATTACHMENT },
            (false, _) => Part::Heading { rank: POST, label: 0, reason: DOCUMENT },
        };
        if numbered_part(reading, title + 1) {
            reading.parts[title + 1] = Part::Role(Role::DocumentNumber);
        }
        if let Some(addressee) = addressee {
            reading.parts[addressee] = Part::Role(Role::Salutation);
        }
    }
}

/// Whether line `i` is open and the number of a document.
fn numbered_part(reading: &Reading<'_>, i: usize) -> bool {
    reading.open(i) && is_document_number(reading.page.lines[i].text)
}

/// `某市人民政府文件`, or the name of the body alone.
fn is_issuer(text: &str) -> bool {
    text.chars().count() <= TITLE
        && !is_document_number(text)
        && !is_document_title(text)
        && !text.contains(['，', '。', '：', '；'])
}
