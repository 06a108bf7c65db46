//! A page with its pictures in one file (MHT): a message of mail with a part for each (RFC 2557).

use super::page;
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::collections::HashMap;
use std::ops::Range;

/// The head of a message is looked for in so many bytes.
const HEAD: usize = 1 << 16;
/// Parts within parts beyond this are not looked into.
const DEEPEST: usize = 8;
/// Most fields of a head.
const FIELDS: usize = 1000;
/// Most parts.
const PARTS: usize = 10_000;

/// Padding is often lost.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// A part of a message.
struct Part<'m> {
    /// The fields of its head: their names in lower case, their lines joined.
    fields: Vec<(String, String)>,
    body: &'m [u8],
}

/// Whether `bytes` are a page with its pictures in the form of a message, and no letter.
pub fn is_archive(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    head.first().is_some_and(u8::is_ascii_alphabetic) && {
        let part = Part::read(head);
        part.kind() == "multipart/related"
            && part.field("content-type").to_ascii_lowercase().contains("text/html")
            && part.boundary().is_some()
    }
}

/// Whether there is a page in the message `bytes`.
pub fn holds_page(bytes: &[u8]) -> bool {
    parts(bytes).any(|part| part.is_page())
}

/// The page in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its bytes; behind them those of the pages that it shows in frames, in their order.
    pub page: Vec<u8>,
    /// Where each of these lay before it was saved.
    bases: Vec<String>,
    /// The frames that show them, as the pages name them.
    pub frames: Vec<String>,
    /// The names of the pages in the message that are not among them: an advertisement in a frame of its own, an answer that stands below.
    pub others: Vec<String>,
}

/// The page in the message `bytes`, if there is one.
pub fn page_in(bytes: &[u8]) -> Option<Saved> {
    let pages: Vec<Part<'_>> = parts(bytes).filter(Part::is_page).collect();
    let root = parameter(Part::read(bytes).field("content-type"), "start").unwrap_or_default();
    let first = pages.iter().position(|page| !root.is_empty() && page.id() == bare(&root)).unwrap_or(0);
    let mut by_name = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        for name in page.names("") {
            by_name.entry(name).or_insert(index);
        }
    }
    let mut saved = Saved { page: vec![], bases: vec![], frames: vec![], others: vec![] };
    let (mut waiting, mut seen) = (vec![first], vec![false; pages.len()]);
    while let Some(index) = waiting.pop() {
        let Some(page) = pages.get(index).filter(|_| !std::mem::replace(&mut seen[index], true)) else { continue };
        let (own, base) = (page.decoded(), page.place());
        // Only a message of several pages can hold those that one of them shows.
        let frames = if pages.len() > 1 { page::frames(&String::from_utf8_lossy(&own)) } else { vec![] };
        for frame in frames.into_iter().rev() {
            if let Some(shown) = by_name.get(&resolved(&base, &frame)) {
                waiting.push(*shown);
                saved.frames.push(frame);
            }
        }
        saved.page.extend_from_slice(&own);
        saved.bases.push(base);
    }
    let left = pages.iter().zip(&seen).filter(|(_, seen)| !**seen);
    saved.others = left.map(|(page, _)| page.names("").into_iter().next().unwrap_or_default()).collect();
    (!saved.bases.is_empty()).then_some(saved)
}

/// What lies in a message beside its page, by the names that the page has for it.
pub struct Shelf<'m> {
    parts: Vec<Part<'m>>,
    by_name: HashMap<String, usize>,
    /// Where the pages lay that name them.
    bases: Vec<String>,
}

impl<'m> Shelf<'m> {
    /// What lies in the message `bytes`.
    pub fn new(bytes: &'m [u8]) -> Self {
        let parts: Vec<Part<'m>> = parts(bytes).filter(|part| part.kind().starts_with("image/")).collect();
        let bases = page_in(bytes).map(|saved| saved.bases).unwrap_or_default();
        let mut by_name = HashMap::new();
        for (index, part) in parts.iter().enumerate() {
            for name in part.names(bases.first().map_or("", |base| base)) {
                by_name.entry(name).or_insert(index);
            }
        }
        Shelf { parts, by_name, bases }
    }

    /// The bytes of what is named so.
    pub fn take(&self, name: &str) -> Option<Vec<u8>> {
        let from_pages = self.bases.iter().map(|base| resolved(base, name));
        let index =
            std::iter::once(name.to_owned()).chain(from_pages).find_map(|name| self.by_name.get(&name).copied());
        self.parts.get(index?).map(Part::decoded)
    }
}

/// The address that `target` names, seen from a page at the address `base` (RFC 3986, 5).
fn resolved(base: &str, target: &str) -> String {
    let target = target.trim();
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    if base.is_empty() || target.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme)) {
        return target.to_owned();
    }
    let base = base.split(['?', '#']).next().unwrap_or_default();
    let scheme = base.find("://").map_or(0, |at| at + "://".len());
    let host = base[scheme..].find('/').map_or(base.len(), |at| scheme + at);
    match target {
        _ if target.starts_with("//") => return format!("{}{target}", base[..scheme].trim_end_matches("//")),
        _ if target.starts_with('/') => return format!("{}{target}", &base[..host]),
        _ => {}
    }
    let folder = base[host..].rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').skip(1).collect();
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let slash = if host < base.len() || scheme > 0 { "/" } else { "" };
    format!("{}{slash}{}", &base[..host], steps.join("/"))
}

/// An id without the brackets that it stands in.
fn bare(id: &str) -> &str {
    id.trim().trim_matches(['<', '>'])
}

/// The value of a parameter of a field: `boundary` of `multipart/related; boundary="a;b"`.
fn parameter(field: &str, name: &str) -> Option<String> {
    let mut rest = field.split_once(';')?.1;
    while !rest.trim().is_empty() {
        let (own, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, behind) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        if own.trim_matches([';', ' ', '\t']).eq_ignore_ascii_case(name) {
            return Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        }
        rest = behind;
    }
    None
}

/// The parts of a message that have no parts themselves, in order.
fn parts(bytes: &[u8]) -> impl Iterator<Item = Part<'_>> {
    let mut waiting = vec![(Part::read(bytes), 0)];
    let mut seen = 0;
    std::iter::from_fn(move || {
        while let Some((part, depth)) = waiting.pop() {
            seen += 1;
            match part.boundary() {
                Some(boundary) if depth < DEEPEST && seen < PARTS => {
                    let inner = split(part.body, boundary.as_bytes()).into_iter().rev();
                    waiting.extend(inner.map(|body| (Part::read(body), depth + 1)));
                }
                _ => return Some(part),
            }
        }
        None
    })
}

impl<'m> Part<'m> {
    /// Reads the head of `bytes`; what follows the first empty line is its body.
    fn read(bytes: &'m [u8]) -> Self {
        let mut fields: Vec<(String, String)> = vec![];
        let mut at = 0;
        while at < bytes.len() {
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |len| at + len + 1);
            let line = bytes[at..end].trim_ascii_end();
            at = end;
            if line.is_empty() || fields.len() > FIELDS {
                break;
            }
            let text = String::from_utf8_lossy(line);
            match (text.split_once(':'), fields.last_mut()) {
                (_, Some((_, value))) if line[0].is_ascii_whitespace() => {
                    value.push(' ');
                    value.push_str(text.trim());
                }
                (Some((name, value)), _) => fields.push((name.to_ascii_lowercase(), value.trim().to_owned())),
                (None, _) => {}
            }
        }
        Part { fields, body: &bytes[at.min(bytes.len())..] }
    }

    fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// What it is, in lower case: `text/html`.
    fn kind(&self) -> String {
        let value = self.field("content-type");
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    fn is_page(&self) -> bool {
        matches!(self.kind().as_str(), "text/html" | "application/xhtml+xml")
    }

    /// Its id, by which others name it.
    fn id(&self) -> &str {
        bare(self.field("content-id"))
    }

    /// Where it lay before it was saved. A long address is written in several lines.
    fn place(&self) -> String {
        self.field("content-location").split_whitespace().collect()
    }

    /// The names by which a page at `base` may name it.
    fn names(&self, base: &str) -> Vec<String> {
        let (place, id) = (self.place(), self.id());
        let address = Some(resolved(base, &place)).filter(|address| *address != place);
        let names = [Some(place), address, (!id.is_empty()).then(|| format!("cid:{id}"))];
        names.into_iter().flatten().filter(|name| !name.is_empty()).collect()
    }

    /// What stands between its parts, if it has some.
    fn boundary(&self) -> Option<String> {
        let parted = self.kind().starts_with("multipart/");
        parameter(self.field("content-type"), "boundary").filter(|_| parted)
    }

    /// Its body, as it was before it was packed for the way.
    fn decoded(&self) -> Vec<u8> {
        let packing = self.field("content-transfer-encoding").to_ascii_lowercase();
        match packing.as_str() {
            "base64" => {
                let signs: Vec<u8> = self
                    .body
                    .iter()
                    .copied()
                    .filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
                    .collect();
                let whole = signs.len() - usize::from(signs.len() % 4 == 1);
                BASE64.decode(&signs[..whole]).unwrap_or_default()
            }
            "quoted-printable" => quoted_printable(self.body),
            _ => self.body.to_vec(),
        }
    }
}

/// The parts between lines that begin with `--` and this boundary.
fn split<'m>(body: &'m [u8], boundary: &[u8]) -> Vec<&'m [u8]> {
    let sign = [b"--", boundary].concat();
    let mut parts: Vec<Range<usize>> = vec![];
    let mut from = None;
    for at in memchr::memmem::find_iter(body, &sign) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        let rest = &body[at + sign.len()..];
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        // Another boundary may begin with this one.
        let behind = rest[..end].trim_ascii_end();
        if !matches!(behind, b"" | b"--") {
            continue;
        }
        if let Some(from) = from {
            parts.push(from..at);
        }
        from = (end < rest.len()).then_some(at + sign.len() + end + 1);
        if behind == b"--" || parts.len() >= PARTS {
            from = None;
            break;
        }
    }
    // The file may have been cut off.
    parts.extend(from.map(|from| from..body.len()));
    parts.into_iter().map(|range| &body[range]).collect()
}

/// Quoted-printable (RFC 2045, 6.7): `=E4` is a byte, and `=` at the end of a line joins it with the next.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..at]);
        let hex = |b: u8| char::from(b).to_digit(16);
        rest = &rest[at + 1..];
        match *rest {
            [b'\r', b'\n', ..] => rest = &rest[2..],
            [b'\n', ..] => rest = &rest[1..],
            [a, b, ..] if hex(a).is_some() && hex(b).is_some() => {
                out.push((hex(a).unwrap_or_default() * 16 + hex(b).unwrap_or_default()) as u8);
                rest = &rest[2..];
            }
            _ => out.push(b'='),
        }
    }
    out.extend_from_slice(rest);
    out
}
