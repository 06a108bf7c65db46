//! Blanks at the beginning of a line.

use super::Transcript;
use crate::normalize::Syntax;

impl Transcript {
    /// A line begins with these blanks, which say that it is a paragraph. Answers whether that is all that they say: those of plain text are read with it.
    pub fn indent(&mut self, blanks: &str) -> bool {
        let wide: usize = blanks.chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
        if self.syntax == Syntax::Markdown && wide > 1 && self.breaks == 1 {
            self.breaks = 2;
        }
        self.syntax == Syntax::Markdown
    }

    /// Text without places, whose blanks at the beginning of a line are its indent.
    pub fn indented(&mut self, text: &str) {
        let mut text = text;
        if self.begins_line() {
            let indent = text.len() - text.trim_start().len();
            self.indent(&text[..indent]);
            text = &text[indent..];
        }
        self.string(text, |_| 0);
    }
}
