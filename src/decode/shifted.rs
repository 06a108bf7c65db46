//! Seven-bit text that shifts between ASCII and pairs of bytes: HZ (RFC 1843), ISO-2022-CN (RFC 1922) and ISO-2022-KR (RFC 1557).
//!
//! A single damaged byte may take away the sign of a shift, and every other reading is ASCII too. So the cheapest way through
//! each line is looked for, in which a shift may have lost its sign, at a cost: pairs that are likely Chinese and unlikely
//! ASCII outweigh it. Both encodings begin every line in ASCII.

use super::iso2022::{self, Set};
use super::model::{MALFORMED, Model};
use super::transcript::Transcript;
use super::{codes, euctw};

/// What an intact sign of a shift costs, in tenths of a bit.
const SIGN: u32 = 20;
/// What a shift costs of whose sign one byte is left, and one without any sign.
const TORN: u32 = 250;
const UNSEEN: u32 = 400;
/// What it costs to begin among pairs, as after a lost sign at the beginning of a line.
const BEGUN: u32 = 200;
/// What it costs that a line ends among pairs.
const UNENDED: u32 = 30;
/// What a byte costs that is left out between pairs.
const SKIP: u32 = 300;
/// What `~~` costs.
const TILDE: u32 = 95;
/// What a character costs that is reached by a sign of its own.
const RARE: u32 = 240;
/// The most bytes of a line looked at together: bounds memory on a file without line ends.
const WINDOW: usize = 1 << 16;
/// How much cheaper than ASCII a text must be: hardly any file is in one of these encodings.
const PRIOR: u64 = 150;

/// One of the encodings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// HZ: `~{` and `~}` around pairs of GB 2312.
    Hz,
    /// ISO-2022: SO and SI around pairs of the set that was designated, or of this one where nothing was.
    Iso2022(Set),
}

/// What a step through a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// A byte of ASCII.
    Ascii,
    /// `~~`.
    Tilde,
    /// A pair of bytes of this set.
    Pair(Set),
    /// Four bytes: a sign and a pair of this set.
    Second(Set),
    /// So many bytes that are no text.
    Sign(usize),
    /// So many malformed bytes.
    Lost(usize),
}

impl Step {
    const fn length(self) -> usize {
        match self {
            Step::Ascii => 1,
            Step::Tilde | Step::Pair(_) => 2,
            Step::Second(_) => 4,
            Step::Sign(length) | Step::Lost(length) => length,
        }
    }
}

/// Whether the bytes are ASCII (0) or pairs (1).
type State = usize;

/// A way to a place in the line: its cost, its last step, and the state before that.
#[derive(Debug, Clone, Copy)]
struct Way {
    cost: u32,
    step: Step,
    from: State,
}

const NO_WAY: Way = Way { cost: u32::MAX, step: Step::Lost(0), from: 0 };

/// How much cheaper than ASCII the lines of a text are in one of the encodings.
#[derive(Default)]
struct Gain {
    /// Those that are read with an intact sign.
    signed: u64,
    /// The others.
    unsigned: u64,
}

impl Gain {
    /// Weighs a line that costs `plain` as ASCII.
    fn weigh(&mut self, form: Form, line: &[u8], plain: u64) {
        let (mut signed, mut pairs) = (false, false);
        let cost = line.chunks(WINDOW).map(|window| {
            let (steps, cost) = path(form, window);
            signed |= steps.iter().any(|step| matches!(step, Step::Sign(_)));
            pairs |= steps.iter().any(|step| matches!(step, Step::Pair(_) | Step::Second(_)));
            u64::from(cost)
        });
        let gain = plain.saturating_sub(cost.sum());
        match signed {
            // What is left out gains nothing by that.
            false if !pairs => {}
            true if gain >= PRIOR => self.signed += gain,
            true => {}
            false => self.unsigned += gain,
        }
    }

    /// Whether they are so much cheaper that it is no chance in a text that costs `plain`.
    fn is_clear(&self, plain: u64) -> bool {
        self.signed >= PRIOR || self.unsigned > PRIOR + plain / 64
    }
}

/// The encoding that `bytes` are in, if their text is clearly cheaper in one of these than as ASCII.
pub(super) fn name(bytes: &[u8]) -> Option<&'static str> {
    let shifts = bytes.iter().any(|byte| matches!(byte, 0x0E | 0x0F | 0x1B));
    let (mut plain, mut hz, mut iso) = (0, Gain::default(), Gain::default());
    for line in bytes.split(|&byte| byte == b'\n') {
        let ascii: u64 = (0..line.len()).map(|i| u64::from(ascii(line, i))).sum();
        plain += ascii;
        let odd = line.iter().any(|byte| matches!(byte, b'~' | 0x0E | 0x0F | 0x1B));
        if odd || ascii > line.len() as u64 * LETTERS {
            hz.weigh(Form::Hz, line, ascii);
            if shifts {
                iso.weigh(Form::Iso2022(Set::Gb2312), line, ascii);
            }
        }
    }
    if hz.is_clear(plain) && hz.signed + hz.unsigned >= iso.signed + iso.unsigned {
        Some("hz")
    } else {
        iso.is_clear(plain).then_some("iso-2022-cn")
    }
}

/// What a byte of ASCII text costs on average, at most.
const LETTERS: u64 = 57;

/// What the byte at `i` costs as ASCII. Words and numbers hold together: what is mixed all over is no text.
fn ascii(line: &[u8], i: usize) -> u32 {
    let Some(&byte) = line.get(i) else { return 0 };
    let before = i.checked_sub(1).and_then(|i| line.get(i)).copied().unwrap_or(b' ');
    let next = line.get(i + 1).copied().unwrap_or(b' ');
    if !byte.is_ascii() {
        return MALFORMED;
    }
    let repeats = |step: usize| i >= step && line.get(i - step) == Some(&byte);
    if repeats(1) || (repeats(2) && i >= 3 && line.get(i - 3) == Some(&before)) {
        return 20;
    }
    let cost = u32::from(Model::Chinese.cost(char::from(byte)));
    match byte {
        // The colours of bulletin boards begin otherwise.
        0x1B if next != b'[' => 220,
        b'a'..=b'z' if before.is_ascii_alphabetic() => cost - 5,
        b'A'..=b'Z' if before.is_ascii_uppercase() => cost - 15,
        b'A'..=b'Z' if before.is_ascii_lowercase() => cost + 10,
        b'0'..=b'9' if before.is_ascii_digit() => cost - 10,
        b'!'..=b'~'
            if byte.is_ascii_punctuation() && before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() =>
        {
            cost + 5
        }
        _ => cost,
    }
}

/// What a pair of bytes costs; `None` when it is no character.
fn pair(set: Set, lead: u8, trail: u8) -> Option<u32> {
    if !matches!((lead, trail), (0x21..=0x7E, 0x21..=0x7E)) {
        return None;
    }
    let (row, cell) = (lead | 0x80, trail | 0x80);
    let cost = match set {
        Set::Gb2312 if lead <= 0x77 => codes::GB18030.pair_cost(row, cell),
        Set::Gb2312 => None,
        Set::Korean => codes::EUC_KR.pair_cost(row, cell),
        Set::Cns(1) => codes::EUC_TW.pair_cost(row, cell),
        Set::Cns(plane) => euctw::character(plane, row, cell).map(|_| 200),
    };
    cost.map(u32::from)
}

/// The cheapest ways through `line` to each of its places in each state, and what the cheapest of all costs.
fn ways(form: Form, line: &[u8]) -> (Vec<[Way; 2]>, u32) {
    let mut ways = vec![[NO_WAY; 2]; line.len() + 1];
    if let Some(first) = ways.first_mut() {
        *first = [Way { cost: 0, ..NO_WAY }, Way { cost: BEGUN, from: 1, ..NO_WAY }];
    }
    let mut set = match form {
        Form::Hz => Set::Gb2312,
        Form::Iso2022(set) => set,
    };
    for i in 0..line.len() {
        let rest = line.get(i..).unwrap_or_default();
        let Some(&[ascii_way, pair_way]) = ways.get(i) else { break };
        // A shift that left no sign.
        for (to, other) in [(0, pair_way), (1, ascii_way)] {
            relax(&mut ways, i, to, Way { cost: other.cost.saturating_add(UNSEEN), step: Step::Lost(0), from: 1 - to });
        }
        if let Form::Iso2022(_) = form
            && let Some(iso2022::Escape::Shifted(designated)) = iso2022::escape(rest)
        {
            set = designated;
        }
        for from in 0..2 {
            let Some(before) = ways.get(i).map(|way| way[from].cost).filter(|&cost| cost < u32::MAX) else { continue };
            let mut go = |step: Step, cost: u32, to: State| {
                relax(&mut ways, i + step.length(), to, Way { cost: before.saturating_add(cost), step, from });
            };
            match form {
                Form::Hz => signs_of_hz(rest, from, &mut go),
                Form::Iso2022(_) => signs_of_iso2022(rest, from, &mut go),
            }
            if from == 1
                && let &[lead, trail, ..] = rest
            {
                match pair(set, lead, trail) {
                    Some(cost) => go(Step::Pair(set), cost, 1),
                    // One of the two was overwritten.
                    None if lead.is_ascii() != trail.is_ascii() => go(Step::Lost(2), MALFORMED, 1),
                    None => {}
                }
            }
            match rest.first() {
                Some(byte) if byte.is_ascii() && (from == 0 || *byte <= b' ') => go(Step::Ascii, ascii(line, i), from),
                Some(byte) if !byte.is_ascii() => go(Step::Lost(1), MALFORMED, from),
                // The last character may be cut.
                Some(_) => go(Step::Lost(1), if rest.len() == 1 { UNENDED } else { SKIP }, from),
                None => {}
            }
        }
    }
    let least = ways.last().map_or(0, |last| last[0].cost.min(last[1].cost.saturating_add(UNENDED)));
    (ways, least)
}

/// Takes `way` to place `at` in state `to`, if none there is cheaper.
fn relax(ways: &mut [[Way; 2]], at: usize, to: State, way: Way) {
    if let Some(known) = ways.get_mut(at).and_then(|states| states.get_mut(to))
        && way.cost < known.cost
    {
        *known = way;
    }
}

/// The signs of HZ at the beginning of `rest`, whole or torn.
fn signs_of_hz(rest: &[u8], from: State, go: &mut impl FnMut(Step, u32, State)) {
    let (to, bracket) = if from == 0 { (1, b'{') } else { (0, b'}') };
    match *rest {
        [b'~', second, ..] if second == bracket => go(Step::Sign(2), SIGN, to),
        // As dear as what it is in ASCII, where rows of it are drawn.
        [b'~', b'~', ..] if from == 0 => go(Step::Tilde, TILDE, 0),
        [b'~', ..] => {
            go(Step::Lost(1), TORN, to);
            if rest.len() > 1 {
                go(Step::Lost(2), TORN, to);
            }
        }
        [first, ..] if first == bracket => go(Step::Lost(1), TORN, to),
        [_, second, ..] if second == bracket => go(Step::Lost(2), TORN, to),
        _ => {}
    }
}

/// The signs of ISO-2022 at the beginning of `rest`, whole or torn.
fn signs_of_iso2022(rest: &[u8], from: State, go: &mut impl FnMut(Step, u32, State)) {
    match (iso2022::escape(rest), rest) {
        (Some(_), _) => go(Step::Sign(4), SIGN, from),
        (None, [0x0E, ..]) => go(Step::Sign(1), SIGN, 1),
        (None, [0x0F, ..]) => go(Step::Sign(1), SIGN, 0),
        (None, [0x1B, b'N', row, cell, ..]) => {
            let second = Set::Cns(2);
            if pair(second, *row, *cell).is_some() {
                go(Step::Second(second), RARE, from);
            }
        }
        // What is left of `ESC $ ) A`.
        (None, [0x1B, behind @ ..]) => {
            let length = 1 + behind.iter().take(2).take_while(|byte| b"$)AG".contains(byte)).count();
            go(Step::Lost(length), TORN, from);
        }
        (None, [b'$', b')', b'A' | b'G', ..]) => go(Step::Lost(3), TORN, from),
        _ => {}
    }
}

/// Reads `bytes`. What is out of form is malformed: also a sign that is torn, while one that is lost for good leaves no trace.
pub(super) fn read(form: Form, bytes: &[u8]) -> Transcript {
    let mut transcript = Transcript::default();
    let mut at = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        // `~` before a line end joins two lines.
        let joined = form == Form::Hz && body.len() < line.len() && body.ends_with(b"~") && !body.ends_with(b"~~");
        let body = if joined { body.strip_suffix(b"~").unwrap_or(body) } else { body };
        for window in body.chunks(WINDOW) {
            read_line(&mut transcript, form, window, at);
            at += window.len();
        }
        if body.len() < line.len() && !joined {
            transcript.push('\n', at..at + 1);
        }
        at += line.len() - body.len();
    }
    transcript
}

/// The cheapest way through `line`, and what it costs.
fn path(form: Form, line: &[u8]) -> (Vec<Step>, u32) {
    let (ways, least) = ways(form, line);
    let (mut steps, mut end) = (vec![], line.len());
    let mut state = usize::from(ways.last().is_some_and(|last| last[0].cost > least));
    while let Some(way) = ways.get(end).and_then(|states| states.get(state)) {
        if end == 0 && way.step == NO_WAY.step && way.from == state {
            break;
        }
        steps.push(way.step);
        end -= way.step.length().min(end);
        state = way.from;
    }
    steps.reverse();
    (steps, least)
}

/// Reads a line that begins at byte `at` of the source.
fn read_line(transcript: &mut Transcript, form: Form, line: &[u8], at: usize) {
    let mut end = 0;
    for step in path(form, line).0 {
        let run = at + end..at + end + step.length();
        let c = match (step, line.get(end..).unwrap_or_default()) {
            (Step::Ascii, [byte, ..]) => Some(char::from(*byte)),
            (Step::Tilde, _) => Some('~'),
            (Step::Pair(set), &[row, cell, ..]) | (Step::Second(set), &[_, _, row, cell, ..]) => {
                iso2022::character(set, row, cell)
            }
            _ => None,
        };
        match (c, step) {
            (Some(c), _) => transcript.push(c, run.clone()),
            (None, Step::Sign(_)) => {}
            (None, _) => transcript.malformed(run.clone()),
        }
        end = run.end - at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HZ: &[u8] = b"This sentence is in ASCII.\nThe next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}\nBye.~~";

    fn hz(bytes: &[u8]) -> String {
        read(Form::Hz, bytes).text
    }

    fn iso(bytes: &[u8]) -> Transcript {
        read(Form::Iso2022(Set::Gb2312), bytes)
    }

    #[test]
    fn the_example_of_rfc_1843() {
        assert_eq!(name(HZ), Some("hz"));
        let read = read(Form::Hz, HZ);
        assert_eq!(read.text, "This sentence is in ASCII.\nThe next sentence is in GB.己所不欲，勿施於人。\nBye.~");
        assert!(read.malformed.is_empty());
        assert_eq!(hz(b"two ~\nlines"), "two lines");
    }

    #[test]
    fn a_sign_that_is_damaged_or_lost_does_not_lose_the_passage() {
        let text = "己所不欲，勿施於人。";
        for damaged in [&b"~<:Ky2;S{#,NpJ)l6HK!#~}"[..], b"{<:Ky2;S{#,NpJ)l6HK!#~}", b"\xFF{<:Ky2;S{#,NpJ)l6HK!#~}"] {
            assert_eq!(name(damaged), Some("hz"), "{damaged:?}");
            assert_eq!(hz(damaged), format!("\u{FFFD}{text}"));
        }
        // A byte that is overwritten takes its pair with it, and no more.
        let overwritten = b"~{<:Ky2\xE9S{#,NpJ)l6HK!#~}";
        assert_eq!((name(overwritten), hz(overwritten)), (Some("hz"), text.replacen('不', "\u{FFFD}", 1)));
        let shifted = b"\x0E<:Ky2;S{#,NpJ)l6HK!#\x0F";
        assert_eq!(name(shifted), Some("iso-2022-cn"));
        assert_eq!(iso(shifted).text, text);
    }

    #[test]
    fn a_passage_ends_with_its_line_and_a_damaged_pair_is_located() {
        assert_eq!(hz(b"~{VPND\nabc"), "中文\nabc");
        let cut = read(Form::Hz, b"~{VP\xFF~}x");
        assert_eq!(cut.text, "中\u{FFFD}x");
        assert_eq!(cut.malformed[0].source.range(), 4..5);
    }

    #[test]
    fn ascii_of_any_kind_is_none_of_them() {
        for text in [
            "if (~{x}) { ~{} }",
            "~/{a,b}",
            "THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG AND RUNS AWAY FROM IT TWICE A DAY",
            "1111111111111111111111111111111111111111111111111111111111111111111111111111",
            "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899",
            "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dCBieSB0aGlzIHNpbmd1",
            "M5&AE('%U:6-K(&)R;W=N(&9O>\"!J=6UP<R!O=F5R('1H92!L87IY(&1O9P``",
            "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "\u{1b}[1;33mcolour\u{1b}[m and \u{1b}[31mmore\u{1b}[m",
        ] {
            assert_eq!(name(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn the_example_of_rfc_1922() {
        let bytes = b"\x1B$)A\x0E=;;;\x1B$)GG(_P\x0F\r\nabc";
        assert_eq!(name(bytes), Some("iso-2022-cn"));
        let read = iso(bytes);
        assert_eq!(read.text, "交换交換\r\nabc");
        assert!(read.malformed.is_empty());
        assert_eq!(iso(b"\x1B$*H\x1BN!!x").text, "乂x", "the second plane is read one character at a time");
    }

    #[test]
    fn korean_keeps_its_designation_over_line_ends() {
        let bytes = b"\x1B$)C\n\x0EGQ1[\x0F\n\x0EGQ\x0F";
        assert_eq!(iso2022::name(bytes), Some("iso-2022-kr"));
        assert_eq!(read(Form::Iso2022(Set::Korean), bytes).text, "\n한글\n한");
    }
}
