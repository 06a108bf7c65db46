//! Names of files: how they are shown, and how they are made safe for outputs on every system.

use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Longest name of an output in bytes, without its extension; most file systems allow 255 in all.
const LONGEST: usize = 240;

/// Names that Windows keeps for devices, whatever the extension.
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Reads the bytes of a name that is not UTF-8.
pub type ReadName = fn(&[u8]) -> String;

/// A path as it may be shown, and whether its bytes had to be decoded because they are not UTF-8 (GBK names from old archives).
pub fn shown(path: &Path, read_name: ReadName) -> (String, bool) {
    match path.to_str() {
        Some(name) => (name.to_owned(), false),
        None => (read_name(path.as_os_str().as_encoded_bytes()), true),
    }
}

/// A name without its extension.
pub fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && is_extension(extension) => stem,
        _ => name,
    }
}

/// Whether what follows the last dot of a name is an extension, and not the end of `1.1 缘起`.
fn is_extension(text: &str) -> bool {
    text.len() <= 8
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// What two targets must not share: file systems that fold case, or the normal forms of Unicode, would take them for one.
pub fn key(target: &str) -> String {
    // Folding case can undo the normal form: İ becomes i with a dot above.
    target.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// One part of a path, made safe: no separators, controls or marks that Windows forbids, no device name, no dot or space at its
/// end, not too long.
pub fn safe(part: &str) -> String {
    let mut name: String = part
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '\u{fffd}' => '_',
            c if crate::unicode::is_invisible_control(c) => '_',
            c => c,
        })
        .collect();
    if name.len() > LONGEST {
        let digest = &crate::digest::sha256(part.as_bytes())[..8];
        name.truncate(name.floor_char_boundary(LONGEST - digest.len() - 1));
        name = format!("{name}~{digest}");
    }
    let kept = name.trim_end_matches(['.', ' ']).len();
    if kept < name.len() {
        name.truncate(kept);
        name.push('_');
    }
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = |device: &str| stem.strip_prefix(device).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    if RESERVED.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        name.insert(stem.len(), '_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_safe_for_every_system() {
        let short = |name| safe(stem(name));
        assert_eq!(short("b.txt"), "b");
        assert_eq!(safe("b.txt"), "b.txt");
        assert_eq!(short("con.txt"), "con_");
        assert_eq!(short("NUL.v1.txt"), "NUL_.v1");
        assert_eq!(short("com1"), "com1_");
        assert_eq!(short("comic.txt"), "comic");
        assert_eq!(short("end. .txt"), "end_");
        assert_eq!(short("a:b?\u{202e}.txt"), "a_b__");
        assert_eq!(short(".hidden"), ".hidden");
        assert_eq!(short("第1.1节"), "第1.1节");
    }

    #[test]
    fn normal_forms_and_cases_of_a_name_are_one() {
        assert_eq!(key("caf\u{e9}/\u{30ac}"), key("CAFe\u{301}/\u{30ab}\u{3099}"));
        assert_eq!(key("\u{130}"), key("i\u{307}"));
        assert_ne!(key("cafe"), key("caf\u{e9}"));
    }

    #[test]
    fn over_long_names_are_cut_at_a_character_and_stay_apart() {
        let long = "长".repeat(120);
        let (a, b) = (safe(&format!("{long}甲")), safe(&format!("{long}乙")));
        assert!(a.len() <= LONGEST && b.len() <= LONGEST);
        assert_ne!(a, b);
    }

    #[cfg(unix)]
    #[test]
    fn names_in_gbk_are_decoded() {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"\xba\xec\xc2\xa5\xc3\xce.txt");
        assert_eq!(shown(Path::new(name), crate::name_of_bytes), ("红楼梦.txt".to_owned(), true));
    }
}
