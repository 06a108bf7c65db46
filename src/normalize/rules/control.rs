//! Characters that show nothing: `ansi-escape`, `c0-control`, `zero-width`, `soft-hyphen`. The only deletions there are, each
//! from a closed list.

use crate::error::Cause;
use crate::normalize::census::Census;
use crate::normalize::house::BBS;
use crate::normalize::line::is_wide;
use crate::normalize::pass::Pass;
use crate::normalize::rule::{Action, Concern, Rule, Safety};

/// Colour and cursor sequences `ESC [ … m` of bulletin boards and terminals. With `bbs=yes` those that have lost their ESC (`*[1;31m`) too.
/// Other uses of ESC are left to `c0-control`.
pub const ANSI_ESCAPE: Rule = Rule {
    id: "ansi-escape",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "drop the colour codes of bulletin boards",
    zh: "去掉 BBS 颜色与光标控制序列",
    why_en: "They coloured the screen of a terminal; in a document they are litter.",
    why_zh: "它们只为终端屏幕着色，留在文档里便是杂质。",
    standard: "ECMA-48",
    example: ("\u{1b}[1;33m版主\u{1b}[m", "版主"),
};

/// C0 controls and DEL, but for TAB and line ends, and U+FFFE and U+FFFF, which are no characters and no XML can hold. C1 controls (U+0080–009F) are reported: they are the trace of a wrong
/// reading.
pub const C0_CONTROL: Rule = Rule {
    id: "c0-control",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: true,
    en: "drop control characters",
    zh: "去掉控制字符",
    why_en: "Controls steered printers and modems; nobody sees them, and XML, of which DOCX and EPUB are made, cannot hold them.",
    why_zh: "控制字符是给打印机和调制解调器的，看不见；DOCX、EPUB 所用的 XML 也不能收录。",
    standard: "ECMA-48",
    example: ("甲\u{1}乙", "甲乙"),
};

/// A character struck over itself or over a line, as saved manual pages have bold (`N BS N`) and underlined (`_ BS N`) ones: one character.
/// A wide character may be struck over with two backspaces.
pub const OVERSTRIKE: Rule = Rule {
    id: "overstrike",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "make one character of one that is struck over itself",
    zh: "退格重打的字符只留一个",
    why_en: "Typewriters and line printers made bold by striking twice; the text has the letter once.",
    why_zh: "打字机与行式打印机以重打表示加粗，正文里只有一个字。",
    standard: "nroff output, ul(1)",
    example: ("N\u{8}NA\u{8}A", "NA"),
};

/// Zero-width spaces and bidirectional controls. Joiners beside emoji and scripts that need them stay, and so do direction
/// marks in a text with right-to-left letters.
pub const ZERO_WIDTH: Rule = Rule {
    id: "zero-width",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "drop zero-width characters",
    zh: "去掉零宽字符",
    why_en: "They come along from web pages, cannot be seen, and part words for a search; where a script needs them they stay.",
    why_zh: "它们随网页而来，看不见，却使搜索找不到词；需要它们的文字里则保留。",
    standard: "Unicode 15, 23.2",
    example: ("中\u{200b}文", "中文"),
};

/// U+00AD between letters of one kind: the line break that it offered is long gone.
pub const SOFT_HYPHEN: Rule = Rule {
    id: "soft-hyphen",
    concern: Concern::Reading,
    safety: Safety::Sure,
    default: Action::Fix,
    warns: false,
    en: "drop soft hyphens",
    zh: "去掉软连字符",
    why_en: "It offered a break to a line that ended elsewhere long ago.",
    why_zh: "它曾供某一行断词，那一行早已不在。",
    standard: "Unicode 15, 23.2",
    example: ("key\u{ad}board", "keyboard"),
};

pub fn fires(census: &Census) -> bool {
    // The asterisk of a colour code that has lost its ESC.
    census.has('*') || fires_surely(census)
}

fn fires_surely(census: &Census) -> bool {
    census.within('\0'..='\u{8}')
        || census.within('\u{e}'..='\u{1f}')
        || census.within('\u{7f}'..='\u{9f}')
        || census.within('\u{fffe}'..='\u{ffff}')
        || census.within('\u{200b}'..='\u{200f}')
        || census.within('\u{202a}'..='\u{202e}')
        || census.within('\u{2060}'..='\u{2069}')
        || census.any("\u{ad}\u{feff}\u{180e}")
}

pub fn run(pass: &mut Pass<'_>) {
    let text = pass.text;
    if !(fires_surely(pass.census) || pass.rules.value(&BBS) == "yes") {
        return;
    }
    let right_to_left = pass.census.within('\u{590}'..='\u{8ff}');
    let lost_escapes = pass.rules.value(&BBS) == "yes";
    let mut done = 0;
    for (at, c) in text.char_indices() {
        if at < done {
            continue;
        }
        match c {
            '\u{1b}' | '*' => {
                if (c == '\u{1b}' || lost_escapes)
                    && let Some(end) = sequence(text, at + 1, c == '\u{1b}')
                {
                    pass.change(&ANSI_ESCAPE, at..end, "");
                    done = end;
                } else if c == '\u{1b}' {
                    pass.change(&C0_CONTROL, at..at + 1, "");
                }
            }
            '\u{8}' if struck(pass.text, at, done).is_some() => {
                if let Some(range) = struck(pass.text, at, done) {
                    done = range.end;
                    pass.change(&OVERSTRIKE, range, "");
                }
            }
            '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' => pass.change(&C0_CONTROL, at..at + 1, ""),
            '\u{fffe}' | '\u{ffff}' => pass.change(&C0_CONTROL, at..at + 3, ""),
            '\u{80}'..='\u{9f}' if c != '\u{85}' => {
                pass.report(&C0_CONTROL, at..at + 2, Cause::text(format!("U+{:04X}", u32::from(c))));
            }
            '\u{ad}' => {
                let (before, after) = (pass.before(at), pass.after(at + 2));
                let within = |inside: fn(char) -> bool| before.is_some_and(inside) && after.is_some_and(inside);
                if within(is_wide) || within(|c| c.is_alphanumeric() && !is_wide(c)) {
                    pass.change(&SOFT_HYPHEN, at..at + 2, "");
                }
            }
            '\u{200c}' | '\u{200d}' => {
                let plain = |c: Option<char>| c.is_none_or(|c| c.is_ascii() || is_wide(c));
                if plain(pass.before(at)) && plain(pass.after(at + 3)) {
                    pass.change(&ZERO_WIDTH, at..at + 3, "");
                }
            }
            // A vowel separator is part of a Mongolian word.
            '\u{180e}' if pass.before(at).is_some_and(|c| matches!(c, '\u{1800}'..='\u{18af}')) => {}
            '\u{200b}' | '\u{2060}' | '\u{180e}' => pass.change(&ZERO_WIDTH, at..at + 3, ""),
            '\u{feff}' if at > 0 || !pass.wants(&super::newline::BOM) => pass.change(&ZERO_WIDTH, at..at + 3, ""),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' if !right_to_left => {
                pass.change(&ZERO_WIDTH, at..at + 3, "");
            }
            _ => {}
        }
    }
}

/// What the backspace at `at` strikes out: the character before it with the backspaces, where the one behind it is the same, or either
/// is a line. Nothing before `done` is left to be struck.
fn struck(text: &str, at: usize, done: usize) -> Option<std::ops::Range<usize>> {
    let before = text.get(done..at)?.chars().next_back()?;
    let backspaces = text.get(at..)?.bytes().take(2).take_while(|&b| b == 8).count();
    let end = at + backspaces;
    let behind = text.get(end..)?.chars().next()?;
    let wide = backspaces == 1 || !before.is_ascii();
    if wide && !before.is_control() && (before == behind || before == '_') {
        return Some(at - before.len_utf8()..end);
    }
    (wide && behind == '_' && !before.is_control() && !before.is_whitespace()).then(|| at..end + 1)
}

/// The end of the sequence `[ … letter` that begins at `at`; at most 32 bytes. Without `any` letter only those that bulletin boards use most.
fn sequence(text: &str, at: usize, any: bool) -> Option<usize> {
    let bytes = text.as_bytes().get(at..)?;
    if bytes.first() != Some(&b'[') {
        return None;
    }
    let length = bytes.iter().skip(1).take(32).take_while(|b| b.is_ascii_digit() || matches!(b, b';' | b'?')).count();
    let letter = bytes.get(1 + length)?;
    let usual = matches!(letter, b'm' | b'H' | b'J' | b'K' | b'A'..=b'D' | b'f' | b's' | b'u' | b'h' | b'l');
    (usual || any && (letter.is_ascii_alphabetic() || matches!(letter, b'@' | b'`'))).then_some(at + length + 2)
}
