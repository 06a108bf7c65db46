//! Paragraphs that begin with a label, below whose end their other lines stand: what is attached, who gets a copy, who was there.

use super::super::flow::Flow;
use super::super::ladder::Glue;
use super::super::text::{Bond, Text};
use crate::chinese::numbering::{self, Family};
use crate::chinese::words::Word;
use crate::document::Role;
use crate::style::TextStyle;
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
}

impl Hang {
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
        let (label, start) = match role {
            Role::Attachment => match attached(text) {
                Some(label) => (label, ""),
                // Below the number of the first, which stands behind `附件：` (7.3.4).
                None if further => (numbered(text), "附件："),
                None => return None,
            },
            Role::PrintRecord => (field(text, Word::CopiedTo)?, ""),
            Role::Body => (field(text, Word::Attending)?, ""),
            _ => return None,
        };
        let mut width = |text: &str| self.width(&format!("{text}国"), style) - self.width("国", style);
        Some(Hang { items: text[..label].chars().count(), width: width(&text[..label]), start: width(start) })
    }
}

/// The bytes of `附件：` or `附件：1.` at the beginning of `text`.
fn attached(text: &str) -> Option<usize> {
    let rest = Word::Attachment.strip(text).or_else(|| text.strip_prefix('附'))?;
    let names = colon(rest)?;
    Some(text.len() - names.len() + numbered(names))
}

/// The bytes of a number at the beginning of `text`, with the blanks behind it.
fn numbered(text: &str) -> usize {
    let label = numbering::label(text).filter(|label| label.family >= Family::Arabic);
    let rest = &text[label.map_or(0, |label| label.len)..];
    if rest.len() == text.len() { 0 } else { text.len() - rest.trim_start().len() }
}

/// The bytes of a word of this sense with its colon at the beginning of `text`.
fn field(text: &str, sense: Word) -> Option<usize> {
    // Blanks part the characters of the word: `抄　送：`.
    let at = text.find(['：', ':']).filter(|at| *at <= "抄　　送　".len())?;
    let word: String = text[..at].chars().filter(|c| !c.is_whitespace()).collect();
    sense.is(&word).then(|| text.len() - colon(&text[at..]).unwrap_or_default().len())
}

/// What follows a colon that `text` begins with.
fn colon(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix(['：', ':']).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_attachments_copies_and_of_those_who_were_there() {
        let label = |text: &'static str| attached(text).map(|len| &text[..len]);
        assert_eq!(label("附件：1.名单"), Some("附件：1."));
        assert_eq!(label("附件： 名单"), Some("附件： "));
        assert_eq!(label("附：名单"), Some("附："));
        assert_eq!(label("附件1"), None);
        assert_eq!(numbered("2. 任务分解表"), "2. ".len());
        assert_eq!(numbered("任务"), 0);
        let field = |text: &'static str, sense| field(text, sense).map(|len| &text[..len]);
        assert_eq!(field("抄　送：某委", Word::CopiedTo), Some("抄　送："));
        assert_eq!(field("出席：某某", Word::Attending), Some("出席："));
        assert_eq!(field("列席人员名单：某某", Word::Attending), None);
    }
}
