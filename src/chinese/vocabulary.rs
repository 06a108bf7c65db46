//! The words of Chinese, and a text in words: the cheapest row of them, each as dear as it is rare.
//!
//! `vocabulary.bin` is made of the dictionary of jieba by `examples/vocabulary.rs`, which says how it is laid out. It is searched in place:
//! nothing is read when the program starts.

use super::fold::fold;
use std::ops::Range;

static TABLE: &[u8] = include_bytes!("vocabulary.bin");

/// Bytes of a row of the first characters: the character, its own cost, where its words begin, how many there are of each length.
const ROW: usize = 2 + 1 + 4 + 2 * COUNTS;
/// Words have two characters to eight.
const COUNTS: usize = 7;
/// Cost of a character that the table does not have.
const UNKNOWN: u32 = 255;

fn byte(at: usize) -> u8 {
    TABLE.get(at).copied().unwrap_or_default()
}

fn pair(at: usize) -> u16 {
    u16::from_be_bytes([byte(at), byte(at + 1)])
}

fn four(at: usize) -> usize {
    usize::from(pair(at)) << 16 | usize::from(pair(at + 2))
}

/// The row of the words that begin with `first`.
fn row(first: u16) -> Option<usize> {
    let (mut low, mut high) = (0, four(0));
    while low < high {
        let middle = (low + high) / 2;
        let at = 4 + middle * ROW;
        match pair(at).cmp(&first) {
            std::cmp::Ordering::Equal => return Some(at),
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
        }
    }
    None
}

/// Tells `found` of the length and the cost of each word that `text` begins with.
fn words_at(text: &[u16], mut found: impl FnMut(usize, u32)) {
    let Some(row) = text.first().and_then(|first| row(*first)) else {
        found(1, UNKNOWN);
        return;
    };
    found(1, u32::from(byte(row + 2)));
    let mut at = 4 + four(0) * ROW + four(row + 3);
    for len in 2..2 + COUNTS {
        let count = usize::from(pair(row + 7 + (len - 2) * 2));
        let size = (len - 1) * 2 + 1;
        let Some(rest) = text.get(1..len) else { return };
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = (low + high) / 2;
            let record = at + middle * size;
            let own = (0..len - 1).map(|k| pair(record + k * 2));
            match own.cmp(rest.iter().copied()) {
                std::cmp::Ordering::Equal => {
                    found(len, u32::from(byte(record + size - 1)));
                    break;
                }
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        at += count * size;
    }
}

/// What stands together as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Western,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        '\u{3400}'..='\u{9FFF}' => Kind::Han,
        '0'..='9' | 'A'..='Z' | 'a'..='z' | '０'..='９' | '.' | '%' => Kind::Western,
        _ => Kind::Other,
    }
}

/// The words of `text`, one after the other, in either script.
pub fn words(text: &[char]) -> Vec<Range<usize>> {
    let mut all = vec![];
    let mut from = 0;
    for run in text.chunk_by(|a, b| kind(*a) == kind(*b) && kind(*a) != Kind::Other) {
        if run.first().is_some_and(|c| kind(*c) == Kind::Han) {
            all.extend(cheapest(run).into_iter().map(|word| from + word.start..from + word.end));
        } else {
            all.push(from..from + run.len());
        }
        from += run.len();
    }
    all
}

/// The cheapest row of words that makes `run`.
fn cheapest(run: &[char]) -> Vec<Range<usize>> {
    let folded: Vec<u16> = run.iter().map(|c| u16::try_from(u32::from(fold(*c))).unwrap_or_default()).collect();
    // From the end: the least cost of what begins at each character, and the length of its first word.
    let mut best = vec![(0u32, 1usize); folded.len() + 1];
    for at in (0..folded.len()).rev() {
        let mut least = (u32::MAX, 1);
        words_at(&folded[at..], |len, cost| {
            let whole = best.get(at + len).map_or(u32::MAX, |rest| cost.saturating_add(rest.0));
            if whole < least.0 {
                least = (whole, len);
            }
        });
        best[at] = least;
    }
    let mut words = vec![];
    let mut at = 0;
    while at < run.len() {
        words.push(at..at + best[at].1);
        at += best[at].1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_parted_into_words_in_either_script() {
        for (text, wanted) in [
            ("关于进一步加强城区老旧管网改造工作的通知", "关于|进一步|加强|城区|老|旧|管网|改造|工作|的|通知"),
            ("中華人民共和國財政部", "中華人民共和國|財政部"),
            ("2017年济南市纪委", "2017|年|济南市|纪委"),
            ("《论语》", "《|论语|》"),
            ("", ""),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let parts: Vec<String> = words(&chars).into_iter().map(|word| chars[word].iter().collect()).collect();
            assert_eq!(parts.join("|"), wanted);
        }
    }

    #[test]
    fn the_rows_of_the_table_are_in_order() {
        let firsts: Vec<u16> = (0..four(0)).map(|n| pair(4 + n * ROW)).collect();
        assert!(firsts.len() > 7_000 && firsts.is_sorted_by(|a, b| a < b));
    }
}
