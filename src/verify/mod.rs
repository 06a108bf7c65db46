//! Reads outputs back and proves that they agree.
//!
//! Each reader takes a finished file as a stranger would: the PDF through its structure tree, the DOCX through its parts. What they find
//! is compared as lines of text and as an outline.

mod cmap;
mod docx;
mod pdf;

use crate::document::Document;
use crate::error::Cause;

pub use docx::read as docx_facts;
pub use pdf::{PdfFacts, read as pdf_facts};

/// What a document or a file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Its lines: those of [`Document::text`], without white space at their ends and without empty ones.
    pub lines: Vec<String>,
    /// Level and text of its headings, in order; a line end in a heading is no part of it.
    pub outline: Vec<(u8, String)>,
}

/// How the lines of a file relate to those of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineEnds {
    /// They are the same.
    Same,
    /// A line may go on where the document breaks it (the structure of a PDF knows paragraphs, not lines); it never breaks elsewhere.
    Joined,
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
            let whole = line.strip_prefix(ours.as_str());
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
    fn outlines_are_compared_level_by_level() {
        let ours = Facts::new("", [(1, "甲".to_owned()), (2, "乙\n丙".to_owned())]);
        assert_eq!(ours.outline[1].1, "乙丙");
        let theirs = Facts::new("", [(1, "甲".to_owned()), (3, "乙丙".to_owned())]);
        let difference = ours.compare(&theirs, LineEnds::Same).unwrap_err();
        assert_eq!(difference.to_string(), "outline, line 2: expected “## 乙丙”, found “### 乙丙”");
    }
}
