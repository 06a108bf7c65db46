//! Writes `src/survey/ties.txt`: the pairs of Han that stand together more often than chance would have it.
//!
//! `cargo run --release --example ties -- FILE… > src/survey/ties.txt`; the files must be free to use. A pair counts in each script
//! by itself: its mutual information is that of the files that hold it.

use shanben::chinese::script::script;
use shanben::unicode::is_han;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Fewest times that a pair must occur.
const FEWEST: u32 = 8;
/// From so many bits of mutual information on a pair is loose, close, bound.
const STEPS: [f64; 3] = [1.5, 4.0, 7.0];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut tables = [(); 2].map(|()| (HashMap::<(char, char), u32>::new(), HashMap::<char, u32>::new()));
    for path in std::env::args().skip(1) {
        let path = Path::new(&path);
        let text =
            shanben::decode::decode(path, &std::fs::read(path)?, None).map_err(|error| format!("{error:?}"))?.text;
        let (pairs, singles) = &mut tables[usize::from(script(text.chars()).likelier().is_traditional())];
        for run in text.split(|c| !is_han(c)) {
            run.chars().for_each(|c| *singles.entry(c).or_default() += 1);
            run.chars().zip(run.chars().skip(1)).for_each(|pair| *pairs.entry(pair).or_default() += 1);
        }
    }
    let mut rows: BTreeMap<(char, usize), Vec<char>> = BTreeMap::new();
    let mut best: HashMap<(char, char), usize> = HashMap::new();
    for (pairs, singles) in &tables {
        let all = f64::from(singles.values().sum::<u32>());
        for (&(a, b), &count) in pairs.iter().filter(|(_, count)| **count >= FEWEST) {
            let bits = (f64::from(count) * all / (f64::from(singles[&a]) * f64::from(singles[&b]))).log2();
            let step = STEPS.iter().filter(|&&least| bits >= least).count();
            let entry = best.entry((a, b)).or_default();
            *entry = (*entry).max(step);
        }
    }
    best.into_iter()
        .filter(|(_, step)| *step > 0)
        .for_each(|((a, b), step)| rows.entry((a, step)).or_default().push(b));
    let count: usize = rows.values().map(Vec::len).sum();
    println!(
        "# {count} pairs of Han that belong together: how closely (1 loosely, 3 as a word), the first, all that follow it."
    );
    println!(
        "# Made by `cargo run --example ties` from texts in the public domain or under free licences; do not edit by hand."
    );
    for ((first, step), mut seconds) in rows {
        seconds.sort_unstable();
        println!("{step}\t{first}{}", seconds.into_iter().collect::<String>());
    }
    Ok(())
}
