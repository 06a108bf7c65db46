//! Emphasis beside full-width marks, read as it is meant.
//!
//! CommonMark lets `**` behind a mark end emphasis only before a space or another mark, so `**重点，**后面` is none and its stars are text. The
//! amendment for Chinese, Japanese and Korean texts (markdown-cjk-friendly) takes a Chinese mark for a letter, and a Chinese character beside
//! a Western mark for a space. It is given to the parser by a copy of the text, of the same length, in which other characters stand for those
//! beside the signs; places in the copy are places in the text.

use super::dialect::escaped;
use crate::unicode::{is_cjk_mark, is_han, is_hangul, is_kana};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// No more kinds of signs are open within each other.
const DEEPEST: usize = 32;

/// `text` in which the signs of emphasis stand beside such characters as CommonMark wants, if any stands beside others. `events` are what the
/// parser says of the text.
pub fn amended(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Option<String> {
    if !text.contains('*') && !text.contains("~~") {
        return None;
    }
    let signs = signs(text, events);
    let bytes = text.as_bytes();
    let sign = |at: usize| matches!(bytes.get(at), Some(b'*' | b'~' | b'_'));
    let mut copy: Option<Vec<u8>> = None;
    let mut open: Vec<(Option<&u8>, usize)> = vec![];
    let mut last = 0;
    let runs = signs.chunk_by(|a, b| a + 1 == *b && bytes.get(*a) == bytes.get(*b));
    // A single tilde is a sign of Chinese texts: 3~5天.
    for run in runs.filter(|run| run.len() > 1 || run.first().is_some_and(|&at| bytes.get(at) != Some(&b'~'))) {
        let (Some(&start), Some(end)) = (run.first(), run.last().map(|last| last + 1)) else { continue };
        if text[last..start].contains("\n\n") || open.len() > DEEPEST {
            open.clear();
        }
        last = end;
        // Whether it begins emphasis is only asked where its neighbour is that of another sign as well; there it ends what such a sign has begun.
        let own = (bytes.get(start), end - start);
        let begun = open.iter().rposition(|sign| *sign == own);
        let begins = begun.is_none();
        match begun {
            Some(at) => open.truncate(at),
            None => open.push(own),
        }
        let (Some(before), Some(after)) = (text[..start].chars().next_back(), text[end..].chars().next()) else {
            continue;
        };
        for StandIn { at, with, opens } in stand_ins(before, after, start, end) {
            // The neighbour of another sign as well stands in only for what this one is to do.
            let shared = if at >= end { sign(at + with.len()) } else { at > 0 && sign(at - 1) };
            if shared && opens != begins {
                continue;
            }
            let copied = copy.get_or_insert_with(|| bytes.to_vec());
            if let Some(place) = copied.get_mut(at..at + with.len()) {
                place.copy_from_slice(with.as_bytes());
            }
        }
    }
    copy.and_then(|bytes| String::from_utf8(bytes).ok())
}

/// A character that stands for another.
struct StandIn {
    /// Where the other stands.
    at: usize,
    with: &'static str,
    /// Whether the sign can begin emphasis by it; else it can end it.
    opens: bool,
}

/// What must stand for the characters on both sides of a sign.
fn stand_ins(before: char, after: char, start: usize, end: usize) -> Vec<StandIn> {
    let (left, right) = (before.len_utf8(), after.len_utf8());
    let mut found = vec![];
    if before.is_alphanumeric() && is_cjk_mark(after) {
        found.push(StandIn { at: end, with: letter(right), opens: true });
    } else if is_cjk(before) && is_western_mark(after) {
        found.push(StandIn { at: start - left, with: mark(left), opens: true });
    }
    if after.is_alphanumeric() && is_cjk_mark(before) {
        found.push(StandIn { at: start - left, with: letter(left), opens: false });
    } else if is_cjk(after) && is_western_mark(before) {
        found.push(StandIn { at: end, with: mark(right), opens: false });
    }
    found
}

/// The places of the signs `*` and `~` that the parser took for signs or for text.
fn signs(text: &str, events: &[(Event<'_>, Range<usize>)]) -> Vec<usize> {
    let mut places = vec![];
    let bytes = text.as_bytes();
    let mut add = |range: Range<usize>| {
        places.extend(range.filter(|&at| matches!(bytes.get(at), Some(b'*' | b'~'))));
    };
    let mut code = false;
    for (event, range) in events {
        match event {
            // What an address has of them is no sign.
            Event::Start(Tag::CodeBlock(_) | Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                code = true
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link) => code = false,
            Event::Text(piece) if !code && piece.len() == range.len() => {
                add(range.start + usize::from(escaped(text, range.start))..range.end);
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                let len = if matches!(event, Event::Start(Tag::Emphasis)) { 1 } else { 2 };
                add(range.start..(range.start + len).min(range.end));
                add(range.end.saturating_sub(len).max(range.start)..range.end);
            }
            _ => {}
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

fn is_cjk(c: char) -> bool {
    is_han(c) || is_kana(c) || is_hangul(c) || is_cjk_mark(c)
}

fn is_western_mark(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !is_cjk_mark(c)
}

/// A letter of `len` bytes.
fn letter(len: usize) -> &'static str {
    ["a", "é", "中", "𠀀"].get(len.wrapping_sub(1)).copied().unwrap_or_default()
}

/// A mark of `len` bytes.
fn mark(len: usize) -> &'static str {
    ["-", "§", "，", "𐄀"].get(len.wrapping_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::recognize::{Hints, markdown};

    #[test]
    fn emphasis_beside_chinese_marks_is_read_as_it_is_meant() {
        for (text, said) in [
            ("这是**重点，**后面的话。", "这是{重点，}后面的话。"),
            ("他说**“不行”**就走了。", "他说{“不行”}就走了。"),
            ("**注意（重要）：**请先保存。", "{注意（重要）：}请先保存。"),
            ("这个**《县志》**里有。", "这个{《县志》}里有。"),
            ("**テスト。**テスト", "{テスト。}テスト"),
            ("**云山市（东湖区）**的渡口与**船(小)**和~~旧，~~新", "{云山市（东湖区）}的渡口与{船(小)}和{旧，}新"),
            ("**甲，**乙**丙，**丁", "{甲，}乙{丙，}丁"),
            ("*“甲”*乙***“丙”***丁", "{“甲”}乙{{“丙”}}丁"),
            ("**并发**（_Con_）", "{并发}（{Con}）"),
            ("甲**乙**`丙`，**甲**乙**(丙)**丁", "甲{乙}`丙`，{甲}乙{(丙)}丁"),
            ("**_<https://例.cn/_a_*b>_**，*丁*", "{{{https://例.cn/_a_*b}}}，{丁}"),
            ("**__山雨__，~甲**", "{{山雨}，~甲}"),
            ("**<u>*甲*山雨</u>**", "{{{甲}山雨}}"),
            // What no rule makes emphasis of stays as it is.
            ("甲 ** 乙 ** 丙，5*6=30，`**，**`，\\*\\*甲，\\*\\*乙", "甲 ** 乙 ** 丙，5*6=30，`**，**`，**甲，**乙"),
        ] {
            let document = markdown(text, &Hints::default()).0;
            let mut seen = String::new();
            let crate::document::BlockKind::Paragraph { content, .. } = &document.blocks[0].kind else { panic!() };
            show(content, &mut seen);
            assert_eq!(seen, said);
        }
    }

    fn show(content: &[crate::document::Inline], out: &mut String) {
        use crate::document::InlineKind;
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) => out.push_str(text),
                InlineKind::Code(text) => out.extend(["`", text, "`"]),
                InlineKind::Strong(content)
                | InlineKind::Emphasis(content)
                | InlineKind::Underline { content, .. }
                | InlineKind::Link { content, .. }
                | InlineKind::Gloss(content) => {
                    out.push('{');
                    show(content, out);
                    out.push('}');
                }
                other => panic!("{other:?}"),
            }
        }
    }
}
