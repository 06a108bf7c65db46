//! What is kept aside when something is fitted, so that it can tell how well others fare: words when pairs of characters are, repositories of
//! texts when rules of restoration are.

use shanben::chinese::fold::fold;

/// Whether `word`, or the repository of that name, is one of the third that no fit sees; a word in either script. By a digest of its characters.
pub fn is_aside(word: &str) -> bool {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for c in word.chars().map(fold) {
        hash = (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01B3);
    }
    (hash >> 20).is_multiple_of(3)
}
