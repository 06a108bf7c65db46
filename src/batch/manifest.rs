//! What the output folder remembers of earlier runs: which input and settings each output was made from, and its digest.

use crate::discover::Input;
use crate::report::{OutputFacts, Record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Number of the form of the manifest; one of another form is taken for lost.
const FORM: u32 = 3;

/// The record of an output folder.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    form: u32,
    files: BTreeMap<String, Entry>,
    #[serde(skip)]
    changed: bool,
    #[serde(skip)]
    last_save: Duration,
}

/// What is remembered of one input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
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

/// Size, time of change and number of a file: enough to see quickly that it is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    /// Number in the file system, which a file put in the place of another changes; zero where there is none.
    inode: u64,
    /// Nanoseconds since 1970.
    modified: u64,
}

impl Manifest {
    /// Reads a manifest; anything unreadable is an empty one.
    pub fn parse(json: &[u8]) -> Self {
        serde_json::from_slice(json).ok().filter(|manifest: &Manifest| manifest.form == FORM).unwrap_or_default()
    }

    /// As JSON, one line an input, so that it can be read and compared.
    pub fn to_json(&self) -> String {
        let mut json = format!("{{\"form\":{FORM},\"files\":{{");
        for (i, (target, entry)) in self.files.iter().enumerate() {
            json.push_str(if i == 0 { "\n" } else { ",\n" });
            // Strings and plain structs cannot fail to serialize.
            json.push_str(&serde_json::to_string(target).unwrap_or_default());
            json.push(':');
            json.push_str(&serde_json::to_string(entry).unwrap_or_default());
        }
        json.push_str("\n}}\n");
        json
    }

    /// What is known of the input with this target.
    pub fn get(&self, target: &str) -> Option<&Entry> {
        self.files.get(target)
    }

    /// Enters what became of the input with this target.
    pub fn enter(&mut self, target: &str, mut entry: Entry) {
        entry.record.outputs.clear();
        entry.record.millis = 0;
        self.files.insert(target.to_owned(), entry);
        self.changed = true;
    }

    /// The paths of all outputs below the output folder.
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        self.files.values().flat_map(|entry| &entry.outputs).map(|output| output.facts.path.as_str())
    }

    /// The entries by target.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.files.iter().map(|(target, entry)| (target.as_str(), entry))
    }

    /// Whether it was changed since it was read or saved.
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// Notes that it was saved, and how long that took.
    pub fn saved(&mut self, took: Duration) {
        self.changed = false;
        self.last_save = took;
    }

    /// How long to wait until it is saved again on the way.
    pub fn save_interval(&self) -> Duration {
        (self.last_save * 20).max(Duration::from_secs(1))
    }
}

impl Entry {
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
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(meta);
        #[cfg(not(unix))]
        let inode = 0;
        Stamp { size: meta.len(), inode, modified: modified.map_or(0, |time| time.as_nanos() as u64) }
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
        let whole_seconds = self.modified.is_multiple_of(1_000_000_000);
        let grain = Duration::from_millis(if whole_seconds { 2000 } else { 50 });
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        now > Duration::from_nanos(self.modified) + grain
    }
}
