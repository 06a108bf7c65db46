//! The pictures of a text.

use super::{Image, Inline, InlineKind};
use crate::span::{Normal, Span};

/// Adds all pictures among `inlines`, and where they stand in the normalized text, to `out`.
pub fn images_in<'d>(inlines: &'d [Inline], out: &mut Vec<(&'d Image, Span<Normal>)>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Image(image) => out.push((image, inline.span)),
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content)
            | InlineKind::Link { content, .. } => images_in(content, out),
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::NoteRef { .. }
            | InlineKind::Ruby { .. }
            | InlineKind::Break => {}
        }
    }
}
