//! Lists of terms with what they mean, as dialects of Markdown have them: a term on a line, and below it a line that begins with a colon.

use super::Reader;
use crate::document::{Block, BlockKind, Inline, InlineKind, Role};
use std::ops::Range;

/// The longest term, in bytes.
const TERM: usize = 240;

impl Reader<'_> {
    /// Adds the paragraph `content` at `span`: what it defines in paragraphs of their own, behind the terms.
    pub fn add_paragraph(&mut self, content: Vec<Inline>, role: Role, span: Range<usize>) {
        let begins: Vec<usize> = (0..content.len()).filter(|&i| self.begins_definition(&content, i)).collect();
        let Some(&first) = begins.first().filter(|&&first| first > 0 || self.follows_term()) else {
            return self.push(BlockKind::Paragraph { role, content }, span);
        };
        let ends = begins.iter().skip(1).copied().chain([content.len()]);
        let parts: Vec<Range<usize>> = begins.iter().copied().zip(ends).map(|(from, to)| from..to).collect();
        let term = (first > 0).then_some(0..first);
        for (at, part) in term.into_iter().chain(parts).enumerate() {
            let mut inlines = content[part].to_vec();
            inlines.pop_if(|last| matches!(last.kind, InlineKind::Break));
            let defines = first == 0 || at > 0;
            if defines && let Some(Inline { kind: InlineKind::Text(text), span }) = inlines.first_mut() {
                const BLANKS: [char; 3] = [' ', '\t', '\u{3000}'];
                let source = &self.text[span.start + 1..];
                let blanks = source.len() - source.trim_start_matches(BLANKS).len();
                span.start += (1 + blanks).min(span.len());
                *text = text[1..].trim_start_matches(BLANKS).to_owned();
            }
            let Some(own) = inlines.iter().map(|inline| inline.span).reduce(|a, b| a.cover(b)) else { continue };
            let role = if defines { Role::Definition } else { role };
            self.push(BlockKind::Paragraph { role, content: inlines }, own.range());
        }
    }

    /// Whether inline `i` of `content` begins a line, and what is defined there.
    fn begins_definition(&self, content: &[Inline], i: usize) -> bool {
        let begins = i == 0 || matches!(content[i - 1].kind, InlineKind::Break);
        let Inline { kind: InlineKind::Text(text), span } = &content[i] else { return false };
        let said = text.strip_prefix(':').filter(|rest| rest.starts_with([' ', '\t']) && !rest.trim().is_empty());
        begins && said.is_some() && !self.text[..span.start].ends_with('\\') && self.text[span.start..].starts_with(':')
    }

    /// Whether the block before is a term, or defines one.
    fn follows_term(&self) -> bool {
        let before: Option<&Block> = self.frames.last().and_then(|frame| frame.blocks.last());
        before.is_some_and(|block| match &block.kind {
            BlockKind::Paragraph { role: Role::Definition, .. } => true,
            BlockKind::Paragraph { role: Role::Body, .. } => block.span.len() <= TERM,
            _ => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{BlockKind, Role, inline_text};
    use crate::recognize::{Hints, markdown};

    #[test]
    fn terms_stand_above_what_they_mean() {
        let text = "活字\n:   单个**字模**。\n:   也指书。\n\n版心\n\n:\t印有文字的部分。\n\n他说\n\\: 不是。\n";
        let document = markdown(text, &Hints::default()).0;
        let said = |kind: &BlockKind| match kind {
            BlockKind::Paragraph { role, content } => (*role == Role::Definition, inline_text(&document, content)),
            other => panic!("{other:?}"),
        };
        let seen: Vec<(bool, String)> = document.blocks.iter().map(|block| said(&block.kind)).collect();
        let wanted = [
            (false, "活字"),
            (true, "单个字模。"),
            (true, "也指书。"),
            (false, "版心"),
            (true, "印有文字的部分。"),
            (false, "他说\n: 不是。"),
        ];
        assert_eq!(seen, wanted.map(|(defines, text)| (defines, text.to_owned())));
    }
}
