//! The text while it is being restored, with the edits that led to it from the decoded text.

use super::Edit;
use super::rule::{Rule, RuleId};
use crate::span::Span;
use std::borrow::Cow;
use std::ops::Range;

/// A change of the present text, proposed by one pass; or a run of changes that follow each other without a gap and take as many bytes
/// as each other and give as many, as [`Edit`] has it: megabytes of what a disk or a transfer left behind are one.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    /// First byte of what is replaced.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// What stands there afterwards.
    pub with: Cow<'static, str>,
    /// How many changes it is.
    pub count: usize,
    /// Why.
    pub rule: &'static Rule,
}

impl Change {
    /// How many bytes each change takes, and how many it gives.
    fn lengths(&self) -> (usize, usize) {
        ((self.end - self.start) / self.count, self.with.len() / self.count)
    }

    /// The changes of the run, one by one.
    fn pieces(mut self) -> impl Iterator<Item = Change> {
        let (from, to) = self.lengths();
        (0..self.count).map(move |i| {
            let start = self.start + i * from;
            let with = piece(&mut self.with, self.count, i * to..(i + 1) * to);
            Change { start, end: start + from, with, count: 1, rule: self.rule }
        })
    }
}

impl Edit {
    /// The changes of the run, one by one.
    pub(crate) fn pieces(mut self) -> impl Iterator<Item = Edit> {
        let (from, to) = self.lengths();
        (0..self.count).map(move |i| {
            let start = self.span.start + i * from;
            let replacement = piece(&mut self.replacement, self.count, i * to..(i + 1) * to);
            let earlier = if self.count == 1 { std::mem::take(&mut self.earlier) } else { self.earlier.clone() };
            Edit { span: Span::new(start, start + from), replacement, count: 1, earlier, ..self }
        })
    }
}

/// The part `range` of the `count` parts of `text`, which is taken whole where it is the only one.
fn piece(text: &mut Cow<'static, str>, count: usize, range: Range<usize>) -> Cow<'static, str> {
    match text {
        _ if count == 1 => std::mem::take(text),
        Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
        Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
    }
}

/// Adds `change` to `changes`: to the run that it continues, if there is one.
pub(crate) fn push(changes: &mut Vec<Change>, change: Change) {
    match changes.last_mut() {
        Some(last)
            if last.end == change.start
                && last.rule.id == change.rule.id
                && change.end > change.start
                && last.lengths() == change.lengths() =>
        {
            last.end = change.end;
            last.count += change.count;
            join(&mut last.with, &change.with);
        }
        _ => changes.push(change),
    }
}

/// The same of edits.
fn push_edit(edits: &mut Vec<Edit>, edit: Edit) {
    match edits.last_mut() {
        Some(last)
            if last.span.end == edit.span.start
                && last.rule == edit.rule
                && last.earlier == edit.earlier
                && last.safety == edit.safety
                && !edit.span.is_empty()
                && last.lengths() == edit.lengths() =>
        {
            last.span.end = edit.span.end;
            last.count += edit.count;
            join(&mut last.replacement, &edit.replacement);
        }
        _ => edits.push(edit),
    }
}

/// `edits` with those that follow each other and are alike as runs.
pub(super) fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut joined = Vec::with_capacity(edits.len());
    edits.into_iter().for_each(|edit| push_edit(&mut joined, edit));
    joined
}

fn join(text: &mut Cow<'static, str>, more: &str) {
    if !more.is_empty() {
        text.to_mut().push_str(more);
    }
}

/// A text, and how it came from the decoded one.
pub(crate) struct Draft<'d> {
    decoded: &'d str,
    text: Cow<'d, str>,
    /// Sorted, not overlapping, none without effect; replayed on `decoded` they give `text`.
    edits: Vec<Edit>,
    /// Lists of places in the present text, sorted, which move along with it.
    pub places: [Vec<usize>; 3],
}

impl<'d> Draft<'d> {
    pub fn new(decoded: &'d str) -> Self {
        Draft { decoded, text: Cow::Borrowed(decoded), edits: Vec::new(), places: Default::default() }
    }

    /// The present text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What led to it.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The text and its edits.
    pub fn finish(self) -> (String, Vec<Edit>) {
        (self.text.into_owned(), self.edits)
    }

    /// Makes `changes`, whatever their order; of two that overlap the first is made, the other is left for the next round.
    /// Gives whether the text has changed.
    pub fn apply(&mut self, mut changes: Vec<Change>) -> bool {
        changes.sort_by_key(|change| (change.start, change.end));
        if !changes.is_sorted_by(|a, b| a.end <= b.start) {
            changes = apart(changes);
        }
        let text = &self.text;
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
        self.places.iter_mut().for_each(|places| move_along(places, &changes));
        self.edits = compose(self.decoded, std::mem::take(&mut self.edits), text, changes);
        self.text = Cow::Owned(next);
        true
    }
}

/// Moves `places` as `changes` move the text: a place in what is replaced goes to the beginning of what replaces it, unless each change
/// of a run puts one thing for one.
fn move_along(places: &mut [usize], changes: &[Change]) {
    let (mut changes, mut shift) = (changes.iter().peekable(), 0isize);
    for place in places {
        while let Some(change) = changes.next_if(|change| change.end <= *place && change.start < *place) {
            shift += change.with.len() as isize - (change.end - change.start) as isize;
        }
        let within = changes.peek().filter(|change| change.start < *place);
        *place = within.map_or(*place, |change| {
            let (from, _) = change.lengths();
            change.start + (*place - change.start) / from * from
        });
        let run = within.map_or(0, |change| {
            let (from, to) = change.lengths();
            ((*place - change.start) / from) as isize * (to as isize - from as isize)
        });
        *place = place.saturating_add_signed(shift + run);
    }
}

/// `changes` without what overlaps one before it; of a run, the changes that do.
fn apart(changes: Vec<Change>) -> Vec<Change> {
    let mut apart = Vec::with_capacity(changes.len());
    let mut end = 0;
    for change in changes {
        if change.start >= end {
            end = change.end;
            apart.push(change);
            continue;
        }
        for change in change.pieces() {
            if change.start >= end {
                end = change.end;
                push(&mut apart, change);
            }
        }
    }
    apart
}

/// One list of edits of `decoded` from the edits that led to `text` and the changes that followed.
fn compose(decoded: &str, edits: Vec<Edit>, text: &str, changes: Vec<Change>) -> Vec<Edit> {
    let mut merged = Vec::with_capacity(edits.len() + changes.len());
    let mut old = Placed::all(edits).peekable();
    let mut new = changes.into_iter().flat_map(Change::pieces).peekable();
    // Where unchanged text stands: offset in the decoded text less offset in the present text.
    let mut shift = 0isize;
    while let Some(change) = new.next() {
        while let Some(placed) = old.next_if(|placed| placed.end <= change.start) {
            shift = placed.shift;
            push_edit(&mut merged, placed.edit);
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
        if let Some(edit) = group.finish(decoded, text) {
            push_edit(&mut merged, edit);
        }
    }
    old.for_each(|placed| push_edit(&mut merged, placed.edit));
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
        edits.into_iter().flat_map(Edit::pieces).map(move |edit| {
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
    span: Range<usize>,
    /// What will stand there, up to `written` of the present text.
    with: Cow<'static, str>,
    written: usize,
    rule: &'static Rule,
    earlier: Vec<(RuleId, usize)>,
    safety: super::Safety,
}

impl Group {
    fn new(change: Change, shift: isize) -> Self {
        let span = change.start.saturating_add_signed(shift)..change.end.saturating_add_signed(shift);
        let Change { start, end, with, rule, .. } = change;
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
        for (rule, count) in placed.edit.earlier {
            self.had(rule, count);
        }
        self.had(placed.edit.rule, 1);
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
        self.had(self.rule.id, 1);
        self.rule = change.rule;
        self.safety = self.safety.max(change.rule.safety);
    }

    /// Remembers changes of a rule.
    fn had(&mut self, rule: RuleId, count: usize) {
        match self.earlier.last_mut() {
            Some((last, before)) if *last == rule => *before += count,
            _ => self.earlier.push((rule, count)),
        }
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
            count: 1,
            rule: self.rule.id,
            earlier: self.earlier,
            safety: self.safety,
        })
    }
}
