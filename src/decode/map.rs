//! Where each character of a decoded text stands in the source.
//!
//! Made by reading the bytes again, only when somebody asks. Characters that follow each other and take as many bytes as each
//! other are one stretch, so the map of a book is small.

use super::escape;
use super::reading::LONE;
use crate::span::{self, Decoded, Source, Span};
use std::ops::Range;

/// The way from the decoded text back to the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    stretches: Vec<Stretch>,
    /// Where the text stands in the one that was read, where it is a transcript of that.
    places: Vec<span::Stretch>,
}

/// Characters without a gap between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    source: usize,
    decoded: usize,
    count: usize,
    /// Bytes of each in the source.
    from: usize,
    /// Bytes of each in the text.
    to: usize,
}

impl Stretch {
    /// Where it ends in the source and in the text.
    fn end(&self) -> (usize, usize) {
        (self.source + self.count * self.from, self.decoded + self.count * self.to)
    }
}

impl Map {
    /// The map of a text that is its `bytes`, byte by byte.
    pub(super) fn identity(bytes: usize) -> Self {
        Map { stretches: vec![Stretch { source: 0, decoded: 0, count: bytes, from: 1, to: 1 }], places: vec![] }
    }

    /// The map of a transcript that stands at these `places` of the text.
    pub(super) fn behind(self, places: Vec<span::Stretch>) -> Self {
        Map { places, ..self }
    }

    /// The map of a text that was `read` from `bytes` with `encoding_rs`.
    pub(super) fn of(encoding: &'static encoding_rs::Encoding, bytes: &[u8], read: &super::Decoded) -> Self {
        let mut map = Map::default();
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let paired = encoding == encoding_rs::GB18030 || encoding == encoding_rs::BIG5;
        let (mut at, mut decoded) = (0, 0);
        let mut malformed = read.malformed.iter().peekable();
        let mut parts = read.parts.iter().peekable();
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            while parts.next_if(|part| part.source.end <= at).is_some() {}
            let until = parts.peek().map_or(bytes.len(), |part| part.source.start);
            let inside = until <= at;
            let until = malformed.peek().map_or(until, |run| until.min(run.source.start));
            let pairs = if inside || !paired { 0 } else { pairs(bytes.get(at..until), read.text.get(decoded..)) };
            if pairs > 0 {
                map.add_all(pairs, (at, PAIR), (decoded, THREE));
                (at, decoded) = (at + pairs * PAIR, decoded + pairs * THREE);
                continue;
            }
            let encoding = if inside { encoding_rs::UTF_8 } else { encoding };
            let mut characters = read.text.get(decoded..).unwrap_or_default().chars();
            let lone = rest.first() == Some(&LONE) && characters.as_str().starts_with('\u{A0}');
            let backslash = read.escaped && characters.as_str().starts_with(escape::BACKSLASH);
            let mut next = || characters.next().map_or(0, char::len_utf8);
            let (from, to) = match malformed.next_if(|run| run.source.start <= at) {
                Some(run) if read.escaped => {
                    decoded = map.add_escapes(run.source.range(), decoded);
                    at = run.source.end;
                    continue;
                }
                Some(run) => (run.source.len(), next()),
                None if encoding == encoding_rs::GB18030 && lone => (1, next()),
                None if backslash => (code(encoding, rest, &mut decoder, &mut next).0, escape::LENGTH),
                None => code(encoding, rest, &mut decoder, &mut next),
            };
            if to > 0 {
                map.add(at..at + from, decoded..decoded + to);
            }
            decoded += to;
            // A line end stands inside a character that it tore apart.
            if matches!(rest, [0x81..=0xFE, b'\n' | b'\r', ..]) && from > 2 {
                for byte in at + 1..at + from - 1 {
                    map.add(byte..byte + 1, decoded..decoded + 1);
                    decoded += 1;
                }
            }
            at += from;
        }
        map
    }

    /// Adds the next character of the text.
    pub(super) fn add(&mut self, source: Range<usize>, decoded: Range<usize>) {
        self.add_all(1, (source.start, source.len()), (decoded.start, decoded.len()));
    }

    /// Adds the next `count` characters, of `from` bytes each from `source` on, and of `to` bytes each in the text from `decoded` on.
    fn add_all(&mut self, count: usize, (source, from): (usize, usize), (decoded, to): (usize, usize)) {
        match self.stretches.last_mut() {
            Some(last) if last.end() == (source, decoded) && (last.from, last.to) == (from, to) => last.count += count,
            _ => self.stretches.push(Stretch { source, decoded, count, from, to }),
        }
    }

    /// Adds the bytes `source`, each of which is written out in the text from `decoded` on; gives the end of that.
    pub(super) fn add_escapes(&mut self, source: Range<usize>, decoded: usize) -> usize {
        let written = |byte: usize| decoded + (byte - source.start) * escape::LENGTH;
        let end = written(source.end);
        for byte in source.clone() {
            self.add(byte..byte + 1, written(byte)..written(byte + 1));
        }
        end
    }

    /// Gives the last character so many bytes more.
    pub(super) fn lengthen(&mut self, bytes: usize) {
        let Some(last) = self.stretches.pop() else { return };
        let single = Stretch { count: last.count - 1, ..last };
        let (source, decoded) = single.end();
        if single.count > 0 {
            self.stretches.push(single);
        }
        self.stretches.push(Stretch { source, decoded, count: 1, from: last.from + bytes, to: last.to });
    }

    /// The bytes of the characters at `span` of the text; where it is empty, the place before the character that follows.
    pub fn source(&self, span: Span<Decoded>) -> Span<Source> {
        let placed = |at| if self.places.is_empty() { at } else { span::placed(&self.places, at) };
        let (start, end) = (placed(span.start), placed(span.end));
        self.read(Span::new(start, end.max(start)))
    }

    /// The same of a span of the text that was read.
    fn read(&self, span: Span<Decoded>) -> Span<Source> {
        let start = self.character(span.start).start;
        let last = span.end.saturating_sub(1).max(span.start);
        let end = if span.is_empty() { start } else { self.character(last).end };
        Span::new(start, end.max(start))
    }

    /// The bytes of the character to which byte `offset` of the text belongs; behind the last one, the end.
    fn character(&self, offset: usize) -> Range<usize> {
        let after = self.stretches.partition_point(|stretch| stretch.decoded <= offset);
        let Some(stretch) = after.checked_sub(1).and_then(|index| self.stretches.get(index)) else { return 0..0 };
        let index = (offset - stretch.decoded) / stretch.to.max(1);
        if index >= stretch.count {
            let end = stretch.end().0;
            return end..end;
        }
        let start = stretch.source + index * stretch.from;
        start..start + stretch.from
    }
}

/// Bytes of a code of GB 18030 or Big5, and of its character in the text, as most of them have.
const PAIR: usize = 2;
const THREE: usize = 3;

/// How many codes of two bytes `rest` begins with whose characters have three bytes in `text`: in GB 18030 and Big5 each is a character.
fn pairs(rest: Option<&[u8]>, text: Option<&str>) -> usize {
    let codes = rest.unwrap_or_default().chunks_exact(PAIR);
    let characters = text.unwrap_or_default().as_bytes().chunks_exact(THREE);
    let is_pair = |(code, character): &(&[u8], &[u8])| {
        matches!(code, [0x81..=0xFE, 0x40..=0xFE]) && matches!(character, [0xE0..=0xEF, ..])
    };
    codes.zip(characters).take_while(is_pair).count()
}

/// How many bytes the code at the beginning of `rest` has, and how many its text, of which `next` gives the length of each character.
fn code(
    encoding: &'static encoding_rs::Encoding,
    rest: &[u8],
    decoder: &mut encoding_rs::Decoder,
    next: &mut impl FnMut() -> usize,
) -> (usize, usize) {
    let length = match *rest {
        _ if encoding.is_single_byte() => 1,
        _ if encoding == encoding_rs::UTF_8 => {
            let length = next();
            return (length.max(1), length);
        }
        [0x81..=0xFE, 0x30..=0x39, ..] if encoding == encoding_rs::GB18030 => 4,
        [0x81..=0xFE, b'\n', ..] if encoding == encoding_rs::GB18030 || encoding == encoding_rs::BIG5 => 3,
        [0x81..=0xFE, b'\r', ..] if encoding == encoding_rs::GB18030 || encoding == encoding_rs::BIG5 => 4,
        [0x81..=0xFE, ..] if encoding == encoding_rs::GB18030 || encoding == encoding_rs::BIG5 => 2,
        _ if encoding == encoding_rs::GB18030 || encoding == encoding_rs::BIG5 => 1,
        [_, 0xD8..=0xDB, ..] if encoding == encoding_rs::UTF_16LE => 4,
        [0xD8..=0xDB, ..] if encoding == encoding_rs::UTF_16BE => 4,
        _ if encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE => 2,
        // The others are asked byte by byte.
        _ => {
            let mut read = String::with_capacity(16);
            let complete = rest.iter().position(|byte| {
                let _ = decoder.decode_to_string_without_replacement(&[*byte], &mut read, false);
                !read.is_empty()
            });
            return (complete.map_or(rest.len(), |last| last + 1), read.chars().map(|_| next()).sum());
        }
    };
    // Four codes of Big5 are a letter with a combining mark.
    let two = encoding == encoding_rs::BIG5 && matches!(rest, [0x88, 0x62 | 0x64 | 0xA3 | 0xA5, ..]);
    (length, next() + if two { next() } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use crate::span::Span;
    use std::path::Path;

    /// The bytes of each character of what `bytes` say in an encoding.
    fn characters(bytes: &[u8], label: &str) -> Vec<(char, Vec<u8>)> {
        let decoded = decode(Path::new("a.txt"), bytes, Some(label)).expect("text");
        let map = decoded.map(bytes);
        let source = |at: usize, c: char| map.source(Span::new(at, at + c.len_utf8())).range();
        decoded.text.char_indices().map(|(at, c)| (c, bytes[source(at, c)].to_vec())).collect()
    }

    #[test]
    fn every_character_is_followed_to_its_bytes() {
        let text = "a中，b\u{20087}é\n文字";
        for label in ["utf-8", "gb18030", "utf-16le", "utf-16be", "utf-32le", "utf-32be"] {
            let code = |c: char| match label {
                "utf-16le" => c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_le_bytes()).collect(),
                "utf-16be" => c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()).collect(),
                "utf-32le" => u32::from(c).to_le_bytes().to_vec(),
                "utf-32be" => u32::from(c).to_be_bytes().to_vec(),
                "gb18030" => encoding_rs::GB18030.encode(c.encode_utf8(&mut [0; 4])).0.into_owned(),
                _ => c.to_string().into_bytes(),
            };
            let expected: Vec<(char, Vec<u8>)> = text.chars().map(|c| (c, code(c))).collect();
            let bytes: Vec<u8> = expected.iter().flat_map(|(_, code)| code.clone()).collect();
            assert_eq!(characters(&bytes, label), expected, "{label}");
        }
    }

    #[test]
    fn escapes_and_malformed_runs_are_passed_over_and_revised_characters_keep_their_place() {
        let hz = characters(b"ab~{VPND~}~~c", "hz");
        let expected: [(char, &[u8]); 6] =
            [('a', b"a"), ('b', b"b"), ('中', b"VP"), ('文', b"ND"), ('~', b"~~"), ('c', b"c")];
        assert_eq!(hz, expected.map(|(c, code)| (c, code.to_vec())));
        let iso = characters(b"\x1B$)A\x0E=;;;\x0Fa", "iso-2022-cn");
        assert_eq!(iso, [('交', b"=;".to_vec()), ('换', b";;".to_vec()), ('a', b"a".to_vec())]);
        let gbk = characters(b"\xD6\xD0\xFE\x51\xFF\xCE\xC4x", "gb18030");
        let expected: [(char, &[u8]); 5] =
            [('中', b"\xD6\xD0"), ('\u{20087}', b"\xFE\x51"), ('\u{FFFD}', b"\xFF"), ('文', b"\xCE\xC4"), ('x', b"x")];
        assert_eq!(gbk, expected.map(|(c, code)| (c, code.to_vec())));
        let big5 = characters(b"\x88\x62a", "big5");
        assert_eq!(big5[2], ('a', b"a".to_vec()), "two characters of one code");
        let sjis = characters(b"\x93\xFA\xB1a", "shift_jis");
        assert_eq!(sjis, [('日', b"\x93\xFA".to_vec()), ('ｱ', b"\xB1".to_vec()), ('a', b"a".to_vec())]);
        let tw = characters(b"a\x8E\xA2\xA1\xA1\xC4\xE3", "euc-tw");
        assert_eq!(tw, [('a', b"a".to_vec()), ('乂', b"\x8E\xA2\xA1\xA1".to_vec()), ('中', b"\xC4\xE3".to_vec())]);
    }

    #[test]
    fn torn_characters_and_the_parts_of_a_mixed_text_are_followed_to_their_bytes() {
        let first = "系統在開板時會，系統在開板時會";
        let [first_bytes, rest] = [first, "自動分配一個。"].map(|text| encoding_rs::BIG5.encode(text).0.into_owned());
        let bytes = [first_bytes.as_slice(), &rest[..1], b"\r\n", &rest[1..]].concat();
        let found = characters(&bytes, "big5");
        assert_eq!(found[first.chars().count()], ('自', [&rest[..1], b"\r\n", &rest[1..2]].concat()));
        assert_eq!(found[first.chars().count() + 1], ('\r', b"\r".to_vec()));
        assert_eq!(found.last(), Some(&('。', b"\xA1\x43".to_vec())));

        let chinese = "话说天下大势，分久必合，合久必分。\n";
        let bytes = [&*encoding_rs::GB18030.encode(chinese).0, chinese.as_bytes()].concat();
        let decoded = decode(Path::new("a.txt"), &bytes, None).expect("text");
        assert_eq!(decoded.text, chinese.repeat(2));
        let map = decoded.map(&bytes);
        let at = |offset: usize| map.source(Span::new(offset, offset + 3)).range();
        assert_eq!(bytes[at(3)], *b"\xCB\xB5");
        assert_eq!(bytes[at(chinese.len() + 3)], *"说".as_bytes());
    }

    #[test]
    fn an_empty_span_and_the_end_have_a_place() {
        let bytes = b"\xD6\xD0\xCE\xC4";
        let map = decode(Path::new("a.txt"), bytes, Some("gb18030")).expect("text").map(bytes);
        assert_eq!(map.source(Span::new(3, 3)), Span::new(2, 2));
        assert_eq!(map.source(Span::new(6, 6)), Span::new(4, 4));
        assert_eq!(map.source(Span::new(0, 6)), Span::new(0, 4));
    }
}
