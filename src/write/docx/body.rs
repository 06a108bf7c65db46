//! Blocks to paragraphs and tables, one at a time: docx-rs builds each, the schema-order pass appends it to the part, and it is gone.

mod lines;
mod office;

use super::changes::Changes;
use super::inline::{Runs, counted_mark, home, soft_break, text_run};
use super::leftward::{self, Turned};
use super::links::Links;
use super::notes::{self, Marks};
use super::numbering::{Label, Numbering};
use super::paragraph::Properties;
use super::picture::Media;
use super::section::{Pages, Part};
use super::styles::{of_heading, of_role};
use super::xml::{DECLARATION, NAMESPACES};
use super::{Options, contents, paragraph, title};
use crate::chinese::posture::abreast;
use crate::document::{
    Block, BlockKind, Document, Footnote, Heading, Inline, NoteKind, OutlineEntry, Role, Signing, display_label,
    inline_text, signing,
};
use crate::pictures::Pictures;
use crate::span::{Normal, Span};
use crate::style::{Alignment, RunningHead, Style, TextStyle};
use crate::unicode::leftward::is_leftward;
use crate::unit::Unit;
use docx_rs::ParagraphChild;
use office::Sheet;

/// What grows while the parts of a document are written.
pub struct Writer<'a> {
    pub(super) document: &'a Document,
    pub(super) style: &'a Style,
    /// Width of the lines of the section in hand.
    pub(super) measure: Unit,
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
    pub(super) revision: usize,
    /// How notes are marked.
    pub marks: Marks,
    /// Links of the part in hand.
    links: Links,
    /// XML of the part in hand.
    pub(super) out: Vec<u8>,
    /// What docx-rs writes before it is put in order.
    pub(super) scratch: Vec<u8>,
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
    /// Whether paragraphs are entries of the record of printing.
    record: bool,
    /// Whether the next paragraph begins at the left edge, whatever its style says.
    flush_left: bool,
    /// How the next paragraph stands, if it says who signs.
    signing: Signing,
    /// The width of the next paragraph, where it is narrower than its style says.
    narrowed: Option<Unit>,
    /// Whether a rule that is typed is drawn as well.
    drawn: bool,
    /// Whether paragraphs are there and not seen.
    unseen: bool,
    /// How far to the right the next paragraph begins, where it is one of a block that stands in the middle.
    inset: Option<Unit>,
    /// Whether the next paragraph runs from right to left.
    leftward: bool,
    /// What has a place of its own on the page of an official document.
    sheet: Sheet,
    /// What the next paragraph has beyond its style.
    beyond: Properties<'static>,
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
            measure: style.measure(),
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
            record: false,
            flush_left: false,
            signing: Signing::default(),
            narrowed: None,
            drawn: false,
            unseen: false,
            inset: None,
            leftward: false,
            sheet: Sheet::of(document, style),
            beyond: Properties::default(),
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
        // What the text brings along is there before ours, and not seen.
        let own = document.own_contents(&outline).filter(|_| contents_at.is_some()).map(|own| own.blocks);
        let contents_at = own.as_ref().map_or(contents_at, |own| Some(own.end));
        let mut heading = 0;
        let record = document.record().filter(|_| style.record_at_foot);
        let mut turned = document.turned_blocks(|table| self.turns(table)).into_iter().peekable();
        // The section in hand. Of those behind the front only the first counts from 1.
        let mut part = Part::Whole;
        for (i, block) in document.blocks.iter().enumerate() {
            let mut begins_section = false;
            if part == Part::Turned && turned.next_if(|range| range.end == i).is_some() {
                self.end_section(&section.section(part));
                (part, self.measure, begins_section) = (Part::Whole, style.measure(), true);
            }
            if turned.peek().is_some_and(|range| range.start == i) {
                if i > 0 && !begins_section {
                    self.end_section(&section.section(part));
                }
                (part, self.measure, begins_section) = (Part::Turned, style.pitch * style.page.lines, true);
            }
            self.sheet.enter(i);
            // Where a rule is drawn below the head, one that is typed there is not seen.
            self.drawn = self.sheet.in_head();
            self.record = record.is_some_and(|first| i >= first);
            if style.record_at_foot && document.opens_attachment(i) {
                (self.page_break, self.keeps_next, self.flush_left) = ((i > 0).then_some(true), true, true);
            }
            self.signing = signing(document, &document.blocks, i);
            self.sign(i);
            // Who signs and the date below stay together, and in an official document with the text.
            let keeps = is_signature(block) || style.office.is_some();
            self.keeps_next |= document.blocks.get(i + 1).is_some_and(|next| keeps && is_signature(next));
            self.keeps_next |= document.blocks.get(i + 1).is_some_and(|next| captions(block, next));
            if let (Some(level), true) = (chapters, contents_at == Some(i)) {
                self.contents(&outline, level, pages, own.as_ref().map_or(i, |own| own.start) > 0)?;
                self.end_section(&section.section(Part::Front));
                part = Part::Text;
            }
            if style.chapter_break && document.turns_to_publication(i) {
                self.page_break = Some(true);
            }
            if own.as_ref().is_some_and(|own| own.contains(&i)) {
                if matches!(block.kind, BlockKind::Heading(_)) {
                    self.bookmark = Some(heading);
                    heading += 1;
                }
                self.unseen = true;
                self.block(block, &place, &mut None)?;
                self.unseen = false;
                continue;
            }
            if matches!(block.kind, BlockKind::Heading(_)) {
                // The head of a part without a text of its own stays with its first chapter, as in our own layout.
                let follows = heading > 0 && outline.get(heading - 1).is_some_and(|entry| entry.block + 1 == i);
                let head_of_part = outline.get(heading.wrapping_sub(1)).is_some_and(|entry| is_chapter(&entry));
                let attached = style.record_at_foot && i > 0 && document.opens_attachment(i - 1);
                let apart = style.attachment_break && i > 0 && !attached && document.begins_apart(i);
                self.page_break = (follows && head_of_part || attached)
                    .then_some(false)
                    .or(apart.then_some(true))
                    .or(self.page_break);
                self.bookmark = Some(heading);
                heading += 1;
            }
            if begins_section {
                self.page_break = self.page_break.and(Some(false));
            }
            self.block(block, &place, &mut None)?;
        }
        if std::mem::take(&mut self.record) {
            // A frame stands at a paragraph after it.
            self.end_section("");
        }
        self.notes_allowed = false;
        for (note, footnote) in document.footnotes.iter().enumerate() {
            if self.referred.get(note) == Some(&false) {
                self.note(footnote)?;
            }
        }
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

    /// A note, its label first.
    fn note(&mut self, footnote: &Footnote) -> Result<(), String> {
        let style = self.style;
        let text = (notes::style_of_note(footnote.kind), &style.note);
        let place = Place { text, left: Unit::ZERO, depth: 0, quoted: false };
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
        if let (BlockKind::Paragraph { role, content }, false) = (&block.kind, self.unseen)
            && self.office(*role, content, place, label)?
        {
            return Ok(());
        }
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, place, label),
            BlockKind::Paragraph { role: Role::Body, content } => self.inlines(place.text, content, place, label),
            BlockKind::Paragraph { role: Role::Signature, content } => self.signed(content, place, label),
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
            BlockKind::Divider { ornament } if std::mem::take(&mut self.drawn) => {
                let measure = self.measure;
                let content = self.text_in(&style.body).fitting(ornament, block.span, measure);
                self.paragraph((of_role(Role::NotesHead), &style.body), content, place, label)
            }
            BlockKind::Divider { ornament } => {
                let id = if ornament.is_empty() { "DividerRule" } else { "Divider" };
                let room = self.measure - place.left;
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
        let look = heading_look(style, heading);
        if look.align == Alignment::Center && place.left == Unit::ZERO {
            let text = inline_text(self.document, &heading.content);
            self.narrowed = title::narrowed(&text, look, self.measure);
        }
        if heading.title {
            let content = self.title(&heading.content, place);
            return self.paragraph(("Title", &style.title), content, place, label);
        }
        // Those of the outline have their bookmarks.
        self.unlisted = self.bookmark.is_none();
        self.inlines((of_heading(heading.level), look), &heading.content, place, label)
    }

    /// The runs of the title. Where it is also the running head, it stays in one piece.
    fn title(&mut self, content: &[Inline], place: &Place<'_>) -> Vec<ParagraphChild> {
        const BASE: Option<&str> = Some("RunningTitle");
        let look = &self.style.title;
        let centred = look.align == Alignment::Center && place.left == Unit::ZERO;
        let alone = centred && self.style.head == RunningHead::None && self.changes.is_empty();
        let text = paragraph::plain(content).filter(|_| alone).map(String::from_iter);
        let places = text.as_deref().map_or_else(Vec::new, |text| title::parted(text, look, self.style.measure()));
        let Some(text) = text.filter(|_| !places.is_empty()) else { return self.runs(content, BASE, look) };
        let mut lines = vec![String::new()];
        for (i, c) in text.chars().enumerate() {
            if places.contains(&i) {
                lines.push(String::new());
            }
            lines.iter_mut().last().into_iter().for_each(|line| line.push(c));
        }
        let mut runs = vec![];
        for line in &lines {
            if !runs.is_empty() {
                runs.push(soft_break());
            }
            runs.extend(self.runs(&[Inline::text(line.as_str(), 0..0)], BASE, look));
        }
        runs
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
        let abreast = self.abreast();
        Runs {
            document: self.document,
            links: &mut self.links,
            referred: &mut self.referred,
            notes_allowed: self.notes_allowed,
            marks: self.marks,
            changes: &mut self.changes,
            pictures: self.pictures,
            media: &mut self.media,
            room: (self.measure, self.style.picture_height()),
            gloss: self.style.gloss.size,
            combines: self.style.is_vertical() && self.style.gloss.lines == 2,
            abreast,
            turned: Turned::default(),
            size: None,
            spread: None,
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
        let most = self.abreast();
        let alone = |text: &str| abreast(text, most).is_empty();
        let turns = paragraph::plain(inlines).is_some_and(|mut texts| texts.any(|text| text.contains(is_leftward)));
        let plain = paragraph::plain(inlines).filter(|_| self.changes.is_empty() && !turns);
        let level = most == 0 || paragraph::plain(inlines).is_some_and(|mut texts| texts.all(alone));
        if let Some(texts) = plain.filter(|_| level) {
            let bookmark = self.begin(text, place, label)?;
            let home = home(self.document.meta.language);
            texts.for_each(|text| paragraph::push_runs(text, home, &mut self.out));
            self.end(bookmark);
            return Ok(());
        }
        let shown = self.media.drawings();
        self.leftward = label.is_none() && leftward::is_turned(self.document, inlines);
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
        let beyond = std::mem::take(&mut self.beyond);
        let mut properties = Properties {
            keep_next: std::mem::take(&mut self.keeps_next) || beyond.keep_next,
            unlisted: std::mem::take(&mut self.unlisted),
            page_break: self.page_break.take(),
            record: self.record.then_some(self.measure),
            flush: std::mem::take(&mut self.flush_left),
            leftward: std::mem::take(&mut self.leftward),
            at_least: std::mem::take(&mut self.shows_picture).then(|| self.style.pitch_of(look)),
            style,
            ..beyond
        };
        let zi = self.style.zi(look);
        let left = zi * 2;
        match std::mem::take(&mut self.signing) {
            Signing::Right => {}
            Signing::Left => (properties.align, properties.indent) = (Some("left"), Some((left, Unit::ZERO))),
            Signing::Beside(count) => {
                let column = (self.measure - left) / count.max(1) as i32;
                (properties.align, properties.indent) = (Some("left"), Some((left, Unit::ZERO)));
                properties.tabs = (1..count as i32).map(|k| left + column * k).collect();
            }
        }
        if let Some(left) = self.inset.take() {
            (properties.align, properties.indent) = (Some("left"), Some((left, Unit::ZERO)));
        }
        if let Some(width) = self.narrowed.take() {
            let beside = (self.measure - width) / 2;
            properties.indent = Some((beside, beside));
        }
        if self.unseen {
            let outline = style.strip_prefix("Heading").and_then(|level| level.parse().ok());
            properties = Properties { outline, ..Properties::of(of_role(Role::NotesHead)) };
        }
        let label = label.take();
        if let Some(Label::Numbered { id, level }) = label {
            properties.numbering = Some((id, level));
        } else if place.left > Unit::ZERO && properties.indent.is_none() && !self.unseen {
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
            Some(Label::Noted(mark)) => {
                counted_mark(mark, notes::style_of_mark(NoteKind::Own)).try_for_each(|run| self.emit(&run))?
            }
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

/// How a heading looks.
fn heading_look<'s>(style: &'s Style, heading: &Heading) -> &'s TextStyle {
    let level = usize::from(heading.level.clamp(1, 6));
    if heading.title { &style.title } else { style.headings.get(level - 1).unwrap_or(&style.body) }
}

/// Whether a block is the caption of the table below it.
fn captions(block: &Block, next: &Block) -> bool {
    let caption = matches!(block.kind, BlockKind::Paragraph { role: Role::Caption, .. });
    caption && matches!(next.kind, BlockKind::Table(_))
}

/// Whether a block is one of those who sign, or the date below them.
fn is_signature(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph { role: Role::Signature, .. })
}
