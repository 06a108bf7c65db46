//! Pictures within a line: a box on the baseline, as wide as the picture. The line becomes as many lines of the page high as it needs.
//!
//! In the text a picture is its description, which has its place in the line and is not seen.

use super::flow::Flow;
use super::ladder::Glue;
use super::page::{Detail, ElementId, Line, Picture, Tag};
use super::text::{Bond, Look, Text};
use crate::chinese::class::Class;
use crate::document::Image;
use crate::unit::Unit;
use std::ops::Range;

/// Size of the unseen description, in thousandths of that of the text.
const UNSEEN: i32 = 100;

/// A picture among the items of a text.
#[derive(Debug, Clone)]
pub struct Inset {
    items: Range<usize>,
    target: String,
    size: (Unit, Unit),
    element: ElementId,
}

impl Flow<'_> {
    /// Adds a picture at `start` of the normalized text; `len` is the length of its description there. What cannot be had, or has a
    /// description that could not be found again, is set as its description.
    pub(super) fn push_picture(
        &mut self,
        image: &Image,
        look: &Look,
        parent: ElementId,
        (start, len): (usize, usize),
        text: &mut Text,
    ) {
        let size = text.pictures.and_then(|height| self.metrics.picture(&image.target, (text.room, height)));
        let found = image.alt.chars().all(|c| self.metrics.glyph(look.face, c).is_some());
        let Some(size) = size.filter(|_| found && !image.alt.is_empty()) else {
            let index = text.look(look.clone());
            text.push(&image.alt, index, start, len);
            return;
        };
        let element = self.structure.add_with(Tag::Figure, parent, Detail::Alt(image.name().to_owned()));
        let small = Look {
            size: look.size.em(UNSEEN),
            zi: look.zi.em(UNSEEN),
            element: Some(element),
            unseen: true,
            dotted: false,
            ..look.clone()
        };
        let index = text.look(small);
        let from = text.items.len();
        text.push(&image.alt, index, start, len);
        for (i, item) in text.items[from..].iter_mut().enumerate() {
            // The first stands for the picture, which is to the line as a Han character is; the others belong to it.
            item.class = if i == 0 { Class::Han } else { Class::Combining };
        }
        text.insets.push(Inset { items: from..text.items.len(), target: image.target.clone(), size, element });
    }
}

/// The pictures in a `line` of `text`, in their places.
pub fn insets(text: &Text, line: &Line) -> Vec<Picture> {
    let insets = text.insets.iter().filter_map(|inset| {
        let run = line.runs.iter().find(|run| run.element == Some(inset.element))?;
        let (width, height) = inset.size;
        let x = line.x + run.glyphs.first()?.x;
        let (y, target) = (line.baseline - height, inset.target.clone());
        Some(Picture { x, y, width, height, target, element: inset.element })
    });
    insets.collect()
}

/// Gives the pictures of a text that is otherwise prepared their room.
pub fn place(text: &mut Text) {
    for inset in &text.insets {
        for (i, item) in text.items[inset.items.clone()].iter_mut().enumerate() {
            item.lead = Unit::ZERO;
            item.body = if i == 0 { inset.size.0 } else { Unit::ZERO };
            if i > 0 {
                (item.glue, item.bond) = (Glue::RIGID, Bond::Whole);
            }
        }
    }
}
