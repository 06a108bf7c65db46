//! The story: bytes → text → restored text → document → pages → files. The stages know nothing of each other; here each is handed what the one before it gave.

use crate::decide::{Amended, Decisions, FileDecisions};
use crate::decode::{self, Decoded};
use crate::document::{Document, DocumentKind, StandIns};
use crate::error::{Cause, Error, Kind, Stage, panic_message};
use crate::fonts::{Font, Library};
use crate::lang::Lang;
use crate::layout::{self, FontId, Layout};
use crate::memory::{self, Budget, Extent, Share, TooMuch};
use crate::normalize::{self, Normalized, Syntax};
use crate::note::{self, At, Note};
use crate::options::{Format, Settings};
use crate::pictures::Pictures;
use crate::recognize::{self, ByHand, Hints};
use crate::report::FontFacts;
use crate::source::Source;
use crate::style::{Links, Style};
use crate::unicode::printable;
use crate::write::docx::Change;
use crate::write::pdf::Materials;
use crate::write::xhtml::Material;
use crate::write::{self, Deflate, OwnFont, Provenance};
use crate::{appendix, discover, open};
use std::borrow::Cow;
use std::collections::BTreeSet;
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
    /// What the recognition noticed, and what no longer fits of what was decided.
    pub notes: Vec<Note>,
    /// Whether it was decided that nothing of the text is changed: as text it is written as it came.
    pub as_it_came: bool,
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
    /// The fonts of the user's that it is set in, or that its files name.
    pub fonts: Vec<FontFacts>,
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
    let decisions = settings.decisions.as_deref();
    // How bytes are read is decided of those bytes; of others it would be a guess.
    let of_bytes = decisions
        .map(|decisions| &decisions.file)
        .filter(|_| decisions.is_some_and(|decisions| decisions.are_of(&source.sha256)));
    let encoding = of_bytes.and_then(|file| file.encoding.as_deref()).or(settings.encoding.as_deref());
    let escapes = of_bytes.and_then(|file| file.escape_bytes).unwrap_or(settings.escape_bytes);
    let (decoded, syntax, mut opening) = open(source, encoding, escapes, share)?;
    let markdown = syntax == Syntax::Markdown;
    let text = Extent::of(&decoded.text);
    let (rules, raised) = match decisions {
        Some(decisions) => decisions.rules(&settings.rules),
        None => (settings.rules.clone(), vec![]),
    };
    let normalize = |most| normalize::normalize_within(most, &decoded.text, syntax, &rules, Some(&Repertoire));
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
    let Amended { normalized, notes: mut unfit, as_it_came } = match decisions {
        Some(decisions) => decisions.amend(&decoded.text, normalized, &raised),
        None => Amended { normalized, notes: vec![], as_it_came: false },
    };
    let by_hand =
        decisions.map(|decisions| by_hand(decisions, &decoded.text, &normalized, &mut unfit)).unwrap_or_default();
    if of_bytes.is_none() && decisions.is_some_and(|decisions| decisions.file.encoding.is_some()) {
        unfit.push(Note::warning("decision-unfit", At::File, Cause::DecidedEarlier));
    }
    let held = memory::recognizing(bytes, decoded.text.len(), normalized.edits.len(), &normalized.text, markdown);
    share.grow(held).map_err(needs(Stage::Recognize))?;
    let stem = Some(source.stem().to_owned());
    let hints = Hints { heading_patterns: Arc::clone(&settings.headings), stem, by_hand };
    let (mut document, mut notes) = match syntax {
        Syntax::Plain => recognize::plain(&normalized.text, &normalized.regions, &hints),
        Syntax::Markdown => recognize::markdown(&normalized.text, &hints),
    };
    if let Some(region) = settings.region {
        document.meta.language = document.meta.language.in_region(region);
    }
    notes.append(&mut opening);
    notes.append(&mut unfit);
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
    Ok((Reading { decoded, normalized, document, kind, style, notes, as_it_came }, held))
}

/// What `decisions` say of the document that is made of a text; what no longer fits is added to `unfit`.
fn by_hand(decisions: &Decisions, decoded: &str, normalized: &Normalized, unfit: &mut Vec<Note>) -> ByHand {
    let (headings, mut gone) = decisions.headings(decoded, normalized);
    unfit.append(&mut gone);
    let FileDecisions { title, author, date, .. } = &decisions.file;
    ByHand { headings, title: title.clone(), authors: author.clone(), date: date.clone() }
}

/// A source that is read and set on pages, to be bound with others.
#[derive(Debug)]
pub struct SetText {
    /// What was read.
    pub reading: Reading,
    /// Its pages.
    pub layout: Layout,
    /// The style that they are set in.
    pub style: Style,
    /// The pictures on them.
    pub pictures: Pictures,
    /// What layout noticed.
    pub notes: Vec<Note>,
}

/// Reads `source` and sets it on pages, with a `share` of memory; nothing is written.
///
/// # Errors
/// What [`read`] says, and [`Kind::Bug`] when it cannot be set.
pub fn set(source: &Source, settings: &Settings, library: &Library, share: &mut Share<'_>) -> Result<SetText, Error> {
    let (reading, mut held) = read_sharing(source, settings, share)?;
    held += memory::writing(&reading.document.amount(), &[Format::Pdf], 0);
    share.grow(held).map_err(|much| much.error(Stage::Layout, &source.path))?;
    let settings = &*settings.in_style(reading.document.meta.style(), reading.kind).unwrap_or(Cow::Borrowed(settings));
    let (pictures, refused) = shown(&reading.document, source, held, share);
    let language = reading.document.meta.language;
    let style = settings.page_style(language);
    let library = &*library.dressed(&style, language);
    let materials = Materials { library, pictures: &pictures };
    let printed = printed(&reading.document, &style);
    let set = guarded(|| Ok(layout::lay_out(&printed, &style, &materials)));
    let (layout, mut notes) =
        set.map_err(|cause| Error::new(Stage::Layout, Kind::Bug, &source.path, Cause::text(cause)))?;
    notes.extend(refused);
    Ok(SetText { reading, layout, style, pictures, notes })
}

/// The document as pages have it that are printed: with notes that say where its links lead, where `style` asks for them.
fn printed<'d>(document: &'d Document, style: &Style) -> Cow<'d, Document> {
    match style.links {
        Links::Plain => Cow::Borrowed(document),
        Links::Notes => Cow::Owned(document.with_targets_noted()),
    }
}

/// The pictures that `document` shows, within the `share` of memory of which `held` is taken, and why others are not shown.
fn shown(document: &Document, source: &Source, held: u64, share: &mut Share<'_>) -> (Pictures, Vec<Note>) {
    let folder = source.path.parent().filter(|_| source.path != Path::new(discover::STDIN));
    let mut inside = open::Pictures::of(open::kind(&source.name, &source.bytes), &source.bytes);
    let inside = &mut |target: &str| inside.get(target);
    Pictures::load(document, folder, inside, &mut |size| share.grow(held + memory::showing(size)).is_ok())
}

/// The text of `source` and its syntax: what its bytes say, or a transcript of what they hold, with what opening them has to tell.
///
/// # Errors
/// When nothing can be read of it, and [`Kind::Memory`].
pub(crate) fn open(
    source: &Source,
    encoding: Option<&str>,
    escapes: bool,
    share: &mut Share<'_>,
) -> Result<(Decoded, Syntax, Vec<Note>), Error> {
    let needs = |stage| move |much: TooMuch| much.error(stage, &source.path);
    let kind = open::kind(&source.name, &source.bytes);
    let (mut others, mut frames) = (vec![], vec![]);
    let packed = match kind {
        Some(open::Kind::Archive) => {
            share.grow(memory::decoding(2 * source.bytes.len() as u64)).map_err(needs(Stage::Open))?;
            let none = || Error::new(Stage::Open, Kind::Empty, &source.path, Cause::NoPage);
            let saved = open::page_in(&source.bytes).ok_or_else(none)?;
            (others, frames) = (saved.others, saved.frames);
            Some(saved.page)
        }
        Some(open::Kind::Word) => {
            let all = memory::unpacking(source.bytes.len(), open::document_size(&source.bytes));
            share.grow(all).map_err(needs(Stage::Open))?;
            let opened = open::document(&source.bytes);
            let opened = opened.map_err(|cause| Error::new(Stage::Open, Kind::Archive, &source.path, cause))?;
            return unpacked(source, opened);
        }
        Some(open::Kind::Rich) => {
            share.grow(memory::opening(source.bytes.len(), "")).map_err(needs(Stage::Open))?;
            let opened = open::rich_text(&source.bytes, &|label, bytes| decode::lossy_text_in(bytes, label));
            return unpacked(source, opened);
        }
        Some(open::Kind::Page) | None => None,
    };
    let bytes = packed.as_ref().unwrap_or(&source.bytes);
    share
        .grow(memory::decoding((source.bytes.len() + packed.as_ref().map_or(0, Vec::len)) as u64))
        .map_err(needs(Stage::Decode))?;
    let mut decoded = decode::decode(&source.path, bytes, encoding)?;
    if escapes {
        decoded = decoded.escape_bytes(bytes);
    }
    let plain = kind.is_none() && source.syntax() == Syntax::Plain;
    if plain && !open::page::is_page(&decoded.text) {
        return Ok(match recognize::is_markdown(&decoded.text) {
            true => (decoded, Syntax::Markdown, vec![Note::info("read-as-markdown", At::File, Cause::MarkdownInText)]),
            false => (decoded, Syntax::Plain, vec![]),
        });
    }
    if kind.is_none() && !plain {
        return Ok((decoded, source.syntax(), vec![]));
    }
    share.grow(memory::opening(source.bytes.len(), &decoded.text)).map_err(needs(Stage::Open))?;
    let opened = open::page::open(&decoded.text, &frames);
    let mut opened = opened.map_err(|cause| Error::new(Stage::Open, Kind::Empty, &source.path, cause))?;
    if plain {
        opened.notes.push(Note::info("read-as-page", At::File, Cause::TagsInText));
    }
    let count = others.len();
    let first = others.into_iter().next().map(|first| Cause::OtherPages { count, first });
    opened.notes.extend(first.map(|cause| Note::info("around-left-out", At::File, cause)));
    Ok((decoded.transcribed(opened.text, opened.places, packed.is_some()), opened.syntax, opened.notes))
}

/// A transcript whose file says itself how it is written.
fn unpacked(source: &Source, opened: open::Opened) -> Result<(Decoded, Syntax, Vec<Note>), Error> {
    if opened.text.trim().is_empty() {
        return Err(Error::new(Stage::Open, Kind::Empty, &source.path, Cause::OnlyBlanks));
    }
    Ok((Decoded::unpacked(opened.text), opened.syntax, opened.notes))
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
    let printed = &*printed(document, &settings.style);
    let pages = needs_pages(document, settings);
    let (pictures, refused) = match settings.formats.iter().any(|format| format.has_pictures()) {
        true => shown(document, source, held, share),
        false => Default::default(),
    };
    let (mut files, mut failures) = (Vec::with_capacity(settings.formats.len()), vec![]);
    let library = &*library.dressed(&settings.style, document.meta.language);
    let page_style = || settings.page_style(document.meta.language);
    let materials = Materials { library, pictures: &pictures };
    let (mut layout, mut notes) = guarded(|| {
        if !pages {
            return Ok(Default::default());
        }
        if !settings.formats.contains(&Format::Pdf) {
            // The contents of a DOCX need numbers only, and nothing is larger than the pages of a novel.
            let (headings, notes) = layout::heading_pages(printed, &page_style(), &materials);
            return Ok(((Layout::default(), headings), notes));
        }
        let (mut layout, notes) = layout::lay_out(printed, &page_style(), &materials);
        let headings = layout.heading_pages();
        appendix::bind(&mut layout, source, &reading, &notes, settings, library);
        Ok(((layout, headings), notes))
    })
    .map_or_else(|cause| (Err(cause), vec![]), |(layout, notes)| (Ok(layout), notes));
    notes.extend(refused);
    notes.extend(told_contents(document, settings));
    let fonts = match settings.formats.iter().any(|format| format.may_carry_fonts()) {
        true => fonts(printed, settings, library),
        false => vec![],
    };
    let foreign = foreign(layout.as_ref().map(|(layout, _)| layout).ok(), &fonts, library);
    let material =
        Material { document, style: &settings.style, provenance: &provenance, pictures: &pictures, fonts: &fonts };
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
                let options =
                    write::docx::Options { heading_pages, changes, pictures: pictures.clone(), fonts: fonts.clone() };
                let bytes = write::docx::write(printed, &settings.style, &provenance, &options, deflate)?;
                Ok(Written { format, bytes, pages: None })
            }
            Format::Epub => Ok(Written { format, bytes: write::epub::write(&material, deflate)?, pages: None }),
            Format::Html => Ok(Written { format, bytes: write::html::write(&material).into_bytes(), pages: None }),
            Format::Markdown => {
                let bytes = write::markdown::write(document, &settings.markdown).into_bytes();
                Ok(Written { format, bytes, pages: None })
            }
            Format::Text if reading.as_it_came => {
                Ok(Written { format, bytes: reading.normalized.text.clone().into_bytes(), pages: None })
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
    Ok(Edition { reading, files, beside, failures, fonts: foreign, notes })
}

/// What is told where pages have contents with their own numbers in the place of those of the text: how many entries, and which of them name
/// no heading.
fn told_contents(document: &Document, settings: &Settings) -> Option<Note> {
    let paged = settings.formats.iter().any(|format| matches!(format, Format::Pdf | Format::Docx));
    let own = document.own_contents(&document.outline()).filter(|_| paged && needs_contents(document, settings))?;
    let first = document.blocks.get(own.blocks.start)?.span;
    let last = document.blocks.get(own.blocks.end.checked_sub(1)?)?.span;
    let entries = own.entries;
    let cause = match own.strangers.is_empty() {
        true => Cause::OwnContents { entries },
        false => Cause::OwnContentsBut { entries, strangers: own.strangers.join("、").chars().take(80).collect() },
    };
    Some(Note::info("own-contents", At::Normal(first.cover(last)), cause))
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
    settings.style.contents && document.chapters(&outline).is_some() && document.gets_contents(&outline)
}

/// The fonts that a DOCX, an EPUB or a page has of its own, for the faces that it uses: those that it is to carry along, and those of the user. What a face
/// has from other fonts is left to the reader's own.
fn fonts(document: &Document, settings: &Settings, library: &Library) -> Vec<OwnFont> {
    if !settings.embed_fonts && !library.has_own() {
        return vec![];
    }
    let wanted = write::wanted(document, &settings.style).into_iter();
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

/// The fonts that are none of the program's, of those that `layout` is set in and those that stand behind `named` ones.
fn foreign(layout: Option<&Layout>, named: &[OwnFont], library: &Library) -> Vec<FontFacts> {
    let lines = layout.into_iter().flat_map(|layout| &layout.pages).flat_map(|page| &page.lines);
    let set: BTreeSet<FontId> = lines.flat_map(|line| &line.runs).map(|run| run.font).collect();
    let set = set.into_iter().filter_map(|font| library.font(font.0));
    let named = named.iter().filter_map(|font| library.own(font.face, font.side == write::docx::Side::Western));
    let facts = |font: &Font| FontFacts {
        file: printable(&font.source()).into_owned(),
        family: printable(&font.families().into_iter().next().unwrap_or_default()).into_owned(),
        sha256: font.digest().to_owned(),
        instance: font.default_instance().map(|instance| printable(&instance).into_owned()),
    };
    let all: BTreeSet<FontFacts> = set.chain(named).filter(|font| !font.is_compiled_in()).map(facts).collect();
    all.into_iter().collect()
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
