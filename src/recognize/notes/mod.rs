//! Notes and the marks that call them, of one section each: marks that begin anew in every chapter, on every page and in every poem belong
//! to the nearest notes.
//!
//! A series of lines whose marks count on is a series of notes where it is called: every line of it from the text above it, or, where a line
//! announces notes (`注释：`), most of them. A list that is only spoken of (`做好第③步`) is none. What is called and has no note, and what is
//! announced and not called, stays as it stands and is told. The line that announces notes stays where it stands, and is not
//! seen on pages where all of its notes are gone.

mod calls;
mod mark;
mod order;
mod series;

use crate::document::{Block, BlockKind, Document, Heading, InlineKind, Role, inline_text};
use crate::error::Cause;
use crate::note::{At, Note};
use crate::span::{Normal, Span};
use calls::Call;
pub use calls::piece;
use mark::Form;
pub use mark::without as without_marks;
pub use order::by_reference;
pub use series::is_head_line;
use series::{Entry, Series};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// So many times as many calls as notes are looked at, and so many more.
const LOOKED_AT: (usize, usize) = (8, 512);
/// So often the beginning of series that stand together is sought, where those from the first on are no notes of chapters.
const BEGINNINGS: usize = 4;
/// So many of the marks without a note, and of the notes without a mark, are told one by one.
const TOLD: usize = 20;

/// Whether the line end `end` of `text` stands before a note, and behind another or behind what announces notes, so that it is meant in
/// Markdown as well.
pub fn parts(text: &str, end: &Range<usize>) -> bool {
    let begins = |line: &str| mark::of_note(line).is_some_and(|mark| !mark.form.is_star());
    let before = text[..end.start].rsplit('\n').next().unwrap_or_default().trim();
    begins(text[end.end..].trim_start()) && (begins(before) || series::is_head_line(before))
}

/// Makes notes of what is one in `document`, and tells what lacks its other half; `stars` says whether `*` may be a mark, which in Markdown is
/// of its syntax. Who writes notes in that syntax means by other marks what stands there; so an edition that is read back says the same.
pub fn link(document: &mut Document, stars: bool) -> Vec<Note> {
    if !stars && !document.footnotes.is_empty() {
        hide_heads(document);
        return vec![];
    }
    let calls = calls::find(&mut document.blocks);
    let (entries, series) = series::find(document);
    let sections = sections(&document.blocks);
    let named = if series.len() > 1 { named(document) } else { HashMap::new() };
    let mut linked: Vec<Option<usize>> = vec![None; calls.len()];
    let mut settled: Vec<bool> = vec![false; series.len()];
    let mut by_form: BTreeMap<Form, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, call) in calls.iter().enumerate() {
        by_form.entry(call.form).or_default().0.push(i);
    }
    for (i, series) in series.iter().enumerate() {
        by_form.entry(series.form).or_default().1.push(i);
    }
    by_form.retain(|form, _| stars || !form.is_star());
    for (calls_of, series_of) in by_form.values() {
        let all: Vec<&Call> = calls_of.iter().map(|&i| &calls[i]).collect();
        let runs: Vec<&Series> = series_of.iter().map(|&i| &series[i]).collect();
        let (entries, sections, named) = (&entries, &sections, &named);
        let apparatus = Apparatus { document, entries, sections, named, calls: &all, series: &runs };
        for (run, links) in apparatus.settle() {
            settled[series_of[run]] = true;
            links.into_iter().for_each(|(call, entry)| linked[calls_of[call]] = Some(entry));
        }
    }
    // What stands within a note that goes elsewhere calls nothing.
    let called: BTreeSet<usize> = linked.iter().flatten().copied().collect();
    let holders: BTreeSet<usize> = called.iter().map(|&entry| entries[entry].block).collect();
    for (link, call) in linked.iter_mut().zip(&calls) {
        link.take_if(|_| holders.contains(&call.block));
    }
    let told = told(&calls, &linked, &entries, &series, &settled);
    apply(document, &entries, &series, &settled, linked);
    told
}

/// By block, how many headings stand above it, its own among them.
fn sections(blocks: &[Block]) -> Vec<usize> {
    let mut count = 0;
    let of = |block: &Block| {
        count += usize::from(matches!(block.kind, BlockKind::Heading(_)));
        count
    };
    blocks.iter().map(of).collect()
}

/// The first block that each heading heads, by its words.
fn named(document: &Document) -> HashMap<String, usize> {
    let mut named = HashMap::new();
    for (at, block) in document.blocks.iter().enumerate() {
        if let (BlockKind::Heading(_), Some(words)) = (&block.kind, series::words_of(document, block)) {
            named.entry(words).or_insert(at);
        }
    }
    named
}

/// The calls and the series of notes of one form.
struct Apparatus<'a> {
    document: &'a Document,
    entries: &'a [Entry],
    sections: &'a [usize],
    named: &'a HashMap<String, usize>,
    calls: &'a [&'a Call],
    series: &'a [&'a Series],
}

/// Calls with the entries that they call, by their indices.
type Links = Vec<(usize, usize)>;

impl Apparatus<'_> {
    /// The series that are notes, with their calls.
    fn settle(&self) -> Vec<(usize, Links)> {
        let mut found = vec![];
        // Where the notes before end.
        let mut from = 0;
        let mut at = 0;
        // Where the series end that stand together, and how often their beginning was sought.
        let (mut together, mut sought) = (0, 0);
        while at < self.series.len() {
            if at >= together {
                (together, sought) = (self.together(at), 0);
            }
            let zone = self.zone(from, self.series[at].blocks.start);
            let group = together - at > 1 && sought < BEGINNINGS;
            sought += usize::from(group);
            let links = group.then(|| self.of_group(at..together, zone.clone())).flatten();
            let (end, links) = match links {
                Some(links) => (together, Some(links)),
                None => (at + 1, self.of_one(at, zone).map(|links| vec![(at, links)])),
            };
            if let Some(links) = links {
                from = self.series[end - 1].blocks.end;
                found.extend(links);
            }
            at = end;
        }
        found
    }

    /// Where the series end that stand from `at` on with nothing between them: the notes of several chapters at the end of a book.
    fn together(&self, at: usize) -> usize {
        let more = self.series[at..].windows(2).take_while(|pair| series::follows(self.document, pair[0], pair[1]));
        at + 1 + more.count()
    }

    /// The last calls of `zone`, as many as are looked at for so many notes.
    fn last(zone: Range<usize>, notes: usize) -> Range<usize> {
        zone.start.max(zone.end.saturating_sub(notes * LOOKED_AT.0 + LOOKED_AT.1))..zone.end
    }

    /// The calls in the blocks from `from` to `to`.
    fn zone(&self, from: usize, to: usize) -> Range<usize> {
        let place = |block: usize| self.calls.partition_point(|call| call.block < block);
        place(from)..place(to.max(from))
    }

    /// The links of several series that stand together: each to the part that its heading names, or one after another.
    fn of_group(&self, group: Range<usize>, zone: Range<usize>) -> Option<Vec<(usize, Links)>> {
        let all: usize = group.clone().map(|i| self.series[i].entries.len()).sum();
        let zone = Self::last(zone, all);
        let links = self.of_named(&group, &zone).unwrap_or_else(|| self.in_turn(&group, zone));
        let called: BTreeSet<usize> = links.iter().flat_map(|(_, links)| links).map(|link| link.1).collect();
        let announced = self.series[group.start].announced;
        (!called.is_empty() && called.len() * if announced { 2 } else { 1 } >= all).then_some(links)
    }

    /// The links of `group` where every series of it stands below the name of a part of the text above.
    fn of_named(&self, group: &Range<usize>, zone: &Range<usize>) -> Option<Vec<(usize, Links)>> {
        let start = self.series[group.start].blocks.start;
        let part_of = |i: usize| {
            let part = self.named.get(&series::part_named_above(self.document, self.series[i])?)?;
            (*part < start).then_some(*part)
        };
        let parts: Vec<usize> = group.clone().map(part_of).collect::<Option<_>>()?;
        let ends = parts.iter().skip(1).copied().chain([start]);
        let links = group.clone().zip(parts.iter().zip(ends)).map(|(i, (&from, to))| {
            let of_part = self.zone(from, to);
            (i, self.nearest(i, of_part.start.max(zone.start)..of_part.end.min(zone.end), &|_| true))
        });
        Some(links.collect())
    }

    /// The links of `group` where its series are called one after another: numbers that begin anew are those of the next.
    fn in_turn(&self, group: &Range<usize>, zone: Range<usize>) -> Vec<(usize, Links)> {
        let mut links: Vec<(usize, Links)> = group.clone().map(|i| (i, vec![])).collect();
        let (mut at, mut last, mut section) = (0, 0, None);
        for call in zone.clone() {
            let own = self.calls[call];
            let (number, block) = (own.number, own.block);
            // In one section a number that comes again begins anew where the next goes on from it.
            let goes_on = || {
                let next = Some(call + 1).filter(|next| zone.contains(next)).map(|next| self.calls[next].number);
                number == 1 && next.is_none_or(|next| next <= last)
            };
            if number <= last && (section != Some(self.sections[block]) || goes_on()) {
                at += 1;
                last = 0;
            }
            let Some((i, links)) = links.get_mut(at) else { break };
            if let Some(entry) = self.entry(*i, own) {
                links.push((call, entry));
                last = last.max(number);
                section = Some(self.sections[block]);
            }
        }
        links
    }

    /// The links of series `i`, if the calls in `zone` show that it is one of notes.
    fn of_one(&self, i: usize, zone: Range<usize>) -> Option<Links> {
        let series = self.series[i];
        if series.references {
            return None;
        }
        let all = series.entries.len();
        let zone = Self::last(zone, all);
        if series.announced {
            let links = self.nearest(i, zone, &|_| true);
            return (!links.is_empty() && called(&links) * 2 >= all).then_some(links);
        }
        // Notes that are announced and not called otherwise are rather what is called.
        let next = self.series.get(i + 1);
        if next.is_some_and(|next| next.announced && self.zone(series.blocks.end, next.blocks.start).is_empty()) {
            return None;
        }
        let sure = series.form.is_of_lists() || series.form.is_star();
        let links = self.nearest(i, zone, &|call| !call.mentioned && (!sure || call.set_behind_word));
        let points = links.iter().filter(|(call, _)| self.calls[*call].opens_point).count();
        let once = !series.form.is_star() || links.len() == all;
        let few_missing = all >= 4 && !sure && called(&links) * 5 >= all * 4;
        (points == 0 && once && !links.is_empty() && (called(&links) == all || few_missing)).then_some(links)
    }

    /// The entry of series `i` that `call` calls: with its number, written as it is.
    fn entry(&self, i: usize, call: &Call) -> Option<usize> {
        let entries = &self.series[i].entries;
        let first = self.entries[entries.start].mark.number;
        let at = entries.start.checked_add(usize::try_from(call.number.checked_sub(first)?).ok()?)?;
        (entries.contains(&at) && self.entries[at].label == call.text).then_some(at)
    }

    /// The calls in `zone` that `fit` and belong to series `i`: those of the nearest section, and of the sections before it as long as their
    /// numbers go before.
    fn nearest(&self, i: usize, zone: Range<usize>, fits: &dyn Fn(&Call) -> bool) -> Links {
        let mut links = vec![];
        let mut lowest = u64::MAX;
        let mut end = zone.end;
        while end > zone.start {
            let section = self.sections[self.calls[end - 1].block];
            let same = |call: &usize| self.sections[self.calls[*call].block] == section;
            let start = end - (zone.start..end).rev().take_while(same).count();
            let of_section: Vec<usize> = (start..end).filter(|&call| fits(self.calls[call])).collect();
            end = start;
            let from = self.last_begun(&of_section);
            let found: Links =
                of_section[from..].iter().filter_map(|&call| Some((call, self.entry(i, self.calls[call])?))).collect();
            let numbers = || found.iter().map(|(call, _)| self.calls[*call].number);
            if numbers().max().is_some_and(|most| most >= lowest) {
                break;
            }
            lowest = numbers().min().unwrap_or(lowest);
            links.extend(found);
            if from > 0 {
                break;
            }
        }
        links
    }

    /// Where the numbers of `calls` begin anew for the last time; a note that is called again begins nothing.
    fn last_begun(&self, calls: &[usize]) -> usize {
        let number = |at: usize| calls.get(at).map(|&call| self.calls[call].number);
        let (mut begun, mut most) = (0, 0);
        for at in 0..calls.len() {
            let own = number(at).unwrap_or_default();
            let goes_on = number(at + 1).is_none_or(|next| next > most);
            if own < most && own == 1 && !goes_on {
                begun = at;
                most = 0;
            }
            most = most.max(own);
        }
        begun
    }
}

/// How many notes `links` call.
fn called(links: &Links) -> usize {
    links.iter().map(|link| link.1).collect::<BTreeSet<_>>().len()
}

/// What is told of marks without a note and of notes without a mark.
fn told(calls: &[Call], linked: &[Option<usize>], entries: &[Entry], series: &[Series], settled: &[bool]) -> Vec<Note> {
    let called: BTreeSet<usize> = linked.iter().flatten().copied().collect();
    let of_notes = || series.iter().zip(settled).filter(|(_, settled)| **settled).map(|(series, _)| series);
    let held: BTreeSet<usize> = of_notes().flat_map(|series| series.blocks.clone()).collect();
    let mut marks: HashMap<Form, bool> = of_notes().map(|series| (series.form, true)).collect();
    let counts_from_one = |form: Form| {
        let own = calls.iter().filter(|call| call.form == form && !call.mentioned).map(|call| call.number);
        let works = series.iter().any(|series| series.form == form && series.references);
        form.is_of_notes() && own.take(2).eq([1, 2]) && !works
    };
    let mut missing = vec![];
    for (call, link) in calls.iter().zip(linked) {
        let shared = call.form.is_of_lists() || call.form.is_star();
        let sure = !call.mentioned && (!shared || call.set_behind_word) && !held.contains(&call.block);
        if link.is_none() && sure && *marks.entry(call.form).or_insert_with_key(|&form| counts_from_one(form)) {
            missing.push((call.span, call.text.clone()));
        }
    }
    let told = |(series, settled): &(&Series, &bool)| {
        !series.references && (**settled || series.announced && !series.form.is_star())
    };
    let uncalled = series.iter().zip(settled).filter(told).flat_map(|(series, _)| series.entries.clone());
    let uncalled = uncalled.filter(|entry| !called.contains(entry)).map(|entry| &entries[entry]);
    let uncalled = uncalled.map(|entry| (entry.span, entry.label.clone())).collect();
    let mut notes = several("mark-without-note", missing, |mark| Cause::MarkWithoutNote { mark });
    notes.extend(several("note-without-mark", uncalled, |mark| Cause::NoteWithoutMark { mark }));
    notes
}

/// A warning for each of the first of `found`, and one for the rest.
fn several(kind: &'static str, found: Vec<(Span<Normal>, String)>, cause: impl Fn(String) -> Cause) -> Vec<Note> {
    let rest = found.len().saturating_sub(TOLD);
    let more = found.get(TOLD).map(|(at, _)| Note::warning(kind, At::Normal(*at), Cause::More { count: rest }));
    let first = found.into_iter().take(TOLD).map(|(at, mark)| Note::warning(kind, At::Normal(at), cause(mark)));
    let mut notes: Vec<Note> = first.collect();
    notes.extend(more);
    notes
}

/// Takes the notes that are called out of the text and puts references in the places of their marks.
fn apply(document: &mut Document, entries: &[Entry], series: &[Series], settled: &[bool], linked: Vec<Option<usize>>) {
    let called: BTreeSet<usize> = linked.iter().flatten().copied().collect();
    if called.is_empty() {
        return;
    }
    let before = document.footnotes.len();
    let place: HashMap<usize, usize> = called.iter().enumerate().map(|(at, &entry)| (entry, before + at)).collect();
    let title = title_said(document);
    let mut links = linked.into_iter();
    calls::replace(&mut document.blocks, || links.next().flatten().and_then(|entry| place.get(&entry).copied()));
    let mut by_block: BTreeMap<usize, Vec<&Entry>> = BTreeMap::new();
    called.iter().for_each(|&entry| by_block.entry(entries[entry].block).or_default().push(&entries[entry]));
    let heads: BTreeSet<usize> =
        series.iter().zip(settled).filter(|(_, settled)| **settled).filter_map(|(series, _)| series.head).collect();
    let emptied: BTreeSet<usize> = series
        .iter()
        .filter(|series| series.entries.clone().all(|entry| called.contains(&entry)))
        .filter_map(|series| series.head)
        .collect();
    let leaves = leaves(&document.blocks);
    let blocks = std::mem::take(&mut document.blocks);
    let mut left = Vec::with_capacity(blocks.len());
    for (at, mut block) in blocks.into_iter().enumerate() {
        if let Some(parts) = by_block.get(&at) {
            let (rest, notes) = series::take(block, parts);
            left.extend(rest);
            document.footnotes.extend(notes);
            continue;
        }
        // What heads nothing any more is no heading.
        if heads.contains(&at)
            && leaves.contains(&at)
            && let BlockKind::Heading(Heading { content, title: false, .. }) = &mut block.kind
        {
            block.kind = BlockKind::Paragraph { role: Role::Body, content: std::mem::take(content) };
        }
        if let (true, BlockKind::Paragraph { role, .. }) = (emptied.contains(&at), &mut block.kind) {
            *role = Role::NotesHead;
        }
        left.push(block);
    }
    document.blocks = left;
    let notes = std::mem::take(&mut document.footnotes);
    document.footnotes = by_reference(&mut document.blocks, notes);
    retitle(document, title);
}

/// Hides what announces notes in a text that has them elsewhere: a line by itself at the end of a part.
fn hide_heads(document: &mut Document) {
    let ends = |next: Option<&Block>| {
        next.is_none_or(|next| matches!(next.kind, BlockKind::Heading(_) | BlockKind::Divider { .. }))
    };
    for at in 0..document.blocks.len() {
        let hidden = ends(document.blocks.get(at + 1)) && series::is_head(document, &document.blocks[at]);
        if let (true, BlockKind::Paragraph { role: role @ Role::Body, .. }) = (hidden, &mut document.blocks[at].kind) {
            *role = Role::NotesHead;
        }
    }
}

/// The headings that none of a deeper level follows.
fn leaves(blocks: &[Block]) -> BTreeSet<usize> {
    let level = |block: &Block| if let BlockKind::Heading(heading) = &block.kind { Some(heading.level) } else { None };
    let headings: Vec<(usize, u8)> =
        blocks.iter().enumerate().filter_map(|(at, block)| Some((at, level(block)?))).collect();
    let next = headings.iter().skip(1).map(|&(_, level)| level).chain([0]);
    headings.iter().zip(next).filter(|((_, level), next)| next <= level).map(|((at, _), _)| *at).collect()
}

/// What the heading says that is the title, where the metadata say the same.
fn title_said(document: &Document) -> Option<String> {
    let said = inline_text(document, &title_of(document)?.content);
    (document.meta.title.as_ref() == Some(&said)).then_some(said)
}

fn title_of(document: &Document) -> Option<&Heading> {
    document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading(heading) if heading.title => Some(heading),
        _ => None,
    })
}

/// Takes the mark of a note out of the title in the metadata, which was `said` by the title on the page.
fn retitle(document: &mut Document, said: Option<String>) {
    let Some(heading) = title_of(document).filter(|_| said.is_some()) else { return };
    let mut content = heading.content.clone();
    content.retain(|inline| !matches!(inline.kind, InlineKind::NoteRef { .. }));
    document.meta.title = Some(inline_text(document, &content));
}

#[cfg(test)]
mod tests;
