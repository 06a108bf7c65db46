//! The blocks of a document as a row of slugs, ready to be divided into pages.

use super::breaking::{Breaker, Extent, Measure};
use super::line;
use super::page::{Detail, ElementId, Line, Owner, Rule, Tag};
use super::slug::Slug;
use super::structure::Structure;
use super::text::{Look, Text};
use super::{Metrics, OutlineItem};
use crate::document::*;
use crate::span::{Normal, Span};
use crate::style::{Alignment, Face, Style, TextStyle};
use crate::unit::Unit;
use std::collections::BTreeMap;

/// Where blocks stand: their distance from the edges of the column, and the element that they belong to.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// From the left edge of the column.
    pub left: Unit,
    /// From its right edge.
    pub right: Unit,
    /// Parent element.
    pub parent: ElementId,
    /// How running text looks here, where not like the body.
    pub text: Option<&'a TextStyle>,
    /// Whether the first lines of running text are not indented: in lists.
    pub flush: bool,
}

/// The mark before an item of a list or a note, set in front of its first line.
#[derive(Debug, Clone)]
pub struct Lead {
    /// Its text.
    pub text: String,
    /// Its element.
    pub element: ElementId,
    /// Where it stands in the normalized text.
    pub at: usize,
    /// How far the text of the item is from the left edge of the mark.
    pub hang: Unit,
}

/// How a paragraph is set.
pub struct Setting<'a> {
    /// Its look.
    pub style: &'a TextStyle,
    /// The element of its lines.
    pub owner: ElementId,
    /// Distance of all lines from the left edge of the column.
    pub left: Unit,
    /// Distance from its right edge.
    pub right: Unit,
    /// Distance of the first line from that left edge.
    pub first: Unit,
    /// Whether its lines are to be of about equal width.
    pub balanced: bool,
    /// Whether it is code: kept verbatim.
    pub verbatim: bool,
}

/// A document on its way to the pages.
pub struct Flow<'a> {
    pub(super) doc: &'a Document,
    pub(super) style: &'a Style,
    pub(super) metrics: &'a dyn Metrics,
    /// The structure so far.
    pub structure: Structure,
    /// The slugs so far.
    pub slugs: Vec<Slug>,
    /// Heads of tables, to be repeated.
    pub heads: Vec<Slug>,
    /// The headings so far; their pages are found later.
    pub outline: Vec<OutlineItem>,
    /// The headings that begin chapters, by index of their block.
    pub chapters: Vec<usize>,
    /// Elements that refer to notes.
    pub references: Vec<(ElementId, usize)>,
    /// Characters that no font has: how often, and where first.
    pub missing: BTreeMap<char, (usize, Span<Normal>)>,
    /// Space owed to the next slug.
    after: Unit,
    /// The role of the paragraph before, if it was one.
    role: Option<Role>,
    /// How many slugs to come stay with what is before them.
    keep: u8,
    text: Text,
    breaker: Breaker,
    extents: Vec<Extent>,
}

/// Narrowest column that indents leave, in characters.
const NARROWEST: i32 = 8;

impl<'a> Flow<'a> {
    /// A flow that has nothing yet.
    pub fn new(doc: &'a Document, style: &'a Style, metrics: &'a dyn Metrics) -> Self {
        Flow {
            doc,
            style,
            metrics,
            structure: Structure::new(),
            slugs: vec![],
            heads: vec![],
            outline: vec![],
            chapters: vec![],
            references: vec![],
            missing: BTreeMap::new(),
            after: Unit::ZERO,
            role: None,
            keep: 0,
            text: Text::default(),
            breaker: Breaker::default(),
            extents: vec![],
        }
    }

    /// The frame of blocks at the top level.
    pub fn column(&self) -> Frame<'a> {
        Frame { left: Unit::ZERO, right: Unit::ZERO, parent: Structure::ROOT, text: None, flush: false }
    }

    /// Sets blocks one after the other. A `lead` goes in front of the first line.
    pub fn blocks(&mut self, blocks: &'a [Block], frame: &Frame<'a>, mut lead: Option<Lead>) {
        for block in blocks {
            self.block(block, frame, &mut lead);
        }
        self.flush_lead(frame, &mut lead);
    }

    /// Sets one block.
    pub fn block(&mut self, block: &'a Block, frame: &Frame<'a>, lead: &mut Option<Lead>) {
        let text_like = matches!(
            block.kind,
            BlockKind::Heading(_) | BlockKind::Paragraph { .. } | BlockKind::Quote(_) | BlockKind::Image(_)
        );
        if !text_like {
            self.flush_lead(frame, lead);
        }
        if !matches!(block.kind, BlockKind::Paragraph { .. }) {
            self.role = None;
        }
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, frame, lead.take()),
            BlockKind::Paragraph { role, content } => self.paragraph(*role, content, frame, lead.take()),
            BlockKind::List(list) => self.list(list, frame),
            BlockKind::Quote(blocks) => self.quote(blocks, frame, lead.take()),
            BlockKind::Verse(stanzas) => self.verse(stanzas, frame),
            BlockKind::Code { language: _, text } => self.code(text, block.span, frame),
            BlockKind::Table(table) => self.table(table, frame),
            BlockKind::Divider { ornament } => self.divider(ornament, block.span, frame),
            BlockKind::Image(image) => self.image(image, block.span, frame, lead.take()),
        }
    }

    /// Sets a lead that no text took, on a line of its own.
    fn flush_lead(&mut self, frame: &Frame<'a>, lead: &mut Option<Lead>) {
        if let Some(lead) = lead.take() {
            let style = self.body_style(Role::Body, frame);
            let element = lead.element;
            let setting = Setting { owner: element, ..self.setting(style, frame, element) };
            self.set(&[], &setting, Some(lead));
        }
    }

    fn body_style(&self, role: Role, frame: &Frame<'a>) -> &'a TextStyle {
        match (role, frame.text) {
            (Role::Body | Role::Salutation | Role::Closing | Role::Attachment, Some(text)) => text,
            _ => self.style.role(role),
        }
    }

    /// The setting of a paragraph in `style`.
    pub(super) fn setting<'s>(&self, style: &'s TextStyle, frame: &Frame<'a>, owner: ElementId) -> Setting<'s> {
        let zi = self.style.zi(style);
        // The indents of a quotation or note are those of its frame; its text adds none of its own.
        let framed = frame.text.is_some_and(|text| std::ptr::eq(text, style));
        let (start, end) = if framed { (0, 0) } else { (style.indent, style.end_indent) };
        let left = self.indented(frame.left, frame.right, zi.em(start));
        Setting {
            style,
            owner,
            left,
            right: self.indented(frame.right, left, zi.em(end)),
            first: if frame.flush { Unit::ZERO } else { zi.em(style.first_indent) },
            balanced: false,
            verbatim: false,
        }
    }

    /// `edge` moved in by `indent`, if that leaves room enough.
    pub(super) fn indented(&self, edge: Unit, other: Unit, indent: Unit) -> Unit {
        let room = self.style.measure() - self.style.body.size * NARROWEST;
        if edge + indent + other <= room { edge + indent } else { edge }
    }

    fn heading(&mut self, heading: &'a Heading, frame: &Frame<'a>, lead: Option<Lead>) {
        let style = self.heading_style(heading);
        let level = heading.level.clamp(1, 6);
        let owner = self.structure.add(Tag::Heading(level), frame.parent);
        let had = self.slugs.len();
        let setting = Setting { balanced: true, ..self.setting(style, frame, owner) };
        self.set(&heading.content, &setting, lead);
        for slug in self.slugs.iter_mut().skip(had + 1) {
            slug.kept = true;
        }
        self.fill_lines(had, style);
        self.keep = 2;
    }

    /// Gives what was set from slug `had` on the space that `style` asks for above and below, and as much more that all of it takes
    /// whole body lines: what follows stands on the grid again (E1, E2).
    pub(super) fn fill_lines(&mut self, had: usize, style: &TextStyle) {
        let body = self.style.pitch;
        let (before, after) = (body.em(style.before), body.em(style.after));
        let Some(slugs) = self.slugs.get_mut(had..).filter(|slugs| !slugs.is_empty()) else { return };
        let own = slugs.iter().map(|slug| slug.height).sum::<Unit>() + before + after;
        let rest = (body.0 - own.0 % body.0.max(1)) % body.0.max(1);
        for slug in slugs.iter_mut() {
            slug.on_grid = false;
        }
        slugs[0].before += before + Unit(rest - rest / 2);
        self.after = after + Unit(rest / 2);
    }

    /// How a heading looks.
    pub fn heading_style(&self, heading: &Heading) -> &'a TextStyle {
        let level = usize::from(heading.level.clamp(1, 6));
        if heading.title { &self.style.title } else { &self.style.headings[level - 1] }
    }

    fn paragraph(&mut self, role: Role, content: &'a [Inline], frame: &Frame<'a>, lead: Option<Lead>) {
        let style = self.body_style(role, frame);
        let owner = self.structure.add(Tag::Paragraph, frame.parent);
        let mut setting = self.setting(style, frame, owner);
        setting.balanced = style.align == Alignment::Center;
        // Between paragraphs of one role there is no space.
        if self.role == Some(role) {
            self.after = Unit::ZERO;
        } else {
            self.after += self.style.pitch.em(style.before);
        }
        self.set(content, &setting, lead);
        self.after = self.style.pitch.em(style.after);
        self.role = Some(role);
    }

    /// Sets something with the space that its style asks for above and below.
    pub(super) fn spaced(&mut self, style: &TextStyle, set: impl FnOnce(&mut Self)) {
        self.after += self.style.pitch.em(style.before);
        set(self);
        self.after += self.style.pitch.em(style.after);
    }

    fn list(&mut self, list: &'a List, frame: &Frame<'a>) {
        let list_element = self.structure.add_with(Tag::List, frame.parent, Detail::List(list.marker));
        let style = self.body_style(Role::Body, frame);
        let zi = self.style.zi(style);
        let last = list.items.len().saturating_sub(1);
        let widest = [0, last].map(|i| self.width(&marker_text(list.marker, i), style)).into_iter().max();
        let hang = round_up(widest.unwrap_or(Unit::ZERO), zi);
        let start = if frame.flush { frame.left } else { self.indented(frame.left, frame.right, zi * 2) };
        let left = self.indented(start, frame.right, hang);
        for (i, item) in list.items.iter().enumerate() {
            let element = self.structure.add(Tag::ListItem, list_element);
            let label = self.structure.add(Tag::Label, element);
            let body = self.structure.add(Tag::ListBody, element);
            let text = marker_text(list.marker, i);
            let hang = if left > start { hang } else { Unit::ZERO };
            let lead = (!text.is_empty()).then_some(Lead { text, element: label, at: item.span.start, hang });
            let frame = Frame { left, parent: body, flush: true, ..*frame };
            self.blocks(&item.blocks, &frame, lead);
        }
    }

    fn quote(&mut self, blocks: &'a [Block], frame: &Frame<'a>, lead: Option<Lead>) {
        let style = &self.style.quote;
        let zi = self.style.zi(style);
        let parent = self.structure.add(Tag::BlockQuote, frame.parent);
        let left = self.indented(frame.left, frame.right, zi.em(style.indent));
        let right = self.indented(frame.right, left, zi.em(style.end_indent));
        let frame = Frame { left, right, parent, text: Some(style), flush: false };
        self.spaced(style, |flow| flow.blocks(blocks, &frame, lead));
    }

    fn verse(&mut self, stanzas: &'a [Stanza], frame: &Frame<'a>) {
        let style = &self.style.verse;
        let zi = self.style.zi(style);
        let parent = self.structure.add(Tag::BlockQuote, frame.parent);
        let frame = Frame { parent, ..*frame };
        self.spaced(style, |flow| {
            for (s, stanza) in stanzas.iter().enumerate() {
                if s > 0 {
                    flow.after += flow.style.pitch;
                }
                let had = flow.slugs.len();
                for line in &stanza.lines {
                    let owner = flow.structure.add(Tag::Paragraph, parent);
                    let mut setting = flow.setting(style, &frame, owner);
                    // What is too long for a line goes on further in.
                    setting.left = flow.indented(setting.left, setting.right, zi * 2);
                    setting.first -= zi * 2;
                    flow.set(&line.content, &setting, None);
                }
                flow.keep_together(had);
            }
        });
    }

    fn code(&mut self, text: &str, span: Span<Normal>, frame: &Frame<'a>) {
        let style = &self.style.code;
        let zi = self.style.zi(style);
        let parent = self.structure.add(Tag::Paragraph, frame.parent);
        let exact = span.len() == text.len();
        let mut offset = 0;
        let had = self.slugs.len();
        for code_line in text.split('\n') {
            let start = if exact { span.start + offset } else { span.start };
            offset += code_line.len() + 1;
            let owner = self.structure.add(Tag::Code, parent);
            let mut setting = self.setting(style, frame, owner);
            setting.verbatim = true;
            setting.left = self.indented(setting.left, setting.right, zi);
            setting.first -= zi;
            let content = [Inline::text(code_line, start..start + code_line.len())];
            self.set(&content, &setting, None);
        }
        self.keep_together(had);
        self.fill_lines(had, style);
    }

    fn divider(&mut self, ornament: &str, span: Span<Normal>, frame: &Frame<'a>) {
        let style = self.style.role(Role::Ornament);
        if !ornament.is_empty() {
            let owner = self.structure.add(Tag::Paragraph, frame.parent);
            let setting = self.setting(style, frame, owner);
            let content = [Inline::text(ornament, span)];
            self.set(&content, &setting, None);
            return;
        }
        let room = self.style.measure() - frame.left - frame.right;
        let width = room / 3;
        let height = self.style.pitch;
        let rule = Rule { x: frame.left + (room - width) / 2, y: height / 2, width, height: HAIR };
        self.push(Slug { rules: vec![rule], height, on_grid: true, ..Slug::default() });
    }

    fn image(&mut self, image: &'a Image, span: Span<Normal>, frame: &Frame<'a>, lead: Option<Lead>) {
        let style = self.style.role(Role::Caption);
        let owner = self.structure.add_with(Tag::Figure, frame.parent, Detail::Alt(image.alt.clone()));
        let setting = self.setting(style, frame, owner);
        let content = [Inline::text(image.alt.as_str(), span)];
        self.set(&content, &setting, lead);
    }

    /// Keeps the first two and the last two of the slugs from `had` on together (E3).
    pub(super) fn keep_together(&mut self, had: usize) {
        let count = self.slugs.len().saturating_sub(had);
        if count >= 3
            && let Some(second) = self.slugs.get_mut(had + 1)
        {
            second.kept = true;
        }
        if count >= 2
            && let Some(last) = self.slugs.last_mut()
        {
            last.kept = true;
        }
    }

    /// Adds a slug, with the space and the ties that are owed.
    pub(super) fn push(&mut self, mut slug: Slug) {
        slug.before += std::mem::take(&mut self.after);
        if self.keep > 0 {
            self.keep -= 1;
            slug.kept = true;
        }
        self.slugs.push(slug);
    }

    /// Natural width of a short text.
    pub(super) fn width(&mut self, text: &str, style: &TextStyle) -> Unit {
        let zi = self.style.zi(style);
        let mut buffer = std::mem::take(&mut self.text);
        buffer.clear();
        let look = buffer.look(plain_look(style, zi));
        buffer.push(text, look, 0, 0);
        buffer.prepare(self.style, self.metrics);
        let width = buffer.items.iter().map(|item| item.body + item.glue.natural).sum::<Unit>();
        let space = buffer.items.last().is_some_and(|item| item.class.is_space());
        self.text = buffer;
        if space { width + zi / 3 } else { width }
    }

    /// Sets a paragraph; gives the number of its lines.
    pub(super) fn set(&mut self, content: &[Inline], setting: &Setting<'_>, lead: Option<Lead>) -> usize {
        let lines = self.lines(content, setting, lead);
        let pitch = self.style.pitch_of(setting.style);
        let on_grid = pitch == self.style.pitch;
        let had = self.slugs.len();
        let count = lines.len();
        for (line, rules, notes) in lines {
            let lines = if line.runs.is_empty() { vec![] } else { vec![line] };
            self.push(Slug { lines, rules, notes, height: pitch, on_grid, ..Slug::default() });
        }
        self.keep_together(had);
        count
    }

    /// Breaks and sets the lines of a paragraph, with the rules and notes of each. There is at least one.
    pub(super) fn lines(
        &mut self,
        content: &[Inline],
        setting: &Setting<'_>,
        lead: Option<Lead>,
    ) -> Vec<(Line, Vec<Rule>, Vec<usize>)> {
        let style = setting.style;
        let zi = self.style.zi(style);
        let mut text = std::mem::take(&mut self.text);
        let mut extents = std::mem::take(&mut self.extents);
        text.clear();
        extents.clear();
        let mut look = plain_look(style, zi);
        look.verbatim = setting.verbatim;
        if let Some(lead) = &lead {
            let element = if lead.element == setting.owner { None } else { Some(lead.element) };
            let index = text.look(Look { element, ..look.clone() });
            text.push(&lead.text, index, lead.at, lead.text.len());
        }
        let after_lead = text.items.len();
        self.push_inlines(content, &look, setting.owner, &mut text);
        text.prepare(self.style, self.metrics);
        let mut first = setting.first;
        if let Some(lead) = &lead {
            first -= lead.hang;
            hang_text(&mut text, after_lead, lead.hang);
        }
        if setting.verbatim {
            super::text::stop_tabs(&mut text, zi);
        }
        let room = (self.style.measure() - setting.left - setting.right).max(zi * 2);
        let hyphen = self.metrics.glyph(style.face, '-').map_or(Unit::ZERO, |g| zi.em(g.advance));
        let measure =
            Measure { first: (room - first).max(zi * 2), rest: room, em: zi, hanging: self.style.hanging, hyphen };
        let justified = style.align == Alignment::Justify;
        let mut start = 0;
        let ends: Vec<usize> = text.ends.iter().copied().chain([text.items.len()]).collect();
        // The last lines of the parts between forced breaks; they are not justified.
        let mut lasts = vec![];
        for end in ends {
            let measure = if start == 0 { measure } else { Measure { first: measure.rest, ..measure } };
            if start == end {
                extents.push(Extent { start, end, next: end, hyphen: false, hangs: false });
            } else if justified {
                self.breaker.justified(&text.items, start..end, &measure, text.hyphens, &mut extents);
            } else {
                self.breaker.ragged(&text.items, start..end, &measure, setting.balanced, &mut extents);
            }
            lasts.push(extents.len() - 1);
            start = end;
        }
        let mut lines = Vec::with_capacity(extents.len());
        let mut notes = text.notes.iter().peekable();
        let baseline = baseline(self.style.pitch_of(style), style.size);
        for (i, extent) in extents.iter().enumerate() {
            let indent = if i == 0 { first } else { Unit::ZERO };
            let full = if i == 0 { measure.first } else { measure.rest };
            let fill = justified && lasts.binary_search(&i).is_err();
            let mut set = line::set(&text, extent, fill.then_some(full), self.metrics);
            let spare = match style.align {
                Alignment::Justify | Alignment::Left => Unit::ZERO,
                Alignment::Center => (full - set.width) / 2,
                Alignment::Right => full - set.width,
            };
            let x = setting.left + indent + spare;
            for rule in &mut set.rules {
                rule.x += x;
                rule.y += baseline;
            }
            let mut referred = vec![];
            while let Some((_, note)) = notes.next_if(|(item, _)| *item < extent.next) {
                if !referred.contains(note) {
                    referred.push(*note);
                }
            }
            let span = span_of(&text, extent);
            let owner = Owner::Element(setting.owner);
            lines.push((Line { x, baseline, width: set.width, runs: set.runs, span, owner }, set.rules, referred));
        }
        for item in text.items.iter().filter(|item| item.glyph.is_none()) {
            let at = item.at as usize;
            self.missing.entry(item.text).or_insert((0, Span::new(at, at + item.text.len_utf8()))).0 += 1;
        }
        self.text = text;
        self.extents = extents;
        lines
    }

    fn push_inlines(&mut self, content: &[Inline], look: &Look, owner: ElementId, text: &mut Text) {
        for inline in content {
            let (start, len) = (inline.span.start, inline.span.len());
            let parent = look.element.unwrap_or(owner);
            match &inline.kind {
                InlineKind::Text(chars) => {
                    let index = text.look(look.clone());
                    text.push(chars, index, start, len);
                }
                InlineKind::Code(chars) => {
                    let index = text.look(Look { face: Face::Mono, ..look.clone() });
                    text.push(chars, index, start, len);
                }
                InlineKind::Strong(content) => {
                    self.push_inlines(content, &Look { face: Face::Hei, ..look.clone() }, owner, text);
                }
                InlineKind::Emphasis(content) => {
                    let face = if look.face == Face::Kai { Face::Hei } else { Face::Kai };
                    self.push_inlines(content, &Look { face, ..look.clone() }, owner, text);
                }
                InlineKind::Link { target, title: _, content } => {
                    let mut look = look.clone();
                    if !target.is_empty() && !target.starts_with('#') {
                        look.element = Some(self.structure.add_with(Tag::Link, parent, Detail::Uri(target.clone())));
                    }
                    self.push_inlines(content, &look, owner, text);
                }
                InlineKind::NoteRef { note } => {
                    let Some(footnote) = self.doc.footnotes.get(*note) else { continue };
                    let element = self.structure.add(Tag::Reference, parent);
                    self.references.push((element, *note));
                    text.notes.push((text.items.len(), *note));
                    let index = text.look(Look {
                        size: look.size.em(650),
                        zi: look.zi.em(650),
                        rise: look.size.em(300),
                        element: Some(element),
                        bound: true,
                        ..look.clone()
                    });
                    text.push(&display_label(&footnote.label), index, start, len);
                }
                InlineKind::Ruby { base, reading } => {
                    let index = text.look(look.clone());
                    text.push(base, index, start, len);
                    for part in ["（", reading.as_str(), "）"] {
                        text.push(part, index, start, 0);
                    }
                }
                InlineKind::Image(image) => {
                    let index = text.look(look.clone());
                    text.push(&image.alt, index, start, len);
                }
                InlineKind::Break => text.ends.push(text.items.len()),
            }
        }
    }
}

/// Thickness of a thin rule.
pub const HAIR: Unit = Unit(400);

fn plain_look(style: &TextStyle, zi: Unit) -> Look {
    Look { face: style.face, size: style.size, zi, rise: Unit::ZERO, element: None, verbatim: false, bound: false }
}

/// Where the baseline stands in a line of `pitch`: the em square in its middle, 0.88 em of it above the baseline.
pub fn baseline(pitch: Unit, size: Unit) -> Unit {
    (pitch - size) / 2 + size.em(880)
}

/// The least multiple of `step` that is not less than `length`.
fn round_up(length: Unit, step: Unit) -> Unit {
    let step = step.0.max(1);
    Unit((length.0 + step - 1) / step * step)
}

/// Moves the text after a mark of `after_lead` items to `hang` from its left edge.
fn hang_text(text: &mut Text, after_lead: usize, hang: Unit) {
    let (Some(lead), true) = (text.items.get(..after_lead), after_lead < text.items.len()) else { return };
    let width = lead.iter().map(|item| item.body).sum::<Unit>()
        + lead.iter().skip(1).map(|item| item.glue.natural).sum::<Unit>();
    if let Some(first) = text.items.get_mut(after_lead) {
        let least = first.glue.natural;
        first.glue = super::ladder::Glue { natural: least.max(hang - width), ..super::ladder::Glue::RIGID };
        first.bond = first.bond.max(super::text::Bond::Kept);
    }
}

fn span_of(text: &Text, extent: &Extent) -> Span<Normal> {
    let items = text.items.get(extent.start..extent.next).unwrap_or_default();
    let start = items.first().map_or(0, |item| item.at as usize);
    let end = items.last().map_or(start, |item| item.at as usize + item.text.len_utf8());
    Span::new(start, end.max(start))
}
