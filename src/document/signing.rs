//! How those who sign a paper stand on its pages.

use super::{Block, BlockKind, Document, OfficeForm, Role, inline_text};
use crate::chinese::date;
use crate::chinese::gaps::pieces;
use crate::chinese::words::Word;
use crate::unicode::tight;

/// How a line of those who sign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signing {
    /// At the right, as below a letter.
    #[default]
    Right,
    /// At the left: one party of a contract, and what belongs to it.
    Left,
    /// The parties of a contract beside each other: so many pieces, each in a column of its own.
    Beside(usize),
}

/// So many lines of a block of signatures are looked at, above one and below it.
const LINES: usize = 24;
/// What is asked of one who signs has no longer name, in characters.
const ASKED: usize = 16;

/// Whether `text` asks parties to sign: `甲方（盖章）：　　乙方（盖章）：`.
pub fn asks_to_sign(text: &str) -> bool {
    let asks = |piece: &str| {
        let asked = piece.split_once(['：', ':']).map(|(asked, _)| asked);
        asked.is_some_and(|asked| asked.chars().count() <= ASKED && Word::SignBlock.is_in(asked))
    };
    // `甲方：　　　　（签章）`
    let marked = |piece: &str| piece.starts_with(['（', '(']) && Word::SignBlock.is_in(piece);
    let named = || pieces(text).next().is_some_and(|first| first.contains(['：', ':']));
    pieces(text).any(asks) || pieces(text).last().is_some_and(marked) && named()
}

/// Least characters of the name of a body.
const BODY: usize = 4;

/// Whether a line of those who sign is nothing but a date.
pub fn is_date(line: &str) -> bool {
    date::whole_line(&tight(line)).is_some()
}

impl Document {
    /// Whether a seal is put on the names in `lines`, which end a document of this `form` (7.3.5): one with a number, signed by a body.
    pub fn is_sealed<'t>(&self, form: OfficeForm, mut lines: impl Iterator<Item = &'t str>) -> bool {
        let body = |line: &str| {
            let last = line.split_whitespace().next_back().unwrap_or_default();
            last.chars().count() >= BODY && Word::Body.ends(last)
        };
        let number = |block: &Block| matches!(block.kind, BlockKind::Paragraph { role: Role::DocumentNumber, .. });
        form != OfficeForm::Minutes && self.blocks.iter().any(number) && lines.any(|line| !is_date(line) && body(line))
    }
}

/// How the block at `index` among `blocks` of `document` stands, if it says who signs. All lines of those who sign a contract stand alike.
pub fn signing(document: &Document, blocks: &[Block], index: usize) -> Signing {
    let signed = |block: &Block| match &block.kind {
        BlockKind::Paragraph { role: Role::Signature, content } => Some(inline_text(document, content)),
        _ => None,
    };
    let Some(text) = blocks.get(index).and_then(signed) else { return Signing::Right };
    let above = blocks[..index].iter().rev().take(LINES).map_while(signed);
    let below = blocks[index + 1..].iter().take(LINES).map_while(signed);
    let parties = asks_to_sign(&text) || above.chain(below).any(|line| asks_to_sign(&line));
    match pieces(&text).count() {
        _ if !parties => Signing::Right,
        count @ 2.. => Signing::Beside(count),
        _ => Signing::Left,
    }
}

/// What leads to a wish has no more characters.
const LEADING: usize = 6;

/// Whether the first of `blocks` is no more than the words that lead to the wish below it: 此致.
pub fn leads_to_wish(document: &Document, blocks: &[Block]) -> bool {
    let [first, wish, ..] = blocks else { return false };
    let BlockKind::Paragraph { role: Role::Body, content } = &first.kind else { return false };
    let text = inline_text(document, content);
    let wished = matches!(wish.kind, BlockKind::Paragraph { role: Role::Closing, .. });
    wished && text.chars().count() <= LEADING && Word::WishLast.is_in(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Inline;

    #[test]
    fn what_leads_to_a_wish_is_short_and_has_it_below() {
        let leads = |text: &str, below: Role| {
            let block = |text: &str, role| {
                let content = vec![Inline::text(text, 0..0)];
                Block::new(BlockKind::Paragraph { role, content }, 0..0)
            };
            leads_to_wish(&Document::default(), &[block(text, Role::Body), block("敬禮", below)])
        };
        assert!(leads("此致", Role::Closing));
        assert!(
            !leads("此致", Role::Body)
                && !leads("好", Role::Closing)
                && !leads("來信收到，餘言後敘，此致", Role::Closing)
        );
    }

    #[test]
    fn parties_stand_beside_each_other_and_those_who_sign_alone_at_the_right() {
        let of = |lines: &[&str]| {
            let block = |text: &&str| {
                let content = vec![Inline::text(*text, 0..0)];
                Block::new(BlockKind::Paragraph { role: Role::Signature, content }, 0..0)
            };
            let blocks: Vec<Block> = lines.iter().map(block).collect();
            let document = Document::default();
            (0..blocks.len()).map(|i| signing(&document, &blocks, i)).collect::<Vec<_>>()
        };
        let two = ["甲方（签字）：____    乙方（签字）：____", "电话：1        电话：2", "签于云山"];
        assert_eq!(of(&two), [Signing::Beside(2), Signing::Beside(2), Signing::Left]);
        assert_eq!(of(&["甲方代表签字：", "2016年3月1日"]), [Signing::Left; 2]);
        assert_eq!(of(&["某局　　　　某委", "2016年3月1日"]), [Signing::Right; 2]);
    }
}
