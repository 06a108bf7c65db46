//! The facts of two lines that follow each other: does the second continue the first?

use super::cue::bit;
use super::evidence::{Census, Facts, bucket, common};
use super::group::Group;
use super::line::{End, Line};
use super::measure::Broken;
use super::sign;
use super::start::Start;
use super::width::{Around, Marked};
use crate::chinese::numeral::is_numeral;

/// Beginnings that mark an item.
const ITEMS: [Start; 7] = [
    Start::named("number"),
    Start::named("han-number"),
    Start::named("bullet"),
    Start::named("circle"),
    Start::named("chapter"),
    Start::named("bracket"),
    Start::named("date"),
];
/// Beginnings of what may hang below the text of an item.
const HANGING: [Start; 7] = [
    Start::named("han"),
    Start::named("small"),
    Start::named("capital"),
    Start::named("open"),
    Start::named("close"),
    Start::named("book"),
    Start::named("quoted-han"),
];
/// Beginnings that are no family by themselves.
const COMMON: [Start; 6] = [
    Start::named("han"),
    Start::named("other"),
    Start::named("small"),
    Start::named("capital"),
    Start::named("open"),
    Start::named("kana"),
];
/// Cues of a line that speak about its neighbour.
const SPEAKING: u32 = bit("key-value")
    | bit("semicolon")
    | bit("operator")
    | bit("link")
    | bit("tag")
    | bit("mail")
    | bit("leader")
    | bit("speaker")
    | bit("page")
    | bit("latin-stop")
    | bit("comment");

/// Two lines without a blank line between them, with what stands above.
pub(super) struct Pair<'l, 't> {
    /// The line above `above`, unless a blank line stands between.
    pub(super) before: Option<&'l Line<'t>>,
    pub(super) above: &'l Line<'t>,
    pub(super) below: &'l Line<'t>,
    pub(super) around: &'l Around,
    /// What the measure of the whole text says.
    pub(super) broken: Broken,
}

/// The second line as the first sees it: as deep, less deep, deeper.
fn relation(a: usize, b: usize) -> usize {
    match b.cmp(&a) {
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Less => 1,
        std::cmp::Ordering::Greater => 2,
    }
}

/// Whether a line is the mark of an item and nothing else.
fn is_mark(line: &Line<'_>) -> bool {
    let text = line.text.trim_start_matches(['（', '(']);
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c));
    let digits = text[..text.len() - number.len()].chars().count();
    let mut behind = number.chars();
    (1..=3).contains(&digits)
        && matches!(behind.next(), Some(')' | '）' | '.' | '、' | '．'))
        && behind.next().is_none()
}

/// The step of a signed difference in columns.
fn difference(of: usize, from: usize, edges: &[f32]) -> usize {
    bucket(of as f32 - from as f32, edges)
}

impl Pair<'_, '_> {
    /// Adds the facts of the pair; `tie` says how the two characters at the break belong together.
    pub(super) fn facts(&self, census: &Census, tie: usize, facts: &mut Facts) {
        self.widths(facts);
        self.indents(facts);
        self.texts(tie, facts);
        for (line, cues, signs) in
            [(self.above, Group::CueAbove, Group::SignAbove), (self.below, Group::CueBelow, Group::SignBelow)]
        {
            let spoken = line.cues & SPEAKING;
            (0..32).filter(|i| spoken & 1 << i != 0).for_each(|i| facts.add(cues.at(i)));
            marks(line, census).for_each(|k| facts.add(signs.at(k)));
        }
        facts.close();
    }

    /// Whether the first thing of the line below would still have stood on the line above.
    fn fits(&self, width: usize) -> usize {
        usize::from(self.above.width + self.below.unit <= width)
    }

    fn widths(&self, facts: &mut Facts) {
        let Pair { above, below, around, .. } = self;
        let (wide, near) = (&around.wide, &around.near);
        let stops = usize::from(above.stops);
        facts.add(Group::PairBias.at(0));
        facts.add(Group::Broken.at(self.broken as usize));
        let evident = bucket(wide.full, &[0.12, 0.25, 0.45]);
        let slack = difference(wide.width, above.width, &[-4.0, -1.0, 2.0, 4.0, 8.0, 16.0]);
        facts.add(Group::Slack.of(&[slack, evident]));
        facts.add(Group::Fits.of(&[self.fits(wide.width), bucket(wide.over, &[0.02, 0.1])]));
        facts.add(Group::NearSlack.of(&[
            difference(near.width, above.width, &[-1.0, 2.0, 4.0, 8.0]),
            bucket(near.full, &[0.25, 0.45]),
            bucket(near.lines as f32, &[4.0, 8.0]),
        ]));
        facts.add(Group::NearFits.of(&[
            self.fits(near.width),
            bucket(near.over, &[0.02, 0.15]),
            difference(below.width, near.width, &[-8.0, -3.0, 1.0]),
        ]));
        facts.add(Group::WidthsDiffer.at(bucket(wide.width.abs_diff(near.width) as f32, &[1.0, 4.0, 12.0])));
        let far = bucket(around.longest, &[1.05, 1.4, 2.5]);
        facts.add(Group::Far.of(&[far, self.fits(wide.width)]));
        facts.add(Group::StopFits.of(&[stops, self.fits(wide.width)]));
        if above.width == below.width {
            facts.add(Group::EqualWidth.of(&[stops, usize::from(below.stops)]));
        }
        facts.add(Group::StopRate.at(bucket(around.stops, &[0.1, 0.25, 0.5, 0.8])));
        facts.add(Group::InnerRate.at(bucket(around.inner, &[0.03, 0.2, 0.6])));
        facts.add(Group::PairWidth.at(bucket(wide.width as f32, &[21.0, 31.0, 45.0, 61.0, 83.0])));
        facts.add(Group::WidthBelow.at(difference(below.width, wide.width, &[-30.0, -12.0, -3.0, 1.0])));
        facts.add(Group::WidthAbove.at(bucket(above.width as f32, &[3.0, 8.0, 16.0, 24.0, 32.0, 48.0])));
    }

    fn indents(&self, facts: &mut Facts) {
        let Pair { before, above, below, around, .. } = self;
        let item = above.begins.is_of(&ITEMS);
        let relation_to = relation(above.indent, below.indent);
        let step = match around.marked {
            Marked::Indented => 0,
            Marked::Flush => 1,
            Marked::Unproved => 2,
        };
        let deeper = below.indent > around.base;
        facts.add(Group::Style.of(&[step, usize::from(deeper), usize::from(above.stops)]));
        let first = (2..=4).contains(&below.indent.saturating_sub(around.base)) || below.tabbed;
        if around.marked == Marked::Indented && deeper && first && !item {
            facts.add(Group::NewProved.at(0));
        }
        let flush = bucket(around.flush, &[0.03, 0.2, 0.5]);
        facts.add(Group::Flush.of(&[bucket(below.indent as f32, &[1.0, 2.0, 5.0]), relation_to, flush]));
        let flat = usize::from(below.indent == 0);
        facts.add(Group::Relation.at(if relation_to == 2 { 4 } else { relation_to * 2 + flat }));
        facts.add(Group::Hang.of(&[relation_to, usize::from(item), usize::from(below.begins.is_of(&HANGING))]));
        // Below the text behind the mark, or as deep as a line that hangs there.
        if above.item > 0 && below.indent > above.indent && below.indent.abs_diff(above.item) <= 1 {
            facts.add(Group::HangsBelow.at(usize::from(above.begins == Start::named("han-key"))));
        }
        if below.indent <= 2 && (2..=4).contains(&above.indent.saturating_sub(below.indent)) {
            facts.add(Group::FirstIndent.at(0));
        }
        if (2..=4).contains(&below.indent.saturating_sub(above.indent)) && !item {
            facts.add(Group::NewParagraph.at(0));
        }
        if let Some(before) = before {
            facts.add(Group::PreviousIndent.of(&[relation(before.indent, above.indent), relation_to]));
        }
    }

    fn texts(&self, tie: usize, facts: &mut Facts) {
        let Pair { before, above, below, .. } = self;
        if is_mark(above) {
            facts.add(Group::MarkAlone.at(0));
        }
        facts.add(Group::EndAbove.at(above.end.0.into()));
        facts.add(Group::StartBelow.at(below.begins.0.into()));
        if above.begins == below.begins && !above.begins.is_of(&COMMON) {
            facts.add(Group::StartsAlike.at(0));
        }
        let open = match above.end {
            End::STOP => 0,
            End::COMMA => 1,
            End::HAN => 2,
            _ => 3,
        };
        let run = &self.around.run;
        facts.add(Group::Unfinished.of(&[open, usize::from(run.closed), bucket(run.stops, &[0.35, 0.65])]));
        let words = bucket(above.function.unwrap_or(-1.0), &[0.0, 0.001, 0.06, 0.14]);
        facts.add(Group::UnfinishedText.of(&[open, words]));
        let alike = common(above, below);
        facts.add(Group::CommonStart.at(bucket(alike as f32, &[1.0, 2.0, 4.0])));
        if above.tail == below.tail {
            facts.add(Group::SameTail.at(0));
        }
        if alike < 2 && before.is_some_and(|before| common(before, below) >= 2) {
            facts.add(Group::Alternate.at(0));
        }
        if above.is_metrical() && above.metre == below.metre {
            facts.add(Group::SameMetre.at(above.metre.iter().filter(|&&n| n > 0).count()));
        }
        let function = |line: &&Line<'_>| line.function.unwrap_or(-1.0);
        facts.add(Group::PairFunction.at(bucket(function(above).max(function(below)), &[0.0, 0.001, 0.06, 0.14])));
        if above.open > 0 {
            facts.add(Group::Opened.at(usize::from(below.open < 0)));
        }
        if above.han_share < 0.3 || below.han_share < 0.3 {
            facts.add(Group::NoHan.at(0));
        }
        if above.last == sign::HAN && below.first == sign::HAN {
            facts.add(Group::Tie.at(tie));
        }
    }
}

/// Signs of a line that speak about its neighbour, as indices of `MARKS`.
fn marks<'l>(line: &'l Line<'_>, census: &'l Census) -> impl Iterator<Item = usize> + 'l {
    let drawn = (line.counts.pieces + line.counts.strokes) as f32 > line.chars as f32 * 0.35;
    let symbols = line.counts.symbols * 10 > line.chars;
    let [tabs, gaps, ..] = line.separators;
    let has = [
        line.rule,
        gaps == 1,
        gaps == 2,
        gaps > 2,
        tabs == 1,
        tabs > 1,
        census.is_repeated(line),
        census.is_twice(line),
        drawn,
        symbols,
    ];
    has.into_iter().enumerate().filter(|(_, has)| *has).map(|(k, _)| k)
}
