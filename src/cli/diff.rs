//! Edits in their lines: in colour on a terminal, `[-old-]{+new+}` in a pipe.

use crate::Reading;
use crate::normalize::Edit;
use crate::span::Lines;
use crate::unicode::printable;
use std::io::{self, Write};

/// Characters shown on either side of an edit.
const CONTEXT: usize = 16;

/// Writes every edit of `reading` with its place, its rules and the text around it.
///
/// # Errors
/// When `out` does.
pub fn write(out: &mut dyn Write, reading: &Reading, color: bool) -> io::Result<()> {
    let text = &reading.decoded.text;
    let lines = Lines::new(text);
    let edits = &reading.normalized.edits;
    let mut i = 0;
    while i < edits.len() {
        let first = &edits[i];
        let place = lines.place(first.span.start);
        // Edits whose surroundings meet are shown together.
        let mut last = i;
        while last + 1 < edits.len()
            && lines.place(edits[last + 1].span.start).line == place.line
            && text[edits[last].span.end..edits[last + 1].span.start].chars().take(2 * CONTEXT + 1).count()
                <= 2 * CONTEXT
        {
            last += 1;
        }
        let together = &edits[i..=last];
        let mut rules: Vec<&str> = together.iter().flat_map(Edit::rules).collect();
        rules.sort_unstable();
        rules.dedup();
        writeln!(out, "  {}:{}  {}", place.line, place.column, rules.join(", "))?;
        writeln!(out, "    {}", marked(text, together, color))?;
        i = last + 1;
    }
    Ok(())
}

/// The text around `edits` with each change marked.
fn marked(text: &str, edits: &[Edit], color: bool) -> String {
    let Some(first) = edits.first() else { return String::new() };
    let mut shown = String::new();
    // No farther than is shown: a line may be as long as the text.
    let mut before = text[..first.span.start].char_indices().rev().take_while(|&(_, c)| c != '\n');
    let mut done = before.by_ref().take(CONTEXT).last().map_or(first.span.start, |(at, _)| at);
    if before.next().is_some() {
        shown.push('…');
    }
    for edit in edits {
        shown.push_str(&printable(&text[done..edit.span.start]));
        let (old, new) = (printable(&text[edit.span.range()]), printable(&edit.replacement));
        match color {
            true => {
                shown.push_str(&format!("\u{1b}[31;9m{old}\u{1b}[m\u{1b}[32;1m{new}\u{1b}[m"));
            }
            false => {
                if !old.is_empty() {
                    shown.push_str(&format!("[-{old}-]"));
                }
                if !new.is_empty() {
                    shown.push_str(&format!("{{+{new}+}}"));
                }
            }
        }
        done = edit.span.end;
    }
    // With one character more that is text, and the line end.
    let after = &text[done..];
    let after = &after[..after.char_indices().nth(CONTEXT + 3).map_or(after.len(), |(at, _)| at)];
    let after = after.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    shown.push_str(&printable(&after[..end]));
    if end < after.len() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Safety;

    fn edit(start: usize, end: usize, replacement: &'static str) -> Edit {
        Edit {
            span: (start..end).into(),
            replacement: replacement.into(),
            rule: "half-comma",
            count: 1,
            earlier: vec![],
            safety: Safety::Sure,
        }
    }

    #[test]
    fn edits_are_marked_in_their_surroundings() {
        assert_eq!(marked("甲,乙\n丙", &[edit(3, 4, "，")], false), "甲[-,-]{+，+}乙");
        assert_eq!(marked("甲 乙", &[edit(3, 4, "")], true), "甲\u{1b}[31;9m \u{1b}[m\u{1b}[32;1m\u{1b}[m乙");
        let long = "一".repeat(20) + "," + &"二".repeat(20);
        assert_eq!(
            marked(&long, &[edit(60, 61, "，")], false),
            format!("…{}[-,-]{{+，+}}{}…", "一".repeat(16), "二".repeat(16))
        );
    }
}
