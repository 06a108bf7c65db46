//! Notes between the words (夹注): `秦亭（今理上邽县。）`, as old texts print them in two half columns and files of them have them in brackets.
//!
//! Brackets are common in texts of every kind, so what speaks for notes is weighed over the whole text, in bits, for each pair of brackets by
//! itself: a text in the old language, in which such brackets often stand round what explains words and sounds. Where little speaks for it,
//! nothing is changed.

use crate::chinese::fold::fold;
use crate::chinese::numeral::is_numeral;
use crate::chinese::words::Word;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, Role};
use crate::error::Cause;
use crate::note::{At, Note};
use crate::recognize::html::is_of_line;
use crate::recognize::notes::piece;
use crate::unicode::is_han;

/// The brackets that may stand round notes.
const BRACKETS: [(char, char); 5] = [('（', '）'), ('(', ')'), ('〔', '〕'), ('［', '］'), ('〖', '〗')];

/// What a note says that opens or ends as those that explain do, in tenths of bits.
const EXPLAINS: i32 = 30;
/// One that is a number, a measure or Western.
const COUNTS: i32 = -30;
/// One in the language of today.
const MODERN: i32 = -20;
/// One of several words, or of one or two.
const LONG: i32 = 5;
const SHORT: i32 = -5;
/// No measure has more characters: 三錢半.
const MEASURE: usize = 6;
/// How much must speak for notes in all, for each of them, and how many must explain.
const ENOUGH: i32 = 200;
const EACH: i32 = 5;
const EXPLAINING: usize = 8;

/// Words of the old language and of that of today, by which one is told from the other.
const OLD: [char; 9] = ['之', '也', '者', '曰', '而', '其', '于', '以', '乃'];
const NEW: [char; 8] = ['的', '了', '是', '们', '这', '那', '吗', '呢'];
/// Of the characters of a text, in thousandths: at least so many are such words of the old language, at the most so many of today's.
const LEAST_OLD: usize = 25;
const MOST_NEW: usize = 8;

/// Turns what stands in brackets into notes where enough speaks for it, and tells so.
pub fn mark(document: &mut Document) -> Vec<Note> {
    let mut told = vec![];
    if !is_old(document) {
        return told;
    }
    for brackets in BRACKETS {
        let (mut sum, mut count, mut explaining) = (0, 0, 0);
        each_content(&mut document.blocks, &mut |content| {
            for inline in &*content {
                let InlineKind::Text(text) = &inline.kind else { continue };
                for (start, end) in within(text, brackets) {
                    let weight = weight(&text[start..end]);
                    sum += weight;
                    count += 1;
                    explaining += usize::from(weight >= EXPLAINS);
                }
            }
        });
        if sum < ENOUGH || sum < EACH * count || explaining < EXPLAINING {
            continue;
        }
        let mut made = 0;
        let mut first = None;
        each_content(&mut document.blocks, &mut |content| {
            if let Some(noted) = noted(content, brackets) {
                let glosses = noted.iter().filter(|inline| matches!(inline.kind, InlineKind::Gloss(_)));
                made += glosses.clone().count();
                first = first.or(glosses.map(|gloss| gloss.span).next());
                *content = noted;
            }
        });
        if let Some(span) = first {
            let brackets = format!("{}{}", brackets.0, brackets.1);
            told.push(Note::info("gloss", At::Normal(span), Cause::Glosses { count: made, brackets }));
        }
    }
    told
}

/// Whether a document is in the old language.
fn is_old(document: &Document) -> bool {
    let (mut han, mut old, mut new) = (0usize, 0usize, 0usize);
    for c in document.text().chars().filter(|&c| is_han(c)) {
        let c = fold(c);
        han += 1;
        old += usize::from(OLD.contains(&c));
        new += usize::from(NEW.contains(&c));
    }
    old * 1000 >= han * LEAST_OLD && new * 1000 <= han * MOST_NEW && han > 0
}

/// The places between `brackets` in `text`, the outer ones where some stand in others.
fn within(text: &str, (open, close): (char, char)) -> Vec<(usize, usize)> {
    let (mut found, mut depth, mut start) = (vec![], 0usize, 0);
    for (at, c) in text.char_indices() {
        if c == open {
            depth += 1;
            if depth == 1 {
                start = at + c.len_utf8();
            }
        } else if c == close && depth > 0 {
            depth -= 1;
            if depth == 0 {
                found.push((start, at));
            }
        }
    }
    found
}

/// How much `said`, what stands between brackets, speaks for a note, in tenths of bits.
fn weight(said: &str) -> i32 {
    let said = said.trim();
    let count = said.chars().count();
    let han = said.chars().filter(|&c| is_han(c)).count();
    if !may_be_note(said) || han * 2 < count {
        return COUNTS;
    }
    if said.chars().any(|c| NEW.contains(&fold(c))) {
        return MODERN;
    }
    let bare = said.trim_end_matches(['。', '．', '.', '，', '、', '；', '！', '？']);
    if Word::GlossOpens.is_in(said) || Word::GlossEnds.is_in(bare) || is_halved(said) {
        return EXPLAINS;
    }
    if count <= MEASURE && said.chars().any(|c| is_numeral(c) || c.is_ascii_digit()) {
        return COUNTS;
    }
    if han >= 5 { LONG } else { SHORT }
}

/// Whether a stroke parts `said` into halves, as where a half column ends in the print that was copied: `今山形上大/下小峭峻也`.
fn is_halved(said: &str) -> bool {
    let Some((right, left)) = said.split_once('/').filter(|(_, left)| !left.contains('/')) else { return false };
    let han = |half: &str| half.chars().all(|c| !c.is_ascii()).then(|| half.chars().count());
    matches!((han(right), han(left)), (Some(right), Some(left)) if right > 0 && right.abs_diff(left) <= 1)
}

/// Whether `said` may be a note at all: one with a word in it, that is no number.
fn may_be_note(said: &str) -> bool {
    said.chars().any(|c| is_han(c) && !is_numeral(c))
}

/// `content` with its notes; none where it has none.
fn noted(content: &[Inline], brackets: (char, char)) -> Option<Vec<Inline>> {
    let mut out: Vec<Inline> = Vec::with_capacity(content.len());
    // The note under way, and how many of its brackets are open.
    let mut open: Option<(Vec<Inline>, usize)> = None;
    let mut found = false;
    for inline in content {
        let InlineKind::Text(text) = &inline.kind else {
            match &mut open {
                Some((note, _)) if is_of_line(inline) => note.push(inline.clone()),
                _ => {
                    give_back(&mut open, &mut out);
                    out.push(inline.clone());
                }
            }
            continue;
        };
        let mut from = 0;
        let cut = |from: usize, to: usize| {
            (from < to).then(|| Inline::text(&text[from..to], piece(text, inline.span, from, to - from)))
        };
        for (at, c) in text.char_indices() {
            let after = at + c.len_utf8();
            match &mut open {
                None if c == brackets.0 => {
                    out.extend(cut(from, at));
                    (from, open) = (at, Some((vec![], 1)));
                }
                Some((_, depth)) if c == brackets.0 => *depth += 1,
                Some((note, depth)) if c == brackets.1 => {
                    *depth -= 1;
                    if *depth == 0 {
                        note.extend(cut(from, after));
                        from = after;
                        let (note, _) = open.take().unwrap_or_default();
                        found |= close(note, &mut out);
                    }
                }
                _ => {}
            }
        }
        match &mut open {
            Some((note, _)) => note.extend(cut(from, text.len())),
            None => out.extend(cut(from, text.len())),
        }
    }
    give_back(&mut open, &mut out);
    found.then_some(out)
}

/// Adds what stands in brackets as a note if it may be one; else as it was.
fn close(note: Vec<Inline>, out: &mut Vec<Inline>) -> bool {
    let says = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => may_be_note(text),
        _ => true,
    };
    match (note.iter().any(says), note.first(), note.last()) {
        (true, Some(first), Some(last)) => {
            let span = first.span.cover(last.span);
            out.push(Inline::new(InlineKind::Gloss(note), span));
            true
        }
        _ => {
            give_back(&mut Some((note, 0)), out);
            false
        }
    }
}

/// Adds what turned out to be no note as it was.
fn give_back(open: &mut Option<(Vec<Inline>, usize)>, out: &mut Vec<Inline>) {
    for inline in open.take().map(|(note, _)| note).unwrap_or_default() {
        match (out.last_mut(), &inline.kind) {
            (Some(Inline { kind: InlineKind::Text(before), span }), InlineKind::Text(text)) => {
                before.push_str(text);
                *span = span.cover(inline.span);
            }
            _ => out.push(inline),
        }
    }
}

/// Calls `visit` on the content of running text, verse and headings in `blocks`, but for the title of the whole.
fn each_content(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) if !heading.title => visit(&mut heading.content),
            BlockKind::Paragraph { role: Role::Body, content } => visit(content),
            BlockKind::Verse(stanzas) => {
                stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines).for_each(|line| visit(&mut line.content));
            }
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| each_content(&mut item.blocks, visit)),
            BlockKind::Quote(blocks) => each_content(blocks, visit),
            BlockKind::Heading(_)
            | BlockKind::Paragraph { .. }
            | BlockKind::Code { .. }
            | BlockKind::Table(_)
            | BlockKind::Divider { .. }
            | BlockKind::Image(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::{Hints, plain};

    /// The notes of `text`, as they stand in it, and what is told.
    fn notes(text: &str) -> (Vec<String>, Vec<String>) {
        let (document, told) = plain(text, &[], &Hints::default());
        assert_eq!(document.text().replace('\n', ""), text.replace('\n', ""), "the text stays as it is");
        let mut found = vec![];
        let mut document = document;
        each_content(&mut document.blocks, &mut |content| {
            let glosses = content.iter().filter(|inline| matches!(inline.kind, InlineKind::Gloss(_)));
            found.extend(glosses.map(|gloss| text[gloss.span.start..gloss.span.end].to_owned()));
        });
        (found, told.iter().filter(|note| note.kind == "gloss").map(|note| note.detail.to_string()).collect())
    }

    /// Eight sentences of an old text, with `note` behind each.
    fn old(note: impl Fn(usize) -> String) -> String {
        const SAID: [&str; 8] = [
            "其山之陽多玉",
            "有獸焉其狀如羊",
            "食之已心痛",
            "其陰多鐵而無草木",
            "渭水出焉",
            "其中多赤鷩",
            "名曰太華之山",
            "見則天下大旱",
        ];
        SAID.iter().enumerate().map(|(k, said)| format!("{said}，{}而人莫知之也。\n", note(k))).collect()
    }

    #[test]
    fn what_explains_an_old_text_in_brackets_is_a_note() {
        let text = old(|k| format!("（音某，即第{k}山也。）"));
        let (found, told) = notes(&text);
        assert_eq!((found.len(), found[0].as_str()), (8, "（音某，即第0山也。）"));
        assert_eq!(told, ["notes between the words, in （）: 8"]);
        // As the print has it that was copied: right half column, stroke, left half column.
        let halves = ["今山形上大/下小峭峻", "音/昔", "今人亦以朱/塗牛角云", "在牆/者衣"];
        assert_eq!(notes(&old(|k| format!("({})", halves[k % 4]))).0.len(), 8);
    }

    #[test]
    fn other_brackets_are_left_alone() {
        for text in [
            // Measures, numbers, names: an old text that explains nothing.
            old(|_| "（三錢半）".into()),
            old(|k| format!("（{k}）")),
            old(|_| "（李白）".into()),
            // Too few.
            old(|k| if k < 3 { "（音某）".into() } else { String::new() }),
            // Of today.
            "这是我们的话（即普通话），他们的也是（音近）。\n".repeat(10),
        ] {
            assert_eq!(notes(&text), (vec![], vec![]), "{text}");
        }
    }
}
