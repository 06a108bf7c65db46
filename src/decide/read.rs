//! The file of decisions, read: what is wrong in it is told with its line.

use super::{Decision, FileDecisions, HeadingDecision, Ledger, Verdict};
use crate::decode;
use crate::error::Cause;
use crate::lang::Phrase;
use crate::normalize::Rules;
use crate::slip::{self, Blame, NUMBER, STRING, STRINGS, SWITCH, Slip, TABLE, no_such_type};
use crate::unicode::printable;
use std::collections::HashSet;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The largest file that is read: some hundred thousand decisions.
pub(super) const LARGEST: u64 = 32 << 20;

/// A list of tables, `[[name]]`.
const TABLES: Phrase = Phrase::new("a list of tables, [[…]]", "表的列表 [[…]]");

type Value<'t> = Spanned<DeValue<'t>>;

impl Ledger {
    /// Reads the file at `path`, which is told by the name `shown`.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(path: &Path, shown: &Path) -> Result<Self, Slip> {
        Ledger::parse(shown, &slip::read(path, shown, LARGEST)?)
    }

    /// Reads `text`, which stands in the file at `path`.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(path: &Path, text: &str) -> Result<Self, Slip> {
        let table = DeTable::parse(text).map_err(|error| {
            let why = Cause::text(printable(error.message().trim()));
            Slip::at(path, text, error.span().unwrap_or_default(), why)
        })?;
        ledger(table.get_ref()).map_err(|(span, why)| Slip::at(path, text, span, why))
    }
}

fn ledger(table: &DeTable<'_>) -> Result<Ledger, Blame> {
    let mut ledger = Ledger::default();
    let mut paths = HashSet::new();
    for (name, value) in table {
        match name.get_ref().as_ref() {
            "edit" => ledger.edits = each(value, |value| decision(value, false))?,
            "file" => {
                ledger.files = each(value, |value| {
                    let file = file(value)?;
                    match paths.insert(file.path.clone()) {
                        true => Ok(file),
                        false => Err((value.span(), Cause::DecidedTwice { path: printable(&file.path).into_owned() })),
                    }
                })?;
            }
            _ => return Err(no_key(name, &["edit", "file"])),
        }
    }
    Ok(ledger)
}

fn file(value: &Value<'_>) -> Result<FileDecisions, Blame> {
    const KEYS: [&str; 11] =
        ["path", "sha256", "encoding", "escape-bytes", "style", "title", "author", "date", "rules", "edit", "heading"];
    let mut file = FileDecisions::default();
    for (name, value) in table(value)? {
        match name.get_ref().as_ref() {
            "path" => file.path = path(value)?,
            "sha256" => file.sha256 = Some(text(value)?),
            "encoding" => {
                let label = text(value)?;
                let known = decode::label(&label);
                let label =
                    known.ok_or_else(|| (value.span(), Cause::NoEncoding { label: printable(&label).into_owned() }))?;
                file.encoding = Some(label.to_owned());
            }
            "escape-bytes" => {
                let switch = value.get_ref().as_bool();
                file.escape_bytes = Some(switch.ok_or_else(|| (value.span(), no_such_type(SWITCH, value)))?);
            }
            "style" => file.style = Some(text(value)?),
            "title" => file.title = Some(text(value)?),
            "author" => file.author = texts(value)?,
            "date" => file.date = Some(text(value)?),
            "rules" => {
                file.rules = texts(value)?;
                for item in &file.rules {
                    Rules::default().choose(item).map_err(|why| (value.span(), why))?;
                }
            }
            "edit" => file.edits = each(value, |value| decision(value, true))?,
            "heading" => file.headings = each(value, heading)?,
            _ => return Err(no_key(name, &KEYS)),
        }
    }
    if file.path.is_empty() {
        return Err((value.span(), Cause::DecidedNothing { missing: "path" }));
    }
    Ok(file)
}

/// A path below the folder of the decisions.
fn path(value: &Value<'_>) -> Result<String, Blame> {
    let path = text(value)?;
    let leads_out = |part: &str| matches!(part, "" | "." | "..");
    match path.split('/').any(leads_out) {
        true => Err((value.span(), Cause::PathLeadsOut)),
        false => Ok(path),
    }
}

/// A decision about edits: of one file, where there are places, or of all.
fn decision(value: &Value<'_>, of_file: bool) -> Result<Decision, Blame> {
    const KEYS: [&str; 7] = ["rule", "before", "context", "decision", "after", "line", "column"];
    let mut found = Decision::of_all(Verdict::Reject);
    let mut verdict = None;
    for (name, value) in table(value)? {
        match name.get_ref().as_ref() {
            "rule" => {
                let rule = text(value)?;
                Rules::default().choose(&format!("+{rule}")).map_err(|why| (value.span(), why))?;
                found.rule = Some(rule);
            }
            "before" => found.before = Some(text(value)?),
            "context" => found.context = Some(text(value)?),
            "after" => found.after = Some(text(value)?),
            "line" if of_file => found.line = Some(number(value, 1, usize::MAX)?),
            "column" if of_file => found.column = Some(number(value, 1, usize::MAX)?),
            "decision" => {
                let word = text(value)?;
                let known = Verdict::NAMED.iter().find(|(name, _)| *name == word);
                let unknown = || {
                    let known = Verdict::NAMED.map(|(name, _)| name).join(", ");
                    Cause::NoneBut {
                        what: Phrase::new("decision", "种决定"),
                        name: printable(&word).into_owned(),
                        known,
                    }
                };
                verdict = Some(known.ok_or_else(|| (value.span(), unknown()))?.1);
            }
            _ => return Err(no_key(name, if of_file { &KEYS } else { &KEYS[..5] })),
        }
    }
    let missing = |missing: &'static str| Err((value.span(), Cause::DecidedNothing { missing }));
    let lost = |name: &'static str, with: &'static str| Err((value.span(), Cause::OnlyWith { name, with }));
    let Some(verdict) = verdict else { return missing("decision") };
    found.decision = verdict;
    match (&found.before, &found.after, verdict) {
        (None, _, Verdict::Replace) => missing("before"),
        (_, None, Verdict::Replace) => missing("after"),
        (_, Some(_), Verdict::Accept | Verdict::Reject) => lost("after", "decision = \"replace\""),
        (None, ..) if found.context.is_some() => lost("context", "before"),
        _ if found.column.is_some() && found.line.is_none() => lost("column", "line"),
        _ => Ok(found),
    }
}

fn heading(value: &Value<'_>) -> Result<HeadingDecision, Blame> {
    const KEYS: [&str; 3] = ["line", "text", "level"];
    let (mut line, mut says, mut level) = (None, None, None);
    for (name, value) in table(value)? {
        match name.get_ref().as_ref() {
            "line" => line = Some(number(value, 1, usize::MAX)?),
            "text" => says = Some(text(value)?),
            "level" => level = Some(number(value, 0, 6)? as u8),
            _ => return Err(no_key(name, &KEYS)),
        }
    }
    let missing = |missing: &'static str| (value.span(), Cause::DecidedNothing { missing });
    Ok(HeadingDecision {
        line: line.ok_or_else(|| missing("line"))?,
        text: says.ok_or_else(|| missing("text"))?,
        level: level.ok_or_else(|| missing("level"))?,
    })
}

fn table<'v, 't>(value: &'v Value<'t>) -> Result<&'v DeTable<'t>, Blame> {
    value.get_ref().as_table().ok_or_else(|| (value.span(), no_such_type(TABLE, value)))
}

/// What each table of a list says.
fn each<'t, T>(value: &Value<'t>, read: impl FnMut(&Value<'t>) -> Result<T, Blame>) -> Result<Vec<T>, Blame> {
    let list = value.get_ref().as_array().ok_or_else(|| (value.span(), no_such_type(TABLES, value)))?;
    list.iter().map(read).collect()
}

fn text(value: &Value<'_>) -> Result<String, Blame> {
    value.get_ref().as_str().map(str::to_owned).ok_or_else(|| (value.span(), no_such_type(STRING, value)))
}

/// A list of strings, or one.
fn texts(value: &Value<'_>) -> Result<Vec<String>, Blame> {
    match value.get_ref().as_array() {
        Some(list) => list.iter().map(text).collect(),
        None => text(value).map(|text| vec![text]).map_err(|_| (value.span(), no_such_type(STRINGS, value))),
    }
}

fn number(value: &Value<'_>, least: usize, most: usize) -> Result<usize, Blame> {
    let number = value.get_ref().as_integer().ok_or_else(|| (value.span(), no_such_type(NUMBER, value)))?;
    let within = number.as_str().parse().ok().filter(|number| (least..=most).contains(number));
    within.ok_or_else(|| {
        let what = printable(number.as_str()).into_owned();
        (value.span(), Cause::NotWithin { what, least: least as i32, most: i32::try_from(most).unwrap_or(i32::MAX) })
    })
}

fn no_key(name: &Spanned<toml::de::DeString<'_>>, known: &[&str]) -> Blame {
    let what = Phrase::new("key", "个键");
    (name.span(), Cause::NoneBut { what, name: printable(name.get_ref()).into_owned(), known: known.join(", ") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn told(text: &str) -> String {
        Ledger::parse(Path::new("d.toml"), text).unwrap_err().told(Lang::En)
    }

    #[test]
    fn what_is_wrong_is_shown_with_its_line() {
        assert_eq!(
            told("[[file]]\npath = 'a.txt'\nencodnig = 'big5'\n"),
            "d.toml: line 3, column 1: there is no key 'encodnig'; there are path, sha256, encoding, escape-bytes, style, title, author, date, rules, edit, heading\n  \
             3 | encodnig = 'big5'\n    | ^^^^^^^^"
        );
        let file = |rest: &str| told(&format!("[[file]]\npath = 'a.txt'\n{rest}"));
        assert!(file("encoding = 'big6'").contains("line 3, column 12: there is no encoding \"big6\""));
        assert!(file("rules = ['-half-coma']").contains("did you mean half-comma?"));
        assert!(file("[[file.edit]]\nline = 0").contains("line 4, column 8: 0 must be from 1"));
        assert!(file("[[file.edit]]\nrule = 'half-comma'").contains("line 3, column 1: decision is missing"));
        assert!(
            file("[[file.edit]]\ndecision = 'maybe'")
                .contains("there is no decision 'maybe'; there are accept, reject, replace")
        );
        assert!(file("[[file.edit]]\nline = 1\nbefore = ','\ndecision = 'replace'").contains("after is missing"));
        assert!(file("[[file.edit]]\ncolumn = 1\ndecision = 'reject'").contains("column has a meaning only with line"));
        assert!(file("[[file.heading]]\nline = 1\ntext = 'x'\nlevel = 7").contains("7 must be from 0 to 6"));
        assert!(file("[[file]]\npath = 'a.txt'").contains("line 3, column 1: a.txt stands here twice"));
        assert!(told("[[file]]\ntitle = 'x'").contains("path is missing"));
        assert!(told("[[edit]]\nline = 1\ndecision = 'reject'").contains("there is no key 'line'"));
        for path in ["../a.txt", "/a.txt", "a//b", ""] {
            assert!(
                told(&format!("[[file]]\npath = '{path}'")).contains("a path below this folder is expected"),
                "{path}"
            );
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = "[[edit]]\nrule = 'half-comma'\ndecision = 'reject'\n[[file]]\npath = '信/a\u{7}.txt'\nsha256 = '0'\nencoding = 'big5'\nescape-bytes = true\n\
                    style = 'law'\ntitle = '\"'\nauthor = '甲'\ndate = '2001'\nrules = ['none']\n[[file.edit]]\nline = 2\ncolumn = 3\nbefore = \"\\u001b\"\ncontext = \"a\\u001b\"\n\
                    decision = 'replace'\nafter = '''\n'''\n[[file.heading]]\nline = 1\ntext = '第一章'\nlevel = 0\n";
        let text = text.replace('\u{7}', "");
        let ledger = Ledger::parse(Path::new("d.toml"), &text).unwrap();
        assert_eq!(ledger.files[0].edits[0].before.as_deref(), Some("\u{1b}"));
        assert_eq!(Ledger::parse(Path::new("d.toml"), &ledger.text(None).unwrap()).unwrap(), ledger);
        assert_eq!(
            Ledger::parse(Path::new("d.toml"), &Ledger::default().text(None).unwrap()).unwrap(),
            Ledger::default()
        );
    }
}
