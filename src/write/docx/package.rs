//! The parts of the package, their types and how they refer to each other (OPC, ISO/IEC 29500-2).

use super::xml::{DECLARATION, escape};
use crate::write::zip::Part;

/// The part that holds the text, which is another in each package.
pub const MAIN: &str = "word/document.xml";

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// A part that belongs to the main document.
pub struct Member {
    /// Id of the relationship; what the document names it by.
    pub id: &'static str,
    /// Last word of the relationship type, and mostly of the content type too.
    pub kind: &'static str,
    /// Name below `word/`.
    pub name: &'static str,
    /// Its content.
    pub content: Vec<u8>,
    /// Relationships of its own, as a part.
    pub relationships: Option<String>,
}

impl Member {
    /// A part without relationships of its own.
    pub fn new(id: &'static str, kind: &'static str, name: &'static str, content: impl Into<Vec<u8>>) -> Self {
        Member { id, kind, name, content: content.into(), relationships: None }
    }

    fn content_type(&self) -> String {
        match self.kind {
            "theme" => "application/vnd.openxmlformats-officedocument.theme+xml".into(),
            kind => format!("{WORD}{kind}+xml"),
        }
    }
}

/// The properties of the package.
pub struct Properties {
    /// `docProps/core.xml`
    pub core: String,
    /// `docProps/app.xml`
    pub extended: String,
    /// `docProps/custom.xml`
    pub custom: String,
}

/// A relationship part of `items`.
pub fn relationships(items: &str) -> String {
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}relationships\">{items}</Relationships>")
}

fn relationship(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{}\"/>", escape(target))
}

/// All parts in the order of the package, `[Content_Types].xml` first: `document` is the main document, `links` its relationship elements to
/// places outside and to pictures; `media`, pictures and fonts, stand below `word/` too.
pub fn parts(
    document: Vec<u8>,
    links: &str,
    members: Vec<Member>,
    media: Vec<Part>,
    properties: Properties,
) -> Vec<Part> {
    let mut types = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let font = "application/vnd.openxmlformats-officedocument.obfuscatedFont";
    for (extension, kind) in [("png", "image/png"), ("jpeg", "image/jpeg"), ("odttf", font)] {
        if media.iter().any(|(name, _)| name.ends_with(extension)) {
            types.push_str(&format!("<Default Extension=\"{extension}\" ContentType=\"{kind}\"/>"));
        }
    }
    types.push_str(&format!("<Override PartName=\"/{MAIN}\" ContentType=\"{WORD}document.main+xml\"/>"));
    let mut related = String::new();
    for member in &members {
        types.push_str(&format!(
            "<Override PartName=\"/word/{}\" ContentType=\"{}\"/>",
            member.name,
            member.content_type()
        ));
        related.push_str(&relationship(member.id, &format!("{OFFICE}{}", member.kind), member.name));
    }
    let mut package = relationship("rId1", &format!("{OFFICE}officeDocument"), MAIN);
    let properties = [
        (
            "rId2",
            format!("{PACKAGE}relationships/metadata/core-properties"),
            "docProps/core.xml",
            "package.core",
            properties.core,
        ),
        (
            "rId3",
            format!("{OFFICE}extended-properties"),
            "docProps/app.xml",
            "officedocument.extended",
            properties.extended,
        ),
        (
            "rId4",
            format!("{OFFICE}custom-properties"),
            "docProps/custom.xml",
            "officedocument.custom",
            properties.custom,
        ),
    ];
    let mut parts: Vec<Part> = Vec::with_capacity(members.len() + 8);
    for (id, relation, name, kind, content) in properties {
        types.push_str(&format!(
            "<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-{kind}-properties+xml\"/>"
        ));
        package.push_str(&relationship(id, &relation, name));
        parts.push((name.into(), content.into_bytes()));
    }
    types.push_str("</Types>");
    let head = [
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), relationships(&package).into_bytes()),
    ];
    parts.splice(0..0, head);
    parts.push((MAIN.into(), document));
    related.push_str(links);
    parts.push(("word/_rels/document.xml.rels".into(), relationships(&related).into_bytes()));
    for member in members {
        if let Some(relationships) = member.relationships {
            parts.push((format!("word/_rels/{}.rels", member.name), relationships.into_bytes()));
        }
        parts.push((format!("word/{}", member.name), member.content));
    }
    parts.extend(media.into_iter().map(|(name, content)| (format!("word/{name}"), content)));
    parts
}
