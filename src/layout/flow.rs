//! The blocks of a document as a row of slugs, ready to be divided into pages.

use super::breaking::{Breaker, Extent};
use super::findings::Findings;
use super::page::{Detail, ElementId, Tag};
use super::paragraph::{Lead, Setting};
use super::pending::{Above, Pending};
use super::slug::Slug;
use super::structure::Structure;
use super::text::Text;
use super::{Metrics, OutlineItem};
use crate::chinese::drawing::joins;
use crate::chinese::words::Word;
use crate::document::*;
use crate::span::{Normal, Span};
use crate::style::{Alignment, Lists, Style, TextStyle};
use crate::unit::Unit;

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

/// A document on its way to the pages.
pub struct Flow<'a> {
    pub(super) doc: &'a Document,
    pub(super) style: &'a Style,
    pub(super) metrics: &'a dyn Metrics,
    /// Whether its lines are to be seen; else they are broken and counted, and no glyph is placed.
    pub(super) shown: bool,
    /// Width of the column, or of what stands across all of them.
    pub(super) measure: Unit,
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
    /// Where links may lead.
    pub(super) anchors: Anchors,
    /// Links to headings, by their number.
    pub leads: Vec<(ElementId, usize)>,
    /// What could not be set as it should.
    pub findings: Findings,
    /// Whether the block at hand leads to the wish at the end of a letter, and stands at the foot of its column.
    pub(super) leads_to_wish: bool,
    /// How the block at hand stands, if it says who signs.
    pub(super) signing: Signing,
    /// What is owed to what comes next.
    pending: Pending,
    pub(super) text: Text,
    pub(super) breaker: Breaker,
    pub(super) extents: Vec<Extent>,
}

impl<'a> Flow<'a> {
    /// A flow that has nothing yet.
    pub fn new(doc: &'a Document, style: &'a Style, metrics: &'a dyn Metrics, shown: bool) -> Self {
        Flow {
            doc,
            style,
            metrics,
            shown,
            measure: style.measure(),
            structure: Structure::new(),
            slugs: vec![],
            heads: vec![],
            outline: vec![],
            chapters: vec![],
            references: vec![],
            anchors: Anchors::of(&doc.outline()),
            leads: vec![],
            findings: Findings::default(),
            leads_to_wish: false,
            signing: Signing::default(),
            pending: Pending::default(),
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
        let above = self.pending.begin(&block.kind);
        let had = self.slugs.len();
        // A line that keeps to the heading above it holds what stands below it as long as a page has room for all.
        let yields = text_like && self.pending.ties == 1;
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading, above, frame, lead.take()),
            BlockKind::Paragraph { role, content } => self.paragraph(*role, content, above, frame, lead.take()),
            BlockKind::List(list) => self.list(list, frame),
            BlockKind::Quote(blocks) => self.quote(blocks, frame, lead.take()),
            BlockKind::Verse(stanzas) => self.verse(stanzas, frame),
            BlockKind::Code { language: _, text } => self.code(text, block.span, frame),
            BlockKind::Table(table) => self.table(table, frame),
            BlockKind::Divider { ornament } => self.divider(ornament, block.span, frame),
            BlockKind::Image(image) => self.image(image, block.span, frame, lead.take()),
        }
        if let Some(first) = self.slugs.get_mut(had) {
            first.yields |= yields;
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

    /// Sets a heading. The data of a post `above` it belong to it, but the title of the whole text keeps its distance from what stands
    /// above it.
    fn heading(&mut self, heading: &'a Heading, above: Option<Above>, frame: &Frame<'a>, lead: Option<Lead>) {
        let posted = above.is_some_and(|above| above.posted) && !heading.title;
        if posted {
            self.pending.space = Unit::ZERO;
        }
        let style = self.heading_style(heading);
        let level = heading.level.clamp(1, 6);
        let owner = self.add_said(Tag::Heading(level), frame.parent, &heading.content);
        let had = self.slugs.len();
        let setting = Setting { balanced: true, ..self.setting(style, frame, owner) };
        self.set(&heading.content, &setting, lead);
        for slug in self.slugs.iter_mut().skip(had + usize::from(!posted)) {
            slug.kept = true;
        }
        self.fill_lines(had, style);
        self.pending.ties = 2;
    }

    /// Whether right above block `index`, which is a heading, stands the title of the text, and some text above that.
    pub(super) fn titled_below_text(&self, index: usize) -> bool {
        let [.., above, _] = self.outline.as_slice() else { return false };
        let title = matches!(self.doc.blocks.get(above.block).map(|block| &block.kind), Some(BlockKind::Heading(heading)) if heading.title);
        title && above.block + 1 == index && self.slugs.first().is_some_and(|first| first.heading.is_none())
    }

    /// Whether a line of this height stands on the grid of body lines.
    pub(super) fn on_grid(&self, height: Unit) -> bool {
        height == self.style.pitch
    }

    /// Keeps the next `count` slugs with what is before them.
    pub(super) fn tie(&mut self, count: u8) {
        self.pending.ties = self.pending.ties.max(count);
    }

    /// Owes nothing but `space` to what comes next.
    pub(super) fn owe(&mut self, space: Unit) {
        self.pending = Pending { space, ..Pending::default() };
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
        self.pending.space = after + Unit(rest / 2);
    }

    /// How a heading looks.
    pub fn heading_style(&self, heading: &Heading) -> &'a TextStyle {
        let level = usize::from(heading.level.clamp(1, 6));
        if heading.title { &self.style.title } else { &self.style.headings[level - 1] }
    }

    /// Sets a paragraph that stands below the one `above`.
    fn paragraph(
        &mut self,
        role: Role,
        content: &'a [Inline],
        above: Option<Above>,
        frame: &Frame<'a>,
        lead: Option<Lead>,
    ) {
        if role == Role::NotesHead {
            self.unseen_text(content);
            return;
        }
        let role_above = above.map(|above| above.role);
        let style = self.body_style(role, frame);
        let leads = self.leads_to_wish && frame.parent == Structure::ROOT;
        let at_foot = leads.then(|| TextStyle { align: Alignment::Right, first_indent: 0, ..style.clone() });
        let style = at_foot.as_ref().unwrap_or(style);
        let owner = self.add_said(Tag::Paragraph, frame.parent, content);
        let mut setting = self.setting(style, frame, owner);
        setting.balanced = style.align == Alignment::Center;
        setting.spread = role == Role::PrintRecord && self.style.record_at_foot;
        // The numbers of further attachments stand below that of the first, which comes after `附件：` (GB/T 9704 7.3.4).
        if (role, role_above) == (Role::Attachment, Some(Role::Attachment))
            && self.style.office.is_none()
            && inline_text(self.doc, content).starts_with(|c: char| c.is_numeric())
        {
            setting.first += self.style.zi(style) * 3;
        }
        // Between paragraphs of one role there is no space.
        if role_above == Some(role) {
            self.pending.space = Unit::ZERO;
        } else {
            self.pending.space += self.style.pitch.em(style.before);
        }
        // Data that do not stand below a heading begin something new.
        let begins = self.pending.ties == 0 && matches!(role_above, None | Some(Role::Body));
        if role == Role::Imprint && begins && !self.slugs.is_empty() {
            self.pending.space = self.pending.space.max(self.style.pitch.em(style.after));
        }
        let posted = role == Role::Imprint && (begins || above.is_some_and(|above| above.posted));
        let had = self.slugs.len();
        if role == Role::Signature && self.signing != Signing::Right && frame.parent == Structure::ROOT {
            self.party(content, &setting);
        } else if self.style.office.is_some() && frame.parent == Structure::ROOT {
            self.office_paragraph(role, content, role_above == Some(role), &setting);
        } else {
            setting.led_in = self.style.office.is_some() && role == Role::Body;
            self.set(content, &setting, lead);
        }
        if role == Role::Signature {
            // Who signs, and when, is not parted from what is signed.
            self.keep_with_text_before(had);
        }
        let run = above.filter(|above| above.role == role).map_or(0, |above| above.lines);
        let lines = run + self.slugs.len() - had;
        if role == Role::Attachment && run > 0 && lines <= LISTED {
            self.keep_with_text_before(had);
        }
        if leads {
            self.tie(1);
        }
        // Captions of tables stand above them, those of pictures below.
        if role == Role::Caption && !Word::FigureName.is_in(&inline_text(self.doc, content)) {
            self.tie(1);
        }
        self.pending.space = self.style.pitch.em(style.after);
        let announces =
            matches!(content.last(), Some(Inline { kind: InlineKind::Text(text), .. }) if text.ends_with(['：', ':']));
        self.pending.above = Some(Above { role, posted, announces, lines });
    }

    /// Sets something with the space that its style asks for above and below.
    pub(super) fn spaced(&mut self, style: &TextStyle, set: impl FnOnce(&mut Self)) {
        self.pending.space += self.style.pitch.em(style.before);
        set(self);
        self.pending.space += self.style.pitch.em(style.after);
    }

    fn list(&mut self, list: &'a List, frame: &Frame<'a>) {
        let list_element = self.structure.add_with(Tag::List, frame.parent, Detail::List(list.marker));
        let style = self.body_style(Role::Body, frame);
        let zi = self.style.zi(style);
        let last = list.items.len().saturating_sub(1);
        let widest = [0, last].map(|i| self.width(&shown_marker(list.marker, i), style)).into_iter().max();
        let hang = round_up(widest.unwrap_or(Unit::ZERO), zi);
        // What no mark sets off from the text above it stands further in than that.
        let further = !frame.flush || list.marker == Marker::None;
        let start = if further { self.indented(frame.left, frame.right, zi * 2) } else { frame.left };
        let left = self.indented(start, frame.right, hang);
        // As paragraphs, where the style sets them so.
        let flush = self.style.lists == Lists::Flush && list.marker != Marker::None;
        let (start, left) = if flush { (frame.left, frame.left) } else { (start, left) };
        for (i, item) in list.items.iter().enumerate() {
            let element = self.structure.add(Tag::ListItem, list_element);
            let text = marker_text(list.marker, i);
            let hang = if left > start { hang } else { Unit::ZERO };
            let lead = (!text.is_empty()).then(|| {
                let label = self.structure.add(Tag::Label, element);
                Lead { text, element: label, at: item.span.start, hang }
            });
            let body = self.structure.add(Tag::ListBody, element);
            let frame = Frame { left, parent: body, flush: !flush, ..*frame };
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

    /// Sets verse; where the style centres it, as a block: its longest line stands in the middle, and all begin with it (E6).
    fn verse(&mut self, stanzas: &'a [Stanza], frame: &Frame<'a>) {
        let style = &self.style.verse;
        let zi = self.style.zi(style);
        let parent = self.structure.add(Tag::BlockQuote, frame.parent);
        let frame = Frame { parent, ..*frame };
        let line_style = TextStyle { align: Alignment::Left, ..style.clone() };
        let mut inset = Unit::ZERO;
        if style.align == Alignment::Center {
            let lines = stanzas.iter().flat_map(|stanza| &stanza.lines);
            let widest = lines.map(|line| self.width(&inline_text(self.doc, &line.content), style)).max();
            let room = self.measure - frame.left - frame.right;
            inset = ((room - widest.unwrap_or_default()) / 2).max(Unit::ZERO);
        }
        self.spaced(style, |flow| {
            for (s, stanza) in stanzas.iter().enumerate() {
                if s > 0 {
                    flow.pending.space += flow.style.pitch;
                }
                let had = flow.slugs.len();
                for line in &stanza.lines {
                    let owner = flow.add_said(Tag::Paragraph, parent, &line.content);
                    let mut setting = flow.setting(&line_style, &frame, owner);
                    // What is too long for a line goes on further in.
                    setting.left = flow.indented(setting.left + inset, setting.right, zi * 2);
                    setting.first -= zi * 2;
                    flow.set(&line.content, &setting, None);
                }
                flow.keep_together(had);
            }
        });
    }

    fn code(&mut self, text: &str, span: Span<Normal>, frame: &Frame<'a>) {
        let style = &self.style.code;
        let solid = is_picture(text).then(|| TextStyle { pitch: Some(style.size), ..style.clone() });
        let style = solid.as_ref().unwrap_or(style);
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

    /// Keeps what was set from slug `had` on on the page of what is before it.
    pub(super) fn keep_with_text_before(&mut self, had: usize) {
        if had > 0 {
            self.slugs.iter_mut().skip(had).for_each(|slug| slug.kept = true);
        }
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
        self.pending.settle(&mut slug);
        self.slugs.push(slug);
    }
}

/// Whether lines and blocks of `text` go on from one line to the next: such a picture is set solid, lest it fall apart.
fn is_picture(text: &str) -> bool {
    let drawn = |line: &str| line.contains(joins);
    let mut lines = text.split('\n').map(drawn);
    let mut before = lines.next().unwrap_or(false);
    lines.any(|here| std::mem::replace(&mut before, here) && here)
}

/// A list of what is attached stands on one page as long as it has no more lines.
const LISTED: usize = 8;

/// Thickness of a thin rule.
pub const HAIR: Unit = Unit(400);

/// Where the baseline stands in a line of `pitch`: the em square in its middle, 0.88 em of it above the baseline.
pub fn baseline(pitch: Unit, size: Unit) -> Unit {
    (pitch - size) / 2 + size.em(880)
}

/// The least multiple of `step` that is not less than `length`.
fn round_up(length: Unit, step: Unit) -> Unit {
    let step = step.0.max(1);
    Unit((length.0 + step - 1) / step * step)
}
