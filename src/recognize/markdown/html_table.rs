//! Tables of HTML. A cell that spans columns or rows stands where it begins, and the other places that it spans stay empty.

use crate::document::{Align, Block, BlockKind, Inline, Row, Table};
use crate::recognize::html::Tag;
use std::ops::Range;

/// More columns or rows than any cell spans (HTML, section 4.9.12.1, allows for a thousand columns).
const SPAN: usize = 100;
/// The most empty places that rows of unequal length are filled with.
const EMPTY: usize = 1 << 18;

/// A table that is being read.
pub struct HtmlTable {
    span: Range<usize>,
    rows: Vec<Row>,
    /// Whether the first row has none but cells that are heads.
    head: bool,
    /// By column, for how many more rows a cell above reaches down.
    below: Vec<usize>,
    /// Columns and rows that the open cell spans.
    open: (usize, usize),
    /// Empty places so far.
    empty: usize,
}

impl HtmlTable {
    /// A table whose tag stands at `span`.
    pub fn new(span: Range<usize>) -> Self {
        HtmlTable { span, rows: vec![], head: true, below: vec![], open: (1, 1), empty: 0 }
    }

    /// Begins a row.
    pub fn row(&mut self, place: Range<usize>) {
        let width = self.rows.last().map_or(0, |row| row.cells.len());
        self.below.iter_mut().skip(width).for_each(|rows| *rows = rows.saturating_sub(1));
        self.rows.push(Row { cells: vec![], span: place.into() });
    }

    /// Begins a cell with its tag, `head` or not; without one for text that stands in no cell.
    pub fn cell(&mut self, tag: Option<&Tag<'_>>, head: bool, place: Range<usize>) {
        if self.rows.is_empty() {
            self.row(place);
        }
        self.head &= head || self.rows.len() > 1;
        let span = |name| {
            let said = tag.and_then(|tag| tag.attribute(name)).and_then(|value| value.trim().parse().ok());
            said.unwrap_or(1).clamp(1, SPAN)
        };
        self.open = (span("colspan"), span("rowspan"));
    }

    /// Ends the open cell, which holds `content`.
    pub fn fill(&mut self, content: Vec<Inline>) {
        let Some(row) = self.rows.last_mut() else { return };
        let (columns, rows) = std::mem::replace(&mut self.open, (1, 1));
        while let Some(rows) = self.below.get_mut(row.cells.len()).filter(|rows| **rows > 0) {
            *rows -= 1;
            row.cells.push(vec![]);
        }
        let columns = if self.empty > EMPTY { 1 } else { columns };
        self.empty += columns - 1;
        let (start, end) = (row.cells.len(), row.cells.len() + columns);
        self.below.resize(self.below.len().max(end), 0);
        self.below[start..end].fill(rows - 1);
        row.cells.push(content);
        row.cells.resize(end, vec![]);
    }

    /// The table, whose rows all have as many cells; several, one below the other, where a row is out of all proportion to the others.
    pub fn finish(mut self) -> Vec<Block> {
        self.rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        let width = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let cells: usize = self.rows.iter().map(|row| row.cells.len()).sum();
        if width * self.rows.len() <= cells + EMPTY {
            self.rows.iter_mut().for_each(|row| row.cells.resize(width, vec![]));
        }
        let mut start = self.span.start;
        let tables = self.rows.chunk_by(|a, b| a.cells.len() == b.cells.len()).enumerate().map(|(i, rows)| {
            let columns = vec![Align::None; rows[0].cells.len()];
            let table = Table { columns, head_rows: usize::from(self.head && i == 0), rows: rows.to_vec() };
            let end = rows[rows.len() - 1].span.end.max(if i == 0 { self.span.end } else { 0 });
            Block::new(BlockKind::Table(table), std::mem::replace(&mut start, end)..end)
        });
        tables.collect()
    }
}
