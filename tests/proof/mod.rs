//! Looks for lines and pages that break a rule of Chinese typesetting, by its own lists of marks and not by those of the layout.

mod gaps;
mod glosses;
mod marks;
mod words;

use marks::{never_first, never_last};
use shanben::document::{BlockKind, Document, Role};
use shanben::layout::{Course, ElementId, Layout, Line, Means, Owner, Run, Tag};
use shanben::note::Note;
use shanben::style::{Alignment, Style};
use shanben::unit::Unit;
use std::collections::{BTreeMap, HashSet};

/// Of these a line may consist besides its one character (D5).
const MARKS: &str = "）》〉」』】〕］｝〗”’，、；：。！？·—…（《〈「『【〔［｛〖“‘％%℃‰°,.;:!?()[]{}\"'";

/// The most that characters are parted where there is any other setting, in thousandths of an em (D3).
const LOOSEST: i32 = 125;
/// The most that they are parted at all; what that does not fill is left ragged.
const RAGGED: i32 = 333;

/// A rule that is broken, and where.
pub type Fault = (&'static str, String);

/// The faults of a document set in `style`. Pages of columns are laid on their side: what holds for lines holds for them.
pub fn faults(doc: &Document, layout: &Layout, style: &Style, notes: &[Note]) -> Vec<Fault> {
    if !style.is_vertical() {
        return of_lines(doc, layout, style, notes);
    }
    let mut lying = layout.clone();
    for page in &mut lying.pages {
        let (width, height) = page.size;
        page.size = (height, width);
        for line in page.lines.iter_mut().filter(|line| line.course == Course::Column) {
            (line.x, line.baseline) = (line.baseline, width - line.x);
        }
    }
    of_lines(doc, &lying, &style.on_side(), notes)
}

fn of_lines(doc: &Document, layout: &Layout, style: &Style, notes: &[Note]) -> Vec<Fault> {
    let mut found = vec![];
    let text = doc.text();
    if layout.text() != text.replace('\n', "") {
        found.push(("F1 text", "differs".into()));
    }
    let own: HashSet<&str> = text.lines().collect();
    let body: Vec<_> = doc
        .blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Paragraph { role: Role::Body, .. }))
        .map(|b| b.span)
        .collect();
    let (mut loose, mut ragged) = (0, 0);
    // Below the head of an official document lines keep their distances from it, and on turned pages they have a length of their own.
    let headed = style.office.is_some() && doc.office_head().is_some();
    let apart = |line: &Line| {
        let page = layout.pages.iter().position(|page| page.lines.as_ptr_range().contains(&std::ptr::from_ref(line)));
        page.is_some_and(|page| headed && page == 0 || layout.pages[page].size.0 > style.page.width)
    };
    for (element, lines) in paragraphs(layout) {
        let tag = tag(layout, element);
        // A line of signs that parts the text is kept as it is drawn.
        let drawn = !lines.iter().any(|line| text_of(line).contains(char::is_alphanumeric));
        if matches!(tag, Tag::Paragraph | Tag::Heading(_) | Tag::Code | Tag::TableCell | Tag::TableHead) {
            edges(&lines, style, &own, &mut found);
        }
        if tag != Tag::Code && !drawn {
            words::faults(&lines, style, &own, &mut found);
            for (i, line) in lines.iter().enumerate() {
                gaps::faults(layout, line, style, i + 1 == lines.len(), &mut found);
            }
        }
        glosses::faults(layout, &lines, style, &mut found);
        if matches!(tag, Tag::Paragraph | Tag::Heading(_)) && !drawn {
            lone(&lines, tag, &own, &mut found);
        }
        loose += lines.iter().filter(|line| widest(layout, line) > LOOSEST).count();
        let span = lines[0].span;
        let is_body = body.binary_search_by_key(&span.start, |b| b.start).is_ok();
        if tag == Tag::Paragraph && is_body && !(style.office.is_some() && lines.iter().any(|line| apart(line))) {
            ragged += widths(layout, &lines, style, &own, &mut found);
        }
    }
    for (kind, rule, count) in [("loose-line", "D3 loose", loose), ("ragged-line", "D ragged", ragged)] {
        let noted = notes.iter().find(|note| note.kind == kind);
        let noted: usize = noted.and_then(|note| note.detail.to_string().split(',').next()?.parse().ok()).unwrap_or(0);
        if count > noted {
            found.push((rule, format!("{count} lines, {noted} reported")));
        }
    }
    pages(layout, style, &mut found);
    found
}

fn tag(layout: &Layout, element: ElementId) -> Tag {
    layout.structure[element.0 as usize].tag
}

/// The lines of each element of the text.
fn paragraphs(layout: &Layout) -> BTreeMap<ElementId, Vec<&Line>> {
    let mut paragraphs: BTreeMap<ElementId, Vec<&Line>> = BTreeMap::new();
    for line in layout.pages.iter().flat_map(|page| &page.lines) {
        if let Owner::Element(element) = line.owner
            && !layout.is_apart(element)
            && is_seen(line)
        {
            paragraphs.entry(element).or_default().push(line);
        }
    }
    paragraphs
}

/// Whether any of it is seen: the list of contents that a text has itself is not, where ours stands in its place.
fn is_seen(line: &Line) -> bool {
    line.runs.iter().any(|run| run.means != Means::Unseen)
}

fn text_of(line: &Line) -> String {
    let mut text = String::new();
    for run in &line.runs {
        match run.means {
            Means::Text | Means::Unseen | Means::Told => text.extend(run.glyphs.iter().map(|g| g.text)),
            Means::CodePoint(c) => text.push(c),
            Means::Nothing | Means::Drawn => {}
        }
    }
    text
}

/// B1–B4; `own` are the lines of the text, which may begin and end as they like.
fn edges(lines: &[&Line], style: &Style, own: &HashSet<&str>, found: &mut Vec<Fault>) {
    let level = style.kinsoku;
    for k in 1..lines.len() {
        let (before, after) = (text_of(lines[k - 1]), text_of(lines[k]));
        if own.contains(before.as_str()) || own.contains(after.as_str()) {
            continue;
        }
        let (end, start) = (before.trim_end(), after.trim_start());
        let sign = start.starts_with(|c| never_first(c, level)) || end.ends_with(|c| never_last(c, level));
        if sign && words::longer(lines, k, style) {
            continue;
        }
        if start.starts_with(|c| never_first(c, level)) {
            found.push((
                if start.starts_with(['—', '…']) { "B3 start" } else { "B1 start" },
                format!("{end} | {start}"),
            ));
        }
        if end.ends_with(|c| never_last(c, level)) {
            found.push(("B2 end", format!("{end} | {start}")));
        }
        let dashes = |c| {
            let before = end.chars().rev().take_while(|&e| e == c).count();
            before > 0 && start.starts_with(c) && before % 2 == 1
        };
        if dashes('—') || dashes('…') {
            found.push(("B4 parted", format!("{end} | {start}")));
        }
    }
}

/// D5 and, for headings, E2.
fn lone(lines: &[&Line], tag: Tag, own: &HashSet<&str>, found: &mut Vec<Fault>) {
    let [first, .., last] = lines else { return };
    let text = text_of(last);
    if own.contains(text.as_str()) || own.contains(text_of(first).as_str()) {
        return;
    }
    // A sign alone, as the pilcrow that ends the lines of some copies, is no lone character.
    let sign = !text.contains(char::is_alphanumeric) && text.contains('¶');
    if text.chars().filter(|&c| !c.is_whitespace() && !MARKS.contains(c)).count() < 2 && !sign {
        found.push(("D5 lone", format!("{} | {text}", text_of(lines[lines.len() - 2]))));
    }
    if matches!(tag, Tag::Heading(_)) && lines.iter().any(|line| text_of(line).trim().chars().count() <= 2) {
        found.push(("E2 heading", text));
    }
}

/// The widest gap between two Han characters of a line, in thousandths of their size; those below a reading are parted for it, and half
/// columns of notes are looked at by themselves.
fn widest(layout: &Layout, line: &Line) -> i32 {
    let han = |c: char| ('一'..='鿿').contains(&c);
    let apart = |element| matches!(tag(layout, element), Tag::RubyBase | Tag::WarichuText);
    let runs = line.runs.iter().filter(|run| run.element.is_none_or(|element| !apart(element)));
    let gaps = runs.flat_map(|run| {
        let pairs = run.glyphs.windows(2).filter(|pair| han(pair[0].text) && han(pair[1].text));
        pairs.map(|pair| (pair[1].x - pair[0].x - pair[0].advance).0 * 1000 / run.size.0)
    });
    gaps.max().unwrap_or(0)
}

/// Whether a line that is short by `rest` could be filled by what its places may be widened; half columns of notes are not drawn apart.
fn could_fill(layout: &Layout, line: &Line, rest: i32) -> bool {
    let han = |c: char| ('一'..='鿿').contains(&c);
    let note = |run: &Run| run.element.is_some_and(|element| tag(layout, element) == Tag::WarichuText);
    let shown = |run: &Run, c: char| if note(run) { '/' } else { c };
    let glyphs =
        line.runs.iter().flat_map(|run| run.glyphs.iter().map(move |glyph| (shown(run, glyph.text), run.size)));
    let glyphs: Vec<_> = glyphs.collect();
    let place = |pair: &&[(char, Unit)]| han(pair[0].0) && han(pair[1].0) || pair[0].0 == ' ';
    // The gap behind the number of an article is fixed, and spaces at the end are no places.
    let numbered = glyphs.first().is_some_and(|glyph| glyph.0 == '第');
    let seen = glyphs.iter().rposition(|glyph| !glyph.0.is_whitespace()).map_or(0, |last| last + 1);
    let glyphs = &glyphs[..seen];
    let rest = if numbered { rest + glyphs[0].1.em(RAGGED).0 } else { rest };
    rest < glyphs.windows(2).filter(place).map(|pair| pair[0].1.em(RAGGED).0).sum()
}

/// D, B6, E1: lines of running text fill the measure, but for those that nothing can fill, stay within it, and stand on the grid. Gives
/// the number of those that nothing fills.
fn widths(layout: &Layout, lines: &[&Line], style: &Style, own: &HashSet<&str>, found: &mut Vec<Fault>) -> usize {
    let mut ragged = 0;
    let (measure, gap) = (style.measure(), style.body.size.em(style.page.column_gap));
    let first = style.page.top + (style.pitch - style.body.size) / 2 + style.body.size.em(880);
    for (i, line) in lines.iter().enumerate() {
        let text = text_of(line);
        let second = line.x >= style.page.inside + measure && style.page.columns > 1;
        let left = style.page.inside + if second { measure + gap } else { Unit::ZERO };
        let right = left + measure;
        let zi = style.measure() / style.page.measure;
        // What leads to the wish at the end of a letter stands at the foot of its column.
        let at_foot = style.closes_at_foot() && lines.len() == 1 && line.x + line.width == right;
        if !at_foot && line.x - left != if i == 0 { zi.em(style.body.first_indent) } else { Unit::ZERO } {
            found.push(("E1 indent", format!("{} before {text}", (line.x - left).0)));
        }
        if line.x < left || line.x + line.width > right {
            found.push(("B6 area", text.clone()));
        }
        let ends = i + 1 == lines.len() || own.contains(text.as_str()) || own.contains(text_of(lines[i + 1]).as_str());
        let rest = (right - line.x - line.width).0;
        if !ends && style.body.align == Alignment::Justify && rest != 0 {
            if rest < 0 || could_fill(layout, line, rest) {
                let next = text_of(lines[i + 1]);
                found.push(("D width", format!("{} {text} | {next}", -rest)));
            }
            ragged += 1;
        }
        if (line.baseline - first).0 % style.pitch.0 != 0 {
            found.push(("E1 grid", text));
        }
    }
    ragged
}

/// E2, E3: what stands at the edges of pages and columns.
fn pages(layout: &Layout, style: &Style, found: &mut Vec<Fault>) {
    let all = paragraphs(layout);
    let right = style.page.inside + style.measure() + style.body.size.em(style.page.column_gap);
    let second = |line: &Line| style.page.columns > 1 && line.x >= right;
    let mut edges: Vec<Vec<(ElementId, &Line)>> = vec![];
    for page in &layout.pages {
        let lines = page.lines.iter().filter_map(|line| match line.owner {
            Owner::Element(element) if !layout.is_apart(element) && is_seen(line) => Some((element, line)),
            Owner::Element(_) | Owner::Artifact => None,
        });
        let lines: Vec<_> = lines.collect();
        if lines.is_empty() {
            edges.push(vec![]);
        }
        edges.extend(lines.chunk_by(|a, b| second(a.1) == second(b.1)).map(<[_]>::to_vec));
    }
    for pair in edges.windows(2) {
        let (Some(&(last, _)), Some(&(first, line))) = (pair[0].last(), pair[1].first()) else { continue };
        let own = all.get(&first).map_or(&[][..], Vec::as_slice);
        let heading = |element| matches!(tag(layout, element), Tag::Heading(_));
        if pair[0].iter().all(|&(element, _)| element == first || heading(element)) {
            // What stays together is more than a page.
            continue;
        }
        // What stands across both columns begins anew below them, or on a page of its own.
        let parted = style.page.columns > 1 && tag(layout, first) == Tag::Heading(1);
        if matches!(tag(layout, last), Tag::Heading(_)) && !parted {
            found.push(("E2 last on page", text_of(pair[0][pair[0].len() - 1].1)));
        }
        if first == last && tag(layout, first) == Tag::Paragraph {
            if own.last().is_some_and(|&end| std::ptr::eq(end, line)) {
                found.push(("E3 widow", text_of(line)));
            }
            let ends_with_first = own.first().is_some_and(|&start| std::ptr::eq(start, pair[0][pair[0].len() - 1].1));
            if own.len() >= 3 && ends_with_first {
                found.push(("E3 orphan", text_of(own[0])));
            }
        }
    }
}
