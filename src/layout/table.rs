//! Tables: columns as wide as their text asks, three rules, heads repeated where the table goes on on another page.

use super::flow::{Flow, Frame, HAIR};
use super::ledger;
use super::page::{ElementId, Rule, Tag};
use super::paragraph::{Setting, Strip};
use super::slug::Slug;
use crate::document::{Align, Inline, Row, Table, images_in, inline_text};
use crate::style::{Alignment, TextStyle, Wish, share_out};
use crate::unit::Unit;

/// Space between the text of two columns, in thousandths of an em.
const GUTTER: i32 = 1000;
/// Space above and below the text of a row, in thousandths of an em.
const PAD: i32 = 250;
/// Thickness of the first and last rule.
const THICK: Unit = Unit(800);

/// The lines of a cell.
pub type Cell = Vec<Strip>;

/// A column: its left edge and width.
#[derive(Debug, Clone, Copy)]
struct Column {
    x: Unit,
    width: Unit,
    align: Alignment,
}

impl<'a> Flow<'a> {
    /// Sets a table.
    pub(super) fn table(&mut self, table: &'a Table, frame: &Frame<'a>) {
        let style = &self.style.table;
        let element = self.structure.add(Tag::Table, frame.parent);
        let columns = self.columns(table, style, frame);
        let had = self.slugs.len();
        let beside = self.beside();
        let mut head = None;
        for (r, row) in table.rows.iter().enumerate() {
            let is_head = r < table.head_rows;
            let row_element = self.structure.add(Tag::TableRow, element);
            let cells = self.row(row, is_head, row_element, columns.as_deref(), style, frame);
            let ledger = self.style.ledger.as_ref().filter(|ledger| ledger.fits(table.columns.len()));
            let mut slugs = match ledger {
                Some(ledger) => vec![ledger::row(ledger, cells, r, is_head)],
                None => row_slugs(self, cells, columns.is_none(), style),
            };
            let ruled = ledger.is_none();
            let span = columns
                .as_deref()
                .filter(|_| ruled)
                .and_then(|c| Some((c.first()?.x - beside, c.last().map(|l| l.x + l.width + beside)?)));
            if let Some((left, right)) = span {
                let rule = |y, height| Rule::bar(left, y, right - left, height);
                if self.style.table_grid {
                    let columns = columns.as_deref().unwrap_or_default();
                    for slug in &mut slugs {
                        slug.rules.extend(uprights(columns, left, right, slug.height));
                    }
                }
                if let (0, Some(first)) = (r, slugs.first_mut()) {
                    first.rules.push(rule(Unit::ZERO, THICK));
                }
                let last_row = r + 1 == table.rows.len();
                if let Some(last) = slugs.last_mut() {
                    if last_row {
                        last.rules.push(rule(last.height - THICK, THICK));
                    } else if self.style.table_grid || is_head && r + 1 == table.head_rows {
                        last.rules.push(rule(last.height - HAIR, HAIR));
                    }
                }
            }
            if is_head && slugs.len() == 1 && table.head_rows == 1 {
                head = slugs.first().map(|slug| {
                    self.heads.push(repeated(slug));
                    self.heads.len() - 1
                });
            } else {
                slugs.iter_mut().for_each(|slug| slug.head = head);
            }
            for slug in slugs {
                self.push(slug);
            }
        }
        if let Some(second) = self.slugs.get_mut(had + 1) {
            second.kept = true;
        }
        self.fill_lines(had, style);
    }

    /// Natural width of a table, none of whose columns counts for more than `most` characters.
    pub(super) fn natural_width(&mut self, table: &Table, most: i32) -> Unit {
        let style = &self.style.table;
        let zi = self.style.zi(style);
        let gutter = zi.em(GUTTER) * (table.columns.len() as i32 - 1).max(0);
        let wishes = self.wishes(table, style, self.measure);
        wishes.iter().map(|wish| wish.natural(zi * most)).sum::<Unit>() + gutter
    }

    /// How wide each column would be.
    fn wishes(&mut self, table: &Table, style: &TextStyle, room: Unit) -> Vec<Wish> {
        let zi = self.style.zi(style);
        let mut wishes = vec![Wish::default(); table.columns.len()];
        for row in &table.rows {
            for (cell, wish) in row.cells.iter().zip(&mut wishes) {
                for line in inline_text(self.doc, cell).split('\n') {
                    let (natural, least) = self.widths(line, style);
                    wish.hold(natural + Unit(1), least + Unit(1), zi);
                }
                wish.hold(self.widest_picture(cell, room), Unit::ZERO, zi);
            }
        }
        wishes
    }

    /// Finds the columns; none if there are too many for the room.
    fn columns(&mut self, table: &Table, style: &TextStyle, frame: &Frame<'a>) -> Option<Vec<Column>> {
        if let Some(ledger) = self.style.ledger.as_ref().filter(|ledger| ledger.fits(table.columns.len())) {
            let columns = ledger.columns().zip(&table.columns);
            return Some(columns.map(|((x, width), align)| Column { x, width, align: alignment(*align) }).collect());
        }
        let zi = self.style.zi(style);
        let gutter = zi.em(GUTTER);
        let count = table.columns.len() as i32;
        let beside = self.beside();
        let room = self.measure - frame.left - frame.right - gutter * (count - 1).max(0) - beside * 2;
        if count == 0 || room < zi * 2 * count {
            return None;
        }
        let wishes = self.wishes(table, style, room);
        let widths = share_out(&wishes, zi * 2, room);
        let total = widths.iter().copied().sum::<Unit>();
        let mut x = frame.left + beside + (room - total).max(Unit::ZERO) / 2;
        let columns = widths.iter().zip(&table.columns).map(|(&width, align)| {
            let column = Column { x, width, align: alignment(*align) };
            x += width + gutter;
            column
        });
        Some(columns.collect())
    }

    /// Space between the outer rules and the text beside them, where there are such: as much as on either side of those within.
    fn beside(&self) -> Unit {
        let zi = self.style.zi(&self.style.table);
        if self.style.table_grid { zi.em(GUTTER) / 2 } else { Unit::ZERO }
    }

    /// Width of the widest picture in a cell, no more than `room`.
    fn widest_picture(&self, cell: &[Inline], room: Unit) -> Unit {
        let mut images = vec![];
        images_in(cell, &mut images);
        let room = (room, self.style.cell_picture_height());
        let widths = images.iter().filter_map(|(image, _)| self.metrics.picture(&image.target, room));
        widths.map(|(width, _)| width).max().unwrap_or_default()
    }

    /// Sets the cells of a row.
    fn row(
        &mut self,
        row: &'a Row,
        is_head: bool,
        element: ElementId,
        columns: Option<&[Column]>,
        style: &TextStyle,
        frame: &Frame<'a>,
    ) -> Vec<Cell> {
        let last = row.cells.len().saturating_sub(1);
        let ledger = self.style.ledger.as_ref().filter(|ledger| ledger.fits(row.cells.len()));
        let cells = row.cells.iter().enumerate().map(|(c, cell)| {
            let owner = self.structure.add(if is_head { Tag::TableHead } else { Tag::TableCell }, element);
            // A tab parts the cells in the text; at the end of a line it takes no room.
            let mut content: Vec<Inline> = cell.clone();
            if c < last {
                let end = cell.last().map_or(row.span.start, |inline| inline.span.end);
                content.push(Inline::text("\t", end..end));
            }
            let mut style = style.clone();
            if is_head {
                style.face = crate::style::Face::HeiBold;
                style.size = ledger.map_or(style.size, |ledger| ledger.head.1);
            }
            let (left, right) = match columns.and_then(|columns| columns.get(c)) {
                Some(column) => {
                    style.align =
                        if is_head && column.align == Alignment::Left { Alignment::Center } else { column.align };
                    (column.x, self.measure - column.x - column.width)
                }
                None => (frame.left, frame.right),
            };
            let setting = Setting {
                spread: false,
                hang: None,
                led_in: false,
                style: &style,
                owner,
                left,
                right,
                first: Unit::ZERO,
                balanced: false,
                verbatim: false,
                pictures: columns.map(|_| self.style.cell_picture_height()),
                unseen: false,
            };
            self.lines(&content, &setting, None)
        });
        cells.collect()
    }
}

fn alignment(align: Align) -> Alignment {
    match align {
        Align::None | Align::Left => Alignment::Left,
        Align::Center => Alignment::Center,
        Align::Right => Alignment::Right,
    }
}

/// Makes slugs of the cells of a row: one, or one a line where the row is as high as a quarter of a page, or with pictures as three. `stacked`
/// cells stand below each other, for want of room beside each other.
fn row_slugs(flow: &Flow<'_>, cells: Vec<Cell>, stacked: bool, style: &TextStyle) -> Vec<Slug> {
    let pitch = flow.style.pitch_of(style);
    let pad = flow.style.zi(style).em(PAD);
    let area = flow.style.pitch * flow.style.page.lines;
    let cells = if stacked { vec![cells.into_iter().flatten().collect()] } else { cells };
    let height = cells.iter().map(|cell: &Cell| cell.iter().map(|line| line.height).sum()).max().unwrap_or(pitch);
    let count = cells.iter().map(Vec::len).max().unwrap_or(1);
    let pictures = cells.iter().flatten().any(|line| !line.pictures.is_empty());
    let split = count > 1 && height + pad * 2 > if pictures { area * 3 / 4 } else { area / 4 };
    let mut slugs = match split {
        true => vec![Slug { height: pitch, ..Slug::default() }; count],
        false => vec![Slug { height: height + pad * 2, ..Slug::default() }],
    };
    for cell in cells {
        let mut top = if split { Unit::ZERO } else { pad };
        for (k, strip) in cell.into_iter().enumerate() {
            let height = strip.height;
            let Some(slug) = slugs.get_mut(if split { k } else { 0 }) else { continue };
            slug.take(strip, top);
            if split {
                slug.height = slug.height.max(height);
            } else {
                top += height;
            }
        }
    }
    if split {
        // The rows of a table part where a page ends, but not by a line of a row.
        slugs[0].before = pad * 2;
        slugs[1].kept = true;
        slugs[count - 1].kept = true;
        slugs[count - 1].height += pad;
    }
    slugs
}

/// The upright rules of a row of this height: at both sides, and between the columns.
fn uprights(columns: &[Column], left: Unit, right: Unit, height: Unit) -> impl Iterator<Item = Rule> {
    let between = columns.windows(2).map(|pair| (pair[0].x + pair[0].width + pair[1].x - HAIR) / 2);
    let at: Vec<Unit> = between.chain([left, right - HAIR]).collect();
    at.into_iter().map(move |x| Rule::bar(x, Unit::ZERO, HAIR, height))
}

/// A head as it is repeated: outside the text.
fn repeated(slug: &Slug) -> Slug {
    Slug { notes: vec![], heading: None, ..slug.clone() }.printed()
}
