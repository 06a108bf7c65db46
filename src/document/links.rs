//! Where links may lead. A page is read long after it was set and far from where it was written: what leads to the web, to a mailbox or to a
//! heading of the same text is a link there; everything else (scripts, data, files, shares, paths beside a file that may not be there) is
//! the text that it shows, and is told.

use super::{Block, BlockKind, Document, Inline, InlineKind, OutlineEntry};
use crate::span::{Normal, Span};
use std::collections::{HashMap, HashSet};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// To an address, such as a strict reader takes (RFC 3986), but for letters of other scripts in the name of a host.
    Address(String),
    /// To the heading of this number in the outline.
    Heading(usize),
}

/// The headings of a document by the anchors that Markdown gives them.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    headings: HashMap<String, usize>,
}

impl Anchors {
    /// The anchors of the headings of `outline`.
    pub fn of(outline: &[OutlineEntry]) -> Self {
        let mut headings = HashMap::with_capacity(outline.len());
        for (index, entry) in outline.iter().enumerate() {
            headings.entry(anchor(&entry.text)).or_insert(index);
        }
        Anchors { headings }
    }

    /// Where a link to `target` leads; `None` where it is text.
    pub fn destination(&self, target: &str) -> Option<Destination> {
        let target = target.trim();
        match target.strip_prefix('#') {
            Some(fragment) => self.headings.get(&anchor(&decode(fragment))).copied().map(Destination::Heading),
            None => address(target).map(Destination::Address),
        }
    }
}

impl Document {
    /// The targets, each once, that no format makes a link of, and where the first link to each stands.
    pub fn dead_links(&self) -> Vec<(&str, Span<Normal>)> {
        let mut links = vec![];
        links_of(&self.blocks, &mut links);
        self.footnotes.iter().for_each(|note| links_of(&note.blocks, &mut links));
        if links.is_empty() {
            return vec![];
        }
        let anchors = Anchors::of(&self.outline());
        let mut seen = HashSet::new();
        links.retain(|(target, _)| {
            !target.trim().is_empty() && anchors.destination(target).is_none() && seen.insert(*target)
        });
        links
    }
}

fn links_of<'d>(blocks: &'d [Block], out: &mut Vec<(&'d str, Span<Normal>)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => links_in(&heading.content, out),
            BlockKind::Paragraph { content, .. } => links_in(content, out),
            BlockKind::List(list) => list.items.iter().for_each(|item| links_of(&item.blocks, out)),
            BlockKind::Quote(blocks) => links_of(blocks, out),
            BlockKind::Verse(stanzas) => {
                stanzas.iter().flat_map(|stanza| &stanza.lines).for_each(|line| links_in(&line.content, out));
            }
            BlockKind::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| links_in(cell, out));
            }
            BlockKind::Code { .. } | BlockKind::Divider { .. } | BlockKind::Image(_) => {}
        }
    }
}

fn links_in<'d>(inlines: &'d [Inline], out: &mut Vec<(&'d str, Span<Normal>)>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Link { target, content, .. } => {
                out.push((target, inline.span));
                links_in(content, out);
            }
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content) => {
                links_in(content, out);
            }
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::NoteRef { .. }
            | InlineKind::Ruby { .. }
            | InlineKind::Image(_)
            | InlineKind::Break => {}
        }
    }
}

/// The anchor of a heading as GitHub makes it: letters and digits in lower case, hyphens for spaces.
pub fn anchor(text: &str) -> String {
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

/// `target` as a URI that a strict reader takes, percent-encoded where needed; `None` when it is none of those that are linked. These are
/// listed, not the others: whatever hides a scheme (case, spaces, controls, references) only makes it one that is not in the list.
fn address(target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("http" | "https") => {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_and_mailboxes_are_led_to() {
        for (target, expected) in [
            ("https://example.com/a?b=1&c=2#d", Some("https://example.com/a?b=1&c=2#d")),
            (" HTTP://Example.com ", Some("http://Example.com")),
            ("https://例子.中国/路 径", Some("https://例子.中国/%E8%B7%AF%20%E5%BE%84")),
            ("http://a/100%/%41#x#y", Some("http://a/100%25/%41#x%23y")),
            ("http://a/\u{1}\n", Some("http://a/%01")),
            ("mailto:a.b@c.org", Some("mailto:a.b@c.org")),
            ("http://", None),
            ("http:a", None),
            ("http:\\\\a", None),
            ("http://a:b/", None),
            ("http://bank.com@evil.com/", None),
            ("http://a\\@b/", None),
            ("http://[::1/", None),
            ("mailto:a b", None),
            ("javascript:alert(1)", None),
            ("JavaScript:alert(1)", None),
            ("java\tscript:alert(1)", None),
            ("\u{1}javascript:alert(1)", None),
            ("javascript://a.b/%0aalert(1)", None),
            ("javascript%3Aalert(1)", None),
            ("vbscript:x", None),
            ("data:text/html,x", None),
            ("file:///etc/passwd", None),
            ("ftp://a/b", None),
            ("\\\\host\\share", None),
            ("//host/x", None),
            ("c:\\a", None),
            ("图/一.png", None),
            ("a.md#b", None),
            ("../a", None),
            ("", None),
        ] {
            assert_eq!(address(target.trim()).as_deref(), expected, "{target:?}");
        }
    }

    #[test]
    fn a_fragment_is_a_heading_or_no_link() {
        let entry = |text: &str| OutlineEntry { level: 1, text: text.into(), block: 0 };
        let anchors = Anchors::of(&[entry("前言"), entry("The First Part: 上")]);
        for target in ["#the-first-part-上", "#the-first-part-%E4%B8%8A"] {
            assert_eq!(anchors.destination(target), Some(Destination::Heading(1)));
        }
        for target in ["#", "#%", "#%E4", "#无"] {
            assert_eq!(anchors.destination(target), None);
        }
    }
}
