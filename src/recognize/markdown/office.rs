//! The parts of papers of an office, of courts, of business and of letters in Markdown, where they are plain paragraphs: the number, whom it is
//! for, how it closes, what is attached, who signs.

use crate::chinese::date;
use crate::chinese::words::Word;
use crate::document::{Block, BlockKind, Document, Heading, Inline, InlineKind, Role, asks_to_sign, inline_text};
use crate::recognize::enactment::is_enactment;
use crate::recognize::{credits, notes, office, speakers};
use crate::unicode::tight;
use std::ops::Range;

/// The head of a document has no more blocks above the text, and its end none below.
const HEAD: usize = 6;
const END: usize = 8;
/// The longest name that signs, and the longest addressees, in characters.
const NAME: usize = 30;
const ADDRESSEES: usize = 160;
/// The longest words that a letter begins or closes with, in characters.
const WORDS: usize = 30;

/// What kind of paper a document is, by which its paragraphs are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paper {
    /// Of an office: by its number, by its title, or because it says so.
    Office,
    /// Of a court, of business or of daily life: by its title.
    Other,
    /// A letter: by whom it is for.
    Letter,
}

/// Gives the paragraphs of `document`, which `text` says, the parts that they play, if it is such a paper.
pub fn mark(document: &mut Document, text: &str) {
    court_title(document);
    let texts: Vec<Option<String>> = document.blocks.iter().map(|block| text_of(document, block)).collect();
    let Some(paper) = paper(document, &texts) else { return };
    let count = document.blocks.len();
    let mut addressed = false;
    let (mut wished, mut asked) = (false, false);
    for (i, (block, said)) in document.blocks.iter_mut().zip(&texts).enumerate() {
        if i + END >= count {
            sign_code(block, text);
        }
        let (Some(said), BlockKind::Paragraph { role: role @ Role::Body, .. }) = (said, &mut block.kind) else {
            wished = false;
            continue;
        };
        let head = i < HEAD && !addressed;
        let end = i + END >= count;
        let number = office::is_document_number(said) || paper == Paper::Other && office::is_case_number(said);
        let found = if head && number {
            Some(Role::DocumentNumber)
        } else if head && office::is_classification(said) {
            Some(Role::Classification)
        } else if head && (is_addressed(said) && paper != Paper::Other || is_salutation(said)) {
            addressed = true;
            Some(Role::Salutation)
        } else if wished && office::is_closing(said) {
            Some(Role::Closing)
        } else if office::is_attachment(said) && !said.contains('。') {
            Some(Role::Attachment)
        } else if end && (signs(said) || paper == Paper::Other && (asks(said) || asked && is_field(said))) {
            asked |= said.lines().any(asks_to_sign);
            Some(Role::Signature)
        } else if end && office::is_annotation(said) {
            Some(Role::Annotation)
        } else if end && office::is_record(said) {
            Some(Role::PrintRecord)
        } else {
            None
        };
        wished = office::wishes(said);
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

/// What paper `document` is, whose paragraphs say `texts`.
fn paper(document: &Document, texts: &[Option<String>]) -> Option<Paper> {
    let title = document.meta.title.as_deref().map(tight).unwrap_or_default();
    let numbers = |text: &Option<String>| text.as_deref().is_some_and(office::is_document_number);
    if document.meta.style() == Some("official")
        || office::is_document_title(&title)
        || texts.iter().take(HEAD).any(numbers)
    {
        return Some(Paper::Office);
    }
    if Word::PaperTitle.is_in(&title) || office::is_kind(&title) || Word::CourtPaper.is_in(&title) {
        return Some(Paper::Other);
    }
    let said = |text: &Option<String>, is: &dyn Fn(&str) -> bool| text.as_deref().is_some_and(is);
    let addressed = texts.iter().take(2).any(|text| said(text, &is_salutation));
    let end = &texts[texts.len().saturating_sub(END)..];
    let signed = end.iter().any(|text| said(text, &signs));
    let closed = end.windows(2).any(|pair| said(&pair[0], &office::wishes) && said(&pair[1], &office::is_closing));
    (addressed && (signed || closed)).then_some(Paper::Letter)
}

/// The name of a court and what it gives, both heads of the first level, are one title of two lines.
fn court_title(document: &mut Document) {
    let words = |block: &Block| match &block.kind {
        BlockKind::Heading(Heading { level: 1, content, .. }) => tight(&inline_text(document, content)).into_owned(),
        _ => String::new(),
    };
    let [court, kind, ..] = &document.blocks[..] else { return };
    if !Word::Court.is_in(&words(court)) || !Word::CourtPaper.is_in(&words(kind)) {
        return;
    }
    let named = words(court) + &words(kind);
    let below = document.blocks.remove(1);
    let (Some(Block { kind: BlockKind::Heading(title), span }), BlockKind::Heading(more)) =
        (document.blocks.first_mut(), below.kind)
    else {
        return;
    };
    title.content.push(Inline::new(InlineKind::Break, span.end..below.span.start));
    title.content.extend(more.content);
    title.title = true;
    *span = span.cover(below.span);
    document.meta.title.get_or_insert(named);
}

/// Who signs, set so far to the right that Markdown takes it for code.
fn sign_code(block: &mut Block, text: &str) {
    let BlockKind::Code { language: None, text: code } = &block.kind else { return };
    if !signs(code.trim()) {
        return;
    }
    let mut content = vec![];
    let mut at = block.span.start;
    for line in code.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some(start) = text[at..block.span.end].find(line).map(|found| at + found) else { return };
        if !content.is_empty() {
            content.push(Inline::new(InlineKind::Break, at..start));
        }
        at = start + line.len();
        content.push(Inline::text(line, start..at));
    }
    let start = content.first().map_or(block.span.start, |first: &Inline| first.span.start);
    *block = Block::new(BlockKind::Paragraph { role: Role::Signature, content }, start..at);
}

/// Paragraphs right below the title that tell when a law was passed, or who has made a book, belong to it.
pub fn below_title(document: &mut Document) {
    let titled = document.blocks.iter().position(|b| matches!(&b.kind, BlockKind::Heading(h) if h.title));
    let Some(below) = titled.map(|title| title + 1) else { return };
    for at in below..document.blocks.len() {
        let said = match &document.blocks[at].kind {
            BlockKind::Paragraph { role: Role::Body, content } => inline_text(document, content),
            _ => return,
        };
        if !is_enactment(&said) && !credits::contributes(&said) {
            return;
        }
        if document.meta.authors.is_empty() {
            document.meta.authors.extend(credits::signed(&said));
        }
        if let BlockKind::Paragraph { role, .. } = &mut document.blocks[at].kind {
            *role = Role::Imprint;
        }
    }
}

/// Gives what is said by turns, in a play or an interview, its part.
pub fn speak(document: &mut Document) {
    let said = |block: &Block| match &block.kind {
        BlockKind::Paragraph { role: Role::Body, content } => Some(inline_text(document, content)),
        _ => None,
    };
    let texts: Vec<Option<String>> = document.blocks.iter().map(said).collect();
    let lines: Vec<Option<&str>> = texts.iter().map(Option::as_deref).collect();
    let found = speakers::speeches(&lines);
    let (Some(&first), Some(&last)) = (found.first(), found.last()) else { return };
    let around = first.saturating_sub(speakers::STAGE)..(last + speakers::STAGE).min(lines.len());
    let directions = around.filter(|&i| lines[i].is_some_and(speakers::is_direction));
    let parts = directions.map(|i| (i, Role::StageDirection)).chain(found.iter().map(|&i| (i, Role::Speech)));
    for (i, part) in parts {
        if let BlockKind::Paragraph { role, .. } = &mut document.blocks[i].kind {
            *role = part;
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

/// Whether `text` says whom a letter is for: `亲爱的妈妈：`, `爸爸、妈妈：`.
fn is_salutation(text: &str) -> bool {
    let words = text.trim_end_matches(['：', ':', '，', ',', '！', '!']);
    words.len() < text.len()
        && text.chars().count() <= WORDS
        && !words.contains(['。', '；', '“', '》', '：', ':', '\n'])
        && (Word::Salutation.is_in(words) || text.ends_with(['：', ':']) && office::names_addressee(words))
}

/// Whether each line of `text` is a field of a party that signs, or two beside each other: `电话：____`.
fn is_field(text: &str) -> bool {
    let field = |line: &str| {
        line.contains(['：', ':']) && line.chars().count() <= office::SIGNED && !line.contains(['。', '，', '；'])
    };
    text.lines().all(field)
}

/// Whether each line of `text` asks a party to sign, or is who has signed for a court or for himself.
fn asks(text: &str) -> bool {
    let line = |line: &str| {
        office::is_block(line) || office::is_signatory(line) || office::is_officer(line) || office::is_seal(line)
    };
    let mut lines = text.lines().map(str::trim);
    lines.next().is_some_and(|first| line(first) || asks_to_sign(first))
        && lines.all(|more| line(more) || is_field(more))
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

    fn said(text: &str, role: Role) -> Vec<String> {
        roles(text).into_iter().filter(|(own, _)| *own == role).map(|(_, said)| said).collect()
    }

    #[test]
    fn letters_contracts_and_judgments_have_parts_in_markdown() {
        let letter =
            "爸爸、妈妈：\n\n你们好！\n\n食堂的饭菜还合口味。\n\n祝\n\n身体健康！\n\n儿子 小军\n\n2003年10月12日\n";
        assert_eq!(said(letter, Role::Salutation), ["爸爸、妈妈："]);
        assert_eq!(said(letter, Role::Closing), ["身体健康！"]);
        assert_eq!(said(letter, Role::Signature), ["儿子 小军", "2003年10月12日"]);
        let contract = "# 房屋租赁合同\n\n出租方（甲方）：孙某某\n承租方（乙方）：何某\n\n## 第一条　租期\n\n一年。\n\n甲方（签字）：____　　乙方（签字）：____\n\n日期：____　　日期：____\n";
        assert_eq!(said(contract, Role::Signature).len(), 2);
        let court = "# 青浦县人民法院\n\n# 民事调解书\n\n（2015）青民一初字第318号\n\n原告：陶某。\n\n审判员　　邹某\n\n二〇一五年八月二十日\n\n书记员　　卞某某\n";
        assert_eq!(said(court, Role::DocumentNumber), ["（2015）青民一初字第318号"]);
        assert_eq!(said(court, Role::Signature).len(), 3);
        let document = markdown(court, &Hints::default()).0;
        assert_eq!(document.meta.title.as_deref(), Some("青浦县人民法院民事调解书"));
        assert_eq!(document.outline().len(), 1);
        // Set to the right, it is no code.
        let request = "# 关于购置校车的请示\n\n县教育局：\n\n妥否，请批示。\n\n                石门乡中心小学\n                2014年5月9日\n";
        assert_eq!(said(request, Role::Signature), ["石门乡中心小学\n2014年5月9日"]);
    }

    #[test]
    fn what_is_said_by_turns_is_said_in_markdown_too() {
        let talk = "# 对话\n\n**问：您什么时候学的？**\n\n答：十八岁。\n\n**问：现在还有人学吗？**\n\n答：少了。\n\n（沉默）\n";
        assert_eq!(said(talk, Role::Speech).len(), 4);
        assert_eq!(said(talk, Role::StageDirection), ["（沉默）"]);
        assert!(said("# 说明\n\n用途：清洗。\n\n产地：云山。\n", Role::Speech).is_empty());
    }

    #[test]
    fn other_texts_have_no_such_parts() {
        assert_eq!(roles("# 山雨\n\n他说了两句：\n\n走吧。\n\n附件：没有\n\n某某\n2021年6月1日\n"), []);
    }
}
