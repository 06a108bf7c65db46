//! What lines are in the end: heads and the title by the bits that speak for them, whoever claimed them first.

use super::families::{Families, Observed, Weights, observe as observed, said};
use super::headings::TITLE_OF_ATTACHMENT;
use super::{Part, Reading, dispatch, opening};
use crate::document::Weighed;
use crate::recognize::{Region, patterns};

/// What the readers say of every line.
fn told(reading: &Reading<'_>) -> Vec<u8> {
    reading.parts.iter().map(said).collect()
}

/// The facts of a text that the readers have read.
pub fn observe(reading: &Reading<'_>, regions: &[Region], weights: &Weights) -> Observed {
    observed(&reading.page, &told(reading), regions, reading.meta.title.as_deref(), weights)
}

/// Ranks of heads that were found leave room before them for the levels of patterns.
const RANK: u8 = 20;

/// Decides which lines are heads and which is the title; `meta` is the title that the front matter has.
pub fn heads(reading: &mut Reading<'_>, meta: Option<&str>, regions: &[Region], weights: &Weights) {
    let families = Families::new(&reading.page, &told(reading), regions, weights);
    // The first headline of many is not the title of them all.
    let title = match dispatch::is_collection(reading) {
        true => None,
        false => families.title(reading.meta.title.as_deref(), weights),
    };
    let (title, weighed) = (title.map(|title| title.0), title);
    let heads = families.heads(title);
    let mut all: Vec<(usize, Weighed)> =
        heads.iter().map(|head| (head.line, tenths(head.bits, head.instead))).collect();
    all.extend(weighed.map(|(line, bits, instead)| (line, tenths(bits, instead))));
    all.sort_unstable_by_key(|(line, _)| *line);
    reading.weighed = all;
    let mut reasons = vec![];
    for (i, part) in reading.parts.iter_mut().enumerate() {
        if let Part::Heading { reason, .. } = *part
            && reason != patterns::REASON
        {
            reasons.push((i, reason));
            *part = Part::Open;
        }
    }
    retitle(reading, title, meta);
    for head in heads {
        let part = &mut reading.parts[head.line];
        if *part == Part::Title || matches!(part, Part::Heading { .. }) {
            continue;
        }
        let reason =
            reasons.binary_search_by_key(&head.line, |(i, _)| *i).map_or(head.reason.said(), |at| reasons[at].1);
        // What is attached stands beside the document, and its parts below it.
        let rank = if reason == TITLE_OF_ATTACHMENT { 0 } else { RANK + head.level };
        *part = Part::Heading { rank, label: head.label, reason };
    }
}

fn tenths(bits: f32, instead: &'static str) -> Weighed {
    Weighed { tenths: (bits * 10.0).round() as i32, instead }
}

/// Makes line `title` the title, if another is.
fn retitle(reading: &mut Reading<'_>, title: Option<usize>, meta: Option<&str>) {
    let own: Vec<usize> = (0..reading.parts.len().min(64)).filter(|&i| reading.parts[i] == Part::Title).collect();
    if title.is_some_and(|line| own.contains(&line)) || title.is_none() && own.is_empty() {
        return;
    }
    for i in own {
        reading.parts[i] = Part::Open;
        reading.meta.title = meta.map(str::to_owned);
    }
    if let Some(line) = title {
        opening::titled(reading, line);
    }
}
