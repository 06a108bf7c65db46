//! How a batch is told while it runs: a bar on a terminal, plain lines elsewhere.

use super::Voice;
use crate::discover::{LeftOut, Why};
use crate::error::{Cause, Kind};
use crate::lang::{Lang, counted};
use crate::report::{Record, Status, Summary};
use crate::unicode::printable;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Warnings of one file that are told without `--verbose`.
const WARNINGS_TOLD: usize = 3;
/// Lines of a screen: after so many, failures have been scrolled away and are told again at the end,
const SCREEN: usize = 24;
/// at most so many.
const FAILURES_TOLD: usize = 20;
/// Groups of what is not converted that are named in the summary.
const GROUPS_TOLD: usize = 8;

/// Tells of a batch on standard error.
#[derive(Debug)]
pub struct Progress {
    voice: Voice,
    bar: Option<ProgressBar>,
    terminal: bool,
    /// Lines that were told.
    lines: Cell<usize>,
    /// The first failures, and how many there were.
    failures: RefCell<(Vec<String>, usize)>,
}

/// What a batch was asked to do, as far as its end tells of it.
#[derive(Debug)]
pub struct Closing<'c> {
    /// What was named.
    pub inputs: &'c [PathBuf],
    /// The folder of outputs.
    pub output: &'c Path,
    /// The report, if one is written.
    pub report: Option<&'c Path>,
}

impl Progress {
    /// Begins to tell of a batch of `files` inputs.
    pub fn begin(voice: Voice, files: usize) -> Self {
        let terminal = std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let bar = (terminal && !voice.quiet && files > 1).then(|| {
            let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr());
            // The bar takes what the words leave of the line: it may have 40 columns.
            let template = voice.pick(
                "{wide_bar} {pos}/{len} files, {rate}/s, {eta} left",
                "{wide_bar} {pos}/{len} 个文件，每秒 {rate} 个，还需 {eta}",
            );
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
                    // The line takes whatever is written to it.
                    let _ = write!(out, "{:.1}", state.per_sec());
                }));
            }
            bar
        });
        Progress { voice, bar, terminal, lines: Cell::default(), failures: RefCell::default() }
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
            // A folder that is passed over holds more than one file.
            Status::LeftOut => {
                !quiet
                    && (verbose
                        || record
                            .reason
                            .as_ref()
                            .is_some_and(|r| [Why::Editions, Why::Packed].map(Why::name).contains(&r.kind.as_ref())))
            }
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
        self.lines.set(self.lines.get() + lines.lines().count());
        if record.status == Status::Failed {
            let (first, count) = &mut *self.failures.borrow_mut();
            *count += 1;
            if first.len() < FAILURES_TOLD {
                first.push(lines.to_owned());
            }
        }
        match &self.bar {
            Some(bar) => bar.suspend(|| self.voice.say(lines)),
            None => self.voice.say(lines),
        }
    }

    /// Ends, and tells the sum, what is not converted, and on a terminal what can be done next.
    pub fn end(&self, summary: &Summary, left_out: &[LeftOut], closing: &Closing<'_>) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.voice.quiet {
            return;
        }
        let failures = self.failures.borrow();
        if self.lines.get() > SCREEN {
            self.voice.say_all(&failures_again(&failures.0, failures.1, self.voice));
        }
        self.voice.say(sum(summary, self.voice));
        if let Some(line) = not_converted(left_out, self.voice) {
            self.voice.say(line);
        }
        if self.terminal && summary.done + summary.skipped > 0 {
            self.voice.say_all(&next(closing, self.voice));
        }
    }

    fn line(&self, record: &Record) -> String {
        let voice = self.voice;
        let input = &record.input;
        match record.status {
            Status::Failed => failure(record, voice),
            Status::Skipped => format!("{} {input}\n", voice.dim(voice.pick("unchanged", "未变"))),
            Status::LeftOut => {
                record.reason.as_ref().map_or_else(String::new, |reason| left(input, &reason.message, voice))
            }
            Status::Done => {
                let mut facts = vec![];
                if let Some(encoding) = &record.encoding {
                    facts.push(encoding.label.clone());
                }
                let edits: usize = record.edits.values().sum();
                let pages = record.outputs.iter().find_map(|output| output.pages);
                match voice.lang {
                    Lang::En => {
                        facts.push(counted(edits, "edit"));
                        facts.extend(pages.map(|pages| counted(pages, "page")));
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
            let excerpt = warning.told(voice.lang);
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

/// `2 done, 1 up to date, 0 failed · 1 edit, 0 warnings · 0.1 s`.
fn sum(summary: &Summary, voice: Voice) -> String {
    let Summary { done, skipped, failed, left, edits, warnings, .. } = *summary;
    let seconds = summary.millis as f64 / 1000.0;
    match voice.lang {
        Lang::En => {
            let left = if left > 0 { format!(", {left} left") } else { String::new() };
            let (edits, warnings) = (counted(edits, "edit"), counted(warnings, "warning"));
            format!("{done} done, {skipped} up to date, {failed} failed{left} · {edits}, {warnings} · {seconds:.1} s")
        }
        Lang::Zh => {
            let left = if left > 0 { format!("，未处理 {left}") } else { String::new() };
            format!(
                "完成 {done}，已是最新 {skipped}，失败 {failed}{left} · 改动 {edits} 处，警告 {warnings} 条 · {seconds:.1} 秒"
            )
        }
    }
}

/// `left out a.htm: is of a kind …`.
fn left(shown: &str, why: &Cause, voice: Voice) -> String {
    let label = voice.dim(voice.pick("left out", "未转换"));
    format!("{label} {shown}{}{}\n", voice.pick(": ", "："), why.told(voice.lang))
}

/// Tells what was found and is not converted: how much of each kind, and to those who want to know more each with its reason.
pub fn tell_left_out(left_out: &[LeftOut], voice: Voice) {
    if voice.quiet {
        return;
    }
    for found in left_out.iter().filter(|_| voice.verbose) {
        voice.say(left(&printable(&found.shown), &found.cause(), voice).trim_end());
    }
    if let Some(line) = not_converted(left_out, voice) {
        voice.say(line);
    }
}

/// `14 not converted: .htm 12, hidden 2`; the output folder itself is no news.
fn not_converted(left_out: &[LeftOut], voice: Voice) -> Option<String> {
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    let counted = || left_out.iter().filter(|left| left.why != Why::Output);
    for left in counted() {
        *groups.entry(left.group(voice.lang)).or_default() += 1;
    }
    let mut groups: Vec<(String, usize)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let shown: Vec<String> =
        groups.iter().take(GROUPS_TOLD).map(|(group, count)| format!("{} {count}", printable(group))).collect();
    let mut line = shown.join(voice.pick(", ", "，"));
    let rest: usize = groups.iter().skip(GROUPS_TOLD).map(|(_, count)| count).sum();
    if rest > 0 {
        line.push_str(&match voice.lang {
            Lang::En => format!(", others {rest}"),
            Lang::Zh => format!("，其他 {rest}"),
        });
    }
    let count = counted().count();
    let named = if voice.verbose { "" } else { voice.pick(" (-v names them)", "（-v 逐一列出）") };
    (count > 0).then(|| match voice.lang {
        Lang::En => format!("{count} not converted: {line}{named}"),
        Lang::Zh => format!("未转换 {count}：{line}{named}"),
    })
}

/// The first failures once more, where they have been scrolled away.
fn failures_again(first: &[String], count: usize, voice: Voice) -> Vec<String> {
    let mut lines = vec![];
    if count > 0 {
        lines.push(match voice.lang {
            Lang::En => format!("{count} failed:"),
            Lang::Zh => format!("失败 {count}："),
        });
    }
    lines.extend(first.iter().map(|line| format!("  {line}")));
    let rest = count - first.len();
    if rest > 0 {
        lines.push(match voice.lang {
            Lang::En => format!("  and {rest} more (--report tells all)"),
            Lang::Zh => format!("  另有 {rest} 个（--report 可看全部）"),
        });
    }
    lines
}

/// Where the outputs are, and how what was done can be looked at.
fn next(closing: &Closing<'_>, voice: Voice) -> Vec<String> {
    let word = |path: &Path| printable(&quoted(&path.to_string_lossy())).into_owned();
    let inputs = match closing.inputs {
        [only] => word(only),
        _ => voice.pick("INPUT", "输入").to_owned(),
    };
    let (output, diff) = (word(closing.output), format!("shanben inspect --diff {inputs}"));
    let report = match closing.report {
        Some(report) => word(report),
        None => voice.pick("none; --report FILE.html writes one", "无；--report 文件.html 可写出").to_owned(),
    };
    match voice.lang {
        Lang::En => vec![format!("outputs: {output}"), format!("review: {diff}"), format!("report: {report}")],
        Lang::Zh => vec![format!("输出：{output}"), format!("查看改动：{diff}"), format!("报告：{report}")],
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    match word.chars().all(|c| c.is_alphanumeric() || "/._-+,:@%\\".contains(c)) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

/// `error: input: cause; remedy`, and what was done all the same.
pub fn failure(record: &Record, voice: Voice) -> String {
    let (kind, cause) = match &record.error {
        Some(error) => (Kind::from_name(&error.kind), error.message.told(voice.lang)),
        None => (None, String::new()),
    };
    let cause = printable(&cause);
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

#[cfg(test)]
mod tests {
    use super::super::Color;
    use super::*;

    const EN: Voice = Voice { lang: Lang::En, quiet: false, verbose: false, color: Color::Never };
    const ZH: Voice = Voice { lang: Lang::Zh, ..EN };

    #[test]
    fn the_sum_is_told_with_right_plurals() {
        let summary = Summary { done: 1, edits: 1, warnings: 2, millis: 1500, ..Summary::default() };
        assert_eq!(sum(&summary, EN), "1 done, 0 up to date, 0 failed · 1 edit, 2 warnings · 1.5 s");
        assert_eq!(
            sum(&Summary { left: 3, ..summary }, ZH),
            "完成 1，已是最新 0，失败 0，未处理 3 · 改动 1 处，警告 2 条 · 1.5 秒"
        );
    }

    #[test]
    fn what_is_not_converted_is_counted_by_kind_the_commonest_first() {
        let left = |shown: &str, why| LeftOut { shown: shown.to_owned(), why };
        let mut found = vec![left("in/a.log", Why::Kind), left("in/.b", Why::Hidden), left("in/out", Why::Output)];
        found.extend((0..12).map(|i| left(&format!("in/{i}.HTM"), Why::Kind)));
        assert_eq!(not_converted(&found, EN).unwrap(), "14 not converted: .htm 12, .log 1, hidden 1 (-v names them)");
        assert_eq!(not_converted(&found[2..3], EN), None);
        let many: Vec<LeftOut> = (0..20).map(|i| left(&format!("x.e{i:02}"), Why::Kind)).collect();
        assert!(not_converted(&many, ZH).unwrap().ends_with(".e07 1，其他 12（-v 逐一列出）"));
    }

    #[test]
    fn failures_are_told_again_but_not_without_end() {
        let first: Vec<String> = (0..FAILURES_TOLD).map(|i| format!("error: {i}")).collect();
        let lines = failures_again(&first, 25, EN);
        assert_eq!((lines.len(), &*lines[0], &*lines[21]), (22, "25 failed:", "  and 5 more (--report tells all)"));
        assert_eq!(failures_again(&first[..1], 1, EN).len(), 2);
        assert!(failures_again(&[], 0, EN).is_empty());
    }

    #[test]
    fn the_end_says_where_outputs_are_and_how_to_review_them() {
        let inputs = [PathBuf::from("old texts")];
        let closing = Closing { inputs: &inputs, output: Path::new("out"), report: Some(Path::new("r.html")) };
        assert_eq!(
            next(&closing, EN),
            ["outputs: out", "review: shanben inspect --diff 'old texts'", "report: r.html"]
        );
        assert_eq!(quoted("it's"), "'it'\\''s'");
        assert_eq!(quoted("山/a.txt"), "山/a.txt");
    }
}
