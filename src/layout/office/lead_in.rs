//! Sentences that lead into a paragraph: `（一）摸清底数。各县…` has its number and its first sentence in the face of that level (7.3.3).

use super::super::text::{Look, Text};
use crate::document::lead_in;
use crate::style::Style;

/// Gives what leads into the paragraph `text` the face of the heading of its level.
pub fn restyle(text: &mut Text, style: &Style) {
    let ends = text.ends.first().copied().unwrap_or(text.items.len());
    let said = |items: &[super::super::text::Item]| items.iter().map(|item| item.text).collect::<String>();
    let chars = said(&text.items[..ends]) + "\n" + &said(&text.items[ends..]);
    let Some((level, end)) = lead_in(&chars) else { return };
    let (face, own) = (style.headings[level].face, style.body.face);
    for k in 0..end {
        let look = &text.looks[usize::from(text.items[k].look)];
        if look.face == own {
            let dressed = Look { face, ..look.clone() };
            text.items[k].look = text.look(dressed);
        }
    }
}
