//! Text as XML, for DOCX, EPUB and HTML.

use crate::unicode::is_no_xml;
use std::borrow::Cow;

/// `text` as character data or as an attribute value.
///
/// What XML forbids is left out, for want of any way to write it. In the text of a document signs stand for it
/// ([`Document::stand_in`](crate::document::Document::stand_in)); here it can only come from elsewhere.
pub fn escape(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            c if is_no_xml(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether `text` surely stands for itself in XML. Asked of bytes, many at a time: U+FFFE and U+FFFF are not told from their neighbours.
fn is_clean(text: &str) -> bool {
    let special = |b: &u8| matches!(b, b'&' | b'<' | b'>' | b'"') || (*b < b' ' && *b != b'\t');
    let bytes = text.as_bytes();
    // Counted to the end rather than left at the first: so it is a few instructions for many bytes.
    bytes.iter().filter(|b| special(b)).count() == 0 && memchr::memmem::find(bytes, &[0xEF, 0xBF]).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping_leaves_nothing_that_could_end_a_text_or_an_attribute() {
        assert_eq!(escape("善本"), "善本");
        assert_eq!(escape("a<b>&\"c\"\n"), "a&lt;b&gt;&amp;&quot;c&quot;&#xA;");
        assert_eq!(escape("a\u{0}\u{B}\u{FFFF}b\tc"), "ab\tc");
    }
}
