//! Notes between the words: in two half columns, across columns, and in a line.

use super::*;
use crate::style::{Gloss, Style};
use crate::unit::Unit;

/// Columns of `measure` characters of 10 pt, whose notes are half as large and have no brackets that are seen.
fn vertical(measure: i32) -> Style {
    let text = format!(
        "pitch = 16\nhead = 'none'\ncontents = false\nchapter-break = false\nhyphenate = false\n[body]\nsize = 10\n\
         first-indent = 0\n[page]\ntop = '10mm'\ninside = '20mm'\nmeasure = {measure}\nlines = 12\n\
         [gloss]\nlines = 2\nsize = 0.5\nbrackets = false\ngrid = false\n"
    );
    Style::parse(&text, "vertical").unwrap_or_else(|e| panic!("{e}"))
}

/// A paragraph in which what stands in （） is a note.
fn glossed(text: &str) -> Document {
    let mut content = vec![];
    let mut at = 0;
    for piece in text.split_inclusive('）') {
        let open = piece.find('（').unwrap_or(piece.len());
        let (before, note) = piece.split_at(open);
        if !before.is_empty() {
            content.push(Inline::text(before, at..at + open));
        }
        if !note.is_empty() {
            let place = at + open..at + piece.len();
            let inner = vec![Inline::text(note, place.clone())];
            content.push(Inline::new(InlineKind::Gloss(inner), place));
        }
        at += piece.len();
    }
    document(vec![Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..text.len())])
}

/// Its lines: of each character that is seen how far along the line its glyph stands, in tenths of its column, and which side it is on:
/// `r` right, `l` left, nothing in the middle.
fn lines(text: &str, style: &Style) -> Vec<String> {
    let doc = glossed(text);
    let (layout, _) = lay_out(&doc, style, &Typewriter);
    assert_eq!(layout.text(), doc.text().replace('\n', ""), "no character is lost (F1)");
    let lines = layout.pages.iter().flat_map(|page| &page.lines).filter(|line| line.owner != Owner::Artifact);
    let told = |line: &Line| {
        let runs = line.runs.iter().filter(|run| run.means == Means::Text);
        let glyphs = runs.flat_map(|run| {
            let middle = (Unit::pt(10) - run.size).em(380);
            let side = match run.rise - middle {
                Unit(0) => "",
                Unit(1..) => "r",
                Unit(_) => "l",
            };
            run.glyphs.iter().map(move |glyph| format!("{}{side}{}", glyph.text, glyph.x.0 / 1000))
        });
        glyphs.collect::<Vec<_>>().join(" ")
    };
    lines.map(told).collect()
}

#[test]
fn a_note_stands_in_two_half_columns_the_odd_character_at_the_right_v27_v28() {
    let style = vertical(10);
    assert_eq!(lines("甲乙（一二三四五）丙", &style), ["甲0 乙10 一r20 二r25 三r30 四l20 五l25 丙35"]);
    assert_eq!(lines("甲（一）丙", &style), ["甲0 一r10 丙15"]);
    assert_eq!(lines("（一二）丙", &style), ["一r0 二l0 丙5"]);
}

#[test]
fn the_text_goes_on_at_a_place_of_the_grid_where_there_is_one_v29() {
    let mut style = vertical(10);
    style.gloss.grid = true;
    assert_eq!(lines("甲乙（一二三四五）丙", &style), ["甲0 乙10 一r20 二r25 三r30 四l20 五l25 丙40"]);
}

#[test]
fn a_note_goes_on_at_the_top_of_the_next_column_v28() {
    let style = vertical(4);
    assert_eq!(
        lines("甲乙（一二三四五六七八九十百千）丙", &style),
        ["甲0 乙10 一r20 二r25 三r30 四r35 五l20 六l25 七l30 八l35", "九r0 十r5 百l0 千l5 丙10"]
    );
    // What is left would be too little: the note begins the next column, and the column before it is as long as it can be.
    let lines = lines("甲乙丙（一二三四五六）丁", &style);
    assert_eq!(lines[0].split(' ').count(), 3, "{lines:?}");
    assert!(lines[1].starts_with("一r0"), "{lines:?}");
}

#[test]
fn no_half_column_begins_or_ends_with_what_may_not_v28() {
    let style = vertical(10);
    assert_eq!(lines("甲（一二三，四五）", &style), ["甲0 一r10 二r15 三r20 ，r25 四l10 五l15"]);
    assert_eq!(lines("甲（一二《三四五》）", &style), ["甲0 一r10 二r15 《r20 三r25 四l10 五l15 》l20"]);
}

#[test]
fn every_column_that_ends_within_a_note_comes_to_its_measure() {
    let style = vertical(7);
    let note: String = "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。寒来暑往，秋收冬藏。".repeat(4);
    for from in 0..8 {
        let doc = glossed(&format!("{}（{note}）终", "甲".repeat(from)));
        let (layout, _) = lay_out(&doc, &style, &Typewriter);
        let lines = layout.pages.iter().flat_map(|page| &page.lines).filter(|line| line.owner != Owner::Artifact);
        let lines: Vec<&Line> = lines.collect();
        for line in &lines[..lines.len() - 1] {
            assert_eq!(line.width, style.measure(), "{from}");
            for run in line.runs.iter().filter(|run| run.size < Unit::pt(10) && run.means == Means::Text) {
                let last = run.glyphs.last().expect("a glyph");
                // The blank half of a mark falls away.
                let end = last.x + if "，。".contains(last.text) { last.advance / 2 } else { last.advance };
                // What may not stand at an edge can leave one place.
                assert!((Unit::ZERO..=run.size).contains(&(style.measure() - end)), "{from} {}: {end:?}", last.text);
            }
        }
    }
}

#[test]
fn in_a_line_a_note_is_small_and_has_its_brackets() {
    let mut style = flush(20);
    style.gloss = Gloss { lines: 2, size: 800, brackets: false, grid: true };
    let doc = glossed("甲（一二）乙");
    let (layout, _) = lay_out(&doc, &style, &Typewriter);
    let line = &layout.pages[0].lines[0];
    let sizes: Vec<(String, Unit)> =
        line.runs.iter().map(|run| (run.glyphs.iter().map(|glyph| glyph.text).collect(), run.size)).collect();
    let told: Vec<(&str, Unit)> = sizes.iter().map(|(text, size)| (text.as_str(), *size)).collect();
    assert_eq!(
        told,
        [("甲", Unit::pt(10)), ("（", Unit::pt(8)), ("一二", Unit::pt(8)), ("）", Unit::pt(8)), ("乙", Unit::pt(10))]
    );
    let tags: Vec<Tag> = layout.structure.iter().map(|element| element.tag).collect();
    assert_eq!(
        tags[1..],
        [Tag::Paragraph, Tag::Warichu, Tag::WarichuPunctuation, Tag::WarichuText, Tag::WarichuPunctuation]
    );
}
