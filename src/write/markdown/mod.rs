//! The Markdown writer: CommonMark, tables, footnotes, YAML front matter.
//!
//! Reading the result back gives the same document, as far as Markdown can say it: the parts that paragraphs play, the forms of
//! Chinese list markers and the ornaments of dividers are text there. What CommonMark cannot express in its own signs is written
//! in the few HTML elements that every renderer keeps: `<br>`, `<ruby>`, and `<strong>` and `<em>` nested beyond what signs allow.

mod block;
mod emphasis;
mod escape;
mod front_matter;
mod inline;
mod token;
mod wrap;

#[cfg(test)]
mod tests;

use crate::document::Document;
use serde::Serialize;

/// What may be chosen about Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Options {
    /// Where lines of a paragraph end.
    pub wrap: Wrap,
}

/// Where the lines of a paragraph end in the written file. No choice changes what a reader makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum Wrap {
    /// One paragraph is one line.
    #[default]
    None,
    /// Lines of at most so many columns, a Han character taking two, where the text allows.
    Columns(usize),
    /// One sentence a line, so that a line-based comparison shows which sentence changed.
    Sentence,
}

/// Writes `document`, LF at the end of every line.
pub fn write(document: &Document, options: &Options) -> String {
    let mut out = front_matter::write(&document.meta);
    let mut writer = block::Writer::new(document, options, &mut out);
    writer.document();
    out
}
