//! Files that are dropped on the page: each goes to its place below the folder of the sources, and replaces nothing.

use crate::batch::{Draft, plain};
use crate::digest::sha256_of;
use crate::error::Cause;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

/// Puts what `from` gives at `path` below `folder`, and tells where that is; a file of the same name with other bytes keeps its place, and the new one gets a number.
///
/// # Errors
/// When the path leads out of the folder, or the file cannot be written.
pub fn put(folder: &Path, path: &str, from: &mut dyn Read) -> Result<PathBuf, Cause> {
    let place = place(folder, path).ok_or(Cause::PathLeadsOut)?;
    let mut put = || -> io::Result<PathBuf> {
        fs::create_dir_all(folder)?;
        if let Some(parent) = place.parent() {
            // What lies in the way may be a link that leads out.
            let there = parent.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
            if !there.canonicalize()?.starts_with(folder.canonicalize()?) {
                return Err(Cause::PathLeadsOut.into());
            }
            fs::create_dir_all(parent)?;
        }
        let mut draft = Draft::beside(&place)?;
        let mut length = 0;
        let digest = sha256_of(|digest| {
            length = io::copy(from, &mut Both(&mut draft, digest))?;
            Ok(())
        })?;
        let mut free = place.clone();
        let mut number = 2;
        loop {
            draft = match draft.finish_at(free.clone())? {
                None => return Ok(free),
                Some(draft) => draft,
            };
            if is_the_same(&free, length, &digest) {
                return Ok(free);
            }
            free = numbered(&place, number);
            number += 1;
        }
    };
    put().map_err(|error| (&error).into())
}

/// Writes the same to both.
struct Both<'w>(&'w mut dyn Write, &'w mut dyn Write);

impl Write for Both<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.0.write(bytes)?;
        self.1.write_all(&bytes[..written])?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Whether the file at `place` has this length and this digest.
fn is_the_same(place: &Path, length: u64, digest: &str) -> bool {
    let Ok(mut file) = plain::open(place, File::options().read(true)) else { return false };
    file.metadata().is_ok_and(|meta| meta.len() == length)
        && sha256_of(|to| io::copy(&mut file, to).map(drop)).is_ok_and(|known| known == digest)
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
        let put = |folder: &Path, path: &str, text: &str| super::put(folder, path, &mut text.as_bytes());
        for path in ["../x.txt", "/etc/x", "a/../../x", "", ".x", "a/.git/x", "a//b", "C:\\x", "..", "a/."] {
            assert_eq!(put(&folder, path, "x"), Err(Cause::PathLeadsOut), "{path}");
        }
        put(&folder, "信/a.txt", "1").unwrap();
        put(&folder, "信/a.txt", "1").unwrap();
        assert_eq!(put(&folder, "信/a.txt", "2"), Ok(folder.join("信/a (2).txt")));
        let names =
            fs::read_dir(folder.join("信")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        assert_eq!(names, ["a (2).txt", "a.txt"]);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path(), folder.join("out")).unwrap();
            assert_eq!(put(&folder, "out/x.txt", "x"), Err(Cause::PathLeadsOut));
            assert_eq!(put(&folder, "out/new/x.txt", "x"), Err(Cause::PathLeadsOut));
            assert!(!dir.path().join("x.txt").exists() && !dir.path().join("new").exists());
        }
    }
}
