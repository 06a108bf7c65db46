//! Pages of a volume: of a text that is bound with others, and of what is bound around them.

use super::Metrics;
use super::flow::HAIR;
use super::margin::Short;
use super::page::{Detail, Layout, Owner, Page, Rule, Tag};
use crate::lang::Language;
use crate::style::Style;
use crate::unit::Unit;

impl Layout {
    /// Makes it a part of a volume in `language`: what it says stands below an element of its own, `tag`.
    pub fn make_part(&mut self, tag: Tag, language: Language) {
        if let Some(root) = self.structure.first_mut() {
            root.tag = tag;
            root.language = (self.language != language).then_some(self.language);
        }
    }

    /// Gives the pages that have something on them running numbers from `first` on, in their outer corners (DA/T 22); `before` pages lie before them.
    /// Gives the number that comes next.
    pub fn run_on(&mut self, first: usize, before: usize, style: &Style, metrics: &dyn Metrics) -> usize {
        let mut short = Short::new(style, metrics);
        let mut number = first;
        for (index, page) in self.pages.iter_mut().enumerate() {
            page.label = String::new();
            if !page.is_blank() {
                page.label = number.to_string();
                short.corner(page, &number.to_string(), (before + index).is_multiple_of(2));
                number += 1;
            }
        }
        number
    }

    /// Calls the pages, which are set in `style`, by `label`, which gets the number of each; the numbers at their feet are taken away.
    pub fn call(&mut self, style: &Style, label: impl Fn(usize) -> String) {
        let foot = style.page.top + style.pitch * style.page.lines;
        for (index, page) in self.pages.iter_mut().enumerate() {
            page.label = label(index + 1);
            page.lines.retain(|line| line.owner != Owner::Artifact || line.baseline <= foot);
        }
    }

    /// Lets links lead to pages: those to an address for which `place` gives one, and a height on it.
    pub fn lead(&mut self, place: impl Fn(&str) -> Option<(usize, Unit)>) {
        for element in &mut self.structure {
            if let Detail::Uri(address) = &element.detail
                && let Some((page, top)) = place(address)
            {
                element.detail = Detail::Destination(page, top);
            }
        }
    }

    /// Adds a page with nothing on it, of the size of the last.
    pub fn add_blank(&mut self) {
        if let Some(last) = self.pages.last() {
            let (number, size) = (last.number.saturating_add(1), last.size);
            self.pages.push(Page::blank(number, size));
        }
    }

    /// Draws a box of this `width`, in the middle of the page, around what stands on the first page in elements of `tag`, so far away as `room`.
    pub fn enclose(&mut self, tag: Tag, width: Unit, room: Unit) {
        let structure = &self.structure;
        let Some(page) = self.pages.first_mut() else { return };
        let within = |owner: Owner| match owner {
            Owner::Element(element) => structure.get(element.0 as usize).is_some_and(|element| element.tag == tag),
            Owner::Artifact => false,
        };
        let lines = page.lines.iter().filter(|line| within(line.owner));
        let size = |line: &super::page::Line| line.runs.iter().map(|run| run.size).max().unwrap_or_default();
        let edges = lines.map(|line| (line.baseline - size(line).em(880), line.baseline + size(line).em(120)));
        let Some((top, bottom)) = edges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return };
        let left = (page.size.0 - width) / 2;
        frame(page, (left, top - room), (width, bottom - top + room * 2));
    }

    /// Draws a frame of `size` on the first page, whose upper left corner is at `place`.
    pub fn frame(&mut self, place: (Unit, Unit), size: (Unit, Unit)) {
        if let Some(page) = self.pages.first_mut() {
            frame(page, place, size);
        }
    }
}

fn frame(page: &mut Page, (x, y): (Unit, Unit), (width, height): (Unit, Unit)) {
    page.rules.extend([
        Rule::bar(x, y, width, HAIR),
        Rule::bar(x, y + height, width, HAIR),
        Rule::bar(x, y, HAIR, height),
        Rule::bar(x + width, y, HAIR, height + HAIR),
    ]);
}
