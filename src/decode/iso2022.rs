//! ISO-2022-CN (RFC 1922) and ISO-2022-KR (RFC 1557): seven-bit mail, with escape sequences that say what follows.

use super::euctw;
use super::transcript::Transcript;

/// A set of characters, designated by an escape sequence and used after a shift.
#[derive(Clone, Copy, PartialEq)]
enum Set {
    /// GB 2312; ISO-IR-165, which adds little to it, is read as if it were the same.
    Gb2312,
    /// A plane of CNS 11643.
    Cns(u8),
    /// KS X 1001.
    Korean,
}

/// What an escape sequence designates.
enum Escape {
    /// The set after SO (0x0E).
    Shifted(Set),
    /// The set of the next character after `ESC N`.
    Second(Set),
    /// The set of the next character after `ESC O`.
    Third(Set),
}

/// The escape sequence at the beginning of `bytes`.
fn escape(bytes: &[u8]) -> Option<Escape> {
    Some(match *bytes.first_chunk::<4>()? {
        [0x1B, b'$', b')', b'A' | b'E'] => Escape::Shifted(Set::Gb2312),
        [0x1B, b'$', b')', b'G'] => Escape::Shifted(Set::Cns(1)),
        [0x1B, b'$', b')', b'C'] => Escape::Shifted(Set::Korean),
        [0x1B, b'$', b'*', b'H'] => Escape::Second(Set::Cns(2)),
        [0x1B, b'$', b'+', plane @ b'I'..=b'M'] => Escape::Third(Set::Cns(plane - b'I' + 3)),
        _ => return None,
    })
}

/// The name of the encoding whose escape sequences `bytes` contain.
pub(super) fn name(bytes: &[u8]) -> Option<&'static str> {
    let escapes = || bytes.windows(4).filter(|four| four[0] == 0x1B);
    if escapes().any(|four| four == b"\x1B$)C") {
        return Some("iso-2022-kr");
    }
    if escapes().any(|four| escape(four).is_some()) {
        return Some("iso-2022-cn");
    }
    let japanese = bytes.windows(3).any(|three| three == b"\x1B$B" || three == b"\x1B$@" || three == b"\x1B(J");
    japanese.then_some("iso-2022-jp")
}

/// Reads ISO-2022-CN or -KR. In the Chinese form a line end takes the designations back; in the Korean form the one
/// designation holds for the whole file.
pub(super) fn read(bytes: &[u8]) -> Transcript {
    let mut transcript = Transcript::default();
    let (mut shifted, mut second, mut third) = (None, None, None);
    let mut out = false;
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let rest = bytes.get(i..).unwrap_or_default();
        match escape(rest) {
            Some(Escape::Shifted(set)) => shifted = Some(set),
            Some(Escape::Second(set)) => second = Some(set),
            Some(Escape::Third(set)) => third = Some(set),
            None => {}
        }
        let length = match *rest {
            [0x1B, b'$', ..] if escape(rest).is_some() => 4,
            [0x1B, b'N', row, cell, ..] if second.is_some() => {
                pair(&mut transcript, second, row, cell, i, 4);
                4
            }
            [0x1B, b'O', row, cell, ..] if third.is_some() => {
                pair(&mut transcript, third, row, cell, i, 4);
                4
            }
            [0x0E, ..] => {
                out = true;
                1
            }
            [0x0F, ..] => {
                out = false;
                1
            }
            [b'\n' | b'\r', ..] => {
                out = false;
                if shifted != Some(Set::Korean) {
                    (shifted, second, third) = (None, None, None);
                }
                transcript.text.push(char::from(byte));
                1
            }
            [row @ 0x21..=0x7E, cell @ 0x21..=0x7E, ..] if out => {
                pair(&mut transcript, shifted, row, cell, i, 2);
                2
            }
            [_, ..] if byte.is_ascii() && (!out || byte <= b' ') => {
                transcript.text.push(char::from(byte));
                1
            }
            _ => {
                transcript.malformed(i..i + 1);
                1
            }
        };
        i += length;
    }
    transcript
}

/// Reads one character of `set`, whose `length` bytes begin at byte `at` of the source.
fn pair(transcript: &mut Transcript, set: Option<Set>, row: u8, cell: u8, at: usize, length: usize) {
    let (row, cell) = (row | 0x80, cell | 0x80);
    let one = |encoding: &'static encoding_rs::Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(&[row, cell])?.chars().next()
    };
    let c = match set {
        Some(Set::Gb2312) => one(encoding_rs::GBK),
        Some(Set::Korean) => one(encoding_rs::EUC_KR),
        Some(Set::Cns(plane)) => euctw::character(plane, row, cell),
        None => None,
    };
    match c {
        Some(c) => transcript.text.push(c),
        None => transcript.malformed(at..at + length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_1922() {
        let bytes = b"\x1B$)A\x0E=;;;\x1B$)GG(_P\x0F\r\nabc";
        assert_eq!(name(bytes), Some("iso-2022-cn"));
        let read = read(bytes);
        assert_eq!(read.text, "交换交換\r\nabc");
        assert!(read.malformed.is_empty());
    }

    #[test]
    fn the_second_plane_is_read_one_character_at_a_time() {
        assert_eq!(read(b"\x1B$*H\x1BN!!x").text, "乂x");
    }

    #[test]
    fn korean_keeps_its_designation_over_line_ends() {
        let bytes = b"\x1B$)C\n\x0EGQ1[\x0F\n\x0EGQ\x0F";
        assert_eq!(name(bytes), Some("iso-2022-kr"));
        assert_eq!(read(bytes).text, "\n한글\n한");
    }

    #[test]
    fn a_pair_without_a_designation_is_malformed() {
        let read = read(b"\x0E=;\x0Fa\x1B");
        assert_eq!(read.text, "\u{FFFD}a\u{1B}");
        assert_eq!(read.malformed[0].source.range(), 1..3);
        assert_eq!(name(b"\x1B[1;33m\x1B$B%"), Some("iso-2022-jp"));
        assert_eq!(name(b"\x1B[1;33m"), None);
    }
}
