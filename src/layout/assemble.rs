//! From the flow to finished pages: front, contents, text; notes at the foot; heads and numbers in the margins.

use super::Metrics;
use super::area::{type_area, type_area_across};
use super::column::{OnSide, stand_up};
use super::findings::Findings;
use super::flow::{Flow, Frame, HAIR};
use super::fold;
use super::margin::Short;
use super::office::{self, record};
use super::page::{Detail, Layout, Line, OutlineItem, Owner, Page, Picture, Rule, Tag};
use super::paginate::{Column, Paginator};
use super::paragraph::Lead;
use super::ruling;
use super::slug::Slug;
use super::structure::Structure;
use crate::chinese::site;
use crate::document::{
    Block, BlockKind, Chapters, Document, NoteKind, OfficeForm, OfficeHead, OutlineEntry, Role, display_label,
    inline_text, leads_to_wish, signing,
};
use crate::style::{RecordPage, RunningHead, Style};
use crate::unit::Unit;
use std::collections::{BTreeMap, BTreeSet};

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
    match style.is_vertical() {
        // Pages lie on their side, and are stood up when they are full.
        true => assemble_pages(doc, (&style.on_side(), &style.level()), &OnSide(metrics), start, shown),
        false => assemble_pages(doc, (style, style), metrics, start, shown),
    }
}

/// Sets a document in `style`; what stands in the margins of its pages is set in `level`, where lines are horizontal.
fn assemble_pages(
    doc: &Document,
    (style, level): (&Style, &Style),
    metrics: &dyn Metrics,
    start: &Start<'_>,
    shown: bool,
) -> (Layout, Findings) {
    let outline = doc.outline();
    let mut flow = Flow::new(doc, style, metrics, shown);
    let chapters = doc.chapters(&outline);
    let head = style.office.as_ref().and_then(|_| doc.office_head());
    let form = head.as_ref().map(|head| head.form);
    let (entries, text_from) = flow_blocks(&mut flow, doc, &outline, chapters, head.as_ref());
    let own = doc.own_contents(&outline).filter(|_| !entries.is_empty()).map_or(0..0, |own| own.blocks);
    let notes = flow_notes(&mut flow, doc);
    flow.pattern(start.pattern);
    let slugs = std::mem::take(&mut flow.slugs);
    let heads = std::mem::take(&mut flow.heads);
    let paginator = Paginator {
        slugs: &slugs,
        heads: &heads,
        notes: &notes,
        height: style.pitch * style.page.lines,
        turned_height: style.measure(),
        pitch: style.pitch,
        separation: style.pitch,
        across: style.page.columns,
        mirrored: style.page.mirrored,
        close: false,
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
    let letter = form == Some(OfficeForm::Letter);
    let foot = record::Foot {
        height: style.pitch * style.page.lines,
        measure: style.measure(),
        ruled: !letter,
        even: !letter && style.office.as_ref().is_some_and(|office| office.record == RecordPage::Even),
    };
    foot.put(&mut text, &mut stock.slugs);
    let numbering: fn(usize) -> String = if entries.is_empty() { |n| n.to_string() } else { roman };
    book.add(&front, &mut stock);
    let contents_page = book.pages.len();
    book.add(&contents, &mut Stock { slugs: listing, heads: vec![], notes: vec![] });
    if style.page.mirrored && !text.is_empty() {
        book.open(book.pages.len().next_multiple_of(2));
    }
    let before = book.pages.len();
    book.add(&text, &mut stock);
    // A document that says nothing is a blank page.
    book.open(1);
    book.number(before, numbering);
    book.stand_up();

    for (item, &(page, top)) in flow.outline.iter_mut().zip(&book.headings) {
        (item.page, item.top) = (page, top);
    }
    // The heading of contents that are not seen leads to those that are.
    if let Some(item) = flow.outline.iter_mut().find(|item| own.contains(&item.block)) {
        (item.page, item.top) = (contents_page, style.page.top);
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
    let mut short = Short::new(level, metrics);
    let mut columns = Short::new(style, metrics);
    book.margins(doc, &flow.outline, (&flow.chapters, apart), (before, letter), (&mut short, &mut columns));
    let (language, direction) = (doc.meta.language, style.direction);
    let (pages, structure, outline) = (book.pages, flow.structure.finish(), flow.outline);
    (Layout { pages, structure, outline, language, direction }, flow.findings)
}

/// Sets all blocks. Gives the entries of the contents, if there are to be any, and the slug from which the text goes on after them.
fn flow_blocks<'a>(
    flow: &mut Flow<'a>,
    doc: &'a Document,
    outline: &[OutlineEntry],
    chapters: Option<Chapters>,
    head: Option<&OfficeHead>,
) -> (Vec<super::contents::Entry>, usize) {
    let style = flow.style;
    let columns = style.page.columns;
    let mut in_title = columns > 1;
    let level = chapters.map(|chapters| chapters.level);
    let apart = style.chapter_break && chapters.is_some_and(|chapters| chapters.begin_pages(style.page_characters()));
    let contents = level.filter(|_| style.contents && doc.gets_contents(outline));
    let contents_place = contents.and_then(|level| doc.contents_place(outline, level));
    // Where pages have contents with their own numbers, those that the text brings along are there and not seen.
    let own = doc.own_contents(outline).filter(|_| contents.is_some()).map_or(0..0, |own| own.blocks);
    let mut unseen: Vec<Slug> = vec![];
    let column = flow.column();
    let mut entries = vec![];
    let mut text_from = 0;
    let mut headings = outline.iter().peekable();
    // Where lines of data begin that stand above a heading, as those of a post, and go with it; those below one go with that.
    let mut data = None;
    let mut below_heading = false;
    let record = doc.print_record().filter(|_| style.record_at_foot);
    // The blocks up to this one are set already, all at once.
    let mut done = 0;
    let turned = if style.office.is_some() { flow.turned_blocks(doc) } else { vec![] };
    let mut text_begun = style.office.is_none();
    for (index, block) in doc.blocks.iter().enumerate() {
        let had = flow.slugs.len();
        let is_turned = turned.iter().any(|range| range.contains(&index));
        flow.signing = signing(doc, &doc.blocks, index);
        flow.leads_to_wish = style.closes_at_foot() && leads_to_wish(doc, &doc.blocks[index..]);
        if index >= done {
            done = index + flow.office(doc, index, head);
        }
        if index < done {
            continue;
        }
        let spans = columns > 1 && stands_across(block, &mut in_title);
        flow.measure = match (is_turned, spans) {
            (true, _) => style.pitch * style.page.lines,
            (false, true) => style.area(),
            (false, false) => style.measure(),
        };
        if let (Some(level), true) = (contents, contents_place == Some(index)) {
            entries = flow.plan_contents(outline, level + 1);
            // Data above the head of a post go with it.
            text_from = data.filter(|_| headings.peek().is_some_and(|entry| entry.block == index)).unwrap_or(had);
        }
        if own.contains(&index) {
            flow.block(block, &column, &mut None);
            flow.owe(Unit::ZERO);
            unseen.extend(flow.slugs.drain(had..).map(Slug::unseen));
            if let Some(entry) = headings.next_if(|entry| entry.block == index) {
                let text = entry.text.clone();
                flow.outline.push(OutlineItem { level: entry.level, text, page: 0, top: Unit::ZERO, block: index });
            }
            continue;
        }
        let Some(entry) = headings.next_if(|entry| entry.block == index) else {
            match &block.kind {
                // Rules are drawn, wherever some are typed.
                BlockKind::Divider { ornament } if record.is_some_and(|first| index >= first) => {
                    flow.typed_rule(ornament, block.span);
                }
                _ => flow.block(block, &column, &mut None),
            }
            flow.slugs[had..].iter_mut().for_each(|slug| (slug.spans, slug.turned) = (spans, is_turned));
            if let (false, true, Some(slug)) = (text_begun, is_body(block), flow.slugs.get_mut(had)) {
                (slug.first_text, text_begun) = (true, true);
            }
            if record.is_some_and(|first| index >= first) {
                let part = record_part(doc, block);
                for (i, slug) in flow.slugs[had..].iter_mut().enumerate() {
                    slug.record = Some(if i == 0 || part == record::Part::Below { part } else { record::Part::Line });
                    slug.kept |= i > 0 || record != Some(index);
                }
            }
            if style.attachment_break && doc.begins_apart(index)
                || style.chapter_break && doc.turns_to_publication(index)
            {
                begin_page(flow.slugs.get_mut(had), had);
            }
            let is_data = is_imprint(block) && !is_offer(doc, block);
            below_heading &= is_data;
            data = data.or(Some(had)).filter(|_| is_data && !below_heading);
            continue;
        };
        let first = data.take().unwrap_or(had);
        below_heading = true;
        let is_title = matches!(&block.kind, BlockKind::Heading(h) if h.title);
        let chapter = level.filter(|&level| !is_title && entry.level <= level);
        flow.block(block, &column, &mut None);
        flow.slugs[had..].iter_mut().for_each(|slug| (slug.spans, slug.turned) = (spans, is_turned));
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
        let titled = contents_place != Some(index) && flow.titled_below_text(index);
        if let Some(slug) = flow.slugs.get_mut(first) {
            slug.begins_page = chapter.is_some() && apart && first > 0 && !heads_part && !titled;
            slug.begins_recto = slug.begins_page && chapter.is_some_and(|chapters| entry.level < chapters);
        }
        if style.attachment_break && doc.begins_apart(index) || style.chapter_break && doc.turns_to_publication(index) {
            begin_page(flow.slugs.get_mut(had), had);
        }
    }
    flow.measure = style.measure();
    if let Some(first) = flow.slugs.get_mut(text_from) {
        unseen.into_iter().for_each(|slug| first.carry(slug));
    }
    hand_on_notes(&mut flow.slugs);
    (entries, text_from)
}

/// Makes `slug`, which is the `had`th, begin a page.
fn begin_page(slug: Option<&mut Slug>, had: usize) {
    if let Some(slug) = slug.filter(|_| had > 0) {
        (slug.begins_page, slug.kept) = (true, false);
    }
}

/// What `block` is in the record of printing.
fn record_part(doc: &Document, block: &Block) -> record::Part {
    match &block.kind {
        BlockKind::Paragraph { content, .. } => {
            let copies = office::tells_copies(&inline_text(doc, content));
            if copies { record::Part::Below } else { record::Part::Entry }
        }
        _ => record::Part::Line,
    }
}

/// Whether `block` is a line of data.
fn is_imprint(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph { role: Role::Imprint, .. })
}

/// Whether `block` is what a site says of itself: that belongs to no post.
fn is_offer(doc: &Document, block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Paragraph { content, .. } if site::is_offer(&inline_text(doc, content)))
}

/// Whether `block` is running text.
fn is_body(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph { role: Role::Body, .. })
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
    let mut notes: Vec<Vec<Slug>> = vec![];
    let mut labels = BTreeSet::new();
    for note in &doc.footnotes {
        // What is printed of a link is no part of the text, and has no place in its structure.
        let (element, label) = match note.kind {
            NoteKind::Own => {
                let element = flow.structure.add(Tag::Note, Structure::ROOT);
                (element, flow.structure.add(Tag::Label, element))
            }
            NoteKind::Target => (Structure::ROOT, Structure::ROOT),
        };
        let lead_text = display_label(&note.label);
        let width = flow.width(&lead_text, style) + zi / 4;
        let hang = Unit((width.0 + zi.0 - 1) / zi.0.max(1) * zi.0);
        let lead =
            (!lead_text.is_empty()).then_some(Lead { text: lead_text, element: label, at: note.span.start, hang });
        let frame = Frame { left: hang, right: Unit::ZERO, parent: element, text: Some(style), flush: true };
        flow.blocks(&note.blocks, &frame, lead);
        let mut slugs = std::mem::take(&mut flow.slugs);
        if !note.is_own() {
            slugs = slugs.into_iter().map(Slug::printed).collect();
        }
        if !labels.insert(note.label.as_str()) {
            // Where labels begin anew, on one page with those before, the notes of two parts stand apart.
            labels = BTreeSet::from([note.label.as_str()]);
            if let Some(first) = slugs.first_mut() {
                first.lower(flow.style.pitch_of(style) / 2);
            }
        }
        notes.push(slugs);
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
            let (left, top) = type_area(style, (self.start.pages + index + 1) as u32);
            if column.turned {
                // Turned by 90° to the right: its upper edge is the left one of the page.
                let (width, height) = (style.page.width, style.page.height);
                self.pages[index].size = (height, width);
                let across = height - style.page.top - style.pitch * style.page.lines;
                self.fill(index, (across, left), column, stock);
                continue;
            }
            self.fill(index, (left + (style.measure() + gap) * column.slot, top), column, stock);
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
    fn fill(&mut self, index: usize, (x, area): (Unit, Unit), column: &Column, stock: &mut Stock) {
        let style = self.style;
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
        let height = if column.turned { style.measure() } else { style.pitch * style.page.lines };
        let bottom = area + height;
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

    /// Stands up the pages of a style whose lines are vertical; places on them are then those of the upper edge of the type area.
    fn stand_up(&mut self) {
        if !self.style.is_vertical() {
            return;
        }
        for page in self.pages.iter_mut().filter(|page| !page.is_blank()) {
            ruling::draw(page, self.style, type_area(self.style, page.number));
        }
        self.pages.iter_mut().for_each(stand_up);
        let top = self.style.page.inside;
        let notes = self.notes.values_mut();
        self.headings.iter_mut().chain(notes).for_each(|(_, height)| *height = top);
    }

    /// Gives the pages their numbers as printed: those before the text in `numbering`, those of the text counted on from the start.
    fn number(&mut self, before: usize, numbering: fn(usize) -> String) {
        for (i, page) in self.pages.iter_mut().enumerate() {
            page.label = match (self.start.label + i + 1).checked_sub(before).filter(|_| i >= before) {
                None => numbering(i + 1),
                Some(number) if self.style.fold_width() > Unit::ZERO => fold::label(number),
                Some(number) => number.to_string(),
            };
        }
    }

    /// Sets running heads and page numbers.
    fn margins(
        &mut self,
        doc: &Document,
        outline: &[OutlineItem],
        (chapters, apart): (&[usize], bool),
        (before, letter): (usize, bool),
        (short, columns): (&mut Short<'_>, &mut Short<'_>),
    ) {
        let style = self.style;
        let own_title = outline
            .iter()
            .find(|item| matches!(doc.blocks.get(item.block).map(|b| &b.kind), Some(BlockKind::Heading(h)) if h.title));
        let title = doc.meta.title.as_deref().or(own_title.map(|item| item.text.as_str())).unwrap_or_default();
        let mut chapters = chapters.iter().filter_map(|&c| outline.get(c)).peekable();
        // The chapter that the page begins in, and the last one that begins below that on it.
        let (mut chapter, mut begun) = (None, None);
        let mut blank = false;
        for (i, page) in self.pages.iter_mut().enumerate() {
            let mut opens = i == 0;
            chapter = begun.take().or(chapter);
            while let Some(item) = chapters.next_if(|item| item.page <= i) {
                opens |= item.page == i && apart;
                let above = item.page < i || item.top <= style.page.top + style.pitch;
                if chapter.is_none() || above && begun.is_none() {
                    chapter = Some(item.text.as_str());
                } else {
                    begun = Some(item.text.as_str());
                }
            }
            let after_blank = std::mem::replace(&mut blank, page.is_blank());
            if blank {
                continue;
            }
            let edges = type_area_across(style, page);
            let text = match style.head {
                RunningHead::None => "",
                RunningHead::Title => title,
                // By the number that is printed, as the pages of the text lie in a book.
                RunningHead::TitleAndChapter if i.saturating_sub(before) % 2 == 1 && !title.is_empty() => title,
                RunningHead::TitleAndChapter => chapter.unwrap_or(title),
            };
            if style.fold_width() > Unit::ZERO {
                let chapter = chapter.filter(|chapter| *chapter != title);
                let said = [title, chapter.unwrap_or_default()].join("\u{3000}");
                fold::draw(page, style, edges, said.replace(['\n', '\t'], " ").trim_matches('\u{3000}'), columns);
                continue;
            }
            let text = text.replace(['\n', '\t'], " ");
            match !opens && i >= before {
                true if style.vertical.upright_head && style.is_vertical() => {
                    columns.upright_head(page, &text, edges, (style.page.inside, style.area()));
                }
                true => short.head(page, &text, edges),
                false => {}
            }
            // The first page of a letter has no number (GB/T 9704 10.1), nor has a record behind a page that is blank (7.5).
            if !(letter && i == 0 || after_blank && style.office.is_some()) {
                short.folio(page, edges);
            }
        }
    }
}

/// Puts a slug on a page, its top left corner at `x` and `y`.
fn put(page: &mut Page, slug: &mut Slug, x: Unit, y: Unit) {
    page.rules.extend(slug.rules.drain(..).map(|rule| Rule { x: rule.x + x, y: rule.y + y, ..rule }));
    page.pictures.extend(slug.pictures.drain(..).map(|p| Picture { x: p.x + x, y: p.y + y, ..p }));
    page.lines.extend(slug.lines.drain(..).map(|line| Line { x: line.x + x, baseline: line.baseline + y, ..line }));
}

/// `n` in small roman numerals.
pub fn roman(n: usize) -> String {
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
