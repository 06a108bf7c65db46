//! What is drawn on a page besides text: rules, and the code points of characters that no font has.

use crate::fonts::Library;
use crate::layout::{Colour, Course, Line, Means, Page, Rule, Run, Shape};
use crate::unit::Unit;
use printpdf::{Greyscale, LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, Rect, Rgb, WindingOrder};
use ttf_parser::{GlyphId, OutlineBuilder};

/// How deep the notch of a fish tail is, in thousandths of its height, and how thick its outline.
const NOTCH: i32 = 600;
const OUTLINE: Unit = Unit(600);

/// The page operations that draw the artwork of `page`, all of it an artifact; its left edge is at `left`.
pub fn draw(page: &Page, left: Unit, library: &Library) -> Vec<Op> {
    let mut ops = vec![];
    let mut colour = None;
    for rule in &page.rules {
        let bottom = page.size.1 - rule.y - rule.height;
        turn(&mut colour, rule.colour, &mut ops);
        match rule.shape {
            Shape::Bar => {
                let mut rect = Rect::from_xywh(pt(left + rule.x), pt(bottom), pt(rule.width), pt(rule.height));
                rect.mode = Some(PaintMode::Fill);
                ops.push(Op::DrawRectangle { rectangle: rect });
            }
            Shape::Wave => ops.extend(wave(left + rule.x, bottom, rule)),
            Shape::FishTail { inverted, hollow } => {
                ops.extend(fish_tail(left + rule.x, bottom, rule, inverted, hollow))
            }
        }
    }
    for line in &page.lines {
        for run in line.runs.iter().filter(|run| matches!(run.means, Means::CodePoint(_) | Means::Drawn)) {
            turn(&mut colour, run.colour, &mut ops);
            ops.extend(outlines(page, left, line, run, library).map(|polygon| Op::DrawPolygon { polygon }));
        }
    }
    turn(&mut colour, None, &mut ops);
    if !ops.is_empty() {
        ops.insert(0, Op::BeginMarkedContent { tag: "Artifact".into() });
        ops.push(Op::EndMarkedContent);
    }
    ops
}

/// Goes over from one colour to the next, for what is filled and for lines.
fn turn(colour: &mut Option<Colour>, next: Option<Colour>, ops: &mut Vec<Op>) {
    if std::mem::replace(colour, next) == next {
        return;
    }
    let col = match next {
        None => printpdf::Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None }),
        Some(Colour([r, g, b])) => {
            let [r, g, b] = [r, g, b].map(|part| f32::from(part) / 255.0);
            printpdf::Color::Rgb(Rgb { r, g, b, icc_profile: None })
        }
    };
    ops.extend([Op::SetFillColor { col: col.clone() }, Op::SetOutlineColor { col }]);
}

/// A wavy line whose lower left corner is at `left` and `bottom`: half waves of equal length, each a cubic curve close to a sine.
fn wave(left: Unit, bottom: Unit, rule: &Rule) -> [Op; 2] {
    let down = rule.height > rule.width;
    let (length, thick) = if down { (rule.height, rule.width) } else { (rule.width, rule.height) };
    let thickness = thick / 3;
    let halves = (length.0 / (thick.0 * 3 / 2).max(1)).max(1);
    let (start, middle) = if down { (bottom, left + thick / 2) } else { (left, bottom + thick / 2) };
    let at = |along: Unit, across: Unit, bezier| {
        let (x, y) = if down { (across, along) } else { (along, across) };
        LinePoint { p: Point { x: pt(x), y: pt(y) }, bezier }
    };
    // A cubic curve comes to three quarters of the height of its control points.
    let height = ((thick - thickness) / 2).em(1333);
    let mut points = vec![at(start, middle, false)];
    for half in 0..halves {
        let (from, to) = (length * half / halves, length * (half + 1) / halves);
        let part = (to - from).em(364);
        let side = if half % 2 == 0 { middle + height } else { middle - height };
        points.push(at(start + from + part, side, true));
        points.push(at(start + to - part, side, true));
        points.push(at(start + to, middle, false));
    }
    [Op::SetOutlineThickness { pt: pt(thickness) }, Op::DrawLine { line: printpdf::Line { points, is_closed: false } }]
}

/// A fish tail whose lower left corner is at `left` and `bottom`.
fn fish_tail(left: Unit, bottom: Unit, rule: &Rule, inverted: bool, hollow: bool) -> [Op; 2] {
    let (whole, notch) = (rule.height, rule.height.em(NOTCH));
    let corners = [(0, whole), (1000, whole), (1000, Unit::ZERO), (500, notch), (0, Unit::ZERO)];
    let points = corners.into_iter().map(|(across, up)| {
        let y = bottom + if inverted { whole - up } else { up };
        LinePoint { p: Point { x: pt(left + rule.width.em(across)), y: pt(y) }, bezier: false }
    });
    let rings = vec![PolygonRing { points: points.collect() }];
    let mode = if hollow { PaintMode::Stroke } else { PaintMode::Fill };
    let polygon = Polygon { rings, mode, winding_order: WindingOrder::NonZero };
    [Op::SetOutlineThickness { pt: pt(OUTLINE) }, Op::DrawPolygon { polygon }]
}

fn pt(length: Unit) -> Pt {
    Pt(length.to_pt())
}

/// The glyphs of `run` as shapes: drawn, not shown, so that no reader takes the digits of a code point for text.
fn outlines(page: &Page, left: Unit, line: &Line, run: &Run, library: &Library) -> Option<Polygon> {
    let face = library.font(run.font.0)?.face()?;
    let scale = run.size.to_pt() / f32::from(face.units_per_em());
    let turned = line.course != Course::Level;
    let mut pen = Pen { rings: vec![], scale, origin: (0.0, 0.0), turned };
    for glyph in &run.glyphs {
        let (x, y) = match turned {
            true => (line.x + run.rise, line.baseline + glyph.x),
            false => (line.x + glyph.x, line.baseline - run.rise),
        };
        pen.origin = ((left + x).to_pt(), (page.size.1 - y).to_pt());
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
    /// Whether it draws what is turned by 90° to the right.
    turned: bool,
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
        let (x, y) = if self.turned { (y, -x) } else { (x, y) };
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
