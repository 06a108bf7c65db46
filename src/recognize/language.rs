//! The main language of a text, from its characters.

use crate::chinese::region::region;
use crate::chinese::script::script;
use crate::document::{BlockKind, Document};
use crate::lang::Language;
use crate::unicode::{is_han, is_hangul, is_kana};

/// How many bytes of a text are looked at.
const SAMPLE: usize = 64 * 1024;

/// The language of what `document` says at its beginning: syntax, programs, names of tags and addresses of links are no language.
pub fn of_document(document: &Document) -> Language {
    let mut text = document.opening_of(SAMPLE, |kind| !matches!(kind, BlockKind::Code { .. }));
    if !text.contains(char::is_alphabetic) {
        text = document.opening(SAMPLE);
    }
    of(&text[..text.floor_char_boundary(SAMPLE)])
}

/// Whether `word` is an address, a path, a name in a program: Latin letters that nobody reads as words.
fn is_name(word: &str) -> bool {
    word.contains("://") || word.trim_end_matches(['.', ',', ':', '/']).contains(['/', '_', '=', '\\', '@', '.', '<'])
}

fn of(sample: &str) -> Language {
    let (mut han, mut kana, mut hangul, mut latin) = (0usize, 0usize, 0usize, 0usize);
    let names = |word: &str| if is_name(word) { 0 } else { word.bytes().filter(u8::is_ascii_alphabetic).count() };
    for word in sample.split(|c: char| c.is_whitespace() || !c.is_ascii()) {
        latin += names(word);
    }
    for c in sample.chars().filter(|c| !c.is_ascii()) {
        if is_han(c) {
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
        let language = script(sample.chars()).likelier();
        if language.is_traditional() { language.in_region(region(sample)) } else { language }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Region;

    #[test]
    fn languages_are_told_by_their_characters() {
        assert_eq!(of("这是我们的国家，大家都来说说这个问题，时间还没有到。"), Language::ZhHans);
        assert_eq!(of("這是我們的國家，大家都來說說這個問題，時間還沒有到。"), Language::ZhHant(Region::Taiwan));
        assert_eq!(of("敲棋終日與偏幽，誰道今朝結父仇。"), Language::ZhHant(Region::Taiwan));
        assert_eq!(of("これはわたしのほんです。日本語の本。"), Language::Ja);
        assert_eq!(of("이것은 책입니다."), Language::Ko);
        assert_eq!(of("It was a dark and stormy night."), Language::En);
        assert_eq!(of(""), Language::ZhHans);
        let manual = "先下载 https://example.com/releases/download/v1.2.3/tool-x86_64-unknown-linux-gnu.tar.gz ，再看 /usr/local/share/doc/tool/README。";
        assert_eq!(of(manual), Language::ZhHans);
    }
}
