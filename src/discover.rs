//! Paths to a sorted list of inputs, each with the name of its outputs.

mod archive;
mod left;
mod listing;
mod names;
mod open;
mod roots;
mod siblings;
mod walk;

use crate::error::Error;
use std::path::{Path, PathBuf};

pub use left::{LeftOut, Special, Why};
pub use names::{ReadName, shown};
pub use open::{Member, is_archive};

/// Extensions of the files that are taken from folders and archives; files that are named are always taken.
pub const EXTENSIONS: [&str; 12] =
    ["txt", "text", "md", "markdown", "htm", "html", "shtml", "xhtml", "mht", "mhtml", "docx", "rtf"];

/// The input that stands for standard input.
pub const STDIN: &str = "-";

/// The folder that the files of an archive on standard input lie in.
pub const STDIN_FOLDER: &str = "stdin";

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
    /// What was read of standard input already, to see whether it is an archive.
    pub head: Vec<u8>,
}

impl Input {
    /// Whether it is standard input.
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == STDIN
    }

    /// Its name in the archive, if it is in one.
    pub fn member_name(&self, read_name: ReadName) -> Option<String> {
        self.member.as_ref()?;
        let (archive, _) = shown(&self.path, read_name);
        Some(self.shown.strip_prefix(&archive).unwrap_or(&self.shown).trim_start_matches('/').to_owned())
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
    /// What was found and is not converted, sorted by path.
    pub left_out: Vec<LeftOut>,
}

/// How inputs are looked for.
#[derive(Clone, Copy)]
pub struct Search<'s> {
    /// The folder of outputs, which is left out where it lies in one that is searched.
    pub output: Option<&'s Path>,
    /// The extensions that outputs may have.
    pub extensions: &'s [&'s str],
    /// The name of the record by which a folder of outputs is known; one that lies in a folder that is searched is left out.
    pub record: Option<&'s str>,
    /// Whether an earlier run wrote the file at this path below this folder, which is that of the outputs or has a record; for inputs in such a folder.
    pub wrote: &'s dyn Fn(&Path, &str) -> bool,
    /// Whether a folder is a package that the program packed; one that lies in a folder that is searched is left out.
    pub packed: &'s dyn Fn(&Path) -> bool,
    /// Files that this run writes besides.
    pub own: &'s [&'s Path],
    /// Whether links that lead out of a folder are followed.
    pub follow: bool,
    /// Reads names that are not UTF-8.
    pub read_name: ReadName,
}

impl Search<'_> {
    /// A search that leaves out no outputs.
    pub fn new(read_name: ReadName) -> Self {
        Search {
            output: None,
            extensions: &[],
            record: None,
            wrote: &|_, _| false,
            packed: &|_| false,
            own: &[],
            follow: false,
            read_name,
        }
    }

    /// Finds the files that `paths` name: files, folders, globs, archives, which are taken as folders, and `-`.
    pub fn find(&self, paths: &[PathBuf]) -> Found {
        walk::find(self, paths)
    }
}

fn is_hidden(name: &[u8]) -> bool {
    name.starts_with(b".")
}

fn has_known_extension(path: &Path) -> bool {
    path.extension().is_some_and(|ext| EXTENSIONS.iter().any(|known| ext.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "文").unwrap();
        }
        dir
    }

    fn targets(found: &Found) -> Vec<&str> {
        found.inputs.iter().map(|input| input.target.as_str()).collect()
    }

    fn find(paths: &[PathBuf]) -> Found {
        Search::new(crate::name_of_bytes).find(paths)
    }

    #[test]
    fn folders_give_their_text_files_sorted_without_hidden_and_output_ones() {
        let dir = tree(&["b.txt", "a/c.MD", "a/d.png", ".git/e.txt", ".f.txt", "output/g.txt"]);
        let output = dir.path().join("output");
        let search = Search { output: Some(&output), record: Some(".record"), ..Search::new(crate::name_of_bytes) };
        let found = search.find(&[dir.path().to_owned()]);
        assert_eq!(targets(&found), ["a/c", "b"]);
        let left: Vec<Why> = found.left_out.iter().map(|left| left.why).collect();
        assert_eq!(left, [Why::Hidden, Why::Hidden, Why::Kind, Why::Output]);
        assert_eq!(found.errors, []);
    }

    #[test]
    fn inputs_keep_their_extension_beside_one_of_their_name_and_their_folders_beside_others() {
        let dir = tree(&["b.txt", "b.md", "c.txt", "x/d.txt", "y/d.txt", "p/x/d.txt"]);
        let found = find(&[dir.path().to_owned()]);
        assert_eq!(targets(&found), ["b.md", "b.txt", "c", "p/x/d", "x/d", "y/d"]);
        let named: Vec<PathBuf> = ["x/d.txt", "y/d.txt", "p/x/d.txt"].iter().map(|p| dir.path().join(p)).collect();
        assert_eq!(targets(&find(&named)), ["p/x/d", "x/d", "y/d"]);
        assert_eq!(targets(&find(&named[..1])), ["d"]);
    }

    #[test]
    fn a_file_that_would_meet_a_folder_keeps_its_extension() {
        let dir = tree(&["a.txt", "a.pdf/b.txt", "d.md/e.txt"]);
        let search = Search { extensions: &["pdf"], ..Search::new(crate::name_of_bytes) };
        assert_eq!(targets(&search.find(&[dir.path().to_owned()])), ["a.pdf/b", "a.txt", "d.md/e"]);
    }

    #[test]
    fn names_that_differ_in_case_are_numbered_though_one_of_them_is_named() {
        let dir = tree(&["A.txt", "a.txt"]);
        // Some file systems take them for one file already.
        if std::fs::read_dir(dir.path()).unwrap().count() == 2 {
            assert_eq!(targets(&find(&[dir.path().to_owned()])), ["A", "a (2)"]);
            assert_eq!(targets(&find(&[dir.path().join("a.txt")])), ["a (2)"]);
        }
    }

    #[test]
    fn a_file_named_twice_is_taken_once_and_a_missing_one_is_an_error() {
        let dir = tree(&["a.txt"]);
        let file = dir.path().join("a.txt");
        let found = find(&[file.clone(), file, dir.path().join("none.txt")]);
        assert_eq!(targets(&found), ["a"]);
        assert_eq!(found.errors.iter().map(|e| e.kind).collect::<Vec<_>>(), [crate::error::Kind::Missing]);
        let both = find(&[dir.path().to_owned(), dir.path().join("a.txt")]);
        assert_eq!(both.inputs.len(), 1);
    }

    #[test]
    fn globs_name_files_of_any_extension() {
        let dir = tree(&["a/1.log", "a/2.txt", "b/3.log"]);
        let found = find(&[dir.path().join("*/*.log")]);
        assert_eq!((targets(&found), found.left_out.len()), (vec!["a/1", "b/3"], 0));
        assert_eq!(find(&[dir.path().join("*.log")]).errors.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn loops_of_links_end() {
        let dir = tree(&["a/1.txt"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("a/up")).unwrap();
        let found = find(&[dir.path().to_owned()]);
        assert_eq!(targets(&found), ["a/1"]);
        assert_eq!(found.errors, []);
    }
}
