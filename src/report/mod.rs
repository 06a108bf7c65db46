//! The report: one object an input, as JSON Lines (`docs/report.schema.json`) for programs, and a [page](Page) for people.

mod changes;
mod damage;
mod earlier;
mod page;
pub mod sheet;

use crate::decode::{Decoded, How, Map};
use crate::error::{Cause, Error};
use crate::lang::{Lang, counted};
use crate::normalize::{Normalized, is_layout};
use crate::note::{At, Note, Severity};
use crate::options::Format;
use crate::span::{self, Lines, Place, Span};
use crate::unicode::printable;
use crate::{Reading, noticed};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

pub use changes::{Changes, Passage, Piece};
pub use earlier::is_report;
pub use page::Page;

/// What became of one input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The input, as it may be shown.
    pub input: String,
    /// Digest of its bytes; `None` when it could not be read.
    pub sha256: Option<String>,
    /// Its size in bytes.
    pub bytes: Option<u64>,
    /// How it was read.
    pub encoding: Option<EncodingFacts>,
    /// Text that was lost before it came to us, by kind.
    pub damage: Vec<Damage>,
    /// What its lines are: how many are of each form.
    #[serde(default)]
    pub forms: Vec<FormFacts>,
    /// Number of edits by rule, without those of the layout.
    pub edits: BTreeMap<String, usize>,
    /// Number of edits of line ends, blank lines and blank space at line ends, by rule.
    #[serde(default)]
    pub layout_edits: BTreeMap<String, usize>,
    /// What the text holds and the editions do not, by what it is.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
    /// What a person should look at.
    pub warnings: Vec<Warning>,
    /// What the document is.
    pub document: Option<DocumentFacts>,
    /// The files that belong to it.
    pub outputs: Vec<OutputFacts>,
    /// Characters that no font has.
    pub missing_glyphs: Vec<String>,
    /// The fonts of the user's that it is set in, or that its outputs name.
    #[serde(default)]
    pub fonts: Vec<FontFacts>,
    /// How it ended.
    pub status: Status,
    /// Why it was not to be converted.
    #[serde(skip_deserializing)]
    pub reason: Option<Reason>,
    /// Why it failed.
    #[serde(skip_deserializing)]
    pub error: Option<ErrorFacts>,
    /// Wall-clock time spent on it.
    pub millis: u64,
}

/// How many lines of a text have a form; blank lines have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFacts {
    /// The name of the form.
    pub form: String,
    /// The number of lines.
    pub lines: usize,
}

impl FormFacts {
    /// Counts the lines of each form in what became of a text.
    fn of(normalized: &Normalized) -> Vec<FormFacts> {
        let mut counts = BTreeMap::new();
        for region in &normalized.regions {
            let lines = normalized.text.get(region.span.range()).unwrap_or_default().lines();
            *counts.entry(region.form).or_insert(0) += lines.filter(|line| !line.trim().is_empty()).count();
        }
        counts.into_iter().map(|(form, lines)| FormFacts { form: form.name().to_owned(), lines }).collect()
    }
}

/// How an input ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Written.
    Done,
    /// Was up to date.
    Skipped,
    /// Not written.
    Failed,
    /// Found, and not to be converted.
    LeftOut,
}

/// A font that is none of the program's: another machine may have other bytes under its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FontFacts {
    /// Its file, with its number in a collection.
    pub file: String,
    /// The name of its family.
    pub family: String,
    /// Digest of its file.
    pub sha256: String,
    /// Of a variable font, the name of the instance that is set: its default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// How an input was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EncodingFacts {
    /// Label of the encoding.
    pub label: String,
    /// `bom`, `declared`, `detected` or `forced`.
    pub how: String,
    /// Distance to the runner-up in bits.
    pub margin: Option<f64>,
}

/// Damage of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// Its kind: `malformed` bytes, `mojibake`, `lost-text`, `half-width-marks` and others.
    pub kind: String,
    /// How often.
    pub count: usize,
    /// Where first, in the decoded text.
    pub first: Place,
    /// The same in the file: offset of its first byte.
    pub byte: usize,
}

impl Damage {
    /// Its kind as people are told of it.
    pub fn named(&self, lang: Lang) -> &str {
        damage::named(&self.kind, lang)
    }
}

/// What was left out of the editions: comments, and tags that say nothing that they could say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Name of the note that tells it.
    pub kind: String,
    /// What it was.
    pub what: String,
    /// The same in Chinese; `None` where it is not told by words of the program. A record outlives the cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_zh: Option<String>,
    /// How often.
    pub count: usize,
    /// Where first, in the decoded text; `None` where it is left out of the file as a whole.
    pub first: Option<Place>,
}

impl LeftOut {
    /// What it was as people are told of it, with its number and its place.
    pub fn told(&self, lang: Lang) -> String {
        let what = self.what_zh.as_deref().filter(|_| lang == Lang::Zh).unwrap_or(&self.what);
        let times = if self.count > 1 || self.first.is_some() { format!(" × {}", self.count) } else { String::new() };
        let place = self.first.map_or(String::new(), |place| format!(" ({}:{})", place.line, place.column));
        format!("{what}{times}{place}")
    }
}

/// Something a person should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable name.
    pub kind: String,
    /// Line in the decoded text, from 1; `None` when it is about the file as a whole.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
    /// The text around it, or what was found.
    pub excerpt: String,
    /// What was found, in Chinese; `None` where it is not told by words of the program. A record outlives the cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt_zh: Option<String>,
}

impl Warning {
    /// Its kind as people are told of it: its name, in Chinese after what it says.
    pub fn named(&self, lang: Lang) -> Cow<'_, str> {
        match (lang, noticed(&self.kind, lang)) {
            (Lang::En, _) | (Lang::Zh, "") => self.kind.as_str().into(),
            (Lang::Zh, said) => format!("{said}（{}）", self.kind).into(),
        }
    }

    /// The text around it, or what was found as people are told of it.
    pub fn told(&self, lang: Lang) -> &str {
        self.excerpt_zh.as_deref().filter(|_| lang == Lang::Zh).unwrap_or(&self.excerpt)
    }

    /// What was found, as a cause.
    pub fn cause(&self) -> Cause {
        Cause::InBoth { en: self.excerpt.clone(), zh: self.told(Lang::Zh).to_owned() }
    }
}

/// What the document is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Its title.
    pub title: Option<String>,
    /// What kind of document it is.
    #[serde(default)]
    pub kind: String,
    /// The style of its pages.
    #[serde(default)]
    pub style: String,
    /// Number of headings.
    pub headings: usize,
    /// Number of paragraphs.
    pub paragraphs: usize,
    /// Number of characters.
    pub chars: usize,
    /// Number of notes between the words, where it has any.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub glosses: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl DocumentFacts {
    /// How large it is: `3 headings, 1 paragraph, 40 characters`.
    pub fn size(&self, lang: Lang) -> String {
        let DocumentFacts { headings, paragraphs, chars, glosses, .. } = *self;
        let more = match (glosses, lang) {
            (0, _) => String::new(),
            (1, Lang::En) => ", 1 note between the words".into(),
            (_, Lang::En) => format!(", {glosses} notes between the words"),
            (_, Lang::Zh) => format!("，夹注 {glosses} 处"),
        };
        match lang {
            Lang::En => {
                let (headings, chars) = (counted(headings, "heading"), counted(chars, "character"));
                format!("{headings}, {}, {chars}{more}", counted(paragraphs, "paragraph"))
            }
            Lang::Zh => format!("{headings} 个标题，{paragraphs} 段，{chars} 字{more}"),
        }
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputFacts {
    /// Its format.
    pub format: Format,
    /// Where it lies.
    pub path: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Number of pages, for PDF.
    pub pages: Option<usize>,
}

/// Why something that was found is not converted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Stable name.
    pub kind: String,
    /// What it means.
    #[serde(serialize_with = "in_english")]
    pub message: Cause,
}

/// Why an input failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErrorFacts {
    /// Stage in which it failed.
    pub stage: String,
    /// Stable name of the fault.
    pub kind: String,
    /// What exactly.
    #[serde(serialize_with = "in_english")]
    pub message: Cause,
}

/// The sum of a run: the last line of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Inputs in all.
    pub inputs: usize,
    /// Written.
    pub done: usize,
    /// Up to date.
    pub skipped: usize,
    /// Failed.
    pub failed: usize,
    /// Found and not to be converted; these are no inputs.
    pub left_out: usize,
    /// Not begun, because the run was interrupted.
    pub left: usize,
    /// Warnings in all.
    pub warnings: usize,
    /// Edits in all, without those of the layout.
    pub edits: usize,
    /// Edits of line ends, blank lines and blank space at line ends in all.
    pub layout_edits: usize,
    /// Bytes read.
    pub bytes: u64,
    /// Wall-clock time of the run.
    pub millis: u64,
}

impl Record {
    /// A record of `input` about which nothing is known yet.
    pub fn new(input: impl Into<String>) -> Self {
        Record {
            input: input.into(),
            sha256: None,
            bytes: None,
            encoding: None,
            damage: vec![],
            forms: vec![],
            edits: BTreeMap::new(),
            layout_edits: BTreeMap::new(),
            left_out: vec![],
            warnings: vec![],
            document: None,
            outputs: vec![],
            missing_glyphs: vec![],
            fonts: vec![],
            status: Status::Done,
            reason: None,
            error: None,
            millis: 0,
        }
    }

    /// Enters how the text was read and restored, and what it was taken for.
    pub fn describe(&mut self, reading: &Reading, places: &Places<'_>) {
        let Reading { decoded, normalized, document, kind, style, notes, .. } = reading;
        self.encoding = Some(EncodingFacts {
            label: decoded.encoding.to_owned(),
            how: how_name(decoded.evidence.how).to_owned(),
            margin: decoded.evidence.margin,
        });
        self.forms = FormFacts::of(normalized);
        let counts = normalized.counts().into_iter().map(|(rule, count)| (rule.to_owned(), count));
        (self.layout_edits, self.edits) = counts.partition(|(rule, _)| is_layout(rule));
        let (paragraphs, chars) = document.counts();
        self.document = Some(DocumentFacts {
            title: document.meta.title.clone(),
            kind: kind.name().to_owned(),
            style: style.clone(),
            headings: document.outline().len(),
            paragraphs,
            chars,
            glosses: document.amount().glosses,
        });
        self.damage = damage::of(decoded, normalized, places);
        self.left_out = left_out(notes, places);
        self.enter_notes(places, decoded.notes.iter().chain(&normalized.notes).chain(notes));
    }

    /// Enters `notes`: damage is counted, warnings are listed with their places.
    pub fn enter_notes<'n>(&mut self, places: &Places<'_>, notes: impl IntoIterator<Item = &'n Note>) {
        for note in notes.into_iter().filter(|note| note.severity == Severity::Warning) {
            let place = places.of(note.at);
            let excerpt = places.excerpt(note.at);
            if note.kind == MISSING_GLYPH {
                self.missing_glyphs.push(note.detail.to_string());
            }
            let told = |lang| printable(&note.detail.told(lang)).into_owned();
            self.warnings.push(Warning {
                kind: note.kind.to_owned(),
                line: place.map(|place| place.line),
                column: place.map(|place| place.column),
                excerpt_zh: (excerpt.is_none() && !note.detail.is_text()).then(|| told(Lang::Zh)),
                excerpt: excerpt.unwrap_or_else(|| told(Lang::En)),
            });
        }
    }

    /// Keeps what an earlier record of the same text noted besides.
    pub fn keep_noted(&mut self, earlier: &Record) {
        for font in &earlier.fonts {
            if !self.fonts.contains(font) {
                self.fonts.push(font.clone());
            }
        }
        for warning in &earlier.warnings {
            if !self.warnings.contains(warning) {
                self.warnings.push(warning.clone());
            }
        }
        for glyph in &earlier.missing_glyphs {
            if !self.missing_glyphs.contains(glyph) {
                self.missing_glyphs.push(glyph.clone());
            }
        }
    }

    /// Makes it the record of something that is not to be converted, for a reason with a stable name.
    pub fn leave_out(&mut self, kind: &str, message: Cause) {
        self.status = Status::LeftOut;
        self.reason = Some(Reason { kind: kind.to_owned(), message });
    }

    /// Makes it the record of a failure.
    pub fn fail(&mut self, error: &Error) {
        self.status = Status::Failed;
        self.error = Some(ErrorFacts {
            stage: error.stage.name().to_owned(),
            kind: error.kind.name().to_owned(),
            message: Cause::clone(&error.cause),
        });
    }

    /// As one line of JSON, line end included.
    pub fn to_line(&self) -> String {
        json_line(self)
    }
}

impl Summary {
    /// Adds a record.
    pub fn add(&mut self, record: &Record) {
        let count = match record.status {
            Status::Done => &mut self.done,
            Status::Skipped => &mut self.skipped,
            Status::Failed => &mut self.failed,
            Status::LeftOut => &mut self.left_out,
        };
        *count += 1;
        self.inputs += usize::from(record.status != Status::LeftOut);
        self.warnings += record.warnings.len();
        self.edits += record.edits.values().sum::<usize>();
        self.layout_edits += record.layout_edits.values().sum::<usize>();
        self.bytes += record.bytes.unwrap_or(0);
    }

    /// As the last line of the report.
    pub fn to_line(&self) -> String {
        #[derive(Serialize)]
        struct Last<'s> {
            summary: &'s Summary,
        }
        json_line(&Last { summary: self })
    }
}

/// The kinds of notes that tell of what was left out.
const LEFT_OUT: [&str; 6] =
    ["around-left-out", "document-left-out", "html-comment", "html-left-out", "markup-left-out", "dead-link"];

/// What `notes` say that was left out.
fn left_out(notes: &[Note], places: &Places<'_>) -> Vec<LeftOut> {
    let mut found: Vec<LeftOut> = vec![];
    let mut index: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for note in notes.iter().filter(|note| LEFT_OUT.contains(&note.kind)) {
        let key = (note.kind, note.detail.to_string());
        let at = match index.get(&key) {
            Some(&at) => at,
            None => {
                // Only of the first: in a long line a place is found by walking there.
                let first = places.of(note.at);
                let what = printable(&key.1).into_owned();
                let in_chinese = (!note.detail.is_text()).then(|| note.detail.told(Lang::Zh));
                let what_zh = in_chinese.map(|told| printable(&told).into_owned());
                found.push(LeftOut { kind: note.kind.to_owned(), what, what_zh, count: 0, first });
                index.insert(key, found.len() - 1);
                found.len() - 1
            }
        };
        found[at].count += 1;
    }
    found
}

/// Kind of the note that layout gives for a character that no font has.
const MISSING_GLYPH: &str = "missing-glyph";

/// A cause as programs read it.
fn in_english<S: Serializer>(cause: &Cause, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&printable(&cause.to_string()))
}

fn json_line(value: &impl Serialize) -> String {
    // Plain structs with string keys cannot fail to serialize; an empty object would still be valid JSON.
    let mut line = serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned());
    line.push('\n');
    line
}

/// The name of a way to find the encoding.
pub const fn how_name(how: How) -> &'static str {
    match how {
        How::Bom => "bom",
        How::Declared => "declared",
        How::Detected => "detected",
        How::Forced => "forced",
        How::Format => "format",
    }
}

/// Finds places in the decoded text, which is the one that a person has before him, for spans of any of the three texts; those of a transcript in the page of which
/// it was made.
#[derive(Debug)]
pub struct Places<'t> {
    lines: Lines<'t>,
    /// The lines of the page of which the decoded text is a transcript.
    original: Option<Lines<'t>>,
    bytes: &'t [u8],
    decoded: &'t Decoded,
    normalized: &'t Normalized,
    /// Made when a byte is first asked for.
    map: OnceCell<Map>,
}

impl<'t> Places<'t> {
    /// Indexes both texts, of which the first was read from `bytes`.
    pub fn new(bytes: &'t [u8], decoded: &'t Decoded, normalized: &'t Normalized) -> Self {
        let original = decoded.original.as_deref().filter(|original| !original.places.is_empty());
        let original = original.map(|original| Lines::new(&original.decoded.text));
        Places { lines: Lines::new(&decoded.text), original, bytes, decoded, normalized, map: OnceCell::new() }
    }

    /// The byte of the file where byte `offset` of the decoded text comes from.
    pub fn byte(&self, offset: usize) -> usize {
        self.map.get_or_init(|| self.decoded.map(self.bytes)).source(Span::new(offset, offset)).start
    }

    /// The place where `at` begins; `None` for the file as a whole.
    pub fn of(&self, at: At) -> Option<Place> {
        match (at, &self.original) {
            (At::Original(span), Some(lines)) => Some(lines.place(span.start)),
            _ => self.offset(at).map(|offset| self.place(offset)),
        }
    }

    /// The place of byte `offset` of the decoded text.
    pub fn place(&self, offset: usize) -> Place {
        match (&self.original, &self.decoded.original) {
            (Some(lines), Some(original)) => lines.place(span::placed(&original.places, offset)),
            _ => self.lines.place(offset),
        }
    }

    /// The byte of the decoded text where `at` begins.
    pub fn offset(&self, at: At) -> Option<usize> {
        Some(match at {
            At::File | At::Original(_) => return None,
            At::Decoded(span) => span.start,
            At::Normal(span) => self.normalized.decoded_offset(span.start),
            At::Source(span) => {
                let after = self.decoded.malformed.partition_point(|m| m.source.end <= span.start);
                self.decoded.malformed.get(after).filter(|m| m.source.start <= span.start)?.decoded
            }
        })
    }

    /// Up to ten characters on either side of where `at` begins, in its line; `None` for the file as a whole.
    fn excerpt(&self, at: At) -> Option<String> {
        let around = match (at, &self.original) {
            (At::Original(span), Some(lines)) => lines.around(span.start, 10, 21),
            _ => self.lines.around(self.offset(at)?, 10, 21),
        };
        Some(printable(around.trim()).into_owned())
    }
}
