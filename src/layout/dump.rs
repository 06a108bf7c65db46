//! The geometry of a layout as text, to be compared and read; and the text that it sets.

use super::page::{ElementId, Layout, Line, Means, Owner, Shape, Tag};
use crate::unit::Unit;
use std::fmt::Write;

impl Layout {
    /// The text that the layout sets, in the order of its structure, without line ends, table of contents and appendices: equal to
    /// [`Document::text`](crate::document::Document::text) without its line ends.
    pub fn text(&self) -> String {
        let mut lines: Vec<(ElementId, &Line)> = self
            .pages
            .iter()
            .flat_map(|page| &page.lines)
            .filter_map(|line| match line.owner {
                Owner::Element(element) if !self.is_apart(element) => Some((element, line)),
                Owner::Element(_) | Owner::Artifact => None,
            })
            .collect();
        lines.sort_by_key(|(element, _)| *element);
        let mut text = String::new();
        for run in lines.iter().flat_map(|(_, line)| &line.runs) {
            match run.means {
                Means::Text | Means::Unseen | Means::Told => text.extend(run.glyphs.iter().map(|glyph| glyph.text)),
                Means::CodePoint(c) => text.push(c),
                Means::Nothing | Means::Drawn => {}
            }
        }
        text
    }

    /// Whether an element belongs to the table of contents or an appendix, which are not part of the text of the document.
    pub fn is_apart(&self, element: ElementId) -> bool {
        let mut next = Some(element);
        while let Some(element) = next.and_then(|id| self.structure.get(id.0 as usize)) {
            if matches!(element.tag, Tag::Contents | Tag::Collation | Tag::Colophon) {
                return true;
            }
            next = element.parent;
        }
        false
    }

    /// One line of text for each page, line, picture and rule, in points: `line x,baseline +width font/size… text`.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for page in &self.pages {
            let _ = writeln!(out, "page {} [{}] {} × {}", page.number, page.label, pt(page.size.0), pt(page.size.1));
            for line in &page.lines {
                let owner = match line.owner {
                    Owner::Element(element) => match self.structure.get(element.0 as usize) {
                        Some(e) => format!("{:?}", e.tag),
                        None => "?".into(),
                    },
                    Owner::Artifact => "artifact".into(),
                };
                let _ = write!(out, "  {},{} +{} {owner}", pt(line.x), pt(line.baseline), pt(line.width));
                for run in &line.runs {
                    let text: String = match run.means {
                        Means::Text | Means::Unseen | Means::Told | Means::Nothing | Means::Drawn => {
                            run.glyphs.iter().map(|g| g.text).collect()
                        }
                        Means::CodePoint(c) => format!("U+{:04X}", u32::from(c)),
                    };
                    let mark = match run.means {
                        Means::Nothing | Means::Drawn => "~",
                        Means::Unseen | Means::Told => "?",
                        Means::Text | Means::CodePoint(_) => "",
                    };
                    let start = run.glyphs.first().map_or(Unit::ZERO, |g| g.x);
                    let text = text.escape_debug();
                    let _ = write!(out, " {mark}{}/{}@{} “{text}”", run.font.0, pt(run.size), pt(start));
                }
                out.push('\n');
            }
            for p in &page.pictures {
                let (x, y, width, height) = (pt(p.x), pt(p.y), pt(p.width), pt(p.height));
                let _ = writeln!(out, "  picture {x},{y} {width} × {height} {}", p.target);
            }
            for rule in &page.rules {
                let kind = match rule.shape {
                    Shape::Bar => "rule",
                    Shape::Wave => "wave",
                    Shape::FishTail { .. } => "tail",
                };
                let _ =
                    writeln!(out, "  {kind} {},{} {} × {}", pt(rule.x), pt(rule.y), pt(rule.width), pt(rule.height));
            }
        }
        out
    }
}

fn pt(unit: Unit) -> String {
    let (sign, n) = if unit.0 < 0 { ("-", -i64::from(unit.0)) } else { ("", i64::from(unit.0)) };
    let text = format!("{sign}{}.{:03}", n / 1000, n % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
