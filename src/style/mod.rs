//! Styles: what a page looks like, as data. Each built-in style is a commented TOML file beside this one.

mod colour;
mod columns;
mod derive;
mod direction;
mod face;
mod gloss;
mod ledger;
mod length;
mod load;
mod office;

pub use crate::chinese::kinsoku::Kinsoku;
use crate::document::Role;
use crate::unit::Unit;
pub use colour::Colour;
pub use columns::{Wish, share_out};
pub use direction::{Border, Direction, FishTail, Fold, Judou, Marks, Vertical};
pub use face::Face;
pub use gloss::Gloss;
pub use ledger::Ledger;
use length::{em, length, optional_length};
pub use office::{Office, RecordPage, Seal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where lines of a paragraph stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alignment {
    /// Both edges flush, last line at the left (E1).
    Justify,
    /// Left, ragged right.
    Left,
    /// Centred, balanced (E2).
    Center,
    /// Right.
    Right,
}

/// How a kind of paragraph or heading looks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TextStyle {
    /// Typeface.
    pub face: Face,
    /// Size.
    #[serde(deserialize_with = "length")]
    pub size: Unit,
    /// Distance from baseline to baseline; where none is given, [`Style::pitch_of`] finds one.
    #[serde(default, deserialize_with = "optional_length")]
    pub pitch: Option<Unit>,
    /// Alignment.
    pub align: Alignment,
    /// Indent of the first line, in thousandths of an em.
    #[serde(default, deserialize_with = "em")]
    pub first_indent: i32,
    /// Indent of all lines at the start side, in thousandths of an em.
    #[serde(default, deserialize_with = "em")]
    pub indent: i32,
    /// Indent of all lines at the end side, in thousandths of an em.
    #[serde(default, deserialize_with = "em")]
    pub end_indent: i32,
    /// Space above, in thousandths of a body line; with `after` and the own lines it fills whole body lines (E2).
    #[serde(default, deserialize_with = "em")]
    pub before: i32,
    /// Space below, in thousandths of a body line.
    #[serde(default, deserialize_with = "em")]
    pub after: i32,
    /// Colour, where it is not black.
    #[serde(default)]
    pub colour: Option<Colour>,
}

/// Paper, margins and columns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PageStyle {
    /// Width of the trimmed page.
    #[serde(deserialize_with = "length")]
    pub width: Unit,
    /// Height of the trimmed page.
    #[serde(deserialize_with = "length")]
    pub height: Unit,
    /// From the top edge to the type area.
    #[serde(deserialize_with = "length")]
    pub top: Unit,
    /// From the left edge (inside edge when mirrored) to the type area; from the right edge where lines are vertical.
    #[serde(deserialize_with = "length")]
    pub inside: Unit,
    /// Characters in a full line of one column: the measure is this many body sizes. Vertical lines are as high as horizontal ones are wide.
    pub measure: i32,
    /// Width of a full line where it is not exactly `measure` body sizes (GB/T 9704: 28 characters of 16 pt on 156 mm); the
    /// characters are then spaced evenly to fill it.
    #[serde(default, deserialize_with = "optional_length")]
    pub line_width: Option<Unit>,
    /// Lines in a full column.
    pub lines: i32,
    /// Columns, 1 or 2.
    pub columns: i32,
    /// Space between columns, in thousandths of an em.
    #[serde(deserialize_with = "em")]
    pub column_gap: i32,
    /// Whether left and right margins change places on even pages.
    pub mirrored: bool,
    /// How much farther from the spine the type area stands on mirrored pages: what the binding takes.
    #[serde(default, deserialize_with = "optional_length")]
    pub gutter: Option<Unit>,
}

/// How wide marks are (C4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Punctuation {
    /// C1–C3 plus line adjustment by D.
    Default,
    /// Full width but for C1.
    Quanjiao,
    /// Stops full, the rest half.
    Kaiming,
    /// All half.
    Banjiao,
}

/// How emphasis is shown (E8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Emphasis {
    /// By another face: Kai, within Kai Hei.
    #[default]
    Face,
    /// By a dot below each character (着重号).
    Dots,
}

/// How the items of a list with marks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lists {
    /// The text beside the mark, all its lines below each other (E6).
    #[default]
    Hanging,
    /// As paragraphs: the mark with the indent of a first line, the other lines from the edge (GB/T 9704 7.3.3).
    Flush,
}

/// How it is seen where links lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Links {
    /// On the screen only, by following them.
    #[default]
    Plain,
    /// On paper as well, in notes at the foot of the page.
    Notes,
}

/// Where a page number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FolioPlace {
    /// Centred below the type area.
    Center,
    /// At the outside edge below the type area (E5).
    Outside,
}

/// The form of a page number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FolioForm {
    /// `1`
    Plain,
    /// `— 1 —` (E5; GB/T 9704 7.5)
    Dashed,
    /// `· 1 ·`
    Dotted,
}

/// The running head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunningHead {
    /// None.
    None,
    /// The title on every page but the first.
    Title,
    /// Title on even, chapter on odd pages.
    TitleAndChapter,
}

/// A style: everything about a page that is not the text.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Style {
    /// Name, as given to `--style`; not in the file, which is named after it.
    #[serde(default)]
    pub name: String,
    /// What it is for, in English.
    pub summary: String,
    /// What it is for, in Chinese.
    pub summary_zh: String,
    /// Fonts by the names of the faces that they serve, as the option takes them; a name that no face has adds one.
    #[serde(default)]
    pub fonts: BTreeMap<String, String>,
    /// Which way lines run.
    #[serde(default)]
    pub direction: Direction,
    /// How vertical text is set.
    #[serde(default)]
    pub vertical: Vertical,
    /// Paper and type area.
    pub page: PageStyle,
    /// Distance from baseline to baseline of body lines.
    #[serde(deserialize_with = "length")]
    pub pitch: Unit,
    /// Prohibition level.
    pub kinsoku: Kinsoku,
    /// Punctuation width.
    pub punctuation: Punctuation,
    /// Whether one ，、。 may hang into the margin (D6).
    pub hanging: bool,
    /// Whether the gap between Han and Western is made (D4), in thousandths of an em; 0 for none.
    #[serde(deserialize_with = "em")]
    pub western_gap: i32,
    /// Whether Western words may be hyphenated.
    pub hyphenate: bool,
    /// How emphasis is shown (E8).
    #[serde(default)]
    pub emphasis: Emphasis,
    /// How the items of a list stand.
    #[serde(default)]
    pub lists: Lists,
    /// How it is seen where links lead.
    #[serde(default)]
    pub links: Links,
    /// Whether the record of printing that ends a document stands at the foot of its last page, between rules (GB/T 9704 7.4).
    #[serde(default)]
    pub record_at_foot: bool,
    /// Where the parts of an official document stand, in a style for such.
    #[serde(default)]
    pub office: Option<Office>,
    /// Where pause and stop marks stand in horizontal lines: a matter of the region of the text; no file of a style asks for that.
    #[serde(skip)]
    pub marks: Marks,
    /// The form that tables fill in, where they fill in one; no file of a style asks for that.
    #[serde(skip)]
    pub ledger: Option<Ledger>,
    /// Page number.
    pub folio: (FolioForm, FolioPlace),
    /// Size of the page number.
    #[serde(deserialize_with = "length")]
    pub folio_size: Unit,
    /// Running head.
    pub head: RunningHead,
    /// Size of the running head.
    #[serde(deserialize_with = "length")]
    pub head_size: Unit,
    /// Whether chapters (headings of level 1, or 2 under a title, where there are at least three) start a new page.
    pub chapter_break: bool,
    /// Whether what is attached, or passed on, below those who sign begins a page.
    pub attachment_break: bool,
    /// Whether rules stand between all cells of tables; else one above, one below the heads, one below all.
    pub table_grid: bool,
    /// Whether documents with chapters get a table of contents.
    pub contents: bool,
    /// Body text.
    pub body: TextStyle,
    /// The title.
    pub title: TextStyle,
    /// Headings of level 1 to 6.
    #[serde(deserialize_with = "load::headings")]
    pub headings: [TextStyle; 6],
    /// Quotations.
    pub quote: TextStyle,
    /// Verse.
    pub verse: TextStyle,
    /// Code.
    pub code: TextStyle,
    /// Cells of tables.
    pub table: TextStyle,
    /// Footnotes.
    pub note: TextStyle,
    /// Notes between the words.
    pub gloss: Gloss,
    /// Paragraphs with a part of their own; body where none is given.
    #[serde(default, deserialize_with = "load::roles")]
    pub roles: Vec<(Role, TextStyle)>,
}

impl Style {
    /// The look of paragraphs that play `role`.
    pub fn role(&self, role: Role) -> &TextStyle {
        self.roles.iter().find(|(r, _)| *r == role).map_or(&self.body, |(_, style)| style)
    }

    /// The measure: width of a full line of one column.
    pub fn measure(&self) -> Unit {
        self.page.line_width.unwrap_or(self.body.size * self.page.measure)
    }

    /// How many characters of the body a full page holds.
    pub fn page_characters(&self) -> usize {
        let all = self.page.measure.saturating_mul(self.page.lines).saturating_mul(self.page.columns);
        usize::try_from(all).unwrap_or_default()
    }

    /// Width of the type area: all columns and what is between them.
    pub fn area(&self) -> Unit {
        self.measure() * self.page.columns + self.body.size.em(self.page.column_gap) * (self.page.columns - 1)
    }

    /// Width of one full-width character (字) of `text` as it is set: its size, but for text of the body's size on a page
    /// whose characters are spaced to fill the line.
    pub fn zi(&self, text: &TextStyle) -> Unit {
        if text.size == self.body.size { self.measure() / self.page.measure } else { text.size }
    }

    /// Greatest height of a picture: the page but for two lines, which are its description's, or others'.
    pub fn picture_height(&self) -> Unit {
        self.pitch * (self.page.lines - 2).max(1)
    }

    /// Greatest height of a picture in a table: half of a page, for the head of the table stands on the same one.
    pub fn cell_picture_height(&self) -> Unit {
        self.pitch * (self.page.lines / 2).max(1)
    }

    /// Distance from baseline to baseline of `text`: its own, else the body's, or 1.4 times the size where that is too little.
    pub fn pitch_of(&self, text: &TextStyle) -> Unit {
        text.pitch.unwrap_or(if text.size > self.body.size { self.pitch.max(text.size.em(1400)) } else { self.pitch })
    }
}
