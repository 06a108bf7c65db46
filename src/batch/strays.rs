//! Files in an output folder that its record does not know.

use super::{Folder, MANIFEST, Manifest, plain};
use crate::options::Format;
use crate::report::is_report;
use std::collections::HashSet;
use std::fs::File;
use std::path::Path;
use walkdir::WalkDir;

/// The files of our formats at the path `below` in `folder`, or below it, that `manifest` does not know, sorted. Hidden files, reports, and folders with a record of
/// their own, are left out. Where sources stand among the outputs, a text may be one that is yet to be converted.
pub fn strays(folder: &Folder, manifest: &Manifest, below: &str) -> Vec<String> {
    let mut known = HashSet::new();
    let mut mixed = false;
    for (_, entry) in manifest.entries() {
        let source = entry.source.as_ref().and_then(|source| folder.below(&folder.source(source)?));
        mixed |= source.is_some();
        known.extend(source);
        known.extend(entry.outputs.into_iter().map(|output| output.facts.path));
    }
    let top = folder.path(below);
    let entries = WalkDir::new(&top).sort_by_file_name().into_iter().filter_entry(|entry| {
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let other = || entry.file_type().is_dir() && entry.path().join(MANIFEST).symlink_metadata().is_ok();
        entry.depth() == 0 || !hidden && !other()
    });
    let ours = |path: &Path| {
        let extension = path.extension().unwrap_or_default();
        let format = Format::ALL.into_iter().find(|format| extension.eq_ignore_ascii_case(format.name()));
        format.is_some_and(|format| !(mixed && format.is_text()))
    };
    let is_told = |path: &Path| plain::open(path, File::options().read(true)).and_then(is_report).unwrap_or(false);
    let files = entries.flatten().filter(|entry| !entry.file_type().is_dir() && ours(entry.path()));
    let files = files.filter(|entry| !is_told(entry.path()));
    let relative = files.filter_map(|entry| {
        let path = entry.path().strip_prefix(folder.path("")).ok()?.to_string_lossy();
        Some(path.replace(std::path::MAIN_SEPARATOR, "/"))
    });
    relative.filter(|path| !known.contains(path)).collect()
}
