//! The facts that speak for or against a heading: groups of steps, each step a row of `weights.tsv`.

use super::witness;
use crate::chinese::shape;
use crate::survey::Form;
use rustc_hash::FxHashMap;

/// A row of the table of weights.
pub type Fact = u16;

/// How the steps of one side of a group are called.
enum Steps {
    /// By so many numbers.
    By(usize),
    /// By names.
    Named(&'static [&'static str]),
    /// By classes of shapes.
    Classes,
    /// By marks, brackets, kinds of numbers or units, or none.
    Shapes(usize),
    /// By what the other readers of plain text say.
    Told,
    /// By forms, and one more for no line.
    Forms,
}

/// Ways in which lines are like each other.
pub(super) const GRAINS: [&str; 6] = ["key", "key-place", "layout", "indent", "tail", "first"];
/// How a line ends.
pub(super) const ENDS: [&str; 6] = ["open", "stop", "pause", "colon", "close", "none"];
const SIDES: [&str; 4] = ["less", "same", "more", "far"];
const TURNS: [&str; 3] = ["in", "even", "out"];
pub(super) const ORDERS: [&str; 6] = ["none", "one", "all", "most", "some", "no"];
const STARTS: [&str; 3] = ["none", "one", "late"];

/// How the step of no form is called.
const NO_FORM: &str = "none";

/// The step of `form`, or of none.
pub(super) fn form(form: Option<Form>) -> usize {
    form.map_or(Form::ALL.len(), |form| form as usize)
}

impl Steps {
    const fn count(&self) -> usize {
        match self {
            Steps::By(count) => *count,
            Steps::Named(names) => names.len(),
            Steps::Classes => shape::CLASSES,
            Steps::Shapes(of) => shape::COUNTS[*of],
            Steps::Told => witness::NAMES.len(),
            Steps::Forms => Form::ALL.len() + 1,
        }
    }

    fn name(&self, step: usize) -> String {
        match self {
            Steps::By(_) => step.to_string(),
            Steps::Named(names) => names[step].to_owned(),
            Steps::Classes => shape::Class::name(step).to_owned(),
            Steps::Shapes(of) => shape::name(*of, step),
            Steps::Told => witness::NAMES[step].replace(' ', "-"),
            Steps::Forms => Form::ALL.get(step).map_or(NO_FORM, |form| form.name()).to_owned(),
        }
    }

    /// The step that is called so.
    fn read(&self, name: &str) -> Option<usize> {
        match self {
            Steps::By(count) => name.parse().ok().filter(|step| step < count),
            Steps::Named(names) => names.iter().position(|own| *own == name),
            Steps::Forms => {
                let named = Form::ALL.iter().position(|form| form.name() == name);
                named.or((name == NO_FORM).then_some(Form::ALL.len()))
            }
            Steps::Classes | Steps::Shapes(_) | Steps::Told => None,
        }
    }
}

macro_rules! groups {
    ($($group:ident = $name:literal, [$($steps:expr),*];)*) => {
        /// A group of facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Group { $($group),* }

        /// Name and steps of each group.
        const GROUPS: &[(&str, &[Steps])] = &[$(($name, &[$($steps),*])),*];
    };
}
use Steps::{By, Classes, Forms, Named, Shapes, Told};

groups! {
    // Of a line: its shape.
    Bias = "bias", [];
    Kind = "kind", [Shapes(2), Shapes(3)];
    Mark = "mark", [Shapes(0)];
    Bracket = "bracket", [Shapes(1)];
    Name = "name", [By(2), By(2)];
    Size = "size", [By(11)];
    Rest = "rest", [Classes, By(7)];
    End = "end", [Named(&ENDS), Classes];
    Inner = "inner", [By(2), Classes];
    Comma = "comma", [By(2), Classes];
    Quote = "quote", [By(2)];
    Ascii = "ascii", [By(5), By(2)];
    Front = "front", [By(2)];
    Author = "author", [By(2)];
    Colon = "colon", [By(2), Classes];
    DigitEnd = "digit-end", [By(2), Classes];
    Code = "code", [By(2)];
    Leader = "leader", [By(2)];
    Question = "question", [];
    Identifier = "identifier", [];
    Genre = "genre", [By(2), Classes];
    Spoken = "spoken", [By(2), Classes];
    Value = "value", [By(8)];
    Person = "person", [By(2)];
    Signed = "signed", [By(2)];
    Dated = "dated", [By(3), By(2)];
    // Its place.
    Lay = "lay", [Named(&SIDES), By(3), By(3)];
    Side = "side", [Named(&SIDES), Classes];
    Before = "before", [By(4), By(4), Classes];
    More = "more", [By(2), By(2), Classes];
    Place = "place", [By(6), By(3)];
    Share = "share", [By(6), Classes];
    // Its neighbours.
    Previous = "previous", [Named(&ENDS), By(4), By(2)];
    PreviousFull = "previous-full", [By(2), By(2)];
    PreviousIndent = "previous-indent", [Named(&TURNS), Classes];
    PreviousKind = "previous-kind", [Shapes(2), Classes];
    Next = "next", [By(5), By(3), Classes];
    NextEnd = "next-end", [Named(&ENDS), By(2)];
    NextIndent = "next-indent", [Named(&TURNS), Classes];
    NextKind = "next-kind", [Shapes(2), Classes];
    NextTime = "next-time", [By(2)];
    NextAuthor = "next-author", [By(2)];
    Near = "near", [By(2), Classes];
    Run = "run", [By(5), Classes];
    Five = "five", [By(5), Classes];
    Twin = "twin", [By(4), Classes];
    Again = "again", [By(2), By(2), By(2)];
    // What others say of it and of its neighbours.
    Form = "form", [Forms, By(3), Classes];
    PreviousForm = "previous-form", [Forms, Classes];
    NextForm = "next-form", [Forms, Classes];
    Told = "told", [Told, Classes];
    ToldHead = "told-head", [Named(&witness::MANNERS)];
    PreviousTold = "previous-told", [Told];
    NextTold = "next-told", [Told];
    // Of a family: every edge that is passed is a fact.
    Count = "family.count", [Named(&GRAINS), By(7)];
    Median = "family.median", [Named(&GRAINS), By(9)];
    Lines = "family.lines", [Named(&GRAINS), By(7)];
    Ratio = "family.ratio", [Named(&GRAINS), By(7)];
    Empty = "family.empty", [Named(&GRAINS), By(6)];
    Runs = "family.runs", [Named(&GRAINS), By(5)];
    Cover = "family.cover", [Named(&GRAINS), By(5)];
    Dense = "family.dense", [Named(&GRAINS), By(6)];
    Pure = "family.pure", [Named(&GRAINS), By(6)];
    Doubled = "family.doubled", [Named(&GRAINS), By(5)];
    Spread = "family.spread", [Named(&GRAINS), By(4)];
    Opened = "family.opened", [Named(&GRAINS), By(4)];
    Sentences = "family.sentences", [Named(&GRAINS), By(4)];
    Titled = "family.titled", [Named(&GRAINS), By(6)];
    AsTitles = "family.as-titles", [Named(&GRAINS), By(5)];
    AsText = "family.as-text", [Named(&GRAINS), By(5)];
    AboveText = "family.above-text", [Named(&GRAINS), By(5)];
    Questions = "family.questions", [Named(&GRAINS), By(5)];
    AsHeads = "family.as-heads", [Named(&GRAINS), By(5)];
    // Of a family, two at once.
    Order = "family.order", [Named(&GRAINS), Named(&ORDERS), By(5)];
    Start = "family.start", [Named(&GRAINS), Named(&STARTS), By(2)];
    ClassOrder = "family.class-order", [Named(&GRAINS), Classes, Named(&ORDERS), By(2)];
    ClassEmpty = "family.class-empty", [Named(&GRAINS), Classes, By(6)];
    ClassMedian = "family.class-median", [Named(&GRAINS), Classes, By(5)];
    ClassCount = "family.class-count", [Named(&GRAINS), Classes, By(4)];
    OrderEmpty = "family.order-empty", [Named(&GRAINS), Named(&ORDERS), By(6)];
    CountMedian = "family.count-median", [Named(&GRAINS), By(5), By(9)];
    PureCount = "family.pure-count", [Named(&GRAINS), By(6), By(5)];
    PureEmpty = "family.pure-empty", [Named(&GRAINS), By(6), By(6), By(2)];
    PureSentences = "family.pure-sentences", [Named(&GRAINS), By(6), By(4)];
    LinesRatio = "family.lines-ratio", [Named(&GRAINS), By(7), By(7)];
    TitledRatio = "family.titled-ratio", [Named(&GRAINS), By(6), By(7)];
    // Of a line that may be the title, and of there being none.
    TitleBias = "title.none", [];
    TitleAt = "title.at", [By(9)];
    TitleKind = "title.kind", [Shapes(2)];
    TitleName = "title.name", [By(2)];
    TitleSize = "title.size", [By(9)];
    TitleEnd = "title.end", [Named(&ENDS)];
    TitleKey = "title.key", [By(2)];
    TitleSide = "title.side", [By(5), By(2)];
    TitleGap = "title.gap", [By(3), By(3), By(2)];
    TitleAuthor = "title.author", [By(2)];
    TitleFront = "title.front", [By(2)];
    TitleBits = "title.bits", [By(7)];
    TitleHeads = "title.heads", [By(3), By(2)];
    TitleInner = "title.inner", [By(2)];
    TitleAscii = "title.ascii", [By(3)];
    TitleLone = "title.lone", [By(4), By(2)];
    TitleColon = "title.colon", [By(2)];
    TitleDash = "title.dash", [By(2)];
    TitleTwice = "title.twice", [By(2)];
    TitleValue = "title.value", [By(3)];
    TitleForm = "title.form", [Forms, By(2)];
    TitleTold = "title.told", [Told, By(2)];
    TitleNext = "title.next", [By(5), Named(&ENDS)];
    TitleNextFront = "title.next-front", [By(2), By(2)];
    TitleNextKind = "title.next-kind", [Shapes(2)];
    TitleNextTold = "title.next-told", [Told];
    TitleNextForm = "title.next-form", [Forms];
    TitleNextBits = "title.next-bits", [By(5)];
    TitleSame = "title.same", [By(2)];
    TitlePrevious = "title.previous", [Named(&ENDS), By(3)];
    TitlePreviousFront = "title.previous-front", [By(2)];
    TitleFamily = "title.family", [By(4), By(2)];
    TitleMeta = "title.meta", [By(3)];
    TitleMark = "title.mark", [Shapes(0)];
    TitleNamed = "title.named", [];
    TitleSyntax = "title.syntax", [];
    TitleAddressed = "title.addressed", [];
    TitleDated = "title.dated", [By(3)];
    TitleRuled = "title.ruled", [];
    TitleDocument = "title.document", [By(2)];
    TitleAlike = "title.alike", [By(5)];
    TitleBelowTold = "title.below-told", [Told];
    NoneHeads = "title.none-heads", [By(4)];
    NoneLines = "title.none-lines", [By(5)];
    NoneShare = "title.none-share", [By(4)];
    NoneFirst = "title.none-first", [Named(&ENDS), By(4)];
    NoneCode = "title.none-code", [By(3)];
    NoneTold = "title.none-told", [By(2)];
}

/// Where each group begins in the table, and how long the table is.
const OFFSETS: [Fact; GROUPS.len() + 1] = {
    let mut offsets = [0; GROUPS.len() + 1];
    let mut i = 0;
    while i < GROUPS.len() {
        let mut count = 1;
        let mut k = 0;
        while k < GROUPS[i].1.len() {
            count *= GROUPS[i].1[k].count();
            k += 1;
        }
        offsets[i + 1] = offsets[i] + count as Fact;
        i += 1;
    }
    offsets
};

/// How many facts there are.
pub const FACTS: usize = OFFSETS[GROUPS.len()] as usize;
/// The first fact of a line that may be the title: those before it are of headings.
pub const TITLE_FACTS: Fact = OFFSETS[Group::TitleBias as usize];

impl Group {
    /// The fact of these steps, one for each side; a step beyond the last is the last.
    #[inline]
    pub(super) fn of<const N: usize>(self, steps: [usize; N]) -> Fact {
        let sides = GROUPS[self as usize].1;
        debug_assert_eq!(sides.len(), N);
        let mut at = 0;
        for (side, step) in sides.iter().zip(steps) {
            let count = side.count();
            at = at * count + step.min(count - 1);
        }
        OFFSETS[self as usize] + at as Fact
    }
}

/// The name of a fact: its group and its steps.
pub fn name(fact: Fact) -> String {
    let group = OFFSETS.partition_point(|&start| start <= fact).saturating_sub(1).min(GROUPS.len() - 1);
    let (name, sides) = &GROUPS[group];
    let mut step = usize::from(fact - OFFSETS[group]);
    let mut parts: Vec<String> = vec![];
    for side in sides.iter().rev() {
        parts.push(side.name(step % side.count()));
        step /= side.count();
    }
    parts.push((*name).to_owned());
    parts.reverse();
    parts.join(" ")
}

/// Reads names of facts, as [`name`] writes them.
pub(super) struct Names {
    groups: FxHashMap<&'static str, usize>,
    /// The steps of the sides whose names are made, by the name and the kind of side.
    steps: FxHashMap<(usize, String), usize>,
}

impl Names {
    pub(super) fn new() -> Self {
        let groups = GROUPS.iter().enumerate().map(|(at, (name, _))| (*name, at)).collect();
        let made = [Classes, Told, Shapes(0), Shapes(1), Shapes(2), Shapes(3)];
        let steps = made
            .iter()
            .enumerate()
            .flat_map(|(kind, side)| (0..side.count()).map(move |step| ((kind, side.name(step)), step)));
        Names { groups, steps: steps.collect() }
    }

    /// The fact of this name.
    pub(super) fn fact(&self, name: &str) -> Option<Fact> {
        let mut words = name.split(' ');
        let group = *self.groups.get(words.next()?)?;
        let mut at = 0;
        for side in GROUPS[group].1 {
            let word = words.next()?;
            let kind = match side {
                Classes => Some(0),
                Told => Some(1),
                Shapes(of) => Some(2 + of),
                By(_) | Named(_) | Forms => None,
            };
            let step = match kind {
                Some(kind) => self.steps.get(&(kind, word.to_owned())).copied(),
                None => side.read(word),
            };
            at = at * side.count() + step?;
        }
        Some(OFFSETS[group] + at as Fact)
    }
}
