//! EUC-TW: CNS 11643 in the form that Unix used. Planes 1 and 2 hold the characters of Big5 in nearly the same order, so
//! they are read by way of Big5.

use super::codes::EUC_TW;
use super::reading::{Code, Ends, Step};
use super::transcript::Transcript;

/// Where stretches of CNS 11643 plane 1 begin in Big5: first and last code of the stretch, its first Big5 code.
const PLANE_1: &[(u16, u16, u16)] = &[
    (0x2121, 0x2256, 0xA140),
    (0x2257, 0x2257, 0xA1F7),
    (0x2258, 0x2258, 0xA1F6),
    (0x2259, 0x234E, 0xA1F8),
    (0x2421, 0x2570, 0xA2AF),
    (0x4221, 0x4241, 0xA3C0),
    (0x4421, 0x5322, 0xA440),
    (0x5323, 0x5752, 0xAD40),
    (0x5753, 0x5753, 0xACFE),
    (0x5754, 0x6B4F, 0xAFD0),
    (0x6B50, 0x6B50, 0xBE52),
    (0x6B51, 0x6F5B, 0xBBC8),
    (0x6F5C, 0x7534, 0xBE53),
    (0x7535, 0x7535, 0xC2CB),
    (0x7536, 0x7736, 0xC1AB),
    (0x7737, 0x782C, 0xC2CC),
    (0x782D, 0x782D, 0xC456),
    (0x782E, 0x7863, 0xC361),
    (0x7864, 0x7864, 0xC3BA),
    (0x7865, 0x7865, 0xC3B9),
    (0x7866, 0x7961, 0xC3BB),
    (0x7962, 0x7D4B, 0xC457),
];

/// The same for plane 2.
const PLANE_2: &[(u16, u16, u16)] = &[
    (0x2121, 0x212A, 0xC940),
    (0x212B, 0x214B, 0xC94B),
    (0x214C, 0x214C, 0xC9BE),
    (0x214D, 0x217C, 0xC96C),
    (0x217D, 0x224C, 0xC9BF),
    (0x224D, 0x224D, 0xCAF7),
    (0x224E, 0x2438, 0xC9ED),
    (0x2439, 0x376E, 0xCAF8),
    (0x376F, 0x376F, 0xDADF),
    (0x3770, 0x387D, 0xD6CD),
    (0x387E, 0x3E62, 0xD77B),
    (0x3E63, 0x3E63, 0xD6CC),
    (0x3E64, 0x3F69, 0xDAE0),
    (0x3F6A, 0x3F6A, 0xD77A),
    (0x3F6B, 0x4423, 0xDBA7),
    (0x4424, 0x554A, 0xDDFD),
    (0x554B, 0x554B, 0xEBF1),
    (0x554C, 0x5721, 0xE8A3),
    (0x5722, 0x5722, 0xECDE),
    (0x5723, 0x5A27, 0xE976),
    (0x5A28, 0x5A28, 0xF0CB),
    (0x5A29, 0x5B3E, 0xEB5B),
    (0x5B3F, 0x5C69, 0xEBF2),
    (0x5C6A, 0x5D73, 0xECDF),
    (0x5D74, 0x5D74, 0xF056),
    (0x5D75, 0x6038, 0xEDAA),
    (0x6039, 0x6242, 0xEEEC),
    (0x6243, 0x6336, 0xF057),
    (0x6337, 0x642E, 0xF0CC),
    (0x642F, 0x642F, 0xEEEB),
    (0x6430, 0x6437, 0xF163),
    (0x6438, 0x6572, 0xF16C),
    (0x6573, 0x664C, 0xF269),
    (0x664D, 0x664D, 0xF4B5),
    (0x664E, 0x6760, 0xF2C3),
    (0x6761, 0x6761, 0xF16B),
    (0x6762, 0x6933, 0xF375),
    (0x6934, 0x6934, 0xF268),
    (0x6935, 0x6961, 0xF466),
    (0x6962, 0x6A4A, 0xF4B6),
    (0x6A4B, 0x6A4B, 0xF663),
    (0x6A4C, 0x6C51, 0xF4FD),
    (0x6C52, 0x7165, 0xF664),
    (0x7166, 0x7166, 0xF9C4),
    (0x7167, 0x7233, 0xF977),
    (0x7234, 0x7234, 0xF9C5),
    (0x7235, 0x723F, 0xF9C7),
    (0x7240, 0x7240, 0xF9C6),
    (0x7241, 0x7244, 0xF9D2),
];

/// The character at `row` and `cell` (both 0xA1–0xFE) of CNS 11643 plane 1 or 2.
pub(super) fn character(plane: u8, row: u8, cell: u8) -> Option<char> {
    let table = match plane {
        1 => PLANE_1,
        2 => PLANE_2,
        _ => return None,
    };
    if !matches!((row, cell), (0xA1..=0xFE, 0xA1..=0xFE)) {
        return None;
    }
    let code = u16::from_be_bytes([row & 0x7F, cell & 0x7F]);
    let &(first, _, big5) = table.iter().find(|&&(first, last, _)| (first..=last).contains(&code))?;
    let cells = |code: u16| (code >> 8) * 94 + (code & 0xFF);
    let pair = big5_after(big5, cells(code) - cells(first));
    let text = encoding_rs::BIG5.decode_without_bom_handling_and_without_replacement(&pair)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// The Big5 code `steps` after `code`; a row of Big5 has 157 cells, 0x40–0x7E and 0xA1–0xFE.
fn big5_after(code: u16, steps: u16) -> [u8; 2] {
    let [lead, trail] = code.to_be_bytes().map(u16::from);
    let cell = if trail < 0x80 { trail - 0x40 } else { trail - 0xA1 + 63 };
    let (rows, cell) = ((cell + steps) / 157, (cell + steps) % 157);
    let trail = if cell < 63 { cell + 0x40 } else { cell - 63 + 0xA1 };
    [(lead + rows) as u8, trail as u8]
}

/// How much dearer than it should be a run of characters may be before it looks like one out of step.
const SUSPICIOUS: u32 = 200;

/// Reads EUC-TW: ASCII, pairs of plane 1, and `8E A1`–`8E B0` before a pair of another plane. Planes beyond the second are
/// malformed: no file of them has been seen.
pub(super) fn read(bytes: &[u8]) -> Transcript {
    let mut transcript = Transcript::default();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        at += match *rest {
            [byte, ..] if byte.is_ascii() => {
                transcript.push(char::from(byte), at..at + 1);
                1
            }
            [0x8E, 0xA3..=0xB0, 0xA1..=0xFE, 0xA1..=0xFE, ..] => {
                transcript.malformed(at..at + 4);
                4
            }
            _ => {
                // No character ends beyond a byte of ASCII, and none but the first of one is 8E.
                let ends = |pair: &[u8]| pair[0].is_ascii() || matches!(pair, [0x8E, 0xA3..=0xB0]);
                let whole = rest.len() - usize::from(rest.last().is_some_and(u8::is_ascii));
                let length = rest.windows(2).position(ends).unwrap_or(whole).max(1);
                read_run(&mut transcript, rest.get(..length).unwrap_or_default(), at);
                length
            }
        };
    }
    transcript
}

/// Reads a run of bytes beyond ASCII, which begins at byte `at` of the source: in pairs, or along the cheapest path where a byte is lost.
fn read_run(transcript: &mut Transcript, run: &[u8], at: usize) {
    let code: &Code = &EUC_TW;
    let mut steps = code.plain_steps(run);
    let excess = code.most_excess(&steps, run);
    let broken = steps.contains(&Step::Skip);
    if broken || excess > SUSPICIOUS {
        let mut cheapest = vec![];
        code.read(run, Ends::WHOLE, Some(&mut cheapest));
        if broken || code.most_excess(&cheapest, run) * 3 <= excess {
            steps = cheapest;
        }
    }
    let mut begin = 0;
    for step in steps {
        let end = begin + step.length();
        let c = match *run.get(begin..end).unwrap_or_default() {
            [0x8E, plane, row, cell] => character(plane.wrapping_sub(0xA0), row, cell),
            [row, cell] => character(1, row, cell),
            _ => None,
        };
        match c {
            Some(c) => transcript.push(c, at + begin..at + end),
            None => transcript.malformed(at + begin..at + end),
        }
        begin = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_planes_agree_with_iconv() {
        // printf '中文，卷㊣乂兙籲龖' | iconv -t EUC-TW, where iconv has the character.
        assert_eq!(read(b"\xC4\xE3\xC5\xC6\xA1\xA2a\x8E\xA2\xA1\xA1").text, "中文，a乂");
        assert_eq!(character(1, 0xC4, 0xA1), Some('一'));
        assert_eq!(character(1, 0xFD, 0xCB), Some('籲'));
        assert_eq!(character(2, 0xF2, 0xC4), Some('龘'));
        assert_eq!(character(1, 0xFE, 0xFE), None);
        assert_eq!(character(3, 0xA1, 0xA1), None);
    }

    #[test]
    fn what_is_no_character_is_located() {
        let read = read(b"a\x8E\xA3\xA1\xA1b\xC4");
        assert_eq!(read.text, "a\u{FFFD}b\u{FFFD}");
        let runs: Vec<_> = read.malformed.iter().map(|m| m.source.range()).collect();
        assert_eq!(runs, [1..5, 6..7]);
    }

    #[test]
    fn a_lost_byte_loses_one_character() {
        // printf '及秦滅之後，楚、漢分爭，又併入於漢。' | iconv -t EUC-TW
        let text = "及秦滅之後，楚、漢分爭，又併入於漢。";
        let whole = b"\xC5\xAF\xD7\xB6\xE4\xE6\xC4\xE6\xD1\xA5\xA1\xA2\xE4\xC7\xA1\xA3\xE9\xC7\xC5\xA1\xCE\xE8\xA1\xA2\xC4\xB4\xCB\xF7\xC4\xAB\xCD\xF5\xE9\xC7\xA1\xA4";
        assert_eq!(read(whole).text, text);
        let mut lost = whole.to_vec();
        lost.remove(4);
        let read = read(&[b"a\n".as_slice(), &lost, b"\n"].concat());
        assert_eq!(read.text, format!("a\n{}\n", text.replacen('滅', "\u{FFFD}", 1)));
        assert_eq!((read.malformed.len(), read.malformed[0].source.range()), (1, 6..7));
    }

    #[test]
    fn stretches_are_sorted_and_stay_inside_big5() {
        for table in [PLANE_1, PLANE_2] {
            assert!(table.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
        for (plane, table) in [(1, PLANE_1), (2, PLANE_2)] {
            for code in table.iter().flat_map(|&(first, last, _)| [first, last]) {
                let [row, cell] = code.to_be_bytes();
                assert!(character(plane, row | 0x80, cell | 0x80).is_some(), "{code:04X}");
            }
        }
    }
}
