//! What the blocks so far owe to what comes next.

use super::slug::Slug;
use crate::document::{BlockKind, Role};
use crate::unit::Unit;

/// Space and ties that the next slug takes, and what stands right above it.
#[derive(Debug, Default)]
pub struct Pending {
    /// Space above the next slug.
    pub space: Unit,
    /// How many slugs to come stay with what is before them.
    pub ties: u8,
    /// The last block, where it was a paragraph.
    pub above: Option<Above>,
}

/// A paragraph, as far as it bears on what stands below it.
#[derive(Debug, Clone, Copy)]
pub struct Above {
    /// What it is.
    pub role: Role,
    /// Whether it tells who wrote a post and when, and begins something new: its title follows.
    pub posted: bool,
    /// Whether it announces what follows: it ends with a colon.
    pub announces: bool,
    /// The lines of it, and of those of its role right above it.
    pub lines: usize,
}

impl Pending {
    /// A block of this kind begins: gives the paragraph above it. What is announced stays with its announcement.
    pub fn begin(&mut self, block: &BlockKind) -> Option<Above> {
        let above = self.above.take();
        let shows = matches!(
            block,
            BlockKind::Code { .. }
                | BlockKind::Table(_)
                | BlockKind::List(_)
                | BlockKind::Quote(_)
                | BlockKind::Verse(_)
        );
        if shows && above.is_some_and(|above| above.announces) {
            self.ties = self.ties.max(1);
        }
        above
    }

    /// Gives `slug` what is owed to it.
    pub fn settle(&mut self, slug: &mut Slug) {
        slug.before += std::mem::take(&mut self.space);
        if self.ties > 0 {
            self.ties -= 1;
            slug.kept = true;
        }
    }
}
