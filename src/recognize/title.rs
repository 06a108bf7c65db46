//! The title that only the metadata of a document know, set at its head.

use super::front_matter::FrontMatter;
use crate::chinese::site::work_offered;
use crate::document::{Block, BlockKind, Document, Heading, Inline, OfficeForm, Role, inline_text};
use crate::unicode::is_invisible_control;
use std::ops::Range;

/// How many lines of a text are its opening, of so many bytes at most.
const OPENING: usize = 24;
const OPENING_BYTES: usize = 64 * 1024;
/// What may stand beside a title in a line that says it, in characters: the key of a field, an author, the lines of a box.
const BESIDE: usize = 24;

/// Sets the title, and the subtitle, that `front` gives to `document`, whose own text has no title and does not say it in its opening
/// either. The headings of the text are then those of its parts.
///
/// Whoever reads the document again from a file of ours, with what is set here in its text, sets nothing twice.
pub fn set(document: &mut Document, front: &FrontMatter) {
    let mut headings = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some(heading),
        _ => None,
    });
    if headings.next().is_some_and(|first| first.title && headings.all(|heading| heading.level > 1)) {
        return;
    }
    if document.meta.title.is_none() {
        document.meta.title = of_minutes(document);
    }
    let Some(title) = document.meta.title.as_deref().map(one_line).filter(|title| is_seen(title)) else { return };
    let text = document.opening(OPENING_BYTES);
    let says = |words: &str| text.lines().filter(|line| !line.trim().is_empty()).take(OPENING).any(|l| says(l, words));
    if says(&title) {
        return;
    }
    let Some(place) = front.title.clone() else {
        // A title that was taken from the text, and is not to be seen there, is none.
        document.meta.title = None;
        return;
    };
    let subtitle = document.meta.subtitle.as_deref().map(one_line).filter(|words| is_seen(words) && !says(words));
    for block in &mut document.blocks {
        if let BlockKind::Heading(heading) = &mut block.kind {
            (heading.level, heading.title) = ((heading.level + 1).min(6), false);
        }
    }
    let content = |words: String, place: &Range<usize>| vec![Inline::text(words, place.clone())];
    let reason = "title in the front matter";
    let heading =
        Heading { level: 1, title: true, label: None, content: content(title, &place), reason, weighed: None };
    let heading = Block::new(BlockKind::Heading(heading), place);
    let subtitle = subtitle.zip(front.subtitle.clone()).map(|(words, place)| {
        Block::new(BlockKind::Paragraph { role: Role::Subtitle, content: content(words, &place) }, place)
    });
    document.blocks.splice(0..0, [heading].into_iter().chain(subtitle));
}

/// The title of minutes that have no other: the name at their head (GB/T 9704 10.3).
fn of_minutes(document: &Document) -> Option<String> {
    let head = document.office_head().filter(|head| head.form == OfficeForm::Minutes)?;
    let name = |block: &Block| match &block.kind {
        BlockKind::Paragraph { role: Role::Issuer, content } => Some(inline_text(document, content)),
        _ => None,
    };
    Some(one_line(&document.blocks.get(head.blocks)?.iter().filter_map(name).collect::<String>()))
}

/// Whether `line` says `words` as a title is said: by themselves, beside a few others that are parted from them, or as that of the work that
/// a site offers.
fn says(line: &str, words: &str) -> bool {
    if work_offered(line) == Some(words) {
        return true;
    }
    let line = one_line(line);
    let short = line.chars().count() <= words.chars().count() + BESIDE;
    short
        && line.match_indices(words).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + words.len()..].chars().next();
            let goes_on = |c: char| c.is_alphanumeric() || "，、；：。！？,;:.!?".contains(c);
            before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !goes_on(c))
        })
}

/// `text` with one space wherever it has white space within.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_seen(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_invisible_control(c))
}

#[cfg(test)]
mod tests {
    use super::says;
    use crate::recognize::{Hints, plain};

    #[test]
    fn the_head_of_minutes_is_their_title_and_the_time_of_the_meeting_is_not() {
        let text = "江城市图书馆馆务会议纪要\n\n〔2016〕第3期\n\n时间：2016年3月8日下午3:00\n地点：二楼会议室\n主持人：李馆长\n出席：王某、张某\n\n2016年3月8日，李馆长主持召开馆务会议。现纪要如下：\n\n一、关于古籍库房\n同意更换恒湿设备，由古籍部办理。\n\n二、关于读书日\n由活动部拟定方案。\n";
        let document = plain(text, &crate::survey::regions(text), &Hints::default()).0;
        assert_eq!(document.meta.title.as_deref(), Some("江城市图书馆馆务会议纪要"));
        assert!(document.outline().iter().all(|entry| !entry.text.contains("时间")));
    }

    #[test]
    fn a_title_is_said_by_a_line_of_its_own_or_a_field() {
        for line in ["山雨", "《山雨》", "  书名：山雨", "標  題: 山雨", "║　山雨　　某人　║", "山雨 / 某人"]
        {
            assert!(says(line, "山雨"), "{line}");
        }
        for line in ["山雨欲来", "那山雨", "山雨，是夏天的雨。", "风满楼"] {
            assert!(!says(line, "山雨"), "{line}");
        }
        assert!(!says(&format!("《山雨》{}", "是一部长篇小说".repeat(5)), "山雨"));
    }
}
