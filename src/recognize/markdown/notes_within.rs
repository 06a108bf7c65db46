//! Notes that stand where they are called, `^[注文]`: the syntax of Pandoc.

use super::Reader;
use super::inlines::{self, Container};
use crate::document::{Block, BlockKind, InlineKind, Role};
use pulldown_cmark::Event;
use std::ops::Range;

/// No such note has more pieces of text.
const PIECES: usize = 200;

impl Reader<'_> {
    /// Reads the note that begins with the `^` at the end of `text`, if one does, and the text before it; returns how many of the following
    /// events it has taken.
    pub fn note_within(
        &mut self,
        text: &str,
        range: &Range<usize>,
        rest: &[(Event<'_>, Range<usize>)],
    ) -> Option<usize> {
        let before = text.strip_suffix('^').filter(|before| text.len() == range.len() && !before.ends_with('\\'))?;
        let piece = |at: usize| match rest.get(at) {
            Some((Event::Text(text), place)) => Some((&**text, place)),
            _ => None,
        };
        let (_, opening) = piece(0).filter(|(text, place)| *text == "[" && place.start == range.end)?;
        if piece(1).is_some_and(|(text, _)| text.starts_with('^')) {
            // A mark of a note that stands elsewhere, behind a circumflex of the text.
            return None;
        }
        let mut depth = 0;
        let mut close = None;
        for (at, (event, _)) in rest.iter().enumerate().take(PIECES) {
            match event {
                Event::Text(text) if &**text == "[" => depth += 1,
                Event::Text(text) if &**text == "]" => depth -= 1,
                Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::InlineMath(_) => {}
                Event::Start(tag) if is_inline(tag) => {}
                Event::End(end) if is_inline_end(end) => {}
                _ => return None,
            }
            if depth == 0 {
                close = Some(at);
                break;
            }
        }
        let close = close.filter(|close| *close > 1)?;
        let end = rest[close].1.end;
        if !before.is_empty() {
            self.words(before, &(range.start..range.end - 1), &[]);
        }
        let span = range.end - 1..end;
        self.inlines.open(Container::Cell, opening.end..rest[close].1.start);
        self.read(&rest[1..close]);
        let content = self.inlines.close().map(|(_, content, _)| inlines::trimmed(content)).unwrap_or_default();
        let block = Block::new(BlockKind::Paragraph { role: Role::Body, content }, opening.end..rest[close].1.start);
        let note = self.notes.within(vec![block], span.clone());
        self.inlines.push(InlineKind::NoteRef { note }, span);
        Some(close + 1)
    }
}

fn is_inline(tag: &pulldown_cmark::Tag<'_>) -> bool {
    use pulldown_cmark::Tag;
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Strikethrough)
}

fn is_inline_end(tag: &pulldown_cmark::TagEnd) -> bool {
    use pulldown_cmark::TagEnd;
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough)
}

#[cfg(test)]
mod tests {
    use crate::recognize::{Hints, markdown};

    #[test]
    fn notes_that_stand_where_they_are_called_are_notes() {
        let text = "雕版^[见《书林清话》*卷二*。]以后^[又一条[附]。]，活字[^1]。\n\n[^1]: 泥活字。\n";
        let document = markdown(text, &Hints::default()).0;
        let labels: Vec<&str> = document.footnotes.iter().map(|note| note.label.as_str()).collect();
        assert_eq!(labels, ["2", "3", "1"]);
        assert_eq!(
            document.text(),
            "雕版[2]以后[3]，活字[1]。\n[2]见《书林清话》卷二。\n[3]又一条[附]。\n[1]泥活字。\n"
        );
        let alone = markdown("甲^[一]乙^[二]\n", &Hints::default()).0;
        assert_eq!(alone.text(), "甲[1]乙[2]\n[1]一\n[2]二\n");
        for text in ["x^[^2]：\n", "甲^ [乙]\n", "甲^[]\n", "a^\\[b]\n"] {
            assert!(markdown(text, &Hints::default()).0.footnotes.iter().all(|note| note.blocks.is_empty()), "{text}");
        }
    }
}
