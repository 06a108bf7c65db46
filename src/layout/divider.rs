//! Breaks between blocks: a short rule, or the row of signs that stood there.

use super::flow::{Flow, Frame, HAIR};
use super::page::{Rule, Shape, Tag};
use super::paragraph::{Setting, Strip};
use super::slug::Slug;
use crate::document::{Inline, Role, Stroke, stroke};
use crate::span::{Normal, Span};
use crate::unit::Unit;

impl<'a> Flow<'a> {
    /// Sets a break, which shows `ornament` if there is one.
    pub(super) fn divider(&mut self, ornament: &str, span: Span<Normal>, frame: &Frame<'a>) {
        let had = self.slugs.len();
        if ornament.is_empty() {
            let room = self.measure - frame.left - frame.right;
            let width = room / 3;
            let height = self.style.pitch;
            let rule = Rule::bar(frame.left + (room - width) / 2, height / 2, width, HAIR);
            self.push(Slug { rules: vec![rule], height, on_grid: self.on_grid(height), ..Slug::default() });
        } else {
            self.ornament(ornament, span, frame);
        }
        self.keep_with_text_before(had);
    }

    /// Sets a row of signs in one line, smaller where it would be too long. What draws a line is drawn as one, and its signs are the
    /// text of it: there, but not seen.
    fn ornament(&mut self, ornament: &str, span: Span<Normal>, frame: &Frame<'a>) {
        let mut style = self.style.role(Role::Ornament).clone();
        let owner = self.structure.add(Tag::Paragraph, frame.parent);
        let setting = self.setting(&style, frame, owner);
        let room = self.measure - setting.left - setting.right - setting.first;
        let width = self.width(ornament, &style);
        let height = self.style.pitch_of(&style);
        if width > room {
            // A little less than fits, for widths are rounded.
            style.size = Unit((i64::from(style.size.0) * i64::from(room.0) * 98 / 100 / i64::from(width.0)) as i32);
            style.pitch = Some(height);
        }
        let stroke = stroke(ornament);
        let setting = Setting { verbatim: true, unseen: stroke.is_some(), ..self.setting(&style, frame, owner) };
        let content = [Inline::text(ornament, span)];
        for Strip { line, mut rules, notes, .. } in self.lines(&content, &setting, None) {
            let middle = height / 2;
            let bar = |y: Unit| Rule::bar(line.x, y, line.width, HAIR);
            match stroke {
                Some(Stroke::Single) => rules.push(bar(middle)),
                Some(Stroke::Double) => rules.extend([bar(middle - HAIR * 2), bar(middle + HAIR * 2)]),
                Some(Stroke::Wavy) => rules.push(Rule { shape: Shape::Wave, height: HAIR * 4, ..bar(middle) }),
                None => {}
            }
            let on_grid = self.on_grid(height);
            self.push(Slug { lines: vec![line], rules, notes, height, on_grid, ..Slug::default() });
        }
    }
}
