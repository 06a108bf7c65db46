//! Blocks to paragraphs and tables, one at a time: docx-rs builds each, the schema-order pass appends it to the part, and it is gone.

use super::changes::Changes;
use super::inline::{Runs, counted_mark, home, text_run};
use super::links::Links;
use super::notes::Marks;
use super::numbering::{Label, Numbering};
use super::order::append_in_order;
use super::paragraph::Properties;
use super::picture::Media;
use super::section::{Pages, Part};
use super::styles::{of_heading, of_role};
use super::xml::{DECLARATION, NAMESPACES};
use super::{Options, contents, paragraph};
use crate::document::{
    Block, BlockKind, Document, Footnote, Heading, Inline, List, Marker, OutlineEntry, Role, Stanza, display_label,
};
use crate::pictures::Pictures;
use crate::span::{Normal, Span};
use crate::style::{Lists, Style, TextStyle};
use crate::unit::Unit;
use docx_rs::xml::writer::EmitterConfig;
use docx_rs::{BuildXML, ParagraphChild};

/// What grows while the parts of a document are written.
pub struct Writer<'a> {
    pub(super) document: &'a Document,
    pub(super) style: &'a Style,
    pictures: &'a Pictures,
    /// Pictures of all parts.
    pub media: Media,
    /// Look of list items: the body without its first-line indent.
    flush: TextStyle,
    /// Lists of all parts.
    pub numbering: Numbering,
    /// For each note, whether its reference has been written.
    referred: Vec<bool>,
    /// What normalization changed, where it is to be shown.
    pub changes: Changes<'a>,
    /// Number of the next revision.
    revision: usize,
    /// How notes are marked.
    pub marks: Marks,
    /// Links of the part in hand.
    links: Links,
    /// XML of the part in hand.
    pub(super) out: Vec<u8>,
    /// What docx-rs writes before it is put in order.
    scratch: Vec<u8>,
    in_note: bool,
    /// Whether notes may be referred to: not within notes, which Word forbids, wherever they stand.
    notes_allowed: bool,
    /// The bookmark that the next paragraph carries.
    bookmark: Option<usize>,
    /// Whether the next paragraph begins a page, where its style does not say it.
    page_break: Option<bool>,
    /// Whether the next paragraph has a picture in its text.
    shows_picture: bool,
    /// Whether the next paragraph stays with the one after it.
    keeps_next: bool,
    /// Whether the next paragraph is a heading that stands in no outline.
    unlisted: bool,
}

/// Where a block stands.
#[derive(Clone)]
struct Place<'s> {
    /// Style and look of running text here.
    text: (&'static str, &'s TextStyle),
    /// How far lists and quotations within quotations move the text to the right.
    left: Unit,
    /// How many lists there are around.
    depth: usize,
    /// Whether a quotation is around.
    quoted: bool,
}

impl<'a> Writer<'a> {
    /// Begins.
    pub fn new(document: &'a Document, style: &'a Style, options: &'a Options) -> Self {
        Writer {
            document,
            style,
            pictures: &options.pictures,
            media: Media::default(),
            flush: TextStyle { first_indent: 0, ..style.body.clone() },
            numbering: Numbering::default(),
            referred: vec![false; document.footnotes.len()],
            changes: Changes::new(&options.changes),
            revision: 0,
            marks: Marks::of(document),
            links: Links::default(),
            out: Vec::new(),
            scratch: Vec::new(),
            in_note: false,
            notes_allowed: true,
            bookmark: None,
            page_break: None,
            shows_picture: false,
            keeps_next: false,
            unlisted: false,
        }
    }

    /// The main document and its links; `chapters` is the level of chapters and their `pages` when there is to be a table of contents.
    ///
    /// # Errors
    /// A sentence, when what was built is no XML: a fault of the program.
    pub fn main(
        &mut self,
        section: &Pages<'_>,
        chapters: Option<u8>,
        pages: &[String],
    ) -> Result<(Vec<u8>, Links), String> {
        let document = self.document;
        self.out = format!("{DECLARATION}<w:document {NAMESPACES}><w:body>").into_bytes();
        let style = self.style;
        let place = Place { text: ("BodyText", &style.body), left: Unit::ZERO, depth: 0, quoted: false };
        let outline = document.outline();
        self.links = Links::to(&outline);
        // The table stands on pages of its own, as in the pages that its numbers come from.
        let is_chapter =
            |entry: &&OutlineEntry| chapters.is_some_and(|level| entry.level <= level) && !document.is_title(entry);
        let contents_at = chapters.and_then(|level| document.contents_place(&outline, level));
        let mut heading = 0;
        for (i, block) in document.blocks.iter().enumerate() {
            if let (Some(level), true) = (chapters, contents_at == Some(i)) {
                self.contents(&outline, level, pages, i > 0)?;
                self.end_section(&section.section(Part::Front));
            }
            if matches!(block.kind, BlockKind::Heading(_)) {
                // The head of a part without a text of its own stays with its first chapter, as in our own layout.
                let follows = heading > 0 && outline.get(heading - 1).is_some_and(|entry| entry.block + 1 == i);
                let head_of_part = outline.get(heading.wrapping_sub(1)).is_some_and(|entry| is_chapter(&entry));
                self.page_break = (follows && head_of_part).then_some(false);
                self.bookmark = Some(heading);
                heading += 1;
            }
            self.block(block, &place, &mut None)?;
        }
        self.notes_allowed = false;
        for (note, footnote) in document.footnotes.iter().enumerate() {
            if self.referred.get(note) == Some(&false) {
                self.note(footnote)?;
            }
        }
        let part = if contents_at.is_some() { Part::Text } else { Part::Whole };
        self.out.extend_from_slice(section.section(part).as_bytes());
        self.out.extend_from_slice(b"</w:body></w:document>");
        Ok((std::mem::take(&mut self.out), std::mem::take(&mut self.links)))
    }

    /// The footnotes part and its links, or `None` when no note is referred to. After [`Writer::main`].
    ///
    /// # Errors
    /// As [`Writer::main`].
    pub fn notes(&mut self) -> Result<Option<(Vec<u8>, Links)>, String> {
        if !self.referred.contains(&true) {
            return Ok(None);
        }
        self.in_note = true;
        self.links = Links::to(&self.document.outline());
        self.out = format!(
            "{DECLARATION}<w:footnotes {NAMESPACES}>\
             <w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
             <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
        )
        .into_bytes();
        let document = self.document;
        for (note, footnote) in document.footnotes.iter().enumerate() {
            if self.referred.get(note) == Some(&true) {
                self.out.extend_from_slice(format!("<w:footnote w:id=\"{}\">", note + 1).as_bytes());
                self.note(footnote)?;
                self.out.extend_from_slice(b"</w:footnote>");
            }
        }
        self.out.extend_from_slice(b"</w:footnotes>");
        Ok(Some((std::mem::take(&mut self.out), std::mem::take(&mut self.links))))
    }

    /// A paragraph of `style` with `children` as XML.
    ///
    /// # Errors
    /// As [`Writer::main`].
    pub fn serialize(&mut self, style: &str, children: &[ParagraphChild]) -> Result<Vec<u8>, String> {
        let before = std::mem::take(&mut self.out);
        self.emit_paragraph(&Properties::of(style), children)?;
        Ok(std::mem::replace(&mut self.out, before))
    }

    /// Appends a paragraph to the part in hand.
    pub(super) fn emit_paragraph(
        &mut self,
        properties: &Properties<'_>,
        children: &[ParagraphChild],
    ) -> Result<(), String> {
        properties.open(&mut self.out);
        for child in children {
            self.emit(child)?;
        }
        paragraph::close(&mut self.out);
        Ok(())
    }

    /// Ends a section with an empty paragraph that takes next to no room.
    fn end_section(&mut self, section: &str) {
        Properties { section, ..Properties::of("SectionEnd") }.open(&mut self.out);
        paragraph::close(&mut self.out);
    }

    /// Appends `element` to the part in hand.
    fn emit(&mut self, element: &impl BuildXML) -> Result<(), String> {
        let config =
            EmitterConfig { write_document_declaration: false, perform_escaping: false, ..EmitterConfig::default() };
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        let built = element.build_to(config.create_writer(scratch)).and_then(|writer| writer.into_inner());
        self.scratch = built.map_err(|e| format!("a paragraph could not be built: {e}"))?;
        append_in_order(&self.scratch, &mut self.out, &mut self.revision)
    }

    /// A note, its label first.
    fn note(&mut self, footnote: &Footnote) -> Result<(), String> {
        let style = self.style;
        let place = Place { text: ("FootnoteText", &style.note), left: Unit::ZERO, depth: 0, quoted: false };
        let counted = self.marks.around("<w:footnoteRef/>").filter(|_| self.in_note).map(Label::Noted);
        let mut label = Some(counted.unwrap_or_else(|| Label::Written(display_label(&footnote.label))));
        self.blocks(&footnote.blocks, &place, &mut label)?;
        self.flush_label(&place, &mut label)
    }

    fn contents(
        &mut self,
        outline: &[OutlineEntry],
        level: u8,
        pages: &[String],
        begins_page: bool,
    ) -> Result<(), String> {
        self.out.extend_from_slice(
            b"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj></w:sdtPr>\
              <w:sdtContent>",
        );
        let paragraphs = contents::paragraphs(self.document, outline, level, pages);
        for (i, (style, children)) in paragraphs.iter().enumerate() {
            let page_break = (i == 0 && begins_page).then_some(true);
            self.emit_paragraph(&Properties { page_break, ..Properties::of(style) }, children)?;
        }
        self.out.extend_from_slice(b"</w:sdtContent></w:sdt>");
        Ok(())
    }

    fn blocks(&mut self, blocks: &[Block], place: &Place<'_>, label: &mut Option<Label>) -> Result<(), String> {
        blocks.iter().try_for_each(|block| self.block(block, place, label))
    }

    /// Writes `block`; `label` is the marker that the next paragraph begins with, taken by the first that can carry it.
    fn block(&mut self, block: &Block, place: &Place<'_>, label: &mut Option<Label>) -> Result<(), String> {
        let style = self.style;
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, place, label),
            BlockKind::Paragraph { role: Role::Body, content } => self.inlines(place.text, content, place, label),
            BlockKind::Paragraph { role, content } => {
                self.inlines((of_role(*role), style.role(*role)), content, place, label)
            }
            BlockKind::List(list) => self.list(list, place, label),
            BlockKind::Quote(blocks) => {
                let deeper = if place.quoted { style.quote.size.em(style.quote.indent.max(2000)) } else { Unit::ZERO };
                let place = Place { text: ("Quote", &style.quote), left: place.left + deeper, quoted: true, ..*place };
                self.blocks(blocks, &place, label)
            }
            BlockKind::Verse(stanzas) => self.verse(stanzas, place, label),
            BlockKind::Code { language: _, text } => {
                let mut start = block.span.start;
                // Where the lengths differ, Markdown syntax was read and offsets do not hold.
                let known = block.span.len() == text.len();
                for line in text.split('\n') {
                    let span = if known { Span::new(start, start + line.len()) } else { Span::default() };
                    start = span.end + 1;
                    let content = self.verbatim(line, span, &style.code);
                    self.paragraph(("Code", &style.code), content, place, label)?;
                }
                Ok(())
            }
            BlockKind::Table(table) => {
                self.flush_label(place, label)?;
                self.table(table, place.left)
            }
            BlockKind::Divider { ornament } => {
                let id = if ornament.is_empty() { "DividerRule" } else { "Divider" };
                let room = style.measure() - place.left;
                let content = self.text_in(&style.body).fitting(ornament, block.span, room);
                self.paragraph((id, &style.body), content, place, label)
            }
            BlockKind::Image(image) => {
                let alt = [Inline::text(image.alt.as_str(), block.span)];
                let content = self.runs(&alt, None, &style.body);
                let mut text = self.text_in(&style.body);
                text.room.0 = (text.room.0 - place.left).max(style.body.size);
                let Some(picture) = text.picture(image, image.name()) else {
                    return self.paragraph(("Figure", &style.body), content, place, label);
                };
                if label.is_some() {
                    // The marker of an item and the description are one line of the text.
                    let content = [vec![picture], content].concat();
                    return self.paragraph(("Figure", &style.body), content, place, label);
                }
                self.keeps_next = !image.alt.is_empty();
                self.paragraph(("Figure", &style.body), vec![picture], place, label)?;
                match image.alt.is_empty() {
                    true => Ok(()),
                    false => self.paragraph(("Caption", style.role(Role::Caption)), content, place, label),
                }
            }
        }
    }

    fn heading(&mut self, heading: &Heading, place: &Place<'_>, label: &mut Option<Label>) -> Result<(), String> {
        let style = self.style;
        if heading.title {
            let content = self.runs(&heading.content, Some("RunningTitle"), &style.title);
            return self.paragraph(("Title", &style.title), content, place, label);
        }
        let level = usize::from(heading.level.clamp(1, 6));
        let look = style.headings.get(level - 1).unwrap_or(&style.body);
        // Those of the outline have their bookmarks.
        self.unlisted = self.bookmark.is_none();
        self.inlines((of_heading(heading.level), look), &heading.content, place, label)
    }

    fn list(&mut self, list: &List, place: &Place<'_>, label: &mut Option<Label>) -> Result<(), String> {
        // The marker of an item that begins with a list stands in a line of its own.
        self.flush_label(place, label)?;
        let em = place.text.1.size;
        let indent = em.em(match (place.depth, list.marker) {
            (0, _) => place.text.1.indent + self.style.body.first_indent,
            (_, Marker::None) => 2000,
            (_, Marker::Bullet(_) | Marker::Number { .. }) => 0,
        });
        let flush = self.style.lists == Lists::Flush && list.marker != Marker::None;
        let (left, first) =
            if flush { (place.left, Some(em.em(place.text.1.first_indent))) } else { (place.left + indent, None) };
        let (hang, labels) = self.numbering.add(list, place.depth, (left, first), em);
        let set_flush = self.flush.clone();
        let text = if place.quoted || self.in_note || flush { place.text } else { ("ListParagraph", &set_flush) };
        let inner = Place { text, left: hang.left, depth: place.depth + 1, quoted: place.quoted };
        for (item, label) in list.items.iter().zip(labels) {
            let mut label = Some(label).filter(|_| list.marker != Marker::None);
            self.blocks(&item.blocks, &inner, &mut label)?;
            self.flush_label(&inner, &mut label)?;
        }
        Ok(())
    }

    fn verse(&mut self, stanzas: &[Stanza], place: &Place<'_>, label: &mut Option<Label>) -> Result<(), String> {
        let look = &self.style.verse;
        for stanza in stanzas {
            let mut content = Vec::new();
            for (i, line) in stanza.lines.iter().enumerate() {
                if i > 0 {
                    content.push(text_run("\n", None));
                }
                content.extend(self.runs(&line.content, None, look));
            }
            self.paragraph(("Verse", look), content, place, label)?;
        }
        Ok(())
    }

    pub(super) fn runs(
        &mut self,
        inlines: &[Inline],
        base: Option<&'static str>,
        look: &TextStyle,
    ) -> Vec<ParagraphChild> {
        self.text_in(look).build(inlines, base)
    }

    fn verbatim(&mut self, text: &str, span: Span<Normal>, look: &TextStyle) -> Vec<ParagraphChild> {
        self.text_in(look).verbatim(text, span)
    }

    pub(super) fn text_in<'r>(&'r mut self, look: &'r TextStyle) -> Runs<'r, 'a> {
        Runs {
            document: self.document,
            links: &mut self.links,
            referred: &mut self.referred,
            notes_allowed: self.notes_allowed,
            marks: self.marks,
            changes: &mut self.changes,
            pictures: self.pictures,
            media: &mut self.media,
            room: (self.style.measure(), self.style.picture_height()),
            look,
        }
    }

    fn inlines(
        &mut self,
        text: (&'static str, &TextStyle),
        inlines: &[Inline],
        place: &Place<'_>,
        label: &mut Option<Label>,
    ) -> Result<(), String> {
        if let Some(texts) = paragraph::plain(inlines).filter(|_| self.changes.is_empty()) {
            let bookmark = self.begin(text, place, label)?;
            let home = home(self.document.meta.language);
            texts.for_each(|text| paragraph::push_runs(text, home, &mut self.out));
            self.end(bookmark);
            return Ok(());
        }
        let shown = self.media.drawings();
        let content = self.runs(inlines, None, text.1);
        self.shows_picture = self.media.drawings() > shown;
        self.paragraph(text, content, place, label)
    }

    /// Writes a label that no paragraph has taken in a paragraph of its own.
    fn flush_label(&mut self, place: &Place<'_>, label: &mut Option<Label>) -> Result<(), String> {
        if label.is_some() { self.paragraph(place.text, vec![], place, label) } else { Ok(()) }
    }

    /// Writes a paragraph of style and look `text` that begins with `label`, if there is one.
    fn paragraph(
        &mut self,
        text: (&'static str, &TextStyle),
        children: Vec<ParagraphChild>,
        place: &Place<'_>,
        label: &mut Option<Label>,
    ) -> Result<(), String> {
        let bookmark = self.begin(text, place, label)?;
        let children = if self.in_note { children } else { self.changes.begin(children) };
        for child in &children {
            self.emit(child)?;
        }
        self.end(bookmark);
        Ok(())
    }

    /// Begins a paragraph: its properties, its bookmark, which is to be given to [`Writer::end`], and its `label`, where that is text.
    fn begin(
        &mut self,
        (style, look): (&'static str, &TextStyle),
        place: &Place<'_>,
        label: &mut Option<Label>,
    ) -> Result<Option<usize>, String> {
        let mut properties = Properties {
            keep_next: std::mem::take(&mut self.keeps_next),
            unlisted: std::mem::take(&mut self.unlisted),
            page_break: self.page_break.take(),
            at_least: std::mem::take(&mut self.shows_picture).then(|| self.style.pitch_of(look)),
            ..Properties::of(style)
        };
        let label = label.take();
        if let Some(Label::Numbered { id, level }) = label {
            properties.numbering = Some((id, level));
        } else if place.left > Unit::ZERO {
            properties.indent = Some((place.left + look.size.em(look.indent), look.size.em(look.end_indent)));
        }
        properties.open(&mut self.out);
        let bookmark = self.bookmark.take();
        if let Some(number) = bookmark {
            let name = contents::bookmark(number);
            let start = format!("<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/>");
            self.out.extend_from_slice(start.as_bytes());
        }
        match label {
            Some(Label::Written(text)) => {
                let reference = self.in_note || style == "FootnoteText";
                self.emit(&text_run(&text, reference.then_some("FootnoteReference")))?;
            }
            Some(Label::Noted(mark)) => counted_mark(mark).try_for_each(|run| self.emit(&run))?,
            Some(Label::Numbered { .. }) | None => {}
        }
        Ok(bookmark)
    }

    /// Ends a paragraph.
    fn end(&mut self, bookmark: Option<usize>) {
        if let Some(number) = bookmark {
            self.out.extend_from_slice(format!("<w:bookmarkEnd w:id=\"{number}\"/>").as_bytes());
        }
        paragraph::close(&mut self.out);
    }
}
