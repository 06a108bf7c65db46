//! Boxes of the dialects of Markdown, which become quotations with a title: the alerts of GitHub and Obsidian (`> [!NOTE] 题`), the containers of
//! VuePress and Pandoc (`::: tip 题` … `:::`), the admonitions of MkDocs (`!!! note "题"` above indented lines).

use super::Reader;
use crate::document::{Alert, Block, BlockKind, Inline, InlineKind, Role, is_alert_head, is_indented_box};
use crate::error::Cause;
use crate::note::{At, Note};
use crate::unicode::is_han;
use std::ops::Range;

/// Boxes within boxes beyond this are text.
const DEEPEST: usize = 3;

/// `text`, of the same length, in which the indented lines below `!!! note` are lines of a quotation, if there are any.
pub fn quoted(text: &str) -> Option<String> {
    let begins = |line: &str| is_indented_box(line.trim_end());
    if !text.contains("!!!") && !text.contains("???") || !text.lines().any(begins) {
        return None;
    }
    let mut copy = String::with_capacity(text.len());
    let mut within = false;
    for line in text.split_inclusive('\n') {
        let replaced = if begins(line) {
            within = true;
            Some((4, ">   "))
        } else if line.trim().is_empty() || !within {
            None
        } else if line.starts_with("    ") {
            Some((4, "  > "))
        } else if line.starts_with('\t') {
            Some((1, ">"))
        } else {
            within = false;
            None
        };
        match replaced.and_then(|(len, with)| Some((line.get(len..)?, with))) {
            Some((rest, with)) => copy.extend([with, rest]),
            None => copy.push_str(line),
        }
    }
    Some(copy)
}

/// What a quotation that begins at `range` of `text` is.
enum Quotation {
    /// A quotation, perhaps with the head of an alert.
    Own,
    /// A box that `!!!` begins.
    Box,
    /// More of the box above.
    More,
}

/// What the quotation at `range` is, as the text has it.
fn quotation(text: &str, range: &Range<usize>) -> Quotation {
    let source = text[range.clone()].trim_start();
    if source.starts_with('>') {
        Quotation::Own
    } else if is_indented_box(source.lines().next().unwrap_or_default().trim_end()) {
        Quotation::Box
    } else {
        Quotation::More
    }
}

impl Reader<'_> {
    /// A quotation of `blocks`, or a box, or more of one.
    pub fn quotation(&mut self, mut blocks: Vec<Block>, span: Range<usize>) {
        entitle(self.text, &span, &mut blocks, &mut self.dropped);
        let above = self.frames.last_mut().and_then(|frame| frame.blocks.last_mut());
        match (quotation(self.text, &span), above) {
            (Quotation::More, Some(Block { kind: BlockKind::Quote(own), span: whole })) => {
                own.extend(blocks);
                *whole = whole.cover(span.into());
            }
            _ => self.push(BlockKind::Quote(blocks), span),
        }
    }
}

/// Makes a title of the head that the `blocks` of a quotation at `range` of `text` begin with, if they do.
fn entitle(text: &str, range: &Range<usize>, blocks: &mut [Block], dropped: &mut Vec<Note>) {
    let Some(Block { kind: BlockKind::Paragraph { role, content }, span }) = blocks.first_mut() else { return };
    let head = match quotation(text, range) {
        // Only what stands so in the source: a bracket that is escaped begins no alert.
        Quotation::Own if is_alert_head(text[span.range()].trim_start()) => ']',
        Quotation::Box => ' ',
        Quotation::Own | Quotation::More => return,
    };
    let source = text[range.clone()].trim_start().lines().next().unwrap_or_default();
    let own = match head {
        ']' => text[span.range()].lines().next().unwrap_or_default().trim(),
        _ => source.trim(),
    };
    let (kind, _) = parts(own);
    let title = match content.first_mut() {
        // The title of an alert may hold emphasis and links; it goes on behind the bracket.
        Some(Inline { kind: InlineKind::Text(said), .. }) if head == ']' => {
            let rest = said.split_once(']').map_or("", |(_, rest)| rest).trim_start_matches(['+', '-']).trim_start();
            let rest = rest.to_owned();
            let bare = rest.is_empty();
            *said = rest;
            if bare && content.len() > 1 {
                content.remove(0);
            }
            content.clone()
        }
        _ => vec![Inline::text(parts(own).1, *span)],
    };
    let blank = title.iter().all(|inline| matches!(&inline.kind, InlineKind::Text(text) if text.trim().is_empty()));
    let title = if blank { vec![Inline::text(called(kind, &text[range.clone()]), *span)] } else { title };
    (*role, *content) = (self::role(kind), strong(title));
    dropped.push(told(own, span.range()));
}

/// The blocks of `text` with those between `::: tip` and `:::` in quotations.
pub fn gather(text: &str, blocks: Vec<Block>, dropped: &mut Vec<Note>) -> Vec<Block> {
    if !blocks.iter().any(|block| fence(text, block).is_some()) {
        return blocks;
    }
    let mut open: Vec<(Block, Vec<Block>)> = vec![];
    let mut out = vec![];
    for block in blocks {
        let sign = fence(text, &block);
        match (sign, open.len()) {
            (Some(head), depth) if !head.is_empty() && depth < DEEPEST => open.push((block, vec![])),
            (Some(""), 1..) => {
                let Some((head, inner)) = open.pop() else { continue };
                let own = text[head.span.range()].trim();
                let (kind, title) = parts(own);
                let within = &text[head.span.range().start..block.span.range().end];
                let title = if title.is_empty() { called(kind, within) } else { title };
                let content = strong(vec![Inline::text(title, head.span)]);
                dropped.push(told(own, head.span.range()));
                let mut quoted = vec![Block::new(BlockKind::Paragraph { role: role(kind), content }, head.span)];
                quoted.extend(inner);
                let span = head.span.cover(block.span);
                let target = open.last_mut().map_or(&mut out, |(_, blocks)| blocks);
                target.push(Block::new(BlockKind::Quote(quoted), span));
            }
            _ => open.last_mut().map_or(&mut out, |(_, blocks)| blocks).push(block),
        }
    }
    // What is never closed frames nothing.
    for (head, inner) in open {
        out.push(head);
        out.extend(inner);
    }
    out
}

/// What a block that is one line of colons says behind them.
fn fence<'t>(text: &'t str, block: &Block) -> Option<&'t str> {
    let BlockKind::Paragraph { .. } = block.kind else { return None };
    let source = text[block.span.range()].trim();
    let rest = source.strip_prefix(":::").filter(|rest| !rest.contains('\n'))?;
    Some(rest.trim_start_matches(':').trim())
}

/// The kind and the title that the head of a box says: `[!note]- 题`, `::: tip 题`, `!!! note "题"`, `::: {.note}`.
fn parts(head: &str) -> (&str, &str) {
    if let Some((kind, title)) = head.strip_prefix("[!").and_then(|rest| rest.split_once(']')) {
        return (kind, title.trim_start_matches(['+', '-']).trim());
    }
    let rest = head.trim_start_matches([':', '!', '?', '+', '-', ' ', '{', '.']);
    let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
    let (kind, title) = rest.split_at(len);
    let title = title.trim_start_matches(['+', '-', '}']).trim();
    let within = |open: char, close: char| title.strip_prefix(open).and_then(|t| t.strip_suffix(close));
    (kind, within('"', '"').or_else(|| within('“', '”')).or_else(|| within('\'', '\'')).unwrap_or(title).trim())
}

/// What a box of `kind` is called, in the language of its `text`.
fn called<'k>(kind: &'k str, text: &str) -> &'k str {
    Alert::of(kind).map_or(kind, |alert| alert.called(text.chars().any(is_han)))
}

/// The part of the title of a box of `kind`.
fn role(kind: &str) -> Role {
    Role::Alert(Alert::of(kind).unwrap_or(Alert::Note))
}

fn strong(content: Vec<Inline>) -> Vec<Inline> {
    let span = content.iter().map(|inline| inline.span).reduce(|a, b| a.cover(b)).unwrap_or_default();
    match &content[..] {
        [Inline { kind: InlineKind::Strong(_), .. }] => content,
        _ => vec![Inline::new(InlineKind::Strong(content), span)],
    }
}

/// What is told of `source`, a sign that a title has taken the place of.
pub fn told(source: &str, place: Range<usize>) -> Note {
    let detail = Cause::text(source.chars().take(80).collect::<String>());
    Note::info("markup-left-out", At::Normal(place.into()), detail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::{Hints, markdown};

    #[test]
    fn boxes_are_quotations_with_a_title() {
        for (text, said) in [
            ("> [!NOTE]\n> 内容，\n> 在此。\n", "注\n内容，在此。\n"),
            ("> [!warning]- 可**折叠**\n> 内容\n", "可折叠\n内容\n"),
            ("> [!TIP]\n> Words.\n", "Tip\nWords.\n"),
            ("::: tip 渡口\n内容，\n在此。\n:::\n", "渡口\n内容，在此。\n"),
            ("::: warning\n\n甲\n\n- 乙\n\n:::\n", "警告\n甲\n- 乙\n"),
            ("!!! note \"标题\"\n    内容，\n    在此。\n\n    又一段。\n", "标题\n内容，在此。\n又一段。\n"),
            ("??? info\n    甲\n", "注\n甲\n"),
        ] {
            let (document, notes) = markdown(text, &Hints::default());
            assert_eq!(document.text(), said, "{text}");
            assert!(matches!(&document.blocks[..], [Block { kind: BlockKind::Quote(_), .. }]), "{document:?}");
            assert_eq!(notes.iter().map(|note| note.kind).collect::<Vec<_>>(), ["markup-left-out"]);
        }
    }

    #[test]
    fn what_frames_nothing_stays() {
        for text in ["::: tip\n\n甲\n", "!!!\n", "甲！\n\n:::\n", "[!NOTE]\n"] {
            let said: String =
                text.split('\n').filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect();
            assert_eq!(markdown(text, &Hints::default()).0.text(), said);
        }
    }
}
