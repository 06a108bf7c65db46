//! What can be taken back: of each decision what it changed in the file of decisions, not the whole file.

use crate::digest::sha256;
use std::collections::VecDeque;
use std::path::PathBuf;

/// Most steps that can be taken back.
const STEPS: usize = 500;
/// Most bytes that are kept for them.
const BYTES: usize = 32 << 20;

/// What a decision changed in a file of decisions.
#[derive(Debug)]
pub struct Step {
    /// The file.
    pub place: PathBuf,
    /// The number of the text that it was about, if about one alone.
    pub of: Option<usize>,
    /// Whether there was such a file before.
    existed: bool,
    /// Where it changed something, in bytes.
    start: usize,
    /// What stood there before.
    before: Vec<u8>,
    /// How many bytes stand there now.
    len: usize,
    /// Digest of the file as it was written.
    written: String,
}

impl Step {
    /// The step from what stood at `place` to what was written there.
    pub fn new(place: PathBuf, of: Option<usize>, before: Option<&[u8]>, after: &[u8]) -> Self {
        let existed = before.is_some();
        let before = before.unwrap_or_default();
        let same = |(one, other): &(&u8, &u8)| one == other;
        let start = before.iter().zip(after).take_while(same).count();
        let (before, behind) = (&before[start..], &after[start..]);
        let end = before.iter().rev().zip(behind.iter().rev()).take_while(same).count();
        let before = before[..before.len() - end].to_vec();
        Step { place, of, existed, start, before, len: behind.len() - end, written: sha256(after) }
    }

    /// The file as it was before, where it is `now` as it was written; `None` where somebody else has written there since.
    pub fn taken_back(&self, now: Option<Vec<u8>>) -> Option<Option<Vec<u8>>> {
        let mut bytes = now.filter(|now| sha256(now) == self.written)?;
        bytes.splice(self.start..self.start + self.len, self.before.iter().copied());
        Some(self.existed.then_some(bytes))
    }
}

/// The steps that can be taken back, the last decisions.
#[derive(Debug, Default)]
pub struct Steps {
    steps: VecDeque<Step>,
    bytes: usize,
}

impl Steps {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Adds a step; the earliest are forgotten where there are too many.
    pub fn push(&mut self, step: Step) {
        self.bytes += step.before.len();
        self.steps.push_back(step);
        while self.steps.len() > STEPS || self.bytes > BYTES {
            let Some(forgotten) = self.steps.pop_front() else { break };
            self.bytes -= forgotten.before.len();
        }
    }

    /// Takes away the last step.
    pub fn pop(&mut self) -> Option<Step> {
        let step = self.steps.pop_back()?;
        self.bytes -= step.before.len();
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(before: Option<&str>, after: &str) -> Step {
        Step::new(PathBuf::new(), None, before.map(str::as_bytes), after.as_bytes())
    }

    #[test]
    fn what_was_changed_is_changed_back_and_nothing_that_others_wrote() {
        for (before, after, kept) in [
            (None, "abc", 0),
            (Some(""), "abc", 0),
            (Some("abc"), "abbc", 0),
            (Some("abbc"), "abc", 1),
            (Some("abc"), "", 3),
            (Some("aXc"), "aYYc", 1),
            (Some("abc"), "abc", 0),
        ] {
            let step = step(before, after);
            assert_eq!(step.before.len(), kept, "{before:?} {after}");
            let back = step.taken_back(Some(after.into())).unwrap();
            assert_eq!(back.as_deref(), before.map(str::as_bytes), "{after}");
            assert_eq!(step.taken_back(Some(b"other".to_vec())), None);
            assert_eq!(step.taken_back(None), None);
        }
    }

    #[test]
    fn no_more_is_kept_than_is_allowed() {
        let mut steps = Steps::default();
        for _ in 0..STEPS + 9 {
            steps.push(step(Some("a"), "b"));
        }
        assert_eq!((steps.steps.len(), steps.bytes), (STEPS, STEPS));
        steps.push(step(Some(&"a".repeat(BYTES)), "b"));
        assert_eq!((steps.steps.len(), steps.bytes), (1, BYTES));
        steps.push(step(Some(&"a".repeat(BYTES + 1)), "b"));
        assert_eq!((steps.is_empty(), steps.bytes), (true, 0));
        assert!(steps.pop().is_none());
    }
}
