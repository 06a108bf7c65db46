//! The article of a page, written as a transcript.

use super::article::Piece;
use super::tree::{Element, Event, Page, is_unseen};
use super::{kept, table};
use crate::document::{HtmlBlock, HtmlMark, Sense};
use crate::normalize::Syntax;
use crate::open::transcript::{Look, Transcript};
use crate::span::Stretch;
use crate::unicode::{is_cjk_mark, is_han};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// So many links and marks within lines make a page Markdown that has nothing else.
const FEW: usize = 3;
/// Smaller pictures, in pixels, hold a place and show nothing.
const DOT: u32 = 4;
/// A picture that stands in a page more often is an ornament.
const OFTEN: usize = 2;
/// More columns or rows than any cell spans.
const SPAN: usize = 100;
/// The title is looked for in so many pieces.
const FIRST: usize = 8;
/// What programs write where the author gave no title, and how a site greets.
const NO_TITLES: [&str; 10] =
    ["untitled", "new page", "无标题", "無標題", "未命名", "新建网页", "新网页", "欢迎", "歡迎", "http"];

/// Where a page says what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// Nowhere that could be used.
    Nowhere,
    /// In the line of the article that this piece is.
    Line(usize),
    /// In its head alone, at this range of the text.
    Head(Range<usize>),
}

/// Where `page` says what it is called.
pub fn title(page: &Page, pieces: &[Piece]) -> Title {
    let Some(range) = page.title.clone() else { return Title::Nowhere };
    let said = page.text[range.clone()].trim();
    let lower = said.to_lowercase();
    if said.is_empty() || !said.chars().any(is_han) || NO_TITLES.iter().any(|none| lower.starts_with(none)) {
        return Title::Nowhere;
    }
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let whole = squeezed(said);
    let first = pieces.iter().filter(|piece| piece.kept && piece.chars > 0).take(FIRST);
    for (at, piece) in first.enumerate() {
        let line = squeezed(&line(page, piece));
        if line.chars().count() > 1 && whole.contains(&line) {
            return Title::Line(at);
        }
    }
    let start =
        range.start + page.text[range].len() - page.text[page.title.clone().unwrap_or_default()].trim_start().len();
    Title::Head(start..start + said.len())
}

/// What a piece says.
fn line(page: &Page, piece: &Piece) -> String {
    let texts = page.events[piece.events.clone()].iter().filter_map(|event| match event {
        Event::Text(range) => page.text.get(range.clone()),
        _ => None,
    });
    texts.collect()
}

/// Writes the article: gives the text, its syntax, and where it stands in the page.
pub fn write(page: &Page, pieces: &[Piece], title: Title) -> (String, Syntax, Vec<Stretch>) {
    let kept = kept(pieces);
    let tables = table::tables(page, &kept);
    let shown = shown(page);
    let syntax = syntax(page, &kept, &tables, &shown);
    let mut transcript = Transcript::new(syntax);
    let head = match title {
        Title::Head(range) if !has_heading(page, &kept) => {
            transcript.title(&page.text[range.clone()], page.place(range.start));
            None
        }
        Title::Line(at) if !has_heading(page, &kept) => {
            pieces.iter().filter(|piece| piece.kept && piece.chars > 0).nth(at)
        }
        Title::Head(_) | Title::Line(_) | Title::Nowhere => None,
    };
    let mut writer = Writer {
        page,
        tables,
        rules: rules(page, pieces),
        shown,
        head: head.map(|piece| piece.events.clone()),
        kept,
        transcript,
        lists: vec![],
        behind_list: false,
        table: vec![],
        unseen: 0,
        last: '\n',
        gap: None,
    };
    let mut at = 0;
    while at < page.events.len() {
        at += writer.event(at);
    }
    writer.transcript.finish()
}

/// Whether the article has a heading of its own.
fn has_heading(page: &Page, kept: &impl Fn(usize) -> bool) -> bool {
    let mut heading = false;
    page.events.iter().enumerate().any(|(at, event)| {
        match event {
            Event::Open(index) | Event::Close(index) => {
                if matches!(page.elements[*index].sense, Sense::Block(HtmlBlock::Heading(_))) {
                    heading = matches!(event, Event::Open(_));
                }
            }
            Event::Text(range) => return heading && kept(at) && !page.text[range.clone()].trim().is_empty(),
            Event::Break | Event::Rule | Event::Picture(_) => {}
        }
        false
    })
}

/// Which syntax says all that the article says.
fn syntax(page: &Page, kept: &impl Fn(usize) -> bool, tables: &HashSet<usize>, shown: &HashSet<usize>) -> Syntax {
    let mut within = vec![];
    let (mut items, mut few, mut unseen) = (HashSet::new(), HashSet::new(), 0usize);
    // Whether the line has words outside of a mark, and the marks in it.
    let (mut bare, mut marked) = (false, vec![]);
    for (at, event) in page.events.iter().enumerate() {
        match event {
            Event::Open(index) => {
                let element = &page.elements[*index];
                unseen += usize::from(is_unseen(element));
                if element.is_block() {
                    (bare, marked) = (false, vec![]);
                }
                within.push(*index);
            }
            Event::Close(index) => {
                let element = &page.elements[*index];
                unseen = unseen.saturating_sub(usize::from(is_unseen(element)));
                if element.is_block() {
                    (bare, marked) = (false, vec![]);
                }
                within.pop();
            }
            Event::Break | Event::Rule => (bare, marked) = (false, vec![]),
            Event::Picture(index) if unseen == 0 && kept(at) && shown.contains(index) => return Syntax::Markdown,
            Event::Picture(_) => {}
            Event::Text(range) if unseen == 0 && kept(at) && !page.text[range.clone()].trim().is_empty() => {
                let mut mark = None;
                for index in within.iter().rev() {
                    let element = &page.elements[*index];
                    match element.sense {
                        Sense::Block(HtmlBlock::Heading(_)) | Sense::Ruby => return Syntax::Markdown,
                        Sense::Block(HtmlBlock::Item) => {
                            items.insert(*index);
                        }
                        Sense::Block(HtmlBlock::Table) if tables.contains(index) => return Syntax::Markdown,
                        // Small type says little of a page.
                        Sense::Mark(HtmlMark::Small) => {}
                        Sense::Mark(_) => mark = Some(*index),
                        Sense::Anchor if leads(element).is_some() => mark = Some(*index),
                        _ => {}
                    }
                }
                match mark {
                    Some(mark) => marked.push(mark),
                    None => bare = true,
                }
                if bare {
                    few.extend(marked.drain(..));
                }
            }
            Event::Text(_) => {}
        }
        if items.len() > 1 || few.len() >= FEW {
            return Syntax::Markdown;
        }
    }
    Syntax::Plain
}

/// The rules that stand between two pieces of the article.
fn rules(page: &Page, pieces: &[Piece]) -> HashSet<usize> {
    let between = |at: usize| {
        let after = pieces.partition_point(|piece| piece.events.end <= at);
        let both = [after.checked_sub(1), Some(after)];
        both.iter().all(|piece| piece.and_then(|piece| pieces.get(piece)).is_some_and(|piece| piece.kept))
    };
    let rules = page.events.iter().enumerate().filter(|(_, event)| **event == Event::Rule);
    rules.map(|(at, _)| at).filter(|&at| between(at)).collect()
}

/// The pictures that show something: not the dots that hold a place, nor the ornaments that stand in one page again and again, nor what is a GIF without a description,
/// as those of buttons and rules are.
pub fn shown(page: &Page) -> HashSet<usize> {
    let pictures = || page.elements.iter().enumerate().filter(|(_, element)| element.sense == Sense::Picture);
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (_, element) in pictures() {
        *times.entry(element.get("src")).or_default() += 1;
    }
    let shows = |element: &Element| {
        let size = |name: &str| element.get(name).trim_end_matches("px").trim().parse::<u32>().unwrap_or(u32::MAX);
        let source = element.get("src").trim();
        let bare = element.get("alt").trim().is_empty() && source.to_ascii_lowercase().ends_with(".gif");
        let often = times.get(element.get("src")).is_some_and(|times| *times > OFTEN);
        let dot = size("width") < DOT || size("height") < DOT;
        !(source.is_empty() || source.starts_with("data:") || dot || often || bare)
    };
    pictures().filter(|(_, element)| shows(element)).map(|(index, _)| index).collect()
}

/// Where a link leads, if it leads out of the page.
fn leads(element: &Element) -> Option<&str> {
    let target = element.get("href").trim();
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    let dead = target.is_empty()
        || target.starts_with('#')
        || matches!(&*scheme, "javascript" | "vbscript" | "data" | "about");
    (!dead).then_some(target)
}

/// A list that is open.
struct List {
    /// The number of the next item.
    number: Option<u64>,
    /// Whether it has an item already.
    begun: bool,
    /// Whether it is a list behind another.
    parted: bool,
}

struct Writer<'p, K> {
    page: &'p Page,
    kept: K,
    tables: HashSet<usize>,
    rules: HashSet<usize>,
    shown: HashSet<usize>,
    /// The events of the line that is the title.
    head: Option<Range<usize>>,
    transcript: Transcript,
    lists: Vec<List>,
    /// Whether a list has ended, and nothing come since.
    behind_list: bool,
    /// For each table that is open, whether it is one.
    table: Vec<bool>,
    unseen: usize,
    /// The last character of the line.
    last: char,
    /// Blanks that stand behind it, and whether a line end is among them.
    gap: Option<bool>,
}

impl<K: Fn(usize) -> bool> Writer<'_, K> {
    /// Writes the event of this number, and answers how many it has taken.
    fn event(&mut self, at: usize) -> usize {
        let page = self.page;
        if self.head.as_ref().is_some_and(|head| head.end <= at) {
            self.transcript.end_block();
            self.head = None;
        }
        match &page.events[at] {
            Event::Open(index) => {
                let element = &page.elements[*index];
                self.unseen += usize::from(is_unseen(element));
                if self.unseen == 0 {
                    return self.open(*index, element, at);
                }
            }
            Event::Close(index) => {
                let element = &page.elements[*index];
                if self.unseen == 0 {
                    self.close(element);
                }
                self.unseen = self.unseen.saturating_sub(usize::from(is_unseen(element)));
            }
            _ if self.unseen > 0 => {}
            Event::Break => {
                self.transcript.line_end();
                self.end_line();
            }
            Event::Rule => {
                self.transcript.end_block();
                if self.rules.contains(&at) {
                    self.transcript.rule();
                }
                self.end_line();
            }
            Event::Picture(index) => {
                let element = &page.elements[*index];
                if (self.kept)(at) && self.shown.contains(index) {
                    let alt = Some(element.get("alt")).filter(|alt| !alt.is_empty()).unwrap_or(element.get("title"));
                    self.transcript.picture(alt.trim(), element.get("src").trim(), element.place);
                }
            }
            Event::Text(range) => {
                if (self.kept)(at) {
                    if let Some(head) = self.head.as_mut().filter(|head| head.contains(&at)) {
                        // Once: the rest of the line belongs to it.
                        head.start = head.end - 1;
                        if at < head.end {
                            self.transcript.heading(1);
                        }
                    }
                    self.words(range.clone());
                } else if !self.page.text[range.clone()].trim().is_empty() {
                    // What is left out between two lines leaves two of them.
                    self.transcript.end_block();
                    self.end_line();
                }
            }
        }
        1
    }

    fn end_line(&mut self) {
        (self.last, self.gap) = ('\n', None);
    }

    fn open(&mut self, index: usize, element: &Element, at: usize) -> usize {
        let in_table = self.table.last() == Some(&true);
        if element.is_block() {
            self.end_line();
        }
        match element.sense {
            Sense::Block(block) => match block {
                HtmlBlock::Paragraph => self.transcript.end_block(),
                HtmlBlock::Heading(level) => self.transcript.heading(level),
                HtmlBlock::List { ordered } => {
                    self.transcript.end_block();
                    let number = ordered.then(|| element.get("start").trim().parse().unwrap_or(1));
                    let parted = std::mem::take(&mut self.behind_list);
                    self.lists.push(List { number, begun: false, parted });
                }
                HtmlBlock::Item => self.item(),
                HtmlBlock::Quote => self.transcript.quote(),
                HtmlBlock::Table => {
                    let is_table = self.tables.contains(&index);
                    self.table.push(is_table);
                    match is_table {
                        true => self.transcript.table(),
                        false => self.transcript.end_block(),
                    }
                }
                HtmlBlock::Row if in_table => self.transcript.row(),
                HtmlBlock::Cell | HtmlBlock::Head if in_table => {
                    let span = |name| element.get(name).trim().parse().unwrap_or(1).clamp(1, SPAN);
                    self.transcript.cell(block == HtmlBlock::Head, span("colspan"), span("rowspan"));
                }
                HtmlBlock::Row | HtmlBlock::Cell | HtmlBlock::Head => self.transcript.end_block(),
                HtmlBlock::Verbatim => return self.verbatim(index, at),
            },
            Sense::Mark(mark) => look(mark).into_iter().for_each(|look| self.transcript.open(look)),
            Sense::Anchor => {
                let look = leads(element).map(|target| Look::Link(target.to_owned()));
                look.into_iter().for_each(|look| self.transcript.open(look));
            }
            Sense::Ruby if element.name == "ruby" => return self.ruby(index, at),
            _ if element.is_block() => self.transcript.end_block(),
            Sense::Break | Sense::Rule | Sense::Picture | Sense::Ruby | Sense::Bare | Sense::Unseen => {}
        }
        1
    }

    fn close(&mut self, element: &Element) {
        let in_table = self.table.last() == Some(&true);
        if element.is_block() {
            self.end_line();
        }
        match element.sense {
            Sense::Block(block) => match block {
                HtmlBlock::List { .. } => {
                    self.transcript.end_block();
                    self.lists.pop();
                    self.behind_list = true;
                }
                HtmlBlock::Item if !self.lists.is_empty() => self.transcript.end_container(),
                HtmlBlock::Quote => self.transcript.end_container(),
                HtmlBlock::Table => match self.table.pop() {
                    Some(true) => self.transcript.end_table(),
                    _ => self.transcript.end_block(),
                },
                HtmlBlock::Row if in_table => self.transcript.end_row(),
                HtmlBlock::Cell | HtmlBlock::Head if in_table => self.transcript.end_cell(block == HtmlBlock::Head),
                HtmlBlock::Paragraph
                | HtmlBlock::Heading(_)
                | HtmlBlock::Item
                | HtmlBlock::Row
                | HtmlBlock::Cell
                | HtmlBlock::Head
                | HtmlBlock::Verbatim => self.transcript.end_block(),
            },
            Sense::Mark(mark) => {
                if let Some(look) = look(mark) {
                    self.transcript.close(|open| *open == look);
                }
            }
            Sense::Anchor if leads(element).is_some() => self.transcript.close(|open| matches!(open, Look::Link(_))),
            _ if element.is_block() => self.transcript.end_block(),
            Sense::Anchor | Sense::Break | Sense::Rule | Sense::Picture | Sense::Ruby | Sense::Bare | Sense::Unseen => {
            }
        }
    }

    fn item(&mut self) {
        let Some(list) = self.lists.last_mut() else { return self.transcript.end_block() };
        let number = list.number;
        list.number = number.map(|number| number.saturating_add(1));
        let first = !std::mem::replace(&mut list.begun, true);
        self.transcript.end_block();
        if !first {
            self.transcript.close_up();
        }
        self.transcript.item(number, first && list.parted);
    }

    /// `<pre>`: its lines are meant; a block within it has lines of its own, as old pages that stand in one whole have them.
    fn verbatim(&mut self, index: usize, at: usize) -> usize {
        let events = &self.page.events[at + 1..];
        let len = events.iter().position(|event| *event == Event::Close(index)).unwrap_or(events.len());
        let mut text = String::new();
        let mut places: Vec<(usize, usize)> = vec![];
        let mut unseen = 0usize;
        let end_line =
            |text: &mut String| text.push_str(if text.is_empty() || text.ends_with('\n') { "" } else { "\n" });
        for (i, event) in events[..len].iter().enumerate() {
            match event {
                Event::Open(inner) | Event::Close(inner) => {
                    let element = &self.page.elements[*inner];
                    if is_unseen(element) {
                        unseen = if matches!(event, Event::Open(_)) { unseen + 1 } else { unseen.saturating_sub(1) };
                    } else if unseen == 0 && element.is_block() {
                        end_line(&mut text);
                    }
                }
                _ if unseen > 0 => {}
                Event::Rule => end_line(&mut text),
                Event::Text(range) if (self.kept)(at + 1 + i) => {
                    for piece in self.page.pieces(range.clone()) {
                        places.push((text.len(), self.page.place(piece.start)));
                        text.push_str(&self.page.text[piece]);
                    }
                }
                Event::Break => text.push('\n'),
                _ => {}
            }
        }
        let lines = text.trim_end().trim_start_matches('\n');
        let cut = text.trim_end().len() - lines.len();
        if !lines.is_empty() {
            self.transcript.verbatim(lines, |at| {
                let after = places.partition_point(|(text, _)| *text <= at + cut);
                after.checked_sub(1).map_or(0, |i| places[i].1 + (at + cut - places[i].0))
            });
        }
        len + 1
    }

    fn ruby(&mut self, index: usize, at: usize) -> usize {
        let events = &self.page.events[at + 1..];
        let len = events.iter().position(|event| *event == Event::Close(index)).unwrap_or(events.len());
        let (mut base, mut reading, mut part, mut place) = (String::new(), String::new(), "rb", None);
        for (i, event) in events[..len].iter().enumerate() {
            match event {
                Event::Open(inner) if matches!(self.page.elements[*inner].name, "rt" | "rp" | "rb") => {
                    part = self.page.elements[*inner].name;
                }
                Event::Close(inner) if matches!(self.page.elements[*inner].name, "rt" | "rp" | "rb") => part = "rb",
                Event::Text(range) if (self.kept)(at + 1 + i) => {
                    let text = self.page.text[range.clone()].trim_ascii();
                    if part == "rb" && !text.is_empty() && !reading.is_empty() {
                        self.write_ruby(&mut base, &mut reading, place.take());
                    }
                    place.get_or_insert(self.page.place(range.start));
                    match part {
                        "rt" => reading.push_str(text),
                        "rb" => base.push_str(text),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        self.write_ruby(&mut base, &mut reading, place);
        len + 1
    }

    fn write_ruby(&mut self, base: &mut String, reading: &mut String, place: Option<usize>) {
        let (base, reading) = (std::mem::take(base), std::mem::take(reading));
        let place = place.unwrap_or_default();
        self.last = base.chars().next_back().unwrap_or(self.last);
        match (base.is_empty(), reading.is_empty()) {
            (false, false) => self.transcript.ruby(&base, &reading, place),
            _ => self.transcript.string(&(base + &reading), |_| place),
        }
    }

    /// Text between tags: blanks are one, and a line end between two Chinese characters is none.
    fn words(&mut self, range: Range<usize>) {
        let page = self.page;
        let mut rest = range;
        while !rest.is_empty() {
            let text = &page.text[rest.clone()];
            let blank = text.len() - text.trim_ascii_start().len();
            if blank > 0 {
                self.gap = Some(self.gap == Some(true) || text[..blank].contains('\n'));
            }
            let word = &text[blank..];
            let len = word.find(|c: char| c.is_ascii_whitespace()).unwrap_or(word.len());
            let own = rest.start + blank..rest.start + blank + len;
            rest.start = own.end;
            if let Some(first) = word.chars().next() {
                let joins = |line_end: bool| line_end && is_wide(self.last) && is_wide(first);
                if self.gap.take().is_some_and(|line_end| !joins(line_end)) {
                    self.transcript.space();
                }
                self.word(own);
            }
        }
    }

    fn word(&mut self, range: Range<usize>) {
        let page = self.page;
        self.behind_list = false;
        let mut range = range;
        if self.transcript.begins_line() {
            let text = &page.text[range.clone()];
            let indent = text.len() - text.trim_start().len();
            if self.transcript.indent(&text[..indent]) {
                range.start += indent;
            }
            if range.is_empty() {
                return;
            }
        }
        let text = &page.text[range.clone()];
        self.last = text.chars().next_back().unwrap_or(self.last);
        self.transcript.string(text, |at| page.place(range.start + at));
    }
}

/// Whether no blank stands beside a character where a line ends.
fn is_wide(c: char) -> bool {
    is_han(c) || is_cjk_mark(c)
}

/// How a mark looks.
fn look(mark: HtmlMark) -> Option<Look> {
    Some(match mark {
        HtmlMark::Strong => Look::Strong,
        HtmlMark::Emphasis => Look::Emphasis,
        HtmlMark::Underline(line) => Look::Underline(line),
        HtmlMark::Superscript => Look::Superscript,
        HtmlMark::Subscript => Look::Subscript,
        HtmlMark::Small => Look::Gloss,
        // Within a line it is text in another face.
        HtmlMark::Code => return None,
    })
}
