//! The structure tree, grown in reading order while the document is set.

use super::page::{Detail, Element, ElementId, Tag};
use crate::lang::Language;

/// The elements so far; the first is the root.
#[derive(Debug)]
pub struct Structure {
    elements: Vec<Element>,
}

impl Structure {
    /// The root element.
    pub const ROOT: ElementId = ElementId(0);

    /// A tree that has its root only.
    pub fn new() -> Self {
        Structure { elements: vec![Element { tag: Tag::Document, parent: None, language: None, detail: Detail::None }] }
    }

    /// Adds a child of `parent`, after all elements so far.
    pub fn add(&mut self, tag: Tag, parent: ElementId) -> ElementId {
        self.add_with(tag, parent, Detail::None)
    }

    /// Adds a child with a detail.
    pub fn add_with(&mut self, tag: Tag, parent: ElementId, detail: Detail) -> ElementId {
        let id = ElementId(u32::try_from(self.elements.len()).unwrap_or(u32::MAX));
        self.elements.push(Element { tag, parent: Some(parent), language: None, detail });
        id
    }

    /// Adds a child in a language of its own.
    pub fn add_in(&mut self, tag: Tag, parent: ElementId, language: Language) -> ElementId {
        let id = self.add(tag, parent);
        if let Some(element) = self.elements.get_mut(id.0 as usize) {
            element.language = Some(language);
        }
        id
    }

    /// Changes what an element carries.
    pub fn set_detail(&mut self, id: ElementId, detail: Detail) {
        if let Some(element) = self.elements.get_mut(id.0 as usize) {
            element.detail = detail;
        }
    }

    /// The finished tree.
    pub fn finish(self) -> Vec<Element> {
        self.elements
    }
}
