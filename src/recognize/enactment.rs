//! The lines below the title of a law that say when it was passed, published and amended (题注).

use crate::chinese::date;
use crate::chinese::fold::fold;
use crate::chinese::words::Word;

/// Longest one, in characters.
const LONGEST: usize = 200;

/// Whether a line tells of an enactment: `1997年4月20日 浙江省第八届人民代表大会常务委员会第三十五次会议通过`.
pub fn is_enactment(line: &str) -> bool {
    let inner = line.trim_start_matches(['（', '(']);
    let inner = inner.strip_prefix("根据").unwrap_or(inner);
    let Some((_, len)) = date::leading(inner) else { return false };
    let told = inner[len..].trim_end_matches(['）', ')', ' ']);

    let numbered = told.ends_with(|c| matches!(fold(c), '号' | '令')) && Word::Enactment.is_in(told);
    (Word::Enactment.ends(told) || numbered) && !told.contains('。') && told.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enactments_are_told_from_sentences_with_dates() {
        for line in [
            "1997年4月20日 浙江省第八届人民代表大会常务委员会第三十五次会议通过",
            "（1988年9月5日第七届全国人民代表大会常务委员会第三次会议通过",
            "根据1994年5月12日第八届全国人民代表大会常务委员会第七次会议《关于修改〈条例〉的决定》修正）",
            "2007年4月25日中华人民共和国国务院令第496号公布",
        ] {
            assert!(is_enactment(line), "{line}");
        }
        for line in ["2007年4月25日，会议通过了这个条例。随后施行", "2018年1月5日", "会议通过", "2007年4月25日他来了"]
        {
            assert!(!is_enactment(line), "{line}");
        }
    }
}
