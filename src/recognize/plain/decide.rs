//! What lines are in the end: heads and the title by the bits that speak for them, whoever claimed them first.

use super::families::{Families, Observed, Weights, observe as observed, said};
use super::headings::{TITLE_OF_ATTACHMENT, VERSE};
use super::{Part, Reading, dispatch, opening};
use crate::chinese::names::is_name;
use crate::chinese::numbering::article;
use crate::chinese::words::Word;
use crate::document::{Role, Weighed};
use crate::recognize::{Region, by_hand, patterns};

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
    let tunes = tunes(reading);
    let title = match dispatch::is_collection(reading) {
        true => None,
        false => families.title(reading.meta.title.as_deref(), weights),
    };
    // Nor is the first tune that of all.
    let title = title.filter(|title| !tunes.contains(&title.0));
    let (title, weighed) = (title.map(|title| title.0), title);
    let mut heads = families.heads(title);
    // An article that says all it has to say on its line is text.
    let clause = |line: usize| {
        let line = &reading.page.lines[line];
        article(line.text).is_some() && (line.ends_sentence() || line.text.ends_with('；'))
    };
    heads.retain(|head| !clause(head.line));
    // Heads with nothing but the title below them are the series, or who offers the work.
    let mut above: Vec<usize> =
        heads.iter().map(|head| head.line).take_while(|&line| title.is_some_and(|t| line < t)).collect();
    if title.is_some_and(|title| (0..title).any(|line| reading.open(line) && !above.contains(&line))) {
        above.clear();
    }
    heads.retain(|head| !above.contains(&head.line));
    // What stands right below the name of a poem, above another short line, is its first line.
    let named = |i: usize| matches!(reading.parts[i], Part::Heading { reason: NAMED_REASON, .. });
    let short = |i: usize| reading.page.lines.get(i).is_some_and(|line| line.gap == 0 && line.chars <= VERSE_LINE);
    heads.retain(|head| head.line == 0 || !named(head.line - 1) || !short(head.line + 1) || named(head.line));
    let mut all: Vec<(usize, Weighed)> =
        heads.iter().map(|head| (head.line, tenths(head.bits, head.instead))).collect();
    all.extend(weighed.map(|(line, bits, instead)| (line, tenths(bits, instead))));
    all.sort_unstable_by_key(|(line, _)| *line);
    reading.weighed = all;
    let mut reasons = vec![];
    for (i, part) in reading.parts.iter_mut().enumerate() {
        if let Part::Heading { reason, .. } = *part
            && ![patterns::REASON, by_hand::REASON].contains(&reason)
        {
            reasons.push((i, reason));
            *part = Part::Open;
        }
    }
    retitle(reading, title, meta);
    for line in above {
        if reading.open(line) {
            reading.parts[line] = DATA;
        }
    }
    // The names of who wrote it, below the title, head nothing.
    let authors =
        |line: usize| reading.parts[line] == DATA && reading.page.lines[line].text.split_whitespace().all(is_name);
    heads.retain(|head| !authors(head.line));
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
    for line in tunes {
        if matches!(reading.parts[line], Part::Open | Part::Heading { .. }) {
            reading.parts[line] = Part::Heading { rank: VERSE, label: 0, reason: "title of a poem" };
        }
    }
}

/// The lines that name the tunes of songs (词牌), perhaps with what the song is about, where several do.
fn tunes(reading: &Reading<'_>) -> Vec<usize> {
    let names = |i: &usize| {
        let line = &reading.page.lines[*i];
        let name = line.text.trim_matches(['【', '】', '《', '》']);
        let tune = name.split(['·', '・', ' ', '\u{3000}', '（', '(']).next().unwrap_or_default();
        line.chars <= TUNE && Word::TuneName.is(tune) && !line.ends_sentence()
    };
    let mut found: Vec<usize> = (0..reading.page.lines.len()).filter(names).collect();
    // In contents they follow each other.
    let listed: Vec<bool> = (0..found.len())
        .map(|k| k > 0 && found[k - 1] + 1 == found[k] || found.get(k + 1).is_some_and(|next| found[k] + 1 == *next))
        .collect();
    let mut listed = listed.into_iter();
    found.retain(|_| !listed.next().unwrap_or(false));
    if found.len() > 1 { found } else { vec![] }
}

/// Why a line is a head that the contents name.
pub const NAMED_REASON: &str = "named in the contents";
/// The longest line that names a tune, in characters.
const TUNE: usize = 20;
/// The longest line of verse, in characters.
const VERSE_LINE: usize = 22;

const DATA: Part = Part::Role(Role::Imprint);

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
