//! A text as it came beside the text as it will be, in rows of lines, with every place that the rules or a person would change.

use crate::Reading;
use crate::batch;
use crate::decide::{Decision, Decisions, FileDecisions, Verdict, context};
use crate::discover::Input;
use crate::error::Error;
use crate::normalize::{Action, BY_HAND, Edit, RULES, Rule, RuleId, Safety, is_layout};
use crate::note::Severity;
use crate::options::{Chosen, Settings};
use crate::report::Places;
use crate::span::{Lines, Place};
use crate::unicode::printable;
use crate::{Source, read};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

/// A text that is open on the desk.
#[derive(Debug)]
pub struct Opened {
    /// The file.
    pub source: Source,
    /// The text as it was decided.
    pub reading: Reading,
    /// The places, in order.
    pub marks: Vec<Mark>,
    /// What was decided.
    pub decisions: Option<Arc<Decisions>>,
    /// Tells it from the same text read otherwise, and from another: places have numbers in one version alone.
    pub version: String,
}

/// The version of a text of this digest, which is read by settings of that digest.
pub fn version(reading: &str, sha256: &str) -> String {
    format!("{reading}-{sha256}")
}

/// A place that the rules or a person would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it is in the text as it came.
    pub span: Range<usize>,
    /// What the rules would put there.
    pub after: String,
    /// What stands there, as it was decided.
    pub now: String,
    /// The rules that meet there.
    pub rules: Vec<RuleId>,
    /// The rule that only suggests it.
    pub suggested: Option<RuleId>,
    /// Whether a person should look at it.
    pub doubtful: bool,
    /// What was decided.
    pub state: State,
}

/// What was decided of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nothing, and nothing is changed unless it is accepted.
    Suggested,
    /// Nothing.
    Open,
    /// That it is right.
    Accepted,
    /// That what was there stays.
    Rejected,
    /// That something else stands there.
    Replaced,
}

/// Some lines of the text.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The first of them.
    pub line: usize,
    /// The last of them.
    pub last: usize,
    /// What is in them: text that stays as it is, and the numbers of places.
    pub parts: Vec<Part>,
}

/// A part of a row.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Part {
    /// Text that is the same in both.
    Same(String),
    /// A place, by its number.
    Mark(usize),
}

/// Places of one form.
#[derive(Debug, Serialize)]
pub struct Form {
    /// The first of them.
    pub first: usize,
    /// How many there are, and in how many of them nothing was decided.
    pub count: usize,
    /// How many were decided: otherwise than the rules would, or of suggestions at all.
    pub changed: usize,
    /// Whether it is only suggested.
    pub suggested: bool,
    /// Whether a person should look at them.
    pub doubtful: bool,
}

/// Most forms that are listed.
const FORMS: usize = 200;
/// Longest text that is shown of a place, in bytes; of what stays as it is more.
const LONGEST: usize = 400;
/// Most places that are given at once: a line may have very many.
const PLACES: usize = 2000;

impl Opened {
    /// Reads `input`.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(input: &Input, chosen: &Chosen, max_size: u64) -> Result<Self, Error> {
        let settings = &chosen.settings;
        let source = batch::load(input, max_size)?;
        let reading = read(&source, settings)?;
        let decisions = settings.decisions.clone();
        let suggesting = suggesting(&reading, settings);
        let undecided = Settings { decisions: decisions.as_deref().map(without_edits), ..settings.clone() };
        let about_edits = decisions.as_deref().is_some_and(|decisions| decisions.edits().next().is_some());
        // What the rules alone would do, and what they would do with those that only suggest.
        let alone = if about_edits { Some(read(&source, &undecided)?.normalized.edits) } else { None };
        let alone = alone.as_deref().unwrap_or(&reading.normalized.edits);
        let proposed = if suggesting.is_empty() {
            None
        } else {
            let mut asked = undecided.clone();
            for rule in &suggesting {
                // They are rules.
                let _ = asked.rules.choose(&format!("+{rule}"));
            }
            Some(read(&source, &asked)?.normalized.edits)
        };
        let readings = Readings {
            actual: &reading,
            alone,
            proposed: proposed.as_deref().unwrap_or(alone),
            suggesting,
            warned: warned(&source, &reading),
        };
        let marks = readings.marks(decisions.as_deref());
        let version = version(chosen.reading(), &source.sha256);
        Ok(Opened { source, reading, marks, decisions, version })
    }

    /// At least `count` lines from line `from` on, as far as there are, and as they have no more than so many places.
    pub fn rows(&self, from: usize, count: usize) -> Vec<Row> {
        let text = &self.reading.decoded.text;
        let lines = Lines::new(text);
        let mut rows = vec![];
        let mut given = 0;
        let mut line = from.max(1);
        let mut next = lines
            .line(line)
            .map_or(self.marks.len(), |range| self.marks.partition_point(|mark| mark.span.start < range.start));
        // A place that began in an earlier line is shown there.
        while let Some(range) =
            lines.line(line).filter(|range| !range.is_empty() && line < from.max(1) + count && given < PLACES)
        {
            let (mut end, mut last) = (range.end, line);
            let mut parts = vec![];
            let mut done = range.start;
            while let Some(mark) = self.marks.get(next).filter(|mark| {
                mark.span.start < end || mark.span.is_empty() && mark.span.start == text.len() && end == text.len()
            }) {
                if mark.span.start >= done && given < PLACES {
                    self.same(done..mark.span.start, &mut parts);
                    parts.push(Part::Mark(next));
                    (done, given) = (mark.span.end, given + 1);
                }
                next += 1;
                // A place that takes in the end of a line takes in the next.
                while done > end
                    || done == end && !mark.span.is_empty() && text[..end].ends_with('\n') && mark.span.end == end
                {
                    let Some(more) = lines.line(last + 1) else { break };
                    (end, last) = (more.end, last + 1);
                }
            }
            self.same(done..end, &mut parts);
            rows.push(Row { line, last, parts });
            line = last + 1;
        }
        rows
    }

    /// Adds the text at `range`, which stays as it is but for its layout.
    fn same(&self, range: Range<usize>, parts: &mut Vec<Part>) {
        let text = within(&self.reading.decoded.text, range, &self.reading.normalized.edits);
        if !text.is_empty() {
            parts.push(Part::Same(shown(&text)));
        }
    }

    /// The forms of the places, those that a person should look at first, then by how many there are.
    pub fn forms(&self) -> Vec<Form> {
        let mut forms: BTreeMap<(&str, &str, &[RuleId]), Form> = BTreeMap::new();
        for (at, mark) in self.marks.iter().enumerate() {
            let before = &self.reading.decoded.text[mark.span.clone()];
            let form = forms.entry((before, &mark.after, &mark.rules)).or_insert(Form {
                first: at,
                count: 0,
                changed: 0,
                suggested: mark.suggested.is_some(),
                doubtful: false,
            });
            form.count += 1;
            form.changed += usize::from(mark.is_decided());
            form.doubtful |= mark.doubtful;
        }
        let mut forms: Vec<Form> = forms.into_values().collect();
        forms.sort_by_key(|form| (!form.doubtful, std::cmp::Reverse(form.count), form.first));
        forms.truncate(FORMS);
        forms
    }

    /// A decision about place `at`, about all of its form, or about what `rule` does.
    pub fn decision(&self, at: usize, what: What, verdict: Verdict, after: Option<String>) -> Option<Decision> {
        let mark = self.marks.get(at)?;
        let text = &self.reading.decoded.text;
        let before = text.get(mark.span.clone())?.to_owned();
        let empty = Decision { after, ..Decision::of_all(verdict) };
        let named = mark.suggested.or_else(|| mark.rules.iter().find(|rule| **rule != BY_HAND).copied());
        let rule = named.map(str::to_owned);
        Some(match what {
            What::Place => {
                let place = Lines::new(text).place(mark.span.start);
                let context = Some(context(text, mark.span.clone()).to_owned());
                // A rule that is off makes no edit that could be accepted, unless it is named.
                let rule = mark.suggested.map(str::to_owned);
                let place = Decision { rule, line: Some(place.line), column: Some(place.column), context, ..empty };
                match verdict {
                    // Of what a person has changed no rule knows anything: what was there is put there again.
                    Verdict::Reject if self.is_by_hand(at) => Decision {
                        rule: None,
                        decision: Verdict::Replace,
                        after: Some(before.clone()),
                        before: Some(before),
                        ..place
                    },
                    Verdict::Replace => Decision { rule: None, before: Some(before), ..place },
                    Verdict::Accept | Verdict::Reject => Decision { before: Some(before), ..place },
                }
            }
            What::Form => Decision { rule, before: Some(before), ..empty },
            What::Rule => Decision { rule: Some(rule?), ..empty },
        })
    }
}

impl Opened {
    /// Whether a person has changed something at place `at`.
    pub fn is_by_hand(&self, at: usize) -> bool {
        self.marks.get(at).is_some_and(|mark| mark.rules.contains(&BY_HAND))
    }

    /// Tells of decisions whether they are about something in place `at`.
    pub fn within(&self, at: usize) -> impl Fn(&Decision) -> bool {
        let lines = Lines::new(&self.reading.decoded.text);
        let place = self.marks.get(at).map(|mark| (lines.place(mark.span.start), lines.place(mark.span.end)));
        move |decision| {
            let named = decision.line.zip(decision.column).map(|(line, column)| Place { line, column });
            let within = |((start, end), named)| named == start || start < named && named < end;
            place.zip(named).is_some_and(within)
        }
    }
}

/// How much is decided at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A place.
    Place,
    /// All places of its form.
    Form,
    /// All that its rule does.
    Rule,
}

impl Mark {
    /// Whether something was decided of it that is not what would be done anyway.
    pub fn is_decided(&self) -> bool {
        self.state > State::Accepted || self.suggested.is_some() && self.state == State::Accepted
    }
}

/// The rules that only suggest something in the text of `reading`, or were asked for in single places of it.
fn suggesting(reading: &Reading, settings: &Settings) -> Vec<RuleId> {
    let decisions = settings.decisions.as_deref();
    let of_file = decisions.map(|decisions| without_edits(decisions).rules(&settings.rules).0);
    let rules = of_file.as_ref().unwrap_or(&settings.rules);
    let named: HashSet<&str> =
        decisions.into_iter().flat_map(Decisions::edits).filter_map(|edit| edit.rule.as_deref()).collect();
    let suggests = |rule: &&Rule| {
        let occurs = || reading.normalized.noted.contains_key(rule.id) || named.contains(rule.id);
        rule.cures() && rules.action(rule) != Action::Fix && occurs()
    };
    RULES.iter().filter(suggests).map(|rule| rule.id).collect()
}

/// The lines of the text of `reading`, which was read from `source`, in which a person should look at something.
fn warned(source: &Source, reading: &Reading) -> HashSet<usize> {
    let lines = Lines::new(&reading.decoded.text);
    let places = Places::new(&source.bytes, &reading.decoded, &reading.normalized);
    let notes = reading.decoded.notes.iter().chain(&reading.normalized.notes).chain(&reading.notes);
    let warnings = notes.filter(|note| note.severity == Severity::Warning);
    warnings.filter_map(|note| Some(lines.place(places.offset(note.at)?).line)).collect()
}

/// `decisions` without those about edits.
fn without_edits(decisions: &Decisions) -> Arc<Decisions> {
    let file = FileDecisions { edits: vec![], ..decisions.file.clone() };
    Arc::new(Decisions { file, shared: vec![] })
}

/// A text as it was decided, and the edits that would be made of it else.
struct Readings<'r> {
    actual: &'r Reading,
    /// Those of the rules alone.
    alone: &'r [Edit],
    /// Those of the rules and of what is only suggested.
    proposed: &'r [Edit],
    /// The rules that only suggest.
    suggesting: Vec<RuleId>,
    /// The lines in which a person should look at something.
    warned: HashSet<usize>,
}

impl Readings<'_> {
    /// The places where something would be changed, and those that a person has changed.
    fn marks(&self, decisions: Option<&Decisions>) -> Vec<Mark> {
        let text = &self.actual.decoded.text;
        let actual = &self.actual.normalized.edits;
        let by_hand = actual.iter().filter(|edit| edit.rule == BY_HAND);
        let mut all: Vec<&Edit> = self.proposed.iter().filter(|edit| !edit.is_layout()).chain(by_hand).collect();
        all.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let decided = Decided::of(decisions);
        let lines = Lines::new(text);
        let mut marks: Vec<Mark> = vec![];
        for edit in all {
            let span = edit.span.range();
            let suggested = edit.rules().find(|rule| self.suggesting.contains(rule));
            match marks.last_mut() {
                // Changes without a gap are one place, as they are told everywhere; but what is only suggested is accepted for itself.
                Some(last)
                    if span.start < last.span.end || span.start == last.span.end && suggested == last.suggested =>
                {
                    last.span.end = last.span.end.max(span.end);
                    last.suggested = last.suggested.or(suggested);
                }
                _ => marks.push(Mark {
                    span,
                    after: String::new(),
                    now: String::new(),
                    rules: vec![],
                    suggested,
                    doubtful: false,
                    state: State::Open,
                }),
            }
            if let Some(mark) = marks.last_mut() {
                for rule in edit.rules().filter(|rule| !is_layout(rule)) {
                    if !mark.rules.contains(&rule) {
                        mark.rules.push(rule);
                    }
                }
                mark.doubtful |= edit.safety == Safety::Suggest;
            }
        }
        for mark in &mut marks {
            mark.doubtful |= !self.warned.is_empty() && self.warned.contains(&lines.place(mark.span.start).line);
            let stands = |edits: &[Edit]| within(text, mark.span.clone(), edits);
            (mark.after, mark.now) = (stands(self.proposed), stands(actual));
            let before = &text[mark.span.clone()];
            let holds = |verdict: Verdict| decided.holds(verdict, &lines, mark, before);
            mark.state = match () {
                () if mark.now == mark.after && mark.rules != [BY_HAND] => {
                    match mark.suggested.is_some() || holds(Verdict::Accept) {
                        true => State::Accepted,
                        false => State::Open,
                    }
                }
                () if mark.suggested.is_some() && mark.now == stands(self.alone) && !holds(Verdict::Reject) => {
                    State::Suggested
                }
                () if mark.now == before => State::Rejected,
                () => State::Replaced,
            };
        }
        marks
    }
}

/// What was accepted or rejected, by what names it.
#[derive(Default)]
struct Decided<'d> {
    places: HashMap<(usize, usize), Verdict>,
    forms: HashMap<&'d str, Verdict>,
    rules: HashMap<&'d str, Verdict>,
}

impl<'d> Decided<'d> {
    fn of(decisions: Option<&'d Decisions>) -> Self {
        let mut decided = Decided::default();
        for decision in decisions.into_iter().flat_map(Decisions::edits) {
            let verdict = decision.decision;
            match (decision.line, decision.column, &decision.before, &decision.rule) {
                (Some(line), Some(column), ..) => drop(decided.places.insert((line, column), verdict)),
                (None, _, Some(before), _) => drop(decided.forms.insert(before, verdict)),
                (None, _, None, Some(rule)) => drop(decided.rules.insert(rule, verdict)),
                (Some(_), None, ..) | (None, _, None, None) => {}
            }
        }
        decided
    }

    /// Whether `verdict` was spoken of `mark`, where `before` stood: of the place, the form, or what is only suggested by a rule.
    fn holds(&self, verdict: Verdict, lines: &Lines<'_>, mark: &Mark, before: &str) -> bool {
        let of_place = || {
            let place = lines.place(mark.span.start);
            self.places.get(&(place.line, place.column))
        };
        let of_place = if self.places.is_empty() { None } else { of_place() };
        let of_rule = || mark.suggested.and_then(|rule| self.rules.get(rule));
        of_place.or_else(|| self.forms.get(before)).or_else(of_rule) == Some(&verdict)
    }
}

/// What stands at `range` of `text` when those of `edits` are made that lie in it.
fn within(text: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let first = edits.partition_point(|edit| edit.span.start < range.start);
    // A run of changes may begin before.
    let first = first - usize::from(first > 0 && edits[first - 1].span.end > range.start);
    let mut out = String::new();
    let mut done = range.start;
    for edit in edits[first..].iter().take_while(|edit| edit.span.start <= range.end).cloned().flat_map(Edit::pieces) {
        let span = edit.span.range();
        // What is only put in at the end of a range belongs to what follows, unless that is all there is.
        let inside = span.start >= done
            && span.end <= range.end
            && (!span.is_empty() || span.start < range.end || range.is_empty());
        if inside {
            out.push_str(&text[done..span.start]);
            out.push_str(&edit.replacement);
            done = span.end;
        }
    }
    out.push_str(&text[done..range.end.max(done)]);
    out
}

/// Text that is safe to be seen: what cannot be seen, or would steer the page, is written out, and of very much only the beginning is shown.
pub fn shown(text: &str) -> String {
    let cut = text.floor_char_boundary(LONGEST);
    let (text, more) = if text.len() > 64 * LONGEST { (&text[..cut], " […]") } else { (text, "") };
    let pieces = text.split_inclusive(['\n', '\t']).map(|piece| {
        let end = piece.trim_end_matches(['\n', '\t', '\r']).len();
        format!("{}{}", printable(&piece[..end]), piece[end..].replace('\r', ""))
    });
    pieces.collect::<String>() + more
}
