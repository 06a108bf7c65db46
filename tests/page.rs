//! The report for people, read back with an XML reader: its rows, its links, and its marks.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::fs;
use std::path::Path;
use std::process::Command;

/// An element of the page: its name, its attributes and the text in it.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All elements of the rows, in the order in which they begin. Anything that is not well-formed fails.
fn elements(page: &str) -> Vec<Element> {
    let rows = &page[page.find("<main>").unwrap()..page.find("</main>").unwrap() + "</main>".len()];
    let mut reader = Reader::from_str(rows);
    let (mut found, mut open): (Vec<Element>, Vec<usize>) = (vec![], vec![]);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = attribute
                        .decoded_and_normalized_value(quick_xml::XmlVersion::Explicit1_0, reader.decoder())
                        .unwrap()
                        .into_owned();
                    (String::from_utf8(attribute.key.as_ref().to_vec()).unwrap(), value)
                });
                let name = String::from_utf8(start.name().as_ref().to_vec()).unwrap();
                found.push(Element { name, attributes: attributes.collect(), text: String::new() });
                open.push(found.len() - 1);
            }
            Event::Empty(_) => {}
            Event::End(_) => {
                open.pop().unwrap();
            }
            Event::Text(text) => {
                let text = text.decode().unwrap();
                open.iter().for_each(|&i| found[i].text.push_str(&text));
            }
            Event::GeneralRef(name) => {
                let c = match (name.resolve_char_ref().unwrap(), name.decode().unwrap().as_ref()) {
                    (Some(c), _) => c,
                    (None, "lt") => '<',
                    (None, "gt") => '>',
                    (None, "amp") => '&',
                    (None, "quot") => '"',
                    (None, other) => panic!("&{other};"),
                };
                open.iter().for_each(|&i| found[i].text.push(c));
            }
            Event::Eof => break,
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty());
    found
}

fn shanben(folder: &Path, args: &[&str], lang: &str) -> Option<i32> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shanben"));
    command.args(args).current_dir(folder).env_clear().env("LANG", lang).output().unwrap().status.code()
}

/// The path that a link names.
fn unpercent(link: &str) -> String {
    let mut bytes = vec![];
    let mut rest = link.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_page_has_a_row_a_file_with_links_and_every_edit_marked() {
    let dir = tempfile::tempdir().unwrap();
    let at = |path: &str| dir.path().join(path);
    fs::create_dir_all(at("in/甲 #1")).unwrap();
    fs::create_dir(at("reports")).unwrap();
    let text = "他说,<script>alert(1)</script>已有多人因此被问责处理。\n甲\u{7}乙&amp;丙\n";
    fs::write(at("in/甲 #1/b.txt"), text).unwrap();
    fs::write(at("in/empty.txt"), "").unwrap();
    let args = ["convert", "in", "-o", "out put", "-t", "md,txt", "--report", "reports/page.html"];
    // The second time, when nothing is written, the page says the same of the text.
    for status in ["done", "skipped"] {
        assert_eq!(shanben(dir.path(), &args, "C.UTF-8"), Some(1));
        let page = fs::read_to_string(at("reports/page.html")).unwrap();
        let found = elements(&page);
        let rows: Vec<(&str, &str)> = found
            .iter()
            .filter(|element| element.name == "details")
            .map(|row| (row.attribute("data-s").unwrap(), row.attribute("data-e").unwrap()))
            .collect();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0], rows[1].0), (("failed", "0"), status));
        let links: Vec<String> = found.iter().filter_map(|a| Some(unpercent(a.attribute("href")?))).collect();
        assert_eq!(links, ["../out put/甲 #1/b.md", "../out put/甲 #1/b.txt"]);
        assert!(links.iter().all(|link| at("reports").join(link).is_file()));
        let texts: Vec<&Element> = found.iter().filter(|div| div.attribute("class") == Some("t")).collect();
        assert_eq!(texts.len(), 1);
        assert!(texts[0].text.contains("<script>alert(1)</script>"), "{texts:?}");
        let marked = |name: &str| -> Vec<&str> {
            found.iter().filter(|element| element.name == name).map(|element| element.text.as_str()).collect()
        };
        assert!(marked("del").contains(&",") && marked("del").contains(&"[U+0007]"), "{:?}", marked("del"));
        assert!(marked("ins").contains(&"，"), "{:?}", marked("ins"));
        let rules: Vec<&str> = found.iter().filter_map(|edit| edit.attribute("data-r")).collect();
        assert!(rules.contains(&"half-comma") && rules.contains(&"c0-control"), "{rules:?}");
        assert!(!page.contains('\u{7}') && page.matches("<script").count() == 2);
    }
}

#[test]
fn the_page_speaks_the_language_of_the_user_and_needs_nothing_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), "山雨欲来风满楼。\n").unwrap();
    for (lang, tag, word) in [("zh_CN.UTF-8", "zh-Hans", "转换报告"), ("C", "en", "report of a conversion")] {
        let args = ["convert", "a.txt", "-o", "out", "-t", "txt", "--report", "page.html", "--force"];
        assert_eq!(shanben(dir.path(), &args, lang), Some(0));
        let page = fs::read_to_string(dir.path().join("page.html")).unwrap();
        assert!(page.contains(&format!("<html lang=\"{tag}\">")) && page.contains(word));
        assert!(page.contains("default-src 'none'") && !page.contains("http://") && !page.contains("https://"));
    }
}

#[test]
fn a_long_text_does_not_make_a_long_page() {
    let dir = tempfile::tempdir().unwrap();
    let text = "山雨欲来风满楼,水光潋滟晴方好。\r\n\r\n".repeat(30_000);
    fs::write(dir.path().join("a.txt"), &text).unwrap();
    let args = ["convert", "a.txt", "-o", "out", "-t", "txt", "--report", "page.html"];
    assert_eq!(shanben(dir.path(), &args, "C"), Some(0));
    let page = fs::read_to_string(dir.path().join("page.html")).unwrap();
    let marked = elements(&page).iter().filter(|element| element.attribute("data-r").is_some()).count();
    assert!((100..2000).contains(&marked), "{marked} edits");
    assert!(page.len() < 300_000, "{} bytes for a text of {}", page.len(), text.len());
}
