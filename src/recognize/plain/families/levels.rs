//! Which heads stand within which: a family that is open again closes those within it; a new one lies below those of higher rank.

use super::sight::Sight;
use crate::chinese::shape::Class;

/// No head stands deeper.
const DEEPEST: usize = 6;

/// What heads of one level have in common.
type Key = (u8, u8, u16, bool, bool);

/// The open families, the outermost first, with their ranks.
#[derive(Debug, Default)]
pub struct Levels {
    open: Vec<(Key, u8)>,
}

impl Levels {
    /// The level of the next head, 1 for the outermost.
    pub fn next(&mut self, line: &Sight<'_>) -> u8 {
        let shape = &line.shape;
        let tail = shape.class() == Class::Tail;
        let kind = if tail { 0 } else { u16::from(shape.kind) << 8 | u16::from(shape.unit) };
        let name = shape.name && shape.kind == 0;
        let mark = if line.rule > 0 { line.rule | 0x80 } else { shape.mark };
        let key = (mark, shape.bracket, kind | u16::from(shape.level_depth()), shape.unit > 0 && shape.arabic, name);
        match self.open.iter().position(|(open, _)| *open == key) {
            Some(at) => self.open.truncate(at + 1),
            None => {
                let rank = shape.rank();
                // The same unit counted in other digits lies within.
                let closes = |open: &(Key, u8)| name || rank < open.1 || rank == open.1 && (open.0.3 >= key.3);
                while self.open.last().is_some_and(closes) {
                    self.open.pop();
                }
                self.open.push((key, rank));
            }
        }
        self.open.len().min(DEEPEST) as u8
    }
}
