//! What stands in the margins of a page: running head and page number, outside the reading order (E4).

use super::Metrics;
use super::breaking::Extent;
use super::flow::{HAIR, baseline};
use super::line;
use super::page::{Line, Means, Owner, Page, Rule};
use super::text::{Look, Text};
use crate::span::Span;
use crate::style::{Face, FolioForm, FolioPlace, Style};
use crate::unit::Unit;

/// From the type area to the page number (GB/T 9704 7.5: 7 mm to its dashes).
const FOLIO_DROP: Unit = Unit::micrometres(7000);
/// From the type area up to the rule under the running head.
const HEAD_RISE: Unit = Unit::micrometres(4500);

/// Sets short texts in one line.
pub struct Short<'a> {
    style: &'a Style,
    metrics: &'a dyn Metrics,
    text: Text,
}

impl<'a> Short<'a> {
    /// For a style.
    pub fn new(style: &'a Style, metrics: &'a dyn Metrics) -> Self {
        Short { style, metrics, text: Text::default() }
    }

    /// Sets `text` at natural width, cut where it is wider than `most`; its left end is at zero, its baseline at zero.
    pub fn set(&mut self, text: &str, face: Face, size: Unit, most: Unit) -> line::SetLine {
        self.text.clear();
        let look = Look { face, size, zi: size, ..Look::default() };
        let look = self.text.look(look);
        self.text.push(text, look, 0, 0);
        self.text.prepare(self.style, self.metrics);
        let mut width = Unit::ZERO;
        let fits = self.text.items.iter().take_while(|item| {
            width += item.glue.natural + item.body;
            width <= most
        });
        let end = fits.count();
        let extent = Extent { start: 0, end, next: end, hyphen: false, hangs: false };
        line::set(&self.text, &extent, None, self.metrics)
    }

    /// The same as an artifact with its left edge at `x`.
    fn artifact(&mut self, text: &str, size: Unit, most: Unit, x: impl Fn(Unit) -> Unit, y: Unit) -> Line {
        let mut set = self.set(text, Face::Song, size, most);
        for run in &mut set.runs {
            run.means = Means::Nothing;
        }
        let owner = Owner::Artifact;
        Line { x: x(set.width), baseline: y, width: set.width, runs: set.runs, span: Span::default(), owner }
    }

    /// Puts the page number on a page whose type area begins at `left`.
    pub fn folio(&mut self, page: &mut Page, left: Unit, width: Unit) {
        if page.label.is_empty() {
            return;
        }
        let (form, place) = self.style.folio;
        let text = match form {
            FolioForm::Plain => page.label.clone(),
            FolioForm::Dashed => format!("— {} —", page.label),
            FolioForm::Dotted => format!("· {} ·", page.label),
        };
        let size = self.style.folio_size;
        let bottom = self.style.page.top + self.style.pitch * self.style.page.lines;
        // Where there is less room below, in the middle of that.
        let y = bottom + FOLIO_DROP.min((self.style.page.height - bottom) / 2) + size.em(380);
        let odd = page.number % 2 == 1;
        let line = self.artifact(
            &text,
            size,
            width,
            |own| match place {
                FolioPlace::Center => left + (width - own) / 2,
                FolioPlace::Outside if odd => left + width - own - size,
                FolioPlace::Outside => left + size,
            },
            y,
        );
        page.lines.push(line);
    }

    /// Puts a running head on a page.
    pub fn head(&mut self, page: &mut Page, text: &str, left: Unit, width: Unit) {
        let size = self.style.head_size;
        let bottom = self.style.page.top - HEAD_RISE;
        if text.is_empty() || bottom < size * 2 {
            return;
        }
        let pitch = size.em(1600);
        let y = bottom - pitch + baseline(pitch, size);
        let line = self.artifact(text, size, width, |own| left + (width - own) / 2, y);
        page.lines.push(line);
        page.rules.push(Rule::bar(left, bottom, width, HAIR));
    }
}
