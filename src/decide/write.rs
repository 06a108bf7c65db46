//! The file of decisions, written: over the one that stands there, so that comments stay with what they are about.

use super::Ledger;
use super::read::LARGEST;
use crate::error::Cause;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::Path;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value};

/// What stands at the head of a new one.
const HEAD: &str = "\
# What was decided about the texts in this folder; `shanben convert` honours it. A comment right above a decision goes when the decision does.
# 对此文件夹中各文本的决定，`shanben convert` 照此处理。紧接在一条决定上方的注释随该决定一同删去。
";

impl Ledger {
    /// The text of a file that says `earlier` and is called `path`, as `change` would have it.
    ///
    /// # Errors
    /// When that cannot be understood, or the new one is longer than what is read again.
    pub fn revised(path: &Path, earlier: Option<&[u8]>, change: impl FnOnce(&mut Self)) -> Result<String, Cause> {
        let earlier = earlier.map(std::str::from_utf8).transpose().map_err(|_| Cause::NotUtf8)?;
        let parsed = earlier.map(|text| Ledger::parse(path, text)).transpose().map_err(|slip| slip.cause())?;
        let mut ledger = parsed.unwrap_or_default();
        change(&mut ledger);
        ledger.files.retain(|file| !file.is_empty());
        let text = ledger.text(earlier)?;
        if text.len() as u64 > LARGEST { Err(Cause::LargerThan { most: LARGEST }) } else { Ok(text) }
    }

    /// As the file has it that says `earlier`: what is decided as it was before stays as it is written.
    pub(super) fn text(&self, earlier: Option<&str>) -> Result<String, Cause> {
        // Plain structs of strings and numbers cannot fail to serialize.
        let new = toml::to_string(self).unwrap_or_default();
        let parse = |text: &str| text.parse::<DocumentMut>().map_err(|error| Cause::text(error.to_string()));
        let mut file = parse(earlier.unwrap_or(HEAD))?;
        let behind = file.trailing().as_str().unwrap_or_default().to_owned();
        // What stands in a file without tables stands above those that come.
        let (mut above, behind) =
            if file.is_empty() && !new.is_empty() { (behind, String::new()) } else { (String::new(), behind) };
        if !above.is_empty() {
            above.push('\n');
        }
        write_over(file.as_table_mut(), parse(&new)?.as_table(), &mut above);
        file.set_trailing(above + &behind);
        Ok(file.to_string())
    }
}

/// Has `known` say what `new` says. What is to stand above the next table that is left is collected in `above`.
fn write_over(known: &mut Table, new: &Table, above: &mut String) {
    // A table stands where its list has it, not where it once stood.
    known.set_position(None);
    let gone: Vec<String> = known.iter().map(|(key, _)| key.to_owned()).filter(|key| !new.contains_key(key)).collect();
    for key in gone {
        let lists = known.remove(&key).and_then(|item| item.into_array_of_tables().ok());
        lists.into_iter().flatten().for_each(|table| keep(&table, above));
    }
    for (key, item) in new {
        let there = known.get_mut(key);
        match (item, there) {
            (Item::ArrayOfTables(new), there) => {
                let known_list = there.map(std::mem::take).and_then(|item| item.into_array_of_tables().ok());
                known[key] = Item::ArrayOfTables(list_over(known_list.unwrap_or_default(), new, above));
            }
            (Item::Value(new), Some(Item::Value(there))) if said(new) == said(there) => {}
            (Item::Value(new), Some(Item::Value(there))) => {
                let decor = there.decor().clone();
                *there = new.clone();
                *there.decor_mut() = decor;
            }
            (item, _) => drop(known.insert(key, item.clone())),
        }
    }
}

/// The tables of `new`, each as it is written in `known` if it is there.
fn list_over(known: ArrayOfTables, new: &ArrayOfTables, above: &mut String) -> ArrayOfTables {
    let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, table) in known.iter().enumerate() {
        places.entry(name(table)).or_default().push_back(at);
    }
    let found: Vec<Option<usize>> = new.iter().map(|table| places.get_mut(&name(table))?.pop_front()).collect();
    let mut gone: Vec<usize> = places.into_values().flatten().collect();
    gone.sort_unstable();
    let mut gone = gone.into_iter().peekable();
    let mut known: Vec<Table> = known.into_iter().collect();
    let mut list = ArrayOfTables::new();
    for (new, found) in new.iter().zip(found) {
        let mut table = match found {
            Some(at) => {
                while let Some(before) = gone.next_if(|gone| *gone < at) {
                    keep(&known[before], above);
                }
                std::mem::take(&mut known[at])
            }
            None => {
                let mut table = Table::new();
                table.decor_mut().set_prefix("\n");
                table
            }
        };
        let prefix = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        let prefix = joined(above, prefix).to_owned();
        table.decor_mut().set_prefix(std::mem::take(above) + &prefix);
        write_over(&mut table, new, above);
        list.push(table);
    }
    gone.for_each(|gone| keep(&known[gone], above));
    list
}

/// What tells a table from others of its list: its path, or else all that it says.
fn name(table: &Table) -> String {
    let said: BTreeMap<&str, Vec<String>> =
        table.iter().filter_map(|(key, item)| Some((key, said(item.as_value()?)))).collect();
    said.get("path").map_or_else(|| format!("{said:?}"), |path| format!("{path:?}"))
}

/// What a value says, however it is written: a list of one is that one.
fn said(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().flat_map(said).collect(),
        Value::String(text) => vec![text.value().clone()],
        Value::Integer(number) => vec![number.value().to_string()],
        Value::Boolean(switch) => vec![switch.value().to_string()],
        other => vec![other.to_string()],
    }
}

/// Keeps of the comments above `table`, which is gone, those that are not about it: they end with a blank line.
fn keep(table: &Table, above: &mut String) {
    let prefix = table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    let mut end = 0;
    let ends = prefix.split_inclusive('\n').filter_map(|line| {
        end += line.len();
        line.trim().is_empty().then_some(end)
    });
    let kept = &prefix[..ends.last().unwrap_or(0)];
    if !kept.trim().is_empty() {
        above.push_str(joined(above, kept));
    }
}

/// `text` as it stands below what is `above`: not two blank lines between them.
fn joined<'t>(above: &str, text: &'t str) -> &'t str {
    if above.is_empty() { text } else { text.trim_start_matches(['\r', '\n']) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::{Decision, FileDecisions, HeadingDecision, Verdict};

    fn revised(earlier: &str, change: impl FnOnce(&mut Ledger)) -> String {
        let text = Ledger::revised(Path::new("d.toml"), Some(earlier.as_bytes()), change).unwrap();
        let read = Ledger::parse(Path::new("d.toml"), &text).unwrap();
        assert_eq!(Ledger::parse(Path::new("d.toml"), &read.text(None).unwrap()).unwrap(), read);
        text
    }

    #[test]
    fn what_would_not_be_read_again_is_not_written() {
        let before = |text: &str| Decision { before: Some(text.to_owned()), ..Decision::of_all(Verdict::Reject) };
        let revised = |edit| Ledger::revised(Path::new("d.toml"), None, |ledger| ledger.edits.push(edit));
        assert_eq!(revised(before(&"一".repeat(LARGEST as usize / 3))), Err(Cause::LargerThan { most: LARGEST }));
        assert!(revised(before("一")).is_ok());
    }

    const FILE: &str = "\
# Ours.

# Of all.
[[edit]]
before = ';' # looks better
decision = 'reject'

# -- letters --

# Big5, says its owner.
[[file]]
path = \"a.txt\"
author = '甲'
# A date that is known.
date = '1998'   # by the stamp

# She wrote it so.
[[file.edit]]
line = 3
before = ','
decision = \"reject\"

[[file.heading]]
line = 1
text = '一'
level = 0

# Of b.
[[file]]
path = 'b.txt'
title = '乙'
# The end.
";

    #[test]
    fn comments_stay_with_what_they_are_about() {
        assert_eq!(revised(FILE, |_| {}), FILE);
        let more = revised(FILE, |ledger| {
            let file = ledger.file("a.txt");
            file.date = Some("1999".into());
            file.edits.push(Decision { line: Some(4), ..file.edits[0].clone() });
            file.head([HeadingDecision { line: 1, text: "一".into(), level: 2 }]);
            ledger.files.push(FileDecisions { title: Some("丙".into()), ..FileDecisions::new("c.txt") });
        });
        let expected = FILE
            .replace("'1998'", "\"1999\"")
            .replace(
                "decision = \"reject\"\n\n[[file.h",
                "decision = \"reject\"\n\n[[file.edit]]\nline = 4\nbefore = \",\"\ndecision = \"reject\"\n\n[[file.h",
            )
            .replace("text = '一'\nlevel = 0", "text = \"一\"\nlevel = 2")
            .replace("title = '乙'\n", "title = '乙'\n\n[[file]]\npath = \"c.txt\"\ntitle = \"丙\"\n");
        assert_eq!(more, expected);
    }

    #[test]
    fn what_is_gone_takes_along_the_comment_right_above_it_and_no_other() {
        let without = revised(FILE, |ledger| drop(ledger.files.remove(0)));
        assert!(without.contains("# -- letters --\n\n# Of b.\n[[file]]"), "{without}");
        assert!(!without.contains("Big5") && !without.contains("She wrote"), "{without}");
        let none = revised(FILE, |ledger| *ledger = Ledger::default());
        assert_eq!(none, "# Ours.\n\n# -- letters --\n\n# The end.\n");
        let again = revised(&none, |ledger| ledger.edits.push(Decision::of_all(Verdict::Reject)));
        assert_eq!(again, none + "\n[[edit]]\ndecision = \"reject\"\n");
        let new =
            Ledger::revised(Path::new("d.toml"), None, |ledger| ledger.edits.push(Decision::of_all(Verdict::Reject)));
        assert_eq!(new.unwrap(), format!("{HEAD}\n[[edit]]\ndecision = \"reject\"\n"));
    }

    #[test]
    fn a_file_that_is_written_otherwise_is_understood_and_of_two_the_last_stays_the_last() {
        let inline = "edit = [{ before = ',', decision = 'reject' }, { before = '.', decision = 'accept' }]\n";
        let text = revised(inline, |ledger| ledger.edits.rotate_left(1));
        let read = Ledger::parse(Path::new("d.toml"), &text).unwrap();
        let order: Vec<&str> = read.edits.iter().filter_map(|edit| edit.before.as_deref()).collect();
        assert_eq!(order, [".", ","], "{text}");
        let mixed = "[[file]]\npath = 'a'\n[[file.edit]]\ndecision = 'reject'\n[[edit]]\ndecision = 'accept'\n[[file]]\npath = 'b'\n\
                     [[file.heading]]\nline = 1\ntext = 'x'\nlevel = 1\n[[file.edit]]\ndecision = 'reject'\n";
        let text = revised(mixed, |ledger| ledger.file("b").title = Some("t".into()));
        let read = Ledger::parse(Path::new("d.toml"), &text).unwrap();
        assert_eq!((read.edits.len(), read.files[0].edits.len(), read.files[1].edits.len()), (1, 1, 1), "{text}");
        assert_eq!((read.files[1].title.as_deref(), read.files[1].headings.len()), (Some("t"), 1), "{text}");
    }
}
