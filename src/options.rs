//! What a conversion was asked to do: everything that decides the bytes of an edition, and nothing else.

use crate::decide::Decisions;
use crate::digest::sha256;
use crate::document::DocumentKind;
use crate::lang::{Language, Region};
use crate::normalize::Rules;
use crate::recognize::HeadingPattern;
use crate::style::{Links, Style};
use crate::unit::Unit;
use crate::write::markdown;
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// A format that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// PDF/A-3a and PDF/UA-1.
    Pdf,
    /// Office Open XML.
    Docx,
    /// EPUB 3.3.
    Epub,
    /// One page of HTML.
    Html,
    /// CommonMark with tables, footnotes and front matter.
    #[serde(rename = "md")]
    Markdown,
    /// The normalized text.
    #[serde(rename = "txt")]
    Text,
}

impl Format {
    /// All formats, in the order in which they are written.
    pub const ALL: [Format; 6] =
        [Format::Pdf, Format::Docx, Format::Epub, Format::Html, Format::Markdown, Format::Text];

    /// Its name, which is also its extension.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Epub => "epub",
            Format::Html => "html",
            Format::Markdown => "md",
            Format::Text => "txt",
        }
    }

    /// The format of a name, as given to `--to`.
    pub fn from_name(name: &str) -> Option<Self> {
        Format::ALL.into_iter().find(|f| f.name().eq_ignore_ascii_case(name)).or(match name {
            "markdown" => Some(Format::Markdown),
            "text" => Some(Format::Text),
            _ => None,
        })
    }

    /// Whether it is text that a terminal can show.
    pub const fn is_text(self) -> bool {
        matches!(self, Format::Html | Format::Markdown | Format::Text)
    }

    /// Whether it shows pictures.
    pub const fn has_pictures(self) -> bool {
        matches!(self, Format::Pdf | Format::Docx | Format::Epub | Format::Html)
    }

    /// Whether it cannot be made without fonts.
    pub const fn needs_fonts(self) -> bool {
        matches!(self, Format::Pdf | Format::Docx)
    }

    /// Whether it carries fonts where that is asked for, and else names those of the user.
    pub const fn may_carry_fonts(self) -> bool {
        matches!(self, Format::Docx | Format::Epub | Format::Html)
    }
}

/// What this program is built from, as 32 hex digits: another build may make other editions of the same text.
const BUILD: &str = env!("SHANBEN_BUILD");

/// Everything that decides the bytes of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// What is written; sorted, none twice.
    pub formats: Vec<Format>,
    /// Label of the encoding, when detection is overridden.
    pub encoding: Option<String>,
    /// Whether malformed bytes are written out as `\xNN` instead of U+FFFD.
    pub escape_bytes: bool,
    /// Whose forms and marks a traditional text takes, instead of those of which its words speak.
    pub region: Option<Region>,
    /// The look of the pages.
    pub style: Style,
    /// Styles that a text may ask for instead (`style: official` in its front matter), by name, beside those that are built in; `None`
    /// where it may ask for none.
    pub styles: Option<Vec<(String, Style)>>,
    /// Whether the pages follow the kind of the text where neither it nor anybody else names a style.
    pub by_kind: bool,
    /// Which rules restore the text.
    pub rules: Rules,
    /// Patterns of headings by level, which override the recognition.
    #[serde(serialize_with = "shared")]
    pub headings: Arc<[HeadingPattern]>,
    /// What was decided about the text.
    #[serde(serialize_with = "decided")]
    pub decisions: Option<Arc<Decisions>>,
    /// Mirrored margins, recto starts, duplex hint.
    pub print_ready: bool,
    /// Whether the PDF is a booklet: small pages in pairs on sheets, in the order in which they are folded.
    pub booklet: bool,
    /// Whether nothing is printed in colour.
    pub grey: bool,
    /// Whether it is printed where links lead, whatever the style says.
    pub link_notes: bool,
    /// Whether the PDF ends with the list of all changes to the text.
    pub collation: bool,
    /// Whether the PDF ends with a page that tells where it comes from.
    pub colophon: bool,
    /// Whether the PDF carries the source file.
    pub attach: bool,
    /// Whether the DOCX shows what normalization did as tracked changes.
    pub track_changes: bool,
    /// Whether DOCX, EPUB and HTML carry the fonts that they use.
    pub embed_fonts: bool,
    /// Where lines of Markdown end.
    pub markdown: markdown::Options,
    /// Date for metadata where the document has none (`SOURCE_DATE_EPOCH`), ISO 8601.
    pub date: Option<String>,
}

/// Half a sheet of A4: the page of a booklet.
const BOOKLET: (Unit, Unit) = (Unit::micrometres(148_500), Unit::micrometres(210_000));

impl Settings {
    /// Everything at its default, in `style`.
    pub fn new(style: Style) -> Self {
        Settings {
            formats: vec![Format::Pdf, Format::Docx, Format::Markdown],
            encoding: None,
            escape_bytes: false,
            region: None,
            style,
            styles: None,
            by_kind: false,
            rules: Rules::default(),
            headings: Arc::default(),
            decisions: None,
            print_ready: false,
            booklet: false,
            grey: false,
            link_notes: false,
            collation: false,
            colophon: false,
            attach: true,
            track_changes: false,
            embed_fonts: false,
            markdown: markdown::Options::default(),
            date: None,
        }
    }

    /// These settings for a text of this `kind` that asks for the style `name`, if it asks for one.
    ///
    /// # Errors
    /// The name of a style that there is not.
    pub fn in_style<'n>(&self, name: Option<&'n str>, kind: DocumentKind) -> Result<Cow<'_, Self>, &'n str> {
        let same = || match self.grey || self.link_notes {
            true => Cow::Owned(self.printed(self.style.clone())),
            false => Cow::Borrowed(self),
        };
        let Some(own) = &self.styles else { return Ok(same()) };
        let Some(name) = name.or(self.by_kind.then(|| kind.name())) else { return Ok(same()) };
        let own = own.iter().find(|(known, _)| known == name).map(|(_, style)| style.clone());
        let style = own.or_else(|| Style::builtin(name)).ok_or(name)?;
        Ok(Cow::Owned(self.printed(style)))
    }

    /// These settings in `style`, with what is asked for of print: its colours, and whether it shows where links lead.
    fn printed(&self, style: Style) -> Self {
        let mut style = if self.grey { style.in_black() } else { style };
        if self.link_notes {
            style.links = Links::Notes;
        }
        Settings { style, ..self.clone() }
    }

    /// The style of the pages of the PDF of a text in `language`.
    pub fn page_style(&self, language: Language) -> Style {
        let mut style = if self.booklet { self.style.on_paper(BOOKLET.0, BOOKLET.1) } else { self.style.clone() };
        style.page.mirrored |= self.booklet || self.print_ready;
        style.in_language(language)
    }
}

/// Settings with the digests by which it is known whether something was made with them, which are computed once, and only where they
/// are asked for.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The settings.
    pub settings: Settings,
    build: &'static str,
    fonts: String,
    digest: OnceLock<String>,
    reading: OnceLock<String>,
}

impl Chosen {
    /// These settings, with the fonts that have this digest ([`Library::digest`](crate::fonts::Library::digest)).
    pub fn new(settings: Settings, fonts: &str) -> Self {
        Chosen::by(BUILD, settings, fonts)
    }

    /// These settings for the program of this build.
    fn by(build: &'static str, settings: Settings, fonts: &str) -> Self {
        let (digest, reading) = (OnceLock::new(), OnceLock::new());
        Chosen { settings, build, fonts: fonts.to_owned(), digest, reading }
    }

    /// Digest of all that decides the bytes, the build of the program and the fonts included, but not of the choice of formats.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| {
            short_digest(&(self.build, &self.fonts, Settings { formats: vec![], ..self.settings.clone() }))
        })
    }

    /// Digest of what decides how a text is read: the build of the program, and the settings before any writer.
    pub fn reading(&self) -> &str {
        self.reading.get_or_init(|| {
            let Settings { encoding, escape_bytes, region, rules, headings, decisions, .. } = &self.settings;
            short_digest(&(self.build, encoding, escape_bytes, region, rules, &**headings, decisions.as_deref()))
        })
    }
}

fn shared<S: Serializer>(patterns: &[HeadingPattern], to: S) -> Result<S::Ok, S::Error> {
    patterns.serialize(to)
}

fn decided<S: Serializer>(decisions: &Option<Arc<Decisions>>, to: S) -> Result<S::Ok, S::Error> {
    decisions.as_deref().serialize(to)
}

/// Sixteen hex digits that tell values apart, by their JSON. Plain structs cannot fail to serialize.
fn short_digest(value: &impl Serialize) -> String {
    let mut digest = sha256(&serde_json::to_vec(value).unwrap_or_default());
    digest.truncate(16);
    digest
}

/// The day of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC) as ISO 8601; `None` for what is no such number.
pub fn date_of_epoch(seconds: &str) -> Option<String> {
    let days = seconds.trim().parse::<u32>().ok()? as i64 / 86_400;
    // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days: years begin in March.
    let z = days + 719_468;
    let era = z / 146_097;
    let day_of_era = z % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epochs_become_days() {
        assert_eq!(date_of_epoch("0").as_deref(), Some("1970-01-01"));
        assert_eq!(date_of_epoch("951782400").as_deref(), Some("2000-02-29"));
        assert_eq!(date_of_epoch("1767225599").as_deref(), Some("2025-12-31"));
        assert_eq!(date_of_epoch("soon"), None);
    }

    #[test]
    fn a_text_may_ask_for_a_style_that_there_is_unless_the_user_has_the_last_word() {
        let builtin = |name: &str| Style::builtin(name).unwrap();
        let mut settings =
            Settings { styles: Some(vec![("gb".into(), builtin("official"))]), ..Settings::new(builtin("book")) };
        let style = |settings: &Settings, name| settings.in_style(name, DocumentKind::News).unwrap().style.name.clone();
        assert_eq!(style(&settings, Some("gb")), "official");
        assert_eq!(style(&settings, Some("news")), "news");
        assert_eq!(style(&settings, None), "book");
        assert_eq!(settings.in_style(Some("bg"), DocumentKind::Book), Err("bg"));
        settings.by_kind = true;
        assert_eq!((style(&settings, None), style(&settings, Some("plain"))), ("news".into(), "plain".into()));
        settings.styles = None;
        assert_eq!(style(&settings, Some("gb")), "book");
    }

    #[test]
    fn every_kind_of_document_has_a_style() {
        for kind in DocumentKind::ALL {
            assert!(Style::builtin(kind.name()).is_some(), "{}", kind.name());
        }
    }

    #[test]
    fn what_another_build_or_other_fonts_or_settings_made_is_known() {
        let settings = Settings::new(Style::builtin("book").unwrap());
        let chosen = |build, settings: &Settings, fonts| Chosen::by(build, settings.clone(), fonts);
        let both = |chosen: &Chosen| (chosen.digest().to_owned(), chosen.reading().to_owned());
        let first = chosen("1", &settings, "");
        assert_eq!(both(&first), both(&chosen("1", &settings, "")));
        assert_eq!((first.digest().len(), first.reading().len()), (16, 16));
        let rebuilt = chosen("2", &settings, "");
        assert!(rebuilt.digest() != first.digest() && rebuilt.reading() != first.reading());
        let other_fonts = chosen("1", &settings, "f");
        assert!(other_fonts.digest() != first.digest() && other_fonts.reading() == first.reading());
        let pages = chosen("1", &Settings { booklet: true, ..settings.clone() }, "");
        assert!(pages.digest() != first.digest() && pages.reading() == first.reading());
        let mut look = settings.clone();
        look.style.roles[0].1.indent += 1;
        assert!(chosen("1", &look, "").digest() != first.digest());
        let rules = Settings { rules: Rules::parse("-half-comma").unwrap(), ..settings.clone() };
        assert!(chosen("1", &rules, "").reading() != first.reading());
        let headings = [HeadingPattern::new(1, "^★").unwrap()].into();
        assert!(chosen("1", &Settings { headings, ..settings.clone() }, "").reading() != first.reading());
        let decisions = Some(Arc::new(Decisions::default()));
        assert!(chosen("1", &Settings { decisions, ..settings.clone() }, "").reading() != first.reading());
        let formats = chosen("1", &Settings { formats: vec![Format::Text], ..settings }, "");
        assert_eq!(both(&formats), both(&first));
    }

    #[test]
    fn the_build_is_known_by_what_it_is_built_from() {
        assert!(BUILD.len() == 32 && BUILD.bytes().all(|byte| byte.is_ascii_hexdigit()), "{BUILD}");
    }

    #[test]
    fn formats_are_found_by_name() {
        assert_eq!(Format::from_name("PDF"), Some(Format::Pdf));
        assert_eq!(Format::from_name("markdown"), Some(Format::Markdown));
        assert_eq!(Format::from_name("doc"), None);
    }
}
