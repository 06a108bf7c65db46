//! What was asked for where: the command line goes before the environment, the environment before the configuration.

use super::config::Config;
use super::help::unknown;
use super::keys::{self, KEYS, Key, Takes};
use super::{Color, Voice, language};
use crate::error::Cause;
use crate::lang::Phrase;
use crate::slip::Slip;
use crate::unicode::printable;
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// The value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of a switch.
    Switch(bool),
    /// Of all others: one word, or several where it takes several.
    Words(Vec<OsString>),
}

/// The keys that one source sets. What is not here was left open by it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer(BTreeMap<&'static str, Value>);

impl Layer {
    /// What was typed after `command`.
    pub fn typed(command: &str, matches: &ArgMatches) -> Self {
        let mut layer = Layer::default();
        for key in KEYS.iter().filter(|key| key.is_on(command)) {
            match key.takes {
                Takes::Switch if matches.get_flag(key.name) => layer.set(key, Value::Switch(true)),
                Takes::Switch if matches.get_flag(&key.opposite()) => layer.set(key, Value::Switch(false)),
                Takes::Switch => {}
                _ => {
                    if let Some(words) = matches.get_raw(key.name) {
                        layer.set(key, Value::Words(words.map(OsStr::to_owned).collect()));
                    }
                }
            }
        }
        layer
    }

    /// What the environment says for `command`; a variable that is empty says nothing.
    ///
    /// # Errors
    /// The variable whose value its key does not take.
    pub fn environment(command: &str, variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Cause> {
        let mut layer = Layer::default();
        for key in KEYS.iter().filter(|key| key.is_on(command)) {
            let name = key.variable();
            let Some(said) = variable(&name).filter(|said| !said.is_empty()) else { continue };
            let value = match (key.takes, said.to_str()) {
                (Takes::Path(_) | Takes::Paths(_), _) => Value::Words(vec![said]),
                (Takes::Switch, Some(text)) => {
                    Value::Switch(switch(text).ok_or_else(|| Cause::of(&*name, no_switch(text)))?)
                }
                (takes, Some(text)) => {
                    fit(takes, text).map_err(|why| Cause::of(&*name, why))?;
                    Value::Words(vec![said])
                }
                (_, None) => return Err(Cause::of(name, Cause::NotUtf8)),
            };
            layer.set(key, value);
        }
        Ok(layer)
    }

    /// Sets `key`.
    pub fn set(&mut self, key: &Key, value: Value) {
        self.0.insert(key.name, value);
    }

    /// Takes `key` out.
    pub fn unset(&mut self, key: &Key) {
        self.0.remove(key.name);
    }

    /// What it says of `key`.
    pub fn get(&self, key: &Key) -> Option<&Value> {
        self.0.get(key.name)
    }

    fn words(&self, key: &Key) -> Option<&[OsString]> {
        match self.get(key)? {
            Value::Words(words) => Some(words),
            Value::Switch(_) => None,
        }
    }
}

/// A switch of the environment.
fn switch(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" => Some(true),
        "0" | "false" | "no" => Some(false),
        _ => None,
    }
}

fn no_switch(text: &str) -> Cause {
    Cause::ExpectedSwitch { found: printable(text).into_owned() }
}

/// Makes sure that a key that `takes` a word takes this one; what it means is for later.
///
/// # Errors
/// Why not.
pub fn fit(takes: Takes, text: &str) -> Result<(), Cause> {
    match takes {
        Takes::OneOf(_, words) if !words.contains(&text) => Err(unknown(Phrase::new("value", "个值"), text, words)),
        Takes::Number(_, most) if !text.parse().is_ok_and(|number: u16| (1..=most).contains(&number)) => {
            Err(Cause::NotWithin { what: printable(text).into_owned(), least: 1, most: most.into() })
        }
        _ => Ok(()),
    }
}

/// A value that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// On the command line, or in the environment, with its variable; what is wrong with it.
    Asked(Cause),
    /// In a configuration.
    Configured(Slip),
}

impl Fault {
    /// It as a cause.
    pub fn cause(&self) -> Cause {
        match self {
            Fault::Asked(why) => why.clone(),
            Fault::Configured(slip) => slip.cause(),
        }
    }
}

/// What is asked for of a run, but for configurations.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// The command line.
    pub typed: Layer,
    /// The environment.
    pub environment: Layer,
}

impl Asking {
    /// What was typed after `command` and what its variables say.
    ///
    /// # Errors
    /// The variable whose value its key does not take.
    pub fn of(command: &str, matches: &ArgMatches, variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, Cause> {
        Ok(Asking { typed: Layer::typed(command, matches), environment: Layer::environment(command, variable)? })
    }
}

/// What is asked for where one configuration holds.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The command line.
    pub typed: &'a Layer,
    /// The environment.
    pub environment: &'a Layer,
    /// The configuration.
    pub config: &'a Config,
}

impl Asked<'_> {
    /// The layers, the strongest first.
    fn layers(&self) -> [&Layer; 3] {
        [self.typed, self.environment, &self.config.layer]
    }

    /// Whether a switch is on; off where nobody says.
    pub fn switch(&self, key: &Key) -> bool {
        self.layers().into_iter().find_map(|layer| layer.get(key)) == Some(&Value::Switch(true))
    }

    /// How messages are told, where `voice` is what was known before.
    pub fn voice(&self, voice: Voice) -> Voice {
        let word = |key: &Key| self.layers().into_iter().find_map(|layer| layer.words(key)?.first()?.to_str());
        let lang = word(&keys::LANG).and_then(language).unwrap_or(voice.lang);
        let color = word(&keys::COLOR).map_or(voice.color, Color::named);
        Voice { lang, color, quiet: self.switch(&keys::QUIET), verbose: self.switch(&keys::VERBOSE) }
    }

    /// The path of `key`.
    pub fn path(&self, key: &Key) -> Option<PathBuf> {
        self.paths(key).into_iter().next()
    }

    /// The paths of `key`.
    pub fn paths(&self, key: &Key) -> Vec<PathBuf> {
        let words = self.layers().into_iter().find_map(|layer| layer.words(key));
        words.unwrap_or_default().iter().map(PathBuf::from).collect()
    }

    /// What all say of `key`, the weakest first.
    pub fn all(&self, key: &Key) -> Vec<&OsStr> {
        let layers = self.layers().into_iter().rev();
        layers.filter_map(|layer| layer.words(key)).flatten().map(OsString::as_os_str).collect()
    }

    /// Whether `key` is set for this run, on the command line or in the environment.
    pub fn is_asked(&self, key: &Key) -> bool {
        self.typed.get(key).or(self.environment.get(key)).is_some()
    }

    /// The text of `key`, as `understand` does it; several with commas between them.
    ///
    /// # Errors
    /// What `understand` says, with where the text comes from.
    pub fn read<T>(&self, key: &Key, understand: impl Fn(&str) -> Result<T, Cause>) -> Result<Option<T>, Fault> {
        let Some((place, words)) =
            self.layers().into_iter().enumerate().find_map(|(place, layer)| Some((place, layer.words(key)?)))
        else {
            return Ok(None);
        };
        let text = words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(",");
        let blame = |why: Cause| match place {
            0 => Fault::Asked(why),
            1 => Fault::Asked(Cause::of(key.variable(), why)),
            _ => Fault::Configured(self.config.slip(key.name, why)),
        };
        understand(&text).map(Some).map_err(blame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::keys::{FORCE, JOBS, QUIET};

    #[test]
    fn what_a_variable_says_is_taken_or_refused_by_name() {
        let read = |variable: &str, said: &str| {
            Layer::environment("convert", |name| (name == variable).then(|| OsString::from(said)))
        };
        for (said, on) in [("1", true), ("true", true), ("YES", true), ("0", false), ("false", false), ("no", false)] {
            assert_eq!(read("SHANBEN_FORCE", said).unwrap().get(&FORCE), Some(&Value::Switch(on)), "{said}");
        }
        assert_eq!(read("SHANBEN_FORCE", "").unwrap(), Layer::default());
        assert!(
            read("SHANBEN_FORCE", "maybe").unwrap_err().to_string().starts_with("SHANBEN_FORCE: expected 1, true, yes")
        );
        assert!(read("SHANBEN_JOBS", "0").unwrap_err().to_string().contains("SHANBEN_JOBS: 0 must be from 1 to 1024"));
        assert!(read("SHANBEN_LANG", "fr").unwrap_err().to_string().contains("SHANBEN_LANG: there is no value 'fr'"));
        assert!(read("SHANBEN_JOBS", "8").unwrap().get(&JOBS).is_some());
        assert!(read("SHANBEN_QUIET", "1").unwrap().get(&QUIET).is_some());
    }
}
