//! Pages of two columns beside each other.

use super::*;

/// The lines of a page of two columns: text, left edge in ems from the type area, and line of the grid.
fn spread(page: &Page, style: &Style) -> Vec<(char, i32, i32)> {
    let lines = page.lines.iter().filter(|line| line.owner != Owner::Artifact);
    let first = |line: &Line| line.runs.first().and_then(|run| run.glyphs.first()).map_or(' ', |glyph| glyph.text);
    let row = |line: &Line| (line.baseline - style.page.top).0 / style.pitch.0;
    lines.map(|line| (first(line), (line.x - style.page.inside).0 / 10_000, row(line))).collect()
}

fn two_columns(measure: i32, lines: i32) -> Style {
    let mut style = style(measure, lines);
    (style.page.columns, style.page.column_gap, style.body.first_indent) = (2, 2000, 0);
    style
}

#[test]
fn the_title_stands_across_both_columns_and_they_are_of_equal_length() {
    let style = two_columns(12, 20);
    let mut blocks = vec![heading(1, "天地玄黄宇宙洪荒日月盈昃")];
    let imprint = BlockKind::Paragraph { role: Role::Imprint, content: vec![Inline::text("辰宿列张", 0..0)] };
    blocks.push(Block::new(imprint, 0..0));
    blocks.extend((0..10).map(|_| paragraph("寒来")));
    let (layout, _) = lay_out(&document(blocks), &style, &Typewriter);
    assert_eq!(layout.pages.len(), 1);
    let lines = spread(&layout.pages[0], &style);
    // Two columns of twelve and the space between them are 26 wide; the title is one line in the middle of that.
    let title = &layout.pages[0].lines[0];
    let middle = title.x + title.width / 2 - style.page.inside;
    assert_eq!((lines[0].0, middle), ('天', Unit::pt(130)));
    let body: Vec<_> = lines.iter().filter(|line| line.0 == '寒').collect();
    let (left, right) = body.split_at(5);
    assert!(left.iter().all(|line| line.1 == 0) && right.iter().all(|line| line.1 == 14), "{body:?}");
    assert!(left.iter().zip(right).all(|(a, b)| a.2 == b.2), "side by side: {body:?}");
    assert!(lines[..2].iter().all(|line| line.2 < left[0].2), "the title is above both");
}

#[test]
fn a_heading_of_the_first_level_parts_the_columns_above_it_from_those_below() {
    let style = two_columns(12, 20);
    let mut blocks = vec![];
    for (head, text, count) in [("一天地", "寒来", 6), ("二玄黄", "暑往", 4)] {
        blocks.push(heading(1, head));
        blocks.extend((0..count).map(|_| paragraph(text)));
    }
    let (layout, _) = lay_out(&document(blocks), &style, &Typewriter);
    let lines = spread(&layout.pages[0], &style);
    let rows = |c: char| lines.iter().filter(|line| line.0 == c).map(|line| line.2).collect::<Vec<_>>();
    let (above, below) = (rows('寒'), rows('暑'));
    assert_eq!((above.len(), below.len(), layout.pages.len()), (6, 4, 1));
    let second = rows('二')[0];
    assert!(above.iter().all(|&row| row < second) && below.iter().all(|&row| row > second), "{lines:?}");
    assert_eq!(above[..3], above[3..]);
    // What does not fit below with two lines of its text begins a page.
    let mut blocks = vec![heading(1, "一天地")];
    blocks.extend((0..27).map(|_| paragraph("寒来")));
    blocks.push(heading(1, "二玄黄"));
    blocks.extend((0..4).map(|_| paragraph("暑往")));
    let (layout, _) = lay_out(&document(blocks), &style, &Typewriter);
    assert_eq!(layout.pages.len(), 2);
    assert_eq!(spread(&layout.pages[1], &style)[0].0, '二');
}

#[test]
fn notes_of_a_title_across_the_columns_stand_at_the_foot_of_the_first() {
    let style = two_columns(12, 20);
    let mut title = heading(1, "天地玄黄");
    if let BlockKind::Heading(heading) = &mut title.kind {
        heading.content.push(Inline::new(InlineKind::NoteRef { note: 0 }, 0..0));
    }
    let mut doc = document(vec![title]);
    doc.blocks.extend((0..10).map(|_| paragraph("寒来")));
    doc.footnotes =
        vec![Footnote {
            label: "1".into(), blocks: vec![paragraph("注")], span: Span::default(), kind: NoteKind::Own
        }];
    let (layout, _) = lay_out(&doc, &style, &Typewriter);
    let note = spread(&layout.pages[0], &style).into_iter().find(|line| line.0 == '[').unwrap_or_default();
    assert_eq!((note.1, note.2), (0, 19));
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
}

#[test]
fn a_paragraph_of_two_lines_is_not_parted_between_two_short_columns_e3() {
    let style = two_columns(12, 20);
    let mut blocks = vec![];
    for head in ["一天地", "二玄黄"] {
        blocks.push(heading(1, head));
        blocks.push(paragraph("寒来暑往秋收冬藏闰余成岁律吕调阳"));
    }
    let (layout, _) = lay_out(&document(blocks), &style, &Typewriter);
    let lines = spread(&layout.pages[0], &style);
    let body: Vec<_> = lines.iter().filter(|line| !"一二".contains(line.0)).collect();
    assert_eq!(body.len(), 4);
    assert!(body.iter().all(|line| line.1 == 0), "{body:?}");
}
