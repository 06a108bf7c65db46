//! The likeliest way to cut bytes into characters, when some bytes may be lost or foreign.
//!
//! In GBK or Big5 a single lost byte shifts the pairing of all that follow. Each way to cut the bytes has a cost: that of
//! its characters, and that of each run of bytes that it leaves out. The cheapest is found by dynamic programming
//! (Viterbi), so a lost byte costs one character.

use super::euctw;
use super::model::{FURTHER, MALFORMED, Model};
use std::ops::Range;
use std::sync::LazyLock;

/// What it costs to begin or end inside a character, as a piece cut from a text does.
const CUT: u32 = 60;
/// What each byte of a character costs that repeats the one before, as in `————`.
const REPEATED: u32 = 20;
/// What it costs to go over from a letter to a character of two bytes, or back: the wrong pairing leaves stray letters.
const SWITCH: u32 = 60;
/// What a four-byte character costs: it is rare.
const RARE: u8 = 240;
/// What a lone `A0` costs in GB 18030: the no-break space of Western encodings, which pages put among GBK.
const NO_BREAK_SPACE: u8 = 100;
/// A byte that is a lead of pairs, and a no-break space where it stands alone.
pub(super) const LONE: u8 = 0xA0;
/// What must be saved for two bytes to count as a character that a line end tore apart.
const TORN: u64 = 300;
/// How much of the lines before and behind it is weighed.
const MOST_TORN: usize = 400;
/// What a character costs at most, on average, in text that is read in step.
const DEAR: u8 = 120;
/// What a stretch may cost beyond that before it looks like text out of step.
const SUSPICIOUS: u32 = 200;
/// The same in a text that is known to be damaged.
const SUSPICIOUS_IF_DAMAGED: u32 = 50;
/// In tables: no such character.
const NONE: u8 = u8::MAX;

/// The bytes of the characters of one encoding with their costs in one model.
pub(super) struct Code {
    /// Costs of single bytes.
    single: [u8; 256],
    /// Costs of pairs of bytes, or nothing when there are none.
    pairs: Vec<u8>,
    /// Which characters of four bytes there are.
    fours: Fours,
    /// What a single byte above 0x7F costs in addition when another one goes before it.
    crowded: u32,
    /// What a single byte above 0x7F costs in addition next to an ASCII letter: letters of two scripts are no word.
    mixed: u32,
    /// The byte below which nothing is part of a longer character, 0 where there is none: the pairing cannot slip beyond it.
    boundary: u8,
}

/// The characters of four bytes.
#[derive(Clone, Copy, PartialEq)]
enum Fours {
    /// There are none.
    None,
    /// Those of GB 18030.
    Gb18030,
    /// Those of EUC-TW: `8E`, the plane, a pair.
    EucTw,
    /// Surrogate pairs; the index of the byte that tells.
    Surrogates(usize),
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

/// A walk through bytes in step: no byte is left out.
struct Walk<'b> {
    code: &'b Code,
    bytes: &'b [u8],
    at: usize,
    /// How much dearer than it should be the text has been up to here.
    excess: u32,
    /// How much it may be.
    most: u32,
}

impl Iterator for Walk<'_> {
    type Item = Option<u8>;

    /// What the next character costs; `None` where the reading stops being sound, which leaves `at` where it is.
    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let code = self.code;
        let &byte = self.bytes.get(self.at)?;
        let single = code.alone(byte);
        let (mut own, mut length) = match self.bytes.get(self.at + 1) {
            _ if byte.is_ascii() && single != NONE => (single, 1),
            Some(&trail) => (code.pair(byte, trail), 2),
            // The last character may be cut.
            None => (single, 1),
        };
        if own == NONE
            && let Some(four) = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<4>())
            && code.four(*four).is_some()
        {
            (own, length) = (RARE, 4);
        }
        // Beyond a byte that is no part of a pair, whatever it is, the pairing begins anew.
        let anew = byte < code.boundary && own != NONE;
        let excess = if anew { 0 } else { (self.excess + u32::from(own)).saturating_sub(u32::from(DEAR)) };
        if own == NONE || excess > self.most {
            return Some(None);
        }
        self.excess = excess;
        self.at += length;
        Some(Some(own))
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
    /// A double-byte encoding as `encoding_rs` reads it.
    fn double(encoding: &'static encoding_rs::Encoding, model: Model) -> Self {
        let mut code = Code::single(encoding, model);
        code.crowded = 0;
        code.pairs = vec![NONE; 0x10000];
        // One decoder call for all pairs, each on a line of its own: no pair contains a line feed.
        let codes = || (0x81..=0xFE_u8).flat_map(|lead| (0x30..=0xFE_u8).map(move |trail| [lead, trail]));
        let lines: Vec<u8> = codes().flat_map(|[lead, trail]| [lead, trail, b'\n']).collect();
        let (text, _) = encoding.decode_without_bom_handling(&lines);
        for (pair, line) in codes().zip(text.lines()) {
            let mut characters = line.chars();
            // Four codes of Big5 are a letter with a combining mark.
            if let Some(c) = characters.next()
                && characters.next().is_none_or(|mark| matches!(mark, '\u{304}' | '\u{30C}'))
                && c != char::REPLACEMENT_CHARACTER
                && let Some(slot) = code.pairs.get_mut(usize::from(u16::from_be_bytes(pair)))
            {
                *slot = model.cost(c);
            }
        }
        code
    }

    /// A single-byte encoding, or the single bytes of a double-byte one.
    fn single(encoding: &'static encoding_rs::Encoding, model: Model) -> Self {
        let single = std::array::from_fn(|byte| {
            let bytes = [byte as u8];
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
            text.and_then(|text| text.chars().next()).map_or(NONE, |c| model.cost(c))
        });
        Code { single, pairs: vec![], fours: Fours::None, crowded: 0, mixed: 0, boundary: 0 }
    }

    /// EUC-TW.
    fn euc_tw() -> Self {
        let single = std::array::from_fn(|byte| match byte {
            0..=0x7F => Model::Chinese.cost(char::from(byte as u8)),
            _ => NONE,
        });
        let pairs = (0..=u16::MAX).map(|pair| {
            let [row, cell] = pair.to_be_bytes();
            euctw::character(1, row, cell).map_or(NONE, |c| Model::Chinese.cost(c))
        });
        Code { single, pairs: pairs.collect(), fours: Fours::EucTw, crowded: 0, mixed: 0, boundary: 0 }
    }

    /// UTF-16, whose pairs are code units.
    fn utf16(unit: fn([u8; 2]) -> u16, tell: usize) -> Self {
        let pairs = (0..=u16::MAX).map(|pair| {
            let c = char::from_u32(u32::from(unit(pair.to_be_bytes())));
            c.map_or(NONE, |c| Model::Chinese.cost(c))
        });
        Code {
            single: [NONE; 256],
            pairs: pairs.collect(),
            fours: Fours::Surrogates(tell),
            crowded: 0,
            mixed: 0,
            boundary: 0,
        }
    }

    /// The cost of `four` as one character.
    #[inline]
    fn four(&self, four: [u8; 4]) -> Option<u32> {
        let is = match self.fours {
            Fours::None => false,
            Fours::Gb18030 => matches!(four, [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39]),
            Fours::EucTw => four[0] == 0x8E && euctw::character(four[1].wrapping_sub(0xA0), four[2], four[3]).is_some(),
            Fours::Surrogates(tell) => {
                matches!((four.get(tell), four.get(tell + 2)), (Some(0xD8..=0xDB), Some(0xDC..=0xDF)))
            }
        };
        is.then_some(u32::from(RARE))
    }

    /// What the plain reading of `bytes` costs, from the first byte that is surely no part of a pair; `None` where it is not
    /// sound.
    pub(super) fn read_sound(&self, bytes: &[u8]) -> Option<Cost> {
        let start = match self.fours {
            Fours::Surrogates(_) => 0,
            _ => bytes.iter().position(|&byte| byte <= b' ').unwrap_or(0),
        };
        let mut cost = Cost::default();
        for step in (Walk { code: self, bytes, at: start, excess: 0, most: SUSPICIOUS }) {
            cost.tenths += u64::from(step?);
            cost.characters += 1;
        }
        Some(cost)
    }

    /// The lines of `bytes` whose plain reading is not sound: bytes are malformed in it, or a stretch is so dear that another
    /// pairing is likelier; less makes it so where the text is known to be `damaged`. Where characters have no boundary, all of
    /// `bytes` is one line.
    pub(super) fn unsound_lines(&self, bytes: &[u8], damaged: bool) -> Vec<Range<usize>> {
        let boundary = self.boundary;
        let mut lines = vec![];
        let most = if damaged { SUSPICIOUS_IF_DAMAGED } else { SUSPICIOUS };
        let mut walk = Walk { code: self, bytes, at: 0, excess: 0, most };
        while let Some(step) = walk.next() {
            if step.is_none() {
                let (before, behind) = bytes.split_at(walk.at.min(bytes.len()));
                let start = before.iter().rposition(|&byte| byte < boundary).map_or(0, |end| end + 1);
                // At least one byte.
                let end = behind.iter().skip(1).position(|&byte| byte < boundary);
                let end = end.map_or(bytes.len(), |end| walk.at + 1 + end);
                lines.push(start..end);
                (walk.at, walk.excess) = (end, 0);
            }
        }
        lines
    }

    /// The cheapest reading of `line` where it is better than the plain one for certain: bytes are malformed in that, or the other
    /// is far nearer to what text costs. Rare characters are no damage, though their bytes may be paired to likelier ones.
    pub(super) fn repaired(&self, line: &[u8]) -> Vec<Step> {
        let (mut steps, plain) = (vec![], self.plain_steps(line));
        self.read(line, false, Some(&mut steps));
        let rare = self.boundary > 0
            && !plain.contains(&Step::Skip)
            && self.most_excess(&steps, line) * 3 > self.most_excess(&plain, line);
        if rare { plain } else { steps }
    }

    /// The plain reading of `bytes`.
    fn plain_steps(&self, bytes: &[u8]) -> Vec<Step> {
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
    fn most_excess(&self, steps: &[Step], bytes: &[u8]) -> u32 {
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

    /// Where the second byte of a character stands whose first is the last of the line that ends at `end`: an editor that cut lines
    /// at a width put the line end between the two. The readings of both lines must be much cheaper so.
    pub(super) fn torn(&self, bytes: &[u8], start: usize, end: usize) -> Option<usize> {
        let behind = bytes.get(end..)?;
        let trail = end + if behind.starts_with(b"\r\n") { 2 } else { usize::from(behind.starts_with(b"\n")) };
        let (&lead, &second) = (bytes.get(end.checked_sub(1)?)?, bytes.get(trail)?);
        let pair = self.pair_cost(lead, second).filter(|_| trail > end && !lead.is_ascii() && !second.is_ascii())?;
        let cost = |range: Range<usize>| {
            let line = bytes.get(range).unwrap_or_default();
            let line = line.get(..line.len().min(MOST_TORN)).unwrap_or_default();
            self.read(line, false, None).tenths
        };
        let below = bytes.get(trail..)?.iter().position(|&byte| byte < self.boundary);
        let below = below.map_or(bytes.len(), |length| trail + length);
        let start = start.max(end.saturating_sub(MOST_TORN));
        let apart = cost(start..end) + cost(trail..below);
        let joined = cost(start..end - 1) + u64::from(pair) + cost(trail + 1..below);
        (joined + TORN <= apart).then_some(trail)
    }

    fn alone(&self, byte: u8) -> u8 {
        self.single.get(usize::from(byte)).copied().unwrap_or(NONE)
    }

    /// The cost of a pair of bytes as one character.
    pub(super) fn pair_cost(&self, lead: u8, trail: u8) -> Option<u8> {
        Some(self.pair(lead, trail)).filter(|&cost| cost != NONE)
    }

    fn pair(&self, lead: u8, trail: u8) -> u8 {
        self.pairs.get(usize::from(u16::from_be_bytes([lead, trail]))).copied().unwrap_or(NONE)
    }

    /// The cheapest reading of `bytes`, which may begin or end inside a character when they are `cut`; code units of UTF-16
    /// are not cut. Where `steps` are
    /// wanted, they are filled with the reading.
    pub(super) fn read(&self, bytes: &[u8], cut: bool, steps: Option<&mut Vec<Step>>) -> Cost {
        // `ways[i]` is how the cheapest reading of the first `i` bytes ends: a length, or 0 for a byte left out.
        let mut ways: Vec<u8> = Vec::with_capacity(bytes.len() + 1);
        ways.push(1);
        // The costs of the readings up to here, and up to one, two, three bytes before.
        let mut before = [0, u64::MAX / 2, u64::MAX / 2, u64::MAX / 2];
        let mut skipped = false;
        let cut = cut && !matches!(self.fours, Fours::Surrogates(_));
        for (i, &byte) in bytes.iter().enumerate() {
            let mut skip = u64::from(if skipped { FURTHER } else { MALFORMED });
            if cut && (i == 0 || i + 1 == bytes.len()) {
                skip = u64::from(CUT);
            }
            let mut best = (before[0] + skip, 0);
            let single = self.single.get(usize::from(byte)).copied().unwrap_or(NONE);
            let previous = i.checked_sub(1).and_then(|j| bytes.get(j).copied());
            if single != NONE {
                let mut cost = u32::from(single);
                let high = !byte.is_ascii();
                if high && previous.is_some_and(|b| !b.is_ascii()) {
                    cost += self.crowded;
                } else if high && previous.is_some_and(|b| b.is_ascii_alphabetic()) {
                    cost += self.mixed;
                } else if byte.is_ascii_alphabetic() && previous.is_some_and(|b| !b.is_ascii()) {
                    cost += if ways.last() == Some(&2) { SWITCH } else { self.mixed };
                } else if previous == Some(byte) {
                    cost = cost.min(REPEATED);
                }
                best = best.min((before[0] + u64::from(cost), 1));
            }
            if let Some(lead) = previous
                && let Some(&pair) = self.pairs.get(usize::from(u16::from_be_bytes([lead, byte])))
                && pair != NONE
            {
                let mut cost = u32::from(pair);
                if i >= 3 && bytes.get(i - 3) == Some(&lead) && bytes.get(i - 2) == Some(&byte) {
                    cost = cost.min(2 * REPEATED);
                } else if i >= 2 && ways.get(i - 1) == Some(&1) && bytes.get(i - 2).is_some_and(u8::is_ascii_alphabetic)
                {
                    cost += SWITCH;
                }
                best = best.min((before[1] + u64::from(cost), 2));
            }
            if self.fours != Fours::None
                && let Some(four) =
                    i.checked_sub(3).and_then(|j| bytes.get(j..)).and_then(|rest| rest.first_chunk::<4>())
                && let Some(cost) = self.four(*four)
            {
                best = best.min((before[3] + u64::from(cost), 4));
            }
            skipped = best.1 == 0;
            ways.push(best.1);
            before = [best.0, before[0], before[1], before[2]];
        }
        walk_back(&ways, before[0], cut, steps)
    }
}

/// Follows the best ways from the end, and counts; bytes left out at the edges of a `cut` piece are no damage.
fn walk_back(ways: &[u8], tenths: u64, cut: bool, mut steps: Option<&mut Vec<Step>>) -> Cost {
    let mut cost = Cost { tenths, ..Cost::default() };
    let length = ways.len().saturating_sub(1);
    let mut end = length;
    let mut in_run = false;
    while end > 0 {
        let way = ways.get(end).copied().map_or(0, usize::from);
        let step = if way == 0 { Step::Skip } else { Step::Character(way) };
        match step {
            Step::Skip if cut && (end == 1 || end == length) => {}
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

/// How to weigh an encoding of pairs that loses step after a lost byte.
pub(super) fn slipping(encoding: &'static encoding_rs::Encoding) -> Option<&'static Code> {
    if encoding == encoding_rs::GB18030 || encoding == encoding_rs::GBK {
        Some(&GB18030)
    } else if encoding == encoding_rs::BIG5 {
        Some(&BIG5)
    } else if encoding == encoding_rs::UTF_16LE {
        Some(&UTF_16LE)
    } else if encoding == encoding_rs::UTF_16BE {
        Some(&UTF_16BE)
    } else {
        None
    }
}

/// GB 18030 as Chinese.
pub(super) static GB18030: LazyLock<Code> = LazyLock::new(|| {
    let mut code = Code::double(encoding_rs::GB18030, Model::Chinese);
    code.single[usize::from(LONE)] = NO_BREAK_SPACE;
    Code { fours: Fours::Gb18030, boundary: 0x30, ..code }
});
/// GB 18030 as Japanese: its kana, with Chinese forms of the characters.
pub(super) static GB18030_JAPANESE: LazyLock<Code> =
    LazyLock::new(|| Code::double(encoding_rs::GB18030, Model::Japanese));
/// Big5 with the extensions of Hong Kong and ETEN.
pub(super) static BIG5: LazyLock<Code> =
    LazyLock::new(|| Code { boundary: 0x40, ..Code::double(encoding_rs::BIG5, Model::Chinese) });
/// EUC-TW.
pub(super) static EUC_TW: LazyLock<Code> = LazyLock::new(Code::euc_tw);
/// UTF-16, little endian.
pub(super) static UTF_16LE: LazyLock<Code> = LazyLock::new(|| Code::utf16(u16::from_le_bytes, 1));
/// UTF-16, big endian.
pub(super) static UTF_16BE: LazyLock<Code> = LazyLock::new(|| Code::utf16(u16::from_be_bytes, 0));
/// Shift_JIS.
pub(super) static SHIFT_JIS: LazyLock<Code> = LazyLock::new(|| Code::double(encoding_rs::SHIFT_JIS, Model::Japanese));
/// EUC-JP.
pub(super) static EUC_JP: LazyLock<Code> = LazyLock::new(|| Code::double(encoding_rs::EUC_JP, Model::Japanese));
/// EUC-KR with the extension of Windows.
pub(super) static EUC_KR: LazyLock<Code> = LazyLock::new(|| Code::double(encoding_rs::EUC_KR, Model::Korean));
/// Windows-1251, Russian.
pub(super) static WINDOWS_1251: LazyLock<Code> =
    LazyLock::new(|| Code { mixed: SWITCH, ..Code::single(encoding_rs::WINDOWS_1251, Model::Cyrillic) });
/// KOI8-R, Russian.
pub(super) static KOI8_R: LazyLock<Code> =
    LazyLock::new(|| Code { mixed: SWITCH, ..Code::single(encoding_rs::KOI8_R, Model::Cyrillic) });
/// Windows-1252, which holds Latin-1.
pub(super) static WINDOWS_1252: LazyLock<Code> =
    LazyLock::new(|| Code { crowded: 50, ..Code::single(encoding_rs::WINDOWS_1252, Model::Latin) });

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(code: &Code, bytes: &[u8]) -> (Cost, Vec<Step>) {
        let mut steps = vec![];
        let cost = code.read(bytes, false, Some(&mut steps));
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
