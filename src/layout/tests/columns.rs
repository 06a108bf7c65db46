//! Columns: how characters stand in them, and where the pages have them.

use super::*;
use crate::chinese::posture::Share;
use crate::layout::page::Shape;
use crate::style::{Judou, Marks, Style};

/// Columns of `measure` characters of 10 pt, 16 pt apart, `lines` on a page, without an indent.
fn vertical(measure: i32, lines: i32) -> Style {
    let text = format!(
        "pitch = 16\nhead = 'none'\ncontents = false\nchapter-break = false\nhyphenate = false\n[body]\nsize = 10\n\
         first-indent = 0\n[page]\ntop = '10mm'\ninside = '20mm'\nmeasure = {measure}\nlines = {lines}\n"
    );
    Style::parse(&text, "vertical").unwrap_or_else(|e| panic!("{e}"))
}

/// The columns of one paragraph.
fn columns(text: &str, style: &Style) -> Vec<Line> {
    let doc = document(vec![paragraph(text)]);
    let (layout, _) = lay_out(&doc, style, &Typewriter);
    assert_eq!(layout.text(), doc.text().replace('\n', ""), "no character is lost (F1)");
    let lines = layout.pages.into_iter().flat_map(|page| page.lines);
    lines.filter(|line| line.owner != Owner::Artifact).collect()
}

fn glyphs(line: &Line) -> impl Iterator<Item = &Glyph> {
    line.runs.iter().flat_map(|run| &run.glyphs)
}

fn said(line: &Line) -> String {
    glyphs(line).map(|glyph| glyph.text).collect()
}

/// How each character of a text stands: upright, turned, a stroke, in the middle, or by its number among those abreast.
fn postures(text: &str, style: &Style) -> String {
    let letter = |glyph: &Glyph| match glyph.posture {
        Posture::Upright | Posture::Low => 'U',
        Posture::Turned => 'T',
        Posture::Stroke => 'S',
        Posture::Middle => 'M',
        Posture::Abreast(share) => char::from(b'1' + share.place().0 as u8),
    };
    columns(text, style).iter().flat_map(glyphs).map(letter).collect()
}

#[test]
fn columns_run_down_and_from_right_to_left_v1() {
    let style = vertical(4, 4);
    let lines = columns("甲乙丙丁戊己", &style);
    assert_eq!(lines.iter().map(said).collect::<Vec<_>>(), ["甲乙丙丁", "戊己"]);
    // The first column is in the middle of its 16 pt: its em square 3 pt from the edge of the type area, its baseline 8.8 pt from that.
    let first = style.page.width - style.page.inside - Unit::pt(3) - Unit(8_800);
    for (line, x) in lines.iter().zip([first, first - Unit::pt(16)]) {
        assert_eq!((line.x, line.baseline, line.course), (x, style.page.top, Course::Column));
        assert!(glyphs(line).map(|glyph| glyph.x).eq((0..).map(|k| Unit::pt(10) * k).take(line.runs[0].glyphs.len())));
    }
}

#[test]
fn numbers_and_letters_stand_as_v13_to_v17_say() {
    let style = vertical(40, 4);
    for (text, postures_of) in [
        ("在1998年12月3日", "UUUUUU12UUU"),
        ("约3.5%，共1,024人", "UTTTTUUTTTTTU"),
        ("GDP与Rust和A座", "UUUUTTTTUUU"),
        ("读 The GDP Report 时", "UTTTTTTTTTTTTTTTTU"),
        ("第2B号，3.0版", "U12UU123U"),
        ("好!?", "U12"),
        ("２０Ａ％", "UUUU"),
    ] {
        assert_eq!(postures(text, &style), postures_of, "{text}");
    }
    assert_eq!(Share::all(4), []);
}

#[test]
fn marks_stand_by_their_region_v5_to_v9() {
    let corner = vertical(40, 4);
    let middle = Style {
        vertical: crate::style::Vertical { marks: Marks::Middle, ..corner.vertical.clone() },
        ..corner.clone()
    };
    assert_eq!(postures("甲，乙——“丙”。", &corner), "UUUSSUUUU");
    assert_eq!(postures("甲，乙——“丙”。", &middle), "UMUSSUUUM");
    let width = |text: &str, style: &Style| columns(text, style)[0].width.0 / 10;
    assert_eq!(width("甲。", &corner), 1500, "the blank half falls away at the end of a column");
    assert_eq!(width("甲！", &corner), 2000, "V18: ：；？！ are always 1 em");
    assert_eq!(width("甲。", &middle), 1750, "V18: a quarter, at the end only");
    assert_eq!(width("甲。乙", &middle), 3000);
    assert_eq!(width("甲：“乙", &corner), 3500, "C1: two marks take 1.5 em");
}

#[test]
fn a_number_is_never_parted_v15() {
    let lines = columns("甲乙丙丁戊己1998庚辛壬癸", &vertical(8, 4));
    assert!(lines.iter().any(|line| said(line).contains("1998")), "{:?}", lines.iter().map(said).collect::<Vec<_>>());
}

#[test]
fn pages_change_sides_where_they_are_mirrored() {
    let mut style = vertical(4, 4);
    style.page.mirrored = true;
    style.page.gutter = None;
    let lines = columns(&"甲乙丙丁".repeat(8), &style);
    let (odd, even) = (lines[0].x, lines[4].x);
    let width = Unit::pt(16) * 4;
    let right = |x: Unit| x + Unit::pt(3) + Unit(8_800);
    assert_eq!(right(odd), style.page.width - style.page.inside, "the first page is bound at the right");
    assert_eq!(right(even), style.page.inside + width);
}

#[test]
fn the_fold_of_an_old_page_stands_at_its_outer_edge_v24_to_v26() {
    let style = Style::builtin("guji").expect("a built-in style");
    let mut blocks = vec![heading(1, "學而第一")];
    if let BlockKind::Heading(heading) = &mut blocks[0].kind {
        heading.title = true;
    }
    blocks.push(paragraph(&"天地玄黄".repeat(100)));
    let doc = document(blocks);
    let (layout, _) = lay_out(&doc, &style, &Typewriter);
    let labels: Vec<&str> = layout.pages.iter().map(|page| page.label.as_str()).collect();
    assert_eq!(labels[..3], ["一上", "一下", "二上"]);
    let (left, right) = (style.page.width - style.page.inside - style.pitch * 9, style.page.width - style.page.inside);
    for (page, at_left) in layout.pages.iter().zip([true, false, true]) {
        let tails: Vec<(Unit, Shape)> = page
            .rules
            .iter()
            .filter(|rule| matches!(rule.shape, Shape::FishTail { .. }))
            .map(|rule| (rule.x, rule.shape))
            .collect();
        let x = if at_left { left - style.fold_width() } else { right };
        let tail = |inverted| Shape::FishTail { inverted, hollow: false };
        assert_eq!(tails, [(x, tail(false)), (x, tail(true))]);
        let said: Vec<String> = page.lines.iter().filter(|line| line.owner == Owner::Artifact).map(said).collect();
        assert_eq!(said[0], "學而第一");
        assert!(page.lines.iter().all(|line| line.course == Course::Column));
    }
    assert_eq!(doc.text().replace('\n', ""), layout.text(), "what stands in the fold is no text");
}

#[test]
fn marks_stand_beside_their_column_or_are_not_seen_v31() {
    let set = |judou: Judou| {
        let mut style = vertical(6, 4);
        style.vertical.judou = judou;
        let lines = columns("甲“乙”，丙丁。戊己庚辛", &style);
        let of = |means: Means| {
            let runs = lines.iter().flat_map(|line| &line.runs).filter(move |run| run.means == means);
            runs.flat_map(|run| run.glyphs.iter().map(move |glyph| (glyph.text, glyph.x + glyph.advance / 2, run.rise)))
        };
        let places: Vec<(char, i32)> = of(Means::Text).map(|(c, middle, _)| (c, middle.0 / 1000)).collect();
        let told: String = of(Means::Told).map(|(c, ..)| c).collect();
        let signs: Vec<(char, Unit)> = of(Means::Drawn).map(|(c, middle, _)| (c, middle)).collect();
        (lines.len(), places, told, signs)
    };
    // Six characters a column, none of them a mark; a sign stands above the end of the character before it, 1.3 pt before it ends.
    let places = [('甲', 5), ('乙', 15), ('丙', 25), ('丁', 35)];
    let (count, shown, told, signs) = set(Judou::Beside);
    assert_eq!((count, &shown[..4], told.as_str()), (2, &places[..], "“”，。"));
    assert_eq!(signs, [('、', Unit(18_700)), ('○', Unit(38_700))]);
    let (count, shown, told, signs) = set(Judou::Hidden);
    assert_eq!((count, &shown[..4], told.as_str(), signs.len()), (2, &places[..], "“”，。", 0));
    assert_eq!(set(Judou::Set).2, "");
}

#[test]
fn marks_that_are_not_seen_are_counted_v31() {
    let mut style = vertical(6, 4);
    style.vertical.judou = Judou::Hidden;
    let (_, notes) = lay_out(&document(vec![paragraph("甲，乙。"), paragraph("“丙”")]), &style, &Typewriter);
    let hidden: Vec<String> =
        notes.iter().filter(|note| note.kind == "hidden-mark").map(|note| note.detail.to_string()).collect();
    assert_eq!(hidden, ["4"]);
}

#[test]
fn lost_characters_between_marks_do_not_begin_a_column_v14() {
    // ?? stands in one place, as !! does, and is a mark like these.
    let lines = columns("甲乙丙丁??戊己庚辛", &vertical(4, 4));
    assert!(lines.iter().all(|line| !said(line).starts_with('?')), "{:?}", lines.iter().map(said).collect::<Vec<_>>());
}

#[test]
fn of_a_long_row_of_marks_the_first_are_told_and_the_others_stand_v31() {
    let mut style = vertical(12, 4);
    style.vertical.judou = Judou::Hidden;
    let lines = columns("甲，。，。，。，。，。乙", &style);
    let runs = || lines.iter().flat_map(|line| &line.runs);
    let of = |means: Means| runs().filter(move |run| run.means == means).flat_map(|run| &run.glyphs).map(|g| g.text);
    assert_eq!(of(Means::Told).collect::<String>(), "，。，。，。，。");
    assert_eq!(of(Means::Text).collect::<String>(), "甲，。乙");
}
