//! The command line: what was typed becomes what is meant, and what happened is told.

mod accept;
mod args;
mod bind;
mod config;
mod configurations;
mod convert;
mod desk;
mod diff;
mod help;
mod inspect;
mod keys;
mod layers;
mod lists;
mod merge;
mod pack;
mod progress;
mod report;
mod resolve;
mod search;
mod started;
mod stream;
mod suggest;
mod verify;
mod watch;

#[doc(hidden)]
pub use config::TEMPLATE;
#[doc(hidden)]
pub use help::command;
#[doc(hidden)]
pub use keys::{KEYS, Key, Reach, Takes};

use crate::lang::Lang;
use crate::unicode::printable;
use args::{Cli, Command};
use clap::FromArgMatches;
use layers::Asking;
use started::Started;
use std::ffi::{OsStr, OsString};
use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// All done.
    Done,
    /// At least one input failed; all others are finished.
    Failed,
    /// Could not start: usage, configuration, fonts, output folder.
    NotStarted,
    /// Interrupted; the inputs in hand are finished.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::NotStarted => 2,
            Exit::Interrupted => 130,
        })
    }
}

/// What keeps the program from starting, said in the user's language.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Refused(String);

/// In which language, how much and in which colours messages are told.
#[derive(Debug, Clone, Copy)]
struct Voice {
    lang: Lang,
    quiet: bool,
    verbose: bool,
    color: Color,
}

/// When messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Color {
    /// On a terminal that knows colours, or where `CLICOLOR_FORCE` is set, unless `NO_COLOR` is (bixense.com/clicolors).
    Auto,
    Always,
    Never,
}

impl Color {
    /// The meaning of a word of `--color`.
    fn named(word: &str) -> Self {
        match word {
            "always" => Color::Always,
            "never" => Color::Never,
            _ => Color::Auto,
        }
    }

    /// Whether what goes to a terminal, or elsewhere, is coloured, in an environment of these variables.
    fn is_wanted(self, terminal: bool, variable: impl Fn(&str) -> Option<OsString>) -> bool {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let is = |name: &str, value: &str| set(name).is_some_and(|set| set == value);
        let forced = || set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if set("NO_COLOR").is_some() => false,
            Color::Auto => forced() || terminal && !is("TERM", "dumb") && !is("CLICOLOR", "0"),
        }
    }
}

impl From<Color> for clap::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => clap::ColorChoice::Auto,
            Color::Always => clap::ColorChoice::Always,
            Color::Never => clap::ColorChoice::Never,
        }
    }
}

impl Voice {
    /// Tells something on standard error. A closed standard error is no reason to stop.
    fn say(self, line: impl Display) {
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }

    /// Tells several lines.
    fn say_all(self, lines: &[String]) {
        lines.iter().for_each(|line| self.say(line));
    }

    /// Picks the wording of the language.
    fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        self.lang.pick(en, zh)
    }

    /// Whether results may be coloured.
    fn stdout_color(self) -> bool {
        self.color.is_wanted(std::io::stdout().is_terminal(), |name| std::env::var_os(name))
    }

    /// A name above results, in bold where they may be coloured.
    fn bold(self, text: &str) -> String {
        if self.stdout_color() { format!("\u{1b}[1m{text}\u{1b}[m") } else { text.to_owned() }
    }

    fn red(self, text: &str) -> String {
        self.paint("31;1", text)
    }

    fn yellow(self, text: &str) -> String {
        self.paint("33", text)
    }

    fn green(self, text: &str) -> String {
        self.paint("32", text)
    }

    fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// A message label in colour, where standard error is a terminal.
    fn paint(self, code: &str, text: &str) -> String {
        match self.color.is_wanted(std::io::stderr().is_terminal(), |name| std::env::var_os(name)) {
            true => format!("\u{1b}[{code}m{text}\u{1b}[m"),
            false => text.to_owned(),
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    crate::error::catch_panics();
    let started = Started::now();
    let typed = started.with_command(std::env::args_os().collect());
    started.settle(&typed);
    // The help needs to know before the rest is read.
    let lang =
        early(&typed, "lang").and_then(|name| language(&name)).unwrap_or_else(|| locale(|name| std::env::var_os(name)));
    let color = early(&typed, "color").map_or(Color::Auto, |word| Color::named(&word));
    let parsed = help::command(lang).color(color.into()).try_get_matches_from(&typed);
    let parsed = parsed.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) if error.use_stderr() => {
            let told = match lang {
                Lang::Zh if error.kind() != clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                    std::io::stderr().write_all(help::usage_error(&error).as_bytes())
                }
                _ => error.print(),
            };
            // A closed standard error is no reason to end otherwise.
            let _ = told;
            return Exit::NotStarted.into();
        }
        Err(help) => {
            let _ = help.print();
            return Exit::Done.into();
        }
    };
    let voice = Voice { lang, quiet: false, verbose: false, color };
    let asking = matches.subcommand().map(|(name, matches)| Asking::of(name, matches, |name| std::env::var_os(name)));
    let asking = asking.transpose().map_err(|why| Refused(why.told(lang)));
    let exit = asking.and_then(|asking| run(&cli.command, asking.unwrap_or_default(), voice)).unwrap_or_else(|why| {
        let (label, Refused(why)) = (voice.red(voice.pick("error", "错误")), why);
        voice.say(format_args!("{label}{}{}", voice.pick(": ", "："), shown(&why)));
        Exit::NotStarted
    });
    started.linger(voice);
    exit.into()
}

fn run(command: &Command, asking: Asking, voice: Voice) -> Result<Exit, Refused> {
    match command {
        Command::Convert(args) => convert::run(args, asking, voice),
        Command::Bind(args) => bind::run(args, asking, voice),
        Command::Inspect(args) => inspect::run(args, asking, voice),
        Command::Verify(args) => verify::run(args, asking, voice),
        Command::Desk(args) => desk::run(args, asking, voice),
        Command::Accept(args) => accept::run(args, asking, voice),
        Command::Merge(args) => merge::run(args, voice),
        Command::Pack(args) => pack::run(args, asking, voice),
        Command::Rules(args) => lists::rules(args, voice),
        Command::Styles(args) => lists::styles(args, voice),
        Command::Fonts(args) => lists::fonts(args, asking, voice),
        Command::Init(args) => lists::init(args, voice),
        Command::Completions(args) => lists::completions(args, voice),
        Command::Man(args) => lists::man(args, voice),
        Command::Help(args) => lists::help(args, voice),
    }
}

/// Messages of several lines, safe to show.
fn shown(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

/// What `--name` says on the command line, else its variable.
fn early(typed: &[OsString], name: &str) -> Option<String> {
    let option = format!("--{name}");
    let typed = typed.iter().enumerate().find_map(|(i, arg)| match arg.to_str()?.strip_prefix(&option)? {
        "" => typed.get(i + 1)?.to_str().map(str::to_owned),
        rest => rest.strip_prefix('=').map(str::to_owned),
    });
    typed.or_else(|| std::env::var(format!("SHANBEN_{}", name.to_uppercase())).ok())
}

/// The language of a name.
fn language(name: &str) -> Option<Lang> {
    match name {
        "en" => Some(Lang::En),
        "zh" => Some(Lang::Zh),
        _ => None,
    }
}

/// The language of the locale: Chinese when `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set, begins with `zh`; where none is, what
/// the system says.
fn locale(variable: impl Fn(&str) -> Option<OsString>) -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| value != OsStr::new(""));
    match set.or_else(locale_of_system) {
        Some(value) if value.as_encoded_bytes().starts_with(b"zh") => Lang::Zh,
        _ => Lang::En,
    }
}

/// Windows knows the language of the user, but sets no variable.
#[cfg(windows)]
fn locale_of_system() -> Option<OsString> {
    sys_locale::get_locale().map(OsString::from)
}

#[cfg(not(windows))]
fn locale_of_system() -> Option<OsString> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_for_terminals_that_know_them_unless_the_environment_says_otherwise() {
        let wanted = |color: Color, terminal: bool, set: &str| {
            let set = set.split(' ').filter_map(|pair| pair.split_once('='));
            color.is_wanted(terminal, |name| {
                set.clone().find(|(known, _)| *known == name).map(|(_, value)| value.into())
            })
        };
        for (set, terminal, pipe) in [
            ("", true, false),
            ("TERM=dumb", false, false),
            ("NO_COLOR=1", false, false),
            ("NO_COLOR=", true, false),
            ("CLICOLOR=0", false, false),
            ("CLICOLOR_FORCE=1", true, true),
            ("CLICOLOR_FORCE=0", true, false),
            ("CLICOLOR_FORCE=1 NO_COLOR=1", false, false),
        ] {
            assert_eq!((wanted(Color::Auto, true, set), wanted(Color::Auto, false, set)), (terminal, pipe), "{set}");
        }
        assert!(wanted(Color::Always, false, "NO_COLOR=1"));
        assert!(!wanted(Color::Never, true, "CLICOLOR_FORCE=1"));
    }
}
