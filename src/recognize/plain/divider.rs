//! Lines of marks: rules, rows of stars, the lone `……` that stands for what was left out.

use super::{Part, Reading};
use crate::chinese::numeral::numeral;
use crate::document::Role;

/// Whether `c` may be part of a rule or an ornament.
pub fn is_ornament(c: char) -> bool {
    matches!(
        c,
        '-' | '=' | '*' | '_' | '~' | '#' | '+' | '.' | '·' | '…' | '⋯' | '—' | '－' | '＝' | '＊' | '＿' | '～' | '※' | '☆' | '★' | '◇' | '◆' | '○' | '●'
            | '◎' | '□' | '■' | '△' | '▲' | '▽' | '▼' | '♦' | '♢' | '❖' | '§' | '⊙' | '＃' | '<' | '>' | '/' | '\\' | '^' | '|' | '%' | '&'
            | '\u{2500}'..='\u{2501}' | '\u{2504}'..='\u{2509}' | '═' | '╌' | '╍'
    )
}

/// Whether a line parts texts of one file and counts them: `==== 第1篇 ====`.
fn is_counted(text: &str) -> bool {
    let inside = text.trim_matches(|c: char| is_ornament(c) || c.is_whitespace());
    let marked = text.starts_with(is_ornament) && text.ends_with(is_ornament) && text.len() >= inside.len() + 8;
    let rest = inside.strip_prefix('第').and_then(|rest| numeral(rest).map(|(_, len)| &rest[len..]));
    marked && rest.is_some_and(|rest| matches!(rest, "篇" | "份" | "件"))
}

/// Claims lines of marks.
pub fn claim(reading: &mut Reading<'_>) {
    // One alone may be the head of a text.
    let several = reading.page.lines.iter().filter(|line| is_counted(line.text)).count() > 1;
    for (part, line) in reading.parts.iter_mut().zip(&reading.page.lines) {
        if several && *part == Part::Open && is_counted(line.text) {
            *part = Part::Divider;
        }
        // A row in a quotation is a part of it.
        let quoted = line.text.starts_with(['>', ':', '：', '＞']);
        if *part != Part::Open || quoted || !line.text.chars().all(|c| is_ornament(c) || c.is_whitespace()) {
            continue;
        }
        let marks = line.text.chars().filter(|c| !c.is_whitespace()).count();
        let ellipsis = line.text.chars().all(|c| matches!(c, '…' | '.' | '⋯'));
        *part = if ellipsis || marks <= 2 { Part::Role(Role::Ornament) } else { Part::Divider };
    }
}
