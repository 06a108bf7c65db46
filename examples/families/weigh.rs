//! Which weights matter: what changes where one of them is halved, or half as much again.

use super::truth::{Origin, Text};
use shanben::recognize::families::{FACTS, Fact, Observed, Weights, fact_name};
use shanben::recognize::{Hints, observe};
use std::collections::BTreeMap;

/// By which each weight is multiplied in turn.
const FACTORS: [f32; 2] = [0.5, 1.5];
/// What a head is worth at least, and the most that one line counts for its family: as the product has them.
const MOST: f32 = 10.0;
const SHARED: f32 = 0.5;
const NONE: u32 = u32::MAX;

/// What one change does.
#[derive(Debug, Default, Clone)]
struct Change {
    /// Lines that become heads or cease to be, and titles that become others.
    decided: usize,
    /// By kind of text, how many more heads are wrong, are missed, and titles are not right.
    worse: BTreeMap<Origin, [isize; 3]>,
}

/// What a line is by the truth: a head, none, or open.
fn is_head(text: &Text, line: usize) -> Option<bool> {
    let open = text.titles.contains_key(&line) || text.maybe.contains_key(&line);
    let known = !open && text.end.is_none_or(|end| line < end);
    known.then(|| text.heads.contains_key(&line))
}

/// Halves every weight that is built in and makes it half as much again, and prints how many of these changes are noticed. Gives those that are not.
pub fn weigh(texts: &[&Text], weights: &Weights) -> Vec<String> {
    let mut changes = vec![[Change::default(), Change::default()]; FACTS];
    for text in texts {
        let observed = observe(&text.text, &text.regions, &Hints::default(), weights);
        heads(text, &observed, weights, &mut changes);
        titles(text, &observed, weights, &mut changes);
    }
    let (mut all, mut decided, mut worse, mut unnoticed) = (0, 0, 0, vec![]);
    for (fact, changes) in changes.iter().enumerate().filter(|(fact, _)| weights.0[*fact] != 0.0) {
        for (factor, change) in FACTORS.iter().zip(changes) {
            all += 1;
            decided += usize::from(change.decided > 0);
            let is_worse = change.worse.values().flatten().any(|more| *more > 0);
            worse += usize::from(is_worse);
            if change.decided == 0 {
                unnoticed.push(format!("{}\t{}\t{factor}", fact_name(fact as Fact), weights.0[fact]));
            }
        }
    }
    let percent = |count: usize| 100.0 * count as f64 / f64::from(all.max(1));
    println!(
        "{} weights, {all} changes: {decided} = {:.1} % change what is decided, {worse} = {:.1} % make a figure worse",
        all / 2,
        percent(decided),
        percent(worse)
    );
    unnoticed
}

/// What each change does to the heads of `text`.
fn heads(text: &Text, observed: &Observed, weights: &Weights, changes: &mut [[Change; 2]]) {
    let n = observed.lines.len();
    let sum = |facts: &[Fact]| facts.iter().map(|&fact| weights.of(fact)).sum::<f32>();
    let families: Vec<f32> = observed.families.iter().map(|facts| sum(facts)).collect();
    let own = |of: &[u32; 4]| of.iter().filter(|&&id| id != NONE).map(|&id| id as usize).collect::<Vec<_>>();
    let mut first = vec![0.0; n];
    let mut members: Vec<Vec<usize>> = vec![vec![]; observed.families.len()];
    let mut shown: BTreeMap<Fact, Vec<usize>> = BTreeMap::new();
    for (i, (_, facts, of)) in observed.lines.iter().enumerate() {
        let of = own(of);
        first[i] = sum(facts) + of.iter().map(|&id| families[id]).sum::<f32>();
        for id in of {
            members[id].push(i);
        }
        facts.iter().for_each(|&fact| shown.entry(fact).or_default().push(i));
    }
    for (id, facts) in observed.families.iter().enumerate() {
        facts.iter().for_each(|&fact| shown.entry(fact).or_default().extend(&members[id]));
    }
    let second = |first: &[f32], i: usize, total: f32, count: usize| match count {
        0 | 1 => first[i],
        _ => {
            let others = (total - first[i].clamp(-MOST, MOST)) / (count - 1) as f32;
            (1.0 - SHARED) * first[i] + SHARED * others
        }
    };
    let total = |first: &[f32], id: usize| members[id].iter().map(|&i| first[i].clamp(-MOST, MOST)).sum::<f32>();
    let totals: Vec<f32> = (0..members.len()).map(|id| total(&first, id)).collect();
    // What readers give in advance is in the bits, and no weight.
    let before: Vec<f32> = (0..n)
        .map(|i| {
            let id = observed.lines[i].2[0] as usize;
            observed.bits[i] - second(&first, i, totals[id], members[id].len())
        })
        .collect();
    let mut changed = first.clone();
    for (fact, lines) in shown {
        let weight = weights.of(fact);
        if weight == 0.0 {
            continue;
        }
        let mut touched: Vec<usize> = lines.iter().map(|&i| observed.lines[i].2[0] as usize).collect();
        touched.sort_unstable();
        touched.dedup();
        for (k, factor) in FACTORS.iter().enumerate() {
            lines.iter().for_each(|&i| changed[i] += weight * (factor - 1.0));
            for &id in &touched {
                let total = total(&changed, id);
                for &i in &members[id] {
                    let bits = before[i] + second(&changed, i, total, members[id].len());
                    if (bits > 0.0) == (observed.bits[i] > 0.0) {
                        continue;
                    }
                    let change = &mut changes[usize::from(fact)][k];
                    change.decided += 1;
                    let worse = change.worse.entry(text.origin).or_default();
                    match is_head(text, text.line(observed.lines[i].0)) {
                        Some(true) => worse[1] += if bits > 0.0 { -1 } else { 1 },
                        Some(false) => worse[0] += if bits > 0.0 { 1 } else { -1 },
                        None => {}
                    }
                }
            }
            lines.iter().for_each(|&i| changed[i] = first[i]);
        }
    }
}

/// What each change does to the title of `text`.
fn titles(text: &Text, observed: &Observed, weights: &Weights, changes: &mut [[Change; 2]]) {
    let sums = |of: Fact, factor: f32| -> Option<usize> {
        let bits = |fact: Fact| weights.of(fact) * if fact == of { factor } else { 1.0 };
        let sum = |k: usize| observed.titles[k].1.iter().map(|&fact| bits(fact)).sum::<f32>() + observed.titles[k].2;
        // Of two that are as likely the first is taken.
        (0..observed.titles.len()).rev().max_by(|&a, &b| sum(a).total_cmp(&sum(b)))
    };
    let mut facts: Vec<Fact> = observed.titles.iter().flat_map(|(_, facts, _)| facts.iter().copied()).collect();
    facts.sort_unstable();
    facts.dedup();
    let Some(best) = sums(Fact::MAX, 1.0) else { return };
    let is_right = |k: usize| match observed.titles[k].0 {
        Some(at) => text.titles.contains_key(&text.line(at)),
        None => text.titles.is_empty(),
    };
    for fact in facts.into_iter().filter(|&fact| weights.of(fact) != 0.0) {
        for (k, factor) in FACTORS.iter().enumerate() {
            let Some(other) = sums(fact, *factor).filter(|&other| other != best) else { continue };
            let change = &mut changes[usize::from(fact)][k];
            change.decided += 1;
            let worse = change.worse.entry(text.origin).or_default();
            worse[2] += isize::from(is_right(best)) - isize::from(is_right(other));
        }
    }
}
