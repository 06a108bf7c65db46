//! Who has made a book, as the lines below its title say: who wrote it, and who has translated, edited or annotated it.

use crate::chinese::names::is_name;
use crate::chinese::words::Word;
use crate::unicode::{is_han, tight};

/// The longest name of a foreigner, in characters.
const FOREIGN: usize = 12;
/// The longest line that says it, in characters, and the most names in it.
const LONGEST: usize = 30;
const NAMES: usize = 6;

/// Who signs a line as the author: `（清）某某 撰`, `晉　郭璞　撰`, `某某著`. Whoever edits, compiles or translates is no author.
pub fn signed(text: &str) -> Option<String> {
    let text = text.trim();
    let done = Word::Wrote.find(text)?.start;
    let name = text[..done].trim_end();
    let bracketed = name.strip_prefix(['（', '(', '[', '［', '【', '〔']);
    let foreign = bracketed.is_some();
    let name = match bracketed.and_then(|rest| rest.split_once([')', '）', ']', '］', '】', '〕'])) {
        Some((age, name)) if age.chars().count() <= 3 => name.trim(),
        Some(_) => return None,
        None => match name.split_once([' ', '\u{3000}', '·']) {
            Some((age, name)) if Word::Dynasty.is(age) => name.trim(),
            _ => name,
        },
    };
    let name: String = name.chars().filter(|c| !matches!(c, ' ' | '\u{3000}')).collect();
    // Whose country is told may have any name.
    let told = foreign && (2..=FOREIGN).contains(&name.chars().count()) && name.chars().all(|c| is_han(c) || c == '·');
    (is_name(&name) || told).then_some(name)
}

/// Whether a line says who has written, translated, edited or annotated a work, and no more: `陈某某　译`, `张三 李四 校注`.
pub fn contributes(text: &str) -> bool {
    let text = text.trim();
    let Some(done) = Word::Contributed.find(text).filter(|done| done.start > 0) else { return false };
    let names = &text[..done.start];
    let is = |name: &str| {
        let name = name.trim_end_matches('等');
        let told = name.split_once([']', '］', '】', '〕', ')', '）']).map(|(_, name)| name);
        is_name(told.unwrap_or(name)) || told.is_some_and(|name| (2..=FOREIGN).contains(&name.chars().count()))
    };
    let joined = tight(names);
    let mut pieces = names.split([' ', '\u{3000}', '、', '，']).filter(|name| !name.is_empty());
    let several = || pieces.clone().count() <= NAMES && pieces.clone().next().is_some();
    text.chars().count() <= LONGEST && (is(&joined) || several() && pieces.all(is))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_made_a_book_is_told_from_what_is_said() {
        for text in
            ["陈某某　译", "张伟 李刚 校注", "王力主编", "[日] 佐藤一郎　著", "王国维 等 点校", "刘洋、赵敏编译"]
        {
            assert!(contributes(text), "{text}");
        }
        for text in ["翻译", "他翻译", "这本书值得一译", "正文", "本书由三人合译", "第一编"] {
            assert!(!contributes(text), "{text}");
        }
        assert_eq!(signed("[日] 佐藤一郎　著").as_deref(), Some("佐藤一郎"));
    }
}
