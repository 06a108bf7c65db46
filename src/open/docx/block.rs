//! What a document says, block by block.

use crate::open::transcript::Look;

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table, by rows.
    Table(Vec<Vec<Cell>>),
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Its style.
    pub style: String,
    /// Its own level in the outline, from 0; 9 for none.
    pub outline: Option<u8>,
    /// Its own list and level; a list of `0` takes it out of the list of its style.
    pub list: Option<String>,
    /// See there.
    pub level: Option<usize>,
    /// What it says.
    pub pieces: Vec<Piece>,
    /// Whether a section ends with it.
    pub ends_section: bool,
    /// Whether its end is deleted, so that the next goes on with it.
    pub goes_on: bool,
    /// Whether it goes on with one whose end is deleted.
    pub begun: bool,
}

impl Paragraph {
    /// Its text alone.
    pub fn text(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text, _) | Piece::Ruby(text, _) => text.as_str(),
            Piece::Break => " ",
            Piece::Link(_) | Piece::LinkEnd | Piece::Note(..) | Piece::Picture(..) | Piece::Diagram(_) => "",
        });
        pieces.collect()
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// How many columns it spans.
    pub columns: usize,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text, and how it looks.
    Text(String, Vec<Look>),
    /// The end of a line.
    Break,
    /// A link begins, to what the document refers to by this id, or to this address.
    Link(Result<String, String>),
    /// The link ends.
    LinkEnd,
    /// A mark that calls a note: whether it is an endnote, and its id.
    Note(bool, String),
    /// A picture: what it is referred to by, and its description.
    Picture(String, String),
    /// Characters with their reading above.
    Ruby(String, String),
    /// A diagram, by what its text is referred to by.
    Diagram(String),
}

impl Piece {
    /// Whether it refers to another part.
    fn refers(&self) -> bool {
        matches!(self, Piece::Link(_) | Piece::LinkEnd | Piece::Note(..) | Piece::Picture(..) | Piece::Diagram(_))
    }

    /// Whether a reader sees anything of it.
    pub fn says(&self) -> bool {
        match self {
            Piece::Text(text, _) => !text.trim().is_empty(),
            Piece::Break | Piece::Link(_) | Piece::LinkEnd => false,
            Piece::Note(..) | Piece::Picture(..) | Piece::Ruby(..) | Piece::Diagram(_) => true,
        }
    }
}

impl Block {
    /// The block without what refers to other parts.
    pub fn without_references(mut self) -> Self {
        let keep = |paragraph: &mut Paragraph| paragraph.pieces.retain(|piece| !piece.refers());
        match &mut self {
            Block::Paragraph(paragraph) => keep(paragraph),
            Block::Table(rows) => rows.iter_mut().flatten().flat_map(|cell| &mut cell.paragraphs).for_each(keep),
        }
        self
    }

    /// Its paragraphs.
    pub fn paragraphs(&self) -> Box<dyn Iterator<Item = &Paragraph> + '_> {
        match self {
            Block::Paragraph(paragraph) => Box::new(std::iter::once(paragraph)),
            Block::Table(rows) => Box::new(rows.iter().flatten().flat_map(|cell| &cell.paragraphs)),
        }
    }
}

/// The paragraphs of a block.
pub fn flat(block: Block) -> Vec<Paragraph> {
    match block {
        Block::Paragraph(paragraph) => vec![paragraph],
        Block::Table(rows) => rows.into_iter().flatten().flat_map(|cell| cell.paragraphs).collect(),
    }
}
