//! Archives when they are read: opened for the first of their files that is wanted, and closed when others have been opened since.

use crate::error::Cause;
use flate2::read::MultiGzDecoder;
use std::collections::{HashSet, VecDeque};
use std::fs::{File, Metadata};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use zip::ZipArchive;

/// Ends of the names of archives and how those are packed, the longest first.
const SUFFIXES: [(&str, Packing); 4] =
    [(".tar.gz", Packing::TarGz), (".tgz", Packing::TarGz), (".tar", Packing::Tar), (".zip", Packing::Zip)];

/// Most archives that stay open. Inputs are read in the order of their paths, so those of one archive follow one another; a few more than one
/// are enough for the workers that are still at those before.
const OPEN: usize = 8;

/// An archive may unpack to this many bytes whatever its size,
pub const ROOM: u64 = 64 << 20;
/// and beyond to this many times its size; Chinese text packs to a quarter or a tenth.
const RATIO: u64 = 200;
/// Most bytes that an archive may unpack to in any case.
pub const TOTAL: u64 = 16 << 30;

/// How an archive is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Each file packed for itself, and a list of them.
    Zip,
    /// One file after another.
    Tar,
    /// One file after another, packed together.
    TarGz,
}

impl Packing {
    /// What the name of a file says.
    pub fn of_name(name: &Path) -> Option<Self> {
        suffix(name).map(|(_, packing)| packing)
    }

    /// What the first bytes say, 512 of them where there are as many.
    pub fn of_bytes(head: &[u8]) -> Option<Self> {
        // Documents that are kept in a ZIP archive begin with one of these.
        let document = |name: &&[u8]| head.get(30..).is_some_and(|first: &[u8]| first.starts_with(name));
        match head {
            [b'P', b'K', 3, 4, ..] => {
                let documents = [&b"[Content_Types].xml"[..], b"_rels/", b"word/", b"mimetype", b"META-INF/"];
                (!documents.iter().any(document)).then_some(Packing::Zip)
            }
            [b'P', b'K', 5, 6, ..] => Some(Packing::Zip),
            [0x1F, 0x8B, 8, ..] => Some(Packing::TarGz),
            // The head of a file in a tar archive carries its own sum.
            _ => {
                let mut archive = tar::Archive::new(head);
                let first = archive.entries().ok()?.raw(true).next();
                matches!(first, Some(Ok(_))).then_some(Packing::Tar)
            }
        }
    }
}

/// Whether a file of this name is an archive.
pub fn is_archive(path: &Path) -> bool {
    suffix(path).is_some()
}

/// A name without the end that makes it the name of an archive.
pub fn stem(name: &str) -> &str {
    suffix(Path::new(name)).map_or(name, |(suffix, _)| &name[..name.len() - suffix.len()])
}

fn suffix(path: &Path) -> Option<(&'static str, Packing)> {
    let name = path.file_name()?.as_encoded_bytes();
    let ends = |(suffix, _): &(&str, Packing)| {
        let at = name.len().checked_sub(suffix.len()).filter(|&at| at > 0);
        at.is_some_and(|at| name[at..].eq_ignore_ascii_case(suffix.as_bytes()))
    };
    SUFFIXES.into_iter().find(ends)
}

/// The most bytes that an archive of `size` bytes may unpack to.
pub fn most_unpacked(size: u64) -> u64 {
    size.saturating_mul(RATIO).saturating_add(ROOM).min(TOTAL)
}

/// An archive that is ready to be read, or why it cannot be.
type Slot = Mutex<Option<Result<Store, Cause>>>;

/// The archives that are open.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<VecDeque<(PathBuf, Arc<Slot>)>>);

impl Shelf {
    /// The place of the archive at `path`; where the shelf is full, that of the one that was opened first is given up.
    fn slot(&self, path: &Path) -> Arc<Slot> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, slot)) = open.iter().find(|(place, _)| place == path) {
            return Arc::clone(slot);
        }
        if open.len() >= OPEN {
            open.pop_front();
        }
        let slot = Arc::<Slot>::default();
        open.push_back((path.to_owned(), Arc::clone(&slot)));
        slot
    }
}

/// Where the bytes of an archive are.
#[derive(Debug)]
enum Place {
    /// In a file, which was of this size and time when its list was read.
    File { path: PathBuf, seen: Seen, shelf: Arc<Shelf> },
    /// In a file without a name, which cannot be opened again.
    Held(Slot),
}

type Seen = (u64, Option<SystemTime>);

fn seen(meta: &Metadata) -> Seen {
    (meta.len(), meta.modified().ok())
}

/// An archive; its files are read one at a time, so that memory holds one of them for each worker.
#[derive(Debug)]
pub struct Archive {
    packing: Packing,
    place: Place,
    /// The most bytes that its files may give together.
    most: u64,
    given: Mutex<Given>,
}

/// What an archive has given so far.
#[derive(Debug, Default)]
struct Given {
    bytes: u64,
    /// The files that are counted: one that is read again gives nothing more.
    files: HashSet<At>,
}

#[derive(Debug)]
enum Store {
    Zip(Box<ZipArchive<BufReader<File>>>),
    /// A tar file, or the temporary file that a packed one was unpacked to.
    Tar(File),
}

impl Store {
    fn open(file: File, packing: Packing) -> io::Result<Self> {
        Ok(match packing {
            Packing::Zip => Store::Zip(Box::new(ZipArchive::new(BufReader::new(file))?)),
            Packing::Tar => Store::Tar(file),
            Packing::TarGz => {
                let mut unpacked = tempfile::tempfile()?;
                io::copy(&mut Unpacking::new(file)?, &mut unpacked)?;
                unpacked.flush()?;
                Store::Tar(unpacked)
            }
        })
    }

    fn read(&mut self, at: At, size: u64, most: u64) -> io::Result<Vec<u8>> {
        // What the archive says of the size is no reason to reserve it, nor to believe it.
        let mut bytes = vec![];
        match (self, at) {
            (Store::Zip(zip), At::Number(number)) => {
                zip.by_index(number)?.take(size.saturating_add(1).min(most)).read_to_end(&mut bytes)?;
                if bytes.len() as u64 > size {
                    return Err(Cause::HoldsMoreThanClaimed.into());
                }
            }
            (Store::Tar(file), At::Offset(offset)) => {
                file.seek(SeekFrom::Start(offset))?;
                file.take(size.min(most)).read_to_end(&mut bytes)?;
                if (bytes.len() as u64) < size.min(most) {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            (Store::Zip(_), At::Offset(_)) | (Store::Tar(_), At::Number(_)) => {
                return Err(io::ErrorKind::NotFound.into());
            }
        }
        Ok(bytes)
    }
}

impl Archive {
    /// The archive in `file`, which stands at `path` and is opened again when it is read.
    ///
    /// # Errors
    /// What the system says.
    pub fn at(path: &Path, file: &File, packing: Packing, shelf: &Arc<Shelf>) -> io::Result<Self> {
        let seen = seen(&file.metadata()?);
        let most = most_unpacked(seen.0);
        let place = Place::File { path: path.to_owned(), seen, shelf: Arc::clone(shelf) };
        Ok(Archive { packing, place, most, given: Default::default() })
    }

    /// The archive in `file`, which has no name.
    ///
    /// # Errors
    /// When it cannot be unpacked.
    pub fn held(file: File, packing: Packing) -> io::Result<Self> {
        let most = most_unpacked(file.metadata()?.len());
        let store = Store::open(file, packing)?;
        Ok(Archive { packing, place: Place::Held(Mutex::new(Some(Ok(store)))), most, given: Default::default() })
    }

    /// The bytes of a file, unless all that were read give more than an archive may.
    fn read(&self, at: At, size: u64, most: u64) -> io::Result<Vec<u8>> {
        let bytes = self.read_file(at, size, most)?;
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        if given.files.insert(at) {
            given.bytes = given.bytes.saturating_add(bytes.len() as u64);
        }
        match given.bytes > self.most {
            true => Err(io::Error::other(format!("unpacks to more than {} bytes", self.most))),
            false => Ok(bytes),
        }
    }

    fn read_file(&self, at: At, size: u64, most: u64) -> io::Result<Vec<u8>> {
        let read = |slot: &Slot, open: &dyn Fn() -> io::Result<Store>| {
            let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
            match slot.get_or_insert_with(|| open().map_err(|error| Cause::from(&error))) {
                Ok(store) => store.read(at, size, most),
                Err(cause) => Err(cause.clone().into()),
            }
        };
        match &self.place {
            Place::Held(slot) => read(slot, &|| Err(io::ErrorKind::NotFound.into())),
            Place::File { path, seen: before, shelf } => read(&shelf.slot(path), &|| {
                let file = File::open(path)?;
                if seen(&file.metadata()?) != *before {
                    return Err(Cause::ChangedMeanwhile.into());
                }
                Store::open(file, self.packing)
            }),
        }
    }
}

/// Where the bytes of a file are in its archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum At {
    /// Its number in the list of a zip file.
    Number(usize),
    /// Where they begin in a tar file.
    Offset(u64),
}

/// A file in an archive.
#[derive(Debug, Clone)]
pub struct Member {
    archive: Arc<Archive>,
    at: At,
    size: u64,
}

impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.archive, &other.archive) && self.at == other.at
    }
}

impl Eq for Member {}

impl Member {
    /// The file of `size` bytes that stands there.
    pub fn new(archive: &Arc<Archive>, at: At, size: u64) -> Self {
        Member { archive: Arc::clone(archive), at, size }
    }

    /// Its size in bytes, as the archive has it.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its bytes, at most `most` of them.
    ///
    /// # Errors
    /// When the archive is damaged there, has been changed, or claims less than it holds.
    pub fn read(&self, most: u64) -> io::Result<Vec<u8>> {
        self.archive.read(self.at, self.size, most)
    }
}

/// What a gzip file unpacks to, up to damage or to the most that is allowed.
pub struct Unpacking {
    from: io::Take<MultiGzDecoder<BufReader<File>>>,
    most: u64,
    count: u64,
    /// What ended it before its end.
    pub broken: Option<io::Error>,
}

impl Unpacking {
    /// Begins to unpack a file.
    ///
    /// # Errors
    /// What the system says.
    pub fn new(mut packed: File) -> io::Result<Self> {
        packed.rewind()?;
        let most = most_unpacked(packed.metadata()?.len());
        let from = MultiGzDecoder::new(BufReader::new(packed)).take(most.saturating_add(1));
        Ok(Unpacking { from, most, count: 0, broken: None })
    }

    /// Whether nothing at all could be unpacked.
    pub fn is_nothing(&self) -> bool {
        self.count == 0
    }

    /// Reads on to the end.
    ///
    /// # Errors
    /// When it unpacks to more than is allowed.
    pub fn end(&mut self) -> io::Result<()> {
        io::copy(self, &mut io::sink())?;
        match self.count > self.most {
            true => Err(Cause::UnpacksBeyond { most: self.most }.into()),
            false => Ok(()),
        }
    }
}

impl Read for Unpacking {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.broken.is_some() {
            return Ok(0);
        }
        let count = self.from.read(buffer).unwrap_or_else(|error| {
            self.broken = Some(error);
            0
        });
        self.count += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_archives_stay_open_than_the_shelf_holds() {
        let shelf = Shelf::default();
        let first = shelf.slot(Path::new("0"));
        assert!(Arc::ptr_eq(&first, &shelf.slot(Path::new("0"))));
        for i in 1..=OPEN {
            shelf.slot(Path::new(&i.to_string()));
        }
        assert_eq!(shelf.0.lock().unwrap().len(), OPEN);
        assert_eq!(Arc::strong_count(&first), 1, "the shelf has let it go");
    }

    #[test]
    fn all_files_together_give_no_more_than_an_archive_may_and_each_is_counted_once() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"123456789").unwrap();
        let archive = Archive { most: 6, ..Archive::held(file, Packing::Tar).unwrap() };
        let read = |offset| archive.read(At::Offset(offset), 3, 3).map_err(|error| error.to_string());
        assert_eq!([0, 0, 0, 3].map(|offset| read(offset).unwrap()), [b"123", b"123", b"123", b"456"]);
        assert_eq!(read(6), Err("unpacks to more than 6 bytes".to_owned()));
    }

    #[test]
    fn archives_are_known_by_their_first_bytes() {
        let mut header = tar::Header::new_old();
        header.set_path("信.txt").unwrap();
        header.set_size(0);
        header.set_cksum();
        assert_eq!(Packing::of_bytes(header.as_bytes()), Some(Packing::Tar));
        assert_eq!(Packing::of_bytes(&[0; 512]), None);
        assert_eq!(Packing::of_bytes("山雨欲来风满楼。".repeat(30).as_bytes()), None);
        assert_eq!(Packing::of_bytes(b"\x1F\x8B\x08\0"), Some(Packing::TarGz));
        let zip = |name: &[u8]| [b"PK\x03\x04", &[0; 26][..], name].concat();
        assert_eq!(Packing::of_bytes(&zip(b"a.txt")), Some(Packing::Zip));
        assert_eq!(Packing::of_bytes(&zip(b"[Content_Types].xml")), None, "a document of Word");
    }
}
