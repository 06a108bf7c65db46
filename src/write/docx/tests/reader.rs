//! A reader of packages that knows the format and not the writer.

use super::super::zip;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// An element as it was read.
#[derive(Debug, Default, Clone)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name == name)
    }

    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |c| c.name == name)
    }

    pub fn value(&self) -> &str {
        self.attributes.get("w:val").map_or("", String::as_str)
    }

    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// `self` and all that is in it, in order.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Element)) {
        visit(self);
        for child in &self.children {
            child.walk(visit);
        }
    }

    pub fn find<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        let mut found = Vec::new();
        self.walk(&mut |e| {
            if e.name == name {
                found.push(e);
            }
        });
        found
    }
}

fn parse(xml: &[u8]) -> Element {
    let mut reader = Reader::from_reader(xml);
    let mut stack = vec![Element::default()];
    loop {
        let event = reader.read_event().unwrap();
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|a| {
                    let a = a.unwrap();
                    let value = std::str::from_utf8(&a.value).unwrap();
                    let value = quick_xml::escape::unescape(value).unwrap().into_owned();
                    (String::from_utf8(a.key.as_ref().to_vec()).unwrap(), value)
                });
                let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
                stack.push(Element { name, attributes: attributes.collect(), ..Element::default() });
            }
            Event::Text(text) => stack.last_mut().unwrap().text.push_str(&text.decode().unwrap()),
            Event::GeneralRef(entity) => {
                let entity = entity.decode().unwrap();
                stack.last_mut().unwrap().text.push_str(match entity.as_ref() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("entity {other}"),
                });
            }
            Event::Eof => return stack.pop().unwrap().children.pop().unwrap(),
            _ => {}
        }
        if matches!(event, Event::End(_) | Event::Empty(_)) {
            let done = stack.pop().unwrap();
            stack.last_mut().unwrap().children.push(done);
        }
    }
}

/// Numbering as Word counts: the level's format and text, restarted by each list.
struct Counter {
    numbering: Element,
    counts: BTreeMap<String, u32>,
}

impl Counter {
    fn marker(&mut self, paragraph: &Element) -> String {
        let Some(number) = paragraph.child("w:pPr").and_then(|p| p.child("w:numPr")) else { return String::new() };
        let (id, level) = (number.child("w:numId").unwrap().value(), number.child("w:ilvl").unwrap().value());
        let list = self.numbering.all("w:num").find(|n| n.attribute("w:numId") == id).unwrap();
        let kind = list.child("w:abstractNumId").unwrap().value();
        let kind = self.numbering.all("w:abstractNum").find(|n| n.attribute("w:abstractNumId") == kind).unwrap();
        let level = kind.all("w:lvl").find(|l| l.attribute("w:ilvl") == level).unwrap();
        let start = list.child("w:lvlOverride").unwrap();
        assert_eq!(start.attribute("w:ilvl"), level.attribute("w:ilvl"));
        let start: u32 = start.child("w:startOverride").unwrap().value().parse().unwrap();
        let count = self.counts.entry(id.to_owned()).or_insert(start);
        let text = level.child("w:lvlText").unwrap().value();
        let number = match level.child("w:numFmt").unwrap().value() {
            "decimal" => count.to_string(),
            "chineseCountingThousand" => {
                let digits: Vec<char> = " 一二三四五六七八九".chars().collect();
                let (tens, ones) = ((*count / 10) as usize, (*count % 10) as usize);
                let tens = if tens > 1 { format!("{}十", digits[tens]) } else { "十".repeat(tens) };
                format!("{tens}{}", digits[ones]).trim_end().to_owned()
            }
            "decimalEnclosedCircle" => char::from_u32(0x2460 + *count - 1).unwrap().to_string(),
            "bullet" => String::new(),
            other => panic!("{other}"),
        };
        *count += 1;
        let placeholder = format!("%{}", level.attribute("w:ilvl").parse::<u32>().unwrap() + 1);
        let suffix = if level.child("w:suff").unwrap().value() == "space" { " " } else { "" };
        text.replace(&placeholder, &number) + suffix
    }

    fn blocks(&mut self, parent: &Element, out: &mut String) {
        for block in &parent.children {
            match block.name.as_str() {
                "w:p" => {
                    out.push_str(&self.marker(block));
                    runs(block, out);
                    out.push('\n');
                }
                "w:tbl" => {
                    for row in block.all("w:tr") {
                        let cells = row.all("w:tc").map(|cell| {
                            let mut text = String::new();
                            self.blocks(cell, &mut text);
                            text.trim_end_matches('\n').to_owned()
                        });
                        out.push_str(&cells.collect::<Vec<_>>().join("\t"));
                        out.push('\n');
                    }
                }
                // The table of contents is no text of the document.
                "w:sdt" | "w:sectPr" | "w:tcPr" => {}
                other => panic!("{other}"),
            }
        }
    }
}

fn runs(parent: &Element, out: &mut String) {
    for child in &parent.children {
        match child.name.as_str() {
            "w:r" | "w:hyperlink" => runs(child, out),
            "w:t" => out.push_str(&child.text),
            "w:tab" => out.push('\t'),
            "w:br" => out.push('\n'),
            "w:ruby" => {
                runs(child.child("w:rubyBase").unwrap(), out);
                out.push('（');
                runs(child.child("w:rt").unwrap(), out);
                out.push('）');
            }
            "w:footnoteReference" | "w:footnoteRef" if child.attribute("w:customMarkFollows").is_empty() => {
                out.push('#')
            }
            "w:pPr" | "w:rPr" | "w:footnoteReference" | "w:bookmarkStart" | "w:bookmarkEnd" => {}
            other => panic!("{other}"),
        }
    }
}

/// The parts by name, parsed.
pub fn read(parts: &[zip::Part]) -> BTreeMap<&str, Element> {
    parts.iter().map(|(name, content)| (name.as_str(), parse(content))).collect()
}

/// The text of the document as a reader of the package finds it, empty lines left out.
pub fn text_of(parts: &BTreeMap<&str, Element>) -> String {
    let numbering = parts.get("word/numbering.xml").map(|_| ());
    let mut counter = Counter { numbering: Element::default(), counts: BTreeMap::new() };
    let mut out = String::new();
    if numbering.is_some() {
        counter.numbering = clone(&parts["word/numbering.xml"]);
    }
    counter.blocks(parts["word/document.xml"].child("w:body").unwrap(), &mut out);
    if let Some(notes) = parts.get("word/footnotes.xml") {
        for note in notes.all("w:footnote").filter(|n| n.attribute("w:type").is_empty()) {
            counter.blocks(note, &mut out);
        }
    }
    without_empty_lines(&out)
}

fn clone(element: &Element) -> Element {
    Element {
        name: element.name.clone(),
        attributes: element.attributes.clone(),
        children: element.children.iter().map(clone).collect(),
        text: element.text.clone(),
    }
}

pub fn without_empty_lines(text: &str) -> String {
    text.lines().filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}
