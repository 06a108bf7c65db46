//! Posts of bulletin boards, and mails: the lines at the head of each, and its title among them.
//!
//! ```text
//! 作者: wind (風) 看板: Story          发信人: wind (风), 信区: Story
//! 標題: [隨意] 夜行                     标  题: 夜行
//! 時間: Mon Oct 21 14:17:31 2002       发信站: 水木社区 (Mon Oct 21 14:17:31 2002)
//! ```

use super::headings::POST;
use super::{Part, Reading};
use crate::chinese::date;
use crate::chinese::fold::{fold, prefix};
use crate::chinese::words::Word;
use crate::document::Role;

/// What a line of the head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Author,
    Board,
    Title,
    Time,
    Station,
    Reader,
}

/// The keys, whose characters may be parted by spaces.
const KEYS: [(Word, Field); 6] = [
    (Word::PostAuthor, Field::Author),
    (Word::PostBoard, Field::Board),
    (Word::PostTitle, Field::Title),
    (Word::PostTime, Field::Time),
    (Word::PostStation, Field::Station),
    (Word::PostReader, Field::Reader),
];

/// Claims the head of every post.
pub fn claim(reading: &mut Reading<'_>) {
    let heads = heads(reading);
    // The title of the only post is that of the text.
    let alone = match heads.as_slice() {
        [(first, _)] => (0..*first).all(|i| !reading.open(i)),
        _ => false,
    };
    for (first, title) in heads {
        let mut at = first;
        while let Some((field, len)) = reading.page.lines.get(at).and_then(|line| field(line.text)) {
            reading.parts[at] = match field {
                Field::Title if alone => Part::Title,
                Field::Title => Part::Heading { rank: POST, label: len, reason: "title of a post" },
                _ => Part::Role(Role::Imprint),
            };
            if alone {
                tell(reading, at, field, len);
            }
            at += 1;
            if at > title && reading.page.lines.get(at).is_none_or(|line| line.gap > 0) {
                break;
            }
        }
    }
}

/// The heads of posts: their first lines, and the lines of their titles.
fn heads(reading: &Reading<'_>) -> Vec<(usize, usize)> {
    let lines = &reading.page.lines;
    let mut found = vec![];
    let mut at = 0;
    while at < lines.len() {
        let named =
            |i: usize| lines.get(i).filter(|_| reading.open(i)).and_then(|line| field(line.text)).map(|(f, _)| f);
        let mut end = at;
        while named(end).is_some() && (end == at || lines[end].gap == 0) {
            end += 1;
        }
        let title = (at..end).find(|&i| named(i) == Some(Field::Title));
        let author = matches!(named(at), Some(Field::Author | Field::Board));
        if let Some(title) = title.filter(|_| author) {
            found.push((at, title));
        }
        at = end.max(at + 1);
    }
    found
}

/// Tells the metadata what line `at` says.
fn tell(reading: &mut Reading<'_>, at: usize, field: Field, len: usize) {
    let value = reading.page.lines[at].text[len..].trim();
    let meta = &mut reading.meta;
    match field {
        Field::Title if meta.title.is_none() => meta.title = Some(value.to_owned()),
        Field::Author if meta.authors.is_empty() => {
            // The board may stand in the same line.
            let end = value.char_indices().map(|(i, _)| i).find(|&i| self::field(&value[i..]).is_some());
            let author = value[..end.unwrap_or(value.len())].trim_end().trim_end_matches([',', '，']).trim_end();
            meta.authors = vec![author.to_owned()];
        }
        Field::Time | Field::Station if meta.date.is_none() => {
            meta.date = date::leading(value).map(|(iso, _)| iso).or_else(|| date::western(value));
        }
        _ => {}
    }
}

/// The field that a line begins with, and the bytes of its key with what parts it from its value: a colon, or two spaces.
fn field(line: &str) -> Option<(Field, usize)> {
    let spaces = [' ', '\u{3000}'];
    let first = line.trim_start_matches(spaces).chars().next()?;
    let keys = KEYS.iter().flat_map(|&(sense, field)| sense.keyed(fold(first)).iter().map(move |&key| (key, field)));
    keys.into_iter().find_map(|(key, field)| {
        let mut rest = line;
        for c in key.chars() {
            rest = rest.trim_start_matches(spaces).strip_prefix(|own| fold(own) == c)?;
        }
        let value = rest.trim_start();
        let parted = value.strip_prefix([':', '：', '︰']);
        let wide = rest.len() >= value.len() + 2 && prefix(line, key).is_some() && !key.is_ascii();
        let value = parted.or(wide.then_some(value))?.trim_start();
        (!value.is_empty()).then(|| (field, line.len() - value.len()))
    })
}
