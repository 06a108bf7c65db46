//! What could not be set as the text or the rules ask.

use crate::error::Cause;
use crate::note::{At, Note};
use crate::span::{Normal, Span};
use std::collections::BTreeMap;

/// What was found on the way, kept small however often it is found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Characters that no font has: how often, and where first.
    missing: BTreeMap<char, (usize, Span<Normal>)>,
    /// Lines that are too loose: how many, the most that one is widened, and the first.
    loose: Option<(usize, i32, Span<Normal>)>,
    /// Lines that are left ragged: how many, and the first.
    ragged: Option<(usize, Span<Normal>)>,
    /// Marks that are not seen: how many, and the first paragraph that has some.
    hidden: Option<(usize, Span<Normal>)>,
}

impl Findings {
    /// A character that no font has (F2).
    pub fn missing(&mut self, c: char, span: Span<Normal>) {
        self.missing.entry(c).or_insert((0, span)).0 += 1;
    }

    /// A line for which there is no better lawful setting than one widened by so many thousandths of an em at each place (D3).
    pub fn loose(&mut self, widened: i32, span: Span<Normal>) {
        let (count, most, _) = self.loose.get_or_insert((0, 0, span));
        (*count, *most) = (*count + 1, widened.max(*most));
    }

    /// A line of justified text that no lawful setting brings to its measure.
    pub fn ragged(&mut self, span: Span<Normal>) {
        self.ragged.get_or_insert((0, span)).0 += 1;
    }

    /// So many marks that are in the text and not seen (V31).
    pub fn hidden(&mut self, count: usize, span: Span<Normal>) {
        if count > 0 {
            self.hidden.get_or_insert((0, span)).0 += count;
        }
    }

    /// The findings as notes.
    pub fn into_notes(self) -> Vec<Note> {
        let missing = self.missing.into_iter().map(|(c, (count, span))| {
            let detail = Cause::text(format!("U+{:04X} × {count}", u32::from(c)));
            Note::warning("missing-glyph", At::Normal(span), detail)
        });
        let loose = self.loose.into_iter().map(|(count, most, span)| {
            let most = format!("{}.{:03}", most / 1000, most % 1000);
            Note::info("loose-line", At::Normal(span), Cause::LooseLines { count, most })
        });
        let counted = |kind, found: Option<(usize, Span<Normal>)>| {
            found.map(|(count, span)| Note::info(kind, At::Normal(span), Cause::text(count.to_string())))
        };
        let (ragged, hidden) = (counted("ragged-line", self.ragged), counted("hidden-mark", self.hidden));
        missing.chain(loose).chain(ragged).chain(hidden).collect()
    }
}
