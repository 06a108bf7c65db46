//! Chapters: which headings a reader would look up in a table of contents.

use super::text::length;
use super::{Block, BlockKind, Document, OutlineEntry, Role};
use crate::chinese::contents::is_contents;

/// The least number of headings that make chapters.
const CHAPTERS: usize = 3;
/// The least length of a chapter whose heading does not call itself one, in characters.
const CHAPTER_LENGTH: usize = 3000;

/// The least number of sections that are looked up although they are short, and the least length of their text, in characters.
const SECTIONS: (usize, usize) = (8, 12_000);
/// The longest text that stands before the contents, in characters.
const FRONT: usize = 3000;

/// Which headings are chapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chapters {
    /// The level down to which they are.
    pub level: u8,
    /// Whether each is so long, or says so plainly that it is one, that it may begin a page.
    apart: bool,
    /// How long they are on the whole, in characters.
    length: usize,
}

impl Chapters {
    /// Whether each begins a page that holds `page` characters: not where they are many short ones, which would leave most of it empty.
    pub fn begin_pages(self, page: usize) -> bool {
        self.apart && self.length * 2 >= page
    }
}

impl Document {
    /// Which headings of `outline` (that of this document) are chapters, if the document has chapters: at least three below the title that
    /// say so themselves (第一章) or stand before long texts, or many in a long text.
    pub fn chapters(&self, outline: &[OutlineEntry]) -> Option<Chapters> {
        let headings: Vec<&OutlineEntry> = outline.iter().filter(|entry| !self.is_title(entry)).collect();
        let level = (1..=6).find(|&level| headings.iter().filter(|e| e.level <= level).count() >= CHAPTERS)?;
        let chapters: Vec<_> = headings.iter().filter(|e| e.level <= level).collect();
        let named = chapters.iter().filter(|e| e.text.starts_with('第') || e.text.starts_with("Chapter ")).count();
        let all = self.counts().1;
        // Heads of parts have no text of their own.
        let length = all / chapters.iter().filter(|e| e.level == level).count().max(1);
        if named * 2 > chapters.len() {
            return Some(Chapters { level, apart: true, length });
        }
        let apart = all / chapters.len() >= CHAPTER_LENGTH;
        let many = chapters.len() >= SECTIONS.0 && all >= SECTIONS.1;
        (apart || many).then_some(Chapters { level, apart, length })
    }

    /// Index of the block before which a table of contents stands whose chapters are of `level` in `outline` (that of this document): the
    /// contents that the text brings along, else the first chapter, or, where a long text precedes that, what follows the title and the lines that belong to it.
    pub fn contents_place(&self, outline: &[OutlineEntry], level: u8) -> Option<usize> {
        if let Some(own) = self.own_contents(outline) {
            return Some(own.blocks.start);
        }
        let first = outline.iter().find(|entry| entry.level <= level && !self.is_title(entry))?.block;
        if length(self, &self.blocks[..first]) <= FRONT {
            return Some(first);
        }
        let of_title = |block: &Block| match &block.kind {
            BlockKind::Heading(heading) => heading.title,
            BlockKind::Paragraph { role, .. } => matches!(role, Role::Subtitle | Role::Imprint),
            _ => false,
        };
        self.blocks.iter().position(|block| !of_title(block))
    }

    /// Whether pages have contents with their own numbers, whose chapters `outline` (that of this document) has: not where the text brings others
    /// along.
    pub fn gets_contents(&self, outline: &[OutlineEntry]) -> bool {
        self.own_contents(outline).is_some() || !self.has_contents(outline)
    }

    /// Whether the text brings its own table of contents: 目录, and entries below it.
    pub fn has_contents(&self, outline: &[OutlineEntry]) -> bool {
        outline.iter().any(|entry| {
            let below = self.blocks.iter().skip(entry.block + 1);
            let entries = below.take_while(|block| !matches!(block.kind, BlockKind::Heading(_)));
            let count =
                entries.map(|block| if matches!(block.kind, BlockKind::Paragraph { .. }) { 1 } else { CHAPTERS });
            is_contents(&entry.text) && count.sum::<usize>() >= CHAPTERS
        })
    }

    /// Whether `entry` is the title of this document.
    pub fn is_title(&self, entry: &OutlineEntry) -> bool {
        matches!(self.blocks.get(entry.block).map(|b| &b.kind), Some(BlockKind::Heading(heading)) if heading.title)
    }
}
