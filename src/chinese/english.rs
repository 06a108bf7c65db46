//! English sentences with Chinese terms in them.

use crate::unicode::is_han;
use std::ops::Range;

/// Words of which no English sentence is without one.
const WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "of", "on", "or", "that", "the",
    "this", "to", "was", "were", "which", "with",
];
/// Fewest words of a sentence.
const FEWEST: usize = 3;

/// The English sentences of a line: they begin with a Latin letter, have no fewer words than Han characters, and one of their own small
/// words, or no Han character outside brackets.
pub fn sentences(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = vec![];
    let mut start = 0;
    for end in 1..=chars.len() {
        let last = chars[end - 1];
        let next = chars.get(end);
        let ends = matches!(last, '。' | '！' | '？' | '；' | '：' | '“' | '「')
            || matches!(last, '.' | '!' | '?')
                && next.is_none_or(|c| matches!(c, ' ' | '"' | '”' | ')' | '）' | '\'' | '」') || is_han(*c))
                && !is_short(&chars[start..end])
            || matches!(last, ':') && next.is_some_and(|c| matches!(c, '"' | '“') || is_han(*c));
        if ends || next.is_none() {
            let skipped = chars[start..end]
                .iter()
                .take_while(|c| c.is_whitespace() || matches!(c, '"' | '“' | '(' | '\'' | '-' | '*' | '+' | '#' | '>'))
                .count();
            if is_english(&chars[start + skipped..end]) {
                found.push(start + skipped..end);
            }
            start = end;
        }
    }
    found
}

/// Whether the point at the end of `chars` ends an abbreviation, after which the sentence goes on: a word of one or two letters.
fn is_short(chars: &[char]) -> bool {
    let word = chars.iter().rev().skip(1).take(5).take_while(|c| c.is_ascii_alphabetic() || **c == '.').count();
    chars.last() == Some(&'.') && (1..=3).contains(&word)
}

fn is_english(sentence: &[char]) -> bool {
    if !sentence.first().is_some_and(|c| c.is_ascii_alphabetic()) {
        return false;
    }
    let (mut han, mut bare, mut words, mut own, mut depth) = (0usize, 0usize, 0usize, false, 0usize);
    let spaced = sentence.windows(2).filter(|two| two[1] == ' ' && two[0] != ' ').count() >= FEWEST - 1;
    let mut word = String::new();
    for &c in sentence.iter().chain([&' ']) {
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
            continue;
        }
        if !word.is_empty() {
            words += 1;
            own |= WORDS.contains(&&*word);
            word.clear();
        }
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            c if is_han(c) => {
                han += 1;
                bare += usize::from(depth == 0);
            }
            _ => {}
        }
    }
    spaced && words >= FEWEST && words >= han && (own || bare == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_sentences_are_found_among_chinese_ones() {
        let found = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            sentences(&chars).into_iter().map(|range| chars[range].iter().collect::<String>()).collect::<Vec<_>>()
        };
        assert_eq!(
            found("Li (禮), yi (義), and ren (仁) are discussed (see p. 45)."),
            ["Li (禮), yi (義), and ren (仁) are discussed (see p. 45)."]
        );
        let item = "- Check the tone of a document (通知, 报告, 请示, etc.)";
        assert_eq!(found(item), [&item[2..]]);
        assert_eq!(found("他走了. We met in Beijing (北京), once. 他来了."), ["We met in Beijing (北京), once."]);
        assert_eq!(
            found("Fig. 3: Harbour, Guangzhou (廣州), c. 1930."),
            ["Fig. 3: Harbour, Guangzhou (廣州), c. 1930."]
        );
        for text in [
            "支持 Windows, Linux, Mac 等,很多.",
            "API (应用程序接口), SDK (软件开发包)",
            "用 Vue, React and Angular 写,好.",
            "- 支持 Windows, Linux 和 Mac, 很多.",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
