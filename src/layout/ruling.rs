//! The frame of an old book: rules round the columns of a page (版框) and between them (界行).

use super::fold::is_at_left;
use super::page::{Page, Rule};
use crate::style::{Border, Style};
use crate::unit::Unit;

/// Thickness of the outer rule and of the inner one of a double border, and the distance of their outer edges.
const THICK: Unit = Unit(2000);
const THIN: Unit = Unit(600);
const STEP: Unit = Unit(3000 + 600);
/// Thickness of a rule between columns.
const HAIR: Unit = Unit(400);
/// From the ends of the columns to the border, in thousandths of the size of the text.
pub const ROOM: i32 = 300;

/// Draws what `style` has round and between the columns of a page that lies on its side, whose type area begins at `x` and `y`.
pub fn draw(page: &mut Page, style: &Style, (x, y): (Unit, Unit)) {
    let vertical = &style.vertical;
    let at_left = is_at_left(page.number);
    let mut bar = |x, y, width, height| {
        page.rules.push(Rule { colour: vertical.rule_colour, ..Rule::bar(x, y, width, height) });
    };
    let room = style.body.size.em(ROOM);
    let (left, mut top) = (x - room, y);
    let (width, mut height) = (style.area() + room * 2, style.pitch * style.page.lines);
    let fold = style.fold_width();
    // The strip of the fold is parted from the columns, and within the border.
    let beyond = |column: i32| fold > Unit::ZERO && column == if at_left { style.page.lines } else { 0 };
    for column in (0..=style.page.lines)
        .filter(|&column| vertical.ruled && (1..style.page.lines).contains(&column) || beyond(column))
    {
        bar(left, top + style.pitch * column - HAIR / 2, width, HAIR);
    }
    if !at_left {
        top -= fold;
    }
    height += fold;
    // How thick the ring is at the ends of the columns, and beside the first and last of them.
    let mut ring = |thickness: Unit, out: (Unit, Unit)| {
        let (left, top) = (left - out.0 - thickness, top - out.1 - thickness);
        let (width, height) = (width + (out.0 + thickness) * 2, height + (out.1 + thickness) * 2);
        bar(left, top, width, thickness);
        bar(left, top + height - thickness, width, thickness);
        bar(left, top, thickness, height);
        bar(left + width - thickness, top, thickness, height);
    };
    let inner = STEP - THIN;
    match vertical.border {
        Border::None => {}
        Border::Single => ring(THICK, (Unit::ZERO, Unit::ZERO)),
        Border::Double => {
            ring(THIN, (Unit::ZERO, Unit::ZERO));
            ring(THICK, (inner, inner));
        }
        Border::Sides => {
            ring(THICK, (Unit::ZERO, inner));
            // On its side, the left and the right of a page are at its top and bottom.
            bar(left, top - THIN, width, THIN);
            bar(left, top + height, width, THIN);
        }
    }
}
