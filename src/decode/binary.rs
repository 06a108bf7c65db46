//! Files that are no text, known by their first bytes or by what fills them.

use crate::lang::Phrase;

/// What a file is called that is full of noise.
pub(super) const NOISE: Phrase = Phrase::new("binary data", "二进制数据");

/// First bytes of kinds of file, and what to call them.
const MAGIC: &[(&[u8], Phrase)] = &[
    (b"\x89PNG\r\n\x1A\n", Phrase::new("a PNG image", "PNG 图片")),
    (b"\xFF\xD8\xFF", Phrase::new("a JPEG image", "JPEG 图片")),
    (b"GIF87a", Phrase::new("a GIF image", "GIF 图片")),
    (b"GIF89a", Phrase::new("a GIF image", "GIF 图片")),
    (b"II*\0", Phrase::new("a TIFF image", "TIFF 图片")),
    (b"MM\0*", Phrase::new("a TIFF image", "TIFF 图片")),
    (b"%PDF-", Phrase::new("a PDF (take its text with pdftotext)", "PDF（可用 pdftotext 取出文字）")),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        Phrase::new(
            "a document of old Word, WPS, Excel or PowerPoint (save it as DOCX)",
            "旧版 Word、WPS、Excel 或 PowerPoint 文档（请另存为 DOCX）",
        ),
    ),
    (b"Rar!\x1A\x07", Phrase::new("a RAR archive", "RAR 压缩包")),
    (b"7z\xBC\xAF\x27\x1C", Phrase::new("a 7-Zip archive", "7-Zip 压缩包")),
    (b"\x1F\x8B\x08", Phrase::new("a gzip archive", "gzip 压缩包")),
    (b"BZh9", Phrase::new("a bzip2 archive", "bzip2 压缩包")),
    (b"\xFD7zXZ\0", Phrase::new("an xz archive", "xz 压缩包")),
    (b"\x28\xB5\x2F\xFD", Phrase::new("a Zstandard archive", "Zstandard 压缩包")),
    (b"\x7FELF", Phrase::new("a program (ELF)", "程序（ELF）")),
    (b"\xCA\xFE\xBA\xBE", Phrase::new("a compiled program", "程序")),
    (b"\xCF\xFA\xED\xFE", Phrase::new("a program (Mach-O)", "程序（Mach-O）")),
    (b"\0asm", Phrase::new("a program (WebAssembly)", "程序（WebAssembly）")),
    (b"\0\x01\0\0\0", Phrase::new("a font", "字体")),
    (b"OTTO\0", Phrase::new("a font", "字体")),
    (b"ttcf\0", Phrase::new("a font", "字体")),
    (b"wOFF\0", Phrase::new("a font", "字体")),
    (b"wOF2\0", Phrase::new("a font", "字体")),
    (b"SQLite format 3\0", Phrase::new("an SQLite database", "SQLite 数据库")),
    (b"ID3\x03", Phrase::new("an MP3 recording", "MP3 录音")),
    (b"ID3\x04", Phrase::new("an MP3 recording", "MP3 录音")),
    (b"OggS\0", Phrase::new("an Ogg recording", "Ogg 录音")),
    (b"ITOLITLS", Phrase::new("a Microsoft Reader book", "Microsoft Reader 电子书")),
    (b"ITSF\x03\0", Phrase::new("a compiled help file (CHM)", "CHM 帮助文件")),
];

/// Names of files inside a ZIP archive that tell what it is.
const ARCHIVES: &[(&[u8], Phrase)] = &[
    (b"word/", Phrase::new("a Word document (DOCX)", "Word 文档（DOCX）")),
    (b"xl/", Phrase::new("an Excel workbook (XLSX)", "Excel 工作簿（XLSX）")),
    (b"ppt/", Phrase::new("a PowerPoint file (PPTX)", "PowerPoint 文件（PPTX）")),
    (b"mimetypeapplication/epub+zip", Phrase::new("an EPUB book", "EPUB 电子书")),
    (
        b"mimetypeapplication/vnd.oasis.opendocument",
        Phrase::new("an OpenDocument file (save it as DOCX)", "OpenDocument 文件（请另存为 DOCX）"),
    ),
    (b"META-INF/", Phrase::new("a Java archive", "Java 归档")),
];

/// First bytes that are common letters too: they count only where zero bytes follow.
const LETTERS: &[(&[u8], Phrase)] = &[
    (b"MZ", Phrase::new("a program (Windows)", "程序（Windows）")),
    (b"BM", Phrase::new("a BMP image", "BMP 图片")),
    (b"RIFF", Phrase::new("a recording or image (RIFF)", "录音或图片（RIFF）")),
];

/// Whether bytes begin with the head of a file in a tar archive, which carries the sum of its own bytes in octal digits (POSIX 1003.1, ustar).
fn is_tar(bytes: &[u8]) -> bool {
    let Some(head) = bytes.get(..512) else { return false };
    let said = head[148..156].trim_ascii().split(|&byte| matches!(byte, 0 | b' ')).next().unwrap_or_default();
    let said = std::str::from_utf8(said).ok().and_then(|digits| u32::from_str_radix(digits, 8).ok());
    // While it was reckoned, blanks stood in its own place.
    let sum: u32 = head[..148].iter().chain(&[b' '; 8]).chain(&head[156..]).map(|&byte| u32::from(byte)).sum();
    said == Some(sum)
}

/// What the file looks like, if its first bytes are those of a known kind that is no text.
pub(super) fn kind(bytes: &[u8]) -> Option<Phrase> {
    if bytes.starts_with(b"PK\x03\x04") {
        let head = bytes.get(..4096).unwrap_or(bytes);
        let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        return Some(
            ARCHIVES
                .iter()
                .find(|(name, _)| holds(name))
                .map_or(Phrase::new("a ZIP archive", "ZIP 压缩包"), |&(_, kind)| kind),
        );
    }
    if is_tar(bytes) {
        return Some(Phrase::new("a tar archive (name it .tar)", "tar 归档（请改名为 .tar）"));
    }
    let starts = |table: &'static [(&[u8], Phrase)]| table.iter().find(|(magic, _)| bytes.starts_with(magic));
    let head = bytes.get(..512).unwrap_or(bytes);
    // UTF-16 text has zero bytes too, but not three in a row.
    let zeros = head.windows(3).any(|three| three == [0, 0, 0]);
    starts(MAGIC).or_else(|| starts(LETTERS).filter(|_| zeros)).map(|&(_, kind)| kind)
}

/// Whether control characters stand all over `piece`: more than one run of them in twenty bytes. Text has line ends, tabs,
/// form feeds and escapes, a saved manual page a backspace behind every other letter; a long run of zeros is damage, and counts once.
pub(super) fn is_noise(piece: &[u8]) -> bool {
    let control = |byte: u8| matches!(byte, 0x00..=0x07 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F);
    // Hardly any text has more of them, and counting them is quick.
    if piece.iter().filter(|byte| control(**byte)).count() <= 2 {
        return false;
    }
    let mut runs = 0;
    let mut inside = false;
    for &byte in piece {
        let is = control(byte);
        runs += usize::from(is && !inside);
        inside = is;
    }
    runs > 2 && runs * 20 > piece.len()
}

/// The same of a file whose units are two bytes long.
pub(super) fn is_wide_noise(bytes: &[u8], little: bool) -> bool {
    let control = |pair: &[u8]| {
        let (low, high) = if little { (pair.first(), pair.last()) } else { (pair.last(), pair.first()) };
        high == Some(&0) && low.is_some_and(|low| matches!(low, 0x00..=0x07 | 0x0E..=0x19 | 0x1C..=0x1F))
    };
    let mut runs = 0;
    let mut inside = false;
    for pair in bytes.chunks_exact(2) {
        let is = control(pair);
        runs += usize::from(is && !inside);
        inside = is;
    }
    runs > 2 && runs * 20 > bytes.len() / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn kind(bytes: &[u8]) -> Option<&'static str> {
        super::kind(bytes).map(|kind| kind.told(Lang::En))
    }

    #[test]
    fn kinds_are_known_by_their_first_bytes() {
        assert_eq!(kind(b"\x89PNG\r\n\x1A\n\0\0"), Some("a PNG image"));
        assert_eq!(kind(b"PK\x03\x04.....word/document.xml"), Some("a Word document (DOCX)"));
        assert_eq!(kind(b"PK\x03\x04.....a.txt"), Some("a ZIP archive"));
        let mut tar = [0; 512];
        tar[..7].copy_from_slice("信.txt".as_bytes());
        assert_eq!(kind(&tar), None);
        let sum: u32 = tar.iter().map(|&byte| u32::from(byte)).sum::<u32>() + 256;
        tar[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
        assert_eq!(kind(&tar), Some("a tar archive (name it .tar)"));
        assert_eq!(kind(b"MZ\x90\0\x03\0\0\0\x04"), Some("a program (Windows)"));
        assert_eq!(kind(b"MZ is how a program begins"), None);
        assert_eq!(kind("BM是宝马的简称".as_bytes()), None);
    }

    #[test]
    fn noise_is_full_of_controls_and_damaged_text_is_not() {
        let noise: Vec<u8> = (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(is_noise(&noise));
        let mut text = "一行文字\n".repeat(100).into_bytes();
        text.splice(300..300, [0; 512]);
        assert!(!is_noise(&text));
        assert!(!is_noise(b"a\0b"));
        assert!(!is_noise(b"N\x08NA\x08AM\x08ME\x08E\n"));
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert!(is_wide_noise(&wide(&"幰\u{0}Ā\u{1}".repeat(9)), true) && !is_wide_noise(&wide("一行\r\n文字"), true));
    }
}
