//! HTML in texts: which tags there are, what each says, and whether it is used or only spoken of.
//!
//! A browser shows no tag. So a tag that is used becomes what it means, or is left out and told; a tag that a text speaks of
//! (`用 <b> 标签`) is a part of the text.

use crate::chinese::words::Word;
pub use crate::document::{HtmlBlock as Block, HtmlMark as Mark, Sense};
use crate::document::{Inline, InlineKind, element};
use crate::error::Cause;
use crate::note::{At, Note};
use std::collections::BTreeMap;
use std::ops::Range;

/// A tag of a known element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'t> {
    /// Its element, as the table of elements spells it.
    pub name: &'static str,
    /// What the element says.
    pub sense: Sense,
    /// Whether it ends the element.
    pub closes: bool,
    /// The whole tag.
    pub source: &'t str,
    attributes: &'t str,
}

/// Longest tag that is looked for, in bytes.
const LONGEST: usize = 1000;

impl<'t> Tag<'t> {
    /// The tag of a known element that `text` begins with.
    pub fn at(text: &'t str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let closes = inner.starts_with('/');
        let inner = &inner[usize::from(closes)..];
        let len = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
        let name = &inner[..len];
        let (name, sense) = element(name)?;
        let rest = &inner[len..];
        let mut quote = None;
        let end = rest.bytes().take(LONGEST).position(|b| {
            match (b, quote) {
                (b'"' | b'\'', None) => quote = Some(b),
                (b, Some(open)) if b == open => quote = None,
                _ => {}
            }
            b == b'>' && quote.is_none()
        })?;
        let attributes = rest[..end].strip_suffix('/').unwrap_or(&rest[..end]);
        // `<b 甲>` is no tag: after the name comes a space, and Latin names follow.
        let named = attributes.trim_start();
        let fits = named.is_empty()
            || named.len() < attributes.len() && named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let source = &text[..text.len() - rest.len() + end + 1];
        (fits && !named.contains('<')).then_some(Tag { name, sense, closes, source, attributes: named.trim_end() })
    }

    /// Whether the element has no end: nothing stands in it.
    pub fn is_void(&self) -> bool {
        matches!(self.sense, Sense::Break | Sense::Rule | Sense::Picture) || self.name == "wbr"
    }

    /// Whether it says how its element looks, beside what it is.
    pub fn says_more(&self) -> bool {
        !self.attributes.is_empty() || self.name == "center"
    }

    /// The value of attribute `name`, its entities read.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        while !rest.is_empty() {
            let len = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (key, after) = rest.split_at(len);
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('=').map(str::trim_start) {
                None => ("", after),
                Some(value) => match value.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                    Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                    None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
                },
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(unescaped(value));
            }
            let next = next.trim_start();
            // A sign that is neither name nor value would stand here for ever.
            rest = if next.len() < rest.len() { next } else { "" };
        }
        None
    }

    /// What is told when the tag is left out.
    pub fn note(&self, place: Range<usize>) -> Note {
        left_out(self.source, place)
    }
}

/// What is told of `source` at `place`, HTML that has been left out.
pub fn left_out(source: &str, place: Range<usize>) -> Note {
    Note::info("html-left-out", At::Normal(place.into()), Cause::text(source.chars().take(80).collect::<String>()))
}

/// The text with its character references read.
pub fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// Which of `tags`, in order, are of elements that are whole: those that have no end, and those that begin and end.
pub fn whole(tags: &[Tag<'_>]) -> Vec<bool> {
    let mut whole: Vec<bool> = tags.iter().map(Tag::is_void).collect();
    // The tags that are open, by element: a text may have very many of them.
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, tag) in tags.iter().enumerate().filter(|(_, tag)| !tag.is_void()) {
        let open = open.entry(tag.name).or_default();
        if !tag.closes {
            open.push(i);
        } else if let Some(begins) = open.pop() {
            whole[begins] = true;
            whole[i] = true;
        }
    }
    whole
}

/// Whether a text speaks of the tag at `place` rather than using it: `用 <b> 标签`, `标签 <b>`.
pub fn is_spoken_of(text: &str, place: &Range<usize>) -> bool {
    let (before, after) = (&text[..place.start], &text[place.end..]);
    let said_after = after.strip_prefix(' ').is_some_and(|rest| Word::TagBehind.is_in(rest));
    let said_before = before.strip_suffix(' ').is_some_and(|rest| Word::TagBefore.is_in(rest));
    said_after || said_before
}

/// Whether `html` is one comment and nothing else.
pub fn is_comment(html: &str) -> bool {
    html.trim().strip_prefix("<!--").and_then(|rest| rest.find("-->").map(|end| rest.len() == end + 3)).unwrap_or(false)
}

/// Whether `html` is a comment that says nothing: Markdown writers part two lists with one.
pub fn is_blank_comment(html: &str) -> bool {
    html.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).is_some_and(|inner| inner.trim().is_empty())
}

impl Mark {
    /// What the mark makes of `content`; of a script that Unicode has no characters for, the content itself.
    pub fn inline(self, content: Vec<Inline>) -> Result<InlineKind, Vec<Inline>> {
        let shifted = |content: Vec<Inline>, table: &str| match content.as_slice() {
            [Inline { kind: InlineKind::Text(text), .. }] => script(text, table).map(InlineKind::Text).ok_or(content),
            _ => Err(content),
        };
        match self {
            Mark::Strong => Ok(InlineKind::Strong(content)),
            Mark::Emphasis => Ok(InlineKind::Emphasis(content)),
            Mark::Underline(mark) => Ok(InlineKind::Underline { mark, content }),
            Mark::Code => match content.as_slice() {
                [Inline { kind: InlineKind::Text(text), .. }] => Ok(InlineKind::Code(text.clone())),
                _ => Err(content),
            },
            // What stands in two half columns has nothing higher than a line in it.
            Mark::Small if content.iter().all(is_of_line) => Ok(InlineKind::Gloss(content)),
            Mark::Small => Err(content),
            Mark::Superscript => shifted(content, SUPERSCRIPTS),
            Mark::Subscript => shifted(content, SUBSCRIPTS),
        }
    }
}

/// Whether `inline` may stand in a note between the words.
pub fn is_of_line(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(_) | InlineKind::Code(_) | InlineKind::NoteRef { .. } => true,
        InlineKind::Strong(content)
        | InlineKind::Emphasis(content)
        | InlineKind::Underline { content, .. }
        | InlineKind::Link { content, .. } => content.iter().all(is_of_line),
        InlineKind::Gloss(_) | InlineKind::Ruby { .. } | InlineKind::Image(_) | InlineKind::Break => false,
    }
}

/// The characters of [`SUPERSCRIPTS`] and [`SUBSCRIPTS`] on the line.
const ON_THE_LINE: &str = "0123456789+-=()n";
const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ";
const SUBSCRIPTS: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ";

/// `text` in the characters of `table`, if it has them all.
fn script(text: &str, table: &str) -> Option<String> {
    text.trim().chars().map(|c| ON_THE_LINE.chars().position(|on| on == c).and_then(|i| table.chars().nth(i))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_known_elements_are_read_with_their_attributes() {
        let tag = Tag::at("<IMG alt=\"a &gt; b\" src='图.png' width=50%/>后").unwrap();
        assert_eq!((tag.name, tag.closes, tag.is_void()), ("img", false, true));
        assert_eq!(tag.source, "<IMG alt=\"a &gt; b\" src='图.png' width=50%/>");
        let value = |name| tag.attribute(name);
        assert_eq!(value("alt").as_deref(), Some("a > b"));
        assert_eq!(value("src").as_deref(), Some("图.png"));
        assert_eq!(value("width").as_deref(), Some("50%"));
        assert_eq!(value("height"), None);
        assert!(Tag::at("</font >").is_some_and(|tag| tag.closes && tag.sense == Sense::Bare));
        for text in ["<T>", "<Self::Item>", "<b甲>", "<b 甲>", "<i32>", "< b>", "<b", "<a<b>", "<https://a.b>"] {
            assert_eq!(Tag::at(text), None, "{text}");
        }
    }

    #[test]
    fn comments_are_told_from_what_holds_some() {
        assert!(is_comment(" <!-- 甲 -->\n"));
        assert!(!is_comment("<!-- 甲 --> 乙 <!-- 丙 -->"));
        assert!(is_blank_comment("<!-- -->"));
    }

    #[test]
    fn elements_are_whole_when_they_begin_and_end() {
        let tags: Vec<Tag<'_>> =
            ["<b>", "<i>", "</b>", "<br>", "</i>", "<p>", "</u>"].map(|t| Tag::at(t).unwrap()).into();
        assert_eq!(whole(&tags), [true, true, true, true, true, false, false]);
    }

    #[test]
    fn a_tag_may_be_spoken_of() {
        for (text, spoken) in [("用 <b> 标签", true), ("标签 <b> 与", true), ("用<b>标签", false), ("甲 <b> 乙", false)]
        {
            let at = text.find('<').unwrap();
            assert_eq!(is_spoken_of(text, &(at..at + 3)), spoken, "{text}");
        }
    }

    #[test]
    fn scripts_are_the_characters_that_unicode_has() {
        assert_eq!(script("-3", SUPERSCRIPTS).as_deref(), Some("⁻³"));
        assert_eq!(script("2", SUBSCRIPTS).as_deref(), Some("₂"));
        assert_eq!(script("甲", SUPERSCRIPTS), None);
    }
}
