//! How the quotation marks of a paragraph are read: all at once, at the least cost. What stands beside a mark speaks for one reading, the
//! alternation of opening and closing for another, and speech opens and closes otherwise than a word that is quoted.

/// Costs of the readings, in tenths: what a sign beside a mark is worth against what a break of the alternation costs.
pub mod cost {
    /// Two openings or two closings in a row.
    pub const REPEATED: i32 = 30;
    /// The paragraph begins inside a quotation, behind one that ended inside.
    pub const BEGINS_INSIDE: i32 = 10;
    /// The paragraph begins inside a quotation that nothing opened.
    pub const BEGINS_UNOPENED: i32 = 30;
    /// The paragraph ends inside a quotation.
    pub const ENDS_INSIDE: i32 = 15;
    /// A straight quote is none.
    pub const NONE: i32 = 40;
    /// A straight quote behind a digit is none: an inch, a second.
    pub const NONE_BEHIND_DIGIT: i32 = 4;
    /// A curly quote is turned round.
    pub const TURNED: i32 = 20;
    /// A mark of a quotation inside another that is a word of its sentence.
    pub const INNER_TERM: i32 = 7;
    /// The mark that opens another inside one.
    pub const INNER: i32 = 13;
    /// The mark that closes it, behind the end of a sentence.
    pub const INNER_ENDS: i32 = 20;
    /// A quotation behind a colon that ends within a sentence: more often a word than speech.
    pub const SPEECH_ENDS: i32 = 5;
    /// A quotation that begins within a sentence, behind no verb of speech, and ends with one.
    pub const TERM_ENDS: i32 = 15;
    /// A quotation that goes on, behind an interruption without any mark or verb.
    pub const GOES_ON: i32 = 4;
    /// Speech that goes on behind the end of what interrupted it, `“甲，”乙说。“丙。”`: as likely as that end speaks against an opening mark.
    pub const RESUMES: i32 = -10;
    /// A reading that is cheaper by less than this is a guess.
    pub const MARGIN: i32 = 10;
    /// A sign that decides.
    pub const STRONG: i32 = 30;
    /// A sign that speaks for one reading.
    pub const WEAK: i32 = 15;
    /// A sign that tips the scales.
    pub const SLIGHT: i32 = 5;
    /// A sign that tips them where nothing else does, and speaks for no mark by itself.
    pub const FAINT: i32 = 4;
}

/// How a mark is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reading {
    Open,
    Close,
    /// Not a quotation mark.
    None,
    /// Opens a quotation inside another.
    OpenInner,
    CloseInner,
}

const READINGS: [Reading; 5] = [Reading::Open, Reading::Close, Reading::None, Reading::OpenInner, Reading::CloseInner];

impl Reading {
    /// Its place among the costs of a mark.
    fn cost(self, costs: [i32; 3]) -> i32 {
        match self {
            Reading::Open | Reading::OpenInner => costs[0],
            Reading::Close | Reading::CloseInner => costs[1],
            Reading::None => costs[2],
        }
    }
}

/// What a mark says of the quotation that it opens or closes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Speech: it opens behind a colon, or closes behind a full stop.
    Speech,
    /// Speech that is interrupted: it closes behind a comma.
    Pause,
    /// A word of the sentence around it: beside Han characters.
    Term,
    /// Neither.
    Either,
}

/// A mark of the paragraph.
pub struct Mark {
    pub at: usize,
    pub straight: bool,
    /// Whether it may be of a quotation inside another: a straight one in a paragraph that has no marks for those.
    pub nests: bool,
    pub costs: [i32; 3],
    /// What it says of a quotation that it opens.
    pub opens: Side,
    /// What it says of one that it closes.
    pub closes: Side,
    /// Whether every other reading is dearer by [`cost::MARGIN`].
    pub sure: bool,
    /// Whether a pair of its line quotes code.
    pub beside_code: bool,
}

/// Where a reading stands: outside any quotation, outside behind speech that was interrupted, within speech, a term, or another quotation,
/// and within a quotation inside each of the last three.
#[derive(Clone, Copy)]
struct Place {
    /// What is open, outermost; [`Side::Pause`] is speech that was interrupted and not taken up again.
    within: Option<Side>,
    inner: bool,
}

/// All places; the first is outside.
const PLACES: [Place; 8] = [
    Place { within: None, inner: false },
    Place { within: Some(Side::Pause), inner: false },
    Place { within: Some(Side::Speech), inner: false },
    Place { within: Some(Side::Term), inner: false },
    Place { within: Some(Side::Either), inner: false },
    Place { within: Some(Side::Speech), inner: true },
    Place { within: Some(Side::Term), inner: true },
    Place { within: Some(Side::Either), inner: true },
];
/// Outside, interrupted, and within a quotation of another paragraph.
const OUTSIDE: usize = 0;
const INTERRUPTED: usize = 1;
const CONTINUED: usize = 4;
/// From a place within a quotation to that within one inside it.
const DEEPER: usize = 3;

/// Dearer than any reading.
const NEVER: i32 = i32::MAX / 4;

/// Where `mark`, read so at `place`, leads, and what that costs.
fn step(place: usize, reading: Reading, mark: &Mark) -> (usize, i32) {
    let Place { within, inner } = PLACES[place];
    let open = within.filter(|side| *side != Side::Pause);
    let enter = match mark.opens {
        Side::Speech => 2,
        Side::Term => 3,
        Side::Pause | Side::Either => CONTINUED,
    };
    match (reading, open, inner) {
        (Reading::None, ..) => (place, 0),
        (Reading::Open, None, _) => {
            let on = match mark.opens {
                _ if place != INTERRUPTED => 0,
                Side::Term => cost::GOES_ON,
                Side::Either if matches!(mark.closes, Side::Speech | Side::Pause) => cost::RESUMES,
                Side::Speech | Side::Pause | Side::Either => 0,
            };
            (enter, on)
        }
        (Reading::Open, Some(_), _) => (enter, cost::REPEATED),
        (Reading::OpenInner, Some(_), false) if mark.nests => {
            (place + DEEPER, if mark.opens == Side::Speech { cost::INNER } else { cost::INNER_TERM })
        }
        (Reading::CloseInner, Some(_), true) if mark.nests => {
            let ends = matches!(mark.closes, Side::Speech | Side::Pause);
            (place - DEEPER, if ends { cost::INNER_ENDS } else { cost::INNER_TERM })
        }
        (Reading::OpenInner | Reading::CloseInner, ..) => (place, NEVER),
        (Reading::Close, None, _) => (OUTSIDE, cost::REPEATED),
        (Reading::Close, Some(_), true) => (OUTSIDE, cost::REPEATED),
        (Reading::Close, Some(side), false) => {
            let then = if mark.closes == Side::Pause && side != Side::Term { INTERRUPTED } else { OUTSIDE };
            let mismatch = match (side, mark.closes) {
                (Side::Speech, Side::Term) => cost::SPEECH_ENDS,
                (Side::Term, Side::Speech) => cost::TERM_ENDS,
                _ => 0,
            };
            (then, if mark.straight { mismatch } else { 0 })
        }
    }
}

/// Whether the marks, of which `opens` says how each is written, stand in pairs that nothing speaks against: then the cheapest reading is the one
/// as they are written, and need not be looked for. Every other reads some mark otherwise, and costs more by that alone than this
/// one by all that it passes through.
pub fn stand(marks: &[Mark], opens: impl Fn(&Mark) -> bool) -> bool {
    let (mut place, mut passed, mut least) = (OUTSIDE, 0, NEVER);
    for (k, mark) in marks.iter().enumerate() {
        let first = k.is_multiple_of(2);
        if mark.straight || opens(mark) != first {
            return false;
        }
        let (reading, [own, other]) = match first {
            true => (Reading::Open, [mark.costs[0], mark.costs[1]]),
            false => (Reading::Close, [mark.costs[1], mark.costs[0]]),
        };
        let (then, extra) = step(place, reading, mark);
        place = then;
        passed += extra;
        least = least.min(other - own);
    }
    marks.len().is_multiple_of(2) && least > passed
}

/// The cheapest reading of all marks, each told whether it is sure of its own. `begins` is the cost of beginning inside.
pub fn read(marks: &mut [Mark], begins: i32) -> Vec<Reading> {
    // Cheapest cost of what follows a mark, by the place in which it is left.
    let ends = PLACES.map(|place| match place.within {
        None | Some(Side::Pause) => 0,
        Some(_) if place.inner => cost::ENDS_INSIDE + cost::REPEATED,
        Some(_) => cost::ENDS_INSIDE,
    });
    let mut behind = vec![ends; marks.len() + 1];
    for (k, mark) in marks.iter().enumerate().rev() {
        for place in 0..PLACES.len() {
            let mut best = NEVER;
            for reading in READINGS {
                let (then, extra) = step(place, reading, mark);
                let own = reading.cost(mark.costs);
                best = best.min(behind[k + 1][then].saturating_add(own).saturating_add(extra));
            }
            behind[k][place] = best;
        }
    }
    let mut readings = Vec::with_capacity(marks.len());
    let mut ahead = [NEVER; PLACES.len()];
    (ahead[OUTSIDE], ahead[CONTINUED]) = (0, begins);
    for (k, mark) in marks.iter_mut().enumerate() {
        let mut totals = [NEVER; READINGS.len()];
        let mut next = [NEVER; PLACES.len()];
        for (total, reading) in totals.iter_mut().zip(READINGS) {
            let own = reading.cost(mark.costs);
            for (place, &so_far) in ahead.iter().enumerate() {
                let (then, extra) = step(place, reading, mark);
                let here = so_far.saturating_add(own).saturating_add(extra);
                next[then] = next[then].min(here);
                *total = (*total).min(here.saturating_add(behind[k + 1][then]));
            }
        }
        let best = totals.iter().copied().min().unwrap_or(NEVER);
        let chosen = totals.iter().position(|&total| total == best).unwrap_or(0);
        let second = totals.iter().enumerate().filter(|(i, _)| *i != chosen).map(|(_, &total)| total).min();
        mark.sure = second.unwrap_or(NEVER).saturating_sub(best) >= cost::MARGIN;
        readings.push(READINGS[chosen]);
        ahead = next;
    }
    readings
}
