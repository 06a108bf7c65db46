//! Bytes to text, with the evidence.
//!
//! A byte order mark, valid UTF-8 and a declaration that fits are believed; else every [reading](detect) is weighed. Text in
//! an encoding that loses step is read again byte by byte where it is [damaged](repair). See `docs/decoding.md`.

mod binary;
mod choice;
mod codes;
mod declared;
mod detect;
mod encoding;
mod escape;
mod euctw;
mod gb18030;
mod iso2022;
mod language;
mod little;
mod map;
mod mixed;
mod model;
mod name;
mod reading;
mod reencode;
mod repair;
mod sample;
mod shifted;
mod transcript;
mod utf8;
mod walk;
mod wide;

use crate::error::{Cause, Error, Kind, Stage};
use crate::note::{At, Note};
use crate::span::{self, Source, Span, Stretch};
use choice::Choice;
use encoding::Encoding;
use shifted::Form;
use std::path::Path;
use transcript::Transcript;

pub use encoding::{label, labels};
pub use map::Map;
pub use name::name_of_bytes;
pub use reencode::{bits, bytes_in, lossy_text_in, text_in};

/// How the encoding was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// A byte order mark.
    Bom,
    /// The file says so itself (a `charset=` or `coding:` declaration).
    Declared,
    /// By content.
    Detected,
    /// The user said so.
    Forced,
    /// By the format of the file, which knows no other.
    Format,
}

/// A reading that was weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Label of the encoding (`gb18030`, `big5`, `utf-8`, `utf-16le`, …).
    pub label: &'static str,
    /// Information content of the reading in bits a character; lower is likelier.
    pub bits: f64,
    /// Malformed byte runs in it.
    pub errors: usize,
}

/// Why the text was read as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// How the choice was made.
    pub how: How,
    /// The readings weighed, best first. The first is the one taken, but where the user or a byte order mark chose.
    pub candidates: Vec<Candidate>,
    /// Distance to the runner-up in bits over the sample; `None` when nothing else was weighed.
    pub margin: Option<f64>,
}

/// One run of bytes that is no character in the encoding, and stands as U+FFFD in the text, or written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The bytes.
    pub source: Span<Source>,
    /// Byte offset in the decoded text of its U+FFFD, or of its first `\xNN`.
    pub decoded: usize,
}

/// A stretch of a file that is UTF-8 while the rest is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its bytes.
    pub source: Span<Source>,
    /// What they say.
    pub decoded: Span<span::Decoded>,
}

/// A page, as it was decoded, of which a transcript was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Original {
    /// The page.
    pub decoded: Decoded,
    /// Where the transcript stands in it.
    pub places: Vec<Stretch>,
    /// Whether the bytes of the page lay packed in those of the file, so that none of them has a place there.
    pub packed: bool,
}

/// A decoded file.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The text; U+FFFD stands for each malformed run, a BOM is kept (normalization drops it, and says so).
    pub text: String,
    /// Whether malformed bytes stand in the text as `\xNN` each ([`Decoded::escape_bytes`]).
    pub escaped: bool,
    /// Label of the encoding.
    pub encoding: &'static str,
    /// Why.
    pub evidence: Evidence,
    /// Damage found while decoding, in order.
    pub malformed: Vec<Malformed>,
    /// What is UTF-8 in a file of another encoding.
    pub parts: Vec<Part>,
    /// What the text is the transcript of, where it is one.
    pub original: Option<Box<Original>>,
    /// What a person should know of the reading: `malformed-bytes`, `mixed-encodings`, `torn-character`, `encoding-doubtful`,
    /// `declaration-wrong`, `foreign-text`.
    pub notes: Vec<Note>,
}

impl Decoded {
    /// Where the characters of the text stand in `bytes`, from which it was read. Made by reading them again.
    pub fn map(&self, bytes: &[u8]) -> Map {
        if let Some(original) = &self.original {
            let map = if original.packed { Map::default() } else { original.decoded.map(bytes) };
            return map.behind(original.places.clone());
        }
        if self.text.as_bytes() == bytes {
            return Map::identity(bytes.len());
        }
        match Encoding::named(self.encoding) {
            Some(Encoding::Whatwg(encoding)) => Map::of(encoding, bytes, self),
            // These readers note where each character comes from; they never see `damaged`.
            _ if self.escaped => escape::map(&read(self.encoding, false, bytes)),
            _ => read(self.encoding, false, bytes).map,
        }
    }
}

impl Decoded {
    /// The transcript of it, which stands at these places of its text. `packed`: see [`Original::packed`].
    pub fn transcribed(mut self, text: String, places: Vec<Stretch>, packed: bool) -> Self {
        let mut notes = std::mem::take(&mut self.notes);
        for note in &mut notes {
            if let At::Decoded(span) = note.at {
                note.at = At::Original(Span::new(span.start, span.end));
            }
        }
        let runs = self.malformed.iter();
        let malformed =
            runs.map(|run| Malformed { source: run.source, decoded: span::found(&places, run.decoded) }).collect();
        let (encoding, evidence, escaped) = (self.encoding, self.evidence.clone(), self.escaped);
        let original = Some(Box::new(Original { decoded: self, places, packed }));
        Decoded { text, escaped, encoding, evidence, malformed, parts: vec![], original, notes }
    }
}

impl Decoded {
    /// A text that no bytes were decoded for: what a file holds whose format says how it is written.
    pub fn unpacked(text: String) -> Self {
        let evidence = Evidence { how: How::Format, candidates: vec![], margin: None };
        let page = Decoded {
            text: String::new(),
            escaped: false,
            encoding: "utf-8",
            evidence,
            malformed: vec![],
            parts: vec![],
            original: None,
            notes: vec![],
        };
        page.transcribed(text, vec![], true)
    }
}

/// Reads `bytes` as text. `forced` is the label of `--encoding`.
///
/// # Errors
/// [`Kind::Empty`], [`Kind::Binary`] and
/// [`Kind::Encoding`], with `path` in the message.
pub fn decode(path: &Path, bytes: &[u8], forced: Option<&str>) -> Result<Decoded, Error> {
    let stop = |kind, cause| Error::new(Stage::Decode, kind, path, cause);
    if bytes.is_empty() {
        return Err(stop(Kind::Empty, Cause::FileIsEmpty));
    }
    let mut choice = match forced {
        Some(label) => choice::force(label, bytes).map_err(|cause| stop(Kind::Encoding, cause))?,
        None => choice::choose(bytes).map_err(|kind| stop(Kind::Binary, Cause::LooksLike { kind }))?,
    };
    let (transcript, parts) = read_parts(&choice, bytes);
    if transcript.text.chars().all(|c| c.is_whitespace() || matches!(c, '\0' | '\u{FEFF}' | '\u{1A}')) {
        return Err(stop(Kind::Empty, Cause::OnlyBlanks));
    }
    if forced.is_some() && misfits(&transcript) {
        return Err(stop(Kind::Encoding, Cause::Misfits { encoding: choice.encoding }));
    }
    if let Some(first) = transcript.malformed.first() {
        let lost: usize = transcript.malformed.iter().map(|run| run.source.len()).sum();
        let places = transcript.malformed.len();
        let detail = Cause::BytesOfNothing { encoding: choice.encoding, bytes: lost, places };
        choice.notes.push(Note::warning("malformed-bytes", At::Source(first.source), detail));
    }
    if let Some(first) = parts.first() {
        let inside: usize = parts.iter().map(|part| part.source.len()).sum();
        let outside = bytes.len() - inside;
        let detail = Cause::TwoEncodings { inside, outside, encoding: choice.encoding };
        choice.notes.push(Note::warning("mixed-encodings", At::Decoded(first.decoded), detail));
    }
    if let Some(&first) = transcript.torn.first() {
        let detail = Cause::Torn { count: transcript.torn.len() };
        choice.notes.push(Note::info("torn-character", At::Decoded(Span::new(first, first)), detail));
    }
    if let Some(language) = language::foreign(&transcript.text) {
        let detail = Cause::IsForeignText { language, encoding: choice.encoding };
        choice.notes.push(Note::warning("foreign-text", At::File, detail));
    }
    Ok(Decoded {
        text: transcript.text,
        escaped: false,
        encoding: choice.encoding,
        evidence: Evidence { how: choice.how, candidates: choice.candidates, margin: choice.margin },
        malformed: transcript.malformed,
        parts,
        original: None,
        notes: choice.notes,
    })
}

/// Reads `bytes` as was chosen, with the parts that are UTF-8.
fn read_parts(choice: &Choice, bytes: &[u8]) -> (Transcript, Vec<Part>) {
    if choice.parts.is_empty() {
        return (read(choice.encoding, choice.damaged, bytes), vec![]);
    }
    let (mut transcript, mut parts) = (Transcript::default(), vec![]);
    let mut done = 0;
    for part in &choice.parts {
        let rest = bytes.get(done..part.start).unwrap_or_default();
        transcript.append(read(choice.encoding, choice.damaged, rest), done);
        let begin = transcript.text.len();
        transcript.append(read("utf-8", false, bytes.get(part.clone()).unwrap_or_default()), part.start);
        parts.push(Part { source: Span::from(part.clone()), decoded: Span::new(begin, transcript.text.len()) });
        done = part.end;
    }
    transcript.append(read(choice.encoding, choice.damaged, bytes.get(done..).unwrap_or_default()), done);
    (transcript, parts)
}

/// Reads all of `bytes` in the encoding of this name. Where that can lose step, lines that look damaged are read byte
/// by byte; less makes them so where the text is known to be `damaged`.
fn read(name: &str, damaged: bool, bytes: &[u8]) -> Transcript {
    let whatwg = match Encoding::named(name) {
        Some(Encoding::Whatwg(encoding)) => encoding,
        Some(Encoding::Utf32(endian)) => return wide::utf32(bytes, endian),
        Some(Encoding::Hz) => return shifted::read(Form::Hz, bytes),
        Some(Encoding::Iso2022(set)) => return shifted::read(Form::Iso2022(set), bytes),
        Some(Encoding::EucTw) => return euctw::read(bytes),
        None => encoding_rs::UTF_8,
    };
    let mut transcript = match codes::slipping(whatwg) {
        Some(code) => repair::read(code, whatwg, damaged, bytes),
        None => Transcript::of(whatwg, bytes),
    };
    if whatwg == encoding_rs::GB18030 {
        gb18030::revise(&mut transcript);
    }
    transcript
}

/// Whether more bytes are malformed than there are characters read, halved.
fn misfits(transcript: &Transcript) -> bool {
    let lost: usize = transcript.malformed.iter().map(|run| run.source.len()).sum();
    lost * 2 > transcript.text.chars().count() - transcript.malformed.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The opening of 三國演義, in the public domain.
    const SIMPLIFIED: &str =
        "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。及秦灭之后，楚、汉分争，又并入于汉。";
    const TRADITIONAL: &str =
        "話說天下大勢，分久必合，合久必分。周末七國分爭，併入於秦。及秦滅之後，楚、漢分爭，又併入於漢。";

    fn decoded(bytes: &[u8]) -> Decoded {
        decode(Path::new("a.txt"), bytes, None).expect("text")
    }

    fn fails(bytes: &[u8], forced: Option<&str>) -> Kind {
        decode(Path::new("a.txt"), bytes, forced).expect_err("no text").kind
    }

    fn kinds(decoded: &Decoded) -> Vec<&str> {
        decoded.notes.iter().map(|note| note.kind).collect()
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn chinese_is_read_in_every_encoding_it_is_written_in() {
        let cases: Vec<(&str, &str, Vec<u8>)> = vec![
            ("utf-8", SIMPLIFIED, SIMPLIFIED.into()),
            ("gb18030", SIMPLIFIED, encoding_rs::GBK.encode(SIMPLIFIED).0.into()),
            ("gb18030", TRADITIONAL, encoding_rs::GBK.encode(TRADITIONAL).0.into()),
            ("big5", TRADITIONAL, encoding_rs::BIG5.encode(TRADITIONAL).0.into()),
            ("utf-16le", SIMPLIFIED, utf16(SIMPLIFIED, u16::to_le_bytes)),
            ("utf-16be", TRADITIONAL, utf16(TRADITIONAL, u16::to_be_bytes)),
            ("utf-32le", SIMPLIFIED, SIMPLIFIED.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
            ("utf-32be", SIMPLIFIED, SIMPLIFIED.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect()),
        ];
        for (encoding, text, bytes) in cases {
            let decoded = decoded(&bytes);
            assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
            assert_eq!(decoded.evidence.how, How::Detected);
            assert!(decoded.malformed.is_empty() && decoded.notes.is_empty(), "{:?}", decoded.notes);
        }
    }

    #[test]
    fn wide_units_that_hold_signs_of_shifts_are_wide_units() {
        // 怎 is 600E and 小 is 5C0F, which hold the signs of ISO-2022; and no byte has the eighth bit.
        let text = "大小不一, 我本有字. 怎不向下? 小夫大本, 有手有木.\n".repeat(5);
        for (encoding, bytes) in [
            ("utf-16le", utf16(&text, u16::to_le_bytes)),
            ("utf-16be", utf16(&text, u16::to_be_bytes)),
            ("utf-32le", text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
        ] {
            let decoded = decoded(&bytes);
            assert_eq!((decoded.encoding, decoded.text == text), (encoding, true));
        }
    }

    #[test]
    fn what_a_disk_left_around_a_text_does_not_hide_what_it_is_written_in() {
        let texts: [(&str, Vec<u8>); 5] = [
            ("gb18030", encoding_rs::GBK.encode(SIMPLIFIED).0.into()),
            ("big5", encoding_rs::BIG5.encode(TRADITIONAL).0.into()),
            ("utf-8", SIMPLIFIED.into()),
            ("utf-16le", utf16(SIMPLIFIED, u16::to_le_bytes)),
            ("hz", b"~{;0;V~} hello ~{9z<R~}\n".repeat(20)),
        ];
        for (encoding, text) in texts {
            for byte in [0, 0xFF, b' '] {
                let filled = vec![byte; 1 << 17];
                for bytes in
                    [[&text[..], &filled].concat(), [&filled[..], &text].concat(), [&text, &filled[..], &text].concat()]
                {
                    assert_eq!(decoded(&bytes).encoding, encoding, "beside {byte:#04X}");
                }
            }
        }
    }

    #[test]
    fn euc_tw_is_told_from_what_is_no_utf8() {
        let bytes = b"\xF4\xED\xFC\xD5\xC4\xE3\xC5\xC6".repeat(17);
        assert_eq!(decoded(&bytes).text, "繁體中文".repeat(17));
    }

    #[test]
    fn rows_of_signs_do_not_speak_against_utf8() {
        let text = format!("KKMan {0} 正常\nPCMan {0} 正常\nXP telnet {0} 正常\n{0}\n", "=".repeat(40));
        let mut bytes = text.into_bytes();
        bytes[2] = 0xE9;
        assert_eq!(decoded(&bytes).encoding, "utf-8");
    }

    #[test]
    fn a_lost_byte_does_not_turn_the_order_of_wide_units() {
        // Most of it is ASCII, which reads well in either order behind the loss.
        let text = "一行文字\n".to_owned() + &"int main(void) { return 0; }\n".repeat(40);
        let wide: [(&str, Vec<u8>); 3] = [
            ("utf-16le", utf16(&text, u16::to_le_bytes)),
            ("utf-16be", utf16(&text, u16::to_be_bytes)),
            ("utf-32le", text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()),
        ];
        for (encoding, mut bytes) in wide {
            bytes.remove(201);
            assert_eq!(decoded(&bytes).encoding, encoding);
        }
    }

    #[test]
    fn a_mark_decides_and_is_kept() {
        let decoded = decoded(b"\xFF\xFE\x2D\x4E");
        assert_eq!((decoded.encoding, decoded.text.as_str()), ("utf-16le", "\u{FEFF}中"));
        assert_eq!(decoded.evidence.how, How::Bom);
    }

    #[test]
    fn a_declaration_that_fits_is_believed_and_one_that_does_not_is_reported() {
        let page = format!("<meta charset=gb2312>\n{SIMPLIFIED}");
        let right = decoded(&encoding_rs::GBK.encode(&page).0);
        assert_eq!((right.encoding, right.evidence.how), ("gb18030", How::Declared));
        let wrong = decoded(page.as_bytes());
        assert_eq!((wrong.encoding, wrong.evidence.how), ("utf-8", How::Detected));
        assert_eq!(kinds(&wrong), ["declaration-wrong"]);
        let latin = format!("<meta charset=iso-8859-1>\n{SIMPLIFIED}");
        assert_eq!(decoded(&encoding_rs::GBK.encode(&latin).0).encoding, "gb18030");
    }

    #[test]
    fn a_lost_byte_is_located_and_costs_one_character() {
        let mut bytes = encoding_rs::GBK.encode(SIMPLIFIED).0.into_owned();
        bytes.remove(5);
        let decoded = decoded(&bytes);
        assert_eq!(decoded.text, SIMPLIFIED.replacen('天', "\u{FFFD}", 1));
        assert_eq!(decoded.malformed, [Malformed { source: Span::new(4, 5), decoded: "话说".len() }]);
        assert_eq!(kinds(&decoded), ["malformed-bytes"]);
    }

    #[test]
    fn two_lost_bytes_in_one_line_are_seen_though_the_pairing_comes_right_again() {
        let mut bytes = encoding_rs::GBK.encode(SIMPLIFIED).0.into_owned();
        bytes.remove(61);
        bytes.remove(5);
        let decoded = decoded(&bytes);
        assert_eq!(decoded.malformed.len(), 2, "{}", decoded.text);
        assert_eq!(decoded.text.chars().count(), SIMPLIFIED.chars().count());
    }

    #[test]
    fn thirty_two_bytes_of_which_three_are_bad_are_still_read_as_what_they_are() {
        let texts: [(&str, Vec<u8>); 3] = [
            ("gb18030", encoding_rs::GBK.encode(SIMPLIFIED).0.into()),
            ("big5", encoding_rs::BIG5.encode(TRADITIONAL).0.into()),
            ("utf-8", SIMPLIFIED.into()),
        ];
        for (encoding, bytes) in texts {
            let wrong = (0..bytes.len() - 32).flat_map(|start| (0..5).map(move |turn| (start, turn))).filter(
                |&(start, turn)| {
                    let mut piece = bytes[start..start + 32].to_vec();
                    for at in [3 + turn, 12 + 2 * turn, 30 - turn] {
                        piece[at] = 0xFF;
                    }
                    decoded(&piece).encoding != encoding
                },
            );
            let (wrong, all) = (wrong.count(), (bytes.len() - 32) * 5);
            assert!(wrong * 100 <= all, "{encoding}: {wrong} of {all}");
        }
    }

    #[test]
    fn foreign_text_is_read_as_what_it_is_and_named() {
        let japanese = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。";
        let russian = "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.";
        let korean = "모든 국민은 인간으로서의 존엄과 가치를 가지며 행복을 추구할 권리를 가진다.";
        let french =
            "Longtemps, je me suis couché de bonne heure. Parfois, à peine ma bougie éteinte, mes yeux se fermaient.";
        for (encoding, text, named) in [
            (encoding_rs::SHIFT_JIS, japanese, true),
            (encoding_rs::EUC_JP, japanese, true),
            (encoding_rs::UTF_8, japanese, true),
            (encoding_rs::EUC_KR, korean, true),
            (encoding_rs::WINDOWS_1251, russian, true),
            (encoding_rs::KOI8_R, russian, true),
            (encoding_rs::WINDOWS_1252, french, false),
        ] {
            let decoded = decoded(&encoding.encode(text).0);
            assert_eq!(decoded.text, text, "{}", decoded.encoding);
            assert_eq!(decoded.encoding, encoding.name().to_ascii_lowercase());
            assert_eq!(kinds(&decoded) == ["foreign-text"], named, "{:?}", decoded.notes);
        }
    }

    #[test]
    fn no_text_is_an_error_that_says_what_it_is() {
        assert_eq!(fails(b"", None), Kind::Empty);
        assert_eq!(fails(b"\xEF\xBB\xBF \r\n\t", None), Kind::Empty);
        assert_eq!(fails("　\n".as_bytes(), None), Kind::Empty);
        assert_eq!(fails(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", None), Kind::Binary);
        let noise: Vec<u8> = (0..20_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8).collect();
        assert_eq!(fails(&noise, None), Kind::Binary);
    }

    #[test]
    fn the_user_is_believed_unless_it_cannot_be() {
        let bytes = encoding_rs::GBK.encode(SIMPLIFIED).0;
        let right = decode(Path::new("a"), &bytes, Some("GB2312")).expect("text");
        assert_eq!((right.encoding, right.evidence.how), ("gb18030", How::Forced));
        assert_eq!(right.text, SIMPLIFIED);
        assert!(right.notes.is_empty());
        let odd = decode(Path::new("a"), &bytes, Some("windows-1252")).expect("text");
        assert_eq!(kinds(&odd), ["encoding-doubtful"]);
        assert_eq!(fails(&bytes, Some("utf-8")), Kind::Encoding);
        assert_eq!(fails(&bytes, Some("gbkk")), Kind::Encoding);
        let wide = decode(Path::new("a"), &utf16(TRADITIONAL, u16::to_be_bytes), Some("utf-16")).expect("text");
        assert_eq!((wide.encoding, wide.text.as_str()), ("utf-16be", TRADITIONAL));
    }

    #[test]
    fn the_2022_revision_of_gb18030_holds() {
        // FE51 FE52 FE53 FE6C FE76 FE91, after a byte that keeps the text from being blank.
        let decoded = decode(Path::new("a"), b"a\xFE\x51\xFE\x52\xFE\x53\xFE\x6C\xFE\x76\xFE\x91\xFF", Some("gb18030"));
        let decoded = decoded.expect("text");
        assert_eq!(decoded.text, "a\u{20087}\u{20089}\u{200CC}\u{215D7}\u{2298F}\u{241FE}\u{FFFD}");
        assert_eq!(decoded.malformed[0].decoded, 25);
    }
}
