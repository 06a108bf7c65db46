//! Whether a sentence asks, by its words.

use super::fold::fold;

/// Characters of which one in a sentence makes it a question, old and new.
const ASKING: &str = "吗呢么谁哪何孰岂乎耶邪欤奚曷胡盍否几怎啥咋吧哉焉";
/// Words that do.
const WORDS: [[char; 2]; 10] = [
    ['多', '少'],
    ['难', '道'],
    ['莫', '非'],
    ['莫', '不'],
    ['安', '在'],
    ['安', '能'],
    ['安', '敢'],
    ['安', '得'],
    ['可', '曾'],
    ['可', '有'],
];
/// Characters that questions end with.
const ENDING: &str = "吗呢么吧嘛呀啊乎耶邪哉否";
/// How far back from its end a sentence is read.
const MOST: usize = 24;

/// Whether the sentence that `chars` end with asks: it holds a word that does, or a verb with its denial (`是不是`, `去没去`).
pub fn asks(chars: &[char]) -> bool {
    let mut sentence = [' '; MOST];
    let mut length = 0;
    for &c in chars.iter().rev().take(MOST) {
        if matches!(c, '。' | '！' | '？' | '!' | '?' | '；' | ';') {
            break;
        }
        length += 1;
        if let Some(slot) = sentence.get_mut(MOST - length) {
            *slot = fold(c);
        }
    }
    let sentence = sentence.get(MOST - length..).unwrap_or_default();
    sentence.iter().any(|&c| ASKING.contains(c))
        || sentence.windows(2).any(|two| WORDS.iter().any(|word| word == two))
        || sentence.windows(3).any(|three| matches!(three, [a, '不' | '没', b] if a == b))
}

/// Whether `c` is one that questions end with.
pub fn ends(c: char) -> bool {
    ENDING.contains(fold(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_asks_by_its_words() {
        let asks = |text: &str| asks(&text.chars().collect::<Vec<_>>());
        for text in ["你去哪里", "是不是他", "誰也", "好了吗", "来否", "難道不知"] {
            assert!(asks(text), "{text}");
        }
        assert!("嗎乎".chars().all(ends) && !"昂办".chars().any(ends));
        for text in ["朱", "他来了", "你去吗？他说好", "文字雖", "天不亮"] {
            assert!(!asks(text), "{text}");
        }
    }
}
