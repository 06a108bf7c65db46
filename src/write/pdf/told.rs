//! Marks that are not seen in their column: the glyph beside them tells them too, so that readers who go by places find them where they belong.

use crate::layout::{Glyph, Means, Run};

/// Whether run `k` is of marks that a glyph beside them tells.
pub fn is_told(runs: &[Run], k: usize) -> bool {
    let is = |k: usize, means: Means| runs.get(k).is_some_and(|run| run.means == means);
    let first = runs[..k].iter().rposition(|run| run.means != Means::Told).map_or(0, |before| before + 1);
    let end = runs[k..].iter().position(|run| run.means != Means::Told).map_or(runs.len(), |behind| k + behind);
    is(k, Means::Told) && (first > 0 && is(first - 1, Means::Text) || first == 0 && is(end, Means::Text))
}

/// What the first glyph of run `k` tells ahead of it and the last one behind it, with their own characters; none where they tell nothing.
pub fn told(runs: &[Run], k: usize) -> [Option<(Glyph, String)>; 2] {
    let Some(run) = runs.get(k).filter(|run| run.means == Means::Text) else { return [None, None] };
    let (Some(first), Some(last)) = (run.glyphs.first(), run.glyphs.last()) else { return [None, None] };
    let marks = |runs: &[Run]| runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect::<String>();
    let ahead = if runs[..k].iter().all(|run| run.means == Means::Told) { marks(&runs[..k]) } else { String::new() };
    let count = runs[k + 1..].iter().take_while(|run| run.means == Means::Told).count();
    let behind = marks(&runs[k + 1..k + 1 + count]);
    if run.glyphs.len() == 1 {
        let text = format!("{ahead}{}{behind}", last.text);
        return [text.chars().nth(1).map(|_| (*last, text)), None];
    }
    let with = |glyph: &Glyph, text: String| text.chars().nth(1).map(|_| (*glyph, text));
    [with(first, format!("{ahead}{}", first.text)), with(last, format!("{}{behind}", last.text))]
}
