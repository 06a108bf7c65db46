//! All formats say the same: what is read back from each is the text and the outline of the document.

mod edition;
mod generate;
mod small;

use generate::Range;
use proptest::prelude::*;
use shanben::Source;
use shanben::batch::proof;
use shanben::document::Document;
use shanben::error::Cause;
use shanben::fonts::Library;
use shanben::layout;
use shanben::options::{Format, Settings};
use shanben::pictures::Pictures;
use shanben::recognize::{self, Hints};
use shanben::style::Style;
use shanben::verify::{self, Facts};
use shanben::write::markdown::Wrap;
use shanben::write::xhtml::Material;
use shanben::write::{self, Deflate, Provenance};
use small::Case;
use std::path::{Path, PathBuf};

const SOURCE: &[u8] = "样\n".as_bytes();

fn provenance() -> Provenance<'static> {
    Provenance { name: "样.txt".into(), bytes: SOURCE, ..Provenance::default() }
}

fn library() -> Library {
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
    Library::load(Path::new(fonts)).expect("the fonts are part of the repository")
}

/// Proves that `bytes`, a file of `format`, say what `document` says.
fn agrees(document: &Document, format: Format, bytes: &[u8]) -> Result<(), Cause> {
    if format.is_text() {
        std::str::from_utf8(bytes).expect("UTF-8");
    }
    let found = proof::said(format, bytes.to_vec()).unwrap_or_else(|cause| panic!("{}: {cause}", format.name()));
    proof::agree(&Facts::of_document(document), &found, format)
}

fn docx(document: &Document) -> Vec<u8> {
    let style = Style::builtin("book").expect("a style");
    write::docx::write(document, &style, &provenance(), &Default::default(), &mut Deflate::default())
        .expect("a document that can be written")
}

/// A document as a book and as a page.
fn marked_up(document: &Document) -> [(Format, Vec<u8>); 2] {
    let (style, pictures) = (Style::builtin("book").expect("a style"), Pictures::default());
    let provenance = provenance();
    let material = Material { document, style: &style, provenance: &provenance, pictures: &pictures, fonts: &[] };
    let book = write::epub::write(&material, &mut Deflate::default()).expect("a document that can be written");
    [(Format::Epub, book), (Format::Html, write::html::write(&material).into_bytes())]
}

fn pdf(document: &Document, library: &Library) -> Vec<u8> {
    let layout = layout::lay_out(document, &Style::builtin("book").expect("a style"), library).0;
    let options =
        write::pdf::Options { attach: true, print_ready: false, booklet: false, pictures: Default::default() };
    write::pdf::write(document, &layout, library, &provenance(), &options, &mut Deflate::default())
        .expect("a document that can be written")
}

/// The samples and the inputs of the golden fixtures.
fn inputs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        entries.map(|entry| entry.expect("a readable folder").path()).collect()
    };
    let mut inputs = files(&root.join("input"));
    for case in files(&root.join("tests/fixtures")) {
        inputs.extend(files(&case).into_iter().filter(|path| path.file_stem().is_some_and(|stem| stem == "input")));
    }
    inputs.sort();
    inputs
}

#[test]
fn what_is_printed_of_links_and_what_gives_way_to_our_contents_changes_no_text() {
    let library = library();
    let long = "车子在山路上走了整整一天，窗外的雾越来越浓，到最后什么也看不见了。".repeat(40);
    let chapter = |name: &str| format!("{name}\n\n　　{long}\n\n");
    let names = ["第一章　到山城去", "第二章　茶馆", "第三章　雨季", "第四章　来信", "第五章　渡口"];
    let listed: String = names.iter().map(|name| format!("{name}……1\n")).collect();
    let book = format!("山城旧事\n\n目　录\n\n{listed}\n{}", names.map(chapter).concat());
    let page = "# 链接\n\n见[书局](https://example.com/a)与<https://example.com>，又见[书局](https://example.com/a)[^1]。\n\n- 甲\n- [乙](https://example.org)\n\n[^1]: 注。\n";
    for (name, text, told) in [("book.txt", book.as_str(), 1), ("page.md", page, 0)] {
        let source = Source::new(name, name, text.as_bytes().to_vec());
        let settings = Settings { link_notes: true, ..edition::settings("book") };
        let edition = shanben::convert(&source, &settings, &library, &mut Deflate::default()).expect("an edition");
        for file in &edition.files {
            let said = agrees(&edition.reading.document, file.format, &file.bytes);
            assert_eq!(said, Ok(()), "{name} as {}", file.format.name());
        }
        assert_eq!(edition.notes.iter().filter(|note| note.kind == "own-contents").count(), told, "{name}");
    }
}

#[test]
fn every_sample_says_the_same_in_all_formats() {
    let library = library();
    let inputs = inputs();
    assert!(inputs.len() > 4);
    let mut differences = vec![];
    for (i, path) in inputs.iter().enumerate() {
        let name = path.file_name().expect("a file").to_string_lossy();
        let source = Source::new(path, name, std::fs::read(path).expect("a readable input"));
        let style = ["book", "guji", "official", "vertical", "news", "plain"][i % 6];
        let edition = shanben::convert(&source, &edition::settings(style), &library, &mut Deflate::default())
            .expect("an edition");
        for file in &edition.files {
            if let Err(difference) = agrees(&edition.reading.document, file.format, &file.bytes) {
                differences.push(format!("{} as {}, {style}: {difference}", path.display(), file.format.name()));
            }
            if file.format == Format::Pdf {
                let found = verify::pdf_facts(file.bytes.clone()).expect("a readable PDF");
                assert_eq!(found.source.as_ref(), Some(&source.bytes), "{}", path.display());
                assert_eq!(Some(found.pages), file.pages);
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_head_and_the_record_of_an_official_document_keep_their_blanks_in_a_docx() {
    let library = library();
    let settings = Settings { formats: vec![Format::Docx], ..edition::settings("official") };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/office");
    let texts = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    for path in texts.filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        let source = Source::new(&path, path.to_string_lossy(), std::fs::read(&path).expect("a text"));
        let edition = shanben::convert(&source, &settings, &library, &mut Deflate::default()).expect("an edition");
        let said = agrees(&edition.reading.document, Format::Docx, &edition.files[0].bytes);
        assert_eq!(said, Ok(()), "{}", path.display());
    }
}

#[test]
fn tracked_changes_leave_the_text_as_it_is() {
    let library = library();
    let settings = Settings { formats: vec![Format::Docx], track_changes: true, ..edition::settings("book") };
    let mut shown = 0;
    for path in inputs() {
        let name = path.file_name().expect("a file").to_string_lossy();
        let source = Source::new(&path, name, std::fs::read(&path).expect("a readable input"));
        let edition = shanben::convert(&source, &settings, &library, &mut Deflate::default()).expect("an edition");
        let bytes = &edition.files[0].bytes;
        if let Err(difference) = agrees(&edition.reading.document, Format::Docx, bytes) {
            panic!("{}: {difference}", path.display());
        }
        let plain = Settings { track_changes: false, ..settings.clone() };
        shown += usize::from(
            shanben::convert(&source, &plain, &library, &mut Deflate::default()).expect("an edition").files[0].bytes
                != *bytes,
        );
    }
    assert!(shown > 4);
}

#[test]
fn a_heading_within_a_quotation_a_list_or_a_note_stands_in_no_outline() {
    let source = "# 题\n\n## 一\n\n> ### 引中题\n>\n> 引文[^1]。\n\n- 项\n\n  ## 项中题\n\n## 二\n\n[^1]: ### 注中题\n\n    注文。\n";
    let document = recognize::markdown(source, &Hints::default()).0;
    let outline: Vec<String> = document.outline().into_iter().map(|entry| entry.text).collect();
    assert_eq!(outline, ["题", "一", "二"]);
    let paged = [(Format::Docx, docx(&document)), (Format::Pdf, pdf(&document, &library()))];
    for (format, bytes) in paged.into_iter().chain(marked_up(&document)) {
        if let Err(difference) = agrees(&document, format, &bytes) {
            panic!("{}: {difference}", format.name());
        }
    }
}

#[test]
fn paragraphs_from_right_to_left_say_so_and_all_formats_the_same() {
    let source = "# 题\n\n甲אב 12, **גד** הו乙[^1]。\n\nאב גד הו 12 Rust.\n\n| 甲 | אבג |\n|---|---|\n| אבג | 12 |\n\n[^1]: אב גד 5.\n";
    let document = recognize::markdown(source, &Hints::default()).0;
    let paged = [(Format::Docx, docx(&document)), (Format::Pdf, pdf(&document, &library()))];
    for (format, bytes) in paged.into_iter().chain(marked_up(&document)) {
        if let Err(difference) = agrees(&document, format, &bytes) {
            panic!("{}: {difference}", format.name());
        }
        if format == Format::Html {
            let page = String::from_utf8(bytes).expect("UTF-8");
            let turned: Vec<&str> =
                page.split(" dir=\"rtl\">").skip(1).filter_map(|rest| rest.split('<').next()).collect();
            assert_eq!(turned, ["אב גד הו 12 Rust.", "אבג", "אבג"]);
        }
    }
}

#[test]
fn a_page_with_all_kinds_of_block_is_the_same_in_the_pdf() {
    let source = "# 山雨\n\n第一段**“重点”**与`code`，见[此处](http://a.b)[^1]。\n\n## 一、列表\n\n1. 甲\n2. 乙\n   - 丙\n\n> 引文。\n\n\
                  白日依山尽\\\n黄河入海流\n\n| 姓名 | 年龄 |\n| --- | --: |\n| 张三 | 30 |\n\n```\nfn main() {\n    x();\n}\n```\n\n\
                  <ruby>漢<rt>かん</rt></ruby>字 and English words.\n\n[^1]: 注文。\n";
    let document = recognize::markdown(source, &Hints::default()).0;
    let bytes = pdf(&document, &library());
    if let Err(difference) = agrees(&document, Format::Pdf, &bytes) {
        panic!("{difference}\n{:#?}", verify::pdf_facts(bytes));
    }
    // Where the document has lines and not paragraphs, no other words come between them.
    let changed = recognize::markdown(&source.replace("注文", "注"), &Hints::default()).0;
    let difference = agrees(&changed, Format::Pdf, &bytes).expect_err("another text");
    let Cause::TextDiffers { expected, found, .. } = difference else { panic!("{difference}") };
    assert_eq!((expected.as_str(), found.as_str()), ("[1]注。", "[1]注文。"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn every_text_format_says_what_the_document_says(document in generate::document(Range::Everything)) {
        let markdown = write::markdown::write(&document, &Default::default()).into_bytes();
        let text = write::txt::write(&document).into_bytes();
        let others = [(Format::Markdown, markdown), (Format::Text, text), (Format::Docx, docx(&document))];
        for (format, bytes) in others.into_iter().chain(marked_up(&document)) {
            let same = agrees(&document, format, &bytes);
            prop_assert!(same.is_ok(), "{}: {}", format.name(), same.unwrap_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_pdf_says_what_the_document_says(document in generate::document(Range::Everything)) {
        let same = agrees(&document, Format::Pdf, &pdf(&document, &library()));
        prop_assert!(same.is_ok(), "{}", same.unwrap_err());
    }
}

#[test]
fn a_format_that_cannot_be_made_leaves_the_others_made() {
    let source = Source::new("a.txt", "a.txt", "山雨欲来风满楼。\n".into());
    // Without fonts there can be no pages.
    let edition = shanben::convert(&source, &edition::settings("plain"), &Library::default(), &mut Deflate::default())
        .expect("an edition");
    let made: Vec<Format> = edition.files.iter().map(|file| file.format).collect();
    let failed: Vec<(Format, bool)> = edition
        .failures
        .iter()
        .map(|failure| (failure.format, failure.error.cause.to_string().starts_with("pdf: ")))
        .collect();
    assert_eq!((made, failed), (Format::ALL[1..].to_vec(), vec![(Format::Pdf, true)]));
}

/// What the formats of `case` say otherwise than the document.
fn differences(case: &Case, formats: &[Format], library: &Library, deflate: &mut Deflate) -> Vec<String> {
    // What cannot be read as text is no case.
    let Ok(edition) = shanben::convert(&case.source(), &case.settings(formats), library, deflate) else {
        return vec![];
    };
    let failures = edition.failures.iter().map(|failure| failure.error.cause.to_string());
    let differences = edition.files.iter().filter_map(|file| {
        let difference = agrees(&edition.reading.document, file.format, &file.bytes).err()?;
        Some(format!("{}: {difference}", file.format.name()))
    });
    failures.chain(differences).map(|difference| format!("{case:?}: {difference}")).collect()
}

#[test]
fn what_once_differed_agrees() {
    let wrapped = |text| Case { wrap: Wrap::Columns(40), ..Case::new("a.txt", text) };
    let bare = |name, text| Case { rules: "none", ..Case::new(name, text) };
    let cases = [
        // Controls that a format cannot hold, from a reference or because no rule drops them.
        Case::new("a.md", "水&#2;火\n"),
        bare("a.txt", "水\0火\n"),
        bare("a.txt", "\u{feff}\u{feff}水\u{feff}火\n"),
        bare("a.txt", "水\u{b}火\u{c}土\u{1b}[1m\u{fffe}\u{ffff}\n"),
        // The heading of an item stands in no outline.
        Case::new("a.md", "* #\n--\n-\n"),
        // A tag that is none, across two lines.
        Case::new("a.md", "<a\n\t>\n"),
        // A note that only refers to itself.
        Case::new("a.md", "[^1]:[^1]\n"),
        Case { style: "official", ..Case::new("a.md", "[^1]:[^1]\n") },
        // A line that begins a definition once it is broken.
        wrapped("one two three four five six seven eight : nine ten\n"),
        // Labels with brackets of their own.
        Case::new("a.txt", "渡口\n\n渡口始建于明代[1]。\n\n[1]据县志。\n"),
    ];
    let (library, mut deflate) = (library(), Deflate::default());
    let found: Vec<String> =
        cases.iter().flat_map(|case| differences(case, &Format::ALL, &library, &mut deflate)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn small_texts_full_of_signs_say_the_same_in_all_formats() {
    let (library, mut deflate) = (library(), Deflate::default());
    let mut found = vec![];
    for (i, case) in Case::some(3000).enumerate() {
        // A PDF takes longer than all others.
        let formats = if i % 4 == 0 { &Format::ALL[..] } else { &Format::ALL[1..] };
        found.extend(differences(&case, formats, &library, &mut deflate));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
