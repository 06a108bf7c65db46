//! One folder of the disk, read once: what stands in it, and what each is called in the output folder.

use super::left::Special;
use super::open::is_archive;
use super::siblings::{self, Sort};
use super::{Search, has_known_extension, is_hidden, shown};
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A link, wherever it leads.
    Link,
    /// Neither.
    Special(Special),
}

/// An entry of a folder.
#[derive(Debug)]
pub struct Entry {
    /// Its name.
    pub name: OsString,
    /// What it is.
    pub form: Form,
    /// Whether an earlier run wrote it.
    pub written: bool,
    /// What its outputs, or the folder of its outputs, are called.
    pub called: String,
}

/// The entries of a folder, sorted by name.
#[derive(Debug, Default)]
pub struct Listing(pub Vec<Entry>);

impl Listing {
    /// Reads the folder at `path`; `written` says which of its files an earlier run wrote.
    ///
    /// # Errors
    /// What the system says.
    pub fn read(path: &Path, written: &dyn Fn(&OsStr) -> bool, search: &Search<'_>) -> io::Result<Self> {
        let mut found = vec![];
        for entry in path.read_dir()? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let form = match kind {
                kind if kind.is_symlink() => Form::Link,
                kind if kind.is_dir() => Form::Folder,
                kind => Special::of(kind).map_or(Form::File, Form::Special),
            };
            found.push((entry.file_name(), form));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let mut entries: Vec<Entry> = vec![];
        let mut named: Vec<(Sort, String)> = vec![];
        for (name, form) in found {
            let written = form == Form::File && written(&name);
            named.push((sort(&path.join(&name), form, written), shown(Path::new(&name), search.read_name).0));
            entries.push(Entry { name, form, written, called: String::new() });
        }
        for (entry, called) in entries.iter_mut().zip(siblings::named(&named, search.extensions)) {
            entry.called = called;
        }
        Ok(Listing(entries))
    }

    /// What the outputs of the entry of this name are called.
    pub fn called(&self, name: &OsStr) -> Option<&str> {
        let at = self.0.binary_search_by(|entry| entry.name.as_os_str().cmp(name)).ok()?;
        Some(&self.0[at].called)
    }
}

/// What an entry counts as among its siblings. What no run takes from a folder must not change the names of what is taken.
fn sort(path: &Path, form: Form, written: bool) -> Sort {
    let folder = form == Form::Folder || form == Form::Link && path.is_dir();
    match path.file_name() {
        _ if folder => Sort::Folder,
        Some(name) if written || is_hidden(name.as_encoded_bytes()) || matches!(form, Form::Special(_)) => Sort::Other,
        _ if is_archive(path) => Sort::Archive,
        _ if has_known_extension(path) => Sort::Text,
        _ => Sort::Other,
    }
}
