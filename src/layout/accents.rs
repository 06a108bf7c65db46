//! Accents and other combining marks, put on what they belong to.

use super::ladder::Glue;
use super::text::{Bond, Look, Text};
use super::{Marked, Metrics};
use crate::chinese::class::Class;
use crate::unit::Unit;

/// Gives the marks of a text whose glyphs are found their places. A mark for which fonts have nothing to say stays as it is.
pub fn place(text: &mut Text, metrics: &dyn Metrics) {
    // The letter at hand, and what its glyph shows so far.
    let mut letter: Option<(usize, char)> = None;
    for i in 0..text.items.len() {
        let c = text.items[i].text;
        if c.is_ascii() || Class::of(c) != Class::Combining {
            letter = Some((i, c));
            continue;
        }
        let Some((at, shown)) = letter else { continue };
        let own = text.items[i].look;
        let look = text.looks[usize::from(own)].clone();
        if look.unseen {
            // It is part of a word that was shaped, or is not to be seen.
            continue;
        }
        let Some(Marked { shown, letter: glyph, mark, offset }) = metrics.marked(look.face, shown, c) else { continue };
        letter = Some((at, shown));
        let base = &mut text.items[at];
        base.glyph = Some((glyph.font, glyph.glyph));
        base.advance = look.size.em(glyph.advance);
        base.body = look.zi.em(glyph.advance);
        let (end, start) = (base.body, base.lead);
        let (x, rise) = offset.map_or((Unit::ZERO, Unit::ZERO), |(x, y)| (look.size.em(x), look.size.em(y)));
        let index = text.look(Look { rise: look.rise + rise, unseen: look.unseen || offset.is_none(), ..look.clone() });
        let item = &mut text.items[i];
        item.look = index;
        item.glyph = Some((mark.font, mark.glyph));
        item.advance = look.size.em(mark.advance);
        (item.body, item.glue, item.bond, item.lead) = (Unit::ZERO, Glue::RIGID, Bond::Whole, start - end + x);
    }
}
