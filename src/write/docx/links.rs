//! Links: relationships of a part to places outside and to pictures, and anchors inside the document.

use super::contents::bookmark;
use super::xml::escape;
use crate::document::OutlineEntry;
use docx_rs::HyperlinkData;
use std::collections::{BTreeMap, HashMap};

/// The links of one part, in order of first use. A target that comes again keeps its relationship.
#[derive(Default)]
pub struct Links {
    /// The addresses, ready for a relationship.
    targets: Vec<String>,
    /// Where each stands in `targets`.
    places: HashMap<String, usize>,
    /// The files of pictures, by their numbers: names below `word/`.
    images: BTreeMap<usize, String>,
    /// The headings by the anchors that Markdown gives them.
    anchors: HashMap<String, usize>,
}

impl Links {
    /// No link yet, in a document with the headings of `outline`.
    pub fn to(outline: &[OutlineEntry]) -> Self {
        let mut anchors = HashMap::with_capacity(outline.len());
        for (index, entry) in outline.iter().enumerate() {
            anchors.entry(anchor(&entry.text)).or_insert(index);
        }
        Links { anchors, ..Links::default() }
    }

    /// The link to `target`; `None` when Word could not take it as an address (it would call the whole file broken), so that its text
    /// stands unlinked.
    pub fn add(&mut self, target: &str) -> Option<HyperlinkData> {
        if let Some(fragment) = target.trim().strip_prefix('#') {
            let heading = *self.anchors.get(&anchor(&decode(fragment)))?;
            return Some(HyperlinkData::Anchor { anchor: bookmark(heading) });
        }
        let address = address(target)?;
        let next = self.targets.len();
        let place = *self.places.entry(address.clone()).or_insert(next);
        if place == next {
            self.targets.push(address.clone());
        }
        Some(HyperlinkData::External { rid: id(place), path: String::new() })
    }

    /// The id of the relationship to the picture of this number, whose file is the part `name` below `word/`.
    pub fn image(&mut self, number: usize, name: String) -> String {
        self.images.insert(number, name);
        image_id(number)
    }

    /// The relationships of the part, with their ids.
    pub fn relationships(&self) -> impl Iterator<Item = (String, &str)> {
        self.targets.iter().enumerate().map(|(place, target)| (id(place), target.as_str()))
    }
}

/// The anchor of a heading as GitHub makes it: letters and digits in lower case, hyphens for spaces.
fn anchor(text: &str) -> String {
    let kept = text.trim().chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

/// `text` with its percent-encoding undone; as it is where that gives no text.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |i: usize| tail.get(i).and_then(|&b| char::from(b).to_digit(16));
        let hex = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn image_id(number: usize) -> String {
    format!("image{}", number + 1)
}

fn id(place: usize) -> String {
    format!("link{}", place + 1)
}

/// `target` as a URI that a strict reader takes: percent-encoded where needed; `None` when it is none.
fn address(target: &str) -> Option<String> {
    let target = target.trim();
    if target.is_empty() {
        return None;
    }
    let Some((scheme, rest)) = target.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) else {
        // A path beside the document, a query or a fragment.
        return (!target.starts_with("//")).then(|| encode(target));
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "ftp" => {
            let rest = rest.strip_prefix("//")?;
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at(end);
            is_authority(authority).then(|| format!("{scheme}://{authority}{}", encode(path)))
        }
        "mailto" => {
            let end = rest.find('?').unwrap_or(rest.len());
            let (to, query) = rest.split_at(end);
            let (name, host) = to.split_once('@')?;
            let plain = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || ".-_+".contains(c));
            (plain(name) && plain(host)).then(|| format!("mailto:{to}{}", encode(query)))
        }
        _ => None,
    }
}

/// Whether `text` could be the scheme of a URI (RFC 3986 §3.1), rather than a Windows drive.
fn is_scheme(text: &str) -> bool {
    text.len() > 1
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Whether `text` is a host with an optional port, of letters of any script.
fn is_authority(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "80"));
    !host.is_empty()
        && !host.starts_with('.')
        && !host.contains("..")
        && host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && port.parse::<u16>().is_ok()
}

/// `text` with everything that may not stand in a URI percent-encoded; what is encoded already stays.
fn encode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    for (i, &b) in bytes.iter().enumerate() {
        let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
        let keep = b.is_ascii_alphanumeric()
            || b"-._~:/?#@!$&'()*+,;=".contains(&b)
            || (b == b'%' && hex(i + 1) && hex(i + 2));
        if keep {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    // A second `#` has no meaning in a URI.
    match out.find('#') {
        Some(first) => {
            let (head, tail) = out.split_at(first + 1);
            format!("{head}{}", tail.replace('#', "%23"))
        }
        None => out,
    }
}

/// The relationship part of `links`, or `None` when there is none.
pub fn part(links: &Links) -> Option<String> {
    let mut items = String::new();
    push(links, &mut items);
    (!items.is_empty()).then(|| super::package::relationships(&items))
}

/// Appends the relationship elements of `links`.
pub fn push(links: &Links, out: &mut String) {
    for (id, target) in links.relationships() {
        out.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" \
             Target=\"{}\" TargetMode=\"External\"/>",
            escape(target)
        ));
    }
    for (&number, name) in &links.images {
        out.push_str(&format!(
            "<Relationship Id=\"{}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"{name}\"/>",
            image_id(number)
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_such_as_a_strict_reader_takes() {
        for (target, expected) in [
            ("https://example.com/a?b=1&c=2#d", Some("https://example.com/a?b=1&c=2#d")),
            ("https://例子.中国/路 径", Some("https://例子.中国/%E8%B7%AF%20%E5%BE%84")),
            ("http://a/100%/%41#x#y", Some("http://a/100%25/%41#x%23y")),
            ("mailto:a.b@c.org", Some("mailto:a.b@c.org")),
            ("图/一.png", Some("%E5%9B%BE/%E4%B8%80.png")),
            ("a.md#b", Some("a.md#b")),
            ("http://", None),
            ("http://a:b/", None),
            ("http://[::1/", None),
            ("mailto:a b", None),
            ("javascript:alert(1)", None),
            ("//host/x", None),
            ("", None),
        ] {
            assert_eq!(address(target).as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn a_fragment_is_a_heading_or_no_link() {
        let entry = |text: &str| OutlineEntry { level: 1, text: text.into(), block: 0 };
        let mut links = Links::to(&[entry("前言"), entry("The First Part: 上")]);
        for target in ["#the-first-part-上", "#the-first-part-%E4%B8%8A"] {
            assert_eq!(links.add(target), Some(HyperlinkData::Anchor { anchor: bookmark(1) }));
        }
        for target in ["#", "#%", "#%E4", "#无"] {
            assert_eq!(links.add(target), None);
        }
    }

    #[test]
    fn one_target_is_one_relationship() {
        let mut links = Links::default();
        for target in ["http://a/", "http://b/", "http://a/"] {
            links.add(target);
        }
        assert_eq!(
            links.relationships().collect::<Vec<_>>(),
            [("link1".into(), "http://a/"), ("link2".into(), "http://b/")]
        );
    }
}
