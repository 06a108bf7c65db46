//! Imposition: which page stands where on which sheet of paper.

use crate::layout::Page;
use crate::style::Direction;
use crate::unit::Unit;

/// One side of a sheet of paper: what a PDF calls a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Width and height.
    pub size: (Unit, Unit),
    /// The pages on it, by index, with their left edges.
    pub pages: Vec<(usize, Unit)>,
}

/// Where a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Index of the sheet.
    pub sheet: usize,
    /// Its left edge there.
    pub x: Unit,
}

/// The sheets, and the place of each page.
#[derive(Debug, PartialEq, Eq)]
pub struct Imposition {
    sheets: Vec<Sheet>,
    places: Vec<Slot>,
}

impl Imposition {
    /// Each page on a sheet of its own, or a booklet: two on each side of a sheet, so that the sheets laid into each other and folded
    /// once give the pages in order. A booklet ends with blank pages where their number is no multiple of four. One whose lines are vertical is
    /// bound at the right.
    pub fn of(pages: &[Page], booklet: bool, direction: Direction) -> Self {
        let Some(size) = pages.first().filter(|_| booklet).map(|page| page.size) else {
            let sheets =
                pages.iter().enumerate().map(|(i, page)| Sheet { size: page.size, pages: vec![(i, Unit::ZERO)] });
            let places = (0..pages.len()).map(|sheet| Slot { sheet, x: Unit::ZERO });
            return Imposition { sheets: sheets.collect(), places: places.collect() };
        };
        let count = pages.len().next_multiple_of(4);
        let mut places = vec![Slot { sheet: 0, x: Unit::ZERO }; pages.len()];
        let sheets = (0..count / 2).map(|sheet| {
            let (outer, inner) = (count - 1 - sheet, sheet);
            let front = (sheet % 2 == 0) == (direction == Direction::Horizontal);
            let pair = if front { [outer, inner] } else { [inner, outer] };
            let sides = pair.into_iter().zip([Unit::ZERO, size.0]).filter(|(page, _)| *page < pages.len());
            let pages: Vec<(usize, Unit)> = sides.collect();
            for &(page, x) in &pages {
                places[page] = Slot { sheet, x };
            }
            Sheet { size: (size.0 * 2, size.1), pages }
        });
        let sheets = sheets.collect();
        Imposition { sheets, places }
    }

    /// The sheets in order.
    pub fn sheets(&self) -> impl ExactSizeIterator<Item = &Sheet> {
        self.sheets.iter()
    }

    /// The place of each page.
    pub fn places(&self) -> &[Slot] {
        &self.places
    }

    /// The object number of the sheet of each page, from the numbers of the sheets.
    pub fn numbers(&self, sheets: &[u32]) -> Vec<u32> {
        self.places.iter().filter_map(|place| sheets.get(place.sheet).copied()).collect()
    }

    /// The label of each sheet: the printed numbers of its pages.
    pub fn labels(&self, pages: &[Page]) -> Vec<String> {
        let label = |sheet: &Sheet| {
            let labels = sheet.pages.iter().filter_map(|(page, _)| pages.get(*page)).map(|page| page.label.as_str());
            labels.collect::<Vec<_>>().join(" | ")
        };
        self.sheets.iter().map(label).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(count: u32) -> Vec<Page> {
        let page = |n: u32| Page { label: n.to_string(), ..Page::blank(n, (Unit::pt(10), Unit::pt(15))) };
        (1..=count).map(page).collect()
    }

    #[test]
    fn a_folded_booklet_reads_in_order() {
        // Two sheets, laid into each other and folded: the outer one bears 8 and 1, on its back 2 and 7.
        let imposition = Imposition::of(&pages(8), true, Direction::Horizontal);
        assert_eq!(imposition.labels(&pages(8)), ["8 | 1", "2 | 7", "6 | 3", "4 | 5"]);
        assert_eq!(imposition.sheets[0].size, (Unit::pt(20), Unit::pt(15)));
        assert_eq!(imposition.places[0], Slot { sheet: 0, x: Unit::pt(10) });
        assert_eq!(imposition.places[1], Slot { sheet: 1, x: Unit::ZERO });
    }

    #[test]
    fn one_with_vertical_lines_is_folded_the_other_way_v4() {
        let imposition = Imposition::of(&pages(8), true, Direction::Vertical);
        assert_eq!(imposition.labels(&pages(8)), ["1 | 8", "7 | 2", "3 | 6", "5 | 4"]);
    }

    #[test]
    fn what_is_missing_for_whole_sheets_stays_blank_at_the_end() {
        let imposition = Imposition::of(&pages(5), true, Direction::Horizontal);
        assert_eq!(imposition.labels(&pages(5)), ["1", "2", "3", "4 | 5"]);
        assert_eq!(imposition.places.len(), 5);
        assert_eq!(Imposition::of(&[], true, Direction::Horizontal).sheets.len(), 0);
    }

    #[test]
    fn else_each_page_is_a_sheet() {
        let imposition = Imposition::of(&pages(3), false, Direction::Horizontal);
        assert_eq!(imposition.labels(&pages(3)), ["1", "2", "3"]);
        assert!(imposition.places.iter().enumerate().all(|(i, place)| *place == Slot { sheet: i, x: Unit::ZERO }));
    }
}
