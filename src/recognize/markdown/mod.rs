//! Markdown to document: CommonMark with tables, footnotes, struck-out text, tasks and formulas, and what its dialects add.
//!
//! What the page does not show in Markdown either is not lost silently: comments are reported, and tags of HTML that say nothing that
//! the model can say.

mod anchors;
mod boxes;
mod definitions;
mod dialect;
mod events;
mod flanking;
mod footnotes;
mod glued;
mod html_block;
mod html_table;
mod inlines;
mod items;
mod lines;
mod notes_within;
mod office;
mod ruby;
mod scripts;
mod surplus;
mod tags;
mod telling;

use super::patterns::Patterns;
use super::{Hints, front_matter, html, language, levels, title};
use crate::chinese::numbering;
use crate::document::{
    Align, Block, BlockKind, Document, Heading, Inline, InlineKind, List, ListItem, Marker, Role, Row, Table, UNMARKED,
    inline_text, is_instruction, is_markdown_rule, parts_framing,
};
use crate::error::Cause;
use crate::note::{At, Note};
use crate::span::{Normal, Span};
use crate::unicode::tight;
use anchors::Names;
use events::{DISPLAY, align, begins_definition, displayed, is_caption, next_char, rank, restore, verbatim};
use footnotes::Footnotes;
use html_table::HtmlTable;
use inlines::{Container, Inlines};
use pulldown_cmark::{CodeBlockKind, Event, Tag};
use scripts::at_tildes;
use std::collections::HashSet;
use std::ops::Range;
pub use telling::is_markdown;

/// Containers within containers beyond this are opened out into their parent: no text says more by them, and a tree that deep could
/// exhaust the stack of whoever walks it.
const DEEPEST: usize = 24;

/// Reads `text`; see [`super::markdown()`].
pub fn read(text: &str, hints: &Hints) -> (Document, Vec<Note>) {
    let mut front = front_matter::find(text).unwrap_or_default();
    hints.by_hand.overrule(&mut front);
    let mut reader = Reader {
        text,
        frames: vec![Frame::new(Kind::Quote, 0..0)],
        inlines: Inlines::default(),
        notes: Footnotes::default(),
        dropped: vec![],
        table: None,
        html_table: None,
        unmarked: false,
        whole: HashSet::new(),
        meant: vec![],
        verse: false,
        told: false,
        line: 0..0,
        names: Names::default(),
        glued: glued::heads(text),
        signs: 0..0,
    };
    let quoted = boxes::quoted(text);
    let first = quoted.as_deref().unwrap_or(text);
    let mut events = events::events(first, front.len);
    let amended = flanking::amended(first, &events);
    if let Some(copy) = &amended {
        events = events::events(copy, front.len);
    }
    if quoted.is_some() || amended.is_some() {
        restore(text, &mut events);
    }
    reader.whole = tags::whole(text, &events);
    reader.run(&events);
    let blocks = reader.frames.drain(..).next().map(|frame| frame.blocks).unwrap_or_default();
    let mut blocks = boxes::gather(text, blocks, &mut reader.dropped);
    let (patterns, mut notes) = Patterns::new(&front.meta, hints);
    patterns.claim(&mut blocks);
    levels::close_up(&mut blocks);
    let mut footnotes = reader.notes.finish(&mut blocks);
    if !reader.names.is_empty() {
        reader.names.lead(&mut blocks);
        footnotes.iter_mut().for_each(|note| reader.names.lead(&mut note.blocks));
    }
    let mut document = Document { meta: front.meta.clone(), blocks, footnotes };
    mark_title(&mut document);
    title::set(&mut document, &front);
    if !front.language {
        document.meta.language = language::of_document(&document);
    }
    office::below_title(&mut document);
    office::mark(&mut document, text);
    office::speak(&mut document);
    let unsaid = reader.inlines.unsaid.drain(..).map(|place| html::left_out(&text[place.clone()], place));
    reader.dropped.extend(unsaid);
    notes.append(&mut reader.dropped);
    (document, notes)
}

/// A heading of level 1 that is the first heading and the only one of its level is the title.
fn mark_title(document: &mut Document) {
    let mut headings = document.blocks.iter_mut().filter_map(|b| match &mut b.kind {
        BlockKind::Heading(h) => Some(h),
        _ => None,
    });
    let Some(first) = headings.next() else { return };
    let said = document.meta.title.as_deref();
    let named =
        matches!(&first.content[..], [Inline { kind: InlineKind::Text(text), .. }] if said == Some(text.as_str()));
    // What is attached to a document of an office has a title of its own.
    let of_office = matches!(&first.content[..], [Inline { kind: InlineKind::Text(text), .. }]
        if crate::recognize::office::is_document_title(&tight(text)));
    if first.level != 1 || !named && !of_office && headings.any(|h| h.level == 1) {
        return;
    }
    let Some(index) = document.blocks.iter().position(|b| matches!(b.kind, BlockKind::Heading(_))) else { return };
    let BlockKind::Heading(heading) = &mut document.blocks[index].kind else { return };
    heading.title = true;
    if document.meta.title.is_none() {
        let content = heading.content.clone();
        document.meta.title = Some(inline_text(document, &content).replace('\n', " "));
    }
}

/// A container of blocks that is open.
struct Frame {
    kind: Kind,
    span: Range<usize>,
    blocks: Vec<Block>,
}

enum Kind {
    /// A quotation, or the document itself at the bottom.
    Quote,
    List {
        marker: Marker,
        tight: bool,
        items: Vec<ListItem>,
    },
    Item,
    Footnote(String),
    /// Opened out into the parent.
    Open,
}

impl Frame {
    fn new(kind: Kind, span: Range<usize>) -> Self {
        Frame { kind, span, blocks: vec![] }
    }
}

struct Reader<'t> {
    text: &'t str,
    frames: Vec<Frame>,
    inlines: Inlines,
    notes: Footnotes,
    /// What is left out of the document, and told.
    dropped: Vec<Note>,
    table: Option<Table>,
    /// A table of HTML that is open.
    html_table: Option<HtmlTable>,
    /// Whether the list that comes next has been said to have no markers.
    unmarked: bool,
    /// Where tags of HTML stand whose elements begin and end.
    whole: HashSet<usize>,
    /// Where the line ends of the paragraph at hand stand that are meant.
    meant: Vec<usize>,
    /// Whether they are lines of verse.
    verse: bool,
    /// Whether it was told that lines of it are kept.
    told: bool,
    /// A part of the text without a line end, up to the next.
    line: Range<usize>,
    names: Names,
    /// Where heads begin whose signs stand right before their words, and the signs of the one at hand.
    glued: Vec<(usize, u8)>,
    signs: Range<usize>,
}

impl Reader<'_> {
    fn run(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        self.read(events);
        self.finish_html_table();
        self.close_paragraph();
        while self.frames.len() > 1 {
            self.close_frame();
        }
    }

    fn read(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            at += 1;
            match event {
                Event::Start(tag) => at += self.start(tag, range, &events[at..]),
                Event::End(_) => self.end(range),
                Event::Text(text) => {
                    self.paragraph(range);
                    let (text, range) = self.unsigned(text, range);
                    if let Some((joined, place, taken)) = at_tildes(text, &range, &events[at..]) {
                        at += taken;
                        at += self.words(&joined, &place, &events[at..]);
                        continue;
                    }
                    let rest = &events[at..];
                    at += match self.note_within(text, &range, rest) {
                        Some(taken) => taken,
                        None => self.words(text, &range, rest),
                    };
                }
                Event::Code(code) => {
                    self.paragraph(range);
                    self.inlines.push(InlineKind::Code(code.to_string()), range.clone());
                }
                Event::SoftBreak if self.part_head(range) => {}
                Event::SoftBreak if begins_definition(&events[at..]) || office::parts(self.text, range) => {
                    self.inlines.push(InlineKind::Break, range.clone());
                }
                Event::SoftBreak if parts_framing(self.text, range) => match self.inlines.part(range) {
                    Some((container, content, span)) => self.finish_inlines(container, content, span),
                    None => self.inlines.push(InlineKind::Break, range.clone()),
                },
                Event::SoftBreak if self.is_meant(range) => {
                    self.tell_meant(range);
                    // A line of a poem is one of its block, any other a paragraph of its own.
                    let parted = if self.verse { None } else { self.inlines.part(range) };
                    match parted {
                        Some((container, content, span)) => {
                            self.loosen();
                            self.finish_inlines(container, content, span);
                        }
                        None => self.inlines.push(InlineKind::Break, range.clone()),
                    }
                }
                Event::SoftBreak => self.inlines.soft_break(next_char(&events[at..]), range.clone()),
                Event::HardBreak => self.inlines.push(InlineKind::Break, range.clone()),
                Event::FootnoteReference(label) => {
                    self.paragraph(range);
                    let note = self.notes.refer(label);
                    self.inlines.push(InlineKind::NoteRef { note }, range.clone());
                }
                Event::InlineHtml(tag) => at += self.inline_html(tag, range, &events[at..]),
                Event::Rule => {
                    self.close_paragraph();
                    // A line of the length that a text gave it is kept as it is.
                    let row = self.text[range.clone()].trim();
                    let ornament = if is_markdown_rule(row) { row.to_owned() } else { String::new() };
                    self.push(BlockKind::Divider { ornament }, range.clone());
                }
                Event::InlineMath(formula) => self.formula(formula, "$", range),
                Event::DisplayMath(formula) => self.formula(formula, DISPLAY, range),
                Event::TaskListMarker(done) => {
                    self.paragraph(range);
                    self.inlines.text(if *done { "☑ " } else { "☐ " }, range.clone());
                }
                // Only found within an HTML block.
                Event::Html(text) => {
                    self.paragraph(range);
                    self.inlines.text(text, range.clone());
                }
            }
        }
    }

    /// Opens what `tag` opens; returns how many of the following events it has taken.
    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, rest: &[(Event<'_>, Range<usize>)]) -> usize {
        let inline =
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough);
        if inline {
            self.paragraph(range);
        } else {
            self.close_paragraph();
            if !matches!(tag, Tag::HtmlBlock) {
                self.finish_html_table();
            }
        }
        let unmarked = std::mem::take(&mut self.unmarked);
        match tag {
            Tag::Paragraph => {
                self.loosen();
                self.means(range);
                let container = self.paragraph_or_head(range.start);
                self.inlines.open(container, range.clone());
            }
            Tag::Heading { level, .. } => self.inlines.open(Container::Heading(rank(*level)), range.clone()),
            Tag::BlockQuote(_) => self.open_frame(Kind::Quote, range),
            Tag::List(start) => {
                let marker = match self.marker(*start, range) {
                    Marker::Bullet('-') if unmarked || self.is_unmarked() => Marker::None,
                    marker => marker,
                };
                self.open_frame(Kind::List { marker, tight: true, items: vec![] }, range);
            }
            Tag::Item => {
                self.item_of_opened_list(range);
                self.means(range);
                self.open_frame(Kind::Item, range);
            }
            Tag::FootnoteDefinition(label) => self.open_frame(Kind::Footnote(label.to_string()), range),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => Some(info.trim().to_owned()).filter(|i| !i.is_empty()),
                    CodeBlockKind::Indented => None,
                };
                let (text, taken) = verbatim(rest);
                self.push(BlockKind::Code { language, text }, range.clone());
                return taken;
            }
            Tag::HtmlBlock => {
                let (text, taken) = verbatim(rest);
                self.html_block(&text, range);
                return taken;
            }
            Tag::Table(columns) => {
                let columns: Vec<Align> = columns.iter().map(align).collect();
                self.table = Some(Table { columns, head_rows: 0, rows: vec![] });
            }
            Tag::TableHead => {
                if let Some(table) = &mut self.table {
                    table.head_rows = 1;
                    table.rows.push(Row { cells: vec![], span: range.clone().into() });
                }
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Row { cells: vec![], span: range.clone().into() });
                }
            }
            Tag::TableCell => self.inlines.open(Container::Cell, range.clone()),
            // One tilde parts numbers in Chinese texts: 3~5天，7~8天.
            Tag::Strikethrough if !self.text[range.clone()].starts_with("~~") => {
                if let Some(taken) = self.below_line(range, rest) {
                    return taken;
                }
                self.inlines.text("~", range.start..range.start + 1);
                self.inlines.open(Container::Tilde, range.clone());
            }
            Tag::Strikethrough => self.inlines.open(Container::Struck, range.clone()),
            Tag::Emphasis => self.inlines.open(Container::Emphasis, range.clone()),
            Tag::Strong => self.inlines.open(Container::Strong, range.clone()),
            Tag::Link { dest_url, title, .. } => {
                self.inlines
                    .open(Container::Link { target: dest_url.to_string(), title: title.to_string() }, range.clone());
            }
            Tag::Image { dest_url, title, .. } => {
                self.inlines
                    .open(Container::Image { target: dest_url.to_string(), title: title.to_string() }, range.clone());
            }
            // Options that are off.
            Tag::Superscript
            | Tag::Subscript
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => self.inlines.open(Container::Open, range.clone()),
        }
        0
    }

    /// Closes the innermost open thing; Markdown's events nest.
    fn end(&mut self, range: &Range<usize>) {
        if self.inlines.is_open() && !self.inlines.is_implied() {
            if let Some((container, content, span)) = self.inlines.close() {
                self.finish_inlines(container, content, span);
            }
            return;
        }
        self.close_paragraph();
        self.finish_html_table();
        if let Some(table) = &self.table {
            // Rows and heads end without a trace; the table's own end has its whole range.
            let within = table.rows.last().is_some_and(|row| row.span.range() == *range);
            if !within && let Some(mut table) = self.table.take() {
                self.add_surplus(&mut table);
                // Markdown has no table without a head; an empty one says that there is none.
                if table.rows.len() > 1 && table.rows.first().is_some_and(|row| row.cells.iter().all(Vec::is_empty)) {
                    table.rows.remove(0);
                    table.head_rows = 0;
                }
                self.push(BlockKind::Table(table), range.clone());
            }
            return;
        }
        self.close_frame();
    }

    /// Makes a block of finished inlines.
    fn finish_inlines(&mut self, container: Container, content: Vec<Inline>, span: Range<usize>) {
        match container {
            Container::Heading(level) => {
                let mut content = inlines::trimmed(content);
                self.take_id(&mut content, &span);
                let label = match content.first().map(|i| &i.kind) {
                    Some(InlineKind::Text(text)) => numbering::label(text).map(|l| text[..l.len].to_owned()),
                    _ => None,
                };
                let heading =
                    Heading { level, title: false, label, content, reason: "Markdown heading", weighed: None };
                self.push(BlockKind::Heading(heading), span);
            }
            Container::Cell => {
                if let Some(row) = self.table.as_mut().and_then(|t| t.rows.last_mut()) {
                    row.cells.push(inlines::trimmed(content));
                }
            }
            Container::Paragraph | Container::Implied => {
                let mut content = inlines::trimmed(content);
                if content.is_empty() {
                    return;
                }
                if is_instruction(&self.text[span.clone()]) {
                    self.dropped.push(boxes::told(self.text[span.clone()].trim(), span));
                    return;
                }
                if let Some(text) = displayed(&content) {
                    self.push(BlockKind::Code { language: Some("math".into()), text }, span);
                    return;
                }
                match content.pop() {
                    Some(Inline { kind: InlineKind::Image(image), .. }) if content.is_empty() => {
                        self.push(BlockKind::Image(image), span);
                    }
                    last => {
                        content.extend(last);
                        let role = if is_caption(&self.text[span.clone()]) { Role::Caption } else { Role::Body };
                        let broken = content.iter().any(|inline| matches!(inline.kind, InlineKind::Break));
                        match std::mem::take(&mut self.verse) && broken {
                            true => self.push(lines::verse(content), span),
                            false => self.add_paragraph(content, role, span),
                        }
                    }
                }
            }
            // These close within a paragraph.
            Container::Emphasis
            | Container::Struck
            | Container::Tilde
            | Container::Strong
            | Container::Link { .. }
            | Container::Image { .. }
            | Container::Html { .. }
            | Container::Open => {}
        }
    }

    /// Opens a paragraph for text that stands directly in a tight list item.
    fn paragraph(&mut self, range: &Range<usize>) {
        if !self.inlines.is_open() {
            self.inlines.open(Container::Implied, range.clone());
        }
    }

    /// A formula: verbatim between its signs, for nothing here sets it.
    fn formula(&mut self, formula: &str, sign: &str, range: &Range<usize>) {
        self.paragraph(range);
        // $`a`$ is another way to write one.
        let formula = formula.strip_prefix('`').and_then(|f| f.strip_suffix('`')).unwrap_or(formula);
        let (start, end) = (range.start + sign.len(), range.end - sign.len());
        self.inlines.push(InlineKind::Text(sign.into()), range.start..start);
        // As in code, a line end within it is a space.
        let line_ends = ['\n', '\r'];
        let formula = formula.trim_matches(line_ends).replace("\r\n", " ").replace(line_ends, " ");
        self.inlines.push(InlineKind::Code(formula), start..end);
        self.inlines.push(InlineKind::Text(sign.into()), end..range.end);
    }

    /// Closes a paragraph that [`paragraph`](Self::paragraph) opened.
    fn close_paragraph(&mut self) {
        if self.inlines.is_implied()
            && let Some((container, content, span)) = self.inlines.close()
        {
            self.finish_inlines(container, content, span);
        }
    }

    fn push(&mut self, kind: BlockKind, span: Range<usize>) {
        let heading = match &kind {
            BlockKind::Heading(heading) if self.frames.len() == 1 => Some(anchors::words_of(&heading.content)),
            _ => None,
        };
        self.names.block(heading.as_deref());
        if let Some(frame) = self.frames.last_mut() {
            let end = span.start + self.text[span.clone()].trim_end().len();
            let block = Block::new(kind, span.start..end.max(span.start));
            match (frame.blocks.last_mut(), block) {
                // A paragraph of verse below another is its next stanza.
                (
                    Some(Block { kind: BlockKind::Verse(stanzas), span }),
                    Block { kind: BlockKind::Verse(more), span: own },
                ) => {
                    stanzas.extend(more);
                    *span = span.cover(own);
                }
                (_, block) => frame.blocks.push(block),
            }
        }
    }

    fn open_frame(&mut self, kind: Kind, range: &Range<usize>) {
        let of_list = matches!(self.frames.last(), Some(Frame { kind: Kind::List { .. }, .. }));
        let open = self.frames.len() >= DEEPEST
            && match kind {
                Kind::Footnote(_) => false,
                // A list that still has a frame of its own holds nothing but items.
                Kind::Item => !of_list,
                Kind::Quote | Kind::List { .. } | Kind::Open => true,
            };
        if !open {
            self.frames.push(Frame::new(kind, range.clone()));
            return;
        }
        // What is opened out goes on with the blocks of its parent, and gives them back at its end.
        let blocks = self.frames.last_mut().map(|parent| std::mem::take(&mut parent.blocks)).unwrap_or_default();
        self.frames.push(Frame { kind: Kind::Open, span: range.clone(), blocks });
    }

    fn close_frame(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(Frame { kind, span, blocks }) = self.frames.pop() else { return };
        let mut blocks = match kind {
            Kind::Open => blocks,
            Kind::Quote | Kind::List { .. } | Kind::Item | Kind::Footnote(_) => {
                boxes::gather(self.text, blocks, &mut self.dropped)
            }
        };
        // Room for blocks that never came would be most of what a long list of short items takes.
        blocks.shrink_to_fit();
        match kind {
            Kind::Quote => self.quotation(blocks, span),
            Kind::List { marker, tight, items } => self.push(BlockKind::List(List { marker, tight, items }), span),
            Kind::Item => match self.frames.last_mut() {
                Some(Frame { kind: Kind::List { items, .. }, .. }) => {
                    items.push(ListItem { blocks, span: span.into() })
                }
                Some(frame) => frame.blocks.extend(blocks),
                None => {}
            },
            Kind::Footnote(label) => self.notes.define(label, blocks, span),
            Kind::Open => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.blocks = blocks;
                }
            }
        }
    }

    /// A paragraph of its own within an item makes its list loose.
    fn loosen(&mut self) {
        let n = self.frames.len();
        if n >= 2
            && matches!(self.frames[n - 1].kind, Kind::Item)
            && let Kind::List { tight, .. } = &mut self.frames[n - 2].kind
        {
            *tight = false;
        }
    }

    fn comment(&mut self, range: &Range<usize>) {
        let source = self.text[range.clone()].trim();
        if source == UNMARKED {
            self.unmarked = true;
        } else if !html::is_blank_comment(source) {
            let at = At::Normal(Span::<Normal>::from(range.clone()));
            self.dropped.push(Note::info("html-comment", at, Cause::text(source.chars().take(80).collect::<String>())));
        }
    }
}

#[cfg(test)]
mod tests;
