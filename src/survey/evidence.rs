//! The facts of each line: what it is by itself, and what it is among others.

use super::cue::{self, bit};
use super::group::{Fact, Group};
use super::line::{End, Line};
use super::start::Start;
use super::width::Around;
use rustc_hash::FxHashMap;

/// Lines on either side whose widths, ends and Han are averaged.
const NEAR: usize = 4;
/// Lines on either side of which those that begin alike make a family.
const FAMILY: usize = 6;
/// Fewer lines than these are few for a text.
const FEW: usize = 8;

/// On how many of the `edges`, which grow, `x` stands or lies beyond.
pub(super) fn bucket(x: f32, edges: &[f32]) -> usize {
    edges.iter().filter(|&&edge| x >= edge).count()
}

/// The facts of every line of a text, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Facts {
    facts: Vec<Fact>,
    ends: Vec<usize>,
}

impl Facts {
    /// Those of line `i`.
    pub(super) fn of(&self, i: usize) -> &[Fact] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.facts[start..self.ends[i]]
    }

    pub(super) fn add(&mut self, fact: Fact) {
        self.facts.push(fact);
    }

    pub(super) fn close(&mut self) {
        self.ends.push(self.facts.len());
    }
}

/// What the whole text says of its lines: how often a line, a pattern, a beginning occurs.
pub(super) struct Census {
    prints: Vec<u32>,
    patterns: Vec<u32>,
    beginnings: FxHashMap<(char, char), usize>,
    lines: usize,
}

impl Census {
    pub(super) fn of(lines: &[Line<'_>]) -> Census {
        let mut prints: Vec<u32> = lines.iter().map(|line| line.print).collect();
        let mut patterns: Vec<u32> = lines.iter().map(|line| line.pattern).collect();
        prints.sort_unstable();
        patterns.sort_unstable();
        let mut beginnings = FxHashMap::default();
        for line in lines {
            *beginnings.entry((line.key[0], line.key[1])).or_insert(0) += 1;
        }
        Census { prints, patterns, beginnings, lines: lines.len() }
    }

    /// Whether so many lines or more are this very line.
    fn has_print(&self, line: &Line<'_>, least: usize) -> bool {
        has(&self.prints, line.print, least)
    }

    /// Whether a short line occurs three times or more, but for its numbers.
    pub(super) fn is_repeated(&self, line: &Line<'_>) -> bool {
        line.width - line.indent < 47 && has(&self.patterns, line.pattern, 3)
    }

    /// Whether a line with some text occurs twice: songs do that, wrapped prose does not.
    pub(super) fn is_twice(&self, line: &Line<'_>) -> bool {
        line.han > 5 && self.has_print(line, 2)
    }

    /// Whether a great part of the lines begins as this one does.
    fn is_alike(&self, line: &Line<'_>) -> bool {
        let count = self.beginnings.get(&(line.key[0], line.key[1])).copied().unwrap_or(0);
        count > 4 && count * 8 > self.lines
    }
}

fn has(sorted: &[u32], print: u32, least: usize) -> bool {
    let first = sorted.partition_point(|&p| p < print);
    sorted.get(first + least - 1) == Some(&print)
}

/// What makes lines a family: the kind of their beginning, or else its shape.
fn kin(line: &Line<'_>) -> (Start, [u8; 3]) {
    let shape = if line.begins.is_plain() { [line.shape[0], line.shape[1], line.shape[2]] } else { [0; 3] };
    (line.begins, shape)
}

/// How many characters two lines begin with alike, four at most.
pub(super) fn common(a: &Line<'_>, b: &Line<'_>) -> usize {
    a.key.iter().zip(&b.key).take_while(|(x, y)| x == y && **x != '\0').count()
}

/// The step of the width of a line without its indent.
fn length(line: &Line<'_>) -> usize {
    bucket((line.width - line.indent) as f32, &[5.0, 9.0, 15.0, 23.0, 33.0, 47.0, 65.0, 85.0, 130.0])
}

/// The facts of all `lines`.
pub(super) fn evidence(lines: &[Line<'_>], around: &[Around], census: &Census) -> Facts {
    let mut facts = Facts::default();
    let mut families: FxHashMap<(Start, [u8; 3]), usize> = FxHashMap::default();
    lines.iter().take(FAMILY).for_each(|line| *families.entry(kin(line)).or_default() += 1);
    for (i, line) in lines.iter().enumerate() {
        if let Some(next) = lines.get(i + FAMILY) {
            *families.entry(kin(next)).or_default() += 1;
        }
        if let Some(left) = i.checked_sub(FAMILY + 1)
            && let Some(count) = families.get_mut(&kin(&lines[left]))
        {
            *count -= 1;
        }
        itself(line, &mut facts);
        let family = families.get(&kin(line)).map_or(0, |n| n.saturating_sub(1));
        facts.add(
            Group::Family.of(&[usize::from(!line.begins.is_plain()), bucket(family as f32, &[1.0, 3.0, 6.0, 10.0])]),
        );
        among(i, lines, census, &mut facts);
        nearby(&lines[i.saturating_sub(NEAR)..(i + NEAR + 1).min(lines.len())], &mut facts);
        let wide = &around[i].wide;
        facts.add(Group::Wrapped.of(&[bucket(wide.full, &[0.15, 0.3, 0.5]), usize::from(wide.over < 0.04)]));
        facts.close();
    }
    facts
}

/// What a line is by itself.
fn itself(line: &Line<'_>, facts: &mut Facts) {
    let length = length(line);
    let chars = line.chars as f32;
    facts.add(Group::Bias.at(0));
    facts.add(Group::Length.at(length));
    let indent = bucket(line.indent as f32, &[1.0, 4.0, 5.0, 9.0, 21.0]);
    facts.add(Group::Indent.of(&[indent, usize::from(line.tabbed)]));
    let han = bucket(line.han_share, &[0.01, 0.25, 0.55, 0.8]);
    facts.add(Group::Han.at(han));
    facts.add(Group::Start.at(line.begins.0.into()));
    facts.add(Group::End.at(line.end.0.into()));
    if line.han == 0 {
        facts.add(Group::BareLength.at(length));
        facts.add(Group::BareStart.at(line.begins.0.into()));
        facts.add(Group::BareEnd.at(line.end.0.into()));
    }
    let short = length <= 4;
    if short && han >= 3 {
        facts.add(Group::Short.at(match line.end {
            End::STOP => 0,
            End::COMMA => 1,
            End::HAN => 2,
            _ => 3,
        }));
    }
    if let Some(function) = line.function {
        facts.add(Group::Function.of(&[bucket(function, &[0.001, 0.06, 0.14, 0.24]), usize::from(short)]));
    }
    facts.add(Group::Inner.at(line.inner));
    facts.add(Group::Pauses.at(line.pauses));
    for (i, &count) in line.separators.iter().enumerate().filter(|(_, count)| **count > 0) {
        facts.add(Group::Separators.of(&[i, count]));
    }
    (0..cue::NAMES.len()).filter(|i| line.cues & 1 << i != 0).for_each(|i| facts.add(Group::Cue.at(i)));
    let counts = &line.counts;
    if counts.kana > 0 {
        facts.add(Group::Kana.at(bucket(counts.kana as f32 / chars, &[0.1, 0.3])));
    }
    if (line.han as f32) < chars * 0.2 {
        facts.add(Group::English.at(line.english));
    }
    if (line.han as f32) < chars * 0.4 {
        let (share, words) = line.identifiers;
        facts.add(Group::Identifiers.of(&[bucket(share, &[0.01, 0.34, 0.67]), if line.han == 0 { words } else { 0 }]));
    }
    if counts.pieces > 0 {
        facts.add(Group::Boxes.at(bucket(counts.pieces as f32 / chars, &[0.15, 0.4])));
    }
    let drawn = (counts.pieces + counts.strokes) as f32 / chars;
    if drawn > 0.2 {
        facts.add(Group::Drawn.at(bucket(drawn, &[0.35])));
    }
    if line.rule {
        facts.add(Group::Rule.at(0));
    }
    let symbols = counts.symbols as f32 / chars;
    if symbols > 0.1 {
        facts.add(Group::Symbols.at(bucket(symbols, &[0.2])));
    }
    let digits = counts.digits as f32 / chars;
    if digits > 0.15 {
        facts.add(Group::Digits.at(bucket(digits, &[0.3, 0.6])));
    }
    if line.is_metrical() {
        let clauses = line.metre.iter().filter(|&&n| n > 0).count();
        let equal = line.metre.iter().all(|&n| n == 0 || n == line.metre[0]);
        facts.add(Group::Metre.of(&[clauses - 1, usize::from(equal)]));
    }
}

/// What line `i` is beside its neighbours and in the whole text.
fn among(i: usize, lines: &[Line<'_>], census: &Census, facts: &mut Facts) {
    let line = &lines[i];
    let (above, below) = (i.checked_sub(1).map(|k| &lines[k]), lines.get(i + 1));
    let sides = || [above, below].into_iter().flatten();
    if census.is_repeated(line) {
        facts.add(Group::Repeated.at(0));
    }
    if census.is_twice(line) {
        facts.add(Group::Twice.at(0));
    }
    if line.is_metrical() && sides().any(|other| other.metre == line.metre) {
        facts.add(Group::MetreAgain.at(0));
    }
    let far = [i.checked_sub(2).map(|k| &lines[k]), lines.get(i + 2)];
    let longest = sides().chain(far.into_iter().flatten()).map(|other| common(line, other)).max();
    facts.add(Group::Common.at(bucket(longest.unwrap_or(0) as f32, &[1.0, 2.0, 4.0])));
    if let Some(above) = above {
        if above.has(bit("span") | bit("clock")) {
            facts.add(Group::AfterTime.at(0));
        }
        if above.has(bit("key-value") | bit("semicolon") | bit("tag")) {
            facts.add(Group::AfterCode.at(0));
        }
    }
    if census.is_alike(line) {
        facts.add(Group::Alike.at(0));
    }
    // What rows and families say of a form they cannot say in a text of a line or a few.
    if lines.len() < FEW {
        facts.add(Group::Few.at(bucket(lines.len() as f32, &[2.0, 4.0])));
    }
    for (side, other) in [above, below].into_iter().enumerate() {
        let Some(other) = other else {
            facts.add(Group::Edge.at(side));
            continue;
        };
        let same = |k: &usize| line.separators[*k] > 0 && line.separators[*k] == other.separators[*k];
        if let Some(k) = (0..line.separators.len()).find(same) {
            facts.add(Group::SameSeparators.at(k));
        }
        if line.gaps.iter().any(|gap| *gap > 0 && other.gaps.contains(gap)) {
            facts.add(Group::Aligned.at(0));
        }
        if line.width.abs_diff(other.width) <= 1 && length(line) <= 5 {
            facts.add(Group::EqualLength.at(side));
        }
        if line.shape == other.shape {
            facts.add(Group::EqualShape.at(side));
        }
    }
    facts.add(Group::Blank.of(&[usize::from(line.blank), usize::from(below.is_none_or(|below| below.blank))]));
}

/// What the lines around a line and itself are on the average.
fn nearby(near: &[Line<'_>], facts: &mut Facts) {
    let share = 1.0 / near.len() as f32;
    let mean = |of: fn(&Line<'_>) -> f32| near.iter().map(of).sum::<f32>() * share;
    facts.add(
        Group::NearWidth.at(bucket(mean(|line| line.width.min(160) as f32), &[16.0, 24.0, 36.0, 50.0, 66.0, 90.0])),
    );
    facts.add(Group::NearStops.at(bucket(mean(|line| f32::from(u8::from(line.stops))), &[0.12, 0.35, 0.65, 0.9])));
    facts.add(Group::NearInner.at(bucket(mean(|line| line.inner.min(3) as f32), &[0.01, 0.25, 0.7])));
    facts.add(Group::NearHan.at(bucket(mean(|line| line.han_share), &[0.1, 0.3, 0.6, 0.8])));
    let width = mean(|line| line.width as f32);
    let variance = near.iter().map(|line| (line.width as f32 - width).powi(2)).sum::<f32>() * share;
    facts.add(Group::Even.at(bucket(variance.sqrt() / width, &[0.06, 0.15, 0.35, 0.6])));
}
