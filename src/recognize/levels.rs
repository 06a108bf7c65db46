//! Levels of headings: no level is skipped on the way down.

use crate::document::{Block, BlockKind};

/// Turns ranks into levels. A rank is any number that orders headings from outer (small) to inner (large); the level is how many
/// open headings of smaller rank stand above, the title among them.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    open: Vec<u8>,
}

impl Levels {
    /// The level, 1 to 6, of the next heading, which has `rank`.
    pub fn next(&mut self, rank: u8) -> u8 {
        while self.open.last().is_some_and(|&r| r >= rank) {
            self.open.pop();
        }
        self.open.push(rank);
        u8::try_from(self.open.len()).unwrap_or(6).min(6)
    }
}

/// Closes up skipped levels in `blocks`, taking the levels that are there as ranks. What a quotation or a list holds stands in no outline:
/// its headings have levels of their own, as parts of the text that they stand in.
pub fn close_up(blocks: &mut [Block]) {
    let mut levels = Levels::default();
    walk(blocks, &mut levels);
}

fn walk(blocks: &mut [Block], levels: &mut Levels) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => heading.level = levels.next(heading.level),
            BlockKind::Quote(blocks) => walk(blocks, &mut levels.clone()),
            BlockKind::List(list) => {
                let mut within = levels.clone();
                list.items.iter_mut().for_each(|item| walk(&mut item.blocks, &mut within));
            }
            BlockKind::Paragraph { .. }
            | BlockKind::Verse(_)
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
    use crate::document::Heading;

    #[test]
    fn no_level_is_skipped_and_valid_levels_stay() {
        let read = |ranks: &[u8]| {
            let mut levels = Levels::default();
            ranks.iter().map(|&r| levels.next(r)).collect::<Vec<_>>()
        };
        assert_eq!(read(&[1, 2, 3, 2, 1, 2]), [1, 2, 3, 2, 1, 2]);
        assert_eq!(read(&[2, 4, 4, 3, 9]), [1, 2, 2, 2, 3]);
        assert_eq!(read(&[3, 1]), [1, 1]);
    }

    #[test]
    fn what_a_quotation_holds_moves_no_heading_of_the_text() {
        let heading = |level| {
            let heading = Heading { level, title: false, label: None, content: vec![], reason: "test", weighed: None };
            Block::new(BlockKind::Heading(heading), 0..0)
        };
        let mut blocks = vec![Block::new(BlockKind::Quote(vec![heading(1)]), 0..0), heading(2), heading(4)];
        close_up(&mut blocks);
        let levels: Vec<u8> = blocks
            .iter()
            .filter_map(|b| match &b.kind {
                BlockKind::Heading(h) => Some(h.level),
                _ => None,
            })
            .collect();
        assert_eq!(levels, [1, 2]);
    }
}
