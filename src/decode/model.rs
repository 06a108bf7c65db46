//! What a character costs: its information content in each kind of text that a file may hold.
//!
//! All costs are in tenths of a bit, so that readings of the same bytes in different encodings can be compared: the right
//! one needs the fewest bits. ASCII costs the same in every model.

use crate::unicode::{is_han, is_hangul, is_kana, is_private_use};
use std::sync::LazyLock;

/// What a malformed run of bytes costs.
pub(super) const MALFORMED: u32 = 400;
/// What a further byte of a malformed run costs.
pub(super) const FURTHER: u32 = 100;

/// Common characters of simplified and traditional Chinese text with their costs.
const CHINESE: &str = include_str!("char_bits.txt");

/// The commonest syllables of Korean text, about half of it.
const KOREAN: &str = "이다는에의을를가고은들지사한로기하대도시자어리인서나아만일정해부스수제여그보라전과장면주으있것게었않했습니까요없조성상원";

/// The letters of Russian text, commonest first, and their costs.
const RUSSIAN: [(&str, u8); 5] = [("оеаинт", 36), ("срвлкмд", 48), ("пуяыьгзб", 60), ("чйхжшю", 70), ("цщэфъё", 90)];

/// A kind of text, by what its characters cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Model {
    /// Chinese, simplified or traditional, ancient or modern.
    Chinese,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
    /// Russian and other texts in Cyrillic letters.
    Cyrillic,
    /// Texts in Latin letters with accents.
    Latin,
}

impl Model {
    /// The cost of `c` in tenths of a bit; less than a malformed run.
    pub(super) fn cost(self, c: char) -> u8 {
        if c.is_ascii() {
            return ascii(c);
        }
        match self {
            Model::Chinese => chinese(c),
            Model::Japanese => japanese(c),
            Model::Korean => korean(c),
            Model::Cyrillic => cyrillic(c),
            Model::Latin => latin(c),
        }
    }
}

fn ascii(c: char) -> u8 {
    match c {
        '\n' | ' ' => 40,
        '\r' | '\t' => 50,
        'a'..='z' => 50,
        '0'..='9' => 55,
        'A'..='Z' => 65,
        '\0' => 250,
        // Bulletin boards are full of it.
        '\u{1B}' => 100,
        '!'..='~' => 75,
        _ => 220,
    }
}

fn chinese(c: char) -> u8 {
    static TABLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let mut table = vec![0; 0x30000];
        for (cost, characters) in rows() {
            for c in characters.chars() {
                if let Some(slot) = table.get_mut(c as usize) {
                    *slot = cost;
                }
            }
        }
        table
    });
    match c as u32 {
        0x2500..=0x25FF | 0x3000 => return 80,
        _ => {}
    }
    match TABLE.get(c as usize) {
        Some(&cost) if cost > 0 => cost.min(200),
        _ if is_kana(c) => 130,
        _ if is_hangul(c) => 160,
        _ => rare(c),
    }
}

/// The rows of the table: a cost and the characters that have it.
fn rows() -> impl Iterator<Item = (u8, &'static str)> {
    CHINESE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (cost, characters) = line.split_once('\t')?;
        Some((cost.parse().ok()?, characters))
    })
}

/// The cost of a character that no table knows, by its block.
fn rare(c: char) -> u8 {
    match c as u32 {
        0x80..=0x9F | 0xFFFD => 250,
        0xA0..=0x24F => 150,
        0x250..=0x1FFF => 170,
        0x2000..=0x33FF => 160,
        0x4E00..=0x9FFF => 190,
        0x3400..=0x4DBF => 230,
        0xFF00..=0xFF60 => 140,
        0xFF61..=0xFF9F => 150,
        0x1F300..=0x1FAFF => 150,
        _ if is_private_use(c) => 250,
        0x20000..=0x3FFFF => 240,
        _ => 230,
    }
}

fn japanese(c: char) -> u8 {
    match c {
        'の' | 'に' | 'た' | 'い' | 'は' | 'し' | 'を' | 'て' | 'と' | 'が' | 'な' | 'る' | 'で' | 'か' | 'す' => {
            50
        }
        '、' | '。' => 55,
        'ー' | 'ン' | 'ス' | 'ル' | 'ト' => 75,
        '\u{FF61}'..='\u{FF9F}' => 115,
        'ぁ'..='ゖ' => 68,
        'ァ'..='ヺ' => 88,
        // Japanese shares the common characters of Chinese, but spends half of its text on kana.
        _ if is_han(c) => chinese(c).saturating_add(12).min(190),
        _ => chinese(c),
    }
}

fn korean(c: char) -> u8 {
    match c {
        '가'..='힣' if KOREAN.contains(c) => 70,
        '가'..='힣' => 122,
        _ if is_han(c) => chinese(c).saturating_add(40),
        _ => chinese(c),
    }
}

fn cyrillic(c: char) -> u8 {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let upper = if lower == c { 0 } else { 45 };
    match lower {
        'а'..='ё' => {
            RUSSIAN.iter().find(|(letters, _)| letters.contains(lower)).map_or(110, |&(_, cost)| cost) + upper
        }
        '«' | '»' | '—' | '№' => 90,
        '\u{80}'..='\u{9F}' => 250,
        _ => 140,
    }
}

fn latin(c: char) -> u8 {
    match c {
        'é' => 75,
        'à' | 'è' | 'ü' | 'ö' | 'ä' | 'ó' | 'í' | 'á' | 'ñ' | 'ç' => 90,
        'ê' | 'ß' | 'ô' | 'ú' | 'â' | 'î' | 'ã' | 'õ' | 'å' | 'ø' | 'æ' | 'ù' | 'û' | 'ë' | 'ï' => 105,
        '’' | '“' | '”' | '—' | '–' | '\u{A0}' | '•' | '…' | '‘' | '«' | '»' | '°' | '©' | '®' | '·' => {
            105
        }
        'À'..='Ö' | 'Ø'..='Þ' => 130,
        '\u{80}'..='\u{9F}' => 250,
        _ => 150,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_sorted_and_names_no_character_twice() {
        let mut seen = std::collections::HashSet::new();
        let mut last = 0;
        let mut mass = 0.0;
        for line in CHINESE.lines().filter(|line| !line.starts_with('#')) {
            let (cost, characters) = line.split_once('\t').expect("a cost, a tab, characters");
            let cost: u8 = cost.parse().expect("a cost in tenths of a bit");
            assert!(cost > last, "{cost} after {last}");
            last = cost;
            for c in characters.chars() {
                assert!(seen.insert(c), "{c} twice");
                mass += (-f64::from(cost) / 10.0).exp2();
            }
        }
        let stated = CHINESE.split_whitespace().nth(1).and_then(|n| n.parse().ok());
        assert_eq!(Some(seen.len()), stated, "the head states how many characters there are");
        // Costs are the smaller of two distributions, so the mass lies between one and two.
        assert!((1.0..2.0).contains(&mass), "{mass}");
    }

    #[test]
    fn common_characters_cost_less_than_rare_ones() {
        assert!(Model::Chinese.cost('的') < Model::Chinese.cost('龘'));
        assert!(Model::Chinese.cost('，') < Model::Chinese.cost('﹐'));
        assert!(Model::Japanese.cost('の') < Model::Chinese.cost('の'));
        assert!(Model::Korean.cost('다') < Model::Korean.cost('뷁'));
        assert!(Model::Cyrillic.cost('о') < Model::Cyrillic.cost('Ъ'));
    }
}
