//! Front matter in TOML, between `+++` and `+++`, and in JSON.

use super::{Entry, FrontMatter, store};
use std::ops::Range;

/// Longest front matter in bytes.
const LONGEST: usize = 64 * 1024;

/// Reads TOML at the beginning of `text`.
pub(super) fn toml(text: &str) -> Option<FrontMatter> {
    let body = text.strip_prefix("+++\n").or_else(|| text.strip_prefix("+++\r\n"))?;
    let start = text.len() - body.len();
    let mut at = start;
    let end =
        body.split_inclusive('\n').take_while(|line| line.trim_end() != "+++").map(str::len).sum::<usize>() + start;
    let fence = text.get(end..)?.split_inclusive('\n').next()?;
    if end - start > LONGEST {
        return None;
    }
    let table: toml::Table = text.get(start..end)?.parse().ok()?;
    let mut found = FrontMatter { len: end + fence.len(), ..FrontMatter::default() };
    // In the order of the text, which the table does not keep.
    let mut entries: Vec<(usize, String, Vec<Value>)> = vec![];
    for (name, value) in &table {
        let place = text[at..end].find(name.as_str()).map_or(end, |place| at + place);
        entries.push((place, name.clone(), vec![of_toml(value)]));
    }
    at = start;
    entries.sort();
    for (_, name, values) in entries {
        enter(&mut found, &text[at..end], at, name, values);
    }
    Some(found)
}

/// Reads an object of JSON at the beginning of `text`, if more stands behind it: a file that is all JSON is data.
pub(super) fn json(text: &str) -> Option<FrontMatter> {
    if !text.starts_with("{\n") && !text.starts_with("{\r\n") {
        return None;
    }
    let lines = text[..text.floor_char_boundary(LONGEST)].split_inclusive('\n');
    let mut end = 0;
    let closed = lines.map(|line| {
        end += line.len();
        (line.trim_end() == "}", end)
    });
    let len = { closed }.find(|(closes, _)| *closes)?.1;
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text.get(..len)?).ok()?;
    if text[len..].trim().is_empty() {
        return None;
    }
    let mut found = FrontMatter { len, ..FrontMatter::default() };
    let mut entries: Vec<(usize, String, Vec<Value>)> = object
        .iter()
        .map(|(name, value)| {
            let place = text[..len].find(&format!("\"{name}\"")).unwrap_or(len);
            (place, name.clone(), vec![of_json(value)])
        })
        .collect();
    entries.sort();
    for (_, name, values) in entries {
        enter(&mut found, &text[..len], 0, name, values);
    }
    Some(found)
}

/// A value of either language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Said(String),
    List(Vec<Value>),
    Fields(Vec<(String, Value)>),
}

fn of_toml(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(said) => Value::Said(said.clone()),
        toml::Value::Array(items) => Value::List(items.iter().map(of_toml).collect()),
        toml::Value::Table(table) => {
            Value::Fields(table.iter().map(|(name, value)| (name.clone(), of_toml(value))).collect())
        }
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) | toml::Value::Datetime(_) => {
            Value::Said(value.to_string())
        }
    }
}

fn of_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::String(said) => Value::Said(said.clone()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(of_json).collect()),
        serde_json::Value::Object(object) => {
            Value::Fields(object.iter().map(|(name, value)| (name.clone(), of_json(value))).collect())
        }
        serde_json::Value::Null => Value::Said(String::new()),
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => Value::Said(value.to_string()),
    }
}

/// Enters what `name` is said to be in `source`, which begins at `start` of the text.
fn enter(found: &mut FrontMatter, source: &str, start: usize, name: String, values: Vec<Value>) {
    let mut entry = Entry { name, values: vec![], fields: vec![], place: place(source, start, &values), said: true };
    for value in values {
        gather(&mut entry, value);
    }
    // A group of keys is its keys.
    let group = entry.values.is_empty() && !entry.fields.is_empty() && !entry.names_authors();
    if group {
        found.meta.extra.append(&mut entry.fields);
    } else {
        store(found, Some(entry));
    }
}

fn gather(entry: &mut Entry, value: Value) {
    match value {
        Value::Said(said) => entry.values.push(said),
        Value::List(items) => items.into_iter().for_each(|item| gather(entry, item)),
        Value::Fields(fields) => {
            for (field, value) in fields {
                let mut inner =
                    Entry { name: format!("{}.{field}", entry.name), ..Entry::new(String::new(), "", 0..0) };
                gather(&mut inner, value);
                if field == "name" && entry.names_authors() {
                    entry.values.append(&mut inner.values);
                } else if !inner.values.is_empty() {
                    entry.fields.push((inner.name, inner.values.join(", ")));
                }
                entry.fields.append(&mut inner.fields);
            }
        }
    }
}

/// Where the only string of `values` stands in `source`, or all of the source.
fn place(source: &str, start: usize, values: &[Value]) -> Range<usize> {
    match values {
        [Value::Said(said)] if !said.is_empty() => {
            source.find(said.as_str()).map(|at| start + at..start + at + said.len())
        }
        _ => None,
    }
    .unwrap_or(start..start + source.len())
}
