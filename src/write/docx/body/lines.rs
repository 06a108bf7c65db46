//! Lists, verse and those who sign: what has lines of its own.

use super::super::inline::{home, text_run};
use super::super::numbering::Label;
use super::super::paragraph;
use super::super::styles::of_role;
use super::{Place, Writer};
use crate::chinese::gaps::pieces;
use crate::document::{Inline, List, Marker, Role, Signing, Stanza, VerseLine, inline_text, shown_marker};
use crate::style::{Alignment, Lists};
use crate::unit::Unit;

impl Writer<'_> {
    pub(super) fn list(&mut self, list: &List, place: &Place<'_>, label: &mut Option<Label>) -> Result<(), String> {
        // The marker of an item that begins with a list stands in a line of its own.
        self.flush_label(place, label)?;
        let em = place.text.1.size;
        let indent = em.em(match (place.depth, list.marker) {
            (0, _) => place.text.1.indent + self.style.body.first_indent,
            (_, Marker::None) => 2000,
            (_, Marker::Bullet(_) | Marker::Number { .. }) => 0,
        });
        let flush = self.style.lists == Lists::Flush && list.marker != Marker::None;
        let (left, first) =
            if flush { (place.left, Some(em.em(place.text.1.first_indent))) } else { (place.left + indent, None) };
        let (hang, labels) = self.numbering.add(list, place.depth, (left, first), em);
        let set_flush = self.flush.clone();
        let text = if place.quoted || self.in_note || flush { place.text } else { ("ListParagraph", &set_flush) };
        let inner = Place { text, left: hang.left, depth: place.depth + 1, quoted: place.quoted };
        for (i, (item, label)) in list.items.iter().zip(labels).enumerate() {
            let mut label = Some(label).filter(|_| list.marker != Marker::None);
            self.sheet.mark_of_item = if flush { shown_marker(list.marker, i) } else { String::new() };
            self.blocks(&item.blocks, &inner, &mut label)?;
            self.flush_label(&inner, &mut label)?;
        }
        Ok(())
    }

    /// Writes a line of those who sign: the pieces of parties beside each other behind tabs.
    pub(super) fn signed(
        &mut self,
        content: &[Inline],
        place: &Place<'_>,
        label: &mut Option<Label>,
    ) -> Result<(), String> {
        let text = (of_role(Role::Signature), self.style.role(Role::Signature));
        let plain = paragraph::plain(content).filter(|_| self.changes.is_empty()).map(String::from_iter);
        let Some(line) = plain.filter(|line| self.signing != Signing::Right && !line.contains('\t')) else {
            return self.inlines(text, content, place, label);
        };
        let bookmark = self.begin(text, place, label)?;
        let home = home(self.document.meta.language);
        let mut rest = line.as_str();
        for piece in pieces(&line) {
            let at = rest.find(piece).unwrap_or_default();
            if at > 0 {
                paragraph::push_gap(&rest[..at], &mut self.out);
            }
            paragraph::push_runs(piece, home, &mut self.out);
            rest = &rest[at + piece.len()..];
        }
        self.end(bookmark);
        Ok(())
    }

    pub(super) fn verse(
        &mut self,
        stanzas: &[Stanza],
        place: &Place<'_>,
        label: &mut Option<Label>,
    ) -> Result<(), String> {
        let look = &self.style.verse;
        // As a block: the longest line stands in the middle, and all begin with it.
        let wide = |line: &VerseLine| {
            inline_text(self.document, &line.content)
                .chars()
                .map(|c| if c.is_ascii() { 500 } else { 1000 })
                .sum::<i32>()
        };
        let widest = stanzas.iter().flat_map(|stanza| &stanza.lines).map(wide).max().unwrap_or_default();
        let inset = ((self.measure - place.left - look.size.em(widest)) / 2).max(Unit::ZERO);
        for stanza in stanzas {
            self.inset = (look.align == Alignment::Center).then_some(place.left + inset);
            let mut content = Vec::new();
            for (i, line) in stanza.lines.iter().enumerate() {
                if i > 0 {
                    content.push(text_run("\n", None));
                }
                content.extend(self.runs(&line.content, None, look));
            }
            self.paragraph(("Verse", look), content, place, label)?;
        }
        Ok(())
    }

    /// Numbers of up to so many digits stand side by side in one place of a column; 0 where lines are horizontal.
    pub(super) fn abreast(&self) -> i32 {
        if self.style.is_vertical() { self.style.vertical.abreast } else { 0 }
    }
}
