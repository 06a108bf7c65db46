//! Where the parts of an official document stand (GB/T 9704—2012, clauses 7 and 10).

use super::{Style, length::length};
use crate::unit::Unit;
use serde::{Deserialize, Serialize};

/// Lengths of the page of an official document, and what an office may choose about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Office {
    /// From the top of the type area to that of the name of the issuing body (7.2.4).
    #[serde(deserialize_with = "length")]
    pub mark_top: Unit,
    /// The same in an order (10.2).
    #[serde(deserialize_with = "length")]
    pub order_top: Unit,
    /// The same in a letter, from the edge of the paper (10.1).
    #[serde(deserialize_with = "length")]
    pub letter_top: Unit,
    /// From what stands above it to the rule of the head (7.2.7, 10.1).
    #[serde(deserialize_with = "length")]
    pub rule_gap: Unit,
    /// Thickness of that rule, and of the thick one of a letter.
    #[serde(deserialize_with = "length")]
    pub rule: Unit,
    /// Width of the rules of a letter (10.1).
    #[serde(deserialize_with = "length")]
    pub letter_rule: Unit,
    /// From the lower rule of a letter to the edge of the paper (10.1).
    #[serde(deserialize_with = "length")]
    pub letter_foot: Unit,
    /// Whether room for a seal is left (7.3.5).
    pub seal: Seal,
    /// The page of the record of printing (7.4).
    pub record: RecordPage,
}

impl Style {
    /// For how many characters a column of a table counts at most: longer text goes on in the next line.
    pub const COUNTED: i32 = 12;

    /// Whether a table stands on a page that is turned (7.5, 8): in a style for official documents, where it has many `columns`, and its `natural` width
    /// is more than that of a line by a quarter.
    pub fn turns(&self, columns: usize, natural: impl FnOnce() -> Unit) -> bool {
        const MANY: usize = 6;
        let deeper = self.pitch * self.page.lines > self.measure();
        self.office.is_some() && deeper && columns >= MANY && natural() > self.measure() * 125 / 100
    }
}

/// Whether room for a seal is left above who signs (7.3.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seal {
    /// Where a body signs a document that has a number.
    Auto,
    /// Always.
    Room,
    /// Never.
    None,
}

/// The page at whose foot the record of printing stands (7.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordPage {
    /// The last one that is even: the back of a sheet.
    Even,
    /// That on which the document ends.
    Last,
}
