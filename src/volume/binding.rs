//! The binding of a volume: its texts one after the other, then what stands around them.

use super::data::{Order, Particulars, Rows};
use super::facts::Facts;
use super::item::{Item, Text};
use super::order;
use super::papers::{self, Looks, Remarks};
use super::shelf::Shelf;
use crate::batch::{Choose, load};
use crate::discover::Input;
use crate::document::{BlockKind, Document, Meta};
use crate::error::{Cause, Error, Kind, Stage};
use crate::fonts::Library;
use crate::lang::Language;
use crate::layout::{self, Layout, Tag};
use crate::memory::{Budget, MOST, TooMuch};
use crate::normalize::is_layout;
use crate::pictures::Pictures;
use crate::pipeline::{self, SetText};
use crate::report::sheet;
use crate::style::Style;
use crate::unit::Unit;
use crate::write::pdf::{Bound, Place, Volume};
use crate::write::{self, Provenance};
use crate::{Deflate, Source, read};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Longest file name that a source is attached by, in characters.
const NAME: usize = 100;
/// The style whose paper cover, list and record stand on.
const PAPER: &str = "official";

/// What is bound, and how.
#[derive(Debug)]
pub struct Binding<'b> {
    /// The texts.
    pub inputs: &'b [Input],
    /// How each is read and what its pages look like.
    pub settings: &'b dyn Choose,
    /// What is said of the volume.
    pub particulars: &'b Particulars,
    /// What is said of its texts.
    pub rows: &'b Rows,
    /// Their order.
    pub order: Order,
    /// Title of last resort, which is shown in brackets.
    pub stem: &'b str,
    /// Largest text in bytes.
    pub max_size: u64,
    /// Most running pages of a volume; an item is never parted.
    pub split: Option<usize>,
    /// Each text begins on a right-hand page.
    pub print_ready: bool,
    /// Date for metadata, ISO 8601.
    pub date: Option<&'b str>,
    /// The faces.
    pub library: &'b Library,
}

/// A volume that was made.
#[derive(Debug)]
pub struct Made {
    /// Its title.
    pub title: String,
    /// The volume.
    pub pdf: Vec<u8>,
    /// Its list, as DOCX, Markdown and a table.
    pub docx: Vec<u8>,
    /// As above.
    pub markdown: Vec<u8>,
    /// As above.
    pub csv: Vec<u8>,
    /// Its texts.
    pub items: Vec<Item>,
    /// Pages of the PDF.
    pub pages: usize,
}

/// A text that is set.
struct Set {
    source: Source,
    text: SetText,
    /// Digest of the settings by which it was read.
    read_by: String,
}

/// What is done so far.
struct Bench<'b> {
    binding: &'b Binding<'b>,
    /// Which of several volumes it is.
    number: Option<usize>,
    volume: Volume<'b>,
    items: Vec<Item>,
    /// Where each item begins: the page among those of the texts.
    begins: Vec<usize>,
    remarks: Remarks,
    edits: BTreeMap<String, usize>,
    missing: BTreeSet<String>,
    /// The next running number.
    next: usize,
}

impl Binding<'_> {
    /// Binds the texts: as one volume, or as many as it takes where volumes have no more than so many pages; each is put on the `shelf` when it is made.
    /// `told` hears of each text that is bound.
    ///
    /// # Errors
    /// Of each text that cannot be read or set; nothing is to be placed then, for a volume lacks none of its texts. And when the shelf has no room.
    pub fn make(&self, deflate: &mut Deflate, shelf: &mut Shelf<'_>, told: &mut dyn FnMut()) -> Result<(), Vec<Error>> {
        let inputs = self.in_order().map_err(|error| vec![error])?;
        if inputs.is_empty() {
            return Err(vec![Error::new(Stage::Discover, Kind::Empty, "-", Cause::NothingToBind)]);
        }
        let mut errors = vec![];
        let mut items = self.items(inputs).into_iter().peekable();
        // What did not fit into the volume before.
        let mut next = None;
        while items.peek().is_some() || next.is_some() {
            let number = shelf.volumes().count() + 1;
            let mut bench = Bench::new(self, self.split.map(|_| number), deflate);
            loop {
                let set = || Some(self.set_all(items.next()?, &mut errors, &mut *told));
                let Some(item) = next.take().or_else(set) else { break };
                if errors.is_empty() && bench.is_full(&item) {
                    next = Some(item);
                    break;
                }
                if errors.is_empty() {
                    errors.extend(bench.add(item).err());
                }
            }
            if errors.is_empty() {
                let fail = |kind, cause| vec![Error::new(Stage::Write, kind, self.stem, cause)];
                let made = bench.close().map_err(|why| fail(Kind::Bug, Cause::text(why)))?;
                shelf.put(made).map_err(|error| fail(Kind::Unwritable, (&error).into()))?;
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The inputs in items, each where its first text stands; the texts of an item are in the order of the table.
    fn items<'i>(&self, inputs: Vec<&'i Input>) -> Vec<Vec<&'i Input>> {
        let mut items: Vec<Vec<&Input>> = vec![];
        let mut known: HashMap<&str, usize> = HashMap::new();
        for input in inputs {
            match self.row(input).and_then(|row| row.item.as_deref()) {
                Some(item) => match known.get(item) {
                    Some(&at) => items[at].push(input),
                    None => {
                        known.insert(item, items.len());
                        items.push(vec![input]);
                    }
                },
                None => items.push(vec![input]),
            }
        }
        items.iter_mut().for_each(|item| item.sort_by_cached_key(|input| self.rows.place(&input.shown)));
        items
    }

    /// The inputs in the order that is asked for.
    fn in_order(&self) -> Result<Vec<&Input>, Error> {
        let mut inputs: Vec<&Input> = self.inputs.iter().collect();
        inputs.sort_by(|a, b| order::compare(&a.shown, &b.shown));
        match self.order {
            Order::Name => {}
            Order::List => {
                inputs.sort_by_cached_key(|input| {
                    self.rows.place(&input.shown).map_or((true, 0), |place| (false, place))
                });
            }
            Order::Date => {
                let mut dated = inputs
                    .into_iter()
                    .map(|input| {
                        let source = load(input, self.max_size)?;
                        let chosen = self.settings.choose(input)?;
                        let facts = Facts::of(&read(&source, &chosen.settings)?.document);
                        let item = Item::new(self.row(input), &facts, source.stem());
                        Ok(((item.date.is_empty(), item.date), input))
                    })
                    .collect::<Result<Vec<_>, Error>>()?;
                dated.sort_by(|(a, _), (b, _)| a.cmp(b));
                return Ok(dated.into_iter().map(|(_, input)| input).collect());
            }
        }
        Ok(inputs)
    }

    fn row(&self, input: &Input) -> Option<&super::data::Row> {
        self.rows.row(self.rows.place(&input.shown)?)
    }

    /// Reads the texts of an item and sets them on pages; what cannot be read goes to `errors`.
    fn set_all<'i>(
        &self,
        inputs: Vec<&'i Input>,
        errors: &mut Vec<Error>,
        told: &mut dyn FnMut(),
    ) -> Vec<(&'i Input, Set)> {
        let set = |input| {
            told();
            self.set(input).map(|set| (input, set)).map_err(|error| errors.push(error)).ok()
        };
        inputs.into_iter().filter_map(set).collect()
    }

    /// Reads a text and sets it on pages.
    fn set(&self, input: &Input) -> Result<Set, Error> {
        let chosen = self.settings.choose(input)?;
        let source = load(input, self.max_size)?;
        let budget = Budget::default();
        let text = pipeline::set(&source, &chosen.settings, self.library, &mut budget.share())?;
        Ok(Set { source, text, read_by: chosen.reading().to_owned() })
    }
}

impl<'b> Bench<'b> {
    fn new(binding: &'b Binding<'b>, number: Option<usize>, deflate: &'b mut Deflate) -> Self {
        let volume = Volume::new(binding.library, binding.date, deflate);
        let (items, begins, remarks, edits, missing) = Default::default();
        Bench { binding, number, volume, items, begins, remarks, edits, missing, next: 1 }
    }

    /// Whether an item that is set wants another volume.
    fn is_full(&self, item: &[(&Input, Set)]) -> bool {
        let pages = item.iter().flat_map(|(_, set)| &set.text.layout.pages).filter(|page| !page.is_blank()).count();
        !self.items.is_empty() && self.binding.split.is_some_and(|most| self.next - 1 + pages > most)
    }

    /// Adds an item behind the others.
    fn add(&mut self, texts: Vec<(&Input, Set)>) -> Result<(), Error> {
        let begin = self.volume.pages();
        let count = texts.len();
        let mut item = Item::default();
        for (index, (input, set)) in texts.into_iter().enumerate() {
            self.add_text(input, set, &mut item, (index, count))?;
        }
        self.begins.push(begin);
        self.items.push(item);
        Ok(())
    }

    /// Adds text `index`, from 0, of the `count` that an item has.
    fn add_text(
        &mut self,
        input: &Input,
        Set { source, text, read_by }: Set,
        item: &mut Item,
        (index, count): (usize, usize),
    ) -> Result<(), Error> {
        let SetText { reading, mut layout, style, pictures, notes } = text;
        let held = self.volume.held();
        if held > MOST {
            return Err(TooMuch(held).error(Stage::Write, &source.path));
        }
        let Binding { library, print_ready, .. } = *self.binding;
        let document = &reading.document;
        let own = Item::new(self.binding.row(input), &Facts::of(document), source.stem());
        let width = self.binding.inputs.len().to_string().len().max(4);
        let number = self.items.len() + 1;
        let place = match index {
            0 => format!("{number:0width$}"),
            _ => format!("{number:0width$}-{}", index + 1),
        };
        let title = format!("{place} {}", own.title);
        let before = self.volume.pages();
        layout.make_part(Tag::Part, Language::ZhHans);
        let first = self.next;
        self.next = layout.run_on(self.next, before, &style, library);
        if index == 0 {
            *item = Item { first, ..own };
        }
        item.last = self.next.saturating_sub(1).max(first);
        let digits = count.to_string().len();
        let name = match count {
            1 => attached(&place, &source.name),
            _ => attached(&format!("{number:0width$}-{:0digits$}", index + 1), &source.name),
        };
        item.texts.push(Text { first, name: name.clone(), sha256: source.sha256.clone(), reading: read_by });
        if print_ready && index + 1 == count && (before + layout.pages.len()) % 2 == 1 {
            layout.add_blank();
        }
        // The title stands among the bookmarks already.
        let is_title = |block: usize| matches!(document.blocks.get(block).map(|block| &block.kind), Some(BlockKind::Heading(heading)) if heading.title);
        layout.outline.retain(|entry| !is_title(entry.block));
        let provenance =
            Provenance { name, bytes: &source.bytes, sha256: source.sha256.clone(), ..Provenance::default() };
        let bound = Bound { layout: &layout, pictures: &pictures, title: &title, source: Some(&provenance) };
        let failed = |why: String| Error::new(Stage::Write, Kind::Bug, &*input.shown, Cause::text(why));
        self.volume.add(Place::Text, &bound).map_err(failed)?;
        for (rule, count) in reading.normalized.counts().into_iter().filter(|(rule, _)| !is_layout(rule)) {
            *self.edits.entry(rule.to_owned()).or_default() += count;
        }
        if !reading.decoded.malformed.is_empty() && self.remarks.unread.last() != Some(&number) {
            self.remarks.unread.push(number);
        }
        let missing = notes.iter().filter(|note| note.kind == "missing-glyph");
        self.missing.extend(missing.filter_map(|note| Some(note.detail.to_string().split(' ').next()?.to_owned())));
        Ok(())
    }

    /// Puts cover, list and record around the texts.
    fn close(mut self) -> Result<Made, String> {
        let Binding { particulars, library, stem, print_ready, date, .. } = *self.binding;
        let base = Style::builtin(PAPER).ok_or("there is no style for the cover")?;
        let looks = Looks::of(&base);
        let title = particulars.title.clone().unwrap_or_else(|| format!("[{stem}]"));
        self.remarks.pages = self.next - 1;
        self.remarks.edits = std::mem::take(&mut self.edits).into_iter().collect();
        self.remarks.missing = std::mem::take(&mut self.missing).into_iter().collect();
        let pictures = Pictures::default();
        let mut pages = 0;
        let mut add = |volume: &mut Volume<'_>, place: Place, title: &str, mut layout: Layout| {
            layout.outline.clear();
            let count = layout.pages.len();
            if print_ready && count % 2 == 1 {
                layout.add_blank();
            }
            pages += layout.pages.len();
            volume.add(place, &Bound { layout: &layout, pictures: &pictures, title, source: None })
        };

        let cover = papers::cover((&title, self.number), particulars, &self.items, self.remarks.pages);
        let mut set = layout::lay_out(&cover, &looks.cover, library).0;
        set.make_part(Tag::Cover, Language::ZhHans);
        set.call(&looks.cover, |_| papers::COVER.to_owned());
        set.enclose(Tag::Heading(1), looks.cover.page.width * 2 / 3, Unit::pt(20));
        add(&mut self.volume, Place::Front, papers::COVER, set)?;

        let list = papers::list(&self.items, true);
        let mut set = layout::lay_out(&list, &looks.list, library).0;
        set.make_part(Tag::FileList, Language::ZhHans);
        set.call(&looks.list, layout::roman);
        set.lead(|address| Some((*self.begins.get(papers::place(address)?)?, Unit::ZERO)));
        add(&mut self.volume, Place::Front, papers::LIST_TITLE, set)?;

        let record = papers::record(particulars, self.items.len(), &self.remarks);
        let mut set = layout::lay_out(&record, &looks.record, library).0;
        set.make_part(Tag::FileRecord, Language::ZhHans);
        set.call(&looks.record, |_| papers::RECORD.to_owned());
        let page = &looks.record.page;
        // Below the heading, and half a line above what stands in it.
        let below = looks.record.pitch * 5 / 2;
        let height = looks.record.pitch * page.lines - below;
        set.frame((page.inside, page.top + below), (looks.record.measure(), height));
        add(&mut self.volume, Place::Back, papers::RECORD, set)?;

        let list = papers::list(&self.items, false);
        let meta = Meta {
            title: Some(title.clone()),
            language: Language::ZhHans,
            date: date.map(str::to_owned),
            ..Meta::default()
        };
        let document = Document { meta, ..Document::default() };
        let digests: Vec<String> =
            self.items.iter().flat_map(|item| &item.texts).map(|text| text.sha256.clone()).collect();
        let pages = self.volume.pages() + pages;
        let pdf = self.volume.finish(&document, particulars.number.as_deref(), &digests, print_ready)?;
        let provenance = Provenance {
            name: papers::LIST_TITLE.to_owned(),
            date: document.meta.date.clone(),
            ..Provenance::default()
        };
        let style = Style { ledger: None, ..looks.list };
        let docx =
            write::docx::write(&list, &style, &provenance, &write::docx::Options::default(), &mut Deflate::default())?;
        let markdown = write::markdown::write(&list, &write::markdown::Options::default()).into_bytes();
        Ok(Made { title, pdf, docx, markdown, csv: table(&self.items).into_bytes(), items: self.items, pages })
    }
}

/// The list as a table for programs.
fn table(items: &[Item]) -> String {
    let heads = ["顺序号", "档号", "文号", "责任者", "题名", "日期", "页号", "密级", "备注", "文件", "SHA-256"];
    let rows = items.iter().enumerate().map(|(index, item)| {
        let Item { archive, number, issuer, title, date, secrecy, note, .. } = item.clone();
        let (place, pages) = ((index + 1).to_string(), item.pages(index + 1 == items.len()));
        let of_each = |said: fn(&Text) -> &str| item.texts.iter().map(said).collect::<Vec<_>>().join("\n");
        let (name, sha256) = (of_each(|text| &text.name), of_each(|text| &text.sha256));
        vec![place, archive, number, issuer, title, date, pages, secrecy, note, name, sha256]
    });
    let rows: Vec<Vec<String>> = std::iter::once(heads.map(String::from).to_vec()).chain(rows).collect();
    sheet::write(&rows)
}

/// The name by which the text at `place` is attached, of a file `name`: unique, and so that names stand in the order of places.
fn attached(place: &str, name: &str) -> String {
    let name = crate::unicode::printable(name);
    let name = match name.char_indices().nth_back(NAME) {
        Some((start, c)) => &name[start + c.len_utf8()..],
        None => &name,
    };
    format!("{place}-{name}")
}
