//! Where a source lies, told from the output folder, so that both can move together.

use crate::discover::STDIN;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

/// Where a source lies. Two inputs with the same origin are the same source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Its path, or that of its archive, relative to the output folder where the two have a root in common, `/` between folders; `-` is standard
    /// input. Bytes that are not UTF-8, and `%`, stand as `%XX`.
    path: String,
    /// The file in the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    member: Option<String>,
}

impl Origin {
    /// Standard input, or `member` of the archive that comes from there.
    pub fn stdin(member: Option<String>) -> Self {
        Origin { path: STDIN.to_owned(), member }
    }

    /// Of the file at the real path `file`, or of `member` in the archive there, seen from the real folder `from`.
    pub fn seen_from(from: &Path, file: &Path, member: Option<String>) -> Self {
        let (mut from, mut to) = (from.components().peekable(), file.components().peekable());
        let mut shared = false;
        while from.peek().is_some() && from.peek() == to.peek() {
            from.next();
            to.next();
            shared = true;
        }
        if !shared {
            return Origin { path: encode(file), member };
        }
        let up = from.map(|_| Component::ParentDir);
        Origin { path: encode(&up.chain(to).collect::<PathBuf>()), member }
    }

    /// Its path, or that of its archive, seen from the real folder `from`; `None` for standard input.
    pub fn path(&self, from: &Path) -> Option<PathBuf> {
        (self.path != STDIN).then(|| from.join(decode(&self.path)))
    }

    /// The file in the archive, if it is one.
    pub fn member(&self) -> Option<&str> {
        self.member.as_deref()
    }
}

/// A path as text from which it can be had back.
fn encode(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            // A String takes whatever is written to it.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text.replace(std::path::MAIN_SEPARATOR, "/")
}

fn decode(text: &str) -> PathBuf {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        match piece.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&piece.as_bytes()[2..]);
            }
            None => bytes.extend([b"%", piece.as_bytes()].concat()),
        }
    }
    #[cfg(unix)]
    let name = <OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes);
    #[cfg(not(unix))]
    let name = OsString::from(String::from_utf8_lossy(&bytes).into_owned());
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_told_from_the_output_folder() {
        let seen = |from: &str, file: &str| Origin::seen_from(Path::new(from), Path::new(file), None).path;
        assert_eq!(seen("/a/out", "/a/in/1998/信.txt"), "../in/1998/信.txt");
        assert_eq!(seen("/a/out", "/a/out/b.txt"), "b.txt");
        assert_eq!(seen("/a/out", "/b.txt"), "../../b.txt");
        assert_eq!(seen("/a", "/a/100%.txt"), "100%25.txt");
    }

    #[cfg(unix)]
    #[test]
    fn every_name_can_be_had_back() {
        use std::os::unix::ffi::OsStrExt;
        for name in [&b"\xba\xec\xc2\xa5.txt"[..], b"100%", b"%41\\b", "红楼梦".as_bytes(), b"a\nb\xff"] {
            let file = Path::new("/in").join(std::ffi::OsStr::from_bytes(name));
            let origin = Origin::seen_from(Path::new("/out"), &file, None);
            assert_eq!(
                origin.path(Path::new("/out")),
                Some(PathBuf::from("/out/../in").join(file.file_name().unwrap()))
            );
        }
        assert_eq!(Origin::stdin(None).path(Path::new("/out")), None);
    }
}
