//! What kind of document a document is, by what it holds: the pages follow it where no style is named.

use super::text::length;
use super::{Block, BlockKind, Document, Inline, InlineKind, Role, inline_text};
use crate::chinese::fold::fold;
use crate::chinese::words::Word;
use crate::chinese::{dispatch, numeral::numeral};
use crate::lang::Lang;

/// From so many articles (第一条) on a text is a law.
const ARTICLES: usize = 3;
/// No news is longer, in characters.
const NEWS: usize = 12_000;
/// So far into a document its dispatch is looked for, in blocks.
const OPENING: usize = 8;
/// No paper of business is longer, in characters.
const PAPER: usize = 30_000;
/// The head of a document of an office, and its record, have no more blocks.
const HEAD: usize = 16;
/// From so many poems on a text is a book of them.
const POEMS: usize = 3;

/// The kinds of document, each with the style that its pages take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// A book, or prose as books have it.
    Book,
    /// News of a paper or a site.
    News,
    /// A document of an office by GB/T 9704.
    Official,
    /// Papers of daily business: contracts, minutes, judgments, plans, examination papers.
    Paper,
    /// Laws, rules and statutes, in articles.
    Law,
    /// Text without a shape to show: data, code, records.
    Plain,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [DocumentKind; 6] = [
        DocumentKind::Book,
        DocumentKind::News,
        DocumentKind::Official,
        DocumentKind::Paper,
        DocumentKind::Law,
        DocumentKind::Plain,
    ];

    /// Its name, which is that of its style as well.
    pub const fn name(self) -> &'static str {
        match self {
            DocumentKind::Book => "book",
            DocumentKind::News => "news",
            DocumentKind::Official => "official",
            DocumentKind::Paper => "paper",
            DocumentKind::Law => "law",
            DocumentKind::Plain => "plain",
        }
    }

    /// What it is, in words of `lang`.
    pub fn said(self, lang: Lang) -> &'static str {
        match self {
            DocumentKind::Book => lang.pick("a book, or prose as books have it", "书籍文章"),
            DocumentKind::News => lang.pick("news", "新闻"),
            DocumentKind::Official => lang.pick("a document of an office", "公文"),
            DocumentKind::Paper => lang.pick("a paper of business", "文书"),
            DocumentKind::Law => lang.pick("a law or rules in articles", "法规"),
            DocumentKind::Plain => lang.pick("data, code or records", "数据、代码或记录"),
        }
    }
}

impl Document {
    /// What kind of document it is.
    pub fn kind(&self) -> DocumentKind {
        let size = length(self, &self.blocks);
        let has = |wanted: &[Role], blocks: &[Block]| {
            blocks.iter().any(|block| matches!(&block.kind, BlockKind::Paragraph { role, .. } if wanted.contains(role)))
        };
        let count = self.blocks.len();
        let addressed = has(&[Role::Salutation], &self.blocks);
        let signed = has(&[Role::Signature, Role::Closing], &self.blocks);
        let office = &[Role::Classification, Role::Issuer, Role::DocumentNumber];
        let headed = has(office, &self.blocks[..count.min(HEAD)]);
        let recorded = has(&[Role::PrintRecord], &self.blocks[count.saturating_sub(HEAD)..]);
        let title = self.name();
        let named = |word: Word| title.as_deref().is_some_and(|title| word.is_in(bare(title)));
        let short = size <= PAPER;
        let articles = self.blocks.iter().filter(|block| is_article(block)).take(ARTICLES).count() == ARTICLES;
        if articles && named(Word::LawTitle) && !addressed && !recorded {
            return DocumentKind::Law;
        }
        if short && named(Word::PaperTitle) && !recorded {
            return DocumentKind::Paper;
        }
        if headed || recorded || short && named(Word::DocumentKind) && (addressed || signed) {
            return DocumentKind::Official;
        }
        if short && (named(Word::Notice) || addressed && signed) {
            return DocumentKind::Paper;
        }
        if self.is_news() && (size <= NEWS || self.chapters(&self.outline()).is_none()) {
            return DocumentKind::News;
        }
        if self.is_shapeless(size) { DocumentKind::Plain } else { DocumentKind::Book }
    }

    /// What the document calls itself, without blanks: `借 条` is 借条.
    fn name(&self) -> Option<String> {
        let heading = self.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Heading(heading) => Some(inline_text(self, &heading.content)),
            _ => None,
        });
        let name = self.meta.title.clone().or(heading)?;
        Some(name.chars().filter(|c| !c.is_whitespace()).collect())
    }

    /// Whether it reports: it begins as dispatches do, or says who has published it and when.
    fn is_news(&self) -> bool {
        let begins = |block: &&Block| matches!(first_text(block), Some(text) if dispatch::begins(text));
        let reports = self.blocks.iter().take(OPENING).filter(begins).count() > 0;
        let credited = self
            .blocks
            .iter()
            .rev()
            .take(2)
            .any(|block| matches!(block.kind, BlockKind::Paragraph { role: Role::Credit, .. }));
        reports || self.meta.source.is_some() && self.meta.date.is_some() || credited && self.meta.date.is_some()
    }

    /// Whether it has nothing to show but lines: most of its `size` characters are code or rows, or it has no head and hardly a sentence.
    fn is_shapeless(&self, size: usize) -> bool {
        let lines = |block: &&Block| matches!(block.kind, BlockKind::Code { .. } | BlockKind::Table(_));
        let verbatim: usize =
            self.blocks.iter().filter(lines).map(|block| length(self, std::slice::from_ref(block))).sum();
        let poems = self.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Verse(_))).count();
        let headed = self.blocks.iter().any(|block| matches!(block.kind, BlockKind::Heading(_)));
        verbatim * 2 > size && !headed && poems < POEMS
    }
}

/// A title without what is said in brackets behind it: `（草案）`, `（2020年修订）`.
fn bare(title: &str) -> &str {
    let title = title.trim_end();
    let within = title.strip_suffix(['）', ')', '》']).and_then(|rest| rest.rfind(['（', '(']));
    within.filter(|&at| at > 0).map_or(title, |at| title[..at].trim_end()).trim_end_matches('》')
}

/// Whether a block begins with the number of an article: `第一条 …`.
fn is_article(block: &Block) -> bool {
    let text = match &block.kind {
        BlockKind::Heading(heading) => heading.label.as_deref(),
        _ => first_text(block),
    };
    text.is_some_and(numbers_article)
}

fn numbers_article(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('第') else { return false };
    numeral(rest).is_some_and(|(_, len)| rest[len..].starts_with(|c| fold(c) == '条'))
}

/// The text that a paragraph begins with.
fn first_text(block: &Block) -> Option<&str> {
    let BlockKind::Paragraph { content, .. } = &block.kind else { return None };
    let mut first: &Inline = content.first()?;
    loop {
        match &first.kind {
            InlineKind::Text(text) => return Some(text),
            InlineKind::Strong(content) | InlineKind::Emphasis(content) => first = content.first()?,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Heading;

    fn paragraph(role: Role, text: &str) -> Block {
        Block::new(BlockKind::Paragraph { role, content: vec![Inline::text(text, 0..0)] }, 0..0)
    }

    fn titled(title: &str, mut blocks: Vec<Block>) -> Document {
        let heading = Heading {
            level: 1,
            title: true,
            label: None,
            content: vec![Inline::text(title, 0..0)],
            reason: "",
            weighed: None,
        };
        blocks.insert(0, Block::new(BlockKind::Heading(heading), 0..0));
        let mut document = Document { blocks, ..Document::default() };
        document.meta.title = Some(title.to_owned());
        document
    }

    #[test]
    fn kinds_are_told_by_parts_and_by_what_the_title_calls_itself() {
        let body = |text: &str| paragraph(Role::Body, text);
        let articles = || ["第一条　甲。", "第二条　乙。", "第三条　丙。"].map(body).to_vec();
        let cases = [
            (
                DocumentKind::Official,
                titled(
                    "关于防汛的通知",
                    vec![paragraph(Role::Salutation, "各科室："), body("甲。"), paragraph(Role::Signature, "某局")],
                ),
            ),
            (
                DocumentKind::Official,
                titled("某事", vec![paragraph(Role::DocumentNumber, "甲发〔2020〕1号"), body("甲。")]),
            ),
            (DocumentKind::Paper, titled("房屋租赁合同", articles())),
            (
                DocumentKind::Paper,
                titled("民事判决书", vec![paragraph(Role::DocumentNumber, "（2018）甲民初1号"), body("甲。")]),
            ),
            (
                DocumentKind::Paper,
                titled("致友人", vec![paragraph(Role::Salutation, "某兄："), paragraph(Role::Signature, "弟某")]),
            ),
            (DocumentKind::Law, titled("某市养犬条例（2020年修订）", articles())),
            (DocumentKind::Book, titled("某市养犬记", articles())),
            (DocumentKind::News, titled("江堤合龙", vec![body("本报讯（记者某某）昨日，江堤合龙。")])),
            (DocumentKind::Book, titled("山雨", vec![body("夜深了。")])),
        ];
        for (kind, document) in cases {
            assert_eq!(document.kind(), kind, "{:?}", document.meta.title);
        }
        let code = Block::new(BlockKind::Code { language: None, text: "a = 1\nb = 2\nc = 3".into() }, 0..0);
        assert_eq!(Document { blocks: vec![code, body("甲")], ..Document::default() }.kind(), DocumentKind::Plain);
        assert_eq!(Document { blocks: vec![body("夜深了。")], ..Document::default() }.kind(), DocumentKind::Book);
    }
}
