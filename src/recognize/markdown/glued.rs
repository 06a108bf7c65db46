//! Heads whose signs stand right before their words: `##概况`. CommonMark wants a blank between, and takes them for text; editors of many years took
//! them for heads, and Chinese writers, who type no blanks, go on writing them.

use super::Reader;
use super::inlines::Container;
use crate::document::glued_level;
use std::ops::Range;

/// From so many such lines on, those of the first level are meant as well.
const SEVERAL: usize = 2;

/// Where such heads begin in `text`, with their levels: all lines of that shape, if it is plain that any is meant. A single word behind one sign
/// may be a tag.
pub fn heads(text: &str) -> Vec<(usize, u8)> {
    let mut found = vec![];
    let (mut at, mut fenced, mut first) = (0, false, None);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
        }
        if !fenced {
            if let Some(level) = glued_level(line) {
                found.push((at, level));
            }
            first = first.or((!bare.is_empty()).then_some(at));
        }
        at += line.len();
    }
    let deeper = found.iter().any(|(_, level)| *level > 1);
    let opens = found.first().is_some_and(|(at, _)| first == Some(*at));
    // Lines of tags stand below each other.
    let apart = found.windows(2).any(|pair| text[pair[0].0..pair[1].0].lines().count() > 1);
    if deeper || opens || found.len() >= SEVERAL && apart { found } else { vec![] }
}

impl Reader<'_> {
    /// What the paragraph whose source begins at `at` is: one, or a head that its signs begin.
    pub fn paragraph_or_head(&mut self, at: usize) -> Container {
        let found = self.glued.binary_search_by_key(&at, |(start, _)| *start);
        match found.ok().map(|found| self.glued[found]) {
            Some((start, level)) => {
                self.signs = start..start + usize::from(level);
                Container::Heading(level)
            }
            None => Container::Paragraph,
        }
    }

    /// Ends such a head at the line end `end`, or what stands above one; false where neither is.
    pub fn part_head(&mut self, end: &Range<usize>) -> bool {
        let below = self.glued.binary_search_by_key(&end.end, |(start, _)| *start).is_ok();
        let fits: fn(&Container) -> bool = match below {
            true => |container| matches!(container, Container::Heading(_) | Container::Paragraph),
            false => |container| matches!(container, Container::Heading(_)),
        };
        if !self.inlines.is_alone(fits) {
            return false;
        }
        let Some((container, content, span)) = self.inlines.close() else { return false };
        self.finish_inlines(container, content, span.start..end.start);
        let next = self.paragraph_or_head(end.end);
        self.inlines.open(next, end.end..span.end);
        true
    }

    /// `text` at `range` without the signs of such a head.
    pub fn unsigned<'t>(&self, text: &'t str, range: &Range<usize>) -> (&'t str, Range<usize>) {
        let signs = self.signs.end.saturating_sub(range.start).min(text.len());
        match self.signs.contains(&range.start) {
            true => (&text[signs..], range.start + signs..range.end),
            false => (text, range.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::recognize::{Hints, markdown};

    fn outline(text: &str) -> Vec<(u8, String)> {
        let document = markdown(text, &Hints::default()).0;
        document.outline().into_iter().map(|entry| (entry.level, entry.text)).collect()
    }

    #[test]
    fn signs_right_before_the_words_make_heads() {
        let text =
            "#会议记录\n\n##**2016年3月13日**\n\n###参与者\n+ 黄某\n\n###地点：\n一楼\n续行\n#一、预算\n今年多。\n";
        let heads = [(1, "会议记录"), (2, "2016年3月13日"), (3, "参与者"), (3, "地点："), (1, "一、预算")];
        assert_eq!(outline(text), heads.map(|(level, text)| (level, text.to_owned())));
        let document = markdown(text, &Hints::default()).0;
        assert_eq!(document.text(), "会议记录\n2016年3月13日\n参与者\n+ 黄某\n地点：\n一楼续行\n一、预算\n今年多。\n");
    }

    #[test]
    fn tags_topics_and_code_are_no_heads() {
        for text in [
            "今天读了书。\n\n#读书\n#笔记\n",
            "正文。\n\n#话题#\n\n#另一个#\n",
            "#读书 #笔记\n\n正文。\n",
            "```\n#注释\n#又一行\n```\n",
            "正文。\n\n#1 号\n\n#include <stdio.h>\n",
            "正文。\n\n\\#题\n",
        ] {
            assert_eq!(outline(text), [], "{text}");
        }
    }
}
