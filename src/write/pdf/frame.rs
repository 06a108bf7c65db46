//! What printpdf makes: pages with their boxes, the artwork on them, fonts with their widths.

use super::file::{File, Filter};
use super::image::Images;
use super::imposition::Imposition;
use super::subset::Subsets;
use super::{artwork, object, subset};
use crate::fonts::Library;
use crate::layout::Layout;
use crate::unit::Unit;
use lopdf::{Dictionary, Object, ObjectId};
use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

/// Most kids of a node of the page tree.
const FAN: usize = 32;

/// What printpdf makes of the pages: everything but their text.
pub struct Frame {
    document: lopdf::Document,
    /// The root of the page tree.
    pages: ObjectId,
    /// Each sheet.
    page_ids: Vec<ObjectId>,
    numbers: Vec<u32>,
    /// The resources that all pages share.
    resources: ObjectId,
}

impl Frame {
    /// Makes the sheets of `imposition` with their artwork, and the fonts of `subsets`.
    ///
    /// # Errors
    /// A sentence, when a font cannot be embedded.
    pub fn new(layout: &Layout, library: &Library, subsets: &Subsets, imposition: &Imposition) -> Result<Self, String> {
        let mut frame = PdfDocument::new("");
        let mut specimen = vec![Op::StartTextSection];
        for (number, subset) in subsets.iter() {
            let font = library.font(number).ok_or_else(|| format!("there is no font {number}"))?;
            frame.resources.fonts.map.insert(printpdf::FontId(subset::resource(number)), subset.embed(font)?);
            specimen.extend(subset.specimen(number));
        }
        specimen.push(Op::EndTextSection);
        frame.pages = imposition
            .sheets()
            .map(|sheet| {
                let placed = sheet.pages.iter().filter_map(|(page, x)| Some((layout.pages.get(*page)?, *x)));
                frame_page(sheet.size, placed.flat_map(|(page, x)| artwork::draw(page, x, library)).collect())
            })
            .collect();
        // A last page, not kept, shows every glyph: from it printpdf learns what the fonts must hold.
        frame.pages.push(PdfPage { ops: specimen, ..frame.pages[0].clone() });
        let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
        let mut document = frame.to_lopdf_document(&options, &mut vec![]);

        let catalog = document.trailer.get(b"Root").and_then(Object::as_reference).map_err(unexpected)?;
        let pages =
            document.get_dictionary(catalog).and_then(|c| c.get(b"Pages")?.as_reference()).map_err(unexpected)?;
        let node = document.get_dictionary(pages).map_err(unexpected)?;
        let mut page_ids = node
            .get(b"Kids")
            .and_then(Object::as_array)
            .map_err(unexpected)?
            .iter()
            .map(Object::as_reference)
            .collect::<Result<Vec<_>, _>>()
            .map_err(unexpected)?;
        let specimen = page_ids.pop().ok_or("the specimen page is missing")?;
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
            numbers: page_ids.iter().map(|id| id.0).collect(),
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

    /// The highest object number that is given away.
    pub fn taken(&self) -> u32 {
        self.document.max_id
    }

    /// The object number of the root of the page tree.
    pub fn root(&self) -> u32 {
        self.pages.0
    }

    /// The object number of each sheet.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Adds `images` to the resources.
    ///
    /// # Errors
    /// A sentence, when printpdf made an unexpected file.
    pub fn show_images(&mut self, images: &Images) -> Result<(), String> {
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

    /// The number of the content stream of sheet `index`.
    pub fn contents(&mut self, index: usize) -> Result<u32, String> {
        Ok(self.page(index)?.get(b"Contents").and_then(Object::as_reference).map_err(unexpected)?.0)
    }

    /// Takes out what printpdf drew on page `index`.
    pub fn take_artwork(&mut self, index: usize) -> Result<Vec<u8>, String> {
        let number = self.contents(index)?;
        match self.document.objects.remove(&(number, 0)) {
            Some(Object::Stream(stream)) => Ok(stream.content),
            _ => Err("printpdf made a page without contents".into()),
        }
    }

    /// Completes sheet `index` with what printpdf does not write.
    pub fn finish_page(&mut self, index: usize, links: &[u32]) -> Result<(), String> {
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

    /// Writes what the codes of the fonts mean: as text, and as glyphs where several characters share one.
    pub fn map_codes(&mut self, subsets: &Subsets, file: &mut File) -> Result<(), String> {
        let fonts = self.document.get_dictionary(self.resources).and_then(|r| r.get(b"Font")?.as_reference());
        let Ok(fonts) = fonts else { return Ok(()) };
        for (number, subset) in subsets.iter() {
            let name = subset::resource(number);
            let font = self.document.get_dictionary(fonts).and_then(|f| f.get(name.as_bytes())?.as_reference());
            let font = font.map_err(unexpected)?;
            let dictionary = self.document.get_dictionary_mut(font).map_err(unexpected)?;
            let to_unicode = dictionary.get(b"ToUnicode").and_then(Object::as_reference).map_err(unexpected)?;
            if let Some(map) = subset.glyph_map() {
                let descendants = dictionary.get_mut(b"DescendantFonts").and_then(Object::as_array_mut);
                let descendant = descendants.map_err(unexpected)?.first_mut().ok_or("a font without a descendant")?;
                let stream = file.reserve();
                file.stream(stream, b"", &map, Filter::Flate);
                descendant.as_dict_mut().map_err(unexpected)?.set("CIDToGIDMap", Object::Reference((stream, 0)));
            }
            self.document.objects.remove(&to_unicode);
            file.stream(to_unicode.0, b"", &subset.to_unicode(), Filter::Flate);
        }
        Ok(())
    }

    /// Builds the page tree, no node with more than [`FAN`] kids: a reader finds any page of thousands in few steps.
    fn plant(&mut self, file: &mut File) -> Result<(), String> {
        let mut level: Vec<(ObjectId, i64)> = self.page_ids.iter().map(|&id| (id, 1)).collect();
        while level.len() > FAN {
            let groups = level.chunks(FAN).map(|kids| self.node((file.reserve(), 0), kids));
            level = groups.collect::<Result<_, _>>()?;
        }
        self.node(self.pages, &level).map(|_| ())
    }

    /// Makes node `id` of the page tree over `kids`, each with its number of pages; gives it with its own.
    fn node(&mut self, id: ObjectId, kids: &[(ObjectId, i64)]) -> Result<(ObjectId, i64), String> {
        let count = kids.iter().map(|(_, count)| count).sum();
        for (kid, _) in kids {
            self.document.get_dictionary_mut(*kid).map_err(unexpected)?.set("Parent", Object::Reference(id));
        }
        let mut node = Dictionary::new();
        node.set("Type", Object::Name(b"Pages".to_vec()));
        node.set("Kids", kids.iter().map(|(kid, _)| Object::Reference(*kid)).collect::<Vec<_>>());
        node.set("Count", count);
        self.document.objects.insert(id, Object::Dictionary(node));
        Ok((id, count))
    }

    /// Writes what printpdf made into `file`.
    ///
    /// # Errors
    /// A sentence, when printpdf made an unexpected file.
    pub fn write(&mut self, file: &mut File) -> Result<(), String> {
        self.plant(file)?;
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
        Ok(())
    }
}

fn frame_page(size: (Unit, Unit), ops: Vec<Op>) -> PdfPage {
    let full = Rect::from_wh(Pt(size.0.to_pt()), Pt(size.1.to_pt()));
    PdfPage { media_box: full.clone(), trim_box: full.clone(), crop_box: full, ops }
}

/// For what printpdf cannot but give; said rather than trusted.
fn unexpected(error: lopdf::Error) -> String {
    format!("printpdf made an unexpected file: {error}")
}
