//! Reading bytes in step, as a plain decoder does, until the text looks out of step.
//!
//! Behind a lost byte the characters are mostly rare ones. So a walk keeps account of how much dearer than text should be what it
//! passes is; where that is too much, or bytes are no character, a stretch around the place is to be looked at closely.

use super::reading::{Code, NONE};
use std::ops::Range;

/// What a character costs at most, on average, in text that is read in step.
pub(super) const DEAR: u8 = 120;
/// How far a stretch reaches beyond the place where the walk stopped.
const BEYOND: usize = 512;
/// How far it reaches back, at least, from where the text was last as cheap as it should be, and from malformed bytes, which the
/// wrong pairing may lead to from far: half of it at the least, where no line begins.
const NEAR: usize = 64;
const FAR: usize = 4096;

/// A walk through bytes in step: no byte is left out.
pub(super) struct Walk<'b> {
    code: &'b Code,
    bytes: &'b [u8],
    at: usize,
    /// How much dearer than it should be the text has been up to here.
    excess: u32,
    /// How much it may be.
    most: u32,
    /// The last two places, so far apart, where it was as cheap as it should be.
    near: [usize; 2],
    /// The same, farther apart.
    far: [usize; 2],
}

impl<'b> Walk<'b> {
    /// A walk from the beginning of `bytes`, in which a stretch may cost so much more than it should.
    pub(super) fn new(code: &'b Code, bytes: &'b [u8], most: u32) -> Self {
        Walk { code, bytes, at: 0, excess: 0, most, near: [0; 2], far: [0; 2] }
    }

    /// Goes on at `at`, where a character begins.
    pub(super) fn resume(&mut self, at: usize) {
        (self.at, self.excess, self.near, self.far) = (at, 0, [at; 2], [at; 2]);
    }

    /// The next stretch that is not sound: bytes are malformed in it, or it is so dear that another pairing is likelier. It begins with
    /// a character, ends at the end of a line or well behind the place, and is not empty. `None` at the end.
    pub(super) fn unsound(&mut self) -> Option<Range<usize>> {
        let Walk { code, bytes, mut at, mut excess, most, mut near, mut far } = *self;
        let start = 'walk: loop {
            // By far the commonest case: pairs of bytes.
            while let Some(&[lead, trail]) = bytes.get(at..).and_then(|rest| rest.first_chunk::<2>())
                && !lead.is_ascii()
            {
                let own = code.pair(lead, trail);
                if own == NONE {
                    break;
                }
                excess = (excess + u32::from(own)).saturating_sub(u32::from(DEAR));
                if excess > most {
                    break 'walk near[0];
                }
                at += 2;
                if excess == 0 && at - near[1] >= NEAR {
                    (near, far) = passed(near, far, at);
                }
            }
            let &byte = bytes.get(at)?;
            let single = code.alone(byte);
            let (mut own, mut length) = match bytes.get(at + 1) {
                _ if byte.is_ascii() && single != NONE => (single, 1),
                Some(&trail) => (code.pair(byte, trail), 2),
                // The last character may be cut.
                None => (single, 1),
            };
            if own == NONE {
                let four = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>());
                let Some(cost) = four.and_then(|four| code.four(*four)) else { break far[0] };
                (own, length) = (cost, 4);
            }
            let end = at + length;
            // Beyond a byte that is no part of a pair, whatever it is, the pairing begins anew.
            if byte < code.boundary {
                (excess, near, far) = (0, [end; 2], [end; 2]);
            } else {
                excess = (excess + u32::from(own)).saturating_sub(u32::from(DEAR));
                if excess > most {
                    break near[0];
                }
                if excess == 0 && end - near[1] >= NEAR {
                    (near, far) = passed(near, far, end);
                }
            }
            at = end;
        };
        self.at = at;
        Some(self.stretch(start))
    }

    /// From `start` to the end of the line, if that is near.
    fn stretch(&self, start: usize) -> Range<usize> {
        let behind = self.bytes.get(self.at + 1..).unwrap_or_default();
        let reach = behind.get(..BEYOND).unwrap_or(behind);
        let length = reach.iter().position(|&byte| byte < self.code.boundary).unwrap_or(reach.len());
        start..self.at + 1 + length
    }
}

/// The last places where the text was as cheap as it should be, when it is so again at `at`.
fn passed(near: [usize; 2], far: [usize; 2], at: usize) -> ([usize; 2], [usize; 2]) {
    ([near[1], at], if at - far[1] < FAR { far } else { [far[1], at] })
}
