//! A row of the list of contents: an item (件), which is a text, or several that belong together.

use super::data::Row;
use super::facts::Facts;

/// An item of a volume, as its list tells of it: by its first text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Number in the archive (档号).
    pub archive: String,
    /// Number of the document (文号).
    pub number: String,
    /// Who is responsible for it (责任者).
    pub issuer: String,
    /// Title (题名); one that was made up stands in brackets.
    pub title: String,
    /// Date, in eight digits or fewer.
    pub date: String,
    /// Secrecy (密级).
    pub secrecy: String,
    /// Note (备注).
    pub note: String,
    /// The running number of its first page.
    pub first: usize,
    /// That of its last.
    pub last: usize,
    /// Its texts: a document and what is attached to it, a text and its drafts.
    pub texts: Vec<Text>,
}

/// A text of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The running number of its first page.
    pub first: usize,
    /// The name by which its source is attached.
    pub name: String,
    /// SHA-256 of its source.
    pub sha256: String,
    /// Digest of the settings by which it was read: a folder within those that are bound may have its own.
    pub reading: String,
}

impl Item {
    /// What is known of the text in the file `stem` (its name without the extension): what the `row` of a table says goes before what was `found`.
    pub fn new(row: Option<&Row>, found: &Facts, stem: &str) -> Self {
        let empty = Row::default();
        let row = row.unwrap_or(&empty);
        let pick = |said: &Option<String>, found: &Option<String>| said.clone().or(found.clone()).unwrap_or_default();
        let title = row.title.clone().or(found.title.clone());
        Item {
            archive: row.archive.clone().unwrap_or_default(),
            number: pick(&row.number, &found.number),
            issuer: pick(&row.issuer, &found.issuer),
            title: title.unwrap_or_else(|| format!("[{stem}]")),
            date: digits(&pick(&row.date, &found.date)),
            secrecy: row.secrecy.clone().unwrap_or_default(),
            note: row.note.clone().unwrap_or_default(),
            ..Item::default()
        }
    }

    /// Its pages as the list tells them: the first, of the `last` text the first and the last.
    pub fn pages(&self, last: bool) -> String {
        match last && self.last > self.first {
            true => format!("{}-{}", self.first, self.last),
            false => self.first.to_string(),
        }
    }
}

/// An ISO 8601 date in digits alone (DA/T 22: `19990909`); any other text as it is.
fn digits(date: &str) -> String {
    let day = date.split(['T', ' ']).next().unwrap_or_default();
    let plain = !day.is_empty() && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if plain { day.replace('-', "") } else { date.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_goes_before_the_text_and_what_neither_says_stays_empty() {
        let found =
            Facts {
                title: None, issuer: Some("某市人民政府".into()), date: Some("1998-07-01".into()), number: None
            };
        let row = Row { issuer: Some("某市政府办公室".into()), ..Row::default() };
        let item = Item::new(Some(&row), &found, "0003");
        assert_eq!(
            (item.issuer.as_str(), item.title.as_str(), item.date.as_str()),
            ("某市政府办公室", "[0003]", "19980701")
        );
        assert_eq!(item.number, "");
        assert_eq!(digits("一九九八年秋"), "一九九八年秋");
    }

    #[test]
    fn only_the_last_text_tells_where_it_ends() {
        let item = Item { first: 57, last: 60, ..Item::default() };
        assert_eq!((item.pages(false), item.pages(true)), ("57".into(), "57-60".into()));
    }
}
