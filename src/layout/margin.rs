//! What stands in the margins of a page: running head and page number, outside the reading order (E4).

use super::Metrics;
use super::breaking::Extent;
use super::flow::{HAIR, baseline};
use super::line;
use super::page::{Course, Line, Means, Owner, Page, Rule};
use super::text::{Look, Text};
use crate::span::Span;
use crate::style::{Face, FolioForm, FolioPlace, Style};
use crate::unit::Unit;

/// From the type area to the page number (GB/T 9704 7.5: 7 mm to its dashes).
const FOLIO_DROP: Unit = Unit::micrometres(7000);
/// From the baseline of a glyph to the middle of its column, in thousandths of its size.
const AXIS: i32 = 380;
/// From the type area up to the rule under the running head.
const HEAD_RISE: Unit = Unit::micrometres(4500);

/// The type area of a page, as those see it who set its margins.
#[derive(Debug, Clone, Copy)]
pub struct Edges {
    /// Its left edge.
    pub left: Unit,
    /// Its width.
    pub width: Unit,
    /// Whether its outer edge is the right one.
    pub right_outside: bool,
    /// Whether its lines are vertical: the running head then stands at the outer edge.
    pub vertical: bool,
}

impl Edges {
    /// Where what is `own` wide begins, at the outer edge.
    fn outside(&self, own: Unit) -> Unit {
        if self.right_outside { self.left + self.width - own } else { self.left }
    }

    /// The same in the middle.
    fn middle(&self, own: Unit) -> Unit {
        self.left + (self.width - own) / 2
    }
}
/// From the top of a page in a volume to its running number, and from its outer edge; the size of that number.
const CORNER: (Unit, Unit) = (Unit::micrometres(10_000), Unit::pt(14));

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
            run.means = match run.means {
                Means::Unseen | Means::Told | Means::Drawn => run.means,
                Means::Text | Means::Nothing | Means::CodePoint(_) => Means::Nothing,
            };
        }
        let owner = Owner::Artifact;
        Line {
            x: x(set.width),
            baseline: y,
            width: set.width,
            runs: set.runs,
            span: Span::default(),
            owner,
            course: Course::Level,
        }
    }

    /// Puts `text` of a size on a page that stands, in a column of at most such a length whose middle is `middle`; `y` says where one of its
    /// length begins.
    pub fn column(
        &mut self,
        page: &mut Page,
        text: &str,
        (size, most): (Unit, Unit),
        middle: Unit,
        y: impl Fn(Unit) -> Unit,
    ) {
        let line = self.artifact(text, size, most, |_| Unit::ZERO, Unit::ZERO);
        if !line.runs.is_empty() {
            page.lines.push(Line {
                x: middle - size.em(AXIS),
                baseline: y(line.width),
                course: Course::Column,
                ..line
            });
        }
    }

    /// Puts a running head in a column at the outer edge of a page that stands, from `top` on.
    pub fn upright_head(&mut self, page: &mut Page, text: &str, edges: Edges, (top, height): (Unit, Unit)) {
        let size = self.style.head_size;
        let beside = HEAD_RISE + size / 2;
        let middle = if edges.right_outside { edges.left + edges.width + beside } else { edges.left - beside };
        if middle > size && middle < page.size.0 - size {
            self.column(page, text, (size, height), middle, |_| top);
        }
    }

    /// Puts the page number on a page.
    pub fn folio(&mut self, page: &mut Page, edges: Edges) {
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
        let inward = if edges.right_outside { -size } else { size };
        let line = self.artifact(
            &text,
            size,
            edges.width,
            |own| match place {
                FolioPlace::Center => edges.middle(own),
                FolioPlace::Outside => edges.outside(own) + inward,
            },
            y,
        );
        // On a page that is turned it stands where it stands on the others, and is turned itself.
        page.lines.push(match page.size.0 > self.style.page.width {
            true => {
                Line { x: self.style.page.height - line.baseline, baseline: line.x, course: Course::Turned, ..line }
            }
            false => line,
        });
    }

    /// Puts the running number of a volume in the outer corner of a page, which is the `right` one or the left.
    pub fn corner(&mut self, page: &mut Page, number: &str, right: bool) {
        let (edge, size) = CORNER;
        let width = page.size.0;
        let place = |own| if right { width - edge - own } else { edge };
        let line = self.artifact(number, size, width, place, edge + size.em(880));
        page.lines.push(line);
    }

    /// Puts a running head on a page, above a rule; one without at the outer edge where lines are vertical.
    pub fn head(&mut self, page: &mut Page, text: &str, edges: Edges) {
        let size = self.style.head_size;
        let bottom = self.style.page.top - HEAD_RISE;
        if text.is_empty() || bottom < size * 2 {
            return;
        }
        let pitch = size.em(1600);
        let y = bottom - pitch + baseline(pitch, size);
        let Edges { left, width, vertical, .. } = edges;
        let x = |own| if vertical { edges.outside(own) } else { edges.middle(own) };
        let line = self.artifact(text, size, width, x, y);
        page.lines.push(line);
        if !vertical {
            page.rules.push(Rule::bar(left, bottom, width, HAIR));
        }
    }
}
