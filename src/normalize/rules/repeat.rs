//! Marks written more often than they should be: `repeat-punct`, `repeat-qe`.

use crate::chinese::speech;
use crate::error::Cause;
use crate::normalize::line::Line;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;
use std::cell::OnceCell;

/// The same `，`, `、`, `；`, `：` or `。` twice becomes one. Three full stops are an ellipsis.
///
/// Left alone and reported: three `、` and more, which stand for an ellipsis as often as not (`这个、、、、`), two of which one was the end of a quotation (`有‘鸳鸯镜，，各分一面`, `再与你相见？，，不说`), and full stops of a text in which
/// rows of them stand for the dots that mark its words.
pub const REPEAT_PUNCT: Rule = Rule {
    id: "repeat-punct",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "reduce a stop that stands twice to one",
    zh: "重复的逗号、顿号、分号、冒号、句号减为一个",
    why_en: "No sense is served by two like stops in a row: a key was held too long.",
    why_zh: "两个相同的点号连用没有意义，是按键过久所致。",
    standard: "GB/T 15834-2011",
    example: ("好，，的。。", "好，的。"),
};

/// More than three `！` or `？` in a row.
pub const REPEAT_QE: Rule = Rule {
    id: "repeat-qe",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Off,
    warns: false,
    en: "reduce more than three ！ or ？ to three",
    zh: "三个以上连用的叹号或问号减为三个",
    why_en: "The standard lets three at most stand together; how loud somebody shouts is the author's own, so only by wish.",
    why_zh: "标准至多叠用三个；语气强弱是作者的事，只在要求时改。",
    standard: "GB/T 15834-2011, 4.2, 4.3",
    example: ("好！！！！！", "好！！！"),
};

/// What is known of the repeated marks of a text.
#[derive(Default)]
pub struct Repeats {
    /// Whether rows of full stops mark words; asked when the first row is met.
    marking: OnceCell<bool>,
}

impl Repeats {
    /// Judges the marks of a paragraph.
    pub fn judge(&self, pass: &mut Pass<'_>, line: &Line) {
        let mut next = 0;
        let mut open = Open::default();
        for (k, &i) in line.signs.iter().enumerate() {
            if i < next {
                continue;
            }
            let c = line.chars[i];
            let end = i + line.chars[i..].iter().take_while(|&&other| other == c).count();
            let length = end - i;
            if length >= 2 && !line.is_kept(i) {
                let rest = line.range(i + 1, end);
                match c {
                    '、' if length > 2 => pass.report(&REPEAT_PUNCT, rest, Cause::TwoReadings),
                    // One of the two was a quotation mark, or the point of something else.
                    '，' | '、' | '；' | '：'
                        if ends(line, i) || open.misses_mark(line, k) || c == '：' && leads(line, i, end) =>
                    {
                        pass.report(&REPEAT_PUNCT, rest, Cause::TwoReadings);
                    }
                    '。' if length == 2 && (line.prev(i) == Some('.') || open.misses_mark(line, k)) => {
                        pass.report(&REPEAT_PUNCT, rest, Cause::TwoReadings);
                    }
                    '，' | '、' | '；' | '：' => pass.change(&REPEAT_PUNCT, rest, ""),
                    '。' if length == 2 && line.get(end) != Some('…') && line.prev(i) != Some('…') => {
                        match *self.marking.get_or_init(|| marks_words(pass.text)) {
                            true => pass.report(&REPEAT_PUNCT, rest, Cause::TwoReadings),
                            false => pass.change(&REPEAT_PUNCT, rest, ""),
                        }
                    }
                    '！' | '？' if length > 3 => pass.change(&REPEAT_QE, line.range(i + 3, end), ""),
                    _ => {}
                }
            }
            open.pass(c);
            next = end;
        }
    }
}

/// How many signs are looked through for the end of a quotation.
const REACH: usize = 64;

/// Whether the mark at `i` stands behind the end of a sentence.
fn ends(line: &Line, i: usize) -> bool {
    line.prev(i).is_some_and(|c| matches!(c, '。' | '？' | '！'))
}

/// Whether the colons from `i` to `end` lead to speech, whose opening mark the second of them may have been, or stand in a formula.
fn leads(line: &Line, i: usize, end: usize) -> bool {
    line.prev(i).is_none_or(|c| !is_han(c) || speech::introduces(c)) || !line.get(end).is_some_and(is_han)
}

/// The quotations that are open.
#[derive(Default)]
struct Open {
    double: bool,
    single: bool,
}

impl Open {
    fn pass(&mut self, c: char) {
        match c {
            '“' => self.double = true,
            '‘' => self.single = true,
            '”' => *self = Open::default(),
            '’' => self.single = false,
            _ => {}
        }
    }

    /// Whether a quotation mark is missing about sign number `k` of the line: what is open is not closed before another opens, or something is
    /// closed that is not open.
    fn misses_mark(&self, line: &Line, k: usize) -> bool {
        let next = |wanted: &str| {
            let mut rest = line.signs.iter().skip(k + 1).take(REACH).map(|&at| line.chars[at]);
            rest.find(|&c| wanted.contains(c))
        };
        match (self.single, self.double) {
            (true, _) => next("‘’") != Some('’'),
            (false, true) => next("“”") == Some('“'),
            (false, false) => next("“”") == Some('”'),
        }
    }
}

/// Fewest rows of full stops beside a mark or the number of a note that end no sentences.
const FEWEST_ROWS: usize = 3;

/// Whether rows of full stops stand where no sentence can end, behind a comma or before one, behind the number of a note: they were put
/// under words, to mark them.
fn marks_words(text: &str) -> bool {
    let stops = |c: char| c == '。';
    let odd = |c: Option<char>| c.is_some_and(|c| matches!(c, '，' | '；' | '、' | '①'..='⑳'));
    let rows = memchr::memmem::find_iter(text.as_bytes(), "。。").filter(|&at| {
        let (before, behind) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
        odd(before.chars().next_back()) || odd(behind.trim_start_matches(stops).chars().next())
    });
    rows.take(FEWEST_ROWS).count() == FEWEST_ROWS
}
