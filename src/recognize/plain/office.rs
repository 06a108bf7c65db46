//! The head of an official document (GB/T 9704 7.2): copy number, secrecy, urgency, the issuing body, the number of the document.

use super::opening::TITLE;
use super::{Part, Reading};
use crate::chinese::numeral::numeral;
use crate::document::Role;
use crate::unicode::is_han;

/// How secret or urgent a document is (7.2.2, 7.2.3).
const CLASSES: [&str; 8] = ["绝密", "机密", "秘密", "特急", "加急", "平急", "急件", "特提"];

/// What stands for the characters of a name that is not told: `××市人民政府`.
const MASKS: [char; 5] = ['×', '○', '〇', '□', '＊'];
/// What a document is called by, at the end of its title (GB/T 9704 7.3.1; the kinds of the regulations on official documents).
const KINDS: [&str; 24] = [
    "通知", "通报", "通告", "公告", "公报", "请示", "报告", "批复", "意见", "决定", "决议", "函", "纪要", "议案",
    "命令", "办法", "规定", "条例", "细则", "方案", "规划", "计划", "通報", "請示",
];
/// Ends of the names of bodies.
const BODIES: [&str; 22] = [
    "政府", "委", "会", "厅", "局", "部", "处", "科", "办", "室", "公司", "单位", "部门", "机构", "院", "校", "中心",
    "大学", "区", "县", "市", "省",
];

/// Whether `c` can stand in the name of an office.
pub fn is_of_name(c: char) -> bool {
    is_han(c) || MASKS.contains(&c)
}

/// Whether `text` ends as the titles of documents do: with what kind of document it is, perhaps `（试行）`.
pub fn ends_with_kind(text: &str) -> bool {
    let text = ["（试行）", "（暂行）", "（草案）"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    KINDS.iter().any(|kind| text.ends_with(kind))
}

/// Whether `text` says nothing but what kind of document it is, its characters perhaps set apart: `公　　告`, `感谢信`.
pub fn is_kind(text: &str) -> bool {
    const NOTICES: [&str; 8] = ["启事", "声明", "倡议书", "感谢信", "公开信", "介绍信", "邀请函", "决定书"];
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    words.chars().count() >= 2 && (KINDS.contains(&words.as_str()) || NOTICES.contains(&words.as_str()))
}

/// Whether `text` is a number that counts documents of one kind, alone on its line: `第5号`, `2008年第5号`.
pub fn is_serial(text: &str) -> bool {
    let after = text.split_once('年').filter(|(year, _)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    let number = after.map_or(text, |(_, rest)| rest).trim_start().strip_prefix('第').map(str::trim_start);
    let read = number.and_then(|number| numeral(number).map(|(_, len)| number[len..].trim_start()));
    matches!(read, Some("号" | "號"))
}

/// Whether `text` is the whole title of a document: `某市人民政府关于做好防汛工作的通知`.
pub fn is_document_title(text: &str) -> bool {
    let about = text.find("关于").or_else(|| text.find("關於"));
    about.is_some_and(|at| text[..at].chars().all(|c| is_of_name(c) || matches!(c, ' ' | '、' | '\u{3000}')))
        && ends_with_kind(text)
}

/// Whether `text` names the bodies that a document is for: `各区人民政府，市政府各部门：`.
pub fn is_addressed(text: &str) -> bool {
    let Some(names) = text.strip_suffix(['：', ':']) else { return false };
    let fits = |c: char| is_of_name(c) || matches!(c, '、' | '，' | '（' | '）' | ' ');
    names.chars().all(fits) && BODIES.iter().any(|end| names.trim_end_matches('）').ends_with(end))
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
        // The body may take two lines when several issue a document together.
        while number < issuer + 2 && line(number).is_some_and(is_issuer) {
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

/// `000001`, `机密★1年`, `特急`.
fn is_classification(text: &str) -> bool {
    let copy = (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let class = CLASSES.iter().any(|class| text.starts_with(class)) && text.chars().count() <= 12;
    copy || class && !text.contains(['，', '。'])
}

/// `某市人民政府文件`, or the name of the body alone.
fn is_issuer(text: &str) -> bool {
    text.chars().count() <= TITLE
        && !is_document_number(text)
        && !is_document_title(text)
        && !text.contains(['，', '。', '：', '；'])
}

/// `国发〔2018〕1号` alone on its line, perhaps with who has signed it: `国发〔2018〕1号　　签发人：某某`.
pub fn is_document_number(text: &str) -> bool {
    let text = text.split_once("签发人").map_or(text, |(number, _)| number).trim_end();
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
            digits.len() < a.len() && matches!(digits, "号" | "號")
        })
}
