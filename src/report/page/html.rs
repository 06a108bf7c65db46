//! Text and links fit for HTML.

use crate::unicode::{is_invisible_control, is_private_use};
use std::fmt::Write as _;
use std::path::{Component, Path};

/// Text for HTML: markup becomes references, and what could steer the page or cannot be seen becomes its code.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    text.chars().for_each(|c| push(&mut html, c));
    html
}

/// As [`escape`], for text that was removed or put in: blanks and line ends can be seen.
pub fn escape_edit(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            ' ' => html.push_str("<i>␣</i>"),
            '\t' => html.push_str("<i>⇥</i>"),
            '\n' => html.push_str("<i>↵</i>\n"),
            '\u{a0}' => html.push_str("<i>⍽</i>"),
            '\u{3000}' => html.push_str("<i>⬚</i>"),
            c => push(&mut html, c),
        }
    }
    html
}

fn push(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        '\n' | '\t' => html.push(c),
        '\r' => html.push_str("<i>[CR]</i>"),
        c if is_invisible_control(c) || is_private_use(c) => {
            // A String takes whatever is written to it.
            let _ = write!(html, "<i>[U+{:04X}]</i>", c as u32);
        }
        c => html.push(c),
    }
}

/// A path for a link, `/` between folders.
pub fn percent(path: &[u8]) -> String {
    let mut link = String::with_capacity(path.len() * 3);
    for &byte in path {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => link.push(byte as char),
            _ => {
                let _ = write!(link, "%{byte:02X}");
            }
        }
    }
    link
}

/// How a link in a page in the folder `from` leads to the folder `to`, `/` at its end; `None` when there is no way (another drive).
pub fn link(from: &Path, to: &Path) -> Option<String> {
    // Links of the file system are followed: `..` in a browser goes by the text of the address.
    let real = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        path.canonicalize().or_else(|_| std::path::absolute(path)).ok()
    };
    let (from, to) = (real(from)?, real(to)?);
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    let mut shared = false;
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
        shared = true;
    }
    if !shared {
        return None;
    }
    let up = "../".repeat(from.count());
    let down: String = to
        .filter_map(|part| match part {
            Component::Normal(name) => Some(percent(name.as_encoded_bytes()) + "/"),
            _ => None,
        })
        .collect();
    Some(up + &down)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup_or_steers_the_page() {
        assert_eq!(escape("<b a='1'>&\"</b>"), "&lt;b a=&#39;1&#39;&gt;&amp;&quot;&lt;/b&gt;");
        assert_eq!(escape("甲\u{202e}乙\u{7}\u{e000}"), "甲<i>[U+202E]</i>乙<i>[U+0007]</i><i>[U+E000]</i>");
        assert_eq!(escape_edit(" \u{3000}\n<"), "<i>␣</i><i>⬚</i><i>↵</i>\n&lt;");
    }

    #[test]
    fn links_lead_from_folder_to_folder() {
        let dir = tempfile::tempdir().unwrap();
        let (from, to) = (dir.path().join("a/b"), dir.path().join("输 出:%"));
        std::fs::create_dir_all(&from).unwrap();
        std::fs::create_dir_all(&to).unwrap();
        assert_eq!(link(&from, &to).as_deref(), Some("../../%E8%BE%93%20%E5%87%BA%3A%25/"));
        assert_eq!(link(&from, &from).as_deref(), Some(""));
        assert_eq!(link(dir.path(), &from).as_deref(), Some("a/b/"));
    }
}
