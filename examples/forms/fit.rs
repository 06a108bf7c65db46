//! Maximum entropy for the forms, logistic regression for the joins, by AdaGrad.

use super::dice::Dice;
use super::truth::{Origin, Text, forms};
use shanben::survey::{Fact, Form, Weights, fact_name, observe};
use std::collections::HashMap;

/// What stands above the table.
pub const HEAD: &str = "\
# Bits that each fact speaks for (or against) each form, and for (or against) a join of two lines.
# Written by `cargo run --release --example fit_forms`; see CONTRIBUTING.md.
";

/// What is said beside rows that surprise.
pub const REMARKS: [(&str, &str); 6] = [
    ("blank.1.1", "Between two blank lines: a title, or a paragraph; no line of a poem stands alone."),
    ("start.quoted-han", "Speech. A key of data in quotation marks is a quoted-key."),
    ("start.close", "A mark that may not begin a line does so in a wrap."),
    ("family.1.4", "Ten near lines that begin in the same way are entries or data, whatever they say."),
    ("pair.new-proved", "Set by hand, not fitted: where indents are proved to mark paragraphs, they do."),
    ("pair.opened.1", "The bracket that closes here was opened above."),
];

/// Most lines of one text that are learnt from: a quarter from its beginning, the others from anywhere.
const MOST: usize = 400;
/// Fewest times that a fact must occur to say anything.
const FEWEST: usize = 12;
/// A fact speaks for a form only if so many texts show it: what one file has is no knowledge.
const TEXTS: usize = 5;
const EPOCHS: usize = 8;
/// The weights are the mean of those after so many of the last epochs.
const AVERAGED: usize = 3;
const RATE: f32 = 0.25;
/// How strongly weights of forms, and of joins, are drawn to 0: the first rest on fewer texts.
const DECAY: [f32; 2] = [4e-3, 2e-4];
const FORMS: usize = Form::ALL.len();

struct Line {
    /// Which text it is of.
    text: usize,
    facts: Vec<Fact>,
    allowed: Vec<usize>,
    weight: f32,
}

struct Pair {
    facts: Vec<Fact>,
    foreign: usize,
    joined: bool,
    weight: f32,
}

/// The weights that say best what `texts` are.
pub fn fit(texts: &[Text]) -> Weights {
    let mut dice = Dice::new(7);
    let (mut lines, mut pairs) = (vec![], vec![]);
    for (i, text) in texts.iter().enumerate() {
        collect(i, text, &mut dice, &mut lines, &mut pairs);
    }
    eprintln!("{} lines, {} pairs ({} joined)", lines.len(), pairs.len(), pairs.iter().filter(|p| p.joined).count());
    let mut weights = Weights::default();
    fit_forms(&mut lines, &mut weights, &mut dice);
    fit_joins(&mut pairs, &mut weights, &mut dice);
    let first = weights.forms.len();
    let proved = (0..weights.joins.len()).find(|i| fact_name((first + i) as Fact) == "pair.new-proved");
    if let Some(row) = proved.and_then(|i| weights.joins.get_mut(i)) {
        *row = row.map(|bits| bits.min(-6.0));
    }
    weights
}

fn collect(number: usize, text: &Text, dice: &mut Dice, lines: &mut Vec<Line>, pairs: &mut Vec<Pair>) {
    let by_start: HashMap<usize, usize> = text.lines.iter().enumerate().map(|(i, line)| (line.start, i)).collect();
    let count = text.lines.len();
    let from = if count > MOST { dice.from(0, count - MOST) } else { 0 };
    let chosen = |i: usize| count <= MOST || i < MOST / 4 || (from..from + MOST * 3 / 4).contains(&i);
    let weight = match text.origin {
        Origin::Office => 1.3,
        Origin::Books => 1.0,
        Origin::Damaged => 0.7,
        Origin::Wraps => 0.5,
        Origin::Made => 0.4,
    };
    let rare = forms("mail refs drawing furniture foreign");
    observe(&text.text, |seen| {
        let Some(&i) = by_start.get(&seen.start) else { return };
        if !chosen(i) {
            return;
        }
        let line = &text.lines[i];
        let allowed: Vec<usize> = (0..FORMS).filter(|f| line.allowed & 1 << f != 0).collect();
        if allowed.len() < FORMS {
            let real = !matches!(text.origin, Origin::Wraps | Origin::Made);
            let single = real && allowed.len() == 1 && line.allowed & rare != 0;
            lines.push(Line {
                text: number,
                facts: seen.facts,
                allowed,
                weight: weight * if single { 3.0 } else { 1.0 },
            });
        }
        if let (Some(joined), Some((facts, foreign))) = (line.join, seen.pair) {
            let weight = if text.origin == Origin::Office { 1.5 } else { 1.0 };
            pairs.push(Pair { facts, foreign: usize::from(foreign), joined, weight });
        }
    });
}

/// Which facts occur often enough.
fn frequent<'a>(facts: impl Iterator<Item = &'a Vec<Fact>>) -> Vec<bool> {
    let mut counts: Vec<usize> = vec![];
    for &fact in facts.flatten() {
        let fact = usize::from(fact);
        if counts.len() <= fact {
            counts.resize(fact + 1, 0);
        }
        counts[fact] += 1;
    }
    counts.into_iter().map(|count| count >= FEWEST).collect()
}

/// In how many texts each fact was seen in a line of each form.
fn carried(lines: &[Line], facts: usize) -> Vec<[usize; FORMS]> {
    let mut carried = vec![[0; FORMS]; facts];
    let mut last = vec![[usize::MAX; FORMS]; facts];
    // Texts follow each other until the lines are shuffled. A line that may be anything is no evidence of a form.
    for line in lines.iter().filter(|line| line.allowed.len() <= 3) {
        for &fact in &line.facts {
            for &f in &line.allowed {
                let (fact, text) = (usize::from(fact), line.text);
                if std::mem::replace(&mut last[fact][f], text) != text {
                    carried[fact][f] += 1;
                }
            }
        }
    }
    carried
}

fn fit_forms(lines: &mut [Line], weights: &mut Weights, dice: &mut Dice) {
    let known = frequent(lines.iter().map(|line| &line.facts));
    lines.iter_mut().for_each(|line| line.facts.retain(|&fact| known[usize::from(fact)]));
    let table = &mut weights.forms;
    let carried = carried(lines, table.len());
    let mut squares = vec![[1e-3f32; FORMS]; table.len()];
    let mut sums = vec![[0f32; FORMS]; table.len()];
    for epoch in 0..EPOCHS {
        dice.shuffle(lines);
        let mut loss = 0.0;
        for line in lines.iter() {
            let mut bits = [0.0f32; FORMS];
            for &fact in &line.facts {
                bits.iter_mut().zip(&table[usize::from(fact)]).for_each(|(sum, w)| *sum += w);
            }
            let best = bits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let likely = bits.map(|b| (b - best).exp2());
            let all: f32 = likely.iter().sum();
            let right: f32 = line.allowed.iter().map(|&f| likely[f]).sum::<f32>().max(1e-9);
            loss -= f64::from((right / all).max(1e-12).log2());
            let mut slope = likely.map(|x| x / all);
            line.allowed.iter().for_each(|&f| slope[f] -= likely[f] / right);
            for &fact in &line.facts {
                let (row, square) = (&mut table[usize::from(fact)], &mut squares[usize::from(fact)]);
                for f in 0..FORMS {
                    if slope[f].abs() > 1e-3 {
                        let g = slope[f] * line.weight + DECAY[0] * row[f];
                        square[f] += g * g;
                        row[f] -= RATE * g / square[f].sqrt();
                    }
                }
            }
        }
        for (row, carried) in table.iter_mut().zip(&carried) {
            row.iter_mut().zip(carried).filter(|(_, texts)| **texts < TEXTS).for_each(|(w, _)| *w = w.min(0.0));
        }
        if epoch + AVERAGED >= EPOCHS {
            sums.iter_mut().zip(table.iter()).for_each(|(sum, row)| sum.iter_mut().zip(row).for_each(|(s, w)| *s += w));
        }
        eprintln!("forms, epoch {epoch}: {:.4} bits a line", loss / lines.len() as f64);
    }
    for (row, sum) in table.iter_mut().zip(sums) {
        *row = sum.map(|s| s / AVERAGED as f32);
    }
}

fn fit_joins(pairs: &mut [Pair], weights: &mut Weights, dice: &mut Dice) {
    let first = weights.forms.len();
    let table = &mut weights.joins;
    for foreign in 0..2 {
        let known = frequent(pairs.iter().filter(|p| p.foreign == foreign).map(|p| &p.facts));
        let mut squares = vec![1e-3f32; table.len()];
        let mut sums = vec![0f32; table.len()];
        for epoch in 0..EPOCHS {
            dice.shuffle(pairs);
            let (mut loss, mut count) = (0.0, 0usize);
            for pair in pairs.iter().filter(|p| p.foreign == foreign) {
                let facts = || pair.facts.iter().map(|&f| usize::from(f)).filter(|&f| known[f]).map(|f| f - first);
                let bits: f32 = facts().map(|f| table[f][foreign]).sum();
                let likely = 1.0 / (1.0 + (-bits.clamp(-30.0, 30.0)).exp2());
                loss -= f64::from(if pair.joined { likely } else { 1.0 - likely }.max(1e-12).log2());
                count += 1;
                let slope = pair.weight * (likely - f32::from(u8::from(pair.joined)));
                if slope.abs() > 1e-3 {
                    for f in facts() {
                        let g = slope + DECAY[1] * table[f][foreign];
                        squares[f] += g * g;
                        table[f][foreign] -= RATE * g / squares[f].sqrt();
                    }
                }
            }
            if epoch + AVERAGED >= EPOCHS {
                sums.iter_mut().zip(table.iter()).for_each(|(sum, row)| *sum += row[foreign]);
            }
            if epoch + 1 == EPOCHS {
                eprintln!("joins, {foreign}: {:.4} bits a pair of {count}", loss / count.max(1) as f64);
            }
        }
        table.iter_mut().zip(sums).for_each(|(row, sum)| row[foreign] = sum / AVERAGED as f32);
    }
}
