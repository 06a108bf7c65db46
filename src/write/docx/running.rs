//! Running text, straight into the part.
//!
//! Most of a book is paragraphs of plain text. docx-rs builds a tree for each, which costs ten times what the text does; written at once,
//! they are the same bytes.

use super::script::{Side, segments};
use super::xml::push_escaped;
use crate::document::{Inline, InlineKind};

/// The text of `inlines`, one piece after the other, when there is nothing else in them.
pub fn plain(inlines: &[Inline]) -> Option<impl Iterator<Item = &str>> {
    let text = |inline: &Inline| matches!(inline.kind, InlineKind::Text(_));
    inlines.iter().all(text).then(|| {
        inlines.iter().filter_map(|inline| match &inline.kind {
            InlineKind::Text(text) => Some(text.as_str()),
            _ => None,
        })
    })
}

/// Appends a paragraph of `style` that holds `texts`, whose ambiguous characters take the side of `home` where nothing else decides.
pub fn push<'t>(style: &str, texts: impl Iterator<Item = &'t str>, home: Side, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<w:p><w:pPr><w:pStyle w:val=\"");
    out.extend_from_slice(style.as_bytes());
    out.extend_from_slice(b"\" /></w:pPr>");
    for text in texts {
        segments(text, home, false, |piece, side| {
            out.extend_from_slice(b"<w:r>");
            if side == Some(Side::EastAsian) {
                out.extend_from_slice(b"<w:rPr><w:rFonts w:hint=\"eastAsia\" /></w:rPr>");
            }
            push_run_text(piece, out);
            out.extend_from_slice(b"</w:r>");
        });
    }
    out.extend_from_slice(b"</w:p>");
}

/// Appends the text of a run: tabs and line ends are elements of their own.
fn push_run_text(text: &str, out: &mut Vec<u8>) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            out.extend_from_slice(b"<w:br w:type=\"textWrapping\" />");
        }
        for (i, piece) in line.split('\t').enumerate() {
            if i > 0 {
                out.extend_from_slice(b"<w:tab />");
            }
            if !piece.is_empty() {
                out.extend_from_slice(b"<w:t xml:space=\"preserve\">");
                push_escaped(piece, out);
                out.extend_from_slice(b"</w:t>");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::body::Writer;
    use super::super::inline::home;
    use super::super::{Change, Options};
    use super::*;
    use crate::document::{Block, BlockKind, Document, Role};
    use crate::lang::Language;
    use crate::span::Span;
    use crate::style::Style;

    /// The body of a document of one paragraph, straight or by way of docx-rs.
    fn body(content: &[Inline], language: Language, straight: bool) -> String {
        let block = Block::new(BlockKind::Paragraph { role: Role::Body, content: content.to_vec() }, 0..0);
        let mut document = Document { blocks: vec![block], ..Document::default() };
        document.meta.language = language;
        // A change that stands nowhere in the text leads around the short way.
        let nowhere = Change { span: Span::new(usize::MAX, usize::MAX), was: String::new(), rules: vec![] };
        let options = Options { changes: if straight { vec![] } else { vec![nowhere] }, ..Options::default() };
        let style = Style::builtin("book").unwrap();
        let (main, _) =
            Writer::new(&document, &style, &options).main(&docx_rs::SectionProperty::new(), None, &[]).unwrap();
        let main = String::from_utf8(main).unwrap();
        let comment = ["<w:commentRangeStart w:id=\"0\" />", "<w:commentRangeEnd w:id=\"0\" />"];
        let reference = "<w:r><w:commentReference w:id=\"0\" /></w:r>";
        [comment[0], comment[1], reference].iter().fold(main, |main, mark| main.replace(mark, ""))
    }

    #[test]
    fn the_short_way_leads_to_the_same_bytes() {
        for language in [Language::ZhHans, Language::En] {
            for texts in [
                vec!["山雨欲来风满楼。"],
                vec!["他说：“Yes”——走了……café", "甲“乙”丙 it’s"],
                vec!["a < b & \"c\"\t制表\n\n次行\u{1}\u{FFFF}｛｝\r\t"],
                vec!["", "“", ""],
            ] {
                let content: Vec<Inline> = texts.iter().map(|text| Inline::text(*text, 0..0)).collect();
                assert!(plain(&content).is_some());
                assert_eq!(body(&content, language, true), body(&content, language, false), "{texts:?}");
                assert_eq!(home(language) == Side::Western, language == Language::En);
            }
        }
        assert!(plain(&[Inline::new(InlineKind::Break, 0..0)]).is_none());
    }
}
