//! Verse: lines whose clauses have equal lengths.

use super::headings::VERSE;
use super::lines::Line;
use super::opening::is_author;
use super::{Part, Reading, imprint};
use crate::chinese::words::Word;
use crate::document::Role;
use crate::recognize::notes::without_marks;
use crate::unicode::is_han;

/// Longest title of a poem, in characters.
const TITLE: usize = 14;

/// The lengths of the clauses of a song (词), in characters.
const CLAUSE: std::ops::RangeInclusive<usize> = 3..=9;
/// Longest line of a song, in characters, and the most lines.
const SONG: (usize, usize) = (40, 12);

/// A text of no more lines may be one poem.
const CUT: usize = 40;

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
    let cut = is_cut(lines);
    // Nor do songs stand out of one that is cut at its stops.
    let even = lines.iter().filter(|l| l.chars <= SONG.0).count() * 4 > n * 3 && n > CUT;
    let mut poems = vec![];
    let mut i = 0;
    while i < n {
        let announced = i > 0 && announces(lines[i - 1].text);
        let song = if (announced || stands_in(reading, i)) && !even { song(reading, i) } else { 0 };
        if song > 0 {
            poems.extend(name(reading, i));
            reading.parts[i..i + song].fill(Part::Verse);
            i += song;
            continue;
        }
        let Some(first) = shape_of(reading, i) else {
            i += 1;
            continue;
        };
        let alike =
            |k: usize| k < n && lines[k].gap <= 1 && shape_of(reading, k).is_some_and(|s| s.length == first.length);
        let mut end = i + 1;
        // A line of other clauses between two such is of the same poem.
        while alike(end) || end > i + 1 && alike(end + 1) && lines[end].gap == 0 && is_sung(reading, end) {
            end += 1;
        }
        if is_roll(&lines[i..end]) {
            i = end;
            continue;
        }
        let count = end - i;
        let clauses: usize = (i..end).filter_map(|k| shape_of(reading, k)).map(|s| s.clauses).sum();
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

/// Whether a text is cut at its commas: that is no verse.
pub fn is_cut(lines: &[Line<'_>]) -> bool {
    lines.len() > CUT && lines.iter().filter(|line| line.text.ends_with('，')).count() * 4 > lines.len()
}

/// Whether a line announces verse: `有詩為證：`.
fn announces(line: &str) -> bool {
    let text = line.trim_end_matches(['：', ':', '，', ',', '。', '.', '“', '「']);
    let named = text.strip_suffix('》').and_then(|text| text.rfind('《').map(|at| &text[..at + '《'.len_utf8()]));
    Word::VerseAnnouncement.is_in(text) || text.len() < line.len() && named.is_some_and(|text| Word::Naming.is_in(text))
}

/// How many lines from line `i` on are those of a song whose lines differ in length; 0 if there is none.
fn song(reading: &Reading<'_>, i: usize) -> usize {
    let lines = &reading.page.lines;
    let length = |k: usize| shape_of(reading, k).map(|shape| shape.length);
    if length(i).is_some() && length(i) == length(i + 1) {
        return 0;
    }
    let count = (i..lines.len())
        .take_while(|&k| (k == i || lines[k].gap <= lines[i].gap.max(1)) && is_sung(reading, k))
        .count();
    // A long clause may have the last line for itself.
    let rest = lines.get(i + count).filter(|rest| reading.open(i + count) && rest.gap == 0);
    let rest = rest.is_some_and(|rest| count > 1 && rest.indent == lines[i].indent && clauses_of(rest) == 1);
    let count = count + usize::from(rest);
    // The name of the tune closes a song, whatever comes after it.
    if count > 0 && lines.get(i + count).is_some_and(|next| is_tune(next) && reading.open(i + count)) {
        return if count <= SONG.1 { count + 1 } else { 0 };
    }
    let short = lines.get(i + count).is_none_or(|next| next.chars > SONG.0 || next.gap > 0 || !reading.open(i + count));
    if (2..=SONG.1).contains(&count) && short { count } else { 0 }
}

/// Whether the lines from line `i` on stand further in than the text above and below them.
fn stands_in(reading: &Reading<'_>, i: usize) -> bool {
    let lines = &reading.page.lines;
    let own = lines[i].indent;
    let below = || lines[i..].iter().find(|line| line.indent != own);
    let above = i.checked_sub(1).filter(|&above| reading.open(above));
    let in_from = |above: usize| lines[above].indent + 2 <= own && lines[i].gap > 0;
    above.is_some_and(in_from) && below().is_some_and(|below| below.indent < own)
}

/// Whether a line names the tune of the song above it: `——右调《西江月》`.
fn is_tune(line: &Line<'_>) -> bool {
    let text = line.text.trim_start_matches(['—', '（', '(', ' ', '\u{3000}']);
    line.chars <= TITLE + 6 && Word::Tune.is_in(text)
}

/// Whether line `i` has nothing but clauses as those of songs are, several of them.
pub fn is_sung(reading: &Reading<'_>, i: usize) -> bool {
    reading.page.lines.get(i).is_some_and(|line| reading.open(i) && clauses_of(line) >= 2)
}

/// How many clauses a line has, where it has nothing but clauses as those of songs are; else none.
pub fn clauses_of(line: &Line<'_>) -> usize {
    if line.chars > SONG.0 {
        return 0;
    }
    let text = without_marks(line.text);
    let clauses = || text.split(['，', '。', '；', '！', '？', '、']).filter(|clause| !clause.is_empty());
    let ends = text.ends_with(['，', '。', '；', '！', '？']) && !Word::Teller.is_in(&text);
    let sung = ends && clauses().all(|c| CLAUSE.contains(&c.chars().count()) && c.chars().all(is_han));
    if sung { clauses().count() } else { 0 }
}

/// Whether lines are a roll of names: all begin with one character and end with the same two, 第一名萧采，四川成都府人。
fn is_roll(lines: &[Line<'_>]) -> bool {
    let ends = |line: &Line<'_>| {
        let mut last = line.text.chars().rev().filter(|&c| is_han(c));
        (line.text.chars().next(), last.next(), last.next())
    };
    lines.len() >= 3 && lines.iter().all(|line| ends(line) == ends(&lines[0]))
}

/// The line of the title above the poem that begins at `start`, and that of its author: `静夜思`, `李白`.
fn name(reading: &Reading<'_>, start: usize) -> Option<(usize, Option<usize>)> {
    let line = |i: usize| reading.page.lines.get(i).filter(|_| reading.open(i));
    let above = start.checked_sub(1)?;
    if reading.page.lines[start].gap > 1 {
        return None;
    }
    // What parts poems may be a mark alone.
    let begins = |i: usize, l: &Line<'_>| {
        i == 0
            || l.gap > 0
            || reading.parts[i - 1] == Part::Divider
            || !reading.page.lines[i - 1].text.contains(char::is_alphanumeric)
    };
    let titled = |i: usize| line(i).is_some_and(|l| begins(i, l) && is_title(l));
    let told = |l: &Line<'_>| imprint::key(l.text).is_some_and(|(field, _)| field == imprint::Field::Author);
    let author = above
        .checked_sub(1)
        .filter(|&i| titled(i) && line(above).is_some_and(|l| l.gap == 0 && (is_author(l) || told(l))));
    match author {
        Some(title) => Some((title, Some(above))),
        None => titled(above).then_some((above, None)),
    }
}

/// Whether a line can be the title of a poem: a few Han characters without a stop, that announce nothing.
fn is_title(line: &Line<'_>) -> bool {
    let announces = Word::VerseAnnouncement.is_in(line.text.trim_end_matches('：'));
    let plain = |c: char| is_han(c) || matches!(c, '·' | '《' | '》' | '（' | '）' | '〔' | '〕' | ' ' | '\u{3000}');
    let text = Word::TitleKey.strip(line.text).and_then(|rest| rest.strip_prefix(['：', ':'])).unwrap_or(line.text);
    line.chars <= TITLE && text.chars().all(plain) && !announces
}

/// Claims titles and authors of poems: of a text that is one poem, its own; else headings.
fn entitle(reading: &mut Reading<'_>, poems: &[(usize, Option<usize>)]) {
    for &(title, author) in poems {
        if let Some(author) = author {
            reading.parts[author] = Part::Role(Role::Imprint);
        }
        reading.parts[title] = Part::Heading { rank: VERSE, label: 0, reason: "title of a poem" };
    }
    // Where another has a title, that of the first is not the title of them all.
    let first = matches!(
        reading.parts[..],
        [Part::Title, Part::Verse, ..] | [Part::Title, Part::Role(Role::Imprint), Part::Verse, ..]
    );
    if first && !poems.is_empty() {
        reading.parts[0] = Part::Heading { rank: VERSE, label: 0, reason: "title of a poem" };
        let first = reading.page.lines[0].text;
        reading.meta.title.take_if(|title| first.contains(title.as_str()));
        reading.meta.authors.clear();
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
    let text = without_marks(line.text);
    for c in text.trim_matches(['“', '”', '「', '」', '"']).chars().chain(['。']) {
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
