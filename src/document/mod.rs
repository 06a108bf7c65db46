//! The document model: what a text *is*, apart from how it is set.
//!
//! Every block and inline knows its [`Span`] in the normalized text. Writers match these enums exhaustively, so that a new
//! kind breaks the build until each writer has decided what to do with it.

mod amount;
mod chapters;
mod contents;
mod elements;
mod framing;
pub mod front_matter;
mod gloss;
mod images;
mod kind;
mod labels;
mod links;
mod office;
mod ornament;
mod record;
mod signing;
mod stand_in;
mod targets;
mod text;
mod walk;

use crate::lang::Language;
use crate::span::{Normal, Span};

pub use amount::Amount;
pub use chapters::Chapters;
pub use contents::OwnContents;
pub use elements::{HtmlBlock, HtmlMark, Sense, element};
pub use framing::{
    Alert, glued_level, heading_id, is_alert_head, is_box, is_indented_box, is_instruction, parts_framing,
};
pub use gloss::is_framed;
pub use images::images_in;
pub use kind::DocumentKind;
pub use labels::{label_of, lead_in};
pub use links::{Anchors, Destination, anchor};
pub use office::{OfficeForm, OfficeHead, draws_rule, is_star};
pub use ornament::{Stroke, is_markdown_rule, stroke};
pub use record::{marks_attachment, numbers_attachment};
pub use signing::{Signing, asks_to_sign, is_date, leads_to_wish, signing};
pub use stand_in::StandIns;
pub use text::{OutlineEntry, Placed, UNMARKED, contents_text, display_label, inline_text, marker_text, shown_marker};
pub use walk::each_content;

/// A whole document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// What is known about it.
    pub meta: Meta,
    /// Its content in reading order.
    pub blocks: Vec<Block>,
    /// Its notes, in order of first reference; [`InlineKind::NoteRef`] points here by index.
    pub footnotes: Vec<Footnote>,
}

/// What is known about a document; everything here that came from the text also stays visible in the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// Title.
    pub title: Option<String>,
    /// Subtitle.
    pub subtitle: Option<String>,
    /// Authors, in order.
    pub authors: Vec<String>,
    /// Where it was published (信息来源).
    pub source: Option<String>,
    /// Date of publication, ISO 8601 (`2018-01-05`, `2018-01`, `2018`).
    pub date: Option<String>,
    /// Main language.
    pub language: Language,
    /// Further front-matter keys with their plain values, in order; written back to Markdown.
    pub extra: Vec<(String, String)>,
}

impl Meta {
    /// The style of pages that the text asks for in its front matter (`style: official`).
    pub fn style(&self) -> Option<&str> {
        self.extra.iter().find(|(key, _)| key == "style").map(|(_, name)| name.as_str())
    }
}

/// A block and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the normalized text.
    pub span: Span<Normal>,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A heading: `第一章 山雨`, `# Title`.
    Heading(Heading),
    /// A paragraph of running text or one with a part of its own to play.
    Paragraph {
        /// Its part in the document.
        role: Role,
        /// Its text.
        content: Vec<Inline>,
    },
    /// An ordered or bulleted list.
    List(List),
    /// A quotation of blocks.
    Quote(Vec<Block>),
    /// Lines whose ends are meant: a poem, a couplet.
    Verse(Vec<Stanza>),
    /// Text kept verbatim in a fixed-width face.
    Code {
        /// Info string of a fence (`rust`), if any.
        language: Option<String>,
        /// The lines, LF between them, no LF at the end.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A break in the story: a rule, or the ornament that stood there (`＊＊＊`).
    Divider {
        /// The characters that stood there; empty for a Markdown rule. [`stroke`] says which line they draw.
        ornament: String,
    },
    /// A picture that stands alone.
    Image(Image),
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 (title or top level) to 6; no level is skipped on the way down.
    pub level: u8,
    /// Whether it is the title of the whole document (level 1, at most one).
    pub title: bool,
    /// The numbering it begins with (`第一章`, `一、`, `1.`), which is also the beginning of `content`.
    pub label: Option<String>,
    /// Its whole text, label included.
    pub content: Vec<Inline>,
    /// Why it was taken for a heading; shown by `inspect`, never written out.
    pub reason: &'static str,
    /// How much speaks for that, where it was weighed; shown by `inspect`, never written out.
    pub weighed: Option<Weighed>,
}

/// How much speaks for a reading against the next best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// Tenths of bits.
    pub tenths: i32,
    /// What it would be else: the claim that has lost.
    pub instead: &'static str,
}

/// The part that a paragraph plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub enum Role {
    /// Running text.
    Body,
    /// Subtitle, below the title.
    Subtitle,
    /// A line of publication data: date, source, author (`发布日期：2018-01-05`).
    Imprint,
    /// Copy number, secrecy and urgency at the head of an official document (份号、密级、紧急程度), set flush left.
    Classification,
    /// The body that issues an official document, at its head (发文机关标志: `某市人民政府文件`).
    Issuer,
    /// Number of an official document (`国发〔2018〕1号`).
    DocumentNumber,
    /// Whom a letter or document addresses, set flush left (`各省、自治区：`).
    Salutation,
    /// Closing words of a letter (`此致` is body; `敬礼` stands flush left).
    Closing,
    /// Who signs, and the date under it, set to the right (落款).
    Signature,
    /// List of attachments (`附件：1.…`).
    Attachment,
    /// Note of an editor (编者按, 按语), set in Kai.
    EditorNote,
    /// The editor's or reporter's line at the end (`编辑：吴晓璐`), set to the right.
    Credit,
    /// Marks that stand alone (`……`, `◇`), kept as a paragraph.
    Ornament,
    /// Caption of a table or picture.
    Caption,
    /// What is said of an official document below its date, in brackets (附注: `（此件公开发布）`).
    Annotation,
    /// Who printed and distributed an official document (印发).
    PrintRecord,
    /// What one says in a play, in crosstalk or an interview, who says it first: its other lines stand further in.
    Speech,
    /// What is seen or done on a stage, by itself (舞台提示: `〔静默。`).
    StageDirection,
    /// A line of the page that says who has published a book, and how: its entry in the catalogue, its imprint (版权页).
    Publication,
    /// What the term above it means, in a list of them: it stands further in.
    Definition,
    /// What announced notes that stand elsewhere now (`注释：`): it has its place, and is not seen on pages.
    NotesHead,
    /// The title of a box, the first paragraph of a quotation: `> [!NOTE] 提示`.
    Alert(Alert),
}

/// A list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// How items are marked.
    pub marker: Marker,
    /// Whether items stand close (Markdown's tight lists).
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// How the items of a list are marked; the visible marker is made by [`marker_text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// By nothing but where they stand: below each other, further in than the line that they belong to.
    None,
    /// `•`; the character that the source used.
    Bullet(char),
    /// Numbers from `start` in one form.
    Number {
        /// Number of the first item.
        start: u32,
        /// Its form.
        form: NumberForm,
    },
}

/// The form of a number in a list: `1. `, `（一）`, `a) `.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NumberForm {
    /// The sign before the number.
    pub open: Option<char>,
    /// The digits.
    pub numerals: Numerals,
    /// The sign after the number.
    pub close: Option<char>,
    /// Whether a space parts the marker from the text.
    pub space: bool,
}

/// The digits of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numerals {
    /// 1, 2, 3
    Arabic,
    /// 一, 二, 三
    Han,
    /// ①, ②, ③
    Circled,
    /// Numbers drawn as one character, from this one on: ⑴, ⒈, ㈠
    Enclosed(char),
    /// a, b, c
    Lower,
    /// A, B, C
    Upper,
}

impl NumberForm {
    /// `1. `
    pub const ARABIC_DOT: Self = Self::new(None, Numerals::Arabic, Some('.'), true);
    /// `1) `
    pub const ARABIC_PAREN: Self = Self::new(None, Numerals::Arabic, Some(')'), true);
    /// `（1）`
    pub const ARABIC_BRACKETS: Self = Self::new(Some('（'), Numerals::Arabic, Some('）'), false);
    /// `1、`
    pub const ARABIC_COMMA: Self = Self::new(None, Numerals::Arabic, Some('、'), false);
    /// `一、`
    pub const HAN_COMMA: Self = Self::new(None, Numerals::Han, Some('、'), false);
    /// `（一）`
    pub const HAN_BRACKETS: Self = Self::new(Some('（'), Numerals::Han, Some('）'), false);
    /// `①`
    pub const CIRCLED: Self = Self::new(None, Numerals::Circled, None, false);

    /// The form with these signs around these numerals.
    pub const fn new(open: Option<char>, numerals: Numerals, close: Option<char>, space: bool) -> Self {
        NumberForm { open, numerals, close, space }
    }
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem {
    /// What it holds.
    pub blocks: Vec<Block>,
    /// Where it stands, marker included.
    pub span: Span<Normal>,
}

/// A group of verse lines; stanzas are parted by space.
#[derive(Debug, Clone, PartialEq)]
pub struct Stanza {
    /// Its lines, none of them joined.
    pub lines: Vec<VerseLine>,
}

/// One line of verse.
#[derive(Debug, Clone, PartialEq)]
pub struct VerseLine {
    /// Its text.
    pub content: Vec<Inline>,
    /// Where it stands.
    pub span: Span<Normal>,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Alignment of each column; every row has as many cells.
    pub columns: Vec<Align>,
    /// Number of rows at the top that are heads (0 or 1).
    pub head_rows: usize,
    /// All rows, heads first.
    pub rows: Vec<Row>,
}

/// Horizontal alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Not said.
    #[default]
    None,
    /// Left.
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// One cell a column, each its inlines.
    pub cells: Vec<Vec<Inline>>,
    /// Where it stands.
    pub span: Span<Normal>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Path or address as written.
    pub target: String,
    /// Its description; shown in its place when the file cannot be had.
    pub alt: String,
    /// Title, if any.
    pub title: String,
}

/// A note.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// Its label as written in the source, without brackets (`1`, `①`, `注`).
    pub label: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Where it stands, mark included.
    pub span: Span<Normal>,
    /// What it is.
    pub kind: NoteKind,
}

/// What a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoteKind {
    /// A note of the text.
    #[default]
    Own,
    /// Where a link leads, said for those who read on paper: it and its mark are printed, and no part of the text.
    Target,
}

impl Footnote {
    /// Whether it is a part of the text.
    pub fn is_own(&self) -> bool {
        self.kind == NoteKind::Own
    }
}

/// A piece of text in a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands in the normalized text.
    pub span: Span<Normal>,
}

/// The kinds of inline.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineKind {
    /// Plain text without line breaks. Equal to the normalized text at its span unless Markdown syntax was read there.
    Text(String),
    /// Strong emphasis: Hei or bold.
    Strong(Vec<Inline>),
    /// Emphasis: Kai, or dots under the characters; never slanted Han (E8).
    Emphasis(Vec<Inline>),
    /// Text with a line under it: a name or a title of a work, as old texts and textbooks mark them; or through it.
    Underline {
        /// The line.
        mark: Underline,
        /// What stands above it.
        content: Vec<Inline>,
    },
    /// Code in a fixed-width face.
    Code(String),
    /// A link.
    Link {
        /// Where it leads.
        target: String,
        /// Title, if any.
        title: String,
        /// Its text.
        content: Vec<Inline>,
    },
    /// A reference to a note; shown by [`display_label`].
    NoteRef {
        /// Index in [`Document::footnotes`].
        note: usize,
    },
    /// A note between the words (夹注): in small type, where lines are vertical in two half columns. Its brackets, where the text has some,
    /// are the first and the last character of what it holds.
    Gloss(Vec<Inline>),
    /// Characters with their reading above.
    Ruby {
        /// The characters.
        base: String,
        /// The reading.
        reading: String,
    },
    /// A picture within a line.
    Image(Image),
    /// A line break that is meant.
    Break,
}

/// The line under a text (GB/T 15834—2011 4.15.2, 4.16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Underline {
    /// Straight: the proper name mark (专名号), or any other underline.
    Straight,
    /// Wavy: the title mark under the characters (书名号乙式).
    Wavy,
    /// Straight and through the middle: what has been struck out.
    Through,
}

impl Image {
    /// Its description, or the name of its file where it has none.
    pub fn name(&self) -> &str {
        if self.alt.is_empty() { self.target.rsplit('/').next().unwrap_or_default() } else { &self.alt }
    }
}

impl Block {
    /// A block of `kind` at `span`.
    pub fn new(kind: BlockKind, span: impl Into<Span<Normal>>) -> Self {
        Block { kind, span: span.into() }
    }
}

impl Inline {
    /// An inline of `kind` at `span`.
    pub fn new(kind: InlineKind, span: impl Into<Span<Normal>>) -> Self {
        Inline { kind, span: span.into() }
    }

    /// Plain text at `span`.
    pub fn text(text: impl Into<String>, span: impl Into<Span<Normal>>) -> Self {
        Inline::new(InlineKind::Text(text.into()), span)
    }
}
