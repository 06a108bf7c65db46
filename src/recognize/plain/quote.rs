//! Quoted lines of letters and boards: `> ` and `: ` before each, twice where what is quoted quotes. The marks stay in the text.

use super::lines::Line;
use super::{Part, Reading};
use crate::chinese::words::Word;

/// Deeper levels are as this one.
const DEEPEST: u8 = 6;

/// The mark before what a reader has marked in a book, and the fewest such lines in notes of reading.
const MARKED: &str = ">>";
const NOTES: usize = 4;

/// Claims quoted lines. A single one could be anything, unless the line above says that it quotes, or many stand in notes of reading; lines
/// that look like code are taken for quoted where nothing else bears such marks.
pub fn claim(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let marked =
        |line: &Line<'_>| line.text.strip_prefix(MARKED).is_some_and(|rest| rest.starts_with([' ', '\u{3000}']));
    let noted = reading.page.lines.iter().filter(|line| marked(line)).take(NOTES).count() == NOTES;
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
        let noted = noted && open && end > i && marked(&reading.page.lines[i]);
        if (announced || noted) && end > i || end >= i + 2 && (open || colons) {
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
    use crate::document::BlockKind;
    use crate::recognize::{Hints, plain};

    #[test]
    fn what_a_reader_has_marked_is_quoted_line_by_line() {
        let part = |name: &str| format!("◆ {name}\n\n>> 夜深了，山上的风一阵紧似一阵。\n\n");
        let quotes = |text: &str| {
            let document = plain(text, &[], &Hints::default()).0;
            document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Quote(_))).count()
        };
        let notes: String = ["甲", "乙", "丙", "丁"].map(part).concat();
        assert_eq!(quotes(&format!("山中笔记\n某人\n\n{notes}")), 4);
        assert_eq!(quotes(&format!("山中笔记\n某人\n\n{}", part("甲"))), 0);
    }

    #[test]
    fn marks_are_counted() {
        let levels =
            ["甲", ": 甲", ": : 甲", ":: 甲", "> > 甲", ">> 甲", ">", ":)", ":甲", ">甲", "： 甲", "：甲"].map(level);
        assert_eq!(levels, [0, 1, 2, 0, 2, 2, 1, 0, 0, 0, 1, 0]);
    }
}
