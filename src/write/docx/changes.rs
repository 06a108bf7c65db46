//! Tracked changes: what normalization did, as deletions and insertions that an editor may accept or reject one by one. A comment at each
//! names the rule.

use super::xml::{DECLARATION, NAMESPACES, escape};
use crate::span::{Normal, Span};
use docx_rs::{
    Comment, CommentRangeEnd, CommentRangeStart, Delete, DeleteChild, Insert, InsertChild, ParagraphChild, Run,
    RunChild,
};

/// Who made the changes.
pub const AUTHOR: &str = "Shanben";

/// What was changed in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where the new text stands in the normalized text; empty where something was only taken away.
    pub span: Span<Normal>,
    /// What stood there before.
    pub was: String,
    /// Name of the rule.
    pub rule: &'static str,
}

/// The changes to a document, and which of them have been shown.
#[derive(Debug)]
pub struct Changes<'a> {
    all: &'a [Change],
    shown: Vec<bool>,
    /// The rule that each comment names.
    comments: Vec<&'a str>,
}

impl<'a> Changes<'a> {
    /// None shown yet; `all` are in the order of the text.
    pub fn new(all: &'a [Change]) -> Self {
        Changes { all, shown: vec![false; all.len()], comments: Vec::new() }
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
        let id = self.comments.len();
        self.comments.push(change.rule);
        let start = CommentRangeStart::new(Comment::new(id));
        let mut out = vec![ParagraphChild::CommentStart(Box::new(start))];
        out.extend(was.map(|run| {
            let children = vec![DeleteChild::Run(Box::new(run))];
            ParagraphChild::Delete(Delete { author: AUTHOR.into(), date: String::new(), children })
        }));
        if !is.is_empty() {
            let children = is.into_iter().map(|run| InsertChild::Run(Box::new(run))).collect();
            out.push(ParagraphChild::Insert(Insert { author: AUTHOR.into(), date: String::new(), children }));
        }
        out.push(ParagraphChild::CommentEnd(CommentRangeEnd::new(id)));
        out
    }

    /// The comments part, or `None` when no change was shown.
    pub fn part(&self) -> Option<String> {
        if self.comments.is_empty() {
            return None;
        }
        let mut out = format!("{DECLARATION}<w:comments {NAMESPACES}>");
        for (id, rule) in self.comments.iter().enumerate() {
            out.push_str(&format!(
                "<w:comment w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"S\"><w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr>\
                 <w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:annotationRef/></w:r><w:r><w:t>{}</w:t></w:r></w:p></w:comment>",
                escape(rule)
            ));
        }
        Some(out + "</w:comments>")
    }
}

/// `text` as children of a run that was deleted.
pub fn deleted(text: &str) -> Vec<RunChild> {
    let text: String = text.chars().filter(|&c| !super::xml::is_forbidden(c)).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_is_shown_once_and_none_that_parts_paragraphs() {
        let change =
            |start: usize, end: usize, was: &str| Change { span: Span::new(start, end), was: was.into(), rule: "r" };
        let all = [change(0, 0, "  "), change(3, 6, ","), change(9, 9, " "), change(9, 9, "\n\n"), change(10, 13, ",")];
        let mut changes = Changes::new(&all);
        assert_eq!(changes.take_within(Span::new(0, 9)), [&all[0], &all[1], &all[2]]);
        assert_eq!(changes.take_within(Span::new(9, 12)), [] as [&Change; 0]);
        assert_eq!(changes.take_within(Span::new(10, 20)), [&all[4]]);
    }
}
