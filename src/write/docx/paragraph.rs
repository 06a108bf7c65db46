//! Paragraphs: what each has beyond its style, and text without anything in it.
//!
//! Written at once and in the order of the schema. docx-rs would have to build a tree for each, which costs ten times what its text does,
//! and cannot say all of it.

use super::script::{Side, segments};
use super::xml::push_escaped;
use crate::document::{Inline, InlineKind};
use crate::unit::Unit;

/// The properties of a paragraph: its style, and what only this one has.
#[derive(Debug, Clone, Default)]
pub struct Properties<'a> {
    /// Id of the style.
    pub style: &'a str,
    /// Whether it stays with the paragraph after it.
    pub keep_next: bool,
    /// Whether it begins a page, where the style says otherwise.
    pub page_break: Option<bool>,
    /// Id of its list and level in it.
    pub numbering: Option<(usize, usize)>,
    /// Whether it runs from right to left.
    pub leftward: bool,
    /// Least height of its lines, where that of the style could cut something off.
    pub at_least: Option<Unit>,
    /// Left and right indent; the first line has none of its own.
    pub indent: Option<(Unit, Unit)>,
    /// Whether it begins at the left edge, whatever the style says.
    pub flush: bool,
    /// Where the pieces behind the first begin that tabs part.
    pub tabs: Vec<Unit>,
    /// Where the last of them ends instead.
    pub tab_to: Option<Unit>,
    /// How far its first line begins to the left of the others, which stand at its `indent`; to the right where it is below zero.
    pub hang: Unit,
    /// Space above it, and height of its lines; there is none below it.
    pub lines: Option<(Unit, Unit)>,
    /// Space below it, where it has lines of its own.
    pub below: Unit,
    /// The character style of its end, by which the mark of an item looks.
    pub mark: Option<&'static str>,
    /// Rules around it, as XML, where they are not those of the style.
    pub rules: Option<String>,
    /// Where it stands on the page, as the attributes of a frame, if it is not one of the lines of the text.
    pub frame: Option<String>,
    /// Value of `w:jc`, where it differs from the style.
    pub align: Option<&'static str>,
    /// Whether it is a heading by its style only, and stands in no outline: one within a quotation, a list or a note.
    pub unlisted: bool,
    /// The level of a heading that is not seen, which its style does not say.
    pub outline: Option<u8>,
    /// Width of the type area, for an entry of the record of printing: a frame at its foot holds all of them.
    pub record: Option<Unit>,
    /// Properties of the section that it ends, as XML.
    pub section: &'a str,
}

impl Properties<'_> {
    /// Properties of a paragraph that is as its style says.
    pub fn of(style: &str) -> Properties<'_> {
        Properties { style, ..Properties::default() }
    }

    /// Appends the beginning of a paragraph that has these properties.
    pub fn open(&self, out: &mut Vec<u8>) {
        let mut push = |xml: &str| out.extend_from_slice(xml.as_bytes());
        push("<w:p><w:pPr><w:pStyle w:val=\"");
        push(self.style);
        push("\"/>");
        if self.keep_next {
            push("<w:keepNext/>");
        }
        match self.page_break {
            Some(true) => push("<w:pageBreakBefore/>"),
            Some(false) => push("<w:pageBreakBefore w:val=\"0\"/>"),
            None => {}
        }
        if let Some(width) = self.record {
            push(&format!(
                "<w:framePr w:w=\"{}\" w:hSpace=\"0\" w:wrap=\"around\" w:vAnchor=\"margin\" w:hAnchor=\"margin\" w:xAlign=\"left\" w:yAlign=\"bottom\"/>",
                width.to_twips()
            ));
        }
        if let Some(frame) = &self.frame {
            push(&format!("<w:framePr {frame}/>"));
        }
        if let Some((id, level)) = self.numbering {
            push(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>"));
        }
        if let Some(rules) = &self.rules {
            push(&format!("<w:pBdr>{rules}</w:pBdr>"));
        }
        let ends = self.tab_to.map(|at| ("right", at));
        let tabs: Vec<(&str, Unit)> = self.tabs.iter().map(|at| ("left", *at)).chain(ends).collect();
        if !tabs.is_empty() {
            push("<w:tabs>");
            tabs.iter().for_each(|(kind, at)| push(&format!("<w:tab w:val=\"{kind}\" w:pos=\"{}\"/>", at.to_twips())));
            push("</w:tabs>");
        }
        if self.leftward {
            push("<w:bidi/>");
        }
        if let Some(height) = self.at_least {
            push(&format!("<w:spacing w:line=\"{}\" w:lineRule=\"atLeast\"/>", height.to_twips().max(20)));
        }
        if let Some((above, height)) = self.lines {
            push(&format!(
                "<w:spacing w:beforeLines=\"0\" w:before=\"{}\" w:afterLines=\"0\" w:after=\"{}\" w:line=\"{}\" w:lineRule=\"exact\"/>",
                above.to_twips().max(0),
                self.below.to_twips(),
                height.to_twips().max(20)
            ));
        }
        if let Some((left, right)) = self.indent {
            let hang = match self.hang {
                Unit::ZERO => String::new(),
                first if first < Unit::ZERO => {
                    format!(" w:firstLineChars=\"0\" w:firstLine=\"{}\"", (-first).to_twips())
                }
                hang => format!(" w:firstLineChars=\"0\" w:hanging=\"{}\"", hang.to_twips()),
            };
            push(&format!(
                "<w:ind w:leftChars=\"0\" w:left=\"{}\" w:rightChars=\"0\" w:right=\"{}\"{hang}/>",
                left.to_twips(),
                right.to_twips()
            ));
        }
        if self.flush {
            push("<w:ind w:leftChars=\"0\" w:left=\"0\" w:firstLineChars=\"0\" w:firstLine=\"0\"/>");
        }
        if self.lines.is_some() {
            push("<w:contextualSpacing w:val=\"0\"/>");
        }
        if let Some(align) = self.align {
            push(&format!("<w:jc w:val=\"{align}\"/>"));
        }
        if self.unlisted {
            push("<w:outlineLvl w:val=\"9\"/>");
        }
        if let Some(level) = self.outline {
            push(&format!("<w:outlineLvl w:val=\"{}\"/>", level.saturating_sub(1)));
        }
        if let Some(mark) = self.mark {
            push(&format!("<w:rPr><w:rStyle w:val=\"{mark}\"/></w:rPr>"));
        }
        push(self.section);
        push("</w:pPr>");
    }
}

/// Appends the end of a paragraph.
pub fn close(out: &mut Vec<u8>) {
    out.extend_from_slice(b"</w:p>");
}

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

/// Appends the runs of `text`, whose ambiguous characters take the side of `home` where nothing else decides.
pub fn push_runs(text: &str, home: Side, out: &mut Vec<u8>) {
    segments(text, home, false, |piece, side| {
        out.extend_from_slice(b"<w:r>");
        if side == Some(Side::EastAsian) {
            out.extend_from_slice(b"<w:rPr><w:rFonts w:hint=\"eastAsia\" /></w:rPr>");
        }
        push_text(piece, out);
        out.extend_from_slice(b"</w:r>");
    });
}

/// Appends a tab in the place of `blanks`, which are there and not seen.
pub fn push_gap(blanks: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space=\"preserve\">");
    push_escaped(blanks, out);
    out.extend_from_slice(b"</w:t></w:r><w:r><w:tab/></w:r>");
}

/// Appends the text of a run: tabs and line ends are elements of their own.
fn push_text(text: &str, out: &mut Vec<u8>) {
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
    use super::super::section::Pages;
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
        let nowhere = Change { span: Span::new(usize::MAX, usize::MAX), was: String::new(), count: 1, rules: vec![] };
        let options = Options { changes: if straight { vec![] } else { vec![nowhere] }, ..Options::default() };
        let style = Style::builtin("book").unwrap();
        let pages = Pages { style: &style, title: None, chapter: None, letter: false };
        let (main, _) = Writer::new(&document, &style, &options).main(&pages, None, &[]).unwrap();
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
