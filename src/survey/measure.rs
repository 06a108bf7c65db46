//! The measure: whether a whole text was broken at one width, and which of its lines are full.

use super::line::Line;
use super::start::Start;

/// Narrowest width that a whole text is broken at, in columns.
const NARROWEST: usize = 40;
/// Widest that is looked for.
const WIDEST: usize = 160;
/// A full line may be shorter by this, because of a mark that may not begin the next.
const RAGGED: usize = 3;
/// A line that is joined may be shorter by this.
const FULL: usize = 4;
/// Widest margin that all lines may share, in columns.
const MOST_MARGIN: usize = 16;

/// How the lines of a text were broken.
///
/// Only when the whole text proves it, by either of two signs. At least 35 % of its lines end within three columns of one width
/// of 40 or more, one in three of these within a sentence, and at most 5 % are longer by more than four. Or 8 % end there, next to none
/// is longer, and these stop within a sentence and go on in the next line, as no line does that is a paragraph of its own.
pub(super) struct Measure {
    /// Width of a full line in columns, with its margin.
    width: usize,
    /// Columns before every line.
    margin: usize,
    /// Wider margins of whole blocks; others are the indents of first lines.
    blocks: Vec<usize>,
}

/// What the measure says of a line and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// No width is proved.
    Unproved,
    /// The line is not full.
    Short,
    /// It is full, and the next begins something.
    Anew,
    /// It is full and ends a sentence; the next may go on.
    Closed,
    /// It is full and stops within a sentence; the next may go on.
    Open,
}

impl Measure {
    /// The width at which `lines` were broken, if they prove that they were.
    pub(super) fn of(lines: &[Line<'_>]) -> Option<Measure> {
        let mut widths = vec![0usize; WIDEST + FULL + 2];
        for line in lines {
            widths[line.width.min(WIDEST + FULL + 1)] += 1;
        }
        let near = |width: usize| widths[width - RAGGED..=width].iter().sum::<usize>();
        let longer = |width: usize| widths.iter().skip(width + FULL + 1).sum::<usize>();
        let all = lines.len();
        let width = (NARROWEST..=WIDEST)
            .filter(|&width| longer(width) * 20 <= all)
            .max_by_key(|&width| (near(width), widths[width]))?;
        let most = near(width) * 100 >= all * 35 && near(width) >= 2;
        let some = near(width) * 100 >= all * 8 && longer(width) * 50 <= all && near(width) >= 5;
        if !(most || some) {
            return None;
        }
        let mut measure = Measure { width, margin: 0, blocks: vec![] };
        measure.margin = measure.common_margin(lines);
        measure.blocks = measure.block_margins(lines);
        (most && measure.breaks_sentences(lines) || measure.runs_on(lines)).then_some(measure)
    }

    /// What is to be said of two lines that follow each other.
    pub(super) fn breaks(&self, above: &Line<'_>, below: &Line<'_>) -> Broken {
        if above.width + FULL < self.width || is_signs(above) || above.has_gaps() {
            Broken::Short
        } else if !self.goes_on(above, below) {
            Broken::Anew
        } else if is_open(above) {
            Broken::Open
        } else {
            Broken::Closed
        }
    }

    /// The least margin that is common among the lines that follow a full line which stops within a sentence.
    fn common_margin(&self, lines: &[Line<'_>]) -> usize {
        let mut margins = [0usize; MOST_MARGIN + 1];
        for (_, below) in self.open_lines(lines) {
            if let Some(count) = margins.get_mut(below.indent) {
                *count += 1;
            }
        }
        let most = margins.iter().copied().max().unwrap_or(0);
        margins.iter().position(|&count| count * 4 >= most).unwrap_or(0)
    }

    /// The margins wider than the common one at which a line that stops within a sentence goes on more often than at that.
    fn block_margins(&self, lines: &[Line<'_>]) -> Vec<usize> {
        let mut votes = [0isize; MOST_MARGIN + 1];
        for (above, below) in self.open_lines(lines) {
            if let Some(vote) = votes.get_mut(above.indent) {
                *vote += isize::from(below.indent == above.indent) - isize::from(below.indent == self.margin);
            }
        }
        (self.margin + 1..=MOST_MARGIN).filter(|&margin| votes[margin] > 0).collect()
    }

    /// The full lines that stop within a sentence, each with the line below.
    fn open_lines<'l, 't>(
        &self,
        lines: &'l [Line<'t>],
    ) -> impl Iterator<Item = (&'l Line<'t>, &'l Line<'t>)> + use<'l, 't> {
        self.full_lines(lines).filter(|(line, _)| is_open(line))
    }

    /// The full lines, each with the line below.
    fn full_lines<'l, 't>(
        &self,
        lines: &'l [Line<'t>],
    ) -> impl Iterator<Item = (&'l Line<'t>, &'l Line<'t>)> + use<'l, 't> {
        let full = self.width - RAGGED..=self.width;
        lines
            .windows(2)
            .map(|pair| (&pair[0], &pair[1]))
            .filter(move |(line, _)| full.contains(&line.width) && !is_signs(line) && !line.has_gaps())
    }

    /// Whether one in three full lines stops within a sentence: lines of one width that end with one are paragraphs or verse.
    fn breaks_sentences(&self, lines: &[Line<'_>]) -> bool {
        self.open_lines(lines).count() * 3 >= self.full_lines(lines).count()
    }

    /// Whether full lines stop within a sentence and are followed by a line that may go on: three of four of them.
    fn runs_on(&self, lines: &[Line<'_>]) -> bool {
        let full = self.full_lines(lines).count();
        let running = self.open_lines(lines).filter(|(above, below)| self.goes_on(above, below)).count();
        full >= 5 && running * 4 >= full * 3
    }

    /// Whether `below` may go on with the full line `above`.
    fn goes_on(&self, above: &Line<'_>, below: &Line<'_>) -> bool {
        if below.indent < self.margin || begins_anew(below) {
            return false;
        }
        let in_block = || below.indent == above.indent && self.blocks.contains(&below.indent);
        let hangs = || above.item > 0 && below.indent == above.item;
        // One space more is a slip; below a term and its definition only the definition goes on.
        let flush = below.indent <= self.margin + 1 && !above.text.contains("   ");
        flush || is_open(above) && (in_block() || hangs())
    }
}

/// Whether a line stops within a sentence.
fn is_open(line: &Line<'_>) -> bool {
    !line.stops && !line.text.ends_with(['：', ':', '|', '；', ';', '…', '～', '~'])
}

/// Whether a line begins as headings, items, tables and quotations do.
fn begins_anew(line: &Line<'_>) -> bool {
    const BEGINNINGS: [Start; 5] = [
        Start::named("number"),
        Start::named("han-number"),
        Start::named("bullet"),
        Start::named("circle"),
        Start::named("chapter"),
    ];
    line.begins.is_of(&BEGINNINGS) || line.text.starts_with(|c| "-*+>#|:=_※★☆【〔".contains(c)) || line.has_gaps()
}

/// Whether a line holds more signs and digits than words: a drawing, or a row of numbers.
fn is_signs(line: &Line<'_>) -> bool {
    let counts = &line.counts;
    let words = line.han + counts.kana + counts.latin;
    counts.digits + counts.pieces + counts.strokes > words
}
