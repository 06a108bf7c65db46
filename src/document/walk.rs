//! All that is said in blocks, in their order.

use super::{Block, BlockKind, Inline};

/// Calls `visit` with each stretch of inlines in `blocks`, however deep it stands: headings, paragraphs, lines of verse, cells.
pub fn each_content(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => visit(&mut heading.content),
            BlockKind::Paragraph { content, .. } => visit(content),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| each_content(&mut item.blocks, visit)),
            BlockKind::Quote(blocks) => each_content(blocks, visit),
            BlockKind::Verse(stanzas) => {
                stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines).for_each(|line| visit(&mut line.content));
            }
            BlockKind::Table(table) => table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(&mut *visit),
            BlockKind::Code { .. } | BlockKind::Divider { .. } | BlockKind::Image(_) => {}
        }
    }
}
