//! From traditional to simplified characters, one by one, so that a word need be known in one spelling only.
//!
//! It serves to compare, not to convert: where a character has several simplified forms it takes the usual one, 乾 is always 干.

/// First and last code point that fold.
const RANGE: (u32, u32) = (0x4E00, 0x9FFF);

/// The simplified form of each character in [`RANGE`]; 0 where it is its own.
static FORMS: [u16; (RANGE.1 - RANGE.0 + 1) as usize] = pairs(include_str!("fold.txt"));

/// Reads pairs of characters, which take three bytes each in UTF-8; what is ASCII stands between them.
const fn pairs(text: &str) -> [u16; (RANGE.1 - RANGE.0 + 1) as usize] {
    let mut forms = [0; (RANGE.1 - RANGE.0 + 1) as usize];
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
            continue;
        }
        forms[(code(bytes, at) - RANGE.0) as usize] = code(bytes, at + 3) as u16;
        at += 6;
    }
    forms
}

/// The code point of three bytes.
const fn code(bytes: &[u8], at: usize) -> u32 {
    ((bytes[at] & 0x0F) as u32) << 12 | ((bytes[at + 1] & 0x3F) as u32) << 6 | (bytes[at + 2] & 0x3F) as u32
}

/// The simplified form of `c`, or `c` itself.
pub fn fold(c: char) -> char {
    let Some(index) = u32::from(c).checked_sub(RANGE.0) else { return c };
    match FORMS.get(index as usize) {
        None | Some(0) => c,
        Some(&form) => char::from_u32(u32::from(form)).unwrap_or(c),
    }
}

/// The bytes of `word` at the beginning of `text`, in whichever script; `word` is written in simplified characters.
pub fn prefix(text: &str, word: &str) -> Option<usize> {
    let mut chars = text.chars();
    for c in word.chars() {
        let next = chars.next()?;
        if next != c && fold(next) != c {
            return None;
        }
    }
    Some(text.len() - chars.as_str().len())
}

/// The bytes of `word` at the end of `text`, in whichever script.
pub fn suffix(text: &str, word: &str) -> Option<usize> {
    let mut chars = text.chars();
    word.chars().rev().all(|c| chars.next_back().map(fold) == Some(c)).then(|| text.len() - chars.as_str().len())
}

/// Where `word` begins in `text` for the first time, in whichever script.
pub fn find(text: &str, word: &str) -> Option<usize> {
    text.char_indices().map(|(at, _)| at).find(|&at| prefix(&text[at..], word).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chinese::script::script;

    #[test]
    fn traditional_characters_fold_to_simplified_and_all_others_to_themselves() {
        for (traditional, simplified) in
            "媽校對來機祕書錄後於裏裡啟啓迴囘".chars().zip("妈校对来机秘书录后于里里启启回回".chars())
        {
            assert_eq!(fold(traditional), simplified);
        }
        for c in "山水人云后里干面，。abc \u{0}\u{10FFFF}㐀𠀀々〇".chars() {
            assert_eq!(fold(c), c);
        }
    }

    #[test]
    fn what_is_folded_stays_and_is_simplified() {
        for c in (RANGE.0..=RANGE.1).filter_map(char::from_u32) {
            assert_eq!(fold(fold(c)), fold(c), "{c}");
            assert_eq!(script([fold(c)]).traditional * usize::from(fold(c) != c), 0, "{c}");
        }
    }

    #[test]
    fn words_are_found_in_either_script() {
        assert_eq!(prefix("來源：某報", "来源"), Some("來源".len()));
        assert_eq!(prefix("来源", "来源"), Some("来源".len()));
        assert_eq!(prefix("來", "来源"), None);
        assert_eq!(suffix("某某謹識", "谨识"), Some("謹識".len()));
        assert_eq!(suffix("識", "谨识"), None);
        assert_eq!(find("責任編輯：某某", "编辑"), Some("責任".len()));
        assert_eq!(find("責任", "编辑"), None);
    }
}
