//! Plain files, where anybody may have put something else: never through a link, and never waiting for a pipe.

use crate::discover::Special;
use crate::error::Cause;
use std::fs::{File, FileType, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// Opens the plain file at `path`.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] with what stands there when that is no plain file, and what the system says.
pub fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    check(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // What was put there since the look is not followed either, and not waited for.
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt;
        // FILE_FLAG_OPEN_REPARSE_POINT: a link is opened itself, and found to be no plain file.
        options.custom_flags(0x0020_0000);
    }
    let file = options.open(path)?;
    let kind = file.metadata()?.file_type();
    if kind.is_file() { Ok(file) } else { Err(no_plain_file(kind)) }
}

/// Reads the plain file at `path`.
///
/// # Errors
/// As [`open`].
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = vec![];
    open(path, File::options().read(true))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What stands in the plain file at `path`, if there is one.
///
/// # Errors
/// As [`open`].
pub fn there(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes sure that a plain file stands at `path`, or nothing.
///
/// # Errors
/// As [`open`].
pub fn check(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Ok(meta) if !meta.is_file() => Err(no_plain_file(meta.file_type())),
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn no_plain_file(kind: FileType) -> io::Error {
    let what = match Special::of(kind) {
        Some(special) => special.cause(),
        None if kind.is_symlink() => Cause::IsLink,
        None if kind.is_dir() => Cause::IsFolder,
        None => Cause::IsNoPlainFile,
    };
    io::Error::new(io::ErrorKind::InvalidInput, what)
}
