//! Files that are more than text: each becomes a [transcript], text in a syntax that is read like any other, and a way back to where it stood.
//!
//! What a transcript leaves out is told, with its place and how much it is.

mod docx;
mod mail;
pub mod page;
mod rtf;
mod transcript;

use crate::normalize::Syntax;
use crate::note::Note;
use crate::span::Stretch;

pub use docx::{LARGEST_PART, open as document, size as document_size};
pub use mail::page_in;
pub use rtf::open as rich_text;

/// What a file is, beside text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page of the web.
    Page,
    /// A page with its pictures in one file, as a message of mail (MHT).
    Archive,
    /// A document of Word (DOCX).
    Word,
    /// A document in the Rich Text Format (RTF).
    Rich,
}

/// The extensions of pages, and those of pages with their pictures in one file.
const PAGES: [&str; 4] = ["htm", "html", "shtml", "xhtml"];
const ARCHIVES: [&str; 2] = ["mht", "mhtml"];

/// A file that was opened.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The transcript.
    pub text: String,
    /// Its syntax.
    pub syntax: Syntax,
    /// Where it stands in what was opened.
    pub places: Vec<Stretch>,
    /// What was left out.
    pub notes: Vec<Note>,
}

/// What the extension of `name` says about its file, and its first bytes where they say more.
pub fn kind(name: &str, bytes: &[u8]) -> Option<Kind> {
    let own = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is = |known: &[&str]| known.iter().any(|known| own.eq_ignore_ascii_case(known));
    match () {
        _ if docx::is_document(bytes) => Some(Kind::Word),
        _ if rtf::is_document(bytes) => Some(Kind::Rich),
        _ if is(&ARCHIVES) && mail::holds_page(bytes) || mail::is_archive(bytes) => Some(Kind::Archive),
        _ if is(&PAGES) || is(&ARCHIVES) => Some(Kind::Page),
        _ => None,
    }
}

/// The pictures that lie in a file.
pub enum Pictures<'b> {
    /// None do.
    None,
    /// Those of a page in a message.
    Archive(mail::Shelf<'b>),
    /// Those of a document.
    Word(docx::Package<'b>),
}

impl<'b> Pictures<'b> {
    /// Those of the file `bytes` of this kind.
    pub fn of(kind: Option<Kind>, bytes: &'b [u8]) -> Self {
        match kind {
            Some(Kind::Archive) => Pictures::Archive(mail::Shelf::new(bytes)),
            Some(Kind::Word) => docx::Package::open(bytes).map_or(Pictures::None, Pictures::Word),
            Some(Kind::Page | Kind::Rich) | None => Pictures::None,
        }
    }

    /// The bytes of the one by the name of `target`, if it can be had.
    pub fn get(&mut self, target: &str) -> Option<Vec<u8>> {
        match self {
            Pictures::None => None,
            Pictures::Archive(shelf) => shelf.take(target),
            Pictures::Word(package) => package.picture(target),
        }
    }
}
