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
use std::io::{self, Write};

/// Writes finished files, one after the other, as one archive of any size.
///
/// # Errors
/// When a file cannot be read, or the archive not be written.
pub fn archive(to: impl Write, files: impl Iterator<Item = io::Result<(String, Vec<u8>)>>) -> io::Result<()> {
    let mut archive = ::zip::ZipWriter::new_stream(to);
    // Most of what they hold is compressed already.
    let options = ::zip::write::SimpleFileOptions::default().compression_level(Some(1));
    for file in files {
        let (name, bytes) = file?;
        archive.start_file(name, options)?;
        archive.write_all(&bytes)?;
    }
    archive.finish()?;
    Ok(())
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
