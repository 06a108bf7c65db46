//! Files that are dropped on the page: each goes to its place below the folder of the sources, and replaces nothing.

use crate::batch::{Draft, plain};
use crate::digest::sha256;
use crate::error::Cause;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Puts `bytes` at `path` below `folder`, and gives where that is; a file of the same name with other bytes keeps its place, and the new one gets a number.
///
/// # Errors
/// When the path leads out of the folder, or the file cannot be written.
pub fn put(folder: &Path, path: &str, bytes: &[u8]) -> Result<PathBuf, Cause> {
    let place = place(folder, path).ok_or(Cause::PathLeadsOut)?;
    let put = || -> io::Result<PathBuf> {
        fs::create_dir_all(folder)?;
        if let Some(parent) = place.parent() {
            // What lies in the way may be a link that leads out.
            let there = parent.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
            if !there.canonicalize()?.starts_with(folder.canonicalize()?) {
                return Err(Cause::PathLeadsOut.into());
            }
            fs::create_dir_all(parent)?;
        }
        let mut free = place.clone();
        let mut number = 2;
        loop {
            if free.symlink_metadata().is_err() {
                let mut draft = Draft::beside(&free)?;
                draft.write_all(bytes)?;
                if draft.finish_new()? {
                    return Ok(free);
                }
            }
            if plain::read(&free).is_ok_and(|known| sha256(&known) == sha256(bytes)) {
                return Ok(free);
            }
            free = numbered(&place, number);
            number += 1;
        }
    };
    put().map_err(|error| (&error).into())
}

/// Where `path` is below `folder`, if it is: names that mean something else to the system, or hide a file, are none.
fn place(folder: &Path, path: &str) -> Option<PathBuf> {
    let is_name = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    (inside && path.split('/').all(is_name)).then(|| folder.join(path))
}

/// The name with a number before its extension: `信 (2).txt`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let (stem, extension) = (path.file_stem().unwrap_or_default().to_string_lossy(), path.extension());
    let extension = extension.map_or(String::new(), |extension| format!(".{}", extension.to_string_lossy()));
    path.with_file_name(format!("{stem} ({number}){extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leads_out_and_nothing_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("in");
        for path in ["../x.txt", "/etc/x", "a/../../x", "", ".x", "a/.git/x", "a//b", "C:\\x", "..", "a/."] {
            assert_eq!(put(&folder, path, b"x"), Err(Cause::PathLeadsOut), "{path}");
        }
        put(&folder, "信/a.txt", b"1").unwrap();
        put(&folder, "信/a.txt", b"1").unwrap();
        assert_eq!(put(&folder, "信/a.txt", b"2"), Ok(folder.join("信/a (2).txt")));
        let names =
            fs::read_dir(folder.join("信")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        assert_eq!(names, ["a (2).txt", "a.txt"]);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path(), folder.join("out")).unwrap();
            assert_eq!(put(&folder, "out/x.txt", b"x"), Err(Cause::PathLeadsOut));
            assert_eq!(put(&folder, "out/new/x.txt", b"x"), Err(Cause::PathLeadsOut));
            assert!(!dir.path().join("x.txt").exists() && !dir.path().join("new").exists());
        }
    }
}
