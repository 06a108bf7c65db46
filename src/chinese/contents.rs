//! What stands above a table of contents.

use super::words::Word;
use crate::lang::{Language, Region};
use crate::unicode::tight;

/// The heading of a table of contents in each language.
pub const HEADINGS: [(Language, &str); 5] = [
    (Language::ZhHans, "目录"),
    (Language::ZhHant(Region::Taiwan), "目錄"),
    (Language::Ja, "目次"),
    (Language::Ko, "차례"),
    (Language::En, "Contents"),
];

/// The heading of a table of contents in `language`.
pub fn heading(language: Language) -> &'static str {
    HEADINGS.iter().find(|(own, _)| *own == language.in_region(Region::Taiwan)).map_or("", |(_, heading)| heading)
}

/// Whether a line is the heading of a table of contents in a Chinese text, its characters perhaps set apart: `目　錄`.
pub fn is_contents(line: &str) -> bool {
    Word::Contents.is(&tight(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_heading_and_the_chinese_ones_are_known_again() {
        let languages =
            [Language::ZhHans, Language::ZhHant(Region::HongKong), Language::Ja, Language::Ko, Language::En];
        assert_eq!(languages.map(heading), ["目录", "目錄", "目次", "차례", "Contents"]);
        assert!(["目录", "目　錄", "目次"].into_iter().all(is_contents) && !is_contents("目录学"));
    }
}
