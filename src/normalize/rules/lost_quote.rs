//! Spaces where a conversion dropped the quotation marks: `lost-quotes`.

use crate::chinese::words::Word;
use crate::error::Cause;
use crate::normalize::census::Census;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::is_han;
use std::ops::Range;

/// A space between the colon behind a verb of saying and the words said: `子曰： 善。 `. Where a text has several of these, and more
/// than quotations that are marked, a conversion put spaces for its quotation marks. Where a quotation ends only a reader can tell.
pub const LOST_QUOTES: Rule = Rule {
    id: "lost-quotes",
    concern: Concern::Quotes,
    safety: Safety::Suggest,
    default: Action::Report,
    warns: false,
    en: "report spaces that stand for lost quotation marks",
    zh: "报告代替丢失引号的空格",
    why_en: "A conversion put a space for each quotation mark; where the quotation ends only a reader can tell.",
    why_zh: "某次转换把引号都变成了空格；引文到何处为止，只有读者能判断。",
    standard: "GB/T 15834-2011, 4.8",
    example: ("子曰： 可。 对曰： 诺。 又问： 何时？ ", "子曰： 可。 对曰： 诺。 又问： 何时？ "),
};

/// Fewest of them that are no chance.
const FEWEST: usize = 3;
pub fn fires(census: &Census) -> bool {
    census.any("：:")
}

pub fn run(pass: &mut Pass<'_>) {
    for space in lost(pass) {
        pass.report(&LOST_QUOTES, space, Cause::text(""));
    }
}

/// The spaces that stand for an opening quotation mark, when the text proves that some do.
pub fn lost(pass: &Pass<'_>) -> Vec<Range<usize>> {
    let mut lost = vec![];
    let mut marked = 0usize;
    for (at, colon) in pass.places_of(['：', ':'].into_iter()) {
        let behind = at + colon.len_utf8();
        if !pass.before(at).is_some_and(|c| Word::Saying.is_in(c.encode_utf8(&mut [0; 4]))) {
            continue;
        }
        match pass.after(behind) {
            Some('“' | '「' | '‘' | '『' | '"') => marked += 1,
            Some(' ') if pass.after(behind + 1).is_some_and(is_han) => lost.push(behind..behind + 1),
            _ => {}
        }
    }
    if lost.len() >= FEWEST && lost.len() > marked { lost } else { Vec::new() }
}
