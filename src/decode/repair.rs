//! Reading damaged text in encodings that lose step: only the stretches that are damaged are weighed byte by byte.

use super::reading::{Code, LONE, Step};
use super::transcript::Transcript;
use std::ops::Range;

/// The most bytes weighed at once: bounds memory on a file without line ends.
const WINDOW: usize = 1 << 20;
/// How much of a window is weighed again with the next one, so that its end has a context.
const OVERLAP: usize = 256;

/// Reads `bytes`, in which some are lost or foreign, along the cheapest path in the `lines` that are damaged, and plainly
/// elsewhere.
pub(super) fn read(
    code: &Code,
    encoding: &'static encoding_rs::Encoding,
    lines: &[Range<usize>],
    bytes: &[u8],
) -> Transcript {
    let mut transcript = Transcript::default();
    let mut done = 0;
    for line in lines {
        transcript.read(encoding, bytes.get(done..line.start).unwrap_or_default(), done);
        done = done.max(line.start);
        let torn = code.torn(bytes, done, line.end).filter(|_| done < line.end);
        let end = line.end - usize::from(torn.is_some());
        while done < end {
            let stretch = bytes.get(done..end).unwrap_or_default();
            let window = stretch.get(..WINDOW).unwrap_or(stretch);
            let wanted = if window.len() == stretch.len() { window.len() } else { window.len() - OVERLAP };
            done += follow(&mut transcript, encoding, &code.repaired(window), window, done, wanted);
        }
        if let Some(trail) = torn {
            transcript.torn(encoding, bytes, end..trail + 1);
            done = trail + 1;
        }
    }
    transcript.read(encoding, bytes.get(done..).unwrap_or_default(), done);
    transcript
}

/// Takes `steps` through `window`, which begins at byte `at` of the source, until `wanted` bytes are read; returns how
/// many were.
fn follow(
    transcript: &mut Transcript,
    encoding: &'static encoding_rs::Encoding,
    steps: &[Step],
    window: &[u8],
    at: usize,
    wanted: usize,
) -> usize {
    let (mut pending, mut end) = (0, 0);
    for step in steps {
        if end >= wanted {
            break;
        }
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
    end.max(1)
}

#[cfg(test)]
mod tests {
    use super::super::reading::{BIG5, GB18030, UTF_16LE};
    use super::*;

    /// `text` in `encoding` with byte `at` lost, read again.
    fn without_byte(text: &str, encoding: &'static encoding_rs::Encoding, code: &Code, at: usize) -> Transcript {
        let mut bytes = encoding.encode(text).0.into_owned();
        bytes.remove(at);
        read(code, encoding, &code.unsound_lines(&bytes, true), &bytes)
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
        let read = read(&UTF_16LE, encoding_rs::UTF_16LE, &UTF_16LE.unsound_lines(&bytes, true), &bytes);
        assert_eq!(read.text, text.replacen('下', "\u{FFFD}", 1));
    }

    #[test]
    fn a_lone_a0_is_a_no_break_space() {
        let [before, behind] = ["卷十一", "哀帝纪第十。"].map(|text| encoding_rs::GB18030.encode(text).0.into_owned());
        let bytes = [before, vec![0xA0], behind].concat();
        let read = read(&GB18030, encoding_rs::GB18030, &GB18030.unsound_lines(&bytes, true), &bytes);
        assert_eq!(read.text, "卷十一\u{A0}哀帝纪第十。");
        let whole = encoding_rs::GB18030.encode("夜郎兵，下牂柯江").0;
        let read = super::read(&GB18030, encoding_rs::GB18030, &GB18030.unsound_lines(&whole, true), &whole);
        assert_eq!(read.text, "夜郎兵，下牂柯江");
    }

    #[test]
    fn a_character_that_a_line_end_tore_apart_is_put_together() {
        for (code, encoding) in [(&BIG5, encoding_rs::BIG5), (&GB18030, encoding_rs::GB18030)] {
            let (first, second) = ("系統在開板時會", "自動分配一個編號。");
            let mut bytes = encoding.encode(first).0.into_owned();
            let rest = encoding.encode(second).0;
            bytes.extend([&rest[..1], b"\n", &rest[1..]].concat());
            let read = read(code, encoding, &code.unsound_lines(&bytes, true), &bytes);
            assert_eq!(read.text, "系統在開板時會自\n動分配一個編號。", "{}", encoding.name());
            assert!(read.malformed.is_empty());
            assert_eq!(read.torn, [first.len()]);
        }
    }

    #[test]
    fn windows_meet_without_a_seam() {
        let text = "天地玄黄宇宙洪荒".repeat(WINDOW / 12);
        let mut bytes = encoding_rs::GB18030.encode(&text).0.into_owned();
        bytes.insert(3, 0xFF);
        let read = read(&GB18030, encoding_rs::GB18030, &GB18030.unsound_lines(&bytes, true), &bytes);
        assert_eq!(read.malformed.len(), 1);
        assert_eq!(read.text.chars().count(), text.chars().count());
    }
}
