//! The file of decisions, written.

use super::Ledger;
use super::read::LARGEST;
use crate::error::Cause;

/// What stands at its head.
const HEAD: &str = "\
# What was decided about the texts in this folder; `shanben convert` honours it. `shanben desk` and `shanben accept` write it anew, without comments.
# 对此文件夹中各文本的决定，`shanben convert` 照此处理。`shanben desk` 与 `shanben accept` 会重写本文件，不保留注释。
";

impl Ledger {
    /// As the file has it.
    ///
    /// # Errors
    /// When it is longer than what is read again.
    pub fn text(&self) -> Result<String, Cause> {
        // Plain structs of strings and numbers cannot fail to serialize.
        let tables = toml::to_string(self).unwrap_or_default();
        let text = format!("{HEAD}{}{tables}", if tables.is_empty() { "" } else { "\n" });
        if text.len() as u64 > LARGEST { Err(Cause::LargerThan { most: LARGEST }) } else { Ok(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decide::{Decision, Verdict};

    #[test]
    fn what_would_not_be_read_again_is_not_written() {
        let before = Some("一".repeat(LARGEST as usize / 3));
        let mut ledger =
            Ledger { edits: vec![Decision { before, ..Decision::of_all(Verdict::Reject) }], files: vec![] };
        assert_eq!(ledger.text(), Err(Cause::LargerThan { most: LARGEST }));
        ledger.edits[0].before = None;
        assert!(ledger.text().is_ok());
    }
}
