//! Heads that are a number and no more (一 · （二） · 3), and those that begin with a padded one (001 夜雨): only where they count on through the
//! text, each above prose.

use super::headings::{LONGEST, rank};
use super::lines::{Line, PROSE};
use super::{Part, Reading};
use crate::chinese::fold::fold;
use crate::chinese::numbering::Family;
use crate::chinese::numeral::numeral;
use crate::unicode::is_han;

/// Fewest heads that count on.
const LEAST: usize = 3;

/// A line that may be such a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    line: usize,
    family: Family,
    number: u64,
    /// The bytes of its number.
    len: usize,
}

/// Claims the heads, one family after another.
pub fn claim(reading: &mut Reading<'_>) {
    let found: Vec<Head> = (0..reading.parts.len()).filter_map(|i| head(reading, i)).collect();
    for family in [Family::Chapter, Family::HanComma, Family::HanBrackets, Family::Arabic, Family::ArabicBrackets] {
        let mut run: Vec<Head> = vec![];
        for head in found.iter().filter(|head| head.family == family) {
            let next = run.last().map_or(1, |last| last.number + 1);
            // Each part may count anew.
            if head.number == next || head.number == 1 && run.len() >= LEAST {
                run.push(*head);
            }
        }
        if run.len() < LEAST || !run.iter().all(|head| tells(reading, head.line)) {
            continue;
        }
        for head in run {
            let reason = "number that counts on";
            reading.parts[head.line] = Part::Heading { rank: rank(family), label: head.len, reason };
        }
    }
}

/// Line `i` as a head.
fn head(reading: &Reading<'_>, i: usize) -> Option<Head> {
    let line = reading.page.lines.get(i).filter(|line| line.chars <= LONGEST && reading.open(i))?;
    let above = i.checked_sub(1).is_none_or(|above| {
        let above_line = &reading.page.lines[above];
        !reading.open(above) || above_line.ends_sentence() || line.gap > 0
    });
    let (family, number, len) = lone(line.text).or_else(|| padded(line))?;
    above.then_some(Head { line: i, family, number, len })
}

/// A number alone, with brackets or a stop and ornaments around it.
fn lone(text: &str) -> Option<(Family, u64, usize)> {
    let inner = text.trim_matches(['★', '☆', '◆', '◇', '●', '○', '＊', '*', '—', '-', '·', '~', ' ', '\u{3000}']);
    let bare = inner
        .trim_start_matches(['（', '(', '【', '〈', '['])
        .trim_end_matches(['）', ')', '】', '〉', ']', '、', '.', '．']);
    let (number, _) = numeral(bare).filter(|&(number, len)| len == bare.len() && (1..=999).contains(&number))?;
    let family = match (bare.starts_with(is_han), inner.starts_with(bare)) {
        (true, true) => Family::HanComma,
        (true, false) => Family::HanBrackets,
        (false, true) => Family::Arabic,
        (false, false) => Family::ArabicBrackets,
    };
    Some((family, number, text.len()))
}

/// `001 夜雨`: digits that zeros pad to the width of all, and a title.
fn padded(line: &Line<'_>) -> Option<(Family, u64, usize)> {
    let digits = line.text.len() - line.text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = line.text.split_at(digits);
    let title = rest.trim_start_matches(|c| " \t\u{3000}、.．：:-章节".contains(fold(c)));
    let fits = (number.starts_with('0') && number.len() >= 2 || number.len() >= 3)
        && number.len() <= 4
        && title.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '《' | '「'))
        && !line.ends_sentence()
        && !line.breaks_off()
        && !title.contains(['。', '；', '，']);
    let value = number.parse().ok().filter(|_| fits)?;
    Some((Family::Chapter, value, line.text.len() - title.len()))
}

/// Whether prose stands below line `i` before anything else does.
fn tells(reading: &Reading<'_>, i: usize) -> bool {
    let lines = &reading.page.lines;
    (i + 1..lines.len().min(i + 4))
        .take_while(|&k| reading.open(k))
        .any(|k| lines[k].chars >= PROSE || lines[k].ends_sentence())
}
