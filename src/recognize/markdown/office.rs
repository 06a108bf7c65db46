//! The parts of documents of an office in Markdown, where they are plain paragraphs: the number, whom it is for, what is attached, who signs.

use crate::chinese::date;
use crate::chinese::words::Word;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, Role, inline_text};
use crate::recognize::enactment::is_enactment;
use crate::recognize::{notes, office};
use std::ops::Range;

/// The head of a document has no more blocks above the text, and its end none below.
const HEAD: usize = 6;
const END: usize = 8;
/// The longest name that signs, and the longest addressees, in characters.
const NAME: usize = 30;
const ADDRESSEES: usize = 160;

/// Gives the paragraphs of `document` the parts that they play, if it is a document of an office: by its number, by its title, or because
/// it says so.
pub fn mark(document: &mut Document) {
    let texts: Vec<Option<String>> = document.blocks.iter().map(|block| text_of(document, block)).collect();
    let title = document.meta.title.as_deref().map(office::tight).unwrap_or_default();
    let numbers = |text: &Option<String>| text.as_deref().is_some_and(office::is_document_number);
    let official = document.meta.style() == Some("official")
        || office::is_document_title(&title)
        || texts.iter().take(HEAD).any(numbers);
    if !official {
        return;
    }
    let count = document.blocks.len();
    let mut addressed = false;
    for (i, (block, text)) in document.blocks.iter_mut().zip(&texts).enumerate() {
        let (Some(text), BlockKind::Paragraph { role: role @ Role::Body, .. }) = (text, &mut block.kind) else {
            continue;
        };
        let head = i < HEAD && !addressed;
        let end = i + END >= count;
        let found = if head && office::is_document_number(text) {
            Some(Role::DocumentNumber)
        } else if head && office::is_classification(text) {
            Some(Role::Classification)
        } else if head && is_addressed(text) {
            addressed = true;
            Some(Role::Salutation)
        } else if office::is_attachment(text) && !text.contains('。') {
            Some(Role::Attachment)
        } else if end && signs(text) {
            Some(Role::Signature)
        } else if end && office::is_annotation(text) {
            Some(Role::Annotation)
        } else if end && office::is_record(text) {
            Some(Role::PrintRecord)
        } else {
            None
        };
        *role = found.unwrap_or(*role);
    }
    // A name on a paragraph of its own, above the date.
    for i in (1..count).rev() {
        let below = matches!(document.blocks[i].kind, BlockKind::Paragraph { role: Role::Signature, .. });
        let name = texts[i - 1].as_deref().is_some_and(|text| text.chars().count() <= NAME && is_name(text));
        if let (true, true, BlockKind::Paragraph { role: role @ Role::Body, .. }) =
            (below, name, &mut document.blocks[i - 1].kind)
        {
            *role = Role::Signature;
        }
    }
}

/// Paragraphs right below the title that tell when a law was passed belong to it.
pub fn enactments(document: &mut Document) {
    let titled = document.blocks.iter().position(|b| matches!(&b.kind, BlockKind::Heading(h) if h.title));
    let Some(below) = titled.map(|title| title + 1) else { return };
    let told: Vec<bool> = document.blocks[below..]
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Paragraph { content, .. } => is_enactment(&inline_text(document, content)),
            _ => false,
        })
        .take_while(|&told| told)
        .collect();
    for block in &mut document.blocks[below..below + told.len()] {
        if let BlockKind::Paragraph { role, .. } = &mut block.kind {
            *role = Role::Imprint;
        }
    }
}

/// Whether the line end `end` of `text` parts notes, or entries of what is attached, so that it is meant.
pub fn parts(text: &str, end: &Range<usize>) -> bool {
    notes::parts(text, end) || office::parts_attachments(text, end)
}

/// The text of a paragraph of plain text, its lines parted by LF.
fn text_of(document: &Document, block: &Block) -> Option<String> {
    let BlockKind::Paragraph { content, .. } = &block.kind else { return None };
    let plain = |inline: &Inline| matches!(inline.kind, InlineKind::Text(_) | InlineKind::Break);
    let short = block.span.len() <= 4 * (ADDRESSEES + NAME);
    (short && content.iter().all(plain)).then(|| inline_text(document, content))
}

fn is_addressed(text: &str) -> bool {
    let names = |c: char| office::is_of_name(c) || matches!(c, '、' | '，' | '；' | '（' | '）' | '：' | ' ');
    text.ends_with(['：', ':'])
        && text.chars().count() <= ADDRESSEES
        && text.chars().all(names)
        && !Word::Saying.is_in(text.trim_end_matches(['：', ':']))
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| office::is_of_name(c) || matches!(c, ' ' | '\u{3000}' | '·' | '（' | '）'))
}

/// Whether the lines of a paragraph are names and a date below them, or a date alone.
fn signs(text: &str) -> bool {
    let mut lines = text.lines().rev().map(str::trim);
    let dated = lines.next().is_some_and(|line| date::whole_line(line).is_some() && !line.starts_with(['（', '(']));
    dated && lines.all(|line| line.chars().count() <= NAME && is_name(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::{Hints, markdown};

    fn roles(text: &str) -> Vec<(Role, String)> {
        let document = markdown(text, &Hints::default()).0;
        let role = |block: &Block| match &block.kind {
            BlockKind::Paragraph { role, content } if *role != Role::Body => {
                Some((*role, inline_text(&document, content)))
            }
            _ => None,
        };
        document.blocks.iter().filter_map(role).collect()
    }

    #[test]
    fn parts_of_a_document_of_an_office_are_read_in_markdown() {
        let text = "东水发〔2021〕7号\n\n# 东湖区水务局关于做好堤防巡查的通知\n\n各乡镇，各泵站：\n\n现通知如下。\n\n## 一、巡查\n\n一日两次。\n\n附件：1. 巡查表\n　　　2. 值班表\n\n东湖区水务局  \n2021年6月1日\n\n（此件公开发布）\n\n抄送：区委办公室。\n";
        let seen = roles(text);
        let seen: Vec<(Role, &str)> = seen.iter().map(|(role, text)| (*role, text.as_str())).collect();
        assert_eq!(
            seen,
            [
                (Role::DocumentNumber, "东水发〔2021〕7号"),
                (Role::Salutation, "各乡镇，各泵站："),
                (Role::Attachment, "附件：1. 巡查表\n2. 值班表"),
                (Role::Signature, "东湖区水务局\n2021年6月1日"),
                (Role::Annotation, "（此件公开发布）"),
                (Role::PrintRecord, "抄送：区委办公室。"),
            ]
        );
    }

    #[test]
    fn other_texts_have_no_such_parts() {
        assert_eq!(roles("# 山雨\n\n他说了两句：\n\n走吧。\n\n附件：没有\n\n某某\n2021年6月1日\n"), []);
    }
}
