//! Blocks.

use super::Writer;
use crate::document::{
    Align, Block, BlockKind, Heading, Inline, InlineKind, List, Marker, Role, Stanza, Table, inline_text, shown_marker,
    stroke,
};
use crate::unicode::leftward::{is_leftward, runs_leftward};
use crate::write::xml::escape;

/// The class of paragraphs that play `role`; running text has none.
pub const fn class_of(role: Role) -> &'static str {
    match role {
        Role::Body => "",
        Role::Subtitle => "subtitle",
        Role::Imprint => "imprint",
        Role::Classification => "classification",
        Role::Issuer => "issuer",
        Role::DocumentNumber => "document-number",
        Role::Salutation => "salutation",
        Role::Closing => "closing",
        Role::Signature => "signature",
        Role::Attachment => "attachment",
        Role::EditorNote => "editor-note",
        Role::Credit => "credit",
        Role::Ornament => "ornament",
        Role::Caption => "caption",
        Role::Annotation => "annotation",
        Role::PrintRecord => "print-record",
        Role::Speech => "speech",
        Role::StageDirection => "stage-direction",
        Role::Definition => "definition",
        Role::Publication => "publication",
        Role::NotesHead => "notes-head",
        Role::Alert(_) => "alert",
    }
}

impl Writer<'_> {
    /// Writes a block; `marker` is what the next line of text begins with, taken by the first that does; `top` says that the block is one of
    /// the document's own, whose headings are the outline.
    pub(super) fn block(&mut self, block: &Block, marker: &mut Option<String>, top: bool) {
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, marker, top),
            BlockKind::Paragraph { role, content } => self.paragraph(class_of(*role), content, marker),
            BlockKind::List(list) => {
                // The marker of an item that begins with a list stands in a line of its own.
                self.flush(marker);
                self.list(list);
            }
            BlockKind::Quote(blocks) if blocks.is_empty() => {}
            BlockKind::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                blocks.iter().for_each(|block| self.block(block, marker, false));
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Verse(stanzas) => self.verse(stanzas, marker),
            BlockKind::Code { language: _, text } => {
                self.out.push_str("<pre>");
                self.marker(marker);
                self.out.push_str("<code>");
                // As written: line ends within are those of the text.
                text.split_inclusive('\n').for_each(|line| {
                    self.text(line.trim_end_matches('\n'));
                    if line.ends_with('\n') {
                        self.out.push('\n');
                    }
                });
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Table(table) => {
                self.flush(marker);
                self.table(table);
            }
            BlockKind::Divider { ornament } if ornament.is_empty() => {
                self.flush(marker);
                self.out.push_str("<hr/>\n");
            }
            BlockKind::Divider { ornament } => {
                // What draws a line is cut off where the page ends, and not broken.
                let class = if stroke(ornament).is_some() { "stroke" } else { "ornament" };
                self.paragraph(class, &[Inline::text(ornament.as_str(), block.span)], marker);
            }
            BlockKind::Image(image) if self.pictures.number(&image.target).is_some() && marker.is_none() => {
                self.out.push_str("<figure>");
                self.picture(image, image.name());
                if !image.alt.is_empty() {
                    // The picture has said it already to those who listen.
                    self.out.push_str(&format!("<figcaption aria-hidden=\"true\">{}</figcaption>", escape(&image.alt)));
                }
                self.out.push_str("</figure>\n");
            }
            BlockKind::Image(image) => {
                let content = [Inline::new(InlineKind::Image(image.clone()), block.span)];
                self.paragraph("caption", &content, marker);
            }
        }
    }

    /// The attribute of an element whose text runs from right to left as a whole: browsers find the order of words, but not where a line begins.
    fn direction(&self, content: &[Inline]) -> &'static str {
        let said = inline_text(self.document, content);
        if said.contains(is_leftward) && runs_leftward(&said) { " dir=\"rtl\"" } else { "" }
    }

    /// Writes the marker that waits, if one does.
    fn marker(&mut self, marker: &mut Option<String>) {
        if let Some(marker) = marker.take() {
            self.out.push_str(&marker);
        }
    }

    /// Writes a marker that no line has taken in a line of its own.
    pub(super) fn flush(&mut self, marker: &mut Option<String>) {
        if marker.is_some() {
            self.paragraph("", &[], marker);
        }
    }

    /// Writes a paragraph of the classes `class`.
    pub(super) fn paragraph(&mut self, class: &str, content: &[Inline], marker: &mut Option<String>) {
        if content.is_empty() && marker.is_none() {
            return;
        }
        let turned = if marker.is_none() { self.direction(content) } else { "" };
        match class {
            "" => self.out.push_str(&format!("<p{turned}>")),
            class => self.out.push_str(&format!("<p class=\"{class}\"{turned}>")),
        }
        self.marker(marker);
        self.inlines(content);
        self.out.push_str("</p>\n");
    }

    fn heading(&mut self, heading: &Heading, marker: &mut Option<String>, top: bool) {
        let level = heading.level.clamp(1, 6);
        let class = if heading.title { "title".to_owned() } else { format!("heading{level}") };
        if !top {
            // It stands in no outline.
            return self.paragraph(&class, &heading.content, marker);
        }
        let id = super::heading_id(self.written);
        self.written += 1;
        let turned = self.direction(&heading.content);
        self.out.push_str(&format!("<h{level} class=\"{class}\" id=\"{id}\"{turned}>"));
        self.marker(marker);
        self.by_sense = true;
        self.inlines(&heading.content);
        self.by_sense = false;
        self.out.push_str(&format!("</h{level}>\n"));
    }

    fn list(&mut self, list: &List) {
        if list.items.is_empty() {
            return;
        }
        let (tag, class) = match list.marker {
            Marker::None => ("ul", "unmarked"),
            Marker::Bullet(_) => ("ul", "marked"),
            Marker::Number { .. } => ("ol", "marked"),
        };
        self.out.push_str(&format!("<{tag} class=\"{class}\">\n"));
        for (i, item) in list.items.iter().enumerate() {
            self.out.push_str("<li>\n");
            let text = shown_marker(list.marker, i);
            let mut marker = (!text.is_empty()).then(|| format!("<span class=\"marker\">{}</span>", escape(&text)));
            item.blocks.iter().for_each(|block| self.block(block, &mut marker, false));
            self.flush(&mut marker);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(&format!("</{tag}>\n"));
    }

    fn verse(&mut self, stanzas: &[Stanza], marker: &mut Option<String>) {
        if stanzas.iter().all(|stanza| stanza.lines.is_empty()) {
            return;
        }
        self.out.push_str("<div class=\"verse\">\n");
        for stanza in stanzas.iter().filter(|stanza| !stanza.lines.is_empty()) {
            self.out.push_str("<div class=\"stanza\">\n");
            stanza.lines.iter().for_each(|line| self.paragraph("", &line.content, marker));
            self.out.push_str("</div>\n");
        }
        self.out.push_str("</div>\n");
    }

    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        self.out.push_str("<table>\n");
        let heads = table.head_rows.min(table.rows.len());
        let (head, body) = table.rows.split_at(heads);
        for (part, rows, cell) in [("thead", head, "th scope=\"col\""), ("tbody", body, "td")] {
            if rows.is_empty() {
                continue;
            }
            self.out.push_str(&format!("<{part}>\n"));
            for row in rows {
                self.out.push_str("<tr>");
                for (column, content) in row.cells.iter().enumerate() {
                    let class = match table.columns.get(column).copied().unwrap_or_default() {
                        Align::None => "",
                        Align::Left => " class=\"left\"",
                        Align::Center => " class=\"center\"",
                        Align::Right => " class=\"right\"",
                    };
                    self.out.push_str(&format!("<{cell}{class}{}>", self.direction(content)));
                    self.inlines(content);
                    self.out.push_str(&format!("</{}>", cell.get(..2).unwrap_or_default()));
                }
                self.out.push_str("</tr>\n");
            }
            self.out.push_str(&format!("</{part}>\n"));
        }
        self.out.push_str("</table>\n");
    }
}
