//! What sites put into the texts that are downloaded from them.

use super::words::Word;

/// Longest line that is nothing else, in letters.
const LONGEST: usize = 24;

/// Whether a line does nothing but name a site of novels, its letters perhaps parted by other signs so that no search finds them:
/// `t!xt-小说天\堂`.
pub fn is_notice(text: &str) -> bool {
    // Every name has one of these.
    if !text.contains(['说', '說', 'x', 'X']) {
        return false;
    }
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.chars().count() <= LONGEST && Word::Site.is_in(&letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sites_are_known_however_they_are_spelt() {
        for line in ["t!xt-小说天\\堂", "**t*xt小*说**天*堂", "www/xiaoshuotxt.n et", "TXT小说下载", "小說網"]
        {
            assert!(is_notice(line), "{line}");
        }
        for line in ["小说家的早晨", "他说天堂很远", "第一章 xml", "读小说的人", "说天\\堂"] {
            assert!(!is_notice(line), "{line}");
        }
    }
}
