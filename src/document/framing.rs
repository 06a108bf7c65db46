//! Lines that dialects of Markdown put around others or in the place of something: the head of an alert, `> [!NOTE]`, those of a box, `::: tip`, `!!! note`,
//! `??? note`, and what asks for contents or a new page, `[TOC]`, `\newpage`. CommonMark takes them for text. Who reads them must know them,
//! and who writes text that looks like them must keep it text.

use crate::unicode::is_han;
use std::ops::Range;

/// What a box is for, as GitHub names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[allow(missing_docs, reason = "the words of GitHub")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl Alert {
    /// What a box of `kind` is for, as its dialect names it; `None` for a name that says nothing known.
    pub fn of(kind: &str) -> Option<Alert> {
        let known = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(kind));
        Some(match () {
            () if known(&["note", "info"]) => Alert::Note,
            () if known(&["tip", "hint"]) => Alert::Tip,
            () if known(&["important"]) => Alert::Important,
            () if known(&["warning", "attention"]) => Alert::Warning,
            () if known(&["caution", "danger"]) => Alert::Caution,
            () => return None,
        })
    }

    /// Its name in Markdown.
    pub const fn name(self) -> &'static str {
        match self {
            Alert::Note => "NOTE",
            Alert::Tip => "TIP",
            Alert::Important => "IMPORTANT",
            Alert::Warning => "WARNING",
            Alert::Caution => "CAUTION",
        }
    }

    /// Its title where none is given, in Chinese (words of both scripts) or in English.
    pub const fn called(self, chinese: bool) -> &'static str {
        match (self, chinese) {
            (Alert::Note, true) => "注",
            (Alert::Tip, true) => "提示",
            (Alert::Important, true) => "重要",
            (Alert::Warning, true) => "警告",
            (Alert::Caution, true) => "小心",
            (Alert::Note, false) => "Note",
            (Alert::Tip, false) => "Tip",
            (Alert::Important, false) => "Important",
            (Alert::Warning, false) => "Warning",
            (Alert::Caution, false) => "Caution",
        }
    }
}

/// The longest head whose signs stand right before its words, in characters.
const HEAD: usize = 40;

/// The level of `line`, if it has the shape of a head whose signs stand right before its words: `##概况`.
pub fn glued_level(line: &str) -> Option<u8> {
    let rest = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - rest.len()).ok().filter(|level| (1..=6).contains(level))?;
    let closed = rest.trim_end();
    let words = closed.trim_end_matches('#').trim_end();
    let letter = |c: char| is_han(c) || matches!(c, '《' | '“' | '【' | '「' | '*');
    // `#1` counts, and `#include` is code.
    let begins = match words.chars().next()? {
        c if letter(c) => true,
        c => level > 1 && c.is_ascii_alphanumeric(),
    };
    // `#话题#`, `#标签 #标签`
    let tags = level == 1 && words.len() < closed.len() || words.contains('#');
    let ends = words.ends_with(['。', '，', '；', ',', ';']);
    (begins && !tags && !ends && words.chars().count() <= HEAD).then_some(level)
}

/// Whether one of the lines that the line end `end` of `text` parts frames others, and so stands by itself.
pub fn parts_framing(text: &str, end: &Range<usize>) -> bool {
    let (before, behind) = (text.get(..end.start).unwrap_or_default(), text.get(end.end..).unwrap_or_default());
    let before = line(before.rsplit('\n').next().unwrap_or_default());
    let behind = line(behind.split('\n').next().unwrap_or_default());
    is_alert_head(before) || is_box(before) || is_box(behind)
}

/// What stands in a line behind its indent and the signs of quotations.
fn line(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

/// Whether a line is the head of an alert: `[!NOTE]`, `[!warning]- 提示`.
pub fn is_alert_head(line: &str) -> bool {
    let kind = line.strip_prefix("[!").and_then(|rest| rest.split_once(']')).map(|(kind, _)| kind);
    kind.is_some_and(|kind| !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphabetic() || c == '-'))
}

/// `:::`, `::: tip 提示`, `!!! note "标题"`.
pub fn is_box(line: &str) -> bool {
    line.starts_with(":::") || is_indented_box(line)
}

/// The head of a box whose content is indented: `!!! note "标题"`, `???+ note`.
pub fn is_indented_box(line: &str) -> bool {
    let opens = |sign: &str| line.strip_prefix(sign).is_some_and(|rest| rest.starts_with([' ', '+', '-']));
    opens("!!!") || opens("???")
}

/// Whether a paragraph says nothing but asks for contents or a new page: `[TOC]`, `\newpage`.
pub fn is_instruction(paragraph: &str) -> bool {
    let asked = ["[toc]", "[[toc]]", "[[_toc_]]", "@[toc]", "\\newpage", "\\pagebreak", "\\clearpage"];
    asked.iter().any(|known| known.eq_ignore_ascii_case(paragraph.trim()))
}

/// Where the name that a dialect gives a heading begins in its text, with the spaces before it: `小节 {#sec}`.
pub fn heading_id(text: &str) -> Option<usize> {
    let inner = text.trim_end().strip_suffix('}')?;
    let at = inner.rfind("{#")?;
    let name = &inner[at + 2..];
    let fits = !name.is_empty() && !name.contains(['{', '}']) && !name.starts_with(char::is_whitespace);
    fits.then(|| text[..at].trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_frame_others_are_known_by_their_signs() {
        for line in ["[!NOTE]", "[!note]- 提示"] {
            assert!(is_alert_head(line), "{line}");
        }
        for line in ["[!]", "[!注]", "![NOTE]", "[NOTE]"] {
            assert!(!is_alert_head(line), "{line}");
        }
        for (line, frames) in [
            (":::", true),
            ("::: tip", true),
            ("!!! note", true),
            ("???+ note", true),
            ("!!!", false),
            ("???怎么", false),
        ] {
            assert_eq!(is_box(line), frames, "{line}");
        }
    }

    #[test]
    fn what_asks_for_contents_or_a_page_is_known() {
        assert!(["[TOC]", " [toc] ", "\\newpage"].into_iter().all(is_instruction));
        assert!(!["[TOC] 目录", "\\[TOC]", "newpage"].into_iter().any(is_instruction));
        assert_eq!(heading_id("小节 {#sec .big}"), Some("小节".len()));
        assert!(["小节 {sec}", "小节 {#}", "{#sec} 小节"].into_iter().all(|text| heading_id(text).is_none()));
    }
}
