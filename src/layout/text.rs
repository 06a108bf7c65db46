//! The text of a paragraph as a row of items: each character with its class, its glyph, its body, and the glue before it.

use super::accents;
use super::bidi;
use super::column::{self, Cell};
use super::gloss::{self, Gloss};
use super::inset::{self, Inset};
use super::judou;
use super::ladder::{Glue, SPACE, Squeeze, Stretch};
use super::page::{ElementId, FontId, Posture};
use super::ruby::{self, Ruby};
use super::shaped::{self, Shaped};
use super::word;
use super::{GlyphMetrics, Metrics};
use crate::chinese::bullets::bullet;
use crate::chinese::class::{Class, resolve};
use crate::chinese::fold::fold;
use crate::chinese::kinsoku::{may_begin, may_end};
use crate::chinese::numbering::is_article;
use crate::chinese::numeral::is_numeral;
use crate::document::Underline;
use crate::style::{Colour, Direction, Face, Marks, Punctuation, Style};
use crate::unit::Unit;

/// How a stretch of characters is set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// Typeface.
    pub face: Face,
    /// Size of the glyphs.
    pub size: Unit,
    /// Width of a full-width character, which may differ from its size.
    pub zi: Unit,
    /// How far above the baseline.
    pub rise: Unit,
    /// The inline element that it belongs to.
    pub element: Option<ElementId>,
    /// Kept verbatim: no glue, every space as wide as it is.
    pub verbatim: bool,
    /// Hangs on to what stands before it: a reference mark.
    pub bound: bool,
    /// Has its place and is not seen: the brackets of ruby.
    pub unseen: bool,
    /// Is seen and no part of the text: the mark of a note that says where a link leads.
    pub silent: bool,
    /// Has its place and no room, and is not seen: a mark of a column.
    pub told: bool,
    /// What is seen of a mark that is not, at the lower right of the character before it: a sign, the size of the text, and that of the sign in
    /// thousandths of it.
    pub sign: Option<(char, Unit, i32)>,
    /// Has a dot below each character (E8).
    pub dotted: bool,
    /// Its colour, where it is not black.
    pub colour: Option<Colour>,
    /// The line under it, and the element that one line is drawn for.
    pub underline: Option<(Underline, ElementId)>,
}

/// Where a line may end before a character, from freely to never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// Freely.
    Free,
    /// At a hyphenation point, when a line needs it.
    Hyphen,
    /// Inside a word, when it is longer than a line (B6).
    Word,
    /// Against a prohibition, when what it holds together is longer than a line.
    Kept,
    /// Never: inside —— and …… (B4), before a combining mark.
    Whole,
}

/// A character in its place.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// The character.
    pub text: char,
    /// Its class in this paragraph.
    pub class: Class,
    /// Index of its look.
    pub look: u16,
    /// How it stands in a column.
    pub posture: Posture,
    /// Its glyph, if a font has it.
    pub glyph: Option<(FontId, u16)>,
    /// Advance of the glyph.
    pub advance: Unit,
    /// Width of its body, without the blank half of a mark.
    pub body: Unit,
    /// From the left edge of the body to that of the glyph; negative where a blank half in front is left out.
    pub lead: Unit,
    /// What stands before it.
    pub glue: Glue,
    /// Whether a line may begin with it.
    pub bond: Bond,
    /// Offset in the normalized text.
    pub at: u32,
}

/// A paragraph, flattened.
#[derive(Debug, Default)]
pub struct Text {
    /// Its characters.
    pub items: Vec<Item>,
    /// The looks that they refer to.
    pub looks: Vec<Look>,
    /// Forced line ends: each is the index of the first item of the next line.
    pub ends: Vec<usize>,
    /// Notes referred to: index of the item, index of the note.
    pub notes: Vec<(usize, usize)>,
    /// Its rubies.
    pub rubies: Vec<Ruby>,
    /// Its notes in two half columns, in order.
    pub glosses: Vec<Gloss>,
    /// Its pictures.
    pub insets: Vec<Inset>,
    /// Its words that are shaped, in order.
    pub shaped: Vec<Shaped>,
    /// The level of each of its items, where some run from right to left.
    pub levels: Vec<u8>,
    /// Whether it may run from right to left as a whole.
    pub may_run_leftward: bool,
    /// Whether it does.
    pub leftward: bool,
    /// What holds together in it, in columns only.
    pub cells: Vec<Cell>,
    /// Whether its lines are columns.
    pub vertical: bool,
    /// How high its pictures may be; none where only their descriptions stand in it.
    pub pictures: Option<Unit>,
    /// Width of its lines.
    pub room: Unit,
    /// How many of its marks are not seen in it, nor beside it.
    pub hidden: usize,
    /// Whether it has a hyphenation point.
    pub hyphens: bool,
    /// Room for the classes of its characters while they are chosen.
    classes: Vec<Class>,
}

impl Text {
    /// Empties it, to be used again.
    pub fn clear(&mut self) {
        self.items.clear();
        self.looks.clear();
        self.ends.clear();
        self.notes.clear();
        self.rubies.clear();
        self.glosses.clear();
        self.insets.clear();
        self.shaped.clear();
        self.levels.clear();
        self.may_run_leftward = false;
        self.leftward = false;
        self.cells.clear();
        self.vertical = false;
        self.hidden = 0;
        self.hyphens = false;
    }

    /// Adds a look and gives its index.
    pub fn look(&mut self, look: Look) -> u16 {
        if self.looks.last() != Some(&look) {
            // More looks than there are indexes share the last one.
            if self.looks.len() < usize::from(u16::MAX) {
                self.looks.push(look);
            }
        }
        (self.looks.len() - 1) as u16
    }

    /// Adds characters that stand at `start` of the normalized text; all at that one place unless they fill `len` bytes.
    pub fn push(&mut self, text: &str, look: u16, start: usize, len: usize) {
        let exact = len == text.len();
        self.items.extend(text.char_indices().map(|(offset, c)| Item {
            text: c,
            class: Class::of(c),
            look,
            posture: Posture::Upright,
            glyph: None,
            advance: Unit::ZERO,
            body: Unit::ZERO,
            lead: Unit::ZERO,
            glue: Glue::RIGID,
            bond: Bond::Free,
            at: u32::try_from(if exact { start + offset } else { start }).unwrap_or(u32::MAX),
        }));
    }

    /// Chooses classes, finds glyphs, and puts glue and bonds between the characters.
    pub fn prepare(&mut self, style: &Style, metrics: &dyn Metrics) {
        self.resolve_classes();
        if style.direction == Direction::Vertical {
            judou::hide(self, style);
            column::pose(self, style);
        }
        let mut units = 0;
        let mut marks = false;
        // The last character that is no mark on another: what belongs to it is nothing to the one after it.
        let mut base = None;
        for i in 0..self.items.len() {
            let look = &self.looks[usize::from(self.items[i].look)];
            let (done, rest) = self.items.split_at_mut(i);
            let Some((item, after)) = rest.split_first_mut() else { continue };
            shape(item, look, style, metrics);
            marks |= item.class == Class::Combining;
            let last = if item.class == Class::Combining { base } else { base.replace(i) };
            let Some(at) = last else { continue };
            let before = &done[at];
            // Most of a text is Han beside Han, of which nothing more need be known.
            let plain = before.class == Class::Han && item.class == Class::Han && item.glyph.is_some();
            if plain && !look.verbatim && !look.bound {
                (item.glue, item.bond) = (Glue::EVEN, Bond::Free);
                units = 0;
                continue;
            }
            let prior = done[..at].iter().rev().find(|item| !self.looks[usize::from(item.look)].told);
            if matches!(item.class, Class::Dash | Class::Ellipsis) && item.text == before.text {
                units += 1;
            } else {
                units = 0;
            }
            item.glue = glue(prior, before, item, look, style, metrics);
            item.bond = bond(before, item, style);
            let spaced = before.text == ' ' && style.western_gap > 0 && is_full(item, look.zi);
            if spaced && prior.is_some_and(|prior| is_full(prior, look.zi)) {
                // Two marks stand as if there were no space between them (C1).
                done[at].glue = Glue::RIGID;
            }
            if item.bond >= Bond::Kept && item.glue.stretch == Stretch::Even {
                // What a line may not part is not drawn apart either: a mark keeps to what it closes or opens.
                item.glue.stretch = Stretch::Rigid;
            }
            // An odd one at the end of a run belongs to the pair before it.
            let odd = units > 0 && after.first().is_none_or(|next| next.text != item.text);
            if units % 2 == 1 || odd {
                item.bond = Bond::Whole;
                item.glue = Glue::RIGID;
            }
            if look.verbatim {
                item.glue = Glue::RIGID;
            } else if look.bound {
                item.bond = item.bond.max(Bond::Kept);
                item.glue = Glue::RIGID;
            }
            if item.glyph.is_none() {
                // A frame takes room, whatever it stands for.
                item.bond = item.bond.min(Bond::Kept);
            }
        }
        column::hold(self);
        self.keep_marks_across_spaces(style);
        self.part_number(style);
        self.part_words(style);
        shaped::place(self, metrics);
        bidi::resolve(self, metrics);
        if marks {
            accents::place(self, metrics);
        }
        ruby::place(self);
        gloss::place(self);
        judou::place(self, style);
        inset::place(self);
    }

    fn resolve_classes(&mut self) {
        let shared = |c| matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '–' | '―' | '‥');
        if !self.items.iter().any(|item| item.class != Class::Han && shared(item.text)) {
            return;
        }
        self.classes.clear();
        self.classes.extend(self.items.iter().map(|item| item.class));
        resolve(&mut self.classes, |i| self.items[i].text);
        for (item, class) in self.items.iter_mut().zip(&self.classes) {
            item.class = *class;
        }
    }

    /// An opening mark holds what follows it even beyond a space.
    fn keep_marks_across_spaces(&mut self, style: &Style) {
        let mut held = false;
        for item in &mut self.items {
            if held && item.bond == Bond::Free {
                item.bond = Bond::Kept;
                if item.glue.stretch == Stretch::Even {
                    item.glue.stretch = Stretch::Rigid;
                }
            }
            if !item.class.is_space() {
                held = !may_end(item.class, style.kinsoku);
            }
        }
    }

    /// The number of an article (第三条) and its text are one character apart, whatever the line; the source has a space there, or more.
    fn part_number(&mut self, style: &Style) {
        let Some((first, rest)) = self.items.split_first().filter(|(first, _)| first.text == '第') else { return };
        let digits = rest.iter().take_while(|item| item.text.is_ascii_digit() || is_numeral(item.text)).count();
        let named =
            rest.get(digits).is_some_and(|item| is_article(item.text) || matches!(fold(item.text), '章' | '节'));
        let spaces = rest.iter().skip(digits + 1).take_while(|item| item.class == Class::WesternSpace).count();
        let look = &self.looks[usize::from(first.look)];
        if digits == 0 || !named || spaces == 0 || look.verbatim || style.western_gap == 0 {
            return;
        }
        let after = digits + 2;
        for (k, item) in self.items.iter_mut().skip(after).take(spaces + 1).enumerate() {
            let natural = if k == spaces { look.zi } else { Unit::ZERO };
            item.glue = Glue { natural, ..Glue::RIGID };
        }
    }

    /// Puts break points into Western words (B5).
    fn part_words(&mut self, style: &Style) {
        let mut start = 0;
        while start < self.items.len() {
            if !self.items[start].class.in_word() {
                start += 1;
                continue;
            }
            let mut end = start + 1;
            while end < self.items.len() && self.items[end].bond == Bond::Word {
                end += 1;
            }
            let look = &self.looks[usize::from(self.items[start].look)];
            if end - start > 1 {
                let hyphens = style.hyphenate && !look.verbatim && look.face != Face::Mono;
                self.hyphens |= word::part(&mut self.items[start..end], hyphens, style.kinsoku);
            }
            start = end;
        }
    }
}

/// Finds the glyph and body of an item.
fn shape(item: &mut Item, look: &Look, style: &Style, metrics: &dyn Metrics) {
    let found = match item.class {
        _ if style.direction == Direction::Vertical => {
            column::glyph(item, look, style, metrics).map(|(glyph, posture)| {
                item.posture = posture;
                glyph
            })
        }
        Class::Western | Class::WesternOpening | Class::WesternClosing if !item.text.is_ascii() => {
            metrics.western(look.face, item.text)
        }
        Class::Pause | Class::Stop if !look.verbatim && in_the_middle(item.text, style) => {
            metrics.column(look.face, item.text, Posture::Middle).map(|(glyph, posture)| {
                item.posture = posture;
                glyph
            })
        }
        _ => metrics.glyph(look.face, item.text),
    };
    let found = found.or_else(|| if item.class.is_space() { metrics.glyph(look.face, ' ') } else { None });
    let Some(GlyphMetrics { font, glyph, advance }) = found else {
        item.body = missing_width(item.text, look.zi);
        return;
    };
    item.glyph = Some((font, glyph));
    // Where characters are spaced to fill the line, the glyph stands in the middle of its place.
    let (own, place) =
        if advance == 1000 { (look.size, look.zi) } else { (look.size.em(advance), look.zi.em(advance)) };
    item.advance = own;
    item.body = place;
    item.lead = (place - item.advance) / 2;
    if item.class == Class::Han {
        return;
    }
    if look.verbatim || advance < 750 {
        item.body = if item.class.is_space() && !look.verbatim { Unit::ZERO } else { place };
        return;
    }
    let (front, back) = blanks(item, look, style);
    item.body = place - front - back;
    item.lead -= front;
    if item.class.is_space() {
        item.body = Unit::ZERO;
        item.lead = Unit::ZERO;
    }
}

/// Width of the frame that stands for a character without a glyph: its code point in small digits (F2).
pub fn missing_width(c: char, zi: Unit) -> Unit {
    if bullet(c).is_some() {
        return zi;
    }
    let digits = if u32::from(c) > 0xFFFF { format!("{:X}", u32::from(c)).len() } else { 4 };
    zi.em(MISSING_DIGIT / 2) * digits as i32 + zi.em(2 * MISSING_PAD)
}

/// Size of the digits of a code point in its frame, in thousandths of an em.
pub const MISSING_DIGIT: i32 = 400;
/// Space between digits and frame, in thousandths of an em.
pub const MISSING_PAD: i32 = 80;
/// How far the digits stand above the baseline, in thousandths of an em.
pub const MISSING_RISE: i32 = 250;

/// The blank in front of and behind a full-width mark that is glue and not body (A3, C4).
fn blanks(item: &Item, look: &Look, style: &Style) -> (Unit, Unit) {
    if style.punctuation == Punctuation::Quanjiao { (Unit::ZERO, Unit::ZERO) } else { inked(item, look.zi, style) }
}

/// The blank in front of and behind the ink of a full-width mark (A3).
fn inked(item: &Item, zi: Unit, style: &Style) -> (Unit, Unit) {
    if style.direction == Direction::Vertical {
        let (front, back) = column::inked(item, style.vertical.marks);
        return (zi.em(front), zi.em(back));
    }
    match item.class {
        Class::Opening => (zi.em(500), Unit::ZERO),
        // It fills its place, at the end of a line too.
        Class::Pause | Class::Stop if in_the_middle(item.text, style) => (Unit::ZERO, Unit::ZERO),
        Class::Closing | Class::Pause | Class::Stop => (Unit::ZERO, zi.em(500)),
        Class::MiddleDot => (zi.em(250), zi.em(250)),
        _ => (Unit::ZERO, Unit::ZERO),
    }
}

/// Whether the pause or stop mark `c` stands in the middle of its place; those of half a width fill theirs.
fn in_the_middle(c: char, style: &Style) -> bool {
    style.places_of_marks() == Marks::Middle && !('\u{FF61}'..='\u{FFDC}').contains(&c)
}

/// Whether the item is a mark that takes a full em with its blanks.
fn is_full(item: &Item, zi: Unit) -> bool {
    item.class.is_mark() && item.advance.0 * 4 > zi.0 * 3
}

/// The glue between two characters; `prior` is the one before them.
fn glue(prior: Option<&Item>, before: &Item, item: &Item, look: &Look, style: &Style, metrics: &dyn Metrics) -> Glue {
    let zi = look.zi;
    if item.class == Class::Combining {
        return Glue::RIGID;
    }
    if before.class.is_space() {
        return after_space(prior, before, item, zi, style);
    }
    if before.class.in_word() && item.class.in_word() {
        let kern = match (before.glyph, item.glyph) {
            (Some((a, left)), Some((b, right))) if a == b => metrics.kerning(a, left, right),
            _ => 0,
        };
        return Glue { natural: look.size.em(kern), ..Glue::RIGID };
    }
    let (back, front) = (trailing(before, zi, style), leading(item, zi, style));
    if back.is_some() || front.is_some() || (is_full(before, zi) && is_full(item, zi)) {
        return between_marks(before, item, back, front, zi, style);
    }
    if item.class == Class::WesternSpace || item.class == Class::IdeographicSpace {
        return Glue::RIGID;
    }
    if before.class == Class::Connector || item.class == Class::Connector {
        return Glue::RIGID;
    }
    if style.western_gap > 0 && meets_western(before, item) {
        return Glue::new(zi, zi.em(style.western_gap), Squeeze::Gap, Stretch::Gap);
    }
    Glue::EVEN
}

/// The blank behind a mark, with its step.
fn trailing(item: &Item, zi: Unit, style: &Style) -> Option<(Unit, Squeeze)> {
    if !is_full(item, zi) || style.punctuation == Punctuation::Quanjiao {
        return None;
    }
    let squeeze = match item.class {
        Class::Closing => Squeeze::Bracket,
        Class::Pause => Squeeze::Pause,
        Class::Stop => Squeeze::Stop,
        Class::MiddleDot => Squeeze::MiddleDot,
        _ => return None,
    };
    Some((inked(item, zi, style).1, squeeze))
}

/// The blank in front of a mark, with its step.
fn leading(item: &Item, zi: Unit, style: &Style) -> Option<(Unit, Squeeze)> {
    if !is_full(item, zi) || style.punctuation == Punctuation::Quanjiao {
        return None;
    }
    let squeeze = match item.class {
        Class::Opening => Squeeze::Bracket,
        Class::MiddleDot => Squeeze::MiddleDot,
        _ => return None,
    };
    Some((inked(item, zi, style).0, squeeze))
}

/// The glue where at least one side is a mark: its blank; of two marks together half an em is lost (C1).
fn between_marks(
    before: &Item,
    item: &Item,
    back: Option<(Unit, Squeeze)>,
    front: Option<(Unit, Squeeze)>,
    zi: Unit,
    style: &Style,
) -> Glue {
    let cut = if is_full(before, zi) && is_full(item, zi) { zi.em(500) } else { Unit::ZERO };
    if style.punctuation == Punctuation::Quanjiao {
        // The blanks are part of the bodies here; where there is none between, as in （）, none is lost.
        let between = inked(before, zi, style).1 + inked(item, zi, style).0;
        return Glue { natural: -cut.min(between), ..Glue::EVEN };
    }
    let blank = back.map_or(Unit::ZERO, |(b, _)| b) + front.map_or(Unit::ZERO, |(b, _)| b);
    let natural = (blank - cut).max(Unit::ZERO);
    let squeeze = back.map(|(_, s)| s).max(front.map(|(_, s)| s)).unwrap_or(Squeeze::Bracket);
    let stretch = if before.class == Class::Connector || item.class == Class::Connector || item.class.is_space() {
        Stretch::Rigid
    } else {
        Stretch::Even
    };
    let middle = style.places_of_marks() == Marks::Middle;
    // What is less than a half falls away at the end of a column, and never within it.
    let give = if middle && back.is_some_and(|(blank, _)| blank < zi.em(500)) { Unit::ZERO } else { natural };
    let glue = Glue { natural, give, squeeze, stretch, take: Unit::ZERO };
    match style.punctuation {
        Punctuation::Default => glue,
        Punctuation::Kaiming if squeeze == Squeeze::Stop => Glue { give: Unit::ZERO, ..glue },
        Punctuation::Kaiming | Punctuation::Banjiao | Punctuation::Quanjiao => {
            Glue { natural: Unit::ZERO, give: Unit::ZERO, ..glue }
        }
    }
}

/// The glue that a space makes after itself. A space where the gap between Han and Western would be made is that gap, and one beside
/// a full-width mark is nothing (D4).
fn after_space(prior: Option<&Item>, space: &Item, item: &Item, zi: Unit, style: &Style) -> Glue {
    if let Some(prior) = prior.filter(|_| space.text == ' ' && style.western_gap > 0) {
        let (front, behind, before) = (leading(item, zi, style), is_full(prior, zi), is_full(item, zi));
        if front.is_some() || behind && before {
            let back = trailing(prior, zi, style).filter(|_| before);
            return between_marks(prior, item, back, front, zi, style);
        }
        if behind || before {
            return Glue::EVEN;
        }
    }
    let mut glue = match space.class {
        Class::IdeographicSpace => Glue { natural: zi, ..Glue::RIGID },
        _ if space.text == ' ' && style.western_gap > 0 && prior.is_some_and(|prior| meets_western(prior, item)) => {
            Glue::new(zi, zi.em(style.western_gap), Squeeze::Gap, Stretch::Gap)
        }
        _ => Glue::new(zi, zi.em(SPACE), Squeeze::Space, Stretch::Space),
    };
    if let Some((blank, _)) = leading(item, zi, style) {
        glue.natural += blank;
    }
    glue
}

/// Whether the two sides are Han and a Western letter or digit (D4).
fn meets_western(before: &Item, item: &Item) -> bool {
    let han = |i: &Item| matches!(i.class, Class::Han | Class::Iteration);
    let western = |i: &Item| matches!(i.class, Class::Western) && i.text.is_alphanumeric();
    (han(before) && western(item)) || (western(before) && han(item))
}

/// Whether and how a line may end between two characters.
fn bond(before: &Item, item: &Item, style: &Style) -> Bond {
    if item.class == Class::Combining || before.text == '\u{200d}' {
        return Bond::Whole;
    }
    if item.class.is_space() {
        return Bond::Kept;
    }
    if before.class == Class::NoBreakSpace || item.class == Class::NoBreakSpace {
        return Bond::Kept;
    }
    if before.class.in_word() && item.class.in_word() {
        return Bond::Word;
    }
    if may_begin(item.class, style.kinsoku) && may_end(before.class, style.kinsoku) { Bond::Free } else { Bond::Kept }
}

/// Widens the tabs of code to the next multiple of four columns.
pub fn stop_tabs(text: &mut Text, zi: Unit) {
    let stop = (zi * 2).max(Unit(1));
    let mut x = Unit::ZERO;
    for item in &mut text.items {
        if item.text == '\t' {
            item.body = Unit(stop.0 - x.0 % stop.0);
        }
        x += item.body;
    }
}
