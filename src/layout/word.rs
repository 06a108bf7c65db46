//! Where a Western word may be parted (B5).

use super::text::{Bond, Item};
use crate::chinese::kinsoku::{may_begin, may_end};
use crate::style::Kinsoku;
use hypher::{Lang, hyphenate};

/// After which characters an address or a name of programs may be parted.
const ADDRESS_BREAKS: &str = "/.?&=-_";

/// Shortest word that is hyphenated, and the longest, in letters.
const HYPHENATED: std::ops::RangeInclusive<usize> = 5..=64;

/// From how many letters on a word with capitals inside is no name (`LibreOffice`) but several words whose spaces were lost.
const RUN_TOGETHER: usize = 16;

/// Puts break points into `word`, whose items hold together so far; true if a hyphenation point is among them. Where a word is parted for
/// want of room, no line begins or ends with what it may not (B1, B2).
pub fn part(word: &mut [Item], hyphens: bool, level: Kinsoku) -> bool {
    let found = points(word, hyphens);
    for i in 1..word.len() {
        let lawful = may_begin(word[i].class, level) && may_end(word[i - 1].class, level);
        if word[i].bond == Bond::Word && !lawful {
            word[i].bond = Bond::Kept;
        }
    }
    found
}

fn points(word: &mut [Item], hyphens: bool) -> bool {
    let address = is_address(word);
    if address || is_identifier(word) {
        for i in 1..word.len() {
            let (before, here) = (word[i - 1].text, word[i].text);
            let number = i > 1 && word[i - 2].text.is_numeric() && here.is_numeric();
            if ADDRESS_BREAKS.contains(before) && here.is_alphanumeric() && (address || i > 1 && !number) {
                word[i].bond = Bond::Free;
            }
        }
        return false;
    }
    for i in 2..word.len() {
        let (prior, before, here) = (word[i - 2].text, word[i - 1].text, word[i].text);
        let number = prior.is_numeric() && here.is_numeric();
        let joint = matches!(before, '-' | '/' | '\u{2010}') && prior.is_alphanumeric() && here.is_alphanumeric();
        if (joint && !number) || (before == '—' && here.is_alphanumeric()) {
            word[i].bond = Bond::Free;
        }
    }
    hyphens && hyphenation(word)
}

fn is_address(word: &[Item]) -> bool {
    let begins =
        |text: &str, at: usize| text.chars().enumerate().all(|(k, c)| word.get(at + k).is_some_and(|i| i.text == c));
    begins("www.", 0) || (1..word.len()).any(|at| word[at].text == ':' && begins("://", at))
}

/// How many letters and digits stand on each side of a full stop in a name of programs, at least: `app.conf`, but `Node.js` and `U.S.`
const BESIDE_STOP: usize = 3;

/// Whether `word` is a name that programs know, with a sign inside that no word of a language has: `max_len`, `/usr/share/doc`,
/// `app.conf`, `webapps-bb-scs`. A hyphen that is added to it would be taken for its own.
fn is_identifier(word: &[Item]) -> bool {
    let is = |at: usize, signs: &str| word.get(at).is_some_and(|item| signs.contains(item.text));
    let letters = |items: &mut dyn Iterator<Item = &Item>| items.take_while(|item| item.text.is_alphanumeric()).count();
    let beside = |at: usize| letters(&mut word[..at].iter().rev()).min(letters(&mut word[at + 1..].iter()));
    let path = is(0, "/~") && (2..word.len()).any(|at| is(at, "/"));
    let hyphens = (1..word.len()).filter(|&at| is(at, "-") && beside(at) > 0).count();
    let signed = |at| is(at, "_") || is(at, "\\=@") && beside(at) > 0 || is(at, ".") && beside(at) >= BESIDE_STOP;
    path || hyphens > 1 || (0..word.len()).any(signed)
}

fn hyphenation(word: &mut [Item]) -> bool {
    let mut found = false;
    let mut start = 0;
    while start < word.len() {
        let letters = word[start..].iter().take_while(|i| i.text.is_ascii_alphabetic()).count();
        let next = word.get(start + letters).map(|i| i.text);
        let alone = next.is_none_or(|c| !c.is_alphanumeric() && c != '\'' && c != '’')
            && (start == 0 || !word[start - 1].text.is_alphanumeric());
        let capitals = word[start..start + letters].iter().filter(|i| i.text.is_ascii_uppercase()).count();
        let words = capitals <= 1 || letters >= RUN_TOGETHER && capitals * 3 <= letters;
        if alone && words && HYPHENATED.contains(&letters) {
            let text: String = word[start..start + letters].iter().map(|i| i.text).collect();
            let mut at = start;
            for syllable in hyphenate(&text, Lang::English) {
                if at > start && word[at].bond == Bond::Word {
                    word[at].bond = Bond::Hyphen;
                    found = true;
                }
                at += syllable.len();
            }
        }
        start += letters.max(1);
    }
    found
}
