//! What the user says of a volume: its particulars (`volume.toml`), and a table with a row for each text.

use crate::decode;
use crate::error::{Cause, Error, Kind, Stage};
use crate::report::sheet;
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

/// The form of a number in an archive (DA/T 22): fonds, class and year, term, perhaps body, perhaps item.
const NUMBER: &str = r"^[A-Z0-9]{4}-[A-Z]{2}(·[A-Z0-9]{2})?·\d{4}-(Y|D30|D10)(-[A-Z0-9]{1,4})?(-\d{4})?$";

/// In which order texts are bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// By name, numbers in it by their value.
    #[default]
    Name,
    /// By date; those without one come last.
    Date,
    /// As the table has them; those that it does not name come last.
    List,
}

impl Order {
    /// The order of a name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "name" => Some(Order::Name),
            "date" => Some(Order::Date),
            "list" => Some(Order::List),
            _ => None,
        }
    }
}

/// The particulars of a volume, as `volume.toml` has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Particulars {
    /// Title (题名).
    pub title: Option<String>,
    /// Name of the fonds (全宗名称).
    pub fonds: Option<String>,
    /// Name of the class (类目名称).
    pub class: Option<String>,
    /// Number in the archive (档号).
    pub number: Option<String>,
    /// The form that such numbers have, where it is not that of DA/T 22: a regular expression.
    pub number_pattern: Option<String>,
    /// How long it is kept (保管期限).
    pub term: Option<String>,
    /// From when to when (起止日期); else from the first to the last date of its texts.
    pub dates: Option<String>,
    /// Number of filing (立卷号).
    pub filing: Option<String>,
    /// State of the file (本卷情况说明), said before what the program can say.
    pub state: Option<String>,
    /// Who made it (立卷人).
    pub maker: Option<String>,
    /// Who checked it (检查人).
    pub checker: Option<String>,
    /// When it was made (立卷时间).
    pub made: Option<String>,
    /// The table of its texts, beside this file.
    pub list: Option<String>,
    /// The order of its texts.
    pub order: Option<Order>,
}

impl Particulars {
    /// Reads them from the file at `path`, which has these `bytes`.
    ///
    /// # Errors
    /// With the line, when they cannot be understood.
    pub fn read(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let fail = |why: Cause| Error::new(Stage::Discover, Kind::Configuration, path, why);
        let text = std::str::from_utf8(bytes).map_err(|_| fail(Cause::NotUtf8))?;
        let text = text.trim_start_matches('\u{feff}');
        let read: Particulars = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| text.floor_char_boundary(span.start));
            let (line, start) = (text[..at].matches('\n').count() + 1, text[..at].rfind('\n').map_or(0, |end| end + 1));
            let why = Box::new(Cause::text(error.message().lines().next().unwrap_or_default()));
            fail(Cause::InLine { line, column: text[start..at].chars().count() + 1, why })
        })?;
        if let Some(pattern) = &read.number_pattern {
            Regex::new(pattern).map_err(|error| fail(Cause::PatternUnclear { why: error.to_string() }))?;
        }
        Ok(read)
    }

    /// Tells of numbers whether they have the form of one in an archive.
    pub fn well_formed(&self) -> impl Fn(&str) -> bool + use<> {
        let pattern = Regex::new(self.number_pattern.as_deref().unwrap_or(NUMBER));
        move |number| pattern.as_ref().is_ok_and(|pattern| pattern.is_match(number))
    }
}

/// What a table says of a text; what it leaves empty it does not say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The item that it is of (件号): texts of one item stand together, as a text and what is attached to it.
    pub item: Option<String>,
    /// Number in the archive (档号).
    pub archive: Option<String>,
    /// Number of the document (文号).
    pub number: Option<String>,
    /// Who is responsible for it (责任者).
    pub issuer: Option<String>,
    /// Title (题名).
    pub title: Option<String>,
    /// Date (日期).
    pub date: Option<String>,
    /// Secrecy (密级).
    pub secrecy: Option<String>,
    /// Note (备注).
    pub note: Option<String>,
}

/// A table of texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    rows: Vec<Row>,
    /// By the name of the file.
    files: HashMap<String, usize>,
}

/// The columns that name the file, by their heads.
const FILE: [&str; 5] = ["文件", "文件名", "檔案", "file", "name"];

impl Rows {
    /// Reads the table at `path`, which has these `bytes`, in any encoding.
    ///
    /// # Errors
    /// When it cannot be read, no column names the files, a file stands in it twice, or it holds a character that no document may hold.
    pub fn read(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let decoded = decode::decode(path, bytes, None)?;
        let fail = |line: usize, why: Cause| {
            let why = Cause::InLine { line, column: 1, why: Box::new(why) };
            Error::new(Stage::Discover, Kind::Configuration, path, why)
        };
        let mut lines = sheet::read(&decoded.text).map_err(|line| fail(line, Cause::QuoteUnclosed))?.into_iter();
        let (_, heads) = lines.next().unwrap_or_default();
        let heads: Vec<String> = heads.iter().map(|head| head.trim().to_lowercase()).collect();
        let file = heads.iter().position(|head| FILE.contains(&head.as_str()));
        let file = file.ok_or_else(|| fail(1, Cause::NoColumnOfFiles))?;
        let mut table = Rows::default();
        for (line, fields) in lines {
            let control = |c: &char| c.is_control() && !c.is_whitespace();
            if let Some(c) = fields.iter().flat_map(|field| field.chars()).find(control) {
                return Err(fail(line, Cause::HoldsControl { code: format!("U+{:04X}", u32::from(c)) }));
            }
            let said: BTreeMap<&str, String> = heads
                .iter()
                .zip(&fields)
                .map(|(head, field)| (head.as_str(), field.trim().to_owned()))
                .filter(|(_, field)| !field.is_empty())
                .collect();
            let of = |names: [&str; 2]| names.iter().find_map(|name| said.get(name)).cloned();
            let row = Row {
                item: of(["件号", "item"]),
                archive: of(["档号", "archive"]),
                number: of(["文号", "number"]),
                issuer: of(["责任者", "issuer"]),
                title: of(["题名", "title"]),
                date: of(["日期", "date"]),
                secrecy: of(["密级", "secrecy"]),
                note: of(["备注", "note"]),
            };
            let Some(name) = fields.get(file).map(|name| name.trim()).filter(|name| !name.is_empty()) else { continue };
            if table.files.insert(name.replace('\\', "/"), table.rows.len()).is_some() {
                return Err(fail(line, Cause::FileTwice { name: name.to_owned() }));
            }
            table.rows.push(row);
        }
        Ok(table)
    }

    /// The place of the file that is `shown` so: by as much of its path as the table has, its name at least.
    pub fn place(&self, shown: &str) -> Option<usize> {
        let path = shown.replace('\\', "/");
        let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
        starts.filter_map(|start| self.files.get(&path[start..])).next().copied()
    }

    /// The row at `place`.
    pub fn row(&self, place: usize) -> Option<&Row> {
        self.rows.get(place)
    }

    /// The names of the files that none of `shown` is, in the order of the table.
    pub fn unmet<'s>(&self, shown: impl Iterator<Item = &'s str>) -> Vec<&str> {
        let met: HashSet<usize> = shown.filter_map(|shown| self.place(shown)).collect();
        let mut unmet: Vec<(usize, &str)> = self
            .files
            .iter()
            .filter(|(_, place)| !met.contains(place))
            .map(|(name, &place)| (place, name.as_str()))
            .collect();
        unmet.sort_unstable();
        unmet.into_iter().map(|(_, name)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_an_old_encoding_is_read_by_the_names_of_files() {
        let text = "序号,文件,题名,责任者,日期\n1,甲\\a.txt,关于防汛的通知,某市人民政府,19980701\n2,b.txt,,,\n";
        let bytes = decode::bytes_in(text, "gb18030").unwrap();
        let rows = Rows::read(Path::new("list.csv"), &bytes).unwrap();
        let row = |shown: &str| rows.row(rows.place(shown).unwrap()).unwrap();
        assert_eq!(row("in/甲/a.txt").title.as_deref(), Some("关于防汛的通知"));
        assert_eq!(row("in/乙/b.txt"), &Row::default());
        assert_eq!(rows.place("in/乙/a.txt"), None);
        assert_eq!(rows.unmet(["b.txt"].into_iter()), ["甲/a.txt"]);
        assert!(Rows::read(Path::new("list.csv"), "题名\n甲\n".as_bytes()).is_err());
        assert!(Rows::read(Path::new("list.csv"), "文件\n甲\n甲\n".as_bytes()).is_err());
        let control =
            Rows::read(Path::new("list.csv"), "文件,题名\n甲,\"关于\n防汛\"\n乙,防\u{1}汛\n".as_bytes()).unwrap_err();
        assert!(control.cause.to_string().contains("U+0001"), "{control:?}");
        let open = Rows::read(Path::new("list.csv"), "文件,题名\n甲,\"关于\n防汛\"\n乙,\"渡口\n丙,江堤\n".as_bytes());
        assert_eq!(open.unwrap_err().cause.to_string(), "line 4, column 1: a quotation mark is never closed");
    }

    #[test]
    fn numbers_of_archives_have_a_form() {
        let well_formed = Particulars::default().well_formed();
        for number in ["Z109-WS·2011-Y-BGS-0001", "Z109-WS·2011-D30-0001", "Z109-WS·2011-Y"] {
            assert!(well_formed(number), "{number}");
        }
        for number in ["Z109-WS2011-Y", "109-WS·2011-Y-0001", "Z109-WS·2011-D20-0001"] {
            assert!(!well_formed(number), "{number}");
        }
        let own = Particulars { number_pattern: Some("^甲[0-9]+$".into()), ..Particulars::default() }.well_formed();
        assert!(own("甲12") && !own("Z109-WS·2011-Y"));
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        let error =
            Particulars::read(Path::new("volume.toml"), "title = \"甲\"\nterms = \"永久\"\n".as_bytes()).unwrap_err();
        assert!(error.cause.to_string().starts_with("line 2, column 1"), "{}", error.cause);
    }
}
