//! The search itself: what was named is taken, and folders are walked.

use super::left::{LeftOut, Special, Why};
use super::listing::{Form, Listing};
use super::open::{Archive, Packing, Shelf, TOTAL, is_archive, stem as archive_stem};
use super::roots::{Glob, Root, Roots};
use super::{
    Found, Input, STDIN, STDIN_FOLDER, Search, archive, has_known_extension, is_hidden, names, shown, siblings,
};
use crate::error::{Cause, Error, Kind, Stage};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The bytes by which an archive on standard input is known: those of the head of a tar file.
const HEAD: u64 = 512;

/// Finds the files that `paths` name.
pub fn find(search: &Search<'_>, paths: &[PathBuf]) -> Found {
    let real = |path: &Path| path.canonicalize().ok();
    let mut walk = Walk {
        search,
        output: search.output.and_then(real),
        own: search.own.iter().filter_map(|path| full(path)).collect(),
        shelf: Arc::default(),
        found: Found::default(),
        walked: HashSet::new(),
        taken: HashSet::new(),
        links: BTreeMap::new(),
        records: HashMap::new(),
        listings: HashMap::new(),
        places: HashMap::new(),
    };
    let roots = Roots::new(paths);
    if roots.stdin {
        walk.stdin();
    }
    for root in &roots.all {
        walk.root(root, &roots.base);
    }
    // Links come last, so that what they lead to is taken under its own name where it has one.
    while let Some(((path, _), link)) = walk.links.pop_first() {
        walk.link(&path, &link);
    }
    let mut found = std::mem::take(&mut walk.found);
    // What it knew of each file is no longer needed, and there may be a million.
    drop(walk);
    found.inputs.sort_by_cached_key(|input| PathBuf::from(&input.shown));
    found.left_out.sort_by_cached_key(|left| PathBuf::from(&left.shown));
    siblings::apart(found.inputs.iter_mut().map(|input| &mut input.target));
    found
}

/// A path that need not exist, with the real path of its folder.
fn full(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

struct Walk<'s> {
    search: &'s Search<'s>,
    /// The real path of the folder of outputs.
    output: Option<PathBuf>,
    /// Files that this run writes besides.
    own: HashSet<PathBuf>,
    shelf: Arc<Shelf>,
    found: Found,
    /// The real paths of the folders that were walked: a glob takes some files of a folder, and leaves others for what else was named, so each
    /// has its own number, from 1.
    walked: HashSet<(usize, PathBuf)>,
    /// The real paths of the files that were taken.
    taken: HashSet<PathBuf>,
    /// The links that were found in folders.
    links: BTreeMap<(PathBuf, usize), Link>,
    /// Of real folders the nearest with a record, which may be the folder itself.
    records: HashMap<PathBuf, Option<PathBuf>>,
    /// Folders in which something was named, as they were read.
    listings: HashMap<PathBuf, Listing>,
    /// The paths of outputs for folders that were named, or that hold what was named.
    places: HashMap<PathBuf, String>,
}

/// A link that was found in a folder.
struct Link {
    /// What its outputs are to be called.
    target: String,
    /// The real path of the folder that was named.
    root: PathBuf,
    glob: Option<Glob>,
}

/// A folder to be walked.
struct Branch<'g> {
    path: PathBuf,
    real: PathBuf,
    /// The path of its outputs; empty, or with a slash at its end.
    place: String,
    /// The real path of the folder that was named.
    root: &'g Path,
    glob: Option<&'g Glob>,
}

impl Walk<'_> {
    fn root(&mut self, root: &Root, base: &Path) {
        let meta = match root.path.metadata() {
            Ok(meta) => meta,
            Err(error) if root.glob.is_some() && error.kind() == io::ErrorKind::NotFound => {
                return self.fail(Kind::Missing, &root.named, Cause::NoFileMatches);
            }
            Err(error) => return self.refuse(&root.path, &error),
        };
        if let Some(special) = Special::of(meta.file_type()) {
            return self.fail(Kind::Special, &root.path, special.cause());
        }
        let real = match root.path.canonicalize() {
            Ok(real) => real,
            Err(error) => return self.refuse(&root.path, &error),
        };
        if meta.is_dir() {
            let mut place = self.place(&root.full, base);
            if !place.is_empty() {
                place.push('/');
            }
            let before = (self.found.inputs.len(), self.links.len());
            let (path, glob) = (root.path.clone(), root.glob.as_ref());
            if self.walked.insert((number(glob), real.clone())) {
                self.folder(Branch { path, real: real.clone(), place, root: &real, glob });
            }
            if glob.is_some() && before == (self.found.inputs.len(), self.links.len()) {
                self.fail(Kind::Missing, &root.named, Cause::NoFileMatches);
            }
        } else if self.taken.insert(real) {
            let target = self.place(&root.full, base);
            self.file(&root.path, target);
        }
    }

    /// The path of outputs for what was named by `full`, or a folder above it, below `base`.
    fn place(&mut self, full: &Path, base: &Path) -> String {
        if full == base {
            return String::new();
        }
        if let Some(place) = self.places.get(full) {
            return place.clone();
        }
        let above = full.parent().filter(|above| above.starts_with(base)).map(|above| self.place(above, base));
        let above = above.filter(|above| !above.is_empty()).map(|above| above + "/").unwrap_or_default();
        let called = self.called(full);
        let called = called.unwrap_or_else(|| {
            let name = Path::new(full.file_name().unwrap_or("input".as_ref()));
            let (name, _) = shown(name, self.search.read_name);
            let short = if is_archive(Path::new(&name)) { archive_stem(&name) } else { names::stem(&name) };
            names::safe(short)
        });
        let place = above + &called;
        // Of files there may be many, and each is asked for once.
        if full.is_dir() {
            self.places.insert(full.to_owned(), place.clone());
        }
        place
    }

    /// What the outputs of something that was named are called, as its siblings leave it.
    fn called(&mut self, full: &Path) -> Option<String> {
        let (folder, name) = (full.parent()?, full.file_name()?);
        if !self.listings.contains_key(folder) {
            let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
            let listing = self.listing(folder, &real).unwrap_or_default();
            self.listings.insert(folder.to_owned(), listing);
        }
        self.listings.get(folder)?.called(name).map(str::to_owned)
    }

    fn listing(&mut self, path: &Path, real: &Path) -> io::Result<Listing> {
        let record = self.record(real);
        let below = record.as_deref().and_then(|record| real.strip_prefix(record).ok());
        let written = |name: &OsStr| {
            let below = below.map(|below| below.join(name));
            let (Some(record), Some(below)) = (&record, below.as_deref().and_then(Path::to_str)) else { return false };
            (self.search.wrote)(record, &below.replace(std::path::MAIN_SEPARATOR, "/"))
        };
        Listing::read(path, &written, self.search)
    }

    /// The nearest folder with a record that a real folder is, or lies in.
    fn record(&mut self, real: &Path) -> Option<PathBuf> {
        let name = self.search.record?;
        let mut unknown = vec![];
        let mut nearest = None;
        for folder in real.ancestors() {
            if let Some(known) = self.records.get(folder) {
                nearest.clone_from(known);
                break;
            }
            unknown.push(folder.to_owned());
            if self.output.as_deref() == Some(folder)
                || folder.join(name).symlink_metadata().is_ok_and(|meta| meta.is_file())
            {
                nearest = Some(folder.to_owned());
                break;
            }
        }
        self.records.extend(unknown.into_iter().map(|folder| (folder, nearest.clone())));
        nearest
    }

    /// Why a real folder that was found in `root` is not walked.
    fn barred(&mut self, real: &Path, root: &Path) -> Option<Why> {
        let Some(record) = self.record(real).filter(|record| !root.starts_with(record)) else {
            return (self.search.packed)(real).then_some(Why::Packed);
        };
        Some(if self.output.as_deref() == Some(&record) { Why::Output } else { Why::Editions })
    }

    /// Takes what is in a folder and below.
    fn folder(&mut self, top: Branch<'_>) {
        let (root, glob) = (top.root, top.glob);
        let mut waiting = vec![top];
        while let Some(Branch { path: folder, real, place, .. }) = waiting.pop() {
            let listing = match self.listing(&folder, &real) {
                Ok(listing) => listing,
                Err(error) => {
                    self.refuse(&folder, &error);
                    continue;
                }
            };
            // Outputs of this run that lie among the inputs are known for what they are, and need no word.
            let own = self.record(&real).is_some_and(|record| self.output.as_ref() == Some(&record));
            for entry in listing.0 {
                let (path, real) = (folder.join(&entry.name), real.join(&entry.name));
                let target = format!("{place}{}", entry.called);
                if is_ours(&entry.name) || self.own.contains(&real) {
                    continue;
                }
                if is_hidden(entry.name.as_encoded_bytes()) {
                    self.leave_found(&path, Why::Hidden, glob);
                    continue;
                }
                match entry.form {
                    Form::Folder => match self.barred(&real, root) {
                        Some(why) => self.leave(&path, why),
                        None => {
                            if self.walked.insert((number(glob), real.clone())) {
                                waiting.push(Branch { path, real, place: format!("{target}/"), root, glob });
                            }
                        }
                    },
                    Form::Special(special) => self.leave_found(&path, Why::Special(special), glob),
                    Form::Link => {
                        let link = Link { target, root: root.to_owned(), glob: glob.cloned() };
                        self.links.insert((path, number(glob)), link);
                    }
                    Form::File if entry.written && own => {}
                    Form::File if entry.written => self.leave_found(&path, Why::Written, glob),
                    Form::File => self.found(&path, real, target, glob),
                }
            }
        }
    }

    /// Takes a file that was found, if it is one that is wanted.
    fn found(&mut self, path: &Path, real: PathBuf, target: String, glob: Option<&Glob>) {
        match glob {
            Some(glob) if !glob.takes(path) => {}
            None if !has_known_extension(path) && !is_archive(path) => self.leave(path, Why::Kind),
            _ => {
                if self.taken.insert(real) {
                    self.file(path, target);
                }
            }
        }
    }

    /// Takes what a link leads to.
    fn link(&mut self, path: &Path, Link { target, root, glob }: &Link) {
        let glob = glob.as_ref();
        let (Ok(real), Ok(meta)) = (path.canonicalize(), path.metadata()) else {
            return self.leave_found(path, Why::Nowhere, glob);
        };
        if !self.search.follow && !real.starts_with(root) {
            return self.leave_found(path, Why::Outside, glob);
        }
        let folder = if meta.is_dir() { Some(&*real) } else { real.parent() };
        if let Some(why) = folder.and_then(|folder| self.barred(folder, root)) {
            return self.leave_found(path, why, glob);
        }
        if let Some(special) = Special::of(meta.file_type()) {
            return self.leave_found(path, Why::Special(special), glob);
        }
        if meta.is_dir() {
            if !self.walked.insert((number(glob), real.clone())) {
                return self.leave_found(path, Why::Twice, glob);
            }
            self.folder(Branch { path: path.to_owned(), real, place: format!("{target}/"), root, glob });
        } else if self.taken.contains(&real) {
            self.leave_found(path, Why::Twice, glob);
        } else {
            self.found(path, real, target.clone(), glob);
        }
    }

    /// Takes a file, or what the archive that it is holds.
    fn file(&mut self, path: &Path, target: String) {
        let Some(packing) = Packing::of_name(path) else {
            let (shown, name_decoded) = shown(path, self.search.read_name);
            return self.found.inputs.push(Input {
                path: path.to_owned(),
                member: None,
                shown,
                target,
                name_decoded,
                head: vec![],
            });
        };
        let shelf = Arc::clone(&self.shelf);
        let open = |file: File| Archive::at(path, &file, packing, &shelf);
        match File::open(path) {
            Ok(file) => self.archive(path, &target, file, packing, &open),
            Err(error) => self.fail(Kind::Archive, path, (&error).into()),
        }
    }

    fn archive(
        &mut self,
        path: &Path,
        place: &str,
        file: File,
        packing: Packing,
        open: &dyn Fn(File) -> io::Result<Archive>,
    ) {
        let Search { extensions, read_name, .. } = *self.search;
        let contents = match archive::list(file, packing, open, &has_known_extension, extensions, read_name) {
            Ok(contents) => contents,
            Err(error) => return self.fail(Kind::Archive, path, (&error).into()),
        };
        let (folder, folder_decoded) = shown(path, read_name);
        for (name, cause) in contents.refused {
            let path = if name.is_empty() { path.to_owned() } else { path.join(name.trim_start_matches('/')) };
            self.fail(Kind::Archive, &path, cause);
        }
        self.found.left_out.extend(contents.left_out.into_iter().map(|left| {
            let name = left.shown.trim_start_matches('/');
            LeftOut { shown: format!("{folder}/{name}"), ..left }
        }));
        self.found.inputs.extend(contents.files.into_iter().map(|inner| Input {
            path: path.to_owned(),
            shown: format!("{folder}/{}", inner.name),
            target: format!("{place}/{}", inner.target),
            name_decoded: folder_decoded || inner.decoded,
            member: Some(inner.member),
            head: vec![],
        }));
    }

    /// Takes standard input, or what it holds when it is an archive.
    fn stdin(&mut self) {
        let (path, target) = (Path::new(STDIN), STDIN_FOLDER);
        let mut head = vec![];
        let mut from = io::stdin().lock();
        if let Err(error) = (&mut from).take(HEAD).read_to_end(&mut head) {
            return self.refuse(path, &error);
        }
        let Some(packing) = Packing::of_bytes(&head) else {
            return self.found.inputs.push(Input {
                path: path.to_owned(),
                member: None,
                shown: STDIN.to_owned(),
                target: target.to_owned(),
                name_decoded: false,
                head,
            });
        };
        let keep = || {
            let mut file = tempfile::tempfile()?;
            let size = io::copy(&mut head.chain(from).take(TOTAL + 1), &mut file)?;
            file.flush()?;
            match size > TOTAL {
                true => Err(Cause::LargerThan { most: TOTAL }.into()),
                false => Ok(file),
            }
        };
        match keep() {
            Ok(file) => self.archive(path, target, file, packing, &|file| Archive::held(file, packing)),
            Err(error) => self.refuse(path, &error),
        }
    }

    /// Notes what a folder holds and is not converted; a glob did not ask for it.
    fn leave_found(&mut self, path: &Path, why: Why, glob: Option<&Glob>) {
        if glob.is_none_or(|glob| glob.takes(path)) {
            self.leave(path, why);
        }
    }

    fn leave(&mut self, path: &Path, why: Why) {
        let shown = shown(path, self.search.read_name).0;
        self.found.left_out.push(LeftOut { shown, why });
    }

    fn refuse(&mut self, path: &Path, error: &io::Error) {
        let kind = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Kind::Missing,
            _ => Kind::Unreadable,
        };
        self.fail(kind, path, error.into());
    }

    fn fail(&mut self, kind: Kind, path: &Path, cause: Cause) {
        self.found.errors.push(Error::new(Stage::Discover, kind, path, cause));
    }
}

/// The number by which the folders are known that a glob, or a folder, was looked for in.
fn number(glob: Option<&Glob>) -> usize {
    glob.map_or(0, |glob| glob.number)
}

/// Whether a file of this name is the program's own: its records, and its configuration.
fn is_ours(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".shanben") || name == b"shanben.toml"
}
