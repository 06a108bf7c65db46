//! Marks of a column that are told beside it (句读, 圈点) or not at all (白文) (V31).
//!
//! The mark of the text keeps its place, has no room there and is not seen; so every reader still gives it. What is seen of a pause or a
//! stop is a small sign at the lower right of the character before it. In the half columns of notes, which have nothing at their right, marks
//! stand as ever.

use super::Metrics;
use super::ladder::Glue;
use super::line::SetLine;
use super::page::{Glyph, Means, Posture, Run};
use super::text::{Bond, Item, Look, Text};
use crate::chinese::class::Class;
use crate::style::{Direction, Judou, Style};
use crate::unit::Unit;

/// Size of a mark that is not seen, in thousandths of that of the text.
const UNSEEN: i32 = 100;
/// A sign, and its size in thousandths of that of the text.
type Sign = (char, i32);

/// The signs of a stop and of a pause, and their sizes.
const STOP: Sign = ('○', 320);
const PAUSE: Sign = ('、', 480);
/// From the middle of the column to that of a sign, and from the end of the character up to it, in thousandths of an em.
const BESIDE: i32 = 610;
const ABOVE: i32 = 130;
/// From the baseline of a glyph to the middle of its column, in thousandths of its size.
const AXIS: i32 = 380;
/// So many marks in a row are told beside one character at most: no sentence ends and begins with more, and what a glyph says in a PDF has an end
/// (ISO 32000-1, 9.10.3: 512 bytes). The others of a longer row stand in the column.
const ROW: usize = 8;

/// Those of the marks below that open.
const OPENING: &str = "“‘「『﹁﹃《〈";

/// Whether `c` says only how a text is read: a quotation mark or one of a title.
fn is_quotation(c: char) -> bool {
    OPENING.contains(c) || "”’」』﹂﹄》〉".contains(c)
}

/// Takes the marks of `text`, whose classes are known, out of its column.
pub fn hide(text: &mut Text, style: &Style) {
    let judou = style.vertical.judou;
    if judou == Judou::Set {
        return;
    }
    let (mut notes, mut row) = (0, 0);
    let mut known: Option<(u16, Option<Sign>, u16)> = None;
    for at in 0..text.items.len() {
        let item = text.items[at];
        let sign = match item.class {
            Class::Pause => Some(PAUSE),
            Class::Stop => Some(STOP),
            Class::Opening | Class::Closing if is_quotation(item.text) => None,
            _ => {
                row = 0;
                continue;
            }
        };
        row += 1;
        while text.glosses.get(notes).is_some_and(|note| note.ends_before(at)) {
            notes += 1;
        }
        let within = text.glosses.get(notes).is_some_and(|note| note.has(at));
        let look = &text.looks[usize::from(item.look)];
        if row > ROW || look.verbatim || look.unseen || judou == Judou::Beside && within {
            continue;
        }
        let sign = sign.filter(|_| judou == Judou::Beside);
        let own = match known {
            Some((look, same, own)) if look == item.look && same == sign => own,
            _ => {
                let (size, zi) = (look.size.em(UNSEEN), look.zi.em(UNSEEN));
                let sign = sign.map(|(sign, part)| (sign, look.size, part));
                text.look(Look { size, zi, unseen: true, told: true, sign, ..look.clone() })
            }
        };
        known = Some((item.look, sign, own));
        text.hidden += usize::from(sign.is_none());
        let item = &mut text.items[at];
        (item.look, item.class) = (own, Class::Combining);
    }
}

/// Takes their room from the marks that are hidden in a text that is otherwise prepared; an opening one goes with what it opens.
pub fn place(text: &mut Text, style: &Style) {
    if style.direction == Direction::Horizontal || style.vertical.judou == Judou::Set {
        return;
    }
    let hidden = |item: &Item| {
        let marks = matches!(Class::of(item.text), Class::Pause | Class::Stop) || is_quotation(item.text);
        item.class == Class::Combining && marks
    };
    let mut before = Unit::ZERO;
    for item in &mut text.items {
        if hidden(item) {
            (item.body, item.lead, item.glue, item.bond) = (Unit::ZERO, before, Glue::RIGID, Bond::Whole);
            before += item.advance;
        } else {
            before = Unit::ZERO;
        }
    }
    for at in (1..text.items.len()).rev() {
        if let [mark, next] = &mut text.items[at - 1..=at]
            && hidden(mark)
            && OPENING.contains(mark.text)
        {
            std::mem::swap(&mut mark.bond, &mut next.bond);
            std::mem::swap(&mut mark.glue, &mut next.glue);
        }
    }
}

/// Puts the sign of a mark that is hidden beside the column, above `x`.
pub fn put(line: &mut SetLine, look: &Look, x: Unit, metrics: &dyn Metrics) {
    let Some((sign, body, part)) = look.sign else { return };
    let Some((found, posture)) = metrics.column(look.face, sign, Posture::Middle) else { return };
    let size = body.em(part);
    let advance = size.em(found.advance);
    let x = x - body.em(ABOVE) - advance / 2;
    let rise = look.rise + body.em(AXIS + BESIDE) - size.em(AXIS);
    let (font, element, colour, means) = (found.font, None, look.colour, Means::Drawn);
    let glyphs = vec![Glyph { id: found.glyph, posture, text: sign, x, advance }];
    line.beside.push(Run { font, size, rise, element, colour, means, glyphs });
}
