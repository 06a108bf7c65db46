//! Ruby: a reading above its characters (CLReq, “Positioning of Romanized ruby”, basic requirements). The reading is half their size
//! and stands over their middle (1, 7). Where it is wider than they are, it stands over the edges of the text beside it, a quarter of a
//! character at each side (5), but never beyond the line, and never nearer to another reading than a space (4); what it needs beyond that
//! parts its characters.
//!
//! In the text the reading follows its characters in brackets. The brackets have their place in the line and are not seen.

use super::flow::Flow;
use super::ladder::Glue;
use super::page::{ElementId, Tag};
use super::text::{Bond, Item, Look, Text};
use crate::chinese::class::Class;
use crate::unit::Unit;
use std::ops::Range;

/// Size of a reading, in thousandths of that of its characters.
const SIZE: i32 = 500;
/// How far the baseline of the reading is above theirs: the em square of the one stands on that of the others.
const RISE: i32 = 940;
/// What is left free between two readings, in thousandths of their size.
const APART: i32 = 250;
/// How far a reading stands over the text beside it, in thousandths of the size of that: half the size of the reading.
const OVERHANG: i32 = 250;

/// The places of a ruby among the items of a text.
#[derive(Debug, Clone)]
pub struct Ruby {
    base: Range<usize>,
    reading: Range<usize>,
}

impl Flow<'_> {
    /// Adds a ruby to a text whose lines are `room` wide, at `start` of the normalized text; `len` is the length of the ruby there.
    /// One that takes more than half a line is set as text in brackets.
    pub(super) fn push_ruby(
        &mut self,
        (base, reading): (&str, &str),
        look: &Look,
        parent: ElementId,
        (start, len): (usize, usize),
        text: &mut Text,
    ) {
        let advance = |c| self.metrics.glyph(look.face, c).map_or(1000, |glyph| glyph.advance);
        let width = |text: &str, size: Unit| text.chars().map(|c| size.em(advance(c))).sum::<Unit>();
        let widest = width(base, look.zi).max(width(reading, look.size.em(SIZE)));
        if base.is_empty() || widest > text.room / 2 {
            let index = text.look(look.clone());
            text.push(base, index, start, len);
            ["（", reading, "）"].iter().for_each(|part| text.push(part, index, start, 0));
            return;
        }
        let ruby = self.structure.add(Tag::Ruby, parent);
        let mut part = |flow: &mut Self, chars: &str, tag: Tag, raised: bool| {
            let element = Some(flow.structure.add(tag, ruby));
            let mut look = Look { element, ..look.clone() };
            if raised {
                (look.size, look.zi, look.rise) =
                    (look.size.em(SIZE), look.zi.em(SIZE), look.rise + look.size.em(RISE));
                look.unseen = tag == Tag::RubyPunctuation;
            }
            let index = text.look(look);
            let from = text.items.len();
            text.push(chars, index, start, if raised { 0 } else { len });
            if raised {
                // Like an accent it belongs to what is before it, and is nothing to the line.
                text.items[from..].iter_mut().for_each(|item| item.class = Class::Combining);
            }
            from..text.items.len()
        };
        let base = part(self, base, Tag::RubyBase, false);
        part(self, "（", Tag::RubyPunctuation, true);
        let reading = part(self, reading, Tag::RubyText, true);
        part(self, "）", Tag::RubyPunctuation, true);
        text.rubies.push(Ruby { base, reading });
    }
}

/// Gives base and reading of every ruby of a text that is otherwise prepared their places.
pub fn place(text: &mut Text) {
    for (r, Ruby { base, reading }) in text.rubies.iter().enumerate() {
        let size = text.items.get(reading.start).map_or(Unit::ZERO, |item| text.looks[usize::from(item.look)].size);
        let above = text.items[reading.clone()].iter().map(|item| item.advance).sum::<Unit>();
        let natural = width(&text.items[base.clone()]);
        let count = (base.len() as i32).max(1);
        let part = (above + size.em(APART) - natural).max(Unit::ZERO) / (2 * count);
        let overhang = part.min(size.em(OVERHANG * 1000 / SIZE));
        if overhang > Unit::ZERO && is_alone(&text.items, &text.rubies, r) {
            // Glue is not set at the edges of a line, where a reading must not stand over anything.
            for at in [base.start, reading.end + 1] {
                if let Some(item) = text.items.get_mut(at) {
                    item.glue.natural -= overhang;
                }
            }
        }
        for (i, item) in text.items[base.clone()].iter_mut().enumerate() {
            // Half a part on both sides of every character: what is between two of them is twice what is outside.
            item.body += part * 2;
            item.lead += part;
            if i > 0 {
                item.glue = Glue { natural: item.glue.natural, ..Glue::RIGID };
                item.bond = Bond::Whole;
            }
        }
        let mut lead = -(width(&text.items[base.clone()]) + above) / 2;
        let end = text.items.len().min(reading.end + 1);
        for (i, item) in text.items[base.end..end].iter_mut().enumerate() {
            // An accent has its place from the end of its letter.
            let own = if Class::of(item.text) == Class::Combining { item.lead } else { Unit::ZERO };
            (item.body, item.glue, item.bond, item.lead) = (Unit::ZERO, Glue::RIGID, Bond::Whole, lead + own);
            if reading.contains(&(base.end + i)) {
                lead += item.advance;
            }
        }
    }
}

/// Whether the text on both sides of ruby `r` has no reading of its own, and is no space, which a line may squeeze.
fn is_alone(items: &[Item], rubies: &[Ruby], r: usize) -> bool {
    let Range { start, .. } = rubies[r].base;
    let end = rubies[r].reading.end + 1;
    let before = r.checked_sub(1).and_then(|before| rubies.get(before)).map_or(0, |ruby| ruby.reading.end + 1);
    let after = rubies.get(r + 1).map_or(usize::MAX, |ruby| ruby.base.start);
    let space = |at: usize| items.get(at).is_some_and(|item| item.class.is_space());
    // Between two readings there are two characters at least.
    (r == 0 || start >= before + 2) && after >= end.saturating_add(2) && !space(start.wrapping_sub(1)) && !space(end)
}

fn width(items: &[Item]) -> Unit {
    items.iter().map(|item| item.body).sum::<Unit>() + items.iter().skip(1).map(|item| item.glue.natural).sum::<Unit>()
}
