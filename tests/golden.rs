//! Golden fixtures: what every stage makes of each text in `tests/fixtures/`.
//!
//! `BLESS=1 cargo test --test golden` writes the expectations; read them before you commit them. A file in `expected/` that no stage
//! writes is an orphan and fails the run.

mod edition;

use shanben::document::{Block, BlockKind, Document, Inline, InlineKind, inline_text, marker_text};
use shanben::fonts::Library;
use shanben::layout;
use shanben::options::Settings;
use shanben::pictures::Pictures;
use shanben::span::Lines;
use shanben::write::pdf::Materials;
use shanben::{Reading, Source};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"))
        .expect("tests/fixtures is part of the repository")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

fn source(case: &Path) -> Source {
    let path =
        ["input.txt", "input.md", "input.htm"].map(|name| case.join(name)).into_iter().find(|path| path.exists());
    let path = path.unwrap_or_else(|| panic!("{} has no input.txt, input.md or input.htm", case.display()));
    let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    Source::new(&name, &name, fs::read(&path).expect("a readable input"))
}

/// How the bytes were read, then the text.
fn decoded(reading: &Reading) -> String {
    let mut out = format!("{} ({:?})\n", reading.decoded.encoding, reading.decoded.evidence.how);
    for malformed in &reading.decoded.malformed {
        let _ = writeln!(out, "malformed {:?}", malformed.source);
    }
    for line in reading.decoded.text.split_inclusive('\n') {
        let _ = writeln!(out, "{line:?}");
    }
    out
}

/// Each edit with its place, rule, before and after; then the counts, then the notes.
fn edits(reading: &Reading) -> String {
    let lines = Lines::new(&reading.decoded.text);
    let mut out = String::new();
    for edit in &reading.normalized.edits {
        let place = lines.place(edit.span.start);
        let before = &reading.decoded.text[edit.span.range()];
        let _ = writeln!(
            out,
            "{}:{} {} {before:?} → {:?} ({:?})",
            place.line, place.column, edit.rule, edit.replacement, edit.safety
        );
    }
    for (rule, count) in reading.normalized.counts() {
        let _ = writeln!(out, "{rule} {count}");
    }
    for note in reading.normalized.notes.iter().chain(&reading.notes) {
        let _ = writeln!(out, "{:?} {} {:?} {:?}", note.severity, note.kind, note.at, note.detail.to_string());
    }
    out
}

/// The document as an indented tree: kind, span, text.
fn tree(document: &Document) -> String {
    let mut out = format!("{:#?}\n", document.meta);
    blocks(document, &document.blocks, 0, &mut out);
    for note in &document.footnotes {
        let _ = writeln!(out, "Footnote {:?} {:?}", note.label, note.span);
        blocks(document, &note.blocks, 1, &mut out);
    }
    out
}

fn blocks(document: &Document, all: &[Block], depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    for block in all {
        let span = block.span;
        match &block.kind {
            BlockKind::Heading(h) => {
                let title = if h.title { " title" } else { "" };
                let _ = writeln!(out, "{pad}Heading {}{title} {:?} {span:?} because {}", h.level, h.label, h.reason);
                inlines(document, &h.content, depth + 1, out);
            }
            BlockKind::Paragraph { role, content } => {
                let _ = writeln!(out, "{pad}{role:?} {span:?}");
                inlines(document, content, depth + 1, out);
            }
            BlockKind::List(list) => {
                let _ = writeln!(out, "{pad}List tight={} {span:?}", list.tight);
                for (i, item) in list.items.iter().enumerate() {
                    let _ = writeln!(out, "{pad}  Item {:?} {:?}", marker_text(list.marker, i), item.span);
                    blocks(document, &item.blocks, depth + 2, out);
                }
            }
            BlockKind::Quote(inner) => {
                let _ = writeln!(out, "{pad}Quote {span:?}");
                blocks(document, inner, depth + 1, out);
            }
            BlockKind::Verse(stanzas) => {
                for stanza in stanzas {
                    let _ = writeln!(out, "{pad}Stanza {span:?}");
                    for line in &stanza.lines {
                        inlines(document, &line.content, depth + 1, out);
                    }
                }
            }
            BlockKind::Code { language, text } => {
                let _ = writeln!(out, "{pad}Code {language:?} {span:?} {text:?}");
            }
            BlockKind::Table(table) => {
                let _ = writeln!(out, "{pad}Table {:?} heads={} {span:?}", table.columns, table.head_rows);
                for row in &table.rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| inline_text(document, cell)).collect();
                    let _ = writeln!(out, "{pad}  {}", cells.join(" | "));
                }
            }
            BlockKind::Divider { ornament } => {
                let _ = writeln!(out, "{pad}Divider {ornament:?} {span:?}");
            }
            BlockKind::Image(image) => {
                let _ = writeln!(out, "{pad}{image:?} {span:?}");
            }
        }
    }
}

fn inlines(document: &Document, all: &[Inline], depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    for inline in all {
        let _ = match &inline.kind {
            InlineKind::Text(text) => writeln!(out, "{pad}{text}"),
            kind => writeln!(out, "{pad}{kind:?} = {:?}", inline_text(document, std::slice::from_ref(inline))),
        };
    }
}

/// Where every line stands, by the fonts that ship with the program.
fn pages(document: &Document, settings: &Settings, folder: &Path) -> String {
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
    let library = Library::load(Path::new(fonts)).expect("the fonts are part of the repository");
    let (pictures, refused) = Pictures::load(document, Some(folder), &mut |_| None, &mut |_| true);
    let materials = Materials { library: &library, pictures: &pictures };
    let mut out = layout::lay_out(document, &settings.style, &materials).0.dump();
    for note in refused {
        let _ = writeln!(out, "{}: {}", note.kind, note.detail);
    }
    out
}

fn stages(source: &Source, folder: &Path) -> BTreeMap<&'static str, String> {
    let settings = edition::settings("book");
    let reading = shanben::read(source, &settings).unwrap_or_else(|error| panic!("{error}"));
    BTreeMap::from([
        ("decoded.txt", decoded(&reading)),
        ("edits.txt", edits(&reading)),
        ("document.txt", tree(&reading.document)),
        ("pages.txt", pages(&reading.document, &settings, folder)),
        ("output.md", shanben::write::markdown::write(&reading.document, &settings.markdown)),
        ("output.txt", shanben::write::txt::write(&reading.document)),
    ])
}

#[test]
fn every_stage_makes_of_each_fixture_what_was_read_and_agreed() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut faults = vec![];
    for case in cases() {
        let expected = case.join("expected");
        let stages = stages(&source(&case), &case);
        if bless {
            fs::create_dir_all(&expected).expect("a writable repository");
        }
        for (name, got) in &stages {
            let path = expected.join(name);
            if bless {
                fs::write(&path, got).expect("a writable repository");
            }
            let want = fs::read_to_string(&path).unwrap_or_default();
            if *got != want {
                let line = got.lines().zip(want.lines()).take_while(|(got, want)| got == want).count();
                faults.push(format!(
                    "{} differs in line {}:\n  got  {:?}\n  want {:?}",
                    path.display(),
                    line + 1,
                    got.lines().nth(line),
                    want.lines().nth(line)
                ));
            }
        }
        for entry in fs::read_dir(&expected).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if !stages.keys().any(|stage| name.to_str() == Some(stage)) {
                faults.push(format!("{} is an orphan: no stage writes it", entry.path().display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}\nBLESS=1 cargo test --test golden accepts", faults.join("\n"));
}
