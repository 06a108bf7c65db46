//! The DOCX writer: WordprocessingML (ISO/IEC 29500, transitional) for Word, WPS and LibreOffice.
//!
//! docx-rs makes the runs, links, fields and cells of the [body], and [order] brings them into the order of the schemas; plain text goes
//! straight into its [paragraph]. All looks live in [styles]; the other parts are templates. [zip] packs them: the same document gives the same bytes.

mod body;
mod changes;
mod contents;
mod embed;
mod emit;
mod faces;
mod inline;
mod leftward;
mod links;
mod notes;
mod numbering;
mod order;
mod package;
mod paragraph;
mod picture;
mod properties;
mod script;
mod section;
mod settings;
mod styles;
mod table;
#[cfg(test)]
mod tests;
mod title;
mod xml;

use super::zip::{self, Packing};
use super::{Deflate, OwnFont, Provenance};
use crate::document::{BlockKind, Document, OfficeForm, inline_text};
use crate::pictures::Pictures;
use crate::style::Style;
use body::Writer;
pub use changes::Change;
use package::{MAIN, Member, Properties};
pub use script::Side;
use section::Pages;
use settings::Settings;

/// What may be chosen about a DOCX.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// Page number of each heading of [`Document::outline`] as our own layout prints it, for the table of contents; empty when there is none.
    pub heading_pages: Vec<String>,
    /// What normalization changed, in order, to be shown as tracked changes; empty when they are not wanted.
    pub changes: Vec<Change>,
    /// The pictures of the document, as far as they can be shown.
    pub pictures: Pictures,
    /// Fonts to be carried along, of those that are [wanted](crate::write::wanted), and those of the user, to be named.
    pub fonts: Vec<OwnFont>,
}

/// Writes `document` in `style`; `deflate` is kept from document to document.
///
/// # Errors
/// A sentence that says what could not be written.
pub fn write(
    document: &Document,
    style: &Style,
    provenance: &Provenance<'_>,
    options: &Options,
    deflate: &mut Deflate,
) -> Result<Vec<u8>, String> {
    let packing = |name: &str| if name == MAIN { Packing::Own } else { Packing::Common };
    zip::pack(parts(document, style, provenance, options)?, packing, deflate)
}

/// The parts of the package.
fn parts(
    document: &Document,
    style: &Style,
    provenance: &Provenance<'_>,
    options: &Options,
) -> Result<Vec<zip::Part>, String> {
    let language = document.meta.language;
    let outline = document.outline();
    let chapters = document.chapters(&outline);
    let chapter_level = chapters.map(|chapters| chapters.level);
    let heading = |wanted: &dyn Fn(&crate::document::Heading) -> bool| {
        document.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Heading(heading) if wanted(heading) => {
                Some(inline_text(document, &heading.content).replace('\n', "\u{3000}"))
            }
            _ => None,
        })
    };
    let pages = Pages {
        style,
        title: heading(&|h| h.title),
        chapter: chapter_level.and_then(|level| Some((heading(&|h| !h.title && h.level == level)?, level))),
        letter: style.office.is_some() && document.office_head().is_some_and(|head| head.form == OfficeForm::Letter),
    };
    let mut writer = Writer::new(document, style, options);
    let contents = chapter_level.filter(|_| style.contents && document.gets_contents(&outline));
    let (main, links) = writer.main(&pages, contents, &options.heading_pages)?;
    let notes = writer.notes()?;
    let contents_level = outline.iter().filter(|e| !document.is_title(e)).map(|e| e.level).min().unwrap_or(1);
    let head_rule = document.has_head_rule();
    let styles = styles::Setting { style, language, chapters, contents_level, head_rule, own: &options.fonts };
    let settings = Settings {
        style,
        language,
        even_and_odd: pages.even_and_odd(),
        notes: notes.is_some().then(|| writer.marks.format()),
        fonts: options.fonts.iter().any(|font| font.program.is_some()),
    };
    let mut members = vec![
        Member::new("rIdStyles", "styles", "styles.xml", styles.part()),
        Member::new("rIdSettings", "settings", "settings.xml", settings.part()),
        Member {
            relationships: faces::font_relationships(&options.fonts),
            ..Member::new("rIdFonts", "fontTable", "fontTable.xml", faces::font_table(language, &options.fonts))
        },
        Member::new("rIdTheme", "theme", "theme/theme1.xml", include_str!("theme.xml")),
    ];
    if let Some(part) = writer.numbering.part() {
        members.push(Member::new("rIdNumbering", "numbering", "numbering.xml", part));
    }
    if let Some((part, links)) = notes {
        let member = Member::new("rIdFootnotes", "footnotes", "footnotes.xml", part);
        members.push(Member { relationships: links::part(&links), ..member });
    }
    if let Some(part) = writer.changes.part(language) {
        members.push(Member::new("rIdComments", "comments", "comments.xml", part));
    }
    members.extend(pages.members(|style, content| writer.serialize(style, content))?);
    let properties = Properties {
        core: properties::core(document, provenance),
        extended: properties::extended(document),
        custom: properties::custom(document, provenance),
    };
    let mut outside = String::new();
    links::push(&links, &mut outside);
    let mut media = writer.media.parts(&options.pictures);
    media.extend(options.fonts.iter().filter_map(embed::part).map(|(name, content, _)| (name, content)));
    Ok(package::parts(main, &outside, members, media, properties))
}
