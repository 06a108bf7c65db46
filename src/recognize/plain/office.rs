//! The head of an official document (GB/T 9704 7.2): copy number, secrecy, urgency, the issuing body, the number of the document.

use super::ending::reads_like_address;
use super::headings::POST;
use super::opening::TITLE;
use super::{Part, Reading};
use crate::chinese::fold::prefix;
use crate::chinese::numeral::numeral;
use crate::chinese::words::Word;
use crate::document::Role;
use crate::unicode::is_han;

/// Why the title of one of several documents is a head.
pub const DOCUMENT: &str = "title of a document";
/// The most bodies that issue a document together.
const BODIES: usize = 10;
/// So many lines at most stand between the title of a document and whom it is for.
const BETWEEN: usize = 2;
/// What stands for the characters of a name that is not told: `××市人民政府`.
const MASKS: [char; 5] = ['×', '○', '〇', '□', '＊'];
/// Whether `c` can stand in the name of an office.
pub fn is_of_name(c: char) -> bool {
    is_han(c) || MASKS.contains(&c)
}

/// Whether `text` ends as the titles of documents do: with what kind of document it is, perhaps `（试行）`.
pub fn ends_with_kind(text: &str) -> bool {
    let text = Word::Draft.find(text).map_or(text, |draft| &text[..draft.start]);
    Word::DocumentKind.is_in(text)
}

/// Whether `text` says nothing but what kind of document it is, its characters perhaps set apart: `公　　告`, `感谢信`.
pub fn is_kind(text: &str) -> bool {
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    words.chars().count() >= 2
        && (Word::DocumentKind.find(&words) == Some(0..words.len()) || Word::Notice.is_in(&words))
}

/// Whether `text` is a number that counts documents of one kind, alone on its line: `第5号`, `2008年第5号`.
pub fn is_serial(text: &str) -> bool {
    let after = text.split_once('年').filter(|(year, _)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    let number = after.map_or(text, |(_, rest)| rest).trim_start().strip_prefix('第').map(str::trim_start);
    let read = number.and_then(|number| numeral(number).map(|(_, len)| number[len..].trim_start()));
    read.is_some_and(is_number_sign)
}

/// What stands behind a number that counts documents, and of minutes which meeting or issue they are of.
fn is_number_sign(text: &str) -> bool {
    ["号", "次", "期"].iter().any(|sign| prefix(text, sign) == Some(text.len()))
}

/// Whether `text` is the whole title of a document: `某市人民政府关于做好防汛工作的通知`.
pub fn is_document_title(text: &str) -> bool {
    let about = Word::Concerning.find(text).map(|about| about.start);
    about.is_some_and(|at| text[..at].chars().all(|c| is_of_name(c) || matches!(c, ' ' | '、' | '\u{3000}')))
        && ends_with_kind(text)
}

/// Whether `text` names the bodies that a document is for: `各区人民政府，市政府各部门：`.
pub fn is_addressed(text: &str) -> bool {
    let Some(names) = text.strip_suffix(['：', ':']) else { return false };
    let fits = |c: char| is_of_name(c) || matches!(c, '、' | '，' | '（' | '）' | ' ');
    names.chars().all(fits) && Word::Body.is_in(names.trim_end_matches('）'))
}

/// Claims the head that begins at line `at`, if there is one; the line after it. The number of the document proves it.
pub fn claim(reading: &mut Reading<'_>, at: usize) -> usize {
    let line = |i: usize| reading.page.lines.get(i).filter(|_| reading.open(i)).map(|line| line.text);
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
    }
    if !line(number).is_some_and(is_document_number) {
        return at;
    }
    reading.parts[at..issuer].fill(Part::Role(Role::Classification));
    reading.parts[issuer..number].fill(Part::Role(Role::Issuer));
    reading.parts[number] = Part::Role(Role::DocumentNumber);
    let mut next = number + 1;
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
    let begins = |i: usize| i == 0 || reading.parts[i] == Part::Title || ends(&reading.parts[i - 1]);
    let titled = |i: usize| {
        let open = matches!(reading.parts[i], Part::Title | Part::Open);
        let below = addressed(i).filter(|_| open && is_document_title(lines[i].text) && begins(i))?;
        Some((i, below))
    };
    let found: Vec<(usize, usize)> = (0..lines.len()).filter_map(titled).collect();
    if found.len() < 2 {
        return;
    }
    if reading.parts.contains(&Part::Title) {
        reading.meta.title = title.map(str::to_owned);
    }
    for (title, addressee) in found {
        reading.parts[title] = Part::Heading { rank: POST, label: 0, reason: DOCUMENT };
        reading.parts[addressee] = Part::Role(Role::Salutation);
    }
}

/// `000001`, `机密★1年`, `特急`.
pub fn is_classification(text: &str) -> bool {
    let copy = (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let class = Word::Classification.is_in(text) && text.chars().count() <= 12;
    copy || class && !text.contains(['，', '。'])
}

/// `某市人民政府文件`, or the name of the body alone.
fn is_issuer(text: &str) -> bool {
    text.chars().count() <= TITLE
        && !is_document_number(text)
        && !is_document_title(text)
        && !text.contains(['，', '。', '：', '；'])
}

/// `国发〔2018〕1号` or `〔2022〕第5次` alone on its line, perhaps with who has signed it: `国发〔2018〕1号　　签发人：某某`.
pub fn is_document_number(text: &str) -> bool {
    let text = Word::Signer.find(text).map_or(text, |signer| &text[..signer.start]).trim_end();
    let Some(open) = text.find(['〔', '［', '[', '（', '(']) else { return false };
    let mut inside = text[open..].chars();
    inside.next();
    let rest = inside.as_str();
    let year = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = rest[year..].strip_prefix(['〕', '］', ']', '）', ')']);
    year == 4
        && text[..open].chars().count() <= 12
        && text[..open].chars().all(|c| is_of_name(c) || c == ' ')
        && after.is_some_and(|a| {
            let a = a.trim_start().trim_start_matches('第');
            let digits = a.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            digits.len() < a.len() && is_number_sign(digits)
        })
}
