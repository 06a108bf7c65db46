//! Names of places in a text, `<a name="x">`, `{#x}`: links to them lead to the headings that have them.

use super::{Reader, boxes, inlines};
use crate::document::{Block, Inline, InlineKind, anchor, each_content, heading_id};
use std::collections::HashMap;
use std::ops::Range;

/// The names that were met, and the anchors of the headings that they stand for.
#[derive(Debug, Default)]
pub struct Names {
    /// Names that stand before the block to come.
    pending: Vec<String>,
    /// The anchor of the last heading.
    above: Option<String>,
    led: HashMap<String, String>,
}

impl Names {
    /// A place has this name.
    pub fn name(&mut self, name: String) {
        self.pending.push(name);
    }

    /// A block has ended, whose names lead to it if it is a heading (of this text), and else to the heading above.
    pub fn block(&mut self, heading: Option<&str>) {
        if let Some(text) = heading {
            self.above = Some(anchor(text));
        }
        let Some(above) = &self.above else { return };
        for name in self.pending.drain(..) {
            self.led.entry(name).or_insert_with(|| above.clone());
        }
    }

    /// Whether links may have to be led.
    pub fn is_empty(&self) -> bool {
        self.led.is_empty()
    }

    /// Leads the links in `blocks` that name a place to its heading.
    pub fn lead(&self, blocks: &mut [Block]) {
        each_content(blocks, &mut |content| self.inlines(content));
    }

    fn inlines(&self, inlines: &mut [Inline]) {
        for inline in inlines {
            match &mut inline.kind {
                InlineKind::Link { target, content, .. } => {
                    if let Some(led) = target.strip_prefix('#').and_then(|name| self.led.get(name)) {
                        *target = format!("#{led}");
                    }
                    self.inlines(content);
                }
                InlineKind::Strong(content)
                | InlineKind::Emphasis(content)
                | InlineKind::Underline { content, .. }
                | InlineKind::Gloss(content) => self.inlines(content),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::NoteRef { .. }
                | InlineKind::Ruby { .. }
                | InlineKind::Image(_)
                | InlineKind::Break => {}
            }
        }
    }
}

impl Reader<'_> {
    /// Takes the name that a dialect gives a heading from the end of its text: `小节 {#sec}`.
    pub fn take_id(&mut self, content: &mut Vec<Inline>, span: &Range<usize>) {
        let source = self.text[span.clone()].trim_end().trim_end_matches('#').trim_end();
        let Some(Inline { kind: InlineKind::Text(text), .. }) = content.last_mut() else { return };
        let Some(at) = heading_id(text) else { return };
        let id = text[at..].trim().to_owned();
        // What is escaped is text.
        let Some(before) = source.strip_suffix(id.as_str()).filter(|before| !before.ends_with('\\')) else { return };
        text.truncate(at);
        let place = span.start + before.len()..span.start + source.len();
        self.dropped.push(boxes::told(&id, place));
        let name = id.trim_start_matches("{#").split([' ', '}']).next().unwrap_or_default();
        self.names.name(name.to_owned());
        *content = inlines::trimmed(std::mem::take(content));
    }
}

/// The plain words of `content`.
pub fn words_of(content: &[Inline]) -> String {
    let mut words = String::new();
    for inline in content {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => words.push_str(text),
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content)
            | InlineKind::Link { content, .. } => words.push_str(&words_of(content)),
            InlineKind::Ruby { base, .. } => words.push_str(base),
            InlineKind::NoteRef { .. } | InlineKind::Image(_) => {}
            InlineKind::Break => words.push(' '),
        }
    }
    words
}
