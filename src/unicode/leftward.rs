//! Text that runs from right to left, wholly or in part (Unicode Standard Annex 9).

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// Whether `c` is of a script that runs from right to left: Hebrew, Arabic and those beside them in the standard.
pub const fn is_leftward(c: char) -> bool {
    matches!(c as u32, 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFE | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// Whether a paragraph that says `text` runs from right to left as a whole: its first letter does, and most of the others.
pub fn runs_leftward(text: &str) -> bool {
    let strong = |c: char| match bidi_class(c) {
        BidiClass::L => Some(false),
        BidiClass::R | BidiClass::AL => Some(true),
        _ => None,
    };
    let first = text.chars().find_map(strong) == Some(true);
    first && text.chars().filter_map(strong).map(|left| if left { 1 } else { -1 }).sum::<i64>() > 0
}

/// The level of each byte of the paragraph `text`, which runs from right to left as a whole or not: odd ones run from right to left.
pub fn levels(text: &str, leftward: bool) -> Vec<u8> {
    let base = if leftward { Level::rtl() } else { Level::ltr() };
    BidiInfo::new(text, Some(base)).levels.iter().map(Level::number).collect()
}

/// Whether each byte of the paragraph `text` stands among what runs from right to left: letters of such scripts, numbers within them, and the
/// marks between. Words from left to right in a paragraph that runs otherwise do not.
pub fn turned(text: &str, leftward: bool) -> Vec<bool> {
    let levels = levels(text, leftward);
    let mut turned: Vec<bool> = levels.iter().map(|level| *level > 0).collect();
    let mut at = 0;
    for run in levels.chunk_by(|a, b| a == b) {
        let end = at + run.len();
        if run.first().is_some_and(|level| level % 2 == 0)
            && text[at..end].chars().any(|c| bidi_class(c) == BidiClass::L)
        {
            turned[at..end].fill(false);
        }
        at = end;
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What of `text` is turned, in brackets.
    fn marked(text: &str) -> String {
        let turned = turned(text, runs_leftward(text));
        let mut out = String::new();
        for (at, c) in text.char_indices() {
            let before = at.checked_sub(1).is_some_and(|before| turned[before]);
            out.push_str(match (before, turned[at]) {
                (false, true) => "[",
                (true, false) => "]",
                _ => "",
            });
            out.push(c);
        }
        out + if turned.last() == Some(&true) { "]" } else { "" }
    }

    #[test]
    fn numbers_and_marks_among_words_are_turned_with_them() {
        assert_eq!(marked("甲אב גד乙"), "甲[אב גד]乙");
        assert_eq!(marked("甲אב (גד) 12, הו乙"), "甲[אב (גד) 12, הו]乙");
        assert_eq!(marked("甲（אב）乙"), "甲（[אב]）乙");
        assert_eq!(marked("甲אב Rust גד乙"), "甲[אב] Rust [גד]乙");
        // Of a paragraph that runs from right to left only the words of another script are not.
        assert_eq!(marked("אב גד הו Rust 12."), "[אב גד הו ]Rust 12[.]");
        assert_eq!(marked("甲乙 12"), "甲乙 12");
    }

    #[test]
    fn a_paragraph_runs_as_its_first_letter_and_most_others() {
        assert!(runs_leftward("12 אב גד הו Rust"));
        assert!(!runs_leftward("אב 甲乙丙丁"));
        assert!(!runs_leftward("甲אבגדה"));
        assert!(!runs_leftward("12."));
    }

    #[test]
    fn every_letter_that_runs_to_the_left_is_of_such_a_script() {
        for c in ('\0'..=char::MAX).filter(|c| matches!(bidi_class(*c), BidiClass::R | BidiClass::AL)) {
            // U+200F is a mark, no letter.
            assert!(is_leftward(c) || c == '\u{200F}', "{c:?}");
        }
    }
}
