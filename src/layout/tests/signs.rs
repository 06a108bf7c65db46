//! What stands on pages besides the text: running heads, bullets.

use super::*;

#[test]
fn the_running_head_names_the_chapter_that_the_page_begins_in() {
    let mut style = style(20, 10);
    style.head = crate::style::RunningHead::TitleAndChapter;
    let chapters = ["第一章　甲", "第二章　乙", "第三章　丙"];
    let text = || (0..11).map(|_| paragraph("天地玄黄"));
    let blocks = chapters.iter().flat_map(|name| [heading(1, name)].into_iter().chain(text())).collect();
    let layout = lay_out(&document(blocks), &style, &Typewriter).0;
    let head = |page: &Page| -> String {
        let own = page
            .lines
            .iter()
            .filter(|line| line.owner == Owner::Artifact)
            .map(|line| line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect::<String>());
        own.filter(|text| text.starts_with('第')).collect()
    };
    let first = |page: &Page| -> String {
        let lines = page.lines.iter().filter(|line| line.owner != Owner::Artifact).take(1);
        lines.flat_map(|line| &line.runs).flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect()
    };
    let pages = &layout.pages[1..];
    assert!(pages.len() > 2);
    for (before, page) in layout.pages.iter().zip(pages) {
        // A page that begins with the head of a chapter is of that chapter, any other of the last one on the pages before.
        let seen = pages_of(&layout, before);
        let own = if first(page).starts_with('第') { first(page) } else { seen };
        assert_eq!(head(page), own);
    }
}

/// The last chapter that begins on the pages up to `last`.
fn pages_of(layout: &Layout, last: &Page) -> String {
    let begun = layout.outline.iter().rfind(|item| layout.pages[item.page].number <= last.number);
    begun.map(|item| item.text.clone()).unwrap_or_default()
}

#[test]
fn what_is_typed_for_a_bullet_is_drawn_as_one_and_stays_what_it_is() {
    let item = |text: &str| ListItem { blocks: vec![paragraph(text)], span: Span::default() };
    let list = List { marker: Marker::Bullet('-'), tight: true, items: vec![item("天地")] };
    let layout = lay_out(&document(vec![Block::new(BlockKind::List(list), 0..0)]), &style(20, 10), &Typewriter).0;
    let mark = layout.pages[0].lines[0].runs[0].glyphs[0];
    assert_eq!((mark.text, u32::from(mark.id)), ('-', u32::from('•') % 60_000 + 1));
}
