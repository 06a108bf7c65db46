//! Pieces of paragraphs, each in one line at its natural width, to be put at any place.

use super::super::breaking::Extent;
use super::super::flow::Flow;
use super::super::line;
use super::super::page::{Course, ElementId, Line, Owner, Rule};
use super::super::paragraph::span_of;
use super::super::slug::Slug;
use super::super::text::{Item, Look, Text};
use crate::chinese::bullets::bullet;
use crate::document::Inline;
use crate::span::Span;
use crate::unit::Unit;

/// A piece of a paragraph. Its left edge and its baseline are at zero.
#[derive(Default)]
pub struct Piece {
    line: Option<Line>,
    rules: Vec<Rule>,
    notes: Vec<usize>,
}

impl Piece {
    /// Its width.
    pub fn width(&self) -> Unit {
        self.line.as_ref().map_or(Unit::ZERO, |line| line.width)
    }

    /// Puts it on `slug`, its left edge at `x`, its baseline at `y`.
    pub fn put(self, slug: &mut Slug, x: Unit, y: Unit) {
        let Piece { line, rules, notes } = self;
        slug.rules.extend(rules.into_iter().map(|rule| Rule { x: rule.x + x, y: rule.y + y, ..rule }));
        slug.notes.extend(notes);
        slug.lines.extend(line.filter(|line| !line.runs.is_empty()).map(|line| Line { x, baseline: y, ..line }));
    }

    /// The same with its right edge at `x`.
    pub fn put_left(self, slug: &mut Slug, x: Unit, y: Unit) {
        let width = self.width();
        self.put(slug, x - width, y);
    }
}

/// How a paragraph is cut into pieces.
pub struct Cut {
    /// The first item of each piece but the first.
    pub starts: Vec<usize>,
    /// The width to which the first piece is spread, where it is.
    pub spread: Option<Unit>,
}

impl Cut {
    /// Not at all.
    pub const NONE: Cut = Cut { starts: vec![], spread: None };
}

impl Flow<'_> {
    /// Sets `content` in pieces, as `cut` says, which may change looks too.
    pub(super) fn pieces(
        &mut self,
        content: &[Inline],
        look: &Look,
        owner: ElementId,
        cut: impl FnOnce(&mut Text) -> Cut,
    ) -> Vec<Piece> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        text.room = self.measure;
        text.pictures = None;
        self.push_inlines(content, look, owner, &mut text);
        let Cut { mut starts, spread } = cut(&mut text);
        text.prepare(self.style, self.metrics);
        starts.extend(&text.ends);
        starts.retain(|&start| start > 0 && start < text.items.len());
        starts.push(text.items.len());
        starts.sort_unstable();
        starts.dedup();
        let mut from = 0;
        let mut pieces = vec![];
        for next in starts {
            let seen = |k: &usize| !text.items[*k].class.is_space();
            let end = (from..next).rev().find(seen).map_or(from, |last| last + 1);
            if let (0, Some(width), Some(items)) = (from, spread, text.items.get_mut(from..end)) {
                widen(items, width);
            }
            let extent = Extent { start: from, end, next, hyphen: false, hangs: false };
            let set = line::set(&text, &extent, None, self.metrics);
            let notes = text.notes.iter().filter(|(item, _)| (from..next).contains(item)).map(|(_, note)| *note);
            let span = span_of(&text, &extent);
            let owner = Owner::Element(owner);
            let line = Line {
                x: Unit::ZERO,
                baseline: Unit::ZERO,
                width: set.width,
                runs: set.runs,
                span,
                owner,
                course: Course::Level,
            };
            pieces.push(Piece { line: Some(line), rules: set.rules, notes: notes.collect() });
            from = next;
        }
        for item in text.items.iter().filter(|item| item.glyph.is_none() && bullet(item.text).is_none()) {
            let at = item.at as usize;
            self.findings.missing(item.text, Span::new(at, at + item.text.len_utf8()));
        }
        self.text = text;
        pieces
    }
}

/// Draws `items` apart until they take `width`.
fn widen(items: &mut [Item], width: Unit) {
    let bodies = items.iter().map(|item| item.body).sum::<Unit>();
    let glue = items.iter().skip(1).map(|item| item.glue.natural).sum::<Unit>();
    let mut rest = (width - bodies - glue).max(Unit::ZERO);
    let gaps = items.len().saturating_sub(1);
    for (k, item) in items.iter_mut().skip(1).enumerate() {
        let share = rest / (gaps - k).max(1) as i32;
        item.glue.natural += share;
        rest -= share;
    }
}
