//! Verse: lines whose clauses have equal lengths.

use super::headings::VERSE;
use super::lines::Line;
use super::opening::is_author;
use super::{Part, Reading};
use crate::document::Role;
use crate::unicode::is_han;

/// Longest title of a poem, in characters.
const TITLE: usize = 14;

/// Words before a poem: a line that ends so announces what follows.
const ANNOUNCE: [&str; 22] = [
    "诗曰", "詩曰", "诗云", "詩云", "有诗", "有詩", "词曰", "詞曰", "偈曰", "偈云", "赞曰", "讚曰", "歌曰", "颂曰",
    "頌曰", "正是", "诗：", "詩：", "但见", "但見", "联云", "诗道",
];

/// Shape of a line of verse: the length of its clauses and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    length: usize,
    clauses: usize,
}

/// Claims runs of verse lines.
pub fn claim(reading: &mut Reading<'_>) {
    let lines = &reading.page.lines;
    let n = lines.len();
    // A text cut at its commas is not verse.
    let cut = lines.iter().filter(|l| l.text.ends_with('，')).count() * 4 > n && n > 40;
    let mut poems = vec![];
    let mut i = 0;
    while i < n {
        let Some(first) = shape_of(reading, i) else {
            i += 1;
            continue;
        };
        let mut end = i + 1;
        while end < n && lines[end].gap <= 1 && shape_of(reading, end).is_some_and(|s| s.length == first.length) {
            end += 1;
        }
        let count = end - i;
        let clauses: usize = (i..end).filter_map(|k| shape_of(reading, k)).map(|s| s.clauses).sum();
        let announced = i > 0
            && ANNOUNCE.iter().any(|a| {
                lines[i - 1]
                    .text
                    .trim_end_matches(['：', ':', '，', ',', '。', '.', '“', '「'])
                    .ends_with(a.trim_end_matches('：'))
            });
        let titled = i > 0 && matches!(reading.parts[i - 1], Part::Title | Part::Heading { .. }) && count >= 2;
        // A list of names has equal lengths as well, but no marks.
        let marked =
            (i..end).filter(|&k| lines[k].text.contains(['，', '。', '；', '！', '？', ',', ' ', '\u{3000}'])).count()
                * 2
                >= count;
        let long = matches!(first.length, 5 | 7);
        let pairs = first.length == 4 && count >= 3 && clauses == 2 * count;
        let sure = if long { count >= 2 && clauses >= 4 } else { (pairs || count >= 4 && clauses >= 8) && !cut };
        let couplet = long && announced && clauses >= 2;
        let four = first.length != 5 && announced && count >= 2;
        if (sure && marked || couplet || four || titled && clauses >= 4) && !(cut && clauses == count) {
            reading.parts[i..end].fill(Part::Verse);
            poems.extend(name(reading, i));
        }
        i = end;
    }
    entitle(reading, &poems);
}

/// The line of the title above the poem that begins at `start`, and that of its author: `静夜思`, `李白`.
fn name(reading: &Reading<'_>, start: usize) -> Option<(usize, Option<usize>)> {
    let line = |i: usize| reading.page.lines.get(i).filter(|_| reading.open(i));
    let above = start.checked_sub(1)?;
    if reading.page.lines[start].gap > 1 {
        return None;
    }
    let titled = |i: usize| line(i).is_some_and(|l| (i == 0 || l.gap > 0) && is_title(l));
    let author = above.checked_sub(1).filter(|&i| titled(i) && line(above).is_some_and(|l| l.gap == 0 && is_author(l)));
    match author {
        Some(title) => Some((title, Some(above))),
        None => titled(above).then_some((above, None)),
    }
}

/// Whether a line can be the title of a poem: a few Han characters without a stop, that announce nothing.
fn is_title(line: &Line<'_>) -> bool {
    let announces = ANNOUNCE.iter().any(|a| line.text.ends_with(a));
    let plain = |c: char| is_han(c) || matches!(c, '·' | '《' | '》' | '（' | '）' | ' ' | '\u{3000}');
    line.chars <= TITLE && line.text.chars().all(plain) && !announces
}

/// Claims titles and authors of poems: of a text that is one poem, its own; else headings.
fn entitle(reading: &mut Reading<'_>, poems: &[(usize, Option<usize>)]) {
    for &(title, author) in poems {
        if let Some(author) = author {
            reading.parts[author] = Part::Role(Role::Imprint);
        }
        reading.parts[title] = Part::Heading { rank: VERSE, label: 0, reason: "title of a poem" };
    }
    if let [(0, author)] = *poems
        && reading.meta.title.is_none()
    {
        let text = |i: usize| reading.page.lines[i].text.to_owned();
        reading.parts[0] = Part::Title;
        reading.meta.title = Some(text(0));
        if let (Some(author), true) = (author, reading.meta.authors.is_empty()) {
            reading.meta.authors = vec![text(author)];
        }
    }
}

fn shape_of(reading: &Reading<'_>, i: usize) -> Option<Shape> {
    let line = reading.page.lines.get(i)?;
    if line.chars > 34 || !reading.open(i) {
        return None;
    }
    let (mut length, mut run, mut clauses) = (0, 0, 0);
    let text = line.text.trim_matches(['“', '”', '「', '」', '"']);
    for c in text.chars().chain(['。']) {
        if is_han(c) || matches!(c, '□' | '?' if run > 0 && c == '□') {
            run += 1;
        } else if matches!(c, '，' | '。' | '；' | '！' | '？' | ' ' | '\u{3000}' | ',' | '.' | '、') {
            if run == 0 {
                continue;
            }
            if length == 0 {
                length = run;
            } else if run != length {
                return None;
            }
            clauses += 1;
            run = 0;
        } else {
            return None;
        }
    }
    (matches!(length, 4..=7) && clauses >= 1).then_some(Shape { length, clauses })
}
