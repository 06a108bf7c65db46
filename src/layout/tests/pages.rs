//! Pages: the whole document model, the grid, widows and orphans.

use super::*;
use crate::layout::page::Shape;

fn sample() -> Document {
    let text = |t: &str| vec![Inline::text(t, 0..t.len())];
    let item = |t: &str| ListItem { blocks: vec![paragraph(t)], span: Span::default() };
    let block = |kind| Block::new(kind, 0..0);
    let mut title = heading(1, "千字文");
    if let BlockKind::Heading(h) = &mut title.kind {
        h.title = true;
    }
    let link = Inline::new(
        InlineKind::Link { target: "https://example.com/".into(), title: String::new(), content: text("此处") },
        0..0,
    );
    let mixed = vec![
        Inline::text("天地", 0..6),
        Inline::new(InlineKind::Strong(text("玄黄")), 0..0),
        Inline::new(InlineKind::Emphasis(text("宇宙")), 0..0),
        Inline::new(InlineKind::Code("let x = 1;".into()), 0..0),
        link,
        Inline::new(InlineKind::NoteRef { note: 0 }, 0..0),
        Inline::new(InlineKind::Break, 0..0),
        Inline::new(InlineKind::Ruby { base: "洪荒".into(), reading: "hónghuāng".into() }, 0..0),
        Inline::new(InlineKind::Image(Image { target: "a.png".into(), alt: "图".into(), title: String::new() }), 0..0),
    ];
    let row = |cells: &[&str]| Row { cells: cells.iter().map(|c| text(c)).collect(), span: Span::default() };
    let table = Table {
        columns: vec![Align::Left, Align::Right],
        head_rows: 1,
        rows: vec![row(&["名", "数"]), row(&["日", "一"]), row(&["月", ""])],
    };
    let mut doc = document(vec![
        title,
        block(BlockKind::Paragraph { role: Role::Imprint, content: text("周兴嗣") }),
        block(BlockKind::Paragraph { role: Role::Body, content: mixed }),
        heading(2, "一、日月"),
        block(BlockKind::List(List {
            marker: Marker::Number { start: 9, form: NumberForm::ARABIC_DOT },
            tight: true,
            items: vec![item("日月盈昃"), item("辰宿列张"), ListItem { blocks: vec![], span: Span::default() }],
        })),
        block(BlockKind::Quote(vec![paragraph("寒来暑往，秋收冬藏。")])),
        block(BlockKind::Verse(vec![
            Stanza { lines: vec![VerseLine { content: text("闰余成岁"), span: Span::default() }] },
            Stanza { lines: vec![VerseLine { content: text("律吕调阳"), span: Span::default() }] },
        ])),
        block(BlockKind::Code { language: None, text: "fn main() {\n\tlet 甲 = \"乙\";\n\n}".into() }),
        block(BlockKind::Table(table)),
        block(BlockKind::Divider { ornament: String::new() }),
        block(BlockKind::Divider { ornament: "＊＊＊".into() }),
        block(BlockKind::Image(Image { target: "b.png".into(), alt: "云腾致雨".into(), title: String::new() })),
    ]);
    let note = |t: &str| Footnote {
        label: "1".into(),
        blocks: vec![paragraph(t)],
        span: Span::default(),
        kind: NoteKind::Own,
    };
    doc.footnotes = vec![note("露结为霜。"), note("无人引用的注。")];
    doc
}

#[test]
fn every_kind_of_block_and_inline_is_set_in_every_style() {
    let doc = sample();
    for name in Style::names() {
        let style = Style::builtin(name).unwrap_or_else(|| panic!("{name}"));
        let (layout, notes) = lay_out(&doc, &style, &Typewriter);
        assert_eq!(layout.text(), doc.text().replace('\n', ""), "{name}");
        assert!(notes.is_empty(), "{name}: {notes:?}");
        assert_eq!(layout.outline.iter().map(|o| o.text.as_str()).collect::<Vec<_>>(), ["千字文", "一、日月"]);
        assert!(
            layout.structure.iter().skip(1).enumerate().all(|(i, e)| e.parent.is_some_and(|p| (p.0 as usize) <= i))
        );
        let links = layout.structure.iter().filter(|e| e.tag == Tag::Link).count();
        assert_eq!(links, 1);
        let reference = layout.structure.iter().find(|e| e.tag == Tag::Reference);
        assert!(matches!(reference.map(|e| &e.detail), Some(Detail::Destination(0, _))), "{name}");
    }
}

#[test]
fn where_links_lead_is_printed_at_the_foot_and_is_no_part_of_the_text() {
    let doc = sample();
    for name in Style::names() {
        let style = Style::builtin(name).unwrap_or_else(|| panic!("{name}"));
        let (layout, _) = lay_out(&doc.with_targets_noted(), &style, &Typewriter);
        assert_eq!(layout.text(), doc.text().replace('\n', ""), "{name}");
        let printed = |line: &Line| line.runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.text).collect();
        let lines = layout.pages.iter().flat_map(|page| &page.lines);
        let beside: Vec<String> = lines.filter(|line| line.owner == Owner::Artifact).map(printed).collect();
        assert!(beside.iter().any(|line| line.contains("https://")), "{name}: {beside:?}");
        assert_eq!(layout.structure.iter().filter(|e| e.tag == Tag::Note).count(), doc.footnotes.len(), "{name}");
    }
}

#[test]
fn nothing_leaves_the_type_area() {
    let doc = sample();
    for name in Style::names() {
        let style = Style::builtin(name).unwrap_or_else(|| panic!("{name}"));
        let (layout, _) = lay_out(&doc, &style, &Typewriter);
        let style = style.on_side();
        let bottom = style.page.top + style.pitch * style.page.lines;
        for page in &layout.pages {
            for line in page.lines.iter().filter(|l| l.owner != Owner::Artifact) {
                let (x, baseline) = lying(line, page);
                assert!(x >= style.page.inside && x + line.width <= style.page.inside + style.measure(), "{name}");
                assert!(baseline > style.page.top && baseline < bottom, "{name}");
            }
        }
    }
}

#[test]
fn body_lines_of_all_pages_stand_on_one_grid_e1() {
    let text = "天地玄黄，宇宙洪荒。".repeat(12);
    let blocks = (0..20).flat_map(|i| [heading(2 + i % 3, "日月盈昃"), paragraph(&text)]).collect();
    let style = style(30, 20);
    let (layout, _) = lay_out(&document(blocks), &style, &Typewriter);
    let body = layout
        .pages
        .iter()
        .flat_map(|p| &p.lines)
        .filter(|l| matches!(l.owner, Owner::Element(e) if layout.structure[e.0 as usize].tag == Tag::Paragraph));
    let first = style.page.top + super::super::flow::baseline(style.pitch, style.body.size);
    let mut count = 0;
    for line in body {
        assert_eq!((line.baseline - first).0 % style.pitch.0, 0);
        count += 1;
    }
    assert!(count > 60);
}

/// For each page the elements of its content lines.
fn owners(layout: &Layout) -> Vec<Vec<ElementId>> {
    let pages = layout.pages.iter().map(|page| {
        let owners = page.lines.iter().filter_map(|l| match l.owner {
            Owner::Element(e) => Some(e),
            Owner::Artifact => None,
        });
        owners.collect()
    });
    pages.collect()
}

#[test]
fn no_page_begins_with_a_last_line_nor_ends_with_a_first_one_e3() {
    for length in 1..12 {
        let text = "天地玄黄宇宙洪荒日月".repeat(length);
        let blocks = (0..30).map(|i| paragraph(&text[..text.len() - 30 * (i % length).min(length - 1)])).collect();
        let (layout, _) = lay_out(&document(blocks), &style(10, 7), &Typewriter);
        let pages = owners(&layout);
        let count = |e: ElementId| pages.iter().flatten().filter(|&&o| o == e).count();
        for pair in pages.windows(2) {
            let (Some(&last), Some(&first)) = (pair[0].last(), pair[1].first()) else { panic!("an empty page") };
            if last == first {
                let here = pair[1].iter().filter(|&&o| o == first).count();
                let there = pair[0].iter().filter(|&&o| o == first).count();
                assert!(here >= 2, "a page begins with the last line of {}", count(first));
                assert!(there >= 2 || count(first) < 3, "a page ends with the first line of {}", count(first));
            }
        }
        assert!(pages.last().is_some_and(|p| p.len() > 1), "a page of one line");
    }
}

#[test]
fn headings_stay_with_two_lines_and_are_balanced_e2() {
    for fill in 0..9 {
        let mut blocks: Vec<Block> = (0..fill).map(|_| paragraph("天地")).collect();
        blocks.push(heading(2, &"玄".repeat(11)));
        blocks.push(paragraph(&"宇".repeat(40)));
        let (layout, _) = lay_out(&document(blocks), &style(10, 10), &Typewriter);
        for page in owners(&layout) {
            let tags: Vec<Tag> = page.iter().map(|e| layout.structure[e.0 as usize].tag).collect();
            if let Some(at) = tags.iter().rposition(|t| matches!(t, Tag::Heading(_))) {
                assert!(tags.len() >= at + 3, "{fill}: a heading with {} lines after it", tags.len() - at - 1);
            }
        }
        let heads = layout.pages.iter().flat_map(|p| &p.lines).filter(
            |l| matches!(l.owner, Owner::Element(e) if matches!(layout.structure[e.0 as usize].tag, Tag::Heading(_))),
        );
        let lengths: Vec<usize> = heads.map(|l| l.runs.iter().map(|r| r.glyphs.len()).sum()).collect();
        assert!(lengths.len() == 2 && lengths.iter().all(|&n| n > 4), "{lengths:?}");
    }
}

#[test]
fn chapters_begin_pages_and_are_listed_with_their_numbers() {
    let mut doc = document(vec![]);
    doc.meta.title = Some("千字文".into());
    for n in ["一", "二", "三", "四"] {
        doc.blocks.push(heading(1, &format!("第{n}章 天地")));
        doc.blocks.push(paragraph(&"玄黄，".repeat(120)));
    }
    let mut style = style(20, 12);
    (style.chapter_break, style.contents) = (true, true);
    let (layout, _) = lay_out(&doc, &style, &Typewriter);
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
    let labels: Vec<&str> = layout.pages.iter().map(|p| p.label.as_str()).collect();
    assert_eq!(labels[..2], ["i", "1"]);
    let entries = layout.pages[0].lines.iter().filter(|l| l.owner != Owner::Artifact).skip(1);
    for (entry, item) in entries.zip(&layout.outline) {
        let last: String = entry.runs.last().map(|r| r.glyphs.iter().map(|g| g.text).collect()).unwrap_or_default();
        assert_eq!(last, labels[item.page]);
        assert_eq!(entry.x + entry.width, style.page.inside + style.measure());
    }
    assert!(layout.outline.iter().all(|o| o.top < style.page.top + style.pitch * 2), "chapters stand at the top");
}

#[test]
fn a_long_text_before_the_first_chapter_comes_after_the_contents() {
    let mut title = heading(1, "千字文");
    if let BlockKind::Heading(heading) = &mut title.kind {
        heading.title = true;
    }
    let mut style = style(20, 12);
    style.contents = true;
    for (length, place, page) in [(120, 2, "1"), (1200, 1, "16")] {
        let mut blocks = vec![title.clone(), paragraph(&"玄黄，".repeat(length))];
        for n in ["一", "二", "三"] {
            blocks.extend([heading(2, &format!("第{n}章 天地")), paragraph("寒来暑往，秋收冬藏。")]);
        }
        let doc = document(blocks);
        assert_eq!(doc.contents_place(&doc.outline(), 2), Some(place));
        let (layout, _) = lay_out(&doc, &style, &Typewriter);
        assert_eq!(layout.text(), doc.text().replace('\n', ""));
        assert_eq!(layout.pages[layout.outline[1].page].label, page);
    }
}

#[test]
fn what_announces_code_stays_with_it() {
    for fill in 4..10 {
        let mut blocks: Vec<Block> = (0..fill).map(|_| paragraph("天地")).collect();
        blocks.push(paragraph("如下："));
        blocks.push(Block::new(BlockKind::Code { language: None, text: "one\ntwo\nthree\nfour".into() }, 0..0));
        let (layout, _) = lay_out(&document(blocks), &style(10, 10), &Typewriter);
        for page in &layout.pages {
            let last = page.lines.iter().rfind(|line| line.owner != Owner::Artifact);
            let end = last.and_then(|line| line.runs.last()?.glyphs.last()).map(|glyph| glyph.text);
            assert_ne!(end, Some('：'), "{fill}");
        }
    }
}

#[test]
fn chapters_shorter_than_half_a_page_begin_none() {
    let mut style = style(20, 12);
    style.chapter_break = true;
    for (times, pages) in [(3, [0, 0, 1]), (12, [0, 1, 2])] {
        let chapter = |n: &str| [heading(1, &format!("第{n}章")), paragraph(&"寒来暑往，秋收冬藏。".repeat(times))];
        let (layout, _) = lay_out(&document(["一", "二", "三"].map(chapter).concat()), &style, &Typewriter);
        assert_eq!(layout.outline.iter().map(|item| item.page).collect::<Vec<_>>(), pages, "{times}");
    }
}

#[test]
fn many_short_sections_are_listed_and_begin_no_pages() {
    let mut style = style(20, 12);
    (style.chapter_break, style.contents) = (true, true);
    for (count, listed) in [(5, false), (10, true)] {
        let blocks = (0..count).flat_map(|n| [heading(1, &format!("达摩{n}")), paragraph(&"玄黄，".repeat(430))]);
        let doc = document(blocks.collect());
        let (layout, _) = lay_out(&doc, &style, &Typewriter);
        assert_eq!(layout.pages[0].label == "i", listed);
        let inside = layout.outline.iter().filter(|item| item.top > style.page.top + style.pitch * 3);
        assert!(inside.count() > 0);
    }
}

#[test]
fn notes_stand_at_the_foot_of_the_page_that_refers_to_them() {
    let mut doc = document(vec![]);
    for n in 0..6 {
        doc.blocks.push(paragraph(&"天地玄黄".repeat(20)));
        if let BlockKind::Paragraph { content, .. } = &mut doc.blocks[n].kind {
            content.push(Inline::new(InlineKind::NoteRef { note: n }, 0..0));
        }
        doc.footnotes.push(Footnote {
            label: (n + 1).to_string(),
            blocks: vec![paragraph(&"宇宙洪荒".repeat(10 + n * 20))],
            span: Span::default(),
            kind: NoteKind::Own,
        });
    }
    let style = style(20, 16);
    let (layout, _) = lay_out(&doc, &style, &Typewriter);
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
    let bottom = style.page.top + style.pitch * style.page.lines;
    for element in &layout.structure {
        if let (Tag::Reference, Detail::Destination(page, top)) = (element.tag, &element.detail) {
            assert!(*top < bottom && *page < layout.pages.len());
        }
    }
    for page in &layout.pages {
        let mut baselines: Vec<_> =
            page.lines.iter().filter(|l| l.owner != Owner::Artifact).map(|l| l.baseline).collect();
        baselines.sort();
        assert!(baselines.windows(2).all(|w| w[1] - w[0] >= Unit::pt(9)), "lines lie on each other");
    }
}

#[test]
fn a_long_table_repeats_its_head() {
    let row = |a: String| Row {
        cells: vec![vec![Inline::text(a, 0..0)], vec![Inline::text("乙", 0..0)]],
        span: Span::default(),
    };
    let rows: Vec<Row> = (0..60).map(|n| row(format!("第{n}行"))).collect();
    let table = Table { columns: vec![Align::None, Align::Center], head_rows: 1, rows };
    let doc = document(vec![Block::new(BlockKind::Table(table), 0..0)]);
    let (layout, _) = lay_out(&doc, &style(20, 20), &Typewriter);
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
    assert!(layout.pages.len() > 2);
    for page in &layout.pages[1..] {
        let head: String = page
            .lines
            .iter()
            .filter(|l| l.owner == Owner::Artifact)
            .flat_map(|l| &l.runs)
            .flat_map(|r| &r.glyphs)
            .map(|g| g.text)
            .collect();
        assert!(head.starts_with("第0行"), "{head}");
    }
}

#[test]
fn the_dump_can_be_compared() {
    let set = || lay_out(&document(vec![paragraph("天地，玄黄A。")]), &flush(10), &Typewriter).0;
    let expected = [
        "page 1 [1] 595.276 × 841.89",
        "  28.346,96.839 +62.5 Paragraph 0/10@0 “天地，玄黄A。”",
        "  76.096,748.302 +4.5 artifact ~0/9@0 “1”",
        "",
    ];
    assert_eq!(set().dump(), expected.join("\n"));
    assert_eq!(set(), set());
}

#[test]
fn a_quotation_is_indented_once_on_both_sides() {
    let quote = Block::new(BlockKind::Quote(vec![paragraph(&"天地玄黄".repeat(20))]), 0..0);
    let style = style(20, 20);
    let (layout, _) = lay_out(&document(vec![quote]), &style, &Typewriter);
    let line = &layout.pages[0].lines[1];
    assert_eq!((line.x - style.page.inside, line.width), (Unit::pt(20), Unit::pt(160)));
}

#[test]
fn a_long_unbroken_text_is_set_in_time_that_grows_with_its_length() {
    for text in ["a".repeat(200_000), "」".repeat(50_000), "天".repeat(100_000), "\u{301}".repeat(20_000)] {
        let doc = document(vec![paragraph(&text)]);
        let (layout, _) = lay_out(&doc, &style(20, 20), &Typewriter);
        assert_eq!(layout.text().len(), text.len());
    }
}

#[test]
fn tables_and_code_stand_off_the_text_and_keep_the_grid_e1_e6() {
    let row = |a: &str, b: &str| Row {
        cells: vec![vec![Inline::text(a, 0..a.len())], vec![Inline::text(b, 0..b.len())]],
        span: Span::default(),
    };
    let table = Table { columns: vec![Align::Left; 2], head_rows: 1, rows: vec![row("名", "数"), row("日", "一")] };
    let code = "one\ntwo\nthree";
    for kind in [BlockKind::Table(table), BlockKind::Code { language: None, text: code.into() }] {
        for name in Style::names() {
            let style = Style::builtin(name).unwrap_or_else(|| panic!("{name}"));
            let doc = document(vec![paragraph("天地玄黄"), Block::new(kind.clone(), 0..0), paragraph("宇宙洪荒")]);
            let (layout, _) = lay_out(&doc, &style, &Typewriter);
            let lines: Vec<&Line> = layout.pages[0].lines.iter().filter(|l| l.owner != Owner::Artifact).collect();
            let first_of = |c| lines.iter().position(|l| l.runs[0].glyphs[0].text == c).unwrap_or(usize::MAX);
            let baseline = |number: usize| lying(lines[number], &layout.pages[0]).1;
            let (above, below) = (baseline(0), baseline(first_of('宇')));
            assert_eq!((below - above).0 % style.pitch.0, 0, "{name}: on the grid");
            let (first, last) = (baseline(1), baseline(first_of('宇') - 1));
            let least = style.pitch / 2 + style.code.size.min(style.table.size);
            assert!(first - above >= least, "{name}: above");
            assert!(below - last >= least, "{name}: below");
        }
    }
}

#[test]
fn no_word_in_a_table_is_broken_for_want_of_room_that_others_have_b5() {
    let cells = |texts: [&str; 3]| Row {
        cells: texts.iter().map(|text| vec![Inline::text(*text, 0..text.len())]).collect(),
        span: Span::default(),
    };
    let text = "天地玄黄宇宙洪荒".repeat(4);
    let rows = vec![cells([&text, "водоворот", &text]), cells(["日", "mo", "月"])];
    let table = Table { columns: vec![Align::None; 3], head_rows: 0, rows };
    let lines = places(vec![Block::new(BlockKind::Table(table), 0..0)], &style(16, 40));
    assert!(lines.iter().any(|line| line.0.trim() == "водоворот"), "{lines:?}");
}

#[test]
fn parts_of_a_mirrored_book_begin_on_right_hand_pages() {
    let mut style = style(20, 12);
    (style.chapter_break, style.contents, style.page.mirrored) = (true, true, true);
    let mut blocks = vec![];
    for (level, text) in
        [(1, "第一卷"), (2, "第一章"), (2, "第二章"), (1, "第二卷"), (2, "第三章"), (2, "第四章"), (2, "第五章")]
    {
        blocks.push(heading(level, text));
        blocks.push(paragraph(&"寒来暑往，秋收冬藏。".repeat(if level == 1 { 1 } else { 18 })));
    }
    let (layout, _) = lay_out(&document(blocks), &style, &Typewriter);
    let page = |text: &str| layout.outline.iter().find(|o| o.text == text).map_or(usize::MAX, |o| o.page);
    let first = layout.pages.iter().position(|p| p.label == "1").unwrap_or(usize::MAX);
    assert_eq!(first % 2, 0, "the text begins on a right-hand page");
    assert_eq!((page("第一卷") - first, page("第二卷") - first), (0, 4), "第二章 stands on page 3, page 4 is empty");
    assert!(layout.pages[first + 3].lines.is_empty() && layout.pages[first + 3].rules.is_empty());
    let listed: String =
        layout.pages[0].lines.iter().flat_map(|l| &l.runs).flat_map(|r| &r.glyphs).map(|g| g.text).collect();
    assert!(
        listed.contains("第二卷") && listed.contains('5'),
        "the contents name the page after the empty one: {listed}"
    );
    let edge = |p: usize| layout.pages[p].lines[0].x;
    assert!(edge(first + 4) != edge(first + 5), "margins change places");
}

#[test]
fn the_head_of_a_part_stays_with_its_first_chapter_e2() {
    let mut style = style(20, 12);
    style.chapter_break = true;
    let mut blocks = vec![];
    for part in ["第一卷", "第二卷"] {
        blocks.push(heading(1, part));
        for chapter in ["第一章", "第二章"] {
            blocks.push(heading(2, chapter));
            blocks.push(paragraph(&"寒来暑往，秋收冬藏。".repeat(12)));
        }
    }
    let (layout, _) = lay_out(&document(blocks), &style, &Typewriter);
    let pages: Vec<usize> = layout.outline.iter().map(|item| item.page).collect();
    assert_eq!(pages, [0, 0, 1, 2, 2, 3]);
}

/// The text and left edge of each line of a document, in ems of 10 pt.
fn places(blocks: Vec<Block>, style: &Style) -> Vec<(String, i32)> {
    let (layout, _) = lay_out(&document(blocks), style, &Typewriter);
    let lines = layout.pages.iter().flat_map(|p| &p.lines).filter(|l| l.owner != Owner::Artifact);
    let text = |l: &Line| l.runs.iter().flat_map(|r| &r.glyphs).map(|g| g.text).collect();
    lines.map(|l| (text(l), (l.x - style.page.inside).0 / 10_000)).collect()
}

#[test]
fn a_heading_of_two_lines_is_parted_where_the_sense_is_e2() {
    let mut style = style(20, 40);
    style.headings[1].size = style.body.size;
    for (text, first) in [
        ("天地玄黄（宇宙洪荒）：日月盈昃辰宿列张寒来暑往", "天地玄黄（宇宙洪荒）："),
        ("天地玄黄宇宙洪荒　日月盈昃辰宿列张寒来暑往", "天地玄黄宇宙洪荒　"),
        ("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收", "天地玄黄宇宙洪荒"),
    ] {
        let lines = places(vec![heading(2, text)], &style);
        assert_eq!((lines.len(), lines[0].0.as_str()), (2, first), "{lines:?}");
    }
}

#[test]
fn verse_is_centred_as_a_block_e6() {
    let line = |t: &str| VerseLine { content: vec![Inline::text(t, 0..t.len())], span: Span::default() };
    let verse =
        BlockKind::Verse(vec![Stanza { lines: vec![line("床前明月光疑是地上"), line("霜举头望")] }]);
    let mut style = style(20, 40);
    style.verse.size = style.body.size;
    let lines = places(vec![Block::new(verse, 0..0)], &style);
    assert_eq!(lines.iter().map(|l| l.1).collect::<Vec<_>>(), [5, 5], "{lines:?}");
}

#[test]
fn the_numbers_of_attachments_stand_below_each_other() {
    let attached = |t: &str| {
        let content = vec![Inline::text(t, 0..t.len())];
        Block::new(BlockKind::Paragraph { role: Role::Attachment, content }, 0..t.len())
    };
    let lines = places(vec![attached("附件：1.甲"), attached("2.乙"), attached("附件：丙")], &style(20, 40));
    assert_eq!(lines.iter().map(|l| l.1).collect::<Vec<_>>(), [2, 5, 2], "{lines:?}");
}

#[test]
fn a_row_of_signs_stands_in_one_line_and_what_draws_a_line_is_drawn() {
    let rows =
        ["-".repeat(80), "═".repeat(30), "～～～～".to_owned(), "※※※".to_owned(), format!("# {}", "=".repeat(90))];
    let blocks = rows.iter().map(|row| Block::new(BlockKind::Divider { ornament: row.clone() }, 0..row.len()));
    let doc = document(blocks.collect());
    let style = flush(20);
    let (layout, _) = lay_out(&doc, &style, &Typewriter);
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
    let page = &layout.pages[0];
    let lines: Vec<&Line> = page.lines.iter().filter(|l| l.owner != Owner::Artifact).collect();
    assert_eq!(lines.len(), rows.len());
    let right = page.lines.iter().map(|l| l.x + l.width).max().unwrap();
    assert!(right <= style.page.inside + style.measure());
    let seen: Vec<bool> = lines.iter().map(|l| l.runs.iter().all(|r| r.means == Means::Text)).collect();
    assert_eq!(seen, [false, false, false, true, true]);
    assert_eq!(
        page.rules.iter().map(|rule| rule.shape == Shape::Wave).collect::<Vec<_>>(),
        [false, false, false, true]
    );
    assert!(page.rules.iter().all(|rule| rule.x + rule.width <= right));
}

#[test]
fn pages_that_are_only_counted_are_those_that_are_set() {
    let mut blocks = sample().blocks;
    for n in 1..40 {
        let text = format!("{}，a wordbeyondmeasure 𠮷。", "日月盈昃辰宿列张".repeat(n % 7 + 1));
        blocks.extend([heading(2, &format!("第{n}")), paragraph(&text)]);
    }
    let doc = Document { blocks, ..sample() };
    for mut style in [style(9, 12), style(22, 28)] {
        style.contents = true;
        style.chapter_break = style.page.lines == 28;
        let (layout, notes) = lay_out(&doc, &style, &Typewriter);
        assert!(layout.pages.len() > 10 && notes.iter().any(|note| note.kind == "loose-line"));
        assert_eq!(heading_pages(&doc, &style, &Typewriter), (layout.heading_pages(), notes));
        let last = layout.outline.last().map(|item| layout.pages[item.page].label.clone());
        assert_eq!(layout.heading_pages().pop(), last);
    }
}
