//! What the page is told of a file.

use super::text::{Form, Mark, Opened, State, shown, version};
use crate::batch::Entry;
use crate::discover::{Found, Input, Why};
use crate::document::{BlockKind, inline_text};
use crate::error::{Error, Kind};
use crate::lang::Lang;
use crate::normalize::does;
use crate::options::Settings;
use crate::recognize::{HAND_REASON, told_reason};
use crate::report::{Places, Record, Warning, how_name};
use crate::span::Lines;
use crate::unicode::printable;
use serde::Serialize;

/// What a file says in the list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Facts {
    /// Its encoding.
    pub encoding: String,
    /// Its title.
    pub title: Option<String>,
    /// Places that the rules or a person change.
    pub edits: usize,
    /// How many places are rejected, replaced, or accepted though they were only suggested, and what else was decided.
    pub decided: usize,
    /// What a person should look at.
    pub warnings: usize,
    /// Places that are only suggested, and not decided.
    pub suggestions: usize,
    /// Why a person should look at it: `failed`, `lost`, `encoding`, `warnings`, `suggestions`, `edits`, or nothing.
    pub needs: &'static str,
    /// Why it cannot be read or was not converted.
    pub error: Option<[String; 2]>,
    /// The formats in which it has been converted.
    pub written: Vec<String>,
    /// Whether these are of the file as it is, and as it is decided now.
    pub fresh: bool,
}

/// From so many places on the edits of a file want to be looked at.
const MANY: usize = 50;

impl Facts {
    /// What is known of `opened`, of which the output folder has this on record.
    pub fn of(opened: &Opened, written: Option<Entry>) -> Self {
        let Opened { reading, marks, decisions, .. } = opened;
        let record = record(opened);
        let suggestions = marks.iter().filter(|mark| mark.state == State::Suggested).count();
        let edits = marks.len() - suggestions;
        let has = |kind: &str| record.warnings.iter().any(|warning| warning.kind == kind);
        let lost = record.damage.iter().any(|damage| matches!(damage.kind.as_str(), "malformed" | "lost-text"));
        let decided = marks.iter().filter(|mark| mark.is_decided()).count();
        let about = decisions.as_ref().map_or(0, |decisions| {
            let file = &decisions.file;
            file.headings.len() + usize::from(file.encoding.is_some()) + usize::from(file.title.is_some())
        });
        let needs = match () {
            () if lost => "lost",
            () if has("encoding-doubtful") => "encoding",
            () if !record.warnings.is_empty() => "warnings",
            () if suggestions > 0 => "suggestions",
            () if edits >= MANY => "edits",
            () => "",
        };
        let fresh = written.as_ref().is_some_and(|entry| {
            version(&entry.reading, entry.record.sha256.as_deref().unwrap_or_default()) == opened.version
        });
        let outputs = written.into_iter().flat_map(|entry| entry.outputs).filter(|output| !output.stale);
        Facts {
            encoding: reading.decoded.encoding.to_owned(),
            title: reading.document.meta.title.clone(),
            edits,
            decided: decided + about,
            warnings: record.warnings.len(),
            suggestions,
            needs,
            error: None,
            written: outputs.map(|output| output.facts.format.name().to_owned()).collect(),
            fresh,
        }
    }

    /// What is known of a file that cannot be read.
    pub fn failed(error: &Error) -> Self {
        Facts { needs: "failed", error: Some(told(error)), ..Facts::default() }
    }

    /// The same with why it was not converted, where it can be read.
    #[must_use]
    pub fn unless_failed(self, unmade: Option<&[String; 2]>) -> Self {
        match unmade {
            Some(_) if self.error.is_none() => Facts { needs: "failed", error: unmade.cloned(), ..self },
            _ => self,
        }
    }

    /// Enters what became of it when it was converted.
    pub fn written(&mut self, record: &Record) {
        self.written = record.outputs.iter().map(|output| output.format.name().to_owned()).collect();
        self.fresh = record.error.is_none();
        self.error = record.error.as_ref().map(|error| {
            let remedy = |lang| Kind::from_name(&error.kind).map_or("", |kind| kind.remedy(lang));
            [Lang::En, Lang::Zh].map(|lang| {
                format!("{}{}{}", printable(&error.message.told(lang)), lang.pick("; ", "；"), remedy(lang))
            })
        });
        if self.error.is_some() {
            self.needs = "failed";
        }
    }
}

/// An error in both languages, with what can be done.
pub fn told(error: &Error) -> [String; 2] {
    [Lang::En, Lang::Zh].map(|lang| {
        format!("{}{}{}", printable(&error.cause.told(lang)), lang.pick("; ", "；"), error.kind.remedy(lang))
    })
}

/// Something that was found and is not on the desk.
#[derive(Debug, Clone, Serialize)]
pub struct Missed {
    /// Its path.
    pub name: String,
    /// Why, in both languages.
    pub why: [String; 2],
}

/// Most of what is not on the desk that is told.
const MISSED: usize = 200;

impl Missed {
    /// What of `found` is not on the desk, but for what belongs to the system or is of our own making.
    pub fn of(found: &Found) -> Vec<Missed> {
        let errors = found
            .errors
            .iter()
            .map(|error| Missed { name: printable(&error.path.to_string_lossy()).into_owned(), why: told(error) });
        let is_ours = |why: Why| matches!(why, Why::Hidden | Why::Output | Why::Editions | Why::Written);
        let left_out = found.left_out.iter().filter(|left| !is_ours(left.why)).map(|left| Missed {
            name: printable(&left.shown).into_owned(),
            why: [Lang::En, Lang::Zh].map(|lang| printable(&left.cause().told(lang)).into_owned()),
        });
        errors.chain(left_out).take(MISSED).collect()
    }
}

fn record(opened: &Opened) -> Record {
    let mut record = Record::new("");
    let places = Places::new(&opened.source.bytes, &opened.reading.decoded, &opened.reading.normalized);
    record.describe(&opened.reading, &places);
    record
}

/// A file that is open.
#[derive(Debug, Serialize)]
pub struct File {
    /// What is decided is decided of this version.
    version: String,
    name: String,
    encoding: Encoding,
    title: Option<String>,
    size: String,
    style: String,
    warnings: Vec<Noticed>,
    outline: Vec<Headed>,
    forms: Vec<Listed>,
    marks: usize,
    lines: usize,
    formats: Vec<&'static str>,
    /// The places of which nothing was decided and that a person should look at.
    doubtful: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct Encoding {
    label: String,
    how: &'static str,
    margin: Option<f64>,
    decided: Option<String>,
    candidates: Vec<Candidate>,
}

#[derive(Debug, Serialize)]
struct Candidate {
    label: String,
    bits: f64,
    errors: usize,
}

#[derive(Debug, Serialize)]
struct Noticed {
    said: String,
    line: Option<usize>,
    text: String,
}

#[derive(Debug, Serialize)]
struct Headed {
    line: usize,
    level: u8,
    text: String,
    reason: &'static str,
    bits: Option<f64>,
    decided: bool,
}

#[derive(Debug, Serialize)]
struct Listed {
    #[serde(flatten)]
    form: Form,
    before: String,
    after: String,
    rules: Vec<Told>,
}

#[derive(Debug, Serialize)]
struct Told {
    id: &'static str,
    does: &'static str,
}

/// A place, as it is shown.
#[derive(Debug, Serialize)]
pub struct Place {
    n: usize,
    line: usize,
    before: String,
    after: String,
    now: String,
    /// What stands there now, where that is not what is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<String>,
    rules: Vec<Told>,
    doubtful: bool,
    state: State,
}

impl File {
    /// What the page is told of `opened`, in `lang`.
    pub fn of(opened: &Opened, settings: &Settings, input: &Input, lang: Lang) -> Self {
        let Opened { reading, marks, decisions, .. } = opened;
        let record = record(opened);
        let evidence = &reading.decoded.evidence;
        let candidates = evidence.candidates.iter().map(|candidate| Candidate {
            label: candidate.label.to_owned(),
            bits: (candidate.bits * 100.0).round() / 100.0,
            errors: candidate.errors,
        });
        let noticed = |warning: &Warning| Noticed {
            said: warning.named(lang).into_owned(),
            // Of a page the lines that are shown are those of its transcript.
            line: warning.line.filter(|_| reading.decoded.original.is_none()),
            text: warning.told(lang).to_owned(),
        };
        let text = &reading.decoded.text;
        let forms = opened.forms().into_iter().map(|form| {
            let mark = &marks[form.first];
            let (before, after) = (shown(&text[mark.span.clone()]), shown(&mark.after));
            Listed { before, after, rules: rules(mark, lang), form }
        });
        let doubtful = |(at, mark): (usize, &Mark)| {
            (mark.state == State::Suggested || mark.doubtful && mark.state == State::Open).then_some(at)
        };
        File {
            version: opened.version.clone(),
            name: printable(&input.shown).into_owned(),
            encoding: Encoding {
                label: reading.decoded.encoding.to_owned(),
                how: how_name(evidence.how),
                margin: evidence.margin.map(f64::round),
                decided: decisions.as_ref().and_then(|decisions| decisions.file.encoding.clone()),
                candidates: candidates.collect(),
            },
            title: reading.document.meta.title.clone(),
            size: record.document.as_ref().map(|document| document.size(lang)).unwrap_or_default(),
            style: reading.style.clone(),
            warnings: record.warnings.iter().take(200).map(noticed).collect(),
            outline: outline(opened, lang),
            forms: forms.collect(),
            marks: marks.len(),
            lines: text.lines().count(),
            formats: settings.formats.iter().map(|format| format.name()).collect(),
            doubtful: marks.iter().enumerate().filter_map(doubtful).collect(),
        }
    }
}

fn rules(mark: &Mark, lang: Lang) -> Vec<Told> {
    mark.rules.iter().map(|&id| Told { id, does: does(id, lang) }).collect()
}

/// Places number `range`, as they are shown.
pub fn places(opened: &Opened, range: std::ops::Range<usize>, lang: Lang) -> Vec<Place> {
    let text = &opened.reading.decoded.text;
    let lines = Lines::new(text);
    let marks = opened.marks.iter().enumerate().take(range.end).skip(range.start);
    let place = |(n, mark): (usize, &Mark)| {
        let now = shown(&mark.now);
        Place {
            n,
            line: lines.place(mark.span.start).line,
            before: shown(&text[mark.span.clone()]),
            after: shown(&mark.after),
            raw: (now != mark.now).then(|| mark.now.clone()),
            now,
            rules: rules(mark, lang),
            doubtful: mark.doubtful,
            state: mark.state,
        }
    };
    marks.map(place).collect()
}

/// The headings, with their lines in the file and what these say there.
fn outline(opened: &Opened, lang: Lang) -> Vec<Headed> {
    let reading = &opened.reading;
    let lines = Lines::new(&reading.decoded.text);
    let headings = reading.document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some(Headed {
            line: lines.place(reading.normalized.decoded_offset(block.span.start)).line,
            level: heading.level,
            text: printable(&inline_text(&reading.document, &heading.content)).into_owned(),
            reason: told_reason(heading.reason, lang),
            bits: heading.weighed.map(|weighed| f64::from(weighed.tenths) / 10.0),
            decided: heading.reason == HAND_REASON,
        }),
        _ => None,
    });
    headings.collect()
}
