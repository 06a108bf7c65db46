//! A page as it is written: its elements, and what stands between their tags, in the order of the source.
//!
//! The tags are read by html5gum, as browsers read them. What they nest in is found as browsers find it, but that nothing is moved: text stands where the page has
//! it, so that its places rise. Elements are a list and know their parents; no depth of theirs is a depth of ours.

use super::elements::{self, is_control, is_void};
use crate::document::{HtmlBlock, Sense};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use std::convert::Infallible;
use std::ops::Range;

/// Elements within elements beyond this are not opened: what they hold belongs to those around.
const DEEPEST: usize = 256;
/// Most marks that are opened again behind a block in which they were left open.
const REOPENED: usize = 8;
/// Attributes of marks that go on in further blocks, in bytes of all: beyond this the marks go on without them.
const REPEATED: usize = 1 << 18;
/// The longest character reference that has a name, in bytes.
const REFERENCE: usize = 34;

/// A page.
#[derive(Debug, Default)]
pub struct Page {
    /// Its elements, each after its parent; the first is the page itself.
    pub elements: Vec<Element>,
    /// What stands in it, in order.
    pub events: Vec<Event>,
    /// The text between the tags, its character references read.
    pub text: String,
    /// Where the text stands in the page: each piece by its beginning in both, in order.
    places: Vec<(usize, usize)>,
    /// What it calls itself in its head, as a range of the text.
    pub title: Option<Range<usize>>,
    /// The pages that it shows in frames.
    pub frames: Vec<String>,
}

/// An element of a page.
#[derive(Debug)]
pub struct Element {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub sense: Sense,
    /// The element that it stands in; the page stands in itself.
    pub parent: usize,
    /// Where its tag stands in the page.
    pub place: usize,
    /// Its attributes, as far as they matter.
    pub attributes: Vec<(&'static str, String)>,
}

/// What stands in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An element begins.
    Open(usize),
    /// An element ends.
    Close(usize),
    /// A range of the text.
    Text(Range<usize>),
    /// The line ends.
    Break,
    /// A rule.
    Rule,
    /// A picture, which is an element.
    Picture(usize),
}

impl Element {
    /// The value of an attribute; empty where it is not said.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether it is a block: what stands in it does not share a line with what stands around it.
    pub fn is_block(&self) -> bool {
        matches!(self.sense, Sense::Block(_)) || elements::is_division(self.name)
    }

    /// Whether it only says how text looks or where it leads, and goes on behind blocks that end in it.
    fn is_mark(&self) -> bool {
        matches!(self.sense, Sense::Mark(_) | Sense::Anchor) || matches!(self.name, "font" | "big" | "small")
    }

    /// Whether the marks in it end with it.
    fn is_scope(&self) -> bool {
        let cell = matches!(self.sense, Sense::Block(HtmlBlock::Cell | HtmlBlock::Head | HtmlBlock::Table));
        cell || matches!(self.name, "html" | "caption" | "object" | "marquee")
    }
}

impl Page {
    /// Reads `source`. Never fails.
    pub fn read(source: &str) -> Self {
        let whole = Element { name: "html", sense: Sense::Bare, parent: 0, place: 0, attributes: vec![] };
        let page = Page { elements: vec![whole], ..Page::default() };
        let mut builder =
            Builder { source, page, open: vec![0], marks: vec![], repeated: 0, tag: None, after_pre: false };
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            builder.event(event, span.start..span.end);
            None
        });
        emitter.naively_switch_states(true);
        // Reading a string cannot fail.
        let _ = Tokenizer::new_with_emitter(source, emitter).finish();
        builder.close_to(1);
        builder.page
    }

    /// Where byte `at` of the text stands in the page.
    pub fn place(&self, at: usize) -> usize {
        let after = self.places.partition_point(|(text, _)| *text <= at);
        let Some(&(text, place)) = after.checked_sub(1).and_then(|index| self.places.get(index)) else { return 0 };
        // The place of a character reference is where it begins, however long it is.
        let most = self.places.get(after).map_or(usize::MAX, |(_, next)| next.saturating_sub(1));
        (place + (at - text)).min(most.max(place))
    }

    /// Where in `range` of the text a piece of the page ends, behind which the places begin anew.
    pub fn pieces(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let first = self.places.partition_point(|(text, _)| *text <= range.start);
        let cuts = self.places[first..].iter().map(|(text, _)| *text).take_while({
            let end = range.end;
            move |text| *text < end
        });
        let mut from = range.start;
        cuts.chain([range.end]).map(move |to| std::mem::replace(&mut from, to)..to)
    }
}

/// A tag that is being read.
struct Tag {
    name: String,
    place: usize,
    attributes: Vec<(&'static str, String)>,
    /// The attribute that was named last, if it matters.
    named: Option<&'static str>,
}

struct Builder<'s> {
    source: &'s str,
    page: Page,
    /// The elements that are open, the page first.
    open: Vec<usize>,
    /// Marks that go on behind the block in which they were left open.
    marks: Vec<usize>,
    /// How many bytes of attributes were repeated.
    repeated: usize,
    tag: Option<Tag>,
    /// Whether a line end that follows belongs to the tag: `<pre>` is often followed by one.
    after_pre: bool,
}

impl Builder<'_> {
    fn event(&mut self, event: CallbackEvent<'_>, place: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let name = String::from_utf8_lossy(name).into_owned();
                self.tag = Some(Tag { name, place: place.start, attributes: vec![], named: None });
            }
            CallbackEvent::AttributeName { name } => {
                if let Some(tag) = &mut self.tag {
                    tag.named = elements::attribute(name);
                    let first = tag.named.filter(|name| tag.attributes.iter().all(|(known, _)| known != name));
                    tag.named = first;
                    tag.attributes.extend(first.map(|name| (name, String::new())));
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(Tag { named: Some(_), attributes, .. }) = &mut self.tag
                    && let Some((_, said)) = attributes.last_mut()
                {
                    *said = String::from_utf8_lossy(value).into_owned();
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                if let Some(tag) = self.tag.take() {
                    self.start(tag);
                }
            }
            CallbackEvent::EndTag { name } => self.end(&String::from_utf8_lossy(name), place.start),
            CallbackEvent::String { value } => self.text(&String::from_utf8_lossy(value), place),
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn element(&self, at: usize) -> &Element {
        &self.page.elements[self.open[at]]
    }

    /// Where in the stack the innermost open element is that `wanted` picks, unless one that `bars` stands before it.
    fn innermost(&self, wanted: impl Fn(&Element) -> bool, bars: impl Fn(&Element) -> bool) -> Option<usize> {
        let found = (1..self.open.len()).rev().find(|&at| wanted(self.element(at)) || bars(self.element(at)))?;
        wanted(self.element(found)).then_some(found)
    }

    fn start(&mut self, tag: Tag) {
        let name = tag.name.as_str();
        self.after_pre = false;
        match name {
            "br" => return self.page.events.push(Event::Break),
            "hr" => {
                self.close_paragraph();
                return self.page.events.push(Event::Rule);
            }
            "frame" | "iframe" => {
                let source = tag.attributes.iter().find(|(name, _)| *name == "src").map(|(_, source)| source.clone());
                self.page.frames.extend(source.filter(|_| name == "frame"));
                if name == "frame" {
                    return;
                }
            }
            "html" | "head" | "body" | "frameset" => return,
            _ if is_void(name) && name != "img" => return,
            _ => {}
        }
        let (name, sense) = elements::named(name);
        let element = Element { name, sense, parent: 0, place: tag.place, attributes: tag.attributes };
        if name == "img" {
            self.reopen();
            let index = self.add(element);
            return self.page.events.push(Event::Picture(index));
        }
        self.make_room(&element);
        if element.is_mark() {
            self.reopen();
        }
        self.after_pre = matches!(sense, Sense::Block(HtmlBlock::Verbatim));
        // What is unseen holds nothing that is seen, so one more is open at most.
        if self.open.len() < DEEPEST + usize::from(is_unseen(&element)) {
            let index = self.add(element);
            self.begin(index);
        } else if element.is_block() {
            self.page.events.push(Event::Break);
        }
    }

    fn add(&mut self, element: Element) -> usize {
        let parent = self.open.last().copied().unwrap_or_default();
        self.page.elements.push(Element { parent, ..element });
        self.page.elements.len() - 1
    }

    fn begin(&mut self, index: usize) {
        self.open.push(index);
        self.page.events.push(Event::Open(index));
    }

    /// Ends what may not stand around the element that begins.
    fn make_room(&mut self, element: &Element) {
        use HtmlBlock::{Cell, Head, Heading, Item, Row, Table};
        let block = |wanted: fn(&HtmlBlock) -> bool| move |element: &Element| matches!(&element.sense, Sense::Block(block) if wanted(block));
        let in_table = block(|block| *block == Table);
        if element.is_block() && !matches!(element.name, "td" | "th" | "tr") {
            self.close_paragraph();
        }
        let outer = match element.sense {
            Sense::Block(Item) => self.innermost(block(|block| *block == Item), |around| {
                around.is_scope() || matches!(around.sense, Sense::Block(HtmlBlock::List { .. }))
            }),
            Sense::Block(Heading(_)) => self
                .open
                .len()
                .checked_sub(1)
                .filter(|&at| at > 0 && matches!(self.element(at).sense, Sense::Block(Heading(_)))),
            Sense::Block(Cell | Head) => self.innermost(block(|block| matches!(block, Cell | Head)), in_table),
            Sense::Block(Row) => self.innermost(block(|block| *block == Row), in_table),
            Sense::Anchor => self.innermost(|around| around.sense == Sense::Anchor, Element::is_scope),
            _ if matches!(element.name, "dt" | "dd") => self.innermost(
                |around| matches!(around.name, "dt" | "dd"),
                |around| around.is_scope() || around.name == "dl",
            ),
            _ if matches!(element.name, "tbody" | "thead" | "tfoot") => {
                self.innermost(|around| matches!(around.name, "tbody" | "thead" | "tfoot"), in_table)
            }
            _ if element.name == "option" => self.innermost(|around| around.name == "option", Element::is_scope),
            _ if matches!(element.name, "rt" | "rp" | "rb") => {
                self.innermost(|around| matches!(around.name, "rt" | "rp" | "rb"), |around| around.name == "ruby")
            }
            _ => None,
        };
        if let Some(at) = outer {
            self.close_to(at);
        }
    }

    fn close_paragraph(&mut self) {
        if let Some(at) = self.innermost(|around| around.name == "p", Element::is_scope) {
            self.close_to(at);
        }
    }

    /// Ends all that is open from this place in the stack on. Marks that were open in a block, and not in a cell, go on behind it.
    fn close_to(&mut self, at: usize) {
        while self.open.len() > at.max(1) {
            let Some(index) = self.open.pop() else { return };
            self.page.events.push(Event::Close(index));
            let element = &self.page.elements[index];
            if element.is_scope() {
                self.marks.clear();
            } else if element.is_mark() && self.open.len() > at {
                self.marks.push(index);
            }
        }
        self.marks.truncate(REOPENED);
    }

    /// Opens the marks again that go on.
    fn reopen(&mut self) {
        while let Some(index) = self.marks.pop() {
            if self.open.len() >= DEEPEST {
                return self.marks.clear();
            }
            let Element { name, sense, place, ref attributes, .. } = self.page.elements[index];
            self.repeated += attributes.iter().map(|(_, value)| value.len()).sum::<usize>();
            let attributes = if self.repeated < REPEATED { attributes.clone() } else { vec![] };
            let again = Element { name, sense, parent: 0, place, attributes };
            let index = self.add(again);
            self.begin(index);
        }
    }

    fn end(&mut self, name: &str, place: usize) {
        self.after_pre = false;
        match name {
            "br" => return self.page.events.push(Event::Break),
            // Closes nothing, but parts paragraphs.
            "p" if self.innermost(|around| around.name == "p", Element::is_scope).is_none() => {
                let (name, sense) = elements::named("p");
                let index = self.add(Element { name, sense, parent: 0, place, attributes: vec![] });
                self.begin(index);
                return self.close_to(self.open.len() - 1);
            }
            _ => {}
        }
        let (name, _) = elements::named(name);
        if let Some(at) = self.marks.iter().position(|&index| self.page.elements[index].name == name) {
            self.marks.remove(at);
            return;
        }
        let own = |element: &Element| element.name == name && !name.is_empty();
        let bars = |element: &Element| {
            element.is_scope() && !matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot")
        };
        let is_cell = |element: &Element| matches!(element.sense, Sense::Block(HtmlBlock::Table)) && name != "table";
        if let Some(at) = self.innermost(own, |element| bars(element) || is_cell(element)) {
            self.close_to(at);
        }
    }

    fn text(&mut self, text: &str, place: Range<usize>) {
        let cut = if std::mem::take(&mut self.after_pre) { usize::from(text.starts_with('\n')) } else { 0 };
        let start = self.page.text.len();
        self.locate(text, place);
        let range = start + cut..self.page.text.len();
        match self.open.last().map(|&index| self.page.elements[index].name) {
            Some("title") => {
                self.page.title.get_or_insert(range);
                return;
            }
            _ if text.trim_ascii().is_empty() => {}
            _ => self.reopen(),
        }
        self.page.events.push(Event::Text(range));
    }

    /// Adds `text`, which stands at `place` of the page with its character references.
    fn locate(&mut self, text: &str, place: Range<usize>) {
        let written = self.source.get(place.clone()).unwrap_or_default();
        let (mut at, mut from) = (0, 0);
        while at < text.len() {
            self.page.places.push((self.page.text.len(), place.start + from));
            let same = text.as_bytes()[at..]
                .iter()
                .zip(&written.as_bytes()[from..])
                .take_while(|(a, b)| a == b && **b != b'&')
                .count();
            let same = text[at..].floor_char_boundary(same);
            self.page.text.push_str(&text[at..at + same]);
            (at, from) = (at + same, from + same);
            let Some(c) = text[at..].chars().next() else { return };
            if same > 0 {
                self.page.places.push((self.page.text.len(), place.start + from));
            }
            self.page.text.push(c);
            at += c.len_utf8();
            // A reference, or a line end of two bytes. The sign of one that is none stands for itself.
            let rest = &written[from..];
            from += match rest.bytes().next() {
                Some(b'&')
                    if c == '&'
                        && !rest.starts_with("&amp")
                        && !rest.starts_with("&#")
                        && !rest.starts_with("&AMP") =>
                {
                    1
                }
                Some(b'&') => reference(rest),
                Some(b'\r') if rest.starts_with("\r\n") => 2,
                Some(_) => rest.chars().next().map_or(0, char::len_utf8),
                None => 0,
            };
        }
    }
}

/// How many bytes the character reference has that `text` begins with.
fn reference(text: &str) -> usize {
    let name = text.bytes().skip(1).take(REFERENCE).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count() + 1;
    name + usize::from(text[name..].starts_with(';'))
}

/// Whether an element, or one around it, is not shown, or is there to be filled in or pressed.
pub fn is_unseen(element: &Element) -> bool {
    let hidden = element.attributes.iter().any(|(name, value)| {
        *name == "hidden" || *name == "style" && value.replace(' ', "").to_ascii_lowercase().contains("display:none")
    });
    hidden || element.sense == Sense::Unseen || is_control(element.name)
}
