//! Tags that were saved with a text from the web: `<strong>`, `<br/>`, `<p>`, `&nbsp;` in what is no HTML otherwise.
//!
//! The text is read without them, and the document then led back to the places in the text that has them. Only what is surely used and
//! not spoken of: elements that are whole, in a Chinese text that says nothing of HTML and holds no tags but those of running text.

use crate::chinese::words::Word;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind};
use crate::note::Note;
use crate::recognize::html::{self, Block as HtmlBlock, Mark, Sense, Tag};
use crate::recognize::{ByHand, Region};
use crate::span::{Normal, Span};
use crate::unicode::is_han;
use std::iter::Peekable;
use std::ops::Range;

/// How many elements may stand within each other: what is deeper was not written for readers.
const DEEPEST: usize = 16;

/// A text without its tags.
pub struct Bare {
    /// What is left.
    pub text: String,
    /// The tags that say nothing that a document could say.
    pub notes: Vec<Note>,
    /// Places in `text`, and what they are in the text with tags: from each on, both count alike.
    places: Vec<(usize, usize)>,
    /// What stretches of `text` are, in the order of their ends.
    marks: Vec<Marked>,
}

/// A stretch of text that a pair of tags marks.
struct Marked {
    range: Range<usize>,
    mark: Mark,
    /// Where the first of this stretch and those after it begins.
    first: usize,
}

/// A tag and its place.
struct Found<'t> {
    tag: Tag<'t>,
    at: usize,
}

/// `text` without its tags, if it has any that are used.
pub fn bare(text: &str) -> Option<Bare> {
    let found = used(text)?;
    let mut bare = Bare { text: String::with_capacity(text.len()), notes: vec![], places: vec![(0, 0)], marks: vec![] };
    let mut open: Vec<(&Found<'_>, usize)> = vec![];
    let mut at = 0;
    for element @ Found { tag, at: start } in &found {
        bare.push(text, at..*start);
        at = start + tag.source.len();
        let here = bare.text.len();
        match (tag.sense, tag.closes) {
            (Sense::Break | Sense::Rule | Sense::Block(_), _) => bare.text.push('\n'),
            (Sense::Mark(mark), true) => {
                if let Some(index) = open.iter().rposition(|(begun, _)| begun.tag.name == tag.name) {
                    let (begun, from) = open.remove(index);
                    // A script that there are no characters for is opened out.
                    let content = vec![Inline::text(&bare.text[from..here], from..here)];
                    if mark.inline(content).is_err() {
                        bare.notes.push(begun.tag.note(begun.at..begun.at + begun.tag.source.len()));
                    }
                    bare.marks.push(Marked { range: from..here, mark, first: from });
                    // A line that is strong as a whole is set off from the text.
                    let begins = from == 0 || bare.text[..from].ends_with('\n');
                    if mark == Mark::Strong && begins && text[at..].starts_with('\n') {
                        bare.text.push('\n');
                    }
                }
            }
            (Sense::Mark(_), false) => open.push((element, here)),
            (_, true) => {}
            (_, false) => bare.notes.push(tag.note(*start..at)),
        }
    }
    bare.push(text, at..text.len());
    let mut first = usize::MAX;
    for marked in bare.marks.iter_mut().rev() {
        first = first.min(marked.range.start);
        marked.first = first;
    }
    Some(bare)
}

/// The tags that `text` uses; none where it could as well speak of them.
fn used(text: &str) -> Option<Vec<Found<'_>>> {
    if !text.contains('<') || Word::Markup.is_in(text) {
        return None;
    }
    let (mut found, mut depth) = (vec![], 0usize);
    // The line under way: where it ends, whether it is prose, and whether a `>` stands in it behind a place.
    let (mut line_end, mut prose, mut last_closing) = (0, false, None);
    for (at, _) in text.match_indices('<') {
        let rest = &text[at..];
        if at >= line_end {
            let start = text[line_end..at].rfind('\n').map_or(line_end, |i| line_end + i + 1);
            line_end = rest.find('\n').map_or(text.len(), |i| at + i + 1);
            prose = text[start..line_end].contains(is_han);
            last_closing = text[start..line_end].rfind('>').map(|i| start + i);
        }
        let Some(tag) = Tag::at(rest) else {
            // A tag of another language: the text is code, or speaks of it.
            let name = rest[1..].trim_start_matches('/');
            if name.starts_with(|c: char| c.is_ascii_lowercase()) && last_closing.is_some_and(|closing| closing > at) {
                return None;
            }
            continue;
        };
        let quoted = |c: char| matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '「' | '」');
        let end = at + tag.source.len();
        if !of_running_text(&tag)
            || !prose
            || text[..at].ends_with(quoted)
            || text[end..].starts_with(quoted)
            || html::is_spoken_of(text, &(at..end))
        {
            return None;
        }
        depth =
            if tag.closes { depth.saturating_sub(1) } else { depth + usize::from(!tag.is_void() && tag.name != "p") };
        if depth > DEEPEST {
            return None;
        }
        found.push(Found { tag, at });
    }
    let tags: Vec<Tag<'_>> = found.iter().map(|found| found.tag.clone()).collect();
    // A paragraph may lack its end.
    let whole = html::whole(&tags).iter().zip(&tags).all(|(whole, tag)| *whole || tag.name == "p");
    // A pair within a line alone could be an example.
    let begins_lines = found.iter().any(|f| f.tag.is_void() || f.at == 0 || text[..f.at].ends_with('\n'));
    (whole && begins_lines).then_some(found)
}

/// Whether a tag is one that stands in running text.
fn of_running_text(tag: &Tag<'_>) -> bool {
    match tag.sense {
        Sense::Break | Sense::Rule | Sense::Anchor => true,
        Sense::Mark(mark) => mark != Mark::Code,
        Sense::Block(block) => matches!(block, HtmlBlock::Paragraph | HtmlBlock::Heading(_)),
        Sense::Bare => matches!(tag.name, "font" | "span" | "big"),
        Sense::Picture | Sense::Ruby | Sense::Unseen => false,
    }
}

impl Bare {
    /// Appends `range` of `text`, its character references read.
    fn push(&mut self, text: &str, range: Range<usize>) {
        let mut at = range.start;
        while let Some(sign) = text[at..range.end].find('&').map(|found| at + found) {
            let len = text[sign..range.end].bytes().take(10).position(|b| b == b';').map(|len| len + 1);
            let read = len.map(|len| (len, html::unescaped(&text[sign..sign + len])));
            let end = read.as_ref().map_or(sign + 1, |(len, _)| sign + len);
            self.keep(text, at..sign);
            match read.filter(|(len, read)| read.len() < *len) {
                // A space that may not break is one that the page of the web needed.
                Some((_, read)) => {
                    self.places.push((self.text.len(), sign));
                    self.text.push_str(&read.replace('\u{a0}', " "));
                }
                None => self.keep(text, sign..end),
            }
            at = end;
        }
        self.keep(text, at..range.end);
    }

    fn keep(&mut self, text: &str, range: Range<usize>) {
        self.places.push((self.text.len(), range.start));
        self.text.push_str(&text[range]);
    }

    /// The place in the text with tags of `at` in the one without; at a seam, that after it, or that before it where a stretch `ends`.
    pub fn place(&self, at: usize, ends: bool) -> usize {
        let after = self.places.partition_point(|&(bare, _)| if ends { bare < at } else { bare <= at });
        let Some(&(bare, full)) = after.checked_sub(1).and_then(|i| self.places.get(i)) else { return at };
        // Within a character reference there is no place but its own.
        let next = self.places.get(after).map_or(usize::MAX, |&(_, full)| full);
        (full + (at - bare)).min(next)
    }

    /// `regions` of the text with tags, as they lie in the text without.
    pub fn regions(&self, regions: &[Region]) -> Vec<Region> {
        let mut bare = self.inward();
        let moved = |region: &Region| {
            let start = bare(region.span.start);
            region.clone().moved(Span::new(start, bare(region.span.end)))
        };
        regions.iter().map(moved).collect()
    }

    /// Leads from places in the text with tags, in order, to those in the one without.
    fn inward(&self) -> impl FnMut(usize) -> usize {
        let mut at = 0;
        move |offset: usize| {
            while self.places.get(at + 1).is_some_and(|&(_, text)| text <= offset) {
                at += 1;
            }
            let (bare, text) = self.places[at];
            let end = self.places.get(at + 1).map_or(self.text.len(), |next| next.0);
            (bare + offset.saturating_sub(text)).min(end)
        }
    }

    /// What was decided, with its places in the text without tags.
    pub fn decided(&self, by_hand: &ByHand) -> ByHand {
        let mut bare = self.inward();
        let headings = by_hand.headings.iter().map(|&(at, level)| (bare(at), level)).collect();
        ByHand { headings, ..by_hand.clone() }
    }

    fn lead_back(&self, span: &mut Span<Normal>) {
        let (start, end) = (self.place(span.start, false), self.place(span.end, true));
        *span = (start..end.max(start)).into();
    }

    /// Gives `document`, read from the text without tags, what the tags say and its places in the text with tags.
    pub fn restore(&self, document: &mut Document) {
        self.blocks(&mut document.blocks);
        for note in &mut document.footnotes {
            self.lead_back(&mut note.span);
            self.blocks(&mut note.blocks);
        }
    }

    fn blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading(heading) => {
                    self.inlines(&mut heading.content);
                    // A heading is set off as it is.
                    if let [Inline { kind: InlineKind::Strong(content), .. }] = heading.content.as_mut_slice() {
                        heading.content = std::mem::take(content);
                    }
                }
                BlockKind::Paragraph { content, .. } => self.inlines(content),
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.lead_back(&mut item.span);
                        self.blocks(&mut item.blocks);
                    }
                }
                BlockKind::Quote(blocks) => self.blocks(blocks),
                BlockKind::Verse(stanzas) => {
                    for line in stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines) {
                        self.lead_back(&mut line.span);
                        self.inlines(&mut line.content);
                    }
                }
                BlockKind::Table(table) => {
                    for row in &mut table.rows {
                        self.lead_back(&mut row.span);
                        row.cells.iter_mut().for_each(|cell| self.inlines(cell));
                    }
                }
                BlockKind::Code { .. } | BlockKind::Divider { .. } | BlockKind::Image(_) => {}
            }
            self.lead_back(&mut block.span);
        }
    }

    fn inlines(&self, content: &mut Vec<Inline>) {
        let (Some(first), Some(last)) = (content.first(), content.last()) else { return };
        let run = first.span.start..last.span.end;
        let ended = self.marks.partition_point(|marked| marked.range.end <= run.start);
        let rest = self.marks[ended..].iter().take_while(|marked| marked.first < run.end);
        let mut rest = rest.filter(|marked| marked.range.start < run.end).peekable();
        if rest.peek().is_some() {
            let mut marking = Marking::of(std::mem::take(content));
            rest.for_each(|Marked { range, mark, .. }| marking.mark(range, *mark));
            *content = marking.finish();
        }
        for inline in content {
            self.lead_back(&mut inline.span);
            if let InlineKind::Strong(content)
            | InlineKind::Emphasis(content)
            | InlineKind::Underline { content, .. }
            | InlineKind::Gloss(content) = &mut inline.kind
            {
                content.iter_mut().for_each(|inline| self.lead_back(&mut inline.span));
            }
        }
    }
}

/// Content of which stretches are marked, in the order of their ends: each is cut where one begins and ends, and looked at once.
struct Marking {
    /// What stands before the end of the last stretch.
    done: Vec<Inline>,
    /// The text under way: where it begins, and how much of it is done.
    text: Option<(String, usize, usize)>,
    rest: Peekable<std::vec::IntoIter<Inline>>,
}

impl Marking {
    fn of(content: Vec<Inline>) -> Marking {
        Marking { done: vec![], text: None, rest: content.into_iter().peekable() }
    }

    /// Marks what stands in `range`.
    fn mark(&mut self, range: &Range<usize>, mark: Mark) {
        self.go_on(range.end);
        let mut inner = vec![];
        while let Some(last) = self.done.pop_if(|last| last.span.end > range.start) {
            let start = last.span.start;
            match &last.kind {
                InlineKind::Text(text) if is_whole(&last) && start < range.start => {
                    let (before, within) = text.split_at(range.start - start);
                    inner.push(Inline::text(within, range.start..last.span.end));
                    self.done.push(Inline::text(before, start..range.start));
                }
                _ => inner.push(last),
            }
        }
        inner.reverse();
        if let (Some(first), Some(last)) = (inner.first(), inner.last()) {
            let span = first.span.start..last.span.end;
            match mark.inline(inner) {
                Ok(kind) => self.done.push(Inline::new(kind, span)),
                Err(inner) => self.done.extend(inner),
            }
        }
    }

    /// Goes on to `end`.
    fn go_on(&mut self, end: usize) {
        loop {
            if let Some((text, start, cut)) = &mut self.text {
                let to = end.saturating_sub(*start).clamp(*cut, text.len());
                if *cut < to {
                    self.done.push(Inline::text(&text[*cut..to], *start + *cut..*start + to));
                    *cut = to;
                }
                if to < text.len() {
                    return;
                }
                self.text = None;
            }
            let Some(next) = self.rest.next_if(|next| next.span.start < end) else { return };
            match next.kind {
                InlineKind::Text(text) if text.len() == next.span.len() => self.text = Some((text, next.span.start, 0)),
                _ => self.done.push(next),
            }
        }
    }

    fn finish(mut self) -> Vec<Inline> {
        self.go_on(usize::MAX);
        self.done
    }
}

/// Whether a piece of text is as it stands in the text without tags, so that it may be cut: what a tag has changed already is not.
fn is_whole(inline: &Inline) -> bool {
    matches!(&inline.kind, InlineKind::Text(text) if text.len() == inline.span.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::{Hints, plain};

    #[test]
    fn tags_of_the_web_are_read_in_a_chinese_text() {
        let text = "<strong>埋骨骸</strong>\n词曰：<br/>埋兄同返烟霞路，&nbsp;古刹聊停住。<p>话说<b>于冰</b>出了相府，来到店中，与众人说话。</p>\n<font color=red>完</font>\n";
        let (document, notes) = plain(text, &[], &Hints::default());
        assert_eq!(
            document.text(),
            "埋骨骸\n词曰：\n埋兄同返烟霞路， 古刹聊停住。\n话说于冰出了相府，来到店中，与众人说话。\n完\n"
        );
        assert_eq!(notes.iter().map(|n| n.detail.to_string()).collect::<Vec<_>>(), ["<font color=red>"]);
        let strong = document.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Paragraph { content, .. } => content.iter().find(|i| matches!(i.kind, InlineKind::Strong(_))),
            _ => None,
        });
        let bold: Vec<&str> = strong.into_iter().map(|inline| &text[inline.span.range()]).collect();
        assert_eq!(bold, ["于冰"]);
        for block in &document.blocks {
            let source = &text[block.span.range()];
            assert!(!source.starts_with('<') && !source.ends_with("br/>"), "{source}");
        }
    }

    #[test]
    fn a_first_line_that_is_strong_is_the_title() {
        let verse = "埋兄同返烟霞路，古刹聊停住。至亲好友喜相逢，此遇真奇遇。".repeat(4);
        let text = format!("<strong>设重险聊试道中人</strong>\n词曰：<br/>{verse}\n　　{verse}\n");
        let document = plain(&text, &[], &Hints::default()).0;
        assert_eq!(document.meta.title.as_deref(), Some("设重险聊试道中人"));
        let BlockKind::Heading(heading) = &document.blocks[0].kind else { panic!("{:?}", document.blocks[0]) };
        assert!(matches!(heading.content[..], [Inline { kind: InlineKind::Text(_), .. }]), "{heading:?}");
    }

    #[test]
    fn a_script_without_characters_is_opened_out_and_told() {
        let text = "水是H<sub>2</sub>O，注见<sup>某书</sup>。<br/>下一行。\n";
        let (document, notes) = plain(text, &[], &Hints::default());
        assert_eq!(document.text(), "水是H₂O，注见某书。\n下一行。\n");
        assert_eq!(notes.iter().map(|n| n.detail.to_string()).collect::<Vec<_>>(), ["<sup>"]);
    }

    #[test]
    fn marks_within_and_across_each_other_are_each_set() {
        let text = "<b>山<i>水</i>清</b>音<u>何<b>必</b></u>\n<i>丝<b>与</i>竹</b>\n";
        let document = plain(text, &[], &Hints::default()).0;
        assert_eq!(document.text(), "山水清音何必\n丝与竹\n");
        fn told(content: &[Inline]) -> String {
            let one = |inline: &Inline| match &inline.kind {
                InlineKind::Text(text) => text.clone(),
                InlineKind::Strong(content) => format!("[b {}]", told(content)),
                InlineKind::Emphasis(content) => format!("[i {}]", told(content)),
                InlineKind::Underline { content, .. } => format!("[u {}]", told(content)),
                other => format!("{other:?}"),
            };
            content.iter().map(one).collect()
        }
        let paragraphs: Vec<String> = document
            .blocks
            .iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Paragraph { content, .. } => Some(told(content)),
                _ => None,
            })
            .collect();
        assert_eq!(paragraphs, ["[b 山[i 水]清]音[u 何[b 必]]", "[b [i 丝与]竹]"]);
    }

    #[test]
    fn what_is_nested_without_end_stays_as_it_is() {
        let nested = |n: usize| format!("{}山水{}。\n", "<b><i>".repeat(n), "</i></b>".repeat(n));
        assert!(bare(&nested(8)).is_some());
        assert!(bare(&nested(9)).is_none() && bare(&nested(40_000)).is_none());
    }

    #[test]
    fn texts_about_tags_keep_them() {
        for text in [
            "用 <b> 标签使文字变粗。<br>换行。\n",
            "甲<b>乙</b>丙，粗体之例。\n",
            "把<br>写在行末，\n<bean id=\"x\">甲</bean>\n",
            "print(\"<br>甲\")\n",
            "<br>\n<br>\n",
            "<strong>甲\n",
        ] {
            assert!(bare(text).is_none(), "{text}");
        }
    }
}
