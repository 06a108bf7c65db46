//! The story: bytes → text → restored text → document → pages → files. The stages know nothing of each other; here each is handed what the one before it gave.

use crate::decode::{self, Decoded};
use crate::document::{Document, DocumentKind, StandIns};
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::fonts::{Font, Library};
use crate::lang::Lang;
use crate::layout::{self, Layout};
use crate::memory::{self, Budget, Extent, Share, TooMuch};
use crate::normalize::{self, Normalized, Syntax};
use crate::note::{self, At, Note};
use crate::options::{Format, Settings};
use crate::pictures::Pictures;
use crate::recognize::{self, Hints};
use crate::source::Source;
use crate::write::docx::{Change, OwnFont};
use crate::write::pdf::Materials;
use crate::write::{self, Deflate, Provenance};
use crate::{appendix, discover};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// A source that has been read and understood, and nothing written yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The text as the file has it.
    pub decoded: Decoded,
    /// The text restored.
    pub normalized: Normalized,
    /// What it is.
    pub document: Document,
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// The name of the style that its pages take.
    pub style: String,
    /// What the recognition noticed.
    pub notes: Vec<Note>,
}

/// A document in the formats that were asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Edition {
    /// What was read.
    pub reading: Reading,
    /// The finished files, in the order of [`Settings::formats`].
    pub files: Vec<Written>,
    /// Files of the folder of the source that are shown in the edition, or would be if they were there.
    pub beside: Vec<String>,
    /// The formats that could not be made; they do not keep the others from being made.
    pub failures: Vec<Failure>,
    /// What layout noticed.
    pub notes: Vec<Note>,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its format.
    pub format: Format,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Number of pages, where the format has pages of our own making.
    pub pages: Option<usize>,
}

/// A format that could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The format.
    pub format: Format,
    /// Why; the cause names the format.
    pub error: Error,
}

/// What a note of `kind` says, in a few words of `lang`; empty for a kind that is not known.
pub fn noticed(kind: &str, lang: Lang) -> &'static str {
    let rule = || normalize::RULES.iter().find(|rule| rule.id == kind).map(|rule| rule.fault(lang));
    note::said(kind, lang).or_else(rule).unwrap_or_default()
}

/// What decoding knows of encodings, lent to the restoration of text that was read in a wrong one.
#[derive(Debug, Clone, Copy)]
pub struct Repertoire;

impl normalize::Encodings for Repertoire {
    fn encode(&self, text: &str, label: &str) -> Option<Vec<u8>> {
        decode::bytes_in(text, label)
    }

    fn decode(&self, bytes: &[u8], label: &str) -> Option<String> {
        decode::text_in(bytes, label)
    }

    fn bits(&self, c: char) -> f32 {
        decode::bits(c)
    }
}

/// Reads `source`: decode, normalize, recognize.
///
/// # Errors
/// What [`decode::decode`] says, and [`Kind::Memory`].
pub fn read(source: &Source, settings: &Settings) -> Result<Reading, Error> {
    read_sharing(source, settings, &mut Budget::default().share()).map(|(reading, _)| reading)
}

/// The same with a `share` of memory; gives as well how much of it the reading takes.
fn read_sharing(source: &Source, settings: &Settings, share: &mut Share<'_>) -> Result<(Reading, u64), Error> {
    let bytes = source.bytes.len();
    let needs = |stage| move |much: TooMuch| much.error(stage, &source.path);
    share.grow(memory::decoding(bytes as u64)).map_err(needs(Stage::Decode))?;
    let mut decoded = decode::decode(&source.path, &source.bytes, settings.encoding.as_deref())?;
    if settings.escape_bytes {
        decoded = decoded.escape_bytes(&source.bytes);
    }
    let syntax = source.syntax();
    let markdown = syntax == Syntax::Markdown;
    let text = Extent::of(&decoded.text);
    let normalize = |most| normalize::normalize_within(most, &decoded.text, syntax, &settings.rules, Some(&Repertoire));
    // Only for a text that wants more edits than most everything is asked for.
    let usual = memory::usual_edits(bytes, &text, markdown);
    share.grow(memory::restoring(bytes, &text, markdown, usual)).map_err(needs(Stage::Normalize))?;
    let normalized = match normalize(usual) {
        Some(normalized) => normalized,
        None => {
            share.grow(memory::MOST).map_err(needs(Stage::Normalize))?;
            let most = memory::most_edits(bytes, &text, markdown);
            let too_many = || needs(Stage::Normalize)(TooMuch(memory::restoring(bytes, &text, markdown, most + 1)));
            normalize(most).ok_or_else(too_many)?
        }
    };
    let held = memory::recognizing(bytes, decoded.text.len(), normalized.edits.len(), &normalized.text, markdown);
    share.grow(held).map_err(needs(Stage::Recognize))?;
    let hints = Hints { heading_patterns: Arc::clone(&settings.headings), stem: Some(source.stem().to_owned()) };
    let (mut document, mut notes) = match syntax {
        Syntax::Plain => recognize::plain(&normalized.text, &normalized.regions, &hints),
        Syntax::Markdown => recognize::markdown(&normalized.text, &hints),
    };
    if source.is_web_page() {
        notes.push(Note::warning("html-as-text", At::File, Cause::TagsInText));
    }
    notes.extend(document.stand_in().map(told_stand_ins));
    let dead_links = document.dead_links().into_iter();
    notes.extend(dead_links.map(|(target, span)| Note::info("dead-link", At::Normal(span), Cause::text(target))));
    let kind = document.kind();
    let style = match settings.in_style(document.meta.style(), kind) {
        Ok(settings) => settings.style.name.clone(),
        Err(name) => {
            notes.push(Note::warning("unknown-style", At::File, Cause::text(name)));
            settings.style.name.clone()
        }
    };
    Ok((Reading { decoded, normalized, document, kind, style, notes }, held))
}

/// Tells of characters that not every format can hold.
fn told_stand_ins(found: StandIns) -> Note {
    let first = format!("U+{:04X}", u32::from(found.first));
    Note::warning("stand-in", At::Normal(found.at), Cause::NotInEveryFormat { first, count: found.count })
}

/// Makes the edition of `source` in the formats of `settings`. Each format is made for itself: a fault of its writer, even a panic,
/// leaves the others whole, and is told in [`Edition::failures`]. `deflate` is kept from file to file.
///
/// # Errors
/// What [`read`] says.
pub fn convert(
    source: &Source,
    settings: &Settings,
    library: &Library,
    deflate: &mut Deflate,
) -> Result<Edition, Error> {
    convert_sharing(source, settings, library, deflate, &mut Budget::default().share())
}

/// The same beside others that work at the same time, with a `share` of the memory of all.
///
/// # Errors
/// What [`read`] says.
pub fn convert_sharing(
    source: &Source,
    settings: &Settings,
    library: &Library,
    deflate: &mut Deflate,
    share: &mut Share<'_>,
) -> Result<Edition, Error> {
    let (reading, mut held) = read_sharing(source, settings, share)?;
    let document = &reading.document;
    let amount = document.amount();
    let tracked = if settings.track_changes { reading.normalized.edits.len() } else { 0 };
    held += memory::writing(&amount, &settings.formats, tracked);
    share.grow(held).map_err(|much| much.error(Stage::Write, &source.path))?;
    let settings = &*settings.in_style(document.meta.style(), reading.kind).unwrap_or(Cow::Borrowed(settings));
    let provenance = Provenance {
        name: source.name.clone(),
        bytes: &source.bytes,
        sha256: source.sha256.clone(),
        encoding: reading.decoded.encoding.to_owned(),
        edits: reading.normalized.counts().into_iter().collect(),
        date: document.meta.date.clone().or_else(|| settings.date.clone()),
    };
    let pages = needs_pages(document, settings);
    let (pictures, refused) = match pages || settings.formats.contains(&Format::Docx) {
        true => {
            let folder = source.path.parent().filter(|_| source.path != Path::new(discover::STDIN));
            Pictures::load(document, folder, &mut |size| share.grow(held + memory::showing(size)).is_ok())
        }
        false => Default::default(),
    };
    let (mut files, mut failures) = (Vec::with_capacity(settings.formats.len()), vec![]);
    let materials = Materials { library, pictures: &pictures };
    let (mut layout, mut notes) = guarded(|| {
        if !pages {
            return Ok(Default::default());
        }
        if !settings.formats.contains(&Format::Pdf) {
            // The contents of a DOCX need numbers only, and nothing is larger than the pages of a novel.
            let (headings, notes) = layout::heading_pages(document, &settings.page_style(), &materials);
            return Ok(((Layout::default(), headings), notes));
        }
        let (mut layout, notes) = layout::lay_out(document, &settings.page_style(), &materials);
        let headings = layout.heading_pages();
        appendix::bind(&mut layout, source, &reading, &notes, settings, library);
        Ok(((layout, headings), notes))
    })
    .map_or_else(|cause| (Err(cause), vec![]), |(layout, notes)| (Ok(layout), notes));
    notes.extend(refused);
    for &format in &settings.formats {
        let written = guarded(|| match format {
            Format::Pdf => {
                // Nothing is larger than the pages, and what is written behind it needs none.
                let layout =
                    layout.as_mut().map(|(layout, _)| std::mem::take(layout)).map_err(|cause| cause.clone())?;
                let options = write::pdf::Options {
                    attach: settings.attach,
                    print_ready: settings.print_ready,
                    booklet: settings.booklet,
                    pictures: pictures.clone(),
                };
                let bytes = write::pdf::write(document, &layout, library, &provenance, &options, deflate)?;
                Ok(Written { format, bytes, pages: Some(layout.pages.len()) })
            }
            Format::Docx => {
                let heading_pages = match &layout {
                    // The pages of a booklet are not those of a DOCX.
                    _ if settings.booklet => vec![],
                    Ok((_, headings)) => headings.clone(),
                    Err(_) if !needs_contents(document, settings) => vec![],
                    Err(cause) => return Err(cause.clone()),
                };
                let changes = if settings.track_changes { changes(&reading) } else { vec![] };
                let options = write::docx::Options {
                    heading_pages,
                    changes,
                    pictures: pictures.clone(),
                    fonts: fonts(document, settings, library),
                };
                let bytes = write::docx::write(document, &settings.style, &provenance, &options, deflate)?;
                Ok(Written { format, bytes, pages: None })
            }
            Format::Markdown => {
                let bytes = write::markdown::write(document, &settings.markdown).into_bytes();
                Ok(Written { format, bytes, pages: None })
            }
            Format::Text => Ok(Written { format, bytes: write::txt::write(document).into_bytes(), pages: None }),
        });
        match written {
            Ok(written) => files.push(written),
            Err(cause) => {
                let cause = Cause::of(format.name(), Cause::text(cause));
                failures.push(Failure { format, error: Error::new(Stage::Write, Kind::Bug, &source.path, cause) });
            }
        }
    }
    let beside = Pictures::names(document);
    Ok(Edition { reading, files, beside, failures, notes })
}

/// What `work` gives, with a panic as its cause.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(panic_message(&*panic)))
}

/// Whether something of what is asked for needs pages: a PDF, or the table of contents of a DOCX.
fn needs_pages(document: &Document, settings: &Settings) -> bool {
    settings.formats.contains(&Format::Pdf)
        || settings.formats.contains(&Format::Docx) && needs_contents(document, settings)
}

/// Whether a DOCX has a table of contents.
fn needs_contents(document: &Document, settings: &Settings) -> bool {
    let outline = document.outline();
    settings.style.contents && document.chapters(&outline).is_some() && !document.has_contents(&outline)
}

/// The fonts that a DOCX has of its own, for the faces that it uses: those that it is to carry along, and those of the user. What a face
/// has from other fonts is left to the reader's own.
fn fonts(document: &Document, settings: &Settings, library: &Library) -> Vec<OwnFont> {
    if !settings.embed_fonts && !library.has_own() {
        return vec![];
    }
    let wanted = write::docx::wanted(document, &settings.style).into_iter();
    let own = wanted.filter_map(|wanted| {
        let western = wanted.side == write::docx::Side::Western;
        let mut families = library.own(wanted.face, western).map(Font::families).unwrap_or_default();
        let program = match settings.embed_fonts {
            true => library.cut(wanted.face, western, &wanted.family, &wanted.characters),
            false => None,
        };
        // What is cut down goes by a name of its own, for it is not the whole font.
        let family = match program {
            Some(_) => wanted.family,
            None if families.is_empty() => return None,
            None => families.remove(0),
        };
        Some(OwnFont { face: wanted.face, side: wanted.side, family, others: families, program })
    });
    own.collect()
}

/// What normalization changed, as a DOCX shows it.
fn changes(reading: &Reading) -> Vec<Change> {
    let Reading { decoded, normalized, .. } = reading;
    let change = |(index, edit): (usize, &normalize::Edit)| {
        let was = decoded.text.get(edit.span.range())?.to_owned();
        let mut rules: Vec<_> = edit.rules().collect();
        rules.dedup();
        Some(Change { span: normalized.normal_span(index)?, was, count: edit.count, rules }.beside(&normalized.text))
    };
    let mut changes: Vec<Change> = normalized.edits.iter().enumerate().filter_map(change).collect();
    changes.sort_by_key(|change| change.span.start);
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracked_changes_say_what_each_rule_did_and_in_the_order_of_the_text() {
        let source = Source::new("a.txt", "a.txt", "\u{1b}[1m  他说:好 \r\n\r\n甲\r\n".into());
        let style = crate::style::Style::builtin("book").unwrap();
        let reading = read(&source, &Settings::new(style)).unwrap();
        let text = &reading.normalized.text;
        let changes = changes(&reading);
        let seen = |change: &Change| (text[change.span.range()].to_owned(), change.was.clone(), change.rules.join(","));
        assert!(changes.iter().map(seen).any(|seen| seen == ("：".into(), ":".into(), "half-colon".into())));
        assert!(changes.iter().any(|change| change.rules.contains(&"ansi-escape")));
        assert!(changes.is_sorted_by_key(|change| change.span.start));
    }

    #[test]
    fn signs_in_the_place_of_characters_and_links_kept_as_text_are_told() {
        let style = || crate::style::Style::builtin("book").unwrap();
        let told = |name: &str, text: &str, rules: &str| {
            let source = Source::new(name, name, text.into());
            let settings = Settings { rules: normalize::Rules::parse(rules).unwrap(), ..Settings::new(style()) };
            let notes = read(&source, &settings).unwrap().notes;
            notes.into_iter().map(|note| (note.kind, note.detail.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(told("a.txt", "甲\u{1}乙\u{ffff}丙\n", ""), [], "the rules drop them");
        let stand_in = ("stand-in", "U+0001 and the like × 2: not every format can hold them".to_owned());
        assert_eq!(told("a.txt", "甲\u{1}乙\u{ffff}丙\n", "none"), [stand_in]);
        let links = "# 一\n\n[甲](javascript:a) [乙](http://a.b) [丙](javascript:a) [丁](#一) [戊](b.md)\n";
        let dead = |target: &str| ("dead-link", target.to_owned());
        assert_eq!(told("a.md", links, ""), [dead("javascript:a"), dead("b.md")]);
    }
}
