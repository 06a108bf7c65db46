//! Fits `src/recognize/plain/families/weights.tsv` to texts of which it is known which lines are headings and which is the title.
//!
//! `cargo run --release --example fit_families -- FOLDER OLD LIST > src/recognize/plain/families/weights.tsv` fits to all of them;
//! `cargo run --release --example fit_families -- FOLDER OLD LIST --cross [FAULTS]` fits three times, each time without a third of the repositories,
//! judges that third, and lists the faults in a file; `--score [FAULTS]` judges the weights that are built in; `--weights [FAULTS]` halves each of these
//! and makes it half as much again, tells how many of the changes are noticed, and lists those that are not. `FOLDER` holds `books/` and `office/`,
//! `OLD` the texts of `LIST`; see `examples/families/truth.rs`.

#[path = "forms/dice.rs"]
#[allow(dead_code, reason = "the other fit asks for more of it")]
mod dice;
#[path = "families/fit.rs"]
mod fit;
#[path = "families/papers.rs"]
mod papers;
#[path = "families/score.rs"]
mod score;
#[path = "families/truth.rs"]
mod truth;
#[path = "families/weigh.rs"]
mod weigh;

use score::Score;
use shanben::recognize::families::Weights;
use std::path::Path;
use truth::{Origin, Text, folds, load, load_list};

/// So many papers are made to be fitted to beside the texts.
const PAPERS: usize = 480;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, old, list, rest @ ..] = arguments.as_slice() else {
        return Err("usage: fit_families FOLDER OLD LIST [--cross|--score|--weights [FAULTS]]".into());
    };
    let folder = Path::new(folder);
    let mut texts = load(&folder.join("books"), Origin::Books)?;
    texts.extend(load(&folder.join("office"), Origin::Office)?);
    texts.extend(load_list(Path::new(old), Path::new(list))?);
    let made = papers::papers(PAPERS);
    let all: Vec<&Text> = texts.iter().collect();
    let mut score = Score::default();
    match rest.first().map(String::as_str) {
        None => {
            print!("{}{}", fit::HEAD, fit::fit(&beside(all, &made), 3));
            return Ok(());
        }
        Some("--cross") => {
            let folds = folds(&all);
            std::thread::scope(|scope| {
                let judged: Vec<_> = (0..3)
                    .map(|third| {
                        let (folds, all, made) = (&folds, &all, &made);
                        scope.spawn(move || {
                            let of = |aside: bool| -> Vec<&Text> {
                                all.iter()
                                    .zip(folds)
                                    .filter(|(_, fold)| (**fold == third) == aside)
                                    .map(|(t, _)| *t)
                                    .collect()
                            };
                            let weights = fit::fit(&beside(of(false), made), 3);
                            let mut score = Score::default();
                            of(true).into_iter().for_each(|text| score.add(text, &weights));
                            score
                        })
                    })
                    .collect();
                judged.into_iter().for_each(|judged| score.join(judged.join().expect("a fold")));
            });
            score.print("three folds, each by weights that never saw its repositories");
        }
        Some("--weights") => score.faults = weigh::weigh(&all, Weights::built_in()),
        Some(_) => {
            all.iter().for_each(|text| score.add(text, Weights::built_in()));
            score.print("the weights that are built in, in the fit");
        }
    }
    if let Some(path) = rest.get(1) {
        std::fs::write(path, score.faults.join("\n"))?;
    }
    Ok(())
}

/// `texts` and those that were made.
fn beside<'t>(texts: Vec<&'t Text>, made: &'t [Text]) -> Vec<&'t Text> {
    texts.into_iter().chain(made).collect()
}
