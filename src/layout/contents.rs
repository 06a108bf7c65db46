//! The table of contents: an entry a heading, leaders, page numbers. It is not part of the text of the document.

use super::flow::Flow;
use super::margin::Short;
use super::page::{Course, Detail, ElementId, Line, Means, Owner, Run, Tag};
use super::slug::Slug;
use crate::chinese::contents::heading;
use crate::document::OutlineEntry;
use crate::span::Span;
use crate::style::Alignment;
use crate::unit::Unit;
use std::collections::BTreeMap;

/// An entry: its element, and the index of the heading in the outline.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    element: ElementId,
    heading: usize,
    depth: i32,
}

impl Flow<'_> {
    /// Adds the elements of the contents to the structure: headings down to `depth`.
    pub fn plan_contents(&mut self, outline: &[OutlineEntry], depth: u8) -> Vec<Entry> {
        let contents = self.structure.add(Tag::Contents, self.column().parent);
        let own = self.doc.own_contents(outline).map_or(0..0, |own| own.blocks);
        let listed: Vec<(usize, u8)> = outline
            .iter()
            .enumerate()
            .filter(|(_, e)| e.level <= depth && !self.doc.is_title(e) && !own.contains(&e.block))
            .map(|(i, e)| (i, e.level))
            .collect();
        let top = listed.iter().map(|(_, level)| *level).min().unwrap_or(1);
        listed
            .into_iter()
            .map(|(heading, level)| Entry {
                element: self.structure.add(Tag::ContentsItem, contents),
                heading,
                depth: i32::from(level - top),
            })
            .collect()
    }

    /// Sets the contents; `labels` are the page numbers of the headings as they are printed.
    pub fn contents(&self, entries: &[Entry], labels: &BTreeMap<usize, String>, short: &mut Short<'_>) -> Vec<Slug> {
        let style = self.style;
        let title = heading(self.doc.meta.language);
        let (measure, across) = (style.measure(), style.area());
        let body = &style.body;
        let zi = style.zi(body);
        let mut slugs = vec![];
        let Some(first) = entries.first() else { return slugs };
        let look = &style.headings[0];
        let set = short.set(title, look.face, look.size, across);
        let start = match look.align {
            Alignment::Center => (across - set.width) / 2,
            Alignment::Justify | Alignment::Left | Alignment::Right => style.zi(look).em(look.indent),
        };
        slugs.push(Slug {
            lines: vec![line(start, style.pitch * 2, look.size, set, first.element)],
            height: style.pitch * 3,
            begins_page: true,
            spans: style.page.columns > 1,
            ..Slug::default()
        });
        for entry in entries {
            let Some(item) = self.outline.get(entry.heading) else { continue };
            let label = labels.get(&entry.heading).map_or("", String::as_str);
            let number = short.set(label, body.face, body.size, measure);
            let left = zi * (entry.depth * 2).min(8);
            let most = measure - left - number.width - zi * 3;
            let text = item.text.replace(['\n', '\t'], " ");
            let mut set = short.set(&text, body.face, body.size, most);
            let number_at = measure - left - number.width;
            set.runs.extend(leaders(short, body.face, body.size, set.width + zi / 2, number_at - zi / 2));
            set.runs.extend(number.runs.into_iter().map(|run| shifted(run, number_at)));
            set.width = measure - left;
            slugs.push(Slug {
                lines: vec![line(left, style.pitch, body.size, set, entry.element)],
                height: style.pitch,
                on_grid: true,
                ..Slug::default()
            });
        }
        slugs
    }

    /// Says where the entries lead.
    pub fn link_contents(&mut self, entries: &[Entry]) {
        for entry in entries {
            if let Some(item) = self.outline.get(entry.heading) {
                self.structure.set_detail(entry.element, Detail::Destination(item.page, item.top));
            }
        }
    }
}

fn line(x: Unit, pitch: Unit, size: Unit, set: super::line::SetLine, element: ElementId) -> Line {
    let baseline = super::flow::baseline(pitch, size);
    Line {
        x,
        baseline,
        width: set.width,
        runs: set.runs,
        span: Span::default(),
        owner: Owner::Element(element),
        course: Course::Level,
    }
}

fn shifted(mut run: Run, by: Unit) -> Run {
    for glyph in &mut run.glyphs {
        glyph.x += by;
    }
    run
}

/// Dots from `from` to `to`, on a grid that all lines share.
fn leaders(short: &mut Short<'_>, face: crate::style::Face, size: Unit, from: Unit, to: Unit) -> Vec<Run> {
    let dot = short.set(".", face, size, size * 2);
    let step = size / 2;
    let Some(run) = dot.runs.first().filter(|_| step > Unit::ZERO && from < to) else { return vec![] };
    let Some(&glyph) = run.glyphs.first() else { return vec![] };
    let first = (from.0 + step.0 - 1).div_euclid(step.0);
    let last = to.0.div_euclid(step.0);
    let glyphs = (first..last).map(|k| super::page::Glyph { x: step * k, ..glyph }).collect();
    vec![Run { means: Means::Nothing, glyphs, ..run.clone() }]
}
