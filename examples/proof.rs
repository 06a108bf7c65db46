//! Sets files in styles, and prints the rules of typesetting that lines and pages break, and the speed of the layout:
//! `cargo run --release --example proof -- book FILE…` in one style, `cargo run --release --example proof -- FOLDER` in all of them, and in
//! the settings that a style may have besides: the widths of marks, the levels of prohibition, hanging marks, two columns.

use shanben::document::Document;
use shanben::layout::lay_out;
use shanben::style::Style;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[path = "../tests/edition/mod.rs"]
mod edition;
#[path = "../tests/proof/mod.rs"]
mod proof;
#[path = "../tests/settings/mod.rs"]
mod settings;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let named = args.first().and_then(|name| Style::builtin(name));
    let styles = match named {
        Some(style) => {
            args.remove(0);
            vec![(style.name.clone(), style)]
        }
        None => settings::all(),
    };
    let Some(library) = shanben::fonts::Library::embedded() else {
        eprintln!("the program was built without its fonts");
        std::process::exit(2);
    };
    let files = files(args.iter().map(PathBuf::from));
    let clock = Clock(Instant::now());
    let mut faults: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut chars, mut lines, mut loose, mut time) = (0, 0, 0, Duration::ZERO);
    for path in files {
        let mut read: Option<(String, Document)> = None;
        for (name, style) in &styles {
            if read.as_ref().is_none_or(|(by, _)| *by != style.name) {
                read = document(&path, &style.name).map(|document| (style.name.clone(), document));
            }
            let Some((_, document)) = &read else { break };
            let start = clock.now();
            let (layout, notes) = lay_out(document, style, &library);
            time += clock.now() - start;
            chars += document.counts().1;
            lines += layout.pages.iter().map(|p| p.lines.len()).sum::<usize>();
            loose += notes.iter().filter(|note| note.kind == "loose-line").count();
            for (rule, place) in proof::faults(document, &layout, style, &notes) {
                faults.entry(rule).or_default().push(format!("{} in {name}: {place}", path.display()));
            }
        }
    }
    for (rule, places) in &faults {
        println!("{rule}: {}", places.len());
        places.iter().step_by(places.len().div_ceil(5)).for_each(|place| println!("    {place}"));
    }
    let seconds = time.as_secs_f64().max(1e-9);
    println!("{chars} characters, {lines} lines, {:.2} million characters a second", chars as f64 / seconds / 1e6);
    println!("{loose} files with lines for which there is no lawful setting that is not loose");
}

/// The files named, and those in the folders named.
fn files(named: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let inside = |path: &Path| std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        named.flat_map(|path| if path.is_dir() { inside(&path).collect() } else { vec![path] }).collect();
    files.sort();
    files
}

fn document(path: &Path, style: &str) -> Option<Document> {
    let source = shanben::Source::new(path, path.to_string_lossy(), std::fs::read(path).ok()?);
    Some(shanben::read(&source, &edition::settings(style)).ok()?.document)
}

/// Time that the program has had a processor, as Linux tells it; elsewhere time that has passed.
struct Clock(Instant);

impl Clock {
    fn now(&self) -> Duration {
        let told = std::fs::read_to_string("/proc/self/schedstat").ok();
        let nanos = told.and_then(|told| told.split(' ').next()?.parse().ok());
        nanos.map_or_else(|| self.0.elapsed(), Duration::from_nanos)
    }
}
