//! One book of many files: a text that is read as any other, each file in it a chapter.

use super::order;
use crate::Source;
use crate::batch::{Choose, load};
use crate::discover::Input;
use crate::document::{Document, Meta, front_matter};
use crate::error::{Cause, Error, Kind, Stage};
use crate::memory::Budget;
use crate::normalize::Syntax;
use crate::pipeline;
use crate::recognize::HeadingPattern;
use crate::unicode::tight;
use std::collections::BTreeSet;
use std::path::Path;

/// Longest line that can head a chapter, in characters.
const LONGEST: usize = 40;

/// A book that is put together.
#[derive(Debug)]
pub struct Book {
    /// Its text, in UTF-8.
    pub source: Source,
    /// The first line of each file.
    heads: Vec<String>,
    /// What the front matter of its files says that has no place in a book: the keys, by the name of the file.
    pub unsaid: Vec<(String, Vec<String>)>,
}

/// A file as a chapter.
struct Chapter {
    syntax: Syntax,
    /// What heads it, where it does not say so itself.
    head: Option<String>,
    /// Its first line.
    first: String,
    text: String,
}

impl Chapter {
    /// The chapter that `text` is, in a file called `name`; and the keys of its front matter that have no place in it.
    fn new(name: &str, text: &str, syntax: Syntax) -> (Self, Vec<String>) {
        let text = text.trim_start_matches('\u{feff}');
        let plain = syntax == Syntax::Plain;
        let front = front_matter::find(text).filter(|front| !plain || front.is_meant()).unwrap_or_default();
        let text = text[front.len..].trim_end().trim_start_matches(['\r', '\n']);
        let first = text.lines().next().unwrap_or_default().trim();
        let Meta { title, subtitle, authors, source, date, language: _, extra } = front.meta;
        let is_said = title.as_deref().is_some_and(|title| tight(first.trim_start_matches(['#', ' '])) == tight(title));
        let head = match title {
            Some(title) => (!is_said).then_some(title),
            None => (!may_head(first)).then(|| name.to_owned()),
        };
        // Who wrote a chapter, and when, is told below its heading.
        let credit: Vec<String> = subtitle.into_iter().chain(authors).chain(source).chain(date).collect();
        let body = match &head {
            _ if credit.is_empty() => text.to_owned(),
            Some(_) => format!("{}\n\n{text}", credit.join("　")),
            None => {
                let behind = text.find('\n').unwrap_or(text.len());
                format!("{}\n\n{}\n{}", &text[..behind], credit.join("　"), &text[behind..])
            }
        };
        let first = first.to_owned();
        (Chapter { syntax, head, first, text: body }, extra.into_iter().map(|(key, _)| key).collect())
    }
}

impl Book {
    /// Puts together the texts of `inputs`, in the order of their names, as a book called `title`, or, where it has no name, by the name `stem`. A file whose first line could
    /// not head a chapter is headed by the title in its front matter, or by its own name.
    ///
    /// # Errors
    /// Of each file that cannot be read; and where the book would be larger than a text may be.
    pub fn of(
        inputs: &[Input],
        settings: &dyn Choose,
        max_size: u64,
        (title, stem): (Option<&str>, &str),
    ) -> Result<Self, Vec<Error>> {
        let mut inputs: Vec<&Input> = inputs.iter().collect();
        inputs.sort_by(|a, b| order::compare(&a.shown, &b.shown));
        let (mut text, mut heads, mut unsaid, mut errors) = (String::new(), vec![], vec![], vec![]);
        let mut markdown = false;
        for input in inputs {
            let chapter = load(input, max_size).and_then(|source| {
                let settings = &settings.choose(input)?.settings;
                let (budget, encoding) = (Budget::default(), settings.encoding.as_deref());
                let (decoded, syntax, _) =
                    pipeline::open(&source, encoding, settings.escape_bytes, &mut budget.share())?;
                Ok(Chapter::new(source.stem(), &decoded.text, syntax))
            });
            let (chapter, keys) = match chapter {
                Ok(chapter) => chapter,
                Err(error) => {
                    errors.push(error);
                    continue;
                }
            };
            if !keys.is_empty() {
                unsaid.push((input.shown.clone(), keys));
            }
            let Chapter { syntax, head, first, text: body } = chapter;
            markdown |= syntax == Syntax::Markdown;
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            if let Some(head) = &head {
                text.push_str(if syntax == Syntax::Markdown { "# " } else { "" });
                text.push_str(head);
                text.push_str("\n\n");
            }
            heads.push(head.unwrap_or(first));
            text.push_str(&body);
            text.push('\n');
            if text.len() as u64 > max_size {
                let cause = Cause::LargerThan { most: max_size };
                return Err(vec![Error::new(Stage::Discover, Kind::TooLarge, &*input.shown, cause)]);
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        if heads.is_empty() {
            return Err(vec![Error::new(Stage::Discover, Kind::Empty, Path::new("-"), Cause::NothingToBind)]);
        }
        if let Some(title) = title {
            let before =
                if markdown { format!("---\ntitle: {}\n---\n\n", yaml(title)) } else { format!("{title}\n\n\n") };
            text.insert_str(0, &before);
        }
        let name = format!("{stem}.{}", if markdown { "md" } else { "txt" });
        Ok(Book { source: Source::new(name.as_str(), name.as_str(), text.into_bytes()), heads, unsaid })
    }

    /// Whether each file begins a heading in `document`, which was read from its text.
    pub fn is_parted(&self, document: &Document) -> bool {
        let found: BTreeSet<String> = document.outline().iter().map(|entry| tight(&entry.text).into_owned()).collect();
        self.heads.iter().all(|head| found.contains(&*tight(head.trim_start_matches(['#', ' ']))))
    }

    /// Patterns by which the first line of each file is a heading, for a text that does not show it.
    pub fn patterns(&self) -> Vec<HeadingPattern> {
        let heads: BTreeSet<String> = self.heads.iter().map(|head| regex::escape(head)).collect();
        let pattern = format!("^(?:{})$", heads.into_iter().collect::<Vec<_>>().join("|"));
        HeadingPattern::new(1, &pattern).into_iter().collect()
    }
}

/// Whether `line` could head a chapter: short, and no sentence.
fn may_head(line: &str) -> bool {
    let count = line.chars().count();
    (1..=LONGEST).contains(&count) && !line.ends_with(['。', '！', '？', '…', '”', '，', '；', '：'])
}

/// A text as a quoted value of YAML.
fn yaml(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
