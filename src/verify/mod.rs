//! Reads outputs back and proves that they agree.
//!
//! Each reader takes a finished file as a stranger would: the PDF through its structure tree, the DOCX and the EPUB through their
//! parts, the page of HTML element by element. What they find
//! is compared as lines of text and as an outline.

mod cmap;
mod docx;
mod pdf;
mod volume;
mod xhtml;

use crate::chinese::bullets::drawn;
use crate::document::{Document, Placed};
use crate::error::Cause;
use std::ops::Range;

pub use docx::{lines as docx_lines, read as docx_facts};
pub use pdf::{PdfFacts, read as pdf_facts};
pub use volume::{PartFacts, VolumeFacts, read as volume_facts};
pub use xhtml::{epub as epub_facts, html as html_facts};

/// What a document or a file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Its lines: those of [`Document::text`], without white space at their ends and without empty ones.
    pub lines: Vec<String>,
    /// Level and text of its headings, in order; a line end in a heading is no part of it.
    pub outline: Vec<(u8, String)>,
}

/// A line of a document or a file, without white space at its end; there are no empty ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// The level of the heading that begins with it.
    pub level: Option<u8>,
    /// Where something was put in or, where a range is empty, taken away, by a change that is still open.
    pub tracked: Vec<Range<usize>>,
}

impl Line {
    /// Adds the lines of a paragraph, which is a heading of this `level`.
    fn push(paragraph: &str, level: Option<u8>, tracked: &[Range<usize>], lines: &mut Vec<Line>) {
        let (mut at, mut level) = (0, level);
        for piece in paragraph.split_inclusive('\n') {
            let text = piece.trim_end();
            let (start, end) = (at, at + text.len());
            at += piece.len();
            if text.is_empty() {
                continue;
            }
            let of_line = tracked.iter().filter(|range| range.start <= end && range.end >= start);
            let tracked = of_line.map(|range| range.start.max(start) - start..range.end.min(end) - start).collect();
            lines.push(Line { text: text.to_owned(), level: level.take(), tracked });
        }
    }
}

/// The lines of a document.
pub fn lines_of(document: &Placed) -> Vec<Line> {
    let mut headings = document.headings.iter().peekable();
    let (mut at, mut lines) = (0, vec![]);
    for line in document.text.split_inclusive('\n') {
        let level = headings.next_if(|(start, _)| *start == at).map(|(_, level)| *level);
        Line::push(line, level, &[], &mut lines);
        at += line.len();
    }
    lines
}

/// How the lines of a file relate to those of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnds {
    /// They are the same.
    Same,
    /// A line may go on where the document breaks it (the structure of a PDF knows paragraphs, not lines); it never breaks elsewhere.
    Joined,
}

/// What is left of `line` behind `ours`, whose bullet was typed for want of one and is drawn there: `- 甲`, `• 甲`.
fn after_bullet<'l>(ours: &str, line: &'l str) -> Option<&'l str> {
    let mut rest = ours.chars();
    let typed = rest.next().filter(|&c| drawn(c) != c)?;
    let item = rest.as_str().is_empty() || rest.as_str().starts_with(' ');
    line.strip_prefix(drawn(typed)).filter(|_| item)?.strip_prefix(rest.as_str())
}

impl Facts {
    /// What `text` says, with `outline`.
    pub fn new(text: &str, outline: impl IntoIterator<Item = (u8, String)>) -> Self {
        let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let outline = outline.into_iter().map(|(level, text)| (level, one_line(&text))).collect();
        Facts { lines, outline }
    }

    /// What `document` says; a Markdown file is read by [`crate::recognize::markdown`] first.
    pub fn of_document(document: &Document) -> Self {
        Facts::new(&document.text(), document.outline().into_iter().map(|entry| (entry.level, entry.text)))
    }

    /// What a plain-text file says; it has no outline.
    pub fn of_text(text: &str) -> Self {
        Facts::new(text, [])
    }

    /// Proves that `found` says the same.
    ///
    /// # Errors
    /// The first difference.
    pub fn compare(&self, found: &Facts, line_ends: LineEnds) -> Result<(), Cause> {
        self.compare_text(found, line_ends)?;
        self.compare_outline(found)
    }

    /// Proves that the text of `found` is the same.
    ///
    /// # Errors
    /// The first difference.
    pub fn compare_text(&self, found: &Facts, line_ends: LineEnds) -> Result<(), Cause> {
        let difference = |line: usize, expected: &str, found: &str| {
            let at = common(expected, found);
            let (expected, found) = (context(expected, at), context(found, at));
            Err(Cause::TextDiffers { line, expected, found })
        };
        let mut theirs = found.lines.iter().map(String::as_str);
        // What is left of their line.
        let mut rest = theirs.next();
        for (i, ours) in self.lines.iter().enumerate() {
            let line = rest.unwrap_or_default();
            let whole = line.strip_prefix(ours.as_str()).or_else(|| after_bullet(ours, line));
            // Of white space where lines join, any part may be left.
            let after = match line_ends {
                LineEnds::Same => whole,
                LineEnds::Joined => whole.or_else(|| line.trim_start().strip_prefix(ours.trim_start())),
            };
            match after {
                Some(more) if more.trim_end().is_empty() => rest = theirs.next(),
                Some(more) if line_ends == LineEnds::Joined => rest = Some(more),
                Some(_) | None => return difference(i + 1, ours, line),
            }
        }
        match rest {
            Some(line) => difference(self.lines.len() + 1, "", line),
            None => Ok(()),
        }
    }

    /// Proves that the outline of `found` is the same.
    ///
    /// # Errors
    /// The first difference.
    pub fn compare_outline(&self, found: &Facts) -> Result<(), Cause> {
        let count = self.outline.len().max(found.outline.len());
        for i in 0..count {
            let (expected, found) = (self.outline.get(i), found.outline.get(i));
            if expected != found {
                let show = |entry: Option<&(u8, String)>| {
                    entry.map_or(String::new(), |(level, text)| format!("{} {text}", "#".repeat((*level).into())))
                };
                return Err(Cause::OutlineDiffers { line: i + 1, expected: show(expected), found: show(found) });
            }
        }
        Ok(())
    }
}

/// `text` without line ends and without white space at its own ends.
fn one_line(text: &str) -> String {
    text.replace('\n', "").trim().to_owned()
}

/// Number of bytes that two texts have in common at their beginning.
fn common(a: &str, b: &str) -> usize {
    a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(a.len().min(b.len()), |((at, _), _)| at)
}

/// How many characters are shown before and after a difference.
const CONTEXT: (usize, usize) = (8, 16);

/// `text` around byte `at`.
fn context(text: &str, at: usize) -> String {
    let at = text.floor_char_boundary(at);
    let (before, after) = text.split_at(at);
    let skipped = before.chars().count().saturating_sub(CONTEXT.0);
    let mut out: String = if skipped > 0 { "…".into() } else { String::new() };
    out.extend(before.chars().skip(skipped));
    out.extend(after.chars().take(CONTEXT.1));
    if after.chars().nth(CONTEXT.1).is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_with_its_place() {
        let ours = Facts::new("甲\n\n第一行一二三四五六七八九十，后文\n乙\n", [(1, "甲".to_owned())]);
        let theirs = Facts::new("甲\n第一行一二三四五六七八九十。后文\n乙\n", [(1, "甲".to_owned())]);
        assert_eq!(ours.compare(&ours.clone(), LineEnds::Same), Ok(()));
        let (expected, found) = ("…三四五六七八九十，后文".to_owned(), "…三四五六七八九十。后文".to_owned());
        let differs = Cause::TextDiffers { line: 2, expected, found };
        assert_eq!(ours.compare(&theirs, LineEnds::Same), Err(differs));
    }

    #[test]
    fn lines_may_join_but_never_break_or_vanish() {
        let ours = Facts::of_text("白日依山尽\n黄河入海流\n");
        let joined = Facts::of_text("白日依山尽黄河入海流\n");
        assert_eq!(ours.compare(&joined, LineEnds::Joined), Ok(()));
        assert!(ours.compare(&joined, LineEnds::Same).is_err());
        assert!(joined.compare(&ours, LineEnds::Joined).is_err());
        assert!(ours.compare(&Facts::of_text("白日依山尽\n"), LineEnds::Joined).is_err());
        assert!(ours.compare(&Facts::of_text("白日依山尽黄河入海流。\n"), LineEnds::Joined).is_err());
    }

    #[test]
    fn a_bullet_that_is_drawn_stands_for_one_that_was_typed() {
        let ours = Facts::of_text("- 甲\n* \n-乙\n");
        assert_eq!(ours.compare(&Facts::of_text("• 甲\n•\n-乙\n"), LineEnds::Same), Ok(()));
        assert!(ours.compare(&Facts::of_text("• 甲\n• \n•乙\n"), LineEnds::Same).is_err());
        assert!(Facts::of_text("• 甲\n").compare(&Facts::of_text("- 甲\n"), LineEnds::Same).is_err());
    }

    #[test]
    fn outlines_are_compared_level_by_level() {
        let ours = Facts::new("", [(1, "甲".to_owned()), (2, "乙\n丙".to_owned())]);
        assert_eq!(ours.outline[1].1, "乙丙");
        let theirs = Facts::new("", [(1, "甲".to_owned()), (3, "乙丙".to_owned())]);
        let difference = ours.compare(&theirs, LineEnds::Same).unwrap_err();
        assert_eq!(difference.to_string(), "outline, line 2: expected “## 乙丙”, found “### 乙丙”");
    }
}
