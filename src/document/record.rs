//! The parts of a document of an office that have a place of their own on its pages: the record of printing, and what is attached.

use super::{Block, BlockKind, Document, InlineKind, Role, Table, inline_text};
use crate::chinese::numeral::is_numeral;
use crate::chinese::words::Word;
use std::ops::Range;

impl Document {
    /// The block from which on the document is its record of printing (版记, GB/T 9704 7.4), if it ends with one.
    pub fn record(&self) -> Option<usize> {
        let is_entry = |block: &Block| matches!(block.kind, BlockKind::Paragraph { role: Role::PrintRecord, .. });
        let first = self.blocks.iter().rposition(|block| !is_entry(block)).map_or(0, |before| before + 1);
        (first < self.blocks.len()).then_some(first)
    }

    /// Whether a page begins with block `index` where what is attached begins one: with it, with what is passed on, and with the next of several
    /// documents.
    pub fn begins_apart(&self, index: usize) -> bool {
        let Some(block) = self.blocks.get(index) else { return false };
        if let BlockKind::Paragraph { role: Role::Attachment, content } = &block.kind
            && marks_attachment(&inline_text(self, content))
        {
            return true;
        }
        let closes = |block: &Block| {
            matches!(
                block.kind,
                BlockKind::Paragraph { role: Role::Signature | Role::Annotation | Role::PrintRecord, .. }
            )
        };
        let heads = |block: &Block| matches!(&block.kind, BlockKind::Heading(h) if h.level == 1 && !h.title);
        // The next thing that is attached counts on from the one before.
        if let (BlockKind::Heading(heading), true) = (&block.kind, heads(block))
            && numbers_attachment(&inline_text(self, &heading.content))
        {
            return true;
        }
        let is_divider = |block: &&Block| matches!(block.kind, BlockKind::Divider { .. });
        index > 0
            && closes(&self.blocks[index - 1])
            && self.blocks[index..].iter().find(|b| !is_divider(b)).is_some_and(heads)
    }

    /// Whether the page that says who has published the book begins or ends above block `index`: a page begins with it.
    pub fn turns_to_publication(&self, index: usize) -> bool {
        let of = |index: usize| {
            let kind = self.blocks.get(index).map(|block| &block.kind);
            matches!(kind, Some(BlockKind::Paragraph { role: Role::Publication, .. }))
        };
        index > 0 && of(index) != of(index - 1)
    }

    /// Whether block `index` is the number of what is attached, alone above its title: `附件1` (7.3.7). It begins a page.
    pub fn opens_attachment(&self, index: usize) -> bool {
        let Some(BlockKind::Paragraph { content, .. }) = self.blocks.get(index).map(|block| &block.kind) else {
            return false;
        };
        let [only] = &content[..] else { return false };
        let InlineKind::Text(text) = &only.kind else { return false };
        let titled = matches!(self.blocks.get(index + 1).map(|block| &block.kind), Some(BlockKind::Heading(_)));
        let number = Word::Attachment.strip(text.trim()).map(|rest| rest.trim_end_matches([':', '：']));
        titled && number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit() || is_numeral(c) || c == ' '))
    }
}

impl Document {
    /// The blocks that stand on pages that are turned (7.5, 8): each table that `is_wide`, with all of the attachment that it is.
    pub fn turned_blocks(&self, mut is_wide: impl FnMut(&Table) -> bool) -> Vec<Range<usize>> {
        let mut turned: Vec<Range<usize>> = vec![];
        for (index, block) in self.blocks.iter().enumerate() {
            let BlockKind::Table(table) = &block.kind else { continue };
            if turned.last().is_some_and(|range| range.end > index) || !is_wide(table) {
                continue;
            }
            let short = |block: &Block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph { .. });
            let above = self.blocks.iter().take(index).rev().take_while(|block| short(block)).count();
            let start = (index - above..index).rev().find(|&at| self.begins_apart(at)).unwrap_or(index);
            let record = self.print_record().unwrap_or(self.blocks.len());
            let own = start < index;
            let end = (index + 1..record).find(|&at| !own || self.begins_apart(at)).unwrap_or(record.max(index + 1));
            turned.push(start..end);
        }
        turned
    }
}

/// Whether a paragraph about what is attached that says `text` is the mark of the page that it begins (7.3.7): `附件1`. What has a colon
/// lists what is attached.
pub fn marks_attachment(text: &str) -> bool {
    /// No such mark is longer.
    const LONGEST: usize = 8;
    Word::Attachment.is_in(text) && text.chars().count() <= LONGEST && !text.contains(['：', ':'])
}

/// Whether `text` begins as the title of what is attached to a contract does: `附件一：设备清单`, `附件一`.
pub fn numbers_attachment(text: &str) -> bool {
    let rest = Word::Attachment.strip(text).unwrap_or_default().trim_start();
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    name.len() < rest.len() && (name.is_empty() || name.starts_with(['：', ':', ' ', '\u{3000}']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Heading, Inline};

    #[test]
    fn records_and_attachments_are_found() {
        let paragraph =
            |role, text: &str| Block::new(BlockKind::Paragraph { role, content: vec![Inline::text(text, 0..0)] }, 0..0);
        let heading = Heading {
            level: 1,
            title: false,
            label: None,
            content: vec![Inline::text("巡查表", 0..0)],
            reason: "",
            weighed: None,
        };
        let blocks = vec![
            paragraph(Role::Attachment, "附件：1.巡查表"),
            paragraph(Role::Attachment, "附件1"),
            Block::new(BlockKind::Heading(heading), 0..0),
            paragraph(Role::Body, "（略）"),
            paragraph(Role::PrintRecord, "抄送：市委办公室。"),
            paragraph(Role::PrintRecord, "市水务局办公室　　2021年5月9日印发"),
        ];
        let document = Document { blocks, ..Document::default() };
        assert_eq!(document.record(), Some(4));
        let opens: Vec<usize> = (0..6).filter(|&i| document.opens_attachment(i)).collect();
        assert_eq!(opens, [1]);
        assert_eq!(Document::default().record(), None);
    }
}
