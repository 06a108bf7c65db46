//! Lines under names and titles (CLReq, “Proper noun marks” and “Book title marks”; GB/T 15834—2011 4.15.2, 4.16).
//!
//! A line goes from the first character to the last of what it marks, across what is between them, and no further: neither the gap before
//! Western text, nor the blank half of a mark, nor what the line is stretched by, lengthens it. It is a little shorter than the
//! characters, so that the lines of two names side by side are two.

use super::page::{ElementId, Rule, Shape};
use super::text::{Item, Look};
use crate::chinese::class::Class;
use crate::document::Underline;
use crate::unit::Unit;

/// Top of the line below the baseline, in thousandths of an em: just below the em square.
const DROP: i32 = 150;
/// The same of a line through the characters, whose middle is above the baseline.
const THROUGH: i32 = -400;
/// Thickness of a straight line.
const THICKNESS: i32 = 45;
/// Height of a wavy one.
const WAVE: i32 = 120;
/// By how much it is shorter at each end.
const INSET: i32 = 50;

/// A line under a part of one line of text; places are from the left end and baseline of that.
#[derive(Debug)]
pub struct Stretch {
    mark: Underline,
    element: ElementId,
    from: Unit,
    to: Unit,
    size: Unit,
    rise: Unit,
}

/// Draws the line on to `item`, whose body stands at `x`; what only hangs on to the text has no line.
pub fn extend(
    stretches: &mut Vec<Stretch>,
    (mark, element): (Underline, ElementId),
    look: &Look,
    item: &Item,
    x: Unit,
) {
    if look.bound || item.class.is_space() || item.class == Class::Combining {
        return;
    }
    // The glyph, without the half of a mark that is blank.
    let half = if item.body >= item.advance { item.advance / 2 } else { Unit::ZERO };
    let (front, back) = match item.class {
        Class::Opening => (half, Unit::ZERO),
        Class::Closing | Class::Pause | Class::Stop => (Unit::ZERO, half),
        _ => (Unit::ZERO, Unit::ZERO),
    };
    let lead = if item.body > Unit::ZERO { item.lead.max(Unit::ZERO) } else { item.lead };
    let from = x + lead + front;
    // What stands in a half column has its place from the end of that.
    let end = x + item.lead + item.advance;
    let to = if item.body > Unit::ZERO { end.min(x + item.body) } else { end } - back;
    match stretches.last_mut() {
        Some(last) if (last.element, last.rise) == (element, look.rise) => last.to = to,
        _ => stretches.push(Stretch { mark, element, from, to, size: look.size, rise: look.rise }),
    }
}

impl Stretch {
    /// The finished line.
    pub fn rule(self) -> Rule {
        let inset = self.size.em(INSET);
        let width = (self.to - self.from - inset * 2).max(inset);
        let (drop, height, shape) = match self.mark {
            Underline::Straight => (DROP, THICKNESS, Shape::Bar),
            Underline::Wavy => (DROP, WAVE, Shape::Wave),
            Underline::Through => (THROUGH, THICKNESS, Shape::Bar),
        };
        let y = self.size.em(drop) - self.rise;
        Rule { x: self.from + inset, y, width, height: self.size.em(height), shape, colour: None }
    }
}
