//! Many editions on standard output: a tar archive, which the report ends.

use super::progress::Progress;
use super::report::Report;
use super::{Exit, Refused, Voice};
use crate::Deflate;
use crate::batch::{self, Choose};
use crate::digest::sha256;
use crate::discover::{Found, STDIN_FOLDER};
use crate::error::Cause;
use crate::fonts::Library;
use crate::report::{Changes, OutputFacts, Record, Summary};
use std::io::{self, BufWriter, Write};
use std::time::Instant;

/// The name of the report in the archive.
const REPORT: &str = "report.jsonl";

/// What the archive is made from.
pub struct Stream<'s> {
    /// What was found.
    pub found: &'s Found,
    /// What is made of each.
    pub settings: &'s dyn Choose,
    /// How to go about it.
    pub options: &'s batch::Options,
    /// The faces.
    pub library: &'s Library,
    /// Seconds since 1970 that every file of the archive is dated with.
    pub date: u64,
}

impl Stream<'_> {
    /// Converts all inputs, one after the other, and writes their editions to standard output. `refused` are the records of what could not be taken. A text that fails
    /// is told and stands in the report; the others are in the archive.
    ///
    /// # Errors
    /// When the report cannot be written to its place.
    pub fn write(
        self,
        refused: Vec<Record>,
        mut report: Option<Report>,
        begun: Instant,
        voice: Voice,
    ) -> Result<Exit, Refused> {
        let mut archive = tar::Builder::new(BufWriter::new(io::stdout().lock()));
        let progress = Progress::begin(voice, 0);
        let mut deflate = Deflate::default();
        let (mut summary, mut lines) = (Summary::default(), String::new());
        let mut told = Ok(());
        let mut tell = |mut record: Record, changes: Option<&Changes>, summary: &mut Summary| {
            summary.add(&record);
            // How long it took is no part of the archive: same input, same bytes.
            let millis = std::mem::take(&mut record.millis);
            lines.push_str(&record.to_line());
            record.millis = millis;
            if let Some(report) = &mut report {
                report.tell(&record, changes);
            }
            progress.record(&record);
        };
        for record in refused {
            tell(record, None, &mut summary);
        }
        for input in &self.found.inputs {
            let (mut record, changes, files) = match self.settings.choose(input) {
                Ok(chosen) => batch::convert_one(input, &chosen.settings, self.options, self.library, &mut deflate),
                Err(error) => {
                    let mut record = Record::new(crate::unicode::printable(&input.shown));
                    record.fail(&error);
                    (record, None, vec![])
                }
            };
            for file in files {
                let target = input.target.strip_prefix(STDIN_FOLDER).and_then(|below| below.strip_prefix('/'));
                let path = format!("{}.{}", target.unwrap_or(&input.target), file.format.name());
                told = told.and_then(|()| append(&mut archive, &path, &file.bytes, self.date));
                let (digest, bytes) = (sha256(&file.bytes), file.bytes.len() as u64);
                record.outputs.push(OutputFacts {
                    format: file.format,
                    path,
                    sha256: digest,
                    bytes,
                    pages: file.pages,
                });
            }
            tell(record, changes.as_ref(), &mut summary);
            if told.is_err() {
                break;
            }
        }
        lines.push_str(&summary.to_line());
        summary.millis = begun.elapsed().as_millis() as u64;
        let end = |told: io::Result<()>| {
            told?;
            append(&mut archive, REPORT, lines.as_bytes(), self.date)?;
            archive.into_inner()?.flush()
        };
        let told = end(told);
        if let Some(report) = report {
            report.end(&summary).map_err(|error| Refused(Cause::from(&error).told(voice.lang)))?;
        }
        match told {
            // A reader that has had enough is no failure.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                voice.say(format_args!("{}: {error}", voice.pick("standard output", "标准输出")));
                Ok(Exit::Failed)
            }
            _ => Ok(if summary.failed > 0 { Exit::Failed } else { Exit::Done }),
        }
    }
}

/// Appends a plain file that anybody may read.
fn append(archive: &mut tar::Builder<impl Write>, path: &str, bytes: &[u8], date: u64) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    header.set_mtime(date);
    archive.append_data(&mut header, path, bytes)
}
