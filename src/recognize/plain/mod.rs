//! Plain text to document.
//!
//! Every line gets a [`Part`]; one reader after another looks at the lines that are still open and claims those that it is sure of.
//! What nobody claims is running text.

mod assemble;
mod authors;
mod columns;
mod contents;
mod decide;
mod dispatch;
mod divider;
mod ending;
pub mod families;
mod free_verse;
mod glossary;
mod headings;
mod imprint;
mod known;
mod lines;
mod list;
mod marker;
mod markup;
mod numbered;
mod office;
mod opening;
mod outline;
mod papers;
mod post;
mod publication;
mod quote;
mod ruled;
mod run_in;
mod serial;
mod speeches;
mod stanzas;
mod table;
mod verbatim;
mod verse;

use super::patterns::{self, Patterns};
use super::{Hints, Region, by_hand, front_matter, language, title};
use crate::document::front_matter::FrontMatter;
use crate::document::{Document, Marker, Meta, Role, Weighed};
use crate::note::Note;
use families::{Observed, Weights};
use lines::Page;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    /// Nobody has claimed it: running text.
    Open,
    /// A heading; the rank orders it among the others, `label` is the length of its numbering in bytes.
    Heading { rank: u8, label: usize, reason: &'static str },
    /// The title of the document.
    Title,
    /// A paragraph with a part of its own.
    Role(Role),
    /// A further line of the heading or the paragraph above, which was broken for want of room.
    More,
    /// Kept verbatim with the lines of the same block number.
    Code(usize),
    /// A quoted line of a letter or a board: how often it is quoted.
    Quote(u8),
    /// A line of verse.
    Verse,
    /// A line of marks.
    Divider,
    /// An item of a list: the list's number, how many lists it stands in, the marker of the first item, the bytes of its own.
    Item { list: usize, depth: usize, marker: Marker, len: usize },
    /// A further paragraph of the last item at this depth, or, where it `goes_on`, a further line of its last paragraph.
    ItemMore { depth: usize, goes_on: bool },
    /// A row of a table: the table's number.
    Row(usize),
}

/// The state of reading: lines, their parts, what is known.
struct Reading<'t> {
    page: Page<'t>,
    parts: Vec<Part>,
    meta: Meta,
    /// The tables that [`Part::Row`] names.
    grids: Vec<table::Grid>,
    /// By line, how much speaks for the headings that were weighed.
    weighed: Vec<(usize, Weighed)>,
}

impl Reading<'_> {
    /// Whether line `i` exists and nobody has claimed it.
    fn open(&self, i: usize) -> bool {
        self.parts.get(i) == Some(&Part::Open)
    }

    /// How much speaks for the heading in line `i`.
    fn weighed(&self, i: usize) -> Option<Weighed> {
        let at = self.weighed.binary_search_by_key(&i, |(line, _)| *line).ok()?;
        Some(self.weighed[at].1)
    }
}

/// Reads `text`; see [`super::plain_by()`].
pub fn read(text: &str, regions: &[Region], hints: &Hints, weights: &Weights) -> (Document, Vec<Note>) {
    let Some(bare) = markup::bare(text) else { return read_bare(text, regions, hints, weights) };
    let inner = Hints { by_hand: bare.decided(&hints.by_hand), ..hints.clone() };
    let (mut document, mut notes) = read_bare(&bare.text, &bare.regions(regions), &inner, weights);
    bare.restore(&mut document);
    notes.extend(bare.notes);
    (document, notes)
}

/// The facts by which `weights` would be fitted to `text`, with places in the text.
pub fn observe(text: &str, regions: &[Region], hints: &Hints, weights: &Weights) -> Observed {
    let bare = markup::bare(text);
    let (text, regions) = match &bare {
        Some(bare) => (bare.text.as_str(), bare.regions(regions)),
        None => (text, regions.to_vec()),
    };
    let mut opened = Opened::new(text, hints);
    opened.witness(&regions);
    let mut observed = decide::observe(&opened.reading, &regions, weights);
    if let Some(bare) = &bare {
        let places = observed.lines.iter_mut().map(|line| &mut line.0);
        places
            .chain(observed.titles.iter_mut().filter_map(|line| line.0.as_mut()))
            .for_each(|at| *at = bare.place(*at, false));
    }
    observed
}

/// A text whose lines have been looked at.
struct Opened<'t> {
    reading: Reading<'t>,
    front: FrontMatter,
    notes: Vec<Note>,
}

impl<'t> Opened<'t> {
    fn new(text: &'t str, hints: &Hints) -> Self {
        let mut front = front_matter::find(text).filter(|f| f.is_meant()).unwrap_or_default();
        hints.by_hand.overrule(&mut front);
        let mut page = Page::new(text, front.len);
        run_in::part(&mut page);
        let parts = vec![Part::Open; page.lines.len()];
        let mut reading = Reading { page, parts, meta: front.meta.clone(), grids: vec![], weighed: vec![] };
        let (patterns, notes) = Patterns::new(&reading.meta, hints);
        for (part, line) in reading.parts.iter_mut().zip(&reading.page.lines) {
            if let Some(rank) = patterns.level(line.text) {
                // Below every rank of the guesses, so that the levels come out in the order of the patterns.
                *part = Part::Heading { rank, label: 0, reason: patterns::REASON };
            }
            if hints.by_hand.heads(&line.span()) {
                *part = Part::Heading { rank: 0, label: 0, reason: by_hand::REASON };
            }
        }
        Opened { reading, front, notes }
    }

    /// Lets the readers speak whose words count for heads and the title.
    fn witness(&mut self, regions: &[Region]) {
        let reading = &mut self.reading;
        publication::claim(reading);
        verbatim::claim_surveyed(reading, regions, &verbatim::WRITTEN);
        verbatim::claim_program(reading);
        table::claim(reading);
        verbatim::claim_surveyed(reading, regions, &verbatim::DRAWN);
        verbatim::claim(reading);
        divider::claim(reading);
        quote::claim(reading);
        post::claim(reading);
        let collection = dispatch::is_collection(reading);
        // The first headline of many is not the title of them all.
        if !collection {
            opening::claim(reading);
        }
        if front_matter::guesses_headings(&reading.meta) {
            if collection {
                dispatch::claim(reading);
            }
            headings::claim(reading);
            if !collection {
                opening::claim_above_heads(reading);
            }
        }
        ending::claim(reading);
        papers::claim(reading);
        if front_matter::guesses_headings(&reading.meta) {
            office::documents(reading, self.front.meta.title.as_deref());
        }
    }
}

/// Reads a text without tags.
fn read_bare(text: &str, regions: &[Region], hints: &Hints, weights: &Weights) -> (Document, Vec<Note>) {
    let mut opened = Opened::new(text, hints);
    opened.witness(regions);
    let Opened { mut reading, front, notes } = opened;
    if front_matter::guesses_headings(&reading.meta) {
        decide::heads(&mut reading, front.meta.title.as_deref(), regions, weights);
        authors::claim(&mut reading);
        known::claim(&mut reading);
    }
    glossary::claim(&mut reading);
    verse::claim(&mut reading);
    stanzas::claim(&mut reading, regions);
    speeches::claim(&mut reading);
    verbatim::keep_columns(&mut reading);
    list::claim(&mut reading);
    outline::claim(&mut reading);
    free_verse::claim(&mut reading);
    let mut document = assemble::document(reading);
    title::set(&mut document, &front);
    if !front.language {
        document.meta.language = language::of_document(&document);
    }
    (document, notes)
}

#[cfg(test)]
mod tests;
