//! The strip where the leaf of an old book is folded (版心): fish tails (鱼尾), and between them the title and the number of the leaf. A page
//! is one half of a leaf and shows the strip at its outer edge: the first half at the left, the second at the right (V24 to V26).

use super::margin::{Edges, Short};
use super::page::{Page, Rule, Shape};
use super::ruling;
use crate::chinese::numeral::spell;
use crate::style::{FishTail, Fold, Style};
use crate::unit::Unit;

/// Height of a fish tail, in thousandths of the width of the strip.
const TAIL: i32 = 700;
/// Thickness of a thin line in the strip; that of a thick one, in thousandths of its width.
const THIN: Unit = Unit(1000);
const THICK: i32 = 400;

/// Whether the strip stands at the left of page `number`.
pub fn is_at_left(number: u32) -> bool {
    number % 2 == 1
}

/// What is said of half leaf `number` where one page is told from another: the number of its leaf, and which half it is.
pub fn label(number: usize) -> String {
    let half = if number % 2 == 1 { '上' } else { '下' };
    format!("{}{half}", spell(number.div_ceil(2) as u64))
}

/// Draws the strip of a page that stands, with its texts: `said` above, the number of the leaf below.
pub fn draw(page: &mut Page, style: &Style, edges: Edges, said: &str, columns: &mut Short<'_>) {
    let width = style.fold_width();
    let left = if is_at_left(page.number) { edges.left - width } else { edges.left + edges.width };
    let room = style.body.size.em(ruling::ROOM);
    // The style is that of a page on its side.
    let (top, height) = (style.page.inside - room, style.area() + room * 2);
    let tail = width.em(TAIL);
    let (upper, lower) = (top + height / 4, top + height / 4 * 3);
    let mut draw = |shape, (x, y): (Unit, Unit), (width, height): (Unit, Unit)| {
        page.rules.push(Rule { shape, colour: style.vertical.rule_colour, ..Rule::bar(x, y, width, height) });
    };
    let tails = style.vertical.fish_tails;
    let hollow = style.vertical.fish_tail == FishTail::White;
    let shape = |inverted| Shape::FishTail { inverted, hollow };
    if tails > 0 {
        draw(shape(false), (left, upper), (width, tail));
    }
    if tails > 1 {
        draw(shape(true), (left, lower), (width, tail));
    }
    let line = match style.vertical.fold {
        Fold::None | Fold::White => Unit::ZERO,
        Fold::Thin => THIN,
        Fold::Thick => width.em(THICK),
    };
    if line > Unit::ZERO {
        let x = left + (width - line) / 2;
        let below = lower + if tails > 1 { tail } else { Unit::ZERO };
        draw(Shape::Bar, (x, top), (line, upper - top));
        draw(Shape::Bar, (x, below), (line, top + height - below));
    }
    let size = style.head_size;
    let middle = left + width / 2;
    let number = page.label.trim_end_matches(['上', '下']).to_owned();
    let begins = upper + tail + size / 2;
    let most = lower - begins - size * (number.chars().count() as i32 + 2);
    columns.column(page, said, (size, most), middle, |_| begins);
    columns.column(page, &number, (size, most), middle, |own| lower - own - size / 2);
}
