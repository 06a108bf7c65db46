//! Finding the encoding: every reading is weighed by how many bits its text needs, and the cheapest is taken.

use super::model::MALFORMED;
use super::reading::{Code, Cost, Ends};
use super::{codes, iso2022, little, sample, shifted, utf8};
use std::sync::LazyLock;

/// What a foreign reading costs beforehand: the heap is Chinese.
const FOREIGN: u64 = 200;
/// A foreign reading must be cheaper than the best Chinese one by this share, in hundredths, of what the bytes beyond ASCII
/// cost.
const CLEARLY: u64 = 8;

/// What an undamaged little text in Big5 costs less: its words are as well known as those in GBK.
const BIG5_UNDAMAGED: u64 = 30;

/// What each malformed run costs less when readings are compared than when they are weighed, in tenths of a bit.
const FIRST_RUN: u64 = 50;
/// What each further one costs less again: damage comes in company, where one byte is bad others are likelier.
const FURTHER_RUN: u64 = 150;
/// The same in UTF-8, whose form tells nearly all by itself; there the first costs what it was weighed at.
const FURTHER_RUN_UTF8: u64 = 60;
/// How many runs cost less, at most: what has more is no piece of a few bytes, and needs none of it.
const FORGIVEN: usize = 8;

/// How much of a text is looked at for the signs of a seven-bit encoding.
const SEVEN_BIT: usize = 64 << 10;
/// What a byte of ASCII costs on average, in tenths of a bit.
const ASCII: u64 = 50;

/// A reading that takes part, and what it costs beforehand.
struct Reading {
    name: &'static str,
    code: &'static LazyLock<Code>,
    prior: u64,
    foreign: bool,
}

const fn reading(name: &'static str, code: &'static LazyLock<Code>, prior: u64, foreign: bool) -> Reading {
    Reading { name, code, prior, foreign }
}

/// The readings by bytes and pairs of bytes.
static READINGS: [Reading; 14] = [
    reading("gb18030", &codes::GB18030, 0, false),
    reading("big5", &codes::BIG5, 60, false),
    reading("gb18030", &codes::GB18030_JAPANESE, FOREIGN, true),
    reading("utf-16le", &codes::UTF_16LE, 120, false),
    reading("utf-16be", &codes::UTF_16BE, 170, false),
    reading("utf-32le", &codes::UTF_32LE, 0, false),
    // One byte lost from ASCII in the one order leaves the other: the rarer order must be better by more than that.
    reading("utf-32be", &codes::UTF_32BE, 2 * MALFORMED as u64, false),
    reading("euc-tw", &codes::EUC_TW, 120, false),
    reading("shift_jis", &codes::SHIFT_JIS, FOREIGN, true),
    reading("euc-jp", &codes::EUC_JP, FOREIGN, true),
    reading("euc-kr", &codes::EUC_KR, FOREIGN, true),
    reading("windows-1251", &codes::WINDOWS_1251, FOREIGN, true),
    reading("koi8-r", &codes::KOI8_R, FOREIGN, true),
    reading("windows-1252", &codes::WINDOWS_1252, FOREIGN / 2, true),
];

/// A reading that was weighed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighed {
    /// Name of the encoding.
    pub name: &'static str,
    /// What the text costs, and how much of it is malformed.
    pub cost: Cost,
    /// How far it lay behind the best one when both had last been weighed, in tenths of a bit.
    pub behind: u64,
    /// Whether it is of another language than Chinese.
    pub foreign: bool,
}

/// Something that is weighed: a [`Reading`], or UTF-8 where there is none.
struct Contender {
    reading: Option<&'static Reading>,
    cost: Cost,
}

impl Contender {
    fn name(&self) -> &'static str {
        self.reading.map_or("utf-8", |reading| reading.name)
    }

    /// Weighs a piece of a text, which others may go before and follow.
    fn weigh(&mut self, piece: &[u8], first: bool, last: bool) {
        let cost = match self.reading {
            // Behind a lost byte, a piece begins in the middle of a unit: the loss itself has been paid for.
            Some(reading) if reading.code.is_wide() => {
                let end = |of_text: bool| if of_text { MALFORMED } else { 0 };
                reading.code.read(piece, Ends { start: end(first), end: end(last) }, None)
            }
            Some(reading) => reading.code.read(piece, Ends::CUT, None),
            None => utf8::weigh(piece),
        };
        self.cost.add(cost);
    }

    /// Weighs the words of a little text.
    fn weigh_words(&mut self, bytes: &[u8]) {
        let code = self.reading.map(|reading| LazyLock::force(reading.code));
        let correction = little::weigh(bytes, self.name(), code, !self.foreign());
        self.cost.tenths = self.cost.tenths.saturating_add_signed(correction);
        if self.name() == "big5" && self.cost.malformed == 0 {
            self.cost.tenths = self.cost.tenths.saturating_sub(BIG5_UNDAMAGED);
        }
    }

    /// What its malformed runs cost less than they were weighed at.
    fn forgiven(&self) -> u64 {
        let runs = self.cost.malformed.min(FORGIVEN) as u64;
        let further = runs.saturating_sub(1);
        match self.reading {
            Some(_) => runs * FIRST_RUN + further * FURTHER_RUN,
            None => further * FURTHER_RUN_UTF8,
        }
    }

    fn foreign(&self) -> bool {
        self.reading.is_some_and(|reading| reading.foreign)
    }

    fn weighed(&self, behind: u64) -> Weighed {
        Weighed { name: self.name(), cost: self.cost, behind, foreign: self.foreign() }
    }
}

/// The readings of `bytes`, likeliest first. Never empty; the one reading of plain ASCII is `utf-8`.
pub(super) fn rank(bytes: &[u8]) -> Vec<Weighed> {
    // Of what tells anything: zeros that fill half of a disk say nothing of the text beside them.
    let parts: Vec<&[u8]> = sample::stretches(bytes).into_iter().filter_map(|stretch| bytes.get(stretch)).collect();
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let zeros = parts.iter().map(|part| memchr::memchr_iter(0, part).count()).sum();
    if let Some(name) = certain(bytes, &parts, length, zeros) {
        return vec![Weighed { name, cost: Cost::default(), behind: 0, foreign: false }];
    }
    let pieces = sample::pieces(bytes);
    let mut running: Vec<Contender> = READINGS
        .iter()
        // A quarter of UTF-32 is zeros.
        .filter(|reading| zeros * 5 > length || !reading.name.starts_with("utf-32"))
        .map(|r| Contender { reading: Some(r), cost: Cost { tenths: r.prior, ..Cost::default() } })
        .chain([Contender { reading: None, cost: Cost::default() }])
        .collect();
    let mut out: Vec<Weighed> = vec![];
    let mut ascii = 0;
    let mut rest = pieces.iter();
    while let Some(piece) = rest.next() {
        let (first, last) = (rest.len() + 1 == pieces.len(), rest.len() == 0);
        running.iter_mut().for_each(|contender| contender.weigh(piece, first, last));
        ascii += piece.iter().filter(|byte| byte.is_ascii()).count() as u64 * ASCII;
        let best = running.iter().map(|contender| contender.cost.tenths).min().unwrap_or(0);
        // What is far behind on a piece of text never catches up.
        running.retain(|contender| {
            let stays = contender.cost.tenths <= best + best.saturating_sub(ascii) / 5 + 3000;
            if !stays {
                out.push(contender.weighed(contender.cost.tenths - best));
            }
            stays
        });
        let first = running.first().map(Contender::name);
        if running.iter().all(|contender| Some(contender.name()) == first) {
            break;
        }
    }
    for contender in &mut running {
        contender.cost.tenths = contender.cost.tenths.saturating_sub(contender.forgiven());
        if bytes.len() <= little::LITTLE {
            contender.weigh_words(bytes);
        }
    }
    let mut ranked: Vec<Weighed> = running.iter().map(|contender| contender.weighed(0)).collect();
    ranked.sort_by_key(|weighed| weighed.cost.tenths);
    prefer_chinese(&mut ranked, ascii);
    let best = ranked.first().map_or(0, |first| first.cost.tenths);
    for weighed in &mut ranked {
        weighed.behind = weighed.cost.tenths.saturating_sub(best);
    }
    out.sort_by_key(|weighed| weighed.behind);
    ranked.append(&mut out);
    let mut seen = vec![];
    ranked.retain(|weighed| {
        !seen.contains(&weighed.name) && {
            seen.push(weighed.name);
            true
        }
    });
    ranked
}

/// The encoding where no weighing is needed: seven-bit text, and text that is all valid UTF-8. The `parts` that tell anything have so many `zeros` in
/// their `length`.
fn certain(bytes: &[u8], parts: &[&[u8]], length: usize, zeros: usize) -> Option<&'static str> {
    if utf8::is_certain(bytes) {
        return Some("utf-8");
    }
    // Seven-bit encodings; a damaged byte may have got the eighth, or be zero. Wide units are full of zeros, and the other halves of
    // Chinese characters are signs of shifts by chance.
    let few = length / 16 + 1;
    if !has_high(parts, few + 1) && zeros * 32 <= length + 32 {
        if bytes.contains(&0x1B)
            && let Some(name) = iso2022::name(bytes)
        {
            return Some(name);
        }
        let head = parts.first().copied().unwrap_or(bytes);
        if let Some(name) = shifted::name(head.get(..SEVEN_BIT).unwrap_or(head)) {
            return Some(name);
        }
    }
    (bytes.is_ascii() && zeros == 0).then_some("utf-8")
}

/// Whether so many bytes of `parts` are beyond ASCII.
fn has_high(parts: &[&[u8]], count: usize) -> bool {
    parts.iter().copied().flatten().filter(|byte| !byte.is_ascii()).nth(count - 1).is_some()
}

/// Puts the best Chinese reading first unless the foreign one before it is clearly cheaper. `ascii` is about what the ASCII
/// in it costs in any reading.
fn prefer_chinese(ranked: &mut [Weighed], ascii: u64) {
    let Some(first) = ranked.first().copied().filter(|first| first.foreign) else { return };
    let Some(at) = ranked.iter().position(|weighed| !weighed.foreign) else { return };
    let chinese = ranked.get(at).map_or(0, |weighed| weighed.cost.tenths);
    let gain = chinese.saturating_sub(first.cost.tenths);
    if gain * 100 < chinese.saturating_sub(ascii) * CLEARLY
        && let Some(head) = ranked.get_mut(..=at)
    {
        head.rotate_right(1);
    }
}
