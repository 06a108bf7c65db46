//! What the parser says of a text, and questions about what it says.

use crate::document::{Align, Inline, InlineKind};
use crate::recognize::html;
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag};
use std::ops::Range;

/// What is read beyond CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH);

/// What the parser says of `text` from `start` on.
pub fn events(text: &str, start: usize) -> Vec<(Event<'_>, Range<usize>)> {
    let events = Parser::new_ext(&text[start..], OPTIONS).into_offset_iter();
    events.map(|(event, range)| (event, range.start + start..range.end + start)).collect()
}

/// Gives the pieces of text that were read from a copy of `text` their own characters.
pub fn restore<'t>(text: &'t str, events: &mut [(Event<'t>, Range<usize>)]) {
    for (event, range) in events {
        if let Event::Text(piece) = event
            && piece.len() == range.len()
        {
            *piece = CowStr::Borrowed(&text[range.clone()]);
        }
    }
}

/// What stands around a formula that is displayed.
pub const DISPLAY: &str = "$$";

/// The formula of a paragraph that displays one and says nothing else.
pub fn displayed(content: &[Inline]) -> Option<String> {
    let [open, formula, close] = content else { return None };
    let sign = |inline: &Inline| matches!(&inline.kind, InlineKind::Text(text) if text == DISPLAY);
    match &formula.kind {
        InlineKind::Code(text) if sign(open) && sign(close) => Some(text.clone()),
        _ => None,
    }
}

/// Whether the next line of a paragraph defines what the line before names: `: 定义`. Such lists keep their lines.
pub fn begins_definition(events: &[(Event<'_>, Range<usize>)]) -> bool {
    matches!(events.first(), Some((Event::Text(text), _)) if text.starts_with(": ") || text.starts_with(":\t"))
}

/// The text up to the end of a code or HTML block, without its last line end, and how many events that took.
pub fn verbatim(events: &[(Event<'_>, Range<usize>)]) -> (String, usize) {
    let mut text = String::new();
    for (i, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(piece) | Event::Html(piece) => text.push_str(piece),
            _ => {
                text.truncate(text.strip_suffix('\n').map_or(text.len(), str::len));
                return (text, i + 1);
            }
        }
    }
    (text, events.len())
}

/// The first character of the text that follows in the same paragraph.
pub fn next_char(events: &[(Event<'_>, Range<usize>)]) -> Option<char> {
    for (event, _) in events.iter().take(16) {
        match event {
            Event::Text(text) | Event::Code(text) => return text.chars().next(),
            // Tags are not seen.
            Event::InlineHtml(source) if html::Tag::at(source).is_some() => {}
            Event::InlineHtml(source) => return source.chars().next(),
            Event::FootnoteReference(_) => return Some('['),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }) => {}
            _ => return None,
        }
    }
    None
}

pub fn align(alignment: &Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

pub fn rank(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Whether the source of a paragraph is one span that is told to be a caption: `<span class="caption">图 4-5</span>`.
pub fn is_caption(source: &str) -> bool {
    let inside = source.trim().strip_prefix("<span class=\"caption\">").and_then(|rest| rest.strip_suffix("</span>"));
    inside.is_some_and(|inside| !inside.contains("<span"))
}
