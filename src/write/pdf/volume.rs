//! A volume: one PDF of many texts, each written as it comes and then forgotten. What is kept of a text is where its pages lie and what leads to them.

use super::attachment::{self, Attached};
use super::content::Contents;
use super::file::{File, Filter};
use super::frame;
use super::image::Images;
use super::imposition::Imposition;
use super::metadata::Metadata;
use super::navigation::{self, Target};
use super::structure::{Branch, Structure, write_trunk};
use super::subset::Subsets;
use super::syntax::{entry, text};
use super::{Catalog, Options, fonts, metadata_stream, profile_stream, tree, write_fonts};
use crate::document::Document;
use crate::fonts::Library;
use crate::layout::{Layout, OutlineItem};
use crate::pictures::Pictures;
use crate::style::Direction;
use crate::write::{Deflate, Provenance};

/// Objects that are kept until they are packed.
const PACK: usize = 2000;
/// What is kept of a page until the end, in bytes: its boxes, its label, and what leads to it.
const PAGE: usize = 2000;

/// Where in a volume something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before the texts, though it is written after them. Its links lead to pages of texts, by their index among those.
    Front,
    /// Among the texts.
    Text,
    /// Behind the texts.
    Back,
}

/// What is bound.
#[derive(Debug, Clone, Copy)]
pub struct Bound<'b> {
    /// Its pages.
    pub layout: &'b Layout,
    /// The pictures on them.
    pub pictures: &'b Pictures,
    /// What it is called among the bookmarks and in the structure.
    pub title: &'b str,
    /// The file that it comes from, attached by the name that it has here.
    pub source: Option<&'b Provenance<'b>>,
}

/// What stands in one place, as far as it is written.
#[derive(Default)]
struct Section {
    /// Its pages.
    targets: Vec<Target>,
    /// The same as they are to be written, when it is known what stands above them: with the key of each in the parent tree, and its resources, contents and links.
    pages: Vec<Sheet>,
    outline: Vec<OutlineItem>,
    branches: Vec<Branch>,
}

struct Sheet {
    frame: frame::Frame,
    key: usize,
    resources: u32,
    contents: u32,
    links: Vec<u32>,
}

/// A volume that is being written.
pub struct Volume<'v> {
    file: File<'v>,
    library: &'v Library,
    subsets: Subsets,
    /// Object numbers of the dictionary of fonts, and of the element that all others stand below.
    fonts: u32,
    document: u32,
    sections: [Section; 3],
    attached: Vec<Attached>,
    /// The next key in the parent tree.
    key: usize,
    date: Option<String>,
    /// Which way the lines of the texts run.
    direction: Direction,
}

impl<'v> Volume<'v> {
    /// An empty one, set in the fonts of `library`; `date` is that of the files attached to it, ISO 8601.
    pub fn new(library: &'v Library, date: Option<&str>, deflate: &'v mut Deflate) -> Self {
        let mut file = File::new(deflate);
        let (fonts, document) = (file.reserve(), file.reserve());
        let (subsets, sections, attached, key, direction) = Default::default();
        let date = date.and_then(super::metadata::pdf_date);
        Volume { file, library, subsets, fonts, document, sections, attached, key, date, direction }
    }

    /// Number of pages of the texts so far.
    pub fn pages(&self) -> usize {
        self.sections[Place::Text as usize].targets.len()
    }

    /// Roughly how many bytes of memory it takes.
    pub fn held(&self) -> u64 {
        let pages: usize = self.sections.iter().map(|section| section.pages.len()).sum();
        (self.file.held() + pages * PAGE) as u64
    }

    /// Writes `bound` behind what stands at `place` already.
    ///
    /// # Errors
    /// A sentence that says what could not be written.
    pub fn add(&mut self, place: Place, bound: &Bound<'_>) -> Result<(), String> {
        let Bound { layout, pictures, title, source } = *bound;
        self.subsets.extend(layout, self.library)?;
        self.direction = layout.direction;
        let imposition = Imposition::of(&layout.pages, false, layout.direction);
        let count = imposition.sheets().len();
        let mut frames = frame::frames(layout, self.library, &imposition)?;
        if frames.len() != count {
            return Err(format!("printpdf made {} of {count} pages", frames.len()));
        }
        let file = &mut self.file;
        let numbers: Vec<u32> = (file.reserve_many(count)..).take(count).collect();
        let own = navigation::targets(layout, &numbers);
        let key = self.key;
        let mut structure = Structure::new(layout, count, key, file);
        let images = Images::write(layout, pictures, file)?;
        let mut areas = vec![];
        for (page, place) in layout.pages.iter().zip(imposition.places()) {
            let stream = &mut frames[place.sheet].artwork;
            areas.push(Contents::write(page, *place, stream, (&self.subsets, &images), &mut structure)?);
        }
        let resources = file.reserve();
        file.object(resources, |out| {
            entry(out, "<</Font", self.fonts);
            images.write_resources(out);
            out.extend_from_slice(b">>");
        });
        let targets = if place == Place::Front { &self.sections[Place::Text as usize].targets } else { &own };
        let mut pages = vec![];
        for (index, mut frame) in frames.into_iter().enumerate() {
            let contents = file.reserve();
            file.stream(contents, b"", &std::mem::take(&mut frame.artwork), Filter::TEXT);
            let links = navigation::links(file, &layout.structure, &mut structure, &areas[index], index, targets);
            pages.push(Sheet { frame, key: key + index, resources, contents, links });
        }
        let attached = source.map(|source| attachment::attach(file, source, self.date.as_deref()));
        let mut said = b"/T".to_vec();
        text(&mut said, title);
        if let Some(attached) = &attached {
            attachment::associate(&mut said, std::slice::from_ref(attached));
        }
        let branch = structure.write_branch(file, &numbers, self.document, &said);
        self.key = branch.numbers.1.end;
        file.pack_beyond(PACK);
        self.attached.extend(attached);
        let section = &mut self.sections[place as usize];
        let before = section.targets.len();
        section.outline.push(OutlineItem {
            level: 1,
            text: title.to_owned(),
            page: before,
            top: Default::default(),
            block: 0,
        });
        section.outline.extend(layout.outline.iter().map(|item| OutlineItem {
            level: item.level.saturating_add(1),
            page: before + item.page,
            ..item.clone()
        }));
        section.targets.extend(own);
        section.pages.extend(pages);
        section.branches.push(branch);
        Ok(())
    }

    /// Ends it: the whole file. `document` says what the volume is called, `number` is its number in the archive, `digests` are those of its texts.
    ///
    /// # Errors
    /// As [`Volume::add`], and when nothing was added.
    pub fn finish(
        mut self,
        document: &Document,
        number: Option<&str>,
        digests: &[String],
        print_ready: bool,
    ) -> Result<Vec<u8>, String> {
        let (mut targets, mut sheets, mut outline, mut branches) = (vec![], vec![], vec![], vec![]);
        for section in self.sections {
            let before = targets.len();
            outline.extend(section.outline.into_iter().map(|item| OutlineItem { page: before + item.page, ..item }));
            targets.extend(section.targets);
            sheets.extend(section.pages);
            branches.extend(section.branches);
        }
        if targets.is_empty() {
            return Err("there is no page to write".into());
        }
        let file = &mut self.file;
        let numbers: Vec<u32> = targets.iter().map(|target| target.object).collect();
        let (pages, parents) = tree::plant(file, &numbers);
        for ((sheet, &number), &parent) in sheets.iter().zip(&numbers).zip(&parents) {
            let Sheet { frame, key, resources, contents, links } = sheet;
            file.object(number, |out| frame.write(out, *key, [parent, *resources, *contents], links));
        }
        drop(sheets);
        let fonts = fonts(file, self.library, &self.subsets)?;
        file.object(self.fonts, |out| write_fonts(out, &fonts));
        let provenance = Provenance { date: document.meta.date.clone(), ..Provenance::default() };
        let metadata = Metadata::of_volume(document, &provenance, number, digests);
        let catalog = Catalog {
            pages,
            metadata: metadata_stream(file, &metadata),
            profile: profile_stream(file),
            structure: write_trunk(file, self.document, &branches),
            outline: navigation::outline(file, &outline, &targets),
            direction: self.direction,
            attachments: self.attached,
        };
        let labels: Vec<String> = targets.into_iter().map(|target| target.label).collect();
        let options = Options { attach: true, print_ready, booklet: false, pictures: Pictures::default() };
        let root = file.reserve();
        file.object(root, |out| catalog.write(out, document, &labels, &options));
        let info = file.reserve();
        file.object(info, |out| metadata.write_info(out));
        Ok(self.file.finish(root, info))
    }
}
