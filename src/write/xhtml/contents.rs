//! Tables of contents: lists of links to headings. They are no part of the text.

use super::inline::attribute;
use super::{file_name, heading_id};
use crate::document::{BlockKind, Document, OutlineEntry, contents_text};
use crate::write::xml::escape;

/// A line of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// How deep it stands; the title stands beside the highest of the others.
    pub level: u8,
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub address: String,
}

/// The entries for the headings of `outline` down to `level` that say anything. `files` are those in which they stand; without, they
/// stand in the file of the table.
pub fn entries(document: &Document, outline: &[OutlineEntry], level: u8, files: Option<&[usize]>) -> Vec<Entry> {
    let top = outline.iter().filter(|entry| !document.is_title(entry)).map(|entry| entry.level).min().unwrap_or(1);
    let listed = outline.iter().enumerate().filter(|(_, entry)| document.is_title(entry) || entry.level <= level);
    let entry = |(index, entry): (usize, &OutlineEntry)| {
        let block = document.blocks.get(entry.block)?;
        let label = match &block.kind {
            BlockKind::Heading(heading) => contents_text(&heading.content).trim().to_owned(),
            _ => return None,
        };
        let file = files.and_then(|files| files.get(index)).map(|&file| file_name(file)).unwrap_or_default();
        let level = if document.is_title(entry) { top } else { entry.level };
        (!label.is_empty()).then(|| Entry { level, label, address: format!("{file}#{}", heading_id(index)) })
    };
    listed.filter_map(entry).collect()
}

/// Writes `entries` as a list of lists.
pub fn contents(entries: &[Entry], out: &mut String) {
    // The levels of the lists that are open.
    let mut open: Vec<u8> = vec![];
    for entry in entries {
        // An entry stands in one list of those below the entry above it, however many levels the text skips.
        while let [.., around, inner] = open[..]
            && inner > entry.level
            && around >= entry.level
        {
            open.pop();
            out.push_str("</li></ol>");
        }
        match open.last_mut() {
            Some(level) if *level >= entry.level => {
                *level = entry.level;
                out.push_str("</li>\n");
            }
            _ => {
                open.push(entry.level);
                out.push_str("<ol>\n");
            }
        }
        out.push_str(&format!("<li><a href=\"{}\">{}</a>", attribute(&entry.address), escape(&entry.label)));
    }
    open.iter().for_each(|_| out.push_str("</li></ol>"));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_nest_as_levels_do_and_there_is_one_list_of_all() {
        let entry = |(level, label): &(u8, &str)| Entry { level: *level, label: (*label).into(), address: "#".into() };
        let nested = |entries: &[(u8, &str)]| {
            let mut out = String::new();
            contents(&entries.iter().map(entry).collect::<Vec<_>>(), &mut out);
            out.replace("<a href=\"#\">", "").replace("</a>", "").replace('\n', "")
        };
        assert_eq!(nested(&[]), "");
        assert_eq!(
            nested(&[(1, "甲"), (2, "乙"), (2, "<丙>"), (1, "丁")]),
            "<ol><li>甲<ol><li>乙</li><li>&lt;丙&gt;</li></ol></li><li>丁</li></ol>"
        );
        assert_eq!(
            nested(&[(3, "甲"), (1, "乙"), (4, "丙"), (2, "丁")]),
            "<ol><li>甲</li><li>乙<ol><li>丙</li><li>丁</li></ol></li></ol>"
        );
    }
}
