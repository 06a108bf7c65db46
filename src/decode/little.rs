//! What tells in little text, where single characters do not tell enough: which of them follow each other in words.
//!
//! Two characters of Big5 are often two of GBK that are as common, but seldom a word there.

use super::encoding::Encoding;
use super::euctw;
use super::model::Model;
use super::reading::{Code, Ends, Step};
use crate::chinese::fold::fold;
use crate::unicode::{is_han, is_hangul, is_kana};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// How many bytes are little text.
pub(super) const LITTLE: usize = 256;

/// Pairs of characters in words, in simplified characters: behind the first of a row those that follow it, each behind the level
/// of what it costs.
const PAIRS: &str = include_str!("word_pairs.txt");
/// The distance of two levels, in tenths of a bit.
const LEVEL: u8 = 12;

/// What kana and hangul cost more in Chinese.
const KANA: i64 = 30;
/// What a character costs more that stands alone behind a letter: letters with accents are so.
const IN_WORD: i64 = 60;
/// The blocks of signs for frames.
const FRAMES: RangeInclusive<char> = '\u{2500}'..='\u{259F}';
/// What such a sign costs more that stands beside a word.
const DRAWN_BESIDE: i64 = 60;

/// The rows of the table by their first character.
static ROWS: LazyLock<BTreeMap<char, &'static str>> = LazyLock::new(|| {
    let rows = PAIRS.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.chars().next().map(|first| (first, &row[first.len_utf8()..]))).collect()
});

/// What `second` costs behind `first` in tenths of a bit, where they are a pair in words.
fn pair(first: char, second: char) -> Option<u8> {
    let second = fold(second);
    let mut cost = 0;
    for c in ROWS.get(&fold(first))?.chars() {
        match c.to_digit(10) {
            Some(level) => cost = level as u8 * LEVEL,
            None if c == second => return Some(cost),
            None => {}
        }
    }
    None
}

/// How much more or less than its characters by themselves `text` costs, in tenths of a bit.
fn correction(text: &str, chinese: bool) -> i64 {
    let mut correction = 0;
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if let Some(first) = before.filter(|&first| is_han(c) && is_han(first) && first != c)
            && let Some(cost) = pair(first, c)
        {
            correction -= i64::from(Model::Chinese.cost(c).saturating_sub(cost));
        }
        let beside = [before, characters.peek().copied()];
        if is_han(c) && before.is_some_and(|c| c.is_ascii_lowercase()) && !beside.into_iter().flatten().any(is_han) {
            correction += IN_WORD;
        } else if chinese && (is_kana(c) || is_hangul(c)) {
            correction += KANA;
        } else if FRAMES.contains(&c) && beside.into_iter().flatten().any(is_han) {
            correction += DRAWN_BESIDE;
        }
        before = Some(c);
    }
    correction
}

/// The same for `bytes` as they are read in the encoding `name` by `code`, or as UTF-8.
pub(super) fn weigh(bytes: &[u8], name: &str, code: Option<&Code>, chinese: bool) -> i64 {
    let Some(code) = code else { return correction(&String::from_utf8_lossy(bytes), false) };
    let mut steps = vec![];
    code.read(bytes, if code.is_wide() { Ends::WHOLE } else { Ends::CUT }, Some(&mut steps));
    let (mut at, mut kept) = (0, Vec::with_capacity(bytes.len()));
    for step in steps {
        if let Step::Character(_) = step {
            kept.extend_from_slice(bytes.get(at..at + step.length()).unwrap_or_default());
        }
        at += step.length();
    }
    match Encoding::named(name) {
        Some(Encoding::Whatwg(encoding)) => correction(&encoding.decode_without_bom_handling(&kept).0, chinese),
        Some(Encoding::EucTw) => correction(&euctw::read(&kept).text, chinese),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode;
    use super::*;
    use std::path::Path;

    #[test]
    fn the_table_is_sorted_and_names_no_pair_twice() {
        let mut last = None;
        let mut count = 0;
        for row in PAIRS.lines().filter(|line| !line.starts_with('#')) {
            let first = row.chars().next();
            assert!(first > last, "{row}");
            last = first;
            let mut seen = std::collections::HashSet::new();
            for c in row.chars().skip(1).filter(|c| !c.is_ascii_digit()) {
                assert!(seen.insert(c) && fold(c) == c && is_han(c), "{c} in {row}");
                count += 1;
            }
        }
        let stated = PAIRS.split_whitespace().nth(1).and_then(|n| n.parse().ok());
        assert_eq!(Some(count), stated, "the head states how many pairs there are");
    }

    #[test]
    fn words_are_known_in_either_script() {
        assert!(pair('电', '话').is_some_and(|cost| cost < Model::Chinese.cost('话')));
        assert_eq!(pair('電', '話'), pair('电', '话'));
        assert_eq!(pair('话', '的'), None);
        assert!(correction("電話", true) < correction("電的", true));
    }

    /// What `text` is read as in `encoding`, between other bytes.
    fn read(text: &str, encoding: &'static encoding_rs::Encoding, around: [&str; 2]) -> String {
        let bytes = [around[0].as_bytes(), &encoding.encode(text).0, around[1].as_bytes()].concat();
        decode(Path::new("a.txt"), &bytes, None).expect("text").text
    }

    /// What may stand around little text.
    const AROUND: [[&str; 2]; 8] = [
        ["", ""],
        ["", "\n"],
        ["", "\r\n"],
        ["", "\n========\n"],
        ["", "\n\n =-=-=-=-=-=-=-=-=-=-=-=-=-=-=-\n"],
        ["2024-05-01 ", " v1.2\n"],
        ["", "\n王小明\t档案科\t010-60000\n李秀英\t人事科\t010-60001\n"],
        ["第一组今天完成了登记。\n第二组休息。\n", "\n第三组今天完成了登记。\n"],
    ];

    #[test]
    fn words_are_read_in_gbk() {
        // Among them some of which all or most bytes are UTF-8, too.
        for word in [
            "测试",
            "通知",
            "系统",
            "联通",
            "图纸",
            "中国",
            "委员",
            "提供",
            "王晓明",
            "没什么",
            "通知目录",
            "使用说明",
            "姓名\t部门\t电话",
            "第3章 总则",
        ] {
            for around in AROUND {
                assert_eq!(read(word, encoding_rs::GBK, around), around.join(word), "{around:?}");
            }
        }
    }

    #[test]
    fn a_word_that_could_be_two_signs_of_utf8_is_a_word_where_it_stands_alone() {
        for around in &AROUND[..6] {
            assert_eq!(read("目录", encoding_rs::GBK, *around), around.join("目录"), "{around:?}");
        }
    }

    #[test]
    fn words_are_read_in_big5() {
        for word in ["你好", "中文", "電腦", "測試", "公司", "歡迎光臨", "使用說明", "圖書館", "中華民國", "第3章 總則"]
        {
            for around in AROUND {
                assert_eq!(read(word, encoding_rs::BIG5, around), around.join(word), "{around:?}");
            }
        }
    }

    #[test]
    fn other_letters_stay_what_they_are() {
        for text in [
            "μια",
            "και το",
            "Привет",
            "да",
            "שלום",
            "سلام",
            "ā á ǎ à",
            "[ˈæpl]",
            "Grüße",
            "café",
            "naïve\n",
            "über",
            "Việt Nam",
            "ß",
        ] {
            for around in [AROUND[0], AROUND[1], AROUND[7]] {
                assert_eq!(read(text, encoding_rs::UTF_8, around), around.join(text), "{around:?}");
            }
        }
        for text in ["café crème", "Déjà vu", "Straße", "Les élèves étaient là.", "Mädchen für alles"] {
            assert_eq!(read(text, encoding_rs::WINDOWS_1252, ["", "\n"]), format!("{text}\n"));
        }
        assert_eq!(read("こんにちは", encoding_rs::SHIFT_JIS, ["", "\n"]), "こんにちは\n");
        assert_eq!(read("日本語の本です", encoding_rs::EUC_JP, ["", "\n"]), "日本語の本です\n");
        assert_eq!(read("안녕하세요 여러분", encoding_rs::EUC_KR, ["", "\n"]), "안녕하세요 여러분\n");
    }

    #[test]
    fn what_is_in_doubt_is_said() {
        // As good in GBK, where it is 单单.
        let decoded = decode(Path::new("a.txt"), &encoding_rs::BIG5.encode("等等").0, None).expect("text");
        let doubt = decoded.notes.iter().find(|note| note.kind == "encoding-doubtful").expect("a doubt");
        let detail = doubt.detail.to_string();
        assert!(detail.contains("big5") && detail.contains("gb18030"), "{detail}");
    }
}
