//! How a batch is told while it runs: a bar on a terminal, plain lines elsewhere.

use super::Voice;
use crate::error::{Kind, told};
use crate::lang::Lang;
use crate::report::{Record, Status, Summary};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::IsTerminal;

/// Warnings of one file that are told without `--verbose`.
const WARNINGS_TOLD: usize = 3;

/// Tells of a batch on standard error.
#[derive(Debug)]
pub struct Progress {
    voice: Voice,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins to tell of a batch of `files` inputs.
    pub fn begin(voice: Voice, files: usize) -> Self {
        let terminal = std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let bar = (terminal && !voice.quiet && files > 1).then(|| {
            let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr());
            let template = voice.pick(
                "{bar:32} {pos}/{len} files, {rate}/s, {eta} left",
                "{bar:32} {pos}/{len} 个文件，每秒 {rate} 个，还需 {eta}",
            );
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
                    // The line takes whatever is written to it.
                    let _ = write!(out, "{:.1}", state.per_sec());
                }));
            }
            bar
        });
        Progress { voice, bar }
    }

    /// Tells that one more input is finished.
    pub fn advance(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Tells what became of an input.
    pub fn record(&self, record: &Record) {
        let Voice { quiet, verbose, .. } = self.voice;
        let wanted = match record.status {
            Status::Failed => true,
            Status::Done => !quiet && (verbose || self.bar.is_none()),
            Status::Skipped => verbose && !quiet,
        };
        let mut lines = String::new();
        if wanted {
            lines.push_str(&self.line(record));
        }
        if !quiet && record.status != Status::Failed {
            self.warnings(record, &mut lines);
        }
        let lines = lines.trim_end();
        if lines.is_empty() {
            return;
        }
        match &self.bar {
            Some(bar) => bar.suspend(|| self.voice.say(lines)),
            None => self.voice.say(lines),
        }
    }

    /// Ends, and tells the sum.
    pub fn end(&self, summary: &Summary, passed_over: usize) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.voice.quiet {
            return;
        }
        let seconds = summary.millis as f64 / 1000.0;
        let mut line = match self.voice.lang {
            Lang::En => format!("{} done, {} up to date, {} failed", summary.done, summary.skipped, summary.failed),
            Lang::Zh => format!("完成 {}，已是最新 {}，失败 {}", summary.done, summary.skipped, summary.failed),
        };
        // A String takes whatever is written to it.
        let _ = match self.voice.lang {
            Lang::En if summary.left > 0 => write!(line, ", {} left", summary.left),
            Lang::Zh if summary.left > 0 => write!(line, "，未处理 {}", summary.left),
            _ => Ok(()),
        };
        let _ = match self.voice.lang {
            Lang::En => write!(line, " · {} edits, {} warnings · {seconds:.1} s", summary.edits, summary.warnings),
            Lang::Zh => write!(line, " · 改动 {} 处，警告 {} 条 · {seconds:.1} 秒", summary.edits, summary.warnings),
        };
        self.voice.say(line);
        if passed_over > 0 && self.voice.verbose {
            self.voice.say(match self.voice.lang {
                Lang::En => format!("{passed_over} other files in the folders are no .txt, .text, .md or .markdown"),
                Lang::Zh => format!("文件夹中另有 {passed_over} 个文件不是 .txt、.text、.md 或 .markdown，未处理"),
            });
        }
    }

    fn line(&self, record: &Record) -> String {
        let voice = self.voice;
        let input = &record.input;
        match record.status {
            Status::Failed => failure(record, voice),
            Status::Skipped => format!("{} {input}\n", voice.dim(voice.pick("unchanged", "未变"))),
            Status::Done => {
                let mut facts = vec![];
                if let Some(encoding) = &record.encoding {
                    facts.push(encoding.label.clone());
                }
                let edits: usize = record.edits.values().sum();
                let pages = record.outputs.iter().find_map(|output| output.pages);
                match voice.lang {
                    Lang::En => {
                        facts.push(format!("{edits} edits"));
                        facts.extend(pages.map(|pages| format!("{pages} pages")));
                    }
                    Lang::Zh => {
                        facts.push(format!("改动 {edits} 处"));
                        facts.extend(pages.map(|pages| format!("{pages} 页")));
                    }
                }
                format!(
                    "{} {input} → {} ({})\n",
                    voice.green(voice.pick("done", "完成")),
                    outputs(record),
                    facts.join(voice.pick(", ", "，"))
                )
            }
        }
    }

    /// Tells the warnings about an input whose output goes to standard output.
    pub fn warnings_of(&self, record: &Record) {
        let mut lines = String::new();
        if !self.voice.quiet {
            self.warnings(record, &mut lines);
        }
        if !lines.is_empty() {
            self.voice.say(lines.trim_end());
        }
    }

    fn warnings(&self, record: &Record, lines: &mut String) {
        let voice = self.voice;
        if record.status == Status::Skipped && !voice.verbose && !record.warnings.iter().any(|w| w.line.is_none()) {
            return;
        }
        let most = if voice.verbose { usize::MAX } else { WARNINGS_TOLD };
        for warning in record.warnings.iter().take(most) {
            let place = match (warning.line, warning.column) {
                (Some(line), Some(column)) => format!(":{line}:{column}"),
                _ => String::new(),
            };
            let excerpt = match warning.line {
                Some(_) => warning.excerpt.as_str().into(),
                // About the file as a whole it is not the text that is shown, but what was found.
                None => told(&warning.excerpt, voice.lang),
            };
            let label = voice.yellow(voice.pick("warning", "警告"));
            let _ = writeln!(lines, "{label} {}{place}: {}: {excerpt}", record.input, warning.named(voice.lang));
        }
        let rest = record.warnings.len().saturating_sub(most);
        if rest > 0 {
            let _ = match voice.lang {
                Lang::En => writeln!(lines, "        and {rest} more (-v, --report or `shanben inspect` show all)"),
                Lang::Zh => writeln!(lines, "     另有 {rest} 条（-v、--report 或 `shanben inspect` 可看全部）"),
            };
        }
    }
}

/// `error: input: cause; remedy`, and what was done all the same.
pub fn failure(record: &Record, voice: Voice) -> String {
    let (kind, cause) = match &record.error {
        Some(error) => (Kind::from_name(&error.kind), error.message.as_str()),
        None => (None, ""),
    };
    let cause = told(cause, voice.lang);
    let remedy = kind.map_or("", |kind| kind.remedy(voice.lang));
    let label = voice.red(voice.pick("error", "错误"));
    let mut line = match (voice.lang, kind) {
        (Lang::Zh, Some(kind)) => format!("{label}：{}：{}（{cause}）；{remedy}", record.input, kind.meaning()),
        (Lang::Zh, None) => format!("{label}：{}：{cause}", record.input),
        (Lang::En, _) => format!("{label}: {}: {cause}; {remedy}", record.input),
    };
    if !record.outputs.is_empty() {
        line.push_str(voice.pick(" (done all the same: ", "（其余已完成："));
        line.push_str(&outputs(record));
        line.push_str(voice.pick(")", "）"));
    }
    line + "\n"
}

/// `output/a.pdf .docx .md`: the first path, and the other extensions where the rest is the same.
fn outputs(record: &Record) -> String {
    let mut by_stem: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for output in &record.outputs {
        let (stem, extension) = output.path.rsplit_once('.').unwrap_or((&output.path, ""));
        by_stem.entry(stem).or_default().push(extension);
    }
    let shown: Vec<String> =
        by_stem.iter().map(|(stem, extensions)| format!("{stem}.{}", extensions.join(" ."))).collect();
    shown.join(" ")
}
