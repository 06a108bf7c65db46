//! The XML of a part, tag by tag. Nothing is expanded but the characters that XML itself names, and no depth of it is a depth of ours.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The vocabularies that a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// The text itself.
    Word,
    /// Formulas.
    Math,
    /// What may be said in two ways.
    Compatibility,
    /// Pictures and shapes.
    Drawing,
    /// Charts.
    Chart,
    /// Any other.
    Other,
}

/// What stands in a part.
#[derive(Debug)]
pub enum Node<'s> {
    /// An element begins.
    Open(Tag<'s>),
    /// The element that began last ends.
    Close,
    /// Text.
    Text(String),
}

/// The tag of an element.
#[derive(Debug)]
pub struct Tag<'s> {
    /// Its vocabulary.
    pub space: Space,
    /// Its name in that.
    pub name: &'s str,
    /// Its attributes.
    pub attributes: Attributes,
}

/// The attributes of an element, by their names without prefix.
#[derive(Debug, Default)]
pub struct Attributes(Vec<(String, String)>);

impl Attributes {
    /// The value of one; empty where it is not there.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The value of `val`.
    pub fn value(&self) -> &str {
        self.get("val")
    }

    /// The value of an attribute that names something, or is its name: each use of one is looked up, so it is no longer than Word has any.
    pub fn id(&self, name: &str) -> String {
        let value = self.get(name);
        value[..value.floor_char_boundary(ID)].to_owned()
    }

    /// Whether what the element says is so: it is unless it is said not to be.
    pub fn is_on(&self) -> bool {
        !matches!(self.value(), "0" | "false" | "off" | "none")
    }
}

/// The longest id, in bytes.
const ID: usize = 255;
/// Most attributes of an element that are looked at.
const MOST: usize = 64;

/// What stands in `source`, in order. It ends where the XML is too broken to go on.
pub struct Walk<'s> {
    source: &'s str,
    reader: Reader<&'s [u8]>,
    /// Prefixes that the first element declares for known vocabularies.
    spaces: Vec<(&'s str, Space)>,
    first: bool,
    /// Whether an element that has no content is to be closed.
    closing: bool,
    /// Whether it went on to the end.
    pub whole: bool,
}

impl<'s> Walk<'s> {
    /// Reads `source`.
    pub fn new(source: &'s str) -> Self {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        Walk { source, reader, spaces: vec![], first: true, closing: false, whole: true }
    }

    fn tag(&mut self, tag: &BytesStart<'s>, start: usize) -> Tag<'s> {
        let mut written = tag.attributes();
        let attributes = written.with_checks(false).flatten().take(MOST).map(|attribute| {
            let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.unwrap_or_else(|_| String::from_utf8_lossy(&attribute.value));
            (key, value.into_owned())
        });
        let mut attributes: Vec<(String, String)> = attributes.collect();
        // The name as it stands in the source, behind the bracket.
        let written = self.source.get(start + 1..start + 1 + tag.name().as_ref().len()).unwrap_or_default();
        if std::mem::take(&mut self.first) && written != "?xml" {
            for (key, value) in &attributes {
                if let Some(prefix) = key.strip_prefix("xmlns:")
                    && let Some(space) = space(value)
                    && let Some(at) = self.source[start..].find(&format!("xmlns:{prefix}"))
                {
                    let at = start + at + "xmlns:".len();
                    self.spaces.push((&self.source[at..at + prefix.len()], space));
                }
            }
        }
        let (prefix, name) = written.split_once(':').unwrap_or(("", written));
        let declared = self.spaces.iter().find(|(known, _)| *known == prefix).map(|(_, space)| *space);
        let space = declared.unwrap_or(match prefix {
            "w" => Space::Word,
            "m" => Space::Math,
            "mc" => Space::Compatibility,
            "a" | "wp" | "pic" | "v" | "wps" => Space::Drawing,
            "c" => Space::Chart,
            _ => Space::Other,
        });
        for (key, _) in &mut attributes {
            if let Some((_, local)) = key.split_once(':') {
                *key = local.to_owned();
            }
        }
        Tag { space, name, attributes: Attributes(attributes) }
    }
}

impl<'s> Iterator for Walk<'s> {
    type Item = Node<'s>;

    fn next(&mut self) -> Option<Node<'s>> {
        if std::mem::take(&mut self.closing) {
            return Some(Node::Close);
        }
        loop {
            let start = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
            match self.reader.read_event() {
                Ok(Event::Start(tag)) => return Some(Node::Open(self.tag(&tag, start))),
                Ok(Event::Empty(tag)) => {
                    self.closing = true;
                    return Some(Node::Open(self.tag(&tag, start)));
                }
                Ok(Event::End(_)) => return Some(Node::Close),
                Ok(Event::Text(text)) => {
                    return Some(Node::Text(text.decode().map(|text| text.into_owned()).unwrap_or_default()));
                }
                Ok(Event::CData(text)) => {
                    return Some(Node::Text(String::from_utf8_lossy(&text).into_owned()));
                }
                Ok(Event::GeneralRef(reference)) => return Some(Node::Text(character(&reference))),
                Ok(Event::Eof) => return None,
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
                Err(_) => {
                    self.whole = false;
                    return None;
                }
            }
        }
    }
}

/// The character that a reference names; a sign in its place for one that only a DTD could know.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let named = match &**reference {
        b"lt" => "<",
        b"gt" => ">",
        b"amp" => "&",
        b"quot" => "\"",
        b"apos" => "'",
        _ => "\u{FFFD}",
    };
    named.to_owned()
}

/// The vocabulary of a namespace, in the transitional spelling or the strict one.
fn space(uri: &str) -> Option<Space> {
    Some(match uri {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/drawingml/2006/main"
        | "http://purl.oclc.org/ooxml/drawingml/main"
        | "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"
        | "urn:schemas-microsoft-com:vml" => Space::Drawing,
        "http://schemas.openxmlformats.org/drawingml/2006/chart" | "http://purl.oclc.org/ooxml/drawingml/chart" => {
            Space::Chart
        }
        _ => return None,
    })
}
