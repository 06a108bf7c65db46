//! The untouched source, attached (ISO 19005-3 §6.8).

use super::file::{File, Filter};
use super::syntax::{entry, integer, text};
use crate::write::Provenance;

/// Attaches the source; returns the number of its file specification.
pub fn attach(file: &mut File<'_>, provenance: &Provenance<'_>, date: Option<&str>) -> u32 {
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
    specification
}

/// The name under which the source is attached.
pub fn name<'a>(provenance: &'a Provenance<'_>) -> &'a str {
    if provenance.name.is_empty() { "source.txt" } else { &provenance.name }
}
