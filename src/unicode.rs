//! Facts about code points that more than one stage needs.

pub mod leftward;

use std::borrow::Cow;

/// Whether `c` is a Han character: the unified and compatibility ideographs of all blocks, 々, 〇 and the radicals.
pub const fn is_han(c: char) -> bool {
    matches!(c as u32,
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x3005 | 0x3007 | 0x2E80..=0x2FDF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// How many characters of U+4E00–9FFF, by far the commonest of Chinese texts, the UTF-8 `bytes` begin with. They have three bytes each.
pub fn leading_han(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let [0xE4, 0xB8..=0xBF, _, behind @ ..] | [0xE5..=0xE9, _, _, behind @ ..] = rest {
        rest = behind;
    }
    (bytes.len() - rest.len()) / 3
}

/// `text` without blanks, which may part the characters of a word: `抄　送`, `加 急`.
pub fn tight(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The column to which a tab at `column` leads: stops stand eight columns apart.
pub const fn tab_stop(column: usize) -> usize {
    (column / 8 + 1) * 8
}

/// Whether `c` is Japanese kana, full or half width.
pub const fn is_kana(c: char) -> bool {
    matches!(c as u32, 0x3041..=0x309F | 0x30A1..=0x30FA | 0x30FD..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9D)
}

/// Whether `c` is Korean hangul.
pub const fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0xAC00..=0xD7A3 | 0x1100..=0x11FF | 0x3131..=0x318E)
}

/// Whether `c` is a full-width or Chinese punctuation mark, or one of “ ” ‘ ’ — … ·, which Chinese shares with the West.
pub const fn is_cjk_mark(c: char) -> bool {
    matches!(c as u32,
        0x3001..=0x3003 | 0x3008..=0x3011 | 0x3014..=0x301F | 0x3030 | 0xFE10..=0xFE19 | 0xFE30..=0xFE6B
        | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65 | 0xFFE0..=0xFFE5)
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// Whether `c` has no place in a visible line: C0 and C1 controls, bidirectional controls and zero-width characters.
pub const fn is_invisible_control(c: char) -> bool {
    matches!(c as u32,
        0x00..=0x1F | 0x7F..=0x9F | 0x061C | 0x200B..=0x200F | 0x202A..=0x202E | 0x2028 | 0x2029 | 0x2060..=0x2069 | 0xFEFF | 0xFFF9..=0xFFFB)
}

/// Whether `c` is never seen by itself: joiners, selectors of variants, marks of direction.
pub const fn is_ignorable(c: char) -> bool {
    matches!(c as u32,
        0x00AD | 0x061C | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF
        | 0xE0000..=0xE0FFF)
}

/// Whether XML 1.0 cannot hold `c` (§2.2): C0 controls but for TAB and line ends, U+FFFE and U+FFFF.
pub const fn is_no_xml(c: char) -> bool {
    matches!(c as u32, 0x00..=0x08 | 0x0B | 0x0C | 0x0E..=0x1F | 0xFFFE | 0xFFFF)
}

/// Whether `c` lies in a private-use area.
pub const fn is_private_use(c: char) -> bool {
    matches!(c as u32, 0xE000..=0xF8FF | 0xF0000..=0xFFFFD | 0x100000..=0x10FFFD)
}

/// `text` made safe to print on a terminal: control and bidirectional characters become `\u{…}`.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_invisible_control) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_invisible_control(c) {
            safe.extend(c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printable_escapes_what_could_steer_a_terminal() {
        assert_eq!(printable("正常"), "正常");
        assert_eq!(printable("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
    }

    #[test]
    fn leading_han_ends_with_the_block() {
        assert_eq!(leading_han("一鿿，甲".as_bytes()), 2);
        // U+4DFF and U+A000 stand before and behind it.
        assert!(["䷿甲", "ꀀ甲", "a甲", "，甲", ""].iter().all(|text| leading_han(text.as_bytes()) == 0));
    }
}
