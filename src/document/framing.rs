//! Lines that frame others in dialects of Markdown: the head of an alert, `> [!NOTE]`, and those of a box, `::: tip`, `!!! note`, `??? note`. CommonMark takes
//! them for the beginning of a paragraph; joined with what they frame they frame nothing.

use std::ops::Range;

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
fn is_box(line: &str) -> bool {
    let opens = |sign: &str| line.strip_prefix(sign).is_some_and(|rest| rest.starts_with([' ', '+', '-']));
    line.starts_with(":::") || opens("!!!") || opens("???")
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
}
