//! The pictures that a document shows: files beside its source, read once for all writers.
//!
//! Only files in the folder of the source, or below it, are read: a document of a stranger must not carry away what else is on the disk.
//! What is elsewhere, on the net, damaged, too large, or neither PNG nor JPEG is named by a note, and its description stands in its place.

mod jpeg;
mod png;

use crate::document::{Block, BlockKind, Document, Image, images_in};
use crate::note::{At, Note};
use crate::span::{Normal, Span};
use crate::unit::Unit;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Largest file, in bytes.
const LARGEST: u64 = 32 << 20;
/// Most pixels.
const PIXELS: u64 = 32 << 20;
/// A pixel, where a page has room for all of them: 96 to an inch, as browsers have it.
const PIXEL: Unit = Unit(750);

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file as it is.
    pub bytes: Vec<u8>,
    /// Width and height in pixels, none of them 0.
    pub size: (u32, u32),
    /// What it is made of.
    pub format: Format,
}

/// The formats that are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// PNG, decoded: rows from the top, a byte a sample, what is transparent on white.
    Png {
        /// The samples.
        samples: Vec<u8>,
        /// Whether a pixel is one sample of grey and not three of red, green and blue.
        grey: bool,
    },
    /// JPEG, whose file every reader of ours decodes itself.
    Jpeg {
        /// Whether it is grey.
        grey: bool,
    },
}

impl Picture {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// In a few words, why it cannot be shown.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, &'static str> {
        let (size, format) = if bytes.starts_with(b"\x89PNG") {
            png::decode(&bytes)?
        } else if bytes.starts_with(b"\xFF\xD8") {
            jpeg::header(&bytes)?
        } else {
            return Err("neither PNG nor JPEG");
        };
        Ok(Picture { bytes, size, format })
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
fn sized(width: u32, height: u32) -> Result<(u32, u32), &'static str> {
    match u64::from(width) * u64::from(height) {
        0 => Err("damaged"),
        n if n > PIXELS => Err("too many pixels"),
        _ => Ok((width, height)),
    }
}

/// The pictures of a document, by their targets as written there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pictures(Arc<BTreeMap<String, Picture>>);

impl Pictures {
    /// Reads the pictures of `document`, whose source lies in `folder`; a note for each that cannot be shown.
    pub fn load(document: &Document, folder: Option<&Path>) -> (Self, Vec<Note>) {
        let (mut pictures, mut notes) = (BTreeMap::new(), vec![]);
        let mut found = vec![];
        collect(&document.blocks, &mut found);
        for note in &document.footnotes {
            collect(&note.blocks, &mut found);
        }
        for (image, span) in found {
            if pictures.contains_key(&image.target) {
                continue;
            }
            match read(&image.target, folder).and_then(Picture::parse) {
                Ok(picture) => drop(pictures.insert(image.target.clone(), picture)),
                Err(why) => {
                    let detail = format!("{}: {why}", image.target);
                    notes.push(Note::warning("picture-not-shown", At::Normal(span), detail));
                }
            }
        }
        (Pictures(Arc::new(pictures)), notes)
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
        self.0.get(target)
    }
}

/// Whether `target` is no path of a file.
fn leads_away(target: &str) -> bool {
    target.contains(':') || target.starts_with("//")
}

/// The bytes of the file that `target` names, seen from `folder`.
fn read(target: &str, folder: Option<&Path>) -> Result<Vec<u8>, &'static str> {
    let folder = folder.ok_or("there is no folder to look in")?;
    if leads_away(target) {
        return Err("not a file beside the text");
    }
    let root = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let missing = |_| "no such file";
    let root = root.map_err(missing)?;
    let path = [decode(target).as_str(), target].into_iter().find_map(|name| fs::canonicalize(root.join(name)).ok());
    let path = path.ok_or("no such file")?;
    if !path.starts_with(&root) {
        return Err("outside the folder of the text");
    }
    let meta = fs::metadata(&path).map_err(missing)?;
    if !meta.is_file() {
        return Err("not a file");
    }
    if meta.len() > LARGEST {
        return Err("larger than 32 MB");
    }
    fs::read(&path).map_err(|_| "cannot be read")
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

    fn file(name: &str) -> Result<Vec<u8>, &'static str> {
        read(name, Some(Path::new(FOLDER)))
    }

    #[test]
    fn files_in_the_folder_of_the_text_are_read_and_no_others() {
        assert!(file("图/印.png").is_ok() && file("图/%E5%8D%B0.png").is_ok() && file("./图/../图/印.png").is_ok());
        for (target, why) in [
            ("../article/input.txt", "outside the folder of the text"),
            ("/etc/hostname", "outside the folder of the text"),
            ("https://example.com/a.png", "not a file beside the text"),
            ("file:///etc/hostname", "not a file beside the text"),
            ("//host/a.png", "not a file beside the text"),
            ("图", "not a file"),
            ("图/无.png", "no such file"),
            ("图\0", "no such file"),
        ] {
            assert_eq!(file(target).unwrap_err(), why, "{target}");
        }
        assert_eq!(read("图/印.png", None).unwrap_err(), "there is no folder to look in");
    }

    #[test]
    fn what_is_transparent_lies_on_white_paper() {
        let seal = Picture::parse(file("图/印.png").unwrap()).unwrap();
        assert_eq!(seal.size, (96, 96));
        let Format::Png { samples, grey: false } = seal.format else { panic!("{:?}", seal.size) };
        assert_eq!(samples.len(), 96 * 96 * 3);
        assert_eq!(samples[..3], [255, 255, 255]);
        assert_eq!(samples[(20 * 96 + 48) * 3..][..3], [0xB0, 0x3A, 0x2E]);
    }

    #[test]
    fn a_jpeg_is_known_by_its_header() {
        let hills = Picture::parse(file("图/远山.jpg").unwrap()).unwrap();
        assert_eq!((hills.size, &hills.format), ((240, 120), &Format::Jpeg { grey: false }));
        let cmyk = b"\xFF\xD8\xFF\xC0\0\x14\x08\0\x10\0\x10\x04\x01\x11\0\x02\x11\0\x03\x11\0\x04\x11\0";
        assert!(Picture::parse(cmyk.to_vec()).unwrap_err().contains("CMYK"));
    }

    #[test]
    fn broken_files_are_refused_and_stop_nothing() {
        for name in ["图/印.png", "图/远山.jpg", "图/灰.png"] {
            let whole = file(name).unwrap();
            for length in [0, 1, 2, 8, 20, 40, 60] {
                assert!(Picture::parse(whole[..length].to_vec()).is_err(), "{name} cut at {length}");
            }
            for at in 0..whole.len().min(400) {
                let mut bytes = whole.clone();
                bytes[at] ^= 0xFF;
                if let Ok(picture) = Picture::parse(bytes) {
                    assert!(u64::from(picture.size.0) * u64::from(picture.size.1) <= PIXELS);
                }
            }
        }
    }

    #[test]
    fn a_picture_is_as_large_as_its_pixels_but_never_larger_than_its_room() {
        let picture = |size| Picture { bytes: vec![], size, format: Format::Jpeg { grey: true } };
        let room = (Unit(300_000), Unit(200_000));
        assert_eq!(picture((100, 50)).fit(room), (Unit(75_000), Unit(37_500)));
        assert_eq!(picture((800, 400)).fit(room), (Unit(300_000), Unit(150_000)));
        assert_eq!(picture((1000, 1000)).fit(room), (Unit(200_000), Unit(200_000)));
        assert_eq!(picture((u32::MAX, 1)).fit(room), (Unit(300_000), Unit(1)));
    }
}
