//! The lines of a text as the eye takes them in: indent, length, what stands at their ends, the blank lines between them.

use crate::chinese::marks;
use std::ops::Range;

/// A line that is not blank.
#[derive(Debug, Clone)]
pub struct Line<'t> {
    /// The whole line in the text, without its line end.
    pub full: Range<usize>,
    /// Where `text` begins in the text.
    pub start: usize,
    /// The line without spaces at its ends.
    pub text: &'t str,
    /// Width of the indent in columns; `　` is two, a tab goes to the next multiple of four.
    pub indent: usize,
    /// Length of `text` in characters.
    pub chars: usize,
    /// Blank lines before it that mean something: none of a text that has one after every line.
    pub gap: usize,
}

impl Line<'_> {
    /// The place of `text` in the text.
    pub fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Whether it ends as a sentence ends, quotes and brackets after the mark left out.
    pub fn ends_sentence(&self) -> bool {
        marks::ends_sentence(self.text)
    }

    /// Whether it breaks off where a sentence goes on.
    pub fn breaks_off(&self) -> bool {
        marks::breaks_off(self.text)
    }
}

/// All lines of a text and what they have in common.
#[derive(Debug)]
pub struct Page<'t> {
    /// The text.
    pub text: &'t str,
    /// Its lines, blank ones left out.
    pub lines: Vec<Line<'t>>,
    /// Lines long enough to be running text.
    pub prose: usize,
    /// Of these, how many end as a sentence ends.
    pub sentences: usize,
    /// Lines with an indent of two columns or more.
    pub indented: usize,
}

/// From how many characters on a line is surely running text when it ends as a sentence does.
pub const PROSE: usize = 25;

impl<'t> Page<'t> {
    /// Looks at `text` from byte `from` on.
    pub fn new(text: &'t str, from: usize) -> Self {
        let mut lines = vec![];
        let mut at = from;
        let mut gap = 0;
        let mut gaps = 0;
        for line in text[from..].split('\n') {
            let full = at..at + line.len();
            at = full.end + 1;
            let visible = line.trim_start();
            if visible.is_empty() {
                gap += 1;
                continue;
            }
            let start = full.end - visible.len();
            let visible = visible.trim_end();
            gaps += usize::from(gap > 0 && !lines.is_empty());
            lines.push(Line {
                start,
                text: visible,
                indent: columns(&line[..start - full.start]),
                chars: visible.chars().count(),
                gap,
                full,
            });
            gap = 0;
        }
        // Where nearly every line has a blank one after it, one blank line says nothing.
        if lines.len() > 2 && gaps * 10 >= (lines.len() - 1) * 8 {
            for line in lines.iter_mut().skip(1) {
                line.gap = line.gap.saturating_sub(1);
            }
        }
        let prose = lines.iter().filter(|l| l.chars >= PROSE).count();
        let sentences = lines.iter().filter(|l| l.chars >= PROSE && l.ends_sentence()).count();
        let indented = lines.iter().filter(|l| l.indent >= 2).count();
        Page { text, lines, prose, sentences, indented }
    }

    /// Whether most of it is running text in paragraphs.
    pub fn is_prose(&self) -> bool {
        self.prose >= 3 && self.sentences * 20 >= self.prose * 17
    }
}

fn columns(space: &str) -> usize {
    space.chars().fold(0, |at, c| match c {
        '\t' => (at / 4 + 1) * 4,
        '\u{3000}' => at + 2,
        _ => at + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_measured_and_empty_gaps_evened_out() {
        let page = Page::new("甲\n\n　　乙。”\n\n \t丙，\n\n\n丁\n", 0);
        let seen: Vec<_> = page.lines.iter().map(|l| (l.text, l.indent, l.gap)).collect();
        assert_eq!(seen, [("甲", 0, 0), ("乙。”", 4, 0), ("丙，", 4, 0), ("丁", 0, 1)]);
        assert!(page.lines[1].ends_sentence() && page.lines[2].breaks_off());
        assert_eq!(&page.text[page.lines[2].span()], "丙，");
    }
}
