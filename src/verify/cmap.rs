//! ToUnicode CMaps: from the codes of a font to text (ISO 32000-1 §9.10.3).

use std::collections::HashMap;

/// What the codes of a font mean.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CMap {
    /// Bytes of a code.
    width: usize,
    meanings: HashMap<u32, String>,
}

impl CMap {
    /// Reads `source`; what is malformed in it means nothing.
    pub fn parse(source: &str) -> CMap {
        let mut cmap = CMap { width: 1, meanings: HashMap::new() };
        let mut tokens = tokens(source);
        while let Some(token) = tokens.next() {
            match token {
                "begincodespacerange" => {
                    if let Some(first) = tokens.next().and_then(hex) {
                        cmap.width = first.len().clamp(1, 4);
                    }
                }
                "beginbfchar" => {
                    while let Some(code) = tokens.next().and_then(hex) {
                        let Some(text) = tokens.next().and_then(hex) else { break };
                        cmap.meanings.insert(number(&code), utf16(&text));
                    }
                }
                "beginbfrange" => cmap.ranges(&mut tokens),
                _ => {}
            }
        }
        cmap
    }

    fn ranges<'s>(&mut self, tokens: &mut impl Iterator<Item = &'s str>) {
        while let Some(first) = tokens.next().and_then(hex) {
            let Some(last) = tokens.next().and_then(hex) else { return };
            let codes = number(&first)..=number(&last).min(number(&first).saturating_add(0xFFFF));
            match tokens.next() {
                Some("[") => {
                    for code in codes {
                        let Some(text) = tokens.next().and_then(hex) else { return };
                        self.meanings.insert(code, utf16(&text));
                    }
                    tokens.next();
                }
                Some(token) => {
                    let Some(text) = hex(token) else { return };
                    let text = utf16(&text);
                    let mut head: Vec<char> = text.chars().collect();
                    let Some(last) = head.pop() else { continue };
                    for (i, code) in (0u32..).zip(codes) {
                        let Some(c) = char::from_u32(u32::from(last).saturating_add(i)) else { continue };
                        self.meanings.insert(code, head.iter().chain([&c]).collect());
                    }
                }
                None => return,
            }
        }
    }

    /// Appends what `codes` mean; a code without meaning becomes U+FFFD.
    pub fn decode(&self, codes: &[u8], out: &mut String) {
        for code in codes.chunks(self.width.max(1)) {
            match self.meanings.get(&number(code)) {
                Some(text) => out.push_str(text),
                None => out.push('\u{FFFD}'),
            }
        }
    }
}

/// Names, numbers, `[`, `]` and hexadecimal strings, the latter beginning with `<`.
fn tokens(source: &str) -> impl Iterator<Item = &str> {
    let mut rest = source;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let first = rest.chars().next()?;
        let len = match first {
            '[' | ']' => 1,
            '<' if rest.starts_with("<<") => 2,
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            _ => rest[first.len_utf8()..]
                .find(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<'))
                .map_or(rest.len(), |end| end + first.len_utf8()),
        };
        let (token, after) = rest.split_at(len);
        rest = after;
        Some(token)
    })
}

/// The bytes of a hexadecimal string.
fn hex(token: &str) -> Option<Vec<u8>> {
    let digits: String = token.strip_prefix('<')?.strip_suffix('>')?.split_whitespace().collect();
    digits.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n, &b| n << 8 | u32::from(b))
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_lists_are_read() {
        let cmap = CMap::parse(
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n2 beginbfchar\n<0001> <7532>\n<0002><D842DFB7>\nendbfchar\n\
             2 beginbfrange\n<0003> <0005> <4E00>\n<0006> <0007> [<0041> <00420043>]\nendbfrange\n",
        );
        let mut out = String::new();
        cmap.decode(&[0, 1, 0, 2, 0, 4, 0, 7, 0, 9], &mut out);
        assert_eq!(out, "甲𠮷丁BC\u{FFFD}");
    }
}
