//! A paragraph: its inlines flattened, broken into lines, each line set.

use super::breaking::{Extent, Measure};
use super::flow::{Flow, Frame, HAIR, baseline};
use super::gloss;
use super::inset::insets;
use super::ladder::{Glue, REPORTED};
use super::line;
use super::office::{self, Hang, record};
use super::page::{Course, Detail, ElementId, Line, Owner, Picture, Rule, Tag};
use super::slug::Slug;
use super::text::{Bond, Look, Text};
use crate::chinese::bullets::{bullet, drawn};
use crate::document::*;
use crate::span::{Normal, Span};
use crate::style::{Alignment, Emphasis, Face, TextStyle};
use crate::unit::Unit;

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
#[derive(Clone, Copy)]
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
    /// Whether what is left of its line goes into its widest gap.
    pub spread: bool,
    /// The label that it begins with, below whose end its other lines stand.
    pub hang: Option<Hang>,
    /// Whether a sentence may lead into it in the face of its level.
    pub led_in: bool,
    /// How high pictures in it may be; none where only their descriptions stand in it.
    pub pictures: Option<Unit>,
    /// Whether it has its place and is not seen: the signs of a line that is drawn.
    pub unseen: bool,
}

/// A line that has been set, on a strip of paper of its own, with what belongs to it.
pub struct Strip {
    /// The line.
    pub line: Line,
    /// Its rules.
    pub rules: Vec<Rule>,
    /// The pictures in it.
    pub pictures: Vec<Picture>,
    /// The notes that it refers to.
    pub notes: Vec<usize>,
    /// Height of the paper: the pitch, and what pictures need above it.
    pub height: Unit,
}

/// Whether the mark of an item is one character with a space behind it.
fn is_bullet(mark: &str) -> bool {
    mark.ends_with(' ') && mark.chars().count() == 2
}

/// What shows, before a line of code at `left`, that it goes on with the line above: a corner.
fn goes_on(left: Unit, baseline: Unit, zi: Unit) -> [Rule; 2] {
    let (x, y) = (left - zi.em(700), baseline - zi.em(300));
    [Rule::bar(x, y - zi.em(350), HAIR, zi.em(350)), Rule::bar(x, y, zi.em(400), HAIR)]
}

/// No line has so many characters.
const BEYOND: usize = 10_000;
/// Narrowest column that indents leave, in characters.
const NARROWEST: i32 = 8;

impl<'a> Flow<'a> {
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
            spread: false,
            hang: None,
            led_in: false,
            pictures: Some(self.style.picture_height()),
            unseen: false,
        }
    }

    /// `edge` moved in by `indent`, if that leaves room enough.
    pub(super) fn indented(&self, edge: Unit, other: Unit, indent: Unit) -> Unit {
        let room = self.measure - self.style.body.size * NARROWEST;
        if edge + indent + other <= room { edge + indent } else { edge }
    }

    /// Natural width of a short text.
    pub(super) fn width(&mut self, text: &str, style: &TextStyle) -> Unit {
        self.widths(text, style).0
    }

    /// Natural width of a short text, and that of the longest piece of it that lines part only against a rule.
    pub(super) fn widths(&mut self, text: &str, style: &TextStyle) -> (Unit, Unit) {
        let zi = self.style.zi(style);
        let mut buffer = std::mem::take(&mut self.text);
        buffer.clear();
        let look = buffer.look(plain_look(style, zi));
        buffer.push(text, look, 0, 0);
        buffer.prepare(self.style, self.metrics);
        let (mut width, mut piece, mut longest) = (Unit::ZERO, Unit::ZERO, Unit::ZERO);
        for item in buffer.items.iter().take(BEYOND) {
            width += item.glue.natural + item.body;
            piece = if item.bond == Bond::Free { item.body } else { piece + item.glue.natural + item.body };
            longest = longest.max(piece);
        }
        let space = buffer.items.last().is_some_and(|item| item.class.is_space());
        self.text = buffer;
        (if space { width + zi / 3 } else { width }, longest)
    }

    /// Sets a paragraph; gives the number of its lines.
    pub(super) fn set(&mut self, content: &[Inline], setting: &Setting<'_>, lead: Option<Lead>) -> usize {
        let lines = self.lines(content, setting, lead);
        let on_grid = self.on_grid(self.style.pitch_of(setting.style));
        let had = self.slugs.len();
        let count = lines.len();
        for Strip { line, rules, pictures, notes, height } in lines {
            let lines = if line.runs.is_empty() { vec![] } else { vec![line] };
            self.push(Slug { lines, rules, pictures, notes, height, on_grid, ..Slug::default() });
        }
        self.keep_together(had);
        count
    }

    /// Gives the mark of an item the glyph of the bullet that is meant.
    fn draw_bullet(&self, text: &mut Text, lead: &Lead, style: &TextStyle) {
        let Some(mark) = text.items.first_mut().filter(|mark| is_bullet(&lead.text) && drawn(mark.text) != mark.text)
        else {
            return;
        };
        if let Some(found) = self.metrics.glyph(style.face, drawn(mark.text)) {
            let width = self.style.zi(style).em(found.advance);
            (mark.glyph, mark.advance, mark.body) = (Some((found.font, found.glyph)), width, width);
        }
    }

    /// Breaks and sets the lines of a paragraph. There is at least one.
    pub(super) fn lines(&mut self, content: &[Inline], setting: &Setting<'_>, lead: Option<Lead>) -> Vec<Strip> {
        let style = setting.style;
        let zi = self.style.zi(style);
        let mut text = std::mem::take(&mut self.text);
        let mut extents = std::mem::take(&mut self.extents);
        text.clear();
        extents.clear();
        let room = (self.measure - setting.left - setting.right).max(zi * 2);
        text.room = room;
        text.pictures = setting.pictures;
        text.may_run_leftward = lead.is_none() && !setting.verbatim;
        let mut look = plain_look(style, zi);
        look.verbatim = setting.verbatim;
        look.unseen = setting.unseen;
        if let Some(lead) = &lead {
            let element = if lead.element == setting.owner { None } else { Some(lead.element) };
            let index = text.look(Look { element, ..look.clone() });
            text.push(&lead.text, index, lead.at, lead.text.len());
        }
        let after_lead = text.items.len();
        self.push_inlines(content, &look, setting.owner, &mut text);
        if setting.led_in {
            office::restyle(&mut text, self.style);
        }
        if let Some(hang) = setting.hang {
            hang.dress(&mut text);
        }
        text.prepare(self.style, self.metrics);
        let whole = Extent { start: 0, end: text.items.len(), next: text.items.len(), hyphen: false, hangs: false };
        self.findings.hidden(text.hidden, span_of(&text, &whole));
        let mut first = setting.first;
        if let Some(lead) = &lead {
            first -= lead.hang;
            self.draw_bullet(&mut text, lead, style);
            hang_text(&mut text, after_lead, lead.hang);
        }
        if let Some(hang) = setting.hang {
            hang.keep(&mut text);
        }
        if setting.verbatim {
            super::text::stop_tabs(&mut text, zi);
        }
        if setting.spread {
            record::spread(&mut text, room - first);
        }
        let hyphen = self.metrics.glyph(style.face, '-').map_or(Unit::ZERO, |g| zi.em(g.advance));
        let measure = Measure {
            first: (room - first).max(zi * 2),
            rest: room,
            em: zi,
            hanging: self.style.hanging,
            hyphen,
            code: setting.verbatim,
        };
        let justified = style.align == Alignment::Justify;
        let mut start = 0;
        let ends: Vec<usize> = text.ends.iter().copied().chain([text.items.len()]).collect();
        // The last lines of the parts between forced breaks; they are not justified.
        let mut lasts = vec![];
        for end in ends {
            let measure = if start == 0 { measure } else { Measure { first: measure.rest, ..measure } };
            let glossed = text.glosses.iter().any(|gloss| gloss.within(&(start..end)));
            if start == end {
                extents.push(Extent { start, end, next: end, hyphen: false, hangs: false });
            } else if glossed {
                gloss::columns(&mut text, start..end, (&measure, justified), &self.style.gloss, &mut extents);
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
        let pitch = self.style.pitch_of(style);
        let baseline = baseline(pitch, style.size);
        for (i, extent) in extents.iter().enumerate() {
            let indent = if i == 0 { first } else { Unit::ZERO };
            let full = if i == 0 { measure.first } else { measure.rest };
            let fill = justified && lasts.binary_search(&i).is_err();
            let fill = fill.then_some(line::Fill { measure: full, em: zi });
            // The place of a picture, whose height counts, is among the glyphs.
            let mut set = if self.shown || !text.insets.is_empty() {
                line::set(&text, extent, fill, self.metrics)
            } else {
                line::measured(&text, extent, fill, self.metrics)
            };
            let spare = match style.align {
                Alignment::Justify | Alignment::Left => Unit::ZERO,
                Alignment::Center => (full - set.width) / 2,
                Alignment::Right => full - set.width,
            };
            // What runs to the left begins at the right, where its indent is too.
            let (indent, spare) = match style.align {
                Alignment::Justify | Alignment::Left if text.leftward => (Unit::ZERO, full - set.width),
                Alignment::Justify | Alignment::Left | Alignment::Center | Alignment::Right => (indent, spare),
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
            let widened = (i64::from(set.widened.0) * 1000 / i64::from(zi.0.max(1))) as i32;
            if widened > REPORTED {
                self.findings.loose(widened, span);
            }
            if set.ragged {
                self.findings.ragged(span);
            }
            let owner = Owner::Element(setting.owner);
            let mut line = Line { x, baseline, width: set.width, runs: set.runs, span, owner, course: Course::Level };
            let mut pictures = insets(&text, &line);
            // A picture that is higher than its line has room for takes whole lines of the page above it.
            let over = pictures.iter().map(|picture| -picture.y).max().unwrap_or_default().max(Unit::ZERO);
            let grid = self.style.pitch.0.max(1);
            let over = Unit((over.0 + grid - 1) / grid * grid);
            if setting.verbatim && !setting.unseen && i > 0 {
                set.rules.extend(goes_on(setting.left, baseline, zi));
            }
            line.baseline += over;
            set.rules.iter_mut().for_each(|rule| rule.y += over);
            pictures.iter_mut().for_each(|picture| picture.y += over);
            lines.push(Strip { line, rules: set.rules, pictures, notes: referred, height: pitch + over });
        }
        for item in text.items.iter().filter(|item| item.glyph.is_none() && bullet(item.text).is_none()) {
            let at = item.at as usize;
            self.findings.missing(item.text, Span::new(at, at + item.text.len_utf8()));
        }
        self.text = text;
        self.extents = extents;
        lines
    }

    pub(super) fn push_inlines(&mut self, content: &[Inline], look: &Look, owner: ElementId, text: &mut Text) {
        for inline in content {
            let (start, len) = (inline.span.start, inline.span.len());
            let parent = look.element.unwrap_or(owner);
            match &inline.kind {
                InlineKind::Text(chars) => self.push_text(chars, (start, len), look, parent, text),
                InlineKind::Code(chars) => {
                    let index = text.look(Look { face: Face::Mono, ..look.clone() });
                    text.push(chars, index, start, len);
                }
                InlineKind::Strong(content) => {
                    self.push_inlines(content, &Look { face: Face::HeiBold, ..look.clone() }, owner, text);
                }
                InlineKind::Emphasis(content) => {
                    let look = match self.style.emphasis {
                        Emphasis::Dots => Look { dotted: true, ..look.clone() },
                        Emphasis::Face if look.face == Face::Kai => Look { face: Face::HeiBold, ..look.clone() },
                        Emphasis::Face => Look { face: Face::Kai, ..look.clone() },
                    };
                    self.push_inlines(content, &look, owner, text);
                }
                InlineKind::Underline { mark, content } => {
                    let element = self.structure.add_with(Tag::Span, parent, Detail::Underline(*mark));
                    let look = Look { element: Some(element), underline: Some((*mark, element)), ..look.clone() };
                    self.push_inlines(content, &look, owner, text);
                }
                InlineKind::Link { target, title: _, content } => {
                    let mut look = look.clone();
                    match self.anchors.destination(target) {
                        Some(Destination::Address(address)) => {
                            look.element = Some(self.structure.add_with(Tag::Link, parent, Detail::Uri(address)));
                        }
                        Some(Destination::Heading(heading)) => {
                            let element = self.structure.add(Tag::Link, parent);
                            self.leads.push((element, heading));
                            look.element = Some(element);
                        }
                        None => {}
                    }
                    self.push_inlines(content, &look, owner, text);
                }
                InlineKind::NoteRef { note } => {
                    let Some(footnote) = self.doc.footnotes.get(*note) else { continue };
                    let element = match footnote.kind {
                        NoteKind::Own => {
                            let element = self.structure.add(Tag::Reference, parent);
                            self.references.push((element, *note));
                            Some(element)
                        }
                        NoteKind::Target => None,
                    };
                    text.notes.push((text.items.len(), *note));
                    let index = text.look(Look {
                        size: look.size.em(650),
                        zi: look.zi.em(650),
                        rise: look.size.em(300),
                        element,
                        bound: true,
                        silent: !footnote.is_own(),
                        ..look.clone()
                    });
                    text.push(&display_label(&footnote.label), index, start, len);
                }
                InlineKind::Gloss(content) => self.push_gloss(content, look, (owner, parent), text),
                InlineKind::Ruby { base, reading } => {
                    self.push_ruby((base, reading), look, parent, (start, len), text);
                }
                InlineKind::Image(image) => self.push_picture(image, look, parent, (start, len), text),
                InlineKind::Break => text.ends.push(text.items.len()),
            }
        }
    }
}

pub(super) fn plain_look(style: &TextStyle, zi: Unit) -> Look {
    Look { face: style.face, size: style.size, zi, colour: style.colour, ..Look::default() }
}

/// Moves the text after a mark of `after_lead` items to `hang` from its left edge.
fn hang_text(text: &mut Text, after_lead: usize, hang: Unit) {
    let (Some(lead), true) = (text.items.get(..after_lead), after_lead < text.items.len()) else { return };
    let width = lead.iter().map(|item| item.body).sum::<Unit>()
        + lead.iter().skip(1).map(|item| item.glue.natural).sum::<Unit>();
    if let Some(first) = text.items.get_mut(after_lead) {
        let least = first.glue.natural;
        first.glue = Glue { natural: least.max(hang - width), ..Glue::RIGID };
        first.bond = first.bond.max(Bond::Kept);
    }
}

pub(super) fn span_of(text: &Text, extent: &Extent) -> Span<Normal> {
    let items = text.items.get(extent.start..extent.next).unwrap_or_default();
    let start = items.first().map_or(0, |item| item.at as usize);
    let end = items.last().map_or(start, |item| item.at as usize + item.text.len_utf8());
    Span::new(start, end.max(start))
}
