//! Document to files.

mod date;
mod deflate;
pub mod docx;
mod embed;
pub mod epub;
pub mod html;
pub mod markdown;
pub mod pdf;
pub mod txt;
pub mod xhtml;
mod xml;
mod zip;

use date::instant;
pub use deflate::Deflate;
pub use embed::{OwnFont, Wanted, wanted};

/// Finished files as one archive; what is compressed already is stored.
///
/// # Errors
/// A sentence, when they are more or larger than the format can say.
pub fn archive(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, String> {
    let packed = |name: &str| [".pdf", ".docx", ".epub"].iter().any(|extension| name.ends_with(extension));
    let packing = |name: &str| if packed(name) { zip::Packing::Stored } else { zip::Packing::Own };
    zip::pack(files, packing, &mut Deflate::default())
}

/// Where a document came from and what was done to it: carried in the metadata of PDF, DOCX, EPUB and HTML, and printed in the colophon.
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
