//! Document to files.

mod deflate;
pub mod docx;
pub mod markdown;
pub mod pdf;
pub mod txt;

pub use deflate::Deflate;

/// Where a document came from and what was done to it: carried in PDF and DOCX metadata, and printed in the colophon.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance<'a> {
    /// Name of the source file, without folders, safe to show.
    pub name: String,
    /// Its untouched bytes.
    pub bytes: &'a [u8],
    /// Their SHA-256, in lower-case hex.
    pub sha256: String,
    /// Label of the encoding that it was read in.
    pub encoding: String,
    /// Number of edits per rule, by rule name.
    pub edits: Vec<(&'static str, usize)>,
    /// Date for metadata, ISO 8601: the document's own, else `SOURCE_DATE_EPOCH`, else none.
    pub date: Option<String>,
}
