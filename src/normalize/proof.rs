//! Lines whose signs prove what they are, whatever the measure of the text says: rows of cells, tagged words, the changes of a file, the
//! speech of subtitles.

use super::pass::lines;
use crate::unicode::is_han;
use std::ops::Range;

/// What a line is proved to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Data for programs: nothing of it is marks.
    Data,
    /// What somebody says in a subtitle.
    Speech,
}

/// The lines of `text` that prove what they are, in order.
pub(crate) fn proofs(text: &str) -> Vec<(Range<usize>, Proof)> {
    let mut found = vec![];
    let mut rows = Rows::default();
    let (mut speech, mut diff) = (false, false);
    let diffs = text.contains("\n@@ -") || text.starts_with("@@ -");
    for (start, line) in lines(text) {
        let range = start..start + line.len();
        rows.take(range.clone(), line, &mut found);
        if line.trim().is_empty() {
            speech = false;
        } else if line.contains(" --> ") {
            speech = true;
        } else if speech {
            found.push((range.clone(), Proof::Speech));
        }
        if diffs {
            diff = line.starts_with("@@ -") || diff && line.starts_with([' ', '+', '-', '\\']);
            if diff {
                found.push((range.clone(), Proof::Data));
            }
        }
        if is_tagged(line) {
            found.push((range, Proof::Data));
        }
    }
    rows.close(&mut found);
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether most words of a line carry a tag of what they are, `军队/n 政府/n`: two of them at least.
fn is_tagged(line: &str) -> bool {
    if memchr::memchr(b'/', line.as_bytes()).is_none() {
        return false;
    }
    let (mut words, mut tagged) = (0usize, 0usize);
    for word in line.split_whitespace() {
        words += 1;
        tagged += usize::from(word.rsplit_once('/').is_some_and(|(word, tag)| {
            (1..=3).contains(&tag.len())
                && tag.bytes().all(|b| b.is_ascii_lowercase())
                && word.ends_with(|c: char| !c.is_ascii())
        }));
    }
    tagged >= 2 && tagged * 2 > words
}

/// Rows below each other with as many cells.
#[derive(Default)]
struct Rows {
    separator: u8,
    cells: usize,
    rows: Vec<Range<usize>>,
    /// Which columns have held nothing but numbers and Latin words, the first row aside.
    figures: u64,
    /// In which of them two rows have held any.
    filled: [u64; 2],
    /// How many rows end with the separator.
    open: usize,
}

/// Fewest rows of a table.
const FEWEST_ROWS: usize = 3;
/// Fewest cells of a row, and most.
const CELLS: std::ops::RangeInclusive<usize> = 3..=63;
/// Longest cell, in bytes.
const MOST_CELL: usize = 60;

impl Rows {
    fn take(&mut self, range: Range<usize>, line: &str, found: &mut Vec<(Range<usize>, Proof)>) {
        let line = line.trim_end();
        let Some((separator, cells)) = row(line) else { return self.close(found) };
        if (separator, cells) != (self.separator, self.cells) {
            self.close(found);
            *self = Rows { separator, cells, figures: u64::MAX, ..Rows::default() };
        }
        if !self.rows.is_empty() {
            for (column, cell) in line.split(char::from(separator)).enumerate() {
                if cell.contains(|c: char| !c.is_ascii()) {
                    self.figures &= !(1 << column);
                } else if cell.contains(|c: char| c.is_ascii_alphanumeric()) {
                    self.filled[1] |= self.filled[0] & 1 << column;
                    self.filled[0] |= 1 << column;
                }
            }
        }
        self.open += usize::from(line.ends_with(char::from(separator)));
        self.rows.push(range);
    }

    /// The rows are over: a column of figures proves them.
    fn close(&mut self, found: &mut Vec<(Range<usize>, Proof)>) {
        let figures = self.figures & self.filled[1];
        if self.rows.len() >= FEWEST_ROWS && figures != 0 && self.open * 2 < self.rows.len() {
            found.extend(self.rows.drain(..).map(|range| (range, Proof::Data)));
        }
        *self = Rows::default();
    }
}

/// The separator and the number of cells of a line that is nothing but cells: no mark of a sentence in it or at its end.
fn row(line: &str) -> Option<(u8, usize)> {
    let bytes = line.as_bytes();
    let count = |separator: u8| memchr::memchr_iter(separator, bytes).count() + 1;
    let (commas, semicolons) = (count(b','), count(b';'));
    let (separator, cells) = if commas >= semicolons { (b',', commas) } else { (b';', semicolons) };
    let plain = CELLS.contains(&cells)
        && line.contains(is_han)
        && !line.ends_with(['.', '!', '?', '。', '！', '？', ':'])
        && !line.contains(['，', '。', '；', '？', '！', '“', '”'])
        && line.split(char::from(separator)).all(|cell| cell.len() <= MOST_CELL);
    plain.then_some((separator, cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proved(text: &str) -> Vec<(&str, Proof)> {
        proofs(text).into_iter().map(|(range, proof)| (&text[range], proof)).collect()
    }

    #[test]
    fn rows_with_a_column_of_figures_are_data_and_verses_are_not() {
        let text = "清单如下\n品名;产地;数量\n茶叶;杭州;30\n瓷器;景德镇;12\n以上.";
        assert_eq!(proved(text).len(), 3);
        assert!(proved("春眠不觉晓,处处闻啼鸟,夜来\n风雨声中,花落知多少,却说\n床前明月光,疑是地上霜,举头").is_empty());
        assert!(proved("他来了,坐下,喝茶.\n1,2,他说.\n3,4,走了.").is_empty());
    }

    #[test]
    fn tagged_words_changes_and_subtitles_are_known_by_their_signs() {
        assert_eq!(proved("军政民:军队/n 政府/n"), [("军政民:军队/n 政府/n", Proof::Data)]);
        assert!(proved("和/或 是/否,都行").is_empty());
        assert_eq!(
            proved("@@ -1 +1 @@\n-旧,的\n+新,的\n完"),
            [("@@ -1 +1 @@", Proof::Data), ("-旧,的", Proof::Data), ("+新,的", Proof::Data)]
        );
        assert_eq!(proved("1\n00:01 --> 00:02\n不,走\n\n2"), [("不,走", Proof::Speech)]);
    }
}
