//! The container of a font: tables by tag, each with its checksum (OpenType, "Organization of an OpenType font").

use std::borrow::Cow;

/// What the words of a font sum up to, its `checkSumAdjustment` included (OpenType, `head`).
pub const SUM: u32 = 0xB1B0_AFBA;

/// A table with its tag.
pub type Table<'f> = ([u8; 4], Cow<'f, [u8]>);

/// A font of `tables`, which must be sorted by tag.
pub fn assemble(tables: &[Table<'_>]) -> Vec<u8> {
    let count = tables.len() as u16;
    let selector = count.max(1).ilog2() as u16;
    let range = 16 << selector;
    let first = 12 + 16 * tables.len();
    let mut out = Vec::with_capacity(first + tables.iter().map(|(_, table)| table.len() + 3).sum::<usize>());
    out.extend_from_slice(&[0, 1, 0, 0]);
    for value in [count, range, selector, count * 16 - range] {
        out.extend_from_slice(&value.to_be_bytes());
    }
    out.resize(first, 0);
    let mut adjustment = None;
    for (index, (tag, table)) in tables.iter().enumerate() {
        let start = out.len();
        if tag == b"head" {
            adjustment = Some(start + 8);
        }
        out.extend_from_slice(table);
        out.resize(out.len().next_multiple_of(4), 0);
        let record = [u32::from_be_bytes(*tag), sum(&out[start..]), start as u32, table.len() as u32];
        for (slot, value) in out[12 + 16 * index..first].as_chunks_mut::<4>().0.iter_mut().zip(record) {
            *slot = value.to_be_bytes();
        }
    }
    let value = SUM.wrapping_sub(sum(&out)).to_be_bytes();
    if let Some(field) = adjustment.and_then(|at| out.get_mut(at..at + 4)) {
        field.copy_from_slice(&value);
    }
    out
}

/// The sum of the words of bytes whose number is a multiple of four.
pub fn sum(bytes: &[u8]) -> u32 {
    bytes.as_chunks::<4>().0.iter().fold(0, |sum, word| sum.wrapping_add(u32::from_be_bytes(*word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_by_their_records_and_everything_sums_up() {
        let mut head = vec![7; 54];
        head[8..12].fill(0);
        let font = assemble(&[(*b"glyf", b"outline"[..].into()), (*b"head", head.into())]);
        assert_eq!(font[4..12], [0, 2, 0, 32, 0, 1, 0, 0], "two tables");
        let record = |at: usize| {
            let [start, length] = [at + 8, at + 12].map(|at| u32::from_be_bytes(*font[at..].first_chunk().unwrap()));
            (&font[at..at + 4], &font[start as usize..][..length as usize])
        };
        assert_eq!(record(12), (&b"glyf"[..], &b"outline"[..]));
        assert_eq!((record(28).0, &record(28).1[..8]), (&b"head"[..], &[7; 8][..]));
        assert_eq!(sum(&font), SUM);
    }
}
