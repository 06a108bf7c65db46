//! Matters of style that only a person can settle, reported: `heading-stop`, `half-enumeration`.

use crate::chinese::numbering::{Family, label};
use crate::error::Cause;
use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;

/// A stop at the end of a heading: a Markdown heading, or a line `第…章 …` of a plain text. `？` and `！` may stand there.
pub const HEADING_STOP: Rule = Rule {
    id: "heading-stop",
    concern: Concern::Marks,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: false,
    en: "report a stop at the end of a heading",
    zh: "报告标题末尾的点号",
    why_en: "Headings take no stop at their end; whether the line is a heading the author knows best.",
    why_zh: "标题末尾不用点号；这一行是不是标题，作者最清楚。",
    standard: "GB/T 15834-2011, B.3",
    example: ("第一章　总则。", "第一章　总则。"),
};

/// Commas between three short words of one length before `等`, where `、` is usual. What is an enumeration depends on the
/// meaning, so nothing is changed.
pub const HALF_ENUMERATION: Rule = Rule {
    id: "half-enumeration",
    concern: Concern::Marks,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: false,
    en: "report commas in an enumeration, where 、 is usual",
    zh: "报告并列词语之间疑应为顿号的逗号",
    why_en: "Words side by side take 、 in Chinese; whether they are so is a matter of sense.",
    why_zh: "并列词语之间用顿号；是否并列要看文意。",
    standard: "GB/T 15834-2011, 4.5",
    example: ("有苹果，香蕉，葡萄等水果", "有苹果，香蕉，葡萄等水果"),
};

/// Longest heading, in characters.
const MOST_HEADING: usize = 40;
/// Longest word of an enumeration, in characters.
const MOST_WORD: usize = 4;

pub fn fires(census: &Census) -> bool {
    (census.any("#第") && census.any("。，；：、")) || (census.has('等') && census.any("，,"))
}

pub fn run(pass: &mut Pass<'_>) {
    let markdown = pass.syntax == Syntax::Markdown;
    let enumerations = pass.census.has('等') && pass.wants(&HALF_ENUMERATION);
    let etc = memchr::memmem::Finder::new("等");
    for (start, line) in pass.lines() {
        if !(enumerations || line.trim_start().starts_with(['#', '第'])) {
            continue;
        }
        let text = line.trim();
        if text.ends_with(['。', '，', '；', '：', '、']) && is_heading(text, markdown) {
            let end = start + line.trim_end().len();
            pass.report(&HEADING_STOP, end - '。'.len_utf8()..end, Cause::text(""));
        }
        if enumerations {
            for at in etc.find_iter(line.as_bytes()) {
                if let Some(length) = line.get(..at).and_then(enumeration) {
                    pass.report(&HALF_ENUMERATION, start + at - length..start + at, Cause::text(""));
                }
            }
        }
    }
}

fn is_heading(text: &str, markdown: bool) -> bool {
    if markdown {
        return text.starts_with('#') && text.trim_start_matches('#').starts_with(' ');
    }
    let Some(label) = label(text).filter(|label| label.family < Family::Named) else { return false };
    text.starts_with('第')
        && text[label.len..].starts_with([' ', '\u{3000}', '：'])
        && text.chars().nth(MOST_HEADING).is_none()
        // A stop inside makes it a sentence.
        && !text.trim_end_matches(['。', '，', '；', '：', '、']).contains(['。', '，', '；'])
}

/// The length in bytes of the enumeration that ends `text`: three or more words of one length, with commas between them.
fn enumeration(text: &str) -> Option<usize> {
    let mut words = text.rsplit(['，', ',']);
    let last = words.next()?;
    let length = last.chars().count();
    if !(1..=MOST_WORD).contains(&length) || !last.chars().all(is_han) {
        return None;
    }
    let before = text.get(..text.len() - last.len())?;
    let same = |word: &str| word.chars().count() == length && word.chars().all(is_han);
    let second = words.next().filter(|word| same(word))?;
    let comma = before.chars().next_back()?.len_utf8();
    let head = before.get(..before.len() - comma - second.len())?;
    let comma_before = head.chars().next_back().filter(|c| matches!(c, '，' | ','))?.len_utf8();
    let first: usize = head.chars().rev().skip(1).take(length).filter(|&c| is_han(c)).map(char::len_utf8).sum();
    (first >= length * 3).then_some(first + comma_before + second.len() + comma + last.len())
}
