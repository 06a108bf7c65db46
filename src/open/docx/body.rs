//! The text of a document: its paragraphs and tables, as they are read from left to right with all changes accepted.

use super::block::{Block, Cell, Paragraph, Piece, flat};
use super::bound::{Control, Data};
use super::field::{Field, Shown};
use super::styles::Styles;
use super::xml::{Attributes, Node, Space, Tag, Walk};
use crate::document::Underline;
use crate::open::transcript::Look;

/// What was met besides, in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Met {
    /// Stretches that were inserted, and accepted.
    pub inserted: usize,
    /// Characters that were deleted, and are left out.
    pub deleted: usize,
    /// Characters that are hidden.
    pub hidden: usize,
    /// Controls that show the data they are bound to, and not what was saved in them.
    pub bound: usize,
    /// Comments.
    pub comments: usize,
    /// Formulas, whose characters are kept and not their arrangement.
    pub formulas: usize,
    /// Parts in other formats: charts, objects and controls of other programs.
    pub others: usize,
}

/// What an element is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// It says nothing itself.
    Plain,
    /// Nothing in it is read.
    Skip,
    /// Nothing in it is read, but its characters are counted as deleted.
    Deleted,
    /// The properties of a paragraph, and of a run.
    ParagraphLook,
    RunLook,
    Paragraph,
    Run,
    Text,
    Instruction,
    Table,
    Row,
    Cell,
    Link,
    Box,
    /// A content control, and its properties.
    Control,
    ControlLook,
    /// What may be said in two ways, and whether one was read.
    Choices(bool),
    Ruby,
    RubyText,
    RubyBase,
}

/// Boxes of text within others beyond this are read as if they stood in the text.
const DEEPEST: usize = 16;
/// More columns than any cell spans.
const SPAN: usize = 100;

/// What stands around a paragraph: the document, a note or a box.
#[derive(Default)]
struct Frame {
    blocks: Vec<Block>,
    open: Option<Paragraph>,
    /// The rows of the table that is open; what stands in tables within it goes to its cells.
    table: Option<Vec<Vec<Cell>>>,
    /// How many tables are open within it.
    nested: usize,
    /// What stands in boxes that the open paragraph holds.
    boxes: Vec<Block>,
}

impl Frame {
    /// The cell of the table that is open.
    fn cell(&mut self) -> Option<&mut Cell> {
        self.table.as_mut()?.last_mut()?.last_mut()
    }

    /// The rows of the table that is open, unless another is open within it.
    fn rows(&mut self) -> Option<&mut Vec<Vec<Cell>>> {
        self.table.as_mut().filter(|_| self.nested == 0)
    }
}

struct Reader<'s> {
    styles: &'s Styles,
    data: &'s Data,
    scopes: Vec<Scope>,
    frames: Vec<Frame>,
    /// How the text of the run looks.
    looks: Vec<Look>,
    hidden: bool,
    /// Fields that are open.
    fields: Vec<Field>,
    /// Content controls that are open.
    controls: Vec<Control>,
    ruby: Option<(String, String)>,
    ruby_part: Scope,
    description: String,
    met: Met,
}

/// What a part says.
#[derive(Debug)]
pub struct Part {
    /// Its blocks, but for those of notes.
    pub blocks: Vec<Block>,
    /// The blocks of its notes, each with its id.
    pub notes: Vec<(String, Vec<Block>)>,
    /// What was met besides.
    pub met: Met,
    /// Whether it could be read to its end.
    pub whole: bool,
}

/// Reads the part `source`.
pub fn read(source: &str, styles: &Styles, data: &Data) -> Part {
    let mut reader = Reader {
        styles,
        data,
        scopes: vec![],
        frames: vec![Frame::default()],
        looks: vec![],
        hidden: false,
        fields: vec![],
        controls: vec![],
        ruby: None,
        ruby_part: Scope::Plain,
        description: String::new(),
        met: Met::default(),
    };
    let mut notes = vec![];
    // The note that is open, and the depth of its element.
    let mut note: Option<(String, usize)> = None;
    let mut walk = Walk::new(source);
    for node in walk.by_ref() {
        match node {
            Node::Open(tag) => {
                if tag.space == Space::Word && matches!(tag.name, "footnote" | "endnote") && note.is_none() {
                    // Separators have a type.
                    let plain = matches!(tag.attributes.get("type"), "" | "normal");
                    let id = if plain { tag.attributes.get("id").to_owned() } else { String::new() };
                    note = Some((id, reader.scopes.len()));
                }
                reader.open(&tag);
            }
            Node::Close => {
                reader.close();
                if let Some((id, _)) = note.take_if(|(_, depth)| *depth >= reader.scopes.len()) {
                    let blocks = reader.blocks();
                    if !id.is_empty() {
                        notes.push((id, blocks));
                    }
                }
            }
            Node::Text(text) => reader.text(&text),
        }
    }
    let whole = walk.whole && reader.scopes.is_empty();
    while !reader.scopes.is_empty() {
        reader.close();
    }
    let blocks = reader.blocks();
    match note.filter(|(id, _)| !id.is_empty()) {
        Some((id, _)) => {
            notes.push((id, blocks));
            Part { blocks: vec![], notes, met: reader.met, whole }
        }
        None => Part { blocks, notes, met: reader.met, whole },
    }
}

/// The ids of what stands at the edges of the pages of the part `source`, whose document has these settings: first pages and even ones have their own only
/// where that is said.
pub fn edges(source: &str, settings: &str) -> Vec<String> {
    let tag = |node| if let Node::Open(tag) = node { Some(tag) } else { None };
    let is_said =
        |source, name| Walk::new(source).filter_map(tag).any(|tag| tag.name == name && tag.attributes.is_on());
    let (first, even) = (is_said(source, "titlePg"), is_said(settings, "evenAndOddHeaders"));
    let edges = Walk::new(source).filter_map(tag).filter(|tag| {
        matches!(tag.name, "headerReference" | "footerReference")
            && match tag.attributes.get("type") {
                "first" => first,
                "even" => even,
                _ => true,
            }
    });
    edges.map(|tag| tag.attributes.id("id")).collect()
}

impl Reader<'_> {
    /// The blocks so far.
    fn blocks(&mut self) -> Vec<Block> {
        self.end_paragraph(true);
        self.frames.first_mut().map(|frame| std::mem::take(&mut frame.blocks)).unwrap_or_default()
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn push(&mut self, piece: Piece) {
        self.frame().open.get_or_insert_default().pieces.push(piece);
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let outer = self.scopes.last().copied().unwrap_or(Scope::Plain);
        let scope = match outer {
            Scope::Skip | Scope::Deleted => outer,
            _ => self.scope(tag, outer),
        };
        self.scopes.push(scope);
    }

    fn scope(&mut self, tag: &Tag<'_>, outer: Scope) -> Scope {
        let attributes = &tag.attributes;
        match (tag.space, tag.name) {
            (Space::Word, name) => match name {
                "p" => {
                    if !self.frame().open.as_ref().is_some_and(|open| open.begun) {
                        self.end_paragraph(false);
                    }
                    self.frame().open.get_or_insert_default().begun = false;
                    Scope::Paragraph
                }
                "pPr" => Scope::ParagraphLook,
                "rPr" if outer == Scope::ParagraphLook => Scope::ParagraphLook,
                "rPr" => Scope::RunLook,
                _ if outer == Scope::ParagraphLook => self.paragraph_look(name, attributes),
                _ if outer == Scope::RunLook => self.run_look(name, attributes),
                _ if outer == Scope::ControlLook => {
                    if let Some(control) = self.controls.last_mut() {
                        control.plain |= name == "text";
                        control.bound = control.bound.take().or_else(|| match name {
                            "dataBinding" => self.data.at(attributes).map(str::to_owned),
                            _ => None,
                        });
                    }
                    Scope::Skip
                }
                "numPr" => Scope::ParagraphLook,
                "r" => {
                    (self.looks, self.hidden) = (vec![], false);
                    Scope::Run
                }
                "t" => Scope::Text,
                "instrText" => Scope::Instruction,
                "del" | "moveFrom" | "delText" | "delInstrText" => Scope::Deleted,
                "ins" | "moveTo" => {
                    self.met.inserted += 1;
                    Scope::Plain
                }
                "tab" | "ptab" => self.says("\t"),
                "br" => {
                    // A page that ends parts what stands on it as a line does.
                    self.push(Piece::Break);
                    Scope::Plain
                }
                "cr" => {
                    self.push(Piece::Break);
                    Scope::Plain
                }
                "noBreakHyphen" => self.says("\u{2011}"),
                "sym" => {
                    let code = u32::from_str_radix(attributes.get("char"), 16).ok().and_then(char::from_u32);
                    self.says(&code.unwrap_or('\u{FFFD}').to_string())
                }
                "footnoteReference" | "endnoteReference" => {
                    self.push(Piece::Note(name == "endnoteReference", attributes.get("id").to_owned()));
                    Scope::Plain
                }
                "commentReference" => {
                    self.met.comments += 1;
                    Scope::Plain
                }
                "hyperlink" => {
                    let (id, anchor) = (attributes.get("id"), attributes.get("anchor"));
                    if id.is_empty() && anchor.is_empty() {
                        return Scope::Plain;
                    }
                    let target = if id.is_empty() { Err(format!("#{anchor}")) } else { Ok(id.to_owned()) };
                    self.push(Piece::Link(target));
                    Scope::Link
                }
                "fldChar" => {
                    self.field(attributes.get("fldCharType"));
                    Scope::Plain
                }
                "tbl" => {
                    self.end_paragraph(false);
                    let frame = self.frame();
                    frame.nested += usize::from(frame.table.is_some());
                    frame.table.get_or_insert_default();
                    Scope::Table
                }
                "tr" => {
                    self.frame().rows().into_iter().for_each(|rows| rows.push(vec![]));
                    Scope::Row
                }
                "tc" => {
                    let cell = Cell { columns: 1, paragraphs: vec![] };
                    if let Some(row) = self.frame().rows().and_then(|rows| rows.last_mut()) {
                        row.push(cell);
                    }
                    Scope::Cell
                }
                "gridSpan" => {
                    let span = attributes.value().parse().unwrap_or(1).clamp(1, SPAN);
                    let cell = self.frame().rows().and_then(|rows| rows.last_mut()).and_then(|row| row.last_mut());
                    cell.into_iter().for_each(|cell| cell.columns = span);
                    Scope::Plain
                }
                "txbxContent" if self.frames.len() < DEEPEST => {
                    self.frames.push(Frame::default());
                    Scope::Box
                }
                "ruby" => {
                    self.ruby = Some(Default::default());
                    Scope::Ruby
                }
                "rt" if self.ruby.is_some() => self.ruby_part(Scope::RubyText),
                "rubyBase" if self.ruby.is_some() => self.ruby_part(Scope::RubyBase),
                "altChunk" | "control" | "subDoc" => {
                    self.met.others += 1;
                    Scope::Skip
                }
                "checkBox" | "default" | "checked" | "result" | "listEntry" => {
                    self.fields.last_mut().into_iter().for_each(|field| field.choose(name, attributes));
                    Scope::Plain
                }
                "sdt" => {
                    self.controls.push(Control::default());
                    Scope::Control
                }
                "sdtPr" => Scope::ControlLook,
                "sectPr" | "tblPr" | "trPr" | "tblGrid" | "rubyPr" | "tblPrEx" | "fldData" => Scope::Skip,
                name if name.ends_with("Change") => Scope::Skip,
                _ => Scope::Plain,
            },
            // A character that its font had no code for.
            (Space::Other, "symEx") => {
                let code = u32::from_str_radix(attributes.get("char"), 16).ok().and_then(char::from_u32);
                self.says(&code.unwrap_or('\u{FFFD}').to_string())
            }
            (Space::Math, "oMath") => {
                self.met.formulas += 1;
                Scope::Plain
            }
            (Space::Math, "t") => Scope::Text,
            (Space::Compatibility, "AlternateContent") => Scope::Choices(false),
            (Space::Compatibility, "Choice" | "Fallback") => match self.scopes.last_mut() {
                Some(Scope::Choices(read)) => {
                    if std::mem::replace(read, true) {
                        Scope::Skip
                    } else {
                        Scope::Plain
                    }
                }
                _ => Scope::Skip,
            },
            (Space::Drawing, "textpath") => {
                let pieces = vec![Piece::Text(attributes.get("string").to_owned(), vec![])];
                self.frame().boxes.push(Block::Paragraph(Paragraph { pieces, ..Paragraph::default() }));
                Scope::Plain
            }
            (_, "relIds") if !attributes.get("dm").is_empty() => {
                self.push(Piece::Diagram(attributes.get("dm").to_owned()));
                Scope::Plain
            }
            (Space::Chart, "chart") | (Space::Other, "OLEObject") => {
                self.met.others += 1;
                Scope::Plain
            }
            (Space::Drawing, "docPr") => {
                self.description = attributes.get("descr").to_owned();
                Scope::Plain
            }
            (Space::Drawing, "blip" | "imagedata") => {
                let id = [attributes.get("embed"), attributes.get("id")].into_iter().find(|id| !id.is_empty());
                if let Some(id) = id.map(str::to_owned) {
                    let description = std::mem::take(&mut self.description);
                    self.push(Piece::Picture(id, description));
                }
                Scope::Plain
            }
            _ => Scope::Plain,
        }
    }

    fn says(&mut self, text: &str) -> Scope {
        // Where tabs stand in a paragraph is a property of the same name.
        if self.scopes.iter().rev().take(4).any(|scope| *scope == Scope::Run) {
            self.scopes.push(Scope::Text);
            self.text(text);
            self.scopes.pop();
        }
        Scope::Plain
    }

    fn ruby_part(&mut self, part: Scope) -> Scope {
        self.ruby_part = part;
        part
    }

    fn paragraph_look(&mut self, name: &str, attributes: &Attributes) -> Scope {
        let paragraph = self.frame().open.get_or_insert_default();
        match name {
            "pStyle" => paragraph.style = attributes.id("val"),
            "outlineLvl" => paragraph.outline = attributes.value().parse().ok(),
            "numId" => paragraph.list = Some(attributes.id("val")),
            "ilvl" => paragraph.level = attributes.value().parse().ok(),
            "numPr" => return Scope::ParagraphLook,
            "sectPr" => {
                paragraph.ends_section = true;
                return Scope::Skip;
            }
            // The mark of the paragraph itself is deleted.
            "del" | "moveFrom" => paragraph.goes_on = true,
            "ins" | "moveTo" => self.met.inserted += 1,
            _ => return Scope::Skip,
        }
        Scope::Plain
    }

    fn run_look(&mut self, name: &str, attributes: &Attributes) -> Scope {
        let on = attributes.is_on();
        let mut set = |look: Look, on: bool| {
            self.looks.retain(|known| *known != look);
            if on {
                self.looks.push(look);
            }
        };
        match name {
            "rStyle" => {
                let face = self.styles.face(attributes.value());
                set(Look::Strong, face.strong);
                set(Look::Emphasis, face.emphasis);
                self.hidden |= face.hidden;
            }
            "b" => set(Look::Strong, on),
            "i" | "em" => set(Look::Emphasis, on),
            "u" => set(Look::Underline(Underline::Straight), on),
            "strike" | "dstrike" => set(Look::Underline(Underline::Through), on),
            "vertAlign" => match attributes.value() {
                "superscript" => set(Look::Superscript, true),
                "subscript" => set(Look::Subscript, true),
                _ => {}
            },
            "eastAsianLayout" => set(Look::Gloss, matches!(attributes.get("combine"), "1" | "true" | "on")),
            "vanish" => self.hidden = on,
            _ => {}
        }
        Scope::Skip
    }

    /// The beginning, the middle or the end of a field.
    fn field(&mut self, part: &str) {
        match part {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                let Some(Field { said, parted, linked, .. }) = self.fields.last_mut() else { return };
                if std::mem::replace(parted, true) {
                    return;
                }
                let target = said.trim().strip_prefix("HYPERLINK ").and_then(|rest| rest.split('"').nth(1));
                let inner = said.contains("\\l");
                let target = target
                    .filter(|target| !target.is_empty())
                    .map(|target| if inner { format!("#{target}") } else { target.to_owned() });
                if let Some(target) = target {
                    *linked = true;
                    self.push(Piece::Link(Err(target)));
                }
            }
            "end" => {
                let Some(field) = self.fields.pop() else { return };
                match field.shows() {
                    Shown::Nothing => {}
                    Shown::Text(text) => self.push(Piece::Text(text, self.looks.clone())),
                    Shown::Ruby { base, reading } => self.push(Piece::Ruby(base, reading)),
                }
                if field.linked {
                    self.push(Piece::LinkEnd);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.scopes.last() {
            Some(Scope::Text) if self.hidden => self.met.hidden += text.chars().count(),
            // What a field is made of, and not what it shows.
            Some(Scope::Text) if self.fields.last().is_some_and(|field| !field.parted || field.only_names()) => {}
            Some(Scope::Text) => match (&mut self.ruby, self.ruby_part) {
                (Some((base, _)), Scope::RubyBase) => base.push_str(text),
                (Some((_, reading)), Scope::RubyText) => reading.push_str(text),
                _ => {
                    let shown = self.controls.last_mut().and_then(|control| control.shows(text));
                    let looks = self.looks.clone();
                    self.push(Piece::Text(shown.unwrap_or_else(|| text.to_owned()), looks));
                }
            },
            Some(Scope::Instruction) => {
                if let Some(Field { said, parted: false, .. }) = self.fields.last_mut() {
                    said.push_str(text);
                }
            }
            Some(Scope::Deleted) => self.met.deleted += text.trim().chars().count(),
            _ => {}
        }
    }

    fn close(&mut self) {
        match self.scopes.pop() {
            Some(Scope::Paragraph) => self.end_paragraph(false),
            Some(Scope::Run) => (self.looks, self.hidden) = (vec![], false),
            Some(Scope::Link) => self.push(Piece::LinkEnd),
            Some(Scope::Control) => {
                self.met.bound += usize::from(self.controls.pop().is_some_and(|control| control.differs()));
            }
            Some(Scope::Table) => self.end_table(),
            Some(Scope::Box) => {
                self.end_paragraph(true);
                while self.frame().table.is_some() {
                    self.end_table();
                }
                if let Some(mut inner) = self.frames.pop() {
                    self.frame().boxes.append(&mut inner.blocks);
                }
            }
            Some(Scope::Ruby) => {
                self.ruby_part = Scope::Plain;
                if let Some((base, reading)) = self.ruby.take() {
                    self.push(Piece::Ruby(base, reading));
                }
            }
            Some(Scope::RubyText | Scope::RubyBase) => self.ruby_part = Scope::Plain,
            _ => {}
        }
    }

    /// Ends the open paragraph, unless the next goes on with it; `last`: none follows.
    fn end_paragraph(&mut self, last: bool) {
        // A field that shows nothing by the end of its paragraph is broken; what comes is text.
        while self.fields.pop_if(|field| !field.parted).is_some() {}
        let frame = self.frame();
        let Some(mut paragraph) = frame.open.take() else { return };
        if std::mem::take(&mut paragraph.goes_on) && !last {
            frame.open = Some(Paragraph { pieces: paragraph.pieces, begun: true, ..Paragraph::default() });
            return;
        }
        let boxes = std::mem::take(&mut frame.boxes);
        match frame.cell() {
            Some(cell) => {
                cell.paragraphs.push(paragraph);
                cell.paragraphs.extend(boxes.into_iter().flat_map(flat));
            }
            None => {
                frame.blocks.push(Block::Paragraph(paragraph));
                frame.blocks.extend(boxes);
            }
        }
    }

    fn end_table(&mut self) {
        self.end_paragraph(true);
        let frame = self.frame();
        if frame.nested > 0 {
            frame.nested -= 1;
        } else if let Some(rows) = frame.table.take() {
            frame.blocks.push(Block::Table(rows));
        }
    }
}
