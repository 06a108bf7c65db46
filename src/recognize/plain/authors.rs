//! Who wrote a work, as its first lines say where nothing else has: `作者：…`, `（清）某某 撰`, `余华《活着》`, a name below the title.

use super::opening::is_data_of_notes;
use super::{Part, Reading, imprint};
use crate::chinese::names::is_name;
use crate::chinese::words::Word;
use crate::document::Role;
use crate::recognize::credits;
use crate::unicode::is_han;

/// So many lines at the beginning are looked at.
const LINES: usize = 20;
/// The longest line that says who wrote, in characters.
const LONGEST: usize = 30;
/// The longest place where one works, in characters.
const AFFILIATION: usize = 60;
/// The most names in a line.
const NAMES: usize = 4;

/// Finds the authors, if the readers of the opening have found none, and those who have translated, edited or annotated the work.
pub fn claim(reading: &mut Reading<'_>) {
    if reading.meta.authors.is_empty() {
        find(reading);
    }
    let count = reading.page.lines.len().min(LINES);
    let Some(title) = (0..count).rev().find(|&i| reading.parts[i] == Part::Title) else { return };
    let data = |part: &Part| {
        matches!(part, Part::Role(Role::Imprint | Role::Subtitle | Role::Publication) | Part::Divider | Part::Title)
    };
    for at in title + 1..count {
        if reading.open(at)
            && (credits::contributes(reading.page.lines[at].text) || is_affiliation(reading.page.lines[at].text))
        {
            reading.parts[at] = Part::Role(Role::Imprint);
        }
        if !data(&reading.parts[at]) {
            return;
        }
    }
}

/// Finds the authors.
fn find(reading: &mut Reading<'_>) {
    let count = reading.page.lines.len().min(LINES);
    let title = (0..count).rev().find(|&i| reading.parts[i] == Part::Title);
    for at in 0..count {
        let line = &reading.page.lines[at];
        if !reading.open(at) || line.chars > LONGEST || line.ends_sentence() {
            continue;
        }
        if matches!(imprint::key(line.text), Some((imprint::Field::Author, _))) {
            imprint::read(line.text, &mut reading.meta);
        } else if let Some(name) = credits::signed(line.text) {
            reading.meta.authors = vec![name];
        } else if title.is_some_and(|title| stands_below(reading, title, at)) {
            reading.meta.authors = names(line.text).unwrap_or_default();
        }
        if !reading.meta.authors.is_empty() {
            reading.parts[at] = Part::Role(Role::Imprint);
            return;
        }
    }
}

/// Whether nothing but data of the book stands between the title and line `at`, which names persons and no more.
fn stands_below(reading: &Reading<'_>, title: usize, at: usize) -> bool {
    let data = |part: &Part| matches!(part, Part::Role(Role::Imprint | Role::Subtitle) | Part::Divider | Part::Title);
    let line = &reading.page.lines[at];
    let next = reading.page.lines.get(at + 1);
    let several = names(line.text).is_some_and(|names| names.len() > 1);
    at > title
        && reading.parts[title..at].iter().all(data)
        && names(line.text).is_some()
        && next.is_some_and(|next| {
            let head = matches!(reading.parts[at + 1], Part::Heading { .. } | Part::Divider);
            next.gap > 0 || head || is_data_of_notes(next.text) || is_affiliation(next.text) || several && line.gap == 0
        })
}

/// Whether a line says where those work who have written: `（某某大学历史系，某市 100000）`.
fn is_affiliation(text: &str) -> bool {
    let inside = text.strip_prefix(['（', '(']).and_then(|text| text.strip_suffix(['）', ')']));
    inside.is_some_and(|words| Word::Affiliation.is_in(words) && words.chars().count() <= AFFILIATION)
}

/// The names of persons that a line says, if it says nothing else: `胡适 唐德刚`.
fn names(text: &str) -> Option<Vec<String>> {
    let names: Vec<String> =
        text.split([' ', '\u{3000}', '、', '，']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let all = (1..=NAMES).contains(&names.len()) && names.iter().all(|name| is_name(name));
    all.then_some(names)
}

/// The author and the title of a line that says both: `余华《活着》`.
pub fn before_title(text: &str) -> Option<(&str, &str)> {
    let (name, title) = text.strip_suffix('》')?.split_once('《')?;
    let name = name.trim_end_matches(['：', ':', ' ', '\u{3000}']);
    let plain = !title.is_empty() && !title.contains(['《', '》']) && name.chars().any(is_han);
    (plain && is_name(name)).then_some((name, title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_of_authors_are_read() {
        for (text, name) in [
            ("（清）曹雪芹 著", Some("曹雪芹")),
            ("晉　郭璞　撰", Some("郭璞")),
            ("清·顾尔元撰", Some("顾尔元")),
            ("[法]卢梭 著", Some("卢梭")),
            ("罗贯中著", Some("罗贯中")),
            ("【清】 朱祖谋 编", None),
            ("这本书是他著", None),
            ("显著", None),
        ] {
            assert_eq!(credits::signed(text).as_deref(), name, "{text}");
        }
        assert_eq!(before_title("余华《活着》"), Some(("余华", "活着")));
        assert_eq!(before_title("读《活着》"), None);
        assert_eq!(names("胡适 唐德刚"), Some(vec!["胡适".to_owned(), "唐德刚".to_owned()]));
        assert_eq!(names("图书简介"), None);
    }
}
