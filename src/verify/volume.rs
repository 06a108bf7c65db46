//! A volume read back from its PDF: each text by itself, the list, and the files attached.

use super::Facts;
use super::pdf::{DEEPEST, Reader, files, number, open, text};
use crate::error::Cause;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object};
use std::collections::{HashMap, HashSet};

/// What a volume says and carries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VolumeFacts {
    /// Its texts, in their order.
    pub parts: Vec<PartFacts>,
    /// What its list says.
    pub list: Facts,
    /// The sources attached to it, with their names, in the order of the names.
    pub sources: Vec<(String, Vec<u8>)>,
    /// Number of pages.
    pub pages: usize,
}

/// What a text in a volume says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartFacts {
    /// Its text by the structure tree; bookmarks are those of the volume.
    pub facts: Facts,
    /// The label of the page that it begins on.
    pub label: String,
}

/// Reads `bytes`.
///
/// # Errors
/// A sentence that says what could not be read.
pub fn read(bytes: Vec<u8>) -> Result<VolumeFacts, Cause> {
    let pdf = Pdf::new(bytes).map_err(|_| Cause::UnreadablePdf)?;
    let (catalog, tree) = open(&pdf)?;
    let labels = labels(&catalog, pdf.pages().len());
    let mut pages = HashMap::new();
    if let Some(root) = catalog.get_ref("Pages") {
        count_pages(&pdf, root, 0, &mut HashSet::new(), &mut pages);
    }
    let mut volume = VolumeFacts { sources: files(&catalog), pages: pdf.pages().len(), ..VolumeFacts::default() };
    volume.sources.sort();
    // One element stands above all others.
    let mut reader = Reader::new(&pdf, &tree);
    let document = kids(&pdf, &tree).into_iter().next().ok_or(Cause::NoStructure)?;
    for element in kids(&pdf, &document) {
        let own: Option<Name<'_>> = element.get("S");
        let own = own.as_deref().unwrap_or_default().to_vec();
        match own.as_slice() {
            b"Part" => {
                let said = reader.text(&element)?;
                let page = begins_on(&pdf, &element, 0, &mut HashSet::new()).and_then(|page| pages.get(&page)).copied();
                let label = page.and_then(|page| labels.get(page)).cloned().unwrap_or_default();
                volume.parts.push(PartFacts { facts: Facts::of_text(&said), label });
            }
            b"FileList" => volume.list = Facts::of_text(&reader.text(&element)?),
            _ => {}
        }
    }
    Ok(volume)
}

/// The elements below `element`.
fn kids<'d>(pdf: &'d Pdf, element: &Dict<'d>) -> Vec<Dict<'d>> {
    let Some(kids) = element.get::<Array<'_>>("K") else {
        return element.get::<Dict<'_>>("K").into_iter().collect();
    };
    let found = kids.raw_iter().filter_map(|kid| match kid {
        MaybeRef::Ref(at) => pdf.xref().get::<Dict<'_>>(at.into()),
        MaybeRef::NotRef(Object::Dict(kid)) => Some(kid),
        MaybeRef::NotRef(_) => None,
    });
    found.collect()
}

/// The page on which the first content below `element` stands, contents and all; `seen` are the pages' elements that were looked through.
fn begins_on(pdf: &Pdf, element: &Dict<'_>, depth: usize, seen: &mut HashSet<ObjRef>) -> Option<ObjRef> {
    let own = || element.get_ref("Pg");
    let below = |kid: &Dict<'_>, seen: &mut HashSet<ObjRef>| match kid.get::<Name<'_>>("Type").as_deref() {
        Some(b"MCR") => kid.get_ref("Pg").or_else(own),
        Some(b"OBJR") => None,
        _ if depth < DEEPEST => begins_on(pdf, kid, depth + 1, seen),
        _ => None,
    };
    let Some(all) = element.get::<Array<'_>>("K") else {
        return kids(pdf, element).iter().find_map(|kid| below(kid, seen));
    };
    all.raw_iter().find_map(|kid| match kid {
        MaybeRef::NotRef(Object::Number(_)) => own(),
        MaybeRef::NotRef(Object::Dict(kid)) => below(&kid, seen),
        // An element that was looked through once has nothing the second time either.
        MaybeRef::Ref(at) if !seen.insert(at) => None,
        MaybeRef::Ref(at) => below(&pdf.xref().get::<Dict<'_>>(at.into())?, seen),
        MaybeRef::NotRef(_) => None,
    })
}

/// Numbers the pages below `node` in their order.
fn count_pages(pdf: &Pdf, node: ObjRef, depth: usize, seen: &mut HashSet<ObjRef>, out: &mut HashMap<ObjRef, usize>) {
    // Nodes that stand below each other many times would never end.
    if !seen.insert(node) {
        return;
    }
    let Some(dict) = pdf.xref().get::<Dict<'_>>(node.into()).filter(|_| depth < DEEPEST) else { return };
    match dict.get::<Array<'_>>("Kids") {
        Some(kids) => {
            for kid in kids.raw_iter() {
                if let MaybeRef::Ref(kid) = kid {
                    count_pages(pdf, kid, depth + 1, seen, out);
                }
            }
        }
        None => {
            let place = out.len();
            out.entry(node).or_insert(place);
        }
    }
}

/// The label of each page, as far as it is a number (ISO 32000-1 §12.4.2) or a prefix alone.
fn labels(catalog: &Dict<'_>, pages: usize) -> Vec<String> {
    let mut labels = vec![String::new(); pages];
    let Some(ranges) = catalog.get::<Dict<'_>>("PageLabels").and_then(|labels| labels.get::<Array<'_>>("Nums")) else {
        return labels;
    };
    let objects: Vec<Object<'_>> = ranges.iter::<Object<'_>>().collect();
    let starts: Vec<(usize, &Dict<'_>)> = objects
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [Object::Number(start), Object::Dict(label)] => Some((usize::try_from(start.as_i64()).ok()?, label)),
            _ => None,
        })
        .collect();
    for (at, (start, label)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(pages, |next| next.0).min(pages);
        let decimal = label.get::<Name<'_>>("S").as_deref() == Some(b"D");
        let first = number(label, "St").unwrap_or(1);
        for (place, page) in (*start..end).enumerate() {
            if decimal {
                labels[page] = (first + place as i64).to_string();
            } else if let Some(prefix) = text(label, "P") {
                labels[page] = prefix;
            }
        }
    }
    labels
}
