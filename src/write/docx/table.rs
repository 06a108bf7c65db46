//! Tables of three rules, as wide as their text asks: one above, one below the heads, one below all.

use super::body::Writer;
use super::leftward::is_turned;
use super::paragraph::{Properties, close};
use super::styles::justification;
use crate::document::{Align, Table, inline_text};
use crate::style::{Alignment, Style, Wish, share_out};
use crate::unit::Unit;

/// Space beside the text of a cell, in thousandths of an em.
pub const BESIDE: i32 = 500;
/// Space that a line of text surely does not need, whatever is rounded, in thousandths of an em.
const SPARE: i32 = 200;
/// Space above and below the text of a cell, in thousandths of an em.
pub const ABOVE: i32 = 250;
/// The first character that is as wide as a Chinese one.
const WESTERN: char = '\u{2000}';
/// No line has so many characters.
const BEYOND: usize = 1000;
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
                let leftward = row.cells.get(column).is_some_and(|cell| is_turned(self.document, cell));
                self.emit_paragraph(&Properties { align, leftward, ..Properties::of(style) }, &content)?;
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

    /// The widths of the columns, with the space beside their text.
    fn column_widths(&self, table: &Table, left: Unit) -> Vec<Unit> {
        let wishes = self.wishes(table);
        let (columns, em) = (wishes.len(), self.style.table.size);
        let beside = em.em(2 * BESIDE);
        let room = self.measure - left - beside * columns as i32;
        let floor = em.em(LEAST).min(room / columns as i32).max(em.em(LEAST) / 20);
        share_out(&wishes, floor, room).into_iter().map(|width| width + beside).collect()
    }

    /// Whether a table stands on a page that is turned.
    pub(super) fn turns(&self, table: &Table) -> bool {
        let em = self.style.table.size;
        let between = em.em(2 * BESIDE) * (table.columns.len() as i32 - 1).max(0);
        let natural = |wishes: Vec<Wish>| wishes.iter().map(|wish| wish.natural(em * Style::COUNTED)).sum::<Unit>();
        self.style.turns(table.columns.len(), || natural(self.wishes(table)) + between)
    }

    /// How wide each column would be.
    fn wishes(&self, table: &Table) -> Vec<Wish> {
        let columns = table.rows.iter().map(|row| row.cells.len()).chain([table.columns.len(), 1]).max().unwrap_or(1);
        let em = self.style.table.size;
        let mut wishes = vec![Wish::default(); columns];
        for row in &table.rows {
            for (wish, cell) in wishes.iter_mut().zip(&row.cells) {
                let text = inline_text(self.document, cell);
                for line in text.split('\n') {
                    let word = line.split(|c: char| c >= WESTERN || c.is_whitespace()).map(width).max().unwrap_or(0);
                    wish.hold(em.em(width(line) + SPARE), em.em(word + SPARE), em);
                }
            }
        }
        wishes
    }
}

/// A width of a table as Word counts it: not none.
fn twips(width: Unit) -> i32 {
    width.to_twips().max(1)
}

/// About how wide a line of text is, in thousandths of an em: Western letters are seldom wider than this.
fn width(line: &str) -> i32 {
    line.chars().take(BEYOND).map(|c| if c < WESTERN { 550 } else { 1000 }).sum()
}
