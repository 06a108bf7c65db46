//! Lines with their parts, put together into blocks.

use super::notes::Reference;
use super::table::cells;
use super::{Part, Reading};
use crate::document::{
    Align, Block, BlockKind, Document, Footnote, Heading, Inline, InlineKind, List, ListItem, Role, Row, Stanza, Table,
    VerseLine,
};
use crate::recognize::levels::Levels;
use std::ops::Range;

/// The document of what has been read.
pub fn document(reading: Reading<'_>, references: &[Reference]) -> Document {
    let mut assembly = Assembly {
        reading: &reading,
        references,
        next: 0,
        levels: Levels::default(),
        blocks: vec![],
        footnotes: vec![],
    };
    let mut at = 0;
    while at < reading.parts.len() {
        at = assembly.block(at);
    }
    let Assembly { blocks, footnotes, .. } = assembly;
    Document { meta: reading.meta, blocks, footnotes }
}

struct Assembly<'r, 't> {
    reading: &'r Reading<'t>,
    references: &'r [Reference],
    /// The next reference that has not been set.
    next: usize,
    levels: Levels,
    blocks: Vec<Block>,
    footnotes: Vec<Footnote>,
}

impl Assembly<'_, '_> {
    /// Makes the block that begins at line `at`; the line after it.
    fn block(&mut self, at: usize) -> usize {
        let lines = &self.reading.page.lines;
        let line = &lines[at];
        let span = line.span();
        match self.reading.parts[at] {
            Part::Open | Part::ItemMore => self.paragraph(Role::Body, span),
            Part::Role(role) => self.paragraph(role, span),
            Part::Title => {
                let end = self.end(at, |p| p == Part::Title);
                let content = (at..end).flat_map(|i| self.inlines(lines[i].span())).collect();
                let level = self.levels.next(0);
                let reason = "short first line set off from the text";
                let heading = Heading { level, title: true, label: None, content, reason };
                self.push(BlockKind::Heading(heading), span.start..lines[end - 1].span().end);
                return end;
            }
            Part::Heading { rank, label, reason } => self.heading(rank, label, reason, span),
            Part::Divider => self.push(BlockKind::Divider { ornament: line.text.to_owned() }, span),
            Part::Code(block) => {
                let end = self.end(at, |p| p == Part::Code(block));
                let full = line.full.start..lines[end - 1].full.end;
                let text = self.reading.page.text[full.clone()].to_owned();
                self.push(BlockKind::Code { language: None, text }, full);
                return end;
            }
            Part::Quote => {
                let end = self.end(at, |p| p == Part::Quote);
                let blocks = (at..end).map(|i| self.body(lines[i].span())).collect();
                self.push(BlockKind::Quote(blocks), span.start..lines[end - 1].span().end);
                return end;
            }
            Part::Verse => return self.verse(at),
            Part::Item { list, .. } => return self.list(at, list),
            Part::Row(table) => return self.table(at, table),
            Part::Note { note, len } => self.note(note, len, span),
        }
        at + 1
    }

    /// The first line from `at` on whose part is not `same`.
    fn end(&self, at: usize, same: impl Fn(Part) -> bool) -> usize {
        self.reading.parts[at..].iter().position(|&p| !same(p)).map_or(self.reading.parts.len(), |n| at + n)
    }

    fn push(&mut self, kind: BlockKind, span: Range<usize>) {
        self.blocks.push(Block::new(kind, span));
    }

    /// The text at `span` with its references to notes.
    fn inlines(&mut self, span: Range<usize>) -> Vec<Inline> {
        let text = self.reading.page.text;
        let mut found = vec![];
        let mut from = span.start;
        while let Some(reference) = self.references.get(self.next).filter(|r| r.span.end <= span.end) {
            self.next += 1;
            if reference.span.start < from {
                continue;
            }
            if from < reference.span.start {
                found.push(Inline::text(&text[from..reference.span.start], from..reference.span.start));
            }
            found.push(Inline::new(InlineKind::NoteRef { note: reference.note }, reference.span.clone()));
            from = reference.span.end;
        }
        if from < span.end {
            found.push(Inline::text(&text[from..span.end], from..span.end));
        }
        found
    }

    fn body(&mut self, span: Range<usize>) -> Block {
        let content = self.inlines(span.clone());
        Block::new(BlockKind::Paragraph { role: Role::Body, content }, span)
    }

    fn paragraph(&mut self, role: Role, span: Range<usize>) {
        let content = self.inlines(span.clone());
        self.push(BlockKind::Paragraph { role, content }, span);
    }

    fn heading(&mut self, rank: u8, label: usize, reason: &'static str, span: Range<usize>) {
        let level = self.levels.next(rank);
        let label = (label > 0).then(|| self.reading.page.text[span.start..span.start + label].to_owned());
        let content = self.inlines(span.clone());
        self.push(BlockKind::Heading(Heading { level, title: false, label, content, reason }), span);
    }

    fn verse(&mut self, at: usize) -> usize {
        let lines = &self.reading.page.lines;
        let end = self.end(at, |p| p == Part::Verse);
        let mut stanzas: Vec<Stanza> = vec![];
        for (i, line) in lines.iter().enumerate().take(end).skip(at) {
            let content = self.inlines(line.span());
            let line = VerseLine { content, span: line.span().into() };
            match stanzas.last_mut() {
                Some(stanza) if lines[i].gap == 0 => stanza.lines.push(line),
                _ => stanzas.push(Stanza { lines: vec![line] }),
            }
        }
        self.push(BlockKind::Verse(stanzas), lines[at].start..lines[end - 1].span().end);
        end
    }

    fn list(&mut self, at: usize, list: usize) -> usize {
        let lines = &self.reading.page.lines;
        let mut items: Vec<ListItem> = vec![];
        let mut marker = None;
        let mut end = at;
        let mut tight = true;
        while let Some(&part) = self.reading.parts.get(end) {
            let span = lines[end].span();
            match part {
                Part::Item { list: of, marker: m, len } if of == list => {
                    marker.get_or_insert(m);
                    tight &= end == at || lines[end].gap == 0;
                    let blocks = vec![self.body(span.start + len..span.end)];
                    items.push(ListItem { blocks, span: span.into() });
                }
                Part::ItemMore => {
                    let block = self.body(span);
                    if let Some(item) = items.last_mut() {
                        item.span = item.span.cover(block.span);
                        item.blocks.push(block);
                    }
                }
                _ => break,
            }
            end += 1;
        }
        if let Some(marker) = marker {
            let span = lines[at].start..lines[end - 1].span().end;
            self.push(BlockKind::List(List { marker, tight, items }), span);
        }
        end
    }

    fn table(&mut self, at: usize, table: usize) -> usize {
        let lines = &self.reading.page.lines;
        let end = self.end(at, |p| p == Part::Row(table));
        let mut rows = vec![];
        for line in &lines[at..end] {
            let cells =
                cells(line.text).into_iter().map(|c| self.inlines(line.start + c.start..line.start + c.end)).collect();
            rows.push(Row { cells, span: line.span().into() });
        }
        let columns = vec![Align::None; rows.first().map_or(0, |r: &Row| r.cells.len())];
        self.push(BlockKind::Table(Table { columns, head_rows: 0, rows }), lines[at].start..lines[end - 1].span().end);
        end
    }

    fn note(&mut self, note: usize, len: usize, span: Range<usize>) {
        debug_assert_eq!(note, self.footnotes.len());
        let label = self.reading.page.text[span.start..span.start + len].to_owned();
        let rest = &self.reading.page.text[span.start + len..span.end];
        let from = span.end - rest.trim_start().len();
        let blocks = vec![self.body(from..span.end)];
        self.footnotes.push(Footnote { label, blocks, span: span.into() });
    }
}
