//! The text as it is being read, with the places where bytes were no characters.

use super::{Malformed, Map};
use crate::span::Span;
use std::ops::Range;

/// Bytes of text that are decoded at once.
const PIECE: usize = 4096;

/// A text under way: characters and malformed runs in the order of the source.
#[derive(Debug, Default)]
pub(super) struct Transcript {
    /// The text so far.
    pub text: String,
    /// The malformed runs so far.
    pub malformed: Vec<Malformed>,
    /// Where in the text the characters stand whose bytes a line end had torn apart.
    pub torn: Vec<usize>,
    /// Where the characters stand that were put in one by one, with the malformed runs.
    pub map: Map,
}

impl Transcript {
    /// All of `bytes`, read with a decoder of `encoding_rs`.
    pub(super) fn of(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Self {
        let mut transcript = Transcript::default();
        transcript.read(encoding, bytes, 0);
        transcript
    }

    /// Records that the source bytes `run` are no characters: one U+FFFD for each unbroken run.
    pub(super) fn malformed(&mut self, run: Range<usize>) {
        if run.is_empty() {
            return;
        }
        let mark = char::REPLACEMENT_CHARACTER;
        let at = self.text.len();
        if let Some(last) = self.malformed.last_mut()
            && last.source.end == run.start
            && last.decoded + mark.len_utf8() == self.text.len()
        {
            last.source.end = run.end;
            self.map.lengthen(run.len());
            return;
        }
        self.map.add(run.clone(), at..at + mark.len_utf8());
        self.malformed.push(Malformed { source: Span::from(run), decoded: at });
        self.text.push(mark);
    }

    /// Puts in `c`, which the source bytes `run` are.
    pub(super) fn push(&mut self, c: char, run: Range<usize>) {
        self.map.add(run, self.text.len()..self.text.len() + c.len_utf8());
        self.text.push(c);
    }

    /// Puts in the character whose two bytes are the first and the last of `run`, and the line end that stands between them.
    pub(super) fn torn(&mut self, encoding: &'static encoding_rs::Encoding, bytes: &[u8], run: Range<usize>) {
        if let Some([first, line_end @ .., last]) = bytes.get(run.clone()) {
            self.torn.push(self.text.len());
            self.read(encoding, &[*first, *last], run.start);
            self.read(encoding, line_end, run.start + 1);
        }
    }

    /// Puts in what was read from the bytes of the source from byte `at`.
    pub(super) fn append(&mut self, part: Transcript, at: usize) {
        let begin = self.text.len();
        self.text.push_str(&part.text);
        self.torn.extend(part.torn.iter().map(|offset| begin + offset));
        self.malformed.extend(part.malformed.into_iter().map(|run| Malformed {
            source: Span::new(at + run.source.start, at + run.source.end),
            decoded: begin + run.decoded,
        }));
    }

    /// Reads all of `bytes`, which begin at byte `at` of the source, with a decoder of `encoding_rs`.
    pub(super) fn read(&mut self, encoding: &'static encoding_rs::Encoding, bytes: &[u8], at: usize) {
        use encoding_rs::DecoderResult;
        if bytes.is_empty() {
            return;
        }
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut read = 0;
        self.text.reserve(bytes.len() + bytes.len() / 2 + 16);
        // The decoder touches each page of the room that it is given, so in the room for all of a long text every malformed run would cost
        // as much as the text is long.
        let mut piece = String::with_capacity((bytes.len() * 2 + 16).min(PIECE));
        loop {
            let rest = bytes.get(read..).unwrap_or_default();
            let (result, taken) = decoder.decode_to_string_without_replacement(rest, &mut piece, true);
            read += taken;
            self.text.push_str(&piece);
            piece.clear();
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(length, beyond) => {
                    let end = (at + read).saturating_sub(usize::from(beyond));
                    self.malformed(end.saturating_sub(usize::from(length))..end);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_read_piece_by_piece_with_all_that_is_malformed() {
        // 山, no character, 雨: pieces end within each of them.
        let bytes = b"\xC9\xBD\xFF\xD3\xEA\n".repeat(5000);
        let transcript = Transcript::of(encoding_rs::GB18030, &bytes);
        assert_eq!(transcript.text, "山\u{FFFD}雨\n".repeat(5000));
        let places = transcript.malformed.iter().map(|run| (run.source.range(), run.decoded));
        assert!(places.eq((0..5000).map(|i| (6 * i + 2..6 * i + 3, 10 * i + 3))));
        let clean = "山雨欲来风满楼".repeat(2000);
        assert_eq!(Transcript::of(encoding_rs::UTF_8, clean.as_bytes()).text, clean);
    }
}
