//! What sites put into the texts that are downloaded from them.

use super::words::Word;

/// Longest line that is nothing else, in letters.
const LONGEST: usize = 24;

/// The longest line in which a site speaks of itself, in characters.
const OFFER: usize = 400;

/// Whether a line is what a site says of itself and its books: `本书由某某网（www.…）收集整理`.
pub fn is_offer(text: &str) -> bool {
    if text.chars().nth(OFFER).is_some() || !Word::SiteOffer.is_in(text) {
        return false;
    }
    let narrow =
        |c: char| char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(char::is_ascii_graphic).unwrap_or(c);
    let plain: String = text.chars().map(narrow).flat_map(char::to_lowercase).collect();
    ["http", "www.", "wap.", ".com", ".net", ".org", ".cn", ".cc"].iter().any(|sign| plain.contains(sign))
}

/// The work that such a line offers, where it names it again: `《某书》查看《某书》书评…`.
pub fn work_offered(text: &str) -> Option<&str> {
    let (name, rest) = text.strip_prefix('《')?.split_once('》')?;
    (is_offer(text) && rest.contains(&format!("《{name}》"))).then(|| name.trim())
}

/// Whether a line does nothing but name a site of novels, its letters perhaps parted by other signs so that no search finds them:
/// `t!xt-小说天\堂`.
pub fn is_notice(text: &str) -> bool {
    if is_origin(text) {
        return true;
    }
    // Every name has one of these.
    if !text.contains(['说', '說', 'x', 'X', '传', '傳']) {
        return false;
    }
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.chars().count() <= LONGEST && Word::Site.is_in(&letters)
}

/// Whether a line does nothing but say from which site a text is, or who made it: `文章来自某某中国`.
fn is_origin(text: &str) -> bool {
    let short = text.chars().take(LONGEST + 1).count() <= LONGEST;
    short && Word::SiteOrigin.is_in(text) && !text.contains(['，', '。', '；', '？', '！', '：', '、'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sites_are_known_however_they_are_spelt() {
        for line in [
            "t!xt-小说天\\堂",
            "**t*xt小*说**天*堂",
            "www/xiaoshuotxt.n et",
            "TXT小说下载",
            "小說網",
            "文章来自某某中国",
            "本书由某人为您整理制作",
        ] {
            assert!(is_notice(line), "{line}");
        }
        for line in ["小说家的早晨", "他说天堂很远", "第一章 xml", "读小说的人", "说天\\堂", "文章来自生活，也高于生活"]
        {
            assert!(!is_notice(line), "{line}");
        }
    }

    #[test]
    fn what_a_site_says_of_itself_is_told_from_addresses_in_a_text() {
        let offer = "《春江》查看《春江》书评和最新更新请到《春江》专题网址http://www.example.com/1/";
        for line in
            [offer, "声明：本书由某某网(Www.Example.Com)自网络收集整理制作", "更多好书请登录ｗｗｗ．example．ｎｅｔ"]
        {
            assert!(is_offer(line), "{line}");
        }
        for line in ["详见 http://www.example.com", "他下载了一本书。", "《春江》是一本好书。"] {
            assert!(!is_offer(line), "{line}");
        }
        assert_eq!((work_offered(offer), work_offered("《某某文学》整理收藏 www.example.org")), (Some("春江"), None));
    }
}
