//! Quoted lines of letters and boards: `> ` and `: ` before each, twice where what is quoted quotes. The marks stay in the text.

use super::{Part, Reading};
use crate::chinese::words::Word;

/// Deeper levels are as this one.
const DEEPEST: u8 = 6;

/// Claims quoted lines. A single one could be anything, unless the line above says that it quotes; lines that look like code are taken for
/// quoted where nothing else bears such marks.
pub fn claim(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let mut i = 0;
    while i < n {
        let mut end = i;
        while end < n
            && matches!(reading.parts[end], Part::Open | Part::Code(_))
            && level(reading.page.lines[end].text) > 0
        {
            end += 1;
        }
        let announced = i > 0 && announces(reading.page.lines[i - 1].text);
        let open = (i..end).all(|k| reading.open(k));
        let colons = (i..end).all(|k| reading.page.lines[k].text.starts_with([':', '：']));
        if announced && end > i || end >= i + 2 && (open || colons) {
            for k in i..end {
                reading.parts[k] = Part::Quote(level(reading.page.lines[k].text));
            }
        }
        i = end.max(i + 1);
    }
}

/// How many marks a line begins with.
fn level(text: &str) -> u8 {
    let mut level = 0;
    let mut rest = text;
    while level < DEEPEST
        && let Some(after) = rest.strip_prefix([':', '：', '>', '＞'])
        && (after.is_empty() || after.starts_with([' ', '>', '\u{3000}']) || rest.starts_with('＞') || level > 0)
    {
        level += 1;
        rest = after.trim_start();
    }
    level
}

/// Whether a line says that what follows is quoted: `※ 引述《某某》之銘言：`, `【 在 某某 的大作中提到: 】`.
fn announces(text: &str) -> bool {
    text.trim_end_matches([' ', '】']).ends_with([':', '：']) && Word::Quoting.is_in(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_counted() {
        let levels =
            ["甲", ": 甲", ": : 甲", ":: 甲", "> > 甲", ">> 甲", ">", ":)", ":甲", ">甲", "： 甲", "：甲"].map(level);
        assert_eq!(levels, [0, 1, 2, 0, 2, 2, 1, 0, 0, 0, 1, 0]);
    }
}
