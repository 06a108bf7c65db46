//! Readings of a run of text in another encoding, for undoing a wrong one.

use super::model::Model;
use encoding_rs::Encoding;

/// The bytes of `text` in the encoding `label` (a WHATWG label); `None` when a character has none there.
pub fn bytes_in(text: &str, label: &str) -> Option<Vec<u8>> {
    let encoding = Encoding::for_label(label.as_bytes())?;
    let (bytes, _, lossy) = encoding.encode(text);
    (!lossy).then(|| bytes.into_owned())
}

/// `bytes` read in the encoding `label` (a WHATWG label); `None` when any of them is malformed.
pub fn text_in(bytes: &[u8], label: &str) -> Option<String> {
    let encoding = Encoding::for_label(label.as_bytes())?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// `bytes` read in the encoding `label` (a WHATWG label), with U+FFFD for what is malformed.
pub fn lossy_text_in(bytes: &[u8], label: &str) -> String {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Information content of `c` in Chinese text, in bits.
pub fn bits(c: char) -> f32 {
    f32::from(Model::Chinese.cost(c)) / 10.0
}
