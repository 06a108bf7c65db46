//! The PDF writer: PDF/A-3a and PDF/UA-1.
//!
//! printpdf makes the frame: pages with their boxes, and the artwork on them. The fonts, the text of the pages, its structure and
//! everything that the two standards ask for are written straight by the modules here, and [`File`] packs it all.

mod artwork;
mod attachment;
mod content;
mod file;
mod font;
mod frame;
mod image;
mod imposition;
mod metadata;
mod metrics;
mod navigation;
mod object;
mod structure;
mod subset;
mod syntax;
mod told;
mod tree;
mod volume;

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests;

use super::{Deflate, Provenance};
use crate::document::Document;
use crate::fonts::Library;
use crate::layout::Layout;
use crate::pictures::Pictures;
use crate::style::Direction;
use attachment::Attached;
use content::Contents;
use file::{File, Filter};
use image::Images;
use imposition::Imposition;
use metadata::Metadata;
pub use metrics::Materials;
use structure::Structure;
use subset::{Subsets, resource};
use syntax::{entry, text};
pub use volume::{Bound, Place, Volume};

/// The colours of the screen, to which the output intent refers: a compact sRGB profile (public domain, CC0).
const SRGB: &[u8] = include_bytes!("srgb.icc");

/// What may be chosen about a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Attach the source bytes.
    pub attach: bool,
    /// Duplex and no-scaling hints.
    pub print_ready: bool,
    /// Pages in pairs on sheets, in the order in which they are folded and stitched.
    pub booklet: bool,
    /// The pictures that the layout shows.
    pub pictures: Pictures,
}

/// Writes `layout`, the set form of `document`.
///
/// # Errors
/// A sentence that says what could not be written.
pub fn write(
    document: &Document,
    layout: &Layout,
    library: &Library,
    provenance: &Provenance<'_>,
    options: &Options,
    deflate: &mut Deflate,
) -> Result<Vec<u8>, String> {
    if layout.pages.is_empty() {
        return Err("there is no page to write".into());
    }
    let subsets = Subsets::collect(layout, library)?;
    let imposition = Imposition::of(&layout.pages, options.booklet, layout.direction);
    let sheets = imposition.sheets().len();
    let mut frames = frame::frames(layout, library, &imposition)?;
    if frames.len() != sheets {
        return Err(format!("printpdf made {} of {sheets} pages", frames.len()));
    }
    let mut file = File::new(deflate);
    let numbers: Vec<u32> = (file.reserve_many(sheets)..).take(sheets).collect();
    let page_numbers = imposition.numbers(&numbers);
    let targets = navigation::targets(layout, &page_numbers);
    let mut structure = Structure::new(layout, sheets, 0, &mut file);
    let images = Images::write(layout, &options.pictures, &mut file)?;

    // In reading order, whatever sheets the pages stand on: it is the order of the structure.
    let mut areas = vec![vec![]; sheets];
    for (page, place) in layout.pages.iter().zip(imposition.places()) {
        let stream = &mut frames[place.sheet].artwork;
        areas[place.sheet].extend(Contents::write(page, *place, stream, (&subsets, &images), &mut structure)?);
    }
    let resources = resources(&mut file, library, &subsets, &images)?;
    let (pages, parents) = tree::plant(&mut file, &numbers);
    for (index, frame) in frames.into_iter().enumerate() {
        let contents = file.reserve();
        file.stream(contents, b"", &frame.artwork, Filter::TEXT);
        let links = navigation::links(&mut file, &layout.structure, &mut structure, &areas[index], index, &targets);
        file.object(numbers[index], |out| frame.write(out, index, [parents[index], resources, contents], &links));
    }

    let metadata = Metadata::new(document, provenance);
    let catalog = Catalog {
        pages,
        metadata: metadata_stream(&mut file, &metadata),
        profile: profile_stream(&mut file),
        structure: structure.write(&mut file, &numbers),
        outline: navigation::outline(&mut file, &layout.outline, &targets),
        direction: layout.direction,
        attachments: match options.attach {
            true => vec![attachment::attach(&mut file, provenance, metadata.pdf_date().as_deref())],
            false => vec![],
        },
    };
    let root = file.reserve();
    file.object(root, |out| catalog.write(out, document, &imposition.labels(&layout.pages), options));
    let info = file.reserve();
    file.object(info, |out| metadata.write_info(out));
    Ok(file.finish(root, info))
}

/// Writes the fonts, and the resources that all pages share; returns their number.
fn resources(file: &mut File<'_>, library: &Library, subsets: &Subsets, images: &Images<'_>) -> Result<u32, String> {
    let fonts = fonts(file, library, subsets)?;
    let number = file.reserve();
    file.object(number, |out| {
        out.extend_from_slice(b"<</Font");
        write_fonts(out, &fonts);
        images.write_resources(out);
        out.extend_from_slice(b">>");
    });
    Ok(number)
}

/// Writes the fonts; returns their numbers.
fn fonts(file: &mut File<'_>, library: &Library, subsets: &Subsets) -> Result<Vec<(u8, font::Numbers)>, String> {
    let mut fonts = vec![];
    for (number, subset) in subsets.iter() {
        let font = library.font(number).ok_or_else(|| format!("there is no font {number}"))?;
        fonts.push((number, font::embed(file, font, subset)?));
    }
    Ok(fonts)
}

/// Appends the dictionary that names the fonts for the pages.
fn write_fonts(out: &mut Vec<u8>, fonts: &[(u8, font::Numbers)]) {
    out.extend_from_slice(b"<<");
    for (font, numbers) in fonts {
        for (number, column) in numbers.iter().zip([true, false]) {
            if let Some(number) = number {
                entry(out, &format!("/{}", resource(*font, column)), *number);
            }
        }
    }
    out.extend_from_slice(b">>");
}

fn metadata_stream(file: &mut File<'_>, metadata: &Metadata<'_>) -> u32 {
    let number = file.reserve();
    file.stream(number, b"/Type/Metadata/Subtype/XML", metadata.xmp().as_bytes(), Filter::None);
    number
}

fn profile_stream(file: &mut File<'_>) -> u32 {
    let number = file.reserve();
    file.stream(number, b"/N 3", SRGB, Filter::TEXT);
    number
}

/// The numbers of what the catalog names.
struct Catalog {
    pages: u32,
    metadata: u32,
    profile: u32,
    structure: u32,
    outline: Option<u32>,
    attachments: Vec<Attached>,
    direction: Direction,
}

impl Catalog {
    fn write(&self, out: &mut Vec<u8>, document: &Document, labels: &[String], options: &Options) {
        entry(out, "<</Type/Catalog/Pages", self.pages);
        entry(out, "/Metadata", self.metadata);
        out.extend_from_slice(
            b"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)",
        );
        out.extend_from_slice(b"/Info(sRGB IEC61966-2.1)");
        entry(out, "/DestOutputProfile", self.profile);
        out.extend_from_slice(b">>]/Lang");
        text(out, document.meta.language.tag());
        out.extend_from_slice(b"/MarkInfo<</Marked true>>");
        entry(out, "/StructTreeRoot", self.structure);
        out.extend_from_slice(b"/ViewerPreferences<</DisplayDocTitle true");
        // A booklet is turned about the edge that it is folded along.
        match (options.booklet, options.print_ready) {
            (true, _) => out.extend_from_slice(b"/Duplex/DuplexFlipShortEdge/PrintScaling/None>>"),
            (false, true) => {
                out.extend_from_slice(b"/Duplex/DuplexFlipLongEdge/PrintScaling/None>>");
                // Of a book that is bound at the right, programs that are not told so lay the wrong pages beside each other; told so, some
                // read its text backwards.
                if self.direction == Direction::Horizontal {
                    out.extend_from_slice(b"/PageLayout/TwoPageRight");
                }
            }
            (false, false) => out.extend_from_slice(b">>"),
        }
        out.extend_from_slice(b"/PageLabels");
        navigation::page_labels(out, labels);
        if let Some(outline) = self.outline {
            entry(out, "/PageMode/UseOutlines/Outlines", outline);
        }
        if !self.attachments.is_empty() {
            out.extend_from_slice(b"/Names<</EmbeddedFiles<</Names[");
            for attached in &self.attachments {
                text(out, &attached.name);
                syntax::reference(out, attached.specification);
            }
            out.extend_from_slice(b"]>>>>");
            attachment::associate(out, &self.attachments);
        }
        out.extend_from_slice(b">>");
    }
}
