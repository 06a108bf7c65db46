//! Headings that the user or the file names by pattern; they come before every guess.

use super::{Hints, front_matter};
use crate::document::{Block, BlockKind, Document, Heading, Meta, inline_text};
use crate::note::{At, Note};
use regex::Regex;

/// Why a line is a heading that a pattern names.
pub const REASON: &str = "named by a pattern";

/// Patterns with their levels, those of the file before those of the configuration.
#[derive(Debug, Default)]
pub struct Patterns(Vec<(u8, Regex)>);

impl Patterns {
    /// The patterns for a text with the front matter `meta`; one that cannot be read is reported.
    pub fn new(meta: &Meta, hints: &Hints) -> (Self, Vec<Note>) {
        let (mut patterns, mut notes) = (vec![], vec![]);
        let given = hints.heading_patterns.iter().map(|(level, pattern)| (*level, pattern.as_str()));
        for (level, pattern) in front_matter::heading_patterns(meta).chain(given) {
            match Regex::new(pattern) {
                Ok(regex) => patterns.push((level, regex)),
                Err(error) => notes.push(Note::warning("heading-pattern", At::File, format!("{pattern}: {error}"))),
            }
        }
        (Patterns(patterns), notes)
    }

    /// The level of the first pattern that names `line`.
    pub fn level(&self, line: &str) -> Option<u8> {
        self.0.iter().find(|(_, regex)| regex.is_match(line)).map(|(level, _)| *level)
    }

    /// Makes headings of the paragraphs of one line that are named, and gives the headings that are named their level.
    pub fn claim(&self, blocks: &mut [Block]) {
        if self.0.is_empty() {
            return;
        }
        let document = Document::default();
        for block in blocks {
            let (BlockKind::Paragraph { content, .. } | BlockKind::Heading(Heading { content, .. })) = &mut block.kind
            else {
                continue;
            };
            let Some(level) = self.level(&inline_text(&document, content)) else { continue };
            let content = std::mem::take(content);
            let heading = Heading { level, title: false, label: None, content, reason: REASON };
            block.kind = BlockKind::Heading(heading);
        }
    }
}
