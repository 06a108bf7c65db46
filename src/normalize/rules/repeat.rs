//! Marks written more often than they should be: `repeat-punct`, `repeat-qe`.

use crate::normalize::line::Line;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};

/// The same `，`, `、`, `；`, `：` or `。` twice becomes one. Three full stops are an ellipsis.
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

pub fn judge(pass: &mut Pass<'_>, line: &Line) {
    let mut next = 0;
    for &i in &line.signs {
        if i < next {
            continue;
        }
        let c = line.chars[i];
        let end = i + line.chars[i..].iter().take_while(|&&other| other == c).count();
        let length = end - i;
        if length >= 2 && !line.is_kept(i) {
            match c {
                '，' | '、' | '；' | '：' => pass.change(&REPEAT_PUNCT, line.range(i + 1, end), ""),
                '。' if length == 2 && line.get(end) != Some('…') && line.prev(i) != Some('…') => {
                    pass.change(&REPEAT_PUNCT, line.range(i + 1, end), "");
                }
                '！' | '？' if length > 3 => pass.change(&REPEAT_QE, line.range(i + 3, end), ""),
                _ => {}
            }
        }
        next = end;
    }
}
