//! Shanben 善本 turns old Chinese text files into editions worth keeping.
//!
//! The story is told in [`pipeline`]: bytes are [decoded](decode), the text is [normalized](normalize), its structure [recognized](recognize) into
//! a [document], which is [laid out](layout) on pages and [written](mod@write) as PDF, DOCX, Markdown and plain text.

pub mod appendix;
pub mod batch;
pub mod chinese;
pub mod cli;
pub mod decode;
pub mod digest;
pub mod discover;
pub mod document;
pub mod error;
pub mod fonts;
pub mod lang;
pub mod layout;
pub mod memory;
pub mod normalize;
pub mod note;
pub mod options;
pub mod pictures;
pub mod pipeline;
pub mod recognize;
pub mod report;
pub mod source;
pub mod span;
pub mod style;
pub mod survey;
pub mod unicode;
pub mod unit;
pub mod verify;
pub mod write;

pub use decode::name_of_bytes;
pub use pipeline::{Edition, Failure, Reading, Repertoire, Written, convert, convert_sharing, noticed, read};
pub use source::Source;
pub use write::Deflate;
