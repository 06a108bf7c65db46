//! How characters stand in a column of vertical text (UAX #50; CLReq, “Glyphs, sizes and positions in character faces of punctuation marks”).

use std::ops::Range;

/// How a character stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Posture {
    /// As in a line or, where its font has a form for columns, in that.
    #[default]
    Upright,
    /// Turned by 90° to the right.
    Turned,
    /// A stroke down the whole of its place: one half of ——.
    Stroke,
    /// Its ink in the middle of its place.
    Middle,
    /// Beside others in one place (纵中横).
    Abreast(Share),
    /// Upright, but that its place is told by a point farther down: so readers do not take what begins beside it for a part of its line.
    Low,
}

/// Which of the characters that stand abreast one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Share {
    /// The left one of two.
    FirstOfTwo,
    /// The right one of two.
    SecondOfTwo,
    /// The left one of three.
    FirstOfThree,
    /// The one in the middle.
    SecondOfThree,
    /// The right one of three.
    ThirdOfThree,
}

impl Share {
    /// The shares of so many characters; none of them where there are too many for one place.
    pub fn all(count: usize) -> &'static [Share] {
        match count {
            2 => &[Share::FirstOfTwo, Share::SecondOfTwo],
            3 => &[Share::FirstOfThree, Share::SecondOfThree, Share::ThirdOfThree],
            _ => &[],
        }
    }

    /// Its number, counted from 0, and of how many it is one.
    pub const fn place(self) -> (i32, i32) {
        match self {
            Share::FirstOfTwo => (0, 2),
            Share::SecondOfTwo => (1, 2),
            Share::FirstOfThree => (0, 3),
            Share::SecondOfThree => (1, 3),
            Share::ThirdOfThree => (2, 3),
        }
    }
}

/// What stands upright (UAX #50, values U, Tu and Tr but for brackets and their like, which fonts have forms for): first and last code point of a
/// range. In order, without overlap.
const UPRIGHT: &[(char, char)] = &[
    ('§', '§'),
    ('©', '©'),
    ('®', '®'),
    ('±', '±'),
    ('·', '·'),
    ('¼', '¾'),
    ('×', '×'),
    ('÷', '÷'),
    ('\u{2ea}', '\u{2eb}'),
    ('\u{1100}', '\u{11ff}'),
    ('\u{1401}', '\u{167f}'),
    ('\u{18b0}', '\u{18ff}'),
    ('‖', '‖'),
    ('†', '‡'),
    ('‰', '‱'),
    ('※', '‼'),
    ('⁂', '⁂'),
    ('⁇', '⁉'),
    ('⁑', '⁑'),
    ('\u{20dd}', '\u{20e0}'),
    ('\u{20e2}', '\u{20e4}'),
    ('℀', '℁'),
    ('℃', '℉'),
    ('ℏ', 'ℏ'),
    ('ℓ', '℔'),
    ('№', '℗'),
    ('℞', '℣'),
    ('℥', '℥'),
    ('℧', '℧'),
    ('℩', '℩'),
    ('℮', '℮'),
    ('ℵ', 'ℿ'),
    ('ⅅ', '⅊'),
    ('⅌', '⅍'),
    ('⅏', '↉'),
    ('∞', '∞'),
    ('∴', '∵'),
    ('⌀', '⌇'),
    ('⌌', '⌟'),
    ('⌤', '⌨'),
    ('⌫', '⌫'),
    ('⍽', '⎚'),
    ('⎾', '⏍'),
    ('⏏', '⏏'),
    ('⏑', '⏛'),
    ('⏢', '␢'),
    ('␤', '\u{24ff}'),
    ('■', '☙'),
    ('☠', '❧'),
    ('❶', '➓'),
    ('⬒', '⬯'),
    ('⭐', '⭙'),
    ('⮗', '⮗'),
    ('⮸', '⯿'),
    ('\u{2e80}', '\u{a4cf}'),
    ('\u{a960}', '\u{a97f}'),
    ('가', '\u{d7ff}'),
    ('\u{e000}', '\u{faff}'),
    ('\u{fe10}', '\u{fe1f}'),
    ('\u{fe30}', '\u{fe48}'),
    ('\u{fe50}', '\u{fe57}'),
    ('\u{fe5f}', '\u{fe62}'),
    ('\u{fe67}', '\u{fe6f}'),
    ('！', '＇'),
    ('＊', '，'),
    ('．', '；'),
    ('？', 'Ｚ'),
    ('＼', '＼'),
    ('＾', '＾'),
    ('｀', 'ｚ'),
    ('￠', '￢'),
    ('￤', '￧'),
    ('\u{fff0}', '\u{fff8}'),
    ('\u{fffc}', '\u{fffd}'),
    ('\u{16fe0}', '\u{18aff}'),
    ('\u{1aff0}', '\u{1b2ff}'),
    ('\u{1d300}', '\u{1d37f}'),
    ('\u{1f000}', '\u{1faff}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// Whether `c` stands upright in a column, where its font has no form of its own for that.
pub fn stands_upright(c: char) -> bool {
    if matches!(c, '一'..='鿿') {
        return true;
    }
    // The signs of the block of Chinese punctuation that are turned: brackets, which Chinese fonts have forms for, and waves.
    if matches!(c, '〈'..='】' | '〔'..='〟' | '〰' | '゠' | 'ー') {
        return false;
    }
    let row = UPRIGHT.partition_point(|&(_, last)| last < c);
    UPRIGHT.get(row).is_some_and(|&(first, _)| first <= c)
}

/// The mark whose form for columns a quotation mark takes: in the mainland the outer marks are double, elsewhere the inner ones
/// (GB/T 15834—2011 5.2.3; `mainland` says which).
pub const fn quotation(mark: char, mainland: bool) -> char {
    match (mark, mainland) {
        ('“', true) | ('‘', false) => '『',
        ('”', true) | ('’', false) => '』',
        ('‘', true) | ('“', false) => '「',
        ('’', true) | ('”', false) => '」',
        _ => mark,
    }
}

/// Whether the characters of `word` stand side by side in one place (纵中横): numbers of up to `most` digits; two characters of which one is a
/// digit; two digits with a stop between them; two marks that ask and exclaim.
pub fn is_abreast(word: &[char], most: i32) -> bool {
    let digits = word.iter().filter(|c| c.is_ascii_digit()).count();
    let ascii = word.iter().all(char::is_ascii_graphic);
    match *word {
        _ if !ascii || most < 2 => false,
        [_, _] if digits == 2 => true,
        [a, b] => digits == 1 && !"()[]{}".contains([a, b]) || "!?".contains(a) && "!?".contains(b),
        [_, stop, _] if digits == 2 => stop == '.',
        [_, _, _] => digits == 3 && most >= 3,
        _ => false,
    }
}

/// Where in `text` words stand abreast, none of them beside another Western word.
pub fn abreast(text: &str, most: i32) -> Vec<Range<usize>> {
    let mut found = vec![];
    if most < 2 {
        return found;
    }
    let graphic = |c: char| c.is_ascii_graphic();
    let letter = |rest: Option<&str>, c: fn(&str) -> Option<char>| {
        rest.and_then(c).is_some_and(|c| c.is_alphabetic() && !stands_upright(c))
    };
    let mut at = 0;
    while let Some(start) = text[at..].find(graphic).map(|found| at + found) {
        let end = text[start..].find(|c| !graphic(c)).map_or(text.len(), |len| start + len);
        at = end;
        let word: Vec<char> = text[start..end].chars().take(4).collect();
        let phrase = letter(text[..start].strip_suffix(' '), |rest| rest.chars().next_back())
            || letter(text[end..].strip_prefix(' '), |rest| rest.chars().next());
        if !phrase && is_abreast(&word, most) {
            found.push(start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_stand_abreast_and_words_do_not() {
        let found = |text: &str| abreast(text, 2).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("1998年12月31日，第2B號，3.0版，好!?"), ["12", "31", "2B", "3.0", "!?"]);
        assert_eq!(found("108人，GDP，7日，the 12 men，(1)"), Vec::<String>::new());
        assert!(abreast("12月", 1).is_empty() && abreast("108", 3).first() == Some(&(0..3)));
    }

    #[test]
    fn the_table_is_in_order_and_says_what_uax_50_does() {
        for pair in UPRIGHT.windows(2) {
            assert!(pair[0].1 < pair[1].0, "{:?} {:?}", pair[0], pair[1]);
        }
        for c in "永𠮷かァ가㎏℃①Ⅳ★☆※々〇×±Ａ１ｚ，。、：；！？．‰😀\u{e000}\u{3000}".chars()
        {
            assert!(stands_upright(c), "{c}");
        }
        for c in "aZ09.,-+=<~≤∑→←─│（「《…—“～ー￣°′".chars() {
            assert!(!stands_upright(c), "{c}");
        }
    }

    #[test]
    fn quotation_marks_by_their_level_v6() {
        assert_eq!("“‘’”".chars().map(|c| quotation(c, true)).collect::<String>(), "『「」』");
        assert_eq!("“‘’”".chars().map(|c| quotation(c, false)).collect::<String>(), "「『』」");
        assert_eq!(quotation('「', true), '「');
    }
}
