//! Line ends within a paragraph that are meant, though Markdown joins the lines: fields, verse, numbered lines.
//!
//! CommonMark takes the end of a line for a space. Whoever writes `**作者**：佚名` below another field, or a poem, means lines; whoever breaks
//! prose at a column does not. The lines themselves tell which.

use super::Reader;
use crate::chinese::lines::{is_verse, meant};
use crate::document::{BlockKind, Inline, InlineKind, Stanza, VerseLine};
use crate::error::Cause;
use crate::note::{At, Note};
use std::ops::Range;

impl Reader<'_> {
    /// Finds the line ends that are meant in the paragraph or the item at `range`.
    pub fn means(&mut self, range: &Range<usize>) {
        self.told = false;
        // An item holds all that stand within it: nested in one line, they are not looked through from each level on.
        let end = self.line_end(range.start);
        if end >= range.end || self.text[end..range.end].trim_start().is_empty() {
            self.meant.clear();
            self.verse = false;
            return;
        }
        let source = &self.text[range.clone()];
        (self.meant, self.verse) = (meant(source), is_verse(source));
        self.meant.iter_mut().for_each(|end| *end += range.start);
    }

    /// Where the line of byte `at` ends.
    fn line_end(&mut self, at: usize) -> usize {
        if !(self.line.start..=self.line.end).contains(&at) || self.line.is_empty() {
            self.line = at..self.text[at..].find('\n').map_or(self.text.len(), |length| at + length);
        }
        self.line.end
    }

    /// Whether the line end at `range` is meant.
    pub fn is_meant(&self, range: &Range<usize>) -> bool {
        let next = self.meant.partition_point(|&end| end < range.start);
        self.meant.get(next).is_some_and(|&end| end < range.end)
    }

    /// Tells of the first line end of a paragraph that is kept, at `range`.
    pub fn tell_meant(&mut self, range: &Range<usize>) {
        if !std::mem::replace(&mut self.told, true) {
            let line = self.text[..range.start].rsplit('\n').next().unwrap_or_default().trim();
            let detail = Cause::text(line.chars().take(80).collect::<String>());
            self.dropped.push(Note::info("line-ends-kept", At::Normal(range.clone().into()), detail));
        }
    }
}

/// The lines of `content` as verse.
pub fn verse(content: Vec<Inline>) -> BlockKind {
    let lines = content.split(|inline| matches!(inline.kind, InlineKind::Break)).map(|line| {
        let span = line.iter().map(|inline| inline.span).reduce(|a, b| a.cover(b)).unwrap_or_default();
        VerseLine { content: line.to_vec(), span }
    });
    BlockKind::Verse(vec![Stanza { lines: lines.collect() }])
}
