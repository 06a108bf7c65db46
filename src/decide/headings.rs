//! Headings as they were decided, in their places in the restored text.

use super::Decisions;
use crate::error::Cause;
use crate::normalize::Normalized;
use crate::note::{At, Note};
use crate::span::Lines;

impl Decisions {
    /// Where in the text of `normalized`, which was made of `decoded`, the lines begin that were decided, with their levels; and what no longer fits.
    pub fn headings(&self, decoded: &str, normalized: &Normalized) -> (Vec<(usize, u8)>, Vec<Note>) {
        let (mut found, mut notes) = (vec![], vec![]);
        if self.file.headings.is_empty() {
            return (found, notes);
        }
        let lines = Lines::new(decoded);
        for heading in &self.file.headings {
            let line = lines.line(heading.line).and_then(|range| Some((range.start, decoded.get(range)?)));
            match line.filter(|(_, line)| line.trim() == heading.text && !heading.text.is_empty()) {
                Some((start, line)) => {
                    let start = start + line.len() - line.trim_start().len();
                    found.push((normalized.normal_offset(start), heading.level));
                }
                None => notes.push(unfit(heading.line, &heading.text)),
            }
        }
        found.sort_unstable();
        (found, notes)
    }
}

/// Tells of a heading that is not where it was decided.
fn unfit(line: usize, text: &str) -> Note {
    Note::warning("decision-unfit", At::File, Cause::DecidedHeadingGone { line, text: text.to_owned() })
}
