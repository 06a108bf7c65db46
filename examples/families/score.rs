//! How well headings and titles are found.

use super::truth::{Origin, Text, bare};
use shanben::document::{BlockKind, Document, inline_text};
use shanben::recognize::families::{Fact, Observed, Weights, fact_name};
use shanben::recognize::{Hints, observe, plain_by};
use std::collections::{BTreeMap, HashMap};

#[derive(Debug, Default, Clone)]
struct Sum {
    files: usize,
    right: usize,
    wrong: usize,
    missed: usize,
    f1: f64,
    level: (usize, usize),
    clean: (usize, usize),
}

#[derive(Debug, Default)]
pub struct Score {
    sums: BTreeMap<(Origin, String), Sum>,
    titles: BTreeMap<(Origin, &'static str), usize>,
    pub faults: Vec<String>,
}

struct Found {
    line: usize,
    text: String,
    level: u8,
    title: bool,
    reason: &'static str,
}

fn found(text: &Text, document: &Document) -> Vec<Found> {
    let headings = document.outline().into_iter();
    headings
        .filter_map(|entry| {
            let block = &document.blocks[entry.block];
            let BlockKind::Heading(heading) = &block.kind else { return None };
            let (line, text) = (text.line(block.span.start), inline_text(document, &heading.content));
            Some(Found { line, text, level: entry.level, title: heading.title, reason: heading.reason })
        })
        .collect()
}

fn same(a: &str, b: &str) -> bool {
    let (a, b) = (bare(a), bare(b));
    if a.is_empty() || b.is_empty() { a == b } else { a.contains(&b) || b.contains(&a) }
}

/// Bits and the facts that weigh most.
fn evidence(facts: &[Fact], weights: &Weights) -> (f32, String) {
    let weighed = facts.iter().map(|&fact| (weights.of(fact), fact_name(fact)));
    let mut bits: Vec<(f32, String)> = weighed.filter(|(bits, _)| *bits != 0.0).collect();
    bits.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let sum: f32 = bits.iter().map(|(bits, _)| bits).sum();
    let facts: Vec<String> = bits.iter().take(8).map(|(bits, name)| format!("{name} {bits:+.1}")).collect();
    (sum, format!("{sum:+.1} = {}", facts.join(", ")))
}

/// The alternatives for the title, the right one marked.
fn alternatives(text: &Text, observed: &Observed, weights: &Weights) -> Vec<String> {
    let mut told: Vec<(f32, String)> = vec![];
    for (at, facts, _) in &observed.titles {
        let (sum, why) = evidence(facts, weights);
        let line = at.map(|at| text.line(at));
        let right = line.is_some_and(|line| text.titles.contains_key(&line));
        let (mark, line) = (if right { '>' } else { ' ' }, line.map_or("none".to_owned(), |line| line.to_string()));
        told.push((sum, format!("   {mark} {line}: {why}")));
    }
    told.sort_by(|a, b| b.0.total_cmp(&a.0));
    told.into_iter().map(|(_, said)| said).take(ALTERNATIVES).collect()
}

/// So many alternatives and lines of a text are explained.
const ALTERNATIVES: usize = 4;

/// Why line number `line` is a head or none.
fn explained(text: &Text, observed: &Observed, weights: &Weights, line: usize) -> Vec<String> {
    let Some((_, facts, families)) = observed.lines.iter().find(|(at, ..)| text.line(*at) == line) else {
        return vec!["   no candidate".to_owned()];
    };
    let of = families.iter().filter_map(|&id| observed.families.get(id as usize));
    let of = of.map(|facts| format!("   family {}", evidence(facts, weights).1));
    std::iter::once(format!("   line {}", evidence(facts, weights).1)).chain(of).collect()
}

impl Score {
    pub fn join(&mut self, other: Score) {
        for (key, sum) in other.sums {
            let own = self.sums.entry(key).or_default();
            own.files += sum.files;
            own.right += sum.right;
            own.wrong += sum.wrong;
            own.missed += sum.missed;
            own.f1 += sum.f1;
            own.level = (own.level.0 + sum.level.0, own.level.1 + sum.level.1);
            own.clean = (own.clean.0 + sum.clean.0, own.clean.1 + sum.clean.1);
        }
        other.titles.into_iter().for_each(|(key, count)| *self.titles.entry(key).or_default() += count);
        self.faults.extend(other.faults);
    }

    /// Reads `text` by `weights` and judges what comes out.
    pub fn add(&mut self, text: &Text, weights: &Weights) {
        let (document, _) = plain_by(&text.text, &text.regions, &Hints::default(), weights);
        let found = found(text, &document);
        let (mut right, mut wrong, missed);
        let mut level = (0, 0);
        match text.origin {
            Origin::Books => {
                (right, wrong) = (0, 0);
                let mut used: HashMap<usize, u8> = HashMap::new();
                for f in &found {
                    let near = |k: isize| {
                        f.line.checked_add_signed(k).filter(|n| text.heads.contains_key(n) && !used.contains_key(n))
                    };
                    let own = near(0).or_else(|| {
                        [1, -1, 2, -2].into_iter().filter_map(near).find(|n| bare(&text.heads[n].1) == bare(&f.text))
                    });
                    if let Some(line) = own.filter(|line| same(&text.heads[line].1, &f.text)) {
                        used.insert(line, f.level);
                        right += 1;
                        continue;
                    }
                    let maybe = [0, 1, -1]
                        .into_iter()
                        .filter_map(|k| f.line.checked_add_signed(k))
                        .any(|n| text.maybe.get(&n).is_some_and(|m| n == f.line || bare(m) == bare(&f.text)));
                    let title = text
                        .titles
                        .iter()
                        .any(|(&n, (t, _))| n == f.line || n.abs_diff(f.line) <= 3 && same(t, &f.text));
                    if !maybe && !title {
                        wrong += 1;
                        self.faults.push(format!("FALSE\t{}\t{}\t{}\t{}", text.name, f.line, f.text, f.reason));
                    }
                }
                missed = text.heads.len() - right;
                let observed = observe(&text.text, &text.regions, &Hints::default(), weights);
                let missed = text.heads.iter().filter(|(line, _)| !used.contains_key(line));
                for (i, (line, (_, said))) in missed.enumerate() {
                    self.faults.push(format!("MISSED\t{}\t{line}\t{said}", text.name));
                    if i < ALTERNATIVES {
                        self.faults.extend(explained(text, &observed, weights, *line));
                    }
                }
                let mut lines: Vec<usize> = used.keys().copied().collect();
                lines.sort_unstable();
                for pair in lines.windows(2) {
                    let (a, b) = (text.heads[&pair[0]].0, text.heads[&pair[1]].0);
                    level.1 += 1;
                    level.0 += usize::from(a.cmp(&b) == used[&pair[0]].cmp(&used[&pair[1]]));
                }
            }
            Origin::Office => {
                let mut sure: HashMap<String, isize> = HashMap::new();
                let mut any: HashMap<String, isize> = HashMap::new();
                let titles = text.titles.values().map(|(said, sure)| (said, *sure));
                for (said, is_sure) in text
                    .heads
                    .values()
                    .map(|(_, said)| (said, true))
                    .chain(titles)
                    .chain(text.maybe.values().map(|said| (said, false)))
                {
                    *any.entry(bare(said)).or_default() += 1;
                    *sure.entry(bare(said)).or_default() += isize::from(is_sure);
                }
                let wanted = sure.values().sum::<isize>() as usize;
                (right, wrong) = (0, 0);
                for f in &found {
                    let left = sure.entry(bare(&f.text)).or_default();
                    right += usize::from(*left > 0);
                    *left -= 1;
                    let left = any.entry(bare(&f.text)).or_default();
                    if *left <= 0 {
                        wrong += 1;
                        self.faults.push(format!("FALSE\t{}\t{}\t{}\t{}", text.name, f.line, f.text, f.reason));
                    }
                    *left -= 1;
                }
                missed = wanted - right;
                for (line, (_, said)) in &text.heads {
                    if sure.get(&bare(said)).is_some_and(|left| *left > 0) {
                        self.faults.push(format!("MISSED\t{}\t{line}\t{said}", text.name));
                    }
                }
            }
            Origin::Made => return,
            Origin::List => {
                let end = text.end.unwrap_or(usize::MAX);
                let found: Vec<(u8, String)> = found
                    .iter()
                    .filter(|f| f.line < end)
                    .map(|f| (f.level, f.text.chars().filter(|c| !c.is_whitespace()).collect()))
                    .collect();
                (right, wrong) = (0, 0);
                let (mut i, mut j) = (0, 0);
                while i < text.listed.len() || j < found.len() {
                    if i < text.listed.len() && j < found.len() && text.listed[i] == found[j] {
                        (right, i, j) = (right + 1, i + 1, j + 1);
                    } else if i < text.listed.len() && !found[j..].contains(&text.listed[i]) {
                        self.faults.push(format!("MISSED\t{}\t{}\t{}", text.name, text.listed[i].0, text.listed[i].1));
                        i += 1;
                    } else if j < found.len() {
                        self.faults.push(format!("FALSE\t{}\t{}\t{}", text.name, found[j].0, found[j].1));
                        (wrong, j) = (wrong + 1, j + 1);
                    }
                }
                missed = text.listed.len() - right;
            }
        }
        self.title(text, &document, &found, weights);
        let sum = self.sums.entry((text.origin, text.genre.clone())).or_default();
        sum.files += 1;
        sum.right += right;
        sum.wrong += wrong;
        sum.missed += missed;
        sum.level = (sum.level.0 + level.0, sum.level.1 + level.1);
        sum.f1 += match right + missed {
            0 => f64::from(u8::from(wrong == 0)),
            _ => 2.0 * right as f64 / (2 * right + wrong + missed) as f64,
        };
        if right + missed == 0 {
            sum.clean = (sum.clean.0 + usize::from(wrong == 0), sum.clean.1 + 1);
        }
    }

    fn title(&mut self, text: &Text, document: &Document, found: &[Found], weights: &Weights) {
        let shown = found.iter().find(|f| f.title).map(|f| f.text.clone());
        let title = document.meta.title.clone().or(shown).filter(|title| !title.is_empty());
        let wanted: Vec<&String> = text.titles.values().filter(|title| title.1).map(|title| &title.0).collect();
        let how = match (&title, wanted.is_empty()) {
            (None, false) => "missing",
            (Some(title), false) if wanted.iter().any(|wanted| same(title, wanted)) => "right",
            (Some(_), false) => "wrong",
            (Some(_), true) if text.titles.is_empty() => "extra",
            _ => "none",
        };
        *self.titles.entry((text.origin, how)).or_default() += 1;
        if matches!(how, "missing" | "wrong" | "extra") {
            let wanted = wanted.first().map_or("", |wanted| wanted.as_str());
            self.faults.push(format!("TITLE-{how}\t{}\t{}\t{wanted}", text.name, title.unwrap_or_default()));
            let observed = observe(&text.text, &text.regions, &Hints::default(), weights);
            self.faults.extend(alternatives(text, &observed, weights));
        }
    }

    pub fn print(&self, what: &str) {
        println!("{what}\n{:22} file   true    hit false  miss  prec  recall F1/f   level", "genre");
        for origin in [Origin::Books, Origin::Office, Origin::List] {
            let mut all = Sum::default();
            let line = |name: &str, s: &Sum| {
                let of = |a: usize, b: usize| {
                    if b == 0 { "  -  ".to_owned() } else { format!("{:.3}", a as f64 / b as f64) }
                };
                println!(
                    "{name:22} {:4} {:6} {:6} {:5} {:5}  {} {} {:.3}  {}  clean {}/{}",
                    s.files,
                    s.right + s.missed,
                    s.right,
                    s.wrong,
                    s.missed,
                    of(s.right, s.right + s.wrong),
                    of(s.right, s.right + s.missed),
                    s.f1 / s.files.max(1) as f64,
                    of(s.level.0, s.level.1),
                    s.clean.0,
                    s.clean.1
                );
            };
            for ((_, genre), sum) in self.sums.iter().filter(|((own, _), _)| *own == origin) {
                line(genre, sum);
                all.files += sum.files;
                all.right += sum.right;
                all.wrong += sum.wrong;
                all.missed += sum.missed;
                all.f1 += sum.f1;
                all.level = (all.level.0 + sum.level.0, all.level.1 + sum.level.1);
                all.clean = (all.clean.0 + sum.clean.0, all.clean.1 + sum.clean.1);
            }
            line(&format!("ALL {origin:?}"), &all);
            let titles: Vec<String> = self
                .titles
                .iter()
                .filter(|((own, _), _)| *own == origin)
                .map(|((_, how), n)| format!("{how} {n}"))
                .collect();
            println!("titles: {}\n", titles.join(", "));
        }
    }
}
