//! The EPUB writer (EPUB 3.3, EPUB Accessibility 1.1): a file a chapter, navigation, notes beside the text that refers to them.
//!
//! The same document gives the same bytes: no clock, no randomness, `mimetype` first and as it is.

mod cover;
mod files;
mod navigation;
mod package;
#[cfg(test)]
mod tests;

use super::Deflate;
use super::xhtml::{Material, Medium, Words, Writer, extension, file_name, heading_id, sheet};
use super::xml::escape;
use super::zip::{self, Packing, Part};
use crate::document::{BlockKind, OutlineEntry};
use crate::pictures::Picture;
use files::{File, Kind};
use package::Item;

/// The type of the package, by which programs know it.
const TYPE: &str = "application/epub+zip";
/// Where everything but the way to it stands.
const FOLDER: &str = "OEBPS/";
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
    <rootfile full-path=\"OEBPS/content.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// Writes `material` as a book; `deflate` is kept from document to document.
///
/// # Errors
/// A sentence, when the book is larger than its package can say (4 GiB).
pub fn write(material: &Material<'_>, deflate: &mut Deflate) -> Result<Vec<u8>, String> {
    let packing = |name: &str| match name {
        "mimetype" => Packing::Stored,
        // Pictures are packed already.
        name if name.ends_with(".png") || name.ends_with(".jpeg") => Packing::Stored,
        name if name.ends_with(".css") || name.ends_with("container.xml") => Packing::Common,
        _ => Packing::Own,
    };
    zip::pack(parts(material), packing, deflate)
}

/// The parts of the package.
fn parts(material: &Material<'_>) -> Vec<Part> {
    let document = material.document;
    let outline = document.outline();
    let plan = files::plan(document, &outline);
    let address = |number: usize, picture: &Picture| picture_name(number, picture);
    let mut writer = Writer::new(material, Medium::Epub, &outline, plan.headings(&outline), &address);
    let mut texts: Vec<Item> = vec![];
    let mut parts: Vec<Part> = vec![];
    for (number, file) in plan.files.iter().enumerate() {
        writer.begin(number);
        open(&mut writer, material, &outline, file);
        writer.blocks(file.blocks.clone());
        writer.notes_of_file();
        if number + 1 == plan.files.len() {
            writer.all_notes();
        }
        writer.push("</section>\n</body>\n</html>\n");
        texts.push(Item::text(format!("c{number:03}"), file_name(number)));
        parts.push((format!("{FOLDER}{}", file_name(number)), writer.take().into_bytes()));
    }
    let mut others = vec![];
    for (number, picture) in writer.shown().filter_map(|number| Some((number, material.pictures.at(number)?))) {
        let name = picture_name(number, picture);
        parts.push((format!("{FOLDER}{name}"), picture.bytes.to_vec()));
        others.push(Item::new(format!("image{}", number + 1), name, format!("image/{}", picture.extension())));
    }
    let pictures = !others.is_empty();
    for (number, program) in material.fonts.iter().filter_map(|font| font.program.as_ref()).enumerate() {
        let extension = extension(program);
        let name = format!("fonts/{}.{extension}", number + 1);
        parts.push((format!("{FOLDER}{name}"), program.clone()));
        others.push(Item::new(format!("font{}", number + 1), name, format!("font/{extension}")));
    }
    // A font that is only named takes no number.
    let carried = |number: usize| material.fonts.iter().take(number).filter(|font| font.program.is_some()).count() + 1;
    let sheet = sheet(material.style, document, material.fonts, |number, program| {
        format!("fonts/{}.{}", carried(number), extension(program))
    });
    let package = package::Package { material, plan: &plan, texts: &texts, others: &others, pictures };
    let mut all: Vec<Part> = vec![
        ("mimetype".into(), TYPE.into()),
        ("META-INF/container.xml".into(), CONTAINER.into()),
        (format!("{FOLDER}content.opf"), package.part().into_bytes()),
        (format!("{FOLDER}nav.xhtml"), navigation::part(material, &outline, &plan).into_bytes()),
        (format!("{FOLDER}style.css"), sheet.into_bytes()),
        (format!("{FOLDER}cover.svg"), cover::part(material).into_bytes()),
    ];
    all.append(&mut parts);
    all
}

/// Where the file of a picture stands, as seen from the text.
fn picture_name(number: usize, picture: &Picture) -> String {
    format!("images/{}.{}", number + 1, picture.extension())
}

/// The head of a file of `title` in the language of the document.
fn head(material: &Material<'_>, title: &str, kind: &str) -> String {
    let tag = material.document.meta.language.tag();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" xml:lang=\"{tag}\" lang=\"{tag}\">\n\
         <head><title>{}</title><link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/></head>\n<body epub:type=\"{kind}\">\n",
        escape(title)
    )
}

/// Begins a file: its head, and the section that it is.
fn open(writer: &mut Writer<'_>, material: &Material<'_>, outline: &[OutlineEntry], file: &File) {
    let document = material.document;
    let heading = outline.binary_search_by_key(&file.blocks.start, |entry| entry.block).ok();
    let label = match document.blocks.get(file.blocks.start).map(|block| &block.kind) {
        Some(BlockKind::Heading(heading)) => crate::document::contents_text(&heading.content),
        _ => String::new(),
    };
    let label = label.trim();
    let title = if label.is_empty() { material.title() } else { label };
    let body = if file.kind == Kind::TitlePage { "frontmatter" } else { "bodymatter" };
    writer.push(&head(material, title, body));
    let labelled =
        heading.filter(|_| !label.is_empty()).map(|heading| format!(" aria-labelledby=\"{}\"", heading_id(heading)));
    let named = labelled.unwrap_or_else(|| format!(" aria-label=\"{}\"", escape(title)));
    writer.push(&match file.kind {
        Kind::TitlePage => {
            let words = Words::of(document.meta.language);
            format!("<section epub:type=\"titlepage\" role=\"region\" aria-label=\"{}\">\n", words.title_page)
        }
        Kind::Part => format!("<section epub:type=\"part\" role=\"doc-part\"{named}>\n"),
        Kind::Chapter => format!("<section epub:type=\"chapter\" role=\"doc-chapter\"{named}>\n"),
        Kind::Text => "<section>\n".to_owned(),
    });
}
