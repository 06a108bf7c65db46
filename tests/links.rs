//! Where the links of an edition lead: to the web, to mailboxes, to headings of the same text, and nowhere else.

mod edition;

use lopdf::{Document, Object};
use shanben::fonts::Library;
use shanben::options::Format;
use shanben::{Deflate, Edition, Source};
use std::io::{Cursor, Read};
use std::path::Path;

const TEXT: &str = "# 题\n\n[甲](javascript:alert(1)) [乙](java&#x73;cript:x) [丙](//host/x) [丁](b.md) [戊](HTTPS://a.b/c) [己](#题) \
                    [庚](#无) <ftp://a.b> [辛](\\\\\\\\host\\share) [壬](mailto:a@b.c) [癸](data:text/html,x) [子](file:///a) [丑](vbscript:x) \
                    [寅]( <java\tscript:x> ) [卯](http://a.b@c.d) <a href=\"javascript:y\">辰</a>\n";

fn edition() -> Edition {
    let library = Library::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts"))).expect("the fonts");
    let source = Source::new("a.md", "a.md", TEXT.into());
    shanben::convert(&source, &edition::settings("plain"), &library, &mut Deflate::default()).expect("an edition")
}

fn file(edition: &Edition, format: Format) -> &[u8] {
    &edition.files.iter().find(|file| file.format == format).expect("a file").bytes
}

#[test]
fn a_pdf_and_a_docx_lead_to_the_web_mailboxes_and_headings_only() {
    let edition = edition();
    let pdf = Document::load_mem(file(&edition, Format::Pdf)).expect("a PDF");
    let (mut addresses, mut places) = (vec![], 0);
    for object in pdf.objects.values().filter_map(|object| object.as_dict().ok()) {
        if object.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Link") {
            continue;
        }
        places += usize::from(object.has(b"Dest"));
        if let Ok(action) = object.get(b"A").and_then(Object::as_dict) {
            let uri = action.get(b"URI").and_then(Object::as_str).expect("an address");
            addresses.push(String::from_utf8_lossy(uri).into_owned());
        }
    }
    assert_eq!((addresses, places), (vec!["https://a.b/c".to_owned(), "mailto:a@b.c".to_owned()], 1));

    let mut docx = zip::ZipArchive::new(Cursor::new(file(&edition, Format::Docx))).expect("a DOCX");
    let mut part = |name: &str| {
        let mut text = String::new();
        docx.by_name(name).expect("a part").read_to_string(&mut text).expect("UTF-8");
        text
    };
    let relationships = part("word/_rels/document.xml.rels");
    let outside: Vec<&str> = relationships
        .split("<Relationship ")
        .filter(|relationship| relationship.contains("TargetMode=\"External\""))
        .filter_map(|relationship| relationship.split_once("Target=\"")?.1.split('"').next())
        .collect();
    assert_eq!(outside, ["https://a.b/c", "mailto:a@b.c"]);
    assert_eq!(part("word/document.xml").matches("<w:hyperlink w:anchor").count(), 1);
}

#[test]
fn every_target_that_is_not_live_is_told_and_markdown_keeps_it() {
    let edition = edition();
    let told: Vec<String> = edition
        .reading
        .notes
        .iter()
        .filter(|note| note.kind == "dead-link")
        .map(|note| note.detail.to_string())
        .collect();
    for target in [
        "javascript:alert(1)",
        "javascript:x",
        "javascript:y",
        "//host/x",
        "b.md",
        "#无",
        "ftp://a.b",
        "data:text/html,x",
    ] {
        assert!(told.iter().any(|told| told == target), "{target}: {told:?}");
    }
    assert!(
        ["https://a.b/c", "HTTPS://a.b/c", "#题", "mailto:a@b.c"]
            .iter()
            .all(|target| !told.iter().any(|told| told == target))
    );
    let markdown = String::from_utf8_lossy(file(&edition, Format::Markdown));
    assert!(["[丁](b.md)", "[己](#题)", "[庚](#无)"].iter().all(|link| markdown.contains(link)), "{markdown}");
}
