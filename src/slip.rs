//! What is wrong in a file that a person writes, shown with its line: of configurations and decisions.

use crate::error::Cause;
use crate::lang::{Lang, Phrase};
use crate::unicode::printable;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::DeValue;
use unicode_width::UnicodeWidthStr;

/// Characters of a line that are shown on either side of a slip in it.
const CONTEXT: usize = 60;

/// What is wrong, and where in the text.
pub type Blame = (Range<usize>, Cause);

/// The text of the file at `path`, which is told by the name `shown` and has at most `largest` bytes.
///
/// # Errors
/// When it cannot be read, is larger, or is not UTF-8.
pub fn read(path: &Path, shown: &Path, largest: u64) -> Result<String, Slip> {
    let refuse = |why: Cause| Slip::whole(shown, why);
    let mut bytes = vec![];
    let mut file = File::open(path).map_err(|error| refuse((&error).into()))?;
    (&mut file).take(largest + 1).read_to_end(&mut bytes).map_err(|error| refuse((&error).into()))?;
    if bytes.len() as u64 > largest {
        return Err(refuse(Cause::LargerThan { most: largest }));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Slip::at(shown, &String::from_utf8_lossy(error.as_bytes()), at..at + 1, Cause::NotUtf8)
    })
}

/// A string.
pub const STRING: Phrase = Phrase::new("a string", "字符串");
/// A list of strings.
pub const STRINGS: Phrase = Phrase::new("a list of strings", "字符串列表");
/// A list.
pub const LIST: Phrase = Phrase::new("a list", "列表");
/// A number.
pub const NUMBER: Phrase = Phrase::new("a number", "数");
/// A switch.
pub const SWITCH: Phrase = Phrase::new("true or false", "true 或 false");
/// A date.
pub const DATE: Phrase = Phrase::new("a date", "日期");
/// A table.
pub const TABLE: Phrase = Phrase::new("a table", "表");

/// `found` is not what is `expected`.
pub fn no_such_type(expected: Phrase, found: &Spanned<DeValue<'_>>) -> Cause {
    let found = match found.get_ref() {
        DeValue::String(_) => STRING,
        DeValue::Integer(_) | DeValue::Float(_) => NUMBER,
        DeValue::Boolean(_) => SWITCH,
        DeValue::Datetime(_) => DATE,
        DeValue::Array(_) => LIST,
        DeValue::Table(_) => TABLE,
    };
    Cause::Expected { expected, found }
}

/// Something in a file that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    path: PathBuf,
    /// Line and column, from 1.
    at: Option<(usize, usize)>,
    why: Box<Cause>,
    /// The line, and carets below what is wrong.
    excerpt: String,
}

impl Slip {
    /// A slip of the file at `path` as a whole.
    pub fn whole(path: &Path, why: Cause) -> Self {
        Slip { path: path.to_owned(), at: None, why: Box::new(why), excerpt: String::new() }
    }

    /// The slip at `span` of `text`, which stands in the file at `path`.
    pub fn at(path: &Path, text: &str, span: Range<usize>, why: Cause) -> Self {
        let start = text.floor_char_boundary(span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
        let end = text.ceil_char_boundary(span.end.clamp(start, line_end));
        let number = text[..start].matches('\n').count() + 1;
        let column = text[line_start..start].chars().count() + 1;

        // A tab is shown as a space, so that the carets stand below what they mean.
        let seen = |part: &str| part.replace('\t', " ");
        let before: Vec<char> = seen(&text[line_start..start]).chars().collect();
        let cut = before.len().saturating_sub(CONTEXT);
        let before: String = before[cut..].iter().collect();
        let wrong: String = seen(&text[start..end]).chars().take(CONTEXT).collect();
        let after: String = seen(&text[start..line_end]).chars().skip(wrong.chars().count()).take(CONTEXT).collect();
        let (before, wrong) = (printable(&before), printable(&wrong));
        let dots = if cut > 0 { "…" } else { "" };
        let margin = " ".repeat(number.to_string().len());
        let indent = " ".repeat(dots.width() + before.width());
        let carets = "^".repeat(wrong.width().max(1));
        let excerpt = format!("  {number} | {dots}{before}{wrong}{}\n  {margin} | {indent}{carets}", printable(&after));
        Slip { path: path.to_owned(), at: Some((number, column)), why: Box::new(why), excerpt }
    }

    /// It in the language of the user, with the line that it is in.
    pub fn told(&self, lang: Lang) -> String {
        let mut text = format!("{}: {}", self.path.display(), self.said().told(lang));
        if !self.excerpt.is_empty() {
            text.push('\n');
            text.push_str(&self.excerpt);
        }
        text
    }

    /// It as a cause, with the path.
    pub fn cause(&self) -> Cause {
        Cause::of(self.path.display().to_string(), self.said())
    }

    /// It with its place in the file.
    fn said(&self) -> Cause {
        match self.at {
            Some((line, column)) => Cause::InLine { line, column, why: self.why.clone() },
            None => Cause::clone(&self.why),
        }
    }
}
