//! Texts with what is known of their lines: the forms that each may have, and which lines continue each other.
//!
//! A folder holds `manifest.tsv` (file, encoding, genre, source_repo …), the files, and `truth/`: for each file `NAME.headings.tsv` (line,
//! level or `t:role` or `range:`, text or range) and perhaps `NAME.join.tsv` (`none`, or ranges `A-B` of lines of one paragraph each, with `?` where
//! either is right). Of a file without the second, only lines that cannot have been wrapped are known not to continue.

use shanben::survey::Form;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Forms as bits.
pub type Forms = u16;

/// The bit of a form.
pub const fn bit(form: Form) -> Forms {
    1 << form as u16
}

/// The bits of these forms, by name.
pub fn forms(names: &str) -> Forms {
    names
        .split(' ')
        .filter_map(|name| Form::ALL.into_iter().find(|form| form.name() == name))
        .map(bit)
        .fold(0, |a, b| a | b)
}

/// All that rules for text may touch.
pub fn textual() -> Forms {
    forms("prose title record mail refs furniture foreign verse")
}

/// What a person says of a line, for the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    Text,
    Verbatim,
    Table,
    List,
    Verse,
    Refs,
    Anything,
}

impl Said {
    /// The forms that are right.
    pub fn right(self) -> Forms {
        match self {
            Said::Text => textual() & !bit(Form::Verse),
            Said::Verbatim => forms("code data drawing"),
            Said::Table => forms("table record"),
            Said::List => forms("record"),
            Said::Verse => forms("verse"),
            Said::Refs => forms("refs"),
            Said::Anything => Forms::MAX,
        }
    }
}

/// A line that is not blank.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// From 1.
    pub number: usize,
    /// Byte at which it begins.
    pub start: usize,
    /// Its text without indent.
    pub text: String,
    /// Whether a blank line stands before it.
    pub blank: bool,
    /// The forms that it may have.
    pub allowed: Forms,
    /// Whether it continues the line above, if that is known.
    pub join: Option<bool>,
    pub said: Option<Said>,
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Office,
    Books,
    Wraps,
    Made,
    Damaged,
}

#[derive(Debug, Clone)]
pub struct Text {
    pub name: String,
    pub genre: String,
    /// Which third of the repositories it belongs to.
    pub third: usize,
    pub origin: Origin,
    pub text: String,
    pub lines: Vec<Labelled>,
}

/// What the eye sees of a line.
pub struct Look {
    pub width: usize,
    pub indent: usize,
    pub han: f32,
    pub kana: f32,
    pub stops: bool,
    pub function: f32,
}

pub fn is_han(c: char) -> bool {
    shanben::unicode::is_han(c)
}

/// The columns of a text.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(c as u32 >= 0x2E80 || "“”‘’…—·".contains(c))).sum()
}

pub fn look(raw: &str) -> Look {
    let text = raw.trim();
    let solid = text.chars().filter(|c| *c != ' ').count().max(1) as f32;
    let han = text.chars().filter(|&c| is_han(c)).count();
    let kana = text.chars().filter(|&c| shanben::unicode::is_kana(c) || shanben::unicode::is_hangul(c)).count();
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '」', '』', '）', ')']);
    let last: Vec<char> = bare.chars().rev().take(2).collect();
    let stops = match last[..] {
        ['。' | '！' | '？' | '…', ..] => true,
        ['.' | '!' | '?' | '~', before, ..] => is_han(before) || before == ')' || before == '）',
        _ => false,
    };
    let function = text
        .chars()
        .filter(|c| {
            "的了是在不我他她这有就也都和与到说着上为以于而之其者把被会能要可对从还又但很那你们個这為於們對會"
                .contains(*c)
        })
        .count();
    Look {
        width: columns(raw.trim_end()),
        indent: columns(raw) - columns(raw.trim_start()),
        han: han as f32 / solid,
        kana: kana as f32 / solid,
        stops,
        function: if han >= 4 { function as f32 / han as f32 } else { -1.0 },
    }
}

/// The lines of a text that are not blank: number, first byte, line.
pub fn lines(text: &str) -> Vec<(usize, usize, &str)> {
    let mut at = 0;
    let mut all = vec![];
    for (i, line) in text.split('\n').enumerate() {
        if !line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
            all.push((i + 1, at, line));
        }
        at += line.len() + 1;
    }
    all
}

/// Labels of `text` before anything is known.
pub fn unlabelled(text: &str) -> Vec<Labelled> {
    let mut last = 0;
    lines(text)
        .into_iter()
        .map(|(number, start, line)| {
            let blank = last + 1 != number;
            last = number;
            let text = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').to_owned();
            Labelled { number, start, text, blank, allowed: Forms::MAX, join: None, said: None }
        })
        .collect()
}

/// Third of a repository.
fn third(name: &str) -> usize {
    let hash =
        name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    (hash >> 20) as usize % 3
}

/// Reads a file as the program does.
pub fn text_of(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).ok()?;
    let text = shanben::decode::decode(path, &bytes, None).ok()?.text;
    Some(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The texts of `folder` of which something is known.
pub fn load(folder: &Path, origin: Origin) -> Vec<Text> {
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap_or_default();
    let mut texts = vec![];
    for row in manifest.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [name, _, genre, repository, ..] = cells[..] else { continue };
        let truth = |what: &str| std::fs::read_to_string(folder.join(format!("truth/{name}.{what}.tsv"))).ok();
        let (headings, joins) = (truth("headings"), truth("join"));
        if !name.ends_with(".txt") || (headings.is_none() && !matches!(genre, "japanese" | "korean")) {
            continue;
        }
        let Some(text) = text_of(&folder.join(name)) else { continue };
        let known = Known::read(&headings.unwrap_or_default(), joins.as_deref());
        let mut lines = unlabelled(&text);
        let longest = text.lines().map(columns).max().unwrap_or(0);
        known.label(&mut lines, &text, genre, longest);
        texts.push(Text {
            name: name.to_owned(),
            genre: genre.to_owned(),
            third: third(repository),
            origin,
            text,
            lines,
        });
    }
    texts
}

#[derive(Default)]
struct Known {
    ranges: HashMap<usize, String>,
    heads: HashSet<usize>,
    perhaps: HashSet<usize>,
    roles: HashSet<usize>,
    joined: Option<Vec<(usize, usize, bool)>>,
}

fn range(text: &str) -> Option<(usize, usize)> {
    let (a, b) = text.split_once('-')?;
    Some((a.trim().parse().ok()?, b.trim().parse().ok()?))
}

impl Known {
    fn read(headings: &str, joins: Option<&str>) -> Known {
        let mut known = Known::default();
        for row in headings.lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let [line, what, ..] = cells[..] else { continue };
            let Ok(line) = line.parse::<usize>() else { continue };
            if what.starts_with("t:") {
                known.roles.insert(line);
            } else if let Some((kind, behind)) = what.split_once(':') {
                let found = range(behind).or_else(|| cells.get(2).and_then(|cell| range(cell)));
                if let Some((a, b)) = found {
                    (a..=b).for_each(|n| drop(known.ranges.insert(n, kind.to_owned())));
                }
            } else if what.parse::<u8>().is_ok() {
                let doubtful = cells.get(3) == Some(&"?");
                (if doubtful { &mut known.perhaps } else { &mut known.heads }).insert(line);
            }
        }
        known.joined = joins.map(|joins| {
            let rows = joins.lines().filter_map(|row| {
                let mut cells = row.split('\t');
                let (a, b) = range(cells.next()?)?;
                Some((a, b, cells.next() == Some("?")))
            });
            rows.collect()
        });
        known
    }

    fn label(&self, lines: &mut [Labelled], text: &str, genre: &str, longest: usize) {
        let raws: Vec<&str> = text.split('\n').collect();
        let mut above: Option<(usize, usize)> = None;
        for line in lines {
            let raw = raws[line.number - 1];
            let look = look(raw);
            let range = self.ranges.get(&line.number).map(String::as_str);
            line.allowed = self.allowed(line, &look, range, genre);
            line.said = Some(match range {
                Some("code" | "drawing") => Said::Verbatim,
                Some("verse") => Said::Verse,
                Some("notes") if matches!(genre, "references" | "thesis") => Said::Refs,
                Some("table") => Said::Table,
                Some("list") => Said::List,
                None if matches!(genre, "subtitles" | "subtitle" | "verse" | "lyrics" | "table") => Said::Anything,
                _ => Said::Text,
            });
            if let Some((number, width)) = above {
                let within = |&&(a, b, _): &&(usize, usize, bool)| a <= number && line.number <= b;
                line.join = match &self.joined {
                    Some(ranges) => match ranges.iter().find(within) {
                        Some((_, _, true)) => None,
                        found => Some(found.is_some()),
                    },
                    None => {
                        let narrow = matches!(genre, "verse" | "lyrics") && look.width.max(width) <= 36;
                        let ranged = matches!(range, Some("code" | "table" | "verse" | "drawing"));
                        let whole = longest > 200 || narrow || genre == "subtitles" || ranged;
                        (whole && !line.blank).then_some(false)
                    }
                };
            }
            above = Some((line.number, look.width));
        }
    }

    fn allowed(&self, line: &Labelled, look: &Look, range: Option<&str>, genre: &str) -> Forms {
        let raw = &line.text;
        let separated =
            raw.contains(['\t', ',', ';', '|', '，', '；']) || raw.contains("  ") || raw.contains('\u{3000}');
        match range {
            Some("code") => match genre {
                "subtitle" if look.han >= 0.3 => forms("data prose record verse"),
                "config" | "hosts" | "subtitle" | "subtitles" => bit(Form::Data),
                "log" => forms("code data"),
                "code" | "latex" => bit(Form::Code),
                _ => forms("code data"),
            },
            Some("drawing") => bit(Form::Drawing),
            Some("verse") => bit(Form::Verse),
            Some("notes") if matches!(genre, "references" | "thesis") => bit(Form::Refs),
            Some("notes") => forms("prose record refs"),
            Some("table") if separated => bit(Form::Table),
            Some("table") => bit(Form::Record),
            Some("list") if look.width < 64 && !look.stops => bit(Form::Record),
            Some("list") => forms("record prose"),
            _ if self.heads.contains(&line.number) => bit(Form::Title),
            _ if self.perhaps.contains(&line.number) => forms("title record prose"),
            _ if self.roles.contains(&line.number) => forms("title record mail prose"),
            _ => match genre {
                "japanese" | "korean" if look.kana > 0.0 => bit(Form::Foreign),
                "japanese" | "korean" => forms("foreign title prose record code"),
                "verse" | "lyrics" if look.width <= 36 && look.han > 0.6 => bit(Form::Verse),
                "verse" | "lyrics" => forms("verse prose title"),
                "subtitles" | "subtitle" if look.han < 0.3 => bit(Form::Data),
                "subtitles" | "subtitle" => forms("data prose record verse title"),
                "table" | "timetable" | "register" => forms("table record title prose"),
                _ => loose(&line.text, look),
            },
        }
    }
}

/// The forms that a line may have of which nothing is said.
fn loose(text: &str, look: &Look) -> Forms {
    let page = text.trim_start_matches(|c: char| "-—–·".contains(c) || c.is_whitespace());
    if page.strip_prefix('第').is_some_and(|rest| {
        let rest = rest.trim_start();
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < rest.len() && digits.trim_start().starts_with(['页', '頁'])
    }) {
        return bit(Form::Furniture);
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty()).collect();
    let plain = [
        "the", "of", "and", "to", "is", "in", "that", "for", "with", "you", "are", "this", "it", "on", "be", "or", "as",
    ];
    let english = words.iter().filter(|w| plain.iter().any(|p| p.eq_ignore_ascii_case(w))).count();
    if look.han == 0.0
        && english >= 2
        && text.matches(' ').count() >= 4
        && !text.contains(['{', '}', ';', '=', '|'])
        && !text.starts_with(['#', '$', '>', '/'])
    {
        return bit(Form::Foreign);
    }
    if look.kana > 0.25 {
        return bit(Form::Foreign);
    }
    let cited = ["[J]", "[M]", "[D]", "[C]", "[N]", "[R]", "[P]", "[S]", "[Z]", "[EB/OL]", "[J/OL]"];
    let numbered = text.strip_prefix(['[', '［']).is_some_and(|rest| {
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        behind.len() < rest.len() && behind.starts_with([']', '］'])
    });
    if numbered && cited.iter().any(|mark| text.contains(mark)) {
        return bit(Form::Refs);
    }
    let wide = look.width.saturating_sub(look.indent) > 66 && look.function >= 0.03;
    if look.han >= 0.4 && (wide || (look.stops && look.function > 0.02)) {
        return bit(Form::Prose);
    }
    forms("prose record title mail furniture foreign refs")
}

/// `text` as it would be had its marks lost their width and its quotation marks their direction.
pub fn damaged(text: &Text) -> Text {
    let mut copy = text.clone();
    let table = [
        ('，', ','),
        ('。', '.'),
        ('：', ':'),
        ('；', ';'),
        ('？', '?'),
        ('！', '!'),
        ('（', '('),
        ('）', ')'),
        ('“', '"'),
        ('”', '"'),
        ('‘', '\''),
        ('’', '\''),
    ];
    let change = |text: &str| -> String {
        text.chars().map(|c| table.iter().find(|(from, _)| *from == c).map_or(c, |(_, to)| *to)).collect()
    };
    copy.text = change(&text.text);
    let starts = lines(&copy.text);
    for (line, (_, start, _)) in copy.lines.iter_mut().zip(starts) {
        line.start = start;
        line.text = change(&line.text);
    }
    copy.origin = Origin::Damaged;
    copy.name = format!("damaged-{}", copy.name);
    copy
}
