//! Series of notes: lines that begin with marks which count on, wherever they stand among the blocks.

use super::calls::piece;
use super::mark::{self, Form, Mark};
use crate::chinese::words::Word;
use crate::document::{
    Block, BlockKind, Document, Footnote, Heading, Inline, InlineKind, List, Marker, NoteKind, Role, inline_text,
    marker_text,
};
use crate::span::{Normal, Span};
use crate::unicode::tight;
use std::ops::Range;

/// Longest line that may stand between what announces notes and the notes, or between the notes of two chapters, in characters.
const SHORT: usize = 30;
/// No more blocks stand between what announces notes and the first of them.
const BETWEEN: usize = 2;

/// A line that may be a note.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The block that it stands in.
    pub block: usize,
    /// Where in the block.
    pub part: Part,
    /// Its mark, with its bytes in the text.
    pub mark: Mark,
    /// How the mark is written.
    pub label: String,
    /// Its place.
    pub span: Span<Normal>,
}

/// Where in a block a note stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// It is an item of a list.
    Item(usize),
    /// It is a line of a paragraph: its inlines.
    Line(Range<usize>),
    /// It is a stretch of the text of a paragraph.
    Stretch(Range<usize>),
}

/// Notes whose marks are of one form and count on.
#[derive(Debug, Clone)]
pub struct Series {
    /// The form of the marks.
    pub form: Form,
    /// The notes: their indices among all entries.
    pub entries: Range<usize>,
    /// The blocks that hold them.
    pub blocks: Range<usize>,
    /// The line that announces them: `注释：`.
    pub head: Option<usize>,
    /// Whether they are announced, by a line or in theirs.
    pub announced: bool,
    /// Whether they are works that were used.
    pub references: bool,
}

/// All lines that may be notes, and their series, in order.
pub fn find(document: &Document) -> (Vec<Entry>, Vec<Series>) {
    let mut entries: Vec<Entry> = vec![];
    let mut series: Vec<Series> = vec![];
    for (at, block) in document.blocks.iter().enumerate() {
        let (found, within) = entries_of(at, block);
        for entry in found {
            let last = series.last().filter(|last| last.blocks.end >= at && last.form == entry.mark.form);
            let counts = entries.last().is_some_and(|last| last.mark.number + 1 == entry.mark.number);
            let index = entries.len();
            if last.is_some()
                && counts
                && let Some(last) = series.last_mut()
            {
                last.entries.end = index + 1;
                last.blocks.end = at + 1;
            } else {
                let head = if within { Some(at) } else { head_above(document, at) };
                let references = head_of(document, at, &is_references).is_some();
                series.push(Series {
                    form: entry.mark.form,
                    entries: index..index + 1,
                    blocks: at..at + 1,
                    head: head.filter(|&head| head < at),
                    announced: head.is_some(),
                    references,
                });
            }
            entries.push(entry);
        }
    }
    (entries, series)
}

/// Whether the series `next` follows `series` with nothing between but what may head the notes of a chapter.
pub fn follows(document: &Document, series: &Series, next: &Series) -> bool {
    let between = series.blocks.end..next.blocks.start.max(series.blocks.end);
    series.form == next.form
        && between.len() <= BETWEEN
        && document.blocks[between].iter().all(|block| is_short(document, block))
}

/// The text of the heading, or of the short line, that stands above `series` and names the part that its notes belong to.
pub fn part_named_above(document: &Document, series: &Series) -> Option<String> {
    let above = series.blocks.start.checked_sub(1)?;
    let block = &document.blocks[above];
    let named = is_short(document, block) && !is_head(document, block);
    named.then(|| words_of(document, block)).flatten()
}

/// The line above block `at` that announces notes.
fn head_above(document: &Document, at: usize) -> Option<usize> {
    head_of(document, at, &is_head)
}

fn head_of(document: &Document, at: usize, is_head: &dyn Fn(&Document, &Block) -> bool) -> Option<usize> {
    for above in (at.saturating_sub(1 + BETWEEN)..at).rev() {
        let block = &document.blocks[above];
        if is_head(document, block) {
            return Some(above);
        }
        if !is_short(document, block) {
            return None;
        }
    }
    None
}

/// Whether `block` announces notes by itself: `注释：`. The mark of a note that is called 注 does not.
pub fn is_head(document: &Document, block: &Block) -> bool {
    let (BlockKind::Heading(Heading { content, .. }) | BlockKind::Paragraph { content, .. }) = &block.kind else {
        return false;
    };
    !calls(content) && words_of(document, block).is_some_and(|words| Word::NotesHead.is(bare(&words)))
}

/// Whether a note is called anywhere in `content`.
fn calls(content: &[Inline]) -> bool {
    content.iter().any(|inline| match &inline.kind {
        InlineKind::NoteRef { .. } => true,
        InlineKind::Strong(content)
        | InlineKind::Emphasis(content)
        | InlineKind::Underline { content, .. }
        | InlineKind::Gloss(content)
        | InlineKind::Link { content, .. } => calls(content),
        InlineKind::Text(_)
        | InlineKind::Code(_)
        | InlineKind::Ruby { .. }
        | InlineKind::Image(_)
        | InlineKind::Break => false,
    })
}

fn is_references(document: &Document, block: &Block) -> bool {
    words_of(document, block).is_some_and(|words| Word::References.is(bare(&words)))
}

/// Whether `text` announces notes by itself: `注释：`, `【注】`.
pub fn is_head_line(text: &str) -> bool {
    let words = tight(text);
    Word::NotesHead.is(bare(&words))
}

/// The words of a line without what sets them off.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| "【】[]〔〕（）()《》—-=*＊#:：".contains(c))
}

/// Whether `block` is a heading of a part, a rule, or a short line that is no sentence.
fn is_short(document: &Document, block: &Block) -> bool {
    match &block.kind {
        BlockKind::Heading(heading) => !heading.title,
        BlockKind::Divider { .. } => true,
        BlockKind::Paragraph { .. } => words_of(document, block)
            .is_some_and(|words| words.chars().count() <= SHORT && !words.contains(['。', '，', '；'])),
        BlockKind::List(_)
        | BlockKind::Quote(_)
        | BlockKind::Verse(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Image(_) => false,
    }
}

/// The text of a heading or of a paragraph of a few inlines, without blanks.
pub fn words_of(document: &Document, block: &Block) -> Option<String> {
    let (BlockKind::Heading(Heading { content, .. }) | BlockKind::Paragraph { content, .. }) = &block.kind else {
        return None;
    };
    let short = block.span.len() <= SHORT * 8;
    short.then(|| inline_text(document, content).chars().filter(|c| !c.is_whitespace()).collect())
}

/// The lines of `block` that may be notes, all of them or none, and whether they are announced within it.
fn entries_of(at: usize, block: &Block) -> (Vec<Entry>, bool) {
    match &block.kind {
        BlockKind::List(list) => (items(at, list), false),
        BlockKind::Paragraph { role: Role::Body, content } => paragraph(at, content, block.span),
        BlockKind::Paragraph { .. }
        | BlockKind::Heading(_)
        | BlockKind::Quote(_)
        | BlockKind::Verse(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Divider { .. }
        | BlockKind::Image(_) => (vec![], false),
    }
}

fn items(at: usize, list: &List) -> Vec<Entry> {
    if !matches!(list.marker, Marker::Number { .. }) {
        return vec![];
    }
    let entry = |(i, item): (usize, &crate::document::ListItem)| {
        let label = marker_text(list.marker, i).trim_end().to_owned();
        let mark = mark::at(&label).filter(|mark| mark.len == label.len())?;
        Some(Entry { block: at, part: Part::Item(i), mark, label, span: item.span })
    };
    list.items.iter().enumerate().map(entry).collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn paragraph(at: usize, content: &[Inline], span: Span<Normal>) -> (Vec<Entry>, bool) {
    if let [Inline { kind: InlineKind::Text(text), span }] = content {
        return stretches(at, text, *span);
    }
    let mut entries = vec![];
    let mut from = 0;
    for line in content.split(|inline| matches!(inline.kind, InlineKind::Break)) {
        let range = from..from + line.len();
        from = range.end + 1;
        let Some(Inline { kind: InlineKind::Text(text), .. }) = line.first() else { return (vec![], false) };
        // The mark may stand before a word in bold.
        let Some(mark) = mark::of_note(text).or_else(|| mark::at(text).filter(|_| line.len() > 1)) else {
            return (vec![], false);
        };
        let place = line.last().map_or(span, |last| line[0].span.cover(last.span));
        entries.push(Entry {
            block: at,
            part: Part::Line(range),
            mark,
            label: text[..mark.len].to_owned(),
            span: place,
        });
    }
    (entries, false)
}

/// The notes in a text: one, or, where they are announced on their line or each begins behind a stop, several.
fn stretches(at: usize, text: &str, span: Span<Normal>) -> (Vec<Entry>, bool) {
    let head = head_in_line(text);
    let start = head.unwrap_or(0);
    let Some(first) = mark::of_note(&text[start..]) else { return (vec![], false) };
    let mut found = vec![(start, first)];
    let (mut number, mut from) = (first.number, start + first.len);
    for (place, mark) in mark::within(&text[from..], false) {
        let before = text[from..from + place].trim_end();
        let stopped = before.ends_with(['。', '；', '.', '！', '？', '”', '」', '）', ';']) || head.is_some();
        if mark.form == first.form && mark.number == number + 1 && stopped && !before.is_empty() {
            found.push((from + place, mark));
            number = mark.number;
        }
    }
    from = text.len();
    let mut entries: Vec<Entry> = vec![];
    for (place, mark) in found.into_iter().rev() {
        let range = place..from;
        from = place;
        entries.push(Entry {
            block: at,
            mark,
            label: text[place..place + mark.len].to_owned(),
            span: piece(text, span, range.start, range.len()),
            part: Part::Stretch(range),
        });
    }
    entries.reverse();
    (entries, head.is_some())
}

/// Where the notes begin that the words before them announce: `注释：①…`, `【注】①…`.
fn head_in_line(text: &str) -> Option<usize> {
    let end = text.char_indices().take(10).find(|(_, c)| matches!(c, '：' | ':' | '】' | ']' | '〕'))?;
    let after = end.0 + end.1.len_utf8();
    let head = is_head_line(&text[..after]);
    let start = text.len() - text[after..].trim_start().len();
    (head && mark::at(&text[start..]).is_some()).then_some(start)
}

/// What is left of `block` without the notes in `parts`, and those notes.
pub fn take(block: Block, parts: &[&Entry]) -> (Vec<Block>, Vec<Footnote>) {
    let span = block.span;
    match block.kind {
        BlockKind::List(list) => take_items(list, parts),
        BlockKind::Paragraph { role, content } => {
            let (left, notes) = take_stretches(content, span, parts);
            let blocks =
                left.into_iter().map(|(content, span)| Block::new(BlockKind::Paragraph { role, content }, span));
            (blocks.collect(), notes)
        }
        kind => (vec![Block { kind, span }], vec![]),
    }
}

fn note_of(entry: &Entry, blocks: Vec<Block>) -> Footnote {
    let bare = entry.label.strip_prefix('[').and_then(|label| label.strip_suffix(']'));
    // As the model has it: these brackets are those that every label without its own is shown in.
    Footnote { label: bare.unwrap_or(&entry.label).to_owned(), blocks, span: entry.span, kind: NoteKind::Own }
}

fn take_items(list: List, parts: &[&Entry]) -> (Vec<Block>, Vec<Footnote>) {
    let List { marker, tight, items } = list;
    let (mut left, mut notes): (Vec<Block>, Vec<Footnote>) = (vec![], vec![]);
    let mut parts = parts.iter().peekable();
    let mut open = false;
    for (i, item) in items.into_iter().enumerate() {
        if let Some(entry) = parts.next_if(|entry| entry.part == Part::Item(i)) {
            notes.push(note_of(entry, item.blocks));
            open = false;
            continue;
        }
        match left.last_mut() {
            Some(Block { kind: BlockKind::List(list), span }) if open => {
                *span = span.cover(item.span);
                list.items.push(item);
            }
            _ => {
                let marker = match marker {
                    Marker::Number { start, form } => {
                        Marker::Number { start: start.saturating_add(u32::try_from(i).unwrap_or(u32::MAX)), form }
                    }
                    Marker::None | Marker::Bullet(_) => marker,
                };
                let span = item.span;
                left.push(Block::new(BlockKind::List(List { marker, tight, items: vec![item] }), span));
            }
        }
        open = true;
    }
    (left, notes)
}

type Left = (Vec<Inline>, Span<Normal>);

fn take_stretches(content: Vec<Inline>, span: Span<Normal>, parts: &[&Entry]) -> (Vec<Left>, Vec<Footnote>) {
    if parts.is_empty() {
        return (vec![(content, span)], vec![]);
    }
    let mut left: Vec<Left> = vec![];
    let mut notes = vec![];
    let mut keep = |content: &[Inline]| {
        if let (Some(first), Some(last)) = (content.first(), content.last()) {
            left.push((content.to_vec(), first.span.cover(last.span)));
        }
    };
    let mut from = 0;
    for entry in parts {
        let content = match (&entry.part, &content[..]) {
            (Part::Stretch(range), [Inline { kind: InlineKind::Text(text), span }]) => {
                let before = text[from..range.start].trim_end();
                if !before.is_empty() {
                    keep(&[Inline::text(before, piece(text, *span, from, before.len()))]);
                }
                from = range.end;
                let stretch = &text[range.clone()];
                vec![Inline::text(stretch.trim_end(), piece(text, *span, range.start, stretch.trim_end().len()))]
            }
            (Part::Line(range), _) => {
                let end = range.start.saturating_sub(1);
                if from < end {
                    keep(&content[from..end]);
                }
                from = range.end + 1;
                content[range.clone()].to_vec()
            }
            (Part::Stretch(_) | Part::Item(_), _) => continue,
        };
        let content = without_mark(content, entry.mark.len);
        let place = match (content.first(), content.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => entry.span,
        };
        let block = Block::new(BlockKind::Paragraph { role: Role::Body, content }, place);
        notes.push(note_of(entry, vec![block]));
    }
    match (&content[..], parts.last().map(|entry| &entry.part)) {
        ([Inline { kind: InlineKind::Text(text), span }], Some(Part::Stretch(_))) if from < text.len() => {
            keep(&[Inline::text(&text[from..], piece(text, *span, from, text.len() - from))]);
        }
        (_, Some(Part::Line(_))) if from < content.len() => keep(&content[from..]),
        _ => {}
    }
    (left, notes)
}

/// `content` without the `len` bytes of the mark that it begins with, and without the blanks behind it.
fn without_mark(mut content: Vec<Inline>, len: usize) -> Vec<Inline> {
    if let Some(Inline { kind: InlineKind::Text(text), span }) = content.first_mut() {
        let from = text.len() - text[len.min(text.len())..].trim_start().len();
        *span = piece(text, *span, from, text.len() - from);
        text.drain(..from);
        if text.is_empty() {
            content.remove(0);
        }
    }
    content
}
