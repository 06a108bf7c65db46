//! Of the package as a whole: a document with everything in it, read back by a reader that knows the format and not the writer.

mod columns;
mod leftward;
mod notes;
mod office;
mod places;
mod reader;
mod sections;

use super::order::ORDER;
use super::*;
use crate::document::*;
use crate::span::Span;
use reader::{Element, read, text_of, without_empty_lines};
use std::collections::{BTreeMap, BTreeSet};

fn text(text: &str) -> Inline {
    Inline::text(text, 0..0)
}

fn inline(kind: InlineKind) -> Inline {
    Inline::new(kind, 0..0)
}

fn block(kind: BlockKind) -> Block {
    Block::new(kind, 0..0)
}

fn role(role: Role, content: &str) -> Block {
    block(BlockKind::Paragraph { role, content: vec![text(content)] })
}

fn body(content: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph { role: Role::Body, content })
}

fn heading(level: u8, title: bool, content: Vec<Inline>) -> Block {
    block(BlockKind::Heading(Heading { level, title, label: None, content, reason: "", weighed: None }))
}

fn list(marker: Marker, items: Vec<Vec<Block>>) -> Block {
    let items = items.into_iter().map(|blocks| ListItem { blocks, span: Span::default() }).collect();
    block(BlockKind::List(List { marker, tight: true, items }))
}

fn number(start: u32, form: NumberForm) -> Marker {
    Marker::Number { start, form }
}

/// A document with every kind of block and inline in it.
fn everything() -> Document {
    let image = || Image { target: "图.png".into(), alt: "山居图".into(), title: String::new() };
    let verse = |lines: &[&str]| Stanza {
        lines: lines.iter().map(|l| VerseLine { content: vec![text(l)], span: Span::default() }).collect(),
    };
    let row = |cells: [Vec<Inline>; 2]| Row { cells: cells.into(), span: Span::default() };
    let mut blocks = vec![
        heading(1, true, vec![text("红楼梦")]),
        role(Role::Subtitle, "一名《石头记》"),
        role(Role::Imprint, "日期：1791"),
        heading(2, false, vec![text("第一回 甄士隐梦幻识通灵"), inline(InlineKind::NoteRef { note: 0 })]),
        body(vec![
            text("此开卷第一回也。作者自云：“曾历过一番梦幻之后”，故将真事隐去—— & <tag> \"q\"\t制表"),
            inline(InlineKind::Strong(vec![text("要紧 Stone 处"), inline(InlineKind::Emphasis(vec![text("两样")]))])),
            inline(InlineKind::Emphasis(vec![text("梦幻 Dream")])),
            inline(InlineKind::Code("x < 1".into())),
            inline(InlineKind::Break),
            inline(InlineKind::Link {
                target: "https://example.com/?a=1&b=2".into(),
                title: String::new(),
                content: vec![text("外"), inline(InlineKind::Strong(vec![text("链")]))],
            }),
            inline(InlineKind::Link {
                target: "javascript:x".into(),
                title: String::new(),
                content: vec![text("无链")],
            }),
            inline(InlineKind::Link { target: "#一节".into(), title: String::new(), content: vec![text("内链")] }),
            inline(InlineKind::Link {
                target: "#无此节".into(), title: String::new(), content: vec![text("断链")]
            }),
            inline(InlineKind::Ruby { base: "甄".into(), reading: "zhēn".into() }),
            inline(InlineKind::Gloss(vec![
                text("（姓也"),
                inline(InlineKind::Emphasis(vec![text("音真")])),
                text("。）"),
            ])),
            inline(InlineKind::Underline { mark: Underline::Straight, content: vec![text("贾宝玉")] }),
            inline(InlineKind::Underline { mark: Underline::Through, content: vec![text("删去")] }),
            inline(InlineKind::Underline {
                mark: Underline::Wavy,
                content: vec![text("石头"), inline(InlineKind::Strong(vec![text("记")]))],
            }),
            inline(InlineKind::Image(image())),
            inline(InlineKind::NoteRef { note: 1 }),
            inline(InlineKind::NoteRef { note: 1 }),
            inline(InlineKind::NoteRef { note: 99 }),
        ]),
        heading(2, false, vec![text("第二回 贾夫人仙逝扬州城")]),
        heading(3, false, vec![text("一节")]),
        block(BlockKind::Quote(vec![
            body(vec![text("引文一段，"), inline(InlineKind::Emphasis(vec![text("已是楷体")]))]),
            block(BlockKind::Quote(vec![body(vec![text("引中之引")])])),
            list(Marker::Bullet('•'), vec![vec![body(vec![text("引中一条")])]]),
        ])),
        heading(2, false, vec![text("第三回 托内兄如海荐西宾")]),
        block(BlockKind::Verse(vec![
            verse(&["满纸荒唐言，", "一把辛酸泪。"]),
            verse(&["都云作者痴，", "谁解其中味？"]),
        ])),
        list(
            number(9, NumberForm::HAN_COMMA),
            vec![
                vec![
                    body(vec![text("第九条")]),
                    body(vec![text("续段")]),
                    list(number(1, NumberForm::ARABIC_BRACKETS), vec![vec![body(vec![text("子目")])], vec![]]),
                ],
                vec![list(Marker::Bullet('–'), vec![vec![body(vec![text("先列后文")])]])],
                vec![block(BlockKind::Code { language: None, text: "let  a = 1;\n\n  b".into() })],
            ],
        ),
        list(number(98, NumberForm::HAN_BRACKETS), vec![vec![body(vec![text("甲")])]; 4]),
        block(BlockKind::Table(Table {
            columns: vec![Align::None, Align::Right],
            head_rows: 1,
            rows: vec![
                row([vec![text("人")], vec![text("年")]]),
                row([vec![text("宝玉"), inline(InlineKind::NoteRef { note: 2 })], vec![]]),
            ],
        })),
        block(BlockKind::Table(Table {
            columns: vec![Align::Center, Align::Left],
            head_rows: 0,
            rows: vec![row([vec![text("甲")], vec![text("乙")]])],
        })),
        role(Role::Caption, "表一"),
        block(BlockKind::Divider { ornament: "＊＊＊".into() }),
        block(BlockKind::Divider { ornament: String::new() }),
        block(BlockKind::Image(image())),
    ];
    for form in [NumberForm::ARABIC_DOT, NumberForm::ARABIC_PAREN, NumberForm::ARABIC_COMMA, NumberForm::CIRCLED] {
        blocks.push(list(number(1, form), vec![vec![body(vec![text("条")])]; 10]));
    }
    let others = [
        Role::Classification,
        Role::Issuer,
        Role::DocumentNumber,
        Role::Salutation,
        Role::Closing,
        Role::Signature,
        Role::Attachment,
        Role::EditorNote,
        Role::Credit,
        Role::Ornament,
        Role::PrintRecord,
    ];
    blocks.extend(others.map(|r| role(r, "此致")));
    let note = |label: &str, blocks: Vec<Block>| Footnote {
        label: label.into(),
        blocks,
        span: Span::default(),
        kind: NoteKind::Own,
    };
    Document {
        meta: Meta {
            title: Some("红楼梦 <1>".into()),
            authors: vec!["曹雪芹".into(), "高鹗".into()],
            date: Some("1791".into()),
            extra: vec![("出版社".into(), "程伟元 & co.".into())],
            ..Meta::default()
        },
        blocks,
        footnotes: vec![
            note("1", vec![body(vec![text("回目。")])]),
            note(
                "①",
                vec![body(vec![
                    text("见"),
                    inline(InlineKind::Link {
                        target: "http://example.org".into(),
                        title: String::new(),
                        content: vec![text("此处")],
                    }),
                    inline(InlineKind::NoteRef { note: 0 }),
                ])],
            ),
            note("注", vec![]),
            note("无人提及", vec![body(vec![text("也在文末。")])]),
        ],
    }
}

fn package(document: &Document, style: &str, options: &Options) -> Vec<zip::Part> {
    let provenance = Provenance {
        name: "红楼梦.txt".into(),
        bytes: b"abc",
        sha256: "ba7816bf".into(),
        encoding: "GB18030".into(),
        edits: vec![("half-comma", 3)],
        date: None,
    };
    parts(document, &Style::builtin(style).unwrap(), &provenance, options).unwrap()
}

fn every_style() -> Vec<Vec<zip::Part>> {
    Style::names()
        .map(|style| {
            package(
                &everything(),
                style,
                &Options { heading_pages: ["i", "1", "2", "2", "3"].map(String::from).into(), ..Options::default() },
            )
        })
        .collect()
}

#[test]
fn every_sequence_is_in_schema_order_and_no_child_comes_too_often() {
    let mut seen = BTreeSet::new();
    for parts in every_style() {
        for (name, root) in read(&parts) {
            root.walk(&mut |parent| {
                let Some(local) = parent.name.strip_prefix("w:") else { return };
                let Some((_, order)) = ORDER.iter().find(|(name, _)| *name == local) else { return };
                seen.insert(local.to_owned());
                let mut least = 0;
                for child in &parent.children {
                    let child = child.name.trim_start_matches("w:");
                    let place = order.split(' ').position(|n| n.trim_end_matches('*') == child);
                    let place = place.unwrap_or_else(|| panic!("{name}: {child} is no child of {local}"));
                    let repeats = order.split(' ').nth(place).unwrap().ends_with('*');
                    assert!(place + usize::from(repeats) >= least, "{name}: {child} out of order in {local}");
                    least = place + 1;
                }
            });
        }
    }
    for must in [
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
        "tcPr",
        "style",
        "lvl",
        "abstractNum",
        "num",
        "settings",
        "compat",
        "font",
        "sdtPr",
    ] {
        assert!(seen.contains(must), "{must} was never met");
    }
}

#[test]
fn the_text_of_the_package_is_the_text_of_the_document() {
    // The note that nothing refers to stands at the end of the body, before those at the foot of pages.
    let document = everything();
    let expected = without_empty_lines(&document.text());
    let last = "[无人提及]也在文末。\n";
    let notes = expected.find("[1]回目。").unwrap();
    let expected = format!("{}{last}{}", &expected[..notes], expected[notes..].replace(last, ""));
    for parts in every_style() {
        assert_eq!(text_of(&read(&parts)), expected);
    }
}

#[test]
fn names_and_titles_have_their_lines_whatever_else_they_are() {
    for parts in every_style() {
        let parts = read(&parts);
        let mut found = vec![];
        parts["word/document.xml"].walk(&mut |run| {
            let line = run.child("w:rPr").and_then(|property| property.child("w:u"));
            if let (Some(line), Some(text)) = (line, run.child("w:t")) {
                found.push((line.attribute("w:val").to_owned(), text.text.clone()));
            }
        });
        for (line, text) in [("single", "贾宝玉"), ("wave", "石头"), ("wave", "记")] {
            assert!(found.contains(&(line.to_owned(), text.to_owned())), "{text}: {found:?}");
        }
    }
}

#[test]
fn every_style_that_is_used_is_defined_and_word_knows_its_own() {
    for parts in every_style() {
        let parts = read(&parts);
        let styles = &parts["word/styles.xml"];
        let defined: BTreeMap<&str, &str> =
            styles.all("w:style").map(|s| (s.attribute("w:styleId"), s.child("w:name").unwrap().value())).collect();
        assert_eq!(defined.len(), styles.all("w:style").count(), "an id comes twice");
        for part in parts.values() {
            for tag in ["w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next"] {
                for used in part.find(tag) {
                    assert!(defined.contains_key(used.value()), "{} is not defined", used.value());
                }
            }
        }
        for (id, name) in [
            ("Title", "Title"),
            ("Subtitle", "Subtitle"),
            ("Heading1", "heading 1"),
            ("Heading6", "heading 6"),
            ("BodyText", "Body Text"),
            ("Quote", "Quote"),
            ("Verse", "Verse"),
            ("ListParagraph", "List Paragraph"),
            ("Code", "Code"),
            ("Caption", "caption"),
            ("Header", "header"),
            ("Footer", "footer"),
            ("TOC1", "toc 1"),
            ("FootnoteText", "footnote text"),
            ("FootnoteReference", "footnote reference"),
            ("Hyperlink", "Hyperlink"),
            ("Strong", "Strong"),
            ("Emphasis", "Emphasis"),
        ] {
            assert_eq!(defined.get(id), Some(&name));
        }
    }
}

#[test]
fn e1_and_e8_the_body_is_indented_in_characters_and_no_han_is_slanted() {
    let parts = package(&everything(), "book", &Options::default());
    let parts = read(&parts);
    let style = |id: &str| parts["word/styles.xml"].all("w:style").find(|s| s.attribute("w:styleId") == id).unwrap();
    let indent = style("BodyText").child("w:pPr").unwrap().child("w:ind").unwrap();
    assert_eq!(indent.attribute("w:firstLineChars"), "200");
    assert_eq!(indent.attribute("w:firstLine"), "480");
    assert!(style("Emphasis").find("w:i").is_empty());
    for run in parts["word/document.xml"].find("w:r") {
        let slanted =
            run.find("w:rStyle").iter().any(|s| s.value() == "EmphasisWestern") || !run.find("w:i").is_empty();
        let said: String = run.find("w:t").iter().map(|t| t.text.as_str()).collect();
        assert!(!(slanted && said.chars().any(crate::unicode::is_han)), "{said} is slanted");
    }
}

#[test]
fn e5_an_official_page_is_a_grid_of_22_lines_of_28_characters() {
    let parts = package(&everything(), "official", &Options::default());
    let parts = read(&parts);
    let section = parts["word/document.xml"].child("w:body").unwrap().child("w:sectPr").unwrap();
    let number = |element: &Element, name: &str| element.attribute(name).parse::<f64>().unwrap();
    let (size, margin) = (section.child("w:pgSz").unwrap(), section.child("w:pgMar").unwrap());
    let height = number(size, "w:h") - number(margin, "w:top") - number(margin, "w:bottom");
    let width = number(size, "w:w") - number(margin, "w:left") - number(margin, "w:right");
    let grid = section.child("w:docGrid").unwrap();
    assert_eq!(grid.attribute("w:type"), "linesAndChars");
    assert_eq!((height / number(grid, "w:linePitch")).floor(), 22.0);
    let character = 16.0 * 20.0 + number(grid, "w:charSpace") / 4096.0 * 20.0;
    assert_eq!((width / character + 0.01).floor(), 28.0);
    assert_eq!((number(margin, "w:top"), number(margin, "w:left")), (2098.0, 1587.0));
    // The paragraphs have the same distances without the grid.
    let defaults = parts["word/styles.xml"].child("w:docDefaults").unwrap();
    let run = defaults.child("w:rPrDefault").unwrap().child("w:rPr").unwrap();
    let character = 16.0 * 20.0 + number(run.child("w:spacing").unwrap(), "w:val");
    assert_eq!((width / character).floor(), 28.0);
    let style = |id: &str| parts["word/styles.xml"].all("w:style").find(|s| s.attribute("w:styleId") == id).unwrap();
    let spacing = style("BodyText").child("w:pPr").unwrap().child("w:spacing").unwrap();
    assert_eq!((spacing.attribute("w:lineRule"), number(spacing, "w:line")), ("exact", number(grid, "w:linePitch")));
}

#[test]
fn the_table_of_contents_has_our_page_numbers_and_leads_to_the_headings() {
    let parts = package(
        &everything(),
        "book",
        &Options { heading_pages: ["i", "2", "5", "6", "31"].map(String::from).into(), ..Options::default() },
    );
    let parts = read(&parts);
    let body = parts["word/document.xml"].child("w:body").unwrap();
    let contents = body.child("w:sdt").unwrap().child("w:sdtContent").unwrap();
    let lines: Vec<(String, String)> = contents
        .all("w:p")
        .filter_map(|p| {
            let link = p.child("w:hyperlink")?;
            let mut said = String::new();
            for t in link.find("w:t") {
                said.push_str(&t.text);
                said.push('|');
            }
            Some((link.attribute("w:anchor").to_owned(), said))
        })
        .collect();
    let line = |n: usize, text: &str| (contents::bookmark(n), text.to_owned());
    assert_eq!(
        lines,
        [
            line(1, "第一回 甄士隐梦幻识通灵|2|"),
            line(2, "第二回 贾夫人仙逝扬州城|5|"),
            line(3, "一节|6|"),
            line(4, "第三回 托内兄如海荐西宾|31|"),
        ]
    );
    let named: Vec<&str> = body.find("w:bookmarkStart").iter().map(|b| b.attribute("w:name")).collect();
    assert!(lines.iter().all(|(anchor, _)| named.contains(&anchor.as_str())));
    let begins = body.find("w:fldChar");
    let count = |kind| begins.iter().filter(|f| f.attribute("w:fldCharType") == kind).count();
    assert_eq!((count("begin"), count("separate"), count("end")), (5, 5, 5));
}

#[test]
fn tracked_changes_give_back_both_texts() {
    let normal = "  他说，“好。”";
    let said = Inline::text("他说，“好。”", 2..normal.len());
    let document = Document { blocks: vec![body(vec![said])], ..Document::default() };
    let change = |start: usize, end: usize, was: &str, rule| Change {
        count: 1,
        span: Span::new(start, end),
        was: was.into(),
        rules: vec![rule],
    };
    let changes = vec![
        change(2, 2, "\t", "indent"),
        change(8, 11, ",", "half-comma"),
        change(17, 20, "<.>", "half-stop"),
        change(23, 23, "\n\n", "blank-line"),
    ];
    let options = Options { changes, ..Options::default() };
    let parts = package(&document, "book", &options);
    assert_eq!(parts, package(&document, "book", &options));
    let parts = read(&parts);
    let paragraph = parts["word/document.xml"].child("w:body").unwrap().child("w:p").unwrap();
    let (mut rejected, mut accepted) = (String::new(), String::new());
    for child in &paragraph.children {
        let mut said = String::new();
        child.walk(&mut |e| match e.name.as_str() {
            "w:t" | "w:delText" => said.push_str(&e.text),
            "w:tab" => said.push('\t'),
            _ => {}
        });
        if child.name != "w:del" {
            accepted.push_str(&said);
        }
        if child.name != "w:ins" {
            rejected.push_str(&said);
        }
    }
    assert_eq!(accepted, "他说，“好。”");
    assert_eq!(rejected, "\t他说,“好<.>”");
    let rules: Vec<String> = parts["word/comments.xml"].find("w:t").iter().map(|t| t.text.clone()).collect();
    let all = "全部改动：blank-line 1, half-comma 1, half-stop 1, indent 1";
    assert_eq!(rules, [all, "未在文中标出：blank-line 1", "indent", "half-comma", "half-stop"]);
    assert_eq!(paragraph.find("w:commentReference").len(), 4);
}

#[test]
fn links_lead_outside_or_to_a_heading_or_are_plain_text() {
    let parts = package(&everything(), "plain", &Options::default());
    let parts = read(&parts);
    let body = parts["word/document.xml"].child("w:body").unwrap();
    let links: Vec<(&str, &str, String)> = body
        .all("w:p")
        .flat_map(|p| p.all("w:hyperlink"))
        .map(|l| {
            let said = l.find("w:t").iter().map(|t| t.text.as_str()).collect();
            (l.attribute("r:id"), l.attribute("w:anchor"), said)
        })
        .collect();
    let section = contents::bookmark(3);
    assert_eq!(links, [("link1", "", "外链".to_owned()), ("", section.as_str(), "内链".to_owned())]);
    let bookmarked =
        body.all("w:p").find(|p| p.find("w:bookmarkStart").iter().any(|b| b.attribute("w:name") == section));
    assert_eq!(bookmarked.unwrap().find("w:t").first().unwrap().text, "一节");
}

#[test]
fn notes_show_their_own_labels_and_each_has_one_reference() {
    let parts = package(&everything(), "book", &Options::default());
    let parts = read(&parts);
    let references = parts["word/document.xml"].find("w:footnoteReference");
    let ids: Vec<&str> = references.iter().map(|r| r.attribute("w:id")).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    assert!(references.iter().all(|r| r.attribute("w:customMarkFollows") == "1"));
    let notes = parts["word/footnotes.xml"].find("w:footnote");
    let ids: Vec<&str> = notes.iter().map(|n| n.attribute("w:id")).collect();
    assert_eq!(ids, ["-1", "0", "1", "2", "3"]);
    assert!(parts["word/footnotes.xml"].find("w:footnoteReference").is_empty());
}

#[test]
fn every_relationship_leads_somewhere_and_every_part_has_a_type() {
    for parts in every_style() {
        let names: BTreeSet<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(parts.first().map(|(name, _)| name.as_str()), Some("[Content_Types].xml"));
        let read = read(&parts);
        let types = &read["[Content_Types].xml"];
        for part in types.all("Override") {
            assert!(names.contains(part.attribute("PartName").trim_start_matches('/')));
        }
        for name in names.iter().filter(|n| !n.ends_with(".rels") && **n != "[Content_Types].xml") {
            let typed = types.all("Override").any(|o| o.attribute("PartName").trim_start_matches('/') == *name);
            assert!(typed, "{name} has no type");
        }
        for (name, relations) in read.iter().filter(|(name, _)| name.ends_with(".rels")) {
            let mut ids = BTreeSet::new();
            for relation in relations.all("Relationship") {
                assert!(ids.insert(relation.attribute("Id").to_owned()), "an id comes twice");
                if relation.attribute("TargetMode") != "External" {
                    let folder = if *name == "_rels/.rels" { "" } else { "word/" };
                    assert!(names.contains(format!("{folder}{}", relation.attribute("Target")).as_str()));
                }
            }
            let owner = name.replace("_rels/", "").replace(".rels", "");
            if let Some(owner) = read.get(owner.as_str()) {
                owner.walk(&mut |e| {
                    if let Some(id) = e.attributes.get("r:id") {
                        assert!(ids.contains(id), "{name} lacks {id}");
                    }
                });
            }
        }
    }
}

#[test]
fn properties_say_what_is_known_of_the_text() {
    let parts = package(&everything(), "book", &Options::default());
    let parts = read(&parts);
    let core = &parts["docProps/core.xml"];
    assert_eq!(core.child("dc:title").unwrap().text, "红楼梦 <1>");
    assert_eq!(core.child("dc:creator").unwrap().text, "曹雪芹; 高鹗");
    assert_eq!(core.child("dcterms:created").unwrap().text, "1791-01-01T00:00:00Z");
    let custom: Vec<(&str, &str)> = parts["docProps/custom.xml"]
        .all("property")
        .map(|p| (p.attribute("name"), p.child("vt:lpwstr").unwrap().text.as_str()))
        .collect();
    for pair in [
        ("Source SHA-256", "ba7816bf"),
        ("Source encoding", "GB18030"),
        ("Edits half-comma", "3"),
        ("出版社", "程伟元 & co."),
    ] {
        assert!(custom.contains(&pair), "{pair:?}");
    }
}

#[test]
fn the_same_document_gives_the_same_bytes_in_any_order_and_thread() {
    let style = Style::builtin("book").unwrap();
    let write =
        || write(&everything(), &style, &Provenance::default(), &Options::default(), &mut Deflate::default()).unwrap();
    let first = write();
    let others: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(write)).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(others.iter().all(|other| *other == first));
}

#[test]
fn a_document_without_anything_is_a_package_too() {
    for style in Style::names() {
        let parts = package(&Document::default(), style, &Options::default());
        assert_eq!(text_of(&read(&parts)), "");
    }
}

#[test]
fn a_picture_within_a_line_stands_in_its_run_and_is_not_cut_off() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/pictures"));
    let image = |target: &str| Image { target: target.into(), alt: "印".into(), title: String::new() };
    let content = vec![
        text("甲"),
        inline(InlineKind::Image(image("图/印.png"))),
        text("乙"),
        inline(InlineKind::Image(image("无.png"))),
    ];
    let document = Document { blocks: vec![body(content), body(vec![text("丙")])], ..Document::default() };
    let (pictures, notes) = Pictures::load(&document, Some(folder), &mut |_| None, &mut |_| true);
    assert_eq!(notes.len(), 1);
    let mut parts = package(&document, "official", &Options { pictures, ..Options::default() });
    parts.retain(|(name, _)| !name.starts_with("word/media/"));
    let parts = read(&parts);
    let paragraphs: Vec<&Element> = parts["word/document.xml"].child("w:body").unwrap().all("w:p").collect();
    let described: Vec<&str> = paragraphs[0].find("wp:docPr").iter().map(|d| d.attribute("descr")).collect();
    let said: String = paragraphs[0].find("w:t").iter().map(|t| t.text.as_str()).collect();
    assert_eq!((described, said.as_str()), (vec!["印"], "甲乙印"));
    let height =
        |paragraph: &Element| paragraph.find("w:spacing").first().map(|s| s.attribute("w:lineRule").to_owned());
    assert_eq!((height(paragraphs[0]).as_deref(), height(paragraphs[1])), (Some("atLeast"), None));
}
