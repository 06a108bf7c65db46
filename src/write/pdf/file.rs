//! The file: numbered objects, packed into object streams, and the cross-reference stream (ISO 32000-1 §7.5).

use super::syntax::{entry, integer};
use crate::write::deflate::{Deflate, Effort};
use sha2::{Digest, Sha256};

/// Objects in one object stream: enough to compress well, few enough to be read at random.
const PACK: usize = 200;

/// Where an object lies.
#[derive(Clone, Copy)]
enum Location {
    /// Nowhere: the number is free.
    Free,
    /// At this offset of the file.
    Offset(u32),
    /// In object stream number `.0`, as its object `.1`.
    Packed(u32, u16),
}

/// A PDF file in the making. Streams are compressed and written when they are given, everything else is packed at the end.
pub struct File<'d> {
    out: Vec<u8>,
    places: Vec<Location>,
    /// The objects that are no streams, one after the other, and where each begins.
    plain: Vec<u8>,
    starts: Vec<(u32, usize)>,
    deflate: &'d mut Deflate,
    /// What becomes the identifier of the file.
    digest: Sha256,
}

/// Whether the data of a stream is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// Stored as it is: metadata must be readable without a PDF reader, pictures are compressed already.
    None,
    /// Deflated.
    Flate(Effort),
}

impl Filter {
    /// Deflated as text is.
    pub const TEXT: Filter = Filter::Flate(Effort::Text);
}

impl<'d> File<'d> {
    /// An empty file.
    pub fn new(deflate: &'d mut Deflate) -> Self {
        File {
            // The comment tells transports that the file is binary (ISO 19005-3 §6.1.2).
            out: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(),
            places: vec![Location::Free],
            plain: vec![],
            starts: vec![],
            deflate,
            digest: Sha256::new(),
        }
    }

    /// A new object number.
    pub fn reserve(&mut self) -> u32 {
        self.reserve_many(1)
    }

    /// The first of `count` new object numbers in a row.
    pub fn reserve_many(&mut self, count: usize) -> u32 {
        let first = self.places.len();
        self.places.resize(first + count, Location::Free);
        first as u32
    }

    /// Writes object `number`, which is no stream.
    pub fn object(&mut self, number: u32, write: impl FnOnce(&mut Vec<u8>)) {
        self.starts.push((number, self.plain.len()));
        write(&mut self.plain);
    }

    /// Writes the stream `number`; `entries` are those of its dictionary but for length and filter.
    pub fn stream(&mut self, number: u32, entries: &[u8], data: &[u8], filter: Filter) {
        self.begin(number);
        let stored = match filter {
            Filter::None => data,
            Filter::Flate(effort) => self.deflate.zlib(data, effort),
        };
        self.out.extend_from_slice(b"<<");
        self.out.extend_from_slice(entries);
        if filter != Filter::None {
            self.out.extend_from_slice(b"/Filter/FlateDecode");
        }
        self.out.extend_from_slice(b"/Length ");
        integer(&mut self.out, stored.len() as i64);
        self.out.extend_from_slice(b">>\nstream\n");
        self.out.extend_from_slice(stored);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
        // The identifier of the file takes in a stream whole, or by the checksum that ends what is deflated.
        let checksum = match filter {
            Filter::None => stored,
            Filter::Flate(_) => &stored[stored.len().saturating_sub(4)..],
        };
        for part in [entries, checksum] {
            self.digest.update((part.len() as u64).to_le_bytes());
            self.digest.update(part);
        }
    }

    fn begin(&mut self, number: u32) {
        if let Some(place) = self.places.get_mut(number as usize) {
            *place = Location::Offset(self.out.len() as u32);
        }
        integer(&mut self.out, number.into());
        self.out.extend_from_slice(b" 0 obj\n");
    }

    /// Roughly how many bytes of memory it takes.
    pub fn held(&self) -> usize {
        self.out.capacity() + self.plain.capacity() + self.places.capacity() * size_of::<Location>()
    }

    /// Packs the objects that are no streams where there are more than `most`, for a file that is written over a long time.
    pub fn pack_beyond(&mut self, most: usize) {
        if self.starts.len() > most {
            self.pack();
        }
    }

    /// The whole file, with `catalog` as its root and `info` as its document information.
    pub fn finish(mut self, catalog: u32, info: u32) -> Vec<u8> {
        self.pack();
        let number = self.reserve();
        // Twice the same: this is the first and only version of the file (§14.4), told from others by all that its streams hold.
        let digest = self.digest.clone().finalize();
        let offset = self.out.len();
        if let Some(place) = self.places.get_mut(number as usize) {
            *place = Location::Offset(offset as u32);
        }
        let mut table = Vec::with_capacity(self.places.len() * 7);
        for place in &self.places {
            let (kind, first, second) = match *place {
                Location::Free => (0, 0, 0),
                Location::Offset(offset) => (1, offset, 0),
                Location::Packed(stream, index) => (2, stream, index),
            };
            table.push(kind);
            table.extend_from_slice(&first.to_be_bytes());
            table.extend_from_slice(&second.to_be_bytes());
        }
        let mut entries = b"/Type/XRef/W[1 4 2]/Size ".to_vec();
        integer(&mut entries, self.places.len() as i64);
        entry(&mut entries, "/Root", catalog);
        entry(&mut entries, "/Info", info);
        entries.extend_from_slice(b"/ID[");
        for _ in 0..2 {
            entries.push(b'<');
            for byte in &digest[..16] {
                entries.extend([byte >> 4, byte & 15].map(|nibble| b"0123456789ABCDEF"[usize::from(nibble)]));
            }
            entries.push(b'>');
        }
        entries.push(b']');
        self.stream(number, &entries, &table, Filter::TEXT);
        self.out.extend_from_slice(b"startxref\n");
        integer(&mut self.out, offset as i64);
        self.out.extend_from_slice(b"\n%%EOF\n");
        self.out
    }

    /// Packs the objects that are no streams (§7.5.7).
    fn pack(&mut self) {
        let plain = std::mem::take(&mut self.plain);
        let starts = std::mem::take(&mut self.starts);
        for (pack, objects) in starts.chunks(PACK).enumerate() {
            let number = self.reserve();
            let begin = objects.first().map_or(0, |o| o.1);
            let end = starts.get((pack + 1) * PACK).map_or(plain.len(), |o| o.1);
            let mut data = Vec::with_capacity(end - begin + objects.len() * 12);
            for (index, &(object, start)) in objects.iter().enumerate() {
                if let Some(place) = self.places.get_mut(object as usize) {
                    *place = Location::Packed(number, index as u16);
                }
                integer(&mut data, object.into());
                data.push(b' ');
                // Each object is parted from the one before by a line end.
                integer(&mut data, (start - begin + index) as i64);
                data.push(b' ');
            }
            let first = data.len();
            for (index, &(_, start)) in objects.iter().enumerate() {
                let stop = objects.get(index + 1).map_or(end, |o| o.1);
                data.extend_from_slice(&plain[start..stop]);
                data.push(b'\n');
            }
            let mut entries = b"/Type/ObjStm/N ".to_vec();
            integer(&mut entries, objects.len() as i64);
            entries.extend_from_slice(b"/First ");
            integer(&mut entries, first as i64);
            self.stream(number, &entries, &data, Filter::TEXT);
        }
    }
}
