//! The marks that call notes and stand before them: `① [1] 〔一〕 【注1】 （1） *` and what they have in common.

use crate::chinese::fold::fold;
use crate::chinese::numeral::numeral;
use crate::chinese::words::Word;
use crate::unicode::leading_han;

/// Greater numbers are years.
const MOST: u64 = 999;
/// The signs that stand around the numbers of notes.
const AROUND: [(char, char); 6] = [('[', ']'), ('［', '］'), ('〔', '〕'), ('【', '】'), ('（', '）'), ('(', ')')];
/// Signs that count by how many of them stand together.
const STARS: [char; 3] = ['*', '＊', '※'];
/// No more of them stand together.
const MOST_STARS: usize = 3;

/// How marks of one kind look; numbers of two kinds are never of one series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Form {
    /// The sign that opens it, or the star, or nothing for circled numbers.
    open: Option<char>,
    /// Whether 注 stands before the number.
    named: bool,
    /// Whether its numbers are Chinese.
    han: bool,
}

impl Form {
    /// Whether marks like it number the items of lists as often as they call notes: `（1）`.
    pub fn is_of_lists(self) -> bool {
        matches!(self.open, Some('（' | '(')) && !self.named
    }

    /// Whether nothing but notes is marked like that, so that a mark without a note misses one: `[1]`, `〔注1〕`.
    pub fn is_of_notes(self) -> bool {
        matches!(self.open, Some('[' | '［' | '〔')) || self.named
    }

    /// Whether it counts by stars.
    pub fn is_star(self) -> bool {
        self.open.is_some_and(|open| STARS.contains(&open))
    }
}

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its form.
    pub form: Form,
    /// Its number; 1 for `[注]`.
    pub number: u64,
    /// Its bytes.
    pub len: usize,
}

/// The mark at the beginning of `text`.
pub fn at(text: &str) -> Option<Mark> {
    let first = text.chars().next()?;
    if let Some(number) = circled(first) {
        return Some(Mark { form: Form { open: None, named: false, han: false }, number, len: first.len_utf8() });
    }
    if STARS.contains(&first) {
        let count = text.chars().take_while(|&c| c == first).count();
        let form = Form { open: Some(first), named: false, han: false };
        return (count <= MOST_STARS).then(|| Mark { form, number: count as u64, len: count * first.len_utf8() });
    }
    let (open, close) = AROUND.into_iter().find(|(open, _)| *open == first)?;
    let inside = &text[open.len_utf8()..];
    let named = inside.chars().next().filter(|&c| fold(c) == '注').map_or(0, char::len_utf8);
    let rest = &inside[named..];
    let (number, len, han) = match rest.chars().next().and_then(circled) {
        Some(number) => (number, rest.chars().next().map_or(0, char::len_utf8), false),
        None if named > 0 && rest.starts_with(close) => (1, 0, false),
        None => {
            let (number, len) = numeral(rest)?;
            (number, len, !rest.starts_with(|c: char| c.is_ascii_digit()))
        }
    };
    let end = open.len_utf8() + named + len;
    (text[end..].starts_with(close) && (1..=MOST).contains(&number)).then(|| Mark {
        form: Form { open: Some(open), named: named > 0, han },
        number,
        len: end + close.len_utf8(),
    })
}

/// The number in a circle.
fn circled(c: char) -> Option<u64> {
    let from = |base: char, first: u64| u64::from(u32::from(c) - u32::from(base)) + first;
    match c {
        '①'..='⑳' => Some(from('①', 1)),
        '㉑'..='㉟' => Some(from('㉑', 21)),
        '㊱'..='㊿' => Some(from('㊱', 36)),
        _ => None,
    }
}

/// The mark that begins the note in a line, where text follows it. A star with a space behind it is a bullet.
pub fn of_note(text: &str) -> Option<Mark> {
    let mark = at(text)?;
    let rest = &text[mark.len..];
    let bullet = mark.form.is_star() && (rest.starts_with(char::is_whitespace) || rest.contains(STARS));
    (!bullet && rest.contains(char::is_alphanumeric)).then_some(mark)
}

/// All marks in `text` that may call a note: their places. One that begins a line (`begins`) numbers what follows.
pub fn within(text: &str, begins: bool) -> impl Iterator<Item = (usize, Mark)> + '_ {
    let mut after = if begins { at(text).map_or(0, |mark| mark.len) } else { 0 };
    std::iter::from_fn(move || {
        loop {
            // Most of a text is Han, and no mark begins with one.
            after += leading_han(&text.as_bytes()[after..]) * '一'.len_utf8();
            let c = text[after..].chars().next()?;
            let place = after;
            match at(&text[place..]) {
                Some(mark) => {
                    after = place + mark.len;
                    if is_called(&text[..place], mark, &text[after..]) {
                        return Some((place, mark));
                    }
                }
                // Too many stars to be a mark are passed together.
                None if STARS.contains(&c) => {
                    after += text[place..].chars().take_while(|&other| other == c).count() * c.len_utf8();
                }
                None => after += c.len_utf8(),
            }
        }
    })
}

/// Whether `mark` can call a note between `before` and `behind`: `a[1]=` is of a program.
fn is_called(before: &str, mark: Mark, behind: &str) -> bool {
    let Some(last) = before.chars().next_back() else { return !mark.form.is_star() };
    let ascii = |c: char| c.is_ascii();
    let of_program =
        mark.form.open == Some('[') && ascii(last) && last != ' ' && behind.trim_start().starts_with(ascii);
    // A bracket that opens stands before the number of an item.
    let opened = matches!(last, '(' | '（' | '[' | '［' | '〔' | '【' | '“' | '「' | '《');
    !(of_program || opened || mark.form.is_star() && last.is_whitespace())
}

/// Whether the mark between `before` and `behind` is only spoken of, as one speaks of the items of a list: `第③步`, `①②两步`, `见〔1〕`.
pub fn is_mentioned(before: &str, behind: &str) -> bool {
    Word::MarkMention.is_in(before) || Word::MarkedThing.is_in(behind.trim_start()) || is_beside_another(behind)
}

/// Whether what follows a mark goes on to the next: `①②`, `①、②`, `①和②`.
fn is_beside_another(behind: &str) -> bool {
    let circle = |text: &str| at(text).is_some_and(|mark| mark.form.open.is_none());
    circle(behind) || Word::MarkJoint.strip(behind).is_some_and(circle)
}

/// Whether a mark opens one of several points within a sentence: `要点：①甲；②乙`.
pub fn opens_point(before: &str) -> bool {
    before.trim_end().ends_with(['：', ':'])
}

/// Whether a mark stands behind a word and before a stop or the end, where hardly anything but the call of a note stands.
pub fn is_set_behind_word(before: &str, behind: &str) -> bool {
    let word =
        before.is_empty() || before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '》' | '”' | '」' | '’'));
    word && behind.chars().next().is_none_or(|c| "，。；：、！？”」』）…,.;:!?".contains(c))
}

/// `text` without the marks within it.
pub fn without(text: &str) -> std::borrow::Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (place, mark) in within(text, true).filter(|(_, mark)| !mark.form.is_of_lists() && !mark.form.is_star()) {
        out.push_str(&text[from..place]);
        from = place + mark.len;
    }
    if from == 0 {
        return text.into();
    }
    out.push_str(&text[from..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_in_all_their_forms() {
        for (text, number, len) in [
            ("①甲", 1, 3),
            ("㊿甲", 50, 3),
            ("[12]甲", 12, 4),
            ("［3］", 3, 7),
            ("〔一〕", 1, 9),
            ("[注2]", 2, 6),
            ("[注十一]", 11, 11),
            ("【注】", 1, 9),
            ("〔註①〕", 1, 12),
            ("（3）", 3, 7),
            ("**甲", 2, 2),
            ("※甲", 1, 3),
        ] {
            let seen = at(text).map(|mark| (mark.number, mark.len));
            assert_eq!(seen, Some((number, len)), "{text}");
        }
        for text in ["〔2018〕12号", "[]", "[0]", "(甲)", "[注", "****", "1", "【按】", "[x]", ""] {
            assert_eq!(at(text), None, "{text}");
        }
        let series = |a: &str, b: &str| at(a).unwrap().form == at(b).unwrap().form;
        assert!(series("[1]", "[2]") && series("①", "㉑") && series("[注]", "[注2]"));
        assert!(!series("[1]", "〔1〕") && !series("[1]", "[一]") && !series("[1]", "[注1]") && !series("*", "※"));
    }

    #[test]
    fn marks_within_a_line_call_and_those_that_begin_it_number() {
        let seen =
            |text: &'static str| within(text, true).map(|(at, mark)| &text[at..at + mark.len]).collect::<Vec<_>>();
        assert_eq!(seen("①甲②乙[3]丙（4）"), ["②", "[3]", "（4）"]);
        assert_eq!(seen("let x = a[1] + b[2];"), Vec::<&str>::new());
        assert_eq!(seen("甲*****乙*"), ["*"]);
        assert_eq!(within("①。", false).count(), 1, "behind a word in bold");
        assert_eq!(without("床前明月光①，疑是地上霜[2]。"), "床前明月光，疑是地上霜。");
    }

    #[test]
    fn what_is_spoken_of_is_not_called() {
        for (before, behind) in [("做好第", "步"), ("按", "行事"), ("此处", "②两步"), ("这里", "和②"), ("甲", "项")]
        {
            assert!(is_mentioned(before, behind), "{before}①{behind}");
        }
        assert!(!is_mentioned("渡口始建于明代", "。") && !is_mentioned("沛公", "与项羽"));
    }
}
