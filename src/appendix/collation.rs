//! 校勘记: every change to the text, by page and line, and what was doubtful and left alone.

use super::place::{Places, Printed};
use super::words::Words;
use super::{code, document, heading, paragraph, text};
use crate::Reading;
use crate::document::Document;
use crate::error::Cause;
use crate::layout::Layout;
use crate::normalize::Told;
use crate::note::{At, Note, Severity};
use crate::span::found;
use crate::unicode::is_invisible_control;
use std::collections::HashMap;
use std::fmt::Write;

/// A change as it was made in some lines of a page.
struct Entry<'a> {
    rules: String,
    before: &'a str,
    after: &'a str,
    /// Each line with the number of times, in order.
    lines: Vec<(usize, usize)>,
}

/// Writes the collation of `reading`, which was printed as `layout`; `notes` are those of the layout.
pub fn write(reading: &Reading, notes: &[Note], layout: &Layout, words: &Words) -> Document {
    let places = Places::of(layout);
    let mut document = document(words.collation, words.language);
    let blocks = &mut document.blocks;
    blocks.push(paragraph(vec![text(words.reading)]));
    let label = |page: usize| layout.pages.get(page).map_or("", |page| page.label.as_str());

    let normalized = &reading.normalized;
    let (layout_edits, listed): (Vec<Told<'_>>, Vec<Told<'_>>) = normalized.account().partition(|told| told.layout);
    let placed = listed.iter().map(|told| {
        let at = normalized.normal_span(told.edits.start).map_or(0, |span| span.start);
        (places.find(at), told)
    });
    let mut edits: Vec<_> = placed.collect();
    // Notes stand at the feet of pages and not where they are in the text.
    edits.sort_by_key(|(place, _)| place.page);
    if !layout_edits.is_empty() {
        let (before, after) = words.layout;
        let count: usize = layout_edits.iter().map(|told| told.count).sum();
        blocks.push(paragraph(vec![text(format!("{before}{count}{after}"))]));
    }
    if edits.is_empty() {
        blocks.push(paragraph(vec![text(words.nothing)]));
    }
    for page in edits.chunk_by(|(a, _), (b, _)| a.page == b.page) {
        let mut entries: Vec<Entry<'_>> = vec![];
        let mut known = HashMap::new();
        for (place, edit) in page {
            let (rules, before) =
                (edit.rules.join("+"), reading.decoded.text.get(edit.span.range()).unwrap_or_default());
            let index = *known.entry((rules.clone(), before, &*edit.replacement)).or_insert(entries.len());
            if index == entries.len() {
                entries.push(Entry { rules, before, after: &edit.replacement, lines: vec![] });
            }
            entries[index].count(place.line);
        }
        let Some((Printed { page, .. }, _)) = page.first() else { continue };
        blocks.push(heading(2, &page_words(label(*page), words)));
        for mut entry in entries {
            entry.lines.sort_unstable();
            let change = format!("〔{}〕→〔{}〕 ", beginning(entry.before), beginning(entry.after));
            let lines = format!(" {} {}", words.lines, ranges(&entry.lines));
            blocks.push(paragraph(vec![text(change), code(entry.rules), text(lines)]));
        }
    }

    let all = reading.decoded.notes.iter().chain(&normalized.notes).chain(&reading.notes).chain(notes);
    let doubts: Vec<&Note> = all.filter(|note| note.severity == Severity::Warning).collect();
    let malformed = &reading.decoded.malformed;
    if doubts.is_empty() && malformed.is_empty() {
        return document;
    }
    let mut rows: Vec<(Option<Printed>, &str, Cause)> = vec![];
    for note in doubts {
        rows.push((normal_offset(reading, note.at).map(|at| places.find(at)), note.kind, note.detail.clone()));
    }
    rows.extend(malformed.iter().map(|run| {
        let place = places.find(normalized.normal_offset(run.decoded));
        let detail = Cause::text(format!("{} B @ {}", run.source.len(), run.source.start));
        (Some(place), "malformed", detail)
    }));
    rows.sort_by_key(|(place, ..)| *place);
    blocks.push(heading(2, words.doubts));
    for (place, kind, detail) in rows {
        let place = place.map_or(String::new(), |place| {
            format!("{} {} {} ", page_words(label(place.page), words), words.lines, place.line)
        });
        let said = words.say(crate::noticed(kind, words.lang()));
        let told = detail.told(words.lang());
        let detail = visible_note(&if detail.is_text() { told.into() } else { words.say(&told) });
        blocks.push(paragraph(vec![text(format!("{place}{said} ")), code(kind), text(format!(" {detail}"))]));
    }
    document
}

impl Entry<'_> {
    fn count(&mut self, line: usize) {
        match self.lines.iter_mut().rev().find(|(known, _)| *known == line) {
            Some((_, times)) => *times += 1,
            None => self.lines.push((line, 1)),
        }
    }
}

fn page_words(label: &str, words: &Words) -> String {
    let (before, after) = words.page;
    format!("{before} {label} {after}").trim_end().to_owned()
}

/// Where a note points in the normalized text; `None` for the file as a whole.
fn normal_offset(reading: &Reading, at: At) -> Option<usize> {
    match at {
        At::File => None,
        At::Original(span) => {
            let places = reading.decoded.original.as_deref().map(|original| &original.places);
            places.map(|places| reading.normalized.normal_offset(found(places, span.start)))
        }
        At::Normal(span) => Some(span.start),
        At::Decoded(span) => Some(reading.normalized.normal_offset(span.start)),
        At::Source(span) => {
            let malformed = &reading.decoded.malformed;
            let run = malformed.get(malformed.partition_point(|run| run.source.end <= span.start))?;
            Some(reading.normalized.normal_offset(run.decoded))
        }
    }
}

/// Most characters that are shown of what was changed in one run.
const LONGEST: usize = 200;

/// `text` as [`visible`]; of a long one the beginning, and how many characters it has.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…（{}）", visible(&text[..at]), text.chars().count()),
        None => visible(text),
    }
}

/// `text` with a sign for every character that leaves no mark on paper.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => out.push('␣'),
            '\n' => out.push('↵'),
            _ if c.is_whitespace() || is_invisible_control(c) => {
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

/// The same for the words of a note, between which spaces stand.
fn visible_note(text: &str) -> String {
    text.split(' ').map(visible).collect::<Vec<_>>().join(" ")
}

/// Numbers of lines with how often: `1–4, 6(2), 9`.
fn ranges(lines: &[(usize, usize)]) -> String {
    let mut parts: Vec<String> = vec![];
    for run in lines.chunk_by(|a, b| a.1 == 1 && b.1 == 1 && a.0 + 1 == b.0) {
        match *run {
            [(line, 1)] => parts.push(line.to_string()),
            [(line, times)] => parts.push(format!("{line}({times})")),
            [(a, _), (b, _)] => parts.extend([a.to_string(), b.to_string()]),
            [(first, _), .., (last, _)] => parts.push(format!("{first}–{last}")),
            [] => {}
        }
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_gathered_into_ranges_and_repeats() {
        assert_eq!(ranges(&[(1, 1), (2, 1), (3, 1), (5, 2), (6, 1), (7, 1), (9, 1)]), "1–3, 5(2), 6, 7, 9");
    }

    #[test]
    fn a_long_run_is_shown_by_its_beginning_and_its_length() {
        assert_eq!(beginning("\0\0"), "⟨U+0000⟩⟨U+0000⟩");
        let shown = beginning(&"山".repeat(1_000_000));
        assert!(shown.ends_with("山…（1000000）") && shown.chars().count() == LONGEST + 10, "{shown}");
    }

    #[test]
    fn nothing_is_printed_as_nothing() {
        assert_eq!(visible("甲 乙\r\n\u{3000}"), "甲␣乙⟨U+000D⟩↵⟨U+3000⟩");
    }
}
