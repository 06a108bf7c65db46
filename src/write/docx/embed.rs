//! Fonts that the package carries (ISO/IEC 29500-1 §17.8.1): each an obfuscated part of its own, whose key stands in the font table.

use crate::digest::sha256;
use crate::write::OwnFont;

/// The obfuscated part of `font` below `word/`, with the key that it was obfuscated by; `None` where it is only named.
pub fn part(font: &OwnFont) -> Option<(String, Vec<u8>, String)> {
    let mut program = font.program.clone()?;
    // No randomness: the key is made from the font itself.
    let digest = sha256(&program).to_uppercase();
    let key = |i: usize| digest.get(30 - 2 * i..32 - 2 * i).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    for (i, byte) in program.iter_mut().take(32).enumerate() {
        *byte ^= key(i % 16).unwrap_or_default();
    }
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| digest.get(range).unwrap_or_default());
    Some((format!("fonts/{}.odttf", font.family.replace(' ', "")), program, format!("{{{}}}", groups.join("-"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Face;
    use crate::write::docx::Side;

    #[test]
    fn a_font_is_hidden_by_its_key_read_backwards() {
        let family = "Shanben Song 0AF".to_owned();
        let whole: Vec<u8> = (0..64).collect();
        let program = Some(whole.clone());
        let font = OwnFont { face: Face::Song, side: Side::EastAsian, family, others: vec![], program };
        assert_eq!(part(&OwnFont { program: None, ..font.clone() }), None, "only named");
        let (name, hidden, key) = part(&font).unwrap();
        assert_eq!(name, "fonts/ShanbenSong0AF.odttf");
        assert_eq!(key.len(), 38);
        let digits: String = key.chars().filter(char::is_ascii_hexdigit).collect();
        let bytes: Vec<u8> =
            (0..16).rev().map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap()).collect();
        let shown: Vec<u8> =
            hidden.iter().enumerate().map(|(i, byte)| if i < 32 { byte ^ bytes[i % 16] } else { *byte }).collect();
        assert_eq!(shown, whole);
        assert_ne!(hidden[..32], whole[..32]);
    }
}
