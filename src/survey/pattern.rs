//! Patterns of lines as automata that are made beforehand: `patterns.bin` has the table of each, since to make them took longer than to survey an
//! article (`BLESS=1 cargo test --lib pattern` makes it anew). They are read through once, a step a byte.

use super::{cue, start};
use regex_automata::Input;
use regex_automata::dfa::{Automaton, dense::DFA};
use std::sync::OnceLock;

/// The tables are read as numbers of four bytes.
#[repr(C, align(4))]
struct Aligned<T: ?Sized>(T);

/// How long each table is, as numbers of four bytes, then the tables; each padded to whole numbers.
#[cfg(target_endian = "little")]
static TABLES: &Aligned<[u8]> = &Aligned(*include_bytes!("patterns.bin"));
#[cfg(target_endian = "big")]
compile_error!("src/survey/patterns.bin has the numbers of a little-endian machine");

/// How many patterns there are: of cues, then of beginnings.
const COUNT: usize = cue::NAMES.len() + start::NAMES.len();

/// A pattern by its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern(usize);

impl Pattern {
    /// That of the cue at this place in their table.
    pub(super) const fn of_cue(at: usize) -> Self {
        Pattern(at)
    }

    /// That of the kind of beginning at this place in their table.
    pub(super) const fn of_start(at: usize) -> Self {
        Pattern(cue::NAMES.len() + at)
    }

    /// Whether it fits anywhere in `text`.
    pub(super) fn fits(self, text: &str) -> bool {
        /// Each is checked when it is first tried: most texts try few.
        static READY: [OnceLock<Option<DFA<&'static [u32]>>>; COUNT] = [const { OnceLock::new() }; COUNT];
        let ready = READY[self.0].get_or_init(|| DFA::from_bytes(self.table()?).ok().map(|(automaton, _)| automaton));
        let search = |automaton: &DFA<_>| automaton.try_search_fwd(&Input::new(text).earliest(true));
        ready.as_ref().is_some_and(|automaton| matches!(search(automaton), Ok(Some(_))))
    }

    fn table(self) -> Option<&'static [u8]> {
        let (lengths, tables) = TABLES.0.split_at_checked(4 * COUNT)?;
        let lengths = lengths.as_chunks().0.iter().map(|&length| u32::from_le_bytes(length) as usize);
        tables.get(lengths.take(self.0).sum()..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chinese::numeral::{COUNTING, NUMBERING};
    use regex_automata::dfa::{StartKind, dense};

    /// What the classes of patterns stand for: what occurs in Chinese files, and no more, as every script of Unicode makes large tables.
    const CLASSES: [(char, &str); 3] =
        [('w', r"0-9A-Za-z_\u{3400}-\u{9fff}"), ('d', "0-9"), ('s', r"\t\n\f\r \u{a0}\u{3000}")];

    /// `pattern` with NUMERAL for a character of a number in any digits, COUNT for a number in Han, the classes `\w`, `\d` and `\s` of
    /// [`CLASSES`], and `\b` between letters of ASCII and others.
    fn spelt(pattern: &str) -> String {
        let any = format!("[0-9０-９{NUMBERING}]");
        let named = pattern.replace("NUMERAL", &any).replace("COUNT", &format!("[{COUNTING}]+"));
        let (mut spelt, mut within) = (String::new(), false);
        let mut chars = named.chars();
        while let Some(c) = chars.next() {
            if c != '\\' {
                within = c == '[' || within && c != ']';
                spelt.push(c);
                continue;
            }
            let escaped = chars.next().unwrap_or('\\');
            match CLASSES.iter().find(|(name, _)| *name == escaped) {
                Some((_, class)) if within => spelt.push_str(class),
                Some((_, class)) => spelt.extend(["[", class, "]"]),
                None if escaped == 'b' => spelt.push_str(r"(?-u:\b)"),
                None => spelt.extend(['\\', escaped]),
            }
        }
        spelt
    }

    #[test]
    fn tables_are_those_of_the_patterns() {
        let mut builder = dense::Builder::new();
        builder.configure(dense::Config::new().start_kind(StartKind::Unanchored).minimize(true));
        let patterns: Vec<&str> = cue::patterns().chain(start::patterns()).collect();
        assert_eq!(patterns.len(), COUNT);
        let (mut lengths, mut tables) = (vec![], vec![]);
        for pattern in patterns {
            let (mut table, blanks) = builder.build(&spelt(pattern)).expect(pattern).to_bytes_little_endian();
            table.drain(..blanks);
            table.resize(table.len().next_multiple_of(4), 0);
            lengths.extend((table.len() as u32).to_le_bytes());
            tables.extend(table);
        }
        let due = [lengths, tables].concat();
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/survey/patterns.bin");
        if std::env::var_os("BLESS").is_some_and(|set| set == "1") {
            std::fs::write(file, &due).unwrap();
        }
        assert!(std::fs::read(file).unwrap() == due, "{file} is stale: BLESS=1 cargo test --lib pattern");
        assert!(TABLES.0 == due, "{file} is newer than the program");
        assert!((0..COUNT).all(|at| DFA::from_bytes(Pattern(at).table().unwrap()).is_ok()));
    }
}
