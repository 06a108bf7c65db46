//! Shows how a text is divided into forms.
//!
//! `cargo run --release --example survey -- FILE…` prints every region: its lines, its form, the bits by which it leads, the runner-up and the
//! facts that decided. `+ LINE` are lines that continue the one above.
//! `cargo run --release --example survey -- --score FOLDER` measures the built-in weights on texts of which it is known what each line is
//! (see `examples/forms/truth.rs`).

#[path = "forms/score.rs"]
mod score;
#[path = "forms/truth.rs"]
#[allow(dead_code, reason = "the fit asks for more of it")]
mod truth;

use score::Score;
use shanben::span::Lines;
use shanben::survey::{Weights, survey};
use std::path::Path;
use truth::{Origin, damaged, load};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [flag, folder] if flag == "--score" => measure(Path::new(folder)),
        [] => return Err("usage: survey FILE… | survey --score FOLDER".into()),
        files => {
            for file in files {
                show(Path::new(file))?;
            }
        }
    }
    Ok(())
}

fn show(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let decoded = shanben::decode::decode(path, &std::fs::read(path)?, None).map_err(|error| format!("{error:?}"))?;
    let survey = survey(&decoded.text);
    let lines = Lines::new(&decoded.text);
    println!("=== {}", path.display());
    let mut joins = survey.joins.iter().peekable();
    for region in &survey.regions {
        let (from, to) = (lines.place(region.span.start).line, lines.place(region.span.end).line);
        let first: String =
            decoded.text[region.span.range()].trim_start().chars().take_while(|c| *c != '\n').take(40).collect();
        println!(
            "{from}-{to}\t{}\t{:.1}\t{}\t{}\t{first}",
            region.form.name(),
            region.bits,
            region.runner_up.name(),
            region.reason
        );
        let mut joined = vec![];
        while let Some(join) = joins.next_if(|join| join.end < region.span.end) {
            joined.push(lines.place(join.end).line.to_string());
        }
        if !joined.is_empty() {
            println!("\t+ {}", joined.join(" "));
        }
    }
    Ok(())
}

fn measure(folder: &Path) {
    let weights = Weights::built_in();
    let mut score = Score::default();
    for (name, origin) in [("office", Origin::Office), ("books", Origin::Books)] {
        for text in load(&folder.join(name), origin) {
            score.add(&text, weights, false);
            if origin == Origin::Books && text.text.len() % 2 == 0 {
                score.add(&damaged(&text), weights, false);
            }
        }
    }
    score.print("the built-in weights");
}
