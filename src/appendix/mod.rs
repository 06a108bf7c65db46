//! What was done to a text, told in documents of their own that are bound behind it: the collation (校勘记), which lists every change
//! by page and line, and the colophon (牌记), which says where the edition comes from. Neither is part of the text.

mod collation;
mod colophon;
mod place;
mod traditional;
mod words;

use crate::document::{Block, BlockKind, Document, Heading, Inline, InlineKind, Meta, Role, Row, Table};
use crate::fonts::Library;
use crate::lang::Language;
use crate::layout::{Appendix, Layout, Tag};
use crate::note::Note;
use crate::options::Settings;
use crate::span::Span;
use crate::unit::Unit;
use crate::{Reading, Source};
use words::Words;

/// Size of the type and distance of the lines of the collation, which may be long.
const COLLATION: (Unit, Unit) = (Unit(7_500), Unit(11_000));
/// The same of the colophon.
const COLOPHON: (Unit, Unit) = (Unit(9_000), Unit(14_000));
/// Narrowest columns of the collation, in characters.
const NARROWEST: i32 = 20;

/// Binds the appendices that `settings` ask for behind `layout`, the pages of `source`. `notes` are those of the layout.
pub fn bind(
    layout: &mut Layout,
    source: &Source,
    reading: &Reading,
    notes: &[Note],
    settings: &Settings,
    library: &Library,
) {
    let language = reading.document.meta.language;
    let (style, words) = (settings.page_style(language), Words::of(language));
    if settings.collation {
        let document = collation::write(reading, notes, layout, words);
        let [wide, style] = [1, 2].map(|columns| style.small(COLLATION.0, COLLATION.1, columns));
        let style = if style.page.measure < NARROWEST { wide } else { style };
        layout.bind(&Appendix { document: &document, tag: Tag::Collation, pattern: &[] }, &style, library);
    }
    if settings.colophon {
        let document = colophon::write(source, reading, settings, words);
        let pattern = colophon::square(&source.sha256);
        let style = style.small(COLOPHON.0, COLOPHON.1, 1);
        layout.bind(&Appendix { document: &document, tag: Tag::Colophon, pattern: &pattern }, &style, library);
    }
}

/// An appendix that begins with its title.
fn document(title: &str, language: Language) -> Document {
    let meta = Meta { title: Some(title.to_owned()), language, ..Meta::default() };
    let mut document = Document { meta, ..Document::default() };
    document.blocks.push(heading(1, title));
    document
}

// What an appendix says stands nowhere in the text, so all its spans are empty.

fn text(text: impl Into<String>) -> Inline {
    Inline::text(text, Span::default())
}

fn code(text: impl Into<String>) -> Inline {
    Inline::new(InlineKind::Code(text.into()), Span::default())
}

fn heading(level: u8, words: &str) -> Block {
    let content = vec![text(words)];
    let heading = Heading { level, title: level == 1, label: None, content, reason: "appendix", weighed: None };
    Block::new(BlockKind::Heading(heading), Span::default())
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::new(BlockKind::Paragraph { role: Role::Body, content }, Span::default())
}

/// A table; `head` says whether its first row is one of heads.
fn table(rows: Vec<Vec<Inline>>, head: bool) -> Block {
    let columns = vec![Default::default(); rows.first().map_or(0, Vec::len)];
    let row =
        |cells: Vec<Inline>| Row { cells: cells.into_iter().map(|cell| vec![cell]).collect(), span: Span::default() };
    let table = Table { columns, head_rows: usize::from(head), rows: rows.into_iter().map(row).collect() };
    Block::new(BlockKind::Table(table), Span::default())
}

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests;
