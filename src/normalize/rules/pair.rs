//! Two marks that do not go together, reported: `dup-mark-order`, `etc-ellipsis`.

use crate::error::Cause;
use crate::normalize::line::Line;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};

/// Two different stops in a row: one of them is a slip, and nobody but the author knows which.
pub const DUP_MARK_ORDER: Rule = Rule {
    id: "dup-mark-order",
    concern: Concern::Marks,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: true,
    en: "report two different stops in a row",
    zh: "报告相邻而冲突的标点",
    why_en: "One of the two is a slip, and only the author knows which.",
    why_zh: "两个之中有一个是误打，哪一个只有作者知道。",
    standard: "GB/T 15834-2011",
    example: ("好，。的", "好，。的"),
};

/// `等……` says the same twice.
pub const ETC_ELLIPSIS: Rule = Rule {
    id: "etc-ellipsis",
    concern: Concern::Marks,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: false,
    en: "report 等 before an ellipsis",
    zh: "报告“等”与省略号连用",
    why_en: "Both say that something is left out; once is enough. To choose is the author's business.",
    why_zh: "二者都表示省略，用一个即可；取哪一个由作者定。",
    standard: "GB/T 15834-2011, 4.11",
    example: ("苹果、梨等……", "苹果、梨等……"),
};

pub fn judge(pass: &mut Pass<'_>, line: &Line) {
    for &i in &line.signs {
        match (line.prev(i), line.chars[i]) {
            (Some('，' | '、' | '；' | '：'), '。')
            | (Some('。' | '、' | '；' | '：'), '，')
            | (Some('。' | '，'), '、')
            | (Some('，' | '。'), '；') => pass.report(&DUP_MARK_ORDER, line.range(i - 1, i + 1), Cause::text("")),
            (Some('等'), '…') => pass.report(&ETC_ELLIPSIS, line.range(i - 1, i + 1), Cause::text("")),
            _ => {}
        }
    }
}
