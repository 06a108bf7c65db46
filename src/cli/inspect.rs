//! `shanben inspect`: how files are read, and why; writes nothing.

use super::args::InspectArgs;
use super::convert::{left_out, refused_paths};
use super::diff;
use super::layers::Asking;
use super::progress::{failure, tell_left_out};
use super::resolve::{self, Resolved};
use super::{Exit, Refused, Voice, keys, search};
use crate::batch::Choose;
use crate::document::{BlockKind, Document, inline_text};
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::lang::Lang;
use crate::note::At;
use crate::report::{Places, Record, how_name};
use crate::span::Span;
use crate::survey::{DOUBTFUL, Form};
use crate::unicode::printable;
use crate::{Reading, Source, batch, read};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What `--json` tells beyond the report.
#[derive(Debug, Serialize)]
struct Facts<'r> {
    #[serde(flatten)]
    record: &'r Record,
    candidates: Vec<CandidateFacts>,
    regions: Vec<RegionFacts>,
    outline: Vec<HeadingFacts>,
}

/// Regions of which a page lists so many as doubtful; `--json` has all.
const MOST_DOUBTFUL: usize = 10;

/// Lines of one form, and how sure that is.
#[derive(Debug, Serialize)]
struct RegionFacts {
    /// The first and the last line in the file.
    lines: [usize; 2],
    form: Form,
    bits: f32,
    runner_up: Form,
    reason: String,
}

#[derive(Debug, Serialize)]
struct CandidateFacts {
    label: &'static str,
    bits: f64,
    errors: usize,
}

#[derive(Debug, Serialize)]
struct HeadingFacts {
    level: u8,
    text: String,
    reason: &'static str,
    /// How much speaks for it, in bits, and what it would be else.
    #[serde(skip_serializing_if = "Option::is_none")]
    bits: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<&'static str>,
    line: usize,
}

/// Runs the command.
///
/// # Errors
/// What keeps it from starting.
pub fn run(args: &InspectArgs, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    let Resolved { mut configurations, inputs, max_size, voice } = resolve::run(asking, &args.inputs, voice)?;
    let follow = configurations.asked().switch(&keys::FOLLOW);
    let found = search::find(&inputs, None, &[], follow);
    configurations.assign(&found.inputs, voice);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut exit = Exit::Done;
    let mut fail = |record: &Record, out: &mut dyn Write| {
        exit = Exit::Failed;
        let written = if args.json { out.write_all(record.to_line().as_bytes()) } else { Ok(()) };
        voice.say(failure(record, voice).trim_end());
        written
    };
    let mut told = || -> io::Result<()> {
        for record in refused_paths(&found) {
            fail(&record, &mut out)?;
        }
        for record in left_out(&found).filter(|_| args.json) {
            out.write_all(record.to_line().as_bytes())?;
        }
        for (i, input) in found.inputs.iter().enumerate() {
            let mut record = Record::new(printable(&input.shown));
            let examined = catch_unwind(AssertUnwindSafe(|| {
                let chosen = configurations.choose(input)?;
                let source = batch::load(input, max_size)?;
                let reading = read(&source, &chosen.settings)?;
                Ok((source, reading))
            }))
            .unwrap_or_else(|panic| {
                Err(Error::new(Stage::Recognize, Kind::Bug, &*input.shown, Cause::text(panic_message(&*panic))))
            });
            let (source, reading) = match examined {
                Ok(examined) => examined,
                Err(error) => {
                    record.fail(&error);
                    fail(&record, &mut out)?;
                    continue;
                }
            };
            let places = Places::new(&source.bytes, &reading.decoded, &reading.normalized);
            describe(&mut record, &source, &reading, &places);
            if args.json {
                json(&mut out, &record, &reading, &places)?;
            } else {
                if i > 0 {
                    writeln!(out)?;
                }
                out.write_all(page(&record, &reading, &places, voice).as_bytes())?;
                if args.diff {
                    diff::write(&mut out, &reading, voice.stdout_color())?;
                }
            }
        }
        out.flush()
    };
    let told = told();
    tell_left_out(&found.left_out, voice);
    match told {
        // A reader that has had enough is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Refused(error.to_string())),
        _ => Ok(exit),
    }
}

/// Enters all that is known of a reading into its record.
fn describe(record: &mut Record, source: &Source, reading: &Reading, places: &Places<'_>) {
    record.sha256 = Some(source.sha256.clone());
    record.bytes = Some(source.bytes.len() as u64);
    record.describe(reading, places);
}

fn json(out: &mut dyn Write, record: &Record, reading: &Reading, places: &Places<'_>) -> io::Result<()> {
    let candidates = reading.decoded.evidence.candidates.iter();
    let facts = Facts {
        record,
        candidates: candidates.map(|c| CandidateFacts { label: c.label, bits: c.bits, errors: c.errors }).collect(),
        regions: regions(reading, places),
        outline: outline(&reading.document, places),
    };
    serde_json::to_writer(&mut *out, &facts)?;
    out.write_all(b"\n")
}

/// What each part of the text is, with its lines in the file.
fn regions(reading: &Reading, places: &Places<'_>) -> Vec<RegionFacts> {
    let line = |at: usize| places.of(At::Normal(Span::new(at, at))).map_or(0, |place| place.line);
    let regions = reading.normalized.regions.iter().map(|region| RegionFacts {
        lines: [line(region.span.start), line(region.span.end)],
        form: region.form,
        bits: (region.bits * 10.0).round() / 10.0,
        runner_up: region.runner_up,
        reason: region.reason.to_string(),
    });
    regions.collect()
}

/// The headings with the reasons for which they were taken as such, and their lines in the file.
fn outline(document: &Document, places: &Places<'_>) -> Vec<HeadingFacts> {
    let headings = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some(HeadingFacts {
            level: heading.level,
            text: inline_text(document, &heading.content),
            reason: heading.reason,
            bits: heading.weighed.map(|weighed| f64::from(weighed.tenths) / 10.0),
            instead: heading.weighed.map(|weighed| weighed.instead),
            line: places.of(At::Normal(block.span)).map_or(0, |place| place.line),
        }),
        _ => None,
    });
    headings.collect()
}

/// What a person wants to know of a file.
fn page(record: &Record, reading: &Reading, places: &Places<'_>, voice: Voice) -> String {
    let bold = |text: &str| if voice.stdout_color() { format!("\u{1b}[1m{text}\u{1b}[m") } else { text.to_owned() };
    let mut text = format!("{}\n", bold(&record.input));
    // A String takes whatever is written to it.
    let mut row = |en: &str, zh: &str, value: &str| {
        let _ = match voice.lang {
            Lang::En => writeln!(text, "  {en:<10} {value}"),
            Lang::Zh => writeln!(text, "  {zh}\t{value}"),
        };
    };
    row("encoding", "编码", &encoding(reading, voice));
    let damage: Vec<String> = record
        .damage
        .iter()
        .map(|d| {
            let byte = voice.pick("byte", "字节");
            format!("{} × {} ({}:{}, {byte} {})", d.named(voice.lang), d.count, d.first.line, d.first.column, d.byte)
        })
        .collect();
    row("damage", "损坏", &list(&damage, voice));
    let doubtful: Vec<RegionFacts> =
        regions(reading, places).into_iter().filter(|region| region.bits < DOUBTFUL).collect();
    let more = doubtful.len().saturating_sub(MOST_DOUBTFUL);
    let forms: Vec<String> = record.forms.iter().map(|f| format!("{} {}", f.form, f.lines)).collect();
    row("forms", "形式", &list(&forms, voice));
    for (i, region) in doubtful.into_iter().take(MOST_DOUBTFUL).enumerate() {
        let label = if i == 0 { ("doubtful", "存疑") } else { ("", "") };
        let RegionFacts { lines: [from, to], form, runner_up, reason, .. } = region;
        let or = voice.pick("or", "或");
        row(label.0, label.1, &format!("{from}–{to}  {} {or} {}  [{reason}]", form.name(), runner_up.name()));
    }
    if more > 0 {
        row("", "", &format!("{}{more}", voice.pick("more: ", "另有 ")));
    }
    let edits: Vec<String> = record.edits.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    row("edits", "改动", &list(&edits, voice));
    if let Some(document) = &record.document {
        if let Some(title) = &document.title {
            row("title", "标题", &printable(title));
        }
        row("document", "文档", &document.size(voice.lang));
    }
    for (i, left) in record.left_out.iter().enumerate() {
        let label = if i == 0 { ("left out", "略去") } else { ("", "") };
        let (what, place) = (&left.what, left.first);
        row(label.0, label.1, &format!("{}:{}  {what} × {}", place.line, place.column, left.count));
    }
    for (i, warning) in record.warnings.iter().enumerate() {
        let place = match (warning.line, warning.column) {
            (Some(line), Some(column)) => format!("{line}:{column}  "),
            _ => String::new(),
        };
        let label = if i == 0 { ("warnings", "警告") } else { ("", "") };
        row(label.0, label.1, &format!("{place}{}  {}", warning.kind, warning.excerpt));
    }
    for (i, heading) in outline(&reading.document, places).iter().enumerate() {
        let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
        let label = if i == 0 { ("outline", "提纲") } else { ("", "") };
        let HeadingFacts { text, line, reason, .. } = heading;
        let weighed = heading.bits.zip(heading.instead).map_or(String::new(), |(bits, instead)| {
            format!(", {bits:.1} {} {instead}", voice.pick("bits over", "比特，胜过"))
        });
        row(label.0, label.1, &format!("{indent}{}  [{line}, {reason}{weighed}]", printable(text)));
    }
    text
}

/// `gb18030, detected, 8123 bits before big5`.
fn encoding(reading: &Reading, voice: Voice) -> String {
    let evidence = &reading.decoded.evidence;
    let how = match voice.lang {
        Lang::En => how_name(evidence.how),
        Lang::Zh => match evidence.how {
            crate::decode::How::Bom => "有字节顺序标记",
            crate::decode::How::Declared => "文件自述",
            crate::decode::How::Detected => "识别所得",
            crate::decode::How::Forced => "用户指定",
        },
    };
    let mut text = format!("{}{}{how}", reading.decoded.encoding, voice.pick(", ", "，"));
    if let (Some(margin), Some(second)) = (evidence.margin, evidence.candidates.get(1)) {
        let _ = match voice.lang {
            Lang::En => write!(text, ", {margin:.0} bits before {}", second.label),
            Lang::Zh => write!(text, "，领先 {} {margin:.0} 比特", second.label),
        };
    }
    text
}

fn list(items: &[String], voice: Voice) -> String {
    if items.is_empty() { voice.pick("none", "无").to_owned() } else { items.join(voice.pick(", ", "，")) }
}
