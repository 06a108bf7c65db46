//! The HTML writer: one file for a browser, for screen and paper, with all that it shows. It needs nothing from anywhere, and its policy lets nothing in.

use super::xhtml::{
    Material, Medium, Words, Writer, contents, entries, extension, front, heading_id, print_sheet, sheet,
};
use super::xml::escape;
use crate::document::{Block, BlockKind, Document, OutlineEntry};
use crate::pictures::Picture;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What the page may load: what stands in it, and no scripts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
/// How many headings a text has before a table of contents stands above it.
const HEADINGS: usize = 3;

/// The page on a screen.
const SCREEN: &str = ":root { color-scheme: light dark; }\n\
    body { max-width: 36em; margin: 2em auto; padding: 0 1em; font-size: 1.125rem; }\n\
    summary { cursor: pointer; }\n\
    .notes { margin-block-start: 2em; border-block-start: 1px solid; padding-block-start: 1em; }\n";

/// The same where lines are vertical: as high as the window, and no further to the left than the text goes.
const COLUMNS: &str = "body { max-width: none; max-height: 36em; margin: 1em 2em; padding: 1em 0; }\n";

/// Writes `material` as a page.
pub fn write(material: &Material<'_>) -> String {
    let document = material.document;
    let (language, outline) = (document.meta.language, document.outline());
    let address = |_: usize, picture: &Picture| {
        format!("data:image/{};base64,{}", picture.extension(), STANDARD.encode(&picture.bytes))
    };
    let mut writer = Writer::new(material, Medium::Html, &outline, vec![0; outline.len()], &address);
    let front = front(document);
    writer.push(&opening(material));
    if front > 0 {
        writer.push("<header>\n");
        writer.blocks(0..front);
        writer.push("</header>\n");
    }
    let words = Words::of(language);
    let last = level(document, &outline);
    if outline.iter().filter(|entry| !document.is_title(entry)).count() >= HEADINGS && !document.has_contents(&outline)
    {
        let mut list = format!("<nav aria-label=\"{0}\"><details><summary>{0}</summary>\n", words.contents);
        contents(&entries(document, &outline, last, None), &mut list);
        writer.push(&(list + "</details></nav>\n"));
    }
    writer.push("<main>\n");
    sections(&mut writer, &document.blocks, front, outline.iter().filter(|entry| entry.block < front).count());
    writer.all_notes();
    writer.push("</main>\n</body>\n</html>\n");
    writer.take()
}

/// Writes `blocks` of the document from block `front` on, each heading with what it heads as a section; `number` is that of the first heading
/// in the outline.
fn sections(writer: &mut Writer<'_>, blocks: &[Block], front: usize, mut number: usize) {
    let mut open: Vec<u8> = vec![];
    for (i, block) in blocks.iter().enumerate().skip(front) {
        if let BlockKind::Heading(heading) = &block.kind {
            while open.pop_if(|level| *level >= heading.level).is_some() {
                writer.push("</section>\n");
            }
            open.push(heading.level);
            writer.push(&format!("<section aria-labelledby=\"{}\">\n", heading_id(number)));
            number += 1;
        }
        writer.blocks(i..i + 1);
    }
    open.iter().for_each(|_| writer.push("</section>\n"));
}

/// The level down to which headings stand in the table of contents: two levels.
fn level(document: &Document, outline: &[OutlineEntry]) -> u8 {
    let top = outline.iter().filter(|entry| !document.is_title(entry)).map(|entry| entry.level).min();
    let chapters = document.chapters(outline).map(|chapters| chapters.level);
    chapters.max(top.map(|top| top + 1)).unwrap_or(1)
}

/// The head of the page, and the beginning of its body.
fn opening(material: &Material<'_>) -> String {
    let Material { document, style, provenance, fonts, .. } = *material;
    let language = document.meta.language;
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
         <meta name=\"referrer\" content=\"no-referrer\"/>\n\
         <meta name=\"generator\" content=\"Shanben {}\"/>\n",
        language.tag(),
        escape(material.title()),
        env!("CARGO_PKG_VERSION"),
    );
    let authors = document.meta.authors.iter().map(|author| ("author", author.clone()));
    let date = document.meta.date.clone().map(|date| ("dcterms.date", date));
    let source = (!provenance.sha256.is_empty()).then(|| ("dcterms.source", format!("sha256:{}", provenance.sha256)));
    for (name, content) in authors.chain(date).chain(source) {
        out.push_str(&format!("<meta name=\"{name}\" content=\"{}\"/>\n", escape(&content)));
    }
    let sheet = sheet(style, document, fonts, |_, program| {
        format!("data:font/{};base64,{}", extension(program), STANDARD.encode(program))
    });
    let columns = if style.is_vertical() { COLUMNS } else { "" };
    out.push_str(&format!("<style>\n{sheet}{SCREEN}{columns}{}</style>\n</head>\n<body>\n", print_sheet(style)));
    out
}
