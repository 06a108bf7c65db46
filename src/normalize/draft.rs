//! The text while it is being restored, with the edits that led to it from the decoded text.

use super::Edit;
use super::rule::Rule;
use crate::span::Span;
use std::borrow::Cow;

/// A change of the present text, proposed by one pass.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// First byte of what is replaced.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What stands there afterwards.
    pub with: Cow<'static, str>,
    /// Why.
    pub rule: &'static Rule,
}

/// A text, and how it came from the decoded one.
pub(crate) struct Draft<'d> {
    decoded: &'d str,
    text: Cow<'d, str>,
    /// Sorted, not overlapping, none without effect; replayed on `decoded` they give `text`.
    edits: Vec<Edit>,
}

impl<'d> Draft<'d> {
    pub fn new(decoded: &'d str) -> Self {
        Draft { decoded, text: Cow::Borrowed(decoded), edits: Vec::new() }
    }

    /// The present text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text and its edits.
    pub fn finish(self) -> (String, Vec<Edit>) {
        (self.text.into_owned(), self.edits)
    }

    /// Makes `changes`, whatever their order; of two that overlap the first is made, the other is left for the next round.
    /// Gives whether the text has changed.
    pub fn apply(&mut self, mut changes: Vec<Change>) -> bool {
        changes.sort_by_key(|change| (change.start, change.end));
        let mut end = 0;
        let text = &self.text;
        changes.retain(|change| {
            let sound = change.start >= end
                && text.get(change.start..change.end).is_some_and(|replaced| replaced != change.with);
            if sound {
                end = change.end;
            }
            sound
        });
        if changes.is_empty() {
            return false;
        }
        let mut next = String::with_capacity(text.len() + changes.len() * 3);
        let mut done = 0;
        for change in &changes {
            next.push_str(&text[done..change.start]);
            next.push_str(&change.with);
            done = change.end;
        }
        next.push_str(&text[done..]);
        self.edits = compose(self.decoded, std::mem::take(&mut self.edits), text, changes);
        self.text = Cow::Owned(next);
        true
    }
}

/// One list of edits of `decoded` from the edits that led to `text` and the changes that followed.
fn compose(decoded: &str, edits: Vec<Edit>, text: &str, changes: Vec<Change>) -> Vec<Edit> {
    let mut merged = Vec::with_capacity(edits.len() + changes.len());
    let mut old = Placed::all(edits).peekable();
    let mut new = changes.into_iter().peekable();
    // Where unchanged text stands: offset in the decoded text less offset in the present text.
    let mut shift = 0isize;
    while let Some(change) = new.next() {
        while let Some(placed) = old.next_if(|placed| placed.end <= change.start) {
            shift = placed.shift;
            merged.push(placed.edit);
        }
        let mut group = Group::new(change, shift);
        loop {
            if let Some(placed) = old.next_if(|placed| placed.start < group.end && placed.end > group.start) {
                shift = placed.shift;
                group.absorb(placed, text);
            } else if let Some(change) = new.next_if(|change| change.start < group.end) {
                group.extend(change, shift, text);
            } else {
                break;
            }
        }
        merged.extend(group.finish(decoded, text));
    }
    merged.extend(old.map(|placed| placed.edit));
    merged
}

/// An edit with the place of its replacement in the present text.
struct Placed {
    edit: Edit,
    start: usize,
    end: usize,
    /// Decoded less present offset behind it.
    shift: isize,
}

impl Placed {
    fn all(edits: Vec<Edit>) -> impl Iterator<Item = Placed> {
        let mut shift = 0isize;
        edits.into_iter().map(move |edit| {
            let start = edit.span.start.saturating_add_signed(-shift);
            let end = start + edit.replacement.len();
            shift = edit.span.end as isize - end as isize;
            Placed { edit, start, end, shift }
        })
    }
}

/// Edits and changes that touch the same characters, on the way to becoming one edit.
struct Group {
    /// The place in the present text.
    start: usize,
    end: usize,
    /// The place in the decoded text.
    span: std::ops::Range<usize>,
    /// What will stand there, up to `written` of the present text.
    with: Cow<'static, str>,
    written: usize,
    rule: &'static Rule,
    earlier: Vec<super::RuleId>,
    safety: super::Safety,
}

impl Group {
    fn new(change: Change, shift: isize) -> Self {
        let span = change.start.saturating_add_signed(shift)..change.end.saturating_add_signed(shift);
        let Change { start, end, with, rule } = change;
        Group { start, end, span, with, written: end, rule, earlier: Vec::new(), safety: rule.safety }
    }

    /// Takes in an older edit that it overlaps.
    fn absorb(&mut self, placed: Placed, text: &str) {
        if placed.start < self.start {
            // Only the first edit can begin before the group does.
            let head = &text[placed.start..self.start];
            self.with = Cow::Owned(format!("{head}{}", self.with));
            self.start = placed.start;
            self.span.start = placed.edit.span.start;
        }
        self.span.start = self.span.start.min(placed.edit.span.start);
        self.end = self.end.max(placed.end);
        self.span.end = self.end.saturating_add_signed(placed.shift);
        self.safety = self.safety.max(placed.edit.safety);
        self.earlier.extend(placed.edit.earlier);
        self.earlier.push(placed.edit.rule);
    }

    /// Takes in a further change that begins inside it.
    fn extend(&mut self, change: Change, shift: isize, text: &str) {
        let between = &text[self.written..change.start];
        let with = self.with.to_mut();
        with.push_str(between);
        with.push_str(&change.with);
        self.written = change.end;
        self.end = self.end.max(change.end);
        self.span.end = self.end.saturating_add_signed(shift);
        self.earlier.push(self.rule.id);
        self.rule = change.rule;
        self.safety = self.safety.max(change.rule.safety);
    }

    /// The edit, unless it puts back what the decoded text had.
    fn finish(mut self, decoded: &str, text: &str) -> Option<Edit> {
        if self.written < self.end {
            self.with.to_mut().push_str(&text[self.written..self.end]);
        }
        let effective = decoded.get(self.span.clone()) != Some(&*self.with);
        effective.then(|| Edit {
            span: Span::from(self.span),
            replacement: self.with,
            rule: self.rule.id,
            earlier: self.earlier,
            safety: self.safety,
        })
    }
}
