//! Captions of tables and figures: `表1　各站水位`, right above or below what it is that they name.

use crate::chinese::numeral::numeral;
use crate::chinese::words::Word;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind, Role};

/// The longest caption, in characters.
const LONGEST: usize = 48;

/// Gives the captions of `document` their role.
pub fn mark(document: &mut Document) {
    for at in 0..document.blocks.len() {
        let beside = [at.checked_sub(1), Some(at + 1)];
        let shown = beside.into_iter().flatten().filter_map(|at| document.blocks.get(at)).any(is_shown);
        if let (true, BlockKind::Paragraph { role: role @ Role::Body, content }) =
            (shown, &mut document.blocks[at].kind)
            && let [Inline { kind: InlineKind::Text(text), .. }] = &content[..]
            && is_caption(text)
        {
            *role = Role::Caption;
        }
    }
}

fn is_shown(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Table(_) | BlockKind::Image(_) | BlockKind::Code { .. })
}

/// Whether `text` has the number of a table or a figure, and perhaps its name behind it.
fn is_caption(text: &str) -> bool {
    let text = text.trim();
    let Some(rest) = Word::TableName.strip(text).or_else(|| Word::FigureName.strip(text)) else { return false };
    let rest = rest.trim_start();
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '—' | '–'));
    let name = match digits.len() < rest.len() {
        true => digits,
        false => numeral(rest).map_or(rest, |(_, len)| &rest[len..]),
    };
    let parted = name.is_empty() || name.starts_with([' ', '\u{3000}', '：', ':']);
    name.len() < rest.len() && parted && text.chars().count() <= LONGEST && !text.ends_with(['。', '；', '，'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::{Hints, markdown};

    #[test]
    fn what_numbers_a_table_beside_it_is_its_caption() {
        for text in ["表1　各站水位", "表 2-3：人口", "续表一", "图1 剖面", "附圖二"] {
            assert!(is_caption(text), "{text}");
        }
        for text in ["表现很好", "表1列出了各站的水位。", "图书馆", "表 里 如 一", "图1所示"] {
            assert!(!is_caption(text), "{text}");
        }
        let table = "| 站 | 水位 |\n|---|---|\n| 甲 | 3.1 |\n";
        let roles = |text: &str| {
            let role = |block: &Block| match &block.kind {
                BlockKind::Paragraph { role, .. } => Some(*role),
                _ => None,
            };
            let document = markdown(text, &Hints::default()).0;
            document.blocks.iter().filter_map(role).collect::<Vec<_>>()
        };
        assert_eq!(roles(&format!("表1　各站水位\n\n{table}\n甲站最高。\n")), [Role::Caption, Role::Body]);
        assert_eq!(roles("表1　各站水位\n\n见下文。\n"), [Role::Body; 2]);
    }
}
