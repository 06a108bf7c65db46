//! A file as it was read, and what its name says.

use crate::digest;
use crate::normalize::Syntax;
use std::path::PathBuf;

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where it was read, as the user named it; `-` is standard input.
    pub path: PathBuf,
    /// Its name without folders, fit to be shown.
    pub name: String,
    /// Its untouched bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes, in lower-case hex.
    pub sha256: String,
}

impl Source {
    /// A source of these bytes.
    pub fn new(path: impl Into<PathBuf>, name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Source { path: path.into(), name: name.into(), sha256: digest::sha256(&bytes), bytes }
    }

    /// What its extension says about the syntax of its text.
    pub fn syntax(&self) -> Syntax {
        match self.name.rsplit_once('.') {
            Some((_, ext)) if ext.eq_ignore_ascii_case("md") || ext.eq_ignore_ascii_case("markdown") => {
                Syntax::Markdown
            }
            _ => Syntax::Plain,
        }
    }

    /// Its name without the extension: the title of last resort.
    pub fn stem(&self) -> &str {
        match self.name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => &self.name,
        }
    }
}
