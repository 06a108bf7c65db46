//! Families: lines that are alike in some way, and how they behave through the text.

use super::fact::{Fact, Group, ORDERS};
use super::own::{is_told_head, side, step, tail};
use super::sight::Sights;
use crate::chinese::shape::Class;
use crate::survey::Form;
use rustc_hash::FxHashMap;

/// The ways in which a line may be like others: places in [`super::fact::GRAINS`].
const KEY: usize = 0;
const KEY_PLACE: usize = 1;
const LAYOUT: usize = 2;
const INDENT: usize = 3;
const TAIL: usize = 4;
const FIRST: usize = 5;
/// For a line with a pattern, and for one without; the first is the one that shares its bits.
const OF_PATTERN: [usize; 3] = [KEY, KEY_PLACE, INDENT];
const OF_PLAIN: [usize; 4] = [INDENT, LAYOUT, TAIL, FIRST];
/// No family.
pub const NONE: u32 = u32::MAX;

/// The families of a text.
#[derive(Debug, Clone, Default)]
pub struct Kin {
    /// Of every line its families, the one that shares its bits first.
    pub of: Vec<[u32; 4]>,
    /// The grain of each family.
    pub grains: Vec<u8>,
    /// Where the members of each family begin in `members`.
    starts: Vec<u32>,
    /// Lines, family by family.
    members: Vec<u32>,
}

impl Kin {
    /// The families of the candidates.
    pub fn new(sights: &Sights<'_>) -> Self {
        let mut kin = Kin { of: vec![[NONE; 4]; sights.lines.len()], ..Kin::default() };
        let mut ids: FxHashMap<(u64, u64), u32> = FxHashMap::default();
        let mut counts: Vec<u32> = vec![];
        for (i, line) in sights.lines.iter().enumerate().filter(|(_, line)| line.candidate) {
            let plain = is_plain(line.class);
            let grains: &[usize] = if plain { &OF_PLAIN } else { &OF_PATTERN };
            let place = side(line.indent, sights.body) as u64;
            let (before, after) = (line.before as u64, line.after as u64);
            let open = u64::from(line.end == 0);
            for (slot, &grain) in grains.iter().enumerate() {
                let (a, b) = match grain {
                    KEY => (line.key, u64::from(sights.is_near(i))),
                    KEY_PLACE => (line.key, place << 2 | before.min(2)),
                    LAYOUT => (0, place << 5 | before.min(2) << 3 | after.min(2) << 1 | open),
                    INDENT => (
                        line.indent.min(255) as u64,
                        before.min(3) << 4 | after.min(3) << 2 | open << 1 | u64::from(plain),
                    ),
                    TAIL => (u64::from(u32::from(tail(line.text))), place << 2 | before.min(2)),
                    _ => {
                        let mut chars = line.text.chars().map(|c| u64::from(u32::from(c)));
                        let (first, second) = (chars.next().unwrap_or(0), chars.next().unwrap_or(0));
                        (first << 21 | second, place)
                    }
                };
                let next = counts.len() as u32;
                let id = *ids.entry((a, (grain as u64) << 32 | b)).or_insert(next);
                if id == next {
                    counts.push(0);
                    kin.grains.push(grain as u8);
                }
                counts[id as usize] += 1;
                kin.of[i][slot] = id;
            }
        }
        let mut sum = 0;
        kin.starts = counts
            .iter()
            .map(|&count| {
                sum += count;
                sum - count
            })
            .chain([counts.iter().sum()])
            .collect();
        kin.members = vec![0; sum as usize];
        let mut next = kin.starts.clone();
        for (i, families) in kin.of.iter().enumerate() {
            for &id in families.iter().filter(|&&id| id != NONE) {
                let at = &mut next[id as usize];
                kin.members[*at as usize] = i as u32;
                *at += 1;
            }
        }
        kin
    }

    /// How many families there are.
    pub fn len(&self) -> usize {
        self.grains.len()
    }

    /// The lines of a family.
    pub fn members(&self, id: u32) -> &[u32] {
        let id = id as usize;
        &self.members[self.starts[id] as usize..self.starts[id + 1] as usize]
    }
}

/// Whether lines of a class have no pattern that makes them alike.
pub fn is_plain(class: usize) -> bool {
    class == Class::Plain.index() || class == Class::Name.index()
}

/// What is measured of a family, kept from one to the next.
#[derive(Default)]
pub struct Measures {
    layouts: Vec<u32>,
    counts: Vec<u32>,
    seen: Vec<u32>,
    round: u32,
    bodies: Vec<usize>,
    gaps: Vec<usize>,
    sizes: Vec<usize>,
    words: Vec<u64>,
}

impl Measures {
    /// For these lines.
    pub fn new(sights: &Sights<'_>) -> Self {
        let mut ids: FxHashMap<(usize, usize, usize), u32> = FxHashMap::default();
        let mut counts = vec![];
        let layouts = sights.lines.iter().map(|line| {
            let next = counts.len() as u32;
            let id = *ids.entry((line.before.min(3), line.after.min(3), line.indent)).or_insert(next);
            if id == next {
                counts.push(0);
            }
            counts[id as usize] += 1;
            id
        });
        let layouts = layouts.collect();
        let seen = vec![0; counts.len()];
        Measures { layouts, counts, seen, ..Measures::default() }
    }

    /// Hands the facts of a family to `add`.
    pub fn facts(&mut self, sights: &Sights<'_>, kin: &Kin, id: u32, add: &mut impl FnMut(Fact)) {
        let members = kin.members(id);
        let grain = usize::from(kin.grains[id as usize]);
        let (k, n) = (members.len(), sights.lines.len());
        let share = |count: usize| count as f32 / k as f32;
        let line = |&i: &u32| &sights.lines[i as usize];
        self.bodies.clear();
        self.gaps.clear();
        let ends = members.iter().skip(1).map(|&i| i as usize).chain([n]);
        for (&start, end) in members.iter().zip(ends) {
            self.bodies.push(sights.total[end] - sights.total[start as usize + 1]);
            self.gaps.push(end - start as usize - 1);
        }
        let empty = share(self.bodies.iter().filter(|&&body| body < 12).count());
        let runs = share(self.gaps[..k - 1].iter().filter(|&&gap| gap == 0).count());
        self.bodies.sort_unstable();
        self.gaps.sort_unstable();
        self.sizes.clear();
        self.sizes.extend(members.iter().map(|i| line(i).size));
        self.sizes.sort_unstable();
        let median = self.bodies[k / 2];
        let lines = self.gaps[k / 2];
        let ratio = median as f32 / self.sizes[k / 2].max(1) as f32;
        let spread = self.bodies[9 * k / 10] as f32 / self.bodies[k / 10].max(1) as f32;
        self.words.clear();
        self.words.extend(members.iter().map(|i| line(i).words));
        self.words.sort_unstable();
        self.words.dedup();
        let doubled = 1.0 - share(self.words.len());
        self.round += 1;
        let mut alike = 0;
        for &i in members {
            let layout = self.layouts[i as usize] as usize;
            if self.seen[layout] != self.round {
                self.seen[layout] = self.round;
                alike += self.counts[layout] as usize;
            }
        }
        let pure = k as f32 / alike.max(1) as f32;
        let (mut titled, mut opened, mut sentences) = (0, 0, 0);
        let (mut as_titles, mut as_text, mut above_text, mut as_heads, mut questions) = (0, 0, 0, 0, 0);
        for (&i, line) in members.iter().zip(members.iter().map(line)) {
            let rest = line.text.get(line.shape.rest.0..line.shape.rest.1).unwrap_or_default();
            let open = matches!(line.end, 0 | 4);
            opened += usize::from(open);
            titled += usize::from(open && !rest.is_empty() && !rest.contains(['，', '。', '；', '：', ',', ';']));
            sentences += usize::from(line.end == 1 || line.text.contains(['，', '。']));
            as_titles += usize::from(line.form == Some(Form::Title));
            as_text += usize::from(matches!(line.form, Some(Form::Prose | Form::Foreign)));
            questions += usize::from(sights.is_question(i as usize));
            as_heads += usize::from(is_told_head(line));
            above_text += usize::from(
                sights
                    .lines
                    .get(i as usize + 1)
                    .is_some_and(|next| matches!(next.form, Some(Form::Prose | Form::Foreign))),
            );
        }
        let plain = sights.lines[members[0] as usize].shape.kind == 0;
        let (order, start) = order(sights, members, grain >= LAYOUT && plain);
        let count = step(k, [2, 3, 5, 10, 30, 100]);
        let median = step(median, [5, 15, 30, 60, 150, 400, 1000, 4000]);
        let lines = step(lines, [1, 2, 3, 5, 9, 20]);
        let ratio = step(ratio, [0.5, 1.0, 2.0, 4.0, 8.0, 20.0]);
        let empty = step(empty, [0.01, 0.1, 0.3, 0.6, 0.9]);
        let pure = step(pure, [0.05, 0.15, 0.35, 0.6, 0.9]);
        let sentences = step(share(sentences), [0.01, 0.1, 0.4]);
        let titled = step(share(titled), [0.05, 0.3, 0.6, 0.9, 0.98]);
        let cover = (members[k - 1] - members[0]) as f32 / n as f32;
        let quarters = |count: usize| step(share(count), [0.05, 0.3, 0.7, 0.95]);
        for (group, steps) in [
            (Group::Count, count),
            (Group::Median, median),
            (Group::Lines, lines),
            (Group::Ratio, ratio),
            (Group::Empty, empty),
            (Group::Runs, step(runs, [0.01, 0.1, 0.3, 0.6])),
            (Group::Cover, step(cover, [0.01, 0.1, 0.4, 0.8])),
            (Group::Dense, step(k as f32 / n as f32, [0.005, 0.02, 0.06, 0.15, 0.3])),
            (Group::Pure, pure),
            (Group::Doubled, step(doubled, [0.01, 0.1, 0.3, 0.6])),
            (Group::Spread, step(spread, [3.0, 10.0, 40.0])),
            (Group::Opened, step(share(opened), [0.5, 0.9, 0.99])),
            (Group::Sentences, sentences),
            (Group::Titled, titled),
            (Group::AsTitles, quarters(as_titles)),
            (Group::AsText, quarters(as_text)),
            (Group::AboveText, quarters(above_text)),
            (Group::Questions, quarters(questions)),
            (Group::AsHeads, quarters(as_heads)),
        ] {
            (1..=steps).for_each(|step| add(group.of([grain, step])));
        }
        let class = sights.lines[members[0] as usize].class;
        let few = count.min(4);
        if grain <= LAYOUT && class != Class::Plain.index() {
            add(Group::Order.of([grain, order, few]));
            add(Group::Start.of([grain, start, usize::from(k >= 3)]));
            add(Group::ClassOrder.of([grain, class, order, usize::from(k >= 5)]));
            add(Group::ClassEmpty.of([grain, class, empty]));
            add(Group::ClassMedian.of([grain, class, median / 2]));
            add(Group::ClassCount.of([grain, class, count / 2]));
            add(Group::OrderEmpty.of([grain, order, empty]));
        }
        add(Group::CountMedian.of([grain, few, median]));
        add(Group::PureCount.of([grain, pure, few]));
        add(Group::PureEmpty.of([grain, pure, empty, usize::from(k >= 3)]));
        add(Group::PureSentences.of([grain, pure, sentences]));
        add(Group::LinesRatio.of([grain, lines, ratio]));
        add(Group::TitledRatio.of([grain, titled, ratio]));
    }
}

/// How the numbers of a family go on, and where they begin.
fn order(sights: &Sights<'_>, members: &[u32], none: bool) -> (usize, usize) {
    let named = |name: &str| ORDERS.iter().position(|order| *order == name).unwrap_or(0);
    let mut values = members.iter().filter_map(|&i| sights.lines[i as usize].shape.value);
    let Some(first) = values.next() else { return (named("none"), 0) };
    let start = if first <= 1 { 1 } else { 2 };
    let (mut steps, mut on, mut anew, mut last) = (0u32, 0u32, 0u32, first);
    for value in values {
        steps += 1;
        on += u32::from(value == last.saturating_add(1));
        anew += u32::from(value == 1 && last > 1);
        last = value;
    }
    let follows = (on + anew) as f32;
    let order = match steps as f32 {
        _ if none => "none",
        0.0 => "one",
        steps if follows >= 0.97 * steps && anew <= on => "all",
        steps if follows >= 0.7 * steps && anew <= on => "most",
        steps if on as f32 >= 0.3 * steps => "some",
        _ => "no",
    };
    (named(order), start)
}
