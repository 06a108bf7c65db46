//! "Did you mean …?"

use strsim::levenshtein;

/// The word of `known` that is nearest to `word`, if one is near enough to be a slip.
pub fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = word.to_lowercase();
    known
        .iter()
        .map(|&candidate| (levenshtein(&word, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= 1 + candidate.chars().count() / 4)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["book", "news", "official", "plain"];
        assert_eq!(nearest("offical", &known), Some("official"));
        assert_eq!(nearest("Bok", &known), Some("book"));
        assert_eq!(nearest("letter", &known), None);
    }
}
