//! The report of a run: it replaces an earlier report, and nothing else.

use super::{Refused, Voice};
use crate::batch::{Draft, Folder, Identity, Manifest, is_record, plain};
use crate::discover::{Input, STDIN};
use crate::error::Cause;
use crate::options::Format;
use crate::report::{Changes, Page, Record, Summary, is_report};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The report under way. What goes wrong is told once, at the end.
pub struct Report {
    to: To,
    /// The page, when it is for people.
    page: Option<Page>,
    failed: Option<io::Error>,
}

/// Where a report goes.
enum To {
    /// Into a file, when it is whole.
    Place(BufWriter<Draft>),
    /// To whoever reads it: standard output, a pipe.
    Stream(Box<dyn Write>),
}

/// The run that is reported.
#[derive(Clone, Copy)]
pub struct About<'r> {
    /// What it converts.
    pub inputs: &'r [Input],
    /// Where its outputs go, and what is on record there; `None` when they go to standard output.
    pub outputs: Option<(&'r Folder, &'r Manifest)>,
}

/// Whether a report is for people.
pub fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html"))
}

/// Whether the file at `path` is a report of an earlier run, which is no text to be converted; an empty file may be anything.
pub fn stands_at(path: &Path) -> bool {
    let file = plain::open(path, File::options().read(true));
    file.is_ok_and(|file| file.metadata().is_ok_and(|meta| meta.len() > 0) && is_report(file).unwrap_or(false))
}

impl Report {
    /// Begins the report at `path`, if there is to be one. Under `force` it may replace a file that is no report.
    ///
    /// # Errors
    /// When something stands in its place that it may not replace, or it cannot be written.
    pub fn begin(path: Option<&Path>, about: About<'_>, force: bool, voice: Voice) -> Result<Option<Self>, Refused> {
        let Some(path) = path else { return Ok(None) };
        let refuse =
            |why: &Cause, remedy: &str| Refused(format!("{}: {}{remedy}", path.display(), why.told(voice.lang)));
        let broken = |error: io::Error| refuse(&(&error).into(), "");
        let to = if path.as_os_str() == STDIN {
            To::Stream(Box::new(io::stdout().lock()))
        } else if is_stream(path) {
            // What stands before it in a file that standard output was sent to is no report.
            let file = File::options().append(true).open(path).map_err(broken)?;
            To::Stream(Box::new(BufWriter::new(file)))
        } else {
            if let Some(why) = hindrance(path, about, force).map_err(broken)? {
                let remedy = match why {
                    Cause::IsNoReport => {
                        voice.pick("; choose another --report, or use --force", "；请换一个 --report，或使用 --force")
                    }
                    _ => voice.pick("; choose another --report", "；请换一个 --report"),
                };
                return Err(refuse(&why, remedy));
            }
            To::Place(BufWriter::new(Draft::beside(path).map_err(broken)?))
        };
        let (root, shown) = about.outputs.map(|(folder, _)| (folder.path(""), folder.shown(""))).unwrap_or_default();
        let page = is_page(path).then(|| Page::new(voice.lang, path, &root, &shown));
        let mut report = Report { to, page, failed: None };
        if let Some(page) = &report.page {
            report.write(&page.begin());
        }
        Ok(Some(report))
    }

    /// Tells of an input.
    pub fn tell(&mut self, record: &Record, changes: Option<&Changes>) {
        let text = match &mut self.page {
            Some(page) => page.row(record, changes),
            None => record.to_line(),
        };
        self.write(&text);
    }

    /// Ends it, and puts it in its place.
    ///
    /// # Errors
    /// The first thing that went wrong.
    pub fn end(mut self, summary: &Summary) -> io::Result<()> {
        let text = match &self.page {
            Some(page) => page.end(summary),
            None => summary.to_line(),
        };
        self.write(&text);
        if let Some(error) = self.failed {
            return Err(error);
        }
        match self.to {
            To::Place(draft) => draft.into_inner()?.finish(),
            To::Stream(mut stream) => stream.flush(),
        }
    }

    fn write(&mut self, text: &str) {
        if self.failed.is_none() {
            let to: &mut dyn Write = match &mut self.to {
                To::Place(draft) => draft,
                To::Stream(stream) => stream,
            };
            self.failed = to.write_all(text.as_bytes()).err();
        }
    }
}

/// Whether what is written to `path` is read by somebody: a pipe, a device of characters, or what the system calls our standard output (`/dev/stdout`,
/// `/proc/self/fd/1`), which are links. In `/dev/shm` anybody makes files.
#[cfg(unix)]
fn is_stream(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let Ok(kind) = path.symlink_metadata().map(|meta| meta.file_type()) else { return false };
    let system = path.starts_with("/proc") || path.starts_with("/dev") && !path.starts_with("/dev/shm");
    kind.is_fifo() || kind.is_char_device() || kind.is_symlink() && system
}

#[cfg(not(unix))]
fn is_stream(_: &Path) -> bool {
    false
}

/// Why a report may not take the place at `path`.
fn hindrance(path: &Path, about: About<'_>, force: bool) -> io::Result<Option<Cause>> {
    plain::check(path)?;
    let About { inputs, outputs } = about;
    if let Some((folder, manifest)) = outputs
        && let Some(below) = folder.below(path)
    {
        let made = || {
            below.rsplit_once('.').is_some_and(|(target, format)| {
                Format::from_name(format).is_some_and(|known| known.name() == format)
                    && inputs.iter().any(|input| input.target == target)
            })
        };
        if is_record(&below) || manifest.output(&below).is_some() || made() {
            return Ok(Some(Cause::IsOutput));
        }
    }
    let file = Identity::of(path);
    if file.is_some() && inputs.iter().any(|input| Identity::of(&input.path) == file) {
        return Ok(Some(Cause::IsInput));
    }
    let report = match plain::open(path, File::options().read(true)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        _ if force => true,
        file => is_report(file?)?,
    };
    Ok((!report).then_some(Cause::IsNoReport))
}
