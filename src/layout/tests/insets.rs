//! Pictures within a line.

use super::*;

/// The typewriter with two pictures, three ems wide: one 25 pt high, the other as high as it may be.
struct Album;

impl Metrics for Album {
    fn glyph(&self, face: Face, c: char) -> Option<GlyphMetrics> {
        Typewriter.glyph(face, c)
    }

    fn kerning(&self, _: FontId, _: u16, _: u16) -> i32 {
        0
    }

    fn picture(&self, target: &str, room: (Unit, Unit)) -> Option<(Unit, Unit)> {
        let height = match target {
            "a.png" => Unit::pt(25),
            "poster.png" => room.1,
            _ => return None,
        };
        Some((Unit::pt(30), height))
    }
}

fn set(target: &str, alt: &str) -> Layout {
    let image = Image { target: target.into(), alt: alt.into(), title: String::new() };
    let image = Inline::new(InlineKind::Image(image), 3..20);
    let content = vec![Inline::text("甲", 0..3), image, Inline::text("乙丙丁", 20..29)];
    let first = Block::new(BlockKind::Paragraph { role: Role::Body, content }, 0..29);
    let doc = document(vec![first, paragraph("戊")]);
    let layout = lay_out(&doc, &flush(7), &Album).0;
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
    layout
}

#[test]
fn a_picture_stands_on_the_baseline_and_its_line_takes_whole_lines_of_the_page() {
    let layout = set("a.png", "朱文小印");
    let page = &layout.pages[0];
    let [picture] = page.pictures.as_slice() else { panic!("{:?}", page.pictures) };
    let lines: Vec<&Line> = page.lines.iter().filter(|line| line.owner != Owner::Artifact).collect();
    // 甲, the picture of three ems, and 乙丙丁 fill seven ems.
    let baselines: Vec<i32> = lines.iter().map(|line| (line.baseline - lines[0].baseline).0 / 1000).collect();
    assert_eq!(baselines, [0, 16]);
    assert_eq!((picture.x - lines[0].x, picture.y + picture.height), (Unit::pt(10), lines[0].baseline));
    let top = flush(7).page.top;
    assert!(picture.y >= top && lines[0].baseline - top > Unit::pt(25), "it stands within the type area");
    assert_eq!(layout.structure.iter().filter(|e| e.tag == Tag::Figure).count(), 1);
}

#[test]
fn without_the_picture_its_description_is_set() {
    let layout = set("b.png", "印");
    assert!(layout.pages[0].pictures.is_empty());
    let seen = layout.pages[0].lines.iter().flat_map(|line| &line.runs).filter(|run| run.means == Means::Unseen);
    assert_eq!(seen.count(), 0);
}

#[test]
fn a_picture_in_a_table_makes_its_row_as_high_as_it_needs() {
    let picture = Image { target: "a.png".into(), alt: "朱文小印".into(), title: String::new() };
    let row = |content: Vec<Inline>, other: &str, at: usize| Row {
        cells: vec![content, vec![Inline::text(other, at..at + other.len())]],
        span: Span::new(at, at + other.len()),
    };
    let rows = vec![
        row(vec![Inline::new(InlineKind::Image(picture), 0..12)], "甲", 12),
        row(vec![Inline::text("乙", 15..18)], "丙", 18),
    ];
    let table = Table { columns: vec![Align::Left; 2], head_rows: 0, rows };
    let doc = document(vec![Block::new(BlockKind::Table(table), 0..21)]);
    let (layout, _) = lay_out(&doc, &flush(20), &Album);
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
    let page = &layout.pages[0];
    let [picture] = page.pictures.as_slice() else { panic!("{:?}", page.pictures) };
    let line = |c| page.lines.iter().find(|line| line.runs.iter().any(|run| run.glyphs.iter().any(|g| g.text == c)));
    let (beside, below) = (line('甲').unwrap(), line('乙').unwrap());
    assert!(picture.y >= page.rules.iter().map(|rule| rule.y).min().unwrap(), "it stands below the first rule");
    assert!(beside.x >= picture.x + picture.width, "it stands in its own column");
    assert!(below.baseline - flush(20).body.size > picture.y + picture.height, "the next row stands below it");
    assert_eq!(layout.structure.iter().filter(|e| e.tag == Tag::Figure).count(), 1);
}

#[test]
fn high_pictures_in_a_table_stay_on_the_paper_below_its_head() {
    let cell = |text: &str| vec![Inline::text(text, 0..text.len())];
    let poster = || {
        let image = Image { target: "poster.png".into(), alt: "图".into(), title: String::new() };
        Inline::new(InlineKind::Image(image), 0..3)
    };
    let head = Row { cells: vec![cell("名"), cell("图")], span: Span::default() };
    let rows = (1..4).map(|n| Row { cells: vec![cell("甲"), vec![poster(); n]], span: Span::default() });
    let table = Table { columns: vec![Align::Left; 2], head_rows: 1, rows: [head].into_iter().chain(rows).collect() };
    let doc = document(vec![Block::new(BlockKind::Table(table), 0..0)]);
    let style = flush(10);
    let (layout, _) = lay_out(&doc, &style, &Album);
    assert_eq!(layout.text(), doc.text().replace('\n', ""));
    let bottom = style.page.top + style.pitch * style.page.lines;
    let pictures: Vec<&Picture> = layout.pages.iter().flat_map(|page| &page.pictures).collect();
    assert_eq!(pictures.len(), 6);
    for picture in pictures {
        assert!(picture.y >= style.page.top && picture.y + picture.height <= bottom, "{picture:?} of {bottom:?}");
    }
}
