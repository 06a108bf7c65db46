//! Appendices: documents of their own, bound behind the pages of another.

use super::assemble::{Start, assemble};
use super::page::{Element, ElementId, Layout, Owner, Page, Tag};
use super::{Metrics, Style};
use crate::document::Document;

/// What is bound behind a document.
#[derive(Debug, Clone, Copy)]
pub struct Appendix<'a> {
    /// What it says.
    pub document: &'a Document,
    /// What it is: [`Tag::Collation`] or [`Tag::Colophon`].
    pub tag: Tag,
    /// A pattern of dark squares (where true), row by row, printed at its end: an artifact.
    pub pattern: &'a [Vec<bool>],
}

impl Layout {
    /// Binds `appendix`, set in `style`, behind these pages, whose numbers go on. Its elements stand below one of its own in the
    /// structure; it has no part in the outline. Where pages are mirrored it begins on a right-hand one.
    pub fn bind(&mut self, appendix: &Appendix<'_>, style: &Style, metrics: &dyn Metrics) {
        if self.structure.is_empty() {
            return;
        }
        let label = self.pages.last().and_then(|page| page.label.parse::<usize>().ok()).unwrap_or(0);
        let blank = usize::from(style.page.mirrored && self.pages.len() % 2 == 1);
        let start = Start { pages: self.pages.len() + blank, label: label + blank, pattern: appendix.pattern };
        // Characters that no font has were told of where they stand in the text.
        let (bound, _) = assemble(appendix.document, style, metrics, &start, true);
        if blank == 1 {
            let number = u32::try_from(self.pages.len() + 1).unwrap_or(u32::MAX);
            let size = (style.page.width, style.page.height);
            self.pages.push(Page { label: (label + 1).to_string(), ..Page::blank(number, size) });
        }
        let shift = u32::try_from(self.structure.len()).unwrap_or(u32::MAX);
        let moved = |id: ElementId| ElementId(id.0.saturating_add(shift));
        let language = (self.language != bound.language).then_some(bound.language);
        self.structure.extend(bound.structure.into_iter().map(|element| match element.parent {
            None => Element { tag: appendix.tag, parent: Some(ElementId(0)), language, ..element },
            Some(parent) => Element { parent: Some(moved(parent)), ..element },
        }));
        self.pages.extend(bound.pages.into_iter().map(|mut page| {
            for line in &mut page.lines {
                if let Owner::Element(element) = line.owner {
                    line.owner = Owner::Element(moved(element));
                }
                for run in &mut line.runs {
                    run.element = run.element.map(moved);
                }
            }
            for picture in &mut page.pictures {
                picture.element = moved(picture.element);
            }
            page
        }));
    }
}
