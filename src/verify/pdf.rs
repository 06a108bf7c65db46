//! A PDF read through its structure tree: the text that a reader with a screen reader, or a converter, is given.

use super::Facts;
use super::cmap::CMap;
use crate::error::Cause;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;

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
const DEEPEST: usize = 200;

/// Reads `bytes`.
///
/// # Errors
/// A sentence that says what could not be read.
pub fn read(bytes: &[u8]) -> Result<PdfFacts, Cause> {
    let document = Document::load_mem(bytes).map_err(|e| Cause::UnreadablePdf { why: e.to_string() })?;
    let catalog = document.catalog().map_err(|e| Cause::NoCatalog { why: e.to_string() })?;
    let tree = dictionary(&document, catalog.get(b"StructTreeRoot").ok()).ok_or(Cause::NoStructure)?;
    let roles = dictionary(&document, tree.get(b"RoleMap").ok());
    let pages = document.get_pages();
    let mut reader = Reader {
        document: &document,
        roles,
        sequences: HashMap::new(),
        cmaps: HashMap::new(),
        lines: Lines::default(),
        notes: Lines::default(),
        in_note: false,
    };
    if let Ok(kids) = tree.get(b"K") {
        reader.kids(kids, None, 0)?;
    }
    reader.lines.end();
    reader.notes.end();
    let text = reader.lines.text + &reader.notes.text;
    let mut outline = vec![];
    if let Some(outlines) = dictionary(&document, catalog.get(b"Outlines").ok()) {
        bookmarks(&document, outlines, 1, &mut outline);
    }
    Ok(PdfFacts { facts: Facts::new(&text, outline), source: attached(&document, catalog), pages: pages.len() })
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

struct Reader<'d> {
    document: &'d Document,
    roles: Option<&'d Dictionary>,
    /// The text of the marked-content sequences of each page read so far.
    sequences: HashMap<ObjectId, HashMap<i64, String>>,
    cmaps: HashMap<ObjectId, CMap>,
    lines: Lines,
    /// Notes stand at the end of the text, wherever the structure has them.
    notes: Lines,
    in_note: bool,
}

impl<'d> Reader<'d> {
    fn out(&mut self) -> &mut Lines {
        if self.in_note { &mut self.notes } else { &mut self.lines }
    }

    /// Reads the children `kids` of an element whose page is `page`.
    fn kids(&mut self, kids: &'d Object, page: Option<ObjectId>, depth: usize) -> Result<(), Cause> {
        if depth > DEEPEST {
            return Err(Cause::StructureTooDeep);
        }
        match kids {
            Object::Integer(mcid) => self.content(page, *mcid),
            Object::Array(kids) => kids.iter().try_for_each(|kid| self.kids(kid, page, depth + 1)),
            Object::Reference(id) => match self.document.get_object(*id) {
                Ok(object) => self.kids(object, page, depth + 1),
                Err(_) => Err(Cause::StructureLacks { object: id.0 }),
            },
            Object::Dictionary(kid) => {
                let page = kid.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                match kid.get(b"Type").and_then(Object::as_name).unwrap_or(b"StructElem") {
                    b"MCR" => self.content(page, kid.get(b"MCID").and_then(Object::as_i64).unwrap_or(-1)),
                    b"OBJR" => Ok(()),
                    _ => self.element(kid, page, depth),
                }
            }
            _ => Ok(()),
        }
    }

    fn element(&mut self, element: &'d Dictionary, page: Option<ObjectId>, depth: usize) -> Result<(), Cause> {
        let mut kind = element.get(b"S").and_then(Object::as_name).unwrap_or(b"Span");
        if matches!(kind, b"Collation" | b"Colophon") {
            // Appendices of ours, told apart by a type of their own: no part of the text.
            return Ok(());
        }
        if let Some(role) = self.roles.and_then(|roles| roles.get(kind).and_then(Object::as_name).ok()) {
            kind = role;
        }
        if let Some(text) = element.get(b"ActualText").ok().and_then(text) {
            self.out().line.push_str(&text);
            return Ok(());
        }
        let kids = element.get(b"K").ok();
        let inner = |reader: &mut Self| kids.map_or(Ok(()), |kids| reader.kids(kids, page, depth + 1));
        match kind {
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
            b"TD" | b"TH" | b"Span" | b"Link" | b"Reference" | b"Ruby" | b"RB" | b"RP" | b"RT" | b"Em" | b"Strong"
            | b"Quote" => inner(self),
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
    fn content(&mut self, page: Option<ObjectId>, mcid: i64) -> Result<(), Cause> {
        let page = page.ok_or(Cause::ContentWithoutPage)?;
        if !self.sequences.contains_key(&page) {
            let found = self.page(page)?;
            self.sequences.insert(page, found);
        }
        let text = self.sequences.get_mut(&page).and_then(|found| found.remove(&mcid));
        let text = text.ok_or(Cause::PageLacks { sequence: mcid, object: page.0 })?;
        let out = self.out();
        out.labelled &= text.is_empty();
        out.line.push_str(&text);
        Ok(())
    }

    /// The text of all marked-content sequences of `page`.
    fn page(&mut self, page: ObjectId) -> Result<HashMap<i64, String>, Cause> {
        let unreadable = |e: lopdf::Error| Cause::UnreadablePage { object: page.0, why: e.to_string() };
        let content = Content::decode(&self.document.get_page_content(page)).map_err(unreadable)?;
        let resources = self.resources(page);
        let fonts = resources.and_then(|r| dictionary(self.document, r.get(b"Font").ok()));
        let mut found: HashMap<i64, String> = HashMap::new();
        // For each open sequence, its identifier and what it says in place of its content.
        let mut open: Vec<(Option<i64>, Option<String>)> = vec![];
        let mut font: Option<ObjectId> = None;
        for operation in &content.operations {
            let operand = |i: usize| operation.operands.get(i);
            match operation.operator.as_str() {
                "BMC" => open.push((None, None)),
                "BDC" => {
                    let properties = operand(1).and_then(|object| match object {
                        Object::Dictionary(properties) => Some(properties),
                        Object::Name(name) => resources
                            .and_then(|r| dictionary(self.document, r.get(b"Properties").ok()))
                            .and_then(|all| dictionary(self.document, all.get(name).ok())),
                        _ => None,
                    });
                    let mcid = properties.and_then(|p| p.get(b"MCID").and_then(Object::as_i64).ok());
                    let actual = properties.and_then(|p| p.get(b"ActualText").ok().and_then(text));
                    if let Some(mcid) = mcid {
                        found.entry(mcid).or_default();
                    }
                    if let (Some(actual), Some(mcid)) = (&actual, mcid.or_else(|| open.iter().rev().find_map(|o| o.0)))
                    {
                        found.entry(mcid).or_default().push_str(actual);
                    }
                    open.push((mcid, actual));
                }
                "EMC" => {
                    open.pop();
                }
                "Tf" => {
                    let name = operand(0).and_then(|name| name.as_name().ok());
                    font = name.and_then(|name| fonts?.get(name).and_then(Object::as_reference).ok());
                }
                "Tj" | "TJ" | "'" | "\"" => {
                    let Some(mcid) = open.iter().rev().find_map(|o| o.0) else { continue };
                    if open.iter().any(|(_, actual)| actual.is_some()) {
                        continue;
                    }
                    let Some(font) = font else { continue };
                    let out = found.entry(mcid).or_default();
                    let cmap = match self.cmaps.entry(font) {
                        std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
                        std::collections::hash_map::Entry::Vacant(entry) => {
                            entry.insert(to_unicode(self.document, font))
                        }
                    };
                    for operand in &operation.operands {
                        show(cmap, operand, out);
                    }
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// The resources of `page`, its own or inherited.
    fn resources(&self, page: ObjectId) -> Option<&'d Dictionary> {
        let mut node = self.document.get_dictionary(page).ok()?;
        for _ in 0..DEEPEST {
            if let Some(resources) = dictionary(self.document, node.get(b"Resources").ok()) {
                return Some(resources);
            }
            node = dictionary(self.document, node.get(b"Parent").ok())?;
        }
        None
    }
}

fn show(cmap: &CMap, operand: &Object, out: &mut String) {
    match operand {
        Object::String(codes, _) => cmap.decode(codes, out),
        Object::Array(items) => items.iter().for_each(|item| show(cmap, item, out)),
        _ => {}
    }
}

fn to_unicode(document: &Document, font: ObjectId) -> CMap {
    let stream = document
        .get_dictionary(font)
        .and_then(|font| font.get(b"ToUnicode"))
        .and_then(|object| resolve(document, object).as_stream());
    let source = stream.ok().map(|stream| stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
    CMap::parse(&String::from_utf8_lossy(&source.unwrap_or_default()))
}

fn resolve<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

fn dictionary<'d>(document: &'d Document, object: Option<&'d Object>) -> Option<&'d Dictionary> {
    resolve(document, object?).as_dict().ok()
}

/// A text string (ISO 32000-1 §7.9.2.2): UTF-16 or UTF-8 with a mark, else taken for ASCII.
fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    Some(match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    })
}

/// Collects the bookmarks below `parent`.
fn bookmarks(document: &Document, parent: &Dictionary, level: u8, out: &mut Vec<(u8, String)>) {
    let mut next = dictionary(document, parent.get(b"First").ok());
    // No more bookmarks than objects, whatever the links between them say.
    for _ in 0..document.objects.len() {
        let Some(item) = next else { return };
        out.push((level, item.get(b"Title").ok().and_then(text).unwrap_or_default()));
        if level < 16 && out.len() <= document.objects.len() {
            bookmarks(document, item, level + 1, out);
        }
        next = dictionary(document, item.get(b"Next").ok());
    }
}

/// The attached file whose relationship is `Source`.
fn attached(document: &Document, catalog: &Dictionary) -> Option<Vec<u8>> {
    let files = resolve(document, catalog.get(b"AF").ok()?).as_array().ok()?;
    files.iter().find_map(|file| {
        let file = dictionary(document, Some(file))?;
        if file.get(b"AFRelationship").and_then(Object::as_name).ok()? != b"Source" {
            return None;
        }
        let streams = dictionary(document, file.get(b"EF").ok())?;
        let stream = resolve(document, streams.get(b"F").ok()?).as_stream().ok()?;
        Some(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()))
    })
}
