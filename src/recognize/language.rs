//! The main language of a text, from its characters.

use crate::chinese::script::script;
use crate::document::Document;
use crate::lang::Language;
use crate::unicode::{is_han, is_hangul, is_kana};

/// How many bytes of a text are looked at.
const SAMPLE: usize = 64 * 1024;

/// The language of what `document` says at its beginning: syntax, names of tags and addresses of links are no language.
pub fn of_document(document: &Document) -> Language {
    let text = document.opening(SAMPLE);
    of(&text[..text.floor_char_boundary(SAMPLE)])
}

fn of(sample: &str) -> Language {
    let (mut han, mut kana, mut hangul, mut latin) = (0usize, 0usize, 0usize, 0usize);
    for c in sample.chars() {
        if c.is_ascii_alphabetic() {
            latin += 1;
        } else if is_han(c) {
            han += 1;
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
    } else {
        script(sample.chars()).likelier()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_characters() {
        assert_eq!(of("这是我们的国家，大家都来说说这个问题，时间还没有到。"), Language::ZhHans);
        assert_eq!(of("這是我們的國家，大家都來說說這個問題，時間還沒有到。"), Language::ZhHant);
        assert_eq!(of("敲棋終日與偏幽，誰道今朝結父仇。"), Language::ZhHant);
        assert_eq!(of("これはわたしのほんです。日本語の本。"), Language::Ja);
        assert_eq!(of("이것은 책입니다."), Language::Ko);
        assert_eq!(of("It was a dark and stormy night."), Language::En);
        assert_eq!(of(""), Language::ZhHans);
    }
}
