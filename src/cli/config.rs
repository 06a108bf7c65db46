//! `shanben.toml`: a key for every option, headings by pattern, and styles of one's own.

use super::help::unknown;
use super::keys::{FONT, KEYS, Key, Reach, STYLE, Takes};
use super::layers::{Layer, Value, fit};
use super::resolve::placed;
use super::suggest::nearest;
use crate::discover::STDIN;
use crate::error::Cause;
use crate::fonts::Own;
use crate::lang::Phrase;
use crate::recognize::HeadingPattern;
use crate::slip::{self, Blame, NUMBER, STRING, STRINGS, SWITCH, Slip, TABLE, no_such_type};
use crate::style::{Face, Style};
use crate::unicode::printable;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The name of the file.
pub const NAME: &str = "shanben.toml";

/// The commented file that `shanben init` writes.
pub const TEMPLATE: &str = include_str!("shanben.toml");

/// The largest file that is read. The template has a hundredth of it.
const LARGEST: u64 = 1 << 20;

/// The tables that are no keys.
const HEADINGS: &str = "headings";
const STYLES: &str = "styles";
const FONTS: &str = "fonts";

/// What a file says.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Its path, as it is shown.
    path: PathBuf,
    /// The keys. Paths are those of the file's folder.
    pub layer: Layer,
    /// Patterns of headings.
    pub headings: Arc<[HeadingPattern]>,
    /// Styles by name, with those that they are based on.
    pub styles: Vec<(String, Style)>,
    text: String,
    /// Where in the text the values of the keys stand.
    places: BTreeMap<&'static str, Range<usize>>,
}

impl Config {
    /// Reads the file at `path`, which is told by the name `shown`.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn read(path: &Path, shown: &Path) -> Result<Self, Slip> {
        let text = slip::read(path, shown, LARGEST)?;
        Config::parse(shown, path.parent().unwrap_or(Path::new("")), text)
    }

    /// Reads `text`, which stands in `folder`.
    fn parse(path: &Path, folder: &Path, text: String) -> Result<Self, Slip> {
        let blame = |span: Range<usize>, why: Cause| Slip::at(path, &text, span, why);
        let table = DeTable::parse(&text)
            .map_err(|error| blame(error.span().unwrap_or_default(), Cause::text(printable(error.message().trim()))))?;
        let mut config = Config { path: path.to_owned(), ..Config::default() };
        for (name, value) in table.get_ref() {
            match name.get_ref().as_ref() {
                HEADINGS => config.headings = headings(value).map_err(|(span, why)| blame(span, why))?,
                STYLES => config.styles = styles(value, &text, folder).map_err(|(span, why)| blame(span, why))?,
                FONTS => {
                    let said = fonts(value, folder).map_err(|(span, why)| blame(span, why))?;
                    if !said.is_empty() {
                        config.layer.set(&FONT, Value::Words(said));
                        config.places.insert(FONT.name, value.span());
                    }
                }
                named => {
                    let key = KEYS.iter().find(|key| key.name == named && key.reach != Reach::Nothing);
                    let key = *key.ok_or_else(|| blame(name.span(), no_key(named)))?;
                    let said = said(key, value, folder).map_err(|(span, why)| blame(span, why))?;
                    config.layer.set(key, said);
                    config.places.insert(key.name, value.span());
                }
            }
        }
        config.text = text;
        Ok(config)
    }

    /// Takes out what only the working directory's own file and one that was named may say, and gives the names of those keys.
    pub fn confine(&mut self) -> Vec<&'static str> {
        let names_a_file = |value: &Value| matches!(value, Value::Words(words) if words.iter().any(is_file));
        let kept_back = |key: &&&Key| {
            let said = self.layer.get(key);
            let names = key.name == FONT.name || key.name == STYLE.name && said.is_some_and(names_a_file);
            said.is_some() && (key.reach == Reach::Run || names)
        };
        let kept_back: Vec<&'static Key> = KEYS.iter().filter(kept_back).copied().collect();
        kept_back.iter().for_each(|key| self.layer.unset(key));
        let mut names: Vec<&str> =
            kept_back.iter().map(|key| if key.name == FONT.name { FONTS } else { key.name }).collect();
        for (_, style) in self.styles.iter_mut().filter(|(_, style)| !style.fonts.is_empty()) {
            style.fonts.clear();
            if !names.contains(&FONTS) {
                names.push(FONTS);
            }
        }
        names
    }

    /// What is wrong with the value of the key `name`.
    pub fn slip(&self, name: &str, why: Cause) -> Slip {
        Slip::at(&self.path, &self.text, self.places.get(name).cloned().unwrap_or_default(), why)
    }
}

/// Whether the name of a style is that of a file.
pub fn is_file(name: &(impl AsRef<std::ffi::OsStr> + ?Sized)) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "toml")
}

/// What the file says of `key`.
fn said(key: &Key, value: &Spanned<DeValue<'_>>, folder: &Path) -> Result<Value, Blame> {
    let expected = |what: Phrase, value: &Spanned<DeValue<'_>>| (value.span(), no_such_type(what, value));
    let word = |value: &Spanned<DeValue<'_>>| {
        let text = value.get_ref().as_str().ok_or_else(|| expected(STRING, value))?;
        fit(key.takes, text).map_err(|why| (value.span(), why))?;
        Ok(match key.takes {
            Takes::Path(_) | Takes::Paths(_) if text != STDIN => folder.join(text).into_os_string(),
            Takes::Text(_) if key.name == STYLE.name && is_file(text) => folder.join(text).into_os_string(),
            _ => OsString::from(text),
        })
    };
    match key.takes {
        Takes::Switch => value.get_ref().as_bool().map(Value::Switch).ok_or_else(|| expected(SWITCH, value)),
        Takes::Number(..) => {
            let number = value.get_ref().as_integer().ok_or_else(|| expected(NUMBER, value))?;
            fit(key.takes, number.as_str()).map_err(|why| (value.span(), why))?;
            Ok(Value::Words(vec![number.as_str().into()]))
        }
        Takes::Texts(_) | Takes::Changes(_) | Takes::Paths(_) => {
            let list = value.get_ref().as_array().ok_or_else(|| expected(STRINGS, value))?;
            list.iter().map(word).collect::<Result<_, _>>().map(Value::Words)
        }
        Takes::Text(_) | Takes::OneOf(..) | Takes::Path(_) => Ok(Value::Words(vec![word(value)?])),
    }
}

/// The patterns of headings by level, compiled.
fn headings(value: &Spanned<DeValue<'_>>) -> Result<Arc<[HeadingPattern]>, Blame> {
    let levels = value.get_ref().as_table().ok_or_else(|| (value.span(), no_such_type(TABLE, value)))?;
    let mut found = vec![];
    for (name, patterns) in levels {
        let level = match name.get_ref().as_ref() {
            level @ ("1" | "2" | "3" | "4" | "5" | "6") => level.as_bytes()[0] - b'0',
            other => {
                let why = Cause::NoHeadingLevel { level: printable(other).into_owned() };
                let why = Cause::of(HEADINGS, why);
                return Err((name.span(), why));
            }
        };
        let list = patterns.get_ref().as_array().ok_or_else(|| (patterns.span(), no_such_type(STRINGS, patterns)))?;
        for value in list.iter() {
            let pattern = value.get_ref().as_str().ok_or_else(|| (value.span(), no_such_type(STRING, value)))?;
            let compiled = HeadingPattern::new(level, pattern)
                .map_err(|why| (value.span(), Cause::PatternUnclear { why: printable(&why).into_owned() }))?;
            found.push(compiled);
        }
    }
    found.sort_by_key(HeadingPattern::level);
    Ok(found.into())
}

/// The fonts of the user by face, as the option takes them. Files are those of `folder`.
fn fonts(value: &Spanned<DeValue<'_>>, folder: &Path) -> Result<Vec<OsString>, Blame> {
    let faces = value.get_ref().as_table().ok_or_else(|| (value.span(), no_such_type(TABLE, value)))?;
    let mut found = vec![];
    for (name, font) in faces {
        let face = name.get_ref().as_ref();
        if Face::named(face).is_none() {
            let names = Face::NAMED.map(|(name, _)| name);
            return Err((name.span(), Cause::of(FONTS, unknown(Phrase::new("face", "种字体"), face, &names))));
        }
        let text = font.get_ref().as_str().ok_or_else(|| (font.span(), no_such_type(STRING, font)))?;
        let mut word = OsString::from(format!("{face}="));
        word.push(if Own::is_file(text) { folder.join(text).into_os_string() } else { text.into() });
        found.push(word);
    }
    Ok(found)
}

/// The styles by name. The files of their fonts are those of `folder`.
fn styles(value: &Spanned<DeValue<'_>>, text: &str, folder: &Path) -> Result<Vec<(String, Style)>, Blame> {
    let places = value.get_ref().as_table().ok_or_else(|| (value.span(), no_such_type(TABLE, value)))?;
    let whole: toml::Table =
        text.parse().map_err(|error: toml::de::Error| (value.span(), Cause::text(error.to_string())))?;
    let mut found = vec![];
    for (name, place) in places {
        let own =
            whole.get(STYLES).and_then(|styles| styles.get(name.get_ref().as_ref())).and_then(toml::Value::as_table);
        let own = own.ok_or_else(|| (place.span(), no_such_type(TABLE, place)))?;
        let base = Style::names().next().unwrap_or_default();
        let style = Style::parse(&own.to_string(), base).map_err(|why| {
            // What toml says has several lines.
            let why = match why {
                Cause::Text { text } => Cause::text(text.lines().map(printable).collect::<Vec<_>>().join(" ")),
                why => why,
            };
            (name.span(), Cause::InStyle { name: printable(name.get_ref()).into_owned(), why: Box::new(why) })
        })?;
        found.push((name.get_ref().clone().into_owned(), placed(style, folder)));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// There is no such key: where it belongs, or which one is nearest.
fn no_key(name: &str) -> Cause {
    let book: toml::Table =
        Style::names().next().and_then(Style::source).and_then(|text| text.parse().ok()).unwrap_or_default();
    let of_a_page = |table: &toml::Table| table.get("page").is_some_and(|page| page.get(name).is_some());
    let known: Vec<&str> = KEYS
        .iter()
        .filter(|key| key.reach != Reach::Nothing)
        .map(|key| key.name)
        .chain([HEADINGS, STYLES, FONTS])
        .collect();
    let hint = match nearest(name, &known) {
        _ if Face::named(name).is_some() => Some(Cause::KeyOfTable { table: "[fonts]" }),
        _ if matches!(name, "1" | "2" | "3" | "4" | "5" | "6") => Some(Cause::KeyOfTable { table: "[headings]" }),
        _ if of_a_page(&book) => Some(Cause::KeyOfStyle { table: "[styles.NAME.page]" }),
        _ if book.contains_key(name) => Some(Cause::KeyOfStyle { table: "[styles.NAME]" }),
        Some(near) => Some(Cause::DidYouMean { near: near.to_owned() }),
        None => None,
    };
    let none = Cause::NoKey { name: printable(name).into_owned() };
    Cause::Several { causes: [none].into_iter().chain(hint).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use unicode_width::UnicodeWidthStr;

    fn parse(text: &str) -> Result<Config, Slip> {
        Config::parse(Path::new("c.toml"), Path::new("/home"), text.to_owned())
    }

    /// The template with every key switched on.
    fn uncommented() -> String {
        let line = |line: &str| line.strip_prefix("# ").filter(|rest| rest.contains(" = ")).unwrap_or(line).to_owned();
        TEMPLATE.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_template_is_a_configuration_that_changes_nothing() {
        let config = parse(TEMPLATE).unwrap();
        assert_eq!((config.layer, config.headings.len(), config.styles.len()), (Layer::default(), 0, 0));
    }

    #[test]
    fn every_key_is_shown_by_the_template() {
        let table: toml::Table = uncommented().parse().unwrap();
        let config = parse(&uncommented()).unwrap();
        assert_eq!((config.headings.len(), config.styles.len()), (2, 1));
        for key in KEYS.iter().filter(|key| key.reach != Reach::Nothing) {
            assert!(table.contains_key(key.name) && config.layer.get(key).is_some(), "{} is missing", key.name);
        }
    }

    #[test]
    fn a_slip_in_the_file_is_shown_with_its_line() {
        let told = |text: &str| parse(text).unwrap_err().told(Lang::En);
        assert_eq!(
            told("style = \"book\"\nstile = 1\n"),
            "c.toml: line 2, column 1: there is no key “stile”; did you mean style?\n  2 | stile = 1\n    | ^^^^^"
        );
        assert_eq!(
            told("strict = '是'\r\n"),
            "c.toml: line 1, column 10: expected true or false, found a string\n  1 | strict = '是'\n    |          ^^^^"
        );
        assert!(told("\tstile = 1").ends_with("\n  1 |  stile = 1\n    |  ^^^^^"), "{}", told("\tstile = 1"));
        assert!(told("[headings]\n7 = ['x']").contains("line 2, column 1: headings: there is no level 7"));
        assert_eq!(
            told("[headings]\n1 = ['^第', '(一']"),
            "c.toml: line 2, column 12: the pattern cannot be understood: unclosed group\n  2 | 1 = ['^第', '(一']\n    |             ^^^^^"
        );
        assert!(told("paper = 'a5'").contains("no key “paper”; it belongs to a style: [styles.NAME.page]"));
        assert!(told("kinsoku = 'gb'").contains("it belongs to a style: [styles.NAME]"));
        assert!(told("jobs = 0").contains("line 1, column 8: 0 must be from 1 to 1024"));
        assert!(told("[styles.mine]\nhangin = true").contains("line 1, column 9: style mine: "));
        assert!(told("style = 'book").contains("line 1, column "));
        assert!(told("\u{1b}[31m = 1").contains("\n  1 | "), "a broken line is shown");
        assert!(!told("\"\u{202e}\" = 1").contains('\u{202e}'));
        let long = format!("to = [{}'x', 1]", "'pdf', ".repeat(50));
        assert!(told(&long).lines().all(|line| line.width() < 140), "{}", told(&long));
    }

    #[test]
    fn paths_are_those_of_the_folder_of_the_file() {
        let config = parse("\u{feff}output = 'out'\nstyle = 'mine.toml'\nfiles-from = '-'\n").unwrap();
        let word = |key: &Key| config.layer.get(key).cloned();
        assert_eq!(word(&super::super::keys::OUTPUT), Some(Value::Words(vec!["/home/out".into()])));
        assert_eq!(word(&STYLE), Some(Value::Words(vec!["/home/mine.toml".into()])));
        assert_eq!(word(&super::super::keys::FILES_FROM), Some(Value::Words(vec!["-".into()])));
    }

    #[test]
    fn what_a_folder_may_not_say_is_taken_out_and_named() {
        let mut config = parse("output = '/x'\nforce = true\nstyle = 'a.toml'\nwrap = 'sentence'\n").unwrap();
        assert_eq!(config.confine(), ["output", "style", "force"]);
        assert!(config.layer.get(&super::super::keys::WRAP).is_some());
        assert!(config.layer.get(&super::super::keys::OUTPUT).is_none());
    }
}
