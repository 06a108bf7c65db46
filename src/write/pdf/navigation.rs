//! Ways through the document: bookmarks, page labels, links.

use super::content::LinkArea;
use super::file::File;
use super::structure::Structure;
use super::syntax::{bytes, entry, integer, length, rectangle, reference, text};
use crate::layout::{Detail, Element, Layout, OutlineItem, Page};
use crate::unit::Unit;

/// A page that something leads to.
#[derive(Debug, Clone)]
pub struct Target {
    /// The number of its object.
    pub object: u32,
    /// Its height.
    pub height: Unit,
    /// Its label.
    pub label: String,
}

/// The pages of `layout`, which are the objects `numbers`, as targets.
pub fn targets(layout: &Layout, numbers: &[u32]) -> Vec<Target> {
    let target = |(page, &object): (&Page, &u32)| Target { object, height: page.size.1, label: page.label.clone() };
    layout.pages.iter().zip(numbers).map(target).collect()
}

/// Appends a destination: page `page` of `targets`, with height `top` (from the upper edge) at the top of the window.
fn destination(out: &mut Vec<u8>, targets: &[Target], page: usize, top: Unit) {
    let height = targets.get(page).map_or(Unit::ZERO, |target| target.height);
    out.push(b'[');
    reference(out, targets.get(page).or(targets.last()).map_or(0, |target| target.object));
    out.extend_from_slice(b"/XYZ null ");
    length(out, height - top);
    out.extend_from_slice(b" null]");
}

/// Writes the bookmarks, nested as the headings are; returns the number of their root, or `None` when there are none.
pub fn outline(file: &mut File<'_>, items: &[OutlineItem], targets: &[Target]) -> Option<u32> {
    if items.is_empty() {
        return None;
    }
    let root = file.reserve();
    let first = file.reserve_many(items.len());
    let number = |index: usize| first + index as u32;
    let tree = nest(items);
    for (index, (item, node)) in items.iter().zip(&tree).enumerate() {
        file.object(number(index), |out| {
            out.extend_from_slice(b"<</Title");
            text(out, &item.text);
            entry(out, "/Parent", node.parent.map_or(root, number));
            for (name, other) in
                [("/Prev", node.previous), ("/Next", node.next), ("/First", node.first), ("/Last", node.last)]
            {
                if let Some(other) = other {
                    entry(out, name, number(other));
                }
            }
            if node.children > 0 {
                // Closed: the reader sees the parts of a book, not its every section.
                out.extend_from_slice(b"/Count ");
                integer(out, -node.children);
            }
            out.extend_from_slice(b"/Dest");
            destination(out, targets, item.page, item.top);
            out.extend_from_slice(b">>");
        });
    }
    let top: Vec<usize> = (0..items.len()).filter(|&i| tree[i].parent.is_none()).collect();
    file.object(root, |out| {
        out.extend_from_slice(b"<</Type/Outlines");
        for (name, index) in [("/First", top.first()), ("/Last", top.last())] {
            if let Some(&index) = index {
                entry(out, name, number(index));
            }
        }
        out.extend_from_slice(b"/Count ");
        integer(out, top.len() as i64);
        out.extend_from_slice(b">>");
    });
    Some(root)
}

/// A bookmark among others, by index.
#[derive(Debug, Clone, Default)]
struct Node {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    children: i64,
}

/// Nests the headings: each belongs to the nearest one before it of a higher level.
fn nest(items: &[OutlineItem]) -> Vec<Node> {
    let mut nodes = vec![Node::default(); items.len()];
    let mut path: Vec<usize> = vec![];
    let mut last_at_top = None;
    for (index, item) in items.iter().enumerate() {
        while path.last().is_some_and(|&above| items[above].level >= item.level) {
            path.pop();
        }
        let parent = path.last().copied();
        nodes[index].parent = parent;
        let previous = match parent {
            Some(parent) => {
                let previous = nodes[parent].last.replace(index);
                nodes[parent].first.get_or_insert(index);
                nodes[parent].children += 1;
                previous
            }
            None => last_at_top.replace(index),
        };
        nodes[index].previous = previous;
        if let Some(previous) = previous {
            nodes[previous].next = Some(index);
        }
        path.push(index);
    }
    nodes
}

/// Appends the number tree of page labels: one entry wherever the labels do not go on as a reader would count.
pub fn page_labels(out: &mut Vec<u8>, labels: &[String]) {
    out.extend_from_slice(b"<</Nums[");
    let mut expected = None;
    for (index, label) in labels.iter().enumerate() {
        let label = Label::of(label);
        if expected.as_ref() != Some(&label) {
            integer(out, index as i64);
            label.write(out);
        }
        expected = Some(label.next());
    }
    out.extend_from_slice(b"]>>");
}

/// A page label.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Label<'p> {
    Arabic(u32),
    Roman(u32),
    Other(&'p str),
    None,
}

impl<'p> Label<'p> {
    fn of(label: &'p str) -> Self {
        if label.is_empty() {
            return Label::None;
        }
        match (label.parse().ok().filter(|n| *n > 0), roman(label)) {
            (Some(n), _) => Label::Arabic(n),
            (None, Some(n)) => Label::Roman(n),
            (None, None) => Label::Other(label),
        }
    }

    fn next(&self) -> Self {
        match self {
            Label::Arabic(n) => Label::Arabic(n.saturating_add(1)),
            Label::Roman(n) => Label::Roman(n + 1),
            Label::Other(label) => Label::Other(label),
            Label::None => Label::None,
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        let mut numbered = |style: &[u8], n: u32| {
            out.extend_from_slice(style);
            integer(out, n.into());
        };
        match self {
            Label::Arabic(n) => numbered(b"<</S/D/St ", *n),
            Label::Roman(n) => numbered(b"<</S/r/St ", *n),
            Label::Other(label) => {
                out.extend_from_slice(b"<</P");
                text(out, label);
            }
            Label::None => out.extend_from_slice(b"<<"),
        }
        out.extend_from_slice(b">>");
    }
}

/// The value of a number in small Roman letters, up to the length that front matter has.
fn roman(label: &str) -> Option<u32> {
    const SIGNS: [(u32, &str); 9] =
        [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let (mut rest, mut value) = (label, 0);
    for (worth, sign) in SIGNS {
        while let Some(after) = rest.strip_prefix(sign) {
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && (1..400).contains(&value)).then_some(value)
}

/// Writes the link annotations of sheet `sheet`, which lead to `targets`; returns their object numbers.
pub fn links(
    file: &mut File<'_>,
    elements: &[Element],
    structure: &mut Structure<'_>,
    areas: &[LinkArea],
    sheet: usize,
    targets: &[Target],
) -> Vec<u32> {
    let mut numbers = vec![];
    for area in areas {
        let Some(element) = elements.get(area.link as usize) else { continue };
        let number = file.reserve();
        let key = structure.annotation(area.link, number, sheet);
        file.object(number, |out| {
            // Flag 4: printed with the page (ISO 19005-3 §6.3.2).
            out.extend_from_slice(b"<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect");
            rectangle(out, area.corners);
            out.extend_from_slice(b"/StructParent ");
            integer(out, key as i64);
            match &element.detail {
                Detail::Uri(address) => {
                    let address = uri(address);
                    out.extend_from_slice(b"/Contents");
                    text(out, &address);
                    out.extend_from_slice(b"/A<</S/URI/URI");
                    bytes(out, address.as_bytes());
                    out.extend_from_slice(b">>");
                }
                Detail::Destination(to, top) => {
                    let label = targets.get(*to).map_or("", |target| target.label.as_str());
                    out.extend_from_slice(b"/Contents");
                    text(out, &format!("→ {}", if label.is_empty() { "⋯" } else { label }));
                    out.extend_from_slice(b"/Dest");
                    destination(out, targets, *to, *top);
                }
                Detail::None | Detail::Alt(_) | Detail::List(_) | Detail::Underline(_) => {}
            }
            out.extend_from_slice(b">>");
        });
        numbers.push(number);
    }
    numbers
}

/// An address in ASCII: everything else escaped as UTF-8 (RFC 3986, as ISO 32000-1 §12.6.4.7 asks).
fn uri(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'!'..=b'~' if !matches!(byte, b'<' | b'>' | b'"' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') => {
                out.push(char::from(byte));
            }
            _ => {
                out.push('%');
                out.extend([byte >> 4, byte & 15].map(|n| char::from(b"0123456789ABCDEF"[usize::from(n)])));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_nest_by_level_even_where_levels_are_missing() {
        let item = |level| OutlineItem { level, text: String::new(), page: 0, top: Unit::ZERO, block: 0 };
        let nodes = nest(&[1, 3, 2, 2, 1].map(item));
        let parents: Vec<_> = nodes.iter().map(|n| n.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(0), Some(0), None]);
        assert_eq!((nodes[0].first, nodes[0].last, nodes[0].next, nodes[0].children), (Some(1), Some(3), Some(4), 3));
        assert_eq!((nodes[2].previous, nodes[2].next), (Some(1), Some(3)));
    }

    #[test]
    fn page_labels_change_only_where_the_counting_does() {
        let mut out = vec![];
        page_labels(&mut out, &["", "", "iii", "iv", "1", "2", "A"].map(String::from));
        assert_eq!(String::from_utf8_lossy(&out), "<</Nums[0<<>>2<</S/r/St 3>>4<</S/D/St 1>>6<</P(A)>>]>>");
    }

    #[test]
    fn addresses_are_ascii() {
        assert_eq!(uri("https://例.cn/a b?q=1#x"), "https://%E4%BE%8B.cn/a%20b?q=1#x");
    }
}
