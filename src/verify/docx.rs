//! A DOCX read through its parts: paragraphs, the markers that numbering gives them, notes, headings by style.

use super::{Facts, Line};
use crate::document::{Marker, NumberForm, Numerals, marker_text};
use crate::error::Cause;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::ops::Range;

/// Larger than any part of ours, so that a few bytes of zip cannot fill the memory.
const LARGEST: u64 = 1 << 30;

/// Reads `bytes`.
///
/// # Errors
/// A sentence that says what could not be read.
pub fn read(bytes: &[u8]) -> Result<Facts, Cause> {
    let all = all(bytes, LARGEST)?;
    let mut text = String::new();
    for paragraph in &all {
        text.push_str(&paragraph.text);
        text.push('\n');
    }
    let outline = all.iter().filter_map(|p| Some((p.level()?, p.text.clone())));
    Ok(Facts::new(&text, outline))
}

/// The lines of `bytes`, which need not be as we wrote them, with the changes that are tracked in them; no part may unpack to more than `most` bytes.
///
/// # Errors
/// As [`read`].
pub fn lines(bytes: &[u8], most: u64) -> Result<Vec<Line>, Cause> {
    let mut lines = vec![];
    for paragraph in all(bytes, most)? {
        Line::push(&paragraph.text, paragraph.level(), &paragraph.tracked, &mut lines);
    }
    Ok(lines)
}

/// The paragraphs of `bytes`, notes behind the text.
fn all(bytes: &[u8], most: u64) -> Result<Vec<Paragraph>, Cause> {
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| Cause::UnreadableDocx { why: e.to_string() })?;
    let main = part(&mut archive, "word/document.xml", most)?
        .ok_or_else(|| Cause::NoPart { name: "word/document.xml".to_owned() })?;
    let numbering = part(&mut archive, "word/numbering.xml", most)?.unwrap_or_default();
    let notes = part(&mut archive, "word/footnotes.xml", most)?.unwrap_or_default();
    let mut numbering = Numbering::parse(&numbering)?;
    let settings = part(&mut archive, "word/settings.xml", most)?.unwrap_or_default();
    let circled = settings.contains("<w:footnotePr><w:numFmt w:val=\"decimalEnclosedCircle\"/>");
    let body = paragraphs(&main, &mut numbering, circled)?;
    let notes = paragraphs(&notes, &mut numbering, circled)?;
    // Notes that nothing refers to stand at the end of the body, before those that stand in their own part.
    let referred_to = body.iter().rposition(|p| p.style != "FootnoteText").map_or(0, |last| last + 1);
    let mut all = body;
    let unreferred = all.split_off(referred_to);
    all.extend(notes);
    all.extend(unreferred);
    Ok(all)
}

/// A paragraph, or a row of a table.
#[derive(Debug, Default)]
struct Paragraph {
    style: String,
    /// Whether it is body text for the outline, whatever its style.
    unlisted: bool,
    /// Its level in the outline, where its style says none.
    outline: Option<u8>,
    text: String,
    /// Where something was put in or, where a range is empty, taken away, by a change that is still open.
    tracked: Vec<Range<usize>>,
}

impl Paragraph {
    /// Its level as a heading.
    fn level(&self) -> Option<u8> {
        level(&self.style).filter(|_| !self.unlisted).or(self.outline)
    }
}

/// The level of the headings of a style.
fn level(style: &str) -> Option<u8> {
    match style {
        "Title" => Some(1),
        _ => style.strip_prefix("Heading")?.parse().ok().filter(|level| (1..=9).contains(level)),
    }
}

fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Option<String>, Cause> {
    let Ok(file) = archive.by_name(name) else { return Ok(None) };
    let mut text = String::new();
    let read = file.take(most + 1).read_to_string(&mut text);
    if text.len() as u64 > most {
        return Err(Cause::of(name, Cause::LargerThan { most }));
    }
    read.map_err(|e| Cause::UnreadablePart { name: name.to_owned(), why: e.to_string() })?;
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

/// `ranges`, so many bytes further on.
fn shifted(ranges: &[Range<usize>], by: usize) -> Vec<Range<usize>> {
    ranges.iter().map(|range| range.start + by..range.end + by).collect()
}

/// The paragraphs of a part in order; the marks of its notes are counted, `circled` or plain.
fn paragraphs(source: &str, numbering: &mut Numbering, circled: bool) -> Result<Vec<Paragraph>, Cause> {
    let mut reader = Reader::from_str(source);
    let mut out = vec![];
    let mut now = Paragraph::default();
    let (mut list, mut depth) = (None, String::new());
    let mut cells: Vec<String> = vec![];
    let mut cell: Option<String> = None;
    // The open changes of a row, and where the one begins that is being read.
    let (mut in_row, mut put): (Vec<Range<usize>>, _) = (vec![], None);
    let mut reading = String::new();
    let mut marked = 0;
    // Elements that are open, of those that matter.
    let (mut skipped, mut text, mut run, mut reading_open) = (0u32, false, false, false);
    // Whether the run is the mark of a note that says where a link leads: it is printed, and no part of the text.
    let mut printed = false;
    // Whether the run is not seen, and the one before it.
    let (mut hidden, mut behind_hidden) = (false, false);
    loop {
        let event = reader.read_event().map_err(|e| not_well_formed(&e))?;
        let empty = matches!(event, Event::Empty(_));
        match &event {
            // A table of contents is made from the text and no part of it, nor is what a tracked change took away.
            Event::Start(element)
                if matches!(element.name().as_ref(), b"w:sdt" | b"w:del" | b"w:moveFrom") || skipped > 0 =>
            {
                if skipped == 0 && element.name().as_ref() != b"w:sdt" {
                    now.tracked.push(now.text.len()..now.text.len());
                }
                skipped += 1;
            }
            Event::End(_) if skipped > 0 => skipped -= 1,
            _ if skipped > 0 => {}
            Event::Start(element) | Event::Empty(element) => match element.name().as_ref() {
                b"w:p" => {
                    now = Paragraph::default();
                    (list, depth) = (None, String::new());
                    (hidden, behind_hidden) = (false, false);
                }
                b"w:pStyle" => now.style = attribute(element, "w:val").unwrap_or_default(),
                b"w:outlineLvl" => {
                    let level = attribute(element, "w:val").and_then(|level| level.parse::<u8>().ok());
                    (now.unlisted, now.outline) = (level == Some(9), level.filter(|&level| level < 9).map(|l| l + 1));
                }
                b"w:numId" => list = attribute(element, "w:val"),
                b"w:ilvl" => depth = attribute(element, "w:val").unwrap_or_default(),
                b"w:ins" | b"w:moveTo" if !empty => put = Some(now.text.len()),
                b"w:r" => {
                    (run, printed) = (!empty, false);
                    behind_hidden = std::mem::take(&mut hidden);
                }
                b"w:vanish" if run => hidden = true,
                b"w:rStyle" => printed = attribute(element, "w:val").as_deref() == Some("LinkReference"),
                b"w:t" => text = !empty && !printed,
                // A tab stands for the blanks before it, which are there and not seen.
                b"w:tab" if run && behind_hidden && !hidden => {}
                b"w:tab" if run => now.text.push('\t'),
                // The lines of a title may end where its sense parts.
                b"w:br" if run && attribute(element, "w:clear").as_deref() == Some("all") => {}
                b"w:br" | b"w:cr" if run => now.text.push('\n'),
                b"w:rt" => reading_open = true,
                b"w:footnoteReference" | b"w:footnoteRef" if attribute(element, "w:customMarkFollows").is_none() => {
                    let circle = Marker::Number { start: 1, form: NumberForm::CIRCLED };
                    if !printed {
                        let number = if circled { marker_text(circle, marked) } else { (marked + 1).to_string() };
                        now.text.push_str(&number);
                    }
                    marked += 1;
                }
                // A picture within a line stands for its description; that of one that stands alone is beside it.
                b"wp:docPr" if now.style != "Figure" => {
                    now.text.push_str(&attribute(element, "descr").unwrap_or_default());
                }
                b"w:tc" => cell = Some(String::new()),
                b"w:tr" => {
                    cells.clear();
                    in_row.clear();
                }
                _ => {}
            },
            Event::End(element) => match element.name().as_ref() {
                b"w:t" => text = false,
                b"w:ins" | b"w:moveTo" => {
                    now.tracked.extend(put.take().map(|start| start..now.text.len()).filter(|range| !range.is_empty()));
                }
                b"w:r" => run = false,
                b"w:rt" => reading_open = false,
                b"w:ruby" => now.text.push_str(&format!("（{}）", std::mem::take(&mut reading))),
                b"w:p" => {
                    if let Some(list) = list.take() {
                        let marker = numbering.marker(&list, &depth);
                        now.text.insert_str(0, &marker);
                        now.tracked = shifted(&now.tracked, marker.len());
                    }
                    match &mut cell {
                        Some(cell) => {
                            if !cell.is_empty() {
                                cell.push('\n');
                            }
                            let before = cells.iter().map(|cell| cell.len() + 1).sum::<usize>() + cell.len();
                            in_row.extend(shifted(&now.tracked, before));
                            cell.push_str(&now.text);
                        }
                        None if now.style == "LinkNote" => now = Paragraph::default(),
                        None => out.push(std::mem::take(&mut now)),
                    }
                }
                b"w:tc" => cells.extend(cell.take()),
                b"w:tr" => {
                    let tracked = std::mem::take(&mut in_row);
                    out.push(Paragraph {
                        style: "Table".into(),
                        text: cells.join("\t"),
                        tracked,
                        ..Paragraph::default()
                    });
                }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    #[test]
    fn a_part_that_unpacks_to_more_than_it_may_is_refused_by_name() {
        let body = "<w:document><w:body><w:p><w:r><w:t>山雨</w:t></w:r></w:p></w:body></w:document>";
        let mut package = zip::ZipWriter::new(Cursor::new(vec![]));
        package.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
        package.write_all(body.as_bytes()).unwrap();
        let bytes = package.finish().unwrap().into_inner();
        assert_eq!(lines(&bytes, body.len() as u64).unwrap().len(), 1);
        let refused = lines(&bytes, body.len() as u64 - 1).unwrap_err();
        assert_eq!(refused, Cause::of("word/document.xml", Cause::LargerThan { most: body.len() as u64 - 1 }));
    }
}
