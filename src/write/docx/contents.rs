//! The table of contents: a live field whose result is set by our own page numbers.

use super::inline::{field, run, text_run};
use crate::chinese::contents::heading;
use crate::document::{Block, BlockKind, Document, OutlineEntry, contents_text};
use docx_rs::{Hyperlink, HyperlinkData, ParagraphChild, Run, RunProperty};

/// The name of the bookmark around the heading that is `index` in the outline.
pub fn bookmark(index: usize) -> String {
    format!("_Toc{:09}", index + 1)
}

/// The paragraphs of the table of contents of chapters down to `level`, and their sections, each with its style. `pages` are the page numbers of `outline`; where
/// there is none, the field asks to be counted when the file is opened.
pub fn paragraphs(
    document: &Document,
    outline: &[OutlineEntry],
    level: u8,
    pages: &[String],
) -> Vec<(&'static str, Vec<ParagraphChild>)> {
    let last = (level + 1).min(6);
    let own = document.own_contents(outline).map_or(0..0, |own| own.blocks);
    let listed = || {
        let entries = outline.iter().enumerate();
        entries.filter(|(_, e)| e.level <= last && !document.is_title(e) && !own.contains(&e.block))
    };
    let first = listed().map(|(_, entry)| entry.level).min().unwrap_or(1);
    let [begin, instruction, separate, _, end] = field(&format!("TOC \\o \"{first}-{last}\" \\h \\z"), "", false);
    let mut opening = vec![begin, instruction, separate];
    let mut out = vec![("TOCHeading", vec![text_run(heading(document.meta.language), None)])];
    for (index, entry) in listed() {
        let mut children = std::mem::take(&mut opening);
        children.push(line(document, entry, index, pages.get(index).map(String::as_str)));
        out.push((style(entry.level), children));
    }
    if let Some((_, last)) = out.last_mut() {
        last.push(end);
    }
    out
}

/// One line: the heading, a leader, its page.
fn line(document: &Document, entry: &OutlineEntry, index: usize, page: Option<&str>) -> ParagraphChild {
    let anchor = bookmark(index);
    let text = match document.blocks.get(entry.block) {
        Some(Block { kind: BlockKind::Heading(heading), .. }) => contents_text(&heading.content),
        _ => String::new(),
    };
    let mut children = vec![text_run(&text, None), run(Run::new().add_tab().children, RunProperty::new())];
    children.extend(field(&format!("PAGEREF {anchor} \\h"), page.unwrap_or_default(), page.is_none()));
    ParagraphChild::Hyperlink(Hyperlink { link: HyperlinkData::Anchor { anchor }, history: Some(1), children })
}

/// The style of an entry for a heading of `level`: programs choose by it when they build the table anew.
pub const fn style(level: u8) -> &'static str {
    match level {
        0 | 1 => "TOC1",
        2 => "TOC2",
        3 => "TOC3",
        4 => "TOC4",
        5 => "TOC5",
        _ => "TOC6",
    }
}
