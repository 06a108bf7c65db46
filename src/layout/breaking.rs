//! Where the lines of a paragraph end: the breaks that cost least for the whole paragraph (D1), found by looking back from each
//! place over the lines that could end there. It is the method of Knuth and Plass (Breaking Paragraphs into Lines, 1981), with the
//! costs of the ladder of Chinese composition in place of their badness.

use super::ladder::{LOOSE, TOO_LOOSE};
use super::opportunities::{Opportunities, Opportunity, STRETCH};
use super::text::{Bond, Item};
use crate::chinese::class::Class;
use crate::unit::Unit;
use std::ops::Range;

/// The lines to be filled.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Width of the first line.
    pub first: Unit,
    /// Width of the others.
    pub rest: Unit,
    /// Size of the text, by which looseness is judged.
    pub em: Unit,
    /// Whether a pause or stop mark may hang beyond the measure (D6).
    pub hanging: bool,
    /// Width of the hyphen.
    pub hyphen: Unit,
    /// Whether it is code, whose words may be parted anywhere where a line would be left far from full.
    pub code: bool,
}

impl Measure {
    pub(super) fn of(&self, first: bool) -> Unit {
        if first { self.first } else { self.rest }
    }
}

/// A line of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Its first item.
    pub start: usize,
    /// One past its last item that is seen: spaces at the end are not.
    pub end: usize,
    /// First item of the next line.
    pub next: usize,
    /// Whether it ends within a word, with a hyphen put in.
    pub hyphen: bool,
    /// Whether its last mark hangs.
    pub hangs: bool,
}

/// What a break costs over the line before it.
const HYPHEN: f32 = 300.0;
const IN_WORD: f32 = 4.0e3;
const KEPT: f32 = 1.0e6;
/// What a last line of one Han costs (D5).
pub(super) const LONE: f32 = 1.0e8;
/// No last line of a heading has fewer characters (E2).
const HEADING: usize = 3;
/// What a line costs whose mark hangs.
const HANGING: f32 = 15.0;

/// Lines at the end of a stretch that are broken again with the next one.
const REDONE: usize = 4;
/// A line is not tried below this part of its measure, in percent, unless there is no other.
const SHORTEST: i64 = 85;

/// Breaks paragraphs; kept for its memory.
#[derive(Debug, Default)]
pub struct Breaker {
    pub(super) places: Opportunities,
    chain: Vec<usize>,
}

/// What came of breaking one stretch.
struct Broken {
    /// Whether one of the lines is wider set than reads well.
    loose: bool,
    /// First item that is in none of the lines.
    next: usize,
}

impl Breaker {
    /// Breaks `items[range]` into lines that fill `measure`, and adds them to `lines`. With `hyphens`, words are hyphenated where the
    /// lines would be too loose without.
    pub fn justified(
        &mut self,
        items: &[Item],
        range: Range<usize>,
        measure: &Measure,
        hyphens: bool,
        lines: &mut Vec<Extent>,
    ) {
        let mut rest = range.clone();
        while rest.start < rest.end {
            let first = rest.start == range.start;
            let had = lines.len();
            let mut broken = self.least_cost(items, rest.clone(), first, measure, Bond::Free, lines);
            if broken.loose && hyphens {
                lines.truncate(had);
                broken = self.least_cost(items, rest.clone(), first, measure, Bond::Hyphen, lines);
            }
            rest.start = broken.next;
        }
    }

    /// Breaks `items[range]` into lines of natural width, as full as they get; with `balanced`, where the sense parts them
    /// and into lines of good shape (E2). A lone last character is avoided in both (D5).
    pub fn ragged(
        &mut self,
        items: &[Item],
        range: Range<usize>,
        measure: &Measure,
        balanced: bool,
        lines: &mut Vec<Extent>,
    ) {
        let mut rest = range.clone();
        while rest.start < rest.end {
            let first = rest.start == range.start;
            let least = if measure.code { Bond::Word } else { Bond::Free };
            let complete = self.places.find(items, rest.clone(), measure, least);
            let had = lines.len();
            self.fill(measure, first, Unit::ZERO, lines);
            let count = lines.len() - had;
            if !complete && count > 1 {
                lines.pop();
            } else if complete && count > 1 {
                let lone = lone_from(items, &rest);
                if balanced {
                    if !self.by_sense(items, &rest, measure, first, had, lines) {
                        self.balance(measure, first, count, had, lines);
                        let few = last_from(items, &rest, HEADING);
                        if lines.last().is_some_and(|line| line.start > few) {
                            self.take_over(few, least, measure, lines);
                        }
                    }
                } else if lines.last().is_some_and(|line| line.start > lone) {
                    self.take_over(lone, least, measure, lines);
                }
            }
            rest.start = lines.last().map_or(rest.end, |line| line.next);
        }
    }

    /// Fills lines one after the other, each narrower than the measure by `less`.
    fn fill(&self, measure: &Measure, first: bool, less: Unit, lines: &mut Vec<Extent>) {
        let mut from = 0;
        let mut k = 1;
        while k < self.places.len() {
            let width = measure.of(first && from == 0) - less;
            let start = &self.places[from];
            let fits = |k: usize| self.places[k].before.width.wrapping_sub(start.after.width) <= width.0;
            while k + 1 < self.places.len() && fits(k + 1) {
                k += 1;
            }
            // Of what is longer than a line, no mark is parted from its text if anything else can be.
            let lawful = (from + 1..=k).rev().find(|&k| self.places[k].bond < Bond::Kept);
            let free = measure.code.then(|| self.well_filled(from, k, width)).flatten();
            k = free.or(lawful).unwrap_or(k);
            lines.push(self.extent(from, k));
            from = k;
            k += 1;
        }
    }

    /// Moves as much of the last line but one into the last as begins at item `lone`, where a line may begin so (D5).
    fn take_over(&self, lone: usize, least: Bond, measure: &Measure, lines: &mut Vec<Extent>) {
        let [.., before, _] = lines.as_slice() else { return };
        let Some(from) = (0..self.places.len()).find(|&k| self.places[k].item == before.start) else { return };
        let last = &self.places[self.places.len() - 1];
        let width = |k: usize| last.before.width.wrapping_sub(self.places[k].after.width);
        let fits =
            |&k: &usize| self.places[k].item <= lone && self.places[k].bond <= least && width(k) <= measure.rest.0;
        if let Some(k) = (from + 1..self.places.len() - 1).rev().find(fits) {
            lines.truncate(lines.len() - 2);
            lines.extend([self.extent(from, k), self.extent(k, self.places.len() - 1)]);
        }
    }

    /// The last place up to `k` where a line of code from place `from` may end freely and is filled well enough.
    fn well_filled(&self, from: usize, k: usize, width: Unit) -> Option<usize> {
        let start = self.places[from].after.width;
        let filled = |k: usize| self.places[k].before.width.wrapping_sub(start) >= width.0 / 4 * 3;
        (from + 1..=k).rev().take_while(|&k| filled(k)).find(|&k| self.places[k].bond == Bond::Free)
    }

    /// Finds the narrowest measure that still gives `count` lines.
    fn balance(&self, measure: &Measure, first: bool, count: usize, had: usize, lines: &mut Vec<Extent>) {
        let widest =
            self.places.windows(2).map(|p| p[1].before.width.wrapping_sub(p[0].after.width)).max().unwrap_or(0);
        let (mut fits, mut fails) = (0, (measure.first.min(measure.rest).0 - widest).max(0) + 1);
        while fails - fits > measure.em.0.max(8) / 8 {
            let less = fits + (fails - fits) / 2;
            lines.truncate(had);
            self.fill(measure, first, Unit(less), lines);
            if lines.len() - had <= count {
                fits = less;
            } else {
                fails = less;
            }
        }
        lines.truncate(had);
        self.fill(measure, first, Unit(fits), lines);
    }

    pub(super) fn extent(&self, from: usize, to: usize) -> Extent {
        let (start, end) = (&self.places[from], &self.places[to]);
        Extent {
            start: start.item,
            end: end.end.max(start.item),
            next: end.item,
            hyphen: end.bond == Bond::Hyphen,
            hangs: end.hangs,
        }
    }

    /// Breaks one stretch at least cost.
    fn least_cost(
        &mut self,
        items: &[Item],
        range: Range<usize>,
        first: bool,
        measure: &Measure,
        least: Bond,
        lines: &mut Vec<Extent>,
    ) -> Broken {
        if let Some(line) = only_line(items, &range, measure.of(first)) {
            lines.push(line);
            return Broken { loose: false, next: range.end };
        }
        let complete = self.places.find(items, range.clone(), measure, least);
        let last = self.places.len() - 1;
        let lone = lone_from(items, &range);
        if !(complete && self.fills_itself(first, measure, lone)) {
            // What costs more than lines that were chosen one by one, or begins with a line too loose where something else does not, is
            // not the best: most starts need not be looked at.
            let enough = if complete { self.one_by_one(first, measure, lone) } else { f32::INFINITY };
            for limit in [enough.min(TOO_LOOSE), f32::INFINITY] {
                let mut low = 0;
                for k in 1..last {
                    low = self.best(k, low, first, measure, limit);
                }
                if complete {
                    self.best_last(low, first, measure, lone);
                } else {
                    self.best(last, low, first, measure, limit);
                }
                if self.places[last].cost < limit || limit == f32::INFINITY {
                    break;
                }
                self.places.forget();
            }
        }
        self.chain.clear();
        let mut k = last;
        while k > 0 {
            self.chain.push(k);
            k = self.places[k].from;
        }
        self.chain.reverse();
        if !complete && self.chain.len() > REDONE {
            self.chain.truncate(self.chain.len() - REDONE);
        }
        let mut broken = Broken { loose: false, next: range.end };
        let mut from = 0;
        for &k in &self.chain {
            let sums = self.places[k].before.since(&self.places[from].after);
            let ends = complete && k == last;
            broken.loose |= !ends && sums.looseness(measure.of(first && from == 0), measure.em) > LOOSE;
            lines.push(self.extent(from, k));
            broken.next = self.places[k].item;
            from = k;
        }
        broken
    }

    /// A little more than what lines cost of which each is the best by itself, whatever comes after it; infinite where they do not end well.
    fn one_by_one(&self, first: bool, measure: &Measure, lone: usize) -> f32 {
        let last = self.places.len() - 1;
        let (mut from, mut spent) = (0, 0.0);
        loop {
            let start = &self.places[from];
            let width = measure.of(first && from == 0);
            let fits = |place: &Opportunity| place.before.width.wrapping_sub(start.after.width) <= width.0;
            if fits(&self.places[last]) {
                return if from == 0 || start.item <= lone { f32::next_up(spent) } else { f32::INFINITY };
            }
            let over = from + 1 + self.places[from + 1..last].partition_point(fits);
            let near = over.saturating_sub(2).max(from + 1)..(over + 2).min(last);
            let cost = |k: usize| {
                let end = &self.places[k];
                Some((k, spent + penalty(end.bond) + end.before.cost(&start.after, width, measure.em)?))
            };
            let Some((best, cost)) = near.filter_map(cost).min_by(|a, b| a.1.total_cmp(&b.1)) else {
                return f32::INFINITY;
            };
            (from, spent) = (best, cost);
        }
    }

    /// Whether lines filled one after the other come to the measure without any glue, as in most short paragraphs: nothing can cost
    /// less. The places then know their lines.
    fn fills_itself(&mut self, first: bool, measure: &Measure, lone: usize) -> bool {
        let mut from = 0;
        let mut width = measure.of(first).0;
        let last = self.places.len() - 1;
        for k in 1..last {
            let natural = self.places[k].before.width.wrapping_sub(self.places[from].after.width);
            if natural > width {
                return false;
            }
            if natural == width && self.places[k].bond == Bond::Free {
                self.places[k].from = from;
                from = k;
                width = measure.rest.0;
            }
        }
        let start = &self.places[from];
        let natural = self.places[last].before.width.wrapping_sub(start.after.width);
        let fits = natural <= width && (from == 0 || start.item <= lone);
        self.places[last].from = from;
        fits
    }

    /// Finds the best line that ends at place `k`. Lines that begin before `low` are too long; gives the next `low`. What costs less
    /// than `limit` is exact; of the rest it is only known that it can be reached.
    fn best(&mut self, k: usize, mut low: usize, first: bool, measure: &Measure, limit: f32) -> usize {
        let (starts, ends) = self.places.split_at_mut(k);
        let Some(end) = ends.first_mut() else { return low };
        let penalty = penalty(end.bond);
        let (mut least, mut from, mut hangs, mut reached) = (f32::INFINITY, k - 1, false, false);
        let shortest = |width: Unit| ((i64::from(width.0) * SHORTEST + 99) / 100) as i32;
        let (mut width, mut short) = (measure.of(first && low == 0), shortest(measure.of(first && low == 0)));
        for (p, start) in starts.iter().enumerate().skip(low) {
            if p == 1 {
                (width, short) = (measure.rest, shortest(measure.rest));
            }
            let natural = end.before.width.wrapping_sub(start.after.width);
            if natural < short && reached {
                break;
            }
            let spent = start.cost + penalty;
            if spent >= least {
                continue;
            }
            if spent >= limit && natural <= width.0 {
                reached |= spent < f32::INFINITY;
                continue;
            }
            let mut cost = end.before.cost(&start.after, width, measure.em);
            let mut hung = false;
            if natural > width.0 && end.hang > Unit::ZERO {
                let beyond = end.before.cost(&start.after, width + end.hang, measure.em).map(|c| c + HANGING);
                if let Some(beyond) = beyond.filter(|&b| cost.is_none_or(|c| b < c)) {
                    cost = Some(beyond);
                    hung = true;
                }
            }
            let Some(cost) = cost else {
                // Nor will any longer line that begins here fit.
                if p == low {
                    low = p + 1;
                }
                continue;
            };
            reached = true;
            if spent + cost < least {
                (least, from, hangs) = (spent + cost, p, hung);
            }
        }
        end.cost = if reached { least.min(f32::MAX) } else { least };
        (end.from, end.hangs) = (from, hangs);
        low.min(k - 1)
    }

    /// Finds the best last line: one that fits at its natural width and has more than one character (D5).
    fn best_last(&mut self, low: usize, first: bool, measure: &Measure, lone: usize) {
        let Some((end, starts)) = self.places.split_last_mut() else { return };
        end.from = starts.len().saturating_sub(1);
        for (p, start) in starts.iter().enumerate().skip(low) {
            let natural = end.before.width.wrapping_sub(start.after.width);
            if natural > measure.of(first && p == 0).0 {
                continue;
            }
            let cost = start.cost + if p > 0 && start.item > lone { LONE } else { 0.0 };
            if cost < end.cost {
                end.cost = cost;
                end.from = p;
            }
        }
    }
}

/// What it costs that a line ends where `bond` is.
pub(super) fn penalty(bond: Bond) -> f32 {
    match bond {
        Bond::Free => 0.0,
        Bond::Hyphen => HYPHEN,
        Bond::Word => IN_WORD,
        Bond::Kept | Bond::Whole => KEPT,
    }
}

/// The line that all of `range` makes if it is no wider than `width`, as most short paragraphs are.
fn only_line(items: &[Item], range: &Range<usize>, width: Unit) -> Option<Extent> {
    if range.len() >= STRETCH {
        return None;
    }
    let mut end = range.start;
    let (mut sum, mut seen) = (0, 0);
    for i in range.clone() {
        let item = &items[i];
        sum += item.body.0 + if i > range.start { item.glue.natural.0 } else { 0 };
        if !item.class.is_space() {
            (end, seen) = (i + 1, sum);
        }
        // Far beyond the width, no glue brings it back.
        if sum / 2 > width.0 {
            return None;
        }
    }
    (seen <= width.0).then_some(Extent { start: range.start, end, next: range.end, hyphen: false, hangs: false })
}

/// The last item from which on a line has at least two characters that are no marks (D5). What hangs on to a character counts with it:
/// `五％`, `℃`.
pub(super) fn lone_from(items: &[Item], range: &Range<usize>) -> usize {
    last_from(items, range, 2)
}

/// The last item from which on a line has `least` characters that are no marks.
fn last_from(items: &[Item], range: &Range<usize>, least: usize) -> usize {
    let mut content = 0;
    for i in range.clone().rev() {
        content += usize::from(match items[i].class {
            Class::Han | Class::Iteration | Class::Symbol => true,
            Class::Western => items[i].text.is_alphanumeric(),
            _ => false,
        });
        if content == least {
            return i;
        }
    }
    range.start
}
