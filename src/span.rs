//! Places in a text: a half-open range of bytes that knows which text it belongs to.
//!
//! Three texts follow each other on the way through the program, and an offset of one means nothing in another:
//! the [`Source`] bytes as they lie on disk, the [`Decoded`] UTF-8 text, and the [`Normal`] (normalized) text.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// The bytes of a file as they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {}
/// The decoded text, before any edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decoded {}
/// The text of a page, as it was decoded, of which a transcript was made: that is then the [`Decoded`] text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Original {}
/// The normalized text: what every output carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Normal {}

/// A half-open byte range `start..end` of the text `T`.
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span<T> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    text: PhantomData<fn() -> T>,
}

impl<T> Span<T> {
    /// The range `start..end`, in bytes.
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end, text: PhantomData }
    }

    /// Number of bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the range holds no byte (an insertion point).
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a standard range, to slice with.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The smallest range that holds both.
    pub fn cover(self, other: Self) -> Self {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl<T> Clone for Span<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Span<T> {}

impl<T> Default for Span<T> {
    fn default() -> Self {
        Span::new(0, 0)
    }
}

impl<T> From<Range<usize>> for Span<T> {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

impl<T> fmt::Debug for Span<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A stretch of one text that stands in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Its first byte.
    pub start: usize,
    /// Its first byte in the other.
    pub place: usize,
    /// Its length in bytes.
    pub len: usize,
}

/// Where byte `at` of a text stands in another, of which these are the stretches, in order; between two stretches it is where the first ends.
pub fn placed(stretches: &[Stretch], at: usize) -> usize {
    let after = stretches.partition_point(|stretch| stretch.start <= at);
    let before = after.checked_sub(1).and_then(|index| stretches.get(index));
    before.map_or_else(
        || stretches.first().map_or(0, |first| first.place),
        |stretch| stretch.place + (at - stretch.start).min(stretch.len),
    )
}

/// Where byte `place` of the other text stands in the first; what has no stretch there stands before the next that has one.
pub fn found(stretches: &[Stretch], place: usize) -> usize {
    let after = stretches.partition_point(|stretch| stretch.place + stretch.len <= place);
    stretches.get(after).map_or_else(
        || stretches.last().map_or(0, |last| last.start + last.len),
        |stretch| stretch.start + place.saturating_sub(stretch.place),
    )
}

/// A line and column for people, both counted from 1; the column in characters (code points).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Turns byte offsets of one text into [`Place`]s; built once, each look-up is a binary search and one short count, however long the line.
#[derive(Debug, Clone)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters begin before each [`STEP`]th byte.
    counts: Vec<usize>,
}

/// Bytes from one count of characters to the next.
const STEP: usize = 4096;

/// How many characters begin in `bytes`.
fn begun(bytes: &[u8]) -> usize {
    #[cfg(test)]
    tests::LOOKED.set(tests::LOOKED.get() + bytes.len());
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

impl<'t> Lines<'t> {
    /// Indexes the line starts of `text` (LF, CRLF or lone CR end a line).
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        starts.extend(ends.filter(|&i| !bytes[i..].starts_with(b"\r\n")).map(|i| i + 1));
        let counts = bytes.chunks_exact(STEP).scan(0, |count, chunk| {
            *count += begun(chunk);
            Some(*count)
        });
        Lines { text, starts, counts: [0].into_iter().chain(counts).collect() }
    }

    /// How many characters stand before byte `offset`.
    fn before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        self.counts[step] + begun(&self.text.as_bytes()[step * STEP..offset])
    }

    /// The place of byte `offset`; offsets beyond the end or inside a character are moved back to the nearest one.
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&s| s <= offset);
        let start = self.starts[line - 1];
        let before = match offset - start {
            0..STEP => begun(&self.text.as_bytes()[start..offset]),
            _ => self.before(offset) - self.before(start),
        };
        Place { line, column: before + 1 }
    }

    /// The byte at `place`, the end of its line at the furthest; `None` when there is no such place.
    pub fn offset(&self, place: Place) -> Option<usize> {
        let line = self.line(place.line)?;
        let wanted = self.before(line.start).checked_add(place.column.checked_sub(1)?)?;
        // The last count before the character, then the characters one by one.
        let step = self.counts.partition_point(|&count| count < wanted).saturating_sub(1);
        let from = self.text.ceil_char_boundary((step * STEP).max(line.start));
        let text = self.text.get(from..line.end)?;
        text.char_indices().map(|(at, _)| from + at).chain([line.end]).nth(wanted - self.before(from))
    }

    /// The range of line `number`, from 1, with its line end; `None` when there are fewer.
    pub fn line(&self, number: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        Some(start..self.starts.get(number).copied().unwrap_or(self.text.len()))
    }

    /// At most `many` characters of the line that byte `offset` is in, from so many `before` it on.
    pub fn around(&self, offset: usize, before: usize, many: usize) -> &'t str {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|&s| s <= offset);
        let start = self.starts[line - 1];
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let behind =
            self.text[start..offset].char_indices().rev().take(before).last().map_or(offset, |(at, _)| start + at);
        let text = &self.text[behind..end];
        let end = text.char_indices().nth(many).map_or(text.len(), |(at, _)| at);
        text[..end].trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        /// How many bytes were looked at to count characters.
        pub static LOOKED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn places_count_characters_and_every_kind_of_line_end() {
        let lines = Lines::new("甲乙\r\n丙\r丁\n戊");
        assert_eq!(lines.place(3), Place { line: 1, column: 2 });
        assert_eq!(lines.place(8), Place { line: 2, column: 1 });
        assert_eq!(lines.place(12), Place { line: 3, column: 1 });
        assert_eq!(lines.place(usize::MAX), Place { line: 4, column: 2 });
        for at in [0, 3, 6, 8, 11, 12, 15, 16, 19] {
            assert_eq!(lines.offset(lines.place(at)), Some(at), "{at}");
        }
        assert_eq!(lines.offset(Place { line: 1, column: 5 }), Some(8), "behind the line end");
        for (line, column) in [(0, 1), (1, 0), (1, 6), (5, 1)] {
            assert_eq!(lines.offset(Place { line, column }), None, "{line}, {column}");
        }
        assert_eq!(lines.around(3, 1, 9), "甲乙");
        assert_eq!(lines.around(3, 9, 1), "甲");
        assert_eq!(lines.around(usize::MAX, 1, 9), "戊");
    }

    #[test]
    fn a_place_in_a_long_line_is_found_without_walking_there() {
        // Characters of one to four bytes, so that counts begin within them.
        let text = "短\n".to_owned() + &"甲a乙𠀀é".repeat(20_000);
        let lines = Lines::new(&text);
        LOOKED.set(0);
        let mut asked = 0;
        for (count, (at, c)) in text[4..].char_indices().enumerate().step_by(997) {
            assert_eq!(lines.place(4 + at), Place { line: 2, column: count + 1 });
            assert_eq!(lines.offset(Place { line: 2, column: count + 1 }), Some(4 + at));
            assert_eq!(lines.around(4 + at, 0, 1).chars().next(), Some(c));
            asked += 1;
        }
        assert!(LOOKED.get() < asked * 4 * STEP, "{} bytes for {asked} places", LOOKED.get());
    }
}
