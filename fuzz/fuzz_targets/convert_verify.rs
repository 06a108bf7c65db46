//! Any bytes, converted in any way, end in an edition whose formats say the same, or in a clear error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shanben::Source;
use shanben::batch::proof::{agree, said};
use shanben::fonts::Library;
use shanben::normalize::Rules;
use shanben::options::{Format, Settings};
use shanben::style::Style;
use shanben::verify::Facts;
use shanben::write::Deflate;
use shanben::write::markdown::{Options, Wrap};
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::embedded().expect("the fonts are built in"));
static STYLES: LazyLock<Vec<Style>> = LazyLock::new(|| Style::names().filter_map(Style::builtin).collect());

/// The settings that `choice` stands for.
fn settings(choice: [u8; 3]) -> Settings {
    let [style, rules, other] = choice;
    Settings {
        formats: Format::ALL.into(),
        rules: if rules & 1 == 0 { Rules::default() } else { Rules::parse("none").expect("rules") },
        markdown: Options {
            wrap: match rules >> 1 & 3 {
                0 => Wrap::None,
                1 => Wrap::Sentence,
                _ => Wrap::Columns(usize::from(rules >> 3) + 1),
            },
        },
        escape_bytes: other & 1 != 0,
        track_changes: other & 2 != 0,
        collation: other & 4 != 0,
        colophon: other & 8 != 0,
        booklet: other & 16 != 0,
        ..Settings::new(STYLES[usize::from(style) % STYLES.len()].clone())
    }
}

fuzz_target!(|bytes: &[u8]| {
    // The choice stands at the end, so that a seed is what it is from its first byte on.
    let Some((bytes, &[syntax, ref choice @ ..])) = bytes.split_last_chunk::<4>() else { return };
    let name = if syntax & 1 == 0 { "a.md" } else { "a.txt" };
    let source = Source::new(name, name, bytes.to_vec());
    let settings = settings(*choice);
    let Ok(edition) = shanben::convert(&source, &settings, &LIBRARY, &mut Deflate::default()) else { return };
    assert!(edition.failures.is_empty(), "{:?}", edition.failures);
    let document = Facts::of_document(&edition.reading.document);
    for file in edition.files {
        let found = said(file.format, file.bytes).expect("a file that can be read");
        if let Err(difference) = agree(&document, &found, file.format) {
            panic!("{}: {difference}", file.format.name());
        }
    }
});
