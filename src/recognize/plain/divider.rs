//! Lines of marks: rules, rows of stars, the lone `……` that stands for what was left out.

use super::{Part, Reading};
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

/// Claims lines of marks.
pub fn claim(reading: &mut Reading<'_>) {
    for (part, line) in reading.parts.iter_mut().zip(&reading.page.lines) {
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
