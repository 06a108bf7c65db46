//! Columns of vertical text: how each character stands in one, and how the pages that they make are turned.
//!
//! A vertical page is set as a page that lies on its side: lines are columns, left is up, and the top is where a book is bound, at the right.
//! All that is known of lines and pages holds for it. Two things differ: the glyphs (here, and through [`Metrics::column`]), and where the
//! blank of a mark is (`text`). When a page is full, it is stood up.

use super::page::{Course, Line, Page, Picture, Posture, Rule, Share};
use super::text::{Bond, Item, Look, Text};
use super::{GlyphMetrics, Marked, Metrics, ShapedWord};
use crate::chinese::class::Class;
use crate::chinese::posture::{is_abreast, quotation};
use crate::layout::FontId;
use crate::style::{Face, Marks, Style};
use crate::unit::Unit;
use std::ops::Range;

/// Characters that hold together in a column though a line may be parted between such: numbers, capitals, what stands abreast.
#[derive(Debug, Clone)]
pub struct Cell {
    items: Range<usize>,
    bond: Bond,
}

/// Gives each character of `text` its posture. What stands upright though it is Western is Han to the column.
pub fn pose(text: &mut Text, style: &Style) {
    text.vertical = true;
    let mut at = 0;
    while at < text.items.len() {
        let item = text.items[at];
        let look = &text.looks[usize::from(item.look)];
        if look.verbatim {
            text.items[at].posture = Posture::Turned;
            at += 1;
            continue;
        }
        if item.class.in_word() {
            let word = text.items[at..].iter().take_while(|next| next.class.in_word()).count();
            pose_word(text, at..at + word, style);
            at += word;
            continue;
        }
        text.items[at].posture = match item.class {
            Class::WesternSpace => Posture::Turned,
            Class::Combining => combining(at.checked_sub(1).and_then(|before| text.items.get(before)), item.text),
            Class::Dash => Posture::Stroke,
            Class::Connector if matches!(item.text, '—' | '―') => Posture::Stroke,
            Class::MiddleDot if item.text == '·' && style.vertical.marks == Marks::Corner => Posture::Turned,
            Class::Pause | Class::Stop if style.vertical.marks == Marks::Middle => Posture::Middle,
            _ => Posture::Upright,
        };
        at += 1;
    }
}

/// What belongs to the character before it stands as that does; the letters of a reading are turned.
fn combining(before: Option<&Item>, c: char) -> Posture {
    match before {
        Some(before) if Class::of(c) == Class::Combining => before.posture,
        _ if Class::of(c).in_word() || Class::of(c).is_space() => Posture::Turned,
        _ => Posture::Upright,
    }
}

/// How the characters of a Western word stand.
fn pose_word(text: &mut Text, word: Range<usize>, style: &Style) {
    let items = &text.items[word.clone()];
    let look = &text.looks[usize::from(items[0].look)];
    let alone = look.face != Face::Mono && !is_phrase(text, &word);
    let count = items.len();
    let all = |belongs: fn(&char) -> bool| items.iter().all(|item| belongs(&item.text));
    let wide = !all(char::is_ascii) && count == 1;
    let chars: Vec<char> = items.iter().take(4).map(|item| item.text).collect();
    let abreast = alone && is_abreast(&chars, style.vertical.abreast);
    let bond = match () {
        () if abreast => Bond::Whole,
        () if wide || alone && count == 1 && all(char::is_ascii_alphanumeric) => Bond::Whole,
        () if alone && all(char::is_ascii_digit) => Bond::Kept,
        () if alone && count <= style.vertical.capitals.max(0) as usize && all(char::is_ascii_uppercase) => Bond::Kept,
        () => {
            text.items[word].iter_mut().for_each(|item| item.posture = Posture::Turned);
            return;
        }
    };
    let shares: &[Share] = if abreast { Share::all(count) } else { &[] };
    for (k, item) in text.items[word.clone()].iter_mut().enumerate() {
        item.posture = shares.get(k).map_or(Posture::Upright, |share| Posture::Abreast(*share));
        if item.text.is_ascii() {
            item.class = Class::Han;
        }
    }
    text.cells.push(Cell { items: word, bond });
}

/// Whether a Western word stands beside another one, which it is turned with.
fn is_phrase(text: &Text, word: &Range<usize>) -> bool {
    let letters = |item: &Item| item.class == Class::Western && item.text.is_alphabetic();
    let mut before = text.items[..word.start].iter().rev();
    let mut after = text.items[word.end..].iter();
    let beyond = |next: Option<&Item>, more: Option<&Item>| {
        next.is_some_and(|next| next.class == Class::WesternSpace) && more.is_some_and(letters)
    };
    beyond(before.next(), before.next()) || beyond(after.next(), after.next())
}

/// Holds together what belongs together, once a text is otherwise prepared.
pub fn hold(text: &mut Text) {
    for Cell { items, bond } in &text.cells {
        for item in text.items[items.clone()].iter_mut().skip(1) {
            (item.glue, item.bond) = (super::ladder::Glue::RIGID, *bond);
        }
        // Two of them in one place are a mark, and no mark of its kind begins a column (V14).
        if let Some(first) = text.items.get_mut(items.start).filter(|first| matches!(first.text, '!' | '?')) {
            (first.glue, first.bond) = (super::ladder::Glue::RIGID, first.bond.max(Bond::Kept));
        }
    }
}

/// The glyph that sets `item` in a column.
pub fn glyph(item: &Item, look: &Look, style: &Style, metrics: &dyn Metrics) -> Option<(GlyphMetrics, Posture)> {
    let mainland = style.vertical.marks == Marks::Corner;
    let shown = match item.class {
        Class::Opening | Class::Closing => quotation(item.text, mainland),
        _ => item.text,
    };
    metrics.column(look.face, shown, item.posture)
}

/// The blank in front of and behind the ink of a full-width mark in a column, in thousandths of an em (V5, V7, V18).
pub fn inked(item: &Item, marks: Marks) -> (i32, i32) {
    let full = matches!(item.text, '：' | '；' | '？' | '！' | '﹔' | '﹕' | '﹖' | '﹗');
    match (item.class, marks) {
        (Class::Opening, _) => (500, 0),
        (Class::Closing, _) => (0, 500),
        (Class::Pause | Class::Stop, _) if full => (0, 0),
        (Class::Pause | Class::Stop, Marks::Corner) => (0, 500),
        // At the end of a column only.
        (Class::Pause | Class::Stop, Marks::Middle) => (0, 250),
        (Class::MiddleDot, Marks::Corner) => (250, 250),
        _ => (0, 0),
    }
}

/// The metrics of pages that lie on their side: pictures stand upright on them.
pub struct OnSide<'a>(pub &'a dyn Metrics);

impl Metrics for OnSide<'_> {
    fn glyph(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.0.glyph(face, c)
    }
    fn column(&self, face: Face, c: char, posture: Posture) -> Option<(GlyphMetrics, Posture)> {
        self.0.column(face, c, posture)
    }
    fn western(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        self.0.western(face, c)
    }
    fn kerning(&self, font: FontId, left: u16, right: u16) -> i32 {
        self.0.kerning(font, left, right)
    }
    fn marked(&self, face: Face, shown: char, mark: char) -> Option<Marked> {
        self.0.marked(face, shown, mark)
    }
    fn shape(&self, face: Face, word: &str) -> Option<ShapedWord> {
        self.0.shape(face, word)
    }
    fn picture(&self, target: &str, (along, across): (Unit, Unit)) -> Option<(Unit, Unit)> {
        self.0.picture(target, (across, along)).map(|(width, height)| (height, width))
    }
}

/// Stands up a page that lies on its side: what was its top is its right edge.
pub fn stand_up(page: &mut Page) {
    let (length, width) = page.size;
    page.size = (width, length);
    for line in &mut page.lines {
        let Line { x, baseline, .. } = *line;
        (line.x, line.baseline, line.course) = (width - baseline, x, Course::Column);
    }
    for rule in &mut page.rules {
        let Rule { x, y, width: along, height: across, .. } = *rule;
        (rule.x, rule.y, rule.width, rule.height) = (width - y - across, x, across, along);
    }
    for picture in &mut page.pictures {
        let Picture { x, y, width: along, height: across, .. } = *picture;
        (picture.x, picture.y, picture.width, picture.height) = (width - y - across, x, across, along);
    }
}
