//! The part of a file that is weighed: all of a small one, pieces from all over a large one.

use std::ops::Range;

/// Most bytes weighed.
const SAMPLE: usize = 64 << 10;
/// Bytes of one piece.
const PIECE: usize = 4 << 10;
/// Bytes that are looked at together for being all the same.
const BLOCK: usize = 2 << 10;

/// Pieces of `bytes`, spread evenly over it. The first ones are small, so that what cannot be is soon seen; all begin at a
/// multiple of four bytes, so that wide code units stay whole.
pub(super) fn pieces(bytes: &[u8]) -> Vec<&[u8]> {
    let stretches = stretches(bytes);
    let length: usize = stretches.iter().map(Range::len).sum();
    let (mut start, mut pieces) = (0, vec![]);
    let count = SAMPLE / PIECE;
    let stride = if length <= SAMPLE { PIECE } else { (length / count) & !3 };
    let opening = [PIECE / 16, PIECE / 8, PIECE / 4, PIECE - PIECE * 7 / 16];
    for piece in opening {
        pieces.push(start..start + piece);
        start += piece;
    }
    pieces.extend((1..count).map(|i| i * stride..i * stride + PIECE));
    // Where in the stretches, taken together, each of them begins.
    let begins: Vec<usize> =
        stretches.iter().scan(0, |at, part| Some(std::mem::replace(at, *at + part.len()))).collect();
    let parts = |piece: Range<usize>| {
        let from = begins.partition_point(|&begin| begin <= piece.start).saturating_sub(1);
        let here = stretches.iter().zip(&begins).skip(from).take_while(move |&(_, &begin)| begin < piece.end);
        here.filter_map(move |(stretch, begin)| {
            let at = |place: usize| (stretch.start + place.saturating_sub(*begin)).min(stretch.end);
            bytes.get(at(piece.start)..at(piece.end))
        })
    };
    pieces.into_iter().flat_map(parts).filter(|piece| !piece.is_empty()).collect()
}

/// The parts of large `bytes` that tell anything, in order, each from a multiple of four bytes on: those between long runs of one byte, of zeros or
/// whatever else a disk left where it lost a file. All of it where there is nothing else.
pub(super) fn stretches(bytes: &[u8]) -> Vec<Range<usize>> {
    let whole = 0..bytes.len();
    let mut stretches: Vec<Range<usize>> = vec![];
    if bytes.len() <= SAMPLE {
        stretches.push(whole);
        return stretches;
    }
    for (number, block) in bytes.chunks(BLOCK).enumerate() {
        if block.first().is_some_and(|first| block.iter().all(|byte| byte == first)) {
            continue;
        }
        let start = number * BLOCK;
        match stretches.last_mut().filter(|last| last.end == start) {
            Some(last) => last.end += block.len(),
            None => stretches.push(start..start + block.len()),
        }
    }
    stretches.iter_mut().for_each(|stretch| trim(stretch, bytes));
    if stretches.is_empty() {
        stretches.push(whole);
    }
    stretches
}

/// Takes from both ends of a stretch what belongs to the runs beside it, four bytes at a time.
fn trim(stretch: &mut Range<usize>, bytes: &[u8]) {
    let same = |beside: Option<&u8>, byte: &u8| beside == Some(byte);
    let part = &bytes[stretch.clone()];
    let before = stretch.start.checked_sub(1).and_then(|at| bytes.get(at));
    let head = part.iter().take_while(|byte| same(before, byte)).count() & !3;
    let behind = bytes.get(stretch.end);
    let tail = part[head..].iter().rev().take_while(|byte| same(behind, byte)).count() & !3;
    *stretch = stretch.start + head..stretch.end - tail;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_byte_fills_is_not_weighed_where_there_is_anything_else() {
        let text = b"0123456789abcdef".repeat(2 * BLOCK / 16);
        let bytes = [&[0; 100 * BLOCK + 41][..], &text[BLOCK..], &[0xFF; 30 * BLOCK], &text, b"end"].concat();
        // From multiples of four bytes on.
        let (first, second) = (100 * BLOCK + 40..101 * BLOCK + 44, 131 * BLOCK + 40..133 * BLOCK + 44);
        assert_eq!(stretches(&bytes), [first.clone(), second.clone()]);
        // All that is left is not much, and weighed whole.
        assert_eq!(pieces(&bytes).concat(), [&bytes[first], &bytes[second]].concat());
        for bytes in [&[0; 100 * BLOCK + 7][..], &text] {
            assert_eq!(stretches(bytes).as_slice(), std::slice::from_ref(&(0..bytes.len())));
        }
    }
}
