//! Of what age the language of a text is, by its commonest words.

/// Words of the old written language.
const OLD: &str = "之者也其曰而乃矣焉哉";
/// Words of the spoken one.
const NEW: &str = "的了是着們们這这那個个";

/// Whether `text` is written in the old language: its words are half as many again as those of the new one.
pub fn is_old(text: &str) -> bool {
    let (mut old, mut new) = (0usize, 0usize);
    for c in text.chars().filter(|&c| c >= '\u{4e00}') {
        old += usize::from(OLD.contains(c));
        new += usize::from(NEW.contains(c));
    }
    old * 2 > new * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_language_is_told_from_the_new_one() {
        assert!(is_old("子曰：学而时习之，不亦说乎。") && is_old("乾隆五十年，其人乃去。"));
        assert!(!is_old("他说这是我们的书，而你也有。") && !is_old("天地玄黄"));
    }
}
