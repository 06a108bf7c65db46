//! Quoted lines of letters and boards: `> ` and `: ` before each. The marks stay in the text.

use super::{Part, Reading};

/// Claims quoted lines; a single one could be anything.
pub fn claim(reading: &mut Reading<'_>) {
    let quoted = |text: &str| {
        let mark = text.starts_with("> ")
            || text.starts_with(": ")
            || text.starts_with(">>")
            || text.starts_with("＞")
            || text == ">"
            || text == ":";
        mark && text.len() < 2000
    };
    let n = reading.parts.len();
    let mut i = 0;
    while i < n {
        let mut end = i;
        while reading.open(end) && quoted(reading.page.lines[end].text) {
            end += 1;
        }
        if end - i >= 2 {
            reading.parts[i..end].fill(Part::Quote);
        }
        i = end.max(i + 1);
    }
}
