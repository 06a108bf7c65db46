//! Headings that the user or the file names by pattern; they come before every guess.

use super::{Part, Reading};
use crate::note::{At, Note};
use crate::recognize::{Hints, front_matter};
use regex::Regex;

/// Claims the lines that a pattern names; a pattern that cannot be read is reported.
pub fn claim(reading: &mut Reading<'_>, hints: &Hints) -> Vec<Note> {
    let mut notes = vec![];
    let mut patterns = vec![];
    let own = front_matter::heading_patterns(&reading.meta);
    let given = hints.heading_patterns.iter().map(|(level, pattern)| (*level, pattern.as_str()));
    for (level, pattern) in own.chain(given) {
        match Regex::new(pattern) {
            Ok(regex) => patterns.push((level, regex)),
            Err(error) => notes.push(Note::warning("heading-pattern", At::File, format!("{pattern}: {error}"))),
        }
    }
    if patterns.is_empty() {
        return notes;
    }
    for (part, line) in reading.parts.iter_mut().zip(&reading.page.lines) {
        if let Some((level, _)) = patterns.iter().find(|(_, regex)| regex.is_match(line.text)) {
            // Below every rank of the guesses, so that the levels come out in the order of the patterns.
            *part = Part::Heading { rank: *level, label: 0, reason: "named by a pattern" };
        }
    }
    notes
}
