//! What differs between two texts: lines first, then the characters of the lines that differ.

use imara_diff::{Algorithm, Diff, InternedInput, Interner};
use std::hash::Hash;
use std::ops::Range;

/// A difference: what stands in the one text, and what in the other.
pub type Hunk = (Range<usize>, Range<usize>);

/// The differences between two lists.
pub fn differences<T: Eq + Hash>(ours: impl Iterator<Item = T>, theirs: impl Iterator<Item = T>) -> Vec<Hunk> {
    let mut input = InternedInput { before: vec![], after: vec![], interner: Interner::new(0) };
    input.update_before(ours);
    input.update_after(theirs);
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let range = |range: Range<u32>| range.start as usize..range.end as usize;
    diff.hunks().map(|hunk| (range(hunk.before), range(hunk.after))).collect()
}

/// The differences between two texts, in bytes.
pub fn in_text(ours: &str, theirs: &str) -> Vec<Hunk> {
    let places = |text: &str| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<usize>>();
    let (of_ours, of_theirs) = (places(ours), places(theirs));
    let bytes = |places: &[usize], range: Range<usize>| places[range.start]..places[range.end];
    let hunks = differences(ours.chars(), theirs.chars()).into_iter();
    hunks.map(|(ours, theirs)| (bytes(&of_ours, ours), bytes(&of_theirs, theirs))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_found_character_by_character() {
        let found = in_text("他说，好。你走", "他说,好。我走了");
        let ours = "他说，好。你走";
        let told: Vec<&str> = found.iter().map(|(range, _)| &ours[range.clone()]).collect();
        assert_eq!(told, ["，", "你", ""]);
        assert_eq!(in_text("甲", "甲"), []);
    }
}
