//! The facts that speak for or against a form: groups of steps, each step a row of `weights.tsv`.

use super::{cue, line};

/// A row of the table of weights.
pub type Fact = u16;

/// How the steps of a group are called.
pub(super) enum Steps {
    /// By numbers, one for each of these dimensions.
    By(&'static [usize]),
    /// By names.
    Named(&'static [&'static str]),
}

impl Steps {
    const fn count(&self) -> usize {
        match self {
            Steps::By(sizes) => {
                let (mut count, mut i) = (1, 0);
                while i < sizes.len() {
                    count *= sizes[i];
                    i += 1;
                }
                count
            }
            Steps::Named(names) => names.len(),
        }
    }
}

macro_rules! groups {
    ($($group:ident = $name:literal, $steps:expr;)*) => {
        /// A group of facts, of which a line or a pair of lines has mostly one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Group { $($group),* }

        /// Name and steps of each group.
        const GROUPS: &[(&str, Steps)] = &[$(($name, $steps)),*];
    };
}
use Steps::{By, Named};

/// What separates cells and fields.
pub(super) const SEPARATORS: [&str; 6] = ["tab", "gap", "comma", "semicolon", "bar", "equals"];
/// What may be done about an indent between two lines.
const RELATIONS: &[&str] = &["same", "same-flush", "less", "less-flush", "more"];
/// How the two Han at a break belong together.
const TIES: &[&str] = &["never", "seldom", "often", "loose", "close", "bound"];

groups! {
    // Of a line by itself.
    Bias = "bias", By(&[1]);
    Length = "length", By(&[10]);
    Indent = "indent", By(&[6, 2]);
    Han = "han", By(&[5]);
    Start = "start", Named(&line::STARTS);
    End = "end", Named(&line::ENDS);
    Short = "short", Named(&["stop", "comma", "han", "other"]);
    Function = "function", By(&[5, 2]);
    Inner = "inner", By(&[4]);
    Pauses = "pauses", By(&[4]);
    Separators = "separators", By(&[6, 4]);
    Cue = "cue", Named(&cue::NAMES);
    Kana = "kana", By(&[3]);
    English = "english", By(&[4]);
    Identifiers = "identifiers", By(&[4, 4]);
    Boxes = "boxes", By(&[3]);
    Drawn = "drawn", By(&[2]);
    Rule = "rule", By(&[1]);
    Symbols = "symbols", By(&[2]);
    Digits = "digits", By(&[3]);
    Metre = "metre", By(&[4, 2]);
    // The same of a line without Han, where it means something else.
    BareLength = "bare-length", By(&[10]);
    BareStart = "bare-start", Named(&line::STARTS);
    BareEnd = "bare-end", Named(&line::ENDS);
    // Of a line among others.
    Few = "few", By(&[3]);
    Repeated = "repeated", By(&[1]);
    Twice = "twice", By(&[1]);
    Family = "family", By(&[2, 5]);
    MetreAgain = "metre-again", By(&[1]);
    Common = "common", By(&[4]);
    AfterTime = "after-time", By(&[1]);
    AfterCode = "after-code", By(&[1]);
    Alike = "alike", By(&[1]);
    SameSeparators = "same-separators", Named(&SEPARATORS);
    Aligned = "aligned", By(&[1]);
    EqualLength = "equal-length", Named(&["above", "below"]);
    EqualShape = "equal-shape", Named(&["above", "below"]);
    Edge = "edge", Named(&["first", "last"]);
    Blank = "blank", By(&[2, 2]);
    NearWidth = "near-width", By(&[7]);
    NearStops = "near-stops", By(&[5]);
    NearInner = "near-inner", By(&[4]);
    NearHan = "near-han", By(&[5]);
    Even = "even", By(&[5]);
    Wrapped = "wrapped", By(&[4, 2]);
    // Of a pair of lines: the first of these groups is where the facts of pairs begin.
    PairBias = "pair.bias", By(&[2]);
    Broken = "pair.measure", Named(&["unproved", "short", "anew", "closed", "open"]);
    Slack = "pair.slack", By(&[7, 4]);
    Fits = "pair.fits", By(&[2, 3]);
    NearSlack = "pair.near-slack", By(&[5, 3, 3]);
    NearFits = "pair.near-fits", By(&[2, 3, 4]);
    WidthsDiffer = "pair.widths-differ", By(&[4]);
    Style = "pair.style", By(&[3, 2, 2]);
    NewProved = "pair.new-proved", By(&[1]);
    Far = "pair.far", By(&[4, 2]);
    Flush = "pair.flush", By(&[4, 3, 4]);
    MarkAlone = "pair.mark-alone", By(&[1]);
    EndAbove = "pair.end", Named(&line::ENDS);
    Unfinished = "pair.unfinished", By(&[4, 2, 3]);
    UnfinishedText = "pair.unfinished-text", By(&[4, 5]);
    StopFits = "pair.stop-fits", By(&[2, 2]);
    StartBelow = "pair.start", Named(&line::STARTS);
    Relation = "pair.indent", Named(RELATIONS);
    Hang = "pair.hang", By(&[3, 2, 2]);
    HangsBelow = "pair.hangs-below", By(&[2]);
    FirstIndent = "pair.first-indent", By(&[1]);
    NewParagraph = "pair.new-paragraph", By(&[1]);
    PreviousIndent = "pair.previous-indent", By(&[3, 3]);
    StartsAlike = "pair.starts-alike", By(&[1]);
    CommonStart = "pair.common", By(&[4]);
    SameTail = "pair.same-tail", By(&[1]);
    Alternate = "pair.alternate", By(&[1]);
    SameMetre = "pair.metre", By(&[5]);
    EqualWidth = "pair.equal-width", By(&[2, 2]);
    StopRate = "pair.stop-rate", By(&[5]);
    InnerRate = "pair.inner-rate", By(&[4]);
    PairWidth = "pair.width", By(&[6]);
    WidthBelow = "pair.width-below", By(&[5]);
    PairFunction = "pair.function", By(&[5]);
    WidthAbove = "pair.width-above", By(&[7]);
    Opened = "pair.opened", By(&[2]);
    NoHan = "pair.no-han", By(&[1]);
    Tie = "pair.tie", Named(TIES);
    CueAbove = "pair.cue-above", Named(&cue::NAMES);
    CueBelow = "pair.cue-below", Named(&cue::NAMES);
    SignAbove = "pair.above", Named(&line::MARKS);
    SignBelow = "pair.below", Named(&line::MARKS);
}

/// Where each group begins in the table, and how long the table is.
const OFFSETS: [Fact; GROUPS.len() + 1] = {
    let mut offsets = [0; GROUPS.len() + 1];
    let mut i = 0;
    while i < GROUPS.len() {
        offsets[i + 1] = offsets[i] + GROUPS[i].1.count() as Fact;
        i += 1;
    }
    offsets
};

/// How many facts there are of single lines.
pub(super) const LINE_FACTS: usize = OFFSETS[Group::PairBias as usize] as usize;
/// How many facts there are.
pub(super) const FACTS: usize = OFFSETS[GROUPS.len()] as usize;

impl Group {
    /// The fact of this step; a step beyond the last is the last.
    pub(super) fn at(self, step: usize) -> Fact {
        let count = GROUPS[self as usize].1.count();
        OFFSETS[self as usize] + step.min(count - 1) as Fact
    }

    /// The fact of these steps, one for each dimension.
    pub(super) fn of(self, steps: &[usize]) -> Fact {
        let By(sizes) = &GROUPS[self as usize].1 else { return self.at(steps[0]) };
        self.at(sizes.iter().zip(steps).fold(0, |at, (&size, &step)| at * size + step.min(size - 1)))
    }
}

/// The name of a fact: its group and its steps.
pub fn name(fact: Fact) -> String {
    let group = OFFSETS.partition_point(|&start| start <= fact).saturating_sub(1).min(GROUPS.len() - 1);
    let (name, steps) = &GROUPS[group];
    let mut step = usize::from(fact - OFFSETS[group]);
    match steps {
        Named(names) => format!("{name}.{}", names.get(step).unwrap_or(&"")),
        By([1]) => (*name).to_owned(),
        By(sizes) => {
            let mut parts: Vec<String> = vec![];
            for &size in sizes.iter().rev() {
                parts.push((step % size).to_string());
                step /= size;
            }
            parts.reverse();
            format!("{name}.{}", parts.join("."))
        }
    }
}
