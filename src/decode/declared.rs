//! What a file says about its own encoding: a byte order mark, or a declaration near its beginning.

use super::encoding;
use crate::document::front_matter;

/// How far a declaration may be from the beginning.
const HEAD: usize = 1024;

/// The encoding whose byte order mark begins `bytes`.
pub(super) fn mark(bytes: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 6] = [
        (b"\xEF\xBB\xBF", "utf-8"),
        (b"\xFF\xFE\0\0", "utf-32le"),
        (b"\0\0\xFE\xFF", "utf-32be"),
        (b"\xFF\xFE", "utf-16le"),
        (b"\xFE\xFF", "utf-16be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|&(_, name)| name)
}

/// The encoding that `bytes` declare: `<?xml … encoding="…"?>`, `<meta … charset=…>`, a mail header `Content-Type: …
/// charset=…`, an editor's `-*- coding: … -*-` or `vim: … fileencoding=…` in the first two lines, or the key `encoding`,
/// `charset` or `coding` of a front matter.
pub(super) fn declaration(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // Declarations are ASCII; whatever else the bytes are does not matter here.
    let head: String = head.iter().map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    let head = head.strip_prefix("\u{EF}\u{BB}\u{BF}").unwrap_or(&head);
    if let Some(name) =
        front_matter::said(head, &["encoding", "charset", "coding"]).find_map(|name| encoding::label(&name))
    {
        return Some(name);
    }
    for (i, line) in head.lines().enumerate() {
        let line = line.trim();
        let tag = |name| line.find(name).and_then(|at| line.get(at..));
        let value = if let Some(xml) = line.strip_prefix("<?xml") {
            after(xml, "encoding")
        } else if let Some(meta) = tag("<meta") {
            after(meta, "charset")
        } else if line.starts_with("content-type:") {
            after(line, "charset")
        } else if i < 2 && line.contains("-*-") {
            after(line, "coding")
        } else if i < 2 && line.contains("vim:") {
            after(line, "fileencoding").or_else(|| after(line, "fenc"))
        } else {
            None
        };
        if let Some(name) = value.and_then(encoding::label) {
            return Some(name);
        }
    }
    None
}

/// The value after `key` and `=` or `:`, quoted or not.
fn after<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let rest = text.get(text.find(key)? + key.len()..)?.trim_start();
    let rest = rest.strip_prefix(['=', ':'])?.trim_start().trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(rest.len());
    rest.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_mark_goes_first() {
        assert_eq!(mark(b"\xFF\xFE\0\0a\0\0\0"), Some("utf-32le"));
        assert_eq!(mark(b"\xFF\xFEa\0"), Some("utf-16le"));
        assert_eq!(mark(b"\xEF\xBBa"), None);
    }

    #[test]
    fn declarations_are_found_where_they_belong() {
        assert_eq!(declaration(b"<?xml version=\"1.0\" encoding=\"GB2312\"?>"), Some("gb18030"));
        assert_eq!(declaration(b"<html>\n<META content=\"text/html; charset=big5\">"), Some("big5"));
        assert_eq!(declaration(b"From: a\nContent-Type: text/plain; charset=HZ-GB-2312\n"), Some("hz"));
        assert_eq!(declaration(b"% -*- coding: euc-tw -*-"), Some("euc-tw"));
        assert_eq!(declaration(b"---\ntitle: \xD6\xD0\nencoding: gbk\n---\n"), Some("gb18030"));
        assert_eq!(declaration(b"---\r\nCharset: Big5 # of Taiwan\r\ntitle: \xA4\xA4"), Some("big5"));
        assert_eq!(declaration(b"\xEF\xBB\xBF---\nencoding: nonsense\ncoding: gbk\n...\n"), Some("gb18030"));
        assert_eq!(declaration(b"---\ntitle: a\n---\nencoding: gbk\n"), None);
        assert_eq!(declaration(b"encoding: gbk\n"), None);
        assert_eq!(declaration(b"the text speaks of charset=gb2312"), None);
        assert_eq!(declaration(b"<meta charset=nonsense>"), None);
    }
}
