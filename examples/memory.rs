//! What a text is said to cost in memory, and what it takes: `cargo run --release --example memory -- FILE FORMATS` (Linux). It prints the megabytes
//! that [`shanben::memory`] asks for, the most that became resident, and why the text was refused, if it was. `.ci/limits BINARY claims` asks it
//! for all shapes of text.

use shanben::fonts::Library;
use shanben::memory::{Budget, MEGABYTE};
use shanben::options::{Format, Settings};
use shanben::style::Style;
use shanben::{Deflate, Source, convert_sharing};
use std::error::Error;

/// A line of what the system says of this process, in bytes.
fn said(key: &str) -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(key)).ok_or("no such line")?;
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    Ok(digits.parse::<u64>()? * 1024)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, formats] = &arguments[..] else { return Err("usage: memory FILE FORMATS".into()) };
    let formats: Vec<Format> = formats.split(',').filter_map(Format::from_name).collect();
    let settings = Settings { formats, ..Settings::new(Style::builtin("book").ok_or("no style")?) };
    let library = Library::embedded().ok_or("the program was built without its fonts")?;
    let (mut deflate, budget) = (Deflate::default(), Budget::default());
    // What every run takes once, a text of one character takes.
    convert_sharing(
        &Source::new("a.md", "a.md", "# 山".into()),
        &settings,
        &library,
        &mut deflate,
        &mut budget.share(),
    )?;
    let before = said("VmRSS:")?;
    let mut share = budget.share();
    let source = Source::new(file, file.rsplit('/').next().unwrap_or_default(), std::fs::read(file)?);
    let end = match convert_sharing(&source, &settings, &library, &mut deflate, &mut share) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    };
    println!("{} {} {end}", share.asked() / MEGABYTE, said("VmHWM:")?.saturating_sub(before) / MEGABYTE);
    Ok(())
}
