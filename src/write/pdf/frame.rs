//! What printpdf makes: pages with their boxes, and the artwork on them.

use super::imposition::Imposition;
use super::syntax::{entry, integer, reference};
use super::{artwork, object};
use crate::fonts::Library;
use crate::layout::Layout;
use crate::unit::Unit;
use lopdf::{Dictionary, Object};
use printpdf::{Op, PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

/// A sheet as printpdf makes it.
pub struct Frame {
    /// The page object, without all that refers to other objects.
    page: Dictionary,
    /// What is drawn on it.
    pub artwork: Vec<u8>,
}

impl Frame {
    /// Appends the page object of the sheet that has this `key` in the parent tree, with the numbers of its parent, resources, contents and links.
    pub fn write(&self, out: &mut Vec<u8>, key: usize, [parent, resources, contents]: [u32; 3], links: &[u32]) {
        out.extend_from_slice(b"<<");
        object::entries(out, &self.page);
        entry(out, "/Parent", parent);
        entry(out, "/Resources", resources);
        entry(out, "/Contents", contents);
        out.extend_from_slice(b"/StructParents ");
        integer(out, key as i64);
        out.extend_from_slice(b"/Tabs/S");
        if !links.is_empty() {
            out.extend_from_slice(b"/Annots[");
            for &link in links {
                reference(out, link);
                out.push(b' ');
            }
            out.push(b']');
        }
        out.extend_from_slice(b">>");
    }
}

/// Makes the sheets of `imposition`, with their artwork.
///
/// # Errors
/// A sentence, when printpdf made an unexpected file.
pub fn frames(layout: &Layout, library: &Library, imposition: &Imposition) -> Result<Vec<Frame>, String> {
    let mut document = PdfDocument::new("");
    document.pages = imposition
        .sheets()
        .map(|sheet| {
            let placed = sheet.pages.iter().filter_map(|(page, x)| Some((layout.pages.get(*page)?, *x)));
            empty(sheet.size, placed.flat_map(|(page, x)| artwork::draw(page, x, library)).collect())
        })
        .collect();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut made = document.to_lopdf_document(&options, &mut vec![]);
    let ids: Vec<_> = made.page_iter().collect();
    let taken = ids.into_iter().map(|id| {
        let Some(Object::Dictionary(mut page)) = made.objects.remove(&id) else { return Err(UNEXPECTED.to_owned()) };
        let contents = page.get(b"Contents").and_then(Object::as_reference).map_err(|_| UNEXPECTED)?;
        let Some(Object::Stream(artwork)) = made.objects.remove(&contents) else { return Err(UNEXPECTED.to_owned()) };
        for own in [&b"Parent"[..], b"Resources", b"Contents", b"Annots"] {
            page.remove(own);
        }
        Ok(Frame { page, artwork: artwork.content })
    });
    taken.collect()
}

/// For what printpdf cannot but give; said rather than trusted.
const UNEXPECTED: &str = "printpdf made an unexpected file";

fn empty(size: (Unit, Unit), ops: Vec<Op>) -> PdfPage {
    let full = Rect::from_wh(Pt(size.0.to_pt()), Pt(size.1.to_pt()));
    PdfPage { media_box: full.clone(), trim_box: full.clone(), crop_box: full, ops }
}
