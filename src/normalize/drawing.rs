//! Pictures made of characters, as boards and mails have them: what stands in them stands where it must, and its marks are part of it.

use super::census::Census;
use super::pass::lines;
use crate::chinese::drawing::{PIECES, is_drawn};
use std::ops::Range;

/// Whether a text holds any piece of a picture.
pub(crate) fn occurs(census: &Census) -> bool {
    PIECES.into_iter().any(|pieces| census.within(pieces))
}

/// The blocks of lines without a blank line between them of which two or more, and a third, are drawn; as sorted byte ranges.
pub(crate) fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let (mut block, mut all, mut drawn) = (0..0, 0usize, 0usize);
    for (start, line) in lines(text).chain([(text.len(), "")]) {
        if !line.trim().is_empty() {
            if all == 0 {
                block.start = start;
            }
            block.end = (start + line.len() + 1).min(text.len());
            all += 1;
            drawn += usize::from(is_drawn(line));
            continue;
        }
        if drawn >= 2 && drawn * 3 >= all {
            blocks.push(block.clone());
        }
        (all, drawn) = (0, 0);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_block_of_which_a_third_is_drawn() {
        let picture = "  ◢█◣  站长(甲)\n  ▆▇█  好!\n 題字,如此\n";
        let text = format!("正文,如此\n\n{picture}\n正文\n▄▄▄▄▄▄\n又,正文\n又,正文\n");
        let found: Vec<&str> = blocks(&text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, [picture]);
        assert!(blocks("甲──乙\n│丙│丁│\n").is_empty());
    }
}
