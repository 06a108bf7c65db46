//! What a pass over the text sees and gives.

use super::census::Census;
use super::draft::{self, Change};
use super::evidence::Evidence;
use super::forms::Concerns;
use super::markdown;
use super::rule::{Action, Rule, RuleId};
use super::selection::Rules;
use super::target::targets;
use super::{Encodings, Syntax};
use crate::error::Cause;
use crate::note::{At, Note};
use crate::span::Span;
use rustc_hash::{FxHashSet, FxHasher};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::ops::Range;

/// One step of a round: a concern of rules that look at the text together.
pub(crate) struct Stage {
    /// Its rules; none where another stage has them.
    pub rules: &'static [Rule],
    /// Whether any of its rules can fire, given the characters that occur.
    pub fires: fn(&Census) -> bool,
    /// Whether it asks for the file's evidence.
    pub weighs: bool,
    /// Whether its rules touch front matter too: those that put right how the file was read, line ends, controls, misread encodings.
    pub everywhere: bool,
    /// Looks through the text.
    pub run: fn(&mut Pass<'_>),
}

/// A look through the text: what is known about it, and what is found.
pub(crate) struct Pass<'a> {
    /// The present text.
    pub text: &'a str,
    /// Its syntax.
    pub syntax: Syntax,
    /// The user's choice of rules.
    pub rules: &'a Rules,
    /// What the file as a whole tells; the default before the first stage that weighs it.
    pub evidence: Evidence,
    /// The characters of the text.
    pub census: &'a Census,
    /// Encodings, for mojibake.
    pub encodings: Option<&'a dyn Encodings>,
    /// The most changes that may be held, where a run of like ones is one.
    pub most: usize,
    /// Where lines end that the next line continues: the places of line ends.
    pub joins: &'a [usize],
    memory: &'a mut Memory,
    verbatim: Vec<Range<usize>>,
    /// Where links lead.
    targets: Vec<Range<usize>>,
    allowed: Places<'a>,
    /// Length of the front matter at the beginning, which no rule may touch; 0 for stages that may.
    pub untouched: usize,
    changes: Vec<Change>,
    /// How many changes were proposed, each of a run for itself.
    proposed: usize,
    /// How many the form of their line forbade.
    pub withheld: usize,
    /// Whether more were found than may be held.
    overflows: bool,
}

/// What is known of a text before a stage looks at it.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// What the text as a whole tells.
    pub evidence: Evidence,
    /// Its characters.
    pub census: &'a Census,
    /// What may be changed where.
    pub allowed: Places<'a>,
    /// The line ends that the next line continues.
    pub joins: &'a [usize],
}

/// Where which concerns of rules may change a text: each from its place to the next.
#[derive(Clone, Copy)]
pub(crate) struct Places<'a> {
    pub starts: &'a [usize],
    pub concerns: &'a [Concerns],
}

impl Places<'_> {
    /// The concerns that may change what begins at byte `at`.
    fn at(&self, at: usize) -> Concerns {
        let behind = self.starts.partition_point(|&start| start <= at);
        behind.checked_sub(1).and_then(|index| self.concerns.get(index)).copied().unwrap_or(Concerns::ALL)
    }

    /// The ranges of a text of `length` bytes in which none of `concerns` may change anything.
    fn without(&self, concerns: Concerns, length: usize) -> Vec<Range<usize>> {
        let ends = self.starts.iter().skip(1).chain([&length]);
        let ranges = self.starts.iter().zip(ends).zip(self.concerns);
        ranges.filter(|(_, allowed)| allowed.and(concerns).is_empty()).map(|((&start, &end), _)| start..end).collect()
    }
}

impl Stage {
    /// The concerns of its rules.
    pub fn concerns(&self) -> Concerns {
        self.rules.iter().map(|rule| rule.concern).collect()
    }
}

/// The parts of `text`, sorted, that rules of `concerns` do not look at: front matter, the code of Markdown, lines of a form that allows
/// none of them.
pub(crate) fn verbatim(text: &str, syntax: Syntax, allowed: Places<'_>, concerns: Concerns) -> Vec<Range<usize>> {
    match syntax {
        Syntax::Markdown => markdown::verbatim(text),
        Syntax::Plain => {
            let front = markdown::front_matter(text, syntax);
            let mut verbatim = allowed.without(concerns, text.len());
            if front > 0 {
                verbatim.retain(|range| range.start >= front);
                verbatim.insert(0, 0..front);
            }
            verbatim
        }
    }
}

/// What a stage keeps of a look through the text.
#[derive(Default)]
pub(crate) struct Memory {
    /// What it noted.
    pub notes: Notes,
    /// The lines in which it found nothing, by a hash of what they say: judged by the same evidence, they need not be opened again.
    pub settled: FxHashSet<u64>,
}

impl<'a> Pass<'a> {
    /// A look through `text`.
    pub fn new(
        text: &'a str,
        syntax: Syntax,
        rules: &'a Rules,
        known: Known<'a>,
        stage: &Stage,
        encodings: Option<&'a dyn Encodings>,
        memory: &'a mut Memory,
    ) -> Self {
        let Known { evidence, census, allowed, joins } = known;
        let verbatim = if stage.everywhere { vec![] } else { verbatim(text, syntax, allowed, stage.concerns()) };
        let targets = if stage.everywhere { vec![] } else { targets(text, census) };
        let untouched = if stage.everywhere { 0 } else { markdown::front_matter(text, syntax) };
        Pass {
            text,
            syntax,
            rules,
            evidence,
            census,
            encodings,
            most: usize::MAX,
            joins,
            memory,
            verbatim,
            targets,
            allowed,
            untouched,
            changes: Vec::new(),
            proposed: 0,
            withheld: 0,
            overflows: false,
        }
    }

    /// Proposes that `range` of the text become `with`; reported or dropped when the user wants that of the rule.
    pub fn change(&mut self, rule: &'static Rule, range: Range<usize>, with: impl Into<Cow<'static, str>>) {
        if range.start < self.untouched || self.leads(range.start) {
            return;
        }
        if !self.allowed.at(range.start).has(rule.concern) {
            self.proposed += 1;
            self.withheld += usize::from(self.rules.action(rule) == Action::Fix);
            return;
        }
        let with = with.into();
        match self.rules.action(rule) {
            Action::Off => {}
            Action::Fix => self.propose(Change { start: range.start, end: range.end, with, count: 1, rule }),
            Action::Report => {
                let before = self.text.get(range.clone()).unwrap_or_default();
                let detail = Cause::text(format!("{before} → {with}"));
                self.memory.notes.add(rule, range, detail);
            }
        }
    }

    /// Whether what stands at byte `at` is part of where a link leads.
    fn leads(&self, at: usize) -> bool {
        let behind = self.targets.partition_point(|target| target.start <= at);
        behind.checked_sub(1).and_then(|index| self.targets.get(index)).is_some_and(|target| at < target.end)
    }

    /// Proposes a change that a switch asks for, whether or not its rule is on.
    pub fn force(&mut self, rule: &'static Rule, range: Range<usize>, with: &'static str) {
        let free = range.start >= self.untouched && !self.leads(range.start);
        if free && self.allowed.at(range.start).has(rule.concern) {
            self.propose(Change { start: range.start, end: range.end, with: Cow::Borrowed(with), count: 1, rule });
        }
    }

    fn propose(&mut self, change: Change) {
        self.proposed += 1;
        if self.text.get(change.start..change.end).is_none_or(|replaced| replaced == change.with) {
            return;
        }
        draft::push(&mut self.changes, change);
        if self.changes.len() > self.most {
            self.changes.pop();
            self.overflows = true;
        }
    }

    /// Reports something that is left alone.
    pub fn report(&mut self, rule: &'static Rule, range: Range<usize>, detail: Cause) {
        if range.start >= self.untouched && self.rules.action(rule) != Action::Off {
            self.memory.notes.add(rule, range, detail);
        }
    }

    /// How much has been found so far: changes and notes.
    pub fn found(&self) -> usize {
        self.proposed + self.memory.notes.kinds.iter().map(|(_, count)| count).sum::<usize>()
    }

    /// Whether nothing was found in a line that says the same.
    pub fn is_settled(&self, line: &str) -> bool {
        !self.memory.settled.is_empty() && self.memory.settled.contains(&hash(line))
    }

    /// Remembers that nothing was found in `line`, whatever stands around it.
    pub fn settle(&mut self, line: &str) {
        self.memory.settled.insert(hash(line));
    }

    /// Whether the rule is to do anything at all.
    pub fn wants(&self, rule: &'static Rule) -> bool {
        self.rules.action(rule) != Action::Off
    }

    /// The lines of the text with their offsets, without line ends and without those that are kept verbatim (front
    /// matter, code of Markdown, pictures made of characters).
    pub fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let mut verbatim = self.verbatim.clone().into_iter().peekable();
        lines(self.text).filter(move |(start, _)| {
            while verbatim.next_if(|range| range.end <= *start).is_some() {}
            verbatim.peek().is_none_or(|range| *start < range.start)
        })
    }

    /// The characters that satisfy `wanted`, with their offsets, outside what is kept verbatim.
    pub fn chars<F: Fn(char) -> bool>(&self, wanted: F) -> impl Iterator<Item = (usize, char)> + use<'a, F> {
        self.outside_verbatim(self.text.char_indices().filter(move |(_, c)| wanted(*c)))
    }

    /// The same where they all begin with one of the bytes `leads`.
    pub fn chars_led_by<F: Fn(char) -> bool>(
        &self,
        leads: &'static [bool; 256],
        wanted: F,
    ) -> impl Iterator<Item = (usize, char)> + use<'a, F> {
        let text = self.text;
        let mut next = 0;
        let found = std::iter::from_fn(move || {
            let at = next_of(text.as_bytes(), next, leads)?;
            let c = text.get(at..)?.chars().next()?;
            next = at + c.len_utf8();
            Some((at, c))
        });
        self.outside_verbatim(found.filter(move |(_, c)| wanted(*c)))
    }

    /// Those of `chars` that occur, as [`Pass::chars`] gives them; each of them is looked for by itself.
    pub fn places_of<I: Iterator<Item = char>>(&self, chars: I) -> impl Iterator<Item = (usize, char)> + use<'a, I> {
        self.outside_verbatim(places_of(self.text, self.census, chars).into_iter())
    }

    fn outside_verbatim<I: Iterator<Item = (usize, char)>>(
        &self,
        chars: I,
    ) -> impl Iterator<Item = (usize, char)> + use<I> {
        let mut verbatim = self.verbatim.clone().into_iter().peekable();
        chars.filter(move |(at, _)| {
            while verbatim.next_if(|range| range.end <= *at).is_some() {}
            verbatim.peek().is_none_or(|range| *at < range.start)
        })
    }

    /// The character that ends at byte `at`.
    pub fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// The character that begins at byte `at`.
    pub fn after(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// The changes that were proposed, unless there are more than may be held.
    pub fn finish(self) -> Option<Vec<Change>> {
        (!self.overflows).then_some(self.changes)
    }
}

/// A hash of one key, so that every run does the same.
fn hash(line: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(line.as_bytes());
    hasher.finish()
}

/// The lines of `text` with their offsets, without their LF.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = Some(0);
    let mut ends = memchr::memchr_iter(b'\n', text.as_bytes());
    std::iter::from_fn(move || {
        let at = start?;
        let end = ends.next();
        start = end.map(|end| end + 1);
        Some((at, text.get(at..end.unwrap_or(text.len()))?))
    })
}

/// Where those of `chars` that occur stand in `text`, in order.
pub(crate) fn places_of(text: &str, census: &Census, chars: impl Iterator<Item = char>) -> Vec<(usize, char)> {
    let mut places = vec![];
    for c in chars.filter(|&c| census.has(c)) {
        places.extend(memchr::memmem::find_iter(text.as_bytes(), c.encode_utf8(&mut [0; 4])).map(|at| (at, c)));
    }
    places.sort_unstable();
    places
}

/// Where in `text` the next byte of the table `leads` stands, from `at` on, where a character begins; the bytes of characters of
/// U+4000–9FFF are passed over, by far the commonest case.
pub(crate) fn next_of(text: &[u8], mut at: usize, leads: &[bool; 256]) -> Option<usize> {
    loop {
        match text.get(at..)? {
            [0xE4..=0xE9, _, _, ..] => at += 3,
            [byte, ..] if leads[usize::from(*byte)] => return Some(at),
            [_, ..] => at += 1,
            [] => return None,
        }
    }
}

/// A table of which bytes are in `set`.
pub(crate) const fn byte_set(set: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < set.len() {
        table[set[i] as usize] = true;
        i += 1;
    }
    table
}

/// The notes of a stage; of each kind the first are told singly, the others counted.
#[derive(Default)]
pub(crate) struct Notes {
    kinds: Vec<(&'static Rule, usize)>,
    list: Vec<Note>,
}

/// Notes of one kind told singly.
const MOST_NOTES: usize = 100;

impl Notes {
    fn add(&mut self, rule: &'static Rule, range: Range<usize>, detail: Cause) {
        let index = self.kinds.iter().position(|(kind, _)| kind.id == rule.id).unwrap_or_else(|| {
            self.kinds.push((rule, 0));
            self.kinds.len() - 1
        });
        let Some((_, count)) = self.kinds.get_mut(index) else { return };
        *count += 1;
        if *count <= MOST_NOTES {
            let at = At::Normal(Span::from(range));
            self.list.push(if rule.warns {
                Note::warning(rule.id, at, detail)
            } else {
                Note::info(rule.id, at, detail)
            });
        }
    }

    /// All notes of all stages in the order of the text, then how many of each kind were not told; and how many there are of each
    /// kind.
    pub fn finish(stages: impl Iterator<Item = Notes>) -> (Vec<Note>, BTreeMap<RuleId, usize>) {
        let (mut all, mut kinds) = (vec![], vec![]);
        for mut notes in stages {
            all.append(&mut notes.list);
            kinds.append(&mut notes.kinds);
        }
        all.sort_by_key(|note| match note.at {
            At::Normal(span) => span.start,
            At::File | At::Original(_) | At::Source(_) | At::Decoded(_) => 0,
        });
        let counts = kinds.iter().map(|(rule, count)| (rule.id, *count)).collect();
        let untold = kinds.into_iter().filter(|(_, count)| *count > MOST_NOTES);
        all.extend(
            untold.map(|(rule, count)| Note::info(rule.id, At::File, Cause::More { count: count - MOST_NOTES })),
        );
        (all, counts)
    }
}
