//! Restoring the text: every change is an edit with a rule, a place and a grade of safety.
//!
//! [`RULES`] lists the rules in the order in which they run. A round of all passes is repeated until nothing changes, so that
//! restoring a restored text changes nothing: a rule may rely on what a later one does, without an order that suits all.

mod account;
mod census;
mod draft;
mod evidence;
mod forms;
mod house;
mod line;
mod markdown;
mod pass;
mod proof;
mod protect;
mod rule;
mod rules;
mod selection;
mod target;

pub use account::{BY_HAND, Told, does, is_layout};
pub use evidence::{Damage, Evidence};
pub use house::{SWITCHES, Switch};
pub use rule::{Action, Concern, Rule, RuleId, Safety};
pub use rules::{LINE_ENDS, RULES};
pub use selection::Rules;

use crate::note::{At, Note};
use crate::span::{Decoded, Normal, Span};
use crate::survey::{Region, survey};
use draft::Draft;
use forms::{Allowed, Concerns};
use pass::{Known, Memory, Notes, Pass, Places};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One change to the decoded text, or a run of changes that follow each other without a gap and are alike: of the same rules, each taking
/// as many bytes as the others and giving as many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What it replaces, in the decoded text.
    pub span: Span<Decoded>,
    /// What stands there afterwards.
    pub replacement: Cow<'static, str>,
    /// How many changes it is, at least one.
    pub count: usize,
    /// The rule that made it; where several met, the last.
    pub rule: RuleId,
    /// The rules that had touched the place of each of its changes before, in order, with how many changes of theirs.
    pub earlier: Vec<(RuleId, usize)>,
    /// How sure it is; where several rules met, the least sure.
    pub safety: Safety,
}

impl Edit {
    /// The rules that met here, in order.
    pub fn rules(&self) -> impl Iterator<Item = RuleId> {
        self.earlier.iter().map(|(rule, _)| *rule).chain([self.rule])
    }

    /// How many bytes each of its changes takes, and how many it gives.
    pub(crate) fn lengths(&self) -> (usize, usize) {
        (self.span.len() / self.count, self.replacement.len() / self.count)
    }
}

/// The kind of file, which decides what may be touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// Plain text.
    Plain,
    /// Markdown: its syntax is protected.
    Markdown,
}

/// What the rules must know of encodings, to undo readings in a wrong one. The caller supplies it, because encodings are the
/// business of decoding.
pub trait Encodings {
    /// The bytes of `text` in the encoding `label` (`windows-1252`, `gb18030`, `big5`); `None` when a character has none.
    fn encode(&self, text: &str, label: &str) -> Option<Vec<u8>>;
    /// `bytes` read in the encoding `label`; `None` when one of them is malformed.
    fn decode(&self, bytes: &[u8], label: &str) -> Option<String>;
    /// Information content of `c` in Chinese text, in bits: common characters cost little.
    fn bits(&self, c: char) -> f32;
}

/// The restored text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Normalized {
    /// The text: LF line ends.
    pub text: String,
    /// The edits that lead to it from the decoded text: sorted, none overlapping.
    pub edits: Vec<Edit>,
    /// What was noticed and left alone; of very many alike only the first are told.
    pub notes: Vec<Note>,
    /// How often each rule noticed something.
    pub noted: BTreeMap<RuleId, usize>,
    /// What the file as a whole told, before anything was changed.
    pub evidence: Evidence,
    /// What each part of the text is; nothing of Markdown, which says so itself.
    pub regions: Vec<Region<Normal>>,
    /// Where each edit's replacement begins in `text`.
    starts: Vec<usize>,
}

impl Normalized {
    /// Where the replacement of edit number `index` stands in the normalized text.
    pub fn normal_span(&self, index: usize) -> Option<Span<Normal>> {
        let (edit, &start) = (self.edits.get(index)?, self.starts.get(index)?);
        Some(Span::new(start, start + edit.replacement.len()))
    }

    /// The offset in the decoded text of byte `offset` of the normalized text. Inside the replacement of a change it is the start of
    /// what was replaced. A binary search.
    pub fn decoded_offset(&self, offset: usize) -> usize {
        // Several edits may begin at one place (a deletion before a change): the last one counts.
        let after = self.starts.partition_point(|&start| start <= offset);
        let Some(index) = after.checked_sub(1) else { return offset };
        let (Some(edit), Some(&start)) = (self.edits.get(index), self.starts.get(index)) else { return offset };
        let end = start + edit.replacement.len();
        let (from, to) = edit.lengths();
        if offset < end { edit.span.start + (offset - start) / to * from } else { edit.span.end + (offset - end) }
    }

    /// The offset in the normalized text of byte `offset` of the decoded text. Inside what was replaced it is the start of the
    /// replacement. A binary search.
    pub fn normal_offset(&self, offset: usize) -> usize {
        let after = self.edits.partition_point(|edit| edit.span.start <= offset);
        let Some(index) = after.checked_sub(1) else { return offset };
        let (Some(edit), Some(&start)) = (self.edits.get(index), self.starts.get(index)) else { return offset };
        let (from, to) = edit.lengths();
        if offset < edit.span.end {
            start + (offset - edit.span.start) / from * to
        } else {
            start + edit.replacement.len() + (offset - edit.span.end)
        }
    }

    /// The range of the decoded text that a range of the normalized text came from.
    pub fn decoded_span(&self, span: Span<Normal>) -> Span<Decoded> {
        let start = self.decoded_offset(span.start);
        Span::new(start, self.decoded_offset(span.end).max(start))
    }

    /// The same with `edits` of `decoded` instead, in order, none overlapping: what was found in the text moves along with it.
    pub fn amended(self, decoded: &str, edits: Vec<Edit>) -> Self {
        let edits = draft::joined(edits);
        let (text, starts) = (replay(decoded, &edits), starts(&edits));
        let mut amended = Normalized { text, edits, starts, ..Normalized::default() };
        let moved = |span: Span<Normal>| {
            let start = amended.normal_offset(self.decoded_offset(span.start));
            Span::new(start, amended.normal_offset(self.decoded_offset(span.end)).max(start))
        };
        let regions = self.regions.iter().map(|region| region.clone().moved(moved(region.span))).collect();
        let notes = self.notes.iter().cloned().map(|note| match note.at {
            At::Normal(span) => Note { at: At::Normal(moved(span)), ..note },
            At::File | At::Source(_) | At::Original(_) | At::Decoded(_) => note,
        });
        let notes = notes.collect();
        (amended.regions, amended.notes, amended.noted, amended.evidence) = (regions, notes, self.noted, self.evidence);
        amended
    }

    /// How many changes each rule made, by rule; a place where two rules met counts for both.
    pub fn counts(&self) -> BTreeMap<RuleId, usize> {
        let mut counts = BTreeMap::new();
        for edit in &self.edits {
            for (rule, count) in edit.earlier.iter().chain([&(edit.rule, 1)]) {
                *counts.entry(*rule).or_insert(0) += count * edit.count;
            }
        }
        counts
    }
}

/// Makes `edits` in `decoded`: gives the normalized text that they belong to. Edits out of order or out of range are left out.
pub fn replay(decoded: &str, edits: &[Edit]) -> String {
    let mut text = String::with_capacity(decoded.len() + decoded.len() / 16);
    let mut done = 0;
    for edit in edits {
        if let Some(kept) = decoded.get(done..edit.span.start)
            && decoded.is_char_boundary(edit.span.end)
        {
            text.push_str(kept);
            text.push_str(&edit.replacement);
            done = edit.span.end;
        }
    }
    text.push_str(decoded.get(done..).unwrap_or_default());
    text
}

/// Rounds after which a text that still changes is taken as it is. Two are the rule, three are rare.
const MOST_ROUNDS: usize = 32;

/// Shorter texts than this, in bytes, are always surveyed again when they have changed: it takes no time, and few lines decide.
const SHORT: usize = 1 << 16;

/// Restores `text`. Without `encodings`, mojibake is neither looked for nor repaired.
pub fn normalize(text: &str, syntax: Syntax, rules: &Rules, encodings: Option<&dyn Encodings>) -> Normalized {
    // No text has so many places.
    normalize_within(usize::MAX, text, syntax, rules, encodings).unwrap_or_default()
}

/// The same, unless more than `most` edits were to be held in memory at once.
pub fn normalize_within(
    most: usize,
    text: &str,
    syntax: Syntax,
    rules: &Rules,
    encodings: Option<&dyn Encodings>,
) -> Option<Normalized> {
    let mut rounds = Rounds::new(Draft::new(text), syntax, rules, encodings, most);
    let evidence = rounds.run()?;
    rounds.settle()?;
    let regions = rounds.regions();
    let (text, edits) = rounds.draft.finish();
    let starts = starts(&edits);
    let (notes, noted) = Notes::finish(rounds.looks.into_iter().flatten().map(|look| look.memory.notes));
    Some(Normalized { text, edits, notes, noted, evidence, regions, starts })
}

/// The rounds of passes over a text.
struct Rounds<'a> {
    draft: Draft<'a>,
    syntax: Syntax,
    rules: &'a Rules,
    encodings: Option<&'a dyn Encodings>,
    /// The most edits that may be held.
    most: usize,
    /// How often the text has changed.
    version: usize,
    /// The evidence, and the version of the text that it was taken from.
    evidence: Option<(usize, Evidence)>,
    /// The evidence that the rounds judge by: what the text told before the first of them, until they come to rest. What a round has
    /// mended speaks against the rest of the damage.
    held: Option<Evidence>,
    /// The last look of each stage.
    looks: Vec<Option<Look>>,
    /// What may be changed from each of the places on that go along with the draft; `None` before the text was surveyed.
    concerns: Option<Vec<Concerns>>,
    /// What the survey found; where each begins goes along with the draft.
    regions: Vec<Region>,
    /// The version of the text that was surveyed.
    surveyed: usize,
    /// Whether that made a difference: lines were joined, or a change was withheld.
    matters: bool,
}

/// What a stage saw when it last looked at the text, and what it noted.
struct Look {
    version: usize,
    evidence: Evidence,
    memory: Memory,
}

/// The lists of places that go along with the draft.
const STARTS: usize = 0;
const JOINS: usize = 1;
const REGIONS: usize = 2;

impl<'a> Rounds<'a> {
    fn new(
        draft: Draft<'a>,
        syntax: Syntax,
        rules: &'a Rules,
        encodings: Option<&'a dyn Encodings>,
        most: usize,
    ) -> Self {
        let looks = rules::PASSES.iter().map(|_| None).collect();
        let (evidence, held, concerns) = (None, None, None);
        Rounds {
            draft,
            syntax,
            rules,
            encodings,
            most,
            version: 0,
            evidence,
            held,
            looks,
            concerns,
            regions: vec![],
            surveyed: 0,
            matters: false,
        }
    }

    /// Rounds until nothing changes, by the evidence of the text as it was and then as it has become. A text that the survey had a
    /// part in is surveyed once more, as it has become, so that restoring it again would change nothing.
    fn settle(&mut self) -> Option<()> {
        let mut before = 0;
        for _ in 1..MOST_ROUNDS {
            if self.version == before {
                let held = self.held.take();
                let fresh = self.weigh();
                let judged = held.is_none_or(|held| held.agrees(&fresh));
                let surveyed = !self.matters || self.surveyed == self.version;
                if judged && surveyed {
                    break;
                }
                if !surveyed {
                    self.concerns = None;
                    self.looks.iter_mut().for_each(|look| *look = None);
                    self.evidence = None;
                }
            }
            before = self.version;
            self.run()?;
        }
        Some(())
    }

    /// The regions where they stand by now, but for those of which nothing is left.
    fn regions(&mut self) -> Vec<Region<Normal>> {
        let text = self.draft.text();
        let starts = &self.draft.places[REGIONS];
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let spans = starts.iter().zip(ends).map(|(&start, end)| {
            let kept = text.get(start..end).unwrap_or_default();
            let begin = kept.len() - kept.trim_start_matches('\n').len();
            Span::new(start + begin, (start + kept.trim_end().len()).max(start + begin))
        });
        let regions = std::mem::take(&mut self.regions).into_iter().zip(spans);
        regions.filter(|(_, span)| !span.is_empty()).map(|(region, span)| region.moved(span)).collect()
    }

    /// Divides the text into forms.
    fn survey(&mut self) {
        self.surveyed = self.version;
        if self.syntax == Syntax::Markdown {
            self.concerns = Some(vec![]);
            return;
        }
        let text = self.draft.text();
        let (survey, short) = (survey(text), text.len() < SHORT);
        let Allowed { concerns, starts } = Allowed::of(text, &survey);
        let end = |join: &Span<_>| text.get(join.range()).and_then(|gap| gap.find('\n')).map(|at| join.start + at);
        let joins = survey.joins.iter().filter_map(end).collect();
        self.draft.places = [starts, joins, survey.regions.iter().map(|region| region.span.start).collect()];
        self.regions = survey.regions;
        // Lines whose marks nobody looks at may come to be looked at.
        let looked_at = [Concern::Marks, Concern::Characters, Concern::Quotes];
        // Of a short text every change may tell otherwise what its lines are.
        self.matters |= short;
        self.matters |= concerns.iter().any(|concerns| !looked_at.iter().all(|&concern| concerns.has(concern)));
        self.concerns = Some(concerns);
    }

    /// Runs every pass once, but for those that would see what they saw the last time; gives the evidence that the marks were
    /// judged by. `None` when there are more edits than may be held.
    fn run(&mut self) -> Option<Evidence> {
        let mut census = census::Census::of(self.draft.text());
        let mut evidence = None;
        for (index, stage) in rules::PASSES.iter().enumerate() {
            if !stage.everywhere && self.concerns.is_none() {
                self.survey();
            }
            if !(stage.fires)(&census) {
                self.looks[index] = None;
                continue;
            }
            if stage.weighs && evidence.is_none() {
                let weighed = self.weigh();
                evidence = Some(*self.held.get_or_insert(weighed));
            }
            let known = evidence.unwrap_or_default();
            let look = &mut self.looks[index];
            let same = |look: &Look| look.version == self.version && (!stage.weighs || look.evidence.agrees(&known));
            if look.as_ref().is_some_and(same) {
                continue;
            }
            let seen = look.take().filter(|look| look.evidence.agrees(&known));
            let settled = seen.map(|look| look.memory.settled).unwrap_or_default();
            let mut memory = Memory { settled, ..Memory::default() };
            let allowed =
                Places { starts: &self.draft.places[STARTS], concerns: self.concerns.as_deref().unwrap_or_default() };
            let known = Known { evidence: known, census: &census, allowed, joins: &self.draft.places[JOINS] };
            let mut pass =
                Pass::new(self.draft.text(), self.syntax, self.rules, known, stage, self.encodings, &mut memory);
            pass.most = self.most.saturating_sub(self.draft.edits().len());
            (stage.run)(&mut pass);
            let (judged_by, withheld) = (pass.evidence, pass.withheld > 0);
            let changes = pass.finish()?;
            self.matters |= withheld || changes.iter().any(|change| change.rule.concern == Concern::Joins);
            self.looks[index] = Some(Look { version: self.version, evidence: judged_by, memory });
            for change in &changes {
                census.add(&change.with);
            }
            self.version += usize::from(!changes.is_empty() && self.draft.apply(changes));
        }
        Some(evidence.unwrap_or_else(|| self.weigh()))
    }

    /// The evidence of the text as it is.
    fn weigh(&mut self) -> Evidence {
        if let Some((_, known)) = self.evidence.filter(|(version, _)| *version == self.version) {
            return known;
        }
        let marks = Concerns::of(&[Concern::Marks, Concern::Joins]);
        let text = self.draft.text();
        let mut evidence = Evidence::of(text, pass::verbatim(text, self.syntax, self.places(), marks));
        if self.syntax == Syntax::Markdown {
            // There a program stands in a block of its own; lines of tags, as editors of notes export them, belong to the text.
            evidence.code_lines = 0;
        }
        self.evidence = Some((self.version, evidence));
        evidence
    }

    fn places(&self) -> Places<'_> {
        Places { starts: &self.draft.places[STARTS], concerns: self.concerns.as_deref().unwrap_or_default() }
    }
}

/// Where each replacement begins in the normalized text.
fn starts(edits: &[Edit]) -> Vec<usize> {
    let (mut normal, mut decoded) = (0, 0);
    edits
        .iter()
        .map(|edit| {
            normal += edit.span.start - decoded;
            let start = normal;
            normal += edit.replacement.len();
            decoded = edit.span.end;
            start
        })
        .collect()
}

#[cfg(test)]
mod tests;
