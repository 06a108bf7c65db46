//! `shanben inspect`: how files are read, and why; writes nothing.

use super::args::InspectArgs;
use super::convert::{left_out, refused_paths};
use super::diff::{self, Shown, counts};
use super::layers::Asking;
use super::progress::{failure, tell_left_out};
use super::resolve::{self, Resolved};
use super::{Exit, Refused, Voice, keys, search};
use crate::batch::Choose;
use crate::document::{BlockKind, Document, inline_text};
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::lang::Lang;
use crate::normalize::{Safety, Told};
use crate::note::At;
use crate::recognize::told_reason;
use crate::report::{Places, Record, how_name};
use crate::span::{Place, Span};
use crate::survey::{DOUBTFUL, Form};
use crate::unicode::printable;
use crate::{Reading, Source, batch, read};
use serde::Serialize;
use std::borrow::Cow;
use std::cell::RefCell;
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
    /// Every change but those of the layout.
    changes: Vec<ChangeFacts<'r>>,
    /// Those, when they are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    layout_changes: Option<Vec<ChangeFacts<'r>>>,
}

/// A change of the text.
#[derive(Debug, Serialize)]
struct ChangeFacts<'r> {
    /// Where it begins in the decoded text.
    place: Place,
    /// The same in the file: offset of its first byte.
    byte: usize,
    rules: Vec<&'static str>,
    before: &'r str,
    after: Cow<'r, str>,
    /// How many changes it is: those that follow each other without a gap are told as one.
    count: usize,
    safety: &'static str,
}

impl<'r> ChangeFacts<'r> {
    fn of(told: Told<'r>, reading: &'r Reading, places: &Places<'_>) -> Self {
        let (at, span) = (told.span.start, told.span);
        ChangeFacts {
            place: places.of(At::Decoded(Span::new(at, at))).unwrap_or(Place { line: 1, column: 1 }),
            byte: places.byte(at),
            rules: told.rules,
            before: reading.decoded.text.get(span.range()).unwrap_or_default(),
            after: told.replacement,
            count: told.count,
            safety: match told.safety {
                Safety::Sure => "sure",
                Safety::Likely => "likely",
                Safety::Suggest => "suggest",
            },
        }
    }
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
    // Of several files a person reads the changes, and not a page of facts before each.
    let sum = RefCell::new((args.diff && found.inputs.len() > 1).then(diff::Sum::default));
    let several = sum.borrow().is_some();
    let most = args.most.unwrap_or(if several { diff::MOST } else { 0 });
    let shown = Shown { layout: args.layout, most: if most == 0 { usize::MAX } else { most } };
    let mut fail = |record: &Record, out: &mut dyn Write| {
        exit = Exit::Failed;
        if let Some(sum) = &mut *sum.borrow_mut() {
            sum.add(record, 0);
        }
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
                json(&mut out, &record, &reading, &places, args.layout)?;
            } else if let Some(sum) = &mut *sum.borrow_mut() {
                writeln!(out, "{}", diff::heading(&record, voice))?;
                sum.add(&record, diff::write(&mut out, &reading, shown, voice)?);
            } else {
                if i > 0 {
                    writeln!(out)?;
                }
                out.write_all(page(&record, &reading, &places, voice).as_bytes())?;
                if args.diff {
                    diff::write(&mut out, &reading, shown, voice)?;
                }
            }
        }
        if let Some(sum) = &*sum.borrow() {
            out.write_all(sum.told(shown, voice).as_bytes())?;
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

fn json(
    out: &mut dyn Write,
    record: &Record,
    reading: &Reading,
    places: &Places<'_>,
    with_layout: bool,
) -> io::Result<()> {
    let candidates = reading.decoded.evidence.candidates.iter();
    let changes = |layout: bool| {
        let account = reading.normalized.account().filter(|told| told.layout == layout);
        account.map(|told| ChangeFacts::of(told, reading, places)).collect()
    };
    let facts = Facts {
        record,
        candidates: candidates.map(|c| CandidateFacts { label: c.label, bits: c.bits, errors: c.errors }).collect(),
        regions: regions(reading, places),
        outline: outline(&reading.document, places),
        changes: changes(false),
        layout_changes: with_layout.then(|| changes(true)),
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
    let mut text = format!("{}\n", voice.bold(&record.input));
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
    let none = voice.pick("none", "无");
    row("edits", "改动", Some(&*counts(&record.edits, voice)).filter(|edits| !edits.is_empty()).unwrap_or(none));
    if !record.layout_edits.is_empty() {
        row("layout", "版面", &counts(&record.layout_edits, voice));
    }
    if let Some(document) = &record.document {
        if let Some(title) = &document.title {
            row("title", "标题", &printable(title));
        }
        row("document", "文档", &document.size(voice.lang));
        let kind = reading.kind.said(voice.lang);
        let set = voice.pick("; pages in style", "；版式");
        row("kind", "种类", &format!("{}{}{kind}{set} {}", reading.kind.name(), voice.pick(", ", "，"), reading.style));
    }
    for (i, left) in record.left_out.iter().enumerate() {
        let label = if i == 0 { ("left out", "略去") } else { ("", "") };
        row(label.0, label.1, &left.told(voice.lang));
    }
    for (i, warning) in record.warnings.iter().enumerate() {
        let place = match (warning.line, warning.column) {
            (Some(line), Some(column)) => format!("{line}:{column}  "),
            _ => String::new(),
        };
        let label = if i == 0 { ("warnings", "警告") } else { ("", "") };
        row(label.0, label.1, &format!("{place}{}  {}", warning.named(voice.lang), warning.told(voice.lang)));
    }
    for (i, heading) in outline(&reading.document, places).iter().enumerate() {
        let indent = "  ".repeat(usize::from(heading.level.saturating_sub(1)));
        let label = if i == 0 { ("outline", "提纲") } else { ("", "") };
        let HeadingFacts { text, line, reason, .. } = heading;
        let weighed = heading.bits.zip(heading.instead).map_or(String::new(), |(bits, instead)| {
            let instead = told_reason(instead, voice.lang);
            format!("{}{bits:.1} {}{instead}", voice.pick(", ", "，"), voice.pick("bits over ", "比特，胜过“"))
                + voice.pick("", "”")
        });
        let (line, reason) = (voice.pick("", "第 ").to_owned() + &line.to_string(), told_reason(reason, voice.lang));
        let then = voice.pick(", ", " 行，");
        row(label.0, label.1, &format!("{indent}{}  [{line}{then}{reason}{weighed}]", printable(text)));
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
            crate::decode::How::Format => "由格式规定",
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
