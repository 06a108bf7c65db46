//! Which heads stand within which: a family that is open again closes those within it; a new one lies below those of higher rank.

use super::sight::Sight;
use super::witness::{is_named_in_contents, news_rank};
use crate::chinese::shape::{Class, PLAIN};

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
    ///
    /// `part` is the rank of the head right below, if there is one: then this one names a part.
    pub fn next(&mut self, line: &Sight<'_>, part: Option<u8>) -> u8 {
        let shape = &line.shape;
        let tail = shape.class() == Class::Tail;
        let kind = if tail { 0 } else { u16::from(shape.kind) << 8 | u16::from(shape.unit) };
        let name = shape.name && shape.kind == 0 || is_named_in_contents(line.told) && shape.kind == 0;
        let names_part = shape.kind == 0 && !shape.name && part.is_some_and(|below| below < PLAIN);
        let mark = if line.rule > 0 { line.rule | 0x80 } else { shape.mark };
        let mark = if names_part { u8::MAX } else { mark };
        let name = name && !names_part;
        let news = news_rank(line.told);
        let kind = news.map_or(kind, |rank| u16::MAX - u16::from(rank));
        let name = name && news.is_none();
        let key = (mark, shape.bracket, kind | u16::from(shape.level_depth()), shape.unit > 0 && shape.arabic, name);
        match self.open.iter().position(|(open, _)| *open == key) {
            Some(at) => self.open.truncate(at + 1),
            None => {
                let rank = match part {
                    _ if news.is_some() => news.unwrap_or(0),
                    Some(below) if names_part => below.saturating_sub(5),
                    _ => shape.rank(),
                };
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
