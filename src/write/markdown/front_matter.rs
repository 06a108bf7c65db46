//! YAML front matter from the metadata. Every value is a double-quoted scalar, the one form that YAML parsers of all versions read
//! alike whatever is in it: `no`, `1.0`, `2018-01-05` and `甲: 乙` stay text.

use crate::document::Meta;
use crate::unicode::is_invisible_control;
use std::fmt::Write;

/// The front matter of `meta` with the blank line after it; empty when nothing is known.
pub fn write(meta: &Meta) -> String {
    let mut out = String::new();
    if *meta == Meta::default() {
        return out;
    }
    out.push_str("---\n");
    for (key, value) in [("title", &meta.title), ("subtitle", &meta.subtitle)] {
        if let Some(value) = value {
            entry(key, value, &mut out);
        }
    }
    // Before the further keys, one of which may be a second `author`.
    match meta.authors.as_slice() {
        [author] => entry("author", author, &mut out),
        authors => {
            out.push_str(if authors.is_empty() { "" } else { "authors:\n" });
            for author in authors {
                out.push_str("  - ");
                quote(author, &mut out);
                out.push('\n');
            }
        }
    }
    for (key, value) in [("source", &meta.source), ("date", &meta.date)] {
        if let Some(value) = value {
            entry(key, value, &mut out);
        }
    }
    entry("lang", meta.language.tag(), &mut out);
    for (key, value) in &meta.extra {
        entry(key, value, &mut out);
    }
    out.push_str("---\n\n");
    out
}

fn entry(key: &str, value: &str, out: &mut String) {
    if is_plain_key(key) {
        out.push_str(key);
    } else {
        quote(key, out);
    }
    out.push_str(": ");
    quote(value, out);
    out.push('\n');
}

/// Whether `key` is a string in YAML without quotes.
fn is_plain_key(key: &str) -> bool {
    key.starts_with(char::is_alphabetic)
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
            .iter()
            .any(|word| key.eq_ignore_ascii_case(word))
}

fn quote(value: &str, out: &mut String) {
    out.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if is_invisible_control(c) || matches!(c as u32, 0xFFFE | 0xFFFF) => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_title_is_one_quoted_scalar() {
        let meta = Meta {
            title: Some("甲: \"乙\" \\ # - [丙]\u{85}\n".into()),
            authors: vec!["张三".into(), "no".into()],
            date: Some("2018-01-05".into()),
            extra: vec![("标签".into(), "~".into()), ("no".into(), "1".into()), ("a b".into(), "".into())],
            ..Meta::default()
        };
        assert_eq!(
            write(&meta),
            "---\ntitle: \"甲: \\\"乙\\\" \\\\ # - [丙]\\u0085\\n\"\nauthors:\n  - \"张三\"\n  - \"no\"\n\
             date: \"2018-01-05\"\nlang: \"zh-Hans\"\n标签: \"~\"\n\"no\": \"1\"\n\"a b\": \"\"\n---\n\n"
        );
    }

    #[test]
    fn nothing_known_is_nothing_written() {
        assert_eq!(write(&Meta::default()), "");
    }
}
