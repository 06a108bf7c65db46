//! Styles made from another: for appendices, and for other paper.

use super::{Alignment, Direction, RunningHead, Style, TextStyle};
use crate::unit::Unit;

impl Style {
    /// The look of an appendix: the same paper and type area, but horizontal lines of `size` type on lines of at least `pitch`, in `columns`. Paragraphs hang
    /// by two characters.
    #[must_use]
    pub fn small(&self, size: Unit, pitch: Unit, columns: i32) -> Style {
        if self.is_vertical() {
            return self.level().small(size, pitch, columns);
        }
        let width = self.area();
        let gap = if columns > 1 { size * 2 } else { Unit::ZERO };
        let line = (width - gap * (columns - 1)) / columns;
        let mut style = self.clone();
        let height = self.pitch * self.page.lines;
        style.page.lines = (height.0 / pitch.0.max(1)).max(1);
        style.page.columns = columns;
        style.page.column_gap = 2000;
        style.page.measure = (line.0 / size.0.max(1)).max(1);
        style.page.line_width = Some(line);
        // So much more that the lines fill the area, and the page number stands where it stands on the other pages.
        style.pitch = Unit(height.0 / style.page.lines);
        style.head = RunningHead::Title;
        style.chapter_break = false;
        style.contents = false;
        style.roles = vec![];
        style.office = None;
        let text = |face, before, after| TextStyle {
            face,
            size,
            pitch: None,
            align: Alignment::Left,
            first_indent: 0,
            indent: 0,
            end_indent: 0,
            before,
            after,
            colour: None,
        };
        // Whole lines, so that none is left empty below a heading at the top of a column.
        let heading = text(self.headings[0].face, 1000, 0);
        style.title = TextStyle { size: size.em(1800), align: Alignment::Center, ..text(self.title.face, 0, 1000) };
        style.headings = std::array::from_fn(|_| heading.clone());
        style.body = TextStyle { indent: 2000, first_indent: -2000, ..text(self.body.face, 0, 0) };
        style.table = text(self.table.face, 500, 500);
        style
    }

    /// The same on paper of `width` and `height`: the margins in proportion, the type as it is.
    #[must_use]
    pub fn on_paper(&self, width: Unit, height: Unit) -> Style {
        if self.is_vertical() {
            let lying = Style { direction: Direction::Horizontal, ..self.on_side() };
            let mut style = Style { direction: Direction::Vertical, ..lying.on_paper(height, width) };
            style.page.turn();
            return style;
        }
        let page = &self.page;
        let scaled = |length: Unit, to: Unit, from: Unit| {
            Unit((i64::from(length.0) * i64::from(to.0) / i64::from(from.0.max(1))) as i32)
        };
        let area = self.area();
        let gutter = page.gutter.map(|gutter| scaled(gutter, width, page.width));
        let (inside, top) = (scaled(page.inside, width, page.width), scaled(page.top, height, page.height));
        let outside = scaled(page.width - page.inside - area, width, page.width);
        let bottom = scaled(page.height - page.top - self.pitch * page.lines, height, page.height);
        let line = (width - inside - outside - self.column_gap() * (page.columns - 1)) / page.columns;
        let mut style = self.clone();
        style.page.measure = (line.0 / self.body.size.0.max(1)).max(1);
        style.page.line_width = None;
        style.page.lines = ((height - top - bottom).0 / self.pitch.0.max(1)).max(1);
        // What a whole number of characters and lines leaves over goes to both sides.
        let rest = line - style.measure();
        style.page.inside = inside + rest * page.columns / 2;
        style.page.top = top + (height - top - bottom - self.pitch * style.page.lines) / 2;
        style.page.gutter = gutter;
        // The lengths of an official document are those of its own paper.
        style.office = None;
        style.page.width = width;
        style.page.height = height;
        style
    }

    /// The same for a printer that has black alone.
    #[must_use]
    pub fn in_black(mut self) -> Style {
        let texts = [&mut self.body, &mut self.title, &mut self.quote, &mut self.verse, &mut self.code];
        let more = [&mut self.table, &mut self.note];
        let roles = self.roles.iter_mut().map(|(_, text)| text);
        texts.into_iter().chain(more).chain(&mut self.headings).chain(roles).for_each(|text| text.colour = None);
        self.vertical.rule_colour = None;
        self
    }

    fn column_gap(&self) -> Unit {
        self.body.size.em(self.page.column_gap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_type_fills_the_same_area() {
        for name in Style::names() {
            let style = Style::builtin(name).unwrap().level();
            let small = style.small(Unit(7_500), Unit(11_000), 2);
            let width = small.measure() * 2 + Unit(15_000);
            let missing = style.measure() - width;
            assert!((0..2).contains(&missing.0), "{name}: {missing:?}");
            let height = style.pitch * style.page.lines;
            assert!((0..small.page.lines).contains(&(height - small.pitch * small.page.lines).0), "{name}");
            assert!((Unit(11_000)..Unit(11_500)).contains(&small.pitch), "{name}: {:?}", small.pitch);
        }
    }

    #[test]
    fn nothing_is_in_colour_on_a_printer_that_has_black_alone() {
        use crate::document::Role;
        let style = Style::builtin("official").unwrap();
        assert!(style.role(Role::Issuer).colour.is_some());
        assert!(style.in_black().role(Role::Issuer).colour.is_none());
    }

    #[test]
    fn the_type_area_stays_on_smaller_paper() {
        for name in Style::names() {
            let small = Style::builtin(name).unwrap().on_paper(Unit::micrometres(148_000), Unit::micrometres(210_000));
            let style = small.on_side();
            let page = &style.page;
            assert!(page.inside > Unit::pt(28) && page.inside + style.measure() < page.width - Unit::pt(28), "{name}");
            assert!(
                page.top > Unit::pt(28) && page.top + style.pitch * page.lines < page.height - Unit::pt(28),
                "{name}"
            );
            assert!(page.measure >= 14, "{name}: {}", page.measure);
        }
    }
}
