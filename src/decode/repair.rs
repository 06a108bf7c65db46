//! Reading damaged text in encodings that lose step: only the stretches that look damaged are weighed byte by byte.

use super::reading::{Code, Ends, LONE, Step};
use super::transcript::Transcript;
use super::walk::Walk;
use std::ops::Range;

/// How much dearer than it should be a stretch may be before it looks like text out of step.
const SUSPICIOUS: u32 = 200;
/// The same in a text that is known to be damaged.
const SUSPICIOUS_IF_DAMAGED: u32 = 50;
/// How much at the end of a stretch inside a line is left for a further look, because the end wants a context.
const CONTEXT: usize = 256;
/// What must be saved for two bytes to count as a character that a line end tore apart.
const TORN: u64 = 300;
/// How much of the lines before and behind it is weighed.
const MOST_TORN: usize = 400;

/// Reads `bytes`, in which some may be lost or foreign: along the cheapest path where they look so, and plainly elsewhere. Less makes
/// them look so where the text is known to be `damaged`, or is found to be.
pub(super) fn read(code: &Code, encoding: &'static encoding_rs::Encoding, damaged: bool, bytes: &[u8]) -> Transcript {
    if !damaged {
        let transcript = look_through(code, encoding, SUSPICIOUS, bytes);
        if transcript.malformed.is_empty() {
            return transcript;
        }
    }
    look_through(code, encoding, SUSPICIOUS_IF_DAMAGED, bytes)
}

/// Reads `bytes`, looking closely where they are by `most` dearer than they should be.
fn look_through(code: &Code, encoding: &'static encoding_rs::Encoding, most: u32, bytes: &[u8]) -> Transcript {
    let mut transcript = Transcript::default();
    let mut walk = Walk::new(code, bytes, most);
    let mut done = 0;
    while let Some(stretch) = walk.unsound() {
        transcript.read(encoding, bytes.get(done..stretch.start).unwrap_or_default(), done);
        done = stretch.start;
        let torn = torn(code, bytes, stretch.clone());
        let window = bytes.get(done..stretch.end - usize::from(torn.is_some())).unwrap_or_default();
        let whole = bytes.get(stretch.end).is_none_or(|&next| next < code.boundary);
        let wanted = if whole { window.len() } else { window.len().saturating_sub(CONTEXT) };
        done += follow(&mut transcript, encoding, &repaired(code, window, wanted), window, done);
        if let Some(trail) = torn {
            transcript.torn(encoding, bytes, done..trail + 1);
            done = trail + 1;
        }
        walk.resume(done);
    }
    transcript.read(encoding, bytes.get(done..).unwrap_or_default(), done);
    transcript
}

/// The cheapest reading of `window`, up to where `wanted` bytes are read, if it is better than the plain one for certain: bytes are
/// malformed in that, or the other is far nearer to what text costs. Rare characters are no damage, though their bytes may be
/// paired to likelier ones.
fn repaired(code: &Code, window: &[u8], wanted: usize) -> Vec<Step> {
    let (mut steps, mut plain) = (vec![], code.plain_steps(window));
    code.read(window, Ends::WHOLE, Some(&mut steps));
    for steps in [&mut steps, &mut plain] {
        let ends = steps.iter().scan(0, |end, step| {
            *end += step.length();
            Some(*end)
        });
        let count = ends.take_while(|&end| end < wanted).count() + 1;
        steps.truncate(count);
    }
    let rare = code.boundary > 0
        && !plain.contains(&Step::Skip)
        && code.most_excess(&steps, window) * 3 > code.most_excess(&plain, window);
    if rare { plain } else { steps }
}

/// Takes `steps` through `window`, which begins at byte `at` of the source; returns how many bytes were read.
fn follow(
    transcript: &mut Transcript,
    encoding: &'static encoding_rs::Encoding,
    steps: &[Step],
    window: &[u8],
    at: usize,
) -> usize {
    let (mut pending, mut end) = (0, 0);
    for step in steps {
        let lone = *step == Step::Character(1) && window.get(end) == Some(&LONE);
        if lone || *step == Step::Skip {
            transcript.read(encoding, window.get(pending..end).unwrap_or_default(), at + pending);
            match lone {
                true => transcript.push('\u{A0}', at + end..at + end + 1),
                false => transcript.malformed(at + end..at + end + 1),
            }
            pending = end + 1;
        }
        end += step.length();
    }
    transcript.read(encoding, window.get(pending..end).unwrap_or_default(), at + pending);
    end
}

/// Where the second byte of a character stands whose first is the last of a line of which `stretch` is the end: an editor that cut
/// lines at a width put the line end between the two. The readings of both lines must be much cheaper so.
fn torn(code: &Code, bytes: &[u8], stretch: Range<usize>) -> Option<usize> {
    let (start, end) = (stretch.start, stretch.end);
    let behind = bytes.get(end..)?;
    let trail = end + if behind.starts_with(b"\r\n") { 2 } else { usize::from(behind.starts_with(b"\n")) };
    let (&lead, &second) = (bytes.get(end.checked_sub(1)?)?, bytes.get(trail)?);
    let pair = code.pair_cost(lead, second).filter(|_| trail > end && !lead.is_ascii() && !second.is_ascii())?;
    let cost = |range: Range<usize>| {
        let line = bytes.get(range).unwrap_or_default();
        let line = line.get(..line.len().min(MOST_TORN)).unwrap_or_default();
        code.read(line, Ends::WHOLE, None).tenths
    };
    let below = bytes.get(trail..)?.iter().take(MOST_TORN).position(|&byte| byte < code.boundary);
    let below = below.map_or(bytes.len(), |length| trail + length);
    let start = start.max(end.saturating_sub(MOST_TORN));
    let apart = cost(start..end) + cost(trail..below);
    let joined = cost(start..end - 1) + u64::from(pair) + cost(trail + 1..below);
    (joined + TORN <= apart).then_some(trail)
}

#[cfg(test)]
mod tests {
    use super::super::codes::{BIG5, GB18030, UTF_16LE};
    use super::*;

    /// `text` in `encoding` with byte `at` lost, read again.
    fn without_byte(text: &str, encoding: &'static encoding_rs::Encoding, code: &Code, at: usize) -> Transcript {
        let mut bytes = encoding.encode(text).0.into_owned();
        bytes.remove(at);
        read(code, encoding, true, &bytes)
    }

    #[test]
    fn one_lost_byte_loses_one_character_in_gbk() {
        let text = "话说天下大势，分久必合，合久必分。\n周末七国分争，并入于秦。";
        let read = without_byte(text, encoding_rs::GB18030, &GB18030, 8);
        assert_eq!(read.text, text.replacen('大', "\u{FFFD}", 1));
        assert_eq!(read.malformed.len(), 1);
        assert_eq!(read.malformed[0].source.range(), 8..9);
        assert_eq!(read.malformed[0].decoded, "话说天下".len());
    }

    #[test]
    fn one_lost_byte_loses_one_character_in_big5() {
        let text = "及秦滅之後，楚、漢分爭，又併入於漢。";
        let read = without_byte(text, encoding_rs::BIG5, &BIG5, 1);
        // Two likely characters are made of the wrong pairs before the loss is found; no more.
        assert_eq!(read.malformed.len(), 1);
        assert!(read.text.ends_with("之後，楚、漢分爭，又併入於漢。"), "{}", read.text);
    }

    #[test]
    fn a_lost_byte_of_utf16_does_not_garble_the_rest() {
        let text = "話說天下大勢，分久必合，合久必分。\n周末七國分爭，并入於秦。";
        let mut bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.remove(7);
        let read = read(&UTF_16LE, encoding_rs::UTF_16LE, true, &bytes);
        assert_eq!(read.text, text.replacen('下', "\u{FFFD}", 1));
    }

    #[test]
    fn a_lone_a0_is_a_no_break_space() {
        let [before, behind] = ["卷十一", "哀帝纪第十。"].map(|text| encoding_rs::GB18030.encode(text).0.into_owned());
        let bytes = [before, vec![0xA0], behind].concat();
        let read = read(&GB18030, encoding_rs::GB18030, true, &bytes);
        assert_eq!(read.text, "卷十一\u{A0}哀帝纪第十。");
        // The rare characters 牂 and 燿 begin with that byte.
        let whole = encoding_rs::GB18030.encode("夜郎兵，下牂柯江。先王燿德不观兵").0;
        let read = super::read(&GB18030, encoding_rs::GB18030, true, &whole);
        assert_eq!(read.text, "夜郎兵，下牂柯江。先王燿德不观兵");
    }

    #[test]
    fn a_character_that_a_line_end_tore_apart_is_put_together() {
        for (code, encoding) in [(&BIG5, encoding_rs::BIG5), (&GB18030, encoding_rs::GB18030)] {
            let (first, second) = ("系統在開板時會", "自動分配一個編號。");
            let mut bytes = encoding.encode(first).0.into_owned();
            let rest = encoding.encode(second).0;
            bytes.extend([&rest[..1], b"\n", &rest[1..]].concat());
            let read = read(code, encoding, true, &bytes);
            assert_eq!(read.text, "系統在開板時會自\n動分配一個編號。", "{}", encoding.name());
            assert!(read.malformed.is_empty());
            assert_eq!(read.torn, [first.len()]);
        }
    }

    #[test]
    fn stretches_meet_without_a_seam() {
        // One line: the damage is far apart, near together, and at both ends.
        let text = "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。".repeat(600);
        let mut bytes = encoding_rs::GB18030.encode(&text).0.into_owned();
        let places = [31_999, 20_201, 20_001, 9_000, 4_501, 3_001, 1];
        for at in places {
            bytes.remove(at);
        }
        let read = read(&GB18030, encoding_rs::GB18030, false, &bytes);
        assert_eq!(read.malformed.len(), places.len());
        assert_eq!(read.text.chars().count(), text.chars().count());
        let lost = read.text.chars().zip(text.chars()).filter(|(read, true_one)| read != true_one).count();
        assert_eq!(lost, places.len());
    }
}
