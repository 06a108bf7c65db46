//! Cues: small patterns that one line of a form often has, and no other form does. None of them decides alone.

use crate::chinese::numeral::COUNTING;
use regex::Regex;
use std::sync::LazyLock;

/// A pattern, and what a line must hold for it to be tried.
struct Cue {
    name: &'static str,
    /// ASCII characters of which the line has one, perhaps in full width; every line has the empty one.
    needs: &'static str,
    pattern: &'static str,
}

const fn cue(name: &'static str, needs: &'static str, pattern: &'static str) -> Cue {
    Cue { name, needs, pattern }
}

/// Every cue.
const CUES: [Cue; 27] = [
    cue("key-value", "=:", r#"^[\w.\-\[\]"'/]{1,40}\s*=\s*\S?|^"?[A-Za-z_][\w.\-]*"?\s*:\s"#),
    cue("semicolon", ";{})", r"[;{}]$|\w\(\)$"),
    cue("call", "(", r"[A-Za-z_]\w*\([^()（）]{0,60}\)"),
    cue("operator", "=-&|:<>", r"==|!=|->|=>|\+=|&&|\|\||::|:=|<<|>>|\w = "),
    cue(
        "keyword",
        LETTERS,
        r"^(if|for|while|def|class|return|import|from|function|var|let|const|int|void|public|private|static|else|elif|end|echo|select|insert|update|create|set|begin|try|except|catch|struct|package|use|print|local|sudo|git|cd|npm|pip|make|apt(-get)?)\b",
    ),
    cue("prompt", "$>:#", r"^(\$|>>>|C:\\|[\w@~-]+[$#>]\s)"),
    cue("tag", "<", r"</?[A-Za-z][\w:-]*(\s[^<>]*)?/?>"),
    cue("link", ":.@", r"https?://|www\.|\w@\w+\.\w"),
    cue("path", "/\\", r#"(^|[\s"=(])(\.{0,2}/[\w.-]+/[\w./-]*|[A-Z]:\\)"#),
    cue("clock", ":", r"\d{1,2}[:：]\d\d"),
    cue("span", ">[", r"-->|\[\d\d:\d\d"),
    cue("section", "[", r"^\[[^\[\]]{1,40}\]$"),
    cue("base64", LETTERS, r"[A-Za-z0-9+/=]{36,}"),
    cue("camel", LETTERS, r"[a-z][A-Z]|[A-Za-z]_[A-Za-z]"),
    cue("markup", "\\.:@", r"\\[A-Za-z]{2,}|^\.\. |^:\w+:|^@\w+\{"),
    cue(
        "reference",
        DIGITS,
        r"\[[JMDCNRPSZG](/OL)?\]|\[[A-Z]+/OL\]|ISBN|(出版社|书局|書局|大学|大學|印书馆|印書館)[,，. ]*\d{4}|\d{4}\s*[,，(（]\s*\d+\s*[)）]?\s*[:：]\s*\d+",
    ),
    cue("amount", DIGITS, r"\d[\d,]*\.?\d*\s*(元|%|％|万|萬|kg|km|人|件)"),
    cue(
        "mail",
        "",
        r"^(发信人|發信人|寄件人|收件人|标\s*题|標\s*題|发信站|發信站|作者|看板|日\s*期|时\s*间|時\s*間|信区|信區|转信站|轉信站|From|To|Cc|Subject|Date|Sender|Message-I[Dd]|Newsgroups|Reply-To|Path|Organization|X-[\w-]+|Content-[\w-]+|Received|Return-Path|Mime-Version|Xref|References)\s*[:：]|^[※◆] |^推 |^-- ?$|^20\d\d[-/]\d\d?[-/]\d\d? \d?\d:\d\d(:\d\d)?( [^ ]+)?$|写道[:：]?$|提到[:：]$",
    ),
    cue(
        "page",
        DIGITS_OR_HAN,
        r"^[-—–·\s]*(第\s*NUMERAL+\s*[页頁]([，,/ ]*共\s*NUMERAL+\s*[页頁])?|\d{1,4}\s*/\s*\d{1,4}|Page \d+( of \d+)?|\d{1,4})[-—–·\s]*$",
    ),
    cue("leader", DIGITS, r"[.…·]{4,}\s*\d+$|[\u{3400}-\u{9fff}]\s+\d{1,4}$"),
    cue("speaker", ":", r"^[\u{3400}-\u{9fff}]{1,4}[:：]\s*\S"),
    cue("escape", "\\%\u{1b}", r#"\\[nrt"x]|%[sd\d]|\x1b"#),
    cue("directive", "#!", r"^#(!|include|define|undef|if|ifdef|ifndef|elif|else|endif|pragma|import|region)\b|^#!/"),
    cue("comment", "/*#-<;", r"^(//|/\*|\*/|\*\s|#\s?\S|--\s|<!--|;)"),
    cue("blank-to-fill", "_", r"_{3,}|＿{3,}|[（(]\s{2,}[)）]"),
    cue("choice", LETTERS, r"^[(（]?[A-DＡ-Ｄ][)）.．、]\s?"),
    cue("latin-stop", ".!?", r#"[a-z][a-z)][.!?]["')]?$"#),
];

/// Cues that need a letter.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Cues that need a digit.
const DIGITS: &str = "0123456789";
/// Cues that need a digit of any kind: those of Han are not counted by the presence of characters.
const DIGITS_OR_HAN: &str = "";

/// The names of the cues, as the table of weights has them.
pub(super) const NAMES: [&str; CUES.len()] = {
    let mut names = [""; CUES.len()];
    let mut i = 0;
    while i < CUES.len() {
        names[i] = CUES[i].name;
        i += 1;
    }
    names
};

/// Cues of a line, one bit each.
pub(super) type Cues = u32;

/// The bit of the cue of this name; 0 when there is none.
pub(super) const fn bit(name: &str) -> Cues {
    let mut i = 0;
    while i < NAMES.len() {
        let (a, b) = (NAMES[i].as_bytes(), name.as_bytes());
        let mut same = a.len() == b.len();
        let mut k = 0;
        while same && k < a.len() {
            same = a[k] == b[k];
            k += 1;
        }
        if same {
            return 1 << i;
        }
        i += 1;
    }
    0
}

/// Which characters of ASCII a text holds, one bit each; full-width ones count as well.
pub(super) fn presence(c: char) -> u128 {
    match c as u32 {
        code @ 0..=0x7F => 1 << code,
        code @ 0xFF01..=0xFF5E => 1 << (code - 0xFEE0),
        _ => 0,
    }
}

/// The letters, digits and the tab, as bits of [`presence`].
pub(super) const ALPHANUMERIC: u128 = 0x07FF_FFFE_07FF_FFFE << 64 | 0x03FF_0000_0000_0200;

/// The pattern in which NUMERAL stands for a character of a number in any digits, and COUNT for a number in Han.
pub(super) fn pattern(pattern: &str) -> Option<Regex> {
    let any = format!("[0-9０-９〇○{COUNTING}]");
    Regex::new(&pattern.replace("NUMERAL", &any).replace("COUNT", &format!("[{COUNTING}]+"))).ok()
}

/// The cues of `text`, whose characters of ASCII are `present`; `chinese` when it holds more Chinese than Latin text.
pub(super) fn cues(text: &str, present: u128, chinese: bool) -> Cues {
    static PATTERNS: LazyLock<Vec<(u128, Option<Regex>)>> = LazyLock::new(|| {
        CUES.iter().map(|cue| (cue.needs.chars().map(presence).fold(0, |a, b| a | b), pattern(cue.pattern))).collect()
    });
    /// A keyword at the beginning of a Chinese sentence is a word that it speaks of.
    const KEYWORD: Cues = bit("keyword");
    let mut found = 0;
    for (i, (needs, pattern)) in PATTERNS.iter().enumerate() {
        let tried = (*needs == 0 || needs & present != 0) && !(chinese && KEYWORD == 1 << i);
        if tried && pattern.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
            found |= 1 << i;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_is_one() {
        assert!(CUES.iter().all(|cue| pattern(cue.pattern).is_some()));
    }

    #[test]
    fn cues_are_seen() {
        let of = |text: &str| {
            let found = cues(text, text.chars().map(presence).fold(0, |a, b| a | b), false);
            NAMES.iter().enumerate().filter(|(i, _)| found & 1 << i != 0).map(|(_, name)| *name).collect::<Vec<_>>()
        };
        assert_eq!(of("他说的话，我们都听见了。"), [""; 0]);
        assert_eq!(of("port = 8080;"), ["key-value", "semicolon", "operator"]);
        assert_eq!(of("第 3 页 共 12 页"), ["page"]);
        assert_eq!(of("发信人: lan (小蓝), 信区: Reading"), ["mail", "speaker"]);
        assert_eq!(of("第一章 雨夜…………12"), ["leader"]);
        assert_eq!(of("00:01:02,000 --> 00:01:04,000"), ["operator", "clock", "span"]);
    }
}
