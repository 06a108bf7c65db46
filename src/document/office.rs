//! The head of an official document, and the form that it gives the pages (GB/T 9704 7.2, 10).

use super::{Block, BlockKind, Document, Role, inline_text, stroke};
use crate::chinese::fold::fold;
use crate::chinese::words::Word;
use crate::unicode::tight;
use std::ops::Range;

/// The form of an official document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfficeForm {
    /// The common one: the name of the issuing body, a red rule (7.2).
    Document,
    /// A letter (信函, 10.1): the name of the body above a double rule, another at the foot.
    Letter,
    /// An order (命令, 10.2).
    Order,
    /// Minutes (纪要, 10.3).
    Minutes,
}

/// The head of an official document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHead {
    /// The form that it shows.
    pub form: OfficeForm,
    /// The blocks that it is, from the first on.
    pub blocks: Range<usize>,
}

impl Document {
    /// The head that the document begins with, where it has the name of the body that issues it and a number.
    pub fn office_head(&self) -> Option<OfficeHead> {
        let role = |block: &Block| match &block.kind {
            BlockKind::Paragraph { role, .. } => Some(*role),
            _ => None,
        };
        let text = |block: &Block| match &block.kind {
            BlockKind::Paragraph { content, .. } => tight(&inline_text(self, content)).into_owned(),
            _ => String::new(),
        };
        let is_rule = |block: &Block| matches!(&block.kind, BlockKind::Divider { ornament } if draws_rule(ornament));
        let (mut issuer, mut number) = (String::new(), None);
        let mut parted = false;
        let mut end = 0;
        for block in &self.blocks {
            match role(block) {
                Some(Role::Classification) if issuer.is_empty() => {}
                Some(Role::Issuer) if number.is_none() => issuer.push_str(&text(block)),
                Some(Role::DocumentNumber) if !issuer.is_empty() => {
                    number.get_or_insert_with(|| text(block));
                }
                // Minutes say in their head who has taken them, and when.
                Some(Role::PrintRecord) if number.is_some() && Word::Minutes.ends(&issuer) => {}
                None if is_rule(block) && !issuer.is_empty() => parted |= number.is_none(),
                _ => break,
            }
            end += 1;
        }
        let number = number?;
        let code = number.split(['〔', '［', '[', '（', '(']).next().unwrap_or_default();
        let form = if Word::Minutes.ends(&issuer) {
            OfficeForm::Minutes
        } else if Word::Order.ends(&issuer) {
            OfficeForm::Order
        } else if !Word::Papers.ends(&issuer) && (parted || code.chars().next_back().map(fold) == Some('函')) {
            OfficeForm::Letter
        } else {
            OfficeForm::Document
        };
        Some(OfficeHead { form, blocks: 0..end })
    }

    /// Whether a rule stands below its head: that of the common form and of minutes (7.2.7, 10.3). Letters have rules of their own, orders none.
    pub fn has_head_rule(&self) -> bool {
        self.office_head().is_some_and(|head| match head.form {
            OfficeForm::Document | OfficeForm::Minutes => true,
            OfficeForm::Letter | OfficeForm::Order => false,
        })
    }

    /// The block from which on it is a record of printing, which ends it; rules that are typed between its entries belong to it.
    pub fn print_record(&self) -> Option<usize> {
        let is_entry = |block: &Block| matches!(block.kind, BlockKind::Paragraph { role: Role::PrintRecord, .. });
        let is_rule = |block: &Block| matches!(&block.kind, BlockKind::Divider { ornament } if draws_rule(ornament));
        let before = self.blocks.iter().rposition(|block| !is_entry(block) && !is_rule(block));
        let first = before.map_or(0, |before| before + 1);
        self.blocks.get(first..)?.iter().any(is_entry).then_some(first)
    }
}

/// Whether `ornament` draws a rule, perhaps with stars in it, as those of bodies of the party have them.
pub fn draws_rule(ornament: &str) -> bool {
    stroke(&ornament.replace(is_star, "")).is_some()
}

/// Whether `c` is the star in a rule.
pub fn is_star(c: char) -> bool {
    matches!(c, '★' | '☆' | '*' | '＊')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Inline;

    fn document(parts: &[(Option<Role>, &str)]) -> Document {
        let block = |&(role, text): &(Option<Role>, &str)| match role {
            Some(role) => BlockKind::Paragraph { role, content: vec![Inline::text(text, 0..0)] },
            None => BlockKind::Divider { ornament: text.to_owned() },
        };
        Document { blocks: parts.iter().map(|part| Block::new(block(part), 0..0)).collect(), ..Document::default() }
    }

    #[test]
    fn the_form_follows_from_the_name_and_the_number() {
        let (issuer, number) = (Some(Role::Issuer), Some(Role::DocumentNumber));
        for (parts, form, len) in [
            (vec![(issuer, "某市人民政府 文 件"), (number, "某政发〔2018〕1号")], OfficeForm::Document, 2),
            (vec![(issuer, "某市委"), (number, "某委〔2018〕1号"), (None, "────")], OfficeForm::Document, 3),
            (vec![(issuer, "某市人民政府"), (number, "某政函〔2018〕1号")], OfficeForm::Letter, 2),
            (vec![(issuer, "某市某局"), (None, "====="), (number, "某〔2018〕1号")], OfficeForm::Letter, 3),
            (vec![(issuer, "某市人民政府令"), (number, "第 38 号")], OfficeForm::Order, 2),
            (vec![(issuer, "某市某會議紀要"), (number, "〔2021〕12号")], OfficeForm::Minutes, 2),
        ] {
            let mut parts = parts;
            parts.push((Some(Role::Body), "正文"));
            let head = document(&parts).office_head().unwrap();
            assert_eq!((head.form, head.blocks), (form, 0..len), "{parts:?}");
        }
        assert_eq!(document(&[(issuer, "某市人民政府文件"), (Some(Role::Body), "正文")]).office_head(), None);
    }

    #[test]
    fn a_rule_stands_below_the_head_of_documents_and_minutes_alone() {
        let (issuer, number) = (Some(Role::Issuer), Some(Role::DocumentNumber));
        for (name, code, ruled) in [
            ("某市人民政府文件", "某政发〔2018〕1号", true),
            ("某局局务会议纪要", "〔2018〕第7期", true),
            ("某市人民政府令", "第12号", false),
            ("某市人民政府", "某政函〔2018〕1号", false),
        ] {
            assert_eq!(document(&[(issuer, name), (number, code)]).has_head_rule(), ruled, "{name}");
        }
        assert!(!document(&[(Some(Role::Body), "正文")]).has_head_rule());
    }

    #[test]
    fn typed_rules_belong_to_the_record() {
        let record = Some(Role::PrintRecord);
        let parts = [(Some(Role::Body), "正文"), (None, "————"), (record, "抄送：某"), (None, "————")];
        assert_eq!(document(&parts).print_record(), Some(1));
        assert_eq!(document(&parts[..2]).print_record(), None);
        assert!(draws_rule("★━━━━★") && !draws_rule("＊＊＊＊"));
    }
}
