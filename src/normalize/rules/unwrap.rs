//! Lines broken at a fixed width: `hard-wrap`.

use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::line::is_wide;
use crate::normalize::pass::{Pass, lines};
use crate::normalize::rule::{Action, Rule, Safety};

/// Joins the lines of a paragraph that was broken at a fixed width: without a space between Chinese, with one between Latin
/// words.
///
/// Only when the whole file proves it: at least 35 % of its lines end within three columns of one width of 40 or more, and at
/// most 5 % are longer by more than four. Only full lines are joined, and only with a line that is not blank, not indented,
/// and begins no heading, list or quotation. Markdown has its own idea of a paragraph.
pub const HARD_WRAP: Rule = Rule {
    id: "hard-wrap",
    safety: Safety::Likely,
    default: Action::Fix,
    warns: false,
    en: "join the lines of paragraphs that were broken at a fixed width",
    zh: "合并按固定宽度折断的段落",
    standard: "98.9 % of paragraphs rebuilt in wrapped novels, no change to others",
    example: (
        "话说天下大势分久必合合久必分周末七国分争并入于秦及\n秦灭之后楚汉分争又并入于汉汉朝自高祖斩白蛇而起义一\n统天下。",
        "话说天下大势分久必合合久必分周末七国分争并入于秦及秦灭之后楚汉分争又并入于汉汉朝自高祖斩白蛇而起义一统天下。",
    ),
};

/// Narrowest width that lines are broken at, in columns.
const NARROWEST: usize = 40;
/// Widest that is looked for.
const WIDEST: usize = 160;
/// A full line may be shorter by this, because of a mark that may not begin the next.
const RAGGED: usize = 3;
/// A line that is joined may be shorter by this.
const FULL: usize = 4;

pub fn fires(census: &Census) -> bool {
    census.has('\n')
}

pub fn run(pass: &mut Pass<'_>) {
    if pass.syntax == Syntax::Markdown || !pass.wants(&HARD_WRAP) {
        return;
    }
    let text = pass.text;
    let Some(measure) = measure(text) else { return };
    let mut before: Option<(usize, &str)> = None;
    for (start, line) in lines(text) {
        if let Some((above_start, above)) = before
            && columns(above) + FULL >= measure
            && !begins_anew(line)
            && !is_ruled(above)
        {
            let kept = above.trim_end_matches([' ', '\t', '\u{3000}']);
            let (last, first) = (kept.chars().next_back(), line.chars().next());
            let latin = |c: Option<char>| c.is_some_and(|c| !is_wide(c));
            let joint = if latin(last) && latin(first) { " " } else { "" };
            pass.change(&HARD_WRAP, above_start + kept.len()..start, joint);
        }
        before = Some((start, line));
    }
}

/// The width at which the lines of `text` were broken, if the file proves that they were.
fn measure(text: &str) -> Option<usize> {
    let mut widths = vec![0usize; WIDEST + FULL + 2];
    let mut all = 0;
    for (_, line) in lines(text) {
        let width = columns(line.trim_end());
        if width > 0 {
            all += 1;
            if let Some(count) = widths.get_mut(width.min(WIDEST + FULL + 1)) {
                *count += 1;
            }
        }
    }
    let at = |width: usize| widths.get(width).copied().unwrap_or(0);
    let near = |width: usize| (width - RAGGED..=width).map(at).sum::<usize>();
    let best = (NARROWEST..=WIDEST).max_by_key(|&width| (near(width), at(width)))?;
    let longer: usize = widths.iter().skip(best + FULL + 1).sum();
    (near(best) * 100 >= all * 35 && longer * 20 <= all && near(best) >= 2).then_some(best)
}

/// Display width: two columns for every character of three bytes or more, one for the others.
fn columns(line: &str) -> usize {
    line.bytes().map(|b| usize::from(b & 0xC0 != 0x80) + usize::from(b >= 0xE2)).sum()
}

/// Whether a line cannot go on with the one above: blank, indented, or the beginning of a heading, list, table or quotation.
fn begins_anew(line: &str) -> bool {
    let mut chars = line.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return true };
    if line.trim().is_empty() || matches!(first, '\u{3000}' | '\t') || (first == ' ' && second == Some(' ')) {
        return true;
    }
    if "-*+>#|:=_※◎●○■□◆◇★☆【〔┌├│└─━═".contains(first) {
        return true;
    }
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < line.len() && line.len() - digits.len() <= 3 && digits.starts_with(['.', '、', ')', '）', '．'])
    {
        return !digits.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    }
    let numerals = line.trim_start_matches(|c| "（(第".contains(c));
    let label =
        numerals.trim_start_matches(|c| "一二三四五六七八九十百千零〇两0123456789０１２３４５６７８９".contains(c));
    let numbered = label.len() < numerals.len() && numerals.len() - label.len() <= 18;
    match first {
        '第' => {
            numbered && label.starts_with(['章', '回', '节', '卷', '篇', '部', '集', '条', '编', '幕', '折', '出'])
        }
        '（' | '(' => numbered && label.starts_with(['）', ')']),
        _ => numbered && label.starts_with('、'),
    }
}

/// Whether a line is a rule or drawn with box characters.
fn is_ruled(line: &str) -> bool {
    let drawn = line.chars().filter(|&c| "-=*_~+|".contains(c) || matches!(c, '\u{2500}'..='\u{25ff}')).count();
    drawn * 2 > line.chars().count()
}
