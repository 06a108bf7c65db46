//! Fits `src/survey/weights.tsv` to texts of which it is known what each line is.
//!
//! `cargo run --release --example fit_forms -- FOLDER > src/survey/weights.tsv` fits to all of them;
//! `cargo run --release --example fit_forms -- FOLDER --cross [FAULTS]` fits three times, each time without a third of the repositories, judges that
//! third, and lists the faults in a file. `FOLDER` holds `office/` and `books/`; see `examples/forms/truth.rs` for what they hold.

#[path = "forms/dice.rs"]
mod dice;
#[path = "forms/fit.rs"]
mod fit;
#[path = "forms/pieces.rs"]
mod pieces;
#[path = "forms/score.rs"]
mod score;
#[path = "forms/templates.rs"]
mod templates;
#[path = "forms/truth.rs"]
mod truth;
#[path = "forms/wraps.rs"]
mod wraps;

use score::Score;
use std::path::PathBuf;
use truth::{Origin, Text, damaged, load};
use wraps::Stock;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = PathBuf::from(arguments.first().ok_or("usage: fit_forms FOLDER [--cross [FAULTS]]")?);
    let mut texts = load(&folder.join("office"), Origin::Office);
    texts.extend(load(&folder.join("books"), Origin::Books));
    if arguments.get(1).is_none_or(|a| a != "--cross") {
        let weights = fit::fit(&learnt(texts.iter(), 5));
        print!("{}", fit::HEAD);
        for row in weights.to_string().lines() {
            let name = row.split('\t').next().unwrap_or_default();
            fit::REMARKS.iter().filter(|(of, _)| *of == name).for_each(|(_, remark)| println!("# {remark}"));
            println!("{row}");
        }
        return Ok(());
    }
    let mut cross = Score::default();
    for third in 0..3 {
        let weights = fit::fit(&learnt(texts.iter().filter(|text| text.third != third), 5));
        let aside: Vec<&Text> = texts.iter().filter(|text| text.third == third).collect();
        for text in &aside {
            cross.add(text, &weights, true);
            if text.origin == Origin::Books && text.text.len() % 2 == 0 {
                cross.add(&damaged(text), &weights, true);
            }
        }
        let stock = Stock::of(aside.into_iter());
        let seed = 90 + third as u64;
        let unseen = wraps::wraps(&stock, 104, seed)
            .into_iter()
            .chain(templates::made(&stock, 110, seed))
            .chain(wraps::foreign(24, seed));
        unseen.for_each(|text| cross.add(&text, &weights, true));
    }
    cross.print("three folds, each by weights that never saw it");
    if let Some(path) = arguments.get(2) {
        std::fs::write(path, cross.faults.join("\n"))?;
    }
    Ok(())
}

/// What weights are fitted to: the texts, damaged copies, wraps and templates made of them.
fn learnt<'a>(texts: impl Iterator<Item = &'a Text> + Clone, seed: u64) -> Vec<Text> {
    let mut all: Vec<Text> = texts.clone().cloned().collect();
    all.extend(texts.clone().filter(|text| text.origin == Origin::Books && text.text.len() % 2 == 1).map(damaged));
    let stock = Stock::of(texts.clone());
    all.extend(pieces::pieces(texts, &stock, 1500, seed + 3));
    all.extend(wraps::wraps(&stock, 390, seed));
    all.extend(templates::made(&stock, 440, seed + 1));
    all.extend(wraps::foreign(60, seed + 2));
    all
}
