//! The files of a bag that are no payload: what it is, what is in it, and the digests.

use crate::report::Record;
use crate::report::sheet::quoted;
use std::collections::BTreeMap;

/// What makes a folder a bag.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The head of the catalogue.
pub const CATALOG: &str = "source,sha256,bytes,encoding,title,kind,characters,pages\n";

/// The label of what packed a bag.
const AGENT: &str = "Bag-Software-Agent";
/// What packs here, before its version.
const NAME: &str = "Shanben ";

/// Whether `bag-info.txt` says that this program packed the bag, in whatever version.
pub fn is_ours(info: &[u8]) -> bool {
    let agent = |line: &[u8]| {
        line.strip_prefix(AGENT.as_bytes())?.strip_prefix(b": ").map(|agent| agent.starts_with(NAME.as_bytes()))
    };
    info.split(|&byte| byte == b'\n').any(|line| agent(line) == Some(true))
}

/// What is said of a bag besides what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Info {
    /// Its number in the archive (档号).
    pub identifier: Option<String>,
    /// Who hands it over.
    pub organization: Option<String>,
    /// The day, ISO 8601; none where nobody says one, for no clock is read.
    pub date: Option<String>,
}

impl Info {
    /// The text of `bag-info.txt` for so many files of so many bytes.
    pub fn told(&self, files: usize, bytes: u64) -> String {
        let mut out = String::new();
        let software = NAME.to_owned() + env!("CARGO_PKG_VERSION");
        let size = Some(size(bytes));
        for (label, value) in [
            ("Source-Organization", &self.organization),
            ("External-Identifier", &self.identifier),
            ("Bagging-Date", &self.date),
            ("Bag-Size", &size),
            ("Payload-Oxum", &Some(format!("{bytes}.{files}"))),
            (AGENT, &Some(software)),
        ] {
            if let Some(value) = value {
                // A value is one line.
                out.push_str(&format!("{label}: {}\n", value.replace(['\r', '\n'], " ").trim()));
            }
        }
        out
    }
}

/// A size for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{} GB", bytes.div_ceil(1_000_000_000)),
    }
}

/// The lines of a list of digests.
pub fn digests(files: &BTreeMap<String, String>) -> String {
    files.iter().map(|(path, digest)| format!("{digest}  {}\n", encode(path))).collect()
}

/// A path as lists of digests have it (RFC 8493 §2.1.3).
fn encode(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

/// The row of an input in the catalogue.
pub fn catalog_row(record: &Record, path: &str) -> String {
    let document = record.document.as_ref();
    let pages: Vec<String> =
        record.outputs.iter().filter_map(|output| output.pages).map(|pages| pages.to_string()).collect();
    let fields = [
        path.to_owned(),
        record.sha256.clone().unwrap_or_default(),
        record.bytes.map(|bytes| bytes.to_string()).unwrap_or_default(),
        record.encoding.as_ref().map(|encoding| encoding.label.to_string()).unwrap_or_default(),
        document.and_then(|document| document.title.clone()).unwrap_or_default(),
        document.map(|document| document.kind.clone()).unwrap_or_default(),
        document.map(|document| document.chars.to_string()).unwrap_or_default(),
        pages.first().cloned().unwrap_or_default(),
    ];
    fields.map(|field| quoted(&field)).join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_line_or_a_field_is_written_otherwise() {
        let files = BTreeMap::from([("data/100%\n.txt".to_owned(), "0a".to_owned())]);
        assert_eq!(digests(&files), "0a  data/100%25%0A.txt\n");
        assert_eq!(["甲", "a,b", "a\"b", "=1+1"].map(quoted), ["甲", "\"a,b\"", "\"a\"\"b\"", "'=1+1"]);
        let info =
            Info { identifier: Some("Z109-WS·2011\nX".into()), organization: None, date: Some("2001-05-01".into()) };
        assert_eq!(
            info.told(3, 1_234_567),
            concat!(
                "External-Identifier: Z109-WS·2011 X\nBagging-Date: 2001-05-01\nBag-Size: 2 MB\nPayload-Oxum: 1234567.3\n",
                "Bag-Software-Agent: Shanben ",
                env!("CARGO_PKG_VERSION"),
                "\n"
            )
        );
    }
}
