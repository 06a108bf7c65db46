//! The parts of a Markdown text that no rule but those of line ends and controls may touch: code and front matter.

use super::Syntax;
use super::pass::lines;
use crate::document::front_matter;
use std::ops::Range;

/// Whole lines of fenced and indented code, front matter and display formulas, as sorted byte ranges.
pub(crate) fn verbatim(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut add = |range: Range<usize>| match ranges.last_mut() {
        Some(last) if last.end >= range.start => last.end = range.end,
        _ => ranges.push(range),
    };
    let front = front_matter(text, Syntax::Markdown);
    let mut fence: Option<Fence> = None;
    let mut open_to_code = true; // A line indented by four is code only behind a blank line or more code.
    for (start, line) in lines(text) {
        let whole = start..(start + line.len() + 1).min(text.len());
        let bare = line.trim_end_matches('\r');
        if let Some(open) = &fence {
            add(whole);
            if open.is_closed_by(bare) {
                fence = None;
            }
        } else if start < front {
            add(whole);
        } else if let Some(open) = Fence::of(bare) {
            add(whole);
            fence = Some(open);
        } else if bare.trim().is_empty() {
            open_to_code = true;
            continue;
        } else if open_to_code && (bare.starts_with("    ") || bare.starts_with('\t')) && !in_list(text, start) {
            add(whole);
            continue;
        }
        open_to_code = false;
    }
    ranges
}

/// Length of the front matter of `text`, as it will be read; 0 where there is none.
pub(crate) fn front_matter(text: &str, syntax: Syntax) -> usize {
    front_matter::find(text).filter(|found| syntax == Syntax::Markdown || found.is_meant()).map_or(0, |found| found.len)
}

/// Whether the indented line at `start` belongs to a list item rather than being code: the nearest line above that is not
/// indented begins a list item.
fn in_list(text: &str, start: usize) -> bool {
    let Some(above) = text.get(..start) else { return false };
    let unindented =
        above.lines().rev().take(200).find(|line| !line.trim().is_empty() && !line.starts_with([' ', '\t']));
    unindented.is_some_and(|line| {
        let line = line.trim_start();
        let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
        line.starts_with(['-', '*', '+']) || (digits.len() < line.len() && digits.starts_with(['.', ')']))
    })
}

/// An open code fence or display formula.
struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    fn of(line: &str) -> Option<Self> {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~' | '$'))?;
        let rest = line.trim_start_matches(mark);
        let length = line.len() - rest.len();
        let opens = match mark {
            '$' => length == 2 && rest.trim().is_empty(),
            _ => length >= 3 && !(mark == '`' && rest.contains('`')),
        };
        opens.then_some(Fence { mark, length })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        if self.mark == '$' {
            return line.ends_with("$$");
        }
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_front_matter_are_verbatim() {
        let text = "---\ntitle: 甲,乙\n---\n正文,\n\n```rust\nlet a,b;\n```\n- 项\n\n    续,\n\n段\n\n    code,\n";
        let kept: Vec<&str> = verbatim(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(kept, ["---\ntitle: 甲,乙\n---\n", "```rust\nlet a,b;\n```\n", "    code,\n"]);
    }
}
