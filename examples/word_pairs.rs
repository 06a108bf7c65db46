//! Writes `src/decode/word_pairs.txt`: which characters follow each other in words, and how surely.
//!
//! ```text
//! cargo run --release --example word_pairs -- DICTIONARY > src/decode/word_pairs.txt
//! ```
//!
//! The dictionary has one word a line: the word in simplified characters, a blank, how often it was counted. What stands behind is
//! skipped. A third of the words is kept aside, so that `--example little` can tell how well words are read that were not seen;
//! `--all` as a second argument takes them, too.

use shanben::chinese::fold::fold;
use shanben::decode::bits;
use std::collections::BTreeMap;
use std::process::ExitCode;

mod aside;

/// How many pairs are kept, the commonest.
const PAIRS: usize = 48_000;
/// How much cheaper the second character must be behind the first, in tenths of a bit.
const GAIN: f64 = 15.0;
/// The distance of two levels of the table, in tenths of a bit.
const LEVEL: f64 = 12.0;
/// The last level.
const LAST: usize = 9;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("usage: word_pairs DICTIONARY [--all]");
        return ExitCode::from(2);
    };
    let all = arguments.next().is_some_and(|argument| argument == "--all");
    let dictionary = match std::fs::read_to_string(&path) {
        Ok(dictionary) => dictionary,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    };
    let (mut firsts, mut pairs): (BTreeMap<char, f64>, BTreeMap<(char, char), f64>) = Default::default();
    for line in dictionary.lines() {
        let mut columns = line.split(' ');
        let (Some(word), Some(Ok(count))) = (columns.next(), columns.next().map(str::parse::<f64>)) else { continue };
        if !word.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) || (!all && aside::is_aside(word)) {
            continue;
        }
        let word: Vec<char> = word.chars().map(fold).collect();
        for &c in &word {
            *firsts.entry(c).or_default() += count;
        }
        for pair in word.windows(2) {
            *pairs.entry((pair[0], pair[1])).or_default() += count;
        }
    }
    let costs = pairs.into_iter().filter_map(|((first, second), count)| {
        let cost = (firsts.get(&first)? / count).log2() * 10.0;
        let level = (cost / LEVEL).round() as usize;
        (cost + GAIN < f64::from(bits(second)) * 10.0 && level <= LAST).then_some((count, first, level, second))
    });
    let mut costs: Vec<_> = costs.collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    costs.truncate(PAIRS);
    let mut rows: BTreeMap<char, BTreeMap<usize, Vec<char>>> = BTreeMap::new();
    for (_, first, level, second) in &costs {
        rows.entry(*first).or_default().entry(*level).or_default().push(*second);
    }
    println!(
        "# {} pairs of characters in Chinese words. Behind the first character of a row stand those that",
        costs.len()
    );
    println!("# follow it, in simplified characters, each behind the level of what it costs there.");
    println!(
        "# Made by `cargo run --example word_pairs` from the dictionary of jieba (MIT, © 2013 Sun Junyi); do not edit by hand."
    );
    for (first, levels) in rows {
        print!("{first}");
        for (level, mut seconds) in levels {
            seconds.sort_unstable();
            print!("{level}{}", seconds.into_iter().collect::<String>());
        }
        println!();
    }
    ExitCode::SUCCESS
}
