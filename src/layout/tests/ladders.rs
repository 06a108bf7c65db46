//! The two ladders, looked for on finished lines by rules of their own: what stands between two characters, in which step it is squeezed
//! or stretched, and how far (D2, D3).

use super::*;
use proptest::prelude::*;

/// What may be between two characters, in thousandths of an em.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Between {
    /// The step of D2 in which it is squeezed, from 1.
    squeeze: Option<u8>,
    /// The step of D3 in which it is stretched, from 1.
    stretch: Option<u8>,
    least: i32,
    natural: i32,
    /// The most in that step; the last has no limit.
    most: i32,
}

const OPENING: &str = "（《「【“";
const CLOSING: &str = "）》」】”";
const PAUSE: &str = "，、；：";
const STOP: &str = "。？！";

fn is_western(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// What the rules say of `a` and `b`, between which `spaces` Western spaces stand; none where marks stand together or something else that
/// has rules of its own.
fn between(a: char, b: char, spaces: usize) -> Option<Between> {
    let blank = |squeeze| {
        // A mark keeps to what it encloses: nothing is put in beside the closing side of the one or the opening side of the other.
        Some(Between { squeeze: Some(squeeze), stretch: Some(3), least: 0, natural: 500, most: i32::MAX })
    };
    let han = |c: char| ('一'..='鿿').contains(&c);
    let mark = |c: char| [OPENING, CLOSING, PAUSE, STOP].concat().contains(c);
    match (mark(a), mark(b), spaces) {
        (true, true, _) => None,
        (_, _, 1) if is_western(a) && is_western(b) => {
            Some(Between { squeeze: Some(1), stretch: Some(1), least: 250, natural: 333, most: 500 })
        }
        (_, _, 1..) => None,
        (true, false, _) if CLOSING.contains(a) => blank(3),
        (true, false, _) if PAUSE.contains(a) => blank(4),
        (true, false, _) if STOP.contains(a) => blank(6),
        (false, true, _) if OPENING.contains(b) => blank(3),
        // Inside a bracket, before a mark: fixed.
        (true, false, _) | (false, true, _) => {
            Some(Between { squeeze: None, stretch: None, least: 0, natural: 0, most: 0 })
        }
        _ if is_western(a) && is_western(b) => {
            Some(Between { squeeze: None, stretch: None, least: 0, natural: 0, most: 0 })
        }
        _ if han(a) && is_western(b) || is_western(a) && han(b) => {
            Some(Between { squeeze: Some(5), stretch: Some(2), least: 125, natural: 250, most: 333 })
        }
        _ if han(a) && han(b) => {
            Some(Between { squeeze: None, stretch: Some(3), least: 0, natural: 0, most: i32::MAX })
        }
        _ => None,
    }
}

/// Left and right edge of what is seen of a glyph, in thousandths of an em: a mark without its blank half.
fn edges(glyph: &Glyph) -> (i32, i32) {
    let (x, c) = (glyph.x.0 / 10, glyph.text);
    match c {
        _ if OPENING.contains(c) => (x + 500, x + 1000),
        _ if CLOSING.contains(c) || PAUSE.contains(c) || STOP.contains(c) => (x, x + 500),
        _ => (x, x + glyph.advance.0 / 10),
    }
}

/// The places of a line whose rules are known, with what is there; none if there are others.
fn places(line: &Seen) -> Option<Vec<(Between, i32)>> {
    let mut places = vec![];
    let mut before: Option<&Glyph> = None;
    let mut spaces = 0;
    for glyph in &line.glyphs {
        if glyph.text == ' ' {
            spaces += 1;
            continue;
        }
        if let Some(before) = before {
            places.push((between(before.text, glyph.text, spaces)?, edges(glyph).0 - edges(before).1));
        }
        (before, spaces) = (Some(glyph), 0);
    }
    Some(places)
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => "[天地玄黄宇宙洪荒]{2,9}",
        4 => "[，、；：。？！][天地]",
        2 => "[（《「【][天地玄黄]{1,4}[）》」】][玄黄]",
        3 => "[a-zA-Z]{2,7}( [a-z]{2,6}){0,3}[天地]{2}",
    ];
    prop::collection::vec(piece, 4..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_are_squeezed_and_stretched_step_by_step_and_within_limits_d2_d3(text in text(), measure in 14..36i32) {
        let lines = seen(&[&text], &flush(measure));
        for line in &lines[..lines.len() - 1] {
            let Some(places) = places(line) else { continue };
            // Rounding to thousandths of a point leaves less than two thousandths of an em.
            let near = |a: i32, b: i32| (a - b).abs() <= 2;
            // Where the last step would part its few places too far, all that were widened to their limits go on together.
            let limited = |rule: &Between| rule.stretch.is_some() && rule.stretch < Some(3);
            if places.iter().any(|(rule, gap)| limited(rule) && *gap > rule.most + 2) {
                let stretched = places.iter().filter(|(rule, _)| rule.stretch.is_some());
                let excess: Vec<i32> = stretched.map(|(rule, gap)| gap - if limited(rule) { rule.most } else { rule.natural }).collect();
                let evens = places.iter().filter(|(rule, _)| rule.stretch == Some(3)).count() as i32;
                prop_assert!(excess.iter().sum::<i32>() > evens * 333 - 4, "too early in {}: {:?}", line.text, places);
                let (least, most) = (excess.iter().min(), excess.iter().max());
                prop_assert!(least.zip(most).is_none_or(|(a, b)| b - a <= 4 && *b <= 335), "uneven in {}: {:?}", line.text, places);
                continue;
            }
            let squeezed = places.iter().any(|(rule, gap)| *gap < rule.natural - 2);
            let stretched = places.iter().any(|(rule, gap)| *gap > rule.natural + 2);
            prop_assert!(!(squeezed && stretched), "both in {}: {:?}", line.text, places);
            let deepest = places.iter().filter(|(rule, gap)| *gap < rule.natural - 2).filter_map(|(rule, _)| rule.squeeze).max();
            let highest = places.iter().filter(|(rule, gap)| *gap > rule.natural + 2).filter_map(|(rule, _)| rule.stretch).max();
            for (rule, gap) in &places {
                prop_assert!(*gap >= rule.least - 2, "squeezed too far in {}: {:?}", line.text, places);
                if rule.stretch.is_none() || rule.squeeze.is_none() && squeezed {
                    prop_assert!(near(*gap, rule.natural), "what is fixed has changed in {}: {:?}", line.text, places);
                }
                // A step begins when all before it are used up.
                if rule.squeeze.is_some() && rule.squeeze < deepest {
                    prop_assert!(near(*gap, rule.least), "out of order in {}: {:?}", line.text, places);
                }
                if rule.stretch.is_some() && rule.stretch < highest {
                    prop_assert!(near(*gap, rule.most), "out of order in {}: {:?}", line.text, places);
                }
                if rule.stretch == highest && highest < Some(3) {
                    prop_assert!(*gap <= rule.most + 2, "stretched too far in {}: {:?}", line.text, places);
                }
            }
            // Within a step all give and take alike, by what they have.
            for step in [deepest.map(|step| (Some(step), None)), highest.map(|step| (None, Some(step)))].into_iter().flatten() {
                let changes: Vec<i32> = places
                    .iter()
                    .filter(|(rule, _)| step.0.is_some_and(|s| rule.squeeze == Some(s)) || step.1.is_some_and(|s| rule.stretch == Some(s)))
                    .map(|(rule, gap)| gap - rule.natural)
                    .collect();
                let (least, most) = (changes.iter().min(), changes.iter().max());
                prop_assert!(least.zip(most).is_none_or(|(a, b)| b - a <= 4), "uneven in {}: {:?}", line.text, places);
            }
        }
    }

    #[test]
    fn an_automatic_break_is_set_as_a_forced_one_whatever_the_text(text in text(), measure in 14..36i32) {
        let mut style = flush(measure);
        style.body.align = crate::style::Alignment::Left;
        let wrapped = seen(&[&text], &style);
        let apart: Vec<&str> = wrapped.iter().map(|line| line.text.as_str()).collect();
        let forced = seen(&apart, &style);
        prop_assert_eq!(wrapped.len(), forced.len());
        for (a, b) in wrapped.iter().zip(&forced) {
            prop_assert_eq!(&a.glyphs, &b.glyphs, "{}", a.text);
        }
    }
}
