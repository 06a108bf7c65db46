//! The navigation of a book: its table of contents, and the ways into it.

use super::files::{Kind, Plan};
use crate::document::OutlineEntry;
use crate::write::xhtml::{Entry, Material, Words, contents, entries, file_name};

/// The navigation document.
pub fn part(material: &Material<'_>, outline: &[OutlineEntry], plan: &Plan) -> String {
    let document = material.document;
    let words = Words::of(document.meta.language);
    let mut out = super::head(material, words.contents, "frontmatter");
    out.push_str(&format!(
        "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" aria-labelledby=\"t\">\n<h1 id=\"t\">{}</h1>\n",
        words.contents
    ));
    let mut listed = entries(document, outline, plan.contents, Some(&plan.headings(outline)));
    let opens = plan.files.iter().position(|file| file.kind != Kind::TitlePage).unwrap_or_default();
    if listed.is_empty() {
        listed.push(Entry { level: 1, label: material.title().to_owned(), address: file_name(opens) });
    }
    contents(&listed, &mut out);
    out.push_str(&format!(
        "</nav>\n<nav epub:type=\"landmarks\" id=\"landmarks\" aria-label=\"{}\" hidden=\"hidden\">\n<ol>",
        words.landmarks
    ));
    if let Some(title) = plan.files.iter().position(|file| file.kind == Kind::TitlePage) {
        out.push_str(&landmark("titlepage", &file_name(title), words.title_page));
    }
    // Only a page that is read in its turn may be led to.
    if plan.chapters {
        out.push_str(&landmark("toc", "#toc", words.contents));
    }
    out.push_str(&landmark("bodymatter", &file_name(opens), words.text));
    out.push_str("</ol>\n</nav>\n</body>\n</html>\n");
    out
}

fn landmark(kind: &str, address: &str, label: &str) -> String {
    format!("<li><a epub:type=\"{kind}\" href=\"{address}\">{label}</a></li>")
}
