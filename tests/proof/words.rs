//! Where Western words and numbers are parted (B5, B6).

use super::marks::{never_first, never_last};
use super::{Fault, text_of};
use shanben::layout::{Line, Means};
use shanben::style::Style;
use std::collections::HashSet;

/// After which characters an address may be parted.
const ADDRESS: &str = "/.?&=-_";
/// The shortest word that is hyphenated.
const HYPHENATED: usize = 5;

/// The words that are parted where they may not be between the lines of one element; `own` are the lines of the text.
pub fn faults(lines: &[&Line], style: &Style, own: &HashSet<&str>, found: &mut Vec<Fault>) {
    for k in 1..lines.len() {
        let (above, below) = (text_of(lines[k - 1]), text_of(lines[k]));
        let (Some(a), Some(b)) = (above.chars().last(), below.chars().next()) else { continue };
        if a.is_whitespace() || b.is_whitespace() || own.contains(above.as_str()) || own.contains(below.as_str()) {
            continue;
        }
        let head: Vec<char> = above.chars().collect();
        let tail: Vec<char> = below.chars().collect();
        let start = head.iter().rposition(|c| c.is_whitespace() || !western(*c)).map_or(0, |at| at + 1);
        let end = tail.iter().position(|c| c.is_whitespace() || !western(*c)).unwrap_or(tail.len());
        let word: String = head[start..].iter().chain(&tail[..end]).collect();
        let told = || format!("{above} | {below}");
        let mark =
            lines[k - 1].runs.iter().rfind(|run| run.means != Means::Drawn).filter(|run| run.means == Means::Nothing);
        if mark.is_some_and(|run| run.glyphs.last().is_some_and(|glyph| glyph.text == '-')) {
            let letters = |c: &&char| c.is_ascii_alphabetic();
            let syllables = head.iter().rev().take_while(letters).count() + tail.iter().take_while(letters).count();
            if !(a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && syllables >= HYPHENATED) {
                found.push(("B5 hyphen", told()));
            }
            continue;
        }
        let before = head.len().checked_sub(2).map(|at| head[at]);
        if !bound(before, a, b, tail.get(1).copied()) {
            continue;
        }
        let address = word.contains("://") || word.starts_with("www.");
        if address && ADDRESS.contains(a) || longer(lines, k, style) {
            continue;
        }
        found.push(("B5 parted", told()));
    }
}

fn western(c: char) -> bool {
    c.is_ascii_graphic() || matches!(c, '￥' | '℃' | '‰' | '°' | '′' | '″' | '№') || c.is_alphabetic() && c < '\u{2000}'
}

/// Whether `a` and `b` are of one word or number, with what stands before and after them.
fn bound(before: Option<char>, a: char, b: char, after: Option<char>) -> bool {
    let letter = |c: char| western(c) && c.is_alphanumeric();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (in_front, behind) = (digit(Some(a)), digit(Some(b)));
    letter(a) && letter(b)
        || "￥$№#".contains(a) && behind
        || in_front && "℃%‰°′″".contains(b)
        || ".,:-/".contains(a) && digit(before) && behind
        || in_front && ".,:-/".contains(b) && digit(after)
        || letter(a) && "'’".contains(b) && after.is_some_and(letter)
}

/// Lines on both sides in which is looked for what a word holds together with.
const NEAR: usize = 4;

/// Whether what holds together around the end of the line before line `k` is longer than a line (B6).
pub fn longer(lines: &[&Line], k: usize, style: &Style) -> bool {
    // A first line may be indented.
    let widest = lines.iter().map(|line| line.width).max().unwrap_or_default();
    let measure = (widest - style.body.size.em(style.body.first_indent)).0;
    let glyphs = |lines: &[&Line]| -> Vec<(char, i32)> {
        let runs = lines.iter().flat_map(|line| &line.runs).filter(|run| run.means == Means::Text);
        runs.flat_map(|run| &run.glyphs).map(|glyph| (glyph.text, glyph.advance.0)).collect()
    };
    let level = style.kinsoku;
    let holds =
        |a: char, b: char| western(a) && western(b) || never_first(b, level) || never_last(a, level) || b == ' ';
    let mut above = glyphs(&lines[k.saturating_sub(NEAR)..k]);
    let below = glyphs(&lines[k..(k + NEAR).min(lines.len())]);
    let behind = 1 + below.windows(2).take_while(|pair| holds(pair[0].0, pair[1].0)).count();
    above.reverse();
    let before = 1 + above.windows(2).take_while(|pair| holds(pair[1].0, pair[0].0)).count();
    let width: i32 = above.iter().take(before).chain(below.iter().take(behind)).map(|glyph| glyph.1).sum();
    // Blanks that a line takes from the marks at its edges are among the advances; nor need it be full to the last point.
    width >= measure - style.body.size.0
}
