//! The part of a file that is weighed: all of a small one, pieces from all over a large one.

/// Most bytes weighed.
const SAMPLE: usize = 64 << 10;
/// Bytes of one piece.
const PIECE: usize = 4 << 10;

/// Pieces of `bytes`, spread evenly over it. The first ones are small, so that what cannot be is soon seen; all begin at a
/// multiple of four bytes, so that wide code units stay whole.
pub(super) fn pieces(bytes: &[u8]) -> Vec<&[u8]> {
    let (mut start, mut pieces) = (0, vec![]);
    let count = SAMPLE / PIECE;
    let stride = if bytes.len() <= SAMPLE { PIECE } else { (bytes.len() / count) & !3 };
    let opening = [PIECE / 16, PIECE / 8, PIECE / 4, PIECE - PIECE * 7 / 16];
    for length in opening {
        pieces.push(start..start + length);
        start += length;
    }
    pieces.extend((1..count).map(|i| i * stride..i * stride + PIECE));
    let part = |range: std::ops::Range<usize>| bytes.get(range.start..range.end.min(bytes.len()));
    pieces.into_iter().filter_map(part).filter(|piece| !piece.is_empty()).collect()
}
