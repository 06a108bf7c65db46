//! Inputs as they are found: what earlier runs wrote is known by the records of its folders.

use crate::batch::{Folder, MANIFEST, Manifest};
use crate::discover::{Found, Search};
use crate::options::Format;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Finds what `inputs` name. `output` is the folder of outputs with its record, where there is one; `own` are files that this run writes besides.
/// With `follow`, links that lead out of a folder are followed.
pub fn find(inputs: &[PathBuf], output: Option<(&Path, &Manifest)>, own: &[&Path], follow: bool) -> Found {
    let real = output.and_then(|(folder, _)| folder.canonicalize().ok());
    // Records of other folders, each read once.
    let records: RefCell<HashMap<PathBuf, Manifest>> = RefCell::default();
    let wrote = |folder: &Path, path: &str| match output {
        Some((_, manifest)) if real.as_deref() == Some(folder) => manifest.output(path).is_some(),
        _ => {
            let mut records = records.borrow_mut();
            // One that cannot be read says nothing.
            let read = || Folder::look(folder).ok().and_then(|folder| folder.manifest().ok()).unwrap_or_default();
            records.entry(folder.to_owned()).or_insert_with(read).output(path).is_some()
        }
    };
    let search = Search {
        output: output.map(|(folder, _)| folder),
        extensions: &Format::ALL.map(Format::name),
        record: Some(MANIFEST),
        wrote: &wrote,
        packed: &crate::bag::is_ours,
        own,
        follow,
        ..Search::new(crate::name_of_bytes)
    };
    search.find(inputs)
}
