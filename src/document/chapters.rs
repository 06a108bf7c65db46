//! Chapters: which headings a reader would look up in a table of contents.

use super::text::length;
use super::{Block, BlockKind, Document, OutlineEntry, Role};

/// The least number of headings that make chapters.
const CHAPTERS: usize = 3;
/// The least length of a chapter whose heading does not call itself one, in characters.
const CHAPTER_LENGTH: usize = 3000;

/// The longest text that stands before the contents, in characters.
const FRONT: usize = 3000;

impl Document {
    /// The level down to which headings of `outline` (that of this document) are chapters, if the document has chapters: at least three
    /// headings below the title that say so themselves (第一章) or stand before long texts.
    pub fn chapter_level(&self, outline: &[OutlineEntry]) -> Option<u8> {
        let headings: Vec<&OutlineEntry> = outline.iter().filter(|entry| !self.is_title(entry)).collect();
        let level = (1..=6).find(|&level| headings.iter().filter(|e| e.level <= level).count() >= CHAPTERS)?;
        let chapters: Vec<_> = headings.iter().filter(|e| e.level <= level).collect();
        let named = chapters.iter().filter(|e| e.text.starts_with('第') || e.text.starts_with("Chapter ")).count();
        let long = || self.counts().1 / chapters.len() >= CHAPTER_LENGTH;
        (named * 2 > chapters.len() || long()).then_some(level)
    }

    /// Index of the block before which a table of contents stands whose chapters are of `level` in `outline` (that of this document): the
    /// first chapter, or, where a long text precedes that, what follows the title and the lines that belong to it.
    pub fn contents_place(&self, outline: &[OutlineEntry], level: u8) -> Option<usize> {
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

    /// Whether the text brings its own table of contents: 目录, and entries below it.
    pub fn has_contents(&self, outline: &[OutlineEntry]) -> bool {
        const NAMES: [&str; 3] = ["目录", "目錄", "目次"];
        outline.iter().any(|entry| {
            let name: String = entry.text.chars().filter(|c| !c.is_whitespace()).collect();
            let below = self.blocks.iter().skip(entry.block + 1);
            let entries = below.take_while(|block| !matches!(block.kind, BlockKind::Heading(_)));
            let count =
                entries.map(|block| if matches!(block.kind, BlockKind::Paragraph { .. }) { 1 } else { CHAPTERS });
            NAMES.contains(&name.as_str()) && count.sum::<usize>() >= CHAPTERS
        })
    }

    /// Whether `entry` is the title of this document.
    pub fn is_title(&self, entry: &OutlineEntry) -> bool {
        matches!(self.blocks.get(entry.block).map(|b| &b.kind), Some(BlockKind::Heading(heading)) if heading.title)
    }
}
