//! Pieces of XML that all parts share.

pub use crate::write::xml::escape;

/// The declaration at the head of each part.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of a WordprocessingML part.
pub const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// Appends what [`escape`] makes of `text`.
pub fn push_escaped(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(escape(text).as_bytes());
}
