//! What the layout gives: pages of lines of runs of glyphs, and the structure that they belong to.

pub use crate::chinese::posture::{Posture, Share};
use crate::document::{Marker, Underline};
use crate::lang::Language;
use crate::span::{Normal, Span};
use crate::style::{Colour, Direction};
use crate::unit::Unit;

/// A font of the library, by index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FontId(pub u8);

/// A document set on pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The structure of the content in reading order: parents before children, [`ElementId`] is the index. Empty or begins with the root.
    pub structure: Vec<Element>,
    /// The headings with their places, in order.
    pub outline: Vec<OutlineItem>,
    /// The main language.
    pub language: Language,
    /// Which way the lines of its text run.
    pub direction: Direction,
}

impl Layout {
    /// The page number of each heading of the outline as it is printed.
    pub fn heading_pages(&self) -> Vec<String> {
        let label = |item: &OutlineItem| Some(self.pages.get(item.page)?.label.clone());
        self.outline.iter().map(|item| label(item).unwrap_or_default()).collect()
    }
}

/// A page. Coordinates grow to the right and down from its top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// From 1.
    pub number: u32,
    /// The number as printed (`1`, `iii`), empty where none is.
    pub label: String,
    /// Width and height.
    pub size: (Unit, Unit),
    /// Its lines in reading order; artifacts (running head, page number) last.
    pub lines: Vec<Line>,
    /// Rules: table borders, the line above footnotes, underlines.
    pub rules: Vec<Rule>,
    /// Pictures.
    pub pictures: Vec<Picture>,
}

impl Page {
    /// Whether it has nothing on it.
    pub fn is_blank(&self) -> bool {
        self.lines.is_empty() && self.rules.is_empty() && self.pictures.is_empty()
    }

    /// A page with nothing on it and no printed number.
    pub fn blank(number: u32, size: (Unit, Unit)) -> Self {
        Page { number, label: String::new(), size, lines: vec![], rules: vec![], pictures: vec![] }
    }
}

/// Index of an [`Element`] in [`Layout::structure`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElementId(pub u32);

/// A structure element (ISO 32000-1 §14.8.4).
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// Its type.
    pub tag: Tag,
    /// Its parent; `None` for the root.
    pub parent: Option<ElementId>,
    /// Its language where it differs from its parent's.
    pub language: Option<Language>,
    /// Alternative text of figures; where a link leads; scope of table heads is always the column.
    pub detail: Detail,
}

/// Structure types that are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// The root.
    Document,
    /// A heading, 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item.
    ListItem,
    /// Its marker.
    Label,
    /// Its content.
    ListBody,
    /// A quotation.
    BlockQuote,
    /// Code.
    Code,
    /// A table.
    Table,
    /// A row.
    TableRow,
    /// A head cell.
    TableHead,
    /// A cell.
    TableCell,
    /// A footnote.
    Note,
    /// A mark that refers to a footnote.
    Reference,
    /// A link.
    Link,
    /// A picture.
    Figure,
    /// Ruby: the whole, its base, its reading.
    Ruby,
    /// Base of ruby.
    RubyBase,
    /// Reading of ruby.
    RubyText,
    /// Its brackets, which are not seen.
    RubyPunctuation,
    /// A note between the words: the whole, its text, its brackets.
    Warichu,
    /// Text of such a note.
    WarichuText,
    /// Its brackets.
    WarichuPunctuation,
    /// A span of another language, or with a line under it.
    Span,
    /// A table of contents.
    Contents,
    /// One of its entries.
    ContentsItem,
    /// An appendix that lists the changes to the text, and is no part of it.
    Collation,
    /// An appendix that tells where the edition comes from, and is no part of the text.
    Colophon,
    /// A text in a volume of many.
    Part,
    /// The cover of a volume (案卷封面).
    Cover,
    /// The list of its texts (卷内文件目录).
    FileList,
    /// The note that closes it (卷内备考表).
    FileRecord,
}

/// What an [`Element`] carries besides its content.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// Alternative text.
    Alt(String),
    /// An address outside.
    Uri(String),
    /// A page (index in [`Layout::pages`]) and a height on it.
    Destination(usize, Unit),
    /// How the items of a list are marked.
    List(Marker),
    /// A line under the text, or through it.
    Underline(Underline),
}

/// A heading with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineItem {
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub text: String,
    /// Index in [`Layout::pages`].
    pub page: usize,
    /// Top of its first line.
    pub top: Unit,
    /// Index of its block in the document.
    pub block: usize,
}

/// To whom a line, rule or picture belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Content.
    Element(ElementId),
    /// A pagination artifact (E4): outside the reading order.
    Artifact,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Left edge.
    pub x: Unit,
    /// Baseline, from the top of the page.
    pub baseline: Unit,
    /// The width that it was set to.
    pub width: Unit,
    /// Its runs from left to right.
    pub runs: Vec<Run>,
    /// The normalized text that it sets.
    pub span: Span<Normal>,
    /// To whom it belongs.
    pub owner: Owner,
    /// Which way it runs.
    pub course: Course,
}

/// Which way a line runs on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Course {
    /// From left to right.
    #[default]
    Level,
    /// Down the page, as a whole turned by 90° to the right about its origin.
    Turned,
    /// The same, but that each glyph stands in its own posture: a column of vertical text.
    Column,
}

/// Glyphs of one font, size and kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The font.
    pub font: FontId,
    /// Its size.
    pub size: Unit,
    /// How much the glyphs stand above the line's baseline (ruby, reference marks).
    pub rise: Unit,
    /// The inline element that they belong to, if not the line's owner.
    pub element: Option<ElementId>,
    /// Their colour, where it is not black.
    pub colour: Option<Colour>,
    /// How the glyphs stand for text.
    pub means: Means,
    /// From left to right; each stands for exactly the character that it carries.
    pub glyphs: Vec<Glyph>,
}

/// How the glyphs of a run stand for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// Each glyph is its character.
    Text,
    /// Each glyph is its character, and none is seen: the brackets of ruby.
    Unseen,
    /// Each glyph is its character, and is told by the glyph beside it: a mark that is not seen in its column.
    Told,
    /// All together stand for one character that no font has: its code point, in a frame (F2).
    CodePoint(char),
    /// For nothing, drawn as shapes: the glyphs of a word whose text is there and not seen.
    Drawn,
    /// For nothing: a hyphen put in at a line's end, dots of emphasis, leaders. Marked as an artifact.
    Nothing,
}

/// A glyph and its place. Every character of the text, spaces at line ends included, has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Index in the font.
    pub id: u16,
    /// How it stands, where its line is a column.
    pub posture: Posture,
    /// Its character.
    pub text: char,
    /// Left edge of its advance, from the line's `x`. A mark whose front half is trimmed stands half an em to the left of its place.
    pub x: Unit,
    /// Its advance as the font has it, at the run's size.
    pub advance: Unit,
}

/// What is drawn: a filled rectangle, or a shape within it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Left edge.
    pub x: Unit,
    /// Top edge.
    pub y: Unit,
    /// Width.
    pub width: Unit,
    /// Height (its thickness, for a horizontal rule).
    pub height: Unit,
    /// Its shape.
    pub shape: Shape,
    /// Its colour, where it is not black.
    pub colour: Option<Colour>,
}

/// The shape of a [`Rule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All of the rectangle.
    Bar,
    /// A wave along its longer side, as high as the other one.
    Wave,
    /// A fish tail (鱼尾): notched at the lower edge, or at the upper one.
    FishTail {
        /// Whether it is notched at the upper edge.
        inverted: bool,
        /// Whether only its outline is drawn.
        hollow: bool,
    },
}

impl Rule {
    /// A straight one.
    pub const fn bar(x: Unit, y: Unit, width: Unit, height: Unit) -> Self {
        Rule { x, y, width, height, shape: Shape::Bar, colour: None }
    }
}

/// A picture on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Left edge.
    pub x: Unit,
    /// Top edge.
    pub y: Unit,
    /// Width.
    pub width: Unit,
    /// Height.
    pub height: Unit,
    /// Path as written in the document.
    pub target: String,
    /// The figure that it is.
    pub element: ElementId,
}
