//! Headings and the title of a plain text, by families of lines that are alike.
//!
//! A head is seldom known by itself. Lines that look alike form a family, and how the family behaves through the text says more than any of
//! its lines. The evidence for a line is a sum of bits out of one fitted table, `weights.tsv`: of its own facts and of those of its families. A second
//! sum gives half of the weight to what the other members of its family are worth; above 0 bits is a head. See `docs/reading.md`.

mod fact;
mod kin;
mod levels;
mod own;
mod sight;
mod strike;
mod title;
mod weights;
mod witness;

pub use fact::{FACTS, Fact, TITLE_FACTS, name as fact_name};
pub use weights::Weights;
pub(super) use witness::said;

use super::lines::Page;
use crate::recognize::Region;
use crate::survey::Form;
use fact::GRAINS;
use kin::{Kin, Measures, NONE};
use levels::Levels;
use sight::Sights;

/// What the second sum takes from the other members of a family, and the most that any of them counts.
const SHARED: f32 = 0.5;
const MOST: f32 = 10.0;

/// What the title that another reader sees has in advance in a short text, in bits.
const TRUST: f32 = 10.0;
/// The same of there being none, where none is seen.
const UNSEEN: f32 = 2.0;
/// In a text of so many lines families speak for themselves.
const SHORT: f32 = 120.0;

/// A head that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// Its line.
    pub line: usize,
    /// Its level among the heads, from 1.
    pub level: u8,
    /// The bits that speak for it.
    pub bits: f32,
    /// The bytes of mark and number at its beginning.
    pub label: usize,
    /// Why.
    pub reason: Reason,
    /// What it would be else.
    pub instead: &'static str,
}

/// The families that gave most bits to a line: how they are alike, how many lines they have, and the bits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reason(pub [(&'static str, usize, f32); 2]);

impl Reason {
    /// In a few words.
    pub fn said(&self) -> &'static str {
        match self.0[0].0 {
            "key" | "key-place" => "one of a family of numbers or marks",
            "tail" => "ends as others of its family do",
            "first" => "begins as others of its family do",
            _ => "one of a family that stands apart",
        }
    }
}

/// A text that was looked at.
pub struct Families<'t> {
    sights: Sights<'t>,
    kin: Kin,
    /// What each line is worth as a head, in bits.
    bits: Vec<f32>,
    /// What each family gives to its lines.
    sums: Vec<f32>,
}

impl<'t> Families<'t> {
    /// Looks at `page`; `told` says what other readers say of its lines, `regions` what the survey says.
    pub fn new(page: &Page<'t>, told: &[u8], regions: &[Region], weights: &Weights) -> Self {
        let sights = Sights::new(page, told, regions);
        let kin = Kin::new(&sights);
        let mut families = Families { bits: vec![], sums: vec![], sights, kin };
        families.weigh(weights);
        families
    }

    /// Weighs every line.
    fn weigh(&mut self, weights: &Weights) {
        let (sights, kin) = (&self.sights, &self.kin);
        let mut measures = Measures::new(sights);
        self.sums = (0..kin.len() as u32)
            .map(|id| {
                let mut sum = 0.0;
                measures.facts(sights, kin, id, &mut |fact| sum += weights.of(fact));
                sum
            })
            .collect();
        let first: Vec<f32> = (0..sights.lines.len())
            .map(|i| {
                if !sights.lines[i].candidate {
                    return f32::NEG_INFINITY;
                }
                let mut sum = 0.0;
                sights.facts(i, &mut |fact| sum += weights.of(fact));
                sum + kin.of[i].iter().filter(|&&id| id != NONE).map(|&id| self.sums[id as usize]).sum::<f32>()
            })
            .collect();
        let mut means = vec![0.0f32; kin.len()];
        for (i, families) in kin.of.iter().enumerate().filter(|(_, families)| families[0] != NONE) {
            means[families[0] as usize] += first[i].clamp(-MOST, MOST);
        }
        self.bits = first
            .iter()
            .zip(&kin.of)
            .map(|(&bits, families)| {
                let id = families[0];
                let others = if id == NONE { 0 } else { kin.members(id).len() - 1 };
                if others == 0 {
                    return bits;
                }
                let mean = (means[id as usize] - bits.clamp(-MOST, MOST)) / others as f32;
                (1.0 - SHARED) * bits + SHARED * mean
            })
            .collect();
        let n = sights.lines.len();
        for (bits, line) in self.bits.iter_mut().zip(&sights.lines) {
            *bits += witness::trust(line.told, line.class, n);
        }
    }

    /// The bits that `line`, or that there is no title, has in advance, by what another reader sees.
    fn trust(&self, line: Option<usize>) -> f32 {
        let lines = &self.sights.lines;
        let bits = match line {
            None if !lines.iter().take(24).any(|line| witness::is_title(line.told)) => UNSEEN,
            Some(line) if witness::is_title(lines[line].told) => TRUST,
            _ => 0.0,
        };
        bits * (1.0 - lines.len() as f32 / SHORT).max(0.0)
    }

    /// The line of the title, the bits by which it is likelier than the next alternative, and what that is; `meta` is what the front matter says.
    pub fn title(&self, meta: Option<&str>, weights: &Weights) -> Option<(usize, f32, &'static str)> {
        let all = title::alternatives(&self.sights, &self.bits, meta).into_iter();
        let sum = |facts: &[Fact]| facts.iter().map(|&fact| weights.of(fact)).sum::<f32>();
        let mut sums: Vec<_> = all.map(|(line, facts)| (line, sum(&facts) + self.trust(line))).collect();
        // Of two that are as likely the first line is taken.
        sums.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (line, bits) = *sums.first()?;
        let (next, below) = sums.get(1).map_or((None, bits), |&(next, below)| (next, below));
        let instead = if next.is_some() { "another line" } else { "no title" };
        line.map(|line| (line, bits - below, instead))
    }

    /// The heads, without the title.
    pub fn heads(&self, title: Option<usize>) -> Vec<Head> {
        let lines = &self.sights.lines;
        let mut found: Vec<usize> = (0..lines.len()).filter(|&i| self.bits[i] > 0.0 && Some(i) != title).collect();
        found.extend(self.last_of_count(&found));
        strike::strike(&self.sights, &mut found);
        let mut levels = Levels::default();
        let below = found.iter().skip(1).map(Some).chain([None]);
        let ranks = found
            .iter()
            .zip(below)
            .map(|(&line, below)| below.filter(|&&below| below == line + 1).map(|&below| lines[below].shape.rank()));
        let ranks: Vec<Option<u8>> = ranks.collect();
        let head = |(line, part): (usize, Option<u8>)| Head {
            line,
            level: levels.next(&lines[line], part),
            bits: self.bits[line],
            label: lines[line].shape.label,
            reason: self.reason(line),
            instead: lines[line].form.unwrap_or(Form::Prose).name(),
        };
        found.into_iter().zip(ranks).map(head).collect()
    }

    /// The last line of the text, where it counts on from heads that are alike: it heads nothing only because the text ends, `四、作文（40分）`.
    fn last_of_count(&self, found: &[usize]) -> Option<usize> {
        let lines = &self.sights.lines;
        let last = lines.len().checked_sub(1)?;
        let line = lines.get(last).filter(|line| line.key != 0 && line.candidate)?;
        let kin = |&i: &usize| i != last && lines[i].key == line.key;
        let heads: Vec<usize> = found.iter().copied().filter(kin).collect();
        let all = (0..last).filter(kin).count();
        let above = lines[*heads.last()?].shape.value?;
        let counts = line.shape.value == above.checked_add(1);
        (counts && heads.len() > 1 && heads.len() == all && !found.contains(&last)).then_some(last)
    }

    /// The families that gave most bits to line `i`.
    fn reason(&self, i: usize) -> Reason {
        let mut best = [("", 0, f32::NEG_INFINITY); 2];
        for &id in self.kin.of[i].iter().filter(|&&id| id != NONE) {
            let bits = self.sums[id as usize];
            let of = (GRAINS[usize::from(self.kin.grains[id as usize])], self.kin.members(id).len(), bits);
            if bits > best[0].2 {
                best = [of, best[0]];
            } else if bits > best[1].2 {
                best[1] = of;
            }
        }
        Reason(best)
    }
}

/// What weights are fitted to.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    /// Of every line that may be a head: its byte in the text, its facts, its families.
    pub lines: Vec<(usize, Vec<Fact>, [u32; 4])>,
    /// What each of them is worth as a head by the weights that it was observed with, in bits.
    pub bits: Vec<f32>,
    /// The facts of every family.
    pub families: Vec<Vec<Fact>>,
    /// Of every line that may be the title its byte, and of there being none; with their facts, and the bits that it has in advance.
    pub titles: Vec<(Option<usize>, Vec<Fact>, f32)>,
}

/// The facts of `page`; those of the title as `weights` have it.
pub fn observe(page: &Page<'_>, told: &[u8], regions: &[Region], meta: Option<&str>, weights: &Weights) -> Observed {
    let families = Families::new(page, told, regions, weights);
    let (sights, kin) = (&families.sights, &families.kin);
    let mut measures = Measures::new(sights);
    let mut observed = Observed::default();
    for i in (0..sights.lines.len()).filter(|&i| sights.lines[i].candidate) {
        let mut facts = vec![];
        sights.facts(i, &mut |fact| facts.push(fact));
        observed.lines.push((page.lines[i].start, facts, kin.of[i]));
        observed.bits.push(families.bits[i]);
    }
    for id in 0..kin.len() as u32 {
        let mut facts = vec![];
        measures.facts(sights, kin, id, &mut |fact| facts.push(fact));
        observed.families.push(facts);
    }
    let titles = title::alternatives(sights, &families.bits, meta);
    let title = |(i, facts): (Option<usize>, Vec<Fact>)| (i.map(|i| page.lines[i].start), facts, families.trust(i));
    observed.titles = titles.into_iter().map(title).collect();
    observed
}
