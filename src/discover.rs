//! Paths to a sorted list of inputs, each with the name of its outputs.

mod archive;
mod names;

use crate::error::{Error, Kind, Stage, reason};
use globset::GlobBuilder;
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

pub use archive::Member;
pub use names::{ReadName, shown};

/// Extensions of the files that are taken from folders and archives; files that are named are always taken.
pub const EXTENSIONS: [&str; 4] = ["txt", "text", "md", "markdown"];

/// The input that stands for standard input.
pub const STDIN: &str = "-";

/// A file to convert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Where it lies, or the archive that it lies in; `-` is standard input.
    pub path: PathBuf,
    /// The file in the archive at `path`; `None` when it is no archive.
    pub member: Option<Member>,
    /// Its path as it may be shown: decoded when it is not UTF-8, not yet made safe for a terminal.
    pub shown: String,
    /// The path of its outputs below the output folder, without extension, `/` between folders; unique in a run.
    pub target: String,
    /// Whether its name was not UTF-8.
    pub name_decoded: bool,
}

impl Input {
    /// Whether it is standard input.
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == STDIN
    }

    /// Its name without folders, as it may be shown.
    pub fn name(&self) -> &str {
        self.shown.rsplit(['/', std::path::MAIN_SEPARATOR]).next().unwrap_or(&self.shown)
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The inputs, sorted by path.
    pub inputs: Vec<Input>,
    /// Paths that cannot be taken.
    pub errors: Vec<Error>,
    /// Number of files in folders that were passed over because of their extension.
    pub passed_over: usize,
}

/// Whether an earlier run wrote the file at a path below the folder of outputs.
pub type Wrote<'o> = &'o dyn Fn(&str) -> bool;

/// Where outputs go, which are no inputs.
#[derive(Clone, Copy)]
pub struct Outputs<'o> {
    /// The folder. It is left out where it lies in one that is searched.
    pub folder: &'o Path,
    /// The extensions that outputs may have.
    pub extensions: &'o [&'o str],
    /// Whether an earlier run wrote the file at this path below it; for inputs in the folder itself.
    pub wrote: Wrote<'o>,
}

/// A file with the folder that it was found in.
struct Hit {
    path: PathBuf,
    /// The file in the archive at `path`: its name, whether that was decoded, and how it is read.
    inner: Option<(String, bool, Member)>,
    /// Its path below the folder that the user named; its name when he named the file itself.
    below: PathBuf,
    /// The name of the folder that it was found in, used to part files that would meet in one name.
    root: PathBuf,
}

impl Hit {
    /// What it is sorted and told apart by.
    fn order(&self) -> PathBuf {
        match &self.inner {
            Some((name, ..)) => self.path.join(name),
            None => self.path.clone(),
        }
    }

    /// The path of its outputs below `below`, which is its own or its archive's.
    fn target(&self, below: &Path, keep_extension: bool, read_name: ReadName) -> String {
        match &self.inner {
            Some((name, ..)) => {
                let folder = names::target(below, true, read_name);
                let folder = if keep_extension { &folder } else { archive::stem(&folder) };
                format!("{folder}/{}", names::target(Path::new(name), keep_extension, read_name))
            }
            None => names::target(below, keep_extension, read_name),
        }
    }
}

/// Finds the files that `paths` name: files, folders, globs, archives, which are taken as folders, and `-`. In folders, `outputs` are left out. `read_name` reads
/// names that are not UTF-8.
pub fn discover(paths: &[PathBuf], outputs: Option<Outputs<'_>>, read_name: ReadName) -> Found {
    let extensions = outputs.map_or(&[][..], |outputs| outputs.extensions);
    let outputs = outputs.and_then(|outputs| Some((outputs.folder.canonicalize().ok()?, outputs.wrote)));
    let mut walk = Walk { outputs, read_name, hits: vec![], errors: vec![], passed_over: 0 };
    for path in paths {
        walk.take(path);
    }
    walk.hits.sort_by_cached_key(Hit::order);
    let mut seen = HashSet::new();
    if paths.len() > 1 {
        walk.hits.retain(|hit| {
            let path = hit.path.canonicalize().unwrap_or_else(|_| hit.path.clone());
            seen.insert((path, hit.inner.as_ref().map(|(name, ..)| name.clone())))
        });
    }
    let inputs = name_targets(walk.hits, extensions, read_name);
    Found { inputs, errors: walk.errors, passed_over: walk.passed_over }
}

struct Walk<'o> {
    /// The real path of the folder of outputs, and what it is asked.
    outputs: Option<(PathBuf, Wrote<'o>)>,
    read_name: ReadName,
    hits: Vec<Hit>,
    errors: Vec<Error>,
    passed_over: usize,
}

impl Walk<'_> {
    fn take(&mut self, path: &Path) {
        if path.as_os_str() == STDIN {
            self.hits.push(Hit { path: path.to_owned(), inner: None, below: "stdin".into(), root: PathBuf::new() });
            return;
        }
        match path.metadata() {
            Ok(meta) if meta.is_dir() => {
                self.folder(path, path, &|name| has_known_extension(name) || archive::is_archive(name))
            }
            Ok(_) => self.file(path),
            Err(error) => match glob(path) {
                Some((root, matcher)) => {
                    let before = self.hits.len();
                    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
                    let lead = if path.starts_with(".") || root.as_os_str() != "." { 0 } else { 1 };
                    self.folder(&root, &root, &|found| {
                        let found: PathBuf = found.components().skip(lead).collect();
                        matcher.is_match(found)
                    });
                    if self.hits.len() == before {
                        self.fail(Kind::Missing, path, "no file matches".to_owned());
                    }
                }
                None => self.refuse(path, &error),
            },
        }
    }

    fn file(&mut self, path: &Path) {
        let below = path.file_name().map(PathBuf::from).unwrap_or_else(|| "input".into());
        let root = path.parent().map(Path::to_owned).unwrap_or_default();
        self.hit(path, below, root);
    }

    /// Takes a file, or what the archive that it is holds.
    fn hit(&mut self, path: &Path, below: PathBuf, root: PathBuf) {
        if !archive::is_archive(path) {
            self.hits.push(Hit { path: path.to_owned(), inner: None, below, root });
            return;
        }
        match archive::list(path, &has_known_extension, self.read_name) {
            Ok(contents) => {
                self.passed_over += contents.passed_over;
                for (name, cause) in contents.refused {
                    let path = if name.is_empty() { path.to_owned() } else { path.join(name.trim_start_matches('/')) };
                    self.fail(Kind::Archive, &path, cause);
                }
                self.hits.extend(contents.files.into_iter().map(|file| Hit {
                    path: path.to_owned(),
                    inner: Some(file),
                    below: below.clone(),
                    root: root.clone(),
                }));
            }
            Err(error) => self.fail(Kind::Archive, path, reason(&error)),
        }
    }

    /// Takes the files below `top` whose path passes `wanted`. Hidden files, the output folder and loops of links are left out.
    fn folder(&mut self, top: &Path, root: &Path, wanted: &dyn Fn(&Path) -> bool) {
        let real = top.canonicalize().ok();
        // Outputs among the inputs are known one by one; an output folder below is passed over whole.
        let mixed = self.outputs.clone().filter(|(folder, _)| real.as_ref().is_some_and(|r| r.starts_with(folder)));
        let output = self.outputs.as_ref().map(|(folder, _)| folder.clone()).filter(|o| real.as_ref() != Some(o));
        let entries = WalkDir::new(top).follow_links(true).sort_by_file_name().into_iter().filter_entry(|entry| {
            entry.depth() == 0
                || !(is_hidden(entry.path())
                    || entry.file_type().is_dir()
                        && output.as_ref().is_some_and(|o| entry.path().canonicalize().is_ok_and(|p| p == *o)))
        });
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    if mixed.as_ref().is_some_and(|(folder, wrote)| is_below(entry.path(), folder, wrote)) {
                        continue;
                    }
                    if wanted(entry.path()) {
                        let below = entry.path().strip_prefix(top).unwrap_or(entry.path()).to_owned();
                        self.hit(entry.path(), below, root.to_owned());
                    } else {
                        self.passed_over += 1;
                    }
                }
                Ok(_) => {}
                // A loop leads to nothing that is not found elsewhere.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = error.path().unwrap_or(top).to_owned();
                    let cause = error.io_error().map_or_else(|| io::Error::other(error.to_string()), clone_error);
                    // A link that leads nowhere, inside a folder, is not something that the user named.
                    if !(cause.kind() == io::ErrorKind::NotFound && path.is_symlink()) {
                        self.refuse(&path, &cause);
                    }
                }
            }
        }
    }

    fn refuse(&mut self, path: &Path, error: &io::Error) {
        let kind = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Kind::Missing,
            _ => Kind::Unreadable,
        };
        self.fail(kind, path, reason(error));
    }

    fn fail(&mut self, kind: Kind, path: &Path, cause: String) {
        self.errors.push(Error::new(Stage::Discover, kind, path, cause));
    }
}

fn clone_error(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// Whether `path` lies below `folder`, a real path, as something of which `wrote` is true.
fn is_below(path: &Path, folder: &Path, wrote: Wrote<'_>) -> bool {
    let real = path.canonicalize().ok();
    let below = real.as_ref().and_then(|real| real.strip_prefix(folder).ok()?.to_str());
    below.is_some_and(|below| wrote(&below.replace(std::path::MAIN_SEPARATOR, "/")))
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn has_known_extension(path: &Path) -> bool {
    path.extension().is_some_and(|ext| EXTENSIONS.iter().any(|known| ext.eq_ignore_ascii_case(known)))
}

/// The folder from which a glob starts, and what matches it; `None` when `path` is no glob.
fn glob(path: &Path) -> Option<(PathBuf, globset::GlobMatcher)> {
    let pattern = path.to_str()?;
    if !pattern.contains(['*', '?', '[', '{']) {
        return None;
    }
    let matcher = GlobBuilder::new(pattern).literal_separator(true).build().ok()?.compile_matcher();
    let root = path
        .components()
        .take_while(|part| !matches!(part, Component::Normal(name) if name.as_encoded_bytes().iter().any(|b| b"*?[{".contains(b))))
        .collect();
    Some((root, matcher))
}

/// A step of the ladder by which inputs that would meet in one name are parted.
type Step = fn(&Hit, ReadName) -> String;

/// Names the outputs: the input's path below its folder without the extension; inputs that would meet there keep the extension, and that
/// of their archive; those that still meet are put below the name of their folder; those that still meet, or would meet a folder of outputs, are numbered.
fn name_targets(hits: Vec<Hit>, extensions: &[&str], read_name: ReadName) -> Vec<Input> {
    const LADDER: [Step; 3] = [
        |hit, read_name| hit.target(&hit.below, false, read_name),
        |hit, read_name| hit.target(&hit.below, true, read_name),
        |hit, read_name| {
            let root = Path::new(hit.root.file_name().unwrap_or("input".as_ref()));
            hit.target(&root.join(&hit.below), true, read_name)
        },
    ];
    let mut targets: Vec<String> = hits.iter().map(|hit| LADDER[0](hit, read_name)).collect();
    for step in &LADDER[1..] {
        let mut meeting: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, target) in targets.iter().enumerate() {
            meeting.entry(names::key(target)).or_default().push(i);
        }
        for group in meeting.into_values().filter(|group| group.len() > 1) {
            let stepped: Vec<String> = group.iter().map(|&i| step(&hits[i], read_name)).collect();
            // A step that parts none of them, as of two names that differ in case, only makes the names longer.
            if stepped.iter().any(|name| names::key(name) != names::key(&stepped[0])) {
                group.into_iter().zip(stepped).for_each(|(i, name)| targets[i] = name);
            }
        }
    }
    let above =
        |target: &str| -> Vec<String> { target.match_indices('/').map(|(at, _)| target[..at].to_owned()).collect() };
    let folders: HashSet<String> = targets.iter().flat_map(|target| above(&names::key(target))).collect();
    let is_folder = |key: &str| extensions.iter().any(|extension| folders.contains(&format!("{key}.{extension}")));
    let mut taken = HashSet::new();
    for target in &mut targets {
        let mut name = target.clone();
        let mut n = 2;
        while is_folder(&names::key(&name)) || !taken.insert(names::key(&name)) {
            name = format!("{target} ({n})");
            n += 1;
        }
        *target = name;
    }
    hits.into_iter()
        .zip(targets)
        .map(|(hit, target)| {
            let (mut shown, mut name_decoded) = shown(&hit.path, read_name);
            let member = hit.inner.map(|(name, decoded, member)| {
                shown = format!("{shown}/{name}");
                name_decoded |= decoded;
                member
            });
            Input { path: hit.path, member, shown, target, name_decoded }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "文").unwrap();
        }
        dir
    }

    fn targets(found: &Found) -> Vec<&str> {
        found.inputs.iter().map(|input| input.target.as_str()).collect()
    }

    #[test]
    fn folders_give_their_text_files_sorted_without_hidden_and_output_ones() {
        let dir = tree(&["b.txt", "a/c.MD", "a/d.png", ".git/e.txt", ".f.txt", "output/g.txt"]);
        let found = discover(
            &[dir.path().to_owned()],
            Some(Outputs { folder: &dir.path().join("output"), extensions: &[], wrote: &|_| false }),
            crate::name_of_bytes,
        );
        assert_eq!(targets(&found), ["a/c", "b"]);
        assert_eq!(found.passed_over, 1);
        assert_eq!(found.errors, []);
    }

    #[test]
    fn inputs_that_would_meet_keep_their_extension_then_their_folder_then_a_number() {
        let dir = tree(&["b.txt", "b.md", "c.txt", "x/d.txt", "y/d.txt", "p/x/d.txt"]);
        let found = discover(&[dir.path().to_owned()], None, crate::name_of_bytes);
        assert_eq!(targets(&found), ["b.md", "b.txt", "c", "p/x/d", "x/d", "y/d"]);
        let named: Vec<PathBuf> = ["x/d.txt", "y/d.txt", "p/x/d.txt"].iter().map(|p| dir.path().join(p)).collect();
        assert_eq!(targets(&discover(&named, None, crate::name_of_bytes)), ["x/d.txt", "x/d.txt (2)", "y/d.txt"]);
    }

    #[test]
    fn a_file_that_would_meet_a_folder_is_numbered() {
        let dir = tree(&["a.txt", "a.pdf/b.txt", "a.PDF/c.txt", "d.md/e.txt"]);
        let outputs = Outputs { folder: dir.path(), extensions: &["pdf"], wrote: &|_| false };
        let found = discover(&[dir.path().to_owned()], Some(outputs), crate::name_of_bytes);
        assert_eq!(targets(&found), ["a.PDF/c", "a.pdf/b", "a (2)", "d.md/e"]);
    }

    #[test]
    fn names_that_differ_in_case_are_numbered() {
        let dir = tree(&["A.txt", "a.txt"]);
        // Some file systems take them for one file already.
        if fs::read_dir(dir.path()).unwrap().count() == 2 {
            assert_eq!(targets(&discover(&[dir.path().to_owned()], None, crate::name_of_bytes)), ["A", "a (2)"]);
        }
    }

    #[test]
    fn names_in_two_normal_forms_do_not_meet() {
        let dir = tree(&["caf\u{e9}.txt", "cafe\u{301}.txt"]);
        // Some file systems take them for one file already.
        let files = fs::read_dir(dir.path()).unwrap().count();
        let found = discover(&[dir.path().to_owned()], None, crate::name_of_bytes);
        let keys: HashSet<String> = targets(&found).into_iter().map(names::key).collect();
        assert_eq!((found.inputs.len(), keys.len()), (files, files));
    }

    #[test]
    fn a_file_named_twice_is_taken_once_and_a_missing_one_is_an_error() {
        let dir = tree(&["a.txt"]);
        let file = dir.path().join("a.txt");
        let found =
            discover(&[file.clone(), dir.path().to_owned(), dir.path().join("none.txt")], None, crate::name_of_bytes);
        assert_eq!(targets(&found), ["a"]);
        assert_eq!(found.errors.iter().map(|e| e.kind).collect::<Vec<_>>(), [Kind::Missing]);
    }

    #[test]
    fn globs_name_files_of_any_extension() {
        let dir = tree(&["a/1.log", "a/2.txt", "b/3.log"]);
        assert_eq!(targets(&discover(&[dir.path().join("*/*.log")], None, crate::name_of_bytes)), ["a/1", "b/3"]);
        assert_eq!(discover(&[dir.path().join("*.log")], None, crate::name_of_bytes).errors.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn loops_of_links_end() {
        let dir = tree(&["a/1.txt"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("a/up")).unwrap();
        let found = discover(&[dir.path().to_owned()], None, crate::name_of_bytes);
        assert_eq!(targets(&found), ["a/1"]);
        assert_eq!(found.errors, []);
    }
}
