//! Documents of Word and of what writes as Word does (DOCX), read by our own reader.
//!
//! It reads what docx-rs passes over, and no depth of a file is a depth of its own: that reader calls itself for what is nested, and a file of a stranger could end the program
//! with it. Changes are accepted, and told.

mod block;
mod body;
mod bound;
mod diagram;
mod field;
mod numbering;
mod package;
mod styles;
mod xml;

use super::Opened;
use super::transcript::{Look, Transcript};
use crate::error::Cause;
use crate::normalize::Syntax;
use crate::note::{At, Note};
use block::{Block, Cell, Paragraph, Piece};
use body::{Met, Part};
use bound::Data;
use numbering::{Label, Numbering};
use package::Target;
pub use package::{LARGEST_PART, Package};
use std::collections::{BTreeSet, HashMap};
use styles::{Rank, Styles};

/// The part of a document that has its text, unless the package names another.
const MAIN: &str = "word/document.xml";
/// The folder in which it lies; those of workbooks and slides have others.
const FOLDER: &str = "word/";
/// The part that says how its pages are made.
const SETTINGS: &str = "word/settings.xml";
/// The title stands among so many paragraphs.
const FIRST: usize = 12;

/// Whether `bytes` are a zip that holds a document.
pub fn is_document(bytes: &[u8]) -> bool {
    let has_text = |mut package: Package<'_>| {
        let main = main_part(&mut package);
        main.starts_with(FOLDER) && package.size(&main) > 0
    };
    bytes.starts_with(b"PK\x03\x04") && Package::open(bytes).is_ok_and(has_text)
}

/// How many bytes the text of a document has, unpacked.
pub fn size(bytes: &[u8]) -> u64 {
    let Ok(mut package) = Package::open(bytes) else { return 0 };
    let main = main_part(&mut package);
    let relations = package.relations(&main).unwrap_or_default();
    let named = PARTS.iter().filter_map(|kind| part_of(&relations, kind));
    let more = MORE.iter().flat_map(|kind| parts_of(&relations, kind));
    let names: Vec<&str> = named.chain(more).collect();
    package.size(&main) + names.into_iter().map(|name| package.size(name)).sum::<u64>()
}

/// The kinds of parts that are read beside the text.
const PARTS: [&str; 4] = ["styles", "numbering", "footnotes", "endnotes"];
/// Those of which there may be several.
const MORE: [&str; 3] = ["diagramData", "header", "footer"];
/// So much of what is left out is told, in characters, and in so many places.
const TOLD: (usize, usize) = (40, 50);

/// The name of the part of this kind.
fn part_of<'r>(relations: &'r HashMap<String, Target>, kind: &str) -> Option<&'r str> {
    relations.values().filter(|target| target.kind == kind && !target.outside).map(|target| &*target.name).min()
}

/// The names of the parts of this kind, each once.
fn parts_of<'r>(relations: &'r HashMap<String, Target>, kind: &str) -> BTreeSet<&'r str> {
    relations.values().filter(|target| target.kind == kind && !target.outside).map(|target| &*target.name).collect()
}

fn main_part(package: &mut Package<'_>) -> String {
    let relations = package.relations("").unwrap_or_default();
    let named = relations.into_values().find(|target| target.kind == "officeDocument").map(|target| target.name);
    named.unwrap_or_else(|| MAIN.to_owned())
}

/// The transcript of the document `bytes`.
///
/// # Errors
/// When the package or its text cannot be read.
pub fn open(bytes: &[u8]) -> Result<Opened, Cause> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package);
    let source = package.part(&main)?.ok_or_else(|| Cause::NoPart { name: main.clone() })?;
    let relations = package.relations(&main)?;
    let part = |kind: &str| -> Result<String, Cause> {
        let Some(name) = part_of(&relations, kind) else { return Ok(Default::default()) };
        Ok(package.part(name)?.unwrap_or_default())
    };
    let [styles, numbering, footnotes, endnotes] = PARTS.map(part);
    let (styles, numbering) = (Styles::read(&styles?), Numbering::read(&numbering?));
    let (footnotes, endnotes) = (footnotes?, endnotes?);
    let data = Data::read(&mut package, &relations);
    let Part { mut blocks, mut met, mut whole, .. } = body::read(&source, &styles, &data);
    let mut notes = HashMap::new();
    for (end, source) in [(false, &footnotes), (true, &endnotes)] {
        let read = body::read(source, &styles, &data);
        met = sum(met, &read.met);
        whole &= read.whole;
        notes.extend(read.notes.into_iter().map(|(id, blocks)| ((end, id), blocks)));
    }
    let mut diagrams = HashMap::new();
    for name in parts_of(&relations, "diagramData") {
        // One that cannot be read is a picture that cannot be shown.
        let source = package.part(name).unwrap_or_default().unwrap_or_default();
        diagrams.insert(name.to_owned(), diagram::paragraphs(&source));
    }
    let mut running = running(&mut package, &relations, &styles, &data);
    let says = |block: &Block| block.paragraphs().any(|paragraph| paragraph.pieces.iter().any(Piece::says));
    if !blocks.iter().any(says) {
        // A letterhead, a form: all that there is stands at the edges of its pages. What it refers to, it refers to from other parts.
        let shown = body::edges(&source, &package.part(SETTINGS).unwrap_or_default().unwrap_or_default());
        let shown: BTreeSet<&str> = shown.iter().filter_map(|id| Some(&*relations.get(id)?.name)).collect();
        let (edges, rest) = running.into_iter().partition(|edge| shown.contains(&*edge.part));
        running = rest;
        blocks = Vec::<Edge>::into_iter(edges).flat_map(|edge| edge.blocks).map(Block::without_references).collect();
    }
    let mut writer = Writer {
        title: has_title(&blocks, &styles),
        styles,
        numbering,
        relations,
        diagrams,
        transcript: Transcript::new(Syntax::Markdown),
        items: vec![],
        called: vec![],
        numbers: HashMap::new(),
        in_table: false,
    };
    writer.blocks(&blocks);
    writer.notes(&notes);
    let (text, syntax, _) = writer.transcript.finish();
    let mut told = told(&met);
    told.extend(told_of_pages(&running));
    if !whole {
        told.push(Note::warning("damaged-document", At::File, Cause::EndsTooEarly));
    }
    Ok(Opened { text, syntax, places: vec![], notes: told })
}

/// What stands at the head or the foot of pages.
struct Edge {
    part: String,
    said: String,
    blocks: Vec<Block>,
}

/// What stands at the heads and feet of pages, each text once. Those that only count the pages say nothing.
fn running(package: &mut Package<'_>, relations: &HashMap<String, Target>, styles: &Styles, data: &Data) -> Vec<Edge> {
    let mut known = BTreeSet::new();
    let mut found = vec![];
    for name in ["header", "footer"].iter().flat_map(|kind| parts_of(relations, kind)) {
        let source = package.part(name).unwrap_or_default().unwrap_or_default();
        let blocks = body::read(&source, styles, data).blocks;
        let said: String = blocks.iter().flat_map(Block::paragraphs).map(|paragraph| paragraph.text() + " ").collect();
        // Pages are numbered anew.
        let counts = said.chars().all(|c| !c.is_alphabetic());
        if !counts && known.insert(said.clone()) {
            found.push(Edge { part: name.to_owned(), said, blocks });
        }
    }
    found
}

/// What is told of them: they belong to the paper, and the editions have their own.
fn told_of_pages(running: &[Edge]) -> impl Iterator<Item = Note> {
    running.iter().take(TOLD.1).map(|Edge { said, .. }| {
        let chars = said.chars().filter(|c| !c.is_whitespace()).count();
        let begins = said.trim().chars().take(TOLD.0).collect();
        Note::info("document-left-out", At::File, Cause::Running { begins, chars })
    })
}

fn sum(a: Met, b: &Met) -> Met {
    Met {
        inserted: a.inserted + b.inserted,
        deleted: a.deleted + b.deleted,
        hidden: a.hidden + b.hidden,
        bound: a.bound + b.bound,
        comments: a.comments + b.comments,
        formulas: a.formulas + b.formulas,
        others: a.others + b.others,
    }
}

/// What is told of what was met.
fn told(met: &Met) -> Vec<Note> {
    let mut notes = vec![];
    if met.inserted + met.deleted > 0 {
        let detail = Cause::ChangesAccepted { inserted: met.inserted, deleted: met.deleted };
        notes.push(Note::warning("changes-accepted", At::File, detail));
    }
    let counts = [
        (met.hidden, Cause::HiddenText { count: met.hidden }),
        (met.bound, Cause::BoundControls { count: met.bound }),
        (met.comments, Cause::Comments { count: met.comments }),
        (met.formulas, Cause::Formulas { count: met.formulas }),
        (met.others, Cause::OtherFormats { count: met.others }),
    ];
    let more = counts.into_iter().filter(|(count, _)| *count > 0);
    notes.extend(more.map(|(_, cause)| Note::info("document-left-out", At::File, cause)));
    notes
}

/// Whether one of the first paragraphs is the title of the document.
fn has_title(blocks: &[Block], styles: &Styles) -> bool {
    blocks.iter().take(FIRST).any(|block| match block {
        Block::Paragraph(paragraph) => styles.rank(&paragraph.style) == Rank::Title && !paragraph.pieces.is_empty(),
        Block::Table(_) => false,
    })
}

struct Writer {
    styles: Styles,
    numbering: Numbering,
    relations: HashMap<String, Target>,
    /// The paragraphs of its diagrams, by the name of the part.
    diagrams: HashMap<String, Vec<String>>,
    transcript: Transcript,
    /// Whether the document has a title, below which its headings stand.
    title: bool,
    /// The items that are open: the level and the list of each, and its number, if it has one.
    items: Vec<(usize, String, Option<u64>)>,
    /// The notes that were called, in order.
    called: Vec<(bool, String)>,
    /// The number of each.
    numbers: HashMap<(bool, String), usize>,
    in_table: bool,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Table(rows) => {
                    self.end_items(0);
                    self.table(rows);
                }
            }
        }
        self.end_items(0);
    }

    fn end_items(&mut self, depth: usize) {
        while self.items.len() > depth {
            self.items.pop();
            self.transcript.end_container();
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let says = paragraph.pieces.iter().any(|piece| piece.says() && !matches!(piece, Piece::Diagram(_)));
        // The end of a section is a paragraph that nobody sees.
        if !says && paragraph.ends_section {
            return;
        }
        let (label, level) = self.label(paragraph);
        match &label {
            _ if says => self.said(paragraph, label, level),
            // Its number is all that it says, as in a column of numbers.
            Some(Label::Number(_) | Label::Text(_)) => {
                self.end_items(0);
                self.transcript.end_block();
                self.write_label(label.as_ref(), true);
                self.transcript.end_block();
            }
            Some(Label::Bullet) | None => {}
        }
        for piece in &paragraph.pieces {
            if let Piece::Diagram(id) = piece {
                self.diagram(id);
            }
        }
    }

    /// A diagram stands behind the paragraph that it hangs on.
    fn diagram(&mut self, id: &str) {
        let target = self.relations.get(id).map(|target| &target.name);
        for paragraph in target.and_then(|name| self.diagrams.remove(name)).unwrap_or_default() {
            self.transcript.end_block();
            self.transcript.indented(&paragraph);
            self.transcript.end_block();
        }
    }

    fn said(&mut self, paragraph: &Paragraph, label: Option<Label>, level: usize) {
        let rank = match paragraph.outline {
            Some(level @ 0..=8) => Rank::Heading(level + 1),
            Some(_) => Rank::Text,
            None => self.styles.rank(&paragraph.style),
        };
        let heading = match rank {
            _ if self.in_table => None,
            Rank::Title => Some(1),
            Rank::Heading(level) => Some((level + u8::from(self.title)).min(6)),
            Rank::Text => None,
        };
        let list = self.list(paragraph).unwrap_or_default();
        match (&label, heading) {
            (_, Some(level)) => {
                self.end_items(0);
                self.transcript.heading(level);
                self.write_label(label.as_ref(), false);
            }
            (Some(label @ (Label::Bullet | Label::Number(_))), None) if !self.in_table => {
                let number = if let Label::Number(number) = label { Some(u64::from(*number)) } else { None };
                // A list may begin at any level: what is open above it counts, not what could be.
                let depth = self.items.partition_point(|(known, ..)| *known < level);
                // Items of one list are counted by whoever reads it.
                let same = self.items.get(depth).is_some_and(|(at, known, last)| {
                    *at == level && *known == list && number == last.map(|last| last + 1)
                });
                let follows = self.items.len() > depth;
                self.end_items(depth);
                if !self.items.is_empty() || follows {
                    self.transcript.close_up();
                }
                self.transcript.item(number, follows && !same);
                self.items.push((level, list, number));
            }
            (label, None) => {
                self.end_items(0);
                self.transcript.end_block();
                self.write_label(label.as_ref(), false);
            }
        }
        self.pieces(&paragraph.pieces, heading.is_some());
        self.transcript.end_block();
    }

    /// The list of a paragraph.
    fn list(&self, paragraph: &Paragraph) -> Option<String> {
        let list = paragraph.list.clone().or_else(|| self.styles.list(&paragraph.style).map(|(list, _)| list));
        list.filter(|list| list != "0")
    }

    /// What stands before a paragraph, and its level in its list.
    fn label(&mut self, paragraph: &Paragraph) -> (Option<Label>, usize) {
        let Some(list) = self.list(paragraph) else { return (None, 0) };
        let of_style = || self.numbering.level_of(&list, &paragraph.style, &self.styles);
        let inherited = || self.styles.list(&paragraph.style).and_then(|(_, level)| level);
        let level = paragraph.level.or_else(inherited).or_else(of_style).unwrap_or(0);
        (self.numbering.next(&list, level, &self.styles), level)
    }

    /// Writes what stands before a paragraph; `alone`: it says nothing else.
    fn write_label(&mut self, label: Option<&Label>, alone: bool) {
        let written = match label {
            Some(Label::Text(text)) => text.clone(),
            Some(Label::Number(number)) => format!("{number}. "),
            Some(Label::Bullet) | None => return,
        };
        self.transcript.string(if alone { written.trim() } else { &written }, |_| 0);
    }

    fn pieces(&mut self, pieces: &[Piece], heading: bool) {
        let mut linked = 0usize;
        for piece in pieces {
            match piece {
                Piece::Text(text, looks) => {
                    // Headings are bold as a whole.
                    let looks = looks.iter().filter(|look| !(heading && **look == Look::Strong));
                    let looks: Vec<&Look> = if text.trim().is_empty() { vec![] } else { looks.collect() };
                    looks.iter().for_each(|look| self.transcript.open((*look).clone()));
                    self.transcript.indented(text);
                    looks.iter().rev().for_each(|look| self.transcript.close(|open| open == *look));
                }
                Piece::Break => self.transcript.line_end(),
                Piece::Link(target) => {
                    let target = match target {
                        Ok(id) => self.relations.get(id).map(|target| target.name.clone()),
                        Err(address) => Some(address.clone()),
                    };
                    // Within one link no other begins.
                    if linked == 0
                        && let Some(target) = target.filter(|target| !target.starts_with('#'))
                    {
                        self.transcript.open(Look::Link(target));
                    }
                    linked += 1;
                }
                Piece::LinkEnd => {
                    linked = linked.saturating_sub(1);
                    if linked == 0 {
                        self.transcript.close(|open| matches!(open, Look::Link(_)));
                    }
                }
                Piece::Note(end, id) => {
                    let note = (*end, id.clone());
                    let next = self.called.len() + 1;
                    let number = *self.numbers.entry(note.clone()).or_insert(next);
                    if number == next {
                        self.called.push(note);
                    }
                    self.transcript.call(number);
                }
                Piece::Picture(id, description) => {
                    if let Some(target) = self.relations.get(id).filter(|target| !target.outside) {
                        self.transcript.picture(description, &target.name, 0);
                    }
                }
                Piece::Diagram(_) => {}
                Piece::Ruby(base, reading) if reading.is_empty() => self.transcript.string(base, |_| 0),
                Piece::Ruby(base, reading) => self.transcript.ruby(base, reading, 0),
            }
        }
        self.transcript.close(|open| matches!(open, Look::Link(_)));
    }

    /// A table; one of a single cell, or of a single column, only frames what stands in it.
    fn table(&mut self, rows: &[Vec<Cell>]) {
        if rows.iter().all(|row| row.len() < 2) {
            let paragraphs = rows.iter().flatten().flat_map(|cell| &cell.paragraphs);
            paragraphs.for_each(|paragraph| self.paragraph(paragraph));
            return self.end_items(0);
        }
        self.transcript.table();
        self.in_table = true;
        for row in rows {
            self.transcript.row();
            for cell in row {
                self.transcript.cell(false, cell.columns, 1);
                cell.paragraphs.iter().for_each(|paragraph| self.paragraph(paragraph));
                self.transcript.end_cell(false);
            }
            self.transcript.end_row();
        }
        self.in_table = false;
        self.transcript.end_table();
    }

    fn notes(&mut self, notes: &HashMap<(bool, String), Vec<Block>>) {
        let mut number = 0;
        // A note may call another.
        while let Some(note) = self.called.get(number).cloned() {
            number += 1;
            self.transcript.note(number);
            if let Some(blocks) = notes.get(&note) {
                self.blocks(blocks);
            }
            self.transcript.end_container();
        }
    }
}
