//! The table of contents that a text brings along: its heading, and entries that name the headings further on.
//!
//! Where pages have contents of their own, with the numbers of these pages, it is not seen on them.

use super::{Block, BlockKind, Document, OutlineEntry, inline_text};
use crate::chinese::contents::is_contents;
use crate::chinese::fold::fold;
use crate::chinese::numbering::label;
use std::collections::HashSet;
use std::ops::Range;

/// The fewest entries.
const ENTRIES: usize = 3;
/// The longest entry, in characters.
const LONGEST: usize = 60;

/// The contents of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnContents {
    /// The blocks, the heading among them.
    pub blocks: Range<usize>,
    /// How many entries there are.
    pub entries: usize,
    /// Those that name no heading.
    pub strangers: Vec<String>,
}

impl Document {
    /// The contents that the text brings along, if nearly all of its entries name headings of `outline` (that of this document) further on.
    pub fn own_contents(&self, outline: &[OutlineEntry]) -> Option<OwnContents> {
        let first = outline.iter().find(|entry| is_contents(&entry.text) && !self.is_title(entry))?.block;
        let mut named: HashSet<String> = HashSet::new();
        for entry in outline.iter().filter(|entry| entry.block > first) {
            named.extend(names(&entry.text));
        }
        let mut matched = 0;
        let mut strangers = vec![];
        let mut end = first + 1;
        // What stands behind the last entry that names a heading is none.
        let mut sure = (end, 0, 0);
        for (at, block) in self.blocks.iter().enumerate().skip(first + 1) {
            let Some(lines) = lines(self, block) else { break };
            for line in lines.iter().map(String::as_str).filter(|line| !line.trim().is_empty()) {
                match names(line).iter().any(|name| named.contains(name)) {
                    true => matched += 1,
                    false => strangers.push(line.to_owned()),
                }
            }
            end = at + 1;
            if matched > sure.1 {
                sure = (end, matched, strangers.len());
            }
        }
        strangers.truncate(sure.2);
        let (blocks, entries) = (first..sure.0, sure.1 + strangers.len());
        let enough = sure.1 >= ENTRIES && sure.1 * 5 >= entries * 4 && blocks.end < self.blocks.len();
        enough.then_some(OwnContents { blocks, entries, strangers })
    }
}

/// What may be entries in `block`, one a line; `None` where contents end.
fn lines(document: &Document, block: &Block) -> Option<Vec<String>> {
    let lines: Vec<String> = match &block.kind {
        BlockKind::Paragraph { content, .. } => inline_text(document, content).lines().map(str::to_owned).collect(),
        BlockKind::Verse(stanzas) => {
            stanzas.iter().flat_map(|stanza| &stanza.lines).map(|line| inline_text(document, &line.content)).collect()
        }
        BlockKind::List(list) => {
            let mut found = vec![];
            for block in list.items.iter().flat_map(|item| &item.blocks) {
                found.extend(self::lines(document, block)?);
            }
            found
        }
        BlockKind::Divider { .. } => vec![],
        BlockKind::Heading(_)
        | BlockKind::Quote(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Image(_) => return None,
    };
    lines.iter().all(|line| line.chars().count() <= LONGEST).then_some(lines)
}

/// What a heading, or the entry that names it, is known by: its words without blanks, marks and the number of its page, and the same without its
/// own number.
fn names(text: &str) -> Vec<String> {
    let leader =
        |c: char| matches!(c, '.' | '…' | '·' | '．' | '。' | '-' | '—' | '－' | '_' | '•' | '⋯') || c.is_whitespace();
    let page = |c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '(' | ')' | '（' | '）' | '/' | '第' | '页')
    };
    let text = text.trim();
    let without = text.trim_end_matches(page);
    // A number right behind words is one of them: 第5, 1984.
    let parted = without.ends_with(leader) || text[without.len()..].starts_with(['(', '（', '/']);
    let text = if parted && !without.is_empty() { without.trim_end_matches(leader) } else { text };
    let bare = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).map(fold).collect() };
    let own = label(text).map(|label| bare(&text[label.len..])).filter(|words| !words.is_empty());
    std::iter::once(bare(text)).chain(own).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Heading, Inline, Role};

    fn document(parts: &[(u8, &str)]) -> Document {
        let block = |&(level, text): &(u8, &str)| {
            let content = vec![Inline::text(text, 0..0)];
            let kind = match level {
                0 => BlockKind::Paragraph { role: Role::Body, content },
                level => {
                    BlockKind::Heading(Heading { level, title: false, label: None, content, reason: "", weighed: None })
                }
            };
            Block::new(kind, 0..0)
        };
        Document { blocks: parts.iter().map(block).collect(), ..Document::default() }
    }

    #[test]
    fn contents_are_entries_that_name_headings() {
        let text = [
            (1, "目　录"),
            (0, "第一章　到山城去……1"),
            (0, "茶馆 23"),
            (0, "雨季（57）"),
            (0, "后记"),
            (1, "第一章　到山城去"),
            (0, "甲。"),
            (1, "第二章 茶馆"),
            (0, "乙。"),
            (1, "第三章 雨季"),
            (0, "丙。"),
            (1, "後記"),
            (0, "丁。"),
        ];
        let own = |parts: &[(u8, &str)]| document(parts).own_contents(&document(parts).outline());
        let found = own(&text).unwrap();
        assert_eq!((found.blocks, found.entries, found.strangers.len()), (0..5, 4, 0));
        let mut other = text;
        other[2].1 = "山中 23";
        other[3].1 = "水上 57";
        assert_eq!(own(&other), None);
        assert_eq!(own(&text[5..]), None);
    }
}
