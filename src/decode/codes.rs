//! The encodings of bytes, pairs and wide units as tables of what their characters cost.

use super::encoding::Endian;
use super::euctw;
use super::model::Model;
use super::reading::{Code, Fours, LONE, NONE, Pairs, SWITCH};
use std::sync::LazyLock;

/// What a lone `A0` costs in GB 18030: the no-break space of Western encodings, which pages put among GBK.
const NO_BREAK_SPACE: u8 = 100;

/// The code of these bytes and pairs, and of nothing else.
fn code(single: [u8; 256], pair: impl Fn([u8; 2]) -> u8) -> Code {
    let mut pairs: Pairs = Box::new([NONE; 0x10000]);
    for (bytes, slot) in (0..=u16::MAX).zip(pairs.iter_mut()) {
        *slot = pair(bytes.to_be_bytes());
    }
    Code { single, pairs, fours: Fours::None, crowded: 0, mixed: 0, boundary: 0 }
}

/// A double-byte encoding as `encoding_rs` reads it.
fn double(encoding: &'static encoding_rs::Encoding, model: Model) -> Code {
    let mut code = single(encoding, model);
    const LEADS: std::ops::RangeInclusive<u8> = 0x81..=0xFE;
    const TRAILS: std::ops::RangeInclusive<u8> = 0x30..=0xFE;
    // One decoder call for all pairs, each on a line of its own: no pair contains a line feed.
    let mut lines = Vec::with_capacity(LEADS.len() * TRAILS.len() * 3);
    for lead in LEADS {
        TRAILS.for_each(|trail| lines.extend_from_slice(&[lead, trail, b'\n']));
    }
    let (text, _) = encoding.decode_without_bom_handling(&lines);
    let mut characters = text.chars();
    for lead in LEADS {
        for trail in TRAILS {
            let first = characters.next().filter(|&c| c != '\n');
            let mut next = first.and_then(|_| characters.next());
            // Four codes of Big5 are a letter with a combining mark.
            let whole = matches!(next, None | Some('\n' | '\u{304}' | '\u{30C}'));
            while next.is_some_and(|c| c != '\n') {
                next = characters.next();
            }
            if let Some(c) = first.filter(|&c| whole && c != char::REPLACEMENT_CHARACTER) {
                code.pairs[usize::from(u16::from_be_bytes([lead, trail]))] = model.cost(c);
            }
        }
    }
    code
}

/// A single-byte encoding, or the single bytes of a double-byte one.
fn single(encoding: &'static encoding_rs::Encoding, model: Model) -> Code {
    let single = std::array::from_fn(|byte| {
        let bytes = [byte as u8];
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
        text.and_then(|text| text.chars().next()).map_or(NONE, |c| model.cost(c))
    });
    code(single, |_| NONE)
}

/// EUC-TW.
fn euc_tw() -> Code {
    let single = std::array::from_fn(|byte| match byte {
        0..=0x7F => Model::Chinese.cost(char::from(byte as u8)),
        _ => NONE,
    });
    let pair = |[row, cell]: [u8; 2]| euctw::character(1, row, cell).map_or(NONE, |c| Model::Chinese.cost(c));
    Code { fours: Fours::EucTw, ..code(single, pair) }
}

/// UTF-16, big endian: its pairs are code units.
fn utf16be() -> Code {
    let unit = |pair| char::from_u32(u32::from(u16::from_be_bytes(pair)));
    let cost = |pair| unit(pair).map_or(NONE, |c| Model::Chinese.cost(c));
    Code { fours: Fours::Surrogates(0), ..code([NONE; 256], cost) }
}

/// UTF-16, little endian: the same with its bytes exchanged.
fn utf16le() -> Code {
    let cost = |pair| UTF_16BE.pairs[usize::from(u16::from_le_bytes(pair))];
    Code { fours: Fours::Surrogates(1), ..code([NONE; 256], cost) }
}

/// UTF-32.
fn utf32(endian: Endian) -> Code {
    Code { fours: Fours::Utf32(endian), ..code([NONE; 256], |_| NONE) }
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
    let mut code = double(encoding_rs::GB18030, Model::Chinese);
    code.single[usize::from(LONE)] = NO_BREAK_SPACE;
    Code { fours: Fours::Gb18030, boundary: 0x30, ..code }
});
/// GB 18030 as Japanese: its kana, with Chinese forms of the characters.
pub(super) static GB18030_JAPANESE: LazyLock<Code> = LazyLock::new(|| double(encoding_rs::GB18030, Model::Japanese));
/// Big5 with the extensions of Hong Kong and ETEN.
pub(super) static BIG5: LazyLock<Code> =
    LazyLock::new(|| Code { boundary: 0x40, ..double(encoding_rs::BIG5, Model::Chinese) });
/// EUC-TW.
pub(super) static EUC_TW: LazyLock<Code> = LazyLock::new(euc_tw);
/// UTF-16, little endian.
pub(super) static UTF_16LE: LazyLock<Code> = LazyLock::new(utf16le);
/// UTF-16, big endian.
pub(super) static UTF_16BE: LazyLock<Code> = LazyLock::new(utf16be);
/// UTF-32, little endian.
pub(super) static UTF_32LE: LazyLock<Code> = LazyLock::new(|| utf32(Endian::Little));
/// UTF-32, big endian.
pub(super) static UTF_32BE: LazyLock<Code> = LazyLock::new(|| utf32(Endian::Big));
/// Shift_JIS.
pub(super) static SHIFT_JIS: LazyLock<Code> = LazyLock::new(|| double(encoding_rs::SHIFT_JIS, Model::Japanese));
/// EUC-JP.
pub(super) static EUC_JP: LazyLock<Code> = LazyLock::new(|| double(encoding_rs::EUC_JP, Model::Japanese));
/// EUC-KR with the extension of Windows.
pub(super) static EUC_KR: LazyLock<Code> = LazyLock::new(|| double(encoding_rs::EUC_KR, Model::Korean));
/// Windows-1251, Russian.
pub(super) static WINDOWS_1251: LazyLock<Code> =
    LazyLock::new(|| Code { mixed: SWITCH, ..single(encoding_rs::WINDOWS_1251, Model::Cyrillic) });
/// KOI8-R, Russian.
pub(super) static KOI8_R: LazyLock<Code> =
    LazyLock::new(|| Code { mixed: SWITCH, ..single(encoding_rs::KOI8_R, Model::Cyrillic) });
/// Windows-1252, which holds Latin-1.
pub(super) static WINDOWS_1252: LazyLock<Code> =
    LazyLock::new(|| Code { crowded: 50, ..single(encoding_rs::WINDOWS_1252, Model::Latin) });
