//! Lines of which a part runs from right to left (Unicode Standard Annex 9): the order in which words, numbers and marks stand.

use super::Metrics;
use super::text::Text;
use crate::chinese::class::Class;
use crate::unicode::leftward::{levels, runs_leftward};
use crate::unit::Unit;

/// Marks that open and close, of which each is drawn as the other where the text runs to the left.
const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];

/// Gives each item of a text that has words from right to left its level. A paragraph of nothing but such words, or nearly so, runs so as a whole.
pub fn resolve(text: &mut Text, metrics: &dyn Metrics) {
    if !text.shaped.iter().any(|word| word.leftward) {
        return;
    }
    let said: String = text.items.iter().map(|item| item.text).collect();
    text.leftward = text.may_run_leftward && runs_leftward(&said);
    let levels = levels(&said, text.leftward);
    text.levels.extend(said.char_indices().filter_map(|(at, _)| levels.get(at)));
    for (item, _) in text.items.iter_mut().zip(&text.levels).filter(|(_, level)| **level % 2 == 1) {
        let mirrored = PAIRS.iter().find_map(|&(open, close)| match item.text {
            c if c == open => Some(close),
            c if c == close => Some(open),
            _ => None,
        });
        let face = text.looks[usize::from(item.look)].face;
        if let Some(found) = mirrored.filter(|_| !text.vertical).and_then(|c| metrics.glyph(face, c)) {
            item.glyph = Some((found.font, found.glyph));
        }
    }
}

/// Puts the items of a line from `start` on, which begin at `xs`, in the order in which they are seen.
pub fn reorder(text: &Text, start: usize, xs: &mut [Unit]) {
    let levels = text.levels.get(start..start + xs.len()).unwrap_or_default();
    let Some(most) = levels.iter().copied().max().filter(|most| *most > 0) else { return };
    // What moves as one: a shaped word, a character with what stands on it. Where it begins, and its width.
    let mut pieces: Vec<(usize, Unit)> = vec![];
    for (k, item) in text.items[start..start + xs.len()].iter().enumerate() {
        let within = text.shaped.partition_point(|word| word.items.start < start + k);
        let in_word =
            within.checked_sub(1).and_then(|n| text.shaped.get(n)).is_some_and(|word| start + k < word.items.end);
        if k == 0 || !in_word && item.class != Class::Combining {
            pieces.push((k, item.body));
        }
    }
    let before = xs.to_vec();
    for level in (1..=most).rev() {
        let turned = |piece: &(usize, Unit)| levels[piece.0] >= level;
        for run in pieces.chunk_by(|a, b| turned(a) == turned(b)).filter(|run| run.iter().any(turned)) {
            let left = run.iter().map(|(k, _)| xs[*k]).min().unwrap_or_default();
            let right = run.iter().map(|(k, width)| xs[*k] + *width).max().unwrap_or_default();
            run.iter().for_each(|(k, width)| xs[*k] = left + right - xs[*k] - *width);
        }
    }
    for (n, (first, _)) in pieces.iter().enumerate() {
        let end = pieces.get(n + 1).map_or(xs.len(), |next| next.0);
        let moved = xs[*first] - before[*first];
        (first + 1..end).for_each(|k| xs[k] = before[k] + moved);
    }
}
