//! Pages that are turned for tables too wide for the others (7.5, 8).

use super::super::flow::Flow;
use crate::document::Document;
use crate::style::Style;
use std::ops::Range;

impl Flow<'_> {
    /// The blocks of `doc` that stand on pages that are turned.
    pub(in super::super) fn turned_blocks(&mut self, doc: &Document) -> Vec<Range<usize>> {
        let style = self.style;
        doc.turned_blocks(|table| style.turns(table.columns.len(), || self.natural_width(table, Style::COUNTED)))
    }
}
