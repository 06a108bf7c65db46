//! Pages of the web, as they were written and saved since 1995.
//!
//! The [tree] is what a browser sees, the [article] what a reader reads of it. The transcript is Markdown where the article says more than paragraphs, and plain text
//! where it does not: old pages have their headings, letters and verses in lines like those of any text, and are read as one.

mod article;
mod elements;
mod table;
mod tree;
mod write;

use super::Opened;
use crate::error::Cause;
use crate::note::{At, Note};
use crate::span::Span;
use article::Piece;
use std::ops::Range;
use tree::{Event, Page, is_unseen};

/// So much of what is left out is told, in characters.
const TOLD: usize = 40;
/// Only so many places that are left out are told one by one.
const MOST: usize = 200;
/// Only so many frames are named.
const FRAMES: usize = 16;
/// A text is a page if one of these tags stands among its first ones.
const OPENINGS: [&str; 6] = ["<!doctype html", "<html", "<head>", "<head ", "<body", "<frameset"];
/// How far they are looked for, in bytes.
const HEAD: usize = 2048;

/// Whether `text`, whose name says nothing of it, is a page: it begins with the tags of one.
pub fn is_page(text: &str) -> bool {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    rest = &rest[..rest.floor_char_boundary(HEAD)];
    while rest.starts_with("<!--") || rest.starts_with("<?") {
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        rest = rest[end..].trim_start();
    }
    OPENINGS.iter().any(|tag| rest.get(..tag.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(tag)))
}

/// The pages that the page `source` shows in frames, as it names them.
pub fn frames(source: &str) -> Vec<String> {
    Page::read(source).frames
}

/// The transcript of the page `source`, behind which the pages stand that it shows in the frames `inside`.
///
/// # Errors
/// What there is instead of a text.
pub fn open(source: &str, inside: &[String]) -> Result<Opened, Cause> {
    let page = Page::read(source);
    let frames: Vec<&str> = page
        .frames
        .iter()
        .map(String::as_str)
        .filter(|frame| !inside.iter().any(|own| own == frame))
        .take(FRAMES)
        .collect();
    let (pieces, told) = article::pieces(&page);
    let said = write::title(&page, &pieces);
    let opened = write::write(&page, &pieces, said);
    if opened.0.trim().is_empty() {
        return Err(match frames.is_empty() {
            true => Cause::OnlyBlanks,
            false => Cause::ShowsOthers { pages: frames.join(", ") },
        });
    }
    let mut notes = left_out(&page, &pieces);
    let count = hidden(&page);
    if count > 0 {
        notes.push(Note::info("html-left-out", At::File, Cause::HiddenText { count }));
    }
    if !frames.is_empty() {
        let pages = frames.join(", ");
        notes.push(Note::warning("shows-others", At::File, Cause::ShowsBeside { pages }));
    }
    if !told && pieces.len() > 1 {
        notes.push(Note::info("whole-page", At::File, Cause::NoArticle));
    }
    let (text, syntax, places) = opened;
    Ok(Opened { text, syntax, places, notes })
}

/// What is told of the pieces that do not belong to the article: where each stretch of them stands, how it begins, and how long it is.
fn left_out(page: &Page, pieces: &[Piece]) -> Vec<Note> {
    let stretches = pieces.chunk_by(|a, b| a.kept == b.kept).filter(|stretch| !stretch[0].kept);
    let mut notes = vec![];
    let (mut chars, mut count) = (0, 0);
    for stretch in stretches {
        let own: usize = stretch.iter().map(|piece| piece.chars).sum();
        (chars, count) = (chars + own, count + 1);
        if own > 0 && notes.len() < MOST {
            let (begins, place) = beginning(page, stretch);
            let place = At::Original(Span::new(place, place));
            notes.push(Note::info("around-left-out", place, Cause::Around { begins, chars: own }));
        }
    }
    if chars > 0 {
        let all = pieces.iter().map(|piece| piece.chars).sum::<usize>();
        notes.push(Note::info("page-around", At::File, Cause::AroundInAll { chars, all, places: count }));
    }
    let shown = write::shown(page);
    let pictures = page.events.iter().filter_map(|event| match event {
        Event::Picture(index) if !shown.contains(index) => Some(&page.elements[*index]),
        _ => None,
    });
    notes.extend(pictures.take(MOST).map(|picture| {
        let place = At::Original(Span::new(picture.place, picture.place));
        Note::info(
            "html-left-out",
            place,
            Cause::text(format!("<img src=\"{}\">", picture.get("src").chars().take(TOLD).collect::<String>())),
        )
    }));
    notes
}

/// How many characters a page holds that it does not show, programs and looks aside.
fn hidden(page: &Page) -> usize {
    let (mut unseen, mut count) = (0usize, 0);
    let mut program = 0usize;
    for event in &page.events {
        match event {
            Event::Open(index) | Event::Close(index) => {
                let element = &page.elements[*index];
                let change = |depth: usize, of: bool| match event {
                    Event::Open(_) => depth + usize::from(of),
                    _ => depth.saturating_sub(usize::from(of)),
                };
                unseen = change(unseen, is_unseen(element));
                program = change(program, matches!(element.name, "script" | "style" | "title"));
            }
            Event::Text(range) if unseen > 0 && program == 0 => {
                count += page.text[range.clone()].chars().filter(|c| !c.is_whitespace()).count();
            }
            Event::Text(_) | Event::Break | Event::Rule | Event::Picture(_) => {}
        }
    }
    count
}

/// How what these pieces say begins, and where in the page.
fn beginning(page: &Page, pieces: &[Piece]) -> (String, usize) {
    let (mut begins, mut place, mut unseen) = (String::new(), None, 0usize);
    for event in pieces.iter().flat_map(|piece| &page.events[piece.events.clone()]) {
        match event {
            Event::Open(index) => unseen += usize::from(is_unseen(&page.elements[*index])),
            Event::Close(index) => unseen = unseen.saturating_sub(usize::from(is_unseen(&page.elements[*index]))),
            Event::Text(range) if unseen == 0 => {
                let words = page.text[range.clone()].split_whitespace();
                for word in words {
                    place.get_or_insert(page.place(range.start));
                    if !begins.is_empty() {
                        begins.push(' ');
                    }
                    begins.extend(word.chars().take(TOLD));
                }
            }
            Event::Text(_) | Event::Break | Event::Rule | Event::Picture(_) => {}
        }
        if begins.len() > TOLD * 3 {
            break;
        }
    }
    (begins.chars().take(TOLD).collect(), place.unwrap_or_default())
}

/// Whether each event belongs to a piece of the article, by its number.
fn kept(pieces: &[Piece]) -> impl Fn(usize) -> bool {
    let ranges: Vec<Range<usize>> =
        pieces.iter().filter(|piece| piece.kept).map(|piece| piece.events.clone()).collect();
    move |event| {
        let after = ranges.partition_point(|range| range.end <= event);
        ranges.get(after).is_some_and(|range| range.contains(&event))
    }
}
