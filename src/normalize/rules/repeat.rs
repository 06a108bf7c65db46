//! Marks written more often than they should be: `repeat-punct`, `repeat-qe`.

use crate::error::Cause;
use crate::normalize::line::Line;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use std::cell::OnceCell;

/// The same `，`, `、`, `；`, `：` or `。` twice becomes one. Three full stops are an ellipsis.
///
/// Left alone and reported: two of which one was the end of a quotation (`有‘鸳鸯镜，，各分一面`, `再与你相见？，，不说`), and full stops of a text in which
/// rows of them stand for the dots that mark its words.
pub const REPEAT_PUNCT: Rule = Rule {
    id: "repeat-punct",
    concern: Concern::Marks,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "reduce a stop that stands twice to one",
    zh: "重复的逗号、顿号、分号、冒号、句号减为一个",
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
        // Whether a single quotation mark stands open.
        let mut quoted = false;
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
                    '，' | '、' | '；' | '：' if ends(line, i) || quoted && !closes(line, k) => {
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
            quoted = c == '‘' || quoted && c != '’';
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

/// Whether the quotation in single marks that is open at sign number `k` of the line closes before another opens.
fn closes(line: &Line, k: usize) -> bool {
    let rest = line.signs.iter().skip(k + 1).take(REACH).map(|&at| line.chars[at]);
    rest.into_iter().find(|c| matches!(c, '‘' | '’')) == Some('’')
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
