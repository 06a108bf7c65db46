//! From what was typed to what is meant.

use super::config::{NAME, is_file};
use super::configurations::{Configurations, told_fault};
use super::help::unknown;
use super::keys;
use super::layers::{Asked, Asking, Fault, Layer};
use super::suggest::nearest;
use super::{Refused, Voice};
use crate::decode;
use crate::discover::STDIN;
use crate::error::Cause;
use crate::fonts::{Library, Own};
use crate::lang::{Phrase, Region};
use crate::normalize::Rules;
use crate::options::{Format, Settings, date_of_epoch};
use crate::style::Style;
use crate::unicode::printable;
use crate::write::markdown::{self, Wrap};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where inputs come from when nothing is named.
pub const DEFAULT_INPUT: &str = "input";
/// Where outputs go when nothing is named.
pub const DEFAULT_OUTPUT: &str = "output";
/// Largest input when nothing is named.
const DEFAULT_MAX_SIZE: u64 = 256 << 20;

/// What is asked for, and where inputs come from.
#[derive(Debug)]
pub struct Resolved {
    /// What decides the bytes of each edition.
    pub configurations: Configurations,
    /// What is to be read.
    pub inputs: Vec<PathBuf>,
    /// Largest input in bytes.
    pub max_size: u64,
    /// How messages are told, now that the configuration has had its say.
    pub voice: Voice,
}

/// Resolves what is asked for of the inputs that are `typed`, or of those that are named elsewhere.
///
/// # Errors
/// A value that cannot be, or a list that cannot be read.
pub fn run(asking: Asking, typed: &[PathBuf], voice: Voice) -> Result<Resolved, Refused> {
    let mut configurations = Configurations::new(asking, voice)?;
    let voice = configurations.asked().voice(voice);
    let inputs = inputs(&configurations.asked(), typed, voice)?;
    let refuse = |fault: Fault| Refused(told_fault(&fault, voice));
    let max_size = configurations.asked().read(&keys::MAX_SIZE, bytes).map_err(refuse)?.unwrap_or(DEFAULT_MAX_SIZE);
    configurations.begin("");
    // What was typed is refused before anything is written; so is what the working directory's own configuration says. A folder below
    // speaks for its own inputs only, and fails with them.
    for input in &inputs {
        let place = if input.is_dir() { input.join(NAME) } else { input.clone() };
        match configurations.consider(&place, None).map(|_| ()) {
            Err(fault @ Fault::Asked(_)) => return Err(refuse(fault)),
            Err(Fault::Configured(_)) | Ok(()) => {}
        }
    }
    if let Err(fault @ Fault::Configured(_)) = configurations.consider(Path::new(STDIN), None) {
        return Err(refuse(fault));
    }
    Ok(Resolved { configurations, inputs, max_size, voice })
}

/// The inputs: those that are typed and listed, else those of the environment, of the configuration, or the default.
fn inputs(asked: &Asked<'_>, typed: &[PathBuf], voice: Voice) -> Result<Vec<PathBuf>, Refused> {
    let mut inputs = typed.to_vec();
    // Elsewhere than on the command line, a list stands for inputs that are not typed.
    let listed =
        asked.path(&keys::FILES_FROM).filter(|_| typed.is_empty() || asked.typed.get(&keys::FILES_FROM).is_some());
    if inputs.is_empty() && !asked.is_asked(&keys::FILES_FROM) {
        inputs = asked.paths(&keys::INPUTS);
    }
    inputs.extend(listed.as_deref().map(|path| list(path, voice)).transpose()?.into_iter().flatten());
    if inputs.len() > 1 && listed.as_deref().is_some_and(is_stdin) && inputs.iter().any(|path| is_stdin(path)) {
        return Err(Refused(
            voice
                .pick("standard input cannot be both the list and an input", "标准输入不能既是清单又是输入")
                .to_owned(),
        ));
    }
    if inputs.is_empty() && listed.is_none() {
        inputs.push(PathBuf::from(DEFAULT_INPUT));
    }
    Ok(inputs)
}

/// The settings where one configuration holds.
///
/// # Errors
/// A value that cannot be.
pub fn settings(asked: &Asked<'_>) -> Result<Settings, Fault> {
    let own = &asked.config.styles;
    let named = asked.read(&keys::STYLE, |name| style(name, own))?;
    let by_kind = named.is_none();
    let style = match named {
        Some(style) => style,
        None => style(Style::names().next().unwrap_or_default(), own).map_err(Fault::Asked)?,
    };
    let defaults = Settings::new(style);
    Ok(Settings {
        formats: asked.read(&keys::TO, formats)?.unwrap_or_else(|| defaults.formats.clone()),
        encoding: asked.read(&keys::ENCODING, encoding_label)?.flatten(),
        escape_bytes: asked.switch(&keys::ESCAPE_BYTES),
        region: asked.read(&keys::REGION, |name| Ok(region(name)))?.flatten(),
        // What is asked for now goes before what the text asks for.
        styles: (!asked.is_asked(&keys::STYLE)).then(|| own.clone()),
        by_kind,
        rules: rules(asked)?,
        headings: Arc::clone(&asked.config.headings),
        print_ready: asked.switch(&keys::PRINT_READY),
        booklet: asked.switch(&keys::BOOKLET),
        grey: asked.switch(&keys::GREY),
        link_notes: asked.switch(&keys::LINK_NOTES),
        collation: asked.switch(&keys::COLLATION),
        colophon: asked.switch(&keys::COLOPHON),
        attach: !asked.switch(&keys::NO_ATTACH),
        track_changes: asked.switch(&keys::TRACK_CHANGES),
        embed_fonts: asked.switch(&keys::EMBED_FONTS),
        markdown: markdown::Options { wrap: asked.read(&keys::WRAP, wrap)?.unwrap_or_default() },
        date: std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| date_of_epoch(&seconds)),
        ..defaults
    })
}

/// The fonts that are named, else those in the program, which may have none.
///
/// # Errors
/// A font that cannot be used.
pub fn library(asked: &Asked<'_>, voice: Voice) -> Result<Library, Refused> {
    let refuse = |why: Cause| Refused(why.told(voice.lang));
    let library = match asked.path(&keys::FONT_DIR) {
        Some(folder) => Library::load(&folder).map_err(refuse)?,
        None => Library::embedded().unwrap_or_default(),
    };
    let own = asked.all(&keys::FONT).into_iter().map(|text| Own::parse(&text.to_string_lossy()));
    let own = own.collect::<Result<Vec<Own>, Cause>>().map_err(refuse)?;
    let mut library = library.with_own(&own).map_err(refuse)?;
    let typed = style_asked(asked, voice)?;
    for style in asked.config.styles.iter().map(|(_, style)| style).chain(&typed) {
        library = library.with_style(style).map_err(refuse)?;
    }
    library.with_fallback(&asked.paths(&keys::FALLBACK_FONT)).map_err(refuse)
}

/// The style that is asked for, if one is.
///
/// # Errors
/// When there is none of its name, or it cannot be read.
pub fn style_asked(asked: &Asked<'_>, voice: Voice) -> Result<Option<Style>, Refused> {
    let found = asked.read(&keys::STYLE, |name| style(name, &asked.config.styles));
    found.map_err(|fault| Refused(told_fault(&fault, voice)))
}

/// Makes sure that there are fonts.
///
/// # Errors
/// When the program was built without them, and none are named.
pub fn need_fonts(library: &Library, voice: Voice) -> Result<(), Refused> {
    if library.fonts().next().is_some() {
        return Ok(());
    }
    let why = voice.pick(
        "this program was built without fonts; name them with --font-dir",
        "本程序未内置字体，请用 --font-dir 指定",
    );
    Err(Refused(why.to_owned()))
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

/// The names in the file at `path`, in bytes as the system has them: one a line or, where there is a NUL, each up to a NUL. A mark of
/// the byte order, with which Notepad begins its files, is no part of a name.
fn list(path: &Path, voice: Voice) -> Result<Vec<PathBuf>, Refused> {
    let bytes = match is_stdin(path) {
        true => {
            let mut bytes = vec![];
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        }
        false => std::fs::read(path),
    };
    let bytes = bytes.map_err(|error| {
        let list = voice.pick("list of inputs", "输入清单");
        Refused(format!("{list} {}: {}", path.display(), Cause::from(&error).told(voice.lang)))
    })?;
    Ok(names(path, bytes))
}

/// The names in a list of inputs.
fn names(path: &Path, bytes: Vec<u8>) -> Vec<PathBuf> {
    let utf_16 = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let bytes = match decode::decode(path, &bytes, None) {
        Ok(decoded) if utf_16 => decoded.text.into_bytes(),
        _ => bytes,
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let names = bytes.split(|&byte| byte == end).map(|name| match end {
        0 => name,
        _ => name.strip_suffix(b"\r").unwrap_or(name),
    });
    names.filter(|name| !name.is_empty()).map(|name| path_of_bytes(name.to_vec())).collect()
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

/// The formats of a list.
fn formats(list: &str) -> Result<Vec<Format>, Cause> {
    let known = Format::ALL.map(Format::name);
    let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
    let mut formats = names
        .map(|name| Format::from_name(name).ok_or_else(|| unknown(Phrase::new("format", "个格式"), name, &known)))
        .collect::<Result<Vec<Format>, Cause>>()?;
    formats.sort();
    formats.dedup();
    if formats.is_empty() { Err(Cause::NoFormats) } else { Ok(formats) }
}

/// The style of a name: one of the configuration's `own`, a built-in one, or a file.
fn style(name: &str, own: &[(String, Style)]) -> Result<Style, Cause> {
    let refuse = |why: Cause| Cause::InStyle { name: printable(name).into_owned(), why: Box::new(why) };
    match named_style(name, own) {
        Err(_) if is_file(name) => {
            let text = std::fs::read_to_string(name).map_err(|error| refuse((&error).into()))?;
            let style = Style::parse(&text, Style::names().next().unwrap_or_default()).map_err(refuse)?;
            Ok(placed(style, Path::new(name).parent().unwrap_or(Path::new(""))))
        }
        style => style,
    }
}

/// A style that stands in `folder`, with the files of its fonts found from there.
pub fn placed(mut style: Style, folder: &Path) -> Style {
    for font in style.fonts.values_mut().filter(|font| Own::is_file(font)) {
        *font = folder.join(&**font).to_string_lossy().into_owned();
    }
    style
}

/// The same of a name that cannot be that of a file.
///
/// # Errors
/// When there is no such style.
pub fn named_style(name: &str, own: &[(String, Style)]) -> Result<Style, Cause> {
    let found = own.iter().find(|(known, _)| known == name).map(|(_, style)| style.clone());
    found.or_else(|| Style::builtin(name)).ok_or_else(|| {
        let mut all: Vec<&str> = Style::names().collect();
        all.extend(own.iter().map(|(name, _)| name.as_str()));
        unknown(Phrase::new("style", "个版式"), name, &all)
    })
}

/// The rules of the configuration, and over them those that are asked for now.
fn rules(asked: &Asked<'_>) -> Result<Rules, Fault> {
    let configured = Asked { typed: &Layer::default(), environment: &Layer::default(), config: asked.config };
    let configured = configured.read(&keys::RULES, |list| Rules::parse(list).map(|_| list.to_owned()))?;
    let over = |list: &str| Rules::parse(&[configured.as_deref().unwrap_or_default(), list].join(","));
    let rules = if asked.is_asked(&keys::RULES) { asked.read(&keys::RULES, over)? } else { over("").ok() };
    Ok(rules.unwrap_or_default())
}

/// The encoding of a label; none for `auto`, which is to detect it.
fn encoding_label(label: &str) -> Result<Option<String>, Cause> {
    if label.eq_ignore_ascii_case("auto") {
        return Ok(None);
    }
    decode::label(label).map(|label| Some(label.to_owned())).ok_or_else(|| {
        let labels: Vec<&str> = decode::labels().collect();
        let near = nearest(label, &labels).unwrap_or("gb18030");
        Cause::NoEncodingButNear { label: printable(label).into_owned(), near: near.to_owned() }
    })
}

/// The region of a name; none for `auto`, which leaves it to the text.
fn region(name: &str) -> Option<Region> {
    match name {
        "tw" => Some(Region::Taiwan),
        "hk" => Some(Region::HongKong),
        "cn" => Some(Region::Mainland),
        _ => None,
    }
}

fn wrap(value: &str) -> Result<Wrap, Cause> {
    match value {
        "none" => Ok(Wrap::None),
        "sentence" => Ok(Wrap::Sentence),
        number => match number.parse() {
            Ok(columns) if columns > 0 => Ok(Wrap::Columns(columns)),
            _ => Err(unknown(Phrase::new("line width", "个换行方式"), number, &["none", "sentence", "80"])),
        },
    }
}

/// A size such as `256MB`, `1G` or `4096`.
fn bytes(text: &str) -> Result<u64, Cause> {
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
        .ok_or_else(|| unknown(Phrase::new("size", "个大小"), text, &["4096", "64KB", "256MB", "1GB"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(bytes("256MB"), Ok(256 << 20));
        assert_eq!(bytes("1 g"), Ok(1 << 30));
        assert_eq!(bytes("4096"), Ok(4096));
        assert!(bytes("much").is_err() && bytes("99999999999G").is_err());
    }

    #[test]
    fn unknown_values_are_answered_with_the_nearest() {
        assert_eq!(
            formats("dox").unwrap_err().to_string(),
            "there is no format 'dox'; did you mean 'docx'? (pdf, docx, epub, html, md, txt)"
        );
        assert!(style("offical", &[]).unwrap_err().to_string().contains("did you mean 'official'?"));
        assert!(encoding_label("gb18031").unwrap_err().to_string().contains("did you mean 'gb18030'?"));
        assert_eq!(encoding_label("auto"), Ok(None));
    }

    #[test]
    fn lists_may_begin_with_a_mark_and_stand_between_nuls() {
        let read = |bytes: &[u8]| names(Path::new("list"), bytes.to_vec());
        let two = ["a.txt", "山 b.txt"].map(PathBuf::from);
        assert_eq!(read("\u{feff}a.txt\r\n\n山 b.txt\n".as_bytes()), two);
        assert_eq!(read("a.txt\0山 b.txt\0".as_bytes()), two);
        let utf_16: Vec<u8> = "\u{feff}a.txt\r\n山 b.txt\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf_16), two);
        assert_eq!(read(b"a\nb.txt\0"), [PathBuf::from("a\nb.txt")]);
    }
}
