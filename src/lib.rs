//! Shanben 善本 turns old Chinese text files into editions worth keeping.
//!
//! Bytes go in, files come out:
//!
//! ```
//! use shanben::fonts::Library;
//! use shanben::options::{Format, Settings};
//! use shanben::style::Style;
//! use shanben::{Deflate, Source, convert};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // 山行 and a line of it in GB 18030, with a half-width comma. What is not said is found: the encoding, the title.
//! let bytes = b"\xc9\xbd\xd0\xd0\n\n\xb0\xd7\xd4\xc6\xc9\xfa\xb4\xa6,\xd3\xd0\xc8\xcb\xbc\xd2\xa1\xa3\n";
//! let source = Source::new("shan.txt", "shan.txt", bytes.to_vec());
//!
//! let mut settings = Settings::new(Style::builtin("book").ok_or("there is no such style")?);
//! settings.formats = vec![Format::Pdf, Format::Markdown];
//! let library = Library::embedded().ok_or("built without fonts")?;
//!
//! let edition = convert(&source, &settings, &library, &mut Deflate::default())?;
//! assert!(edition.failures.is_empty());
//! assert!(edition.files[0].bytes.starts_with(b"%PDF-"));
//! assert!(edition.reading.normalized.text.contains("白云生处，有人家。"));
//! for edit in &edition.reading.normalized.edits {
//!     println!("{}", edit.rule); // half-comma
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`read`] does the same without writing anything. A [`Source`] is what one file holds; [`options::Settings`] is everything that decides the bytes of an edition, so the same
//! source in the same settings gives the same bytes on any machine; a [`fonts::Library`] is loaded once and shared by all threads, a [`Deflate`] is kept by each. An [`error::Error`] stops one source and says
//! where, why and what to do, in English and in Chinese; a [`note::Note`] stops nothing.
//!
//! To build it takes Rust 1.92 or newer and a C compiler (for `libdeflate`). What is shown here follows semantic versioning; modules that are hidden are the program's own, public for its tests only.
//!
//! The story is told in [`pipeline`]: bytes are [decoded](decode), the text is [normalized](normalize), its structure [recognized](recognize) into
//! a [document], which is laid out on pages and [written](mod@write) as PDF, DOCX, EPUB, HTML, Markdown and plain text.

#[doc(hidden)]
pub mod accept;
#[doc(hidden)]
pub mod appendix;
#[doc(hidden)]
pub mod bag;
#[doc(hidden)]
pub mod batch;
#[doc(hidden)]
pub mod chinese;
#[doc(hidden)]
pub mod cli;
pub mod decide;
pub mod decode;
#[doc(hidden)]
pub mod desk;
#[doc(hidden)]
pub mod digest;
#[doc(hidden)]
pub mod discover;
pub mod document;
pub mod error;
pub mod fonts;
pub mod lang;
#[doc(hidden)]
pub mod layout;
#[doc(hidden)]
pub mod memory;
pub mod normalize;
pub mod note;
pub mod open;
pub mod options;
#[doc(hidden)]
pub mod pictures;
pub mod pipeline;
pub mod recognize;
#[doc(hidden)]
pub mod report;
pub mod slip;
pub mod source;
pub mod span;
pub mod style;
pub mod survey;
#[doc(hidden)]
pub mod unicode;
pub mod unit;
#[doc(hidden)]
pub mod verify;
pub mod volume;
pub mod write;

#[doc(hidden)]
pub use decode::name_of_bytes;
pub use pipeline::{Edition, Failure, Reading, Written, convert, read};
#[doc(hidden)]
pub use pipeline::{Repertoire, convert_sharing, noticed};
pub use source::Source;
pub use write::Deflate;
