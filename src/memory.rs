//! How much memory an input may take, and what it costs, told before it is taken: where memory ends no program can go on, so the limit
//! comes first.
//!
//! What an input costs follows from the input and what is made of it alone, so the same input is always made or refused, whatever is
//! worked on beside it. Only whether it has to wait depends on the others.

use crate::document::Amount;
use crate::options::Format;
use crate::pictures::{Pictures, Size};
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
    /// A byte of the text from then on: the texts of all stages, and what is written.
    pub const TEXT: u64 = 6;
    /// An edit.
    pub const EDIT: u64 = 160;
    /// A line that is not empty, in plain text and in Markdown.
    pub const LINE: [u64; 2] = [600, 1100];
    /// A character that may be syntax of Markdown.
    pub const SIGN: u64 = 480;
    /// A picture that is being decoded, a byte of its samples: with what is transparent, and compressed.
    pub const DECODED: u64 = 4;

    /// What a format takes of a document.
    pub struct Writing {
        pub character: u64,
        pub block: u64,
        pub heading: u64,
        pub cell: u64,
        pub inline: u64,
    }
    pub const PDF: Writing = Writing { character: 75, block: 1300, heading: 4100, cell: 700, inline: 400 };
    pub const DOCX: Writing = Writing { character: 6, block: 200, heading: 9200, cell: 200, inline: 2100 };
    /// Markdown and text.
    pub const TEXT_ALONE: Writing = Writing { character: 0, block: 0, heading: 0, cell: 0, inline: 0 };
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
        Share { budget: self, held: 0, turn: false }
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
}

/// An input needs this many bytes, more than one may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch(pub u64);

impl Share<'_> {
    /// Makes sure that the input may take `all` bytes, what it has included. Where the others leave too little it waits for its turn,
    /// which one input has at a time and for all it may need: so none waits for another that waits.
    ///
    /// # Errors
    /// When no input may take so much.
    pub fn grow(&mut self, all: u64) -> Result<(), TooMuch> {
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

/// What a file and its text cost, while the text is restored with so many edits.
pub const fn restoring(bytes: usize, text: usize, edits: usize) -> u64 {
    bytes as u64 + text as u64 * cost::TEXT + edits as u64 * cost::EDIT
}

/// How many edits a file and its text have room for.
pub const fn most_edits(bytes: usize, text: usize) -> usize {
    (MOST.saturating_sub(restoring(bytes, text, 0)) / cost::EDIT) as usize
}

/// How many edits most texts want at most, the damaged among them, as far as there is room for them.
pub fn usual_edits(bytes: usize, text: usize) -> usize {
    ((text / 8).min(200_000).max(text / 32) + 1000).min(most_edits(bytes, text))
}

/// What the document of `text` costs; its syntax may be that of Markdown.
pub fn recognizing(text: &str, markdown: bool) -> u64 {
    let mut lines = 0;
    let mut before = b'\n';
    for &byte in text.as_bytes() {
        lines += u64::from(byte != b'\n' && before == b'\n');
        before = byte;
    }
    let signs = match markdown {
        true => text.as_bytes().iter().filter(|byte| SIGNS.contains(byte)).count() as u64,
        false => 0,
    };
    lines * cost::LINE[usize::from(markdown)] + signs * cost::SIGN
}

/// What it costs to write a document of this `amount` in `format`.
pub const fn writing(amount: &Amount, format: Format) -> u64 {
    let cost = match format {
        Format::Pdf => cost::PDF,
        Format::Docx => cost::DOCX,
        Format::Markdown | Format::Text => cost::TEXT_ALONE,
    };
    amount.characters * cost.character
        + amount.blocks * cost.block
        + amount.headings * cost.heading
        + amount.cells * cost.cell
        + amount.inlines * cost.inline
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
        for megabytes in [1, 10, 100, 220] {
            let text = megabytes << 20;
            assert!(restoring(text, text, usual_edits(text, text)) <= MOST, "{megabytes} MB");
        }
    }

    #[test]
    fn an_article_costs_little_and_a_long_novel_is_no_exception() {
        let line = "山雨欲来风满楼，水光潋滟晴方好。".repeat(4) + "\n";
        let all = |lines: usize| {
            let text = line.repeat(lines);
            let amount = Amount { characters: 65 * lines as u64, blocks: lines as u64, ..Amount::default() };
            restoring(text.len(), text.len(), 0) + recognizing(&text, false) + writing(&amount, Format::Pdf)
        };
        assert!(all(100) < 2 * MEGABYTE);
        assert!(all(30_000) > SHARED && all(30_000) < MOST / 4);
    }
}
