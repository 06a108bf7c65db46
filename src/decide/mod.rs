//! What people decided about texts: which edits stand and which do not, how a file is read, what heads what.
//!
//! Decisions are kept in a file beside the texts, [`NAME`], which is [read](Ledger::read) with its slips and [written](Ledger::revised) in one
//! way. What was decided about one text is a value of the settings, [`Decisions`], so that every format, every account of the changes and the
//! proof see the same. A decision that no longer fits is told and changes nothing.

mod amend;
mod headings;
mod read;
mod write;

use crate::normalize::{Action, RULES, RuleId, Rules};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

pub use amend::{Amended, CONTEXT, context};

/// The name of the file.
pub const NAME: &str = "shanben.decisions.toml";

/// What was decided about the texts of a folder and the folders below it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Ledger {
    /// About all of them: forms and rules.
    #[serde(rename = "edit", skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Decision>,
    /// About each.
    #[serde(rename = "file", skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileDecisions>,
}

/// What was decided about one file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FileDecisions {
    /// Its path below the folder of the decisions, `/` between folders; of a file in an archive that of the archive and its own.
    pub path: String,
    /// Digest of its bytes when it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Label of its encoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// Whether its malformed bytes are written out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escape_bytes: Option<bool>,
    /// The style of its pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its authors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<String>,
    /// Its date, ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Rules over those that are on anyway.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Its edits.
    #[serde(rename = "edit", skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Decision>,
    /// Its headings.
    #[serde(rename = "heading", skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<HeadingDecision>,
}

/// A decision about edits. Whatever it names narrows it: with a line it is about one place, with `before` alone about every edit of that form, with a rule alone
/// about all that the rule does, with nothing about every edit. Of several the narrowest holds, and of those the last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The rule of the edit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The line of the decoded text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in that line in characters, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What stands there in the decoded text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands around it, with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// What is to become of the edit.
    pub decision: Verdict,
    /// What is to stand there instead, where that was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// What is to become of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is made, though its rule is off, or only suggests it, or a wider decision rejects it.
    Accept,
    /// What was there stays.
    Reject,
    /// Something else stands there, whether or not a rule made an edit there.
    Replace,
}

impl Verdict {
    /// All of them with their names.
    pub const NAMED: [(&str, Verdict); 3] =
        [("accept", Verdict::Accept), ("reject", Verdict::Reject), ("replace", Verdict::Replace)];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Reject => "reject",
            Verdict::Replace => "replace",
        }
    }
}

/// A decision about a line as a heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeadingDecision {
    /// The line of the decoded text, from 1.
    pub line: usize,
    /// What it says there, without blank space at its ends.
    pub text: String,
    /// Its level, 1 to 6; 0 where it is no heading.
    pub level: u8,
}

impl Decision {
    /// About every edit.
    pub fn of_all(decision: Verdict) -> Self {
        Decision { rule: None, line: None, column: None, before: None, context: None, decision, after: None }
    }

    /// Whether it is about one place.
    pub fn is_place(&self) -> bool {
        self.line.is_some()
    }

    /// The rule that it is about as a whole.
    fn whole_rule(&self) -> Option<&str> {
        self.rule.as_deref().filter(|_| self.line.is_none() && self.before.is_none())
    }

    /// What it is about: two that name the same are about the same.
    pub fn about(&self) -> impl Eq + Hash + '_ {
        (self.rule.as_deref(), self.line, self.column, self.before.as_deref())
    }
}

impl FileDecisions {
    /// None yet about the file at `path`.
    pub fn new(path: impl Into<String>) -> Self {
        FileDecisions { path: path.into(), ..FileDecisions::default() }
    }

    /// Says of which bytes they are: how others are read says nothing of these.
    pub fn of_bytes(&mut self, sha256: Option<String>) {
        if self.sha256.is_some() && self.sha256 != sha256 {
            (self.encoding, self.escape_bytes) = (None, None);
        }
        self.sha256 = sha256;
    }

    /// Whether nothing was decided about it.
    pub fn is_empty(&self) -> bool {
        *self == FileDecisions { path: self.path.clone(), sha256: self.sha256.clone(), ..FileDecisions::default() }
    }

    /// Enters `decisions`, each in the place of an earlier one about the same.
    pub fn decide(&mut self, decisions: impl IntoIterator<Item = Decision>) {
        enter(&mut self.edits, decisions);
    }

    /// Enters `decisions`, each in the place of an earlier one about the same line.
    pub fn head(&mut self, decisions: impl IntoIterator<Item = HeadingDecision>) {
        let known = std::mem::take(&mut self.headings).into_iter().chain(decisions);
        let last: BTreeMap<usize, HeadingDecision> = known.map(|decision| (decision.line, decision)).collect();
        self.headings = last.into_values().collect();
    }
}

/// Enters `decisions` among those that are `known`, each in the place of an earlier one about the same.
pub fn enter(known: &mut Vec<Decision>, decisions: impl IntoIterator<Item = Decision>) {
    known.extend(decisions);
    let last: HashMap<_, usize> = known.iter().enumerate().map(|(at, decision)| (decision.about(), at)).collect();
    let mut kept: Vec<usize> = last.into_values().collect();
    kept.sort_unstable();
    *known = kept.into_iter().map(|at| std::mem::replace(&mut known[at], Decision::of_all(Verdict::Reject))).collect();
}

impl Ledger {
    /// What was decided about file number `file`, or about one that has none, with what was decided about all; `None` for nothing.
    pub fn decisions(&self, file: Option<usize>) -> Option<Decisions> {
        let file = file.and_then(|file| self.files.get(file));
        let decides = file.is_some() || !self.edits.is_empty();
        decides.then(|| Decisions { file: file.cloned().unwrap_or_default(), shared: self.edits.clone() })
    }

    /// What was decided about the file at `path`, to be added to.
    pub fn file(&mut self, path: &str) -> &mut FileDecisions {
        let at = self.files.iter().position(|file| file.path == path).unwrap_or_else(|| {
            self.files.push(FileDecisions::new(path));
            self.files.len() - 1
        });
        &mut self.files[at]
    }
}

/// What was decided about one text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Decisions {
    /// About it alone.
    pub file: FileDecisions,
    /// About all texts of its folder.
    pub shared: Vec<Decision>,
}

impl Decisions {
    /// Whether they were made for a source with this digest, or for any.
    pub fn are_of(&self, sha256: &str) -> bool {
        self.file.sha256.as_deref().is_none_or(|decided| decided == sha256)
    }

    /// The decisions about edits, those about all texts first.
    pub fn edits(&self) -> impl Iterator<Item = &Decision> {
        self.shared.iter().chain(&self.file.edits)
    }

    /// The rules that are on by them, where `rules` would be else; and those that are on only where an edit of theirs was accepted.
    pub fn rules(&self, rules: &Rules) -> (Rules, Vec<RuleId>) {
        let mut rules = rules.clone();
        let whole = |decisions: &[Decision]| -> Vec<String> {
            let sign = |decision: &Decision| if decision.decision == Verdict::Reject { '-' } else { '+' };
            let named = decisions.iter().filter_map(|decision| Some((sign(decision), decision.whole_rule()?)));
            named.map(|(sign, rule)| format!("{sign}{rule}")).collect()
        };
        for item in whole(&self.shared).iter().chain(&self.file.rules).chain(&whole(&self.file.edits)) {
            // What is no rule was refused when the decisions were read.
            let _ = rules.choose(item);
        }
        let mut raised = vec![];
        for decision in self.edits().filter(|decision| decision.whole_rule().is_none()) {
            let Some(rule) = RULES.iter().find(|rule| Some(rule.id) == decision.rule.as_deref() && rule.cures()) else {
                continue;
            };
            // What a rule only suggests can be refused as well.
            let action = rules.action(rule);
            if action == Action::Report || action == Action::Off && decision.decision == Verdict::Accept {
                let _ = rules.choose(&format!("+{}", rule.id));
                raised.push(rule.id);
            }
        }
        (rules, raised)
    }
}
