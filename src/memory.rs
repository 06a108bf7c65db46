//! How much memory an input may take, and what it costs, told before it is taken: where memory ends no program can go on, so the limit
//! comes first.
//!
//! What an input costs follows from the input and what is made of it alone, so the same input is always made or refused, whatever is
//! worked on beside it. Only whether it has to wait depends on the others.

use crate::document::Amount;
use crate::error::{Cause, Error, Kind, Stage};
use crate::options::Format;
use crate::pictures::{Pictures, Size};
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A megabyte.
pub const MEGABYTE: u64 = 1 << 20;
/// The most that one input may take, in bytes: with what inputs share, and 50 MB for the program itself, less than 2 GB, which any
/// machine has to spare.
pub const MOST: u64 = 1600 * MEGABYTE;
/// What all inputs that are worked on at the same time share, before one has to wait for its turn to take more.
const SHARED: u64 = 200 * MEGABYTE;

/// What things cost in bytes of memory: the worst of generated texts of one thing alone (`.ci/limits` converts them again, and tells
/// where the figures are too low), as the difference that a million of them makes to the most that was resident.
mod cost {
    /// A byte of the file and of the text, while it is decoded.
    pub const DECODING: u64 = 4;
    /// A byte of the parts of a document, while it is opened.
    pub const UNPACKING: u64 = 16;
    /// A byte of a page, and a sign in it that may begin a tag or a character reference, while it is opened.
    pub const OPENING: u64 = 6;
    /// See there.
    pub const TAG: u64 = 300;
    /// A byte of the text while it is restored.
    pub const RESTORING: u64 = 7;
    /// A zero in it, which is dropped with all others of its run.
    pub const ZERO: u64 = 2;
    /// A byte of the text from then on: the texts of all stages, and what is written.
    pub const TEXT: u64 = 5;
    /// An edit.
    pub const EDIT: u64 = 160;
    /// A line that is not empty, in plain text and in Markdown.
    pub const LINE: [u64; 2] = [680, 620];
    /// An end of a line.
    pub const LINE_END: u64 = 6;
    /// A character that may be syntax of Markdown.
    pub const SIGN: u64 = 410;
    /// A picture that is being decoded, a byte of its samples: with what is transparent, and compressed.
    pub const DECODED: u64 = 4;

    /// An edit that a DOCX shows.
    pub const TRACKED: u64 = 4500;

    /// What a format takes of a document.
    pub struct Writing {
        pub character: u64,
        /// A character of the longest line, in addition: where it may be broken is sought for all of it together.
        pub longest: u64,
        pub block: u64,
        pub heading: u64,
        pub cell: u64,
        pub inline: u64,
    }
    pub const PDF: Writing = Writing { character: 42, longest: 40, block: 740, heading: 4100, cell: 700, inline: 400 };
    pub const DOCX: Writing = Writing { character: 6, longest: 0, block: 200, heading: 9200, cell: 200, inline: 2100 };
    pub const EPUB: Writing = Writing { character: 8, longest: 0, block: 100, heading: 1500, cell: 60, inline: 150 };
    pub const HTML: Writing = Writing { character: 8, longest: 0, block: 100, heading: 600, cell: 60, inline: 150 };
    /// Markdown and text.
    pub const TEXT_ALONE: Writing = Writing { character: 0, longest: 0, block: 0, heading: 0, cell: 0, inline: 0 };
}

/// What may begin or end syntax of Markdown within a line.
const SIGNS: &[u8] = b"*_`[]<>|~$&\\";

/// How much memory is left for inputs.
#[derive(Debug)]
pub struct Budget {
    state: Mutex<State>,
    freed: Condvar,
}

#[derive(Debug)]
struct State {
    left: u64,
    /// Whether an input has its turn to take more than its part.
    turn: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Budget { state: Mutex::new(State { left: SHARED, turn: false }), freed: Condvar::new() }
    }
}

impl Budget {
    /// A share for one input, of nothing yet.
    pub fn share(&self) -> Share<'_> {
        Share { budget: self, held: 0, turn: false, asked: 0 }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What one input may take; given back when it is dropped.
#[derive(Debug)]
pub struct Share<'b> {
    budget: &'b Budget,
    held: u64,
    /// Whether it is its turn to take as much as one input may.
    turn: bool,
    /// The most that was asked for.
    asked: u64,
}

/// An input needs this many bytes, more than one may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch(pub u64);

impl TooMuch {
    /// The error of the input at `path`, in `stage`.
    pub fn error(self, stage: Stage, path: &Path) -> Error {
        let needed = Cause::NeedsMemory { megabytes: self.0.div_ceil(MEGABYTE), most: MOST / MEGABYTE };
        Error::new(stage, Kind::Memory, path, needed)
    }
}

impl Share<'_> {
    /// Makes sure that the input may take `all` bytes, what it has included. Where the others leave too little it waits for its turn,
    /// which one input has at a time and for all it may need: so none waits for another that waits.
    ///
    /// # Errors
    /// When no input may take so much.
    pub fn grow(&mut self, all: u64) -> Result<(), TooMuch> {
        self.asked = self.asked.max(all);
        if all > MOST {
            return Err(TooMuch(all));
        }
        if self.turn || all <= self.held {
            return Ok(());
        }
        let mut state = self.budget.state();
        loop {
            let more = all - self.held;
            if more <= state.left {
                state.left -= more;
                self.held = all;
                return Ok(());
            }
            if !state.turn {
                state.turn = true;
                state.left += self.held;
                (self.held, self.turn) = (0, true);
                self.budget.freed.notify_all();
                return Ok(());
            }
            state = self.budget.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Share<'_> {
    /// The most that was asked for, in bytes: what the input was said to cost.
    pub fn asked(&self) -> u64 {
        self.asked
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        let mut state = self.budget.state();
        state.left += self.held;
        state.turn &= !self.turn;
        self.budget.freed.notify_all();
    }
}

/// What a file of so many bytes costs while it is decoded.
pub const fn decoding(bytes: u64) -> u64 {
    bytes * cost::DECODING
}

/// What a document of so many bytes costs that has so many unpacked, while a transcript is made of it.
pub const fn unpacking(bytes: usize, unpacked: u64) -> u64 {
    decoding(bytes as u64) + unpacked * cost::UNPACKING
}

/// What a page of so many bytes costs, and its text, while a transcript is made of it.
pub fn opening(bytes: usize, page: &str) -> u64 {
    let tags = page.bytes().filter(|byte| matches!(byte, b'<' | b'&')).count() as u64;
    decoding(bytes as u64) + page.len() as u64 * cost::OPENING + tags * cost::TAG
}

/// How much there is of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// Bytes, but for the zeros.
    bytes: u64,
    zeros: u64,
    /// Lines that are not empty.
    lines: u64,
    line_ends: u64,
}

impl Extent {
    /// That of `text`.
    pub fn of(text: &str) -> Self {
        let mut extent = Extent::default();
        let mut behind_end = true;
        for byte in text.bytes() {
            let is_end = matches!(byte, b'\n' | b'\r');
            extent.lines += u64::from(behind_end && !is_end);
            extent.line_ends += u64::from(is_end);
            extent.zeros += u64::from(byte == 0);
            behind_end = is_end;
        }
        extent.bytes = text.len() as u64 - extent.zeros;
        extent
    }

    /// What its lines cost.
    const fn lines(&self, markdown: bool) -> u64 {
        self.lines * cost::LINE[markdown as usize] + self.line_ends * cost::LINE_END
    }
}

/// What a file of so many bytes and its text cost, while the text is restored with so many edits. Lines of plain text are taken in already here, for the
/// survey looks at each.
pub const fn restoring(file: usize, text: &Extent, markdown: bool, edits: usize) -> u64 {
    let lines = if markdown { text.line_ends * cost::LINE_END } else { text.lines(false) };
    file as u64 + text.bytes * cost::RESTORING + text.zeros * cost::ZERO + lines + edits as u64 * cost::EDIT
}

/// How many edits a file and its text have room for.
pub const fn most_edits(file: usize, text: &Extent, markdown: bool) -> usize {
    (MOST.saturating_sub(restoring(file, text, markdown, 0)) / cost::EDIT) as usize
}

/// How many edits most texts want at most, the damaged among them, as far as there is room for them.
pub fn usual_edits(file: usize, text: &Extent, markdown: bool) -> usize {
    let bytes = text.bytes as usize;
    ((bytes / 8).min(200_000).max(bytes / 32) + 1000).min(most_edits(file, text, markdown))
}

/// What a file of so many bytes, its text of so many as it was `decoded`, the edits of it and the document of the restored `text` cost; the syntax may be
/// that of Markdown.
pub fn recognizing(file: usize, decoded: usize, edits: usize, text: &str, markdown: bool) -> u64 {
    let signs = match markdown {
        true => text.bytes().filter(|byte| SIGNS.contains(byte)).count() as u64,
        false => 0,
    };
    let before = file as u64 + decoded as u64 + edits as u64 * cost::EDIT;
    before + text.len() as u64 * cost::TEXT + Extent::of(text).lines(markdown) + signs * cost::SIGN
}

/// What it costs to write a document of this `amount` in `formats`, one after the other, and to show so many edits in the DOCX.
pub fn writing(amount: &Amount, formats: &[Format], tracked: usize) -> u64 {
    let costs = formats.iter().map(|format| {
        let (cost, tracked) = match format {
            Format::Pdf => (cost::PDF, 0),
            Format::Docx => (cost::DOCX, tracked),
            Format::Epub => (cost::EPUB, 0),
            Format::Html => (cost::HTML, 0),
            Format::Markdown | Format::Text => (cost::TEXT_ALONE, 0),
        };
        amount.characters * cost.character
            + amount.longest * cost.longest
            + amount.blocks * cost.block
            + amount.headings * cost.heading
            + amount.cells * cost.cell
            + amount.inlines * cost.inline
            + tracked as u64 * cost::TRACKED
    });
    costs.max().unwrap_or(0)
}

/// What pictures of this `size` together cost: their files, which each format holds again, their samples as a PDF has them, and one of
/// them while it is decoded.
pub fn showing(size: Size) -> u64 {
    size.file * 3 + size.samples + size.samples.min(Pictures::LARGEST) * (cost::DECODED - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn what_no_input_may_take_is_refused_and_what_one_may_is_given() {
        let budget = Budget::default();
        assert_eq!(budget.share().grow(MOST + 1), Err(TooMuch(MOST + 1)));
        assert_eq!(budget.share().grow(MOST), Ok(()));
        // Whatever the others hold.
        let mut small = budget.share();
        small.grow(SHARED).unwrap();
        assert_eq!(budget.share().grow(MOST), Ok(()));
        assert_eq!(budget.share().grow(MOST + 1), Err(TooMuch(MOST + 1)));
    }

    #[test]
    fn two_large_inputs_are_not_worked_at_the_same_time_and_small_ones_go_on() {
        let budget = Budget::default();
        let (send, receive) = mpsc::channel();
        let mut first = budget.share();
        first.grow(MOST).unwrap();
        thread::scope(|scope| {
            scope.spawn(|| {
                let mut second = budget.share();
                second.grow(MEGABYTE).unwrap();
                send.send("begun").unwrap();
                second.grow(MOST).unwrap();
                send.send("large").unwrap();
            });
            assert_eq!(receive.recv(), Ok("begun"));
            budget.share().grow(SHARED / 2).unwrap();
            assert!(receive.recv_timeout(Duration::from_millis(50)).is_err());
            drop(first);
            assert_eq!(receive.recv(), Ok("large"));
        });
        let state = budget.state();
        assert_eq!((state.left, state.turn), (SHARED, false));
    }

    #[test]
    fn a_text_that_fits_is_not_refused_for_edits_that_it_may_not_want() {
        for megabytes in [1, 10, 100, 190] {
            let file = megabytes << 20;
            let text = Extent { bytes: file as u64, ..Extent::default() };
            assert!(restoring(file, &text, false, usual_edits(file, &text, false)) <= MOST, "{megabytes} MB");
        }
    }

    #[test]
    fn zeros_and_lines_are_counted_whatever_ends_the_lines() {
        let extent = |text| Extent::of(text);
        let expected = Extent { bytes: 9, zeros: 2, lines: 3, line_ends: 3 };
        assert_eq!(extent("\0a\r\n\0\n山bc"), expected);
        assert_eq!(extent("\n\n\na"), Extent { bytes: 4, zeros: 0, lines: 1, line_ends: 3 });
        assert_eq!(extent(""), Extent::default());
    }

    #[test]
    fn a_disk_full_of_zeros_is_not_refused_and_one_full_of_text_is() {
        let file = 256 << 20;
        let zeros = Extent { zeros: file as u64, ..Extent::default() };
        assert!(restoring(file, &zeros, false, usual_edits(file, &zeros, false)) < MOST);
        let text = Extent { bytes: file as u64, ..Extent::default() };
        assert!(restoring(file, &text, false, 0) > MOST);
    }

    #[test]
    fn an_article_costs_little_and_a_long_novel_is_no_exception() {
        let line = "山雨欲来风满楼，水光潋滟晴方好。".repeat(4) + "\n";
        let all = |lines: usize| {
            let text = line.repeat(lines);
            let amount =
                Amount { characters: 64 * lines as u64, longest: 64, blocks: lines as u64, ..Amount::default() };
            recognizing(text.len(), text.len(), 0, &text, false) + writing(&amount, &[Format::Pdf], 0)
        };
        assert!(all(100) < 2 * MEGABYTE);
        assert!(all(30_000) > SHARED / 2 && all(30_000) < MOST / 4);
    }

    #[test]
    fn formats_are_written_one_after_the_other_and_edits_cost_where_they_are_shown() {
        let amount =
            Amount { characters: 1000, longest: 100, blocks: 10, headings: 1, cells: 1, inlines: 1, glosses: 0 };
        let cost = |formats: &[Format], tracked| writing(&amount, formats, tracked);
        let (pdf, docx) = (cost(&[Format::Pdf], 0), cost(&[Format::Docx], 0));
        assert_eq!(cost(&[Format::Pdf, Format::Docx, Format::Markdown], 0), pdf.max(docx));
        assert_eq!(cost(&[Format::Pdf], 1000), pdf);
        assert_eq!(cost(&[Format::Docx], 1000), docx + 1000 * cost::TRACKED);
        assert_eq!(cost(&[Format::Text], 1000), 0);
    }
}
