//! Words of scripts whose letters join, stack or change places: Arabic, Hebrew, Thai, those of India, Tibetan, Mongolian, and emoji that are
//! joined.
//!
//! The glyphs that are seen are those that the font makes of the whole word; they are drawn, and are no text. The text is each character of
//! its own with its own glyph, in its place and not seen, so that every reader gives the word back as it was written.

use super::ladder::Glue;
use super::page::{Glyph, Means, Posture, Run};
use super::text::{Bond, Item, Look, Text};
use super::{Metrics, ShapedGlyph, ShapedWord};
use crate::unicode::is_ignorable;
use crate::unit::Unit;
use std::ops::Range;

/// A shaped word among the items of a text.
#[derive(Debug, Clone)]
pub struct Shaped {
    /// Its items.
    pub items: Range<usize>,
    /// Whether it runs from right to left.
    pub leftward: bool,
    /// The glyphs that are seen, from its left edge on.
    runs: Vec<Run>,
}

impl Shaped {
    /// The glyphs that are seen, where the word begins at `x`.
    pub fn drawn(&self, x: Unit) -> impl Iterator<Item = Run> + '_ {
        self.runs.iter().map(move |run| {
            let mut run = run.clone();
            run.glyphs.iter_mut().for_each(|glyph| glyph.x += x);
            run
        })
    }
}

/// Least room of a letter that is not seen, in thousandths of its size: of a mark that stands on another letter.
const LEAST: i32 = 40;

/// The longest word that is tried again from its second letter on.
const LONGEST: usize = 32;

/// Blocks of letters that a font must shape.
const JOINING: [(char, char); 14] = [
    ('\u{590}', '\u{8FF}'),
    ('\u{900}', '\u{DFF}'),
    ('\u{E00}', '\u{EFF}'),
    ('\u{F00}', '\u{FFF}'),
    ('\u{1000}', '\u{109F}'),
    ('\u{1100}', '\u{11FF}'),
    ('\u{1780}', '\u{17FF}'),
    ('\u{1800}', '\u{18AF}'),
    ('\u{1A20}', '\u{1AAF}'),
    ('\u{A840}', '\u{A87F}'),
    ('\u{A8E0}', '\u{A8FF}'),
    ('\u{FB1D}', '\u{FDFF}'),
    ('\u{FE70}', '\u{FEFC}'),
    ('\u{10F30}', '\u{10F6F}'),
];

/// Blocks of pictures that joiners and shades make one of.
const PICTURES: [(char, char); 3] = [('\u{2600}', '\u{27BF}'), ('\u{1F000}', '\u{1FAFF}'), ('\u{E0020}', '\u{E007F}')];

/// Whether `c` may be part of a shaped word or is never seen. Nearly all characters of a text are not.
const fn is_special(c: char) -> bool {
    matches!(c as u32,
        0xAD | 0x590..=0x18AF | 0x1A20..=0x1AAF | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x2600..=0x27BF
        | 0xA840..=0xA8FF | 0xFB1D..=0xFDFF | 0xFE00..=0xFE0F | 0xFE70..=0xFEFF | 0x10F30..=0x10F6F | 0x1F000..=0x1FAFF
        | 0xE0000..=0xE0FFF)
}

fn within(blocks: &[(char, char)], c: char) -> bool {
    blocks.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

fn is_joining(c: char) -> bool {
    c >= '\u{590}' && within(&JOINING, c)
}

fn is_picture(c: char) -> bool {
    c >= '\u{2600}' && within(&PICTURES, c)
}

/// Whether `c` may stand within a word that is shaped.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}')
}

/// Shapes the words of a text that is otherwise prepared, and hides what is never seen.
pub fn place(text: &mut Text, metrics: &dyn Metrics) {
    if !text.items.iter().any(|item| is_special(item.text)) {
        return;
    }
    let mut at = 0;
    while at < text.items.len() {
        let end = word(&text.items, at);
        let shaped = end > at && shape(text, at..end, metrics);
        // What is left of a word that begins with a letter that no font has may be shaped; what is longer than any word is a text without spaces.
        let next = if shaped || end - at > LONGEST { end } else { at + 1 };
        for at in (at..next).filter(|_| !shaped) {
            if is_ignorable(text.items[at].text) && text.items[at].glyph.is_none() {
                hide(text, at, metrics);
            }
        }
        at = next;
    }
}

/// The end of the word to be shaped that begins at item `at`; `at` itself where there is none.
fn word(items: &[Item], at: usize) -> usize {
    let first = items[at];
    let same = |belongs: fn(char) -> bool| {
        let own = items[at..]
            .iter()
            .take_while(|item| item.look == first.look && (belongs(item.text) || is_joiner(item.text)));
        at + own.count()
    };
    if is_joining(first.text) {
        // Tibetan has a dot behind each syllable, where a line may end.
        let end = same(is_joining);
        let syllable = items[at..end].iter().position(|item| item.text == '\u{F0B}').map(|dot| at + dot + 1);
        return syllable.unwrap_or(end);
    }
    if is_picture(first.text) {
        let shade = |c: char| ('\u{1F3FB}'..='\u{1F3FF}').contains(&c) || ('\u{E0020}'..='\u{E007F}').contains(&c);
        let flag = |c: char| ('\u{1F1E6}'..='\u{1F1FF}').contains(&c);
        let mut end = at + 1;
        while let Some(next) = items.get(end).filter(|next| next.look == first.look) {
            let before = items[end - 1].text;
            let goes_on =
                is_joiner(next.text) || shade(next.text) || before == '\u{200D}' || flag(before) && flag(next.text);
            if !goes_on || flag(before) && flag(next.text) && end - at >= 2 {
                break;
            }
            end += 1;
        }
        return if end - at > 1 { end } else { at };
    }
    at
}

/// Shapes a word; false where no font can.
fn shape(text: &mut Text, items: Range<usize>, metrics: &dyn Metrics) -> bool {
    let Some(first) = text.items.get(items.start).copied() else { return false };
    let look = text.looks[usize::from(first.look)].clone();
    let word: String = text.items[items.clone()].iter().map(|item| item.text).collect();
    let Some(ShapedWord { font, glyphs, letters, width, leftward }) = metrics.shape(look.face, &word) else {
        return false;
    };
    let width = look.size.em(width);
    if look.verbatim || width > text.room && text.room > Unit::ZERO || letters.len() != items.len() {
        return false;
    }
    // The letters stand beside each other in the order in which the word runs, in such a size that together they are as wide as it is: what
    // reads the text by places finds no gap and no two of them at one place.
    let advances: Vec<i32> = letters.iter().map(|(_, advance)| (*advance).max(LEAST)).collect();
    let sum = advances.iter().sum::<i32>().max(1);
    let size = Unit((i64::from(width.0) * 1000 / i64::from(sum)) as i32).max(Unit(100));
    let unseen = text.look(Look { unseen: true, size, ..look.clone() });
    let mut pen = Unit::ZERO;
    for (k, item) in text.items[items.clone()].iter_mut().enumerate() {
        let advance = size.em(advances.get(k).copied().unwrap_or_default());
        let x = if leftward { width - pen - advance } else { pen };
        pen += advance;
        (item.look, item.posture) = (unseen, Posture::Turned);
        item.glyph = letters.get(k).map(|(letter, _)| (font, *letter));
        item.advance = size.em(letters.get(k).map_or(0, |(_, advance)| *advance));
        if k == 0 {
            (item.body, item.lead) = (width, x);
        } else {
            (item.body, item.lead, item.glue, item.bond) = (Unit::ZERO, x - width, Glue::RIGID, Bond::Whole);
        }
    }
    // A line may end behind the syllable.
    if let Some(next) = text.items.get_mut(items.end).filter(|_| word.ends_with('\u{F0B}')) {
        next.bond = next.bond.min(Bond::Free);
    }
    let run = |glyphs: &[ShapedGlyph]| Run {
        font,
        size: look.size,
        rise: look.rise + look.size.em(glyphs.first().map_or(0, |glyph| glyph.y)),
        element: None,
        colour: look.colour,
        means: Means::Drawn,
        glyphs: glyphs
            .iter()
            .map(|glyph| Glyph {
                id: glyph.id,
                posture: Posture::Turned,
                text: ' ',
                x: look.size.em(glyph.x),
                advance: look.size.em(glyph.advance),
            })
            .collect(),
    };
    let runs = glyphs.chunk_by(|a, b| a.y == b.y).map(run).collect();
    text.shaped.push(Shaped { items, leftward, runs });
    true
}

/// Gives a character that is never seen a glyph that is not.
fn hide(text: &mut Text, at: usize, metrics: &dyn Metrics) {
    let look = text.looks[usize::from(text.items[at].look)].clone();
    let Some(blank) = metrics.glyph(look.face, ' ') else { return };
    let unseen = text.look(Look { unseen: true, ..look });
    let item = &mut text.items[at];
    (item.glyph, item.posture) = (Some((blank.font, blank.glyph)), Posture::Turned);
    (item.look, item.body, item.advance, item.lead) = (unseen, Unit::ZERO, Unit::ZERO, Unit::ZERO);
    item.glue = Glue::RIGID;
    if item.text != '\u{200B}' {
        item.bond = Bond::Whole;
    }
}

/// The shaped words of `text` that stand wholly within `items`.
pub fn in_line(text: &Text, items: Range<usize>) -> impl Iterator<Item = &Shaped> {
    let first = text.shaped.partition_point(|word| word.items.start < items.start);
    text.shaped.iter().skip(first).take_while(move |word| word.items.end <= items.end)
}
