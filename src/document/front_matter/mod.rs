//! Front matter: YAML in the simple form that people write, `key: value`, lists in one line or with dashes, authors with their fields; and the TOML
//! and JSON that some site makers take.

mod data;

use super::Meta;
use crate::lang::Language;
use std::ops::Range;

/// What front matter says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// What goes into the metadata.
    pub meta: Meta,
    /// Where the text has the title.
    pub title: Option<Range<usize>>,
    /// Where the text has the subtitle.
    pub subtitle: Option<Range<usize>>,
    /// Whether a language was named.
    pub language: bool,
    /// Bytes that it takes at the beginning of the text, fences and the line end included.
    pub len: usize,
}

impl FrontMatter {
    /// Whether it names anything that front matter is for; in plain text, two rules around lines with colons may mean nothing.
    pub fn is_meant(&self) -> bool {
        let meta = &self.meta;
        self.language
            || meta.title.is_some()
            || meta.subtitle.is_some()
            || !meta.authors.is_empty()
            || meta.date.is_some()
            || meta.style().is_some()
            || heading_patterns(meta).next().is_some()
            || !guesses_headings(meta)
    }
}

/// The heading patterns among the further keys of `meta`, with their levels: `heading-1: ^第.+卷` to `heading-6`.
pub fn heading_patterns(meta: &Meta) -> impl Iterator<Item = (u8, &str)> {
    meta.extra.iter().filter_map(|(key, value)| {
        let level = key.strip_prefix("heading-")?.parse().ok().filter(|l| (1..=6).contains(l))?;
        Some((level, value.as_str()))
    })
}

/// Whether headings are to be guessed: not where the file says `headings: false`.
pub fn guesses_headings(meta: &Meta) -> bool {
    !meta.extra.iter().any(|(key, value)| key == "headings" && value == "false")
}

/// Finds and reads front matter at the beginning of `text`: `---`, lines of keys, `---` or `...`; TOML between `+++` and `+++`; or an object of JSON.
pub fn find(text: &str) -> Option<FrontMatter> {
    yaml(text).or_else(|| data::toml(text)).or_else(|| data::json(text))
}

fn yaml(text: &str) -> Option<FrontMatter> {
    let body = body(text)?;
    let mut at = text.len() - body.len();
    let mut found = FrontMatter::default();
    let mut key: Option<Entry> = None;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        let place = start + line.len() - line.trim_start().len()..start + line.len();
        if is_end(line) {
            store(&mut found, key.take());
            found.len = at;
            return Some(found);
        }
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        // A key that has a value on its line has no list below it.
        let said = key.as_ref().is_some_and(|entry| entry.said);
        if said && line.starts_with("- ") {
            return None;
        }
        if let Some(item) = line.trim_start().strip_prefix("- ").filter(|_| !said) {
            let entry = key.as_mut()?;
            let mapped = item.strip_prefix('{').and_then(|item| item.strip_suffix('}'));
            let fields = mapped.filter(|_| entry.names_authors()).map_or_else(|| vec![item.to_owned()], split_list);
            for field in fields {
                if entry.field(&field).is_none() {
                    entry.values.push(unquote(&field));
                }
            }
            entry.place.end = place.end;
        } else if line.starts_with([' ', '\t']) {
            // A folded value goes on.
            let entry = key.as_mut()?;
            let piece = line.trim();
            if entry.field(piece).is_some() {
                entry.place.end = place.end;
                continue;
            }
            match entry.values.last_mut() {
                Some(last) if !last.is_empty() => {
                    last.push(' ');
                    last.push_str(piece);
                }
                _ => {
                    entry.values.push(piece.to_owned());
                    entry.place.start = place.start;
                }
            }
            entry.place.end = place.end;
        } else {
            let (name, value) = entry(line)?;
            if name.is_empty() || !value.is_empty() && !value.starts_with(' ') {
                return None;
            }
            store(&mut found, key.take());
            let place = place.end - value.trim_start().len()..place.end;
            key = Some(Entry::new(name, value.trim(), place));
        }
    }
    None
}

/// What the front matter at the beginning of `text` says for `keys`, where each value stands in the line of its key. The text may end before
/// the front matter does.
pub fn said<'t>(text: &'t str, keys: &'t [&str]) -> impl Iterator<Item = String> + 't {
    let lines = body(text).unwrap_or_default().lines().map(str::trim_end).take_while(|line| !is_end(line));
    let entries = lines.filter_map(entry).filter(|(name, _)| keys.contains(&name.as_str()));
    entries.flat_map(|(_, value)| values(value.trim()))
}

/// What follows the fence at the beginning of `text`.
fn body(text: &str) -> Option<&str> {
    text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))
}

/// Whether front matter ends with `line`.
fn is_end(line: &str) -> bool {
    line == "---" || line == "..."
}

/// A key with its values, and where these stand.
struct Entry {
    name: String,
    values: Vec<String>,
    /// What is said of authors beside their names: `email: a@b.c`.
    fields: Vec<(String, String)>,
    place: Range<usize>,
    /// Whether a value stands on the line of the key.
    said: bool,
}

impl Entry {
    fn new(name: String, value: &str, place: Range<usize>) -> Self {
        let mut entry = Entry { name, values: vec![], fields: vec![], place, said: !value.is_empty() };
        match value.strip_prefix('{').and_then(|value| value.strip_suffix('}')).filter(|_| entry.names_authors()) {
            Some(fields) => {
                for field in split_list(fields) {
                    if entry.field(&field).is_none() {
                        entry.values.push(field);
                    }
                }
            }
            None => entry.values = self::values(value),
        }
        entry
    }

    fn names_authors(&self) -> bool {
        matches!(self.name.as_str(), "author" | "authors")
    }

    /// Takes a field of an author: `name: 张三`. `None` where it is none.
    fn field(&mut self, line: &str) -> Option<()> {
        let (field, value) = line.split_once(':').filter(|_| self.names_authors())?;
        let field = field.trim();
        let plain = !field.is_empty() && field.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
        if !plain || !value.starts_with(' ') {
            return None;
        }
        match field {
            "name" => self.values.push(unquote(value)),
            _ => self.fields.push((format!("{}.{field}", self.name), unquote(value))),
        }
        Some(())
    }
}

/// The key of a line, which may be quoted, and what follows its colon.
fn entry(line: &str) -> Option<(String, &str)> {
    if let Some(quote) = line.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let mut escaped = false;
        let end = line[1..].find(|c| {
            let ends = c == quote && !escaped;
            escaped = c == '\\' && quote == '"' && !escaped;
            ends
        })?;
        let (name, rest) = line.split_at(end + 2);
        return Some((unquote(name), rest.strip_prefix(':')?));
    }
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    (!name.chars().any(char::is_whitespace)).then(|| (name.to_owned(), value))
}

/// The values of the text after a colon.
fn values(value: &str) -> Vec<String> {
    let quoted = value.starts_with(['"', '\'', '[']);
    // A comment begins with a sign after a space.
    let value = value.split_once(" #").filter(|_| !quoted).map_or(value, |(value, _)| value.trim_end());
    if value.is_empty() || matches!(value, "|" | ">" | "|-" | ">-") {
        return vec![];
    }
    match value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
        Some(list) => split_list(list),
        None => vec![unquote(value)],
    }
}

/// The items of a list in one line; commas within quotes part nothing.
fn split_list(list: &str) -> Vec<String> {
    let mut items = vec![];
    let (mut start, mut quote) = (0, None);
    for (i, c) in list.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) if list[start..i].trim().is_empty() => quote = Some(c),
            (c, Some(q)) if c == q && !list[..i].ends_with('\\') => quote = None,
            (',', None) => {
                items.push(unquote(&list[start..i]));
                start = i + 1;
            }
            _ => {}
        }
    }
    items.push(unquote(&list[start..]));
    items.retain(|item| !item.is_empty());
    items
}

/// A scalar without its quotes and escapes.
fn unquote(value: &str) -> String {
    let value = value.trim();
    if let Some(inner) = value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    let Some(inner) = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')) else { return value.to_owned() };
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('0') => out.push('\0'),
            Some(form @ ('x' | 'u' | 'U')) => {
                let len = match form {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let digits: String = chars.clone().take(len).collect();
                match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).filter(|_| digits.len() == len) {
                    Some(c) => {
                        out.push(c);
                        chars = chars.as_str()[digits.len()..].chars();
                    }
                    None => out.extend(['\\', form]),
                }
            }
            Some(c @ ('"' | '\\' | '/' | ' ')) => out.push(c),
            Some(c) => out.extend(['\\', c]),
            None => out.push('\\'),
        }
    }
    out
}

fn store(found: &mut FrontMatter, entry: Option<Entry>) {
    let Some(Entry { name, values, fields, place, said: _ }) = entry else { return };
    let joined = || values.join(", ");
    let meta = &mut found.meta;
    match name.as_str() {
        // What is shown has no sign that is not in the source.
        "title" if meta.title.is_none() => (meta.title, found.title) = (Some(values.join(" ")), Some(place)),
        "subtitle" if meta.subtitle.is_none() => {
            (meta.subtitle, found.subtitle) = (Some(values.join(" ")), Some(place));
        }
        "author" | "authors" if meta.authors.is_empty() => meta.authors = values,
        "source" if meta.source.is_none() => meta.source = Some(joined()),
        "date" if meta.date.is_none() => meta.date = Some(joined()),
        "lang" | "language" if Language::from_tag(&joined()).is_some() => {
            meta.language = Language::from_tag(&joined()).unwrap_or_default();
            found.language = true;
        }
        _ => meta.extra.push((name, joined())),
    }
    found.meta.extra.extend(fields);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_read() {
        let titles = find("---\ntitle:\n  - 甲\n  - 乙\nnote: 丙\n  - 丁\n---\n").unwrap().meta;
        assert_eq!(
            (titles.title.as_deref(), &*titles.extra),
            (Some("甲 乙"), &[("note".into(), "丙 - 丁".into())][..])
        );
        let text = "---\ntitle: \"甲：乙 \\\"丙\\\"\"\nauthors: [张三, \"李, 四\"]\ntags:\n  - 一\n  - 二\nlang: zh-TW  # as it was\nnote: it's\n---\n正文\n";
        let found = find(text).unwrap();
        assert_eq!(&text[found.len..], "正文\n");
        assert_eq!(&text[found.title.unwrap()], "\"甲：乙 \\\"丙\\\"\"");
        let folded = "---\nsubtitle: >\n  甲\n  乙\n---\n";
        assert_eq!(&folded[find(folded).unwrap().subtitle.unwrap()], "甲\n  乙");
        assert_eq!(found.meta.title.as_deref(), Some("甲：乙 \"丙\""));
        assert_eq!(found.meta.authors, ["张三", "李, 四"]);
        assert_eq!(found.meta.language, Language::ZhHant(crate::lang::Region::Taiwan));
        assert_eq!(found.meta.extra, [("tags".into(), "一, 二".into()), ("note".into(), "it's".into())]);
    }

    #[test]
    fn authors_may_have_fields() {
        for text in [
            "---\nauthors:\n  - name: 张三\n    email: a@b.c\n  - name: 李四\n---\n",
            "---\nauthors:\n  - {name: 张三, email: a@b.c}\n  - name: 李四\n---\n",
        ] {
            let meta = find(text).unwrap().meta;
            assert_eq!(meta.authors, ["张三", "李四"], "{text}");
            assert_eq!(meta.extra, [("authors.email".into(), "a@b.c".into())]);
        }
        assert_eq!(find("---\nauthor:\n  name: 张三\n---\n").unwrap().meta.authors, ["张三"]);
        assert_eq!(find("---\nauthor: 张三: 李四\n---\n").unwrap().meta.authors, ["张三: 李四"]);
    }

    #[test]
    fn toml_and_json_are_read() {
        let toml = "+++\ntitle = \"旧,渡\"\nauthors = [\"张三\", \"李四\"]\ndate = 2021-03-04T10:00:00+08:00\ndraft = false\n[params]\ntoc = true\n+++\n正文\n";
        let json = "{\n  \"title\": \"旧,渡\",\n  \"authors\": [{\"name\": \"张三\"}, \"李四\"],\n  \"date\": \"2021-03-04T10:00:00+08:00\",\n  \"draft\": false,\n  \"params\": {\"toc\": true}\n}\n正文\n";
        for text in [toml, json] {
            let found = find(text).unwrap();
            assert_eq!(&text[found.len..], "正文\n");
            assert_eq!(&text[found.title.unwrap()], "旧,渡");
            assert_eq!(found.meta.title.as_deref(), Some("旧,渡"));
            assert_eq!(found.meta.authors, ["张三", "李四"]);
            assert_eq!(found.meta.date.as_deref(), Some("2021-03-04T10:00:00+08:00"));
            assert_eq!(found.meta.extra, [("draft".into(), "false".into()), ("params.toc".into(), "true".into())]);
        }
        // All of a file of data is the file.
        assert_eq!(find("{\n\"title\": \"甲\"\n}\n"), None);
        assert_eq!(find("+++\n甲\n+++\n乙\n"), None);
    }

    #[test]
    fn keys_may_be_quoted() {
        let found = find("---\n\"%a: \\\"b\\\"\": 1\n'no': 2\n\"title\": 题\n---\n").unwrap();
        assert_eq!(found.meta.extra, [("%a: \"b\"".into(), "1".into()), ("no".into(), "2".into())]);
        assert_eq!(found.meta.title.as_deref(), Some("题"));
        assert_eq!(find("---\n\"a\" b: 1\n---\n"), None);
    }

    #[test]
    fn what_is_no_front_matter_is_left() {
        for text in [
            "---\n正文\n---\n",
            "---\ntitle: x\n",
            "甲\n---\na: b\n---\n",
            "---\n这是:一段话\n---\n",
            "---\ntitle: 甲\n- 乙\n---\n",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
