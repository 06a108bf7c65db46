//! The writer on a small layout made by hand, read back by lopdf.

use super::*;
use crate::document::{Marker, Meta, NumberForm};
use crate::layout::{
    Course, Detail, Element, ElementId, Glyph, Line, Means, Metrics, OutlineItem, Owner, Page, Posture, Rule, Run, Tag,
};
use crate::span::Span;
use crate::style::Face;
use crate::unit::Unit;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeMap;
use std::sync::OnceLock;

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::embedded().expect("fonts are compiled in"))
}

/// Sets lines one below the other, each character at its advance plus `gap`.
struct Setter {
    layout: Layout,
    gap: Unit,
}

impl Setter {
    fn new() -> Self {
        let mut setter = Setter { layout: Layout::default(), gap: Unit::ZERO };
        setter.element(Tag::Document, None, Detail::None);
        setter.page("1");
        setter
    }

    fn page(&mut self, label: &str) {
        let number = self.layout.pages.len() as u32 + 1;
        let rule = Rule::bar(Unit::pt(72), Unit::pt(60), Unit::pt(451), Unit(500));
        let blank = Page::blank(number, (Unit(595_276), Unit(841_890)));
        self.layout.pages.push(Page { label: label.into(), rules: vec![rule], ..blank });
    }

    fn element(&mut self, tag: Tag, parent: Option<u32>, detail: Detail) -> u32 {
        self.layout.structure.push(Element { tag, parent: parent.map(ElementId), language: None, detail });
        self.layout.structure.len() as u32 - 1
    }

    /// A line of pieces, each `(text, element of its own)`; a character that no font has becomes its code point.
    fn line(&mut self, owner: Owner, face: Face, size: Unit, pieces: &[(&str, Option<u32>)]) {
        let page = self.layout.pages.last_mut().expect("a page");
        let baseline = Unit::pt(100 + 20 * page.lines.len() as i32);
        let (mut runs, mut x): (Vec<Run>, _) = (vec![], Unit::ZERO);
        for &(text, element) in pieces {
            for c in text.chars() {
                let digits = format!("{:X}", u32::from(c));
                let found = library().glyph(face, c);
                let means = if found.is_some() { Means::Text } else { Means::CodePoint(c) };
                let shown: Vec<char> = if found.is_some() { vec![c] } else { digits.chars().collect() };
                let size = if found.is_some() { size } else { size.em(300) };
                for (i, &c) in shown.iter().enumerate() {
                    let glyph = library().glyph(face, c).expect("digits are in every font");
                    let element = element.map(ElementId);
                    let goes_on = i > 0 || means == Means::Text;
                    let same =
                        |r: &Run| goes_on && (r.font, r.size, r.element, r.means) == (glyph.font, size, element, means);
                    if !runs.last().is_some_and(same) {
                        runs.push(Run {
                            font: glyph.font,
                            size,
                            rise: Unit::ZERO,
                            element,
                            colour: None,
                            means,
                            glyphs: vec![],
                        });
                    }
                    let advance = size.em(glyph.advance);
                    runs.last_mut().expect("a run").glyphs.push(Glyph {
                        id: glyph.glyph,
                        posture: Posture::Upright,
                        text: c,
                        x,
                        advance,
                    });
                    x += advance + self.gap;
                }
            }
        }
        page.lines.push(Line {
            x: Unit::pt(72),
            baseline,
            width: x,
            runs,
            span: Span::default(),
            owner,
            course: Course::Level,
        });
    }

    fn paragraph(&mut self, text: &str) {
        let element = self.element(Tag::Paragraph, Some(0), Detail::None);
        self.line(Owner::Element(ElementId(element)), Face::Song, Unit(10_500), &[(text, None)]);
    }
}

/// Two pages with everything that the structure can hold.
fn sample() -> Layout {
    let mut set = Setter::new();
    let heading = set.element(Tag::Heading(1), Some(0), Detail::None);
    set.line(Owner::Element(ElementId(heading)), Face::Hei, Unit::pt(16), &[("第一章　山雨", None)]);
    set.layout.outline.push(OutlineItem {
        level: 1,
        text: "第一章　山雨".into(),
        page: 0,
        top: Unit::pt(84),
        block: 0,
    });
    set.gap = Unit(137);
    set.paragraph("“山雨欲来——”他说，AV To 34.6%。");
    set.gap = Unit::ZERO;
    set.paragraph("一⼀工⼯人𠮷文（）\\");
    set.paragraph("龘\u{31350}與\u{E123}\u{AC00}。 ");
    let paragraph = set.element(Tag::Paragraph, Some(0), Detail::None);
    let link = set.element(Tag::Link, Some(paragraph), Detail::Uri("https://例.cn/?a=(b)".into()));
    let reference = set.element(Tag::Reference, Some(paragraph), Detail::Destination(1, Unit::pt(90)));
    set.line(
        Owner::Element(ElementId(paragraph)),
        Face::Kai,
        Unit(10_500),
        &[("见", None), ("此处", Some(link)), ("之文", None), ("[1]", Some(reference)), ("。", None)],
    );
    let list = set.element(Tag::List, Some(0), Detail::List(Marker::Number { start: 1, form: NumberForm::ARABIC_DOT }));
    for (marker, text) in [("1. ", "甲"), ("2. ", "乙")] {
        let item = set.element(Tag::ListItem, Some(list), Detail::None);
        let label = set.element(Tag::Label, Some(item), Detail::None);
        let body = set.element(Tag::ListBody, Some(item), Detail::None);
        let inner = set.element(Tag::Paragraph, Some(body), Detail::None);
        set.line(Owner::Element(ElementId(inner)), Face::Song, Unit(10_500), &[(marker, Some(label)), (text, None)]);
    }
    set.line(Owner::Artifact, Face::Song, Unit::pt(9), &[("山雨", None)]);
    set.page("2");
    let table = set.element(Tag::Table, Some(0), Detail::None);
    for (tag, cells) in [(Tag::TableHead, ["名", "数"]), (Tag::TableCell, ["", "二"])] {
        let row = set.element(Tag::TableRow, Some(table), Detail::None);
        for text in cells {
            let cell = set.element(tag, Some(row), Detail::None);
            if !text.is_empty() {
                set.line(Owner::Element(ElementId(cell)), Face::Song, Unit(9_000), &[(text, None)]);
            }
        }
    }
    let note = set.element(Tag::Note, Some(0), Detail::None);
    set.line(Owner::Element(ElementId(note)), Face::Song, Unit(8_000), &[("[1]注文😀≒ά", None)]);
    set.line(Owner::Artifact, Face::Song, Unit::pt(9), &[("— 2 —", None)]);
    set.layout
}

fn written(layout: &Layout) -> Vec<u8> {
    written_as(layout, &Options { attach: true, print_ready: true, booklet: false, pictures: Pictures::default() })
}

fn written_as(layout: &Layout, options: &Options) -> Vec<u8> {
    let document =
        Document { meta: Meta { title: Some("山雨 <1> & (2)".into()), ..Meta::default() }, ..Document::default() };
    let provenance = Provenance {
        name: "山雨.txt".into(),
        bytes: "原文".as_bytes(),
        sha256: "ab".repeat(32),
        encoding: "gb18030".into(),
        edits: vec![("half-comma", 3)],
        date: Some("2018-01-05".into()),
    };
    write(&document, layout, library(), &provenance, options, &mut Deflate::default()).expect("written")
}

/// The characters shown on a page, in the order of its content, by the `ToUnicode` maps of its fonts.
fn shown(file: &lopdf::Document, page: ObjectId) -> String {
    let fonts: BTreeMap<_, _> = file.get_page_fonts(page).expect("fonts").into_iter().collect();
    let maps: BTreeMap<&[u8], BTreeMap<u16, String>> =
        fonts.iter().map(|(name, font)| (name.as_slice(), to_unicode(file, font))).collect();
    let content = lopdf::content::Content::decode(&file.get_page_content(page)).expect("content");
    let mut text = String::new();
    let mut map = None;
    for operation in &content.operations {
        match operation.operator.as_str() {
            "Tf" => map = maps.get(operation.operands[0].as_name().expect("name")),
            "TJ" => {
                for piece in operation.operands[0].as_array().expect("array") {
                    for code in piece.as_str().unwrap_or_default().as_chunks::<2>().0 {
                        text.push_str(&map.expect("a font")[&u16::from_be_bytes(*code)]);
                    }
                }
                text.push('|');
            }
            _ => {}
        }
    }
    text
}

fn to_unicode(file: &lopdf::Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font.get_deref(b"ToUnicode", file).and_then(Object::as_stream).expect("ToUnicode");
    let cmap = String::from_utf8(stream.decompressed_content().expect("inflates")).expect("ASCII");
    let hex = |s: &str| u16::from_str_radix(s, 16).expect("hexadecimal");
    let mut map = BTreeMap::new();
    // <first><last>[<text><text>…]
    for line in cmap.lines().filter(|l| l.contains('[')) {
        let words: Vec<&str> = line.split(['<', '>', '[', ']']).filter(|w| !w.is_empty()).collect();
        let [first, last, texts @ ..] = &words[..] else { panic!("{line}") };
        assert_eq!(texts.len(), usize::from(hex(last) - hex(first)) + 1, "{line}");
        for (code, text) in (hex(first)..).zip(texts) {
            let units: Vec<u16> = text.as_bytes().chunks(4).map(|c| hex(str::from_utf8(c).expect("ASCII"))).collect();
            map.insert(code, String::from_utf16(&units).expect("UTF-16"));
        }
    }
    map
}

#[test]
fn every_character_is_given_back_in_order() {
    let file = lopdf::Document::load_mem(&written(&sample())).expect("a PDF file");
    let pages: Vec<ObjectId> = file.page_iter().collect();
    // F1, F2: shared glyphs, characters beyond the basic plane, characters that no font has, spaces at a line's end.
    assert_eq!(
        shown(&file, pages[0]),
        "第一章　山雨|“山雨欲来——”他说，AV To 34.6%。|一⼀工⼯人𠮷文（）\\|龘|\u{31350}|與|\u{E123}|\u{AC00}|。 |见|此处|之文|[1]|。|1. |甲|2. |乙|山雨|"
    );
    assert_eq!(shown(&file, pages[1]), "名|数|二|[1]注文|😀|≒|ά|— 2 —|");
}

#[test]
fn a_list_says_how_it_is_numbered() {
    let file = lopdf::Document::load_mem(&written(&sample())).expect("a PDF file");
    let lists: Vec<&Object> = file
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dict| dict.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == b"L"))
        .map(|list| list.get(b"A").and_then(Object::as_dict).and_then(|a| a.get(b"ListNumbering")).expect("numbering"))
        .collect();
    assert_eq!(lists, [&Object::Name(b"Decimal".to_vec())]);
}

#[test]
fn the_same_layout_gives_the_same_bytes() {
    assert_eq!(written(&sample()), written(&sample()));
}

#[test]
fn a_glyph_that_no_font_has_is_refused() {
    let mut layout = sample();
    layout.pages[0].lines[0].runs[0].glyphs[0].id = 0;
    let refused = write(
        &Document::default(),
        &layout,
        library(),
        &Provenance::default(),
        &Options { attach: false, print_ready: false, booklet: false, pictures: Pictures::default() },
        &mut Deflate::default(),
    );
    assert_eq!(refused, Err("U+7B2C is set with glyph 0, which is no glyph of its font".into()));
}

#[test]
fn a_booklet_says_the_same_in_the_same_order() {
    let single = written(&sample());
    let booklet = written_as(
        &sample(),
        &Options { attach: true, print_ready: false, booklet: true, pictures: Pictures::default() },
    );
    let file = lopdf::Document::load_mem(&booklet).expect("a PDF file");
    // Two pages make one sheet of paper: its front bears the first page at the right, its back the second at the left.
    let sheets: Vec<ObjectId> = file.page_iter().collect();
    assert_eq!(sheets.len(), 2);
    assert!(shown(&file, sheets[0]).starts_with("第一章　山雨|") && shown(&file, sheets[1]).starts_with("名|数|"));
    let width =
        file.get_dictionary(sheets[0]).and_then(|page| page.get(b"MediaBox")?.as_array()).expect("a box")[2].as_float();
    assert_eq!(width.expect("a number").round(), 1191.0);
    let said = |bytes: &[u8]| crate::verify::pdf_facts(bytes.to_vec()).expect("readable").facts;
    assert_eq!(said(&booklet), said(&single));
}

#[test]
fn any_of_many_pages_is_few_steps_away() {
    let mut set = Setter::new();
    for number in 1..=1_100 {
        set.paragraph(&format!("第{number}页"));
        set.page(&(number + 1).to_string());
    }
    let file = lopdf::Document::load_mem(&written(&set.layout)).expect("a PDF file");
    let nodes = file.objects.values().filter_map(|object| object.as_dict().ok()).filter(|d| d.has_type(b"Pages"));
    let fans: Vec<usize> = nodes.map(|n| n.get(b"Kids").and_then(Object::as_array).expect("kids").len()).collect();
    assert!(fans.len() > 30 && fans.iter().all(|fan| (1..=32).contains(fan)), "{fans:?}");
    let pages: Vec<ObjectId> = file.page_iter().collect();
    assert_eq!(pages.len(), 1_101);
    assert!(pages.iter().zip(1..).take(1_100).all(|(page, n)| shown(&file, *page) == format!("第{n}页|")));
}

#[test]
fn a_glyph_tells_the_marks_that_are_not_seen_beside_it() {
    let run = |means, text: &str, x: i32| {
        let glyph = |(k, c): (usize, char)| Glyph {
            id: 1,
            posture: Posture::Upright,
            text: c,
            x: Unit::pt(x + k as i32 * 10),
            advance: Unit::pt(10),
        };
        let glyphs = text.chars().enumerate().map(glyph).collect();
        let (font, size, rise) = (crate::layout::FontId(0), Unit::pt(10), Unit::ZERO);
        Run { font, size, rise, element: None, colour: None, means, glyphs }
    };
    let texts = |runs: &[Run]| -> Vec<Vec<String>> {
        let of = |k| super::told::told(runs, k).into_iter().flatten().map(|(_, text)| text).collect();
        (0..runs.len()).map(of).collect()
    };
    let runs = [run(Means::Text, "甲乙", 0), run(Means::Told, "。”", 20), run(Means::Text, "丙", 20)];
    assert_eq!(texts(&runs), [vec!["乙。”".to_string()], vec![], vec![]]);
    assert!(super::told::is_told(&runs, 1) && !super::told::is_told(&runs, 0));
    let ahead = [run(Means::Told, "“", 0), run(Means::Text, "甲", 0), run(Means::Told, "，", 10)];
    assert_eq!(texts(&ahead), [vec![], vec!["“甲，".to_string()], vec![]]);
    let alone = [run(Means::Drawn, "甲", 0), run(Means::Told, "，", 10)];
    assert!(!super::told::is_told(&alone, 1), "beside what is no text it is shown by itself");
}
