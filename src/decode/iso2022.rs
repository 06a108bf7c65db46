//! The escape sequences of ISO-2022-CN (RFC 1922) and ISO-2022-KR (RFC 1557), which say what set of characters follows.

use super::euctw;

/// A set of characters, designated by an escape sequence and used after a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// GB 2312; ISO-IR-165, which adds little to it, is read as if it were the same.
    Gb2312,
    /// A plane of CNS 11643.
    Cns(u8),
    /// KS X 1001.
    Korean,
}

/// What an escape sequence designates.
pub(super) enum Escape {
    /// The set after SO (0x0E).
    Shifted(Set),
    /// The set of the next character after `ESC N` or `ESC O`.
    Single,
}

/// The escape sequence at the beginning of `bytes`.
pub(super) fn escape(bytes: &[u8]) -> Option<Escape> {
    Some(match *bytes.first_chunk::<4>()? {
        [0x1B, b'$', b')', b'A' | b'E'] => Escape::Shifted(Set::Gb2312),
        [0x1B, b'$', b')', b'G'] => Escape::Shifted(Set::Cns(1)),
        [0x1B, b'$', b')', b'C'] => Escape::Shifted(Set::Korean),
        [0x1B, b'$', b'*', b'H'] => Escape::Single,
        [0x1B, b'$', b'+', b'I'..=b'M'] => Escape::Single,
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

/// The character of `set` at this row and cell, in seven bits.
pub(super) fn character(set: Set, row: u8, cell: u8) -> Option<char> {
    let (row, cell) = (row | 0x80, cell | 0x80);
    let one = |encoding: &'static encoding_rs::Encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(&[row, cell])?.chars().next()
    };
    match set {
        Set::Gb2312 => one(encoding_rs::GBK),
        Set::Korean => one(encoding_rs::EUC_KR),
        Set::Cns(plane) => euctw::character(plane, row, cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_tell_the_encoding() {
        assert_eq!(name(b"\x1B$)A\x0E=;;;"), Some("iso-2022-cn"));
        assert_eq!(name(b"\x1B$)C\n"), Some("iso-2022-kr"));
        assert_eq!(name(b"\x1B[1;33m\x1B$B%"), Some("iso-2022-jp"));
        assert_eq!(name(b"\x1B[1;33m"), None);
    }
}
