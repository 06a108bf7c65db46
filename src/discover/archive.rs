//! Archives as folders: which files they hold.
//!
//! Nothing is unpacked to disk under its own name. What an archive claims is not believed: sizes are checked while reading, names may
//! not lead anywhere, and what would unpack to far more than its size is refused (D. Fifield, "A better zip bomb", 2019).

use super::names::{self, ReadName};
use super::open::{Archive, At, Member, Packing, Unpacking, is_archive, most_unpacked};
use super::siblings::{self, Sort};
use super::{LeftOut, Why};
use crate::error::Cause;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use zip::ZipArchive;
use zip::result::ZipError;

/// Most entries of an archive.
const ENTRIES: usize = 100_000;
/// Longest name of a file in an archive, folders included: no system takes longer paths.
const LONGEST: usize = 4096;

/// A file in an archive that is to be converted.
#[derive(Debug)]
pub struct Inner {
    /// Its name, with `/` between folders.
    pub name: String,
    /// Whether that was not UTF-8.
    pub decoded: bool,
    /// The path of its outputs below those of the archive.
    pub target: String,
    /// Its bytes.
    pub member: Member,
}

/// What an archive holds.
#[derive(Debug, Default)]
pub struct Contents {
    /// Its files, in the order of the archive.
    pub files: Vec<Inner>,
    /// Names that are not taken, with the cause; an empty name is the archive as a whole.
    pub refused: Vec<(String, Cause)>,
    /// What is not converted, by its name in the archive.
    pub left_out: Vec<LeftOut>,
}

/// An entry as the archive lists it.
struct Listed {
    name: Vec<u8>,
    at: At,
    size: u64,
    /// How many bytes of the archive it takes, where files can overlap.
    packed: u64,
    refused: Option<Cause>,
}

/// Lists the files of the archive in `file` whose names are `wanted`, to be read from the archive that `open` makes of it. Names that are
/// not UTF-8 are read by `read_name`, all of them together: they were written on one machine. A file does not meet a folder when it
/// has the extension of one of `formats`.
///
/// # Errors
/// When it is no archive, or too much of one.
pub fn list(
    file: File,
    packing: Packing,
    open: &dyn Fn(File) -> io::Result<Archive>,
    wanted: &dyn Fn(&Path) -> bool,
    formats: &[&str],
    read_name: ReadName,
) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let length = file.metadata()?.len();
    let most = most_unpacked(length);
    let listed = match packing {
        Packing::Zip => list_zip(&file)?,
        Packing::Tar => {
            let mut from = &file;
            from.rewind()?;
            let mut archive = tar::Archive::new(BufReader::new(from));
            list_tar(archive.entries_with_seek()?, &mut contents)?
        }
        Packing::TarGz => list_packed(&file, &mut contents)?,
    };
    if listed.len() > ENTRIES {
        return Err(Cause::TooManyEntries { most: ENTRIES }.into());
    }
    // What claims little may take long to read all the same, again and again.
    if listed.iter().fold(0, |all: u64, entry| all.saturating_add(entry.packed)) > length {
        return Err(Cause::FilesOverlap.into());
    }
    let archive = Arc::new(open(file)?);
    let mut total = 0u64;
    // All that bear names of texts: what cannot be read takes a name as well.
    let mut named = vec![];
    for (entry, (name, decoded)) in listed.iter().zip(read_names(&listed, read_name)) {
        let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        if parts.iter().any(|part| part.starts_with('.') && *part != "..") {
            contents.left_out.push(LeftOut { shown: name, why: Why::Hidden });
            continue;
        }
        let nested = is_archive(Path::new(&name));
        if !nested && !wanted(Path::new(&name)) {
            contents.left_out.push(LeftOut { shown: name, why: Why::Kind });
            continue;
        }
        let leads_out = name.starts_with('/') || parts.contains(&"..") || name.get(1..3) == Some(":/");
        let cause = match () {
            () if leads_out => Some(Cause::NameLeadsOut),
            () if name.len() > LONGEST => Some(Cause::NameNotAllowed),
            () => entry.refused.clone().or(nested.then_some(Cause::ArchiveInArchive)),
        };
        let plain = parts.join("/");
        match cause {
            Some(cause) => {
                if !leads_out && !nested && name.len() <= LONGEST {
                    named.push((plain, None));
                }
                contents.refused.push((name, cause));
            }
            None => {
                total = total.saturating_add(entry.size);
                named.push((plain, Some((decoded, Member::new(&archive, entry.at, entry.size)))));
            }
        }
    }
    if total > most {
        return Err(Cause::UnpacksTo { bytes: total, most }.into());
    }
    apart(named.iter_mut().map(|(name, _)| name).collect());
    let targets = targets(&named.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), formats);
    let files = named.into_iter().zip(targets).filter_map(|((name, taken), target)| {
        let (decoded, member) = taken?;
        Some(Inner { name, decoded, target, member })
    });
    contents.files = files.collect();
    Ok(contents)
}

/// Numbers the names that an archive has again, as one does to which files were added anew: each is a file of its own.
fn apart(names: Vec<&mut String>) {
    let mut taken: HashSet<String> = HashSet::new();
    let (_, again): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| taken.insert((**name).clone()));
    let mut next: HashMap<String, usize> = HashMap::new();
    for name in again {
        let next = next.entry(name.clone()).or_insert(2);
        let stem = names::stem(name);
        let (stem, extension) = name.split_at(stem.len());
        let numbered = loop {
            let numbered = format!("{stem} ({next}){extension}");
            *next += 1;
            if taken.insert(numbered.clone()) {
                break numbered;
            }
        };
        *name = numbered;
    }
}

/// The paths of outputs for the files of these names, as their siblings in the archive leave them.
fn targets(names: &[&str], formats: &[&str]) -> Vec<String> {
    let mut folders: BTreeMap<&str, Vec<(Sort, &str)>> = BTreeMap::new();
    // The numbers that folders and files have among their siblings.
    let mut numbers = HashMap::new();
    let mut places = vec![];
    for &name in names {
        let (folder, _) = parted(name);
        let mut above = folder;
        while !above.is_empty() && !numbers.contains_key(above) {
            let (outer, own) = parted(above);
            let siblings = folders.entry(outer).or_default();
            numbers.insert(above, siblings.len());
            siblings.push((Sort::Folder, own));
            above = outer;
        }
        let siblings = folders.entry(folder).or_default();
        places.push((folder, siblings.len()));
        siblings.push((Sort::Text, parted(name).1));
    }
    let mut called: HashMap<&str, (String, Vec<String>)> = HashMap::new();
    let target = |called: &HashMap<&str, (String, Vec<String>)>, folder: &str, at: usize| {
        called.get(folder).map(|(place, names)| format!("{place}{}", names[at])).unwrap_or_default()
    };
    // Folders come before what is in them.
    for (&folder, siblings) in &folders {
        let place = numbers.get(folder).map(|&at| target(&called, parted(folder).0, at) + "/");
        called.insert(folder, (place.unwrap_or_default(), siblings::named(siblings, formats)));
    }
    places.into_iter().map(|(folder, at)| target(&called, folder, at)).collect()
}

/// The folder of a name in an archive, and what it is called there.
fn parted(name: &str) -> (&str, &str) {
    name.rsplit_once('/').unwrap_or(("", name))
}

fn list_zip(file: &File) -> io::Result<Vec<Listed>> {
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|error| match error {
        ZipError::InvalidArchive(_) => io::Error::from(Cause::IsNoZip),
        error => error.into(),
    })?;
    let mut listed = vec![];
    for number in 0..zip.len().min(ENTRIES + 1) {
        let Ok(entry) = zip.by_index_raw(number) else {
            let name = zip.name_for_index(number).unwrap_or_default().as_bytes().to_vec();
            listed.push(Listed { name, at: At::Number(number), size: 0, packed: 0, refused: Some(Cause::IsDamaged) });
            continue;
        };
        if entry.is_dir() {
            continue;
        }
        let refused = match entry.compression() {
            _ if entry.encrypted() => Some(Cause::IsEncrypted),
            _ if entry.is_symlink() => Some(Cause::IsLink),
            zip::CompressionMethod::Stored | zip::CompressionMethod::Deflated => None,
            _ => Some(Cause::PackedUnknown),
        };
        // Some programs for Windows write its separators; the second byte of a GBK character can be one as well.
        let name = match std::str::from_utf8(entry.name_raw()) {
            Ok(name) => name.replace('\\', "/").into_bytes(),
            Err(_) => entry.name_raw().to_vec(),
        };
        let (size, packed) = (entry.size(), entry.compressed_size());
        listed.push(Listed { name, at: At::Number(number), size, packed, refused });
    }
    Ok(listed)
}

fn list_tar<R: Read>(entries: tar::Entries<'_, R>, contents: &mut Contents) -> io::Result<Vec<Listed>> {
    let mut listed = vec![];
    for entry in entries.take(ENTRIES + 1) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(_) if listed.is_empty() => return Err(Cause::IsNoTar.into()),
            Err(_) => {
                contents.refused.push((String::new(), Cause::RestIsLost));
                break;
            }
        };
        let kind = entry.header().entry_type();
        if kind.is_dir() {
            continue;
        }
        let refused = match () {
            () if kind.is_symlink() || kind.is_hard_link() => Some(Cause::IsLink),
            () if !kind.is_file() => Some(Cause::IsNoPlainFile),
            () => None,
        };
        let at = At::Offset(entry.raw_file_position());
        listed.push(Listed { name: entry.path_bytes().into_owned(), at, size: entry.size(), packed: 0, refused });
    }
    Ok(listed)
}

/// Lists a tar file that is packed, without keeping what it unpacks to. What stands before damage is kept.
fn list_packed(file: &File, contents: &mut Contents) -> io::Result<Vec<Listed>> {
    let mut unpacking = Unpacking::new(file.try_clone()?)?;
    let mut archive = tar::Archive::new(&mut unpacking);
    let listed = list_tar(archive.entries()?, contents);
    unpacking.end()?;
    if unpacking.is_nothing() {
        return Err(Cause::IsNoGzip.into());
    }
    if let (Ok(_), Some(error)) = (&listed, &unpacking.broken) {
        let cause = Cause::RestIsLostBy { why: Box::new(error.into()) };
        contents.refused = vec![(String::new(), cause)];
    }
    listed
}

/// The names of entries, and whether each had to be decoded.
fn read_names(listed: &[Listed], read_name: ReadName) -> Vec<(String, bool)> {
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

    /// What an archive holds, and the folder in which it stands.
    #[derive(Debug)]
    struct Standing {
        contents: Contents,
        _folder: tempfile::TempDir,
    }

    impl std::ops::Deref for Standing {
        type Target = Contents;

        fn deref(&self) -> &Contents {
            &self.contents
        }
    }

    fn listed(name: &str, bytes: &[u8]) -> io::Result<Standing> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        let packing = Packing::of_name(&path).unwrap();
        let open = |file: File| Archive::at(&path, &file, packing, &Arc::default());
        let wanted = |path: &Path| path.extension().is_some_and(|e| e == "txt");
        let contents = list(File::open(&path)?, packing, &open, &wanted, &[], crate::name_of_bytes)?;
        Ok(Standing { contents, _folder: dir })
    }

    fn read(contents: &Contents) -> Vec<(&str, String)> {
        let text = |member: &Member| String::from_utf8(member.read(100).unwrap()).unwrap();
        contents.files.iter().map(|file| (file.name.as_str(), text(&file.member))).collect()
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
        assert_eq!(contents.files.iter().map(|file| file.decoded).collect::<Vec<_>>(), [true, false, false]);
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
        let causes = |contents: &Contents| contents.refused.clone();
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
        let left = |name: &str, why| LeftOut { shown: name.to_owned(), why };
        let left_out = vec![left(".hidden/a.txt", Why::Hidden), left("picture.png", Why::Kind)];
        assert_eq!((read(&contents), &contents.left_out), (vec![("fine.txt", "5".to_owned())], &left_out));
        let out = Cause::NameLeadsOut;
        let refused = [
            ("../out.txt", out.clone()),
            ("/etc/out.txt", out.clone()),
            ("C:/out.txt", out.clone()),
            ("locked.txt", Cause::IsEncrypted),
            ("a/inner.ZIP", Cause::ArchiveInArchive),
        ];
        assert_eq!(causes(&contents), refused.map(|(name, cause)| (name.to_owned(), cause)));

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
            let refused =
                [("../out.txt", out.clone()), ("link.txt", Cause::IsLink), ("pipe.txt", Cause::IsNoPlainFile)];
            assert_eq!(causes(&contents), refused.map(|(name, cause)| (name.to_owned(), cause)));
        }
    }

    #[test]
    fn bombs_are_refused_by_what_they_claim_and_by_what_they_are() {
        let claim = zip(&[(b"a.txt", b"small", 0, u32::MAX - 1)]);
        assert!(listed("a.zip", &claim).unwrap_err().to_string().starts_with("unpacks to 4294967294 bytes, more than"));
        let bomb = gz(&vec![0; (super::super::open::ROOM + (64 << 20)) as usize]);
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
        assert_eq!(contents.files[0].member.read(100).unwrap(), b"1");
        assert!(contents.files[1].member.read(u64::MAX).is_err());
        let packed = gz(&whole);
        let contents = listed("a.tar.gz", &packed[..packed.len() - 20]).unwrap();
        assert_eq!(contents.files[0].member.read(100).unwrap(), b"1");
        assert!(contents.refused[0].1.to_string().contains("what stands after the damage is lost"));
        for name in ["a.zip", "a.tar", "a.tar.gz"] {
            assert!(listed(name, &[b'x'; 2000]).unwrap_err().to_string().ends_with(", or a damaged one"), "{name}");
        }
    }

    #[test]
    fn names_in_an_archive_follow_from_what_stands_beside_them_there() {
        let called = |names: &[&str]| targets(names, &["pdf"]);
        assert_eq!(called(&["a/b.txt", "a/b.md", "b.txt"]), ["a/b.txt", "a/b.md", "b"]);
        assert_eq!(called(&["A/b.txt", "a/b.txt", "a/C/d.txt"]), ["A/b", "a (2)/b", "a (2)/C/d"]);
        let mut again = ["a/信.md", "a/信 (2).md", "a/信.md", "a/信.md"].map(String::from);
        apart(again.iter_mut().collect());
        assert_eq!(again, ["a/信.md", "a/信 (2).md", "a/信 (3).md", "a/信 (4).md"]);
        // Each folder is found among many without looking at all of them.
        let names: Vec<String> = (0..20_000).map(|i| format!("{i}/信.txt")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(called(&names)[19_999], "19999/信");
    }

    #[test]
    fn files_that_overlap_are_refused_whatever_they_claim() {
        let content = "山雨欲来风满楼。".repeat(1000);
        let (name, again) = (b"a.txt", b"b.txt");
        let mut one = zip(&[stored(name, content.as_bytes(), 0), stored(again, b"2", 0)]);
        assert_eq!(listed("a.zip", &one).unwrap().files.len(), 2);
        // The list says that the second file stands where the first does, and is as long.
        let entry = |name: &[u8]| one.windows(name.len()).rposition(|bytes| bytes == name).unwrap() - 46;
        let (from, to) = (entry(name), entry(again));
        one.copy_within(from + 20..from + 24, to + 20);
        one.copy_within(from + 42..from + 46, to + 42);
        assert_eq!(listed("a.zip", &one).unwrap_err().to_string(), "has files that overlap");
    }

    #[test]
    fn of_a_file_no_more_is_read_than_the_archive_claims() {
        let zip = zip(&[(b"a.txt", &[b'x'; 100_000], 0, 10), stored(b"b.txt", b"two", 0)]);
        let contents = listed("a.zip", &zip).unwrap();
        let bytes = contents.files[0].member.read(u64::MAX);
        assert_eq!(bytes.unwrap_err().to_string(), "holds more than it claims");
        assert_eq!(contents.files[1].member.read(100).unwrap(), b"two");
    }
}
