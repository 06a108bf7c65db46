//! What a person decided about a document: its headings, its title, whose it is and of when.

use super::front_matter::FrontMatter;
use super::levels;
use crate::document::{Block, BlockKind, Document, Heading, Role};
use crate::error::Cause;
use crate::note::{At, Note};
use crate::span::Span;

/// Why a line is a heading that was decided.
pub const REASON: &str = "decided by hand";

/// What a person decided about a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByHand {
    /// The lines that are headings, by where they begin in the text, in order, with their levels; 0 where one is none.
    pub headings: Vec<(usize, u8)>,
    /// The title.
    pub title: Option<String>,
    /// The authors; empty where nothing was decided.
    pub authors: Vec<String>,
    /// The date, ISO 8601.
    pub date: Option<String>,
}

impl ByHand {
    /// Says in `front` what was decided, in the place of what the text says there.
    pub fn overrule(&self, front: &mut FrontMatter) {
        if let Some(title) = &self.title {
            front.meta.title = Some(title.clone());
            front.title.get_or_insert(0..0);
        }
        if !self.authors.is_empty() {
            front.meta.authors.clone_from(&self.authors);
        }
        if self.date.is_some() {
            front.meta.date.clone_from(&self.date);
        }
    }

    /// Whether a line at `span` is to be a heading, whatever else it would be.
    pub fn heads(&self, span: &std::ops::Range<usize>) -> bool {
        let first = self.headings.partition_point(|(at, _)| *at < span.start);
        self.headings.get(first).is_some_and(|(at, level)| *level > 0 && *at < span.end)
    }

    /// Makes `document` say what was decided; tells of the headings that it cannot have.
    pub fn settle(&self, document: &mut Document) -> Vec<Note> {
        // What was read in the text may have come over it.
        if self.title.is_some() {
            document.meta.title.clone_from(&self.title);
        }
        if !self.authors.is_empty() {
            document.meta.authors.clone_from(&self.authors);
        }
        if self.date.is_some() {
            document.meta.date.clone_from(&self.date);
        }
        if self.headings.is_empty() {
            return vec![];
        }
        let mut notes = vec![];
        for &(at, level) in &self.headings {
            let after = document.blocks.partition_point(|block| block.span.start <= at);
            let block = after.checked_sub(1).and_then(|index| document.blocks.get_mut(index));
            if !block.is_some_and(|block| block.span.start == at && set(block, level)) {
                let place = At::Normal(Span::new(at, at));
                notes.push(Note::warning("decision-unfit", place, Cause::NoHeadingThere));
            }
        }
        levels::close_up(&mut document.blocks);
        notes
    }
}

/// Makes a heading of `level` of `block`, or running text; gives whether it can be.
fn set(block: &mut Block, level: u8) -> bool {
    let (BlockKind::Paragraph { content, .. } | BlockKind::Heading(Heading { content, .. })) = &mut block.kind else {
        return false;
    };
    let content = std::mem::take(content);
    block.kind = match level {
        0 => BlockKind::Paragraph { role: Role::Body, content },
        _ => BlockKind::Heading(Heading { level, title: false, label: None, content, reason: REASON, weighed: None }),
    };
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::{Hints, markdown, plain};

    const TEXT: &str = "山行\n\n第一章 雨\n　　天色将晚，山道上只剩下一个挑担子的人。\n- 甲\n- 乙\n- 丙\n　　他把担子放下，望了望天边的云。\n第二章 云\n　　云从山后面升起来，越来越低了。\n";

    fn outline(by_hand: ByHand) -> (Vec<String>, usize) {
        let (document, notes) = plain(TEXT, &[], &Hints { by_hand, ..Hints::default() });
        let said = document.outline().into_iter().map(|entry| format!("{} {}", entry.level, entry.text)).collect();
        (said, notes.iter().filter(|note| note.kind == "decision-unfit").count())
    }

    fn headings(headings: &[(&str, u8)]) -> ByHand {
        let found = headings.iter().map(|(text, level)| (TEXT.find(text).unwrap(), *level)).collect();
        ByHand { headings: found, ..ByHand::default() }
    }

    #[test]
    fn a_line_heads_what_a_person_says_it_heads_and_the_others_stay() {
        assert_eq!(outline(ByHand::default()).0, ["1 山行", "2 第一章 雨", "2 第二章 云"]);
        assert_eq!(outline(headings(&[("第一章", 0)])), (vec!["1 山行".into(), "2 第二章 云".into()], 0));
        let within = ["1 山行", "2 第一章 雨", "3 - 乙", "2 第二章 云"].map(str::to_owned).to_vec();
        assert_eq!(outline(headings(&[("- 乙", 3)])), (within, 0), "also of what would be an item of a list");
        let raised = ["1 山行", "1 第一章 雨", "2 第二章 云"].map(str::to_owned).to_vec();
        assert_eq!(outline(headings(&[("第一章", 1)])), (raised, 0));
        assert_eq!(outline(ByHand { headings: vec![(3, 1)], ..ByHand::default() }).1, 1, "within a line there is none");
    }

    #[test]
    fn a_title_that_the_text_does_not_say_is_set_at_its_head() {
        let by_hand = ByHand { title: Some("夜行".into()), authors: vec!["某人".into()], ..ByHand::default() };
        for text in ["　　天色将晚，山道上只剩下一个挑担子的人。\n", "天色将晚。\n"] {
            let hints = Hints { by_hand: by_hand.clone(), ..Hints::default() };
            for document in [plain(text, &[], &hints).0, markdown(text, &hints).0] {
                assert_eq!((document.meta.title.as_deref(), &document.meta.authors), (Some("夜行"), &by_hand.authors));
                assert!(document.text().starts_with("夜行\n"), "{}", document.text());
            }
        }
    }
}
