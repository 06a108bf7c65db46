//! `shanben convert`.

use super::args::ConvertArgs;
use super::configurations::{Configurations, told_fault};
use super::layers::Asking;
use super::progress::{Closing, Progress, failure, tell_left_out};
use super::report::{self, Report};
use super::resolve::{self, DEFAULT_OUTPUT, Resolved};
use super::stream::Stream;
use super::watch::Watch;
use super::{Exit, Refused, Voice, keys, search};
use crate::batch::prune::{Pruned, prune};
use crate::batch::{self, Batch, Choose, Fault, Folder, Manifest, Refusal, Share};
use crate::discover::{Found, STDIN};
use crate::error::{Cause, Kind};
use crate::fonts::Library;
use crate::lang::Lang;
use crate::options::Chosen;
use crate::report::{Changes, ErrorFacts, Page, Record, Summary};
use crate::{Deflate, Written};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::ParseIntError;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Runs the command.
///
/// # Errors
/// What keeps it from starting.
pub fn run(args: &ConvertArgs, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    let begun = Instant::now();
    let Resolved { mut configurations, inputs, max_size, voice } = resolve::run(asking, &args.inputs, voice)?;
    let asked = configurations.asked();
    let jobs = asked
        .read(&keys::JOBS, |number| number.parse().map_err(|error: ParseIntError| Cause::text(error.to_string())))
        .map_err(|fault| Refused(told_fault(&fault, voice)))?;
    let report_path = asked.path(&keys::REPORT);
    let report_path = report_path.as_deref();
    let options = batch::Options {
        jobs: jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get())),
        force: asked.switch(&keys::FORCE),
        strict: asked.switch(&keys::STRICT),
        max_size,
        changes: report_path.filter(|path| report::is_page(path)).map(|_| Page::share(1)),
    };
    let share = asked.read(&keys::SHARD, |text| Share::parse(text, |name| std::env::var(name).ok()));
    let share = share.map_err(|fault| Refused(told_fault(&fault, voice)))?;
    let library = resolve::library(&asked, voice)?;
    let output = asked.path(&keys::OUTPUT);
    let dry_run = asked.switch(&keys::DRY_RUN);
    let prunes = asked.switch(&keys::PRUNE);
    let watches = asked.switch(&keys::WATCH);
    let follow = asked.switch(&keys::FOLLOW);
    configurations.begin(&library.digest());
    if to_stdout(output.as_deref(), &inputs, &mut configurations) {
        if dry_run || watches || share.is_some() || report_path.is_some_and(|path| path.as_os_str() == STDIN) {
            let why = voice.pick(
                "standard output takes the text alone: no --dry-run, no --watch, no --shard, no report",
                "标准输出只用于正文，不能同时用 --dry-run、--watch、--shard 或输出报告",
            );
            return Err(Refused(why.to_owned()));
        }
        let resolved = Resolved { configurations, inputs, max_size, voice };
        return one_to_stdout(resolved, output.is_some(), &options, &library, report_path, begun);
    }
    let mut output = output.unwrap_or_else(|| PathBuf::from(DEFAULT_OUTPUT));
    output.extend(share.map(Share::folder));
    let refuse = |refusal: Refusal| {
        let why = match refusal {
            Refusal::Locked => voice
                .pick("another shanben is writing there; wait for it", "另一个 shanben 正在写入；请等它结束")
                .to_owned(),
            Refusal::NotAFolder => {
                voice.pick("is not a folder; choose another --output", "不是文件夹；请换一个 --output").to_owned()
            }
            Refusal::Ours(name, error) => {
                let cause = Cause::from(&error).told(voice.lang);
                let remedy = voice.pick("move it away, or choose another --output", "请移走它，或换一个 --output");
                return Refused(format!("{}: {cause}{}{remedy}", output.join(name).display(), voice.pick("; ", "；")));
            }
            Refusal::Nowhere => {
                let remedy = voice.pick("; choose another --output", "；请换一个 --output");
                refusal.cause().told(voice.lang) + remedy
            }
            Refusal::Gone | Refusal::Outside | Refusal::Io(_) => refusal.cause().told(voice.lang),
        };
        Refused(format!("{}: {why}", output.display()))
    };

    if watches && inputs.iter().any(|path| path.as_os_str() == STDIN) {
        return Err(Refused(voice.pick("standard input cannot be watched", "无法监视标准输入").to_owned()));
    }
    let folder = if dry_run { Folder::look(&output) } else { Folder::hold(&output) }.map_err(refuse)?;
    let stop = Arc::new(AtomicBool::new(false));
    let mut run = Run {
        inputs: &inputs,
        output: &output,
        configurations,
        options: &options,
        folder: &folder,
        library: &library,
        report: report_path,
        follow,
        prunes,
        share,
        stop: &stop,
        voice,
        failures: BTreeMap::new(),
        later: false,
    };
    if dry_run {
        let mut manifest = run.manifest()?;
        let found = run.find(&manifest)?;
        let pruned = run.prune(&found, &mut manifest, true);
        return Ok(plan(&run.batch(&found, &options), &found, &manifest, &pruned, voice));
    }
    if folder.is_shared() && !voice.quiet {
        voice.say(format_args!(
            "{}{}{}: {}",
            voice.yellow(voice.pick("warning", "警告")),
            voice.pick(" ", "："),
            output.display(),
            voice.pick(
                "this disk has no locks; what other runs enter into the record at the same time is merged",
                "此磁盘不支持加锁；别的运行同时写入的记录会合并保存",
            )
        ));
    }
    let own: Vec<&Path> = [Some(output.as_path()), report_path].into_iter().flatten().collect();
    let mut watch = watches.then(|| Watch::begin(&inputs, &own, voice)).transpose()?;
    let idle = Arc::new(AtomicBool::new(false));
    heed_interrupts(&stop, &idle, voice);
    let mut exit = run.round(begun)?;
    while let Some(watch) = &mut watch
        && exit != Exit::Interrupted
    {
        if !voice.quiet {
            voice.say(voice.pick("waiting for changes; Ctrl-C ends", "等待文件变化；按 Ctrl-C 结束"));
        }
        idle.store(true, Ordering::Relaxed);
        if !watch.wait(&stop) {
            break;
        }
        idle.store(false, Ordering::Relaxed);
        exit = run.round(Instant::now())?;
    }
    Ok(exit)
}

/// What is converted, once or, when it is watched, again and again.
struct Run<'r> {
    inputs: &'r [PathBuf],
    output: &'r Path,
    configurations: Configurations,
    options: &'r batch::Options,
    folder: &'r Folder,
    library: &'r Library,
    report: Option<&'r Path>,
    follow: bool,
    prunes: bool,
    /// Which of the inputs are converted, if not all.
    share: Option<Share>,
    stop: &'r Arc<AtomicBool>,
    voice: Voice,
    /// The failures of the round before, which are not told again.
    failures: BTreeMap<String, ErrorFacts>,
    /// Whether it was converted once already.
    later: bool,
}

impl Run<'_> {
    /// Finds the inputs, and what holds for each.
    fn find(&mut self, manifest: &Manifest) -> Result<Found, Refused> {
        let own: Vec<&Path> = self.report.filter(|path| report::stands_at(path)).into_iter().collect();
        let mut found = search::find(self.inputs, Some((self.output, manifest)), &own, self.follow);
        if let Some(share) = self.share {
            // Names are those that all inputs together have.
            found.inputs.retain(|input| share.holds(&input.target));
            found.errors.retain(|error| share.holds(&error.path.to_string_lossy()));
            found.left_out.retain(|left| share.holds(&left.shown));
        }
        self.configurations.begin(&self.library.digest());
        self.configurations.assign(&found.inputs, self.voice);
        if self.configurations.needs_fonts() {
            resolve::need_fonts(self.library, self.voice)?;
        }
        Ok(found)
    }

    fn batch<'b>(&'b self, found: &'b Found, options: &'b batch::Options) -> Batch<'b> {
        let Run { configurations, folder, library, stop, .. } = self;
        Batch { inputs: &found.inputs, settings: configurations, options, folder, library, stop }
    }

    /// The manifest of the output folder. One that is lost is rebuilt; one that may not be read would be.
    fn manifest(&self) -> Result<Manifest, Refused> {
        let refuse = |error| {
            let shown = self.folder.shown(batch::MANIFEST);
            Err(Refused(format!("{shown}: {}", Cause::from(&error).told(self.voice.lang))))
        };
        match self.folder.manifest() {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
                refuse(error)
            }
            manifest => Ok(manifest.unwrap_or_default()),
        }
    }

    /// Says in the record which share of the inputs the folder holds, and what all are made with.
    fn hold_share(&mut self, manifest: &mut Manifest) -> Result<(), Refused> {
        let Some(share) = self.share else { return Ok(()) };
        let voice = self.voice;
        let chosen =
            self.configurations.consider(Path::new(STDIN), None).map_err(|fault| Refused(told_fault(&fault, voice)))?;
        let formats: Vec<&str> = chosen.settings.formats.iter().map(|format| format.name()).collect();
        manifest.hold_share(share, &format!("{} {}", chosen.digest(), formats.join(",")));
        Ok(())
    }

    /// Takes away the outputs whose source is gone, if that is asked for. While something that was named cannot be read, or is a folder without anything, as the
    /// place of a disk that is not there, nothing is known to be gone.
    fn prune(&self, found: &Found, manifest: &mut Manifest, pretend: bool) -> Pruned {
        let known = |error: &crate::error::Error| !matches!(error.kind, Kind::Missing | Kind::Unreadable);
        if !self.prunes || !found.errors.iter().all(known) {
            return Pruned::default();
        }
        if let Some(empty) = self.inputs.iter().find(|path| is_empty_folder(path)) {
            let voice = self.voice;
            let why = voice.pick(
                "an empty folder, as where a disk is missing; nothing is pruned",
                "空文件夹，或许磁盘未挂载；不作清除",
            );
            voice.say(format_args!(
                "{} {}: {why}",
                voice.yellow(voice.pick("warning", "警告")),
                super::shown(&empty.to_string_lossy())
            ));
            return Pruned::default();
        }
        prune(self.folder, &found.inputs, manifest, self.options.max_size, pretend)
    }

    /// Converts all inputs.
    fn round(&mut self, begun: Instant) -> Result<Exit, Refused> {
        let voice = self.voice;
        let mut manifest = self.manifest()?;
        let found = self.find(&manifest)?;
        self.hold_share(&mut manifest)?;
        let about = report::About { inputs: &found.inputs, outputs: Some((self.folder, &manifest)) };
        let mut report = Report::begin(self.report, about, self.options.force, voice)?;
        let pruned = self.prune(&found, &mut manifest, false);
        tell_pruned(&pruned, self.folder, voice);
        let mut summary = Summary::default();
        let mut failures = BTreeMap::new();
        // Of what arrives later there is little, and it is named.
        let progress = Progress::begin(voice, if self.later { 0 } else { found.inputs.len() });
        let mut tell =
            |record: &Record, changes: Option<&Changes>, summary: &mut Summary, report: &mut Option<Report>| {
                summary.add(record);
                if let Some(report) = report {
                    report.tell(record, changes);
                }
                if let Some(error) = &record.error {
                    failures.insert(record.input.clone(), error.clone());
                }
                if record.error.is_none() || self.failures.get(&record.input) != record.error.as_ref() {
                    progress.record(record);
                }
            };
        for record in refused_paths(&found).into_iter().chain(left_out(&found)) {
            tell(&record, None, &mut summary, &mut report);
        }
        let closing = Closing { inputs: self.inputs, output: self.output, report: self.report };
        let end = |summary: &mut Summary, report: Option<Report>, left: usize| {
            summary.left = left;
            summary.millis = begun.elapsed().as_millis() as u64;
            progress.end(summary, &found.left_out, &closing);
            report.map_or(Ok(()), |report| report.end(summary))
        };
        let changes = self.options.changes.map(|_| Page::share(found.inputs.len()));
        let left =
            self.batch(&found, &batch::Options { changes, ..self.options.clone() }).run(manifest, &mut |event| {
                match event {
                    batch::Event::Finished(_) => progress.advance(),
                    batch::Event::Told(record, changes) => tell(&record, changes.as_ref(), &mut summary, &mut report),
                    batch::Event::Overdue(left) => {
                        // The next run sweeps away what the workers have in hand.
                        let _ = end(&mut summary, report.take(), left);
                        process::exit(INTERRUPTED);
                    }
                }
            });
        let reported = end(&mut summary, report, *left.as_ref().unwrap_or(&0));
        self.failures = failures;
        self.later = true;
        let mut exit = if summary.failed > 0 || !pruned.kept.is_empty() { Exit::Failed } else { Exit::Done };
        let mut fail = |what: &str, why: Cause| {
            let label = voice.red(voice.pick("error", "错误"));
            let between = voice.pick(": ", "：");
            voice.say(format_args!("{label}{between}{what}{between}{}", why.told(voice.lang)));
            exit = Exit::Failed;
        };
        if let Err(error) = reported {
            fail(voice.pick("report", "报告"), (&error).into());
        }
        match left {
            Err(Fault::Workers(error)) => {
                fail(voice.pick("no worker can be started", "无法启动工作线程"), (&error).into())
            }
            Err(Fault::Manifest(refusal)) => fail(&self.folder.shown(batch::MANIFEST), refusal.cause()),
            Ok(_) => {}
        }
        Ok(if self.stop.load(Ordering::Relaxed) { Exit::Interrupted } else { exit })
    }
}

/// Standard input alone, with one format and no folder named, goes to standard output; so does any single input with `-o -`.
fn to_stdout(output: Option<&Path>, inputs: &[PathBuf], configurations: &mut Configurations) -> bool {
    let formats = |chosen: &Chosen| chosen.settings.formats.len();
    match (output, inputs) {
        (Some(path), _) => path.as_os_str() == STDIN,
        (None, [only]) if only.as_os_str() == STDIN => configurations.consider(only, None).map(formats) == Ok(1),
        (None, _) => false,
    }
}

/// Where standard output was `named` (`-o -`), an archive that comes in goes out as one, whatever it holds.
fn one_to_stdout(
    resolved: Resolved,
    named: bool,
    options: &batch::Options,
    library: &Library,
    report: Option<&Path>,
    begun: Instant,
) -> Result<Exit, Refused> {
    let Resolved { mut configurations, inputs, voice, .. } = resolved;
    let follow = configurations.asked().switch(&keys::FOLLOW);
    let found = search::find(&inputs, None, &[], follow);
    configurations.assign(&found.inputs, voice);
    if configurations.needs_fonts() {
        resolve::need_fonts(library, voice)?;
    }
    let refused = refused_paths(&found);
    let chosen = found.inputs.first().map(|input| configurations.choose(input)).transpose();
    let chosen =
        chosen.map_err(|error| Refused(Cause::of(error.path.to_string_lossy(), *error.cause).told(voice.lang)))?;
    let one_format = chosen.is_none_or(|chosen| chosen.settings.formats.len() == 1);
    let archive = match found.inputs.is_empty() && refused.is_empty() {
        true => named && inputs.iter().any(|path| path.as_os_str() == STDIN),
        false => named && found.inputs.iter().any(|input| input.is_stdin() && input.member.is_some()),
    };
    if !archive && (found.inputs.len() + refused.len() != 1 || !one_format) {
        let why = voice.pick(
            "standard output takes one text in one format (-t), or with -o - the archive that standard input is; name a folder for more with -o",
            "标准输出只能有一篇正文、一种格式（-t），或用 -o - 输出标准输入的归档；更多请用 -o 指定文件夹",
        );
        return Err(Refused(why.to_owned()));
    }
    let is_text = !archive && chosen.is_none_or(|chosen| chosen.settings.formats.iter().all(|format| format.is_text()));
    if !is_text && io::stdout().is_terminal() {
        let why = voice.pick(
            "a terminal cannot show this format; name a folder with -o",
            "终端无法显示此格式；请用 -o 指定文件夹",
        );
        return Err(Refused(why.to_owned()));
    }
    let about = report::About { inputs: &found.inputs, outputs: None };
    let report = Report::begin(report, about, options.force, voice)?;
    if archive {
        let date = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok()).unwrap_or(0);
        let stream = Stream { found: &found, settings: &configurations, options, library, date };
        let told = refused.into_iter().chain(left_out(&found)).collect();
        return stream.write(told, report, begun, voice);
    }
    let progress = Progress::begin(voice, 1);
    let (record, changes, files) = match (found.inputs.first().zip(chosen), refused.into_iter().next()) {
        (Some((input, chosen)), _) => {
            batch::convert_one(input, &chosen.settings, options, library, &mut Deflate::default())
        }
        (None, refused) => (refused.unwrap_or_else(|| Record::new("")), None, vec![]),
    };
    if let Some(mut report) = report {
        report.tell(&record, changes.as_ref());
        let mut summary = Summary::default();
        summary.add(&record);
        summary.millis = begun.elapsed().as_millis() as u64;
        report.end(&summary).map_err(|error| Refused(Cause::from(&error).told(voice.lang)))?;
    }
    match files.into_iter().next() {
        Some(Written { bytes, .. }) => {
            progress.warnings_of(&record);
            match io::stdout().lock().write_all(&bytes).and_then(|()| io::stdout().flush()) {
                // A reader that has had enough is no failure.
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    voice.say(format_args!("{}: {error}", voice.pick("standard output", "标准输出")));
                    Ok(Exit::Failed)
                }
                _ => Ok(Exit::Done),
            }
        }
        None => {
            voice.say(failure(&record, voice).trim_end());
            Ok(Exit::Failed)
        }
    }
}

/// The records of paths that could not be taken.
pub fn refused_paths(found: &Found) -> Vec<Record> {
    found.errors.iter().map(refusal).collect()
}

/// The records of what was found and is not converted.
pub fn left_out(found: &Found) -> impl Iterator<Item = Record> {
    found.left_out.iter().map(|left| {
        let mut record = Record::new(crate::unicode::printable(&left.shown));
        record.leave_out(left.why.name(), left.cause());
        record
    })
}

/// The record of a path that could not be taken.
fn refusal(error: &crate::error::Error) -> Record {
    let mut record = Record::new(crate::unicode::printable(&error.path.to_string_lossy()));
    record.fail(error);
    record
}

/// Whether a folder stands at `path` in which there is nothing at all.
fn is_empty_folder(path: &Path) -> bool {
    path.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}

/// Tells what was taken away because its source is gone.
fn tell_pruned(pruned: &Pruned, folder: &Folder, voice: Voice) {
    let Pruned { removed, edited, kept } = pruned;
    for (path, refusal) in kept {
        let label = voice.red(voice.pick("error", "错误"));
        let between = voice.pick(": ", "：");
        let why = refusal.cause().told(voice.lang);
        voice.say(format_args!("{label}{between}{}{between}{why}", folder.shown(path)));
    }
    if voice.quiet {
        return;
    }
    for path in removed {
        voice.say(format_args!("{} {}", voice.green(voice.pick("pruned", "已清除")), folder.shown(path)));
    }
    for path in edited {
        let label = voice.yellow(voice.pick("warning", "警告"));
        let why = voice.pick("changed by hand, its source is gone; it stays", "经人改动，源文件已不在；予以保留");
        voice.say(format_args!("{label} {}: {why}", folder.shown(path)));
    }
    match (removed.len(), voice.lang) {
        (0, _) => {}
        (1, Lang::En) => voice.say("1 output pruned: its source is gone"),
        (n, Lang::En) => voice.say(format_args!("{n} outputs pruned: their sources are gone")),
        (n, Lang::Zh) => voice.say(format_args!("清除 {n} 个输出：源文件已不在")),
    }
}

/// Tells what a run would write and take away.
fn plan(batch: &Batch<'_>, found: &Found, manifest: &Manifest, pruned: &Pruned, voice: Voice) -> Exit {
    let mut refused = refused_paths(found);
    let mut out = BufWriter::new(io::stdout().lock());
    for path in &pruned.removed {
        let what = voice.pick("pruned, for its source is gone", "清除，源文件已不在");
        if writeln!(out, "{} → {what}", batch.folder.shown(path)).is_err() {
            break;
        }
    }
    for (input, planned) in batch.plan(manifest) {
        let paths = match planned {
            Ok(paths) => paths,
            Err(error) => {
                refused.push(refusal(&error));
                continue;
            }
        };
        let paths: Vec<String> =
            paths.iter().map(|path| crate::unicode::printable(&path.to_string_lossy()).into_owned()).collect();
        let what = if paths.is_empty() { voice.pick("unchanged", "未变").to_owned() } else { paths.join(" ") };
        if writeln!(out, "{} → {what}", crate::unicode::printable(&input.shown)).is_err() {
            break;
        }
    }
    // Whoever closed the pipe has seen enough.
    let _ = out.flush();
    for record in &refused {
        voice.say(failure(record, voice).trim_end());
    }
    tell_left_out(&found.left_out, voice);
    if refused.is_empty() { Exit::Done } else { Exit::Failed }
}

/// Exit code of a run that was interrupted.
const INTERRUPTED: i32 = 130;
/// How long after an interrupt the process ends whatever it is doing: batches end sooner, but not a search for inputs, or a pipe that says nothing.
const PATIENCE: Duration = Duration::from_millis(800);

/// The first interrupt ends the batch after the inputs in hand, if they are finished soon; the second ends it at once: outputs are whole at any moment. While it is
/// `idle` there is nothing in hand.
fn heed_interrupts(stop: &Arc<AtomicBool>, idle: &Arc<AtomicBool>, voice: Voice) {
    let (stop, idle) = (Arc::clone(stop), Arc::clone(idle));
    let handler = move || {
        if stop.swap(true, Ordering::Relaxed) {
            process::exit(INTERRUPTED);
        }
        if idle.load(Ordering::Relaxed) {
            return;
        }
        voice.say(
            voice
                .pick("finishing the files in hand; once more to stop at once", "正在完成手头的文件；再按一次立即停止"),
        );
        let wait = || {
            std::thread::sleep(PATIENCE);
            process::exit(INTERRUPTED);
        };
        if std::thread::Builder::new().spawn(wait).is_err() {
            process::exit(INTERRUPTED);
        }
    };
    if let Err(error) = ctrlc::set_handler(handler) {
        voice.say(format_args!("{}: {error}", voice.pick("interrupts cannot be heeded", "无法处理中断信号")));
    }
}
