//! The part of a file that is weighed: all of a small one, pieces from all over a large one.

/// Most bytes weighed.
const SAMPLE: usize = 64 << 10;
/// Bytes of one piece.
const PIECE: usize = 4 << 10;

/// Pieces of `bytes`, spread evenly; each but the first begins after a line end where one is near, else at a multiple of
/// four bytes, so that wide code units stay whole.
pub(super) fn pieces(bytes: &[u8]) -> Vec<&[u8]> {
    if bytes.len() <= SAMPLE {
        return bytes.chunks(PIECE).collect();
    }
    let count = SAMPLE / PIECE;
    let stride = (bytes.len() / count) & !3;
    (0..count)
        .filter_map(|i| {
            let rest = bytes.get(i * stride..)?;
            rest.get(..PIECE).or(Some(rest))
        })
        .collect()
}
