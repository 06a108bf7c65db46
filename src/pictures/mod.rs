//! The pictures that a document shows: files beside its source, read once for all writers.
//!
//! Only files in the folder of the source, or below it, are read: a document of a stranger must not carry away what else is on the disk.
//! What is elsewhere, on the net, damaged, too large, or neither PNG nor JPEG is named by a note, and its description stands in its place.
//!
//! A file is read once, whatever the spellings of its path, and kept as it is; who needs its samples decodes it while it is written. Before
//! a page is laid out each is decoded for a trial, one at a time, so that a damaged one is known.

mod jpeg;
mod png;
mod why;

use crate::document::{Block, BlockKind, Document, Image, images_in};
use crate::error::Cause;
use crate::lang::Phrase;
use crate::note::{At, Note};
use crate::span::{Normal, Span};
use crate::unit::Unit;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Largest file, in bytes.
const LARGEST: u64 = 32 << 20;
/// Most pixels: 100 MB of samples while one is decoded, and as much again where a part of it is transparent.
const PIXELS: u64 = 32 << 20;
/// What the pictures of one document may have together, in bytes of files and in bytes of samples, which are at most what a PDF holds of
/// them: so that a document of nothing but pictures is still made in the memory that an input may take.
const MOST: Size = Size { file: 192 << 20, samples: 512 << 20 };
/// A pixel, where a page has room for all of them: 96 to an inch, as browsers have it.
const PIXEL: Unit = Unit(750);

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file as it is.
    pub bytes: Arc<[u8]>,
    /// Width and height in pixels, none of them 0.
    pub size: (u32, u32),
    /// What it is.
    pub format: Format,
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PNG, whose samples are asked for with [`Picture::samples`].
    Png {
        /// Whether a pixel is one sample of grey and not three of red, green and blue.
        grey: bool,
    },
    /// JPEG, whose file every reader of ours decodes itself.
    Jpeg {
        /// Whether it is grey.
        grey: bool,
    },
}

/// A picture decoded: rows from the top, a byte a sample, what is transparent on white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// The samples.
    pub samples: Vec<u8>,
    /// Whether a pixel is one sample of grey and not three of red, green and blue.
    pub grey: bool,
}

/// How much room pictures take, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Of files.
    pub file: u64,
    /// Of samples of those that are decoded.
    pub samples: u64,
}

impl Picture {
    /// Reads the bytes of a file, without its samples.
    ///
    /// # Errors
    /// In a few words, why it cannot be shown.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Phrase> {
        let (size, format) = if bytes.starts_with(b"\x89PNG") {
            png::header(&bytes)?
        } else if bytes.starts_with(b"\xFF\xD8") {
            jpeg::header(&bytes)?
        } else {
            return Err(why::OTHER_FORMAT);
        };
        Ok(Picture { bytes: bytes.into(), size, format })
    }

    /// The samples of a PNG, `None` of a JPEG.
    ///
    /// # Errors
    /// In a few words, what is wrong with it.
    pub fn samples(&self) -> Result<Option<Samples>, Phrase> {
        match self.format {
            Format::Png { .. } => png::decode(&self.bytes).map(Some),
            Format::Jpeg { .. } => Ok(None),
        }
    }

    /// How much room it takes.
    pub fn room(&self) -> Size {
        let pixels = u64::from(self.size.0) * u64::from(self.size.1);
        let samples = match self.format {
            Format::Png { grey: true } => pixels,
            Format::Png { grey: false } => pixels * 3,
            Format::Jpeg { .. } => 0,
        };
        Size { file: self.bytes.len() as u64, samples }
    }

    /// Width and height on a page, as large as its pixels ask for but within `room`.
    pub fn fit(&self, room: (Unit, Unit)) -> (Unit, Unit) {
        let (width, height) = (i64::from(self.size.0), i64::from(self.size.1));
        let most = [i64::from(PIXEL.0) * width, i64::from(room.0.0), i64::from(room.1.0) * width / height];
        let shown = most.into_iter().min().unwrap_or_default().max(1);
        let unit = |n: i64| Unit(i32::try_from(n.max(1)).unwrap_or(i32::MAX));
        (unit(shown), unit(shown * height / width))
    }

    /// The extension that its format goes by.
    pub const fn extension(&self) -> &'static str {
        match self.format {
            Format::Png { .. } => "png",
            Format::Jpeg { .. } => "jpeg",
        }
    }
}

/// Checks what a header says about the size.
fn sized(width: u32, height: u32) -> Result<(u32, u32), Phrase> {
    match u64::from(width) * u64::from(height) {
        0 => Err(why::DAMAGED),
        n if n > PIXELS => Err(why::TOO_MANY_PIXELS),
        _ => Ok((width, height)),
    }
}

/// The pictures of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pictures(Arc<Album>);

#[derive(Debug, PartialEq, Eq, Default)]
struct Album {
    pictures: Vec<Picture>,
    /// Which of them a target as written in the document names.
    targets: BTreeMap<String, usize>,
    room: Size,
}

impl Pictures {
    /// The most bytes of samples that one picture has.
    pub const LARGEST: u64 = PIXELS * 3;

    /// Reads the pictures of `document`, whose source lies in `folder`, and has some `inside`; a note for each that cannot be shown. Whether there
    /// is `room` for as many is asked before each is read, and before it is decoded.
    pub fn load(
        document: &Document,
        folder: Option<&Path>,
        inside: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
        room: &mut dyn FnMut(Size) -> bool,
    ) -> (Self, Vec<Note>) {
        let (mut album, mut notes) = (Album::default(), vec![]);
        let mut files: BTreeMap<PathBuf, Result<usize, Phrase>> = BTreeMap::new();
        let mut found = vec![];
        collect(&document.blocks, &mut found);
        for note in &document.footnotes {
            collect(&note.blocks, &mut found);
        }
        for (image, span) in found {
            if album.targets.contains_key(&image.target) {
                continue;
            }
            let number = match inside(&image.target) {
                Some(bytes) => album.add(bytes, room),
                None => place(&image.target, folder).and_then(|path| match files.entry(path) {
                    Entry::Occupied(known) => *known.get(),
                    Entry::Vacant(new) => {
                        let number = album.take(new.key(), room);
                        *new.insert(number)
                    }
                }),
            };
            match number {
                Ok(number) => drop(album.targets.insert(image.target.clone(), number)),
                Err(why) => {
                    let detail = Cause::NotShown { target: image.target.clone(), why };
                    notes.push(Note::warning("picture-not-shown", At::Normal(span), detail));
                }
            }
        }
        (Pictures(Arc::new(album)), notes)
    }

    /// The names of the files beside its source that `document` shows, or would if they were there, in all the spellings that are tried.
    pub fn names(document: &Document) -> Vec<String> {
        let mut found = vec![];
        collect(&document.blocks, &mut found);
        for note in &document.footnotes {
            collect(&note.blocks, &mut found);
        }
        let beside = found.into_iter().filter(|(image, _)| !leads_away(&image.target));
        let mut names: Vec<String> =
            beside.flat_map(|(image, ..)| [decode(&image.target), image.target.clone()]).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The picture that `target` names.
    pub fn get(&self, target: &str) -> Option<&Picture> {
        self.0.pictures.get(self.number(target)?)
    }

    /// The number of the picture that `target` names, from 0: the same for all spellings of its path.
    pub fn number(&self, target: &str) -> Option<usize> {
        self.0.targets.get(target).copied()
    }

    /// The picture of this number.
    pub fn at(&self, number: usize) -> Option<&Picture> {
        self.0.pictures.get(number)
    }

    /// How much room they take together.
    pub fn room(&self) -> Size {
        self.0.room
    }
}

impl Album {
    /// Reads the file at `path`; gives its number.
    fn take(&mut self, path: &Path, room: &mut dyn FnMut(Size) -> bool) -> Result<usize, Phrase> {
        self.ask(Size { file: size(path)?, samples: 0 }, room)?;
        self.add(fs::read(path).map_err(|_| why::UNREADABLE)?, room)
    }

    /// The room of all, if there is room for one more of this size.
    fn ask(&self, more: Size, room: &mut dyn FnMut(Size) -> bool) -> Result<Size, Phrase> {
        let all = Size { file: self.room.file + more.file, samples: self.room.samples + more.samples };
        let fits = all.file <= MOST.file && all.samples <= MOST.samples && room(all);
        fits.then_some(all).ok_or(why::NO_ROOM)
    }

    /// Adds the picture that these bytes are; gives its number.
    fn add(&mut self, bytes: Vec<u8>, room: &mut dyn FnMut(Size) -> bool) -> Result<usize, Phrase> {
        let picture = Picture::parse(bytes)?;
        let all = self.ask(picture.room(), room)?;
        picture.samples()?;
        self.room = all;
        self.pictures.push(picture);
        Ok(self.pictures.len() - 1)
    }
}

/// Whether `target` is no path of a file.
fn leads_away(target: &str) -> bool {
    target.contains(':') || target.starts_with("//")
}

/// The real path of the file that `target` names, seen from `folder`.
fn place(target: &str, folder: Option<&Path>) -> Result<PathBuf, Phrase> {
    let folder = folder.ok_or(why::NO_FOLDER)?;
    if leads_away(target) {
        return Err(why::NOT_BESIDE);
    }
    let root = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let root = root.map_err(|_| why::NO_FILE)?;
    let path = [decode(target).as_str(), target].into_iter().find_map(|name| fs::canonicalize(root.join(name)).ok());
    let path = path.ok_or(why::NO_FILE)?;
    if !path.starts_with(&root) {
        return Err(why::OUTSIDE);
    }
    Ok(path)
}

/// The size of the file at `path`.
fn size(path: &Path) -> Result<u64, Phrase> {
    let meta = fs::metadata(path).map_err(|_| why::NO_FILE)?;
    if !meta.is_file() {
        return Err(why::NOT_A_FILE);
    }
    if meta.len() > LARGEST {
        return Err(why::TOO_LARGE);
    }
    Ok(meta.len())
}

/// All pictures among `blocks`.
fn collect<'d>(blocks: &'d [Block], out: &mut Vec<(&'d Image, Span<Normal>)>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Image(image) => out.push((image, block.span)),
            BlockKind::Heading(heading) => images_in(&heading.content, out),
            BlockKind::Paragraph { content, .. } => images_in(content, out),
            BlockKind::List(list) => list.items.iter().for_each(|item| collect(&item.blocks, out)),
            BlockKind::Quote(blocks) => collect(blocks, out),
            BlockKind::Verse(stanzas) => {
                stanzas.iter().flat_map(|s| &s.lines).for_each(|line| images_in(&line.content, out));
            }
            BlockKind::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| images_in(cell, out));
            }
            BlockKind::Code { .. } | BlockKind::Divider { .. } => {}
        }
    }
}

/// `text` with its percent-encoding undone; as it is where that gives no text.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digit = |i: usize| tail.get(i).and_then(|&b| char::from(b).to_digit(16));
        let hex = digit(0).zip(digit(1)).and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        bytes.push(hex.filter(|_| *first == b'%').unwrap_or(*first));
        rest = if *first == b'%' && hex.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Unit;

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/pictures");

    fn file(name: &str) -> Result<Vec<u8>, Phrase> {
        let path = place(name, Some(Path::new(FOLDER)))?;
        size(&path).map(|_| fs::read(path).unwrap())
    }

    #[test]
    fn files_in_the_folder_of_the_text_are_read_and_no_others() {
        assert!(file("图/印.png").is_ok() && file("图/%E5%8D%B0.png").is_ok() && file("./图/../图/印.png").is_ok());
        for (target, why) in [
            ("../article/input.txt", why::OUTSIDE),
            ("/etc/hostname", why::OUTSIDE),
            ("https://example.com/a.png", why::NOT_BESIDE),
            ("file:///etc/hostname", why::NOT_BESIDE),
            ("//host/a.png", why::NOT_BESIDE),
            ("图", why::NOT_A_FILE),
            ("图/无.png", why::NO_FILE),
            ("图\0", why::NO_FILE),
        ] {
            assert_eq!(file(target).unwrap_err(), why, "{target}");
        }
        assert_eq!(place("图/印.png", None).unwrap_err(), why::NO_FOLDER);
    }

    #[test]
    fn what_is_transparent_lies_on_white_paper() {
        let seal = Picture::parse(file("图/印.png").unwrap()).unwrap();
        assert_eq!(seal.size, (96, 96));
        assert_eq!(seal.room(), Size { file: seal.bytes.len() as u64, samples: 96 * 96 * 3 });
        let Samples { samples, grey: false } = seal.samples().unwrap().unwrap() else { panic!("{:?}", seal.size) };
        assert_eq!(samples.len(), 96 * 96 * 3);
        assert_eq!(samples[..3], [255, 255, 255]);
        assert_eq!(samples[(20 * 96 + 48) * 3..][..3], [0xB0, 0x3A, 0x2E]);
    }

    #[test]
    fn a_jpeg_is_known_by_its_header() {
        let hills = Picture::parse(file("图/远山.jpg").unwrap()).unwrap();
        assert_eq!((hills.size, &hills.format), ((240, 120), &Format::Jpeg { grey: false }));
        let cmyk = b"\xFF\xD8\xFF\xC0\0\x14\x08\0\x10\0\x10\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0";
        assert!(Picture::parse(cmyk.to_vec()).unwrap_err() == why::CMYK);
    }

    #[test]
    fn damage_between_the_markers_of_a_jpeg_is_noticed() {
        for name in ["图/远山.jpg", "图/渐进.jpg"] {
            let whole = file(name).unwrap();
            assert!(Picture::parse(whole.clone()).is_ok(), "{name}");
            let begin = whole.windows(2).position(|marker| marker == [0xFF, 0xDA]).unwrap() + 14;
            // A piece of a sector that was lost.
            let spoilt = (begin..whole.len() - 66).step_by(7).map(|at| {
                let mut bytes = whole.clone();
                bytes[at..at + 64].fill(0);
                Picture::parse(bytes).is_err()
            });
            let (noticed, missed): (Vec<_>, Vec<_>) = spoilt.partition(|noticed| *noticed);
            // Some codes can be read from any bits at all.
            assert!(noticed.len() > 20 && missed.len() * 10 < noticed.len(), "{name}: {} missed", missed.len());
            let mut surplus = whole.clone();
            surplus.splice(whole.len() - 2..whole.len() - 2, [0x55; 40]);
            assert_eq!(Picture::parse(surplus).unwrap_err(), why::DAMAGED, "{name}");
        }
    }

    #[test]
    fn broken_files_are_refused_and_stop_nothing() {
        for name in ["图/印.png", "图/远山.jpg", "图/灰.png"] {
            let whole = file(name).unwrap();
            for length in [0, 1, 2, 8, 20, 40, 60] {
                assert!(Picture::parse(whole[..length].to_vec()).is_err(), "{name} cut at {length}");
            }
            for length in 60..whole.len() {
                let shown = Picture::parse(whole[..length].to_vec()).and_then(|picture| picture.samples());
                // The last chunk of a PNG holds nothing.
                assert!(
                    shown.is_err() || name.ends_with("png") && length >= whole.len() - 12,
                    "{name} cut at {length}"
                );
            }
            for at in 0..whole.len().min(400) {
                let mut bytes = whole.clone();
                bytes[at] ^= 0xFF;
                if let Ok(picture) = Picture::parse(bytes) {
                    assert!(u64::from(picture.size.0) * u64::from(picture.size.1) <= PIXELS);
                    let _ = picture.samples();
                }
            }
        }
    }

    /// A document that shows these.
    fn showing(targets: &[&str]) -> Document {
        let image = |target: &&str| {
            let image = Image { target: (*target).to_owned(), alt: String::new(), title: String::new() };
            Block { kind: BlockKind::Image(image), span: Span::default() }
        };
        Document { blocks: targets.iter().map(image).collect(), ..Document::default() }
    }

    #[test]
    fn a_file_is_one_picture_in_whatever_spelling() {
        let targets = ["图/印.png", "./图/印.png", "图/%E5%8D%B0.png", "图/../图/印.png", "图//印.png", "图/灰.png"];
        let (pictures, notes) =
            Pictures::load(&showing(&targets), Some(Path::new(FOLDER)), &mut |_| None, &mut |_| true);
        assert_eq!(targets.map(|target| pictures.number(target)), [0, 0, 0, 0, 0, 1].map(Some), "{notes:?}");
        let one = Picture::parse(file("图/印.png").unwrap()).unwrap().room();
        let other = Picture::parse(file("图/灰.png").unwrap()).unwrap().room();
        assert_eq!(pictures.room(), Size { file: one.file + other.file, samples: one.samples + other.samples });
    }

    #[test]
    fn what_has_no_room_is_named_and_what_comes_after_is_shown_if_it_has() {
        let targets = ["图/灰.png", "图/印.png", "图/远山.jpg"];
        let mut room = |size: Size| size.samples <= 96 * 96 * 3;
        let (pictures, notes) = Pictures::load(&showing(&targets), Some(Path::new(FOLDER)), &mut |_| None, &mut room);
        assert_eq!(targets.map(|target| pictures.number(target)), [Some(0), None, Some(1)]);
        assert_eq!((notes.len(), notes[0].kind), (1, "picture-not-shown"));
        assert!(notes[0].detail.to_string().starts_with("图/印.png: the text and the pictures"), "{}", notes[0].detail);
    }

    #[test]
    fn a_damaged_picture_is_named_and_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let (seal, hills) = (file("图/印.png").unwrap(), file("图/远山.jpg").unwrap());
        let mut spoilt = seal.clone();
        let middle = spoilt.len() / 2;
        spoilt[middle] ^= 0x10;
        fs::write(folder.path().join("cut.jpg"), &hills[..hills.len() / 3]).unwrap();
        fs::write(folder.path().join("spoilt.png"), spoilt).unwrap();
        fs::write(folder.path().join("cut.png"), &seal[..seal.len() / 2]).unwrap();
        let targets = ["cut.jpg", "spoilt.png", "cut.png"];
        let (pictures, notes) = Pictures::load(&showing(&targets), Some(folder.path()), &mut |_| None, &mut |_| true);
        assert_eq!(targets.map(|target| pictures.number(target)), [None; 3]);
        let told: Vec<String> = notes.iter().map(|note| note.detail.to_string()).collect();
        assert_eq!(told, ["cut.jpg: its end is missing", "spoilt.png: damaged", "cut.png: damaged"]);
    }

    #[test]
    fn a_picture_is_as_large_as_its_pixels_but_never_larger_than_its_room() {
        let picture = |size| Picture { bytes: Arc::new([]), size, format: Format::Jpeg { grey: true } };
        let room = (Unit(300_000), Unit(200_000));
        assert_eq!(picture((100, 50)).fit(room), (Unit(75_000), Unit(37_500)));
        assert_eq!(picture((800, 400)).fit(room), (Unit(300_000), Unit(150_000)));
        assert_eq!(picture((1000, 1000)).fit(room), (Unit(200_000), Unit(200_000)));
        assert_eq!(picture((u32::MAX, 1)).fit(room), (Unit(300_000), Unit(1)));
    }
}
