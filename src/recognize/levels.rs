//! Levels of headings: no level is skipped on the way down.

use crate::document::{Block, BlockKind};

/// Turns ranks into levels. A rank is any number that orders headings from outer (small) to inner (large); the level is how many
/// open headings of smaller rank stand above, the title among them.
#[derive(Debug, Default)]
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

/// Closes up skipped levels in `blocks`, taking the levels that are there as ranks.
pub fn close_up(blocks: &mut [Block]) {
    fn walk(blocks: &mut [Block], levels: &mut Levels) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading(heading) => heading.level = levels.next(heading.level),
                BlockKind::Quote(blocks) => walk(blocks, levels),
                BlockKind::List(list) => list.items.iter_mut().for_each(|item| walk(&mut item.blocks, levels)),
                BlockKind::Paragraph { .. }
                | BlockKind::Verse(_)
                | BlockKind::Code { .. }
                | BlockKind::Table(_)
                | BlockKind::Divider { .. }
                | BlockKind::Image(_) => {}
            }
        }
    }
    walk(blocks, &mut Levels::default());
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
