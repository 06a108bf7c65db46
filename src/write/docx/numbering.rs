//! Lists: numbering definitions whose visible markers are those of [`shown_marker`].

use super::xml::{DECLARATION, NAMESPACES, escape};
use crate::chinese::bullets::drawn;
use crate::document::{List, Marker, Numerals, shown_marker};
use crate::unicode::{is_cjk_mark, is_han};
use crate::unit::Unit;

/// How an item gets its marker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Label {
    /// By numbering: the id of the numbering and the level in it.
    Numbered {
        /// `w:numId`.
        id: usize,
        /// `w:ilvl`.
        level: usize,
    },
    /// As text that stands in the paragraph.
    Written(String),
    /// By the number of the note that the paragraph begins, with what stands around it.
    Noted([&'static str; 3]),
}

/// Where the text of a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hang {
    /// Left edge of the text, from the left edge of the column.
    pub left: Unit,
    /// How far the marker hangs out to the left of it; less than nothing where it stands to the right.
    pub by: Unit,
}

/// A kind of list: what `w:abstractNum` says.
#[derive(Debug, PartialEq, Eq)]
struct Kind {
    format: &'static str,
    /// Text around the number; `%` stands for it.
    text: String,
    /// What follows the marker: `space` or `nothing`.
    suffix: &'static str,
    level: usize,
    hang: Hang,
}

/// A list: its kind and its first number.
#[derive(Debug)]
struct Numbered {
    kind: usize,
    start: u32,
}

/// The lists of a document, in order.
#[derive(Debug, Default)]
pub struct Numbering {
    kinds: Vec<Kind>,
    lists: Vec<Numbered>,
}

/// Word has nine levels.
const LEVELS: usize = 9;
/// Word counts no further.
const MOST: u32 = 32_767;

impl Numbering {
    /// Registers `list` at `level` (0 outermost), whose markers begin at `left`, for text of size `em`; with `first`, they hang out by nothing
    /// and stand in by that. Gives a label for each of its items.
    pub fn add(
        &mut self,
        list: &List,
        level: usize,
        (left, first): (Unit, Option<Unit>),
        em: Unit,
    ) -> (Hang, Vec<Label>) {
        let count = list.items.len();
        let by = [0, count.saturating_sub(1)].into_iter().map(|i| width(&shown_marker(list.marker, i), em)).max();
        let by = by.unwrap_or(Unit::ZERO);
        let hang = first.map_or(Hang { left: left + by, by }, |first| Hang { left, by: -first });
        let Some((format, text, suffix, start)) = native(list.marker, count).filter(|_| level < LEVELS) else {
            return (hang, (0..count).map(|i| Label::Written(shown_marker(list.marker, i))).collect());
        };
        let kind = Kind { format, text, suffix, level, hang };
        let kind = self.kinds.iter().position(|k| *k == kind).unwrap_or_else(|| {
            self.kinds.push(kind);
            self.kinds.len() - 1
        });
        self.lists.push(Numbered { kind, start });
        (hang, vec![Label::Numbered { id: self.lists.len(), level }; count])
    }

    /// The numbering part, or `None` when there is no list.
    pub fn part(&self) -> Option<String> {
        if self.lists.is_empty() {
            return None;
        }
        let mut out = format!("{DECLARATION}<w:numbering {NAMESPACES}>");
        for (id, kind) in self.kinds.iter().enumerate() {
            out.push_str(&format!(
                "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>"
            ));
            // Levels above the list's own are filled in alike: a level has no meaning without them.
            for level in 0..=kind.level {
                let text = if kind.format == "bullet" {
                    kind.text.clone()
                } else {
                    kind.text.replace('%', &format!("%{}", level + 1))
                };
                let by = kind.hang.by;
                let turn = if by < Unit::ZERO { "firstLine" } else { "hanging" };
                out.push_str(&format!(
                    "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{}\"/><w:suff w:val=\"{}\"/>\
                     <w:lvlText w:val=\"{}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:leftChars=\"0\" w:left=\"{}\" \
                     w:{turn}Chars=\"0\" w:{turn}=\"{}\"/></w:pPr><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr></w:lvl>",
                    kind.format,
                    kind.suffix,
                    escape(&text),
                    kind.hang.left.to_twips(),
                    by.to_twips().abs(),
                ));
            }
            out.push_str("</w:abstractNum>");
        }
        for (i, list) in self.lists.iter().enumerate() {
            let level = self.kinds.get(list.kind).map_or(0, |kind| kind.level);
            out.push_str(&format!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{}\"/><w:lvlOverride w:ilvl=\"{level}\">\
                 <w:startOverride w:val=\"{}\"/></w:lvlOverride></w:num>",
                i + 1,
                list.kind,
                list.start,
            ));
        }
        Some(out + "</w:numbering>")
    }
}

/// Format, text (`%` for the number), suffix and first number with which Word makes the same markers as [`shown_marker`]; `None` when it
/// has none for all `count` of them.
fn native(marker: Marker, count: usize) -> Option<(&'static str, String, &'static str, u32)> {
    let (start, form) = match marker {
        Marker::None => return None,
        Marker::Bullet(c) => return Some(("bullet", drawn(c).to_string(), "space", 1)),
        Marker::Number { start, form } => (start, form),
    };
    let last = u32::try_from(count.saturating_sub(1)).ok().and_then(|more| start.checked_add(more))?;
    let within = |first: u32, most: u32| start >= first && last <= most;
    let (format, fits) = match form.numerals {
        Numerals::Arabic => ("decimal", within(0, MOST)),
        // Above ninety-nine programs differ in 零 and 〇.
        Numerals::Han => ("chineseCountingThousand", within(1, 99)),
        // Word has circles up to ten in this format, LibreOffice up to twenty.
        Numerals::Circled => ("decimalEnclosedCircle", within(1, 10)),
        // Programs differ in what they make of the other signs.
        Numerals::Enclosed(_) => return None,
        // After z, Word doubles the letter.
        Numerals::Lower => ("lowerLetter", within(1, 26)),
        Numerals::Upper => ("upperLetter", within(1, 26)),
    };
    let text = form.open.into_iter().chain(['%']).chain(form.close).collect();
    fits.then_some((format, text, if form.space { "space" } else { "nothing" }, start))
}

/// The width of a marker, by the usual widths of its characters.
fn width(marker: &str, em: Unit) -> Unit {
    let thousandths = |c: char| match c {
        ' ' | '.' => 250,
        ')' => 333,
        c if is_han(c) || is_cjk_mark(c) || ('①'..='⓿').contains(&c) || !c.is_ascii() => 1000,
        _ => 500,
    };
    em.em(marker.chars().map(thousandths).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ListItem, NumberForm};
    use crate::span::Span;

    fn list(marker: Marker, count: usize) -> List {
        List { marker, tight: true, items: vec![ListItem { blocks: vec![], span: Span::default() }; count] }
    }

    fn number(start: u32, form: NumberForm) -> Marker {
        Marker::Number { start, form }
    }

    #[test]
    fn every_list_counts_from_its_own_start() {
        let mut numbering = Numbering::default();
        let em = Unit::pt(12);
        let (hang, labels) = numbering.add(&list(number(3, NumberForm::HAN_COMMA), 2), 0, (em * 2, None), em);
        assert_eq!(hang, Hang { left: em * 4, by: em * 2 });
        assert_eq!(labels, vec![Label::Numbered { id: 1, level: 0 }; 2]);
        numbering.add(&list(number(1, NumberForm::HAN_COMMA), 2), 0, (em * 2, None), em);
        let part = numbering.part().unwrap();
        assert_eq!(part.matches("<w:abstractNum ").count(), 1);
        assert!(part.contains("<w:lvlText w:val=\"%1、\"/>"));
        assert!(part.contains("<w:startOverride w:val=\"3\"/>") && part.contains("<w:startOverride w:val=\"1\"/>"));
    }

    #[test]
    fn a_list_set_as_paragraphs_stands_in_with_its_first_lines_only() {
        let mut numbering = Numbering::default();
        let em = Unit::pt(16);
        let (hang, _) = numbering.add(&list(number(1, NumberForm::HAN_COMMA), 2), 0, (Unit::ZERO, Some(em * 2)), em);
        assert_eq!(hang.left, Unit::ZERO);
        let part = numbering.part().unwrap();
        assert!(part.contains("w:left=\"0\" w:firstLineChars=\"0\" w:firstLine=\"640\""), "{part}");
    }

    #[test]
    fn what_word_would_count_otherwise_is_written_out() {
        let mut numbering = Numbering::default();
        let em = Unit::pt(12);
        for (marker, count, first) in [
            (number(99, NumberForm::HAN_COMMA), 2, "九十九、"),
            (number(0, NumberForm::HAN_BRACKETS), 1, "（零）"),
            (number(20, NumberForm::CIRCLED), 2, "⑳"),
            (number(32_767, NumberForm::ARABIC_DOT), 2, "32767. "),
        ] {
            let (_, labels) = numbering.add(&list(marker, count), 0, (Unit::ZERO, None), em);
            assert_eq!(labels.first(), Some(&Label::Written(first.into())));
        }
        let (_, labels) = numbering.add(&list(Marker::Bullet('-'), 1), 9, (Unit::ZERO, None), em);
        assert_eq!(labels, [Label::Written("• ".into())]);
        assert_eq!(numbering.part(), None);
    }
}
