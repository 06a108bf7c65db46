//! What each part of a decoded text is, before any rule of punctuation looks at it, and which lines continue each other.
//!
//! Every line has facts: of its own, of its neighbours, of the whole text. A table of weights says how many bits each fact speaks
//! for or against each form; changes of form between lines have a price; the likeliest division of the whole wins, and says
//! by how much. Running text is a form like the others. See `docs/survey.md`.

mod chain;
mod cue;
mod evidence;
mod form;
mod group;
mod line;
mod measure;
mod pair;
mod pattern;
mod sign;
mod start;
mod tie;
mod weights;
mod width;

#[cfg(test)]
mod tests;

use crate::chinese::{dispatch, marks};
use crate::span::{Decoded, Span};
use crate::unicode::{is_han, is_kana};
use chain::{Verdict, verdicts};
use evidence::{Census, Facts, evidence};
use line::Line;
use measure::{Broken, Measure};
use pair::Pair;
use rustc_hash::FxHashSet;
use tie::Ties;

pub use form::Form;
pub use group::{Fact, name as fact_name};
pub use tie::are_bound;
pub use weights::{Prices, Weights};

/// A text divided into forms.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Survey {
    /// The regions in order. Every line that is not blank lies in one.
    pub regions: Vec<Region>,
    /// The blank space between two lines of which the second continues the first: the end of the line and what is blank around it.
    pub joins: Vec<Span<Decoded>>,
}

/// Lines of one form, and how sure that is; of the decoded text, or of one that came from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Region<T = Decoded> {
    /// From the beginning of its first line to the end of its last, without the end of line.
    pub span: Span<T>,
    /// What it is.
    pub form: Form,
    /// log2 of how much likelier that is than the next form, of the line where it is least so.
    pub bits: f32,
    /// The next form, in that line.
    pub runner_up: Form,
    /// The facts that speak most for the form against the next.
    pub reason: Reason,
}

impl<T> Region<T> {
    /// The same at another place, of the same text or of one that is told apart from it.
    pub fn moved<U>(self, span: Span<U>) -> Region<U> {
        let Region { form, bits, runner_up, reason, .. } = self;
        Region { span, form, bits, runner_up, reason }
    }
}

/// The two facts that gave a region most bits over the runner-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reason([Option<Fact>; 2]);

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<String> = self.0.iter().flatten().map(|&fact| group::name(fact)).collect();
        f.write_str(&names.join(", "))
    }
}

/// Lines that are weighed together: what is said of the whole text is said of so many lines.
const STRETCH: usize = 16_384;
/// Lines of a stretch that are weighed again with the next, so that every line has neighbours.
const OVERLAP: usize = 256;
/// From so many bits on a form is certain: what it allows may be done, whatever the next form is.
pub const SURE: f32 = 3.0;
/// Below so many bits it is doubtful.
pub const DOUBTFUL: f32 = 1.0;
/// So many columns further in stands a line at the right.
const RIGHT: usize = 16;

/// Divides `text` into regions.
pub fn survey(text: &str) -> Survey {
    survey_by(text, Weights::built_in())
}

/// The regions of a `text` that is not the decoded one.
pub fn regions<T>(text: &str) -> Vec<Region<T>> {
    let moved = |region: Region| {
        let Span { start, end, .. } = region.span;
        region.moved(Span::new(start, end))
    };
    survey(text).regions.into_iter().map(moved).collect()
}

/// As [`survey`], by other weights.
pub fn survey_by(text: &str, weights: &Weights) -> Survey {
    let mut survey = Survey::default();
    let mut sums = Sums::default();
    stretches(text, |stretch| {
        let (verdicts, facts) = stretch.judge(weights);
        for i in stretch.own.clone() {
            let (line, verdict) = (&stretch.lines[i], &verdicts[i]);
            survey.add(line, verdict, facts.of(i), weights, &mut sums);
            if let Some(above) = i.checked_sub(1).filter(|_| stretch.continues(i, verdict, &weights.prices)) {
                let above = &stretch.lines[above];
                survey.joins.push(Span::new(above.body + above.text.len(), line.body));
            }
        }
    });
    sums.settle(&mut survey, weights);
    survey
}

/// A line with its facts, as they are weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// Where it begins, in bytes.
    pub start: usize,
    /// The facts of the line.
    pub facts: Vec<Fact>,
    /// The facts of the line and the one above it, when no blank line stands between; and whether both are in another language.
    pub pair: Option<(Vec<Fact>, bool)>,
}

/// The facts of every line of `text` that is not blank: what weights are fitted to.
pub fn observe(text: &str, mut take: impl FnMut(Observed)) {
    stretches(text, |stretch| {
        let (facts, pairs) = stretch.facts();
        for i in stretch.own.clone() {
            let pair = pairs.of(i);
            take(Observed {
                start: stretch.lines[i].start,
                facts: facts.of(i).to_vec(),
                pair: (!pair.is_empty()).then(|| (pair.to_vec(), stretch.is_foreign(i))),
            });
        }
    });
}

/// Lines that are weighed together, and those of them that belong to no other stretch.
struct Stretch<'t> {
    lines: Vec<Line<'t>>,
    /// How the lines were broken, if the whole proves it.
    measure: Option<Measure>,
    own: std::ops::Range<usize>,
}

/// Hands the stretches of `text` to `take`, one after the other.
fn stretches(text: &str, mut take: impl FnMut(&Stretch<'_>)) {
    let (mut from, mut skip) = (0, 0);
    loop {
        let mut lines = Vec::new();
        let end = read(text, from, STRETCH, &mut lines);
        let keep = if end { lines.len() } else { lines.len() - OVERLAP };
        let next = (!end).then(|| lines[keep - OVERLAP].start);
        let measure = Measure::of(&lines);
        if measure.is_some() && is_double_spaced(&lines) {
            lines.iter_mut().for_each(|line| line.blank = false);
        }
        take(&Stretch { lines, measure, own: skip..keep });
        let Some(next) = next else { break };
        (from, skip) = (next, OVERLAP);
    }
}

/// Fewest lines whose measure counts for more than the neighbourhood of each: a letter of a dozen lines proves nothing.
const FEWEST_MEASURED: usize = 30;
/// Fewest lines that show at which width a text was broken, where a sentence ends with one of them.
const FEWEST_FOR_A_WIDTH: usize = 6;
/// Fewest lines that make a text double-spaced.
const FEWEST_SPACED: usize = 20;

/// Whether a blank line follows nearly every line. Where the lines were broken, blank lines then say nothing.
fn is_double_spaced(lines: &[Line<'_>]) -> bool {
    let spaced = lines.iter().filter(|line| line.blank).count();
    lines.len() >= FEWEST_SPACED && spaced * 10 >= lines.len() * 9
}

/// Reads at most `most` lines from byte `from` on; whether the text ends with them.
fn read<'t>(text: &'t str, from: usize, most: usize, lines: &mut Vec<Line<'t>>) -> bool {
    let bytes = text.as_bytes();
    let (mut start, mut blank) = (from, true);
    while start < bytes.len() {
        if lines.len() == most {
            return false;
        }
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let raw = &text[start..end];
        match Line::read(raw, start, blank) {
            Some(line) => {
                lines.push(line);
                blank = raw.contains('\u{C}');
            }
            None => blank = true,
        }
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    true
}

impl Stretch<'_> {
    /// The facts of every line, and those of every line with the one above.
    fn facts(&self) -> (Facts, Facts) {
        let around = width::around(&self.lines);
        let census = Census::of(&self.lines);
        let facts = evidence(&self.lines, &around, &census);
        let ties = Ties::of(&self.lines);
        let mut pairs = Facts::default();
        for (i, below) in self.lines.iter().enumerate() {
            let Some(above) = i.checked_sub(1).filter(|_| !below.blank) else {
                pairs.close();
                continue;
            };
            let before = above.checked_sub(1).filter(|_| !self.lines[above].blank).map(|k| &self.lines[k]);
            let pair =
                Pair { before, above: &self.lines[above], below, around: &around[above], broken: self.broken(i) };
            pair.facts(&census, ties.step(pair.above.ends.1, below.ends.0), &mut pairs);
        }
        (facts, pairs)
    }

    /// What the measure says of line `i` and the one above.
    fn broken(&self, i: usize) -> Broken {
        let Some((measure, above)) = self.measure.as_ref().zip(i.checked_sub(1)) else { return Broken::Unproved };
        measure.breaks(&self.lines[above], &self.lines[i])
    }

    /// Whether line `i` continues the one above.
    fn continues(&self, i: usize, verdict: &Verdict, prices: &Prices) -> bool {
        let full = || self.lines.len() >= FEWEST_MEASURED && matches!(self.broken(i), Broken::Open | Broken::Closed);
        let above = i.checked_sub(1).map(|above| &self.lines[above]);
        let stops = above.is_some_and(|above| above.stops);
        // A few lines prove no width, and a sentence that ends with its line ends a paragraph more often than not.
        let few = self.lines.len() < FEWEST_FOR_A_WIDTH && above.is_some_and(|above| marks::ends_sentence(above.text));
        // What stands far to the right below the end of a sentence signs it.
        let signs = above.is_some_and(|above| self.lines[i].indent >= above.indent + RIGHT);
        let anew = || few || stops && (signs || self.broken(i) == Broken::Anew);
        let closes = above.is_some_and(|above| above.text.ends_with(['）', ')', '】']));
        let leads = || (stops || closes) && dispatch::begins(self.lines[i].text);
        // Names of files and the like: where sentences are broken, words stand in lines.
        let names = || above.is_some_and(|above| is_name(above.text)) && is_name(self.lines[i].text);
        let titled = || above.is_some_and(|above| is_title(above.text)) || is_title(self.lines[i].text);
        let below = &self.lines[i];
        let like = |above: &Line<'_>| {
            let same = is_entry(above.text) && is_entry(below.text) || is_regular(above) && is_regular(below);
            same || !says(below) || lists(above.text, below.text) || is_command(above, below)
        };
        let own = || above.is_some_and(|above| is_verse(above) || like(above));
        verdict.continues >= prices.join && !anew() && !leads() && !names() && !titled() && !own()
            || verdict.continues >= prices.measured && full()
    }

    /// Whether line `i` and the one above are both in another language.
    fn is_foreign(&self, i: usize) -> bool {
        i > 0 && self.lines[i].is_foreign() && self.lines[i - 1].is_foreign()
    }

    fn judge(&self, weights: &Weights) -> (Vec<Verdict>, Facts) {
        let (facts, pairs) = self.facts();
        let bits: Vec<_> = (0..self.lines.len()).map(|i| weights.of(facts.of(i))).collect();
        let joins: Vec<_> = (0..self.lines.len())
            .map(|i| {
                Some(pairs.of(i)).filter(|pair| !pair.is_empty()).map(|pair| weights.join(pair, self.is_foreign(i)))
            })
            .collect();
        (verdicts(&self.lines, &bits, &joins, &weights.prices), facts)
    }
}

/// Whether a line is one word of Latin letters and signs: the name of a file, of a class.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    text.is_ascii() && !text.contains([' ', '\t'])
}

/// Whether a line is the title of a work in its marks and nothing else, perhaps behind a quotation mark: verse or a story begins below.
fn is_title(text: &str) -> bool {
    let inner = text.trim().trim_start_matches(['"', '“']).strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    inner.is_some_and(|inner| !inner.contains(['《', '》']))
}

/// Nothing is wrapped at fewer columns than these.
const NARROWEST: usize = 24;

/// Whether a line is too short to have been broken, or parts its phrases by spaces instead of marks, as songs are written.
fn is_verse(line: &Line<'_>) -> bool {
    let mut phrases = line.text.split([' ', '\u{3000}']);
    let wide =
        |text: &str| !text.is_empty() && text.chars().all(|c| is_han(c) || is_kana(c) || matches!(c, '・' | 'ー'));
    // The number of an item stands before its text.
    let short = line.width - line.indent.min(line.width) < NARROWEST && line.text.contains(is_han);
    short || phrases.clone().nth(1).is_some() && phrases.all(wide)
}

/// Whether all clauses of a line are as long as those of verse, and as each other.
fn is_regular(line: &Line<'_>) -> bool {
    let [first, second, ..] = line.metre;
    (4..=7).contains(&first) && second == first && line.metre.iter().all(|&clause| clause == first || clause == 0)
}

/// Whether two lines list characters, of which none comes twice and between which no mark stands.
fn lists(above: &str, below: &str) -> bool {
    let mut seen = FxHashSet::default();
    let mut rest = above.chars().chain(below.chars()).filter(|c| *c != '\u{feff}');
    above.chars().take(FEWEST_OF_A_LIST).count() == FEWEST_OF_A_LIST && rest.all(|c| is_han(c) && seen.insert(c))
}

/// So many characters of prose have a mark between them, or one of them twice.
const FEWEST_OF_A_LIST: usize = 20;

/// Whether a line is a command that the one above it tells of: it is indented and holds no Chinese.
fn is_command(above: &Line<'_>, below: &Line<'_>) -> bool {
    below.indent > above.indent && above.text.ends_with(is_han) && !below.text.chars().any(is_han)
}

/// Whether a line says anything: it holds a letter, a digit or a character, or is what closes a sentence.
fn says(line: &Line<'_>) -> bool {
    line.chars < FEWEST_SIGNS || line.text.chars().any(char::is_alphanumeric)
}

/// So many signs close no sentence.
const FEWEST_SIGNS: usize = 4;

/// Whether a line explains a term: `有穷性 —— 步骤有限；`.
fn is_entry(text: &str) -> bool {
    let term = ENTERS.iter().find_map(|sign| text.split_once(sign)).map(|(term, _)| term.trim());
    term.is_some_and(|term| (1..=MOST_TERM).contains(&term.chars().count()) && !term.contains(['，', '。', ',']))
}

/// Signs between a term and what explains it.
const ENTERS: [&str; 4] = [" —— ", " -- ", " - ", " => "];
/// Longest term, in characters.
const MOST_TERM: usize = 12;

/// The step of certainty of a margin.
fn grade(bits: f32) -> usize {
    [SURE, DOUBTFUL].into_iter().filter(|&least| bits < least).count()
}

impl Survey {
    /// Adds a line to the last region, if it has its form and is about as sure, and of the same next form where it is not certain.
    fn add(&mut self, line: &Line<'_>, verdict: &Verdict, facts: &[Fact], weights: &Weights, sums: &mut Sums) {
        let span = Span::new(line.start, line.body + line.text.len());
        match self.regions.last_mut() {
            Some(region)
                if region.form == verdict.form
                    && grade(region.bits) == grade(verdict.bits)
                    && (verdict.bits >= SURE || region.runner_up == verdict.runner_up) =>
            {
                region.span = region.span.cover(span);
                if verdict.bits < region.bits {
                    (region.bits, region.runner_up) = (verdict.bits, verdict.runner_up);
                }
            }
            _ => {
                sums.settle(self, weights);
                let Verdict { form, bits, runner_up, .. } = *verdict;
                self.regions.push(Region { span, form, bits, runner_up, reason: Reason::default() });
            }
        }
        sums.add(facts);
    }
}

/// How often each fact occurs in a region.
#[derive(Default)]
struct Sums {
    counts: rustc_hash::FxHashMap<Fact, u32>,
}

impl Sums {
    fn add(&mut self, facts: &[Fact]) {
        facts.iter().for_each(|&fact| *self.counts.entry(fact).or_default() += 1);
    }

    /// Gives the last region its reason.
    fn settle(&mut self, survey: &mut Survey, weights: &Weights) {
        if let Some(region) = survey.regions.last_mut() {
            let (best, second) = (region.form as usize, region.runner_up as usize);
            let gain = |(&fact, &count): (&Fact, &u32)| {
                let row = weights.forms.get(usize::from(fact))?;
                let bits = (row[best] - row[second]) * count as f32;
                (bits > 0.0).then_some((bits, fact))
            };
            let mut gains: Vec<(f32, Fact)> = self.counts.iter().filter_map(gain).collect();
            gains.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let mut facts = gains.iter().map(|&(_, fact)| fact);
            region.reason = Reason([facts.next(), facts.next()]);
        }
        self.counts.clear();
    }
}
