//! Lines under names and titles.

use super::*;
use crate::layout::page::{Rule, Shape};

/// The lines drawn under a paragraph: left edge, length and whether it is wavy, in thousandths of an em; and the text of its lines.
fn underlines(content: Vec<Inline>, style: &Style) -> (Vec<(i32, i32, bool)>, Vec<String>) {
    let doc = document(vec![Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0)]);
    let (layout, _) = lay_out(&doc, style, &Typewriter);
    assert_eq!(layout.text(), doc.text().trim_end());
    let page = &layout.pages[0];
    let lines = page.lines.iter().filter(|line| line.owner != Owner::Artifact);
    let text = |line: &Line| line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect();
    let place = |rule: &Rule| ((rule.x - style.page.inside).0 / 10, rule.width.0 / 10, rule.shape == Shape::Wave);
    (page.rules.iter().map(place).collect(), lines.map(text).collect())
}

fn marked(mark: Underline, text: &str) -> Inline {
    Inline::new(InlineKind::Underline { mark, content: vec![Inline::text(text, 0..0)] }, 0..0)
}

fn name(text: &str) -> Inline {
    marked(Underline::Straight, text)
}

fn plain(text: &str) -> Inline {
    Inline::text(text, 0..0)
}

#[test]
fn the_lines_of_two_names_side_by_side_are_two() {
    let content = vec![plain("天"), name("地玄"), name("黄"), marked(Underline::Wavy, "宇宙")];
    let (lines, _) = underlines(content, &flush(20));
    assert_eq!(lines, [(1050, 1900, false), (3050, 900, false), (4050, 1900, true)]);
}

#[test]
fn no_gap_at_its_ends_lengthens_a_line() {
    // The gaps beside AB, a quarter em each, are outside; the one between 地 and CD is inside.
    let (lines, _) = underlines(vec![plain("AB"), name("天地CD"), plain("玄")], &flush(20));
    assert_eq!(lines, [(1250 + 50, 2000 + 250 + 1000 - 100, false)]);
    // Nor do the blank halves of marks: the opening one at the line's start is trimmed, the stop keeps its half.
    let (lines, _) = underlines(vec![name("《天。"), plain("地")], &flush(20));
    assert_eq!(lines, [(50, 2000 - 100, false)]);
    let mut quanjiao = flush(20);
    quanjiao.punctuation = crate::style::Punctuation::Quanjiao;
    let (lines, _) = underlines(vec![plain("玄"), name("《天。"), plain("地")], &quanjiao);
    assert_eq!(lines, [(1500 + 50, 2000 - 100, false)]);
}

#[test]
fn a_line_spans_what_is_between_its_characters_when_they_are_drawn_apart_and_ends_with_its_text() {
    // Nine ems in ten before a word that does not fit: eight places take an eighth of an em each, two of them within the name.
    let content = vec![plain("天"), name("地玄黄"), plain("宇宙洪荒日ABCDEFG"), plain("天地玄黄宇宙洪荒日月盈昃")];
    let (lines, texts) = underlines(content, &flush(10));
    assert_eq!(texts[0], "天地玄黄宇宙洪荒日");
    assert_eq!(lines, [(1125 + 50, 3000 + 250 - 100, false)]);
    // A name that goes on in the next line has a line in both.
    let (lines, texts) = underlines(vec![plain("天地玄黄宇宙洪荒"), name("日月盈昃")], &flush(10));
    assert_eq!(texts, ["天地玄黄宇宙洪荒日月", "盈昃"]);
    assert_eq!(lines, [(8050, 1900, false), (50, 1900, false)]);
}

#[test]
fn marks_of_notes_and_spaces_at_the_end_have_no_line() {
    let mut doc = document(vec![]);
    let note = Inline::new(InlineKind::NoteRef { note: 0 }, 0..0);
    let content = vec![Inline::new(
        InlineKind::Underline { mark: Underline::Straight, content: vec![plain("天地"), note, plain(" ")] },
        0..0,
    )];
    doc.blocks = vec![Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..0)];
    doc.footnotes =
        vec![Footnote {
            label: "1".into(), blocks: vec![paragraph("注")], span: Span::default(), kind: NoteKind::Own
        }];
    let style = flush(20);
    let (layout, _) = lay_out(&doc, &style, &Typewriter);
    assert_eq!(
        layout.pages[0].rules[0],
        Rule {
            x: style.page.inside + Unit(500),
            y: layout.pages[0].lines[0].baseline + Unit(1500),
            width: Unit(19_000),
            height: Unit(450),
            shape: Shape::Bar,
            colour: None,
        }
    );
    assert!(
        layout
            .structure
            .iter()
            .any(|element| element.tag == Tag::Span && element.detail == Detail::Underline(Underline::Straight))
    );
}
