//! What a rule is: data that `shanben rules` prints and the tests run.

use crate::lang::Lang;

/// Name of a rule, as in the report and on the command line.
pub type RuleId = &'static str;

/// What kind of change a rule makes. What each form of line allows is a table in `forms.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// Puts right how the file was read or stored: line ends, controls, misread encodings, codes that stand for a character.
    Reading,
    /// Blank lines and spaces that nobody sees.
    Layout,
    /// Joins lines.
    Joins,
    /// Spaces within lines and before them.
    Spaces,
    /// Letters, digits and signs of the wrong width or form.
    Characters,
    /// Marks, but for full stops and quotation marks.
    Marks,
    /// Full stops.
    Stops,
    /// Quotation marks.
    Quotes,
}

/// How sure an edit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// Cannot be wrong.
    Sure,
    /// Right in all but odd cases; made, and listed.
    Likely,
    /// Not made, only reported.
    Suggest,
}

/// What is done where a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum Action {
    /// Nothing.
    Off,
    /// A note.
    Report,
    /// An edit.
    Fix,
}

/// A rule of restoration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name; it names the fault, not the cure.
    pub id: RuleId,
    /// What kind of change it makes, which decides where it may.
    pub concern: Concern,
    /// How sure its edits are.
    pub safety: Safety,
    /// What is done when the user says nothing.
    pub default: Action,
    /// Whether a person should look at what it reports; other reports are for the record.
    pub warns: bool,
    /// What it does, in English.
    pub en: &'static str,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// Why, in English.
    pub why_en: &'static str,
    /// Why, in Chinese.
    pub why_zh: &'static str,
    /// The standard or the measurement that it rests on.
    pub standard: &'static str,
    /// A text and what the rule alone makes of it; equal when the rule only reports.
    pub example: (&'static str, &'static str),
}

impl Rule {
    /// Whether the rule knows a cure; the others can only report.
    pub fn cures(&self) -> bool {
        self.example.0 != self.example.1
    }

    /// The fault that it finds, in a few words of `lang`.
    pub fn fault(&self, lang: Lang) -> &'static str {
        let does = lang.pick(self.en, self.zh);
        does.strip_prefix(lang.pick("report ", "报告")).unwrap_or(does)
    }

    /// What `+id` turns on.
    pub fn at_most(&self) -> Action {
        if self.cures() { Action::Fix } else { Action::Report }
    }
}
