//! The encodings of bytes, pairs and wide units as tables of what their characters cost.
//!
//! `codes.bin` has the costs, made beforehand: to ask for each of 26,000 pairs in nine encodings took longer than all else that is done for a short
//! file (`BLESS=1 cargo test --lib codes` makes it anew, from [`Model`](super::model::Model) and what the encodings are).

use super::encoding::Endian;
use super::reading::{Code, Fours, LONE, NONE, SWITCH};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// What a lone `A0` costs in GB 18030: the no-break space of Western encodings, which pages put among GBK.
const NO_BREAK_SPACE: u8 = 100;

/// The first and the second bytes of the pairs that an encoding has.
type Extent = [RangeInclusive<u8>; 2];

/// Pairs as those have them that begin with a byte above ASCII.
const DOUBLE: Extent = [0x81..=0xFE, 0x30..=0xFE];
/// Rows and cells of 94.
const ROWS: Extent = [0xA1..=0xFE, 0xA1..=0xFE];
/// All.
const UNITS: Extent = [0..=0xFF, 0..=0xFF];
/// None.
const BYTES: Extent = [RangeInclusive::new(1, 0), RangeInclusive::new(1, 0)];

/// The tables of `codes.bin`, in order.
#[derive(Clone, Copy)]
enum Table {
    Gb18030,
    Gb18030Japanese,
    Big5,
    ShiftJis,
    EucJp,
    EucKr,
    EucTw,
    Utf16Be,
    Windows1251,
    Koi8R,
    Windows1252,
}

/// Which pairs each table has.
const EXTENTS: [Extent; 11] = [DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE, DOUBLE, ROWS, UNITS, BYTES, BYTES, BYTES];

/// The code of these bytes, and of nothing else.
fn code(single: [u8; 256]) -> Code {
    Code { single, pairs: Box::new([NONE; 0x10000]), fours: Fours::None, crowded: 0, mixed: 0, boundary: 0 }
}

impl Table {
    /// The costs of bytes, then those of pairs, a row for each first byte.
    fn read(self) -> Code {
        let at = self as usize;
        let size = |[leads, trails]: &Extent| 256 + leads.len() * trails.len();
        let before = EXTENTS[..at].iter().map(size).sum::<usize>();
        let table = include_bytes!("codes.bin").get(before..before + size(&EXTENTS[at]));
        let Some((single, rows)) = table.and_then(|table| table.split_first_chunk()) else { return code([NONE; 256]) };
        let mut code = code(*single);
        let [leads, trails] = EXTENTS[at].clone();
        for (lead, row) in leads.zip(rows.chunks_exact(trails.len().max(1))) {
            let first = usize::from(u16::from_be_bytes([lead, *trails.start()]));
            code.pairs[first..first + row.len()].copy_from_slice(row);
        }
        code
    }
}

/// UTF-16, little endian: the units of big-endian UTF-16 with their bytes exchanged.
fn utf16le() -> Code {
    let mut code = code([NONE; 256]);
    for (unit, slot) in (0..=u16::MAX).zip(code.pairs.iter_mut()) {
        *slot = UTF_16BE.pairs[usize::from(unit.swap_bytes())];
    }
    Code { fours: Fours::Surrogates(1), ..code }
}

/// UTF-32.
fn utf32(endian: Endian) -> Code {
    Code { fours: Fours::Utf32(endian), ..code([NONE; 256]) }
}

/// How to weigh an encoding of pairs that loses step after a lost byte.
pub(super) fn slipping(encoding: &'static encoding_rs::Encoding) -> Option<&'static Code> {
    if encoding == encoding_rs::GB18030 || encoding == encoding_rs::GBK {
        Some(&GB18030)
    } else if encoding == encoding_rs::BIG5 {
        Some(&BIG5)
    } else if encoding == encoding_rs::UTF_16LE {
        Some(&UTF_16LE)
    } else if encoding == encoding_rs::UTF_16BE {
        Some(&UTF_16BE)
    } else {
        None
    }
}

/// GB 18030 as Chinese.
pub(super) static GB18030: LazyLock<Code> = LazyLock::new(|| {
    let mut code = Table::Gb18030.read();
    code.single[usize::from(LONE)] = NO_BREAK_SPACE;
    Code { fours: Fours::Gb18030, boundary: 0x30, ..code }
});
/// GB 18030 as Japanese: its kana, with Chinese forms of the characters.
pub(super) static GB18030_JAPANESE: LazyLock<Code> = LazyLock::new(|| Table::Gb18030Japanese.read());
/// Big5 with the extensions of Hong Kong and ETEN.
pub(super) static BIG5: LazyLock<Code> = LazyLock::new(|| Code { boundary: 0x40, ..Table::Big5.read() });
/// EUC-TW.
pub(super) static EUC_TW: LazyLock<Code> = LazyLock::new(|| Code { fours: Fours::EucTw, ..Table::EucTw.read() });
/// UTF-16, little endian.
pub(super) static UTF_16LE: LazyLock<Code> = LazyLock::new(utf16le);
/// UTF-16, big endian: its pairs are code units.
pub(super) static UTF_16BE: LazyLock<Code> =
    LazyLock::new(|| Code { fours: Fours::Surrogates(0), ..Table::Utf16Be.read() });
/// UTF-32, little endian.
pub(super) static UTF_32LE: LazyLock<Code> = LazyLock::new(|| utf32(Endian::Little));
/// UTF-32, big endian.
pub(super) static UTF_32BE: LazyLock<Code> = LazyLock::new(|| utf32(Endian::Big));
/// Shift_JIS.
pub(super) static SHIFT_JIS: LazyLock<Code> = LazyLock::new(|| Table::ShiftJis.read());
/// EUC-JP.
pub(super) static EUC_JP: LazyLock<Code> = LazyLock::new(|| Table::EucJp.read());
/// EUC-KR with the extension of Windows.
pub(super) static EUC_KR: LazyLock<Code> = LazyLock::new(|| Table::EucKr.read());
/// Windows-1251, Russian.
pub(super) static WINDOWS_1251: LazyLock<Code> = LazyLock::new(|| Code { mixed: SWITCH, ..Table::Windows1251.read() });
/// KOI8-R, Russian.
pub(super) static KOI8_R: LazyLock<Code> = LazyLock::new(|| Code { mixed: SWITCH, ..Table::Koi8R.read() });
/// Windows-1252, which holds Latin-1.
pub(super) static WINDOWS_1252: LazyLock<Code> = LazyLock::new(|| Code { crowded: 50, ..Table::Windows1252.read() });

#[cfg(test)]
mod tests {
    use super::super::euctw;
    use super::super::model::Model;
    use super::*;
    use encoding_rs::Encoding;

    /// The one character that `bytes` are, or one with a mark as four codes of Big5 are.
    fn character(encoding: &'static Encoding, bytes: &[u8]) -> Option<char> {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let mut characters = text.chars();
        let first = characters.next().filter(|&c| c != char::REPLACEMENT_CHARACTER)?;
        matches!(characters.next(), None | Some('\u{304}' | '\u{30C}')).then_some(first)
    }

    /// What the bytes of `table` cost, as the encodings say.
    fn cost(table: Table, bytes: &[u8]) -> u8 {
        let of = |encoding, model: Model| character(encoding, bytes).map(|c| model.cost(c));
        let cost = match (table, bytes) {
            (Table::Gb18030, _) => of(encoding_rs::GB18030, Model::Chinese),
            (Table::Gb18030Japanese, _) => of(encoding_rs::GB18030, Model::Japanese),
            (Table::Big5, _) => of(encoding_rs::BIG5, Model::Chinese),
            (Table::ShiftJis, _) => of(encoding_rs::SHIFT_JIS, Model::Japanese),
            (Table::EucJp, _) => of(encoding_rs::EUC_JP, Model::Japanese),
            (Table::EucKr, _) => of(encoding_rs::EUC_KR, Model::Korean),
            (Table::EucTw, &[byte @ 0..=0x7F]) => Some(Model::Chinese.cost(char::from(byte))),
            (Table::EucTw, &[row, cell]) => euctw::character(1, row, cell).map(|c| Model::Chinese.cost(c)),
            (Table::Utf16Be, &[high, low]) => {
                char::from_u32(u32::from(high) << 8 | u32::from(low)).map(|c| Model::Chinese.cost(c))
            }
            (Table::EucTw | Table::Utf16Be, _) => None,
            (Table::Windows1251, _) => of(encoding_rs::WINDOWS_1251, Model::Cyrillic),
            (Table::Koi8R, _) => of(encoding_rs::KOI8_R, Model::Cyrillic),
            (Table::Windows1252, _) => of(encoding_rs::WINDOWS_1252, Model::Latin),
        };
        cost.unwrap_or(NONE)
    }

    #[test]
    fn tables_are_those_of_the_encodings() {
        let all = [
            Table::Gb18030,
            Table::Gb18030Japanese,
            Table::Big5,
            Table::ShiftJis,
            Table::EucJp,
            Table::EucKr,
            Table::EucTw,
            Table::Utf16Be,
            Table::Windows1251,
            Table::Koi8R,
            Table::Windows1252,
        ];
        let mut due = vec![];
        for (at, table) in all.into_iter().enumerate() {
            assert_eq!(table as usize, at);
            due.extend((0..=0xFF).map(|byte| cost(table, &[byte])));
            let [leads, trails] = EXTENTS[at].clone();
            due.extend(leads.flat_map(|lead| trails.clone().map(move |trail| cost(table, &[lead, trail]))));
        }
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/decode/codes.bin");
        if std::env::var_os("BLESS").is_some_and(|set| set == "1") {
            std::fs::write(file, &due).unwrap();
        }
        assert!(std::fs::read(file).unwrap() == due, "{file} is stale: BLESS=1 cargo test --lib codes");
        // No pair that an encoding has stands outside its table, and each is where it belongs.
        for table in all {
            let code = table.read();
            for (unit, &read) in (0..=u16::MAX).zip(code.pairs.iter()) {
                let due = if EXTENTS[table as usize] == BYTES { NONE } else { cost(table, &unit.to_be_bytes()) };
                assert_eq!(read, due, "{unit:04X}");
            }
        }
    }
}
