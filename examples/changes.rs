//! Draws changes of the default rules to be read by a person, and counts them: `cargo run --release --example changes -- FOLDER...
//! [--aside | --rest] [--kind KIND] [--rule ID] [--draw N]`.
//!
//! Each folder has a `manifest.tsv` (file, encoding, genre, repository, …). For each kind of text it is told how many visible changes there are, as
//! `inspect` counts them, in all and to a thousand characters; for each rule, how many. With `--draw` that many changes of each rule are
//! printed, each with what stands around it: always the same ones, chosen by a digest of file and place, at most
//! [`MOST_OF_A_FILE`] of one rule from one file as long as others have any.

use shanben::decode::decode;
use shanben::normalize::{Damage, Evidence, Rules, Syntax, is_layout, normalize};
use std::collections::BTreeMap;
use std::path::Path;

mod aside;

/// Changes of one rule from one file are drawn up to this number before those of other files are used up.
const MOST_OF_A_FILE: usize = 4;
/// How many characters are shown before and behind a change.
const AROUND: usize = 24;

/// Genres of files that are for programs, whatever they say.
const PROGRAMS: &[&str] = &[
    "asciidoc",
    "code",
    "config",
    "hosts",
    "html",
    "html-big5",
    "html-gbk",
    "latex",
    "log",
    "map",
    "rst",
    "subtitle",
    "subtitles",
    "vimdoc",
    "vimtutor",
];

/// A change that was made.
struct Change {
    file: String,
    kind: &'static str,
    digest: u64,
    shown: String,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |option: &str| {
        arguments.iter().position(|argument| argument == option).and_then(|at| arguments.get(at + 1)).cloned()
    };
    let says = |option: &str| arguments.iter().any(|argument| argument == option);
    let (only_rule, only_kind) = (value("--rule"), value("--kind"));
    let draw: usize = value("--draw").and_then(|n| n.parse().ok()).unwrap_or(0);
    let values = [&only_rule, &only_kind, &value("--draw")].map(|value| value.clone().unwrap_or_default());
    let folders: Vec<&String> =
        arguments.iter().filter(|argument| !argument.starts_with("--") && !values.contains(argument)).collect();
    if folders.is_empty() {
        eprintln!("usage: changes FOLDER... [--aside | --rest] [--kind KIND] [--rule ID] [--draw N]");
        std::process::exit(2);
    }
    let mut kinds: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut changes: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    for folder in folders {
        let manifest = std::fs::read_to_string(Path::new(folder).join("manifest.tsv")).unwrap_or_default();
        for row in manifest.lines().skip(1) {
            let [name, encoding, genre, repository] = std::array::from_fn(|i| row.split('\t').nth(i).unwrap_or(""));
            let aside = aside::is_aside(repository);
            if says("--aside") && !aside || says("--rest") && aside {
                continue;
            }
            let path = Path::new(folder).join(name);
            let Ok(bytes) = std::fs::read(&path) else { continue };
            let Ok(decoded) = decode(&path, &bytes, Some(encoding)) else { continue };
            let syntax = if name.ends_with(".md") { Syntax::Markdown } else { Syntax::Plain };
            let restored = normalize(&decoded.text, syntax, &Rules::default(), Some(&shanben::Repertoire));
            let kind = kind(genre, &restored.evidence);
            if only_kind.as_ref().is_some_and(|only| only != kind) {
                continue;
            }
            let counts = kinds.entry(kind).or_default();
            counts[0] += 1;
            counts[1] += decoded.text.chars().count();
            for told in restored.account().filter(|told| !told.layout) {
                let before = decoded.text.get(told.span.range()).unwrap_or_default();
                counts[2] += usize::from(is_visible(before) || is_visible(&told.replacement));
                for rule in told.rules.iter().copied().filter(|rule| !is_layout(rule)) {
                    changes.entry(rule).or_default().push(Change {
                        file: name.to_owned(),
                        kind,
                        digest: digest(&format!("{name} {}", told.span.start)),
                        shown: show(&decoded.text, told.span.start, told.span.end, &told.replacement),
                    });
                }
            }
        }
    }
    println!("kind                 files      chars   visible  to a thousand");
    for (kind, [files, chars, visible]) in &kinds {
        println!("{kind:20} {files:5} {chars:10} {visible:9} {:14.3}", *visible as f64 * 1000.0 / *chars as f64);
    }
    println!("\nrule                    changes  files");
    for (rule, found) in &changes {
        let mut files: Vec<&str> = found.iter().map(|change| &*change.file).collect();
        files.dedup();
        println!("{rule:22} {:8} {:6}", found.len(), files.len());
    }
    for (rule, found) in changes.into_iter().filter(|(rule, _)| only_rule.as_ref().is_none_or(|only| only == rule)) {
        for change in drawn(found, draw) {
            println!("{rule}\t{}\t{}\t{}", change.kind, change.file, change.shown);
        }
    }
}

/// `most` of the changes, by their digests: those beyond [`MOST_OF_A_FILE`] of a file come last.
fn drawn(mut changes: Vec<Change>, most: usize) -> Vec<Change> {
    changes.sort_by_key(|change| change.digest);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let (mut first, rest): (Vec<Change>, Vec<Change>) = changes.into_iter().partition(|change| {
        let count = seen.entry(change.file.clone()).or_default();
        *count += 1;
        *count <= MOST_OF_A_FILE
    });
    first.extend(rest);
    first.truncate(most);
    first
}

/// What kind of text a file of that genre is.
fn kind(genre: &str, evidence: &Evidence) -> &'static str {
    match () {
        () if PROGRAMS.contains(&genre) => "programs",
        () if evidence.is_japanese_or_korean() => "japanese, korean",
        () if evidence.is_latin() || evidence.han == 0 => "english",
        () if evidence.damage() == Damage::None => "well-set chinese",
        () => "damaged chinese",
    }
}

/// Whether anything of `text` can be seen.
fn is_visible(text: &str) -> bool {
    let hidden =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}');
    text.chars().any(|c| !hidden(c))
}

/// What stands around a change, and the change: `前文⟦旧→新⟧后文`.
fn show(text: &str, start: usize, end: usize, with: &str) -> String {
    let (before, behind) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let behind: String = behind.chars().take(AROUND).collect();
    let old = text.get(start..end).unwrap_or_default();
    format!("{}⟦{old}→{with}⟧{behind}", &before[from..]).replace('\n', "⏎").replace('\r', "").replace('\t', "⇥")
}

/// A digest of `text` (FNV-1a, its bits mixed).
fn digest(text: &str) -> u64 {
    let hash = text
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    (hash ^ hash >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 3
}
