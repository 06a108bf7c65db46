//! The article of a page, told from what stands around it: navigation, advertisements, the names of those who made the site.
//!
//! A page falls into pieces, each a line of its own. Facts of a piece speak so many bits for the article or for its surroundings, and a change from one to the
//! other costs bits as well: many between lines of one block, fewer where tables and divisions lie between them. The cheapest way through the page decides, so a
//! single link within a text stays, and a single sentence within a column of links does not.

use super::table;
use super::tree::{Event, Page, is_unseen};
use crate::chinese::words::Word;
use crate::document::{HtmlBlock, Sense};
use crate::unicode::is_han;
use std::ops::Range;

/// A piece of a page: a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its events.
    pub events: Range<usize>,
    /// The block that it stands in.
    pub block: usize,
    /// How much it says, in characters that are no blanks.
    pub chars: usize,
    /// Whether it belongs to the article.
    pub kept: bool,
}

/// Tenths of bits.
type Tenths = i32;

/// The least and the most that what stands around a piece says about it.
const AROUND: (Tenths, Tenths) = (-80, 50);
/// The most that the length of a piece and its stops say.
const LONG: Tenths = 60;
/// The most that they say for one that is no sentence: lists and dates stand in the same elements as the text.
const BARE: Tenths = 15;
/// What a piece says that is no link.
const FREE: Tenths = 5;
/// A page with so many characters of prose has one text, and leads to others around it.
const PROSE: usize = 300;
/// What a line that only leads elsewhere says there.
const ELSEWHERE: Tenths = -25;
/// What is about the site is said in fewer characters; the title of a page, and what is announced, in fewer yet.
const SITES: usize = 120;
const NOTICE: usize = 60;
/// A link of so many characters has a title in it.
const LINK: usize = 8;
/// What is said about the site, and not by the text.
const SITE: Tenths = -100;
/// What short lines say that follow where something else is announced.
const FOLLOWING: Tenths = -25;
/// What the title of a page says where it stands.
const TITLE: Tenths = 60;
/// A line of so many characters announces what stands around the text: 相关新闻, 推荐阅读.
const ANNOUNCED: usize = 12;
/// What a change costs between lines of one block, what it costs less for each block that ends or begins between them, and what it costs at least.
const CHANGE: (Tenths, Tenths, Tenths) = (120, 25, 30);
/// What is kept so many pieces from the text, or fewer, is near it.
const NEAR: usize = 3;
/// Prose has a stop in so many characters, and where it goes on apart from the text, at least one in so many of that.
const PERIOD: usize = 20;
const SMALL: usize = 20;
/// Of what other texts say in a list of them, one piece in so many leads to one.
const TEASED: usize = 3;
/// The title of a page stands so many pieces above its text at most.
const ABOVE: usize = 24;
/// Blocks between two pieces are counted so far.
const APART: usize = 8;
/// An article has so many characters, or is so much of its page, one in: with less, nothing is told from anything.
const LEAST: (usize, usize) = (60, 12);

/// What names of elements and roles say.
const PLACES: &[(&str, Tenths)] = &[
    ("article", 40),
    ("aside", -40),
    ("banner", -50),
    ("complementary", -40),
    ("contentinfo", -60),
    ("footer", -60),
    ("header", -20),
    ("main", 40),
    ("nav", -60),
    ("navigation", -60),
    ("noframes", -80),
    ("search", -50),
];

/// What words in classes and ids say.
const CLASSES: &[(&str, Tenths)] = &[
    ("ad", -40),
    ("ads", -40),
    ("advert", -40),
    ("article", 30),
    ("banner", -40),
    ("breadcrumb", -60),
    ("breadcrumbs", -60),
    ("comment", -60),
    ("comments", -60),
    ("content", 25),
    ("copyright", -60),
    ("crumb", -60),
    ("entry", 25),
    ("foot", -50),
    ("footer", -60),
    ("header", -20),
    ("login", -40),
    ("menu", -50),
    ("nav", -50),
    ("navbar", -60),
    ("navigation", -60),
    ("neirong", 30),
    ("pager", -50),
    ("pagination", -50),
    ("post", 20),
    ("recommend", -40),
    ("related", -40),
    ("share", -50),
    ("sidebar", -50),
    ("social", -40),
    ("toolbar", -50),
    ("topbar", -40),
    ("widget", -40),
    ("zhengwen", 30),
];

/// The pieces of `page`, and whether an article was told from the rest; where none was, all is kept.
pub fn pieces(page: &Page) -> (Vec<Piece>, bool) {
    let around = around(page);
    let mut pieces = vec![];
    let mut weighed = vec![];
    let tables = table::that_say(page);
    let cut = cut(page);
    let is_prose = |said: &Said| said.stops > 0 && said.inside * 2 < said.chars;
    let prose: usize = cut.iter().map(|(_, said)| if is_prose(said) { said.chars } else { 0 }).sum();
    let title: String = page.title.clone().map_or("", |range| &page.text[range]).split_whitespace().collect();
    let mut following = false;
    let mut voices = vec![];
    for (piece, said) in cut {
        let around = around[piece.block];
        let mut own = said.bits() + if said.stops == 0 && said.heading == 0 { around.min(BARE) } else { around };
        let is_title = said.chars >= LINK && said.chars <= NOTICE && title.contains(&*said.squeezed());
        own += if is_title { TITLE } else { 0 };
        // What is announced is over where sentences follow.
        following &= said.chars <= NOTICE || said.stops < 2;
        own += if following && said.stops < 3 { FOLLOWING } else { 0 };
        if prose >= PROSE && said.leads() {
            own = own.min(ELSEWHERE);
        }
        // The cells of a table are read together, whatever leads about among them.
        let bits = if tables[piece.block] { own.max(FREE) } else { own };
        let announces = said.chars <= ANNOUNCED && said.is_about_site();
        following |= announces;
        weighed.push(Weighed { bits, announces });
        let (heads, leads) = (matches!(said.heading, 1 | 2), said.leads());
        voices.push(Voice { linked: said.inside, stops: said.stops, heads, is_title, announces, leads });
        pieces.push(piece);
    }
    let all: usize = pieces.iter().map(|piece| piece.chars).sum();
    // Where little is said, little speaks for the article; then a change must cost less.
    let told = [1, 2].iter().any(|cheaper| {
        let kept = cheapest(page, &pieces, &weighed, *cheaper);
        pieces.iter_mut().zip(kept).for_each(|(piece, kept)| piece.kept = kept);
        let own: usize = pieces.iter().filter(|piece| piece.kept).map(|piece| piece.chars).sum();
        own >= LEAST.0.min(all / 4) && own * LEAST.1 >= all
    });
    if !told {
        pieces.iter_mut().for_each(|piece| piece.kept = true);
        return (pieces, told);
    }
    if prose >= PROSE {
        let scattered = scattered(&pieces, &voices);
        pieces.iter_mut().zip(scattered).for_each(|(piece, scattered)| piece.kept &= !scattered);
    }
    if let Some(at) = heading(&pieces, &voices) {
        pieces[at].kept = true;
    }
    (pieces, told)
}

/// What speaks for a piece, and whether it announces what stands around the text.
struct Weighed {
    bits: Tenths,
    announces: bool,
}

/// What of a piece tells whether it may stand apart from the text.
struct Voice {
    /// Characters in links.
    linked: usize,
    stops: usize,
    /// Whether it is a heading that may be that of the text, and whether it says the title of the page.
    heads: bool,
    is_title: bool,
    /// Whether it announces other texts, and whether it leads to one.
    announces: bool,
    leads: bool,
}

/// The stretches of pieces that are kept, and among them the text: that which says most but for its links.
fn stretches(pieces: &[Piece], voices: &[Voice]) -> (Vec<Range<usize>>, Option<Range<usize>>) {
    let stretches = pieces.chunk_by(|a, b| a.kept == b.kept).scan(0, |at, stretch| {
        let start = std::mem::replace(at, *at + stretch.len());
        Some(start..*at)
    });
    let kept: Vec<Range<usize>> = stretches.filter(|range| pieces[range.start].kept).collect();
    let says = |range: &&Range<usize>| chars(pieces, range).saturating_sub(sum(voices, range, |voice| voice.linked));
    let text = kept.iter().max_by_key(says).cloned();
    (kept, text)
}

fn chars(pieces: &[Piece], range: &Range<usize>) -> usize {
    pieces[range.clone()].iter().map(|piece| piece.chars).sum()
}

fn sum(voices: &[Voice], range: &Range<usize>, of: fn(&Voice) -> usize) -> usize {
    voices[range.clone()].iter().map(of).sum()
}

/// The title of the page above its text, where only links, dates and buttons lie between: the piece that says it, if the text itself does not.
fn heading(pieces: &[Piece], voices: &[Voice]) -> Option<usize> {
    let text = stretches(pieces, voices).1?;
    let from = text.start.saturating_sub(ABOVE);
    let inside =
        voices[from..text.end].iter().zip(&pieces[from..text.end]).any(|(voice, piece)| voice.is_title && piece.kept);
    (from..text.start).rev().find(|&at| voices[at].is_title && !inside)
}

/// Whether each piece is kept apart from the text without a voice of its own. A text stands in one place, perhaps parted by what is shown within it: what is kept
/// elsewhere and only leads further, or has neither a sentence nor the title of the page, is a list of other texts, or its heading; far from it, also what has
/// few stops, or is small.
fn scattered(pieces: &[Piece], voices: &[Voice]) -> Vec<bool> {
    let (stretches, text) = stretches(pieces, voices);
    let mut scattered = vec![false; pieces.len()];
    let Some(text) = text else { return scattered };
    for range in &stretches {
        // Behind what announces other texts, what leads to them stands among what they say.
        let (mut leads, mut list) = (0, range.end);
        for at in range.clone().rev() {
            leads += usize::from(voices[at].leads);
            let announced = voices[at].announces || at == range.start && at > 0 && voices[at - 1].announces;
            if announced && leads * TEASED >= range.end - at {
                list = at;
            }
        }
        scattered[list..range.end].fill(true);
    }
    for range in stretches.into_iter().filter(|range| *range != text) {
        let (chars, stops) = (chars(pieces, &range), sum(voices, &range, |voice| voice.stops));
        let leads = sum(voices, &range, |voice| voice.linked) * 2 > chars;
        let between = if range.end <= text.start { text.start - range.end } else { range.start - text.end };
        let far = between > NEAR && (stops * PERIOD < chars || chars * SMALL < self::chars(pieces, &text));
        if !voices[range.clone()].iter().any(|voice| voice.heads || voice.is_title) && (leads || stops == 0 || far) {
            scattered[range].fill(true);
        }
    }
    scattered
}

/// What the elements around each element say, and it itself.
fn around(page: &Page) -> Vec<Tenths> {
    let mut around: Vec<Tenths> = Vec::with_capacity(page.elements.len());
    for element in &page.elements {
        let place = |name: &str| PLACES.iter().find(|(known, _)| *known == name).map_or(0, |(_, bits)| *bits);
        let named = [element.get("class"), element.get("id")];
        let words = named.iter().flat_map(|names| names.split(|c: char| !c.is_ascii_alphabetic()));
        let class =
            |word: &str| CLASSES.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, bits)| *bits);
        let (least, most) =
            words.take(16).filter_map(class).fold((0, 0), |(least, most), bits| (bits.min(least), bits.max(most)));
        let own = place(element.name) + place(element.get("role")) + if least < 0 { least } else { most };
        let outer = around.get(element.parent).copied().unwrap_or_default();
        around.push((outer + own).clamp(AROUND.0, AROUND.1));
    }
    around
}

/// What a piece says.
#[derive(Debug, Default)]
struct Said {
    /// Its text, as far as it may be a notice.
    text: String,
    chars: usize,
    /// Characters in links, but for those of sentences; and all of them.
    linked: usize,
    inside: usize,
    links: usize,
    stops: usize,
    heading: u8,
    pictures: usize,
}

impl Said {
    /// Its text without blanks.
    fn squeezed(&self) -> String {
        self.text.split_whitespace().collect()
    }

    /// Whether it speaks of the site.
    fn is_about_site(&self) -> bool {
        self.chars <= SITES && Word::PageFrame.is_in(&self.text)
    }

    /// Whether it only leads elsewhere.
    fn leads(&self) -> bool {
        self.chars > 0 && self.inside * 10 >= self.chars * 9 && !matches!(self.heading, 1 | 2)
    }

    /// What speaks for it.
    fn bits(&self) -> Tenths {
        if self.chars == 0 {
            return 0;
        }
        let free = self.chars - self.linked;
        let tenths = |n: usize| Tenths::try_from(n).unwrap_or(LONG);
        let mut bits = (tenths(free.min(1000)) / 2 + tenths(self.stops.min(100)) * 8).min(LONG);
        if self.linked * 2 >= self.chars {
            let share = tenths(30 * self.linked / self.chars);
            // What leads to other texts has their titles in it; what leads about has a word.
            let long = self.linked >= LINK * self.links.max(1);
            bits -= if long { (15 + share) / 4 } else { 15 + share };
            // A row of words that lead about.
            bits -= if long { 0 } else { 10 * tenths(self.links.saturating_sub(2).min(6)) };
        } else {
            bits += FREE;
        }
        if self.is_about_site() {
            bits += SITE;
        }
        bits + match self.heading {
            _ if self.linked == self.chars && self.chars < LINK => 0,
            1 => 40,
            2 | 3 => 20,
            4..=6 => 10,
            _ => 0,
        }
    }
}

/// The pieces, all kept, each with what it says.
fn cut(page: &Page) -> Vec<(Piece, Said)> {
    let mut found = vec![];
    let (mut blocks, mut unseen, mut links) = (vec![0], 0usize, 0usize);
    let mut heading = 0;
    let (mut start, mut said) = (0, Said::default());
    let mut part = |at: usize, block: usize, said: &mut Said| {
        let said = std::mem::take(said);
        if said.chars + said.pictures > 0 {
            found.push((Piece { events: start..at, block, chars: said.chars, kept: true }, said));
        }
        start = at;
    };
    for (at, event) in page.events.iter().enumerate() {
        let block = blocks.last().copied().unwrap_or_default();
        match event {
            Event::Open(index) | Event::Close(index) => {
                let element = &page.elements[*index];
                let opens = matches!(event, Event::Open(_));
                let count = |number: &mut usize, counts: bool| {
                    *number =
                        if opens { *number + usize::from(counts) } else { number.saturating_sub(usize::from(counts)) };
                };
                if element.is_block() {
                    part(at, block, &mut said);
                    if opens {
                        blocks.push(*index);
                    } else if blocks.len() > 1 {
                        blocks.pop();
                    }
                }
                count(&mut unseen, is_unseen(element));
                let target = element.get("href");
                let leads = element.sense == Sense::Anchor && !target.is_empty() && !target.starts_with('#');
                said.links += usize::from(leads && opens);
                count(&mut links, leads);
                if let Sense::Block(HtmlBlock::Heading(level)) = element.sense {
                    heading = if opens { level } else { 0 };
                }
            }
            Event::Text(range) if unseen == 0 => {
                let text = page.text.get(range.clone()).unwrap_or_default();
                let chars = text.chars().filter(|c| !c.is_whitespace()).count();
                said.chars += chars;
                // A sentence, and an address that is written out, are there to be read.
                let read = stops(text) > 0 || text.contains("://") || text.contains("www.") || text.contains('@');
                let leads = links > 0 && !read;
                said.linked += if leads { chars } else { 0 };
                said.inside += if links > 0 { chars } else { 0 };
                said.stops += stops(text);
                said.heading = heading;
                if said.text.len() < 4 * SITES {
                    said.text.push_str(text.trim_ascii());
                }
            }
            Event::Picture(_) if unseen == 0 => said.pictures += 1,
            Event::Text(_) | Event::Picture(_) => {}
            Event::Break | Event::Rule => part(at, block, &mut said),
        }
    }
    part(page.events.len(), 0, &mut said);
    found
}

/// How many stops of sentences `text` has.
fn stops(text: &str) -> usize {
    let mut before = ' ';
    let is_stop = |c: char| {
        let western = matches!(c, ',' | '.' | ';' | '!' | '?') && is_han(before);
        before = c;
        western || matches!(c, '，' | '。' | '；' | '！' | '？' | '、' | '…')
    };
    text.chars().map(is_stop).filter(|stop| *stop).count()
}

/// For each piece whether it belongs to the article: the way through all of them that costs least.
/// `cheaper`: a change costs so many times less.
fn cheapest(page: &Page, pieces: &[Piece], weighed: &[Weighed], cheaper: Tenths) -> Vec<bool> {
    // What the best way to each piece has gained, as one of the article and as one around it, and whether it came from the article.
    let mut gained: [i64; 2] = [0, 0];
    let mut from: Vec<[bool; 2]> = Vec::with_capacity(pieces.len());
    for (at, &Weighed { bits, announces }) in weighed.iter().enumerate() {
        let enters = i64::from(
            at.checked_sub(1).map_or(0, |before| change(page, pieces[before].block, pieces[at].block) / cheaper),
        );
        let leaves = if announces { enters.min(i64::from(CHANGE.2 / cheaper)) } else { enters };
        let [article, other] = gained;
        let (stays, comes) = (article >= other - enters, article - leaves > other);
        from.push([stays, comes]);
        gained = [
            i64::from(bits) + if stays { article } else { other - enters },
            if comes { article - leaves } else { other },
        ];
    }
    let mut kept = vec![false; pieces.len()];
    let mut article = gained[0] >= gained[1];
    for (at, from) in from.iter().enumerate().rev() {
        kept[at] = article;
        article = from[usize::from(!article)];
    }
    kept
}

/// What it costs to go over from a piece in block `a` to one in block `b`.
fn change(page: &Page, a: usize, b: usize) -> Tenths {
    let (mut a, mut b, mut apart) = (a, b, 0);
    // Of two elements the later one cannot be around the earlier.
    while a != b && apart < APART {
        let inner = if a > b { &mut a } else { &mut b };
        let element = &page.elements[*inner];
        apart += usize::from(element.is_block());
        *inner = element.parent;
    }
    let (most, less, least) = CHANGE;
    (most - less * Tenths::try_from(apart).unwrap_or(Tenths::MAX / less)).max(least)
}
