//! What a page has beside its text, left in it by a conversion: `page-number`.

use crate::chinese::fold::prefix;
use crate::chinese::marks::ends_sentence;
use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};
use crate::unicode::tight;
use std::collections::HashMap;
use std::ops::Range;

/// Numbers of pages alone on their lines, and the running heads beside them, where they count up by one through the text: `第 1 页 共 4 页`, and at
/// the feet of pages `第 1 页` and `- 1 -`. A paragraph that one of them parts is whole again.
///
/// Numbers of sections, and of pages that a script or a transcript speaks of, stand above their text: where the last has text below it, only those
/// that say how many pages there are are taken out, and bare numbers only where many of them stand within sentences.
pub const PAGE_NUMBER: Rule = Rule {
    id: "page-number",
    concern: Concern::Layout,
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "take out numbers of pages and running heads that a conversion left in the text",
    zh: "去掉转换后留在正文里的页码和页眉",
    why_en: "A conversion took them from the margin into the text, where they part sentences.",
    why_zh: "转换时它们由页边混入正文，把句子拆开。",
    standard: "GB/T 9704-2012, 7.5",
    example: ("甲在\n第 1 页 共 2 页\n乙。\n丙。\n丁。\n第 2 页 共 2 页", "甲在\n乙。\n丙。\n丁。"),
};

/// How a number of a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    /// `第1页/共4页`
    Counted,
    /// `第 1 页`
    Called,
    /// `- 1 -`
    Dashed,
    /// `1`
    Bare,
}

/// The longest line that is a number of a page, in bytes, and the longest running head, in characters.
const LONGEST: usize = 48;
const HEAD: usize = 40;
/// The fewest bare numbers, and the fewest pages with the same head.
const FEWEST: usize = 3;

/// A line of the text that says something.
struct Line {
    /// Its bytes, line end excluded.
    place: Range<usize>,
    number: Option<(Form, u32)>,
}

pub fn fires(census: &Census) -> bool {
    census.within('0'..='9')
}

pub fn run(pass: &mut Pass<'_>) {
    if pass.syntax == Syntax::Markdown {
        return;
    }
    let text = pass.text;
    // Most texts have no such line.
    if pass.lines().filter(|(_, line)| number(line.trim()).is_some()).take(2).count() < 2 {
        return;
    }
    let all = pass.lines().map(|(start, line)| (start, line.trim_end_matches('\r')));
    let lines: Vec<Line> = all
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(start, line)| Line { place: start..start + line.len(), number: number(line.trim()) })
        .collect();
    let said = |i: usize| text[lines[i].place.clone()].trim();
    for form in [Form::Counted, Form::Called, Form::Dashed, Form::Bare] {
        let counted = |i: &usize| lines[*i].number.filter(|(own, _)| *own == form).map(|(_, n)| n);
        let places: Vec<usize> = (0..lines.len()).filter(|i| counted(i).is_some()).collect();
        if places.len() < 2 || !places.windows(2).all(|pair| follows(counted(&pair[0]), counted(&pair[1]), pair)) {
            continue;
        }
        let at_end = places.last() == Some(&(lines.len() - 1));
        let broken = |&&i: &&usize| i > 0 && i + 1 < lines.len() && !ends_sentence(said(i - 1));
        let within = places.iter().filter(broken).count();
        let taken = match form {
            Form::Counted => true,
            Form::Called | Form::Dashed => at_end && places[0] > 0,
            Form::Bare => at_end && places.len() >= FEWEST && within * 2 >= places.len(),
        };
        if taken {
            let mut furniture = places.clone();
            furniture.extend(heads(&places, lines.len(), &said));
            furniture.sort_unstable();
            furniture.dedup();
            for run in furniture.chunk_by(|a, b| a + 1 == *b) {
                take_out(pass, &lines, run[0], run[run.len() - 1]);
            }
            return;
        }
    }
}

/// Whether a page follows another: its number is the next, and text stands between them.
fn follows(first: Option<u32>, second: Option<u32>, places: &[usize]) -> bool {
    let counts = first.zip(second).is_some_and(|(first, second)| first.checked_add(1) == Some(second));
    counts && matches!(places, [first, second] if second - first > 1)
}

/// The running heads: lines beside the numbers at `places` that say the same beside most of them.
fn heads<'t>(places: &[usize], count: usize, said: &impl Fn(usize) -> &'t str) -> Vec<usize> {
    let mut beside: HashMap<&str, Vec<usize>> = HashMap::new();
    for &at in places {
        for near in [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|&near| near < count) {
            let words = said(near);
            if words.chars().nth(HEAD).is_none() && !ends_sentence(words) {
                beside.entry(words).or_default().push(near);
            }
        }
    }
    let often = |lines: &Vec<usize>| lines.len() >= FEWEST && lines.len() * 2 > places.len();
    beside.into_values().filter(often).flatten().collect()
}

/// Takes lines `first` to `last` out, with the blank lines around them where they part a sentence.
fn take_out(pass: &mut Pass<'_>, lines: &[Line], first: usize, last: usize) {
    let text = pass.text;
    let place = lines[first].place.start..lines[last].place.end;
    let above = first.checked_sub(1).map(|above| lines[above].place.clone());
    let below = lines.get(last + 1).map(|below| below.place.start);
    let parted = above.clone().is_some_and(|above| !ends_sentence(text[above].trim()));
    let range = match (above, below) {
        (Some(above), Some(below)) if parted => above.end + 1..below,
        (_, Some(_)) => place.start..(place.end + 1).min(text.len()),
        (Some(above), None) => above.end..place.end,
        (None, None) => return,
    };
    // The indent of the line below is its own.
    let range = range.start..range.start + text[range.clone()].trim_end_matches([' ', '\t', '\u{3000}']).len();
    pass.change(&PAGE_NUMBER, range, "");
}

/// The number of a page that a line is, and how it is written.
fn number(line: &str) -> Option<(Form, u32)> {
    if line.len() > LONGEST || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let tight = tight(line);
    let dashes = ['-', '—', '－', '–', '·', '─'];
    let inner = tight.trim_matches(dashes);
    let dashed = inner.len() < tight.len() && tight.starts_with(dashes) && tight.ends_with(dashes);
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let strip = |text: &'static str, rest: &'_ str| prefix(rest, text);
    if let Some(rest) = inner.strip_prefix('第') {
        let len = digits(rest);
        let value = rest[..len].parse().ok()?;
        let rest = &rest[len..];
        let rest = rest[strip("页", rest)?..].trim_start_matches(['/', '，', ',', '|', '（', '(']);
        if rest.is_empty() {
            return Some((Form::Called, value));
        }
        let total = &rest[strip("共", rest).or_else(|| strip("总", rest))?..];
        let total = &total[strip("计", total).unwrap_or(0)..];
        let closed = total[digits(total)..].trim_end_matches(['）', ')']);
        return (strip("页", closed) == Some(closed.len())).then_some((Form::Counted, value));
    }
    let value = inner.parse().ok().filter(|_| inner.len() == digits(inner) && inner.len() <= 4)?;
    let bare = inner.len() == tight.len();
    (dashed || bare).then_some((if dashed { Form::Dashed } else { Form::Bare }, value))
}

#[cfg(test)]
mod tests {
    use super::{Form, number};

    #[test]
    fn numbers_of_pages_are_known() {
        for (line, found) in [
            ("第 1 页 共 4 页", Some((Form::Counted, 1))),
            ("第2页/共4页", Some((Form::Counted, 2))),
            ("第3頁", Some((Form::Called, 3))),
            ("- 12 -", Some((Form::Dashed, 12))),
            ("— 1 —", Some((Form::Dashed, 1))),
            ("7", Some((Form::Bare, 7))),
            ("第1页的字", None),
            ("-1", None),
            ("2018.5", None),
            ("第一页", None),
        ] {
            assert_eq!(number(line), found, "{line}");
        }
    }
}
