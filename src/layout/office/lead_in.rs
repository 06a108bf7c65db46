//! Sentences that lead into a paragraph: `（一）摸清底数。各县…` has its number and its first sentence in the face of that level (7.3.3).

use super::super::text::{Look, Text};
use crate::chinese::numbering::{self, Family};
use crate::style::Style;

/// No sentence that leads in is longer.
const LONGEST: usize = 30;

/// Gives what leads into the paragraph `text` the face of the heading of its level.
pub fn restyle(text: &mut Text, style: &Style) {
    let chars: String = text.items.iter().take(LONGEST + 10).map(|item| item.text).collect();
    let Some(label) = numbering::label(&chars) else { return };
    let level = match label.family {
        Family::HanComma => 1,
        Family::HanBrackets => 2,
        _ => return,
    };
    let begins = chars[..label.len].chars().count();
    let limit = text.ends.first().copied().unwrap_or(text.items.len());
    let sentence = begins..limit.min(begins + LONGEST);
    let find = |signs: &[char]| sentence.clone().find(|&k| signs.contains(&text.items[k].text));
    let Some(end) = find(&['。']).or_else(|| find(&['：', '；'])) else { return };
    // What is nothing but one sentence leads nowhere.
    if text.items[end + 1..].iter().all(|item| item.class.is_space() || item.class.is_mark()) {
        return;
    }
    let (face, own) = (style.headings[level].face, style.body.face);
    for k in 0..=end {
        let look = &text.looks[usize::from(text.items[k].look)];
        if look.face == own {
            let dressed = Look { face, ..look.clone() };
            text.items[k].look = text.look(dressed);
        }
    }
}
