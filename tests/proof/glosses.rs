//! Notes between the words in two half columns (V27, V28).

use super::marks::{never_first, never_last};
use super::{Fault, tag};
use shanben::layout::{ElementId, Layout, Line, Means, Run, Tag};
use shanben::style::Style;
use shanben::unit::Unit;

/// Rounding leaves so much at most.
const NEAR: Unit = Unit(30);

/// The half columns of a piece, each with its glyphs and where the last of them ends.
type Halves = Vec<(Unit, String, Unit)>;

/// The faults of the notes in the `lines` of a paragraph.
pub fn faults(layout: &Layout, lines: &[&Line], style: &Style, found: &mut Vec<Fault>) {
    if !style.is_vertical() || style.gloss.lines != 2 {
        return;
    }
    for (i, line) in lines.iter().enumerate() {
        let own: Vec<&Run> = line.runs.iter().filter(|run| run.means == Means::Text).collect();
        for piece in own.chunk_by(|a, b| a.element == b.element) {
            let Some(element) = note(layout, piece[0]) else { continue };
            let next = lines.get(i + 1).and_then(|line| line.runs.iter().find(|run| run.means == Means::Text));
            let last = own.last().is_some_and(|run| run.element == Some(element));
            let goes_on = last && next.is_some_and(|run| run.element == Some(element));
            of_piece(line, &halves(piece), goes_on, style, found);
        }
    }
}

/// The note whose text a run is.
fn note(layout: &Layout, run: &Run) -> Option<ElementId> {
    run.element.filter(|&element| tag(layout, element) == Tag::WarichuText)
}

fn halves(piece: &[&Run]) -> Halves {
    let halves = piece.chunk_by(|a, b| a.rise == b.rise);
    let told = halves.map(|runs| {
        let text = runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect::<String>();
        let seen = runs.iter().flat_map(|run| &run.glyphs).rfind(|glyph| !glyph.text.is_whitespace());
        let blank = |c| "，、。》〉」』）】〕”’".contains(c);
        // Half of a mark, or a quarter of one in the middle of its place, is blank at an end.
        let end = seen.map_or(Unit::ZERO, |glyph| {
            let quarter = "，、。".contains(glyph.text) && glyph.posture == shanben::layout::Posture::Middle;
            glyph.x + glyph.advance
                - if quarter {
                    glyph.advance / 4
                } else if blank(glyph.text) {
                    glyph.advance / 2
                } else {
                    Unit::ZERO
                }
        });
        (runs[0].rise, text, end)
    });
    told.collect()
}

fn of_piece(line: &Line, halves: &Halves, goes_on: bool, style: &Style, found: &mut Vec<Fault>) {
    let told = || halves.iter().map(|(_, text, _)| text.as_str()).collect::<Vec<_>>().join(" | ");
    let (right, left) = match halves.as_slice() {
        [right] => (right, None),
        [right, left] => (right, Some(left)),
        _ => return found.push(("V27 halves", told())),
    };
    if left.is_some_and(|left| left.0 >= right.0) {
        found.push(("V27 side", told()));
    }
    let level = style.kinsoku;
    let long = right.1.chars().count() > 3;
    if left.is_some_and(|left| long && left.1.starts_with(|c| never_first(c, level))) {
        found.push(("V28 begins", told()));
    }
    if left.is_some() && right.1.ends_with(|c| never_last(c, level)) {
        found.push(("V28 ends", told()));
    }
    if goes_on {
        // Western words are not drawn apart.
        let full = |half: &(Unit, String, Unit)| {
            (half.2 - line.width).0.abs() <= NEAR.0 || half.1.contains(|c: char| c.is_ascii_alphanumeric())
        };
        if !full(right) || !left.is_some_and(full) {
            found.push(("V28 full", format!("{} of {} in {}", right.2.0, line.width.0, told())));
        }
        if right.1.chars().count() < 2 || left.is_some_and(|left| left.1.chars().count() < 2) {
            found.push(("V28 short", told()));
        }
    } else if let Some(left) = left {
        // Of two halves the right one is longer by what may not be parted from it, or shorter by what may not end it.
        let size = line.runs.iter().map(|run| run.size).min().unwrap_or_default();
        if (right.2 - left.2).0.abs() > style.body.size.0.max(size.0) * 3 && plain(&told()) {
            found.push(("V28 even", told()));
        }
    }
}

/// Whether all of a note is Han, so that nothing keeps its halves from being even.
fn plain(text: &str) -> bool {
    text.chars().all(|c| ('一'..='鿿').contains(&c) || matches!(c, ' ' | '|'))
}
