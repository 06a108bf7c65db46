//! The markers of lists: bullets, and numbers in all usual signs.

use crate::chinese::fold::fold;
use crate::chinese::numeral::numeral;
use crate::document::{Marker, NumberForm, Numerals, marker_text};
use crate::unicode::{is_cjk_mark, is_han};

/// Signs that mark items, with a space after them.
const BULLETS: [char; 26] = [
    '•', '●', '○', '◆', '◇', '■', '□', '▪', '◦', '※', '☆', '★', '·', '‧', '-', '*', '+', '▲', '△', '►', '▶', '➢', '✓',
    '◎', '–', '—',
];
/// Signs that need no space: those of old texts are as wide as a character.
const WIDE: [char; 18] = ['•', '‧', '·', '●', '○', '◎', '◆', '◇', '■', '□', '▪', '▲', '△', '☆', '★', '►', '▶', '➢'];
/// Formal digits that are words as well: 參加, 伍某.
const FORMAL: [char; 7] = ['参', '叁', '伍', '陆', '肆', '拾', '万'];
/// Beyond this a number counts years or pages.
const MOST: u64 = 200;

/// The marker at the beginning of `text` and its bytes, the spaces after it included; text must follow. Only what [`marker_text`] gives
/// back is a marker, so that none changes its looks: `01.` is none.
pub fn read(text: &str) -> Option<(Marker, usize)> {
    let (marker, len) = bullet(text).or_else(|| number(text))?;
    let rest = text[len..].trim_start();
    let shown = marker_text(marker, 0);
    (text.starts_with(shown.trim_end()) && !rest.is_empty()).then(|| (marker, text.len() - rest.len()))
}

fn bullet(text: &str) -> Option<(Marker, usize)> {
    let sign = text.chars().next().filter(|c| BULLETS.contains(c))?;
    let rest = &text[sign.len_utf8()..];
    let next = rest.chars().next()?;
    let apart = next.is_whitespace() || WIDE.contains(&sign) && (is_han(next) || next.is_alphanumeric());
    apart.then_some((Marker::Bullet(sign), sign.len_utf8()))
}

fn number(text: &str) -> Option<(Marker, usize)> {
    let first = text.chars().next()?;
    let open = Some(first).filter(|c| matches!(c, '（' | '('));
    let inner = &text[open.map_or(0, char::len_utf8)..];
    let (numerals, number, len) = digits(inner)?;
    let after = &inner[len..];
    let close = after.chars().next().filter(|&c| match open {
        Some(_) => matches!(c, '）' | ')'),
        None => matches!(c, '.' | '．' | '、' | ')' | '）'),
    });
    let rest = &after[close.map_or(0, char::len_utf8)..];
    let space = rest.starts_with(char::is_whitespace);
    let next = rest.trim_start().chars().next()?;
    let fits = match numerals {
        // 一、二两节 begins a sentence.
        Numerals::Han => {
            close.is_some()
                && !(close == Some('、')
                    && (numeral(rest).is_some() && !rest.starts_with(|c| FORMAL.contains(&fold(c)))))
        }
        Numerals::Circled | Numerals::Enclosed(_) => open.is_none() && close.is_none(),
        Numerals::Arabic => close.is_some() && (space || open.is_some() || !next.is_ascii_digit()),
        Numerals::Lower | Numerals::Upper => close.is_some() && (space || open.is_some() || !next.is_ascii()),
    };
    // What follows is text, not more signs.
    let words = next.is_alphanumeric() || is_han(next) || is_cjk_mark(next) || space || open.is_some();
    let form = NumberForm { open, numerals, close, space };
    let start = u32::try_from(number).ok()?;
    (fits && words && number <= MOST).then(|| (Marker::Number { start, form }, text.len() - rest.len()))
}

/// The digits at the beginning of `text`, their value, and the bytes that they take.
fn digits(text: &str) -> Option<(Numerals, u64, usize)> {
    let first = text.chars().next()?;
    let from = |base: char, more: u64| first as u64 - base as u64 + more;
    let one = |numerals, number| Some((numerals, number, first.len_utf8()));
    match first {
        '①'..='⑳' => one(Numerals::Circled, from('①', 1)),
        '㉑'..='㉟' => one(Numerals::Circled, from('㉑', 21)),
        '㊱'..='㊿' => one(Numerals::Circled, from('㊱', 36)),
        '⑴'..='⒇' => one(Numerals::Enclosed('⑴'), from('⑴', 1)),
        '⒈'..='⒛' => one(Numerals::Enclosed('⒈'), from('⒈', 1)),
        '㈠'..='㈩' => one(Numerals::Enclosed('㈠'), from('㈠', 1)),
        'a'..='z' => one(Numerals::Lower, from('a', 1)),
        'A'..='Z' => one(Numerals::Upper, from('A', 1)),
        _ => {
            let (number, len) = numeral(text)?;
            let numerals = if first.is_ascii_digit() { Numerals::Arabic } else { Numerals::Han };
            Some((numerals, number, len))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_markers_are_read_as_they_stand() {
        for (text, shown, len) in [
            ("• 甲", "• ", 4),
            ("●甲", "● ", 3),
            ("-　甲", "- ", 4),
            ("1. 甲", "1. ", 3),
            ("1.甲", "1.", 2),
            ("12．甲", "12．", 5),
            ("3、甲", "3、", 4),
            ("3) 甲", "3) ", 3),
            ("3）甲", "3）", 4),
            ("(3)甲", "(3)", 3),
            ("（3） 甲", "（3） ", 8),
            ("一、甲", "一、", 6),
            ("十一．甲", "十一．", 9),
            ("（十二）甲", "（十二）", 12),
            ("㉑甲", "㉑", 3),
            ("⒉甲", "⒉", 3),
            ("㈢甲", "㈢", 3),
            ("b) 甲", "b) ", 3),
            ("B．甲", "B．", 4),
            ("(c) note", "(c) ", 4),
        ] {
            let seen = read(text).map(|(marker, len)| (marker_text(marker, 0), len));
            assert_eq!(seen, Some((shown.to_owned(), len)), "{text}");
        }
        for text in
            ["1.5倍", "01. 甲", "一、二两节", "-1", "*甲*", "1", "1.", "a.out", "I.B.M.", "2018、2019年", "※甲", "(甲)"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
