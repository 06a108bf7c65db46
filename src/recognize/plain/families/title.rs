//! The title of the work: one of the first lines, or none.

use super::super::imprint::{self, Field};
use super::super::office::{is_classification, is_document_title};
use super::super::opening::DOCUMENT_TITLE;
use super::super::ruled::{is_field, signs_beside};
use super::fact::{Fact, Group, form};
use super::own::step;
use super::sight::{Sight, Sights, is_address, is_by, is_site, is_syntax};
use super::witness;
use crate::chinese::date;
use crate::chinese::names::is_name;
use crate::chinese::words::Word;
use crate::recognize::notes::is_head_line;
use crate::survey::Form;
use crate::unicode::is_han;

/// So many lines at the beginning are looked at, and so many of them may be the title.
const LOOKED: usize = 24;
const LINES: usize = 14;
/// The longest answer to an item of an examination.
const ANSWER: usize = 4;
/// The longest title.
const LONGEST: usize = 60;

/// The longest name of a field, in characters.
const FIELD: usize = 4;

/// Whether line `i` and that below it are each a field and its value, as the head of minutes: `时间：…`, `地点：…`.
fn is_row_of_fields(lines: &[Sight<'_>], i: usize) -> bool {
    let is_field = |line: &Sight<'_>| {
        let label = line.text.split(['：', ':']).next().unwrap_or_default();
        let named = (1..=FIELD).contains(&label.chars().filter(|c| !c.is_whitespace()).count());
        label.len() < line.text.len()
            && named
            && label.chars().all(|c| is_han(c) || c.is_whitespace())
            && line.shape.kind == 0
    };
    let below = lines.get(i + 1).filter(|below| below.before == 0);
    lines.get(i).is_some_and(is_field) && below.is_some_and(is_field)
}

/// The lines that may be the title, and last that there is none; each with its facts. `bits` says what each line is worth as a head,
/// `meta` the title that the front matter knows.
pub fn alternatives(sights: &Sights<'_>, bits: &[f32], meta: Option<&str>) -> Vec<(Option<usize>, Vec<Fact>)> {
    let lines = &sights.lines;
    let n = lines.len();
    let heads = bits.iter().filter(|&&bits| bits > 0.0).count();
    let key = |i: usize| imprint::key(lines[i].text).map(|(field, _)| field);
    let post = above_data_of_post(sights);
    let first: Vec<usize> = (0..n.min(LOOKED))
        .filter(|&i| {
            let seen = lines[i].text.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).nth(1).is_some();
            let boxed = lines[i].text.starts_with(|c| ('\u{2500}'..='\u{257F}').contains(&c));
            let verbatim = lines[i].doubt == 0
                && matches!(lines[i].form, Some(Form::Data | Form::Code | Form::Table | Form::Drawing));
            if !witness::may_be_title(lines[i].told) || lines[i].told == witness::DATA && key(i) != Some(Field::Title) {
                return false;
            }
            if is_head_line(lines[i].text)
                || is_classification(lines[i].text)
                || is_site_above(sights, i)
                || is_series_above(lines, i)
                || post.is_some_and(|title| i < title)
            {
                return false;
            }
            // Rows of data and answers to items of an examination are no titles.
            let text = lines[i].text;
            let row = text.matches([',', '，']).count() > 3;
            let said = text.find('：').map(|at| text.split_at(at + '：'.len_utf8()));
            let often = |said: &str| lines.iter().filter(|line| line.text.starts_with(said)).take(3).count() > 2;
            let answer = said.is_some_and(|(said, value)| value.chars().count() <= ANSWER && often(said));
            let field = is_row_of_fields(lines, i) && key(i) != Some(Field::Title);
            if row || (answer || field) && !Word::TitleKey.is_in(text) {
                return false;
            }
            // The first of many that are numbered alike is not the title of them all.
            let alike =
                |i: usize| lines.iter().filter(|line| line.candidate && line.key == lines[i].key).take(3).count() > 2;
            if lines[i].shape.kind > 0 && !witness::is_title(lines[i].told) && alike(i) {
                return false;
            }
            let verbatim = verbatim && !witness::is_title(lines[i].told);
            key(i).is_some()
                || seen
                    && !is_site(&lines[i])
                    && !boxed
                    && !verbatim
                    && (lines[i].size <= LONGEST || lines[i].size <= DOCUMENT_TITLE && is_document_title(text))
                    && !is_address(lines[i].text)
        })
        .take(LINES)
        .collect();
    let flag = usize::from;
    // The letters of those that are compared.
    let letters = |(i, line): (usize, &Sight)| match line.size <= 2 * LONGEST || first.contains(&i) {
        true => line.text.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).collect::<String>(),
        false => String::new(),
    };
    let near: Vec<String> = lines.iter().take(40).enumerate().map(letters).collect();
    let mut all = Vec::with_capacity(first.len() + 1);
    for (at, &i) in first.iter().enumerate() {
        let line = &lines[i];
        let mut facts = vec![];
        let mut add = |fact: Fact| facts.push(fact);
        let top = flag(at == 0);
        let said = |(other, letters): &(&Sight, &String)| other.size <= 2 * LONGEST && letters.contains(&near[i]);
        let twice = lines.iter().zip(&near).filter(said).count() > 1;
        add(Group::TitleAt.of([at.min(8)]));
        add(Group::TitleKind.of([line.shape.kind.into()]));
        add(Group::TitleName.of([flag(line.shape.name)]));
        add(Group::TitleSize.of([step(line.size, [2, 3, 5, 9, 14, 21, 31, 41])]));
        add(Group::TitleEnd.of([line.end]));
        add(Group::TitleKey.of([flag(key(i) == Some(Field::Title))]));
        let indent = line.indent as isize - sights.body as isize;
        add(Group::TitleSide.of([step(indent, [-1, 0, 1, 8]), top]));
        add(Group::TitleGap.of([line.before, line.after, top]));
        add(Group::TitleAuthor.of([flag(is_by(line.text))]));
        add(Group::TitleFront.of([flag(key(i).is_some())]));
        add(Group::TitleBits.of([step(worth(bits, i), [-90.0, -6.0, -3.0, 0.0, 3.0, 6.0])]));
        add(Group::TitleHeads.of([step(heads, [1, 3]), top]));
        add(Group::TitleInner.of([flag(line.text.trim_end_matches('。').contains(['，', '。', '！', '？', '；']))]));
        add(Group::TitleAscii.of([step(line.ascii, [30, 80])]));
        add(Group::TitleLone.of([step(n, [8, 30, 200]), top]));
        add(Group::TitleColon.of([flag(line.text.contains('：'))]));
        add(Group::TitleDash.of([flag(line.text.contains("——"))]));
        add(Group::TitleTwice.of([flag(twice)]));
        add(Group::TitleValue.of([line.shape.value.map_or(0, |value| 1 + flag(value > 1))]));
        add(Group::TitleForm.of([form(line.form), top]));
        add(Group::TitleTold.of([line.told.into(), top]));
        add(Group::TitleMark.of([line.shape.mark.into()]));
        let named = |i: usize| match imprint::key(lines[i].text) {
            Some((Field::Title, value)) => !value.is_empty() && line.text.ends_with(value),
            _ => false,
        };
        if (i + 1..(i + 4).min(n)).any(named) {
            add(Group::TitleNamed.of([]));
        }
        if is_syntax(line.text) && key(i).is_none()
            || is_field(line.text)
            || line.text.contains([',', '，']) && line.text.matches([',', '，']).count() > 3
        {
            add(Group::TitleSyntax.of([]));
        }
        add(Group::TitleMeta.of([meta.map_or(0, |meta| 1 + flag(line.text.contains(meta)))]));
        // Whom a document is for stands below its title, perhaps with a number or a date between.
        let below = &lines[i + 1..(i + 4).min(n)];
        if below.iter().any(|below| witness::is_addressee(below.told)) {
            add(Group::TitleAddressed.of([]));
        }
        // Syntax says it.
        if witness::is_title(line.told) && (line.rule > 0 || signs_beside(line.text).is_some()) {
            add(Group::TitleRuled.of([]));
        }
        add(Group::TitleDocument.of([flag(is_document_title(line.text))]));
        let dated = below.first().map_or(0, |below| match date::leading(below.text) {
            Some((_, at)) if at == below.text.len() => 2,
            Some(_) => 1,
            None => 0,
        });
        add(Group::TitleDated.of([dated]));
        // The first of many heads that look like it is one of them.
        let look = |line: &Sight<'_>| (line.key, line.class, line.indent, line.before.min(2), line.after.min(2));
        let alike = (i + 1..n).filter(|&k| bits[k] > 0.0 && look(&lines[k]) == look(line));
        add(Group::TitleAlike.of([step(alike.take(8).count(), [1, 2, 4, 8])]));
        if let Some(below) = below.first() {
            add(Group::TitleBelowTold.of([below.told.into()]));
        }
        if let Some(&next) = first.get(at + 1) {
            let q = &lines[next];
            add(Group::TitleNext.of([step(q.size as f32 / line.size.max(1) as f32, [0.5, 1.0, 2.0, 4.0]), q.end]));
            add(Group::TitleNextFront.of([flag(key(next).is_some()), flag(q.size < 20 && is_by(q.text))]));
            add(Group::TitleNextKind.of([q.shape.kind.into()]));
            add(Group::TitleNextTold.of([q.told.into()]));
            add(Group::TitleNextForm.of([form(q.form)]));
            add(Group::TitleSame.of([flag(line.key != 0 && line.key == q.key)]));
            add(Group::TitleNextBits.of([step(worth(bits, next), [-90.0, -3.0, 0.0, 3.0])]));
        }
        if let Some(above) = at.checked_sub(1).map(|above| first[above]) {
            add(Group::TitlePrevious.of([lines[above].end, step(lines[above].size, [10, 30])]));
            add(Group::TitlePreviousFront.of([flag(key(above).is_some())]));
        }
        if line.candidate {
            let kin = if line.key == 0 { 0 } else { lines.iter().filter(|other| other.key == line.key).count() };
            add(Group::TitleFamily.of([step(kin, [2, 4, 10]), flag(line.key != 0)]));
        }
        all.push((Some(i), facts));
    }
    let top = first.first().map(|&i| &lines[i]);
    let told = first.iter().any(|&i| witness::is_title(lines[i].told));
    all.push((
        None,
        vec![
            Group::TitleBias.of([]),
            Group::NoneHeads.of([step(heads, [1, 3, 10])]),
            Group::NoneLines.of([step(n, [4, 20, 100, 1000])]),
            Group::NoneShare.of([step(sights.share, [0.2, 0.5, 0.8])]),
            Group::NoneFirst.of([top.map_or(5, |line| line.end), top.map_or(0, |line| step(line.size, [8, 20, 40]))]),
            Group::NoneCode.of([step(sights.code, [0.1, 0.4])]),
            Group::NoneTold.of([flag(told)]),
        ],
    ));
    all
}

/// The shortest and the longest name of a site, in characters.
const SHORT: usize = 4;
const SITE: usize = 8;

/// Whether line `i` is the name of a site at the very top, above a line that may be the title.
fn is_site_above(sights: &Sights<'_>, i: usize) -> bool {
    let line = &sights.lines[i];
    let titles = |next: &Sight<'_>| {
        next.size <= LONGEST && next.end == 0 && next.shape.kind == 0 && !next.shape.name && !is_name(next.text)
    };
    i == 0
        && (SHORT..=SITE).contains(&line.size)
        && Word::SiteName.is_in(line.text)
        && sights.lines.get(1).is_some_and(titles)
}

/// Whether line `i` names a series, or all works of an author, at the very top, above the name of the work in brackets.
fn is_series_above(lines: &[Sight<'_>], i: usize) -> bool {
    let named = |next: &Sight<'_>| {
        let name = next.text.strip_prefix(['《', '【']).and_then(|text| text.strip_suffix(['》', '】']));
        name.is_some_and(|name| !name.contains(['《', '》', '【', '】']))
            && next.shape.value.is_none()
            && !next.shape.name
    };
    let words = lines[i].text.trim_end_matches(['］', '】', ']', '》', '）']);
    i == 0 && lines[i].size <= LONGEST && Word::Series.is_in(words) && lines.get(1).is_some_and(named)
}

/// So many lines stand above the data of a post at most: the name of its site and what that says of itself.
const ABOVE: usize = 8;

/// The line right above what a blog says of a post, `10月 26, 2016 | Filed under 技术`: its title, whatever stands above.
fn above_data_of_post(sights: &Sights<'_>) -> Option<usize> {
    let tells = |line: &Sight<'_>| {
        line.size <= LONGEST
            && line.text.contains(['|', '｜'])
            && line.text.contains(|c: char| c.is_ascii_digit())
            && Word::PostData.is_in(line.text)
    };
    sights.lines.iter().take(ABOVE).position(tells)?.checked_sub(1)
}

fn worth(bits: &[f32], i: usize) -> f32 {
    bits[i].max(-99.0)
}
