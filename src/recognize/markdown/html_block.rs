//! Blocks of HTML in Markdown: their tags make blocks of what stands between them.

use super::html_table::HtmlTable;
use super::inlines::{self, Container};
use super::{Frame, Kind, Reader};
use crate::document::{BlockKind, Marker, NumberForm};
use crate::recognize::html::{self, Block, Sense, Tag};
use std::ops::Range;

/// A piece of a block of HTML.
enum Piece<'t> {
    Text(&'t str),
    Tag(Tag<'t>),
    Comment(&'t str),
}

impl Reader<'_> {
    /// Reads a block of HTML that stands at `range` of the text. One without any element that is known is kept as it is.
    pub fn html_block(&mut self, source: &str, range: &Range<usize>) {
        let pieces = pieces(source);
        let known = pieces.iter().any(|(piece, _)| !matches!(piece, Piece::Text(_)));
        if !known {
            if !source.trim().is_empty() {
                self.push(BlockKind::Code { language: Some("html".into()), text: source.to_owned() }, range.clone());
            }
            return;
        }
        // Where marks of a quotation stand between its lines, a piece has the place of the whole.
        let exact = self.text[range.clone()].starts_with(source);
        let base = self.frames.len();
        let mut at = 0;
        while let Some((piece, within)) = pieces.get(at) {
            at += 1;
            let place = if exact { range.start + within.start..range.start + within.end } else { range.clone() };
            match piece {
                Piece::Text(text) => self.html_text(text, place),
                Piece::Comment(_) => self.comment(&place),
                Piece::Tag(tag) if html::is_spoken_of(source, within) => self.html_text(tag.source, place),
                Piece::Tag(tag) if !tag.closes && is_opaque(tag.sense) => {
                    let ends = |(piece, _): &(Piece<'_>, Range<usize>)| matches!(piece, Piece::Tag(end) if end.closes && end.name == tag.name);
                    let end = pieces[at..].iter().position(ends).map_or(pieces.len(), |n| at + n);
                    let inner = &source[within.end..pieces.get(end).map_or(source.len(), |(_, end)| end.start)];
                    self.close_html_line();
                    if tag.sense == Sense::Unseen {
                        self.dropped.push(html::left_out(&source[within.start..within.end + inner.len()], place));
                    } else {
                        self.html_code(&pieces[at..end], place);
                    }
                    at = end + 1;
                }
                Piece::Tag(tag) => match tag.sense {
                    Sense::Block(block) => self.html_tag(tag, block, &place, base),
                    Sense::Rule => {
                        self.close_html_line();
                        self.push(BlockKind::Divider { ornament: String::new() }, place);
                    }
                    // Ends of elements, and what stands around blocks, open no line.
                    _ if tag.closes || tag.sense == Sense::Bare => self.tag(tag, &place),
                    Sense::Break if !self.inlines.is_open() => {}
                    _ => {
                        self.html_line(&place);
                        self.tag(tag, &place);
                    }
                },
            }
        }
        self.close_html_line();
        while self.frames.len() > base {
            self.close_frame();
        }
    }

    /// Text between tags, whose line ends are those of the source only.
    fn html_text(&mut self, text: &str, place: Range<usize>) {
        for (i, line) in text.split('\n').enumerate() {
            let kept = html::unescaped(line.trim());
            if i > 0 && self.inlines.is_open() {
                self.inlines.soft_break(kept.chars().next(), place.clone());
            }
            if !kept.is_empty() {
                self.html_line(&place);
                let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
                let lead = if space(line.chars().next()) && i == 0 { " " } else { "" };
                let trail = if space(line.chars().next_back()) { " " } else { "" };
                self.inlines.text(&format!("{lead}{kept}{trail}"), place.clone());
            }
        }
    }

    /// Opens a line for text, where none is open: a paragraph, in an item of its own where it stands in a list.
    fn html_line(&mut self, place: &Range<usize>) {
        if self.inlines.is_open() {
            return;
        }
        if matches!(self.frames.last(), Some(Frame { kind: Kind::List { .. }, .. })) {
            self.open_frame(Kind::Item, place);
        }
        match &mut self.html_table {
            // Text of a table that stands in no cell.
            Some(table) => {
                table.cell(None, false, place.clone());
                self.inlines.open(Container::Cell, place.clone());
            }
            None => self.paragraph(place),
        }
    }

    fn close_html_line(&mut self) {
        if self.inlines.is_open()
            && let Some((container, content, span)) = self.inlines.close()
        {
            match (container, &mut self.html_table) {
                (Container::Cell, Some(table)) => table.fill(inlines::trimmed(content)),
                (container, _) => self.finish_inlines(container, content, span),
            }
        }
    }

    /// What a tag of a block begins or ends; frames up to `base` were open before.
    fn html_tag(&mut self, tag: &Tag<'_>, block: Block, place: &Range<usize>, base: usize) {
        if self.html_table.is_some() {
            match (block, tag.closes) {
                (Block::Table, true) => return self.finish_html_table(),
                (Block::Row | Block::Cell | Block::Head, _) => self.close_html_line(),
                _ => return self.inlines.new_line(place.clone()),
            }
            match (&mut self.html_table, block) {
                (Some(table), Block::Row) if !tag.closes => table.row(place.clone()),
                (Some(table), Block::Cell | Block::Head) if !tag.closes => {
                    table.cell(Some(tag), block == Block::Head, place.clone());
                    self.inlines.open(Container::Cell, place.clone());
                }
                _ => {}
            }
            return;
        }
        self.close_html_line();
        match (block, tag.closes) {
            (Block::Heading(level), false) => self.inlines.open(Container::Heading(level), place.clone()),
            (Block::List { ordered }, false) => {
                if matches!(self.frames.last(), Some(Frame { kind: Kind::List { .. }, .. })) {
                    self.open_frame(Kind::Item, place);
                }
                let number = Marker::Number { start: 1, form: NumberForm::ARABIC_DOT };
                let marker = if ordered { number } else { Marker::Bullet('-') };
                self.open_frame(Kind::List { marker, tight: true, items: vec![] }, place);
            }
            (Block::Item, false) => {
                if matches!(self.frames.last(), Some(Frame { kind: Kind::Item, .. })) && self.frames.len() > base {
                    self.close_frame();
                }
                if matches!(self.frames.last(), Some(Frame { kind: Kind::List { .. }, .. })) {
                    self.open_frame(Kind::Item, place);
                }
            }
            (Block::Quote, false) => self.open_frame(Kind::Quote, place),
            (Block::List { .. } | Block::Quote, true) => {
                let ends = |kind: &Kind| match block {
                    Block::Quote => matches!(kind, Kind::Quote),
                    _ => matches!(kind, Kind::List { .. }),
                };
                if let Some(open) = self.frames[base..].iter().rposition(|frame| ends(&frame.kind)) {
                    while self.frames.len() > base + open {
                        self.close_frame();
                    }
                }
            }
            (Block::Table, false) => self.html_table = Some(HtmlTable::new(place.clone())),
            (Block::Item, true) | (Block::Table | Block::Row | Block::Cell | Block::Head, _) => {}
            (Block::Paragraph | Block::Heading(_) | Block::Verbatim, _) => {}
        }
        if !tag.closes && block == Block::Paragraph && tag.says_more() {
            self.left_out(tag, place);
        }
    }

    /// Ends a table of HTML, whose blank lines may have parted it into several blocks.
    pub fn finish_html_table(&mut self) {
        if self.html_table.is_none() {
            return;
        }
        self.close_html_line();
        let tables = self.html_table.take().map(HtmlTable::finish);
        if let Some(frame) = self.frames.last_mut() {
            frame.blocks.extend(tables.into_iter().flatten());
        }
    }

    /// `<pre>`
    fn html_code(&mut self, pieces: &[(Piece<'_>, Range<usize>)], place: Range<usize>) {
        let text = |(piece, _): &(Piece<'_>, Range<usize>)| match piece {
            Piece::Text(text) => html::unescaped(text),
            Piece::Tag(Tag { sense: Sense::Break, .. }) => "\n".to_owned(),
            Piece::Tag(_) | Piece::Comment(_) => String::new(),
        };
        let text: String = pieces.iter().map(text).collect();
        let text = text.strip_prefix('\n').unwrap_or(&text).trim_end();
        if !text.is_empty() {
            self.push(BlockKind::Code { language: None, text: text.to_owned() }, place);
        }
    }
}

/// Whether what an element holds is taken whole.
fn is_opaque(sense: Sense) -> bool {
    matches!(sense, Sense::Unseen | Sense::Block(Block::Verbatim))
}

/// The pieces of `source`, with their places in it.
fn pieces(source: &str) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut pieces = vec![];
    let mut from = 0;
    let mut at = 0;
    // Behind the last of them no comment ends.
    let last_end = source.rfind("-->").unwrap_or(0);
    while let Some(found) = source[at..].find('<') {
        at += found;
        let rest = &source[at..];
        let comment = rest
            .strip_prefix("<!--")
            .filter(|_| at < last_end)
            .and_then(|inner| inner.find("-->"))
            .map(|len| &rest[..len + 7]);
        let piece = comment.map(Piece::Comment).or_else(|| Tag::at(rest).map(Piece::Tag));
        let Some(piece) = piece else {
            at += 1;
            continue;
        };
        let len = match &piece {
            Piece::Comment(source) | Piece::Text(source) => source.len(),
            Piece::Tag(tag) => tag.source.len(),
        };
        if from < at {
            pieces.push((Piece::Text(&source[from..at]), from..at));
        }
        pieces.push((piece, at..at + len));
        at += len;
        from = at;
    }
    if from < source.len() {
        pieces.push((Piece::Text(&source[from..]), from..source.len()));
    }
    pieces
}
