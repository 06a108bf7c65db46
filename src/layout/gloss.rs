//! Notes between the words (夹注). In a line they are set in small type. In a column they stand in two half columns beside each other, the
//! right one first (V27); what of a note a column has no room for goes on at the top of the next (V28).
//!
//! A piece of a note is to its column one box. Its first character is as long as the box and the others have no length, so that lines are
//! squeezed and stretched round it as round any character. Where a column ends within a note, both half columns are set to what is left
//! of it, each as a line of its own; so a column comes to its measure exactly whichever way it ends.

use super::breaking::{Extent, LONE, Measure, lone_from, penalty};
use super::flow::Flow;
use super::ladder::{Glue, RAGGED, Sums};
use super::line::{self, Fill};
use super::page::{ElementId, Tag};
use super::text::{Bond, Item, Look, Text};
use crate::chinese::class::Class;
use crate::document::{Inline, is_framed};
use crate::style::Gloss as Style;
use crate::unit::Unit;
use std::ops::Range;

/// Size of brackets that are not seen, in thousandths of that of the text.
const UNSEEN: i32 = 100;
/// From the baseline to the middle of a column, in thousandths of the size.
const AXIS: i32 = 380;
/// How much farther from the middle of the column a half column stands than half of its width, in thousandths of the size of the text.
const APART: i32 = 20;
/// No piece that a column parts from the rest of its note has fewer characters in a half column (V28), and no rest has fewer in all.
const LEAST: usize = 2;
const REST: usize = 3;
/// Where the rest of the column has room for fewer characters behind a note, the note may be parted, which costs so much.
const BEHIND: i32 = 4;
const PARTED: f32 = 1.0e3;
/// Below this part of its measure, in percent, a column does not end while there is anything else.
const SHORTEST: i64 = 85;
/// No line has so many characters.
const BEYOND: usize = 4000;

/// A note in two half columns among the items of a text.
#[derive(Debug, Clone)]
pub struct Gloss {
    /// Its characters, without brackets.
    items: Range<usize>,
    /// From the middle of the column to that of a half column.
    offset: Unit,
    /// Size of its characters.
    size: Unit,
    /// Whether it has brackets that are not seen.
    bracketed: bool,
}

impl Gloss {
    /// Whether item `at` is a character of it.
    pub fn has(&self, at: usize) -> bool {
        self.items.contains(&at)
    }

    /// Whether it ends before item `at`.
    pub fn ends_before(&self, at: usize) -> bool {
        self.items.end <= at
    }

    /// Whether it stands in `items`.
    pub fn within(&self, items: &Range<usize>) -> bool {
        items.contains(&self.items.start)
    }
}

impl Flow<'_> {
    /// Adds a note.
    pub(super) fn push_gloss(
        &mut self,
        content: &[Inline],
        look: &Look,
        (owner, parent): (ElementId, ElementId),
        text: &mut Text,
    ) {
        let style = &self.style.gloss;
        let framed = is_framed(content);
        let whole = self.structure.add(Tag::Warichu, parent);
        let double = self.style.is_vertical() && style.lines == 2;
        let hidden = double && !style.brackets;
        let bracket = |flow: &mut Self| (framed && !hidden).then(|| flow.structure.add(Tag::WarichuPunctuation, whole));
        let opening = bracket(self);
        let inner = self.structure.add(Tag::WarichuText, whole);
        let (size, zi) = (look.size.em(style.size), look.zi.em(style.size));
        // In the middle of a column, on the line that others stand on.
        let rise = if self.style.is_vertical() { look.rise + (look.size - size).em(AXIS) } else { look.rise };
        let small = Look { size, zi, rise, element: Some(inner), ..look.clone() };
        let from = text.items.len();
        self.push_inlines(content, &small, owner, text);
        let to = text.items.len();
        let closing = bracket(self);
        let tiny = Look { size: size.em(UNSEEN), zi: zi.em(UNSEEN), unseen: true, ..small.clone() };
        let framed = framed && to >= from + 2;
        let ends = if framed { vec![(from, opening), (to - 1, closing)] } else { vec![] };
        for (at, element) in ends {
            let own = match element {
                None => tiny.clone(),
                Some(_) if double => Look { element, ..look.clone() },
                Some(_) => Look { element, ..small.clone() },
            };
            let own = text.look(own);
            let item = &mut text.items[at];
            item.look = own;
            if hidden {
                // It belongs to the character before it, and is nothing to the line.
                item.class = Class::Combining;
            }
        }
        let edge = usize::from(framed);
        if let Some(stroke) = stroke(&text.items[..to - edge], from + edge).filter(|_| double) {
            let own = text.look(tiny);
            let item = &mut text.items[stroke];
            (item.look, item.class) = (own, Class::Combining);
        }
        if double && from + edge + edge < to {
            let offset = size / 2 + look.size.em(APART);
            text.glosses.push(Gloss { items: from + edge..to - edge, offset, size, bracketed: framed && hidden });
        }
    }
}

/// The one stroke among the `items` from `from` on, which are a note, that says where a half column ended in the print that was copied
/// (`今山形上大/下小峭峻也`): here it may end elsewhere.
fn stroke(items: &[Item], from: usize) -> Option<usize> {
    let mut strokes = (from..items.len()).filter(|&at| items[at].text == '/');
    let stroke = strokes.next().filter(|_| strokes.next().is_none())?;
    let han = |at: usize| items.get(at).is_some_and(|item| item.class == Class::Han);
    (stroke > from && han(stroke - 1) && han(stroke + 1)).then_some(stroke)
}

/// Puts notes, in a text that is otherwise prepared, right behind what they belong to, and gives brackets that are not seen no room.
pub fn place(text: &mut Text) {
    let Text { items, looks, glosses, .. } = text;
    let hidden = |item: &Item| looks[usize::from(item.look)].unseen && item.class == Class::Combining;
    for Gloss { items: own, bracketed, .. } in glosses.iter() {
        let opens = own.start.checked_sub(1).filter(|_| *bracketed);
        // The blank behind a mark is that of a character of the text.
        let before = opens.unwrap_or(own.start).checked_sub(1).map(|at| &items[at]);
        let blank = before.filter(|item| matches!(item.class, Class::Closing | Class::Pause | Class::Stop));
        let natural = blank.map_or(Unit::ZERO, |item| (item.advance - item.body).max(Unit::ZERO));
        let first = &mut items[own.start];
        first.glue = Glue { natural, ..Glue::RIGID };
        if let Some(at) = opens {
            // A column may begin with the bracket that is not seen, but not between it and its note.
            let bond = std::mem::replace(&mut first.bond, Bond::Whole);
            let bracket = &mut items[at];
            (bracket.body, bracket.lead, bracket.glue, bracket.bond) = (Unit::ZERO, Unit::ZERO, Glue::RIGID, bond);
        }
        // The bracket behind it, and a stroke within it.
        let end = items.len().min(own.end + 1);
        for item in items[own.start..end].iter_mut().filter(|item| hidden(item)) {
            (item.body, item.lead, item.glue, item.bond) = (Unit::ZERO, Unit::ZERO, Glue::RIGID, Bond::Whole);
        }
    }
}

/// A piece of a note: where its left half column begins and where it ends, and how long it is.
#[derive(Debug, Clone, Copy)]
struct Piece {
    left: usize,
    end: usize,
    length: Unit,
}

/// A line that begins at some item.
#[derive(Debug, Clone, Copy)]
struct Ending {
    /// First item of the next line.
    next: usize,
    /// One past the last item that is seen.
    seen: usize,
    cost: f32,
}

/// What is known of the best lines up to an item.
#[derive(Debug, Clone, Copy)]
struct Best {
    cost: f32,
    from: usize,
    seen: usize,
}

/// Breaks a stretch of text that has notes in two half columns into columns.
pub struct Columns<'t> {
    items: &'t [Item],
    glosses: &'t [Gloss],
    range: Range<usize>,
    measure: Measure,
    justified: bool,
    grid: bool,
}

/// Breaks `range` of `text` into columns that fill `measure`, adds them to `lines`, and gives the characters of its notes their places.
pub fn columns(
    text: &mut Text,
    range: Range<usize>,
    (measure, justified): (&Measure, bool),
    style: &Style,
    lines: &mut Vec<Extent>,
) {
    let had = lines.len();
    let (items, glosses) = (&text.items[..], &text.glosses[..]);
    let columns = Columns { items, glosses, range, measure: *measure, justified, grid: style.grid };
    columns.break_up(lines);
    let mut pieces = vec![];
    for (k, extent) in lines[had..].iter().enumerate() {
        columns.pieces(extent, columns.measure.of(k == 0), &mut pieces);
    }
    for (start, offset, fill, piece) in pieces {
        set_piece(text, start, offset, fill, piece);
    }
}

/// Puts the characters of a piece that begins at item `start` into its half columns.
fn set_piece(text: &mut Text, start: usize, offset: Unit, fill: Option<Fill>, piece: Piece) {
    for (half, rise) in [(start..piece.left, offset), (piece.left..piece.end, -offset)] {
        let places = line::places(&text.items[half.clone()], fill);
        let mut known: Option<(u16, u16)> = None;
        for (at, x) in half.zip(places) {
            let own = text.items[at].look;
            let look = match known {
                Some((look, risen)) if look == own => risen,
                _ => {
                    let look = &text.looks[usize::from(own)];
                    text.look(Look { rise: look.rise + rise, ..look.clone() })
                }
            };
            known = Some((own, look));
            let item = &mut text.items[at];
            item.look = look;
            if at == start {
                item.body = piece.length;
            } else {
                (item.body, item.lead, item.glue) = (Unit::ZERO, item.lead + x - piece.length, Glue::RIGID);
            }
        }
    }
}

impl Columns<'_> {
    /// Finds the columns that cost least together.
    fn break_up(&self, lines: &mut Vec<Extent>) {
        let Range { start, end } = self.range;
        let none = Best { cost: f32::INFINITY, from: start, seen: start };
        let mut best = vec![none; end - start + 1];
        best[0].cost = 0.0;
        let lone = lone_from(self.items, &self.range);
        let mut endings = vec![];
        for from in start..end {
            let spent = best[from - start].cost;
            if spent == f32::INFINITY {
                continue;
            }
            self.endings(from, &mut endings);
            for &Ending { next, seen, cost } in &endings {
                let last = if next == end && from > start && from > lone { LONE } else { 0.0 };
                let cost = (spent + cost + last).min(f32::MAX);
                let known = &mut best[next - start];
                if cost < known.cost {
                    *known = Best { cost, from, seen };
                }
            }
        }
        let mut chain = vec![];
        let mut at = end;
        while at > start {
            let Best { from, seen, .. } = best[at - start];
            chain.push(Extent { start: from, end: seen, next: at, hyphen: false, hangs: false });
            // The way back always ends: every column has a character at least.
            at = from.min(at - 1);
        }
        lines.extend(chain.into_iter().rev());
    }

    /// The note that item `at` stands in, or the next one.
    fn gloss_from(&self, at: usize) -> usize {
        self.glosses.partition_point(|gloss| gloss.items.end <= at)
    }

    /// The places where a line that begins at item `from` may end.
    fn endings(&self, from: usize, found: &mut Vec<Ending>) {
        found.clear();
        let width = self.measure.of(from == self.range.start);
        let em = self.measure.em;
        let end = self.range.end;
        let mut line = Line { sums: Sums::default(), seen: Sums::default(), end: from };
        // What may end the line where nothing else does: the last place that fits, lawful or not.
        let mut short: Option<Ending> = None;
        let mut forced: Option<Ending> = None;
        let mut at = from;
        let mut gloss = self.gloss_from(from);
        while at < end && at - from < BEYOND {
            let note = self.glosses.get(gloss).filter(|gloss| gloss.items.contains(&at));
            if at > from {
                line.sums.add(&self.items[at].glue);
            }
            if let Some(note) = note {
                let room = width - Unit(line.sums.width);
                let give = Unit(line.sums.give.iter().sum());
                let rest = at..note.items.end;
                match self.whole(note, rest.clone(), room + give) {
                    Some(piece) => {
                        let piece = self.lengthened(piece, room);
                        // What comes behind it may want some of it in the next column.
                        let over = piece.length > room;
                        if over || piece.length + em * BEHIND > room {
                            let cut = self.cut(note, rest, room, LEAST);
                            let parted = if over { 0.0 } else { PARTED };
                            found.extend(cut.map(|(piece, cost)| ending_in(&piece, cost + parted)));
                        }
                        line.take_piece(piece.length, piece.end);
                        at = piece.end;
                        gloss += 1;
                    }
                    None => {
                        let first = self.cut(note, rest.clone(), room, LEAST);
                        // A line that begins with what is too short to be parted.
                        let cut = first.or_else(|| (at == from).then(|| self.cut(note, rest, room, 1)).flatten());
                        found.extend(cut.map(|(piece, cost)| ending_in(&piece, cost)));
                        break;
                    }
                }
            } else {
                line.body(at, &self.items[at]);
                at += 1;
            }
            let natural = line.seen.width;
            if at == end {
                if natural <= width.0 {
                    found.push(Ending { next: end, seen: line.end, cost: 0.0 });
                }
                break;
            }
            let bond = self.items[at].bond;
            let fits = natural <= width.0;
            if fits && bond < Bond::Whole && !self.items[at].class.is_space() {
                forced = Some(Ending { next: at, seen: line.end, cost: penalty(Bond::Kept) });
            }
            if bond <= Bond::Free {
                let cost = if self.justified {
                    line.seen.cost(&Sums::default(), width, em)
                } else {
                    self.ragged(natural, width)
                };
                if let Some(cost) = cost {
                    let ending = Ending { next: at, seen: line.end, cost: cost + penalty(bond) };
                    if i64::from(natural) * 100 < i64::from(width.0) * SHORTEST {
                        short = Some(ending);
                    } else {
                        found.push(ending);
                    }
                }
            }
            if natural - line.seen.give.iter().sum::<i32>() > width.0 {
                break;
            }
        }
        if found.is_empty() {
            // Longer than a column is only what no place parts: it takes the room that it needs.
            let must =
                || Ending { next: self.next_place(from), seen: self.next_place(from), cost: penalty(Bond::Whole) };
            found.push(short.or(forced).unwrap_or_else(must));
        }
    }

    /// The first item after `from` that is not bound to the one before it for ever.
    fn next_place(&self, from: usize) -> usize {
        (from + 1..self.range.end).find(|&at| self.items[at].bond < Bond::Whole).unwrap_or(self.range.end)
    }

    /// What a line costs that is left as long as it is.
    fn ragged(&self, natural: i32, width: Unit) -> Option<f32> {
        let short = (width.0 - natural) as f32 / self.measure.em.0.max(1) as f32;
        (short >= 0.0).then_some(short * short)
    }

    /// A whole `piece` where `room` is left: where characters stand on a grid, as long as whole places of it (V29).
    fn lengthened(&self, piece: Piece, room: Unit) -> Piece {
        let em = self.measure.em.0.max(1);
        let places = Unit((piece.length.0 + em - 1) / em * em);
        Piece { length: if self.grid && places <= room { places } else { piece.length }, ..piece }
    }

    /// All of a note that is left, in two half columns as even as they can be, the odd character in the right one; none where that is longer
    /// than `room`.
    fn whole(&self, note: &Gloss, rest: Range<usize>, room: Unit) -> Option<Piece> {
        let total = self.natural(rest.clone(), room * 2 + note.size * 4)?;
        let mut piece = Piece { left: rest.end, end: rest.end, length: total };
        let mut right = Unit::ZERO;
        for at in rest.clone() {
            let item = &self.items[at];
            if at > rest.start {
                let length = right.max(total - right - item.glue.natural);
                if item.bond <= Bond::Free && length <= piece.length {
                    piece = Piece { left: at, length, ..piece };
                }
                right += item.glue.natural;
            }
            right += item.body;
        }
        (piece.length <= room).then_some(piece)
    }

    /// Natural width of `items`; none where it is more than `most`.
    fn natural(&self, items: Range<usize>, most: Unit) -> Option<Unit> {
        let mut width = Unit::ZERO;
        for (k, item) in self.items[items].iter().enumerate() {
            width += item.body + if k > 0 { item.glue.natural } else { Unit::ZERO };
            if width > most || k > BEYOND {
                return None;
            }
        }
        Some(width)
    }

    /// As much of a note as fills `room` in two half columns, with at least so many characters in each, and what that costs.
    fn cut(&self, note: &Gloss, rest: Range<usize>, room: Unit, least: usize) -> Option<(Piece, f32)> {
        if room < note.size * least as i32 {
            return None;
        }
        let mut best: Option<(Piece, f32)> = None;
        let must = least < LEAST;
        let last = if must { rest.end } else { self.rest_from(&rest) };
        for (left, right_cost) in self.fills(note, rest.start..last, room, must) {
            for (end, left_cost) in self.fills(note, left..last, room, must) {
                let enough = self.characters(rest.start..left) >= least && self.characters(left..end) >= least;
                let cost = right_cost + left_cost;
                if enough && best.is_none_or(|(_, known)| cost < known) {
                    best = Some((Piece { left, end, length: room }, cost));
                }
            }
        }
        best
    }

    /// The places where a half column of `room` that begins with `items` may end, and what each costs; it fills the room, unless it `must` end.
    fn fills(&self, note: &Gloss, items: Range<usize>, room: Unit, must: bool) -> Vec<(usize, f32)> {
        let mut sums = Sums::default();
        let mut found = vec![];
        for at in items.clone().take(BEYOND) {
            if at > items.start {
                if self.items[at].bond <= Bond::Free && sums.width > room.0 / 2 {
                    // What may not stand at an edge can leave one place.
                    let near = room.0 - sums.width <= note.size.0;
                    let fills = must || near || sums.looseness(room, note.size) <= RAGGED as f32 / 20.0;
                    let cost = sums.cost(&Sums::default(), room, note.size).filter(|_| fills);
                    found.extend(cost.map(|cost| (at, cost)));
                }
                sums.add(&self.items[at].glue);
            }
            sums.width += self.items[at].body.0;
            if sums.width - sums.give.iter().sum::<i32>() > room.0 {
                break;
            }
        }
        // Nothing but the best few is of use.
        let best = found.len().saturating_sub(3);
        found.split_off(best)
    }

    /// How many characters of `items` are no marks, as far as that matters.
    fn characters(&self, items: Range<usize>) -> usize {
        self.items[items].iter().filter(|item| is_content(item)).take(REST).count()
    }

    /// One past the last place of a note from which on it has enough characters to go on in the next column.
    fn rest_from(&self, rest: &Range<usize>) -> usize {
        let content = rest.clone().rev().filter(|&at| is_content(&self.items[at])).nth(REST - 1);
        content.map_or(rest.start, |at| at + 1)
    }

    /// The pieces of notes in the line `extent`, which has room for `width`: each with its first item, the distance of its half columns, and
    /// what they are to fill.
    fn pieces(&self, extent: &Extent, width: Unit, out: &mut Vec<(usize, Unit, Option<Fill>, Piece)>) {
        let mut sums = Sums::default();
        let mut gloss = self.gloss_from(extent.start);
        let mut at = extent.start;
        while at < extent.next {
            if at > extent.start {
                sums.add(&self.items[at].glue);
            }
            let Some(note) = self.glosses.get(gloss).filter(|gloss| gloss.items.contains(&at)) else {
                sums.width += self.items[at].body.0;
                at += 1;
                continue;
            };
            let room = width - Unit(sums.width);
            let rest = at..note.items.end;
            let ends_within = extent.next < note.items.end;
            let (piece, fill) = match ends_within {
                false => {
                    let piece = self.whole(note, rest.clone(), Unit(i32::MAX / 8));
                    let piece = piece.unwrap_or(Piece { left: rest.end, end: rest.end, length: room });
                    (self.lengthened(piece, room), None)
                }
                true => {
                    let cut = self.cut(note, rest.clone(), room, LEAST).or_else(|| self.cut(note, rest, room, 1));
                    let piece = cut.map(|(piece, _)| piece).filter(|piece| piece.end == extent.next);
                    let piece =
                        piece.unwrap_or(Piece { left: extent.next, end: extent.next, length: room.max(Unit::ZERO) });
                    (piece, Some(Fill { measure: piece.length, em: note.size }))
                }
            };
            out.push((at, note.offset, fill, piece));
            sums.width += piece.length.0;
            at = piece.end.max(at + 1);
            gloss += 1;
        }
    }
}

/// Whether an item is no mark.
fn is_content(item: &Item) -> bool {
    matches!(item.class, Class::Han | Class::Iteration | Class::Symbol | Class::Western)
}

fn ending_in(piece: &Piece, cost: f32) -> Ending {
    Ending { next: piece.end, seen: piece.end, cost }
}

/// A line under way.
struct Line {
    sums: Sums,
    /// Up to the last item that is seen, one past which is `end`.
    seen: Sums,
    end: usize,
}

impl Line {
    fn body(&mut self, at: usize, item: &Item) {
        self.sums.width += item.body.0;
        if !item.class.is_space() {
            (self.seen, self.end) = (self.sums, at + 1);
        }
    }

    fn take_piece(&mut self, length: Unit, end: usize) {
        self.sums.width += length.0;
        (self.seen, self.end) = (self.sums, end);
    }
}
