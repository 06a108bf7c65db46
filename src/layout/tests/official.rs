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

/// The pages of `blocks` in the style of official documents.
fn office(blocks: Vec<Block>) -> Layout {
    let style = Style::builtin("official").expect("a style of that name");
    lay_out(&document(blocks), &style, &Typewriter).0
}

fn of(role: Role, text: &str) -> Block {
    Block::new(BlockKind::Paragraph { role, content: vec![Inline::text(text, 0..text.len())] }, 0..text.len())
}

#[test]
fn a_wide_table_stands_on_a_page_that_is_turned_and_its_number_where_it_always_does() {
    let cell = || vec![Inline::text("一二三四五六七八", 0..24)];
    let row = || Row { cells: (0..8).map(|_| cell()).collect(), span: Span::default() };
    let table = Table { columns: vec![Align::None; 8], head_rows: 0, rows: vec![row(), row()] };
    let layout = office(vec![paragraph("天地"), Block::new(BlockKind::Table(table), 0..0), paragraph("玄黄")]);
    let turned: Vec<bool> = layout.pages.iter().map(|page| page.size.0 > page.size.1).collect();
    assert_eq!(turned, [false, true, false]);
    let style = Style::builtin("official").expect("a style of that name");
    let number = layout.pages[1].lines.iter().find(|line| line.course == Course::Turned).expect("a number");
    let upright = layout.pages[2].lines.iter().rfind(|line| line.owner == Owner::Artifact).expect("a number");
    assert_eq!(number.x, style.page.height - upright.baseline);
    assert_eq!(number.baseline, style.page.inside + style.folio_size, "an even page");
}

#[test]
fn a_sentence_leads_into_its_paragraph_in_the_face_of_its_level() {
    let led = |text: &str| {
        let layout = office(vec![paragraph(text)]);
        let first = layout.pages[0].lines[0].runs[0].clone();
        (first.font.0, first.glyphs.len())
    };
    let (hei, kai, fangsong) = (Face::Hei.index() as u8, Face::Kai.index() as u8, Face::Fangsong.index() as u8);
    assert_eq!(led("一、提高认识。各单位要重视。"), (hei, 7));
    assert_eq!(led("（二）政治审查。由某所牵头。"), (kai, 8));
    assert_eq!(led("（一）没有固定住所的；").0, fangsong);
    assert_eq!(led("1.供水管网。由某局牵头。").0, fangsong);
}

#[test]
fn what_is_attached_begins_a_page_and_what_lists_it_does_not() {
    let blocks = vec![
        paragraph("天地"),
        of(Role::Attachment, "附件：1.甲"),
        of(Role::Attachment, "2.乙"),
        of(Role::Attachment, "附件1"),
        heading(1, "甲"),
        of(Role::Attachment, "附件2"),
        heading(1, "乙"),
    ];
    assert_eq!(office(blocks).pages.len(), 3);
}

#[test]
fn the_record_stands_on_the_back_of_a_sheet() {
    let record = || of(Role::PrintRecord, "某办公室　　　六月一日印发");
    let layout = office(vec![paragraph("天地"), record()]);
    assert_eq!(layout.pages.len(), 2);
    assert_eq!(layout.pages[1].rules.len(), 2);
    // A letter has it where it ends.
    let head = [of(Role::Issuer, "某局"), of(Role::DocumentNumber, "某函〔2018〕1号")];
    let letter = office(head.into_iter().chain([paragraph("天地"), record()]).collect());
    assert_eq!(letter.pages.len(), 1);
    let numbered = letter.pages[0].lines.iter().any(|line| line.owner == Owner::Artifact);
    assert!(!numbered && letter.pages[0].rules.len() == 4, "two rules of two lines, and no number");
}

#[test]
fn red_is_black_where_a_printer_has_no_red() {
    let style = Style::builtin("official").expect("a style of that name");
    let head = || vec![of(Role::Issuer, "某局文件"), of(Role::DocumentNumber, "某发〔2018〕1号"), paragraph("天地")];
    let red = |style: &Style| {
        let page = lay_out(&document(head()), style, &Typewriter).0.pages.swap_remove(0);
        let runs = page.lines.iter().flat_map(|line| &line.runs).filter(|run| run.colour.is_some()).count();
        (runs, page.rules.iter().filter(|rule| rule.colour.is_some()).count())
    };
    assert_eq!(red(&style), (1, 1));
    assert_eq!(red(&style.in_black()), (0, 0));
}

/// The text of each page.
fn pages(layout: &Layout) -> Vec<String> {
    let said = |page: &Page| {
        let lines = page.lines.iter().filter(|line| line.owner != Owner::Artifact);
        lines.flat_map(|line| &line.runs).flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect()
    };
    layout.pages.iter().map(said).collect()
}

#[test]
fn the_first_page_shows_text_however_much_room_those_who_sign_take() {
    let mut title = heading(1, "某事的通知");
    if let BlockKind::Heading(heading) = &mut title.kind {
        heading.title = true;
    }
    let head = ["甲市某局", "乙市某局", "丙市某局文件"].map(|name| of(Role::Issuer, name));
    let text = [of(Role::DocumentNumber, "某发〔2018〕1号"), title, paragraph(&"宇宙洪荒".repeat(8))];
    let names = ["甲市某局", "乙市某局", "丙市某局", "2018年1月1日"].map(|name| of(Role::Signature, name));
    let said = pages(&office(head.into_iter().chain(text).chain(names).collect()));
    assert_eq!(said.len(), 2);
    assert!(said[0].ends_with(&("宇宙洪荒".repeat(6) + "宇宙")) && said[1].starts_with("洪荒"), "{said:?}");
}

#[test]
fn a_seal_has_a_line_less_where_all_fits_its_page_then() {
    let mut style = Style::builtin("official").expect("a style of that name");
    style.office.as_mut().expect("places of its own").seal = crate::style::Seal::Room;
    let count = |lines: usize| {
        let mut blocks: Vec<Block> = (0..lines).map(|_| paragraph("天地玄黄")).collect();
        blocks.extend([of(Role::Signature, "某市某局"), of(Role::Signature, "2018年1月1日")]);
        pages(&lay_out(&document(blocks), &style, &Typewriter).0).len()
    };
    // Of 22 lines, three above the name, the name and the date; then two above the name.
    assert_eq!([count(17), count(18), count(19)], [1, 1, 2]);
}

#[test]
fn a_short_list_of_what_is_attached_is_not_parted() {
    let text = (0..19).map(|_| paragraph("天地玄黄"));
    let list = ["附件：1.甲", "2.乙", "3.丙"].map(|entry| of(Role::Attachment, entry));
    let said = pages(&office(text.chain(list).collect()));
    assert_eq!(said[1], "附件：1.甲2.乙3.丙");
}

#[test]
fn the_parties_of_a_contract_stand_in_columns_and_what_is_attached_begins_a_page() {
    let style = Style::builtin("paper").expect("a style of that name");
    let rows = ["甲方（签字）：____    乙方（签字）：____", "电话：138        电话：139", "签于云山"];
    let rows = rows.map(|row| of(Role::Signature, row));
    let mut blocks = vec![paragraph("天地玄黄")];
    blocks.extend(rows);
    blocks.extend([heading(1, "附件一：清单"), paragraph("宇宙洪荒")]);
    let layout = lay_out(&document(blocks), &style, &Typewriter).0;
    let lines = layout.pages[0].lines.iter().filter(|line| line.owner != Owner::Artifact).skip(1);
    let edges: Vec<i32> = lines.map(|line| (line.x - style.page.inside).0 / 14_000).collect();
    // Two characters in, and in the middle of the thirty that are left.
    assert_eq!(edges, [2, 17, 2, 17, 2]);
    assert_eq!(layout.pages.len(), 2);
}

#[test]
fn tables_of_papers_have_rules_between_all_cells() {
    let cell = || vec![Inline::text("天地", 0..6)];
    let row = || Row { cells: (0..3).map(|_| cell()).collect(), span: Span::default() };
    let table = Table { columns: vec![Align::None; 3], head_rows: 1, rows: vec![row(), row()] };
    let rules = |name: &str| {
        let style = Style::builtin(name).expect("a style of that name");
        let doc = document(vec![Block::new(BlockKind::Table(table.clone()), 0..0)]);
        let page = lay_out(&doc, &style, &Typewriter).0.pages.swap_remove(0);
        let upright = |rule: &&Rule| rule.height > rule.width;
        (page.rules.iter().filter(upright).count(), page.rules.iter().filter(|rule| !upright(rule)).count())
    };
    // Four beside and between three columns, in each of two rows.
    assert_eq!(rules("paper"), (8, 3));
    assert_eq!(rules("book").0, 0);
}
