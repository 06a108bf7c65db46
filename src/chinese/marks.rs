//! Marks by what they do in a sentence.

/// Whether `c` is a Chinese mark that opens a quotation, a bracket or a title.
pub const fn opens(c: char) -> bool {
    matches!(c, '（' | '“' | '‘' | '「' | '『' | '《' | '【' | '〈' | '〔')
}

/// Whether `c` is a Chinese mark that closes what [`opens`] opened.
pub const fn closes(c: char) -> bool {
    matches!(c, '）' | '”' | '’' | '」' | '』' | '》' | '】' | '〉' | '〕')
}

/// Whether `c` is a full stop, an exclamation or a question mark of any width.
pub const fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '.' | '!' | '?')
}

/// Whether `c` is a mark that a sentence may end with: a full stop, or one of … ； ～, with which many do.
pub const fn ends(c: char) -> bool {
    is_full_stop(c) || matches!(c, '…' | '；' | ';' | '~' | '～')
}

/// `text` without the quotes and brackets that close at its end, Western ones too.
pub fn without_closing(text: &str) -> &str {
    text.trim_end_matches(|c| closes(c) || matches!(c, ')' | '"' | '\''))
}

/// Whether `text` ends as a sentence ends, quotes and brackets behind the mark left out.
pub fn ends_sentence(text: &str) -> bool {
    without_closing(text).ends_with(ends)
}

/// Whether `text` breaks off where a sentence goes on.
pub fn breaks_off(text: &str) -> bool {
    text.ends_with(['，', '、', '；', ',', ';', '：', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_opens_closes() {
        for (open, close) in "（“‘「『《【〈〔".chars().zip("）”’」』》】〉〕".chars()) {
            assert!(opens(open) && closes(close) && !opens(close) && !closes(open), "{open}{close}");
        }
    }

    #[test]
    fn sentences_end_with_their_marks_whatever_closes_behind_them() {
        for text in ["他来了。", "他说：“好！”", "（见前。）", "〔如此……〕", "《好吗？》", "yes.", "\"yes!\"", "好～"]
        {
            assert!(ends_sentence(text), "{text}");
        }
        for text in ["他来了", "他来了，", "如下：", "（见前）", "《书》", "", "”"] {
            assert!(!ends_sentence(text), "{text}");
        }
        assert!(breaks_off("他来了，") && breaks_off("如下：") && !breaks_off("如下。") && !breaks_off("如下"));
    }
}
