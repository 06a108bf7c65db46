//! From the flow to finished pages: front, contents, text; notes at the foot; heads and numbers in the margins.

use super::Metrics;
use super::findings::Findings;
use super::flow::{Flow, Frame, HAIR};
use super::margin::Short;
use super::page::{Detail, Layout, Line, OutlineItem, Owner, Page, Picture, Rule, Tag};
use super::paginate::{Column, Paginator};
use super::paragraph::Lead;
use super::record;
use super::slug::Slug;
use super::structure::Structure;
use crate::document::{Block, BlockKind, Chapters, Document, OutlineEntry, Role, display_label};
use crate::style::{RunningHead, Style};
use crate::unit::Unit;
use std::collections::BTreeMap;

/// What comes before the first page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Start<'a> {
    /// Number of pages that are bound before it.
    pub pages: usize,
    /// The last number that is printed on them.
    pub label: usize,
    /// A pattern that is printed at the end, as in [`Appendix`](super::Appendix).
    pub pattern: &'a [Vec<bool>],
}

/// Sets a document; where its pages are not to be `shown`, they are only counted.
pub fn assemble(
    doc: &Document,
    style: &Style,
    metrics: &dyn Metrics,
    start: &Start<'_>,
    shown: bool,
) -> (Layout, Findings) {
    let outline = doc.outline();
    let mut flow = Flow::new(doc, style, metrics, shown);
    let chapters = doc.chapters(&outline);
    let (entries, text_from) = flow_blocks(&mut flow, doc, &outline, chapters);
    let notes = flow_notes(&mut flow, doc);
    flow.pattern(start.pattern);
    let slugs = std::mem::take(&mut flow.slugs);
    let heads = std::mem::take(&mut flow.heads);
    let paginator = Paginator {
        slugs: &slugs,
        heads: &heads,
        notes: &notes,
        height: style.pitch * style.page.lines,
        pitch: style.pitch,
        separation: style.pitch,
        across: style.page.columns,
        mirrored: style.page.mirrored,
    };
    let front = paginator.columns(0..text_from);
    let mut text = paginator.columns(text_from..slugs.len());
    // The text is numbered from 1, so the contents can name its pages before it is known how many come before them.
    let mut short = Short::new(style, metrics);
    let labels = heading_pages(&text, &slugs).into_iter().map(|(h, page)| (h, (page + 1).to_string())).collect();
    let listing = flow.contents(&entries, &labels, &mut short);
    let contents = Paginator { slugs: &listing, heads: &[], notes: &[], ..paginator }.columns(0..listing.len());

    let mut book = Book::new(style, flow.outline.len(), *start);
    let mut stock = Stock { slugs, heads, notes };
    record::to_foot(&mut text, &mut stock.slugs, style.pitch * style.page.lines, style.measure());
    let numbering: fn(usize) -> String = if entries.is_empty() { |n| n.to_string() } else { roman };
    book.add(&front, &mut stock);
    book.add(&contents, &mut Stock { slugs: listing, heads: vec![], notes: vec![] });
    if style.page.mirrored && !text.is_empty() {
        book.open(book.pages.len().next_multiple_of(2));
    }
    let before = book.pages.len();
    book.add(&text, &mut stock);
    // A document that says nothing is a blank page.
    book.open(1);
    book.number(before, numbering);

    for (item, &(page, top)) in flow.outline.iter_mut().zip(&book.headings) {
        (item.page, item.top) = (page, top);
    }
    flow.link_contents(&entries);
    for (element, note) in &flow.references {
        if let Some(&(page, top)) = book.notes.get(note) {
            flow.structure.set_detail(*element, Detail::Destination(page, top));
        }
    }
    for (element, heading) in &flow.leads {
        if let Some(item) = flow.outline.get(*heading) {
            flow.structure.set_detail(*element, Detail::Destination(item.page, item.top));
        }
    }
    let apart = style.chapter_break && chapters.is_some_and(|chapters| chapters.begin_pages(style.page_characters()));
    book.margins(doc, &flow.outline, (&flow.chapters, apart), before, &mut short);
    let language = doc.meta.language;
    (Layout { pages: book.pages, structure: flow.structure.finish(), outline: flow.outline, language }, flow.findings)
}

/// Sets all blocks. Gives the entries of the contents, if there are to be any, and the slug from which the text goes on after them.
fn flow_blocks<'a>(
    flow: &mut Flow<'a>,
    doc: &'a Document,
    outline: &[OutlineEntry],
    chapters: Option<Chapters>,
) -> (Vec<super::contents::Entry>, usize) {
    let style = flow.style;
    let columns = style.page.columns;
    let mut in_title = columns > 1;
    let level = chapters.map(|chapters| chapters.level);
    let apart = style.chapter_break && chapters.is_some_and(|chapters| chapters.begin_pages(style.page_characters()));
    let contents = level.filter(|_| style.contents && !doc.has_contents(outline));
    let contents_place = contents.and_then(|level| doc.contents_place(outline, level));
    let column = flow.column();
    let mut entries = vec![];
    let mut text_from = 0;
    let mut headings = outline.iter().peekable();
    // Where lines of data begin that stand above a heading, as those of a post, and go with it; those below one go with that.
    let mut data = None;
    let mut below_heading = false;
    let record = record::begins(doc).filter(|_| style.record_at_foot);
    for (index, block) in doc.blocks.iter().enumerate() {
        let had = flow.slugs.len();
        let spans = columns > 1 && stands_across(block, &mut in_title);
        flow.measure = if spans { style.area() } else { style.measure() };
        if let (Some(level), true) = (contents, contents_place == Some(index)) {
            entries = flow.plan_contents(outline, level + 1);
            // Data above the head of a post go with it.
            text_from = data.filter(|_| headings.peek().is_some_and(|entry| entry.block == index)).unwrap_or(had);
        }
        let Some(entry) = headings.next_if(|entry| entry.block == index) else {
            flow.block(block, &column, &mut None);
            flow.slugs[had..].iter_mut().for_each(|slug| slug.spans = spans);
            if record.is_some_and(|first| index >= first) {
                for (i, slug) in flow.slugs[had..].iter_mut().enumerate() {
                    (slug.record, slug.kept) = (Some(i == 0), slug.kept || i > 0 || record != Some(index));
                }
            }
            below_heading &= is_imprint(block);
            data = data.or(Some(had)).filter(|_| is_imprint(block) && !below_heading);
            continue;
        };
        let first = data.take().unwrap_or(had);
        below_heading = true;
        let is_title = matches!(&block.kind, BlockKind::Heading(h) if h.title);
        let chapter = level.filter(|&level| !is_title && entry.level <= level);
        flow.block(block, &column, &mut None);
        flow.slugs[had..].iter_mut().for_each(|slug| slug.spans = spans);
        let number = flow.outline.len();
        let text = entry.text.clone();
        // The head of a part without a text of its own stays with its first chapter: no heading is last on a page (E2).
        let heads_part = flow.chapters.last().and_then(|&c| flow.outline.get(c)).is_some_and(|o| o.block + 1 == index);
        flow.outline.push(OutlineItem { level: entry.level, text, page: 0, top: Unit::ZERO, block: index });
        if chapter.is_some() {
            flow.chapters.push(number);
        }
        if let Some(slug) = flow.slugs.get_mut(had) {
            slug.heading = Some(number);
        }
        if let Some(slug) = flow.slugs.get_mut(first) {
            slug.begins_page = chapter.is_some() && apart && first > 0 && !heads_part;
            slug.begins_recto = slug.begins_page && chapter.is_some_and(|chapters| entry.level < chapters);
        }
    }
    flow.measure = style.measure();
    hand_on_notes(&mut flow.slugs);
    (entries, text_from)
}

/// Whether `block` is a line of data.
fn is_imprint(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph { role: Role::Imprint, .. })
}

/// Whether `block` stands across the columns: headings of the first level, and the title with what belongs to it.
fn stands_across(block: &Block, in_title: &mut bool) -> bool {
    let heading = matches!(&block.kind, BlockKind::Heading(heading) if heading.level == 1);
    let beside =
        matches!(block.kind, BlockKind::Paragraph { role: Role::Subtitle | Role::Imprint | Role::DocumentNumber, .. });
    *in_title &= heading || beside;
    heading || *in_title
}

/// The notes of what stands across the columns go to the foot of the column below it.
fn hand_on_notes(slugs: &mut [Slug]) {
    let mut handed = vec![];
    for slug in slugs {
        if slug.spans {
            handed.append(&mut slug.notes);
        } else if !handed.is_empty() {
            handed.append(&mut slug.notes);
            slug.notes = std::mem::take(&mut handed);
        }
    }
}

/// Sets the notes; those that nothing refers to are added to the text.
fn flow_notes<'a>(flow: &mut Flow<'a>, doc: &'a Document) -> Vec<Vec<Slug>> {
    let style = &flow.style.note;
    let zi = flow.style.zi(style);
    let text = std::mem::take(&mut flow.slugs);
    let mut notes = vec![];
    for note in &doc.footnotes {
        let element = flow.structure.add(Tag::Note, Structure::ROOT);
        let label = flow.structure.add(Tag::Label, element);
        let lead_text = display_label(&note.label);
        let width = flow.width(&lead_text, style) + zi / 4;
        let hang = Unit((width.0 + zi.0 - 1) / zi.0.max(1) * zi.0);
        let lead =
            (!lead_text.is_empty()).then_some(Lead { text: lead_text, element: label, at: note.span.start, hang });
        let frame = Frame { left: hang, right: Unit::ZERO, parent: element, text: Some(style), flush: true };
        flow.blocks(&note.blocks, &frame, lead);
        notes.push(std::mem::take(&mut flow.slugs));
    }
    flow.slugs = text;
    let mut referred = vec![false; notes.len()];
    for slug in &mut flow.slugs {
        // A note stands where it is first referred to.
        slug.notes.retain(|&note| referred.get_mut(note).is_some_and(|seen| !std::mem::replace(seen, true)));
    }
    for (note, slugs) in notes.iter_mut().enumerate() {
        if !referred[note] {
            flow.slugs.extend(slugs.drain(..).map(|slug| Slug { notes: vec![], ..slug }));
        }
    }
    notes
}

/// The page of each heading, counted from the first page of these columns.
fn heading_pages(columns: &[Column], slugs: &[Slug]) -> BTreeMap<usize, usize> {
    let headings = columns.iter().flat_map(|column| {
        let slugs = slugs.get(column.slugs.clone()).unwrap_or_default();
        slugs.iter().filter_map(|slug| Some((slug.heading?, column.page)))
    });
    headings.collect()
}

/// What is placed on pages.
struct Stock {
    slugs: Vec<Slug>,
    heads: Vec<Slug>,
    notes: Vec<Vec<Slug>>,
}

/// The pages as they are filled.
struct Book<'a> {
    style: &'a Style,
    start: Start<'a>,
    pages: Vec<Page>,
    /// Page and height of each heading.
    headings: Vec<(usize, Unit)>,
    /// Page and height of each note.
    notes: BTreeMap<usize, (usize, Unit)>,
}

impl<'a> Book<'a> {
    fn new(style: &'a Style, headings: usize, start: Start<'a>) -> Self {
        Book { style, start, pages: vec![], headings: vec![(0, Unit::ZERO); headings], notes: BTreeMap::new() }
    }

    /// Fills pages with columns.
    fn add(&mut self, columns: &[Column], stock: &mut Stock) {
        let style = self.style;
        let first = self.pages.len();
        let gap = style.body.size.em(style.page.column_gap);
        for column in columns {
            let index = first + column.page;
            self.open(index + 1);
            let (left, _) = type_area(style, (self.start.pages + index + 1) as u32);
            self.fill(index, left + (style.measure() + gap) * column.slot, column, stock);
        }
        for page in &mut self.pages[first..] {
            page.lines.sort_by_key(|line| match line.owner {
                Owner::Element(element) => element.0,
                Owner::Artifact => u32::MAX,
            });
        }
    }

    /// Adds empty pages until there are `count`.
    fn open(&mut self, count: usize) {
        for number in self.pages.len() + 1..=count {
            let number = u32::try_from(self.start.pages + number).unwrap_or(u32::MAX);
            self.pages.push(Page::blank(number, (self.style.page.width, self.style.page.height)));
        }
    }

    /// Puts a column on a page.
    fn fill(&mut self, index: usize, x: Unit, column: &Column, stock: &mut Stock) {
        let style = self.style;
        let area = style.page.top;
        let page = &mut self.pages[index];
        if let Some(head) = column.head.and_then(|head| stock.heads.get(head)) {
            put(page, &mut head.clone(), x, area + column.top);
        }
        for (i, &top) in column.slugs.clone().zip(&column.tops) {
            let slug = &mut stock.slugs[i];
            if let Some(place) = slug.heading.and_then(|heading| self.headings.get_mut(heading)) {
                *place = (index, area + top);
            }
            put(page, slug, x, area + top);
        }
        if column.notes.is_empty() {
            return;
        }
        let bottom = area + style.pitch * style.page.lines;
        let mut y = (bottom - column.foot).max(area);
        page.rules.push(Rule::bar(x, y + style.pitch / 2, style.measure() / 3, HAIR));
        y += style.pitch;
        for (note, lines) in &column.notes {
            if lines.start == 0 {
                self.notes.insert(*note, (index, y));
            }
            let slugs = stock.notes.get_mut(*note).and_then(|note| note.get_mut(lines.clone()));
            for slug in slugs.unwrap_or_default() {
                put(page, slug, x, y);
                y += slug.height;
            }
        }
    }

    /// Gives the pages their numbers as printed: those before the text in `numbering`, those of the text counted on from the start.
    fn number(&mut self, before: usize, numbering: fn(usize) -> String) {
        for (i, page) in self.pages.iter_mut().enumerate() {
            page.label = if i < before { numbering(i + 1) } else { (self.start.label + i + 1 - before).to_string() };
        }
    }

    /// Sets running heads and page numbers.
    fn margins(
        &mut self,
        doc: &Document,
        outline: &[OutlineItem],
        (chapters, apart): (&[usize], bool),
        before: usize,
        short: &mut Short<'_>,
    ) {
        let style = self.style;
        let own_title = outline
            .iter()
            .find(|item| matches!(doc.blocks.get(item.block).map(|b| &b.kind), Some(BlockKind::Heading(h)) if h.title));
        let title = doc.meta.title.as_deref().or(own_title.map(|item| item.text.as_str())).unwrap_or_default();
        let mut chapters = chapters.iter().filter_map(|&c| outline.get(c)).peekable();
        let mut chapter = None;
        for (i, page) in self.pages.iter_mut().enumerate() {
            let mut opens = i == 0;
            while let Some(item) = chapters.next_if(|item| item.page <= i) {
                opens |= item.page == i && apart;
                chapter = Some(item.text.as_str());
            }
            if page.lines.is_empty() && page.rules.is_empty() && page.pictures.is_empty() {
                continue;
            }
            let (left, width) = type_area(style, page.number);
            let text = match style.head {
                RunningHead::None => "",
                RunningHead::Title => title,
                // By the number that is printed, as the pages of the text lie in a book.
                RunningHead::TitleAndChapter if i.saturating_sub(before) % 2 == 1 && !title.is_empty() => title,
                RunningHead::TitleAndChapter => chapter.unwrap_or(title),
            };
            if !opens && i >= before {
                short.head(page, &text.replace(['\n', '\t'], " "), left, width);
            }
            short.folio(page, left, width);
        }
    }
}

/// Puts a slug on a page, its top left corner at `x` and `y`.
fn put(page: &mut Page, slug: &mut Slug, x: Unit, y: Unit) {
    page.rules.extend(slug.rules.drain(..).map(|rule| Rule { x: rule.x + x, y: rule.y + y, ..rule }));
    page.pictures.extend(slug.pictures.drain(..).map(|p| Picture { x: p.x + x, y: p.y + y, ..p }));
    page.lines.extend(slug.lines.drain(..).map(|line| Line { x: line.x + x, baseline: line.baseline + y, ..line }));
}

/// Left edge and width of the type area of page `number`.
fn type_area(style: &Style, number: u32) -> (Unit, Unit) {
    let width = style.area();
    let gutter = style.page.gutter.filter(|_| style.page.mirrored).unwrap_or_default();
    let inside = style.page.inside + gutter;
    let verso = style.page.mirrored && number.is_multiple_of(2);
    (if verso { style.page.width - inside - width } else { inside }, width)
}

/// `n` in small roman numerals.
fn roman(n: usize) -> String {
    const NUMERALS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = n;
    let mut out = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            out.push_str(numeral);
            rest -= value;
        }
    }
    out
}
