//! Lines with their parts, put together into blocks.

use super::opening::parts_title;
use super::{Part, Reading};
use crate::document::{
    Align, Block, BlockKind, Document, Heading, Inline, InlineKind, List, ListItem, Role, Row, Stanza, Table, VerseLine,
};
use crate::recognize::by_hand;
use crate::recognize::levels::Levels;
use crate::unicode::{is_cjk_mark, is_han, is_kana};
use std::ops::Range;

/// The document of what has been read.
pub fn document(reading: Reading<'_>) -> Document {
    let mut assembly = Assembly { reading: &reading, levels: Levels::default(), blocks: vec![] };
    let mut at = 0;
    while at < reading.parts.len() {
        at = assembly.block(at);
    }
    let blocks = assembly.blocks;
    Document { meta: reading.meta, blocks, footnotes: vec![] }
}

struct Assembly<'r, 't> {
    reading: &'r Reading<'t>,
    levels: Levels,
    blocks: Vec<Block>,
}

impl Assembly<'_, '_> {
    /// Makes the block that begins at line `at`; the line after it.
    fn block(&mut self, at: usize) -> usize {
        let lines = &self.reading.page.lines;
        let line = &lines[at];
        let span = line.span();
        match self.reading.parts[at] {
            Part::Open | Part::ItemMore { .. } | Part::More => self.paragraph(Role::Body, span),
            Part::Role(role) => self.paragraph(role, span),
            Part::Title => {
                let end = self.end(at, |p| p == Part::Title);
                let mut content = self.inlines(line.span());
                for i in at + 1..end {
                    let (above, own) = (&lines[i - 1], &lines[i]);
                    if parts_title(above.text, own.text) {
                        content.push(Inline::new(InlineKind::Break, above.span().end..own.start));
                    }
                    content.extend(self.inlines(own.span()));
                }
                let level = self.levels.next(0);
                let reason = "short first line set off from the text";
                let weighed = self.reading.weighed(at);
                let heading = Heading { level, title: true, label: None, content, reason, weighed };
                self.push(BlockKind::Heading(heading), span.start..lines[end - 1].span().end);
                return end;
            }
            Part::Heading { rank, label, reason } => self.heading(rank, label, reason, at),
            Part::Divider => self.push(BlockKind::Divider { ornament: line.text.to_owned() }, span),
            Part::Code(block) => {
                let end = self.end(at, |p| p == Part::Code(block));
                let full = line.full.start..lines[end - 1].full.end;
                let text = self.reading.page.text[full.clone()].to_owned();
                self.push(BlockKind::Code { language: None, text }, full);
                return end;
            }
            Part::Quote(_) => {
                let end = self.end(at, |p| matches!(p, Part::Quote(_)));
                let block = self.quote(at..end, 1);
                self.blocks.push(block);
                return end;
            }
            Part::Verse => return self.verse(at),
            Part::Item { list, .. } => return self.list(at, list),
            Part::Row(table) => return self.table(at, table),
        }
        let end = self.end(at + 1, |part| part == Part::More);
        for more in &lines[at + 1..end] {
            let mut blocks = std::mem::take(&mut self.blocks);
            self.go_on(&mut blocks, more.span());
            self.blocks = blocks;
        }
        end
    }

    /// The first line from `at` on whose part is not `same`.
    fn end(&self, at: usize, same: impl Fn(Part) -> bool) -> usize {
        self.reading.parts[at..].iter().position(|&p| !same(p)).map_or(self.reading.parts.len(), |n| at + n)
    }

    fn push(&mut self, kind: BlockKind, span: Range<usize>) {
        self.blocks.push(Block::new(kind, span));
    }

    /// The text at `span`.
    fn inlines(&self, span: Range<usize>) -> Vec<Inline> {
        if span.is_empty() { vec![] } else { vec![Inline::text(&self.reading.page.text[span.clone()], span)] }
    }

    fn body(&self, span: Range<usize>) -> Block {
        let content = self.inlines(span.clone());
        Block::new(BlockKind::Paragraph { role: Role::Body, content }, span)
    }

    fn paragraph(&mut self, role: Role, span: Range<usize>) {
        let content = self.inlines(span.clone());
        self.push(BlockKind::Paragraph { role, content }, span);
    }

    fn heading(&mut self, rank: u8, label: usize, reason: &'static str, at: usize) {
        let span = self.reading.page.lines[at].span();
        let weighed = self.reading.weighed(at);
        // What a person decided has a level of its own, and moves no other.
        let level = if reason == by_hand::REASON { 1 } else { self.levels.next(rank) };
        let label = (label > 0).then(|| self.reading.page.text[span.start..span.start + label].to_owned());
        let content = self.inlines(span.clone());
        self.push(BlockKind::Heading(Heading { level, title: false, label, content, reason, weighed }), span);
    }

    /// What `lines` quote for the `level`th time.
    fn quote(&self, lines: Range<usize>, level: u8) -> Block {
        let page = &self.reading.page.lines;
        let deeper = |&part: &Part| matches!(part, Part::Quote(of) if of > level);
        let mut blocks = vec![];
        let mut at = lines.start;
        while at < lines.end {
            let run = self.reading.parts[at..lines.end].iter().take_while(|part| deeper(part)).count();
            if run > 0 {
                blocks.push(self.quote(at..at + run, level + 1));
                at += run;
            } else {
                blocks.push(self.body(page[at].span()));
                at += 1;
            }
        }
        Block::new(BlockKind::Quote(blocks), page[lines.start].start..page[lines.end - 1].span().end)
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
        let end = self.end(at, |part| match part {
            Part::Item { list: of, .. } => of == list,
            Part::ItemMore { .. } => true,
            _ => false,
        });
        let block = self.sublist(at..end, 0);
        self.blocks.extend(block);
        end
    }

    /// The list at `depth` that `lines` hold.
    fn sublist(&self, lines: Range<usize>, depth: usize) -> Option<Block> {
        let Some(&Part::Item { marker, .. }) = self.reading.parts.get(lines.start) else { return None };
        let page = &self.reading.page.lines;
        let own = |&i: &usize| matches!(self.reading.parts[i], Part::Item { depth: d, .. } if d == depth);
        let starts: Vec<usize> = lines.clone().filter(own).collect();
        let ends = starts.iter().skip(1).copied().chain([lines.end]);
        let items: Vec<ListItem> = starts.iter().zip(ends).map(|(&start, end)| self.item(start..end, depth)).collect();
        // Items of several paragraphs stand apart.
        let paragraph = |block: &Block| matches!(block.kind, BlockKind::Paragraph { .. });
        let several = |item: &ListItem| item.blocks.windows(2).any(|pair| pair.iter().all(paragraph));
        let tight = starts.iter().skip(1).all(|&i| page[i].gap == 0) && !items.iter().any(several);
        let span = page[lines.start].start..page[lines.end - 1].span().end;
        Some(Block::new(BlockKind::List(List { marker, tight, items }), span))
    }

    /// The item at `depth` that takes `lines`: its paragraph, and what stands below it.
    fn item(&self, lines: Range<usize>, depth: usize) -> ListItem {
        let page = &self.reading.page.lines;
        let span = page[lines.start].start..page[lines.end - 1].span().end;
        let mut blocks = vec![];
        let mut at = lines.start;
        while at < lines.end {
            let line = page[at].span();
            match self.reading.parts[at] {
                Part::Item { depth: d, .. } if d > depth => {
                    let within = |part: &Part| match *part {
                        Part::Item { .. } => true,
                        Part::ItemMore { depth: d, .. } => d > depth,
                        _ => false,
                    };
                    let rest = &self.reading.parts[at..lines.end];
                    let end = at + rest.iter().position(|part| !within(part)).unwrap_or(rest.len());
                    blocks.extend(self.sublist(at..end, depth + 1));
                    at = end;
                    continue;
                }
                Part::Item { len, .. } => blocks.push(self.body(line.start + len..line.end)),
                Part::ItemMore { goes_on: true, .. } => self.go_on(&mut blocks, line),
                _ => blocks.push(self.body(line)),
            }
            at += 1;
        }
        ListItem { blocks, span: span.into() }
    }

    /// Adds the line at `line` to the paragraph that ends `blocks`: with a space, unless either side of the line end is Chinese.
    fn go_on(&self, blocks: &mut Vec<Block>, line: Range<usize>) {
        let Some(Block {
            kind: BlockKind::Paragraph { content, .. } | BlockKind::Heading(Heading { content, .. }),
            span,
        }) = blocks.last_mut()
        else {
            blocks.push(self.body(line));
            return;
        };
        let text = self.reading.page.text;
        let sides = [text[..span.end].chars().next_back(), text[line.clone()].chars().next()];
        if !sides.into_iter().flatten().any(|c| is_han(c) || is_kana(c) || is_cjk_mark(c)) {
            content.push(Inline::text(" ", span.end..span.end + 1));
        }
        content.extend(self.inlines(line.clone()));
        span.end = line.end;
    }

    fn table(&mut self, at: usize, table: usize) -> usize {
        let lines = &self.reading.page.lines;
        let end = self.end(at, |p| p == Part::Row(table));
        let mut rows: Vec<Row> = vec![];
        for (line, grid) in lines[at..end].iter().zip(&self.reading.grids[table].lines) {
            let cells: Vec<Vec<Inline>> = grid.cells.iter().map(|cell| self.inlines(cell.clone())).collect();
            match rows.last_mut() {
                Some(row) if grid.more => {
                    let start = line.start..line.start;
                    for (cell, more) in row.cells.iter_mut().zip(cells).filter(|(_, more)| !more.is_empty()) {
                        cell.push(Inline::new(InlineKind::Break, start.clone()));
                        cell.extend(more);
                    }
                    row.span = row.span.cover(line.span().into());
                }
                _ => rows.push(Row { cells, span: line.span().into() }),
            }
        }
        let columns = vec![Align::None; rows.first().map_or(0, |r: &Row| r.cells.len())];
        self.push(BlockKind::Table(Table { columns, head_rows: 0, rows }), lines[at].start..lines[end - 1].span().end);
        end
    }
}
