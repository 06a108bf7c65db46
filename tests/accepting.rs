//! Editions that a person has corrected come back as decisions, and the next run makes what was corrected.

mod program;

use program::Place;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};
use std::fs;
use std::io::{Cursor, Read, Write};

const TEXT: &str =
    "山行\n\n第一章 雨\n　　他说,今天走.\n　　她问:\"去吗?\"他答,走.\n第二章 云\n　　云 从山后面升起来,越来越低了.\n";
const LEDGER: &str = "in/shanben.decisions.toml";

/// A folder with one text and its editions.
fn made(args: &[&str]) -> Place {
    let place = Place::new(&[("in/a.txt", TEXT.as_bytes())]);
    place.done(&[&["convert", "in", "-o", "out", "-t", "docx,md"][..], args].concat());
    place
}

/// What becomes of a tracked change.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Accepted,
    Rejected,
    Open,
}

/// A DOCX after a person has gone through its tracked changes, as Word leaves it: `fate` is asked with what was taken away, or with what was put there.
fn reviewed(docx: &[u8], mut fate: impl FnMut(&str, bool) -> Fate) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(vec![]));
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).unwrap();
        let (name, mut bytes) = (part.name().to_owned(), vec![]);
        part.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            bytes = without_changes(std::str::from_utf8(&bytes).unwrap(), &mut fate).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn without_changes(xml: &str, fate: &mut dyn FnMut(&str, bool) -> Fate) -> String {
    let mut events = vec![];
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            event => events.push(event.into_owned()),
        }
    }
    let is = |event: &Event<'_>, name: &[u8]| match event {
        Event::Start(element) => element.name().as_ref() == name,
        Event::End(element) => element.name().as_ref() == name,
        _ => false,
    };
    let mut writer = Writer::new(vec![]);
    let mut at = 0;
    while at < events.len() {
        let Some(put) =
            [(&b"w:ins"[..], true), (&b"w:del"[..], false)].into_iter().find(|(name, _)| is(&events[at], name))
        else {
            writer.write_event(events[at].borrow()).unwrap();
            at += 1;
            continue;
        };
        let (name, put) = put;
        let end = at + 1 + events[at + 1..].iter().position(|event| is(event, name)).unwrap();
        let text: String = events[at..end]
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.decode().unwrap().into_owned()),
                Event::GeneralRef(name) => {
                    Some(quick_xml::escape::unescape(&format!("&{};", name.decode().unwrap())).unwrap().into_owned())
                }
                _ => None,
            })
            .collect();
        match (fate(&text, put), put) {
            (Fate::Open, _) => events[at..=end].iter().for_each(|event| writer.write_event(event.borrow()).unwrap()),
            (Fate::Accepted, true) | (Fate::Rejected, false) => {
                for event in &events[at + 1..end] {
                    let renamed = match event {
                        Event::Start(element) if element.name().as_ref() == b"w:delText" => {
                            Event::Start(BytesStart::from_content("w:t xml:space=\"preserve\"", 3))
                        }
                        Event::End(element) if element.name().as_ref() == b"w:delText" => {
                            Event::End(BytesEnd::new("w:t"))
                        }
                        event => event.borrow(),
                    };
                    writer.write_event(renamed).unwrap();
                }
            }
            (Fate::Accepted, false) | (Fate::Rejected, true) => {}
        }
        at = end + 1;
    }
    String::from_utf8(writer.into_inner()).unwrap()
}

#[test]
fn changes_that_were_accepted_and_rejected_in_word_become_decisions_and_open_ones_none() {
    let place = made(&["--track-changes"]);
    let mut commas = 0;
    let edited = reviewed(&place.bytes("out/a.docx"), |text, put| match text {
        // Of the four commas the first is rejected, the second accepted.
        "," | "，" => {
            commas += usize::from(!put);
            [Fate::Rejected, Fate::Accepted, Fate::Open][(commas - 1).min(2)]
        }
        ":" | "：" => Fate::Rejected,
        "\"" | "“" | "”" => Fate::Accepted,
        _ => Fate::Open,
    });
    fs::write(place.path("out/a.docx"), edited).unwrap();
    place.done(&["accept", "out/a.docx"]);
    let ledger = place.read(LEDGER);
    let decisions: toml::Table = ledger.parse().unwrap();
    let edits = decisions["file"][0]["edit"].as_array().unwrap();
    let told = |edit: &toml::Value| {
        let text = |key: &str| edit[key].as_str().unwrap().to_owned();
        format!("{}:{} {} {}", edit["line"], edit["column"], text("before"), text("decision"))
    };
    let told: Vec<String> = edits.iter().map(told).collect();
    let expected = ["4:5 , reject", "5:5 : reject", "5:6 \" accept", "5:10 \" accept", "5:13 , accept"];
    assert_eq!(told, expected, "{ledger}");
    place.done(&["convert", "in", "-o", "out", "-t", "md", "--force"]);
    let text = place.read("out/a.md");
    assert!(text.contains("他说,今天走。") && text.contains("她问:“去吗？”他答，走。"), "{text}");
}

#[test]
fn what_was_corrected_in_markdown_is_made_so_by_the_next_run() {
    let place = made(&[]);
    let corrected = place.read("out/a.md");
    let corrected = [
        ("title: \"山行\"", "title: \"山行记\""),
        ("# 山行", "# 山行记"),
        ("## 第二章 云", "第二章 云"),
        ("他说，今天走。", "他说,明天走。"),
        ("去吗？", "去吗?!"),
        ("越来越低了", "越来越低，越来越低了"),
    ]
    .iter()
    .fold(corrected, |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in {text}");
        text.replace(from, to)
    });
    place.write("out/a.md", corrected.as_bytes());
    place.done(&["accept", "out/a.md"]);
    place.done(&["convert", "in", "-o", "out", "-t", "md,docx", "--force"]);
    assert_eq!(place.read("out/a.md"), corrected, "{}", place.read(LEDGER));
    place.done(&["verify", "out"]);
    // What is decided already is not decided again.
    let (_, _, told) = place.run(&["accept", "out/a.md", "out/a.docx"]);
    assert_eq!(told.matches("nothing is decided in it").count(), 2, "{told}");
}

#[test]
fn headings_are_corrected_in_either() {
    // The last has no look of a heading left: that it is one follows from its mark alone.
    for (file, from, to) in [
        ("out/a.md", "## 第二章 云", "第二章 云"),
        ("out/a.md", "## 第二章 云", "# 第二章 云"),
        ("out/a.md", "## 第二章 云", "## 云起"),
    ] {
        let place = made(&[]);
        place.write(file, place.read(file).replace(from, to).as_bytes());
        place.done(&["accept", file]);
        place.done(&["convert", "in", "-o", "out", "-t", "md", "--force"]);
        assert!(place.read("out/a.md").contains(&format!("\n{to}\n")), "{}", place.read(LEDGER));
    }
}

#[test]
fn an_edition_whose_source_or_settings_are_others_is_refused() {
    let refused = |place: &Place, why: &str| {
        let (status, _, told) = place.run(&["accept", "out/a.md"]);
        assert_eq!(status, Some(1), "{told}");
        assert!(told.contains(why), "{told}");
        assert!(!place.path(LEDGER).exists());
    };
    let place = made(&[]);
    place.write("shanben.toml", b"rules = ['none']\n");
    refused(&place, "was made with other settings");
    let place = made(&[]);
    place.write("in/a.txt", b"x");
    refused(&place, "the source is not at hand as it was");
    let place = made(&[]);
    fs::rename(place.path("out/a.md"), place.path("a.md")).unwrap();
    let (status, _, told) = place.run(&["accept", "a.md"]);
    assert!(status == Some(1) && told.contains("there is no record of shanben here"), "{told}");
    let place = made(&["--track-changes"]);
    place.write("out/a.docx", b"no zip");
    let (status, _, told) = place.run(&["accept", "out/a.docx"]);
    assert!(status == Some(1) && told.contains("not a readable DOCX"), "{told}");
}
