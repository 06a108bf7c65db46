//! A PDF read through its structure tree: the text that a reader with a screen reader, or a converter, is given.

use super::Facts;
use super::cmap::CMap;
use crate::error::Cause;
use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{self, Array, Dict, MaybeRef, Name, Number, ObjRef, Object, Stream};
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What a PDF says and carries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PdfFacts {
    /// Its text by the structure tree, artifacts left out, and its bookmarks.
    pub facts: Facts,
    /// The source attached to it.
    pub source: Option<Vec<u8>>,
    /// Number of pages.
    pub pages: usize,
}

/// Deeper than any structure tree of ours, and a guard against loops.
pub const DEEPEST: usize = 200;

/// Reads `bytes`. Objects are read where they are needed and not kept, so what it takes is little more than the file and its text.
///
/// # Errors
/// A sentence that says what could not be read.
pub fn read(bytes: Vec<u8>) -> Result<PdfFacts, Cause> {
    let pdf = Pdf::new(bytes).map_err(|_| Cause::UnreadablePdf)?;
    let (catalog, tree) = open(&pdf)?;
    let mut reader = Reader::new(&pdf, &tree);
    if let Some(kids) = tree.get_raw("K") {
        reader.kids(kids, None, 0)?;
    }
    let text = reader.take();
    let mut outline = vec![];
    if let Some(outlines) = catalog.get("Outlines") {
        bookmarks(&outlines, 1, pdf.len(), &mut outline);
    }
    Ok(PdfFacts { facts: Facts::new(&text, outline), source: attached(&catalog), pages: pdf.pages().len() })
}

/// The catalog, and the root of the structure.
///
/// # Errors
/// When there is none.
pub fn open(pdf: &Pdf) -> Result<(Dict<'_>, Dict<'_>), Cause> {
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).ok_or(Cause::NoCatalog)?;
    let tree = catalog.get("StructTreeRoot").ok_or(Cause::NoStructure)?;
    Ok((catalog, tree))
}

/// Text as it is put together from elements.
#[derive(Debug, Default)]
struct Lines {
    text: String,
    line: String,
    /// A label has begun the line and its text belongs there too.
    labelled: bool,
}

impl Lines {
    /// Ends the line, unless it waits for the text of its label.
    fn begin(&mut self) {
        if !self.labelled {
            self.end();
        }
    }

    fn end(&mut self) {
        self.labelled = false;
        if !self.line.is_empty() {
            self.text.push_str(&self.line);
            self.text.push('\n');
            self.line.clear();
        }
    }
}

/// Reads the text of elements.
pub struct Reader<'d> {
    pdf: &'d Pdf,
    roles: Dict<'d>,
    /// The marked-content sequences of each page that was read, as far as the structure has not come to them.
    pages: HashMap<ObjRef, HashMap<i64, String>>,
    cmaps: HashMap<ObjRef, CMap>,
    lines: Lines,
    /// Notes stand at the end of the text, wherever the structure has them.
    notes: Lines,
    in_note: bool,
}

impl<'d> Reader<'d> {
    /// A reader of the elements of `tree`.
    pub fn new(pdf: &'d Pdf, tree: &Dict<'d>) -> Self {
        let (pages, cmaps, lines, notes, in_note) = Default::default();
        Reader { pdf, roles: tree.get("RoleMap").unwrap_or_default(), pages, cmaps, lines, notes, in_note }
    }

    /// The text of all below `element`.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn text(&mut self, element: &Dict<'d>) -> Result<String, Cause> {
        self.pages.clear();
        self.element(element, None, 0)?;
        Ok(self.take())
    }

    /// The text so far; what is read next is another.
    fn take(&mut self) -> String {
        self.lines.end();
        self.notes.end();
        let (lines, notes) = (std::mem::take(&mut self.lines), std::mem::take(&mut self.notes));
        lines.text + &notes.text
    }

    fn out(&mut self) -> &mut Lines {
        if self.in_note { &mut self.notes } else { &mut self.lines }
    }

    /// Reads the children `kids` of an element whose page is `page`.
    fn kids(&mut self, kids: MaybeRef<Object<'d>>, page: Option<ObjRef>, depth: usize) -> Result<(), Cause> {
        if depth > DEEPEST {
            return Err(Cause::StructureTooDeep);
        }
        let kids = match kids {
            MaybeRef::NotRef(object) => object,
            MaybeRef::Ref(at) => {
                self.pdf.xref().get(at.into()).ok_or(Cause::StructureLacks { object: at.obj_number })?
            }
        };
        match kids {
            Object::Number(mcid) => self.content(page, mcid.as_i64()),
            Object::Array(kids) => kids.raw_iter().try_for_each(|kid| self.kids(kid, page, depth + 1)),
            Object::Dict(kid) => {
                let page = kid.get_ref("Pg").or(page);
                match kid.get::<Name<'_>>("Type").as_deref() {
                    Some(b"MCR") => self.content(page, number(&kid, "MCID").unwrap_or(-1)),
                    Some(b"OBJR") => Ok(()),
                    _ => self.element(&kid, page, depth),
                }
            }
            _ => Ok(()),
        }
    }

    fn element(&mut self, element: &Dict<'d>, page: Option<ObjRef>, depth: usize) -> Result<(), Cause> {
        let own: Option<Name<'_>> = element.get("S");
        let own = own.as_deref().unwrap_or(b"Span");
        if matches!(own, b"Collation" | b"Colophon") {
            // Appendices of ours, told apart by a type of their own: no part of the text.
            return Ok(());
        }
        let role: Option<Name<'_>> = self.roles.get(own);
        if let Some(text) = text(element, "ActualText") {
            self.out().line.push_str(&text);
            return Ok(());
        }
        let inner = |reader: &mut Self| element.get_raw("K").map_or(Ok(()), |kids| reader.kids(kids, page, depth + 1));
        match role.as_deref().unwrap_or(own) {
            // Not part of the text, but found for the reader's comfort.
            b"TOC" | b"TOCI" => Ok(()),
            b"Note" => {
                let outer = std::mem::replace(&mut self.in_note, true);
                self.notes.end();
                inner(self)?;
                self.notes.end();
                self.in_note = outer;
                Ok(())
            }
            b"Lbl" => {
                self.out().end();
                inner(self)?;
                self.out().labelled = true;
                Ok(())
            }
            b"TR" => {
                self.out().begin();
                // The tabs between the cells are part of their content.
                inner(self)?;
                self.out().end();
                Ok(())
            }
            b"LI" => {
                inner(self)?;
                self.out().end();
                Ok(())
            }
            b"TD" | b"TH" | b"Span" | b"Link" | b"Reference" | b"Ruby" | b"RB" | b"RP" | b"RT" | b"Warichu" | b"WT"
            | b"WP" | b"Em" | b"Strong" | b"Quote" => inner(self),
            // The description of a picture is set below it; what stands for one that has none is no text of the document.
            b"Figure" => inner(self),
            _ => {
                self.out().begin();
                inner(self)?;
                // A container that ends with nothing said leaves the label to what follows.
                if !self.out().labelled {
                    self.out().end();
                }
                Ok(())
            }
        }
    }

    /// Appends the text of sequence `mcid` of `page`.
    fn content(&mut self, page: Option<ObjRef>, mcid: i64) -> Result<(), Cause> {
        let page = page.ok_or(Cause::ContentWithoutPage)?;
        if !self.pages.contains_key(&page) {
            let found = self.page(page)?;
            self.pages.insert(page, found);
        }
        let sequences = self.pages.get_mut(&page);
        let text = sequences.and_then(|sequences| {
            let text = sequences.remove(&mcid);
            if sequences.is_empty() {
                // Room for all of them is not kept for every page.
                sequences.shrink_to_fit();
            }
            text
        });
        let text = text.ok_or(Cause::PageLacks { sequence: mcid, object: page.obj_number })?;
        let out = self.out();
        out.labelled &= text.is_empty();
        out.line.push_str(&text);
        Ok(())
    }

    /// The text of all marked-content sequences of `page`.
    fn page(&mut self, page: ObjRef) -> Result<HashMap<i64, String>, Cause> {
        let unreadable = || Cause::UnreadablePage { object: page.obj_number };
        let node: Dict<'d> = self.pdf.xref().get(page.into()).ok_or_else(unreadable)?;
        let content = content(&node).ok_or_else(unreadable)?;
        let resources = resources(node);
        let fonts: Dict<'_> = resources.get("Font").unwrap_or_default();
        let named: Dict<'_> = resources.get("Properties").unwrap_or_default();
        let mut found: HashMap<i64, String> = HashMap::new();
        // For each open sequence, its identifier and what it says in place of its content.
        let mut open: Vec<(Option<i64>, Option<String>)> = vec![];
        let mut font: Option<ObjRef> = None;
        let mut operations = UntypedIter::new(&content);
        while let Some(operation) = operations.next() {
            let mut operands = operation.operands();
            match &**operation.operator {
                b"BMC" => open.push((None, None)),
                b"BDC" => {
                    let properties = match operands.nth(1) {
                        Some(Object::Dict(properties)) => properties.clone(),
                        Some(Object::Name(name)) => named.get(name).unwrap_or_default(),
                        _ => Dict::empty(),
                    };
                    let mcid = number(&properties, "MCID");
                    let actual = text(&properties, "ActualText");
                    if let Some(mcid) = mcid {
                        found.entry(mcid).or_default();
                    }
                    if let (Some(actual), Some(mcid)) = (&actual, mcid.or_else(|| open.iter().rev().find_map(|o| o.0)))
                    {
                        found.entry(mcid).or_default().push_str(actual);
                    }
                    open.push((mcid, actual));
                }
                b"EMC" => {
                    open.pop();
                }
                b"Tf" => {
                    font = operands.next().and_then(|name| match name {
                        Object::Name(name) => fonts.get_ref(name),
                        _ => None,
                    });
                }
                b"Tj" | b"TJ" | b"'" | b"\"" => {
                    let Some(mcid) = open.iter().rev().find_map(|o| o.0) else { continue };
                    if open.iter().any(|(_, actual)| actual.is_some()) {
                        continue;
                    }
                    let Some(font) = font else { continue };
                    let out = found.entry(mcid).or_default();
                    let cmap = match self.cmaps.entry(font) {
                        Entry::Occupied(entry) => entry.into_mut(),
                        Entry::Vacant(entry) => entry.insert(to_unicode(self.pdf, font)),
                    };
                    operands.for_each(|operand| show(cmap, operand, out));
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

/// What is drawn on the page `node`: one stream, or several that follow each other. `None` where one cannot be read.
fn content(node: &Dict<'_>) -> Option<Vec<u8>> {
    let decoded = |stream: Stream<'_>| stream.decoded_data().ok().map(Cow::into_owned);
    match node.get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => decoded(stream),
        Some(Object::Array(streams)) => {
            let mut all = vec![];
            for stream in streams.iter::<Object<'_>>() {
                all.extend(stream.into_stream().and_then(decoded)?);
                all.push(b'\n');
            }
            Some(all)
        }
        _ => Some(vec![]),
    }
}

/// The resources of the page `node`, its own or inherited.
fn resources(mut node: Dict<'_>) -> Dict<'_> {
    for _ in 0..DEEPEST {
        if let Some(resources) = node.get("Resources") {
            return resources;
        }
        match node.get("Parent") {
            Some(parent) => node = parent,
            None => break,
        }
    }
    Dict::empty()
}

fn show(cmap: &CMap, operand: &Object<'_>, out: &mut String) {
    match operand {
        Object::String(codes) => cmap.decode(codes.as_bytes(), out),
        Object::Array(items) => items.iter::<Object<'_>>().for_each(|item| show(cmap, &item, out)),
        _ => {}
    }
}

fn to_unicode(pdf: &Pdf, font: ObjRef) -> CMap {
    let stream = pdf.xref().get(font.into()).and_then(|font: Dict<'_>| font.get::<Stream<'_>>("ToUnicode"));
    let source = stream.and_then(|stream| stream.decoded_data().ok()).unwrap_or_default();
    CMap::parse(&String::from_utf8_lossy(&source))
}

/// The number at `key` of `dictionary`.
pub fn number(dictionary: &Dict<'_>, key: &str) -> Option<i64> {
    dictionary.get::<Number>(key).map(|number| number.as_i64())
}

/// The text string at `key` of `dictionary` (ISO 32000-1 §7.9.2.2): UTF-16 or UTF-8 with a mark, else taken for ASCII.
pub fn text(dictionary: &Dict<'_>, key: &str) -> Option<String> {
    let string: object::String<'_> = dictionary.get(key)?;
    Some(match string.as_bytes() {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    })
}

/// Collects the bookmarks below `parent`, no more of them than `most`, whatever the links between them say.
fn bookmarks(parent: &Dict<'_>, level: u8, most: usize, out: &mut Vec<(u8, String)>) {
    let mut next: Option<Dict<'_>> = parent.get("First");
    while let Some(item) = next.filter(|_| out.len() < most) {
        out.push((level, text(&item, "Title").unwrap_or_default()));
        if level < 16 {
            bookmarks(&item, level + 1, most, out);
        }
        next = item.get("Next");
    }
}

/// The attached file whose relationship is `Source`.
fn attached(catalog: &Dict<'_>) -> Option<Vec<u8>> {
    sources(catalog)?.next().map(|(_, bytes)| bytes)
}

/// All such files, with their names.
pub fn files(catalog: &Dict<'_>) -> Vec<(String, Vec<u8>)> {
    sources(catalog).map(Iterator::collect).unwrap_or_default()
}

fn sources<'d>(catalog: &Dict<'d>) -> Option<impl Iterator<Item = (String, Vec<u8>)> + use<'d>> {
    let files: Vec<Dict<'d>> = catalog.get::<Array<'_>>("AF")?.iter::<Dict<'_>>().collect();
    Some(files.into_iter().filter_map(|file| {
        if file.get::<Name<'_>>("AFRelationship").as_deref() != Some(b"Source") {
            return None;
        }
        let stream: Stream<'_> = file.get::<Dict<'_>>("EF")?.get("F")?;
        Some((text(&file, "UF")?, stream.decoded_data().ok().map(Cow::into_owned)?))
    }))
}
