//! Titles and what else stands in the middle: parted where the sense parts them, in lines of a good shape (E2).

use super::breaking::{Breaker, Extent, Measure};
use super::text::{Bond, Item};
use crate::chinese::title::costs;
use std::ops::Range;

/// What is longer is running text, and is parted by width alone.
const LONGEST: usize = 100;
/// Lines of the longest that is parted by its sense.
const LINES: usize = 6;
/// So many rows of lines are tried at most.
const TRIED: u32 = 6_000;

/// Costs, in thousandths of those of the places ([`costs`]): of lines that differ from their mean by all of it, of one line more than are
/// needed, of three lines as an hourglass, of lines that are all alike, of a last line of three characters, of one of two, of a line that is
/// much shorter than another.
const UNEVEN: i64 = 10_000;
const MORE: i64 = 14_000;
const HOURGLASS: i64 = 6_000;
const ALIKE: i64 = 1_000;
const SHORT: i64 = 8_000;
const TOO_SHORT: i64 = 60_000;
const THIN: i64 = 5_000;

/// What is looked for: the cheapest row of lines.
struct Search<'a> {
    breaker: &'a Breaker,
    measure: &'a Measure,
    first: bool,
    /// What it costs to begin a line at each place; none where no line may.
    prices: Vec<Option<i64>>,
    /// Lines of the row.
    count: usize,
    /// Width of each if all were alike.
    mean: i64,
    /// The places that begin lines so far, and their widths.
    path: Vec<usize>,
    widths: Vec<i64>,
    tried: u32,
    /// The cheapest so far.
    best: Option<(i64, Vec<usize>)>,
}

impl Breaker {
    /// Breaks `items[range]`, whose places are known, where its sense parts; false where no such lines are found.
    pub(super) fn by_sense(
        &self,
        items: &[Item],
        range: &Range<usize>,
        measure: &Measure,
        first: bool,
        had: usize,
        lines: &mut Vec<Extent>,
    ) -> bool {
        if range.len() > LONGEST {
            return false;
        }
        let text: Vec<char> = items[range.clone()].iter().map(|item| item.text).collect();
        let costs = costs(&text);
        let price = |place: &super::opportunities::Opportunity| {
            let cost = costs.get(place.item.checked_sub(range.start)?)?;
            (place.bond == Bond::Free).then_some(i64::from(*cost) * 1000)
        };
        let last = self.places.len() - 1;
        let total = self.width(0, last);
        let least = total.div_euclid(i64::from(measure.first.max(measure.rest).0.max(1))) as usize;
        let mut cheapest: Option<(i64, Vec<usize>)> = None;
        let mut found = None;
        for count in least.max(1)..=(least + 3).min(LINES) {
            if found.is_some_and(|found| count > found + 1) {
                break;
            }
            let mut search = Search {
                breaker: self,
                measure,
                first,
                prices: self.places.iter().map(price).collect(),
                count,
                mean: (total / count as i64).max(1),
                path: vec![],
                widths: vec![],
                tried: 0,
                best: None,
            };
            search.from(0, 0);
            if let Some((cost, path)) = search.best {
                let cost = cost + found.map_or(0, |_| MORE);
                found = found.or(Some(count));
                if cheapest.as_ref().is_none_or(|(least, _)| cost < *least) {
                    cheapest = Some((cost, path));
                }
            }
        }
        let Some((_, path)) = cheapest else { return false };
        lines.truncate(had);
        let mut from = 0;
        for to in path.into_iter().chain([last]) {
            lines.push(self.extent(from, to));
            from = to;
        }
        true
    }

    /// Natural width of a line from one place to another.
    fn width(&self, from: usize, to: usize) -> i64 {
        i64::from(self.places[to].before.width.wrapping_sub(self.places[from].after.width))
    }
}

impl Search<'_> {
    /// Tries all lines that begin at place `from`, when those before it cost `spent`.
    fn from(&mut self, from: usize, spent: i64) {
        if self.best.as_ref().is_some_and(|(least, _)| spent >= *least) || self.tried > TRIED {
            return;
        }
        self.tried += 1;
        let last = self.breaker.places.len() - 1;
        let room = i64::from(self.measure.of(self.first && from == 0).0);
        let left = self.count - self.path.len();
        if left == 1 {
            let width = self.breaker.width(from, last);
            if width > room {
                return;
            }
            self.widths.push(width);
            let cost = spent + self.uneven(width) + self.shape();
            self.widths.pop();
            if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
                self.best = Some((cost, self.path.clone()));
            }
            return;
        }
        let rest = i64::from(self.measure.rest.0) * (left as i64 - 1);
        let narrowest = i64::from(self.measure.em.0) * 3 / 2;
        for to in from + 1..last {
            let width = self.breaker.width(from, to);
            if width > room {
                break;
            }
            let Some(price) = self.prices[to] else { continue };
            if width < narrowest || self.breaker.width(to, last) > rest {
                continue;
            }
            self.path.push(to);
            self.widths.push(width);
            self.from(to, spent + price + self.uneven(width));
            self.widths.pop();
            self.path.pop();
        }
    }

    fn uneven(&self, width: i64) -> i64 {
        let off = width - self.mean;
        UNEVEN * off / self.mean * off / self.mean
    }

    /// What the shape of the lines costs.
    fn shape(&self) -> i64 {
        let em = i64::from(self.measure.em.0.max(1));
        let mut cost = 0;
        if self.widths.len() >= 3 {
            let steps = self.widths.windows(2).map(|pair| pair[1] - pair[0]);
            let turns: Vec<bool> = steps.clone().filter(|step| step.abs() * 4 > em * 3).map(|step| step > 0).collect();
            if turns.windows(2).any(|pair| !pair[0] && pair[1]) {
                cost += HOURGLASS;
            }
            if steps.clone().all(|step| step.abs() * 5 < em * 2) {
                cost += ALIKE;
            }
        }
        let (least, most) = (self.widths.iter().min(), self.widths.iter().max());
        if let Some(last) = self.widths.last().filter(|last| **last * 10 < em * 31) {
            cost += if *last * 10 < em * 21 { TOO_SHORT } else { SHORT };
        }
        if least.zip(most).is_some_and(|(least, most)| least * 100 < most * 45) {
            cost += THIN;
        }
        cost
    }
}
