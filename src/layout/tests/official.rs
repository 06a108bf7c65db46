//! Official documents (GB/T 9704): items as paragraphs, the record of printing at the foot.

use super::*;

#[test]
fn items_of_a_list_stand_as_paragraphs_where_the_style_says_so() {
    let mut style = style(20, 40);
    let inner = ListItem { blocks: vec![paragraph("寒来暑往")], span: Span::default() };
    let marker = |form| Marker::Number { start: 1, form };
    let nested = BlockKind::List(List { marker: marker(NumberForm::HAN_BRACKETS), tight: true, items: vec![inner] });
    let item = ListItem {
        blocks: vec![paragraph(&"天地玄黄宇宙洪荒".repeat(3)), Block::new(nested, 0..0)],
        span: Span::default(),
    };
    let list = BlockKind::List(List { marker: marker(NumberForm::HAN_COMMA), tight: true, items: vec![item] });
    let mut edges = |lists| {
        style.lists = lists;
        let (layout, _) = lay_out(&document(vec![Block::new(list.clone(), 0..0)]), &style, &Typewriter);
        let lines = layout.pages[0].lines.iter().filter(|line| line.owner != Owner::Artifact);
        lines.map(|line| (line.x - style.page.inside).0 / 10_000).collect::<Vec<_>>()
    };
    // 一、 and its text, the line that goes on, （一） within it: two in, flush, two in.
    assert_eq!(edges(crate::style::Lists::Flush), [2, 0, 2]);
    assert_eq!(edges(crate::style::Lists::Hanging), [2, 4, 4]);
}

#[test]
fn the_record_of_printing_stands_at_the_foot_between_rules() {
    let mut style = style(20, 12);
    let entry = |text: &str| {
        let content = vec![Inline::text(text, 0..0)];
        Block::new(BlockKind::Paragraph { role: Role::PrintRecord, content }, 0..0)
    };
    let doc = document(vec![paragraph("天地玄黄"), entry("抄送：日月"), entry("盈昃　　　六月一日印发")]);
    let set = |style: &Style| lay_out(&doc, style, &Typewriter).0.pages.swap_remove(0);
    let rows = |page: &Page, style: &Style| -> Vec<i32> {
        let lines = page.lines.iter().filter(|line| line.owner != Owner::Artifact);
        lines.map(|line| (line.baseline - style.page.top).0 / style.pitch.0).collect()
    };
    assert_eq!(rows(&set(&style), &style), [0, 1, 2]);
    style.record_at_foot = true;
    let page = set(&style);
    assert_eq!(rows(&page, &style), [0, 10, 11]);
    // Thick above and below, thin between the entries.
    let rules: Vec<(i32, i32)> = page
        .rules
        .iter()
        .map(|rule| ((rule.y + rule.height / 2 - style.page.top).0 / style.pitch.0, rule.height.0))
        .collect();
    assert_eq!(rules, [(10, 992), (11, 709), (12, 992)]);
    // When it was printed stands at the right edge.
    let last = page.lines.iter().rfind(|line| line.owner != Owner::Artifact).unwrap();
    let role = style.role(Role::PrintRecord);
    assert_eq!(last.x + last.width, style.page.inside + style.measure() - role.size.em(role.end_indent));
}
