//! Ends of lines and of the file: `bom`, `newline`, `eof-ctrl-z`.
//!
//! They touch code too: a file has one kind of line end.

use crate::normalize::census::Census;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};

/// A byte order mark at the beginning is no text. One elsewhere is a zero-width character.
pub const BOM: Rule = Rule {
    id: "bom",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "drop the byte order mark at the beginning",
    zh: "去掉文件开头的字节顺序标记",
    why_en: "It tells programs the order of bytes; within the text it is no character.",
    why_zh: "它只告诉程序字节的顺序，不是正文的字符。",
    standard: "Unicode 15, 23.8",
    example: ("\u{feff}标题", "标题"),
};

/// CRLF, a lone CR, NEL and LINE SEPARATOR become LF; PARAGRAPH SEPARATOR, form feed and vertical tab a blank line. CR CR LF, which a
/// line end becomes that is converted twice, is one. A lone CR ends a line in a file with LF too: left as it is, it would be a control.
pub const NEWLINE: Rule = Rule {
    id: "newline",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "end every line with LF; a form feed becomes a blank line",
    zh: "统一换行符为 LF；分页符改为空行",
    why_en: "Every system ended its lines otherwise; one text should have one way.",
    why_zh: "各系统的换行各不相同，一份文本应当只有一种。",
    standard: "Unicode 15, 5.8",
    example: ("甲\r\n乙\u{2028}丙\u{c}丁", "甲\n乙\n丙\n\n丁"),
};

/// DOS ended a file with 0x1A. Only at the very end; elsewhere it is a control character.
pub const EOF_CTRL_Z: Rule = Rule {
    id: "eof-ctrl-z",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "drop the end-of-file character of DOS",
    zh: "去掉 DOS 文件结束符",
    why_en: "DOS marked the end of files with it; today it is a stray control.",
    why_zh: "DOS 以它标记文件结束，如今只是多余的控制字符。",
    standard: "CP/M and DOS text files",
    example: ("完\u{1a}", "完"),
};

pub fn fires(census: &Census) -> bool {
    census.any("\r\u{85}\u{b}\u{c}\u{2028}\u{2029}\u{1a}\u{feff}")
}

pub fn run(pass: &mut Pass<'_>) {
    let text = pass.text;
    if text.starts_with('\u{feff}') {
        pass.change(&BOM, 0..'\u{feff}'.len_utf8(), "");
    }
    let end = text.trim_end_matches('\u{1a}').len();
    if end < text.len() {
        pass.change(&EOF_CTRL_Z, end..text.len(), "");
    }
    if pass.census.has('\r') {
        for (at, _) in text.match_indices('\r') {
            let ended = matches!(text.as_bytes().get(at + 1..), Some([b'\n', ..] | [b'\r', b'\n', ..]));
            pass.change(&NEWLINE, at..at + 1, if ended { "" } else { "\n" });
        }
    }
    if pass.census.any("\u{85}\u{b}\u{c}\u{2028}\u{2029}") {
        for (at, c) in text.char_indices() {
            // Between letters of Latin-1 it is a byte of Chinese that was read so.
            let misread = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{80}'..='\u{ff}'));
            let with = match c {
                '\u{85}' if misread(pass.before(at)) || misread(pass.after(at + 2)) => continue,
                '\u{85}' | '\u{2028}' => "\n",
                '\u{2029}' => "\n\n",
                '\u{b}' | '\u{c}' => blank_line(text, at),
                _ => continue,
            };
            pass.change(&NEWLINE, at..at + c.len_utf8(), with);
        }
    }
}

/// What makes a blank line of a form feed at `at`: the line ends beside it are part of it.
fn blank_line(text: &str, at: usize) -> &'static str {
    let bytes = text.as_bytes();
    let begins = at == 0 || matches!(bytes.get(at - 1), Some(b'\n'));
    let ends = at + 1 == text.len() || matches!(bytes.get(at + 1), Some(b'\n' | b'\r'));
    match (begins, ends) {
        (true, true) => "",
        (true, false) | (false, true) => "\n",
        (false, false) => "\n\n",
    }
}
