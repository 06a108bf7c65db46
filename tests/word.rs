//! Documents of Word: what a reader of Word sees is what is read.

use shanben::document::{BlockKind, Document, InlineKind, inline_text};
use shanben::normalize::Rules;
use shanben::options::Settings;
use shanben::style::Style;
use shanben::{Reading, Source, read};
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::Command;

const BOX: &str = "<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
    <mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框中</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>";

/// A document with this body, whose styles, lists and notes are those of most tests.
fn word(body: &str) -> Vec<u8> {
    let level = |at: usize, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let kind = |id: usize, levels: &[String]| {
        format!("<w:abstractNum w:abstractNumId=\"{id}\">{}</w:abstractNum>", levels.concat())
    };
    let numbering = [
        kind(0, &[level(0, "bullet", "\u{f06c}"), level(1, "bullet", "o")]),
        kind(1, &[level(0, "chineseCountingThousand", "第%1条"), level(1, "decimal", "%1.%2")]),
        kind(2, &[level(0, "decimal", "%1.")]),
        (0..3).map(|id| format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{id}\"/></w:num>", id + 1)).collect(),
    ];
    let heading = "<w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style><w:style w:styleId=\"a3\"><w:basedOn w:val=\"1\"/></w:style><w:style w:styleId=\"t\"><w:name w:val=\"Title\"/></w:style>";
    let note = |id: usize, text: &str| {
        format!(
            "<w:footnote w:id=\"{id}\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>"
        )
    };
    let kinds = ["styles", "numbering", "footnotes"];
    let relations: String = kinds
        .iter()
        .map(|kind| format!("<Relationship Id=\"{kind}\" Type=\"http://x/{kind}\" Target=\"{kind}.xml\"/>"))
        .collect();
    let link = "<Relationship Id=\"link\" Type=\"http://x/hyperlink\" Target=\"http://a.b/*c*\" TargetMode=\"External\"/><Relationship Id=\"pic\" Type=\"http://x/image\" Target=\"media/a.png\"/>";
    let part = |inner: &str| {
        format!("<w:x xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inner}</w:x>")
    };
    pack(&[
        ("word/document.xml", part(&format!("<w:body>{body}</w:body>"))),
        ("word/_rels/document.xml.rels", format!("<Relationships>{relations}{link}</Relationships>")),
        ("word/styles.xml", part(heading)),
        ("word/numbering.xml", part(&numbering.concat())),
        ("word/footnotes.xml", part(&(note(2, "其一") + &note(3, "其二")))),
    ])
}

fn pack(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn reading(bytes: Vec<u8>) -> Reading {
    let settings = Settings { rules: Rules::parse("none").unwrap(), ..Settings::new(Style::builtin("book").unwrap()) };
    read(&Source::new("a.docx", "a.docx", bytes), &settings).unwrap()
}

fn document(body: &str) -> Document {
    reading(word(body)).document
}

/// A paragraph with these properties and this text.
fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn list(number: usize, level: usize) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>")
}

#[test]
fn headings_are_known_by_their_styles_and_lists_have_the_numbers_that_word_shows() {
    let body = [
        p("<w:pStyle w:val=\"t\"/>", "章程"),
        p("<w:pStyle w:val=\"a3\"/>", "总则"),
        p(&list(2, 0), "为规范管理，"),
        p(&list(2, 1), "细目"),
        p(&list(2, 0), "本章程适用于"),
        p(&list(1, 0), "圆点"),
        p(&list(1, 1), "内层"),
        p(&list(3, 0), "一项"),
        p(&list(3, 0), "二项"),
        p("<w:outlineLvl w:val=\"0\"/>", "附则"),
    ];
    let document = document(&body.concat());
    let outline: Vec<_> = document.outline().into_iter().map(|entry| (entry.level, entry.text)).collect();
    assert_eq!(outline, [(1, "章程".to_owned()), (2, "总则".to_owned()), (2, "附则".to_owned())]);
    assert_eq!(
        document.text(),
        "章程\n总则\n第一条 为规范管理，\n一.1 细目\n第二条 本章程适用于\n- 圆点\n- 内层\n1. 一项\n2. 二项\n附则\n"
    );
}

#[test]
fn changes_are_accepted_and_told() {
    let run = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let deleted = "<w:del><w:r><w:delText>旧文</w:delText></w:r></w:del>";
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}{deleted}<w:ins>{}</w:ins></w:p><w:p>{}<w:moveFrom>{}</w:moveFrom></w:p>",
        run("前"),
        run("新"),
        run("接着"),
        run("移走")
    );
    let reading = reading(word(&body));
    assert_eq!(reading.document.text(), "前新接着\n");
    let told = reading.notes.iter().find(|note| note.kind == "changes-accepted").map(|note| note.detail.to_string());
    assert_eq!(told.as_deref(), Some("tracked changes, accepted: insertions 1, characters deleted 4"));
}

#[test]
fn boxes_fields_signs_and_what_is_hidden() {
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let body = format!(
        "<w:p><w:r><w:t>见第</w:t></w:r>{field}<w:r><w:t>页</w:t><w:noBreakHyphen/><w:sym w:font=\"Symbol\" w:char=\"03B1\"/></w:r><w:r>{BOX}</w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>\
         <w:sdt><w:sdtPr><w:alias w:val=\"名\"/></w:sdtPr><w:sdtContent><w:p><w:smartTag><w:r><w:t>控件里的字</w:t></w:r></w:smartTag></w:p></w:sdtContent></w:sdt>"
    );
    assert_eq!(document(&body).text(), "见第7页‑α\n框中\n控件里的字\n");
}

#[test]
fn notes_links_ruby_and_looks_are_what_they_are() {
    let body = "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id=\"3\"/></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>乙*</w:t></w:r>\
        <w:hyperlink r:id=\"link\"><w:r><w:t>链[接]</w:t></w:r></w:hyperlink><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>\
        <w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>";
    let document = document(body);
    assert_eq!(document.text(), "甲[1]乙*链[接]漢（hàn）[2]\n[1]其二\n[2]其一\n");
    let BlockKind::Paragraph { content, .. } = &document.blocks[0].kind else { panic!("{:?}", document.blocks) };
    let target = content.iter().find_map(|inline| match &inline.kind {
        InlineKind::Link { target, .. } => Some(target.as_str()),
        _ => None,
    });
    assert_eq!(target, Some("http://a.b/*c*"));
    assert!(content.iter().any(|inline| matches!(&inline.kind, InlineKind::Strong(_))));
}

#[test]
fn a_table_keeps_its_cells_and_one_of_a_single_cell_only_frames() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p("", text));
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    let nested = format!("<w:tc>{}{}</w:tc>", table(&[row(&[cell("", "内甲"), cell("", "内乙")])]), p("", "外"));
    let body = table(&[
        row(&[cell("<w:gridSpan w:val=\"2\"/>", "通栏"), cell("", "三")]),
        row(&[cell("", "一|"), cell("", "二"), nested]),
    ]) + &table(&[row(&[cell("", "框")])]);
    let document = document(&body);
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!("{:?}", document.blocks) };
    let said: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.cells.iter().map(|cell| inline_text(&document, cell)).collect()).collect();
    assert_eq!(said, [vec!["通栏", "", "三"], vec!["一|", "二", "内甲\n内乙\n外"]]);
    assert!(matches!(&document.blocks[1].kind, BlockKind::Paragraph { .. }));
}

#[test]
fn what_is_nested_without_end_and_what_names_itself_is_read_to_the_end() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(50_000) + &p("", "底");
    assert_eq!(document(&deep).text(), "底\n");
    // What stands in tables within tables is moved once, however deep.
    let many = "<w:tbl><w:tr><w:tc>".repeat(20_000) + &p("", "底").repeat(20_000);
    assert_eq!(document(&many).text().matches('底').count(), 20_000);
    let boxes = "<w:p><w:r><w:pict><w:txbxContent>".repeat(50_000) + &p("", "底");
    assert_eq!(document(&boxes).text(), "底\n");
    let bomb = "<!DOCTYPE x [<!ENTITY a \"山山山山\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:x><w:p><w:r><w:t>&b;甲</w:t></w:r></w:p></w:x>";
    assert_eq!(reading(pack(&[("word/document.xml", bomb.to_owned())])).document.text(), "\u{fffd}甲\n");
}

#[test]
fn what_is_broken_off_is_told_and_swallows_nothing() {
    let open = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:t>页码</w:t></w:r></w:p>";
    assert_eq!(document(&(p("", "前") + open + &p("", "后"))).text(), "前\n后\n");
    let cut = "<w:x xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>注到此";
    let main = "<w:x xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>甲</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:body></w:x>";
    let relations =
        "<Relationships><Relationship Id=\"n\" Type=\"http://x/footnotes\" Target=\"footnotes.xml\"/></Relationships>";
    let parts = [("word/document.xml", main), ("word/_rels/document.xml.rels", relations), ("word/footnotes.xml", cut)];
    let reading = reading(pack(&parts.map(|(name, text)| (name, text.to_owned()))));
    assert_eq!(reading.document.text(), "甲[1]\n[1]注到此\n");
    assert!(reading.notes.iter().any(|note| note.kind == "damaged-document"));
}

#[test]
fn a_list_may_begin_at_any_level() {
    let body = [p(&list(1, 1), "甲"), p(&list(1, 1), "乙"), p(&list(1, 1), "丙")];
    let document = document(&body.concat());
    let BlockKind::List(list) = &document.blocks[0].kind else { panic!("{:?}", document.blocks) };
    assert_eq!((document.blocks.len(), list.items.len()), (1, 3));
}

#[test]
fn a_part_that_holds_more_than_it_claims_is_refused() {
    let mut bytes = word(&p("", &"甲".repeat(400)));
    // The size that the directory claims of the text, which stands before the name.
    let name = b"word/document.xml";
    let entry = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    assert_eq!(&bytes[entry + 46..entry + 46 + name.len()], name);
    bytes[entry + 24..entry + 28].copy_from_slice(&9u32.to_le_bytes());
    let settings = Settings::new(Style::builtin("book").unwrap());
    let error = read(&Source::new("a.docx", "a.docx", bytes), &settings).unwrap_err();
    assert!(error.to_string().contains("holds more than it claims"), "{error}");
}

#[test]
fn our_own_documents_are_read_as_the_text_that_they_were_made_of() {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for case in ["structure-markdown/input.md", "official/input.txt", "verse/input.txt", "article/input.txt"] {
        let out = folder.path().join(case.split('/').next().unwrap());
        let run = Command::new(env!("CARGO_BIN_EXE_shanben"))
            .args(["convert", "-q", "-t", "docx,txt", "-o"])
            .arg(&out)
            .arg(fixtures.join(case))
            .status()
            .unwrap();
        assert!(run.success());
        let bytes = std::fs::read(out.join("input.docx")).unwrap();
        let mut text = String::new();
        std::fs::File::open(out.join("input.txt")).unwrap().read_to_string(&mut text).unwrap();
        // Notes and captions stand elsewhere in a plain text, and have other labels: the same letters are there.
        let signs = |text: &str| {
            let mut signs: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
            signs.sort_unstable();
            signs.into_iter().collect::<String>()
        };
        assert_eq!(signs(&reading(bytes).document.text()), signs(&text), "{case}");
    }
}

/// A document of these parts beside its body, each with its kind.
fn with_parts(body: &str, parts: &[(&str, &str, &str)]) -> Vec<u8> {
    let part = |inner: &str| {
        format!("<w:x xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inner}</w:x>")
    };
    let relations: String = parts
        .iter()
        .map(|(kind, name, _)| format!("<Relationship Id=\"{name}\" Type=\"http://x/{kind}\" Target=\"{name}.xml\"/>"))
        .collect();
    let names: Vec<String> = parts.iter().map(|(_, name, _)| format!("word/{name}.xml")).collect();
    let mut all = vec![
        ("word/document.xml", part(&format!("<w:body>{body}</w:body>"))),
        ("word/_rels/document.xml.rels", format!("<Relationships>{relations}</Relationships>")),
    ];
    all.extend(names.iter().zip(parts).map(|(name, (_, _, inner))| (name.as_str(), part(inner))));
    pack(&all)
}

/// What is told that the document has beside its text.
fn told(reading: &Reading) -> Vec<String> {
    let left = reading.notes.iter().filter(|note| note.kind == "document-left-out");
    left.map(|note| note.detail.to_string()).collect()
}

#[test]
fn lists_are_numbered_as_word_numbers_them() {
    let level = |at: usize, format: &str, text: &str| {
        format!("<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/>{format}<w:lvlText w:val=\"{text}\"/></w:lvl>")
    };
    let named = |format: &str| format!("<w:numFmt w:val=\"{format}\"/>");
    let kind = |id: usize, levels: &str| format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>");
    let own = |id: usize, kind: usize, more: &str| {
        format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{kind}\"/>{more}</w:num>")
    };
    let instead = format!("<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>", level(0, &named("upperRoman"), "%1)"));
    let numbering = [
        kind(0, &level(0, &named("decimal"), "%1.")),
        kind(1, &level(0, "<w:numFmt w:val=\"custom\" w:format=\"001, 002, 003, ...\"/>", "%1号")),
        kind(2, "<w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1)\"/></w:lvl>"),
        kind(3, &level(0, &named("ideographLegalTraditional"), "%1、")),
        kind(4, &(level(0, &named("ordinalText"), "%1:") + &level(1, &named("lowerLetter"), "%2)"))),
        kind(5, &level(0, &named("hebrew1"), "%1.")),
        kind(6, &level(0, &named("iroha"), "%1、")),
        own(1, 0, ""),
        own(2, 1, ""),
        own(3, 2, ""),
        own(4, 0, &instead),
        own(5, 3, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"10\"/></w:lvlOverride>"),
        own(6, 4, ""),
        own(7, 5, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"116\"/></w:lvlOverride>"),
        own(8, 6, "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"3\"/></w:lvlOverride>"),
    ];
    let styles = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"n\"><w:name w:val=\"Normal\"/><w:pPr><w:numPr><w:numId w:val=\"6\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"s\"><w:basedOn w:val=\"n\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let body = [
        p(&list(2, 0), "甲"),
        // Where a list begins that does not say it, it begins with 0.
        p(&list(3, 0), "乙"),
        // A list may have levels of its own.
        p(&list(4, 0), "丙"),
        p(&list(5, 0), "丁"),
        // The style of paragraphs that name none, and one that is based on it.
        p("", "戊"),
        p("<w:pStyle w:val=\"s\"/>", "己"),
        p(&list(1, 0), "庚"),
        // A number that says nothing is there all the same, and counts.
        p(&list(1, 0), ""),
        p(&list(1, 0), "辛"),
        format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", p(&list(1, 0), ""), p(&list(0, 0), "壬")),
        p(&list(7, 0), "癸"),
        p(&list(8, 0), "子"),
    ];
    let parts = [("styles", "styles", styles), ("numbering", "numbering", &*numbering.concat())];
    let reading = reading(with_parts(&body.concat(), &parts));
    let text = reading.document.text();
    assert_eq!(text, "001号 甲\n0) 乙\nI) 丙\n壹拾、丁\nFirst: 戊\na) 己\n2. 庚\n3.\n4. 辛\n5.\t壬\nקטז. 癸\nハ、子\n");
}

#[test]
fn fields_of_forms_and_characters_that_are_put_together_say_what_they_show() {
    let field = |data: &str, said: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\">{data}</w:fldChar></w:r><w:r><w:instrText>{said}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let tick = |on: &str| format!("<w:ffData><w:checkBox><w:default w:val=\"{on}\"/></w:checkBox></w:ffData>");
    let list = "<w:ffData><w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"男\"/><w:listEntry w:val=\"女\"/></w:ddList></w:ffData>";
    let body = [
        field(&tick("1"), " FORMCHECKBOX "),
        field(&tick("0"), " FORMCHECKBOX "),
        field(list, " FORMDROPDOWN "),
        field("", " MACROBUTTON AcceptAllChangesInDoc [点此输入] "),
        field("", " eq \\o\\ac(○,印)"),
        field("", " EQ \\o(\\s\\up 9(平),\\s\\do 3(成))"),
        field("", "EQ \\* jc2 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(hàn),漢)"),
        field("", " PAGE "),
    ];
    let text = document(&format!("<w:p>{}</w:p>", body.concat())).text();
    assert_eq!(text, "☑☐女[点此输入]○印平成漢（hàn）\n");
}

#[test]
fn what_stands_in_pictures_of_text_is_read_and_what_does_not_belong_to_the_text_is_told() {
    let diagram = "<dgm:pt><dgm:t><a:p><a:r><a:t>校务</a:t></a:r><a:r><a:t>委员会</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>教务处</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt type=\"pres\"/>";
    let art = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"艺术字\"/></v:shape></w:pict></w:r></w:p>";
    let body = p("", "机构")
        + "<w:p><w:r><w:drawing><a:graphicData><dgm:relIds r:dm=\"data\"/></a:graphicData></w:drawing></w:r></w:p>"
        + art
        + "<w:p><w:r><w:drawing><c:chart r:id=\"chart\"/></w:drawing></w:r><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>";
    let head = p("", "某市档案馆");
    let feet = p("", "第 3 页");
    let parts = [
        ("diagramData", "data", diagram),
        ("header", "header1", &head),
        ("header", "header2", &head),
        ("footer", "footer1", &feet),
        ("footer", "footer2", "<w:p><w:r><w:t>- 7 -</w:t></w:r></w:p>"),
    ];
    let reading = reading(with_parts(&body, &parts));
    assert_eq!(reading.document.text(), "机构\n校务委员会\n教务处\n艺术字\n");
    let expected = [
        "parts in other formats: 2",
        "heads or feet of pages: “某市档案馆” (5 characters)",
        "heads or feet of pages: “第 3 页” (3 characters)",
    ];
    assert_eq!(told(&reading), expected);
}

#[test]
fn what_many_refer_to_is_not_written_as_often_as_it_is_long() {
    let target = "a".repeat(400_000);
    let relation = format!(
        "<Relationship Id=\"l\" Type=\"http://x/hyperlink\" Target=\"http://b/{target}\" TargetMode=\"External\"/>"
    );
    let link = "<w:p><w:hyperlink r:id=\"l\"><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>".repeat(20_000);
    let body = format!(
        "<w:x xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{link}</w:body></w:x>"
    );
    let parts = [
        ("word/document.xml", body),
        ("word/_rels/document.xml.rels", format!("<Relationships>{relation}</Relationships>")),
    ];
    assert_eq!(reading(pack(&parts)).document.text().matches('链').count(), 20_000);
}

#[test]
fn rich_text_is_read_in_the_code_pages_of_its_fonts_and_by_numbers_of_unicode() {
    // 山雨 in GBK, 水 in Big5, 字 by its number; a font that names no character set has that of the file.
    let text = concat!(
        r"{\rtf1\ansi\ansicpg936\deff0\uc1{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset136 Ming;}{\f2\fcharset0 Times;}}",
        r"{\stylesheet{Normal;}{\s1\outlinelevel0 heading 1;}{\*\cs10 Default;}}{\info{\title x}}",
        r"{\header \pard\f0 \'c4\'b3\'ca\'d0\par}",
        r"\pard\s1\b \'c9\'bd\par\pard\plain\f0 \b\'c9\'bd\b0\'d3\'ea\f1\'a4\'f4\f2 \'d3\'ea\u23383?\u-10240?\u-8448?\{a\}\emdash b\line ",
        "\\'d3\n\\'ea{\\v \\'b2\\'d8}{\\deleted old}{\\super 2}\\par",
        r"{\field{\*\fldinst{HYPERLINK ",
        "\"http://a.b/\"",
        r"}}{\fldrslt{\'d3\'ea}}}{\super\chftn{\footnote\pard\plain\f0\chftn \'d7\'a2\par}}\par",
        r"{\listtext\pard\plain 1.\tab}\pard\ls1 \'d2\'bb\par",
        r"\pard\intbl \'bc\'d7\cell \'d2\'d2\cell\row\pard\intbl \'b1\'fb\cell\cell\row\pard",
        r"{\pict\bin3 }}{abc}}{\*\unknown no}\par}rest",
    );
    let reading = reading(text.into());
    let blocks: Vec<_> = reading.document.blocks.iter().map(|block| &block.kind).collect();
    assert!(matches!(blocks[0], BlockKind::Heading(heading) if heading.level == 1), "{blocks:?}");
    assert!(matches!(blocks[4], BlockKind::Table(table) if table.rows.len() == 2), "{blocks:?}");
    assert_eq!(reading.document.text(), "山\n山雨水雨字\u{10300}{a}—b\n雨²\n雨[1]\n1. 一\n甲\t乙\n丙\t\n[1]注\n");
    assert_eq!(told(&reading), ["hidden characters: 1", "heads or feet of pages: “某市” (2 characters)"]);
    let changes = reading.notes.iter().find(|note| note.kind == "changes-accepted").map(|note| note.detail.to_string());
    assert_eq!(changes.as_deref(), Some("tracked changes, accepted: insertions 0, characters deleted 3"));
}

#[test]
fn rich_text_that_is_broken_or_nested_without_end_is_read_to_its_end() {
    let deep = format!("{{\\rtf1{}\\pard bottom\\par", "{\\b ".repeat(100_000));
    let read = reading(deep.into());
    assert_eq!(read.document.text(), "bottom\n");
    assert!(read.notes.iter().any(|note| note.kind == "damaged-document"));
    for broken in [
        "{\\rtf1 a\\'",
        "{\\rtf1 a\\'zz",
        "{\\rtf1 a\\u",
        "{\\rtf1 a\\bin99999999999 b",
        "{\\rtf1 a\\u-10240?",
        "{\\rtf1 a{\\*",
    ] {
        assert!(reading(broken.into()).document.text().starts_with('a'), "{broken}");
    }
    // Bytes of Chinese that stand there as they are, whose second one may look like a sign.
    let mut raw = b"{\\rtf1\\ansicpg936{\\fonttbl{\\f0\\fcharset134 a;}}\\f0 ".to_vec();
    raw.extend([0xC9, 0xBD, 0x95, 0x5C, 0x95, 0x7D, b'}']);
    assert_eq!(reading(raw).document.text(), "山昞晑\n");
}

#[test]
fn a_control_shows_the_data_that_it_is_bound_to() {
    let control = |properties: &str, said: &str| {
        format!(
            "<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:p><w:r><w:t>{said}</w:t></w:r><w:r><w:t>再</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    };
    let bound = |store: &str, path: &str| format!("<w:dataBinding w:xpath=\"{path}\" w:storeItemID=\"{store}\"/>");
    let title = bound("{6c3c8bc8-f283-45ae-878a-bab7291924a1}", "/ns0:coreProperties[1]/ns1:title[1]");
    let second = bound("{A}", "/信[1]/收件人[2]");
    let body = [
        control(&format!("{title}<w:text/>"), "旧题"),
        control(&format!("{second}<w:text/>"), "旧人"),
        // A date shows its data in a way of its own, and what is not there shows what was.
        control(&format!("{second}<w:date/>"), "三月"),
        control(&format!("{}<w:text/>", bound("{A}", "/信[1]/收件人[3]")), "原"),
    ];
    let part = |inner: &str| {
        format!("<w:x xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{inner}</w:x>")
    };
    let relation = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id=\"a\" Type=\"http://x/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    let bytes = pack(&[
        ("word/document.xml", part(&format!("<w:body>{}</w:body>", body.concat()))),
        ("_rels/.rels", relation("core-properties", "docProps/core.xml")),
        ("docProps/core.xml", "<cp:coreProperties><dc:title>渡口新志</dc:title></cp:coreProperties>".to_owned()),
        ("word/_rels/document.xml.rels", relation("customXml", "../customXml/item1.xml")),
        ("customXml/item1.xml", "<信><收件人>甲</收件人><收件人>乙&amp;丙</收件人><收件人/></信>".to_owned()),
        ("customXml/_rels/item1.xml.rels", relation("customXmlProps", "itemProps1.xml")),
        ("customXml/itemProps1.xml", "<ds:datastoreItem ds:itemID=\"{a}\"/>".to_owned()),
    ]);
    let reading = reading(bytes);
    assert_eq!(reading.document.text(), "渡口新志\n乙&丙\n三月再\n原再\n");
    assert_eq!(told(&reading), ["controls that show the data they are bound to, and not what was saved in them: 2"]);
}

#[test]
fn a_field_that_only_names_something_shows_nothing() {
    let field = |said: &str, shown: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{said}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let body =
        field(" set 年 1998 ", "一九九八") + &field(" ASK 人 \"谁？\" ", "某人") + &field(" REF 年 ", "一九九八");
    assert_eq!(document(&format!("<w:p>{body}<w:r><w:t>年</w:t></w:r></w:p>")).text(), "一九九八年\n");
}

#[test]
fn where_a_document_says_nothing_itself_the_edges_of_its_pages_are_its_text() {
    let (head, first, even) = (p("", "某市档案馆"), p("", "首页页眉"), p("", "偶数页眉"));
    let parts = [("header", "head", &*head), ("header", "first", &*first), ("footer", "even", &*even)];
    let edge = |kind: &str, id: &str| format!("<w:headerReference w:type=\"{kind}\" r:id=\"{id}\"/>");
    let section = |more: &str| {
        format!(
            "<w:p/><w:sectPr>{}{}{}{more}</w:sectPr>",
            edge("default", "head"),
            edge("first", "first"),
            edge("even", "even")
        )
    };
    let reading = reading(with_parts(&section(""), &parts));
    assert_eq!(reading.document.text(), "某市档案馆\n");
    assert_eq!(told(&reading).len(), 2);
    let reading = self::reading(with_parts(&section("<w:titlePg/>"), &parts));
    assert_eq!(reading.document.text(), "首页页眉\n某市档案馆\n");
    // A document that says something keeps them out of its text.
    let reading = self::reading(with_parts(&(p("", "正文") + &section("")), &parts));
    assert_eq!(reading.document.text(), "正文\n");
    assert_eq!(told(&reading).len(), 3);
}
