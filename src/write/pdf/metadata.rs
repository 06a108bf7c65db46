//! What the file says about itself: XMP and the document information, in agreement (ISO 19005-3 §6.6).

use super::syntax::text;
use crate::document::Document;
use crate::write::Provenance;
use std::fmt::Write;

/// Who writes.
const CREATOR: &str = concat!("Shanben ", env!("CARGO_PKG_VERSION"));
const PRODUCER: &str = concat!("Shanben ", env!("CARGO_PKG_VERSION"), " (printpdf 0.12.8)");

/// The properties of our own, with the description that PDF/A asks for.
const PROPERTIES: [(&str, &str); 4] = [
    ("SourceName", "Name of the text file that this document was made from"),
    ("SourceDigest", "SHA-256 of that file, in hexadecimal"),
    ("SourceEncoding", "Character encoding in which that file was read"),
    ("Corrections", "Number of corrections to the text by each rule"),
];

/// The property of our own that a volume has in their place: one text for each of its texts.
const DIGESTS: (&str, &str) =
    ("SourceDigests", "SHA-256 of each text that this volume was made from, in hexadecimal, in their order");

/// What is said, in both forms.
pub struct Metadata<'a> {
    document: &'a Document,
    provenance: &'a Provenance<'a>,
    date: Option<Date>,
    /// Of a volume: its number in the archive, if it has one, and the digests of its texts.
    volume: Option<(Option<&'a str>, &'a [String])>,
}

/// A moment in universal time: year, month, day, hour, minute, second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date([u32; 6]);

impl Date {
    /// Reads an ISO 8601 date with or without a time; the parts left out are the first there are.
    fn parse(date: &str) -> Option<Self> {
        let mut parts = [0, 1, 1, 0, 0, 0];
        let (day, time) = date.split_once(['T', ' ']).unwrap_or((date, ""));
        for (part, value) in parts.iter_mut().zip(day.splitn(3, '-')) {
            *part = value.parse().ok()?;
        }
        let time = time.trim_end_matches('Z');
        for (part, value) in parts[3..].iter_mut().zip(time.split(':').filter(|v| !v.is_empty())) {
            *part = value.get(..2)?.parse().ok()?;
        }
        let [year, month, day, hour, minute, second] = parts;
        let sound = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        sound.then_some(Date(parts))
    }

    fn xmp(self) -> String {
        let [year, month, day, hour, minute, second] = self.0;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }

    fn pdf(self) -> String {
        let [year, month, day, hour, minute, second] = self.0;
        format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
    }
}

/// An ISO 8601 date in the form of PDF.
pub fn pdf_date(date: &str) -> Option<String> {
    Date::parse(date).map(Date::pdf)
}

impl<'a> Metadata<'a> {
    /// What is known about `document` and where it came from.
    pub fn new(document: &'a Document, provenance: &'a Provenance<'a>) -> Self {
        let date = provenance.date.as_deref().and_then(Date::parse);
        Metadata { document, provenance, date, volume: None }
    }

    /// The same of a volume, with its number in the archive and the digests of its texts.
    pub fn of_volume(
        document: &'a Document,
        provenance: &'a Provenance<'a>,
        number: Option<&'a str>,
        digests: &'a [String],
    ) -> Self {
        Metadata { volume: Some((number, digests)), ..Metadata::new(document, provenance) }
    }

    /// The title; a PDF/UA file must have one, so the name of the source stands in for it.
    fn title(&self) -> &str {
        let title = self.document.meta.title.as_deref().filter(|t| !t.trim().is_empty());
        title.or(Some(self.provenance.name.as_str()).filter(|n| !n.is_empty())).unwrap_or("Untitled")
    }

    /// The date in the form of PDF, if there is one.
    pub fn pdf_date(&self) -> Option<String> {
        self.date.map(Date::pdf)
    }

    /// Writes the document information dictionary.
    pub fn write_info(&self, out: &mut Vec<u8>) {
        let mut put = |name: &str, value: &str| {
            out.extend_from_slice(name.as_bytes());
            text(out, value);
        };
        put("<</Title", &clean(self.title()));
        if !self.document.meta.authors.is_empty() {
            put("/Author", &clean(&self.document.meta.authors.join("; ")));
        }
        if let Some(subtitle) = &self.document.meta.subtitle {
            put("/Subject", &clean(subtitle));
        }
        put("/Creator", CREATOR);
        put("/Producer", PRODUCER);
        if let Some(date) = self.date {
            put("/CreationDate", &date.pdf());
            put("/ModDate", &date.pdf());
        }
        out.extend_from_slice(b">>");
    }

    /// The XMP packet.
    pub fn xmp(&self) -> String {
        let meta = &self.document.meta;
        let mut out = String::with_capacity(4096);
        out.push_str("<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        out.push_str("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
        out.push_str(concat!(
            "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"",
            " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"",
            " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" xmlns:shanben=\"urn:shanben:1.0:\">\n",
            "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n",
            "<dc:format>application/pdf</dc:format>\n"
        ));
        element(&mut out, "dc:title", &Shape::Alternatives, &[self.title()]);
        if !meta.authors.is_empty() {
            // One entry, equal to that of the document information.
            element(&mut out, "dc:creator", &Shape::Sequence, &[&meta.authors.join("; ")]);
        }
        if let Some(subtitle) = &meta.subtitle {
            element(&mut out, "dc:description", &Shape::Alternatives, &[subtitle]);
        }
        if let Some((Some(number), _)) = self.volume {
            element(&mut out, "dc:identifier", &Shape::Plain, &[number]);
        }
        element(&mut out, "dc:language", &Shape::Bag, &[meta.language.tag()]);
        if let Some(source) = &meta.source {
            element(&mut out, "dc:source", &Shape::Plain, &[source]);
        }
        element(&mut out, "xmp:CreatorTool", &Shape::Plain, &[CREATOR]);
        element(&mut out, "pdf:Producer", &Shape::Plain, &[PRODUCER]);
        if let Some(date) = self.date {
            element(&mut out, "xmp:CreateDate", &Shape::Plain, &[&date.xmp()]);
            element(&mut out, "xmp:ModifyDate", &Shape::Plain, &[&date.xmp()]);
        }
        let edits: Vec<String> = self.provenance.edits.iter().map(|(rule, count)| format!("{rule}={count}")).collect();
        let values = [&self.provenance.name, &self.provenance.sha256, &self.provenance.encoding, &edits.join("; ")];
        for ((name, _), value) in PROPERTIES.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
            element(&mut out, &format!("shanben:{name}"), &Shape::Plain, &[value]);
        }
        if let Some((_, digests)) = self.volume {
            let digests: Vec<&str> = digests.iter().map(String::as_str).collect();
            element(&mut out, &format!("shanben:{}", DIGESTS.0), &Shape::Sequence, &digests);
        }
        extension_schemas(&mut out, self.volume.is_some());
        out.push_str("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>");
        out
    }
}

/// How the values of a property are held.
enum Shape {
    Plain,
    Alternatives,
    Sequence,
    Bag,
}

fn element(out: &mut String, name: &str, shape: &Shape, values: &[&str]) {
    let (container, attribute) = match shape {
        Shape::Plain => ("", ""),
        Shape::Alternatives => ("Alt", " xml:lang=\"x-default\""),
        Shape::Sequence => ("Seq", ""),
        Shape::Bag => ("Bag", ""),
    };
    // Writing to a String cannot fail.
    let _ = write!(out, "<{name}>");
    if container.is_empty() {
        values.iter().for_each(|value| escape(out, value));
    } else {
        let _ = write!(out, "<rdf:{container}>");
        for value in values {
            let _ = write!(out, "<rdf:li{attribute}>");
            escape(out, value);
            out.push_str("</rdf:li>");
        }
        let _ = write!(out, "</rdf:{container}>");
    }
    let _ = writeln!(out, "</{name}>");
}

/// Describes the properties that XMP does not know (ISO 19005-3 §6.6.2.3.3).
fn extension_schemas(out: &mut String, volume: bool) {
    out.push_str(concat!(
        "<pdfaExtension:schemas xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"",
        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"><rdf:Bag>\n"
    ));
    let ua = [("part", "Part of ISO 14289 that the file conforms to")];
    schema(out, "PDF/UA identification schema", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "Integer", &ua);
    let provenance = "Shanben provenance schema";
    match volume {
        true => schema(out, provenance, "urn:shanben:1.0:", "shanben", "seq Text", &[DIGESTS]),
        false => schema(out, provenance, "urn:shanben:1.0:", "shanben", "Text", &PROPERTIES),
    }
    out.push_str("</rdf:Bag></pdfaExtension:schemas>\n");
}

fn schema(out: &mut String, title: &str, uri: &str, prefix: &str, kind: &str, properties: &[(&str, &str)]) {
    // As attributes, which is half as long as elements (RDF/XML §2.5).
    let _ = write!(
        out,
        "<rdf:li><rdf:Description pdfaSchema:schema=\"{title}\" pdfaSchema:namespaceURI=\"{uri}\" pdfaSchema:prefix=\"{prefix}\">\
         <pdfaSchema:property><rdf:Seq>"
    );
    for (name, description) in properties {
        let _ = write!(
            out,
            "\n<rdf:li pdfaProperty:name=\"{name}\" pdfaProperty:valueType=\"{kind}\" pdfaProperty:category=\"external\" \
             pdfaProperty:description=\"{description}\"/>"
        );
    }
    out.push_str("</rdf:Seq></pdfaSchema:property></rdf:Description></rdf:li>\n");
}

/// Appends `value` with the signs of markup escaped and what XML cannot hold left out.
fn escape(out: &mut String, value: &str) {
    for c in clean(value).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}

/// `value` without what XML cannot hold or would change, so that both forms say the same.
fn clean(value: &str) -> String {
    value.chars().filter(|&c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_agree_in_both_forms() {
        let date = |s| Date::parse(s).map(|d| (d.xmp(), d.pdf()));
        let both = |x: &str, p: &str| Some((x.to_owned(), p.to_owned()));
        assert_eq!(date("2018-01-05"), both("2018-01-05T00:00:00Z", "D:20180105000000Z"));
        assert_eq!(date("2018"), both("2018-01-01T00:00:00Z", "D:20180101000000Z"));
        assert_eq!(date("2018-01-05T12:34:56Z"), both("2018-01-05T12:34:56Z", "D:20180105123456Z"));
        assert_eq!(date("2018-13"), None);
        assert_eq!(date("long ago"), None);
    }

    #[test]
    fn markup_in_a_title_stays_text() {
        let document = Document {
            meta: crate::document::Meta { title: Some("甲 & <乙>\u{1}".into()), ..Default::default() },
            ..Default::default()
        };
        let provenance = Provenance::default();
        let xmp = Metadata::new(&document, &provenance).xmp();
        assert!(xmp.contains("<rdf:li xml:lang=\"x-default\">甲 &amp; &lt;乙&gt;</rdf:li>"), "{xmp}");
    }
}
