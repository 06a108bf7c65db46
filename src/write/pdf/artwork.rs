//! What is drawn on a page besides text: rules, and the code points of characters that no font has.

use crate::fonts::Library;
use crate::layout::{Line, Means, Page, Rule, Run};
use crate::unit::Unit;
use printpdf::{LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, Rect, WindingOrder};
use ttf_parser::{GlyphId, OutlineBuilder};

/// The page operations that draw the artwork of `page`, all of it an artifact; its left edge is at `left`.
pub fn draw(page: &Page, left: Unit, library: &Library) -> Vec<Op> {
    let mut ops = vec![];
    for rule in &page.rules {
        let bottom = page.size.1 - rule.y - rule.height;
        if rule.wavy {
            ops.extend(wave(left + rule.x, bottom, rule));
            continue;
        }
        let mut rect = Rect::from_xywh(pt(left + rule.x), pt(bottom), pt(rule.width), pt(rule.height));
        rect.mode = Some(PaintMode::Fill);
        ops.push(Op::DrawRectangle { rectangle: rect });
    }
    for line in &page.lines {
        for run in line.runs.iter().filter(|run| matches!(run.means, Means::CodePoint(_))) {
            ops.extend(outlines(page, left, line, run, library).map(|polygon| Op::DrawPolygon { polygon }));
        }
    }
    if !ops.is_empty() {
        ops.insert(0, Op::BeginMarkedContent { tag: "Artifact".into() });
        ops.push(Op::EndMarkedContent);
    }
    ops
}

/// A wavy line whose lower left corner is at `left` and `bottom`: half waves of equal length, each a cubic curve close to a sine.
fn wave(left: Unit, bottom: Unit, rule: &Rule) -> [Op; 2] {
    let thickness = rule.height / 3;
    let halves = (rule.width.0 / (rule.height.0 * 3 / 2).max(1)).max(1);
    let at = |x: Unit, y: Unit, bezier| LinePoint { p: Point { x: pt(x), y: pt(y) }, bezier };
    let middle = bottom + rule.height / 2;
    // A cubic curve comes to three quarters of the height of its control points.
    let height = ((rule.height - thickness) / 2).em(1333);
    let mut points = vec![at(left, middle, false)];
    for half in 0..halves {
        let (from, to) = (rule.width * half / halves, rule.width * (half + 1) / halves);
        let part = (to - from).em(364);
        let y = if half % 2 == 0 { middle + height } else { middle - height };
        points.push(at(left + from + part, y, true));
        points.push(at(left + to - part, y, true));
        points.push(at(left + to, middle, false));
    }
    [Op::SetOutlineThickness { pt: pt(thickness) }, Op::DrawLine { line: printpdf::Line { points, is_closed: false } }]
}

fn pt(length: Unit) -> Pt {
    Pt(length.to_pt())
}

/// The glyphs of `run` as shapes: drawn, not shown, so that no reader takes the digits of a code point for text.
fn outlines(page: &Page, left: Unit, line: &Line, run: &Run, library: &Library) -> Option<Polygon> {
    let face = library.font(run.font.0)?.face()?;
    let scale = run.size.to_pt() / f32::from(face.units_per_em());
    let y = (page.size.1 - line.baseline + run.rise).to_pt();
    let mut pen = Pen { rings: vec![], scale, origin: (0.0, y) };
    for glyph in &run.glyphs {
        pen.origin.0 = (left + line.x + glyph.x).to_pt();
        face.outline_glyph(GlyphId(glyph.id), &mut pen);
    }
    (!pen.rings.is_empty()).then_some(Polygon {
        rings: pen.rings,
        mode: PaintMode::Fill,
        winding_order: WindingOrder::NonZero,
    })
}

/// Turns the quadratic outlines of a font into the cubic ones of PDF.
struct Pen {
    rings: Vec<PolygonRing>,
    scale: f32,
    origin: (f32, f32),
}

impl Pen {
    /// Adds a point to the last ring; rounded to a thousandth of a point, which is also what keeps files the same everywhere.
    fn add(&mut self, x: f32, y: f32, bezier: bool) {
        let p = Point { x: Pt((x * 1000.0).round() / 1000.0), y: Pt((y * 1000.0).round() / 1000.0) };
        if let Some(ring) = self.rings.last_mut() {
            ring.points.push(LinePoint { p, bezier });
        }
    }

    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.origin.0 + x * self.scale, self.origin.1 + y * self.scale)
    }

    fn last(&self) -> (f32, f32) {
        self.rings.last().and_then(|r| r.points.last()).map_or(self.origin, |p| (p.p.x.0, p.p.y.0))
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.rings.push(PolygonRing { points: vec![] });
        self.line_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.add(x, y, false);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, control, to) = (self.last(), self.place(x1, y1), self.place(x, y));
        let toward =
            |end: (f32, f32)| (end.0 + (control.0 - end.0) * 2.0 / 3.0, end.1 + (control.1 - end.1) * 2.0 / 3.0);
        let (first, second) = (toward(from), toward(to));
        self.add(first.0, first.1, true);
        self.add(second.0, second.1, true);
        self.add(to.0, to.1, false);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        for ((x, y), bezier) in [((x1, y1), true), ((x2, y2), true), ((x, y), false)] {
            let (x, y) = self.place(x, y);
            self.add(x, y, bezier);
        }
    }

    fn close(&mut self) {}
}
