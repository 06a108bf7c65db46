//! Any bytes end in an edition whose formats say the same, or in a clear error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::Source;
use shanben::fonts::Library;
use shanben::options::{Format, Settings};
use shanben::recognize::{Hints, markdown};
use shanben::style::Style;
use shanben::verify::{Facts, LineEnds, docx_facts, pdf_facts};
use shanben::write::Deflate;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().expect("the fonts are built in"));
static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings {
    formats: Format::ALL.into(),
    ..Settings::new(Style::builtin("plain").expect("a style"))
});

fuzz_target!(|bytes: &[u8]| {
    let name = if bytes.first().is_some_and(|byte| byte % 2 == 0) { "a.md" } else { "a.txt" };
    let source = Source::new(name, name, bytes.to_vec());
    let Ok(edition) = shanben::convert(&source, &SETTINGS, &LIBRARY, &mut Deflate::default()) else { return };
    assert!(edition.failures.is_empty(), "{:?}", edition.failures);
    let document = Facts::of_document(&edition.reading.document);
    for file in &edition.files {
        let text = || String::from_utf8_lossy(&file.bytes);
        let same = match file.format {
            Format::Pdf => document.compare(&pdf_facts(&file.bytes).expect("a PDF").facts, LineEnds::Joined),
            Format::Docx => document.compare(&docx_facts(&file.bytes).expect("a DOCX"), LineEnds::Same),
            Format::Markdown => {
                document.compare(&Facts::of_document(&markdown(&text(), &Hints::default()).0), LineEnds::Same)
            }
            Format::Text => document.compare_text(&Facts::of_text(&text()), LineEnds::Same),
        };
        if let Err(difference) = same {
            panic!("{}: {difference}", file.format.name());
        }
    }
});
