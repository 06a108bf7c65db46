//! The opening of a text: dates, title, subtitle, author, publication data.

use super::ending::{is_editor_note, reads_like_address};
use super::headings::{POST, without_ornament};
use super::lines::{Line, PROSE};
use super::office::{ends_with_kind, is_document_number, is_document_title};
use super::{Part, Reading, authors, dispatch, imprint, office};
use crate::chinese::fold::fold;
use crate::chinese::names::is_name;
use crate::chinese::numeral::numeral;
use crate::chinese::words::Word;
use crate::chinese::{date, numbering, site};
use crate::document::Role;
use crate::recognize::enactment::is_enactment;
use crate::unicode::is_han;
use crate::unicode::tight;

/// Longest title, in characters.
pub const TITLE: usize = 44;
/// The same of a document of an office, which says what it is about.
pub const DOCUMENT_TITLE: usize = 100;
/// Longest name of an author on a line of its own.
const NAME: usize = 9;
/// No more lines of data stand between a title and the first head.
const DATA: usize = 4;
/// The fewest fields of the list that an archive writes above a page.
const FIELDS: usize = 4;
/// No opening has more lines.
const LINES: usize = 16;

/// Claims the lines of the opening.
pub fn claim(reading: &mut Reading<'_>) {
    let mut at = 0;
    // Dates and data may come before the title; a board's heading is all data.
    let mut data = archived(reading);
    while data && matches!(reading.parts.get(at), Some(Part::Role(Role::Imprint) | Part::Divider)) {
        at += 1;
    }
    while at < LINES && reading.open(at) && before_title(reading, at) {
        data |= imprint::key(reading.page.lines[at].text).is_some();
        reading.parts[at] = Part::Role(Role::Imprint);
        at += 1;
    }
    // A board says its title among its data; a page of the web says it once more above the text.
    let again = |line: &Line<'_>| reading.meta.title.as_deref().is_some_and(|said| tight(said) == tight(line.text));
    if data && reading.meta.title.is_some() && !reading.page.lines.get(at).is_some_and(again) {
        return;
    }
    // An editor may have a word before the title.
    let noted = reading.open(at) && is_editor_note(reading.page.lines[at].text);
    if noted && reading.open(at + 1) && is_title(reading, at + 1) {
        at += 1;
    }
    boxed_title(reading);
    let below = office::claim(reading, at);
    let official = below > at;
    at = below;
    let told = |line: &Line<'_>| reading.meta.title.as_deref() == Some(line.text);
    let is_title = |at: usize| {
        let line = &reading.page.lines[at];
        official && could_be_title(line) || told(line) || is_title(reading, at)
    };
    let whole = title_lines_at(reading, at);
    if whole > 0 {
        title(reading, at, whole);
        after_title(reading, at + whole);
    } else if reading.open(at) && is_title(at) {
        let more = reading.open(at + 1) && goes_on(&reading.page.lines[at], &reading.page.lines[at + 1]);
        let lines = 1 + usize::from(more);
        title(reading, at, lines);
        after_title(reading, at + lines);
    }
}

/// Claims what an archive of pages writes above each, a heading and a list of keys in English (`- title: …`, `- source_url: …`), and tells the
/// metadata; whether there is such.
fn archived(reading: &mut Reading<'_>) -> bool {
    let lines = &reading.page.lines;
    let field = |line: &Line<'_>| {
        let (key, value) = line.text.strip_prefix("- ")?.split_once(": ")?;
        let name = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (name && !key.is_empty()).then(|| (key.to_owned(), value.trim().to_owned()))
    };
    let from = usize::from(lines.first().is_some_and(|line| line.text.starts_with("# ")));
    let fields: Vec<(String, String)> = lines.iter().skip(from).map_while(field).collect();
    let titled = fields.iter().find(|(key, _)| key == "title").map(|(_, value)| value.clone());
    let Some(title) = titled.filter(|_| fields.len() >= FIELDS) else { return false };
    reading.parts[..from + fields.len()].fill(Part::Role(Role::Imprint));
    reading.meta.title.get_or_insert(title);
    true
}

/// How many lines from `at` on make a title together, by what they say: that of a document, or the name of a court above what it gives.
fn title_lines_at(reading: &Reading<'_>, at: usize) -> usize {
    let line = |i: usize| reading.page.lines.get(i).filter(|_| reading.open(i)).map(|line| tight(line.text));
    let court = line(at).is_some_and(|name| Word::Court.is_in(&name) && name.chars().count() <= TITLE)
        && line(at + 1).is_some_and(|kind| Word::CourtPaper.is_in(&kind));
    if court { 2 } else { office::title_lines(reading, at) }
}

/// Claims a title that is known by the heads below it: a line apart at the top, with nothing but a few lines of data between.
pub fn claim_above_heads(reading: &mut Reading<'_>) {
    let head = |part: &Part| matches!(part, Part::Heading { rank, .. } if *rank > POST);
    let Some(first) = reading.parts.iter().position(head).filter(|first| (1..=DATA).contains(first)) else { return };
    let lines = &reading.page.lines;
    let several = reading.parts.iter().filter(|part| head(part)).count() >= 3;
    let apart = lines[first].gap > 0 && lines[1..first].iter().all(|line| line.gap == 0 && line.chars <= TITLE);
    if several && apart && (0..first).all(|i| reading.open(i)) && could_be_title(&lines[0]) {
        title(reading, 0, 1);
        reading.parts[1..first].fill(Part::Role(Role::Imprint));
    }
}

/// Whether a line is the second line of the title that begins in `first`: `关于做好防汛工作的通知` below the name of the office, or
/// `2019年防汛工作的通知` below `某市人民政府关于做好`.
fn goes_on(first: &Line<'_>, line: &Line<'_>) -> bool {
    let about = line.text.starts_with(|c| fold(c) == '关') && line.text.contains(|c| fold(c) == '于');
    let begun = Word::Concerning.is_in(first.text) && !ends_with_kind(first.text);
    let rest = begun && ends_with_kind(line.text);
    line.gap == 0
        && line.chars <= TITLE
        && (about || rest || parts_title(first.text, line.text))
        && !line.ends_sentence()
}

/// Whether a title has a line end between `first` and `line` that is meant: a court and what it gives, an examination and its paper.
pub fn parts_title(first: &str, line: &str) -> bool {
    let (first, line) = (tight(first), tight(line));
    let exam = Word::ExamTitle.is_in(&line) && !Word::ExamTitle.is_in(&first) && first.chars().all(is_of_exam);
    Word::Court.is_in(&first) && Word::CourtPaper.is_in(&line) || exam
}

fn is_of_exam(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '—' | '-' | '～' | '~' | '·' | '（' | '）' | '(' | ')')
}

/// A title drawn in a box stays a drawing; only the metadata learn it.
fn boxed_title(reading: &mut Reading<'_>) {
    let Some(&Part::Code(block)) = reading.parts.first() else { return };
    let drawing = reading.parts.iter().zip(&reading.page.lines).take_while(|(p, _)| **p == Part::Code(block)).take(8);
    let words: Vec<&str> = drawing
        .flat_map(|(_, line)| {
            line.text.split(|c: char| ('\u{2500}'..='\u{259F}').contains(&c)).flat_map(|t| t.split("  "))
        })
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    let names = |word: &&str| word.chars().count() <= 20 && word.chars().all(|c| is_han(c) || c == '·');
    if (1..=2).contains(&words.len()) && words.iter().all(names) {
        reading.meta.title.get_or_insert_with(|| words[0].to_owned());
        if let Some(author) = words.get(1).filter(|_| reading.meta.authors.is_empty()) {
            reading.meta.authors = vec![(*author).to_owned()];
        }
    }
}

/// Reads a line of data; a date alone is when the page was made, not when the text was published.
fn before_title(reading: &mut Reading<'_>, at: usize) -> bool {
    let line = reading.page.lines[at].text;
    if let Some(name) = site::work_offered(line) {
        reading.meta.title.get_or_insert_with(|| name.to_owned());
    }
    date::whole_line(line).is_some()
        || site::is_offer(line)
        || office::is_made_by(line)
        || imprint::read(line, &mut reading.meta)
        || at > 0 && Word::WebTool.is_in(line.trim_start_matches(['【', '[', '［']))
}

/// Whether line `at` is the title: short, unlike running text, and set off from what follows in at least one sure way.
fn is_title(reading: &Reading<'_>, at: usize) -> bool {
    let lines = &reading.page.lines;
    let line = &lines[at];
    if !could_be_title(line) {
        return false;
    }
    let Some(next) = lines.get(at + 1) else { return false };
    // There must be something to be the title of.
    let body = lines.iter().skip(at + 1).take(40).filter(|l| l.ends_sentence() || l.chars >= 2 * PROSE).count();
    let chapters = lines.iter().skip(at + 1).take(12).any(|l| structural(l));
    if body == 0 && !chapters {
        return false;
    }
    let prose = reading.page.is_prose() || body * 2 >= lines.len().saturating_sub(at + 1).min(40);
    let named = line.text.starts_with('《') && line.text.ends_with('》') || Word::Authored.is_in(line.text);
    let data =
        lines.iter().skip(at + 1).take(3).any(|l| imprint::key(l.text).is_some() || date::whole_line(l.text).is_some());
    let text = |l: &Line<'_>| l.chars >= PROSE && !l.text.contains("://");
    let author = is_author(next)
        && lines
            .get(at + 2)
            .is_some_and(|l| text(l) || structural(l) || l.gap > 0 && prose || is_data_of_notes(l.text));
    let chapter = chapters && (structural(next) || next.gap > 0 || author);
    let set_off = next.gap > 0 || line.indent == 0 && lines[at + 1..].iter().all(|l| l.indent >= 2);
    let runs_on = next.chars >= PROSE && next.chars >= line.chars * 2;
    let underlined = next.gap > 0 && reading.parts.get(at + 2) == Some(&Part::Divider) && lines[at + 2].gap == 0;
    let bracketed = line.text.starts_with(['[', '<']);
    let below = lines.get(at + 2).filter(|_| could_be_title(next));
    let news = dispatch::byline(next).is_some() || [Some(next), below].into_iter().flatten().any(dispatch::is_dispatch);
    let addressed = at == 0 && line.chars <= 20 && reads_like_address(next);
    // 安装说明, alone above lines that stand together.
    let table = matches!(reading.parts.get(at + 2), Some(Part::Row(_)));
    let alone = at == 0 && line.chars <= 20 && next.gap > 0 && (table || lines.get(at + 2).is_some_and(|l| l.gap == 0));
    // Below who has taken the minutes, and when.
    let taken = at > 0 && office::is_made_by(lines[at - 1].text) && ends_with_kind(line.text);
    named
        || goes_on(line, next)
        || is_document_title(line.text)
        || taken
        || office::is_kind(line.text)
        || underlined
        || news
        || addressed
        || subtitles(line, next)
        || data
        || author
        || chapter
        || prose && (set_off || runs_on || line.indent >= next.indent + 6)
        || bracketed && set_off && prose
        || alone && next.text.ends_with(['：', ':'])
}

/// Whether `next` is the subtitle of `line`: `——记希望小学教师某某`. Below a saying, it names who said it.
fn subtitles(line: &Line<'_>, next: &Line<'_>) -> bool {
    let words = next.text.strip_prefix("——").map(str::trim_start);
    next.chars <= TITLE
        && !next.ends_sentence()
        && words.is_some_and(|words| Word::About.is_in(words) || line.indent >= 8 && line.chars <= 20)
}

/// Whether a line could be a title, taken by itself.
pub fn could_be_title(line: &Line<'_>) -> bool {
    let text = line.text;
    let ends = text.ends_with(['。', '，', '；', '：', '、', ',', ';', ':', '.', '”', '」']);
    let inside = text.contains(['。', '；', '|'])
        || text.contains("://")
        || text.is_ascii() && text.contains('.') && !text.contains(' ')
        || text.contains("[[")
        || text.contains("……");
    let starts = text.starts_with(['“', '「', '"', '-', '*', '•', '#', '>', '◎', '/', '○', '※', '(', '（']);
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    // Two Western letters take the room of a Chinese character.
    let length = line.chars - text.chars().filter(char::is_ascii).count() / 2;
    let counts = text.starts_with('0') || numeral(text).is_some_and(|(_, len)| len == text.len());
    (length <= TITLE || length <= DOCUMENT_TITLE && is_document_title(text))
        && !ends
        && !counts
        && !inside
        && !starts
        && letters > 0
        && numbering::label(without_ornament(text)).is_none()
}

/// Whether a line says how many notes a reader has made, as programs for reading write above them: `119个想法`, `11个笔记`.
pub fn is_data_of_notes(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && Word::NotesCounted.is(rest.trim())
}

/// Whether a line begins a numbered part, or is one of the names that do.
fn structural(line: &Line<'_>) -> bool {
    line.chars <= TITLE && numbering::label(line.text).is_some_and(|l| l.family <= numbering::Family::Named && l.apart)
}

/// Whether a line can be the name of an author, perhaps with the dynasty: `罗贯中`, `唐·朱庆余`.
pub fn is_author(line: &Line<'_>) -> bool {
    let name = behind_dynasty(line.text);
    let shaped = name.is_some() || line.text.contains(['·', '（', '(', ' ', '\u{3000}', '、']);
    let longest = if line.gap > 0 && name.is_none() { 4 } else { NAME };
    (2..=longest).contains(&line.chars)
        && (shaped || line.chars <= 4)
        && !line.text.starts_with('第')
        && name
            .unwrap_or(line.text)
            .chars()
            .all(|c| is_han(c) || matches!(c, '·' | ' ' | '\u{3000}' | '（' | '）' | '(' | ')' | '□' | '、' | '，'))
        && !line.text.ends_with(['，', '、'])
        && numbering::label(line.text).is_none()
}

/// What follows the dynasty in brackets: `【宋】苏轼`.
fn behind_dynasty(text: &str) -> Option<&str> {
    let (dynasty, name) = text.strip_prefix(['【', '〔', '[', '［'])?.split_once(['】', '〕', ']', '］'])?;
    (Word::Dynasty.is_in(dynasty) && !name.trim().is_empty()).then_some(name)
}

/// Claims line `at` as the title, with what goes on with it and what stands below.
pub fn titled(reading: &mut Reading<'_>, at: usize) {
    let line = reading.page.lines[at].text;
    if imprint::key(line).is_some() {
        imprint::read(line, &mut reading.meta);
        return;
    }
    let next = reading.page.lines.get(at + 1).filter(|_| reading.open(at + 1));
    let lines = 1 + usize::from(next.is_some_and(|next| goes_on(&reading.page.lines[at], next)));
    let lines = lines.max(title_lines_at(reading, at));
    title(reading, at, lines);
    after_title(reading, at + lines);
}

/// Claims the title, which may take two lines, and tells the metadata.
pub fn title(reading: &mut Reading<'_>, at: usize, lines: usize) {
    reading.parts[at..at + lines].fill(Part::Title);
    let said =
        |line: &Line<'_>| if is_spaced(line.text) { tight(line.text).into_owned() } else { line.text.to_owned() };
    let text: String = reading.page.lines[at..at + lines].iter().map(said).collect();
    let text = text.trim();
    let inside = text.strip_prefix(['[', '【']).and_then(|t| t.strip_suffix([']', '】']));
    let text = inside.filter(|t| !t.contains(['】', ']'])).map_or(text, str::trim);
    let mut name = text;
    if let Some(i) = Word::Authored.find(text).map(|key| key.start) {
        if i > 0 && imprint::read(&text[i..], &mut reading.meta) {
            name = text[..i].trim_end();
        }
    } else if let Some((author, said)) = authors::before_title(text) {
        name = said;
        if reading.meta.authors.is_empty() {
            reading.meta.authors = vec![author.to_owned()];
        }
    } else if let Some((before, author)) = said_author(text) {
        name = before;
        if reading.meta.authors.is_empty() && !author.is_empty() {
            reading.meta.authors = vec![author.to_owned()];
        }
    }
    let name = name.strip_prefix('《').and_then(|n| n.strip_suffix('》')).filter(|n| !n.contains('》')).unwrap_or(name);
    if reading.meta.title.is_none() {
        reading.meta.title = Some(name.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}

/// Whether the characters of a line are set apart: `判　决　书`.
fn is_spaced(text: &str) -> bool {
    text.split_whitespace().count() > 2 && text.split_whitespace().all(|piece| piece.chars().count() == 1)
}

/// The title and the author of a line that says both: `儒林外史 / 吴敬梓 著`, `羅漢傳  明 朱星祚編`.
fn said_author(text: &str) -> Option<(&str, &str)> {
    if let Some(said) = said_with_dynasty(text) {
        return Some(said);
    }
    let (title, author) = text.split_once(" / ").or_else(|| {
        let parts = text.rsplit_once("  ").or_else(|| text.rsplit_once('\u{3000}'));
        parts.filter(|(_, author)| Word::Authorship.is_in(author) && author.chars().count() <= NAME)
    })?;
    let mut author = author.trim();
    while let Some(done) = Word::Authorship.find(author) {
        author = author[..done.start].trim_end();
    }
    // The dynasty is not of the name.
    let name =
        author.split_once(' ').filter(|(dynasty, _)| dynasty.chars().count() == 1).map_or(author, |(_, name)| name);
    Some((title.trim_end(), name.trim()))
}

/// The title and the author of a line that says them on both sides of a dynasty: `登高　唐　杜甫`.
fn said_with_dynasty(text: &str) -> Option<(&str, &str)> {
    let mut parts =
        text.split('\u{3000}').flat_map(|part| part.split("  ")).map(str::trim).filter(|part| !part.is_empty());
    let (title, dynasty, author) = (parts.next()?, parts.next()?, parts.next()?);
    let name = (2..=NAME).contains(&author.chars().count()) && author.chars().all(is_han);
    (Word::Dynasty.is_in(dynasty) && name && parts.next().is_none()).then_some((title, author))
}

/// Claims subtitle, author and data below the title.
fn after_title(reading: &mut Reading<'_>, from: usize) {
    let mut authored = false;
    for at in from..from + LINES {
        let Some(line) = reading.page.lines.get(at) else { return };
        match reading.parts[at] {
            Part::Open => {}
            Part::Divider | Part::Role(Role::Publication) => continue,
            _ => return,
        }
        let next = reading.page.lines.get(at + 1);
        let (text, gap) = (line.text, line.gap);
        if let Some(iso) = date::whole_line(text) {
            reading.meta.date.get_or_insert(iso);
            reading.parts[at] = Part::Role(Role::Imprint);
        } else if is_document_number(text) || office::is_case_number(text) || at == from && office::is_serial(text) {
            reading.parts[at] = Part::Role(Role::DocumentNumber);
        } else if is_enactment(text)
            || site::is_offer(text)
            || imprint::read(text, &mut reading.meta)
            || is_data_of_notes(text)
        {
            reading.parts[at] = Part::Role(Role::Imprint);
        } else if at == from && is_foreign_title(line) && next.is_some_and(|next| imprint::key(next.text).is_some()) {
            reading.parts[at] = Part::Role(Role::Subtitle);
        } else if text.starts_with(['—', '–', '－']) && line.chars <= TITLE && !line.ends_sentence() {
            reading.meta.subtitle.get_or_insert_with(|| text.trim_start_matches(['—', '–', '－']).trim().to_owned());
            reading.parts[at] = Part::Role(Role::Subtitle);
        } else if !authored
            && is_author(line)
            && (gap == 0 || is_name(text) || text.contains(' '))
            && next.is_some_and(|n| {
                n.chars >= PROSE
                    || n.gap > 0
                    || structural(n)
                    || imprint::key(n.text).is_some()
                    || is_data_of_notes(n.text)
            })
        {
            authored = true;
            if reading.meta.authors.is_empty() {
                reading.meta.authors = vec![text.split_whitespace().collect::<Vec<_>>().join(" ")];
            }
            reading.parts[at] = Part::Role(Role::Imprint);
        } else if gap == 0 && at > from && is_speaker(line) && reading.parts[at - 1] == Part::Role(Role::Imprint) {
            reading.parts[at] = Part::Role(Role::Imprint);
        } else if let Some(names) = dispatch::byline(line) {
            if reading.meta.authors.is_empty() {
                reading.meta.authors =
                    names.split(['、', ' ', '\u{3000}']).filter(|name| !name.is_empty()).map(str::to_owned).collect();
            }
            reading.parts[at] = Part::Role(Role::Imprint);
        } else if at == from && gap > 0 && is_subtitle(line, next)
            || at == from && could_be_title(line) && next.is_some_and(dispatch::is_dispatch)
        {
            reading.meta.subtitle = Some(text.to_owned());
            reading.parts[at] = Part::Role(Role::Subtitle);
        } else {
            return;
        }
    }
}

/// Whether a line is the title in the language that the work was written in.
fn is_foreign_title(line: &Line<'_>) -> bool {
    line.chars <= 2 * TITLE && line.text.contains(' ') && line.text.chars().all(|c| !is_han(c)) && could_be_title(line)
}

/// Who speaks, below the date of a speech: `市委常委、秘书长　×××`.
fn is_speaker(line: &Line<'_>) -> bool {
    let Some((office, name)) = line.text.rsplit_once(['\u{3000}', ' ']) else { return false };
    line.chars <= 30
        && (2..=4).contains(&name.chars().count())
        && name.chars().all(office::is_of_name)
        && office.trim_end().chars().all(|c| office::is_of_name(c) || c == '、')
}

/// A short line set off on both sides, with data below it.
fn is_subtitle(line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    let data =
        next.is_some_and(|n| n.gap > 0 && (imprint::key(n.text).is_some() || date::whole_line(n.text).is_some()));
    data && line.chars <= TITLE && !line.ends_sentence() && !line.breaks_off() && numbering::label(line.text).is_none()
}
