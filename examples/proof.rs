//! Sets files in a style, and prints the rules of typesetting that lines and pages break, and the speed of the layout:
//! `cargo run --release --example proof -- book FILE…`.

use shanben::layout::lay_out;
use shanben::style::Style;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

#[path = "../tests/edition/mod.rs"]
mod edition;
#[path = "../tests/proof/mod.rs"]
mod proof;

fn main() {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_else(|| "book".into());
    let Some(style) = Style::builtin(&name) else {
        eprintln!("there is no style {name}");
        std::process::exit(2);
    };
    let Some(library) = shanben::fonts::Library::embedded() else {
        eprintln!("the program was built without its fonts");
        std::process::exit(2);
    };
    let clock = Clock(Instant::now());
    let mut faults: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut chars, mut lines, mut loose, mut time) = (0, 0, 0, Duration::ZERO);
    for path in args {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let source = shanben::Source::new(&path, &path, bytes);
        let Ok(reading) = shanben::read(&source, &edition::settings(&name)) else { continue };
        let start = clock.now();
        let (layout, notes) = lay_out(&reading.document, &style, &library);
        time += clock.now() - start;
        chars += reading.document.counts().1;
        lines += layout.pages.iter().map(|p| p.lines.len()).sum::<usize>();
        loose += notes.iter().filter(|note| note.kind == "loose-line").count();
        for (rule, place) in proof::faults(&reading.document, &layout, &style, &notes) {
            faults.entry(rule).or_default().push(format!("{path}: {place}"));
        }
    }
    for (rule, places) in &faults {
        println!("{rule}: {}", places.len());
        places.iter().take(5).for_each(|place| println!("    {place}"));
    }
    let seconds = time.as_secs_f64().max(1e-9);
    println!("{chars} characters, {lines} lines, {:.2} million characters a second", chars as f64 / seconds / 1e6);
    println!("{loose} files with lines for which there is no lawful setting that is not loose");
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
