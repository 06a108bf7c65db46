//! Deflate, for the streams of PDF and the parts of DOCX and EPUB.

use libdeflater::{CompressionLvl, Compressor, crc32};
use std::collections::VecDeque;

/// How many parts of packages are remembered: those of a DOCX that are the same in the next, in a few styles and languages.
const REMEMBERED: usize = 64;
/// Larger parts are not remembered, in bytes.
const LARGEST: usize = 64 * 1024;

/// How hard it is sought for what is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// The best ratio for the time on text.
    Text,
    /// The least: outlines repeat little, and half as much time again makes them a fiftieth smaller.
    Outlines,
}

/// Compresses, and keeps from document to document what setting it up costs: as much as the text of an article.
pub struct Deflate {
    text: Compressor,
    outlines: Compressor,
    /// Where it compresses to.
    room: Vec<u8>,
    parts: VecDeque<Compressed>,
}

/// A part that was compressed before.
struct Compressed {
    content: Vec<u8>,
    crc: u32,
    packed: Vec<u8>,
}

/// A part of a package as it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packed<'d> {
    /// Checksum of the content.
    pub crc: u32,
    /// The content as a bare deflate stream (RFC 1951).
    pub bytes: &'d [u8],
}

/// The checksum that a package has of `content`.
pub fn checksum(content: &[u8]) -> u32 {
    crc32(content)
}

impl Default for Deflate {
    fn default() -> Self {
        let compressor = |level| Compressor::new(CompressionLvl::new(level).unwrap_or_default());
        Deflate { text: compressor(6), outlines: compressor(1), room: vec![], parts: VecDeque::new() }
    }
}

impl Deflate {
    /// `data` as a zlib stream (RFC 1950).
    pub fn zlib(&mut self, data: &[u8], effort: Effort) -> &[u8] {
        let compressor = match effort {
            Effort::Text => &mut self.text,
            Effort::Outlines => &mut self.outlines,
        };
        let bound = compressor.zlib_compress_bound(data.len());
        self.room.resize(bound.max(self.room.len()), 0);
        // The bound is always enough; were it not, the stream would be empty and every check of the file would say so.
        let length = compressor.zlib_compress(data, &mut self.room).unwrap_or(0);
        &self.room[..length]
    }

    /// `content` as a part of a package.
    pub fn part(&mut self, content: &[u8]) -> Packed<'_> {
        let bound = self.text.deflate_compress_bound(content.len());
        self.room.resize(bound.max(self.room.len()), 0);
        // As above.
        let length = self.text.deflate_compress(content, &mut self.room).unwrap_or(0);
        Packed { crc: crc32(content), bytes: &self.room[..length] }
    }

    /// `content` as a part of a package that may well be the same in another: what was packed before is not packed again.
    pub fn common_part(&mut self, content: Vec<u8>) -> Packed<'_> {
        if content.len() > LARGEST {
            return self.part(&content);
        }
        let crc = crc32(&content);
        let known = self.parts.iter().position(|part| part.crc == crc && part.content == content);
        let part = match known.and_then(|index| self.parts.remove(index)) {
            Some(part) => part,
            None => {
                let packed = self.part(&content).bytes.to_vec();
                self.parts.truncate(REMEMBERED - 1);
                Compressed { content, crc, packed }
            }
        };
        self.parts.push_front(part);
        Packed { crc, bytes: &self.parts[0].packed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn inflated(packed: &[u8]) -> Vec<u8> {
        let mut read = vec![];
        flate2::read::DeflateDecoder::new(packed).read_to_end(&mut read).expect("a deflate stream");
        read
    }

    #[test]
    fn what_is_packed_again_is_the_same_and_never_another() {
        let mut deflate = Deflate::default();
        let contents: Vec<Vec<u8>> =
            (0..200).map(|n| format!("<w:styles n=\"{n}\"/>").repeat(40).into_bytes()).collect();
        let large = "善本".repeat(LARGEST).into_bytes();
        for _ in 0..2 {
            for content in contents.iter().chain([&contents[0], &contents[0], &large, &vec![]]) {
                let fresh = Deflate::default().part(content).bytes.to_vec();
                let packed = deflate.common_part(content.clone());
                assert_eq!(packed.crc, crc32(content));
                assert_eq!(packed.bytes, fresh);
                assert_eq!(inflated(packed.bytes), *content);
            }
        }
        assert_eq!(deflate.parts.len(), REMEMBERED);
    }
}
