//! Which heads stand within which: a family that is open again closes those within it; a new one lies below those of higher rank.

use super::sight::Sight;
use super::witness::{is_named_in_contents, news_rank, stands_within};
use crate::chinese::shape::{Class, PLAIN};
use crate::chinese::words::Word;

/// No head stands deeper.
const DEEPEST: usize = 6;

/// What heads of one level have in common.
type Key = (u8, u8, u16, bool, bool);

/// A family that is open: what its heads have in common, their rank, and the number of the last.
#[derive(Debug)]
struct Open {
    key: Key,
    rank: u8,
    last: Option<u32>,
}

/// The open families, the outermost first.
#[derive(Debug, Default)]
pub struct Levels {
    open: Vec<Open>,
    /// The open sections by their decimals.
    sections: Vec<String>,
}

impl Levels {
    /// The level of the next head, 1 for the outermost.
    ///
    /// `part` is the rank of the head right below, if there is one: then this one names a part.
    pub fn next(&mut self, line: &Sight<'_>, part: Option<u8>) -> u8 {
        let shape = &line.shape;
        let tail = shape.class() == Class::Tail;
        let kind = if tail { 0 } else { u16::from(shape.kind) << 8 | u16::from(shape.unit) };
        // What is told of a piece stands within it.
        let of_piece = shape.bracket > 0 && Word::PieceTold.is(line.text.trim_matches(|c: char| !c.is_alphanumeric()));
        let name = shape.kind == 0 && !of_piece && (shape.name || is_named_in_contents(line.told));
        let names_part = shape.kind == 0 && !shape.name && part.is_some_and(|below| below < PLAIN);
        let mark = if line.rule > 0 { line.rule | 0x80 } else { shape.mark };
        let mark = if names_part { u8::MAX } else { mark };
        let name = name && !names_part;
        let kind = kind | u16::from(stands_within(line.told));
        let news = news_rank(line.told);
        let kind = news.map_or(kind, |rank| u16::MAX - u16::from(rank));
        let name = name && news.is_none();
        // 1.1.4.1 lies within 1.1.4 where that is open.
        let within = if shape.level_depth() > 0 { self.within(&line.text[..shape.rest.0]) } else { 0 };
        let key = (mark, shape.bracket, kind | u16::from(within), shape.unit > 0 && shape.arabic, name);
        let same = |open: &Open| open.key == key;
        // The same unit, counted on in digits of another kind.
        let goes_on = |open: &Open| {
            let alike = (open.key.0, open.key.1, open.key.2, open.key.4) == (key.0, key.1, key.2, key.4);
            alike
                && shape.unit > 0
                && shape.value.is_some()
                && shape.value == open.last.and_then(|last| last.checked_add(1))
        };
        match self.open.iter().position(same).or_else(|| self.open.iter().position(goes_on)) {
            Some(at) => {
                self.open.truncate(at + 1);
                self.open[at].last = shape.value;
            }
            None => {
                let rank = match part {
                    _ if news.is_some() => news.unwrap_or(0),
                    Some(below) if names_part => below.saturating_sub(5),
                    _ if shape.level_depth() > 0 => shape.rank() - shape.level_depth() + within + 1,
                    _ => shape.rank() + u8::from(stands_within(line.told)),
                };
                // The same unit counted in Arabic digits lies within the one in Han digits.
                let within = |open: &Key| open.2 == key.2 && key.3 && !open.3;
                let closes = |open: &Open| name || rank < open.rank || rank == open.rank && !within(&open.key);
                while self.open.last().is_some_and(closes) {
                    self.open.pop();
                }
                self.open.push(Open { key, rank, last: shape.value });
            }
        }
        self.open.len().min(DEEPEST) as u8
    }

    /// How many open sections the one with these decimals lies within, itself counted.
    fn within(&mut self, label: &str) -> u8 {
        let digits = label.trim_matches(|c: char| !c.is_ascii_digit());
        let lies = |open: &String| digits.strip_prefix(open.as_str()).is_some_and(|rest| rest.starts_with(['.', '．']));
        self.sections.retain(lies);
        self.sections.push(digits.to_owned());
        self.sections.len().min(DEEPEST) as u8
    }
}
