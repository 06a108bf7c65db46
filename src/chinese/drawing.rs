//! What pictures made of characters are drawn with.

use std::ops::RangeInclusive;

/// What pictures are made of and nothing else: slants, blocks, triangles. Strokes and boxes also make dashes and tables.
pub const PIECES: [RangeInclusive<char>; 3] =
    ['\u{2571}'..='\u{2573}', '\u{2580}'..='\u{259f}', '\u{25e2}'..='\u{25e5}'];

/// Whether `c` is one of [`PIECES`].
const fn is_piece(c: char) -> bool {
    matches!(c, '\u{2571}'..='\u{2573}' | '\u{2580}'..='\u{259f}' | '\u{25e2}'..='\u{25e5}')
}

/// Whether `c` reaches the edges of its place, so that it goes on in the next: lines, boxes, blocks, triangles.
pub const fn joins(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259f}' | '\u{25e2}'..='\u{25e5}')
}

/// Whether `c` draws: what joins, and the full-width signs that stand in for it.
pub const fn draws(c: char) -> bool {
    joins(c) || matches!(c, '■' | '＿' | '￣' | '／' | '＼' | '︳')
}

/// Whether a line is drawn: two pieces or more, a fifth of what is seen.
pub fn is_drawn(line: &str) -> bool {
    // Every piece begins with this byte, and most lines do not hold it twice.
    if memchr::memchr_iter(0xE2, line.as_bytes()).take(2).count() < 2 {
        return false;
    }
    let (mut pieces, mut seen) = (0usize, 0usize);
    for c in line.chars() {
        seen += usize::from(!c.is_whitespace() && !c.is_control());
        pieces += usize::from(is_piece(c));
    }
    pieces >= 2 && pieces * 5 >= seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_join_and_what_joins_draws() {
        for c in '\u{0}'..='\u{ffff}' {
            assert_eq!(is_piece(c), PIECES.iter().any(|pieces| pieces.contains(&c)), "{c}");
            assert!(joins(c) || !is_piece(c), "{c}");
            assert!(draws(c) || !joins(c), "{c}");
        }
        assert!(joins('─') && !is_piece('─') && draws('＼') && !joins('＼'));
        assert!(is_drawn("  ◢█◣  站长") && !is_drawn("甲──乙") && !is_drawn("▲甲▲乙"));
    }
}
