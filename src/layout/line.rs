//! A line, set: its glue squeezed or stretched to the measure by the ladders, its glyphs in their places.

use super::bidi;
use super::breaking::Extent;
use super::judou;
use super::ladder::{RAGGED, SQUEEZE, STRETCH, Shares, Stretch, Sums};
use super::page::{FontId, Glyph, Means, Posture, Rule, Run};
use super::shaped;
use super::text::{Item, Look, MISSING_DIGIT, MISSING_PAD, MISSING_RISE, Text};
use super::underline;
use super::{GlyphMetrics, Metrics};
use crate::chinese::bullets::bullet;
use crate::chinese::class::Class;
use crate::style::Face;
use crate::unit::Unit;

/// The runs of a line, its width, and the frames of characters without a glyph; places are from its left end and baseline.
#[derive(Debug, Default)]
pub struct SetLine {
    /// From left to right.
    pub runs: Vec<Run>,
    /// Width without a hanging mark.
    pub width: Unit,
    /// By how much its places are widened beyond the limited steps of the ladder (D3), each.
    pub widened: Unit,
    /// Whether it is left short of the measure, for want of places to widen.
    pub ragged: bool,
    /// Frames.
    pub rules: Vec<Rule>,
    /// Dots of emphasis, put after the runs when the line is done.
    dots: Vec<Run>,
    /// The signs of marks that stand beside a column, put after them too.
    pub beside: Vec<Run>,
    /// Glyphs of shaped words, put after the runs too.
    drawn: Vec<Run>,
    /// Lines under the text, which become rules when the line is done.
    underlines: Vec<underline::Stretch>,
    /// The look and font of the last run, if it goes on with any more of these.
    open: Option<(u16, FontId)>,
}

/// How the glue of one line is changed.
enum Change {
    None,
    /// Squeezed: all steps before this one wholly, this one by the shares.
    Squeezed(usize, Shares),
    /// Stretched: all steps before this one wholly, this one by the shares.
    Stretched(usize, Shares),
    /// Widened at all places that were widened to their limits already, for want of others.
    Beyond(Shares),
    /// Left as it is, for it would have to be widened too far.
    Ragged,
}

/// What a line is to fill.
#[derive(Debug, Clone, Copy)]
pub struct Fill {
    /// Its measure.
    pub measure: Unit,
    /// The size that widening is judged by.
    pub em: Unit,
}

impl Change {
    /// By how much places are widened beyond the limited steps.
    fn widened(&self) -> Unit {
        match self {
            Change::Stretched(step, shares) if *step == STRETCH.len() => shares.each(),
            Change::Beyond(shares) => shares.each(),
            Change::None | Change::Squeezed(..) | Change::Stretched(..) | Change::Ragged => Unit::ZERO,
        }
    }

    /// A line that is changed like this, with nothing in it.
    fn line(&self) -> SetLine {
        SetLine { widened: self.widened(), ragged: matches!(self, Change::Ragged), ..SetLine::default() }
    }
}

/// How much the line `extent` of `text` is widened where it comes to its measure; nothing of it is placed.
pub fn measured(text: &Text, extent: &Extent, fill: Option<Fill>, metrics: &dyn Metrics) -> SetLine {
    let hyphen = extent.hyphen.then(|| hyphen(text, extent, metrics)).flatten();
    to_measure(text, extent, fill, hyphen.as_ref()).0.line()
}

/// Sets the line `extent` of `text`, to a measure if it is to be justified.
pub fn set(text: &Text, extent: &Extent, fill: Option<Fill>, metrics: &dyn Metrics) -> SetLine {
    let items = &text.items[extent.start..extent.end];
    let hyphen = extent.hyphen.then(|| hyphen(text, extent, metrics)).flatten();
    let (mut change, hung) = to_measure(text, extent, fill, hyphen.as_ref());
    let mut line = change.line();
    let mut x = Unit::ZERO;
    if !text.shaped.is_empty() {
        x = set_shaped(&mut line, text, extent, &mut change, metrics);
    }
    let plain = if text.shaped.is_empty() { items } else { &[] };
    for (k, item) in plain.iter().enumerate() {
        if k > 0 {
            x += width_of(item, &mut change);
        }
        match (item.glyph, line.runs.last_mut()) {
            (Some((font, id)), Some(run)) if line.open == Some((item.look, font)) => {
                let (posture, text) = (item.posture, item.text);
                run.glyphs.push(Glyph { id, posture, text, x: x + item.lead, advance: item.advance });
            }
            _ => place(&mut line, text, item, x, items.len() - k, metrics),
        }
        x += item.body;
    }
    // The spaces at the end are kept, and take no room.
    for item in &text.items[extent.end..extent.next] {
        place(&mut line, text, item, x, 1, metrics);
    }
    if let Some((glyph, look, width)) = hyphen {
        line.runs.push(Run {
            font: glyph.font,
            size: look.size,
            rise: look.rise,
            element: look.element,
            colour: look.colour,
            means: Means::Nothing,
            glyphs: vec![Glyph {
                id: glyph.glyph,
                posture: Posture::Turned,
                text: '-',
                x,
                advance: look.size.em(glyph.advance),
            }],
        });
        x += width;
    }
    line.width = x - hung;
    line.runs.append(&mut line.dots);
    line.runs.append(&mut line.beside);
    line.runs.append(&mut line.drawn);
    line.rules.extend(line.underlines.drain(..).map(underline::Stretch::rule));
    line
}

/// Places the items of a line that has words which are shaped, some of them from right to left; gives where they end.
fn set_shaped(line: &mut SetLine, text: &Text, extent: &Extent, change: &mut Change, metrics: &dyn Metrics) -> Unit {
    let items = &text.items[extent.start..extent.end];
    let mut x = Unit::ZERO;
    let mut places = Vec::with_capacity(items.len());
    for (k, item) in items.iter().enumerate() {
        if k > 0 {
            x += width_of(item, change);
        }
        places.push(x);
        x += item.body;
    }
    bidi::reorder(text, extent.start, &mut places);
    for (k, item) in items.iter().enumerate() {
        place(line, text, item, places[k], items.len() - k, metrics);
    }
    for word in shaped::in_line(text, extent.start..extent.end) {
        if let Some(place) = word.items.start.checked_sub(extent.start).and_then(|k| places.get(k)) {
            line.drawn.extend(word.drawn(*place));
        }
    }
    x
}

/// Where `items` stand that are set beside each other, to a measure if they are to fill one.
pub fn places(items: &[Item], fill: Option<Fill>) -> Vec<Unit> {
    let mut change = fill.map_or(Change::None, |fill| change(items, &sums(items), &fill));
    let mut x = Unit::ZERO;
    let place = |(k, item): (usize, &Item)| {
        if k > 0 {
            x += width_of(item, &mut change);
        }
        let place = x;
        x += item.body;
        place
    };
    items.iter().enumerate().map(place).collect()
}

/// What the bodies and the glue of a line come to.
fn sums(items: &[Item]) -> Sums {
    let mut sums = Sums::default();
    for (k, item) in items.iter().enumerate() {
        if k > 0 {
            sums.add(&item.glue);
        }
        sums.width += item.body.0;
    }
    sums
}

/// A hyphen, how it looks, and its width.
type Hyphen<'t> = (GlyphMetrics, &'t Look, Unit);

/// How a line comes to its measure, and the width of the mark that hangs beyond it.
fn to_measure(text: &Text, extent: &Extent, fill: Option<Fill>, hyphen: Option<&Hyphen<'_>>) -> (Change, Unit) {
    let items = &text.items[extent.start..extent.end];
    let hung = if extent.hangs { items.last().map_or(Unit::ZERO, |i| i.body) } else { Unit::ZERO };
    let added = hyphen.map_or(Unit::ZERO, |(_, _, width)| *width);
    let filled = |fill: Fill| change(items, &sums(items), &Fill { measure: fill.measure + hung - added, ..fill });
    (fill.map_or(Change::None, filled), hung)
}

fn hyphen<'t>(text: &'t Text, extent: &Extent, metrics: &dyn Metrics) -> Option<Hyphen<'t>> {
    let last = text.items.get(extent.end.checked_sub(1)?)?;
    let look = &text.looks[usize::from(last.look)];
    let glyph = match text.vertical {
        true => metrics.column(look.face, '-', Posture::Turned)?.0,
        false => metrics.glyph(look.face, '-')?,
    };
    Some((glyph, look, look.zi.em(glyph.advance)))
}

/// Finds how a line with these sums comes to its measure.
fn change(items: &[Item], sums: &Sums, fill: &Fill) -> Change {
    let mut rest = sums.width - fill.measure.0;
    if rest == 0 {
        return Change::None;
    }
    if rest > 0 {
        for (step, &give) in sums.give.iter().enumerate() {
            if rest <= give {
                return Change::Squeezed(step, Shares::new(rest, give));
            }
            rest -= give;
        }
        // Cannot be squeezed so far: what there is is given.
        return Change::Squeezed(SQUEEZE.len(), Shares::new(0, 1));
    }
    rest = -rest;
    for (step, &take) in sums.take.iter().enumerate() {
        if rest <= take {
            return Change::Stretched(step, Shares::new(rest, take));
        }
        rest -= take;
    }
    let within = |places: i32| rest <= fill.em.em(RAGGED).0.saturating_mul(places);
    if sums.even > 0 && within(sums.even) {
        return Change::Stretched(STRETCH.len(), Shares::new(rest, sums.even));
    }
    let after_first = items.get(1..).unwrap_or_default();
    let limited = after_first.iter().filter(|i| i.glue.stretch != Stretch::Rigid).count() as i32;
    if limited > 0 && within(limited) { Change::Beyond(Shares::new(rest, limited)) } else { Change::Ragged }
}

/// The width of the glue before `item` in a line that is changed.
fn width_of(item: &Item, change: &mut Change) -> Unit {
    let glue = &item.glue;
    glue.natural
        + match change {
            Change::None | Change::Ragged => Unit::ZERO,
            Change::Squeezed(step, shares) => match (glue.squeeze as usize).cmp(step) {
                std::cmp::Ordering::Less => -glue.give,
                std::cmp::Ordering::Equal => -shares.next(glue.give.0),
                std::cmp::Ordering::Greater => Unit::ZERO,
            },
            Change::Stretched(step, shares) => match (glue.stretch as usize).cmp(step) {
                std::cmp::Ordering::Less => glue.take,
                std::cmp::Ordering::Equal if glue.stretch == Stretch::Even => shares.next(1),
                std::cmp::Ordering::Equal => shares.next(glue.take.0),
                std::cmp::Ordering::Greater => Unit::ZERO,
            },
            Change::Beyond(shares) => match glue.stretch {
                Stretch::Rigid => Unit::ZERO,
                Stretch::Space | Stretch::Gap | Stretch::Even => glue.take + shares.next(1),
            },
        }
}

/// Puts an item at `x`; `rest` items of the line are to come, itself among them.
fn place(line: &mut SetLine, text: &Text, item: &Item, x: Unit, rest: usize, metrics: &dyn Metrics) {
    let look = &text.looks[usize::from(item.look)];
    let Some((font, id)) = item.glyph else {
        missing(line, look, item.text, x, item.body, metrics);
        line.open = None;
        return;
    };
    let glyph = Glyph { id, posture: item.posture, text: item.text, x: x + item.lead, advance: item.advance };
    if look.dotted && matches!(item.class, Class::Han | Class::Iteration) {
        let middle = if item.body > Unit::ZERO { item.body / 2 } else { item.lead + item.advance / 2 };
        dot(line, look, x + middle, text.vertical, metrics);
    }
    judou::put(line, look, x, metrics);
    if let Some(underline) = look.underline {
        underline::extend(&mut line.underlines, underline, look, item, x);
    }
    line.open = (!look.dotted && look.sign.is_none() && look.underline.is_none()).then_some((item.look, font));
    let means = match look {
        Look { silent: true, .. } => Means::Nothing,
        Look { told: true, .. } => Means::Told,
        Look { unseen: true, .. } => Means::Unseen,
        _ => Means::Text,
    };
    match line.runs.last_mut() {
        Some(run)
            if run.font == font
                && run.means == means
                && run.size == look.size
                && run.rise == look.rise
                && run.element == look.element
                && run.colour == look.colour =>
        {
            run.glyphs.push(glyph);
        }
        _ => {
            let mut glyphs = Vec::with_capacity(if line.runs.is_empty() { rest } else { rest.min(8) });
            glyphs.push(glyph);
            let Look { size, rise, element, colour, .. } = *look;
            line.runs.push(Run { font, size, rise, element, colour, means, glyphs });
        }
    }
}

/// Size of a dot of emphasis, and how far its baseline is below that of the text, in a column above it, in thousandths of an em.
const DOT: (i32, i32) = (250, 370);
const DOT_BESIDE: i32 = 905;

/// Puts a dot of emphasis below the character whose middle is at `x`, in a column to the right of it (E8).
fn dot(line: &mut SetLine, look: &Look, x: Unit, vertical: bool, metrics: &dyn Metrics) {
    let Some(found) = metrics.glyph(look.face, '●') else { return };
    let size = look.size.em(DOT.0);
    let advance = size.em(found.advance);
    let glyph = Glyph { id: found.glyph, posture: Posture::Upright, text: '●', x: x - advance / 2, advance };
    let rise = look.rise + look.size.em(if vertical { DOT_BESIDE } else { -DOT.1 });
    match line.dots.last_mut() {
        Some(run) if (run.font, run.size, run.rise) == (found.font, size, rise) => run.glyphs.push(glyph),
        _ => {
            let font = found.font;
            let (element, colour, means) = (None, look.colour, Means::Nothing);
            line.dots.push(Run { font, size, rise, element, colour, means, glyphs: vec![glyph] });
        }
    }
}

/// Sets a character without a glyph: its code point in a frame (F2), or the bullet that it stands for.
fn missing(line: &mut SetLine, look: &Look, c: char, x: Unit, width: Unit, metrics: &dyn Metrics) {
    if let Some(found) = bullet(c).and_then(|bullet| metrics.glyph(look.face, bullet)) {
        // The bullet is drawn, and stands for the private character.
        let (posture, advance) = (Posture::Turned, look.size.em(found.advance));
        let glyph = Glyph { id: found.glyph, posture, text: c, x, advance };
        let Look { size, rise, element, colour, .. } = *look;
        let means = Means::CodePoint(c);
        line.runs.push(Run { font: found.font, size, rise, element, colour, means, glyphs: vec![glyph] });
        return;
    }
    let size = look.zi.em(MISSING_DIGIT);
    let step = look.zi.em(MISSING_DIGIT / 2);
    let mut font = None;
    let mut glyphs = vec![];
    for (k, digit) in format!("{:04X}", u32::from(c)).chars().enumerate() {
        if let Some(found) = metrics.glyph(Face::Mono, digit) {
            let font = *font.get_or_insert(found.font);
            if font == found.font {
                let x = x + look.zi.em(MISSING_PAD) + step * k as i32;
                let (posture, advance) = (Posture::Turned, size.em(found.advance));
                glyphs.push(Glyph { id: found.glyph, posture, text: digit, x, advance });
            }
        }
    }
    line.runs.push(Run {
        font: font.unwrap_or(FontId(0)),
        size,
        rise: look.rise + look.zi.em(MISSING_RISE),
        element: look.element,
        colour: look.colour,
        means: Means::CodePoint(c),
        glyphs,
    });
    let hair = look.zi.em(40).max(Unit(1));
    let (left, right) = (x + hair, x + width - hair);
    let (top, bottom) = (-look.zi.em(650) - look.rise, -look.zi.em(150) - look.rise);
    line.rules.extend([
        Rule::bar(left, top, right - left, hair),
        Rule::bar(left, bottom - hair, right - left, hair),
        Rule::bar(left, top, hair, bottom - top),
        Rule::bar(right - hair, top, hair, bottom - top),
    ]);
}
