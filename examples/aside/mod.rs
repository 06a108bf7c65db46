//! Which words are kept aside when pairs of characters are fitted, so that they can tell how well others are read.

use shanben::chinese::fold::fold;

/// Whether `word` is one of the third that no fit sees, in either script.
pub fn is_aside(word: &str) -> bool {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for c in word.chars().map(fold) {
        hash = (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01B3);
    }
    (hash >> 20).is_multiple_of(3)
}
