//! The account of what was done: the edits as they are told to people and programs.

use super::rule::{RuleId, Safety};
use super::{Edit, Normalized, rules};
use crate::lang::Lang;
use crate::span::{Decoded, Span};
use std::borrow::Cow;
use std::ops::Range;

/// A change as it is told: edits without a gap between them are one, but those of the layout are told by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'n> {
    /// What it replaces, in the decoded text.
    pub span: Span<Decoded>,
    /// What stands there afterwards.
    pub replacement: Cow<'n, str>,
    /// How many changes of the text it is, at least one.
    pub count: usize,
    /// The rules that met here, in order, each once.
    pub rules: Vec<RuleId>,
    /// How sure it is: as the least sure of its edits.
    pub safety: Safety,
    /// Whether it is of the layout alone, as [`Edit::is_layout`] says.
    pub layout: bool,
    /// Which edits it is made of.
    pub edits: Range<usize>,
}

/// What stands for the rule of an edit that a person made.
pub const BY_HAND: RuleId = "by-hand";

/// What `rule` does, in `lang`; empty for one that there is not.
pub fn does(rule: &str, lang: Lang) -> &'static str {
    if rule == BY_HAND {
        return lang.pick("put there by hand", "人工改定");
    }
    rules::RULES.iter().find(|known| known.id == rule).map_or("", |rule| lang.pick(rule.en, rule.zh))
}

/// Whether what `rule` changes is nothing but line ends, blank lines and blank space at line ends. There is one at every line of many a
/// file, and no reader sees any: they are counted apart, and shown to those who ask.
pub fn is_layout(rule: &str) -> bool {
    rules::LAYOUT.contains(&rule)
}

impl Edit {
    /// Whether all that it changes is line ends, blank lines and blank space at line ends.
    pub fn is_layout(&self) -> bool {
        self.rules().all(is_layout)
    }
}

impl Normalized {
    /// What was done to the text, in its order.
    pub fn account(&self) -> impl Iterator<Item = Told<'_>> {
        let mut edits = self.edits.iter().enumerate().peekable();
        std::iter::from_fn(move || {
            let (index, first) = edits.next()?;
            let mut told = Told {
                span: first.span,
                replacement: Cow::Borrowed(&*first.replacement),
                count: first.count,
                rules: vec![],
                safety: first.safety,
                layout: first.is_layout(),
                edits: index..index + 1,
            };
            told.meet(first);
            while let Some((index, edit)) =
                edits.next_if(|(_, edit)| edit.span.start == told.span.end && edit.is_layout() == told.layout)
            {
                told.span.end = edit.span.end;
                told.replacement.to_mut().push_str(&edit.replacement);
                told.count += edit.count;
                told.safety = told.safety.max(edit.safety);
                told.edits.end = index + 1;
                told.meet(edit);
            }
            Some(told)
        })
    }
}

impl Told<'_> {
    fn meet(&mut self, edit: &Edit) {
        for rule in edit.rules() {
            if !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::normalize::{Rules, Syntax, normalize};

    /// What was done to `text`: before, after, the rules, and `~` where it is of the layout.
    fn account(text: &str) -> Vec<(String, String, String)> {
        let restored = normalize(text, Syntax::Plain, &Rules::default(), None);
        let told = restored.account().map(|told| {
            let rules = told.rules.join("+") + if told.layout { "~" } else { "" };
            (text[told.span.range()].to_owned(), told.replacement.into_owned(), rules)
        });
        told.collect()
    }

    fn told(before: &str, after: &str, rules: &str) -> (String, String, String) {
        (before.to_owned(), after.to_owned(), rules.to_owned())
    }

    #[test]
    fn changes_without_a_gap_are_one() {
        assert_eq!(
            account("他说, \"好, 我去.\"\n她说, \"那, 走吧.\"\n"),
            [
                told(", \"", "，“", "half-comma+space-after-f+straight-quote"),
                told(", ", "，", "half-comma+space-after-f"),
                told(".\"", "。”", "half-period+straight-quote"),
                told(", \"", "，“", "half-comma+space-after-f+straight-quote"),
                told(", ", "，", "half-comma+space-after-f"),
                told(".\"", "。”", "half-period+straight-quote"),
            ]
        );
    }

    #[test]
    fn line_ends_and_the_blank_before_them_are_told_by_themselves() {
        assert_eq!(
            account("问题多发,已有多人因此被问责处理. \r\n他走了。\r\n"),
            [
                told(",", "，", "half-comma"),
                told(".", "。", "half-period"),
                told(" \r", "", "trailing-space+newline~"),
                told("\r", "", "newline~"),
            ]
        );
    }
}
