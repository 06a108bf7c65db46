//! Documents in the Rich Text Format (RTF 1.9), as WordPad, Word and WPS have written them since 1992: text between signs, in the code page of its font or as numbers of Unicode.
//!
//! Read are paragraphs, headings by the names of their styles, how text looks, tables, notes, links and the labels of lists as they were written. Changes are accepted, and told as what is hidden and what
//! stands on the edges of pages is. No depth of groups is a depth of ours.

mod pages;
mod reader;

use super::Opened;
use super::transcript::{Look, Transcript};
use crate::document::Underline;
use crate::error::Cause;
use crate::normalize::Syntax;
use crate::note::{At, Note};
use reader::Reader;
use std::collections::HashMap;

/// Reads bytes in the encoding of a label; what is none of its characters becomes U+FFFD.
pub type Decoder<'d> = &'d dyn Fn(&'static str, &[u8]) -> String;

/// So much of heads and feet is told, in characters.
const TOLD: usize = 40;
/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Face {
    strong: bool,
    emphasis: bool,
    underlined: bool,
    struck: bool,
    raised: bool,
    lowered: bool,
    hidden: bool,
    deleted: bool,
}

impl Face {
    fn looks(self) -> Vec<Look> {
        let all = [
            (self.strong, Look::Strong),
            (self.emphasis, Look::Emphasis),
            (self.underlined, Look::Underline(Underline::Straight)),
            (self.struck, Look::Underline(Underline::Through)),
            (self.raised, Look::Superscript),
            (self.lowered, Look::Subscript),
        ];
        all.into_iter().filter(|(on, _)| *on).map(|(_, look)| look).collect()
    }
}

/// A piece of a paragraph.
#[derive(Debug)]
enum Piece {
    Text(String, Face),
    Break,
    Link(String),
    LinkEnd,
    Note(usize),
}

#[derive(Debug, Default)]
struct Paragraph {
    pieces: Vec<Piece>,
    style: i32,
    outline: Option<i32>,
}

impl Paragraph {
    fn says(&self) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Text(text, _) => !text.trim().is_empty(),
            Piece::Note(_) => true,
            Piece::Break | Piece::Link(_) | Piece::LinkEnd => false,
        })
    }
}

#[derive(Debug)]
enum Block {
    Paragraph(Paragraph),
    /// A row of a table, by cells.
    Row(Vec<Vec<Paragraph>>),
}

/// Whether `bytes` are such a document.
pub fn is_document(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\\rtf")
}

/// The transcript of the document `bytes`.
pub fn open(bytes: &[u8], decoder: Decoder<'_>) -> Opened {
    let mut reader = Reader::new(bytes, decoder);
    reader.read();
    let mut told = vec![];
    let left_out = |cause| Note::info("document-left-out", At::File, cause);
    if reader.deleted > 0 {
        let cause = Cause::ChangesAccepted { inserted: 0, deleted: reader.deleted };
        told.push(Note::warning("changes-accepted", At::File, cause));
    }
    let counts = [
        (reader.hidden, Cause::HiddenText { count: reader.hidden }),
        (reader.comments, Cause::Comments { count: reader.comments }),
        (reader.others, Cause::OtherFormats { count: reader.others }),
    ];
    told.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, cause)| left_out(cause)));
    let chars = reader.running.chars().filter(|c| !c.is_whitespace()).count();
    if reader.running.contains(char::is_alphabetic) {
        let begins = reader.running.trim().chars().take(TOLD).collect();
        told.push(left_out(Cause::Running { begins, chars }));
    }
    if !reader.is_whole() {
        told.push(Note::warning("damaged-document", At::File, Cause::EndsTooEarly));
    }
    let mut writer = Writer { transcript: Transcript::new(Syntax::Markdown), styles: reader.styles, title: false };
    writer.title = reader.blocks.iter().any(
        |block| matches!(block, Block::Paragraph(paragraph) if paragraph.says() && writer.rank(paragraph) == Some(0)),
    );
    writer.blocks(&reader.blocks);
    for (number, paragraphs) in reader.notes.iter().enumerate() {
        writer.transcript.note(number + 1);
        paragraphs.iter().for_each(|paragraph| writer.paragraph(paragraph, false));
        writer.transcript.end_container();
    }
    let (text, syntax, _) = writer.transcript.finish();
    Opened { text, syntax, places: vec![], notes: told }
}

struct Writer {
    transcript: Transcript,
    styles: HashMap<i32, String>,
    /// Whether the document has a title, below which its headings stand.
    title: bool,
}

impl Writer {
    /// The level of the heading that a paragraph is, by its outline or the name of its style; 0 for the title.
    fn rank(&self, paragraph: &Paragraph) -> Option<u8> {
        if let Some(level) = paragraph.outline {
            return u8::try_from(level).ok().filter(|level| *level < 9).map(|level| level + 1);
        }
        let name = self.styles.get(&paragraph.style)?.trim().trim_end_matches(';').to_lowercase();
        if matches!(name.as_str(), "title" | "标题") {
            return Some(0);
        }
        let level = ["heading ", "标题 "].iter().find_map(|begins| name.strip_prefix(begins)?.trim().parse().ok());
        level.filter(|level| (1..=9).contains(level))
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for group in blocks.chunk_by(|a, b| matches!((a, b), (Block::Row(_), Block::Row(_)))) {
            let rows: Vec<&Vec<Vec<Paragraph>>> =
                group.iter().filter_map(|block| if let Block::Row(row) = block { Some(row) } else { None }).collect();
            // A table of a single column only frames what stands in it.
            if rows.iter().all(|row| row.len() < 2) {
                rows.iter().flat_map(|row| row.iter().flatten()).for_each(|paragraph| self.paragraph(paragraph, true));
                for block in group {
                    if let Block::Paragraph(paragraph) = block {
                        self.paragraph(paragraph, true);
                    }
                }
                continue;
            }
            self.transcript.table();
            for row in rows {
                self.transcript.row();
                for cell in row {
                    self.transcript.cell(false, 1, 1);
                    cell.iter().for_each(|paragraph| self.paragraph(paragraph, false));
                    self.transcript.end_cell(false);
                }
                self.transcript.end_row();
            }
            self.transcript.end_table();
        }
    }

    /// A paragraph; `free`: it stands in no cell and no note, and may be a heading.
    fn paragraph(&mut self, paragraph: &Paragraph, free: bool) {
        if !paragraph.says() {
            return;
        }
        let rank = self.rank(paragraph).filter(|_| free);
        match rank {
            Some(0) => self.transcript.heading(1),
            Some(level) => self.transcript.heading((level + u8::from(self.title)).min(6)),
            None => self.transcript.end_block(),
        }
        let mut linked = 0usize;
        for piece in &paragraph.pieces {
            match piece {
                Piece::Text(text, face) => {
                    let face = Face { strong: face.strong && rank.is_none(), ..*face };
                    let looks = if text.trim().is_empty() { vec![] } else { face.looks() };
                    looks.iter().for_each(|look| self.transcript.open(look.clone()));
                    self.transcript.indented(text);
                    looks.iter().rev().for_each(|look| self.transcript.close(|open| open == look));
                }
                Piece::Break => self.transcript.line_end(),
                Piece::Link(target) => {
                    if linked == 0 {
                        self.transcript.open(Look::Link(target.clone()));
                    }
                    linked += 1;
                }
                Piece::LinkEnd => {
                    linked = linked.saturating_sub(1);
                    if linked == 0 {
                        self.transcript.close(|open| matches!(open, Look::Link(_)));
                    }
                }
                Piece::Note(number) => self.transcript.call(*number),
            }
        }
        self.transcript.close(|open| matches!(open, Look::Link(_)));
        self.transcript.end_block();
    }
}
