//! Links: relationships of a part to places outside and to pictures, and anchors inside the document.

use super::contents::bookmark;
use super::xml::escape;
use crate::document::{Anchors, Destination, OutlineEntry};
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
    /// Where links may lead.
    anchors: Anchors,
}

impl Links {
    /// No link yet, in a document with the headings of `outline`.
    pub fn to(outline: &[OutlineEntry]) -> Self {
        Links { anchors: Anchors::of(outline), ..Links::default() }
    }

    /// The link to `target`; `None` when it leads nowhere, so that its text stands unlinked.
    pub fn add(&mut self, target: &str) -> Option<HyperlinkData> {
        let address = match self.anchors.destination(target)? {
            Destination::Heading(heading) => return Some(HyperlinkData::Anchor { anchor: bookmark(heading) }),
            Destination::Address(address) => address,
        };
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

fn image_id(number: usize) -> String {
    format!("image{}", number + 1)
}

fn id(place: usize) -> String {
    format!("link{}", place + 1)
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
