//! Which blocks stand in which file.

use crate::document::{Block, BlockKind, Document, OutlineEntry};
use crate::write::xhtml::front;
use std::ops::Range;

/// How much text of a document, in bytes, begins another file between two blocks where no chapter does: older readers keep a whole file in memory.
const LONG: usize = 200_000;
/// The most chapters that have a file each: of more, several share one, for a package holds 65,535 files, and readers open each.
const MOST: usize = 2000;
/// How long sections are on the whole, in characters, that begin a file although they stand below chapters: those are volumes, and these the chapters.
const CHAPTER: usize = 1500;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title and the lines that belong to it.
    TitlePage,
    /// The head of a part, without a text of its own.
    Part,
    /// A chapter.
    Chapter,
    /// What begins with no chapter.
    Text,
}

/// A file of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it holds.
    pub kind: Kind,
    /// The blocks of the document, by their indices.
    pub blocks: Range<usize>,
}

/// All files in their order; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The files.
    pub files: Vec<File>,
    /// Whether the book has chapters.
    pub chapters: bool,
    /// The level down to which headings stand in the table of contents.
    pub contents: u8,
}

impl Plan {
    /// The file that each heading of `outline` stands in.
    pub fn headings(&self, outline: &[OutlineEntry]) -> Vec<usize> {
        outline.iter().map(|entry| self.files.partition_point(|file| file.blocks.end <= entry.block)).collect()
    }
}

/// The files of `document`, whose `outline` this is.
pub fn plan(document: &Document, outline: &[OutlineEntry]) -> Plan {
    let blocks = &document.blocks;
    let level = level(document, outline);
    let top = outline.iter().filter(|entry| !document.is_title(entry)).map(|entry| entry.level).min().unwrap_or(1);
    let begins = |block: &Block| match &block.kind {
        BlockKind::Heading(heading) => {
            (!heading.title && level.is_some_and(|level| heading.level <= level)).then_some(heading.level)
        }
        BlockKind::Paragraph { .. }
        | BlockKind::List(_)
        | BlockKind::Quote(_)
        | BlockKind::Verse(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Divider { .. }
        | BlockKind::Image(_) => None,
    };
    let front = if level.is_some() { front(document) } else { 0 };
    let mut files = vec![];
    if front > 0 {
        files.push(File { kind: Kind::TitlePage, blocks: 0..front });
    }
    let shared = blocks.iter().filter(|block| begins(block).is_some()).count().div_ceil(MOST).max(1);
    let mut chapters = 0usize;
    let mut from = front;
    let mut kind = Kind::Text;
    let mut bytes = 0;
    for (i, block) in blocks.iter().enumerate().skip(front) {
        let chapter = begins(block);
        chapters += usize::from(chapter.is_some());
        let chapter = chapter.filter(|_| chapters % shared == 1 % shared);
        if (chapter.is_some() || bytes + block.span.len() > LONG && bytes > 0) && i > from {
            files.push(File { kind, blocks: from..i });
            (from, bytes, kind) = (i, 0, Kind::Text);
        }
        if let Some(own) = chapter {
            let below = shared == 1 && blocks.get(i + 1).and_then(begins).is_some_and(|next| next > own);
            kind = if below { Kind::Part } else { Kind::Chapter };
        }
        bytes += block.span.len();
    }
    if from < blocks.len() || files.is_empty() {
        files.push(File { kind, blocks: from..blocks.len() });
    }
    Plan { files, chapters: level.is_some(), contents: level.unwrap_or_default().max(top.saturating_add(1)) }
}

/// The level down to which headings begin files.
fn level(document: &Document, outline: &[OutlineEntry]) -> Option<u8> {
    let mut level = document.chapters(outline)?.level;
    let characters = document.counts().1;
    let down_to = |level: u8| outline.iter().filter(|e| e.level <= level && !document.is_title(e)).count();
    while level < 6 && down_to(level + 1) > down_to(level) && characters / down_to(level + 1) >= CHAPTER {
        level += 1;
    }
    Some(level)
}
