//! From what was typed to what is meant: command line over environment (both by clap) over `shanben.toml` over defaults.

use super::args::{ConvertArgs, FontArgs, InputArgs, ReadingArgs};
use super::config::Config;
use super::help::unknown;
use super::{Refused, Voice};
use crate::decode;
use crate::discover::STDIN;
use crate::error::{reason, told};
use crate::fonts::Library;
use crate::normalize::Rules;
use crate::options::{Format, Settings, date_of_epoch};
use crate::style::Style;
use crate::write::markdown::{self, Wrap};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Where inputs come from when nothing is named.
const DEFAULT_INPUT: &str = "input";
/// Where outputs go when nothing is named.
pub const DEFAULT_OUTPUT: &str = "output";
/// Largest input when nothing is named.
const DEFAULT_MAX_SIZE: u64 = 256 << 20;

/// What both `convert` and `inspect` read from their arguments.
#[derive(Debug)]
pub struct Resolved {
    /// The configuration file.
    pub config: Config,
    /// What is to be read.
    pub inputs: Vec<PathBuf>,
    /// What decides the bytes of an edition.
    pub settings: Settings,
    /// Largest input in bytes.
    pub max_size: u64,
    /// How messages are told, now that the configuration has had its say.
    pub voice: Voice,
}

/// Resolves the arguments of `convert`.
///
/// # Errors
/// A value that cannot be.
pub fn convert(args: &ConvertArgs, voice: Voice) -> Result<Resolved, Refused> {
    let mut resolved = reading(&args.input, &args.reading, voice)?;
    let Resolved { config, settings, .. } = &mut resolved;
    let to = if args.to.is_empty() { &config.to } else { &args.to };
    if !to.is_empty() {
        settings.formats = formats(to, voice)?;
    }
    if args.style.is_some() {
        // What is asked for now goes before what the text asks for.
        settings.style = style(args.style.as_deref(), config, voice)?;
        settings.styles = None;
    }
    settings.print_ready = args.print_ready || config.print_ready;
    settings.booklet = args.booklet || config.booklet;
    settings.collation = args.collation || config.collation;
    settings.colophon = args.colophon || config.colophon;
    settings.attach = !(args.no_attach || config.no_attach);
    settings.track_changes = args.track_changes || config.track_changes;
    settings.embed_fonts = args.embed_fonts || config.embed_fonts;
    settings.markdown = markdown::Options { wrap: wrap(args.wrap.as_deref().or(config.wrap.as_deref()), voice)? };
    Ok(resolved)
}

/// Resolves what `inspect` shares with `convert`.
///
/// # Errors
/// A value that cannot be.
pub fn reading(input: &InputArgs, args: &ReadingArgs, voice: Voice) -> Result<Resolved, Refused> {
    let from_environment =
        || input.inputs.is_empty().then(|| std::env::var_os("SHANBEN_FILES_FROM"))?.map(PathBuf::from);
    let files_from = input.files_from.clone().or_else(from_environment);
    let mut inputs = input.inputs.clone();
    inputs.extend(files_from.as_deref().map(|path| list(path, voice)).transpose()?.into_iter().flatten());
    if inputs.len() > 1 && files_from.as_deref().is_some_and(is_stdin) && inputs.iter().any(|path| is_stdin(path)) {
        return Err(Refused(
            voice
                .pick("standard input cannot be both the list and an input", "标准输入不能既是清单又是输入")
                .to_owned(),
        ));
    }
    let config = Config::find(
        args.config.as_deref(),
        inputs.first().map(PathBuf::as_path).or(Some(Path::new(DEFAULT_INPUT))),
        voice.lang,
    )?;
    if inputs.is_empty() && files_from.is_none() {
        inputs = config.inputs.clone();
        if let Some(path) = &config.files_from {
            inputs.extend(list(path, voice)?);
        }
        if inputs.is_empty() {
            inputs.push(PathBuf::from(DEFAULT_INPUT));
        }
    }
    let encoding = args.encoding.as_deref().or(config.encoding.as_deref());
    let size = args.max_size.as_deref().or(config.max_size.as_deref());
    let own = config.styles.keys().map(|name| Ok((name.clone(), style(Some(name), &config, voice)?)));
    let styles = own.collect::<Result<_, Refused>>()?;
    let settings = Settings {
        encoding: encoding.map(|label| encoding_label(label, voice)).transpose()?,
        escape_bytes: args.escape_bytes || config.escape_bytes,
        rules: rules(args.rules.as_deref(), &config, voice)?,
        headings: config.heading_patterns(),
        date: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| date_of_epoch(&seconds)),
        styles: Some(styles),
        ..Settings::new(style(config.style.as_deref(), &config, voice)?)
    };
    let max_size = size.map_or(Ok(DEFAULT_MAX_SIZE), |size| bytes(size, voice))?;
    let lang = config.lang.as_deref().and_then(super::language).filter(|_| !voice.named).unwrap_or(voice.lang);
    let voice = Voice { lang, quiet: voice.quiet || config.quiet, verbose: voice.verbose || config.verbose, ..voice };
    Ok(Resolved { config, inputs, settings, max_size, voice })
}

/// The fonts that are asked for.
///
/// # Errors
/// A font that cannot be used.
pub fn library(args: &FontArgs, config: &Config, voice: Voice) -> Result<Library, Refused> {
    let refuse = |why: String| Refused(told(&why, voice.lang).into_owned());
    let library = match args.font_dir.as_ref().or(config.font_dir.as_ref()) {
        Some(folder) => Library::load(folder).map_err(refuse)?,
        None => Library::embedded().ok_or_else(|| {
            let why = voice.pick(
                "this program was built without fonts; name them with --font-dir",
                "本程序未内置字体，请用 --font-dir 指定",
            );
            Refused(why.to_owned())
        })?,
    };
    let fallback = if args.fallback_font.is_empty() { &config.fallback_font } else { &args.fallback_font };
    library.with_fallback(fallback).map_err(refuse)
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

/// The names in the file at `path`, one a line, in bytes as the system has them.
fn list(path: &Path, voice: Voice) -> Result<Vec<PathBuf>, Refused> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let from: Box<dyn BufRead> = match is_stdin(path) {
            true => Box::new(io::stdin().lock()),
            false => Box::new(BufReader::new(std::fs::File::open(path)?)),
        };
        let mut names = vec![];
        for line in from.split(b'\n') {
            let mut line = line?;
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            if !line.is_empty() {
                names.push(path_of_bytes(line));
            }
        }
        Ok(names)
    };
    read().map_err(|error| {
        let list = voice.pick("list of inputs", "输入清单");
        Refused(format!("{list} {}: {}", path.display(), told(&reason(&error), voice.lang)))
    })
}

#[cfg(unix)]
fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

fn formats(names: &[String], voice: Voice) -> Result<Vec<Format>, Refused> {
    let known = Format::ALL.map(Format::name);
    let found: Result<Vec<Format>, Refused> = names
        .iter()
        .flat_map(|name| name.split(','))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| {
            Format::from_name(name).ok_or_else(|| Refused(unknown(voice.lang, ("format", "格式"), name, &known)))
        })
        .collect();
    let mut formats = found?;
    formats.sort();
    formats.dedup();
    if formats.is_empty() {
        return Err(Refused(voice.pick("--to names no format", "--to 没有给出格式").to_owned()));
    }
    Ok(formats)
}

/// The style of a name: one of the configuration, a built-in one, or a file.
fn style(name: Option<&str>, config: &Config, voice: Voice) -> Result<Style, Refused> {
    let known: Vec<&str> = Style::names().collect();
    let default = known.first().copied().unwrap_or_default();
    let name = name.unwrap_or(default);
    let refuse = |why: String| Refused(format!("{} {name}: {}", voice.pick("style", "版式"), told(&why, voice.lang)));
    if let Some(table) = config.styles.get(name) {
        return Style::parse(&table.to_string(), default).map_err(refuse);
    }
    if let Some(style) = Style::builtin(name) {
        return Ok(style);
    }
    if name.ends_with(".toml") {
        let text = std::fs::read_to_string(name).map_err(|error| refuse(reason(&error)))?;
        return Style::parse(&text, default).map_err(refuse);
    }
    let all: Vec<&str> = known.into_iter().chain(config.styles.keys().map(String::as_str)).collect();
    Err(Refused(unknown(voice.lang, ("style", "版式"), name, &all)))
}

/// The rules of the configuration, and over them those of the command line.
fn rules(typed: Option<&str>, config: &Config, voice: Voice) -> Result<Rules, Refused> {
    let list: Vec<&str> = config.rules.iter().map(String::as_str).chain(typed).collect();
    Rules::parse(&list.join(",")).map_err(|why| Refused(told(&why, voice.lang).into_owned()))
}

fn encoding_label(label: &str, voice: Voice) -> Result<String, Refused> {
    match decode::label(label) {
        Some(label) => Ok(label.to_owned()),
        None => {
            let labels: Vec<&str> = decode::labels().collect();
            let near = super::suggest::nearest(label, &labels).unwrap_or("gb18030");
            Err(Refused(match voice.lang {
                crate::lang::Lang::En => format!("there is no encoding '{label}'; did you mean '{near}'?"),
                crate::lang::Lang::Zh => format!("没有“{label}”这个编码；是不是“{near}”？"),
            }))
        }
    }
}

fn wrap(value: Option<&str>, voice: Voice) -> Result<Wrap, Refused> {
    match value {
        None | Some("none") => Ok(Wrap::None),
        Some("sentence") => Ok(Wrap::Sentence),
        Some(number) => match number.parse() {
            Ok(columns) if columns > 0 => Ok(Wrap::Columns(columns)),
            _ => Err(Refused(unknown(voice.lang, ("line width", "换行方式"), number, &["none", "sentence", "80"]))),
        },
    }
}

/// A size such as `256MB`, `1G` or `4096`.
fn bytes(text: &str, voice: Voice) -> Result<u64, Refused> {
    let lower = text.trim().to_ascii_lowercase();
    let digits = lower.trim_end_matches(|c: char| !c.is_ascii_digit());
    let shift = match lower[digits.len()..].trim() {
        "" | "b" => Some(0),
        "k" | "kb" | "kib" => Some(10),
        "m" | "mb" | "mib" => Some(20),
        "g" | "gb" | "gib" => Some(30),
        _ => None,
    };
    shift
        .and_then(|shift| digits.parse::<u64>().ok()?.checked_mul(1 << shift))
        .ok_or_else(|| Refused(unknown(voice.lang, ("size", "大小"), text, &["4096", "64KB", "256MB", "1GB"])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    const VOICE: Voice = Voice { lang: Lang::En, quiet: false, verbose: false, color: false, named: true };

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(bytes("256MB", VOICE), Ok(256 << 20));
        assert_eq!(bytes("1 g", VOICE), Ok(1 << 30));
        assert_eq!(bytes("4096", VOICE), Ok(4096));
        assert!(bytes("much", VOICE).is_err() && bytes("99999999999G", VOICE).is_err());
    }

    #[test]
    fn unknown_values_are_answered_with_the_nearest() {
        let why = |result: Result<Vec<Format>, Refused>| result.unwrap_err().0;
        assert_eq!(
            why(formats(&["dox".into()], VOICE)),
            "there is no format 'dox'; did you mean 'docx'? (pdf, docx, md, txt)"
        );
        assert!(style(Some("offical"), &Config::default(), VOICE).unwrap_err().0.contains("did you mean 'official'?"));
        assert!(encoding_label("gb18031", VOICE).unwrap_err().0.contains("did you mean 'gb18030'?"));
    }

    #[test]
    fn styles_of_the_configuration_can_be_named() {
        let config = Config::parse("[styles.mine]\nbase = 'official'\nhanging = true").unwrap();
        assert!(style(Some("mine"), &config, VOICE).unwrap().hanging);
    }
}
