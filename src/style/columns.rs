//! How the columns of a table share the room of a line.

use crate::unit::Unit;

/// What the text of a column asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Width of its longest line.
    pub natural: Unit,
    /// Width of the longest piece of it that no line parts: a Western word.
    pub least: Unit,
}

impl Wish {
    /// Widens it so that text of these widths fits.
    pub fn hold(&mut self, natural: Unit, least: Unit) {
        self.natural = self.natural.max(natural);
        self.least = self.least.max(least);
    }
}

/// The widths of columns that wish for `wishes` in `room`: as wide as their longest lines; where there is no room for these, as wide as
/// their longest words, and what is left goes to each in proportion to what more it wishes for; where there is none for the words
/// either, each has `floor`, and the words share the rest. No word takes more than half of the room for granted.
pub fn share_out(wishes: &[Wish], floor: Unit, room: Unit) -> Vec<Unit> {
    let wide = |wish: &Wish| i64::from(wish.natural.max(floor).0);
    let narrow = |wish: &Wish| i64::from(wish.least.min(room / 2).max(floor).min(wish.natural.max(floor)).0);
    let floors = |_: &Wish| i64::from(floor.0);
    let sum = |of: &dyn Fn(&Wish) -> i64| wishes.iter().map(of).sum::<i64>();
    let room = i64::from(room.0);
    let between = |low: &dyn Fn(&Wish) -> i64, high: &dyn Fn(&Wish) -> i64| {
        let (spare, asked) = ((room - sum(low)).max(0), (sum(high) - sum(low)).max(1));
        wishes
            .iter()
            .map(|wish| Unit((low(wish) + (high(wish) - low(wish)) * spare.min(asked) / asked) as i32))
            .collect()
    };
    if sum(&narrow) <= room { between(&narrow, &wide) } else { between(&floors, &narrow) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(wishes: &[(i32, i32)], room: i32) -> Vec<i32> {
        let wishes: Vec<Wish> =
            wishes.iter().map(|&(natural, least)| Wish { natural: Unit(natural), least: Unit(least) }).collect();
        share_out(&wishes, Unit(2), Unit(room)).into_iter().map(|width| width.0).collect()
    }

    #[test]
    fn words_are_whole_as_long_as_there_is_room_for_them() {
        assert_eq!(shares(&[(10, 3), (1, 1)], 20), [10, 2], "all fit");
        assert_eq!(shares(&[(30, 2), (8, 8), (30, 2)], 24), [8, 8, 8], "a word beside two texts");
        assert_eq!(shares(&[(30, 8), (30, 6), (30, 10)], 18), [6, 4, 6], "no room for the words");
        assert_eq!(shares(&[(90, 90), (30, 2)], 24), [19, 4], "a word that takes it all");
        assert_eq!(shares(&[(9, 2); 4], 4), [2; 4], "no room at all");
    }
}
