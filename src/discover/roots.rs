//! What was named, and which part of each path its outputs keep.

use super::STDIN;
use globset::{GlobBuilder, GlobMatcher};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Something that was named.
#[derive(Debug)]
pub struct Root {
    /// As it was named; for a glob, the folder before its first wildcard.
    pub path: PathBuf,
    /// Its path from the root of the file system, without `.` and `..`.
    pub full: PathBuf,
    /// What of the folder it takes, where it is a glob.
    pub glob: Option<Glob>,
    /// The glob as it was named, or the path.
    pub named: PathBuf,
}

/// The wildcards of a glob.
#[derive(Debug, Clone)]
pub struct Glob {
    matcher: GlobMatcher,
    /// How many parts of a path that was found stand before those that it matches.
    lead: usize,
    /// Its number among what was named, from 1.
    pub number: usize,
}

impl Glob {
    /// Whether it takes what was found at `path`.
    pub fn takes(&self, path: &Path) -> bool {
        self.matcher.is_match(path.components().skip(self.lead).collect::<PathBuf>())
    }
}

/// What was named, in the order of the paths, each once; and the folder below which outputs keep the paths of their inputs. Standard input has none.
#[derive(Debug, Default)]
pub struct Roots {
    /// What was named.
    pub all: Vec<Root>,
    /// Whether standard input is among it.
    pub stdin: bool,
    /// What the paths have in common.
    pub base: PathBuf,
}

impl Roots {
    /// Of these paths.
    pub fn new(paths: &[PathBuf]) -> Self {
        let mut stdin = false;
        let mut all = BTreeMap::new();
        for (i, path) in paths.iter().enumerate() {
            if path.as_os_str() == STDIN {
                stdin = true;
                continue;
            }
            let root = match glob(path).filter(|_| path.symlink_metadata().is_err()) {
                Some((folder, matcher)) => {
                    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
                    let lead = usize::from(!path.starts_with(".") && folder.as_os_str() == ".");
                    let glob = Some(Glob { matcher, lead, number: i + 1 });
                    Root { full: full(&folder), path: folder, glob, named: path.clone() }
                }
                None => Root { path: path.clone(), full: full(path), glob: None, named: path.clone() },
            };
            let globbed = root.glob.is_some().then(|| root.named.clone());
            all.entry((root.full.clone(), globbed)).or_insert(root);
        }
        let all: Vec<Root> = all.into_values().collect();
        let base = match &all[..] {
            // A folder, however many globs begin there.
            [first, rest @ ..] if rest.iter().all(|root| root.full == first.full) && first.path.is_dir() => {
                first.full.clone()
            }
            all => common(all.iter().map(|root| root.full.parent().unwrap_or(&root.full))),
        };
        Roots { all, stdin, base }
    }
}

/// The longest path with which all begin.
fn common<'p>(mut paths: impl Iterator<Item = &'p Path>) -> PathBuf {
    let Some(first) = paths.next() else { return PathBuf::new() };
    let mut shared: Vec<Component<'_>> = first.components().collect();
    for path in paths {
        let same = shared.iter().zip(path.components()).take_while(|(a, b)| **a == *b).count();
        shared.truncate(same);
    }
    shared.into_iter().collect()
}

/// A path from the root of the file system, cleaned of `.` and `..` by its letters alone.
fn full(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                cleaned.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => cleaned.push(part),
        }
    }
    cleaned
}

/// The folder from which a glob starts, and what matches it; `None` when `path` is no glob.
fn glob(path: &Path) -> Option<(PathBuf, GlobMatcher)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_paths_have_in_common_is_cut_off() {
        let base = |paths: &[&str]| Roots::new(&paths.iter().map(PathBuf::from).collect::<Vec<_>>()).base;
        assert_eq!(base(&["/no/tree/1998", "/no/tree/1999"]), Path::new("/no/tree"));
        assert_eq!(base(&["/no/tree/x/../1998/a.txt", "/no/tree/./1999/b.txt"]), Path::new("/no/tree"));
        assert_eq!(base(&["/no/a.txt"]), Path::new("/no"));
        assert_eq!(base(&["/no/1998/*.txt", "/no/1999"]), Path::new("/no"));
        assert_eq!(base(&["/no/a.txt", "/no/a.txt"]), Path::new("/no"));
        assert_eq!(base(&["/no/a", "/no/a/b"]), Path::new("/no"));
    }
}
