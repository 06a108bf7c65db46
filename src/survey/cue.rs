//! Cues: small patterns that one line of a form often has, and no other form does. None of them decides alone.

use super::pattern::Pattern;
use std::sync::LazyLock;

/// A pattern, and what a line must hold for it to be tried.
struct Cue {
    name: &'static str,
    /// Of each of these, which are characters of ASCII, the line has one, perhaps in full width.
    needs: &'static [&'static str],
    /// The characters with which it may begin there; any where there are none.
    begins: &'static str,
    /// The characters with which the line may end; any where there are none.
    ends: &'static str,
    /// What `patterns.bin` is made of.
    #[cfg_attr(not(test), expect(dead_code, reason = "the automaton that was made of it is read"))]
    pattern: &'static str,
}

/// A pattern at the beginning of a line that begins with one of these characters.
const fn beginning(name: &'static str, begins: &'static str, pattern: &'static str) -> Cue {
    Cue { name, needs: &[], begins, ends: "", pattern }
}

/// A pattern at the end of a line that ends with one of these characters.
const fn ending(name: &'static str, needs: &'static [&'static str], ends: &'static str, pattern: &'static str) -> Cue {
    Cue { name, needs, begins: "", ends, pattern }
}

/// A pattern of a line.
const fn any(name: &'static str, needs: &'static [&'static str], pattern: &'static str) -> Cue {
    Cue { name, needs, begins: "", ends: "", pattern }
}

/// Every cue.
const CUES: [Cue; 27] = [
    any("key-value", &["=\u{1}"], r#"^[\w.\-\[\]"'/]+\s*=\s*\S?|^"?[A-Za-z_][\w.\-]*"?\s*:\s"#),
    ending("semicolon", &[";{})"], ";{})", r"[;{}]$|\w\(\)$"),
    any("call", &["(", LETTERS], r"[A-Za-z_]\w*\([^()（）]*\)"),
    any("operator", &["=&|<>\u{1}"], r"==|!=|->|=>|\+=|&&|\|\||::|:=|<<|>>|\w = "),
    any(
        "keyword",
        &[LETTERS],
        r"^(if|for|while|def|class|return|import|from|function|var|let|const|int|void|public|private|static|else|elif|end|echo|select|insert|update|create|set|begin|try|except|catch|struct|package|use|print|local|sudo|git|cd|npm|pip|make|apt(-get)?)\b",
    ),
    any("prompt", &["$>\u{1}#"], r"^(\$|>>>|C:\\|[\w@~-]+[$#>]\s)"),
    any("tag", &["<", ">"], r"</?[A-Za-z][\w:-]*(\s[^<>]*)?/?>"),
    any("link", &["/@w", ".:@"], r"https?://|www\.|\w@\w+\.\w"),
    any("path", &["/\\"], r#"(^|[\s"=(])(\.{0,2}/[\w.-]+/[\w./-]*|[A-Z]:\\)"#),
    any("clock", &[":", DIGITS], r"\d{1,2}[:：]\d\d"),
    any("span", &[">["], r"-->|\[\d\d:\d\d"),
    any("section", &["[", "]"], r"^\[[^\[\]]+\]$"),
    any("base64", &[LETTERS], r"[A-Za-z0-9+/=]{36,}"),
    any("camel", &[SMALL, CAPITAL], r"[a-z][A-Z]|[A-Za-z]_[A-Za-z]"),
    any("markup", &["\\.:@"], r"\\[A-Za-z]{2,}|^\.\. |^:\w+:|^@\w+\{"),
    any(
        "reference",
        &[DIGITS, "[I,(:"],
        r"\[[JMDCNRPSZG](/OL)?\]|\[[A-Z]+/OL\]|ISBN|(出版社|书局|書局|大学|大學|印书馆|印書館)[,，. ]*\d{4}|\d{4}\s*[,，(（]\s*\d+\s*[)）]?\s*[:：]\s*\d+",
    ),
    any("amount", &[DIGITS], r"\d[\d,]*\.?\d*\s*(元|%|％|万|萬|kg|km|人|件)"),
    beginning(
        "mail",
        "发發寄收标標作看日时時信转轉FTCSDMNRPOX※◆推-2",
        r"^(发信人|發信人|寄件人|收件人|标\s*题|標\s*題|发信站|發信站|作者|看板|日\s*期|时\s*间|時\s*間|信区|信區|转信站|轉信站|From|To|Cc|Subject|Date|Sender|Message-I[Dd]|Newsgroups|Reply-To|Path|Organization|X-[\w-]+|Content-[\w-]+|Received|Return-Path|Mime-Version|Xref|References)\s*[:：]|^[※◆] |^推 |^-- ?$|^20\d\d[-/]\d\d?[-/]\d\d? \d?\d:\d\d(:\d\d)?( [^ ]+)?$",
    ),
    beginning(
        "page",
        "-—–· 第P0123456789",
        r"^[-—–·\s]*(第\s*NUMERAL+\s*[页頁]([，,/ ]*共\s*NUMERAL+\s*[页頁])?|\d{1,4}\s*/\s*\d{1,4}|Page \d+( of \d+)?|\d{1,4})[-—–·\s]*$",
    ),
    ending("leader", &[DIGITS], DIGITS, r"[.…·]{4,}\s*\d+$|[\u{3400}-\u{9fff}]\s+\d{1,4}$"),
    any("speaker", &[":"], r"^[\u{3400}-\u{9fff}]{1,4}[:：]\s*\S"),
    any("escape", &["\\%\u{1b}"], r#"\\[nrt"x]|%[sd\d]|\x1b"#),
    any("directive", &["#"], r"^#(!|include|define|undef|if|ifdef|ifndef|elif|else|endif|pragma|import|region)\b|^#!/"),
    any("comment", &["/*#-<;"], r"^(//|/\*|\*/|\*\s|#\s?\S|--\s|<!--|;)"),
    any("blank-to-fill", &["_("], r"_{3,}|＿{3,}|[（(]\s{2,}[)）]"),
    any("choice", &["ABCD", ").\u{2}"], r"^[(（]?[A-DＡ-Ｄ][)）.．、]\s?"),
    ending("latin-stop", &[".!?", LETTERS], ".!?\"')", r#"[a-z][a-z)][.!?]["')]?$"#),
];

/// Ends of lines that quote: a head as well.
const QUOTING: [&str; 5] = ["写道", "写道:", "写道：", "提到:", "提到："];
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SMALL: &str = "abcdefghijklmnopqrstuvwxyz";
/// With what parts the words of a name as capitals do.
const CAPITAL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
const DIGITS: &str = "0123456789";

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

/// Which characters of ASCII a text holds, one bit each; full-width ones count as well. A half-width colon has the bit of U+0001 besides:
/// full-width ones stand in any dialogue.
pub(super) fn presence(c: char) -> u128 {
    match c as u32 {
        0x3A => 1 << 0x3A | 1 << 1,
        code @ 0..=0x7F => 1 << code,
        code @ 0xFF01..=0xFF5E => 1 << (code - 0xFEE0),
        _ => 0,
    }
}

/// The letters, digits and the tab, as bits of [`presence`].
pub(super) const ALPHANUMERIC: u128 = 0x07FF_FFFE_07FF_FFFE << 64 | 0x03FF_0000_0000_0200;

/// The patterns, in order.
#[cfg(test)]
pub(super) fn patterns() -> impl Iterator<Item = &'static str> {
    CUES.iter().map(|cue| cue.pattern)
}

/// The cues of `text`, whose characters of ASCII are `present`; `chinese` when it holds more Chinese than Latin text.
pub(super) fn cues(text: &str, present: u128, chinese: bool) -> Cues {
    static NEEDS: LazyLock<Vec<Vec<u128>>> = LazyLock::new(|| {
        let bits = |set: &&str| set.chars().map(presence).fold(0, |a, b| a | b);
        CUES.iter().map(|cue| cue.needs.iter().map(bits).collect()).collect()
    });
    /// A keyword at the beginning of a Chinese sentence is a word that it speaks of.
    const KEYWORD: Cues = bit("keyword");
    /// A speaker is named by four characters at most; colons of dialogue stand further on.
    const SPEAKER: Cues = bit("speaker");
    let named = text.chars().take(5).any(|c| matches!(c, ':' | '：'));
    let mut found = if QUOTING.iter().any(|end| text.ends_with(end)) { bit("mail") } else { 0 };
    for (i, needs) in NEEDS.iter().enumerate() {
        let tried = needs.iter().all(|needs| needs & present != 0)
            && !(chinese && KEYWORD == 1 << i)
            && (named || SPEAKER != 1 << i);
        let Cue { begins, ends, .. } = CUES[i];
        let tried = tried
            && (begins.is_empty() || text.starts_with(|c| begins.contains(c)))
            && (ends.is_empty() || text.ends_with(|c| ends.contains(c)));
        if tried && Pattern::of_cue(i).fits(text) {
            found |= 1 << i;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

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
