//! The package of a DOCX and of an EPUB: a ZIP archive (APPNOTE 6.3) with the same bytes for the same parts.

use super::Deflate;
use super::deflate::{Packed, checksum};

/// Version needed to extract: 2.0, deflate.
const VERSION: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// Methods.
const STORE: u16 = 0;
const DEFLATE: u16 = 8;
/// The first date that the format knows, 1980-01-01 00:00: a package carries no clock.
const DATE: u32 = (1 << 5 | 1) << 16;

/// A part of the package: name and content.
pub type Part = (String, Vec<u8>);

/// How a part is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As it is.
    Stored,
    /// Compressed; it is another in each package.
    Own,
    /// Compressed; it may well be the same in another package.
    Common,
}

/// Packs `parts` in their order, each as `packing` says of its name.
///
/// # Errors
/// A sentence, when a part or the whole is larger than the format can say (4 GiB).
pub fn pack(parts: Vec<Part>, packing: impl Fn(&str) -> Packing, deflate: &mut Deflate) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let count = u16::try_from(parts.len()).map_err(|_| "too many parts in the package")?;
    for (name, content) in parts {
        let offset = size(out.len())?;
        let whole = size(content.len())?;
        let packing = packing(&name);
        let packed = match packing {
            Packing::Stored => Packed { crc: checksum(&content), bytes: &content },
            Packing::Own => deflate.part(&content),
            Packing::Common => deflate.common_part(content),
        };
        let method = if packing == Packing::Stored { STORE } else { DEFLATE };
        let mut header = Vec::with_capacity(26);
        for field in [VERSION, FLAGS, method] {
            header.extend_from_slice(&field.to_le_bytes());
        }
        for field in [DATE, packed.crc, size(packed.bytes.len())?, whole] {
            header.extend_from_slice(&field.to_le_bytes());
        }
        header.extend_from_slice(&(name.len() as u16).to_le_bytes());
        header.extend_from_slice(&[0, 0]); // no extra field

        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&header);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(packed.bytes);

        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&VERSION.to_le_bytes());
        directory.extend_from_slice(&header);
        directory.extend_from_slice(&[0; 10]); // comment, disk, attributes: none
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let start = size(out.len())?;
    let length = size(directory.len())?;
    out.append(&mut directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0, 0]); // no comment
    Ok(out)
}

/// A length or offset as the format has it.
fn size(length: usize) -> Result<u32, String> {
    u32::try_from(length).map_err(|_| "the document is larger than its package can be (4 GiB)".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn another_reader_finds_every_part_as_it_was() {
        let parts: Vec<Part> = vec![
            ("[Content_Types].xml".into(), b"<Types/>".to_vec()),
            ("word/document.xml".into(), "善本".repeat(10_000).into_bytes()),
            ("word/empty.xml".into(), vec![]),
            ("mimetype".into(), b"application/epub+zip".to_vec()),
        ];
        let packing = |name: &str| match name {
            "mimetype" => Packing::Stored,
            "word/document.xml" => Packing::Own,
            _ => Packing::Common,
        };
        let bytes = pack(parts.clone(), packing, &mut Deflate::default()).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), 4);
        for (i, (name, content)) in parts.into_iter().enumerate() {
            let mut file = archive.by_index(i).unwrap();
            let mut read = Vec::new();
            file.read_to_end(&mut read).unwrap();
            assert_eq!((file.name(), read), (name.as_str(), content));
        }
    }
}
