//! Simplified or traditional, by the characters that only one of the two scripts has.

use crate::lang::{Language, Region};

/// Of the 5401 frequent characters of Big5 those that GB 2312 lacks.
static TRADITIONAL: Characters = Characters::of(include_str!("traditional.txt"));
/// Of the 3755 frequent characters of GB 2312 those that are none of them.
static SIMPLIFIED: Characters = Characters::of(include_str!("simplified.txt"));

/// How many characters of a text only one script has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Script {
    /// Those that only simplified texts have.
    pub simplified: usize,
    /// Those that only traditional texts have.
    pub traditional: usize,
}

/// Counts the characters of `text` that tell its script.
pub fn script(text: impl IntoIterator<Item = char>) -> Script {
    let mut counts = Script::default();
    for c in text {
        counts.simplified += usize::from(SIMPLIFIED.hold(c));
        counts.traditional += usize::from(TRADITIONAL.hold(c));
    }
    counts
}

impl Script {
    /// The language that most of the characters speak for; simplified where they speak for neither.
    pub const fn likelier(self) -> Language {
        if self.traditional > self.simplified { Language::ZhHant(Region::Taiwan) } else { Language::ZhHans }
    }

    /// The language that hardly a character speaks against, if there are some that speak for it. A name in the other script decides nothing.
    pub const fn decisive(self) -> Option<Language> {
        /// So many for one against.
        const MAJORITY: usize = 8;
        /// Fewer could be a slip or a name.
        const LEAST: usize = 3;
        if self.traditional >= LEAST && self.traditional >= self.simplified * MAJORITY {
            Some(Language::ZhHant(Region::Taiwan))
        } else if self.simplified >= LEAST && self.simplified >= self.traditional * MAJORITY {
            Some(Language::ZhHans)
        } else {
            None
        }
    }
}

/// First and last code point of a set of characters.
const RANGE: (u32, u32) = (0x4E00, 0x9FFF);

/// A set of Han characters: a bit for each code point.
struct Characters([u64; ((RANGE.1 - RANGE.0) / 64 + 1) as usize]);

impl Characters {
    /// The Han characters of `text`, which take three bytes each in UTF-8.
    const fn of(text: &str) -> Self {
        let mut bits = [0; ((RANGE.1 - RANGE.0) / 64 + 1) as usize];
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] < 0x80 {
                at += 1;
                continue;
            }
            let code = ((bytes[at] & 0x0F) as u32) << 12
                | ((bytes[at + 1] & 0x3F) as u32) << 6
                | (bytes[at + 2] & 0x3F) as u32;
            let index = code - RANGE.0;
            bits[(index / 64) as usize] |= 1 << (index % 64);
            at += 3;
        }
        Characters(bits)
    }

    fn hold(&self, c: char) -> bool {
        let Some(index) = u32::from(c).checked_sub(RANGE.0) else { return false };
        self.0.get((index / 64) as usize).is_some_and(|bits| bits >> (index % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_hold_what_one_script_has_and_the_other_writes_otherwise() {
        for (simplified, traditional) in "这们来说时会对为国个过还发开门车马书话实当应学无气业处龙龟"
            .chars()
            .zip("這們來說時會對為國個過還發開門車馬書話實當應學無氣業處龍龜".chars())
        {
            assert_eq!(script([simplified]), Script { simplified: 1, traditional: 0 }, "{simplified}");
            assert_eq!(script([traditional]), Script { simplified: 0, traditional: 1 }, "{traditional}");
        }
        assert_eq!(script("山水人云后里干面松谷，abc。𠀀".chars()), Script::default());
    }

    #[test]
    fn a_name_in_the_other_script_decides_nothing() {
        let decisive = |text: &str| script(text.chars()).decisive();
        assert_eq!(decisive("這是我們的國家"), Some(Language::ZhHant(Region::Taiwan)));
        assert_eq!(decisive("这是我们的国家，时间还没有到"), Some(Language::ZhHans));
        assert_eq!(decisive("作者蕭紅"), None);
        assert_eq!(decisive("这是蕭紅的书，说的是過去"), None);
    }
}
