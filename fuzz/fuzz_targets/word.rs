//! Any bytes may be the text of a DOCX, and its styles, lists and notes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fuzz_target!(|parts: (&str, &str, &str, &str)| {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    let relations = "<Relationships><Relationship Id='a' Type='t/styles' Target='styles.xml'/><Relationship Id='b' Type='t/numbering' Target='numbering.xml'/><Relationship Id='c' Type='t/footnotes' Target='footnotes.xml'/></Relationships>";
    let (text, styles, numbering, notes) = parts;
    for (name, content) in [
        ("word/_rels/document.xml.rels", relations),
        ("word/document.xml", text),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering),
        ("word/footnotes.xml", notes),
    ] {
        if zip.start_file(name, SimpleFileOptions::default()).and_then(|()| Ok(zip.write_all(content.as_bytes())?)).is_err() {
            return;
        }
    }
    if let Ok(package) = zip.finish() {
        let _ = shanben::open::document(&package.into_inner());
    }
});
