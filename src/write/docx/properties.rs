//! What the package says about the document: core, extended and custom properties.

use super::super::{Provenance, instant};
use super::faces::language_tag;
use super::xml::{DECLARATION, escape};
use crate::document::Document;
use crate::lang::Language;
use std::collections::HashSet;

/// The core properties (OPC §11): title, creator, dates, language. Without a date there is none: no clock is read.
pub fn core(document: &Document, provenance: &Provenance<'_>) -> String {
    let meta = &document.meta;
    let mut out = format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:dcmitype=\"http://purl.org/dc/dcmitype/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
    );
    let creator = meta.authors.join("; ");
    for (name, value) in [
        ("dc:title", meta.title.as_deref()),
        ("dc:subject", meta.subtitle.as_deref()),
        ("dc:creator", Some(creator.as_str())),
        ("dc:language", Some(language(meta.language))),
        ("dc:identifier", (!provenance.sha256.is_empty()).then_some(provenance.sha256.as_str())),
    ] {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            out.push_str(&format!("<{name}>{}</{name}>", escape(value)));
        }
    }
    if let Some(date) = provenance.date.as_deref().or(meta.date.as_deref()).and_then(instant) {
        for name in ["dcterms:created", "dcterms:modified"] {
            out.push_str(&format!("<{name} xsi:type=\"dcterms:W3CDTF\">{date}</{name}>"));
        }
    }
    out + "</cp:coreProperties>"
}

/// The language as core properties have it.
const fn language(language: Language) -> &'static str {
    match language {
        Language::En => "en-US",
        Language::ZhHans | Language::ZhHant(_) | Language::Ja | Language::Ko => language_tag(language),
    }
}

/// The extended properties: the program, and counts of what is in the document.
pub fn extended(document: &Document) -> String {
    let (paragraphs, characters) = document.counts();
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Shanben</Application><Characters>{characters}</Characters><Paragraphs>{paragraphs}</Paragraphs></Properties>"
    )
}

/// The custom properties: where the text came from and what was done to it.
pub fn custom(document: &Document, provenance: &Provenance<'_>) -> String {
    let meta = &document.meta;
    let mut items: Vec<(String, String)> = vec![
        ("Source name".into(), provenance.name.clone()),
        ("Source SHA-256".into(), provenance.sha256.clone()),
        ("Source encoding".into(), provenance.encoding.clone()),
        ("Source bytes".into(), provenance.bytes.len().to_string()),
        ("Publication".into(), meta.source.clone().unwrap_or_default()),
        ("Date".into(), meta.date.clone().unwrap_or_default()),
    ];
    items.extend(provenance.edits.iter().map(|(rule, count)| (format!("Edits {rule}"), count.to_string())));
    items.extend(meta.extra.iter().cloned());
    let mut out = format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
    );
    let mut names = HashSet::new();
    for (name, value) in items {
        // Names are unique without regard to case, values are not empty.
        if name.is_empty() || value.is_empty() || !names.insert(name.to_lowercase()) {
            continue;
        }
        out.push_str(&format!(
            "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{}\" name=\"{}\"><vt:lpwstr>{}</vt:lpwstr></property>",
            names.len() + 1,
            escape(&name),
            escape(&value)
        ));
    }
    out + "</Properties>"
}
