//! The text as XHTML, in the syntax that readers of XML and of HTML take alike: what EPUB and HTML share. What stands around it, each says for itself.
//!
//! All text stands in the file as [`Document::text`] has it, markers of lists and marks of notes too; style sheets add nothing to it.

mod block;
mod contents;
mod css;
mod inline;
mod note;

use super::{OwnFont, Provenance};
use crate::chinese::contents::heading;
use crate::document::{Anchors, Block, BlockKind, Document, OutlineEntry, Role, Signing, signing};
use crate::lang::Language;
use crate::pictures::{Picture, Pictures};
use crate::style::Style;
use std::collections::BTreeSet;
use std::ops::Range;

pub use contents::{Entry, contents, entries};
pub use css::{print_sheet, sheet};

/// What an edition is made from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'m> {
    /// What it says.
    pub document: &'m Document,
    /// How it looks.
    pub style: &'m Style,
    /// Where it comes from.
    pub provenance: &'m Provenance<'m>,
    /// The pictures of the document, as far as they can be shown.
    pub pictures: &'m Pictures,
    /// Fonts to be carried along, and those of the user, to be named.
    pub fonts: &'m [OwnFont],
}

impl Material<'_> {
    /// The title; every file must have one, so the name of the source stands in for it.
    pub fn title(&self) -> &str {
        let own = self.document.meta.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
        own.or(Some(self.provenance.name.as_str()).filter(|name| !name.is_empty())).unwrap_or("—")
    }
}

/// Which package the text is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// One page for a browser.
    Html,
    /// Files of a book, whose elements say what they are (`epub:type`).
    Epub,
}

/// Writes the text of a document into files, one after the other.
pub struct Writer<'w> {
    document: &'w Document,
    medium: Medium,
    pictures: &'w Pictures,
    /// The address of a picture of this number.
    address: &'w dyn Fn(usize, &Picture) -> String,
    /// The pictures that have been shown.
    shown: BTreeSet<usize>,
    anchors: Anchors,
    /// The file that each heading of the outline stands in.
    headings: Vec<usize>,
    /// How many headings of the outline have been written.
    written: usize,
    /// The notes as far as they have come.
    notes: Vec<note::State>,
    /// Notes that the file in hand is the first to refer to.
    waiting: Vec<usize>,
    /// The file in hand.
    file: usize,
    /// Numbers of up to so many digits stand side by side in one place of a column; 0 where lines are horizontal.
    abreast: i32,
    /// Whether lines are parted by the sense of the text: those of headings.
    by_sense: bool,
    out: String,
}

impl<'w> Writer<'w> {
    /// A writer of `material`, the headings of whose `outline` stand in these files, and whose pictures have such addresses.
    pub fn new(
        material: &Material<'w>,
        medium: Medium,
        outline: &[OutlineEntry],
        headings: Vec<usize>,
        address: &'w dyn Fn(usize, &Picture) -> String,
    ) -> Self {
        Writer {
            document: material.document,
            medium,
            pictures: material.pictures,
            address,
            shown: BTreeSet::new(),
            anchors: Anchors::of(outline),
            headings,
            written: 0,
            notes: vec![note::State::default(); material.document.footnotes.len()],
            waiting: vec![],
            file: 0,
            abreast: if material.style.is_vertical() { material.style.vertical.abreast } else { 0 },
            by_sense: false,
            out: String::new(),
        }
    }

    /// Begins the file of this number.
    pub fn begin(&mut self, file: usize) {
        self.file = file;
    }

    /// Writes these blocks of the document's own.
    pub fn blocks(&mut self, range: Range<usize>) {
        let blocks = &self.document.blocks;
        for (i, block) in blocks.iter().enumerate().take(range.end).skip(range.start) {
            match &block.kind {
                BlockKind::Paragraph { role: Role::Signature, content }
                    if signing(self.document, blocks, i) != Signing::Right =>
                {
                    self.paragraph("signature parties", content, &mut None);
                }
                _ => self.block(block, &mut None, true),
            }
        }
    }

    /// Writes what is XHTML already.
    pub fn push(&mut self, xhtml: &str) {
        self.out.push_str(xhtml);
    }

    /// Takes what was written.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.out)
    }

    /// The numbers of the pictures that have been shown.
    pub fn shown(&self) -> impl Iterator<Item = usize> {
        self.shown.iter().copied()
    }

    /// An attribute that says to readers of books what an element is.
    fn kind(&self, kind: &str) -> String {
        match self.medium {
            Medium::Html => String::new(),
            Medium::Epub => format!(" epub:type=\"{kind}\""),
        }
    }

    /// The address of the element `id` in the file of number `file`.
    fn address_of(&self, file: usize, id: &str) -> String {
        if file == self.file { format!("#{id}") } else { format!("{}#{id}", file_name(file)) }
    }
}

/// The name of the file of number `file`.
pub fn file_name(file: usize) -> String {
    format!("c{file:03}.xhtml")
}

/// The id of the heading of number `heading` in the outline.
pub fn heading_id(heading: usize) -> String {
    format!("h{}", heading + 1)
}

/// The extension and type of a font file.
pub fn extension(program: &[u8]) -> &'static str {
    if program.starts_with(b"OTTO") { "otf" } else { "ttf" }
}

/// How many blocks at the beginning are the title and the lines that belong to it; none where there is no title among them.
pub fn front(document: &Document) -> usize {
    let mut has_title = false;
    let of_title = |block: &&Block| match &block.kind {
        BlockKind::Heading(heading) => {
            has_title |= heading.title;
            heading.title
        }
        BlockKind::Paragraph { role, .. } => {
            matches!(role, Role::Subtitle | Role::Imprint | Role::Classification | Role::Issuer | Role::DocumentNumber)
        }
        BlockKind::List(_)
        | BlockKind::Quote(_)
        | BlockKind::Verse(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Divider { .. }
        | BlockKind::Image(_) => false,
    };
    let count = document.blocks.iter().take_while(of_title).count();
    if has_title { count } else { 0 }
}

/// What an edition calls its parts, which is no part of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// The table of contents.
    pub contents: &'static str,
    /// The notes.
    pub notes: &'static str,
    /// The ways into the book.
    pub landmarks: &'static str,
    /// The page of the title.
    pub title_page: &'static str,
    /// The text itself.
    pub text: &'static str,
    /// What can be said of all editions to those who do not see them.
    pub accessible: &'static str,
}

impl Words {
    /// Those of `language`.
    pub fn of(language: Language) -> Self {
        let contents = heading(language);
        match language {
            Language::ZhHans => Words {
                contents,
                notes: "注释",
                landmarks: "导览",
                title_page: "书名页",
                text: "正文",
                accessible: "全书为文本，有目录与导览，注释可来回跳转，可用读屏软件通读。",
            },
            Language::ZhHant(_) => Words {
                contents,
                notes: "註釋",
                landmarks: "導覽",
                title_page: "書名頁",
                text: "正文",
                accessible: "全書為文本，有目錄與導覽，註釋可來回跳轉，可用讀屏軟件通讀。",
            },
            Language::Ja => Words {
                contents,
                notes: "注",
                landmarks: "ガイド",
                title_page: "扉",
                text: "本文",
                accessible: "すべてテキストで、目次があり、注は相互に移動でき、読み上げに対応します。",
            },
            Language::Ko => Words {
                contents,
                notes: "주석",
                landmarks: "길잡이",
                title_page: "표제지",
                text: "본문",
                accessible: "모두 텍스트이며 차례가 있고 주석을 오갈 수 있어 화면 낭독기로 읽을 수 있습니다.",
            },
            Language::En => Words {
                contents,
                notes: "Notes",
                landmarks: "Guide",
                title_page: "Title page",
                text: "Text",
                accessible: "All of it is text, with a table of contents and notes that lead there and back; a screen reader can read it through.",
            },
        }
    }
}
