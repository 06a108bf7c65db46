//! The PDF writer: PDF/A-3a and PDF/UA-1.
//!
//! printpdf makes the frame: pages with their boxes, the artwork on them, fonts with widths and `ToUnicode`. The text of the pages, its
//! structure and everything that the two standards ask for are written straight by the modules here, and [`File`] packs it all.

mod artwork;
mod attachment;
mod content;
mod file;
mod image;
mod metadata;
mod metrics;
mod navigation;
mod object;
mod program;
mod structure;
mod subset;
mod syntax;

#[cfg(all(test, feature = "embedded-fonts"))]
mod tests;

use super::Provenance;
use crate::document::Document;
use crate::fonts::Library;
use crate::layout::{Layout, Page};
use crate::pictures::Pictures;
use content::Contents;
use file::{File, Filter};
use image::Images;
use lopdf::{Dictionary, Object, ObjectId};
use metadata::Metadata;
pub use metrics::Materials;
use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};
use structure::Structure;
use subset::Subsets;
use syntax::{entry, text};

/// The colours of the screen, to which the output intent refers: a compact sRGB profile (public domain, CC0).
const SRGB: &[u8] = include_bytes!("srgb.icc");

/// What may be chosen about a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Attach the source bytes.
    pub attach: bool,
    /// Duplex and no-scaling hints.
    pub print_ready: bool,
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
) -> Result<Vec<u8>, String> {
    if layout.pages.is_empty() {
        return Err("there is no page to write".into());
    }
    let subsets = Subsets::collect(layout, library)?;
    let mut frame = Frame::new(layout, library, &subsets)?;
    let mut file = File::new(frame.document.max_id);
    let mut structure = Structure::new(layout, &mut file);
    let images = Images::write(layout, &options.pictures, &mut file)?;
    frame.show_images(&images)?;

    for (index, page) in layout.pages.iter().enumerate() {
        let artwork = frame.take_artwork(index)?;
        let (stream, areas) = Contents::write(page, index, artwork, (&subsets, &images), &mut structure)?;
        file.stream(frame.contents(index)?, b"", &stream, Filter::Flate);
        let links = navigation::links(&mut file, layout, &mut structure, &areas, index, &frame.page_numbers);
        frame.finish_page(index, &links)?;
    }
    frame.map_glyphs(&subsets, &mut file)?;
    frame.write(&mut file);

    let metadata = Metadata::new(document, provenance);
    let catalog = Catalog {
        pages: frame.pages.0,
        metadata: metadata_stream(&mut file, &metadata),
        profile: profile_stream(&mut file),
        structure: structure.write(&mut file, &frame.page_numbers),
        outline: navigation::outline(&mut file, layout, &frame.page_numbers),
        attachment: options.attach.then(|| attachment::attach(&mut file, provenance, metadata.pdf_date().as_deref())),
    };
    let root = file.reserve();
    file.object(root, |out| catalog.write(out, document, &layout.pages, provenance, options));
    let info = file.reserve();
    file.object(info, |out| metadata.write_info(out));
    Ok(file.finish(root, info))
}

/// What printpdf makes of the pages: everything but their text.
struct Frame {
    document: lopdf::Document,
    /// The node of all pages.
    pages: ObjectId,
    /// Each page.
    page_ids: Vec<ObjectId>,
    page_numbers: Vec<u32>,
    /// The resources that all pages share.
    resources: ObjectId,
}

impl Frame {
    fn new(layout: &Layout, library: &Library, subsets: &Subsets) -> Result<Self, String> {
        let mut frame = PdfDocument::new("");
        let mut specimen = vec![Op::StartTextSection];
        for (number, subset) in subsets.iter() {
            let font = library.font(number).ok_or_else(|| format!("there is no font {number}"))?;
            frame.resources.fonts.map.insert(printpdf::FontId(subset::resource(number)), subset.embed(font)?);
            specimen.extend(subset.specimen(number));
        }
        specimen.push(Op::EndTextSection);
        frame.pages = layout.pages.iter().map(|page| frame_page(page, artwork::draw(page, library))).collect();
        // A last page, not kept, shows every glyph: from it printpdf learns what the fonts must hold.
        frame.pages.push(PdfPage { ops: specimen, ..frame.pages[0].clone() });
        let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
        let mut document = frame.to_lopdf_document(&options, &mut vec![]);

        let catalog = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(unexpected)?;
        let pages =
            document.get_dictionary(catalog).and_then(|c| c.get(b"Pages")?.as_reference()).map_err(unexpected)?;
        let node = document.get_dictionary_mut(pages).map_err(unexpected)?;
        let mut page_ids = node
            .get(b"Kids")
            .and_then(Object::as_array)
            .map_err(unexpected)?
            .iter()
            .map(Object::as_reference)
            .collect::<Result<Vec<_>, _>>()
            .map_err(unexpected)?;
        let specimen = page_ids.pop().ok_or("the specimen page is missing")?;
        node.set("Kids", page_ids.iter().map(|&id| Object::Reference(id)).collect::<Vec<_>>());
        node.set("Count", page_ids.len() as i64);
        let specimen = document.objects.remove(&specimen).ok_or("the specimen page is missing")?;
        let specimen = specimen.as_dict().map_err(unexpected)?;
        let id = |name: &[u8]| specimen.get(name).and_then(Object::as_reference).map_err(unexpected);
        document.objects.remove(&id(b"Contents")?);
        document.objects.remove(&catalog);
        if let Ok(info) = document.trailer.get(b"Info").and_then(Object::as_reference) {
            document.objects.remove(&info);
        }
        let mut frame = Frame {
            document,
            pages,
            page_numbers: page_ids.iter().map(|id| id.0).collect(),
            page_ids,
            resources: id(b"Resources")?,
        };
        frame.share_resources()?;
        Ok(frame)
    }

    /// One dictionary of resources for all pages, without the empty ones that printpdf puts into it.
    fn share_resources(&mut self) -> Result<(), String> {
        let resources = self.document.get_dictionary(self.resources).map_err(unexpected)?.clone();
        let mut kept = Dictionary::new();
        for (name, value) in &resources {
            let id = value.as_reference().map_err(unexpected)?;
            if self.document.get_dictionary(id).map_err(unexpected)?.is_empty() {
                self.document.objects.remove(&id);
            } else {
                kept.set(name.clone(), value.clone());
            }
        }
        self.document.objects.insert(self.resources, Object::Dictionary(kept));
        Ok(())
    }

    /// Adds `images` to the resources.
    fn show_images(&mut self, images: &Images) -> Result<(), String> {
        let resources = self.document.get_dictionary_mut(self.resources).map_err(unexpected)?;
        if let Some(images) = images.resources() {
            resources.set("XObject", images);
        }
        Ok(())
    }

    fn page(&mut self, index: usize) -> Result<&mut Dictionary, String> {
        let id = *self.page_ids.get(index).ok_or("a page is missing")?;
        self.document.get_dictionary_mut(id).map_err(unexpected)
    }

    /// The number of the content stream of page `index`.
    fn contents(&mut self, index: usize) -> Result<u32, String> {
        Ok(self.page(index)?.get(b"Contents").and_then(Object::as_reference).map_err(unexpected)?.0)
    }

    /// Takes out what printpdf drew on page `index`.
    fn take_artwork(&mut self, index: usize) -> Result<Vec<u8>, String> {
        let number = self.contents(index)?;
        match self.document.objects.remove(&(number, 0)) {
            Some(Object::Stream(stream)) => Ok(stream.content),
            _ => Err("printpdf made a page without contents".into()),
        }
    }

    /// Completes page `index` with what printpdf does not write.
    fn finish_page(&mut self, index: usize, links: &[u32]) -> Result<(), String> {
        let resources = self.resources;
        let page = self.page(index)?;
        page.set("StructParents", index as i64);
        page.set("Tabs", Object::Name(b"S".to_vec()));
        if links.is_empty() {
            page.remove(b"Annots");
        } else {
            page.set("Annots", links.iter().map(|&number| Object::Reference((number, 0))).collect::<Vec<_>>());
        }
        let own = page.get(b"Resources").and_then(Object::as_reference).map_err(unexpected)?;
        page.set("Resources", resources);
        if own != resources {
            self.document.objects.remove(&own);
        }
        Ok(())
    }

    /// Writes `CIDToGIDMap` for the fonts in which several characters share a glyph.
    fn map_glyphs(&mut self, subsets: &Subsets, file: &mut File) -> Result<(), String> {
        let fonts = self.document.get_dictionary(self.resources).and_then(|r| r.get(b"Font")?.as_reference());
        let Ok(fonts) = fonts else { return Ok(()) };
        for (number, subset) in subsets.iter() {
            let Some(map) = subset.glyph_map() else { continue };
            let name = subset::resource(number);
            let font = self.document.get_dictionary(fonts).and_then(|f| f.get(name.as_bytes())?.as_reference());
            let font = self.document.get_dictionary_mut(font.map_err(unexpected)?).map_err(unexpected)?;
            let descendants = font.get_mut(b"DescendantFonts").and_then(Object::as_array_mut).map_err(unexpected)?;
            let descendant = descendants.first_mut().ok_or("a font without a descendant")?.as_dict_mut();
            let stream = file.reserve();
            file.stream(stream, b"", &map, Filter::Flate);
            descendant.map_err(unexpected)?.set("CIDToGIDMap", Object::Reference((stream, 0)));
        }
        Ok(())
    }

    /// Writes what printpdf made into `file`.
    fn write(&mut self, file: &mut File) {
        for (&(number, _), object) in &mut self.document.objects {
            if let Object::Stream(stream) = object {
                stream.dict.remove(b"Length");
                let mut entries = vec![];
                object::entries(&mut entries, &stream.dict);
                file.stream(number, &entries, &stream.content, Filter::Flate);
            } else {
                file.object(number, |out| object::object(out, object));
            }
        }
    }
}

fn frame_page(page: &Page, ops: Vec<Op>) -> PdfPage {
    let full = Rect::from_wh(Pt(page.size.0.to_pt()), Pt(page.size.1.to_pt()));
    PdfPage { media_box: full.clone(), trim_box: full.clone(), crop_box: full, ops }
}

/// For what printpdf cannot but give; said rather than trusted.
fn unexpected(error: lopdf::Error) -> String {
    format!("printpdf made an unexpected file: {error}")
}

fn metadata_stream(file: &mut File, metadata: &Metadata<'_>) -> u32 {
    let number = file.reserve();
    file.stream(number, b"/Type/Metadata/Subtype/XML", metadata.xmp().as_bytes(), Filter::None);
    number
}

fn profile_stream(file: &mut File) -> u32 {
    let number = file.reserve();
    file.stream(number, b"/N 3", SRGB, Filter::Flate);
    number
}

/// The numbers of what the catalog names.
struct Catalog {
    pages: u32,
    metadata: u32,
    profile: u32,
    structure: u32,
    outline: Option<u32>,
    attachment: Option<u32>,
}

impl Catalog {
    fn write(
        &self,
        out: &mut Vec<u8>,
        document: &Document,
        pages: &[Page],
        provenance: &Provenance<'_>,
        options: &Options,
    ) {
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
        if options.print_ready {
            out.extend_from_slice(b"/Duplex/DuplexFlipLongEdge/PrintScaling/None");
        }
        out.extend_from_slice(b">>/PageLabels");
        navigation::page_labels(out, pages);
        if let Some(outline) = self.outline {
            entry(out, "/PageMode/UseOutlines/Outlines", outline);
        }
        if let Some(attachment) = self.attachment {
            out.extend_from_slice(b"/Names<</EmbeddedFiles<</Names[");
            text(out, attachment::name(provenance));
            syntax::reference(out, attachment);
            entry(out, "]>>>>/AF[", attachment);
            out.push(b']');
        }
        out.extend_from_slice(b">>");
    }
}
