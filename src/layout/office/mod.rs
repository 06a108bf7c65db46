//! The page of an official document (GB/T 9704): its head, who has signed it, and the record of printing, at places that are measured from
//! the edges of the page and not from each other.
//!
//! A line is as high as the pitch, with the characters in its middle. Where the standard leaves lines blank above or below something
//! that has another height, these are whole lines: from the em square of it half of what parts two lines, then the blank lines.

mod hang;
mod head;
mod lead_in;
mod piece;
pub mod record;
mod signature;
mod turned;

use super::flow::Flow;
use super::page::Tag;
use super::paragraph::Setting;
use crate::chinese::words::Word;
use crate::document::{
    Block, BlockKind, Document, Inline, InlineKind, OfficeForm, OfficeHead, Role, Signing, inline_text,
    marks_attachment,
};
use crate::style::{Alignment, Face, TextStyle};
use crate::unit::Unit;
pub use hang::Hang;
pub use lead_in::restyle;

impl<'a> Flow<'a> {
    /// Sets the blocks from `index` on that have places of their own in the style of an official document, whose head is `head`; gives
    /// their number, 0 where the block is set as any other.
    pub(super) fn office(&mut self, doc: &'a Document, index: usize, head: Option<&OfficeHead>) -> usize {
        let Some(office) = &self.style.office else { return 0 };
        if let Some(head) = head.filter(|head| head.blocks.start == index) {
            let blocks = doc.blocks.get(head.blocks.clone()).unwrap_or_default();
            return if self.head(blocks, head.form, office) { blocks.len() } else { 0 };
        }
        let rest = doc.blocks.get(index..).unwrap_or_default();
        let at_right = self.signing == Signing::Right;
        let signed = rest.iter().take_while(|block| at_right && is(block, Role::Signature)).count();
        let form = head.map_or(OfficeForm::Document, |head| head.form);
        if signed > 0 && self.signature(&rest[..signed], form, office) { signed } else { 0 }
    }

    /// Sets a paragraph that stands for itself: it may begin with a label, below whose end its other lines stand; `further` where one of
    /// its role stands above it.
    pub(in super::super) fn office_paragraph(
        &mut self,
        role: Role,
        content: &[Inline],
        further: bool,
        setting: &Setting<'_>,
    ) {
        let marks = role == Role::Attachment && marks_attachment(&inline_text(self.doc, content));
        let style = match marks {
            true => TextStyle { face: Face::Hei, first_indent: 0, ..setting.style.clone() },
            // How many copies there are stands at the right, below the record.
            false if role == Role::PrintRecord && tells_copies(&inline_text(self.doc, content)) => {
                TextStyle { align: Alignment::Right, ..setting.style.clone() }
            }
            false => setting.style.clone(),
        };
        let whole = [content];
        let lines: Vec<&[Inline]> = if role == Role::Attachment { parted(content).collect() } else { whole.to_vec() };
        for (k, line) in lines.into_iter().enumerate() {
            let text = inline_text(self.doc, line);
            let hang = if marks { None } else { self.hang(role, &text, further || k > 0, &style) };
            let (mut left, mut first) = (setting.left, if marks { Unit::ZERO } else { setting.first });
            if let Some(hang) = hang {
                left += first + hang.start + hang.width;
                first = -hang.width;
            }
            let led_in = role == Role::Body && hang.is_none();
            // What is said behind a colon is not when the document was printed.
            let spread = setting.spread && !text.contains(['：', ':']);
            let setting = Setting { style: &style, left, first, hang, led_in, spread, ..*setting };
            self.set(line, &setting, None);
        }
        if marks {
            // The title of what is attached stands below it.
            self.tie(1);
        }
    }

    /// Half of what parts two lines of the body.
    fn half_leading(&self) -> Unit {
        (self.style.pitch - self.style.body.size) / 2
    }

    /// The top of the line that stands below an em square that ends at `bottom`, with `blank` lines between.
    fn below(&self, bottom: Unit, blank: i32) -> Unit {
        bottom + self.half_leading() + self.style.pitch * blank
    }

    /// An element for a paragraph of an official document.
    fn paragraph_element(&mut self, content: &[Inline]) -> super::page::ElementId {
        let parent = self.column().parent;
        self.add_said(Tag::Paragraph, parent, content)
    }
}

/// Whether `text` says how many copies of a document there are: `（共印40份）`.
pub fn tells_copies(text: &str) -> bool {
    Word::Copies.is_in(text.trim_start_matches(['（', '(']))
}

fn is(block: &Block, wanted: Role) -> bool {
    matches!(block.kind, BlockKind::Paragraph { role, .. } if role == wanted)
}

/// The lines of `content` that the source has parted.
fn parted(content: &[Inline]) -> impl Iterator<Item = &[Inline]> {
    content.split(|inline| matches!(inline.kind, InlineKind::Break))
}
