//! Where links lead, on paper: a note behind each link that does not say it.

use super::{Anchors, Destination, Marker, NumberForm, each_content, inline_text};
use super::{Block, BlockKind, Document, Footnote, Inline, InlineKind, NoteKind, Role, display_label, marker_text};
use std::collections::HashMap;

impl Document {
    /// The document as it is printed where links are to be read on paper: behind each link that leads out of it and does not say where, a
    /// note that does. One note a target. Nothing of its text changes ([`NoteKind::Target`]); links within notes stay as they are.
    pub fn with_targets_noted(&self) -> Document {
        let mut noted = self.clone();
        let numbered = |note: &Footnote| display_label(&note.label).starts_with(['[', '〔', '［', '【']);
        let mut targets = Targets {
            document: self,
            anchors: Anchors::of(&self.outline()),
            circled: self.footnotes.iter().any(numbered),
            before: self.footnotes.len(),
            known: HashMap::new(),
            notes: vec![],
        };
        each_content(&mut noted.blocks, &mut |content| targets.inlines(content));
        noted.footnotes.append(&mut targets.notes);
        noted
    }
}

struct Targets<'d> {
    document: &'d Document,
    anchors: Anchors,
    /// Whether the marks are circled: notes of the text have the others.
    circled: bool,
    /// Number of notes of the text.
    before: usize,
    /// The notes so far, by what they say.
    known: HashMap<String, usize>,
    notes: Vec<Footnote>,
}

impl Targets<'_> {
    fn inlines(&mut self, content: &mut Vec<Inline>) {
        let mut out = Vec::with_capacity(content.len());
        for mut inline in content.drain(..) {
            let mut noted = None;
            match &mut inline.kind {
                InlineKind::Link { target, content, .. } => noted = self.note(target, content),
                InlineKind::Strong(content)
                | InlineKind::Emphasis(content)
                | InlineKind::Underline { content, .. }
                | InlineKind::Gloss(content) => self.inlines(content),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::NoteRef { .. }
                | InlineKind::Ruby { .. }
                | InlineKind::Image(_)
                | InlineKind::Break => {}
            }
            let end = inline.span.end;
            out.push(inline);
            out.extend(noted.map(|note| Inline::new(InlineKind::NoteRef { note }, end..end)));
        }
        *content = out;
    }

    /// The note that says where `target` leads, if a link with this `content` does not.
    fn note(&mut self, target: &str, content: &[Inline]) -> Option<usize> {
        let Destination::Address(_) = self.anchors.destination(target)? else { return None };
        let said = bare(target).to_owned();
        if bare(&inline_text(self.document, content)) == said {
            return None;
        }
        if let Some(&known) = self.known.get(&said) {
            return Some(known);
        }
        let number = self.notes.len();
        let note = self.before + number;
        let circle = Marker::Number { start: 1, form: NumberForm::CIRCLED };
        let label = if self.circled { marker_text(circle, number) } else { (number + 1).to_string() };
        let content = vec![Inline::text(target.trim(), 0..0)];
        let blocks = vec![Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0)];
        self.notes.push(Footnote { label, blocks, span: (0..0).into(), kind: NoteKind::Target });
        self.known.insert(said, note);
        Some(note)
    }
}

/// An address without what nobody types: its scheme, and a slash at its end.
fn bare(address: &str) -> &str {
    let address = address.trim();
    let schemes = ["https://", "http://", "mailto:"];
    let rest = schemes.iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
    rest.strip_suffix('/').unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_do_not_say_where_they_lead_get_one_note_a_target() {
        let link = |target: &str, text: &str| {
            let content = vec![Inline::text(text, 0..0)];
            Inline::new(InlineKind::Link { target: target.into(), title: String::new(), content }, 0..0)
        };
        let content = vec![
            link("https://example.com/甲", "甲"),
            link("https://example.com/", "example.com"),
            link("#第一章", "第一章"),
            Inline::new(InlineKind::Strong(vec![link("https://example.com/甲", "又")]), 0..0),
            link("mailto:a@b.cn", "来信"),
        ];
        let document = Document {
            blocks: vec![Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0)],
            ..Document::default()
        };
        let noted = document.with_targets_noted();
        let said: Vec<(&str, String)> = noted
            .footnotes
            .iter()
            .map(|note| match &note.blocks[0].kind {
                BlockKind::Paragraph { content, .. } => (note.label.as_str(), inline_text(&noted, content)),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(said, [("1", "https://example.com/甲".to_owned()), ("2", "mailto:a@b.cn".to_owned())]);
        let BlockKind::Paragraph { content, .. } = &noted.blocks[0].kind else { panic!() };
        let marks: Vec<usize> = content
            .iter()
            .filter_map(|inline| match inline.kind {
                InlineKind::NoteRef { note } => Some(note),
                _ => None,
            })
            .collect();
        assert_eq!((marks, content.len()), (vec![0, 1], 7));
        assert!(matches!(&content[4].kind, InlineKind::Strong(inner) if inner.len() == 2));
        assert_eq!(noted.text(), document.text());
    }
}
