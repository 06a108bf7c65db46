//! Ruby, which Markdown has as HTML only.

use crate::document::InlineKind;
use pulldown_cmark::Event;
use std::ops::Range;

/// An inline and its place in the text.
pub type Piece = (InlineKind, Range<usize>);

/// Longest ruby, in events.
const LONGEST: usize = 400;

/// The inlines of a ruby whose opening tag has just been read, and how many events they take, the closing tag included.
pub fn read(events: &[(Event<'_>, Range<usize>)]) -> Option<(Vec<Piece>, usize)> {
    #[derive(PartialEq)]
    enum In {
        Base,
        Reading,
        Fallback,
    }
    let start = events.first()?.1.start;
    let mut span = start..start;
    let (mut base, mut reading) = (String::new(), String::new());
    let mut place = In::Base;
    let mut found = vec![];
    for (i, (event, range)) in events.iter().take(LONGEST).enumerate() {
        match event {
            Event::Text(text) => match place {
                In::Base => base.push_str(text),
                In::Reading => reading.push_str(text),
                In::Fallback => {}
            },
            Event::InlineHtml(tag) => {
                let tag = tag.to_ascii_lowercase();
                let closes = tag == "</ruby>";
                if place == In::Reading && matches!(&*tag, "</rt>" | "<rp>" | "</ruby>") {
                    if base.is_empty() || reading.is_empty() {
                        return None;
                    }
                    span.end = range.end;
                    let kind =
                        InlineKind::Ruby { base: std::mem::take(&mut base), reading: std::mem::take(&mut reading) };
                    found.push((kind, span.clone()));
                    span = range.end..range.end;
                }
                place = match &*tag {
                    "<rt>" => In::Reading,
                    "<rp>" => In::Fallback,
                    "</rt>" | "</rp>" | "<rb>" | "</rb>" => In::Base,
                    "</ruby>" => In::Base,
                    _ => return None,
                };
                if closes {
                    if !base.is_empty() {
                        found.push((InlineKind::Text(base), span.start..range.start));
                    }
                    return Some((found, i + 1));
                }
            }
            _ => return None,
        }
    }
    None
}
