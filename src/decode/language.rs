//! Telling that a text is not Chinese at all, so that it is named and not quietly set as if it were.

use super::sample;
use crate::lang::Phrase;
use crate::unicode::{is_cjk_mark, is_han, is_hangul, is_kana, leading_han};

/// The language of `text` when it is Japanese, Korean or in Cyrillic letters: a tenth of the letters beyond ASCII are kana or
/// hangul, or half are Cyrillic. English and other Latin texts are at home among Chinese ones, and not named.
pub(super) fn foreign(text: &str) -> Option<Phrase> {
    let (mut letters, mut kana, mut hangul, mut cyrillic) = (0_usize, 0_usize, 0_usize, 0_usize);
    for piece in sample::pieces(text.as_bytes()) {
        for chunk in piece.utf8_chunks() {
            let mut at = 0;
            while let Some(rest) = chunk.valid().as_bytes().get(at..) {
                let run = leading_han(rest);
                letters += run;
                at += run * '一'.len_utf8();
                let Some(c) = chunk.valid().get(at..).and_then(|rest| rest.chars().next()) else { break };
                at += c.len_utf8();
                if c.is_ascii() || is_cjk_mark(c) {
                    continue;
                }
                let own = [is_kana(c), is_hangul(c), matches!(c, '\u{400}'..='\u{4FF}')].map(usize::from);
                letters += usize::from(is_han(c)) + own.iter().sum::<usize>();
                kana += own[0];
                hangul += own[1];
                cyrillic += own[2];
            }
        }
    }
    if letters < 8 {
        return None;
    }
    if kana * 10 >= letters {
        Some(Phrase::new("Japanese", "日文"))
    } else if hangul * 10 >= letters {
        Some(Phrase::new("Korean", "韩文"))
    } else if cyrillic * 2 >= letters {
        Some(Phrase::new("a language in Cyrillic letters", "西里尔字母的文字"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;

    fn foreign(text: &str) -> Option<&'static str> {
        super::foreign(text).map(|language| language.told(Lang::En))
    }

    #[test]
    fn a_few_foreign_words_do_not_make_a_text_foreign() {
        assert_eq!(
            foreign("他的日文名字写作「たかし」，是在东京读书的时候取的，同学们都这样称呼他，一直用到今天。"),
            None
        );
        assert_eq!(foreign("日本語の文章には仮名がたくさんあります"), Some("Japanese"));
        assert_eq!(foreign("모든 국민은 법 앞에 평등하다"), Some("Korean"));
        assert_eq!(foreign("Все люди рождаются свободными"), Some("a language in Cyrillic letters"));
        assert_eq!(foreign("All human beings are born free and equal"), None);
    }
}
