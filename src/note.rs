//! What is worth telling about a file without stopping it.

use crate::span::{Decoded, Normal, Source, Span};

/// How much a note matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A fact worth recording; never fails a file.
    Info,
    /// Something a person should look at; with `--strict` it fails the file.
    Warning,
}

/// Where a note points, in whichever text its stage sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The file as a whole.
    File,
    /// Bytes of the source.
    Source(Span<Source>),
    /// A range of the decoded text.
    Decoded(Span<Decoded>),
    /// A range of the normalized text.
    Normal(Span<Normal>),
}

/// Something noticed about a file; it stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// A stable name in kebab case (`quote-unbalanced`, `private-use`), the `kind` of the report.
    pub kind: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where.
    pub at: At,
    /// What was found, in a few words: a code point, a count, the two readings. Not localized.
    pub detail: String,
}

impl Note {
    /// A note that a person should look at.
    pub fn warning(kind: &'static str, at: At, detail: impl Into<String>) -> Self {
        Note { kind, severity: Severity::Warning, at, detail: detail.into() }
    }

    /// A note for the record.
    pub fn info(kind: &'static str, at: At, detail: impl Into<String>) -> Self {
        Note { kind, severity: Severity::Info, at, detail: detail.into() }
    }
}
