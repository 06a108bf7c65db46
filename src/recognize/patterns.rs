//! Headings that the user or the file names by pattern; they come before every guess.

use super::{Hints, front_matter};
use crate::document::{Block, BlockKind, Document, Heading, Meta, inline_text};
use crate::error::Cause;
use crate::note::{At, Note};
use regex::Regex;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// Why a line is a heading that a pattern names.
pub const REASON: &str = "named by a pattern";

/// A regular expression that names headings of a level.
#[derive(Debug, Clone)]
pub struct HeadingPattern {
    level: u8,
    regex: Regex,
}

impl HeadingPattern {
    /// Reads `pattern`.
    ///
    /// # Errors
    /// What is wrong with it, in a few words.
    pub fn new(level: u8, pattern: &str) -> Result<Self, String> {
        let why = |error: regex::Error| {
            let told = error.to_string();
            // It is told over several lines, with the pattern again; the cause comes last.
            let cause = told.lines().next_back().unwrap_or_default();
            cause.strip_prefix("error: ").unwrap_or(cause).to_owned()
        };
        Ok(HeadingPattern { level, regex: Regex::new(pattern).map_err(why)? })
    }

    /// The level of the headings that it names.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// The regular expression.
    pub fn pattern(&self) -> &str {
        self.regex.as_str()
    }
}

impl PartialEq for HeadingPattern {
    fn eq(&self, other: &Self) -> bool {
        (self.level, self.pattern()) == (other.level, other.pattern())
    }
}

impl Eq for HeadingPattern {}

impl Serialize for HeadingPattern {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (self.level, self.pattern()).serialize(to)
    }
}

/// The patterns that hold for a text, those of the file before those of the configuration.
#[derive(Debug)]
pub struct Patterns {
    own: Vec<HeadingPattern>,
    given: Arc<[HeadingPattern]>,
}

impl Patterns {
    /// The patterns for a text with the front matter `meta`; one there that cannot be read is reported.
    pub fn new(meta: &Meta, hints: &Hints) -> (Self, Vec<Note>) {
        let (mut own, mut notes) = (vec![], vec![]);
        for (level, pattern) in front_matter::heading_patterns(meta) {
            match HeadingPattern::new(level, pattern) {
                Ok(pattern) => own.push(pattern),
                Err(why) => {
                    let detail = Cause::of(pattern, Cause::text(why));
                    notes.push(Note::warning("heading-pattern", At::File, detail));
                }
            }
        }
        (Patterns { own, given: Arc::clone(&hints.heading_patterns) }, notes)
    }

    /// The level of the first pattern that names `line`.
    pub fn level(&self, line: &str) -> Option<u8> {
        self.own.iter().chain(&*self.given).find(|pattern| pattern.regex.is_match(line)).map(HeadingPattern::level)
    }

    /// Makes headings of the paragraphs of one line that are named, and gives the headings that are named their level.
    pub fn claim(&self, blocks: &mut [Block]) {
        if self.own.is_empty() && self.given.is_empty() {
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
            let heading = Heading { level, title: false, label: None, content, reason: REASON, weighed: None };
            block.kind = BlockKind::Heading(heading);
        }
    }
}
