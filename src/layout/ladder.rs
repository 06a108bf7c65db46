//! The two ladders of line adjustment, as data: what is squeezed, and what is stretched, in which order (D2, D3).

use crate::unit::Unit;

/// What a glue may be squeezed as, in the order in which a line is squeezed (D2). The mark at a line's end comes before all of them and
/// is no glue: its blank half falls away with the line break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Squeeze {
    /// Western spaces, to 1/4 em.
    Space,
    /// Middle dots, to 1/2 em.
    MiddleDot,
    /// Brackets and quotes, to 1/2 em.
    Bracket,
    /// ，、；：, to 1/2 em.
    Pause,
    /// The gap between Han and Western, from 1/4 to 1/8 em.
    Gap,
    /// 。？！, to 1/2 em.
    Stop,
}

/// What a glue may be stretched as, in the order in which a line is stretched (D3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stretch {
    /// Western spaces, to 1/2 em.
    Space,
    /// The gap between Han and Western, to 1/3 em.
    Gap,
    /// All other places, evenly.
    Even,
    /// Never: inside a unit, beside a connector, inside a word.
    Rigid,
}

/// One step of the squeeze ladder.
pub struct SqueezeStep {
    /// What it takes from.
    pub kind: Squeeze,
    /// What is left of the place, in thousandths of an em; for marks, of the mark.
    pub least: i32,
    /// How much using it up costs a line.
    pub cost: f32,
}

/// The squeeze ladder (D2).
pub const SQUEEZE: [SqueezeStep; 6] = [
    SqueezeStep { kind: Squeeze::Space, least: 250, cost: 20.0 },
    SqueezeStep { kind: Squeeze::MiddleDot, least: 500, cost: 10.0 },
    SqueezeStep { kind: Squeeze::Bracket, least: 500, cost: 30.0 },
    SqueezeStep { kind: Squeeze::Pause, least: 500, cost: 50.0 },
    SqueezeStep { kind: Squeeze::Gap, least: 125, cost: 80.0 },
    SqueezeStep { kind: Squeeze::Stop, least: 500, cost: 200.0 },
];

/// One limited step of the stretch ladder.
pub struct StretchStep {
    /// What it widens.
    pub kind: Stretch,
    /// To how much, in thousandths of an em.
    pub most: i32,
    /// How much using it up costs a line.
    pub cost: f32,
}

/// The limited steps of the stretch ladder (D3); then comes the even widening of all other places.
pub const STRETCH: [StretchStep; 2] = [
    StretchStep { kind: Stretch::Space, most: 500, cost: 30.0 },
    StretchStep { kind: Stretch::Gap, most: 333, cost: 60.0 },
];

/// Natural width of a Western space, in thousandths of an em.
pub const SPACE: i32 = 333;

/// Cost of widening every other place by 1/50 em: a linear and a square part.
pub const EVEN_COST: (f32, f32) = (60.0, 150.0);

/// The glue before a character: what may change in a line, apart from the glyphs, which may not. At the edges of a line it is not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glue {
    /// Its natural width.
    pub natural: Unit,
    /// How much of it may be taken away.
    pub give: Unit,
    /// In which step.
    pub squeeze: Squeeze,
    /// In which step it is widened.
    pub stretch: Stretch,
    /// How much it may be widened in that step; for [`Stretch::Even`] and [`Stretch::Rigid`] nothing.
    pub take: Unit,
}

impl Glue {
    /// Nothing, and nothing to be made of it.
    pub const RIGID: Glue = Glue {
        natural: Unit::ZERO,
        give: Unit::ZERO,
        squeeze: Squeeze::Space,
        stretch: Stretch::Rigid,
        take: Unit::ZERO,
    };

    /// Nothing, to be widened with all others.
    pub const EVEN: Glue = Glue { stretch: Stretch::Even, ..Glue::RIGID };

    /// A place of `natural` width in the steps `squeeze` and `stretch`, for an em of `em`.
    pub fn new(em: Unit, natural: Unit, squeeze: Squeeze, stretch: Stretch) -> Glue {
        let least = SQUEEZE.iter().find(|step| step.kind == squeeze).map_or(0, |step| step.least);
        let most = STRETCH.iter().find(|step| step.kind == stretch).map_or(0, |step| step.most);
        let give = (natural - em.em(least)).max(Unit::ZERO);
        Glue { natural, give, squeeze, stretch, take: (em.em(most) - natural).max(Unit::ZERO) }
    }
}

/// How a line stands to its measure, summed over its glue. Sums are prefix sums that wrap: only their differences mean anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// Natural width, in units.
    pub width: i32,
    /// What may be taken away in each step of [`SQUEEZE`].
    pub give: [i32; 6],
    /// What may be put in in each step of [`STRETCH`].
    pub take: [i32; 2],
    /// Number of other places.
    pub even: i32,
}

impl Sums {
    /// Adds a glue.
    pub fn add(&mut self, glue: &Glue) {
        self.width = self.width.wrapping_add(glue.natural.0);
        let give = &mut self.give[glue.squeeze as usize];
        *give = give.wrapping_add(glue.give.0);
        match glue.stretch {
            Stretch::Space => self.take[0] = self.take[0].wrapping_add(glue.take.0),
            Stretch::Gap => self.take[1] = self.take[1].wrapping_add(glue.take.0),
            Stretch::Even => self.even = self.even.wrapping_add(1),
            Stretch::Rigid => {}
        }
    }

    /// What stands between two sums.
    pub fn since(&self, start: &Sums) -> Sums {
        let mut line = *self;
        line.width = line.width.wrapping_sub(start.width);
        for step in 0..line.give.len() {
            line.give[step] = line.give[step].wrapping_sub(start.give[step]);
        }
        for step in 0..line.take.len() {
            line.take[step] = line.take[step].wrapping_sub(start.take[step]);
        }
        line.even = line.even.wrapping_sub(start.even);
        line
    }

    /// What it costs to set the line from `start` to here to `measure`, growing steadily with the change; `None` when it cannot be
    /// squeezed so far. `em` is the size that widening is judged by. Of the sums, it looks only at those that the line needs.
    #[inline]
    pub fn cost(&self, start: &Sums, measure: Unit, em: Unit) -> Option<f32> {
        let rest = self.width.wrapping_sub(start.width) - measure.0;
        // Most lines are Han with nothing but places to be widened evenly.
        if rest <= 0 && self.take == start.take {
            return Some(loose_cost(-rest, self.even.wrapping_sub(start.even), em));
        }
        self.cost_by_steps(start, rest, em)
    }

    /// The cost of a line that is wider than its measure by `rest`, step by step.
    fn cost_by_steps(&self, start: &Sums, mut rest: i32, em: Unit) -> Option<f32> {
        if rest == 0 {
            return Some(0.0);
        }
        let mut cost = 0.0;
        if rest > 0 {
            for (k, step) in SQUEEZE.iter().enumerate() {
                let give = self.give[k].wrapping_sub(start.give[k]);
                if give > 0 {
                    let part = rest.min(give) as f32 / give as f32;
                    cost += step.cost * part * part;
                    rest -= give;
                    if rest <= 0 {
                        return Some(cost);
                    }
                }
            }
            return None;
        }
        rest = -rest;
        for (k, step) in STRETCH.iter().enumerate() {
            let take = self.take[k].wrapping_sub(start.take[k]);
            if take > 0 {
                let part = rest.min(take) as f32 / take as f32;
                cost += step.cost * part * part;
                rest -= take;
                if rest <= 0 {
                    return Some(cost);
                }
            }
        }
        Some(cost + loose_cost(rest, self.even.wrapping_sub(start.even), em))
    }

    /// By how much every other place must be widened for this line to fill `measure`, in fiftieths of an em.
    pub fn looseness(&self, measure: Unit, em: Unit) -> f32 {
        looseness((measure.0 - self.width - self.take[0] - self.take[1]).max(0), self.even, em)
    }
}

/// From what widening of all other places on a line is hyphenated rather, in fiftieths of an em.
pub const LOOSE: f32 = 3.0;
/// What a line beyond it costs.
pub const TOO_LOOSE: f32 = 2.0e4;

/// The most that a line is widened at all other places while there is any other setting: 1/8 em, in fiftieths of an em.
pub const LOOSEST: f32 = 6.25;
/// The same in thousandths of an em: a line beyond it is reported.
pub const REPORTED: i32 = 125;
/// The most that a line is widened at all, in thousandths of an em: what it would take more to fill is left ragged.
pub const RAGGED: i32 = 333;
/// What a ragged line costs, and what more for each em that it is short.
const RAGGED_COST: f32 = even_cost(RAGGED as f32 / 20.0);
const SHORT_COST: f32 = 2.0e3;

/// `rest` divided among `even` places, in fiftieths of an em.
fn looseness(rest: i32, even: i32, em: Unit) -> f32 {
    rest as f32 * 50.0 / (even.max(1) as f32 * em.0.max(1) as f32)
}

/// What it costs to widen `even` places by `rest` in all, or to leave the line short by that.
fn loose_cost(rest: i32, even: i32, em: Unit) -> f32 {
    let looseness = looseness(rest, even, em);
    if looseness <= RAGGED as f32 / 20.0 {
        even_cost(looseness)
    } else {
        RAGGED_COST + SHORT_COST * rest as f32 / em.0.max(1) as f32
    }
}

const fn even_cost(looseness: f32) -> f32 {
    let (linear, square) = EVEN_COST;
    let beyond = if looseness > LOOSEST { TOO_LOOSE } else { 0.0 };
    linear * looseness + square * looseness * looseness + beyond
}

/// Divides a whole among places in proportion to their parts, so that the shares add up to it exactly.
#[derive(Debug, Clone, Copy)]
pub struct Shares {
    whole: i64,
    parts: i64,
    seen: i64,
    given: i64,
}

impl Shares {
    /// `whole` to be divided among places that have `parts` together.
    pub fn new(whole: i32, parts: i32) -> Self {
        Shares { whole: i64::from(whole), parts: i64::from(parts.max(1)), seen: 0, given: 0 }
    }

    /// The share of a place that has one part.
    pub fn each(&self) -> Unit {
        Unit((self.whole / self.parts) as i32)
    }

    /// The share of the next place, which has `part`.
    pub fn next(&mut self, part: i32) -> Unit {
        self.seen += i64::from(part);
        let due = self.whole * self.seen / self.parts;
        let share = due - self.given;
        self.given = due;
        Unit(share as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladders_are_in_the_order_of_d2_and_d3() {
        assert!(SQUEEZE.iter().enumerate().all(|(i, step)| step.kind as usize == i));
        assert!(STRETCH.iter().enumerate().all(|(i, step)| step.kind as usize == i));
    }

    #[test]
    fn shares_add_up_exactly() {
        let mut shares = Shares::new(1000, 7);
        let given: Vec<i32> = (0..7).map(|_| shares.next(1).0).collect();
        assert_eq!(given.iter().sum::<i32>(), 1000);
        assert!(given.iter().all(|&g| g == 142 || g == 143));
    }

    #[test]
    fn the_cost_of_a_line_grows_steadily_and_pulling_in_is_cheaper_than_pushing_out_d1() {
        let em = Unit::pt(10);
        let line = Sums { width: 360_000, give: [0, 0, 0, 15_000, 0, 0], take: [0, 0], even: 35 };
        let at = |measure: i32| line.cost(&Sums::default(), Unit(measure), em);
        assert_eq!(at(360_000), Some(0.0));
        assert_eq!(at(344_000), None);
        let costs: Vec<f32> = (0..20).filter_map(|i| at(360_000 + i * 500)).collect();
        assert!(costs.windows(2).all(|w| w[0] < w[1]));
        assert!(at(355_000) < at(370_000));
    }
}
