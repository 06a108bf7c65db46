//! Tracked changes: what normalization did, as deletions and insertions that an editor may accept or reject one by one.
//!
//! A comment at each names its rule, at the first [`PLACES`] of a rule: Word is slow with more comments than some thousands. A joined line is
//! a deleted line break. What was done between paragraphs, to markers of lists and within Markdown syntax has no place in a paragraph; the
//! comment at the beginning of the document counts all changes, and those that are not shown.

use super::xml::{DECLARATION, NAMESPACES, escape};
use crate::lang::Language;
use crate::span::{Normal, Span};
use docx_rs::{
    Comment, CommentRangeEnd, CommentRangeStart, Delete, DeleteChild, Insert, InsertChild, ParagraphChild, Run,
    RunChild,
};
use std::collections::{BTreeMap, HashMap};

/// How many places of a rule have a comment.
const PLACES: usize = 100;

/// Who made the changes.
pub const AUTHOR: &str = "Shanben";

/// What was changed in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where the new text stands in the normalized text; empty where something was only taken away.
    pub span: Span<Normal>,
    /// What stood there before.
    pub was: String,
    /// How many changes it is, all alike.
    pub count: usize,
    /// Names of the rules that changed it, in order.
    pub rules: Vec<&'static str>,
}

impl Change {
    /// The same where paragraphs can show it: one that only takes away stands beside the text of its line in `text`, the normalized one.
    pub fn beside(mut self, text: &str) -> Self {
        if self.span.is_empty() {
            let at = beside_text(text, self.span.start);
            self.span = Span::new(at, at);
        }
        self
    }
}

/// The changes to a document, and which of them have been shown.
#[derive(Debug)]
pub struct Changes<'a> {
    all: &'a [Change],
    shown: Vec<bool>,
    /// What each comment says; the first, which counts all changes, is made at the end.
    comments: Vec<String>,
    /// Whether the first has its place.
    begun: bool,
    /// How many changes of each rule, named as in its comments, have been shown.
    places: HashMap<String, usize>,
}

impl<'a> Changes<'a> {
    /// None shown yet; `all` are in the order of the text.
    pub fn new(all: &'a [Change]) -> Self {
        let shown = vec![false; all.len()];
        Changes { all, shown, comments: vec![String::new()], begun: false, places: HashMap::new() }
    }

    /// Whether nothing is to be shown.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Those within `span` that have not been shown, which they are from now on. What was taken away together with the end of a line
    /// at the edge of `span` belongs to no paragraph.
    pub fn take_within(&mut self, span: Span<Normal>) -> Vec<&'a Change> {
        let first = self.all.partition_point(|change| change.span.start < span.start);
        let mut taken = Vec::new();
        for (change, shown) in self.all.iter().zip(&mut self.shown).skip(first) {
            if change.span.start > span.end {
                break;
            }
            let at_edge = change.span.end == span.start || change.span.start == span.end;
            if *shown || change.span.end > span.end || (at_edge && change.was.contains('\n')) {
                continue;
            }
            *shown = true;
            taken.push(change);
        }
        taken
    }

    /// `change` as children of a paragraph: what was, what is, and the comment around them.
    pub fn show(&mut self, change: &'a Change, was: Option<Run>, is: Vec<Run>) -> Vec<ParagraphChild> {
        let mut out = Vec::with_capacity(4);
        out.extend(was.map(|run| {
            let children = vec![DeleteChild::Run(Box::new(run))];
            ParagraphChild::Delete(Delete { author: AUTHOR.into(), date: String::new(), children })
        }));
        if !is.is_empty() {
            let children = is.into_iter().map(|run| InsertChild::Run(Box::new(run))).collect();
            out.push(ParagraphChild::Insert(Insert { author: AUTHOR.into(), date: String::new(), children }));
        }
        let rules = change.rules.join(", ");
        let places = self.places.entry(rules.clone()).or_default();
        *places += 1;
        if *places > PLACES || out.is_empty() {
            return out;
        }
        self.comments.push(rules);
        comment(self.comments.len() - 1, out)
    }

    /// `content` with the comment around it that counts all changes: for the first paragraph. Nothing is added to a document without any.
    pub fn begin(&mut self, content: Vec<ParagraphChild>) -> Vec<ParagraphChild> {
        if self.all.is_empty() || std::mem::replace(&mut self.begun, true) {
            return content;
        }
        comment(0, content)
    }

    /// How many changes there are of each rule, as a line of text; of those that are `hidden` only, if so asked.
    fn counts(&self, hidden: bool) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (change, _) in self.all.iter().zip(&self.shown).filter(|(_, shown)| !(hidden && **shown)) {
            for rule in &change.rules {
                *counts.entry(rule).or_default() += change.count;
            }
        }
        let counts: Vec<String> = counts.into_iter().map(|(rule, count)| format!("{rule} {count}")).collect();
        counts.join(", ")
    }

    /// The comments part in the main `language` of the document, or `None` when there are none. After everything else.
    pub fn part(&self, language: Language) -> Option<String> {
        if !self.begun && self.comments.len() == 1 {
            return None;
        }
        let mut out = format!("{DECLARATION}<w:comments {NAMESPACES}>");
        let (all, hidden) = match language {
            Language::ZhHans => ("全部改动：", "未在文中标出："),
            Language::ZhHant(_) => ("全部改動：", "未在文中標出："),
            Language::Ja | Language::Ko | Language::En => ("All changes: ", "Not shown in the text: "),
        };
        let mut summary = vec![format!("{all}{}", self.counts(false))];
        summary.extend(
            Some(self.counts(true)).filter(|counts| !counts.is_empty()).map(|counts| format!("{hidden}{counts}")),
        );
        for (id, rules) in self.comments.iter().enumerate().skip(usize::from(!self.begun)) {
            let lines = if id == 0 { &summary[..] } else { std::slice::from_ref(rules) };
            out.push_str(&format!("<w:comment w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"S\">"));
            for (i, line) in lines.iter().enumerate() {
                out.push_str("<w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr>");
                if i == 0 {
                    out.push_str("<w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:annotationRef/></w:r>");
                }
                out.push_str(&format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(line)));
            }
            out.push_str("</w:comment>");
        }
        Some(out + "</w:comments>")
    }
}

/// `content` with comment number `id` around it.
fn comment(id: usize, mut content: Vec<ParagraphChild>) -> Vec<ParagraphChild> {
    content.insert(0, ParagraphChild::CommentStart(Box::new(CommentRangeStart::new(Comment::new(id)))));
    content.push(ParagraphChild::CommentEnd(CommentRangeEnd::new(id)));
    content
}

/// `text` as children of a run that was deleted.
pub fn deleted(text: &str) -> Vec<RunChild> {
    let text: String = text.chars().filter(|&c| !crate::unicode::is_no_xml(c)).collect();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut run = Run::new();
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            run = run.add_break(docx_rs::BreakType::TextWrapping);
        }
        for (i, piece) in line.split('\t').enumerate() {
            if i > 0 {
                run = run.add_tab();
            }
            if !piece.is_empty() {
                run = run.add_delete_text(piece);
            }
        }
    }
    run.children
}

/// The place nearest to `at` that is beside the text of its line: paragraphs leave out the space at both ends.
fn beside_text(text: &str, at: usize) -> usize {
    let (before, after) = text.split_at(at);
    let space = |c: char| c.is_whitespace() && c != '\n';
    let (before, after) = (before.trim_end_matches(space), after.trim_start_matches(space));
    if before.is_empty() || before.ends_with('\n') {
        text.len() - after.len()
    } else if after.is_empty() || after.starts_with('\n') {
        before.len()
    } else {
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_from_the_ends_of_a_line_is_shown_beside_its_text() {
        let text = "甲 \n\u{3000} 乙 丙  \n \n";
        let at = |from: &str| text.find(from).unwrap();
        assert_eq!(beside_text(text, at("\u{3000}")), at("乙"));
        assert_eq!(beside_text(text, at("乙") + 3), at("乙") + 3);
        assert_eq!(beside_text(text, at("丙") + 4), at("丙") + 3);
        assert_eq!(beside_text(text, text.len()), text.len());
    }

    #[test]
    fn each_change_is_shown_once_and_none_that_parts_paragraphs() {
        let change = |start: usize, end: usize, was: &str| Change {
            count: 1,
            span: Span::new(start, end),
            was: was.into(),
            rules: vec!["r"],
        };
        let all = [change(0, 0, "  "), change(3, 6, ","), change(9, 9, " "), change(9, 9, "\n\n"), change(10, 13, ",")];
        let mut changes = Changes::new(&all);
        assert_eq!(changes.take_within(Span::new(0, 9)), [&all[0], &all[1], &all[2]]);
        assert_eq!(changes.take_within(Span::new(9, 12)), [] as [&Change; 0]);
        assert_eq!(changes.take_within(Span::new(10, 20)), [&all[4]]);
    }
}
