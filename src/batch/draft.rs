//! A file under way: written beside its place under a name that nobody can guess, synced, and renamed into its place when it is whole.

use super::plain;
use crate::error::Cause;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How the names of drafts begin and end.
const NAME: (&str, &str) = (".shanben-", ".tmp");

/// A file under way. One that is dropped before it is whole leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
    place: PathBuf,
}

impl Draft {
    /// Begins the file that will stand at `place`.
    ///
    /// # Errors
    /// When none can be made beside it.
    pub fn beside(place: &Path) -> io::Result<Self> {
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(NAME.0).suffix(NAME.1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file: the process's mask takes away from this.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        Ok(Draft { file: builder.tempfile_in(folder)?, place: place.to_owned() })
    }

    /// Puts `bytes` in the plain file at `place`, of which it keeps who may read and write it: all of them, or none. Nothing where something else
    /// stands there than `earlier` by now.
    ///
    /// # Errors
    /// [`Cause::Changed`] then, and when it cannot be written.
    pub fn replace(place: &Path, earlier: Option<&[u8]>, bytes: &[u8]) -> io::Result<()> {
        let mut draft = Draft::beside(place)?;
        draft.write_all(bytes)?;
        if earlier.is_some() {
            draft.file.as_file().set_permissions(place.symlink_metadata()?.permissions())?;
        }
        let mut stands = Ok(None);
        let same = || {
            stands = plain::there(place);
            stands.as_ref().is_ok_and(|stands| stands.as_deref() == earlier)
        };
        match draft.finish_if(same)? {
            Some(_) => Ok(()),
            None => Err(stands.err().unwrap_or_else(|| Cause::Changed.into())),
        }
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// When it cannot be synced or renamed; it is gone then, and what stood in its place still stands.
    pub fn finish(self) -> io::Result<()> {
        self.finish_if(|| true).map(drop)
    }

    /// Puts it in its place unless, at the last moment, it is not `wanted` there any more. Gives it, open, where it was.
    ///
    /// # Errors
    /// As [`Draft::finish`].
    pub fn finish_if(self, wanted: impl FnOnce() -> bool) -> io::Result<Option<File>> {
        self.file.as_file().sync_all()?;
        Ok(if wanted() { Some(self.file.persist(&self.place)?) } else { None })
    }

    /// Puts it at `place`, in the folder where it is, unless something stands there; gives it back then.
    ///
    /// # Errors
    /// As [`Draft::finish`].
    pub fn finish_at(self, place: PathBuf) -> io::Result<Option<Self>> {
        self.file.as_file().sync_all()?;
        match self.file.persist_noclobber(&place) {
            Ok(_) => Ok(None),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                Ok(Some(Draft { file: error.file, place }))
            }
            Err(error) => Err(error.error),
        }
    }

    /// Whether the file at `path` has the name of a draft.
    pub fn is_named(path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(NAME.0) && name.ends_with(NAME.1)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_replaced_as_it_was_seen_and_stays_open_to_the_same_people() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("a.toml");
        Draft::replace(&place, None, b"1").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).unwrap();
            Draft::replace(&place, Some(b"1"), b"2").unwrap();
            assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o640);
        }
        for seen in [None, Some(&b"1"[..])] {
            fs::write(&place, b"3").unwrap();
            assert!(Draft::replace(&place, seen, b"4").is_err());
            assert_eq!(fs::read(&place).unwrap(), b"3");
        }
        fs::remove_file(&place).unwrap();
        assert!(Draft::replace(&place, Some(b"3"), b"4").is_err() && !place.exists());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
