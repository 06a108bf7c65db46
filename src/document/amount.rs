//! How much there is of a document.

use super::{Block, BlockKind, Document, Inline, InlineKind};

/// Counts of what a document is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Characters.
    pub characters: u64,
    /// Characters of the longest line of text: a paragraph, a cell, a line of verse or of code.
    pub longest: u64,
    /// Blocks, those within others, items, and lines of verse and of code.
    pub blocks: u64,
    /// Headings.
    pub headings: u64,
    /// Cells of tables.
    pub cells: u64,
    /// Inlines that are more than text: emphasis, links, notes, readings.
    pub inlines: u64,
    /// Notes between the words.
    pub glosses: u64,
}

impl Document {
    /// How much there is of it, notes included.
    pub fn amount(&self) -> Amount {
        let mut amount = Amount::default();
        amount.add_blocks(&self.blocks);
        for note in &self.footnotes {
            amount.blocks += 1;
            amount.add_blocks(&note.blocks);
        }
        amount
    }
}

impl Amount {
    fn add_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.blocks += 1;
            match &block.kind {
                BlockKind::Heading(heading) => {
                    self.headings += 1;
                    self.add_line(&heading.content);
                }
                BlockKind::Paragraph { content, .. } => self.add_line(content),
                BlockKind::List(list) => {
                    for item in &list.items {
                        self.blocks += 1;
                        self.add_blocks(&item.blocks);
                    }
                }
                BlockKind::Quote(blocks) => self.add_blocks(blocks),
                BlockKind::Verse(stanzas) => {
                    for line in stanzas.iter().flat_map(|stanza| &stanza.lines) {
                        self.blocks += 1;
                        self.add_line(&line.content);
                    }
                }
                BlockKind::Code { text, .. } => {
                    for line in text.lines() {
                        self.blocks += 1;
                        self.add_line_of_text(line);
                    }
                }
                BlockKind::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells) {
                        self.cells += 1;
                        self.add_line(cell);
                    }
                }
                BlockKind::Divider { ornament } => self.add_line_of_text(ornament),
                BlockKind::Image(image) => self.add_line_of_text(&image.alt),
            }
        }
    }

    /// Adds what stands in one line.
    fn add_line(&mut self, inlines: &[Inline]) {
        let before = self.characters;
        self.add(inlines);
        self.longest = self.longest.max(self.characters - before);
    }

    fn add_line_of_text(&mut self, text: &str) {
        let before = self.characters;
        self.add_text(text);
        self.longest = self.longest.max(self.characters - before);
    }

    fn add(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inlines += u64::from(!matches!(inline.kind, InlineKind::Text(_)));
            self.glosses += u64::from(matches!(inline.kind, InlineKind::Gloss(_)));
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => self.add_text(text),
                InlineKind::Strong(content)
                | InlineKind::Emphasis(content)
                | InlineKind::Underline { content, .. }
                | InlineKind::Gloss(content)
                | InlineKind::Link { content, .. } => self.add(content),
                InlineKind::Ruby { base, reading } => {
                    self.add_text(base);
                    self.add_text(reading);
                }
                InlineKind::Image(image) => self.add_text(&image.alt),
                InlineKind::NoteRef { .. } | InlineKind::Break => {}
            }
        }
    }

    fn add_text(&mut self, text: &str) {
        self.characters += text.chars().count() as u64;
    }
}
