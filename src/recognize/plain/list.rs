//! Lists: neighbouring lines with bullets, or with numbers that count on; lists within lists by their indent, or by their kind of marker.

use super::lines::Line;
use super::{Part, Reading, marker};
use crate::document::{Marker, NumberForm, Numerals};

/// Nothing longer is an item, in characters.
const LONGEST: usize = 160;
/// From here on an item is rather a numbered paragraph.
const LONG: usize = 60;
/// No shorter line, in columns, ends for want of room.
const WRAPPED: usize = 40;
/// Lists within lists.
const DEEPEST: usize = 6;

/// A list that is open while its lines are read.
#[derive(Debug)]
struct Open {
    marker: Marker,
    indent: usize,
    /// Items so far.
    count: u32,
}

/// Claims lists of two items or more. Where a text numbers its paragraphs in one place, numbers of that form are those of paragraphs in
/// other places too, if any of them is one.
pub fn claim(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let mut prose = vec![];
    let mut i = 0;
    while i < n {
        let found = run(reading, i, 0);
        i += found.as_ref().map_or(1, |run| run.parts.len());
        prose.extend(found.filter(Run::is_prose).map(|run| run.form));
    }
    let mut list = 0;
    // The numbered paragraphs that end at a line; other lists may stand among them.
    let mut paragraphs: Option<(usize, Option<NumberForm>)> = None;
    let mut i = 0;
    while i < n {
        let Some(run) = run(reading, i, list) else {
            i += 1;
            continue;
        };
        let end = i + run.parts.len();
        let within = paragraphs.is_some_and(|(end, form)| i < end && form == run.form);
        if within || run.is_prose() || run.paragraphs > 0 && run.form.is_some() && prose.contains(&run.form) {
            paragraphs = paragraphs.filter(|(end, _)| i < *end).or(Some((end, run.form)));
            i += 1;
            continue;
        }
        reading.parts[i..end].copy_from_slice(&run.parts);
        list += 1;
        i = end;
    }
}

/// Lines that read like a list.
struct Run {
    parts: Vec<Part>,
    /// Items of the outermost list, and how many say more than items do.
    items: usize,
    paragraphs: usize,
    /// The form of its numbers, if no space comes after them.
    form: Option<NumberForm>,
}

impl Run {
    /// Whether it is paragraphs of prose that are numbered, be there some short ones among them.
    fn is_prose(&self) -> bool {
        self.form.is_some() && self.paragraphs * 3 > self.items
    }
}

/// The list that begins at line `start`.
fn run(reading: &Reading<'_>, start: usize, list: usize) -> Option<Run> {
    let (first, _) = item(reading, start)?;
    let lines = &reading.page.lines;
    let gap = lines.get(start + 1).map_or(0, |line| line.gap);
    let mut open: Vec<Open> = vec![];
    let mut found = vec![];
    let mut paragraphs = 0;
    let mut at = start;
    while let Some(line) = lines.get(at).filter(|line| at == start || line.gap <= gap.max(1)) {
        let part = match item(reading, at) {
            Some((marker, len)) => {
                let announced = at > start && lines[at - 1].text.ends_with(['：', ':']);
                let close = line.gap <= gap;
                let Some(depth) = enter(&mut open, marker, line.indent, (close, announced)) else { break };
                paragraphs += usize::from(is_paragraph(line));
                Part::Item { list, depth, marker: open[depth].marker, len }
            }
            // Text under an item, deeper than its marker.
            None if line.gap == 0 && reading.open(at) => {
                let Some(depth) = open.iter().rposition(|list| line.indent > list.indent) else { break };
                open.truncate(depth + 1);
                Part::ItemMore { depth, goes_on: is_wrapped(&lines[at - 1]) }
            }
            None => break,
        };
        found.push(part);
        at += 1;
    }
    let outer = open.first().map_or(0, |list| list.count as usize);
    let form = match first {
        Marker::Number { form, .. } if !form.space => Some(form),
        _ => None,
    };
    (outer >= 2).then_some(Run { parts: found, items: outer, paragraphs, form })
}

/// The depth at which an item with `marker` goes on with one of the lists that are `open`, or begins one within the innermost: further
/// in; or as far in and no farther apart (`close`), with a finer marker or `announced` by a colon.
fn enter(open: &mut Vec<Open>, marker: Marker, indent: usize, (close, announced): (bool, bool)) -> Option<usize> {
    let goes_on = |list: &Open| list.indent.abs_diff(indent) <= 1 && counts_on(list.marker, marker, list.count);
    if let Some(depth) = open.iter().rposition(goes_on) {
        open.truncate(depth + 1);
        open[depth].count += 1;
        return Some(depth);
    }
    if let Some(innermost) = open.last() {
        let deeper = indent > innermost.indent + 1;
        let finer = close && indent == innermost.indent && (announced || fineness(marker) > fineness(innermost.marker));
        if !begins(marker) || open.len() == DEEPEST || !deeper && !finer {
            return None;
        }
    }
    open.push(Open { marker, indent, count: 1 });
    Some(open.len() - 1)
}

/// The marker of line `i` if it is an item, and its bytes.
fn item(reading: &Reading<'_>, i: usize) -> Option<(Marker, usize)> {
    let line = reading.page.lines.get(i)?;
    if line.chars > LONGEST || !reading.open(i) {
        return None;
    }
    marker::read(line.text)
}

/// Whether a line says more than an item does.
fn is_paragraph(line: &Line<'_>) -> bool {
    line.chars > LONG && line.text.trim_end_matches('。').contains('。')
}

/// Whether a line ends where there was no more room, and not where its sentence does.
fn is_wrapped(line: &Line<'_>) -> bool {
    let columns: usize = line.text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    line.indent + columns >= WRAPPED && !line.ends_sentence() && !line.text.ends_with(['：', ':'])
}

/// Whether `marker` is that of item `count` of a list that begins with `first`.
fn counts_on(first: Marker, marker: Marker, count: u32) -> bool {
    match (first, marker) {
        (Marker::Bullet(a), Marker::Bullet(b)) => a == b,
        (Marker::Number { start, form }, Marker::Number { start: number, form: other }) => {
            (form.open, form.numerals, form.close) == (other.open, other.numerals, other.close)
                && number == start.saturating_add(count)
        }
        _ => false,
    }
}

/// Whether a list can begin with `marker`.
fn begins(marker: Marker) -> bool {
    match marker {
        Marker::None | Marker::Bullet(_) => true,
        Marker::Number { start, .. } => start <= 1,
    }
}

/// Places markers from coarse to fine, as texts nest them: 一、 （一） 1. （1） ① a. •
fn fineness(marker: Marker) -> u8 {
    match marker {
        Marker::Number { form, .. } => {
            let bracketed = u8::from(form.open.is_some() || matches!(form.close, Some(')' | '）')));
            match form.numerals {
                Numerals::Han => bracketed,
                Numerals::Enclosed('㈠') => 1,
                Numerals::Arabic => 2 + bracketed,
                Numerals::Enclosed('⒈') => 2,
                Numerals::Enclosed(_) => 3,
                Numerals::Circled => 4,
                Numerals::Upper | Numerals::Lower => 5,
            }
        }
        Marker::None | Marker::Bullet(_) => 6,
    }
}
