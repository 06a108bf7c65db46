//! An EPUB and a page of HTML read as readers of XML do: the files in reading order, block by block. Tables of contents, which `nav` says they are, are no text.

use super::Facts;
use crate::error::Cause;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// Larger than any part of ours, so that a few bytes of zip cannot fill the memory.
const LARGEST: u64 = 1 << 30;
/// The type that the first part of a book says it is of.
const TYPE: &str = "application/epub+zip";

/// Elements within a line.
const INLINE: [&[u8]; 16] = [
    b"a", b"b", b"code", b"em", b"i", b"rp", b"rt", b"ruby", b"s", b"small", b"span", b"strong", b"sub", b"sup", b"u",
    b"wbr",
];
/// Elements whose content is no text of the document.
const SKIPPED: [&[u8]; 4] = [b"head", b"nav", b"script", b"style"];

/// Reads a book.
///
/// # Errors
/// A sentence that says what could not be read.
pub fn epub(bytes: &[u8]) -> Result<Facts, Cause> {
    let unreadable = |why: &dyn ToString| Cause::UnreadableEpub { why: why.to_string() };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    // At its place in the file, where programs look for it without reading the archive.
    if bytes.get(30..38) != Some(b"mimetype") || bytes.get(38..38 + TYPE.len()) != Some(TYPE.as_bytes()) {
        return Err(unreadable(&"mimetype"));
    }
    let container = part(&mut archive, "META-INF/container.xml")?;
    let mut root = None;
    each_tag(&container, |element| {
        if element.name().as_ref() == b"rootfile" {
            root = root.take().or(attribute(element, "full-path"));
        }
    })?;
    let root = root.ok_or_else(|| unreadable(&"rootfile"))?;
    let folder = root.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let package = part(&mut archive, &root)?;
    let (mut files, mut spine) = (HashMap::new(), vec![]);
    each_tag(&package, |element| match element.name().as_ref() {
        b"item" => {
            let navigation = attribute(element, "properties").is_some_and(|is| is.split(' ').any(|is| is == "nav"));
            if let (false, Some(id), Some(name)) = (navigation, attribute(element, "id"), attribute(element, "href")) {
                files.insert(id, name);
            }
        }
        b"itemref" => spine.extend(attribute(element, "idref")),
        _ => {}
    })?;
    let mut read = Text::default();
    for name in spine.iter().filter_map(|id| files.get(id)) {
        read.file(&part(&mut archive, &format!("{folder}{name}"))?)?;
    }
    Ok(read.facts())
}

/// Reads a page of HTML that is XML as well, as ours are.
///
/// # Errors
/// A sentence that says what could not be read.
pub fn html(text: &str) -> Result<Facts, Cause> {
    let mut read = Text::default();
    read.file(text)?;
    Ok(read.facts())
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Cause> {
    let Ok(file) = archive.by_name(name) else { return Err(Cause::NoPart { name: name.to_owned() }) };
    let mut text = String::new();
    file.take(LARGEST)
        .read_to_string(&mut text)
        .map_err(|e| Cause::UnreadablePart { name: name.to_owned(), why: e.to_string() })?;
    Ok(text)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn not_well_formed(error: &impl ToString) -> Cause {
    Cause::NotWellFormed { why: error.to_string() }
}

fn not_utf8(error: &impl ToString) -> Cause {
    Cause::NotUtf8So { why: error.to_string() }
}

/// Calls `visit` for every element that begins.
fn each_tag(source: &str, mut visit: impl FnMut(&BytesStart<'_>)) -> Result<(), Cause> {
    let mut reader = Reader::from_str(source);
    loop {
        match reader.read_event().map_err(|e| not_well_formed(&e))? {
            Event::Start(element) | Event::Empty(element) => visit(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What has been read.
#[derive(Default)]
struct Text {
    body: String,
    outline: Vec<(u8, String)>,
    /// Notes by their numbers, which their ids tell: they stand in several files, and are read as one row.
    notes: Vec<(usize, String)>,
    /// Elements that are open within the note in hand.
    in_note: Option<usize>,
}

impl Text {
    fn facts(mut self) -> Facts {
        self.notes.sort_by_key(|(number, _)| *number);
        self.notes.iter().for_each(|(_, note)| self.body.push_str(note));
        Facts::new(&self.body, self.outline)
    }

    fn push(&mut self, text: &str) {
        match (self.in_note, self.notes.last_mut()) {
            (Some(_), Some((_, note))) => note.push_str(text),
            _ => self.body.push_str(text),
        }
    }

    fn file(&mut self, source: &str) -> Result<(), Cause> {
        let mut reader = Reader::from_str(source);
        // Elements that are open in one whose content is no text; whether a picture is described below it; cells in the row.
        let (mut skipped, mut figure, mut cells) = (0u32, false, 0u32);
        // Where the heading in hand begins.
        let mut heading = None;
        loop {
            let event = reader.read_event().map_err(|e| not_well_formed(&e))?;
            let empty = matches!(event, Event::Empty(_));
            match &event {
                Event::Eof => return Ok(()),
                Event::Start(_) if skipped > 0 => skipped += 1,
                Event::End(_) if skipped > 0 => skipped -= 1,
                _ if skipped > 0 => {}
                Event::Start(element) if SKIPPED.contains(&element.name().as_ref()) => skipped = 1,
                Event::Start(element) | Event::Empty(element) => {
                    let note = attribute(element, "class").filter(|class| class == "note");
                    let number = note.and_then(|_| attribute(element, "id")?.strip_prefix('n')?.parse().ok());
                    if let (None, Some(number), false) = (self.in_note, number, empty) {
                        self.notes.push((number, String::new()));
                        self.in_note = Some(0);
                    } else if let (Some(depth), false) = (&mut self.in_note, empty) {
                        *depth += 1;
                    }
                    match element.name().as_ref() {
                        b"br" => self.push("\n"),
                        b"img" if figure => {}
                        b"img" => self.push(&attribute(element, "alt").unwrap_or_default()),
                        b"td" | b"th" => {
                            if cells > 0 {
                                self.push("\t");
                            }
                            cells += 1;
                        }
                        name if INLINE.contains(&name) => {}
                        name => {
                            self.push("\n");
                            match name {
                                b"figure" => figure = !empty,
                                b"tr" => cells = 0,
                                _ => {}
                            }
                            heading = level(name).map(|level| (level, self.body.len())).or(heading);
                        }
                    }
                }
                Event::End(element) => {
                    match element.name().as_ref() {
                        b"td" | b"th" => {}
                        name if INLINE.contains(&name) => {}
                        name => {
                            figure &= name != b"figure";
                            if let Some((level, start)) = heading.take_if(|_| level(name).is_some()) {
                                self.outline.push((level, self.body.get(start..).unwrap_or_default().to_owned()));
                            }
                            self.push("\n");
                        }
                    }
                    self.in_note = self.in_note.and_then(|depth| depth.checked_sub(1));
                }
                Event::Text(piece) => self.push(&piece.decode().map_err(|e| not_utf8(&e))?),
                Event::GeneralRef(name) => {
                    let name = name.decode().map_err(|e| not_utf8(&e))?;
                    let piece = quick_xml::escape::unescape(&format!("&{name};"))
                        .map_err(|e| not_well_formed(&e))?
                        .into_owned();
                    self.push(&piece);
                }
                _ => {}
            }
        }
    }
}

/// The level of a heading.
fn level(name: &[u8]) -> Option<u8> {
    match name {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}
