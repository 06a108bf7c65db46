//! Cells of a row beyond those of the head, which Markdown leaves out and a reader wants to see.

use super::Reader;
use super::events::events;
use super::inlines::{self, Container};
use crate::document::{Align, Inline, Table};
use crate::error::Cause;
use crate::note::{At, Note};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// The most columns a row, on the average, that a table is widened to.
const WIDEST: usize = 64;

impl Reader<'_> {
    /// Adds the cells of `table` that Markdown leaves out, and the columns that they need.
    pub fn add_surplus(&mut self, table: &mut Table) {
        for row in &mut table.rows {
            let source = &self.text[row.span.range()];
            for cell in cells(source, table.columns.len()) {
                let place = row.span.range().start + cell.start..row.span.range().start + cell.end;
                let content = self.cell(place.clone());
                if !content.is_empty() {
                    let detail = Cause::text(source[cell].chars().take(80).collect::<String>());
                    self.dropped.push(Note::warning("surplus-cell", At::Normal(place.into()), detail));
                }
                row.cells.push(content);
            }
            while row.cells.len() > table.columns.len() && row.cells.last().is_some_and(Vec::is_empty) {
                row.cells.pop();
            }
        }
        let widest = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let rows = table.rows.len();
        if widest > table.columns.len() && widest.saturating_mul(rows) <= WIDEST * (rows + widest) {
            table.columns.resize(widest, Align::None);
        }
        let columns = table.columns.len();
        for row in &mut table.rows {
            // In a table that would become too wide, what is beyond stands in the last cell.
            let beyond = row.cells.split_off(columns.min(row.cells.len()));
            for cell in beyond {
                if let Some(last) = row.cells.last_mut() {
                    last.push(Inline::text(" ", row.span));
                    last.extend(cell);
                }
            }
            row.cells.resize(columns, vec![]);
        }
    }

    /// The inlines of a cell at `place`, which the parser has left out.
    fn cell(&mut self, place: Range<usize>) -> Vec<Inline> {
        let text = self.text;
        let mut events = events(&text[..place.end], place.start);
        let paragraph =
            |event: &Event<'_>| matches!(event, Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        events.retain(|(event, _)| !paragraph(event));
        let inline = |event: &Event<'_>| {
            matches!(
                event,
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough)
                    | Event::End(_)
                    | Event::Text(_)
                    | Event::Code(_)
                    | Event::InlineMath(_)
            )
        };
        self.inlines.open(Container::Cell, place.clone());
        if events.iter().all(|(event, _)| inline(event)) {
            self.read(&events);
        } else {
            self.inlines.text(&text[place.clone()], place);
        }
        self.inlines.close().map(|(_, content, _)| inlines::trimmed(content)).unwrap_or_default()
    }
}

/// The places in `row`, a line of a table, of the cells beyond the first `columns`, without their spaces.
fn cells(row: &str, columns: usize) -> Vec<Range<usize>> {
    let line = row.trim_end();
    let start = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let start = start + usize::from(line[start..].starts_with('|'));
    let mut found = vec![];
    let (mut from, mut escaped) = (start, false);
    for (at, b) in line.bytes().enumerate().skip(start) {
        if b == b'|' && !escaped {
            found.push(from..at);
            from = at + 1;
        }
        escaped = b == b'\\' && !escaped;
    }
    if from < line.len() {
        found.push(from..line.len());
    }
    let trimmed = |cell: Range<usize>| {
        let text = &line[cell.clone()];
        let start = cell.start + text.len() - text.trim_start().len();
        start..(cell.start + text.trim_end().len()).max(start)
    };
    found.into_iter().skip(columns).map(trimmed).collect()
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn cells_beyond_the_head_are_found() {
        let beyond = |row: &'static str| cells(row, 2).into_iter().map(|cell| &row[cell]).collect::<Vec<_>>();
        assert_eq!(beyond("| 1 | 2 | 3 | 多出来的 |"), ["3", "多出来的"]);
        assert_eq!(beyond("1 | 2 | a \\| b"), ["a \\| b"]);
        assert_eq!(beyond("| 1 | 2 |"), [""; 0]);
        assert_eq!(beyond("> | 1 |"), [""; 0]);
    }
}
