//! Where the type stands on a page, which may be bound on either side, or lie on its side.

use super::margin::Edges;
use super::page::Page;
use crate::style::Style;
use crate::unit::Unit;
/// Left and upper edge of the type area of page `number`; of one that lies on its side, its upper edge is where it is bound.
pub fn type_area(style: &Style, number: u32) -> (Unit, Unit) {
    let gutter = style.page.gutter.filter(|_| style.page.mirrored).unwrap_or_default();
    let verso = style.page.mirrored && number.is_multiple_of(2);
    let from_spine = |inside: Unit, size: Unit, area: Unit| {
        let inside = inside + gutter;
        if verso { size - inside - area } else { inside }
    };
    let Style { page, pitch, .. } = style;
    match style.is_vertical() {
        true => (page.inside, from_spine(page.top, page.height, *pitch * page.lines)),
        false => (from_spine(page.inside, page.width, style.area()), page.top),
    }
}

/// The edges of the type area of `page`, which stands.
pub fn type_area_across(style: &Style, page: &Page) -> Edges {
    let (left, top) = type_area(style, page.number);
    let (odd, vertical) = (page.number % 2 == 1, style.is_vertical());
    let width = if vertical { style.pitch * style.page.lines } else { style.area() };
    let left = if vertical { page.size.0 - top - width } else { left };
    Edges { left, width, right_outside: odd != vertical, vertical }
}
