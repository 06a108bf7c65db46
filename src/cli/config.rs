//! `shanben.toml`: a key for every option, headings by pattern, and styles of one's own.

use super::Refused;
use super::suggest::nearest;
use crate::discover::STDIN;
use crate::error::{reason, told};
use crate::lang::Lang;
use crate::unicode::printable;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the file.
pub const NAME: &str = "shanben.toml";

/// The commented file that `shanben init` writes.
pub const TEMPLATE: &str = include_str!("shanben.toml");

/// What the file says. Paths in it are relative to its folder.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// `--lang`
    pub lang: Option<String>,
    /// `--quiet`
    #[serde(default)]
    pub quiet: bool,
    /// `--verbose`
    #[serde(default)]
    pub verbose: bool,
    /// Inputs, when the command line names none.
    #[serde(default)]
    pub inputs: Vec<PathBuf>,
    /// `--files-from`
    pub files_from: Option<PathBuf>,
    /// `--output`
    pub output: Option<PathBuf>,
    /// `--to`
    #[serde(default)]
    pub to: Vec<String>,
    /// `--encoding`
    pub encoding: Option<String>,
    /// `--escape-bytes`
    #[serde(default)]
    pub escape_bytes: bool,
    /// `--style`
    pub style: Option<String>,
    /// `--rules`
    #[serde(default)]
    pub rules: Vec<String>,
    /// `--max-size`
    pub max_size: Option<String>,
    /// `--jobs`
    pub jobs: Option<u16>,
    /// `--report`
    pub report: Option<PathBuf>,
    /// `--force`
    #[serde(default)]
    pub force: bool,
    /// `--prune`
    #[serde(default)]
    pub prune: bool,
    /// `--strict`
    #[serde(default)]
    pub strict: bool,
    /// `--dry-run`
    #[serde(default)]
    pub dry_run: bool,
    /// `--watch`
    #[serde(default)]
    pub watch: bool,
    /// `--print-ready`
    #[serde(default)]
    pub print_ready: bool,
    /// `--booklet`
    #[serde(default)]
    pub booklet: bool,
    /// `--collation`
    #[serde(default)]
    pub collation: bool,
    /// `--colophon`
    #[serde(default)]
    pub colophon: bool,
    /// `--no-attach`
    #[serde(default)]
    pub no_attach: bool,
    /// `--track-changes`
    #[serde(default)]
    pub track_changes: bool,
    /// `--embed-fonts`
    #[serde(default)]
    pub embed_fonts: bool,
    /// `--wrap`
    pub wrap: Option<String>,
    /// `--font-dir`
    pub font_dir: Option<PathBuf>,
    /// `--fallback-font`
    #[serde(default)]
    pub fallback_font: Vec<PathBuf>,
    /// Patterns of headings by level (`1` to `6`).
    #[serde(default)]
    pub headings: BTreeMap<String, Vec<String>>,
    /// Styles by name.
    #[serde(default)]
    pub styles: BTreeMap<String, toml::Table>,
}

impl Config {
    /// Reads the file that is named, or the one found from `input` upward; without any, an empty configuration.
    ///
    /// # Errors
    /// When the file cannot be read or understood.
    pub fn find(named: Option<&Path>, input: Option<&Path>, lang: Lang) -> Result<Self, Refused> {
        let Some(path) = named.map(Path::to_owned).or_else(|| upward(input)) else { return Ok(Config::default()) };
        let refuse = |why: String| Refused(format!("{}: {}", path.display(), told(&why, lang)));
        let text = std::fs::read_to_string(&path).map_err(|error| refuse(reason(&error)))?;
        let mut config = Config::parse(&text).map_err(refuse)?;
        config.place(path.parent().unwrap_or(Path::new("")));
        Ok(config)
    }

    /// Reads the text of a configuration.
    ///
    /// # Errors
    /// The line and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let config: Config = toml::from_str(text).map_err(|error| slip(text, &error))?;
        if let Some(level) =
            config.headings.keys().find(|level| !matches!(level.as_str(), "1" | "2" | "3" | "4" | "5" | "6"))
        {
            return Err(format!("headings: there is no level {}; levels are 1 to 6", printable(level)));
        }
        Ok(config)
    }

    /// The patterns of headings as pairs of level and pattern.
    pub fn heading_patterns(&self) -> Vec<(u8, String)> {
        self.headings
            .iter()
            .filter_map(|(level, patterns)| Some((level.parse().ok()?, patterns)))
            .flat_map(|(level, patterns)| patterns.iter().map(move |pattern| (level, pattern.clone())))
            .collect()
    }

    /// Makes its paths relative to `folder`.
    fn place(&mut self, folder: &Path) {
        let single = [&mut self.output, &mut self.files_from, &mut self.report, &mut self.font_dir];
        let paths = single.into_iter().flatten().chain(&mut self.inputs).chain(&mut self.fallback_font);
        for path in paths.filter(|path| path.as_os_str() != STDIN) {
            *path = folder.join(&*path);
        }
    }
}

/// Where and what the slip is, in one line; the nearest key for one that does not exist.
fn slip(text: &str, error: &toml::de::Error) -> String {
    let message = error.message().trim();
    let mut names = message.split('`').skip(1).step_by(2);
    let what = match names.next().filter(|_| message.starts_with("unknown field")) {
        Some(key) => {
            let known: Vec<&str> = names.collect();
            let near = nearest(key, &known).map(|near| format!("; did you mean {near}?"));
            format!("there is no key “{}”{}", printable(key), near.unwrap_or_default())
        }
        None => printable(message).into_owned(),
    };
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else { return what };
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let (line, column) = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
    format!("line {line}, column {column}: {what}")
}

/// The nearest `shanben.toml` in the folder of `input` or above it.
fn upward(input: Option<&Path>) -> Option<PathBuf> {
    let input = input.filter(|path| path.as_os_str() != STDIN).unwrap_or(Path::new(""));
    let start = std::path::absolute(if input.as_os_str().is_empty() { Path::new(".") } else { input }).ok()?;
    start.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::help::command;

    /// The template with every key switched on.
    fn uncommented() -> String {
        let line = |line: &str| line.strip_prefix("# ").filter(|rest| rest.contains(" = ")).unwrap_or(line).to_owned();
        TEMPLATE.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_template_is_a_configuration_that_changes_nothing() {
        let text = Config::parse(TEMPLATE).unwrap();
        assert_eq!(format!("{text:?}"), format!("{:?}", Config::default()));
    }

    #[test]
    fn every_option_of_convert_has_a_key_and_the_template_shows_it() {
        let table: toml::Table = uncommented().parse().unwrap();
        Config::parse(&uncommented()).unwrap();
        let command = command(Lang::En);
        let convert = command.find_subcommand("convert").unwrap();
        for arg in convert.get_arguments().chain(command.get_arguments()).filter(|arg| arg.get_id() != "config") {
            let key = arg.get_id().as_str().replace('_', "-");
            assert!(table.contains_key(&key), "{key} is missing in the template");
        }
    }

    #[test]
    fn a_slip_in_the_file_is_named_with_its_line() {
        let error = Config::parse("style = \"book\"\nstile = 1\n").unwrap_err();
        assert_eq!(error, "line 2, column 1: there is no key “stile”; did you mean style?");
        let error = Config::parse("[styles]\nforce = true\nstrict = 'yes'").unwrap_err();
        assert!(error.starts_with("line 2, column 9: invalid type"), "{error}");
        assert!(Config::parse("[headings]\n7 = ['x']").unwrap_err().contains("no level 7"));
    }
}
