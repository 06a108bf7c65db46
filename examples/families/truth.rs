//! Texts with what is known of their headings.
//!
//! A folder holds `manifest.tsv` (file, encoding, genre, source_repo …), the files, and `truth/NAME.headings.tsv`: line of the decoded
//! file, level (0 for the title of the work), text, and `?` where it counts neither way. The list of the project (`tests/data/headings.tsv`) has
//! lines of the normalized text.

use shanben::Repertoire;
use shanben::decode::decode;
use shanben::normalize::{Encodings, Normalized, Rules, Syntax, normalize};
use shanben::recognize::Region;
use shanben::survey::regions;
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Books,
    Office,
    List,
    /// Made by template: for fitting, never for judging.
    Made,
}

/// A text as the recognition gets it, and its headings by line.
pub struct Text {
    pub name: String,
    pub genre: String,
    pub repository: String,
    pub origin: Origin,
    pub text: String,
    pub regions: Vec<Region>,
    /// For every line of the text where it begins, and the number of the line in which it is counted.
    pub lines: Vec<(usize, usize)>,
    /// Line to level and text.
    pub heads: BTreeMap<usize, (u8, String)>,
    pub maybe: BTreeMap<usize, String>,
    /// Line to text, and whether it is sure.
    pub titles: BTreeMap<usize, (String, bool)>,
    /// From this line on nothing is known.
    pub end: Option<usize>,
    /// The headings as the list has them.
    pub listed: Vec<(u8, String)>,
}

impl Text {
    /// The number of the line at byte `at`.
    pub fn line(&self, at: usize) -> usize {
        let after = self.lines.partition_point(|&(start, _)| start <= at);
        after.checked_sub(1).map_or(1, |i| self.lines[i].1)
    }
}

/// Letters and digits, in half width and small letters; tags and comments left out.
pub fn bare(text: &str) -> String {
    // Tags of Vim's help stand beside headings.
    let text = match text.trim_end().rsplit_once([' ', '\t']) {
        Some((before, tag)) if tag.len() > 2 && tag.starts_with('*') && tag.ends_with('*') => before,
        _ => text,
    };
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest.find('>').filter(|end| rest[1..*end].chars().all(|c| c.is_alphabetic() || c == '/')) {
            Some(end) => rest = &rest[end + 1..],
            None => {
                kept.push('<');
                rest = &rest[1..];
            }
        }
    }
    kept.push_str(rest);
    let kept = kept.replace("\\x", "").replace("\\r", "");
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    kept.chars().map(half).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The texts of a folder that have truth.
pub fn load(folder: &Path, origin: Origin) -> Result<Vec<Text>, Box<dyn Error>> {
    let mut texts = vec![];
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv"))?;
    for row in manifest.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (name, genre, repository) = (cells[0], cells[2], cells[3]);
        let truth = folder.join("truth").join(format!("{name}.headings.tsv"));
        let Ok(truth) = std::fs::read_to_string(truth) else { continue };
        if !name.ends_with(".txt") {
            continue;
        }
        let Some((decoded, normalized)) = read(&folder.join(name), Some(&Repertoire)) else { continue };
        let mut text = new(name, genre, repository, origin, normalized.text.clone());
        text.lines = counted(&decoded, &normalized);
        for line in truth.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            let (Some(Ok(number)), Some(level)) = (cells.first().map(|cell| cell.parse::<usize>()), cells.get(1))
            else {
                continue;
            };
            let said = cells.get(2).copied().unwrap_or_default().to_owned();
            let doubtful = cells.get(3).is_some_and(|cell| cell.trim() == "?");
            match level.parse::<u8>() {
                Ok(0) => {
                    text.titles.insert(number, (said, !doubtful));
                }
                Ok(1..=6) if doubtful => {
                    text.maybe.insert(number, said);
                }
                Ok(level @ 1..=6) => {
                    text.heads.insert(number, (level, said));
                }
                _ => {}
            }
        }
        texts.push(text);
    }
    Ok(texts)
}

/// The texts of a list.
pub fn load_list(folder: &Path, list: &Path) -> Result<Vec<Text>, Box<dyn Error>> {
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv"))?;
    let repositories: HashMap<&str, &str> =
        manifest.lines().filter_map(|row| Some((row.split('\t').next()?, row.split('\t').nth(3)?))).collect();
    let list = std::fs::read_to_string(list)?;
    let mut listed: BTreeMap<&str, Vec<(u8, usize, &str)>> = BTreeMap::new();
    for row in list.lines().filter(|row| !row.starts_with('#') && !row.is_empty()) {
        let cells: Vec<&str> = row.splitn(4, '\t').collect();
        let entry = listed.entry(cells[0]).or_default();
        entry.push((cells[1].parse()?, cells[2].parse()?, cells.get(3).copied().unwrap_or_default()));
    }
    let mut texts = vec![];
    for (name, rows) in listed.into_iter().filter(|(name, _)| name.ends_with(".txt")) {
        // As the list was made.
        let Some((_, normalized)) = read(&folder.join(name), None) else { continue };
        let repository = repositories.get(name).copied().unwrap_or(name);
        let mut text = new(name, "list", repository, Origin::List, normalized.text);
        let starts = std::iter::once(0).chain(text.text.match_indices('\n').map(|(at, _)| at + 1));
        text.lines = starts.enumerate().map(|(i, start)| (start, i + 1)).collect();
        let lines: Vec<&str> = text.text.split('\n').collect();
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.len() < 300) {
            places.entry(bare(line)).or_default().push(i + 1);
        }
        let mut at = 0;
        text.end = rows.iter().find(|row| row.0 == 0 && row.1 > 0).map(|row| row.1);
        for &(level, line, said) in rows.iter().filter(|row| row.0 > 0) {
            text.listed.push((level, said.chars().filter(|c| !c.is_whitespace()).collect()));
            // Lines move when the rules of the text change; the nearest that says so is meant.
            let own = places.get(&bare(said)).into_iter().flatten().copied().filter(|&n| n > at);
            if let Some(line) = own.min_by_key(|n| n.abs_diff(line)) {
                text.heads.insert(line, (level, said.to_owned()));
                at = line;
            } else {
                eprintln!("{name}: {said} is not there");
            }
        }
        // One head outside all others at the top is the title.
        let outer: Vec<usize> = text.heads.iter().filter(|(_, head)| head.0 == 1).map(|(line, _)| *line).collect();
        let first = text.heads.keys().next().copied();
        let early =
            |line: usize| lines[..line.min(lines.len())].iter().filter(|line| !line.trim().is_empty()).count() <= 8;
        if let ([only], Some(first)) = (outer.as_slice(), first)
            && *only == first
            && early(first)
            && let Some((_, said)) = text.heads.remove(&first)
        {
            text.titles.insert(first, (said, true));
        }
        texts.push(text);
    }
    Ok(texts)
}

/// A text that was made, by line what it has.
pub fn made(
    name: &str,
    repository: &str,
    origin: Origin,
    text: String,
    heads: BTreeMap<usize, (u8, String)>,
    titles: BTreeMap<usize, (String, bool)>,
) -> Text {
    let normalized = normalize(&text, Syntax::Plain, &Rules::default(), Some(&Repertoire));
    let lines = counted(&text, &normalized);
    Text { lines, heads, titles, ..new(name, "made", repository, origin, normalized.text) }
}

fn read(path: &Path, encodings: Option<&dyn Encodings>) -> Option<(String, Normalized)> {
    let decoded = decode(path, &std::fs::read(path).ok()?, None).ok()?;
    let normalized = normalize(&decoded.text, Syntax::Plain, &Rules::default(), encodings);
    Some((decoded.text, normalized))
}

fn new(name: &str, genre: &str, repository: &str, origin: Origin, text: String) -> Text {
    Text {
        name: name.to_owned(),
        genre: genre.to_owned(),
        repository: repository.to_owned(),
        origin,
        regions: regions(&text),
        text,
        lines: vec![],
        heads: BTreeMap::new(),
        maybe: BTreeMap::new(),
        titles: BTreeMap::new(),
        end: None,
        listed: vec![],
    }
}

/// For every line of the normalized text where it begins, and its number in the decoded text.
fn counted(decoded: &str, normalized: &Normalized) -> Vec<(usize, usize)> {
    let mut ends = vec![];
    let bytes = decoded.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if byte == b'\n' || byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            ends.push(at);
        }
    }
    let text = &normalized.text;
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    starts
        .map(|start| {
            let line = &text[start..];
            let visible = start + line.len() - line.trim_start_matches([' ', '\u{3000}', '\t']).len();
            (start, 1 + ends.partition_point(|&end| end < normalized.decoded_offset(visible)))
        })
        .collect()
}

/// The third to which each text belongs: heavy repositories are dealt out first.
pub fn folds(texts: &[&Text]) -> Vec<usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    texts.iter().for_each(|text| *counts.entry(&text.repository).or_default() += 1);
    let mut repositories: Vec<(&str, usize)> = counts.into_iter().collect();
    repositories.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let place: HashMap<&str, usize> = repositories.iter().enumerate().map(|(i, (name, _))| (*name, i % 3)).collect();
    texts.iter().map(|text| place[text.repository.as_str()]).collect()
}
