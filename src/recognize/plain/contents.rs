//! Tables of contents: a run of headings with nothing between them that come again further on, or came before.

use super::headings::Candidate;
use super::{Part, Reading};
use crate::chinese::contents::is_contents;
use crate::chinese::numbering::{self, Family};
use crate::unicode::tight;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Runs shorter than this may be headings that follow each other.
const SHORTEST: usize = 3;
/// Runs from this length on are no headings that happen to have lost their text.
const LONG: usize = 10;
/// Longest entry without a number.
const NAME: usize = 16;

/// Strikes the candidates that are entries of a table of contents; they stay in the text as paragraphs. The lines further on that
/// entries without numbers name are handed back: they are headings too.
pub fn strike(reading: &Reading<'_>, candidates: &mut Vec<Candidate>) -> Vec<usize> {
    let lines = &reading.page.lines;
    let title = |c: &Candidate| {
        // A name is its own title.
        let from = if c.label.family == Family::Named { 0 } else { c.label.len };
        let title = lines[c.line].text[from..]
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | ' '));
        tight(title)
    };
    let titles: Vec<Cow<'_, str>> = candidates.iter().map(title).collect();
    let key = |k: usize| (candidates[k].label.family, candidates[k].label.number, candidates[k].label.part);
    // Where each heading stands last, with its title and by its number alone.
    let mut last_titled = HashMap::new();
    let mut last_numbered = HashMap::new();
    let mut first_numbered = HashMap::new();
    for (k, title) in titles.iter().enumerate() {
        last_titled.insert((key(k), &**title), k);
        last_numbered.insert(key(k), k);
        first_numbered.entry(key(k)).or_insert(k);
    }
    let is_contents_word = |c: &Candidate| is_contents(lines[c.line].text);
    let mut struck = vec![false; candidates.len()];
    let mut named = vec![];
    let mut start = 0;
    while start < candidates.len() {
        let mut end = start + 1;
        while end < candidates.len()
            && adjacent(reading, candidates[end - 1].line, candidates[end].line, is_contents_word(&candidates[start]))
        {
            end += 1;
        }
        // 目录 may stand right above the run, as its first line, or above short lines without numbers.
        let under_word = is_contents_word(&candidates[start]) || start > 0 && is_contents_word(&candidates[start - 1]);
        if end - start >= SHORTEST {
            let recurs = |k: usize| {
                let titled =
                    last_titled.get(&(key(k), &*titles[k])).is_some_and(|&last| last >= end || last > k && under_word);
                let numbered = last_numbered.get(&key(k)).is_some_and(|&last| last >= end);
                let named = candidates[k].label.family == Family::Named;
                titled || (under_word && numbered && !named)
            };
            // A long run that repeats what came before is a table of contents at the end.
            let came = |k: usize| first_numbered.get(&key(k)).is_some_and(|&first| first < start);
            if end - start >= LONG && (start..end).filter(|&k| came(k)).count() * 10 >= (end - start) * 7 {
                struck[start..end].fill(true);
            }
            let entries: Vec<usize> =
                (start..end).filter(|&k| recurs(k) && !is_contents_word(&candidates[k])).collect();
            let last = entries.last().copied();
            // When most recur, so does what stands between them, spelled differently.
            let all = entries.len() * 2 > end - start;
            if let Some(last) = last.filter(|_| under_word) {
                let word = if is_contents_word(&candidates[start]) { start } else { start - 1 };
                named = named_entries(reading, candidates[word].line + 1, candidates[last].line);
            }
            for (k, struck) in struck.iter_mut().enumerate().take(end).skip(start) {
                *struck |= !is_contents_word(&candidates[k]) && (recurs(k) || all && last.is_some_and(|last| k < last));
            }
        }
        start = end;
    }
    let mut k = 0;
    candidates.retain(|_| {
        k += 1;
        !struck[k - 1]
    });
    named
}

/// The heads of a text whose contents name them without numbers, as those of collections of poems do: lines alone that say again, one after
/// another, what stands below `目录`.
pub fn unnumbered(reading: &Reading<'_>) -> Vec<usize> {
    let lines = &reading.page.lines;
    let short = |i: usize| reading.open(i) && lines[i].chars <= NAME && numbering::label(lines[i].text).is_none();
    let entry = |i: usize| tight(lines[i].text.trim_end_matches(is_leader));
    let Some(word) = (0..lines.len()).find(|&i| reading.open(i) && is_contents(lines[i].text)) else { return vec![] };
    let listed = (word + 1..lines.len()).take_while(|&i| short(i)).count();
    let Some(first) = (listed > 0).then(|| entry(word + 1)) else { return vec![] };
    // Where the first of them comes again, the text begins.
    let Some(begins) = (word + 2..lines.len()).find(|&i| short(i) && tight(lines[i].text) == first) else {
        return vec![];
    };
    let end = begins.min(word + 1 + listed);
    let mut places: HashMap<Cow<'_, str>, Vec<usize>> = HashMap::new();
    for i in (begins..lines.len()).filter(|&i| short(i) && (i == begins || lines[i].gap > 0)) {
        places.entry(tight(lines[i].text)).or_default().push(i);
    }
    let mut found: Vec<usize> = vec![];
    for name in (word + 1..end).map(entry) {
        let behind = |places: &Vec<usize>| {
            let next = places.partition_point(|&place| found.last().is_some_and(|&last| place <= last));
            places.get(next).copied()
        };
        found.extend(places.get(&name).and_then(behind));
    }
    // Of lines that follow each other none heads anything.
    let heads = found.windows(2).all(|pair| pair[1] > pair[0] + 1);
    let enough = found.len() >= SHORTEST && found.len() * 10 >= (end - word - 1) * 8;
    if enough && heads { found } else { vec![] }
}

/// What stands between an entry and the number of its page, and that number.
fn is_leader(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '…' | '·' | '-' | '—' | '(' | ')' | '（' | '）')
}

/// The lines after `end` that stand alone and repeat a short line of the contents, `start..end`.
fn named_entries(reading: &Reading<'_>, start: usize, end: usize) -> Vec<usize> {
    let lines = &reading.page.lines;
    let short = |i: usize| reading.open(i) && lines[i].chars <= NAME && numbering::label(lines[i].text).is_none();
    let entries: HashSet<&str> = (start..end).filter(|&i| short(i)).map(|i| lines[i].text).collect();
    if entries.is_empty() {
        return vec![];
    }
    (end + 1..lines.len()).filter(|&i| short(i) && entries.contains(lines[i].text)).collect()
}

/// Whether nothing but rules stands between two lines; `loose` allows short lines as well.
fn adjacent(reading: &Reading<'_>, before: usize, after: usize, loose: bool) -> bool {
    (before + 1..after).all(|i| {
        let line = &reading.page.lines[i];
        reading.parts[i] == Part::Divider || loose && line.chars <= NAME && !line.ends_sentence() && !line.breaks_off()
    })
}
