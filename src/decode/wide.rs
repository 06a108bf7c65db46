//! UTF-32, which `encoding_rs` does not read.

use super::encoding::Endian;
use super::transcript::Transcript;

/// Reads UTF-32: four bytes a code point. Where they are none (a surrogate, a value beyond U+10FFFF, a cut end), one byte is
/// malformed and the next four are tried, so a lost byte costs one character.
pub(super) fn utf32(bytes: &[u8], endian: Endian) -> Transcript {
    let mut transcript = Transcript::default();
    let mut at = 0;
    while at < bytes.len() {
        match character(bytes, at, endian) {
            Some(c) => {
                transcript.text.push(c);
                at += 4;
            }
            None => {
                transcript.malformed(at..at + 1);
                at += 1;
            }
        }
    }
    transcript
}

/// The character that the four bytes from `at` on are.
pub(super) fn character(bytes: &[u8], at: usize, endian: Endian) -> Option<char> {
    let unit = bytes.get(at..)?.first_chunk::<4>()?;
    char::from_u32(match endian {
        Endian::Little => u32::from_le_bytes(*unit),
        Endian::Big => u32::from_be_bytes(*unit),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf32_of_both_orders_with_a_surrogate_and_a_cut_end() {
        let little = utf32(b"\x2d\x4e\0\0\x87\0\x02\0\0\xd8\0\0\x87\x65\0\0\x01\0", Endian::Little);
        assert_eq!(little.text, "中\u{20087}\u{FFFD}文\u{FFFD}");
        let runs: Vec<_> = little.malformed.iter().map(|m| (m.source.range(), m.decoded)).collect();
        assert_eq!(runs, [(8..12, 7), (16..18, 13)]);
        let lost = utf32(b"\x2d\x4e\0\0\x2d\x4e\0\x87\x65\0\0", Endian::Little);
        assert_eq!((lost.text.as_str(), lost.malformed.len()), ("中\u{FFFD}文", 1));
        assert_eq!(utf32(b"\0\0\x4e\x2d\0\x02\0\x87", Endian::Big).text, "中\u{20087}");
    }
}
