//! Names of files: how they are shown, and how they are made safe for outputs on every system.

use std::path::{Component, Path};
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

/// The path of outputs for an input at `below`, `/` between folders; with or without the input's extension.
pub fn target(below: &Path, keep_extension: bool, read_name: ReadName) -> String {
    let mut parts: Vec<String> = below
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(shown(Path::new(name), read_name).0),
            Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
        })
        .collect();
    if let Some(name) = parts.last_mut()
        && !keep_extension
        && let Some((stem, extension)) = name.rsplit_once('.')
        && !stem.is_empty()
        && is_extension(extension)
    {
        *name = stem.to_owned();
    }
    if parts.is_empty() {
        parts.push("input".to_owned());
    }
    parts.iter().map(|part| safe(part)).collect::<Vec<_>>().join("/")
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
fn safe(part: &str) -> String {
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

    fn target(below: &str, keep_extension: bool) -> String {
        super::target(Path::new(below), keep_extension, crate::name_of_bytes)
    }

    #[test]
    fn names_are_made_safe_for_every_system() {
        assert_eq!(target("a/b.txt", false), "a/b");
        assert_eq!(target("a/b.txt", true), "a/b.txt");
        assert_eq!(target("../../etc/passwd", false), "etc/passwd");
        assert_eq!(target("/etc/x.txt", false), "etc/x");
        assert_eq!(target("con.txt", false), "con_");
        assert_eq!(target("NUL.v1.txt", false), "NUL_.v1");
        assert_eq!(target("com1", false), "com1_");
        assert_eq!(target("comic.txt", false), "comic");
        assert_eq!(target("end. .txt", false), "end_");
        assert_eq!(target("a:b?\u{202e}.txt", false), "a_b__");
        assert_eq!(target(".hidden", false), ".hidden");
        assert_eq!(target("第1.1节", false), "第1.1节");
        assert_eq!(target("..", false), "input");
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
        let (a, b) = (target(&format!("{long}甲.txt"), false), target(&format!("{long}乙.txt"), false));
        assert!(a.len() <= LONGEST && b.len() <= LONGEST);
        assert_ne!(a, b);
    }

    #[cfg(unix)]
    #[test]
    fn names_in_gbk_are_decoded() {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"\xba\xec\xc2\xa5\xc3\xce.txt");
        assert_eq!(shown(Path::new(name), crate::name_of_bytes), ("红楼梦.txt".to_owned(), true));
        assert_eq!(super::target(Path::new(name), false, crate::name_of_bytes), "红楼梦");
    }
}
