//! Items of lists and their markers.

use super::inlines::Container;
use super::{Frame, Kind, Reader};
use crate::document::{Marker, NumberForm, marker_text};
use std::ops::Range;

impl Reader<'_> {
    /// Whether an item of a list without markers is open.
    pub(super) fn is_unmarked(&self) -> bool {
        let unmarked = |kind: &Kind| matches!(kind, Kind::List { marker: Marker::None, .. });
        matches!(&self.frames[..], [.., list, Frame { kind: Kind::Item, .. }] if unmarked(&list.kind))
    }

    /// The marker of the list whose source begins at `range`.
    pub(super) fn marker(&self, start: Option<u64>, range: &Range<usize>) -> Marker {
        let source = self.text[range.clone()].trim_start();
        match start {
            None => Marker::Bullet(source.chars().next().filter(|c| matches!(c, '-' | '*' | '+')).unwrap_or('-')),
            Some(start) => {
                let paren = source.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(')');
                Marker::Number {
                    start: u32::try_from(start).unwrap_or(u32::MAX),
                    form: if paren { NumberForm::ARABIC_PAREN } else { NumberForm::ARABIC_DOT },
                }
            }
        }
    }

    /// The items of a list that was opened out keep their markers as text.
    pub(super) fn item_of_opened_list(&mut self, range: &Range<usize>) {
        if !matches!(self.frames.last(), Some(Frame { kind: Kind::Open, .. })) {
            return;
        }
        let source = self.text[range.clone()].trim_start();
        let digits = source.len() - source.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let start = source[..digits].parse().ok();
        let text = marker_text(self.marker(start, range), 0);
        self.inlines.open(Container::Implied, range.clone());
        self.inlines.text(text.trim_end(), range.start..range.start + text.trim_end().len());
        self.close_paragraph();
    }
}
