//! The edition as it was made: its lines with their places in the text, and the way back from there.

use super::compare::{differences, in_text};
use super::{Accepted, same_text};
use crate::Reading;
use crate::decide::{Decision, HeadingDecision, Verdict, context};
use crate::document::Placed;
use crate::normalize::{BY_HAND, Edit, LINE_ENDS};
use crate::span::{Lines, Normal, Span};
use crate::verify::{Line, lines_of};
use std::collections::BTreeMap;
use std::ops::Range;

/// How far a difference is looked for where the same character stands several times.
const FARTHEST: usize = 32;

/// What was decided, by what it is about in the text as it was read.
type Decided = BTreeMap<(usize, usize), Decision>;

/// The edition as it was made.
pub struct Made<'r> {
    reading: &'r Reading,
    /// The lines of the text as it was read.
    decoded: Lines<'r>,
    placed: Placed,
    /// Its lines, as every format has them.
    pub lines: Vec<Line>,
    /// Where each of them begins in the text of the document.
    starts: Vec<usize>,
}

/// A change of an edit, alone: an edit may be a run of them.
struct Change {
    edit: Edit,
    normal: Range<usize>,
}

impl<'r> Made<'r> {
    /// That of `reading`.
    pub fn new(reading: &'r Reading) -> Self {
        let placed = reading.document.placed();
        let lines = lines_of(&placed);
        let mut starts = Vec::with_capacity(lines.len());
        let mut at = 0;
        for line in placed.text.split_inclusive('\n') {
            if !line.trim_end().is_empty() {
                starts.push(at);
            }
            at += line.len();
        }
        Made { reading, decoded: Lines::new(&reading.decoded.text), placed, lines, starts }
    }

    /// What the text of `theirs` says otherwise than that of `ours`, which is the edition as it was made.
    pub fn compared(&self, ours: &[Line], theirs: &[Line]) -> Accepted {
        let mut accepted = Accepted::default();
        // A format that shows its text otherwise has the same lines all the same; verify proves it.
        let lines = if same_text(ours, &self.lines) { ours } else { &self.lines };
        let hunks = differences(lines.iter().map(|line| &line.text), theirs.iter().map(|line| &line.text));
        let mut decided: Decided = BTreeMap::new();
        let (mut at, mut of_theirs) = (0, 0);
        for (our, their) in hunks.into_iter().chain([(lines.len()..lines.len(), theirs.len()..theirs.len())]) {
            for (i, j) in (at..our.start).zip(of_theirs..) {
                self.open_changes(i, &lines[i], &theirs[j], &[], &mut decided);
            }
            self.lines_differ(our.clone(), their.clone(), (lines, theirs), &mut decided, &mut accepted);
            (at, of_theirs) = (our.end, their.end);
        }
        accepted.edits = decided.into_values().collect();
        accepted
    }

    /// Lines that differ: the lines themselves where there are as many, else all of them together.
    fn lines_differ(
        &self,
        our: Range<usize>,
        their: Range<usize>,
        (ours, theirs): (&[Line], &[Line]),
        decided: &mut Decided,
        accepted: &mut Accepted,
    ) {
        if our.len() == their.len() {
            for (i, j) in our.zip(their) {
                let hunks = in_text(&ours[i].text, &theirs[j].text);
                for (was, is) in &hunks {
                    let range = self.starts[i] + was.start..self.starts[i] + was.end;
                    if !self.differs(range, &theirs[j].text[is.clone()], decided) {
                        accepted.untaken.push(theirs[j].text.clone());
                    }
                }
                self.open_changes(i, &ours[i], &theirs[j], &hunks, decided);
            }
            return;
        }
        // What is put between two paragraphs has no place in either.
        let Some(first) = self.starts.get(our.start).filter(|_| !our.is_empty()) else {
            accepted.untaken.extend(theirs[their].iter().map(|line| line.text.clone()));
            return;
        };
        let join = |lines: &[Line]| lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
        let end = our.clone().next_back().map_or(*first, |last| self.starts[last] + ours[last].text.len());
        let (text, new) = (&self.placed.text[*first..end], join(&theirs[their.clone()]));
        for (was, is) in in_text(text, &new) {
            if !self.differs(first + was.start..first + was.end, &new[is.clone()], decided) {
                accepted.untaken.push(new[is].to_owned());
            }
        }
    }

    /// Decides what stands at `range` of the text of the document, where `new` stands now; gives whether that has a place in the text.
    fn differs(&self, range: Range<usize>, new: &str, decided: &mut Decided) -> bool {
        if range.is_empty() {
            // Of several like characters nobody knows which was put there.
            for (at, new) in slid(&self.placed.text, range.start, new) {
                let Some(normal) = self.normal(at..at) else { continue };
                let here: Vec<Change> =
                    self.changes(normal.start, normal.end).filter(|change| change.normal.is_empty()).collect();
                let was: String = here.iter().map(|change| self.was(change)).collect();
                let one = here.iter().find(|change| self.was(change) == new);
                if !new.is_empty() && (was == new || one.is_some()) {
                    let rejected = one.map_or(&here[..], std::slice::from_ref);
                    rejected.iter().for_each(|change| self.reject(change, decided));
                    return true;
                }
            }
        }
        let Some(normal) = self.normal(range) else { return false };
        let touched: Vec<Change> =
            self.changes(normal.start, normal.end).filter(|change| reaches(&change.normal, &normal)).collect();
        let start = touched.first().map_or(normal.start, |change| change.normal.start.min(normal.start));
        let end = touched.last().map_or(normal.end, |change| change.normal.end.max(normal.end));
        let text = &self.reading.normalized.text;
        let after = [&text[start..normal.start], new, &text[normal.end..end]].concat();
        let first = touched.first().filter(|change| change.normal.start == start);
        let from = first.map_or_else(|| self.reading.normalized.decoded_offset(start), |change| change.edit.span.start);
        let last = touched.last().filter(|change| change.normal.end == end);
        let to = last.map_or_else(|| self.reading.normalized.decoded_offset(end), |change| change.edit.span.end);
        let Some(before) = self.reading.decoded.text.get(from..to) else { return false };
        if before == after && !touched.is_empty() {
            touched.iter().for_each(|change| self.reject(change, decided));
            return true;
        }
        decided.insert((from, to), Decision { after: Some(after), ..self.decision(from..to, Verdict::Replace) });
        true
    }

    /// What stands there in the text as it was read, before `change`.
    fn was(&self, change: &Change) -> &str {
        self.reading.decoded.text.get(change.edit.span.range()).unwrap_or_default()
    }

    /// Rejects `change`. What was put there by hand is taken back by putting there what was there; line ends are of one kind all the same.
    fn reject(&self, change: &Change, decided: &mut Decided) {
        let span = change.edit.span;
        let decision = match change.edit.rule {
            LINE_ENDS => return,
            BY_HAND => {
                Decision { after: Some(self.was(change).to_owned()), ..self.decision(span.range(), Verdict::Replace) }
            }
            rule => Decision { rule: Some(rule.to_owned()), ..self.decision(span.range(), Verdict::Reject) },
        };
        decided.insert((span.start, span.end), decision);
    }

    /// A decision about what stands at `span` of the text as it was read.
    fn decision(&self, span: Range<usize>, decision: Verdict) -> Decision {
        let text = &self.reading.decoded.text;
        let place = self.decoded.place(span.start);
        Decision {
            rule: None,
            line: Some(place.line),
            column: Some(place.column),
            before: text.get(span.clone()).map(str::to_owned),
            context: Some(context(text, span).to_owned()),
            decision,
            after: None,
        }
    }

    /// The place in the normalized text of `range` of the text of the document, if it has one.
    fn normal(&self, range: Range<usize>) -> Option<Range<usize>> {
        let pieces = &self.placed.pieces;
        let of = |at: usize, last: bool| {
            let behind = pieces.partition_point(|(start, _)| if last { *start < at } else { *start <= at });
            let candidates = [behind.checked_sub(1), (last || range.is_empty()).then_some(behind)];
            candidates.into_iter().flatten().find_map(|index| {
                let (start, span) = pieces.get(index)?;
                (*start <= at && at - start <= span.len() && (range.is_empty() || last || at - start < span.len()))
                    .then(|| span.start + (at - start))
            })
        };
        let normal = of(range.start, false)?..of(range.end, true)?;
        let text = &self.reading.normalized.text;
        match range.is_empty() {
            true => Some(normal.start..normal.start),
            false => Some(normal).filter(|normal| text.get(normal.clone()) == self.placed.text.get(range)),
        }
    }

    /// The changes whose result lies between `start` and `end` of the normalized text, or touches that.
    fn changes(&self, start: usize, end: usize) -> impl Iterator<Item = Change> + '_ {
        let normalized = &self.reading.normalized;
        let span = |index: usize| normalized.normal_span(index).unwrap_or_default();
        let first = partition(normalized.edits.len(), |index| span(index).end < start);
        let near = (first..normalized.edits.len()).take_while(move |&index| span(index).start <= end);
        near.flat_map(move |index| {
            let Span::<Normal> { start, .. } = span(index);
            let edit = normalized.edits[index].clone();
            let each = edit.replacement.len() / edit.count;
            edit.pieces().enumerate().map(move |(i, edit)| {
                let start = start + i * each;
                Change { normal: start..start + edit.replacement.len(), edit }
            })
        })
        .filter(move |change| change.normal.end >= start && change.normal.start <= end)
    }

    /// Of the tracked changes of line `i` those that are gone where nothing else differs: they were accepted.
    fn open_changes(
        &self,
        i: usize,
        ours: &Line,
        theirs: &Line,
        hunks: &[super::compare::Hunk],
        decided: &mut Decided,
    ) {
        for tracked in &ours.tracked {
            let within = |(was, _): &super::compare::Hunk| match tracked.is_empty() {
                true => was.start <= tracked.start && tracked.start <= was.end,
                false => was.start < tracked.end && tracked.start < was.end,
            };
            if hunks.iter().any(within) {
                continue;
            }
            let moved = hunks.iter().take_while(|(was, _)| was.end <= tracked.start).last();
            let shift = moved.map_or(0, |(was, is)| is.end as isize - was.end as isize);
            let (from, to) = (tracked.start.saturating_add_signed(shift), tracked.end.saturating_add_signed(shift));
            let open = |their: &Range<usize>| match tracked.is_empty() {
                true => their.is_empty() && their.start == from,
                false => !their.is_empty() && their.start < to && from < their.end,
            };
            if theirs.tracked.iter().any(open) {
                continue;
            }
            let range = self.starts[i] + tracked.start..self.starts[i] + tracked.end;
            let Some(normal) = self.normal(range) else { continue };
            // What was taken away stands at the beginning of what was put there, or alone.
            let changes = self.changes(normal.start, normal.end);
            let meant = changes.filter(|change| match normal.is_empty() {
                true => change.normal.is_empty() && change.normal.start == normal.start,
                false => change.normal.start < normal.end && normal.start < change.normal.end,
            });
            for change in meant {
                let still = |their: &Range<usize>| their.is_empty() && their.start == from;
                if !normal.is_empty()
                    && theirs.tracked.iter().any(still)
                    && ours.tracked.iter().any(|our| our.is_empty() && our.start == tracked.start)
                {
                    continue;
                }
                let (rule, span) = (change.edit.rule, change.edit.span);
                if rule != BY_HAND {
                    let accepted =
                        || Decision { rule: Some(rule.to_owned()), ..self.decision(span.range(), Verdict::Accept) };
                    decided.entry((span.start, span.end)).or_insert_with(accepted);
                }
            }
        }
    }

    /// Of the lines that `theirs` has too, those whose levels are others there, as headings that were decided so.
    pub fn heads(&self, theirs: &[Line]) -> Vec<HeadingDecision> {
        let hunks = differences(self.lines.iter().map(|line| &line.text), theirs.iter().map(|line| &line.text));
        let mut heads = vec![];
        let (mut at, mut of_theirs) = (0, 0);
        let end = (self.lines.len()..self.lines.len(), theirs.len()..theirs.len());
        for (our, their) in hunks.into_iter().chain([end]) {
            let same = (at..our.start).zip(&theirs[of_theirs..]);
            heads.extend(same.filter_map(|(i, line)| self.head(i, line.level)));
            (at, of_theirs) = (our.end, their.end);
        }
        heads
    }

    /// Line `i` as a heading of this `level`, where its own is another.
    fn head(&self, i: usize, level: Option<u8>) -> Option<HeadingDecision> {
        if self.lines[i].level == level {
            return None;
        }
        let start = self.starts[i];
        let normal = self.normal(start..start)?;
        let text = &self.reading.decoded.text;
        let line = self.decoded.place(self.reading.normalized.decoded_offset(normal.start)).line;
        let said = self.decoded.line(line).and_then(|range| text.get(range)).unwrap_or_default().trim();
        Some(HeadingDecision { line, text: said.to_owned(), level: level.unwrap_or(0) })
    }
}

/// Whether what is at `change` and what is at `range` have a byte in common, or the one lies within the other.
fn reaches(change: &Range<usize>, range: &Range<usize>) -> bool {
    match (change.is_empty(), range.is_empty()) {
        (true, true) => false,
        (true, false) => range.start < change.start && change.start < range.end,
        (false, true) => change.start < range.start && range.start < change.end,
        (false, false) => change.start < range.end && range.start < change.end,
    }
}

/// The first of `many` numbers for which `before` does not hold.
fn partition(many: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, many);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// The places at which the same text comes of putting `new` at `at` into `text`, with what is put there: that place first, then those behind it, then those before.
fn slid(text: &str, at: usize, new: &str) -> Vec<(usize, String)> {
    let mut found = vec![(at, new.to_owned())];
    let (mut here, mut put) = (at, new.to_owned());
    for _ in 0..FARTHEST {
        let Some(first) = put.chars().next().filter(|&c| text[here..].starts_with(c)) else { break };
        here += first.len_utf8();
        put = put[first.len_utf8()..].to_owned() + first.encode_utf8(&mut [0; 4]);
        found.push((here, put.clone()));
    }
    (here, put) = (at, new.to_owned());
    for _ in 0..FARTHEST {
        let Some(last) = put.chars().next_back().filter(|&c| text[..here].ends_with(c)) else { break };
        here -= last.len_utf8();
        put.truncate(put.len() - last.len_utf8());
        put.insert(0, last);
        found.push((here, put.clone()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_among_like_characters_may_stand_at_several_places() {
        let all: Vec<usize> = slid("哈，，好", 3, "，").into_iter().map(|(at, _)| at).collect();
        assert_eq!(all, [3, 6, 9]);
        assert_eq!(slid("甲乙", 3, "乙甲")[1], (6, "甲乙".to_owned()));
        assert_eq!(partition(9, |n| n < 4), 4);
    }
}
