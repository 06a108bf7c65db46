//! The likeliest way to cut bytes into characters, when some bytes may be lost or foreign.
//!
//! In GBK or Big5 a single lost byte shifts the pairing of all that follow. Each way to cut the bytes has a cost: that of
//! its characters, and that of each run of bytes that it leaves out. The cheapest is found by dynamic programming
//! (Viterbi), so a lost byte costs one character.

use super::encoding::Endian;
use super::model::{FURTHER, MALFORMED, Model};
use super::walk::DEAR;
use super::{euctw, wide};
use std::ops::Range;

/// What it costs to begin or end inside a character, as a piece cut from a text does.
const CUT: u32 = 100;
/// What each byte of a character costs that repeats the one before, as in `————`.
pub(super) const REPEATED: u32 = 20;
/// What it costs to go over from a letter to a character of two bytes, or back: the wrong pairing leaves stray letters.
pub(super) const SWITCH: u32 = 60;
/// What a four-byte character costs: it is rare.
const RARE: u8 = 240;
/// A byte that is a lead of pairs, and a no-break space where it stands alone.
pub(super) const LONE: u8 = 0xA0;
/// In tables: no such character.
pub(super) const NONE: u8 = u8::MAX;

/// The bytes of the characters of one encoding with their costs in one model.
pub(super) struct Code {
    /// Costs of single bytes.
    pub(super) single: [u8; 256],
    /// Costs of pairs of bytes.
    pub(super) pairs: Pairs,
    /// Which characters of four bytes there are.
    pub(super) fours: Fours,
    /// What a single byte above 0x7F costs in addition when another one goes before it.
    pub(super) crowded: u32,
    /// What a single byte above 0x7F costs in addition next to an ASCII letter: letters of two scripts are no word.
    pub(super) mixed: u32,
    /// The byte below which nothing is part of a longer character, 0 where there is none: the pairing cannot slip beyond it.
    pub(super) boundary: u8,
}

/// A cost for every pair of bytes.
pub(super) type Pairs = Box<[u8; 0x10000]>;

/// The characters of four bytes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Fours {
    /// There are none.
    None,
    /// Those of GB 18030.
    Gb18030,
    /// Those of EUC-TW: `8E`, the plane, a pair.
    EucTw,
    /// Surrogate pairs; the index of the byte that tells.
    Surrogates(usize),
    /// All that UTF-32 has, which has no others.
    Utf32(Endian),
}

/// What a byte costs that is left out at an end of a piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    /// At its beginning.
    pub start: u32,
    /// At its end.
    pub end: u32,
}

impl Ends {
    /// Those of a whole text: nothing is left out there without damage.
    pub const WHOLE: Ends = Ends { start: MALFORMED, end: MALFORMED };
    /// Those of a piece cut from a text at any byte.
    pub const CUT: Ends = Ends { start: CUT, end: CUT };
}

/// One step of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The next so many bytes are one character.
    Character(usize),
    /// The next byte is no part of a character.
    Skip,
}

impl Step {
    /// How many bytes it takes.
    pub(super) const fn length(self) -> usize {
        match self {
            Step::Character(length) => length,
            Step::Skip => 1,
        }
    }
}

/// What the cheapest reading of some bytes costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cost {
    /// In tenths of a bit.
    pub tenths: u64,
    /// Runs of bytes left out.
    pub malformed: usize,
    /// Characters read.
    pub characters: usize,
}

impl Cost {
    /// Adds what a further piece costs.
    pub(super) fn add(&mut self, piece: Cost) {
        self.tenths += piece.tenths;
        self.malformed += piece.malformed;
        self.characters += piece.characters;
    }
}

impl Code {
    /// The cost of `four` as one character.
    #[inline]
    pub(super) fn four(&self, four: [u8; 4]) -> Option<u8> {
        let is = match self.fours {
            Fours::None => false,
            Fours::Gb18030 => matches!(four, [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39]),
            Fours::EucTw => four[0] == 0x8E && euctw::character(four[1].wrapping_sub(0xA0), four[2], four[3]).is_some(),
            Fours::Surrogates(tell) => {
                matches!((four.get(tell), four.get(tell + 2)), (Some(0xD8..=0xDB), Some(0xDC..=0xDF)))
            }
            Fours::Utf32(endian) => return wide::character(&four, 0, endian).map(|c| Model::Chinese.cost(c)),
        };
        is.then_some(RARE)
    }

    /// The plain reading of `bytes`.
    pub(super) fn plain_steps(&self, bytes: &[u8]) -> Vec<Step> {
        let mut steps = vec![];
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let rest = bytes.get(at..).unwrap_or_default();
            let step = match rest {
                [lead, trail, ..] if !lead.is_ascii() && self.pair(*lead, *trail) != NONE => Step::Character(2),
                _ if self.alone(byte) != NONE => Step::Character(1),
                [lead, trail, ..] if self.pair(*lead, *trail) != NONE => Step::Character(2),
                _ if rest.first_chunk::<4>().is_some_and(|four| self.four(*four).is_some()) => Step::Character(4),
                _ => Step::Skip,
            };
            steps.push(step);
            at += step.length();
        }
        steps
    }

    /// How much dearer than text should be a stretch of this reading of `bytes` is, at most.
    pub(super) fn most_excess(&self, steps: &[Step], bytes: &[u8]) -> u32 {
        let (mut at, mut excess) = (0, 0_u32);
        let excesses = steps.iter().map(|step| {
            let own = match (*step, bytes.get(at..)) {
                (Step::Character(1), Some(&[byte, ..])) => self.alone(byte),
                (Step::Character(2), Some(&[lead, trail, ..])) => self.pair(lead, trail),
                (Step::Character(_), _) => RARE,
                (Step::Skip, _) => 0,
            };
            at += step.length();
            excess = (excess + u32::from(own)).saturating_sub(u32::from(DEAR));
            excess
        });
        excesses.max().unwrap_or(0)
    }

    /// Whether its units are of several bytes each: a text cut anywhere is cut between them.
    pub(super) fn is_wide(&self) -> bool {
        matches!(self.fours, Fours::Surrogates(_) | Fours::Utf32(_))
    }

    /// How many bytes of a character can stand at an end of a piece that is cut.
    fn fringe(&self) -> usize {
        if matches!(self.fours, Fours::Utf32(_)) { 3 } else { 1 }
    }

    pub(super) fn alone(&self, byte: u8) -> u8 {
        self.single[usize::from(byte)]
    }

    /// The cost of a pair of bytes as one character.
    pub(super) fn pair_cost(&self, lead: u8, trail: u8) -> Option<u8> {
        Some(self.pair(lead, trail)).filter(|&cost| cost != NONE)
    }

    pub(super) fn pair(&self, lead: u8, trail: u8) -> u8 {
        self.pairs[usize::from(u16::from_be_bytes([lead, trail]))]
    }

    /// The cheapest reading of `bytes`, which may begin or end inside a character at this cost. Where `steps` are wanted, they are
    /// filled with the reading.
    pub(super) fn read(&self, bytes: &[u8], ends: Ends, steps: Option<&mut Vec<Step>>) -> Cost {
        // `ways[i]` is how the cheapest reading of the first `i` bytes ends: a length, or 0 for a byte left out.
        let mut ways: Vec<u8> = Vec::with_capacity(bytes.len() + 1);
        ways.push(1);
        // The costs of the readings up to here, and up to one, two, three bytes before.
        let mut before = [0, u64::MAX / 2, u64::MAX / 2, u64::MAX / 2];
        // How many bytes were left out up to here.
        let mut run = 0;
        // How the readings up to here and up to one byte before end, and the bytes that go before, the last first.
        let (mut way, mut way_before) = (1, 0);
        let mut last: [Option<u8>; 3] = [None; 3];
        let (wide, fringe, length) = (self.is_wide(), self.fringe(), bytes.len());
        for (i, &byte) in bytes.iter().enumerate() {
            let mut skip = match run {
                0 => MALFORMED,
                // In UTF-32 four bytes are one character.
                _ if fringe == 3 => MALFORMED * u32::from(run % 4 == 0),
                // More than the rest of a character that was cut.
                _ if run == i && i == fringe && ends.start < MALFORMED => MALFORMED,
                _ => FURTHER,
            };
            if i < fringe {
                skip = skip.min(ends.start);
            } else if i + fringe >= length {
                skip = skip.min(ends.end);
            }
            let mut best = (before[0] + u64::from(skip), 0);
            let single = self.alone(byte);
            let previous = last[0];
            if single != NONE {
                let mut cost = u32::from(single);
                let high = !byte.is_ascii();
                if high && previous.is_some_and(|b| !b.is_ascii()) {
                    cost += self.crowded;
                } else if high && previous.is_some_and(|b| b.is_ascii_alphabetic()) {
                    cost += self.mixed;
                } else if !high && way == 1 && previous.is_some_and(|b| self.pair(b, byte) != NONE) {
                    // Apart, two bytes that are a pair, as a no-break space and a letter can be.
                    cost += SWITCH;
                } else if byte.is_ascii_alphabetic() && way == 2 {
                    cost += SWITCH;
                } else if byte.is_ascii_alphabetic() && previous.is_some_and(|b| !b.is_ascii()) {
                    cost += self.mixed;
                } else if previous == Some(byte) || (!high && last[1] == Some(byte) && last[2] == previous) {
                    // Rules are drawn with one sign or with two.
                    cost = cost.min(REPEATED);
                }
                best = best.min((before[0] + u64::from(cost), 1));
            }
            // Behind a byte of ASCII no character of several bytes ends but one of wide units.
            if let Some(lead) = previous.filter(|byte| wide || !byte.is_ascii()) {
                if let Some(pair) = self.pair_cost(lead, byte) {
                    let mut cost = u32::from(pair);
                    if last[2] == Some(lead) && last[1] == Some(byte) {
                        cost = cost.min(2 * REPEATED);
                    } else if way_before == 1 && last[1].is_some_and(|b| b.is_ascii_alphabetic()) {
                        cost += SWITCH;
                    }
                    best = best.min((before[1] + u64::from(cost), 2));
                }
                if self.fours != Fours::None
                    && let Some(four) =
                        i.checked_sub(3).and_then(|j| bytes.get(j..)).and_then(|rest| rest.first_chunk())
                    && let Some(cost) = self.four(*four)
                {
                    best = best.min((before[3] + u64::from(cost), 4));
                }
            }
            run = if best.1 == 0 { run + 1 } else { 0 };
            ways.push(best.1);
            before = [best.0, before[0], before[1], before[2]];
            (way, way_before) = (best.1, way);
            last = [Some(byte), last[0], last[1]];
        }
        // Bytes left out at the ends of a piece that is cut are no damage.
        let fringe = |cost: u32| if cost < MALFORMED { fringe } else { 0 };
        walk_back(&ways, before[0], fringe(ends.start)..length.saturating_sub(fringe(ends.end)), steps)
    }
}

/// Follows the best ways from the end, and counts; bytes left out that are not among the `inner` ones are no damage.
fn walk_back(ways: &[u8], tenths: u64, inner: Range<usize>, mut steps: Option<&mut Vec<Step>>) -> Cost {
    let mut cost = Cost { tenths, ..Cost::default() };
    let mut end = ways.len().saturating_sub(1);
    let mut in_run = false;
    while end > 0 {
        let way = ways.get(end).copied().map_or(0, usize::from);
        let step = if way == 0 { Step::Skip } else { Step::Character(way) };
        match step {
            Step::Skip if !inner.contains(&(end - 1)) => {}
            Step::Skip => cost.malformed += usize::from(!in_run),
            Step::Character(_) => cost.characters += 1,
        }
        in_run = step == Step::Skip;
        if let Some(steps) = &mut steps {
            steps.push(step);
        }
        end = end.saturating_sub(way.max(1));
    }
    if let Some(steps) = steps {
        steps.reverse();
    }
    cost
}

#[cfg(test)]
mod tests {
    use super::super::codes::{GB18030, UTF_16LE};
    use super::*;

    fn steps(code: &Code, bytes: &[u8]) -> (Cost, Vec<Step>) {
        let mut steps = vec![];
        let cost = code.read(bytes, Ends::WHOLE, Some(&mut steps));
        (cost, steps)
    }

    #[test]
    fn a_lost_byte_costs_one_character() {
        let (whole, _, _) = encoding_rs::GB18030.encode("滚滚长江东逝水，浪花淘尽英雄。是非成败转头空");
        let mut lost = whole.into_owned();
        lost.remove(8);
        let (cost, steps) = steps(&GB18030, &lost);
        assert_eq!(cost.malformed, 1);
        assert_eq!(cost.characters, 21);
        assert_eq!(steps.iter().position(|&step| step == Step::Skip), Some(4));
    }

    #[test]
    fn four_bytes_are_one_character_and_clean_text_has_no_skip() {
        let (cost, steps) = steps(&GB18030, b"\xD6\xD0\x95\x32\x82\x36a");
        assert_eq!(steps, [Step::Character(2), Step::Character(4), Step::Character(1)]);
        assert_eq!((cost.malformed, cost.characters), (0, 3));
    }

    #[test]
    fn surrogates_are_read_together() {
        let bytes: Vec<u8> = "中\u{20087}文".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (cost, _) = steps(&UTF_16LE, &bytes);
        assert_eq!((cost.malformed, cost.characters), (0, 3));
    }
}
