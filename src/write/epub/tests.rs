use super::files::{Kind, plan};
use super::*;
use crate::document::Document;
use crate::pictures::Pictures;
use crate::recognize::{Hints, markdown};
use crate::style::Style;
use crate::write::Provenance;
use std::collections::BTreeMap;

/// The parts of the book of `source`, by name.
fn book(source: &str) -> (Document, BTreeMap<String, String>) {
    let document = markdown(source, &Hints::default()).0;
    let (style, pictures) = (Style::builtin("book").unwrap(), Pictures::default());
    let provenance = Provenance { name: "样.md".into(), bytes: source.as_bytes(), ..Provenance::default() };
    let material =
        Material { document: &document, style: &style, provenance: &provenance, pictures: &pictures, fonts: &[] };
    let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8(bytes).unwrap());
    let parts = parts(&material).into_iter().map(text).collect();
    (document, parts)
}

/// A novel of two volumes, whose second chapter has a note.
fn novel() -> String {
    let chapter = |n: usize| format!("### 第{n}回 山\n\n{}\n\n", "山雨欲来风满楼。".repeat(300));
    format!(
        "# 山行记\n\n## 卷一\n\n{}{}却说[^1]那山。\n\n## 卷二\n\n{}{}[回](#卷一)\n\n[^1]: 山，即后文。\n",
        chapter(1),
        chapter(2),
        chapter(3),
        chapter(4)
    )
}

#[test]
fn a_novel_is_a_file_a_chapter_and_volumes_have_their_own() {
    let (document, parts) = book(&novel());
    let kinds: Vec<Kind> = plan(&document, &document.outline()).files.iter().map(|file| file.kind).collect();
    use Kind::*;
    assert_eq!(kinds, [TitlePage, Part, Chapter, Chapter, Part, Chapter, Chapter]);
    assert!(parts["OEBPS/c000.xhtml"].contains("<h1 class=\"title\" id=\"h1\">山行记</h1>"));
    assert!(parts["OEBPS/c002.xhtml"].contains("role=\"doc-chapter\" aria-labelledby=\"h3\""));
    // The note stands with what refers to it, and both lead to each other.
    let noted = &parts["OEBPS/c003.xhtml"];
    assert!(noted.contains("role=\"doc-noteref\" id=\"r1\" href=\"#n1\">[1]</a>"), "{noted}");
    assert!(noted.contains("epub:type=\"footnote\" role=\"doc-footnote\" id=\"n1\">\n<p><a class=\"backlink\" role=\"doc-backlink\" href=\"#r1\">[1]</a>山，即后文。</p>"), "{noted}");
    assert!(parts["OEBPS/c006.xhtml"].contains("<a href=\"c001.xhtml#h2\">回</a>"));
    let nav = &parts["OEBPS/nav.xhtml"];
    assert!(
        nav.contains("<li><a href=\"c001.xhtml#h2\">卷一</a><ol>\n<li><a href=\"c002.xhtml#h3\">第1回 山</a></li>"),
        "{nav}"
    );
    assert!(
        parts["OEBPS/content.opf"]
            .contains("<itemref idref=\"c000\"/>\n<itemref idref=\"nav\"/>\n<itemref idref=\"c001\"/>")
    );
}

#[test]
fn of_very_many_chapters_several_share_a_file() {
    let source: String = (1..=5001).map(|n| format!("# 第{n}章\n\n山\n\n")).collect();
    let document = markdown(&source, &Hints::default()).0;
    let outline = document.outline();
    let plan = plan(&document, &outline);
    assert_eq!(plan.files.len(), 1667);
    assert!(plan.files.iter().all(|file| file.kind == Kind::Chapter && file.blocks.len() <= 6));
    assert_eq!(plan.headings(&outline)[..7], [0, 0, 0, 1, 1, 1, 2]);
    assert_eq!(plan.files.last().map(|file| file.blocks.end), Some(document.blocks.len()));
}

#[test]
fn a_letter_is_one_file_without_a_page_of_contents() {
    let (_, parts) = book("一封短信。\n");
    let texts: Vec<&String> = parts.keys().filter(|name| name.contains("/c0")).collect();
    assert_eq!(texts, ["OEBPS/c000.xhtml"]);
    assert!(parts["OEBPS/content.opf"].contains("<spine>\n<itemref idref=\"c000\"/>\n</spine>"));
    assert!(parts["OEBPS/nav.xhtml"].contains("<li><a href=\"c000.xhtml\">样.md</a></li>"));
    assert!(parts["OEBPS/content.opf"].contains("<meta property=\"dcterms:modified\">1970-01-01T00:00:00Z</meta>"));
}

#[test]
fn the_first_part_says_what_the_book_is() {
    let document = markdown("山\n", &Hints::default()).0;
    let (style, pictures, provenance) = (Style::builtin("plain").unwrap(), Pictures::default(), Provenance::default());
    let material =
        Material { document: &document, style: &style, provenance: &provenance, pictures: &pictures, fonts: &[] };
    let bytes = write(&material, &mut Deflate::default()).unwrap();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    assert_eq!(bytes, write(&material, &mut Deflate::default()).unwrap());
}
