//! The logical structure: which content belongs to which element, and the tree of elements (ISO 32000-1 §14.7).

use super::file::File;
use super::syntax::{entry, integer, length, reference, text};
use crate::document::{Marker, Numerals, Underline};
use crate::layout::{Detail, Element, ElementId, Layout, Tag};
use crate::style::Direction;
use crate::unit::Unit;
use std::collections::HashMap;
use std::ops::Range;

/// A child of an element.
#[derive(Debug, Clone, Copy)]
enum Kid {
    /// A marked-content sequence of a page.
    Content { page: u32, mcid: u32 },
    /// Another element.
    Element(u32),
    /// A link annotation, by object number, on a page.
    Annotation { object: u32, page: u32 },
}

/// Collects what belongs to each element while the pages are written.
pub struct Structure<'l> {
    elements: &'l [Element],
    /// Whether the lines of the text are vertical.
    vertical: bool,
    kids: Vec<Vec<Kid>>,
    attached: Vec<bool>,
    /// For each page, the element of each of its marked-content sequences.
    sequences: Vec<Vec<u32>>,
    /// The element of each annotation.
    annotations: Vec<u32>,
    /// The nearest element, itself included, that leads somewhere.
    links: Vec<Option<u32>>,
    /// For elements that lead somewhere and are no `Link` themselves: the object number of the `Link` that stands within them.
    inner_links: Vec<Option<u32>>,
    /// For figures, the place of the picture: left, bottom, right, top.
    boxes: HashMap<u32, [Unit; 4]>,
    /// Object number of the first element.
    first: u32,
    /// The key in the parent tree of the first page.
    key: usize,
}

/// The structure of one part of a volume, written.
pub struct Branch {
    /// Object number of its topmost element.
    pub root: u32,
    /// Its leaf of the parent tree, and the keys in it from the first to the one behind the last.
    pub numbers: (u32, Range<usize>),
    /// Its leaf of the tree of identifiers.
    pub ids: Option<u32>,
}

impl<'l> Structure<'l> {
    /// An empty tree over the elements of `layout`, which stand on `sheets` pages of the file; their object numbers are reserved in it.
    /// `key` is that of the first page in the parent tree.
    pub fn new(layout: &'l Layout, sheets: usize, key: usize, file: &mut File<'_>) -> Self {
        let elements = &layout.structure;
        let first = file.reserve_many(elements.len());
        let mut links: Vec<Option<u32>> = Vec::with_capacity(elements.len());
        let mut inner_links = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            let leads = leads_somewhere(&element.detail);
            let outer = element.parent.and_then(|p| links.get(p.0 as usize).copied().flatten());
            links.push(if leads && outer.is_none() { Some(index as u32) } else { outer });
            inner_links.push((leads && outer.is_none() && element.tag != Tag::Link).then(|| file.reserve()));
        }
        Structure {
            elements,
            vertical: layout.direction == Direction::Vertical,
            kids: vec![vec![]; elements.len()],
            attached: vec![false; elements.len()],
            sequences: vec![vec![]; sheets],
            annotations: vec![],
            links,
            inner_links,
            boxes: HashMap::new(),
            first,
            key,
        }
    }

    /// Says where the picture of a figure stands on its page: left, bottom, right, top.
    pub fn place(&mut self, element: ElementId, corners: [Unit; 4]) {
        self.boxes.insert(element.0, corners);
    }

    /// The name of an element's type; `None` when there is no such element.
    pub fn tag(&self, element: ElementId) -> Option<&'static str> {
        self.elements.get(element.0 as usize).map(|e| name(e.tag))
    }

    /// The element that leads somewhere and to which `element` belongs, with the way it leads.
    pub fn link(&self, element: ElementId) -> Option<(u32, &'l Detail)> {
        let link = (*self.links.get(element.0 as usize)?)?;
        Some((link, &self.elements.get(link as usize)?.detail))
    }

    /// Begins a marked-content sequence of `element` on page `page` (an index) and returns its identifier.
    pub fn sequence(&mut self, element: ElementId, page: usize) -> u32 {
        let Some(sequences) = self.sequences.get_mut(page) else { return 0 };
        let mcid = sequences.len() as u32;
        sequences.push(element.0);
        self.attach(element.0);
        if let Some(kids) = self.kids.get_mut(element.0 as usize) {
            kids.push(Kid::Content { page: page as u32, mcid });
        }
        mcid
    }

    /// Gives annotation `object` on page `page` to link `element`; returns its key in the parent tree.
    pub fn annotation(&mut self, element: u32, object: u32, page: usize) -> usize {
        if let Some(kids) = self.kids.get_mut(element as usize) {
            kids.push(Kid::Annotation { object, page: page as u32 });
        }
        self.annotations.push(element);
        self.next_key() - 1
    }

    /// The key behind all that were given out.
    fn next_key(&self) -> usize {
        self.key + self.sequences.len() + self.annotations.len()
    }

    /// Makes `element` and those above it children of their parents, in the order in which content comes.
    fn attach(&mut self, element: u32) {
        let mut child = element;
        while let Some(attached) = self.attached.get_mut(child as usize) {
            if std::mem::replace(attached, true) {
                return;
            }
            let Some(parent) = self.elements.get(child as usize).and_then(|e| e.parent) else { return };
            // The parent's list may begin with this child, whose own list is not looked at before the tree is written.
            if let Some(kids) = self.kids.get_mut(parent.0 as usize) {
                kids.push(Kid::Element(child));
            }
            child = parent.0;
        }
    }

    /// Elements without content (an empty cell of a table) take the place among their siblings that their number gives them.
    fn attach_empty(&mut self) {
        for index in 0..self.elements.len() {
            if std::mem::replace(&mut self.attached[index], true) {
                continue;
            }
            let Some(parent) = self.elements[index].parent else { continue };
            let Some(kids) = self.kids.get_mut(parent.0 as usize) else { continue };
            let at = kids.iter().rposition(|kid| matches!(kid, Kid::Element(sibling) if (*sibling as usize) < index));
            kids.insert(at.map_or(0, |at| at + 1), Kid::Element(index as u32));
        }
    }

    /// Notes stand at the feet of pages, but are read after the whole text, in their own order; appendices after them.
    fn notes_last(&mut self) {
        let elements = self.elements;
        for kids in &mut self.kids {
            kids.sort_by_key(|kid| match *kid {
                Kid::Element(element) => elements.get(element as usize).and_then(|e| match e.tag {
                    Tag::Note => Some((false, element)),
                    Tag::Collation | Tag::Colophon => Some((true, element)),
                    _ => None,
                }),
                Kid::Content { .. } | Kid::Annotation { .. } => None,
            });
        }
    }

    /// The object that holds the kids of an element: itself, or the link within it.
    fn holder(&self, element: u32) -> u32 {
        self.inner_links.get(element as usize).copied().flatten().unwrap_or(self.first + element)
    }

    /// Writes the tree; returns the number of its root. `pages` are the object numbers of the pages.
    pub fn write(mut self, file: &mut File<'_>, pages: &[u32]) -> u32 {
        let root = file.reserve();
        self.write_elements(file, pages, (root, b""), 0);
        let parents = file.reserve();
        file.object(parents, |out| {
            out.extend_from_slice(b"<<");
            self.write_numbers(out);
            out.extend_from_slice(b">>");
        });
        let notes = self.notes(0);
        let ids = (!notes.is_empty()).then(|| file.reserve());
        if let Some(ids) = ids {
            file.object(ids, |out| {
                out.extend_from_slice(b"<<");
                self.write_names(out, &notes);
                out.extend_from_slice(b">>");
            });
        }
        let kids: Vec<u32> =
            (self.first..).zip(self.elements).filter(|(_, e)| e.parent.is_none()).map(|(number, _)| number).collect();
        file.object(root, |out| {
            write_root(out, &OWN, &kids, parents, self.next_key(), ids);
        });
        root
    }

    /// Writes it as a part below element `parent` of a larger tree; `said` are further entries of its topmost element.
    pub fn write_branch(mut self, file: &mut File<'_>, pages: &[u32], parent: u32, said: &[u8]) -> Branch {
        self.write_elements(file, pages, (parent, said), self.first);
        let keys = self.key..self.next_key();
        let numbers = file.reserve();
        file.object(numbers, |out| {
            out.extend_from_slice(b"<</Limits[");
            integer(out, keys.start as i64);
            out.push(b' ');
            integer(out, keys.end as i64 - 1);
            out.push(b']');
            self.write_numbers(out);
            out.extend_from_slice(b">>");
        });
        let notes = self.notes(self.first);
        let ids = notes.first().zip(notes.last()).map(|((_, first), (_, last))| {
            let number = file.reserve();
            file.object(number, |out| {
                out.extend_from_slice(b"<</Limits[");
                [first, last].into_iter().for_each(|name| text(out, name));
                out.push(b']');
                self.write_names(out, &notes);
                out.extend_from_slice(b">>");
            });
            number
        });
        Branch { root: self.first, numbers: (numbers, keys), ids }
    }

    /// Writes the elements; the topmost ones have `root` above them, and the entries `said`. The identifiers of notes are counted from `notes`.
    fn write_elements(&mut self, file: &mut File<'_>, pages: &[u32], (root, said): (u32, &[u8]), notes: u32) {
        self.attach_empty();
        self.notes_last();
        for (index, element) in self.elements.iter().enumerate() {
            let number = self.first + index as u32;
            let parent = element.parent.map_or(root, |p| self.holder(p.0));
            let inner = self.inner_links.get(index).copied().flatten();
            file.object(number, |out| {
                out.extend_from_slice(b"<</S/");
                out.extend_from_slice(name(element.tag).as_bytes());
                entry(out, "/P", parent);
                if element.parent.is_none() {
                    out.extend_from_slice(said);
                }
                attributes(out, element, notes + index as u32);
                if self.vertical && element.tag == Tag::Document {
                    out.extend_from_slice(b"/A<</O/Layout/WritingMode/TbRl>>");
                }
                if let Some(corners) = self.boxes.get(&(index as u32)) {
                    out.extend_from_slice(b"/A<</O/Layout/Placement/Block/BBox[");
                    for corner in corners {
                        length(out, *corner);
                        out.push(b' ');
                    }
                    out.extend_from_slice(b"]>>");
                }
                match inner {
                    Some(inner) => entry(out, "/K", inner),
                    None => self.write_kids(out, index, pages),
                }
                out.extend_from_slice(b">>");
            });
            if let Some(inner) = inner {
                file.object(inner, |out| {
                    out.extend_from_slice(b"<</S/Link");
                    entry(out, "/P", number);
                    self.write_kids(out, index, pages);
                    out.extend_from_slice(b">>");
                });
            }
        }
    }

    /// Appends the entry `Nums` of the parent tree: the elements of the sequences of each page, and of each annotation.
    fn write_numbers(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"/Nums[");
        for (key, sequences) in (self.key..).zip(&self.sequences) {
            integer(out, key as i64);
            out.push(b'[');
            for (i, &element) in sequences.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                reference(out, self.holder(element));
            }
            out.push(b']');
        }
        for (key, &element) in (self.key + self.sequences.len()..).zip(&self.annotations) {
            integer(out, key as i64);
            out.push(b' ');
            reference(out, self.holder(element));
            out.push(b' ');
        }
        out.push(b']');
    }

    /// The notes with their identifiers, which are counted from `base`.
    fn notes(&self, base: u32) -> Vec<(u32, String)> {
        let notes = (0..).zip(self.elements).filter(|(_, element)| element.tag == Tag::Note);
        notes.map(|(index, _)| (index, note_id(base + index))).collect()
    }

    /// Appends the entry `Names` of the tree of identifiers.
    fn write_names(&self, out: &mut Vec<u8>, notes: &[(u32, String)]) {
        out.extend_from_slice(b"/Names[");
        for (index, id) in notes {
            text(out, id);
            reference(out, self.first + index);
        }
        out.push(b']');
    }

    /// Writes the entries `Pg` and `K`: content of the page of the first sequence as bare numbers, everything else in full.
    fn write_kids(&self, out: &mut Vec<u8>, index: usize, pages: &[u32]) {
        let kids = &self.kids[index];
        if kids.is_empty() {
            return;
        }
        let object_of = |page: u32| pages.get(page as usize).copied().unwrap_or(0);
        let home = kids.iter().find_map(|kid| match kid {
            Kid::Content { page, .. } => Some(*page),
            Kid::Element(_) | Kid::Annotation { .. } => None,
        });
        if let Some(home) = home {
            entry(out, "/Pg", object_of(home));
        }
        out.extend_from_slice(b"/K[");
        for (i, kid) in kids.iter().enumerate() {
            if i > 0 {
                out.push(b' ');
            }
            match *kid {
                Kid::Content { page, mcid } if Some(page) == home => integer(out, mcid.into()),
                Kid::Content { page, mcid } => {
                    out.extend_from_slice(b"<</Type/MCR");
                    entry(out, "/Pg", object_of(page));
                    out.extend_from_slice(b"/MCID ");
                    integer(out, mcid.into());
                    out.extend_from_slice(b">>");
                }
                Kid::Element(element) => reference(out, self.first + element),
                Kid::Annotation { object, page } => {
                    out.extend_from_slice(b"<</Type/OBJR");
                    entry(out, "/Obj", object);
                    entry(out, "/Pg", object_of(page));
                    out.extend_from_slice(b">>");
                }
            }
        }
        out.push(b']');
    }
}

/// Whether a link can be made of it.
fn leads_somewhere(detail: &Detail) -> bool {
    match detail {
        Detail::None | Detail::Alt(_) | Detail::List(_) | Detail::Underline(_) => false,
        Detail::Uri(address) => !address.is_empty(),
        Detail::Destination(..) => true,
    }
}

/// What an element says about itself besides its type.
fn attributes(out: &mut Vec<u8>, element: &Element, number: u32) {
    if let Some(language) = element.language {
        out.extend_from_slice(b"/Lang");
        text(out, language.tag());
    }
    if let Detail::Alt(alt) = &element.detail {
        out.extend_from_slice(b"/Alt");
        text(out, alt);
    }
    if let Detail::List(marker) = element.detail {
        out.extend_from_slice(b"/A<</O/List/ListNumbering/");
        out.extend_from_slice(numbering(marker).as_bytes());
        out.extend_from_slice(b">>");
    }
    if let Detail::Underline(mark) = element.detail {
        let line: &[u8] = match mark {
            Underline::Straight | Underline::Wavy => b"Underline",
            Underline::Through => b"LineThrough",
        };
        out.extend_from_slice(b"/A<</O/Layout/TextDecorationType/");
        out.extend_from_slice(line);
        out.extend_from_slice(b">>");
    }
    match element.tag {
        Tag::TableHead => out.extend_from_slice(b"/A<</O/Table/Scope/Column>>"),
        Tag::Note => {
            out.extend_from_slice(b"/ID");
            text(out, &note_id(number));
        }
        _ => {}
    }
}

/// The value of `ListNumbering` that comes nearest to a marker (ISO 32000-1 table 347): to it Chinese numbers are decimal too.
const fn numbering(marker: Marker) -> &'static str {
    match marker {
        Marker::None => "None",
        Marker::Number { form, .. } => match form.numerals {
            Numerals::Arabic | Numerals::Han | Numerals::Circled | Numerals::Enclosed(_) => "Decimal",
            Numerals::Lower => "LowerAlpha",
            Numerals::Upper => "UpperAlpha",
        },
        Marker::Bullet('○' | '◦' | '〇' | '◯') => "Circle",
        Marker::Bullet('■' | '□' | '▪' | '▫') => "Square",
        Marker::Bullet(_) => "Disc",
    }
}

/// The identifier of a note (ISO 14289-1 §7.9), padded so that the order of numbers is that of names.
fn note_id(number: u32) -> String {
    format!("note{number:08}")
}

/// The types of our own that every document may have: appendices.
const OWN: [Tag; 2] = [Tag::Collation, Tag::Colophon];
/// Those that a volume has besides.
const OF_VOLUME: [Tag; 3] = [Tag::Cover, Tag::FileList, Tag::FileRecord];

/// Writes the root of a tree over `branches`, whose topmost elements are the kids of one element; returns its number. `document` is the number of that element.
pub fn write_trunk(file: &mut File<'_>, document: u32, branches: &[Branch]) -> u32 {
    let root = file.reserve();
    file.object(document, |out| {
        entry(out, "<</S/Document/P", root);
        out.extend_from_slice(b"/K[");
        for branch in branches {
            reference(out, branch.root);
            out.push(b' ');
        }
        out.extend_from_slice(b"]>>");
    });
    // In the order of their keys, which is the one in which they were written.
    let mut leaves: Vec<&Branch> = branches.iter().collect();
    leaves.sort_by_key(|branch| branch.numbers.1.start);
    let parents = file.reserve();
    file.object(parents, |out| kids(out, leaves.iter().map(|branch| branch.numbers.0)));
    let named: Vec<u32> = leaves.iter().filter_map(|branch| branch.ids).collect();
    let ids = (!named.is_empty()).then(|| file.reserve());
    if let Some(ids) = ids {
        file.object(ids, |out| kids(out, named.into_iter()));
    }
    let next = leaves.last().map_or(0, |branch| branch.numbers.1.end);
    let own: Vec<Tag> = OWN.into_iter().chain(OF_VOLUME).collect();
    file.object(root, |out| write_root(out, &own, &[document], parents, next, ids));
    root
}

/// Appends a node of a tree of numbers or names that has other nodes below it.
fn kids(out: &mut Vec<u8>, numbers: impl Iterator<Item = u32>) {
    out.extend_from_slice(b"<</Kids[");
    for number in numbers {
        reference(out, number);
        out.push(b' ');
    }
    out.extend_from_slice(b"]>>");
}

/// Appends the root of the structure, with the types `own` of ours led to one of the standard.
fn write_root(out: &mut Vec<u8>, own: &[Tag], kids: &[u32], parents: u32, next_key: usize, ids: Option<u32>) {
    out.extend_from_slice(b"<</Type/StructTreeRoot/RoleMap<<");
    for &tag in own {
        out.push(b'/');
        out.extend_from_slice(name(tag).as_bytes());
        out.extend_from_slice(b"/Sect");
    }
    out.extend_from_slice(b">>/K[");
    for &kid in kids {
        reference(out, kid);
        out.push(b' ');
    }
    out.push(b']');
    entry(out, "/ParentTree", parents);
    out.extend_from_slice(b"/ParentTreeNextKey ");
    integer(out, next_key as i64);
    if let Some(ids) = ids {
        entry(out, "/IDTree", ids);
    }
    out.extend_from_slice(b">>");
}

/// The name of a standard structure type (ISO 32000-1 §14.8.4), or of one of ours that the role map leads to one.
const fn name(tag: Tag) -> &'static str {
    match tag {
        Tag::Document => "Document",
        Tag::Heading(0 | 1) => "H1",
        Tag::Heading(2) => "H2",
        Tag::Heading(3) => "H3",
        Tag::Heading(4) => "H4",
        Tag::Heading(5) => "H5",
        Tag::Heading(_) => "H6",
        Tag::Paragraph => "P",
        Tag::List => "L",
        Tag::ListItem => "LI",
        Tag::Label => "Lbl",
        Tag::ListBody => "LBody",
        Tag::BlockQuote => "BlockQuote",
        Tag::Code => "Code",
        Tag::Table => "Table",
        Tag::TableRow => "TR",
        Tag::TableHead => "TH",
        Tag::TableCell => "TD",
        Tag::Note => "Note",
        Tag::Reference => "Reference",
        Tag::Link => "Link",
        Tag::Figure => "Figure",
        Tag::Ruby => "Ruby",
        Tag::Warichu => "Warichu",
        Tag::WarichuText => "WT",
        Tag::WarichuPunctuation => "WP",
        Tag::RubyBase => "RB",
        Tag::RubyText => "RT",
        Tag::RubyPunctuation => "RP",
        Tag::Span => "Span",
        Tag::Contents => "TOC",
        Tag::ContentsItem => "TOCI",
        Tag::Collation => "Collation",
        Tag::Colophon => "Colophon",
        Tag::Part => "Part",
        Tag::Cover => "Cover",
        Tag::FileList => "FileList",
        Tag::FileRecord => "FileRecord",
    }
}
