//! Where the lines of a paragraph end: the breaks that cost least for the whole paragraph (D1), found by looking back from each
//! place over the lines that could end there.

use super::class::Class;
use super::ladder::{LOOSE, Sums};
use super::text::{Bond, Item};
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
}

impl Measure {
    fn of(&self, first: bool) -> Unit {
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
const KEPT: f32 = 1.0e5;
/// What a last line of one Han costs (D5).
const LONE: f32 = 1.0e8;
/// What a line costs whose mark hangs.
const HANGING: f32 = 15.0;

/// By how many ems more the two lines of a heading may differ to be parted beside a mark.
const SENSE: i32 = 8;

/// A paragraph is broken in stretches of about so many places, so that its cost does not grow without bound.
const STRETCH: usize = 2048;
/// Lines at the end of a stretch that are broken again with the next one.
const REDONE: usize = 4;
/// A line is not tried below this part of its measure, in percent, unless there is no other.
const SHORTEST: i64 = 85;

/// A place where a line may end and the next begin.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// First item of the line after.
    item: usize,
    /// One past the last item seen of the line before.
    end: usize,
    /// Sums up to the end of the line before.
    before: Sums,
    /// Sums up to the start of the line after.
    after: Sums,
    bond: Bond,
    /// Body of the mark that may hang.
    hang: Unit,
    /// Least cost of all lines up to here.
    cost: f32,
    /// Index of the place where the line before begins.
    from: usize,
    /// Whether the mark hangs.
    hangs: bool,
}

/// Breaks paragraphs; kept for its memory.
#[derive(Debug, Default)]
pub struct Breaker {
    places: Vec<Place>,
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

    /// Breaks `items[range]` into lines of natural width, as full as they get; with `balanced`, into as many lines but of equal width
    /// (E2). A lone last character is avoided in both (D5).
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
            let complete = self.find_places(items, rest.clone(), measure, Bond::Free);
            let had = lines.len();
            self.fill(measure, first, Unit::ZERO, lines);
            let count = lines.len() - had;
            if !complete && count > 1 {
                lines.pop();
            } else if complete && count > 1 {
                let lone = lone_from(items, &rest);
                if balanced || lines.last().is_some_and(|line| line.start > lone) {
                    self.balance(items, measure, first, count, had, lines);
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
            k = lawful.unwrap_or(k);
            lines.push(self.extent(from, k));
            from = k;
            k += 1;
        }
    }

    /// Finds the narrowest measure that still gives `count` lines; two lines are parted where the sense is, if that is not far off.
    fn balance(
        &self,
        items: &[Item],
        measure: &Measure,
        first: bool,
        count: usize,
        had: usize,
        lines: &mut Vec<Extent>,
    ) {
        if let (2, Some(k)) = (count, self.parting(items, measure, first)) {
            lines.truncate(had);
            lines.extend([self.extent(0, k), self.extent(k, self.places.len() - 1)]);
            return;
        }
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

    /// The place that parts two lines best: by equal widths, beside a mark or a space where the widths differ by [`SENSE`] at most.
    fn parting(&self, items: &[Item], measure: &Measure, first: bool) -> Option<usize> {
        let last = self.places.len() - 1;
        let width = |from: usize, to: usize| self.places[to].before.width.wrapping_sub(self.places[from].after.width);
        let least = measure.em * 3;
        let fits = |k: &usize| {
            let (above, below) = (width(0, *k), width(*k, last));
            above <= measure.of(first).0 && below <= measure.rest.0 && above.min(below) >= least.0
        };
        let beside_mark = |k: usize| {
            let place = &self.places[k];
            let before = place.end.checked_sub(1).and_then(|i| items.get(i)).map(|item| item.class);
            let after = items.get(place.item).map(|item| item.class);
            place.end < place.item
                || matches!(before, Some(Class::Closing | Class::Pause | Class::Stop))
                || after == Some(Class::Opening)
        };
        (1..last).filter(|&k| self.places[k].bond == Bond::Free).filter(fits).min_by_key(|&k| {
            let uneven = (width(0, k) - width(k, last)).abs();
            if beside_mark(k) { uneven - measure.em.0 * SENSE } else { uneven }
        })
    }

    fn extent(&self, from: usize, to: usize) -> Extent {
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
        let complete = self.find_places(items, range.clone(), measure, least);
        let last = self.places.len() - 1;
        let width = measure.of(first);
        if complete && self.places[last].before.width.wrapping_sub(self.places[0].after.width) <= width.0 {
            lines.push(self.extent(0, last));
            return Broken { loose: false, next: range.end };
        }
        let lone = lone_from(items, &range);
        if !(complete && self.fills_itself(first, measure, lone)) {
            let mut low = 0;
            for k in 1..last {
                low = self.best(k, low, first, measure);
            }
            if complete {
                self.best_last(low, first, measure, lone);
            } else {
                self.best(last, low, first, measure);
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

    /// Finds the best line that ends at place `k`. Lines that begin before `low` are too long; gives the next `low`.
    fn best(&mut self, k: usize, mut low: usize, first: bool, measure: &Measure) -> usize {
        let (starts, ends) = self.places.split_at_mut(k);
        let Some(end) = ends.first_mut() else { return low };
        let penalty = match end.bond {
            Bond::Free => 0.0,
            Bond::Hyphen => HYPHEN,
            Bond::Word => IN_WORD,
            Bond::Kept | Bond::Whole => KEPT,
        };
        end.from = k - 1;
        for (p, start) in starts.iter().enumerate().skip(low) {
            let width = measure.of(first && p == 0);
            let natural = end.before.width.wrapping_sub(start.after.width);
            if i64::from(natural) * 100 < i64::from(width.0) * SHORTEST && end.cost.is_finite() {
                break;
            }
            let spent = start.cost + penalty;
            if spent >= end.cost {
                continue;
            }
            let mut cost = end.before.cost(&start.after, width, measure.em);
            let mut hangs = false;
            if natural > width.0 && end.hang > Unit::ZERO {
                let hung = end.before.cost(&start.after, width + end.hang, measure.em).map(|c| c + HANGING);
                if let Some(hung) = hung.filter(|&h| cost.is_none_or(|c| h < c)) {
                    cost = Some(hung);
                    hangs = true;
                }
            }
            let Some(cost) = cost else {
                // Nor will any longer line that begins here fit.
                if p == low {
                    low = p + 1;
                }
                continue;
            };
            if spent + cost < end.cost {
                end.cost = spent + cost;
                end.from = p;
                end.hangs = hangs;
            }
        }
        low.min(k.saturating_sub(1))
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

    /// Lists the places where a line may end: those whose bond is at most `least`, and the others within what holds together for
    /// longer than a line (B6). True if they reach the end of the range.
    fn find_places(&mut self, items: &[Item], range: Range<usize>, measure: &Measure, least: Bond) -> bool {
        self.places.clear();
        let limit = measure.first.min(measure.rest);
        let mut run = Run { sums: Sums::default(), seen: Sums::default(), end: range.start };
        let mut start = run.place(range.start, Bond::Free, Unit::ZERO, Unit::ZERO);
        start.cost = 0.0;
        self.places.push(start);
        let mut at = range.start;
        while at < range.end {
            let chunk_start = run;
            let mut next = at;
            loop {
                run.body(next, &items[next]);
                next += 1;
                // A line has more than the spaces that a line of code may begin with.
                if next == range.end || items[next].bond <= least && run.end > range.start {
                    break;
                }
                // What holds together for so long is parted anyhow; it need not be seen to its end.
                if next - at >= STRETCH && items[next].bond < Bond::Whole {
                    break;
                }
                run.sums.add(&items[next].glue);
            }
            if run.seen.width.wrapping_sub(chunk_start.sums.width) > limit.0 {
                self.part_chunk(items, at..next, chunk_start, measure);
            }
            at = next;
            let hang = if measure.hanging { hanging(items, run.end, range.start) } else { Unit::ZERO };
            if at < range.end {
                run.sums.add(&items[at].glue);
            }
            let bond = if at < range.end { items[at].bond } else { Bond::Free };
            let hyphen = if bond == Bond::Hyphen { measure.hyphen } else { Unit::ZERO };
            self.places.push(run.place(at, bond, hang, hyphen));
            if self.places.len() >= STRETCH && at < range.end {
                return false;
            }
        }
        true
    }

    /// Lists all places within a chunk that is longer than a line.
    fn part_chunk(&mut self, items: &[Item], chunk: Range<usize>, mut run: Run, measure: &Measure) {
        for i in chunk.clone() {
            let item = &items[i];
            if i > chunk.start {
                run.sums.add(&item.glue);
                if item.bond < Bond::Whole && !item.class.is_space() {
                    let hyphen = if item.bond == Bond::Hyphen { measure.hyphen } else { Unit::ZERO };
                    self.places.push(run.place(i, item.bond, Unit::ZERO, hyphen));
                }
            }
            run.body(i, item);
        }
    }
}

/// The sums on the way through the items.
#[derive(Debug, Clone, Copy)]
struct Run {
    sums: Sums,
    /// Up to the last item that is not a space.
    seen: Sums,
    /// One past that item.
    end: usize,
}

impl Run {
    fn body(&mut self, index: usize, item: &Item) {
        self.sums.width = self.sums.width.wrapping_add(item.body.0);
        if !item.class.is_space() {
            self.seen = self.sums;
            self.end = index + 1;
        }
    }

    fn place(&self, item: usize, bond: Bond, hang: Unit, hyphen: Unit) -> Place {
        let mut before = self.seen;
        before.width = before.width.wrapping_add(hyphen.0);
        Place { item, end: self.end, before, after: self.sums, bond, hang, cost: f32::INFINITY, from: 0, hangs: false }
    }
}

/// Body of the mark that ends a line at `end`, if it is one that may hang (D6).
fn hanging(items: &[Item], end: usize, start: usize) -> Unit {
    match end.checked_sub(1).filter(|&i| i > start).and_then(|i| items.get(i)) {
        Some(item) if matches!(item.text, '，' | '、' | '。') => item.body,
        _ => Unit::ZERO,
    }
}

/// The last item from which on a line has at least two characters that are no marks (D5). What hangs on to a character counts with it:
/// `五％`, `℃`.
fn lone_from(items: &[Item], range: &Range<usize>) -> usize {
    let mut content = 0;
    for i in range.clone().rev() {
        content +=
            usize::from(matches!(items[i].class, Class::Han | Class::Iteration | Class::Western | Class::Symbol));
        if content == 2 {
            return i;
        }
    }
    range.start
}
