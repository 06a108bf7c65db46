//! How the columns of a table share the room of a line.

use crate::unit::Unit;

/// No longer text, in characters, is a word or two that had better stay in one line.
const SHORT: i32 = 6;

/// What the text of a column asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// Width of the longest piece of it that no line parts: a Western word.
    least: Unit,
    /// Width at which all that is short stays in one line.
    short: Unit,
    /// Width of its longest line.
    natural: Unit,
}

impl Wish {
    /// Widens it so that a line of width `natural` fits, of which nothing longer than `least` cannot be parted; `zi` is the width of a
    /// character.
    pub fn hold(&mut self, natural: Unit, least: Unit, zi: Unit) {
        self.natural = self.natural.max(natural);
        self.least = self.least.max(least);
        self.short = self.short.max(if natural <= zi * SHORT { natural } else { least });
    }
}

impl Wish {
    /// Width of its longest line, `most` at the most.
    pub fn natural(&self, most: Unit) -> Unit {
        self.natural.min(most)
    }
}

/// The widths of columns that wish for `wishes` in `room`: as wide as their longest lines; where there is no room for these, as wide as
/// their short ones, or as their longest words, or as `floor`, and what is left goes to each in proportion to what it asks for beyond
/// that. No word takes more than half of the room for granted.
pub fn share_out(wishes: &[Wish], floor: Unit, room: Unit) -> Vec<Unit> {
    let tiers = wishes.iter().map(|wish| {
        let natural = wish.natural.max(floor);
        let within = |width: Unit| width.min(room / 2).max(floor).min(natural);
        [floor, within(wish.least), within(wish.short), natural].map(|width| i64::from(width.0))
    });
    let tiers: Vec<[i64; 4]> = tiers.collect();
    let sum = |tier: usize| tiers.iter().map(|widths| widths[tier]).sum::<i64>();
    let room = i64::from(room.0);
    let low = (0..3).rev().find(|&tier| sum(tier) <= room).unwrap_or(0);
    let asked = (sum(low + 1) - sum(low)).max(1);
    let spare = (room - sum(low)).clamp(0, asked);
    let width = |widths: &[i64; 4]| Unit((widths[low] + (widths[low + 1] - widths[low]) * spare / asked) as i32);
    tiers.iter().map(width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(wishes: &[(i32, i32)], room: i32) -> Vec<i32> {
        let wishes: Vec<Wish> = wishes
            .iter()
            .map(|&(natural, least)| {
                let mut wish = Wish::default();
                wish.hold(Unit(natural), Unit(least), Unit(1));
                wish
            })
            .collect();
        share_out(&wishes, Unit(2), Unit(room)).into_iter().map(|width| width.0).collect()
    }

    #[test]
    fn words_are_whole_as_long_as_there_is_room_for_them() {
        assert_eq!(shares(&[(10, 3), (1, 1)], 20), [10, 2], "all fit");
        assert_eq!(shares(&[(30, 2), (8, 8), (30, 2)], 24), [8, 8, 8], "a word beside two texts");
        assert_eq!(shares(&[(30, 8), (30, 6), (30, 10)], 18), [6, 4, 6], "no room for the words");
        assert_eq!(shares(&[(90, 90), (30, 2)], 24), [19, 4], "a word that takes it all");
        assert_eq!(shares(&[(9, 2); 4], 4), [2; 4], "no room at all");
        assert_eq!(shares(&[(5, 2), (60, 2), (60, 2)], 25), [5, 10, 10], "a short text beside two long ones");
        assert_eq!(shares(&[(5, 2), (5, 2), (5, 4)], 11), [3, 3, 4], "no room for the short texts");
    }
}
