//! Characters as evidence sees them: one letter for each class, so that a line can be counted and compared by its shape.
//!
//! A half-width mark beside Han is the full-width one: texts lose the width of their marks, and that must not change what they are.

use crate::chinese::drawing;
use crate::chinese::marks::{closes, opens};
use crate::unicode::{is_han, is_hangul, is_kana};

/// The class of a character, named by a letter.
pub(super) type Sign = u8;

/// A Han character.
pub(super) const HAN: Sign = b'H';
/// Kana or hangul.
pub(super) const KANA: Sign = b'K';
/// A space or tab.
pub(super) const SPACE: Sign = b' ';
/// A full-width space.
pub(super) const WIDE: Sign = b'_';
/// A mark that ends a sentence.
pub(super) const STOP: Sign = b'.';
/// A mark that parts clauses.
pub(super) const PAUSE: Sign = b',';
/// A colon.
pub(super) const COLON: Sign = b':';
/// An opening bracket or quotation mark.
pub(super) const OPEN: Sign = b'(';
/// A closing bracket or quotation mark.
pub(super) const CLOSE: Sign = b')';
/// A digit or numbered sign.
pub(super) const DIGIT: Sign = b'9';
/// A capital letter.
pub(super) const UPPER: Sign = b'A';
/// Another letter.
pub(super) const LOWER: Sign = b'a';
/// Another sign of ASCII.
pub(super) const ASCII: Sign = b'!';
/// A piece of a drawing.
pub(super) const PIECE: Sign = b'D';
/// Anything else.
pub(super) const OTHER: Sign = b'*';

/// The class of `c` by itself.
pub(super) fn sign(c: char) -> Sign {
    match c {
        ' ' | '\t' | '\u{A0}' => SPACE,
        '0'..='9' | '０'..='９' | '①'..='⑳' | '㈠'..='㈩' | '⑴'..='⒛' | 'Ⅰ'..='ↂ' => DIGIT,
        'A'..='Z' | 'Ａ'..='Ｚ' => UPPER,
        'a'..='z' | 'ａ'..='ｚ' => LOWER,
        '\0'..='\u{7F}' => ASCII,
        '□' => HAN,
        _ if is_han(c) => HAN,
        _ if is_kana(c) || is_hangul(c) => KANA,
        '\u{3000}' => WIDE,
        '。' | '！' | '？' | '…' | '．' => STOP,
        '，' | '、' | '；' => PAUSE,
        '：' => COLON,
        '﹁' | '﹃' | '〖' | '［' => OPEN,
        _ if opens(c) => OPEN,
        '﹂' | '﹄' | '〗' | '］' => CLOSE,
        _ if closes(c) => CLOSE,
        '／' | '＼' | '｜' | '＿' | '←'..='↙' => PIECE,
        _ if drawing::joins(c) => PIECE,
        _ if c.is_alphabetic() => {
            if c.is_uppercase() {
                UPPER
            } else {
                LOWER
            }
        }
        _ => OTHER,
    }
}

/// Whether marks beside a character of this class belong to Chinese text.
const fn is_wide_text(sign: Sign) -> bool {
    matches!(sign, HAN | KANA | STOP | PAUSE | COLON | OPEN | CLOSE)
}

/// The class of `c` between a character of the class `before` and the character `after`; `quoted` says whether a straight
/// quotation mark is open.
pub(super) fn sign_between(before: Sign, c: char, after: Option<char>, quoted: bool) -> Sign {
    if !matches!(c, '!' | '"' | '\'' | '(' | ')' | ',' | '.' | ':' | ';' | '?') {
        return sign(c);
    }
    let next = after.map_or(SPACE, sign);
    let beside = is_wide_text(before) || is_wide_text(next);
    match c {
        _ if !beside => ASCII,
        // Commas part fields as well; a full-width one never does.
        ',' | ';' => PAUSE,
        ':' => COLON,
        '(' => OPEN,
        ')' => CLOSE,
        '"' | '\'' if quoted => CLOSE,
        '"' => OPEN,
        '!' | '?' if is_wide_text(before) => STOP,
        '.' if is_wide_text(before) && !matches!(after, Some('a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '/')) => STOP,
        _ => ASCII,
    }
}

/// The columns that `c` takes on a terminal of East Asia.
pub(super) fn columns(c: char, sign: Sign) -> usize {
    match sign {
        HAN | WIDE => 2,
        _ if c.is_ascii() => 1,
        DIGIT | UPPER | LOWER => 1 + usize::from(matches!(c, '\u{FF01}'..='\u{FF5E}' | '①'..='⒛')),
        KANA => 1 + usize::from(!matches!(c, '\u{FF61}'..='\u{FF9F}')),
        SPACE => 1,
        _ => 2,
    }
}
