//! What the output folder remembers of earlier runs: which input and settings each output was made from, and its digest.

use super::journal::Placed;
use super::kept::Kept;
use super::origin::Origin;
use super::share::Share;
use crate::digest::sha256_of;
use crate::discover::Input;
use crate::options::Format;
use crate::report::{OutputFacts, Record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Name of the manifest in an output folder.
pub const MANIFEST: &str = ".shanben.json";
/// Number of the form of the manifest; one of another form is taken for lost.
const FORM: u32 = 4;
/// Longest first line: that of a manifest has a hundred bytes.
const HEAD: u64 = 1 << 10;
/// How an entry begins that says where its source lies.
const SOURCE: &str = "{\"source\":";

/// The record of an output folder: what is remembered of each input, by target. An entry is kept as it is written, and read when it is asked for: of a heap
/// of files that are up to date, by the workers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manifest {
    entries: BTreeMap<Arc<str>, Kept>,
    /// What this run entered or took out, and what stood there before.
    own: BTreeMap<Arc<str>, Option<Kept>>,
    changed: bool,
    /// Whether what was changed is more than stamps.
    needed: bool,
    last_save: Duration,
    /// The share of a run that the folder holds.
    share: Option<Part>,
}

/// The share of a run that a folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    share: Share,
    /// Digest of what all shares are made with.
    settings: String,
}

/// The first line of a manifest.
#[derive(Serialize, Deserialize)]
struct Head {
    form: u32,
    /// Digest of the lines that follow.
    sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    part: Option<Part>,
}

/// What is remembered of one input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Where the source lies; `None` in what was written before that was recorded. It stands first, where [`Manifest::sources`] finds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Origin>,
    /// Size and time of the input; `None` when they cannot be trusted to tell a change.
    pub stamp: Option<Stamp>,
    /// Digest of the settings.
    pub settings: String,
    /// Digest of the settings that decide how the text is read.
    pub reading: String,
    /// Files of the folder of the input that its outputs show, and how each stood; `None` for one that was not there, or had just changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<(String, Option<Stamp>)>,
    /// What was reported, outputs left out.
    pub record: Record,
    /// The outputs, in the order of formats.
    pub outputs: Vec<Output>,
    /// What a volume was bound of; the source is then the folder of its texts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collected: Option<Collected>,
}

/// What is remembered of a volume besides its outputs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Collected {
    /// Digest of its list as a table for programs, which stands beside the outputs with the extension `csv`.
    pub table: String,
    /// Its texts, in their order.
    pub texts: Vec<CollectedText>,
}

/// A text of a volume.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CollectedText {
    /// Digest of its source.
    pub sha256: String,
    /// The running number of its first page.
    pub page: usize,
    /// Digest of the settings by which it was read.
    pub reading: String,
}

/// What is remembered of one output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Output {
    /// What was reported of it, with its path below the output folder.
    pub facts: OutputFacts,
    /// Size and time when it was written.
    pub stamp: Stamp,
    /// Whether it was made from an earlier state of the input, or with other settings, and has not been made anew since.
    #[serde(default, skip_serializing_if = "is_false")]
    pub stale: bool,
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// What shows quickly that a file is the same. The time of change is kept by the system and cannot be set, so on Unix no program can
/// change a file and leave its stamp as it was; elsewhere one that sets the time of modification back can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    /// Number in the file system, which a file put in the place of another changes; zero where there is none.
    inode: u64,
    /// When the content was modified, in nanoseconds since 1970.
    modified: u64,
    /// When anything about the file was changed, in nanoseconds since 1970; where that is not known, when it was modified.
    changed: u64,
}

impl Manifest {
    /// Reads a manifest; `None` when it is of another form, or not as it was written. Of what is no manifest only the beginning is read, and of entries
    /// where they stand.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(file: File) -> io::Result<Option<Self>> {
        let file = Arc::new(file);
        let mut from = BufReader::with_capacity(1 << 20, &*file);
        let mut line = vec![];
        (&mut from).take(HEAD).read_until(b'\n', &mut line)?;
        let Some(head) = serde_json::from_slice::<Head>(&line).ok().filter(|head| head.form == FORM) else {
            return Ok(None);
        };
        let mut at = line.len() as u64;
        let mut entries = Some(BTreeMap::new());
        let sha256 = sha256_of(|digest| {
            loop {
                line.clear();
                if from.read_until(b'\n', &mut line)? == 0 {
                    return Ok(());
                }
                digest.write_all(&line)?;
                if line.starts_with(b"\"") {
                    let entry =
                        parsed(&line).map(|(target, behind, entry)| (target, Kept::stored(&file, at + behind, entry)));
                    match entry.zip(entries.as_mut()) {
                        Some(((target, entry), entries)) => drop(entries.insert(target, entry)),
                        None => entries = None,
                    }
                }
                at += line.len() as u64;
            }
        })?;
        let entries = entries.filter(|_| head.sha256 == sha256);
        Ok(entries.map(|entries| Manifest { entries, share: head.part, ..Manifest::default() }))
    }

    /// Writes it as JSON, a line an input, so that it can be read and compared: a head with the digest of what follows, and the entries
    /// by target. It is never held as a whole. Gives where each entry stands, in order.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<Vec<u64>> {
        let sha256 = sha256_of(|digest| self.write_entries(digest, 0).map(|_| ()))?;
        let head = json(&Head { form: FORM, sha256, part: self.share.clone() }) + "\n";
        out.write_all(head.as_bytes())?;
        self.write_entries(out, head.len() as u64)
    }

    /// Writes the entries behind byte `at`; gives where each stands.
    fn write_entries(&self, out: &mut dyn Write, mut at: u64) -> io::Result<Vec<u64>> {
        let mut places = Vec::with_capacity(self.entries.len());
        let mut before = "{\n";
        for (target, entry) in &self.entries {
            let (named, entry) = (format!("{before}{}:", json(&**target)), entry.text()?);
            out.write_all(named.as_bytes())?;
            out.write_all(entry.as_bytes())?;
            places.push(at + named.len() as u64);
            at += (named.len() + entry.len()) as u64;
            before = ",\n";
        }
        out.write_all(if self.entries.is_empty() { b"{}\n" } else { b"\n}\n" })?;
        Ok(places)
    }

    /// Says that it has been written to `file`, where its entries stand at `places`: none is kept in memory longer.
    ///
    /// # Errors
    /// When one cannot be read back.
    pub fn settle(&mut self, file: File, places: &[u64]) -> io::Result<()> {
        let file = Arc::new(file);
        for (entry, &at) in self.entries.values_mut().zip(places) {
            *entry = Kept::stored(&file, at, &entry.text()?);
        }
        Ok(())
    }

    /// The share of a run that the folder holds, and the digest of what all shares are made with.
    pub fn share(&self) -> Option<(Share, &str)> {
        self.share.as_ref().map(|part| (part.share, part.settings.as_str()))
    }

    /// Says that the folder holds `share` of a run that is made with what has the digest `settings`.
    pub fn hold_share(&mut self, share: Share, settings: &str) {
        let part = Some(Part { share, settings: settings.to_owned() });
        if self.share != part {
            self.share = part;
            (self.changed, self.needed) = (true, true);
        }
    }

    /// What is known of the input with this target.
    pub fn get(&self, target: &str) -> Option<Entry> {
        read(self.entries.get(target)?)
    }

    /// Enters what became of the input with this target.
    pub fn enter(&mut self, target: &str, entry: Entry) {
        self.restamp(target, entry);
        self.needed = true;
    }

    /// Enters an entry again that differs by stamps only, which are known to be good.
    pub fn restamp(&mut self, target: &str, mut entry: Entry) {
        entry.record.outputs.clear();
        entry.record.millis = 0;
        let before = self.entries.insert(target.into(), Kept::Held(json(&entry).into()));
        self.own.entry(target.into()).or_insert(before);
        self.changed = true;
    }

    /// Takes out the entry with this target.
    pub fn remove(&mut self, target: &str) {
        let before = self.entries.remove(target);
        self.own.entry(target.into()).or_insert(before);
        (self.changed, self.needed) = (true, true);
    }

    /// Takes over all entries of `saved` but those that this run entered or took out.
    pub fn merge(&mut self, saved: &Manifest) {
        let own: Vec<_> =
            self.own.keys().map(|target| (Arc::clone(target), self.entries.get(target).cloned())).collect();
        self.entries.clone_from(&saved.entries);
        for (target, entry) in own {
            match entry {
                Some(entry) => self.entries.insert(target, entry),
                None => self.entries.remove(&target),
            };
        }
    }

    /// Whether `saved` says all that this run entered and took out, or what another run made of the same input since.
    pub fn is_within(&self, saved: &Manifest) -> bool {
        self.own.iter().all(|(target, before)| {
            let said = saved.entries.get(target);
            said == self.entries.get(target) || said != before.as_ref()
        })
    }

    /// Enters a file that a run placed and was killed before it could tell: ours, though it is not known what it was made from.
    pub fn adopt(&mut self, placed: &Placed, bytes: u64, stamp: Stamp) {
        let Some((target, format)) = placed.path.rsplit_once('.') else { return };
        let Some(format) = Format::from_name(format) else { return };
        let facts =
            OutputFacts { format, path: placed.path.clone(), sha256: placed.sha256.clone(), bytes, pages: None };
        let same = |entry: &Entry| entry.source == placed.source || placed.source.is_none();
        let mut entry = self.get(target).filter(same).unwrap_or_else(|| Entry::of(placed.source.clone()));
        entry.enter(Output { facts, stamp, stale: true });
        self.enter(target, entry);
    }

    /// The output at `path` below the output folder.
    pub fn output(&self, path: &str) -> Option<Output> {
        self.get(path.rsplit_once('.')?.0)?.outputs.into_iter().find(|output| output.facts.path == path)
    }

    /// The entries by target.
    pub fn entries(&self) -> impl Iterator<Item = (&str, Entry)> {
        self.entries.iter().filter_map(|(target, entry)| Some((&**target, read(entry)?)))
    }

    /// The targets with the origins of their sources, as far as they are recorded; nothing else of the entries is read.
    pub fn sources(&self) -> impl Iterator<Item = (&str, Origin)> {
        self.entries.iter().filter_map(|(target, entry)| {
            let entry = entry.text().ok()?;
            let source = entry.strip_prefix(SOURCE)?;
            Some((&**target, serde_json::Deserializer::from_str(source).into_iter().next()?.ok()?))
        })
    }

    /// Whether it was changed since it was read or saved.
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Whether more than stamps was changed.
    pub fn is_needed(&self) -> bool {
        self.needed
    }

    /// Notes that it was saved, and how long that took.
    pub fn saved(&mut self, took: Duration) {
        (self.changed, self.needed) = (false, false);
        self.last_save = took;
    }

    /// How long to wait until it is saved again on the way.
    pub fn save_interval(&self) -> Duration {
        (self.last_save * 20).max(Duration::from_secs(1))
    }
}

/// An entry as it is kept. What was written by [`json`] can be read.
fn read(entry: &Kept) -> Option<Entry> {
    serde_json::from_str(&entry.text().ok()?).ok()
}

/// The target and the entry in a line of a manifest, with where the entry begins.
fn parsed(line: &[u8]) -> Option<(Arc<str>, u64, &str)> {
    let line = std::str::from_utf8(line).ok()?.trim_end_matches('\n');
    let line = line.strip_suffix(',').unwrap_or(line);
    let mut parts = serde_json::Deserializer::from_str(line).into_iter::<String>();
    let target = parts.next()?.ok()?;
    let behind = parts.byte_offset() + 1;
    let entry = line.get(behind..).filter(|_| line[behind - 1..].starts_with(':'))?;
    Some((target.into(), behind as u64, entry))
}

/// As JSON in one line. Strings and plain structs cannot fail to serialize.
fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

impl Entry {
    /// An entry of an input of which nothing is known but where it lies.
    pub fn of(source: Option<Origin>) -> Self {
        Entry {
            source,
            stamp: None,
            settings: String::new(),
            reading: String::new(),
            beside: vec![],
            record: Record::new(""),
            outputs: vec![],
            collected: None,
        }
    }

    /// Whether a file at `path` with this digest is one that it tells of.
    pub fn wrote(&self, path: &str, sha256: &str) -> bool {
        let output = self.output(path).is_some_and(|output| output.facts.sha256 == sha256);
        output || path.ends_with(".csv") && self.collected.as_ref().is_some_and(|collected| collected.table == sha256)
    }

    /// The output at `path` below the output folder.
    pub fn output(&self, path: &str) -> Option<&Output> {
        self.outputs.iter().find(|output| output.facts.path == path)
    }

    /// Enters an output in the place of an earlier one, in the order of formats.
    pub fn enter(&mut self, output: Output) {
        self.outputs.retain(|old| old.facts.path != output.facts.path);
        self.outputs.push(output);
        self.outputs.sort_by_key(|output| output.facts.format);
    }
}

impl Stamp {
    /// The stamp of a file.
    pub fn of(meta: &Metadata) -> Self {
        let modified = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = modified.map_or(0, |time| time.as_nanos() as u64);
        #[cfg(unix)]
        let (inode, changed) = {
            use std::os::unix::fs::MetadataExt;
            (meta.ino(), meta.ctime().cast_unsigned() * 1_000_000_000 + meta.ctime_nsec().cast_unsigned())
        };
        #[cfg(not(unix))]
        let (inode, changed) = (0, modified);
        Stamp { size: meta.len(), inode, modified, changed }
    }

    /// The stamp of an input; standard input and what is no plain file have none.
    pub fn of_input(input: &Input) -> Option<Self> {
        if input.is_stdin() {
            return None;
        }
        let meta = input.path.metadata().ok()?;
        meta.is_file().then(|| Stamp::of(&meta))
    }

    /// Whether a later change is sure to give another stamp: not so for a file changed within the grain of the file system's clock.
    pub fn is_settled(&self) -> bool {
        let whole_seconds = self.changed.is_multiple_of(1_000_000_000);
        let grain = Duration::from_millis(if whole_seconds { 2000 } else { 50 });
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        now > Duration::from_nanos(self.changed) + grain
    }
}
