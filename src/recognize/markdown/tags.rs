//! HTML tags within a line of Markdown.

use super::inlines::{Container, Pair};
use super::{Reader, ruby};
use crate::document::{Image, InlineKind};
use crate::recognize::html::{self, Block, Sense, Tag};
use pulldown_cmark::Event;
use std::collections::HashSet;
use std::ops::Range;

/// Where the tags of whole elements stand in `text`, whose events these are.
pub fn whole(text: &str, events: &[(Event<'_>, Range<usize>)]) -> HashSet<usize> {
    let mut tags = vec![];
    for (event, range) in events {
        let (Event::InlineHtml(_) | Event::Html(_)) = event else { continue };
        let source = &text[range.clone()];
        for (at, _) in source.match_indices('<') {
            if let Some(tag) = Tag::at(&source[at..]) {
                tags.push((range.start + at, tag));
            }
        }
    }
    let (places, tags): (Vec<usize>, Vec<Tag<'_>>) = tags.into_iter().unzip();
    places.into_iter().zip(html::whole(&tags)).filter(|(_, whole)| *whole).map(|(place, _)| place).collect()
}

impl Reader<'_> {
    /// Reads a tag within a line; returns how many of the following events it has taken.
    pub fn inline_html(&mut self, source: &str, range: &Range<usize>, rest: &[(Event<'_>, Range<usize>)]) -> usize {
        self.paragraph(range);
        if html::is_comment(source) {
            self.comment(range);
            return 0;
        }
        let Some(tag) = Tag::at(source).filter(|tag| tag.source == source) else {
            self.spoken_of(source, range);
            return 0;
        };
        // `<b></b> 标签`: both are spoken of.
        let empty = match rest.first() {
            Some((Event::InlineHtml(next), end)) if **next == *format!("</{}>", tag.name) => Some(range.start..end.end),
            _ => None,
        };
        if let Some(both) = empty.filter(|both| html::is_spoken_of(self.text, both)) {
            self.spoken_of(&self.text[both.clone()], &both);
            return 1;
        }
        let named = tag.name == "a" && (tag.attribute("name").is_some() || tag.attribute("id").is_some());
        if !self.whole.contains(&range.start) && !named || html::is_spoken_of(self.text, range) {
            self.spoken_of(source, range);
            return 0;
        }
        match tag.sense {
            Sense::Ruby if tag.name == "ruby" && !tag.closes => {
                if let Some((ruby, taken)) = ruby::read(rest) {
                    for (kind, span) in ruby {
                        self.inlines.push(kind, span);
                    }
                    return taken;
                }
                self.left_out(&tag, range);
            }
            Sense::Unseen if !tag.closes => {
                let end = |(event, _): &(Event<'_>, Range<usize>)| matches!(event, Event::InlineHtml(html) if Tag::at(html).is_some_and(|end| end.closes && end.name == tag.name));
                let taken = rest.iter().position(end).map_or(0, |at| at + 1);
                let end = rest[..taken].last().map_or(range.end, |(_, end)| end.end);
                let source = &self.text[range.start..end];
                self.dropped.push(html::left_out(source, range.start..end));
                return taken;
            }
            _ => self.tag(&tag, range),
        }
        0
    }

    /// A tag that is text, with its line ends as those of any text.
    fn spoken_of(&mut self, source: &str, range: &Range<usize>) {
        let mut at = range.start;
        for (i, line) in source.split('\n').enumerate() {
            if i > 0 {
                self.inlines.soft_break(line.trim_start().chars().next(), at - 1..at);
            }
            let text = if i > 0 { line.trim_start() } else { line };
            let start = at + line.len() - text.len();
            at += line.len() + 1;
            if !text.is_empty() {
                self.inlines.text(text, start..start + text.len());
            }
        }
    }

    /// Does what a tag within a line says.
    pub fn tag(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match (tag.sense, tag.closes) {
            (Sense::Break, _) => self.inlines.push(InlineKind::Break, range.clone()),
            (Sense::Picture, _) => {
                let value = |name| tag.attribute(name).unwrap_or_default();
                let image = Image { target: value("src"), alt: value("alt"), title: value("title") };
                self.inlines.push(InlineKind::Image(image), range.clone());
            }
            (Sense::Mark(mark), false) => {
                self.inlines.open(Container::Html(Pair::Mark(mark)), range.clone());
            }
            (Sense::Mark(mark), true) => {
                self.inlines.close_html(|pair| *pair == Pair::Mark(mark), range.end);
            }
            (Sense::Anchor, false) => match tag.attribute("href").filter(|href| !href.trim().is_empty()) {
                Some(target) => {
                    let title = tag.attribute("title").unwrap_or_default();
                    self.inlines.open(Container::Html(Pair::Link { target, title }), range.clone());
                }
                None => {
                    let name = tag.attribute("name").or_else(|| tag.attribute("id")).filter(|name| !name.is_empty());
                    name.into_iter().for_each(|name| self.names.name(name));
                    self.left_out(tag, range);
                }
            },
            (Sense::Anchor, true) => self.inlines.close_html(|pair| matches!(pair, Pair::Link { .. }), range.end),
            (Sense::Block(block), closes) => {
                // Text of a block stands in a line of its own.
                self.inlines.new_line(range.clone());
                if !closes && (tag.says_more() || block != Block::Paragraph) {
                    self.left_out(tag, range);
                }
            }
            (Sense::Rule, _) => self.left_out(tag, range),
            (Sense::Bare | Sense::Unseen | Sense::Ruby, false) => self.left_out(tag, range),
            (Sense::Bare | Sense::Unseen | Sense::Ruby, true) => {}
        }
    }

    pub fn left_out(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        self.dropped.push(tag.note(range.clone()));
    }
}
