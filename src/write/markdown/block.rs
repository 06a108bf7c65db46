//! Blocks: containers with their prefixes, and what must stand between two blocks so that they stay two.

use super::inline::Site;
use super::{Options, Wrap, escape};
use crate::document::{
    Alert, Align, Block, BlockKind, Document, Footnote, Heading, Image, Inline, InlineKind, List, ListItem, Marker,
    NumberForm, Role, Table, UNMARKED, is_markdown_rule, marker_text,
};
use crate::unicode::is_han;
use std::collections::HashMap;

/// What begins a paragraph that says what the term above it means.
const DEFINES: &str = ":   ";

/// Writes blocks to `out`. After a block the output stands at the end of its last line.
#[derive(Debug)]
pub struct Writer<'w> {
    document: &'w Document,
    /// How paragraphs are broken.
    pub(super) wrap: Wrap,
    /// The output.
    pub(super) out: &'w mut String,
    /// What every line begins with: `> ` of quotations, spaces of list items.
    prefix: String,
    /// Labels of the notes, each once.
    pub(super) labels: Vec<String>,
    /// Whether the innermost list has no markers: a list of `-` within it has none either.
    unmarked: bool,
    /// Bullet of the innermost list, on whose first line a rule of the same sign would be lost.
    bullet: char,
}

/// What a block does to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Text that goes on until something stops it, and stops nothing itself.
    Paragraph,
    /// A list of this delimiter; `weak` when it cannot interrupt a paragraph.
    List {
        delimiter: char,
        weak: bool,
    },
    Quote,
    Table,
    /// Begins and ends by its own signs.
    Sharp,
}

impl<'w> Writer<'w> {
    /// A writer of `document`.
    pub fn new(document: &'w Document, options: &Options, out: &'w mut String) -> Self {
        let labels = labels(&document.footnotes);
        Writer { document, wrap: options.wrap, out, prefix: String::new(), labels, unmarked: false, bullet: '-' }
    }

    /// Writes all blocks, then the notes.
    pub fn document(&mut self) {
        let document = self.document;
        let start = self.out.len();
        self.blocks(&document.blocks, false);
        for (i, note) in document.footnotes.iter().enumerate() {
            if self.out.len() > start {
                self.blank_line();
            }
            self.note(i, note);
        }
        if self.out.len() > start {
            self.out.push('\n');
        }
    }

    /// What every line begins with at present.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Ends a line and begins the next.
    pub fn newline(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.prefix);
    }

    fn blank_line(&mut self) {
        self.out.push('\n');
        self.out.push_str(self.prefix.trim_end());
        self.newline();
    }

    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        self.blocks_after(&mut None, blocks, tight);
    }

    /// Writes `blocks` after a block of shape `before`, and leaves there the shape of the last.
    fn blocks_after(&mut self, before: &mut Option<Shape>, blocks: &[Block], tight: bool) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph { role: Role::Definition, content } => {
                    if !content.is_empty() {
                        self.separate(before, Shape::Paragraph, tight);
                        self.out.push_str(DEFINES);
                        let indent = self.prefix.len();
                        self.prefix.extend(std::iter::repeat_n(' ', DEFINES.len()));
                        self.inlines(content, Site::Paragraph);
                        self.prefix.truncate(indent);
                    }
                }
                BlockKind::Paragraph { content, .. } => {
                    if !content.is_empty() {
                        self.separate(before, Shape::Paragraph, tight);
                        self.inlines(content, Site::Paragraph);
                    }
                }
                BlockKind::Heading(heading) => {
                    self.separate(before, Shape::Sharp, tight);
                    self.out.push_str(&"######"[..usize::from(heading.level.clamp(1, 6))]);
                    if !heading.content.is_empty() {
                        self.out.push(' ');
                        self.inlines(&heading.content, Site::Heading);
                    }
                }
                BlockKind::List(list) => match delimiter(list) {
                    Some('-') if self.unmarked && list.marker != Marker::None => {
                        self.marked_blocks(before, list, tight)
                    }
                    Some(delimiter) => {
                        let weak = matches!(list.marker, Marker::Number { start, .. } if start != 1)
                            || list.items.first().is_none_or(stands_alone);
                        if list.marker == Marker::None && !self.unmarked {
                            self.separate(before, Shape::Sharp, tight);
                            self.out.push_str(UNMARKED);
                            self.newline();
                            *before = Some(Shape::List { delimiter, weak });
                        } else {
                            self.separate(before, Shape::List { delimiter, weak }, tight);
                        }
                        self.list(list);
                    }
                    None => self.marked_blocks(before, list, tight),
                },
                BlockKind::Quote(blocks) => {
                    self.separate(before, Shape::Quote, tight);
                    self.quote(blocks);
                }
                BlockKind::Verse(stanzas) => {
                    for stanza in stanzas.iter().filter(|stanza| !stanza.lines.is_empty()) {
                        let mut content = vec![];
                        for (i, line) in stanza.lines.iter().enumerate() {
                            if i > 0 {
                                content.push(Inline::new(InlineKind::Break, line.span));
                            }
                            content.extend(line.content.iter().cloned());
                        }
                        self.separate(before, Shape::Paragraph, tight);
                        self.inlines(&content, Site::Paragraph);
                    }
                }
                BlockKind::Code { language, text } => {
                    self.separate(before, Shape::Sharp, tight);
                    self.code(language.as_deref(), text);
                }
                BlockKind::Table(table) => {
                    self.separate(before, Shape::Table, tight);
                    self.table(table);
                }
                BlockKind::Divider { ornament } if ornament.is_empty() => {
                    self.separate(before, Shape::Sharp, tight);
                    self.out.push_str(if self.bullet == '*' { "___" } else { "***" });
                }
                // Read back as it stands; within a list or right below text the same signs could mean something else.
                BlockKind::Divider { ornament } if !tight && self.prefix.is_empty() && is_markdown_rule(ornament) => {
                    self.separate(before, Shape::Sharp, tight);
                    self.out.push_str(ornament);
                }
                BlockKind::Divider { ornament } => {
                    self.separate(before, Shape::Paragraph, tight);
                    self.inlines(&[Inline::text(ornament, block.span)], Site::Paragraph);
                }
                BlockKind::Image(image) => {
                    self.separate(before, Shape::Paragraph, tight);
                    self.image(image, block);
                }
            }
        }
    }

    /// Puts between two blocks what keeps them apart: a blank line, or in a tight list the end of a line, with an empty comment where
    /// the second would be taken for a part of the first.
    fn separate(&mut self, before: &mut Option<Shape>, next: Shape, tight: bool) {
        let Some(previous) = before.replace(next) else { return };
        let swallows = match (previous, next) {
            (Shape::List { delimiter: a, .. }, Shape::List { delimiter: b, .. }) => a == b || tight,
            (Shape::Sharp, _) | (_, Shape::Sharp) => false,
            (Shape::Quote, Shape::Quote) => tight,
            (_, Shape::Paragraph | Shape::Table | Shape::List { weak: true, .. }) => tight,
            (_, Shape::Quote | Shape::List { weak: false, .. }) => false,
        };
        match (tight, swallows) {
            (true, false) => self.newline(),
            (false, false) => self.blank_line(),
            (true, true) => {
                self.newline();
                self.out.push_str("<!-- -->");
                self.newline();
            }
            (false, true) => {
                self.blank_line();
                self.out.push_str("<!-- -->");
                self.blank_line();
            }
        }
    }

    fn list(&mut self, list: &List) {
        let bullet = match list.marker {
            Marker::Bullet(c) => c,
            Marker::None | Marker::Number { .. } => '-',
        };
        let outer = std::mem::replace(&mut self.bullet, bullet);
        let outer_unmarked = std::mem::replace(&mut self.unmarked, list.marker == Marker::None);
        let tight = list.tight && !list.items.iter().any(opens_out);
        for (i, item) in list.items.iter().enumerate() {
            if i > 0 {
                if tight { self.newline() } else { self.blank_line() }
            }
            let marker = match list.marker {
                Marker::None => "- ".to_owned(),
                Marker::Bullet(_) | Marker::Number { .. } => marker_text(list.marker, i),
            };
            self.out.push_str(marker.trim_end());
            if item.blocks.is_empty() {
                // pulldown-cmark ends every list around an empty item at a blank line.
                if i > 0 && i + 1 == list.items.len() && !self.prefix.is_empty() {
                    self.out.push_str(" <!-- -->");
                }
                continue;
            }
            let indent = self.prefix.len();
            self.prefix.extend(std::iter::repeat_n(' ', marker.len()));
            if stands_alone(item) {
                self.newline()
            } else {
                self.out.push(' ')
            }
            match task(item) {
                Some((sign, blocks)) => {
                    self.out.push_str(sign);
                    self.blocks(&blocks, tight);
                }
                None => self.blocks(&item.blocks, tight),
            }
            self.prefix.truncate(indent);
        }
        (self.bullet, self.unmarked) = (outer, outer_unmarked);
    }

    /// A list whose markers Markdown does not know: blocks that begin with them.
    fn marked_blocks(&mut self, before: &mut Option<Shape>, list: &List, tight: bool) {
        for (i, item) in list.items.iter().enumerate() {
            let marker = marker_text(list.marker, i);
            let mut blocks = item.blocks.clone();
            if mark(&mut blocks, &marker) != Some(true) {
                let content = vec![Inline::text(marker.trim_end(), item.span)];
                blocks.insert(0, Block::new(BlockKind::Paragraph { role: Role::Body, content }, item.span));
            }
            self.blocks_after(before, &blocks, tight);
        }
    }

    fn quote(&mut self, blocks: &[Block]) {
        let indent = self.prefix.len();
        self.prefix.push_str("> ");
        self.out.push('>');
        if !blocks.is_empty() {
            self.out.push(' ');
        }
        let (bullet, unmarked) = (self.bullet, self.unmarked);
        (self.bullet, self.unmarked) = ('-', false);
        match blocks {
            [Block { kind: BlockKind::Paragraph { role: Role::Alert(alert), content }, .. }, rest @ ..] => {
                self.alert(*alert, content, rest)
            }
            _ => self.blocks(blocks, false),
        }
        (self.bullet, self.unmarked) = (bullet, unmarked);
        self.prefix.truncate(indent);
    }

    /// A box with its title, which a reader gives it where it is the usual one.
    fn alert(&mut self, alert: Alert, title: &[Inline], blocks: &[Block]) {
        self.out.extend(["[!", alert.name(), "]"]);
        let at = self.out.len();
        self.out.push(' ');
        let title = match title {
            [Inline { kind: InlineKind::Strong(content), .. }] => content,
            _ => title,
        };
        self.inlines(title, Site::Heading);
        let title = self.out.split_off(at);
        if !blocks.is_empty() {
            match blocks.first().map(|block| &block.kind) {
                Some(BlockKind::Paragraph { .. } | BlockKind::Verse(_)) => self.newline(),
                _ => self.blank_line(),
            }
            self.blocks(blocks, false);
        }
        let chinese = self.out[at..].chars().any(is_han);
        if title.trim() != alert.called(chinese) {
            self.out.insert_str(at, &title);
        }
    }

    fn code(&mut self, language: Option<&str>, text: &str) {
        let language = language.unwrap_or_default();
        let sign = if language.contains('`') { '~' } else { '`' };
        let longest =
            text.lines().map(|line| line.trim_start().chars().take_while(|&c| c == sign).count()).max().unwrap_or(0);
        let fence = sign.to_string().repeat(3.max(longest + 1));
        self.out.push_str(&fence);
        escape::escaped(language, &[], self.out);
        if !text.is_empty() {
            for line in text.split('\n') {
                self.out.push('\n');
                if line.is_empty() {
                    self.out.push_str(self.prefix.trim_end());
                } else {
                    self.out.push_str(&self.prefix);
                    self.out.push_str(line);
                }
            }
        }
        self.newline();
        self.out.push_str(&fence);
    }

    fn table(&mut self, table: &Table) {
        let mut rows = table.rows.iter();
        // A table without a head gets an empty one, which is read back as none.
        self.out.push('|');
        if table.head_rows == 0 {
            self.out.push_str(&"  |".repeat(table.columns.len()));
        } else if let Some(head) = rows.next() {
            self.cells(&head.cells);
        }
        self.newline();
        self.out.push('|');
        for align in &table.columns {
            self.out.push_str(match align {
                Align::None => " --- |",
                Align::Left => " :-- |",
                Align::Center => " :-: |",
                Align::Right => " --: |",
            });
        }
        for row in rows {
            self.newline();
            self.out.push('|');
            self.cells(&row.cells);
        }
    }

    fn cells(&mut self, cells: &[Vec<Inline>]) {
        for cell in cells {
            self.out.push(' ');
            self.inlines(cell, Site::Cell);
            self.out.push_str(" |");
        }
    }

    fn image(&mut self, image: &Image, block: &Block) {
        self.inlines(&[Inline::new(InlineKind::Image(image.clone()), block.span)], Site::Paragraph);
    }

    fn note(&mut self, index: usize, note: &Footnote) {
        self.out.push_str("[^");
        if let Some(label) = self.labels.get(index) {
            self.out.push_str(label);
        }
        self.out.push_str("]:");
        if note.blocks.is_empty() {
            return;
        }
        let indent = self.prefix.len();
        self.prefix.push_str("    ");
        match note.blocks.first().map(|block| &block.kind) {
            Some(BlockKind::Paragraph { .. }) => self.out.push(' '),
            _ => self.newline(),
        }
        self.blocks(&note.blocks, false);
        self.prefix.truncate(indent);
    }
}

/// What Markdown has for the box before a task, and the blocks of `item` without it.
fn task(item: &ListItem) -> Option<(&'static str, Vec<Block>)> {
    let mut blocks = item.blocks.clone();
    let BlockKind::Paragraph { content, .. } = &mut blocks.first_mut()?.kind else { return None };
    let InlineKind::Text(text) = &mut content.first_mut()?.kind else { return None };
    let (sign, rest) = match text.split_once(' ')? {
        ("☐", rest) => ("[ ] ", rest),
        ("☑", rest) => ("[x] ", rest),
        _ => return None,
    };
    if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        return None;
    }
    *text = rest.to_owned();
    Some((sign, blocks))
}

/// Whether the marker of `item` stands on a line of its own: before nothing, or before another list, for `- - -` would be a rule.
fn stands_alone(item: &ListItem) -> bool {
    match item.blocks.first().map(|block| &block.kind) {
        None => true,
        Some(BlockKind::List(inner)) => delimiter(inner).is_some(),
        Some(_) => false,
    }
}

/// Puts `marker` before the first line of `blocks`. Answers whether it could: `Some(false)` where the marker stands alone, `None` where there
/// is no line at all.
fn mark(blocks: &mut [Block], marker: &str) -> Option<bool> {
    blocks.iter_mut().find_map(|block| {
        let text = Inline::text(marker, block.span);
        match &mut block.kind {
            BlockKind::Heading(Heading { content, .. }) | BlockKind::Paragraph { content, .. } => {
                content.insert(0, text)
            }
            BlockKind::Verse(stanzas) => {
                stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines).next()?.content.insert(0, text);
            }
            BlockKind::Quote(blocks) => return mark(blocks, marker),
            BlockKind::Code { text, .. } => text.insert_str(0, marker),
            BlockKind::Divider { ornament } if !ornament.is_empty() => ornament.insert_str(0, marker),
            BlockKind::Image(image) => {
                let image = Inline::new(InlineKind::Image(image.clone()), block.span);
                block.kind = BlockKind::Paragraph { role: Role::Body, content: vec![text, image] };
            }
            BlockKind::List(_) | BlockKind::Table(_) | BlockKind::Divider { .. } => return Some(false),
        }
        Some(true)
    })
}

/// Whether `blocks` begin with a list that Markdown has no form for, if they begin with anything.
fn begin_with_marked(blocks: &[Block]) -> Option<bool> {
    blocks.iter().find_map(|block| match &block.kind {
        BlockKind::List(inner) => Some(delimiter(inner).is_none()),
        BlockKind::Quote(blocks) => begin_with_marked(blocks),
        BlockKind::Heading(_)
        | BlockKind::Paragraph { .. }
        | BlockKind::Verse(_)
        | BlockKind::Code { .. }
        | BlockKind::Table(_)
        | BlockKind::Divider { .. }
        | BlockKind::Image(_) => Some(false),
    })
}

/// Whether `item` holds a list that Markdown does not know, whose items are paragraphs.
fn opens_out(item: &ListItem) -> bool {
    item.blocks.iter().any(|block| matches!(&block.kind, BlockKind::List(list) if delimiter(list).is_none()))
}

/// The sign that tells a Markdown list from another beside it, when Markdown has the form: `- * +`, `1.`, `1)`. A marker before another
/// that is text stands in a line of its own, which Markdown can only say of text.
fn delimiter(list: &List) -> Option<char> {
    if list.items.iter().any(|item| begin_with_marked(&item.blocks) == Some(true)) {
        return None;
    }
    match list.marker {
        Marker::None => Some('-'),
        Marker::Bullet(c @ ('-' | '*' | '+')) => Some(c),
        Marker::Bullet(_) => None,
        Marker::Number { start, form } => {
            let last = u64::from(start) + list.items.len() as u64;
            let delimiter = match form {
                NumberForm::ARABIC_DOT => '.',
                NumberForm::ARABIC_PAREN => ')',
                _ => return None,
            };
            (last <= 999_999_999).then_some(delimiter)
        }
    }
}

/// The labels of notes as Markdown needs them, where each may stand once and without white space or brackets. A second `1` becomes
/// `1~2`; so that this can be undone, a label that ends like that gets a `~1`.
fn labels(notes: &[Footnote]) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    notes
        .iter()
        .map(|note| {
            let label: String = note
                .label
                .chars()
                .map(|c| if c.is_whitespace() || c.is_control() || matches!(c, '[' | ']' | '\\') { '-' } else { c })
                .collect();
            let label = if label.is_empty() { "-".to_owned() } else { label };
            let count = seen.entry(label.to_lowercase()).or_default();
            *count += 1;
            let numbered = label
                .rsplit_once('~')
                .is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
            if *count > 1 || numbered { format!("{label}~{count}") } else { label }
        })
        .collect()
}
