//! Which rules are on: the user's list over the default set.

use super::house::{SWITCHES, Switch};
use super::rule::{Action, Rule, RuleId};
use super::rules::RULES;
use crate::error::Cause;
use crate::lang::Phrase;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Which rules are on, and the values of the switches.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Rules {
    /// Whether the rules that are not named in `chosen` are off.
    silent: bool,
    chosen: BTreeMap<RuleId, Action>,
    values: BTreeMap<&'static str, &'static str>,
}

impl Rules {
    /// Reads a list such as `+spaced-title,-half-paren,quotes=corner` over the default set; `none` turns off all that was on.
    ///
    /// # Errors
    /// A sentence that names the item which is no rule, switch or value, and the nearest one that is.
    pub fn parse(list: &str) -> Result<Self, Cause> {
        let mut rules = Rules::default();
        for item in list.split([',', ' ']).map(str::trim).filter(|item| !item.is_empty()) {
            rules.choose(item)?;
        }
        Ok(rules)
    }

    /// Adds one item: `+id`, `-id`, `id=value` or `none`.
    ///
    /// # Errors
    /// As for [`Rules::parse`].
    pub fn choose(&mut self, item: &str) -> Result<(), Cause> {
        if item == "none" {
            *self = Rules { silent: true, ..Rules::default() };
        } else if let Some((id, value)) = item.split_once('=') {
            let switch = SWITCHES
                .iter()
                .find(|switch| switch.id == id)
                .ok_or_else(|| unknown(Phrase::new("switch", "个开关"), id, SWITCHES.iter().map(|switch| switch.id)))?;
            let value = switch
                .values
                .iter()
                .find(|known| **known == value)
                .ok_or_else(|| unknown(Phrase::new("value", "个值"), value, switch.values.iter().copied()))?;
            self.values.insert(switch.id, value);
        } else {
            let (id, on) = match item.strip_prefix('-') {
                Some(id) => (id, false),
                None => (item.strip_prefix('+').unwrap_or(item), true),
            };
            let rule = RULES
                .iter()
                .find(|rule| rule.id == id)
                .ok_or_else(|| unknown(Phrase::new("rule", "条规则"), id, RULES.iter().map(|rule| rule.id)))?;
            self.chosen.insert(rule.id, if on { rule.at_most() } else { Action::Off });
        }
        Ok(())
    }

    /// What is to be done where `rule` applies.
    pub fn action(&self, rule: &Rule) -> Action {
        let default = if self.silent { Action::Off } else { rule.default };
        self.chosen.get(rule.id).copied().unwrap_or(default)
    }

    /// The value of a switch.
    pub fn value(&self, switch: &Switch) -> &'static str {
        let default = switch.values.first().copied().unwrap_or_default();
        self.values.get(switch.id).copied().unwrap_or(default)
    }
}

/// As a list that [`Rules::parse`] reads; empty for the default set.
impl fmt::Display for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let none = self.silent.then(|| "none".to_owned());
        let chosen = self.chosen.iter().map(|(id, action)| match action {
            Action::Off => format!("-{id}"),
            Action::Report | Action::Fix => format!("+{id}"),
        });
        let values = self.values.iter().map(|(id, value)| format!("{id}={value}"));
        f.write_str(&none.into_iter().chain(chosen).chain(values).collect::<Vec<_>>().join(","))
    }
}

/// The cause of a name that is not known, with the nearest one that is.
fn unknown(what: Phrase, name: &str, known: impl Iterator<Item = &'static str>) -> Cause {
    let near = known.map(|id| (strsim::levenshtein(name, id), id)).min().filter(|(far, id)| *far * 2 <= id.len());
    let none = Cause::NoneSo { what, name: crate::unicode::printable(name).into_owned() };
    match near {
        Some((_, near)) => Cause::Several { causes: vec![none, Cause::DidYouMean { near: near.to_owned() }] },
        None => none,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_changes_the_default_set() {
        let rules = Rules::parse("-half-comma, +half-period,quotes=corner").unwrap();
        let named = |id: &str| RULES.iter().find(|rule| rule.id == id).unwrap();
        assert_eq!(rules.action(named("half-comma")), Action::Off);
        assert_eq!(rules.action(named("half-period")), Action::Fix);
        assert_eq!(rules.action(named("half-colon")), Action::Fix);
        assert_eq!(rules.value(&super::super::house::QUOTES), "corner");
        let none = Rules::parse("none,+half-comma").unwrap();
        assert_eq!(none.action(named("half-colon")), Action::Off);
        assert_eq!(none.action(named("half-comma")), Action::Fix);
    }

    #[test]
    fn a_selection_is_told_as_it_is_read() {
        assert_eq!(Rules::default().to_string(), "");
        let list = "none,-half-colon,+half-comma,quotes=corner";
        assert_eq!(Rules::parse(list).unwrap().to_string(), list);
        assert_eq!(Rules::parse("quotes=corner,+half-comma,none").unwrap().to_string(), "none");
    }

    #[test]
    fn unknown_names_are_errors_with_a_hint() {
        assert_eq!(
            Rules::parse("+half-coma").unwrap_err().to_string(),
            "there is no rule “half-coma”; did you mean half-comma?"
        );
        assert_eq!(
            Rules::parse("quote=curly").unwrap_err().to_string(),
            "there is no switch “quote”; did you mean quotes?"
        );
        assert_eq!(Rules::parse("quotes=round").unwrap_err().to_string(), "there is no value “round”");
        assert_eq!(Rules::parse("+\u{1b}[0m").unwrap_err().to_string(), "there is no rule “\\u{1b}[0m”");
    }
}
