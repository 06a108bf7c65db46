//! The lines of a text as families see them: size, place, shape, how they end, and whether they may be heads.

use super::super::ruled::{rule_below, without_tag};
use super::super::{imprint, lines::Page};
use super::witness;
use crate::chinese::fold::fold;
use crate::chinese::names::is_name;
use crate::chinese::numeral::arabic;
use crate::chinese::shape::{Class, Shape, is_refused, shape};
use crate::chinese::site::{is_notice, is_offer};
use crate::chinese::speech::utters;
use crate::chinese::words::Word;
use crate::recognize::Region;
use crate::survey::{DOUBTFUL, Form, SURE};
use crate::unicode::is_han;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// Longest head, in characters: with a pattern of any kind, and without.
const LONGEST: [usize; 2] = [60, 40];
/// Longest line without a pattern that may end as a sentence does.
const SAID: usize = 16;

/// A line.
#[derive(Debug, Clone)]
pub struct Sight<'t> {
    /// Without what only dresses it.
    pub text: &'t str,
    /// Its visible characters.
    pub size: usize,
    /// Its indent in columns.
    pub indent: usize,
    /// Blank lines before and after it, beyond those that all lines have.
    pub before: usize,
    /// See `before`.
    pub after: usize,
    /// How many short lines without a stop stand on end here, as deep and as far from each other as it is; 1 for one alone, 0 for none.
    pub run: usize,
    /// What it looks like.
    pub shape: Shape,
    /// What the rule right below it is drawn with, if it is as wide as the line; else 0.
    pub rule: u8,
    /// What it has in common with the lines of its family; 0 without a pattern.
    pub key: u64,
    /// Its class.
    pub class: usize,
    /// How it ends: a place in [`super::fact::ENDS`].
    pub end: usize,
    /// Share of ASCII among its characters, in hundredths.
    pub ascii: usize,
    /// Whether it may be a head.
    pub candidate: bool,
    /// What the survey says that it is.
    pub form: Option<Form>,
    /// How sure that is: 0 for sure, 2 for hardly.
    pub doubt: usize,
    /// What the other readers say.
    pub told: u8,
    /// Its letters and digits, hashed; 0 for a long line.
    pub words: u64,
    /// The same without the number at its end.
    pub bare: u64,
}

/// All lines, and what is said of the whole.
#[derive(Debug, Clone)]
pub struct Sights<'t> {
    /// The lines.
    pub lines: Vec<Sight<'t>>,
    /// Characters above each line, and of all.
    pub total: Vec<usize>,
    /// The commonest indent of long lines.
    pub body: usize,
    /// The commonest number of blank lines.
    pub gap: usize,
    /// The width of lines that were broken, if many were; else 0.
    pub wrap: usize,
    /// Share of lines that are mostly ASCII.
    pub code: f32,
    /// Share of short lines that end openly.
    pub share: f32,
    /// How often the words of a short line occur.
    pub twins: FxHashMap<u64, u32>,
    /// Where words stand first and last, numbers at their ends left out.
    pub places: FxHashMap<u64, (u32, u32)>,
}

/// The line without the signs of an edition or a database around it.
fn undressed(text: &str) -> &str {
    let text = text.strip_prefix("<pb:").and_then(|rest| rest.split_once('>')).map_or(text, |(_, rest)| rest);
    without_tag(text.trim_end_matches('¶').trim())
}

impl<'t> Sights<'t> {
    /// Looks at the lines of `page`; `told` is what other readers say of each, `regions` what the survey says.
    pub fn new(page: &Page<'t>, told: &[u8], regions: &[Region]) -> Self {
        let n = page.lines.len();
        let mut lines: Vec<Sight<'t>> = Vec::with_capacity(n);
        let mut total = Vec::with_capacity(n + 1);
        let mut sum = 0;
        let mut region = 0;
        for (line, &told) in page.lines.iter().zip(told) {
            while regions.get(region).is_some_and(|region| region.span.end <= line.start) {
                region += 1;
            }
            let region = regions.get(region).filter(|region| region.span.start < line.start + line.text.len());
            let text = undressed(line.text);
            // Without Han all characters are of one byte, otherwise nearly all others of three.
            let mut size = line.chars;
            // What stands at the right end may stand far away.
            if line.chars <= LONGEST[0] + 4 || text.len() < line.text.len() {
                size = text.chars().filter(|c| !c.is_whitespace()).count();
            }
            let chars = line.chars.max(1);
            let ascii = (3 * chars).saturating_sub(line.text.len()) * 50 / chars;
            let shape = shape(text);
            let inner = text.get(shape.inner.0..shape.inner.1).unwrap_or(text);
            let last = if inner.is_empty() { text } else { inner };
            let doubt =
                region.map_or(2, |region| usize::from(region.bits < SURE) + usize::from(region.bits < DOUBTFUL));
            let form = region.map(|region| region.form);
            total.push(sum);
            sum += size;
            lines.push(Sight {
                text,
                size,
                indent: line.indent,
                before: line.gap.min(9),
                after: 9,
                run: 0,
                rule: 0,
                key: shape.key(),
                class: shape.class().index(),
                end: end(last),
                shape,
                ascii,
                candidate: false,
                form,
                doubt,
                told,
                words: 0,
                bare: 0,
            });
        }
        total.push(sum);
        for i in 1..n {
            lines[i - 1].after = lines[i].before;
            let (above, below) = lines.split_at_mut(i);
            let above = &mut above[i - 1];
            let drawn = Some(below[0].text).filter(|_| below[0].before == 0);
            above.rule = drawn.and_then(|rule| rule_below(above.text, rule)).unwrap_or(0);
            if above.rule > 0 && above.shape.kind == 0 && !above.shape.name {
                // It is marked by the rule.
                above.key |= u64::from(above.rule) << 40;
                above.class = Class::Mark.index();
            }
        }
        let mut sights = Sights {
            lines,
            total,
            body: 0,
            gap: 0,
            wrap: 0,
            code: 0.0,
            share: 0.0,
            twins: FxHashMap::default(),
            places: FxHashMap::default(),
        };
        sights.measure();
        sights.run();
        sights.pad();
        sights.compare();
        sights
    }

    /// What the lines have in common.
    fn measure(&mut self) {
        let n = self.lines.len();
        let mut indents: FxHashMap<usize, usize> = FxHashMap::default();
        let mut sizes: FxHashMap<usize, usize> = FxHashMap::default();
        let mut gaps = [0usize; 4];
        let (mut code, mut short) = (0, 0);
        let long = self.lines.iter().any(|line| line.size > 25);
        for (i, line) in self.lines.iter().enumerate() {
            if !long || line.size > 25 {
                *indents.entry(line.indent).or_default() += 1;
            }
            if line.size > 15 {
                *sizes.entry(line.size).or_default() += 1;
            }
            if i > 0 {
                gaps[line.before.min(3)] += 1;
            }
            code += usize::from(line.ascii > 80);
            short += usize::from(line.size <= 40 && matches!(line.end, 0 | 3 | 4));
        }
        self.body =
            indents.iter().max_by_key(|&(indent, count)| (*count, std::cmp::Reverse(*indent))).map_or(0, |(i, _)| *i);
        self.gap = (0..4).rev().max_by_key(|&gap| gaps[gap]).filter(|_| n > 1).unwrap_or(0);
        let of = |size: usize| sizes.get(&size).copied().unwrap_or(0);
        let near = |size: usize| of(size) + of(size - 1) + of(size + 1);
        if let Some(&width) = sizes.keys().max_by_key(|&&size| (near(size), size))
            && near(width) * 4 > n
        {
            self.wrap = width;
        }
        self.code = code as f32 / n.max(1) as f32;
        self.share = short as f32 / n.max(1) as f32;
    }

    /// Counts the short lines without a stop that stand on end.
    fn run(&mut self) {
        let short = |line: &Sight<'_>| line.size <= LONGEST[1] && matches!(line.end, 0 | 4);
        let mut start = 0;
        while start < self.lines.len() {
            let first = &self.lines[start];
            if !short(first) {
                start += 1;
                continue;
            }
            let goes_on = |line: &&Sight<'_>| {
                short(line) && line.indent == first.indent && line.before == self.lines[start + 1].before
            };
            let run = 1 + self.lines[start + 1..].iter().take_while(goes_on).count();
            self.lines[start..start + run].iter_mut().for_each(|line| line.run = run);
            start += run;
        }
    }

    /// Numbers without a zero belong to those that zeros pad to their width, where there are such.
    fn pad(&mut self) {
        let mut widths = [0usize; 16];
        for shape in self.lines.iter().map(|line| &line.shape).filter(|shape| shape.is_padded()) {
            widths[usize::from(shape.depth.min(15))] += 1;
        }
        if widths.iter().all(|&count| count < 5) {
            return;
        }
        for line in &mut self.lines {
            let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
            if (2..=4).contains(&digits) && widths[digits] >= 5 && line.shape.pad(digits as u8) {
                line.key = line.shape.key();
                line.class = line.shape.class().index();
            }
        }
    }

    /// The words that tops of pages say behind the number of the page: those that are said with several.
    fn tops(&self) -> FxHashSet<u64> {
        let mut seen: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
        for line in self.lines.iter().filter(|line| line.size <= LONGEST[1]) {
            if let Some((words, ahead)) = paged(line) {
                let seen = seen.entry(words).or_default();
                *(if ahead { &mut seen.0 } else { &mut seen.1 }) += 1;
            }
        }
        let tops = seen.into_iter().filter(|(_, (ahead, behind))| *ahead > 2 || *ahead > 0 && *behind > 0);
        tops.map(|(words, _)| words).collect()
    }

    /// Marks those that may be heads, and compares the words of short lines.
    fn compare(&mut self) {
        let tops = self.tops();
        for i in 0..self.lines.len() {
            let line = &self.lines[i];
            if line.size > LONGEST[0] {
                continue;
            }
            let top = !tops.is_empty() && paged(line).is_some_and(|(words, _)| tops.contains(&words));
            let (words, bare) = words(line.text);
            *self.twins.entry(words).or_default() += 1;
            if bare != 0 {
                let place = self.places.entry(bare).or_insert((i as u32, i as u32));
                place.1 = i as u32;
            }
            let candidate = words != 0 && !top && self.could_head(i);
            let line = &mut self.lines[i];
            (line.words, line.bare, line.candidate) = (words, bare, candidate);
        }
    }

    /// Whether a rule parts line `i` from all that follows: then it heads nothing.
    fn is_parted_below(&self, i: usize) -> bool {
        self.lines.get(i + 1).is_some_and(|next| witness::is_rule(next.told) && next.before > 0)
    }

    /// Whether line `i` is a number alone in the middle of a sentence: that of a page.
    fn breaks_sentence(&self, i: usize) -> bool {
        let line = &self.lines[i];
        let number = line.shape.kind > 0 && line.shape.arabic && line.shape.rest.0 == line.shape.rest.1;
        let open = |above: &Sight<'_>| above.size > SAID && matches!(above.end, 0 | 2) && above.after == 0;
        number && line.after == 0 && i.checked_sub(1).is_some_and(|above| open(&self.lines[above]))
    }

    /// Whether line `i` is a remark in a file of data or a program: marked with `#`, between lines that are such.
    fn is_comment(&self, i: usize) -> bool {
        let written = |line: &Sight<'_>| matches!(line.form, Some(Form::Data | Form::Code)) && line.doubt == 0;
        let (above, below) = (i.checked_sub(1), self.lines.get(i + 1));
        self.lines[i].text.starts_with('#')
            && !witness::is_sure(self.lines[i].told)
            && above.is_some_and(|above| written(&self.lines[above]))
            && below.is_some_and(written)
    }

    /// Whether line `i` may be a head.
    fn could_head(&self, i: usize) -> bool {
        let line = &self.lines[i];
        let pattern = line.shape.has_pattern() || witness::is_head(line.told) || line.told == witness::PATTERN;
        // What is surely no text has no heads.
        let sure = line.doubt == 0;
        let verbatim = sure && matches!(line.form, Some(Form::Data | Form::Code | Form::Drawing));
        let spoken = line.text.starts_with(['“', '「', '『', '"']) && line.end == 1;
        let said = spoken || line.end == 1 && (line.size > SAID || line.text.trim_end_matches('。').contains('。'));
        line.size <= LONGEST[usize::from(!pattern)]
            && (pattern || !said)
            && !(line.end == 2 && line.shape.kind == 0)
            && (!verbatim || witness::is_sure(line.told))
            && !is_time(line.text)
            && !self.lines.get(i + 1).is_some_and(|next| is_cue(next.text))
            && !is_address(line.text)
            && (!is_folio(line.text) || witness::is_head(line.told))
            && !is_page(line.text)
            && !is_site(line)
            && !is_refused(line.text)
            && !is_omission(line.text)
            && !(line.shape.kind == 0 && !witness::is_head(line.told) && self.is_parted_below(i))
            && !self.breaks_sentence(i)
            && !self.is_comment(i)
            && !lets_speak(line.text)
            && !is_syntax(line.text)
            && !(line.text.starts_with("---") && line.shape.kind == 0)
            && !has_dots(line.text)
            && !witness::has_part(line.told)
            && !line.text.starts_with(|c| ('\u{2500}'..='\u{257F}').contains(&c))
    }
}

/// Whether someone speaks in what stands below a line: `8.9 子曰：`.
fn lets_speak(text: &str) -> bool {
    let said = text.strip_suffix(['：', ':']);
    said.is_some_and(|said| said.ends_with(utters))
}

/// The words of a line beside the number of a page that stands right before (true) or behind them.
fn paged(line: &Sight<'_>) -> Option<(u64, bool)> {
    let text = line.text;
    let digits = |c: char| arabic(c).is_some();
    let ahead = text.trim_start_matches(digits);
    let (rest, is_ahead) = match ahead.len() < text.len() {
        true => (ahead, true),
        false => (text.trim_end_matches(digits), false),
    };
    let count = text.chars().count() - rest.chars().count();
    let glued = rest.starts_with(is_han) && rest.ends_with(is_han) && rest.chars().nth(1).is_some();
    ((1..=4).contains(&count) && glued).then(|| (words(rest).0, is_ahead))
}

/// Whether a line says in brackets that something is left out or stands elsewhere: `（略）`.
fn is_omission(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(', '〔', '[']).and_then(|text| text.strip_suffix(['）', ')', '〕', ']']));
    inner.is_some_and(|inner| Word::Omitted.is(inner.trim()))
}

/// Whether a line is the syntax of a markup language.
pub fn is_syntax(text: &str) -> bool {
    text.starts_with("#+")
        || text.starts_with("[[") && text.ends_with("]]")
        || text.strip_prefix('\\').is_some_and(|rest| rest.chars().take_while(char::is_ascii_alphabetic).count() > 1)
}

/// Whether dots lead to the number of a page.
fn has_dots(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        run = match c {
            '.' | '．' | '…' | '·' => run + 1,
            _ => 0,
        };
        run > 4
    })
}

/// How a line ends: openly, with a stop, a pause, a colon, a closing mark.
fn end(text: &str) -> usize {
    let closing = |c: char| matches!(c, '”' | '」' | '』' | '’' | '"' | '）' | ')' | '】' | '》' | '〉' | '］' | ']');
    let stop = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '⋯' | '；' | ';');
    match text.chars().next_back() {
        Some('：' | ':' | '∶') => 3,
        Some(c) if stop(c) => 1,
        Some('，' | '、' | ',') => 2,
        // What follows is said below, as in a letter or a poem; a head between dashes has one before it as well.
        Some('—') if !text.starts_with('—') => 2,
        Some(c) if closing(c) => {
            let inner = text.trim_end_matches(closing);
            if inner.ends_with(stop) { 1 } else { 4 }
        }
        _ => 0,
    }
}

/// The letters and digits of a line, hashed, and the same without the number at its end; 0 for none.
fn words(text: &str) -> (u64, u64) {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut hasher = FxHasher::default();
    let mut count = 0;
    let mut add = |piece: &str| {
        for c in piece.chars().filter(|c| c.is_alphanumeric()) {
            let c = match c {
                '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
                _ => c,
            };
            c.to_ascii_lowercase().hash(&mut hasher);
            count += 1;
        }
        if count == 0 { 0 } else { hasher.finish() | 1 }
    };
    let bare = add(digits);
    let all = add(&text[digits.len()..]);
    (all, if digits.is_empty() { 0 } else { bare })
}

/// Whether a line begins with a time of day, or is a day of a month and no more.
pub fn is_time(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return false;
    }
    let rest = &text.as_bytes()[digits..];
    let more = rest.iter().skip(1).take_while(|b| b.is_ascii_digit()).count();
    rest.first() == Some(&b':') && more >= 2
        || matches!(rest.first(), Some(b'-' | b'/')) && (1..=2).contains(&more) && rest.len() == 1 + more
}

/// Whether a line says from when to when something is said or shown.
fn is_cue(text: &str) -> bool {
    text.contains("-->") && is_time(text)
}

/// Whether a line is what a site has put into a text. What is numbered may speak of sites.
pub fn is_site(line: &Sight<'_>) -> bool {
    let numbered = line.shape.kind > 0 && !line.text.starts_with(|c: char| c.is_ascii_alphabetic());
    !numbered && (is_notice(line.text) || is_offer(line.text))
}

/// Whether a line holds an address of the web or of mail.
pub fn is_address(text: &str) -> bool {
    if text.len() < 4 {
        return false;
    }
    text.contains("://")
        || ["www.", ".com", ".net", ".org"].iter().any(|sign| text.contains(sign))
        || text.match_indices('@').any(|(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Whether a line is the number of a page between dashes.
fn is_folio(text: &str) -> bool {
    let dashes = |c: char| matches!(c, '-' | '—' | '–' | '·' | '~' | '～' | '_' | ' ');
    let inner = text.trim_matches(dashes);
    let number = !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit());
    number && inner.len() < text.len()
}

/// Whether a line says which page it ends: `第 2 页 共 4 页`.
fn is_page(text: &str) -> bool {
    Word::PageNumber.strip(text).is_some_and(|rest| {
        let number = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
        number && rest.contains(|c| fold(c) == '页')
    })
}

/// Whether a line tells an author, with what was done or a dynasty beside the name.
pub fn is_by(text: &str) -> bool {
    if imprint::key(text).is_some_and(|(field, _)| field == imprint::Field::Author) {
        return true;
    }
    if let Some(found) = Word::Authorship.find(text) {
        let before = text[..found.start].trim_end();
        let name = before.chars().rev().take_while(|c| !c.is_whitespace()).count();
        if (2..=6).contains(&name) {
            return true;
        }
    }
    // 汉·班固
    if text.split_once('·').is_some_and(|(age, name)| Word::Dynasty.is(age) && is_name(name.trim())) {
        return true;
    }
    // (唐) 某某
    let open = text
        .find(['（', '(', '〔', '[', '【'])
        .filter(|&at| text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '/' | '—' | '-')));
    open.is_some_and(|at| {
        let rest = &text[at..];
        rest.find(['）', ')', '〕', ']', '】']).is_some_and(|end| {
            let inside = rest[..end].chars().count() - 1;
            let after = rest[end..].chars().skip(1).collect::<String>();
            let name = after.trim();
            (1..=6).contains(&inside)
                && (2..=8).contains(&name.chars().count())
                && name.chars().all(|c| is_han(c) || c == '·')
        })
    })
}
