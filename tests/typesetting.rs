//! The rules of typesetting, looked for on finished pages: the fixtures and generated documents, in every style.

mod edition;
mod proof;

use proptest::prelude::*;
use shanben::Source;
use shanben::document::*;
use shanben::fonts::Library;
use shanben::layout::lay_out;
use shanben::style::Style;
use std::path::Path;

fn library() -> Library {
    Library::load(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts")))
        .expect("the fonts are part of the repository")
}

fn styles() -> impl Iterator<Item = Style> {
    Style::names().map(|name| Style::builtin(name).expect("a built-in style"))
}

#[test]
fn the_fixtures_are_set_without_a_fault_in_every_style() {
    let library = library();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut count = 0;
    for case in std::fs::read_dir(fixtures).unwrap() {
        for file in ["input.txt", "input.md"].map(|name| case.as_ref().unwrap().path().join(name)) {
            let Ok(bytes) = std::fs::read(&file) else { continue };
            let source = Source::new(&file, file.to_string_lossy(), bytes);
            for style in styles() {
                let reading = shanben::read(&source, &edition::settings(&style.name)).unwrap();
                let (layout, notes) = lay_out(&reading.document, &style, &library);
                let faults = proof::faults(&reading.document, &layout, &style, &notes);
                assert!(faults.is_empty(), "{} in {}: {faults:?}", file.display(), style.name);
                count += 1;
            }
        }
    }
    assert!(count >= 36, "{count} fixtures times styles");
}

/// A paragraph of running text with what makes it hard to break.
fn paragraph() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => "[天地玄黄宇宙洪荒日月盈昃]{1,9}",
        5 => "[，。、；：？！]",
        2 => "[（《「“【][天地玄黄A-F]{1,4}[）》」”】]",
        2 => "[a-z]{1,9}",
        1 => "[0-9]{1,4}(\\.[0-9]{1,2})?[%℃]?",
        1 => Just("——".to_owned()),
        1 => Just("……".to_owned()),
        1 => "[ ·～々]",
    ];
    ("[天地玄黄]{2}", prop::collection::vec(piece, 1..120)).prop_map(|(first, rest)| first + &rest.concat())
}

/// Headings and paragraphs, with the places that they would have in a text.
fn document() -> impl Strategy<Value = Document> {
    let heading = (1..5u8, "[天地玄黄宇宙洪荒]{3,60}").prop_map(|(level, text)| (Some(level), text));
    let block = prop_oneof![1 => heading, 5 => paragraph().prop_map(|text| (None, text.trim().to_owned()))];
    (prop::collection::vec(block, 1..25), paragraph()).prop_map(|(mut blocks, last)| {
        blocks.push((None, last.trim().to_owned()));
        let mut at = 0;
        let blocks = blocks.into_iter().map(|(level, text)| {
            let span = at..at + text.len();
            at = span.end + 1;
            let content = vec![Inline::text(text, span.clone())];
            let kind = match level {
                Some(level) => {
                    BlockKind::Heading(Heading { level, title: false, label: None, content, reason: "generated" })
                }
                None => BlockKind::Paragraph { role: Role::Body, content },
            };
            Block::new(kind, span)
        });
        Document { blocks: blocks.collect(), ..Document::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_pages_have_no_fault_in_any_style(doc in document()) {
        let library = library();
        for style in styles() {
            let (layout, notes) = lay_out(&doc, &style, &library);
            let faults = proof::faults(&doc, &layout, &style, &notes);
            prop_assert!(faults.is_empty(), "{}: {:?}", style.name, faults);
        }
    }
}
