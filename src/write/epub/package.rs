//! What the book says about itself, and the list of its files (EPUB 3.3, package document).

use super::files::{Kind, Plan};
use crate::digest::sha256;
use crate::write::instant;
use crate::write::xhtml::{Material, Words};
use crate::write::xml::escape;

/// When a book was made of which no date is known.
const EPOCH: &str = "1970-01-01T00:00:00Z";

/// A file of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    id: String,
    name: String,
    kind: String,
}

impl Item {
    /// A file of this `kind`.
    pub fn new(id: String, name: String, kind: String) -> Self {
        Item { id, name, kind }
    }

    /// A file of text.
    pub fn text(id: String, name: String) -> Self {
        Item::new(id, name, "application/xhtml+xml".into())
    }
}

/// What the package document is made from.
pub struct Package<'p> {
    /// The document.
    pub material: &'p Material<'p>,
    /// Its files.
    pub plan: &'p Plan,
    /// The files of its text in reading order.
    pub texts: &'p [Item],
    /// Pictures and fonts.
    pub others: &'p [Item],
    /// Whether there are pictures.
    pub pictures: bool,
}

impl Package<'_> {
    /// The package document.
    pub fn part(&self) -> String {
        let tag = self.material.document.meta.language.tag();
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{tag}\" prefix=\"schema: http://schema.org/\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
        );
        self.metadata(tag, &mut out);
        self.accessibility(&mut out);
        out.push_str(
            "</metadata>\n<manifest>\n\
             <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
             <item id=\"css\" href=\"style.css\" media-type=\"text/css\"/>\n\
             <item id=\"cover\" href=\"cover.svg\" media-type=\"image/svg+xml\" properties=\"cover-image\"/>\n",
        );
        for Item { id, name, kind } in self.texts.iter().chain(self.others) {
            out.push_str(&format!("<item id=\"{id}\" href=\"{name}\" media-type=\"{kind}\"/>\n"));
        }
        let turned = if self.material.style.is_vertical() { " page-progression-direction=\"rtl\"" } else { "" };
        out.push_str(&format!("</manifest>\n<spine{turned}>\n"));
        // The table of contents is a page of a book that has chapters.
        let contents = self.plan.chapters.then_some("nav");
        let title = self.plan.files.iter().take_while(|file| file.kind == Kind::TitlePage).count();
        let (front, body) = self.texts.split_at(title.min(self.texts.len()));
        let ids = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
        for id in ids(front).iter().map(String::as_str).chain(contents).chain(ids(body).iter().map(String::as_str)) {
            out.push_str(&format!("<itemref idref=\"{id}\"/>\n"));
        }
        out + "</spine>\n</package>\n"
    }

    fn metadata(&self, tag: &str, out: &mut String) {
        let Material { document, provenance, .. } = *self.material;
        let meta = &document.meta;
        let digest = if provenance.sha256.is_empty() { sha256(provenance.bytes) } else { provenance.sha256.clone() };
        out.push_str(&format!("<dc:identifier id=\"id\">urn:sha256:{digest}</dc:identifier>\n"));
        out.push_str(&format!("<dc:title id=\"title\">{}</dc:title>\n", escape(self.material.title())));
        if let Some(subtitle) = meta.subtitle.as_deref().map(str::trim).filter(|subtitle| !subtitle.is_empty()) {
            out.push_str(&format!(
                "<meta refines=\"#title\" property=\"title-type\">main</meta>\n<dc:title id=\"subtitle\">{}</dc:title>\n\
                 <meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>\n",
                escape(subtitle)
            ));
        }
        for (number, author) in meta.authors.iter().filter(|author| !author.trim().is_empty()).enumerate() {
            out.push_str(&format!(
                "<dc:creator id=\"author{number}\">{}</dc:creator>\n\
                 <meta refines=\"#author{number}\" property=\"role\" scheme=\"marc:relators\">aut</meta>\n",
                escape(author.trim())
            ));
        }
        out.push_str(&format!("<dc:language>{tag}</dc:language>\n"));
        let dated = meta.date.as_deref().filter(|date| instant(date).is_some() && !date.contains(' '));
        let source = Some(provenance.name.as_str());
        for (name, value) in [("dc:publisher", meta.source.as_deref()), ("dc:date", dated), ("dc:source", source)] {
            if let Some(value) = value.map(str::trim).filter(|value| !value.is_empty()) {
                out.push_str(&format!("<{name}>{}</{name}>\n", escape(value)));
            }
        }
        let modified = provenance.date.as_deref().or(meta.date.as_deref()).and_then(instant);
        let modified = modified.unwrap_or_else(|| EPOCH.into());
        out.push_str(&format!("<meta property=\"dcterms:modified\">{modified}</meta>\n"));
    }

    /// What readers of all kinds may expect (EPUB Accessibility 1.1, with the words of schema.org).
    fn accessibility(&self, out: &mut String) {
        let pictures = |name| self.pictures.then_some(name);
        let mut put = |name: &str, value: &str| {
            out.push_str(&format!("<meta property=\"schema:{name}\">{value}</meta>\n"));
        };
        put("accessMode", "textual");
        pictures("visual").into_iter().for_each(|value| put("accessMode", value));
        put("accessModeSufficient", "textual");
        let features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"];
        for feature in features.into_iter().chain(pictures("alternativeText")) {
            put("accessibilityFeature", feature);
        }
        put("accessibilityHazard", "none");
        put("accessibilitySummary", Words::of(self.material.document.meta.language).accessible);
    }
}
