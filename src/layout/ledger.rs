//! The rows of a ledger: between rules, each cell in the middle of its height.

use super::flow::HAIR;
use super::page::Rule;
use super::slug::Slug;
use super::table::Cell;
use crate::style::Ledger;
use crate::unit::Unit;

/// Makes the slug of the row `number` of a ledger of its `cells`.
pub fn row(ledger: &Ledger, cells: Vec<Cell>, number: usize, is_head: bool) -> Slug {
    let height_of = |cell: &Cell| cell.iter().map(|strip| strip.height).sum::<Unit>();
    let least = if is_head { ledger.head.0 } else { ledger.row };
    let highest = cells.iter().map(height_of).max().unwrap_or_default();
    let height = least.max(highest + ledger.inset * 2);
    let mut slug = Slug { height, ..Slug::default() };
    for cell in cells {
        let mut top = (height - height_of(&cell)) / 2;
        for strip in cell {
            let height = strip.height;
            slug.take(strip, top);
            top += height;
        }
    }
    let width = ledger.edges().last().unwrap_or_default();
    if number == 0 {
        slug.rules.push(Rule::bar(Unit::ZERO, Unit::ZERO, width, HAIR));
    }
    slug.rules.push(Rule::bar(Unit::ZERO, height - HAIR, width, HAIR));
    slug.rules.extend(ledger.edges().map(|x| Rule::bar(x - HAIR / 2, Unit::ZERO, HAIR, height)));
    slug
}
