//! Files of which one part is UTF-8 and the rest in an encoding of double bytes, as where two files were joined.
//!
//! A line of GBK or Big5 is not UTF-8 by chance, and four characters of three bytes in one even less. So the parts are stretches of
//! lines that are UTF-8, with what is so of the lines beside them, and what is left must be in one encoding of double bytes beyond doubt: else it is a damaged text.

use super::choice::Choice;
use super::detect;
use std::ops::Range;

/// Fewest characters of three bytes that make lines UTF-8 for certain.
const FEWEST: usize = 4;
/// Fewest characters of the rest.
const FEWEST_REST: usize = 8;
/// How much dearer the rest must be as UTF-8, in tenths of a bit.
const CLEARLY: u64 = 1000;

/// The choice for a file of `bytes` that is mixed: the encoding of the rest, and the parts that are UTF-8.
pub(super) fn choose(bytes: &[u8]) -> Option<Choice> {
    let parts = parts(bytes);
    if parts.is_empty() {
        return None;
    }
    let mut rest = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for part in &parts {
        rest.extend_from_slice(bytes.get(done..part.start)?);
        done = part.end;
    }
    rest.extend_from_slice(bytes.get(done..)?);
    let ranked = detect::rank(&rest);
    let first = ranked.first().filter(|first| matches!(first.name, "gb18030" | "big5") && !first.foreign)?;
    let high = rest.iter().filter(|byte| !byte.is_ascii()).count();
    let other = ranked.iter().find(|weighed| weighed.name == "utf-8")?;
    let certain = high >= 2 * FEWEST_REST && first.cost.malformed * 20 <= high && other.behind >= CLEARLY;
    certain.then(|| Choice { parts, ..Choice::detected(first.name, &ranked) })
}

/// The stretches of lines that are UTF-8 for certain.
fn parts(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut parts = vec![];
    // The stretch under way, and its characters of three bytes.
    let (mut open, mut long): (Option<Range<usize>>, usize) = (None, 0);
    let mut close = |open: &mut Option<Range<usize>>, long: &mut usize| {
        parts.extend(open.take().filter(|_| std::mem::take(long) >= FEWEST));
    };
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).chain([bytes.len()]) {
        let range = at..end;
        let line = bytes.get(range.clone()).unwrap_or_default();
        at = end;
        match std::str::from_utf8(line) {
            Ok(text) if text.is_ascii() => {}
            Ok(text) => {
                long += long_characters(text.as_bytes());
                open = Some(open.map_or(range.start, |open| open.start)..range.end);
            }
            // A file that ends without a line end shares a line with the next.
            Err(error) => {
                let before = long_characters(line.get(..error.valid_up_to()).unwrap_or_default());
                if before > 0 {
                    long += before;
                    open = Some(open.map_or(range.start, |open| open.start)..range.start + error.valid_up_to());
                }
                close(&mut open, &mut long);
                let behind = utf8_end(line);
                if long_characters(behind) >= FEWEST {
                    long = long_characters(behind);
                    open = Some(range.end - behind.len()..range.end);
                }
            }
        }
    }
    close(&mut open, &mut long);
    parts
}

/// The end of `line` that is UTF-8, in which every character but those of ASCII begins with a byte of its own kind.
fn utf8_end(line: &[u8]) -> &[u8] {
    let mut start = line.len();
    while let Some(lead) =
        (start.saturating_sub(4)..start).rev().find(|&at| line.get(at).is_some_and(|byte| byte & 0xC0 != 0x80))
        && line.get(lead..start).is_some_and(|character| std::str::from_utf8(character).is_ok())
    {
        start = lead;
    }
    line.get(start..).unwrap_or_default()
}

/// How many characters of three bytes and more there are in what is UTF-8.
fn long_characters(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte >= 0xE0).count()
}

#[cfg(test)]
mod tests {
    use super::super::{decode, read};
    use super::*;
    use std::path::Path;

    const FIRST: &str = "话说天下大势，分久必合，合久必分。\nABC\n周末七国分争，并入于秦。\n";
    const SECOND: &str = "及秦灭之后，楚、汉分争，又并入于汉。\n汉朝自高祖斩白蛇而起义，一统天下。\n";

    fn text(bytes: &[u8]) -> (String, &'static str, Vec<&'static str>) {
        let decoded = decode(Path::new("a.txt"), bytes, None).expect("text");
        (decoded.text, decoded.encoding, decoded.notes.iter().map(|note| note.kind).collect())
    }

    #[test]
    fn two_files_that_were_joined_are_each_read_in_their_own_encoding() {
        let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        for bytes in [
            [FIRST.as_bytes(), &gbk(SECOND)].concat(),
            [gbk(FIRST), SECOND.into()].concat(),
            ["\u{feff}".as_bytes(), FIRST.as_bytes(), &gbk(SECOND)].concat(),
        ] {
            let (text, encoding, notes) = text(&bytes);
            assert_eq!(text.trim_start_matches('\u{feff}'), format!("{FIRST}{SECOND}"));
            assert_eq!((encoding, notes), ("gb18030", vec!["mixed-encodings"]));
        }
    }

    #[test]
    fn two_files_may_share_a_line() {
        let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        let first = FIRST.trim_end();
        for bytes in [[first.as_bytes(), &gbk(SECOND)].concat(), [gbk(first), SECOND.into()].concat()] {
            assert_eq!(text(&bytes).0, format!("{first}{SECOND}"));
        }
    }

    #[test]
    fn a_damaged_text_is_not_mixed() {
        let mut bytes = FIRST.repeat(3).into_bytes();
        bytes.remove(20);
        assert_eq!(text(&bytes).1, "utf-8");
        assert!(choose(&bytes).is_none());
        let gbk = encoding_rs::GB18030.encode(FIRST).0;
        assert!(choose(&gbk).is_none());
        assert_eq!(read("gb18030", false, &gbk).text, FIRST);
        // An English text with one character of another encoding.
        assert!(choose(b"The caf\xE9 is open.\n\xE4\xBD\xA0\xE5\xA5\xBD\xE4\xBD\xA0\xE5\xA5\xBD\n").is_none());
    }
}
