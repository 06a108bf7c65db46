//! Files of which some lines are UTF-8 and the others in an encoding of double bytes, as where two files were joined, or a heading was put
//! above the rows of a table.
//!
//! Each line is weighed on both sides. What is UTF-8 without an error and holds characters of three bytes is UTF-8, unless it is little and
//! reads better otherwise; what is not UTF-8 is damaged, or of the other encoding, whichever needs fewer bits. All lines of the other
//! encoding together must be in one of double bytes beyond doubt: else it is a damaged text.

use super::choice::Choice;
use super::detect;
use super::reading::{Code, Ends, Step};
use super::{codes, little, utf8};
use std::ops::Range;

/// Characters of three bytes that make a line UTF-8 for certain.
const CERTAIN: usize = 4;
/// How much dearer a line must be in the one encoding to count as one of the other, in tenths of a bit.
const DEARER: u64 = 100;
/// How much dearer all that is not UTF-8 must be as UTF-8.
const CLEARLY: u64 = 200;
/// The same where that is little, undamaged, and holds words: of one word no more can be had.
const CLEARLY_LITTLE: u64 = 100;
/// Fewest characters of what is not UTF-8.
const FEWEST_REST: i64 = 2;
/// What these cost on average, at most.
const AVERAGE: i64 = 148;
/// What a character costs there that no pair of bytes is.
const RARE: u8 = 240;
/// Fewest bytes beyond ASCII that are not UTF-8 in a line that is shared.
const FEWEST_SHARED: usize = 12;
/// How much of a line is weighed.
const WEIGHED: usize = 1024;
/// How long a file is, in bytes, whose lines are looked at only where one is UTF-8 beyond doubt.
const LONG: usize = 64 << 10;
/// How much of all lines is weighed, at most; beyond that, lines are told by their form.
const MOST: usize = 256 << 10;

/// The choice for a file of `bytes` that is mixed: the encoding of the rest, and the parts that are UTF-8.
pub(super) fn choose(bytes: &[u8]) -> Option<Choice> {
    if bytes.len() > LONG && !lines(bytes).any(|range| is_certain(bytes.get(range).unwrap_or_default())) {
        return None;
    }
    let mut parts = parts(bytes);
    if parts.is_empty() {
        return None;
    }
    let mut rest = vec![];
    let mut done = 0;
    for part in parts.iter().cloned().chain(std::iter::once(bytes.len()..bytes.len())) {
        rest.extend_from_slice(bytes.get(done..part.start)?);
        done = part.end;
    }
    let ranked = detect::rank(&rest);
    let first = ranked.first().filter(|first| matches!(first.name, "gb18030" | "big5") && !first.foreign)?;
    let high = rest.iter().filter(|byte| !byte.is_ascii()).count();
    let other = ranked.iter().find(|weighed| weighed.name == "utf-8")?;
    let words = rest.len() <= little::LITTLE && first.cost.malformed == 0 && holds_words(first.name, &rest);
    let clearly = if words { CLEARLY_LITTLE } else { CLEARLY };
    let certain = first.cost.malformed * 20 <= high && other.behind >= clearly && reads_well(first.name, &rest);
    // A few bytes that are UTF-8 only in part, and sound in the other encoding, are of it: `煎方` in GBK ends with the bytes of 巽.
    let code = code(first.name);
    parts.retain(|part| {
        let part = bytes.get(part.clone()).unwrap_or_default();
        let sound = || std::str::from_utf8(part).is_ok() || code.read(part, Ends::WHOLE, None).malformed > 0;
        long_in(part) >= CERTAIN || sound()
    });
    (certain && !parts.is_empty()).then(|| Choice { parts, ..Choice::detected(first.name, &ranked) })
}

/// Where the lines of `bytes` stand.
fn lines(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let ends = memchr::memchr_iter(b'\n', bytes).map(|at| at + 1).chain([bytes.len()]);
    ends.scan(0, |at, end| Some(std::mem::replace(at, end)..end))
}

/// Whether a `line` is UTF-8 beyond doubt, or one end of it.
fn is_certain(line: &[u8]) -> bool {
    match std::str::from_utf8(line) {
        Ok(text) => long_characters(text.as_bytes()) >= CERTAIN,
        Err(error) => {
            let head = line.get(..error.valid_up_to()).unwrap_or_default();
            [head, utf8_end(line)].into_iter().any(|end| long_characters(end) >= CERTAIN)
        }
    }
}

/// The code of `name`, one of the encodings of double bytes.
fn code(name: &str) -> &'static Code {
    if name == "big5" { &codes::BIG5 } else { &codes::GB18030 }
}

/// Whether characters of `rest` follow each other as they do in words, in the encoding `name`.
fn holds_words(name: &str, rest: &[u8]) -> bool {
    little::weigh(rest, name, Some(code(name)), true) < 0
}

/// Whether `rest` reads as text in the encoding `name`: damaged characters of UTF-8 are rare ones of GBK, one by one.
fn reads_well(name: &str, rest: &[u8]) -> bool {
    let rest = rest.get(..rest.len().min(WEIGHED)).unwrap_or_default();
    let code = code(name);
    let mut steps = vec![];
    code.read(rest, Ends::WHOLE, Some(&mut steps));
    let (mut at, mut characters, mut cost) = (0, 0, little::weigh(rest, name, Some(code), true));
    // Characters that stand side by side.
    let (mut before, mut beside) = (false, 0);
    for step in steps {
        if let (Step::Character(2..), Some(&[lead, trail, ..])) = (step, rest.get(at..)) {
            characters += 1;
            cost += i64::from(code.pair_cost(lead, trail).unwrap_or(RARE));
            beside += i64::from(before);
        }
        before = matches!(step, Step::Character(2..));
        at += step.length();
    }
    // Stray bytes in letters are characters that stand alone.
    characters >= FEWEST_REST && beside * 4 >= characters && cost <= characters * AVERAGE
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// ASCII, which is the same in either.
    Plain,
    /// UTF-8, or a line of it that is damaged.
    Utf8,
    /// The other encoding.
    Other,
    /// UTF-8 up to this byte, and then the other: a file that ends without a line end shares a line with the next.
    Head(usize),
    /// The other way round.
    Tail(usize),
}

/// The stretches of lines that are UTF-8, with what is ASCII around them; none where all is.
fn parts(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = vec![];
    let (mut whole, mut mixed, mut left) = (false, false, MOST);
    // Where the stretch under way began, and whether anything in it is more than ASCII.
    let mut open: Option<Range<usize>> = None;
    for range in lines(bytes) {
        let mut line = line_of(bytes.get(range.clone()).unwrap_or_default(), &mut left);
        if !matches!(line, Line::Plain | Line::Utf8)
            && let Some(found) = cut_line(bytes, range.clone(), &mut left)
        {
            line = found;
        }
        mixed |= !matches!(line, Line::Plain | Line::Utf8);
        whole |= line == Line::Utf8 || matches!(line, Line::Head(_) | Line::Tail(_));
        let begun = open.as_ref().map_or(range.start, |open| open.start);
        match line {
            Line::Plain => {}
            Line::Utf8 => open = Some(begun..range.end),
            Line::Head(length) => parts.push(begun..range.start + length),
            Line::Other | Line::Tail(_) => parts.extend(open.take()),
        }
        match line {
            Line::Head(_) => open = None,
            Line::Tail(start) => open = Some(range.start + start..range.end),
            _ => {}
        }
    }
    parts.extend(open);
    if whole && mixed { parts } else { vec![] }
}

/// What the line at `range` is where a text that was cut from another begins or ends in it, within a character of UTF-8.
fn cut_line(bytes: &[u8], range: Range<usize>, left: &mut usize) -> Option<Line> {
    let (line, kept) = (bytes.get(range.clone())?, uncut(bytes, range));
    // A word is not the end of one character and another behind it.
    let word = |left| cheaper(line, left).is_some_and(|gain| gain < -(DEARER as i64));
    if kept.len() == line.len() || word(left) {
        return None;
    }
    Some(line_of(kept, left)).filter(|found| matches!(found, Line::Plain | Line::Utf8))
}

/// The line at `range`, without what a text that was cut from another has at its ends of a character.
fn uncut(bytes: &[u8], range: Range<usize>) -> &[u8] {
    let mut line = bytes.get(range.clone()).unwrap_or_default();
    if range.start == 0 {
        let lead = line.iter().take(2).take_while(|&&byte| byte & 0xC0 == 0x80).count();
        line = line.get(lead..).unwrap_or_default();
    }
    match std::str::from_utf8(line) {
        Err(error) if range.end == bytes.len() && error.error_len().is_none() => {
            line.get(..error.valid_up_to()).unwrap_or_default()
        }
        _ => line,
    }
}

/// What the `line` is, which is weighed if its form does not tell and less than `left` was weighed before.
fn line_of(line: &[u8], left: &mut usize) -> Line {
    let error = match std::str::from_utf8(line) {
        Ok(text) if text.is_ascii() => return Line::Plain,
        Ok(text) => {
            let long = long_characters(text.as_bytes());
            // Characters of two bytes are read as what is around them. Without any, nothing else would read so well by chance.
            let little = long < CERTAIN && text.len() <= WEIGHED && has_pairs(line);
            return match Some(left).filter(|_| little).and_then(|left| cheaper(line, left)) {
                Some(gain) if gain < -(DEARER as i64) => Line::Other,
                _ if long == 0 => Line::Plain,
                _ => Line::Utf8,
            };
        }
        Err(error) => error,
    };
    let (head, tail) = (line.get(..error.valid_up_to()).unwrap_or_default(), utf8_end(line));
    let (before, behind) = (long_characters(head), long_characters(tail));
    let all = long_in(line);
    if all == 0 {
        return Line::Other;
    }
    match cheaper(line, left) {
        // The parts of a line that two files share are far from each other in form.
        Some(_) | None
            if before.max(behind) >= CERTAIN && shares(line, head.len(), tail.len(), before, behind, left) =>
        {
            if before >= behind { Line::Head(head.len()) } else { Line::Tail(line.len() - tail.len()) }
        }
        Some(gain) if gain < -(DEARER as i64) => Line::Other,
        Some(_) => Line::Utf8,
        None if all * 6 < line.iter().filter(|byte| !byte.is_ascii()).count() => Line::Other,
        None => Line::Utf8,
    }
}

/// Whether `text`, which is UTF-8, holds a character of two bytes.
fn has_pairs(text: &[u8]) -> bool {
    text.iter().any(|byte| matches!(byte, 0xC2..=0xDF))
}

/// Whether a line is UTF-8 at one end and of the other encoding at the other, rather than damaged.
fn shares(line: &[u8], head: usize, tail: usize, before: usize, behind: usize, left: &mut usize) -> bool {
    let rest = if before >= behind { line.get(head..) } else { line.get(..line.len() - tail) };
    let rest = rest.unwrap_or_default();
    let high = rest.iter().filter(|byte| !byte.is_ascii()).count();
    high >= FEWEST_SHARED
        && long_in(rest) * 12 < high
        && cheaper(rest, left).is_some_and(|gain| gain < -(CLEARLY as i64) * 2)
}

/// How much cheaper `line` is as UTF-8 than in an encoding of double bytes, in tenths of a bit; `None` where enough was weighed.
fn cheaper(line: &[u8], left: &mut usize) -> Option<i64> {
    let line = line.get(..line.len().min(WEIGHED)).unwrap_or_default();
    *left = left.checked_sub(line.len())?;
    let other = ["gb18030", "big5"].map(|name| {
        let code = code(name);
        let words = if line.len() <= little::LITTLE { little::weigh(line, name, Some(code), true) } else { 0 };
        code.read(line, Ends::WHOLE, None).tenths as i64 + words
    });
    Some(other[0].min(other[1]) - utf8::weigh(line).tenths as i64)
}

/// How many characters of three bytes and more there are in `line`, of which other bytes are no UTF-8.
fn long_in(line: &[u8]) -> usize {
    line.utf8_chunks().map(|chunk| long_characters(chunk.valid().as_bytes())).sum()
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

    #[test]
    fn one_line_of_another_encoding_is_seen_on_either_side() {
        let [gbk, big5] = ["王晓明 签收", "王曉明 簽收"];
        let gbk = encoding_rs::GB18030.encode(gbk).0;
        let big5 = encoding_rs::BIG5.encode(big5).0;
        for line in [gbk, big5] {
            let bytes = [FIRST.as_bytes(), &line, b"\n", SECOND.as_bytes()].concat();
            let (text, _, notes) = text(&bytes);
            assert!(text.starts_with(FIRST) && text.ends_with(SECOND) && !text.contains('\u{FFFD}'), "{text}");
            assert_eq!(notes, ["mixed-encodings"]);
        }
        // Three characters of UTF-8 among GBK.
        let whole = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        let bytes = [whole(FIRST), "目录：\n".into(), whole(SECOND)].concat();
        assert_eq!(text(&bytes).0, format!("{FIRST}目录：\n{SECOND}"));
    }

    #[test]
    fn a_header_of_one_word_above_rows_is_read_in_its_own_encoding() {
        const ROWS: &str = "王小明,档案科,010-60000\n李秀英,人事科,010-60001\n";
        // Some of their bytes are characters of UTF-8, or the end of one and others behind it.
        let gbk = ["什么", "名单", "目录"].map(|word| (word, encoding_rs::GBK));
        let big5 = ["自己", "其中", "學院", "技術"].map(|word| (word, encoding_rs::BIG5));
        for (word, encoding) in gbk.into_iter().chain(big5) {
            let bytes = [&*encoding.encode(word).0, b"\n", ROWS.as_bytes()].concat();
            let (text, _, notes) = text(&bytes);
            assert_eq!((text.as_str(), notes), (&*format!("{word}\n{ROWS}"), vec!["mixed-encodings"]));
        }
        // A file that was cut within a character, and a line of signs of two bytes.
        for first in [b"\x8D\xE5\x8D\x95".as_slice(), "à ê".as_bytes(), "±¼".as_bytes(), "×".as_bytes()] {
            let bytes = [first, b"\n", ROWS.as_bytes()].concat();
            assert_eq!(text(&bytes).1, "utf-8", "{first:?}");
        }
    }

    #[test]
    fn a_line_that_is_sound_in_the_encoding_of_the_rest_is_no_damaged_utf_8() {
        let said = format!("{FIRST}煎方\n{SECOND}");
        let bytes = encoding_rs::GB18030.encode(&said).0;
        assert_eq!(text(&bytes), (said.clone(), "gb18030", vec![]));
    }

    #[test]
    fn damage_in_a_line_does_not_make_it_one_of_another_encoding() {
        let lines = ["## 选项\n", "开\n", "如果无法使用 app 设定，\n", "*   extract提取\n", "FIN, FIN-ACK, and ACK\n"];
        let whole = lines.concat().into_bytes();
        let first = whole.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
        for at in first..whole.len() {
            let mut lost = whole.clone();
            lost.remove(at);
            let mut other = whole.clone();
            other[at] = 0xE9;
            for bytes in [lost, other] {
                assert_eq!(text(&bytes).1, "utf-8", "{at}: {}", String::from_utf8_lossy(&bytes));
            }
        }
    }
}
