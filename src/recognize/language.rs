//! The main language of a text, from its characters.

use crate::lang::Language;
use crate::unicode::{is_han, is_hangul, is_kana};

/// Frequent characters that only simplified Chinese writes so.
const SIMPLIFIED: &str =
    "这们来说时会对为国个过还后么没发开进样现见问关让从经长种动间门车马东书话实当应学无点气两业处几";
/// Their traditional forms, position by position.
const TRADITIONAL: &str =
    "這們來說時會對為國個過還後麼沒發開進樣現見問關讓從經長種動間門車馬東書話實當應學無點氣兩業處幾";

/// How many bytes of a text are looked at.
const SAMPLE: usize = 64 * 1024;

/// The language of `text`, from its first 64 KiB.
pub fn of(text: &str) -> Language {
    let sample = &text[..text.floor_char_boundary(SAMPLE.min(text.len()))];
    let (mut han, mut kana, mut hangul, mut latin) = (0usize, 0usize, 0usize, 0usize);
    let (mut simplified, mut traditional) = (0usize, 0usize);
    for c in sample.chars() {
        if c.is_ascii_alphabetic() {
            latin += 1;
        } else if is_han(c) {
            han += 1;
            // One place in three is enough, and the tables are short.
            if han.is_multiple_of(3) {
                simplified += usize::from(SIMPLIFIED.contains(c));
                traditional += usize::from(TRADITIONAL.contains(c));
            }
        } else if is_kana(c) {
            kana += 1;
        } else if is_hangul(c) {
            hangul += 1;
        }
    }
    if hangul > han && hangul > latin / 4 {
        Language::Ko
    } else if kana * 4 > han && kana > latin / 8 {
        Language::Ja
    } else if han * 8 < latin {
        Language::En
    } else if traditional > simplified {
        Language::ZhHant
    } else {
        Language::ZhHans
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_characters() {
        assert_eq!(SIMPLIFIED.chars().count(), TRADITIONAL.chars().count());
        assert_eq!(of("这是我们的国家，大家都来说说这个问题，时间还没有到。"), Language::ZhHans);
        assert_eq!(of("這是我們的國家，大家都來說說這個問題，時間還沒有到。"), Language::ZhHant);
        assert_eq!(of("これはわたしのほんです。日本語の本。"), Language::Ja);
        assert_eq!(of("이것은 책입니다."), Language::Ko);
        assert_eq!(of("It was a dark and stormy night."), Language::En);
        assert_eq!(of(""), Language::ZhHans);
    }
}
