//! Lines broken at a fixed width: `hard-wrap`.

use crate::chinese::{marks, numbering};
use crate::normalize::Syntax;
use crate::normalize::census::Census;
use crate::normalize::line::is_wide;
use crate::normalize::pass::{Pass, lines};
use crate::normalize::rule::{Action, Rule, Safety};

/// Joins the lines of a paragraph that was broken at a fixed width: without a space between Chinese, with one between Latin
/// words.
///
/// Only when the whole file proves it, by either of two signs. At least 35 % of its lines end within three columns of one width
/// of 40 or more, one in three of these within a sentence, and at most 5 % are longer by more than four. Or 8 % end there, next to none
/// is longer, and these stop within a sentence and go on in the next line, as no line does that is a paragraph of its own.
///
/// Only full lines are joined, and only with a line that is not blank, begins no heading, list or quotation, and is not
/// indented, or just as the full lines of the file are. A line that is indented more goes on with one that stops within a sentence,
/// when both belong to a block with a margin of its own, or when it begins below the second word, as the lines of an item do. Lines with gaps, as tables have, are neither
/// counted nor joined.
/// In a double-spaced text the blank lines between the lines do not count.
/// Markdown has its own idea of a paragraph.
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
/// Widest margin that all lines may share, in spaces.
const MOST_MARGIN: usize = 16;

pub fn fires(census: &Census) -> bool {
    census.has('\n')
}

pub fn run(pass: &mut Pass<'_>) {
    if pass.syntax == Syntax::Markdown || !pass.wants(&HARD_WRAP) {
        return;
    }
    let rows = rows(pass.text);
    let Some(measure) = Measure::of(&rows) else { return };
    let mut before: Option<(usize, &str)> = None;
    for (start, line) in rows {
        if let Some((above_start, above)) = before
            && measure.fills(above)
            && measure.goes_on(above, line)
        {
            let kept = above.trim_end_matches([' ', '\t', '\u{3000}']);
            let body = line.trim_start_matches(' ');
            let (last, first) = (kept.chars().next_back(), body.chars().next());
            let latin = |c: Option<char>| c.is_some_and(|c| !is_wide(c));
            let joint = if latin(last) && latin(first) { " " } else { "" };
            pass.change(&HARD_WRAP, above_start + kept.len()..start + (line.len() - body.len()), joint);
        }
        before = Some((start, line));
    }
}

/// The lines of `text` with their offsets. Where a blank line follows nearly every line, the text is double-spaced, and that line
/// is left out.
fn rows(text: &str) -> Vec<(usize, &str)> {
    let mut rows: Vec<(usize, &str)> = lines(text).collect();
    let blank = |row: &(usize, &str)| row.1.trim().is_empty();
    let (mut full, mut spaced) = (0usize, 0usize);
    for pair in rows.windows(2).filter(|pair| !blank(&pair[0])) {
        full += 1;
        spaced += usize::from(blank(&pair[1]));
    }
    if full >= FEWEST_SPACED && spaced * 10 >= full * 9 {
        let mut behind_text = false;
        rows.retain(|row| {
            let left_out = behind_text && blank(row);
            behind_text = !blank(row);
            !left_out
        });
    }
    rows
}

/// Fewest lines that make a text double-spaced.
const FEWEST_SPACED: usize = 20;

/// How the lines of a file were broken.
struct Measure {
    /// Width of a full line in columns, with its margin.
    width: usize,
    /// Spaces before every line.
    margin: usize,
    /// Wider margins of whole blocks; others are the indents of first lines.
    blocks: Vec<usize>,
}

impl Measure {
    /// The width at which the lines of a text were broken, if the file proves that they were.
    fn of(rows: &[(usize, &str)]) -> Option<Measure> {
        let mut widths = vec![0usize; WIDEST + FULL + 2];
        let mut all = 0;
        for (_, line) in rows {
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
        let longer = |width: usize| widths.iter().skip(width + FULL + 1).sum::<usize>();
        let width = (NARROWEST..=WIDEST)
            .filter(|&width| longer(width) * 20 <= all)
            .max_by_key(|&width| (near(width), at(width)))?;
        let most = near(width) * 100 >= all * 35 && near(width) >= 2;
        let some = near(width) * 100 >= all * 8 && longer(width) * 50 <= all && near(width) >= 5;
        if !(most || some) {
            return None;
        }
        let mut measure = Measure { width, margin: 0, blocks: vec![] };
        measure.margin = measure.common_margin(rows);
        measure.blocks = measure.block_margins(rows);
        (most && measure.breaks_sentences(rows) || measure.runs_on(rows)).then_some(measure)
    }

    /// Whether `line` reaches the measure, or stays short of it by [`FULL`] columns at most, and is neither drawn nor a row of a
    /// table or of numbers.
    fn fills(&self, line: &str) -> bool {
        columns(line.trim_end()) + FULL >= self.width && !is_signs(line) && !has_gaps(line)
    }

    /// The least margin that is common among the lines that follow a full line which stops within a sentence.
    fn common_margin(&self, rows: &[(usize, &str)]) -> usize {
        let mut margins = [0usize; MOST_MARGIN + 1];
        for below in self.open_lines(rows).filter(|(_, below)| !below.trim().is_empty()).map(|(_, below)| below) {
            if let Some(count) = margins.get_mut(margin(below)) {
                *count += 1;
            }
        }
        let most = margins.iter().copied().max().unwrap_or(0);
        margins.iter().position(|&count| count * 4 >= most).unwrap_or(0)
    }

    /// The margins wider than the common one at which a line that stops within a sentence goes on more often than at that.
    fn block_margins(&self, rows: &[(usize, &str)]) -> Vec<usize> {
        let mut votes = [0isize; MOST_MARGIN + 1];
        for (above, below) in self.open_lines(rows) {
            let (from, to) = (margin(above), margin(below));
            if let Some(vote) = votes.get_mut(from)
                && !below.trim().is_empty()
            {
                *vote += isize::from(to == from) - isize::from(to == self.margin);
            }
        }
        (self.margin + 1..=MOST_MARGIN).filter(|&margin| votes[margin] > 0).collect()
    }

    /// The full lines that stop within a sentence, each with the line below.
    fn open_lines<'t>(&self, rows: &[(usize, &'t str)]) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.full_lines(rows).filter(|(line, _)| is_open(line))
    }

    /// The full lines, each with the line below.
    fn full_lines<'t>(&self, rows: &[(usize, &'t str)]) -> impl Iterator<Item = (&'t str, &'t str)> {
        let width = self.width;
        rows.windows(2).map(|pair| (pair[0].1, pair[1].1)).filter(move |(line, _)| {
            (width - RAGGED..=width).contains(&columns(line.trim_end())) && !is_signs(line) && !has_gaps(line)
        })
    }

    /// Whether one in three full lines stops within a sentence: lines of one width that end with one are paragraphs or verse, such as
    /// this rule itself makes of paragraphs of one length.
    fn breaks_sentences(&self, rows: &[(usize, &str)]) -> bool {
        self.open_lines(rows).count() * 3 >= self.full_lines(rows).count()
    }

    /// Whether full lines stop within a sentence and are followed by a line that may go on: three of four of them.
    fn runs_on(&self, rows: &[(usize, &str)]) -> bool {
        let full = self.full_lines(rows).count();
        let running = self.open_lines(rows).filter(|(above, below)| self.goes_on(above, below)).count();
        full >= 5 && running * 4 >= full * 3
    }

    /// Whether `below` may go on with the full line `above`.
    fn goes_on(&self, above: &str, below: &str) -> bool {
        let indent = margin(below);
        if indent < self.margin || begins_anew(below.get(indent..).unwrap_or_default()) {
            return false;
        }
        let in_block = || indent == margin(above) && self.blocks.contains(&indent);
        let own = is_open(above) && (in_block() || hangs(above, indent));
        // One space more is a slip; below a term and its definition only the definition goes on.
        own || (indent <= self.margin + 1 && !above.trim().contains("   "))
    }
}

/// Whether a line stops within a sentence.
fn is_open(line: &str) -> bool {
    let line = marks::without_closing(line.trim_end());
    !line.ends_with(|c| marks::ends(c) || matches!(c, '：' | ':' | '|'))
}

/// Whether the second word of `line` begins at this column.
fn hangs(line: &str, column: usize) -> bool {
    let words = line.trim_start_matches(' ').find(' ').map(|end| margin(line) + end);
    words.is_some_and(|first| {
        let (before, behind) = line.split_at(first);
        columns(before) + margin(behind) == column
    })
}

/// Spaces before a line.
fn margin(line: &str) -> usize {
    line.bytes().take_while(|&b| b == b' ').count()
}

/// Whether a line has two gaps or a wide one, as rows of tables and drawings have.
fn has_gaps(line: &str) -> bool {
    let mut gaps = 0;
    let mut blank = 0;
    for b in line.trim_ascii().bytes() {
        blank = if b == b' ' { blank + 1 } else { 0 };
        gaps += if b == b'\t' || blank == 4 { 2 } else { usize::from(blank == 2) };
    }
    gaps > 1
}

/// Display width: two columns for every character of three bytes or more, one for the others; no more than needs be known of a
/// line that is far longer than any measure.
fn columns(line: &str) -> usize {
    let bytes = line.as_bytes().get(..4 * WIDEST).unwrap_or(line.as_bytes());
    let columns = |byte: &u8| u8::from(byte & 0xC0 != 0x80) + u8::from(*byte >= 0xE2);
    // Sums of so few bytes fit in one.
    bytes.chunks(120).map(|some| usize::from(some.iter().map(columns).sum::<u8>())).sum()
}

/// Whether a line cannot go on with the one above: blank, indented, or the beginning of a heading, list, table or quotation.
fn begins_anew(line: &str) -> bool {
    let mut chars = line.chars();
    let (Some(first), second) = (chars.next(), chars.next()) else { return true };
    if line.trim().is_empty() || matches!(first, '\u{3000}' | '\t') || (first == ' ' && second == Some(' ')) {
        return true;
    }
    if "-*+>#|:=_※★☆【〔".contains(first) || matches!(first, '\u{2500}'..='\u{25ff}') || has_gaps(line) {
        return true;
    }
    numbers(line)
}

/// Whether a line begins with a number as headings, articles and items do. `1.1` at its beginning may be a quantity.
fn numbers(line: &str) -> bool {
    use numbering::Family::{Arabic, ArabicBrackets, HanBrackets, HanComma};
    let label = numbering::label(line).filter(|label| {
        line.starts_with('第') || matches!(label.family, Arabic | ArabicBrackets | HanBrackets | HanComma)
    });
    label.is_some() || numbering::article(line).is_some()
}

/// Whether a line holds more signs and digits than words: a drawing, or a row of numbers.
fn is_signs(line: &str) -> bool {
    let (mut words, mut signs) = (0usize, 0usize);
    for c in line.chars() {
        words += usize::from(is_wide(c) || c.is_alphabetic());
        signs += usize::from(c.is_ascii_punctuation() || c.is_ascii_digit() || matches!(c, '\u{2500}'..='\u{25ff}'));
    }
    signs > words
}
