//! UTF-32, which `encoding_rs` does not read.

use super::encoding::Endian;
use super::transcript::Transcript;

/// Reads UTF-32: four bytes a code point. Where they are none (a surrogate, a value beyond U+10FFFF, a cut end), as many bytes are
/// malformed as [`step`] says, so a lost or changed byte costs one character.
pub(super) fn utf32(bytes: &[u8], endian: Endian) -> Transcript {
    let mut transcript = Transcript::default();
    let mut at = 0;
    while at < bytes.len() {
        match character(bytes, at, endian) {
            Some(c) => {
                transcript.push(c, at..at + 4);
                at += 4;
            }
            None => {
                let end = (at + step(bytes, at, endian)).min(bytes.len());
                transcript.malformed(at..end);
                at = end;
            }
        }
    }
    transcript
}

/// Characters that prove a way to go on.
const PROOF: usize = 6;

/// How many of the four bytes at `at`, which are no character, to pass over: four where a byte was changed, fewer where some
/// were lost, whichever leaves characters behind.
pub(super) fn step(bytes: &[u8], at: usize, endian: Endian) -> usize {
    let goes_on = |step: usize, cut: bool| {
        let rest = bytes.get(at + step..).unwrap_or_default();
        let mut units = rest.chunks_exact(4).take(PROOF).map(|unit| character(unit, 0, endian).is_some());
        let reaches = rest.len() >= 4 * PROOF || rest.len() % 4 == 0 || cut && rest.len() >= 4;
        reaches && units.all(|sound| sound)
    };
    let first = |cut| [4, 3, 2].into_iter().find(|&step| goes_on(step, cut));
    // Near the end, a step that comes out even says more than one that leaves a cut unit.
    first(false).or_else(|| first(true)).unwrap_or(1)
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
        let changed = utf32(b"o\0\0\0n\0\x1e\0d\0\0\0e\0\0\0", Endian::Little);
        assert_eq!(changed.text, "o\u{FFFD}de");
        assert_eq!(utf32(b"\0\0\x4e\x2d\0\x02\0\x87", Endian::Big).text, "中\u{20087}");
    }
}
