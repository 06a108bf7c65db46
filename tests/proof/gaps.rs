//! What stands between two characters of a line (C1–C4, D2–D4), from the places and advances of their glyphs.

use super::Fault;
use super::marks::{Kind, kind, never_first, never_last};
use shanben::layout::{Course, Glyph, Layout, Line, Means, Posture, Run, Tag};
use shanben::style::{Marks, Punctuation, Style};
use shanben::unit::Unit;

/// Rounding to thousandths of a point leaves so many thousandths of an em at most.
const NEAR: i32 = 3;
/// To what a gap between Han and Western is squeezed and stretched, in thousandths of an em (D2, D3).
const GAP: (i32, i32) = (125, 333);
/// The least and the most of a Western space, and what it is by nature.
const SPACE: (i32, i32, i32) = (250, 333, 500);
/// No further are letters of a word brought together or parted by kerning.
const KERNING: i32 = 250;
/// The most that places are widened by the last step, or beyond their limits where there are no others.
const RAGGED: i32 = 333;

/// A character as it is seen: a mark without its blanks. Lengths are thousandths of an em.
struct Ink {
    text: char,
    kind: Kind,
    left: i32,
    right: i32,
    /// Which of those before it are as large and as high: others have nothing to do with it.
    size: (i32, i32),
    /// The spaces before it.
    spaces: Vec<char>,
    /// How many of its like stand before it.
    run: usize,
}

/// What the rules say of a place between two characters.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Between {
    /// The step of D2 in which it is squeezed, from 1.
    squeeze: Option<u8>,
    /// The step of D3 in which it is stretched, from 1.
    stretch: Option<u8>,
    least: i32,
    natural: i32,
    /// The most in that step; the last has no limit here.
    most: i32,
}

/// A place that does not change.
const FIXED: Between = Between { squeeze: None, stretch: None, least: 0, natural: 0, most: 0 };
/// A place that is widened with all others.
const EVEN: Between = Between { stretch: Some(3), most: i32::MAX, ..FIXED };

/// The faults within a line; the `last` of a paragraph is neither squeezed nor stretched (D5).
pub fn faults(layout: &Layout, line: &Line, style: &Style, last: bool, found: &mut Vec<Fault>) {
    let apart = |run: &Run| {
        let tag = run.element.and_then(|element| layout.structure.get(element.0 as usize)).map(|element| element.tag);
        matches!(run.means, Means::CodePoint(_) | Means::Unseen)
            || matches!(tag, Some(Tag::RubyBase | Tag::RubyText | Tag::WarichuText | Tag::Label | Tag::Figure))
    };
    if line.runs.iter().any(apart) {
        return;
    }
    let Some(em) = line.runs.iter().map(|run| zi(run, style)).max().filter(|&em| em > 0) else { return };
    let inks = inks(line, style, em);
    edges(line, &inks, style, em, found);
    let told: String = inks.iter().map(|ink| ink.text).collect();
    let places: Vec<_> = inks
        .windows(2)
        .map(|pair| {
            let rule = if pair[0].size == pair[1].size { between(&pair[0], &pair[1], &told, style) } else { None };
            (rule, pair[1].left - pair[0].right, format!("{}{}", pair[0].text, pair[1].text))
        })
        .collect();
    if let Some(fault) = adjusted(&places, last) {
        found.push((fault.0, format!("{} in {told}", fault.1)));
    }
}

/// Width of a full-width character of a run; a mark that refers to a note is as much smaller as its size.
fn zi(run: &Run, style: &Style) -> i32 {
    let body = style.measure() / style.page.measure;
    let refers = run.rise != Unit::ZERO && run.size == style.body.size.em(650);
    match run.size {
        size if size == style.body.size => body.0,
        _ if refers => body.em(650).0,
        size => size.0,
    }
}

fn inks(line: &Line, style: &Style, em: i32) -> Vec<Ink> {
    let mut inks: Vec<Ink> = vec![];
    let mut spaces = vec![];
    let columns = (line.course == Course::Column).then_some(style.vertical.marks);
    for run in line.runs.iter().filter(|run| run.means == Means::Text) {
        let zi = zi(run, style);
        for glyph in &run.glyphs {
            if glyph.text.is_whitespace() {
                spaces.push(glyph.text);
                continue;
            }
            let (kind, left, right) = seen(glyph, run, zi, columns);
            let thousandths = |at: i32| (i64::from(at) * 1000 / i64::from(em)) as i32;
            let size = (run.size.0, run.rise.0);
            let alike = inks.last().filter(|ink| ink.text == glyph.text && spaces.is_empty());
            let count = alike.map_or(0, |ink| ink.run + 1);
            let (left, right) = (thousandths(left), thousandths(right));
            let spaces = std::mem::take(&mut spaces);
            inks.push(Ink { text: glyph.text, kind, left, right, size, spaces, run: count });
        }
    }
    inks
}

/// Kind and edges of a glyph, without the blanks of a mark. Where characters are spaced to fill a line it stands in the middle of its place.
fn seen(glyph: &Glyph, run: &Run, zi: i32, columns: Option<Marks>) -> (Kind, i32, i32) {
    let place = (i64::from(glyph.advance.0) * i64::from(zi) / i64::from(run.size.0.max(1))) as i32;
    let (kind, (front, back)) = match glyph.posture {
        _ if columns.is_none() => of_line(glyph, place, zi),
        // As wide as a Han where marks stand in the middle (V9).
        Posture::Upright if columns == Some(Marks::Middle) && "·・‧".contains(glyph.text) => (Kind::Other, (0, 0)),
        Posture::Upright if "：；？！".contains(glyph.text) => (Kind::Other, (0, 0)),
        // What is Western and upright stands as V13 to V15 say, whatever is beside it.
        Posture::Upright | Posture::Abreast(_) if glyph.text.is_ascii() => (Kind::Other, (0, 0)),
        // A quarter falls away at the end of a column (V18).
        Posture::Middle => (Kind::Other, (0, if "：；？！".contains(glyph.text) { 0 } else { 250 })),
        Posture::Upright | Posture::Turned | Posture::Stroke | Posture::Abreast(_) | Posture::Low => {
            of_line(glyph, place, zi)
        }
    };
    let left = glyph.x.0 - (place - glyph.advance.0) / 2;
    (kind, left + zi * front / 1000, left + place - zi * back / 1000)
}

/// Kind and blanks of a glyph of a line.
fn of_line(glyph: &Glyph, place: i32, zi: i32) -> (Kind, (i32, i32)) {
    let kind = kind(glyph.text, place * 4 >= zi * 3);
    (kind, kind.blanks())
}

/// C2, C3, D4, D6: nothing stands before what begins a line and behind what ends it.
fn edges(line: &Line, inks: &[Ink], style: &Style, em: i32, found: &mut Vec<Fault>) {
    let (Some(first), Some(last)) = (inks.first(), inks.last()) else { return };
    let full = |ink: &Ink| style.punctuation == Punctuation::Quanjiao && ink.kind.is_mark();
    let told = || inks.iter().map(|ink| ink.text).collect::<String>();
    if first.spaces.is_empty() && !full(first) && first.left.abs() > NEAR {
        let rule = if first.kind == Kind::Opening { "C3 start" } else { "D4 start" };
        found.push((rule, format!("{} in {}", first.left, told())));
    }
    let ends = line.runs.last().is_some_and(|run| run.means == Means::Text);
    if !ends || full(last) {
        return;
    }
    let over = last.right - (i64::from(line.width.0) * 1000 / i64::from(em)) as i32;
    let hangs = style.hanging && matches!(last.text, '，' | '、' | '。') && over > NEAR;
    if hangs && (over - (last.right - last.left)).abs() > NEAR {
        found.push(("D6 hanging", format!("{over} in {}", told())));
    } else if !hangs && over.abs() > NEAR {
        found.push((if last.kind.is_mark() { "C2 end" } else { "D4 end" }, format!("{over} in {}", told())));
    }
}

/// What the rules say of the place between two characters; none where they do not speak of it.
fn between(a: &Ink, b: &Ink, line: &str, style: &Style) -> Option<Between> {
    let level = style.kinsoku;
    if [a.kind, b.kind].contains(&Kind::Other) {
        return None;
    }
    let mark = a.kind.is_mark() || b.kind.is_mark();
    match b.spaces.as_slice() {
        [] => {}
        // The number of an article is set by a rule of its own.
        _ if line.starts_with('第') => return None,
        // A space beside a mark is not seen, nor is one where the gap is (D4).
        [' '] if style.western_gap > 0 && (mark || gapped(a, b)) => {}
        [' '] if !mark => {
            let (least, natural, most) = SPACE;
            return Some(Between { squeeze: Some(1), stretch: Some(1), least, natural, most });
        }
        _ => return None,
    }
    let kept = never_first(b.text, level) || never_last(a.text, level);
    let stretch = if kept { FIXED } else { EVEN };
    let dash = |c| matches!(c, '—' | '…');
    if a.text != b.text && (dash(a.text) && a.run == 0 || dash(b.text)) {
        // One alone is a connector, or Western; how many there are is seen on the other side only.
        return None;
    }
    if mark {
        let blank = a.kind.blanks().1 + b.kind.blanks().0;
        let both = a.kind.is_mark() && b.kind.is_mark();
        let natural = (blank - if both { 500 } else { 0 }).max(0);
        let step = a.kind.step().filter(|_| a.kind.blanks().1 > 0);
        let step = step.max(b.kind.step().filter(|_| b.kind.blanks().0 > 0));
        let connector = [a.kind, b.kind].contains(&Kind::Connector);
        let stretch = if connector { FIXED } else { stretch };
        return Some(match style.punctuation {
            Punctuation::Default => Between { squeeze: step, natural, ..stretch },
            Punctuation::Quanjiao => Between { natural, least: natural, ..stretch },
            Punctuation::Kaiming if step == Some(6) => Between { natural, least: natural, ..stretch },
            Punctuation::Kaiming | Punctuation::Banjiao => stretch,
        });
    }
    if dash(a.text) && a.text == b.text {
        // Between two units a line may be parted, within one it may not (B4); an odd one belongs to the unit before it.
        return if b.run % 2 == 1 { Some(FIXED) } else { None };
    }
    if [a.kind, b.kind].contains(&Kind::Connector) {
        return Some(FIXED);
    }
    if a.kind.is_western() && b.kind.is_western() {
        return Some(Between { least: -KERNING, most: KERNING, ..FIXED });
    }
    if gapped(a, b) && style.western_gap > 0 {
        let natural = style.western_gap;
        return Some(Between { squeeze: Some(5), stretch: Some(2), least: GAP.0, natural, most: GAP.1 });
    }
    // Signs of Western text before and after which a line may end are another matter.
    if a.kind == Kind::Sign || b.kind == Kind::Sign {
        return None;
    }
    Some(stretch)
}

/// Whether the one is Han and the other a Western letter or digit (D4).
fn gapped(a: &Ink, b: &Ink) -> bool {
    let han = |ink: &Ink| ink.kind == Kind::Han || ink.text == '々';
    han(a) && b.kind == Kind::Letter || a.kind == Kind::Letter && han(b)
}

/// D2, D3: a line is squeezed or stretched step by step, evenly, and within the limits.
fn adjusted(places: &[(Option<Between>, i32, String)], last: bool) -> Option<(&'static str, String)> {
    let known: Vec<(Between, i32, &str)> =
        places.iter().filter_map(|(rule, gap, pair)| Some((*rule.as_ref()?, *gap, pair.as_str()))).collect();
    let word = |rule: &Between| rule.least == -KERNING;
    let told = |gap: i32, pair: &str, rule: &Between| format!("{pair} {gap}, by nature {}", rule.natural);
    if let Some((rule, gap, pair)) = known.iter().find(|(rule, gap, _)| word(rule) && gap.abs() > KERNING) {
        return Some(("D3 word", told(*gap, pair, rule)));
    }
    let known: Vec<_> = known.into_iter().filter(|(rule, ..)| !word(rule)).collect();
    let less = |rule: &Between, gap: i32| gap < rule.natural - NEAR;
    let more = |rule: &Between, gap: i32| gap > rule.natural + NEAR;
    let mut changed = known.iter().filter(|(rule, gap, _)| less(rule, *gap) || more(rule, *gap));
    let (rule, gap, pair) = changed.next()?;
    if last {
        return Some(("D5 natural", told(*gap, pair, rule)));
    }
    if let Some((rule, gap, pair)) = known.iter().find(|(rule, gap, _)| less(rule, *gap) && rule.squeeze.is_none()) {
        return Some(("C1 fixed", told(*gap, pair, rule)));
    }
    if let Some((rule, gap, pair)) = known.iter().find(|(rule, gap, _)| more(rule, *gap) && rule.stretch.is_none()) {
        return Some(("C1 fixed", told(*gap, pair, rule)));
    }
    if less(rule, *gap) {
        squeezed(&known, &less, &more).map(|(gap, pair, rule)| ("D2 squeeze", told(gap, pair, &rule)))
    } else {
        stretched(&known, places.len(), &less, &more).map(|(gap, pair, rule)| ("D3 stretch", told(gap, pair, &rule)))
    }
}

type Known<'a> = (Between, i32, &'a str);
type Wrong<'a> = (i32, &'a str, Between);

/// What is out of order in a line that is squeezed.
fn squeezed<'a>(
    known: &[Known<'a>],
    less: &dyn Fn(&Between, i32) -> bool,
    more: &dyn Fn(&Between, i32) -> bool,
) -> Option<Wrong<'a>> {
    let deepest = known.iter().filter(|(rule, gap, _)| less(rule, *gap)).filter_map(|(rule, ..)| rule.squeeze).max();
    let here: Vec<i32> =
        known.iter().filter(|(rule, ..)| rule.squeeze == deepest).map(|(rule, gap, _)| rule.natural - gap).collect();
    let parts = |rule: &Between| rule.natural - rule.least;
    let whole: i32 = known.iter().filter(|(rule, ..)| rule.squeeze == deepest).map(|(rule, ..)| parts(rule)).sum();
    let given: i32 = here.iter().sum();
    let wrong = known.iter().find(|(rule, gap, _)| {
        let before = rule.squeeze.is_some() && rule.squeeze < deepest;
        // All of a step give by what they have.
        let due = i64::from(given) * i64::from(parts(rule)) / i64::from(whole.max(1));
        more(rule, *gap)
            || *gap < rule.least - NEAR
            || before && *gap > rule.least + NEAR
            || rule.squeeze == deepest && (i64::from(rule.natural - gap) - due).abs() > 2 * i64::from(NEAR)
    });
    wrong.map(|&(rule, gap, pair)| (gap, pair, rule))
}

/// What is out of order in a line that is stretched and has so many places in all.
fn stretched<'a>(
    known: &[Known<'a>],
    all: usize,
    less: &dyn Fn(&Between, i32) -> bool,
    more: &dyn Fn(&Between, i32) -> bool,
) -> Option<Wrong<'a>> {
    let highest = known.iter().filter(|(rule, gap, _)| more(rule, *gap)).filter_map(|(rule, ..)| rule.stretch).max();
    let limited = |rule: &Between| rule.stretch.is_some() && rule.stretch < Some(3);
    // Where the last step would part its few places too far, all that were widened to their limits go on together.
    let beyond = known.iter().any(|(rule, gap, _)| limited(rule) && *gap > rule.most + NEAR);
    let reach = |rule: &Between| if limited(rule) { rule.most } else { rule.natural };
    let places = || known.iter().filter(|(rule, ..)| rule.stretch.is_some());
    let of_step: Vec<i32> = if beyond {
        places().map(|(rule, gap, _)| gap - reach(rule)).collect()
    } else {
        places().filter(|(rule, ..)| rule.stretch == highest).map(|(rule, gap, _)| gap - rule.natural).collect()
    };
    let evens = places().filter(|(rule, ..)| rule.stretch == Some(3)).count() as i32;
    let too_early = beyond && known.len() == all && of_step.iter().sum::<i32>() <= evens * RAGGED - NEAR;
    let mean = of_step.iter().sum::<i32>() / (of_step.len() as i32).max(1);
    let wrong = known.iter().find(|(rule, gap, _)| {
        let before = rule.stretch.is_some() && rule.stretch < highest && !beyond;
        let of_it = rule.stretch.is_some() && (beyond || rule.stretch == highest);
        let own = if beyond { gap - reach(rule) } else { gap - rule.natural };
        // A gap that has a blank of its own is one place, whatever its width.
        too_early && limited(rule)
            || less(rule, *gap)
            || before && (gap - rule.most).abs() > NEAR
            || of_it && (own - mean).abs() > 2 * NEAR
            || own > RAGGED + NEAR && (beyond || rule.stretch == Some(3))
    });
    wrong.map(|&(rule, gap, pair)| (gap, pair, rule))
}
