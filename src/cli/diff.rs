//! Changes in their lines: in colour on a terminal, `[-old-]{+new+}` in a pipe.

use super::Voice;
use crate::Reading;
use crate::lang::Lang;
use crate::normalize::{RuleId, Told};
use crate::report::{Record, Summary};
use crate::span::Lines;
use crate::unicode::printable;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Characters shown on either side of a change.
const CONTEXT: usize = 16;
/// Most changes that are shown in one piece of a line: more do not fit a screen.
const TOGETHER: usize = 12;
/// Most characters shown of what was removed, and of what was put there.
const LONGEST: usize = 200;
/// Most places shown of each rule in a file, where there are several files.
pub const MOST: usize = 10;

/// Which changes are shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    /// Those of the layout, too.
    pub layout: bool,
    /// Most places of each rule in a file.
    pub most: usize,
}

/// What several files came to.
#[derive(Debug, Default)]
pub struct Sum {
    summary: Summary,
    /// Files that would be changed, those that would be changed in their layout alone among them.
    changed: usize,
    edits: BTreeMap<String, usize>,
    /// Changes that were not shown, but for those of the layout.
    hidden: usize,
}

/// Writes the changes of `reading`, each with its place, its rules and the text around it; of what is not shown it says how much that is.
/// Gives how many changes those are.
///
/// # Errors
/// When `out` does.
pub fn write(out: &mut dyn Write, reading: &Reading, shown: Shown, voice: Voice) -> io::Result<usize> {
    let text = &reading.decoded.text;
    let lines = Lines::new(text);
    let mut account = reading.normalized.account().filter(|told| shown.layout || !told.layout).peekable();
    let mut places: BTreeMap<RuleId, usize> = BTreeMap::new();
    let mut hidden: BTreeMap<RuleId, usize> = BTreeMap::new();
    let mut left = 0;
    while let Some(first) = account.next() {
        let place = lines.place(first.span.start);
        // Changes whose surroundings meet are shown together.
        let mut together = vec![first];
        while together.len() < TOGETHER
            && let Some(last) = together.last().map(|told| told.span.end)
            && let Some(next) = account.next_if(|next| {
                lines.place(next.span.start).line == place.line
                    && text[last..next.span.start].chars().take(2 * CONTEXT + 1).count() <= 2 * CONTEXT
            })
        {
            together.push(next);
        }
        let mut rules: Vec<RuleId> = together.iter().flat_map(|told| told.rules.iter().copied()).collect();
        rules.sort_unstable();
        let few = rules.iter().fold(false, |few, rule| {
            let places = places.entry(rule).or_default();
            *places += 1;
            few || *places <= shown.most
        });
        if !few {
            rules.iter().for_each(|rule| *hidden.entry(rule).or_default() += 1);
            left += together.iter().map(|told| told.count).sum::<usize>();
            continue;
        }
        rules.dedup();
        writeln!(out, "  {}:{}  {}", place.line, place.column, rules.join(", "))?;
        writeln!(out, "    {}", marked(text, &together, voice.stdout_color()))?;
    }
    if !hidden.is_empty() {
        let hidden = counts(&hidden, voice);
        match voice.lang {
            Lang::En => writeln!(out, "  … not shown: {hidden}; --most 0 shows all")?,
            Lang::Zh => writeln!(out, "  … 未列出：{hidden}；--most 0 可看全部")?,
        }
    }
    Ok(left)
}

/// The line that stands above the changes of one file among several.
pub fn heading(record: &Record, voice: Voice) -> String {
    let encoding = record.encoding.as_ref().map_or("", |encoding| &encoding.label);
    let (edits, layout) = (counts(&record.edits, voice), record.layout_edits.values().sum::<usize>());
    let mut line = format!("{}  {encoding}", voice.bold(&record.input));
    // A String takes whatever is written to it.
    let _ = match (voice.lang, edits.is_empty()) {
        (Lang::En, true) => write!(line, ", no edits"),
        (Lang::Zh, true) => write!(line, "，无改动"),
        (Lang::En, false) => write!(line, ", edits: {edits}"),
        (Lang::Zh, false) => write!(line, "，改动：{edits}"),
    };
    for (number, en, zh) in [(layout, "of the layout", "版面"), (record.warnings.len(), "warnings", "警告")] {
        if number > 0 {
            let _ = match voice.lang {
                Lang::En => write!(line, "; {en}: {number}"),
                Lang::Zh => write!(line, "；{zh}：{number}"),
            };
        }
    }
    line
}

impl Sum {
    /// Adds a file and how many of its changes were not shown.
    pub fn add(&mut self, record: &Record, hidden: usize) {
        self.summary.add(record);
        self.changed += usize::from(!record.edits.is_empty() || !record.layout_edits.is_empty());
        for (rule, count) in &record.edits {
            *self.edits.entry(rule.clone()).or_default() += count;
        }
        self.hidden += hidden;
    }

    /// What stands behind all files.
    pub fn told(&self, shown: Shown, voice: Voice) -> String {
        let Summary { inputs, failed, edits, layout_edits, .. } = self.summary;
        let (changed, same) = (self.changed, inputs - failed - self.changed);
        let mut told = match voice.lang {
            Lang::En => format!("{inputs} files: {changed} with edits, {same} without, {failed} failed\n"),
            Lang::Zh => format!("{inputs} 个文件：{changed} 个有改动，{same} 个无改动，{failed} 个失败\n"),
        };
        let mut row = |en: String, zh: String| {
            let _ = writeln!(told, "  {}", voice.pick(&en, &zh));
        };
        if edits > 0 {
            let by_rule = counts(&self.edits, voice);
            row(format!("edits: {edits} ({by_rule})"), format!("改动 {edits} 处（{by_rule}）"));
        }
        if layout_edits > 0 {
            let (en, zh) = if shown.layout { ("", "") } else { ("; --layout shows them", "；--layout 可看") };
            row(format!("edits of the layout: {layout_edits}{en}"), format!("版面改动 {layout_edits} 处{zh}"));
        }
        if self.hidden > 0 {
            row(
                format!("not shown: {}; --most 0 shows all", self.hidden),
                format!("未列出 {} 处；--most 0 可看全部", self.hidden),
            );
        }
        told
    }
}

/// `half-comma 12, half-period 3`.
pub fn counts<K: AsRef<str>>(counts: &BTreeMap<K, usize>, voice: Voice) -> String {
    let counts: Vec<String> = counts.iter().map(|(rule, count)| format!("{} {count}", rule.as_ref())).collect();
    counts.join(voice.pick(", ", "，"))
}

/// The text around `edits` with each change marked.
fn marked(text: &str, edits: &[Told<'_>], color: bool) -> String {
    let Some(first) = edits.first() else { return String::new() };
    let mut shown = String::new();
    // No farther than is shown: a line may be as long as the text.
    let mut before = text[..first.span.start].char_indices().rev().take_while(|&(_, c)| c != '\n');
    let mut done = before.by_ref().take(CONTEXT).last().map_or(first.span.start, |(at, _)| at);
    if before.next().is_some() {
        shown.push('…');
    }
    for edit in edits {
        shown.push_str(&printable(&text[done..edit.span.start]));
        let (old, new) = (beginning(&text[edit.span.range()]), beginning(&edit.replacement));
        match color {
            true => {
                shown.push_str(&format!("\u{1b}[31;9m{old}\u{1b}[m\u{1b}[32;1m{new}\u{1b}[m"));
            }
            false => {
                if !old.is_empty() {
                    shown.push_str(&format!("[-{old}-]"));
                }
                if !new.is_empty() {
                    shown.push_str(&format!("{{+{new}+}}"));
                }
            }
        }
        done = edit.span.end;
    }
    // With one character more that is text, and the line end.
    let after = &text[done..];
    let after = &after[..after.char_indices().nth(CONTEXT + 3).map_or(after.len(), |(at, _)| at)];
    let after = after.split('\n').next().unwrap_or_default().trim_end_matches('\r');
    let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    shown.push_str(&printable(&after[..end]));
    if end < after.len() {
        shown.push('…');
    }
    shown
}

/// `text` as it may be shown; of a long one the beginning, and how many characters it has.
fn beginning(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…({})", printable(&text[..at]), text.chars().count()).into(),
        None => printable(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::Safety;

    fn edit(start: usize, end: usize, replacement: &'static str) -> Told<'static> {
        Told {
            span: (start..end).into(),
            replacement: replacement.into(),
            count: 1,
            rules: vec!["half-comma"],
            safety: Safety::Sure,
            layout: false,
            edits: 0..1,
        }
    }

    #[test]
    fn edits_are_marked_in_their_surroundings() {
        assert_eq!(marked("甲,乙\n丙", &[edit(3, 4, "，")], false), "甲[-,-]{+，+}乙");
        assert_eq!(marked("甲 乙", &[edit(3, 4, "")], true), "甲\u{1b}[31;9m \u{1b}[m\u{1b}[32;1m\u{1b}[m乙");
        let long = "一".repeat(20) + "," + &"二".repeat(20);
        assert_eq!(
            marked(&long, &[edit(60, 61, "，")], false),
            format!("…{}[-,-]{{+，+}}{}…", "一".repeat(16), "二".repeat(16))
        );
        // Of megabytes that were dropped the beginning.
        let dropped = marked(&"x".repeat(1000), &[edit(0, 1000, "")], false);
        assert_eq!(dropped, format!("[-{}…(1000)-]", "x".repeat(200)));
    }
}
