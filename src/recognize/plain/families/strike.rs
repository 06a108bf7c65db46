//! What reads like heads and is none: lists of contents, and heads that the tops of pages say again.

use super::sight::Sights;
use crate::chinese::contents::is_contents;
use rustc_hash::{FxHashMap, FxHashSet};

/// Runs shorter than this may be heads that follow each other.
const SHORTEST: usize = 3;

/// Takes out of `heads` those in lists of contents, and those that say the last head of their kind again.
pub fn strike(sights: &Sights<'_>, heads: &mut Vec<usize>) {
    let words = |i: usize| {
        let line = &sights.lines[i];
        if line.bare != 0 { line.bare } else { line.words }
    };
    let mut last: FxHashMap<u64, usize> = FxHashMap::default();
    for &i in heads.iter() {
        // An entry may have the number of its page behind it, a head has none.
        last.insert(sights.lines[i].words, i);
        last.entry(words(i)).or_insert(i);
    }
    // Entries that were not taken for heads may stand between those that were.
    let twice = |i: usize| {
        let line = &sights.lines[i];
        sights.twins.get(&line.words).is_some_and(|&times| times > 1)
            || line.bare != 0 && sights.twins.contains_key(&line.bare)
    };
    let near = |a: usize, b: usize| (a + 1..b).all(|i| sights.lines[i].words != 0 && twice(i));
    let mut struck: FxHashSet<usize> = FxHashSet::default();
    let mut start = 0;
    while start < heads.len() {
        // The first that says what one before it has said is no entry any more.
        let mut said = FxHashSet::from_iter([words(heads[start])]);
        let goes_on = |pair: &&[usize]| near(pair[0], pair[1]) && said.insert(words(pair[1]));
        let run = 1 + heads[start..].windows(2).take_while(goes_on).count();
        let end = heads[start + run - 1];
        let comes = |i: usize| last.get(&sights.lines[i].words).or(last.get(&words(i))).is_some_and(|&last| last > end);
        let again = heads[start..start + run].iter().filter(|&&i| comes(i)).count();
        if run >= SHORTEST && again * 5 >= run * 3 {
            struck.extend(&heads[start..start + run - 1]);
            // The last may be the first head below the list.
            if comes(end) {
                struck.insert(end);
            }
        }
        start += run;
    }
    // An entry that is left alone, with a number and words, stands below another, which comes again as well, or below their name.
    let titled = |i: usize| {
        let shape = &sights.lines[i].shape;
        shape.value.is_some() && shape.rest.0 < shape.rest.1
    };
    let later = |i: usize| sights.places.get(&sights.lines[i].bare).is_some_and(|place| place.1 as usize > i + 1);
    let comes = |i: usize| last.get(&sights.lines[i].words).is_some_and(|&last| last > i);
    let below = |above: usize| titled(above) && later(above) || is_contents(sights.lines[above].text);
    let entry = |i: usize| i > 0 && titled(i) && comes(i) && below(i - 1);
    struck.extend(heads.iter().copied().filter(|&i| entry(i)));
    let mut told: FxHashMap<u64, u64> = FxHashMap::default();
    heads.retain(|&i| {
        let line = &sights.lines[i];
        if struck.contains(&i) {
            return false;
        }
        told.insert(line.key, line.words) != Some(line.words) || !titled(i)
    });
}
