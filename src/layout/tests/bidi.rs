//! Texts of which a part runs from right to left.

use super::*;
use crate::layout::{ShapedGlyph, ShapedWord};

/// A typewriter that has Hebrew too, of half an em a letter.
struct Scribe;

impl Metrics for Scribe {
    fn glyph(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        Typewriter.glyph(face, c)
    }

    fn kerning(&self, _: FontId, _: u16, _: u16) -> i32 {
        0
    }

    fn shape(&self, face: Face, word: &str) -> Option<ShapedWord> {
        let letters: Vec<(u16, i32)> = word.chars().map(|c| (self.glyph(face, c).unwrap().glyph, 500)).collect();
        let width = 500 * letters.len() as i32;
        let glyph = |(letter, (id, advance)): (usize, &(u16, i32))| ShapedGlyph {
            id: *id,
            letter,
            x: width - 500 * (letter as i32 + 1),
            y: 0,
            advance: *advance,
        };
        let glyphs = letters.iter().enumerate().map(glyph).rev().collect();
        let font = FontId(face.index() as u8);
        Some(ShapedWord {
            font,
            glyphs,
            letters,
            width,
            leftward: ('\u{590}'..'\u{600}').contains(&word.chars().next()?),
        })
    }
}

/// The first line of a paragraph as it is seen, from left to right and without blanks, and where it begins in thousandths of an em.
fn first(text: &str, style: &Style) -> (String, i32) {
    let doc = document(vec![paragraph(text)]);
    let (layout, _) = lay_out(&doc, style, &Scribe);
    assert_eq!(layout.text(), text, "it is said as it was written");
    let line = layout.pages[0].lines.iter().find(|line| line.owner != Owner::Artifact).unwrap();
    let said = line.runs.iter().filter(|run| matches!(run.means, Means::Text | Means::Unseen));
    let mut glyphs: Vec<&Glyph> = said.flat_map(|run| &run.glyphs).collect();
    glyphs.sort_by_key(|glyph| glyph.x);
    (glyphs.iter().map(|glyph| glyph.text).filter(|c| *c != ' ').collect(), (line.x - style.page.inside).0 / 10)
}

#[test]
fn words_numbers_and_brackets_stand_in_the_order_in_which_they_are_read() {
    let style = flush(20);
    for (text, seen) in [
        ("甲אבג乙", "甲גבא乙"),
        ("甲אב גד乙", "甲דגבא乙"),
        ("甲אב (גד) 12, הו乙", "甲וה,12)דג(בא乙"),
        ("甲אב 12乙", "甲12בא乙"),
        ("甲（אב）12乙", "甲（בא）12乙"),
        ("甲אב Rust גד乙", "甲באRustדג乙"),
    ] {
        assert_eq!(first(text, &style).0, seen, "{text}");
    }
    // Within what runs to the left each bracket is drawn as the other.
    let doc = document(vec![paragraph("甲אב (גד) הו")]);
    let (layout, _) = lay_out(&doc, &style, &Scribe);
    let glyphs = layout.pages[0].lines.iter().flat_map(|line| &line.runs).flat_map(|run| &run.glyphs);
    let open = glyphs.clone().find(|glyph| glyph.text == '(').unwrap();
    assert_eq!(open.id, Typewriter.glyph(Face::Song, ')').unwrap().glyph);
}

#[test]
fn a_paragraph_of_hebrew_begins_at_the_right() {
    // Two letters of half an em, a space of a third, and so on: 20 em less 3 ⅔.
    let (seen, x) = first("אב גד, 12.", &flush(20));
    assert_eq!(seen, ".12,דגבא");
    assert!(x > 14_000, "{x}");
    // Its first line is indented there.
    let indented = first("אב גד, 12.", &style(20, 40)).1;
    assert_eq!(x - indented, 2000);
    assert_eq!(first("甲אב", &flush(20)).1, 0);
}
