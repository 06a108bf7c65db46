//! Malformed bytes written out as `\xNN`, so that the text tells all that the file held.

use super::map::Map;
use super::transcript::Transcript;
use super::{Decoded, Malformed};
use crate::note::At;
use crate::span::Span;
use std::fmt::Write;

/// Bytes of `\xNN`.
pub(super) const LENGTH: usize = 4;
/// How a backslash is written that would else read as the beginning of such an escape.
pub(super) const BACKSLASH: &str = "\\x5C";

/// What is written out.
struct Escape<'m> {
    /// Its offset in the text.
    at: usize,
    /// The malformed run that stands there; else it is a backslash.
    run: Option<&'m Malformed>,
}

impl Escape<'_> {
    /// How long it is in the text, in bytes: U+FFFD or a backslash.
    fn length(&self) -> usize {
        self.run.map_or(1, |_| char::REPLACEMENT_CHARACTER.len_utf8())
    }
}

/// All that is written out in `text`, in order.
fn places<'m>(text: &str, malformed: &'m [Malformed]) -> Vec<Escape<'m>> {
    let escape = |at: &usize| {
        let digits = text.as_bytes().get(at + 2..at + LENGTH);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            && text.as_bytes().get(at + 1) == Some(&b'x')
    };
    let backslashes = memchr::memchr_iter(b'\\', text.as_bytes()).filter(escape).map(|at| Escape { at, run: None });
    let runs = malformed.iter().map(|run| Escape { at: run.decoded, run: Some(run) });
    let mut places: Vec<Escape<'_>> = runs.chain(backslashes).collect();
    places.sort_by_key(|place| place.at);
    places
}

impl Decoded {
    /// The same with each malformed byte of `bytes`, from which it was read, written as `\xNN` in place of one U+FFFD for each run. A
    /// backslash that would read as the beginning of such an escape becomes `\x5C`: so the bytes can be had back from the text.
    pub fn escape_bytes(mut self, bytes: &[u8]) -> Self {
        let places = places(&self.text, &self.malformed);
        let mut text = String::with_capacity(self.text.len() + places.len() * LENGTH);
        // Ends of the places in the old text and in the new one.
        let mut ends = vec![(0, 0)];
        for place in &places {
            let done = ends.last().map_or(0, |end| end.0);
            text.push_str(self.text.get(done..place.at).unwrap_or_default());
            match place.run.and_then(|run| bytes.get(run.source.range())) {
                Some(run) => run.iter().for_each(|byte| write!(text, "\\x{byte:02X}").unwrap_or_default()),
                None => text.push_str(BACKSLASH),
            }
            ends.push((place.at + place.length(), text.len()));
        }
        let (old, new) = ends.last().copied().unwrap_or_default();
        text.push_str(self.text.get(old..).unwrap_or_default());
        let moved = |offset: usize| {
            let before = ends.partition_point(|end| end.0 <= offset).saturating_sub(1);
            ends.get(before).map_or(offset, |&(old, new)| new + (offset - old))
        };
        debug_assert_eq!(moved(self.text.len()), new + (self.text.len() - old));
        let moved_runs: Vec<usize> = self.malformed.iter().map(|run| moved(run.decoded)).collect();
        for (run, decoded) in self.malformed.iter_mut().zip(moved_runs) {
            run.decoded = decoded;
        }
        for part in &mut self.parts {
            part.decoded = Span::new(moved(part.decoded.start), moved(part.decoded.end));
        }
        for note in &mut self.notes {
            if let At::Decoded(span) = note.at {
                note.at = At::Decoded(Span::new(moved(span.start), moved(span.end)));
            }
        }
        self.text = text;
        self.escaped = true;
        self
    }
}

/// The map of what `transcript` becomes when its malformed bytes are written out.
pub(super) fn map(transcript: &Transcript) -> Map {
    let places = places(&transcript.text, &transcript.malformed);
    let mut places = places.iter().peekable();
    let (mut map, mut decoded) = (Map::default(), 0);
    for (at, c) in transcript.text.char_indices() {
        let source = transcript.map.source(Span::new(at, at + c.len_utf8())).range();
        decoded = match places.next_if(|place| place.at == at) {
            Some(Escape { run: Some(_), .. }) => map.add_escapes(source, decoded),
            place => {
                let length = place.map_or(c.len_utf8(), |_| LENGTH);
                map.add(source, decoded..decoded + length);
                decoded + length
            }
        };
    }
    map
}

#[cfg(test)]
mod tests {
    use super::super::{bytes_in, decode};
    use super::*;
    use std::path::Path;

    /// The bytes that `text` was read from: of each `\xNN` one, of the rest those of the encoding.
    fn unescaped(text: &str, label: &str) -> Vec<u8> {
        let mut bytes = vec![];
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let digits = rest.strip_prefix("\\x").and_then(|rest| rest.get(..2));
            let (code, length) = match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                Some(byte) => (vec![byte], LENGTH),
                None => (bytes_in(&rest[..c.len_utf8()], label).expect("a character of the encoding"), c.len_utf8()),
            };
            bytes.extend(code);
            rest = &rest[length..];
        }
        bytes
    }

    #[test]
    fn the_bytes_can_be_had_back_from_the_text() {
        let text = "话说天下大势，C:\\x64\\x与\\x5C，\\\n分久必合，合久必分。\n";
        for label in ["utf-8", "gb18030", "big5"] {
            let traditional = text.replace(['话', '说', '势'], "\\x");
            let whole = bytes_in(if label == "big5" { &traditional } else { text }, label).expect("the text");
            for at in 0..whole.len() {
                for bad in [None, Some(0xFF), Some(0x5C), Some(0xE4)] {
                    let mut bytes = whole.clone();
                    match bad {
                        Some(byte) => bytes[at] = byte,
                        None => drop(bytes.drain(at..=at)),
                    }
                    let Ok(decoded) = decode(Path::new("a"), &bytes, Some(label)) else { continue };
                    let runs = decoded.malformed.len();
                    let lost: usize = decoded.malformed.iter().map(|run| run.source.len()).sum();
                    let escaped = decoded.escape_bytes(&bytes);
                    assert_eq!(unescaped(&escaped.text, label), bytes, "{label} {at} {bad:?}: {}", escaped.text);
                    assert_eq!(escaped.malformed.len(), runs);
                    // Each escape is one byte on its own.
                    let map = escaped.map(&bytes);
                    let written = escaped.malformed.iter().flat_map(|run| {
                        let first = run.decoded;
                        (0..run.source.len()).map(move |i| (first + i * LENGTH, run.source.start + i))
                    });
                    let mut count = 0;
                    for (at, byte) in written {
                        let own = Span::new(at, at + LENGTH);
                        assert_eq!(escaped.text[own.range()], format!("\\x{:02X}", bytes[byte]));
                        assert_eq!(map.source(own).range(), byte..byte + 1);
                        count += 1;
                    }
                    assert_eq!(count, lost);
                    // And the last character of the text is still the last of the file.
                    let end = Span::new(escaped.text.len() - 1, escaped.text.len());
                    assert_eq!(map.source(end).end, bytes.len(), "{label} {at} {bad:?}: {}", escaped.text);
                }
            }
        }
    }

    #[test]
    fn our_own_decoders_map_what_is_written_out() {
        for (label, bytes) in [("hz", &b"a\\x41~{VP\xFF~}b\n"[..]), ("euc-tw", b"a\\x41\xC4\xE3\x8E\xFFb\n")] {
            let escaped = decode(Path::new("a"), bytes, Some(label)).expect("text").escape_bytes(bytes);
            assert!(escaped.text.starts_with("a\\x5Cx41中\\x"), "{}", escaped.text);
            let map = escaped.map(bytes);
            for run in &escaped.malformed {
                let own = Span::new(run.decoded, run.decoded + run.source.len() * LENGTH);
                assert_eq!(map.source(own), run.source);
            }
            let b = escaped.text.find('b').expect("b");
            assert_eq!(bytes[map.source(Span::new(b, b + 1)).range()], *b"b");
        }
    }

    #[test]
    fn a_text_without_damage_stays_but_for_what_reads_as_an_escape() {
        let read =
            |text: &str| decode(Path::new("a"), text.as_bytes(), None).expect("text").escape_bytes(text.as_bytes());
        assert_eq!(read("善本，\\xyz \\n \u{FFFD}").text, "善本，\\xyz \\n \u{FFFD}");
        assert_eq!(read("善本，\\xe4").text, "善本，\\x5Cxe4");
    }
}
