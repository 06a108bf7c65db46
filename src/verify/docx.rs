//! A DOCX read through its parts: paragraphs, the markers that numbering gives them, notes, headings by style.

use super::Facts;
use crate::document::{Marker, NumberForm, Numerals, marker_text};
use crate::error::Cause;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};

/// Larger than any part of ours, so that a few bytes of zip cannot fill the memory.
const LARGEST: u64 = 1 << 30;

/// Reads `bytes`.
///
/// # Errors
/// A sentence that says what could not be read.
pub fn read(bytes: &[u8]) -> Result<Facts, Cause> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| Cause::UnreadableDocx { why: e.to_string() })?;
    let main = part(&mut archive, "word/document.xml")?
        .ok_or_else(|| Cause::NoPart { name: "word/document.xml".to_owned() })?;
    let numbering = part(&mut archive, "word/numbering.xml")?.unwrap_or_default();
    let notes = part(&mut archive, "word/footnotes.xml")?.unwrap_or_default();
    let mut numbering = Numbering::parse(&numbering)?;
    let settings = part(&mut archive, "word/settings.xml")?.unwrap_or_default();
    let circled = settings.contains("<w:footnotePr><w:numFmt w:val=\"decimalEnclosedCircle\"/>");
    let body = paragraphs(&main, &mut numbering, circled)?;
    let notes = paragraphs(&notes, &mut numbering, circled)?;
    // Notes that nothing refers to stand at the end of the body, before those that stand in their own part.
    let referred_to = body.iter().rposition(|p| p.style != "FootnoteText").map_or(0, |last| last + 1);
    let (body, unreferred) = body.split_at(referred_to);
    let mut text = String::new();
    for paragraph in body.iter().chain(&notes).chain(unreferred) {
        text.push_str(&paragraph.text);
        text.push('\n');
    }
    let outline = body.iter().filter(|p| !p.unlisted).filter_map(|p| Some((level(&p.style)?, p.text.clone())));
    Ok(Facts::new(&text, outline))
}

/// A paragraph, or a row of a table.
#[derive(Debug, Default)]
struct Paragraph {
    style: String,
    /// Whether it is body text for the outline, whatever its style.
    unlisted: bool,
    text: String,
}

/// The level of the headings of a style.
fn level(style: &str) -> Option<u8> {
    match style {
        "Title" => Some(1),
        _ => style.strip_prefix("Heading")?.parse().ok().filter(|level| (1..=9).contains(level)),
    }
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Cause> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    file.take(LARGEST)
        .read_to_string(&mut text)
        .map_err(|e| Cause::UnreadablePart { name: name.to_owned(), why: e.to_string() })?;
    Ok(Some(text))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// A list: what its markers look like, and the number of the next.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    text: String,
    suffix: String,
    next: u32,
}

/// The lists of a document: levels by list and depth.
#[derive(Debug, Default)]
struct Numbering {
    lists: HashMap<String, HashMap<String, Level>>,
}

impl Numbering {
    fn parse(source: &str) -> Result<Self, Cause> {
        let mut kinds: HashMap<String, HashMap<String, Level>> = HashMap::new();
        let mut numbering = Numbering::default();
        let (mut kind, mut list, mut depth) = (String::new(), None, String::new());
        each_tag(source, |element, _| {
            let value = || attribute(element, "w:val").unwrap_or_default();
            let mut level =
                |depth: &str| kinds.entry(kind.clone()).or_default().entry(depth.to_owned()).or_default().clone();
            match element.name().as_ref() {
                b"w:abstractNum" => kind = attribute(element, "w:abstractNumId").unwrap_or_default(),
                b"w:lvl" | b"w:lvlOverride" => depth = attribute(element, "w:ilvl").unwrap_or_default(),
                name @ (b"w:start" | b"w:numFmt" | b"w:suff" | b"w:lvlText") => {
                    let mut changed = level(&depth);
                    match name {
                        b"w:start" => changed.next = value().parse().unwrap_or(1),
                        b"w:numFmt" => changed.format = value(),
                        b"w:suff" => changed.suffix = value(),
                        _ => changed.text = value(),
                    }
                    kinds.entry(kind.clone()).or_default().insert(depth.clone(), changed);
                }
                b"w:num" => list = attribute(element, "w:numId"),
                b"w:abstractNumId" => {
                    if let (Some(list), Some(levels)) = (&list, kinds.get(&value())) {
                        numbering.lists.insert(list.clone(), levels.clone());
                    }
                }
                b"w:startOverride" => {
                    let levels = list.as_ref().and_then(|list| numbering.lists.get_mut(list));
                    if let Some(level) = levels.and_then(|levels| levels.get_mut(&depth)) {
                        level.next = value().parse().unwrap_or(1);
                    }
                }
                _ => {}
            }
        })?;
        Ok(numbering)
    }

    /// The marker of the next paragraph of `list` at `depth`.
    fn marker(&mut self, list: &str, depth: &str) -> String {
        let Some(level) = self.lists.get_mut(list).and_then(|levels| levels.get_mut(depth)) else {
            return String::new();
        };
        let number = level.next;
        level.next = number.saturating_add(1);
        let numerals = match level.format.as_str() {
            "chineseCountingThousand" => Numerals::Han,
            "decimalEnclosedCircle" => Numerals::Circled,
            "lowerLetter" => Numerals::Lower,
            "upperLetter" => Numerals::Upper,
            _ => Numerals::Arabic,
        };
        let form = NumberForm::new(None, numerals, None, false);
        let shown = marker_text(Marker::Number { start: number, form }, 0);
        let place = format!("%{}", depth.parse::<u32>().unwrap_or(0) + 1);
        let mut marker = level.text.replace(&place, &shown);
        match level.suffix.as_str() {
            "nothing" => {}
            "space" => marker.push(' '),
            _ => marker.push('\t'),
        }
        marker
    }
}

fn not_well_formed(error: &impl ToString) -> Cause {
    Cause::NotWellFormed { why: error.to_string() }
}

fn not_utf8(error: &impl ToString) -> Cause {
    Cause::NotUtf8So { why: error.to_string() }
}

/// Calls `visit` for every element that begins; the flag says whether it is empty.
fn each_tag(source: &str, mut visit: impl FnMut(&BytesStart<'_>, bool)) -> Result<(), Cause> {
    let mut reader = Reader::from_str(source);
    loop {
        match reader.read_event().map_err(|e| not_well_formed(&e))? {
            Event::Start(element) => visit(&element, false),
            Event::Empty(element) => visit(&element, true),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The paragraphs of a part in order; the marks of its notes are counted, `circled` or plain.
fn paragraphs(source: &str, numbering: &mut Numbering, circled: bool) -> Result<Vec<Paragraph>, Cause> {
    let mut reader = Reader::from_str(source);
    let mut out = vec![];
    let mut now = Paragraph::default();
    let (mut list, mut depth) = (None, String::new());
    let mut cells: Vec<String> = vec![];
    let mut cell: Option<String> = None;
    let mut reading = String::new();
    let mut marked = 0;
    // Elements that are open, of those that matter.
    let (mut skipped, mut text, mut run, mut reading_open) = (0u32, false, false, false);
    loop {
        let event = reader.read_event().map_err(|e| not_well_formed(&e))?;
        let empty = matches!(event, Event::Empty(_));
        match &event {
            // A table of contents is made from the text and no part of it, nor is what a tracked change took away.
            Event::Start(element) if matches!(element.name().as_ref(), b"w:sdt" | b"w:del") || skipped > 0 => {
                skipped += 1;
            }
            Event::End(_) if skipped > 0 => skipped -= 1,
            _ if skipped > 0 => {}
            Event::Start(element) | Event::Empty(element) => match element.name().as_ref() {
                b"w:p" => {
                    now = Paragraph::default();
                    (list, depth) = (None, String::new());
                }
                b"w:pStyle" => now.style = attribute(element, "w:val").unwrap_or_default(),
                b"w:outlineLvl" => now.unlisted = attribute(element, "w:val").as_deref() == Some("9"),
                b"w:numId" => list = attribute(element, "w:val"),
                b"w:ilvl" => depth = attribute(element, "w:val").unwrap_or_default(),
                b"w:r" => run = !empty,
                b"w:t" => text = !empty,
                b"w:tab" if run => now.text.push('\t'),
                b"w:br" | b"w:cr" if run => now.text.push('\n'),
                b"w:rt" => reading_open = true,
                b"w:footnoteReference" | b"w:footnoteRef" if attribute(element, "w:customMarkFollows").is_none() => {
                    let circle = Marker::Number { start: 1, form: NumberForm::CIRCLED };
                    now.text.push_str(&if circled { marker_text(circle, marked) } else { (marked + 1).to_string() });
                    marked += 1;
                }
                // A picture within a line stands for its description; that of one that stands alone is beside it.
                b"wp:docPr" if now.style != "Figure" => {
                    now.text.push_str(&attribute(element, "descr").unwrap_or_default());
                }
                b"w:tc" => cell = Some(String::new()),
                b"w:tr" => cells.clear(),
                _ => {}
            },
            Event::End(element) => match element.name().as_ref() {
                b"w:t" => text = false,
                b"w:r" => run = false,
                b"w:rt" => reading_open = false,
                b"w:ruby" => now.text.push_str(&format!("（{}）", std::mem::take(&mut reading))),
                b"w:p" => {
                    if let Some(list) = list.take() {
                        now.text.insert_str(0, &numbering.marker(&list, &depth));
                    }
                    match &mut cell {
                        Some(cell) => {
                            if !cell.is_empty() {
                                cell.push('\n');
                            }
                            cell.push_str(&now.text);
                        }
                        None => out.push(std::mem::take(&mut now)),
                    }
                }
                b"w:tc" => cells.extend(cell.take()),
                b"w:tr" => out.push(Paragraph { style: "Table".into(), text: cells.join("\t"), unlisted: false }),
                _ => {}
            },
            Event::Text(piece) if text => {
                let piece = piece.decode().map_err(|e| not_utf8(&e))?;
                if reading_open { reading.push_str(&piece) } else { now.text.push_str(&piece) }
            }
            Event::GeneralRef(name) if text => {
                let name = name.decode().map_err(|e| not_utf8(&e))?;
                let piece =
                    quick_xml::escape::unescape(&format!("&{name};")).map_err(|e| not_well_formed(&e))?.into_owned();
                if reading_open { reading.push_str(&piece) } else { now.text.push_str(&piece) }
            }
            Event::Eof => return Ok(out),
            _ => {}
        }
    }
}
