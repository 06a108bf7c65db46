//! HZ (RFC 1843), the seven-bit encoding of early network news: GB 2312 between `~{` and `~}`.

use super::transcript::Transcript;

/// Whether `bytes` hold passages of HZ: after `~{`, pairs of GB 2312 up to `~}`, the end of the line or of the sample; and
/// hardly any `~{` without.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let (mut pairs_read, mut failed) = (0, 0);
    while let Some(start) = rest.windows(2).position(|pair| pair == b"~{") {
        rest = rest.get(start + 2..).unwrap_or_default();
        let line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        let body = line.windows(2).position(|pair| pair == b"~}").and_then(|end| line.get(..end));
        let length = match body {
            // A closed passage may hold a damaged byte, which may also shift the pairs.
            Some(body) => {
                let foreign = body.iter().filter(|byte| !matches!(byte, 0x21..=0x7E)).count();
                if foreign * 8 <= body.len() { body.len() } else { 0 }
            }
            None => {
                let (pairs, _) = line.as_chunks::<2>();
                if pairs.iter().all(|pair| is_pair(*pair)) { pairs.len() * 2 } else { 0 }
            }
        };
        rest = rest.get(body.unwrap_or_default().len()..).unwrap_or_default();
        pairs_read += length / 2;
        failed += usize::from(length == 0);
    }
    pairs_read > failed * 2
}

/// Whether two bytes are a character of GB 2312 in seven bits.
fn is_pair([lead, trail]: [u8; 2]) -> bool {
    matches!(lead, 0x21..=0x77) && matches!(trail, 0x21..=0x7E)
}

/// Reads HZ. A line end closes a passage that was left open; `~~` is a tilde, `~` before a line end joins two lines.
pub(super) fn read(bytes: &[u8]) -> Transcript {
    let mut transcript = Transcript::default();
    let mut chinese = false;
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let next = bytes.get(i + 1).copied();
        let length = match (byte, next) {
            (b'~', Some(b'{')) if !chinese => {
                chinese = true;
                2
            }
            (b'~', Some(b'}')) if chinese => {
                chinese = false;
                2
            }
            (b'~', Some(b'~')) if !chinese => {
                transcript.text.push('~');
                2
            }
            (b'~', Some(b'\n')) => 2,
            (b'\n' | b'\r', _) => {
                chinese = false;
                transcript.text.push(char::from(byte));
                1
            }
            (b' ' | b'\t', _) if chinese => {
                transcript.text.push(char::from(byte));
                1
            }
            (_, Some(trail)) if chinese && is_pair([byte, trail]) => {
                transcript.read(encoding_rs::GBK, &[byte | 0x80, trail | 0x80], i);
                2
            }
            _ if byte.is_ascii() && !chinese => {
                transcript.text.push(char::from(byte));
                1
            }
            _ => {
                transcript.malformed(i..i + 1);
                1
            }
        };
        i += length;
    }
    transcript
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_1843() {
        let bytes = b"This sentence is in ASCII.\nThe next sentence is in GB.~{<:Ky2;S{#,NpJ)l6HK!#~}~\nBye.~~";
        assert!(is_likely(bytes));
        let read = read(bytes);
        assert_eq!(read.text, "This sentence is in ASCII.\nThe next sentence is in GB.己所不欲，勿施於人。Bye.~");
        assert!(read.malformed.is_empty());
    }

    #[test]
    fn an_open_passage_ends_with_its_line_and_ascii_is_not_hz() {
        assert_eq!(read(b"~{VPND\nabc").text, "中文\nabc");
        let cut = read(b"~{VP\xFF~}x");
        assert_eq!(cut.text, "中\u{FFFD}x");
        assert_eq!(cut.malformed[0].source.range(), 4..5);
        assert!(!is_likely(b"if (~{x}) { ~{} }"));
        assert!(!is_likely(b"~/{a,b}"));
    }
}
