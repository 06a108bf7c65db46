//! Archives as folders: which files they hold, and the bytes of each.
//!
//! Nothing is unpacked to disk under its own name. What an archive claims is not believed: sizes are checked while reading, names may
//! not lead anywhere, and what would unpack to far more than its size is refused (D. Fifield, "A better zip bomb", 2019).

use super::names::ReadName;
use crate::error::reason;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use zip::ZipArchive;
use zip::result::ZipError;

/// Ends of the names of archives, the longest first.
const SUFFIXES: [&str; 4] = [".tar.gz", ".tgz", ".tar", ".zip"];

/// Most entries of an archive.
const ENTRIES: usize = 100_000;
/// An archive may unpack to this many bytes whatever its size,
const ROOM: u64 = 64 << 20;
/// and beyond to this many times its size; Chinese text packs to a quarter or a tenth.
const RATIO: u64 = 200;
/// Most bytes that an archive may unpack to in any case.
const TOTAL: u64 = 16 << 30;

/// An archive that is open; its files are read one at a time, so that memory holds one of them for each worker.
#[derive(Debug)]
struct Archive(Mutex<Store>);

#[derive(Debug)]
enum Store {
    Zip(Box<ZipArchive<BufReader<File>>>),
    /// A tar file, or the temporary file that a packed one was unpacked to.
    Tar(File),
}

/// A file in an archive.
#[derive(Debug, Clone)]
pub struct Member {
    archive: Arc<Archive>,
    place: Place,
    size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Its number in the list of a zip file.
    Number(usize),
    /// Where its bytes begin in a tar file.
    Offset(u64),
}

impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.archive, &other.archive) && self.place == other.place
    }
}

impl Eq for Member {}

impl Member {
    /// Its size in bytes, as the archive has it.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its bytes, at most `most` of them.
    ///
    /// # Errors
    /// When the archive is damaged there.
    pub fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut store = self.archive.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What the archive says of the size is no reason to reserve it.
        let mut bytes = vec![];
        match (&mut *store, self.place) {
            (Store::Zip(zip), Place::Number(number)) => {
                zip.by_index(number)?.take(most).read_to_end(&mut bytes)?;
            }
            (Store::Tar(file), Place::Offset(offset)) => {
                file.seek(SeekFrom::Start(offset))?;
                file.take(self.size.min(most)).read_to_end(&mut bytes)?;
                if (bytes.len() as u64) < self.size.min(most) {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            (Store::Zip(_), Place::Offset(_)) | (Store::Tar(_), Place::Number(_)) => {
                return Err(io::ErrorKind::NotFound.into());
            }
        }
        Ok(bytes)
    }
}

/// What an archive holds.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its files, with `/` between folders, and whether the name had to be decoded.
    pub files: Vec<(String, bool, Member)>,
    /// Names that are not taken, with the cause; an empty name is the archive as a whole.
    pub refused: Vec<(String, String)>,
    /// Number of files that are not `wanted`.
    pub passed_over: usize,
}

/// An entry as the archive lists it.
struct Listed {
    name: Vec<u8>,
    place: Place,
    size: u64,
    refused: Option<&'static str>,
}

/// Whether a file of this name is an archive.
pub fn is_archive(path: &Path) -> bool {
    suffix(path).is_some()
}

/// A name without the end that makes it the name of an archive.
pub fn stem(name: &str) -> &str {
    suffix(Path::new(name)).map_or(name, |suffix| &name[..name.len() - suffix.len()])
}

fn suffix(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.as_encoded_bytes();
    let ends = |suffix: &&str| {
        let at = name.len().checked_sub(suffix.len()).filter(|&at| at > 0);
        at.is_some_and(|at| name[at..].eq_ignore_ascii_case(suffix.as_bytes()))
    };
    SUFFIXES.into_iter().find(ends)
}

/// Lists the files of the archive at `path` whose names are `wanted`. Names that are not UTF-8 are read by `read_name`, all of them
/// together: they were written on one machine.
///
/// # Errors
/// When it cannot be opened or is no archive.
pub fn list(path: &Path, wanted: &dyn Fn(&Path) -> bool, read_name: ReadName) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let (store, listed) = match suffix(path) {
        Some(".zip") => list_zip(File::open(path)?)?,
        Some(".tar") => list_tar(File::open(path)?, &mut contents)?,
        _ => {
            let unpacked = unpack(File::open(path)?, &mut contents)?;
            list_tar(unpacked, &mut contents)?
        }
    };
    if listed.len() > ENTRIES {
        return Err(io::Error::other(format!("holds more than {ENTRIES} entries")));
    }
    let archive = Arc::new(Archive(Mutex::new(store)));
    let mut total = 0u64;
    for (entry, (name, decoded)) in listed.iter().zip(names(&listed, read_name)) {
        let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        if parts.iter().any(|part| part.starts_with('.') && *part != "..") {
            continue;
        }
        let nested = is_archive(Path::new(&name)).then_some("is an archive in an archive");
        if nested.is_none() && !wanted(Path::new(&name)) {
            contents.passed_over += 1;
            continue;
        }
        let leads_out = name.starts_with('/') || parts.contains(&"..") || name.get(1..3) == Some(":/");
        let cause = if leads_out { Some("its name leads out of the archive") } else { entry.refused.or(nested) };
        match cause {
            Some(cause) => contents.refused.push((name, cause.to_owned())),
            None => {
                total = total.saturating_add(entry.size);
                let member = Member { archive: Arc::clone(&archive), place: entry.place, size: entry.size };
                contents.files.push((parts.join("/"), decoded, member));
            }
        }
    }
    let most = most_unpacked(path.metadata()?.len());
    if total > most {
        return Err(io::Error::other(format!("unpacks to {total} bytes, more than {most}")));
    }
    Ok(contents)
}

/// The most bytes that an archive of `size` bytes may unpack to.
fn most_unpacked(size: u64) -> u64 {
    size.saturating_mul(RATIO).saturating_add(ROOM).min(TOTAL)
}

fn list_zip(file: File) -> io::Result<(Store, Vec<Listed>)> {
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|error| match error {
        ZipError::InvalidArchive(_) => io::Error::other("is no zip archive, or a damaged one"),
        error => error.into(),
    })?;
    let mut listed = vec![];
    for number in 0..zip.len().min(ENTRIES + 1) {
        let Ok(entry) = zip.by_index_raw(number) else {
            let name = zip.name_for_index(number).unwrap_or_default().as_bytes().to_vec();
            listed.push(Listed { name, place: Place::Number(number), size: 0, refused: Some("is damaged") });
            continue;
        };
        if entry.is_dir() {
            continue;
        }
        let refused = match entry.compression() {
            _ if entry.encrypted() => Some("is encrypted"),
            _ if entry.is_symlink() => Some("is a link"),
            zip::CompressionMethod::Stored | zip::CompressionMethod::Deflated => None,
            _ => Some("is packed in a way that is not known here"),
        };
        // Some programs for Windows write its separators; the second byte of a GBK character can be one as well.
        let name = match std::str::from_utf8(entry.name_raw()) {
            Ok(name) => name.replace('\\', "/").into_bytes(),
            Err(_) => entry.name_raw().to_vec(),
        };
        listed.push(Listed { name, place: Place::Number(number), size: entry.size(), refused });
    }
    Ok((Store::Zip(Box::new(zip)), listed))
}

fn list_tar(mut file: File, contents: &mut Contents) -> io::Result<(Store, Vec<Listed>)> {
    file.rewind()?;
    let mut archive = tar::Archive::new(BufReader::new(file.try_clone()?));
    let mut listed = vec![];
    for entry in archive.entries_with_seek()?.take(ENTRIES + 1) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(_) if listed.is_empty() => return Err(io::Error::other("is no tar archive, or a damaged one")),
            Err(_) => {
                contents.refused.push((String::new(), "is damaged; what stands after the damage is lost".to_owned()));
                break;
            }
        };
        let kind = entry.header().entry_type();
        if kind.is_dir() {
            continue;
        }
        let refused = match () {
            () if kind.is_symlink() || kind.is_hard_link() => Some("is a link"),
            () if !kind.is_file() => Some("is no plain file"),
            () => None,
        };
        let place = Place::Offset(entry.raw_file_position());
        listed.push(Listed { name: entry.path_bytes().into_owned(), place, size: entry.size(), refused });
    }
    Ok((Store::Tar(file), listed))
}

/// Unpacks a gzip file to a temporary one without a name. What stands before damage is kept.
fn unpack(packed: File, contents: &mut Contents) -> io::Result<File> {
    let most = most_unpacked(packed.metadata()?.len());
    let mut unpacked = tempfile::tempfile()?;
    let mut from = MultiGzDecoder::new(BufReader::new(packed)).take(most.saturating_add(1));
    let mut written = 0u64;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => {
                io::Write::write_all(&mut unpacked, &buffer[..count])?;
                written += count as u64;
            }
            Err(_) if written == 0 => return Err(io::Error::other("is no gzip file, or a damaged one")),
            Err(error) => {
                let cause = format!("is damaged ({}); what stands after the damage is lost", reason(&error));
                contents.refused.push((String::new(), cause));
                break;
            }
        }
    }
    match written > most {
        true => Err(io::Error::other(format!("unpacks to more than {most} bytes"))),
        false => Ok(unpacked),
    }
}

/// The names of entries, and whether each had to be decoded.
fn names(listed: &[Listed], read_name: ReadName) -> Vec<(String, bool)> {
    let undecoded: Vec<&[u8]> =
        listed.iter().map(|entry| &entry.name[..]).filter(|name| std::str::from_utf8(name).is_err()).collect();
    let together = read_name(&undecoded.join(&b'\n'));
    let mut together = together.split('\n').filter(|_| !undecoded.is_empty()).collect::<Vec<_>>().into_iter();
    let alone = together.len() != undecoded.len();
    listed
        .iter()
        .map(|entry| match std::str::from_utf8(&entry.name) {
            Ok(name) => (name.to_owned(), false),
            Err(_) if alone => (read_name(&entry.name), true),
            Err(_) => (together.next().unwrap_or_default().replace('\\', "/"), true),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;

    const UTF8_NAME: u16 = 1 << 11;
    const ENCRYPTED: u16 = 1;

    /// A zip file of stored entries, byte by byte (APPNOTE.TXT 4.3): name, content, flags, and the size that it claims.
    fn zip(entries: &[(&[u8], &[u8], u16, u32)]) -> Vec<u8> {
        let (mut out, mut directory) = (vec![], vec![]);
        for &(name, content, flags, claimed) in entries {
            let offset = out.len() as u32;
            let mut crc = flate2::Crc::new();
            crc.update(content);
            let mut fields = vec![];
            fields.extend([20, 0]);
            fields.extend(flags.to_le_bytes());
            fields.extend([0; 6]);
            fields.extend(crc.sum().to_le_bytes());
            fields.extend((content.len() as u32).to_le_bytes());
            fields.extend(claimed.to_le_bytes());
            fields.extend((name.len() as u16).to_le_bytes());
            fields.extend([0; 2]);
            out.extend([b"PK\x03\x04", &fields[..], name, content].concat());
            directory.extend([b"PK\x01\x02", &[20u8, 0][..], &fields, &[0; 10], &offset.to_le_bytes(), name].concat());
        }
        let (count, size, start) = ((entries.len() as u16).to_le_bytes(), directory.len() as u32, out.len() as u32);
        out.extend(directory);
        out.extend(
            [b"PK\x05\x06\0\0\0\0", &count[..], &count, &size.to_le_bytes(), &start.to_le_bytes(), &[0; 2]].concat(),
        );
        out
    }

    fn stored<'a>(name: &'a [u8], content: &'a [u8], flags: u16) -> (&'a [u8], &'a [u8], u16, u32) {
        (name, content, flags, content.len() as u32)
    }

    fn tar(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(vec![]);
        for (name, kind, content) in entries {
            let mut header = tar::Header::new_gnu();
            // Past the checks of the builder, as hostile archives are made.
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            header.set_size(content.len() as u64);
            header.set_cksum();
            builder.append(&header, *content).unwrap();
        }
        builder.into_inner().unwrap()
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn listed(name: &str, bytes: &[u8]) -> io::Result<Contents> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        list(&path, &|path| path.extension().is_some_and(|e| e == "txt"), crate::name_of_bytes)
    }

    fn read(contents: &Contents) -> Vec<(&str, String)> {
        let text = |member: &Member| String::from_utf8(member.read(100).unwrap()).unwrap();
        contents.files.iter().map(|(name, _, member)| (name.as_str(), text(member))).collect()
    }

    #[test]
    fn names_in_a_zip_are_utf8_or_what_they_are_together() {
        // 红楼梦 in GBK without a flag, as Windows packs it; 第一回 with the flag.
        let gbk = zip(&[
            stored(b"\xba\xec\xc2\xa5\xc3\xce/\xb5\xda\xd2\xbb\xbb\xd8.txt", b"one", 0),
            stored("红楼梦/第二回.txt".as_bytes(), b"two", UTF8_NAME),
            stored(b"a\\b.txt", b"three", 0),
        ]);
        let contents = listed("a.zip", &gbk).unwrap();
        let text = String::from;
        assert_eq!(
            read(&contents),
            [("红楼梦/第一回.txt", text("one")), ("红楼梦/第二回.txt", text("two")), ("a/b.txt", text("three"))]
        );
        assert_eq!(contents.files.iter().map(|file| file.1).collect::<Vec<_>>(), [true, false, false]);
        // 資料夾/第一章 and 資料夾/第二章 in Big5.
        let big5 = zip(&[
            stored(b"\xb8\xea\xae\xc6\xa7\xa8/\xb2\xc4\xa4@\xb3\xb9.txt", b"one", 0),
            stored(b"\xb8\xea\xae\xc6\xa7\xa8/\xb2\xc4\xa4G\xb3\xb9.txt", b"two", 0),
        ]);
        assert_eq!(
            read(&listed("b.zip", &big5).unwrap()),
            [("資料夾/第一章.txt", text("one")), ("資料夾/第二章.txt", text("two"))]
        );
    }

    #[test]
    fn what_leads_elsewhere_or_cannot_be_read_is_refused_and_the_rest_is_taken() {
        let causes = |contents: Contents| contents.refused.into_iter().collect::<Vec<(String, String)>>();
        let bytes = zip(&[
            stored(b"../out.txt", b"1", 0),
            stored(b"/etc/out.txt", b"2", 0),
            stored(b"C:\\out.txt", b"3", 0),
            stored(b"locked.txt", b"4", ENCRYPTED),
            stored(b"fine.txt", b"5", 0),
            stored(b".hidden/a.txt", b"6", 0),
            stored(b"picture.png", b"7", 0),
            stored(b"a/inner.ZIP", b"8", 0),
        ]);
        let contents = listed("a.zip", &bytes).unwrap();
        assert_eq!((read(&contents), contents.passed_over), (vec![("fine.txt", "5".to_owned())], 1));
        let out = "its name leads out of the archive";
        let refused = [
            ("../out.txt", out),
            ("/etc/out.txt", out),
            ("C:/out.txt", out),
            ("locked.txt", "is encrypted"),
            ("a/inner.ZIP", "is an archive in an archive"),
        ];
        assert_eq!(causes(contents), refused.map(|(name, cause)| (name.to_owned(), cause.to_owned())));

        let (file, link, pipe) = (tar::EntryType::Regular, tar::EntryType::Symlink, tar::EntryType::Fifo);
        let bytes = tar(&[
            ("../out.txt", file, b"1"),
            ("link.txt", link, b""),
            ("pipe.txt", pipe, b""),
            ("a/fine.txt", file, b"5"),
        ]);
        for (name, bytes) in [("a.tar", bytes.clone()), ("a.tar.gz", gz(&bytes)), ("a.TGZ", gz(&bytes))] {
            let contents = listed(name, &bytes).unwrap();
            assert_eq!(read(&contents), [("a/fine.txt", "5".to_owned())]);
            let refused = [("../out.txt", out), ("link.txt", "is a link"), ("pipe.txt", "is no plain file")];
            assert_eq!(causes(contents), refused.map(|(name, cause)| (name.to_owned(), cause.to_owned())));
        }
    }

    #[test]
    fn bombs_are_refused_by_what_they_claim_and_by_what_they_are() {
        let claim = zip(&[(b"a.txt", b"small", 0, u32::MAX - 1)]);
        assert!(listed("a.zip", &claim).unwrap_err().to_string().starts_with("unpacks to 4294967294 bytes, more than"));
        let bomb = gz(&vec![0; (ROOM + (64 << 20)) as usize]);
        assert!(listed("a.tar.gz", &bomb).unwrap_err().to_string().starts_with("unpacks to more than"));
        let many: Vec<_> = (0..=ENTRIES).map(|_| ("a.txt", tar::EntryType::Regular, &b""[..])).collect();
        assert_eq!(listed("a.tar", &tar(&many)).unwrap_err().to_string(), "holds more than 100000 entries");
    }

    #[test]
    fn of_a_damaged_archive_what_is_whole_is_taken() {
        let file = tar::EntryType::Regular;
        let text = "一个山谷里有一座桥。".repeat(4000);
        let whole = tar(&[("a.txt", file, b"1"), ("b.txt", file, text.as_bytes()), ("c.txt", file, b"3")]);
        let contents = listed("a.tar", &whole[..whole.len() / 2]).unwrap();
        assert_eq!(contents.files[0].2.read(100).unwrap(), b"1");
        assert!(contents.files[1].2.read(u64::MAX).is_err());
        let packed = gz(&whole);
        let contents = listed("a.tar.gz", &packed[..packed.len() - 20]).unwrap();
        assert_eq!(contents.files[0].2.read(100).unwrap(), b"1");
        assert!(contents.refused[0].1.contains("what stands after the damage is lost"));
        for name in ["a.zip", "a.tar", "a.tar.gz"] {
            assert!(listed(name, &[b'x'; 2000]).unwrap_err().to_string().ends_with(", or a damaged one"), "{name}");
        }
    }
}
