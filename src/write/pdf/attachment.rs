//! The untouched source, attached (ISO 19005-3 §6.8).

use super::file::{File, Filter};
use super::syntax::{entry, integer, reference, text};
use crate::write::Provenance;

/// A file that is attached.
#[derive(Debug, Clone)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// The number of its file specification.
    pub specification: u32,
}

/// Appends the entry that associates files with an object.
pub fn associate(out: &mut Vec<u8>, attached: &[Attached]) {
    out.extend_from_slice(b"/AF[");
    for (index, attached) in attached.iter().enumerate() {
        out.extend_from_slice(if index > 0 { b" " } else { b"" });
        reference(out, attached.specification);
    }
    out.push(b']');
}

/// Attaches the source.
pub fn attach(file: &mut File<'_>, provenance: &Provenance<'_>, date: Option<&str>) -> Attached {
    let stream = file.reserve();
    let markdown = [".md", ".markdown"].iter().any(|e| provenance.name.to_ascii_lowercase().ends_with(e));
    let mut entries = b"/Type/EmbeddedFile/Subtype/text#2F".to_vec();
    entries.extend_from_slice(if markdown { b"markdown" } else { b"plain" });
    entries.extend_from_slice(b"/Params<</Size ");
    integer(&mut entries, provenance.bytes.len() as i64);
    if let Some(date) = date {
        entries.extend_from_slice(b"/ModDate");
        text(&mut entries, date);
    }
    entries.extend_from_slice(b">>");
    file.stream(stream, &entries, provenance.bytes, Filter::TEXT);

    let specification = file.reserve();
    file.object(specification, |out| {
        out.extend_from_slice(b"<</Type/Filespec/AFRelationship/Source/F");
        text(out, name(provenance));
        out.extend_from_slice(b"/UF");
        text(out, name(provenance));
        out.extend_from_slice(b"/Desc");
        text(out, &format!("SHA-256 {}", provenance.sha256));
        entry(out, "/EF<</F", stream);
        entry(out, "/UF", stream);
        out.extend_from_slice(b">>>>");
    });
    Attached { name: name(provenance).to_owned(), specification }
}

/// The name under which the source is attached.
fn name<'a>(provenance: &'a Provenance<'_>) -> &'a str {
    if provenance.name.is_empty() { "source.txt" } else { &provenance.name }
}
