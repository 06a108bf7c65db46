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
    let table = table(text);
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
        let row = table.is_some_and(|cells| Cells::of(line, b',').count() == cells);
        if is_tagged(line) || is_keyword(line) || is_addressed(line) || row {
            found.push((range, Proof::Data));
        }
    }
    rows.close(&mut found);
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether a line sets something in an Org-mode file: `#+TITLE: 山行`.
fn is_keyword(line: &str) -> bool {
    line.strip_prefix("#+").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether a line begins with two addresses of a network, `10.0.0.0 10.0.0.255 某校(东)`.
fn is_addressed(line: &str) -> bool {
    let address = |word: &str| {
        word.bytes().all(|b| b.is_ascii_digit() || b == b'.') && word.bytes().filter(|&b| b == b'.').count() == 3
    };
    line.starts_with(|c: char| c.is_ascii_digit())
        && line.split_whitespace().take(2).filter(|word| address(word)).count() == 2
}

/// Whether most words of a line carry a tag of what they are, `军队/n 政府/n`: two of them at least, or all behind a key, `n: 狮子/n`.
fn is_tagged(line: &str) -> bool {
    if memchr::memchr(b'/', line.as_bytes()).is_none() {
        return false;
    }
    let (mut words, mut tagged) = (0usize, 0usize);
    let mut rest = line.split_whitespace().peekable();
    let keyed = rest.next_if(|word| word.ends_with(':')).is_some();
    for word in rest {
        words += 1;
        tagged += usize::from(word.rsplit_once('/').is_some_and(|(word, tag)| {
            (1..=3).contains(&tag.len())
                && tag.bytes().all(|b| b.is_ascii_lowercase())
                && word.ends_with(|c: char| !c.is_ascii())
        }));
    }
    tagged >= 2 && tagged * 2 > words || keyed && tagged > 0 && tagged == words
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
            for (column, cell) in Cells::of(line, separator).enumerate() {
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

/// Fewest lines of a text that is a table, and fewest cells of each.
const TABLE: (usize, usize) = (5, 4);

/// The number of cells of a text that is a table from its first line on, whatever they hold: four of five lines have as many between commas, some
/// twice as long as others, as those of verses are not.
fn table(text: &str) -> Option<usize> {
    let mut rows = text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let lengths = Cells::of(line.trim_end(), b',').map(str::len);
        lengths.fold((0usize, usize::MAX, 0usize), |(cells, least, most), length| {
            (cells + 1, least.min(length), most.max(length))
        })
    });
    let (cells, ..) = rows.next().filter(|(cells, ..)| *cells >= TABLE.1)?;
    let (mut all, mut like) = (1, 1);
    for (count, least, most) in rows {
        all += 1;
        like += usize::from(count == cells && most >= least * 2);
    }
    (all >= TABLE.0 && like * 5 >= all * 4).then_some(cells)
}

/// The cells of a line. One in quotation marks may hold the separator, and doubles the marks that it holds (RFC 4180).
struct Cells<'t> {
    rest: Option<&'t str>,
    separator: u8,
}

impl<'t> Cells<'t> {
    fn of(line: &'t str, separator: u8) -> Self {
        Cells { rest: Some(line), separator }
    }
}

impl<'t> Iterator for Cells<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.rest?;
        let quoted = rest.starts_with('"');
        let mut open = quoted;
        let end = rest.bytes().enumerate().position(|(i, byte)| {
            open ^= quoted && i > 0 && byte == b'"';
            byte == self.separator && !open
        });
        self.rest = end.map(|end| &rest[end + 1..]);
        Some(end.map_or(rest, |end| &rest[..end]))
    }
}

/// Whether a cell stands in quotation marks.
fn is_quoted(cell: &str) -> bool {
    cell.len() > 1 && cell.starts_with('"') && cell.ends_with('"')
}

/// The separator and the number of cells of a line that is nothing but cells: no mark of a sentence at its end, or in a cell that is not quoted.
fn row(line: &str) -> Option<(u8, usize)> {
    if !line.contains(is_han) {
        return None;
    }
    let count = |separator: u8| match memchr::memchr(separator, line.as_bytes()) {
        Some(_) => Cells::of(line, separator).count(),
        None => 1,
    };
    let (commas, semicolons) = (count(b','), count(b';'));
    let (separator, cells) = if commas >= semicolons { (b',', commas) } else { (b';', semicolons) };
    let unlike = |cell: &str| cell.len() > MOST_CELL || cell.contains(['，', '。', '；', '？', '！', '“', '”']);
    let plain = CELLS.contains(&cells)
        && !line.ends_with(['.', '!', '?', '。', '！', '？', ':'])
        && Cells::of(line, separator).all(|cell| is_quoted(cell) || !unlike(cell));
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
        let quoted = "编号,姓名,籍贯,备注\n001,张一,云山,\"擅长书法,喜饮茶\"\n002,李二,东湖,\"人称\"\"二哥\"\"。\"\n003,王三,,无";
        assert_eq!(proved(quoted).len(), 4);
        assert!(proved("春眠不觉晓,处处闻啼鸟,夜来\n风雨声中,花落知多少,却说\n床前明月光,疑是地上霜,举头").is_empty());
        assert!(proved("他来了,坐下,喝茶.\n1,2,他说.\n3,4,走了.").is_empty());
    }

    #[test]
    fn a_text_with_as_many_cells_in_every_line_is_a_table() {
        let table = "日期,队长,前端,阻塞\n廿日,写文案;确认报名,建集合(预置),无\n廿一,核对,填数据:住房(3-5条);学小程序,质量\n\
                     廿二,汇总校验首批,搭静态页,数据质量\n廿三,跟进,列表页(卡片+分类),打通";
        assert_eq!(proved(table).len(), 5);
        let verse = "春眠不觉晓,处处闻啼鸟,夜来风雨声,花落知多少";
        assert!(proved(&[verse; 5].join("\n")).is_empty());
    }

    #[test]
    fn tagged_words_changes_and_subtitles_are_known_by_their_signs() {
        assert_eq!(proved("军政民:军队/n 政府/n"), [("军政民:军队/n 政府/n", Proof::Data)]);
        assert!(proved("和/或 是/否,都行").is_empty() && proved("地址: 北京").is_empty());
        assert_eq!(proved("10.0.0.0 10.0.0.255 某校(东)").len(), 1);
        assert_eq!(proved("n: 狮子/n"), [("n: 狮子/n", Proof::Data)]);
        assert_eq!(proved("#+TITLE: 山行,一\n#+ 甲,乙"), [("#+TITLE: 山行,一", Proof::Data)]);
        assert_eq!(
            proved("@@ -1 +1 @@\n-旧,的\n+新,的\n完"),
            [("@@ -1 +1 @@", Proof::Data), ("-旧,的", Proof::Data), ("+新,的", Proof::Data)]
        );
        assert_eq!(proved("1\n00:01 --> 00:02\n不,走\n\n2"), [("不,走", Proof::Speech)]);
    }
}
