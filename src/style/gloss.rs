//! How notes between the words (夹注) are set.

use super::length::em;
use serde::{Deserialize, Serialize};

/// How notes between the words are set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Gloss {
    /// 1: in the line; 2: in two half columns, where lines are vertical (双行夹注).
    pub lines: i32,
    /// Size, in thousandths of that of the text they stand in.
    #[serde(deserialize_with = "em")]
    pub size: i32,
    /// Whether the brackets that the text has round them are seen where they stand in two half columns.
    pub brackets: bool,
    /// Whether the text behind two half columns goes on where the grid of characters has a place.
    pub grid: bool,
}
