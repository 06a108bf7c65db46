//! Which typeface an ambiguous character takes.
//!
//! Word chooses between the East Asian and the Western typeface by code point, but “ ” ‘ ’ — … ① → and many more belong to both worlds: for these
//! it asks the run (`w:rFonts/@w:hint`). So the text is cut where their side changes, by what stands around them (A2).

use crate::unicode::{is_cjk_mark, is_han, is_hangul, is_kana};

/// One of the two typefaces of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The typeface for Han characters.
    EastAsian,
    /// The typeface for Latin letters.
    Western,
}

/// What a character says about its surroundings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A Han character, kana, hangul or full-width mark.
    EastAsian,
    /// A letter of Latin, Greek or Cyrillic.
    Western,
    /// Could be either; Word needs the hint.
    Ambiguous,
    /// Says nothing and needs nothing: ASCII digits, spaces, marks.
    Neutral,
}

fn class(c: char) -> Class {
    match c {
        '\u{4E00}'..='\u{9FFF}' => Class::EastAsian,
        'a'..='z' | 'A'..='Z' => Class::Western,
        '\0'..='\u{7F}' => Class::Neutral,
        '\u{C0}'..='\u{D6}'
        | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2AF}'
        | '\u{370}'..='\u{52F}'
        | '\u{1E00}'..='\u{1FFF}' => Class::Western,
        '\u{A1}'..='\u{BF}' | '\u{D7}' | '\u{F7}' | '\u{2B0}'..='\u{2FF}' => Class::Ambiguous,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2070}'..='\u{2BFF}' => Class::Ambiguous,
        _ if is_han(c) || is_kana(c) || is_hangul(c) || is_cjk_mark(c) || c == '\u{3000}' => Class::EastAsian,
        _ => Class::Neutral,
    }
}

/// Whether `c` takes the typeface that its run asks for.
pub fn is_ambiguous(c: char) -> bool {
    class(c) == Class::Ambiguous
}

/// Cuts `text` into pieces, each with the side that its ambiguous characters take, `None` when it has none. With `by_script`, letters
/// too decide, so that each piece is of one script. `home` is the side of a text that has no letter at all.
pub fn segments<'t>(text: &'t str, home: Side, by_script: bool, mut emit: impl FnMut(&'t str, Option<Side>)) {
    // In UTF-8 all that asks for a hint begins with one of these bytes.
    let decides = |b: &u8| (0xC2..=0xE2).contains(b);
    if !by_script && text.as_bytes().iter().filter(|b| decides(b)).count() == 0 {
        if !text.is_empty() {
            emit(text, None);
        }
        return;
    }
    let mut cutter = Cutter { start: 0, side: None };
    let mut before: Option<Side> = None;
    let mut waiting: Vec<(usize, char)> = Vec::new();
    let mut quotes: Vec<Side> = Vec::new();
    let edge = || edge(text, home);
    for (at, c) in text.char_indices() {
        if matches!(c, '\u{4E00}'..='\u{9FFF}') && waiting.is_empty() && !by_script {
            // By far the commonest case: nothing waits for it, and it is never cut.
            before = Some(Side::EastAsian);
            continue;
        }
        let side = match class(c) {
            Class::Neutral => continue,
            Class::Ambiguous => {
                waiting.push((at, c));
                continue;
            }
            Class::EastAsian => Side::EastAsian,
            Class::Western => Side::Western,
        };
        if !waiting.is_empty() {
            let before = before.unwrap_or_else(edge);
            for (at, c) in waiting.drain(..) {
                cutter.mark(text, at, ambiguous(c, before, side, &mut quotes), &mut emit);
            }
        }
        // With the hint on, Word sets é, α and я in the East Asian typeface.
        if by_script || (side == Side::Western && !c.is_ascii()) {
            cutter.mark(text, at, side, &mut emit);
        }
        before = Some(side);
    }
    if !waiting.is_empty() {
        let after = edge();
        let before = before.unwrap_or(after);
        for (at, c) in waiting {
            cutter.mark(text, at, ambiguous(c, before, after, &mut quotes), &mut emit);
        }
    }
    if cutter.start < text.len() {
        emit(&text[cutter.start..], cutter.side);
    }
}

/// The side of what lies beyond the ends of `text`: East Asian as soon as one character of it is.
fn edge(text: &str, home: Side) -> Side {
    let mut side = home;
    for c in text.chars() {
        match class(c) {
            Class::EastAsian => return Side::EastAsian,
            Class::Western => side = Side::Western,
            Class::Ambiguous | Class::Neutral => {}
        }
    }
    side
}

/// The side of `c` between `before` and `after`: Western between Western neighbours only; a closing quote goes with its opening one.
fn ambiguous(c: char, before: Side, after: Side, quotes: &mut Vec<Side>) -> Side {
    let side = if before == Side::Western && after == Side::Western { Side::Western } else { Side::EastAsian };
    match c {
        '“' | '‘' => quotes.push(side),
        // An apostrophe closes nothing.
        '’' if before == Side::Western && after == Side::Western => {}
        '”' | '’' => return quotes.pop().unwrap_or(side),
        _ => {}
    }
    side
}

/// The piece that is being gathered.
struct Cutter {
    start: usize,
    side: Option<Side>,
}

impl Cutter {
    /// The character at `at` takes `side`: ends the piece before it when that had the other one.
    fn mark<'t>(&mut self, text: &'t str, at: usize, side: Side, emit: &mut impl FnMut(&'t str, Option<Side>)) {
        if self.side.is_some_and(|s| s != side) {
            emit(&text[self.start..at], self.side);
            self.start = at;
        }
        self.side = Some(side);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, by_script: bool) -> String {
        let mut out = String::new();
        segments(text, Side::EastAsian, by_script, |piece, side| {
            out.push(match side {
                Some(Side::EastAsian) => '汉',
                Some(Side::Western) => 'w',
                None => '-',
            });
            out.push_str(&format!("[{piece}]"));
        });
        out
    }

    #[test]
    fn a2_quotes_and_dashes_take_the_side_of_their_surroundings() {
        for (text, expected) in [
            ("没有两可之字 abc", "-[没有两可之字 abc]"),
            ("他说“好”——走了……", "汉[他说“好”——走了……]"),
            ("“2017”年", "汉[“2017”年]"),
            ("“Yes” 他说", "汉[“Yes” 他说]"),
            ("He said “yes”.", "w[He said “yes”.]"),
            ("甲“乙”丙 it’s", "汉[甲“乙”丙 it]w[’s]"),
            ("①②", "汉[①②]"),
            ("“café”好", "汉[“caf]w[é]汉[”好]"),
        ] {
            assert_eq!(cut(text, false), expected);
        }
    }

    #[test]
    fn e8_emphasis_is_cut_by_script() {
        assert_eq!(cut("红楼梦 Dream 一书", true), "汉[红楼梦 ]w[Dream ]汉[一书]");
    }

    #[test]
    fn what_needs_no_hint_has_no_byte_that_decides() {
        for c in ('\0'..=char::MAX).filter(|c| !c.is_ascii()) {
            let first = c.encode_utf8(&mut [0; 4]).as_bytes()[0];
            let decides = matches!(class(c), Class::Ambiguous | Class::Western);
            assert!(!decides || (0xC2..=0xE2).contains(&first), "{c:?}");
        }
    }

    #[test]
    fn nothing_is_lost_or_moved() {
        for text in ["", "“", "’’’", "a“b”c—丁", "αβ“γ”δ", "\u{301}“\u{301}"] {
            let mut whole = String::new();
            segments(text, Side::Western, true, |piece, _| whole.push_str(piece));
            assert_eq!(whole, text);
        }
    }
}
