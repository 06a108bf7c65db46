//! Documents of an office by the words of their lines (GB/T 9704), for texts of either syntax: titles, numbers, addressees, what is attached,
//! notes and records.

use crate::chinese::fold::{fold, prefix};
use crate::chinese::gaps::pieces;
use crate::chinese::marks::ends_sentence;
use crate::chinese::numeral::numeral;
use crate::chinese::words::Word;
use crate::chinese::{date, numbering};
use crate::document::asks_to_sign;
use crate::unicode::{is_han, tight};
use std::ops::Range;

/// What stands for the characters of a name that is not told: `××市人民政府`.
const MASKS: [char; 5] = ['×', '○', '〇', '□', '＊'];
/// The longest line of a block of signatures, in characters.
pub const SIGNED: usize = 64;
/// No list of what is attached has more lines.
const ENTRIES: usize = 40;

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
    let words = tight(text);
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
    let about = Word::Concerning.find(text).or_else(|| Word::Forwarding.find(text)).map(|about| about.start);
    about.is_some_and(|at| text[..at].chars().all(|c| is_of_name(c) || matches!(c, ' ' | '、' | '\u{3000}')))
        && ends_with_kind(text)
}

/// Whether `text` names the bodies that a document is for: `各区人民政府，市政府各部门：`.
pub fn is_addressed(text: &str) -> bool {
    let Some(names) = text.strip_suffix(['：', ':']) else { return false };
    let fits = |c: char| is_of_name(c) || matches!(c, '、' | '，' | '（' | '）' | ' ');
    names.chars().all(fits) && Word::Body.is_in(names.trim_end_matches('）'))
}

/// `附件：1.…`, `附件1`, `附：…`.
pub fn is_attachment(text: &str) -> bool {
    let rest = Word::Attachment.strip(text);
    text.starts_with("附：")
        || rest
            .is_some_and(|r| r.is_empty() || r.starts_with(['：', ':']) || r.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the line end `end` of `text` parts two entries of what is attached: `附件：1. 甲`, `2. 乙`.
pub fn parts_attachments(text: &str, end: &Range<usize>) -> bool {
    let counted =
        |line: &str| numbering::label(line.trim_start()).is_some_and(|l| l.family >= numbering::Family::Arabic);
    let below = |line: &str| line.starts_with(['\u{3000}', ' ']) && counted(line);
    let next = text[end.end..].split('\n').next().unwrap_or_default();
    let mut above = text[..end.start].rsplit('\n').take(ENTRIES);
    below(next) && above.find(|line| !below(line)).is_some_and(|line| is_attachment(line) && line.contains(['：', ':']))
}

/// `（此件公开发布）`.
pub fn is_annotation(text: &str) -> bool {
    let inside = text.strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    inside.is_some_and(|words| Word::Annotation.is_in(words.trim_start()))
}

/// Whether `text` is an entry of the record: whom a document is copied to, who has printed it.
pub fn is_record(text: &str) -> bool {
    let words = tight(text);
    let copied = |sense: Word| sense.strip(&words).is_some_and(|rest| rest.starts_with(['：', ':']));
    copied(Word::CopiedTo)
        || copied(Word::Keywords)
        || Word::Printed.is_in(&words) && words.contains(['年', '办'])
        || words.ends_with("日印")
}

/// `000001`, `机密★1年`, `特急`, `加 急`.
pub fn is_classification(text: &str) -> bool {
    let text = &tight(text);
    let copy = (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let class = Word::Classification.is_in(text) && text.chars().count() <= 12;
    copy || class && !text.contains(['，', '。'])
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

/// Whether `text` is the number of a case: `（2018）×0102民初1234号`, `(2005)南刑初字第88号`.
pub fn is_case_number(text: &str) -> bool {
    let words = tight(text);
    let inside = words.strip_prefix(['（', '(', '〔', '[']).and_then(|rest| rest.split_once(['）', ')', '〕', ']']));
    let Some((year, rest)) = inside else { return false };
    let year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let number = rest.strip_suffix(|c| fold(c) == '号');
    let name = |c: char| is_of_name(c) || c.is_ascii_digit();
    year && rest.chars().count() <= 20
        && number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()) && number.chars().all(name))
}

/// `（印章）` alone.
pub fn is_seal(text: &str) -> bool {
    let inside = text.strip_prefix(['（', '(', '〔']).and_then(|text| text.strip_suffix(['）', ')', '〕']));
    inside.is_some_and(|words| Word::Seal.is(words.trim()))
}

/// `甲方（签字）：　　乙方（盖章）：`, `签订日期：`.
pub fn is_block(text: &str) -> bool {
    let asks = text.contains(['：', ':']);
    text.chars().count() <= SIGNED
        && !ends_sentence(text)
        && (asks_to_sign(text) && !text.contains(['，', '。']) || Word::SigningDate.is_in(text) && asks)
}

/// `书　记　员　　孙××`, `启事人：某某`, `散会`.
pub fn is_signatory(text: &str) -> bool {
    if text.chars().nth(SIGNED).is_some() {
        return false;
    }
    let words = tight(text);
    let named = Word::Signatory.strip(&words).map(|rest| rest.trim_start_matches(['：', ':']));
    let name = named.is_some_and(|name| {
        (1..=8).contains(&name.chars().count()) && name.chars().all(|c| is_of_name(c) || matches!(c, '（' | '）' | '·'))
    });
    let closed = Word::Closed.strip(&words).is_some_and(|rest| rest.chars().count() <= 12 && !rest.contains('，'));
    (name || closed) && !ends_sentence(text)
}

/// `市長　×××` at the end: an office and a name apart.
pub fn is_officer(text: &str) -> bool {
    let mut pieces = pieces(text);
    let (office, name) = (pieces.next(), pieces.next());
    let short = |piece: Option<&str>, most: usize| {
        piece.is_some_and(|piece| (2..=most).contains(&piece.chars().count()) && piece.chars().all(is_of_name))
    };
    short(office, 10) && short(name, 4) && pieces.next().is_none()
}

/// Whether a line is a date with a part of the day, one without a year, or one whose zeros are written with other signs.
pub fn is_late(text: &str) -> bool {
    if text.chars().nth(LATE).is_some() {
        return false;
    }
    const ZEROS: [char; 4] = ['О', 'O', 'Ｏ', '0'];
    let written = text.contains(ZEROS) && !text.contains(|c: char| c.is_ascii_digit());
    let text = if written { &text.replace(ZEROS, "〇") } else { text };
    let without = Word::DayPart.find(text).map(|part| &text[..part.start]);
    date::is_day(without.unwrap_or(text))
        || text.contains(['\u{3000}', ' ']) && date::whole_line(&tight(text)).is_some()
        || written && date::whole_line(text).is_some()
        || without.is_some_and(|text| date::whole_line(text).is_some())
}

/// The longest date with a part of the day, in characters.
const LATE: usize = 32;

/// Whether `text` names someone whom a letter may be for.
pub fn names_addressee(text: &str) -> bool {
    Word::Addressee.is_in(text) && !Word::LeadsTo.is_in(text)
}

/// Whether `text` leads to the words that close a letter: `此致`, `专此，敬请`.
pub fn wishes(text: &str) -> bool {
    Word::Wish.is_in(text) || Word::WishLast.is_in(text.trim_end_matches(['，', '：', ':', ',']))
}

/// Whether `text` closes a letter: `敬礼！`.
pub fn is_closing(text: &str) -> bool {
    Word::Closing.is_in(text.trim_end_matches(['！', '!', '。']))
}
