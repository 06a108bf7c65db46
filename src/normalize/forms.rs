//! What may be changed where: forms of lines by concerns of rules.

use super::proof::{Proof, proofs};
use super::rule::Concern;
use crate::chinese::words::Word;
use crate::chinese::{code, marks};
use crate::survey::{Form, Region, SURE, Survey};
use crate::unicode::is_han;

/// A set of concerns of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Concerns(u8);

impl Concerns {
    /// All of them.
    pub const ALL: Concerns = Concerns(u8::MAX);
    /// What undoes how a file was stored: allowed wherever text stands.
    const READING: Concerns = Concerns::of(&[Concern::Reading]);
    /// What is put right in a line that ends a Chinese sentence, though it is not certain that the line is prose.
    const SENTENCE: Concerns = Concerns::of(&[Concern::Marks, Concern::Stops, Concern::Quotes, Concern::Spaces]);

    /// The set of `concerns`.
    pub const fn of(concerns: &[Concern]) -> Concerns {
        let (mut set, mut i) = (0, 0);
        while i < concerns.len() {
            set |= 1 << concerns[i] as u8;
            i += 1;
        }
        Concerns(set)
    }

    /// Whether `concern` is in it.
    pub fn has(self, concern: Concern) -> bool {
        self.0 & 1 << concern as u8 != 0
    }

    /// Those that are in both.
    pub fn and(self, other: Concerns) -> Concerns {
        Concerns(self.0 & other.0)
    }

    /// Those that are in either.
    fn or(self, other: Concerns) -> Concerns {
        Concerns(self.0 | other.0)
    }

    /// It without `concern`.
    fn without(self, concern: Concern) -> Concerns {
        Concerns(self.0 & !(1 << concern as u8))
    }

    /// Whether none is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Concern> for Concerns {
    fn from_iter<I: IntoIterator<Item = Concern>>(concerns: I) -> Concerns {
        concerns.into_iter().fold(Concerns(0), |set, concern| set.or(Concerns::of(&[concern])))
    }
}

/// The concerns that may change lines of `form`. What is a picture, data or a program stays as it came; tables, references, heads of
/// mails and page furniture lose what nobody sees. Entries of registers keep their spaces, and points in them are no full stops.
const fn allowed(form: Form) -> Concerns {
    use Concern::{Characters, Joins, Layout, Marks, Quotes, Reading, Spaces, Stops};
    match form {
        Form::Prose => Concerns::ALL,
        Form::Title => Concerns::of(&[Reading, Layout, Spaces, Characters, Marks, Stops, Quotes]),
        Form::Record => Concerns::of(&[Reading, Layout, Joins, Characters, Marks, Quotes]),
        Form::Verse => Concerns::of(&[Reading, Layout, Characters, Marks, Stops, Quotes]),
        Form::Foreign => Concerns::of(&[Reading, Layout, Joins, Spaces]),
        Form::Refs => Concerns::of(&[Reading, Layout, Joins]),
        Form::Table | Form::Mail | Form::Furniture => Concerns::of(&[Reading, Layout]),
        Form::Data | Form::Code | Form::Drawing => Concerns::READING,
    }
}

/// The concerns that may change `line`, which is of the form of `region`: where that is not certain, those that the next form allows as
/// well; and marks where the line itself is a Chinese sentence or a label with its value, if one of the two forms allows them.
fn allowed_in(region: &Region, line: &str, few: bool) -> Concerns {
    let (form, next) = (allowed(region.form), allowed(region.runner_up));
    if few {
        // No width is proved by two lines.
        return if region.bits >= SURE { form } else { form.and(next).or(UNPROVED) }.without(Concern::Joins);
    }
    if region.bits >= SURE {
        return form;
    }
    let posted = region.form == Form::Mail || region.runner_up == Form::Mail;
    let sentence = ends_sentence(line) || is_labelled(line, posted);
    if sentence { form.and(next).or(form.or(next).and(Concerns::SENTENCE)) } else { form.and(next) }
}

/// What is done in a text of a few lines whose forms are not certain: rows prove a form, and the rules look at each line for themselves.
const UNPROVED: Concerns =
    Concerns::of(&[Concern::Spaces, Concern::Characters, Concern::Marks, Concern::Stops, Concern::Quotes]);
/// What is done in the speech of a subtitle: it stands in lines of its own.
const SPOKEN: Concerns = Concerns::of(&[
    Concern::Reading,
    Concern::Layout,
    Concern::Spaces,
    Concern::Characters,
    Concern::Marks,
    Concern::Stops,
    Concern::Quotes,
]);
/// Fewer lines than these are few: two rows may be chance.
const FEW: usize = 3;

/// Whether a line ends as a Chinese sentence does, be its marks damaged or not.
fn ends_sentence(line: &str) -> bool {
    let line = code::without_closing_tags(line);
    // `多发痼疾。〔嘉〕`: behind it may stand where it comes from.
    let source = line.strip_suffix('〕').and_then(|line| line.rsplit_once('〔'));
    let line = source.filter(|(_, source)| source.chars().count() <= MOST_SOURCE).map_or(line, |(line, _)| line);
    // `渡口重修已久。现将情况报告如下:`: behind a sentence, one that goes on below.
    let leads = line.strip_suffix([':', '：']).filter(|rest| rest.contains(['。', '！', '？']));
    if leads.is_some_and(|rest| rest.ends_with(is_han)) {
        return true;
    }
    let mut chars = marks::without_closing(line).chars().rev();
    chars.next().is_some_and(marks::is_full_stop) && chars.next().is_some_and(|c| is_han(c) || marks::closes(c))
}

/// Longest name of a source behind a sentence, in characters.
const MOST_SOURCE: usize = 8;
/// Longest label, in characters.
const MOST_LABEL: usize = 8;

/// Keys in the head of a post, which stays as it came.
const POSTED: [Word; 6] =
    [Word::PostAuthor, Word::PostBoard, Word::PostTitle, Word::PostTime, Word::PostStation, Word::PostReader];

/// Whether a line is a Chinese label, a colon and a value: `发布日期:2018-01-05`; `posted` where it may be a line of the head of a post.
fn is_labelled(line: &str, posted: bool) -> bool {
    let line = line.trim();
    let label = line.split([':', '：']).next().unwrap_or_default();
    let length = label.chars().count();
    label.len() < line.len()
        && (2..=MOST_LABEL).contains(&length)
        && label.chars().all(is_han)
        && !(posted && POSTED.iter().any(|key| key.find(label).is_some()))
}

/// Where which concerns may change a text: each from its offset to that of the next.
pub(crate) struct Allowed {
    /// The concerns from each place on.
    pub concerns: Vec<Concerns>,
    /// The places.
    pub starts: Vec<usize>,
}

impl Allowed {
    /// What the `survey` of `text` allows.
    pub fn of(text: &str, survey: &Survey) -> Allowed {
        let mut all = Allowed { concerns: vec![], starts: vec![] };
        let few = text.lines().filter(|line| !line.trim().is_empty()).nth(FEW - 1).is_none();
        let mut proofs = proofs(text).into_iter().peekable();
        for region in &survey.regions {
            let proved = proofs.peek().is_some_and(|(range, _)| range.start < region.span.end);
            let certain = !few && (region.bits >= SURE || allowed(region.form) == allowed(region.runner_up));
            let mut start = region.span.start;
            if certain && !proved {
                all.add(start, allowed(region.form));
                continue;
            }
            for line in text.get(region.span.range()).unwrap_or_default().split_inclusive('\n') {
                if !line.trim().is_empty() {
                    while proofs.next_if(|(range, _)| range.end < start).is_some() {}
                    let proof = proofs.next_if(|(range, _)| range.start == start);
                    let concerns = match proof {
                        Some((_, Proof::Data)) => Concerns::READING,
                        Some((_, Proof::Speech)) => SPOKEN,
                        None if certain => allowed(region.form),
                        None => allowed_in(region, line, few),
                    };
                    all.add(start, concerns);
                }
                start += line.len();
            }
        }
        if let Some(first) = all.starts.first_mut() {
            *first = 0;
        }
        all
    }

    fn add(&mut self, start: usize, concerns: Concerns) {
        if self.concerns.last() != Some(&concerns) {
            self.concerns.push(concerns);
            self.starts.push(start);
        }
    }
}
