//! Paragraphs that begin with a label, below whose end their other lines stand: what is attached, who gets a copy, who was there.

use super::super::flow::Flow;
use super::super::ladder::Glue;
use super::super::text::{Bond, Look, Text};
use crate::document::{Role, label_of};
use crate::style::{Face, TextStyle};
use crate::unit::Unit;

/// The label of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hang {
    /// Its characters.
    pub items: usize,
    /// How far the text behind it is from where the label begins.
    pub width: Unit,
    /// How far the label is from where the paragraph would begin.
    pub start: Unit,
    /// Its face, where that is not that of the paragraph.
    pub face: Option<Face>,
}

impl Hang {
    /// Gives the label at the beginning of `text` its face.
    pub fn dress(&self, text: &mut Text) {
        let Some(face) = self.face else { return };
        for k in 0..self.items.min(text.items.len()) {
            let look = text.looks[usize::from(text.items[k].look)].clone();
            text.items[k].look = text.look(Look { face, ..look });
        }
    }

    /// Keeps the label of `text` as wide as it is, so that what stands behind it stands above the other lines.
    pub fn keep(&self, text: &mut Text) {
        let Some(label) = text.items.get_mut(..self.items) else { return };
        label.iter_mut().skip(1).for_each(|item| item.glue = Glue { natural: item.glue.natural, ..Glue::RIGID });
        let width = label.iter().map(|item| item.body).sum::<Unit>()
            + label.iter().skip(1).map(|item| item.glue.natural).sum::<Unit>();
        if let Some(first) = text.items.get_mut(self.items) {
            first.glue = Glue { natural: (self.width - width).max(Unit::ZERO), ..Glue::RIGID };
            first.bond = first.bond.max(Bond::Kept);
        }
    }
}

impl Flow<'_> {
    /// The label of a paragraph that says `text`; `further` where it stands below one of its role.
    pub(super) fn hang(&mut self, role: Role, text: &str, further: bool, style: &TextStyle) -> Option<Hang> {
        let (label, start) = label_of(role, text, further)?;
        let mut width = |text: &str| self.width(&format!("{text}国"), style) - self.width("国", style);
        // Who was there is told in the face of heads (10.3).
        let face = (role == Role::Body).then_some(Face::Hei);
        Some(Hang { items: text[..label].chars().count(), width: width(&text[..label]), start: width(start), face })
    }
}
