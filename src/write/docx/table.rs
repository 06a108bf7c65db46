//! Tables of three rules, as wide as their text asks: one above, one below the heads, one below all.

use super::body::Writer;
use super::paragraph::{Properties, close};
use super::styles::justification;
use crate::document::{Align, Table, inline_text};
use crate::style::Alignment;
use crate::unit::Unit;

/// Space beside the text of a cell, in thousandths of an em.
pub const BESIDE: i32 = 500;
/// Space that a line of text surely does not need, whatever is rounded, in thousandths of an em.
const SPARE: i32 = 200;
/// Space above and below the text of a cell, in thousandths of an em.
pub const ABOVE: i32 = 250;
/// The narrowest column, in thousandths of an em.
const LEAST: i32 = 2000;

impl Writer<'_> {
    /// Writes a table that begins at `left`.
    pub(super) fn table(&mut self, table: &Table, left: Unit) -> Result<(), String> {
        let widths = self.column_widths(table, left);
        self.space(true);
        let place = match left > Unit::ZERO {
            true => format!("<w:tblInd w:w=\"{}\" w:type=\"dxa\"/>", left.to_twips()),
            false => String::new(),
        };
        let center = if place.is_empty() { "<w:jc w:val=\"center\"/>" } else { "" };
        let (look, head) = if table.head_rows > 0 { ("0620", 1) } else { ("0600", 0) };
        self.push(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"ThreeRules\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/>{center}{place}\
             <w:tblLook w:val=\"{look}\" w:firstRow=\"{head}\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" \
             w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
            widths.iter().map(|width| twips(*width)).sum::<i32>()
        ));
        for width in &widths {
            self.push(&format!("<w:gridCol w:w=\"{}\"/>", twips(*width)));
        }
        self.push("</w:tblGrid>");
        let look = &self.style.table;
        for (i, row) in table.rows.iter().enumerate() {
            let is_head = i < table.head_rows;
            let (style, repeated) = if is_head { ("TableHeading", "<w:tblHeader/>") } else { ("TableText", "") };
            self.push(&format!("<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>"));
            for (column, width) in widths.iter().enumerate() {
                let content = match row.cells.get(column) {
                    Some(cell) => {
                        let room = (*width - look.size.em(2 * BESIDE), self.style.cell_picture_height());
                        let mut runs = self.text_in(look);
                        runs.room = room;
                        runs.build(cell, None)
                    }
                    None => vec![],
                };
                let align = match table.columns.get(column).copied().unwrap_or_default() {
                    Align::None => None,
                    Align::Left => Some(justification(Alignment::Left)),
                    Align::Center => Some(justification(Alignment::Center)),
                    Align::Right => Some(justification(Alignment::Right)),
                };
                self.push(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/></w:tcPr>", twips(*width)));
                self.emit_paragraph(&Properties { align, ..Properties::of(style) }, &content)?;
                self.push("</w:tc>");
            }
            self.push("</w:tr>");
        }
        self.push("</w:tbl>");
        // A paragraph besides, for tables without one between them become one, and a story does not end with a table.
        self.space(false);
        Ok(())
    }

    fn push(&mut self, xml: &str) {
        self.out.extend_from_slice(xml.as_bytes());
    }

    /// An empty paragraph for the space above or below a table, which tables have no property for.
    fn space(&mut self, keep_next: bool) {
        Properties { keep_next, ..Properties::of("TableSpace") }.open(&mut self.out);
        close(&mut self.out);
    }

    /// The widths of the columns, with the space beside their text: as wide as their longest lines, and where there is no room
    /// for all of these, in proportion to what they ask beyond the least.
    fn column_widths(&self, table: &Table, left: Unit) -> Vec<Unit> {
        let columns = table.rows.iter().map(|row| row.cells.len()).chain([table.columns.len(), 1]).max().unwrap_or(1);
        let mut wanted = vec![LEAST; columns];
        for row in &table.rows {
            for (wanted, cell) in wanted.iter_mut().zip(&row.cells) {
                let text = inline_text(self.document, cell);
                let longest = text.split('\n').map(width).max().unwrap_or(0);
                *wanted = (*wanted).max(longest.saturating_add(SPARE));
            }
        }
        let em = self.style.table.size;
        let room = (self.style.measure() - left).0.max(1);
        let most = (i64::from(room) * 1000 / i64::from(em.0.max(1))) as i32 - 2 * BESIDE * columns as i32;
        let sum: i64 = wanted.iter().map(|&width| i64::from(width)).sum();
        let least = LEAST.min(most / columns as i32).max(100);
        let (over, more) = (sum - i64::from(LEAST) * columns as i64, i64::from(most - least * columns as i32).max(0));
        let fitted = |width: i32| match sum <= i64::from(most) {
            true => width,
            false => least + (i64::from(width - LEAST) * more / over.max(1)) as i32,
        };
        wanted.into_iter().map(|width| em.em(fitted(width) + 2 * BESIDE)).collect()
    }
}

/// A width of a table as Word counts it: not none.
fn twips(width: Unit) -> i32 {
    width.to_twips().max(1)
}

/// About how wide a line of text is, in thousandths of an em: Western letters are seldom wider than this.
fn width(line: &str) -> i32 {
    line.chars().map(|c| if c < '\u{2000}' { 550 } else { 1000 }).fold(0, i32::saturating_add)
}
