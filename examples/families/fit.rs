//! Logistic regression on facts that are there or not, in bits.

use super::dice::Dice;
use super::truth::{Origin, Text, folds};
use shanben::recognize::families::{FACTS, Fact, Observed, TITLE_FACTS, Weights, fact_name as name};
use shanben::recognize::{Hints, observe};
use std::collections::{HashMap, HashSet};

pub const HEAD: &str =
    "# Bits that each fact speaks for a heading, and, below `title`, for being the title of the work.
# Written by `cargo run --release --example fit_families`; see CONTRIBUTING.md.
";

/// A fact counts that so many repositories show, and one of the title so many.
const LEAST: usize = 10;
const LEAST_TITLE: usize = 4;
/// Bits that syntax gives, of which there are too few texts to fit them.
const GIVEN: [(&str, f32); 11] = [
    ("title.ruled", 8.0),
    ("title.named", 6.0),
    ("title.syntax", -6.0),
    ("told-head contents", 5.0),
    ("told-head drawn", 5.0),
    ("told-head marked", 2.0),
    ("question", -6.0),
    ("identifier", -4.0),
    ("family.questions key 2", -4.0),
    ("family.questions key 3", -4.0),
    ("family.questions key-place 2", -4.0),
];

/// How much less likely than in these texts it is that there is no title.
const NONE: f32 = 1.5;

/// What others say of a line is left out of so many rows: of a text that they know less well than these they say less.
const TOLD_ASIDE: f32 = 4.0;
const FORM_ASIDE: f32 = 0.0;
/// So many heads and other lines of a text are looked at.
const HEADS: usize = 300;
const OTHERS: usize = 500;

struct Row {
    facts: Vec<Fact>,
    head: bool,
    weight: f32,
    repository: usize,
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Text,
    Told,
    Form,
}

fn about() -> Vec<About> {
    let of = |name: &str| match name {
        _ if name.contains("told") || name.contains("as-heads") => About::Told,
        _ if name.contains("form") || name.contains("as-t") || name.contains("above-text") => About::Form,
        _ => About::Text,
    };
    (0..FACTS as Fact).map(|fact| of(name(fact).split(' ').next().unwrap_or_default())).collect()
}

/// Fits to `texts`, with so many shuffles.
pub fn fit(texts: &[&Text], seeds: u64) -> Weights {
    let repositories: HashMap<&str, usize> =
        texts.iter().map(|text| text.repository.as_str()).enumerate().map(|(i, r)| (r, i)).collect();
    let plain = Weights::default();
    let observed: Vec<Observed> =
        texts.iter().map(|text| observe(&text.text, &text.regions, &Hints::default(), &plain)).collect();
    let about = about();
    let rows: Vec<Vec<Row>> = texts
        .iter()
        .zip(&observed)
        .enumerate()
        .map(|(i, (text, observed))| rows(text, observed, repositories[text.repository.as_str()], i as u64, &about))
        .collect();
    drop(observed);
    let all: Vec<&Row> = rows.iter().flatten().collect();
    let mut weights = vec![0.0f32; FACTS];
    for seed in 0..seeds {
        let fitted = heads(&all, seed);
        weights.iter_mut().zip(fitted).for_each(|(sum, bits)| *sum += bits / seeds as f32);
    }
    // The title is learnt beside sums of texts that were left out.
    let folds = folds(texts);
    let mut cases = vec![];
    for third in 0..3 {
        let others: Vec<&Row> =
            rows.iter().zip(&folds).filter(|(_, fold)| **fold != third).flat_map(|(rows, _)| rows).collect();
        let weights = Weights(heads(&others, 9));
        for (text, _) in texts.iter().zip(&folds).filter(|(text, fold)| **fold == third && text.end.is_none()) {
            let observed = observe(&text.text, &text.regions, &Hints::default(), &weights);
            if let Some(right) = right_title(text, &observed) {
                let facts = observed.titles.into_iter().map(|(_, facts, _)| facts).collect::<Vec<_>>();
                cases.push((facts, right, repositories[text.repository.as_str()]));
            }
        }
    }
    titles(&mut cases, &mut weights);
    // A title that is shown in vain does less harm than one that is not.
    weights[usize::from(TITLE_FACTS)] -= NONE;
    for (fact, weight) in weights.iter_mut().enumerate() {
        if let Some((_, bits)) = GIVEN.iter().find(|(given, _)| *given == name(fact as Fact)) {
            *weight = *bits;
        }
    }
    Weights(weights)
}

/// Which of the alternatives is the title.
fn right_title(text: &Text, observed: &Observed) -> Option<usize> {
    let sure = |at: usize| text.titles.get(&text.line(at)).is_some_and(|title| title.1);
    let found = observed.titles.iter().position(|(at, ..)| at.is_some_and(sure));
    found.or((text.titles.is_empty()).then(|| observed.titles.len() - 1))
}

/// The lines of a text to which weights are fitted.
fn rows(text: &Text, observed: &Observed, repository: usize, seed: u64, about: &[About]) -> Vec<Row> {
    let mut dice = Dice::new(seed + 1);
    let mut heads = vec![];
    let mut others = vec![];
    for (i, (at, ..)) in observed.lines.iter().enumerate() {
        let line = text.line(*at);
        if text.heads.contains_key(&line) {
            heads.push(i);
        } else if !text.titles.contains_key(&line)
            && !text.maybe.contains_key(&line)
            && text.end.is_none_or(|end| line < end)
        {
            others.push(i);
        }
    }
    let (all_heads, all_others) = (heads.len(), others.len());
    dice.shuffle(&mut heads);
    dice.shuffle(&mut others);
    heads.truncate(HEADS);
    others.truncate(OTHERS);
    // A text weighs less than its lines together.
    let own = if matches!(text.origin, Origin::List | Origin::Made) { 0.5 } else { 1.0 };
    let weight = own * 2.5 / ((all_heads + all_others).max(6) as f32).powf(0.45);
    let head = weight * all_heads as f32 / heads.len().max(1) as f32;
    let other = weight * (all_others as f32 / others.len().max(1) as f32).min(6.0);
    let mut row = |i: usize, is_head: bool| {
        let (told, form) = (dice.tenths(TOLD_ASIDE), dice.tenths(FORM_ASIDE));
        let kept = |fact: &Fact| match about[usize::from(*fact)] {
            About::Text => true,
            About::Told => !told,
            About::Form => !form,
        };
        let (_, own, families) = &observed.lines[i];
        let of_families = families.iter().filter_map(|&id| observed.families.get(id as usize)).flatten();
        let facts = own.iter().chain(of_families).copied().filter(kept).collect();
        Row { facts, head: is_head, weight: if is_head { head } else { other }, repository }
    };
    let mut rows: Vec<Row> = heads.iter().map(|&i| row(i, true)).collect();
    rows.extend(others.iter().map(|&i| row(i, false)));
    rows
}

/// The facts that enough repositories show.
fn shown<'a>(rows: impl Iterator<Item = (&'a Vec<Fact>, usize)>, least: usize) -> Vec<bool> {
    let mut seen: Vec<HashSet<usize>> = vec![HashSet::new(); FACTS];
    for (facts, repository) in rows {
        for &fact in facts {
            let seen = &mut seen[usize::from(fact)];
            if seen.len() < least {
                seen.insert(repository);
            }
        }
    }
    seen.iter().map(|seen| seen.len() >= least).collect()
}

/// Bits of the facts of heads.
fn heads(rows: &[&Row], seed: u64) -> Vec<f32> {
    const EPOCHS: usize = 4;
    const RATE: f32 = 0.1;
    const DECAY: f32 = 1e-4;
    let shown = shown(rows.iter().map(|row| (&row.facts, row.repository)), LEAST);
    let mut weights = vec![0.0f32; FACTS];
    let mut squares = vec![1e-2f32; FACTS];
    let mut mean = vec![0.0f32; FACTS];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut dice = Dice::new(seed + 77);
    for epoch in 0..EPOCHS {
        dice.shuffle(&mut order);
        for &at in &order {
            let row = rows[at];
            let facts = || row.facts.iter().map(|&fact| usize::from(fact)).filter(|&fact| shown[fact]);
            let sum: f32 = facts().map(|fact| weights[fact]).sum();
            let gap = (1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(row.head))) * row.weight;
            if gap.abs() < 1e-4 {
                continue;
            }
            for fact in facts() {
                let step = gap + DECAY * weights[fact];
                squares[fact] += step * step;
                weights[fact] -= RATE * step / squares[fact].sqrt();
            }
        }
        if epoch >= EPOCHS / 2 {
            mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += weight / (EPOCHS - EPOCHS / 2) as f32);
        }
    }
    mean.iter().map(|weight| bits(*weight)).collect()
}

/// Adds the bits of the facts of titles: a choice of one among several.
fn titles(cases: &mut [(Vec<Vec<Fact>>, usize, usize)], weights: &mut [f32]) {
    const EPOCHS: usize = 10;
    const RATE: f32 = 0.2;
    const DECAY: f32 = 3e-4;
    let shown =
        shown(cases.iter().flat_map(|(all, _, repository)| all.iter().map(|facts| (facts, *repository))), LEAST_TITLE);
    let mut own = vec![0.0f32; FACTS];
    let mut squares = vec![1e-2f32; FACTS];
    let mut dice = Dice::new(5);
    for _ in 0..EPOCHS {
        dice.shuffle(cases);
        for (all, right, _) in cases.iter() {
            let sums: Vec<f32> =
                all.iter().map(|facts| facts.iter().map(|&fact| own[usize::from(fact)]).sum()).collect();
            let top = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let parts: Vec<f32> = sums.iter().map(|sum| (sum - top).exp()).collect();
            let whole: f32 = parts.iter().sum();
            for (k, facts) in all.iter().enumerate() {
                let gap = parts[k] / whole - f32::from(u8::from(k == *right));
                if gap.abs() < 1e-4 {
                    continue;
                }
                for fact in facts.iter().map(|&fact| usize::from(fact)).filter(|&fact| shown[fact]) {
                    let step = gap + DECAY * own[fact];
                    squares[fact] += step * step;
                    own[fact] -= RATE * step / squares[fact].sqrt();
                }
            }
        }
    }
    for (weight, own) in weights.iter_mut().zip(&own).skip(usize::from(TITLE_FACTS)) {
        *weight = bits(*own);
    }
}

/// Natural to binary logarithms; what is near nothing is nothing.
fn bits(weight: f32) -> f32 {
    if weight.abs() > 0.02 { (weight / std::f32::consts::LN_2 * 100.0).round() / 100.0 } else { 0.0 }
}
