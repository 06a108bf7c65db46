//! Writes `src/decode/char_bits.txt` from a table of single characters.
//!
//! ```text
//! cargo run --example char_bits -- char_bits.tsv > src/decode/char_bits.txt
//! ```
//!
//! The input has one character a line: its code point in hexadecimal, a tab, and its information content in tenths of a
//! bit (-10·log2 of its share of a large body of text; of simplified and traditional text, the smaller). Lines that begin
//! with `#` are skipped. Only what Chinese text is made of is kept: characters of other scripts have models of their own.

use std::collections::BTreeMap;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: char_bits TABLE.tsv");
        return ExitCode::from(2);
    };
    let table = match std::fs::read_to_string(&path) {
        Ok(table) => table,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    };
    let mut costs: BTreeMap<u8, Vec<char>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let entry = line.split_once('\t').and_then(|(code, cost)| {
            let c = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
            Some((c, cost.trim().parse().ok()?))
        });
        let Some((c, cost)) = entry else {
            eprintln!("not an entry: {line:?}");
            return ExitCode::FAILURE;
        };
        let kept = matches!(c, '·' | '×' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{303F}' | '\u{3100}'..='\u{312F}'
            | '\u{3200}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FEFE}' | '\u{FF01}'..='\u{FF5E}'
            | '\u{FFE0}'..='\u{FFE6}' | '\u{1F000}'..='\u{3FFFF}');
        if kept {
            costs.entry(cost).or_default().push(c);
        }
    }
    let count: usize = costs.values().map(Vec::len).sum();
    println!("# {count} characters of Chinese text by their information content in tenths of a bit; commonest first.");
    println!("# Made by `cargo run --example char_bits`; do not edit by hand.");
    for (cost, mut characters) in costs {
        characters.sort_unstable();
        println!("{cost}\t{}", characters.into_iter().collect::<String>());
    }
    ExitCode::SUCCESS
}
