//! Ruby: a reading above its characters. The reading is half their size and stands over their middle; where it is wider than they
//! are, they are parted to make room for it, so that it never stands over the text beside it.
//!
//! In the text the reading follows its characters in brackets. The brackets have their place in the line and are not seen.

use super::class::Class;
use super::flow::Flow;
use super::ladder::Glue;
use super::page::{ElementId, Tag};
use super::text::{Bond, Item, Look, Text};
use crate::unit::Unit;
use std::ops::Range;

/// Size of a reading, in thousandths of that of its characters.
const SIZE: i32 = 500;
/// How far the baseline of the reading is above theirs: the em square of the one stands on that of the others.
const RISE: i32 = 940;
/// What is left free between two readings, in thousandths of their size.
const APART: i32 = 250;

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
    for Ruby { base, reading } in &text.rubies {
        let size = text.items.get(reading.start).map_or(Unit::ZERO, |item| text.looks[usize::from(item.look)].size);
        let above = text.items[reading.clone()].iter().map(|item| item.advance).sum::<Unit>();
        let natural = width(&text.items[base.clone()]);
        let count = (base.len() as i32).max(1);
        let part = (above + size.em(APART) - natural).max(Unit::ZERO) / (2 * count);
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
            (item.body, item.glue, item.bond, item.lead) = (Unit::ZERO, Glue::RIGID, Bond::Whole, lead);
            if reading.contains(&(base.end + i)) {
                lead += item.advance;
            }
        }
    }
}

fn width(items: &[Item]) -> Unit {
    items.iter().map(|item| item.body).sum::<Unit>() + items.iter().skip(1).map(|item| item.glue.natural).sum::<Unit>()
}
