//! Code, box drawing and pictures made of characters: kept verbatim.

use super::columns::{Field, fields};
use super::lines::Line;
use super::ruled::rule_below;
use super::table::{is_entry, is_of_fields};
use super::{Part, Reading};
use crate::chinese::code::{is_call, is_declared};
use crate::chinese::drawing::draws;
use crate::recognize::Region;
use crate::survey::{Form, SURE};
use crate::unicode::{is_cjk_mark, is_han};
use std::ops::Range;

/// How a line looks to the eye that seeks code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Code,
    Drawing,
    /// Nothing but Western signs, or deeply indented: goes with code around it.
    Neutral,
    Text,
}

/// Longest statement, in lines.
const LONGEST: usize = 8;

/// Fewest lines on end that give names values.
const SETTINGS: usize = 4;

/// Fewest comments of a file of settings, and the longest of its other lines, in characters.
const COMMENTS: usize = 4;
const COMMENTED: usize = 60;

/// Whether a line belongs to a program for sure: a statement that calls or declares (`void move(int y, int x);`), a comment, a
/// directive, a rule of a grammar (`LIST := NUM NUM ;`), or many signs of code without a Chinese word.
pub fn is_program(text: &str) -> bool {
    is_call(text)
        || text.starts_with("//")
        || text.starts_with("#include")
        || text.starts_with("# ")
        || text.contains(" := ")
        || !text.chars().any(is_han) && (text.matches('=').count() >= 3 || look(text) == Look::Code)
}

/// Forms of lines that stand as they came, and are no tables.
pub const WRITTEN: [Form; 2] = [Form::Data, Form::Code];
/// The same of lines that may be tables, if they are drawn as such.
pub const DRAWN: [Form; 2] = [Form::Drawing, Form::Table];

/// In a text of fewer lines than these a program is not proved, and other such forms only by a run …
const FEW: usize = 8;
/// … of so many.
const FEWEST: usize = 4;

/// Claims the lines of which the survey is sure that they are data, a program or a picture: runs of them, a blank line between or not.
/// Sentences that introduce or follow them are none of them.
pub fn claim_surveyed(reading: &mut Reading<'_>, regions: &[Region], kept: &[Form]) {
    let lines = &reading.page.lines;
    let mut forms = forms(lines, regions, kept);
    forms.iter_mut().zip(&reading.parts).filter(|(_, part)| **part != Part::Open).for_each(|(form, _)| *form = None);
    let mut block = first_block(reading);
    // Heads with a rule below part what is data from what is not.
    let drawn: Vec<usize> = (1..lines.len()).filter(|&i| heads_rule(&lines[i - 1], &lines[i])).collect();
    for &i in &drawn {
        forms[i - 1..=i].fill(None);
    }
    let mut start = 0;
    while start < forms.len() {
        let form = forms[start];
        let end = start + forms[start..].iter().take_while(|other| **other == form).count();
        // A program has statements; bulleted English has none.
        let parted = drawn.iter().any(|&i| i + 1 == start || i == end + 1) && end - start < FEWEST;
        let few = lines.len() < FEW && (form == Some(Form::Code) || end - start < FEWEST) || parted;
        let stated = form != Some(Form::Code) || lines[start..end].iter().any(|line| look(line.text) == Look::Code);
        if form.is_some() && stated && !few {
            let says = |i: &usize| is_said(&lines[*i]);
            let from = (start..end).find(|i| !says(i)).unwrap_or(end);
            // What is said below the time of a subtitle is data.
            let said = |i: &usize| says(i) && !is_in_cue(lines, *i);
            let to = (from..end).rev().find(|i| !said(i)).map_or(from, |last| last + 1);
            let (from, to) = boxed(&lines[from..to]).map_or((from, to), |own| (from + own.start, from + own.end));
            for (i, (part, line)) in reading.parts.iter_mut().zip(lines).enumerate().take(to).skip(from) {
                block += usize::from(i == from || line.gap > 1);
                *part = Part::Code(block);
            }
        }
        start = end;
    }
}

/// Whether `below` is a rule of `=` that is as wide as the one thing which `line` says, and which nothing stands above.
fn heads_rule(line: &Line<'_>, below: &Line<'_>) -> bool {
    let apart = line.gap > 0 && below.gap == 0;
    let one = !line.text.contains(['\t', '#', '*', '/']) && !line.text.contains("  ");
    apart && one && rule_below(line.text, below.text) == Some(b'=')
}

/// The fewest lines of text around a box that are no part of it.
const AROUND: usize = 3;

/// Of lines that text stands above or below, those of the box that is drawn among them: where its first line opens the box, its last closes
/// it, and the lines around say something without gaps.
fn boxed(lines: &[Line<'_>]) -> Option<Range<usize>> {
    let drawn = |line: &Line<'_>| line.text.chars().any(|c| ('\u{2500}'..='\u{257F}').contains(&c));
    let (first, last) = (lines.iter().position(drawn)?, lines.iter().rposition(drawn)?);
    let whole = lines[first].text.starts_with(['┌', '┏', '╔']) && lines[last].text.starts_with(['└', '┗', '╚']);
    let around: Vec<&Line<'_>> = lines[..first].iter().chain(&lines[last + 1..]).collect();
    let says = |line: &&&Line<'_>| {
        !line.text.contains("  ") && line.text.chars().filter(|c| is_han(*c)).count() * 4 >= line.chars
    };
    let said = around.iter().filter(says).count();
    (whole && around.len() >= AROUND && said * 4 >= around.len() * 3).then_some(first..last + 1)
}

/// The most lines of a subtitle.
const CUE: usize = 4;

/// Whether line `i` stands below the time of a subtitle, with no blank line between.
fn is_in_cue(lines: &[Line<'_>], i: usize) -> bool {
    let mut above = (i.saturating_sub(CUE)..i).rev().take_while(|above| lines[above + 1].gap == 0);
    above.any(|above| lines[above].text.contains("-->"))
}

/// Whether a line says something in Chinese, as what stands above and below a program does.
fn is_said(line: &Line<'_>) -> bool {
    let ends = line.ends_sentence() || line.text.ends_with(['：', ':']);
    ends && line.text.chars().filter(|c| is_han(*c)).count() * 2 > line.chars
}

/// The form of each line, if it is one of `kept` and sure.
fn forms(lines: &[Line<'_>], regions: &[Region], kept: &[Form]) -> Vec<Option<Form>> {
    let mut regions = regions.iter().peekable();
    let form = |line: &Line<'_>| {
        while regions.next_if(|region| region.span.end <= line.start).is_some() {}
        let region =
            regions.peek().filter(|region| region.span.start < line.start + line.text.len() && region.bits >= SURE)?;
        Some(region.form).filter(|form| kept.contains(form))
    };
    lines.iter().map(form).collect()
}

/// Claims all lines of a program with comments: no part of it is better off as running text.
pub fn claim_program(reading: &mut Reading<'_>) {
    let looks = looks(reading);
    let n = looks.len();
    let code = looks.iter().filter(|l| **l == Look::Code).count();
    let neutral = looks.iter().filter(|l| **l == Look::Neutral).count();
    let sure = reading.page.lines.iter().filter(|line| is_program(line.text)).count();
    let program = !(n < 6 || sure * 5 < n || code * 4 < n || (code + neutral) * 3 < n * 2);
    if !program && !is_configuration(&reading.page.lines) {
        return;
    }
    let mut block = 0;
    for (part, line) in reading.parts.iter_mut().zip(&reading.page.lines) {
        // Code goes on over a blank line.
        block += usize::from(line.gap > 1);
        *part = Part::Code(block);
    }
}

/// Whether a text is a file of settings: a good part of it are comments with `#`, some of which say nothing, and none of the rest is prose.
fn is_configuration(lines: &[Line<'_>]) -> bool {
    let comments = lines.iter().filter(|line| line.text.starts_with('#')).count();
    let empty = |line: &&Line<'_>| {
        line.text.starts_with('#') && line.text.chars().all(|c| matches!(c, '#' | '-' | '=' | '*' | ' '))
    };
    let prose = |line: &&Line<'_>| !line.text.starts_with('#') && (line.ends_sentence() || line.chars > COMMENTED);
    let count = lines.len();
    comments >= COMMENTS
        && comments * 5 >= count
        && lines.iter().filter(empty).count() * 50 >= count
        && lines.iter().any(|line| empty(&line))
        && lines.iter().filter(prose).count() * 10 <= count
}

/// Claims blocks of lines without blank lines between them that are code or drawing, and joins such blocks that follow each other.
pub fn claim(reading: &mut Reading<'_>) {
    let looks = looks(reading);
    let n = looks.len();
    // Where a text shows many, one alone is code as well.
    let statements = reading.page.lines.iter().filter(|line| is_call(line.text)).count();
    let mut block = first_block(reading);
    claim_settings(reading, &mut block);
    let mut previous: Option<usize> = None;
    let mut start = 0;
    while start < n {
        let mut end = start + 1;
        while end < n && reading.page.lines[end].gap == 0 && taken(reading, end) == taken(reading, start) {
            end += 1;
        }
        if taken(reading, start) {
            start = end;
            continue;
        }
        let count = |wanted: Look| looks[start..end].iter().filter(|l| **l == wanted).count();
        let (code, drawing, neutral) = (count(Look::Code), count(Look::Drawing), count(Look::Neutral));
        let text = end - start - code - drawing - neutral;
        let whole = drawing >= 2 && drawing * 3 >= end - start
            || code >= 1 && code + neutral >= 3 && code * 4 >= end - start && text * 2 <= end - start
            || statements >= 2 && text + drawing == 0 && (start..end).any(|i| is_call(reading.page.lines[i].text));
        if whole {
            // Code goes on over a blank line.
            if !(previous == Some(start) && start > 0 && reading.page.lines[start].gap == 1) {
                block += 1;
            }
            let own = boxed(&reading.page.lines[start..end]).unwrap_or(0..end - start);
            reading.parts[start + own.start..start + own.end].fill(Part::Code(block));
            previous = Some(end);
        } else {
            runs(reading, &looks, start..end, statements >= 3, &mut block);
            previous = None;
        }
        start = end;
    }
}

/// Claims what is left of lines with pieces below each other that are no table, so that they still stand there.
pub fn keep_columns(reading: &mut Reading<'_>) {
    let n = reading.parts.len();
    let mut block = first_block(reading);
    let mut i = 0;
    while i < n {
        let mut all = vec![];
        while let Some(line) = reading.page.lines.get(i + all.len()).filter(|line| all.is_empty() || line.gap == 0) {
            // What is asked most easily comes first: most lines are prose.
            let prose = is_prose(line) || line.text.contains('。') || is_entry(line.text) || is_of_fields(line.text);
            if prose || !reading.open(i + all.len()) {
                break;
            }
            let fields = fields(reading.page.text, line);
            if fields.iter().filter(|field| field.parted).count() < 2 {
                break;
            }
            all.push(fields);
        }
        let below = |fields: &&Vec<Field>| {
            let others = all.iter().filter(|other| *other != *fields);
            others.flatten().any(|other| fields[1..].iter().any(|field| field.column == other.column))
        };
        let drawn = |i: usize| reading.page.lines[i].text.contains(draws);
        let least = if (i..i + all.len()).any(drawn) { 2 } else { 3 };
        if all.len() >= least && (least == 2 || all.iter().filter(below).count() * 3 >= all.len() * 2) {
            block += 1;
            reading.parts[i..i + all.len()].fill(Part::Code(block));
        }
        i += all.len().max(1);
    }
}

/// The number of the last block of code.
fn first_block(reading: &Reading<'_>) -> usize {
    reading
        .parts
        .iter()
        .filter_map(|part| if let Part::Code(block) = part { Some(*block) } else { None })
        .max()
        .unwrap_or(0)
}

/// Whether line `i` is a row of a table, or in a program.
fn taken(reading: &Reading<'_>, i: usize) -> bool {
    matches!(reading.parts[i], Part::Row(_) | Part::Code(_))
}

/// How every line looks.
fn looks(reading: &Reading<'_>) -> Vec<Look> {
    let lines = &reading.page.lines;
    let mut looks: Vec<Look> = lines.iter().map(|l| if is_prose(l) { Look::Text } else { look(l.text) }).collect();
    for start in 0..lines.len() {
        let end = statement_end(lines, start);
        looks[start..end].fill(Look::Code);
    }
    looks
}

/// Claims lines on end that give names values, parted by blank lines or not; `block` is the number of the last block of code.
fn claim_settings(reading: &mut Reading<'_>, block: &mut usize) {
    let mut start = 0;
    while start < reading.parts.len() {
        let lines = &reading.page.lines;
        let goes_on = |i: &usize| reading.open(*i) && is_setting(lines[*i].text) && (*i == start || lines[*i].gap <= 1);
        let run = (start..lines.len()).take_while(goes_on).count();
        if run >= SETTINGS {
            *block += 1;
            reading.parts[start..start + run].fill(Part::Code(*block));
        }
        start += run.max(1);
    }
}

/// Whether a line gives a name a value: `c3p0.maxPoolSize=50`.
fn is_setting(text: &str) -> bool {
    let Some((name, value)) = text.split_once('=') else { return false };
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    name.len() >= 3
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(fits)
        && !value.contains('。')
}

/// The end of the statement that begins in line `start` with a bracket which a line further on closes; `start` if there is none.
fn statement_end(lines: &[Line<'_>], start: usize) -> usize {
    let depth = |text: &str| text.matches('(').count() as isize - text.matches(')').count() as isize;
    let head = lines[start].text;
    let name = head.find('(').map_or("", |at| head[..at].trim_end());
    if depth(head) <= 0 || !is_declared(name) {
        return start;
    }
    let mut open = 0;
    for (i, line) in lines.iter().enumerate().skip(start).take(LONGEST) {
        if i > start && line.gap > 0 {
            break;
        }
        open += depth(line.text);
        if open <= 0 {
            return if line.text.contains([';', '{']) { i + 1 } else { start };
        }
    }
    start
}

/// Claims runs of code or drawing within a block that also holds text; where `single`, a statement alone too.
fn runs(reading: &mut Reading<'_>, looks: &[Look], range: Range<usize>, single: bool, block: &mut usize) {
    let mut i = range.start;
    while i < range.end {
        if !matches!(looks[i], Look::Code | Look::Drawing) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        let mut strong = 1;
        let mut last = end;
        while end < range.end && looks[end] != Look::Text {
            if looks[end] != Look::Neutral {
                strong += 1;
                last = end + 1;
            }
            end += 1;
        }
        if strong >= 2 || single && is_call(reading.page.lines[i].text) {
            *block += 1;
            reading.parts[i..last].fill(Part::Code(*block));
        }
        i = last.max(i + 1);
    }
}

/// Whether a glance is enough: a long line, nearly all of it Chinese, that begins with no drawing.
fn is_prose(line: &Line<'_>) -> bool {
    line.chars > 40
        && line.text.len() * 2 > line.chars * 5
        && line.text.starts_with(|c: char| c.is_alphanumeric() || is_cjk_mark(c))
}

fn look(text: &str) -> Look {
    let (mut signs, mut han, mut drawn, mut total, mut pipes) = (0usize, 0usize, 0usize, 0usize, 0usize);
    let blanks = text.contains("___");
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\u{3000}' => continue,
            // A blank to fill in.
            '_' if blanks => continue,
            '{' | '}' | '[' | ']' | ';' | '=' | '<' | '>' | '(' | ')' | '_' | '$' | '\\' | '"' | '\'' | '|' | '&'
            | '+' | '`' => signs += 1,
            c if draws(c) => drawn += 1,
            c if is_han(c) => han += 1,
            _ => {}
        }
        pipes += usize::from(matches!(c, '|' | '│' | '┃'));
        total += 1;
    }
    if is_call(text) || text.contains(" := ") {
        return Look::Code;
    }
    let pipe_table = pipes >= 3 && text.starts_with(['|', '│', '┃']);
    if drawn >= 2 && drawn * 5 >= total || pipe_table {
        Look::Drawing
    } else if signs >= 4 && (han * 10 < total * 4 && signs * 6 > total || han == 0 && signs * 8 > total) {
        Look::Code
    } else if text.starts_with("//")
        || han == 0
            && (total <= 4
                || text.ends_with(['{', '}', ';', ',', ')', '>'])
                || text.starts_with('#')
                || text.starts_with('*'))
        || total <= 2
    {
        Look::Neutral
    } else {
        Look::Text
    }
}
