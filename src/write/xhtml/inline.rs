//! Inlines.

use super::Writer;
use crate::chinese::posture::abreast;
use crate::chinese::title::costs;
use crate::document::{Destination, Image, Inline, InlineKind, Underline};
use crate::write::xml::escape;
use std::ops::Range;

/// A row of Western letters and signs that is longer has places where a line may end: addresses would push the line before them apart.
const LONG: usize = 24;
/// The signs of an address behind which a line may end.
const PARTS: [char; 9] = ['/', '?', '&', '=', '#', '_', '-', '.', ','];

/// The headings that are parted by their sense, in characters: no shorter one has several lines.
const TITLE: std::ops::RangeInclusive<usize> = 8..=100;
/// The most that a place costs where its lines may end ([`costs`]): between words.
const PARTED: u32 = 9;

impl Writer<'_> {
    /// Writes `text` as character data.
    pub(super) fn text(&mut self, text: &str) {
        if self.by_sense {
            return self.title(text);
        }
        let parts_words = |c: char| !c.is_ascii_graphic();
        // How far it has been written, and read.
        let (mut from, mut at) = (0, 0);
        for piece in text.split_inclusive(parts_words) {
            let word = piece.trim_end_matches(parts_words);
            if word.len() > LONG {
                self.out.push_str(&escape(text.get(from..at).unwrap_or_default()));
                from = at + word.len();
                for (i, part) in word.split_inclusive(PARTS).enumerate() {
                    self.out.push_str(if i > 0 { "<wbr/>" } else { "" });
                    self.out.push_str(&escape(part));
                }
            }
            at += piece.len();
        }
        self.out.push_str(&escape(text.get(from..).unwrap_or_default()));
    }

    /// Writes running text; in columns, with what stands side by side in one place of it (纵中横).
    fn running(&mut self, text: &str) {
        let mut at = 0;
        for Range { start, end } in abreast(text, self.abreast) {
            self.text(&text[at..start]);
            self.out.push_str("<span class=\"tcy\">");
            self.out.push_str(&escape(&text[start..end]));
            self.out.push_str("</span>");
            at = end;
        }
        self.text(&text[at..]);
    }

    /// Writes `text`, that of a heading, with places where its sense lets a line end.
    fn title(&mut self, text: &str) {
        let chars: Vec<char> = text.chars().collect();
        let places = if TITLE.contains(&chars.len()) { costs(&chars) } else { vec![] };
        for (k, c) in chars.iter().enumerate() {
            let parts = places.get(k).is_some_and(|&cost| cost <= PARTED) && !c.is_whitespace();
            self.out.push_str(if k > 0 && parts { "<wbr/>" } else { "" });
            self.out.push_str(&escape(c.encode_utf8(&mut [0; 4])));
        }
    }

    /// Writes `inlines`.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        self.inlines_in(inlines, false);
    }

    /// Writes `inlines`, within a link or not: a link cannot stand in another.
    fn inlines_in(&mut self, inlines: &[Inline], in_link: bool) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) => self.running(text),
                InlineKind::Strong(content) => self.within("<strong>", content, "</strong>", in_link),
                InlineKind::Emphasis(content) => self.within("<em>", content, "</em>", in_link),
                InlineKind::Underline { mark, content } => {
                    let (open, close) = match mark {
                        Underline::Straight => ("<u>", "</u>"),
                        Underline::Wavy => ("<u class=\"wavy\">", "</u>"),
                        Underline::Through => ("<s>", "</s>"),
                    };
                    self.within(open, content, close, in_link);
                }
                InlineKind::Gloss(content) => self.within("<small>", content, "</small>", in_link),
                InlineKind::Code(text) => {
                    self.out.push_str("<code>");
                    self.text(text);
                    self.out.push_str("</code>");
                }
                InlineKind::Link { content, .. } if in_link => self.inlines_in(content, true),
                InlineKind::Link { target, title: _, content } => {
                    let address = match self.anchors.destination(target) {
                        Some(Destination::Address(address)) => address,
                        Some(Destination::Heading(heading)) => {
                            let file = self.headings.get(heading).copied().unwrap_or_default();
                            self.address_of(file, &super::heading_id(heading))
                        }
                        None => {
                            self.inlines_in(content, false);
                            continue;
                        }
                    };
                    let open = format!("<a href=\"{}\">", attribute(&address));
                    self.within(&open, content, "</a>", true);
                }
                InlineKind::NoteRef { note } => self.note_reference(*note, in_link),
                // What it would stand above is not there.
                InlineKind::Ruby { base, reading } if base.is_empty() => self.text(&format!("（{reading}）")),
                InlineKind::Ruby { base, reading } => {
                    self.out.push_str("<ruby>");
                    self.text(base);
                    self.out.push_str("<rp>（</rp><rt>");
                    self.text(reading);
                    self.out.push_str("</rt><rp>）</rp></ruby>");
                }
                InlineKind::Image(image) => self.picture(image, &image.alt),
                InlineKind::Break => self.out.push_str("<br/>"),
            }
        }
    }

    fn within(&mut self, open: &str, content: &[Inline], close: &str, in_link: bool) {
        self.out.push_str(open);
        self.inlines_in(content, in_link);
        self.out.push_str(close);
    }

    /// Writes a picture, described as `name`, or its description alone where it cannot be had.
    pub(super) fn picture(&mut self, image: &Image, name: &str) {
        let known = self.pictures.number(&image.target);
        let Some((number, picture)) = known.and_then(|number| Some((number, self.pictures.at(number)?))) else {
            return self.text(&image.alt);
        };
        let (width, height) = picture.size;
        let (address, name) = ((self.address)(number, picture), attribute(name));
        self.out.push_str(&format!("<img src=\"{address}\" width=\"{width}\" height=\"{height}\" alt=\"{name}\"/>"));
        self.shown.insert(number);
    }
}

/// `text` as the value of an attribute: of white space, readers make blanks where it is not told by its number.
pub(super) fn attribute(text: &str) -> String {
    escape(text).replace('\t', "&#x9;")
}
