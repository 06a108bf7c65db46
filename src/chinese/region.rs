//! Taiwan or Hong Kong, by words that a traditional text of only one of them has.

use crate::lang::Region;

/// What is written in Hong Kong: the characters of its speech, and its institutions.
const HONG_KONG: [&str; 24] = [
    "嘅",
    "咗",
    "哋",
    "喺",
    "嚟",
    "啲",
    "嗰",
    "冇",
    "嘢",
    "佢哋",
    "唔係",
    "港幣",
    "港元",
    "特區政府",
    "行政長官",
    "立法會",
    "律政司",
    "警務處",
    "廉政公署",
    "公屋",
    "屋邨",
    "九龍",
    "新界",
    "港督",
];

/// The same of Taiwan.
const TAIWAN: [&str; 12] =
    ["臺灣", "台灣", "民國", "新臺幣", "新台幣", "行政院", "立法院", "臺北", "台北", "縣政府", "中研院", "總統府"];

/// Fewer could be a name, or a loan.
const LEAST: usize = 3;

/// So many for one against.
const MAJORITY: usize = 3;

/// The region that the words of a traditional text speak for: Taiwan, unless there are many of Hong Kong.
pub fn region(text: &str) -> Region {
    let count = |words: &[&str]| words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let hong_kong = count(&HONG_KONG);
    match hong_kong >= LEAST && hong_kong >= MAJORITY * count(&TAIWAN) {
        true => Region::HongKong,
        false => Region::Taiwan,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hong_kong_is_told_by_its_words_and_its_speech() {
        assert_eq!(region("佢話呢個係我哋嘅屋企，你去咗邊度呀？"), Region::HongKong);
        assert_eq!(region("立法會今日討論公屋租金，特區政府表示每月增加港幣一百元。"), Region::HongKong);
        assert_eq!(region("行政院今日討論住宅租金，內政部表示每月增加新臺幣一百元。"), Region::Taiwan);
        assert_eq!(region("臺灣銀行公布港幣、港元匯率，民國一百年起台北分行辦理，九龍分行亦同。"), Region::Taiwan);
        assert_eq!(region("孔子曰：學而時習之，不亦說乎。"), Region::Taiwan);
    }
}
