//! The opportunities of a paragraph: the places where a line may end and the next begin.

use super::breaking::Measure;
use super::ladder::Sums;
use super::text::{Bond, Item};
use crate::unit::Unit;
use std::ops::{Deref, DerefMut, Range};

/// A paragraph is broken in stretches of about so many places, so that its cost does not grow without bound.
pub const STRETCH: usize = 2048;

/// A place where a line may end and the next begin: a break opportunity, as UAX #14 calls it.
#[derive(Debug, Clone, Copy)]
pub struct Opportunity {
    /// First item of the line after.
    pub item: usize,
    /// One past the last item seen of the line before.
    pub end: usize,
    /// Sums up to the end of the line before.
    pub before: Sums,
    /// Sums up to the start of the line after.
    pub after: Sums,
    /// Why a line may end here.
    pub bond: Bond,
    /// Body of the mark that may hang.
    pub hang: Unit,
    /// Least cost of all lines up to here.
    pub cost: f32,
    /// Index of the place where the line before begins.
    pub from: usize,
    /// Whether the mark hangs.
    pub hangs: bool,
}

/// The places of a stretch, in order; the first is its beginning.
#[derive(Debug, Default)]
pub struct Opportunities(Vec<Opportunity>);

impl Deref for Opportunities {
    type Target = [Opportunity];
    fn deref(&self) -> &[Opportunity] {
        &self.0
    }
}

impl DerefMut for Opportunities {
    fn deref_mut(&mut self) -> &mut [Opportunity] {
        &mut self.0
    }
}

impl Opportunities {
    /// Forgets what lines cost.
    pub fn forget(&mut self) {
        for place in self.0.iter_mut().skip(1) {
            (place.cost, place.hangs) = (f32::INFINITY, false);
        }
    }

    /// Lists the places where a line may end: those whose bond is at most `least`, and the others within what holds together for
    /// longer than a line (B6). True if they reach the end of the range.
    pub fn find(&mut self, items: &[Item], range: Range<usize>, measure: &Measure, least: Bond) -> bool {
        self.0.clear();
        let limit = measure.first.min(measure.rest);
        let mut run = Run { sums: Sums::default(), seen: Sums::default(), end: range.start };
        let mut start = run.place(range.start, Bond::Free, Unit::ZERO, Unit::ZERO);
        start.cost = 0.0;
        self.0.push(start);
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
            self.0.push(run.place(at, bond, hang, hyphen));
            if self.0.len() >= STRETCH && at < range.end {
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
                    self.0.push(run.place(i, item.bond, Unit::ZERO, hyphen));
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

    fn place(&self, item: usize, bond: Bond, hang: Unit, hyphen: Unit) -> Opportunity {
        let mut before = self.seen;
        before.width = before.width.wrapping_add(hyphen.0);
        Opportunity {
            item,
            end: self.end,
            before,
            after: self.sums,
            bond,
            hang,
            cost: f32::INFINITY,
            from: 0,
            hangs: false,
        }
    }
}

/// Body of the mark that ends a line at `end`, if it is one that may hang (D6).
fn hanging(items: &[Item], end: usize, start: usize) -> Unit {
    match end.checked_sub(1).filter(|&i| i > start).and_then(|i| items.get(i)) {
        Some(item) if matches!(item.text, '，' | '、' | '。') => item.body,
        _ => Unit::ZERO,
    }
}
