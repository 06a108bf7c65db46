//! The sections of a document: pages that stand, and pages that lie.

use super::*;

#[test]
fn a_wide_table_stands_in_a_section_of_pages_that_lie() {
    let cell = || vec![Inline::text("一二三四五六七八", 0..24)];
    let row = || Row { cells: (0..8).map(|_| cell()).collect(), span: Span::default() };
    let table = Table { columns: vec![Align::None; 8], head_rows: 0, rows: vec![row(), row()] };
    let text = |text: &str| {
        let content = vec![Inline::text(text, 0..text.len())];
        Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..text.len())
    };
    let blocks = vec![text("天地"), Block::new(BlockKind::Table(table), 0..0), text("玄黄")];
    let document = Document { blocks, ..Document::default() };
    let seen = |style: &str| {
        let parts = package(&document, style, &Options::default());
        let parts = read(&parts);
        let body = parts["word/document.xml"].child("w:body").unwrap();
        let sections: Vec<(String, i32)> = body
            .find("w:sectPr")
            .iter()
            .map(|section| {
                let size = section.child("w:pgSz").unwrap();
                (size.attribute("w:orient").to_owned(), size.attribute("w:w").parse().unwrap())
            })
            .collect();
        let widths =
            body.find("w:gridCol").iter().map(|column| column.attribute("w:w").parse::<i32>().unwrap()).sum::<i32>();
        (sections, widths)
    };
    let (sections, width) = seen("official");
    let upright = (String::new(), 11906);
    assert_eq!(sections, [upright.clone(), ("landscape".into(), 16838), upright.clone()]);
    assert!(width > 8845 && width <= 12760, "wider than a line, and within the turned one: {width}");
    assert_eq!(seen("book").0.len(), 1);
}
