//! What each font of the program covers: `fonts/coverage.tsv`, which the pages of styles show.

use super::{read, root};
use encoding_rs::{BIG5, Encoding, GBK};
use shanben::fonts::{Font, Library};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

/// A set of characters that a font may cover: what it is called, and what belongs to it. Of blocks only what is assigned can be covered, which no table here tells.
pub struct Set {
    pub name: &'static str,
    characters: BTreeSet<char>,
    /// Whether all of its characters are known to be assigned.
    whole: bool,
}

/// Han characters of two bytes in `encoding` whose first byte is one of `first`.
fn coded(
    encoding: &'static Encoding,
    first: impl IntoIterator<Item = u8>,
    second: std::ops::RangeInclusive<u8>,
) -> BTreeSet<char> {
    let pairs = first.into_iter().flat_map(|first| second.clone().map(move |second| [first, second]));
    let decoded = pairs.filter_map(|pair| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&pair)?.into_owned();
        let mut characters = text.chars();
        characters.next().filter(|_| characters.next().is_none())
    });
    decoded.filter(|c| ('\u{3400}'..='\u{9FFF}').contains(c) || *c >= '\u{20000}').collect()
}

/// The sets, in the order of the columns.
fn sets() -> Vec<Set> {
    let whole = |name, characters| Set { name, characters, whole: true };
    let block = |name, ranges: &[(char, char)]| {
        let characters = ranges.iter().flat_map(|(first, last)| *first..=*last).collect();
        Set { name, characters, whole: false }
    };
    let codes = read("fonts/repertoire/tgscc8105.txt");
    let codes = codes.lines().filter_map(|line| u32::from_str_radix(line.strip_prefix("U+")?, 16).ok());
    // The rows between the two levels, and those behind the second, are of HKSCS.
    let big5 = &coded(BIG5, (0xA4..=0xC5).chain(0xC9..=0xF8), 0x40..=0xFE) | &coded(BIG5, [0xC6], 0x40..=0x7E);
    let big5 = &big5 | &coded(BIG5, [0xF9], 0x40..=0xD5);
    let mut sets = vec![
        whole("ASCII", ('!'..='~').collect()),
        whole("GB 2312", coded(GBK, 0xB0..=0xF7, 0xA1..=0xFE)),
        whole("通用规范", codes.filter_map(char::from_u32).collect()),
        whole("GBK", coded(GBK, 0x81..=0xFE, 0x40..=0xFE)),
        whole("Big5", big5),
        whole("HKSCS", coded(BIG5, 0x87..=0xFE, 0x40..=0xFE)),
    ];
    sets.extend([
        block("URO", &[('\u{4E00}', '\u{9FFF}')]),
        block("A", &[('\u{3400}', '\u{4DBF}')]),
        block("B–I", &[('\u{20000}', '\u{323AF}')]),
        block("Latin", &[('\u{A1}', '\u{24F}'), ('\u{1E00}', '\u{1EFF}')]),
        block("IPA", &[('\u{250}', '\u{2AF}')]),
        block("Greek", &[('\u{370}', '\u{3FF}'), ('\u{1F00}', '\u{1FFF}')]),
        block("Cyrillic", &[('\u{400}', '\u{52F}')]),
        block("Kana", &[('\u{3041}', '\u{30FF}')]),
        block("Bopomofo", &[('\u{3105}', '\u{312F}'), ('\u{31A0}', '\u{31BF}')]),
        block("Hangul", &[('\u{1100}', '\u{11FF}'), ('\u{3131}', '\u{318E}'), ('\u{AC00}', '\u{D7A3}')]),
        block("Arabic", &[('\u{600}', '\u{77F}'), ('\u{8A0}', '\u{8FF}')]),
        block("Hebrew", &[('\u{591}', '\u{5F4}')]),
        block("Devanagari", &[('\u{900}', '\u{97F}')]),
        block("Thai", &[('\u{E01}', '\u{E5B}')]),
        block("Tibetan", &[('\u{F00}', '\u{FDA}')]),
        block("Mongolian", &[('\u{1800}', '\u{18AA}')]),
        block("Yi", &[('\u{A000}', '\u{A4C6}')]),
        block("Tai Le", &[('\u{1950}', '\u{1974}')]),
        block("Armenian", &[('\u{531}', '\u{58F}')]),
        block("Georgian", &[('\u{10A0}', '\u{10FF}'), ('\u{2D00}', '\u{2D2D}')]),
        block("Symbols", &[('\u{2010}', '\u{2BFF}'), ('\u{3001}', '\u{303F}'), ('\u{FF01}', '\u{FFEF}')]),
        block("Emoji", &[('\u{1F000}', '\u{1FAFF}')]),
    ]);
    sets
}

/// The table: the head, a row a font, what all have together, and how many there are of each set, where that is known.
pub fn table() -> Vec<Vec<String>> {
    let library = Library::embedded().expect("the fonts are in the program");
    let sets = sets();
    let head = ["font", "bytes", "characters"].into_iter().chain(sets.iter().map(|set| set.name));
    let mut rows = vec![head.map(str::to_owned).collect::<Vec<_>>()];
    let row = |name: &str, bytes: usize, characters: &BTreeSet<char>| {
        let counts = sets.iter().map(|set| set.characters.intersection(characters).count().to_string());
        [name.to_owned(), bytes.to_string(), characters.len().to_string()].into_iter().chain(counts).collect()
    };
    let of = |font: &Font| font.characters().iter().map(|(c, _)| c).collect::<BTreeSet<char>>();
    let (mut all, mut bytes) = (BTreeSet::new(), 0);
    for (_, font) in library.fonts() {
        let own = of(font);
        rows.push(row(&font.file, font.bytes().len(), &own));
        bytes += font.bytes().len();
        all.extend(own);
    }
    rows.push(row("all", bytes, &all));
    let sizes = sets.iter().map(|set| if set.whole { set.characters.len().to_string() } else { String::new() });
    rows.push(["in the set", "", ""].map(str::to_owned).into_iter().chain(sizes).collect());
    rows
}

#[test]
fn the_table_of_what_fonts_cover_is_as_the_fonts_are() {
    let mut text = String::new();
    for row in table() {
        let _ = writeln!(text, "{}", row.join("\t"));
    }
    if std::env::var_os("BLESS").is_some_and(|set| set == "1") {
        fs::write(root().join("fonts/coverage.tsv"), &text).unwrap();
    }
    assert!(read("fonts/coverage.tsv") == text, "fonts/coverage.tsv is stale: BLESS=1 cargo test --test manual");
}

#[test]
fn the_fonts_cover_what_they_are_said_to_and_stay_small() {
    let table = table();
    let column = |name: &str| table[0].iter().position(|head| head == name).unwrap();
    let cell = |row: &str, set: &str| {
        let row = table.iter().find(|cells| cells[0] == row).unwrap_or_else(|| panic!("{row}"));
        row[column(set)].parse::<usize>().unwrap()
    };
    // Of Big5 two are written twice.
    for (set, size) in [("GB 2312", 6763), ("通用规范", 8105), ("GBK", 20_962), ("Big5", 13_051)] {
        assert_eq!([cell("in the set", set), cell("all", set)], [size; 2], "{set}");
        for font in ["ShanbenSong-Regular.ttf", "ShanbenKai-Regular.ttf"] {
            assert!(cell(font, set) * 1000 >= size * 998, "{font} {set}: {}", cell(font, set));
        }
    }
    assert_eq!(cell("ShanbenHei-Regular.ttf", "通用规范"), 8105);
    assert!(cell("all", "bytes") < 60_000_000, "{}", cell("all", "bytes"));
}
