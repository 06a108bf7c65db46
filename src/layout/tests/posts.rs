//! Posts: who wrote one, and when, stands above its title and belongs to it.

use super::*;

#[test]
fn who_wrote_a_post_stays_with_its_title_e2() {
    for fill in 0..9 {
        let content = vec![Inline::text("作者：某人", 0..15)];
        let author = Block::new(BlockKind::Paragraph { role: Role::Imprint, content }, 0..15);
        let mut blocks: Vec<Block> = (0..=fill).map(|_| paragraph("天地")).collect();
        blocks.extend([author, heading(2, "玄黄"), paragraph(&"宇".repeat(40))]);
        let (layout, _) = lay_out(&document(blocks), &style(10, 10), &Typewriter);
        let begins = |page: &Page| {
            page.lines.iter().find_map(|line| match line.owner {
                Owner::Element(e) => Some(e),
                Owner::Artifact => None,
            })
        };
        let headed = |page| begins(page).is_some_and(|e| matches!(layout.structure[e.0 as usize].tag, Tag::Heading(_)));
        assert!(!layout.pages.iter().any(headed), "{fill}");
    }
}

#[test]
fn data_below_a_title_stand_apart_from_the_chapter_that_follows_e2() {
    let data = |text: &str| {
        let content = vec![Inline::text(text, 0..text.len())];
        Block::new(BlockKind::Paragraph { role: Role::Imprint, content }, 0..text.len())
    };
    // How far the chapter's head, the next to last line, stands below the data.
    let gap = |blocks: Vec<Block>, above: usize| {
        let mut style = style(10, 20);
        let imprint = crate::style::TextStyle { after: 1000, ..style.body.clone() };
        style.roles.insert(0, (Role::Imprint, imprint));
        let (layout, _) = lay_out(&document(blocks), &style, &Typewriter);
        let lines: Vec<Unit> =
            layout.pages[0].lines.iter().filter(|l| l.owner != Owner::Artifact).map(|l| l.baseline).collect();
        (lines[above + 1] - lines[above]).0
    };
    let posted = gap(vec![paragraph("天地"), data("作者：某人"), heading(2, "玄黄"), paragraph("宇宙")], 1);
    let titled = gap(vec![heading(1, "书"), data("作者：某人"), heading(2, "玄黄"), paragraph("宇宙")], 1);
    assert!(titled > posted, "{titled} {posted}");
}
