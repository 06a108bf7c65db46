//! The facts of a line by itself and of its neighbours.

use super::super::imprint;
use super::fact::{Fact, Group, form};
use super::sight::{Sight, Sights, is_by, is_time};
use super::witness;
use crate::chinese::date;
use crate::chinese::names::is_name;
use crate::chinese::shape::is_spoken;
use crate::chinese::words::Word;

/// The longest name of a person, in characters.
const NAME: usize = 8;

/// The sides on which an indent may stand from that of the body.
pub fn side(indent: usize, body: usize) -> usize {
    match indent {
        _ if indent < body => 0,
        _ if indent == body => 1,
        _ if indent < body + 8 => 2,
        _ => 3,
    }
}

/// How many of `edges` are at most `value`.
#[inline]
pub fn step<T: PartialOrd + Copy, const N: usize>(value: T, edges: [T; N]) -> usize {
    edges.iter().filter(|&&edge| value >= edge).count()
}

fn turn(neighbour: usize, own: usize) -> usize {
    match neighbour.cmp(&own) {
        std::cmp::Ordering::Greater => 0,
        std::cmp::Ordering::Equal => 1,
        std::cmp::Ordering::Less => 2,
    }
}

/// What stands at the beginning of a line, as its neighbours see it.
fn kind(line: &Sight<'_>) -> usize {
    const MARK: usize = 33;
    match usize::from(line.shape.kind) {
        0 if line.shape.mark > 0 => MARK,
        0 if line.shape.bracket > 0 => MARK + 1,
        0 if line.shape.name => MARK + 2,
        kind => kind,
    }
}

impl Sights<'_> {
    /// Whether line `b` goes on with the numbers of line `a`.
    fn goes_on(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.lines[a], &self.lines[b]);
        a.key == b.key
            && match (a.shape.value, b.shape.value) {
                (Some(a), Some(b)) => (a..=a.saturating_add(2)).contains(&b),
                _ => true,
            }
    }

    /// Whether a neighbour of line `i` is of its kind: a list without text between, rather than heads.
    pub fn is_near(&self, i: usize) -> bool {
        self.lines[i].key != 0
            && (i > 0 && self.goes_on(i - 1, i) || i + 1 < self.lines.len() && self.goes_on(i, i + 1))
    }

    /// Whether line `i` asks what is to be filled in or chosen below it: an item of an examination.
    pub fn is_question(&self, i: usize) -> bool {
        let text = self.lines[i].text;
        let blank = ["( )", "（ ）", "（　）", "()", "（）", "____", "＿＿"].iter().any(|blank| text.contains(blank));
        let is_choice = |line: &Sight<'_>| {
            let letters = line.text.trim_start_matches(['(', '（', '[']);
            letters
                .strip_prefix(['A', 'Ａ'])
                .is_some_and(|rest| rest.starts_with(['.', '、', '．', ')', '）', ':', '：']))
        };
        // What the items below a head ask is theirs.
        let mut below = self.lines[i + 1..].iter().take(2);
        let choice = below
            .next()
            .is_some_and(|next| is_choice(next) || next.shape.kind == 0 && below.next().is_some_and(is_choice));
        blank || choice
    }

    /// Hands the facts of line `i` to `add`.
    pub fn facts(&self, i: usize, add: &mut impl FnMut(Fact)) {
        let n = self.lines.len();
        let line = &self.lines[i];
        let (class, shape, text) = (line.class, &line.shape, line.text);
        let rest = text.get(shape.rest.0..shape.rest.1).unwrap_or_default();
        let all_but_last = &text[..text.len() - text.chars().next_back().map_or(0, char::len_utf8)];
        let flag = usize::from;
        add(Group::Bias.of([]));
        add(Group::Kind.of([shape.kind.into(), shape.unit.into()]));
        add(Group::Mark.of([shape.mark.into()]));
        add(Group::Bracket.of([shape.bracket.into()]));
        add(Group::Name.of([flag(shape.name), flag(shape.kind > 0)]));
        add(Group::Size.of([step(line.size, [2, 3, 5, 8, 12, 16, 21, 26, 31, 41])]));
        add(Group::Rest.of([class, step(rest.chars().count(), [1, 3, 7, 13, 21, 31])]));
        add(Group::End.of([line.end, class]));
        add(Group::Inner.of([flag(all_but_last.contains(['。', '！', '？', '!', '?', '；', ';'])), class]));
        add(Group::Comma.of([flag(text.contains(['，', ','])), class]));
        add(Group::Quote.of([flag(text.starts_with(['“', '「', '『', '"', '‘']))]));
        add(Group::Ascii.of([step(line.ascii, [5, 30, 60, 90]), flag(self.code > 0.3)]));
        add(Group::Front.of([flag(imprint::key(text).is_some())]));
        add(Group::Author.of([flag(is_by(text))]));
        add(Group::Colon.of([flag(all_but_last.contains(['：', ':'])), class]));
        add(Group::DigitEnd.of([flag(text.ends_with(|c: char| c.is_ascii_digit())), class]));
        add(Group::Code.of([flag(rest.contains(['{', '}', '=', ';', '$', '\\', '|', '<', '>', '_']))]));
        add(Group::Leader.of([flag(has_leader(text))]));
        if self.is_question(i) {
            add(Group::Question.of([]));
        }
        if is_identifier(text) {
            add(Group::Identifier.of([]));
        }
        add(Group::Genre.of([flag(Word::Genre.is_in(genre_end(text))), class]));
        add(Group::Spoken.of([flag(is_spoken(rest)), class]));
        add(Group::Value.of([shape.value.map_or(7, |value| step(value, [0, 1, 2, 10, 50, 200]))]));
        add(Group::Person.of([flag(line.size <= NAME && is_name(text))]));
        add(Group::Signed.of([flag(Word::PrefaceSigning.is_in(text))]));
        let dated = date::leading(text.trim_start_matches(['（', '('])).map_or(0, |(_, len)| {
            let rest = text.trim_start_matches(['（', '(']).get(len..).unwrap_or_default();
            1 + flag(rest.trim_matches(['）', ')', ' ', '\u{3000}']).is_empty())
        });
        add(Group::Dated.of([dated, flag(self.is_near(i))]));
        let side = side(line.indent, self.body);
        add(Group::Lay.of([side, line.before, line.after]));
        add(Group::Side.of([side, class]));
        add(Group::Before.of([line.before, self.gap, class]));
        add(Group::More.of([flag(line.before > self.gap), flag(line.after > self.gap), class]));
        add(Group::Place.of([step(i, [1, 2, 4, 8, 20]), step(i as f32 / n as f32, [0.02, 0.95])]));
        add(Group::Share.of([step(self.share, [0.1, 0.2, 0.35, 0.5, 0.7]), class]));
        match i.checked_sub(1).map(|above| &self.lines[above]) {
            Some(p) => {
                add(Group::Previous.of([p.end, step(p.size, [10, 20, 40]), flag(line.before > 0)]));
                let full = self.wrap > 0 && p.size + 2 >= self.wrap && p.end != 1;
                add(Group::PreviousFull.of([flag(full), flag(self.wrap > 0)]));
                add(Group::PreviousIndent.of([turn(p.indent, line.indent), class]));
                add(Group::PreviousKind.of([kind(p), class]));
                add(Group::PreviousForm.of([form(p.form), class]));
                add(Group::PreviousTold.of([p.told.into()]));
            }
            None => {
                add(Group::Previous.of([5, 0, 0]));
                add(Group::PreviousForm.of([12, class]));
            }
        }
        match self.lines.get(i + 1) {
            Some(q) => {
                let ratio = q.size as f32 / line.size.max(1) as f32;
                add(Group::Next.of([step(ratio, [0.5, 1.0, 2.0, 4.0]), step(q.size, [15, 30]), class]));
                add(Group::NextEnd.of([q.end, flag(line.after > 0)]));
                add(Group::NextIndent.of([turn(q.indent, line.indent), class]));
                add(Group::NextKind.of([kind(q), class]));
                add(Group::Near.of([flag(self.is_near(i)), class]));
                add(Group::NextTime.of([flag(is_time(q.text))]));
                add(Group::NextAuthor.of([flag(q.size < 16 && is_by(q.text))]));
                add(Group::NextForm.of([form(q.form), class]));
                add(Group::NextTold.of([q.told.into()]));
            }
            None => {
                add(Group::NextEnd.of([5, 0]));
                add(Group::NextForm.of([12, class]));
            }
        }
        add(Group::Run.of([step(line.run, [2, 3, 4, 6]), class]));
        let below = self.total[(i + 6).min(n)] - self.total[i + 1];
        add(Group::Five.of([step(below, [20, 60, 120, 250]), class]));
        add(Group::Twin.of([self.twins.get(&line.words).map_or(0, |&times| step(times, [2, 3, 5])), class]));
        let place = self.places.get(&line.bare);
        let again = |of: fn(&(u32, u32), u32) -> bool| flag(place.is_some_and(|place| of(place, i as u32)));
        let (below, above) = (again(|place, i| place.1 > i), again(|place, i| place.0 < i));
        add(Group::Again.of([below, above, flag(shape.value.is_none())]));
        add(Group::Form.of([form(line.form), line.doubt, class]));
        if let Some(manner) = witness::manner(line.told) {
            add(Group::ToldHead.of([manner]));
        }
        if line.told > 0 {
            add(Group::Told.of([line.told.into(), class]));
        }
    }
}

/// Whether a line is the name of a file or of something in a program.
fn is_identifier(text: &str) -> bool {
    text.is_ascii() && !text.contains(' ') && text.contains(['.', '_', '/', '\\', ':', '(', '='])
}

/// Whether dots or dashes lead to something at the end of a line.
pub fn has_leader(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        run = match c {
            '.' | '．' | '…' | '·' | '-' | '—' => run + 1,
            ' ' => run,
            _ => 0,
        };
        run >= 4
    })
}

/// The text up to a remark in brackets.
fn genre_end(text: &str) -> &str {
    let cut = text.find(['（', '(', '〈']).filter(|&at| at > 0).map_or(text, |at| &text[..at]);
    cut.trim_end_matches(['”', '」', '』', '》', '）', ')', ' '])
}

/// The last character before a remark in brackets.
pub fn tail(text: &str) -> char {
    genre_end(text).chars().next_back().unwrap_or(' ')
}

/// Whether line `i` was seen as a head by another reader.
pub fn is_told_head(line: &Sight<'_>) -> bool {
    witness::is_head(line.told)
}
