//! The calls of notes in running text: every mark that may call one, with what speaks against it.

use super::mark::{self, Form};
use crate::document::{Block, Inline, InlineKind, each_content};
use crate::span::{Normal, Span};

/// A mark in running text.
#[derive(Debug, Clone)]
pub struct Call {
    /// The block that it stands in.
    pub block: usize,
    /// Its form.
    pub form: Form,
    /// Its number.
    pub number: u64,
    /// Whether it is only spoken of.
    pub mentioned: bool,
    /// Whether it opens one of several points within a sentence.
    pub opens_point: bool,
    /// Whether it stands behind a word and before a stop.
    pub set_behind_word: bool,
    /// Its place.
    pub span: Span<Normal>,
    /// How it is written.
    pub text: String,
}

/// All calls in `blocks`, in order.
pub fn find(blocks: &mut [Block]) -> Vec<Call> {
    let mut calls = vec![];
    for (at, block) in blocks.iter_mut().enumerate() {
        each_content(std::slice::from_mut(block), &mut |content| {
            each_text(content, true, &mut |text, span, begins| {
                calls.extend(mark::within(text, begins).map(|(place, mark)| {
                    let (before, behind) = (&text[..place], &text[place + mark.len..]);
                    Call {
                        block: at,
                        form: mark.form,
                        number: mark.number,
                        mentioned: mark::is_mentioned(before, behind),
                        opens_point: mark::opens_point(before),
                        set_behind_word: mark::is_set_behind_word(before, behind),
                        span: piece(text, span, place, mark.len),
                        text: text[place..place + mark.len].to_owned(),
                    }
                }));
            });
        });
    }
    calls
}

/// Calls `visit` on the pieces of plain text in `content`, and tells whether each begins a line. What a link says is no mark, nor is what
/// stands in code.
fn each_text(content: &[Inline], mut begins: bool, visit: &mut dyn FnMut(&str, Span<Normal>, bool)) {
    for inline in content {
        match &inline.kind {
            InlineKind::Text(text) => visit(text, inline.span, begins),
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content) => {
                each_text(content, begins, visit);
            }
            InlineKind::Link { .. }
            | InlineKind::Code(_)
            | InlineKind::NoteRef { .. }
            | InlineKind::Ruby { .. }
            | InlineKind::Image(_)
            | InlineKind::Break => {}
        }
        begins = matches!(inline.kind, InlineKind::Break);
    }
}

/// Replaces the calls in `blocks` by references: `note` gives the note of each, in the order of [`find`].
pub fn replace(blocks: &mut [Block], mut note: impl FnMut() -> Option<usize>) {
    each_content(blocks, &mut |content| *content = replaced(std::mem::take(content), true, &mut note));
}

fn replaced(content: Vec<Inline>, mut begins: bool, note: &mut dyn FnMut() -> Option<usize>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for mut inline in content {
        let breaks = matches!(inline.kind, InlineKind::Break);
        match &mut inline.kind {
            InlineKind::Text(text) => {
                let span = inline.span;
                let mut from = 0;
                for (place, mark) in mark::within(text, begins) {
                    let Some(note) = note() else { continue };
                    if from < place {
                        out.push(Inline::text(&text[from..place], piece(text, span, from, place - from)));
                    }
                    out.push(Inline::new(InlineKind::NoteRef { note }, piece(text, span, place, mark.len)));
                    from = place + mark.len;
                }
                match from {
                    0 => out.push(inline),
                    _ if from < text.len() => {
                        out.push(Inline::text(&text[from..], piece(text, span, from, text.len() - from)));
                    }
                    _ => {}
                }
            }
            InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content) => {
                *content = replaced(std::mem::take(content), begins, note);
                out.push(inline);
            }
            InlineKind::Link { .. }
            | InlineKind::Code(_)
            | InlineKind::NoteRef { .. }
            | InlineKind::Ruby { .. }
            | InlineKind::Image(_)
            | InlineKind::Break => out.push(inline),
        }
        begins = breaks;
    }
    out
}

/// The place of `len` bytes from `at` on in `text`, which stands at `span`: the whole, where syntax stands in the source.
pub fn piece(text: &str, span: Span<Normal>, at: usize, len: usize) -> Span<Normal> {
    if span.len() == text.len() { (span.start + at..span.start + at + len).into() } else { span }
}
