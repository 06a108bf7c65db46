//! Measures the headings found in a folder of texts against a hand-made list.
//!
//! `cargo run --release --example headings -- FOLDER tests/data/headings.tsv` prints precision and recall;
//! `cargo run --release --example headings -- FOLDER` prints the outline of every file, with reasons.

use shanben::document::{Block, BlockKind, Document, inline_text};
use shanben::normalize::{Rules, Syntax, normalize};
use shanben::recognize::{self, Hints};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The headings of a file: level and text without spaces, in order.
#[derive(Default)]
struct Listed {
    headings: Vec<(u8, String)>,
    /// The line from which on they are not listed.
    end: Option<usize>,
}

/// File name to what is listed of it.
type Headings = BTreeMap<String, Listed>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: headings FOLDER [LIST]")?);
    let expected = arguments.next().map(|list| read_list(Path::new(&list))).transpose()?;
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.retain(|p| p.is_file());
    paths.sort();
    let (mut right, mut found, mut wanted, mut bytes, mut seconds) = (0, 0, 0, 0, 0.0);
    for path in paths {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let listed = expected.as_ref().map(|e| e.get(&name));
        if matches!(listed, Some(None)) {
            continue;
        }
        let Ok(decoded) = shanben::decode::decode(&path, &std::fs::read(&path)?, None) else { continue };
        let markdown = name.ends_with(".md");
        let syntax = if markdown { Syntax::Markdown } else { Syntax::Plain };
        let normalized = normalize(&decoded.text, syntax, &Rules::default(), None);
        let text = normalized.text;
        let start = Instant::now();
        let (document, _) = if markdown {
            recognize::markdown(&text, &Hints::default())
        } else {
            recognize::plain(&text, &normalized.regions, &Hints::default())
        };
        seconds += start.elapsed().as_secs_f64();
        bytes += text.len();
        // Tags are not shown.
        if !markdown && !text.contains('<') && visible(&document.text()) != visible(&text) {
            println!("{name}: TEXT DIFFERS");
        }
        match listed.flatten() {
            Some(list) => {
                let end = list.end.and_then(|line| text.match_indices('\n').nth(line.checked_sub(2)?));
                let headings = headings(&document, end.map_or(text.len(), |(at, _)| at));
                let (r, f, w) = compare(&name, &list.headings, &headings);
                right += r;
                found += f;
                wanted += w;
            }
            None => outline(&name, &document, &text),
        }
    }
    println!("{bytes} bytes at {:.0} MB/s", bytes as f64 / seconds / 1e6);
    if expected.is_some() {
        let percent = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        println!(
            "precision {:.2} % of {found}, recall {:.2} % of {wanted}",
            percent(right, found),
            percent(right, wanted)
        );
    }
    Ok(())
}

/// Lines of `file TAB level TAB line TAB heading`; a file without headings has one line with level 0, and one that is listed in part has
/// one with the line where the list ends.
fn read_list(path: &Path) -> Result<Headings, Box<dyn std::error::Error>> {
    let mut list = Headings::new();
    for line in std::fs::read_to_string(path)?.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let mut fields = line.splitn(4, '\t');
        let (Some(file), Some(level)) = (fields.next(), fields.next()) else {
            return Err(format!("bad line: {line}").into());
        };
        let entry = list.entry(file.to_owned()).or_default();
        let level: u8 = level.parse()?;
        let line: usize = fields.next().unwrap_or_default().parse()?;
        if level > 0 {
            entry.headings.push((level, visible(fields.next().unwrap_or_default())));
        } else if line > 0 {
            entry.end = Some(line);
        }
    }
    Ok(list)
}

/// The headings of `document` that begin before byte `end` of its text.
fn headings(document: &Document, end: usize) -> Vec<(u8, String)> {
    let outline = document.outline().into_iter().filter(|e| document.blocks[e.block].span.start < end);
    outline.map(|e| (e.level, visible(&e.text))).collect()
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Walks both lists together and prints what only one of them has: right, found, wanted.
fn compare(name: &str, wanted: &[(u8, String)], found: &[(u8, String)]) -> (usize, usize, usize) {
    let (mut i, mut j, mut right) = (0, 0, 0);
    while i < wanted.len() || j < found.len() {
        if i < wanted.len() && j < found.len() && wanted[i] == found[j] {
            right += 1;
            i += 1;
            j += 1;
        } else if i < wanted.len() && !found[j..].contains(&wanted[i]) {
            println!("{name}: missed {} {}", wanted[i].0, wanted[i].1);
            i += 1;
        } else if j < found.len() {
            println!("{name}: wrong  {} {}", found[j].0, found[j].1);
            j += 1;
        }
    }
    (right, found.len(), wanted.len())
}

fn outline(name: &str, document: &Document, text: &str) {
    println!(
        "=== {name}  title {:?} authors {:?} date {:?}",
        document.meta.title, document.meta.authors, document.meta.date
    );
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for Block { kind, span } in &document.blocks {
        let kind = match kind {
            BlockKind::Heading(h) => {
                let line = text[..span.start].matches('\n').count() + 1;
                println!(
                    "{line:6} {}{} [{}]",
                    "  ".repeat(h.level.into()),
                    inline_text(document, &h.content),
                    h.reason
                );
                "heading"
            }
            BlockKind::Paragraph { role, content } => {
                if *role != shanben::document::Role::Body {
                    println!(
                        "       ({role:?}) {}",
                        inline_text(document, content).chars().take(50).collect::<String>()
                    );
                }
                "paragraph"
            }
            BlockKind::List(_) => "list",
            BlockKind::Quote(_) => "quote",
            BlockKind::Verse(_) => "verse",
            BlockKind::Code { .. } => "code",
            BlockKind::Table(_) => "table",
            BlockKind::Divider { .. } => "divider",
            BlockKind::Image(_) => "image",
        };
        *kinds.entry(kind).or_default() += 1;
    }
    println!("       {kinds:?}");
}
