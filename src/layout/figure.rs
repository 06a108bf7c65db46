//! Pictures that stand alone: as wide as they need and the column has room for, their descriptions below them.

use super::flow::{Flow, Frame};
use super::page::{Detail, Picture, Tag};
use super::paragraph::Lead;
use super::slug::Slug;
use crate::document::{Image, Inline, Role};
use crate::span::{Normal, Span};
use crate::unit::Unit;

impl<'a> Flow<'a> {
    /// Sets a picture with its description, or the description alone where the picture cannot be had.
    pub(super) fn image(&mut self, image: &'a Image, span: Span<Normal>, frame: &Frame<'a>, lead: Option<Lead>) {
        let style = self.style.role(Role::Caption);
        let owner = self.structure.add_with(Tag::Figure, frame.parent, Detail::Alt(image.name().to_owned()));
        let setting = self.setting(style, frame, owner);
        let room = (self.measure - setting.left - setting.right).max(style.size);
        let shown = self.metrics.picture(&image.target, (room, self.style.picture_height()));
        if let Some((width, height)) = shown {
            let x = setting.left + (room - width) / 2;
            let target = image.target.clone();
            let picture = Picture { x, y: Unit::ZERO, width, height, target, element: owner };
            let pitch = self.style.pitch.0.max(1);
            let lines = (height.0 + pitch - 1) / pitch;
            self.push(Slug { pictures: vec![picture], height: Unit(lines * pitch), on_grid: true, ..Slug::default() });
            if image.alt.is_empty() && lead.is_none() {
                return;
            }
        }
        let had = self.slugs.len();
        let content = [Inline::text(image.alt.as_str(), span)];
        self.set(&content, &setting, lead);
        if let (Some(first), true) = (self.slugs.get_mut(had), shown.is_some()) {
            first.kept = true;
        }
    }
}
