//! Numbered heads: `一、` `（一）` `1.` `1.1` `2 范围` at the beginning of short lines without a stop, with text below them.

use super::headings::{LONGEST, has_body, rank};
use super::lines::{Line, PROSE};
use super::{Part, Reading};
use crate::chinese::numbering::{Family, Label, article, label};
use crate::chinese::numeral::numeral;
use crate::unicode::is_han;
use crate::unicode::tight;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Fewest entries of a table of contents.
const ENTRIES: usize = 4;

/// A line that may be a numbered head.
#[derive(Debug, Clone, Copy)]
struct Head<'t> {
    line: usize,
    label: Label,
    /// The digits of an Arabic number, `1.2.3`; else empty.
    digits: &'t str,
    /// Whether it belongs to a system of such numbers: a decimal, or a number that decimals divide.
    decimal: bool,
}

/// The longest name of an article, in characters, and the fewest articles with names.
const ARTICLE: usize = 16;
const ARTICLES: usize = 2;

/// Claims the names of articles, where most have one and text below it: `第二条　租金`.
fn articles(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let all: Vec<(usize, usize)> =
        (0..lines.len()).filter(|&i| reading.open(i)).filter_map(|i| Some((i, article(lines[i].text)?))).collect();
    let named = |&&(i, label): &&(usize, usize)| {
        let name = lines[i].text[label..].trim();
        let below = reading.open(i + 1) && article(lines[i + 1].text).is_none();
        (2..=ARTICLE).contains(&name.chars().count()) && !name.contains(['。', '，', '；', '：', '“']) && below
    };
    let heads: Vec<(usize, usize)> = all.iter().filter(named).copied().collect();
    if heads.len() < ARTICLES || heads.len() * 2 < all.len() {
        return;
    }
    for (i, label) in heads {
        reading.parts[i] = Part::Heading { rank: rank(Family::Named), label, reason: "numbered head" };
    }
}

/// Claims the heads.
pub fn claim(reading: &mut Reading<'_>) {
    articles(reading);
    let mut heads = candidates(reading);
    let mut entries = entries(reading, &heads).into_iter();
    heads.retain(|_| !entries.next().unwrap_or(false));
    let followed: Vec<bool> = heads
        .iter()
        .map(|h| has_body(reading, h.line) && !same_family_follows(reading, h.line) && !ends_list(reading, h.line))
        .collect();
    let mut han_seen = false;
    // Open sections by their digits.
    let mut sections: Vec<&str> = vec![];
    for (k, head) in heads.iter().enumerate() {
        let below = heads.get(k + 1).filter(|next| next.line == head.line + 1);
        let within = |next: &&Head<'_>| next.label.family > head.label.family || is_within(next.digits, head.digits);
        let heads_other = below.filter(within).is_some() && followed[k + 1];
        let is_han = matches!(head.label.family, Family::HanComma | Family::HanBrackets);
        // `1.` and `（1）` are heads only below other heads, and only where each has text of its own: otherwise they are a list.
        let is_head = if is_han {
            followed[k] || heads_other
        } else {
            let sure = han_seen || head.decimal || reading.page.lines[head.line].gap > 0;
            sure && in_sequence(&heads, &followed, k)
                && (followed[k] && stands_above_text(reading, head) || heads_other)
        };
        if !is_head {
            continue;
        }
        han_seen |= is_han;
        let family = head.label.family;
        let rank = if head.decimal {
            sections.retain(|open| is_within(head.digits, open));
            sections.push(head.digits);
            rank(Family::Decimal) + (sections.len().min(6) - 1) as u8
        } else {
            rank(family)
        };
        reading.parts[head.line] = Part::Heading { rank, label: head.label.len, reason: "numbered head" };
    }
}

/// The lines that read like numbered heads.
fn candidates<'t>(reading: &Reading<'t>) -> Vec<Head<'t>> {
    let mut heads: Vec<(Head<'t>, bool)> = vec![];
    for (i, line) in reading.page.lines.iter().enumerate() {
        if line.chars > LONGEST || !reading.open(i) {
            continue;
        }
        let numbered = label(line.text);
        let bare = numbered.is_none();
        let Some(label) =
            numbered.or_else(|| section(line.text)).filter(|l| l.family > Family::Named && l.family != Family::Circled)
        else {
            continue;
        };
        let rest = line.text[label.len..].trim();
        let stopped = line.ends_sentence() && !rest.ends_with(['？', '?', '！'])
            || line.breaks_off()
            || rest.contains(['。', '；']);
        if !stopped && !rest.is_empty() && rest.chars().any(char::is_alphabetic) {
            let number = line.text[..label.len].trim_end_matches(['.', '．', ' ', '\t', '\u{3000}']);
            let digits = if number.bytes().all(|b| b.is_ascii_digit() || b == b'.') { number } else { "" };
            heads.push((Head { line: i, label, digits, decimal: label.family == Family::Decimal }, bare));
        }
    }
    let parents: HashSet<&str> =
        heads.iter().flat_map(|(head, _)| head.digits.match_indices('.').map(|(at, _)| &head.digits[..at])).collect();
    let divided: Vec<bool> = heads.iter().map(|(head, _)| parents.contains(head.digits)).collect();
    // `2 范围` counts only where 2.1 stands somewhere; then so does `1 范围`.
    let system = heads.iter().zip(&divided).any(|((_, bare), &divided)| *bare && divided);
    let kept = heads.into_iter().zip(divided).filter(|((_, bare), _)| !bare || system);
    kept.map(|((head, bare), divided)| Head { decimal: head.decimal || divided || bare, ..head }).collect()
}

/// Which heads are entries of a table of contents: they come again further on, and stand below each other.
fn entries(reading: &Reading<'_>, heads: &[Head<'_>]) -> Vec<bool> {
    let words = |head: &Head<'_>| {
        let text =
            reading.page.lines[head.line].text.trim_end_matches(|c: char| c.is_ascii_digit() || ".…·\t ".contains(c));
        tight(text)
    };
    let words: Vec<Cow<'_, str>> = heads.iter().map(words).collect();
    let last: HashMap<&str, usize> = words.iter().enumerate().map(|(k, words)| (&**words, k)).collect();
    let recurs = |k: usize| last.get(&*words[k]).is_some_and(|&last| last > k);
    // An entry may take two lines.
    let near = |k: usize| heads[k + 1].line - heads[k].line <= 2;
    let mut struck = vec![false; heads.len()];
    let mut start = 0;
    while start < heads.len() {
        let run = 1 + (start..heads.len() - 1).take_while(|&k| near(k)).count();
        let run = start..start + run;
        let mut found = run.clone().filter(|&k| recurs(k));
        if found.clone().count() >= ENTRIES && found.clone().count() * 2 > run.len() {
            // What stands between them is spelled differently there.
            let last = found.next_back().unwrap_or(start);
            struck[start..=last].fill(true);
        }
        start = run.end;
    }
    struck
}

/// The number of `2 范围`.
fn section(text: &str) -> Option<Label> {
    let (number, len) = numeral(text).filter(|&(number, _)| (1..=99).contains(&number))?;
    let rest = &text[len..];
    let words = rest.trim_start();
    let parted =
        words.len() < rest.len() && words.starts_with(is_han) && text.starts_with(|c: char| c.is_ascii_digit());
    parted.then_some(Label { family: Family::Arabic, number, part: 0, len, apart: true })
}

/// Whether the section `inner` lies within `outer`: 1.2.3 within 1.2.
fn is_within(inner: &str, outer: &str) -> bool {
    !outer.is_empty() && inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether prose, a list or a gap follows a head.
fn stands_above_text(reading: &Reading<'_>, head: &Head<'_>) -> bool {
    reading.page.lines.get(head.line + 1).is_some_and(|next| {
        next.chars >= PROSE && next.ends_sentence() || next.gap > 0 || begins_list(next, head.label)
    })
}

/// Whether another head has the number before or after that of head `k`.
fn in_sequence(heads: &[Head<'_>], followed: &[bool], k: usize) -> bool {
    let own = heads[k].label;
    heads.iter().zip(followed).enumerate().any(|(m, (other, &followed))| {
        m != k && followed && other.label.family == own.family && other.label.number.abs_diff(own.number) <= 1
    })
}

/// Whether a line is the first item of a list of finer numbers than `label`: `1、` below `1.1.4升级`.
fn begins_list(line: &Line<'_>, above: Label) -> bool {
    label(line.text).is_some_and(|own| own.family > above.family && own.number == 1)
}

/// Whether the next line carries a number of the same family: a list, not heads.
fn same_family_follows(reading: &Reading<'_>, i: usize) -> bool {
    let family = |i: usize| reading.page.lines.get(i).and_then(|l| label(l.text)).map(|l| l.family);
    family(i + 1).is_some() && family(i + 1) == family(i)
}

/// Whether a sentence stands below one with the number before, without a blank line between: the last item of a list, not a head.
fn ends_list(reading: &Reading<'_>, i: usize) -> bool {
    let number = |i: usize| reading.page.lines.get(i).and_then(|l| label(l.text)).map(|l| (l.family, l.number));
    let above = i.checked_sub(1).filter(|&above| reading.open(above)).and_then(number);
    reading.page.lines.get(i).is_some_and(|l| l.gap == 0 && l.ends_sentence())
        && above.zip(number(i)).is_some_and(|(above, own)| above.0 == own.0 && above.1 + 1 == own.1)
}
