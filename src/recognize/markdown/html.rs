//! The HTML that Markdown may hold: what the model can say is read, the rest stays text.

use crate::document::{Inline, InlineKind, Underline};
use pulldown_cmark::Event;
use std::ops::Range;

/// What a pair of tags makes of the text between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Strong,
    Emphasis,
    Underline(Underline),
}

impl Kind {
    /// The inline that it makes of `content`.
    pub fn inline(self, content: Vec<Inline>) -> InlineKind {
        match self {
            Kind::Strong => InlineKind::Strong(content),
            Kind::Emphasis => InlineKind::Emphasis(content),
            Kind::Underline(mark) => InlineKind::Underline { mark, content },
        }
    }
}

/// A tag within a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Tag {
    Break,
    Open(Kind),
    Close(Kind),
    /// `<ruby>`
    Ruby,
    Other,
}

/// Reads one tag; tags with attributes say more than the model can and are left alone.
pub fn tag(tag: &str) -> Tag {
    let Some(inner) = tag.strip_prefix('<').and_then(|t| t.strip_suffix('>')) else { return Tag::Other };
    let name = inner.trim_start_matches('/').trim_end_matches('/').trim().to_ascii_lowercase();
    let kind = match name.as_str() {
        "br" => return Tag::Break,
        "ruby" if !inner.starts_with('/') => return Tag::Ruby,
        "strong" | "b" => Kind::Strong,
        "em" | "i" => Kind::Emphasis,
        // The elements that HTML has for Chinese proper names and for titles of works.
        "u" => Kind::Underline(Underline::Straight),
        "cite" => Kind::Underline(Underline::Wavy),
        "s" | "del" | "strike" => Kind::Underline(Underline::Through),
        _ => return Tag::Other,
    };
    if inner.starts_with('/') { Tag::Close(kind) } else { Tag::Open(kind) }
}

/// Whether `html` is one comment and nothing else.
pub fn is_comment(html: &str) -> bool {
    html.trim().strip_prefix("<!--").and_then(|rest| rest.find("-->").map(|end| rest.len() == end + 3)).unwrap_or(false)
}

/// Whether `html` is a comment that says nothing: Markdown writers part two lists with one.
pub fn is_blank_comment(html: &str) -> bool {
    html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).is_some_and(|inner| inner.trim().is_empty())
}

/// An inline and its place in the text.
pub type Piece = (InlineKind, Range<usize>);

/// Longest ruby, in events.
const LONGEST: usize = 400;

/// The inlines of a ruby whose opening tag has just been read, and how many events they take, the closing tag included.
pub fn ruby(events: &[(Event<'_>, Range<usize>)]) -> Option<(Vec<Piece>, usize)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_that_the_model_can_say_are_read() {
        assert_eq!(tag("<br />"), Tag::Break);
        assert_eq!(tag("<B>"), Tag::Open(Kind::Strong));
        assert_eq!(tag("</em>"), Tag::Close(Kind::Emphasis));
        assert_eq!(tag("<u>"), Tag::Open(Kind::Underline(Underline::Straight)));
        assert_eq!(tag("</cite>"), Tag::Close(Kind::Underline(Underline::Wavy)));
        assert_eq!(tag("<b class=x>"), Tag::Other);
        assert!(is_comment(" <!-- 甲 -->\n"));
        assert!(!is_comment("<!-- 甲 --> 乙 <!-- 丙 -->"));
        assert!(is_blank_comment("<!-- -->"));
    }
}
