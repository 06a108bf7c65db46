//! The text of a document: the one answer to "what does it say", which every output must give back.
//!
//! One line a paragraph, heading, list item paragraph, verse line, table row (cells parted by a tab) or line of code; nothing between
//! blocks. List markers are part of the text: one stands before the first line of its item, or in a line of its own where the item
//! begins with a list, a table or a rule. Notes follow at the end, each beginning with its label as an item does with its marker.

use super::*;
use crate::chinese::bullets::drawn;
use crate::chinese::numeral::spell;

/// A heading in the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// Index of its block in [`Document::blocks`].
    pub block: usize,
}

impl Document {
    /// The text as lines, as described above; LF after each.
    pub fn text(&self) -> String {
        self.all(false).text
    }

    /// The text with the places that its pieces came from.
    pub fn placed(&self) -> Placed {
        self.all(true)
    }

    fn all(&self, placed: bool) -> Placed {
        let mut out = Out { placed, ..Out::default() };
        for block in &self.blocks {
            if let (true, BlockKind::Heading(heading)) = (placed, &block.kind) {
                out.found.headings.push((out.len(), heading.level));
            }
            blocks_text(self, std::slice::from_ref(block), false, &mut out);
        }
        for note in self.footnotes.iter().filter(|note| note.is_own()) {
            marked_text(self, &display_label(&note.label), &note.blocks, &mut out);
        }
        out.found
    }

    /// The first lines of [`Self::text`], whole blocks of at least `bytes` bytes in all where there are as many.
    pub fn opening(&self, bytes: usize) -> String {
        self.opening_of(bytes, |_| true)
    }

    /// The same of the `wanted` blocks.
    pub fn opening_of(&self, bytes: usize, wanted: impl Fn(&BlockKind) -> bool) -> String {
        let mut out = Out::default();
        for block in self.blocks.iter().filter(|block| wanted(&block.kind)) {
            if out.len() >= bytes {
                return out.found.text;
            }
            blocks_text(self, std::slice::from_ref(block), false, &mut out);
        }
        for note in self.footnotes.iter().filter(|note| note.is_own()) {
            if out.len() >= bytes {
                return out.found.text;
            }
            marked_text(self, &display_label(&note.label), &note.blocks, &mut out);
        }
        out.found.text
    }

    /// The headings of the top level of blocks, in order.
    pub fn outline(&self) -> Vec<OutlineEntry> {
        self.blocks
            .iter()
            .enumerate()
            .filter_map(|(block, b)| match &b.kind {
                BlockKind::Heading(h) => {
                    Some(OutlineEntry { level: h.level, text: inline_text(self, &h.content), block })
                }
                _ => None,
            })
            .collect()
    }

    /// Number of paragraphs, and of characters in all, line ends left out.
    pub fn counts(&self) -> (usize, usize) {
        fn paragraphs(blocks: &[Block]) -> usize {
            blocks
                .iter()
                .map(|b| match &b.kind {
                    BlockKind::Paragraph { .. } => 1,
                    BlockKind::List(list) => list.items.iter().map(|i| paragraphs(&i.blocks)).sum(),
                    BlockKind::Quote(blocks) => paragraphs(blocks),
                    BlockKind::Heading(_)
                    | BlockKind::Verse(_)
                    | BlockKind::Code { .. }
                    | BlockKind::Table(_)
                    | BlockKind::Divider { .. }
                    | BlockKind::Image(_) => 0,
                })
                .sum()
        }
        let text = self.text();
        let lines = text.bytes().filter(|&b| b == b'\n').count();
        (paragraphs(&self.blocks), text.chars().count() - lines)
    }
}

/// The text of a document, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// Where in it the pieces begin that stand in the normalized text as well, in order, with their places there.
    pub pieces: Vec<(usize, Span<Normal>)>,
    /// Where in it the headings of the top level begin, with their levels.
    pub headings: Vec<(usize, u8)>,
}

/// A text under way.
#[derive(Default)]
struct Out {
    found: Placed,
    /// Whether its places are kept.
    placed: bool,
}

impl Out {
    fn len(&self) -> usize {
        self.found.text.len()
    }

    fn push(&mut self, c: char) {
        self.found.text.push(c);
    }

    fn push_str(&mut self, text: &str) {
        self.found.text.push_str(text);
    }

    /// Adds `text`, which was read at `span`.
    fn piece(&mut self, text: &str, span: Span<Normal>) {
        // Where the lengths differ, syntax was read there.
        if self.placed && span.len() == text.len() {
            self.found.pieces.push((self.len(), span));
        }
        self.push_str(text);
    }
}

/// `blocks` after their marker.
fn marked_text(doc: &Document, marker: &str, blocks: &[Block], out: &mut Out) {
    out.push_str(marker);
    if blocks_text(doc, blocks, !marker.is_empty(), out) {
        out.push('\n');
    }
}

/// Appends `blocks`; `open` says whether a marker has begun the line and waits for its text, the result whether it still does.
fn blocks_text(doc: &Document, blocks: &[Block], mut open: bool, out: &mut Out) -> bool {
    for block in blocks {
        let alone = match &block.kind {
            BlockKind::List(_) | BlockKind::Table(_) => true,
            BlockKind::Divider { ornament } => ornament.is_empty(),
            BlockKind::Heading(_)
            | BlockKind::Paragraph { .. }
            | BlockKind::Quote(_)
            | BlockKind::Verse(_)
            | BlockKind::Code { .. }
            | BlockKind::Image(_) => false,
        };
        if open && alone {
            out.push('\n');
        }
        let before = out.len();
        match &block.kind {
            BlockKind::Heading(Heading { content, .. }) | BlockKind::Paragraph { content, .. } => {
                push_inlines(doc, content, out);
                out.push('\n');
            }
            BlockKind::List(list) => {
                for (i, item) in list.items.iter().enumerate() {
                    marked_text(doc, &marker_text(list.marker, i), &item.blocks, out);
                }
            }
            BlockKind::Quote(blocks) => open = blocks_text(doc, blocks, open, out),
            BlockKind::Verse(stanzas) => {
                for line in stanzas.iter().flat_map(|s| &s.lines) {
                    push_inlines(doc, &line.content, out);
                    out.push('\n');
                }
            }
            BlockKind::Code { text, .. } => {
                out.piece(text, block.span);
                out.push('\n');
            }
            BlockKind::Table(table) => {
                for row in &table.rows {
                    for (i, cell) in row.cells.iter().enumerate() {
                        if i > 0 {
                            out.push('\t');
                        }
                        push_inlines(doc, cell, out);
                    }
                    out.push('\n');
                }
            }
            BlockKind::Divider { ornament } => {
                if !ornament.is_empty() {
                    out.piece(ornament, block.span);
                    out.push('\n');
                }
            }
            BlockKind::Image(image) => {
                out.push_str(&image.alt);
                out.push('\n');
            }
        }
        open &= !alone && out.len() == before;
    }
    open
}

/// Number of characters of `blocks`, line ends among them.
pub(super) fn length(doc: &Document, blocks: &[Block]) -> usize {
    let mut out = Out::default();
    blocks_text(doc, blocks, false, &mut out);
    out.found.text.chars().count()
}

/// The plain text of inlines; a line break within them is LF.
pub fn inline_text(doc: &Document, inlines: &[Inline]) -> String {
    let mut out = Out::default();
    push_inlines(doc, inlines, &mut out);
    out.found.text
}

/// What a table of contents says of a heading: its text without marks of notes, readings and line breaks.
pub fn contents_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_contents_text(inlines, &mut text);
    text
}

fn push_contents_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content)
            | InlineKind::Link { content, .. } => {
                push_contents_text(content, out);
            }
            InlineKind::Ruby { base, .. } => out.push_str(base),
            InlineKind::Image(image) => out.push_str(&image.alt),
            InlineKind::NoteRef { .. } => {}
            InlineKind::Break => out.push('\u{3000}'),
        }
    }
}

fn push_inlines(doc: &Document, inlines: &[Inline], out: &mut Out) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.piece(text, inline.span),
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content)
            | InlineKind::Link { content, .. } => {
                push_inlines(doc, content, out);
            }
            InlineKind::NoteRef { note } => {
                if let Some(note) = doc.footnotes.get(*note).filter(|note| note.is_own()) {
                    out.push_str(&display_label(&note.label));
                }
            }
            InlineKind::Ruby { base, reading } => {
                out.push_str(base);
                out.push('（');
                out.push_str(reading);
                out.push('）');
            }
            InlineKind::Image(image) => out.push_str(&image.alt),
            InlineKind::Break => out.push('\n'),
        }
    }
}

/// How the label of a note is shown, both at the reference and at the note: `①`, `（1）` and `**` as they are, everything else in brackets,
/// `[1]`.
pub fn display_label(label: &str) -> String {
    let mut chars = label.chars();
    let stars = |c: char| matches!(c, '※' | '＊' | '*' | '†');
    match (chars.next(), chars.next()) {
        (Some('①'..='⓿'), None) => label.to_owned(),
        (Some(star), _) if stars(star) && label.chars().all(stars) => label.to_owned(),
        (Some('〔' | '［' | '[' | '（' | '(' | '【'), Some(_)) => label.to_owned(),
        _ => format!("[{label}]"),
    }
}

/// What stands before a list in Markdown, which has no lists without markers, that has none.
pub const UNMARKED: &str = "<!-- unmarked list -->";

/// The visible marker of item `index` (from 0) of a list, with the space that parts it from the text where the form has one.
pub fn marker_text(marker: Marker, index: usize) -> String {
    match marker {
        Marker::None => String::new(),
        Marker::Bullet(c) => format!("{c} "),
        Marker::Number { start, form } => {
            let n = u64::from(start) + index as u64;
            let number = match form.numerals {
                Numerals::Arabic => n.to_string(),
                Numerals::Han => spell(n),
                Numerals::Circled => circled(n),
                Numerals::Enclosed(first) => enclosed(n, first),
                Numerals::Lower => letters(n, b'a'),
                Numerals::Upper => letters(n, b'A'),
            };
            let space = form.space.then_some(' ');
            form.open.into_iter().chain(number.chars()).chain(form.close).chain(space).collect()
        }
    }
}

/// The same as it is drawn: a bullet that was typed for want of one (`-`) is one.
pub fn shown_marker(marker: Marker, index: usize) -> String {
    match marker {
        Marker::Bullet(c) => marker_text(Marker::Bullet(drawn(c)), index),
        Marker::None | Marker::Number { .. } => marker_text(marker, index),
    }
}

/// `n` in letters from `first` (a, b, … z, aa, ab); 0 has none and stays a digit.
fn letters(mut n: u64, first: u8) -> String {
    if n == 0 {
        return "0".into();
    }
    let mut letters = vec![];
    while n > 0 {
        n -= 1;
        letters.push(char::from(first + (n % 26) as u8));
        n /= 26;
    }
    letters.into_iter().rev().collect()
}

/// The `n`th of the numbers that `first` begins: Unicode has twenty of ⑴ and ⒈, ten of ㈠.
fn enclosed(n: u64, first: char) -> String {
    let last = if first == '㈠' { 10 } else { 20 };
    let sign =
        u32::try_from(n).ok().filter(|n| (1..=last).contains(n)).and_then(|n| char::from_u32(first as u32 + n - 1));
    sign.map_or_else(|| format!("({n})"), String::from)
}

fn circled(n: u64) -> String {
    let base = match n {
        0 => 0x24EA,
        1..=20 => 0x2460 + n - 1,
        21..=35 => 0x3251 + n - 21,
        36..=50 => 0x32B1 + n - 36,
        _ => return format!("({n})"),
    };
    u32::try_from(base).ok().and_then(char::from_u32).map(String::from).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_a_chinese_list() {
        let han: Vec<String> = [1, 10, 11, 20, 105, 110, 1001, 1010, 9999].into_iter().map(spell).collect();
        assert_eq!(
            han,
            ["一", "十", "十一", "二十", "一百零五", "一百一十", "一千零一", "一千零一十", "九千九百九十九"]
        );
        assert_eq!([1, 26, 27, 703].map(|n| letters(n, b'a')), ["a", "z", "aa", "aaa"]);
        assert_eq!(circled(1) + &circled(20) + &circled(21) + &circled(50), "①⑳㉑㊿");
    }

    #[test]
    fn a_marker_stands_alone_before_a_list_and_a_rule_and_never_before_another_line() {
        let paragraph = |t: &str| {
            let content = vec![Inline::text(t, 0..0)];
            Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0)
        };
        let list = |c: char, items: Vec<Vec<Block>>| {
            let items = items.into_iter().map(|blocks| ListItem { blocks, span: Span::default() }).collect();
            Block::new(BlockKind::List(List { marker: Marker::Bullet(c), tight: true, items }), 0..0)
        };
        let rule = || Block::new(BlockKind::Divider { ornament: String::new() }, 0..0);
        let quote = |blocks| Block::new(BlockKind::Quote(blocks), 0..0);
        let items = vec![
            vec![list('*', vec![vec![paragraph("甲")], vec![]])],
            vec![rule(), paragraph("乙")],
            vec![quote(vec![])],
            vec![quote(vec![paragraph("丙")]), paragraph("丁")],
        ];
        let doc = Document { blocks: vec![list('-', items), paragraph("戊")], ..Document::default() };
        assert_eq!(doc.text(), "- \n* 甲\n* \n- \n乙\n- \n- 丙\n丁\n戊\n");
    }

    #[test]
    fn the_text_of_a_document_is_a_line_a_block() {
        let doc = Document {
            blocks: vec![
                Block::new(
                    BlockKind::List(List {
                        marker: Marker::Number { start: 9, form: NumberForm::HAN_COMMA },
                        tight: true,
                        items: ["甲", "乙"]
                            .map(|t| ListItem {
                                blocks: vec![Block::new(
                                    BlockKind::Paragraph { role: Role::Body, content: vec![Inline::text(t, 0..0)] },
                                    0..0,
                                )],
                                span: Span::default(),
                            })
                            .into(),
                    }),
                    0..0,
                ),
                Block::new(
                    BlockKind::Paragraph {
                        role: Role::Body,
                        content: vec![Inline::text("丙", 0..0), Inline::new(InlineKind::NoteRef { note: 0 }, 0..0)],
                    },
                    0..0,
                ),
            ],
            footnotes: vec![Footnote { label: "1".into(), blocks: vec![], span: Span::default(), kind: NoteKind::Own }],
            ..Document::default()
        };
        assert_eq!(doc.text(), "九、甲\n十、乙\n丙[1]\n[1]\n");
    }
}
